package mipv4

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// The parts that authentication extensions divide a list into.
const (
	beforeHome     = iota // before Mobile-Home
	betweenHomeAAA        // behind Mobile-Home, MN-AAA is still to come
	behindMobile          // behind the mobile node's last authenticator, in a reply behind Mobile-Home
	behindForeign         // behind Mobile-Foreign or Foreign-Home
	parts
)

// requestZones has, for each leg and part of a request's list, the zones whose
// extensions may stand there. Without MN-AAA there is no betweenHomeAAA, and the
// Challenge is one of what stands behind Mobile-Home.
var requestZones = [...][parts]ext.Zones{
	code.MNtoHA: {
		beforeHome:     ext.ForHomeAgent | ext.KeyRequest,
		betweenHomeAAA: ext.KeyRequest,
	},
	code.MNtoFA: {
		beforeHome:     ext.ForHomeAgent | ext.KeyRequest,
		betweenHomeAAA: ext.KeyRequest | ext.ForForeignAgent | ext.ChallengeZone,
		behindMobile:   ext.ForForeignAgent | ext.ChallengeZone,
	},
	code.FAtoHA: {
		beforeHome:     ext.ForHomeAgent | ext.KeyRequest,
		betweenHomeAAA: ext.KeyRequest | ext.ForForeignAgent | ext.ChallengeZone,
		behindMobile:   ext.ForeignForHome | ext.ChallengeZone,
	},
}

// seen counts what a list may hold once.
type seen struct {
	home, aaa, mobileForeign, foreignHome, challenge, service, multipath int
	nai, requestedHA, redirectedHA, keyForeign, keyHome                  bool
	looked, ahead                                                        bool // of withAAA
	searched, found                                                      bool // of withHome
	challenged                                                           bool // no authenticator has followed the Challenge yet
}

func (s *Situation) requestFaults(r *Request, yield func(int, *code.Fault) bool) bool {
	l, leg := r.Extensions, s.Leg
	if !leg.Request() {
		return leg == code.Leg(0) || yield(0, ErrRequestLeg)
	}
	dynamic := r.HomeAgent == netip.IPv4Unspecified() || r.HomeAgent == broadcast
	if r.Flags&(ReservedR|ReservedX) != 0 && !yield(1, ErrReservedFlags) ||
		dynamic && r.HomeAddress != netip.IPv4Unspecified() && !yield(4, ErrDynamicHomeAddress) {
		return false
	}
	lacks := s.Implements != nil || s.ImplementsVendor != nil
	var n seen
	part := beforeHome
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if lacks {
			vendor := ErrVendorFromMobile
			if leg == code.FAtoHA && part >= behindMobile {
				vendor = ErrVendorFromForeign
			}
			if f, ok := s.unknown(x, vendor); ok {
				if f != nil && !yield(x.Offset(), f) {
					return false
				}
				continue
			}
		}
		var f, g *code.Fault // most that one extension can break
		k := x.Kind()
		switch k {
		case ext.KindMobileHomeAuth:
			n.home++
			switch {
			case part == behindForeign:
				f = ErrBehindLast
			case n.home > 1:
				f = ErrSecondMobileHome
			case n.aaa == 0 && n.withAAA(l, x):
				part = betweenHomeAAA
			default:
				part = behindMobile
			}
			if n.home+n.aaa > 1 && s.Edition == RFC3344 {
				f = ErrTwoAuthorizations3344
			}
		case ext.KindMNAAAAuth:
			n.aaa++
			n.challenged = false
			switch {
			case part == behindForeign:
				f = ErrBehindLast
			case n.home == 0:
				f = ErrOnlyMNAAA
				if !n.withHome(l) {
					part = behindMobile
				}
			case n.aaa > 1:
				f = ErrSecondMNAAA
			default:
				part = behindMobile
			}
			if n.home+n.aaa > 1 && s.Edition == RFC3344 {
				f = ErrTwoAuthorizations3344
			}
		case ext.KindMobileForeignAuth:
			n.mobileForeign++
			n.challenged = false
			switch {
			case leg != code.MNtoFA:
				f = ErrMobileForeignLeg
			case s.MobileForeign == None:
				part = behindForeign
				f = ErrMobileForeignUnknown
			case n.mobileForeign > 1:
				f = ErrSecondMobileForeign
			default:
				part = behindForeign
			}
		case ext.KindForeignHomeAuth:
			n.foreignHome++
			f, g = s.foreignHome(r, &n)
			if leg == code.FAtoHA {
				part = behindForeign
			}
		default:
			f = s.requestPlace(r, x, part, &n)
			if f == nil {
				f, g = requestCondition(r, x, part, &n)
			}
		}
		if f != nil && !yield(x.Offset(), f) || g != nil && !yield(x.Offset(), g) {
			return false
		}
	}
	end := len(l.Message())
	miss := func(missing bool, f *code.Fault) bool { return !missing || yield(end, f) }
	none := ErrNoAuthorization
	if s.Edition == RFC3344 {
		none = ErrNoAuthorization3344
	}
	return miss(n.home == 0 && n.aaa == 0, none) &&
		miss(leg == code.MNtoFA && n.mobileForeign == 0 && s.MobileForeign == Shared, ext.ErrNoMobileForeign) &&
		miss(leg == code.FAtoHA && n.foreignHome == 0 && s.ForeignHome == Shared &&
			(r.Lifetime != Deregister || s.Edition == RFC3344), ext.ErrNoForeignHome) &&
		miss(leg == code.MNtoFA && n.challenged, ErrChallengeUnanswered) &&
		miss(dynamic && !n.nai, ErrDynamicNAI) &&
		miss(dynamic && leg == code.MNtoHA && !n.requestedHA, ErrDynamicRequestedHA) &&
		miss(!dynamic && !n.nai && r.HomeAddress == netip.IPv4Unspecified(), ErrNameless)
}

