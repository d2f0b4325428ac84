package rules

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// requestZones has, for each leg and part of a request's list, the zones whose
// extensions may stand there. Without MN-AAA there is no betweenHomeAAA, and the
// Challenge is one of what stands behind Mobile-Home.
var requestZones = [...][parts]zones{
	code.MNtoHA: {
		beforeHome:     free | forHomeAgent | keyRequest,
		betweenHomeAAA: free | keyRequest,
		behindMobile:   free,
		behindForeign:  free,
	},
	code.MNtoFA: {
		beforeHome:     free | forHomeAgent | keyRequest,
		betweenHomeAAA: free | keyRequest | forForeignAgent | challenge,
		behindMobile:   free | forForeignAgent | challenge,
		behindForeign:  free,
	},
	code.FAtoHA: {
		beforeHome:     free | forHomeAgent | keyRequest,
		betweenHomeAAA: free | keyRequest | forForeignAgent | challenge,
		behindMobile:   free | foreignForHome | challenge,
		behindForeign:  free,
		undivided:      free | forHomeAgent | foreignForHome | challenge,
	},
}

// dynamic reports whether an address asks for a home agent to be assigned: it is
// ALL-ZERO-ONE-ADDR of RFC 4433 §2.
func dynamic(a netip.Addr) bool { return a.IsUnspecified() || allOnes(a) }

// aboveUnicast reports whether an address is multicast, reserved or 255.255.255.255.
func aboveUnicast(a netip.Addr) bool { return a.Is4() && a.As4()[0] >= 224 }

func allOnes(a netip.Addr) bool { return a.Is4() && a.As4() == [4]byte{255, 255, 255, 255} }

// Where the fields of a request stand (RFC 5944 §3.3).
const (
	flagsAt         = 1
	homeAgentAt     = 8
	careOfAddressAt = 12
)

// wholeRequest judges the fixed part of a request, and what is missing.
func (w *walk) wholeRequest(yield func(at int, f *code.Fault) bool) bool {
	r, leg, n := w.request, w.s.Leg, &w.survey
	deregisters := r.Lifetime == mipv4.Deregister
	coLocated := r.Flags.Has(mipv4.FlagDecapsulation)
	home := w.atHome()
	tell := &telling{yield: yield}
	nobody := !unicast(r.HomeAgent)
	dynamic := nobody && dynamic(r.HomeAgent)
	tell.when(homeAgentAt, nobody && !dynamic && r.HomeAgent.Is4(), ErrRequestHomeAgent)
	tell.when(flagsAt, r.Flags&(mipv4.FlagReservedR|mipv4.FlagReservedX) != 0, ErrReservedFlags)
	tell.when(flagsAt, coLocated && home, ErrHomeWithD)
	tell.when(homeAddressAt, aboveUnicast(r.HomeAddress), ErrRequestHomeAddress)
	tell.when(careOfAddressAt, home && !coLocated && !deregisters, ErrHomeCareOf)
	// What is sent to the gateway directly has its address as care-of address.
	tell.when(flagsAt, leg == code.MNtoHA && !coLocated && !deregisters && !home && n.lastHierarchical == 0, ErrDirectWithoutD)
	if dynamic && deregisters {
		f := ErrDynamicForeign
		if coLocated {
			f = ErrDynamicDeregisters
		}
		tell.when(homeAgentAt, true, f)
	}
	toGateway := leg == code.FAtoHA && n.lastMobile != 0 && n.lastHierarchical > n.lastMobile
	tell.when(careOfAddressAt, leg != code.MNtoFA && r.CareOfAddress.IsUnspecified() && !n.gateway && !toGateway, ErrZeroCareOfAddress)
	if c := r.CareOfAddress; aboveUnicast(c) {
		f := ErrMulticastCareOfAddress
		if allOnes(c) {
			f = ErrBroadcastCareOfAddress
		}
		tell.when(careOfAddressAt, true, f)
	}
	if w.s.Receiver != nil {
		w.atReceiver(tell)
	}
	if n.astray != 0 {
		return !tell.enough // what is missing may stand behind
	}
	if dynamic {
		tell.when(w.size, !n.nai, ErrDynamicNAI)
		tell.when(w.size, leg == code.MNtoHA && !n.requestedHA, ErrDynamicRequestedHA)
	} else {
		tell.when(w.size, !n.nai && r.HomeAddress.IsUnspecified(), ErrNameless)
	}
	if n.home == 0 && n.aaa == 0 {
		w.unauthorized(tell)
	}
	switch leg {
	case code.MNtoFA:
		tell.when(w.size, n.mobileForeign == 0 && w.s.MobileForeign == Shared, ext.ErrNoMobileForeign)
		if n.challenge > 0 {
			w.challengeAnswered(tell)
		}
	case code.FAtoHA:
		if n.foreignHome == 0 {
			w.foreignHomeMissing(tell)
		}
	}
	return !tell.enough
}

