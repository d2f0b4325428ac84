package rules_test

import (
	"regexp"
	"slices"
	"strings"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
)

// The oracle judges the order, presence and multiplicity of the extensions of
// one message by the shortest way from the texts: every kind is a letter, every
// leg has a regular expression over the letters, and what an expression cannot
// say is one predicate each. It is independent of the checker and knows no
// offsets, reactions or contents. "§" without a number belongs to RFC 5944.

// requestKinds are the kinds whose sequences are enumerated for requests: one
// for each way of being treated.
var requestKinds = []ext.Kind{
	ext.KindPadding,               // f
	ext.KindMobileNodeNAI,         // h
	ext.KindIPv6PrefixRequest,     // h
	ext.KindIPv6TunnelingMode,     // h before M, a behind it; at most one
	ext.KindMNFAKeyRequest,        // k
	ext.KindEncapsulatingDelivery, // g
	ext.KindGREKey,                // a
	ext.KindChallenge,             // c
	ext.KindMobileHomeAuth,        // M
	ext.KindMNAAAAuth,             // A
	ext.KindMobileForeignAuth,     // F
	ext.KindForeignHomeAuth,       // H
}

// replyKinds are the same for replies.
var replyKinds = []ext.Kind{
	ext.KindPadding,           // f
	ext.KindMobileNodeNAI,     // m, also in a foreign agent's denial
	ext.KindIPv6PrefixReply,   // m
	ext.KindUDPTunnelReply,    // m before M, n behind it
	ext.KindMNFAKeyReply,      // m before M, n or q behind it; needs F
	ext.KindGREKey,            // n
	ext.KindChallenge,         // n or q; at most one
	ext.KindFAError,           // q; only in a reply that the home agent wrote
	ext.KindMessageStringFA,   // q
	ext.KindMobileHomeAuth,    // M
	ext.KindMobileForeignAuth, // F
	ext.KindForeignHomeAuth,   // H
	ext.KindMNAAAAuth,         // never in a reply
}

// moreRequestKinds are the kinds that a rule names besides requestKinds, for
// shorter sequences: free ones, not judged ones, those with conditions, and one
// of each kind that is never in a request.
var moreRequestKinds = []ext.Kind{
	ext.KindCVSE, ext.KindNVSE, 127 << 8, 200 << 8, 255 << 8,
	ext.KindMNGFAAuth, ext.KindHierarchicalFA, ext.KindIMSI3GPP, ext.KindProxyAuthMethod, ext.KindDeviceID,
	ext.KindRouteOptimizationCapability,
	ext.KindSKIPTraversal, ext.KindRequestedHA, ext.KindMobileNetworkRequest, ext.KindMultipath, ext.KindFlowBinding,
	ext.KindUDPTunnelRequest, ext.KindHAIdentity, ext.KindRevocationSupport, ext.KindServiceSelection,
	ext.KindMNHAKeyRequest, ext.KindGFAAddress,
	ext.KindUDPTunnelReply, ext.KindFAError, ext.KindMNFAKeyReply, ext.KindMNHAKeyReply, ext.KindRedirectedHA,
	ext.KindRegionalLifetime, ext.KindMessageStringHA, ext.KindMessageStringFA, ext.KindMobileNetworkAckExplicit,
	ext.KindMobileNetworkAckImplicit, ext.KindTrustedNetworks, ext.KindIPv6PrefixReply,
}

// moreReplyKinds are the same for replies.
var moreReplyKinds = []ext.Kind{
	ext.KindCVSE, ext.KindNVSE, 127 << 8, 200 << 8, 255 << 8,
	ext.KindMNGFAAuth, ext.KindHierarchicalFA, ext.KindIMSI3GPP, ext.KindProxyAuthMethod, ext.KindDeviceID,
	ext.KindRouteOptimizationReply,
	ext.KindSKIPTraversal, ext.KindMNHAKeyReply, ext.KindGFAAddress, ext.KindHAIdentity, ext.KindRevocationSupport,
	ext.KindRedirectedHA, ext.KindMessageStringHA, ext.KindMobileNetworkAckExplicit, ext.KindMobileNetworkAckImplicit,
	ext.KindTrustedNetworks, ext.KindServiceSelection, ext.KindFlowBinding, ext.KindRegionalLifetime,
	ext.KindMNFAKeyRequest, ext.KindMNHAKeyRequest, ext.KindEncapsulatingDelivery, ext.KindRequestedHA,
	ext.KindUDPTunnelRequest, ext.KindMobileNetworkRequest, ext.KindMultipath, ext.KindIPv6PrefixRequest,
	ext.KindIPv6TunnelingMode,
}

