package agent

import (
	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Request judges a datagram that a home agent or a foreign agent received, in the order
// that the package documentation gives. With an error the Registration has what was
// learned before it, the parsed Request at least if there is one, and is for Refuse.
//
// The error is one of the Parse of [mipv4.Request]; [code.ErrRole], [ErrReceiver],
// [ErrArrival], [ErrLegUntold] or [ErrReplayUntold]; a fault of the rule book that has
// the receiver discard or reject the message, or that is the caller's, as
// [rules.ErrRequestLeg] for an Arrival whose Leg is none of requests to the role;
// [mipv4.ErrBehindForeign] at a foreign agent that
// cannot relay what the mobile node signed; that of an authenticator that does not
// verify, as [ext.Association.Verify] has it, or [ext.ErrMobileHomeInvalidRelayed]; that
// of an Identification, [mipv4.ErrTimestamp], [mipv4.ErrReplay] or [mipv4.ErrNonce]; or one
// of this package.
func (v *Receiver) Request(b []byte, from Arrival) (g Registration, err error) {
	if err := v.ready(true); err != nil {
		return g, err
	}
	if err := g.Request.Parse(b); err != nil {
		return g, err
	}
	g.receiver = v
	g.MaxLifetime = v.Situation.Receiver.LongestLifetime
	g.Arrival = from.unmapped()
	if !g.Arrival.From.Addr().Is4() || !g.Arrival.To.Addr().Is4() {
		return g, ErrArrival
	}
	if !mayBeSource(g.Arrival.From.Addr(), g.Arrival.To.Addr()) {
		return g, ErrSourceAddress
	}
	if g.Arrival.Leg, err = requestLeg(v.Role, &g.Request, &g.Arrival); err != nil {
		return g, err
	}
	g.situation = v.on(g.Arrival.Leg)
	if v.Role == code.HomeAgent {
		err = v.homeAgent(&g)
	} else {
		err = v.foreignAgent(&g)
	}
	g.accepted = err == nil
	return g, err
}

// associations is the ones that a role asks for.
func (v *Receiver) associations(k ext.Kind, g *Registration) ext.Association {
	return v.Associations(k, g.Request, g.Arrival)
}

// homeAgent takes the steps of RFC 5944 §3.8.2.1.
func (v *Receiver) homeAgent(g *Registration) error {
	var foreign ext.Association
	if g.Arrival.Leg == code.FAtoHA {
		foreign = v.foreignAssociation(ext.KindForeignHomeAuth, &g.Request, g.Arrival)
	}
	mobile := v.associations(ext.KindMobileHomeAuth, g)
	g.situation.ForeignHome = knowledge(foreign)

	found, err := g.survey()
	if err != nil {
		return err
	}
	exempt := g.deregisters() && v.Situation.Edition == rules.RFC5944
	g.signsMobileHome = true
	signs := false // every answer
	g.mobileHome, signs = mobile.Select(found.home.SPI())
	if len(foreign) != 0 && !exempt {
		g.signsForeignHome = true
		g.foreignHome, _ = foreign.Select(found.foreignHome.SPI())
	}
	book := g.stops()
	if authenticates(book) || discards(book, code.HomeAgent) {
		return book
	}

	relayed := false
	if g.signsForeignHome && present(found.foreignHome) {
		_, c, err := foreign.Verify(found.foreignHome)
		if err != nil {
			return err
		}
		g.foreignAt, relayed = found.foreignHome.Offset(), true
		signWith(&g.foreignHome, c)
	}
	c, err := g.authorize(mobile, found)
	switch {
	case err == nil && !signs:
		err = ext.ErrNoAssociation
	case err == nil:
	case relayed && err == ext.ErrMobileHomeInvalid:
		err = ext.ErrMobileHomeInvalidRelayed
	case len(foreign) != 0 && v.Situation.Edition == rules.RFC5944 && !relayed:
		g.silent = true
	}
	if err != nil {
		// The context that failed is not the one that the mobile node is likely to have.
		g.mobileHome, _ = mobile.Select(0)
		return err
	}

	replay := v.Replay(g.Request, c)
	g.identification, g.next, err = replay.judge(v, g.Request.Identification, g.Arrival.Time)
	if err == ErrReplayUntold || err == mipv4.ErrSameNonce {
		return err
	}
	g.replay = replay
	switch {
	case err != nil:
		return err
	case book != nil:
		return book
	case assigned(g.Request) && !v.AssignsHomeAgent:
		return rules.ErrNotHomeAgent
	}
	return nil
}

// assigned reports whether a request asks for the assignment of a home agent: its field
// is ALL-ZERO-ONE-ADDR (RFC 4433 §2).
func assigned(r mipv4.Request) bool {
	return r.HomeAgent.IsUnspecified() || r.HomeAgent == limitedBroadcast()
}

// foreignAgent takes the steps of RFC 5944 §3.7.2.1.
func (v *Receiver) foreignAgent(g *Registration) error {
	mobile := v.associations(ext.KindMobileForeignAuth, g)
	home := v.associations(ext.KindForeignHomeAuth, g)
	g.situation.MobileForeign = knowledge(mobile)

	found, err := g.survey()
	if err != nil {
		return err
	}
	if len(mobile) != 0 {
		g.signsForeign = true
		g.mobileForeign, _ = mobile.Select(found.mobileForeign.SPI())
	}
	if len(home) != 0 {
		g.signsForeignHome = true
		g.foreignHome, _ = home.Select(0)
	}
	book := g.stops()
	if authenticates(book) || discards(book, code.ForeignAgent) {
		return book
	}
	if _, err := g.Request.Authorized(); err != nil {
		return err // there is nothing that could be relayed
	}
	if g.signsForeign {
		_, c, err := mobile.Verify(found.mobileForeign)
		if err != nil {
			g.mobileForeign, _ = mobile.Select(0)
			return err
		}
		g.mobileAt = found.mobileForeign.Offset()
		signWith(&g.mobileForeign, c)
	}
	if present(found.aaa) {
		if aaa := v.associations(ext.KindMNAAAAuth, g); len(aaa) != 0 {
			if _, _, err := aaa.Verify(found.aaa); err != nil {
				return err
			}
			g.mobileAt = max(g.mobileAt, found.aaa.Offset())
		}
	}

	if g.Request.Flags.Has(mipv4.FlagReverseTunnel) && g.Arrival.TTL == 0 {
		return ErrArrival
	}
	return book
}

// found is the authentication extensions of a message: the first of each kind that
// fits its layout.
type found struct {
	home, aaa, mobileForeign, foreignHome ext.Auth
}

// present reports whether there is an authentication extension.
func present(a ext.Auth) bool { return a.Offset() != 0 }

// maxAuthorizations is how many authorization-enabling extensions a home agent verifies. A
// foreign agent verifies one.
const maxAuthorizations = 4

// survey finds the authentication extensions, and where what the mobile node has for its home
// agent ends: at its Mobile-Home, or else MN-AAA Authentication.
func (g *Registration) survey() (f found, err error) {
	n := 0
	l := g.Request.Extensions
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		switch k := x.Kind(); k {
		case ext.KindMobileHomeAuth, ext.KindMNAAAAuth:
			n++
			if f.add(x) {
				g.behindAt = x.Offset()
			}
		case ext.KindMobileForeignAuth, ext.KindForeignHomeAuth:
			f.add(x)
		}
	}
	if n > maxAuthorizations && g.receiver.Role == code.HomeAgent {
		return f, ErrManyAuthorizations
	}
	g.homeAt = f.home.Offset()
	if !present(f.home) {
		g.homeAt = f.aaa.Offset()
	}
	return f, nil
}

