package mipv4

import "github.com/go-mobileip/dsmipv4/code"

const (
	ignore = code.ToIgnore | code.AsAdvised
	refuse = code.ToRefuse | code.AsAdvised

	poorRequestHA = code.ToReject | code.ShouldAnswer | code.Act(code.HAPoorlyFormedRequest)
)

// The faults of requests. Where a text names a reaction the fault has it, and
// elsewhere it is unspecified and recommended.
var (
	// ErrRequestLeg: requests go from the mobile node towards the home agent.
	ErrRequestLeg = code.NewFault("a Registration Request does not travel on this leg", "RFC 5944 §3.6-3.8", code.Must, discard, discard, discard)
	// ErrReservedFlags: bit r or x is set. RFC 5944 §3.3 has them ignored on
	// reception; §3.7.2.1 and §3.8.2.3 have the message rejected with 70 and
	// 134. Both reactions conform; ignoring is the choice that still talks to
	// nodes of RFC 2002, where r meant Van Jacobson compression.
	ErrReservedFlags = code.NewFault("a reserved flag, r or x, is set", "RFC 5944 §3.3, §3.7.2.1, §3.8.2.3", code.Must,
		code.ToIgnore|code.MustAnswer|code.Act(code.HAPoorlyFormedRequest),
		code.ToIgnore|code.MustAnswer|code.Act(code.FAPoorlyFormedRequest), 0)
	// ErrDynamicHomeAddress: who asks for a home agent has no home address yet.
	ErrDynamicHomeAddress = code.NewFault("a Home Address is given although the Home Agent is to be assigned", "RFC 4433 §5.1", code.Must, ignore, ignore, 0)
	// ErrDynamicNAI: only its NAI names a node without home agent.
	ErrDynamicNAI = code.NewFault("the Home Agent is to be assigned, but there is no Mobile Node NAI", "RFC 4433 §5.1", code.Must, ignore, ignore, 0)
	// ErrDynamicRequestedHA: without a foreign agent the node names the agent
	// that it talks to.
	ErrDynamicRequestedHA = code.NewFault("the Home Agent is to be assigned, but there is no Requested HA", "RFC 4433 §5.1.2", code.Must, ignore, 0, 0)
	// ErrNameless: nothing forbids it, but nobody can be found by it.
	ErrNameless = code.NewFault("neither a Home Address nor a Mobile Node NAI", "RFC 2794 §2, RFC 5944 §3.6", code.Must, discard, discard, 0)
	// ErrNoAuthorization: a home agent MUST silently discard it (RFC 5944).
	ErrNoAuthorization = code.NewFault("no authorization-enabling extension", "RFC 5944 §3.8.2.1", code.Must, code.ToDiscard, discard, 0)
	// ErrNoAuthorization3344: RFC 3344 has the home agent reject it, SHOULD
	// with 131.
	ErrNoAuthorization3344 = code.NewFault("no authorization-enabling extension", "RFC 3344 §3.8.2.1", code.Must,
		code.ToReject|code.ShouldAnswer|code.Act(code.HAMobileNodeFailedAuthentication), discard, 0)
	// ErrOnlyMNAAA: RFC 3012 allowed it and RFC 5944 does; RFC 4721 §6 has
	// Mobile-Home before MN-AAA.
	ErrOnlyMNAAA = code.NewFault("Mobile-AAA Authentication without Mobile-Home Authentication before it", "RFC 4721 §6", code.Must, ignore, ignore, 0)
	// ErrSecondMobileHome: RFC 2002 §3.8.2.1 had exactly one; RFC 5944 has all
	// of them checked and forbids none.
	ErrSecondMobileHome = code.NewFault("more than one Mobile-Home Authentication", "RFC 2002 §3.8.2.1", code.Must, ignore, ignore, 0)
	// ErrSecondMNAAA: no text forbids it, and RFC 5944 §3.8.2.1 has all of them
	// checked; RFC 4721 speaks of one.
	ErrSecondMNAAA = code.NewFault("more than one Mobile-AAA Authentication", "RFC 4721 §3.1, §6", code.Must, ignore, ignore, 0)
	// ErrTwoAuthorizations3344: RFC 3344 has exactly one authorization-enabling
	// extension.
	ErrTwoAuthorizations3344 = code.NewFault("more than one authorization-enabling extension", "RFC 3344 §3.8.2.1", code.Must,
		code.ToReject|code.ShouldAnswer|code.Act(code.HAMobileNodeFailedAuthentication), 0, 0)
	// ErrBehindLast: the mobile node's authenticators precede Mobile-Foreign and
	// Foreign-Home.
	ErrBehindLast = code.NewFault("an authorization-enabling extension stands behind the last authentication of the leg", "RFC 5944 §3.6.1.3, §3.7.2.2", code.Must,
		ignore, ignore, 0)
	// ErrMobileForeignLeg: only the foreign agent reads it, and removes it
	// (RFC 5944 §3.7.2.2, §3.7.3.2).
	ErrMobileForeignLeg = code.NewFault("Mobile-Foreign Authentication on a leg without mobile node and foreign agent", "RFC 5944 §3.7.2.2", code.Must, ignore, ignore, ignore)
	// ErrSecondMobileForeign: exactly one where there is an association (RFC 5944
	// §3.7.2.1, §3.6.2.1 a).
	ErrSecondMobileForeign = code.NewFault("more than one Mobile-Foreign Authentication", "RFC 5944 §3.6.2.1, §3.7.2.1", code.Must,
		0, code.ToDiscard|code.ShouldAnswer|code.Act(code.FAMobileNodeFailedAuthentication), code.ToDiscard)
	// ErrForeignHomeLeg: nobody on the leg is a foreign agent that shares an
	// association with the home agent; the home agent MUST discard (RFC 5944
	// §3.8.2.1 d).
	ErrForeignHomeLeg = code.NewFault("Foreign-Home Authentication on a leg without foreign agent and home agent", "RFC 5944 §3.8.2.1, §3.7.3.2", code.Must,
		code.ToDiscard, ignore, ignore)
	// ErrSecondForeignHome: exactly one where there is an association (RFC 5944
	// §3.8.2.1 c, §3.7.3.1).
	ErrSecondForeignHome = code.NewFault("more than one Foreign-Home Authentication", "RFC 5944 §3.7.3.1, §3.8.2.1", code.Must,
		code.ToReject|code.ShouldAnswer|code.Act(code.HAForeignAgentFailedAuthentication),
		code.ToDiscard|code.ShouldAnswer|code.AppendFAError|code.Act(code.FAHomeAgentFailedAuthentication), 0)
	// ErrForeignHome3344: RFC 3344 does not say what becomes of one that no
	// association is behind.
	ErrForeignHome3344 = code.NewFault("Foreign-Home Authentication without a mobility security association, under RFC 3344", "RFC 3344 §3.5.4", code.Must, ignore, ignore, ignore)
	// ErrForeignHomeDeregisters: RFC 5944 §3.5.4 forbids Foreign-Home on
	// deregistrations; RFC 3344 had it. With a co-located care-of address §3.5.4
	// contradicts §3.7.2.2, and there is no fault.
	ErrForeignHomeDeregisters = code.NewFault("Foreign-Home Authentication on a deregistration", "RFC 5944 §3.5.4", code.Must, ignore, 0, 0)
	// ErrMobileForeignUnknown: without an association it is not sent; what its
	// receiver does is unspecified, but nothing can verify it.
	ErrMobileForeignUnknown = code.NewFault("Mobile-Foreign Authentication without a mobility security association", "RFC 5944 §3.5.3", code.Must, 0, ignore, ignore)
	// ErrForeignHomeUnknown: the home agent MUST discard (RFC 5944 §3.8.2.1 d);
	// what a foreign agent does is unspecified.
	ErrForeignHomeUnknown = code.NewFault("Foreign-Home Authentication without a mobility security association", "RFC 5944 §3.5.4, §3.8.2.1", code.Must, code.ToDiscard, ignore, 0)
	// ErrChallengeUnanswered: the foreign agent silently discards.
	ErrChallengeUnanswered = code.NewFault("no Mobile-Foreign or Mobile-AAA Authentication follows the Challenge", "RFC 4721 §3.2", code.Must, 0, code.ToDiscard, 0)
	// ErrSecondChallenge: one challenge is answered.
	ErrSecondChallenge = code.NewFault("more than one Mobile-Foreign Challenge", "RFC 4721 §3.1, §3.3", code.Must, ignore, ignore, ignore)
	// ErrKeyRequestAlone: the AAA server that makes the keys authenticates the
	// request by MN-AAA.
	ErrKeyRequestAlone = code.NewFault("a key generation nonce is requested, but no Mobile-AAA Authentication follows", "RFC 3957 §3, §6.1, §6.3", code.Must, ignore, ignore, 0)
	// ErrDeliveryWithoutT: the style is one of reverse tunneling.
	ErrDeliveryWithoutT = code.NewFault("Encapsulating Delivery Style without the T flag", "RFC 3024 §3.3", code.Must, ignore, ignore, 0)
	// ErrRevocationNotDirect: only a mobile node that registers directly with a
	// co-located care-of address supports revocation itself; the foreign agent
	// MUST silently discard.
	ErrRevocationNotDirect = code.NewFault("Revocation Support of a mobile node without co-located care-of address", "RFC 3543 §3.2, §4.2.1", code.Must, ignore, code.ToDiscard, 0)
	// ErrTunnelRequestMobile: before Mobile-Home the mobile node wrote it, which
	// has a co-located care-of address then.
	ErrTunnelRequestMobile = code.NewFault("the mobile node's UDP Tunnel Request without the D flag", "RFC 3519 §4.4, §4.6.1", code.Must, poorRequestHA, ignore, 0)
	// ErrTunnelRequestForeign: behind Mobile-Home the foreign agent wrote it,
	// for its own care-of address.
	ErrTunnelRequestForeign = code.NewFault("the foreign agent's UDP Tunnel Request with the D flag", "RFC 3519 §4.5, §4.6.1", code.Must, poorRequestHA, 0, 0)
	// ErrTunnelRequestReserved: RFC 3519 §3.1 has the extension skipped, §4.6.1
	// the request answered with 134. Both conform.
	ErrTunnelRequestReserved = code.NewFault("the third reserved field of the UDP Tunnel Request is not zero", "RFC 3519 §3.1, §4.6.1", code.Must,
		code.ToIgnore|code.ShouldAnswer|code.Act(code.HAPoorlyFormedRequest), ignore, 0)
	// ErrServiceBeforeNAI: the service is selected by the node that the NAI
	// names.
	ErrServiceBeforeNAI = code.NewFault("Service Selection before the Mobile Node NAI", "RFC 5446 §3", code.Must, ignore, ignore, 0)
	// ErrSecondService: at most one, the mobile node's or the foreign agent's.
	ErrSecondService = code.NewFault("more than one Service Selection", "RFC 5446 §3", code.Must, ignore, ignore, ignore)
	// ErrSecondMultipath: at most one.
	ErrSecondMultipath = code.NewFault("more than one Multipath extension", "RFC 7629 §4.1", code.Must, ignore, ignore, ignore)
	// ErrGREKeyCoLocated: the keys are those of the foreign agent's tunnel.
	ErrGREKeyCoLocated = code.NewFault("the foreign agent's GRE Key with the D flag", "RFC 6245 §4.1", code.Must, ignore, 0, 0)
	// ErrRequestedHAUnicast: the foreign agent MUST answer 90 when it cannot
	// route to it, the home agent MUST answer 136.
	ErrRequestedHAUnicast = code.NewFault("the Requested HA is no unicast address", "RFC 4433 §3.4.1, §5.2, §5.3", code.Must,
		code.ToReject|code.Act(code.HAUnknownHomeAgentAddress), code.ToReject|code.Act(code.FANonzeroHomeAgentRequired), 0)
)

