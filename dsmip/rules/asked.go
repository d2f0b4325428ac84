package rules

import (
	"bytes"
	"hash/maphash"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// asked is what a walk over the request that a reply answers learns of it.
type asked struct {
	known bool // its extensions are known, and what is not among them was not asked for

	nai, gateway, proxy, greKey, keyHome, mobileTunnel, foreignTunnel, forced bool
	revocation, inform, capability, prefixes, network                         bool
	requestedHA                                                               netip.Addr
	challenge, service                                                        int // where they stand
	networks                                                                  int
}

// read takes what there is to learn of a request; nil, and one that was not parsed, tell
// nothing. order is told of its prefix requests.
func (a *asked) read(r *mipv4.Request, order *dsmip.InOrder) {
	if r == nil || r.Extensions.Message() == nil {
		return
	}
	a.known = true
	behind, key := false, false // Mobile-Home, a key request that MN-AAA has yet to follow
	// Behind MN-AAA: until Mobile-Home follows, MN-AAA divides the request.
	aaa, undecided, named := false, false, false
	l := r.Extensions
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		switch x.Kind() {
		case ext.KindMobileHomeAuth:
			if !behind && authentic(x) {
				behind = true
				a.mobileTunnel, undecided = a.mobileTunnel || undecided, false
				a.nai = a.nai || named
			}
		case ext.KindMNAAAAuth:
			aaa = aaa || authentic(x)
			a.keyHome = a.keyHome || key && authentic(x)
		case ext.KindMobileNodeNAI:
			written := !behind && len(x.Body()) > 0
			a.nai, named = a.nai || written && !aaa, named || written && aaa
		case ext.KindChallenge:
			if a.challenge == 0 { // a second one is ignored
				a.challenge = x.Offset()
			}
		case ext.KindIPv6PrefixRequest:
			order.Request(x)
		case ext.KindGFAAddress:
			a.gateway = true
		case ext.KindProxyAuthMethod:
			a.proxy = true
		case ext.KindGREKey:
			a.greKey = true
		case ext.KindMNHAKeyRequest:
			key = true
		case ext.KindUDPTunnelRequest:
			if t, err := ext.ParseUDPTunnelRequest(x); err == nil {
				a.foreignTunnel = a.foreignTunnel || behind
				a.mobileTunnel = a.mobileTunnel || !behind && !aaa
				undecided = undecided || !behind && aaa
				a.forced = a.forced || t.Force
			}
		case ext.KindRevocationSupport:
			if v, err := ext.ParseRevocationSupport(x); err == nil {
				a.revocation, a.inform = true, a.inform || v.Inform
			}
		case ext.KindServiceSelection:
			a.service = x.Offset()
		case ext.KindRouteOptimizationCapability:
			if c, err := ext.ParseRouteOptimizationCapability(x); err == nil {
				a.capability, a.prefixes = true, a.prefixes || c.Request || c.Solicit
			}
		case ext.KindRequestedHA:
			if h, err := ext.ParseRequestedHA(x); err == nil {
				a.requestedHA = h.HAAddress
			}
		case ext.KindMobileNetworkRequest:
			a.network = true
			a.networks++
		}
	}
	a.foreignTunnel = a.foreignTunnel || undecided
}

// answered judges the fixed part of a reply by the request, and what is missing.
func (w *walk) answered(tell *telling) {
	r, q, a, n := w.reply, w.request, &w.asked, &w.survey
	if q == nil {
		return
	}
	tell.when(replyIdentificationAt, !r.Identification.MatchesLow(q.Identification), mipv4.ErrOtherIdentification)
	if !q.HomeAddress.IsValid() {
		return // nothing else of it is known
	}
	accepted := r.Code.Accepted()
	named := !dynamic(q.HomeAgent)
	tell.when(homeAddressAt, !q.HomeAddress.IsUnspecified() && r.HomeAddress != q.HomeAddress, mipv4.ErrOtherHomeAddress)
	other := r.HomeAgent != q.HomeAgent
	tell.when(replyHomeAgentAt, other && (w.denial || accepted && named), ErrOtherHomeAgent)
	tell.when(replyHomeAgentAt, !other && r.Code == code.HAUnknownHomeAgentAddress && !a.requestedHA.IsValid(), ErrUnknownHomeAgentCopied)
	tell.when(replyHomeAgentAt, accepted && !named && a.requestedHA.IsValid() && r.HomeAgent != a.requestedHA, ErrAssignedHA)
	tell.when(codeAt, r.Code == code.HARedirect && named && a.requestedHA != q.HomeAgent, ErrRedirectUnasked)
	tell.when(codeAt, (r.Code == code.HAReverseTunnelMandatory || r.Code == code.FAReverseTunnelMandatory) && q.Flags.Has(mipv4.FlagReverseTunnel), ErrTunnelMandatory)
	tell.when(lifetimeAt, accepted && r.Lifetime > q.Lifetime, ErrLongerLifetime)
	tell.when(lifetimeAt, r.Code == code.FALifetimeTooLong && r.Lifetime >= q.Lifetime, ErrDenialTooLong)
	if w.denial {
		tell.when(lifetimeAt, r.Code != code.FALifetimeTooLong && r.Lifetime != q.Lifetime, ErrDenialLifetime)
		tell.when(replyIdentificationAt, r.Identification != q.Identification && r.Identification.MatchesLow(q.Identification), ErrDenialIdentification)
	}
	if !a.known || w.denial {
		return
	}
	tell.when(w.size, a.nai && !n.nai, ErrNAIMissing)
	if accepted {
		tell.when(w.size, a.gateway && !n.gateway, ErrGatewayMissing)
		tell.when(w.size, a.keyHome && !n.keyHome && w.s.Leg != code.HAtoFA, ErrKeyReplyMissing)
	}
	tell.when(w.size, a.proxy && !n.proxyMethod && w.s.Leg == code.HAtoFA, ErrProxyMethodMissing)
}

