package rules_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Extensions of requests and replies that are compared with each other.
const (
	keyHomeQ  = "2a 01 0004 00000100"                                     // MN-HA key request
	keyHomeR  = "2b 01 0020" + zeros16 + zeros16                          // MN-HA key reply
	requestHA = "8b 05 01 c0000201"                                       // Requested HA, 192.0.2.1
	otherHA   = "8b 05 01 c0000202"                                       // Requested HA, 192.0.2.2
	redirect  = "8b 05 02 c0000202"                                       // Redirected HA
	gatewayIP = "2e 06 0000 c6336401"                                     // GFA IP Address
	byFAHA    = "2f 01 0001 01"                                           // PMIPv4 authentication by FA-HA Authentication
	shortA    = "24 01 0013 00000100 " + "000000000000000000000000000000" // Mobile-AAA, an authenticator of 15 bytes
	identical = " c000020a c0000201 eeae5a5a3eb7e123"                     // of a reply, from its Home Address on
	byOther   = " c000020a c0000202 eeae5a5a3eb7e123"                     // the same from another home agent
	anyAgent  = "01 00 0708 c000020a 00000000 c6336407 eeae5a5a3eb7e123"  // Home Agent 0.0.0.0
	anyAgent1 = "01 00 0708 c000020a ffffffff c6336407 eeae5a5a3eb7e123"  // Home Agent 255.255.255.255
	nobodys   = "01 00 0708 00000000 c0000201 c6336407 eeae5a5a3eb7e123"  // Home Address 0.0.0.0
	withT     = "01 02 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"  // T
	lasting   = "01 00 ffff c000020a c0000201 c6336407 eeae5a5a3eb7e123"  // Lifetime infinity
	ending    = "01 00 0000 c000020a c0000201 c6336407 eeae5a5a3eb7e123"  // Lifetime 0
)

