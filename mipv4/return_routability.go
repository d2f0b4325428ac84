package mipv4

import (
	"encoding/binary"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// Cookie is a Home Init or Care-of Init Cookie of the return routability
// procedure: 64 random bits (RFC 6521 §5.6, §5.7).
type Cookie [8]byte

// String returns the 16 hex digits.
func (c Cookie) String() string { return digits([8]byte(c)) }

// KeygenToken is a Home or Care-of Keygen Token (RFC 6521 §5.8, §5.9). Whoever has
// one of each can compute the key that authenticates the mobile router to the
// correspondent router, so String of a message leaves it out. Its own String and
// MarshalText, and with that the JSON of a message, have it.
type KeygenToken [8]byte

// String returns the 16 hex digits.
func (k KeygenToken) String() string { return digits([8]byte(k)) }

// digits returns 16 hex digits.
func digits(b [8]byte) string {
	var s [16]byte
	return string(appendHex(s[:0], b[:]))
}

// What is refused of the messages of RFC 6521.
var (
	// ErrHomeTestInitCut: a Home Test Init has at least 10 bytes.
	ErrHomeTestInitCut = code.NewFault("Home Test Init shorter than its fixed part of 10 bytes", "RFC 6521 §5.6", code.Must, discard, discard, discard)
	// ErrCareOfTestInitCut: a Care-of Test Init has at least 10 bytes.
	ErrCareOfTestInitCut = code.NewFault("Care-of Test Init shorter than its fixed part of 10 bytes", "RFC 6521 §5.7", code.Must, discard, discard, discard)
	// ErrHomeTestCut: a Home Test has at least 20 bytes.
	ErrHomeTestCut = code.NewFault("Home Test shorter than its fixed part of 20 bytes", "RFC 6521 §5.8", code.Must, discard, discard, discard)
	// ErrCareOfTestCut: a Care-of Test has at least 20 bytes.
	ErrCareOfTestCut = code.NewFault("Care-of Test shorter than its fixed part of 20 bytes", "RFC 6521 §5.9", code.Must, discard, discard, discard)
)

// HomeTestInit is a Home Test Init (RFC 6521 §5.6), sent by a mobile router to a
// correspondent router.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Reserved    |                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
//	|                        Home Init Cookie                       |
//	+                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// The figure ends here. What follows is read as extensions, which RFC 5944 §1.8
// gives to every control message.
type HomeTestInit struct {
	Reserved       uint8    `json:"reserved,omitempty"` // sent as zero, ignored when received
	HomeInitCookie Cookie   `json:"homeInitCookie"`
	Extensions     ext.List `json:"extensions"` // a view of the parsed message
}

// Parse reads a message into t. Its Extensions alias b and are valid until b
// changes. The error is [ErrEmpty], [ErrMessageType], [ErrHomeTestInitCut] or one of
// [ext.Parse]; then t is untouched.
func (t *HomeTestInit) Parse(b []byte) error {
	l, err := walk(b, TypeHomeTestInit)
	if err != nil {
		return err
	}
	*t = HomeTestInit{b[1], Cookie(b[2:10]), l}
	return nil
}

// ParseHomeTestInit is Parse into a new HomeTestInit.
func ParseHomeTestInit(b []byte) (t HomeTestInit, err error) {
	err = t.Parse(b)
	return t, err
}

// AppendBinary appends the message, as [Request.AppendBinary] does. On
// error b is returned unchanged: [ext.ErrTooLong].
func (t HomeTestInit) AppendBinary(b []byte) ([]byte, error) {
	b, p, err := room(b, TypeHomeTestInit, t.Extensions.Bytes())
	if err != nil {
		return b, err
	}
	p[1] = t.Reserved
	copy(p[2:], t.HomeInitCookie[:])
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (t HomeTestInit) MarshalBinary() ([]byte, error) {
	return t.AppendBinary(make([]byte, 0, TypeHomeTestInit.FixedLength()+t.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (t *HomeTestInit) UnmarshalBinary(b []byte) error { return unmarshal(t, b, ParseHomeTestInit) }

// MessageType returns [TypeHomeTestInit].
func (HomeTestInit) MessageType() MessageType { return TypeHomeTestInit }

// List returns the extensions.
func (t HomeTestInit) List() ext.List { return t.Extensions }

// Equal reports whether both are the same message.
func (t HomeTestInit) Equal(o HomeTestInit) bool {
	return t.Reserved == o.Reserved && t.HomeInitCookie == o.HomeInitCookie && t.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (t HomeTestInit) String() string {
	return "Home Test Init cookie " + t.HomeInitCookie.String() + kinds(t.Extensions)
}

// CareOfTestInit is a Care-of Test Init (RFC 6521 §5.7), sent by a mobile router to a
// correspondent router.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Reserved    |                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
//	|                      Care-of Init Cookie                      |
//	+                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// The figure ends here. What follows is read as extensions, which RFC 5944 §1.8
// gives to every control message.
type CareOfTestInit struct {
	Reserved         uint8    `json:"reserved,omitempty"` // sent as zero, ignored when received
	CareOfInitCookie Cookie   `json:"careOfInitCookie"`
	Extensions       ext.List `json:"extensions"` // a view of the parsed message
}

// Parse reads a message into t. Its Extensions alias b and are valid until b
// changes. The error is [ErrEmpty], [ErrMessageType], [ErrCareOfTestInitCut] or one of
// [ext.Parse]; then t is untouched.
func (t *CareOfTestInit) Parse(b []byte) error {
	l, err := walk(b, TypeCareOfTestInit)
	if err != nil {
		return err
	}
	*t = CareOfTestInit{b[1], Cookie(b[2:10]), l}
	return nil
}

// ParseCareOfTestInit is Parse into a new CareOfTestInit.
func ParseCareOfTestInit(b []byte) (t CareOfTestInit, err error) {
	err = t.Parse(b)
	return t, err
}

// AppendBinary appends the message, as [Request.AppendBinary] does. On
// error b is returned unchanged: [ext.ErrTooLong].
func (t CareOfTestInit) AppendBinary(b []byte) ([]byte, error) {
	b, p, err := room(b, TypeCareOfTestInit, t.Extensions.Bytes())
	if err != nil {
		return b, err
	}
	p[1] = t.Reserved
	copy(p[2:], t.CareOfInitCookie[:])
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (t CareOfTestInit) MarshalBinary() ([]byte, error) {
	return t.AppendBinary(make([]byte, 0, TypeCareOfTestInit.FixedLength()+t.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (t *CareOfTestInit) UnmarshalBinary(b []byte) error { return unmarshal(t, b, ParseCareOfTestInit) }

// MessageType returns [TypeCareOfTestInit].
func (CareOfTestInit) MessageType() MessageType { return TypeCareOfTestInit }

// List returns the extensions.
func (t CareOfTestInit) List() ext.List { return t.Extensions }

// Equal reports whether both are the same message.
func (t CareOfTestInit) Equal(o CareOfTestInit) bool {
	return t.Reserved == o.Reserved && t.CareOfInitCookie == o.CareOfInitCookie && t.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (t CareOfTestInit) String() string {
	return "Care-of Test Init cookie " + t.CareOfInitCookie.String() + kinds(t.Extensions)
}

// HomeTest is a Home Test (RFC 6521 §5.8), the correspondent router's answer to a
// Home Test Init.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Reserved    |         Nonce Index           |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                                                               |
//	+                        Home Init Cookie                       +
//	|                                                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                                                               |
//	+                       Home Keygen Token                       +
//	|                                                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// The figure ends here. What follows is read as extensions, which RFC 5944 §1.8
// gives to every control message.
type HomeTest struct {
	Reserved        uint8       `json:"reserved,omitempty"` // sent as zero, ignored when received
	NonceIndex      uint16      `json:"nonceIndex"`         // echoed in the Mobile-Correspondent Authentication extension
	HomeInitCookie  Cookie      `json:"homeInitCookie"`
	HomeKeygenToken KeygenToken `json:"homeKeygenToken"`
	Extensions      ext.List    `json:"extensions"` // a view of the parsed message
}

// Parse reads a message into t. Its Extensions alias b and are valid until b
// changes. The error is [ErrEmpty], [ErrMessageType], [ErrHomeTestCut] or one of
// [ext.Parse]; then t is untouched.
func (t *HomeTest) Parse(b []byte) error {
	l, err := walk(b, TypeHomeTest)
	if err != nil {
		return err
	}
	*t = HomeTest{b[1], binary.BigEndian.Uint16(b[2:]), Cookie(b[4:12]), KeygenToken(b[12:20]), l}
	return nil
}

// ParseHomeTest is Parse into a new HomeTest.
func ParseHomeTest(b []byte) (t HomeTest, err error) {
	err = t.Parse(b)
	return t, err
}

// AppendBinary appends the message, as [Request.AppendBinary] does. On
// error b is returned unchanged: [ext.ErrTooLong].
func (t HomeTest) AppendBinary(b []byte) ([]byte, error) {
	b, p, err := room(b, TypeHomeTest, t.Extensions.Bytes())
	if err != nil {
		return b, err
	}
	p[1] = t.Reserved
	binary.BigEndian.PutUint16(p[2:], t.NonceIndex)
	copy(p[4:], t.HomeInitCookie[:])
	copy(p[12:], t.HomeKeygenToken[:])
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (t HomeTest) MarshalBinary() ([]byte, error) {
	return t.AppendBinary(make([]byte, 0, TypeHomeTest.FixedLength()+t.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (t *HomeTest) UnmarshalBinary(b []byte) error { return unmarshal(t, b, ParseHomeTest) }

// MessageType returns [TypeHomeTest].
func (HomeTest) MessageType() MessageType { return TypeHomeTest }

// List returns the extensions.
func (t HomeTest) List() ext.List { return t.Extensions }

// Equal reports whether both are the same message.
func (t HomeTest) Equal(o HomeTest) bool {
	return t.Reserved == o.Reserved && t.NonceIndex == o.NonceIndex && t.HomeInitCookie == o.HomeInitCookie && t.HomeKeygenToken == o.HomeKeygenToken && t.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (t HomeTest) String() string {
	return "Home Test nonce index " + strconv.Itoa(int(t.NonceIndex)) +
		" cookie " + t.HomeInitCookie.String() + kinds(t.Extensions)
}

// CareOfTest is a Care-of Test (RFC 6521 §5.9), the correspondent router's answer to a
// Care-of Test Init.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Reserved    |         Nonce Index           |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                                                               |
//	+                      Care-of Init Cookie                      +
//	|                                                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                                                               |
//	+                      Care-of Keygen Token                     +
//	|                                                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// The figure ends here. What follows is read as extensions, which RFC 5944 §1.8
// gives to every control message.
type CareOfTest struct {
	Reserved          uint8       `json:"reserved,omitempty"` // sent as zero, ignored when received
	NonceIndex        uint16      `json:"nonceIndex"`         // echoed in the Mobile-Correspondent Authentication extension
	CareOfInitCookie  Cookie      `json:"careOfInitCookie"`
	CareOfKeygenToken KeygenToken `json:"careOfKeygenToken"`
	Extensions        ext.List    `json:"extensions"` // a view of the parsed message
}

// Parse reads a message into t. Its Extensions alias b and are valid until b
// changes. The error is [ErrEmpty], [ErrMessageType], [ErrCareOfTestCut] or one of
// [ext.Parse]; then t is untouched.
func (t *CareOfTest) Parse(b []byte) error {
	l, err := walk(b, TypeCareOfTest)
	if err != nil {
		return err
	}
	*t = CareOfTest{b[1], binary.BigEndian.Uint16(b[2:]), Cookie(b[4:12]), KeygenToken(b[12:20]), l}
	return nil
}

// ParseCareOfTest is Parse into a new CareOfTest.
func ParseCareOfTest(b []byte) (t CareOfTest, err error) {
	err = t.Parse(b)
	return t, err
}

// AppendBinary appends the message, as [Request.AppendBinary] does. On
// error b is returned unchanged: [ext.ErrTooLong].
func (t CareOfTest) AppendBinary(b []byte) ([]byte, error) {
	b, p, err := room(b, TypeCareOfTest, t.Extensions.Bytes())
	if err != nil {
		return b, err
	}
	p[1] = t.Reserved
	binary.BigEndian.PutUint16(p[2:], t.NonceIndex)
	copy(p[4:], t.CareOfInitCookie[:])
	copy(p[12:], t.CareOfKeygenToken[:])
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (t CareOfTest) MarshalBinary() ([]byte, error) {
	return t.AppendBinary(make([]byte, 0, TypeCareOfTest.FixedLength()+t.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (t *CareOfTest) UnmarshalBinary(b []byte) error { return unmarshal(t, b, ParseCareOfTest) }

// MessageType returns [TypeCareOfTest].
func (CareOfTest) MessageType() MessageType { return TypeCareOfTest }

// List returns the extensions.
func (t CareOfTest) List() ext.List { return t.Extensions }

// Equal reports whether both are the same message.
func (t CareOfTest) Equal(o CareOfTest) bool {
	return t.Reserved == o.Reserved && t.NonceIndex == o.NonceIndex && t.CareOfInitCookie == o.CareOfInitCookie && t.CareOfKeygenToken == o.CareOfKeygenToken && t.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (t CareOfTest) String() string {
	return "Care-of Test nonce index " + strconv.Itoa(int(t.NonceIndex)) +
		" cookie " + t.CareOfInitCookie.String() + kinds(t.Extensions)
}
