package rules_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestAdvertisementBounds: what stands next to the boundary of a rule of TestAdvertisements:
// other numbers of router addresses, a second Mobility Agent Advertisement, the flags of the
// other agent, and all ones in other places.
func TestAdvertisementBounds(t *testing.T) {
	const (
		wide    = "09 00 0000 01 03 0708 c6336401 00000000 00000000"          // an entry of three words
		two     = "09 00 0000 02 02 0708 c6336401 00000000 c6336402 00000000" // two router addresses
		short   = "10 07 0001 0708 2000 00"                                   // a Length that none has
		regular = "10 0a 0001 0708 1020 c6336407"                             // F and I
		vendor  = "86 08 0000 00000009 0001"
	)
	at := func(at int, f *code.Fault) faultAt { return faultAt{at, f} }
	zero, served := rules.Discovery{}, rules.Discovery{PrefixLengths: rules.Served}
	last := func(n mipv4.SequenceNumber) rules.Discovery { return rules.Discovery{Previous: &n} }
	nothing := rules.Discovery{Implements: func(mipv4.DiscoveryKind) bool { return false }}
	skippable := rules.Discovery{Implements: func(k mipv4.DiscoveryKind) bool { return !k.Type().Skippable() }}
	for _, tt := range []struct {
		name string
		d    rules.Discovery
		hex  string
		want []faultAt
	}{
		// What is missing is missing at the end.
		{"no lengths, no router", served, noRouter + foreign, []faultAt{at(20, rules.ErrPrefixLengthsMixed)}},
		{"no lengths, one router", served, oneRouter + foreign, []faultAt{at(28, rules.ErrPrefixLengthsMixed)}},
		{"no lengths, one router of three words", served, wide + foreign, []faultAt{at(32, rules.ErrPrefixLengthsMixed)}},
		{"no lengths, two routers", served, two + foreign, []faultAt{at(36, rules.ErrPrefixLengthsMixed)}},
		{"no FA-NAI, no router", zero, noRouter + regular, []faultAt{at(20, rules.ErrRegionalWithoutNAI)}},
		{"neither lengths nor FA-NAI", served, oneRouter + regular, []faultAt{at(28, rules.ErrPrefixLengthsMixed), at(28, rules.ErrRegionalWithoutNAI)}},
		{"an HA Identity is no FA-NAI", zero, oneRouter + regular + "88 06 01 6140622e63", []faultAt{at(36, rules.ErrRegionalWithoutNAI)}},
		{"lengths, and others have them", served, two + foreign + "13 02 1810", nil},

		{"to an IPv6 group", rules.Discovery{Destination: netip.MustParseAddr("ff02::2")}, oneRouter + foreign, nil},
		{"to the routers", rules.Discovery{Destination: netip.MustParseAddr("224.0.0.2")}, oneRouter + foreign, []faultAt{at(0, rules.ErrAdvertisementDestination)}},
		{"of no common traffic", zero, "09 10 0000 01 02 0708 c6336401 00000000" + foreign, nil},

		// A second Mobility Agent Advertisement changes nothing of what the first says.
		{"a challenge, the second a home agent", zero, oneRouter + foreign + homeAgent + challenge, []faultAt{at(28, rules.ErrSecondMobilityAgent)}},
		{"a challenge, the second a foreign agent", zero, oneRouter + homeAgent + foreign + challenge, []faultAt{
			at(24, rules.ErrSecondMobilityAgent), at(36, rules.ErrChallengeWithoutForeign)}},
		{"a challenge, the first of another Length", zero, oneRouter + short + homeAgent + challenge, []faultAt{
			at(16, mipv4.ErrMobilityAgentLength), at(25, rules.ErrSecondMobilityAgent)}},
		{"I, the second", zero, oneRouter + foreign + regular, []faultAt{at(28, rules.ErrSecondMobilityAgent)}},
		{"a number repeated, the second", last(512), oneRouter + homeAgent + "10 06 0200 0708 2000", []faultAt{at(24, rules.ErrSecondMobilityAgent)}},
		{"three", zero, oneRouter + foreign + homeAgent + homeAgent, []faultAt{at(28, rules.ErrSecondMobilityAgent), at(36, rules.ErrSecondMobilityAgent)}},
		{"lengths between two", zero, oneRouter + foreign + lengths + homeAgent, []faultAt{at(31, rules.ErrSecondMobilityAgent)}},
		{"FA-NAI between two", zero, oneRouter + foreign + faNAI + homeAgent, []faultAt{at(28, rules.ErrFANAIFirst), at(36, rules.ErrSecondMobilityAgent)}},

		{"home agent with I and a care-of address", zero, oneRouter + "10 0a 0001 0708 2020 c6336407" + faNAI, []faultAt{
			at(16, rules.ErrCareOfAddressWithoutForeign), at(16, rules.ErrForeignService)}},
		{"both agents with every service, and no care-of address", zero, oneRouter + "10 06 0001 0708 fde0" + faNAI, []faultAt{at(16, mipv4.ErrNoCareOfAddress)}},
		{"home agent, M and G", zero, oneRouter + "10 06 0001 0708 2c00", nil},
		{"neither agent, and all flags of a foreign agent", zero, oneRouter + "10 06 0001 0708 c100", []faultAt{
			at(16, mipv4.ErrNeitherAgent), at(16, mipv4.ErrBusyWithoutForeign), at(16, mipv4.ErrRequiredWithoutForeign), at(16, rules.ErrForeignService)}},
		{"each reserved bit, 2", zero, oneRouter + "10 06 0001 0708 2002", []faultAt{at(16, rules.ErrAdvertisementReserved)}},
		{"each reserved bit, 4", zero, oneRouter + "10 06 0001 0708 2004", []faultAt{at(16, rules.ErrAdvertisementReserved)}},
		{"each reserved bit, 8", zero, oneRouter + "10 06 0001 0708 2008", []faultAt{at(16, rules.ErrAdvertisementReserved)}},
		{"Registration Lifetime 1", zero, oneRouter + "10 06 0001 0001 2000", nil},

		{"all ones twice", zero, oneRouter + "10 0e 0001 0708 1020 ffffffff ffffffff" + faNAI, []faultAt{at(16, rules.ErrDynamicGateway)}},
		{"all ones behind all ones", zero, oneRouter + "10 12 0001 0708 1020 c6336407 ffffffff ffffffff" + faNAI, []faultAt{at(16, rules.ErrDynamicGateway)}},
		{"all ones behind all ones, with X", zero, oneRouter + "10 12 0001 0708 9040 c6336407 ffffffff ffffffff", []faultAt{at(16, rules.ErrDynamicGateway)}},
		{"all ones in the middle, with X", zero, oneRouter + "10 12 0001 0708 9040 c6336407 ffffffff c6336401", []faultAt{at(16, rules.ErrDynamicGateway)}},
		{"all ones behind two", zero, oneRouter + "10 12 0001 0708 1020 c6336407 c6336401 ffffffff" + faNAI, nil},
		{"all ones behind zero", zero, oneRouter + "10 0e 0001 0708 1020 00000000 ffffffff" + faNAI, []faultAt{at(16, rules.ErrAdvertisedCareOfAddress)}},
		{"zero behind a care-of address", zero, oneRouter + "10 12 0001 0708 1000 c6336407 00000000 c6336401", []faultAt{at(16, rules.ErrAdvertisedCareOfAddress)}},
		{"a care-of address of class C", zero, oneRouter + "10 0a 0001 0708 1000 dfffffff", nil},

		{"two paddings to an odd length", zero, oneRouter + foreign + lengths + padding + padding, []faultAt{at(31, rules.ErrPaddingNotLast), at(32, rules.ErrSecondPadding)}},
		{"padding to an odd length, and not last", zero, oneRouter + foreign + padding + challenge, []faultAt{at(28, rules.ErrPaddingNotLast)}},
		{"padding to an even length, and not last", zero, oneRouter + foreign + padding + lengths, []faultAt{at(28, rules.ErrPaddingNotLast)}},
		{"three paddings", zero, oneRouter + foreign + padding + padding + padding, []faultAt{
			at(28, rules.ErrPaddingNotLast), at(29, rules.ErrPaddingNotLast), at(29, rules.ErrSecondPadding), at(30, rules.ErrSecondPadding)}},

		{"a challenge of 5 bytes", zero, oneRouter + foreign + "18 05 0102030405", nil},
		{"a home agent's second challenge, too short", zero, oneRouter + homeAgent + challenge + "18 01 00", []faultAt{
			at(24, rules.ErrChallengeWithoutForeign), at(30, rules.ErrChallengeWithoutForeign), at(30, rules.ErrSecondAgentChallenge), at(30, rules.ErrChallengeShort)}},
		{"second lengths for two", zero, oneRouter + foreign + lengths + "13 02 1818", []faultAt{
			at(31, rules.ErrSecondPrefixLengths), at(31, mipv4.ErrPrefixLengthsLength)}},
		{"lengths for two first, where others have none", rules.Discovery{PrefixLengths: rules.None}, oneRouter + "13 02 1818" + foreign, []faultAt{
			at(16, rules.ErrPrefixLengthsFirst), at(16, rules.ErrPrefixLengthsMixed), at(16, mipv4.ErrPrefixLengthsLength)}},
		{"vendor of 25 bits", zero, oneRouter + foreign + "86 08 0000 01000000 0001", []faultAt{at(28, ext.ErrVendorOctet)}},

		// RFC 5944 §1.8, §2.3: of types 0 to 127 one that is not known has the message
		// discarded; others are skipped.
		{"nothing is implemented", nothing, oneRouter + foreign + lengths + challenge + faNAI + vendor, []faultAt{
			at(16, rules.ErrNotImplemented), at(28, rules.ErrNotImplemented), at(31, rules.ErrNotImplemented)}},
		{"nothing skippable is implemented", skippable, oneRouter + faNAI + foreign + "86 06 0000 00000009" + "8c 06 03 0200000000" + "88 00" + "ff 00", nil},
		{"an experiment that nobody implements", nothing, oneRouter + foreign + "7f 01 07" + "ff 01 07", []faultAt{
			at(16, rules.ErrNotImplemented), at(28, rules.ErrExperimentalAdvertised)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := advertisement(t, tt.hex)
			if got := judgedAdvertisement(t, tt.d, a); !sameFaults(got, tt.want) {
				t.Errorf("got  %v\nwant %v", got, tt.want)
			}
		})
	}
}

