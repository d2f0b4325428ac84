package rules_test

import (
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
)

// TestReservedSPI: no association has an SPI of 0 to 255 (RFC 5944 §1.6, §3.5.1), and
// CHAP_SPI, 2, is that of Mobile-AAA (RFC 4721 §7). Who cannot verify an extension acts as
// with one that does not verify; who does not verify it has nothing to do.
func TestReservedSPI(t *testing.T) {
	const (
		home    = "2014"
		foreign = "2114"
		agents  = "2214"
		aaa     = "24010014"
	)
	home255, foreign255, agents255, aaa255 := rules.ErrReservedSPIMobileHome, rules.ErrReservedSPIMobileForeign, rules.ErrReservedSPIForeignHome, rules.ErrReservedSPIMNAAA
	for _, tt := range []struct {
		name, head string // the type and the Length; but for Mobile-Home itself behind Mobile-Home
		leg        code.Leg
		want       []at
	}{
		{"Mobile-Home, at the home agent", home, code.MNtoHA, stopping(24, home255)},
		{"Mobile-Home relayed", home, code.FAtoHA, stopping(24, home255)},
		{"Mobile-Home, at the foreign agent", home, code.MNtoFA, noting(24, home255)},
		{"Mobile-Home in a reply", home, code.HAtoMN, stopping(20, home255)},
		{"Mobile-Home in a reply, relayed", home, code.FAtoMN, stopping(20, home255)},
		{"Mobile-Home in a reply, at the foreign agent", home, code.HAtoFA, noting(20, home255)},
		{"Mobile-Foreign", foreign, code.MNtoFA, stopping(46, foreign255)},
		{"Mobile-Foreign in a reply", foreign, code.FAtoMN, stopping(42, foreign255)},
		{"Foreign-Home", agents, code.FAtoHA, stopping(46, agents255)},
		{"Foreign-Home in a reply", agents, code.HAtoFA, stopping(42, agents255)},
		{"Mobile-AAA, at the home agent", aaa, code.MNtoHA, stopping(46, aaa255)},
		{"Mobile-AAA, at the foreign agent", aaa, code.MNtoFA, stopping(46, aaa255)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			message := viaAgent
			switch {
			case tt.leg.Reply():
				message = accepted
			case tt.leg == code.MNtoHA:
				message = coLocated
			}
			if tt.head != home {
				message += macM
			}
			s := rules.Situation{Leg: tt.leg}
			for _, spi := range []string{"00000000", "00000001", "00000003", "000000ff"} {
				expect(t, s, message+tt.head+spi+zeros16, nil, tt.want)
			}
			var other []at // of an SPI that is not reserved
			if tt.head == aaa && tt.leg == code.MNtoHA {
				other = noting(46, rules.ErrDirectSPI)
			}
			for _, spi := range []string{"00000100", "00010000", "ffffffff"} {
				expect(t, s, message+tt.head+spi+zeros16, nil, other)
			}
			const chap = "00000002"
			if tt.head == aaa {
				tt.want = nil
			}
			expect(t, s, message+tt.head+chap+zeros16, nil, tt.want)
		})
	}
}

