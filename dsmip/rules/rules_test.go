package rules_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// The fixed parts of a request and of the reply to it.
const (
	requestHead = "01 00 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
	replyHead   = "03 00 0708 c000020a c0000201 eeae5a5a3eb7e123"
)

// ruleLetters has the extensions of the rules' lists, one letter each.
var ruleLetters = map[rune]string{
	'0': "00",                                                    // padding
	'M': "2014 00000100 000102030405060708090a0b0c0d0e0f",        // Mobile-Home
	'A': "24010014 00000002 000102030405060708090a0b0c0d0e0f",    // MN-AAA, CHAP_SPI
	'S': "24010014 00000100 000102030405060708090a0b0c0d0e0f",    // MN-AAA of an association
	'E': "24010014 000000ff 000102030405060708090a0b0c0d0e0f",    // MN-AAA, a reserved SPI
	'F': "2114 00000300 000102030405060708090a0b0c0d0e0f",        // Mobile-Foreign
	'H': "2214 00000400 000102030405060708090a0b0c0d0e0f",        // Foreign-Home
	'B': "24020014 00000500 000102030405060708090a0b0c0d0e0f",    // FA-FA
	'C': "3116 02 00 0001 0001 000102030405060708090a0b0c0d0e0f", // Mobile-Correspondent
	'c': "8404 deadbeef",                                         // Challenge
	'n': "8303 614062",                                           // NAI
	'g': "8200",                                                  // Encapsulating Delivery Style
	'k': "28010004 00000100",                                     // MN-FA key request
	'K': "2901001e" + strings.Repeat("00", 30),                   // MN-FA key reply
	'L': "2b010020" + strings.Repeat("00", 32),                   // MN-HA key reply
	't': "9006 00 00 00 00 0000",                                 // UDP Tunnel Request
	'T': "9006 00 00 00 00 0001",                                 // the same, Reserved3 set
	'u': "2c06 00 00 0000 0000",                                  // UDP Tunnel Reply
	'v': "8906 0000 00000001",                                    // Revocation Support
	's': "9704 676f6c64",                                         // Service Selection
	'm': "98020300",                                              // IPv6 Tunneling Mode
	'y': "30000004 00000001",                                     // GRE Key
	'r': "8b010004 c0000201",                                     // Requested HA
	'R': "8b010004 e0000001",                                     // Requested HA, multicast
	'd': "8b020004 c0000202",                                     // Redirected HA
	'x': "9a010004 01010180",                                     // Multipath
	'e': "2d020044",                                              // FA Error
	'b': "91020168",                                              // Message String from HA
	'w': "91020268",                                              // Message String from FA
	'i': "88040140 6162",                                         // HA Identity
	'V': "26000006 00000009 0001",
	'f': "810a 0000 c0000201 c0000202",
	'a': "2e06 0000 c0000201",
	'N': "9406 00 18 cb007100",        // Mobile Network Request
	'1': "2f010001 01",                // PMIPv4 authentication by FA-HA Authentication
	'2': "2f010001 02",                // by IPsec
	'3': "2f010001 00",                // by the reserved method
	'9': "2f010001 09",                // by a method that nobody has assigned
	'D': "9308 02 01 020000000001",    // PMIPv4 Device ID
	'X': "9302 04 03",                 // PMIPv4 Access Technology Type
	'h': "8c06 0000 c6336407",         // Hierarchical Foreign Agent
	'p': "8d0a 0001 0000000000000000", // Replay Protection Style
	'l': "8e06 0000 00000708",         // Regional Registration Lifetime
	'q': "8b05 01 c0000201",           // Requested HA, the short form
	'Q': "8b05 01 e0000001",           // Requested HA, the short form, multicast
	'o': "9902 01 80",                 // Mobile Router Route Optimization Capability
	'O': "3102 01 00",                 // Route Optimization Reply
	'P': "32010005 40c000020a",        // Route Optimization Prefix Advertisement
	'G': "3106 03 00 c6336407",        // Care-of Address
}

func ruleList(s string) (b []byte, offsets []int) {
	for _, letter := range s {
		offsets = append(offsets, len(b))
		b = append(b, unhex(ruleLetters[letter])...)
	}
	return b, append(offsets, len(b))
}

// found is a fault of a verdict, and its place: the one in the list of what is
// judged, the list's length for what is missing, or a field of the fixed part.
type found struct {
	place int
	whole bool // a verdict on the message as a whole, without an extension
	fault *code.Fault
}

// The fields of the fixed part that a verdict can belong to, and none at all.
const (
	flagsField          = -1
	codeField           = -1
	homeAgentField      = -8
	careOfAddressField  = -12
	homeAddressField    = -4
	identificationField = -12
	nowhere             = -100
)

// whole is a verdict on the message as a whole, on one on an extension.
func whole(place int, f *code.Fault) found { return found{place, true, f} }
func on(place int, f *code.Fault) found    { return found{place, false, f} }

// isWhole reports whether a verdict is on the message as a whole: the zero Raw has no
// bytes, and every extension has one at least.
func isWhole(v rules.Verdict) bool { return len(v.Extension.Bytes()) == 0 }

// misplaced and wrongMessage are the faults of a kind out of place, and in a message
// that never carries it.
func misplaced(k ext.Kind) *code.Fault    { return rules.Misplaced(k).(*code.Fault) }
func wrongMessage(k ext.Kind) *code.Fault { return rules.WrongMessage(k).(*code.Fault) }

// judge returns all verdicts on a message, and the error of the check.
func judge(t testing.TB, s *rules.Situation, msg []byte, asked *mipv4.Request) (all []rules.Verdict, first error) {
	t.Helper()
	if msg[0] == 1 {
		r, err := mipv4.ParseRequest(msg)
		if err != nil {
			t.Fatalf("%x: %v", msg, err)
		}
		return slices.Collect(s.Request(&r)), s.CheckRequest(&r)
	}
	r, err := mipv4.ParseReply(msg)
	if err != nil {
		t.Fatalf("%x: %v", msg, err)
	}
	return slices.Collect(s.Reply(&r, asked)), s.CheckReply(&r, asked)
}

// serious reports whether the check is to return a fault: it breaks a MUST, it is
// the caller's, or the receiver is to discard or reject the message.
func serious(f *code.Fault, receiver code.Role) bool {
	return f.Breaks() == code.Must || f.Breaks() == code.Caller || f.Reaction(receiver).Stops()
}

// report compares the faults of all verdicts, and the first that is serious, with
// what is wanted.
func report(t *testing.T, rule string, s *rules.Situation, msg []byte, asked *mipv4.Request, offsets []int, want []found) {
	t.Helper()
	fixed := 24
	if msg[0] == 3 {
		fixed = 20
	}
	all, first := judge(t, s, msg, asked)
	var got []found
	for _, v := range all {
		if v.Fault == nil {
			continue
		}
		place := nowhere
		switch {
		case v.Offset >= fixed:
			place = slices.Index(offsets, v.Offset-fixed)
		case v.Offset > 0:
			place = -v.Offset
		}
		got = append(got, found{place, isWhole(v), v.Fault})
	}
	if !slices.Equal(got, want) {
		t.Errorf("%s: got%s\nwant%s", rule, describe(got), describe(want))
	}
	i := slices.IndexFunc(want, func(w found) bool { return serious(w.fault, s.Leg.Receiver()) })
	if i < 0 && first != nil || i >= 0 && first != error(want[i].fault) {
		t.Errorf("%s: the check gives %v", rule, first)
	}
}

func describe(faults []found) string {
	var s strings.Builder
	for _, f := range faults {
		fmt.Fprintf(&s, "\n\t%d %v %v", f.place, f.whole, f.fault)
	}
	return s.String()
}

