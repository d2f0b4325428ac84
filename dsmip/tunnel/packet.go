package tunnel

import (
	"encoding/binary"
	"net/netip"
)

// Packet is what the decisions look at of an IP packet that is to travel in a
// tunnel, or has. It is comparable.
type Packet struct {
	Source, Destination netip.Addr // both IPv6, or both IPv4
	// MLD says that it is a message of Multicast Listener Discovery (ICMPv6 types
	// 130, 131, 132 and 143) between the mobile node and its home agent. A home
	// agent gives [Binding.Forward] its own messages only; those of other nodes on
	// its links are not for the mobile node.
	MLD bool
}

// The MLD messages (RFC 2710 §3, RFC 3810 §5).
const (
	listenerQuery    = 130
	listenerReport   = 131
	listenerDone     = 132
	listenerReportV2 = 143
)

// The extension headers that may stand before an MLD message, and what announces
// one (RFC 2460 §4).
const (
	hopByHop           = 0
	destinationOptions = 60
	icmpv6             = 58
)

// ipv6HeaderLength is the length of an IPv6 header.
const ipv6HeaderLength = 40

// ParsePacket reads the header of an IP packet of either version, and tells MLD
// by the ICMPv6 type, behind Hop-by-Hop and Destination Options if there are
// any; whose message it is, the caller knows. The error is [ErrVersion] for
// neither, [ErrIPv6Cut], [ErrIPv4Cut] or [ErrIPv4Checksum]. Bytes beyond the
// packet's own length are padding and are ignored.
func ParsePacket(b []byte) (Packet, error) {
	p, _, err := parsePacket(b, version(b))
	return p, err
}

// parsePacket reads the header of a packet that is announced to be of an IP
// version, and returns the packet's length, too.
func parsePacket(b []byte, announced int) (Packet, int, error) {
	if len(b) > 0 && version(b) != announced {
		return Packet{}, 0, ErrVersion
	}
	switch announced {
	case 4:
		h, n, err := parseIPv4(b)
		return Packet{Source: h.Source, Destination: h.Destination}, n.total, err
	case 6:
		return parseIPv6(b)
	}
	return Packet{}, 0, ErrVersion
}

// version returns the version of the IP packet at the head of b, 0 for nothing.
func version(b []byte) int {
	if len(b) == 0 {
		return 0
	}
	return int(b[0] >> 4)
}

// parseIPv6 reads the header of an IPv6 packet and what follows it as far as an
// MLD message is to be recognised.
func parseIPv6(b []byte) (Packet, int, error) {
	if len(b) < ipv6HeaderLength {
		return Packet{}, 0, ErrIPv6Cut
	}
	n := ipv6HeaderLength + int(binary.BigEndian.Uint16(b[4:]))
	if n > len(b) {
		return Packet{}, 0, ErrIPv6Cut
	}
	return Packet{
		Source:      netip.AddrFrom16([16]byte(b[8:24])),
		Destination: netip.AddrFrom16([16]byte(b[24:40])),
		MLD:         isMLD(b[6], b[ipv6HeaderLength:n]),
	}, n, nil
}

// isMLD walks the options headers of an IPv6 packet. What is cut is no MLD.
func isMLD(next byte, b []byte) bool {
	for next == hopByHop || next == destinationOptions {
		if len(b) < 8 {
			return false
		}
		n := 8 * (1 + int(b[1]))
		if len(b) < n {
			return false
		}
		next, b = b[0], b[n:]
	}
	if next != icmpv6 || len(b) == 0 {
		return false
	}
	switch b[0] {
	case listenerQuery, listenerReport, listenerDone, listenerReportV2:
		return true
	}
	return false
}

// invalidSource reports whether an address is none that a decapsulated IPv6
// packet may come from (RFC 4213 §3.6).
func invalidSource(a netip.Addr) bool {
	if !is6(a) || a.IsMulticast() {
		return true
	}
	// Loopback and the IPv4-compatible addresses; the unspecified address is for
	// Duplicate Address Detection.
	b := a.As16()
	return [12]byte(b[:12]) == [12]byte{} && !a.IsUnspecified()
}

// String returns "2001:db8::1 > 2001:db8:1::1", with ", MLD" behind it for MLD.
func (p Packet) String() string {
	s := p.Source.String() + " > " + p.Destination.String()
	if p.MLD {
		s += ", MLD"
	}
	return s
}

// Equal reports whether two packets are the same to the decisions.
func (p Packet) Equal(o Packet) bool { return p == o }
