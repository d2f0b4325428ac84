package mipv4

import (
	"encoding/binary"
	"net/netip"
	"slices"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// Reply is a Registration Reply (RFC 5944 §3.4).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |     Code      |           Lifetime            |
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
type Reply struct {
	Code           code.Registration `json:"code"`
	Lifetime       Lifetime          `json:"lifetime"`    // seconds granted; without meaning in a denial other than 69
	HomeAddress    netip.Addr        `json:"homeAddress"` // IPv4
	HomeAgent      netip.Addr        `json:"homeAgent"`   // IPv4
	Identification Identification    `json:"identification"`
	Extensions     ext.List          `json:"extensions"` // a view of the parsed message
}

// Parse reads a message into r. Its Extensions alias b and are valid until b
// changes. Refused is what cannot be walked: a type that is not 3
// ([ErrNotReply]), a cut fixed part ([ErrReplyCut]), an empty datagram
// ([ErrEmpty]), and the faults of [ext.Parse]; then r is untouched. A datagram
// in an array on the caller's stack moves to the heap; with ParseReply it does not.
func (r *Reply) Parse(b []byte) error {
	if len(b) < replyLength || b[0] != byte(TypeReply) {
		return cut(b, TypeReply)
	}
	l, err := ext.Parse(b, replyLength)
	if err != nil {
		return err
	}
	r.fixed((*[replyLength]byte)(b))
	r.Extensions = l
	return nil
}

// ParseReply is Parse into a new Reply, which is a copy dearer. A datagram on the
// caller's stack stays there as long as what is done with the result lets it.
func ParseReply(b []byte) (r Reply, err error) {
	if len(b) < replyLength || b[0] != byte(TypeReply) {
		return r, cut(b, TypeReply)
	}
	if r.Extensions, err = ext.Parse(b, replyLength); err == nil {
		r.fixed((*[replyLength]byte)(b))
	}
	return r, err
}

// fixed reads the fixed part.
func (r *Reply) fixed(p *[replyLength]byte) {
	r.Code = code.Registration(p[1])
	r.Lifetime = Lifetime(binary.BigEndian.Uint16(p[2:]))
	r.HomeAddress = netip.AddrFrom4([4]byte(p[4:8]))
	r.HomeAgent = netip.AddrFrom4([4]byte(p[8:12]))
	r.Identification = Identification(binary.BigEndian.Uint64(p[12:]))
}

// AppendBinary appends the fixed part and the extensions, byte for byte: what
// Parse read is written back unchanged. It is the first step of building a
// reply, whose further extensions are appended to its result. On error b is
// returned unchanged: [ErrHomeAddress], [ErrHomeAgent] when the address is not
// IPv4, IPv4-mapped IPv6 and the zero Addr included, [ext.ErrTooLong]. The
// extensions may lie anywhere, also in the room behind b that the message is
// written to.
func (r Reply) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case !r.HomeAddress.Is4():
		return b, ErrHomeAddress
	case !r.HomeAgent.Is4():
		return b, ErrHomeAgent
	case replyLength+r.Extensions.Size() > ext.MaxMessage:
		return b, ext.ErrTooLong
	}
	home, agent := r.HomeAddress.As4(), r.HomeAgent.As4()
	extensions := r.Extensions.Bytes()
	n := len(b)
	b = slices.Grow(b, replyLength+len(extensions))[:n+replyLength+len(extensions)]
	copy(b[n+replyLength:], extensions) // before the fixed part can overwrite them
	p := (*[replyLength]byte)(b[n:])
	p[0] = byte(TypeReply)
	p[1] = byte(r.Code)
	binary.BigEndian.PutUint16(p[2:], uint16(r.Lifetime))
	copy(p[4:], home[:])
	copy(p[8:], agent[:])
	binary.BigEndian.PutUint64(p[12:], uint64(r.Identification))
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (r Reply) MarshalBinary() ([]byte, error) {
	return r.AppendBinary(make([]byte, 0, replyLength+r.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (r *Reply) UnmarshalBinary(b []byte) error { return unmarshal(r, b, ParseReply) }

// Authorized returns the part of a parsed reply that a foreign agent relays as
// it is: from the first byte of the message to the end of the home agent's
// Mobile-Home Authentication extension (RFC 5944 §3.7.3.2). It is the message
// as received, whatever was done to r's fields since, aliases it, and is capped
// so that append copies. The error is [ErrNotAuthorized] when there is no such
// extension.
func (r *Reply) Authorized() ([]byte, error) {
	for x, ok := r.Extensions.First(); ok; x, ok = r.Extensions.Next(x) {
		if x.Kind() == ext.KindMobileHomeAuth {
			end := x.Offset() + len(x.Bytes())
			return r.Extensions.Message()[:end:end], nil
		}
	}
	return nil, ErrNotAuthorized
}

// MessageType returns [TypeReply].
func (Reply) MessageType() MessageType { return TypeReply }

// List returns the extensions.
func (r Reply) List() ext.List { return r.Extensions }

// Equal reports whether both are the same message.
func (r Reply) Equal(o Reply) bool {
	return r.Code == o.Code && r.Lifetime == o.Lifetime && r.HomeAddress == o.HomeAddress &&
		r.HomeAgent == o.HomeAgent && r.Identification == o.Identification && r.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (r Reply) String() string {
	return "Registration Reply code " + strconv.Itoa(int(r.Code)) +
		" lifetime " + r.Lifetime.String() +
		" home " + r.HomeAddress.String() +
		" agent " + r.HomeAgent.String() +
		" id " + r.Identification.String() +
		kinds(r.Extensions)
}