// unauthorized judges a request without authorization-enabling extension.
func (w *walk) unauthorized(tell *telling) {
	n := &w.survey
	switch {
	case w.s.Leg == code.FAtoHA && n.proxied():
		tell.when(w.size, w.s.Proxies == Unknown && (n.method != code.ProxyAuthForeignHome || n.foreignHome > 0), ErrProxyUnclear)
	case n.correspondent:
		tell.when(w.size, true, ErrCorrespondent)
	case w.s.Edition == RFC3344:
		tell.when(w.size, true, ErrNoAuthorization3344)
	default:
		tell.when(w.size, true, ErrNoAuthorization)
	}
}

// foreignHomeMissing judges that a request has no Foreign-Home Authentication on its way from
// a foreign agent to a home agent.
func (w *walk) foreignHomeMissing(tell *telling) {
	n := &w.survey
	old := w.s.Edition == RFC3344
	deregisters := w.request.Lifetime == mipv4.Deregister
	switch {
	case n.proxy && n.method == code.ProxyAuthForeignHome && deregisters && !old:
		tell.when(w.size, true, ErrProxyDeregisters)
	case n.proxy && n.method == code.ProxyAuthForeignHome:
		tell.when(w.size, true, ErrProxyForeignHome)
	case n.proxied(), w.s.ForeignHome != Shared:
	case old:
		tell.when(w.size, true, ext.ErrNoForeignHome)
	case deregisters:
	case w.request.Flags.Has(mipv4.FlagDecapsulation):
		tell.when(w.size, true, ErrForeignHomeCoLocated)
	default:
		tell.when(w.size, true, ext.ErrNoForeignHome)
	}
}

// challengeAnswered judges what answers the Challenge of a request on its way to a foreign agent.
func (w *walk) challengeAnswered(tell *telling) {
	n := &w.survey
	switch {
	case n.challenge > n.answer:
		tell.when(w.size, true, ErrChallengeUnanswered)
	case n.aaa == 0:
		tell.when(w.size, w.s.MobileForeign == None, ErrChallengeWithoutMNAAA)
	case n.mobileForeign == 0:
		tell.when(w.size, !n.nai, ErrChallengeNameless)
	}
}