// add keeps an authentication extension that is the first of its kind, and reports
// whether it fits its layout.
func (f *found) add(x ext.Raw) bool {
	a, err := ext.ParseAuth(x)
	if err != nil {
		return false
	}
	first := &f.home
	switch x.Kind() {
	case ext.KindMNAAAAuth:
		first = &f.aaa
	case ext.KindMobileForeignAuth:
		first = &f.mobileForeign
	case ext.KindForeignHomeAuth:
		first = &f.foreignHome
	}
	if !present(*first) {
		*first = a
	}
	return true
}

// authorize verifies all of the mobile node's authenticators that are the home agent's to
// verify, and returns the context of the first.
func (g *Registration) authorize(mobile ext.Association, f found) (c ext.SecurityContext, err error) {
	var aaa ext.Association
	if present(f.aaa) {
		aaa = g.receiver.associations(ext.KindMNAAAAuth, g)
	}
	l := g.Request.Extensions
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		k := x.Kind()
		if k != ext.KindMobileHomeAuth && k != ext.KindMNAAAAuth {
			continue
		}
		a, err := ext.ParseAuth(x)
		if err != nil {
			continue // the rule book says what becomes of it
		}
		with := mobile
		if k == ext.KindMNAAAAuth {
			if len(aaa) == 0 && present(f.home) {
				continue // it is the AAA server's, whom somebody else asks
			}
			with = aaa
		}
		_, verified, err := with.Verify(a)
		if err != nil {
			return c, err
		}
		if g.mobileAt == 0 {
			c = verified
		}
		g.mobileAt = x.Offset()
		if k == ext.KindMobileHomeAuth {
			signWith(&g.mobileHome, verified)
		}
	}
	if g.mobileAt == 0 {
		return c, ext.ErrNoMobileHome
	}
	return c, nil
}

