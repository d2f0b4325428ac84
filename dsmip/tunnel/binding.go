package tunnel

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Binding is what an agent or a mobile node keeps of one registration to know
// where IPv6 goes (draft-ietf-mip4-dsmipv4-06 §4.3.2, §4.4, RFC 5454 §3.3.2): what
// RFC 5944 keeps of addresses and encapsulation, the prefixes with their lengths,
// and the tunneling mode. The zero Binding is refused by all that decides.
//
// A home agent that answers prefixes of one request with different Codes keeps
// one Binding for each Code. With simultaneous bindings there is one for each
// care-of address.
type Binding struct {
	Profile       dsmip.Profile
	HomeAgent     netip.Addr // IPv4; the Home Agent of the Registration Reply
	HomeAddress   netip.Addr // IPv4
	CareOfAddress netip.Addr // IPv4
	CoLocated     bool       // the care-of address is the mobile node's own (flag D), not a foreign agent's

	Encapsulation Encapsulation
	// Effective is the other end's address and UDP port with an encapsulation in
	// UDP, and unset without. The home agent takes them from the outside of the
	// Registration Request (RFC 3519 §4.6); while the tunnel is half bound the port
	// is 0. At the mobile node, or the foreign agent behind the NAT, they are its
	// care-of address and the port that it sent the request from. An address of a
	// socket that also speaks IPv6 is to be unmapped first (netip.Addr.Unmap).
	Effective netip.AddrPort
	// ForwardKey is the GRE key of what the home agent sends, which the foreign
	// agent assigned; ReverseKey is the one of what it receives, which it assigned
	// itself (RFC 6245 §5). A Key Identifier of 0 in the request leaves both to the
	// home agent (RFC 6245 §4.1, §4.2).
	ForwardKey, ReverseKey GREKey

	// ReverseTunneling says that flag T was granted: the mobile node, or its
	// foreign agent, tunnels IPv4 to the home agent (RFC 3024 §3.2).
	ReverseTunneling bool
	// ForeignAgent is set when the mobile node asked for the encapsulating delivery
	// style: the address of the foreign agent that it encapsulates to (RFC 3024
	// §5.2.2).
	ForeignAgent netip.Addr

	// Mode is the Code of the IPv6 Prefix Replies: 0 when IPv6 is tunnelled to
	// the home address, 1 when it is to the care-of address.
	Mode code.IPv6Prefix
	// Implicit says that no prefix was requested and Prefixes was learned otherwise
	// (draft §2.3, RFC 5454 §1.4). Then everything goes by the home address.
	Implicit bool
	// Prefixes are the registered IPv6 prefixes; a home address is a /128, and so
	// is a link-local address of RFC 5454 §3.7.1. The methods read the slice and
	// keep nothing of it.
	Prefixes []netip.Prefix
}

// FromRequest returns the binding that an accepted request makes, before mode and
// prefixes: the addresses, whether the care-of address is co-located, the
// encapsulation of the flags and reverse tunneling. An address that the request
// left open is that of the reply, and the caller's to fill in.
func FromRequest(p dsmip.Profile, r *mipv4.Request) Binding {
	return Binding{
		Profile:          p,
		HomeAgent:        r.HomeAgent,
		HomeAddress:      r.HomeAddress,
		CareOfAddress:    r.CareOfAddress,
		CoLocated:        r.Flags.Has(mipv4.FlagDecapsulation),
		Encapsulation:    Negotiated(r.Flags),
		ReverseTunneling: r.Flags.Has(mipv4.FlagReverseTunnel),
	}
}