// TestRequestRules has the rules of RFC 5944 §3.6.1.3, §3.7.2, §3.8.2.1 and of
// the extensions' own RFCs as far as one request shows them. The numbers are
// those of the specification's rule table.
func TestRequestRules(t *testing.T) {
	const (
		D = mipv4.FlagDecapsulation
		T = mipv4.FlagReverseTunnel
	)
	old := rules.Situation{Edition: rules.RFC3344}
	served, unserved := rules.Situation{Proxies: rules.Served}, rules.Situation{Proxies: rules.None}
	tests := []struct {
		rule, list string
		leg        code.Leg
		flags      mipv4.Flags
		situation  rules.Situation
		want       []found
	}{
		{"1: order a-e", "nMcAgF", code.MNtoFA, T, rules.Situation{}, nil},
		{"1: direct", "0nM0", code.MNtoHA, D, rules.Situation{}, nil},
		{"1: relayed", "nMcAyH0", code.FAtoHA, 0, rules.Situation{}, nil},
		{"2: no authenticator", "n", code.MNtoHA, D, rules.Situation{}, []found{whole(1, rules.ErrNoAuthorization)}},
		{"2: no authenticator, RFC 3344", "n", code.MNtoHA, D, old, []found{whole(1, rules.ErrNoAuthorization3344)}},
		{"2: MN-AAA alone", "nA", code.FAtoHA, 0, rules.Situation{}, []found{on(1, rules.ErrOnlyMNAAA)}},
		{"2: MN-AAA alone, RFC 3344", "ncAH", code.FAtoHA, 0, old, nil},
		{"2: MN-AAA first", "AM", code.MNtoHA, D, rules.Situation{}, []found{on(0, rules.ErrMobileHomeLast)}},
		{"2: two Mobile-Home", "MM", code.MNtoHA, D, rules.Situation{}, []found{on(1, rules.ErrSecondMobileHome)}},
		{"2: two MN-AAA", "MAA", code.MNtoHA, D, rules.Situation{}, []found{on(2, rules.ErrSecondMNAAA)}},
		{"2: MN-AAA between two Mobile-Home", "MAM", code.MNtoHA, D, rules.Situation{}, []found{on(2, rules.ErrSecondMobileHome)}},
		{"2: both, RFC 3344", "MA", code.FAtoHA, 0, old, nil},
		{"2: two Mobile-Home, RFC 3344", "MM", code.MNtoHA, D, old, []found{whole(1, rules.ErrTwoAuthorizations3344), on(1, rules.ErrTwoAuthorizations3344)}},
		{"2: two MN-AAA, RFC 3344", "AA", code.MNtoHA, D, old, []found{whole(1, rules.ErrTwoAuthorizations3344), on(1, rules.ErrTwoAuthorizations3344)}},
		{"2: MN-AAA first, RFC 3344", "AM", code.MNtoHA, D, old, []found{on(0, rules.ErrMobileHomeLast)}},
		{"2: Mobile-Home last, RFC 3344", "MHM", code.FAtoHA, 0, old, []found{whole(2, rules.ErrTwoAuthorizations3344), on(2, rules.ErrTwoAuthorizations3344)}},
		{"2: behind MN-AAA alone stands the foreign agent's", "AtyH", code.FAtoHA, T, rules.Situation{}, []found{on(0, rules.ErrOnlyMNAAA)}},
		{"2: behind MN-AAA alone stands what is for the foreign agent", "AgF", code.MNtoFA, T, rules.Situation{}, []found{on(0, rules.ErrOnlyMNAAA)}},
		{"11: challenge before MN-AAA alone", "ncAF", code.MNtoFA, 0, rules.Situation{}, []found{on(2, rules.ErrOnlyMNAAA)}},
		{"11: challenge behind MN-AAA alone", "nAcF", code.MNtoFA, 0, rules.Situation{}, []found{on(1, rules.ErrOnlyMNAAA), on(2, misplaced(ext.KindChallenge))}},
		{"2: between MN-AAA and Mobile-Home", "AnM", code.MNtoHA, D, rules.Situation{}, []found{on(0, rules.ErrMobileHomeLast)}},
		{"2: Mobile-Home last", "FM", code.MNtoFA, 0, rules.Situation{}, []found{whole(1, rules.ErrBehindLast), on(1, rules.ErrBehindLast)}},
		{"2: MN-AAA last", "MFA", code.MNtoFA, 0, rules.Situation{}, []found{whole(2, rules.ErrBehindLast), on(2, rules.ErrBehindLast)}},
		{"3: Mobile-Foreign twice", "MFF", code.MNtoFA, 0, rules.Situation{}, []found{whole(2, rules.ErrSecondMobileForeign), on(2, rules.ErrSecondMobileForeign)}},
		{"3: Mobile-Foreign unwanted, twice", "MFF", code.MNtoFA, 0, rules.Situation{MobileForeign: rules.None}, []found{on(1, rules.ErrMobileForeignUnknown), on(2, rules.ErrMobileForeignUnknown)}},
		{"3: Mobile-Foreign missing", "M", code.MNtoFA, 0, rules.Situation{MobileForeign: rules.Shared}, []found{whole(1, ext.ErrNoMobileForeign)}},
		{"3: Mobile-Foreign unwanted", "MF", code.MNtoFA, 0, rules.Situation{MobileForeign: rules.None}, []found{on(1, rules.ErrMobileForeignUnknown)}},
		{"8: Mobile-Foreign relayed", "MF", code.FAtoHA, 0, rules.Situation{}, []found{on(1, rules.ErrMobileForeignLeg)}},
		{"4: Foreign-Home twice", "MHH", code.FAtoHA, 0, rules.Situation{}, []found{whole(2, rules.ErrSecondForeignHome), on(2, rules.ErrSecondForeignHome)}},
		{"4: Foreign-Home missing", "M", code.FAtoHA, 0, rules.Situation{ForeignHome: rules.Shared}, []found{whole(1, ext.ErrNoForeignHome)}},
		{"4: Foreign-Home missing with D", "M", code.FAtoHA, D, rules.Situation{ForeignHome: rules.Shared}, []found{whole(1, rules.ErrForeignHomeCoLocated)}},
		{"4: Foreign-Home present with D", "MH", code.FAtoHA, D, rules.Situation{ForeignHome: rules.Shared}, nil},
		{"4: Foreign-Home missing with D, RFC 3344", "M", code.FAtoHA, D, rules.Situation{ForeignHome: rules.Shared, Edition: rules.RFC3344}, []found{whole(1, ext.ErrNoForeignHome)}},
		{"6: Foreign-Home unwanted", "MH", code.FAtoHA, 0, rules.Situation{ForeignHome: rules.None}, []found{whole(1, rules.ErrForeignHomeUnknown), on(1, rules.ErrForeignHomeUnknown)}},
		{"6: Foreign-Home of a mobile node", "MH", code.MNtoHA, D, rules.Situation{}, []found{whole(1, rules.ErrForeignHomeLeg), on(1, rules.ErrForeignHomeLeg)}},
		{"6: Foreign-Home unwanted, twice", "MHH", code.FAtoHA, 0, rules.Situation{ForeignHome: rules.None}, []found{
			whole(1, rules.ErrForeignHomeUnknown), whole(2, rules.ErrForeignHomeUnknown), on(1, rules.ErrForeignHomeUnknown), on(2, rules.ErrForeignHomeUnknown)}},
		{"6: Foreign-Home unwanted, RFC 3344", "MH", code.FAtoHA, 0, rules.Situation{ForeignHome: rules.None, Edition: rules.RFC3344}, []found{on(1, rules.ErrForeignHome3344)}},
		{"6: Foreign-Home of a mobile node, RFC 3344", "MH", code.MNtoHA, D, old, []found{on(1, rules.ErrForeignHome3344)}},
		{"9: NAI behind", "Mn", code.MNtoHA, D, rules.Situation{}, []found{on(1, misplaced(ext.KindMobileNodeNAI))}},
		{"11: challenge behind MN-AAA", "MAcF", code.MNtoFA, 0, rules.Situation{}, []found{on(2, misplaced(ext.KindChallenge))}},
		{"11: challenge unanswered", "Mc", code.MNtoFA, 0, rules.Situation{}, []found{whole(2, rules.ErrChallengeUnanswered)}},
		{"11: challenge in front, unanswered", "cM", code.MNtoFA, 0, rules.Situation{}, []found{whole(2, rules.ErrChallengeUnanswered), on(0, misplaced(ext.KindChallenge))}},
		{"11: challenge behind Mobile-Foreign", "MFc", code.MNtoFA, 0, rules.Situation{}, []found{whole(3, rules.ErrChallengeUnanswered), on(2, misplaced(ext.KindChallenge))}},
		{"11: challenge behind MN-AAA, unanswered", "MAc", code.MNtoFA, 0, rules.Situation{}, []found{whole(3, rules.ErrChallengeUnanswered), on(2, misplaced(ext.KindChallenge))}},
		{"11: challenge kept by the foreign agent", "Mc", code.FAtoHA, 0, rules.Situation{}, nil},
		{"11: two challenges", "MccF", code.MNtoFA, 0, rules.Situation{}, []found{on(2, rules.ErrSecondChallenge)}},
		{"11: challenge without foreign agent", "Mc", code.MNtoHA, D, rules.Situation{}, []found{on(1, misplaced(ext.KindChallenge))}},
		{"17: delivery style without T", "MgF", code.MNtoFA, 0, rules.Situation{}, []found{on(1, rules.ErrDeliveryWithoutT)}},
		{"17: delivery style in front", "gM", code.MNtoFA, T, rules.Situation{}, []found{on(0, misplaced(ext.KindEncapsulatingDelivery))}},
		{"18: the mobile node's tunnel", "tM", code.MNtoHA, D | T, rules.Situation{}, nil},
		{"18: the foreign agent's tunnel with D", "MtH", code.FAtoHA, D | T, rules.Situation{}, []found{whole(1, rules.ErrTunnelRequestForeign), on(1, rules.ErrTunnelRequestForeign)}},
		{"18: the foreign agent's tunnel with D, behind", "MHt", code.FAtoHA, D | T, rules.Situation{}, []found{whole(2, rules.ErrTunnelRequestForeign), on(2, rules.ErrTunnelRequestForeign)}},
		{"18: the foreign agent's tunnel", "MtH", code.FAtoHA, T, rules.Situation{}, nil},
		{"18: behind Foreign-Home", "MHt", code.FAtoHA, T, rules.Situation{}, []found{on(2, misplaced(ext.KindUDPTunnelRequest))}},
		{"7.1: Reserved3", "TM", code.MNtoHA, D | T, rules.Situation{}, []found{on(0, ext.ErrTunnelRequestReserved)}},
		{"22: revocation without D", "vM", code.MNtoFA, 0, rules.Situation{}, []found{whole(0, rules.ErrRevocationNotDirect), on(0, rules.ErrRevocationNotDirect)}},
		{"22: revocation without D, behind", "Mv", code.MNtoFA, 0, rules.Situation{}, []found{whole(1, rules.ErrRevocationNotDirect), on(1, rules.ErrRevocationNotDirect)}},
		{"22: revocation without D, relayed", "vM", code.FAtoHA, 0, rules.Situation{}, []found{on(0, rules.ErrRevocationNotDirect)}},
		{"22: revocation with D", "vM", code.MNtoHA, D, rules.Situation{}, nil},
		{"22: revocation of the foreign agent", "MvH", code.FAtoHA, 0, rules.Situation{}, nil},
		{"21: revocation unprotected, directly", "Mv", code.MNtoHA, D, rules.Situation{}, []found{whole(1, rules.ErrRevocationUnprotected), on(1, rules.ErrRevocationUnprotected)}},
		{"25: mobile network behind", "MN", code.MNtoHA, D, rules.Situation{}, []found{on(1, misplaced(ext.KindMobileNetworkRequest))}},
		{"26: tunneling mode behind", "Mm", code.MNtoHA, D, rules.Situation{}, []found{on(1, misplaced(ext.KindIPv6TunnelingMode))}},
		{"30: key request without MN-AAA", "kM", code.MNtoHA, D, rules.Situation{}, []found{on(0, rules.ErrKeyRequestAlone)}},
		{"30: key request behind MN-AAA", "MAk", code.MNtoHA, D, rules.Situation{}, []found{on(2, rules.ErrKeyRequestAlone)}},
		{"30: key request", "kMkA", code.MNtoHA, D, rules.Situation{}, nil},
		{"30: key request before MN-AAA alone", "nkcA", code.MNtoFA, 0, rules.Situation{}, []found{on(3, rules.ErrOnlyMNAAA)}},
		{"30: key request before the second MN-AAA", "MAkA", code.MNtoHA, D, rules.Situation{}, []found{on(3, rules.ErrSecondMNAAA)}},
		{"32: GRE key with D", "MyH", code.FAtoHA, D, rules.Situation{}, []found{on(1, rules.ErrGREKeyCoLocated)}},
		{"32: GRE key of a mobile node", "My", code.MNtoHA, D, rules.Situation{}, []found{on(1, misplaced(ext.KindGREKey))}},
		{"32: GRE key before MN-AAA", "MyA", code.FAtoHA, 0, rules.Situation{}, []found{on(1, misplaced(ext.KindGREKey))}},
		{"32: GRE key before the second Mobile-Home", "MyM", code.FAtoHA, 0, rules.Situation{}, []found{on(1, misplaced(ext.KindGREKey)), on(2, rules.ErrSecondMobileHome)}},
		{"33: identity behind", "Mi", code.MNtoHA, D, rules.Situation{}, []found{on(1, misplaced(ext.KindHAIdentity))}},
		{"34: service before the NAI", "snM", code.MNtoHA, D, rules.Situation{}, []found{on(1, rules.ErrServiceBeforeNAI)}},
		{"34: two services", "nsMsH", code.FAtoHA, 0, rules.Situation{}, []found{on(3, rules.ErrSecondService)}},
		{"35: two multipath", "xxM", code.MNtoHA, D, rules.Situation{}, []found{on(1, rules.ErrSecondMultipath)}},
		{"37: multicast home agent", "RM", code.MNtoHA, D, rules.Situation{}, []found{whole(0, rules.ErrRequestedHAUnicast), on(0, rules.ErrRequestedHAUnicast)}},
		{"37: multicast home agent, short form", "QM", code.MNtoHA, D, rules.Situation{}, []found{whole(0, rules.ErrRequestedHAUnicast), on(0, rules.ErrRequestedHAUnicast)}},
		{"37: both forms", "rqM", code.MNtoHA, D, rules.Situation{}, nil},
		{"24: vendor extensions anywhere", "VMVFV", code.MNtoFA, 0, rules.Situation{}, nil},
		{"36: firewall behind", "Mf", code.MNtoHA, D, rules.Situation{}, []found{on(1, misplaced(ext.KindSKIPTraversal))}},
		{"39: gateway of a mobile node", "aM", code.MNtoHA, D, rules.Situation{}, []found{on(0, misplaced(ext.KindGFAAddress))}},
		{"21: revocation unprotected", "MHv", code.FAtoHA, 0, rules.Situation{}, []found{whole(2, misplaced(ext.KindRevocationSupport)), on(2, misplaced(ext.KindRevocationSupport))}},
		{"20: a reply's extension", "uM", code.MNtoHA, D, rules.Situation{}, []found{on(0, wrongMessage(ext.KindUDPTunnelReply))}},
		{"7.1: reserved flags", "M", code.MNtoHA, D | mipv4.FlagReservedR, rules.Situation{}, []found{whole(flagsField, rules.ErrReservedFlags)}},
		{"several", "uMnM", code.MNtoHA, D | mipv4.FlagReservedX, rules.Situation{}, []found{whole(flagsField, rules.ErrReservedFlags),
			on(0, wrongMessage(ext.KindUDPTunnelReply)), on(2, misplaced(ext.KindMobileNodeNAI)), on(3, rules.ErrSecondMobileHome)}},
		{"another leg", "M", code.HAtoMN, 0, rules.Situation{}, []found{whole(nowhere, rules.ErrRequestLeg)}},
		{"no leg", "uu", code.Leg(0), mipv4.FlagReservedX, rules.Situation{}, []found{whole(nowhere, code.ErrLeg)}},

		// Proxies: RFC 5563 §4.3, §5, §5.1, §7, §8.
		{"40: a proxy, authenticated by Foreign-Home", "n1DXyvtH", code.FAtoHA, T, served, nil},
		{"40: a proxy, authenticated by IPsec", "n2DyX", code.FAtoHA, 0, served, nil},
		{"40: a proxy, told nothing", "n1H", code.FAtoHA, 0, rules.Situation{}, []found{whole(3, rules.ErrProxyUnclear)}},
		{"40: a proxy by IPsec, told nothing", "n2", code.FAtoHA, 0, rules.Situation{}, []found{whole(2, rules.ErrProxyUnclear)}},
		{"40: proxies are not served", "n1H", code.FAtoHA, 0, unserved, []found{whole(3, rules.ErrNoAuthorization)}},
		{"40: no Foreign-Home", "n1", code.FAtoHA, 0, served, []found{whole(2, rules.ErrProxyForeignHome)}},
		{"40: no Foreign-Home, told nothing", "n1", code.FAtoHA, 0, rules.Situation{}, []found{whole(2, rules.ErrProxyForeignHome)}},
		{"40: no Foreign-Home beside Mobile-Home", "n1M", code.FAtoHA, 0, served, []found{whole(3, rules.ErrProxyForeignHome)}},
		{"40: Mobile-Home is not necessary, but allowed", "n1MH", code.FAtoHA, 0, served, nil},
		{"40: the foreign agent of a proxy", "nM1H", code.FAtoHA, 0, served, nil},
		{"40: the reserved method", "n3H", code.FAtoHA, 0, served, []found{
			whole(3, rules.ErrNoAuthorization), whole(1, rules.ErrProxyMethod), on(1, rules.ErrProxyMethod)}},
		{"40: an unassigned method stands in for nothing", "n9", code.FAtoHA, 0, served, []found{whole(2, rules.ErrNoAuthorization)}},
		{"40: with D", "n1MH", code.FAtoHA, D, served, []found{whole(1, rules.ErrProxyCoLocated), on(1, rules.ErrProxyCoLocated)}},
		{"40: behind Mobile-Home, directly", "M1", code.MNtoHA, D, served, []found{on(1, misplaced(ext.KindProxyAuthMethod))}},
		{"40: behind Foreign-Home", "nMH2", code.FAtoHA, 0, served, []found{on(3, misplaced(ext.KindProxyAuthMethod))}},
		{"40: an identifier behind Foreign-Home", "nMHD", code.FAtoHA, 0, served, []found{on(3, misplaced(ext.KindDeviceID))}},
		{"40: a proxy has no Mobile-AAA to ask for keys", "nk1H", code.FAtoHA, 0, served, []found{on(1, rules.ErrKeyRequestAlone)}},

		// Regional registration: RFC 4857 §5.1-5.3, §9.2, §9.3.
		{"39: the foreign agent's address", "nMhB", code.FAtoHA, 0, rules.Situation{}, nil},
		{"39: the foreign agent's address, unprotected", "nMh", code.FAtoHA, 0, rules.Situation{}, []found{on(2, rules.ErrHierarchicalFAUnprotected)}},
		{"39: the foreign agent's address, protected in front", "nMBh", code.FAtoHA, 0, rules.Situation{}, []found{on(3, rules.ErrHierarchicalFAUnprotected)}},
		{"39: the mobile node's address in front", "nhpM", code.MNtoFA, D, rules.Situation{}, nil},
		{"39: the mobile node's address behind", "nMhpF", code.MNtoFA, D, rules.Situation{}, nil},
		{"39: the mobile node's address behind, unprotected", "nMhA", code.MNtoFA, D, rules.Situation{}, []found{on(2, rules.ErrRegionalUnprotected)}},
		{"39: the style behind, unprotected", "nMp", code.MNtoFA, 0, rules.Situation{}, []found{on(2, rules.ErrRegionalUnprotected)}},
		{"39: the style behind Mobile-Foreign", "nMFp", code.MNtoFA, 0, rules.Situation{}, []found{on(3, misplaced(ext.KindReplayProtectionStyle))}},
		{"39: the style behind, directly", "nMp", code.MNtoHA, D, rules.Situation{}, []found{on(2, misplaced(ext.KindReplayProtectionStyle))}},
		{"39: the mobile node's address, kept before MN-AAA", "nMhAH", code.FAtoHA, D, rules.Situation{}, nil},
		{"39: a reply's lifetime", "lM", code.MNtoHA, D, rules.Situation{}, []found{on(0, wrongMessage(ext.KindRegionalLifetime))}},
		{"39: gateway address before Foreign-Home", "nMaH", code.FAtoHA, 0, rules.Situation{}, nil},

		// Route optimization: RFC 6521 §3.3.3, §5.
		{"20: route optimization", "oM", code.MNtoHA, D, rules.Situation{}, nil},
		{"20: route optimization behind", "Mo", code.MNtoHA, D, rules.Situation{}, []found{on(1, misplaced(ext.KindRouteOptimizationCapability))}},
		{"20: a reply's route optimization", "OPGM", code.MNtoHA, D, rules.Situation{}, []found{
			on(0, wrongMessage(ext.KindRouteOptimizationReply)), on(1, wrongMessage(ext.KindRouteOptimizationPrefix)), on(2, wrongMessage(ext.KindCareOfAddress))}},
		// CHAP_SPI: RFC 4721 §3.1.
		{"2: MN-AAA of an association", "MS", code.MNtoHA, D, rules.Situation{}, []found{on(1, rules.ErrDirectSPI)}},
		{"2: MN-AAA of a reserved SPI", "ME", code.MNtoHA, D, rules.Situation{}, []found{whole(1, rules.ErrReservedSPIMNAAA), on(1, rules.ErrReservedSPIMNAAA)}},
		{"2: MN-AAA of an association, through a foreign agent", "MS", code.MNtoFA, D, rules.Situation{}, nil},
		{"2: MN-AAA of an association, relayed", "MS", code.FAtoHA, D, rules.Situation{}, nil},
		{"a correspondent's beside Mobile-Home", "MC", code.MNtoHA, D, rules.Situation{}, []found{whole(1, rules.ErrCorrespondent), on(1, rules.ErrCorrespondent)}},
		{"a correspondent's", "NtC", code.MNtoHA, D | T, rules.Situation{}, []found{whole(3, rules.ErrCorrespondent)}},
	}
	for _, tt := range tests {
		l, offsets := ruleList(tt.list)
		msg := append(unhex(requestHead), l...)
		msg[1] = byte(tt.flags)
		tt.situation.Leg, tt.situation.Profile = tt.leg, dsmip.RFC5454
		report(t, tt.rule+" "+tt.leg.String(), &tt.situation, msg, nil, offsets, tt.want)
	}
}