// TestAnswered: the fixed part of a reply, and what is missing, by the request that it
// answers: RFC 5944 §3.6.2.3, §3.7.2.3, §3.8.3.2, §5.7, RFC 2794 §3, RFC 3024 §3.4,
// RFC 3957 §3, RFC 4433 §4.2, §5.1, §5.3, RFC 4857 §7.4, RFC 5563 §5.1.
func TestAnswered(t *testing.T) {
	const (
		hamn = code.HAtoMN
		hafa = code.HAtoFA
		famn = code.FAtoMN
	)
	for _, tt := range []struct {
		name           string
		leg            code.Leg
		request, reply string
		want           []at
	}{
		{"a copy", hamn, viaAgent + macM, accepted + macM, nil},
		{"a copy by the foreign agent that denies", famn, viaAgent + macM, "03 43 0708" + identical, nil},

		{"another Identification", hamn, viaAgent + macM, "03 00 0708 c000020a c0000201 eeae5a5a3eb7e124" + macM, fixedPart(12, mipv4.ErrOtherIdentification)},
		{"another timestamp above", hamn, viaAgent + macM, "03 00 0708 c000020a c0000201 eeae5a5b3eb7e123" + macM, nil},
		{"another Identification above, relayed", famn, viaAgent + macM, "03 85 0708 c000020a c0000201 eeae5a5b3eb7e123" + macM, nil},
		{"another Identification above, in a foreign agent's denial", famn, viaAgent + macM, "03 43 0708 c000020a c0000201 eeae5a5b3eb7e123", fixedPart(12, rules.ErrDenialIdentification)},
		{"another Identification in a foreign agent's denial", famn, viaAgent + macM, "03 43 0708 c000020a c0000201 eeae5a5a3eb7e124", fixedPart(12, mipv4.ErrOtherIdentification)},
		{"all of the Identification another in a foreign agent's denial", famn, viaAgent + macM, "03 43 0708 c000020a c0000201 eeae5a5b3eb7e124", fixedPart(12, mipv4.ErrOtherIdentification)},

		{"another home address", hamn, viaAgent + macM, "03 00 0708 c000020b c0000201 eeae5a5a3eb7e123" + macM, fixedPart(4, mipv4.ErrOtherHomeAddress)},
		{"another home address in a denial", hafa, viaAgent + macM, "03 81 0708 c000020b c0000201 eeae5a5a3eb7e123" + macM, fixedPart(4, mipv4.ErrOtherHomeAddress)},
		{"a home address that was asked for", hamn, nobodys + nai + macM, accepted + nai + macM, nil},

		{"another home agent accepts", hamn, viaAgent + macM, "03 00 0708" + byOther + macM, fixedPart(8, rules.ErrOtherHomeAgent)},
		{"another home agent accepts, without simultaneous bindings", hafa, viaAgent + macM, "03 01 0708" + byOther + macM, fixedPart(8, rules.ErrOtherHomeAgent)},
		{"another home agent denies", hamn, viaAgent + macM, "03 88 0708" + byOther + macM, nil},
		{"another home agent denies, relayed", famn, viaAgent + macM, "03 81 0708" + byOther + macM, nil},
		{"a home agent is assigned", hamn, anyAgent + nai + macM, "03 00 0708" + byOther + nai + macM, nil},
		{"a home agent is assigned, all ones", hafa, anyAgent1 + nai + macM, "03 00 0708" + byOther + nai + macM, nil},
		{"a foreign agent denies for another home agent", famn, viaAgent + macM, "03 43 0708" + byOther, fixedPart(8, rules.ErrOtherHomeAgent)},
		{"a foreign agent denies and copies 0.0.0.0", famn, anyAgent + nai + macM, "03 5a 0708 c000020a 00000000 eeae5a5a3eb7e123", nil},
		{"a foreign agent denies and assigns", famn, anyAgent + nai + macM, "03 5a 0708" + identical, fixedPart(8, rules.ErrOtherHomeAgent)},
		{"136 with the address that is unknown", hamn, viaAgent + macM, "03 88 0708" + identical + macM, fixedPart(8, rules.ErrUnknownHomeAgentCopied)},
		{"129 with the address of the home agent", hamn, viaAgent + macM, "03 81 0708" + identical + macM, nil},
		{"136 for the Requested HA", hamn, viaAgent + requestHA + macM, "03 88 0708" + identical + macM, nil},

		{"the Requested HA is assigned", hamn, anyAgent + nai + requestHA + macM, accepted + nai + macM, nil},
		{"another than the Requested HA is assigned", hamn, anyAgent + nai + requestHA + macM, "03 00 0708" + byOther + nai + macM, fixedPart(8, rules.ErrAssignedHA)},
		{"another than the Requested HA is assigned, all ones, relayed", famn, anyAgent1 + nai + otherHA + macM, accepted + nai + macM, fixedPart(8, rules.ErrAssignedHA)},
		{"the Requested HA denies", hafa, anyAgent + nai + requestHA + macM, "03 81 0708" + byOther + nai + macM, nil},
		{"a Requested HA in a denial by the foreign agent", famn, anyAgent + nai + requestHA + macM, "03 43 0708 c000020a 00000000 eeae5a5a3eb7e123", nil},
		{"the Home Agent accepts, whatever was requested", hafa, viaAgent + otherHA + macM, accepted + macM, nil},
		{"a Requested HA that does not fit its figure", hamn, anyAgent + nai + "8b 04 01 c00002" + macM, "03 00 0708" + byOther + nai + macM, nil},

		{"sent elsewhere", hamn, anyAgent1 + nai + macM, "03 8f 0708" + identical + nai + redirect + macM, nil},
		{"sent elsewhere, having named its home agent", hamn, viaAgent + nai + macM, "03 8f 0708" + identical + nai + redirect + macM, fixedPart(1, rules.ErrRedirectUnasked)},
		{"sent elsewhere, having named a Requested HA in both places", hafa, viaAgent + nai + requestHA + macM, "03 8f 0708" + identical + nai + redirect + macM, nil},
		{"sent elsewhere, having named its home agent and another", hafa, viaAgent + nai + otherHA + macM, "03 8f 0708" + identical + nai + redirect + macM, fixedPart(1, rules.ErrRedirectUnasked)},

		{"138 without T", hamn, viaAgent + macM, "03 8a 0708" + identical + macM, nil},
		{"138 with T", hamn, withT + macM, "03 8a 0708" + identical + macM, fixedPart(1, rules.ErrTunnelMandatory)},
		{"137 with T", hamn, withT + macM, "03 89 0708" + identical + macM, nil},
		{"75 without T", famn, viaAgent + macM, "03 4b 0708" + identical, nil},
		{"75 with T", famn, withT + macM, "03 4b 0708" + identical, fixedPart(1, rules.ErrTunnelMandatory)},
		{"74 with T", famn, withT + macM, "03 4a 0708" + identical, nil},

		{"granted shorter", hamn, viaAgent + macM, "03 00 0707" + identical + macM, nil},
		{"granted longer", hamn, viaAgent + macM, "03 00 0709" + identical + macM, fixedPart(2, rules.ErrLongerLifetime)},
		{"granted longer, without simultaneous bindings", hafa, viaAgent + macM, "03 01 0709" + identical + macM, fixedPart(2, rules.ErrLongerLifetime)},
		{"infinity is longer", famn, viaAgent + macM, "03 00 ffff" + identical + macM, fixedPart(2, rules.ErrLongerLifetime)},
		{"infinity is granted", famn, lasting + macM, "03 00 ffff" + identical + macM, nil},
		{"a binding instead of none", hamn, ending + macM, "03 00 0001" + identical + macM, fixedPart(2, rules.ErrLongerLifetime)},
		{"denied with a longer Lifetime", hamn, viaAgent + macM, "03 81 0709" + identical + macM, nil},
		{"69 with a shorter Lifetime", famn, viaAgent + macM, "03 45 0707" + identical, nil},
		{"69 with the Lifetime that is too long", famn, viaAgent + macM, "03 45 0708" + identical, fixedPart(2, rules.ErrDenialTooLong)},
		{"69 with a longer Lifetime", famn, viaAgent + macM, "03 45 0709" + identical, fixedPart(2, rules.ErrDenialTooLong)},
		{"a foreign agent denies with a shorter Lifetime", famn, viaAgent + macM, "03 43 0707" + identical, fixedPart(2, rules.ErrDenialLifetime)},
		{"a foreign agent denies with a longer Lifetime", famn, viaAgent + macM, "03 43 0709" + identical, fixedPart(2, rules.ErrDenialLifetime)},
		{"194 with another Lifetime", famn, viaAgent + macM, "03 c2 0707" + identical, fixedPart(2, rules.ErrDenialLifetime)},

		{"no NAI in a foreign agent's denial", famn, viaAgent + nai + macM, "03 43 0708" + identical, nil},
		{"no NAI in a home agent's denial", hafa, viaAgent + nai + macM, "03 81 0708" + identical + macM, fixedPart(42, rules.ErrNAIMissing)},
		{"no NAI, where one of one byte was sent", hafa, viaAgent + "8301 61" + macM, accepted + macM, fixedPart(42, rules.ErrNAIMissing)},
		{"an NAI of one byte", hafa, viaAgent + "8301 61" + macM, accepted + "8301 61" + macM, nil},
		{"an empty NAI is none", hamn, viaAgent + nai + macM, accepted + "8300" + macM, []at{{44, true, rules.ErrNAIMissing}, each(20, rules.ErrEmptyNAI)}},
		{"an NAI behind Mobile-Home is none", hamn, viaAgent + nai + macM, accepted + macM + nai, []at{{47, true, rules.ErrNAIMissing}, each(42, misplaced(ext.KindMobileNodeNAI))}},

		{"the gateway's address returned", hafa, viaAgent + macM + gatewayIP + agentHome, accepted + gatewayIP + macM, nil},
		{"the gateway's address not returned", hafa, viaAgent + macM + gatewayIP + agentHome, accepted + macM, fixedPart(42, rules.ErrGatewayMissing)},
		{"the gateway's address not returned in a denial", hafa, viaAgent + macM + gatewayIP + agentHome, "03 81 0708" + identical + macM, nil},
		{"the gateway's address not returned by the foreign agent that denies", famn, viaAgent + macM + gatewayIP + agentHome, "03 43 0708" + identical, nil},

		{"the key that was asked for", hamn, viaAgent + macM + keyHomeQ + macA, accepted + keyHomeR + macM, nil},
		{"no key, which was asked for", hamn, viaAgent + macM + keyHomeQ + macA, accepted + macM, fixedPart(42, rules.ErrKeyReplyMissing)},
		{"no key, relayed", famn, viaAgent + keyHomeQ + macM + macA, accepted + macM, fixedPart(42, rules.ErrKeyReplyMissing)},
		{"no key, at the foreign agent", hafa, viaAgent + macM + keyHomeQ + macA, accepted + macM, nil},
		{"no key in a denial", hamn, viaAgent + macM + keyHomeQ + macA, "03 81 0708" + identical + macM, nil},
		{"a key request behind Mobile-AAA", hamn, viaAgent + macM + macA + keyHomeQ, accepted + macM, nil},
		{"a key request behind one Mobile-AAA and before another", hamn, viaAgent + macM + macA + keyHomeQ + macA, accepted + macM, fixedPart(42, rules.ErrKeyReplyMissing)},
		{"a key request without Mobile-AAA", hamn, viaAgent + keyHomeQ + macM, accepted + macM, nil},
		{"a key request before Mobile-AAA that does not fit its figure", hamn, viaAgent + macM + keyHomeQ + shortA, accepted + macM, nil},

		{"the proxy's method returned", hafa, viaAgent + macM + byFAHA + agentHome, accepted + macM + byFAHA + agentHome, nil},
		{"the proxy's method not returned beside Mobile-Home", hafa, viaAgent + macM + byFAHA + agentHome, accepted + macM + agentHome, nil},
		{"the proxy's method not returned", hafa, viaAgent + byFAHA + agentHome, accepted + agentHome,
			append(fixedPart(42, rules.ErrProxyMethodMissing), at{42, true, rules.ErrReplyNoMobileHome})},
		{"the proxy's method not returned in a denial", hafa, viaAgent + byFAHA + agentHome, "03 81 0708" + identical + agentHome,
			append(fixedPart(42, rules.ErrProxyMethodMissing), at{42, true, rules.ErrReplyNoMobileHome})},
		{"the proxy's method not returned to a mobile node", hamn, viaAgent + macM + byFAHA + agentHome, accepted + macM, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			compare(t, rules.Situation{Leg: tt.leg, Proxies: rules.Served}, tt.request, tt.reply, tt.want)
		})
	}
}

