package mipv4

import (
	"encoding/binary"
	"net/netip"
	"slices"

	"github.com/go-mobileip/dsmipv4/ext"
)

// Request is a Registration Request (RFC 5944 §3.3).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |S|B|D|M|G|r|T|x|          Lifetime             |
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
type Request struct {
	Flags       Flags      `json:"flags"`
	Lifetime    Lifetime   `json:"lifetime"`    // seconds that are asked for
	HomeAddress netip.Addr `json:"homeAddress"` // IPv4; 0.0.0.0 asks for one (RFC 2794 §2)
	// HomeAgent is the home agent's IPv4 address; 0.0.0.0 and 255.255.255.255
	// ask for dynamic assignment (RFC 4433 §2, §5.1).
	HomeAgent      netip.Addr     `json:"homeAgent"`
	CareOfAddress  netip.Addr     `json:"careOfAddress"` // IPv4
	Identification Identification `json:"identification"`
	Extensions     ext.List       `json:"extensions"` // a view of the parsed message
}

// Parse reads a message into r. Its Extensions alias b and are valid until b
// changes. Refused is what cannot be walked: a type that is not 1
// ([ErrNotRequest]), a cut fixed part ([ErrRequestCut]), an empty datagram
// ([ErrEmpty]), and the faults of [ext.Parse]; then r is untouched. A datagram
// in an array on the caller's stack moves to the heap; with ParseRequest it does not.
func (r *Request) Parse(b []byte) error {
	if len(b) < requestLength || b[0] != byte(TypeRequest) {
		return cut(b, TypeRequest)
	}
	l, err := ext.Parse(b, requestLength)
	if err != nil {
		return err
	}
	r.fixed((*[requestLength]byte)(b))
	r.Extensions = l
	return nil
}

// ParseRequest is Parse into a new Request, which is a copy dearer. A datagram on the
// caller's stack stays there as long as what is done with the result lets it.
func ParseRequest(b []byte) (r Request, err error) {
	if len(b) < requestLength || b[0] != byte(TypeRequest) {
		return r, cut(b, TypeRequest)
	}
	if r.Extensions, err = ext.Parse(b, requestLength); err == nil {
		r.fixed((*[requestLength]byte)(b))
	}
	return r, err
}

// fixed reads the fixed part.
func (r *Request) fixed(p *[requestLength]byte) {
	r.Flags = Flags(p[1])
	r.Lifetime = Lifetime(binary.BigEndian.Uint16(p[2:]))
	r.HomeAddress = netip.AddrFrom4([4]byte(p[4:8]))
	r.HomeAgent = netip.AddrFrom4([4]byte(p[8:12]))
	r.CareOfAddress = netip.AddrFrom4([4]byte(p[12:16]))
	r.Identification = Identification(binary.BigEndian.Uint64(p[16:]))
}

// AppendBinary appends the fixed part and the extensions, byte for byte: what
// Parse read is written back unchanged. It is the first step of building a
// request, whose further extensions are appended to its result. On error b is
// returned unchanged: [ErrHomeAddress], [ErrHomeAgent], [ErrCareOfAddress]
// when the address is not IPv4, IPv4-mapped IPv6 and the zero Addr included,
// [ext.ErrTooLong]. The extensions may lie anywhere, also in the room behind b that
// the message is written to.
func (r Request) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case !r.HomeAddress.Is4():
		return b, ErrHomeAddress
	case !r.HomeAgent.Is4():
		return b, ErrHomeAgent
	case !r.CareOfAddress.Is4():
		return b, ErrCareOfAddress
	case requestLength+r.Extensions.Size() > ext.MaxMessage:
		return b, ext.ErrTooLong
	}
	home, agent, careOf := r.HomeAddress.As4(), r.HomeAgent.As4(), r.CareOfAddress.As4()
	extensions := r.Extensions.Bytes()
	n := len(b)
	b = slices.Grow(b, requestLength+len(extensions))[:n+requestLength+len(extensions)]
	copy(b[n+requestLength:], extensions) // before the fixed part can overwrite them
	p := (*[requestLength]byte)(b[n:])
	p[0] = byte(TypeRequest)
	p[1] = byte(r.Flags)
	binary.BigEndian.PutUint16(p[2:], uint16(r.Lifetime))
	copy(p[4:], home[:])
	copy(p[8:], agent[:])
	copy(p[12:], careOf[:])
	binary.BigEndian.PutUint64(p[16:], uint64(r.Identification))
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (r Request) MarshalBinary() ([]byte, error) {
	return r.AppendBinary(make([]byte, 0, requestLength+r.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (r *Request) UnmarshalBinary(b []byte) error { return unmarshal(r, b, ParseRequest) }

// Authorized returns the part of a parsed request that a foreign agent relays
// as it is: from the first byte of the message to the end of the mobile node's
// last authorization-enabling extension, Mobile-Home or MN-AAA Authentication
// (RFC 5944 §3.7.2.2, RFC 4721 §3.2). It is the message as received, whatever
// was done to r's fields since, aliases it, and is capped so that append
// copies. The error is [ErrNotAuthorized] when there is no such extension, and
// [ErrBehindForeign] when one stands where the mobile node's cannot.
func (r *Request) Authorized() ([]byte, error) {
	end, foreign := 0, false
	for x, ok := r.Extensions.First(); ok; x, ok = r.Extensions.Next(x) {
		switch x.Kind() {
		case ext.KindMobileHomeAuth, ext.KindMNAAAAuth:
			if foreign {
				return nil, ErrBehindForeign
			}
			end = x.Offset() + len(x.Bytes())
		case ext.KindMobileForeignAuth, ext.KindForeignHomeAuth:
			foreign = true
		}
	}
	if end == 0 {
		return nil, ErrNotAuthorized
	}
	return r.Extensions.Message()[:end:end], nil
}

// MessageType returns [TypeRequest].
func (Request) MessageType() MessageType { return TypeRequest }

// List returns the extensions.
func (r Request) List() ext.List { return r.Extensions }

// Equal reports whether both are the same message.
func (r Request) Equal(o Request) bool {
	return r.Flags == o.Flags && r.Lifetime == o.Lifetime && r.HomeAddress == o.HomeAddress &&
		r.HomeAgent == o.HomeAgent && r.CareOfAddress == o.CareOfAddress &&
		r.Identification == o.Identification && r.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (r Request) String() string {
	return "Registration Request flags " + r.Flags.String() +
		" lifetime " + r.Lifetime.String() +
		" home " + r.HomeAddress.String() +
		" agent " + r.HomeAgent.String() +
		" care-of " + r.CareOfAddress.String() +
		" id " + r.Identification.String() +
		kinds(r.Extensions)
}