// header is what the oracle needs of the fixed part. Of a reply it reads code
// and lifetimeZero only.
type header struct {
	request          bool
	D, T             bool
	lifetimeZero     bool
	code             uint8
	homeAgentDynamic bool // Home Agent 0.0.0.0 or 255.255.255.255
	homeAddressZero  bool
	reservedFlags    bool // r or x is set
}

// knowledge of a security association.
type knowledge uint8

const (
	unknown knowledge = iota
	shared
	none
)

// oracleSituation is what no message tells.
type oracleSituation struct {
	leg                        code.Leg
	profile                    dsmip.Profile
	edition3344                bool
	mobileForeign, foreignHome knowledge
	registrationRequired       bool // R of the foreign agent's advertisement
}

// The authenticators by their letters.
const (
	kindM = ext.KindMobileHomeAuth
	kindA = ext.KindMNAAAAuth
	kindF = ext.KindMobileForeignAuth
	kindH = ext.KindForeignHomeAuth
)

// A side says where an extension stands. Some types have one letter before M
// and another behind it. A list without M has no sides.
type side uint8

const (
	beforeM side = iota
	behindM
	withoutM
)

// requestLetter is the letter of a kind in a request. x is a kind that is never
// in a request and that no expression names.
func requestLetter(k ext.Kind, s side) byte {
	switch k {
	// Authenticators.
	case kindM:
		return 'M'
	case kindA:
		return 'A'
	case kindF:
		return 'F'
	case kindH:
		return 'H'
	// Challenge.
	case ext.KindChallenge: // 132
		return 'c'
	// Mobile node for home agent.
	case ext.KindMobileNodeNAI, // 131
		ext.KindSKIPTraversal,                  // 129
		ext.KindRequestedHA,                    // 139/1
		ext.KindMobileNetworkRequest,           // 148/0
		ext.KindIPv6PrefixRequest,              // 152/1
		ext.KindMultipath, ext.KindFlowBinding: // 154
		return 'h'
	// Mobile node for home agent or foreign agent for home agent, by the side of M.
	case ext.KindUDPTunnelRequest, // 144
		ext.KindHAIdentity, ext.KindAAAHIdentity, ext.KindFANAI, // 136
		ext.KindRevocationSupport, // 137
		ext.KindServiceSelection,  // 151
		ext.KindIPv6TunnelingMode: // 152/3
		if s == behindM {
			return 'a'
		}
		return 'h'
	// Foreign agent for home agent.
	case ext.KindGREKey, // 48
		ext.KindGFAAddress: // 46
		return 'a'
	// Mobile node asks AAA for keys.
	case ext.KindMNFAKeyRequest, // 40
		ext.KindMNHAKeyRequest: // 42
		return 'k'
	// Mobile node for foreign agent.
	case ext.KindEncapsulatingDelivery: // 130
		return 'g'
	// Never in a request.
	case ext.KindUDPTunnelReply, // 44
		ext.KindFAError,                                  // 45
		ext.KindMNFAKeyReply,                             // 41
		ext.KindMNHAKeyReply,                             // 43
		ext.KindRedirectedHA,                             // 139/2
		ext.KindRegionalLifetime,                         // 142
		ext.KindMessageStringHA, ext.KindMessageStringFA, // 145
		ext.KindMobileNetworkAckExplicit, // 148/1
		ext.KindMobileNetworkAckImplicit, // 148/2
		ext.KindTrustedNetworks,          // 149
		ext.KindIPv6PrefixReply:          // 152/2
		return 'x'
	}
	// Free: pad, vendor specific, unknown, experimental; and what is not judged:
	// regional registration, fast handover, PMIPv4, route optimization.
	return 'f'
}

