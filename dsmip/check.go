package dsmip

import (
	"encoding/binary"
	"hash/maphash"
	"iter"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// The faults of dual stack. The extensions are skippable and the texts name no
// reaction, so this library recommends to ignore them.
var (
	// ErrSecondTunnelingMode: exactly one, under either profile.
	ErrSecondTunnelingMode = code.NewFault("more than one IPv6 Tunneling Mode", "draft-ietf-mip4-dsmipv4-06 §4.1, §4.5, RFC 5454 §3.1", ignore, ignore, 0)
	// ErrTunnelingModeCareOf: a mobile node's Tunneling Mode goes with a
	// co-located care-of address. One message cannot tell whether it is that
	// or the D flag, which only SHOULD be set, that is missing.
	ErrTunnelingModeCareOf = code.NewFault("the mobile node's IPv6 Tunneling Mode without the D flag", "draft-ietf-mip4-dsmipv4-06 §4.1, §4.5, RFC 5454 §3.1, §3.5", ignore, ignore, 0)
	// ErrTunnelingModeForeign: RFC 5454 has removed the foreign agent's.
	ErrTunnelingModeForeign = code.NewFault("the foreign agent's IPv6 Tunneling Mode", "RFC 5454 §3.1, §3.4", ignore, 0, 0)
	// ErrTunnelingModeCoLocated: under the draft the foreign agent adds it for
	// its own care-of address.
	ErrTunnelingModeCoLocated = code.NewFault("the foreign agent's IPv6 Tunneling Mode with the D flag", "draft-ietf-mip4-dsmipv4-06 §4.1", ignore, 0, 0)
	// ErrTunnelingModeRegistered: a foreign agent that advertises R MUST NOT
	// add it for a co-located mobile node.
	ErrTunnelingModeRegistered = code.NewFault("the foreign agent that requires registration adds IPv6 Tunneling Mode for a co-located mobile node", "draft-ietf-mip4-dsmipv4-06 §4.4", ignore, 0, 0)
	// ErrLinkLocalLength: the draft knows no Prefix Length above 128.
	ErrLinkLocalLength = code.NewFault("Prefix Length 255", "draft-ietf-mip4-dsmipv4-06 §3.1, §3.2", ignore, ignore, ignore)
	// ErrZeroPrefix: RFC 5454 has DHCPv6 instead of requests for any prefix.
	ErrZeroPrefix = code.NewFault("a zero prefix is requested", "RFC 5454 §3.7", ignore, ignore, 0)
	// ErrHostBits: RFC 5454 has them sent as zero, and ignored on receipt; the
	// draft says nothing.
	ErrHostBits = code.NewFault("bits beyond the prefix length are set", "RFC 5454 §2.1, §2.2", code.ToIgnore, 0, code.ToIgnore)
	// ErrSecondPrefixReply: one prefix is answered once.
	ErrSecondPrefixReply = code.NewFault("more than one IPv6 Prefix Reply for a prefix", "draft-ietf-mip4-dsmipv4-06 §4.3, RFC 5454 §3.3", 0, ignore, ignore)
	// ErrTunnelEncapsulation: with a private care-of address RFC 5454 has the
	// Encapsulation of the UDP Tunnel Request be zero.
	ErrTunnelEncapsulation = code.NewFault("the UDP Tunnel Request of a dual-stack node with a private care-of address asks for an encapsulation", "RFC 5454 §3.9", ignore, ignore, 0)
)

// CheckRequest returns the first of RequestFaults, nil when there is none.
func (p Profile) CheckRequest(r *mipv4.Request, s mipv4.Situation) error {
	if err := s.CheckRequest(r); err != nil {
		return err
	}
	var first *code.Fault
	p.requestFaults(r, &s, func(_ int, f *code.Fault) bool {
		first = f
		return false
	})
	if first == nil {
		return nil
	}
	return first
}

// RequestFaults iterates over everything that is wrong with a request: what
// [mipv4.Situation.RequestFaults] gives, then, by offset, what the profile
// adds.
func (p Profile) RequestFaults(r *mipv4.Request, s mipv4.Situation) iter.Seq2[int, *code.Fault] {
	return func(yield func(int, *code.Fault) bool) {
		for at, f := range s.RequestFaults(r) {
			if !yield(at, f) {
				return
			}
		}
		p.requestFaults(r, &s, yield)
	}
}

// CheckReply returns the first of ReplyFaults, nil when there is none.
func (p Profile) CheckReply(r *mipv4.Reply, asked *mipv4.Request, s mipv4.Situation) error {
	if err := s.CheckReply(r, asked); err != nil {
		return err
	}
	var first *code.Fault
	p.replyFaults(r, s, func(_ int, f *code.Fault) bool {
		first = f
		return false
	})
	if first == nil {
		return nil
	}
	return first
}

// ReplyFaults iterates over everything that is wrong with a reply: what
// [mipv4.Situation.ReplyFaults] gives, then, by offset, what the profile adds.
// asked is the request that it answers; nil when that is not known.
func (p Profile) ReplyFaults(r *mipv4.Reply, asked *mipv4.Request, s mipv4.Situation) iter.Seq2[int, *code.Fault] {
	return func(yield func(int, *code.Fault) bool) {
		for at, f := range s.ReplyFaults(r, asked) {
			if !yield(at, f) {
				return
			}
		}
		p.replyFaults(r, s, yield)
	}
}

func (p Profile) requestFaults(r *mipv4.Request, s *mipv4.Situation, yield func(int, *code.Fault) bool) bool {
	if !s.Leg.Request() {
		return true
	}
	l := r.Extensions
	modes, home := 0, false
	dualStack := 0 // 1 when the list has an extension of type 152, 2 when not; 0 before anybody asked
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		var f, g *code.Fault
		switch x.Kind() {
		case ext.KindMobileHomeAuth:
			home = true
		case ext.KindIPv6TunnelingMode:
			if modes++; modes > 1 {
				f = ErrSecondTunnelingMode
			}
			g = p.tunnelingMode(r, s, home)
		case ext.KindIPv6PrefixRequest:
			// Prefix Length, prefix. What does not parse is not judged.
			b := x.Body()
			if len(b) != 17 || !known(b[0]) {
				break
			}
			m := bitsOf(b[1:])
			f = p.prefix(b[0], m)
			if f == nil && p == RFC5454 && b[0] != LinkLocalLength && m == (bits{}) {
				f = ErrZeroPrefix
			}
		case ext.KindUDPTunnelRequest:
			// Reserved1, F R Reserved2, Encapsulation (RFC 3519 §3.1).
			if b := x.Body(); p != RFC5454 || !r.CareOfAddress.IsPrivate() || len(b) != 5 || b[2] == 0 {
				break
			}
			if dualStack == 0 {
				dualStack = 2
				for y, ok := l.First(); ok; y, ok = l.Next(y) {
					if byte(y.Type()) == typeDSMIPv4 {
						dualStack = 1
						break
					}
				}
			}
			if dualStack == 1 {
				f = ErrTunnelEncapsulation
			}
		}
		if f != nil && !yield(x.Offset(), f) || g != nil && !yield(x.Offset(), g) {
			return false
		}
	}
	return true
}

