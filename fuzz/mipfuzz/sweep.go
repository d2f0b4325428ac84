package main

import (
	"encoding/binary"
	"net/netip"
	"strconv"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// sweeper makes the sweeps: where the space is small every case of it is sent, each
// for a home of its own.
type sweeper struct {
	a    *attack
	jobs []*job
}

// sweeps returns all of them.
func (a *attack) sweeps() []*job {
	s := &sweeper{a: a}
	s.datagrams()
	s.messages()
	s.authenticators()
	s.cuts()
	s.lengths()
	s.types()
	s.fixedPart()
	s.prefixLengths()
	return s.jobs
}

// add adds a packet that build makes of a moment, for a home.
func (s *sweeper) add(name, trigger, detail string, build func(home netip.Addr, now time.Time, buf []byte) []byte) {
	a := s.a
	home := a.sweepHome(uint64(len(s.jobs)))
	s.jobs = append(s.jobs, &job{
		part: partSweeps, name: "sweep-" + name, trigger: trigger, detail: detail,
		next: func(_ *job, _ int, now time.Time, buf []byte) step {
			return step{k: a.campaign.CaseOf("sweep-"+name, build(home, now, buf), now), sure: true}
		},
	})
}

// sweepHome returns a home that no case has before the campaign is long.
func (a *attack) sweepHome(n uint64) netip.Addr {
	homes := a.campaign.HomeAddresses() + 1
	return a.campaign.Home(homes - 1 - homes/4 - n%(homes/4))
}

// usualRequest is a plain request for a home.
func (a *attack) usualRequest(home netip.Addr) request {
	return request{usual: a.learned.usual, home: home}
}

// datagrams are those that are too short for a request.
func (s *sweeper) datagrams() {
	const trigger = "a datagram shorter than a request's fixed part"
	for n := range requestLength {
		for _, fill := range [...]byte{0, 1, 0xff} {
			s.add("short-datagram", trigger, strconv.Itoa(n), func(_ netip.Addr, _ time.Time, buf []byte) []byte {
				for i := range n {
					if i == 0 && fill == 1 {
						buf = append(buf, byte(mipv4.TypeRequest))
					} else {
						buf = append(buf, fill)
					}
				}
				return buf
			})
		}
	}
}

// messages are of every other type, and replies of every Code.
func (s *sweeper) messages() {
	a := s.a
	for typ := range 256 {
		if typ == int(mipv4.TypeRequest) {
			continue
		}
		s.add("message-type", "a message that is no Registration Request", strconv.Itoa(typ), func(home netip.Addr, now time.Time, buf []byte) []byte {
			r := a.usualRequest(home)
			b := a.compose(&r, now, buf)
			b[0] = byte(typ)
			return b
		})
	}
	for c := range 256 {
		s.add("reply-code", "a Registration Reply", strconv.Itoa(c), func(home netip.Addr, now time.Time, buf []byte) []byte {
			b, err := mipv4.Reply{
				Code: code.Registration(c), Lifetime: 60, HomeAddress: home, HomeAgent: a.setup.HomeAgent, Identification: mipv4.Timestamp(now, a.random()),
			}.AppendBinary(buf)
			if err != nil {
				return buf
			}
			b, _ = a.sign(b, mobileHome) // an association that does not sign was refused by New
			return b
		})
	}
}

// authenticators are wrong in one octet, shorter, longer, of another SPI, doubled, and
// missing.
func (s *sweeper) authenticators() {
	a := s.a
	spoilt := func(name, trigger, detail string, k ext.Kind, spoil func(octets []byte) []byte) {
		s.add(name, trigger, detail, func(home netip.Addr, now time.Time, buf []byte) []byte {
			r := a.usualRequest(home)
			b := a.compose(&r, now, buf)
			list, err := ext.Parse(b, requestLength)
			if err != nil {
				return b
			}
			auth, err := list.Auth(k)
			if err != nil {
				return b
			}
			at, end := auth.Offset(), auth.Offset()+len(auth.Raw().Bytes())
			rest := append([]byte{}, b[end:]...)
			x := spoil(append([]byte{}, b[at:end]...))
			writeLength(x, k)
			b = append(b[:at], x...)
			if k != mobileHome || len(rest) == 0 {
				return append(b, rest...)
			}
			// What stands behind is right for what stands before.
			b, _ = a.signLast(b, r.lifetime)
			return b
		})
	}
	for _, k := range [...]ext.Kind{mobileHome, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth} {
		association, ok := associationOf(&a.setup, k)
		if !ok || k == ext.KindMobileForeignAuth && a.setup.Situation.Leg != code.MNtoFA || k == ext.KindForeignHomeAuth && a.setup.Situation.Leg != code.FAtoHA {
			continue
		}
		signed, err := association.Sign(make([]byte, requestLength), k)
		if err != nil {
			continue
		}
		size, name := len(signed)-requestLength-6, kindName(k)
		word := map[ext.Kind]string{mobileHome: "mobile-home", ext.KindMobileForeignAuth: "mobile-foreign", ext.KindForeignHomeAuth: "foreign-home"}[k]
		for i := range size {
			spoilt(word+"-octet", "a changed octet of the authenticator of "+name, strconv.Itoa(i), k, func(b []byte) []byte {
				b[6+i] ^= 0x55
				return b
			})
		}
		for n := range size {
			trigger := "a shorter authenticator of " + name
			if n == 0 {
				trigger = "an empty authenticator of " + name
			}
			spoilt(word+"-shorter", trigger, strconv.Itoa(n), k, func(b []byte) []byte { return b[:6+n] })
		}
		for n := 1; n <= 16; n++ {
			spoilt(word+"-longer", "a longer authenticator of "+name, strconv.Itoa(size+n), k, func(b []byte) []byte {
				return append(b, make([]byte, n)...)
			})
		}
		for i := range 4 {
			spoilt(word+"-spi", "another SPI in "+name, strconv.Itoa(i), k, func(b []byte) []byte {
				b[2+i] ^= 1
				return b
			})
		}
	}
	for range 3 {
		s.add("unsigned", "a request that nothing authenticates", "", func(home netip.Addr, now time.Time, buf []byte) []byte {
			r := a.usualRequest(home)
			r.bare = true
			return a.compose(&r, now, buf)
		})
		s.add("second-mobile-home", "a second Mobile-Home Authentication, that does not verify", "", func(home netip.Addr, now time.Time, buf []byte) []byte {
			r := a.usualRequest(home)
			r.behind = [][]byte{a.forged(mobileHome)}
			return a.compose(&r, now, buf)
		})
		s.add("first-mobile-home", "a first Mobile-Home Authentication, that does not verify, before a good one", "", func(home netip.Addr, now time.Time, buf []byte) []byte {
			r := a.usualRequest(home)
			r.before = [][]byte{a.forged(mobileHome)}
			return a.compose(&r, now, buf)
		})
		s.add("mn-aaa-alone", "an MN-AAA Authentication alone, that does not verify", "", func(home netip.Addr, now time.Time, buf []byte) []byte {
			r := a.usualRequest(home)
			r.bare, r.behind = true, [][]byte{a.forged(ext.KindMNAAAAuth)}
			return a.compose(&r, now, buf)
		})
		s.add("mn-aaa-alone-nai-challenge", "an MN-AAA Authentication alone, that does not verify", "", func(home netip.Addr, now time.Time, buf []byte) []byte {
			r := a.usualRequest(home)
			r.bare = true
			r.before = [][]byte{extension(ext.KindMobileNodeNAI, []byte("mn@example.net")...)}
			r.behind = [][]byte{extension(ext.KindChallenge, 1, 2, 3, 4), a.forged(ext.KindMNAAAAuth)}
			return a.compose(&r, now, buf)
		})
	}
}

// forged returns an authentication extension with the SPI of the association and an
// authenticator that does not verify.
func (a *attack) forged(k ext.Kind) []byte {
	c, ok := associationOf(&a.setup, k)
	spi := c.SPI()
	if !ok {
		spi = a.setup.MobileHome.SPI()
	}
	body := binary.BigEndian.AppendUint32(nil, spi)
	body = binary.BigEndian.AppendUint64(body, uint64(a.random())<<32|0x5a)
	body = binary.BigEndian.AppendUint64(body, uint64(a.random())<<32|0x5a)
	return extension(k, body...)
}

// rich returns extensions that a target should know how to walk, within what it was
// found to take.
func (a *attack) rich() (all [][]byte) {
	l := &a.setup.Limits
	if !l.NoNVSE {
		all = append(all, exampleNVSE())
	}
	if !l.NoSkippable {
		all = append(all, extension(unknownSkippable, 1, 2, 3))
	}
	return append(all, examplePrefix(64))
}

// examplePrefix is a request for a prefix of a length, the same each time.
func examplePrefix(length byte) []byte {
	body := make([]byte, 17)
	body[0] = length
	copy(body[1:], []byte{0x20, 1, 0xd, 0xb8, 0x12, 0x34, 0x56, 0x78})
	return extension(ext.KindIPv6PrefixRequest, body...)
}

// cuts end a request at every octet behind the fixed part.
func (s *sweeper) cuts() {
	a := s.a
	r := a.usualRequest(a.sweepHome(0))
	r.before = a.rich()
	size := len(a.compose(&r, time.Now(), nil))
	for n := requestLength; n < size; n++ {
		s.add("cut", "a request that is cut", strconv.Itoa(n), func(home netip.Addr, now time.Time, buf []byte) []byte {
			r := a.usualRequest(home)
			r.before = a.rich()
			return a.compose(&r, now, buf)[:n]
		})
	}
}

// lengths have every Length in the headers of some extensions: once the body has it, and
// once it is eight octets long.
func (s *sweeper) lengths() {
	a := s.a
	l := &a.setup.Limits
	with := func(name, trigger string, n int, x []byte) {
		s.add(name, trigger, strconv.Itoa(n), func(home netip.Addr, now time.Time, buf []byte) []byte {
			r := a.usualRequest(home)
			r.before = [][]byte{x}
			return a.compose(&r, now, buf)
		})
	}
	filled := func(head []byte, n int) []byte {
		for i := range n {
			head = append(head, byte(i+1))
		}
		return head
	}
	for n := range 256 {
		if !l.NoSkippable {
			with("length-skippable", "an unknown skippable extension of some Length", n, filled([]byte{200, byte(n)}, n))
			with("length-skippable-lies", "an unknown skippable extension whose Length is not that of its body", n, filled([]byte{200, byte(n)}, 8))
		}
		if !l.NoNVSE {
			nvse := append(append([]byte{byte(ext.KindNVSE.Type()), byte(n), 0, 0}, exampleVendor...), 0, 9)
			with("length-nvse", "a Normal Vendor/Organization Specific extension of some Length", n, filled(nvse, 248)[:2+n])
			with("length-nvse-lies", "a Normal Vendor/Organization Specific extension whose Length is not that of its body", n, nvse)
		}
		if !l.NoCVSE {
			cvse := append(append([]byte{byte(ext.KindCVSE.Type()), 0, 0, byte(n)}, exampleVendor...), 0, 9)
			with("length-cvse", "a Critical Vendor/Organization Specific extension of some Length", n, filled(cvse, 250)[:4+n])
		}
		with("length-prefix", "an IPv6 Prefix Request of some Length", n, filled([]byte{byte(ext.KindIPv6PrefixRequest.Type()), byte(n), ext.KindIPv6PrefixRequest.SubType()}, 254)[:2+n])
		with("length-nai", "a Mobile Node NAI of some Length", n, append([]byte{byte(ext.KindMobileNodeNAI.Type()), byte(n)}, naiOf(n)...))
	}
}

// naiOf returns an NAI of n octets.
func naiOf(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = 'a' + byte(i%26)
	}
	if n > 2 {
		b[n/2] = '@'
	}
	return b
}

