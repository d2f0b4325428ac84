package rules_test

import (
	"net/netip"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
)

// TestReceiverBounds: what the receiver knows is judged at the field that is wrong, on the
// legs where it matters, and no further: RFC 5944 §3.6.1.1, §3.7.2, §3.8.2, §3.8.3.2,
// RFC 2794 §3, RFC 3024 §3.4, §4.2.1, RFC 3519 §3.1.1, §4.6.1, RFC 4433 §5.3,
// RFC 4721 §3.1, §3.2.
func TestReceiverBounds(t *testing.T) {
	const (
		mnfa, mnha, faha = code.MNtoFA, code.MNtoHA, code.FAtoHA

		viaD   = "01 20 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		viaDT  = "01 22 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		viaDG  = "01 28 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		viaDM  = "01 30 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		viaM   = "01 10 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		viaG   = "01 08 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		endD   = "01 20 0000 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		endDG  = "01 28 0000 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
		noHome = "01 00 0708 00000000 c0000201 c6336407 eeae5a5a3eb7e123"

		challenge = "8404 deadbeef"
		second    = "8404 deadbef0"
		style     = "8200"                  // Encapsulating Delivery
		forceR    = "9006 00 00 c0 00 0000" // UDP Tunnel Request, F and R
		force     = "9006 00 00 80 00 0000" // F
		noForce   = "9006 00 00 00 00 0000" //
		gre       = "9006 00 00 00 2f 0000" // GRE
		minimal   = "9006 00 00 00 37 0000" // minimal encapsulation
		ipInUDP   = "9006 00 00 00 04 0000" // IP
	)
	addr := netip.MustParseAddr
	home, agent, careOf, other := addr("192.0.2.10"), addr("192.0.2.1"), addr("198.51.100.7"), addr("203.0.113.9")
	given := [][]byte{{0xde, 0xad, 0xbe, 0xef}}
	nobody := func(netip.Addr) bool { return false }
	// The size of a request with Mobile-Home alone, and with a name besides.
	const plain, named = 24 + 22, 24 + 5 + 22
	for _, tt := range []struct {
		name, hex string
		leg       code.Leg
		at        rules.Receiver
		want      []at
	}{
		{"from the foreign agent's own", viaAgent + macM, mnfa, rules.Receiver{Source: careOf}, fixedPart(12, rules.ErrSource)},
		{"from elsewhere, with D", viaD + macM, mnfa, rules.Receiver{Source: other}, fixedPart(12, rules.ErrSource)},
		{"from elsewhere, relayed", viaAgent + macM, faha, rules.Receiver{Source: other}, fixedPart(12, rules.ErrSource)},
		{"from the home address, relayed", viaAgent + macM, faha, rules.Receiver{Source: home}, fixedPart(12, rules.ErrSource)},
		{"from no address, relayed", viaAgent + macM, faha, rules.Receiver{Source: netip.IPv4Unspecified()}, fixedPart(12, rules.ErrSource)},
		{"from elsewhere, directly", viaD + macM, mnha, rules.Receiver{Source: other}, fixedPart(12, rules.ErrSource)},
		{"from an IPv6 address", viaAgent + macM, mnfa, rules.Receiver{Source: addr("2001:db8::7")}, nil},
		{"from elsewhere through a NAT, directly", viaDT + noForce + macM, mnha, rules.Receiver{Source: other}, nil},

		{"T refused, at the home agent", withT + macM, faha, rules.Receiver{ReverseTunnel: rules.ServiceRefused}, fixedPart(1, rules.ErrReverseTunnelUnavailable)},
		{"T offered", withT + macM, faha, rules.Receiver{ReverseTunnel: rules.ServiceOffered}, nil},
		{"T demanded, at the home agent", viaD + macM, mnha, rules.Receiver{ReverseTunnel: rules.ServiceDemanded}, fixedPart(1, rules.ErrReverseTunnelMandatory)},
		{"T demanded of who leaves", endD + macM, mnha, rules.Receiver{ReverseTunnel: rules.ServiceDemanded}, nil},
		{"T offered, and not asked for", viaAgent + macM, mnfa, rules.Receiver{ReverseTunnel: rules.ServiceOffered}, nil},

		{"M refused, at the home agent", viaDM + macM, mnha, rules.Receiver{MinimalEncapsulation: rules.ServiceRefused}, fixedPart(1, rules.ErrEncapsulationUnavailable)},
		{"M refused, and G asked for", viaDG + macM, mnha, rules.Receiver{MinimalEncapsulation: rules.ServiceRefused}, nil},
		{"M offered", viaM + macM, mnfa, rules.Receiver{MinimalEncapsulation: rules.ServiceOffered}, nil},
		{"G refused, at the foreign agent", viaG + macM, mnfa, rules.Receiver{GREEncapsulation: rules.ServiceRefused}, fixedPart(1, rules.ErrEncapsulationUnavailable)},
		{"G refused, and M asked for", viaM + macM, mnfa, rules.Receiver{GREEncapsulation: rules.ServiceRefused}, nil},
		{"G refused where the mobile node ends the tunnel", viaDG + macM, mnfa, rules.Receiver{GREEncapsulation: rules.ServiceRefused}, nil},
		{"G refused to who leaves", endDG + macM, mnha, rules.Receiver{GREEncapsulation: rules.ServiceRefused}, nil},
		{"G refused, and not asked for", viaD + macM, mnha, rules.Receiver{GREEncapsulation: rules.ServiceRefused}, nil},

		{"from afar", withT + macM, mnfa, rules.Receiver{TTL: 254}, fixedPart(1, rules.ErrTooDistant)},
		{"from afar, T demanded", withT + macM, mnfa, rules.Receiver{TTL: 1, ReverseTunnel: rules.ServiceDemanded}, fixedPart(1, rules.ErrTooDistant)},
		{"from afar without T", viaAgent + macM, mnfa, rules.Receiver{TTL: 254}, nil},
		{"from afar, relayed", withT + macM, faha, rules.Receiver{TTL: 64}, nil},
		{"from afar, directly", viaDT + macM, mnha, rules.Receiver{TTL: 64}, nil},

		{"the Lifetime that is granted", viaAgent + macM, mnfa, rules.Receiver{LongestLifetime: 1800}, nil},
		{"a longer one", viaAgent + macM, mnfa, rules.Receiver{LongestLifetime: 1799}, fixedPart(2, rules.ErrLifetimeTooLong)},
		{"longer than a second", viaAgent + macM, mnfa, rules.Receiver{LongestLifetime: 1}, fixedPart(2, rules.ErrLifetimeTooLong)},
		{"infinity is longer", lasting + macM, mnfa, rules.Receiver{LongestLifetime: 0xfffe}, fixedPart(2, rules.ErrLifetimeTooLong)},
		{"a longer one, relayed", viaAgent + macM, faha, rules.Receiver{LongestLifetime: 1799}, nil},

		{"to the foreign agent as home agent", viaAgent + macM, mnfa, rules.Receiver{Addresses: []netip.Addr{other, agent}}, fixedPart(8, rules.ErrForeignAsHome)},
		{"to another than the foreign agent", viaAgent + macM, mnfa, rules.Receiver{Addresses: []netip.Addr{other}}, nil},
		{"of nobody's address", noHome + nai + macM, mnfa, rules.Receiver{HomeAddressRequired: true}, fixedPart(4, rules.ErrHomeAddressRequired)},
		{"of nobody's address, at the home agent", noHome + nai + macM, faha, rules.Receiver{HomeAddressRequired: true}, nil},
		{"offered with D", viaD + macM, mnfa, rules.Receiver{CareOfAddresses: []netip.Addr{other, careOf}}, fixedPart(1, rules.ErrOfferedWithD)},
		{"not offered", viaAgent + macM, mnfa, rules.Receiver{CareOfAddresses: []netip.Addr{other}}, fixedPart(12, rules.ErrCareOfAddressNotOffered)},
		{"not offered, relayed", viaAgent + macM, faha, rules.Receiver{CareOfAddresses: []netip.Addr{other}}, nil},
		{"offered are those to be assigned", viaAgent + macM, mnfa, rules.Receiver{CareOfAddresses: []netip.Addr{addr("255.255.255.255")}}, fixedPart(12, rules.ErrCareOfAddressNotOffered)},

		{"not served", viaD + macM, mnha, rules.Receiver{Serves: nobody}, fixedPart(4, rules.ErrHomeAddressNotServed)},
		{"not served, relayed", viaAgent + macM, faha, rules.Receiver{Serves: nobody}, fixedPart(4, rules.ErrHomeAddressNotServed)},
		{"not served, at the foreign agent", viaAgent + macM, mnfa, rules.Receiver{Serves: nobody}, nil},
		{"to another home agent", viaD + macM, mnha, rules.Receiver{Addresses: []netip.Addr{other}}, fixedPart(8, rules.ErrNotHomeAgent)},
		{"to another home agent, relayed", viaAgent + macM, faha, rules.Receiver{Addresses: []netip.Addr{other}}, fixedPart(8, rules.ErrNotHomeAgent)},
		{"to any home agent", anyAgent + nai + macM, faha, rules.Receiver{Addresses: []netip.Addr{other}}, nil},
		{"to any home agent, all ones", anyAgent1 + nai + macM, faha, rules.Receiver{Addresses: []netip.Addr{other}}, nil},
		{"to no home agent", viaD + macM, mnha, rules.Receiver{Addresses: []netip.Addr{}}, fixedPart(8, rules.ErrNotHomeAgent)},
		{"sent to everybody", viaD + macM, mnha, rules.Receiver{Destination: addr("255.255.255.255")}, fixedPart(8, rules.ErrBroadcastDestination)},
		{"sent to everybody, relayed", viaAgent + macM, faha, rules.Receiver{Destination: addr("255.255.255.255")}, fixedPart(8, rules.ErrBroadcastDestination)},
		{"sent to everybody on the link", viaAgent + macM, mnfa, rules.Receiver{Destination: addr("255.255.255.255")}, nil},
		{"sent to a group", viaD + macM, mnha, rules.Receiver{Destination: addr("224.0.0.10")}, fixedPart(8, rules.ErrBroadcastDestination)},
		{"sent to a group, its addresses told", viaD + macM, mnha, rules.Receiver{Destination: addr("224.0.0.11"), Addresses: []netip.Addr{agent}}, nil},
		{"sent to an address that is not told", viaD + macM, mnha, rules.Receiver{Destination: agent}, nil},
		{"sent to another address", viaD + macM, mnha, rules.Receiver{Destination: other, Addresses: []netip.Addr{agent}}, fixedPart(8, rules.ErrBroadcastDestination)},
		{"sent to an IPv6 address", viaD + macM, mnha, rules.Receiver{Destination: addr("2001:db8::1"), Addresses: []netip.Addr{agent}}, nil},

		{"Requested HA where it was sent", anyAgent + nai + requestHA + macM, faha, rules.Receiver{Destination: agent}, nil},
		{"Requested HA elsewhere", anyAgent + nai + otherHA + macM, faha, rules.Receiver{Destination: agent}, stopping(29, rules.ErrRequestedHADestination)},
		{"Requested HA elsewhere, at the foreign agent", anyAgent + nai + otherHA + macM, mnfa, rules.Receiver{Destination: agent}, nil},
		{"Requested HA, and no destination told", anyAgent + nai + otherHA + macM, faha, rules.Receiver{}, nil},

		{"delivery style refused", withT + macM + style, mnfa, rules.Receiver{EncapsulatingDelivery: rules.ServiceRefused}, stopping(plain, rules.ErrDeliveryStyle)},
		{"delivery style offered", withT + macM + style, mnfa, rules.Receiver{EncapsulatingDelivery: rules.ServiceOffered}, nil},
		{"delivery style not told", withT + macM + style, mnfa, rules.Receiver{}, nil},

		{"UDP tunnel by force", viaDT + force + macM, mnha, rules.Receiver{UDPTunnel: rules.ServiceRefused}, stopping(24, rules.ErrUDPTunnelUnavailable)},
		{"UDP tunnel by force, offered", viaDT + force + macM, mnha, rules.Receiver{UDPTunnel: rules.ServiceOffered}, nil},
		{"UDP tunnel by force, at the foreign agent", viaDT + forceR + macM, mnfa, rules.Receiver{UDPTunnel: rules.ServiceRefused}, noting(24, rules.ErrTunnelRequestUnadvertised)},
		{"UDP tunnel without need", viaDT + noForce + macM, mnha, rules.Receiver{UDPTunnel: rules.ServiceRefused}, nil},
		{"UDP tunnel behind a NAT", viaDT + noForce + macM, mnha, rules.Receiver{Source: other, UDPTunnel: rules.ServiceRefused}, stopping(24, rules.ErrUDPTunnelUnavailable)},
		{"UDP tunnel behind no NAT", viaDT + noForce + macM, mnha, rules.Receiver{Source: careOf, UDPTunnel: rules.ServiceRefused}, nil},
		{"UDP tunnel of the foreign agent by force", withT + macM + force, faha, rules.Receiver{UDPTunnel: rules.ServiceRefused}, stopping(plain, rules.ErrUDPTunnelUnavailable)},
		{"GRE in UDP refused", viaDT + gre + macM, mnha, rules.Receiver{GREEncapsulation: rules.ServiceRefused}, stopping(24, rules.ErrUDPTunnelEncapsulation)},
		{"GRE in UDP, minimal encapsulation refused", viaDT + gre + macM, mnha, rules.Receiver{MinimalEncapsulation: rules.ServiceRefused}, nil},
		{"minimal encapsulation in UDP refused", viaDT + minimal + macM, mnha, rules.Receiver{MinimalEncapsulation: rules.ServiceRefused}, stopping(24, rules.ErrUDPTunnelEncapsulation)},
		{"minimal encapsulation in UDP, GRE refused", viaDT + minimal + macM, mnha, rules.Receiver{GREEncapsulation: rules.ServiceRefused}, nil},
		{"IP in UDP, the others refused", viaDT + ipInUDP + macM, mnha, rules.Receiver{GREEncapsulation: rules.ServiceRefused, MinimalEncapsulation: rules.ServiceRefused}, nil},
		{"minimal encapsulation in UDP offered", viaDT + minimal + macM, mnha, rules.Receiver{MinimalEncapsulation: rules.ServiceOffered}, nil},
		{"UDP tunnel refused by force, and GRE", viaDT + "9006 00 00 80 2f 0000" + macM, mnha, rules.Receiver{UDPTunnel: rules.ServiceRefused, GREEncapsulation: rules.ServiceRefused}, []at{
			{24, true, rules.ErrUDPTunnelUnavailable}, {24, true, rules.ErrUDPTunnelEncapsulation}, each(24, rules.ErrUDPTunnelUnavailable), each(24, rules.ErrUDPTunnelEncapsulation)}},

		{"challenge demanded", viaAgent + nai + macM, mnfa, rules.Receiver{Challenge: rules.ServiceDemanded}, fixedPart(named, rules.ErrChallengeMissing)},
		{"challenge offered", viaAgent + nai + macM, mnfa, rules.Receiver{Challenge: rules.ServiceOffered}, nil},
		{"challenge demanded, at the home agent", viaAgent + nai + macM, faha, rules.Receiver{Challenge: rules.ServiceDemanded}, nil},
		{"challenge demanded, answered alone", viaAgent + nai + challenge + macA, mnfa, rules.Receiver{Challenge: rules.ServiceDemanded}, noting(24+5+6, rules.ErrOnlyMNAAA)},
		{"challenge demanded, answered by the foreign association only", viaAgent + nai + macM + challenge + mobileAgent, mnfa, rules.Receiver{Challenge: rules.ServiceDemanded}, []at{
			{named + 6 + 22, true, rules.ErrChallengeMissing}, {named + 6 + 22, true, rules.ErrChallengeWithoutMNAAA}, each(named+6, rules.ErrMobileForeignUnknown)}},
		{"challenge demanded, and one that nothing answers", viaAgent + nai + macM + challenge, mnfa, rules.Receiver{Challenge: rules.ServiceDemanded}, fixedPart(named+6, rules.ErrChallengeUnanswered)},
		{"challenge demanded, and one before Mobile-Home", viaAgent + nai + challenge + macM, mnfa, rules.Receiver{Challenge: rules.ServiceDemanded}, []at{
			{named + 6, true, rules.ErrChallengeUnanswered}, {named + 6, true, rules.ErrChallengeMissing}, each(29, misplaced(ext.KindChallenge))}},
		{"challenge demanded, and one behind Mobile-AAA and before another", viaAgent + nai + macM + macA + challenge + macA, mnfa, rules.Receiver{Challenge: rules.ServiceDemanded}, []at{
			{named + 24 + 6 + 24, true, rules.ErrChallengeMissing}, each(named+24, misplaced(ext.KindChallenge)), each(named+24+6, rules.ErrSecondMNAAA)}},

		{"challenge given", viaAgent + nai + macM + challenge + macA, mnfa, rules.Receiver{Challenges: given}, nil},
		{"challenge of those given", viaAgent + nai + macM + challenge + macA, mnfa, rules.Receiver{Challenges: [][]byte{{1, 2, 3, 4}, given[0]}}, nil},
		{"none was given", viaAgent + nai + macM + challenge + macA, mnfa, rules.Receiver{Challenges: [][]byte{}}, stopping(named, rules.ErrChallengeUnknown)},
		{"nothing is known of challenges", viaAgent + nai + macM + challenge + macA, mnfa, rules.Receiver{}, nil},
		{"challenge used before, and given once more", viaAgent + nai + macM + challenge + macA, mnfa, rules.Receiver{Challenges: given, Used: given}, stopping(named, rules.ErrChallengeStale)},
		{"challenge used before, and none known", viaAgent + nai + macM + challenge + macA, mnfa, rules.Receiver{Used: given}, stopping(named, rules.ErrChallengeStale)},
		{"challenge kept, at the home agent", viaAgent + nai + macM + challenge + macA, faha, rules.Receiver{Challenges: [][]byte{}, Used: given}, nil},
		{"of two challenges the first was given", viaAgent + nai + macM + challenge + second + macA, mnfa, rules.Receiver{Challenges: given}, noting(named+6, rules.ErrSecondChallenge)},
		{"of two challenges the second was given", viaAgent + nai + macM + second + challenge + macA, mnfa, rules.Receiver{Challenges: given}, []at{
			{named, true, rules.ErrChallengeUnknown}, each(named, rules.ErrChallengeUnknown), each(named+6, rules.ErrSecondChallenge)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			expect(t, rules.Situation{Leg: tt.leg, MobileForeign: rules.None, Receiver: &tt.at}, tt.hex, nil, tt.want)
		})
	}
}

