package rules_test

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Advertisements from the figures of RFC 1256 §3 and RFC 5944 §2.1, the checksum left
// zero: one router address with its preference level, 16 bytes in all, and a Lifetime of
// 1800 seconds; then the extensions.
const (
	oneRouter = "09 00 0000 01 02 0708 c6336401 00000000"
	noRouter  = "09 10 0000 00 02 0708"
	homeAgent = "10 06 0001 0708 2000"          // H
	foreign   = "10 0a 0001 0708 1000 c6336407" // F
	gateway   = "10 0e 0001 0708 1020 c6336407 ffffffff"
	lengths   = "13 01 18"
	challenge = "18 04 01020304"
	faNAI     = "88 06 03 6140622e63"

	rightAdvertisement = oneRouter + foreign + lengths + challenge + faNAI
	wrongAdvertisement = "09 00 0000 01 02 ffff c6336401 00000000" + padding + faNAI + lengths + challenge +
		"10 0e 0200 0000 e21f 00000000 ffffffff" + homeAgent + lengths + challenge + "7f 00" + padding
)

// advertisement reads an advertisement that is written in hex digits, with the checksum
// that it has.
func advertisement(t testing.TB, s string) mipv4.AgentAdvertisement {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err == nil {
		b, err = mipv4.SetChecksum(b)
	}
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	a, err := mipv4.ParseAgentAdvertisement(b)
	if err != nil {
		t.Fatalf("%s: %v", s, err)
	}
	return a
}

