package mipv4

import (
	"encoding/binary"
	"net/netip"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// Revocation is a Registration Revocation (RFC 3543 §3.3): an agent ends a
// registration before its time.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Reserved    |A|I|          Reserved         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                          Home Address                         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                       Home Domain Address                     |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                     Foreign Domain Address                    |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                      Revocation Identifier                    |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|   Extensions...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-
//	|   Authenticator...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-
type Revocation struct {
	// Agent is the direction: set when the revoking agent serves the binding as
	// a home agent, clear when as a foreign agent.
	Agent bool `json:"a"`
	// Inform asks for the mobile node to be told, or, from a foreign agent,
	// whether it should be; only where both agents agreed to use the bit.
	Inform bool `json:"i"`
	// Reserved holds the reserved bits where they stand in the first 32 bits of
	// the figure, 0x00ff3fff. They are sent as zero and ignored when received.
	Reserved             uint32     `json:"reserved,omitempty"`
	HomeAddress          netip.Addr `json:"homeAddress"`          // IPv4; of the mobile node
	HomeDomainAddress    netip.Addr `json:"homeDomainAddress"`    // IPv4; of the home agent
	ForeignDomainAddress netip.Addr `json:"foreignDomainAddress"` // IPv4; the foreign agent's, or the co-located care-of address
	RevocationIdentifier uint32     `json:"revocationIdentifier"` // the sender's timestamp, of the clock of its Revocation Support extensions
	Extensions           ext.List   `json:"extensions"`           // a view of the parsed message
}

// The masks of the first 32 bits.
const (
	revocationA        = 0x8000
	revocationI        = 0x4000
	revocationReserved = 0x00ff3fff

	acknowledgmentI        = 0x8000
	acknowledgmentReserved = 0x00ff7fff
)

// What is refused of the messages of RFC 3543, and what cannot be sent.
var (
	// ErrRevocationCut: a Registration Revocation has at least 20 bytes.
	ErrRevocationCut = code.NewFault("Registration Revocation shorter than its fixed part of 20 bytes", "RFC 3543 §3.3", code.Must, discard, discard, discard)
	// ErrRevocationAcknowledgmentCut: a Revocation Acknowledgment has at least 12
	// bytes.
	ErrRevocationAcknowledgmentCut = code.NewFault("Revocation Acknowledgment shorter than its fixed part of 12 bytes", "RFC 3543 §3.4", code.Must, discard, discard, discard)
	// ErrHomeDomainAddress: the address is not IPv4.
	ErrHomeDomainAddress = code.NewFault("the Home Domain Address is not an IPv4 address", "RFC 3543 §3.3", code.Caller, 0, 0, 0)
	// ErrForeignDomainAddress: the address is not IPv4.
	ErrForeignDomainAddress = code.NewFault("the Foreign Domain Address is not an IPv4 address", "RFC 3543 §3.3", code.Caller, 0, 0, 0)
)

// Parse reads a message into r. Its Extensions alias b and are valid until b
// changes. The error is [ErrEmpty], [ErrMessageType], [ErrRevocationCut] or one
// of [ext.Parse]; then r is untouched.
func (r *Revocation) Parse(b []byte) error {
	l, err := walk(b, TypeRevocation)
	if err != nil {
		return err
	}
	w := word(b)
	*r = Revocation{
		Agent:                w&revocationA != 0,
		Inform:               w&revocationI != 0,
		Reserved:             w & revocationReserved,
		HomeAddress:          address(b[4:8]),
		HomeDomainAddress:    address(b[8:12]),
		ForeignDomainAddress: address(b[12:16]),
		RevocationIdentifier: binary.BigEndian.Uint32(b[16:]),
		Extensions:           l,
	}
	return nil
}

// ParseRevocation is Parse into a new Revocation.
func ParseRevocation(b []byte) (r Revocation, err error) {
	err = r.Parse(b)
	return r, err
}

// AppendBinary appends the message, as [Request.AppendBinary] does; the
// authenticator that must follow is Foreign-Home, or Mobile-Home to a mobile node
// that registered directly. On error b is returned unchanged: [ErrReserved],
// [ErrHomeAddress], [ErrHomeDomainAddress], [ErrForeignDomainAddress],
// [ext.ErrTooLong].
func (r Revocation) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case r.Reserved&^revocationReserved != 0:
		return b, ErrReserved
	case !r.HomeAddress.Is4():
		return b, ErrHomeAddress
	case !r.HomeDomainAddress.Is4():
		return b, ErrHomeDomainAddress
	case !r.ForeignDomainAddress.Is4():
		return b, ErrForeignDomainAddress
	}
	b, p, err := room(b, TypeRevocation, r.Extensions.Bytes())
	if err != nil {
		return b, err
	}
	binary.BigEndian.PutUint32(p, uint32(TypeRevocation)<<24|bit(r.Agent, revocationA)|bit(r.Inform, revocationI)|r.Reserved)
	putAddress(p[4:], r.HomeAddress)
	putAddress(p[8:], r.HomeDomainAddress)
	putAddress(p[12:], r.ForeignDomainAddress)
	binary.BigEndian.PutUint32(p[16:], r.RevocationIdentifier)
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (r Revocation) MarshalBinary() ([]byte, error) {
	return r.AppendBinary(make([]byte, 0, TypeRevocation.FixedLength()+r.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (r *Revocation) UnmarshalBinary(b []byte) error { return unmarshal(r, b, ParseRevocation) }

// MessageType returns [TypeRevocation].
func (Revocation) MessageType() MessageType { return TypeRevocation }

// List returns the extensions.
func (r Revocation) List() ext.List { return r.Extensions }

// Equal reports whether both are the same message.
func (r Revocation) Equal(o Revocation) bool {
	return r.Agent == o.Agent && r.Inform == o.Inform && r.Reserved == o.Reserved &&
		r.HomeAddress == o.HomeAddress && r.HomeDomainAddress == o.HomeDomainAddress &&
		r.ForeignDomainAddress == o.ForeignDomainAddress && r.RevocationIdentifier == o.RevocationIdentifier &&
		r.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (r Revocation) String() string {
	return "Registration Revocation flags " + letters(bit(r.Agent, 1<<31)|bit(r.Inform, 1<<30), "AI") +
		" home " + r.HomeAddress.String() +
		" home domain " + r.HomeDomainAddress.String() +
		" foreign domain " + r.ForeignDomainAddress.String() +
		" id " + strconv.FormatUint(uint64(r.RevocationIdentifier), 10) +
		kinds(r.Extensions)
}

// RevocationAcknowledgment is a Registration Revocation Acknowledgment (RFC 3543
// §3.4). Its I bit stands where the revocation has its A bit.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |     Reserved  |I|         Reserved            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                          Home Address                         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                     Revocation Identifier                     |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	| Extensions...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-
//	| Authenticator...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-
type RevocationAcknowledgment struct {
	// Inform asks a foreign agent to tell the mobile node; from a foreign agent
	// it says that the mobile node was told. It must not be set, and is ignored,
	// unless the revocation had its I bit set.
	Inform bool `json:"i"`
	// Reserved holds the reserved bits where they stand in the first 32 bits of
	// the figure, 0x00ff7fff. They are sent as zero and ignored when received.
	Reserved             uint32     `json:"reserved,omitempty"`
	HomeAddress          netip.Addr `json:"homeAddress"`          // IPv4; copied from the revocation
	RevocationIdentifier uint32     `json:"revocationIdentifier"` // copied from the revocation
	Extensions           ext.List   `json:"extensions"`           // a view of the parsed message
}

// Parse reads a message into r. Its Extensions alias b and are valid until b
// changes. The error is [ErrEmpty], [ErrMessageType],
// [ErrRevocationAcknowledgmentCut] or one of [ext.Parse]; then r is untouched.
func (r *RevocationAcknowledgment) Parse(b []byte) error {
	l, err := walk(b, TypeRevocationAcknowledgment)
	if err != nil {
		return err
	}
	w := word(b)
	*r = RevocationAcknowledgment{
		Inform:               w&acknowledgmentI != 0,
		Reserved:             w & acknowledgmentReserved,
		HomeAddress:          address(b[4:8]),
		RevocationIdentifier: binary.BigEndian.Uint32(b[8:]),
		Extensions:           l,
	}
	return nil
}

// ParseRevocationAcknowledgment is Parse into a new RevocationAcknowledgment.
func ParseRevocationAcknowledgment(b []byte) (r RevocationAcknowledgment, err error) {
	err = r.Parse(b)
	return r, err
}

// AppendBinary appends the message, as [Request.AppendBinary] does; the
// authenticator that must follow is that of the revocation's kind. On error b is
// returned unchanged: [ErrReserved], [ErrHomeAddress], [ext.ErrTooLong].
func (r RevocationAcknowledgment) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case r.Reserved&^acknowledgmentReserved != 0:
		return b, ErrReserved
	case !r.HomeAddress.Is4():
		return b, ErrHomeAddress
	}
	b, p, err := room(b, TypeRevocationAcknowledgment, r.Extensions.Bytes())
	if err != nil {
		return b, err
	}
	binary.BigEndian.PutUint32(p, uint32(TypeRevocationAcknowledgment)<<24|bit(r.Inform, acknowledgmentI)|r.Reserved)
	putAddress(p[4:], r.HomeAddress)
	binary.BigEndian.PutUint32(p[8:], r.RevocationIdentifier)
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (r RevocationAcknowledgment) MarshalBinary() ([]byte, error) {
	return r.AppendBinary(make([]byte, 0, TypeRevocationAcknowledgment.FixedLength()+r.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (r *RevocationAcknowledgment) UnmarshalBinary(b []byte) error {
	return unmarshal(r, b, ParseRevocationAcknowledgment)
}

// MessageType returns [TypeRevocationAcknowledgment].
func (RevocationAcknowledgment) MessageType() MessageType { return TypeRevocationAcknowledgment }

// List returns the extensions.
func (r RevocationAcknowledgment) List() ext.List { return r.Extensions }

// Equal reports whether both are the same message.
func (r RevocationAcknowledgment) Equal(o RevocationAcknowledgment) bool {
	return r.Inform == o.Inform && r.Reserved == o.Reserved && r.HomeAddress == o.HomeAddress &&
		r.RevocationIdentifier == o.RevocationIdentifier && r.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (r RevocationAcknowledgment) String() string {
	return "Revocation Acknowledgment flags " + letters(bit(r.Inform, 1<<31), "I") +
		" home " + r.HomeAddress.String() +
		" id " + strconv.FormatUint(uint64(r.RevocationIdentifier), 10) +
		kinds(r.Extensions)
}