// inAnswer judges an extension of a reply by the request.
func (w *walk) inAnswer(x ext.Raw, k ext.Kind, p *answers, v *findings) {
	a := &w.asked
	if !a.known {
		return
	}
	is := func(wrong bool, f *code.Fault) {
		if wrong {
			v.add(f)
		}
	}
	switch k {
	case ext.KindChallenge:
		is(w.s.Leg == code.HAtoFA && a.challenge > 0 && !w.returns(x, a.challenge), ErrChallengeChanged)
	case ext.KindUDPTunnelReply:
		t, err := ext.ParseUDPTunnelReply(x)
		is(!a.mobileTunnel && !a.foreignTunnel, ErrTunnelReplyUnasked)
		is(err == nil && t.Forced && !a.forced, ErrTunnelReplyForced)
		front := w.part == beforeHome && w.survey.home > 0
		behind := w.part == behindMobile && w.survey.home > 0
		is(w.s.Leg == code.HAtoFA && (front && !a.mobileTunnel && a.foreignTunnel || behind && a.mobileTunnel && !a.foreignTunnel), ErrTunnelReplyZone)
	case ext.KindGREKey:
		is(!a.greKey, ErrGREKeyUnasked)
	case ext.KindRevocationSupport:
		r, err := ext.ParseRevocationSupport(x)
		is(!a.revocation, ErrRevocationUnasked)
		is(a.revocation && err == nil && r.Inform && !a.inform, ErrRevocationInform)
	case ext.KindServiceSelection:
		is(!w.returns(x, a.service), ErrServiceUnasked)
	case ext.KindRouteOptimizationReply:
		is(!a.capability, ErrRouteOptimizationUnasked)
	case ext.KindRouteOptimizationPrefix:
		is(!a.prefixes, ErrPrefixesUnasked)
	case ext.KindMobileNetworkAckImplicit:
		if k, ok := networkOf(x); ok && p != nil {
			is(p.networks.has(k), ErrImplicitAcknowledgement)
		}
	case ext.KindMobileNetworkAckExplicit:
		if k, ok := networkOf(x); ok && p != nil {
			is(!p.networks.has(k), ErrNetworkUnasked)
		}
	}
}

// returns reports whether an extension of the reply has the body of the request's at an
// offset. Where that has none, the body is empty.
func (w *walk) returns(x ext.Raw, offset int) bool {
	asked, _ := w.request.Extensions.At(offset)
	return bytes.Equal(x.Body(), asked.Body())
}

// networkSet is the set of the prefixes that Mobile Network Requests name: few are
// compared one by one, more are found by hash.
type networkSet struct {
	few   []uint64 // of which n are taken
	n     int
	many  []uint64 // by hash, 0 for a free slot; a power of two, and never full
	seed  maphash.Seed
	asked bool // for a prefix of the home agent's choice (RFC 6626 §3.1)
}

// networkOf returns what makes the prefix of a Mobile Network Request, or of an
// acknowledgement, another than others; it is never 0.
func networkOf(x ext.Raw) (uint64, bool) {
	var p netip.Addr
	var n uint8
	if q, err := ext.ParseMobileNetworkRequest(x); err == nil {
		p, n = q.Prefix, q.PrefixLength
	} else if a, err := ext.ParseMobileNetworkAckExplicit(x); err == nil {
		p, n = a.Prefix, a.PrefixLength
	} else if a, err := ext.ParseMobileNetworkAckImplicit(x); err == nil {
		p, n = a.Prefix, a.PrefixLength
	} else {
		return 0, false
	}
	b := p.As4()
	return 1<<40 | uint64(n)<<32 | uint64(b[0])<<24 | uint64(b[1])<<16 | uint64(b[2])<<8 | uint64(b[3]), true
}

// add adds the prefixes of a list.
func (t *networkSet) add(l ext.List) {
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if x.Kind() != ext.KindMobileNetworkRequest {
			continue
		}
		k, ok := networkOf(x)
		switch {
		case !ok:
		case k&(1<<32-1) == 0:
			t.asked = true // whatever the length, which is a hint
		case t.many != nil:
			t.many[t.slot(k)] = k
		case t.n < len(t.few):
			t.few[t.n] = k
			t.n++
		}
	}
}

// has reports whether a prefix was asked for.
func (t *networkSet) has(k uint64) bool {
	if t.asked {
		return true
	}
	if t.many != nil {
		return t.many[t.slot(k)] == k
	}
	for _, have := range t.few[:t.n] {
		if have == k {
			return true
		}
	}
	return false
}

// slot returns where a key stands, or where it would.
func (t *networkSet) slot(k uint64) uint64 {
	mask := uint64(len(t.many) - 1)
	for i := maphash.Comparable(t.seed, k) & mask; ; i = (i + 1) & mask {
		if t.many[i] == k || t.many[i] == 0 {
			return i
		}
	}
}