func TestAdvertisements(t *testing.T) {
	at := func(at int, f *code.Fault) faultAt { return faultAt{at, f} }
	zero := rules.Discovery{}
	last := func(n mipv4.SequenceNumber) rules.Discovery { return rules.Discovery{Previous: &n} }
	without := func(kinds ...mipv4.DiscoveryKind) rules.Discovery {
		return rules.Discovery{Implements: func(k mipv4.DiscoveryKind) bool { return !slices.Contains(kinds, k) }}
	}
	to := func(s string) rules.Discovery { return rules.Discovery{Destination: netip.MustParseAddr(s)} }
	tests := []struct {
		name string
		d    rules.Discovery
		hex  string
		want []faultAt
	}{
		{"foreign agent", zero, rightAdvertisement, nil},
		{"home agent", zero, oneRouter + homeAgent, nil},
		{"without router addresses", zero, noRouter + foreign, nil},
		{"both agents, all services", zero, oneRouter + "10 0a 0001 0708 fde0 c6336407" + faNAI, nil},
		{"gateway to be assigned", zero, oneRouter + gateway + faNAI, nil},
		{"padded to an even length", zero, oneRouter + foreign + lengths + padding, nil},
		{"going down", zero, "09 00 0000 00 02 0000" + homeAgent, nil},
		{"unknown skippable", zero, oneRouter + foreign + "c8 01 07", nil},
		{"link-layer address", zero, oneRouter + foreign + "8c 07 03 020000000001", nil},
		{"vendor", zero, oneRouter + foreign + "86 08 0000 00000009 0001", nil},

		{"a router", zero, oneRouter, []faultAt{at(0, mipv4.ErrNoMobilityAgent)}},
		{"TTL 1", rules.Discovery{TTL: 1}, oneRouter + foreign, nil},
		{"TTL 2", rules.Discovery{TTL: 2}, oneRouter + foreign, []faultAt{at(0, rules.ErrAdvertisementTTL)}},
		{"TTL 255", rules.Discovery{TTL: 255}, oneRouter + foreign, []faultAt{at(0, rules.ErrAdvertisementTTL)}},
		{"to all systems", to("224.0.0.1"), oneRouter + foreign, nil},
		{"broadcast", to("255.255.255.255"), oneRouter + foreign, nil},
		{"to a mobile node", to("192.0.2.10"), oneRouter + foreign, nil},
		{"to all mobility agents", to("224.0.0.11"), oneRouter + foreign, []faultAt{at(0, rules.ErrAdvertisementDestination)}},
		{"Lifetime 9000", zero, "09 00 0000 00 02 2328" + homeAgent, nil},
		{"Lifetime 9001", zero, "09 00 0000 00 02 2329" + homeAgent, []faultAt{at(6, rules.ErrAdvertisementLifetime)}},
		{"TTL 2 and Lifetime 9001", rules.Discovery{TTL: 2}, "09 00 0000 00 02 2329" + homeAgent, []faultAt{at(0, rules.ErrAdvertisementTTL), at(6, rules.ErrAdvertisementLifetime)}},
		{"neither agent", zero, oneRouter + "10 06 0001 0708 0c00", []faultAt{at(16, mipv4.ErrNeitherAgent)}},
		{"busy home agent", zero, oneRouter + "10 06 0001 0708 6000", []faultAt{at(16, mipv4.ErrBusyWithoutForeign)}},
		{"busy foreign agent", zero, oneRouter + "10 0a 0001 0708 5000 c6336407", nil},
		{"home agent requires registration", zero, oneRouter + "10 06 0001 0708 a000", []faultAt{at(16, mipv4.ErrRequiredWithoutForeign)}},
		{"foreign agent requires registration", zero, oneRouter + "10 0a 0001 0708 9000 c6336407", nil},
		{"foreign agent without care-of address", zero, oneRouter + "10 06 0001 0708 1000", []faultAt{at(16, mipv4.ErrNoCareOfAddress)}},
		{"home agent with care-of address", zero, oneRouter + "10 0a 0001 0708 2000 c6336407", []faultAt{at(16, rules.ErrCareOfAddressWithoutForeign)}},
		{"home agent with T", zero, oneRouter + "10 06 0001 0708 2100", []faultAt{at(16, rules.ErrForeignService)}},
		{"home agent with I", zero, oneRouter + "10 06 0001 0708 2020" + faNAI, []faultAt{at(16, rules.ErrForeignService), at(16, rules.ErrRegionalWithoutCareOfAddress)}},
		{"home agent with U and X", zero, oneRouter + "10 06 0001 0708 20c0", nil},
		{"r", zero, oneRouter + "10 06 0001 0708 2200", []faultAt{at(16, rules.ErrAdvertisementReserved)}},
		{"last bit", zero, oneRouter + "10 06 0001 0708 2001", []faultAt{at(16, rules.ErrAdvertisementReserved)}},
		{"first reserved bit", zero, oneRouter + "10 06 0001 0708 2010", []faultAt{at(16, rules.ErrAdvertisementReserved)}},
		{"care-of address zero", zero, oneRouter + "10 0e 0001 0708 1000 c6336407 00000000", []faultAt{at(16, rules.ErrAdvertisedCareOfAddress)}},
		{"care-of address multicast", zero, oneRouter + "10 0e 0001 0708 1000 e0000001 c6336407", []faultAt{at(16, rules.ErrAdvertisedCareOfAddress)}},
		{"all ones without I", zero, oneRouter + "10 0e 0001 0708 1000 c6336407 ffffffff", []faultAt{at(16, rules.ErrDynamicGateway)}},
		{"all ones alone", zero, oneRouter + "10 0a 0001 0708 1020 ffffffff" + faNAI, []faultAt{at(16, rules.ErrDynamicGateway)}},
		{"all ones first", zero, oneRouter + "10 0e 0001 0708 1020 ffffffff c6336407" + faNAI, []faultAt{at(16, rules.ErrDynamicGateway)}},
		{"all ones in the middle", zero, oneRouter + "10 12 0001 0708 1020 c6336407 ffffffff c6336401" + faNAI, []faultAt{at(16, rules.ErrDynamicGateway)}},
		{"all ones with X", zero, oneRouter + "10 0e 0001 0708 9040 c6336407 ffffffff", []faultAt{at(16, rules.ErrRegionalBit)}},
		{"all ones with X and I", zero, oneRouter + "10 0e 0001 0708 9060 c6336407 ffffffff" + faNAI, nil},
		{"I without FA-NAI", zero, oneRouter + gateway, []faultAt{at(32, rules.ErrRegionalWithoutNAI)}},
		{"X without R", zero, oneRouter + "10 0a 0001 0708 1040 c6336407", []faultAt{at(16, rules.ErrRevocationNotRequired)}},
		{"Registration Lifetime zero", zero, oneRouter + "10 06 0001 0000 2000", []faultAt{at(16, rules.ErrNoRegistrationLifetime)}},
		{"Registration Lifetime infinite", zero, oneRouter + "10 06 0001 ffff 2000", nil},
		{"Length of 16", zero, oneRouter + "10 07 0001 0708 2000 00" + challenge, []faultAt{at(16, mipv4.ErrMobilityAgentLength)}},
		{"second 16", zero, oneRouter + foreign + homeAgent, []faultAt{at(28, rules.ErrSecondMobilityAgent)}},

		{"next number", last(511), oneRouter + "10 06 0200 0708 2000", nil},
		{"number skipped", last(300), oneRouter + "10 06 0200 0708 2000", nil},
		{"number repeated", last(512), oneRouter + "10 06 0200 0708 2000", []faultAt{at(16, rules.ErrSequenceRepeated)}},
		{"number 256 repeated", last(256), oneRouter + "10 06 0100 0708 2000", []faultAt{at(16, rules.ErrSequenceRepeated)}},
		{"number 255 again", last(255), oneRouter + "10 06 00ff 0708 2000", nil},
		{"booted", last(512), oneRouter + "10 06 0000 0708 2000", nil},
		{"rolled over", last(0xffff), oneRouter + "10 06 0100 0708 2000", nil},

		{"lengths for two", zero, oneRouter + foreign + "13 02 1818", []faultAt{at(28, mipv4.ErrPrefixLengthsLength)}},
		{"lengths for none", zero, noRouter + foreign + "13 00", nil},
		{"length 33", zero, oneRouter + foreign + "13 01 21", []faultAt{at(28, mipv4.ErrPrefixLengthBits)}},
		{"lengths first", zero, oneRouter + lengths + foreign, []faultAt{at(16, rules.ErrPrefixLengthsFirst)}},
		{"second lengths", zero, oneRouter + foreign + lengths + lengths, []faultAt{at(31, rules.ErrSecondPrefixLengths)}},
		{"others have lengths", rules.Discovery{PrefixLengths: rules.Served}, oneRouter + foreign, []faultAt{at(28, rules.ErrPrefixLengthsMixed)}},
		{"others have lengths, too", rules.Discovery{PrefixLengths: rules.Served}, oneRouter + foreign + lengths, nil},
		{"others have no lengths", rules.Discovery{PrefixLengths: rules.None}, oneRouter + foreign + lengths, []faultAt{at(28, rules.ErrPrefixLengthsMixed)}},
		{"others have no lengths, either", rules.Discovery{PrefixLengths: rules.None}, oneRouter + foreign, nil},
		{"nonsense is told of lengths", rules.Discovery{PrefixLengths: 3}, oneRouter + foreign, []faultAt{at(0, rules.ErrKnowledge)}},

		{"two paddings", zero, oneRouter + foreign + padding + padding, []faultAt{at(28, rules.ErrPaddingNotLast), at(29, rules.ErrSecondPadding)}},
		{"padding not last", zero, oneRouter + foreign + padding + challenge, []faultAt{at(28, rules.ErrPaddingNotLast)}},
		{"padding to an odd length", zero, oneRouter + foreign + padding, []faultAt{at(28, rules.ErrPaddingOdd)}},

		{"challenge of 3 bytes", zero, oneRouter + foreign + "18 03 010203", []faultAt{at(28, rules.ErrChallengeShort)}},
		{"challenge of none", zero, oneRouter + foreign + "18 00", []faultAt{at(28, rules.ErrChallengeShort)}},
		{"second challenge", zero, oneRouter + foreign + challenge + challenge, []faultAt{at(34, rules.ErrSecondAgentChallenge)}},
		{"home agent's challenge", zero, oneRouter + homeAgent + challenge, []faultAt{at(24, rules.ErrChallengeWithoutForeign)}},

		{"FA-NAI before 16", zero, oneRouter + faNAI + foreign, []faultAt{at(16, rules.ErrFANAIFirst)}},
		{"FA-NAI before 19", zero, oneRouter + foreign + faNAI + lengths, []faultAt{at(28, rules.ErrFANAIFirst)}},
		{"FA-NAI before the padding", zero, oneRouter + foreign + faNAI + lengths + padding, []faultAt{at(28, rules.ErrFANAIFirst)}},
		{"FA-NAI before a challenge", zero, oneRouter + foreign + faNAI + challenge, nil},
		{"HA Identity before 16", zero, oneRouter + "88 06 01 6140622e63" + foreign, nil},
		{"NAI without sub-type", zero, oneRouter + foreign + "88 00", []faultAt{at(28, mipv4.ErrDiscoverySubType)}},
		{"Ethernet address of 5 bytes", zero, oneRouter + foreign + "8c 06 03 0200000000", []faultAt{at(28, mipv4.ErrLinkLayerLength)}},
		{"vendor too short", zero, oneRouter + foreign + "86 06 0000 00000009", []faultAt{at(28, mipv4.ErrDiscoveryNVSELength)}},
		{"vendor of 24 bits", zero, oneRouter + foreign + "86 08 0000 00ffffff 0001", nil},
		{"vendor above 24 bits", zero, oneRouter + foreign + "86 08 0000 01000009 0001", []faultAt{at(28, ext.ErrVendorOctet)}},

		{"challenge not implemented", without(mipv4.DiscoveryChallenge), oneRouter + foreign + challenge, []faultAt{at(28, rules.ErrNotImplemented)}},
		{"FA-NAI not implemented", without(mipv4.DiscoveryFANAI), oneRouter + faNAI + foreign, nil},
		{"experiment not implemented", without(mipv4.DiscoveryExperimental), oneRouter + foreign + "7f 01 07", []faultAt{at(28, rules.ErrExperimentalAdvertised)}},
		{"experiment implemented", zero, oneRouter + foreign + "7f 01 07 ff 00", nil},

		{"all at once", rules.Discovery{}, wrongAdvertisement, []faultAt{
			at(6, rules.ErrAdvertisementLifetime),
			at(16, rules.ErrPaddingNotLast),
			at(17, rules.ErrFANAIFirst),
			at(25, rules.ErrPrefixLengthsFirst),
			at(28, rules.ErrChallengeWithoutForeign),
			at(34, mipv4.ErrBusyWithoutForeign),
			at(34, mipv4.ErrRequiredWithoutForeign),
			at(34, rules.ErrCareOfAddressWithoutForeign),
			at(34, rules.ErrAdvertisementReserved),
			at(34, rules.ErrNoRegistrationLifetime),
			at(34, rules.ErrAdvertisedCareOfAddress),
			at(34, rules.ErrDynamicGateway),
			at(50, rules.ErrSecondMobilityAgent),
			at(58, rules.ErrSecondPrefixLengths),
			at(61, rules.ErrSecondAgentChallenge),
			at(61, rules.ErrChallengeWithoutForeign),
			at(69, rules.ErrSecondPadding),
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := advertisement(t, tt.hex)
			if got := judgedAdvertisement(t, tt.d, a); !sameFaults(got, tt.want) {
				t.Errorf("got  %v\nwant %v", got, tt.want)
			}
		})
	}
}

