package tunnel

// Send says in which tunnels a mobile node sends an IPv6 packet
// (draft-ietf-mip4-dsmipv4-06 §4.3.3, §4.5, RFC 5454 §3.3.3, §3.5, §3.7.1): natively
// on the foreign agent's link, to the home agent from its care-of address, or from
// its home address; what it sends from its home address it tunnels once more from
// a co-located care-of address when reverse tunneling was granted or a NAT is in
// the way, or to the foreign agent in the encapsulating delivery style.
//
// A home agent's [Binding.Admit] lets in what Send sends, through
// [Binding.Relay] of a foreign agent if there is one. What is native and goes to a
// link-local address goes no further than the foreign agent's link. The error is one
// of the faults of [Binding.Check] but [ErrPrefixes], [ErrIPv6], or what Admit says of
// a source that it would refuse. [ErrNegotiated] is also for an Effective without
// port, since the mobile node knows its own. [ErrNodeScope] is for groups that no
// packet goes to.
func (b *Binding) Send(p Packet) (Path, error) {
	if err := b.usable(); err != nil {
		return Path{}, err
	}
	if b.Encapsulation.UDP() && b.Effective.Port() == 0 {
		return Path{}, ErrNegotiated
	}
	if err := b.source(p); err != nil {
		return Path{}, err
	}
	home := b.viaHome()
	switch {
	case p.Destination.IsMulticast() && p.MLD:
		home = b.mldViaHome()
	case p.Destination.IsMulticast():
		if s, _ := ScopeOf(p.Destination); s <= InterfaceLocalScope {
			return Path{}, ErrNodeScope
		}
		// An accepted link-local address speaks in the home address's tunnel to
		// groups, too: DHCPv6 servers are found so.
		home = b.groupsViaHome() || p.Source.IsLinkLocalUnicast()
	case !b.draft() && (p.Destination.IsLinkLocalUnicast() || p.Source.IsLinkLocalUnicast()):
		home = true
	}
	if !home {
		switch {
		case b.CoLocated:
			return Path{Outer: b.fromCareOf(6)}, nil
		case b.ForeignAgent.IsValid():
			return Path{Outer: b.delivery()}, nil
		}
		return Path{}, nil
	}
	switch {
	case b.CoLocated && (b.ReverseTunneling || b.Encapsulation.UDP()):
		return Path{b.fromCareOf(4), b.fromHome()}, nil
	case b.ForeignAgent.IsValid():
		return Path{b.delivery(), b.fromHome()}, nil
	}
	return Path{Outer: b.fromHome()}, nil
}

// delivery is the tunnel of the encapsulating delivery style from the mobile node
// to its foreign agent, by IP in IP, its default (RFC 3024 §5.2.2).
func (b *Binding) delivery() Tunnel {
	return Tunnel{Encapsulation: IPinIP, Source: onIP(b.HomeAddress), Destination: onIP(b.ForeignAgent)}
}

// Receive says whether a mobile node lets in an IPv6 packet that came by a path
// (draft-ietf-mip4-dsmipv4-06 §4.3.2, §4.5, RFC 5454 §3.3.2, §3.5): from its home
// agent in the home address's tunnel, which a foreign agent has taken out of the
// tunnel to the care-of address or which a co-located mobile node takes out
// itself; in the tunnel to its own care-of address; or natively on the foreign
// agent's link. Groups and messages of MLD are let in from tunnels only; what the
// mobile node has subscribed to on the visited link is not of this binding.
//
// The error is one of the faults of [Binding.Check] but [ErrPrefixes],
// [ErrNotTunneled], [ErrIPv6], [ErrOuterSource], [ErrPort], [ErrEndpoint],
// [ErrEncapsulation], [ErrKey], [ErrHomeMode], [ErrMLD], [ErrInvalidSource],
// [ErrNodeScope], [ErrLinkLocal], [ErrLinkScope] or [ErrNotRegistered].
func (b *Binding) Receive(p Path, inner Packet) error {
	if err := b.usable(); err != nil {
		return err
	}
	if !is6(inner.Destination) || inner.Source.Is4() {
		return ErrIPv6
	}
	if invalidSource(inner.Source) {
		return ErrInvalidSource
	}
	_, err := b.destination(inner, true)
	if err == ErrSmallScope {
		err = nil // That the home agent SHOULD NOT have sent it is its affair.
	}
	if p.Native() {
		if b.CoLocated || b.viaHome() {
			return ErrNotTunneled
		}
		if err == nil && inner.Destination.IsMulticast() {
			return ErrNotTunneled
		}
		return err
	}
	if e := b.comesFromAgent(p, inner); e != nil {
		return e
	}
	return err
}

// comesFromAgent judges the tunnels in which a packet reached the mobile node.
func (b *Binding) comesFromAgent(p Path, inner Packet) error {
	if !b.CoLocated {
		if p.Inner != (Tunnel{}) {
			return ErrEncapsulation
		}
		return p.Outer.is(b.toHome())
	}
	version := 6
	if p.Inner != (Tunnel{}) {
		version = 4
	}
	if err := p.Outer.is(b.toCareOf(version)); err != nil {
		return err
	}
	switch {
	case version == 4:
		return p.Inner.is(b.toHome())
	case inner.MLD && inner.Destination.IsMulticast():
		if b.mldViaHome() {
			return ErrMLD
		}
	case b.viaHome():
		return ErrHomeMode
	}
	return nil
}