// inRequest judges an extension of a request: whether it fits its figure, then where it
// stands, then what it says beside the fixed part and the other extensions.
func (w *walk) inRequest(x ext.Raw, v *findings) {
	k := x.Kind()
	at := placeOf(k)
	// Most of a request is what the mobile node has for its home agent.
	stands := w.mobile() && at.request&forHomeAgent != 0
	switch k {
	case ext.KindMobileHomeAuth:
		if !v.auth(x, ErrReservedSPIMobileHome) {
			return
		}
		w.home++
		switch {
		case w.home > 1 && w.s.Edition == RFC3344:
			v.add(ErrTwoAuthorizations3344)
		case w.part == behindForeign:
			v.add(ErrBehindLast)
		case w.home > 1:
			v.add(ErrSecondMobileHome)
		}
		w.pass(x)
	case ext.KindMNAAAAuth:
		if !v.auth(x, ErrReservedSPIMNAAA) {
			return
		}
		w.aaa++
		w.directAAA(x, v)
		switch {
		case w.aaa > 1 && w.s.Edition == RFC3344:
			v.add(ErrTwoAuthorizations3344)
		case w.part == behindForeign:
			v.add(ErrBehindLast)
		case w.home == 0 && w.survey.home > 0:
			v.add(ErrMobileHomeLast)
			return
		case w.aaa > 1:
			v.add(ErrSecondMNAAA)
		case w.home == 0 && w.s.Edition != RFC3344:
			v.add(ErrOnlyMNAAA)
		}
		w.pass(x)
	case ext.KindMobileForeignAuth:
		w.mobileForeignInRequest(x, v)
	case ext.KindForeignHomeAuth:
		w.foreignHomeInRequest(x, v)
	case ext.KindMobileNodeNAI: // every Length fits
		if stands || w.placedInRequest(x, at, v) {
			if len(x.Body()) == 0 {
				v.add(ErrEmptyNAI)
			}
			if w.services > 0 {
				v.add(ErrServiceBeforeNAI)
			}
		}
	case ext.KindIPv6PrefixRequest:
		p, err := dsmip.ParsePrefixRequest(x)
		if v.fits(err) && (stands || w.placedInRequest(x, at, v)) {
			masked := w.prefixFields(p.Prefix, p.PrefixLength, v)
			if p.PrefixLength >= 128 || masked.IsUnspecified() {
				w.assignment(p, v)
			}
		}
	case ext.KindIPv6TunnelingMode:
		_, err := dsmip.ParseTunnelingMode(x)
		if v.fits(err) && (stands || w.placedInRequest(x, at, v)) {
			w.tunnelingMode(v)
		}
	case ext.KindUDPTunnelRequest:
		t, err := ext.ParseUDPTunnelRequest(x)
		if v.fits(err) {
			w.tunnelRequest(x, t, at, v)
		}
	case ext.KindRevocationSupport:
		if v.fits(layout(x)) {
			w.revocationSupport(x, at, v)
		}
	default:
		if v.fits(layout(x)) && (stands || w.placedInRequest(x, at, v)) {
			w.conditionInRequest(x, k, v)
		}
	}
}

// atHome reports whether the care-of address of a request is the home address, so that the D
// flag must not be set (RFC 5944 §3.6.1.2).
func (w *walk) atHome() bool {
	r := w.request
	return r.CareOfAddress == r.HomeAddress && !r.HomeAddress.IsUnspecified()
}

// forGateway reports whether a Mobile-Foreign Authentication that a foreign agent relays
// is for its gateway, with which the mobile node shares the association: the foreign
// agent's Hierarchical Foreign Agent and FA-FA Authentication follow it (RFC 4857 §5.2,
// §9.2).
func (w *walk) forGateway(x ext.Raw) bool {
	n := &w.survey
	return w.s.Leg == code.FAtoHA && w.part == behindMobile && n.home > 0 && w.mobileForeign == 1 &&
		n.lastMobile < x.Offset() && x.Offset() < n.lastHierarchical && n.lastHierarchical < n.lastFAFA
}

// pass goes by an authenticator of the mobile node's.
func (w *walk) pass(x ext.Raw) {
	switch {
	case w.part == behindForeign:
	case x.Offset() < w.survey.lastMobile:
		w.part = betweenHomeAAA
	default:
		w.part = behindMobile
	}
}

// mobileForeignInRequest judges a Mobile-Foreign Authentication. What is of no association
// is not verified, whatever its SPI.
func (w *walk) mobileForeignInRequest(x ext.Raw, v *findings) {
	a, err := ext.ParseAuth(x)
	if !v.fits(err) {
		return
	}
	w.mobileForeign++
	unknown := w.s.Leg == code.MNtoFA && w.s.MobileForeign == None
	if !unknown {
		v.spi(a, ErrReservedSPIMobileForeign)
	}
	switch {
	case w.forGateway(x):
		return
	case w.s.Leg != code.MNtoFA:
		v.add(ErrMobileForeignLeg)
		return
	case unknown:
		v.add(ErrMobileForeignUnknown)
	case w.mobileForeign > 1:
		v.add(ErrSecondMobileForeign)
	}
	w.part = behindForeign
}

