package code

// Handoff is the Code of a Handoff Reply (RFC 4881 §4.6, §10.3). Any number
// survives a round trip.
type Handoff uint8

// The codes; 2 to 255 are unallocated.
const (
	HandoffSuccessful     Handoff = 0
	HandoffGenericFailure Handoff = 1
)

// Accepted reports whether the handoff can be performed: 0.
func (c Handoff) Accepted() bool { return c == HandoffSuccessful }

// String returns the code's meaning in the words of RFC 4881 §10.3, and the bare
// number for one that is not allocated.
func (c Handoff) String() string {
	switch c {
	case HandoffSuccessful:
		return "Successful Handoff"
	case HandoffGenericFailure:
		return "Generic Handoff Failure"
	}
	return decimal(uint(c))
}
