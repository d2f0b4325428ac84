package rules_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestTunnelReplyZone: the UDP Tunnel Reply for the mobile node stands before Mobile-Home,
// that for the foreign agent behind it (RFC 5944 §3.8.3.3). The mobile node's request
// stands before Mobile-Home, or before MN-AAA where that is alone.
func TestTunnelReplyZone(t *testing.T) {
	const tunnelReply = "2c06 00 00 0000 0078"
	front, behind := accepted+tunnelReply+macM, accepted+macM+tunnelReply
	for _, tt := range []struct {
		name, request string
		front, behind bool // whether the reply is out of its zone there
	}{
		{"the mobile node's", udpTunnel + macM, false, true},
		{"the foreign agent's", macM + udpTunnel, true, false},
		{"both", udpTunnel + macM + udpTunnel, false, false},
		{"before MN-AAA alone", udpTunnel + macA, false, true},
		{"behind MN-AAA alone", macA + udpTunnel, true, false},
		{"behind MN-AAA, Mobile-Home follows", macA + udpTunnel + macM, false, true},
		{"behind Mobile-Home, before MN-AAA", macM + udpTunnel + macA, true, false},
	} {
		q := parse(t, unhex(coLocated+tt.request)).request
		for hex, want := range map[string]bool{front: tt.front, behind: tt.behind} {
			m := parse(t, unhex(hex))
			m.asked = q
			for leg, want := range map[code.Leg]bool{code.HAtoFA: want, code.HAtoMN: false} {
				s := rules.Situation{Leg: leg, Profile: dsmip.RFC5454}
				found := false
				for v := range m.verdicts(&s) {
					found = found || v.Fault == rules.ErrTunnelReplyZone
				}
				if found != want {
					t.Errorf("%s, %v, %s: out of its zone %v", tt.name, leg, hex, found)
				}
			}
		}
	}
}

// TestTunnelReplyWithoutMobileHome: nothing divides a reply that has MN-AAA, which none may
// have, and no Mobile-Home, so that a UDP Tunnel Reply in it is in nobody's zone.
func TestTunnelReplyWithoutMobileHome(t *testing.T) {
	m := parse(t, unhex(accepted+"2c06 00 00 0000 0078"+macA))
	m.asked = parse(t, unhex(coLocated+macM+udpTunnel)).request
	s := rules.Situation{Leg: code.HAtoFA, Profile: dsmip.RFC5454}
	missing := false
	for v := range m.verdicts(&s) {
		if v.Fault == rules.ErrTunnelReplyZone {
			t.Error("out of its zone")
		}
		missing = missing || v.Fault == rules.ErrReplyNoMobileHome
	}
	if !missing {
		t.Error("Mobile-Home is not missed")
	}
}

// TestDeregistrationAsked: whether a reply without Foreign-Home answers a deregistration the
// request says, parsed or not; one that was not parsed, and has the Lifetime 0 of what is not
// set, leaves it to the reply.
func TestDeregistrationAsked(t *testing.T) {
	const grants, ends = "03 00 0708 c000020a c0000201 eeae5a5a3eb7e123", "03 00 0000 c000020a c0000201 eeae5a5a3eb7e123"
	const id = 0xeeae5a5a3eb7e123
	parsed := func(lifetime string) *mipv4.Request {
		return parse(t, unhex("01 00"+lifetime+"c000020a c0000201 c6336407 eeae5a5a3eb7e123"+macM)).request
	}
	for _, tt := range []struct {
		name    string
		reply   string
		asked   *mipv4.Request
		missing bool // Foreign-Home
	}{
		{"nothing is known, a grant", grants, nil, true},
		{"nothing is known, an end", ends, nil, false},
		{"the Lifetime is not told, a grant", grants, &mipv4.Request{Identification: id}, true},
		{"the Lifetime is not told, an end", ends, &mipv4.Request{Identification: id}, false},
		{"the Lifetime is told, a grant", grants, &mipv4.Request{Identification: id, Lifetime: 1800}, true},
		{"the Lifetime is told, an end", ends, &mipv4.Request{Identification: id, Lifetime: 1800}, true},
		{"a registration, an end", ends, parsed("0708"), true},
		{"a deregistration, an end", ends, parsed("0000"), false},
		{"a deregistration, a grant", grants, parsed("0000"), false},
	} {
		m := parse(t, unhex(tt.reply+macM))
		m.asked = tt.asked
		s := rules.Situation{Leg: code.HAtoFA, Profile: dsmip.RFC5454, ForeignHome: rules.Shared}
		missing := false
		for v := range m.verdicts(&s) {
			missing = missing || v.Fault == ext.ErrNoForeignHome
		}
		if missing != tt.missing {
			t.Errorf("%s: Foreign-Home is missed %v", tt.name, missing)
		}
	}
}

