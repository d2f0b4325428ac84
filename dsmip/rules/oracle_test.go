package rules_test

import (
	"regexp"
	"slices"
	"strings"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
)

// The oracle says whether a message breaks a MUST by the order, presence and
// multiplicity of its extensions, in the shortest way from the texts: every kind is a
// letter, every leg has regular expressions over the letters, and what an expression
// cannot say is one predicate each. It is independent of the checker and knows no
// offsets, reactions or contents. What is a SHOULD, and where the texts conflict or
// are silent, is right to it. "§" without a number belongs to RFC 5944.

// Variants of a kind that the rules tell apart by what it contains, or by its form.
const (
	variant = 1 << 20

	kindProxyByForeignHome = ext.KindProxyAuthMethod           // method 1: FA-HA Authentication
	kindProxyByIPsec       = ext.KindProxyAuthMethod | variant // method 2
	kindRequestedHALong    = ext.KindRequestedHA | variant     // as RFC 4433 §3.4 draws it
	kindRedirectedHALong   = ext.KindRedirectedHA | variant
)

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

// Families of kinds that have rules with each other and few others, for sequences as
// long as those of requestKinds and replyKinds: regional registration, proxies by
// either method, and authenticators.
var (
	requestFamilies = [][]ext.Kind{
		{ext.KindHierarchicalFA, ext.KindReplayProtectionStyle, ext.KindGFAAddress, ext.KindFAFAAuth,
			kindM, kindA, kindF, kindH},
		{kindProxyByForeignHome, ext.KindDeviceID, ext.KindMobileNodeNAI, ext.KindGREKey, ext.KindUDPTunnelRequest,
			kindM, kindA, kindH},
		{kindProxyByIPsec, ext.KindRevocationSupport, ext.KindServiceSelection, ext.KindMNHAKeyRequest, ext.KindChallenge,
			kindM, kindA, kindH},
		{ext.KindMobileNodeNAI, kindRequestedHALong, ext.KindRequestedHA, ext.KindGFAAddress, ext.KindHierarchicalFA,
			ext.KindFAFAAuth, kindM, kindH},
	}
	replyFamilies = [][]ext.Kind{
		{ext.KindRegionalLifetime, ext.KindReplayProtectionStyle, ext.KindGFAAddress, ext.KindFAFAAuth, ext.KindMobileNodeNAI,
			kindM, kindF, kindH},
		{kindProxyByForeignHome, ext.KindDeviceID, ext.KindMobileNodeNAI, ext.KindGREKey, ext.KindAccessTechnology,
			kindM, kindF, kindH},
		{kindProxyByIPsec, ext.KindSubscriberID, ext.KindRevocationSupport, kindRedirectedHALong, ext.KindRedirectedHA,
			kindM, kindA, kindH},
		{ext.KindChallenge, ext.KindFAError, ext.KindMNFAKeyReply, ext.KindMNHAKeyReply, ext.KindMessageStringHA,
			kindM, kindF, kindH},
	}
)

// moreRequestKinds are the kinds that a rule names besides requestKinds, for
// shorter sequences: free ones, those with conditions, and one of each kind that is
// never in a request.
var moreRequestKinds = []ext.Kind{
	ext.KindCVSE, ext.KindNVSE, 127 << 8, 200 << 8, 255 << 8,
	ext.KindMNGFAAuth, ext.KindFAFAAuth, ext.KindIMSI3GPP,
	ext.KindHierarchicalFA, ext.KindReplayProtectionStyle,
	kindProxyByForeignHome, ext.KindDeviceID, ext.KindAccessTechnology,
	ext.KindRouteOptimizationCapability, ext.KindMobileCorrespondentAuth,
	ext.KindSKIPTraversal, ext.KindRequestedHA, kindRequestedHALong, ext.KindMobileNetworkRequest, ext.KindMultipath, ext.KindFlowBinding,
	ext.KindUDPTunnelRequest, ext.KindHAIdentity, ext.KindRevocationSupport, ext.KindServiceSelection,
	ext.KindMNHAKeyRequest, ext.KindGFAAddress,
	ext.KindUDPTunnelReply, ext.KindFAError, ext.KindMNFAKeyReply, ext.KindMNHAKeyReply, ext.KindRedirectedHA,
	ext.KindRegionalLifetime, ext.KindMessageStringHA, ext.KindMessageStringFA, ext.KindMobileNetworkAckExplicit,
	ext.KindMobileNetworkAckImplicit, ext.KindTrustedNetworks, ext.KindIPv6PrefixReply,
	ext.KindRouteOptimizationReply, ext.KindCareOfAddress, ext.KindRouteOptimizationPrefix,
}

