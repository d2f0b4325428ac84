package rules

import (
	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// part is one of the parts that authentication extensions divide a list into.
type part uint8

const (
	beforeHome     part = iota // before Mobile-Home
	betweenHomeAAA             // behind Mobile-Home, MN-AAA is still to come
	behindMobile               // behind the mobile node's last authenticator, in a reply behind Mobile-Home
	behindForeign              // behind Mobile-Foreign or Foreign-Home
	undivided                  // neither Mobile-Home nor MN-AAA divides it: who wrote what cannot be told
	parts
)

// walk judges one message: a survey first, then what concerns the message as a
// whole, then one extension after the other. It holds neither the extensions nor
// what is found, nor what is known of a message that is no registration, so that nothing
// of it escapes with those: p is nil but for a reply, o for a registration.
type walk struct {
	s       *Situation
	request *mipv4.Request // the one that is judged, or that the reply answers, or nil
	reply   *mipv4.Reply   // nil when a request is judged
	size    int            // of the message in bytes
	judging code.Role      // the role that receives the message
	survey  survey
	asked   asked
	relation
	progress
}

// relation is what follows of a reply's leg and Code.
type relation struct {
	denial      bool // a foreign agent denies by itself
	overwritten bool // an old foreign agent denied by overwriting the home agent's Code
}

// progress is how far the walk has come: the part, and how many of a kind have gone
// by.
type progress struct {
	part part

	home, aaa, mobileForeign, foreignHome, challenges, services, multipaths, modes uint16
}

// findings are the faults of one extension.
type findings struct {
	faults [6]*code.Fault // no extension can have more
	n      int
}

func (v *findings) add(f *code.Fault) {
	if v.n < len(v.faults) {
		v.faults[v.n] = f
		v.n++
	}
}

// all returns the faults.
func (v *findings) all() []*code.Fault { return v.faults[:v.n] }

// reads reports whether the receiver comes to an extension, and does not lose its way
// before.
func (w *walk) reads(x ext.Raw) bool { return w.survey.astray == 0 || x.Offset() < w.survey.astray }

// serious reports whether a fault is to be acted on: it breaks a MUST, it is the
// caller's, or it has the leg's receiver discard or reject the message.
func (w *walk) serious(f *code.Fault) bool {
	return f.Breaks() <= code.Must || f.Reaction(w.judging).Stops()
}

// silences reports whether a fault has the receiver discard the message by a MUST, and say
// nothing. No other fault of the message is answered then.
func (w *walk) silences(f *code.Fault) bool {
	r := f.Reaction(w.judging)
	_, answers := r.Code()
	return r.Action() == code.Discard && r.Strength() == code.Required && !answers
}

// first returns the first serious fault, nil when there is none: one that silences the
// message, one of the message as a whole, one of an extension that stops the message,
// another.
func (w *walk) first(l ext.List, p *answers, o *message) (first *code.Fault) {
	w.whole(o, func(_ int, f *code.Fault) bool {
		if w.serious(f) {
			first = f
		}
		return first == nil
	})
	if first != nil {
		return w.silent(l, p, o, first)
	}
	w.start(p, o)
	var v findings
	for x, ok := l.First(); ok && w.reads(x); x, ok = l.Next(x) {
		switch { // as judge does, whose call would be felt on every extension
		case w.s.lacks() && w.unknown(x, o, &v):
		case o != nil:
			w.inMessage(o, x, &v)
		case w.reply != nil:
			w.inReply(x, p, &v)
		default:
			w.inRequest(x, &v)
		}
		if v.n == 0 {
			continue
		}
		for _, f := range v.all() {
			if f.Reaction(w.judging).Stops() {
				return w.silent(l, p, o, f)
			}
			if first == nil && w.serious(f) {
				first = f
			}
		}
		v.n = 0
	}
	return first // which has nobody stop
}

// silent returns the first fault that silences the message; f, the first serious one, when
// there is none. It walks over a message only that has a fault.
func (w *walk) silent(l ext.List, p *answers, o *message, f *code.Fault) *code.Fault {
	if !w.silences(f) {
		w.announce(l, p, o, true, func(_ int, silent *code.Fault) bool {
			f = silent
			return false
		})
	}
	return f
}

// verdicts yields all verdicts: what stops the message is told before anything is acted
// on, and what silences it before anything is answered.
func (w *walk) verdicts(l ext.List, p *answers, o *message, yield func(Verdict) bool) {
	tell := func(at int, f *code.Fault) bool { return yield(Verdict{Offset: at, Fault: f}) }
	more, goesOn := w.announce(l, p, o, true, tell)
	if goesOn && more {
		_, goesOn = w.announce(l, p, o, false, tell)
	}
	if !goesOn {
		return
	}
	w.start(p, o)
	for x, ok := l.First(); ok && w.reads(x); x, ok = l.Next(x) {
		var v findings
		w.judge(x, p, o, &v)
		if v.n == 0 && !yield(Verdict{x.Offset(), x, nil}) {
			return
		}
		for _, f := range v.all() {
			if !yield(Verdict{x.Offset(), x, f}) {
				return
			}
		}
	}
}

// announce yields the faults that are told before the first extension: those that silence
// the message, or the others. more reports whether there are any of the other sort.
func (w *walk) announce(l ext.List, p *answers, o *message, silent bool, yield func(at int, f *code.Fault) bool) (more, goesOn bool) {
	if !w.whole(o, func(at int, f *code.Fault) bool {
		if w.silences(f) != silent {
			more = true
			return true
		}
		return yield(at, f)
	}) {
		return more, false
	}
	w.start(p, o)
	for x, ok := l.First(); ok && w.reads(x); x, ok = l.Next(x) {
		var v findings
		w.judge(x, p, o, &v)
		for _, f := range v.all() {
			switch {
			case !f.Reaction(w.judging).Stops():
			case w.silences(f) != silent:
				more = true
			case !yield(x.Offset(), f):
				return more, false
			}
		}
	}
	return more, true
}

// whole judges the message as a whole.
func (w *walk) whole(o *message, yield func(at int, f *code.Fault) bool) bool {
	if w.survey.astray != 0 && !yield(w.survey.astray, ErrAstray) {
		return false
	}
	switch {
	case o != nil:
		return w.wholeMessage(o, yield)
	case w.reply != nil:
		return w.wholeReply(yield)
	}
	return w.wholeRequest(yield)
}

// telling tells of the faults of a message as a whole until it is enough.
type telling struct {
	yield  func(at int, f *code.Fault) bool
	enough bool
}

// when tells a fault, and where it stands, when there is something wrong.
func (t *telling) when(at int, wrong bool, f *code.Fault) {
	if wrong && !t.enough {
		t.enough = !t.yield(at, f)
	}
}

// start begins, or begins again, to judge one extension after the other.
func (w *walk) start(p *answers, o *message) {
	w.progress = progress{}
	leg := w.s.Leg
	if (leg == code.FAtoHA || leg == code.HAtoFA) && w.survey.home == 0 && w.survey.aaa == 0 {
		w.part = undivided
	}
	if p != nil {
		p.next = 0
	}
	if o != nil {
		o.needed, o.hopped = 0, 0
	}
}

// judge judges one extension, the next in order.
func (w *walk) judge(x ext.Raw, p *answers, o *message, v *findings) {
	if w.s.lacks() && w.unknown(x, o, v) {
		return
	}
	switch {
	case o != nil:
		w.inMessage(o, x, v)
	case w.reply != nil:
		w.inReply(x, p, v)
	default:
		w.inRequest(x, v)
	}
}

// unknown reports whether the receiver does not know an extension, of which nothing
// else is to be said then.
func (w *walk) unknown(x ext.Raw, o *message, v *findings) bool {
	vendor := ErrVendorFromMobile
	switch {
	case o != nil:
		vendor = o.vendor(x)
	case w.reply != nil:
		vendor = ErrVendorInReply
	case w.s.Leg == code.FAtoHA && w.part >= behindMobile:
		vendor = ErrVendorFromForeign
	}
	if f := w.s.refuses(x, vendor); f != nil {
		v.add(f)
		return true
	}
	return w.s.skips(x)
}

// survey is what a first walk over a message learns of it as a whole. An
// authenticator that does not fit its layout is not there. What the receiver does not know
// is, since the sender has written it, but for a UDP Tunnel Request.
type survey struct {
	home, aaa, mobileForeign, foreignHome uint16 // how many
	lastAAA, lastForeign, lastFAFA        int    // where the last stands: MN-AAA, Mobile-Foreign, FA-FA
	lastMobile                            int    // where the last of Mobile-Home and MN-AAA stands
	lastHierarchical, lastGateway         int    // where the last stands: Hierarchical Foreign Agent, what a gateway adds to a reply
	challenge, answer                     int    // where the last Challenge, and the last that can answer one, stands
	prefixReplies                         int    // how many
	astray                                int    // where the receiver loses its way, 0 for nowhere
	method                                code.ProxyAuthMethod
	proxy                                 bool   // a PMIPv4 authentication method is there, and may be one
	proxyMethod                           bool   // it is there
	acks, acksAccepted                    uint16 // Mobile Network Acknowledgements, and those that accept
	correspondent                         bool   // Mobile-Correspondent Authentication is there
	nai, requestedHA, redirectedHA        bool   // before Mobile-Home
	gateway, keyForeign, greKey           bool
	keyHome                               bool           // before Mobile-Home
	optimizes                             bool           // Route Optimization Reply is there
	order                                 *dsmip.InOrder // of a reply's prefix replies, or nil
	dualStack, tunnel                     bool           // an IPv6 extension of a request, a UDP Tunnel Request that is not skipped
}

func (n *survey) walk(s *Situation, l ext.List) {
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if s.Implements != nil && s.skips(x) {
			if n.astray == 0 && strays(x) {
				n.astray = x.Offset()
			}
		}
		switch x.Kind() {
		case ext.KindMobileHomeAuth:
			if authentic(x) {
				n.home++
				n.lastMobile = x.Offset()
			}
		case ext.KindMNAAAAuth:
			if authentic(x) {
				n.aaa++
				n.lastAAA, n.answer, n.lastMobile = x.Offset(), x.Offset(), x.Offset()
			}
		case ext.KindMobileForeignAuth:
			if authentic(x) {
				n.mobileForeign++
				n.lastForeign, n.answer = x.Offset(), x.Offset()
			}
		case ext.KindForeignHomeAuth:
			if authentic(x) {
				n.foreignHome++
			}
		case ext.KindFAFAAuth:
			if authentic(x) {
				n.lastFAFA = x.Offset()
			}
		case ext.KindHierarchicalFA:
			n.lastHierarchical = x.Offset()
		case ext.KindRegionalLifetime, ext.KindReplayProtectionStyle:
			n.lastGateway = x.Offset()
		case ext.KindChallenge:
			n.challenge = x.Offset()
		case ext.KindMobileNodeNAI:
			n.nai = n.nai || n.home == 0 && len(x.Body()) > 0
		case ext.KindRequestedHA:
			n.requestedHA = n.requestedHA || n.home == 0
		case ext.KindRedirectedHA:
			n.redirectedHA = n.redirectedHA || n.home == 0
		case ext.KindGFAAddress:
			n.gateway = true
		case ext.KindMNFAKeyReply:
			n.keyForeign = true
		case ext.KindMNHAKeyReply:
			n.keyHome = n.keyHome || n.home == 0
		case ext.KindGREKey:
			n.greKey = true
		case ext.KindRouteOptimizationReply:
			n.optimizes = true
		case ext.KindIPv6PrefixRequest, ext.KindIPv6TunnelingMode:
			n.dualStack = true
		case ext.KindUDPTunnelRequest:
			n.tunnel = n.tunnel || s.Implements == nil || !s.skips(x)
		case ext.KindIPv6PrefixReply:
			n.prefixReplies++
			if n.order != nil {
				n.order.Reply(x)
			}
		case ext.KindMobileCorrespondentAuth:
			n.correspondent = true
		case ext.KindMobileNetworkAckExplicit, ext.KindMobileNetworkAckImplicit:
			if x.Check() != nil {
				break
			}
			n.acks++
			if code.MobileNetwork(x.Body()[0]) == code.MobileNetworkSuccess {
				n.acksAccepted++
			}
		case ext.KindProxyAuthMethod:
			n.proxyMethod = true
			if m, err := ext.ParseProxyAuthMethod(x); err == nil && s.Proxies != None {
				n.proxy, n.method = true, m.Method
			}
		}
	}
}

// strays reports whether who skips an extension, by the byte where the forms of
// skippable types have their Length, goes on elsewhere than behind it.
func strays(x ext.Raw) bool {
	b := x.Bytes()
	return 2+int(b[1]) != len(b)
}

// proxied reports whether nothing but a proxy's own authentication can authorize a
// message between foreign agent and home agent (RFC 5563 §5.1).
func (n *survey) proxied() bool {
	return n.proxy && n.home == 0 && n.aaa == 0 && (n.method == code.ProxyAuthForeignHome || n.method == code.ProxyAuthIPsec)
}

// authentic reports whether an authentication extension fits its layout.
func authentic(x ext.Raw) bool {
	_, err := ext.ParseAuth(x)
	return err == nil
}