// foreignHomeInRequest judges a Foreign-Home Authentication. Its SPI is one to judge where
// the home agent verifies it, not where there is no association or where it may skip the
// extension.
func (w *walk) foreignHomeInRequest(x ext.Raw, v *findings) {
	a, err := ext.ParseAuth(x)
	if !v.fits(err) {
		return
	}
	w.foreignHome++
	s := w.s
	relayed := s.Leg == code.FAtoHA
	switch {
	case relayed && s.ForeignHome != None:
	case s.Edition == RFC3344:
		v.add(ErrForeignHome3344)
	case relayed:
		v.add(ErrForeignHomeUnknown)
	default:
		v.add(ErrForeignHomeLeg)
	}
	deregisters := w.request.Lifetime == mipv4.Deregister && s.Edition == RFC5944
	proxy := w.survey.proxy && w.survey.method == code.ProxyAuthForeignHome
	switch {
	case !relayed:
	case deregisters && !proxy:
		v.add(ErrForeignHomeDeregisters)
	case s.ForeignHome != None:
		v.spi(a, ErrReservedSPIForeignHome)
		if w.foreignHome > 1 && !deregisters {
			v.add(ErrSecondForeignHome)
		}
	}
	if relayed {
		w.part = behindForeign
	}
}

// placedInRequest judges where an extension stands.
func (w *walk) placedInRequest(x ext.Raw, p *place, v *findings) bool {
	if p.request == 0 {
		v.add(p.wrong)
		return false
	}
	if p.request == keyRequest && x.Offset() > w.survey.lastAAA {
		v.add(ErrKeyRequestAlone)
		return false
	}
	allowed := requestZones[w.s.Leg][w.part]
	switch {
	case w.aaa > 0:
		allowed &^= challenge
	// Without Mobile-Home, MN-AAA follows the Challenge all the same (RFC 4721
	// §3.1).
	case w.part == beforeHome && w.s.Leg != code.MNtoHA && w.survey.home == 0 && x.Offset() < w.survey.lastAAA:
		allowed |= challenge
	}
	if p.request&allowed == 0 {
		v.add(p.misplaced)
		return false
	}
	return true
}

// mobile reports whether the mobile node wrote the extension that is judged, as far
// as its place tells.
func (w *walk) mobile() bool { return w.part == beforeHome }

// tunnelRequest judges a UDP Tunnel Request: by the D flag first, wherever it stands,
// since RFC 3519 §4.6.1 names a reaction to that.
func (w *walk) tunnelRequest(x ext.Raw, t ext.UDPTunnelRequest, at *place, v *findings) {
	coLocated := w.request.Flags.Has(mipv4.FlagDecapsulation)
	switch {
	case w.part != beforeHome && w.part != undivided && coLocated && w.s.Leg != code.MNtoFA:
		v.add(ErrTunnelRequestForeign)
	case !w.placedInRequest(x, at, v):
		return
	case w.mobile() && !coLocated:
		v.add(ErrTunnelRequestMobile)
	}
	flags := w.request.Flags
	if w.mobile() && coLocated && !t.ThroughForeignAgent && w.s.Leg != code.MNtoHA {
		v.add(ErrTunnelRequestWithoutR)
	}
	switch t.Encapsulation {
	case 0:
	case protocolIP, protocolGRE, protocolMinimal:
		if w.profile5454() && w.survey.dualStack && w.request.CareOfAddress.IsPrivate() {
			v.add(ErrTunnelEncapsulation)
		}
	default:
		v.add(ErrTunnelRequestEncapsulation)
	}
	if !flags.Has(mipv4.FlagReverseTunnel) {
		v.add(ErrTunnelRequestWithoutT)
	}
	if w.s.Receiver != nil {
		w.s.Receiver.body(w, x, v)
	}
}

// The IP protocol numbers of what a UDP tunnel can carry (RFC 3519 §3.1).
const (
	protocolIP      = 4
	protocolGRE     = 47
	protocolMinimal = 55
)

