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
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Answers to the messages of message_test.go, and others of them: what differs stands in the
// names.
const (
	acknowledged     = "0f 00 0000 c000020a 00001000"
	acknowledgedI    = "0f 00 8000 c000020a 00001000"
	handoffSourceB   = "10 80 0000 0708 0000 c000020a c0000201 " + identifier // H
	handoffTargetAt  = "10 44 0000 0708 0000 c000020a c0000201 " + identifier // N, T, and whose
	handoffTargetOff = "10 40 0000 0000 0000 00000000 00000000 " + identifier // N
	handoffEnds      = "10 20 0000 0000 0000 00000000 00000000 " + identifier // R
	handoffRenews    = "10 20 0000 0708 0000 00000000 00000000 " + identifier // R
	replyRenewal     = "11 20 0000 0708 0000 00000000 00000000 " + identifier // R
	otherHigh        = "ec00000112345678"
	otherLow         = "ec00000012345679"
)

// TestAnswers: what only the message that is answered shows.
func TestAnswers(t *testing.T) {
	const (
		none = code.Leg(0)
		faha = code.FAtoHA
		hafa = code.HAtoFA
		hamn = code.HAtoMN
		mnha = code.MNtoHA
		mnfa = code.MNtoFA
		famn = code.FAtoMN
	)
	at := func(at int, f *code.Fault) faultAt { return faultAt{at, f} }
	handoff := func(flags, reply string) string { return "11 " + flags + " 00 " + reply + ethernet + agentAgent }
	const source, target, nobody = "00 0708 0000 00000000 00000000 " + identifier, "00 0708 0000 c000020a c0000201 " + identifier, "00000000 00000000 "
	ack := func(md, code string) string { return "17 " + md + code + "00 c000020a c0000201 c6336407 " + identifier }
	for _, tt := range []struct {
		name       string
		leg        code.Leg
		hex, asked string
		want       []faultAt
	}{
		// RFC 3543 §3.4, §3.5.
		{"acknowledgment", faha, acknowledged + agentHome, byHome + agentHome, nil},
		{"acknowledgment, informed", faha, acknowledgedI + agentHome, byHomeInform + agentHome, nil},
		{"acknowledgment, not informed", faha, acknowledged + agentHome, byHomeInform + agentHome, nil},
		{"acknowledgment of the mobile node", mnha, acknowledged + mobileHome, byHomeInform + mobileHome, nil},
		{"acknowledgment of the home agent", hafa, acknowledged + agentHome, byForeign + agentHome, nil},
		{"acknowledgment, informed unasked", faha, acknowledgedI + agentHome, byHome + agentHome, []faultAt{at(2, rules.ErrAcknowledgmentInform)}},
		{"acknowledgment of another's", hafa, "0f 00 0000 c000020b 00001000" + agentHome, byForeign + agentHome, []faultAt{at(4, rules.ErrRevocationHomeAddress)}},
		{"acknowledgment of another", faha, "0f 00 0000 c000020a 00001001" + agentHome, byHome + agentHome, []faultAt{at(8, rules.ErrRevocationIdentifier)}},
		{"acknowledgment of the revoking home agent", hafa, acknowledged + agentHome, byHome + agentHome, []faultAt{at(0, rules.ErrRevocationAcknowledger)}},
		{"acknowledgment of the revoking foreign agent", faha, acknowledged + agentHome, byForeign + agentHome, []faultAt{at(0, rules.ErrRevocationAcknowledger)}},
		{"acknowledgment of a mobile node to the foreign agent's", mnha, acknowledged + mobileHome, byForeign + agentHome, []faultAt{at(0, rules.ErrRevocationAcknowledger)}},

		// RFC 4881 §4.1-4.3, §4.6, §4.7.
		{"handoff by source", none, handoff("84", source), handoffSource + ethernet + agentAgent, nil},
		{"handoff by target", none, handoff("44", target), handoffTarget + ethernet + agentAgent, nil},
		{"handoff by target, to third", none, replyThird + solicited + ethernet + agentAgent, handoffTarget + ethernet + agentAgent, nil},
		{"handoff renewed", none, replyRenewal + agentAgent, handoffRenews + ethernet + agentAgent, nil},
		{"handoff by target for source", none, handoff("44", target), handoffSource + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffAnswer)}},
		{"handoff by source for target", none, handoff("84", source), handoffTarget + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffAnswer)}},
		{"handoff to third for source", none, replyThird + solicited + ethernet + agentAgent, handoffSource + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffAnswer)}},
		{"handoff to third for third", none, replyThird + solicited + ethernet + agentAgent, handoffThird + solicited + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffAnswer)}},
		{"handoff by target for third", none, handoff("44", target), handoffThird + solicited + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffAnswer)}},
		{"handoff renewed for target", none, replyRenewal + agentAgent, handoffTarget + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffAnswer)}},
		{"handoff by source for renewal", none, handoff("84", source), handoffRenews + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffAnswer)}},
		{"handoff by source, failed, for target", none, "11 80 0001 0000 0000 " + nobody + identifier + agentAgent, handoffTarget + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffAnswer)}},
		{"handoff of no kind", none, "11 04 0000 0708 0000 " + nobody + identifier + agentAgent, handoffTarget + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffKind)}},
		{"handoff for no kind", none, handoff("84", source), "10 04 0000 0708 0000 c000020a c0000201 " + identifier + ethernet + agentAgent, nil},
		{"handoff by source, another Identification", none, "11 84 0000 0708 0000 " + nobody + otherLow + agentAgent, handoffSource + ethernet + agentAgent, []faultAt{at(16, rules.ErrHandoffIdentification)}},
		{"handoff by source, another high half", none, "11 84 0000 0708 0000 " + nobody + otherHigh + agentAgent, handoffSource + ethernet + agentAgent, nil},
		{"handoff by source, longer", none, "11 84 0000 0709 0000 " + nobody + identifier + agentAgent, handoffSource + ethernet + agentAgent, []faultAt{at(4, rules.ErrHandoffLonger)}},
		{"handoff by source, failed, longer", none, "11 84 0001 0709 0000 " + nobody + identifier + agentAgent, handoffSource + ethernet + agentAgent, []faultAt{at(4, rules.ErrHandoffLifetime)}},
		{"handoff to third by source, longer", none, "11 84 0000 0709 0000 " + nobody + identifier + agentAgent, handoffThird + solicited + ethernet + agentAgent, nil},
		{"handoff by target, longer", none, "11 44 0000 0709 0000 c000020a c0000201 " + identifier + ethernet + agentAgent, handoffTarget + ethernet + agentAgent, nil},
		{"handoff renewed, shorter", none, "11 20 0000 0707 0000 " + nobody + identifier + agentAgent, handoffRenews + ethernet + agentAgent, nil},
		{"handoff renewed, longer", none, "11 20 0000 0709 0000 " + nobody + identifier + agentAgent, handoffRenews + ethernet + agentAgent, []faultAt{at(4, rules.ErrHandoffRenewedLonger)}},
		{"handoff renewed that was to end", none, replyRenewal + agentAgent, handoffEnds + ethernet + agentAgent, []faultAt{at(4, rules.ErrHandoffRenewedLonger)}},
		{"handoff by source, T unoffered", none, handoff("84", source), handoffSourceB + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffReverseTunnel)}},
		{"handoff to third by source, T", none, handoff("84", source), handoffThird + solicited + ethernet + agentAgent, nil},
		{"handoff by target, B beside T", none, handoff("46", target), handoffTarget + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffHomeTunnel)}},
		{"handoff by target, B", none, handoff("46", target), handoffTargetOff + ethernet + agentAgent, nil},
		{"handoff by target, the same", none, handoff("44", target), handoffTargetAt + ethernet + agentAgent, nil},
		{"handoff by target, another mobile node", none, "11 44 0000 0708 0000 c000020b c0000201 " + identifier + ethernet + agentAgent, handoffTargetAt + ethernet + agentAgent, []faultAt{at(8, rules.ErrHandoffOther)}},
		{"handoff by target, another home agent", none, "11 44 0000 0708 0000 c000020a c0000202 " + identifier + ethernet + agentAgent, handoffTargetAt + ethernet + agentAgent, []faultAt{at(12, rules.ErrHandoffOther)}},

		// RFC 4857 §6, §10.2.
		{"regional", famn, regionalReply + mobileGFA, regionalRequest + mobileGFA, nil},
		{"regional, shorter", hafa, "13 00 0707 c000020a c6336401 " + identifier + mobileGFA, regionalRequest + mobileGFA, nil},
		{"regional, longer", hafa, "13 00 0709 c000020a c6336401 " + identifier + mobileGFA, regionalRequest + mobileGFA, []faultAt{at(2, rules.ErrLongerLifetime)}},
		{"regional, denied with another Lifetime", hafa, "13 c1 0709 c000020a c6336401 " + identifier + mobileGFA, regionalRequest + mobileGFA, nil},
		{"regional, another mobile node", hamn, "13 00 0708 c000020b c6336401 " + identifier + mobileGFA, regionalRequest + mobileGFA, []faultAt{at(4, mipv4.ErrOtherHomeAddress)}},
		{"regional, to be named", hamn, regionalReply + mobileGFA, "12 02 0708 00000000 c6336401 c6336407 " + identifier + mobileGFA, nil},
		{"regional, another gateway", famn, "13 00 0708 c000020a c6336402 " + identifier + mobileGFA, regionalRequest + mobileGFA, []faultAt{at(8, rules.ErrRegionalOtherGateway)}},
		{"regional, another gateway denies", hafa, "13 c1 0000 c000020a c6336402 " + identifier + mobileGFA, regionalRequest + mobileGFA, []faultAt{at(8, rules.ErrRegionalOtherGateway)}},
		{"regional, another Identification", famn, "13 00 0708 c000020a c6336401 " + otherLow + mobileGFA, regionalRequest + mobileGFA, []faultAt{at(12, mipv4.ErrOtherIdentification)}},
		{"regional, another high half", famn, "13 00 0708 c000020a c6336401 " + otherHigh + mobileGFA, regionalRequest + mobileGFA, nil},
		{"regional, T missed, but set", famn, "13 4b 0708 c000020a c6336401 " + identifier, regionalRequest + mobileGFA, []faultAt{at(1, rules.ErrTunnelMandatory), at(20, rules.ErrRegionalDenial)}},
		{"regional, T missed by the gateway, but set", hafa, "13 8a 0000 c000020a c6336401 " + identifier + mobileGFA, regionalRequest + mobileGFA, []faultAt{at(1, rules.ErrTunnelMandatory)}},
		{"regional, T missed", famn, "13 4b 0708 c000020a c6336401 " + identifier, "12 00 0708 c000020a c6336401 c6336407 " + identifier + mobileGFA, []faultAt{at(20, rules.ErrRegionalDenial)}},
		{"regional, denied", famn, "13 40 0708 c000020a c6336401 " + identifier, regionalRequest + mobileGFA, []faultAt{at(20, rules.ErrRegionalDenial)}},
		{"regional, denied, another high half", famn, "13 40 0708 c000020a c6336401 " + otherHigh, regionalRequest + mobileGFA, []faultAt{at(12, rules.ErrDenialIdentification), at(20, rules.ErrRegionalDenial)}},
		{"regional, denied, another Lifetime", famn, "13 40 0707 c000020a c6336401 " + identifier, regionalRequest + mobileGFA, []faultAt{at(2, rules.ErrDenialLifetime), at(20, rules.ErrRegionalDenial)}},
		{"regional, denied as by the foreign agent, signed by the gateway", famn, "13 40 0707 c000020a c6336401 " + otherHigh + mobileGFA, regionalRequest + mobileGFA, nil},
		{"regional, denied by the gateway", famn, "13 6e 0000 c000020a c6336401 " + otherHigh + mobileGFA, regionalRequest + mobileGFA, nil},
		{"regional, too long", famn, "13 45 0707 c000020a c6336401 " + identifier, regionalRequest + mobileGFA, []faultAt{at(20, rules.ErrRegionalDenial)}},
		{"regional, not too long", famn, "13 45 0708 c000020a c6336401 " + identifier, regionalRequest + mobileGFA, []faultAt{at(2, rules.ErrDenialTooLong), at(20, rules.ErrRegionalDenial)}},

		// RFC 4988 §5.2.
		{"fast binding", famn, fastAck + mobilePAR, fastUpdate + mobilePAR, nil},
		{"fast binding, shorter", none, "15 00 0009 c000020a c6336407 " + identifier + mobilePAR, fastUpdate + mobilePAR, nil},
		{"fast binding, longer", famn, "15 00 000b c000020a c6336407 " + identifier + mobilePAR, fastUpdate + mobilePAR, []faultAt{at(2, rules.ErrFastLonger)}},
		{"fast binding, denied for longer", famn, "15 80 000b c000020a c6336407 " + identifier + mobilePAR, fastUpdate + mobilePAR, nil},
		{"fast binding, another mobile node", famn, "15 00 000a c000020b c6336407 " + identifier + mobilePAR, fastUpdate + mobilePAR, []faultAt{at(4, rules.ErrFastOther)}},
		{"fast binding, another router", none, "15 00 000a c000020a c6336408 " + identifier + mobilePAR, fastUpdate + mobilePAR, []faultAt{at(8, rules.ErrFastOther)}},
		{"fast binding, another Identification", famn, "15 00 000a c000020a c6336407 " + otherLow + mobilePAR, fastUpdate + mobilePAR, []faultAt{at(12, rules.ErrFastIdentification)}},
		{"fast binding, another high half", famn, "15 00 000a c000020a c6336407 " + otherHigh + mobilePAR, fastUpdate + mobilePAR, []faultAt{at(12, rules.ErrFastIdentificationHigh)}},

		// RFC 6098 §4.2, §4.5.1, §4.6.1, §4.7.3, §7.1.
		{"notification HA to MN", mnha, ack("02", "00") + mobileHome, "16 00" + notifyFields + homeString + mobileHome, nil},
		{"notification HA to FA", faha, ack("05", "00") + agentHome, "16 01" + notifyFields + homeString + agentHome, nil},
		{"notification MN to HA", hamn, ack("00", "00") + mobileHome, "16 02" + notifyFields + mobileHome, nil},
		{"notification MN to FA", famn, ack("04", "00") + mobileAgent, "16 03" + notifyFields + mobileAgent, nil},
		{"notification FA to MN", mnfa, ack("03", "00") + mobileAgent, "16 04" + notifyFields + agentString + mobileAgent, nil},
		{"notification FA to HA", hafa, ack("01", "00") + agentHome, "16 05" + notifyFields + agentString + agentHome, nil},
		{"notification, for the sender", hamn, ack("00", "00") + mobileHome, "16 00" + notifyFields + homeString + mobileHome, []faultAt{at(1, rules.ErrNotificationAnswer)}},
		{"notification, of the foreign agent for the mobile node", faha, ack("05", "00") + agentHome, "16 00" + notifyFields + homeString + mobileHome, []faultAt{at(1, rules.ErrNotificationAnswer)}},
		{"notification, of the mobile node for the foreign agent", mnha, ack("02", "00") + mobileHome, "16 01" + notifyFields + homeString + agentHome, []faultAt{at(1, rules.ErrNotificationAnswer)}},
		{"notification, of the mobile node to the foreign agent", mnfa, ack("03", "00") + mobileAgent, "16 00" + notifyFields + homeString + mobileHome, []faultAt{at(1, rules.ErrNotificationAnswer)}},
		{"notification, denied to the wrong node", famn, ack("04", "41") + mobileAgent, "16 00" + notifyFields + homeString + mobileHome, []faultAt{at(1, rules.ErrNotificationAnswer)}},
		{"notification, relay denied to the home agent", faha, ack("05", "41") + agentHome, "16 00" + notifyFields + homeString + mobileHome, []faultAt{at(1, rules.ErrNotificationRelayDenied)}},
		{"notification, relay denied to the mobile node", famn, ack("04", "40") + mobileAgent, "16 02" + notifyFields + mobileHome, []faultAt{at(1, rules.ErrNotificationRelayDenied)}},
		{"notification, relay denied to the mobile node, the home agent failed", famn, ack("04", "44") + mobileAgent, "16 02" + notifyFields + mobileHome, []faultAt{at(1, rules.ErrNotificationRelayDenied), at(2, rules.ErrNotificationBlamed)}},
		{"notification, relay denied to the home agent, the mobile node failed", faha, ack("05", "43") + agentHome, "16 00" + notifyFields + homeString + mobileHome, []faultAt{at(1, rules.ErrNotificationRelayDenied), at(2, rules.ErrNotificationBlamed)}},
		{"notification, denied for another", faha, ack("05", "41") + agentHome, "16 04" + notifyFields + agentString + mobileAgent, []faultAt{at(1, rules.ErrNotificationAnswer)}},
		{"notification of no direction", faha, ack("05", "00") + agentHome, "16 06" + notifyFields + homeString + agentHome, nil},
		{"notification, acknowledged in no direction", faha, ack("06", "00") + agentHome, "16 01" + notifyFields + homeString + agentHome, []faultAt{at(1, rules.ErrNotificationDirection)}},
		{"notification, another mobile node", faha, "17 05 00 00 c000020b c0000201 c6336407 " + identifier + agentHome, "16 01" + notifyFields + homeString + agentHome, []faultAt{at(4, rules.ErrNotificationOther)}},
		{"notification, another home agent", faha, "17 05 00 00 c000020a c0000202 c6336407 " + identifier + agentHome, "16 01" + notifyFields + homeString + agentHome, []faultAt{at(8, rules.ErrNotificationOther)}},
		{"notification, another care-of address", faha, "17 05 00 00 c000020a c0000201 c6336408 " + identifier + agentHome, "16 01" + notifyFields + homeString + agentHome, []faultAt{at(12, rules.ErrNotificationOtherCareOf)}},
		{"notification, another Identification", faha, "17 05 00 00 c000020a c0000201 c6336407 " + otherLow + agentHome, "16 01" + notifyFields + homeString + agentHome, []faultAt{at(16, rules.ErrNotificationIdentification)}},
		{"notification, another high half", faha, "17 05 45 00 c000020a c0000201 c6336407 " + otherHigh + agentHome, "16 01" + notifyFields + homeString + agentHome, nil},
		{"notification, the mobile node failed", hamn, ack("00", "83") + mobileHome, "16 02" + notifyFields + mobileHome, nil},
		{"notification, the relay failed", hamn, ack("00", "84") + mobileHome, "16 02" + notifyFields + mobileHome, nil},
		{"notification, the foreign agent failed", hafa, ack("01", "84") + agentHome, "16 05" + notifyFields + agentString + agentHome, nil},
		{"notification of the foreign agent, the mobile node failed", hafa, ack("01", "83") + agentHome, "16 05" + notifyFields + agentString + agentHome, []faultAt{at(2, rules.ErrNotificationBlamed)}},
		{"notification at the foreign agent, the mobile node failed", famn, ack("04", "43") + mobileAgent, "16 03" + notifyFields + mobileAgent, nil},
		{"notification of the home agent, the mobile node failed", faha, ack("05", "43") + agentHome, "16 01" + notifyFields + homeString + agentHome, []faultAt{at(2, rules.ErrNotificationBlamed)}},
		{"notification of the home agent, it failed", faha, ack("05", "44") + agentHome, "16 01" + notifyFields + homeString + agentHome, nil},
		{"notification of the mobile node, the home agent failed", famn, ack("04", "44") + mobileAgent, "16 03" + notifyFields + mobileAgent, []faultAt{at(2, rules.ErrNotificationBlamed)}},
		{"notification of the foreign agent, it failed", mnfa, ack("03", "c3") + mobileAgent, "16 04" + notifyFields + agentString + mobileAgent, nil},
		{"notification of the foreign agent, the home agent failed", mnfa, ack("03", "c4") + mobileAgent, "16 04" + notifyFields + agentString + mobileAgent, []faultAt{at(2, rules.ErrNotificationBlamed)}},
		{"notification of the home agent, it failed at the mobile node", mnha, ack("02", "c4") + mobileHome, "16 00" + notifyFields + homeString + mobileHome, nil},
		{"notification of the home agent, its relay failed", mnha, ack("02", "c3") + mobileHome, "16 00" + notifyFields + homeString + mobileHome, nil},

		// RFC 6521 §3.2.
		{"home test", none, homeTest, homeTestInit, nil},
		{"care-of test", none, careOfTest, careOfTestInit, nil},
		{"home test, another cookie", none, homeTest, "18 00 0102030405060709", []faultAt{at(4, rules.ErrTestCookie)}},
		{"care-of test, another cookie", none, careOfTest, "19 00 0002030405060708", []faultAt{at(4, rules.ErrTestCookie)}},

		// Registrations.
		{"reply", hamn, "03 00 0708 c000020a c0000201 eeae5a5a3eb7e123" + mobileHome, referenceHead + mobileHome, nil},
		{"reply, longer", hamn, "03 00 0709 c000020a c0000201 eeae5a5a3eb7e123" + mobileHome, referenceHead + mobileHome, []faultAt{at(2, rules.ErrLongerLifetime)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := rules.Situation{Leg: tt.leg, Profile: dsmip.RFC5454, ForeignHome: rules.Shared}
			m := parseMessage(t, tt.hex)
			got := judgedAnswer(t, s, receiverOf(tt.leg, m.MessageType()), m, parseMessage(t, tt.asked))
			if !sameFaults(got, tt.want) {
				t.Errorf("got  %v\nwant %v", got, tt.want)
			}
		})
	}
}

