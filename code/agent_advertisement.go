package code

// AgentAdvertisement is the Code of the ICMP Router Advertisement that an Agent
// Advertisement is (RFC 5944 §2.1, RFC 1256 §3).
type AgentAdvertisement uint8

// The codes.
const (
	HandlesCommonTraffic      AgentAdvertisement = 0
	DoesNotRouteCommonTraffic AgentAdvertisement = 16 // a foreign agent forwards what registered mobile nodes send even so
)

// String returns the code's meaning in the words of RFC 5944 §2.1, and the bare
// number for one that it does not define.
func (c AgentAdvertisement) String() string {
	switch c {
	case HandlesCommonTraffic:
		return "handles common traffic"
	case DoesNotRouteCommonTraffic:
		return "does not route common traffic"
	}
	return decimal(uint(c))
}
