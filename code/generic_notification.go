package code

// GenericNotification is the Code of a Generic Notification Acknowledgment
// (RFC 6098 §4.2). Its numbers are not those of a Registration Reply: 69 and 192
// to 197 mean something else. Any number survives a round trip.
type GenericNotification uint8

// The codes: 64 to 127 are the foreign agent's, 128 to 191 the home agent's,
// 192 to 255 the mobile node's. The last of each is for experiments (the
// registry, as RFC 4064 §5 has it for registrations).
const (
	NotificationAccepted                 GenericNotification = 0
	NotificationFAReasonUnspecified      GenericNotification = 64
	NotificationFAProhibited             GenericNotification = 65
	NotificationFAInsufficientResources  GenericNotification = 66
	NotificationFAMobileNodeFailed       GenericNotification = 67
	NotificationFAHomeAgentFailed        GenericNotification = 68
	NotificationFAIdentificationMismatch GenericNotification = 69
	NotificationFAExperimental           GenericNotification = 127
	NotificationHAReasonUnspecified      GenericNotification = 128
	NotificationHAProhibited             GenericNotification = 129
	NotificationHAInsufficientResources  GenericNotification = 130
	NotificationHAMobileNodeFailed       GenericNotification = 131
	NotificationHAForeignAgentFailed     GenericNotification = 132
	NotificationHAIdentificationMismatch GenericNotification = 133
	NotificationHAExperimental           GenericNotification = 191
	NotificationMNReasonUnspecified      GenericNotification = 192
	NotificationMNProhibited             GenericNotification = 193
	NotificationMNInsufficientResources  GenericNotification = 194
	NotificationMNForeignAgentFailed     GenericNotification = 195
	NotificationMNHomeAgentFailed        GenericNotification = 196
	NotificationMNIdentificationMismatch GenericNotification = 197
	NotificationMNExperimental           GenericNotification = 255
)

// Accepted reports whether the notification was accepted: 0 (RFC 6098 §6).
func (c GenericNotification) Accepted() bool { return c == NotificationAccepted }

// String returns the code's meaning in the words of RFC 6098 §4.2, "experimental"
// for the three that are for experiments, and the bare number for one that is not
// registered.
func (c GenericNotification) String() string {
	switch c {
	case NotificationAccepted:
		return "notification accepted"
	case NotificationFAReasonUnspecified, NotificationHAReasonUnspecified, NotificationMNReasonUnspecified:
		return "reason unspecified"
	case NotificationFAProhibited, NotificationHAProhibited, NotificationMNProhibited:
		return "administratively prohibited"
	case NotificationFAInsufficientResources, NotificationHAInsufficientResources, NotificationMNInsufficientResources:
		return "insufficient resources"
	case NotificationFAMobileNodeFailed, NotificationHAMobileNodeFailed:
		return "mobile node failed authentication"
	case NotificationHAForeignAgentFailed, NotificationMNForeignAgentFailed:
		return "foreign agent failed authentication"
	case NotificationFAHomeAgentFailed, NotificationMNHomeAgentFailed:
		return "home agent failed authentication"
	case NotificationFAIdentificationMismatch, NotificationHAIdentificationMismatch, NotificationMNIdentificationMismatch:
		return "notification Identification mismatch"
	case NotificationFAExperimental, NotificationHAExperimental, NotificationMNExperimental:
		return "experimental"
	}
	return decimal(uint(c))
}