// moreReplyKinds are the same for replies.
var moreReplyKinds = []ext.Kind{
	ext.KindCVSE, ext.KindNVSE, 127 << 8, 200 << 8, 255 << 8,
	ext.KindMNGFAAuth, ext.KindFAFAAuth, ext.KindIMSI3GPP,
	ext.KindRegionalLifetime, ext.KindReplayProtectionStyle,
	kindProxyByForeignHome, ext.KindInterfaceID,
	ext.KindRouteOptimizationReply, ext.KindCareOfAddress, ext.KindRouteOptimizationPrefix, ext.KindMobileCorrespondentAuth,
	ext.KindSKIPTraversal, ext.KindMNHAKeyReply, ext.KindGFAAddress, ext.KindHAIdentity, ext.KindRevocationSupport,
	ext.KindRedirectedHA, kindRedirectedHALong, ext.KindMessageStringHA, ext.KindMobileNetworkAckExplicit, ext.KindMobileNetworkAckImplicit,
	ext.KindTrustedNetworks, ext.KindServiceSelection, ext.KindFlowBinding,
	ext.KindMNFAKeyRequest, ext.KindMNHAKeyRequest, ext.KindEncapsulatingDelivery, ext.KindRequestedHA,
	ext.KindUDPTunnelRequest, ext.KindMobileNetworkRequest, ext.KindMultipath, ext.KindIPv6PrefixRequest,
	ext.KindIPv6TunnelingMode, ext.KindHierarchicalFA, ext.KindRouteOptimizationCapability, ext.KindAccessTechnology,
}

// header is what the oracle needs of the fixed part. Of a reply it reads code
// and lifetimeZero only.
type header struct {
	request          bool
	D, T             bool
	lifetimeZero     bool
	code             uint8
	homeAgentDynamic bool // Home Agent 0.0.0.0 or 255.255.255.255
	homeAgentNobody  bool // another that is no unicast address
	homeAddressZero  bool
	careOfZero       bool
	careOfOnes       bool // 255.255.255.255
	reservedFlags    bool // r or x is set
}

// knowledge of a security association, or of a service.
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
	proxies                    knowledge // shared: served
	registrationRequired       bool      // R of the foreign agent's advertisement
}

// The authenticators by their letters.
const (
	kindM = ext.KindMobileHomeAuth
	kindA = ext.KindMNAAAAuth
	kindF = ext.KindMobileForeignAuth
	kindH = ext.KindForeignHomeAuth
)

// A side says where an extension stands: before or behind the first M, where there is
// none the first A. Some types have one letter before it and another behind it. A
// list without has no sides.
type side uint8

const (
	before side = iota
	behind
	undivided
)

// requestLetter is the letter of a kind in a request. x is a kind that is out of place,
// and that no expression names.
func requestLetter(k ext.Kind, leg code.Leg, s side) byte {
	switch k &^ variant {
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
	case ext.KindMobileNodeNAI, // 131: RFC 2794 §2
		ext.KindSKIPTraversal,                  // 129: RFC 2356 §7.3
		ext.KindRequestedHA,                    // 139/1: §3.6.1.3
		ext.KindMobileNetworkRequest,           // 148/0: RFC 5177 §10
		ext.KindIPv6PrefixRequest,              // 152/1
		ext.KindRouteOptimizationCapability,    // 153/1: RFC 6521 §5.1, §3.6.1.3
		ext.KindMultipath, ext.KindFlowBinding: // 154: RFC 7629 §4
		return 'h'
	// Mobile node for home agent or foreign agent for home agent, by the side of M.
	case ext.KindUDPTunnelRequest, // 144: RFC 3519 §4.4, §4.5
		ext.KindHAIdentity, ext.KindAAAHIdentity, ext.KindFANAI, // 136: RFC 3846 §3.1
		ext.KindRevocationSupport, // 137: RFC 3543 §3.2
		ext.KindServiceSelection,  // 151: RFC 5446 §3
		ext.KindIPv6TunnelingMode, // 152/3
		// 47, 147: "included before the authentication extension": RFC 5563 §5.
		ext.KindProxyAuthMethod,
		ext.KindInterfaceID, ext.KindDeviceID, ext.KindSubscriberID, ext.KindAccessTechnology:
		if s == behind {
			return 'a'
		}
		return 'h'
	// Foreign agent for home agent.
	case ext.KindGREKey, // 48: RFC 6245 §4.1
		ext.KindGFAAddress: // 46: RFC 4857 §9.1
		return 'a'
	// Mobile node, or on the way to the gateway foreign agent the foreign agent, for
	// the gateway. Behind M what a mobile node writes is protected by F, which it
	// shares with the gateway: RFC 4857 §9.2, §9.3.
	case ext.KindHierarchicalFA, // 140
		ext.KindReplayProtectionStyle: // 141
		switch {
		case s != behind:
			return 'h'
		case leg == code.MNtoHA: // no gateway: before M
			return 'x'
		}
		return 'p'
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
		ext.KindRouteOptimizationReply,                   // 49/1
		ext.KindCareOfAddress,                            // 49/3
		ext.KindRouteOptimizationPrefix,                  // 50
		ext.KindRedirectedHA,                             // 139/2
		ext.KindRegionalLifetime,                         // 142
		ext.KindMessageStringHA, ext.KindMessageStringFA, // 145
		ext.KindMobileNetworkAckExplicit, // 148/1
		ext.KindMobileNetworkAckImplicit, // 148/2
		ext.KindTrustedNetworks,          // 149
		ext.KindIPv6PrefixReply:          // 152/2
		return 'x'
	}
	// Free: pad, vendor specific, unknown, experimental; and what no text places: the
	// other sub-types of 36, fast handover, 49/2.
	return 'f'
}