// TestAsked: every message is judged with none, and only with one of the type that it
// answers, by value.
func TestAsked(t *testing.T) {
	all := []string{
		referenceHead + mobileHome, "03 00 0708 c000020a c0000201 " + identifier + mobileHome, dataIPv4, byHome, acknowledged, handoffSource, replySource,
		regionalRequest, regionalReply, fastUpdate, fastAck, "16 00" + notifyFields, "17 02" + notifyAckFields,
		homeTestInit, careOfTestInit, homeTest, careOfTest, "ff",
	}
	answered := map[mipv4.MessageType]mipv4.MessageType{
		mipv4.TypeReply: mipv4.TypeRequest, mipv4.TypeRevocationAcknowledgment: mipv4.TypeRevocation, mipv4.TypeHandoffReply: mipv4.TypeHandoffRequest,
		mipv4.TypeRegionalReply: mipv4.TypeRegionalRequest, mipv4.TypeFastBindingAck: mipv4.TypeFastBindingUpdate,
		mipv4.TypeNotificationAck: mipv4.TypeNotification, mipv4.TypeHomeTest: mipv4.TypeHomeTestInit, mipv4.TypeCareOfTest: mipv4.TypeCareOfTestInit,
	}
	first := func(s rules.Situation, m, asked mipv4.Message) (f *code.Fault, n int) {
		for v := range s.Message(m, asked) {
			if n++; n == 1 {
				f = v.Fault
			}
		}
		return f, n
	}
	for _, hex := range all {
		m := parseMessage(t, hex)
		s := rules.Situation{Leg: legOf(m), Profile: dsmip.RFC5454}
		if err := s.CheckMessage(m, nil); err == rules.ErrAsked {
			t.Errorf("%v without another is %v", m.MessageType(), err)
		}
		for _, hex := range all {
			asked := parseMessage(t, hex)
			want := asked.MessageType() == answered[m.MessageType()]
			err := s.CheckMessage(m, asked)
			f, n := first(s, m, asked)
			if (err != rules.ErrAsked) != want || (f != rules.ErrAsked) != want || !want && n != 1 {
				t.Errorf("%v for %v: %v, %v", m.MessageType(), asked.MessageType(), err, f)
			}
		}
		q := parseMessage(t, referenceHead+mobileHome).(mipv4.Request)
		if err := s.CheckMessage(m, &q); err != rules.ErrAsked {
			t.Errorf("%v for a pointer: %v", m.MessageType(), err)
		}
	}
	// What the caller did not say of the situation comes first.
	m, asked := parseMessage(t, acknowledged), parseMessage(t, byHome)
	for _, s := range []rules.Situation{{Leg: code.HAtoMN, Profile: dsmip.RFC5454}, {Leg: code.FAtoHA}} {
		if err := s.CheckMessage(m, asked); err == rules.ErrAsked || err == nil {
			t.Errorf("%v: %v", s, err)
		}
	}
}