// TestWithoutIPv4Addresses: a message that nobody parsed may have no addresses, or others
// than IPv4. It is judged all the same, and what is not there is not called multicast.
func TestWithoutIPv4Addresses(t *testing.T) {
	never := []*code.Fault{
		rules.ErrRequestHomeAddress, rules.ErrMulticastCareOfAddress, rules.ErrBroadcastCareOfAddress, rules.ErrHomeAddressNotServed,
	}
	for _, a := range []netip.Addr{{}, netip.MustParseAddr("ff02::1")} {
		at := rules.Receiver{
			Addresses: []netip.Addr{a}, Source: a, Destination: a, CareOfAddresses: []netip.Addr{a}, TTL: 1,
			Serves: func(netip.Addr) bool { return false },
		}
		q := mipv4.Request{HomeAddress: a, HomeAgent: a, CareOfAddress: a, Lifetime: 1800}
		r := mipv4.Reply{HomeAddress: a, HomeAgent: a}
		for leg := code.MNtoFA; leg <= code.FAtoMN; leg++ {
			s := rules.Situation{Leg: leg, Profile: dsmip.RFC5454, Receiver: &at}
			m := message{request: &q}
			if leg.Reply() {
				m = message{reply: &r, asked: &q}
			}
			n := 0
			for v := range m.verdicts(&s) {
				n++
				if slices.Contains(never, v.Fault) {
					t.Errorf("%v, %v: %v", leg, a, v.Fault)
				}
			}
			if n == 0 || m.check(&s) == nil {
				t.Errorf("%v, %v: nothing is wrong with a message that nothing authorizes", leg, a)
			}
		}
	}
}

// TestNAIAsked: the reply has a Mobile Node NAI where the mobile node's request has one
// that names somebody: it stands before Mobile-Home, or before MN-AAA where that is alone.
func TestNAIAsked(t *testing.T) {
	const name, empty = "83 03 614062", "83 00"
	for _, tt := range []struct {
		request string
		want    bool
	}{
		{macM, false},
		{name + macM, true},
		{empty + macM, false},
		{macM + name, false},
		{macM + name + macA, false},
		{name + macA, true},
		{macA + name, false},
		{macA + name + macM, true},
		{macA + empty + macM, false},
	} {
		m := parse(t, unhex(accepted+macM))
		m.asked = parse(t, unhex(coLocated+tt.request)).request
		s := rules.Situation{Leg: code.HAtoMN, Profile: dsmip.RFC5454}
		missing := false
		for v := range m.verdicts(&s) {
			missing = missing || v.Fault == rules.ErrNAIMissing
		}
		if missing != tt.want {
			t.Errorf("%s: missing %v", tt.request, missing)
		}
	}
}

// TestManyNetworks: an explicit acknowledgement is of a prefix that was asked for, and an
// implicit one of another, however many there are (RFC 5177 §4.2).
func TestManyNetworks(t *testing.T) {
	for _, n := range []int{0, 1, 8, 9, 300, 5000} {
		request, reply := unhex(coLocated), unhex(accepted)
		for i := range n { // 10.0.0.0/24 and on
			request = append(request, 148, 6, 0, 24, 10, byte(i>>8), byte(i), 0)
		}
		request = append(request, unhex(macM)...)
		type ack struct {
			sub, length byte
			i           int
			want        *code.Fault
		}
		acks := []ack{
			{1, 24, n, rules.ErrNetworkUnasked}, {2, 24, n, nil},
			{1, 25, 0, rules.ErrNetworkUnasked}, {2, 25, 0, nil},
		}
		for _, i := range []int{0, n / 2, n - 1} {
			if n > 0 {
				acks = append(acks, ack{1, 24, i, nil}, ack{2, 24, i, rules.ErrImplicitAcknowledgement})
			}
		}
		want := map[int]*code.Fault{}
		for _, a := range acks {
			want[len(reply)] = a.want
			reply = append(reply, 148, 8, a.sub, 0, a.length, 0, 10, byte(a.i>>8), byte(a.i), 0)
		}
		m := parse(t, append(reply, unhex(macM)...))
		m.asked = parse(t, request).request
		s := rules.Situation{Leg: code.HAtoMN, Profile: dsmip.RFC5454}
		judged := 0
		for v := range m.verdicts(&s) {
			fault, ours := want[v.Offset]
			if !ours || len(v.Extension.Bytes()) == 0 {
				continue
			}
			judged++
			if v.Fault != fault {
				t.Errorf("%d networks, at %d: %v, want %v", n, v.Offset, v.Fault, fault)
			}
		}
		if judged != len(acks) {
			t.Errorf("%d networks: %d of %d acknowledgements judged", n, judged, len(acks))
		}
		if err := m.check(&s); err == nil {
			t.Errorf("%d networks: no fault", n)
		}
	}
}

