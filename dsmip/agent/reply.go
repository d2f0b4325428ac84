package agent

import (
	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Reply judges a datagram that a foreign agent or a mobile node received as the reply to
// a request: that the foreign agent relayed, as it arrived, or the mobile node sent, both
// parsed. The steps are those of RFC 5944 §3.7.3.1 and §3.6.2.1. Of asked nothing is
// changed; it and b must live as long as the Registered.
//
// An error for which the role's reaction is [code.Refuse] is a rejection that is
// authentic: a mobile node takes the request for rejected. With any other the reply is
// discarded; what a foreign agent then tells the mobile node, Refuse writes. The error is
// one of the Parse of [mipv4.Reply]; [code.ErrRole], [ErrReceiver], [ErrAsked],
// [ErrArrival], [ErrSourceAddress] or [ErrLegUntold]; [mipv4.ErrOtherIdentification] or
// [mipv4.ErrOtherHomeAddress]; [mipv4.ErrNotAuthorized] at a foreign agent that can relay
// nothing of it; a fault of the rule book that has the receiver discard, reject or refuse
// the message, or that is the caller's, as [rules.ErrReplyLeg] for an Arrival whose Leg is
// none of replies to the role; or that of an authenticator, as [ext.Association.Verify]
// has it.
func (v *Receiver) Reply(b []byte, asked *mipv4.Request, from Arrival) (g Registered, err error) {
	if err := v.ready(false); err != nil {
		return g, err
	}
	if asked == nil {
		return g, ErrAsked
	}
	if err := g.Reply.Parse(b); err != nil {
		return g, err
	}
	g.receiver, g.Asked = v, asked
	g.Arrival = from.unmapped()
	if source := g.Arrival.From.Addr(); source.Is4() && !mayBeSource(source, g.Arrival.To.Addr()) {
		return g, ErrSourceAddress
	}
	if g.Arrival.Leg, err = replyLeg(v.Role, asked, &g.Arrival); err != nil {
		return g, err
	}
	if err := g.Reply.Answers(asked); err != nil {
		return g, err
	}
	g.situation = v.on(g.Arrival.Leg)
	if v.Role == code.ForeignAgent {
		err = v.relayed(&g)
	} else {
		err = v.answered(&g)
	}
	g.accepted = err == nil
	return g, err
}

// relayed takes a foreign agent's steps.
func (v *Receiver) relayed(g *Registered) error {
	home := v.Associations(ext.KindForeignHomeAuth, *g.Asked, g.Arrival)
	mobile := v.Associations(ext.KindMobileForeignAuth, *g.Asked, g.Arrival)
	g.situation.ForeignHome = knowledge(home)
	g.signsForeign = len(mobile) != 0
	if g.signsForeign {
		g.mobileForeign, _ = mobile.Select(spiOf(g.Asked.Extensions, ext.KindMobileForeignAuth))
	}
	f := g.survey()
	book := g.stops()
	if authenticates(book) || discards(book, code.ForeignAgent) {
		return book
	}
	if len(home) != 0 && present(f.foreignHome) {
		if _, _, err := home.Verify(f.foreignHome); err != nil {
			return err
		}
		g.homeTo = f.foreignHome.Offset()
	}
	if _, err := g.unchanged(); book == nil && err != nil {
		return err // there is nothing that could be relayed
	}
	return book
}

// answered takes a mobile node's steps.
func (v *Receiver) answered(g *Registered) error {
	relayed := g.Arrival.Leg == code.FAtoMN
	var foreign ext.Association
	if relayed {
		foreign = v.foreignAssociation(ext.KindMobileForeignAuth, g.Asked, g.Arrival)
		g.situation.MobileForeign = knowledge(foreign)
	}
	f := g.survey()
	book := g.stops()
	if discards(book, code.MobileNode) {
		return book
	}
	if len(foreign) != 0 {
		if _, _, err := foreign.Verify(f.mobileForeign); err != nil {
			return err
		}
		g.foreignTo = f.mobileForeign.Offset()
	}
	// A foreign agent's Code is not the home agent's word, whatever else is in the
	// message: older ones overwrote the home agent's.
	origin := g.Reply.Code.Origin()
	if relayed && (origin == code.ByForeignAgent || origin == code.ByGateway) {
		return book
	}
	switch {
	case present(f.home):
		home := v.Associations(ext.KindMobileHomeAuth, *g.Asked, g.Arrival)
		if _, _, err := home.Verify(f.home); err != nil {
			return err
		}
		g.homeTo = f.home.Offset()
	case !relayed || origin == code.Accepted || origin == code.ByHomeAgent:
		return rules.ErrReplyNoMobileHome
	}
	return book
}

// spiOf returns the SPI of the first authentication extension of a kind, 0 when there is
// none.
func spiOf(l ext.List, k ext.Kind) uint32 {
	a, err := l.Auth(k)
	if err != nil {
		return 0
	}
	return a.SPI()
}

// survey finds the authentication extensions.
func (g *Registered) survey() (f found) {
	l := g.Reply.Extensions
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		switch x.Kind() {
		case ext.KindMobileHomeAuth:
			if f.add(x) {
				g.mobileAt = x.Offset()
			}
		case ext.KindMobileForeignAuth, ext.KindForeignHomeAuth:
			f.add(x)
		}
	}
	return f
}

// stops is that of a request: what the reply is discarded for silently comes first, then
// what is missing of an authentication.
func (g *Registered) stops() error {
	book := stop{role: g.receiver.Role}
	for v := range g.situation.Reply(&g.Reply, g.Asked) {
		if book.settled(v) {
			break
		}
	}
	return book.err()
}