// TestDeregistration: with Lifetime 0 Foreign-Home is forbidden by RFC 5944
// §3.5.4 and required by RFC 3344 §3.7.2.2. A proxy that Foreign-Home authenticates
// (RFC 5563 §5.1) has it always, one that IPsec does is as any other foreign agent.
func TestDeregistration(t *testing.T) {
	for _, tt := range []struct {
		list    string
		edition rules.Edition
		proxies rules.Knowledge
		want    []found
	}{
		{"MH", rules.RFC5944, rules.Unknown, []found{on(1, rules.ErrForeignHomeDeregisters)}},
		{"MH", rules.RFC3344, rules.Unknown, nil},
		{"M", rules.RFC5944, rules.Unknown, nil},
		{"M", rules.RFC3344, rules.Unknown, []found{whole(1, ext.ErrNoForeignHome)}},
		{"1H", rules.RFC5944, rules.Served, nil},
		{"1", rules.RFC5944, rules.Served, []found{whole(1, rules.ErrProxyDeregisters)}},
		{"1", rules.RFC3344, rules.Served, []found{whole(1, rules.ErrProxyForeignHome)}},
		{"1MH", rules.RFC5944, rules.Served, nil},
		{"1MH", rules.RFC5944, rules.None, []found{on(2, rules.ErrForeignHomeDeregisters)}},
		{"2", rules.RFC5944, rules.Served, nil},
		{"2H", rules.RFC5944, rules.Served, []found{on(1, rules.ErrForeignHomeDeregisters)}},
	} {
		l, offsets := ruleList(tt.list)
		msg := append(unhex("01 00 0000 c000020a c0000201 c6336407 eeae5a5a3eb7e123"), l...)
		s := rules.Situation{Leg: code.FAtoHA, Profile: dsmip.RFC5454, Edition: tt.edition, ForeignHome: rules.Shared, Proxies: tt.proxies}
		report(t, fmt.Sprint(tt.list, " ", tt.edition, " ", tt.proxies), &s, msg, nil, offsets, tt.want)
	}
}