// revocationSupport judges Revocation Support: a foreign agent discards a mobile
// node's wherever it stands (RFC 3543 §4.2.1).
func (w *walk) revocationSupport(x ext.Raw, at *place, v *findings) {
	coLocated := w.request.Flags.Has(mipv4.FlagDecapsulation)
	switch leg := w.s.Leg; {
	case leg == code.MNtoFA && !coLocated:
		v.add(ErrRevocationNotDirect)
	case leg != code.FAtoHA && w.part != beforeHome:
		v.add(ErrRevocationUnprotected)
	case leg == code.FAtoHA && w.part == betweenHomeAAA && w.survey.foreignHome > 0:
		v.add(ErrRevocationBetween)
	case !w.placedInRequest(x, at, v):
	case leg == code.MNtoHA && !coLocated:
		if !w.atHome() {
			v.add(ErrRevocationWithoutD)
		}
	case w.mobile() && !coLocated:
		v.add(ErrRevocationNotDirect)
	}
}

// conditionInRequest judges an extension that stands where it may by what the
// fixed part and the other extensions say.
func (w *walk) conditionInRequest(x ext.Raw, k ext.Kind, v *findings) {
	flags := w.request.Flags
	switch k {
	case ext.KindChallenge:
		if w.challenges++; w.challenges > 1 {
			v.add(ErrSecondChallenge)
		}
	case ext.KindEncapsulatingDelivery:
		if !flags.Has(mipv4.FlagReverseTunnel) {
			v.add(ErrDeliveryWithoutT)
		}
	case ext.KindServiceSelection:
		if w.services++; w.services > 1 {
			v.add(ErrSecondService)
		}
	case ext.KindMultipath:
		if w.multipaths++; w.multipaths > 1 {
			v.add(ErrSecondMultipath)
		}
		w.multipath(x, v)
	case ext.KindFlowBinding:
		flowBinding(x, v)
	case ext.KindMobileNetworkRequest:
		w.mobileNetwork(x, v)
	case ext.KindMNFAKeyRequest, ext.KindMNHAKeyRequest:
		keyRequestSPI(x, v)
	case ext.KindMobileCorrespondentAuth:
		// Where nothing else authorizes the message, its fault is that of the whole.
		if w.survey.home > 0 || w.survey.aaa > 0 {
			v.add(ErrCorrespondent)
		}
	case ext.KindSKIPTraversal:
		if t, err := ext.ParseSKIPTraversal(x); err == nil && t.MNToHA.IsUnspecified() {
			v.add(ErrTraversalUnset)
		}
	case ext.KindGFAAddress:
		if g, err := ext.ParseGFAAddress(x); err == nil && !unicast(g.Address) {
			v.add(ErrGatewayAddress)
		}
	case ext.KindDeviceID, ext.KindSubscriberID, ext.KindAccessTechnology:
		// The ID-Type or Tech-Type is the first byte.
		if b := x.Body(); w.s.Proxies != None && len(b) > 0 && b[0] == 0 {
			v.add(ErrProxyIDType)
		}
	case ext.KindGREKey:
		if flags.Has(mipv4.FlagDecapsulation) {
			v.add(ErrGREKeyCoLocated)
		}
	case ext.KindRequestedHA:
		w.requestedHA(x, v)
	case ext.KindHierarchicalFA, ext.KindReplayProtectionStyle:
		switch {
		case w.part == beforeHome, w.part == undivided, w.part == betweenHomeAAA && w.s.Leg == code.FAtoHA:
		case w.s.Leg == code.MNtoFA && w.survey.lastForeign < x.Offset():
			v.add(ErrRegionalUnprotected)
		case w.s.Leg == code.FAtoHA && k == ext.KindHierarchicalFA && w.survey.lastFAFA < x.Offset():
			v.add(ErrHierarchicalFAUnprotected)
		}
	case ext.KindProxyAuthMethod:
		if w.s.Proxies == None {
			return
		}
		if w.survey.method == 0 {
			v.add(ErrProxyMethod)
		}
		if flags.Has(mipv4.FlagDecapsulation) {
			v.add(ErrProxyCoLocated)
		}
	}
	if w.s.Receiver != nil {
		w.s.Receiver.body(w, x, v)
	}
}
