package code

// MobileNetwork is the Code of a Mobile Network Acknowledgement extension (RFC 5177
// §4.2, RFC 6626 §5).
type MobileNetwork uint8

// The codes.
const (
	MobileNetworkSuccess          MobileNetwork = 0
	MobileNetworkInvalidPrefix    MobileNetwork = 1 // MOBNET_INVALID_PREFIX_LEN
	MobileNetworkUnauthorized     MobileNetwork = 2 // MOBNET_UNAUTHORIZED
	MobileNetworkForwardingFailed MobileNetwork = 3 // MOBNET_FWDING_SETUP_FAILED
	MobileNetworkUnassigned       MobileNetwork = 4 // MOBNET_UNASSIGNED: RFC 6626 §5
)

// Accepted reports whether forwarding was set up for the prefix: 0 alone.
func (c MobileNetwork) Accepted() bool { return c == MobileNetworkSuccess }

// String returns the words of the RFC, and the bare number for one that is not
// registered.
func (c MobileNetwork) String() string {
	switch c {
	case MobileNetworkSuccess:
		return "success"
	case MobileNetworkInvalidPrefix:
		return "invalid prefix"
	case MobileNetworkUnauthorized:
		return "Mobile Router is not authorized for prefix"
	case MobileNetworkForwardingFailed:
		return "forwarding setup failed"
	case MobileNetworkUnassigned:
		return "Home Agent cannot assign a mobile network prefix"
	}
	return decimal(uint(c))
}