// TestAtHome: a mobile node that deregisters at home sends to its home agent directly,
// with D clear (RFC 5944 §3.6.1.2).
func TestAtHome(t *testing.T) {
	for list, want := range map[string][]found{
		"nM": nil,
		// RFC 3519 §3.1: D MUST be set.
		"tM": {whole(0, rules.ErrTunnelRequestMobile), on(0, rules.ErrTunnelRequestMobile)},
		// Both go with a co-located care-of address, for which D is a SHOULD (RFC 3543 §3.2,
		// RFC 5454 §3.1), and with the home address as care-of address D must not be set.
		"vM": nil,
		"mM": nil,
	} {
		l, offsets := ruleList(list)
		msg := append(unhex("01 02 0000 c000020a c0000201 c000020a eeae5a5a3eb7e123"), l...)
		s := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.RFC5454}
		report(t, list, &s, msg, nil, offsets, want)
	}
}

// TestAddresses has what RFC 4433 §3.3, §5.1, RFC 4857 §5.2, §7.4 and RFC 2794 §2
// say of the addresses in the fixed part.
func TestAddresses(t *testing.T) {
	const (
		zero, ones            = "00000000", "ffffffff"
		home, agent, careOf   = "c000020a", "c0000201", "c6336407"
		lasting, deregistered = "00 0708", "00 0000"
		lastingD, deregisterD = "20 0708", "20 0000"
	)
	for _, tt := range []struct {
		list                      string
		leg                       code.Leg
		head, home, agent, careOf string // head: flags and Lifetime
		want                      []found
	}{
		{"nrM", code.MNtoHA, lastingD, zero, zero, careOf, nil},
		{"nrM", code.MNtoHA, lastingD, zero, ones, careOf, nil},
		{"nqM", code.MNtoHA, lastingD, zero, zero, careOf, nil},
		{"nM", code.MNtoFA, lasting, zero, zero, careOf, nil},
		{"nM", code.MNtoFA, lasting, home, zero, careOf, nil}, // RFC 4433 §3.3: suggested
		{"nM", code.FAtoHA, lasting, home, zero, careOf, nil},
		{"nM", code.MNtoHA, lastingD, zero, zero, careOf, []found{whole(2, rules.ErrDynamicRequestedHA)}},
		{"M", code.MNtoFA, lasting, zero, zero, careOf, []found{whole(1, rules.ErrDynamicNAI)}},
		{"M", code.FAtoHA, lasting, home, ones, careOf, []found{whole(1, rules.ErrDynamicNAI)}},
		{"M", code.MNtoHA, lastingD, zero, ones, careOf, []found{whole(1, rules.ErrDynamicNAI), whole(1, rules.ErrDynamicRequestedHA)}},
		{"Mn", code.MNtoFA, lasting, zero, zero, careOf, []found{whole(2, rules.ErrDynamicNAI), on(1, misplaced(ext.KindMobileNodeNAI))}},
		{"nM", code.MNtoFA, deregisterD, zero, zero, careOf, []found{whole(homeAgentField, rules.ErrDynamicDeregisters)}},
		{"nrM", code.MNtoHA, deregisterD, home, ones, careOf, []found{whole(homeAgentField, rules.ErrDynamicDeregisters)}},
		{"nM", code.FAtoHA, deregistered, zero, ones, careOf, []found{whole(homeAgentField, rules.ErrDynamicForeign)}},
		{"nM", code.FAtoHA, lastingD, zero, ones, careOf, nil},
		{"M", code.MNtoHA, lastingD, home, "e0000001", careOf, []found{whole(homeAgentField, rules.ErrRequestHomeAgent)}},
		{"M", code.MNtoFA, lasting, home, "f0000001", careOf, []found{whole(homeAgentField, rules.ErrRequestHomeAgent)}},
		{"nM", code.FAtoHA, deregistered, home, "fffffffe", careOf, []found{whole(homeAgentField, rules.ErrRequestHomeAgent)}},
		{"nM", code.MNtoFA, lasting, zero, "00000001", careOf, []found{whole(homeAgentField, rules.ErrRequestHomeAgent)}},
		{"M", code.FAtoHA, lasting, home, "dfffffff", careOf, nil},
		{"M", code.MNtoHA, lastingD, zero, agent, careOf, []found{whole(1, rules.ErrNameless)}},
		{"M", code.MNtoHA, lasting, home, agent, careOf, []found{whole(flagsField, rules.ErrDirectWithoutD)}},
		{"hM", code.MNtoHA, lasting, home, agent, careOf, nil}, // to the gateway, whose address it is: RFC 4857 §5.1
		{"nM", code.MNtoHA, lastingD, zero, agent, careOf, nil},
		{"M", code.MNtoFA, lasting, home, agent, zero, nil}, // RFC 4857 §7.1
		{"M", code.FAtoHA, lasting, home, agent, zero, []found{whole(careOfAddressField, rules.ErrZeroCareOfAddress)}},
		{"M", code.MNtoHA, lastingD, home, agent, zero, []found{whole(careOfAddressField, rules.ErrZeroCareOfAddress)}},
		{"MaH", code.FAtoHA, lasting, home, agent, zero, nil},
		{"MhB", code.FAtoHA, lasting, home, agent, zero, nil}, // to the gateway: RFC 4857 §5.2, §7.2
		{"M", code.MNtoFA, lasting, home, agent, ones, []found{whole(careOfAddressField, rules.ErrBroadcastCareOfAddress)}},
		{"M", code.MNtoFA, lasting, home, agent, "e0000001", []found{whole(careOfAddressField, rules.ErrMulticastCareOfAddress)}},
		{"M", code.FAtoHA, lasting, home, agent, "fffffffe", []found{whole(careOfAddressField, rules.ErrMulticastCareOfAddress)}},
		{"M", code.MNtoHA, lastingD, home, agent, "dfffffff", nil},
		{"M", code.MNtoHA, lastingD, home, agent, ones, []found{whole(careOfAddressField, rules.ErrBroadcastCareOfAddress)}},
	} {
		l, offsets := ruleList(tt.list)
		msg := append(unhex("01"+tt.head+tt.home+tt.agent+tt.careOf+"eeae5a5a3eb7e123"), l...)
		s := rules.Situation{Leg: tt.leg, Profile: dsmip.RFC5454}
		report(t, fmt.Sprint(tt.list, " ", tt.leg, " ", tt.head, " ", tt.home, " ", tt.agent, " ", tt.careOf), &s, msg, nil, offsets, tt.want)
	}
}

