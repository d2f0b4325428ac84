package code

// IPv6Prefix is the Code of an IPv6 Prefix Reply extension
// (draft-ietf-mip4-dsmipv4-06 §3.2, RFC 5454 §2.2).
type IPv6Prefix uint8

// The codes. RFC 5454 keeps 0, 1, 8 and 9; 10 and 11 are the draft's alone,
// and under RFC 5454 rejections of a reserved kind.
const (
	PrefixAcceptedHomeAddress        IPv6Prefix = 0  // IPv6 is tunnelled to the home address
	PrefixAcceptedCareOfAddress      IPv6Prefix = 1  // IPv6 is tunnelled to the care-of address
	PrefixReasonUnspecified          IPv6Prefix = 8  // rejected
	PrefixAdministrativelyProhibited IPv6Prefix = 9  // rejected
	PrefixNotHomeSubnet              IPv6Prefix = 10 // rejected; draft-06 only
	PrefixDuplicateAddress           IPv6Prefix = 11 // rejected, Duplicate Address Detection failed; draft-06 only
)

// Accepted reports whether the prefix was registered: 0-7 (draft-06 §6,
// RFC 5454 §5).
func (c IPv6Prefix) Accepted() bool { return c <= 7 }

// InRFC5454 reports whether RFC 5454 §2.2 defines the code; draft-06 §3.2
// defines those and 10 and 11.
func (c IPv6Prefix) InRFC5454() bool {
	switch c {
	case PrefixAcceptedHomeAddress, PrefixAcceptedCareOfAddress, PrefixReasonUnspecified, PrefixAdministrativelyProhibited:
		return true
	}
	return false
}

// String returns the code's meaning in the words of the draft, and the bare
// number for one that it does not define.
func (c IPv6Prefix) String() string {
	switch c {
	case PrefixAcceptedHomeAddress:
		return "registration accepted, IPv6 to be tunneled to HoA"
	case PrefixAcceptedCareOfAddress:
		return "registration accepted, IPv6 to be tunneled to CoA"
	case PrefixReasonUnspecified:
		return "registration rejected, reason unspecified"
	case PrefixAdministrativelyProhibited:
		return "registration rejected, administratively prohibited"
	case PrefixNotHomeSubnet:
		return "registration rejected, not home subnet"
	case PrefixDuplicateAddress:
		return "registration rejected, Duplicate Address Detection failed"
	}
	return decimal(uint(c))
}
