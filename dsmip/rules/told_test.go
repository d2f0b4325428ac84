package rules_test

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestNoEdition: a word that names no edition gives the zero Edition.
func TestNoEdition(t *testing.T) {
	if e, err := rules.ParseEdition("rfc2002"); e != 0 || err != rules.ErrEdition {
		t.Errorf("%v, %v", e, err)
	}
}

// TestKnowledgeThereIs: each field of knowledge is one of the three states, in every method.
func TestKnowledgeThereIs(t *testing.T) {
	const beyond = rules.None + 1
	for i, s := range []rules.Situation{{MobileForeign: beyond}, {ForeignHome: beyond}, {Proxies: beyond}, {Secured: beyond}, {Secured: 255}} {
		s.Profile = dsmip.RFC5454
		for leg := code.MNtoFA; leg <= code.FAtoMN; leg++ {
			s.Leg = leg
			m := parse(t, unhex(requestHead+ruleLetters['M']))
			if leg.Reply() {
				m = parse(t, unhex(replyHead+ruleLetters['M']))
			}
			all := slices.Collect(m.verdicts(&s))
			if err := m.check(&s); err != rules.ErrKnowledge || len(all) != 1 || all[0].Fault != rules.ErrKnowledge {
				t.Errorf("%d, %v: %v, %v", i, leg, err, all)
			}
		}
	}
	for k := rules.Unknown; k <= rules.None; k++ {
		s := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.Draft06, MobileForeign: k, ForeignHome: k, Proxies: k, Secured: k}
		if err := parse(t, unhex(coLocated+macM)).check(&s); err != nil {
			t.Errorf("%v: %v", k, err)
		}
	}
}

// TestShortVendorExtension: one without room for a vendor and a type is judged by its
// Length, and nobody is asked whether its contents are implemented.
func TestShortVendorExtension(t *testing.T) {
	s := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.RFC5454, ImplementsVendor: func(vendor uint32, vendorType uint16) bool {
		t.Errorf("asked for vendor %d, type %d", vendor, vendorType)
		return false
	}}
	for _, body := range []string{"26000000", "26000005 0000000900"} {
		row, _ := ext.Lookup(ext.KindCVSE)
		expect(t, s, coLocated+body+macM, nil, stopping(24, row.BadLength))
	}
}

// TestFaultsEnd: a range over the faults of the rule book may end with any.
func TestFaultsEnd(t *testing.T) {
	all := slices.Collect(rules.Faults())
	for n := range all {
		got := 0
		for f := range rules.Faults() {
			if f != all[got] {
				t.Fatalf("fault %d is %v, and then %v", got, all[got], f)
			}
			if got++; got > n {
				break
			}
		}
		if got != n+1 {
			t.Errorf("ended behind %d of %d faults, want %d", got, len(all), n+1)
		}
	}
}