// tunnelingMode judges who may have written an IPv6 Tunneling Mode. Where
// nobody may, package mipv4 has found it out of place.
func (p Profile) tunnelingMode(r *mipv4.Request, s *mipv4.Situation, home bool) *code.Fault {
	coLocated := r.Flags.Has(mipv4.D)
	switch {
	case !home && !coLocated:
		return ErrTunnelingModeCareOf
	case !home, s.Leg != code.FAtoHA:
	case p == RFC5454:
		return ErrTunnelingModeForeign
	case coLocated && s.RegistrationRequired:
		return ErrTunnelingModeRegistered
	case coLocated:
		return ErrTunnelingModeCoLocated
	}
	return nil
}

// prefix judges what both extensions with a prefix share.
func (p Profile) prefix(length uint8, m bits) *code.Fault {
	switch {
	case p != RFC5454 && length == LinkLocalLength:
		return ErrLinkLocalLength
	case p != RFC5454:
	case length == LinkLocalLength && !m.linkLocal():
		return ErrLinkLocal
	case m.masked(length) != m:
		return ErrHostBits
	}
	return nil
}

func (p Profile) replyFaults(r *mipv4.Reply, s mipv4.Situation, yield func(int, *code.Fault) bool) bool {
	if !s.Leg.Reply() {
		return true
	}
	l := r.Extensions
	n := 0
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if x.Kind() == ext.KindIPv6PrefixReply {
			n++
		}
	}
	switch {
	case n == 0:
		return true
	case n <= len(few{}):
		return p.prefixReplies(l, &few{}, nil, yield)
	}
	return p.manyPrefixReplies(l, yield)
}

// few remembers the prefixes of an ordinary reply.
type few [8]prefixKey

// many remembers, by hash, where in the message the prefixes of a reply stand
// that has more. A message has room for 2,978 prefix replies, so that the table
// is never full.
type many struct {
	seed  maphash.Seed
	slots [4096]uint16
}

// prefixKey is what makes two prefixes the same.
type prefixKey struct {
	bits
	length uint8
}

func (p Profile) manyPrefixReplies(l ext.List, yield func(int, *code.Fault) bool) bool {
	// The seed keeps an attacker from choosing prefixes that collide.
	t := many{seed: maphash.MakeSeed()}
	return p.prefixReplies(l, nil, &t, yield)
}

// prefixReplies judges the prefix replies of a list and finds those that repeat
// a prefix, in one of the two tables.
func (p Profile) prefixReplies(l ext.List, small *few, large *many, yield func(int, *code.Fault) bool) bool {
	n := 0
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if x.Kind() != ext.KindIPv6PrefixReply {
			continue
		}
		// Code, Prefix Length, Reserved, prefix.
		b := x.Body()
		if len(b) != 19 || !known(b[1]) {
			continue
		}
		m := bitsOf(b[3:])
		key := prefixKey{m.masked(b[1]), b[1]}
		repeated := false
		if small != nil {
			for _, k := range small[:n] {
				repeated = repeated || k == key
			}
			if n < len(small) { // more, if the bytes changed since they were counted
				small[n] = key
				n++
			}
		} else {
			repeated = large.repeated(l, key, x.Offset())
		}
		if f := p.prefix(key.length, m); f != nil && !yield(x.Offset(), f) ||
			repeated && !yield(x.Offset(), ErrSecondPrefixReply) {
			return false
		}
	}
	return true
}

// repeated reports whether the table has the key, and adds it. The offset of an
// extension behind a fixed part is never 0, which marks a free slot.
func (t *many) repeated(l ext.List, key prefixKey, offset int) bool {
	var b [17]byte
	binary.BigEndian.PutUint64(b[:], key.high)
	binary.BigEndian.PutUint64(b[8:], key.low)
	b[16] = key.length
	i := maphash.Bytes(t.seed, b[:]) % uint64(len(t.slots))
	for t.slots[i] != 0 {
		// Prefix Length, Reserved, prefix: bytes 4 to 21 of the extension.
		e := l.Message()[t.slots[i]:]
		if e[4] == key.length && bitsOf(e[6:]).masked(key.length) == key.bits {
			return true
		}
		i = (i + 1) % uint64(len(t.slots))
	}
	t.slots[i] = uint16(offset)
	return false
}
