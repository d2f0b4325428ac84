package tunnel

// Encapsulate appends an IPv6 packet in the tunnels of a path: a whole IPv4
// datagram, or, when the outer tunnel is in UDP, what stands in the Payload of
// Tunnel Data whose Next Header is [Path.Protocol]. Bytes behind the packet's own
// length are left off.
//
// Every IPv4 header that is written has the Type of Service, Identification, Don't
// Fragment and Time to Live of h; the rest of h is not looked at. GRE headers
// have the tunnel's key and no checksum. The packet is copied as it is, its Hop
// Limit too (RFC 4213 §3.3), and must not overlap what b has room for.
//
// The error is [ErrVersion] or [ErrIPv6Cut] for the packet, [ErrPath] for a path
// without tunnels or with one that there is not, [ErrMinimalIPv6], [ErrTTL] or
// [ErrTooLong], and b is returned unchanged with it.
func (p Path) Encapsulate(b, packet []byte, h IPv4Header) ([]byte, error) {
	_, n, err := parsePacket(packet, 6)
	if err != nil {
		return b, err
	}
	if !p.possible() {
		return b, ErrPath
	}
	if h.Protocol, err = p.Protocol(); err != nil {
		return b, err
	}
	if h.TimeToLive == 0 && !(p.Outer.Encapsulation.UDP() && !p.hasHomeHeader()) {
		return b, ErrTTL
	}
	g := GREPacket{ProtocolType: ProtocolTypeIPv6, Key: p.Outer.Key}
	var m MinimalPacket
	size := n
	if p.hasHomeHeader() {
		size += ipv4HeaderLength
		g.ProtocolType = ProtocolTypeIPv4
	}
	switch p.Outer.Encapsulation.method() {
	case GRE:
		size += g.headerLength()
	case Minimal:
		m = MinimalPacket{Protocol: ProtocolIPv6, OriginalDestination: p.Inner.Destination.Addr()}
		size += minimalLength
		if s := p.Inner.Source.Addr(); s != p.Outer.Source.Addr() {
			m.OriginalSource = s
			size += 4
		}
	}
	outer := ipv4HeaderLength
	if p.Outer.Encapsulation.UDP() {
		outer += udpHeadersLength
	}
	if size > maxDatagram-outer {
		return b, ErrTooLong
	}
	if !p.Outer.Encapsulation.UDP() {
		h.Source, h.Destination = p.Outer.Source.Addr(), p.Outer.Destination.Addr()
		b = h.append(b, size)
	}
	switch p.Outer.Encapsulation.method() {
	case GRE:
		b = g.append(b)
	case Minimal:
		b = m.append(b)
	}
	if p.hasHomeHeader() {
		h.Protocol, h.Source, h.Destination = ProtocolIPv6, p.Inner.Source.Addr(), p.Inner.Destination.Addr()
		b = h.append(b, n)
	}
	return append(b, packet[:n]...), nil
}

// udpHeadersLength is the length of the UDP header and of the Tunnel Data header
// (RFC 3519 §3.3).
const udpHeadersLength = 8 + 4

// hasHomeHeader reports whether the inner tunnel has an IPv4 header of its own,
// which minimal encapsulation merges with the outer one.
func (p Path) hasHomeHeader() bool {
	return p.Inner != Tunnel{} && p.Outer.Encapsulation.method() != Minimal
}

// possible reports whether there are such tunnels.
func (p Path) possible() bool {
	ends := func(t Tunnel) bool { return t.Source.Addr().Is4() && t.Destination.Addr().Is4() }
	return IPinIP <= p.Outer.Encapsulation && p.Outer.Encapsulation <= MinimalInUDP && ends(p.Outer) && (!p.Outer.Key.Present || p.Outer.Encapsulation.method() == GRE) &&
		(p.Inner == Tunnel{} || ends(p.Inner) && p.Inner.Encapsulation == IPinIP && !p.Inner.Key.Present)
}