// TestRequestContents: what the extensions of a request hold, and what the fixed part has
// to do with them: RFC 3519 §3.1, §4.4, RFC 4433 §5.1.2, RFC 4721 §3.1, RFC 5177 §6.6, §6.7,
// RFC 6626 §3.1, RFC 5454 §3.3.2, RFC 7629 §4.1, §4.2.
func TestRequestContents(t *testing.T) {
	const (
		mnfa, mnha, faha = code.MNtoFA, code.MNtoHA, code.FAtoHA

		direct    = "01 20 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123" // D
		directM   = "01 30 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123" // D, M
		directG   = "01 28 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123" // D, G
		directMG  = "01 38 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123" // D, M, G
		leaving   = "01 20 0000 c000020a c0000201 c6336407 eeae5a5a3eb7e123" // D, Lifetime 0
		leavingT  = "01 22 0000 c000020a c0000201 c6336407 eeae5a5a3eb7e123" // the same with T
		assigned  = "01 20 0708 c000020a ffffffff c6336407 eeae5a5a3eb7e123" // D, Home Agent to be assigned
		challenge = "8404 deadbeef"
		mode      = "98 02 03 00"
	)
	for _, tt := range []struct {
		name, head, list string
		leg              code.Leg
		want             []at
	}{
		{"Requested HA, the Home Agent", direct, requestHA + macM, mnha, nil},
		{"Requested HA, another", direct, otherHA + macM, mnha, stopping(24, rules.ErrRequestedHAOther)},
		{"Requested HA, another, relayed", viaAgent, otherHA + macM, faha, stopping(24, rules.ErrRequestedHAOther)},
		{"Requested HA, another, at the foreign agent", viaAgent, otherHA + macM, mnfa, nil},
		{"Requested HA, another than all ones", assigned, nai + otherHA + macM, mnha, nil},
		{"Requested HA, no unicast address and another", direct, "8b 05 01 e0000001" + macM, mnha, stopping(24, rules.ErrRequestedHAUnicast)},

		{"mobile network of length 1", coLocated, "9406 00 01 80000000" + macM, mnha, nil},
		{"mobile network of length 32", coLocated, "9406 00 20 cb007101" + macM, mnha, nil},
		{"mobile network of length 33", coLocated, "9406 00 21 cb007101" + macM, mnha, noting(24, rules.ErrMobileNetworkLength)},
		{"mobile network of length 0", coLocated, "9406 00 00 cb007100" + macM, mnha, noting(24, rules.ErrMobileNetworkLength)},
		{"any mobile network", coLocated, "9406 00 00 00000000" + macM, mnha, nil},
		{"any mobile network of length 28", coLocated, "9406 00 1c 00000000" + macM, mnha, nil},
		{"any mobile network of length 33", coLocated, "9406 00 21 00000000" + macM, mnha, noting(24, rules.ErrMobileNetworkLength)},
		{"mobile network in a deregistration", leavingT, "9406 00 18 cb007100" + macM, mnha, noting(24, rules.ErrMobileNetworkDeregisters)},
		{"mobile network of length 33 in a deregistration", leavingT, "9406 00 21 cb007100" + macM, mnha, []at{
			each(24, rules.ErrMobileNetworkDeregisters), each(24, rules.ErrMobileNetworkLength)}},

		{"multipath", direct, "9a01 0004 01 01 01 00" + macM, mnha, nil},
		{"multipath, the last label and binding", direct, "9a01 0004 01 ff fe 00" + macM, mnha, nil},
		{"multipath, label 0", direct, "9a01 0004 01 00 01 00" + macM, mnha, noting(24, rules.ErrInterfaceLabel)},
		{"multipath, binding 0", direct, "9a01 0004 01 01 00 00" + macM, mnha, noting(24, rules.ErrBindingID)},
		{"multipath, binding 255", direct, "9a01 0004 01 01 ff 00" + macM, mnha, noting(24, rules.ErrBindingID)},
		{"multipath, B", direct, "9a01 0004 01 01 01 80" + macM, mnha, nil},
		{"multipath, O", direct, "9a01 0004 01 01 01 40" + macM, mnha, nil},
		{"multipath, B and O", direct, "9a01 0004 01 01 01 c0" + macM, mnha, noting(24, rules.ErrMultipathFlags)},
		{"multipath, reserved bits", direct, "9a01 0004 01 01 01 3f" + macM, mnha, nil},
		{"multipath, all at once", direct, "9a01 0004 01 00 ff c0" + macM, mnha, []at{
			each(24, rules.ErrInterfaceLabel), each(24, rules.ErrBindingID), each(24, rules.ErrMultipathFlags)}},

		{"flow", direct, "9a02 0004 01 01 01 01" + macM, mnha, nil},
		{"flow, the last binding", direct, "9a02 0004 01 01 fe 02" + macM, mnha, nil},
		{"flow, binding 0", direct, "9a02 0004 01 01 00 01" + macM, mnha, noting(24, rules.ErrBindingID)},
		{"flow, the second binding 255", direct, "9a02 0005 01 02 01 ff 01" + macM, mnha, noting(24, rules.ErrBindingID)},
		{"flow, two bindings of none", direct, "9a02 0005 01 02 00 ff 01" + macM, mnha, noting(24, rules.ErrBindingID)},
		{"flow, TS format 0", direct, "9a02 0004 01 01 01 00" + macM, mnha, noting(24, rules.ErrSelectorFormat)},
		{"flow, TS format and binding 0", direct, "9a02 0004 01 01 00 00" + macM, mnha, []at{
			each(24, rules.ErrSelectorFormat), each(24, rules.ErrBindingID)}},
		{"flow that is dropped", direct, "9a02 0004 00 01 ff 01" + macM, mnha, nil},
		{"flow that is dropped, binding 0", direct, "9a02 0004 00 01 00 01" + macM, mnha, nil},
		{"flow that is dropped, two bindings", direct, "9a02 0005 00 02 01 02 01" + macM, mnha, noting(24, rules.ErrFlowDrop)},
		{"flow that is dropped, TS format 0", direct, "9a02 0004 00 01 ff 00" + macM, mnha, noting(24, rules.ErrSelectorFormat)},

		{"UDP tunnel, encapsulation by the flags", coLocated, "9006 00 00 00 00 0000" + macM, mnha, nil},
		{"UDP tunnel, IP in UDP", coLocated, "9006 00 00 00 04 0000" + macM, mnha, nil},
		{"UDP tunnel, GRE in UDP", coLocated, "9006 00 00 00 2f 0000" + macM, mnha, nil},
		{"UDP tunnel, minimal encapsulation in UDP", coLocated, "9006 00 00 00 37 0000" + macM, mnha, nil},
		{"UDP tunnel, IPv6 in UDP", coLocated, "9006 00 00 00 29 0000" + macM, mnha, stopping(24, rules.ErrTunnelRequestEncapsulation)},
		{"UDP tunnel without T", direct, "9006 00 00 00 00 0000" + macM, mnha, noting(24, rules.ErrTunnelRequestWithoutT)},
		{"UDP tunnel of the foreign agent without T", viaAgent, macM + "9006 00 00 00 00 0000", faha, noting(46, rules.ErrTunnelRequestWithoutT)},
		{"UDP tunnel through a foreign agent", coLocated, "9006 00 00 40 00 0000" + macM, mnfa, nil},
		{"UDP tunnel through a foreign agent without R", coLocated, "9006 00 00 00 00 0000" + macM, mnfa, noting(24, rules.ErrTunnelRequestWithoutR)},
		{"UDP tunnel through a foreign agent without R, by force", coLocated, "9006 00 00 80 00 0000" + macM, faha, noting(24, rules.ErrTunnelRequestWithoutR)},
		{"UDP tunnel of the foreign agent without R", withT, macM + "9006 00 00 00 00 0000", faha, nil},
		{"UDP tunnel without D", withT, "9006 00 00 00 00 0000" + macM, faha, stopping(24, rules.ErrTunnelRequestMobile)},
		{"UDP tunnel without D, at the foreign agent", withT, "9006 00 00 00 00 0000" + macM, mnfa, noting(24, rules.ErrTunnelRequestMobile)},

		{"revocation through a foreign agent, with D", direct, "8906 0000 00000001" + macM, mnfa, nil},
		{"revocation through a foreign agent, with D, behind", direct, macM + "8906 0000 00000001", mnfa, stopping(46, rules.ErrRevocationUnprotected)},
		{"revocation relayed, with D", direct, "8906 0000 00000001" + macM, faha, nil},
		{"revocation of the foreign agent, with D", direct, macM + "8906 0000 00000001", faha, nil},

		{"no care-of address, the mobile node's in Hierarchical Foreign Agent", "01 00 0708 c000020a c0000201 00000000 eeae5a5a3eb7e123", hierarchical + macM, faha, fixedPart(12, rules.ErrZeroCareOfAddress)},
		{"no care-of address, the foreign agent's to its gateway", "01 00 0708 c000020a c0000201 00000000 eeae5a5a3eb7e123", macM + hierarchical + agentAgent, faha, nil},
		{"no care-of address, the gateway's", "01 00 0708 c000020a c0000201 00000000 eeae5a5a3eb7e123", macM + gatewayIP, faha, nil},

		{"an address of length 127", direct, "98 12 01 7f 00000000000000000200000000000002" + macM, mnha, nil},
		{"an address of length 128", direct, "98 12 01 80 00000000000000000200000000000002" + macM, mnha, noting(24, rules.ErrInterfaceIdentifier)},

		{"IPv6 with minimal encapsulation", directM, mode + macM, mnha, noting(24, rules.ErrMinimalEncapsulation)},
		{"IPv6 with GRE", directG, mode + macM, mnha, nil},
		{"IPv6 with either encapsulation", directMG, mode + macM, mnha, nil},
		{"minimal encapsulation without IPv6", directM, macM, mnha, nil},

		{"a nonce for a reserved SPI, of the foreign agent", viaAgent, nai + "28 01 0004 000000ff" + macM + challenge + macA, mnfa, noting(24+5, rules.ErrReservedSPIKeyRequest)},
		{"a nonce for a reserved SPI, of the home agent", viaAgent, nai + "2a 01 0004 00000000" + macM + challenge + macA, mnfa, noting(24+5, rules.ErrReservedSPIKeyRequest)},
		{"a nonce for an SPI, of the foreign agent", viaAgent, nai + "28 01 0004 00000100" + macM + challenge + macA, mnfa, nil},
		{"a nonce for an SPI, of the home agent", viaAgent, nai + "2a 01 0004 00000100" + macM + challenge + macA, mnfa, nil},
		{"a traversal to nowhere", direct, "810a 0000 00000000 c0000201" + macM, mnha, noting(24, rules.ErrTraversalUnset)},
		{"a traversal from nowhere", direct, "810a 0000 c0000201 00000000" + macM, mnha, nil},
		{"a device of no type", direct, "9308 02 00 010203040506" + macM, mnha, noting(24, rules.ErrProxyIDType)},
		{"a device of type 1", direct, "9308 02 01 010203040506" + macM, mnha, nil},
		{"a subscriber of no type", direct, "9308 03 00 010203040506" + macM, mnha, noting(24, rules.ErrProxyIDType)},
		{"an access of no type", direct, "9302 04 00" + macM, mnha, noting(24, rules.ErrProxyIDType)},
		{"a group's address as a gateway's", viaAgent, macM + "2e06 0000 e0000001", faha, stopping(24+22, rules.ErrGatewayAddress)},
		{"a gateway's address", viaAgent, macM + "2e06 0000 c6336401", faha, nil},
		{"a mobile network without T", direct, "9406 00 18 cb007100" + macM, mnha, noting(24, rules.ErrMobileNetworkWithoutT)},
		{"a group as Home Agent", "01 20 0708 c000020a e0000001 c6336407 eeae5a5a3eb7e123", macM, mnha, fixedPart(8, rules.ErrRequestHomeAgent)},
		{"this network as Home Agent", "01 20 0708 c000020a 00000005 c6336407 eeae5a5a3eb7e123", macM, mnha, fixedPart(8, rules.ErrRequestHomeAgent)},
		{"this host as Home Agent", "01 20 0708 c000020a 7f000001 c6336407 eeae5a5a3eb7e123", macM, mnha, nil},

		{"challenge with a name", viaAgent, nai + macM + challenge + macA, mnfa, nil},
		{"challenge without a name", viaAgent, macM + challenge + macA, mnfa, fixedPart(24+22+6+24, rules.ErrChallengeNameless)},
		{"challenge without a name, of an associate", viaAgent, macM + challenge + macA + mobileAgent, mnfa, nil},
		{"challenge without a name, relayed", viaAgent, macM + challenge + macA, faha, nil},
		{"Mobile-AAA without a name", viaAgent, macM + macA, mnfa, nil},
		{"an NAI of one byte names a node without a home address", nobodys, "8301 61" + macM, mnfa, nil},
		{"an NAI of no bytes names nobody", nobodys, "8300" + macM, mnfa, []at{{24 + 2 + 22, true, rules.ErrNameless}, each(24, rules.ErrEmptyNAI)}},
		{"a Requested HA behind Mobile-Home is none", assigned, nai + macM + requestHA, mnha, []at{
			{24 + 5 + 22 + 7, true, rules.ErrDynamicRequestedHA}, each(24+5+22, misplaced(ext.KindRequestedHA))}},
		{"an NAI of no bytes", viaAgent, "8300" + macM, mnfa, noting(24, rules.ErrEmptyNAI)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			expect(t, rules.Situation{Leg: tt.leg}, tt.head+tt.list, nil, tt.want)
		})
	}
	t.Run("IPv6 with minimal encapsulation, by the draft", func(t *testing.T) {
		expect(t, rules.Situation{Leg: mnha, Profile: dsmip.Draft06}, directM+mode+macM, nil, nil)
	})
}

