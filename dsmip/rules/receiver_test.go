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
)

// TestReceiver: what the receiver knows is judged when it is told, and only then. The home
// address is 192.0.2.10, the home agent 192.0.2.1 and the care-of address 198.51.100.7. What
// TestReceiverBounds has, with the place of each fault, is not repeated.
func TestReceiver(t *testing.T) {
	const (
		challenge    = "8404 deadbeef"
		lastM        = "211400000200 00000000000000000000000000000000"
		name         = "83 03 614062"
		encapsulated = "8200"
		forced       = "9006 00 00 80 00 0000" // UDP Tunnel Request, F
		throughR     = "9006 00 00 40 00 0000" // UDP Tunnel Request, R
		viaT         = "01 02 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		viaM         = "01 10 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		viaG         = "01 08 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		viaD         = "01 20 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		viaDT        = "01 22 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		nobody       = "01 00 0708 00000000 c0000201 c6336407 eeae5a5a3eb7e123" + name
		ends         = "01 00 0000 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		endsM        = "01 10 0000 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		viaDM        = "01 30 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		anyone       = "01 00 0708 c000020a c0000201 00000000 eeae5a5a3eb7e123" // a gateway's care-of address
		requestedHA  = "8b05 01 c0000202"
	)
	addr := netip.MustParseAddr
	home, agent, careOf, other := addr("192.0.2.10"), addr("192.0.2.1"), addr("198.51.100.7"), addr("203.0.113.9")
	given := [][]byte{{0xde, 0xad, 0xbe, 0xef}}
	serves := func(want netip.Addr) func(netip.Addr) bool { return func(a netip.Addr) bool { return a == want } }
	const mnfa, mnha, faha = code.MNtoFA, code.MNtoHA, code.FAtoHA
	for _, tt := range []struct {
		name string
		leg  code.Leg
		hex  string
		at   rules.Receiver
		want *code.Fault // nil for none of those below
	}{
		{"from the home address", mnfa, viaAgent + macM, rules.Receiver{Source: home}, nil},
		{"from no address", mnfa, viaAgent + macM, rules.Receiver{Source: netip.IPv4Unspecified()}, nil},
		{"from a co-located address", mnfa, viaD + macM, rules.Receiver{Source: careOf}, nil},
		{"relayed from the care-of address", faha, viaAgent + macM, rules.Receiver{Source: careOf}, nil},
		{"relayed from elsewhere, co-located", faha, viaD + macM, rules.Receiver{Source: other}, nil},
		{"a deregistration relayed by another", faha, ends + macM, rules.Receiver{Source: other}, nil},
		{"directly from the care-of address", mnha, viaD + macM, rules.Receiver{Source: careOf}, nil},
		{"directly from the home address", mnha, viaD + macM, rules.Receiver{Source: home}, nil},
		{"directly from no address", mnha, viaD + macM, rules.Receiver{Source: netip.IPv4Unspecified()}, nil}, // RFC 3519 §4.6.1
		{"directly through a NAT", mnha, viaDT + forced + macM, rules.Receiver{Source: other, UDPTunnel: rules.ServiceOffered}, nil},

		{"T refused", mnfa, viaT + macM, rules.Receiver{ReverseTunnel: rules.ServiceRefused}, rules.ErrReverseTunnelUnavailable},
		{"no T, which is refused", mnfa, viaAgent + macM, rules.Receiver{ReverseTunnel: rules.ServiceRefused}, nil},
		{"T demanded", mnfa, viaAgent + macM, rules.Receiver{ReverseTunnel: rules.ServiceDemanded}, rules.ErrReverseTunnelMandatory},
		{"T, which is demanded", mnfa, viaT + macM, rules.Receiver{ReverseTunnel: rules.ServiceDemanded}, nil},
		{"T demanded of who leaves", mnfa, ends + macM, rules.Receiver{ReverseTunnel: rules.ServiceDemanded}, nil},
		{"M refused", mnfa, viaM + macM, rules.Receiver{MinimalEncapsulation: rules.ServiceRefused}, rules.ErrEncapsulationUnavailable},
		{"M refused where the mobile node ends the tunnel", mnfa, viaDM + macM, rules.Receiver{MinimalEncapsulation: rules.ServiceRefused}, nil},
		{"M refused to who leaves", mnfa, endsM + macM, rules.Receiver{MinimalEncapsulation: rules.ServiceRefused}, nil},
		{"G refused", faha, viaG + macM, rules.Receiver{GREEncapsulation: rules.ServiceRefused}, rules.ErrEncapsulationUnavailable},
		{"from afar", mnfa, viaT + macM, rules.Receiver{TTL: 64, Destination: addr("198.51.100.1")}, rules.ErrTooDistant},
		{"from afar, T refused", mnfa, viaT + macM, rules.Receiver{TTL: 64, Destination: addr("198.51.100.1"), ReverseTunnel: rules.ServiceRefused}, rules.ErrReverseTunnelUnavailable},
		{"from the link", mnfa, viaT + macM, rules.Receiver{TTL: 255, Destination: addr("198.51.100.1")}, nil},
		{"to all agents", mnfa, viaT + macM, rules.Receiver{TTL: 1, Destination: addr("224.0.0.11")}, nil},
		{"delivery style refused", mnfa, viaT + macM + encapsulated + lastM, rules.Receiver{EncapsulatingDelivery: rules.ServiceRefused}, rules.ErrDeliveryStyle},

		{"to the foreign agent itself", mnfa, viaAgent + macM, rules.Receiver{Addresses: []netip.Addr{agent}}, rules.ErrForeignAsHome},
		{"of somebody", mnfa, viaAgent + macM, rules.Receiver{HomeAddressRequired: true}, nil},
		{"offered with D", mnfa, viaD + macM, rules.Receiver{CareOfAddresses: []netip.Addr{careOf}}, rules.ErrOfferedWithD},
		{"offered", mnfa, viaAgent + macM, rules.Receiver{CareOfAddresses: []netip.Addr{other, careOf}}, nil},
		{"none offered", mnfa, viaAgent + macM, rules.Receiver{CareOfAddresses: []netip.Addr{}}, rules.ErrCareOfAddressNotOffered},
		{"others offered than the co-located", mnfa, viaD + macM, rules.Receiver{CareOfAddresses: []netip.Addr{other}}, nil},
		{"others offered to who leaves", mnfa, ends + macM, rules.Receiver{CareOfAddresses: []netip.Addr{other}}, nil},
		{"a gateway's offered", mnfa, anyone + macM, rules.Receiver{CareOfAddresses: []netip.Addr{other, addr("255.255.255.255")}}, nil},
		{"no gateway's offered", mnfa, anyone + macM, rules.Receiver{CareOfAddresses: []netip.Addr{other}}, rules.ErrCareOfAddressNotOffered},

		{"demanded challenge, of an associate", mnfa, viaAgent + name + macM + lastM, rules.Receiver{Challenge: rules.ServiceDemanded}, rules.ErrChallengeOmitted},
		{"advertised challenge, of an associate", mnfa, viaAgent + name + macM + lastM, rules.Receiver{Challenge: rules.ServiceOffered}, rules.ErrChallengeOmitted},
		{"advertised challenge, taken by an associate", mnfa, viaAgent + name + macM + challenge + lastM, rules.Receiver{Challenge: rules.ServiceOffered}, nil},
		{"no challenge, of an associate", mnfa, viaAgent + name + macM + lastM, rules.Receiver{Challenge: rules.ServiceRefused}, nil},
		{"challenge behind MN-AAA", mnfa, viaAgent + name + macM + macA + challenge, rules.Receiver{Challenge: rules.ServiceDemanded}, rules.ErrChallengeMissing},
		{"challenge in front", mnfa, viaAgent + name + challenge + macM + macA, rules.Receiver{Challenge: rules.ServiceDemanded}, rules.ErrChallengeMissing},
		{"challenge between two MN-AAA", mnfa, viaAgent + name + macA + macM + challenge + macA, rules.Receiver{Challenge: rules.ServiceDemanded}, nil},
		{"challenge given", mnfa, viaAgent + name + macM + challenge + macA, rules.Receiver{Challenge: rules.ServiceDemanded, Challenges: given}, nil},
		{"challenge unknown", mnfa, viaAgent + name + macM + challenge + macA, rules.Receiver{Challenges: [][]byte{{1, 2, 3, 4}}}, rules.ErrChallengeUnknown},

		{"served", mnha, viaD + macM, rules.Receiver{Serves: serves(home)}, nil},
		{"to be assigned", mnha, "01 20 0708 00000000 c0000201 c6336407 eeae5a5a3eb7e123" + name + macM, rules.Receiver{Serves: serves(other)}, nil},
		{"own address", mnha, viaD + macM, rules.Receiver{Addresses: []netip.Addr{other, agent}, Destination: agent}, nil},
		{"to the subnet", mnha, viaD + macM, rules.Receiver{Addresses: []netip.Addr{agent}, Destination: addr("192.0.2.255")}, rules.ErrBroadcastDestination},
		{"to another group", mnha, viaD + macM, rules.Receiver{Destination: addr("224.0.0.1")}, rules.ErrBroadcastDestination},
		{"to all mobility agents", mnha, viaD + macM, rules.Receiver{Destination: addr("224.0.0.11")}, nil},
		{"Requested HA elsewhere", mnha, "01 20 0708 c000020a 00000000 c6336407 eeae5a5a3eb7e123" + name + requestedHA + macM, rules.Receiver{Destination: agent}, rules.ErrRequestedHADestination},

		{"UDP tunnel by force", mnha, viaDT + forced + macM, rules.Receiver{Source: careOf, UDPTunnel: rules.ServiceRefused}, rules.ErrUDPTunnelUnavailable},
		{"UDP tunnel behind a NAT", mnha, viaDT + udpTunnel + macM, rules.Receiver{Source: other, UDPTunnel: rules.ServiceRefused}, rules.ErrUDPTunnelUnavailable},
		{"UDP tunnel without need", mnha, viaDT + udpTunnel + macM, rules.Receiver{Source: careOf, UDPTunnel: rules.ServiceRefused}, nil},
		{"UDP tunnel through who does not advertise it", mnfa, viaDT + throughR + macM, rules.Receiver{UDPTunnel: rules.ServiceRefused}, rules.ErrTunnelRequestUnadvertised},
		{"UDP tunnel through who advertises it", mnfa, viaDT + throughR + macM, rules.Receiver{UDPTunnel: rules.ServiceOffered}, nil},
		{"UDP tunnel through who may advertise it", mnfa, viaDT + throughR + macM, rules.Receiver{}, nil},
		{"UDP tunnel, not co-located", mnfa, viaT + throughR + macM, rules.Receiver{UDPTunnel: rules.ServiceRefused}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := parse(t, unhex(tt.hex))
			s := rules.Situation{Leg: tt.leg, Profile: dsmip.RFC5454, MobileForeign: rules.None}
			if strings.HasSuffix(tt.hex, lastM) {
				s.MobileForeign = rules.Shared
			}
			faults := func() (all []*code.Fault) {
				for v := range m.verdicts(&s) {
					if v.Fault != nil && !slices.Contains(all, v.Fault) {
						all = append(all, v.Fault)
					}
				}
				return all
			}
			untold := faults()
			s.Receiver = &tt.at
			told := slices.DeleteFunc(faults(), func(f *code.Fault) bool { return slices.Contains(untold, f) })
			if tt.want == nil && len(told) > 0 || tt.want != nil && !slices.Equal(told, []*code.Fault{tt.want}) {
				t.Errorf("%v, want %v; beside %v", told, tt.want, untold)
			}
		})
	}
}

