package rules_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

const (
	coLocated = "01 20 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123" // D, 198.51.100.7
	private   = "01 20 0708 c000020a c0000201 0a000007 eeae5a5a3eb7e123" // D, 10.0.0.7
	viaAgent  = "01 00 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
	accepted  = "03 00 0708 c000020a c0000201 eeae5a5a3eb7e123"
	macM      = "201400000100 00000000000000000000000000000000"
	macA      = "24010014 00000100 00000000000000000000000000000000"
	tunnel    = "9006 00 00 00 2f 0000" // UDP Tunnel Request, Encapsulation GRE
)

// at is a fault and where it is found.
type at struct {
	offset int
	fault  *code.Fault
}

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
		{"host bits", coLocated + prefix("40", netBits) + macM, code.MNtoHA, nil, []at{{24, dsmip.ErrHostBits}}},
		{"address", coLocated + prefix("80", netBits) + macM, code.MNtoHA, nil, nil},
		{"zero prefix", coLocated + prefix("00", zero) + macM, code.MNtoHA, nil, []at{{24, dsmip.ErrZeroPrefix}}},
		{"zero prefix with a hint", coLocated + prefix("38", zero) + macM, code.MNtoHA, nil, []at{{24, dsmip.ErrZeroPrefix}}},
		{"zero prefix with host bits", coLocated + prefix("00", iid) + macM, code.MNtoHA, nil, []at{{24, dsmip.ErrHostBits}, {24, dsmip.ErrZeroPrefix}}},
		{"interface identifier", coLocated + prefix("80", iid) + macM, code.MNtoHA, nil, nil},
		{"link-local", coLocated + prefix("ff", local) + macM, code.MNtoHA, []at{{24, dsmip.ErrLinkLocalLength}}, nil},
		{"255 with another address", coLocated + prefix("ff", net) + macM, code.MNtoHA,
			[]at{{24, dsmip.ErrLinkLocalLength}}, []at{{24, dsmip.ErrLinkLocal}}},
		{"a prefix that does not parse", coLocated + prefix("c8", net) + macM, code.MNtoHA, nil, nil},
		{"the same prefix twice in a request", coLocated + prefix("40", net) + prefix("40", net) + macM, code.MNtoHA, nil, nil},
		{"two modes", coLocated + mode + mode + macM, code.MNtoHA, []at{{28, dsmip.ErrSecondTunnelingMode}}, []at{{28, dsmip.ErrSecondTunnelingMode}}},
		{"mode without D", viaAgent + mode + macM, code.MNtoFA, []at{{24, dsmip.ErrTunnelingModeCareOf}}, []at{{24, dsmip.ErrTunnelingModeCareOf}}},
		{"the foreign agent's mode", viaAgent + macM + mode, code.FAtoHA, nil, []at{{46, dsmip.ErrTunnelingModeForeign}}},
		{"the foreign agent's mode with D", coLocated + macM + mode, code.FAtoHA,
			[]at{{46, dsmip.ErrTunnelingModeCoLocated}}, []at{{46, dsmip.ErrTunnelingModeForeign}}},
		{"mode behind MN-AAA alone", viaAgent + macA + mode, code.FAtoHA,
			[]at{{24, mipv4.ErrOnlyMNAAA}}, []at{{24, mipv4.ErrOnlyMNAAA}, {48, dsmip.ErrTunnelingModeForeign}}},
		{"mode between MN-AAA and Mobile-Home", coLocated + macA + mode + macM, code.FAtoHA,
			[]at{{24, mipv4.ErrOnlyMNAAA}}, []at{{24, mipv4.ErrOnlyMNAAA}}},
		{"encapsulation, the foreign agent's", private + prefix("40", net) + macM + tunnel, code.FAtoHA,
			[]at{{66, mipv4.ErrTunnelRequestForeign}}, []at{{66, mipv4.ErrTunnelRequestForeign}}},
		{"encapsulation, unknown sub-type", private + "98020900" + tunnel + macM, code.MNtoHA, nil, nil},
		{"encapsulation, private", private + prefix("40", net) + tunnel + macM, code.MNtoHA, nil, []at{{44, dsmip.ErrTunnelEncapsulation}}},
		{"encapsulation, public", coLocated + prefix("40", net) + tunnel + macM, code.MNtoHA, nil, nil},
		{"encapsulation, IPv4 only", private + tunnel + macM, code.MNtoHA, nil, nil},
		{"reply", accepted + reply("40", net) + reply("41", net) + macM, code.HAtoMN, nil, nil},
		{"reply, host bits", accepted + reply("40", netBits) + macM, code.HAtoMN, nil, []at{{20, dsmip.ErrHostBits}}},
		{"reply, zero prefix", accepted + reply("00", zero) + macM, code.HAtoMN, nil, nil},
		{"reply, link-local", accepted + reply("ff", local) + macM, code.HAtoMN, []at{{20, dsmip.ErrLinkLocalLength}}, nil},
		{"reply, same prefix", accepted + reply("40", net) + reply("40", net) + macM, code.HAtoMN,
			[]at{{42, dsmip.ErrSecondPrefixReply}}, []at{{42, dsmip.ErrSecondPrefixReply}}},
		{"reply, same but for host bits", accepted + reply("40", net) + reply("40", netBits) + macM, code.HAtoMN,
			[]at{{42, dsmip.ErrSecondPrefixReply}}, []at{{42, dsmip.ErrHostBits}, {42, dsmip.ErrSecondPrefixReply}}},
		{"reply, does not parse", accepted + reply("c8", net) + macM, code.HAtoMN, nil, nil},
		{"on no leg", coLocated + mode + mode + macM, code.Leg(0), nil, nil},
		{"reply on no leg", accepted + reply("40", net) + reply("40", net), code.Leg(0), nil, nil},
	}
	for _, tt := range tests {
		for profile, want := range map[dsmip.Profile][]at{dsmip.Draft06: tt.draft, dsmip.RFC5454: tt.rfc5454} {
			got, first := judge(t, unhex(tt.msg), profile, mipv4.Situation{Leg: tt.leg})
			if !slices.Equal(got, want) {
				t.Errorf("%s, %v: %v, want %v", tt.name, profile, got, want)
			}
			if len(want) == 0 && first != nil || len(want) > 0 && first != error(want[0].fault) {
				t.Errorf("%s, %v: first %v", tt.name, profile, first)
			}
		}
	}
	got, _ := judge(t, unhex(coLocated+macM+mode), dsmip.Draft06, mipv4.Situation{Leg: code.FAtoHA, RegistrationRequired: true})
	if !slices.Equal(got, []at{{46, dsmip.ErrTunnelingModeRegistered}}) {
		t.Errorf("with R: %v", got)
	}
	// What package mipv4 finds comes first.
	got, first := judge(t, unhex(coLocated+prefix("ff", local)+macM+macM), dsmip.Draft06, mipv4.Situation{Leg: code.MNtoHA})
	if !slices.Equal(got, []at{{66, mipv4.ErrSecondMobileHome}, {24, dsmip.ErrLinkLocalLength}}) || first != mipv4.ErrSecondMobileHome {
		t.Errorf("both: %v, first %v", got, first)
	}
}