// TestRequestFields: the D flag, the care-of address and the home address: RFC 5944 §3.3,
// §3.6.1.2, §3.6.1.3.
func TestRequestFields(t *testing.T) {
	const (
		mnfa, mnha, faha = code.MNtoFA, code.MNtoHA, code.FAtoHA
		end              = " eeae5a5a3eb7e123"
		careOf           = " c0000201 c6336407" + end // Home Agent, Care-of Address
		atHome           = " c000020a c0000201 c000020a" + end
	)
	for _, tt := range []struct {
		name, head string
		leg        code.Leg
		want       []at
	}{
		{"directly, with D", "01 20 0708 c000020a" + careOf, mnha, nil},
		{"directly, without D", "01 00 0708 c000020a" + careOf, mnha, fixedPart(1, rules.ErrDirectWithoutD)},
		{"a deregistration directly, without D", "01 00 0000 c000020a" + careOf, mnha, nil},
		{"through a foreign agent, without D", "01 00 0708 c000020a" + careOf, mnfa, nil},
		{"relayed, without D", "01 00 0708 c000020a" + careOf, faha, nil},
		{"home again", "01 00 0000" + atHome, mnha, nil},
		{"home again, with D", "01 20 0000" + atHome, mnha, fixedPart(1, rules.ErrHomeWithD)},
		{"at home, with D", "01 20 0708" + atHome, mnfa, fixedPart(1, rules.ErrHomeWithD)},
		{"at home, and registered", "01 00 0708" + atHome, mnha, fixedPart(12, rules.ErrHomeCareOf)},
		{"at home, and registered through a foreign agent", "01 00 0708" + atHome, mnfa, fixedPart(12, rules.ErrHomeCareOf)},
		{"a home address of class C", "01 20 0708 dfffffff" + careOf, mnha, nil},
		{"a multicast home address", "01 20 0708 e0000001" + careOf, mnha, fixedPart(4, rules.ErrRequestHomeAddress)},
		{"a reserved home address, at the foreign agent", "01 00 0708 f0000001" + careOf, mnfa, fixedPart(4, rules.ErrRequestHomeAddress)},
		{"the broadcast address for a home address", "01 00 0708 ffffffff" + careOf, faha, fixedPart(4, rules.ErrRequestHomeAddress)},
		{"the flag r", "01 24 0708 c000020a" + careOf, mnha, fixedPart(1, rules.ErrReservedFlags)},
		{"the flag x", "01 01 0708 c000020a" + careOf, mnfa, fixedPart(1, rules.ErrReservedFlags)},
		{"every other flag", "01 fa 0708 c000020a" + careOf, mnha, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			expect(t, rules.Situation{Leg: tt.leg}, tt.head+macM, nil, tt.want)
		})
	}
}