// TestAnswersToWhatWasAsked: the boundaries of what the request says of a reply.
func TestAnswersToWhatWasAsked(t *testing.T) {
	const (
		name, other, longer = "83 03 614062", "83 03 614063", "83 05 6140626364"
		challenge, fresh    = "84 04 deadbeef", "84 04 01020304"
		greKey, gateway     = "30 00 0004 00000001", "2e 06 0000 c6336409"
		reserved            = "2e 06 ffff c6336409" // the same gateway
		one                 = "20010db8000100000000000000000000"
		two                 = "20010db8000200000000000000000000"
		bits                = "20010db8000200000000000000000001"
		zero                = "00000000000000000000000000000000"
		ask, answer         = "98 12 01 30", "98 14 02 00 30 00"
		unreadable          = "98 12 01 c8" + two
		service             = "97 03 696d73"
		mode                = "98 02 03 00"
		careOf              = "98 14 02 01 30 00"
		assigned            = "94 06 00 00 00000000"
		network, explicit   = "94 06 00 18 cb007100", "94 08 01 00 18 00 cb007100"
		implicit            = "94 08 02 00 18 00 cb007100"
		optimize, optimized = "99 02 01 80", "31 02 01 00"
		prefixes            = "32 01 0005 40 c000020a"

		gone      = "01 20 0000 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		unset     = "01 00 0708 c000020a c0000201 00000000 eeae5a5a3eb7e123"
		unsetGone = "01 00 0000 c000020a c0000201 00000000 eeae5a5a3eb7e123"
		nobody    = "01 20 0708 00000000 c0000201 c6336407 eeae5a5a3eb7e123"
		through   = "01 00 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		denied    = "03 81 0708 c000020a c0000201 eeae5a5a3eb7e123"
		foreign   = "03 40 0708 c000020a c0000201 eeae5a5a3eb7e123"
		ended     = "03 00 0000 c000020a c0000201 eeae5a5a3eb7e123"
		marked    = "03 63 0708 00000000 c0000201 eeae5a5a3eb7e123" // Code 99
		unmarked  = "03 60 0708 00000000 c0000201 eeae5a5a3eb7e123"
	)
	const draft, rfc, mn, fa, relayed = dsmip.Draft06, dsmip.RFC5454, code.HAtoMN, code.HAtoFA, code.FAtoMN
	misplacedService := misplaced(ext.KindServiceSelection)
	for _, tt := range []struct {
		fault          *code.Fault
		want           bool
		leg            code.Leg
		profile        dsmip.Profile
		request, reply string
	}{
		{rules.ErrOtherNAI, false, mn, rfc, coLocated + name + macM, accepted + name + macM},
		{rules.ErrOtherNAI, true, mn, rfc, coLocated + name + macM, accepted + other + macM},
		{rules.ErrOtherNAI, true, mn, rfc, coLocated + name + macM, accepted + longer + macM},
		{rules.ErrOtherNAI, true, mn, rfc, coLocated + longer + macM, accepted + name + macM},
		{rules.ErrOtherNAI, true, mn, rfc, coLocated + name, accepted + longer + macM},
		{rules.ErrOtherNAI, true, mn, rfc, coLocated + macA + name + macM, accepted + other + macM},
		{rules.ErrOtherNAI, false, mn, rfc, coLocated + macA + name + other + macM, accepted + name + macM},
		{rules.ErrOtherNAI, false, mn, rfc, coLocated + macA + name, accepted + other + macM},
		{rules.ErrOtherNAI, false, mn, rfc, coLocated + name + other + macM, accepted + name + macM},
		{rules.ErrOtherNAI, false, mn, rfc, coLocated + macM, accepted + other + macM},
		{rules.ErrOtherNAI, false, relayed, rfc, through + name + macM, foreign + other},

		{rules.ErrChallengeUsed, true, relayed, rfc, through + macM + challenge + macA, accepted + macM + challenge},
		{rules.ErrChallengeUsed, false, relayed, rfc, through + macM + challenge + macA, accepted + macM + fresh},
		{rules.ErrChallengeUsed, false, relayed, rfc, through + macM, accepted + macM + fresh},
		{rules.ErrChallengeUsed, false, relayed, rfc, through + macM + challenge + macA, "03 40 0708 c000020a c0000201 eeae5a5a3eb7e123" + challenge}, // the foreign agent's own denial
		{rules.ErrChallengeUsed, false, fa, rfc, through + macM + challenge + macA, accepted + macM + challenge},

		{rules.ErrGREKeyMissing, true, fa, rfc, through + macM + greKey, accepted + macM},
		{rules.ErrGREKeyMissing, false, fa, rfc, through + macM + greKey, accepted + macM + greKey},
		{rules.ErrGREKeyMissing, false, fa, rfc, through + macM + greKey, ended + macM},
		{rules.ErrGREKeyMissing, false, fa, rfc, through + macM + greKey, denied + macM},
		{rules.ErrGREKeyMissing, false, fa, rfc, through + macM, accepted + macM},
		{rules.ErrGREKeyMissing, false, relayed, rfc, through + macM + greKey, accepted + macM},

		{rules.ErrGatewayMissing, true, mn, rfc, unset + macM, accepted + macM},
		{rules.ErrGatewayMissing, true, fa, rfc, through + macM + gateway, accepted + macM},
		{rules.ErrGatewayMissing, false, mn, rfc, unset + macM, accepted + gateway + macM},
		{rules.ErrGatewayMissing, false, mn, rfc, unset + macM, denied + macM},
		{rules.ErrGatewayMissing, false, mn, rfc, unsetGone + macM, ended + macM},
		{rules.ErrGatewayMissing, false, mn, rfc, through + macM, accepted + macM},
		{rules.ErrOtherGateway, true, fa, rfc, unset + macM + gateway, accepted + "2e 06 0000 c633640a" + macM},
		{rules.ErrOtherGateway, false, fa, rfc, unset + macM + gateway, accepted + reserved + macM},
		{rules.ErrOtherGateway, false, fa, rfc, unset + macM, accepted + gateway + macM},
		{rules.ErrOtherGateway, false, relayed, rfc, unset + macM + gateway, accepted + "2e 06 0000 c633640a" + macM},

		{rules.ErrPrefixUnanswered, true, mn, rfc, coLocated + ask + one + ask + two + macM, accepted + answer + one + macM},
		{rules.ErrPrefixUnanswered, true, mn, draft, coLocated + ask + one + ask + bits + macM, accepted + answer + one + macM},
		{rules.ErrPrefixUnanswered, false, mn, rfc, coLocated + ask + one + ask + bits + macM, accepted + answer + one + macM},
		{rules.ErrPrefixUnanswered, true, mn, draft, coLocated + ask + one + ask + zero + macM, accepted + answer + one + macM},
		{rules.ErrPrefixUnanswered, false, mn, rfc, coLocated + ask + one + ask + zero + macM, accepted + answer + one + macM},
		{rules.ErrPrefixUnanswered, false, mn, rfc, coLocated + ask + one + unreadable + macM, accepted + answer + one + macM},
		{rules.ErrPrefixUnanswered, false, mn, rfc, coLocated + ask + one + macM + ask + two, accepted + answer + one + macM},
		{rules.ErrPrefixUnanswered, false, mn, rfc, coLocated + ask + one + ask + two + macM, denied + answer + one + macM},
		{rules.ErrPrefixUnanswered, false, mn, rfc, coLocated + ask + one + macM, accepted + answer + two + macM},
		{rules.ErrPrefixUnanswered, false, mn, rfc, coLocated + ask + one + macM, accepted + macM},
		{rules.ErrPrefixUnanswered, false, mn, rfc, coLocated + ask + one + ask + one + macM, accepted + answer + one + macM},

		{rules.ErrPrefixUnasked, true, mn, draft, coLocated + ask + one + macM, accepted + "98 14 02 08 ff 00" + two + macM},
		{rules.ErrPrefixUnasked, false, mn, draft, coLocated + "98 12 01 ff" + two + macM, accepted + "98 14 02 08 ff 00" + two + macM},
		{rules.ErrPrefixUnasked, false, mn, draft, coLocated + ask + one + macM, accepted + "98 14 02 00 ff 00" + two + macM},
		{rules.ErrLinkLocalLength, true, mn, draft, coLocated + ask + one + macM, accepted + "98 14 02 00 ff 00" + two + macM},
		{rules.ErrLinkLocalLength, false, mn, draft, coLocated + ask + one + macM, accepted + "98 14 02 08 ff 00" + two + macM},
		{rules.ErrHostBits, true, mn, rfc, coLocated + ask + bits + macM, accepted + "98 14 02 08 30 00" + bits + macM},

		{dsmip.ErrTunnelUnasked, true, fa, draft, through + ask + one + macM, accepted + careOf + one + macM},
		{dsmip.ErrTunnelUnasked, false, fa, draft, through + ask + one + macM, accepted + answer + one + macM},
		{dsmip.ErrTunnelUnasked, false, fa, draft, through + ask + one + macM + mode, accepted + careOf + one + macM},
		{dsmip.ErrTunnelUnasked, false, relayed, draft, through + ask + one + macM, accepted + careOf + one + macM},
		{dsmip.ErrTunnelUnasked, true, relayed, rfc, through + ask + one + macM, accepted + careOf + one + macM},
		{dsmip.ErrTunnelUnasked, false, fa, draft, through + ask + one + macM, accepted + careOf + two + macM}, // unasked itself
		{dsmip.ErrOtherLength, false, fa, draft, through + ask + one + macM, accepted + "98 14 02 01 31 00" + one + macM},

		{misplacedService, true, fa, rfc, through + service + macM, accepted + macM + service},
		{misplacedService, true, fa, rfc, through + service + macA, accepted + macM + service},
		{misplacedService, false, fa, rfc, through + service + macM, accepted + service + macM},
		{misplacedService, false, fa, rfc, through + macM + service, accepted + macM + service},
		{misplacedService, false, fa, rfc, through + macA + service, accepted + macM + service},

		{rules.ErrRevocationUnasked, false, relayed, rfc, through + macM, accepted + "89 06 0000 00000001" + macM},
		{rules.ErrRevocationInform, true, fa, rfc, through + macM + "89 06 0000 00000001", accepted + "89 06 8000 00000001" + macM},
		{rules.ErrRevocationInform, false, relayed, rfc, through + macM + "89 06 0000 00000001", accepted + "89 06 8000 00000001" + macM},

		{rules.ErrRouteOptimizationFlags, false, mn, rfc, coLocated + optimize + macM, accepted + "31 02 01 40" + macM}, // N
		{rules.ErrRouteOptimizationFlags, false, mn, rfc, coLocated + macM, accepted + "31 02 01 80" + macM},            // unasked itself
		{rules.ErrRouteOptimizationFlags, true, mn, rfc, coLocated + "99 02 01 90" + macM, accepted + optimized + macM},
		{rules.ErrRouteOptimizationMissing, true, mn, rfc, coLocated + "99 02 01 40" + macM, accepted + prefixes + macM},
		{rules.ErrRouteOptimizationMissing, false, mn, rfc, coLocated + "99 02 01 40" + macM, denied + prefixes + macM},

		{rules.ErrImplicitAcknowledgement, true, mn, rfc, coLocated + assigned + network + macM, accepted + implicit + macM},
		{rules.ErrImplicitAcknowledgement, false, mn, rfc, coLocated + assigned + macM, accepted + implicit + macM},
		{rules.ErrNetworkUnasked, true, mn, rfc, coLocated + "94 06 00 18 c6336400" + macM, accepted + explicit + macM},
		{rules.ErrMobileNetworkAckDeregisters, true, mn, rfc, gone + macM, ended + implicit + macM},
		{rules.ErrMobileNetworkAckDeregisters, false, mn, rfc, coLocated + network + macM, ended + explicit + macM},

		{mipv4.ErrOtherHomeAddress, true, relayed, rfc, nobody + name + macM, foreign + name},
		{mipv4.ErrOtherHomeAddress, false, relayed, rfc, nobody + name + macM, accepted + name + macM},
		{mipv4.ErrOtherHomeAddress, false, relayed, rfc, through + name + macM, marked + name + macM},
		{mipv4.ErrOtherHomeAddress, true, relayed, rfc, through + name + macM, unmarked + name + macM},
		{mipv4.ErrOtherHomeAddress, true, relayed, rfc, through + name + macM, marked + name},
	} {
		m := parse(t, unhex(tt.reply))
		m.asked = parse(t, unhex(tt.request)).request
		s := rules.Situation{Leg: tt.leg, Profile: tt.profile}
		found := false
		for v := range m.verdicts(&s) {
			found = found || v.Fault == tt.fault
		}
		if found != tt.want {
			t.Errorf("%v, %v, %s to %s: %v is found %v", tt.leg, tt.profile, tt.reply, tt.request, tt.fault, found)
		}
	}
}