// TestAnsweredInPart: of a request that nobody parsed what is set is compared, and what
// its extensions asked for is not known.
func TestAnsweredInPart(t *testing.T) {
	addr := netip.MustParseAddr
	asked := mipv4.Request{
		Lifetime: 1800, HomeAddress: addr("192.0.2.10"), HomeAgent: addr("192.0.2.1"), CareOfAddress: addr("198.51.100.7"), Identification: 0xeeae5a5a3eb7e123,
	}
	s := rules.Situation{Leg: code.HAtoMN, Profile: dsmip.RFC5454}
	for _, tt := range []struct {
		reply string
		want  []at
	}{
		{accepted + nai + "2c06 00 00 8000 0078" + "9704 676f6c64" + macM, nil}, // a UDP Tunnel Reply with F, and a Service Selection
		{"03 00 0709" + identical + macM, []at{{2, true, rules.ErrLongerLifetime}}},
		{"03 00 0708" + byOther + macM, []at{{8, true, rules.ErrOtherHomeAgent}}},
	} {
		if got, _ := faults(t, &s, unhex(tt.reply), &asked); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.reply, got, tt.want)
		}
	}
}

// TestReplyExtensions: the extensions of a reply by the request that it answers: RFC 4721 §3.3,
// RFC 3519 §3.2, RFC 6245 §4.2, RFC 3543 §3.2, RFC 5446 §3, RFC 6521 §5.2, §5.5,
// RFC 5177 §4.2, RFC 6626 §3, draft-06 §4.5, RFC 5454 §3.5.
func TestReplyExtensions(t *testing.T) {
	const (
		hamn = code.HAtoMN
		hafa = code.HAtoFA
		famn = code.FAtoMN

		challenge = "8404 deadbeef"
		other     = "8404 deadbef0"
		tunnel    = "9006 00 00 00 00 0000" // UDP Tunnel Request
		force     = "9006 00 00 80 00 0000" // with F
		reply     = "2c06 00 00 0000 0078"  // UDP Tunnel Reply
		forced    = "2c06 00 00 8000 0078"  // with F
		greKey    = "30000004 00000001"
		revoke    = "8906 0000 00000001" // Revocation Support
		inform    = "8906 8000 00000001" // with I
		gold      = "9704 676f6c64"      // Service Selection
		goldie    = "9705 676f6c6465"
		advertise = "9902 01 80"          // Route Optimization Capability, A
		networks  = "9902 01 40"          // R
		solicit   = "9906 01 20 c000020b" // S
		outgoing  = "9902 01 10"          // O
		optimized = "3102 01 00"
		solicited = "3102 01 20" // S
		outwards  = "3102 01 80" // O
		prefix    = "32010005 40c000020a"

		explicit = "9408 01 00 18 00 cb007100" // 203.0.113.0/24, acknowledged
		implicit = "9408 02 00 18 00 cb007100"
		network  = "9406 00 18 cb007100"
		longer   = "9406 00 19 cb007100"
		assign   = "9406 00 00 00000000" // any prefix
		hint     = "9406 00 1c 00000000" // any prefix of length 28

		ipv6     = "98 12 01 40 20010db8000100020000000000000000" // IPv6 Prefix Request, 2001:db8:1:2::/64
		toHome   = "98 14 02 00 40 00 20010db8000100020000000000000000"
		toCareOf = "98 14 02 01 40 00 20010db8000100020000000000000000"
		noPrefix = "98 14 02 01 40 00 20010db8000100030000000000000000" // another
		mode     = "98 02 03 00"                                        // IPv6 Tunneling Mode
	)
	for _, tt := range []struct {
		name           string
		leg            code.Leg
		request, reply string // behind the fixed part
		want           []at
	}{
		{"the challenge returned", hafa, macM + challenge, macM + challenge, nil},
		{"another challenge returned", hafa, macM + challenge, macM + other, []at{{42, true, rules.ErrChallengeChanged}, each(42, rules.ErrChallengeChanged)}},
		{"a longer challenge returned", hafa, macM + challenge, macM + "8405 deadbeef00", []at{{42, true, rules.ErrChallengeChanged}, each(42, rules.ErrChallengeChanged)}},
		{"a new challenge of the foreign agent", famn, macM + challenge, macM + other, nil},
		{"a challenge that was not sent", hafa, macM, macM + other, nil},
		{"the first of two challenges returned", hafa, macM + challenge + other, macM + challenge, nil},
		{"the second of two challenges returned", hafa, macM + challenge + other, macM + other, []at{{42, true, rules.ErrChallengeChanged}, each(42, rules.ErrChallengeChanged)}},

		{"a UDP tunnel", hamn, tunnel + macM, reply + macM, nil},
		{"a UDP tunnel by force", hamn, force + macM, forced + macM, nil},
		{"a UDP tunnel without force, which was asked for", hamn, force + macM, reply + macM, nil},
		{"a UDP tunnel by force, not asked for", hamn, tunnel + macM, forced + macM, []at{each(20, rules.ErrTunnelReplyForced)}},
		{"a UDP tunnel that nobody asked for", famn, macM, reply + macM, []at{each(20, rules.ErrTunnelReplyUnasked)}},
		{"a UDP tunnel by force that nobody asked for", hamn, macM, forced + macM, []at{each(20, rules.ErrTunnelReplyUnasked), each(20, rules.ErrTunnelReplyForced)}},
		{"a UDP tunnel of the foreign agent, before Mobile-AAA alone", hafa, macM + tunnel, reply + macA, []at{{20 + 8 + 24, true, rules.ErrReplyNoMobileHome}, each(28, rules.ErrReplyMNAAA)}},
		{"a UDP tunnel for a request with Reserved 3 set", hamn, "9006 00 00 00 00 0001" + macM, reply + macM, []at{each(20, rules.ErrTunnelReplyUnasked)}},
		{"a UDP tunnel of a request by force and one without", hamn, force + tunnel + macM, forced + macM, nil},

		{"the GRE key of a tunnel", hafa, macM + greKey, macM + greKey, nil},
		{"a GRE key that nobody asked for", hafa, macM, macM + greKey, []at{each(42, rules.ErrGREKeyUnasked)}},

		{"revocation is supported", hafa, macM + revoke, macM + revoke, nil},
		{"revocation with I is supported", hafa, macM + inform, macM + inform, nil},
		{"revocation with I, of two offers of which one has I", hafa, inform + macM + revoke, macM + inform, nil},
		{"revocation without I, which was offered", hafa, macM + inform, macM + revoke, nil},
		{"revocation with I, which was not offered", hafa, macM + revoke, macM + inform, []at{each(42, rules.ErrRevocationInform)}},
		{"revocation that nobody offered", hamn, macM, revoke + macM, []at{each(20, rules.ErrRevocationUnasked)}},
		{"revocation with I that nobody offered", hafa, macM, macM + inform, []at{each(42, rules.ErrRevocationUnasked)}},
		{"revocation offered with a Length of 5", hafa, macM + "8905 0000 000000", macM + revoke, []at{each(42, rules.ErrRevocationUnasked)}},

		{"the service", hamn, gold + macM, gold + macM, nil},
		{"the foreign agent's service", hafa, macM + gold, macM + gold, nil},
		{"another service", hamn, gold + macM, goldie + macM, []at{each(20, rules.ErrServiceUnasked)}},
		{"a service that nobody selected", hafa, macM, gold + macM, []at{each(20, rules.ErrServiceUnasked)}},

		{"an optimized route", hamn, advertise + macM, optimized + macM, nil},
		{"an optimized route that nobody asked for", hamn, macM, optimized + macM, []at{each(20, rules.ErrRouteOptimizationUnasked)}},
		{"networks that were requested", hamn, networks + macM, optimized + prefix + macM, nil},
		{"networks that were solicited", hamn, solicit + macM, solicited + prefix + macM, nil},
		{"networks of who only advertises", hamn, advertise + macM, optimized + prefix + macM, []at{each(24, rules.ErrPrefixesUnasked)}},
		{"networks of who only goes out", hamn, outgoing + macM, outwards + prefix + macM, []at{each(24, rules.ErrPrefixesUnasked)}},
		{"networks that nobody asked for", hamn, macM, prefix + macM, []at{each(20, rules.ErrPrefixesUnasked)}},
		{"networks that one of two capabilities asks for", hamn, networks + advertise + macM, optimized + prefix + macM, nil},

		{"a network", hamn, network + macM, explicit + macM, nil},
		{"a network in implicit mode, too", hamn, network + macM, implicit + macM, []at{each(20, rules.ErrImplicitAcknowledgement)}},
		{"a network of another length", hamn, longer + macM, explicit + macM, []at{each(20, rules.ErrNetworkUnasked)}},
		{"a network of another length in implicit mode", hamn, longer + macM, implicit + macM, nil},
		{"a network without request", hamn, macM, explicit + macM, []at{each(20, rules.ErrNetworkUnasked)}},
		{"a network in implicit mode", hamn, macM, implicit + macM, nil},
		{"any network", hamn, assign + macM, explicit + macM, nil},
		{"any network, with a hint", hamn, hint + macM, explicit + macM, nil},
		{"a network and any other", hamn, network + assign + macM, "9408 01 00 18 00 cb007200" + macM, nil},
		{"any other network and one", hamn, hint + network + macM, explicit + "9408 01 00 1c 00 cb007200" + macM, nil},
		{"a network that differs in its first bit", hamn, network + macM, "9408 01 00 18 00 4b007100" + macM, []at{each(20, rules.ErrNetworkUnasked)}},
		{"a network that differs in its last bit", hamn, "9406 00 20 cb007100" + macM, "9408 01 00 20 00 cb007101" + macM, []at{each(20, rules.ErrNetworkUnasked)}},
		{"a network that differs in the last bit of its first byte", hamn, "9406 00 20 ca800000" + macM, "9408 01 00 20 00 cb800000" + macM, []at{each(20, rules.ErrNetworkUnasked)}},
		{"a network that differs in the last bit of its second byte", hamn, "9406 00 20 cb008000" + macM, "9408 01 00 20 00 cb018000" + macM, []at{each(20, rules.ErrNetworkUnasked)}},
		{"a network that differs in the last bit of its third byte", hamn, "9406 00 20 cb000080" + macM, "9408 01 00 20 00 cb000180" + macM, []at{each(20, rules.ErrNetworkUnasked)}},
		{"any network, with a hint of an odd length", hamn, "9406 00 1d 00000000" + macM, explicit + macM, nil},
		{"a network of which only the last bit is set", hamn, "9406 00 20 00000001" + macM, explicit + macM, []at{each(20, rules.ErrNetworkUnasked)}},
		{"a network that the request acknowledges, and does not ask for", hamn, explicit + longer + macM, explicit + macM, []at{each(20, rules.ErrNetworkUnasked)}},
		{"a network of a request of 5 bytes", hamn, "9405 00 18 cb0071" + macM, explicit + macM, []at{each(20, rules.ErrNetworkUnasked)}},
		{"a network of a request of 5 bytes and of another", hamn, "9405 00 18 cb0071" + network + macM, explicit + macM, nil},
		{"a network that is denied", hamn, network + macM, explicit + "9408 01 02 18 00 cb007200" + macM, []at{each(30, rules.ErrNetworkUnasked)}},

		{"IPv6 in the tunnel to the home address", hamn, ipv6 + macM, toHome + macM, nil},
		{"another prefix in the tunnel to the care-of address", hamn, ipv6 + mode + macM, noPrefix + macM, []at{each(20, rules.ErrPrefixUnasked)}},
		{"many prefixes, the last in the tunnel to the care-of address", hamn, ipv6 + macM, toHome + noPrefix + toCareOf + macM, []at{
			each(42, rules.ErrPrefixUnasked), each(64, rules.ErrSecondPrefixReply)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			compare(t, rules.Situation{Leg: tt.leg}, coLocated+tt.request, accepted+tt.reply, tt.want)
		})
	}
}

