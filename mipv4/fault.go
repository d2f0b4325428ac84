package mipv4

import "github.com/go-mobileip/dsmipv4/code"

const discard = code.ToDiscard | code.AsAdvised

// What is refused of the fixed part. The RFCs name no reaction; a message that
// cannot be read cannot be authenticated, so this library recommends to
// discard it.
var (
	// ErrRequestCut: a Registration Request has at least 24 bytes.
	ErrRequestCut = code.NewFault("Registration Request shorter than its fixed part of 24 bytes", "RFC 5944 §3.3", code.Must, discard, discard, discard)
	// ErrReplyCut: a Registration Reply has at least 20 bytes.
	ErrReplyCut = code.NewFault("Registration Reply shorter than its fixed part of 20 bytes", "RFC 5944 §3.4", code.Must, discard, discard, discard)
	// ErrNotRequest: the message is of another type.
	ErrNotRequest = code.NewFault("not a Registration Request: the type is not 1", "RFC 5944 §3.3", code.Caller, 0, 0, 0)
	// ErrNotReply: the message is of another type.
	ErrNotReply = code.NewFault("not a Registration Reply: the type is not 3", "RFC 5944 §3.4", code.Caller, 0, 0, 0)
	// ErrMessageType: what was given to the Parse of one of the other messages is
	// of another type.
	ErrMessageType = code.NewFault("the message is of another type", "RFC 5944 §6.1", code.Caller, 0, 0, 0)
	// ErrUnknownMessage: the registry has no message of the type. RFC 4064 §6 has
	// who does not understand an experimental message discard it; of others no text
	// speaks.
	ErrUnknownMessage = code.NewFault("a message of a type that no RFC defines", "RFC 5944 §6.1", code.Unclear, discard, discard, discard)
)

// What cannot be sent, or not be relayed.
var (
	// ErrReserved: a Reserved field has bits that the figure has no room for.
	ErrReserved = code.NewFault("Reserved has bits outside of the figure's reserved bits", "RFC 3543 §3.3, §3.4, RFC 4881 §4.5, §4.6, RFC 4988 §5.1, §5.2, RFC 6098 §4.1", code.Caller, 0, 0, 0)
	// ErrHomeAddress: the address is not IPv4; an unknown one is 0.0.0.0.
	ErrHomeAddress = code.NewFault("the Home Address is not an IPv4 address", "RFC 5944 §3.3, §3.4", code.Caller, 0, 0, 0)
	// ErrHomeAgent: the address is not IPv4; an unknown one is 0.0.0.0.
	ErrHomeAgent = code.NewFault("the Home Agent is not an IPv4 address", "RFC 5944 §3.3, §3.4", code.Caller, 0, 0, 0)
	// ErrCareOfAddress: the address is not IPv4; an unknown one is 0.0.0.0.
	ErrCareOfAddress = code.NewFault("the Care-of Address is not an IPv4 address", "RFC 5944 §3.3", code.Caller, 0, 0, 0)
	// ErrNotAuthorized: without an authorization-enabling extension nothing of
	// the message is the sender's to be relayed.
	ErrNotAuthorized = code.NewFault("nothing authorizes the message: no Mobile-Home or MN-AAA Authentication extension", "RFC 5944 §3.7.2.2, §3.7.3.2, §3.8.2.1", code.Unclear,
		code.ToDiscard, discard, discard)
	// ErrBehindForeign: what stands behind a Mobile-Foreign or Foreign-Home
	// authentication is not the mobile node's: those are the last extension of
	// their leg.
	ErrBehindForeign = code.NewFault("an authorization-enabling extension stands behind the Mobile-Foreign or Foreign-Home Authentication", "RFC 5944 §3.6.1.3, §3.7.2.2", code.Must,
		discard, discard, discard)
)
