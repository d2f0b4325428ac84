package rules_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

const (
	coLocated = "01 22 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123" // D and T, 198.51.100.7
	private   = "01 22 0708 c000020a c0000201 0a000007 eeae5a5a3eb7e123" // D and T, 10.0.0.7
	viaAgent  = "01 00 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
	accepted  = "03 00 0708 c000020a c0000201 eeae5a5a3eb7e123"
	macM      = "201400000100 00000000000000000000000000000000"
	macA      = "24010014 00000100 00000000000000000000000000000000"
	udpTunnel = "9006 00 00 00 2f 0000" // UDP Tunnel Request, Encapsulation GRE
)

// at is a fault of a verdict and its offset.
type at struct {
	offset int
	whole  bool // a verdict on the message as a whole
	fault  *code.Fault
}

// each is the fault of a verdict on an extension.
func each(offset int, f *code.Fault) at { return at{offset, false, f} }

// TestProfiles: what only one of the profiles minds, and what both do.
func TestProfiles(t *testing.T) {
	prefix := func(length, address string) string { return "98 12 01 " + length + address }
	reply := func(length, address string) string { return "98 14 02 00 " + length + " 00" + address }
	const (
		net     = "20010db8000100020000000000000000"
		netBits = "20010db8000100020000000000000001"
		zero    = "00000000000000000000000000000000"
		local   = "fe8000000000000000000000c000020a"
		iid     = "00000000000000000200000000000001"
	)
	mode := "98020300"
	tests := []struct {
		name           string
		msg            string
		leg            code.Leg
		draft, rfc5454 []at
	}{
		{"static", coLocated + prefix("40", net) + mode + macM, code.MNtoHA, nil, nil},
		{"host bits", coLocated + prefix("40", netBits) + macM, code.MNtoHA, nil, []at{each(24, rules.ErrHostBits)}},
		{"address", coLocated + prefix("80", netBits) + macM, code.MNtoHA, nil, nil},
		{"zero prefix", coLocated + prefix("00", zero) + macM, code.MNtoHA, nil, []at{each(24, rules.ErrZeroPrefix)}},
		{"zero prefix with a hint", coLocated + prefix("38", zero) + macM, code.MNtoHA, nil, []at{each(24, rules.ErrZeroPrefix)}},
		{"zero prefix with host bits", coLocated + prefix("00", iid) + macM, code.MNtoHA,
			[]at{each(24, rules.ErrIdentifierLength)}, []at{each(24, rules.ErrHostBits), each(24, rules.ErrZeroPrefix)}},
		{"an identifier of another length", coLocated + prefix("40", iid) + macM, code.MNtoHA,
			[]at{each(24, rules.ErrIdentifierLength)}, []at{each(24, rules.ErrHostBits), each(24, rules.ErrZeroPrefix)}},
		{"interface identifier", coLocated + prefix("80", iid) + macM, code.MNtoHA, nil, []at{each(24, rules.ErrInterfaceIdentifier)}},
		{"link-local", coLocated + prefix("ff", local) + macM, code.MNtoHA, []at{each(24, rules.ErrLinkLocalLength)}, nil},
		{"255 with another address", coLocated + prefix("ff", net) + macM, code.MNtoHA,
			[]at{each(24, rules.ErrLinkLocalLength)}, []at{each(24, dsmip.ErrLinkLocal)}},
		{"a prefix that does not parse", coLocated + prefix("c8", net) + macM, code.MNtoHA,
			[]at{each(24, dsmip.ErrPrefixLength)}, []at{each(24, dsmip.ErrPrefixLength)}},
		{"the same prefix twice in a request", coLocated + prefix("40", net) + prefix("40", net) + macM, code.MNtoHA, nil, nil},
		{"two modes", coLocated + mode + mode + macM, code.MNtoHA, []at{each(28, rules.ErrSecondTunnelingMode)}, []at{each(28, rules.ErrSecondTunnelingMode)}},
		{"mode without D", viaAgent + mode + macM, code.MNtoFA, []at{each(24, rules.ErrTunnelingModeCareOf)}, []at{each(24, rules.ErrTunnelingModeCareOf)}},
		{"the foreign agent's mode", viaAgent + macM + mode, code.FAtoHA, nil, []at{each(46, rules.ErrTunnelingModeForeign)}},
		{"the foreign agent's mode with D", coLocated + macM + mode, code.FAtoHA,
			[]at{each(46, rules.ErrTunnelingModeCoLocated)}, []at{each(46, rules.ErrTunnelingModeForeign)}},
		{"mode behind MN-AAA alone", viaAgent + macA + mode, code.FAtoHA,
			[]at{each(24, rules.ErrOnlyMNAAA)}, []at{each(24, rules.ErrOnlyMNAAA), each(48, rules.ErrTunnelingModeForeign)}},
		{"mode between MN-AAA and Mobile-Home", coLocated + macA + mode + macM, code.FAtoHA,
			[]at{each(24, rules.ErrMobileHomeLast)}, []at{each(24, rules.ErrMobileHomeLast)}},
		{"encapsulation, the foreign agent's", private + prefix("40", net) + macM + udpTunnel, code.FAtoHA,
			[]at{{66, true, rules.ErrTunnelRequestForeign}, each(66, rules.ErrTunnelRequestForeign)},
			[]at{{66, true, rules.ErrTunnelRequestForeign}, each(66, rules.ErrTunnelRequestForeign), each(66, rules.ErrTunnelEncapsulation)}},
		{"encapsulation, unknown sub-type", private + "98020900" + udpTunnel + macM, code.MNtoHA, nil, nil},
		{"encapsulation, private", private + prefix("40", net) + udpTunnel + macM, code.MNtoHA, nil, []at{each(44, rules.ErrTunnelEncapsulation)}},
		{"encapsulation, public", coLocated + prefix("40", net) + udpTunnel + macM, code.MNtoHA, nil, nil},
		{"encapsulation, IPv4 only", private + udpTunnel + macM, code.MNtoHA, nil, nil},
		{"reply", accepted + reply("40", net) + reply("41", net) + macM, code.HAtoMN, nil, nil},
		{"reply, host bits", accepted + reply("40", netBits) + macM, code.HAtoMN, nil, []at{each(20, rules.ErrHostBits)}},
		{"reply, zero prefix", accepted + reply("00", zero) + macM, code.HAtoMN, nil, nil},
		{"reply, link-local", accepted + reply("ff", local) + macM, code.HAtoMN, []at{each(20, rules.ErrLinkLocalLength)}, nil},
		{"reply, same prefix", accepted + reply("40", net) + reply("40", net) + macM, code.HAtoMN,
			[]at{each(42, rules.ErrSecondPrefixReply)}, []at{each(42, rules.ErrSecondPrefixReply)}},
		{"reply, same but for host bits", accepted + reply("40", net) + reply("40", netBits) + macM, code.HAtoMN,
			[]at{each(42, rules.ErrSecondPrefixReply)}, []at{each(42, rules.ErrHostBits), each(42, rules.ErrSecondPrefixReply)}},
		{"reply, does not parse", accepted + reply("c8", net) + macM, code.HAtoMN,
			[]at{each(20, dsmip.ErrPrefixLength)}, []at{each(20, dsmip.ErrPrefixLength)}},
		{"on no leg", coLocated + mode + mode + macM, code.Leg(0), []at{{0, true, code.ErrLeg}}, []at{{0, true, code.ErrLeg}}},
		{"reply on no leg", accepted + reply("40", net) + reply("40", net), code.Leg(0), []at{{0, true, code.ErrLeg}}, []at{{0, true, code.ErrLeg}}},
	}
	for _, tt := range tests {
		for profile, want := range map[dsmip.Profile][]at{dsmip.Draft06: tt.draft, dsmip.RFC5454: tt.rfc5454} {
			s := rules.Situation{Leg: tt.leg, Profile: profile}
			got, first := faults(t, &s, unhex(tt.msg), nil)
			if !slices.Equal(got, want) {
				t.Errorf("%s, %v: %v, want %v", tt.name, profile, got, want)
			}
			i := slices.IndexFunc(want, func(a at) bool { return serious(a.fault, tt.leg.Receiver()) })
			if i < 0 && first != nil || i >= 0 && first != error(want[i].fault) {
				t.Errorf("%s, %v: the check gives %v", tt.name, profile, first)
			}
		}
	}
	// A foreign agent that advertises R adds none for a co-located mobile node.
	registered := rules.Situation{Leg: code.FAtoHA, Profile: dsmip.Draft06, RegistrationRequired: true}
	if got, _ := faults(t, &registered, unhex(coLocated+macM+mode), nil); !slices.Equal(got, []at{each(46, rules.ErrTunnelingModeRegistered)}) {
		t.Errorf("with R: %v", got)
	}
	// The faults stand in the order of the extensions, whichever text they are of.
	direct := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.Draft06}
	got, first := faults(t, &direct, unhex(coLocated+prefix("ff", local)+macM+macM), nil)
	if !slices.Equal(got, []at{each(24, rules.ErrLinkLocalLength), each(66, rules.ErrSecondMobileHome)}) || first != rules.ErrLinkLocalLength {
		t.Errorf("both: %v, first %v", got, first)
	}
}