// replyLetter is the letter of a kind in a reply.
func replyLetter(k ext.Kind, leg code.Leg, s side) byte {
	switch k {
	// Authenticators.
	case kindM:
		return 'M'
	case kindA:
		return 'A'
	case kindF:
		return 'F'
	case kindH:
		return 'H'
	// Home agent for mobile node.
	case ext.KindMobileNodeNAI, // 131
		ext.KindSKIPTraversal,            // 129
		ext.KindMNHAKeyReply,             // 43
		ext.KindGFAAddress,               // 46
		ext.KindRedirectedHA,             // 139/2
		ext.KindMessageStringHA,          // 145/1
		ext.KindMobileNetworkAckExplicit, // 148/1
		ext.KindMobileNetworkAckImplicit, // 148/2
		ext.KindTrustedNetworks,          // 149
		ext.KindIPv6PrefixReply,          // 152/2
		ext.KindFlowBinding:              // 154/2: RFC 7629 §4.2
		return 'm'
	// Home agent for mobile node, or behind M for the foreign agent.
	case ext.KindUDPTunnelReply, // 44
		ext.KindRevocationSupport, // 137
		ext.KindServiceSelection:  // 151
		if s == behindM && leg == code.HAtoFA {
			return 'n'
		}
		return 'm'
	// Home agent for mobile node, or foreign agent for mobile node.
	case ext.KindHAIdentity, ext.KindAAAHIdentity, ext.KindFANAI: // 136
		if s != beforeM && leg == code.FAtoMN {
			return 'q'
		}
		return 'm'
	// All three.
	case ext.KindMNFAKeyReply: // 41
		if s != beforeM && leg == code.FAtoMN {
			return 'q'
		}
		if s == behindM && leg == code.HAtoFA {
			return 'n'
		}
		return 'm'
	// Home agent for foreign agent, or foreign agent for mobile node.
	case ext.KindChallenge: // 132
		if leg == code.FAtoMN {
			return 'q'
		}
		return 'n'
	// Home agent for foreign agent.
	case ext.KindGREKey: // 48
		return 'n'
	// Foreign agent for mobile node.
	case ext.KindFAError, // 45
		ext.KindMessageStringFA,  // 145/2
		ext.KindRegionalLifetime: // 142
		return 'q'
	// Never in a reply.
	case ext.KindIPv6TunnelingMode, // 152/3
		ext.KindIPv6PrefixRequest,     // 152/1
		ext.KindMobileNetworkRequest,  // 148/0
		ext.KindUDPTunnelRequest,      // 144
		ext.KindEncapsulatingDelivery, // 130
		ext.KindMNFAKeyRequest,        // 40
		ext.KindMNHAKeyRequest,        // 42
		ext.KindRequestedHA,           // 139/1
		ext.KindMultipath:             // 154/1
		return 'x'
	}
	return 'f' // as in requests
}

// grammar is a regular expression over the letters, and the same once more as
// the states of an automaton, because the expression is too slow to be asked
// many million times. TestAutomata compares the two.
type grammar struct {
	source     string
	expression *regexp.Regexp
	next       [][128]int8 // next state by state and letter, -1 when there is none
	end        []bool      // the list may end in this state
}

// newGrammar reads states of the form "fh>0 M>1 end": with f or h to state 0,
// with M to state 1, and the list may end here. State 0 is the first.
func newGrammar(source, expression string, states ...string) *grammar {
	g := &grammar{
		source:     source,
		expression: regexp.MustCompile(strings.ReplaceAll(expression, " ", "")),
		next:       make([][128]int8, len(states)),
		end:        make([]bool, len(states)),
	}
	for i, state := range states {
		for letter := range g.next[i] {
			g.next[i][letter] = -1
		}
		for _, arrow := range strings.Fields(state) {
			if arrow == "end" {
				g.end[i] = true
				continue
			}
			letters, to, _ := strings.Cut(arrow, ">")
			for _, letter := range letters {
				g.next[i][letter] = int8(to[0] - '0')
			}
		}
	}
	return g
}

