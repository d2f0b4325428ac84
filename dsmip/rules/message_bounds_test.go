package rules_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
)

// TestMessageBounds: what stands next to the boundary of a rule of TestMessages, on either
// side of it: the other bytes of a reserved field, the first and the last number of a range,
// the other legs of a rule, the other order.
func TestMessageBounds(t *testing.T) {
	const (
		none = code.Leg(0)
		mnfa = code.MNtoFA
		mnha = code.MNtoHA
		faha = code.FAtoHA
		hafa = code.HAtoFA
		hamn = code.HAtoMN
		famn = code.FAtoMN

		correspondent = "31 16 02 00 0001 0001 " + zeros16 // Mobile-Correspondent
		eui64         = "8a 09 04 0200000000000001"
		foreignIPv4   = "8a 05 07 c6336407"
		challenge     = "84 04 01020304"
		addresses     = " c000020a c0000201 c6336407 "
		revoked       = " c000020a c0000201 c6336407 00001000"
	)
	shared := rules.Situation{ForeignHome: rules.Shared, MobileForeign: rules.Shared}
	apart := rules.Situation{ForeignHome: rules.None, MobileForeign: rules.None}
	at := func(at int, f *code.Fault) faultAt { return faultAt{at, f} }
	tests := []struct {
		name string
		leg  code.Leg
		s    rules.Situation
		hex  string
		want []faultAt
	}{
		{"tunnel data, reserved, first byte", hafa, shared, "04 04 0100 45", []faultAt{at(2, rules.ErrMessageReserved)}},

		// RFC 3543 §3.3, §3.4.
		{"revocation, reserved bits of byte 2", hafa, shared, "07 00 a000" + revoked + agentHome, []faultAt{at(2, rules.ErrMessageReserved)}},
		{"revocation, all reserved bits", hafa, shared, "07 ff bfff" + revoked + agentHome, []faultAt{at(1, rules.ErrMessageReserved)}},
		{"revocation to the foreign agent, not told to inform", hafa, shared, "07 00 8000" + revoked + agentHome, nil},
		{"revocation with the A bit to the mobile node missing", hamn, shared, "07 00 4000" + revoked + mobileHome, []faultAt{at(2, rules.ErrRevocationDirection)}},
		{"revocation of a mobile node with the A bit", mnha, shared, byHome + mobileHome, []faultAt{at(0, rules.ErrRevocationFromMobile)}},
		{"revocation, home address multicast", hafa, shared, "07 00 8000 e0000001 c0000201 c6336407 00001000" + agentHome, []faultAt{at(4, rules.ErrRevocationAddress)}},
		{"revocation, foreign domain multicast", faha, shared, "07 00 0000 c000020a c0000201 e0000001 00001000" + agentHome, []faultAt{at(12, rules.ErrRevocationAddress)}},
		{"revocation, no home domain, to the mobile node", hamn, shared, "07 00 c000 c000020a 00000000 c6336407 00001000" + mobileHome, []faultAt{at(8, rules.ErrRevocationAddress)}},
		{"revocation, no association, and nothing else protects", faha, rules.Situation{ForeignHome: rules.None, Secured: rules.None}, byForeign, []faultAt{at(20, rules.ErrRevocationForeignHome)}},
		{"revocation, no association, and IPsec protects", faha, rules.Situation{ForeignHome: rules.None, Secured: rules.Served}, byForeign, nil},
		{"revocation with everybody's authenticators", faha, shared, byForeign + agentHome + mobileHome + mobileAgent + mobileAAA + agentAgent + mobileGFA + mobilePAR + correspondent, []faultAt{
			at(42, rules.ErrOtherAuthentication), at(64, rules.ErrOtherAuthentication), at(86, rules.ErrOtherAuthentication), at(110, rules.ErrOtherAuthentication),
			at(134, rules.ErrOtherAuthentication), at(158, rules.ErrOtherAuthentication), at(182, rules.ErrOtherAuthentication)}},
		{"revocation with legacy vendor extensions behind", hafa, shared, byHome + agentHome + "85 08 0000 00000009 0001" + "25 00 0006 00000009 0001", nil},
		{"revocation with a link-layer address", hafa, shared, byHome + ethernet + agentHome, []faultAt{at(20, rules.ErrRegistrationExtension)}},
		{"revocation of a mobile node with the home agent's string", mnha, shared, byForeign + homeString + mobileHome, []faultAt{at(0, rules.ErrRevocationFromMobile), at(20, rules.ErrMessageStringUnclear)}},
		{"acknowledgment, reserved bits of byte 1", faha, shared, "0f 01 0000 c000020a 00001000" + agentHome, []faultAt{at(1, rules.ErrMessageReserved)}},
		{"acknowledgment, reserved bits of byte 3", faha, shared, "0f 00 0001 c000020a 00001000" + agentHome, []faultAt{at(3, rules.ErrMessageReserved)}},
		{"acknowledgment, home address multicast", faha, shared, "0f 00 0000 e0000001 00001000" + agentHome, []faultAt{at(4, rules.ErrRevocationAddress)}},
		{"acknowledgment with an NAI", hafa, shared, acknowledgment + nai + agentHome, []faultAt{at(12, rules.ErrRegistrationExtension)}},
		{"acknowledgment, an NAI behind", hafa, shared, acknowledgment + agentHome + nai, []faultAt{at(34, rules.ErrBehindAuthentication), at(34, rules.ErrRegistrationExtension)}},

		// RFC 4881 §4.5-4.7.
		{"handoff request, reserved bit of byte 1", none, shared, "10 85 0000 0708 0000" + addressesOf2 + identifier + ethernet + agentAgent, []faultAt{at(1, rules.ErrMessageReservedUndefined)}},
		{"handoff request, reserved bits of byte 2", none, shared, "10 84 0100 0708 0000" + addressesOf2 + identifier + ethernet + agentAgent, []faultAt{at(2, rules.ErrMessageReservedUndefined)}},
		{"handoff request, second reserved, byte 6", none, shared, "10 84 0000 0708 0100" + addressesOf2 + identifier + ethernet + agentAgent, []faultAt{at(6, rules.ErrMessageReservedUndefined)}},
		{"handoff request, both reserved", none, shared, "10 84 0001 0708 0001" + addressesOf2 + identifier + ethernet + agentAgent, []faultAt{at(3, rules.ErrMessageReservedUndefined)}},
		{"handoff reply, reserved bits of byte 2", none, shared, "11 84 0100 0708 0000 00000000 00000000 " + identifier + agentAgent, []faultAt{at(2, rules.ErrMessageReservedUndefined)}},
		{"handoff request, source, no addresses", none, shared, "10 84 0000 0708 0000 00000000 00000000 " + identifier + ethernet + agentAgent, []faultAt{at(8, rules.ErrHandoffAddress)}},
		{"handoff request, source, no home agent", none, shared, "10 84 0000 0708 0000 c000020a 00000000 " + identifier + ethernet + agentAgent, []faultAt{at(12, rules.ErrHandoffAddress)}},
		{"handoff request, target, no home agent", none, shared, "10 44 0000 0708 0000 c000020a 00000000 " + identifier + ethernet + agentAgent, nil},
		{"handoff request, renewal of a source, no addresses", none, shared, "10 a0 0000 0708 0000 00000000 00000000 " + identifier + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffRenewal)}},
		{"handoff request, renewal of a source, no home agent", none, shared, "10 a0 0000 0708 0000 c000020a 00000000 " + identifier + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffRenewal)}},
		{"handoff request, M", none, shared, "10 90 0000 0708 0000" + addressesOf2 + identifier + ethernet + agentAgent, nil},
		{"handoff request, G", none, shared, "10 88 0000 0708 0000" + addressesOf2 + identifier + ethernet + agentAgent, nil},
		{"handoff reply, M and G", none, shared, "11 98 0000 0708 0000 00000000 00000000 " + identifier + agentAgent, []faultAt{at(1, rules.ErrHandoffEncapsulation)}},
		{"handoff reply to third, failed, no addresses", none, shared, "11 c0 0001 0000 0000 00000000 00000000 " + identifier + solicited + ethernet + agentAgent, nil},
		{"handoff to third, a link-layer address in front", none, shared, handoffThird + ethernet + solicited + ethernet + agentAgent, nil},
		{"handoff to third, a second anchor behind", none, shared, handoffThird + solicited + ethernet + solicited + agentAgent, nil},
		{"handoff to third, the foreign agent's address", none, shared, handoffThird + solicited + foreignIPv4 + agentAgent, []faultAt{at(62, rules.ErrHandoffThird)}},
		{"handoff request, 64-bit identifier", none, shared, handoffSource + eui64 + agentAgent, nil},
		{"handoff request, link layer of an unknown sub-type", none, shared, handoffSource + "8a 03 09 0102" + agentAgent, nil},
		{"handoff reply, code 255", none, shared, "11 44 00ff 0000 0000 00000000 00000000 " + identifier + agentAgent, []faultAt{at(3, rules.ErrHandoffCode)}},
		{"handoff request, nobody's association is asked for", none, apart, handoffSource + ethernet + agentAgent, nil},

		// RFC 4857 §6, §9.2, §10.
		{"regional reply without Mobile-Foreign", famn, shared, regionalReply + mobileGFA, []faultAt{at(44, rules.ErrRegionalMobileForeign)}},
		{"regional reply without Mobile-Foreign, no association", famn, apart, regionalReply + mobileGFA, nil},
		{"regional reply, unknown Mobile-Foreign", famn, apart, regionalReply + mobileGFA + mobileAgent, []faultAt{at(44, rules.ErrMobileForeignUnknown)}},
		{"regional reply, second Mobile-Foreign", famn, shared, regionalReply + mobileGFA + mobileAgent + mobileAgent, []faultAt{at(66, rules.ErrSecondMobileForeign)}},
		{"regional request, second FA-FA", faha, shared, regionalZero + mobileGFA + hierarchical + agentAgent + agentAgent, []faultAt{at(80, rules.ErrSecondAuthentication)}},
		{"regional request, relayed without FA-FA", faha, shared, regionalRequest + mobileGFA, nil},
		{"regional request, the mobile node's hierarchical", mnfa, apart, regionalRequest + hierarchical + mobileGFA, nil},
		{"regional request, the mobile node's hierarchical, relayed", faha, shared, regionalRequest + hierarchical + mobileGFA, nil},
		{"regional request, hierarchical behind on the link", mnfa, apart, regionalRequest + mobileGFA + hierarchical, nil},
		{"regional request, all ones relayed", faha, shared, "12 02 0708 c000020a c6336401 ffffffff " + identifier + mobileGFA, nil},
		{"regional request, gateway multicast", mnha, shared, "12 02 0708 c000020a e0000001 c6336407 " + identifier + mobileGFA, []faultAt{at(8, rules.ErrRegionalRequestGateway)}},
		{"regional request with what others authenticate", mnha, shared, regionalRequest + mobileHome + mobileAAA + agentAgent + mobileGFA, nil},
		{"regional reply with what others authenticate", hafa, shared, regionalReply + mobileHome + mobileAAA + agentAgent + mobileGFA, nil},
		{"regional reply, Mobile-Foreign on its way", hafa, shared, regionalReply + mobileGFA + mobileAgent, []faultAt{at(44, rules.ErrOtherAuthentication)}},
		{"regional request, a challenge behind, without Mobile-Foreign", mnfa, apart, regionalRequest + mobileGFA + challenge, nil},
		{"regional request, an unknown extension behind", mnfa, shared, regionalRequest + mobileGFA + mobileAgent + unassigned, nil},
		{"regional reply, code 116 of the gateway", hafa, shared, "13 74 0000 c000020a c6336401 " + identifier + mobileGFA, nil},
		{"regional reply, code 112 of the foreign agent", famn, shared, "13 70 0000 c000020a c6336401 " + identifier + mobileGFA + mobileAgent, nil},
		{"regional denial of the gateway, without its address", famn, shared, "13 c1 0000 c000020a 00000000 " + identifier + mobileGFA + mobileAgent, []faultAt{at(8, rules.ErrRegionalReplyGateway)}},

		// RFC 4988 §5.1, §5.2.
		{"fast binding, all that is sent", mnfa, shared, "14 3a 000a" + fastAddresses + identifier + mobilePAR, nil},
		{"fast binding, x", mnfa, shared, "14 21 000a" + fastAddresses + identifier + mobilePAR, []faultAt{at(1, rules.ErrMessageReserved)}},
		{"fast binding, x and reserved bits of Lifetime", mnfa, shared, "14 21 800a" + fastAddresses + identifier + mobilePAR, []faultAt{at(1, rules.ErrMessageReserved)}},
		{"fast binding of 1023 seconds", mnfa, shared, "14 20 03ff" + fastAddresses + identifier + mobilePAR, []faultAt{at(2, rules.ErrFastBindingTooLong)}},
		{"fast binding, all addresses multicast", mnfa, shared, "14 20 000a e0000001 e0000002 e0000003 " + identifier + mobilePAR, []faultAt{
			at(4, rules.ErrFastAddress), at(8, rules.ErrFastAddress), at(12, rules.ErrFastAddress)}},
		{"fast binding, code 128", famn, shared, "15 80 0000 c000020a c6336407 " + identifier + mobilePAR, nil},
		{"fast binding, code 129", famn, shared, "15 81 0000 c000020a c6336407 " + identifier + mobilePAR, nil},
		{"fast binding, code 130", famn, shared, "15 82 0000 c000020a c6336407 " + identifier + mobilePAR, nil},
		{"fast binding, code 127", famn, shared, "15 7f 0000 c000020a c6336407 " + identifier + mobilePAR, []faultAt{at(1, rules.ErrFastCode)}},
		{"fast binding, code 131", famn, shared, "15 83 0000 c000020a c6336407 " + identifier + mobilePAR, []faultAt{at(1, rules.ErrFastCode)}},
		{"fast binding, something behind", mnfa, shared, fastUpdate + mobilePAR + nai + padding, []faultAt{at(48, rules.ErrUnprotected), at(48, rules.ErrRegistrationExtension)}},

		// RFC 6098 §4.1, §4.5-4.7.
		{"notification, every reserved bit", hafa, shared, "16 01 7fff" + addresses + identifier + homeString + agentHome, []faultAt{at(2, rules.ErrMessageReserved)}},
		{"notification HA to FA, no association", hafa, apart, "16 01" + notifyFields + homeString + agentHome, []faultAt{at(51, rules.ErrNotificationForeignHome), at(29, rules.ErrForeignHomeUnknown)}},
		{"notification MN to FA, no association", mnfa, apart, "16 03" + notifyFields + unassigned + mobileAgent, []faultAt{
			at(49, rules.ErrNotificationMobileForeign), at(24, rules.ErrNotificationUnknown), at(27, rules.ErrMobileForeignUnknown)}},
		{"notification HA to MN to be relayed, no association", hafa, apart, "16 00" + notifyFields + homeString + mobileHome + agentHome, []faultAt{at(51, rules.ErrForeignHomeUnknown)}},
		{"notification HA to MN relayed, no association", famn, apart, "16 00" + notifyFields + homeString + mobileHome + mobileAgent, []faultAt{at(51, rules.ErrMobileForeignUnknown)}},
		{"notification HA to MN to be relayed, without Foreign-Home", hafa, shared, "16 00" + notifyFields + homeString + mobileHome, nil},
		{"notification HA to MN relayed, two Mobile-Foreign", famn, shared, "16 00" + notifyFields + homeString + mobileHome + mobileAgent + mobileAgent, []faultAt{at(73, rules.ErrSecondAuthentication)}},
		{"notification MN to HA to be relayed, no association, no Mobile-Foreign", mnfa, apart, "16 02" + notifyFields + unassigned + mobileHome, []faultAt{at(24, rules.ErrNotificationUnknown)}},
		{"notification MN to HA relayed, no association, no Foreign-Home", faha, apart, "16 02" + notifyFields + unassigned + mobileHome, []faultAt{at(24, rules.ErrNotificationUnknown)}},
		{"notification HA to MN to be relayed, the string unprotected", hafa, shared, "16 00" + notifyFields + mobileHome + homeString, []faultAt{at(46, rules.ErrNotificationUnprotected)}},
		{"notification HA to MN to be relayed, the string for the foreign agent", hafa, shared, "16 00" + notifyFields + mobileHome + homeString + agentHome, nil},
		{"notification HA to MN to be relayed, the foreign agent's string", hafa, shared, "16 00" + notifyFields + mobileHome + agentString + agentHome, []faultAt{at(46, rules.ErrMessageStringAuthor)}},
		{"notification MN to HA to be relayed, the string for the foreign agent", mnfa, shared, "16 02" + notifyFields + mobileHome + agentString + mobileAgent, []faultAt{at(46, rules.ErrMessageStringUnclear)}},
		{"notification FA to MN with the home agent's string", famn, shared, "16 04" + notifyFields + homeString + mobileAgent, []faultAt{at(24, rules.ErrMessageStringAuthor)}},
		{"notification HA to MN behind Mobile-Foreign", famn, shared, "16 00" + notifyFields + homeString + mobileHome + mobileAgent + agentString, []faultAt{at(73, rules.ErrBehindAuthentication)}},
		{"notification with a long form that is not registered", hafa, shared, "16 01" + notifyFields + homeString + "9a 09 0001 00" + agentHome, []faultAt{at(29, rules.ErrNotificationExtension)}},
		{"notification with all sorts of vendor extensions", hafa, shared, "16 01" + notifyFields + homeString + critical + "85 08 0000 00000009 0001" + agentHome, []faultAt{
			at(29, rules.ErrNotificationExtension), at(39, rules.ErrNotificationExtension)}},
		{"notification with other authentication", hafa, shared, "16 01" + notifyFields + homeString + agentAgent + mobileGFA + mobilePAR + correspondent + agentHome, []faultAt{
			at(29, rules.ErrNotificationExtension), at(53, rules.ErrNotificationExtension), at(77, rules.ErrNotificationExtension), at(101, rules.ErrNotificationExtension)}},
		{"notification with nothing but authentication", hafa, shared, "16 01" + notifyFields + agentHome, []faultAt{at(46, rules.ErrNotificationEmpty)}},
		{"notification, direction 6, with padding", faha, shared, "16 06" + notifyFields + padding + agentHome, []faultAt{at(1, rules.ErrNotificationDirection), at(24, rules.ErrNotificationExtension)}},
		{"notification, direction 6, with padding alone", faha, shared, "16 06" + notifyFields + padding, []faultAt{at(1, rules.ErrNotificationDirection), at(24, rules.ErrNotificationExtension)}},
		{"notification, all addresses multicast", hafa, shared, "16 01 0000 e0000001 e0000002 e0000003 " + identifier + homeString + agentHome, []faultAt{
			at(4, rules.ErrNotificationAddress), at(8, rules.ErrNotificationAddress), at(12, rules.ErrNotificationAddress)}},

		// RFC 6098 §4.2.
		{"notification acknowledged with other authentication", faha, shared, "17 05" + notifyAckFields + mobileAAA + agentHome, []faultAt{at(24, rules.ErrOtherAuthentication)}},
		{"notification acknowledged with the home agent's string", hafa, shared, "17 01" + notifyAckFields + homeString + agentHome, nil},
		{"notification acknowledged with the foreign agent's string", hafa, shared, "17 01" + notifyAckFields + agentString + agentHome, []faultAt{at(24, rules.ErrMessageStringAuthor)}},
		{"notification acknowledged by the mobile node with a string", mnha, shared, "17 02" + notifyAckFields + agentString + mobileHome, []faultAt{at(24, rules.ErrMessageStringUnclear)}},
		{"notification acknowledged with an NAI", hafa, shared, "17 01" + notifyAckFields + nai + agentHome, nil},
		{"notification acknowledged, all addresses multicast", faha, shared, "17 05 00 00 e0000001 e0000002 e0000003 " + identifier + agentHome, []faultAt{
			at(4, rules.ErrNotificationAddress), at(8, rules.ErrNotificationAddress), at(12, rules.ErrNotificationAddress)}},
		{"notification acknowledged MN to HA, to be relayed without Mobile-Foreign", mnfa, shared, "17 02" + notifyAckFields + mobileHome, []faultAt{at(46, rules.ErrNotificationRelayedWithout)}},
		{"notification acknowledged MN to HA, without Mobile-Home", mnha, shared, "17 02" + notifyAckFields, []faultAt{at(24, rules.ErrNotificationAckMobileHome)}},
		{"notification acknowledged HA to FA, two Foreign-Home", hafa, shared, "17 01" + notifyAckFields + agentHome + agentHome, []faultAt{at(46, rules.ErrNotificationAckForeignHome)}},
		{"notification acknowledged FA to MN without Mobile-Foreign", famn, shared, "17 04" + notifyAckFields, []faultAt{at(24, rules.ErrNotificationAckMobileForeign)}},

		// RFC 6521 §5.6-5.9: nothing authenticates them, and they have no extensions.
		{"care-of test, reserved", none, shared, "1b 01 0001 0102030405060708 1112131415161718", []faultAt{at(1, rules.ErrMessageReserved)}},
		{"home test init, reserved", none, shared, "18 80 0102030405060708", []faultAt{at(1, rules.ErrMessageReserved)}},
		{"care-of test init, reserved", none, shared, "19 01 0102030405060708", []faultAt{at(1, rules.ErrMessageReserved)}},
		{"home test init, extended", none, shared, homeTestInit + unassigned + agentAgent, []faultAt{at(10, rules.ErrTestExtension), at(13, rules.ErrTestExtension)}},
		{"home test, extended", none, shared, homeTest + vendor, []faultAt{at(20, rules.ErrTestExtension)}},
		{"care-of test, extended", none, shared, careOfTest + homeString + correspondent, []faultAt{at(20, rules.ErrTestExtension), at(25, rules.ErrTestExtension)}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.s
			s.Leg, s.Profile = tt.leg, dsmip.RFC5454
			m := parseMessage(t, tt.hex)
			got := judged(t, s, receiverOf(tt.leg, m.MessageType()), m)
			if !sameFaults(got, tt.want) {
				t.Errorf("got  %v\nwant %v", got, tt.want)
			}
		})
	}
}