// faults returns the faults of all verdicts, and the error of the check.
func faults(t *testing.T, s *rules.Situation, msg []byte, asked *mipv4.Request) (found []at, first error) {
	t.Helper()
	all, first := judge(t, s, msg, asked)
	for _, v := range all {
		if v.Fault != nil {
			found = append(found, at{v.Offset, isWhole(v), v.Fault})
		}
	}
	return found, first
}

// TestManyPrefixReplies compares the search for repeated prefixes with a map,
// for replies of few and of many prefixes.
func TestManyPrefixReplies(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 7, 8, 9, 100, 2970} {
		for _, distinct := range []int{1, n/2 + 1, 1 << 30} {
			msg := unhex(accepted)
			var want []at
			seen := map[string]bool{}
			for range n {
				high := random.IntN(distinct)
				length := uint8(32 + 32*random.IntN(2))
				p := dsmip.PrefixReply{PrefixLength: length,
					Prefix: netip.MustParseAddr(fmt.Sprintf("2001:%x:%x::", high>>16, high&0xffff))}
				key := fmt.Sprint(length, netip.PrefixFrom(p.Prefix, int(length)).Masked())
				if seen[key] {
					want = append(want, each(len(msg), rules.ErrSecondPrefixReply))
				}
				seen[key] = true
				b, err := p.AppendBinary(msg)
				if err != nil {
					t.Fatal(err)
				}
				msg = b
			}
			msg = append(msg, unhex(macM)...)
			s := rules.Situation{Leg: code.HAtoMN, Profile: dsmip.RFC5454}
			got, _ := faults(t, &s, msg, nil)
			if !slices.Equal(got, want) {
				t.Errorf("%d replies, %d distinct: %d repeated, want %d", n, distinct, len(got), len(want))
			}
		}
	}
}