// judgedAdvertisement is judged for an advertisement.
func judgedAdvertisement(t *testing.T, d rules.Discovery, a mipv4.AgentAdvertisement) (all []faultAt) {
	t.Helper()
	var stops []faultAt
	var serious []*code.Fault
	want := slices.Collect(a.Extensions.All())
	offsets := []int{}
	for v := range d.Advertisement(&a) {
		f := faultAt{v.Offset, v.Fault}
		if len(v.Extension.Bytes()) == 0 {
			if len(offsets) > 0 {
				t.Errorf("%v: a verdict on the whole behind an extension", v.Fault)
			}
			stops = append(stops, f)
		} else if len(offsets) == 0 || offsets[len(offsets)-1] != v.Offset {
			offsets = append(offsets, v.Offset)
		}
		if v.Fault == nil {
			continue
		}
		if !slices.Contains(all, f) {
			all = append(all, f)
		}
		if v.Fault.Reaction(code.MobileNode).Stops() && !slices.Contains(stops, f) {
			t.Errorf("%v stops, and is not told before the extensions", v.Fault)
		}
		if v.Fault.Breaks() <= code.Must || v.Fault.Reaction(code.MobileNode).Stops() {
			serious = append(serious, v.Fault)
		}
	}
	if len(offsets) > 0 {
		for i, x := range want {
			if i >= len(offsets) || offsets[i] != x.Offset() {
				t.Errorf("verdicts at %v, want one at %d", offsets, x.Offset())
			}
		}
	}
	err := d.CheckAdvertisement(&a)
	if (err == nil) != (len(serious) == 0) || err != nil && err != error(serious[0]) {
		t.Errorf("CheckAdvertisement is %v, and serious are %v", err, serious)
	}
	return all
}

