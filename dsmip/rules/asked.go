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

	proxy, greKey, keyHome, mobileTunnel, foreignTunnel, forced  bool
	revocation, inform, capability, prefixes, solicits, outbound bool
	mode                                                         bool
	serviceByMobile                                              bool // in front of its authentication
	requestedHA                                                  netip.Addr
	nai, gateway, challenge, service                             int // where they stand
	networks                                                     int
	unanswered                                                   bool // prefixes of a reply that has others, see newAnswers
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
	aaa, undecided, named := false, false, 0
	l := r.Extensions
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		switch x.Kind() {
		case ext.KindMobileHomeAuth:
			if !behind && authentic(x) {
				behind = true
				a.mobileTunnel, undecided = a.mobileTunnel || undecided, false
				if a.nai == 0 {
					a.nai = named
				}
			}
		case ext.KindMNAAAAuth:
			aaa = aaa || authentic(x)
			a.keyHome = a.keyHome || key && authentic(x)
		case ext.KindMobileNodeNAI:
			switch written := !behind && len(x.Body()) > 0; {
			case written && !aaa && a.nai == 0:
				a.nai = x.Offset()
			case written && aaa && named == 0:
				named = x.Offset()
			}
		case ext.KindChallenge:
			if a.challenge == 0 { // a second one is ignored
				a.challenge = x.Offset()
			}
		case ext.KindIPv6PrefixRequest:
			order.Request(x)
		case ext.KindIPv6TunnelingMode:
			a.mode = true
		case ext.KindGFAAddress:
			a.gateway = x.Offset()
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
			a.service, a.serviceByMobile = x.Offset(), !behind && !aaa
		case ext.KindRouteOptimizationCapability:
			if c, err := ext.ParseRouteOptimizationCapability(x); err == nil {
				a.capability, a.prefixes = true, a.prefixes || c.Request || c.Solicit
				a.solicits, a.outbound = c.Solicit, c.OutboundOnly
			}
		case ext.KindRequestedHA:
			if h, err := ext.ParseRequestedHA(x); err == nil {
				a.requestedHA = h.HAAddress
			}
		case ext.KindMobileNetworkRequest:
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
	tell.when(homeAddressAt, r.HomeAddress != q.HomeAddress && w.copiesHomeAddress(), mipv4.ErrOtherHomeAddress)
	other := r.HomeAgent != q.HomeAgent
	if accepted {
		tell.when(replyHomeAgentAt, other && !dynamic(q.HomeAgent), ErrOtherHomeAgent)
		tell.when(replyHomeAgentAt, a.requestedHA.IsValid() && dynamic(q.HomeAgent) && r.HomeAgent != a.requestedHA, ErrAssignedHA)
		tell.when(lifetimeAt, r.Lifetime > q.Lifetime, ErrLongerLifetime)
	} else {
		tell.when(replyHomeAgentAt, other && w.denial, ErrOtherHomeAgent)
		tell.when(replyHomeAgentAt, !other && r.Code == code.HAUnknownHomeAgentAddress && !a.requestedHA.IsValid(), ErrUnknownHomeAgentCopied)
		tell.when(codeAt, r.Code == code.HARedirect && !dynamic(q.HomeAgent) && a.requestedHA != q.HomeAgent, ErrRedirectUnasked)
		tell.when(codeAt, (r.Code == code.HAReverseTunnelMandatory || r.Code == code.FAReverseTunnelMandatory) && q.Flags.Has(mipv4.FlagReverseTunnel), ErrTunnelMandatory)
		tell.when(lifetimeAt, r.Code == code.FALifetimeTooLong && r.Lifetime >= q.Lifetime, ErrDenialTooLong)
	}
	if w.denial {
		tell.when(lifetimeAt, r.Code != code.FALifetimeTooLong && r.Lifetime != q.Lifetime, ErrDenialLifetime)
		tell.when(replyIdentificationAt, r.Identification != q.Identification && r.Identification.MatchesLow(q.Identification), ErrDenialIdentification)
	}
	if !a.known || w.denial {
		return
	}
	tell.when(w.size, a.nai > 0 && !n.nai && !w.marked(), ErrNAIMissing)
	if accepted {
		tell.when(w.size, !n.gateway && (a.gateway > 0 || q.CareOfAddress.IsUnspecified() && q.Lifetime != mipv4.Deregister), ErrGatewayMissing)
		tell.when(w.size, a.keyHome && !n.keyHome && w.s.Leg != code.HAtoFA, ErrKeyReplyMissing)
		tell.when(w.size, a.greKey && !n.greKey && r.Lifetime != mipv4.Deregister && w.s.Leg == code.HAtoFA, ErrGREKeyMissing)
		tell.when(w.size, a.unanswered, ErrPrefixUnanswered)
	}
	// Who authenticates by Mobile-Home does not do so for all nodes alike, and who does
	// not process the extensions has none of them.
	tell.when(w.size, a.proxy && !n.proxyMethod && n.home == 0 && r.Code != code.HAProxyUnsupported && w.s.Leg == code.HAtoFA, ErrProxyMethodMissing)
}

