package mipv4

import (
	"bytes"
	"encoding/binary"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// TunnelData is a MIP Tunnel Data message (RFC 3519 §3.3): a tunnelled packet in
// the UDP flow of the registrations. It has no extensions and no authenticator.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |  Next Header  |           Reserved            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type TunnelData struct {
	NextHeader NextHeader `json:"nextHeader"`
	Reserved   uint16     `json:"reserved,omitempty"` // sent as zero, ignored when received
	// Payload is the tunnelled packet from the header that NextHeader names on. In
	// a parsed message it aliases the datagram.
	Payload []byte `json:"payload"`
}

// NextHeader is an IP protocol number: the kind of the packet in a MIP Tunnel
// Data message. A receiver must drop what is not of the encapsulation that was
// negotiated for the binding (RFC 3519 §3.3).
type NextHeader uint8

// The kinds of tunnelled packets.
const (
	NextHeaderIPv4    NextHeader = 4  // IP-in-UDP, RFC 2003
	NextHeaderIPv6    NextHeader = 41 // draft-ietf-mip4-dsmipv4-06 §4.8, RFC 5454 §3.9
	NextHeaderGRE     NextHeader = 47 // GRE-in-UDP, RFC 2784
	NextHeaderMinimal NextHeader = 55 // minimal encapsulation, RFC 2004
)

// String returns the header's name, and the bare number for one that is not of
// those above.
func (h NextHeader) String() string {
	switch h {
	case NextHeaderIPv4:
		return "IP header"
	case NextHeaderIPv6:
		return "IPv6 header"
	case NextHeaderGRE:
		return "GRE Header"
	case NextHeaderMinimal:
		return "Minimal IP encapsulation header"
	}
	return strconv.Itoa(int(h))
}

// ErrTunnelDataCut says that a MIP Tunnel Data message has less than 4 bytes.
var ErrTunnelDataCut = code.NewFault("MIP Tunnel Data shorter than its header of 4 bytes", "RFC 3519 §3.3", code.Must, discard, discard, discard)

// Parse reads a message into d. Its Payload aliases b, is valid until b changes,
// is capped so that append cannot overrun, and may be empty. The error is
// [ErrEmpty], [ErrMessageType], [ErrTunnelDataCut] or [ext.ErrTooLong]; then d is
// untouched.
func (d *TunnelData) Parse(b []byte) error {
	n := TypeTunnelData.FixedLength()
	switch {
	case len(b) < n || MessageType(b[0]) != TypeTunnelData:
		return cut(b, TypeTunnelData)
	case len(b) > ext.MaxMessage:
		return ext.ErrTooLong
	}
	*d = TunnelData{NextHeader(b[1]), binary.BigEndian.Uint16(b[2:]), b[n:len(b):len(b)]}
	return nil
}

// ParseTunnelData is Parse into a new TunnelData.
func ParseTunnelData(b []byte) (d TunnelData, err error) {
	err = d.Parse(b)
	return d, err
}

// AppendBinary appends the header and the payload, which may lie anywhere, also in
// the room behind b that the message is written to. The error is
// [ext.ErrTooLong], and b is returned unchanged with it.
func (d TunnelData) AppendBinary(b []byte) ([]byte, error) {
	b, p, err := room(b, TypeTunnelData, d.Payload)
	if err != nil {
		return b, err
	}
	p[1] = byte(d.NextHeader)
	binary.BigEndian.PutUint16(p[2:], d.Reserved)
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (d TunnelData) MarshalBinary() ([]byte, error) {
	return d.AppendBinary(make([]byte, 0, TypeTunnelData.FixedLength()+len(d.Payload)))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (d *TunnelData) UnmarshalBinary(b []byte) error { return unmarshal(d, b, ParseTunnelData) }

// MessageType returns [TypeTunnelData].
func (TunnelData) MessageType() MessageType { return TypeTunnelData }

// List returns an empty list: the message has no extensions.
func (TunnelData) List() ext.List { return ext.List{} }

// Equal reports whether both are the same message.
func (d TunnelData) Equal(o TunnelData) bool {
	return d.NextHeader == o.NextHeader && d.Reserved == o.Reserved && bytes.Equal(d.Payload, o.Payload)
}

// String returns one line with the kind and the size of the payload.
func (d TunnelData) String() string {
	return "MIP Tunnel Data next header " + d.NextHeader.String() + ", " + strconv.Itoa(len(d.Payload)) + " bytes"
}
