package rules

import "github.com/go-mobileip/dsmipv4/code"

// Reactions that several faults share.
const (
	discard = code.ToDiscard | code.AsAdvised
	ignore  = code.ToIgnore | code.AsAdvised
	refuse  = code.ToRefuse | code.AsAdvised

	mayIgnore = code.ToIgnore | code.AsMay

	poorRequestHA = code.ToReject | code.ShouldAnswer | code.Act(code.HAPoorlyFormedRequest)

	badMobileHome3344  = code.ToReject | code.ShouldAnswer | code.Act(code.HAMobileNodeFailedAuthentication)
	badMobileForeignFA = code.ToDiscard | code.ShouldAnswer | code.Act(code.FAMobileNodeFailedAuthentication)
	badForeignHomeHA   = code.ToReject | code.ShouldAnswer | code.Act(code.HAForeignAgentFailedAuthentication)
	badForeignHomeFA   = code.ToDiscard | code.ShouldAnswer | code.AppendFAError | code.Act(code.FAHomeAgentFailedAuthentication)
)

// The faults of a caller who did not say by what to judge, beside [code.ErrLeg]
// and dsmip.ErrProfile.
var (
	// ErrRequestLeg: requests go from the mobile node towards the home agent.
	ErrRequestLeg = code.NewFault("a Registration Request does not travel on this leg", "RFC 5944 §3.6-3.8", code.Caller, 0, 0, 0)
	// ErrReplyLeg: replies go from the home agent towards the mobile node.
	ErrReplyLeg = code.NewFault("a Registration Reply does not travel on this leg", "RFC 5944 §3.6-3.8", code.Caller, 0, 0, 0)
	// ErrEdition says that an edition is not one of the two, or that a word names none.
	ErrEdition = code.NewFault("not an edition: want rfc5944 or rfc3344", "RFC 5944 §1, RFC 3344 §1", code.Caller, 0, 0, 0)
	// ErrKnowledge says that what is known of an association is none of the three, or that
	// a word names none.
	ErrKnowledge = code.NewFault("neither unknown nor shared nor none", "RFC 5944 §1.6", code.Caller, 0, 0, 0)
	// ErrService says that what a receiver has of a service is none of the four, or that a
	// word names none.
	ErrService = code.NewFault("neither unknown nor offered nor demanded nor refused", "RFC 3024 §3.4", code.Caller, 0, 0, 0)
)

