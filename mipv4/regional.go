package mipv4

import (
	"encoding/binary"
	"net/netip"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// RegionalRequest is a Regional Registration Request (RFC 4857 §10.1): a mobile
// node registers with its gateway foreign agent (GFA).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |S|B|D|M|G|r|T|x|          Lifetime             |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                          Home Address                         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                         GFA IP Address                        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                        Care-of Address                        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                                                               |
//	+                         Identification                        +
//	|                                                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	| Extensions ...
//	+-+-+-+-+-+-+-+-
type RegionalRequest struct {
	Flags          Flags          `json:"flags"`
	Lifetime       Lifetime       `json:"lifetime"`      // seconds that are asked for
	HomeAddress    netip.Addr     `json:"homeAddress"`   // IPv4
	GFAIPAddress   netip.Addr     `json:"gfaIPAddress"`  // IPv4; where a Registration Request has the home agent
	CareOfAddress  netip.Addr     `json:"careOfAddress"` // IPv4; of the local foreign agent, or 255.255.255.255
	Identification Identification `json:"identification"`
	Extensions     ext.List       `json:"extensions"` // a view of the parsed message
}

// What is refused of the messages of RFC 4857, and what cannot be sent.
var (
	// ErrRegionalRequestCut: a Regional Registration Request has at least 24 bytes.
	ErrRegionalRequestCut = code.NewFault("Regional Registration Request shorter than its fixed part of 24 bytes", "RFC 4857 §10.1", code.Must, discard, discard, discard)
	// ErrRegionalReplyCut: a Regional Registration Reply has at least 20 bytes.
	ErrRegionalReplyCut = code.NewFault("Regional Registration Reply shorter than its fixed part of 20 bytes", "RFC 4857 §10.2", code.Must, discard, discard, discard)
	// ErrGFAIPAddress: the address is not IPv4.
	ErrGFAIPAddress = code.NewFault("the GFA IP Address is not an IPv4 address", "RFC 4857 §10.1, §10.2", code.Caller, 0, 0, 0)
)

// Parse reads a message into r. Its Extensions alias b and are valid until b
// changes. The error is [ErrEmpty], [ErrMessageType], [ErrRegionalRequestCut] or one of
// [ext.Parse]; then r is untouched.
func (r *RegionalRequest) Parse(b []byte) error {
	l, err := walk(b, TypeRegionalRequest)
	if err != nil {
		return err
	}
	*r = RegionalRequest{
		Flags:          Flags(b[1]),
		Lifetime:       Lifetime(binary.BigEndian.Uint16(b[2:])),
		HomeAddress:    address(b[4:8]),
		GFAIPAddress:   address(b[8:12]),
		CareOfAddress:  address(b[12:16]),
		Identification: Identification(binary.BigEndian.Uint64(b[16:])),
		Extensions:     l,
	}
	return nil
}

// ParseRegionalRequest is Parse into a new RegionalRequest.
func ParseRegionalRequest(b []byte) (r RegionalRequest, err error) {
	err = r.Parse(b)
	return r, err
}

// AppendBinary appends the message, as [Request.AppendBinary] does;
// MN-GFA Authentication must follow. On
// error b is returned unchanged: [ErrHomeAddress], [ErrGFAIPAddress],
// [ErrCareOfAddress], [ext.ErrTooLong].
func (r RegionalRequest) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case !r.HomeAddress.Is4():
		return b, ErrHomeAddress
	case !r.GFAIPAddress.Is4():
		return b, ErrGFAIPAddress
	case !r.CareOfAddress.Is4():
		return b, ErrCareOfAddress
	}
	b, p, err := room(b, TypeRegionalRequest, r.Extensions.Bytes())
	if err != nil {
		return b, err
	}
	p[1] = byte(r.Flags)
	binary.BigEndian.PutUint16(p[2:], uint16(r.Lifetime))
	putAddress(p[4:], r.HomeAddress)
	putAddress(p[8:], r.GFAIPAddress)
	putAddress(p[12:], r.CareOfAddress)
	binary.BigEndian.PutUint64(p[16:], uint64(r.Identification))
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (r RegionalRequest) MarshalBinary() ([]byte, error) {
	return r.AppendBinary(make([]byte, 0, TypeRegionalRequest.FixedLength()+r.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (r *RegionalRequest) UnmarshalBinary(b []byte) error {
	return unmarshal(r, b, ParseRegionalRequest)
}

// MessageType returns [TypeRegionalRequest].
func (RegionalRequest) MessageType() MessageType { return TypeRegionalRequest }

// List returns the extensions.
func (r RegionalRequest) List() ext.List { return r.Extensions }

// Equal reports whether both are the same message.
func (r RegionalRequest) Equal(o RegionalRequest) bool {
	return r.Flags == o.Flags && r.Lifetime == o.Lifetime && r.HomeAddress == o.HomeAddress && r.GFAIPAddress == o.GFAIPAddress && r.CareOfAddress == o.CareOfAddress && r.Identification == o.Identification && r.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (r RegionalRequest) String() string {
	return "Regional Registration Request flags " + r.Flags.String() +
		" lifetime " + r.Lifetime.String() +
		" home " + r.HomeAddress.String() +
		" GFA " + r.GFAIPAddress.String() +
		" care-of " + r.CareOfAddress.String() +
		" id " + r.Identification.String() +
		kinds(r.Extensions)
}

// RegionalReply is a Regional Registration Reply (RFC 4857 §10.2).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |     Code      |           Lifetime            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                          Home Address                         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                         GFA IP Address                        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                                                               |
//	+                         Identification                        +
//	|                                                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	| Extensions ...
//	+-+-+-+-+-+-+-+-
type RegionalReply struct {
	Code           code.Registration `json:"code"`
	Lifetime       Lifetime          `json:"lifetime"`     // seconds granted; without meaning in a denial
	HomeAddress    netip.Addr        `json:"homeAddress"`  // IPv4
	GFAIPAddress   netip.Addr        `json:"gfaIPAddress"` // IPv4; where a Registration Reply has the home agent
	Identification Identification    `json:"identification"`
	Extensions     ext.List          `json:"extensions"` // a view of the parsed message
}

// Parse reads a message into r. Its Extensions alias b and are valid until b
// changes. The error is [ErrEmpty], [ErrMessageType], [ErrRegionalReplyCut] or one of
// [ext.Parse]; then r is untouched.
func (r *RegionalReply) Parse(b []byte) error {
	l, err := walk(b, TypeRegionalReply)
	if err != nil {
		return err
	}
	*r = RegionalReply{
		Code:           code.Registration(b[1]),
		Lifetime:       Lifetime(binary.BigEndian.Uint16(b[2:])),
		HomeAddress:    address(b[4:8]),
		GFAIPAddress:   address(b[8:12]),
		Identification: Identification(binary.BigEndian.Uint64(b[12:])),
		Extensions:     l,
	}
	return nil
}

// ParseRegionalReply is Parse into a new RegionalReply.
func ParseRegionalReply(b []byte) (r RegionalReply, err error) {
	err = r.Parse(b)
	return r, err
}

// AppendBinary appends the message, as [Request.AppendBinary] does;
// MN-GFA Authentication must follow. On
// error b is returned unchanged: [ErrHomeAddress], [ErrGFAIPAddress],
// [ext.ErrTooLong].
func (r RegionalReply) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case !r.HomeAddress.Is4():
		return b, ErrHomeAddress
	case !r.GFAIPAddress.Is4():
		return b, ErrGFAIPAddress
	}
	b, p, err := room(b, TypeRegionalReply, r.Extensions.Bytes())
	if err != nil {
		return b, err
	}
	p[1] = byte(r.Code)
	binary.BigEndian.PutUint16(p[2:], uint16(r.Lifetime))
	putAddress(p[4:], r.HomeAddress)
	putAddress(p[8:], r.GFAIPAddress)
	binary.BigEndian.PutUint64(p[12:], uint64(r.Identification))
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (r RegionalReply) MarshalBinary() ([]byte, error) {
	return r.AppendBinary(make([]byte, 0, TypeRegionalReply.FixedLength()+r.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (r *RegionalReply) UnmarshalBinary(b []byte) error { return unmarshal(r, b, ParseRegionalReply) }

// MessageType returns [TypeRegionalReply].
func (RegionalReply) MessageType() MessageType { return TypeRegionalReply }

// List returns the extensions.
func (r RegionalReply) List() ext.List { return r.Extensions }

// Equal reports whether both are the same message.
func (r RegionalReply) Equal(o RegionalReply) bool {
	return r.Code == o.Code && r.Lifetime == o.Lifetime && r.HomeAddress == o.HomeAddress && r.GFAIPAddress == o.GFAIPAddress && r.Identification == o.Identification && r.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (r RegionalReply) String() string {
	return "Regional Registration Reply code " + strconv.Itoa(int(r.Code)) +
		" lifetime " + r.Lifetime.String() +
		" home " + r.HomeAddress.String() +
		" GFA " + r.GFAIPAddress.String() +
		" id " + r.Identification.String() +
		kinds(r.Extensions)
}