// judge returns all faults of a message, and the first as CheckRequest or
// CheckReply gives it.
func judge(t *testing.T, msg []byte, p dsmip.Profile, s mipv4.Situation) (all []at, first error) {
	t.Helper()
	if msg[0] == 1 {
		r, err := mipv4.ParseRequest(msg)
		if err != nil {
			t.Fatal(err)
		}
		for offset, f := range p.RequestFaults(&r, s) {
			all = append(all, at{offset, f})
		}
		for range p.RequestFaults(&r, s) {
			break
		}
		return all, p.CheckRequest(&r, s)
	}
	r, err := mipv4.ParseReply(msg)
	if err != nil {
		t.Fatal(err)
	}
	for offset, f := range p.ReplyFaults(&r, nil, s) {
		all = append(all, at{offset, f})
	}
	for range p.ReplyFaults(&r, nil, s) {
		break
	}
	return all, p.CheckReply(&r, nil, s)
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
					want = append(want, at{len(msg), dsmip.ErrSecondPrefixReply})
				}
				seen[key] = true
				b, err := p.AppendBinary(msg)
				if err != nil {
					t.Fatal(err)
				}
				msg = b
			}
			msg = append(msg, unhex(macM)...)
			got, _ := judge(t, msg, dsmip.RFC5454, mipv4.Situation{Leg: code.HAtoMN})
			if !slices.Equal(got, want) {
				t.Errorf("%d replies, %d distinct: %d repeated, want %d", n, distinct, len(got), len(want))
			}
		}
	}
}