// The addresses of a handoff and of a fast binding.
const (
	addressesOf2  = " c000020a c0000201 "
	fastAddresses = " c000020a c6336407 c6336401 "
)

// TestNotificationLegs: the legs of each direction: where the sender and the receiver that it
// names are not on one link, the foreign agent relays (RFC 6098 §3.2, §4.1).
func TestNotificationLegs(t *testing.T) {
	for d, legs := range [...][]code.Leg{
		{code.HAtoMN, code.HAtoFA, code.FAtoMN}, // HA to MN
		{code.HAtoFA},                           // HA to FA
		{code.MNtoHA, code.MNtoFA, code.FAtoHA}, // MN to HA
		{code.MNtoFA},                           // MN to FA
		{code.FAtoMN},                           // FA to MN
		{code.FAtoHA},                           // FA to HA
	} {
		for _, hex := range []string{fmt.Sprintf("16 %02x", d) + notifyFields, fmt.Sprintf("17 %02x", d) + notifyAckFields} {
			for leg := code.MNtoFA; leg <= code.FAtoMN; leg++ {
				s := rules.Situation{Leg: leg, Profile: dsmip.RFC5454}
				wrong := false
				for v := range s.Message(parseMessage(t, hex), nil) {
					if v.Fault == rules.ErrNotificationLeg {
						wrong = true
					}
				}
				if wrong == slices.Contains(legs, leg) {
					t.Errorf("%s on %v: wrong %v", hex, leg, wrong)
				}
			}
		}
	}
}

