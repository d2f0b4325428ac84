package rules_test

import (
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// ruleLetters has the extensions of the rules' lists, one letter each.
var ruleLetters = map[rune]string{
	'0': "00",                                  // padding
	'M': letters['M'],                          // Mobile-Home
	'A': letters['A'],                          // MN-AAA
	'F': letters['F'],                          // Mobile-Foreign
	'H': letters['H'],                          // Foreign-Home
	'c': letters['c'],                          // Challenge
	'n': letters['n'],                          // NAI
	'g': letters['g'],                          // Encapsulating Delivery Style
	'k': "28010004 00000100",                   // MN-FA key request
	'K': "2901001e" + strings.Repeat("00", 30), // MN-FA key reply
	'L': "2b010020" + strings.Repeat("00", 32), // MN-HA key reply
	't': "9006 00 00 00 00 0000",               // UDP Tunnel Request
	'T': "9006 00 00 00 00 0001",               // the same, Reserved3 set
	'u': "2c06 00 00 0000 0000",                // UDP Tunnel Reply
	'v': "8906 0000 00000001",                  // Revocation Support
	's': "9704 676f6c64",                       // Service Selection
	'm': "98020300",                            // IPv6 Tunneling Mode
	'y': "30000004 00000001",                   // GRE Key
	'r': "8b010004 c0000201",                   // Requested HA
	'R': "8b010004 e0000001",                   // Requested HA, multicast
	'd': "8b020004 c0000202",                   // Redirected HA
	'x': "9a010004 01010180",                   // Multipath
	'e': "2d020044",                            // FA Error
	'b': "91020168",                            // Message String from HA
	'w': "91020268",                            // Message String from FA
	'i': "88040140 6162",                       // HA Identity
	'V': "26000006 00000009 0001",
	'f': "810a 0000 c0000201 c0000202",
	'a': "2e06 0000 c0000201",
	'N': "9406 00 18 cb007100", // Mobile Network Request
}

func ruleList(s string) (b []byte, offsets []int) {
	for _, letter := range s {
		offsets = append(offsets, len(b))
		b = append(b, unhex(ruleLetters[letter])...)
	}
	return b, append(offsets, len(b))
}

// found is a fault and the place in the list of what it was found at: the list's
// length for what is missing, -1 for the fixed part.
type found struct {
	place int
	fault *code.Fault
}

func misplaced(k ext.Kind) *code.Fault {
	r, _ := ext.Lookup(k)
	return r.Misplaced
}

// TestRequestRules has the rules of RFC 5944 §3.6.1.3, §3.7.2, §3.8.2.1 and of
// the extensions' own RFCs as far as one request shows them. The numbers are
// those of the specification's rule table.
func TestRequestRules(t *testing.T) {
	tests := []struct {
		rule, list string
		leg        code.Leg
		flags      mipv4.Flags
		situation  mipv4.Situation
		want       []found
	}{
		{"1: order a-e", "nMcAgF", code.MNtoFA, mipv4.FlagReverseTunnel, mipv4.Situation{}, nil},
		{"1: direct", "0nM0", code.MNtoHA, mipv4.FlagDecapsulation, mipv4.Situation{}, nil},
		{"1: relayed", "nMcAyH0", code.FAtoHA, 0, mipv4.Situation{}, nil},
		{"2: no authenticator", "n", code.MNtoHA, 0, mipv4.Situation{}, []found{{1, mipv4.ErrNoAuthorization}}},
		{"2: no authenticator, RFC 3344", "n", code.MNtoHA, 0, mipv4.Situation{Edition: mipv4.RFC3344}, []found{{1, mipv4.ErrNoAuthorization3344}}},
		{"2: MN-AAA alone", "nA", code.FAtoHA, 0, mipv4.Situation{}, []found{{1, mipv4.ErrOnlyMNAAA}}},
		{"2: MN-AAA first", "AM", code.MNtoHA, 0, mipv4.Situation{}, []found{{0, mipv4.ErrOnlyMNAAA}}},
		{"2: two Mobile-Home", "MM", code.MNtoHA, 0, mipv4.Situation{}, []found{{1, mipv4.ErrSecondMobileHome}}},
		{"2: two MN-AAA", "MAA", code.MNtoHA, 0, mipv4.Situation{}, []found{{2, mipv4.ErrSecondMNAAA}}},
		{"2: both, RFC 3344", "MA", code.FAtoHA, 0, mipv4.Situation{Edition: mipv4.RFC3344}, []found{{1, mipv4.ErrTwoAuthorizations3344}}},
		{"2: two Mobile-Home, RFC 3344", "MM", code.MNtoHA, 0, mipv4.Situation{Edition: mipv4.RFC3344}, []found{{1, mipv4.ErrTwoAuthorizations3344}}},
		{"2: two MN-AAA, RFC 3344", "AA", code.MNtoHA, 0, mipv4.Situation{Edition: mipv4.RFC3344}, []found{{0, mipv4.ErrOnlyMNAAA}, {1, mipv4.ErrTwoAuthorizations3344}}},
		{"2: MN-AAA first, RFC 3344", "AM", code.MNtoHA, 0, mipv4.Situation{Edition: mipv4.RFC3344}, []found{{0, mipv4.ErrOnlyMNAAA}, {1, mipv4.ErrTwoAuthorizations3344}}},
		{"2: Mobile-Home last, RFC 3344", "MHM", code.FAtoHA, 0, mipv4.Situation{Edition: mipv4.RFC3344}, []found{{2, mipv4.ErrTwoAuthorizations3344}}},
		{"2: behind MN-AAA alone stands the foreign agent's", "AtyH", code.FAtoHA, 0, mipv4.Situation{}, []found{{0, mipv4.ErrOnlyMNAAA}}},
		{"2: behind MN-AAA alone stands what is for the foreign agent", "AgF", code.MNtoFA, mipv4.FlagReverseTunnel, mipv4.Situation{}, []found{{0, mipv4.ErrOnlyMNAAA}}},
		{"11: challenge before MN-AAA alone", "ncAF", code.MNtoFA, 0, mipv4.Situation{}, []found{{2, mipv4.ErrOnlyMNAAA}}},
		{"11: challenge behind MN-AAA alone", "nAcF", code.MNtoFA, 0, mipv4.Situation{}, []found{{1, mipv4.ErrOnlyMNAAA}, {2, misplaced(ext.KindChallenge)}}},
		{"2: between MN-AAA and Mobile-Home", "AnM", code.MNtoHA, 0, mipv4.Situation{}, []found{{0, mipv4.ErrOnlyMNAAA}}},
		{"2: Mobile-Home last", "FM", code.MNtoFA, 0, mipv4.Situation{}, []found{{1, mipv4.ErrBehindLast}}},
		{"2: MN-AAA last", "MFA", code.MNtoFA, 0, mipv4.Situation{}, []found{{2, mipv4.ErrBehindLast}}},
		{"3: Mobile-Foreign twice", "MFF", code.MNtoFA, 0, mipv4.Situation{}, []found{{2, mipv4.ErrSecondMobileForeign}}},
		{"3: Mobile-Foreign unwanted, twice", "MFF", code.MNtoFA, 0, mipv4.Situation{MobileForeign: mipv4.None}, []found{{1, mipv4.ErrMobileForeignUnknown}, {2, mipv4.ErrMobileForeignUnknown}}},
		{"3: Mobile-Foreign missing", "M", code.MNtoFA, 0, mipv4.Situation{MobileForeign: mipv4.Shared}, []found{{1, ext.ErrNoMobileForeign}}},
		{"3: Mobile-Foreign unwanted", "MF", code.MNtoFA, 0, mipv4.Situation{MobileForeign: mipv4.None}, []found{{1, mipv4.ErrMobileForeignUnknown}}},
		{"8: Mobile-Foreign relayed", "MF", code.FAtoHA, 0, mipv4.Situation{}, []found{{1, mipv4.ErrMobileForeignLeg}}},
		{"4: Foreign-Home twice", "MHH", code.FAtoHA, 0, mipv4.Situation{}, []found{{2, mipv4.ErrSecondForeignHome}}},
		{"4: Foreign-Home missing", "M", code.FAtoHA, 0, mipv4.Situation{ForeignHome: mipv4.Shared}, []found{{1, ext.ErrNoForeignHome}}},
		{"6: Foreign-Home unwanted", "MH", code.FAtoHA, 0, mipv4.Situation{ForeignHome: mipv4.None}, []found{{1, mipv4.ErrForeignHomeUnknown}}},
		{"6: Foreign-Home of a mobile node", "MH", code.MNtoHA, 0, mipv4.Situation{}, []found{{1, mipv4.ErrForeignHomeLeg}}},
		{"6: Foreign-Home unwanted, twice", "MHH", code.FAtoHA, 0, mipv4.Situation{ForeignHome: mipv4.None}, []found{{1, mipv4.ErrForeignHomeUnknown}, {2, mipv4.ErrForeignHomeUnknown}}},
		{"6: Foreign-Home unwanted, RFC 3344", "MH", code.FAtoHA, 0, mipv4.Situation{ForeignHome: mipv4.None, Edition: mipv4.RFC3344}, []found{{1, mipv4.ErrForeignHome3344}}},
		{"6: Foreign-Home of a mobile node, RFC 3344", "MH", code.MNtoHA, 0, mipv4.Situation{Edition: mipv4.RFC3344}, []found{{1, mipv4.ErrForeignHome3344}}},
		{"9: NAI behind", "Mn", code.MNtoHA, 0, mipv4.Situation{}, []found{{1, misplaced(ext.KindMobileNodeNAI)}}},
		{"11: challenge behind MN-AAA", "MAcF", code.MNtoFA, 0, mipv4.Situation{}, []found{{2, misplaced(ext.KindChallenge)}}},
		{"11: challenge unanswered", "Mc", code.MNtoFA, 0, mipv4.Situation{}, []found{{2, mipv4.ErrChallengeUnanswered}}},
		{"11: challenge in front, unanswered", "cM", code.MNtoFA, 0, mipv4.Situation{}, []found{{0, misplaced(ext.KindChallenge)}, {2, mipv4.ErrChallengeUnanswered}}},
		{"11: challenge behind Mobile-Foreign", "MFc", code.MNtoFA, 0, mipv4.Situation{}, []found{{2, misplaced(ext.KindChallenge)}, {3, mipv4.ErrChallengeUnanswered}}},
		{"11: challenge behind MN-AAA, unanswered", "MAc", code.MNtoFA, 0, mipv4.Situation{}, []found{{2, misplaced(ext.KindChallenge)}, {3, mipv4.ErrChallengeUnanswered}}},
		{"11: challenge kept by the foreign agent", "Mc", code.FAtoHA, 0, mipv4.Situation{}, nil},
		{"11: two challenges", "MccF", code.MNtoFA, 0, mipv4.Situation{}, []found{{2, mipv4.ErrSecondChallenge}}},
		{"11: challenge without foreign agent", "Mc", code.MNtoHA, 0, mipv4.Situation{}, []found{{1, misplaced(ext.KindChallenge)}}},
		{"17: delivery style without T", "MgF", code.MNtoFA, 0, mipv4.Situation{}, []found{{1, mipv4.ErrDeliveryWithoutT}}},
		{"17: delivery style in front", "gM", code.MNtoFA, mipv4.FlagReverseTunnel, mipv4.Situation{}, []found{{0, misplaced(ext.KindEncapsulatingDelivery)}}},
		{"18: the mobile node's tunnel without D", "tM", code.MNtoHA, 0, mipv4.Situation{}, []found{{0, mipv4.ErrTunnelRequestMobile}}},
		{"18: the mobile node's tunnel", "tM", code.MNtoHA, mipv4.FlagDecapsulation, mipv4.Situation{}, nil},
		{"18: the foreign agent's tunnel with D", "MtH", code.FAtoHA, mipv4.FlagDecapsulation, mipv4.Situation{}, []found{{1, mipv4.ErrTunnelRequestForeign}}},
		{"18: the foreign agent's tunnel", "MtH", code.FAtoHA, 0, mipv4.Situation{}, nil},
		{"18: behind Foreign-Home", "MHt", code.FAtoHA, 0, mipv4.Situation{}, []found{{2, misplaced(ext.KindUDPTunnelRequest)}}},
		{"7.1: Reserved3", "TM", code.MNtoHA, mipv4.FlagDecapsulation, mipv4.Situation{}, []found{{0, mipv4.ErrTunnelRequestReserved}}},
		{"22: revocation without D", "vM", code.MNtoFA, 0, mipv4.Situation{}, []found{{0, mipv4.ErrRevocationNotDirect}}},
		{"22: revocation of the foreign agent", "MvH", code.FAtoHA, 0, mipv4.Situation{}, nil},
		{"25: mobile network behind", "MN", code.MNtoHA, 0, mipv4.Situation{}, []found{{1, misplaced(ext.KindMobileNetworkRequest)}}},
		{"26: tunneling mode behind", "Mm", code.MNtoHA, mipv4.FlagDecapsulation, mipv4.Situation{}, []found{{1, misplaced(ext.KindIPv6TunnelingMode)}}},
		{"30: key request without MN-AAA", "kM", code.MNtoHA, 0, mipv4.Situation{}, []found{{0, mipv4.ErrKeyRequestAlone}}},
		{"30: key request behind MN-AAA", "MAk", code.MNtoHA, 0, mipv4.Situation{}, []found{{2, mipv4.ErrKeyRequestAlone}}},
		{"30: key request", "kMkA", code.MNtoHA, 0, mipv4.Situation{}, nil},
		{"32: GRE key with D", "MyH", code.FAtoHA, mipv4.FlagDecapsulation, mipv4.Situation{}, []found{{1, mipv4.ErrGREKeyCoLocated}}},
		{"32: GRE key of a mobile node", "My", code.MNtoHA, 0, mipv4.Situation{}, []found{{1, misplaced(ext.KindGREKey)}}},
		{"33: identity behind", "Mi", code.MNtoHA, 0, mipv4.Situation{}, []found{{1, misplaced(ext.KindHAIdentity)}}},
		{"34: service before the NAI", "snM", code.MNtoHA, 0, mipv4.Situation{}, []found{{1, mipv4.ErrServiceBeforeNAI}}},
		{"34: two services", "nsMsH", code.FAtoHA, 0, mipv4.Situation{}, []found{{3, mipv4.ErrSecondService}}},
		{"35: two multipath", "xxM", code.MNtoHA, 0, mipv4.Situation{}, []found{{1, mipv4.ErrSecondMultipath}}},
		{"37: multicast home agent", "RM", code.MNtoHA, 0, mipv4.Situation{}, []found{{0, mipv4.ErrRequestedHAUnicast}}},
		{"24: vendor extensions anywhere", "VMVFV", code.MNtoFA, 0, mipv4.Situation{}, nil},
		{"36: firewall behind", "Mf", code.MNtoHA, 0, mipv4.Situation{}, []found{{1, misplaced(ext.KindSKIPTraversal)}}},
		{"39: gateway of a mobile node", "aM", code.MNtoHA, 0, mipv4.Situation{}, []found{{0, misplaced(ext.KindGFAAddress)}}},
		{"21: revocation unprotected", "MHv", code.FAtoHA, 0, mipv4.Situation{}, []found{{2, misplaced(ext.KindRevocationSupport)}}},
		{"20: a reply's extension", "uM", code.MNtoHA, 0, mipv4.Situation{}, []found{{0, misplaced(ext.KindUDPTunnelReply)}}},
		{"7.1: reserved flags", "M", code.MNtoHA, mipv4.FlagReservedR, mipv4.Situation{}, []found{{-1, mipv4.ErrReservedFlags}}},
		{"several", "uMnM", code.MNtoHA, mipv4.FlagReservedX, mipv4.Situation{}, []found{{-1, mipv4.ErrReservedFlags},
			{0, misplaced(ext.KindUDPTunnelReply)}, {2, misplaced(ext.KindMobileNodeNAI)}, {3, mipv4.ErrSecondMobileHome}}},
		{"another leg", "M", code.HAtoMN, 0, mipv4.Situation{}, []found{{-2, mipv4.ErrRequestLeg}}},
		{"no leg", "uu", code.Leg(0), mipv4.FlagReservedX, mipv4.Situation{}, nil},
	}
	for _, tt := range tests {
		l, offsets := ruleList(tt.list)
		r, err := mipv4.ParseRequest(append(unhex("01 00 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"), l...))
		if err != nil {
			t.Fatal(tt.rule, err)
		}
		r.Flags = tt.flags
		tt.situation.Leg = tt.leg
		var got []found
		for at, f := range tt.situation.RequestFaults(&r) {
			got = append(got, found{place(offsets, at, 24), f})
		}
		report(t, tt.rule+" "+tt.leg.String(), got, tt.want, tt.situation.CheckRequest(&r))
	}
}

func place(offsets []int, at, fixed int) int {
	if at < fixed {
		return -map[bool]int{true: 2, false: 1}[at == 0]
	}
	return slices.Index(offsets, at-fixed)
}

func report(t *testing.T, rule string, got, want []found, first error) {
	t.Helper()
	if !slices.Equal(got, want) {
		var s strings.Builder
		for _, g := range got {
			fmt.Fprintf(&s, "\n%d %v", g.place, g.fault)
		}
		t.Errorf("%s: got%s", rule, &s)
	}
	if len(want) == 0 && first != nil || len(want) > 0 && first != error(want[0].fault) {
		t.Errorf("%s: first %v", rule, first)
	}
}

// TestDeregistration: with Lifetime 0 Foreign-Home is forbidden by RFC 5944
// §3.5.4 and required by RFC 3344 §3.7.2.2.
func TestDeregistration(t *testing.T) {
	for _, tt := range []struct {
		list    string
		edition mipv4.Edition
		want    *code.Fault
	}{
		{"MH", mipv4.RFC5944, mipv4.ErrForeignHomeDeregisters},
		{"MH", mipv4.RFC3344, nil},
		{"M", mipv4.RFC5944, nil},
		{"M", mipv4.RFC3344, ext.ErrNoForeignHome},
	} {
		l, _ := ruleList(tt.list)
		r, err := mipv4.ParseRequest(append(unhex("01 00 0000 c000020a c0000201 c6336407 eeae5a5a3eb7e123"), l...))
		if err != nil {
			t.Fatal(err)
		}
		s := mipv4.Situation{Leg: code.FAtoHA, Edition: tt.edition, ForeignHome: mipv4.Shared}
		if err := s.CheckRequest(&r); tt.want == nil && err != nil || tt.want != nil && err != error(tt.want) {
			t.Errorf("%s, %v: %v, want %v", tt.list, tt.edition, err, tt.want)
		}
	}
}

// TestDynamicHomeAgent: RFC 4433 §5.1.
func TestDynamicHomeAgent(t *testing.T) {
	zero := netip.IPv4Unspecified()
	for _, tt := range []struct {
		list        string
		leg         code.Leg
		home, agent netip.Addr
		want        []*code.Fault
	}{
		{"nrM", code.MNtoHA, zero, zero, nil},
		{"nrM", code.MNtoHA, zero, netip.MustParseAddr("255.255.255.255"), nil},
		{"nM", code.MNtoFA, zero, zero, nil},
		{"nM", code.MNtoHA, zero, zero, []*code.Fault{mipv4.ErrDynamicRequestedHA}},
		{"M", code.MNtoFA, zero, zero, []*code.Fault{mipv4.ErrDynamicNAI}},
		{"nM", code.FAtoHA, netip.MustParseAddr("192.0.2.10"), zero, []*code.Fault{mipv4.ErrDynamicHomeAddress}},
		{"M", code.MNtoHA, zero, netip.MustParseAddr("192.0.2.1"), []*code.Fault{mipv4.ErrNameless}},
		{"nM", code.MNtoHA, zero, netip.MustParseAddr("192.0.2.1"), nil},
	} {
		l, _ := ruleList(tt.list)
		r, err := mipv4.ParseRequest(append(unhex(requestHex)[:24:24], l...))
		if err != nil {
			t.Fatal(err)
		}
		r.Flags, r.HomeAddress, r.HomeAgent = 0, tt.home, tt.agent
		var got []*code.Fault
		for _, f := range (mipv4.Situation{Leg: tt.leg}).RequestFaults(&r) {
			got = append(got, f)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s on %v for %v at %v: %v, want %v", tt.list, tt.leg, tt.home, tt.agent, got, tt.want)
		}
	}
}

// TestNotImplemented: RFC 5944 §1.8 and RFC 3115 §2.3 for a receiver that knows
// vendor 9's type 1 only, and neither GRE keys nor Multipath.
func TestNotImplemented(t *testing.T) {
	situation := mipv4.Situation{
		Implements:       func(k ext.Kind) bool { return k != ext.KindGREKey && k != ext.KindMultipath },
		ImplementsVendor: func(vendor uint32, vendorType uint16) bool { return vendor == 9 && vendorType == 1 },
	}
	const (
		known   = "26000006 00000009 0001"
		unknown = "26000006 00000009 0002"
		normal  = "8608 0000 00000009 0002"
		gre     = "30000004 00000001"
		twice   = "9a010004 01010180 9a010004 01010180"
	)
	M, A, H := letters['M'], letters['A'], letters['H']
	tests := []struct {
		list string
		leg  code.Leg
		want []*code.Fault
	}{
		{known + normal + M, code.MNtoHA, nil},
		{unknown + M, code.MNtoHA, []*code.Fault{mipv4.ErrVendorFromMobile}},
		{M + unknown, code.MNtoHA, []*code.Fault{mipv4.ErrVendorFromMobile}},
		{M + unknown, code.MNtoFA, []*code.Fault{mipv4.ErrVendorFromMobile}},
		{unknown + M + unknown + A + unknown + H + unknown, code.FAtoHA,
			[]*code.Fault{mipv4.ErrVendorFromMobile, mipv4.ErrVendorFromMobile, mipv4.ErrVendorFromForeign, mipv4.ErrVendorFromForeign}},
		{M + gre, code.FAtoHA, []*code.Fault{mipv4.ErrNotImplemented}},
		{twice + M, code.MNtoHA, nil},
		{known + M, code.HAtoMN, nil},
		{unknown + M, code.HAtoMN, []*code.Fault{mipv4.ErrVendorInReply}},
		{M + gre, code.HAtoFA, []*code.Fault{mipv4.ErrNotImplemented}},
	}
	for _, tt := range tests {
		situation.Leg = tt.leg
		var got []*code.Fault
		if tt.leg.Request() {
			r, err := mipv4.ParseRequest(unhex("01 00 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123" + tt.list))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range situation.RequestFaults(&r) {
				got = append(got, f)
			}
		} else {
			r, err := mipv4.ParseReply(unhex("03 00 0708 c000020a c0000201 eeae5a5a3eb7e123" + tt.list))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range situation.ReplyFaults(&r, nil) {
				got = append(got, f)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%v %s: %v, want %v", tt.leg, tt.list, got, tt.want)
		}
	}
}

// TestReplyRules has the rules of RFC 5944 §3.6.2.1, §3.7.3.1, §3.8.3.3.
func TestReplyRules(t *testing.T) {
	asked := &mipv4.Request{Identification: 0x0000000000000001}
	answered := mipv4.Identification(0xeeae5a5a3eb7e123)
	lasting := &mipv4.Request{Identification: answered, Lifetime: 1800}
	whole, err := mipv4.ParseRequest(unhex("01 00 0000 c000020a c0000201 c6336407 eeae5a5a3eb7e123"))
	if err != nil {
		t.Fatal(err)
	}
	ending := &whole
	tests := []struct {
		rule, list string
		leg        code.Leg
		code       code.Registration
		situation  mipv4.Situation
		asked      *mipv4.Request
		want       []found
	}{
		{"7: order", "nubM", code.HAtoMN, 0, mipv4.Situation{}, nil, nil},
		{"7: to the foreign agent", "nMcvysH0", code.HAtoFA, 0, mipv4.Situation{}, nil, nil},
		{"7: relayed", "nMecwF", code.FAtoMN, 0, mipv4.Situation{}, nil, nil},
		{"7: denial", "nwF", code.FAtoMN, 67, mipv4.Situation{}, nil, nil},
		{"7: no Mobile-Home", "n", code.HAtoMN, 0, mipv4.Situation{}, nil, []found{{1, mipv4.ErrReplyNoMobileHome}}},
		{"7: no Mobile-Home in a denial", "n", code.HAtoFA, 129, mipv4.Situation{}, nil, []found{{1, mipv4.ErrReplyNoMobileHome}}},
		{"7: two Mobile-Home", "MM", code.HAtoMN, 0, mipv4.Situation{}, nil, []found{{1, mipv4.ErrReplySecondMobileHome}}},
		{"7: Mobile-Home last", "FM", code.FAtoMN, 0, mipv4.Situation{}, nil, []found{{1, mipv4.ErrReplyOrder}}},
		{"7: Foreign-Home missing", "M", code.HAtoFA, 0, mipv4.Situation{ForeignHome: mipv4.Shared}, nil, []found{{1, ext.ErrNoForeignHome}}},
		{"7: Foreign-Home missing, not asked to deregister", "M", code.HAtoFA, 0, mipv4.Situation{ForeignHome: mipv4.Shared}, lasting, []found{{1, ext.ErrNoForeignHome}}},
		{"7: Foreign-Home missing, asked to deregister", "M", code.HAtoFA, 0, mipv4.Situation{ForeignHome: mipv4.Shared}, ending, nil},
		{"7: Foreign-Home twice", "MHH", code.HAtoFA, 0, mipv4.Situation{}, nil, []found{{2, mipv4.ErrSecondForeignHome}}},
		{"7: Foreign-Home unwanted", "MH", code.HAtoFA, 0, mipv4.Situation{ForeignHome: mipv4.None}, nil, []found{{1, mipv4.ErrForeignHomeUnknown}}},
		{"8: Foreign-Home relayed", "MH", code.FAtoMN, 0, mipv4.Situation{}, nil, []found{{1, mipv4.ErrForeignHomeLeg}}},
		{"3: Mobile-Foreign missing", "M", code.FAtoMN, 0, mipv4.Situation{MobileForeign: mipv4.Shared}, nil, []found{{1, ext.ErrNoMobileForeign}}},
		{"3: Mobile-Foreign unwanted", "MF", code.FAtoMN, 0, mipv4.Situation{MobileForeign: mipv4.None}, nil, []found{{1, mipv4.ErrMobileForeignUnknown}}},
		{"31: Mobile-Foreign of a new key", "MKF", code.FAtoMN, 0, mipv4.Situation{MobileForeign: mipv4.None}, nil, nil},
		{"3: Mobile-Foreign twice", "MFF", code.FAtoMN, 0, mipv4.Situation{}, nil, []found{{2, mipv4.ErrSecondMobileForeign}}},
		{"3: Mobile-Foreign of a home agent", "MF", code.HAtoFA, 0, mipv4.Situation{}, nil, []found{{1, mipv4.ErrMobileForeignLeg}}},
		{"2: MN-AAA", "MA", code.HAtoMN, 0, mipv4.Situation{}, nil, []found{{1, mipv4.ErrReplyMNAAA}}},
		{"15: two challenges", "Mcc", code.HAtoFA, 0, mipv4.Situation{}, nil, []found{{2, mipv4.ErrSecondChallenge}}},
		{"28: tunneling mode", "mM", code.HAtoMN, 0, mipv4.Situation{}, nil, []found{{0, misplaced(ext.KindIPv6TunnelingMode)}}},
		{"29: the foreign agent's string in front", "wM", code.FAtoMN, 0, mipv4.Situation{}, nil, []found{{0, misplaced(ext.KindMessageStringFA)}}},
		{"29: the home agent's string behind", "MbF", code.FAtoMN, 0, mipv4.Situation{}, nil, []found{{1, misplaced(ext.KindMessageStringHA)}}},
		{"29: behind Mobile-Foreign", "MFw", code.FAtoMN, 0, mipv4.Situation{}, nil, []found{{2, misplaced(ext.KindMessageStringFA)}}},
		{"31: key without Mobile-Foreign", "MK", code.FAtoMN, 0, mipv4.Situation{}, nil, []found{{2, mipv4.ErrKeyReplyForeign}}},
		{"31: key without Mobile-Home", "L", code.HAtoMN, 20, mipv4.Situation{}, nil, []found{{1, mipv4.ErrKeyReplyHome}}},
		{"38: redirected", "dM", code.HAtoMN, 143, mipv4.Situation{}, nil, nil},
		{"38: redirected nowhere", "M", code.HAtoMN, 143, mipv4.Situation{}, nil, []found{{1, mipv4.ErrRedirectMissing}}},
		{"38: redirected and accepted", "dM", code.HAtoMN, 0, mipv4.Situation{}, nil, []found{{0, mipv4.ErrRedirectCode}}},
		{"7.2: FA Error in a denial", "e", code.FAtoMN, 68, mipv4.Situation{}, nil, []found{{0, mipv4.ErrFAErrorAlone}}},
		{"7.2: FA Error in a denial, 194", "e", code.FAtoMN, 194, mipv4.Situation{}, nil, []found{{0, mipv4.ErrFAErrorAlone}}},
		{"7.2: 194 from a home agent", "M", code.HAtoFA, 194, mipv4.Situation{}, nil, nil},
		{"7: Foreign-Home unwanted, twice", "MHH", code.HAtoFA, 0, mipv4.Situation{ForeignHome: mipv4.None}, nil, []found{{1, mipv4.ErrForeignHomeUnknown}, {2, mipv4.ErrForeignHomeUnknown}}},
		{"3: Mobile-Foreign unwanted, twice", "MFF", code.FAtoMN, 0, mipv4.Situation{MobileForeign: mipv4.None}, nil, []found{{1, mipv4.ErrMobileForeignUnknown}, {2, mipv4.ErrMobileForeignUnknown}}},
		{"7.2: the home agent's string in a denial", "b", code.FAtoMN, 68, mipv4.Situation{}, nil, []found{{0, misplaced(ext.KindMessageStringHA)}}},
		{"7.2: a foreign agent's Code", "M", code.HAtoMN, 65, mipv4.Situation{}, nil, []found{{-1, mipv4.ErrForeignCodeFromHome}}},
		{"7.3: another request's", "M", code.HAtoMN, 0, mipv4.Situation{}, asked, []found{{-1, mipv4.ErrReplyUnasked}}},
		{"another leg", "M", code.MNtoHA, 0, mipv4.Situation{}, nil, []found{{-2, mipv4.ErrReplyLeg}}},
		{"no leg", "uu", code.Leg(0), 0, mipv4.Situation{}, nil, nil},
	}
	for _, tt := range tests {
		l, offsets := ruleList(tt.list)
		r, err := mipv4.ParseReply(append(unhex("03 00 0708 c000020a c0000201 eeae5a5a3eb7e123"), l...))
		if err != nil {
			t.Fatal(tt.rule, err)
		}
		r.Code = tt.code
		tt.situation.Leg = tt.leg
		var got []found
		for at, f := range tt.situation.ReplyFaults(&r, tt.asked) {
			got = append(got, found{place(offsets, at, 20), f})
		}
		report(t, tt.rule+" "+tt.leg.String(), got, tt.want, tt.situation.CheckReply(&r, tt.asked))
	}
}

// TestRequestedHA: a home agent has an address of classes A to C, and none of this
// network or of this host (RFC 4433 §5.2).
func TestRequestedHA(t *testing.T) {
	for address, wrong := range map[string]bool{
		"00000000": true, "00010203": true, "01000001": false, "0a000001": false, "7effffff": false, "7f000001": true,
		"80000001": false, "dfffffff": false, "e0000001": true, "f0000001": true, "ffffffff": true,
	} {
		r, err := mipv4.ParseRequest(append(unhex("01 00 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"),
			unhex("8b010004"+address+"201400000100 00000000000000000000000000000000")...))
		if err != nil {
			t.Fatal(err)
		}
		var want error
		if wrong {
			want = mipv4.ErrRequestedHAUnicast
		}
		if err := (mipv4.Situation{Leg: code.MNtoHA}).CheckRequest(&r); err != want {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestReactions: what the texts demand where they demand something.
func TestRuleReactions(t *testing.T) {
	for f, want := range map[*code.Fault][3]string{
		mipv4.ErrReservedFlags:               {"ignore or reply 134", "ignore or reply 70", ""},
		mipv4.ErrNoAuthorization:             {"discard", "unspecified (discard)", ""},
		mipv4.ErrNoAuthorization3344:         {"SHOULD reply 131", "unspecified (discard)", ""},
		mipv4.ErrSecondMobileForeign:         {"", "discard, SHOULD reply 67", "discard"},
		mipv4.ErrSecondForeignHome:           {"SHOULD reply 132", "discard, SHOULD append FA Error 68", ""},
		mipv4.ErrForeignHome3344:             {"unspecified (ignore)", "unspecified (ignore)", "unspecified (ignore)"},
		misplaced(ext.KindRevocationSupport): {"SHOULD reply 132", "discard, SHOULD append FA Error 68", "unspecified (ignore)"},
		mipv4.ErrForeignHomeLeg:              {"discard", "unspecified (ignore)", "unspecified (ignore)"},
		mipv4.ErrTunnelRequestMobile:         {"SHOULD reply 134", "unspecified (ignore)", ""},
		mipv4.ErrTunnelRequestReserved:       {"ignore or SHOULD reply 134", "unspecified (ignore)", ""},
		mipv4.ErrRevocationNotDirect:         {"unspecified (ignore)", "discard", ""},
		mipv4.ErrChallengeUnanswered:         {"", "discard", ""},
		mipv4.ErrReplyNoMobileHome:           {"", "unspecified (ignore)", "discard"},
		mipv4.ErrReplyUnasked:                {"", "discard", "discard"},
		mipv4.ErrRequestedHAUnicast:          {"reply 136", "reply 90", ""},
		mipv4.ErrNotImplemented:              {"discard", "discard", "discard"},
		mipv4.ErrVendorFromMobile:            {"reply 140", "reply 100", ""},
		mipv4.ErrVendorFromForeign:           {"reply 141", "", ""},
		mipv4.ErrVendorInReply:               {"", "reply 101", "treat as rejection"},
	} {
		got := [3]string{f.Reaction(code.HomeAgent).String(), f.Reaction(code.ForeignAgent).String(), f.Reaction(code.MobileNode).String()}
		if got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
	for got, want := range map[string]string{
		mipv4.RFC3344.String(): "RFC 3344", mipv4.RFC5944.String(): "RFC 5944", mipv4.Edition(4).String(): "edition 4",
		mipv4.Unknown.String(): "unknown", mipv4.Shared.String(): "shared", mipv4.None.String(): "none", mipv4.Knowledge(4).String(): "knowledge 4",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestRuleNumbers: every rule of the specification's table stands in a test of
// this module, or here with what one message does not show.
func TestRuleNumbers(t *testing.T) {
	elsewhere := map[int]string{
		5:  "TestDeregistration",
		10: "needs to know whether the foreign agent tracks nodes by NAI",
		12: "needs the advertisement: was a challenge demanded",
		13: "needs the challenges that were used",
		14: "needs the challenges that were offered",
		16: "needs the reply as it came to the foreign agent",
		19: "needs the advertisement: U and R",
		23: "needs the request that is answered",
		27: "package dsmip, TestProfiles",
		40: "PMIPv4 is not judged",
		41: "needs the advertisement: X",
		42: "needs the foreign agent's policy",
		43: "TestDynamicHomeAgent",
	}
	source, err := os.ReadFile("rules_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 43; n++ {
		tested := strings.Contains(string(source), fmt.Sprintf("{\"%d: ", n))
		if _, listed := elsewhere[n]; tested == listed {
			t.Errorf("rule %d: tested %v, listed %v", n, tested, listed)
		}
	}
}

// TestFormatRules: the specification's tables of what makes a message badly
// formed or badly authenticated, row by row: the test that shows it, by a text
// that stands in it, or why one message does not.
func TestFormatRules(t *testing.T) {
	rows := []struct{ row, file, text string }{
		{"unknown type 0-127", "../ext/list_test.go", "func TestUnknownTypes("},
		{"unknown type 128-255", "../ext/list_test.go", `{"unknown skippable",`},
		{"unknown vendor contents of 38", "rules_test.go", "func TestNotImplemented("},
		{"unknown vendor contents of 134", "rules_test.go", "normal  ="},
		{"reserved flags", "rules_test.go", `{"7.1: reserved flags"`},
		{"reserved bytes of 152", "../dsmip/prefix_test.go", "func TestReserved("},
		{"reserved byte of 38", "../ext/list_test.go", `{"vendor, reserved byte set"`},
		{"Reserved3 of 144", "rules_test.go", `{"7.1: Reserved3"`},
		{"Length of a known type", "../ext/raw_test.go", "func TestCheck("},
		{"overrun, trailing byte", "../ext/list_test.go", "func TestRefuse("},
		{"cut fixed part, another message type", "message_test.go", "func TestRefuse("},
		{"duplicates of once-only extensions", "rules_test.go", `{"34: two services"`},
		{"home address 0 without NAI", "rules_test.go", "mipv4.ErrNameless"},
		{"Lifetime granted, Lifetime too long", "answer_test.go", `{"foreign agent, too long"`},
		{"home agent: no authorization", "rules_test.go", `{"2: no authenticator"`},
		{"home agent: several authorizations", "rules_test.go", `{"2: both, RFC 3344"`},
		{"wrong authenticators", "../ext/security_context_test.go", "func TestFlipped("},
		{"home agent: Foreign-Home missing, doubled, unwanted", "rules_test.go", `{"6: Foreign-Home unwanted"`},
		{"foreign agent: Mobile-Foreign missing, doubled", "rules_test.go", `{"3: Mobile-Foreign missing"`},
		{"foreign agent: Foreign-Home in a reply", "rules_test.go", `{"7: Foreign-Home missing"`},
		{"mobile node: Mobile-Foreign in a reply", "rules_test.go", `{"3: Mobile-Foreign twice"`},
		{"mobile node: Mobile-Home in a reply", "rules_test.go", `{"7: no Mobile-Home"`},
		{"mobile node: FA Error", "rules_test.go", `{"7.2: FA Error in a denial"`},
		{"UDP checksum", "", "is of the UDP header"},
		{"T without reverse tunnelling", "", "needs what the agent supports"},
		{"broadcast destination, the agent's own address", "", "needs the IP header and the agent's addresses"},
		{"care-of address not offered, all-ones, zero", "", "needs what the foreign agent offers, or is a gateway's"},
		{"home address not supportable", "", "needs the home agent's bindings"},
		{"reply's Lifetime above the request's", "", "is an instruction to the mobile node, no fault"},
		{"too many pending", "", "needs the foreign agent's pending requests"},
		{"no association at all", "", "needs the associations; ErrSPI says that one is missing"},
		{"revocation and notification messages", "", "are messages of other types"},
	}
	for _, r := range rows {
		if r.file == "" {
			continue
		}
		source, err := os.ReadFile(r.file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(source), r.text) {
			t.Errorf("%s: no %s in %s", r.row, r.text, r.file)
		}
	}
}
