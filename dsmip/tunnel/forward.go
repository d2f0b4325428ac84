package tunnel

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/dsmip"
)

// draft reports whether the binding speaks draft-ietf-mip4-dsmipv4-06.
func (b *Binding) draft() bool { return b.Profile == dsmip.Draft06 }

// Forward says in which tunnels a home agent sends an IPv6 packet to the mobile
// node (draft-ietf-mip4-dsmipv4-06 §2.3, §4.3.2, §4.3.3, §4.8, RFC 5454 §1.4,
// §3.3.2, §3.3.3, §3.7.1, §3.9), or why it does not: one of the faults of
// [Binding.Check] but [ErrPrefixes], [ErrIPv6], [ErrNotRegistered], [ErrLinkLocal],
// [ErrLinkScope], [ErrSmallScope], [ErrNodeScope], [ErrNotSubscribed] or
// [ErrHalfBound]. For all of them the packet is discarded silently, unless
// [Unreachable] says that its source hears of it.
//
// Subscribed says whether the mobile node has subscribed to the group that the
// packet goes to; it does not matter for other packets.
func (b *Binding) Forward(p Packet, subscribed bool) (Path, error) {
	if err := b.usable(); err != nil {
		return Path{}, err
	}
	home, err := b.destination(p, subscribed)
	switch {
	case err != nil:
		return Path{}, err
	case b.Encapsulation.UDP() && b.Effective.Port() == 0:
		return Path{}, ErrHalfBound
	case home:
		return Path{b.toCareOf(4), b.toHome()}, nil
	}
	return Path{Outer: b.toCareOf(6)}, nil
}

// destination says whether a packet to the mobile node travels in the home
// address's tunnel, or why it does not travel at all.
func (b *Binding) destination(p Packet, subscribed bool) (bool, error) {
	switch a := p.Destination; {
	case !is6(a):
		return false, ErrIPv6
	case a.IsMulticast() && p.MLD:
		return b.mldViaHome(), nil
	case a.IsMulticast():
		return b.groupsViaHome(), b.group(a, subscribed)
	case b.draft() && a.IsLinkLocalUnicast():
		return false, ErrLinkLocal
	case !b.registered(a):
		return false, ErrNotRegistered
	case a.IsLinkLocalUnicast():
		return true, nil
	}
	return b.viaHome(), nil
}

// AddressUnreachable is the Code of an ICMPv6 Destination Unreachable message that
// draft-ietf-mip4-dsmipv4-06 §4.3.2 names (RFC 4443 §3.1).
const AddressUnreachable = 3

// Unreachable reports whether the source of a packet that [Binding.Forward]
// refused hears of it by an ICMPv6 Destination Unreachable message of Code
// [AddressUnreachable]: when the packet went to the mobile node's link-local
// address and its source is no multicast address (draft §4.3.2, a SHOULD). Nobody
// has the unspecified address either (RFC 4443 §2.4).
func Unreachable(err error, source netip.Addr) bool {
	return err == ErrLinkLocal && is6(source) && !source.IsMulticast() && !source.IsUnspecified()
}
