package mipv4

import (
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
)

// MessageType is the first byte of a control message: what is sent over UDP
// port 434.
type MessageType uint8

// The message types of the registry.
const (
	TypeRequest                  MessageType = 1   // RFC 5944 §3.3
	TypeReply                    MessageType = 3   // RFC 5944 §3.4
	TypeTunnelData               MessageType = 4   // RFC 3519 §3.3
	TypeRevocation               MessageType = 7   // RFC 3543 §3.3
	TypeRevocationAcknowledgment MessageType = 15  // RFC 3543 §3.4
	TypeHandoffRequest           MessageType = 16  // RFC 4881 §4.5
	TypeHandoffReply             MessageType = 17  // RFC 4881 §4.6
	TypeRegionalRequest          MessageType = 18  // RFC 4857 §10.1
	TypeRegionalReply            MessageType = 19  // RFC 4857 §10.2
	TypeFastBindingUpdate        MessageType = 20  // RFC 4988 §5.1
	TypeFastBindingAck           MessageType = 21  // RFC 4988 §5.2
	TypeNotification             MessageType = 22  // RFC 6098 §4.1
	TypeNotificationAck          MessageType = 23  // RFC 6098 §4.2
	TypeHomeTestInit             MessageType = 24  // RFC 6521 §5.6
	TypeCareOfTestInit           MessageType = 25  // RFC 6521 §5.7
	TypeHomeTest                 MessageType = 26  // RFC 6521 §5.8
	TypeCareOfTest               MessageType = 27  // RFC 6521 §5.9
	TypeExperimental             MessageType = 255 // RFC 4064 §3
)

// ErrEmpty says that a datagram has no type byte.
var ErrEmpty = code.NewFault("empty datagram", "RFC 5944 §3.1", code.Must, discard, discard, discard)

// TypeOf returns the type of the message in a datagram without parsing it. Any
// number is returned as it is; the error is [ErrEmpty].
func TypeOf(b []byte) (MessageType, error) {
	if len(b) == 0 {
		return 0, ErrEmpty
	}
	return MessageType(b[0]), nil
}

// String returns the message's name in its RFC, and "message type N" for one
// that is not registered.
func (t MessageType) String() string {
	switch t {
	case TypeRequest:
		return "Registration Request"
	case TypeReply:
		return "Registration Reply"
	case TypeTunnelData:
		return "MIP Tunnel Data"
	case TypeRevocation:
		return "Registration Revocation"
	case TypeRevocationAcknowledgment:
		return "Revocation Acknowledgment"
	case TypeHandoffRequest:
		return "Handoff Request"
	case TypeHandoffReply:
		return "Handoff Reply"
	case TypeRegionalRequest:
		return "Regional Registration Request"
	case TypeRegionalReply:
		return "Regional Registration Reply"
	case TypeFastBindingUpdate:
		return "Fast Binding Update"
	case TypeFastBindingAck:
		return "Fast Binding Ack"
	case TypeNotification:
		return "Generic Notification"
	case TypeNotificationAck:
		return "Generic Notification Acknowledgment"
	case TypeHomeTestInit:
		return "Home Test Init"
	case TypeCareOfTestInit:
		return "Care-of Test Init"
	case TypeHomeTest:
		return "Home Test"
	case TypeCareOfTest:
		return "Care-of Test"
	case TypeExperimental:
		return "Experimental"
	}
	return "message type " + strconv.Itoa(int(t))
}

// The sizes in bytes of the fixed parts of the registration messages.
const (
	requestLength = 24
	replyLength   = 20
)

// FixedLength returns the size in bytes of the fixed part of a message of the
// type, behind which its extensions or, in Tunnel Data, a payload stand; 0 for
// a type that is not registered.
func (t MessageType) FixedLength() int {
	switch t {
	case TypeRequest, TypeRegionalRequest, TypeFastBindingUpdate:
		return requestLength
	case TypeReply, TypeRegionalReply, TypeFastBindingAck:
		return replyLength
	case TypeTunnelData:
		return 4
	case TypeRevocation:
		return 20
	case TypeRevocationAcknowledgment:
		return 12
	case TypeHandoffRequest, TypeHandoffReply, TypeNotification, TypeNotificationAck:
		return 24
	case TypeHomeTestInit, TypeCareOfTestInit:
		return 10
	case TypeHomeTest, TypeCareOfTest:
		return 20
	case TypeExperimental:
		return 1
	}
	return 0
}