// The faults of requests as a whole. Where a text names a reaction the fault has
// it; elsewhere it is unspecified and recommended.
var (
	// ErrReservedFlags: bit r or x is set. RFC 5944 §3.3 has them ignored on
	// reception; §3.7.2.3 and §3.8.2.3 have the message rejected with 70 and
	// 134. Both reactions conform; ignoring is the choice that still talks to
	// nodes of RFC 2002, where r meant Van Jacobson compression.
	ErrReservedFlags = code.NewFault("a reserved flag, r or x, is set", "RFC 5944 §3.3, §3.7.2.1, §3.7.2.3, §3.8.2.3", code.Must,
		code.ToIgnore|code.MustAnswer|code.Act(code.HAPoorlyFormedRequest),
		code.ToIgnore|code.ShouldAnswer|code.Act(code.FAPoorlyFormedRequest), 0)
	// ErrDynamicNAI: who asks for a home agent is named by its NAI. Without one,
	// 0.0.0.0 and 255.255.255.255 are no unicast address of the home agent, which
	// MUST reject; a foreign agent knows no home agent to relay to.
	ErrDynamicNAI = code.NewFault("the Home Agent is to be assigned, but there is no Mobile Node NAI", "RFC 4433 §5.1, RFC 5944 §3.6.1.2, §3.8.3.2", code.Must,
		code.ToReject|code.Act(code.HAUnknownHomeAgentAddress),
		code.ToReject|code.AdvisedAnswer|code.Act(code.FANonzeroHomeAgentRequired), 0)
	// ErrDynamicRequestedHA: without a foreign agent the node names the agent
	// that it talks to.
	ErrDynamicRequestedHA = code.NewFault("the Home Agent is to be assigned, but there is no Requested HA", "RFC 4433 §5.1.2", code.Must, ignore, 0, 0)
	// ErrDynamicDeregisters: with a co-located care-of address a deregistration names
	// the home agent that was assigned.
	ErrDynamicDeregisters = code.NewFault("a deregistration does not name the assigned home agent", "RFC 4433 §5.1.2", code.Must,
		code.ToReject|code.AdvisedAnswer|code.Act(code.HAUnknownHomeAgentAddress),
		code.ToReject|code.AdvisedAnswer|code.Act(code.FANonzeroHomeAgentRequired), 0)
	// ErrDynamicForeign: RFC 4433 §5.1.2 has the mobile node name the assigned home agent
	// where its care-of address is co-located; where it is the foreign agent's, or the home
	// address, §5.1.1 says nothing, and the example of §4.1 does not name it.
	ErrDynamicForeign = code.NewFault("a deregistration without the D flag does not name the assigned home agent", "RFC 4433 §4.1, §5.1, §5.1.1, §5.1.2", code.Unclear, 0, 0, 0)
	// ErrNameless: nothing forbids it, but nobody can be found by it.
	ErrNameless = code.NewFault("neither a Home Address nor a Mobile Node NAI", "RFC 2794 §2, RFC 5944 §3.6", code.Unclear, discard, discard, 0)
	// ErrZeroCareOfAddress: a foreign agent whose gateway is to be assigned takes
	// it, and the gateway adds its address.
	ErrZeroCareOfAddress = code.NewFault("the Care-of Address is 0.0.0.0, and there is no GFA IP Address", "RFC 4857 §7.4", code.Must,
		code.ToReject|code.Act(code.HAZeroCareOfAddress), 0, 0)
	// ErrBroadcastCareOfAddress: nobody can be reached there.
	ErrBroadcastCareOfAddress = code.NewFault("the Care-of Address is 255.255.255.255", "RFC 4857 §5.2", code.Must,
		code.ToReject|code.AdvisedAnswer|code.Act(code.HAPoorlyFormedRequest), code.ToReject|code.Act(code.FAPoorlyFormedRequest), 0)
	// ErrMulticastCareOfAddress: no text forbids it, but what ends a tunnel is one node's, and
	// packets for one would reach many.
	ErrMulticastCareOfAddress = code.NewFault("the Care-of Address is a multicast or reserved address", "RFC 5944 §1.6", code.Unclear,
		code.ToReject|code.AdvisedAnswer|code.Act(code.HAPoorlyFormedRequest), code.ToReject|code.AdvisedAnswer|code.Act(code.FAPoorlyFormedRequest), 0)
	// ErrNoAuthorization: a home agent MUST silently discard it (RFC 5944).
	ErrNoAuthorization = code.NewFault("no authorization-enabling extension", "RFC 5944 §3.6.1.3, §3.8.2.1", code.Must, code.ToDiscard, discard, 0)
	// ErrNoAuthorization3344: RFC 3344 has the home agent reject it, SHOULD
	// with 131.
	ErrNoAuthorization3344 = code.NewFault("no authorization-enabling extension", "RFC 3344 §3.8.2.1", code.Must, badMobileHome3344, discard, 0)
	// ErrProxyUnclear: a proxy authenticates itself instead of the mobile node
	// (RFC 5563 §5.1, §8). Whether the home agent serves such proxies has not been
	// said.
	ErrProxyUnclear = code.NewFault("nothing but a proxy's own authentication authorizes the registration", "RFC 5563 §5.1, §8, RFC 5944 §3.8.2.1", code.Unclear, 0, 0, 0)
	// ErrProxyForeignHome: the proxy said that Foreign-Home authenticates it.
	ErrProxyForeignHome = code.NewFault("the PMIPv4 authentication method is FA-HA Authentication, but there is no Foreign-Home Authentication", "RFC 5563 §4.3, §5.1", code.Must,
		code.ToReject|code.AdvisedAnswer|code.Act(code.HAForeignAgentFailedAuthentication), discard, 0)
	// ErrProxyDeregisters: RFC 5944 §3.5.4 forbids Foreign-Home on a deregistration, and has
	// the home agent not discard it for the lack. But where the proxy says that nothing else
	// authenticates it, nobody is known to have asked.
	ErrProxyDeregisters = code.NewFault("the PMIPv4 authentication method is FA-HA Authentication, and a deregistration has no Foreign-Home Authentication", "RFC 5563 §4.3, §5.1, RFC 5944 §3.5.4", code.Unclear, discard, 0, 0)
	// ErrCorrespondent: what Mobile-Correspondent Authentication authorizes
	// passes between a mobile router and a correspondent router.
	ErrCorrespondent = code.NewFault("a message between mobile router and correspondent router travels on none of the six legs", "RFC 6521 §3.3.3, §5.3", code.Unclear, discard, discard, discard)
	// ErrForeignHomeCoLocated: RFC 5944 §3.5.4 forbids Foreign-Home for a care-of
	// address that the foreign agent does not advertise, and §3.7.2.2 and §3.8.2.1 c
	// demand it of every request.
	ErrForeignHomeCoLocated = code.NewFault("no Foreign-Home Authentication, with a co-located care-of address", "RFC 5944 §3.5.4, §3.7.2.2, §3.8.2.1", code.Unclear, 0, 0, 0)
	// ErrChallengeWithoutMNAAA: with no association to verify Mobile-Foreign by, nothing
	// answers the Challenge, which is as one that is not there.
	ErrChallengeWithoutMNAAA = code.NewFault("a Challenge without Mobile-AAA Authentication, and mobile node and foreign agent share no association", "RFC 4721 §3.1", code.Must, 0, ignore, 0)
	// ErrChallengeUnanswered: the foreign agent silently discards.
	ErrChallengeUnanswered = code.NewFault("no Mobile-Foreign or Mobile-AAA Authentication follows the Challenge", "RFC 4721 §3.2", code.Must, 0, code.ToDiscard, 0)
)

