package rules_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Extensions from their figures: authentication extensions of SPI 256 with an
// authenticator of zeros, the Message Strings "hi", link-layer and IPv4 addresses, and
// others that stand somewhere in the messages.
const (
	zeros16      = "00000000000000000000000000000000"
	mobileHome   = "20 14 00000100 " + zeros16
	mobileAgent  = "21 14 00000100 " + zeros16 // Mobile-Foreign
	agentHome    = "22 14 00000100 " + zeros16 // Foreign-Home
	mobileAAA    = "24 01 0014 00000100 " + zeros16
	agentAgent   = "24 02 0014 00000100 " + zeros16 // FA-FA
	mobileGFA    = "24 03 0014 00000100 " + zeros16 // MN-GFA
	mobilePAR    = "24 04 0014 00000100 " + zeros16 // MN-PAR
	homeString   = "91 03 01 6869"
	agentString  = "91 03 02 6869"
	ethernet     = "8a 07 03 020000000001"
	solicited    = "8a 05 05 c6336401"
	hierarchical = "8c 06 0000 c6336401"
	nai          = "83 03 614062"
	padding      = "00"
	vendor       = "86 08 0000 00000009 0001"
	critical     = "26 00 0006 00000009 0001"
	unassigned   = "c8 01 07"
)

// Fixed parts: 192.0.2.10 is the mobile node, 192.0.2.1 its home agent, 198.51.100.7 the
// foreign agent or care-of address, 198.51.100.1 a gateway foreign agent or another
// router.
const (
	identifier = "ec00000012345678"

	dataIPv4        = "04 04 0000 45"
	byHome          = "07 00 8000 c000020a c0000201 c6336407 00001000"
	byHomeInform    = "07 00 c000 c000020a c0000201 c6336407 00001000"
	byForeign       = "07 00 0000 c000020a c0000201 c6336407 00001000"
	acknowledgment  = "0f 00 8000 c000020a 00001000"
	handoffSource   = "10 84 0000 0708 0000 c000020a c0000201 " + identifier // H, T
	handoffTarget   = "10 44 0000 0708 0000 00000000 00000000 " + identifier // N, T
	handoffRenewal  = "10 20 0000 0000 0000 00000000 00000000 " + identifier // R
	handoffThird    = "10 c0 0000 0708 0000 c000020a c0000201 " + identifier // H, N
	replyTarget     = "11 44 0000 0708 0000 c000020a c0000201 " + identifier // N, T
	replySource     = "11 84 0000 0708 0000 00000000 00000000 " + identifier // H, T
	replyThird      = "11 c0 0000 0708 0000 c000020a c0000201 " + identifier // H, N
	regionalRequest = "12 02 0708 c000020a c6336401 c6336407 " + identifier  // T
	regionalZero    = "12 02 0708 c000020a c6336401 00000000 " + identifier
	regionalReply   = "13 00 0708 c000020a c6336401 " + identifier
	fastUpdate      = "14 22 000a c000020a c6336407 c6336401 " + identifier // D, T
	fastAck         = "15 00 000a c000020a c6336407 " + identifier
	notifyFields    = " 8000 c000020a c0000201 c6336407 " + identifier
	notifyAckFields = " 00 00 c000020a c0000201 c6336407 " + identifier
	homeTestInit    = "18 00 0102030405060708"
	careOfTestInit  = "19 00 0102030405060708"
	homeTest        = "1a 00 0001 0102030405060708 1112131415161718"
	careOfTest      = "1b 00 0001 0102030405060708 1112131415161718"
)

// faultAt is a fault and where it is.
type faultAt struct {
	at    int
	fault *code.Fault
}

func (f faultAt) String() string { return fmt.Sprintf("%d %v", f.at, f.fault) }

// parseMessage reads a message that is written in hex digits.
func parseMessage(t testing.TB, hex string) mipv4.Message {
	t.Helper()
	m, err := mipv4.Parse(unhex(hex))
	if err != nil {
		t.Fatalf("%s: %v", hex, err)
	}
	return m
}

// judged returns the faults of a message in the order of the verdicts, each once, and
// checks what every iteration keeps: the message as a whole first; then each extension,
// in order; what stops the receiver before the first extension; the answer of
// CheckMessage.
func judged(t *testing.T, s rules.Situation, receiver code.Role, m mipv4.Message) []faultAt {
	t.Helper()
	return judgedAnswer(t, s, receiver, m, nil)
}

// judgedAnswer is judged with the message that is answered.
func judgedAnswer(t *testing.T, s rules.Situation, receiver code.Role, m, asked mipv4.Message) (all []faultAt) {
	t.Helper()
	var stops []faultAt
	var serious []*code.Fault
	next, ok := m.List().First()
	extensions := false
	for v := range s.Message(m, asked) {
		f := faultAt{v.Offset, v.Fault}
		if len(v.Extension.Bytes()) == 0 {
			if extensions {
				t.Errorf("%v: a verdict on the whole behind an extension", v.Fault)
			}
			stops = append(stops, f)
		} else {
			extensions = true
			for ok && next.Offset() < v.Offset {
				next, ok = m.List().Next(next)
			}
			if !ok || v.Extension.Offset() != v.Offset || next.Offset() != v.Offset || !bytes.Equal(next.Bytes(), v.Extension.Bytes()) {
				t.Errorf("verdict on %v at %d, want %v", v.Extension, v.Offset, next)
			}
		}
		if v.Fault == nil {
			continue
		}
		if !slices.Contains(all, f) {
			all = append(all, f)
		}
		if v.Fault.Reaction(receiver).Stops() && !slices.Contains(stops, f) {
			t.Errorf("%v stops, and is not told before the extensions", v.Fault)
		}
		if v.Fault.Breaks() <= code.Must || v.Fault.Reaction(receiver).Stops() {
			serious = append(serious, v.Fault)
		}
	}
	err := s.CheckMessage(m, asked)
	if slices.ContainsFunc(serious, func(f *code.Fault) bool { return silences(f, receiver) }) && !silences(err.(*code.Fault), receiver) {
		t.Errorf("CheckMessage is %v, and the message is to be discarded silently", err)
	}
	if (err == nil) != (len(serious) == 0) || err != nil && !slices.Contains(serious, err.(*code.Fault)) {
		t.Errorf("CheckMessage is %v, and serious are %v", err, serious)
	}
	return all
}

