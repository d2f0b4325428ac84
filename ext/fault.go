package ext

import "github.com/go-mobileip/dsmipv4/code"

// What cannot be walked. The RFCs name a reaction for an unknown type only; a
// message whose end cannot be trusted cannot be authenticated either, so this
// library recommends to discard it.
var (
	// ErrTooLong: a message to read or to write is longer than [MaxMessage].
	ErrTooLong = code.NewFault("message longer than 65,535 bytes", "RFC 5944 §3.1", code.Caller, 0, 0, 0)
	// ErrStart: the extension list is said to start outside the message.
	ErrStart = code.NewFault("the extension list starts outside the message", "RFC 5944 §1.8", code.Caller, 0, 0, 0)
	// ErrUnknownType: a type of 0-127 that no RFC defines. Every receiver MUST
	// silently discard the message, and nobody could say where its Length is.
	ErrUnknownType = code.NewFault("unknown extension of a non-skippable type", "RFC 5944 §1.8", code.Unclear,
		code.ToDiscard, code.ToDiscard, code.ToDiscard)
	// ErrLoneByte: one byte is left, not a padding, and no Length with it.
	ErrLoneByte = code.NewFault("a trailing byte that is no padding has no Length", "RFC 5944 §1.9", code.Must, discard, discard, discard)
	// ErrHeaderCut: the message ends inside a four-byte header.
	ErrHeaderCut = code.NewFault("the message ends inside an extension header of the long form", "RFC 5944 §1.10", code.Must, discard, discard, discard)
	// ErrOverrun: a Length of one byte runs past the end of the message.
	ErrOverrun = code.NewFault("the extension's Length runs past the end of the message", "RFC 5944 §1.9", code.Must, discard, discard, discard)
	// ErrLongOverrun: a Length of two bytes runs past the end of the message.
	ErrLongOverrun = code.NewFault("the extension's two-byte Length runs past the end of the message", "RFC 5944 §1.10", code.Must, discard, discard, discard)
)

// What does not fit its layout although it can be walked.
var (
	// ErrNoSubType: a short form of Length 0 has no room for its Sub-Type.
	ErrNoSubType = code.NewFault("short-form extension of Length 0 has no Sub-Type", "RFC 5944 §1.11", code.Must,
		poorRequestHA, poorRequestFA, poorReplyMN)
	// ErrKind: the extension given to a typed Parse is of another kind.
	ErrKind = code.NewFault("the extension is of another kind", "RFC 5944 §1.8", code.Caller, 0, 0, 0)
)

// What cannot be sent.
var (
	// ErrBodyTooLong: the body is longer than its header form can express.
	ErrBodyTooLong = code.NewFault("the body is longer than the extension's Length can express", "RFC 5944 §1.9", code.Caller, 0, 0, 0)
	// ErrBadSubType: the kind names a sub-type, but its form carries none; or the
	// form carries one, and the kind is that of an extension too short for it.
	ErrBadSubType = code.NewFault("the kind's Sub-Type does not fit the extension's header form", "RFC 5944 §1.9-1.11", code.Caller, 0, 0, 0)
	// ErrDynamicHA: what begins like the long form of type 139 is read as that.
	ErrDynamicHA = code.NewFault("a Dynamic HA extension of sub-type 0 with one byte could be read as the long form", "RFC 4433 §3.4, erratum 898", code.Caller, 0, 0, 0)
)

// The reactions that this library recommends where the RFCs are silent: discard
// what cannot be walked, deny what does not fit its layout, ignore what stands
// where it must not.
const (
	discard = code.ToDiscard | code.AsAdvised
	ignore  = code.ToIgnore | code.AsAdvised

	poorRequestHA = code.ToReject | code.AdvisedAnswer | code.Act(code.HAPoorlyFormedRequest)
	poorRequestFA = code.ToReject | code.AdvisedAnswer | code.Act(code.FAPoorlyFormedRequest)
	poorReplyMN   = discard
)