// types are an extension of every type, and of every sub-type where those are of this
// protocol.
func (s *sweeper) types() {
	a := s.a
	l := &a.setup.Limits
	with := func(name string, typ, detail int, x []byte) {
		k := kindOf(x)
		if k == 0 {
			k = ext.Kind(typ << 8)
		}
		if _, ok := ext.Lookup(k); !ok && k.Type().Skippable() && l.NoSkippable || k.Type().Form() == ext.Pad && l.NoPadding {
			return
		}
		s.add(name, "a request with "+kindName(k), strconv.Itoa(detail), func(home netip.Addr, now time.Time, buf []byte) []byte {
			r := a.usualRequest(home)
			r.before = [][]byte{x}
			return a.compose(&r, now, buf)
		})
	}
	for typ := range 256 {
		if _, ok := associationOf(&a.setup, ext.Kind(typ<<8)); ok {
			continue
		}
		x := []byte{byte(typ), 8, 1, 2, 3, 4, 5, 6, 7, 8}
		if t := ext.Type(typ); t.Skippable() && t.Form() == ext.Long {
			// Who does not know it takes it for one of 8 octets (RFC 5944 §1.10, §1.11), who
			// does for one of 4 and another behind it.
			x = []byte{byte(typ), 8, 0, 4, 5, 6, 7, 8, byte(unknownSkippable.Type()), 0}
		}
		with("type", typ, typ, x)
		if typ < 128 {
			with("type-long", typ, typ, []byte{byte(typ), 1, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8})
		}
	}
	for sub := range 256 {
		typ := int(ext.KindIPv6PrefixRequest.Type())
		with("sub-type", typ, sub, []byte{byte(typ), 8, byte(sub), 2, 3, 4, 5, 6, 7, 8})
	}
}