// The faults of extensions that the receiver does not implement.
var (
	// ErrNotImplemented: what is unknown and not skippable has the message
	// silently discarded by everybody.
	ErrNotImplemented = code.NewFault("an extension of a non-skippable type that the receiver does not implement", "RFC 5944 §1.8", code.Must,
		code.ToDiscard, code.ToDiscard, code.ToDiscard)
	// ErrVendorFromMobile: the mobile node's Critical Vendor/Organization
	// Specific extension is denied.
	ErrVendorFromMobile = code.NewFault("unknown contents of the mobile node's Critical Vendor/Organization Specific extension", "RFC 3115 §2.3, §2.4", code.Must,
		code.ToReject|code.Act(code.HAUnknownVendorFromMobileNode), code.ToReject|code.Act(code.FAUnknownVendorFromMobileNode), 0)
	// ErrVendorFromForeign: behind the mobile node's last authenticator the
	// foreign agent wrote it.
	ErrVendorFromForeign = code.NewFault("unknown contents of the foreign agent's Critical Vendor/Organization Specific extension", "RFC 3115 §2.3, §2.4", code.Must,
		code.ToReject|code.Act(code.HAUnknownVendorFromForeignAgent), 0, 0)
	// ErrVendorInReply: a foreign agent rejects towards the mobile node, which
	// takes the reply for a rejection.
	ErrVendorInReply = code.NewFault("unknown contents of a Critical Vendor/Organization Specific extension in a reply", "RFC 3115 §2.3, §2.4", code.Must,
		0, code.ToReject|code.Act(code.FAUnknownVendorFromHomeAgent), code.ToRefuse)
)

