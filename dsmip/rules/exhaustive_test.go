package rules_test

import (
	"iter"
	"net/netip"
	"os"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// bodies has, for the kinds whose least body would not do, one that is right in itself.
var bodies = map[ext.Kind]string{
	ext.KindMobileHomeAuth:              "00000100",
	ext.KindMobileForeignAuth:           "00000100",
	ext.KindForeignHomeAuth:             "00000100",
	ext.KindMNAAAAuth:                   "00000100 00000000000000000000000000000000",
	ext.KindFAFAAuth:                    "00000100 00000000000000000000000000000000",
	ext.KindMNGFAAuth:                   "00000100 00000000000000000000000000000000",
	ext.KindMNPARAuth:                   "00000100 00000000000000000000000000000000",
	ext.KindCVSE:                        "00000009 0001",
	ext.KindNVSE:                        "0000 00000009 0001",
	ext.KindLegacyCVSE:                  "00000009 0001",
	ext.KindLegacyNVSE:                  "0000 00000009 0001",
	ext.KindMNFAKeyRequest:              "00000100",
	ext.KindMNHAKeyRequest:              "00000100",
	ext.KindMNFAKeyReply:                "00000708 00000100 00000101 0002 00000000000000000000000000000000",
	ext.KindMNHAKeyReply:                "00000708 00000100 00000101 0002 0002 00000000000000000000000000000000",
	ext.KindFAError:                     "40",
	ext.KindGFAAddress:                  "0000 cb007109",
	kindProxyByForeignHome:              "01",
	kindProxyByIPsec:                    "02",
	ext.KindGREKey:                      "00000001",
	ext.KindCareOfAddress:               "00 c6336407",
	ext.KindRouteOptimizationPrefix:     "40 c000020a",
	ext.KindSKIPTraversal:               "0000 c000024d c000024e",
	ext.KindMobileNodeNAI:               "614062",
	ext.KindChallenge:                   "deadbeef",
	ext.KindHAIdentity:                  "614062",
	ext.KindAAAHIdentity:                "614062",
	ext.KindFANAI:                       "614062",
	ext.KindRequestedHA:                 "c0000201",
	ext.KindRedirectedHA:                "c0000202",
	ext.KindHierarchicalFA:              "0000 c6336407",
	ext.KindReplayProtectionStyle:       "0001 0000000000000000",
	ext.KindUDPTunnelRequest:            "00 40 00 0000", // R, which through a foreign agent must be set
	ext.KindMessageStringHA:             "68",
	ext.KindMessageStringFA:             "68",
	ext.KindInterfaceID:                 "01",
	ext.KindDeviceID:                    "01 020000000001",
	ext.KindSubscriberID:                "01 01",
	ext.KindAccessTechnology:            "03",
	ext.KindMobileNetworkRequest:        "18 cb007100",
	ext.KindMobileNetworkAckExplicit:    "00 18 00 cb007100",
	ext.KindMobileNetworkAckImplicit:    "00 18 00 cb007100",
	ext.KindServiceSelection:            "676f6c64",
	ext.KindRouteOptimizationCapability: "80",
	ext.KindMultipath:                   "01 01 01 00",
	ext.KindFlowBinding:                 "01 01 01 01 00000000",
}

// wire has an extension of a kind as it is legal in itself. position makes prefixes
// differ.
func wire(t *testing.T, k ext.Kind, position int) []byte {
	switch k {
	case kindRequestedHALong:
		return unhex("8b010004 c0000201")
	case kindRedirectedHALong:
		return unhex("8b020004 c0000202")
	}
	body := []byte{}
	switch hex, ok := bodies[k]; {
	case ok:
		body = unhex(hex)
	case k == ext.KindIPv6PrefixRequest:
		body = unhex("40 20010db8000000000000000000000000")
		body[8] = byte(position)
	case k == ext.KindIPv6PrefixReply:
		body = unhex("00 40 00 20010db8000000000000000000000000")
		body[10] = byte(position)
	default:
		if r, ok := ext.Lookup(k); ok {
			n := r.Min
			if r.Form == ext.Short {
				n--
			}
			body = make([]byte, n)
		}
	}
	b, err := ext.AppendRaw(nil, k&^variant, body)
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

// deep is how long the sequences are of which all verdicts are looked at.
const deep = 4

// depths is how long the sequences get: of the kinds that a legal list can
// hold, of the families, and of all that a rule names. A list that a header can make
// right is judged under every stride-th.
func depths() (few, family, all, stride int) {
	switch {
	case testing.Short():
		return 5, 5, 2, 9
	case os.Getenv("CI") != "":
		return 7, 7, 4, 1
	}
	return 6, 6, 3, 1
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

// scatter returns bits for the judgement of a number: what only concerns few lists is
// not crossed with everything else, but goes round without a period that another has.
func scatter(n int) uint64 {
	x := uint64(n)*0x9e3779b97f4a7c15 + 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// one reports whether bits, of which there are 64, say that a thing is so, one time
// in n. It takes eight of them away.
func one(bits *uint64, n uint64) bool {
	x := *bits & 0xff
	*bits >>= 8
	return x%n == 0
}

func situationOf(s oracleSituation) rules.Situation {
	to := func(k knowledge) rules.Knowledge {
		return [...]rules.Knowledge{unknown: rules.Unknown, shared: rules.Shared, none: rules.None}[k]
	}
	m := rules.Situation{Leg: s.leg, Profile: s.profile, MobileForeign: to(s.mobileForeign), ForeignHome: to(s.foreignHome),
		Proxies: to(s.proxies), RegistrationRequired: s.registrationRequired}
	if s.edition3344 {
		m.Edition = rules.RFC3344
	}
	return m
}

// quick reports whether a verdict breaks a MUST, and whether the error of the check tells:
// when it gives nothing serious there is no such verdict, and one that breaks a MUST is
// one.
func quick(err error) (breaks, tells bool) {
	if err == nil {
		return false, true
	}
	must := err.(*code.Fault).Breaks() == code.Must
	return must, must
}

// breaks reports whether a verdict breaks a MUST, by all verdicts, and that the check
// gives the first that is serious, which is one that has the message discarded silently where
// there is such a one.
func breaks(t *testing.T, err error, receiver code.Role, verdicts iter.Seq[rules.Verdict]) (must bool) {
	var first error
	silent := false
	for v := range verdicts {
		if v.Fault == nil {
			continue
		}
		silent = silent || silences(v.Fault, receiver)
		must = must || v.Fault.Breaks() == code.Must
		if first == nil && serious(v.Fault, receiver) {
			first = v.Fault
		}
	}
	if err != first || err != nil && err.(*code.Fault).Breaks() == code.Caller {
		t.Fatalf("the check gives %v, the first serious verdict is %v", err, first)
	}
	if silent && !silences(err.(*code.Fault), receiver) {
		t.Fatalf("the check gives %v, and the message is to be discarded silently", err)
	}
	return must
}

// breaksInRequest and breaksInReply are breaks for copies, which go to the heap.
func breaksInRequest(t *testing.T, err error, s rules.Situation, r mipv4.Request) bool {
	return breaks(t, err, s.Leg.Receiver(), s.Request(&r))
}

func breaksInReply(t *testing.T, err error, s rules.Situation, r mipv4.Reply) bool {
	return breaks(t, err, s.Leg.Receiver(), s.Reply(&r, nil))
}

// TestRequestsExhaustively: the checker and the oracle agree on every sequence
// of kinds, on every leg, under every header that matters; and the check gives
// the first serious verdict.
func TestRequestsExhaustively(t *testing.T) {
	t.Parallel()
	few, family, all, stride := depths()
	var e exhaust
	fixed := unhex(requestHead)
	home, unset := netip.MustParseAddr("192.0.2.10"), netip.IPv4Unspecified()
	agent, careOf := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("198.51.100.7")
	ones := netip.MustParseAddr("255.255.255.255")
	group, subnet := netip.MustParseAddr("224.0.0.11"), netip.MustParseAddr("0.0.0.255")
	judge := func(msg []byte, kinds []ext.Kind) {
		var r mipv4.Request
		if err := r.Parse(msg); err != nil {
			t.Fatal(err)
		}
		at := divider(kinds, true)
		for leg := code.MNtoFA; leg <= code.FAtoHA; leg++ {
			ordered := requestGrammar(leg, has(kinds, kindM), has(kinds, kindA)).matches(leg, kinds, at, false)
			turn := e.judged % 16
			for c := range 16 {
				if !ordered && c != turn || c%stride != turn%stride {
					continue
				}
				bits := scatter(e.judged)
				h := header{request: true, D: c&1 != 0, T: c&2 != 0, lifetimeZero: c&4 != 0,
					homeAgentDynamic: one(&bits, 5), homeAddressZero: one(&bits, 3), reservedFlags: one(&bits, 13)}
				h.homeAgentNobody = !h.homeAgentDynamic && e.judged%29 == 0
				switch {
				case one(&bits, 4):
					h.careOfZero = true
				case one(&bits, 17):
					h.careOfOnes = true
				}
				s := oracleSituation{leg: leg, profile: dsmip.Draft06 + dsmip.Profile(c>>3), edition3344: bits&3 == 1, registrationRequired: bits>>2&1 == 1,
					mobileForeign: knowledge(bits >> 3 % 3), foreignHome: knowledge(bits >> 9 % 3), proxies: knowledge(bits >> 15 % 3)}
				r.Flags, r.Lifetime, r.HomeAddress, r.HomeAgent, r.CareOfAddress = 0, 1800, home, agent, careOf
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
					r.HomeAgent = [...]netip.Addr{unset, ones}[bits>>2&1]
				}
				if h.homeAgentNobody {
					r.HomeAgent = [...]netip.Addr{group, subnet}[bits>>2&1]
				}
				if h.homeAddressZero {
					r.HomeAddress = unset
				}
				if h.careOfZero {
					r.CareOfAddress = unset
				}
				if h.careOfOnes {
					r.CareOfAddress = ones
				}
				if h.reservedFlags {
					r.Flags |= [...]mipv4.Flags{mipv4.FlagReservedX, mipv4.FlagReservedR}[bits>>2&1]
				}
				e.judged++
				legal, why := oracle(h, s, kinds)
				if legal {
					e.legal++
				}
				situation := situationOf(s)
				err := situation.CheckRequest(&r)
				must, tells := quick(err)
				if !tells || len(kinds) <= deep {
					must = breaksInRequest(t, err, situation, r)
				}
				if must == legal {
					t.Fatalf("%v\n%+v %+v\nchecker: %v\noracle: %s\n%x", kinds, s, h, err, why, msg)
				}
			}
		}
	}
	n := sequences(t, fixed, requestKinds, few, judge)
	n += sequences(t, fixed, append(slices.Clone(moreRequestKinds), requestKinds...), all, judge)
	for _, kinds := range requestFamilies {
		n += sequences(t, fixed, kinds, family, judge)
	}
	e.report(t, n)
}

// TestRepliesExhaustively is the same for replies.
func TestRepliesExhaustively(t *testing.T) {
	t.Parallel()
	few, family, all, stride := depths()
	var e exhaust
	fixed := unhex(replyHead)
	codes := []code.Registration{0, 1, 8, 9, 64, 65, 68, 110, 111, 127, 128, 143, 192, 193, 194, 200, 201, 255}
	judge := func(msg []byte, kinds []ext.Kind) {
		var r mipv4.Reply
		if err := r.Parse(msg); err != nil {
			t.Fatal(err)
		}
		hasM, at := has(kinds, kindM), divider(kinds, false)
		for leg := code.HAtoFA; leg <= code.FAtoMN; leg++ {
			g := replyGrammar(leg, hasM)
			ordered := g.matches(leg, kinds, at, false) || g.matches(leg, kinds, at, true)
			turn := e.judged % (2 * len(codes))
			for c := range 2 * len(codes) {
				if !ordered && c != turn || c%stride != turn%stride {
					continue
				}
				bits := scatter(e.judged)
				h := header{code: uint8(codes[c/2]), lifetimeZero: c%2 == 1}
				s := oracleSituation{leg: leg, profile: dsmip.Draft06 + dsmip.Profile(bits&1), edition3344: bits>>1&3 == 1,
					mobileForeign: knowledge(bits >> 3 % 3), foreignHome: knowledge(bits >> 9 % 3), proxies: knowledge(bits >> 15 % 3)}
				r.Code, r.Lifetime = codes[c/2], 1800
				if h.lifetimeZero {
					r.Lifetime = mipv4.Deregister
				}
				e.judged++
				legal, why := oracle(h, s, kinds)
				if legal {
					e.legal++
				}
				situation := situationOf(s)
				err := situation.CheckReply(&r, nil)
				must, tells := quick(err)
				if !tells || len(kinds) <= deep {
					must = breaksInReply(t, err, situation, r)
				}
				if must == legal {
					t.Fatalf("%v\n%+v %+v\nchecker: %v\noracle: %s\n%x", kinds, s, h, err, why, msg)
				}
			}
		}
	}
	n := sequences(t, fixed, replyKinds, few, judge)
	n += sequences(t, fixed, append(slices.Clone(moreReplyKinds), replyKinds...), all, judge)
	for _, kinds := range replyFamilies {
		n += sequences(t, fixed, kinds, family, judge)
	}
	e.report(t, n)
}