// legOf returns one of the legs of a message, by TestMessageLegs.
func legOf(m mipv4.Message) code.Leg {
	for leg := code.Leg(0); leg <= code.FAtoMN; leg++ {
		s := rules.Situation{Leg: leg, Profile: dsmip.RFC5454}
		switch s.CheckMessage(m, nil) {
		case rules.ErrMessageLeg, rules.ErrRequestLeg, rules.ErrReplyLeg, code.ErrLeg:
		default:
			return leg
		}
	}
	return 0
}

// TestAnswersOfNothing: a message that nobody parsed and nobody filled is not what is
// answered.
func TestAnswersOfNothing(t *testing.T) {
	for _, tt := range []struct {
		leg   code.Leg
		hex   string
		asked mipv4.Message
		want  []*code.Fault
	}{
		{code.FAtoHA, acknowledged + agentHome, mipv4.Revocation{}, []*code.Fault{rules.ErrRevocationAcknowledger, rules.ErrRevocationHomeAddress, rules.ErrRevocationIdentifier}},
		{code.FAtoMN, regionalReply + mobileGFA, mipv4.RegionalRequest{}, []*code.Fault{mipv4.ErrOtherIdentification, rules.ErrLongerLifetime, mipv4.ErrOtherHomeAddress, rules.ErrRegionalOtherGateway}},
		{code.FAtoMN, fastAck + mobilePAR, mipv4.FastBindingUpdate{}, []*code.Fault{rules.ErrFastLonger, rules.ErrFastOther, rules.ErrFastOther, rules.ErrFastIdentification}},
		{code.FAtoHA, "17 05" + notifyAckFields + agentHome, mipv4.Notification{HomeAddress: netip.MustParseAddr("::ffff:192.0.2.10")}, []*code.Fault{
			rules.ErrNotificationAnswer, rules.ErrNotificationOther, rules.ErrNotificationOther, rules.ErrNotificationOtherCareOf, rules.ErrNotificationIdentification,
		}},
		{0, homeTest, mipv4.HomeTestInit{}, []*code.Fault{rules.ErrTestCookie}},
	} {
		s := rules.Situation{Leg: tt.leg, Profile: dsmip.RFC5454}
		var got []*code.Fault
		for v := range s.Message(parseMessage(t, tt.hex), tt.asked) {
			if v.Fault != nil {
				got = append(got, v.Fault)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.hex, got, tt.want)
		}
	}
}

