package agent

import (
	"bytes"
	"iter"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Registration is a request that a home agent or a foreign agent has received, and what
// its answer takes. [Receiver.Request] makes it. It aliases the datagram, see Clone; the
// zero Registration says nothing and answers nothing.
type Registration struct {
	Request mipv4.Request // as it was parsed; its Extensions include what does not count
	Arrival Arrival       // with the leg, and IPv4 addresses

	// HomeAddress is what the home agent assigns to a mobile node that asked for an
	// address with 0.0.0.0. It is to be set before Reply.
	HomeAddress netip.Addr
	// MaxLifetime is the longest that is granted, the LongestLifetime unless it is set
	// before Reply; 0 stands for no limit.
	MaxLifetime mipv4.Lifetime

	receiver  *Receiver
	situation rules.Situation // with leg and associations
	// Where the authentication extensions stand, 0 for none.
	mobileAt  int // the last of the mobile node's that verified
	homeAt    int // the one that ends what is for the home agent, verified or not
	behindAt  int // the last of the mobile node's, verified or not
	foreignAt int // Foreign-Home, when it verified
	// The contexts to sign with, and whether there must be one.
	mobileHome, mobileForeign, foreignHome          ext.SecurityContext
	signsMobileHome, signsForeignHome, signsForeign bool

	replay         *Replay
	next           uint32 // nonce
	identification mipv4.Identification
	accepted       bool // by Request
	silent         bool // no answer is allowed
}

// Clone returns the registration with a copy of the message, for who answers later than
// the datagram lives: because an AAA server is asked first, or, a foreign agent, to have
// the request when its reply comes.
func (g *Registration) Clone() Registration {
	c := *g
	c.Request.Extensions = clone(g.Request.Extensions)
	return c
}

// clone returns a list of a copy of the message.
func clone(l ext.List) ext.List {
	msg := bytes.Clone(l.Message())
	c, err := ext.Parse(msg, len(msg)-l.Size())
	if err != nil {
		return ext.List{} // the bytes have changed since they were parsed
	}
	return c
}

// Mobile returns what the mobile node said: what is protected by its Mobile-Home or
// MN-AAA Authentication at a home agent; by its Mobile-Foreign, or else its MN-AAA
// Authentication, at a foreign agent. Where a foreign agent can verify neither, nothing
// is said: the fixed part and the extensions of Request are not authenticated then.
func (g *Registration) Mobile() Said {
	return Said{&g.situation, &g.Request, nil, g.mobile()}
}

// Foreign returns what the foreign agent said to the home agent: what stands behind the
// mobile node's authentication, and is protected by Foreign-Home.
func (g *Registration) Foreign() Said {
	return Said{&g.situation, &g.Request, nil, g.foreign()}
}

// What was refused says nothing.

func (g *Registration) mobile() ext.List {
	if !g.accepted {
		return ext.List{}
	}
	return protected(g.Request.Extensions, 0, g.mobileAt)
}

func (g *Registration) foreign() ext.List {
	if !g.accepted || g.behindAt == 0 {
		return ext.List{}
	}
	return protected(g.Request.Extensions, g.behindAt, g.foreignAt)
}

// forHome is that of mobile that stands where it says something to the home agent: of what
// stands behind Mobile-Home, an MN-AAA behind that protects it, but nothing is asked for
// there (draft-06 §4.1, RFC 5454 §3.1).
func (g *Registration) forHome() ext.List {
	if !g.accepted {
		return ext.List{}
	}
	return protected(g.Request.Extensions, 0, min(g.homeAt, g.mobileAt))
}

// protected returns what stands between two authentication extensions, given by where
// they stand, of which the first may be 0 for none.
func protected(l ext.List, from, to int) ext.List {
	return l.Between(authAt(l, from), authAt(l, to))
}

// authAt returns the authentication extension that stands at an offset, or the zero Auth.
func authAt(l ext.List, offset int) ext.Auth {
	if offset == 0 {
		return ext.Auth{}
	}
	x, _ := l.At(offset)
	a, _ := ext.ParseAuth(x)
	return a
}

// Authenticated reports whether an authenticator of the mobile node's has been verified,
// as at a home agent it always has.
func (g *Registration) Authenticated() bool { return g.accepted && g.mobileAt != 0 }

// Prefixes iterates over the IPv6 Prefix Requests of the mobile node, each distinct
// prefix once, as [dsmip.Profile.Requests] does. Ranged over in place it allocates nothing.
func (g *Registration) Prefixes() iter.Seq2[dsmip.PrefixRequest, bool] {
	return func(yield func(dsmip.PrefixRequest, bool) bool) { g.prefixes(yield) }
}

func (g *Registration) prefixes(yield func(dsmip.PrefixRequest, bool) bool) {
	for q, again := range g.situation.Profile.Requests(g.forHome()) {
		if !yield(q, again) {
			return
		}
	}
}

// AcceptingCode returns the Code with which a home agent accepts prefixes, as
// [dsmip.Profile.AcceptingCode] does: 1 when who may has asked with IPv6 Tunneling Mode
// for the tunnel to the care-of address, and signed that.
func (g *Registration) AcceptingCode() code.IPv6Prefix {
	return g.situation.Profile.AcceptingCode(&g.Request, g.forHome(), g.foreign())
}

// Granted returns the lifetime that a reply of Code 0 or 1 grants.
func (g *Registration) Granted() mipv4.Lifetime {
	if g.MaxLifetime == 0 {
		return g.Request.Lifetime
	}
	return min(g.Request.Lifetime, g.MaxLifetime)
}

// deregisters reports whether the request ends the registration.
func (g *Registration) deregisters() bool { return g.Request.Lifetime == mipv4.Deregister }

// answered returns the request without what stands behind its last authentication, where
// nobody can have signed it: an answer to that is owed to nobody. Where home agent and
// foreign agent share no association what stands behind the mobile node's may be the
// foreign agent's.
func (g *Registration) answered() mipv4.Request {
	r := g.Request
	last := g.foreignAt
	if g.Arrival.Leg == code.MNtoHA {
		last = g.behindAt
	}
	if x, ok := r.Extensions.At(last); ok {
		msg := r.Extensions.Message()
		end := x.Offset() + len(x.Bytes())
		// A part of what was walked once is walked again without fault.
		r.Extensions, _ = ext.Parse(msg[:end:end], len(msg)-r.Extensions.Size())
	}
	return r
}

// AnsweredBy reports whether a reply is the one to this request, which is pending at a foreign
// agent (RFC 5944 §3.7.3.1): its Home Address and the low half of the Identification
// say so, and, where both have one, the Mobile Node NAI. That it is authentic is said by
// [Receiver.Reply].
func (g *Registration) AnsweredBy(r *mipv4.Reply) bool {
	if r.Answers(&g.Request) != nil {
		return false
	}
	asked, named := g.Request.Extensions.Find(ext.KindMobileNodeNAI)
	x, ok := r.Extensions.Find(ext.KindMobileNodeNAI)
	return !named || !ok || bytes.Equal(asked.Body(), x.Body())
}

// Repeats reports whether the request repeats an earlier one of the same mobile node that a
// foreign agent has pending (RFC 4721 §3.2): but for Lifetime and Identification the fixed
// parts are equal, and the Mobile Node NAIs are. Such a one is relayed again although its
// Challenge was used.
func (g *Registration) Repeats(earlier *mipv4.Request) bool {
	r := &g.Request
	mine, named := r.Extensions.Find(ext.KindMobileNodeNAI)
	x, ok := earlier.Extensions.Find(ext.KindMobileNodeNAI)
	return r.Flags == earlier.Flags && r.HomeAddress == earlier.HomeAddress && r.HomeAgent == earlier.HomeAgent &&
		r.CareOfAddress == earlier.CareOfAddress && named == ok && (!ok || bytes.Equal(mine.Body(), x.Body()))
}