// TestVendorOfRegionalRegistrations: their replies have the Codes of registrations for
// unknown contents of a vendor (RFC 4857 §10.3).
func TestVendorOfRegionalRegistrations(t *testing.T) {
	const (
		fixed  = "12 00 0708 c000020a c6336401 c6336402 eeae5a5a3eb7e123"
		answer = "13 00 0708 c000020a c6336401 eeae5a5a3eb7e123"
		gfa    = "24 03 0014 00000100 00000000000000000000000000000000"
		vendor = "26 00 0006 00000009 0001"
	)
	for _, tt := range []struct {
		leg  code.Leg
		hex  string
		want *code.Fault
	}{
		{code.MNtoFA, fixed + vendor + gfa, rules.ErrVendorFromMobile},
		{code.FAtoHA, fixed + vendor + gfa, rules.ErrVendorFromMobile},
		{code.FAtoHA, fixed + gfa + vendor, rules.ErrVendorFromForeign},
		{code.FAtoHA, fixed + vendor, rules.ErrVendorFromMobile},
		{code.FAtoMN, answer + vendor + gfa, rules.ErrVendorInReply},
	} {
		s := rules.Situation{Leg: tt.leg, Profile: dsmip.RFC5454, ImplementsVendor: func(uint32, uint16) bool { return false }}
		found := false
		for v := range s.Message(parseMessage(t, tt.hex), nil) {
			found = found || v.Fault == tt.want && v.Extension.Kind() == ext.KindCVSE
		}
		if !found {
			t.Errorf("%v, %s: no %v", tt.leg, tt.hex, tt.want)
		}
	}
}