// TestMostFaultsOfOneMessage: there is room for all that can be wrong with a fixed part, and
// with the message that it answers.
func TestMostFaultsOfOneMessage(t *testing.T) {
	for _, tt := range []struct {
		leg        code.Leg
		hex, asked string
		want       int
	}{
		// Direction of the way and of the answer, three addresses twice, Code twice, reserved,
		// Identification.
		{code.FAtoHA, "17 04 c4 ff 00000000 00000000 00000000 " + otherLow + agentHome, "16 03" + notifyFields + mobileAgent, 11},
		// R beside H, both encapsulations, reserved, which is told once, Code, its Lifetime,
		// Identification.
		{0, "11 b8 ffff 0708 ffff e0000001 e0000001 " + otherLow + ethernet + agentAgent, handoffTarget + ethernet + agentAgent, 6},
		// Both encapsulations, reserved, T bit, Lifetime, two addresses, Identification.
		{0, "11 9c 0100 0709 0000 c000020b c0000202 " + otherLow + ethernet + agentAgent, handoffSourceB + ethernet + agentAgent, 7},
	} {
		s := rules.Situation{Leg: tt.leg, Profile: dsmip.RFC5454}
		n := 0
		for v := range s.Message(parseMessage(t, tt.hex), parseMessage(t, tt.asked)) {
			if v.Fault != nil && len(v.Extension.Bytes()) == 0 && v.Offset < 24 {
				n++
			}
		}
		if n != tt.want {
			t.Errorf("%s: %d faults of the fixed part, want %d", tt.hex, n, tt.want)
		}
	}
}

