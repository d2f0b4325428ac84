package rules_test

import (
	"net/netip"
	"os"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// wire has an extension of a kind as it is legal in itself: the least Length of
// its row, and what a condition reads of the body. position makes prefixes
// differ.
func wire(t *testing.T, k ext.Kind, position int) []byte {
	n := 0
	if r, ok := ext.Lookup(k); ok {
		if n = r.Min; r.Form == ext.Short {
			n--
		}
	}
	body := make([]byte, n)
	switch k {
	case ext.KindIPv6PrefixRequest:
		copy(body, unhex("40 20010db8"))
		body[8] = byte(position)
	case ext.KindIPv6PrefixReply:
		copy(body, unhex("00 40 00 20010db8"))
		body[10] = byte(position)
	case ext.KindRequestedHA:
		copy(body, unhex("c0000201"))
	}
	b, err := ext.AppendRaw(nil, k, body)
	if err != nil {
		t.Fatal(k, err)
	}
	return b
}

// sequences calls f with every sequence of up to depth kinds and with its
// message. f must keep neither.
func sequences(t *testing.T, fixed []byte, kinds []ext.Kind, depth int, f func(msg []byte, s []ext.Kind)) (n int) {
	pieces := make([][][]byte, len(kinds))
	for i, k := range kinds {
		for at := range depth {
			pieces[i] = append(pieces[i], wire(t, k, at))
		}
	}
	var extend func(msg []byte, s []ext.Kind)
	extend = func(msg []byte, s []ext.Kind) {
		n++
		f(msg, s)
		if len(s) == depth {
			return
		}
		for i, k := range kinds {
			extend(append(msg, pieces[i][len(s)]...), append(s, k))
		}
	}
	extend(append(make([]byte, 0, 2000), fixed...), make([]ext.Kind, 0, depth))
	return n
}

// depths is how long the sequences get: of the kinds that a legal list can
// hold, and of all that a rule names.
func depths() (few, all int) {
	switch {
	case testing.Short():
		return 5, 2
	case os.Getenv("CI") != "":
		return 7, 4
	}
	return 6, 3
}

// exhaust counts. A list that no header makes right is judged under one header,
// each in its turn.
type exhaust struct {
	judged, legal int
}

func (e *exhaust) report(t *testing.T, sequences int) {
	t.Logf("%d sequences, %d judgements, %d legal", sequences, e.judged, e.legal)
	if e.legal == 0 {
		t.Error("nothing was legal")
	}
}

func situationOf(s oracleSituation) mipv4.Situation {
	to := func(k knowledge) mipv4.Knowledge {
		return [...]mipv4.Knowledge{unknown: mipv4.Unknown, shared: mipv4.Shared, none: mipv4.None}[k]
	}
	m := mipv4.Situation{Leg: s.leg, MobileForeign: to(s.mobileForeign), ForeignHome: to(s.foreignHome), RegistrationRequired: s.registrationRequired}
	if s.edition3344 {
		m.Edition = mipv4.RFC3344
	}
	return m
}

// TestRequestsExhaustively: the checker and the oracle agree on every sequence
// of kinds, on every leg, under every header that matters.
func TestRequestsExhaustively(t *testing.T) {
	few, all := depths()
	var e exhaust
	fixed := unhex("01 00 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123")
	home, unset := netip.MustParseAddr("192.0.2.10"), netip.IPv4Unspecified()
	agent := netip.MustParseAddr("192.0.2.1")
	judge := func(msg []byte, kinds []ext.Kind) {
		var r mipv4.Request
		if err := r.Parse(msg); err != nil {
			t.Fatal(err)
		}
		m := slices.Index(kinds, kindM)
		for leg := code.MNtoFA; leg <= code.FAtoHA; leg++ {
			ordered := m >= 0 && requestGrammar(leg, has(kinds, kindA)).matches(leg, kinds, m)
			turn := e.judged % 16
			for c := range 16 {
				if !ordered && c != turn {
					continue
				}
				// The rest goes round: what only concerns few lists is not
				// crossed with everything else.
				i := e.judged
				h := header{request: true, D: c&1 != 0, T: c&2 != 0, lifetimeZero: c&4 != 0,
					homeAgentDynamic: i%7 == 3, homeAddressZero: i%5 == 2, reservedFlags: i%11 == 5}
				s := oracleSituation{leg: leg, profile: dsmip.Profile(c >> 3), edition3344: i%3 == 1,
					mobileForeign: knowledge(i / 3 % 3), foreignHome: knowledge(i / 9 % 3), registrationRequired: i%2 == 1}
				r.Flags, r.Lifetime, r.HomeAddress, r.HomeAgent = 0, 1800, home, agent
				if h.D {
					r.Flags |= mipv4.FlagDecapsulation
				}
				if h.T {
					r.Flags |= mipv4.FlagReverseTunnel
				}
				if h.lifetimeZero {
					r.Lifetime = mipv4.Deregister
				}
				if h.homeAgentDynamic {
					r.HomeAgent = unset
				}
				if h.homeAddressZero {
					r.HomeAddress = unset
				}
				if h.reservedFlags {
					r.Flags |= mipv4.FlagReservedX
				}
				e.judged++
				legal, why := oracle(h, s, kinds)
				if legal {
					e.legal++
				}
				if err := s.profile.CheckRequest(&r, situationOf(s)); (err == nil) != legal {
					t.Fatalf("%v\n%+v %+v\nchecker: %v\noracle: %s", kinds, s, h, err, why)
				}
			}
		}
	}
	n := sequences(t, fixed, requestKinds, few, judge)
	n += sequences(t, fixed, append(slices.Clone(moreRequestKinds), requestKinds...), all, judge)
	e.report(t, n)
}

// TestRepliesExhaustively is the same for replies.
func TestRepliesExhaustively(t *testing.T) {
	few, all := depths()
	var e exhaust
	fixed := unhex("03 00 0708 c000020a c0000201 eeae5a5a3eb7e123")
	codes := []code.Registration{0, 1, 8, 9, 64, 68, 110, 127, 128, 143, 192, 193, 255}
	judge := func(msg []byte, kinds []ext.Kind) {
		var r mipv4.Reply
		if err := r.Parse(msg); err != nil {
			t.Fatal(err)
		}
		m := slices.Index(kinds, kindM)
		for leg := code.HAtoFA; leg <= code.FAtoMN; leg++ {
			ordered := replyGrammar(leg, m >= 0).matches(leg, kinds, m)
			turn := e.judged % (2 * len(codes))
			for c := range 2 * len(codes) {
				if !ordered && c != turn {
					continue
				}
				i := e.judged
				h := header{code: uint8(codes[c/2]), lifetimeZero: c%2 == 1}
				s := oracleSituation{leg: leg, profile: dsmip.Profile(i % 2), edition3344: i%5 == 1,
					mobileForeign: knowledge(i / 2 % 3), foreignHome: knowledge(i / 6 % 3)}
				r.Code, r.Lifetime = codes[c/2], 1800
				if h.lifetimeZero {
					r.Lifetime = mipv4.Deregister
				}
				e.judged++
				legal, why := oracle(h, s, kinds)
				if legal {
					e.legal++
				}
				if err := s.profile.CheckReply(&r, nil, situationOf(s)); (err == nil) != legal {
					t.Fatalf("%v\n%+v %+v\nchecker: %v\noracle: %s", kinds, s, h, err, why)
				}
			}
		}
	}
	n := sequences(t, fixed, replyKinds, few, judge)
	n += sequences(t, fixed, append(slices.Clone(moreReplyKinds), replyKinds...), all, judge)
	e.report(t, n)
}