// TestReplyContents: the fixed part of a reply by itself, and what its extensions hold:
// RFC 5944 §3.8.3.2, RFC 2794 §3, RFC 4433 §3.4.2, RFC 4636 §3, RFC 4857 §9.4, RFC 5177 §4.2,
// §6.6, RFC 7629 §4.2.
func TestReplyContents(t *testing.T) {
	const (
		hamn, hafa, famn = code.HAtoMN, code.HAtoFA, code.FAtoMN

		end    = " eeae5a5a3eb7e123"
		denied = "03 81 0708 c000020a c0000201" + end
	)
	for _, tt := range []struct {
		name, msg string
		leg       code.Leg
		want      []at
	}{
		{"accepted without a home address", "03 00 0708 00000000 c0000201" + end + macM, hamn, fixedPart(4, rules.ErrReplyHomeAddress)},
		{"accepted without simultaneous bindings or a home address", "03 01 0708 00000000 c0000201" + end + macM, hafa, fixedPart(4, rules.ErrReplyHomeAddress)},
		{"accepted for this network", "03 00 0708 00010203 c0000201" + end + macM, hamn, fixedPart(4, rules.ErrReplyHomeAddress)},
		{"accepted for a group", "03 00 0708 e0000001 c0000201" + end + macM, famn, fixedPart(4, rules.ErrReplyHomeAddress)},
		{"accepted for 1.0.0.0", "03 00 0708 01000000 c0000201" + end + macM, hamn, nil},
		{"accepted for 223.255.255.255", "03 00 0708 dfffffff c0000201" + end + macM, hamn, nil},
		{"denied without a home address", "03 81 0708 00000000 c0000201" + end + macM, hamn, nil},
		{"accepted without a home agent", "03 00 0708 c000020a 00000000" + end + macM, hamn, fixedPart(8, rules.ErrReplyHomeAgent)},
		{"denied without a home agent", "03 81 0708 c000020a 00000000" + end + macM, hafa, fixedPart(8, rules.ErrReplyHomeAgent)},
		{"denied by all ones, relayed", "03 81 0708 c000020a ffffffff" + end + macM, famn, fixedPart(8, rules.ErrReplyHomeAgent)},
		{"denied by the foreign agent without a home agent", "03 43 0708 c000020a 00000000" + end, famn, nil},
		{"code 63 without a home agent", "03 3f 0708 c000020a 00000000" + end, famn, fixedPart(8, rules.ErrReplyHomeAgent)},
		{"code 64 without a home agent", "03 40 0708 c000020a 00000000" + end, famn, nil},
		{"code 127 without a home agent", "03 7f 0708 c000020a 00000000" + end, famn, nil},
		{"code 128 without a home agent", "03 80 0708 c000020a 00000000" + end, famn, []at{{20, true, rules.ErrReplyNoMobileHome}, {8, true, rules.ErrReplyHomeAgent}}},
		{"code 63 of a home agent", "03 3f 0708 c000020a c0000201" + end + macM, hamn, nil},
		{"code 64 of a home agent", "03 40 0708 c000020a c0000201" + end + macM, hamn, fixedPart(1, rules.ErrForeignCodeFromHome)},
		{"code 127 of a home agent", "03 7f 0708 c000020a c0000201" + end + macM, hafa, fixedPart(1, rules.ErrForeignCodeFromHome)},
		{"code 128 of a home agent", "03 80 0708 c000020a c0000201" + end + macM, hafa, nil},
		{"denied by the gateway without a home agent", "03 6e 0708 c000020a 00000000" + end, hafa, nil},

		{"redirected", "03 8f 0708 c000020a c0000201" + end + "8b05 02 c0000202" + macM, hamn, nil},
		{"redirected to a group", "03 8f 0708 c000020a c0000201" + end + "8b05 02 e0000001" + macM, hamn, noting(20, rules.ErrRedirectedHAUnicast)},
		{"redirected nowhere", "03 8f 0708 c000020a c0000201" + end + "8b05 02 00000000" + macM, hamn, noting(20, rules.ErrRedirectedHAUnicast)},
		{"redirected behind Mobile-Home", "03 8f 0708 c000020a c0000201" + end + macM + "8b05 02 c0000202", hamn, []at{
			{49, true, rules.ErrRedirectMissing}, each(42, misplaced(ext.KindRedirectedHA))}},

		{"FA Error 64", accepted + macM + "2d02 00 40", famn, nil},
		{"FA Error 127", accepted + macM + "2d02 00 7f", famn, nil},
		{"FA Error 63", accepted + macM + "2d02 00 3f", famn, stopping(42, rules.ErrStatus)},
		{"FA Error 128", accepted + macM + "2d02 00 80", famn, stopping(42, rules.ErrStatus)},

		{"a regional lifetime", accepted + macM + "8e06 0000 00000708" + mobileAgent, famn, nil},
		{"a traversal to nowhere", accepted + "810a 0000 c0000201 00000000" + macM, hamn, noting(20, rules.ErrTraversalReplyUnset)},
		{"a traversal from nowhere", accepted + "810a 0000 00000000 c0000201" + macM, hamn, nil},
		{"a longer regional lifetime", accepted + macM + "8e06 0000 00000709" + mobileAgent, famn, noting(42, rules.ErrRegionalLifetime)},
		{"an infinite regional lifetime", accepted + macM + "8e06 0000 0000ffff" + mobileAgent, famn, noting(42, rules.ErrRegionalLifetime)},
		{"a regional lifetime of 32 bits", accepted + macM + "8e06 0000 00010708" + mobileAgent, famn, noting(42, rules.ErrRegionalLifetime)},
		{"a regional lifetime with an infinite one", "03 00 ffff c000020a c0000201" + end + macM + "8e06 0000 00010708" + mobileAgent, famn, nil},
		{"a regional lifetime with the longest", "03 00 fffe c000020a c0000201" + end + macM + "8e06 0000 0000ffff" + mobileAgent, famn, noting(42, rules.ErrRegionalLifetime)},
		{"a longer regional lifetime in a denial", denied + macM + "8e06 0000 00000709" + mobileAgent, famn, nil},

		{"networks, the longest length", accepted + "9408 01 00 20 00 cb007101" + "9408 02 00 01 00 80000000" + macM, hamn, nil},
		{"a network of length 33, registered", accepted + "9408 01 00 21 00 cb007101" + macM, hamn, noting(20, rules.ErrMobileNetworkAckLength)},
		{"a network of length 0, registered", accepted + "9408 01 00 00 00 00000000" + macM, hamn, noting(20, rules.ErrMobileNetworkAckLength)},
		{"a network of length 33, registered in implicit mode", accepted + "9408 02 00 21 00 cb007101" + macM, hamn, noting(20, rules.ErrMobileNetworkAckLength)},
		{"a network of length 0, registered in implicit mode", accepted + "9408 02 00 00 00 00000000" + macM, hamn, noting(20, rules.ErrMobileNetworkAckLength)},
		{"a network of length 33, refused", denied + "9408 01 01 21 00 cb007101" + macM, hamn, nil},
		{"a network of length 33, refused in implicit mode", denied + "9408 02 01 21 00 cb007101" + macM, hamn, nil},
		{"one of two networks", accepted + "9408 01 02 18 00 cb007100" + "9408 01 00 18 00 cb007200" + macM, hamn, nil},
		{"one of two networks, the first", accepted + "9408 02 00 18 00 cb007100" + "9408 01 02 18 00 cb007200" + macM, hamn, nil},
		{"accepted, and no network", accepted + "9408 01 02 18 00 cb007100" + "9408 02 03 18 00 cb007200" + macM, hamn, fixedPart(1, rules.ErrMobileNetworkAllFailed)},
		{"denied, and no network", denied + "9408 01 02 18 00 cb007100" + macM, hamn, nil},
		{"accepted, and what is no acknowledgement", accepted + "9402 01 02" + macM, hamn, stopping(20, mustBadLength(t, ext.KindMobileNetworkAckExplicit))},
		{"147 for what is no acknowledgement", "03 93 0708 c000020a c0000201" + end + "9402 01 00" + macM, hamn, []at{
			{46, true, rules.ErrMobileNetworkAckMissing}, {20, true, mustBadLength(t, ext.KindMobileNetworkAckExplicit)},
			each(20, mustBadLength(t, ext.KindMobileNetworkAckExplicit))}},
		{"147 for a network", "03 93 0708 c000020a c0000201" + end + "9408 01 02 18 00 cb007100" + macM, hamn, nil},
		{"147 for no network", "03 93 0708 c000020a c0000201" + end + macM, hamn, fixedPart(42, rules.ErrMobileNetworkAckMissing)},
		{"147 for no network, relayed", "03 93 0708 c000020a c0000201" + end + macM, famn, fixedPart(42, rules.ErrMobileNetworkAckMissing)},

		{"a flow", accepted + "9a02 0004 01 01 01 01" + macM, hamn, nil},
		{"a flow, binding 0", accepted + "9a02 0004 01 01 00 01" + macM, hamn, noting(20, rules.ErrBindingID)},
		{"a flow that is dropped, two bindings", accepted + "9a02 0005 00 02 01 02 01" + macM, hamn, noting(20, rules.ErrFlowDrop)},
		{"a flow, TS format 0", accepted + "9a02 0004 01 01 01 00" + macM, hamn, noting(20, rules.ErrSelectorFormat)},

		{"an NAI of no bytes", accepted + "8300" + macM, hamn, noting(20, rules.ErrEmptyNAI)},
		{"a foreign agent denies with an NAI of no bytes", "03 43 0708 c000020a c0000201" + end + "8300", famn, noting(20, rules.ErrEmptyNAI)},
		{"a proxy's reserved method", accepted + macM + "2f01 0001 00", hafa, stopping(42, rules.ErrProxyMethod)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			expect(t, rules.Situation{Leg: tt.leg}, tt.msg, nil, tt.want)
		})
	}
	t.Run("a proxy's reserved method, where proxies are not served", func(t *testing.T) {
		expect(t, rules.Situation{Leg: hafa, Proxies: rules.None}, accepted+macM+"2f01 0001 00", nil, nil)
	})
}

// TestAcknowledgementOfNothing: a Mobile Network Acknowledgement without a single field is
// judged by its Length.
func TestAcknowledgementOfNothing(t *testing.T) {
	for list, k := range map[string]ext.Kind{"9401 01": ext.KindMobileNetworkAckExplicit, "9401 02": ext.KindMobileNetworkAckImplicit} {
		s := rules.Situation{Leg: code.HAtoMN, Profile: dsmip.RFC5454}
		got, _ := faults(t, &s, unhex(accepted+list+macM), nil)
		if want := each(20, mustBadLength(t, k)); !slices.Contains(got, want) {
			t.Errorf("%s: %v, want %v", list, got, want)
		}
	}
}
