package mipv4

import (
	"encoding/binary"
	"net/netip"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// FastBindingUpdate is a Fast Binding Update (RFC 4988 §5.1): a mobile node asks
// its previous access router (PAR) to bind its address to the new one (NAR).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |x|x|D|M|G|r|T|x| reserved  |     Lifetime      |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                          Home Address                         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                           Home Agent                          |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                        Care-of Address                        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                                                               |
//	+                         Identification                        +
//	|                                                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	| Extensions ...
//	+-+-+-+-+-+-+-+-
type FastBindingUpdate struct {
	// Flags are those of a Registration Request; S and B, and those that are
	// reserved, are sent as zero and ignored when received.
	Flags          Flags          `json:"flags"`
	Reserved       uint8          `json:"reserved,omitempty"` // 0 to 63; sent as zero, ignored when received
	Lifetime       Lifetime       `json:"lifetime"`           // 0 to 1023 seconds; must not exceed 10
	HomeAddress    netip.Addr     `json:"homeAddress"`        // IPv4; or the co-located care-of address
	HomeAgent      netip.Addr     `json:"homeAgent"`          // IPv4; of the previous access router
	CareOfAddress  netip.Addr     `json:"careOfAddress"`      // IPv4; of the new access router
	Identification Identification `json:"identification"`
	Extensions     ext.List       `json:"extensions"` // a view of the parsed message
}

// The layout of the 16 bits with a Lifetime of 10.
const (
	fastLifetimeBits = 10
	fastLifetimeMax  = 1<<fastLifetimeBits - 1
	fastReservedMax  = 1<<(16-fastLifetimeBits) - 1
)

// What is refused of the messages of RFC 4988, and what cannot be sent.
var (
	// ErrFastBindingUpdateCut: a Fast Binding Update has at least 24 bytes.
	ErrFastBindingUpdateCut = code.NewFault("Fast Binding Update shorter than its fixed part of 24 bytes", "RFC 4988 §5.1", code.Must, discard, discard, discard)
	// ErrFastBindingAckCut: a Fast Binding Acknowledgment has at least 20 bytes.
	ErrFastBindingAckCut = code.NewFault("Fast Binding Acknowledgment shorter than its fixed part of 20 bytes", "RFC 4988 §5.2", code.Must, discard, discard, discard)
	// ErrFastLifetime: the figures give the Lifetime 10 bits.
	ErrFastLifetime = code.NewFault("a fast binding's Lifetime has 10 bits, up to 1023 seconds", "RFC 4988 §5.1, §5.2", code.Caller, 0, 0, 0)
)

// Parse reads a message into u. Its Extensions alias b and are valid until b
// changes. The error is [ErrEmpty], [ErrMessageType], [ErrFastBindingUpdateCut] or one of
// [ext.Parse]; then u is untouched.
func (u *FastBindingUpdate) Parse(b []byte) error {
	l, err := walk(b, TypeFastBindingUpdate)
	if err != nil {
		return err
	}
	w := binary.BigEndian.Uint16(b[2:])
	*u = FastBindingUpdate{
		Flags:          Flags(b[1]),
		Reserved:       uint8(w >> fastLifetimeBits),
		Lifetime:       Lifetime(w & fastLifetimeMax),
		HomeAddress:    address(b[4:8]),
		HomeAgent:      address(b[8:12]),
		CareOfAddress:  address(b[12:16]),
		Identification: Identification(binary.BigEndian.Uint64(b[16:])),
		Extensions:     l,
	}
	return nil
}

// ParseFastBindingUpdate is Parse into a new FastBindingUpdate.
func ParseFastBindingUpdate(b []byte) (u FastBindingUpdate, err error) {
	err = u.Parse(b)
	return u, err
}

// AppendBinary appends the message, as [Request.AppendBinary] does;
// MN-PAR Authentication must follow. On
// error b is returned unchanged: [ErrReserved], [ErrFastLifetime],
// [ErrHomeAddress], [ErrHomeAgent], [ErrCareOfAddress], [ext.ErrTooLong].
func (u FastBindingUpdate) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case u.Reserved > fastReservedMax:
		return b, ErrReserved
	case u.Lifetime > fastLifetimeMax:
		return b, ErrFastLifetime
	case !u.HomeAddress.Is4():
		return b, ErrHomeAddress
	case !u.HomeAgent.Is4():
		return b, ErrHomeAgent
	case !u.CareOfAddress.Is4():
		return b, ErrCareOfAddress
	}
	b, p, err := room(b, TypeFastBindingUpdate, u.Extensions.Bytes())
	if err != nil {
		return b, err
	}
	p[1] = byte(u.Flags)
	binary.BigEndian.PutUint16(p[2:], uint16(u.Reserved)<<fastLifetimeBits|uint16(u.Lifetime))
	putAddress(p[4:], u.HomeAddress)
	putAddress(p[8:], u.HomeAgent)
	putAddress(p[12:], u.CareOfAddress)
	binary.BigEndian.PutUint64(p[16:], uint64(u.Identification))
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (u FastBindingUpdate) MarshalBinary() ([]byte, error) {
	return u.AppendBinary(make([]byte, 0, TypeFastBindingUpdate.FixedLength()+u.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (u *FastBindingUpdate) UnmarshalBinary(b []byte) error {
	return unmarshal(u, b, ParseFastBindingUpdate)
}

// MessageType returns [TypeFastBindingUpdate].
func (FastBindingUpdate) MessageType() MessageType { return TypeFastBindingUpdate }

// List returns the extensions.
func (u FastBindingUpdate) List() ext.List { return u.Extensions }

// Equal reports whether both are the same message.
func (u FastBindingUpdate) Equal(o FastBindingUpdate) bool {
	return u.Flags == o.Flags && u.Reserved == o.Reserved && u.Lifetime == o.Lifetime && u.HomeAddress == o.HomeAddress && u.HomeAgent == o.HomeAgent && u.CareOfAddress == o.CareOfAddress && u.Identification == o.Identification && u.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (u FastBindingUpdate) String() string {
	return "Fast Binding Update flags " + u.Flags.String() +
		" lifetime " + seconds(u.Lifetime) +
		" home " + u.HomeAddress.String() +
		" agent " + u.HomeAgent.String() +
		" care-of " + u.CareOfAddress.String() +
		" id " + u.Identification.String() +
		kinds(u.Extensions)
}

// FastBindingAck is a Fast Binding Acknowledgment (RFC 4988 §5.2).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |     Code      | reserved  |     Lifetime      |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                          Home Address                         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                           Home Agent                          |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                                                               |
//	+                         Identification                        +
//	|                                                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	| Extensions ...
//	+-+-+-+-+-+-+-+-
type FastBindingAck struct {
	Code           code.FastBinding `json:"code"`
	Reserved       uint8            `json:"reserved,omitempty"` // 0 to 63; sent as zero, ignored when received
	Lifetime       Lifetime         `json:"lifetime"`           // 0 to 1023 seconds that are granted
	HomeAddress    netip.Addr       `json:"homeAddress"`        // IPv4; or the co-located care-of address
	HomeAgent      netip.Addr       `json:"homeAgent"`          // IPv4; of the previous access router
	Identification Identification   `json:"identification"`     // copied from the update
	Extensions     ext.List         `json:"extensions"`         // a view of the parsed message
}

// Parse reads a message into a. Its Extensions alias b and are valid until b
// changes. The error is [ErrEmpty], [ErrMessageType], [ErrFastBindingAckCut] or one of
// [ext.Parse]; then a is untouched.
func (a *FastBindingAck) Parse(b []byte) error {
	l, err := walk(b, TypeFastBindingAck)
	if err != nil {
		return err
	}
	w := binary.BigEndian.Uint16(b[2:])
	*a = FastBindingAck{
		Code:           code.FastBinding(b[1]),
		Reserved:       uint8(w >> fastLifetimeBits),
		Lifetime:       Lifetime(w & fastLifetimeMax),
		HomeAddress:    address(b[4:8]),
		HomeAgent:      address(b[8:12]),
		Identification: Identification(binary.BigEndian.Uint64(b[12:])),
		Extensions:     l,
	}
	return nil
}

// ParseFastBindingAck is Parse into a new FastBindingAck.
func ParseFastBindingAck(b []byte) (a FastBindingAck, err error) {
	err = a.Parse(b)
	return a, err
}

// AppendBinary appends the message, as [Request.AppendBinary] does;
// MN-PAR Authentication must follow. On
// error b is returned unchanged: [ErrReserved], [ErrFastLifetime],
// [ErrHomeAddress], [ErrHomeAgent], [ext.ErrTooLong].
func (a FastBindingAck) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case a.Reserved > fastReservedMax:
		return b, ErrReserved
	case a.Lifetime > fastLifetimeMax:
		return b, ErrFastLifetime
	case !a.HomeAddress.Is4():
		return b, ErrHomeAddress
	case !a.HomeAgent.Is4():
		return b, ErrHomeAgent
	}
	b, p, err := room(b, TypeFastBindingAck, a.Extensions.Bytes())
	if err != nil {
		return b, err
	}
	p[1] = byte(a.Code)
	binary.BigEndian.PutUint16(p[2:], uint16(a.Reserved)<<fastLifetimeBits|uint16(a.Lifetime))
	putAddress(p[4:], a.HomeAddress)
	putAddress(p[8:], a.HomeAgent)
	binary.BigEndian.PutUint64(p[12:], uint64(a.Identification))
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (a FastBindingAck) MarshalBinary() ([]byte, error) {
	return a.AppendBinary(make([]byte, 0, TypeFastBindingAck.FixedLength()+a.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (a *FastBindingAck) UnmarshalBinary(b []byte) error { return unmarshal(a, b, ParseFastBindingAck) }

// MessageType returns [TypeFastBindingAck].
func (FastBindingAck) MessageType() MessageType { return TypeFastBindingAck }

// List returns the extensions.
func (a FastBindingAck) List() ext.List { return a.Extensions }

// Equal reports whether both are the same message.
func (a FastBindingAck) Equal(o FastBindingAck) bool {
	return a.Code == o.Code && a.Reserved == o.Reserved && a.Lifetime == o.Lifetime && a.HomeAddress == o.HomeAddress && a.HomeAgent == o.HomeAgent && a.Identification == o.Identification && a.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (a FastBindingAck) String() string {
	return "Fast Binding Ack code " + strconv.Itoa(int(a.Code)) +
		" lifetime " + seconds(a.Lifetime) +
		" home " + a.HomeAddress.String() +
		" agent " + a.HomeAgent.String() +
		" id " + a.Identification.String() +
		kinds(a.Extensions)
}