// The faults of authentication extensions in requests. Those that are missing
// although an association is shared are ext.ErrNoMobileForeign and
// ext.ErrNoForeignHome.
var (
	// ErrMobileHomeLast: RFC 4721 has Mobile-Home before MN-AAA. All of them are
	// verified (RFC 5944 §3.8.2.1).
	ErrMobileHomeLast = code.NewFault("Mobile-AAA Authentication stands before Mobile-Home Authentication", "RFC 4721 §6", code.Must, 0, 0, 0)
	// ErrOnlyMNAAA: RFC 3012 allowed it and RFC 5944 §3.5.2 does; RFC 4721 §6 has
	// Mobile-Home before MN-AAA, and RFC 3957 §3 cannot have it when the key of
	// Mobile-Home is what is asked for. It is processed.
	ErrOnlyMNAAA = code.NewFault("Mobile-AAA Authentication without Mobile-Home Authentication", "RFC 4721 §6, RFC 5944 §3.5.2, RFC 3957 §3", code.Unclear, 0, 0, 0)
	// ErrSecondMobileHome: RFC 2002 §3.8.2.1 had exactly one. RFC 5944 forbids no
	// second one and has all of them verified.
	ErrSecondMobileHome = code.NewFault("more than one Mobile-Home Authentication", "RFC 2002 §3.8.2.1, RFC 5944 §3.8.2.1", code.Unclear, 0, 0, 0)
	// ErrSecondMNAAA: no text forbids it, and RFC 5944 §3.8.2.1 has all of them
	// verified; RFC 4721 speaks of one.
	ErrSecondMNAAA = code.NewFault("more than one Mobile-AAA Authentication", "RFC 4721 §3.1, §6, RFC 5944 §3.8.2.1", code.Unclear, 0, 0, 0)
	// ErrTwoAuthorizations3344: RFC 3344 has exactly one authorization-enabling
	// extension. One of each kind is what RFC 4721 §6 adds to RFC 3344.
	ErrTwoAuthorizations3344 = code.NewFault("more than one authorization-enabling extension of a kind", "RFC 3344 §3.8.2.1", code.Must, badMobileHome3344, 0, 0)
	// ErrBehindLast: the mobile node's authenticators precede Mobile-Foreign and
	// Foreign-Home: one of them is the first authentication extension.
	ErrBehindLast = code.NewFault("an authorization-enabling extension stands behind the last authentication of the leg", "RFC 5944 §3.2, §3.6.1.3, §3.7.2.2, RFC 4721 §3.1, §3.2", code.Must, discard, discard, 0)
	// ErrMobileForeignLeg: only the foreign agent reads it, and removes it
	// (RFC 5944 §3.7.2.2, §3.7.3.2).
	ErrMobileForeignLeg = code.NewFault("Mobile-Foreign Authentication on a leg without mobile node and foreign agent", "RFC 5944 §3.5.3, §3.7.2.2", code.Must, ignore, ignore, ignore)
	// ErrSecondMobileForeign: exactly one where there is an association (RFC 5944
	// §3.7.2.1, §3.6.2.1 a).
	ErrSecondMobileForeign = code.NewFault("more than one Mobile-Foreign Authentication", "RFC 5944 §3.6.2.1, §3.7.2.1", code.Must, 0, badMobileForeignFA, code.ToDiscard)
	// ErrMobileForeignUnknown: it is for nodes that share an association. What one is
	// without, no text says, but nothing can verify it.
	ErrMobileForeignUnknown = code.NewFault("Mobile-Foreign Authentication without a mobility security association", "RFC 5944 §3.5.3", code.Unclear, 0, ignore, ignore)
	// ErrForeignHomeLeg: nobody on the leg is a foreign agent that shares an
	// association with the home agent; the home agent MUST discard (RFC 5944
	// §3.8.2.1 d).
	ErrForeignHomeLeg = code.NewFault("Foreign-Home Authentication on a leg without foreign agent and home agent", "RFC 5944 §3.5.4, §3.7.3.2, §3.8.2.1", code.Must, code.ToDiscard, ignore, ignore)
	// ErrSecondForeignHome: exactly one where there is an association (RFC 5944
	// §3.8.2.1 c, §3.7.3.1).
	ErrSecondForeignHome = code.NewFault("more than one Foreign-Home Authentication", "RFC 5944 §3.7.3.1, §3.8.2.1, RFC 4636 §4", code.Must, badForeignHomeHA, badForeignHomeFA, 0)
	// ErrForeignHomeUnknown: the home agent MUST discard (RFC 5944 §3.8.2.1 d);
	// what a foreign agent does is unspecified.
	ErrForeignHomeUnknown = code.NewFault("Foreign-Home Authentication without a mobility security association", "RFC 5944 §3.5.4, §3.8.2.1", code.Must, code.ToDiscard, ignore, 0)
	// ErrReplyForeignHomeUnknown: what the home agent MUST do with it in a request (§3.8.2.1
	// d) is not said of a reply, which MAY have it where an association is shared.
	ErrReplyForeignHomeUnknown = code.NewFault("Foreign-Home Authentication without a mobility security association, in a reply", "RFC 5944 §3.5.4, RFC 3344 §3.5.4", code.Unclear, 0, ignore, 0)
	// ErrForeignHome3344: RFC 3344 does not say what becomes of one that no
	// association is behind.
	ErrForeignHome3344 = code.NewFault("Foreign-Home Authentication without a mobility security association, under RFC 3344", "RFC 3344 §3.5.4", code.Unclear, ignore, ignore, ignore)
	// ErrForeignHomeDeregisters: RFC 5944 §3.5.4 forbids Foreign-Home on
	// deregistrations, and the home agent MAY skip it (§3.8.1). RFC 3344 had it, and
	// a proxy that it authenticates has it (RFC 5563 §5.1).
	ErrForeignHomeDeregisters = code.NewFault("Foreign-Home Authentication on a deregistration", "RFC 5944 §3.5.4, §3.8.1", code.Must, mayIgnore, 0, 0)
)