// TestUnaskedPrefixReplies compares the search for the requests of prefix replies
// with a map, for few and for many of either.
func TestUnaskedPrefixReplies(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	prefix := func() (p netip.Addr, length uint8, key string) {
		p = netip.MustParseAddr(fmt.Sprintf("2001:%x::", random.IntN(4000)))
		length = uint8(32 + random.IntN(2))
		return p, length, fmt.Sprint(netip.PrefixFrom(p, int(length)).Masked())
	}
	for _, n := range []int{0, 1, 7, 8, 9, 100, 2900} {
		for _, asked := range []int{0, 1, 8, 9, 2900} {
			request, requested := unhex(coLocated), map[string]bool{}
			for range asked {
				p, length, _ := prefix()
				requested[netip.PrefixFrom(p, int(length)).Masked().Addr().String()] = true // whatever its length
				request, _ = dsmip.PrefixRequest{PrefixLength: length, Prefix: p}.AppendBinary(request)
			}
			request = append(request, unhex(macM)...)
			reply, answered := unhex(accepted), map[string]bool{}
			var want []at
			for range n {
				p, length, key := prefix()
				if answered[key] {
					want = append(want, at{len(reply), dsmip.ErrSecondPrefixReply})
				}
				if !requested[netip.PrefixFrom(p, int(length)).Masked().Addr().String()] {
					want = append(want, at{len(reply), dsmip.ErrPrefixUnasked})
				}
				answered[key] = true
				reply, _ = dsmip.PrefixReply{PrefixLength: length, Prefix: p}.AppendBinary(reply)
			}
			reply = append(reply, unhex(macM)...)
			q, err := mipv4.ParseRequest(request)
			if err != nil {
				t.Fatal(err)
			}
			p, err := mipv4.ParseReply(reply)
			if err != nil {
				t.Fatal(err)
			}
			for _, profile := range []dsmip.Profile{dsmip.Draft06, dsmip.RFC5454} {
				var got []at
				for offset, f := range profile.ReplyFaults(&p, &q, mipv4.Situation{Leg: code.HAtoMN}) {
					got = append(got, at{offset, f})
				}
				if !slices.Equal(got, want) {
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
			err := profile.CheckReply(&reply, &q, mipv4.Situation{Leg: code.HAtoMN})
			if (err == dsmip.ErrPrefixUnasked) != want || !want && err != nil {
				t.Errorf("%s, %v: %v", tt.name, profile, err)
			}
		}
	}
	q := mipv4.Request{Identification: reply.Identification}
	if err := dsmip.RFC5454.CheckReply(&reply, &q, mipv4.Situation{Leg: code.HAtoMN}); err != nil {
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
	r := mipv4.Reply{Extensions: again}
	if err := dsmip.RFC5454.CheckReply(&r, nil, mipv4.Situation{Leg: code.HAtoMN}); err != dsmip.ErrSecondPrefixReply {
		t.Errorf("%v", err)
	}
}

func TestCheckAllocatesNothing(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	msg, _ := reference(t)
	r, err := mipv4.ParseRequest(msg)
	if err != nil {
		t.Fatal(err)
	}
	many, err := mipv4.ParseReply(manyReplies(t, 2900))
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]func(){
		"right": func() {
			if err := dsmip.RFC5454.CheckRequest(&r, mipv4.Situation{Leg: code.MNtoHA}); err != nil {
				t.Fatal(err)
			}
		},
		"wrong": func() {
			if err := dsmip.Draft06.CheckRequest(&r, mipv4.Situation{Leg: code.MNtoFA, MobileForeign: mipv4.Shared}); err != ext.ErrNoMobileForeign {
				t.Fatal(err)
			}
		},
		"all faults": func() {
			for offset := range dsmip.Draft06.RequestFaults(&r, mipv4.Situation{Leg: code.HAtoMN}) {
				sink.n += offset
			}
		},
	} {
		if n := allocations(f); n != 0 {
			t.Errorf("%s: %v allocations in 1000 calls", name, n)
		}
	}
	asked, err := mipv4.ParseRequest(manyRequests(t, 2900))
	if err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(20, func() { sink.err = dsmip.Draft06.CheckReply(&many, &asked, mipv4.Situation{Leg: code.HAtoMN}) }); n != 0 {
		t.Errorf("2,900 prefix replies to as many requests: %v allocations", n)
	}
	if n := testing.AllocsPerRun(20, func() { sink.err = dsmip.Draft06.CheckReply(&many, nil, mipv4.Situation{Leg: code.HAtoMN}) }); n != 0 {
		t.Errorf("2,900 prefix replies: %v allocations", n)
	}
}

// manyRequests is a request for n different prefixes.
func manyRequests(t testing.TB, n int) []byte {
	msg := unhex(coLocated)
	for i := range n {
		b, err := dsmip.PrefixRequest{PrefixLength: 64, Prefix: netip.MustParseAddr(fmt.Sprintf("2001:db8:0:%x::", i))}.AppendBinary(msg)
		if err != nil {
			t.Fatal(err)
		}
		msg = b
	}
	return append(msg, unhex(macM)...)
}

// manyReplies is a reply with n different prefixes.
func manyReplies(t testing.TB, n int) []byte {
	msg := unhex(accepted)
	for i := range n {
		b, err := dsmip.PrefixReply{PrefixLength: 64, Prefix: netip.MustParseAddr(fmt.Sprintf("2001:db8:0:%x::", i))}.AppendBinary(msg)
		if err != nil {
			t.Fatal(err)
		}
		msg = b
	}
	return append(msg, unhex(macM)...)
}