// OverUDP returns the binding with its encapsulation moved into UDP, as an
// assenting UDP Tunnel Reply says (RFC 3519 §4.6). The request's source address
// and port become the effective ones; flag R of the UDP Tunnel Request leaves the
// tunnel half bound, and the caller passes port 0. The flags are the request's,
// encapsulation is the field of its UDP Tunnel Request. Nothing else of the binding is
// changed or looked at: whether its GRE keys still fit, and whether the address is one
// of IPv4, [Binding.Check] says. The error is [ErrUDPEncapsulation], and the binding
// comes back as it was.
func (b Binding) OverUDP(from netip.AddrPort, f mipv4.Flags, encapsulation uint8) (Binding, error) {
	e, err := NegotiatedUDP(f, encapsulation)
	if err != nil {
		return b, err
	}
	b.Encapsulation, b.Effective = e, from
	return b, nil
}

// Answer returns the Code that a home agent gives an accepted prefix (draft
// §4.3.2, RFC 5454 §3.3.2): 0 when the request has no IPv6 Tunneling Mode
// extension, 1 when it has one and IPv6 can be tunnelled to the care-of address.
// It cannot with minimal encapsulation, unless that is in UDP, nor in the implicit mode,
// nor, under RFC 5454, when the care-of address is a foreign agent's. A home agent MAY give 0 in
// any case, and gives it to a binding that [Binding.Check] refuses. Mode and Prefixes
// are not looked at.
func (b *Binding) Answer(tunnelingMode bool) code.IPv6Prefix {
	c := *b
	c.Mode = code.PrefixAcceptedCareOfAddress
	if tunnelingMode && c.usable() == nil && !c.viaHome() {
		return code.PrefixAcceptedCareOfAddress
	}
	return code.PrefixAcceptedHomeAddress
}

// Check says why the binding is none: [dsmip.ErrProfile], [ErrAddresses],
// [ErrNegotiated], [ErrMode], [ErrDelivery] or [ErrPrefixes]. That prefixes of
// different mobile nodes do not overlap is not for one binding to say. The methods
// that decide look at all of this but the prefixes.
func (b *Binding) Check() error {
	if err := b.usable(); err != nil {
		return err
	}
	for _, p := range b.Prefixes {
		if !b.registrable(p) {
			return ErrPrefixes
		}
	}
	return nil
}

// usable is Check without the prefixes.
func (b *Binding) usable() error {
	switch {
	case b.Profile != dsmip.Draft06 && b.Profile != dsmip.RFC5454:
		return dsmip.ErrProfile
	case !unicast4(b.HomeAgent), !unicast4(b.HomeAddress), !unicast4(b.CareOfAddress),
		b.HomeAddress == b.CareOfAddress, b.HomeAddress == b.HomeAgent:
		return ErrAddresses
	case b.Encapsulation < IPinIP, b.Encapsulation > MinimalInUDP,
		b.Encapsulation.UDP() != unicast4(b.Effective.Addr()), !b.Encapsulation.UDP() && b.Effective != netip.AddrPort{},
		(b.ForwardKey != GREKey{} || b.ReverseKey != GREKey{}) && b.Encapsulation.method() != GRE:
		return ErrNegotiated
	case b.Mode > code.PrefixAcceptedCareOfAddress, b.Implicit && b.Mode != code.PrefixAcceptedHomeAddress:
		return ErrMode
	case b.ForeignAgent.IsValid() && (b.CoLocated || !b.ReverseTunneling || !unicast4(b.ForeignAgent)):
		return ErrDelivery
	}
	return nil
}

// registrable reports whether a prefix can be registered: it covers no multicast
// address, neither the unspecified nor the loopback address, and no link-local one but
// by itself.
func (b *Binding) registrable(p netip.Prefix) bool {
	nobodys := netip.PrefixFrom(netip.IPv6Unspecified(), 127)
	multicast := netip.PrefixFrom(netip.AddrFrom16([16]byte{0xff}), 8)
	linkLocal := netip.PrefixFrom(netip.AddrFrom16([16]byte{0xfe, 0x80}), 10)
	if !p.IsValid() || !is6(p.Addr()) || p != p.Masked() || p.Overlaps(multicast) || p.Overlaps(nobodys) {
		return false
	}
	return !p.Overlaps(linkLocal) || b.Profile == dsmip.RFC5454 && p.IsSingleIP()
}

