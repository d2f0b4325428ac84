package ext

import "github.com/go-mobileip/dsmipv4/code"

// FAError is the FA Error extension (type 45; RFC 4636 §3): a foreign agent that relays
// a Registration Reply tells the mobile node what it found wrong.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |    Sub-Type   |     Status    |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type FAError struct {
	Status code.Registration // 64-127, a code of the foreign agent's
}

// ErrFAErrorStatus says that a Status cannot be sent in an FA Error extension.
var ErrFAErrorStatus = code.NewFault("the Status of an FA Error is not 64 to 127", "RFC 4636 §4", code.Caller, 0, 0, 0)

// ParseFAError reads an FA Error extension. Every Status parses. The error is [ErrKind]
// for another kind and the row's BadLength unless Length is 2.
func ParseFAError(x Raw) (FAError, error) {
	b, err := x.bodyOf(KindFAError)
	if err != nil {
		return FAError{}, err
	}
	return FAError{code.Registration(b[0])}, nil
}

// AppendBinary appends the extension. The error is [ErrFAErrorStatus], and b is
// returned unchanged with it.
func (e FAError) AppendBinary(b []byte) ([]byte, error) {
	if e.Status < 64 || e.Status > 127 {
		return b, ErrFAErrorStatus
	}
	return append(b, 45, 2, 0, byte(e.Status)), nil
}

// String returns the name and the status with its words.
func (e FAError) String() string { return KindFAError.String() + " " + named(e.Status) }
