package tunnel

import (
	"net/netip"
	"strconv"
)

// Decapsulated is a packet that was taken out of its tunnels.
type Decapsulated struct {
	Path   Path   // the tunnels that it came in
	Packet Packet // what the decisions look at
	// Bytes is the packet, without padding behind it; it aliases what was read.
	// The IPv4 header of an IPv4 packet in minimal encapsulation is merged with
	// the outer one, and restoring it (RFC 2004 §3) is the caller's: then Bytes is
	// what follows the forwarding header.
	Bytes []byte
}

// Decapsulate reads an IPv4 datagram and the tunnels in it, which are one or two.
// Own is the address to which the inner of two tunnels goes: the home agent's own
// at the home agent, the home address at the mobile node. What goes elsewhere is
// no tunnel that ends here but an IPv4 packet, as everything is to a foreign agent,
// which passes the zero Addr. Whether the packet may come in is then asked of the
// [Binding].
//
// The error is one of [ParseIPv4], [ParseGRE] and [ParseMinimal], [ErrProtocol]
// for a datagram that is no tunnel, [ErrVersion] when a packet is not of the
// version that was announced, or [ErrIPv6Cut]. [ErrFragment] is for a tunnel that
// came in fragments; an IPv4 packet in a tunnel may be one.
func Decapsulate(b []byte, own netip.Addr) (Decapsulated, error) {
	p, err := ParseIPv4(b)
	if err != nil {
		return Decapsulated{}, err
	}
	return open(Tunnel{Source: onIP(p.Source), Destination: onIP(p.Destination)}, p.Protocol, IPinIP, p.Payload, own)
}

// DecapsulateUDP is [Decapsulate] for Tunnel Data (RFC 3519 §3.3) that came from
// one address and port to another: its Next Header and its Payload.
// Addresses of a socket that also speaks IPv6 are to be unmapped first
// (netip.Addr.Unmap).
func DecapsulateUDP(from, to netip.AddrPort, nextHeader uint8, payload []byte, own netip.Addr) (Decapsulated, error) {
	return open(Tunnel{Source: from, Destination: to}, nextHeader, IPinUDP, payload, own)
}

// open reads what the outer level announces by a protocol number; base is IPinIP
// or IPinUDP.
func open(outer Tunnel, protocol uint8, base Encapsulation, b []byte, own netip.Addr) (Decapsulated, error) {
	switch protocol {
	case ProtocolIPv6:
		outer.Encapsulation = base
		return innermost(Path{Outer: outer}, b)
	case ProtocolIPv4:
		outer.Encapsulation = base
		return openIPv4(outer, b, own)
	case ProtocolGRE:
		g, err := parseGRE(b)
		if err != nil {
			return Decapsulated{}, err
		}
		outer.Encapsulation, outer.Key = base+GRE-IPinIP, g.Key
		if g.version() == 4 {
			return openIPv4(outer, g.Payload, own)
		}
		return innermost(Path{Outer: outer}, g.Payload)
	case ProtocolMinimal:
		m, err := ParseMinimal(b)
		if err != nil {
			return Decapsulated{}, err
		}
		outer.Encapsulation = base + Minimal - IPinIP
		source := m.OriginalSource
		if !source.IsValid() {
			source = outer.Source.Addr()
		}
		if m.Protocol == ProtocolIPv6 && m.OriginalDestination == own {
			return innermost(Path{outer, Tunnel{Encapsulation: IPinIP, Source: onIP(source), Destination: onIP(own)}}, m.Payload)
		}
		return Decapsulated{Path{Outer: outer}, Packet{Source: source, Destination: m.OriginalDestination}, m.Payload}, nil
	}
	return Decapsulated{}, ErrProtocol
}

// openIPv4 reads an IPv4 packet in a tunnel, and the tunnel in it if it ends here.
func openIPv4(outer Tunnel, b []byte, own netip.Addr) (Decapsulated, error) {
	if len(b) > 0 && version(b) != 4 {
		return Decapsulated{}, ErrVersion
	}
	h, n, err := parseIPv4(b)
	switch {
	case err != nil:
		return Decapsulated{}, err
	case h.Protocol != ProtocolIPv6 || h.Destination != own:
		return Decapsulated{Path{Outer: outer}, Packet{Source: h.Source, Destination: h.Destination}, b[:n.total:n.total]}, nil
	case n.fragment:
		return Decapsulated{}, ErrFragment
	}
	return innermost(Path{outer, Tunnel{Encapsulation: IPinIP, Source: onIP(h.Source), Destination: onIP(own)}}, b[n.header:n.total])
}

// innermost reads the IPv6 packet.
func innermost(p Path, b []byte) (Decapsulated, error) {
	inner, n, err := parsePacket(b, 6)
	if err != nil {
		return Decapsulated{}, err
	}
	return Decapsulated{p, inner, b[:n:n]}, nil
}

// Equal reports whether two are the same, byte by byte.
func (d Decapsulated) Equal(o Decapsulated) bool {
	return d.Path == o.Path && d.Packet == o.Packet && string(d.Bytes) == string(o.Bytes)
}

// String returns the path and the addresses of the packet in it.
func (d Decapsulated) String() string {
	return d.Path.String() + ": " + d.Packet.String() + ", " + strconv.Itoa(len(d.Bytes)) + " bytes"
}