var broadcast = netip.AddrFrom4([4]byte{255, 255, 255, 255})

// foreignHome judges a Foreign-Home Authentication of a request.
func (s *Situation) foreignHome(r *Request, n *seen) (f, g *code.Fault) {
	if s.Leg != code.FAtoHA || s.ForeignHome == None {
		switch {
		case s.Edition == RFC3344:
			f = ErrForeignHome3344
		case s.Leg != code.FAtoHA:
			f = ErrForeignHomeLeg
		default:
			f = ErrForeignHomeUnknown
		}
	}
	switch {
	case s.Leg != code.FAtoHA:
	case r.Lifetime == Deregister && s.Edition == RFC5944:
		g = ErrForeignHomeDeregisters
	case n.foreignHome > 1 && s.ForeignHome != None:
		g = ErrSecondForeignHome
	}
	return f, g
}

// withHome reports whether Mobile-Home stands anywhere in the list, looking only
// the first time.
func (n *seen) withHome(l ext.List) bool {
	if !n.searched {
		n.searched = true
		for x, ok := l.First(); ok && !n.found; x, ok = l.Next(x) {
			n.found = x.Kind() == ext.KindMobileHomeAuth
		}
	}
	return n.found
}

// withAAA reports whether MN-AAA stands anywhere in the list, looking behind x
// when it has not been seen yet, and only the first time.
func (n *seen) withAAA(l ext.List, x ext.Raw) bool {
	if n.aaa == 0 && !n.looked {
		n.looked = true
		for y, ok := l.Next(x); ok && !n.ahead; y, ok = l.Next(y) {
			n.ahead = y.Kind() == ext.KindMNAAAAuth
		}
	}
	return n.aaa > 0 || n.ahead
}

// requestPlace judges where an extension stands.
func (s *Situation) requestPlace(r *Request, x ext.Raw, part int, n *seen) *code.Fault {
	zones := ext.ZonesOf(x.Kind())
	if zones&ext.Free != 0 {
		return nil
	}
	if zones == ext.KeyRequest && (n.aaa > 0 || !n.withAAA(r.Extensions, x)) {
		return ErrKeyRequestAlone
	}
	allowed := requestZones[s.Leg][part]
	if part == behindMobile && n.aaa > 0 {
		allowed &^= ext.ChallengeZone
	}
	if zones&allowed != 0 {
		return nil
	}
	// Without Mobile-Home, MN-AAA follows the Challenge all the same (RFC 4721
	// §3.1).
	if part == beforeHome && zones&ext.ChallengeZone != 0 && s.Leg != code.MNtoHA &&
		n.withAAA(r.Extensions, x) && !n.withHome(r.Extensions) {
		return nil
	}
	n.challenged = n.challenged || x.Kind() == ext.KindChallenge
	return misplaced(x.Kind())
}

func misplaced(k ext.Kind) *code.Fault {
	row, _ := ext.Lookup(k)
	return row.Misplaced
}

// requestCondition judges an extension that stands where it may by what the
// fixed part and the other extensions say.
func requestCondition(r *Request, x ext.Raw, part int, n *seen) (f, g *code.Fault) {
	mobile := part == beforeHome
	switch x.Kind() {
	case ext.KindMobileNodeNAI:
		n.nai = true
		if n.service > 0 {
			f = ErrServiceBeforeNAI
		}
	case ext.KindChallenge:
		n.challenged = true
		if n.challenge++; n.challenge > 1 {
			f = ErrSecondChallenge
		}
	case ext.KindEncapsulatingDelivery:
		if !r.Flags.Has(T) {
			f = ErrDeliveryWithoutT
		}
	case ext.KindRevocationSupport:
		if mobile && !r.Flags.Has(D) {
			f = ErrRevocationNotDirect
		}
	case ext.KindUDPTunnelRequest:
		if mobile && !r.Flags.Has(D) {
			f = ErrTunnelRequestMobile
		} else if !mobile && r.Flags.Has(D) {
			f = ErrTunnelRequestForeign
		}
		// Reserved1, F R Reserved2, Encapsulation, Reserved3 (RFC 3519 §3.1).
		if b := x.Body(); len(b) == 5 && (b[3] != 0 || b[4] != 0) {
			g = ErrTunnelRequestReserved
		}
	case ext.KindServiceSelection:
		if n.service++; n.service > 1 {
			f = ErrSecondService
		}
	case ext.KindMultipath:
		if n.multipath++; n.multipath > 1 {
			f = ErrSecondMultipath
		}
	case ext.KindGREKey:
		if r.Flags.Has(D) {
			f = ErrGREKeyCoLocated
		}
	case ext.KindRequestedHA:
		n.requestedHA = true
		if b := x.Body(); len(b) == 4 {
			// Of this network, of this host, multicast, or reserved.
			if b[0] == 0 || b[0] == 127 || b[0] >= 224 {
				f = ErrRequestedHAUnicast
			}
		}
	}
	return f, g
}
