package dsmip

import (
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
	ErrSecondTunnelingMode = code.NewFault("more than one IPv6 Tunneling Mode", "draft-ietf-mip4-dsmipv4-06 §4.1, §4.5, RFC 5454 §3.1", code.Must, ignore, ignore, 0)
	// ErrTunnelingModeCareOf: a mobile node's Tunneling Mode goes with a
	// co-located care-of address. One message cannot tell whether it is that
	// or the D flag, which only SHOULD be set, that is missing.
	ErrTunnelingModeCareOf = code.NewFault("the mobile node's IPv6 Tunneling Mode without the D flag", "draft-ietf-mip4-dsmipv4-06 §4.1, §4.5, RFC 5454 §3.1, §3.5", code.Must, ignore, ignore, 0)
	// ErrTunnelingModeForeign: RFC 5454 has removed the foreign agent's.
	ErrTunnelingModeForeign = code.NewFault("the foreign agent's IPv6 Tunneling Mode", "RFC 5454 §3.1, §3.4", code.Must, ignore, 0, 0)
	// ErrTunnelingModeCoLocated: under the draft the foreign agent adds it for
	// its own care-of address.
	ErrTunnelingModeCoLocated = code.NewFault("the foreign agent's IPv6 Tunneling Mode with the D flag", "draft-ietf-mip4-dsmipv4-06 §4.1", code.Must, ignore, 0, 0)
	// ErrTunnelingModeRegistered: a foreign agent that advertises R MUST NOT
	// add it for a co-located mobile node.
	ErrTunnelingModeRegistered = code.NewFault("the foreign agent that requires registration adds IPv6 Tunneling Mode for a co-located mobile node", "draft-ietf-mip4-dsmipv4-06 §4.4", code.Must, ignore, 0, 0)
	// ErrLinkLocalLength: the draft knows no Prefix Length above 128.
	ErrLinkLocalLength = code.NewFault("Prefix Length 255", "draft-ietf-mip4-dsmipv4-06 §3.1, §3.2", code.Must, ignore, ignore, ignore)
	// ErrZeroPrefix: the draft's request for any prefix (§4.6.1) is gone from
	// RFC 5454, which has DHCPv6 for that, and no other meaning is given to it.
	ErrZeroPrefix = code.NewFault("a zero prefix is requested", "RFC 5454 §3.7, §3.7.1", code.Must, ignore, ignore, 0)
	// ErrHostBits: RFC 5454 has them sent as zero, and ignored on receipt; the
	// draft says nothing.
	ErrHostBits = code.NewFault("bits beyond the prefix length are set", "RFC 5454 §2.1, §2.2", code.Must, code.ToIgnore, 0, code.ToIgnore)
	// ErrSecondPrefixReply: one prefix is answered once.
	ErrSecondPrefixReply = code.NewFault("more than one IPv6 Prefix Reply for a prefix", "draft-ietf-mip4-dsmipv4-06 §4.3, RFC 5454 §3.3", code.Must, 0, ignore, ignore)
	// ErrPrefixUnasked: every reply names the prefix of a request, but where the
	// draft has the home agent choose one (§4.6.1).
	ErrPrefixUnasked = code.NewFault("an IPv6 Prefix Reply for a prefix that was not requested", "draft-ietf-mip4-dsmipv4-06 §4.3, §4.5, RFC 5454 §3.3, §3.5", code.Must, 0, 0, ignore)
	// ErrTunnelEncapsulation: with a private care-of address RFC 5454 has the
	// Encapsulation of the mobile node's UDP Tunnel Request be zero.
	ErrTunnelEncapsulation = code.NewFault("the UDP Tunnel Request of a dual-stack node with a private care-of address asks for an encapsulation", "RFC 5454 §3.9", code.Must, ignore, ignore, 0)
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
// adds. Ranged over in place it allocates nothing; handed on, it is itself on the
// heap.
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
	p.replyFaults(r, asked, s, func(_ int, f *code.Fault) bool {
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
// asked is the request that it answers, whose prefix requests the prefix replies
// must match; nil when it is not known, and without Extensions when they are not.
// Allocation is as with RequestFaults.
func (p Profile) ReplyFaults(r *mipv4.Reply, asked *mipv4.Request, s mipv4.Situation) iter.Seq2[int, *code.Fault] {
	return func(yield func(int, *code.Fault) bool) {
		for at, f := range s.ReplyFaults(r, asked) {
			if !yield(at, f) {
				return
			}
		}
		p.replyFaults(r, asked, s, yield)
	}
}

func (p Profile) requestFaults(r *mipv4.Request, s *mipv4.Situation, yield func(int, *code.Fault) bool) bool {
	if !s.Leg.Request() {
		return true
	}
	l := r.Extensions
	modes, home := 0, false             // home: behind the mobile node's authorization-enabling extension
	sought, dualStack := false, unasked // sought: whether Mobile-Home stands anywhere
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		var f, g *code.Fault
		switch x.Kind() {
		case ext.KindMobileHomeAuth:
			home = true
		case ext.KindMNAAAAuth:
			// Without Mobile-Home it is the one.
			if !home && !sought {
				_, err := l.Auth(ext.KindMobileHomeAuth)
				sought, home = true, err == ext.ErrNoMobileHome
			}
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
			if p == RFC5454 && b[0] != LinkLocalLength && m.masked(b[0]) == (bits{}) {
				g = ErrZeroPrefix
			}
		case ext.KindUDPTunnelRequest:
			// Reserved1, F R Reserved2, Encapsulation (RFC 3519 §3.1).
			if b := x.Body(); p != RFC5454 || home || !r.CareOfAddress.IsPrivate() || len(b) != 5 || b[2] == 0 {
				break
			}
			if dualStack == unasked {
				dualStack = missing
				for y, ok := l.First(); ok && dualStack == missing; y, ok = l.Next(y) {
					if k := y.Kind(); k == ext.KindIPv6PrefixRequest || k == ext.KindIPv6TunnelingMode {
						dualStack = found
					}
				}
			}
			if dualStack == found {
				f = ErrTunnelEncapsulation
			}
		}
		if f != nil && !yield(x.Offset(), f) || g != nil && !yield(x.Offset(), g) {
			return false
		}
	}
	return true
}

// Whether an extension is in the list, which is asked once.
const (
	unasked = iota
	found
	missing
)

// tunnelingMode judges who may have written an IPv6 Tunneling Mode. Where
// nobody may, package mipv4 has found it out of place.
func (p Profile) tunnelingMode(r *mipv4.Request, s *mipv4.Situation, home bool) *code.Fault {
	coLocated := r.Flags.Has(mipv4.FlagDecapsulation)
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

func (p Profile) replyFaults(r *mipv4.Reply, asked *mipv4.Request, s mipv4.Situation, yield func(int, *code.Fault) bool) bool {
	if !s.Leg.Reply() {
		return true
	}
	replies := prefixes{list: r.Extensions, prefixLayout: replyLayout}
	requests := prefixes{prefixLayout: requestLayout}
	n := replies.count()
	if n == 0 {
		return true
	}
	if asked != nil {
		requests.list = asked.Extensions
		n = max(n, requests.count())
	}
	if n > len(few{}) {
		return p.manyPrefixReplies(replies, requests, yield)
	}
	return p.prefixReplies(&replies, &requests, yield)
}

func (p Profile) manyPrefixReplies(replies, requests prefixes, yield func(int, *code.Fault) bool) bool {
	// The seed keeps an attacker from choosing prefixes that collide.
	seed := maphash.MakeSeed()
	var first, second many
	replies.seed, requests.seed = seed, seed
	replies.large, requests.large = &first, &second
	return p.prefixReplies(&replies, &requests, yield)
}

// prefixReplies judges the prefix replies: each by itself, those that repeat a
// prefix, and those that no request asked for.
func (p Profile) prefixReplies(replies, requests *prefixes, yield func(int, *code.Fault) bool) bool {
	// Of a request that is not known as a whole, or that leaves the choice to the
	// home agent, nothing is expected.
	judged := requests.list.Message() != nil
	for x, ok := requests.list.First(); ok && judged; x, ok = requests.list.Next(x) {
		if m, length, ok := requests.at(x); ok {
			key := requests.key(m, length)
			requests.add(key, x.Offset())
			chosen := key.bits == bits{} || length == 128 && key.high == 0
			judged = p == RFC5454 || !chosen
		}
	}
	for x, ok := replies.list.First(); ok; x, ok = replies.list.Next(x) {
		m, length, ok := replies.at(x)
		if !ok {
			continue
		}
		if f := p.prefix(length, m); f != nil && !yield(x.Offset(), f) ||
			!replies.add(replies.key(m, length), x.Offset()) && !yield(x.Offset(), ErrSecondPrefixReply) ||
			judged && !requests.has(requests.key(m, length)) && !yield(x.Offset(), ErrPrefixUnasked) {
			return false
		}
	}
	return true
}