// The faults of replies.
var (
	// ErrReplyLeg: replies go from the home agent towards the mobile node.
	ErrReplyLeg = code.NewFault("a Registration Reply does not travel on this leg", "RFC 5944 §3.6-3.8", code.Must, discard, discard, discard)
	// ErrForeignCodeFromHome: 64-127 are the foreign agent's codes. RFC 5563
	// §8.1 has a home agent send 65, which is reported like the others.
	ErrForeignCodeFromHome = code.NewFault("the home agent sends a Code of the foreign agent's", "RFC 5944 §3.4, §6.4", code.Must, 0, ignore, refuse)
	// ErrReplyNoMobileHome: mobile nodes MUST silently discard what a home
	// agent, by its Code, said without it.
	ErrReplyNoMobileHome = code.NewFault("the home agent's reply without Mobile-Home Authentication", "RFC 5944 §3.6.2.1, §3.8.3.3", code.Must, 0, ignore, code.ToDiscard)
	// ErrReplySecondMobileHome: exactly one; mobile nodes MUST silently discard.
	ErrReplySecondMobileHome = code.NewFault("more than one Mobile-Home Authentication in a reply", "RFC 5944 §3.6.2.1", code.Must, 0, ignore, code.ToDiscard)
	// ErrReplyMNAAA: MN-AAA is the mobile node's.
	ErrReplyMNAAA = code.NewFault("Mobile-AAA Authentication in a reply", "RFC 4721 §6", code.Must, 0, ignore, ignore)
	// ErrReplyOrder: what a reply's Mobile-Home protects precedes Mobile-Foreign
	// and Foreign-Home.
	ErrReplyOrder = code.NewFault("Mobile-Home Authentication stands behind the last authentication of the leg", "RFC 5944 §3.8.3.3", code.Must, 0, ignore, ignore)
	// ErrFAErrorAlone: FA Error is appended to a reply of the home agent's; a
	// foreign agent's own denial has a Code.
	ErrFAErrorAlone = code.NewFault("FA Error in a reply that the foreign agent wrote", "RFC 4636 §4", code.Must, 0, 0, refuse)
	// ErrKeyReplyForeign: the new key is proved by Mobile-Foreign, which a reply
	// without foreign agent cannot have.
	ErrKeyReplyForeign = code.NewFault("no Mobile-Foreign Authentication follows the MN-FA key generation nonce", "RFC 3957 §6.2", code.Must, 0, 0, discard)
	// ErrKeyReplyHome: the new key is proved by Mobile-Home.
	ErrKeyReplyHome = code.NewFault("no Mobile-Home Authentication follows the MN-HA key generation nonce", "RFC 3957 §6.4", code.Must, 0, ignore, discard)
	// ErrRedirectMissing: Code 143 says where to go.
	ErrRedirectMissing = code.NewFault("Code 143 without a Redirected HA", "RFC 4433 §3.4.2", code.Must, 0, ignore, refuse)
	// ErrRedirectCode: the text has the extension with Code 143; what it means
	// elsewhere is unspecified. A Code that an old foreign agent overwrote
	// cannot be told.
	ErrRedirectCode = code.NewFault("Redirected HA without Code 143", "RFC 4433 §3.4.2", code.Must, 0, ignore, ignore)
	// ErrReplyUnasked: a reply's low 32 bits are those of the request; foreign
	// agents and mobile nodes MUST silently discard others.
	ErrReplyUnasked = code.NewFault("the reply's Identification is not that of the request", "RFC 5944 §3.6.2.1, §3.7.3.1", code.Must, 0, code.ToDiscard, code.ToDiscard)
)