// The expressions of requests.
var (
	mobileToHomeWithA = newGrammar("MN→HA: §3.6.1.3, RFC 4721 §3.1, §6",
		"^ [fhk]* M [fk]* A f* $",
		"fhk>0 M>1",
		"fk>1 A>2",
		"f>2 end")
	mobileToHomeWithoutA = newGrammar("MN→HA: §3.6.1.3",
		"^ [fh]* M f* $",
		"fh>0 M>1",
		"f>1 end")
	mobileToForeignWithA = newGrammar("MN→FA: §3.6.1.3, §3.7.2.1, RFC 4721 §3.1, §6, RFC 3957 §3",
		"^ [fhk]* M [fgk]* ( c [fgk]* )? A [fg]* ( F f* )? $",
		"fhk>0 M>1",
		"fgk>1 c>2 A>3",
		"fgk>2 A>3",
		"fg>3 F>4 end",
		"f>4 end")
	mobileToForeignWithoutA = newGrammar("MN→FA: §3.6.1.3, §3.7.2.1, RFC 4721 §3.2",
		"^ [fh]* M [fg]* ( ( c [fg]* F f* ) | ( F f* ) )? $",
		"fh>0 M>1",
		"fg>1 c>2 F>3 end",
		"fg>2 F>3",
		"f>3 end")
	foreignToHomeWithA = newGrammar("FA→HA: §3.7.2.2, RFC 4721 §3.2",
		"^ [fhk]* M [fgk]* ( c [fgk]* )? A [fa]* ( H f* )? $",
		"fhk>0 M>1",
		"fgk>1 c>2 A>3",
		"fgk>2 A>3",
		"fa>3 H>4 end",
		"f>4 end")
	foreignToHomeWithoutA = newGrammar("FA→HA: §3.7.2.2, RFC 4721 §3.2, App. D",
		"^ [fh]* M [fa]* ( c [fa]* )? ( H f* )? $",
		"fh>0 M>1",
		"fa>1 c>2 H>3 end",
		"fa>2 H>3 end",
		"f>3 end")
)

// The expressions of replies.
var (
	homeToMobile = newGrammar("HA→MN: §3.8.3.3",
		"^ [fm]* M f* $",
		"fm>0 M>1",
		"f>1 end")
	homeToForeign = newGrammar("HA→FA: §3.8.3.3",
		"^ [fm]* M [fn]* ( H f* )? $",
		"fm>0 M>1",
		"fn>1 H>2 end",
		"f>2 end")
	foreignToMobileRelayed = newGrammar("FA→MN: §3.7.3.2",
		"^ [fm]* M [fq]* ( F f* )? $",
		"fm>0 M>1",
		"fq>1 F>2 end",
		"f>2 end")
	foreignToMobileDenial = newGrammar("FA→MN, denial: §3.7.2.3",
		"^ [fmq]* ( F f* )? $",
		"fmq>0 F>1 end",
		"f>1 end")
	// A reply without M whose Code has no rule about M. Without M there are no
	// sides; what is left are the kinds of the leg and the authenticator behind
	// them. On FA→MN that is foreignToMobileDenial.
	homeToMobileWithoutM = newGrammar("HA→MN without M: §3.8.3.3",
		"^ [fm]* $",
		"fm>0 end")
	homeToForeignWithoutM = newGrammar("HA→FA without M: §3.8.3.3",
		"^ [fmn]* ( H f* )? $",
		"fmn>0 H>1 end",
		"f>1 end")
)

var grammars = []*grammar{
	mobileToHomeWithA, mobileToHomeWithoutA, mobileToForeignWithA, mobileToForeignWithoutA,
	foreignToHomeWithA, foreignToHomeWithoutA, homeToMobile, homeToForeign, foreignToMobileRelayed,
	foreignToMobileDenial, homeToMobileWithoutM, homeToForeignWithoutM,
}

// requestGrammar is the expression of a leg.
func requestGrammar(leg code.Leg, withA bool) *grammar {
	switch {
	case leg == code.MNtoHA && withA:
		return mobileToHomeWithA
	case leg == code.MNtoHA:
		return mobileToHomeWithoutA
	case leg == code.MNtoFA && withA:
		return mobileToForeignWithA
	case leg == code.MNtoFA:
		return mobileToForeignWithoutA
	case withA:
		return foreignToHomeWithA
	}
	return foreignToHomeWithoutA
}