// TestAdvertisementCodes: 0 and 16 are the Codes of an Agent Advertisement (RFC 5944 §2.1),
// and the second byte has them.
func TestAdvertisementCodes(t *testing.T) {
	a := advertisement(t, rightAdvertisement)
	for n := range 256 {
		a.Code = code.AgentAdvertisement(n)
		var d rules.Discovery
		got := []faultAt{}
		for v := range d.Advertisement(&a) {
			if v.Fault != nil {
				got = append(got, faultAt{v.Offset, v.Fault})
			}
		}
		if want := []faultAt{{1, mipv4.ErrAdvertisementCode}}; (n == 0 || n == 16) && len(got) > 0 || n != 0 && n != 16 && !slices.Equal(got, want) {
			t.Errorf("Code %d: %v", n, got)
		}
	}
}

// TestStoppedAdvertisementEnds: a range may end with a fault that has the mobile node
// discard the advertisement, too.
func TestStoppedAdvertisementEnds(t *testing.T) {
	d := rules.Discovery{Implements: func(mipv4.DiscoveryKind) bool { return false }}
	a := advertisement(t, rightAdvertisement)
	all := slices.Collect(d.Advertisement(&a))
	// Three that are not skippable stop the mobile node, and are told again of the
	// extensions; FA-NAI is skipped.
	if len(all) != 3+4 {
		t.Errorf("%d verdicts", len(all))
	}
	for n := range all {
		got := 0
		for v := range d.Advertisement(&a) {
			if !v.Equal(all[got]) {
				t.Errorf("verdict %d is %v, want %v", got, v, all[got])
			}
			if got++; got > n {
				break
			}
		}
		if got != n+1 {
			t.Errorf("ended behind %d verdicts, want %d", got, n+1)
		}
	}
}
