package agent

import "github.com/go-mobileip/dsmipv4/code"

const discard = code.ToDiscard | code.AsAdvised

// The faults of a caller who did not say what is needed. Nobody sent anything wrong, so
// no role has a reaction, and nothing is answered.
var (
	// ErrReceiver: the Receiver has no Associations, an agent's no Addresses in its
	// Situation.Receiver, or a home agent's no Replay.
	ErrReceiver = code.NewFault("the receiver was not told its associations, its addresses or its replay protection", "RFC 5944 §3.6, §3.7.1, §3.8.1, §5.7", code.Caller, 0, 0, 0)
	// ErrArrival: the addresses are not those of a datagram of IPv4, or one is missing;
	// or the TTL is missing although it matters, which it does to a foreign agent when
	// flag T is set.
	ErrArrival = code.NewFault("the receiver was not told where the datagram came from and went to, over IPv4, and with what TTL", "RFC 5944 §3.6.1.1, §3.7.2.2, RFC 3024 §4.2.1", code.Caller, 0, 0, 0)
	// ErrLegUntold: the addresses do not tell on which leg the message came. Give it in
	// [Arrival.Leg] and ask again: the Registration that comes with this error has the
	// parsed Request.
	ErrLegUntold = code.NewFault("the leg cannot be told from the addresses", "RFC 5944 §3.6.1.1, §3.7.2.2, RFC 3519 §4.6, §4.11", code.Caller, 0, 0, 0)
	// ErrReplayUntold: a home agent's Replay returned none, or one without a style; or
	// nonces are used and Nonce is missing; or timestamps and the time of arrival is.
	ErrReplayUntold = code.NewFault("the home agent was not told how the mobile node's registrations are protected against replay", "RFC 5944 §3.8.2.1, §5.7", code.Caller, 0, 0, 0)
	// ErrAsked: a reply is judged with the request that it answers.
	ErrAsked = code.NewFault("the request that the reply answers was not given", "RFC 5944 §3.6.2.1, §3.7.3.1", code.Caller, 0, 0, 0)
)

// ErrSourceAddress: no host has such an address, and what is sent there by way of answer may
// reach many, or the receiver itself.
var ErrSourceAddress = code.NewFault("the source address is a multicast, broadcast or loopback address", "RFC 1122 §3.2.1.3", code.Must, code.ToDiscard, code.ToDiscard, code.ToDiscard)

// ErrManyAuthorizations: a home agent verifies all that are there, and each protects all
// before it, so that an unlimited number would cost time without limit.
var ErrManyAuthorizations = code.NewFault("more than four authorization-enabling extensions", "RFC 5944 §3.8.2.1", code.Unclear, discard, 0, 0)

// What is not written.
var (
	// ErrRefused: what Request or Reply refused is answered with Refuse.
	ErrRefused = code.NewFault("the message was refused", "RFC 5944 §3.7.2, §3.8.2, §3.7.3.1", code.Caller, 0, 0, 0)
	// ErrReplyCode: a home agent accepts, or says 128 to 192. A foreign agent says by itself
	// what is neither a home agent's nor a gateway's: 64 to 127 but 110 and 111, and 194.
	// Grant only accepts.
	ErrReplyCode = code.NewFault("the Code is not one that this role sends", "RFC 5944 §3.4, §6.4", code.Caller, 0, 0, 0)
	// ErrUnsigned: there is no security context for an authentication extension that
	// the message must have.
	ErrUnsigned = code.NewFault("the message cannot be signed as it must be", "RFC 5944 §3.7.2.2, §3.7.3.2, §3.8.3.3", code.Caller, 0, 0, 0)
)