// The faults of other extensions in requests.
var (
	// ErrSecondChallenge: one challenge is answered, and no text speaks of two.
	ErrSecondChallenge = code.NewFault("more than one Mobile-Foreign Challenge", "RFC 4721 §3.1, §3.3", code.Unclear, ignore, ignore, ignore)
	// ErrKeyRequestAlone: the AAA server that makes the keys authenticates the
	// request by MN-AAA.
	ErrKeyRequestAlone = code.NewFault("a key generation nonce is requested, but no Mobile-AAA Authentication follows", "RFC 3957 §3, §6.1, §6.3", code.Must, ignore, ignore, 0)
	// ErrDeliveryWithoutT: the style is one of reverse tunneling.
	ErrDeliveryWithoutT = code.NewFault("Encapsulating Delivery Style without the T flag", "RFC 3024 §3.3", code.Must, ignore, ignore, 0)
	// ErrRevocationNotDirect: only a mobile node that registers directly with a
	// co-located care-of address supports revocation itself; the foreign agent
	// MUST silently discard, wherever the extension stands.
	ErrRevocationNotDirect = code.NewFault("Revocation Support of a mobile node without co-located care-of address", "RFC 3543 §3.2, §4.2.1", code.Must, ignore, code.ToDiscard, 0)
	// ErrRevocationWithoutD: a mobile node that supports revocation has a
	// co-located care-of address, with which the D flag SHOULD be set.
	ErrRevocationWithoutD = code.NewFault("Revocation Support, sent to the home agent directly, without the D flag", "RFC 3543 §3.2, RFC 5944 §3.6.1.2", code.Should, 0, 0, 0)
	// ErrRevocationUnprotected: no foreign agent has added it, to protect it by its own;
	// what is not protected is as good as an authenticator that fails.
	ErrRevocationUnprotected = code.NewFault("Revocation Support of a mobile node behind Mobile-Home Authentication", "RFC 3543 §3.2, RFC 5944 §3.8.2.1", code.Must,
		code.ToReject|code.MayAnswer|code.Act(code.HAMobileNodeFailedAuthentication), discard, 0)
	// ErrRevocationBetween: nothing of the foreign agent's stands before the mobile node's last
	// authenticator, and the mobile node's stands before Mobile-Home. Foreign-Home protects it,
	// so that it is not as one that is unprotected.
	ErrRevocationBetween = code.NewFault("Revocation Support between Mobile-Home and Mobile-AAA Authentication", "RFC 3543 §3.2, RFC 5944 §3.6.1.3, §3.7.2.2", code.Must, ignore, 0, 0)
	// ErrTunnelRequestMobile: before Mobile-Home the mobile node wrote it, which
	// has a co-located care-of address then, and MUST set the D flag.
	ErrTunnelRequestMobile = code.NewFault("the mobile node's UDP Tunnel Request without the D flag", "RFC 3519 §3.1.5, §4.4, §4.6.1", code.Must, poorRequestHA, ignore, 0)
	// ErrTunnelRequestForeign: behind Mobile-Home the foreign agent wrote it,
	// for its own care-of address.
	ErrTunnelRequestForeign = code.NewFault("the foreign agent's UDP Tunnel Request with the D flag", "RFC 3519 §4.4, §4.5, §4.6.1", code.Must, poorRequestHA, 0, 0)
	// ErrServiceBeforeNAI: the service is selected by the node that the NAI
	// names.
	ErrServiceBeforeNAI = code.NewFault("Service Selection before the Mobile Node NAI", "RFC 5446 §3", code.Must, ignore, ignore, 0)
	// ErrSecondService: at most one, the mobile node's or the foreign agent's.
	ErrSecondService = code.NewFault("more than one Service Selection", "RFC 5446 §3", code.Must, ignore, ignore, ignore)
	// ErrSecondMultipath: at most one.
	ErrSecondMultipath = code.NewFault("more than one Multipath extension", "RFC 7629 §4.1", code.Must, ignore, ignore, ignore)
	// ErrGREKeyCoLocated: the keys are those of the foreign agent's tunnel. RFC 6245
	// has the extension without the D flag, and does not speak of it with the flag.
	ErrGREKeyCoLocated = code.NewFault("the foreign agent's GRE Key with the D flag", "RFC 6245 §4.1", code.Unclear, ignore, 0, 0)
	// ErrRequestedHAUnicast: the foreign agent MUST answer 90 when it cannot
	// route to it, the home agent MUST answer 136.
	ErrRequestedHAUnicast = code.NewFault("the Requested HA is no unicast address", "RFC 4433 §3.4.1, §5.2, §5.3", code.Must,
		code.ToReject|code.Act(code.HAUnknownHomeAgentAddress), code.ToReject|code.Act(code.FANonzeroHomeAgentRequired), 0)
	// ErrHierarchicalFAUnprotected: behind the mobile node's authenticators the
	// foreign agent added it, and FA-FA Authentication protects it.
	ErrHierarchicalFAUnprotected = code.NewFault("no FA-FA Authentication follows the Hierarchical Foreign Agent extension", "RFC 4857 §5.2, §9.2", code.Must, code.ToIgnore, ignore, 0)
	// ErrRegionalUnprotected: what a mobile node says to its gateway behind
	// Mobile-Home is protected by Mobile-Foreign.
	ErrRegionalUnprotected = code.NewFault("no Mobile-Foreign Authentication follows an extension for the gateway foreign agent", "RFC 4857 §9.2, §9.3", code.Must, ignore, ignore, 0)
	// ErrProxyMethod: 0 is reserved.
	ErrProxyMethod = code.NewFault("the PMIPv4 authentication method is 0", "RFC 5563 §5.1", code.Must,
		code.ToReject|code.AdvisedAnswer|code.Act(code.HAProxyUnsupported), discard, 0)
	// ErrProxyCoLocated: the proxy's care-of address is its own.
	ErrProxyCoLocated = code.NewFault("a PMIPv4 authentication method with the D flag", "RFC 5563 §7", code.Must,
		code.ToReject|code.AdvisedAnswer|code.Act(code.HAPoorlyFormedRequest), 0, 0)
)