// TestUnaskedPrefixReplies compares the search for the requests of prefix replies
// with a map, for few and for many of either. A reply answers by its prefix field; one
// with a prefix that an earlier one had is not looked for again.
func TestUnaskedPrefixReplies(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	// A field has one length in replies, and either of two in requests.
	prefix := func() (p netip.Addr, length uint8) {
		n := random.IntN(4000)
		return netip.MustParseAddr(fmt.Sprintf("2001:%x::", n)), uint8(32 + n%2)
	}
	for _, n := range []int{0, 1, 7, 8, 9, 100, 2900} {
		for _, asked := range []int{0, 1, 8, 9, 2900} {
			request, requested := unhex(coLocated), map[netip.Addr]map[uint8]bool{}
			for range asked {
				p, length := prefix()
				length ^= uint8(random.IntN(4) / 3) // now and then the other
				if requested[p] == nil {
					requested[p] = map[uint8]bool{}
				}
				requested[p][length] = true
				request, _ = dsmip.PrefixRequest{PrefixLength: length, Prefix: p}.AppendBinary(request)
			}
			request = append(request, unhex(macM)...)
			reply, answered := unhex(accepted), map[netip.Addr]bool{}
			open := 0 // requests of other fields and lengths
			for _, lengths := range requested {
				open += len(lengths)
			}
			some := false // of them is answered
			var want []at
			for range n {
				p, length := prefix()
				switch lengths := requested[p]; {
				case answered[p]:
					want = append(want, each(len(reply), rules.ErrSecondPrefixReply))
				case len(lengths) == 0:
					want = append(want, each(len(reply), rules.ErrPrefixUnasked))
				case !lengths[length]:
					want = append(want, each(len(reply), dsmip.ErrOtherLength))
				}
				if len(requested[p]) > 0 && !answered[p] {
					some = true
					open--
				}
				answered[p] = true
				reply, _ = dsmip.PrefixReply{PrefixLength: length, Prefix: p}.AppendBinary(reply)
			}
			reply = append(reply, unhex(macM)...)
			if some && open > 0 {
				want = append([]at{{len(reply), true, rules.ErrPrefixUnanswered}}, want...)
			}
			q, err := mipv4.ParseRequest(request)
			if err != nil {
				t.Fatal(err)
			}
			for _, profile := range []dsmip.Profile{dsmip.Draft06, dsmip.RFC5454} {
				s := rules.Situation{Leg: code.HAtoMN, Profile: profile}
				if got, _ := faults(t, &s, reply, &q); !slices.Equal(got, want) {
					t.Errorf("%v, %d replies to %d requests: %d faults, want %d", profile, n, asked, len(got), len(want))
				}
			}
		}
	}
}