// replyGrammar is the expression of a leg. Whether M may be missing has been
// judged before.
func replyGrammar(leg code.Leg, withM bool) *grammar {
	switch {
	case leg == code.HAtoMN && withM:
		return homeToMobile
	case leg == code.HAtoMN:
		return homeToMobileWithoutM
	case leg == code.HAtoFA && withM:
		return homeToForeign
	case leg == code.HAtoFA:
		return homeToForeignWithoutM
	case withM:
		return foreignToMobileRelayed
	}
	return foreignToMobileDenial
}

// matches runs the automaton over the letters of the kinds. m is the place of
// the first M, -1 when there is none.
func (g *grammar) matches(leg code.Leg, kinds []ext.Kind, m int) bool {
	state := int8(0)
	for i, k := range kinds {
		s := beforeM
		switch {
		case m < 0:
			s = withoutM
		case i > m:
			s = behindM
		}
		letter := byte(0)
		if leg.Request() {
			letter = requestLetter(k, s)
		} else {
			letter = replyLetter(k, leg, s)
		}
		if state = g.next[state][letter]; state < 0 {
			return false
		}
	}
	return g.end[state]
}

func has(kinds []ext.Kind, k ext.Kind) bool { return slices.Contains(kinds, k) }

func count(kinds []ext.Kind, k ext.Kind) int {
	n := 0
	for _, x := range kinds {
		if x == k {
			n++
		}
	}
	return n
}

// oracle judges a message. why names the rule that is broken, one of them when
// there are several.
func oracle(h header, s oracleSituation, kinds []ext.Kind) (legal bool, why string) {
	if h.request && !s.leg.Request() || !h.request && !s.leg.Reply() {
		return false, "a message on a leg that never carries it"
	}
	if h.request {
		why = requestFault(h, s, kinds)
	} else {
		why = replyFault(h, s, kinds)
	}
	return why == "", why
}