// The faults of extensions that the receiver does not implement. The sender broke
// nothing.
var (
	// ErrNotImplemented: what is unknown and not skippable has the message
	// silently discarded by everybody.
	ErrNotImplemented = code.NewFault("an extension of a non-skippable type that the receiver does not implement", "RFC 5944 §1.8", code.Unclear,
		code.ToDiscard, code.ToDiscard, code.ToDiscard)
	// ErrAstray: types 139, as RFC 4433 drew it, and 154 have the long form although
	// their numbers are those of skippable extensions. Who skips them goes on inside of
	// them, where 4 is the next type, which nobody knows.
	ErrAstray = code.NewFault("a receiver that does not implement the extension skips it by the Length of the short form, and loses its way", "RFC 5944 §1.8, §1.10, RFC 4433 §3.4, RFC 7629 §4.1, §4.2", code.Unclear,
		code.ToDiscard, code.ToDiscard, code.ToDiscard)
	// ErrVendorFromMobile: the mobile node's Critical Vendor/Organization
	// Specific extension is denied.
	ErrVendorFromMobile = code.NewFault("unknown contents of the mobile node's Critical Vendor/Organization Specific extension", "RFC 3115 §2.3, §2.4", code.Unclear,
		code.ToReject|code.Act(code.HAUnknownVendorFromMobileNode), code.ToReject|code.Act(code.FAUnknownVendorFromMobileNode), 0)
	// ErrVendorFromForeign: behind the mobile node's last authenticator the
	// foreign agent wrote it.
	ErrVendorFromForeign = code.NewFault("unknown contents of the foreign agent's Critical Vendor/Organization Specific extension", "RFC 3115 §2.3, §2.4", code.Unclear,
		code.ToReject|code.Act(code.HAUnknownVendorFromForeignAgent), 0, 0)
	// ErrVendorInReply: a foreign agent rejects towards the mobile node, which
	// takes the reply for a rejection.
	ErrVendorInReply = code.NewFault("unknown contents of a Critical Vendor/Organization Specific extension in a reply", "RFC 3115 §2.3, §2.4", code.Unclear,
		0, code.ToReject|code.Act(code.FAUnknownVendorFromHomeAgent), code.ToRefuse)
)

