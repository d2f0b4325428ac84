package tunnel

// Deliver says what a foreign agent does with a packet that came from the home
// agent by a path: it removes the tunnel to its care-of address and delivers the
// rest to the mobile node. The rest is an IPv6 packet, natively on the link, when
// the registration says so (draft-ietf-mip4-dsmipv4-06 §4.4), or an IPv4 packet to
// the home address as ever, the home address's tunnel among them: the path that is
// returned.
//
// The error is one of the faults of [Binding.Check] but [ErrPrefixes],
// [ErrForeignAgent], [ErrNotTunneled], [ErrOuterSource], [ErrPort], [ErrEndpoint],
// [ErrEncapsulation], [ErrKey], [ErrIPv6] or [ErrNotRegistered]. A foreign agent
// never sends an ICMP Destination Unreachable for it (RFC 5944 §4.2.2).
func (b *Binding) Deliver(p Path, inner Packet) (Path, error) {
	if err := b.usable(); err != nil {
		return Path{}, err
	}
	if p.Native() {
		return Path{}, ErrNotTunneled
	}
	if b.CoLocated {
		return Path{}, ErrForeignAgent
	}
	version := 6
	if inner.Destination.Is4() || p.Inner != (Tunnel{}) {
		version = 4
	}
	if err := p.Outer.is(b.toCareOf(version)); err != nil {
		return Path{}, err
	}
	switch {
	case p.Inner != Tunnel{}:
		if p.Inner.Destination.Addr() != b.HomeAddress {
			return Path{}, ErrNotRegistered
		}
		return Path{Outer: p.Inner}, nil
	case version == 4:
		if inner.Destination != b.HomeAddress {
			return Path{}, ErrNotRegistered
		}
		return Path{}, nil
	case b.viaHome():
		return Path{}, ErrForeignAgent
	case !is6(inner.Destination):
		return Path{}, ErrIPv6
	case !b.registered(inner.Destination):
		return Path{}, ErrNotRegistered
	}
	return Path{}, nil
}

// Relay says in which tunnels a foreign agent sends on to the home agent what came
// from the mobile node: natively, in the home address's tunnel, or in the
// encapsulating delivery style, which it decapsulates and encapsulates again (RFC
// 3024 §5.2.1). IPv6 that came natively, or within the encapsulating delivery
// style alone, is tunnelled from the care-of address, whatever was negotiated for
// IPv4 (draft-ietf-mip4-dsmipv4-06 §4.4). The home address's tunnel is IPv4: it is
// tunnelled when reverse tunneling was granted in the style that the packet came
// in, and else routed as it is.
//
// The error is one of the faults of [Binding.Check] but [ErrPrefixes],
// [ErrForeignAgent], [ErrOuterSource], [ErrEndpoint], [ErrPort],
// [ErrEncapsulation], [ErrKey], [ErrIPv6], [ErrInvalidSource], [ErrInnerSource],
// [ErrOnLink], [ErrNodeScope], [ErrMLD] or [ErrMulticastDelivery].
func (b *Binding) Relay(p Path, inner Packet) (Path, error) {
	if err := b.usable(); err != nil {
		return Path{}, err
	}
	if b.CoLocated {
		return Path{}, ErrForeignAgent
	}
	wrapped := b.ForeignAgent.IsValid() && p.Outer.is(b.delivery()) == nil
	home := p.Outer
	if wrapped {
		home = p.Inner
	}
	if home == (Tunnel{}) {
		return b.relayIPv6(wrapped, inner)
	}
	if err := home.is(b.fromHome()); err != nil {
		return Path{}, err
	}
	switch {
	case !wrapped && p.Inner != Tunnel{}:
		return Path{}, ErrEncapsulation
	case wrapped, b.ReverseTunneling && !b.ForeignAgent.IsValid():
		return Path{b.fromCareOf(4), home}, nil
	}
	return p, nil
}

// relayIPv6 is Relay for IPv6 outside the home address's tunnel, wrapped in the
// encapsulating delivery style or not.
func (b *Binding) relayIPv6(wrapped bool, p Packet) (Path, error) {
	if b.viaHome() {
		return Path{}, ErrForeignAgent
	}
	if p.Source.IsLinkLocalUnicast() || p.Destination.IsLinkLocalUnicast() {
		return Path{}, ErrOnLink
	}
	if err := b.source(p); err != nil {
		return Path{}, err
	}
	if s, multicast := ScopeOf(p.Destination); multicast {
		switch {
		case s <= InterfaceLocalScope:
			return Path{}, ErrNodeScope
		case s == LinkLocalScope:
			return Path{}, ErrOnLink
		case p.MLD:
			return Path{}, ErrMLD
		case !wrapped:
			return Path{}, ErrMulticastDelivery
		}
	}
	return Path{Outer: b.fromCareOf(6)}, nil
}