// signWith makes the context that verified the one that signs, if it may.
func signWith(signs *ext.SecurityContext, verified ext.SecurityContext) {
	one := [1]ext.SecurityContext{verified}
	if c, ok := ext.Association(one[:]).Select(verified.SPI()); ok {
		*signs = c
	}
}

// stops returns what the rule book has the receiver discard or reject the request for, or
// a fault of the caller's; nil when there is nothing. What has it discard silently comes
// first, then what is missing of an authentication.
func (g *Registration) stops() error {
	at := g.receiver.at(&g.Arrival)
	s := g.situation
	s.Receiver = &at
	book := stop{role: g.receiver.Role}
	for v := range s.Request(&g.Request) {
		if book.settled(v) {
			break
		}
	}
	return book.err()
}

// stop is the fault for which a role stops at a message, nil as long as there is none.
type stop struct {
	role  code.Role
	fault *code.Fault
}

// settled takes the next verdict, and reports whether those behind it change nothing.
func (s *stop) settled(v rules.Verdict) bool {
	f := v.Fault
	switch {
	case v.Extension.Offset() != 0:
		return true // all on the message as a whole came before
	case f.Breaks() == code.Caller, f.Reaction(s.role).Stops() && discards(f, s.role):
		s.fault = f
		return true
	case f.Reaction(s.role).Stops() && (s.fault == nil || authenticates(f) && !authenticates(s.fault)):
		s.fault = f
	}
	return false
}

func (s *stop) err() error {
	if s.fault == nil {
		return nil
	}
	return s.fault
}

// discards reports whether a role discards a message for a fault, and says nothing.
func discards(err error, role code.Role) bool {
	f, ok := err.(*code.Fault)
	if !ok {
		return false
	}
	r := f.Reaction(role)
	_, answers := r.Code()
	return r.Action() == code.Discard && !answers
}

// authenticates reports whether a fault is about the authentication of the message.
func authenticates(err error) bool {
	switch err {
	case ext.ErrNoForeignHome, rules.ErrSecondForeignHome, rules.ErrNoAuthorization3344, rules.ErrTwoAuthorizations3344,
		ext.ErrNoMobileForeign, rules.ErrSecondMobileForeign:
		return true
	}
	return false
}
