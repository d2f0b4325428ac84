package mipv4

import (
	"encoding/binary"
	"net/netip"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// Notification is a Generic Notification (RFC 6098 §4.1): a mobility agent or a
// mobile node tells its peer something, in a Message String extension.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |      MD       |A|  Reserved                   |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                          Home Address                         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                       Home Agent Address                      |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                        Care-of Address                        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                                                               |
//	+                         Identification                        +
//	|                                                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	| Extensions ...
//	+-+-+-+-+-+-+-+-
type Notification struct {
	Direction        Direction      `json:"md"`
	Acknowledge      bool           `json:"a"`                  // A: the receiver must acknowledge
	Reserved         uint16         `json:"reserved,omitempty"` // 0 to 0x7fff; sent as zero, ignored when received
	HomeAddress      netip.Addr     `json:"homeAddress"`        // IPv4
	HomeAgentAddress netip.Addr     `json:"homeAgentAddress"`   // IPv4
	CareOfAddress    netip.Addr     `json:"careOfAddress"`      // IPv4
	Identification   Identification `json:"identification"`
	Extensions       ext.List       `json:"extensions"` // a view of the parsed message
}

const (
	notificationA        = 0x8000
	notificationReserved = 0x7fff
)

// Direction is the MD field, Message Direction, of a Generic Notification and of
// its acknowledgment: who sent it to whom.
type Direction uint8

// The directions; others have no semantics.
const (
	DirectionHAToMN Direction = 0
	DirectionHAToFA Direction = 1
	DirectionMNToHA Direction = 2
	DirectionMNToFA Direction = 3
	DirectionFAToMN Direction = 4
	DirectionFAToHA Direction = 5
)

// Leg returns the leg that the direction names, false when it names none.
func (d Direction) Leg() (code.Leg, bool) {
	switch d {
	case DirectionHAToMN:
		return code.HAtoMN, true
	case DirectionHAToFA:
		return code.HAtoFA, true
	case DirectionMNToHA:
		return code.MNtoHA, true
	case DirectionMNToFA:
		return code.MNtoFA, true
	case DirectionFAToMN:
		return code.FAtoMN, true
	case DirectionFAToHA:
		return code.FAtoHA, true
	}
	return 0, false
}

// String returns the direction in the words of RFC 6098 §4.1, and the bare number
// for one that has no semantics.
func (d Direction) String() string {
	switch d {
	case DirectionHAToMN:
		return "sent by the HA to the MN"
	case DirectionHAToFA:
		return "sent by the HA to the FA"
	case DirectionMNToHA:
		return "sent by the MN to the HA"
	case DirectionMNToFA:
		return "sent by the MN to the FA"
	case DirectionFAToMN:
		return "sent by the FA to the MN"
	case DirectionFAToHA:
		return "sent by the FA to the HA"
	}
	return strconv.Itoa(int(d))
}

// What is refused of the messages of RFC 6098.
var (
	// ErrNotificationCut: a Generic Notification has at least 24 bytes.
	ErrNotificationCut = code.NewFault("Generic Notification shorter than its fixed part of 24 bytes", "RFC 6098 §4.1", code.Must, discard, discard, discard)
	// ErrNotificationAckCut: its acknowledgment has at least 24 bytes.
	ErrNotificationAckCut = code.NewFault("Generic Notification Acknowledgment shorter than its fixed part of 24 bytes", "RFC 6098 §4.2", code.Must, discard, discard, discard)
)

// Parse reads a message into n. Its Extensions alias b and are valid until b
// changes. The error is [ErrEmpty], [ErrMessageType], [ErrNotificationCut] or one of
// [ext.Parse]; then n is untouched.
func (n *Notification) Parse(b []byte) error {
	l, err := walk(b, TypeNotification)
	if err != nil {
		return err
	}
	w := binary.BigEndian.Uint16(b[2:])
	*n = Notification{
		Direction:        Direction(b[1]),
		Acknowledge:      w&notificationA != 0,
		Reserved:         w & notificationReserved,
		HomeAddress:      address(b[4:8]),
		HomeAgentAddress: address(b[8:12]),
		CareOfAddress:    address(b[12:16]),
		Identification:   Identification(binary.BigEndian.Uint64(b[16:])),
		Extensions:       l,
	}
	return nil
}

// ParseNotification is Parse into a new Notification.
func ParseNotification(b []byte) (n Notification, err error) {
	err = n.Parse(b)
	return n, err
}

// AppendBinary appends the message, as [Request.AppendBinary] does;
// what must authenticate it follows from its direction. On
// error b is returned unchanged: [ErrReserved], [ErrHomeAddress],
// [ErrHomeAgent], [ErrCareOfAddress], [ext.ErrTooLong].
func (n Notification) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case n.Reserved&^notificationReserved != 0:
		return b, ErrReserved
	case !n.HomeAddress.Is4():
		return b, ErrHomeAddress
	case !n.HomeAgentAddress.Is4():
		return b, ErrHomeAgent
	case !n.CareOfAddress.Is4():
		return b, ErrCareOfAddress
	}
	b, p, err := room(b, TypeNotification, n.Extensions.Bytes())
	if err != nil {
		return b, err
	}
	p[1] = byte(n.Direction)
	binary.BigEndian.PutUint16(p[2:], uint16(bit(n.Acknowledge, notificationA))|n.Reserved)
	putAddress(p[4:], n.HomeAddress)
	putAddress(p[8:], n.HomeAgentAddress)
	putAddress(p[12:], n.CareOfAddress)
	binary.BigEndian.PutUint64(p[16:], uint64(n.Identification))
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (n Notification) MarshalBinary() ([]byte, error) {
	return n.AppendBinary(make([]byte, 0, TypeNotification.FixedLength()+n.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (n *Notification) UnmarshalBinary(b []byte) error { return unmarshal(n, b, ParseNotification) }

// MessageType returns [TypeNotification].
func (Notification) MessageType() MessageType { return TypeNotification }

// List returns the extensions.
func (n Notification) List() ext.List { return n.Extensions }

// Equal reports whether both are the same message.
func (n Notification) Equal(o Notification) bool {
	return n.Direction == o.Direction && n.Acknowledge == o.Acknowledge && n.Reserved == o.Reserved && n.HomeAddress == o.HomeAddress && n.HomeAgentAddress == o.HomeAgentAddress && n.CareOfAddress == o.CareOfAddress && n.Identification == o.Identification && n.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (n Notification) String() string {
	return "Generic Notification flags " + letters(bit(n.Acknowledge, 1<<31), "A") +
		" " + n.Direction.String() +
		" home " + n.HomeAddress.String() +
		" agent " + n.HomeAgentAddress.String() +
		" care-of " + n.CareOfAddress.String() +
		" id " + n.Identification.String() +
		kinds(n.Extensions)
}

// NotificationAck is a Generic Notification Acknowledgment (RFC 6098 §4.2).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |      MD       |     Code      | Reserved      |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                          Home Address                         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                       Home Agent Address                      |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                        Care-of Address                        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                                                               |
//	+                         Identification                        +
//	|                                                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	| Extensions ...
//	+-+-+-+-+-+-+-+-
type NotificationAck struct {
	Direction        Direction                `json:"md"`
	Code             code.GenericNotification `json:"code"`
	Reserved         uint8                    `json:"reserved,omitempty"` // sent as zero
	HomeAddress      netip.Addr               `json:"homeAddress"`        // IPv4
	HomeAgentAddress netip.Addr               `json:"homeAgentAddress"`   // IPv4
	CareOfAddress    netip.Addr               `json:"careOfAddress"`      // IPv4
	Identification   Identification           `json:"identification"`
	Extensions       ext.List                 `json:"extensions"` // a view of the parsed message
}

// Parse reads a message into n. Its Extensions alias b and are valid until b
// changes. The error is [ErrEmpty], [ErrMessageType], [ErrNotificationAckCut] or one of
// [ext.Parse]; then n is untouched.
func (n *NotificationAck) Parse(b []byte) error {
	l, err := walk(b, TypeNotificationAck)
	if err != nil {
		return err
	}
	*n = NotificationAck{
		Direction:        Direction(b[1]),
		Code:             code.GenericNotification(b[2]),
		Reserved:         b[3],
		HomeAddress:      address(b[4:8]),
		HomeAgentAddress: address(b[8:12]),
		CareOfAddress:    address(b[12:16]),
		Identification:   Identification(binary.BigEndian.Uint64(b[16:])),
		Extensions:       l,
	}
	return nil
}

// ParseNotificationAck is Parse into a new NotificationAck.
func ParseNotificationAck(b []byte) (n NotificationAck, err error) {
	err = n.Parse(b)
	return n, err
}

// AppendBinary appends the message, as [Request.AppendBinary] does;
// what must authenticate it follows from its direction. On
// error b is returned unchanged: [ErrHomeAddress],
// [ErrHomeAgent], [ErrCareOfAddress], [ext.ErrTooLong].
func (n NotificationAck) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case !n.HomeAddress.Is4():
		return b, ErrHomeAddress
	case !n.HomeAgentAddress.Is4():
		return b, ErrHomeAgent
	case !n.CareOfAddress.Is4():
		return b, ErrCareOfAddress
	}
	b, p, err := room(b, TypeNotificationAck, n.Extensions.Bytes())
	if err != nil {
		return b, err
	}
	p[1] = byte(n.Direction)
	p[2] = byte(n.Code)
	p[3] = n.Reserved
	putAddress(p[4:], n.HomeAddress)
	putAddress(p[8:], n.HomeAgentAddress)
	putAddress(p[12:], n.CareOfAddress)
	binary.BigEndian.PutUint64(p[16:], uint64(n.Identification))
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (n NotificationAck) MarshalBinary() ([]byte, error) {
	return n.AppendBinary(make([]byte, 0, TypeNotificationAck.FixedLength()+n.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (n *NotificationAck) UnmarshalBinary(b []byte) error {
	return unmarshal(n, b, ParseNotificationAck)
}

// MessageType returns [TypeNotificationAck].
func (NotificationAck) MessageType() MessageType { return TypeNotificationAck }

// List returns the extensions.
func (n NotificationAck) List() ext.List { return n.Extensions }

// Equal reports whether both are the same message.
func (n NotificationAck) Equal(o NotificationAck) bool {
	return n.Direction == o.Direction && n.Code == o.Code && n.Reserved == o.Reserved && n.HomeAddress == o.HomeAddress && n.HomeAgentAddress == o.HomeAgentAddress && n.CareOfAddress == o.CareOfAddress && n.Identification == o.Identification && n.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part and the kinds of the extensions.
func (n NotificationAck) String() string {
	return "Generic Notification Acknowledgment code " + strconv.Itoa(int(n.Code)) +
		" " + n.Direction.String() +
		" home " + n.HomeAddress.String() +
		" agent " + n.HomeAgentAddress.String() +
		" care-of " + n.CareOfAddress.String() +
		" id " + n.Identification.String() +
		kinds(n.Extensions)
}