// registered reports whether an address falls under a registered prefix.
func (b *Binding) registered(a netip.Addr) bool {
	for _, p := range b.Prefixes {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// viaHome reports whether unicast IPv6 travels in the home address's tunnel, as it
// does in the implicit mode, whose Mode is 0.
func (b *Binding) viaHome() bool {
	return b.Mode == code.PrefixAcceptedHomeAddress ||
		b.Encapsulation == Minimal ||
		b.Profile == dsmip.RFC5454 && !b.CoLocated
}

// mldViaHome reports whether MLD travels in the home address's tunnel: always
// under RFC 5454 (§3.3.3), and under the draft (§4.3.3) when there is a foreign
// agent to bypass.
func (b *Binding) mldViaHome() bool {
	return b.Profile == dsmip.RFC5454 || !b.CoLocated || b.viaHome()
}

// groupsViaHome reports whether multicast packets travel in the home address's
// tunnel: those through a foreign agent, which could not tell whose they are
// (RFC 5944 §4.4, RFC 3024 §5.3).
func (b *Binding) groupsViaHome() bool { return !b.CoLocated || b.viaHome() }

// Equal reports whether two bindings are the same, their prefixes in the same
// order.
func (b Binding) Equal(o Binding) bool {
	return b.Profile == o.Profile && b.HomeAgent == o.HomeAgent && b.HomeAddress == o.HomeAddress &&
		b.CareOfAddress == o.CareOfAddress && b.CoLocated == o.CoLocated && b.Encapsulation == o.Encapsulation &&
		b.Effective == o.Effective && b.ForwardKey == o.ForwardKey && b.ReverseKey == o.ReverseKey &&
		b.ReverseTunneling == o.ReverseTunneling && b.ForeignAgent == o.ForeignAgent && b.Mode == o.Mode &&
		b.Implicit == o.Implicit && slices.Equal(b.Prefixes, o.Prefixes)
}

// maxPrefixes is how many prefixes String lists.
const maxPrefixes = 8

// String returns the addresses, the encapsulation, the mode and the first eight
// prefixes: "draft06 home 192.0.2.10 agent 192.0.2.1 co-located 198.51.100.7 IP in
// IP, IPv6 to CoA [2001:db8:1::/48]".
func (b Binding) String() string {
	var s strings.Builder
	s.WriteString(b.Profile.String() + " home " + b.HomeAddress.String() + " agent " + b.HomeAgent.String())
	if b.CoLocated {
		s.WriteString(" co-located ")
	} else {
		s.WriteString(" foreign agent ")
	}
	s.WriteString(b.CareOfAddress.String())
	if b.Effective.IsValid() {
		s.WriteString(" behind " + b.Effective.String())
	}
	s.WriteString(" " + b.Encapsulation.String())
	switch {
	case b.Implicit:
		s.WriteString(", implicit mode")
	case b.Mode == code.PrefixAcceptedHomeAddress:
		s.WriteString(", IPv6 to HoA")
	case b.Mode == code.PrefixAcceptedCareOfAddress:
		s.WriteString(", IPv6 to CoA")
	default:
		s.WriteString(", mode " + b.Mode.String())
	}
	s.WriteString(" [")
	for i, p := range b.Prefixes {
		if i > 0 {
			s.WriteString(" ")
		}
		if i == maxPrefixes {
			s.WriteString("...")
			break
		}
		s.WriteString(p.String())
	}
	s.WriteString("]")
	return s.String()
}

// unicast4 reports whether an address is one of IPv4 that a node can have.
func unicast4(a netip.Addr) bool {
	return a.Is4() && !a.IsUnspecified() && !a.IsMulticast() && a != netip.AddrFrom4([4]byte{255, 255, 255, 255})
}

// is6 reports whether an address is one that an IPv6 header can hold and that is
// no IPv4 address in disguise.
func is6(a netip.Addr) bool { return a.Is6() && !a.Is4In6() && a.Zone() == "" }
