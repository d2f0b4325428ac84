package code

// UDPTunnel is the Reply Code of a UDP Tunnel Reply extension (RFC 3519 §3.2.1).
type UDPTunnel uint8

// The reply codes.
const (
	UDPTunnelAccepted UDPTunnel = 0
	UDPTunnelDeclined UDPTunnel = 64
)

// Accepted reports whether tunnelling will be done: 0-63 (RFC 3519 §3.2.1).
func (c UDPTunnel) Accepted() bool { return c <= 63 }

// String returns the words of the RFC, and the bare number for one that is not
// registered.
func (c UDPTunnel) String() string {
	switch c {
	case UDPTunnelAccepted:
		return "will do tunnelling"
	case UDPTunnelDeclined:
		return "tunnelling declined, reason unspecified"
	}
	return decimal(uint(c))
}
