package ext

import (
	"bytes"

	"github.com/go-mobileip/dsmipv4/code"
)

// MobileNodeNAI is the Mobile Node NAI extension (type 131, RFC 2794 §2).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |           MN-NAI ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type MobileNodeNAI struct {
	// Identifier is the NAI, 1 to 255 bytes, without a terminating zero. One
	// that was parsed aliases the message, and may be empty: RFC 2794 does not
	// say what that means.
	Identifier []byte
}

// ErrNAI says that a NAI is empty or longer than 255 bytes and cannot be sent.
var ErrNAI = code.NewFault("a Mobile Node NAI has 1 to 255 bytes", "RFC 2794 §2", code.Caller, 0, 0, 0)

// ParseMobileNodeNAI reads a Mobile Node NAI extension. The error is [ErrKind].
func ParseMobileNodeNAI(x Raw) (MobileNodeNAI, error) {
	if x.Kind() != KindMobileNodeNAI {
		return MobileNodeNAI{}, ErrKind
	}
	return MobileNodeNAI{x.Body()}, nil
}

// AppendBinary appends the extension. The error is [ErrNAI], and b is returned
// unchanged with it.
func (n MobileNodeNAI) AppendBinary(b []byte) ([]byte, error) {
	if len(n.Identifier) == 0 || len(n.Identifier) > 255 {
		return b, ErrNAI
	}
	return AppendRaw(b, KindMobileNodeNAI, n.Identifier)
}

// Equal reports whether both are the same.
func (n MobileNodeNAI) Equal(o MobileNodeNAI) bool { return bytes.Equal(n.Identifier, o.Identifier) }

// String returns the name and the beginning of the NAI.
func (n MobileNodeNAI) String() string {
	return KindMobileNodeNAI.String() + " " + quoted(n.Identifier)
}