// TestNotImplemented: RFC 5944 §1.8 and RFC 3115 §2.3 for a receiver that knows
// vendor 9's type 1 only, and neither GRE keys nor NAIs nor tunneling modes.
func TestNotImplemented(t *testing.T) {
	situation := rules.Situation{
		Profile: dsmip.RFC5454,
		Implements: func(k ext.Kind) bool {
			return k != ext.KindGREKey && k != ext.KindMobileNodeNAI && k != ext.KindIPv6TunnelingMode
		},
		ImplementsVendor: func(vendor uint32, vendorType uint16) bool { return vendor == 9 && vendorType == 1 },
	}
	const (
		known   = "26000006 00000009 0001"
		unknown = "26000006 00000009 0002"
		normal  = "8608 0000 00000009 0002"
		gre     = "30000004 00000001"
		nai     = "8303 614062"
		modes   = "98020300 98020300"
	)
	M, A, H := ruleLetters['M'], ruleLetters['A'], ruleLetters['H']
	tests := []struct {
		list string
		leg  code.Leg
		want []*code.Fault // what stops is announced
	}{
		{known + normal + M, code.MNtoHA, nil},
		{unknown + M, code.MNtoHA, []*code.Fault{rules.ErrVendorFromMobile, rules.ErrVendorFromMobile}},
		{M + unknown, code.MNtoHA, []*code.Fault{rules.ErrVendorFromMobile, rules.ErrVendorFromMobile}},
		{M + unknown, code.MNtoFA, []*code.Fault{rules.ErrVendorFromMobile, rules.ErrVendorFromMobile}},
		{unknown + M + unknown + A + unknown + H + unknown, code.FAtoHA, []*code.Fault{
			rules.ErrVendorFromMobile, rules.ErrVendorFromMobile, rules.ErrVendorFromForeign, rules.ErrVendorFromForeign,
			rules.ErrVendorFromMobile, rules.ErrVendorFromMobile, rules.ErrVendorFromForeign, rules.ErrVendorFromForeign}},
		{M + gre, code.FAtoHA, []*code.Fault{rules.ErrNotImplemented, rules.ErrNotImplemented}},
		{modes + M + nai, code.MNtoHA, nil}, // skipped, whatever they break
		{known + M, code.HAtoMN, nil},
		{unknown + M, code.HAtoMN, []*code.Fault{rules.ErrVendorInReply, rules.ErrVendorInReply}},
		{M + gre, code.HAtoFA, []*code.Fault{rules.ErrNotImplemented, rules.ErrNotImplemented}},
		{M + unknown, code.HAtoFA, []*code.Fault{rules.ErrVendorInReply, rules.ErrVendorInReply}},
	}
	for _, tt := range tests {
		situation.Leg = tt.leg
		head := requestHead
		if tt.leg.Reply() {
			head = replyHead
		}
		msg := unhex(head + tt.list)
		if tt.leg == code.MNtoHA {
			msg[1] = byte(mipv4.FlagDecapsulation)
		}
		all, _ := judge(t, &situation, msg, nil)
		var got []*code.Fault
		for _, v := range all {
			if v.Fault != nil {
				got = append(got, v.Fault)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%v %s: %v, want %v", tt.leg, tt.list, got, tt.want)
		}
	}
}

// TestIgnorance: what a receiver does not know is no fault of the sender's: the NAI
// and the Requested HA are there.
func TestIgnorance(t *testing.T) {
	l, offsets := ruleList("nqM")
	s := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.RFC5454, Implements: func(k ext.Kind) bool { return k == ext.KindMobileHomeAuth }}
	report(t, "neither NAI nor Dynamic HA", &s, append(unhex("01 20 0708 00000000 00000000 c6336407 eeae5a5a3eb7e123"), l...), nil, offsets, nil)
}