// The faults of replies.
var (
	// ErrForeignCodeFromHome: 64-127 are the foreign agent's codes, but that 110
	// and 111 are a gateway foreign agent's, which stands where a home agent does.
	ErrForeignCodeFromHome = code.NewFault("the home agent sends a Code of the foreign agent's", "RFC 5944 §3.4, §6.4", code.Must, 0, ignore, refuse)
	// ErrProxyCode65: RFC 5563 §8.1 has a home agent deny a proxy with the foreign
	// agent's Code of these words.
	ErrProxyCode65 = code.NewFault("the home agent denies a proxy with Code 65, which is the foreign agent's", "RFC 5563 §8.1, RFC 5944 §3.4", code.Unclear, 0, 0, 0)
	// ErrReplyNoMobileHome: mobile nodes MUST silently discard what a home
	// agent said without it.
	ErrReplyNoMobileHome = code.NewFault("the home agent's reply without Mobile-Home Authentication", "RFC 5944 §3.6.2.1, §3.8.3.3", code.Must, 0, ignore, code.ToDiscard)
	// ErrReplySecondMobileHome: exactly one; mobile nodes MUST silently discard.
	ErrReplySecondMobileHome = code.NewFault("more than one Mobile-Home Authentication in a reply", "RFC 5944 §3.6.2.1", code.Must, 0, ignore, code.ToDiscard)
	// ErrReplyMNAAA: MN-AAA is the mobile node's.
	ErrReplyMNAAA = code.NewFault("Mobile-AAA Authentication in a reply", "RFC 4721 §6", code.Must, 0, ignore, ignore)
	// ErrReplyOrder: what a reply's Mobile-Home protects precedes Mobile-Foreign
	// and Foreign-Home.
	ErrReplyOrder = code.NewFault("Mobile-Home Authentication stands behind the last authentication of the leg", "RFC 5944 §3.7.3.2, §3.8.3.3", code.Must, 0, discard, discard)
	// ErrChallengeBehindForeign: the foreign agent's next challenge SHOULD be
	// protected.
	ErrChallengeBehindForeign = code.NewFault("the foreign agent's Challenge stands behind Mobile-Foreign Authentication", "RFC 4721 §3.3", code.Should, 0, 0, 0)
	// ErrTwoChallenges: the foreign agent MUST delete the home agent's before it adds
	// its own.
	ErrTwoChallenges = code.NewFault("more than one Mobile-Foreign Challenge in a foreign agent's reply", "RFC 4721 §3.3", code.Must, 0, 0, ignore)
	// ErrFAErrorAlone: FA Error is appended to a reply of the home agent's; a
	// foreign agent's own denial has a Code.
	ErrFAErrorAlone = code.NewFault("FA Error in a reply that the foreign agent wrote", "RFC 4636 §4, RFC 4721 §3.3", code.Unclear, 0, 0, refuse)
	// ErrKeyReplyForeign: the new key is proved by Mobile-Foreign, which a reply
	// without foreign agent cannot have.
	ErrKeyReplyForeign = code.NewFault("no Mobile-Foreign Authentication follows the MN-FA key generation nonce", "RFC 3957 §3, §6.2", code.Must, 0, 0, ignore)
	// ErrKeyReplyHome: the new key is proved by Mobile-Home.
	ErrKeyReplyHome = code.NewFault("no Mobile-Home Authentication follows the MN-HA key generation nonce", "RFC 3957 §3, §6.4", code.Must, 0, ignore, code.ToDiscard)
	// ErrRedirectMissing: Code 143 says where to go.
	ErrRedirectMissing = code.NewFault("Code 143 without a Redirected HA", "RFC 4433 §3.4.2", code.Must, 0, ignore, refuse)
	// ErrRedirectCode: the text has the extension with Code 143; what it means
	// elsewhere is unspecified. A Code that an old foreign agent overwrote
	// cannot be told.
	ErrRedirectCode = code.NewFault("Redirected HA without Code 143", "RFC 4433 §3.4.2", code.Unclear, 0, ignore, ignore)
)