// TestAnswersDeregistration: the reply to a deregistration needs no Foreign-Home Authentication
// (RFC 5944 §3.5.4), but for RFC 3344 §3.7.3.1. What was asked for tells whether it is one,
// and where that is not known the Lifetime of the reply, which a denial copies at best.
func TestAnswersDeregistration(t *testing.T) {
	parsed := func(s string) *mipv4.Request {
		q, err := mipv4.ParseRequest(unhex(s + macM))
		if err != nil {
			t.Fatal(err)
		}
		return &q
	}
	const (
		granted = "03 00 0708" + identical + macM
		ended   = "03 00 0000" + identical + macM
		denied  = "03 81 0708" + identical + macM
		none    = "03 81 0000" + identical + macM
	)
	known := &mipv4.Request{Identification: 0xeeae5a5a3eb7e123}
	knownLasting := &mipv4.Request{Identification: 0xeeae5a5a3eb7e123, Lifetime: 1800}
	for _, tt := range []struct {
		name    string
		asked   *mipv4.Request
		reply   string
		missing bool
	}{
		{"accepted", nil, granted, true},
		{"deregistered", nil, ended, false},
		{"denied with Lifetime 0", nil, none, false},
		{"accepted, as was asked for", parsed(viaAgent), granted, true},
		{"nothing granted of what was asked for", parsed(viaAgent), ended, true},
		{"deregistered, as was asked for", parsed(ending), ended, false},
		{"a deregistration denied", parsed(ending), denied, false},
		{"a deregistration denied, its Lifetime copied", parsed(ending), none, false},
		{"accepted, and only the Identification is known", known, granted, true},
		{"deregistered, and only the Identification is known", known, ended, false},
		{"nothing granted of what is known to have been asked for", knownLasting, ended, true},
	} {
		for _, edition := range []rules.Edition{rules.RFC5944, rules.RFC3344} {
			var want []at
			if tt.missing || edition == rules.RFC3344 {
				want = fixedPart(42, ext.ErrNoForeignHome)
			}
			t.Run(tt.name+", "+edition.String(), func(t *testing.T) {
				expect(t, rules.Situation{Leg: code.HAtoFA, ForeignHome: rules.Shared, Edition: edition}, tt.reply, tt.asked, want)
			})
		}
	}
}