// TestChosenPrefix: under the draft a home agent may choose the prefix that it
// answers with, when it is asked to; and nothing is expected of a request that
// is known by its Identification only.
func TestChosenPrefix(t *testing.T) {
	const (
		other  = "98140200400020010db80bad00020000000000000000"
		zero   = "9812013800000000000000000000000000000000"
		iid    = "9812018000000000000000000200000000000001"
		static = "9812014020010db8000100020000000000000000"
	)
	reply, err := mipv4.ParseReply(unhex(accepted + other + macM))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, requests string
		draft, rfc5454 bool // whether it is a fault
	}{
		{"none", "", true, true},
		{"static", static, true, true},
		{"any", static + zero, false, true},
		{"home address", iid, false, true},
	} {
		q, err := mipv4.ParseRequest(unhex(coLocated + tt.requests + macM))
		if err != nil {
			t.Fatal(err)
		}
		for profile, want := range map[dsmip.Profile]bool{dsmip.Draft06: tt.draft, dsmip.RFC5454: tt.rfc5454} {
			s := rules.Situation{Leg: code.HAtoMN, Profile: profile}
			err := s.CheckReply(&reply, &q)
			if (err == rules.ErrPrefixUnasked) != want || !want && err != nil {
				t.Errorf("%s, %v: %v", tt.name, profile, err)
			}
		}
	}
	q := mipv4.Request{Identification: reply.Identification}
	s := rules.Situation{Leg: code.HAtoMN, Profile: dsmip.RFC5454}
	if err := s.CheckReply(&reply, &q); err != nil {
		t.Errorf("Identification only: %v", err)
	}
}

// TestListAtZero: an extension at offset 0, of a list without fixed part, is
// found again like any other.
func TestListAtZero(t *testing.T) {
	l, err := ext.Parse(manyReplies(t, 9)[20:], 0)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := l.First()
	again, err := ext.Parse(append(slices.Clone(first.Bytes()), l.Bytes()...), 0)
	if err != nil {
		t.Fatal(err)
	}
	r := mipv4.Reply{HomeAddress: netip.MustParseAddr("192.0.2.10"), HomeAgent: netip.MustParseAddr("192.0.2.1"), Extensions: again}
	s := rules.Situation{Leg: code.HAtoMN, Profile: dsmip.RFC5454}
	var repeated []int
	for v := range s.Reply(&r, nil) {
		if v.Fault != nil {
			if v.Fault != rules.ErrSecondPrefixReply {
				t.Errorf("%d: %v", v.Offset, v.Fault)
			}
			repeated = append(repeated, v.Offset)
		}
	}
	if n := len(first.Bytes()); !slices.Equal(repeated, []int{n}) {
		t.Errorf("repeated at %v, want %d", repeated, n)
	}
}
