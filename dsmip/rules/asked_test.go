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