// TestAnswersOfPrefixes: what an IPv6 Prefix Reply says of its request, by either profile:
// draft-06 §4.1, §4.3.2, §4.5, §4.6.1, RFC 5454 §3.3.2, §3.5.
func TestAnswersOfPrefixes(t *testing.T) {
	const (
		anyPrefix = "98 12 01 38 00000000000000000000000000000000" // of length 56
		nothing   = "98 14 02 00 38 00 00000000000000000000000000000000"
		refused   = "98 14 02 08 38 00 00000000000000000000000000000000"
		static    = "98 12 01 40 20010db8000100020000000000000000"
		toHome    = "98 14 02 00 40 00 20010db8000100020000000000000000"
		toCareOf  = "98 14 02 01 40 00 20010db8000100020000000000000000"
		denied    = "98 14 02 09 40 00 20010db8000100020000000000000000"
		unread    = "98 14 02 00 c8 00 20010db8000100020000000000000000" // Prefix Length 200
		mode      = "98 02 03 00"
	)
	for _, tt := range []struct {
		name, head, request, reply string
		draft, rfc5454             []at
	}{
		{"nothing is assigned", coLocated, anyPrefix + macM, nothing + macM, noting(20, dsmip.ErrNothingAssigned), noting(20, dsmip.ErrNothingAssigned)},
		{"an assignment is refused", coLocated, anyPrefix + macM, refused + macM, nil, nil},
		{"to the care-of address", coLocated, static + mode + macM, toCareOf + macM, nil, nil},
		{"to the care-of address, not asked for", coLocated, static + macM, toCareOf + macM, noting(20, dsmip.ErrTunnelUnasked), noting(20, dsmip.ErrTunnelUnasked)},
		{"to the foreign agent, not asked for by the mobile node", viaAgent, static + macM, toCareOf + macM, nil, noting(20, dsmip.ErrTunnelUnasked)},
		{"to the home address", coLocated, static + mode + macM, toHome + macM, nil, nil},
		{"administratively prohibited", coLocated, static + macM, denied + macM, nil, nil},
		{"one that cannot be read between", coLocated, static + macM, toHome + unread + toHome + macM,
			[]at{each(42, dsmip.ErrPrefixLength), each(64, rules.ErrSecondPrefixReply)}, []at{each(42, dsmip.ErrPrefixLength), each(64, rules.ErrSecondPrefixReply)}},
		{"one that cannot be read in front", coLocated, static + macM, unread + toCareOf + macM,
			[]at{each(20, dsmip.ErrPrefixLength), each(42, dsmip.ErrTunnelUnasked)}, []at{each(20, dsmip.ErrPrefixLength), each(42, dsmip.ErrTunnelUnasked)}},
	} {
		for profile, want := range map[dsmip.Profile][]at{dsmip.Draft06: tt.draft, dsmip.RFC5454: tt.rfc5454} {
			t.Run(tt.name+", "+profile.String(), func(t *testing.T) {
				compare(t, rules.Situation{Leg: code.HAtoMN, Profile: profile}, tt.head+tt.request, accepted+tt.reply, want)
			})
		}
	}
}

