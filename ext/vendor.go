package ext

import (
	"bytes"
	"encoding/binary"

	"github.com/go-mobileip/dsmipv4/code"
)

// VendorExtension is a Vendor/Organization Specific extension: the critical one, CVSE (type
// 38; RFC 3115 §2.1), which a receiver must understand, or the normal one, NVSE (type 134;
// RFC 3115 §2.2), which it skips. The numbers of RFC 3025, 37 and 133, are read as well.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Reserved    |            Length             |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                        Vendor/Org-ID                          |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|          Vendor-CVSE-Type     |    Vendor-CVSE-Value ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// The Reserved byte of a CVSE is not counted by its Length, although the text can be read
// otherwise: RFC 4784 §9 has it from the editor of RFC 3115, and shows Lengths.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |               Reserved        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                             Vendor/Org-ID                     |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|    Vendor-NVSE-Type           | Vendor-NVSE-Value ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// The parts of known vendors have types of their own: [MIPKeyRequest] and others of RFC
// 4784, [HostConfigurationRequest] and others of RFC 4332, [PPPLinkIndicator] and
// [DNSServer3GPP2] of 3GPP2.
type VendorExtension struct {
	Critical bool   // CVSE rather than NVSE
	Vendor   uint32 `json:"vendorOrgID"` // Vendor/Org-ID: the SMI Private Enterprise Code, 24 bits
	Type     uint16 `json:"vendorType"`  // Vendor-CVSE-Type or Vendor-NVSE-Type, numbered by the vendor
	// Value is what the vendor has for the type. One that was parsed aliases the message.
	Value []byte `json:"vendorValue"`
}

var (
	// ErrVendorOctet: the high-order octet of the Vendor/Org-ID is 0.
	ErrVendorOctet = code.NewFault("the high-order octet of the Vendor/Org-ID is not zero", "RFC 3115 §2.1, §2.2", code.Must, poorRequestHA, poorRequestFA, poorReplyMN)
	// ErrVendor: the number to send has more than 24 bits.
	ErrVendor = code.NewFault("the Vendor/Org-ID has more than 24 bits", "RFC 3115 §2.1, §2.2", code.Caller, 0, 0, 0)
	// ErrVendorKind: the vendor extension given to a typed Parse holds something else.
	ErrVendorKind = code.NewFault("the vendor extension holds something else", "RFC 3115 §2.1, §2.2", code.Caller, 0, 0, 0)
)

// ParseVendorExtension reads an extension of type 38, 134, 37 or 133; its reserved field is
// ignored. The error is [ErrKind] for another kind, the row's BadLength for a Length below
// 6 (38, 37) or 8 (134, 133), and [ErrVendorOctet].
func ParseVendorExtension(x Raw) (VendorExtension, error) {
	k := x.Kind()
	switch k {
	case KindCVSE, KindLegacyCVSE, KindNVSE, KindLegacyNVSE:
	default:
		return VendorExtension{}, ErrKind
	}
	b, err := x.bodyOf(k)
	if err != nil {
		return VendorExtension{}, err
	}
	v := VendorExtension{Critical: k == KindCVSE || k == KindLegacyCVSE}
	if !v.Critical {
		b = b[2:]
	}
	if b[0] != 0 {
		return VendorExtension{}, ErrVendorOctet
	}
	v.Vendor, v.Type, v.Value = binary.BigEndian.Uint32(b), binary.BigEndian.Uint16(b[4:]), b[6:]
	return v, nil
}

// AppendBinary appends the extension as type 38 or 134, its reserved field zero. The error
// is [ErrVendor] or [ErrBodyTooLong], and b is returned unchanged with it.
func (v VendorExtension) AppendBinary(b []byte) ([]byte, error) { return v.append(b) }

// append appends the extension, with a foot behind its value that belongs to it.
func (v VendorExtension) append(b []byte, foot ...byte) ([]byte, error) {
	if v.Vendor > 0xffffff {
		return b, ErrVendor
	}
	head := [8]byte{2: 0, byte(v.Vendor >> 16), byte(v.Vendor >> 8), byte(v.Vendor), byte(v.Type >> 8), byte(v.Type)}
	if v.Critical {
		return appendParts(b, KindCVSE, head[2:], v.Value, foot...)
	}
	return appendParts(b, KindNVSE, head[:], v.Value, foot...)
}

// Equal reports whether both are the same.
func (v VendorExtension) Equal(o VendorExtension) bool {
	return v.Critical == o.Critical && v.Vendor == o.Vendor && v.Type == o.Type && bytes.Equal(v.Value, o.Value)
}

// String returns the name, the numbers, and the beginning of the value as hex.
func (v VendorExtension) String() string {
	k := KindNVSE
	if v.Critical {
		k = KindCVSE
	}
	return k.String() + " vendor " + number(v.Vendor) + " type " + number(v.Type) + " value " + hexed(v.Value)
}

// is reports whether the extension is the vendor's of that type.
func (v VendorExtension) is(critical bool, vendor uint32, t uint16) bool {
	return v.Critical == critical && v.Vendor == vendor && v.Type == t
}
