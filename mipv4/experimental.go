package mipv4

import (
	"bytes"
	"strconv"

	"github.com/go-mobileip/dsmipv4/ext"
)

// Experimental is an experimental message (RFC 4064 §3). It must be
// authenticated, and may contain extensions; where they begin only the experiment
// knows, which walks them with [ext.Parse].
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |                 Opaque. . .
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type Experimental struct {
	// Opaque is all that follows the type. In a parsed message it aliases the
	// datagram.
	Opaque []byte `json:"opaque"`
}

// Parse reads a message into e. Its Opaque aliases b, is valid until b changes, is
// capped so that append cannot overrun, and may be empty. The error is
// [ErrEmpty], [ErrMessageType] or [ext.ErrTooLong]; then e is untouched.
func (e *Experimental) Parse(b []byte) error {
	n := TypeExperimental.FixedLength()
	switch {
	case len(b) < n || MessageType(b[0]) != TypeExperimental:
		return cut(b, TypeExperimental)
	case len(b) > ext.MaxMessage:
		return ext.ErrTooLong
	}
	*e = Experimental{b[n:len(b):len(b)]}
	return nil
}

// ParseExperimental is Parse into a new Experimental.
func ParseExperimental(b []byte) (e Experimental, err error) {
	err = e.Parse(b)
	return e, err
}

// AppendBinary appends the type and what follows it, which may lie anywhere, also
// in the room behind b that the message is written to. The error is
// [ext.ErrTooLong], and b is returned unchanged with it.
func (e Experimental) AppendBinary(b []byte) ([]byte, error) {
	b, _, err := room(b, TypeExperimental, e.Opaque)
	return b, err
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (e Experimental) MarshalBinary() ([]byte, error) {
	return e.AppendBinary(make([]byte, 0, TypeExperimental.FixedLength()+len(e.Opaque)))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (e *Experimental) UnmarshalBinary(b []byte) error { return unmarshal(e, b, ParseExperimental) }

// MessageType returns [TypeExperimental].
func (Experimental) MessageType() MessageType { return TypeExperimental }

// List returns an empty list: what is opaque is not walked.
func (Experimental) List() ext.List { return ext.List{} }

// Equal reports whether both are the same message.
func (e Experimental) Equal(o Experimental) bool { return bytes.Equal(e.Opaque, o.Opaque) }

// String returns one line with the size of what is opaque.
func (e Experimental) String() string {
	return "Experimental, " + strconv.Itoa(len(e.Opaque)) + " bytes"
}
