package mipv4

import (
	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// replyZones has, for each leg, what may stand before and behind Mobile-Home in
// a reply.
var replyZones = [...][2]ext.Zones{
	code.HAtoMN: {ext.ForMobileNode, 0},
	code.HAtoFA: {ext.ForMobileNode, ext.HomeForForeign},
	code.FAtoMN: {ext.ForMobileNode, ext.ForeignForMobile},
}

func (s *Situation) replyFaults(r *Reply, asked *Request, yield func(int, *code.Fault) bool) bool {
	l, leg := r.Extensions, s.Leg
	if !leg.Reply() {
		return leg == code.Leg(0) || yield(0, ErrReplyLeg)
	}
	origin := r.Code.Origin()
	// The foreign agent's range, whoever RFC 4857 gives 110 and 111 to. 194 is the
	// foreign agent's number for 116 in RFC 5944 §3.4, and nobody's in the registry.
	inRange := 64 <= r.Code && r.Code <= 127
	byForeign := inRange || r.Code == code.InvalidHomeAgentAddress194
	if inRange && leg != code.FAtoMN && !yield(1, ErrForeignCodeFromHome) ||
		asked != nil && !r.Identification.MatchesLow(asked.Identification) && !yield(12, ErrReplyUnasked) {
		return false
	}
	withHome := false
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		withHome = withHome || x.Kind() == ext.KindMobileHomeAuth
	}
	// A foreign agent that denies by itself has nothing of the home agent's to
	// relay but the node's name.
	denial, overwritten := leg == code.FAtoMN && byForeign && !withHome, byForeign && withHome
	lacks := s.Implements != nil || s.ImplementsVendor != nil
	var n seen
	part := beforeHome
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if lacks {
			if f, ok := s.unknown(x, ErrVendorInReply); ok {
				if f != nil && !yield(x.Offset(), f) {
					return false
				}
				continue
			}
		}
		var f *code.Fault
		k := x.Kind()
		switch k {
		case ext.KindMobileHomeAuth:
			n.home++
			switch {
			case part == behindForeign:
				f = ErrReplyOrder
			case n.home > 1:
				f = ErrReplySecondMobileHome
			default:
				part = behindMobile
			}
		case ext.KindMNAAAAuth:
			f = ErrReplyMNAAA
		case ext.KindMobileForeignAuth:
			n.mobileForeign++
			switch {
			case leg != code.FAtoMN:
				f = ErrMobileForeignLeg
			// A key that comes with the reply makes the association.
			case s.MobileForeign == None && !n.keyForeign:
				part = behindForeign
				f = ErrMobileForeignUnknown
			case n.mobileForeign > 1:
				f = ErrSecondMobileForeign
			default:
				part = behindForeign
			}
		case ext.KindForeignHomeAuth:
			n.foreignHome++
			switch {
			case leg != code.HAtoFA:
				f = ErrForeignHomeLeg
			case s.ForeignHome == None:
				part = behindForeign
				f = ErrForeignHomeUnknown
			case n.foreignHome > 1:
				f = ErrSecondForeignHome
			default:
				part = behindForeign
			}
		default:
			f = replyPlace(leg, k, part, withHome, denial)
			if f == nil {
				f = replyCondition(r, k, denial, overwritten, &n)
			}
		}
		if f != nil && !yield(x.Offset(), f) {
			return false
		}
	}
	end := len(l.Message())
	miss := func(missing bool, f *code.Fault) bool { return !missing || yield(end, f) }
	return miss(n.home == 0 && (origin == code.Accepted || origin == code.ByHomeAgent), ErrReplyNoMobileHome) &&
		miss(leg == code.FAtoMN && n.mobileForeign == 0 && s.MobileForeign == Shared, ext.ErrNoMobileForeign) &&
		miss(leg == code.HAtoFA && n.foreignHome == 0 && s.ForeignHome == Shared && (!deregisters(r, asked) || s.Edition == RFC3344), ext.ErrNoForeignHome) &&
		miss(leg != code.HAtoFA && n.keyForeign && n.mobileForeign == 0, ErrKeyReplyForeign) &&
		miss(n.keyHome && n.home == 0, ErrKeyReplyHome) &&
		miss(r.Code == code.HARedirect && !n.redirectedHA, ErrRedirectMissing)
}

// deregisters reports whether a reply answers a deregistration, by its own Lifetime
// only where the request does not tell: that of a denial means nothing (RFC 5944
// §3.4).
func deregisters(r *Reply, asked *Request) bool {
	switch {
	case asked == nil, asked.Lifetime == Deregister && asked.Extensions.Message() == nil:
		return r.Lifetime == Deregister
	}
	return asked.Lifetime == Deregister
}

// replyPlace judges where an extension of kind k stands.
func replyPlace(leg code.Leg, k ext.Kind, part int, withHome, denial bool) *code.Fault {
	zones := ext.ZonesOf(k)
	if zones&ext.Free != 0 {
		return nil
	}
	var allowed ext.Zones
	switch {
	case part == behindForeign:
	case withHome && part == beforeHome:
		allowed = replyZones[leg][0]
	case withHome:
		allowed = replyZones[leg][1]
	default:
		allowed = replyZones[leg][0] | replyZones[leg][1]
	}
	if zones&allowed == 0 || denial && zones&ext.ForeignForMobile == 0 && k != ext.KindMobileNodeNAI {
		return misplaced(k)
	}
	return nil
}

// replyCondition judges an extension that stands where it may by what the fixed
// part and the other extensions say.
func replyCondition(r *Reply, k ext.Kind, denial, overwritten bool, n *seen) *code.Fault {
	switch k {
	case ext.KindChallenge:
		if n.challenge++; n.challenge > 1 {
			return ErrSecondChallenge
		}
	case ext.KindFAError:
		if denial {
			return ErrFAErrorAlone
		}
	case ext.KindMNFAKeyReply:
		n.keyForeign = true
	case ext.KindMNHAKeyReply:
		n.keyHome = true
	case ext.KindRedirectedHA:
		n.redirectedHA = true
		if r.Code != code.HARedirect && !overwritten {
			return ErrRedirectCode
		}
	}
	return nil
}