func requestFault(h header, s oracleSituation, kinds []ext.Kind) string {
	// M is mandatory, with Lifetime 0 as well: §3.3, §3.5.2; in front of A:
	// RFC 4721 §6. More than one M no expression takes.
	m := slices.Index(kinds, kindM)
	if m < 0 {
		return "no Mobile-Home Authentication: §3.3, §3.5.2, RFC 4721 §6"
	}
	withA := has(kinds, kindA)
	if g := requestGrammar(s.leg, withA); !g.matches(s.leg, kinds, m) {
		return g.source
	}
	before, behind := kinds[:m], kinds[m+1:]

	// RFC 3344 §3.8.2.1 a: exactly one authorization-enabling extension;
	// RFC 5944: one or more.
	if s.edition3344 && withA {
		return "more than one authorization-enabling extension: RFC 3344 §3.8.2.1 a"
	}

	// Fixed part. r and x: §3.7.2.1, §3.7.2.3, §3.8.2.3 deny, against §3.3.
	if h.reservedFlags {
		return "reserved flags: §3.7.2.3, §3.8.2.3"
	}
	// Dynamic home agent: NAI and Home Address 0: RFC 4433 §5.1; without a
	// foreign agent 139/1: §5.1.2 there.
	if h.homeAgentDynamic {
		if !has(kinds, ext.KindMobileNodeNAI) {
			return "dynamic home agent without NAI: RFC 4433 §5.1"
		}
		if !h.homeAddressZero {
			return "dynamic home agent with a home address: RFC 4433 §5.1"
		}
		if s.leg == code.MNtoHA && !has(kinds, ext.KindRequestedHA) {
			return "dynamic home agent without Requested HA: RFC 4433 §5.1.2"
		}
	}
	// Home Address 0 without NAI: forbidden nowhere, doubtful: RFC 2794 §2, §3.6.
	if h.homeAddressZero && !has(kinds, ext.KindMobileNodeNAI) {
		return "home address 0 without NAI: RFC 2794 §2"
	}

	// 130 only with T: RFC 3024 §3.3.
	if has(kinds, ext.KindEncapsulatingDelivery) && !h.T {
		return "130 without T: RFC 3024 §3.3"
	}
	// 137 before M: not by a mobile node that is not co-located: RFC 3543 §3.2,
	// §4.2.1. With D through a foreign agent it is unregulated.
	if has(before, ext.KindRevocationSupport) && !h.D {
		return "137 before M without D: RFC 3543 §3.2"
	}
	// 137 behind M: the expressions leave it on FA→HA before H: RFC 3543 §3.2.

	// 144 before M: D: RFC 3519 §4.4, §4.6.1.
	if has(before, ext.KindUDPTunnelRequest) && !h.D {
		return "144 before M without D: RFC 3519 §4.6.1"
	}
	// 144 behind M: no D; the expressions leave it on FA→HA: RFC 3519 §4.5, §4.6.1.
	if has(behind, ext.KindUDPTunnelRequest) && h.D {
		return "144 behind M with D: RFC 3519 §4.6.1"
	}
	// 151: at most one, the mobile node's or the foreign agent's: RFC 5446 §3, §4.3.
	if count(kinds, ext.KindServiceSelection) > 1 {
		return "more than one 151: RFC 5446 §3"
	}
	// 151 behind 131, when there is one: RFC 5446 §3.
	if i := slices.Index(kinds, ext.KindServiceSelection); i >= 0 && has(kinds[i:], ext.KindMobileNodeNAI) {
		return "151 before 131: RFC 5446 §3"
	}
	// 152/3: exactly one: draft-06 §4.1, RFC 5454 §3.1.
	if count(kinds, ext.KindIPv6TunnelingMode) > 1 {
		return "more than one 152/3: draft-06 §4.1, RFC 5454 §3.1"
	}
	// 152/3 before M: a co-located care-of address, which D declares: draft-06
	// §4.1, §4.5, RFC 5454 §3.1, §3.5; §3.6.1.2.
	if has(before, ext.KindIPv6TunnelingMode) && !h.D {
		return "152/3 before M without D: draft-06 §4.1, §4.5, RFC 5454 §3.1, §3.5"
	}
	// 152/3 behind M: the foreign agent's. RFC 5454: never. Draft-06: the
	// expressions leave it on FA→HA; D clear: §4.1; never with D and R: §4.4.
	if has(behind, ext.KindIPv6TunnelingMode) {
		if s.profile == dsmip.RFC5454 {
			return "152/3 behind M: RFC 5454 §3.1, §3.4"
		}
		if h.D && s.registrationRequired {
			return "152/3 behind M with D and R: draft-06 §4.4"
		}
		if h.D {
			return "152/3 behind M with D: draft-06 §4.1"
		}
	}
	// 154/1: at most one: RFC 7629 §4.1.
	if count(kinds, ext.KindMultipath) > 1 {
		return "more than one 154/1: RFC 7629 §4.1"
	}
	// 48: only with a foreign agent care-of address: RFC 6245 §4.1.
	if has(kinds, ext.KindGREKey) && h.D {
		return "48 with D: RFC 6245 §4.1"
	}

	// H with Lifetime 0: forbidden by §3.5.4, required by RFC 3344 §3.7.2.2.
	if s.leg == code.FAtoHA && !s.edition3344 && h.lifetimeZero && has(kinds, kindH) {
		return "H with Lifetime 0: §3.5.4"
	}
	// F and the association: §3.5.3, §3.6.1.3, §3.7.2.1.
	if s.leg == code.MNtoFA {
		if s.mobileForeign == shared && !has(kinds, kindF) {
			return "no F: §3.6.1.3, §3.7.2.1"
		}
		if s.mobileForeign == none && has(kinds, kindF) {
			return "F without association: §3.5.3"
		}
	}
	// H and the association: §3.7.2.2, §3.8.2.1 c, d. D does not matter: §3.5.4
	// stands against §3.8.2.1 c.
	if s.leg == code.FAtoHA {
		deregistration := h.lifetimeZero && !s.edition3344
		if s.foreignHome == shared && !has(kinds, kindH) && !deregistration {
			return "no H: §3.7.2.2, §3.8.2.1 c"
		}
		if s.foreignHome == none && has(kinds, kindH) {
			return "H without association: §3.8.2.1 d"
		}
	}
	return ""
}

