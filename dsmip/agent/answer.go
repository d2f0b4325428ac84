package agent

import (
	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Part appends something to a message, as for [mipv4.Append]: the AppendBinary of an
// extension, or a function that appends several.
type Part = func([]byte) ([]byte, error)

// Reply appends the reply to an accepted request: the fixed part, the parts, and the
// authentication that it must have (RFC 5944 §3.8.3.3, §3.7.2.3). What is right for
// the reply is asked of the rule book before it is returned.
//
// A home agent's parts are for the mobile node and stand before Mobile-Home, the IPv6
// Prefix Replies among them; see ReplyBoth for the foreign agent's. The mobile node's
// NAI is returned unasked, as RFC 2794 §3 has it. The Code accepts, or
// denies by a policy of the caller's. A foreign agent only denies.
//
// A home agent's replay protection is noted: a request that was accepted is not accepted
// again, and every nonce is used once. When that fails, with [mipv4.ErrReplay] or
// [mipv4.ErrNonce], because another request of the node was answered since, this one is
// not to be accepted. A denial leaves timestamps as they are: that one request gets one answer
// is the caller's to see to. The other errors are [ErrRefused], [ErrReplyCode],
// [ErrUnsigned], those of the parts, of signing and of the rule book.
// On error b is returned unchanged. The datagram is read while the answer is written: b must
// not share memory with it, here, in Refuse, Grant and Relay.
func (g Registration) Reply(b []byte, c code.Registration, parts ...Part) ([]byte, error) {
	return g.reply(b, c, nil, parts, nil)
}

// ReplyBoth is Reply of a home agent with parts for the mobile node and parts for the
// foreign agent, which stand before and behind Mobile-Home. The Challenge of a relayed
// request is returned unasked, as RFC 4721 §3.4 has it, unless the home agent does not
// implement it.
func (g Registration) ReplyBoth(b []byte, c code.Registration, mobile, foreign []Part) ([]byte, error) {
	return g.reply(b, c, nil, mobile, foreign)
}

// reply writes what Reply does. first, which may be nil, stands before the parts.
func (g *Registration) reply(b []byte, c code.Registration, first Part, mobile, foreign []Part) ([]byte, error) {
	if !g.accepted {
		return b, ErrRefused
	}
	if !sends(g.receiver.Role, c) {
		return b, ErrReplyCode
	}
	answer := g.answer()
	answer.HomeAddress = g.HomeAddress
	p, err := answer.Reply(&g.Request, c)
	if err != nil {
		return b, err
	}
	return g.write(b, p, first, mobile, foreign, true)
}

// sends reports whether a role says a Code in a reply of its own.
func sends(role code.Role, c code.Registration) bool {
	switch c.Origin() {
	case code.Accepted, code.ByHomeAgent:
		return role == code.HomeAgent
	case code.ByForeignAgent:
		return role == code.ForeignAgent
	}
	return false
}

// Refuse appends the denial that the texts ask for when a request has a fault, one that
// [Receiver.Request] returned or one of the caller's that says how the role reacts:
// signed, as Reply has it. False, and b unchanged, means silence: the request is to be
// discarded, or no denial can be signed that may be sent. A foreign agent is to send no
// more than one denial a second to a mobile node (RFC 5944 §3.7.2), and has a new
// Challenge as its part (RFC 4721 §3.3).
//
// With a Receiver that has Nonce, a denial that comes before the Identification is judged
// has a new random number in the place of the nonce, as every reply has (RFC 5944 §5.7.2),
// and not what a stranger wrote there. It is not noted, since nobody is authenticated: a
// mobile node that takes it for its next nonce is denied once, with 133.
func (g Registration) Refuse(b []byte, err error, parts ...Part) ([]byte, bool) {
	if g.receiver == nil || g.silent {
		return b, false
	}
	answer := g.answer()
	if v := g.receiver; v.Role == code.HomeAgent && g.replay == nil && v.Nonce != nil {
		answer.Identification = mipv4.Identification(max(v.Nonce(), 1))<<32 | mipv4.Identification(g.Request.Identification.Low())
	}
	p, ok := answer.Refuse(&g.Request, err)
	if !ok {
		return b, false
	}
	msg, err := g.write(b, p, nil, parts, nil, len(parts) != 0)
	return msg, err == nil
}

// answer returns what the fixed part of a reply takes.
func (g *Registration) answer() mipv4.Answer {
	v := g.receiver
	a := mipv4.Answer{Role: v.Role, MaxLifetime: g.MaxLifetime, Identification: g.identification}
	if own := v.Situation.Receiver.Addresses; v.Role == code.HomeAgent {
		a.Address, a.Others = own[0], own[1:]
	}
	return a
}

// write appends a reply, whole. What the caller has a part in is judged by the rule book.
func (g *Registration) write(b []byte, p mipv4.Reply, first Part, mobile, foreign []Part, judge bool) ([]byte, error) {
	v, asked := g.receiver, g.answered()
	msg, err := p.AppendBinary(b[len(b):])
	if err == nil && v.Role == code.HomeAgent {
		if x, ok := asked.Extensions.Find(ext.KindMobileNodeNAI); ok && len(x.Body()) != 0 && (g.homeAt == 0 || x.Offset() < g.homeAt) {
			msg, err = x.AppendBinary(msg)
		}
	}
	if err == nil && first != nil {
		msg, err = first(msg)
	}
	if err == nil {
		msg, err = mipv4.Append(msg, mobile...)
	}
	if err == nil && g.signsMobileHome {
		msg, err = sign(msg, g.mobileHome, ext.KindMobileHomeAuth)
	}
	if err == nil && g.Arrival.Leg == code.FAtoHA && v.implements(ext.KindChallenge) {
		if x, ok := asked.Extensions.Find(ext.KindChallenge); ok {
			msg, err = x.AppendBinary(msg)
		}
	}
	if err == nil {
		msg, err = mipv4.Append(msg, foreign...)
	}
	switch {
	case err != nil:
	case v.Role == code.HomeAgent && g.signsForeignHome:
		msg, err = sign(msg, g.foreignHome, ext.KindForeignHomeAuth)
	case v.Role == code.ForeignAgent && g.signsForeign:
		msg, err = sign(msg, g.mobileForeign, ext.KindMobileForeignAuth)
	}
	if err == nil && judge {
		s := g.situation
		s.Leg = s.Leg.Reverse()
		err = checkReply(&s, msg, &asked)
	}
	if err == nil && g.replay != nil {
		err = g.replay.commit(g.Request.Identification, g.next, p.Code.Accepted())
	}
	if err != nil {
		return b, err
	}
	return append(b, msg...), nil
}

// checkReply asks the rule book whether a reply may be sent. Whatever is in it its
// receiver is taken to implement.
func checkReply(s *rules.Situation, msg []byte, asked *mipv4.Request) error {
	s.Implements, s.ImplementsVendor = nil, nil
	var r mipv4.Reply
	if err := r.Parse(msg); err != nil {
		return err
	}
	return s.CheckReply(&r, asked)
}

// sign signs a message, and says so when there is nothing to sign with.
func sign(msg []byte, c ext.SecurityContext, k ext.Kind) ([]byte, error) {
	msg, err := c.Sign(msg, k)
	if err == ext.ErrKey {
		err = ErrUnsigned
	}
	return msg, err
}

// Relay appends an accepted request as a foreign agent sends it on to the home agent
// (RFC 5944 §3.7.2.2): what the mobile node has signed, unchanged; the parts, which are
// the foreign agent's; and Foreign-Home, when an association is shared, unless the
// request is a deregistration or its care-of address is none of the foreign agent's
// (§3.5.4), which RFC 3344 §3.7.2.2 does not except. What else the mobile node wrote is
// left out. The errors are [ErrRefused],
// [code.ErrRole], [mipv4.ErrNotAuthorized], [mipv4.ErrBehindForeign], [ErrUnsigned], those
// of the parts, of signing, and of the rule book about what is added; what the mobile node
// has signed is judged by the home agent. On error b is returned unchanged.
func (g Registration) Relay(b []byte, parts ...Part) ([]byte, error) {
	switch {
	case !g.accepted:
		return b, ErrRefused
	case g.receiver.Role != code.ForeignAgent:
		return b, code.ErrRole
	}
	signed, err := g.Request.Authorized()
	if err != nil {
		return b, err
	}
	msg, err := mipv4.Append(append(b[len(b):], signed...), parts...)
	// A care-of address that is not advertised gets none: §3.5.4 and Appendix F forbid what
	// §3.7.2.2 demands of every request. RFC 3344 §3.7.2.2 demands it, and forbids nothing.
	protects := g.signsForeignHome &&
		(g.situation.Edition == rules.RFC3344 || !g.deregisters() && g.receiver.offers(g.Request.CareOfAddress))
	if err == nil && protects {
		msg, err = sign(msg, g.foreignHome, ext.KindForeignHomeAuth)
	}
	if err == nil {
		s := g.situation
		s.Leg, s.MobileForeign, s.ForeignHome = code.FAtoHA, rules.Unknown, rules.Unknown
		s.Implements, s.ImplementsVendor = nil, nil
		err = addsToRequest(&s, msg, len(signed))
	}
	if err != nil {
		return b, err
	}
	return append(b, msg...), nil
}

// addsToRequest asks the rule book whether what a foreign agent adds to the first bytes of a
// request, which the mobile node has signed, may be sent. What is wrong with those, or is
// missing of them, is the home agent's to judge: they are relayed as they are (RFC 5944
// §3.7.2.2).
func addsToRequest(s *rules.Situation, msg []byte, signed int) error {
	var r, first mipv4.Request
	if err := r.Parse(msg); err != nil {
		return err
	}
	if err := first.Parse(msg[:signed:signed]); err != nil {
		return err
	}
	for v := range s.Request(&r) {
		if forbids(v, s.Leg) && v.Offset >= signed && !(v.Offset == len(msg) && lacks(s, &first, v.Fault)) {
			return v.Fault
		}
	}
	return nil
}

// lacks reports whether a request has a fault as a whole.
func lacks(s *rules.Situation, r *mipv4.Request, f *code.Fault) bool {
	for v := range s.Request(r) {
		if v.Extension.Offset() != 0 {
			break
		}
		if v.Fault == f {
			return true
		}
	}
	return false
}

// forbids reports whether a message with a fault is not to be sent along a leg: by the rules of
// [rules.Situation.CheckRequest].
func forbids(v rules.Verdict, leg code.Leg) bool {
	return v.Fault != nil && (v.Fault.Breaks() <= code.Must || v.Fault.Reaction(leg.Receiver()).Stops())
}