// TestAdvertisementCode: a Code that Parse refuses is refused here as well.
func TestAdvertisementCode(t *testing.T) {
	a := advertisement(t, rightAdvertisement)
	a.Code = 1
	var d rules.Discovery
	if err := d.CheckAdvertisement(&a); err != mipv4.ErrAdvertisementCode {
		t.Errorf("Code 1 is %v", err)
	}
}

// TestAdvertisementEnds: a range may end with any verdict.
func TestAdvertisementEnds(t *testing.T) {
	d := rules.Discovery{TTL: 9, Implements: func(k mipv4.DiscoveryKind) bool { return k != mipv4.DiscoveryExperimental }}
	a := advertisement(t, wrongAdvertisement)
	all := slices.Collect(d.Advertisement(&a))
	for n := range all {
		got := 0
		for range d.Advertisement(&a) {
			if got++; got > n {
				break
			}
		}
		if got != n+1 {
			t.Errorf("ended behind %d of %d verdicts, want %d", got, len(all), n+1)
		}
	}
}

// TestConformingAdvertisements: random advertisements that follow the texts meet no fault
// that breaks a MUST, and none that stops the mobile node.
func TestConformingAdvertisements(t *testing.T) {
	r := rand.New(rand.NewPCG(5944, 1256))
	for range 5000 {
		n, care := r.IntN(4), r.IntN(5)
		s := fmt.Sprintf("09%02x0000%02x02%04x", []int{0, 16}[r.IntN(2)], n, r.IntN(9001))
		for range n {
			s += fmt.Sprintf("c63364%02x%08x", 1+r.IntN(254), r.Uint32())
		}
		flags := r.IntN(1<<16) &^ 0x021f
		if care == 0 {
			flags = flags&^0xd120 | 0x2000 // no R, B, F, T and I, but H
		} else {
			flags |= 0x1000
		}
		s += fmt.Sprintf("10%02x%04x%04x%04x", 6+4*care, r.IntN(1<<16), r.IntN(1<<16), flags)
		for i := range care {
			if i > 0 && i == care-1 && flags&0x20 != 0 && r.IntN(2) == 0 {
				s += "ffffffff"
			} else {
				s += fmt.Sprintf("c63364%02x", 1+r.IntN(254))
			}
		}
		if r.IntN(2) == 0 {
			s += fmt.Sprintf("13%02x", n)
			for range n {
				s += fmt.Sprintf("%02x", r.IntN(33))
			}
		}
		for range r.IntN(4) {
			s += []string{challenge, faNAI, "88 06 01 6140622e63", "8c 07 03 020000000001", "86 08 0000 00000009 0001", "c8 01 07", "7f 01 07", "ff 00"}[r.IntN(8)]
		}
		if r.IntN(2) == 0 {
			s += padding
		}
		a := advertisement(t, s)
		d := rules.Discovery{TTL: uint8(r.IntN(2))}
		if err := d.CheckAdvertisement(&a); err != nil {
			t.Fatalf("%v\n%s", err, s)
		}
		for v := range d.Advertisement(&a) {
			if f := v.Fault; f != nil && (f.Breaks() <= code.Must || f.Reaction(code.MobileNode).Stops()) {
				t.Fatalf("%v\n%s", f, s)
			}
		}
	}
}
