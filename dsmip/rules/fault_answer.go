package rules

import "github.com/go-mobileip/dsmipv4/code"

// The faults of a reply that only its request shows, beside
// mipv4.ErrOtherIdentification, mipv4.ErrOtherHomeAddress, dsmip.ErrTunnelUnasked,
// dsmip.ErrOtherLength and dsmip.ErrNothingAssigned.
var (
	// ErrOtherHomeAgent: a home agent copies its unicast address, and denies where
	// another was named; a foreign agent that denies copies what was named.
	ErrOtherHomeAgent = code.NewFault("the reply's Home Agent is not that of the request", "RFC 5944 §3.7.2.3, §3.8.3.2", code.Must, 0, discard, discard)
	// ErrUnknownHomeAgentCopied: who does not know the address gives its own. It may be
	// the same where the request was denied for having been broadcast.
	ErrUnknownHomeAgentCopied = code.NewFault("Code 136 with the Home Agent that is unknown", "RFC 5944 §3.8.2.1, §3.8.3.2", code.Unclear, 0, 0, 0)
	// ErrAssignedHA: the home agent that was asked for is the one that is assigned.
	ErrAssignedHA = code.NewFault("the assigned Home Agent is not the Requested HA", "RFC 4433 §5.1.1, §5.1.2", code.Must, 0, ignore, ignore)
	// ErrRedirectUnasked: only who left the choice is sent elsewhere.
	ErrRedirectUnasked = code.NewFault("Code 143 although the request names its Home Agent", "RFC 4433 §4.2, §5.3", code.Must, 0, ignore, refuse)
	// ErrLongerLifetime: the mobile node uses what it asked for.
	ErrLongerLifetime = code.NewFault("a longer Lifetime is granted than was asked for", "RFC 5944 §3.4, §3.8.3.2", code.Must, 0, code.ToIgnore, code.ToIgnore)
	// ErrDenialIdentification: a foreign agent that denies has nothing to put in its
	// place.
	ErrDenialIdentification = code.NewFault("the foreign agent's denial does not copy the Identification", "RFC 5944 §3.7.2.3", code.Must, 0, 0, discard)
	// ErrDenialLifetime: it is copied, too, though nobody reads it.
	ErrDenialLifetime = code.NewFault("the foreign agent's denial does not copy the Lifetime", "RFC 5944 §3.7.2.3", code.Should, 0, 0, 0)
	// ErrDenialTooLong: with Code 69 it is the longest that the foreign agent grants.
	ErrDenialTooLong = code.NewFault("Code 69 with a Lifetime that is not shorter than the one that is too long", "RFC 5944 §3.6.2.3, §3.7.2.3", code.Must, 0, 0, ignore)
	// ErrTunnelMandatory: the T flag was set.
	ErrTunnelMandatory = code.NewFault("the T flag is said to be missing, but it was set", "RFC 3024 §3.4", code.Must, 0, 0, 0)
	// ErrNAIMissing: the home agent returns the NAI of a request. The foreign agent that
	// misses it denies.
	ErrNAIMissing = code.NewFault("the reply lacks the request's Mobile Node NAI", "RFC 2794 §3", code.Must,
		0, code.ToReject|code.ShouldAnswer|code.Act(code.FAMissingNAI), ignore)
	// ErrOtherNAI: what is returned is the mobile node's name. The foreign agent that misses
	// that denies, and the mobile node is not the one that the reply names.
	ErrOtherNAI = code.NewFault("the Mobile Node NAI is not that of the request", "RFC 2794 §3", code.Must,
		0, code.ToReject|code.ShouldAnswer|code.Act(code.FAMissingNAI), discard)
	// ErrChallengeChanged: the home agent returns the challenge that it got.
	ErrChallengeChanged = code.NewFault("the home agent's Challenge is not that of the request", "RFC 4721 §3.3, §3.4", code.Must,
		0, code.ToReject|code.AppendFAError|code.Act(code.FAWrongHomeAgentChallenge), 0)
	// ErrChallengeUsed: what the foreign agent adds to what it relays is for the next request,
	// and the home agent's, which no authorization covers, is not relayed. In a denial of its
	// own the challenge may be unused still: only a request that passed all checks used it.
	ErrChallengeUsed = code.NewFault("the foreign agent's Challenge is the one that the request answers", "RFC 4721 §1.1, §3.3, RFC 5944 §3.7.3.2", code.Must, 0, 0, ignore)
	// ErrKeyReplyMissing: without the key that was asked for the mobile node cannot go on,
	// and discards.
	ErrKeyReplyMissing = code.NewFault("the reply lacks the MN-HA key generation nonce that was asked for", "RFC 3957 §3, §6.4", code.Must, 0, 0, code.ToDiscard)
	// ErrTunnelReplyUnasked: it answers a UDP Tunnel Request.
	ErrTunnelReplyUnasked = code.NewFault("UDP Tunnel Reply without a UDP Tunnel Request", "RFC 3519 §3.2, §4.6", code.Must, 0, ignore, ignore)
	// ErrTunnelReplyForced: F answers F.
	ErrTunnelReplyForced = code.NewFault("the UDP Tunnel Reply has the F flag, which was not asked for", "RFC 3519 §3.2", code.Must, 0, ignore, ignore)
	// ErrTunnelReplyZone: before Mobile-Home stands what is for the mobile node, behind it
	// what is only for the foreign agent.
	ErrTunnelReplyZone = code.NewFault("the UDP Tunnel Reply stands where it is not for the one who asked", "RFC 5944 §3.8.3.3", code.Must, 0, ignore, ignore)
	// ErrGREKeyUnasked: it answers the foreign agent's.
	ErrGREKeyUnasked = code.NewFault("GRE Key without the foreign agent's", "RFC 6245 §4.2", code.Must, 0, ignore, 0)
	// ErrGREKeyMissing: who accepts the request has a key for the registration.
	ErrGREKeyMissing = code.NewFault("the acceptance lacks the GRE Key that was asked for", "RFC 6245 §4.2", code.Must, 0, ignore, 0)
	// ErrRevocationUnasked: RFC 3543 §3.2 has it as a SHOULD NOT.
	ErrRevocationUnasked = code.NewFault("Revocation Support without the request's", "RFC 3543 §3.2", code.Should, 0, 0, 0)
	// ErrRevocationInform: the I flag answers the I flag.
	ErrRevocationInform = code.NewFault("the I flag of Revocation Support was not asked for", "RFC 3543 §3.2", code.Should, 0, 0, 0)
	// ErrServiceUnasked: the home agent returns a copy.
	ErrServiceUnasked = code.NewFault("the Service Selection is not a copy of the request's", "RFC 5446 §3", code.Must, 0, ignore, ignore)
	// ErrGatewayMissing: the mobile node learns its gateway by it, and has none without.
	ErrGatewayMissing = code.NewFault("the acceptance lacks the GFA IP Address of the gateway that was to be assigned", "RFC 4857 §7.1, §7.4, §9.1", code.Must, 0, ignore, discard)
	// ErrOtherGateway: the home agent returns the gateway's own.
	ErrOtherGateway = code.NewFault("the GFA IP Address is not that of the request", "RFC 4857 §9.1", code.Must, 0, ignore, 0)
	// ErrProxyMethodMissing: the home agent says how it authenticates the proxy.
	ErrProxyMethodMissing = code.NewFault("the reply lacks the PMIPv4 authentication method of the request", "RFC 5563 §5.1", code.Must, 0, ignore, 0)
	// ErrRouteOptimizationUnasked: it answers a capability.
	ErrRouteOptimizationUnasked = code.NewFault("Route Optimization Reply without a Route Optimization Capability", "RFC 6521 §5.2", code.Must, 0, 0, ignore)
	// ErrRouteOptimizationFlags: S is that of the capability, and the O that was set comes
	// back; the O of an earlier registration may, too.
	ErrRouteOptimizationFlags = code.NewFault("the O or S flag of the Route Optimization Reply is not that of the Route Optimization Capability", "RFC 6521 §5.1, §5.2", code.Must, 0, 0, ignore)
	// ErrRouteOptimizationMissing: who advertises prefixes has understood the capability,
	// and says so.
	ErrRouteOptimizationMissing = code.NewFault("Route Optimization Prefix Advertisement without a Route Optimization Reply", "RFC 6521 §3.1.1, §5.2, §5.5", code.Must, 0, 0, ignore)
	// ErrPrefixesUnasked: they answer the R flag of a capability, or the S flag.
	ErrPrefixesUnasked = code.NewFault("Route Optimization Prefix Advertisement that was not asked for", "RFC 6521 §5.1, §5.5", code.Must, 0, 0, ignore)
	// ErrImplicitAcknowledgement: what was asked for is acknowledged explicitly.
	ErrImplicitAcknowledgement = code.NewFault("a Mobile Network Request is acknowledged in implicit mode", "RFC 5177 §4.2, §6.3", code.Must, 0, 0, ignore)
	// ErrNetworkUnasked: in explicit mode the acknowledgements are those of the requests.
	ErrNetworkUnasked = code.NewFault("a mobile network prefix is acknowledged that was not requested", "RFC 5177 §4.2, §6.3", code.Must, 0, 0, ignore)
	// ErrMobileNetworkAckDeregisters: the home agent ignores the requests that these would
	// answer. But every reply that is no denial has one, by the letter.
	ErrMobileNetworkAckDeregisters = code.NewFault("Mobile Network Acknowledgement in the reply to a deregistration", "RFC 5177 §4.2, §6.6, §6.7", code.Unclear, 0, 0, ignore)
	// ErrPrefixUnanswered: a home agent that answers one prefix answers all. Who answers
	// none does not support the extensions. The mobile node takes the prefix as rejected.
	ErrPrefixUnanswered = code.NewFault("no IPv6 Prefix Reply answers an IPv6 Prefix Request, though others are answered", "draft-ietf-mip4-dsmipv4-06 §4.3, RFC 5454 §3.3", code.Should, 0, 0, 0)
)