func replyFault(h header, s oracleSituation, kinds []ext.Kind) string {
	// Who speaks follows from the Code.
	homeAgentSpeaks := h.code <= 8 || 128 <= h.code && h.code <= 192
	foreignAgentSpeaks := 64 <= h.code && h.code <= 127
	// A home agent does not deny with a foreign agent's Code. (RFC 5563 §8.1
	// makes a PMIPv4 home agent send 65: reported as well.)
	if foreignAgentSpeaks && s.leg != code.FAtoMN {
		return "a foreign agent's Code from a home agent"
	}
	// M: exactly one when the home agent speaks: §3.6.2.1 b, §3.8.3.3. More than
	// one no expression takes. An M under a foreign agent's Code is what an older
	// foreign agent left that overwrote the Code (RFC 2794 §3, RFC 3957 §6.2,
	// RFC 3012 §3.2): then the reply is a relayed one. Other Codes have no rule.
	m := slices.Index(kinds, kindM)
	if m < 0 && homeAgentSpeaks {
		return "no Mobile-Home Authentication: §3.6.2.1 b, §3.8.3.3"
	}
	if g := replyGrammar(s.leg, m >= 0); !g.matches(s.leg, kinds, m) {
		return g.source
	}
	// 194 is another number for 116, "denied by the foreign agent": §3.4.
	foreignCode := foreignAgentSpeaks || h.code == 194
	ownDenial := foreignCode && m < 0
	overwritten := foreignCode && m >= 0

	// In a foreign agent's own denial m is 131 only: §3.7.2.3.
	if ownDenial {
		for _, k := range kinds {
			if replyLetter(k, s.leg, withoutM) == 'm' && k != ext.KindMobileNodeNAI {
				return "a home agent's extension in a foreign agent's denial: §3.7.2.3"
			}
		}
	}
	// 45 belongs to a reply that the home agent wrote: RFC 4636 §4.
	if ownDenial && has(kinds, ext.KindFAError) {
		return "45 in a foreign agent's denial: RFC 4636 §4"
	}
	// 132: at most one; the foreign agent's replaces the home agent's: RFC 4721 §3.3.
	if count(kinds, ext.KindChallenge) > 1 {
		return "more than one 132: RFC 4721 §3.3"
	}
	// 41 needs an F behind it: RFC 3957 §3, §6.2. On HA→FA the foreign agent has
	// yet to append it; on HA→MN there is none to come. F stands behind
	// everything but f, so its presence is enough.
	if has(kinds, ext.KindMNFAKeyReply) {
		if s.leg == code.HAtoMN {
			return "41 where F never stands: RFC 3957 §3"
		}
		if s.leg == code.FAtoMN && !has(kinds, kindF) {
			return "41 without F: RFC 3957 §3, §6.2"
		}
	}
	// 43 needs an M behind it: RFC 3957 §3, §6.4. Behind M no expression takes it.
	if has(kinds, ext.KindMNHAKeyReply) && m < 0 {
		return "43 without M: RFC 3957 §3, §6.4"
	}
	// 139/2 with Code 143 and only with it: RFC 4433 §3.4.2. What the Code was
	// before it was overwritten cannot be told.
	if h.code == uint8(code.HARedirect) && !has(kinds, ext.KindRedirectedHA) {
		return "Code 143 without 139/2: RFC 4433 §3.4.2"
	}
	if h.code != uint8(code.HARedirect) && !overwritten && has(kinds, ext.KindRedirectedHA) {
		return "139/2 without Code 143: RFC 4433 §3.4.2"
	}

	// F and the association: §3.5.3, §3.6.2.1 a, §3.7.3.2. Behind a 41 the
	// association is the one that the 41 makes: RFC 3957 §3.
	if s.leg == code.FAtoMN {
		if s.mobileForeign == shared && !has(kinds, kindF) {
			return "no F: §3.6.2.1 a, §3.7.3.2"
		}
		if s.mobileForeign == none && has(kinds, kindF) && !has(kinds, ext.KindMNFAKeyReply) {
			return "F without association: §3.5.3"
		}
	}
	// H and the association: §3.5.4, §3.7.3.1, §3.8.3.3. With Lifetime 0 the texts
	// of RFC 5944 conflict (§3.5.4, §3.7.1 against §3.7.3.1, §3.8.1): with and
	// without it.
	if s.leg == code.HAtoFA {
		deregistration := h.lifetimeZero && !s.edition3344
		if s.foreignHome == shared && !has(kinds, kindH) && !deregistration {
			return "no H: §3.7.3.1, §3.8.3.3"
		}
		if s.foreignHome == none && has(kinds, kindH) {
			return "H without association: §3.5.4"
		}
	}
	return ""
}
