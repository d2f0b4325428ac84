package mipv4

import (
	"encoding/binary"
	"net/netip"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// HandoffRequest is a Handoff Request (RFC 4881 §4.5): one foreign agent asks the
// other for a tunnel. With H and N both set it is a Handoff to Third, which may
// also have the form of a reply (RFC 4881 §4.7).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |H|N|R|M|G|T|B|            Reserved             |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|            Lifetime           |          Reserved             |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                        MN Home Address                        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                           HA Address                          |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                                                               |
//	+                         Identification                        +
//	|                                                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	| Extensions ...
//	+-+-+-+-+-+-+-+-
type HandoffRequest struct {
	Source        bool `json:"h"` // H: source-triggered
	Target        bool `json:"n"` // N: target triggered
	Renewal       bool `json:"r"` // R: a request to renew the tunnel; H and N are not set
	Minimal       bool `json:"m"` // M: the sender will use Minimal Encapsulation
	GRE           bool `json:"g"` // G: the sender will use Generic Routing Encapsulation
	ReverseTunnel bool `json:"t"` // T: reverse tunnel service is offered or asked for
	HomeTunnel    bool `json:"b"` // B: the mobile node has asked for a reverse tunnel to the HA
	// Reserved holds the reserved bits where they stand in the first 32 bits of
	// the figure, 0x0001ffff, and Reserved2 those behind Lifetime. The text does not
	// say more than that they are reserved; they are sent as zero.
	Reserved uint32 `json:"reserved,omitempty"`
	// Lifetime is that of the tunnel in seconds; 0 refuses, renounces or ends it,
	// 0xffff is infinite.
	Lifetime       Lifetime       `json:"lifetime"`
	Reserved2      uint16         `json:"reserved2,omitempty"`
	MNHomeAddress  netip.Addr     `json:"mnHomeAddress"` // IPv4; the mobile node's where the request is source-triggered
	HAAddress      netip.Addr     `json:"haAddress"`     // IPv4; its home agent's, likewise
	Identification Identification `json:"identification"`
	Extensions     ext.List       `json:"extensions"` // a view of the parsed message
}

// The masks of the first 32 bits.
const (
	handoffSource        = 1 << 23
	handoffTarget        = 1 << 22
	handoffRenewal       = 1 << 21
	handoffMinimal       = 1 << 20
	handoffGRE           = 1 << 19
	handoffReverseTunnel = 1 << 18
	handoffHomeTunnel    = 1 << 17

	handoffRequestReserved = 0x0001ffff
	handoffReplyReserved   = 0x0001ff00
)

// What is refused of the messages of RFC 4881.
var (
	// ErrHandoffRequestCut: a Handoff Request has at least 24 bytes.
	ErrHandoffRequestCut = code.NewFault("Handoff Request shorter than its fixed part of 24 bytes", "RFC 4881 §4.5", code.Must, discard, discard, discard)
	// ErrHandoffReplyCut: a Handoff Reply has at least 24 bytes.
	ErrHandoffReplyCut = code.NewFault("Handoff Reply shorter than its fixed part of 24 bytes", "RFC 4881 §4.6", code.Must, discard, discard, discard)
)

// Parse reads a message into h. Its Extensions alias b and are valid until b
// changes. The error is [ErrEmpty], [ErrMessageType], [ErrHandoffRequestCut] or one of
// [ext.Parse]; then h is untouched.
func (h *HandoffRequest) Parse(b []byte) error {
	l, err := walk(b, TypeHandoffRequest)
	if err != nil {
		return err
	}
	w := word(b)
	*h = HandoffRequest{
		Source:         w&handoffSource != 0,
		Target:         w&handoffTarget != 0,
		Renewal:        w&handoffRenewal != 0,
		Minimal:        w&handoffMinimal != 0,
		GRE:            w&handoffGRE != 0,
		ReverseTunnel:  w&handoffReverseTunnel != 0,
		HomeTunnel:     w&handoffHomeTunnel != 0,
		Reserved:       w & handoffRequestReserved,
		Lifetime:       Lifetime(binary.BigEndian.Uint16(b[4:])),
		Reserved2:      binary.BigEndian.Uint16(b[6:]),
		MNHomeAddress:  address(b[8:12]),
		HAAddress:      address(b[12:16]),
		Identification: Identification(binary.BigEndian.Uint64(b[16:])),
		Extensions:     l,
	}
	return nil
}

// ParseHandoffRequest is Parse into a new HandoffRequest.
func ParseHandoffRequest(b []byte) (h HandoffRequest, err error) {
	err = h.Parse(b)
	return h, err
}

// AppendBinary appends the message, as [Request.AppendBinary] does;
// FA-FA Authentication must follow. On
// error b is returned unchanged: [ErrReserved], [ErrHomeAddress],
// [ErrHomeAgent], [ext.ErrTooLong].
func (h HandoffRequest) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case h.Reserved&^handoffRequestReserved != 0:
		return b, ErrReserved
	case !h.MNHomeAddress.Is4():
		return b, ErrHomeAddress
	case !h.HAAddress.Is4():
		return b, ErrHomeAgent
	}
	b, p, err := room(b, TypeHandoffRequest, h.Extensions.Bytes())
	if err != nil {
		return b, err
	}
	binary.BigEndian.PutUint32(p, uint32(TypeHandoffRequest)<<24|h.flags()|h.Reserved)
	binary.BigEndian.PutUint16(p[4:], uint16(h.Lifetime))
	binary.BigEndian.PutUint16(p[6:], h.Reserved2)
	putAddress(p[8:], h.MNHomeAddress)
	putAddress(p[12:], h.HAAddress)
	binary.BigEndian.PutUint64(p[16:], uint64(h.Identification))
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (h HandoffRequest) MarshalBinary() ([]byte, error) {
	return h.AppendBinary(make([]byte, 0, TypeHandoffRequest.FixedLength()+h.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (h *HandoffRequest) UnmarshalBinary(b []byte) error { return unmarshal(h, b, ParseHandoffRequest) }

// MessageType returns [TypeHandoffRequest].
func (HandoffRequest) MessageType() MessageType { return TypeHandoffRequest }

// List returns the extensions.
func (h HandoffRequest) List() ext.List { return h.Extensions }

// Equal reports whether both are the same message.
func (h HandoffRequest) Equal(o HandoffRequest) bool {
	return h.Source == o.Source && h.Target == o.Target && h.Renewal == o.Renewal && h.Minimal == o.Minimal && h.GRE == o.GRE && h.ReverseTunnel == o.ReverseTunnel && h.HomeTunnel == o.HomeTunnel && h.Reserved == o.Reserved && h.Lifetime == o.Lifetime && h.Reserved2 == o.Reserved2 && h.MNHomeAddress == o.MNHomeAddress && h.HAAddress == o.HAAddress && h.Identification == o.Identification && h.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (h HandoffRequest) String() string {
	return "Handoff Request flags " + letters(h.flags()<<8, "HNRMGTB") +
		" lifetime " + seconds(h.Lifetime) +
		" home " + h.MNHomeAddress.String() +
		" agent " + h.HAAddress.String() +
		" id " + h.Identification.String() +
		kinds(h.Extensions)
}

// flags are the seven flags where they stand in the first 32 bits.
func (h HandoffRequest) flags() uint32 {
	return bit(h.Source, handoffSource) |
		bit(h.Target, handoffTarget) |
		bit(h.Renewal, handoffRenewal) |
		bit(h.Minimal, handoffMinimal) |
		bit(h.GRE, handoffGRE) |
		bit(h.ReverseTunnel, handoffReverseTunnel) |
		bit(h.HomeTunnel, handoffHomeTunnel)
}

// HandoffReply is a Handoff Reply (RFC 4881 §4.6). With H and N both set it is a
// Handoff to Third (RFC 4881 §4.7).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |H|N|R|M|G|T|B|    Reserved     |    Code       |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|          Lifetime             |         Reserved              |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                        MN Home Address                        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                           HA Address                          |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                                                               |
//	+                         Identification                        +
//	|                                                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	| Extensions ...
//	+-+-+-+-+-+-+-+-
type HandoffReply struct {
	Source        bool `json:"h"` // H: the answer to a source-triggered request
	Target        bool `json:"n"` // N: the answer to a target-triggered request
	Renewal       bool `json:"r"` // R: the answer to a renewal; H and N are not set
	Minimal       bool `json:"m"` // M: Minimal Encapsulation will be used
	GRE           bool `json:"g"` // G: Generic Routing Encapsulation will be used
	ReverseTunnel bool `json:"t"` // T: reverse tunnel service is asked for or granted
	HomeTunnel    bool `json:"b"` // B: the mobile node has asked for a reverse tunnel to the HA
	// Reserved holds the reserved bits where they stand in the first 32 bits of
	// the figure, 0x0001ff00, and Reserved2 those behind Lifetime. The text does not
	// say more than that they are reserved; they are sent as zero.
	Reserved uint32       `json:"reserved,omitempty"`
	Code     code.Handoff `json:"code"`
	// Lifetime is that of the tunnel in seconds; 0 refuses, renounces or ends it,
	// 0xffff is infinite. In a failure it is sent as zero and ignored.
	Lifetime       Lifetime       `json:"lifetime"`
	Reserved2      uint16         `json:"reserved2,omitempty"`
	MNHomeAddress  netip.Addr     `json:"mnHomeAddress"` // IPv4; the mobile node's where the reply is target-triggered
	HAAddress      netip.Addr     `json:"haAddress"`     // IPv4; its home agent's, likewise
	Identification Identification `json:"identification"`
	Extensions     ext.List       `json:"extensions"` // a view of the parsed message
}

// Parse reads a message into h. Its Extensions alias b and are valid until b
// changes. The error is [ErrEmpty], [ErrMessageType], [ErrHandoffReplyCut] or one of
// [ext.Parse]; then h is untouched.
func (h *HandoffReply) Parse(b []byte) error {
	l, err := walk(b, TypeHandoffReply)
	if err != nil {
		return err
	}
	w := word(b)
	*h = HandoffReply{
		Source:         w&handoffSource != 0,
		Target:         w&handoffTarget != 0,
		Renewal:        w&handoffRenewal != 0,
		Minimal:        w&handoffMinimal != 0,
		GRE:            w&handoffGRE != 0,
		ReverseTunnel:  w&handoffReverseTunnel != 0,
		HomeTunnel:     w&handoffHomeTunnel != 0,
		Reserved:       w & handoffReplyReserved,
		Code:           code.Handoff(b[3]),
		Lifetime:       Lifetime(binary.BigEndian.Uint16(b[4:])),
		Reserved2:      binary.BigEndian.Uint16(b[6:]),
		MNHomeAddress:  address(b[8:12]),
		HAAddress:      address(b[12:16]),
		Identification: Identification(binary.BigEndian.Uint64(b[16:])),
		Extensions:     l,
	}
	return nil
}

// ParseHandoffReply is Parse into a new HandoffReply.
func ParseHandoffReply(b []byte) (h HandoffReply, err error) {
	err = h.Parse(b)
	return h, err
}

// AppendBinary appends the message, as [Request.AppendBinary] does;
// FA-FA Authentication must follow. On
// error b is returned unchanged: [ErrReserved], [ErrHomeAddress],
// [ErrHomeAgent], [ext.ErrTooLong].
func (h HandoffReply) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case h.Reserved&^handoffReplyReserved != 0:
		return b, ErrReserved
	case !h.MNHomeAddress.Is4():
		return b, ErrHomeAddress
	case !h.HAAddress.Is4():
		return b, ErrHomeAgent
	}
	b, p, err := room(b, TypeHandoffReply, h.Extensions.Bytes())
	if err != nil {
		return b, err
	}
	binary.BigEndian.PutUint32(p, uint32(TypeHandoffReply)<<24|h.flags()|h.Reserved|uint32(h.Code))
	binary.BigEndian.PutUint16(p[4:], uint16(h.Lifetime))
	binary.BigEndian.PutUint16(p[6:], h.Reserved2)
	putAddress(p[8:], h.MNHomeAddress)
	putAddress(p[12:], h.HAAddress)
	binary.BigEndian.PutUint64(p[16:], uint64(h.Identification))
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (h HandoffReply) MarshalBinary() ([]byte, error) {
	return h.AppendBinary(make([]byte, 0, TypeHandoffReply.FixedLength()+h.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (h *HandoffReply) UnmarshalBinary(b []byte) error { return unmarshal(h, b, ParseHandoffReply) }

// MessageType returns [TypeHandoffReply].
func (HandoffReply) MessageType() MessageType { return TypeHandoffReply }

// List returns the extensions.
func (h HandoffReply) List() ext.List { return h.Extensions }

// Equal reports whether both are the same message.
func (h HandoffReply) Equal(o HandoffReply) bool {
	return h.Source == o.Source && h.Target == o.Target && h.Renewal == o.Renewal && h.Minimal == o.Minimal && h.GRE == o.GRE && h.ReverseTunnel == o.ReverseTunnel && h.HomeTunnel == o.HomeTunnel && h.Reserved == o.Reserved && h.Code == o.Code && h.Lifetime == o.Lifetime && h.Reserved2 == o.Reserved2 && h.MNHomeAddress == o.MNHomeAddress && h.HAAddress == o.HAAddress && h.Identification == o.Identification && h.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (h HandoffReply) String() string {
	return "Handoff Reply flags " + letters(h.flags()<<8, "HNRMGTB") +
		" code " + strconv.Itoa(int(h.Code)) +
		" lifetime " + seconds(h.Lifetime) +
		" home " + h.MNHomeAddress.String() +
		" agent " + h.HAAddress.String() +
		" id " + h.Identification.String() +
		kinds(h.Extensions)
}

// flags are the seven flags where they stand in the first 32 bits.
func (h HandoffReply) flags() uint32 {
	return bit(h.Source, handoffSource) |
		bit(h.Target, handoffTarget) |
		bit(h.Renewal, handoffRenewal) |
		bit(h.Minimal, handoffMinimal) |
		bit(h.GRE, handoffGRE) |
		bit(h.ReverseTunnel, handoffReverseTunnel) |
		bit(h.HomeTunnel, handoffHomeTunnel)
}