func TestMessages(t *testing.T) {
	const (
		none = code.Leg(0)
		mnfa = code.MNtoFA
		mnha = code.MNtoHA
		faha = code.FAtoHA
		hafa = code.HAtoFA
		hamn = code.HAtoMN
		famn = code.FAtoMN
	)
	shared := rules.Situation{ForeignHome: rules.Shared, MobileForeign: rules.Shared}
	apart := rules.Situation{ForeignHome: rules.None, MobileForeign: rules.None}
	secured := rules.Situation{Secured: rules.Served}
	unsecured := rules.Situation{Secured: rules.None}
	uninformed := rules.Situation{ForeignHome: rules.Shared, Inform: rules.None}
	informed := rules.Situation{ForeignHome: rules.Shared, Inform: rules.Served}
	at := func(at int, f *code.Fault) faultAt { return faultAt{at, f} }
	tests := []struct {
		name string
		leg  code.Leg
		s    rules.Situation
		hex  string
		want []faultAt
	}{
		// RFC 3519 §3.3.
		{"tunnel data", faha, shared, dataIPv4, nil},
		{"tunnel data, IPv6", hamn, shared, "04 29 0000 60", nil},
		{"tunnel data, GRE", mnha, shared, "04 2f 0000 00", nil},
		{"tunnel data, minimal", hafa, shared, "04 37 0000", nil},
		{"tunnel data, reserved", hafa, shared, "04 04 0001 45", []faultAt{at(2, rules.ErrMessageReserved)}},
		{"tunnel data, TCP", hafa, shared, "04 06 0000", []faultAt{at(1, rules.ErrNextHeader)}},
		{"tunnel data on the link", mnfa, shared, dataIPv4, []faultAt{at(0, rules.ErrMessageLeg)}},
		{"tunnel data, no leg", none, shared, dataIPv4, []faultAt{at(0, code.ErrLeg)}},
		{"tunnel data, no such leg", 7, shared, dataIPv4, []faultAt{at(0, code.ErrLeg)}},

		// RFC 3543 §3.3.
		{"revocation to the foreign agent", hafa, shared, byHomeInform + homeString + agentHome, nil},
		{"revocation to the home agent", faha, shared, byForeign + vendor + agentHome, nil},
		{"revocation to the mobile node", hamn, shared, byHomeInform + homeString + mobileHome, nil},
		{"revocation, not told to inform", hamn, shared, byHome + mobileHome, []faultAt{at(2, rules.ErrRevocationInformBit)}},
		{"revocation that informs, agreed", hafa, informed, byHomeInform + agentHome, nil},
		{"revocation that informs, not agreed", hafa, uninformed, byHomeInform + agentHome, []faultAt{at(2, rules.ErrRevocationInformUnagreed)}},
		{"revocation that asks, not agreed", faha, uninformed, "07 00 4000 c000020a c0000201 c6336407 00001000" + agentHome, []faultAt{at(2, rules.ErrRevocationInformUnagreed)}},
		{"revocation that does not inform, not agreed", hafa, uninformed, byHome + agentHome, nil},
		{"revocation to the mobile node, not agreed", hamn, uninformed, byHomeInform + mobileHome, nil},
		{"revocation without authenticator", hafa, shared, byHome, []faultAt{at(20, rules.ErrRevocationForeignHome)}},
		{"revocation without authenticator, to the mobile node", hamn, shared, byHomeInform, []faultAt{at(20, rules.ErrRevocationMobileHome)}},
		{"revocation that may be under IPsec", faha, rules.Situation{}, byForeign, []faultAt{at(20, rules.ErrRevocationProtection)}},
		{"revocation under IPsec", faha, secured, byForeign, nil},
		{"revocation to the mobile node under IPsec", hamn, secured, byHomeInform, nil},
		{"revocation under nothing", faha, unsecured, byForeign, []faultAt{at(20, rules.ErrRevocationForeignHome)}},
		{"revocation with another authenticator", hafa, shared, byHome + mobileHome, []faultAt{at(42, rules.ErrRevocationForeignHome), at(20, rules.ErrOtherAuthentication)}},
		{"revocation that nobody can verify", hafa, apart, byHome + agentHome, []faultAt{at(42, rules.ErrRevocationProtection), at(20, rules.ErrForeignHomeUnknown)}},
		{"revocation, two authenticators", faha, shared, byForeign + agentHome + agentHome, []faultAt{at(42, rules.ErrSecondAuthentication)}},
		{"revocation, authenticator cut short", hafa, shared, byHome + "22 03 000001", []faultAt{at(23-3, mustBadLength(t, ext.KindForeignHomeAuth)), at(25, rules.ErrRevocationForeignHome)}},
		{"revocation, reserved SPI", hafa, shared, byHome + "22 14 000000ff " + zeros16, []faultAt{at(20, rules.ErrMessageSPI)}},
		{"revocation, something behind", hafa, shared, byHome + agentHome + homeString + padding, []faultAt{at(42, rules.ErrBehindAuthentication)}},
		{"revocation of the foreign agent with the A bit", faha, shared, byHome + agentHome, []faultAt{at(2, rules.ErrRevocationDirection)}},
		{"revocation of the home agent without the A bit", hafa, shared, byForeign + agentHome, []faultAt{at(2, rules.ErrRevocationDirection)}},
		{"revocation, reserved bits of byte 1", hafa, shared, "07 01 8000 c000020a c0000201 c6336407 00001000" + agentHome, []faultAt{at(1, rules.ErrMessageReserved)}},
		{"revocation, reserved bits of byte 3", hafa, shared, "07 00 8001 c000020a c0000201 c6336407 00001000" + agentHome, []faultAt{at(3, rules.ErrMessageReserved)}},
		{"revocation, no home address", hafa, shared, "07 00 8000 00000000 c0000201 c6336407 00001000" + agentHome, []faultAt{at(4, rules.ErrRevocationAddress)}},
		{"revocation, no home domain, to the foreign agent", hafa, shared, "07 00 8000 c000020a 00000000 c6336407 00001000" + agentHome, []faultAt{at(8, rules.ErrHomeDomainZero)}},
		{"revocation, no home domain, to the home agent", faha, shared, "07 00 0000 c000020a 00000000 c6336407 00001000" + agentHome, []faultAt{at(8, rules.ErrRevocationAddress)}},
		{"revocation, home domain multicast", hafa, shared, "07 00 8000 c000020a e0000001 c6336407 00001000" + agentHome, []faultAt{at(8, rules.ErrRevocationAddress)}},
		{"revocation, no foreign domain", hafa, shared, "07 00 8000 c000020a c0000201 00000000 00001000" + agentHome, []faultAt{at(12, rules.ErrRevocationAddress)}},
		{"revocation of a mobile node", mnha, shared, byForeign + mobileHome, []faultAt{at(0, rules.ErrRevocationFromMobile)}},
		{"revocation of a mobile node, to the foreign agent", mnfa, shared, byForeign + mobileAgent, []faultAt{at(0, rules.ErrRevocationFromMobile)}},
		{"revocation of a foreign agent, to the mobile node", famn, shared, byForeign + mobileAgent, []faultAt{at(0, rules.ErrMessageLeg)}},
		{"revocation with the foreign agent's string", faha, shared, byForeign + agentString + agentHome, []faultAt{at(20, rules.ErrMessageStringUnclear)}},
		{"revocation with the home agent's string, of the foreign agent", faha, shared, byForeign + homeString + agentHome, []faultAt{at(20, rules.ErrMessageStringAuthor)}},
		{"revocation with the foreign agent's string, of the home agent", hafa, shared, byHome + agentString + agentHome, []faultAt{at(20, rules.ErrMessageStringAuthor)}},
		{"revocation with an NAI", hafa, shared, byHome + nai + agentHome, []faultAt{at(20, rules.ErrRegistrationExtension)}},
		{"revocation with what stands anywhere", hafa, shared, byHome + padding + vendor + critical + unassigned + agentHome + padding, nil},

		// RFC 3543 §3.4.
		{"acknowledgment to the home agent", faha, shared, acknowledgment + agentHome, nil},
		{"acknowledgment to the foreign agent", hafa, shared, acknowledgment + agentHome, nil},
		{"acknowledgment of the mobile node", mnha, shared, acknowledgment + mobileHome, nil},
		{"acknowledgment without authenticator", faha, shared, acknowledgment, []faultAt{at(12, rules.ErrAcknowledgmentForeignHome)}},
		{"acknowledgment without authenticator, of the mobile node", mnha, shared, acknowledgment, []faultAt{at(12, rules.ErrAcknowledgmentMobileHome)}},
		{"acknowledgment that may be under IPsec", hafa, rules.Situation{}, acknowledgment, []faultAt{at(12, rules.ErrRevocationProtection)}},
		{"acknowledgment, reserved bits", faha, shared, "0f 00 4000 c000020a 00001000" + agentHome, []faultAt{at(2, rules.ErrMessageReserved)}},
		{"acknowledgment, no home address", faha, shared, "0f 00 0000 00000000 00001000" + agentHome, []faultAt{at(4, rules.ErrRevocationAddress)}},
		{"acknowledgment with a string", hafa, shared, acknowledgment + homeString + agentHome, []faultAt{at(12, rules.ErrMessageStringMessage)}},
		{"acknowledgment to the mobile node", hamn, shared, acknowledgment + mobileHome, []faultAt{at(0, rules.ErrMessageLeg)}},

		// RFC 4881 §4.5-4.7.
		{"handoff request, source", none, shared, handoffSource + ethernet + ethernet + agentAgent, nil},
		{"handoff request, target", none, shared, handoffTarget + ethernet + agentAgent, nil},
		{"handoff request, renewal", none, shared, handoffRenewal + ethernet + agentAgent, nil},
		{"handoff request to third", none, shared, handoffThird + solicited + ethernet + agentAgent, nil},
		{"handoff reply, target", none, shared, replyTarget + ethernet + agentAgent, nil},
		{"handoff reply, source", none, shared, replySource + agentAgent, nil},
		{"handoff reply, renewal", none, shared, "11 20 0000 0000 0000 00000000 00000000 " + identifier + agentAgent, nil},
		{"handoff reply to third", none, shared, replyThird + solicited + ethernet + agentAgent, nil},
		{"handoff request without authenticator", none, shared, handoffSource + ethernet, []faultAt{at(33, rules.ErrHandoffAuthentication)}},
		{"handoff reply with another authenticator", none, shared, replySource + agentHome, []faultAt{at(46, rules.ErrHandoffAuthentication), at(24, rules.ErrOtherAuthentication)}},
		{"handoff request, second authenticator", none, shared, handoffSource + ethernet + agentAgent + agentAgent, []faultAt{at(57, rules.ErrSecondAuthentication)}},
		{"handoff request, something behind", none, shared, handoffSource + agentAgent + ethernet + padding, []faultAt{at(48, rules.ErrUnprotected)}},
		{"handoff request without link layer", none, shared, handoffSource + solicited + agentAgent, []faultAt{at(55, rules.ErrHandoffLinkLayer)}},
		{"handoff request with the foreign agent's address only", none, shared, handoffSource + "8a 05 07 c6336407" + agentAgent, []faultAt{at(55, rules.ErrHandoffLinkLayer)}},
		{"handoff request with an NAI only", none, shared, handoffSource + nai + agentAgent, []faultAt{at(53, rules.ErrHandoffLinkLayer), at(24, rules.ErrRegistrationExtension)}},
		{"handoff request, link layer cut short", none, shared, handoffSource + "8a 03 03 0200" + agentAgent, []faultAt{at(53, rules.ErrHandoffLinkLayer), at(24, mustBadLength(t, ext.KindEthernetAddress))}},
		{"handoff request, R and H", none, shared, "10 a0 0000 0708 0000 c000020a c0000201 " + identifier + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffRenewal)}},
		{"handoff reply, R and N", none, shared, "11 60 0000 0708 0000 c000020a c0000201 " + identifier + agentAgent, []faultAt{at(1, rules.ErrHandoffRenewal)}},
		{"handoff request of no kind", none, shared, "10 04 0000 0708 0000 c000020a c0000201 " + identifier + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffKind)}},
		{"handoff to third, M", none, shared, "10 d0 0000 0708 0000 c000020a c0000201 " + identifier + solicited + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffTunnel)}},
		{"handoff to third, G", none, shared, "10 c8 0000 0708 0000 c000020a c0000201 " + identifier + solicited + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffTunnel)}},
		{"handoff to third, T", none, shared, "11 c4 0000 0708 0000 c000020a c0000201 " + identifier + solicited + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffTunnel)}},
		{"handoff to third, B", none, shared, "10 c2 0000 0708 0000 c000020a c0000201 " + identifier + solicited + ethernet + agentAgent, nil},
		{"handoff to third, wrong order", none, shared, handoffThird + ethernet + solicited + agentAgent, []faultAt{at(64, rules.ErrHandoffThird)}},
		{"handoff to third, no anchor", none, shared, handoffThird + ethernet + agentAgent, []faultAt{at(57, rules.ErrHandoffThird)}},
		{"handoff to third, no link layer", none, shared, replyThird + solicited + agentAgent, []faultAt{at(55, rules.ErrHandoffThird)}},
		{"handoff request, M and G", none, shared, "10 98 0000 0708 0000 c000020a c0000201 " + identifier + ethernet + agentAgent, []faultAt{at(1, rules.ErrHandoffEncapsulation)}},
		{"handoff request, reserved", none, shared, "10 84 0001 0708 0000 c000020a c0000201 " + identifier + ethernet + agentAgent, []faultAt{at(3, rules.ErrMessageReservedUndefined)}},
		{"handoff reply, second reserved", none, shared, "11 84 0000 0708 0001 00000000 00000000 " + identifier + agentAgent, []faultAt{at(7, rules.ErrMessageReservedUndefined)}},
		{"handoff request, source, no home address", none, shared, "10 84 0000 0708 0000 00000000 c0000201 " + identifier + ethernet + agentAgent, []faultAt{at(8, rules.ErrHandoffAddress)}},
		{"handoff reply, target, no home agent", none, shared, "11 44 0000 0708 0000 c000020a 00000000 " + identifier + ethernet + agentAgent, []faultAt{at(12, rules.ErrHandoffAddress)}},
		{"handoff reply, target, no link layer", none, shared, replyTarget + agentAgent, []faultAt{at(48, rules.ErrHandoffReplyLinkLayer)}},
		{"handoff reply, target, no tunnel", none, shared, "11 40 0000 0000 0000 c000020a c0000201 " + identifier + ethernet + agentAgent, nil},
		{"handoff reply, target, one way", none, shared, "11 40 0000 0708 0000 c000020a c0000201 " + identifier + ethernet + agentAgent, []faultAt{at(4, rules.ErrHandoffOneWay)}},
		{"handoff reply, failed", none, shared, "11 44 0001 0000 0000 00000000 00000000 " + identifier + agentAgent, nil},
		{"handoff reply, failed with a lifetime", none, shared, "11 44 0001 0708 0000 00000000 00000000 " + identifier + agentAgent, []faultAt{at(4, rules.ErrHandoffLifetime)}},
		{"handoff reply, code 2", none, shared, "11 44 0002 0000 0000 00000000 00000000 " + identifier + agentAgent, []faultAt{at(3, rules.ErrHandoffCode)}},
		{"handoff request with a string", none, shared, handoffSource + ethernet + homeString + agentAgent, []faultAt{at(33, rules.ErrMessageStringMessage)}},
		{"handoff request with an NAI", none, shared, handoffSource + ethernet + nai + agentAgent, []faultAt{at(33, rules.ErrRegistrationExtension)}},
		{"handoff request to a home agent", faha, shared, handoffSource + ethernet + agentAgent, []faultAt{at(0, rules.ErrMessageLeg)}},

		// RFC 4857 §6, §9.2, §10.
		{"regional request", mnfa, shared, regionalRequest + nai + mobileGFA + "84 04 01020304" + mobileAgent, nil},
		{"regional request, direct", mnha, shared, regionalRequest + nai + mobileGFA, nil},
		{"regional request, relayed", faha, shared, regionalZero + mobileGFA + hierarchical + agentAgent, nil},
		{"regional request, all ones", mnfa, apart, "12 02 0708 c000020a c6336401 ffffffff " + identifier + mobileGFA, nil},
		{"regional reply, relayed", famn, shared, regionalReply + mobileGFA + mobileAgent, nil},
		{"regional reply", hafa, shared, regionalReply + nai + mobileGFA, nil},
		{"regional reply, NO_HOME_REG", hamn, shared, "13 c1 0000 c000020a c6336401 " + identifier + mobileGFA, nil},
		{"regional request without authentication", faha, shared, regionalRequest, []faultAt{at(24, rules.ErrRegionalAuthentication)}},
		{"regional reply without authentication", hamn, shared, regionalReply, []faultAt{at(20, rules.ErrRegionalAuthentication)}},
		{"regional denial of the foreign agent", famn, shared, "13 70 0000 c000020a 00000000 " + identifier + mobileAgent, []faultAt{at(42, rules.ErrRegionalDenial)}},
		{"regional denial of the gateway", famn, shared, "13 6e 0000 c000020a c6336401 " + identifier + mobileAgent, []faultAt{at(42, rules.ErrRegionalAuthentication)}},
		{"regional request, second authentication", mnha, shared, regionalRequest + mobileGFA + mobileGFA, []faultAt{at(48, rules.ErrSecondAuthentication)}},
		{"regional request without Mobile-Foreign", mnfa, shared, regionalRequest + mobileGFA, []faultAt{at(48, rules.ErrRegionalMobileForeign)}},
		{"regional request, second Mobile-Foreign", mnfa, shared, regionalRequest + mobileGFA + mobileAgent + mobileAgent, []faultAt{at(70, rules.ErrSecondMobileForeign)}},
		{"regional request, unknown Mobile-Foreign", mnfa, apart, regionalRequest + mobileGFA + mobileAgent, []faultAt{at(48, rules.ErrMobileForeignUnknown)}},
		{"regional request, wrong order", mnfa, shared, regionalRequest + mobileAgent + mobileGFA, []faultAt{at(46, rules.ErrUnprotected)}},
		{"regional request, something behind", mnfa, shared, regionalRequest + mobileGFA + mobileAgent + nai, []faultAt{at(70, rules.ErrUnprotected)}},
		{"regional request, Mobile-Foreign relayed", faha, shared, regionalRequest + mobileGFA + mobileAgent, []faultAt{at(48, rules.ErrOtherAuthentication)}},
		{"regional request with Foreign-Home", faha, shared, regionalRequest + mobileGFA + agentHome, []faultAt{at(48, rules.ErrRegionalForeignHome)}},
		{"regional reply with Foreign-Home", hafa, shared, regionalReply + mobileGFA + agentHome, []faultAt{at(44, rules.ErrRegionalForeignHome)}},
		{"regional request, hierarchical unprotected", faha, shared, regionalRequest + mobileGFA + hierarchical, []faultAt{at(48, rules.ErrHierarchicalFAUnprotected)}},
		{"regional request, hierarchical behind FA-FA", faha, shared, regionalRequest + mobileGFA + agentAgent + hierarchical, []faultAt{at(72, rules.ErrUnprotected), at(72, rules.ErrHierarchicalFAUnprotected)}},
		{"regional request, no care-of address", faha, shared, regionalZero + mobileGFA, []faultAt{at(48, rules.ErrRegionalCareOfAddress)}},
		{"regional request, no care-of address yet", mnfa, apart, regionalZero + mobileGFA, nil},
		{"regional request, no gateway", mnfa, apart, "12 02 0708 c000020a 00000000 c6336407 " + identifier + mobileGFA, []faultAt{at(8, rules.ErrRegionalRequestGateway)}},
		{"regional reply, no gateway", hafa, shared, "13 00 0708 c000020a ffffffff " + identifier + mobileGFA, []faultAt{at(8, rules.ErrRegionalReplyGateway)}},
		{"regional reply, code 112 of the gateway", hafa, shared, "13 70 0000 c000020a c6336401 " + identifier + mobileGFA, []faultAt{at(1, rules.ErrRegionalCode)}},
		{"regional reply, code 115 of the gateway", hamn, shared, "13 73 0000 c000020a c6336401 " + identifier + mobileGFA, []faultAt{at(1, rules.ErrRegionalCode)}},
		{"regional reply, code 111 of the gateway", hafa, shared, "13 6f 0000 c000020a c6336401 " + identifier + mobileGFA, nil},
		{"regional request of many", mnfa, apart, "12 02 0708 e000000a c6336401 c6336407 " + identifier + mobileGFA, []faultAt{at(4, rules.ErrRequestHomeAddress)}},
		{"regional request to many", faha, apart, "12 02 0708 c000020a c6336401 e0000007 " + identifier + mobileGFA, []faultAt{at(12, rules.ErrMulticastCareOfAddress)}},
		{"regional reply to nobody", hafa, shared, "13 00 0708 00000000 c6336401 " + identifier + mobileGFA, []faultAt{at(4, rules.ErrReplyHomeAddress)}},
		{"regional denial to nobody", hafa, shared, "13 c1 0708 00000000 c6336401 " + identifier + mobileGFA, nil},
		{"regional request, r", mnfa, apart, "12 04 0708 c000020a c6336401 c6336407 " + identifier + mobileGFA, []faultAt{at(1, rules.ErrReservedFlags)}},
		{"regional request, x", mnfa, apart, "12 01 0708 c000020a c6336401 c6336407 " + identifier + mobileGFA, []faultAt{at(1, rules.ErrReservedFlags)}},
		{"regional request with a reply's extension", mnha, shared, regionalRequest + homeString + mobileGFA, []faultAt{at(24, rules.ErrRegionalExtension)}},
		{"regional reply with a request's extension", hafa, shared, regionalReply + hierarchical + mobileGFA, []faultAt{at(20, rules.ErrRegionalExtension)}},
		{"regional request the wrong way", hafa, shared, regionalRequest + mobileGFA, []faultAt{at(0, rules.ErrMessageLeg)}},
		{"regional reply the wrong way", mnfa, shared, regionalReply + mobileGFA, []faultAt{at(0, rules.ErrMessageLeg)}},

		// RFC 4988 §5.1, §5.2.
		{"fast binding", mnfa, shared, fastUpdate + mobilePAR, nil},
		{"fast binding, forwarded", none, shared, fastUpdate + mobilePAR, nil},
		{"fast binding, acknowledged", famn, shared, fastAck + mobilePAR, nil},
		{"fast binding, denied", none, shared, "15 82 0000 c000020a c6336407 " + identifier + mobilePAR, nil},
		{"fast binding without authentication", mnfa, shared, fastUpdate + mobileAgent, []faultAt{at(46, rules.ErrFastAuthentication), at(24, rules.ErrOtherAuthentication)}},
		{"fast binding, acknowledged without authentication", famn, shared, fastAck, []faultAt{at(20, rules.ErrFastAuthentication)}},
		{"fast binding of 11 seconds", mnfa, shared, "14 20 000b c000020a c6336407 c6336401 " + identifier + mobilePAR, []faultAt{at(2, rules.ErrFastBindingTooLong)}},
		{"fast binding, S", mnfa, shared, "14 a0 000a c000020a c6336407 c6336401 " + identifier + mobilePAR, []faultAt{at(1, rules.ErrMessageReserved)}},
		{"fast binding, B", mnfa, shared, "14 60 000a c000020a c6336407 c6336401 " + identifier + mobilePAR, []faultAt{at(1, rules.ErrMessageReserved)}},
		{"fast binding, r", mnfa, shared, "14 24 000a c000020a c6336407 c6336401 " + identifier + mobilePAR, []faultAt{at(1, rules.ErrMessageReserved)}},
		{"fast binding, reserved bits of Lifetime", mnfa, shared, "14 38 040a c000020a c6336407 c6336401 " + identifier + mobilePAR, []faultAt{at(2, rules.ErrMessageReserved)}},
		{"fast binding, acknowledged with reserved bits", famn, shared, "15 00 800a c000020a c6336407 " + identifier + mobilePAR, []faultAt{at(2, rules.ErrMessageReserved)}},
		{"fast binding of nobody", mnfa, shared, "14 20 000a 00000000 c6336407 c6336401 " + identifier + mobilePAR, []faultAt{at(4, rules.ErrFastAddress)}},
		{"fast binding, no previous router", mnfa, shared, "14 20 000a c000020a 00000000 c6336401 " + identifier + mobilePAR, []faultAt{at(8, rules.ErrFastAddress)}},
		{"fast binding, no new router", mnfa, shared, "14 20 000a c000020a c6336407 ffffffff " + identifier + mobilePAR, []faultAt{at(12, rules.ErrFastAddress)}},
		{"fast binding to itself", mnfa, shared, "14 20 000a c000020a c6336407 c000020a " + identifier + mobilePAR, []faultAt{at(12, rules.ErrFastCareOfAddress)}},
		{"fast binding, acknowledged to nobody", famn, shared, "15 00 000a 00000000 c6336407 " + identifier + mobilePAR, []faultAt{at(4, rules.ErrFastAddress)}},
		{"fast binding, acknowledged by nobody", famn, shared, "15 00 000a c000020a 00000000 " + identifier + mobilePAR, []faultAt{at(8, rules.ErrFastAddress)}},
		{"fast binding, code 1", famn, shared, "15 01 000a c000020a c6336407 " + identifier + mobilePAR, []faultAt{at(1, rules.ErrFastNewCareOfAddress)}},
		{"fast binding, code 2", famn, shared, "15 02 000a c000020a c6336407 " + identifier + mobilePAR, []faultAt{at(1, rules.ErrFastCode)}},
		{"fast binding with a string", mnfa, shared, fastUpdate + agentString + mobilePAR, []faultAt{at(24, rules.ErrMessageStringMessage)}},
		{"fast binding of a foreign agent", famn, shared, fastUpdate + mobilePAR, []faultAt{at(0, rules.ErrMessageLeg)}},

		// RFC 6098 §4.1, §4.5-4.7.
		{"notification HA to MN, direct", hamn, shared, "16 00" + notifyFields + homeString + mobileHome, nil},
		{"notification HA to MN, to be relayed", hafa, shared, "16 00" + notifyFields + homeString + mobileHome + agentHome, nil},
		{"notification HA to MN, relayed", famn, shared, "16 00" + notifyFields + homeString + mobileHome + agentString + mobileAgent, nil},
		{"notification HA to FA", hafa, shared, "16 01" + notifyFields + homeString + agentHome, nil},
		{"notification MN to HA, direct", mnha, shared, "16 02" + notifyFields + mobileHome, []faultAt{at(46, rules.ErrNotificationEmpty)}},
		{"notification MN to HA, string", mnha, shared, "16 02" + notifyFields + homeString + mobileHome, []faultAt{at(24, rules.ErrMessageStringUnclear)}},
		{"notification MN to HA, to be relayed", mnfa, apart, "16 02" + notifyFields + homeString + mobileHome, []faultAt{at(24, rules.ErrMessageStringUnclear)}},
		{"notification MN to HA, relayed", faha, shared, "16 02" + notifyFields + homeString + mobileHome + agentString + agentHome, []faultAt{at(24, rules.ErrMessageStringUnclear)}},
		{"notification MN to FA", mnfa, shared, "16 03" + notifyFields + agentString + mobileAgent, []faultAt{at(24, rules.ErrMessageStringUnclear)}},
		{"notification FA to MN", famn, shared, "16 04" + notifyFields + agentString + mobileAgent, nil},
		{"notification FA to HA", faha, shared, "16 05" + notifyFields + agentString + agentHome, nil},
		{"notification, direction 6", faha, shared, "16 06" + notifyFields + agentString + agentHome, []faultAt{at(1, rules.ErrNotificationDirection)}},
		{"notification HA to MN on fa-ha", faha, shared, "16 00" + notifyFields + homeString + mobileHome + agentHome, []faultAt{at(1, rules.ErrNotificationLeg)}},
		{"notification FA to MN on mn-fa", mnfa, shared, "16 04" + notifyFields + agentString + mobileAgent, []faultAt{at(1, rules.ErrNotificationLeg)}},
		{"notification HA to FA on fa-mn", famn, shared, "16 01" + notifyFields + homeString + agentHome, []faultAt{at(1, rules.ErrNotificationLeg)}},
		{"notification HA to MN without Mobile-Home", hamn, shared, "16 00" + notifyFields + homeString, []faultAt{at(29, rules.ErrNotificationMobileHome)}},
		{"notification HA to MN, two Mobile-Home", hamn, shared, "16 00" + notifyFields + homeString + mobileHome + mobileHome, []faultAt{at(51, rules.ErrNotificationMobileHome)}},
		{"notification HA to FA without Foreign-Home", hafa, shared, "16 01" + notifyFields + homeString, []faultAt{at(29, rules.ErrNotificationForeignHome)}},
		{"notification FA to HA, two Foreign-Home", faha, shared, "16 05" + notifyFields + agentString + agentHome + agentHome, []faultAt{at(51, rules.ErrNotificationForeignHome)}},
		{"notification FA to MN without Mobile-Foreign", famn, shared, "16 04" + notifyFields + agentString, []faultAt{at(29, rules.ErrNotificationMobileForeign)}},
		{"notification MN to FA, two Mobile-Foreign", mnfa, shared, "16 03" + notifyFields + mobileAgent + mobileAgent, []faultAt{at(68, rules.ErrNotificationEmpty), at(46, rules.ErrNotificationMobileForeign)}},
		{"notification FA to MN, unknown association", famn, apart, "16 04" + notifyFields + agentString + mobileAgent, []faultAt{at(51, rules.ErrNotificationMobileForeign), at(29, rules.ErrMobileForeignUnknown)}},
		{"notification FA to HA with Mobile-Home", faha, shared, "16 05" + notifyFields + agentString + mobileHome + agentHome, []faultAt{at(29, rules.ErrOtherAuthentication)}},
		{"notification HA to MN on ha-fa with Mobile-Foreign", hafa, shared, "16 00" + notifyFields + homeString + mobileHome + mobileAgent, []faultAt{at(51, rules.ErrOtherAuthentication)}},
		{"notification with MN-AAA", mnha, shared, "16 02" + notifyFields + homeString + mobileAAA + mobileHome, []faultAt{at(29, rules.ErrNotificationExtension), at(24, rules.ErrMessageStringUnclear)}},
		{"notification to be relayed, two Mobile-Foreign", mnfa, shared, "16 02" + notifyFields + mobileHome + mobileAgent + mobileAgent, []faultAt{at(90, rules.ErrNotificationEmpty), at(68, rules.ErrNotificationRelayed)}},
		{"notification to be relayed, no Mobile-Foreign", mnfa, shared, "16 02" + notifyFields + mobileHome, []faultAt{at(46, rules.ErrNotificationRelayedWithout), at(46, rules.ErrNotificationEmpty)}},
		{"notification relayed without Foreign-Home", faha, shared, "16 02" + notifyFields + mobileHome, []faultAt{at(46, rules.ErrNotificationRelayedForeignHome), at(46, rules.ErrNotificationEmpty)}},
		{"notification relayed, Foreign-Home cut short", faha, shared, "16 02" + notifyFields + mobileHome + "22 03 000001", []faultAt{at(51, rules.ErrNotificationRelayedForeignHome), at(51, rules.ErrNotificationEmpty), at(46, mustBadLength(t, ext.KindForeignHomeAuth))}},
		{"notification relayed, two Foreign-Home", faha, shared, "16 02" + notifyFields + mobileHome + agentHome + agentHome, []faultAt{at(90, rules.ErrNotificationEmpty), at(68, rules.ErrNotificationForeignHome)}},
		{"notification to be relayed to MN, two Foreign-Home", hafa, shared, "16 00" + notifyFields + homeString + mobileHome + agentHome + agentHome, []faultAt{at(73, rules.ErrSecondAuthentication)}},
		{"notification, Mobile-Home behind Foreign-Home", hafa, shared, "16 00" + notifyFields + homeString + agentHome + mobileHome, []faultAt{at(51, rules.ErrBehindAuthentication)}},
		{"notification, something behind", famn, shared, "16 04" + notifyFields + mobileAgent + agentString, []faultAt{at(46, rules.ErrBehindAuthentication)}},
		{"notification, direct, something behind", hamn, shared, "16 00" + notifyFields + mobileHome + homeString, []faultAt{at(46, rules.ErrBehindAuthentication)}},
		{"notification, relayed and unprotected", famn, apart, "16 00" + notifyFields + homeString + mobileHome + agentString, []faultAt{at(51, rules.ErrNotificationUnprotected)}},
		{"notification, relayed and unprotected, of who could", famn, shared, "16 00" + notifyFields + homeString + mobileHome + agentString, []faultAt{at(51, rules.ErrNotificationRelayedMobileForeign)}},
		{"notification to be relayed, unprotected", mnfa, shared, "16 02" + notifyFields + mobileHome + homeString, []faultAt{
			at(51, rules.ErrNotificationRelayedWithout), at(46, rules.ErrNotificationUnprotected), at(46, rules.ErrMessageStringUnclear)}},
		{"notification, relayed, nothing added", famn, shared, "16 00" + notifyFields + homeString + mobileHome, nil},
		{"notification acknowledgment, relayed and unprotected", famn, shared, "17 00" + notifyAckFields + mobileHome + agentString, []faultAt{at(46, rules.ErrNotificationUnprotected)}},
		{"notification, relayed, protected by who shares nothing", famn, apart, "16 00" + notifyFields + homeString + mobileHome + agentString + mobileAgent, []faultAt{at(51, rules.ErrNotificationUnprotected), at(56, rules.ErrMobileForeignUnknown)}},
		{"notification, to be relayed, protected by who shares nothing", hafa, apart, "16 00" + notifyFields + homeString + mobileHome + homeString + agentHome, []faultAt{at(51, rules.ErrNotificationUnprotected), at(56, rules.ErrForeignHomeUnknown)}},
		{"notification, relayed, home agent's string behind", famn, shared, "16 00" + notifyFields + homeString + mobileHome + homeString + mobileAgent, []faultAt{at(51, rules.ErrMessageStringAuthor)}},
		{"notification with the other agent's string", hafa, shared, "16 01" + notifyFields + agentString + agentHome, []faultAt{at(24, rules.ErrMessageStringAuthor)}},
		{"notification with padding", hafa, shared, "16 01" + notifyFields + homeString + padding + agentHome, []faultAt{at(29, rules.ErrNotificationExtension)}},
		{"notification with a vendor extension", hafa, shared, "16 01" + notifyFields + homeString + vendor + agentHome, []faultAt{at(29, rules.ErrNotificationExtension)}},
		{"notification with an experimental extension", hafa, shared, "16 01" + notifyFields + homeString + "ff 01 07" + agentHome, []faultAt{at(29, rules.ErrNotificationExtension)}},
		{"notification with an NAI", hafa, shared, "16 01" + notifyFields + homeString + nai + agentHome, []faultAt{at(29, rules.ErrNotificationExtension)}},
		{"notification with an unknown sub-type of another type", hafa, shared, "16 01" + notifyFields + homeString + "88 02 09 61" + agentHome, []faultAt{at(29, rules.ErrNotificationExtension)}},
		{"notification with an unassigned extension", hafa, shared, "16 01" + notifyFields + homeString + unassigned + agentHome, []faultAt{at(29, rules.ErrNotificationUnknown)}},
		{"notification with an unknown string", hafa, shared, "16 01" + notifyFields + "91 03 03 6869" + agentHome, []faultAt{at(24, rules.ErrNotificationUnknown)}},
		{"notification, reserved", hafa, shared, "16 01 8001 c000020a c0000201 c6336407 " + identifier + homeString + agentHome, []faultAt{at(2, rules.ErrMessageReserved)}},
		{"notification of nobody", hafa, shared, "16 01 0000 00000000 c0000201 c6336407 " + identifier + homeString + agentHome, []faultAt{at(4, rules.ErrNotificationAddress)}},
		{"notification, no home agent", hafa, shared, "16 01 0000 c000020a 00000000 c6336407 " + identifier + homeString + agentHome, []faultAt{at(8, rules.ErrNotificationAddress)}},
		{"notification, no care-of address", hafa, shared, "16 01 0000 c000020a c0000201 ffffffff " + identifier + homeString + agentHome, []faultAt{at(12, rules.ErrNotificationAddress)}},

		// RFC 6098 §4.2.
		{"notification acknowledged HA to MN", famn, shared, "17 00" + notifyAckFields + mobileHome + mobileAgent, nil},
		{"notification acknowledged HA to FA", hafa, shared, "17 01" + notifyAckFields + vendor + agentHome, nil},
		{"notification acknowledged MN to HA", mnfa, shared, "17 02" + notifyAckFields + mobileHome + mobileAgent, nil},
		{"notification acknowledged MN to FA", mnfa, shared, "17 03" + notifyAckFields + mobileAgent, nil},
		{"notification acknowledged FA to MN", famn, shared, "17 04" + notifyAckFields + mobileAgent, nil},
		{"notification acknowledged FA to HA", faha, shared, "17 05" + notifyAckFields + agentHome, nil},
		{"notification acknowledged HA to MN without Mobile-Home", hamn, shared, "17 00" + notifyAckFields, []faultAt{at(24, rules.ErrNotificationAckMobileHome)}},
		{"notification acknowledged MN to FA, two Mobile-Foreign", mnfa, shared, "17 03" + notifyAckFields + mobileAgent + mobileAgent, []faultAt{at(46, rules.ErrNotificationAckMobileForeign)}},
		{"notification acknowledged FA to HA without Foreign-Home", faha, shared, "17 05" + notifyAckFields, []faultAt{at(24, rules.ErrNotificationAckForeignHome)}},
		{"notification acknowledged MN to HA, two Foreign-Home", faha, shared, "17 02" + notifyAckFields + mobileHome + agentHome + agentHome, []faultAt{at(68, rules.ErrNotificationAckForeignHome)}},
		{"notification acknowledged, padding behind", faha, shared, "17 05" + notifyAckFields + agentHome + padding, []faultAt{at(46, rules.ErrBehindAuthentication)}},
		{"notification acknowledged, reserved", faha, shared, "17 05 00 01 c000020a c0000201 c6336407 " + identifier + agentHome, []faultAt{at(3, rules.ErrMessageReservedUndefined)}},
		{"notification denied by the home agent, 128", hafa, shared, "17 01 80 00 c000020a c0000201 c6336407 " + identifier + agentHome, nil},
		{"notification denied by the home agent, 127", hafa, shared, "17 01 7f 00 c000020a c0000201 c6336407 " + identifier + agentHome, []faultAt{at(2, rules.ErrNotificationCode)}},
		{"notification denied by the home agent, 192", hafa, shared, "17 01 c0 00 c000020a c0000201 c6336407 " + identifier + agentHome, []faultAt{at(2, rules.ErrNotificationCode)}},
		{"notification denied by the foreign agent, 64", faha, shared, "17 05 40 00 c000020a c0000201 c6336407 " + identifier + agentHome, nil},
		{"notification denied by the foreign agent, 63", faha, shared, "17 05 3f 00 c000020a c0000201 c6336407 " + identifier + agentHome, []faultAt{at(2, rules.ErrNotificationCode)}},
		{"notification denied by the foreign agent, 128", faha, shared, "17 05 80 00 c000020a c0000201 c6336407 " + identifier + agentHome, []faultAt{at(2, rules.ErrNotificationCode)}},
		{"notification denied by the mobile node, 197", mnfa, shared, "17 03 c5 00 c000020a c0000201 c6336407 " + identifier + mobileAgent, nil},
		{"notification denied by the mobile node, 191", mnfa, shared, "17 03 bf 00 c000020a c0000201 c6336407 " + identifier + mobileAgent, []faultAt{at(2, rules.ErrNotificationCode)}},
		{"notification denied by nobody", mnfa, shared, "17 09 bf 00 c000020a c0000201 c6336407 " + identifier + mobileAgent, []faultAt{at(1, rules.ErrNotificationDirection)}},

		// RFC 6521 §5.6-5.9, RFC 4064 §3.
		{"home test init", none, shared, homeTestInit, nil},
		{"care-of test init", none, shared, careOfTestInit, nil},
		{"home test", none, shared, homeTest, nil},
		{"care-of test", none, shared, careOfTest, nil},
		{"home test, reserved", none, shared, "1a 01 0001 0102030405060708 1112131415161718", []faultAt{at(1, rules.ErrMessageReserved)}},
		{"care-of test init, extended", none, shared, careOfTestInit + mobileHome + padding, []faultAt{at(10, rules.ErrTestExtension), at(32, rules.ErrTestExtension)}},
		{"home test init of a mobile node", mnha, shared, homeTestInit, []faultAt{at(0, rules.ErrMessageLeg)}},
		{"experimental", faha, shared, "ff 01020304", []faultAt{at(0, rules.ErrExperimental)}},
		{"experimental on no leg", none, shared, "ff", []faultAt{at(0, code.ErrLeg)}},

		// Registrations are judged as by CheckRequest and CheckReply.
		{"request", mnha, shared, referenceHead + mobileHome, nil},
		{"request without authorization", mnha, shared, referenceHead, []faultAt{at(24, rules.ErrNoAuthorization)}},
		{"reply without Mobile-Home", hamn, shared, "03 00 0708 c000020a c0000201 " + identifier, []faultAt{at(20, rules.ErrReplyNoMobileHome)}},
		{"reply the wrong way", mnha, shared, "03 00 0708 c000020a c0000201 " + identifier, []faultAt{at(0, rules.ErrReplyLeg)}},
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

