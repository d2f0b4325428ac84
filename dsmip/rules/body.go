package rules

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// layout returns the fault of an extension that does not fit its figure: what the typed
// Parse of its kind refuses. Where that refuses nothing but a Length, the registry says
// it.
func layout(x ext.Raw) (err error) {
	switch x.Kind() {
	case ext.KindIPv6PrefixRequest:
		_, err = dsmip.ParsePrefixRequest(x)
	case ext.KindIPv6PrefixReply:
		_, err = dsmip.ParsePrefixReply(x)
	case ext.KindUDPTunnelRequest:
		_, err = ext.ParseUDPTunnelRequest(x)
	case ext.KindLegacyNVSE:
		// RFC 3025 is obsolete and its 133 unassigned: it is skipped whatever it holds
		// (RFC 5944 §1.8).
	case ext.KindCVSE, ext.KindNVSE, ext.KindLegacyCVSE:
		_, err = ext.ParseVendorExtension(x)
	case ext.KindMessageStringHA:
		_, err = ext.ParseMessageStringHA(x)
	case ext.KindMessageStringFA:
		_, err = ext.ParseMessageStringFA(x)
	case ext.KindServiceSelection:
		_, err = ext.ParseServiceSelection(x)
	case ext.KindRouteOptimizationCapability:
		_, err = ext.ParseRouteOptimizationCapability(x)
	case ext.KindRouteOptimizationPrefix:
		_, err = ext.ParseRouteOptimizationPrefix(x)
	case ext.KindFlowBinding:
		_, err = ext.ParseFlowBinding(x)
	default:
		err = x.Check()
	}
	return err
}

// fits reports whether there is no layout fault, which is added otherwise.
func (v *findings) fits(layout error) bool {
	if layout != nil {
		v.add(layout.(*code.Fault))
	}
	return layout == nil
}

// auth judges an authentication extension by itself, and reports whether it fits its
// layout.
func (v *findings) auth(x ext.Raw, reserved *code.Fault) bool {
	a, err := ext.ParseAuth(x)
	if v.fits(err) {
		v.spi(a, reserved)
	}
	return err == nil
}

// spi adds a fault when an SPI is one that no association has. CHAP_SPI is for MN-AAA
// (RFC 4721 §7).
func (v *findings) spi(a ext.Auth, reserved *code.Fault) {
	if spi := a.SPI(); spi <= 255 && !(spi == chapSPI && a.Kind() == ext.KindMNAAAAuth) {
		v.add(reserved)
	}
}

// unicast reports whether an address can be that of one node: it is neither of this
// network nor multicast nor reserved, its first byte is 1 to 223.
func unicast(a netip.Addr) bool { return a.Is4() && a.As4()[0]-1 < 223 }

// requestedHA judges the Requested HA of a request.
func (w *walk) requestedHA(x ext.Raw, v *findings) {
	h, err := ext.ParseRequestedHA(x)
	switch {
	case err != nil:
	case !unicast(h.HAAddress) || h.HAAddress.IsLoopback():
		v.add(ErrRequestedHAUnicast)
	case w.s.Leg != code.MNtoFA && !dynamic(w.request.HomeAgent) && h.HAAddress != w.request.HomeAgent:
		v.add(ErrRequestedHAOther)
	}
}

// keyRequestSPI judges the SPI that a mobile node assigns to the association that it asks
// keys for.
func keyRequestSPI(x ext.Raw, v *findings) {
	spi := uint32(256)
	if k, err := ext.ParseMNFAKeyRequest(x); err == nil {
		spi = k.MobileNodeSPI
	} else if k, err := ext.ParseMNHAKeyRequest(x); err == nil {
		spi = k.MobileNodeSPI
	}
	if spi <= 255 {
		v.add(ErrReservedSPIKeyRequest)
	}
}

// mobileNetwork judges a Mobile Network Request.
func (w *walk) mobileNetwork(x ext.Raw, v *findings) {
	r, err := ext.ParseMobileNetworkRequest(x)
	if err != nil {
		return
	}
	if w.request.Lifetime == mipv4.Deregister {
		v.add(ErrMobileNetworkDeregisters)
	}
	if !w.request.Flags.Has(mipv4.FlagReverseTunnel) {
		v.add(ErrMobileNetworkWithoutT)
	}
	if !networkLength(r.PrefixLength) && !(r.PrefixLength == 0 && r.Prefix.IsUnspecified()) {
		v.add(ErrMobileNetworkLength)
	}
}

// networkLength reports whether a prefix of a length can be that of a mobile network.
func networkLength(n uint8) bool { return 0 < n && n <= 32 }

// bindingID reports whether a Binding ID can be that of a binding.
func bindingID(id uint8) bool { return 0 < id && id < 255 }

func (w *walk) multipath(x ext.Raw, v *findings) {
	m, err := ext.ParseMultipath(x)
	if err != nil {
		return
	}
	if m.IfLabel == 0 {
		v.add(ErrInterfaceLabel)
	}
	if !bindingID(m.BindingID) {
		v.add(ErrBindingID)
	}
	if m.BulkReregistration && m.Overwrite {
		v.add(ErrMultipathFlags)
	}
	if m.Overwrite && w.request.Lifetime == mipv4.Deregister {
		v.add(ErrOverwriteDeregisters)
	}
}

func flowBinding(x ext.Raw, v *findings) {
	f, err := ext.ParseFlowBinding(x)
	if err != nil {
		return
	}
	if f.TSFormat == 0 {
		v.add(ErrSelectorFormat)
	}
	if f.Action == code.FlowDrop {
		if len(f.BIDs) > 1 {
			v.add(ErrFlowDrop)
		}
		return
	}
	for _, id := range f.BIDs {
		if !bindingID(id) {
			v.add(ErrBindingID)
			return
		}
	}
}