// replyLetter is the letter of a kind in a reply. gateway says that a gateway foreign
// agent wrote the Mobile-Foreign on the leg of the home agent, for the mobile node
// (RFC 4857 §5.3, §9.3, §9.4): to the foreign agent it is nothing that divides.
func replyLetter(k ext.Kind, leg code.Leg, s side, gateway bool) byte {
	switch k &^ variant {
	// Authenticators.
	case kindM:
		return 'M'
	case kindA:
		return 'A'
	case kindF:
		if gateway && leg == code.HAtoFA {
			return 'f'
		}
		return 'F'
	case kindH:
		return 'H'
	// Home agent for mobile node.
	case ext.KindMobileNodeNAI, // 131
		ext.KindSKIPTraversal,            // 129
		ext.KindMNHAKeyReply,             // 43
		ext.KindGFAAddress,               // 46: RFC 4857 §9.1
		ext.KindRouteOptimizationReply,   // 49/1: §3.8.3.3
		ext.KindRouteOptimizationPrefix,  // 50
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
		ext.KindRevocationSupport,                                   // 137
		ext.KindServiceSelection,                                    // 151
		ext.KindProxyAuthMethod,                                     // 47: RFC 5563 §5
		ext.KindInterfaceID, ext.KindDeviceID, ext.KindSubscriberID: // 147/1-3
		if s == behind && leg == code.HAtoFA {
			return 'n'
		}
		return 'm'
	// Home agent for mobile node, or foreign agent for mobile node.
	case ext.KindHAIdentity, ext.KindAAAHIdentity, ext.KindFANAI: // 136
		if s != before && leg == code.FAtoMN {
			return 'q'
		}
		return 'm'
	// All three.
	case ext.KindMNFAKeyReply, // 41
		ext.KindReplayProtectionStyle: // 141: the gateway's, protected: RFC 4857 §9.3
		if s != before && leg == code.FAtoMN {
			return 'q'
		}
		if s == behind && leg == code.HAtoFA {
			return 'n'
		}
		return 'm'
	// Home agent for foreign agent, or foreign agent for mobile node. A home agent
	// returns it to a mobile node, too: RFC 4721 §3.4.
	case ext.KindChallenge: // 132
		if leg == code.HAtoFA {
			return 'n'
		}
		return 'c'
	// The gateway's for the mobile node, "after any other extensions" and before F:
	// RFC 4857 §5.3, §9.4.
	case ext.KindRegionalLifetime: // 142
		if leg == code.FAtoMN {
			return 'q'
		}
		return 'n'
	// Home agent for foreign agent.
	case ext.KindGREKey: // 48
		return 'n'
	// Foreign agent for mobile node.
	case ext.KindFAError, // 45
		ext.KindMessageStringFA: // 145/2
		return 'q'
	// Never in a reply.
	case ext.KindIPv6TunnelingMode, // 152/3
		ext.KindIPv6PrefixRequest,           // 152/1
		ext.KindMobileNetworkRequest,        // 148/0
		ext.KindUDPTunnelRequest,            // 144
		ext.KindEncapsulatingDelivery,       // 130
		ext.KindMNFAKeyRequest,              // 40
		ext.KindMNHAKeyRequest,              // 42
		ext.KindRequestedHA,                 // 139/1
		ext.KindHierarchicalFA,              // 140: RFC 4857 §9.2
		ext.KindAccessTechnology,            // 147/4: RFC 5563 §5.5
		ext.KindRouteOptimizationCapability, // 153/1: RFC 6521 §5.1
		ext.KindMultipath:                   // 154/1
		return 'x'
	}
	return 'f' // as in requests, and 49/3
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

// The expressions of requests. A second M or A is forbidden nowhere, and all are
// checked (§3.5.2, §3.8.2.1 a). What the foreign agent adds stands behind the last of
// them, since up to it nothing may be changed (§3.7.2.2); g, c and p, which their
// own texts have behind M (RFC 3024 §3.3, RFC 4721 §3.1, RFC 4857 §9), may stand
// behind the first. M before A: RFC 4721 §6. Only f is behind the last authenticator
// of a leg.
var (
	mobileToHomeBoth = newGrammar("MN→HA: §3.6.1.3, RFC 4721 §3.1, §6",
		"^ [fhk]* M [fkM]* A [fkMA]* $",
		"fhk>0 M>1",
		"fkM>1 A>2",
		"fkMA>2 end")
	mobileToHomeM = newGrammar("MN→HA: §3.6.1.3",
		"^ [fh]* M [fM]* $",
		"fh>0 M>1",
		"fM>1 end")
	mobileToHomeA = newGrammar("MN→HA, A alone: §3.6.1.3, RFC 3957 §3",
		"^ [fhk]* A [fkA]* $",
		"fhk>0 A>1",
		"fkA>1 end")
	mobileToForeignBoth = newGrammar("MN→FA: §3.6.1.3, §3.7.2.1, RFC 4721 §3.1, §6, RFC 3957 §3",
		"^ [fhk]* M [fgkpcM]* A [fgkpMA]* ( F f* )? $",
		"fhk>0 M>1",
		"fgkpcM>1 A>2",
		"fgkpMA>2 F>3 end",
		"f>3 end")
	mobileToForeignM = newGrammar("MN→FA: §3.6.1.3, §3.7.2.1, RFC 4721 §3.1",
		"^ [fh]* M [fgpcM]* ( F f* )? $",
		"fh>0 M>1",
		"fgpcM>1 F>2 end",
		"f>2 end")
	mobileToForeignA = newGrammar("MN→FA, A alone: §3.6.1.3, RFC 4721 §3.1, RFC 3957 §3",
		"^ [fhkc]* A [fgkpA]* ( F f* )? $",
		"fhkc>0 A>1",
		"fgkpA>1 F>2 end",
		"f>2 end")
	foreignToHomeBoth = newGrammar("FA→HA: §3.7.2.2, RFC 4721 §3.2",
		"^ [fhk]* M [fgkpcM]* A ( [fgkpMA]* [MA] )? [fap]* ( H f* )? $",
		"fhk>0 M>1",
		"fgkpcM>1 A>2",
		"fp>2 MA>2 gk>3 a>4 H>5 end",
		"fgkp>3 MA>2",
		"fap>4 H>5 end",
		"f>5 end")
	foreignToHomeM = newGrammar("FA→HA: §3.7.2.2, RFC 4721 §3.2, App. D",
		"^ [fh]* M ( [fgpcM]* M )? [facp]* ( H f* )? $",
		"fh>0 M>1",
		"fpc>1 M>1 g>2 a>3 H>4 end",
		"fgpc>2 M>1",
		"facp>3 H>4 end",
		"f>4 end")
	foreignToHomeA = newGrammar("FA→HA, A alone: §3.7.2.2, RFC 4721 §3.2",
		"^ [fhkc]* A ( [fgkpA]* A )? [fap]* ( H f* )? $",
		"fhkc>0 A>1",
		"fp>1 A>1 gk>2 a>3 H>4 end",
		"fgkp>2 A>1",
		"fap>3 H>4 end",
		"f>4 end")
	// Neither M nor A: a proxy's, or a correspondent's, that is on none of the legs.
	foreignToHomeNeither = newGrammar("FA→HA, neither M nor A: RFC 5563 §5, §8",
		"^ [fhac]* ( H f* )? $",
		"fhac>0 H>1 end",
		"f>1 end")
	mobileToForeignNeither = newGrammar("MN→FA, neither M nor A: RFC 6521 §3.3.3",
		"^ [fh]* ( F f* )? $",
		"fh>0 F>1 end",
		"f>1 end")
	mobileToHomeNeither = newGrammar("MN→HA, neither M nor A: RFC 6521 §3.3.3",
		"^ [fh]* $",
		"fh>0 end")
)

// The expressions of replies. What a foreign agent sends may have its Challenge behind
// F: RFC 4721 §3.3 is a SHOULD.
var (
	homeToMobile = newGrammar("HA→MN: §3.8.3.3",
		"^ [fm]* M [fc]* $",
		"fm>0 M>1",
		"fc>1 end")
	homeToForeign = newGrammar("HA→FA: §3.8.3.3",
		"^ [fm]* M [fn]* ( H f* )? $",
		"fm>0 M>1",
		"fn>1 H>2 end",
		"f>2 end")
	foreignToMobile = newGrammar("FA→MN: §3.7.3.2",
		"^ [fm]* M [fqc]* ( F [fc]* )? $",
		"fm>0 M>1",
		"fqc>1 F>2 end",
		"fc>2 end")
	// Without M there are no sides; what is left are the kinds of the leg and the
	// authenticator behind them.
	homeToMobileWithoutM = newGrammar("HA→MN without M: §3.8.3.3",
		"^ [fmc]* $",
		"fmc>0 end")
	homeToForeignWithoutM = newGrammar("HA→FA without M: §3.8.3.3, RFC 5563 §5",
		"^ [fmn]* ( H f* )? $",
		"fmn>0 H>1 end",
		"f>1 end")
	foreignToMobileWithoutM = newGrammar("FA→MN without M: §3.7.2.3",
		"^ [fmqc]* ( F [fc]* )? $",
		"fmqc>0 F>1 end",
		"fc>1 end")
)

var grammars = []*grammar{
	mobileToHomeBoth, mobileToHomeM, mobileToHomeA, mobileToHomeNeither,
	mobileToForeignBoth, mobileToForeignM, mobileToForeignA, mobileToForeignNeither,
	foreignToHomeBoth, foreignToHomeM, foreignToHomeA, foreignToHomeNeither,
	homeToMobile, homeToForeign, foreignToMobile,
	homeToMobileWithoutM, homeToForeignWithoutM, foreignToMobileWithoutM,
}

// requestGrammars are the expressions of the legs: with M and A, with one of them,
// with neither.
var requestGrammars = map[code.Leg][4]*grammar{
	code.MNtoHA: {mobileToHomeBoth, mobileToHomeM, mobileToHomeA, mobileToHomeNeither},
	code.MNtoFA: {mobileToForeignBoth, mobileToForeignM, mobileToForeignA, mobileToForeignNeither},
	code.FAtoHA: {foreignToHomeBoth, foreignToHomeM, foreignToHomeA, foreignToHomeNeither},
}

func requestGrammar(leg code.Leg, hasM, hasA bool) *grammar {
	switch g := requestGrammars[leg]; {
	case hasM && hasA:
		return g[0]
	case hasM:
		return g[1]
	case hasA:
		return g[2]
	default:
		return g[3]
	}
}

// replyGrammar is the expression of a leg. Whether M may be missing is judged
// apart.
func replyGrammar(leg code.Leg, hasM bool) *grammar {
	switch {
	case leg == code.HAtoMN && hasM:
		return homeToMobile
	case leg == code.HAtoMN:
		return homeToMobileWithoutM
	case leg == code.HAtoFA && hasM:
		return homeToForeign
	case leg == code.HAtoFA:
		return homeToForeignWithoutM
	case hasM:
		return foreignToMobile
	}
	return foreignToMobileWithoutM
}

// divider returns the place of the extension that divides a list, -1 when there is
// none.
func divider(kinds []ext.Kind, request bool) int {
	i := slices.Index(kinds, kindM)
	if i < 0 && request {
		i = slices.Index(kinds, kindA)
	}
	return i
}

// matches runs the automaton over the letters of the kinds. at is the place of the
// divider.
func (g *grammar) matches(leg code.Leg, kinds []ext.Kind, at int, gateway bool) bool {
	state := int8(0)
	for i, k := range kinds {
		s := before
		switch {
		case at < 0:
			s = undivided
		case i > at:
			s = behind
		}
		letter := byte(0)
		if leg.Request() {
			letter = requestLetter(k, leg, s)
		} else {
			letter = replyLetter(k, leg, s, gateway)
		}
		if state = g.next[state][letter]; state < 0 {
			return false
		}
	}
	return g.end[state]
}

func has(kinds []ext.Kind, k ext.Kind) bool { return slices.Contains(kinds, k) }

// number returns how many of a kind there are.
func number(kinds []ext.Kind, k ext.Kind) int {
	n := 0
	for _, x := range kinds {
		if x == k {
			n++
		}
	}
	return n
}

// once returns the kinds without those of a kind behind the first.
func once(kinds []ext.Kind, k ext.Kind) []ext.Kind {
	first := slices.Index(kinds, k) + 1
	return append(slices.Clone(kinds[:first]), slices.DeleteFunc(slices.Clone(kinds[first:]), func(x ext.Kind) bool { return x == k })...)
}

// last returns the place of the last of some kinds, -1 when there is none.
func last(kinds []ext.Kind, some ...ext.Kind) int {
	for i := len(kinds) - 1; i >= 0; i-- {
		if slices.Contains(some, kinds[i]) {
			return i
		}
	}
	return -1
}

// oracle says whether a message breaks no MUST. why names one that is broken.
func oracle(h header, s oracleSituation, kinds []ext.Kind) (legal bool, why string) {
	if h.request {
		why = requestFault(h, s, kinds)
	} else {
		why = replyFault(h, s, kinds)
	}
	return why == "", why
}

func requestFault(h header, s oracleSituation, kinds []ext.Kind) string {
	// RFC 3344 does not say what becomes of an H that nobody could have added.
	if s.edition3344 && s.leg != code.FAtoHA && has(kinds, kindH) {
		kinds = slices.DeleteFunc(slices.Clone(kinds), func(k ext.Kind) bool { return k == kindH })
	}
	// Nor does it of more than one without an association; nor does any text of more
	// than one on a deregistration by a proxy, since §3.8.2.1 c is about other requests.
	proxy := s.proxies != none && (has(kinds, kindProxyByForeignHome) || has(kinds, kindProxyByIPsec))
	byForeignHome := s.proxies != none && has(kinds, kindProxyByForeignHome)
	if number(kinds, kindH) > 1 && (s.edition3344 && s.foreignHome == none || !s.edition3344 && h.lifetimeZero && byForeignHome && s.foreignHome != none) {
		kinds = once(kinds, kindH)
	}
	// Exactly one F is for who shares an association: §3.7.2.1.
	if s.leg == code.MNtoFA && s.mobileForeign == none && number(kinds, kindF) > 1 {
		kinds = once(kinds, kindF)
	}
	// On its way to the gateway a request may keep the F that the mobile node shares
	// with that, behind the mobile node's authenticators and before the foreign
	// agent's 140: RFC 4857 §5.1, §5.3 against §3.7.2.2.
	if s.leg == code.FAtoHA && has(kinds, kindF) {
		if i := slices.Index(kinds, kindF); i > last(kinds, kindM, kindA) && number(kinds, kindF) == 1 && has(kinds[:i], kindM) {
			if j := slices.Index(kinds[i:], ext.KindHierarchicalFA); j >= 0 && has(kinds[i+j:], ext.KindFAFAAuth) {
				kinds = slices.Delete(slices.Clone(kinds), i, i+1)
			}
		}
	}

	// Who authorizes: §3.5.2, §3.6.1.3; instead of it a proxy that authenticates
	// itself (RFC 5563 §5.1, §8), by H when it says so, unless none is served. What
	// 49/2 authorizes is on none of the legs (RFC 6521 §3.3.3). A without M: RFC 3012
	// and RFC 3957 §3 against RFC 4721 §6.
	hasM, hasA := has(kinds, kindM), has(kinds, kindA)
	proxied := s.leg == code.FAtoHA && !hasM && !hasA && proxy
	if !hasM && !hasA && !proxied && !has(kinds, ext.KindMobileCorrespondentAuth) {
		return "no authorization-enabling extension: §3.3, §3.5.2"
	}
	// On a deregistration §3.5.4 stands against that.
	if byForeignHome && s.leg == code.FAtoHA && !has(kinds, kindH) && (s.edition3344 || !h.lifetimeZero) {
		return "47 says H, but there is none: RFC 5563 §5.1"
	}
	at := divider(kinds, true)
	if g := requestGrammar(s.leg, hasM, hasA); !g.matches(s.leg, kinds, at, false) {
		return g.source
	}
	// RFC 3344 §3.8.2.1 a: exactly one, and one of each by RFC 4721 §6.
	if s.edition3344 && (number(kinds, kindM) > 1 || number(kinds, kindA) > 1) {
		return "more than one authorization-enabling extension of a kind: RFC 3344 §3.8.2.1 a"
	}
	front, back := kinds[:max(at, 0)], kinds[at+1:]
	switch {
	case at < 0 && s.leg == code.FAtoHA:
		front, back = nil, nil // who wrote what cannot be told
	case at < 0:
		front, back = kinds, nil
	}

	// Fixed part. r and x: sent as zero: §3.3, §3.7.2.3, §3.8.2.3.
	if h.reservedFlags {
		return "reserved flags: §3.3"
	}
	// Dynamic home agent: NAI: RFC 4433 §5.1; without a foreign agent 139/1: §5.1.2
	// there; a deregistration names the assigned home agent: §5.1.2. A home address
	// may be suggested: §3.3. Of a foreign agent's care-of address §5.1.1 says nothing,
	// and the example of §4.1.1 does not name it.
	if h.homeAgentDynamic {
		if !has(kinds, ext.KindMobileNodeNAI) {
			return "dynamic home agent without NAI: RFC 4433 §5.1"
		}
		if s.leg == code.MNtoHA && !has(kinds, ext.KindRequestedHA) && !has(kinds, kindRequestedHALong) {
			return "dynamic home agent without Requested HA: RFC 4433 §5.1.2"
		}
		if h.lifetimeZero && h.D {
			return "a deregistration does not name the home agent: RFC 4433 §5.1.2"
		}
	}
	// A home agent's address is a unicast one: §3.6.1.2, §3.8.3.2.
	if h.homeAgentNobody {
		return "Home Agent of nobody: §3.8.3.2, RFC 4433 §5.3.1"
	}
	// Home Address 0 without NAI is forbidden nowhere.

	// Care-of address 0: for a gateway to be assigned. The foreign agent sends it on
	// to the gateway, with 140 behind what the mobile node wrote, and the gateway to
	// the home agent, with 46: RFC 4857 §5.2, §7.2-7.4.
	mobiles := last(kinds, kindM, kindA)
	toGateway := s.leg == code.FAtoHA && at >= 0 && has(kinds[mobiles+1:], ext.KindHierarchicalFA)
	if h.careOfZero && s.leg != code.MNtoFA && !has(kinds, ext.KindGFAAddress) && !toGateway {
		return "care-of address 0: RFC 4857 §7.4"
	}
	if h.careOfOnes {
		return "care-of address 255.255.255.255: RFC 4857 §5.2"
	}

	// 132: on MN→FA with an F or A behind it: RFC 4721 §3.1, §3.2. Of A the
	// expressions see to it. No text speaks of more than one in a request.
	if s.leg == code.MNtoFA && has(kinds, ext.KindChallenge) && !hasA && !has(kinds, kindF) {
		return "132 without F or A behind it: RFC 4721 §3.2"
	}
	// Of who shares no association, A: §3.1 there.
	if s.leg == code.MNtoFA && has(kinds, ext.KindChallenge) && !hasA && s.mobileForeign == none {
		return "132 without A, of who shares no association: RFC 4721 §3.1"
	}
	// 40, 42: before A: RFC 3957 §6.1, §6.3.
	if last(kinds, ext.KindMNFAKeyRequest, ext.KindMNHAKeyRequest) > last(kinds, kindA) {
		return "40 or 42 behind A: RFC 3957 §6.1, §6.3"
	}
	// 130 only with T: RFC 3024 §3.3.
	if has(kinds, ext.KindEncapsulatingDelivery) && !h.T {
		return "130 without T: RFC 3024 §3.3"
	}
	// 137: not by a mobile node that is not co-located; directly D only
	// SHOULD say so: RFC 3543 §3.2, §4.2.1, §3.6.1.2. Behind M on FA→HA it is the foreign
	// agent's.
	if !h.D && (s.leg == code.MNtoFA && has(kinds, ext.KindRevocationSupport) || s.leg == code.FAtoHA && has(front, ext.KindRevocationSupport)) {
		return "137 before M without D: RFC 3543 §3.2"
	}
	// 144 in front: "the 'D' bit MUST be set": RFC 3519 §3.1. Behind it is the foreign
	// agent's, for its own care-of address; the expressions leave it on FA→HA: §4.5,
	// §4.6.1 there.
	if has(front, ext.KindUDPTunnelRequest) && !h.D {
		return "144 before M without D: RFC 3519 §3.1, §4.6.1"
	}
	if has(back, ext.KindUDPTunnelRequest) && h.D {
		return "144 behind M with D: RFC 3519 §4.6.1"
	}
	// 151: at most one, the mobile node's or the foreign agent's: RFC 5446 §3, §4.3;
	// behind 131, when there is one: §3 there.
	if number(kinds, ext.KindServiceSelection) > 1 {
		return "more than one 151: RFC 5446 §3"
	}
	if i := slices.Index(kinds, ext.KindServiceSelection); i >= 0 && has(kinds[i:], ext.KindMobileNodeNAI) {
		return "151 before 131: RFC 5446 §3"
	}
	// 152/3: exactly one: draft-06 §4.1, RFC 5454 §3.1. In front without D: D is a
	// SHOULD. Behind it is the foreign agent's: draft-06: never with D and R: §4.4.
	if number(kinds, ext.KindIPv6TunnelingMode) > 1 {
		return "more than one 152/3: draft-06 §4.1, RFC 5454 §3.1"
	}
	if has(back, ext.KindIPv6TunnelingMode) || s.leg == code.FAtoHA && at < 0 && has(kinds, ext.KindIPv6TunnelingMode) {
		if s.profile == dsmip.Draft06 && h.D && s.registrationRequired {
			return "152/3 behind M with D and R: draft-06 §4.4"
		}
	}
	// 148/0: not in a deregistration: RFC 5177 §5, §6.7.
	if h.lifetimeZero && has(kinds, ext.KindMobileNetworkRequest) {
		return "148/0 with Lifetime 0: RFC 5177 §5, §6.7"
	}
	// 154/1: at most one: RFC 7629 §4.1.
	if number(kinds, ext.KindMultipath) > 1 {
		return "more than one 154/1: RFC 7629 §4.1"
	}
	// 48 with D: RFC 6245 §4.1 does not speak of it.

	// 47: a proxy never sets D: RFC 5563 §7.
	if proxy && h.D {
		return "47 with D: RFC 5563 §7"
	}
	// 140, 141 behind M: protected by F on MN→FA: RFC 4857 §9.2, §9.3. 140 behind
	// what the mobile node wrote is the foreign agent's, protected by 36/2: §5.2, §9.2.
	if s.leg == code.MNtoFA && (has(back, ext.KindHierarchicalFA) || has(back, ext.KindReplayProtectionStyle)) && !has(kinds, kindF) {
		return "140 or 141 behind M without F: RFC 4857 §9.2, §9.3"
	}
	if i := last(kinds, ext.KindHierarchicalFA); toGateway && !has(kinds[i:], ext.KindFAFAAuth) {
		return "140 without 36/2 behind it: RFC 4857 §5.2, §9.2"
	}

	// F and the association: §3.6.1.3, §3.7.2.1. What one without association is, §3.5.3
	// does not say.
	if s.leg == code.MNtoFA && s.mobileForeign == shared && !has(kinds, kindF) {
		return "no F: §3.6.1.3, §3.7.2.1"
	}
	// H: §3.7.2.2, §3.8.2.1 c, d. With Lifetime 0 it is forbidden by §3.5.4, required
	// by RFC 3344 §3.7.2.2, and by RFC 5563 §5.1 where 47 says so. With D §3.5.4
	// stands against §3.8.2.1 c, but not in RFC 3344. A proxy by IPsec needs none.
	if s.leg == code.FAtoHA {
		if !s.edition3344 && h.lifetimeZero && has(kinds, kindH) && !byForeignHome {
			return "H with Lifetime 0: §3.5.4"
		}
		needed := s.edition3344 || !h.lifetimeZero && !h.D
		if s.foreignHome == shared && !has(kinds, kindH) && needed && !proxied {
			return "no H: §3.7.2.2, §3.8.2.1 c"
		}
		if s.foreignHome == none && has(kinds, kindH) && !s.edition3344 {
			return "H without association: §3.8.2.1 d"
		}
	}
	return ""
}

// gatewayCode reports whether a Code is a gateway foreign agent's: RFC 4857 §9.5,
// §10.3, §6.4. 194 is not: RFC 5944 §3.4, erratum 3116.
func gatewayCode(c uint8) bool { return c == 110 || c == 111 || 193 <= c && c <= 200 && c != 194 }

func replyFault(h header, s oracleSituation, kinds []ext.Kind) string {
	// Exactly one F is for who shares an association: §3.6.2.1 a. A 41 makes one:
	// RFC 3957 §3.
	if s.leg == code.FAtoMN && s.mobileForeign == none && number(kinds, kindF) > 1 && !has(kinds, ext.KindMNFAKeyReply) {
		kinds = once(kinds, kindF)
	}
	// Nor is it said what more than one H without an association is: §3.5.4, §3.7.3.1.
	if s.leg == code.HAtoFA && s.foreignHome == none && number(kinds, kindH) > 1 {
		kinds = once(kinds, kindH)
	}
	hasM := has(kinds, kindM)
	foreignCode := 64 <= h.code && h.code <= 127
	proxy := s.proxies != none && (has(kinds, kindProxyByForeignHome) || has(kinds, kindProxyByIPsec))
	byForeignHome := s.proxies != none && has(kinds, kindProxyByForeignHome)
	// A gateway foreign agent stands where a home agent does: its Codes, and what it
	// adds to a reply for the mobile node and protects by F: RFC 4857 §5.3, §9.3-9.5.
	denies := s.leg == code.HAtoFA && gatewayCode(h.code)
	gateway := false
	if i := slices.Index(kinds, kindF); i >= 0 && s.leg == code.HAtoFA && number(kinds, kindF) == 1 {
		added := last(kinds, ext.KindRegionalLifetime, ext.KindReplayProtectionStyle)
		gateway = added < i && (denies || added >= 0) && i > slices.Index(kinds, kindM)
	}

	// A home agent does not deny with a foreign agent's Code: §3.4; but with 65 it
	// denies a proxy: RFC 5563 §8.1.
	if foreignCode && s.leg != code.FAtoMN && !denies && !(h.code == 65 && s.leg == code.HAtoFA && proxy) {
		return "a foreign agent's Code from a home agent: §3.4"
	}
	// M: in every reply that a home agent sends, whatever the Code: §3.8.3.3; instead of
	// it a proxy's authentication: RFC 5563 §5.1. On FA→MN the Code tells who wrote the
	// reply: §3.6.2.1 b. An M under a foreign agent's Code is what an older foreign
	// agent left that overwrote the Code (RFC 2794 §3, RFC 3957 §6.2, RFC 3012 §3.2).
	// 49/2 authorizes what is on none of the legs (RFC 6521 §3.3.3).
	homeAgentSpeaks := s.leg != code.FAtoMN && !denies || s.leg == code.FAtoMN && (h.code <= 8 || 128 <= h.code && h.code <= 192)
	proxied := s.leg == code.HAtoFA && proxy && !hasM && !has(kinds, kindA)
	if homeAgentSpeaks && !hasM && !proxied && !has(kinds, ext.KindMobileCorrespondentAuth) {
		return "no Mobile-Home Authentication: §3.6.2.1 b, §3.8.3.3"
	}
	if byForeignHome && s.leg == code.HAtoFA && !has(kinds, kindH) {
		return "47 says H, but there is none: RFC 5563 §5.1"
	}
	// More than one M no expression takes: §3.6.2.1 b.
	if g := replyGrammar(s.leg, hasM); !g.matches(s.leg, kinds, divider(kinds, false), gateway) {
		return g.source
	}

	// In a foreign agent's own denial m is 131 only: §3.7.2.3. 194 is another number
	// for 116, "denied by the foreign agent": §3.4. That 45 belongs to a reply that the
	// home agent wrote RFC 4636 §4 takes for granted.
	if s.leg == code.FAtoMN && (foreignCode || h.code == 194) && !hasM {
		for _, k := range kinds {
			if replyLetter(k, s.leg, undivided, false) == 'm' && k != ext.KindMobileNodeNAI {
				return "a home agent's extension in a foreign agent's denial: §3.7.2.3"
			}
		}
	}
	// 132: the foreign agent's replaces the home agent's: RFC 4721 §3.3.
	if s.leg == code.FAtoMN && number(kinds, ext.KindChallenge) > 1 {
		return "more than one 132: RFC 4721 §3.3"
	}
	// 41 needs an F behind it: RFC 3957 §3, §6.2. On HA→FA the foreign agent has
	// yet to append it; on HA→MN there is none to come. F stands behind
	// everything but f and c, so its presence is enough.
	if has(kinds, ext.KindMNFAKeyReply) && (s.leg == code.HAtoMN || s.leg == code.FAtoMN && !has(kinds, kindF)) {
		return "41 without F: RFC 3957 §3, §6.2"
	}
	// So does 142, on the leg where all who may sign for it have: RFC 4857 §5.3.
	if s.leg == code.FAtoMN && has(kinds, ext.KindRegionalLifetime) && !has(kinds, kindF) {
		return "142 without F: RFC 4857 §5.3"
	}
	// 43 needs an M behind it: RFC 3957 §3, §6.4. Behind M no expression takes it.
	if has(kinds, ext.KindMNHAKeyReply) && !hasM {
		return "43 without M: RFC 3957 §3, §6.4"
	}
	// 139/2 with Code 143: RFC 4433 §3.4.2. With another Code nothing is said of it.
	if h.code == 143 && !has(kinds, ext.KindRedirectedHA) && !has(kinds, kindRedirectedHALong) {
		return "Code 143 without 139/2: RFC 4433 §3.4.2"
	}

	// F and the association: §3.6.2.1 a, §3.7.3.2.
	if s.leg == code.FAtoMN && s.mobileForeign == shared && !has(kinds, kindF) {
		return "no F: §3.6.2.1 a, §3.7.3.2"
	}
	// H and the association: §3.5.4, §3.7.3.1, §3.8.3.3. With Lifetime 0 the texts
	// of RFC 5944 conflict (§3.5.4, §3.7.1 against §3.7.3.1, §3.8.1): with and
	// without it. A proxy by IPsec needs none: RFC 5563 §5.1. What one without an
	// association is, is said of requests only: §3.8.2.1 d.
	if s.leg == code.HAtoFA {
		deregistration := h.lifetimeZero && !s.edition3344
		if s.foreignHome == shared && !has(kinds, kindH) && !deregistration && !proxied {
			return "no H: §3.7.3.1, §3.8.3.3"
		}
	}
	return ""
}
