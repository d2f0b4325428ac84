package mipv4

import (
	"encoding/binary"
	"iter"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// Edition is the text that a message is judged by where the editions of
// Mobile IPv4 differ.
type Edition uint8

// The editions.
const (
	RFC5944 Edition = iota
	RFC3344
)

// String returns "RFC 5944" or "RFC 3344".
func (e Edition) String() string {
	switch e {
	case RFC5944:
		return "RFC 5944"
	case RFC3344:
		return "RFC 3344"
	}
	return "edition " + strconv.Itoa(int(e))
}

// Knowledge is what is known of a mobility security association.
type Knowledge uint8

// The states of knowledge.
const (
	Unknown Knowledge = iota // whether there is one is not judged
	Shared                   // both ends share an association
	None                     // they share none
)

// String returns "unknown", "shared" or "none".
func (k Knowledge) String() string {
	switch k {
	case Unknown:
		return "unknown"
	case Shared:
		return "shared"
	case None:
		return "none"
	}
	return "knowledge " + strconv.Itoa(int(k))
}

// Situation is what judging a message takes besides the message. What it does
// not tell is not judged.
//
// The rules are those of RFC 5944 §3.6.1.3, §3.7.2.2, §3.7.3.2 and §3.8.3.3 and
// of the RFCs that define extensions: what may stand where, how often, and what
// must be there. Whether an authenticator is good is for [ext.SecurityContext],
// whether a body fits its layout for [ext.Raw.Check].
type Situation struct {
	Leg     code.Leg // of the message; on AnyLeg nothing is judged
	Edition Edition
	// MobileForeign and ForeignHome are the associations between mobile node
	// and foreign agent, and between foreign agent and home agent.
	MobileForeign, ForeignHome Knowledge
	// RegistrationRequired is the R flag of the foreign agent's advertisement.
	RegistrationRequired bool
	// Implements reports whether the receiver implements a kind of extension;
	// nil stands for all. One that it does not implement is unknown to it:
	// skipped, or a fault when its type is not skippable (RFC 5944 §1.8).
	Implements func(ext.Kind) bool
	// ImplementsVendor is the same for what a Critical Vendor/Organization
	// Specific extension, type 38, contains (RFC 3115 §2.3): the vendor's SMI
	// number and its type. nil stands for all.
	ImplementsVendor func(vendor uint32, vendorType uint16) bool
}

// unknown reports whether the receiver does not know an extension, and the fault
// when it may not skip it. own is the fault of unknown vendor contents.
func (s *Situation) unknown(x ext.Raw, own *code.Fault) (*code.Fault, bool) {
	if s.Implements != nil && !s.Implements(x.Kind()) {
		if x.Type().Skippable() {
			return nil, true
		}
		return ErrNotImplemented, true
	}
	// Vendor/Org-ID, Vendor-CVSE-Type (RFC 3115 §2.1).
	if b := x.Body(); s.ImplementsVendor != nil && x.Kind() == ext.KindCVSE && len(b) >= 6 &&
		!s.ImplementsVendor(binary.BigEndian.Uint32(b), binary.BigEndian.Uint16(b[4:])) {
		return own, true
	}
	return nil, false
}

// CheckRequest returns the first of RequestFaults, nil when there is none.
func (s Situation) CheckRequest(r *Request) error {
	var first *code.Fault
	s.requestFaults(r, func(_ int, f *code.Fault) bool {
		first = f
		return false
	})
	if first == nil {
		return nil
	}
	return first
}

// RequestFaults iterates over everything that is wrong with a request on its
// way along the leg: the offset and the fault, first those of the fixed part,
// then by offset, then, at the end of the message, what is missing. Ranged over
// in place it allocates nothing; handed on, it is itself on the heap.
func (s Situation) RequestFaults(r *Request) iter.Seq2[int, *code.Fault] {
	return func(yield func(int, *code.Fault) bool) { s.requestFaults(r, yield) }
}

// CheckReply returns the first of ReplyFaults, nil when there is none.
func (s Situation) CheckReply(r *Reply, asked *Request) error {
	var first *code.Fault
	s.replyFaults(r, asked, func(_ int, f *code.Fault) bool {
		first = f
		return false
	})
	if first == nil {
		return nil
	}
	return first
}

// ReplyFaults iterates over everything that is wrong with a reply on its way
// along the leg, in the order of RequestFaults. asked is the request that it
// answers; nil when that is not known, and then nothing is compared with it. Of one
// that was not parsed, only what is set is compared.
// Allocation is as with RequestFaults.
func (s Situation) ReplyFaults(r *Reply, asked *Request) iter.Seq2[int, *code.Fault] {
	return func(yield func(int, *code.Fault) bool) { s.replyFaults(r, asked, yield) }
}
