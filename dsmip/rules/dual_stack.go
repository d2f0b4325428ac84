package rules

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

func (w *walk) profile5454() bool { return w.s.Profile == dsmip.RFC5454 }

// tunnelingMode judges who may have written an IPv6 Tunneling Mode, and that there
// is one.
func (w *walk) tunnelingMode(v *findings) {
	if w.modes++; w.modes > 1 {
		v.add(ErrSecondTunnelingMode)
	}
	coLocated := w.request.Flags.Has(mipv4.FlagDecapsulation)
	switch {
	case w.mobile():
		if !coLocated && !(w.s.Leg == code.MNtoHA && w.atHome()) {
			v.add(ErrTunnelingModeCareOf)
		}
		if f := w.request.Flags; w.profile5454() && f.Has(mipv4.FlagMinimal) && !f.Has(mipv4.FlagGRE) {
			v.add(ErrMinimalEncapsulation)
		}
	case w.profile5454():
		v.add(ErrTunnelingModeForeign)
	case coLocated && w.s.RegistrationRequired:
		v.add(ErrTunnelingModeRegistered)
	case coLocated:
		v.add(ErrTunnelingModeCoLocated)
	}
}

// assignment judges an IPv6 Prefix Request that may leave something to the home agent.
func (w *walk) assignment(p dsmip.PrefixRequest, v *findings) {
	switch want := p.Wants(); {
	case w.profile5454() && want == dsmip.WantAnyPrefix:
		v.add(ErrZeroPrefix)
	case w.profile5454() && want == dsmip.WantInterfaceIdentifier:
		v.add(ErrInterfaceIdentifier)
	case !w.profile5454() && want == dsmip.WantAnyPrefix && !p.Prefix.IsUnspecified():
		if whole := (dsmip.PrefixRequest{PrefixLength: 128, Prefix: p.Prefix}); whole.Wants() == dsmip.WantInterfaceIdentifier {
			v.add(ErrIdentifierLength)
		}
	}
}

// prefixFields judges what both extensions with a prefix share, and returns the prefix,
// the bits beyond its length cleared.
func (w *walk) prefixFields(a netip.Addr, length uint8, v *findings) netip.Addr {
	p, _ := a.Prefix(min(int(length), 128))
	linkLocal := length == dsmip.LinkLocalLength
	switch {
	case !w.profile5454():
		if linkLocal {
			v.add(ErrLinkLocalLength)
		}
	case linkLocal && !a.IsLinkLocalUnicast():
		v.add(dsmip.ErrLinkLocal)
	case p.Addr() != a:
		v.add(ErrHostBits)
	}
	return p.Addr()
}
