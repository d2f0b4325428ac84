package agent

import (
	"iter"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Registered is a reply that a foreign agent or a mobile node has received.
// [Receiver.Reply] makes it. It aliases the datagram and the request.
type Registered struct {
	Reply   mipv4.Reply // as it was parsed; its Extensions include what does not count
	Asked   *mipv4.Request
	Arrival Arrival // with the leg, and IPv4 addresses

	receiver  *Receiver
	situation rules.Situation // with leg and associations
	// Where the authentication extensions stand, 0 for none.
	mobileAt  int // Mobile-Home, verified or not
	homeTo    int // what verified of the home agent's: Mobile-Home at a mobile node, Foreign-Home at a foreign agent
	foreignTo int // Mobile-Foreign, when it verified

	mobileForeign ext.SecurityContext // to sign with
	signsForeign  bool
	accepted      bool // by Reply
}

// Home returns what the home agent said to the receiver: to a mobile node what is
// protected by Mobile-Home; to a foreign agent what stands behind that and is protected by
// Foreign-Home. Nothing is said that the receiver cannot verify.
func (g *Registered) Home() Said {
	from := 0
	if g.situation.Leg == code.HAtoFA {
		from = g.mobileAt
	}
	return g.said(from, g.homeTo)
}

// Foreign returns what the foreign agent said to the mobile node: what stands behind
// Mobile-Home, or in a denial of its own anywhere, and is protected by Mobile-Foreign.
// What a foreign agent says with which no association is shared is not authenticated: it
// stands in Reply.Extensions, the next Challenge among it.
func (g *Registered) Foreign() Said { return g.said(g.mobileAt, g.foreignTo) }

func (g *Registered) said(from, to int) Said {
	s := Said{&g.situation, g.Asked, &g.Reply, ext.List{}}
	if g.accepted {
		s.list = protected(g.Reply.Extensions, from, to)
	}
	return s
}

// Authenticated reports whether the home agent's authenticator has been verified, as it
// may have been of a reply that was refused. A denial of the foreign agent's has none. A
// mobile node learns Identifications from what is authenticated only, and then
// always: [mipv4.MobileTimestamps.Learn], [mipv4.MobileNonces.Learn].
func (g *Registered) Authenticated() bool { return g.homeTo != 0 }

// Accepted reports whether the home agent has accepted the registration, as far as the
// receiver can know: a foreign agent that shares no association with the home agent takes
// its word.
func (g *Registered) Accepted() bool {
	return g.accepted && g.Reply.Code.Accepted() &&
		(g.homeTo != 0 || g.receiver.Role == code.ForeignAgent)
}

// Granted returns the lifetime that is granted, from when the request was sent:
// [mipv4.Deregister] unless the registration is accepted.
func (g *Registered) Granted() mipv4.Lifetime {
	if !g.Accepted() {
		return mipv4.Deregister
	}
	return g.Reply.Granted(g.Asked)
}

// Outcomes iterates over what came of the prefixes that the request asked for, as
// [dsmip.Profile.Outcomes] does: by what is authentic of the reply. Of one that was
// refused nothing is registered. Ranged over in place it allocates nothing.
func (g *Registered) Outcomes() iter.Seq[dsmip.Outcome] {
	return func(yield func(dsmip.Outcome) bool) { g.outcomes(yield) }
}

func (g *Registered) outcomes(yield func(dsmip.Outcome) bool) {
	reply := &g.Reply
	if !g.accepted {
		reply = nil
	}
	for o := range g.situation.Profile.Outcomes(g.Asked, reply, g.replies()) {
		if !yield(o) {
			return
		}
	}
}

// replies returns the list that the IPv6 Prefix Replies stand in.
func (g *Registered) replies() ext.List {
	if !g.accepted {
		return ext.List{}
	}
	return protected(g.Reply.Extensions, 0, g.homeTo)
}

// Relay appends a reply as a foreign agent sends it on to the mobile node (RFC 5944
// §3.7.3.2): what the home agent has signed, unchanged; the parts, which are the foreign
// agent's, a new Challenge among them (RFC 4721 §3.3); and Mobile-Foreign, when an
// association is shared. What else the home agent wrote is left out. The errors are
// [ErrRefused], [code.ErrRole], [mipv4.ErrNotAuthorized], [ErrUnsigned], those of the parts,
// of signing, and of the rule book about what is added; what the home agent has signed is
// judged by the mobile node. On error b is returned unchanged. It must not share memory with the
// datagram or the request, here and in Refuse.
func (g Registered) Relay(b []byte, parts ...Part) ([]byte, error) {
	switch {
	case !g.accepted:
		return b, ErrRefused
	case g.receiver.Role != code.ForeignAgent:
		return b, code.ErrRole
	}
	signed, err := g.unchanged()
	if err != nil {
		return b, err
	}
	return g.finish(b, append(b[len(b):], signed...), len(signed), parts)
}

// unchanged returns what a foreign agent relays as it is: what the home agent has signed,
// or the fixed part of a gateway's denial, which no home agent has signed (RFC 4857 §9.5).
func (g *Registered) unchanged() ([]byte, error) {
	signed, err := g.Reply.Authorized()
	if err != nil && g.Reply.Code.Origin() == code.ByGateway {
		msg := g.Reply.Extensions.Message()
		end := len(msg) - g.Reply.Extensions.Size()
		return msg[:end:end], nil
	}
	return signed, err
}

// Refuse appends what a foreign agent tells the mobile node when a reply of the home
// agent's has a fault, one that [Receiver.Reply] returned or one of the caller's that says
// how the role reacts: the reply with an FA Error behind it (RFC 4636 §4, RFC 4721 §3.3,
// RFC 5944 §3.7.3.1), also for a fault whose text, RFC 2794 §3 say, has the Code changed,
// which the home agent has signed; or, where there is nothing to relay, a denial of its
// own. The parts are as in Relay. False, and b unchanged, means silence.
func (g Registered) Refuse(b []byte, err error, parts ...Part) ([]byte, bool) {
	if g.receiver == nil || g.receiver.Role != code.ForeignAgent {
		return b, false
	}
	fault, ok := err.(*code.Fault)
	if !ok || fault == nil {
		return b, false
	}
	reaction := fault.Reaction(code.ForeignAgent)
	status, ok := reaction.Code()
	if !ok || !reaction.Stops() {
		return b, false
	}
	// The Code is the home agent's, wherever it has written one that the mobile node can
	// verify (RFC 4721 §3.3).
	signed, _ := g.Reply.Authorized()
	msg, err := g.Reply.AppendFAError(b[len(b):], status)
	if err == mipv4.ErrNotAuthorized {
		var p mipv4.Reply
		if p, err = (mipv4.Answer{Role: code.ForeignAgent}).Reply(g.Asked, status); err == nil {
			msg, err = p.AppendBinary(b[len(b):])
		}
	}
	if err == nil {
		msg, err = g.finish(b, msg, len(signed), parts)
	}
	if err != nil {
		return b, false
	}
	return msg, true
}

// finish appends to b a message to the mobile node, of which the home agent has signed the
// first bytes, with the parts, signed, and right by the rule book.
func (g *Registered) finish(b, msg []byte, signed int, parts []Part) ([]byte, error) {
	msg, err := mipv4.Append(msg, parts...)
	if err == nil && g.signsForeign {
		msg, err = sign(msg, g.mobileForeign, ext.KindMobileForeignAuth)
	}
	if err == nil {
		s := g.situation
		s.Leg, s.ForeignHome, s.MobileForeign = code.FAtoMN, rules.Unknown, rules.Unknown
		s.Implements, s.ImplementsVendor = nil, nil
		if signed == 0 {
			err = checkReply(&s, msg, g.Asked)
		} else {
			err = addsToReply(&s, msg, signed, g.Asked)
		}
	}
	if err != nil {
		return b, err
	}
	return append(b, msg...), nil
}

// addsToReply asks the rule book whether what a foreign agent adds to the first bytes of a
// reply, which the home agent has signed, may be sent. What is wrong with those, or is missing
// of them, is the mobile node's to judge: they are relayed as they are (RFC 5944 §3.7.3.2).
func addsToReply(s *rules.Situation, msg []byte, signed int, asked *mipv4.Request) error {
	var r, first mipv4.Reply
	if err := r.Parse(msg); err != nil {
		return err
	}
	if err := first.Parse(msg[:signed:signed]); err != nil {
		return err
	}
	for v := range s.Reply(&r, asked) {
		if forbids(v, s.Leg) && v.Offset >= signed && !(v.Offset == len(msg) && lacksInReply(s, &first, asked, v.Fault)) {
			return v.Fault
		}
	}
	return nil
}

// lacksInReply reports whether a reply has a fault as a whole.
func lacksInReply(s *rules.Situation, r *mipv4.Reply, asked *mipv4.Request, f *code.Fault) bool {
	for v := range s.Reply(r, asked) {
		if v.Extension.Offset() != 0 {
			break
		}
		if v.Fault == f {
			return true
		}
	}
	return false
}

// LongestLifetime returns the longest Lifetime that the mobile node may ask for when it
// registers again: a foreign agent that denies with Code 69 says it (RFC 5944 §3.6.2.3).
// Otherwise there is no limit, [mipv4.Infinite], as there is none when it says zero, with
// which nobody registers: what the mobile node asked for would become a deregistration.
func (g *Registered) LongestLifetime() mipv4.Lifetime {
	if g.accepted && g.Reply.Code == code.FALifetimeTooLong && g.Reply.Lifetime != mipv4.Deregister {
		return g.Reply.Lifetime
	}
	return mipv4.Infinite
}