// The faults of dual stack. The extensions are skippable and the texts name no
// reaction, so this library recommends to ignore them.
var (
	// ErrSecondTunnelingMode: exactly one, under either profile.
	ErrSecondTunnelingMode = code.NewFault("more than one IPv6 Tunneling Mode", "draft-ietf-mip4-dsmipv4-06 §4.1, §4.5, RFC 5454 §3.1", code.Must, ignore, ignore, 0)
	// ErrTunnelingModeCareOf: a mobile node's Tunneling Mode goes with a
	// co-located care-of address. One message cannot tell whether it is that
	// or the D flag, which only SHOULD be set, that is missing.
	ErrTunnelingModeCareOf = code.NewFault("the mobile node's IPv6 Tunneling Mode without the D flag", "draft-ietf-mip4-dsmipv4-06 §4.1, §4.5, RFC 5454 §3.1, §3.5", code.Should, ignore, ignore, 0)
	// ErrTunnelingModeForeign: RFC 5454 has removed the foreign agent's, and does not
	// speak of one.
	ErrTunnelingModeForeign = code.NewFault("the foreign agent's IPv6 Tunneling Mode", "RFC 5454 §3.1, §3.4", code.Unclear, ignore, 0, 0)
	// ErrTunnelingModeCoLocated: under the draft the foreign agent adds it for
	// its own care-of address, and nothing is said of the mobile node's.
	ErrTunnelingModeCoLocated = code.NewFault("the foreign agent's IPv6 Tunneling Mode with the D flag", "draft-ietf-mip4-dsmipv4-06 §4.1", code.Unclear, ignore, 0, 0)
	// ErrTunnelingModeRegistered: a foreign agent that advertises R MUST NOT
	// add it for a co-located mobile node.
	ErrTunnelingModeRegistered = code.NewFault("the foreign agent that requires registration adds IPv6 Tunneling Mode for a co-located mobile node", "draft-ietf-mip4-dsmipv4-06 §4.4", code.Must, ignore, 0, 0)
	// ErrLinkLocalLength: the draft knows no Prefix Length above 128.
	ErrLinkLocalLength = code.NewFault("Prefix Length 255", "draft-ietf-mip4-dsmipv4-06 §3.1, §3.2", code.Must, ignore, ignore, ignore)
	// ErrZeroPrefix: the draft's request for any prefix (§4.6.1) is gone from
	// RFC 5454, which has DHCPv6 for that, and no other meaning is given to it.
	ErrZeroPrefix = code.NewFault("a zero prefix is requested", "RFC 5454 §3.7, §3.7.1", code.Must, ignore, ignore, 0)
	// ErrInterfaceIdentifier: the draft's request for an address with a given
	// interface identifier (§4.6.1) is gone from RFC 5454, too.
	ErrInterfaceIdentifier = code.NewFault("an address is requested by its interface identifier", "RFC 5454 §3.7, §3.7.1", code.Must, ignore, ignore, 0)
	// ErrIdentifierLength: an interface identifier has Prefix Length 128.
	ErrIdentifierLength = code.NewFault("an interface identifier is given, but the Prefix Length is not 128", "draft-ietf-mip4-dsmipv4-06 §4.6.1", code.Must, ignore, ignore, 0)
	// ErrHostBits: RFC 5454 has them sent as zero, and ignored on receipt; the
	// draft says nothing.
	ErrHostBits = code.NewFault("bits beyond the prefix length are set", "RFC 5454 §2.1, §2.2", code.Must, code.ToIgnore, 0, code.ToIgnore)
	// ErrSecondPrefixReply: one prefix is answered once.
	ErrSecondPrefixReply = code.NewFault("more than one IPv6 Prefix Reply for a prefix", "draft-ietf-mip4-dsmipv4-06 §4.3, RFC 5454 §3.3", code.Must, 0, ignore, ignore)
	// ErrPrefixUnasked: every reply names the prefix of a request, but where the
	// draft has the home agent choose one (§4.6.1).
	ErrPrefixUnasked = code.NewFault("an IPv6 Prefix Reply for a prefix that was not requested", "draft-ietf-mip4-dsmipv4-06 §4.3, §4.5, RFC 5454 §3.3, §3.5", code.Must, 0, 0, ignore)
	// ErrTunnelEncapsulation: with a private care-of address RFC 5454 has the
	// Encapsulation of the mobile node's UDP Tunnel Request be zero.
	ErrTunnelEncapsulation = code.NewFault("the UDP Tunnel Request of a dual-stack node with a private care-of address asks for an encapsulation", "RFC 5454 §3.9", code.Must, ignore, ignore, 0)
)