// TestConformingAnswers: random messages and answers that follow the texts meet no fault that
// breaks a MUST, and none that stops the receiver.
func TestConformingAnswers(t *testing.T) {
	r := rand.New(rand.NewPCG(4881, 6521))
	hex := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		return fmt.Sprintf("%x", b)
	}
	host := func() string { return fmt.Sprintf("0a%02x%02x%02x", r.IntN(256), r.IntN(256), 1+r.IntN(254)) }
	upTo := func(n int) string { return fmt.Sprintf("%04x", r.IntN(n+1)) }
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	ethernets := ethernet + agentAgent
	// Each returns a message and its answer on its leg.
	exchanges := []func() (code.Leg, string, string){
		func() (code.Leg, string, string) {
			home, id, inform := host(), hex(4), r.IntN(2)
			i := "0000"
			if inform == 1 {
				i = pick("0000", "8000")
			}
			switch r.IntN(3) {
			case 0:
				return code.FAtoHA, "0700" + []string{"8000", "c000"}[inform] + home + host() + host() + id + agentHome, "0f00" + i + home + id + agentHome
			case 1:
				return code.MNtoHA, "0700" + []string{"8000", "c000"}[inform] + home + host() + host() + id + mobileHome, "0f00" + i + home + id + mobileHome
			}
			return code.HAtoFA, "0700" + []string{"0000", "4000"}[inform] + home + host() + host() + id + agentHome, "0f00" + i + home + id + agentHome
		},
		func() (code.Leg, string, string) {
			id, home, agent := hex(4), host(), host()
			lifetime := r.IntN(1 << 16)
			all := fmt.Sprintf("%04x", lifetime)
			switch r.IntN(5) {
			case 0: // source
				return 0, "10840000" + all + "0000" + home + agent + hex(4) + id + ethernets, "11" + pick("84", "80") + "0000" + upTo(lifetime) + "0000" + nobodyTwice + hex(4) + id + agentAgent
			case 1: // target
				return 0, "10440000" + all + "0000" + nobodyTwice + hex(4) + id + ethernets, "11440000" + hex(2) + "0000" + home + agent + hex(4) + id + ethernets
			case 2: // target, and to third
				return 0, "10440000" + all + "0000" + nobodyTwice + hex(4) + id + ethernets, "11c00000" + hex(2) + "0000" + home + agent + hex(4) + id + solicited + ethernets
			case 3: // to third
				return 0, "10c00000" + all + "0000" + home + agent + hex(4) + id + solicited + ethernets, "11" + pick("84", "80") + "0000" + hex(2) + "0000" + nobodyTwice + hex(4) + id + agentAgent
			}
			return 0, "10200000" + all + "0000" + nobodyTwice + hex(4) + id + ethernets, "11200000" + upTo(lifetime) + "0000" + nobodyTwice + hex(4) + id + agentAgent
		},
		func() (code.Leg, string, string) {
			home, gateway, high, id := host(), host(), hex(4), hex(4)
			lifetime := 1 + r.IntN(1<<16-1)
			request := "1200" + fmt.Sprintf("%04x", lifetime) + home + gateway + host() + high + id + mobileGFA
			leg := []code.Leg{code.HAtoFA, code.FAtoMN, code.HAtoMN}[r.IntN(3)]
			switch {
			case leg == code.FAtoMN && r.IntN(3) == 0:
				return leg, request, "1370" + fmt.Sprintf("%04x", lifetime) + home + gateway + high + id
			case leg == code.FAtoMN && r.IntN(3) == 0:
				return leg, request, "1345" + upTo(lifetime-1) + home + gateway + high + id
			case r.IntN(3) == 0:
				return leg, request, "13" + pick("c1", "85", "8a") + hex(2) + home + gateway + hex(4) + id + mobileGFA
			}
			return leg, request, "1300" + upTo(lifetime) + home + gateway + hex(4) + id + mobileGFA
		},
		func() (code.Leg, string, string) {
			home, router, id, lifetime := host(), host(), hex(8), r.IntN(11)
			return []code.Leg{0, code.FAtoMN}[r.IntN(2)], "1420" + fmt.Sprintf("%04x", lifetime) + home + router + "c0000201" + id + mobilePAR,
				"15" + pick("00", "80", "81", "82") + upTo(lifetime) + home + router + id + mobilePAR
		},
		func() (code.Leg, string, string) {
			fields, id := host()+host()+host(), hex(4)
			message := func(md, auth string) string {
				return "16" + md + pick("0000", "8000") + fields + hex(4) + id + homeString + auth
			}
			answer := func(md, auth string, codes ...string) string {
				return "17" + md + pick(append(codes, "00")...) + "00" + fields + hex(4) + id + auth
			}
			switch r.IntN(8) {
			case 0:
				return code.MNtoHA, message("00", mobileHome), answer("02", mobileHome, "c0", "c4", "c5", "ff")
			case 1:
				return code.MNtoFA, message("00", mobileHome), answer("02", mobileHome+mobileAgent, "c1", "c3")
			case 2:
				return code.FAtoHA, message("01", agentHome), answer("05", agentHome, "40", "44", "45", "7f")
			case 3:
				return code.HAtoMN, message("02", mobileHome), answer("00", mobileHome, "80", "83", "84", "85")
			case 4:
				return code.HAtoFA, message("02", mobileHome), answer("00", mobileHome+agentHome, "81", "bf")
			case 5:
				return code.FAtoMN, message("03", mobileAgent), answer("04", mobileAgent, "42", "43", "45")
			case 6:
				return code.MNtoFA, message("04", mobileAgent), answer("03", mobileAgent, "c2", "c3", "c5")
			}
			return code.HAtoFA, message("05", agentHome), answer("01", agentHome, "82", "84", "85")
		},
		func() (code.Leg, string, string) {
			cookie := hex(8)
			if r.IntN(2) == 0 {
				return 0, "1800" + cookie, "1a00" + hex(2) + cookie + hex(8)
			}
			return 0, "1900" + cookie, "1b00" + hex(2) + cookie + hex(8)
		},
	}
	for i := range 20000 {
		leg, asked, text := exchanges[i%len(exchanges)]()
		s := rules.Situation{Leg: leg, Profile: dsmip.Profile(1 + r.IntN(2)), ForeignHome: rules.Shared, MobileForeign: rules.Unknown}
		m, q := parseMessage(t, text), parseMessage(t, asked)
		if err := s.CheckMessage(m, q); err != nil {
			t.Fatalf("%v on %v: %v\n%s\n%s", m.MessageType(), leg, err, asked, text)
		}
		for v := range s.Message(m, q) {
			if f := v.Fault; f != nil && (f.Breaks() <= code.Must || f.Reaction(receiverOf(leg, m.MessageType())).Stops()) {
				t.Fatalf("%v on %v: %v\n%s\n%s", m.MessageType(), leg, f, asked, text)
			}
		}
	}
}

// nobodyTwice are two addresses of nobody.
const nobodyTwice = "0000000000000000"
