package rules

import (
	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// replyZones has, for each leg, what may stand before and behind Mobile-Home in
// a reply.
var replyZones = [...][2]zones{
	code.HAtoMN: {forMobileNode, returned},
	code.HAtoFA: {forMobileNode, homeForForeign},
	code.FAtoMN: {forMobileNode, foreignForMobile},
}

// readReply learns of a reply, and of the request that it answers, what they are as a
// whole.
func (w *walk) readReply() {
	w.asked.read(w.request, w.survey.order)
	w.survey.walk(w.s, w.reply.Extensions)
	if w.s.Leg == code.FAtoMN && foreignCode(w.reply.Code) {
		w.denial, w.overwritten = w.survey.home == 0, w.survey.home > 0
	}
}

// answering reports whether the reply has extensions that there can be many of, and that
// are to be compared with the request's, or with each other.
func (w *walk) answering() bool {
	switch n := &w.survey; {
	case !w.asked.known:
		return n.prefixReplies > 1
	case n.acks > 0:
		return true
	default:
		return n.prefixReplies > 0 && !n.order.Ordinary(w.request)
	}
}

// foreignCode reports whether a Code is the foreign agent's to send: its range,
// whoever RFC 4857 gives 110 and 111 to, and 194, which is its number for 116 in
// RFC 5944 §3.4 and nobody's in the registry.
func foreignCode(c code.Registration) bool {
	return 64 <= c && c <= 127 || c == code.InvalidHomeAgentAddress194
}

// Where the fields of a reply stand (RFC 5944 §3.4).
const (
	codeAt                = 1
	lifetimeAt            = 2
	homeAddressAt         = 4
	replyHomeAgentAt      = 8
	replyIdentificationAt = 12
)

// wholeReply judges the fixed part of a reply, and what is missing.
func (w *walk) wholeReply(yield func(at int, f *code.Fault) bool) bool {
	r, leg, n := w.reply, w.s.Leg, &w.survey
	tell := &telling{yield: yield}
	proxied := leg == code.HAtoFA && n.proxied()
	gateway := leg == code.HAtoFA && r.Code.Origin() == code.ByGateway
	if leg != code.FAtoMN && 64 <= r.Code && r.Code <= 127 && !gateway {
		if r.Code == code.FAAdministrativelyProhibited && leg == code.HAtoFA && n.proxy {
			tell.when(codeAt, true, ErrProxyCode65)
		} else {
			tell.when(codeAt, true, ErrForeignCodeFromHome)
		}
	}
	tell.when(codeAt, w.mistakesBindings(), ErrSimultaneousBindings)
	tell.when(homeAddressAt, r.Code.Accepted() && !unicast(r.HomeAddress), ErrReplyHomeAddress)
	tell.when(replyHomeAgentAt, !unicast(r.HomeAgent) && !w.denial && !gateway && !w.marked(), ErrReplyHomeAgent)
	if n.astray != 0 {
		return !tell.enough // what is missing may stand behind
	}
	w.answered(tell)
	if n.home == 0 {
		origin := r.Code.Origin()
		switch {
		case gateway, leg == code.FAtoMN && origin != code.Accepted && origin != code.ByHomeAgent:
		case proxied:
			tell.when(w.size, w.s.Proxies == Unknown, ErrProxyUnclear)
		case n.correspondent:
			tell.when(w.size, true, ErrCorrespondent)
		default:
			tell.when(w.size, true, ErrReplyNoMobileHome)
		}
	}
	tell.when(w.size, leg == code.FAtoMN && n.mobileForeign == 0 && w.s.MobileForeign == Shared, ext.ErrNoMobileForeign)
	tell.when(w.size, leg == code.HAtoFA && n.foreignHome == 0 && w.s.ForeignHome == Shared && !proxied && (!w.deregisters() || w.s.Edition == RFC3344), ext.ErrNoForeignHome)
	tell.when(w.size, leg != code.HAtoFA && n.keyForeign && n.mobileForeign == 0, ErrKeyReplyForeign)
	tell.when(w.size, leg == code.HAtoFA && n.proxy && n.method == code.ProxyAuthForeignHome && n.foreignHome == 0, ErrProxyForeignHome)
	tell.when(w.size, n.keyHome && n.home == 0, ErrKeyReplyHome)
	tell.when(w.size, r.Code == code.HARedirect && !n.redirectedHA, ErrRedirectMissing)
	if r.Code == code.HAMobileNetworkError {
		tell.when(w.size, n.acks == 0, ErrMobileNetworkAckMissing)
		tell.when(codeAt, n.acksAccepted > 0, ErrMobileNetworkCode)
	}
	tell.when(codeAt, r.Code.Accepted() && n.acks > 0 && n.acksAccepted == 0, ErrMobileNetworkAllFailed)
	return !tell.enough
}

// deregisters reports whether a reply answers a deregistration, by its own Lifetime
// only where the request does not tell: that of a denial means nothing (RFC 5944
// §3.4).
func (w *walk) deregisters() bool {
	asked := w.request
	if asked == nil || asked.Lifetime == mipv4.Deregister && asked.Extensions.Message() == nil {
		return w.reply.Lifetime == mipv4.Deregister
	}
	return asked.Lifetime == mipv4.Deregister
}

// inReply judges an extension of a reply: whether it fits its figure, then where it
// stands, then what it says beside the fixed part, the other extensions and the request.
func (w *walk) inReply(x ext.Raw, p *answers, v *findings) {
	s, k := w.s, x.Kind()
	at := placeOf(k)
	// Most of a reply is what the home agent has for the mobile node.
	stands := w.part == beforeHome && w.survey.home > 0 && at.reply&forMobileNode != 0
	switch k {
	case ext.KindMobileHomeAuth:
		if !v.auth(x, ErrReservedSPIMobileHome) {
			return
		}
		w.home++
		switch {
		case w.part == behindForeign:
			v.add(ErrReplyOrder)
		case w.home > 1:
			v.add(ErrReplySecondMobileHome)
		default:
			w.part = behindMobile
		}
	case ext.KindMNAAAAuth:
		if v.fits(layout(x)) {
			v.add(ErrReplyMNAAA)
		}
	case ext.KindMobileForeignAuth:
		if !v.auth(x, ErrReservedSPIMobileForeign) {
			return
		}
		w.mobileForeign++
		switch {
		case w.byGateway(x):
			return
		case s.Leg != code.FAtoMN:
			v.add(ErrMobileForeignLeg)
			return
		// A key that comes with the reply makes the association.
		case s.MobileForeign == None && !w.survey.keyForeign:
			v.add(ErrMobileForeignUnknown)
		case w.mobileForeign > 1:
			v.add(ErrSecondMobileForeign)
		}
		w.part = behindForeign
	case ext.KindForeignHomeAuth:
		if !v.auth(x, ErrReservedSPIForeignHome) {
			return
		}
		w.foreignHome++
		switch {
		case s.Leg != code.HAtoFA:
			v.add(ErrForeignHomeLeg)
			return
		case s.ForeignHome == None:
			v.add(ErrReplyForeignHomeUnknown)
		case w.foreignHome > 1:
			v.add(ErrSecondForeignHome)
		}
		w.part = behindForeign
	case ext.KindMobileNodeNAI: // every Length fits
		switch {
		case !stands && !w.placedInReply(at, v):
		case len(x.Body()) == 0:
			v.add(ErrEmptyNAI)
		case w.asked.nai > 0 && !w.denial && w.renames(x):
			v.add(ErrOtherNAI)
		}
	case ext.KindIPv6PrefixReply:
		r, err := dsmip.ParsePrefixReply(x)
		if v.fits(err) && (stands || w.placedInReply(at, v)) {
			// What is refused may be echoed, whatever it means.
			if r.Code.Accepted() || r.PrefixLength != dsmip.LinkLocalLength {
				w.prefixFields(r.Prefix, r.PrefixLength, v)
			}
			found := p.take()
			if r.Code == code.PrefixAcceptedCareOfAddress && found&(prefixRepeated|prefixUnasked|prefixNothingAssigned) == 0 && w.tunnelUnasked() {
				found = found&^prefixOtherLength | prefixTunnelUnasked
			}
			found.faults(v)
		}
	default:
		if v.fits(layout(x)) && (stands || w.placedInReply(at, v)) {
			w.conditionInReply(x, k, v)
			w.inAnswer(x, k, p, v)
		}
	}
}

// byGateway reports whether a Mobile-Foreign Authentication on its way to a foreign agent
// is that of a gateway foreign agent, for the mobile node: behind what the home agent
// wrote, and behind what the gateway adds (RFC 4857 §5.3, §9.3, §9.4).
func (w *walk) byGateway(x ext.Raw) bool {
	n := &w.survey
	speaks := n.lastGateway > 0 || w.reply.Code.Origin() == code.ByGateway
	behind := w.part == behindMobile || w.part == undivided || w.part == behindForeign && w.home == n.home
	return w.s.Leg == code.HAtoFA && speaks && behind && n.mobileForeign == 1 && n.lastGateway < x.Offset()
}

// placedInReply judges where an extension stands.
func (w *walk) placedInReply(at *place, v *findings) bool {
	switch {
	case at.reply == 0:
		v.add(at.wrong)
		return false
	case at.reply&free != 0:
		return true
	// A foreign agent that denies by itself has nothing of the home agent's to relay
	// but the node's name.
	case w.denial && at.reply&foreignForMobile == 0 && at.kind != ext.KindMobileNodeNAI:
		v.add(at.misplaced)
		return false
	}
	before, behind := replyZones[w.s.Leg][0], replyZones[w.s.Leg][1]
	allowed := zones(0)
	switch {
	case w.part == behindForeign:
		if at.kind == ext.KindChallenge && w.s.Leg == code.FAtoMN {
			v.add(ErrChallengeBehindForeign)
			return true
		}
	case w.survey.home == 0:
		allowed = before | behind
	case w.part != beforeHome: // what belongs before Mobile-Home and stands there is not asked about
		allowed = behind
	}
	if at.reply&allowed == 0 {
		v.add(at.misplaced)
		return false
	}
	return true
}

// conditionInReply judges an extension that stands where it may by what the fixed
// part and the other extensions say.
func (w *walk) conditionInReply(x ext.Raw, k ext.Kind, v *findings) {
	switch k {
	case ext.KindChallenge:
		if w.challenges++; w.challenges > 1 && w.s.Leg == code.FAtoMN {
			v.add(ErrTwoChallenges)
		} else if w.challenges > 1 {
			v.add(ErrSecondChallenge)
		}
	case ext.KindFAError:
		if w.denial {
			v.add(ErrFAErrorAlone)
		}
		if e, err := ext.ParseFAError(x); err == nil && (e.Status < 64 || e.Status > 127) {
			v.add(ErrStatus)
		}
	case ext.KindFlowBinding:
		flowBinding(x, v)
	case ext.KindMobileNetworkAckExplicit:
		if a, err := ext.ParseMobileNetworkAckExplicit(x); err == nil && a.Code.Accepted() && !networkLength(a.PrefixLength) {
			v.add(ErrMobileNetworkAckLength)
		}
	case ext.KindMobileNetworkAckImplicit:
		if a, err := ext.ParseMobileNetworkAckImplicit(x); err == nil && a.Code.Accepted() && !networkLength(a.PrefixLength) {
			v.add(ErrMobileNetworkAckLength)
		}
	case ext.KindRegionalLifetime:
		if w.s.Leg == code.FAtoMN && w.survey.lastForeign < x.Offset() {
			v.add(ErrRegionalLifetimeUnprotected)
		}
		l, err := ext.ParseRegionalLifetime(x)
		if err == nil && w.reply.Code.Accepted() && w.reply.Lifetime != mipv4.Infinite && l.Lifetime > uint32(w.reply.Lifetime) {
			v.add(ErrRegionalLifetime)
		}
	case ext.KindRedirectedHA:
		if w.reply.Code != code.HARedirect && !w.overwritten {
			v.add(ErrRedirectCode)
		}
		if h, err := ext.ParseRedirectedHA(x); err == nil && !unicast(h.HAAddress) {
			v.add(ErrRedirectedHAUnicast)
		}
	case ext.KindSKIPTraversal:
		if t, err := ext.ParseSKIPTraversal(x); err == nil && t.HAToMN.IsUnspecified() {
			v.add(ErrTraversalReplyUnset)
		}
	case ext.KindProxyAuthMethod:
		if w.s.Proxies != None && w.survey.method == 0 {
			v.add(ErrProxyMethod)
		}
	}
}
