package ext

// The sizes in bytes of the fixed parts that extensions follow, by message
// type.
const (
	RequestLength = 24 // Registration Request, type 1 (RFC 5944 §3.3)
	ReplyLength   = 20 // Registration Reply, type 3 (RFC 5944 §3.4)
)

// FixedLength returns the size in bytes of the fixed part of a message of the
// given type, where its extensions start; false for the types that carry no
// extensions or that nobody defined.
func FixedLength(messageType byte) (int, bool) {
	switch messageType {
	case 1:
		return RequestLength, true
	case 3:
		return ReplyLength, true
	case 7: // Registration Revocation, RFC 3543 §3.3
		return 20, true
	case 15: // Revocation Acknowledgment, RFC 3543 §3.4
		return 12, true
	case 16, 17: // Handoff Request and Reply, RFC 4881 §4.5, §4.6
		return 24, true
	case 18: // Regional Registration Request, RFC 4857 §10.1
		return 24, true
	case 19: // Regional Registration Reply, RFC 4857 §10.2
		return 20, true
	case 20: // Fast Binding Update, RFC 4988 §5.1
		return 24, true
	case 21: // Fast Binding Ack, RFC 4988 §5.2
		return 20, true
	case 22, 23: // Generic Notification and its Acknowledgment, RFC 6098 §4.1, §4.2
		return 24, true
	}
	return 0, false
}