// TestReplyRules has the rules of RFC 5944 §3.6.2.1, §3.7.3.1, §3.8.3.3.
func TestReplyRules(t *testing.T) {
	asked := &mipv4.Request{Identification: 0x0000000000000001}
	answered := mipv4.Identification(0xeeae5a5a3eb7e123)
	lasting := &mipv4.Request{Identification: answered, Lifetime: 1800}
	deregistration, err := mipv4.ParseRequest(unhex("01 00 0000 c000020a c0000201 c6336407 eeae5a5a3eb7e123"))
	if err != nil {
		t.Fatal(err)
	}
	ending := &deregistration
	shared := rules.Situation{ForeignHome: rules.Shared}
	served, unserved := rules.Situation{Proxies: rules.Served}, rules.Situation{Proxies: rules.None}
	tests := []struct {
		rule, list string
		leg        code.Leg
		code       code.Registration
		situation  rules.Situation
		asked      *mipv4.Request
		want       []found
	}{
		{"7: order", "nubM", code.HAtoMN, 0, rules.Situation{}, nil, nil},
		{"7: to the foreign agent", "nMcvysH0", code.HAtoFA, 0, rules.Situation{}, nil, nil},
		{"7: relayed", "nMecwF", code.FAtoMN, 0, rules.Situation{}, nil, nil},
		{"7: denial", "nwF", code.FAtoMN, 67, rules.Situation{}, nil, nil},
		{"7: no Mobile-Home", "n", code.HAtoMN, 0, rules.Situation{}, nil, []found{whole(1, rules.ErrReplyNoMobileHome)}},
		{"7: no Mobile-Home in a denial", "n", code.HAtoFA, 129, rules.Situation{}, nil, []found{whole(1, rules.ErrReplyNoMobileHome)}},
		{"7: no Mobile-Home, whatever the Code", "n", code.HAtoFA, 9, rules.Situation{}, nil, []found{whole(1, rules.ErrReplyNoMobileHome)}},
		{"7: no Mobile-Home, relayed", "n", code.FAtoMN, 129, rules.Situation{}, nil, []found{whole(1, rules.ErrReplyNoMobileHome)}},
		{"7: no Mobile-Home, no rule about the Code", "n", code.FAtoMN, 9, rules.Situation{}, nil, nil},
		{"7: two Mobile-Home", "MM", code.HAtoMN, 0, rules.Situation{}, nil, []found{whole(1, rules.ErrReplySecondMobileHome), on(1, rules.ErrReplySecondMobileHome)}},
		{"7: Mobile-Home last", "FM", code.FAtoMN, 0, rules.Situation{}, nil, []found{whole(1, rules.ErrReplyOrder), on(1, rules.ErrReplyOrder)}},
		{"7: Foreign-Home missing", "M", code.HAtoFA, 0, shared, nil, []found{whole(1, ext.ErrNoForeignHome)}},
		{"7: Foreign-Home missing, not asked to deregister", "M", code.HAtoFA, 0, shared, lasting, []found{whole(1, ext.ErrNoForeignHome)}},
		{"7: Foreign-Home missing, asked to deregister", "M", code.HAtoFA, 0, shared, ending, nil},
		{"7: Foreign-Home twice", "MHH", code.HAtoFA, 0, rules.Situation{}, nil, []found{whole(2, rules.ErrSecondForeignHome), on(2, rules.ErrSecondForeignHome)}},
		{"7: Foreign-Home unwanted", "MH", code.HAtoFA, 0, rules.Situation{ForeignHome: rules.None}, nil, []found{on(1, rules.ErrReplyForeignHomeUnknown)}},
		{"7: Foreign-Home unwanted, RFC 3344", "MH", code.HAtoFA, 0, rules.Situation{ForeignHome: rules.None, Edition: rules.RFC3344}, nil, []found{on(1, rules.ErrReplyForeignHomeUnknown)}},
		{"8: Foreign-Home relayed", "MH", code.FAtoMN, 0, rules.Situation{}, nil, []found{on(1, rules.ErrForeignHomeLeg)}},
		{"3: Mobile-Foreign missing", "M", code.FAtoMN, 0, rules.Situation{MobileForeign: rules.Shared}, nil, []found{whole(1, ext.ErrNoMobileForeign)}},
		{"3: Mobile-Foreign unwanted", "MF", code.FAtoMN, 0, rules.Situation{MobileForeign: rules.None}, nil, []found{on(1, rules.ErrMobileForeignUnknown)}},
		{"31: Mobile-Foreign of a new key", "MKF", code.FAtoMN, 0, rules.Situation{MobileForeign: rules.None}, nil, nil},
		{"3: Mobile-Foreign twice", "MFF", code.FAtoMN, 0, rules.Situation{}, nil, []found{whole(2, rules.ErrSecondMobileForeign), on(2, rules.ErrSecondMobileForeign)}},
		{"3: Mobile-Foreign of a home agent", "MF", code.HAtoFA, 0, rules.Situation{}, nil, []found{on(1, rules.ErrMobileForeignLeg)}},
		{"2: MN-AAA", "MA", code.HAtoMN, 0, rules.Situation{}, nil, []found{on(1, rules.ErrReplyMNAAA)}},
		{"15: two challenges", "Mcc", code.HAtoFA, 0, rules.Situation{}, nil, []found{on(2, rules.ErrSecondChallenge)}},
		{"15: two challenges, relayed", "MccF", code.FAtoMN, 0, rules.Situation{}, nil, []found{on(2, rules.ErrTwoChallenges)}},
		{"15: challenge behind Mobile-Foreign", "MFc", code.FAtoMN, 0, rules.Situation{}, nil, []found{on(2, rules.ErrChallengeBehindForeign)}},
		{"15: challenge behind Foreign-Home", "MHc", code.HAtoFA, 0, rules.Situation{}, nil, []found{on(2, misplaced(ext.KindChallenge))}},
		{"28: tunneling mode", "mM", code.HAtoMN, 0, rules.Situation{}, nil, []found{on(0, wrongMessage(ext.KindIPv6TunnelingMode))}},
		{"29: the foreign agent's string in front", "wM", code.FAtoMN, 0, rules.Situation{}, nil, []found{on(0, misplaced(ext.KindMessageStringFA))}},
		{"29: the home agent's string behind", "MbF", code.FAtoMN, 0, rules.Situation{}, nil, []found{on(1, misplaced(ext.KindMessageStringHA))}},
		{"29: behind Mobile-Foreign", "MFw", code.FAtoMN, 0, rules.Situation{}, nil, []found{on(2, misplaced(ext.KindMessageStringFA))}},
		{"31: key without Mobile-Foreign", "MK", code.FAtoMN, 0, rules.Situation{}, nil, []found{whole(2, rules.ErrKeyReplyForeign)}},
		{"31: key without Mobile-Home", "L", code.HAtoMN, 20, rules.Situation{}, nil, []found{whole(1, rules.ErrReplyNoMobileHome), whole(1, rules.ErrKeyReplyHome)}},
		{"38: redirected", "dM", code.HAtoMN, 143, rules.Situation{}, nil, nil},
		{"38: redirected nowhere", "M", code.HAtoMN, 143, rules.Situation{}, nil, []found{whole(1, rules.ErrRedirectMissing)}},
		{"38: redirected and accepted", "dM", code.HAtoMN, 0, rules.Situation{}, nil, []found{on(0, rules.ErrRedirectCode)}},
		{"38: redirected, overwritten", "dM", code.FAtoMN, 97, rules.Situation{}, nil, nil},
		{"7.2: FA Error in a denial", "e", code.FAtoMN, 68, rules.Situation{}, nil, []found{whole(0, rules.ErrFAErrorAlone), on(0, rules.ErrFAErrorAlone)}},
		{"7.2: FA Error in a denial, 194", "e", code.FAtoMN, 194, rules.Situation{}, nil, []found{whole(0, rules.ErrFAErrorAlone), on(0, rules.ErrFAErrorAlone)}},
		{"7.2: 194 from a home agent", "M", code.HAtoFA, 194, rules.Situation{}, nil, nil},
		{"7: Foreign-Home unwanted, twice", "MHH", code.HAtoFA, 0, rules.Situation{ForeignHome: rules.None}, nil, []found{on(1, rules.ErrReplyForeignHomeUnknown), on(2, rules.ErrReplyForeignHomeUnknown)}},
		{"3: Mobile-Foreign unwanted, twice", "MFF", code.FAtoMN, 0, rules.Situation{MobileForeign: rules.None}, nil, []found{on(1, rules.ErrMobileForeignUnknown), on(2, rules.ErrMobileForeignUnknown)}},
		{"7.2: the home agent's string in a denial", "b", code.FAtoMN, 68, rules.Situation{}, nil, []found{on(0, misplaced(ext.KindMessageStringHA))}},
		{"7.2: a foreign agent's Code", "M", code.HAtoMN, 65, rules.Situation{}, nil, []found{whole(codeField, rules.ErrForeignCodeFromHome)}},
		{"7.2: a foreign agent's Code without Mobile-Home", "n", code.HAtoFA, 70, rules.Situation{}, nil, []found{
			whole(codeField, rules.ErrForeignCodeFromHome), whole(1, rules.ErrReplyNoMobileHome)}},
		{"7.3: another request's", "M", code.HAtoMN, 0, rules.Situation{}, asked, []found{whole(identificationField, mipv4.ErrOtherIdentification)}},
		{"another leg", "M", code.MNtoHA, 0, rules.Situation{}, nil, []found{whole(nowhere, rules.ErrReplyLeg)}},
		{"no leg", "uu", code.Leg(0), 0, rules.Situation{}, nil, []found{whole(nowhere, code.ErrLeg)}},

		// Proxies: RFC 5563 §5, §5.1, §5.5, §8.1.
		{"40: to a proxy, authenticated by Foreign-Home", "n1DyH", code.HAtoFA, 0, served, nil, nil},
		{"40: to a proxy, authenticated by IPsec", "n2", code.HAtoFA, 0, served, nil, nil},
		{"40: to a proxy, told nothing", "n1H", code.HAtoFA, 0, rules.Situation{}, nil, []found{whole(3, rules.ErrProxyUnclear)}},
		{"40: no proxy", "n1H", code.HAtoFA, 0, unserved, nil, []found{whole(3, rules.ErrReplyNoMobileHome)}},
		{"40: to a proxy, no Foreign-Home", "n1", code.HAtoFA, 0, served, nil, []found{whole(2, rules.ErrProxyForeignHome)}},
		{"40: to a proxy, without the method", "nH", code.HAtoFA, 0, served, nil, []found{whole(2, rules.ErrReplyNoMobileHome)}},
		{"40: an unassigned method stands in for nothing", "n9", code.HAtoFA, 0, served, nil, []found{whole(2, rules.ErrReplyNoMobileHome)}},
		{"40: to a mobile node", "n1", code.HAtoMN, 0, served, nil, []found{whole(2, rules.ErrReplyNoMobileHome)}},
		{"40: a proxy is denied", "n1H", code.HAtoFA, 65, served, nil, []found{whole(codeField, rules.ErrProxyCode65)}},
		{"40: a proxy is denied, by Mobile-Home", "n1MH", code.HAtoFA, 65, served, nil, []found{whole(codeField, rules.ErrProxyCode65)}},
		{"40: access technology in a reply", "nXM", code.HAtoFA, 0, served, nil, []found{on(1, wrongMessage(ext.KindAccessTechnology))}},

		// Regional registration: RFC 4857 §5.3, §9.3-9.5.
		{"39: a gateway denies", "n", code.HAtoFA, 110, rules.Situation{}, nil, nil},
		{"39: a gateway denies, 193", "", code.HAtoFA, 193, rules.Situation{}, nil, nil},
		{"39: no gateway sends to a mobile node as a home agent", "n", code.HAtoMN, 111, rules.Situation{}, nil, []found{
			whole(1, rules.ErrReplyNoMobileHome), whole(codeField, rules.ErrForeignCodeFromHome)}}, // discarded silently first
		{"39: a gateway's lifetime", "nMplF", code.FAtoMN, 0, rules.Situation{}, nil, nil},
		{"39: a gateway's lifetime on its way", "nMplF", code.HAtoFA, 0, rules.Situation{}, nil, nil},
		{"39: a gateway's lifetime behind Mobile-Foreign", "nMFl", code.FAtoMN, 0, rules.Situation{}, nil, []found{on(3, misplaced(ext.KindRegionalLifetime))}},
		{"39: gateway address behind", "nMa", code.HAtoFA, 0, rules.Situation{}, nil, []found{on(2, misplaced(ext.KindGFAAddress))}},

		// Route optimization: RFC 6521 §5.
		{"7: route optimization", "OPM", code.HAtoMN, 0, rules.Situation{}, nil, nil},
		{"7: route optimization behind", "MOP", code.HAtoMN, 0, rules.Situation{}, nil, []found{on(1, misplaced(ext.KindRouteOptimizationReply)), on(2, misplaced(ext.KindRouteOptimizationPrefix))}},
		{"28: a request's route optimization", "oM", code.HAtoMN, 0, rules.Situation{}, nil, []found{on(0, wrongMessage(ext.KindRouteOptimizationCapability))}},
		{"a correspondent's", "GC", code.HAtoMN, 2, rules.Situation{}, nil, []found{whole(2, rules.ErrCorrespondent)}},
	}
	for _, tt := range tests {
		l, offsets := ruleList(tt.list)
		msg := append(unhex(replyHead), l...)
		msg[1] = byte(tt.code)
		if tt.asked == ending {
			msg[2], msg[3] = 0, 0
		}
		tt.situation.Leg, tt.situation.Profile = tt.leg, dsmip.RFC5454
		report(t, fmt.Sprint(tt.rule, " ", tt.leg, " ", uint8(tt.code)), &tt.situation, msg, tt.asked, offsets, tt.want)
	}
}

