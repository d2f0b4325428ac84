package mipv4

import (
	"bytes"
	"encoding/binary"
	"net/netip"
	"slices"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// Message is any of the messages that are sent over UDP port 434: a [Request],
// a [Reply], a [TunnelData] and so on, by value.
type Message interface {
	// MessageType returns the first byte of the message.
	MessageType() MessageType
	// List returns the extensions; an empty list for the two messages that have
	// none that this package could walk, TunnelData and Experimental.
	List() ext.List
	// AppendBinary appends the message: what was parsed, byte for byte.
	AppendBinary(b []byte) ([]byte, error)
	// String returns one line of less than 4 KiB, however long the message is.
	String() string
}

// Parse reads a message of any type of the registry, for who takes what comes;
// who waits for one type parses that, which allocates nothing. The slices inside
// alias b and are valid until b changes. The error is [ErrEmpty],
// [ErrUnknownMessage], or that of the Parse of the message's type; [Locate] tells
// where.
func Parse(b []byte) (Message, error) {
	t, err := TypeOf(b)
	if err != nil {
		return nil, err
	}
	switch t {
	case TypeRequest:
		return boxed(ParseRequest(b))
	case TypeReply:
		return boxed(ParseReply(b))
	case TypeTunnelData:
		return boxed(ParseTunnelData(b))
	case TypeRevocation:
		return boxed(ParseRevocation(b))
	case TypeRevocationAcknowledgment:
		return boxed(ParseRevocationAcknowledgment(b))
	case TypeHandoffRequest:
		return boxed(ParseHandoffRequest(b))
	case TypeHandoffReply:
		return boxed(ParseHandoffReply(b))
	case TypeRegionalRequest:
		return boxed(ParseRegionalRequest(b))
	case TypeRegionalReply:
		return boxed(ParseRegionalReply(b))
	case TypeFastBindingUpdate:
		return boxed(ParseFastBindingUpdate(b))
	case TypeFastBindingAck:
		return boxed(ParseFastBindingAck(b))
	case TypeNotification:
		return boxed(ParseNotification(b))
	case TypeNotificationAck:
		return boxed(ParseNotificationAck(b))
	case TypeHomeTestInit:
		return boxed(ParseHomeTestInit(b))
	case TypeCareOfTestInit:
		return boxed(ParseCareOfTestInit(b))
	case TypeHomeTest:
		return boxed(ParseHomeTest(b))
	case TypeCareOfTest:
		return boxed(ParseCareOfTest(b))
	case TypeExperimental:
		return boxed(ParseExperimental(b))
	}
	return nil, ErrUnknownMessage
}

// boxed is the message that was parsed, and nothing where it was not.
func boxed[M Message](m M, err error) (Message, error) {
	if err != nil {
		return nil, err
	}
	return m, nil
}

// unmarshal is UnmarshalBinary of any message: parse of a copy, which is made only of
// what parses.
func unmarshal[M any](m *M, b []byte, parse func([]byte) (M, error)) error {
	_, err := parse(b)
	if err == nil {
		*m, err = parse(bytes.Clone(b))
	}
	return err
}

// Locate returns where and why the Parse of the message's type refuses b, the
// fixed part included; len(b) and nil when it does not. A type that is not
// registered is [ErrUnknownMessage] at 0.
func Locate(b []byte) (int, error) {
	t, err := TypeOf(b)
	if err != nil {
		return 0, err
	}
	n := t.FixedLength()
	switch {
	case n == 0:
		return 0, ErrUnknownMessage
	case len(b) < n:
		return len(b), cut(b, t)
	case t == TypeTunnelData, t == TypeExperimental:
		if len(b) > ext.MaxMessage {
			return ext.MaxMessage, ext.ErrTooLong
		}
		return len(b), nil
	}
	return ext.Locate(b, n)
}

// cut says why b is not the head of a message of type t.
func cut(b []byte, t MessageType) *code.Fault {
	if len(b) == 0 {
		return ErrEmpty
	}
	if MessageType(b[0]) != t {
		switch t {
		case TypeRequest:
			return ErrNotRequest
		case TypeReply:
			return ErrNotReply
		}
		return ErrMessageType
	}
	switch t {
	case TypeRequest:
		return ErrRequestCut
	case TypeReply:
		return ErrReplyCut
	case TypeTunnelData:
		return ErrTunnelDataCut
	case TypeRevocation:
		return ErrRevocationCut
	case TypeRevocationAcknowledgment:
		return ErrRevocationAcknowledgmentCut
	case TypeHandoffRequest:
		return ErrHandoffRequestCut
	case TypeHandoffReply:
		return ErrHandoffReplyCut
	case TypeRegionalRequest:
		return ErrRegionalRequestCut
	case TypeRegionalReply:
		return ErrRegionalReplyCut
	case TypeFastBindingUpdate:
		return ErrFastBindingUpdateCut
	case TypeFastBindingAck:
		return ErrFastBindingAckCut
	case TypeNotification:
		return ErrNotificationCut
	case TypeNotificationAck:
		return ErrNotificationAckCut
	case TypeHomeTestInit:
		return ErrHomeTestInitCut
	case TypeCareOfTestInit:
		return ErrCareOfTestInitCut
	case TypeHomeTest:
		return ErrHomeTestCut
	case TypeCareOfTest:
		return ErrCareOfTestCut
	}
	return ErrMessageType
}

// walk checks that b is a message of type t with a whole fixed part and walks the
// extensions behind it.
func walk(b []byte, t MessageType) (ext.List, error) {
	n := t.FixedLength()
	if len(b) < n || MessageType(b[0]) != t {
		return ext.List{}, cut(b, t)
	}
	return ext.Parse(b, n)
}

// room appends what follows the fixed part of a message of type t and, in front
// of it, room for the fixed part, whose first byte it writes and which it returns.
// What follows is copied first, since the fixed part may overwrite where it
// lies.
func room(b []byte, t MessageType, rest []byte) (msg, fixed []byte, err error) {
	f, n := t.FixedLength(), len(b)
	if f+len(rest) > ext.MaxMessage {
		return b, nil, ext.ErrTooLong
	}
	b = slices.Grow(b, f+len(rest))[:n+f+len(rest)]
	copy(b[n+f:], rest)
	b[n] = byte(t)
	return b, b[n : n+f], nil
}

// address reads an IPv4 address.
func address(b []byte) netip.Addr { return netip.AddrFrom4([4]byte(b)) }

// putAddress writes an address that was found to be IPv4.
func putAddress(b []byte, a netip.Addr) {
	v := a.As4()
	copy(b, v[:])
}

// bit is the mask of a flag that is set.
func bit(set bool, mask uint32) uint32 {
	if set {
		return mask
	}
	return 0
}

// letters returns the letters of the flags that are set, from bit 31 on.
func letters(word uint32, names string) string {
	return string(appendLetters(make([]byte, 0, 32), word, names))
}

// appendLetters is letters for a slice.
func appendLetters(b []byte, word uint32, names string) []byte {
	for i := range len(names) {
		if word<<i>>31 != 0 {
			b = append(b, names[i])
		}
	}
	return b
}

// word is the first 32 bits of a fixed part.
func word(p []byte) uint32 { return binary.BigEndian.Uint32(p) }

// maxKinds is how many extensions String names: a message may have 65,511.
const maxKinds = 32

// kinds lists the names of a list's extensions in brackets, and how many there
// are beyond the first 32.
func kinds(l ext.List) string {
	return " [" + listed(l.All(), maxKinds, func(x ext.Raw) string { return x.Kind().String() }) + "]"
}