// sameFaults reports whether both hold the same faults, in any order: what stops the
// receiver is told before the extensions are.
func sameFaults(a, b []faultAt) bool {
	if len(a) != len(b) {
		return false
	}
	for _, f := range a {
		if !slices.Contains(b, f) {
			return false
		}
	}
	return true
}

// mustBadLength returns the fault of a Length that a kind does not have.
func mustBadLength(t testing.TB, k ext.Kind) *code.Fault {
	t.Helper()
	row, ok := ext.Lookup(k)
	if !ok {
		t.Fatalf("the registry lacks %v", k)
	}
	return row.BadLength
}

// receiverOf is who receives a message: a foreign agent or a mobile router where the leg
// is none of the six.
func receiverOf(leg code.Leg, t mipv4.MessageType) code.Role {
	if leg != 0 {
		return leg.Receiver()
	}
	if t >= mipv4.TypeHomeTestInit {
		return code.MobileNode
	}
	return code.ForeignAgent
}

// TestMessageLegs: the legs of each type, by the texts: RFC 3519 §4, RFC 3543 §3.3, §3.4,
// §4.2.4, RFC 4857 §6, RFC 4881 §4, RFC 4988 §4.2, RFC 6098 §3.2, RFC 6521 §3.2, RFC 4064
// §3.
func TestMessageLegs(t *testing.T) {
	for _, tt := range []struct {
		hex, legs string
	}{
		{dataIPv4, "mn-ha fa-ha ha-fa ha-mn"},
		{byHome, "mn-fa mn-ha fa-ha ha-fa ha-mn"},
		{acknowledgment, "mn-ha fa-ha ha-fa"},
		{handoffSource, "leg 0"},
		{replySource, "leg 0"},
		{regionalRequest, "mn-fa mn-ha fa-ha"},
		{regionalReply, "ha-fa ha-mn fa-mn"},
		{fastUpdate, "leg 0 mn-fa"},
		{fastAck, "leg 0 fa-mn"},
		{"16 00" + notifyFields, "mn-fa mn-ha fa-ha ha-fa ha-mn fa-mn"},
		{"17 00" + notifyAckFields, "mn-fa mn-ha fa-ha ha-fa ha-mn fa-mn"},
		{homeTestInit, "leg 0"},
		{careOfTestInit, "leg 0"},
		{homeTest, "leg 0"},
		{careOfTest, "leg 0"},
		{"ff", "mn-fa mn-ha fa-ha ha-fa ha-mn fa-mn"},
	} {
		m := parseMessage(t, tt.hex)
		legs := ""
		for leg := code.Leg(0); leg <= code.FAtoMN+1; leg++ {
			s := rules.Situation{Leg: leg, Profile: dsmip.Draft06}
			switch err := s.CheckMessage(m, nil); err {
			case rules.ErrMessageLeg:
				if leg == 0 || leg > code.FAtoMN {
					t.Errorf("%v on %v is %v", m.MessageType(), leg, err)
				}
			case code.ErrLeg:
				if leg != 0 && leg <= code.FAtoMN {
					t.Errorf("%v on %v is %v", m.MessageType(), leg, err)
				}
			default:
				if legs != "" {
					legs += " "
				}
				legs += leg.String()
			}
		}
		if legs != tt.legs {
			t.Errorf("%v: %q, want %q", m.MessageType(), legs, tt.legs)
		}
	}
}

