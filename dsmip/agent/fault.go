package agent

import "github.com/go-mobileip/dsmipv4/code"

const discard = code.ToDiscard | code.AsAdvised

// The faults of a caller who did not say what is needed. A receiver discards what it
// cannot judge.
var (
	// ErrReceiver: the Receiver has no Associations, no Addresses, or, as a home agent,
	// no Replay.
	ErrReceiver = code.NewFault("the receiver was not told its associations, its addresses or its replay protection", "RFC 5944 §3.7.1, §3.8.1", code.Caller, discard, discard, discard)
	// ErrArrival: the addresses are not those of a datagram of IPv4, or one is missing;
	// or the TTL is missing although it matters, which it does to a foreign agent when
	// flag T is set.
	ErrArrival = code.NewFault("the receiver was not told where the datagram came from and went to, over IPv4, and with what TTL", "RFC 5944 §3.6.1.1, §3.7.2.2, RFC 3024 §4.2.1", code.Caller, discard, discard, discard)
	// ErrLegUntold: the addresses do not tell on which leg the message came. Give it in
	// [Arrival.Leg] and ask again: the Registration that comes with this error has the
	// parsed Request.
	ErrLegUntold = code.NewFault("the leg cannot be told from the addresses", "RFC 5944 §3.6.1.1, §3.7.2.2, RFC 3519 §4.6, §4.11", code.Caller, discard, discard, discard)
	// ErrReplayUntold: a home agent's Replay returned none, or one without a style; or
	// nonces are used and Nonce is missing; or timestamps and the time of arrival is.
	ErrReplayUntold = code.NewFault("the home agent was not told how the mobile node's registrations are protected against replay", "RFC 5944 §3.8.2.1, §5.7", code.Caller, discard, 0, 0)
	// ErrAsked: a reply is judged with the request that it answers.
	ErrAsked = code.NewFault("the request that the reply answers was not given", "RFC 5944 §3.6.2.1, §3.7.3.1", code.Caller, 0, discard, discard)
)

// What a receiver refuses besides what the rule book says.
var (
	// ErrManyAuthorizations: all that are there are verified, and each protects all
	// before it, so an unlimited number would cost time without limit.
	ErrManyAuthorizations = code.NewFault("more than four authorization-enabling extensions", "RFC 5944 §3.8.2.1", code.Unclear, discard, discard, 0)
	// ErrBroadcast: the request was not sent to the home agent's unicast address. It
	// may be looking for one.
	ErrBroadcast = code.NewFault("the request was not sent to a unicast address of the home agent", "RFC 5944 §3.8.2.1", code.Unclear,
		code.ToReject|code.ShouldAnswer|code.Act(code.HAUnknownHomeAgentAddress), 0, 0)
	// ErrOtherHomeAgent: whose Home Agent is not this one would perhaps be registered
	// with two.
	ErrOtherHomeAgent = code.NewFault("the Home Agent is not a unicast address of this home agent", "RFC 5944 §3.8.3.2", code.Unclear,
		code.ToReject|code.Act(code.HAUnknownHomeAgentAddress), 0, 0)
	// ErrTooDistant: with flag T the TTL shows that the mobile node is on the link.
	ErrTooDistant = code.NewFault("reverse tunneling is requested, and the TTL is not 255", "RFC 3024 §4.1.1, §4.2.1", code.Must,
		0, code.ToReject|code.Act(code.FAMobileNodeTooDistant), 0)
	// ErrCareOfAddress: without flag D the care-of address is the foreign agent's.
	ErrCareOfAddress = code.NewFault("the care-of address is not offered by the foreign agent", "RFC 5944 §3.7.2.1", code.Must,
		0, code.ToReject|code.Act(code.FAInvalidCareOfAddress), 0)
	// ErrOwnHomeAgent: a foreign agent does not relay to itself.
	ErrOwnHomeAgent = code.NewFault("the Home Agent is the foreign agent itself", "RFC 5944 §3.7.2, erratum 3116", code.Unclear,
		0, code.ToReject|code.Act(code.FAInvalidHomeAgentAddress), 0)
	// ErrLifetime: a foreign agent cannot reduce what the mobile node has signed.
	ErrLifetime = code.NewFault("the requested Lifetime is longer than the foreign agent accepts", "RFC 5944 §3.7.2.3", code.Unclear,
		0, code.ToReject|code.ShouldAnswer|code.Act(code.FALifetimeTooLong), 0)
)

// What is not written.
var (
	// ErrRefused: what Request or Reply refused is answered with Refuse.
	ErrRefused = code.NewFault("the message was refused", "RFC 5944 §3.7.2, §3.8.2, §3.7.3.1", code.Caller, 0, 0, 0)
	// ErrReplyCode: a home agent says 0 to 8 and 128 to 192, a foreign agent by itself
	// 64 to 127.
	ErrReplyCode = code.NewFault("the Code is not one that this role sends", "RFC 5944 §3.4, §6.4", code.Caller, 0, 0, 0)
	// ErrUnsigned: there is no security context for an authentication extension that
	// the message must have.
	ErrUnsigned = code.NewFault("the message cannot be signed as it must be", "RFC 5944 §3.7.2.2, §3.7.3.2, §3.8.3.3", code.Caller, 0, 0, 0)
	// ErrNoHomeAddress: who asked for a home address and is accepted has got one.
	ErrNoHomeAddress = code.NewFault("no home address was assigned to a mobile node that is accepted", "RFC 5944 §3.8.1, §3.8.3.2", code.Caller, 0, 0, 0)
)
