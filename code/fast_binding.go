package code

// FastBinding is the Code of a Fast Binding Acknowledgment (RFC 4988 §5.2). Any
// number survives a round trip.
type FastBinding uint8

// The codes. NCoA is the new care-of address, which a New IPv4 Address option
// supplies with 1.
const (
	FastBindingAccepted              FastBinding = 0
	FastBindingNCoASupplied          FastBinding = 1
	FastBindingReasonUnspecified     FastBinding = 128
	FastBindingProhibited            FastBinding = 129
	FastBindingInsufficientResources FastBinding = 130
)

// Accepted reports whether the update was accepted: 0 and 1. RFC 4988 assigns no
// ranges; another number is no acceptance.
func (c FastBinding) Accepted() bool {
	return c == FastBindingAccepted || c == FastBindingNCoASupplied
}

// String returns the code's meaning in the words of RFC 4988 §5.2, and the bare
// number for one that it does not define.
func (c FastBinding) String() string {
	switch c {
	case FastBindingAccepted:
		return "FBU Accepted"
	case FastBindingNCoASupplied:
		return "FBU Accepted, NCoA supplied"
	case FastBindingReasonUnspecified:
		return "FBU Not Accepted, reason unspecified"
	case FastBindingProhibited:
		return "Administratively prohibited"
	case FastBindingInsufficientResources:
		return "Insufficient resources"
	}
	return decimal(uint(c))
}
