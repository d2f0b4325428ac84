package tunnel

import "net/netip"

// Admit says whether a home agent lets in a packet that came from the mobile node
// by a path (draft-ietf-mip4-dsmipv4-06 §4.3.2, §4.3.3, §5, RFC 5454 §3.3.2,
// §3.3.3, §4; RFC 3024 §4.3.2): by its outer source, its encapsulation and its
// inner source. [SecurityException] says whether a refusal is to be logged.
//
// Let in are
//   - IPv6 under RFC 4213 from the home address, in whichever mode, alone or
//     within the negotiated encapsulation from the care-of address,
//   - IPv6 in the negotiated encapsulation from the care-of address when the mode
//     says so,
//   - IPv4 in the negotiated encapsulation from the care-of address, when it comes
//     from the home address,
//
// if the inner source is registered. A message of MLD may also come from a
// link-local or the unspecified address: its tunnel says whose it is (RFC 3775
// §10.4.3).
//
// The error is one of the faults of [Binding.Check] but [ErrPrefixes],
// [ErrNotTunneled], [ErrIPv6], [ErrOuterSource], [ErrPort], [ErrEndpoint],
// [ErrEncapsulation], [ErrKey], [ErrHomeMode], [ErrMLD], [ErrInvalidSource], or
// [ErrInnerSource] under the draft and [ErrInnerSource5454] under RFC 5454.
func (b *Binding) Admit(p Path, inner Packet) error {
	if err := b.usable(); err != nil {
		return err
	}
	if p.Native() {
		return ErrNotTunneled
	}
	if p.Outer.Source.Addr() == b.HomeAddress {
		return b.admitHome(p.Outer, p.Inner == Tunnel{}, inner)
	}
	ipv4 := inner.Source.Is4()
	version := 6
	if ipv4 || p.Inner != (Tunnel{}) {
		version = 4
	}
	if err := p.Outer.is(b.fromCareOf(version)); err != nil {
		return err
	}
	switch {
	case p.Inner != Tunnel{}:
		if p.Inner.Source.Addr() != b.HomeAddress {
			return b.innerSource()
		}
		return b.admitHome(p.Inner, true, inner)
	case ipv4:
		if inner.Source != b.HomeAddress {
			return b.innerSource()
		}
		return nil
	case inner.MLD && inner.Destination.IsMulticast():
		if b.mldViaHome() {
			return ErrMLD
		}
	case b.viaHome():
		return ErrHomeMode
	}
	return b.source(inner)
}

// admitHome judges what came from the home address, last says that no further
// tunnel is inside.
func (b *Binding) admitHome(t Tunnel, last bool, inner Packet) error {
	if err := t.is(b.fromHome()); err != nil {
		return err
	}
	if !last || inner.Source.Is4() {
		return ErrEncapsulation
	}
	return b.source(inner)
}

// source judges the source of an IPv6 packet from the mobile node.
func (b *Binding) source(p Packet) error {
	a := p.Source
	switch {
	case a.Is4() || !is6(p.Destination):
		return ErrIPv6
	case invalidSource(a):
		return ErrInvalidSource
	case p.MLD && p.Destination.IsMulticast() && (a.IsLinkLocalUnicast() || a.IsUnspecified()), b.registered(a):
		return nil
	}
	return b.innerSource()
}

// innerSource is the fault of an inner source that is not registered.
func (b *Binding) innerSource() error {
	if b.draft() {
		return ErrInnerSource
	}
	return ErrInnerSource5454
}

// is says why a tunnel that a packet came in is not the one that it should have
// come in. A wanted source port of 0 is one that is not known yet (RFC 3519 §4.3).
func (t Tunnel) is(want Tunnel) error {
	switch {
	case t.Source.Addr() != want.Source.Addr():
		return ErrOuterSource
	case t.Destination.Addr() != want.Destination.Addr():
		return ErrEndpoint
	case t.Encapsulation != want.Encapsulation:
		return ErrEncapsulation
	case t.Source.Port() != want.Source.Port() && !(want.Encapsulation.UDP() && want.Source.Port() == 0),
		t.Destination.Port() != want.Destination.Port():
		return ErrPort
	case t.Key != want.Key:
		return ErrKey
	}
	return nil
}

// Keepalive judges the first keepalive of a mobile node that registered its own
// care-of address through a foreign agent behind a NAT (RFC 3519 §4.6): an ICMP
// echo request in Tunnel Data, from an address and port to the home agent, with
// the inner source and destination given. It returns the binding with its tunnel
// bound to that address and port. The error is one of the faults of
// [Binding.Check] but [ErrPrefixes], or [ErrKeepalive], also for a tunnel that is
// not half bound; the binding comes back as it was.
func (b Binding) Keepalive(from netip.AddrPort, source, destination netip.Addr) (Binding, error) {
	if err := b.usable(); err != nil {
		return b, err
	}
	if !b.Encapsulation.UDP() || b.Effective.Port() != 0 || from.Port() == 0 || from.Addr() != b.Effective.Addr() ||
		source != b.HomeAddress || destination != b.HomeAgent {
		return b, ErrKeepalive
	}
	b.Effective = from
	return b, nil
}