// TestManyNetworksAndAny: a request for any prefix counts among many as among few
// (RFC 6626 §3.1), and a prefix of no bits that nobody asked for is found among neither.
func TestManyNetworksAndAny(t *testing.T) {
	for _, n := range []int{1, 7, 8, 9, 300} {
		networks := ""
		for i := range n {
			networks += fmt.Sprintf("9406 00 18 0a%04x00", i)
		}
		const (
			other = "9408 01 00 18 00 cb007100"
			zero  = "9408 01 02 00 00 00000000" // refused
			any   = "9406 00 00 00000000"
			first = "9408 01 00 18 00 0a000000"
		)
		s := rules.Situation{Leg: code.HAtoMN}
		compare(t, s, coLocated+networks+any+macM, accepted+other+first+macM, nil)
		compare(t, s, coLocated+any+networks+macM, accepted+other+macM, nil)
		compare(t, s, coLocated+networks+macM, accepted+other+first+macM, noting(20, rules.ErrNetworkUnasked))
		compare(t, s, coLocated+networks+macM, accepted+zero+first+macM, noting(20, rules.ErrNetworkUnasked))
	}
}

// TestAskedBehindWhatDoesNotFit: an authentication extension that does not fit its figure
// divides no request, so what stands behind it is the mobile node's as what stands in front.
func TestAskedBehindWhatDoesNotFit(t *testing.T) {
	const (
		shortM   = "2003 000001"
		tunnel   = "9006 00 00 00 00 0000"
		reply    = "2c06 00 00 0000 0078"
		behindMH = accepted + macM + reply
		frontMH  = accepted + reply + macM
	)
	s := rules.Situation{Leg: code.HAtoFA}
	zone := func(offset int) []at { return noting(offset, rules.ErrTunnelReplyZone) }
	for _, tt := range []struct {
		request       string
		front, behind []at // the reply stands before Mobile-Home, and behind it
	}{
		{shortM + tunnel + macM, nil, zone(42)},
		{shortA + tunnel + macM, nil, zone(42)},
		{shortA + tunnel, nil, zone(42)},
		{macM + tunnel + shortM, zone(20), nil},
		{macM + tunnel + macM, zone(20), nil},
		{macA + tunnel + shortM, zone(20), nil},
	} {
		compare(t, s, coLocated+tt.request, frontMH, tt.front)
		compare(t, s, coLocated+tt.request, behindMH, tt.behind)
	}
	missing := fixedPart(42, rules.ErrNAIMissing)
	for request, want := range map[string][]at{
		shortM + nai + macM: missing, shortA + nai + macM: missing, shortA + nai: missing, macA + nai + shortM: nil, macM + nai + macM: nil,
	} {
		compare(t, s, coLocated+request, accepted+macM, want)
	}
}