// TestToldInPart: each of what is told alone prints alone.
func TestToldInPart(t *testing.T) {
	a := netip.MustParseAddr("192.0.2.1")
	last := mipv4.SequenceNumber(7)
	for _, tt := range []struct{ got, want string }{
		{rules.Receiver{}.String(), "receiver"},
		{rules.Receiver{Addresses: []netip.Addr{a, a, a, a}}.String(), "receiver 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1"},
		{rules.Receiver{Addresses: []netip.Addr{a, a, a, a, a}}.String(), "receiver 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 and 1 more"},
		{rules.Receiver{TTL: 1}.String(), "receiver, TTL 1"},
		{rules.Receiver{CareOfAddresses: []netip.Addr{a}}.String(), "receiver, care-of 192.0.2.1"},
		{rules.Receiver{CareOfAddresses: []netip.Addr{}}.String(), "receiver"},
		{rules.Receiver{LongestLifetime: 1}.String(), "receiver, lifetime up to 1s"},
		{rules.Receiver{UDPTunnel: rules.ServiceOffered}.String(), "receiver, UDP tunnel offered"},
		{rules.Receiver{HomeAddressRequired: true}.String(), "receiver, home address required"},
		{rules.Receiver{Challenges: [][]byte{{1}}}.String(), "receiver, 1 challenges"},
		{rules.Receiver{Used: [][]byte{{1}, {2}}}.String(), "receiver, 2 used challenges"},
		{rules.Receiver{Addresses: slices.Repeat([]netip.Addr{a}, 14)}.String(), "receiver 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 and 10 more"},
		{rules.Receiver{TTL: 11, Challenges: make([][]byte, 10), Used: make([][]byte, 12)}.String(), "receiver, TTL 11, 10 challenges, 12 used challenges"},
		{rules.Situation{Leg: code.MNtoHA, Profile: dsmip.Draft06}.String(), "mn-ha, draft06, rfc5944"},
		{rules.Situation{Edition: rules.RFC3344, MobileForeign: rules.None}.String(), "leg 0, profile 0, rfc3344, mobile-foreign none"},
		{rules.Situation{ForeignHome: rules.Shared}.String(), "leg 0, profile 0, rfc5944, foreign-home shared"},
		{rules.Situation{Proxies: rules.None}.String(), "leg 0, profile 0, rfc5944, proxies none"},
		{rules.Situation{Secured: rules.Served}.String(), "leg 0, profile 0, rfc5944, secured shared"},
		{rules.Situation{Inform: rules.Shared}.String(), "leg 0, profile 0, rfc5944, inform bit shared"},
		{rules.Situation{SimultaneousBindings: rules.None}.String(), "leg 0, profile 0, rfc5944, simultaneous bindings none"},
		{rules.Situation{RegistrationRequired: true}.String(), "leg 0, profile 0, rfc5944, registration required"},
		{rules.Situation{ImplementsVendor: func(uint32, uint16) bool { return true }}.String(), "leg 0, profile 0, rfc5944, does not implement all"},
		{rules.Situation{Receiver: &rules.Receiver{}}.String(), "leg 0, profile 0, rfc5944, receiver"},
		{rules.Discovery{}.String(), "datagram"},
		{rules.Discovery{Destination: a}.String(), "datagram to 192.0.2.1"},
		{rules.Discovery{TTL: 255}.String(), "datagram TTL 255"},
		{rules.Discovery{Previous: &last}.String(), "datagram, previous 7"},
		{rules.Discovery{PrefixLengths: rules.None}.String(), "datagram, prefix lengths none"},
	} {
		if tt.got != tt.want {
			t.Errorf("%q, want %q", tt.got, tt.want)
		}
	}
	for _, at := range []rules.Receiver{{Source: a}, {Destination: a}} {
		if s := at.String(); !strings.HasPrefix(s, "receiver, datagram ") || !strings.Contains(s, "192.0.2.1") {
			t.Error(s)
		}
	}
}

// TestFunctionsAreNotEqual: what has a function equals nothing, itself included.
func TestFunctionsAreNotEqual(t *testing.T) {
	at := rules.Receiver{Serves: func(netip.Addr) bool { return true }}
	kinds := rules.Situation{Implements: func(ext.Kind) bool { return true }}
	vendors := rules.Situation{ImplementsVendor: func(uint32, uint16) bool { return true }}
	inside := rules.Situation{Receiver: &at}
	d := rules.Discovery{Implements: func(mipv4.DiscoveryKind) bool { return true }}
	if at.Equal(at) || kinds.Equal(kinds) || vendors.Equal(vendors) || inside.Equal(inside) || d.Equal(d) {
		t.Error("two functions are the same")
	}
}

// TestVendorOfProxy: what a request holds in which nothing of a mobile node's divides it is
// the proxy's, which is a foreign agent (RFC 5563 §4.3, RFC 3115 §2.3).
func TestVendorOfProxy(t *testing.T) {
	s := rules.Situation{Leg: code.FAtoHA, Proxies: rules.Served, ImplementsVendor: func(uint32, uint16) bool { return false }}
	expect(t, s, viaAgent+nai+critical+byFAHA+agentHome, nil, stopping(29, rules.ErrVendorFromForeign))
	expect(t, s, viaAgent+nai+critical+macM+agentHome, nil, stopping(29, rules.ErrVendorFromMobile))
}