// TestRequestedHA: a home agent has an address of classes A to C, and none of this
// network or of this host (RFC 4433 §5.2).
func TestRequestedHA(t *testing.T) {
	for address, wrong := range map[string]bool{
		"00000000": true, "00010203": true, "01000001": false, "0a000001": false, "7effffff": false, "7f000001": true,
		"80000001": false, "dfffffff": false, "e0000001": true, "f0000001": true, "ffffffff": true,
	} {
		for _, header := range []string{"8b010004", "8b05 01"} {
			// Home Agent 0.0.0.0, so that nothing else is asked for.
			r, err := mipv4.ParseRequest(unhex("01 20 0708 00000000 00000000 c6336407 eeae5a5a3eb7e123" + ruleLetters['n'] + header + address + ruleLetters['M']))
			if err != nil {
				t.Fatal(err)
			}
			var want error
			if wrong {
				want = rules.ErrRequestedHAUnicast
			}
			s := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.RFC5454}
			if err := s.CheckRequest(&r); err != want {
				t.Errorf("%s%s: %v", header, address, err)
			}
		}
	}
}

// TestRuleReactions: what the texts demand where they demand something.
func TestRuleReactions(t *testing.T) {
	for f, want := range map[*code.Fault][3]string{
		rules.ErrReservedFlags:               {"ignore or reply 134", "ignore or SHOULD reply 70", ""},
		rules.ErrNoAuthorization:             {"discard", "unspecified (discard)", ""},
		rules.ErrNoAuthorization3344:         {"SHOULD reply 131", "unspecified (discard)", ""},
		rules.ErrSecondMobileForeign:         {"", "discard, SHOULD reply 67", "discard"},
		rules.ErrSecondForeignHome:           {"SHOULD reply 132", "discard, SHOULD append FA Error 68", ""},
		rules.ErrForeignHome3344:             {"unspecified (ignore)", "unspecified (ignore)", "unspecified (ignore)"},
		misplaced(ext.KindRevocationSupport): {"SHOULD reply 132", "discard, SHOULD append FA Error 68", "unspecified (ignore)"},
		rules.ErrForeignHomeLeg:              {"discard", "unspecified (ignore)", "unspecified (ignore)"},
		rules.ErrTunnelRequestMobile:         {"SHOULD reply 134", "unspecified (ignore)", ""},
		ext.ErrTunnelRequestReserved:         {"ignore or SHOULD reply 134", "ignore", ""},
		rules.ErrRevocationNotDirect:         {"unspecified (ignore)", "discard", ""},
		rules.ErrRevocationUnprotected:       {"MAY reply 131", "unspecified (discard)", ""},
		rules.ErrForeignHomeDeregisters:      {"MAY ignore", "", ""},
		rules.ErrForeignHomeUnknown:          {"discard", "unspecified (ignore)", ""},
		rules.ErrReplyForeignHomeUnknown:     {"", "unspecified (ignore)", ""},
		rules.ErrDynamicNAI:                  {"reply 136", "unspecified (reply 90)", ""},
		rules.ErrZeroCareOfAddress:           {"reply 145", "", ""},
		rules.ErrBroadcastCareOfAddress:      {"unspecified (reply 134)", "reply 70", ""},
		rules.ErrMulticastCareOfAddress:      {"unspecified (reply 134)", "unspecified (reply 70)", ""},
		rules.ErrTunnelRequestForeign:        {"SHOULD reply 134", "", ""},
		rules.ErrSecondMobileHome:            {"", "", ""},
		rules.ErrSecondMNAAA:                 {"", "", ""},
		rules.ErrOnlyMNAAA:                   {"", "", ""},
		rules.ErrProxyUnclear:                {"", "", ""},
		rules.ErrTwoAuthorizations3344:       {"SHOULD reply 131", "", ""},
		rules.ErrChallengeUnanswered:         {"", "discard", ""},
		rules.ErrReplyNoMobileHome:           {"", "unspecified (ignore)", "discard"},
		rules.ErrRequestedHAUnicast:          {"reply 136", "reply 90", ""},
		rules.ErrNotImplemented:              {"discard", "discard", "discard"},
		rules.ErrVendorFromMobile:            {"reply 140", "reply 100", ""},
		rules.ErrVendorFromForeign:           {"reply 141", "", ""},
		rules.ErrVendorInReply:               {"", "reply 101", "treat as rejection"},
	} {
		got := [3]string{f.Reaction(code.HomeAgent).String(), f.Reaction(code.ForeignAgent).String(), f.Reaction(code.MobileNode).String()}
		if got != want {
			t.Errorf("%v: %q, want %q", f, got, want)
		}
	}
}

