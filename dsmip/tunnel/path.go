package tunnel

import (
	"net/netip"
)

// port is the UDP port of Mobile IP, from which the home agent sends Tunnel Data
// (RFC 3519 §3.3).
const port = 434

// Tunnel is one tunnel that a packet travels in. It is comparable; the zero
// Tunnel is none.
type Tunnel struct {
	Encapsulation Encapsulation
	// Source and Destination are the ends, IPv4. The ports are those of UDP, and 0
	// for an encapsulation that is not in UDP.
	Source, Destination netip.AddrPort
	Key                 GREKey // with GRE and GRE in UDP
}

// Path is the tunnels that a packet travels in: none, which is native IPv6, one,
// or two, the inner of which is then the home address's tunnel under RFC 4213. It
// is comparable.
type Path struct {
	Outer, Inner Tunnel
}

// Native reports whether there is no tunnel.
func (p Path) Native() bool { return p == Path{} }

// Protocol returns the number that announces what the outermost level carries
// when the packet is IPv6: the Protocol of the outer IPv4 header, or the Next
// Header of Tunnel Data. The error is [ErrPath] for a native packet and one of
// [Encapsulation.Protocol].
func (p Path) Protocol() (uint8, error) {
	switch {
	case p.Outer == Tunnel{}:
		return 0, ErrPath
	case p.Inner == Tunnel{}:
		return p.Outer.Encapsulation.Protocol(6)
	}
	return p.Outer.Encapsulation.Protocol(4)
}

// Equal reports whether two tunnels are the same.
func (t Tunnel) Equal(o Tunnel) bool { return t == o }

// Equal reports whether two paths are the same.
func (p Path) Equal(o Path) bool { return p == o }

// String returns "IP in IP 192.0.2.1 > 192.0.2.10", with the ports in UDP and the
// key with GRE, and "no tunnel" for none.
func (t Tunnel) String() string {
	if t == (Tunnel{}) {
		return "no tunnel"
	}
	s := t.Encapsulation.String() + " " + t.end(t.Source) + " > " + t.end(t.Destination)
	if t.Key.Present {
		s += " " + t.Key.String()
	}
	return s
}

func (t Tunnel) end(a netip.AddrPort) string {
	if t.Encapsulation.UDP() {
		return a.String()
	}
	return a.Addr().String()
}

// String returns the tunnels from outside in, "native" for none:
// "GRE 192.0.2.1 > 198.51.100.7, IP in IP 192.0.2.1 > 192.0.2.10".
func (p Path) String() string {
	switch {
	case p.Native():
		return "native"
	case p.Inner == Tunnel{}:
		return p.Outer.String()
	}
	return p.Outer.String() + ", " + p.Inner.String()
}

// String returns "key 0x0000002a", and "no key" for none.
func (k GREKey) String() string {
	if !k.Present {
		return "no key"
	}
	const digits = "0123456789abcdef"
	s := [...]byte{'0', 'x', 7: 0, 9: 0}
	for i := range 8 {
		s[2+i] = digits[k.Identifier>>(28-4*i)&15]
	}
	return "key " + string(s[:])
}

// reverse is the same tunnel in the other direction, with that direction's key.
func (t Tunnel) reverse(k GREKey) Tunnel {
	return Tunnel{t.Encapsulation, t.Destination, t.Source, k}
}

// onIP is an end that has no port.
func onIP(a netip.Addr) netip.AddrPort { return netip.AddrPortFrom(a, 0) }

// toHome is the tunnel from the home agent to the home address, under RFC 4213
// whatever was negotiated (draft-ietf-mip4-dsmipv4-06 §4.3.2, RFC 5454 §3.3.2).
func (b *Binding) toHome() Tunnel {
	return Tunnel{Encapsulation: IPinIP, Source: onIP(b.HomeAgent), Destination: onIP(b.HomeAddress)}
}

// fromHome is the same in the other direction.
func (b *Binding) fromHome() Tunnel { return b.toHome().reverse(GREKey{}) }

// toCareOf is the tunnel from the home agent to the care-of address, as it
// carries packets of an IP version.
func (b *Binding) toCareOf(version int) Tunnel {
	e := b.Encapsulation
	if !e.UDP() {
		return Tunnel{e, onIP(b.HomeAgent), onIP(b.CareOfAddress), b.ForwardKey}
	}
	t := Tunnel{e, netip.AddrPortFrom(b.HomeAgent, port), b.Effective, b.ForwardKey}
	if version == 6 {
		t.Encapsulation, t.Key = IPinUDP, GREKey{}
	}
	return t
}

// fromCareOf is the same in the other direction.
func (b *Binding) fromCareOf(version int) Tunnel {
	t := b.toCareOf(version)
	if t.Encapsulation.method() == GRE {
		return t.reverse(b.ReverseKey)
	}
	return t.reverse(GREKey{})
}