// TestNoneIsNotUnknown: a list of none differs from one that is not known, and an order from
// another.
func TestNoneIsNotUnknown(t *testing.T) {
	a, b := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("198.51.100.7")
	for i, pair := range [][2]rules.Receiver{
		{{Addresses: []netip.Addr{}}, {}},
		{{CareOfAddresses: []netip.Addr{}}, {}},
		{{Challenges: [][]byte{}}, {}},
		{{Used: [][]byte{}}, {}},
		{{Addresses: []netip.Addr{a, b}}, {Addresses: []netip.Addr{b, a}}},
		{{Used: [][]byte{{1}, {2}}}, {Used: [][]byte{{2}, {1}}}},
	} {
		if pair[0].Equal(pair[1]) || pair[1].Equal(pair[0]) {
			t.Errorf("%d: lists that differ are equal", i)
		}
		if !pair[0].Equal(pair[0]) || !pair[1].Equal(pair[1]) {
			t.Errorf("%d: a list does not equal itself", i)
		}
	}
	v := rules.DiscoveryVerdict{Offset: 8, Fault: rules.ErrPaddingOdd}
	if v.Equal(rules.DiscoveryVerdict{Offset: 9, Fault: rules.ErrPaddingOdd}) || v.Equal(rules.DiscoveryVerdict{Offset: 8}) || !v.Equal(v) {
		t.Error("verdicts at two places are equal, or one is not equal to itself")
	}
}

// TestVerdictsOfPadding: a verdict on an extension of one byte prints it, too.
func TestVerdictsOfPadding(t *testing.T) {
	s := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.RFC5454}
	n := 0
	for v := range parse(t, unhex(coLocated+padding+macM)).verdicts(&s) {
		if want := v.Extension.String() + ": right"; !strings.HasSuffix(v.String(), want) {
			t.Errorf("%s, want %s", v, want)
		}
		n++
	}
	var d rules.Discovery
	a := advertisement(t, oneRouter+foreign+lengths+padding)
	for v := range d.Advertisement(&a) {
		if want := v.Extension.String() + ": right"; !strings.HasSuffix(v.String(), want) {
			t.Errorf("%s, want %s", v, want)
		}
		n++
	}
	if n != 2+3 {
		t.Errorf("%d verdicts", n)
	}
}

// TestMissingBehindAstray: where the receiver loses its way, what is missing may stand behind,
// and nobody is accused of it.
func TestMissingBehindAstray(t *testing.T) {
	const (
		long      = "9a 01 0004 01010100" // Multipath
		elsewhere = "8b 02 0004 c0000202" // Redirected HA, the figure
		redirects = "03 8f 0708" + identical
	)
	s := rules.Situation{Leg: code.MNtoHA, ForeignHome: rules.Shared, MobileForeign: rules.Shared, Implements: func(k ext.Kind) bool { return !k.Type().Skippable() }}
	for leg := code.MNtoFA; leg <= code.FAtoMN; leg++ {
		s.Leg = leg
		if leg.Request() {
			expect(t, s, coLocated+long, nil, fixedPart(24, rules.ErrAstray))
			expect(t, s, anyAgent+long, nil, astrayWithout(leg))
		} else {
			q, err := mipv4.ParseRequest(unhex(viaAgent + nai + macM))
			if err != nil {
				t.Fatal(err)
			}
			expect(t, s, redirects+elsewhere, nil, fixedPart(20, rules.ErrAstray))
			expect(t, s, accepted+elsewhere, &q, fixedPart(20, rules.ErrAstray))
		}
	}
}

// astrayWithout is what is wrong with a request that leads astray and has neither D nor
// anything else that authorizes it.
func astrayWithout(leg code.Leg) []at {
	if leg == code.MNtoHA { // without a foreign agent D is missing, which the fixed part shows
		return []at{{24, true, rules.ErrAstray}, {1, true, rules.ErrDirectWithoutD}}
	}
	return fixedPart(24, rules.ErrAstray)
}