// TestNotificationCodes: 0 is accepted; an acknowledgment of a foreign agent denies with 64
// to 127, of a home agent with 128 to 191, of a mobile node with 192 to 255 (RFC 6098 §4.2).
func TestNotificationCodes(t *testing.T) {
	for _, tt := range []struct {
		direction   int
		leg         code.Leg
		least, most int
	}{
		{0, code.FAtoMN, 128, 191},
		{1, code.HAtoFA, 128, 191},
		{2, code.MNtoFA, 192, 255},
		{3, code.MNtoFA, 192, 255},
		{4, code.FAtoMN, 64, 127},
		{5, code.FAtoHA, 64, 127},
	} {
		for n := range 256 {
			s := rules.Situation{Leg: tt.leg, Profile: dsmip.RFC5454}
			wrong := false
			for v := range s.Message(parseMessage(t, fmt.Sprintf("17 %02x %02x 00 c000020a c0000201 c6336407 ", tt.direction, n)+identifier), nil) {
				wrong = wrong || v.Fault == rules.ErrNotificationCode && v.Offset == 2
			}
			if right := n == 0 || tt.least <= n && n <= tt.most; wrong == right {
				t.Errorf("direction %d, code %d: wrong %v", tt.direction, n, wrong)
			}
		}
	}
}