// TestMessageUntold: what the caller did not say, and what is no message by value.
func TestMessageUntold(t *testing.T) {
	m := parseMessage(t, byHome+agentHome)
	revocation := m.(mipv4.Revocation)
	for _, tt := range []struct {
		name string
		s    rules.Situation
		m    mipv4.Message
		want error
	}{
		{"no profile", rules.Situation{Leg: code.HAtoFA}, m, dsmip.ErrProfile},
		{"no edition", rules.Situation{Leg: code.HAtoFA, Profile: dsmip.RFC5454, Edition: 2}, m, rules.ErrEdition},
		{"no knowledge", rules.Situation{Leg: code.HAtoFA, Profile: dsmip.RFC5454, Secured: 3}, m, rules.ErrKnowledge},
		{"no knowledge of the I bit", rules.Situation{Leg: code.HAtoFA, Profile: dsmip.RFC5454, Inform: 3}, m, rules.ErrKnowledge},
		{"nil", rules.Situation{Leg: code.HAtoFA, Profile: dsmip.RFC5454}, nil, rules.ErrMessage},
		{"a pointer", rules.Situation{Leg: code.HAtoFA, Profile: dsmip.RFC5454}, &revocation, rules.ErrMessage},
	} {
		if err := tt.s.CheckMessage(tt.m, nil); err != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
		n := 0
		for v := range tt.s.Message(tt.m, nil) {
			if n++; v.Fault != tt.want || v.Offset != 0 {
				t.Errorf("%s: %v at %d, want %v", tt.name, v.Fault, v.Offset, tt.want)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d verdicts", tt.name, n)
		}
	}
}

// TestMessageNotImplemented: what the receiver does not implement is skipped, or has the
// message discarded, and what is skipped in the wrong place leads astray.
func TestMessageNotImplemented(t *testing.T) {
	lacks := func(kinds ...ext.Kind) func(ext.Kind) bool {
		return func(k ext.Kind) bool { return !slices.Contains(kinds, k) }
	}
	const multipath = "9a 01 0004 01010100"
	for _, tt := range []struct {
		name string
		s    rules.Situation
		hex  string
		want []faultAt
	}{
		{"a string", rules.Situation{Leg: code.FAtoHA, Implements: lacks(ext.KindMessageStringFA)}, byForeign + agentString + agentHome, nil},
		{"a string behind", rules.Situation{Leg: code.FAtoHA, Implements: lacks(ext.KindMessageStringFA)}, byForeign + agentHome + agentString, nil},
		{"GRE Key", rules.Situation{Leg: code.HAtoFA, Implements: lacks(ext.KindGREKey)}, byHome + "30 00 0004 00000001" + agentHome, []faultAt{{20, rules.ErrNotImplemented}}},
		{"Multipath", rules.Situation{Leg: code.HAtoFA, Implements: lacks(ext.KindMultipath)}, byHome + agentHome + multipath, []faultAt{{42, rules.ErrAstray}}},
		{"Multipath in front", rules.Situation{Leg: code.HAtoFA, Implements: lacks(ext.KindMultipath)}, byHome + multipath + agentHome, []faultAt{{20, rules.ErrAstray}}},
		{"Multipath in front of Mobile-Foreign", rules.Situation{Leg: code.FAtoMN, Implements: lacks(ext.KindMultipath)}, "16 00" + notifyFields + homeString + mobileHome + agentString + multipath + mobileAgent, []faultAt{{56, rules.ErrAstray}, {51, rules.ErrNotificationUnprotected}}},
		// What it skips the sender has written all the same.
		{"a link-layer address", rules.Situation{Implements: lacks(ext.KindEthernetAddress)}, handoffSource + ethernet + agentAgent, nil},
		{"a Solicited IPv4 Address", rules.Situation{Implements: lacks(ext.KindSolicitedIPv4Address)}, handoffThird + solicited + ethernet + agentAgent, nil},
		{"Hierarchical Foreign Agent", rules.Situation{Leg: code.FAtoHA, Implements: lacks(ext.KindHierarchicalFA)}, regionalZero + mobileGFA + hierarchical + agentAgent, nil},
		{"the string of a notification", rules.Situation{Leg: code.HAtoMN, Implements: lacks(ext.KindMessageStringHA)}, "16 00" + notifyFields + homeString + mobileHome, nil},
		{"a vendor", rules.Situation{Leg: code.HAtoFA, ImplementsVendor: func(uint32, uint16) bool { return false }}, byHome + critical + vendor + agentHome, []faultAt{{20, rules.ErrVendorInMessage}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.s.Profile, tt.s.ForeignHome = dsmip.RFC5454, rules.Shared
			m := parseMessage(t, tt.hex)
			var got []faultAt
			for v := range tt.s.Message(m, nil) {
				if f := (faultAt{v.Offset, v.Fault}); v.Fault != nil && !slices.Contains(got, f) {
					got = append(got, f)
				}
			}
			if !sameFaults(got, tt.want) {
				t.Errorf("got  %v\nwant %v", got, tt.want)
			}
		})
	}
}

// TestMessageEnds: a range may end with any verdict.
func TestMessageEnds(t *testing.T) {
	for _, hex := range []string{
		byHome + homeString + agentHome,
		"07 ff bfff 00000000 00000000 00000000 00001000" + homeString + nai + agentHome + agentHome + "22 14 00000001 " + zeros16 + nai,
	} {
		m := parseMessage(t, hex)
		s := rules.Situation{Leg: code.HAtoFA, Profile: dsmip.RFC5454, ForeignHome: rules.Shared}
		all := slices.Collect(s.Message(m, nil))
		for n := range all {
			got := 0
			for range s.Message(m, nil) {
				if got++; got > n {
					break
				}
			}
			if got != n+1 {
				t.Errorf("ended behind %d of %d verdicts, want %d", got, len(all), n+1)
			}
		}
	}
}

// TestConformingMessages: random messages that follow the texts meet no fault that
// breaks a MUST, and none that stops the receiver.
func TestConformingMessages(t *testing.T) {
	r := rand.New(rand.NewPCG(3543, 6098))
	pick := func(s ...string) string { return s[r.IntN(len(s))] }
	some := func(n int, s ...string) (all string) {
		for range r.IntN(n + 1) {
			all += pick(s...)
		}
		return all
	}
	hex := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		return fmt.Sprintf("%x", b)
	}
	host := func() string { return fmt.Sprintf("0a%02x%02x%02x", r.IntN(256), r.IntN(256), 1+r.IntN(254)) }
	auth := func(head string) string { return head + fmt.Sprintf("%08x", 256+r.Uint32N(1<<31)) + hex(16) }
	free := func() string {
		return some(3, padding, vendor, critical, unassigned, "85 08 0000 00000009 0001", "7f 01 0002 0102")
	}
	// Each returns a message on its leg in a situation that it conforms to.
	messages := []func() (code.Leg, rules.Situation, string){
		func() (code.Leg, rules.Situation, string) {
			return []code.Leg{code.MNtoHA, code.HAtoMN, code.FAtoHA, code.HAtoFA}[r.IntN(4)], rules.Situation{}, "04" + pick("04", "29", "2f", "37") + "0000" + hex(r.IntN(40))
		},
		func() (code.Leg, rules.Situation, string) {
			fields := host() + host() + host() + hex(4) + free()
			switch r.IntN(4) {
			case 0:
				return code.HAtoFA, rules.Situation{ForeignHome: rules.Shared}, "0700" + pick("8000", "c000") + fields + some(1, homeString) + auth("2214") + free()
			case 1:
				return code.FAtoHA, rules.Situation{}, "0700" + pick("0000", "4000") + fields + auth("2214") + free()
			case 2:
				return code.HAtoMN, rules.Situation{}, "0700" + pick("8000", "c000") + fields + some(1, homeString) + auth("2014") + free()
			}
			return code.FAtoHA, rules.Situation{Secured: rules.Served, ForeignHome: rules.Knowledge(r.IntN(3))}, "0700" + pick("0000", "4000") + fields
		},
		func() (code.Leg, rules.Situation, string) {
			fields := "0f00" + pick("0000", "8000") + host() + hex(4) + free()
			if r.IntN(2) == 0 {
				return code.MNtoHA, rules.Situation{}, fields + auth("2014")
			}
			return []code.Leg{code.FAtoHA, code.HAtoFA}[r.IntN(2)], rules.Situation{ForeignHome: rules.Shared}, fields + auth("2214")
		},
		func() (code.Leg, rules.Situation, string) {
			fields := "0000" + hex(2) + "0000" + host() + host() + hex(8)
			return 0, rules.Situation{}, pick("1084", "1082", "1050", "1044", "1048", "1020") + fields + free() + ethernet + some(2, ethernet, solicited) + auth("24020014")
		},
		func() (code.Leg, rules.Situation, string) {
			fields := hex(2) + "0000" + host() + host() + hex(8)
			if r.IntN(2) == 0 {
				return 0, rules.Situation{}, pick("10", "11") + pick("c0", "c2") + "0000" + fields + free() + solicited + free() + ethernet + auth("24020014")
			}
			flags := pick("84", "44", "46", "20", "90")
			if flags[0] == '4' { // the old foreign agent's answer to a target trigger (RFC 4881 §4.1)
				fields += ethernet
			}
			return 0, rules.Situation{}, "11" + flags + "0000" + fields + free() + auth("24020014")
		},
		func() (code.Leg, rules.Situation, string) {
			fields := "12" + pick("00", "22", "42", "8a") + hex(2) + host() + host() + host() + hex(8) + free() + some(1, nai)
			switch r.IntN(3) {
			case 0:
				return code.MNtoFA, rules.Situation{MobileForeign: rules.Shared}, fields + auth("24030014") + some(1, "84 04 01020304") + auth("2114")
			case 1:
				return code.FAtoHA, rules.Situation{}, fields + auth("24030014") + free() + hierarchical + auth("24020014")
			}
			return code.MNtoHA, rules.Situation{}, fields + auth("24030014")
		},
		func() (code.Leg, rules.Situation, string) {
			fields := hex(2) + host() + host() + hex(8) + free() + some(1, nai)
			if r.IntN(2) == 0 {
				return code.FAtoMN, rules.Situation{MobileForeign: rules.Shared}, "13" + pick("00", "40", "70", "80", "c1") + fields + auth("24030014") + auth("2114")
			}
			return code.HAtoFA, rules.Situation{}, "13" + pick("00", "6e", "6f", "c1") + fields + auth("24030014")
		},
		func() (code.Leg, rules.Situation, string) {
			return []code.Leg{0, code.MNtoFA}[r.IntN(2)], rules.Situation{}, "14" + pick("00", "20", "3a", "12") + fmt.Sprintf("%04x", r.IntN(11)) + "0a000001" + host() + "c0000201" + hex(8) + free() + auth("24040014")
		},
		func() (code.Leg, rules.Situation, string) {
			return []code.Leg{0, code.FAtoMN}[r.IntN(2)], rules.Situation{}, "15" + pick("00", "80", "81", "82") + fmt.Sprintf("%04x", r.IntN(11)) + host() + host() + hex(8) + free() + auth("24040014")
		},
		func() (code.Leg, rules.Situation, string) {
			ack := r.IntN(2) == 0
			fields := func(md, denied string) string {
				head := "16" + md + pick("0000", "8000")
				if ack {
					head = "17" + md + pick("00", denied) + "00"
				}
				return head + host() + host() + host() + hex(8)
			}
			shared := rules.Situation{MobileForeign: rules.Shared, ForeignHome: rules.Shared}
			switch r.IntN(8) {
			case 0:
				return code.HAtoMN, rules.Situation{}, fields("00", "80") + homeString + auth("2014")
			case 1:
				return code.HAtoFA, shared, fields("00", "bf") + homeString + auth("2014") + some(1, auth("2214"))
			case 2:
				return code.FAtoMN, shared, fields("00", "83") + homeString + auth("2014") + agentString + auth("2114")
			case 3:
				return code.HAtoFA, shared, fields("01", "84") + homeString + auth("2214")
			case 4:
				return code.MNtoFA, shared, fields("02", "c0") + auth("2014") + auth("2114")
			case 5:
				return code.FAtoHA, shared, fields("02", "ff") + auth("2014") + some(1, agentString) + auth("2214")
			case 6:
				return code.MNtoFA, shared, fields("03", "c5") + auth("2114")
			}
			if r.IntN(2) == 0 {
				return code.FAtoMN, shared, fields("04", "40") + agentString + auth("2114")
			}
			return code.FAtoHA, shared, fields("05", "7f") + agentString + auth("2214")
		},
		func() (code.Leg, rules.Situation, string) {
			return 0, rules.Situation{}, pick("1800"+hex(8), "1900"+hex(8), "1a00"+hex(18), "1b00"+hex(18))
		},
	}
	for i := range 20000 {
		leg, s, text := messages[i%len(messages)]()
		s.Leg, s.Profile = leg, dsmip.Profile(1+r.IntN(2))
		m := parseMessage(t, text)
		if err := s.CheckMessage(m, nil); err != nil {
			t.Fatalf("%v on %v: %v\n%s", m.MessageType(), leg, err, text)
		}
		for v := range s.Message(m, nil) {
			if f := v.Fault; f != nil && (f.Breaks() <= code.Must || f.Reaction(receiverOf(leg, m.MessageType())).Stops()) {
				t.Fatalf("%v on %v: %v\n%s", m.MessageType(), leg, f, text)
			}
		}
	}
}