// TestChallengeOfAnAssociate: who shares an association with the foreign agent, or may share
// one, need not answer a challenge by Mobile-AAA, although it should return one (RFC 4721
// §3.1).
func TestChallengeOfAnAssociate(t *testing.T) {
	at := rules.Receiver{Challenge: rules.ServiceDemanded}
	expect(t, rules.Situation{Leg: code.MNtoFA, MobileForeign: rules.Shared, Receiver: &at}, viaAgent+macM+mobileAgent, nil, fixedPart(68, rules.ErrChallengeOmitted))
	expect(t, rules.Situation{Leg: code.MNtoFA, Receiver: &at}, viaAgent+macM, nil, nil)
}

// TestSourceOfSkippedTunnel: who does not implement the UDP Tunnel Request skips it, and
// judges the source as if it were not there (RFC 5944 §1.8, RFC 3519 §4.6.1).
func TestSourceOfSkippedTunnel(t *testing.T) {
	const tunnel = "9006 00 00 00 00 0000"
	at := rules.Receiver{Source: netip.MustParseAddr("203.0.113.9")}
	s := rules.Situation{Leg: code.MNtoHA, Receiver: &at, Implements: func(k ext.Kind) bool { return k != ext.KindUDPTunnelRequest }}
	expect(t, s, coLocated+tunnel+macM, nil, fixedPart(12, rules.ErrSource))
	s.Implements = func(k ext.Kind) bool { return k != ext.KindMobileNodeNAI }
	expect(t, s, coLocated+tunnel+macM, nil, nil)
	expect(t, s, coLocated+nai+macM, nil, fixedPart(12, rules.ErrSource))
}