// copiesHomeAddress reports whether the Home Address of a reply is to be that of the
// request: a home agent copies one that is named, a foreign agent that denies copies any.
func (w *walk) copiesHomeAddress() bool {
	if w.request.HomeAddress.IsUnspecified() {
		return w.denial
	}
	return !(w.reply.HomeAddress.IsUnspecified() && w.marked())
}

// marked reports whether an old foreign agent says by its Code, written over the home
// agent's, that the name or an address is missing in what it relays (RFC 2794 §3): one of
// them, though others may be missing as well.
func (w *walk) marked() bool {
	return w.overwritten && code.FAMissingNAI <= w.reply.Code && w.reply.Code <= code.FAMissingHomeAddress
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
		same := a.challenge > 0 && w.returns(x, a.challenge)
		is(w.s.Leg == code.HAtoFA && a.challenge > 0 && !same, ErrChallengeChanged)
		is(w.s.Leg == code.FAtoMN && same && !w.denial, ErrChallengeUsed)
	case ext.KindGFAAddress:
		is(w.s.Leg == code.HAtoFA && a.gateway > 0 && !w.returnsGateway(x), ErrOtherGateway)
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
		if w.s.Leg == code.FAtoMN {
			return // the foreign agent's, which the mobile node has not seen
		}
		r, err := ext.ParseRevocationSupport(x)
		is(!a.revocation, ErrRevocationUnasked)
		is(a.revocation && err == nil && r.Inform && !a.inform, ErrRevocationInform)
	case ext.KindServiceSelection:
		is(!w.returns(x, a.service), ErrServiceUnasked)
		is(a.serviceByMobile && w.part != beforeHome && w.survey.home > 0, placeOf(k).misplaced)
	case ext.KindRouteOptimizationReply:
		r, err := ext.ParseRouteOptimizationReply(x)
		is(!a.capability, ErrRouteOptimizationUnasked)
		is(a.capability && err == nil && (a.outbound && !r.OutboundOnly || r.Solicited != a.solicits), ErrRouteOptimizationFlags)
	case ext.KindRouteOptimizationPrefix:
		is(!a.prefixes, ErrPrefixesUnasked)
		is(a.capability && !w.survey.optimizes && w.reply.Code.Accepted(), ErrRouteOptimizationMissing)
	case ext.KindMobileNetworkAckExplicit, ext.KindMobileNetworkAckImplicit:
		if w.request.Lifetime == mipv4.Deregister {
			v.add(ErrMobileNetworkAckDeregisters)
		} else if n, ok := networkOf(x); ok && p != nil {
			is(k == ext.KindMobileNetworkAckImplicit && p.networks.has(n), ErrImplicitAcknowledgement)
			is(k == ext.KindMobileNetworkAckExplicit && !p.networks.assigned && !p.networks.has(n), ErrNetworkUnasked)
		}
	}
}

// returnsGateway reports whether a GFA IP Address of the reply is the request's.
func (w *walk) returnsGateway(x ext.Raw) bool {
	asked, _ := w.request.Extensions.At(w.asked.gateway)
	q, err := ext.ParseGFAAddress(asked)
	r, err2 := ext.ParseGFAAddress(x)
	return err != nil || err2 != nil || q == r
}

// tunnelUnasked reports whether the request as the foreign agent has sent it asks for no
// tunnel to a care-of address. The mobile node, which has not seen that, cannot tell.
func (w *walk) tunnelUnasked() bool { return w.s.Leg == code.HAtoFA && w.asked.known && !w.asked.mode }

// returns reports whether an extension of the reply has the body of the request's at an
// offset. Where that has none, the body is empty.
func (w *walk) returns(x ext.Raw, offset int) bool {
	asked, _ := w.request.Extensions.At(offset)
	return bytes.Equal(x.Body(), asked.Body())
}

// renames reports whether a Mobile Node NAI of the reply is another than the request's.
// Both have their Length in front of them, so that none begins with another.
func (w *walk) renames(x ext.Raw) bool {
	b, asked := x.Bytes(), w.request.Extensions.Message()[w.asked.nai:]
	return len(asked) < len(b) || !bytes.Equal(asked[:len(b)], b)
}

// networkSet is the set of the prefixes that Mobile Network Requests name: few are
// compared one by one, more are found by hash.
type networkSet struct {
	few      []uint64 // of which n are taken
	n        int
	many     []uint64 // by hash, 0 for a free slot; a power of two, and never full
	seed     maphash.Seed
	assigned bool // a prefix of the home agent's choice is asked for (RFC 6626 §3.1)
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
			t.assigned = true // whatever the length, which is a hint
		case t.many != nil:
			t.many[t.slot(k)] = k
		case t.n < len(t.few):
			t.few[t.n] = k
			t.n++
		}
	}
}

// has reports whether a prefix was asked for by name.
func (t *networkSet) has(k uint64) bool {
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
