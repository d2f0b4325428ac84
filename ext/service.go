package ext

import (
	"bytes"
	"unicode/utf8"

	"github.com/go-mobileip/dsmipv4/code"
)

// ServiceSelection is the Service Selection extension (type 151; RFC 5446 §3): the
// service for which the mobile node registers.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|  Type = 151   |   Length      | Identifier...                 ~
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type ServiceSelection struct {
	// Identifier is UTF-8 in Normalization Form KC, 1 to 255 bytes: "ims",
	// "voip.companyxyz.example.com". The normalization is not looked at. One that was
	// parsed aliases the message.
	Identifier []byte
}

var (
	// ErrServiceText: the identifier is not UTF-8. It names no service; a home agent
	// that does not know a service MUST answer Code 151 (RFC 5446 §4.2), but of this
	// the text does not speak.
	ErrServiceText = code.NewFault("the Identifier of a Service Selection is not UTF-8", "RFC 5446 §3", code.Must, poorRequestHA, poorRequestFA, poorReplyMN)
	// ErrService: the identifier is empty, too long, or not UTF-8, and cannot be sent.
	ErrService = code.NewFault("a Service Selection has 1 to 255 bytes of UTF-8", "RFC 5446 §3", code.Caller, 0, 0, 0)
)

// ParseServiceSelection reads a Service Selection extension. The error is [ErrKind] for
// another kind, the row's BadLength for a Length of 0, and [ErrServiceText].
func ParseServiceSelection(x Raw) (ServiceSelection, error) {
	b, err := x.bodyOf(KindServiceSelection)
	if err != nil {
		return ServiceSelection{}, err
	}
	if !utf8.Valid(b) {
		return ServiceSelection{}, ErrServiceText
	}
	return ServiceSelection{b}, nil
}

// AppendBinary appends the extension. The error is [ErrService], and b is returned
// unchanged with it.
func (s ServiceSelection) AppendBinary(b []byte) ([]byte, error) {
	if len(s.Identifier) == 0 || len(s.Identifier) > 255 || !utf8.Valid(s.Identifier) {
		return b, ErrService
	}
	return AppendRaw(b, KindServiceSelection, s.Identifier)
}

// Equal reports whether both are the same.
func (s ServiceSelection) Equal(o ServiceSelection) bool {
	return bytes.Equal(s.Identifier, o.Identifier)
}

// String returns the name and the beginning of the identifier.
func (s ServiceSelection) String() string {
	return KindServiceSelection.String() + " " + quoted(s.Identifier)
}