// TestWords: the words of an edition are read back, nothing else is.
func TestWords(t *testing.T) {
	for e, word := range map[rules.Edition]string{rules.RFC5944: "rfc5944", rules.RFC3344: "rfc3344"} {
		if got, err := rules.ParseEdition(word); e.String() != word || got != e || err != nil {
			t.Errorf("%v: %q, %v, %v", e, word, got, err)
		}
	}
	for _, word := range []string{"", "RFC 5944", "rfc2002", "edition 2", "rfc5944 "} {
		if _, err := rules.ParseEdition(word); err != rules.ErrEdition {
			t.Errorf("%q: %v", word, err)
		}
	}
	for got, want := range map[string]string{
		rules.Edition(4).String(): "edition 4", rules.Unknown.String(): "unknown", rules.Shared.String(): "shared",
		rules.None.String(): "none", rules.Knowledge(4).String(): "knowledge 4",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if rules.Served != rules.Shared || rules.Edition(0) != rules.RFC5944 || rules.Knowledge(0) != rules.Unknown {
		t.Error("the zero values have moved")
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
		27: "TestProfiles",
		41: "needs the advertisement: X",
		42: "needs the foreign agent's policy",
		43: "TestAddresses",
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
		{"unknown type 0-127", "../../ext/list_test.go", "func TestUnknownTypes("},
		{"unknown type 128-255", "../../ext/list_test.go", `{"unknown skippable",`},
		{"unknown vendor contents of 38", "rules_test.go", "func TestNotImplemented("},
		{"unknown vendor contents of 134", "rules_test.go", "normal  ="},
		{"reserved flags", "rules_test.go", `{"7.1: reserved flags"`},
		{"reserved bytes of 152", "../prefix_test.go", "func TestReserved("},
		{"reserved byte of 38", "../../ext/list_test.go", `{"vendor, reserved byte set"`},
		{"Reserved3 of 144", "rules_test.go", `{"7.1: Reserved3"`},
		{"Length of a known type", "../../ext/raw_test.go", "func TestCheck("},
		{"overrun, trailing byte", "../../ext/list_test.go", "func TestRefuse("},
		{"cut fixed part, another message type", "../../mipv4/message_test.go", "func TestRefuse("},
		{"duplicates of once-only extensions", "rules_test.go", `{"34: two services"`},
		{"home address 0 without NAI", "rules_test.go", "whole(1, rules.ErrNameless)"},
		{"Lifetime granted, Lifetime too long", "../../mipv4/answer_test.go", `{"foreign agent, too long"`},
		{"home agent: no authorization", "rules_test.go", `{"2: no authenticator"`},
		{"home agent: several authorizations", "rules_test.go", `{"2: two Mobile-Home, RFC 3344"`},
		{"wrong authenticators", "../../ext/security_context_test.go", "func TestFlipped("},
		{"home agent: Foreign-Home missing, doubled, unwanted", "rules_test.go", `{"6: Foreign-Home unwanted"`},
		{"foreign agent: Mobile-Foreign missing, doubled", "rules_test.go", `{"3: Mobile-Foreign missing"`},
		{"foreign agent: Foreign-Home in a reply", "rules_test.go", `{"7: Foreign-Home missing"`},
		{"mobile node: Mobile-Foreign in a reply", "rules_test.go", `{"3: Mobile-Foreign twice"`},
		{"mobile node: Mobile-Home in a reply", "rules_test.go", `{"7: no Mobile-Home"`},
		{"mobile node: FA Error", "rules_test.go", `{"7.2: FA Error in a denial"`},
		{"UDP checksum", "", "is of the UDP header"},
		{"T without reverse tunnelling", "", "needs what the agent supports"},
		{"broadcast destination, the agent's own address", "", "needs the IP header and the agent's addresses"},
		{"care-of address all-ones, zero", "rules_test.go", "func TestAddresses("},
		{"care-of address not offered", "", "needs what the foreign agent offers"},
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
