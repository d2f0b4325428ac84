package ext

import "github.com/go-mobileip/dsmipv4/code"

// What cannot be walked. The RFCs name a reaction for an unknown type only; a
// message whose end cannot be trusted cannot be authenticated either, so this
// library recommends to discard it.
var (
	// ErrTooLong: no UDP payload is longer than 65,535 bytes.
	ErrTooLong = code.NewFault("message longer than 65,535 bytes", "RFC 5944 §3.1", discard, discard, discard)
	// ErrStart: the extension list is said to start outside the message.
	ErrStart = code.NewFault("the extension list starts outside the message", "RFC 5944 §1.8", discard, discard, discard)
	// ErrUnknownType: a type of 0-127 that no RFC defines. Every receiver MUST
	// silently discard the message, and nobody could say where its Length is.
	ErrUnknownType = code.NewFault("unknown extension of a non-skippable type", "RFC 5944 §1.8",
		code.ToDiscard, code.ToDiscard, code.ToDiscard)
	// ErrLoneByte: one byte is left, not a padding, and no Length with it.
	ErrLoneByte = code.NewFault("a trailing byte that is no padding has no Length", "RFC 5944 §1.9", discard, discard, discard)
	// ErrHeaderCut: the message ends inside a four-byte header.
	ErrHeaderCut = code.NewFault("the message ends inside an extension header of the long form", "RFC 5944 §1.10", discard, discard, discard)
	// ErrOverrun: a Length of one byte runs past the end of the message.
	ErrOverrun = code.NewFault("the extension's Length runs past the end of the message", "RFC 5944 §1.9", discard, discard, discard)
	// ErrLongOverrun: a Length of two bytes runs past the end of the message.
	ErrLongOverrun = code.NewFault("the extension's two-byte Length runs past the end of the message", "RFC 5944 §1.10", discard, discard, discard)
)

// What does not fit its layout although it can be walked.
var (
	// ErrNoSubType: a short form of Length 0 has no room for its Sub-Type.
	ErrNoSubType = code.NewFault("short-form extension of Length 0 has no Sub-Type", "RFC 5944 §1.11",
		poorRequestHA, poorRequestFA, poorReplyMN)
	// ErrKind: the extension given to a typed Parse is of another kind.
	ErrKind = code.NewFault("the extension is of another kind", "RFC 5944 §1.8", 0, 0, 0)
)

// What cannot be sent.
var (
	// ErrBodyTooLong: the body is longer than its header form can express.
	ErrBodyTooLong = code.NewFault("the body is longer than the extension's Length can express", "RFC 5944 §1.9", 0, 0, 0)
	// ErrBadSubType: the kind names a sub-type, but its form carries none.
	ErrBadSubType = code.NewFault("the extension's header form carries no Sub-Type", "RFC 5944 §1.9", 0, 0, 0)
	// ErrDynamicHA: type 139 has a long form although it is skippable, so
	// nothing but the figure of RFC 4433 is recognised as that.
	ErrDynamicHA = code.NewFault("a Dynamic HA extension has sub-type 1 or 2 and a body of four bytes", "RFC 4433 §3.4", 0, 0, 0)
)

// The reactions that this library recommends where the RFCs are silent: discard
// what cannot be walked, deny what does not fit its layout, ignore what stands
// where it must not.
const (
	discard = code.ToDiscard | code.AsAdvised
	ignore  = code.ToIgnore | code.AsAdvised

	poorRequestHA = code.ToReject | code.AdvisedAnswer | code.Reaction(code.HAPoorlyFormedRequest)
	poorRequestFA = code.ToReject | code.AdvisedAnswer | code.Reaction(code.FAPoorlyFormedRequest)
	poorReplyMN   = discard
)