// fixedPart has every set of flags, some Lifetimes, and every octet of the agents'
// addresses and of the Identification's high half changed.
func (s *sweeper) fixedPart() {
	a := s.a
	patched := func(name, trigger, detail string, patch func(b []byte)) {
		s.add(name, trigger, detail, func(home netip.Addr, now time.Time, buf []byte) []byte {
			r := a.usualRequest(home)
			r.bare = true
			b := a.compose(&r, now, buf)[:requestLength]
			patch(b)
			b, _ = a.sign(b, mobileHome) // an association that does not sign was refused by New
			b, _ = a.signLast(b, mipv4.Lifetime(binary.BigEndian.Uint16(b[2:])))
			return b
		})
	}
	for f := range 256 {
		patched("flags", "some set of flags", strconv.Itoa(f), func(b []byte) { b[1] = byte(f) })
	}
	for _, lifetime := range []uint16{0, 1, 2, 60, 0x7fff, 0x8000, 0xfffe, 0xffff} {
		patched("lifetime", "some Lifetime", strconv.Itoa(int(lifetime)), func(b []byte) { binary.BigEndian.PutUint16(b[2:], lifetime) })
	}
	// The low half of the Identification may have any value.
	for at := 8; at < requestLength-4; at++ {
		for _, v := range [...]byte{0, 0x7f, 0xff} {
			patched("fixed-octet", "a changed octet of "+fieldAt(at), strconv.Itoa(at), func(b []byte) { b[at] = v })
		}
	}
	for _, d := range []time.Duration{-10 * 365 * 24 * time.Hour, -48 * time.Hour, -2 * time.Hour, 2 * time.Hour, 48 * time.Hour, 10 * 365 * 24 * time.Hour} {
		trigger := "an Identification of the past"
		if d > 0 {
			trigger = "an Identification of the future"
		}
		s.add("identification", trigger, d.String(), func(home netip.Addr, now time.Time, buf []byte) []byte {
			r := a.usualRequest(home)
			r.ahead = d
			return a.compose(&r, now, buf)
		})
	}
}

// fieldAt names the field of a request's fixed part that has an octet.
func fieldAt(at int) string {
	switch {
	case at < 8:
		return "the Home Address"
	case at < 12:
		return "the Home Agent"
	case at < 16:
		return "the Care-of Address"
	}
	return "the Identification"
}

// prefixLengths are prefix requests of every Prefix Length.
func (s *sweeper) prefixLengths() {
	a := s.a
	for n := range 256 {
		s.add("prefix-length", "an IPv6 Prefix Request of some Prefix Length", strconv.Itoa(n), func(home netip.Addr, now time.Time, buf []byte) []byte {
			r := a.usualRequest(home)
			r.before = [][]byte{examplePrefix(byte(n))}
			return a.compose(&r, now, buf)
		})
	}
}
