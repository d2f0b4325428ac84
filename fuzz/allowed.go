package fuzz

import (
	"math/bits"
	"slices"
	"strings"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Allowed is the set of what a conforming target may be seen to do with a
// packet: say nothing, or answer one of a set of Codes.
type Allowed struct {
	Silence bool
	codes   [4]uint64
}

// Code reports whether a Registration Reply with the Code conforms.
func (a Allowed) Code(c code.Registration) bool { return a.codes[c>>6]>>(c&63)&1 != 0 }

// String returns the set in words: "silence or Code 131", "any answer or
// silence", "Code 0-1, 128-130, 135".
func (a Allowed) String() string {
	n := 0
	for _, w := range a.codes {
		n += bits.OnesCount64(w)
	}
	var words []string
	switch n {
	case 0:
	case 256:
		words = append(words, "any answer")
	default:
		words = append(words, "Code "+a.ranges())
	}
	if a.Silence {
		words = append(words, "silence")
	}
	return strings.Join(words, " or ")
}

// ranges returns the codes, consecutive ones as a range.
func (a Allowed) ranges() string {
	var all []string
	for first := 0; first < 256; first++ {
		if !a.Code(code.Registration(first)) {
			continue
		}
		last := first
		for last < 255 && a.Code(code.Registration(last+1)) {
			last++
		}
		r := decimal(first)
		if last > first {
			r += "-" + decimal(last)
		}
		all = append(all, r)
		first = last
	}
	return strings.Join(all, ", ")
}

func (a *Allowed) allow(codes ...code.Registration) {
	for _, c := range codes {
		a.codes[c>>6] |= 1 << (c & 63)
	}
}

func (a *Allowed) forbid(codes ...code.Registration) {
	for _, c := range codes {
		a.codes[c>>6] &^= 1 << (c & 63)
	}
}

func (a *Allowed) allowRange(first, last code.Registration) {
	for c := int(first); c <= int(last); c++ {
		a.allow(code.Registration(c))
	}
}

// Accepting a request: its Codes.
var acceptances = []code.Registration{
	code.RegistrationAccepted, code.AcceptedNoSimultaneousBindings, code.ConcurrentRegistration,
}

// What an agent may deny for reasons of its own, whatever else is wrong: the
// flags, the Lifetime, the addresses.
var (
	homePolicy = []code.Registration{
		code.HAReasonUnspecified, code.HAAdministrativelyProhibited, code.HAInsufficientResources, code.HATooManyBindings,
		code.HAReverseTunnelUnavailable, code.HAReverseTunnelMandatory, code.HAEncapsulationUnavailable, code.HAUDPEncapsulationUnavailable,
	}
	// A foreign agent that challenges also asks for its challenge, which no
	// campaign knows (RFC 4721 §3.2).
	foreignPolicy = []code.Registration{
		code.FAReasonUnspecified, code.FAAdministrativelyProhibited, code.FAInsufficientResources,
		code.FALifetimeTooLong, code.FAEncapsulationUnavailable, code.FAReverseTunnelUnavailable,
		code.FAReverseTunnelMandatory, code.FAMobileNodeTooDistant, code.FAInvalidCareOfAddress, code.FARegistrationTimeout,
		code.FADeliveryStyleNotSupported, code.FANonzeroHomeAddressRequired, code.FAMissingNAI, code.FAInvalidHomeAgentAddress,
		code.FAUnknownChallenge, code.FAMissingChallenge, code.FAStaleChallenge, code.FAMissingMobileForeign,
	}
)

// What an agent says only of a message that is wrong.
var (
	homeBlame = []code.Registration{
		code.HAMobileNodeFailedAuthentication, code.HAForeignAgentFailedAuthentication, code.HAIdentificationMismatch,
		code.HAPoorlyFormedRequest, code.HAUnknownHomeAgentAddress, code.HAUnknownVendorFromMobileNode,
		code.HAUnknownVendorFromForeignAgent, code.HABadAAAAuthentication,
	}
	foreignBlame = []code.Registration{
		code.FAMobileNodeFailedAuthentication, code.FAPoorlyFormedRequest, code.FAUnknownVendorFromMobileNode,
		code.FABadAAAAuthentication,
	}
)

// optional reports whether the mutation is about an extension that a target need
// not know, and then skips or, if its type is not skippable, discards the message
// for (RFC 5944 §1.8). What is wrong with an authenticator is no less so then.
func (m *mutation) optional() (skips, discards bool) {
	if m.Class != Rule {
		return false, false
	}
	for _, list := range [...][]element{m.before, m.behind, m.last} {
		for _, e := range list {
			switch {
			// Who does not know the kind may know the form.
			case e.how == strayKind:
				skips = true
			case e.row == nil, authorizes(e.kind) && e.kind != ext.KindMNAAAAuth, e.kind.Type() == ext.KindIPv6PrefixRequest.Type():
			case e.kind.Type().Skippable():
				skips = true
			default:
				discards = true
			}
		}
	}
	return skips, discards
}

var misplacedRevocation = fault(rules.Misplaced(ext.KindRevocationSupport))

// ofOtherText reports whether a rule is of a text that a target need not implement, and is
// broken by the fixed part, so that no extension shows it.
func ofOtherText(f *code.Fault) bool {
	return f == rules.ErrZeroCareOfAddress || f == rules.ErrBroadcastCareOfAddress || f == rules.ErrMulticastCareOfAddress
}

// allowed returns what the texts allow the target of a mutation's packet.
//
// Saying nothing conforms nearly always: a home agent only SHOULD answer what it
// accepts (RFC 5944 §3.8.3) and most of what it denies (§3.8.2.3), a foreign
// agent relays and waits. Where the texts are silent, or leave it to the receiver,
// anything conforms, but to accept what nothing can have authenticated. Who did not
// follow a SHOULD may be served all the same.
func (c *Campaign) allowed(m *mutation) (a Allowed) {
	a.Silence = true
	target := c.Target()
	if c.setup.Situation.Leg.Reply() {
		return a // nobody answers a reply
	}
	policy := homePolicy
	if target == code.ForeignAgent {
		policy = foreignPolicy
	}
	ordinary := func() {
		a.allow(acceptances...)
		if target == code.ForeignAgent {
			a.allowRange(64, 127)
			a.forbid(foreignBlame...)
		}
		// A foreign agent relays what the home agent answers.
		a.allowRange(128, 255)
		a.forbid(homeBlame...)
	}
	switch {
	case m.big, ofOtherText(m.Fault) && !c.setup.Strict:
		a.allowRange(0, 255)
		return a
	case m.Fault == nil:
		ordinary()
		a.allow(m.may...)
		return a
	}
	if !c.setup.Strict {
		defer func() {
			skips, discards := m.optional()
			if strict := a; skips {
				ordinary()
				for i := range a.codes {
					a.codes[i] |= strict.codes[i]
				}
			}
			a.Silence = a.Silence || skips || discards
		}()
	}
	if m.also != nil {
		defer func() {
			other := *m
			other.Fault, other.also = m.also, nil
			a = a.or(c.allowed(&other))
		}()
	}
	reaction := m.Fault.Reaction(target)
	named, hasCode := reaction.Code()
	switch m.Fault {
	case ext.ErrSPI:
		// To a receiver that has another association with the sender the
		// authenticator is invalid, to others there is none.
		a.allow(policy...)
		a.allow(code.HAMobileNodeFailedAuthentication, code.HAForeignAgentFailedAuthentication)
		if target == code.ForeignAgent {
			if m.home != signed {
				a.allowRange(0, 255) // the home agent's to verify
			}
			a.allow(code.FAMobileNodeFailedAuthentication)
		}
		return a
	case ext.ErrMNAAAInvalid:
		if target == code.ForeignAgent { // which may leave it to the home agent (RFC 4721 §3.2)
			a.allow(homePolicy...)
			a.allow(code.HABadAAAAuthentication)
		}
	case misplacedRevocation, rules.ErrRevocationUnprotected:
		// "The appropriate action" of RFC 5944 is to be taken (RFC 3543 §3.2), which
		// knows no extension that is unprotected, but authenticators that are wrong:
		// whatever an agent makes of that conforms.
		a.allowRange(0, 255)
		return a
	case ext.ErrMobileHomeInvalid:
		// With a valid Foreign-Home authentication it MUST be answered (RFC 5944
		// §3.8.2.1 a).
		a.Silence = c.setup.Situation.Edition == rules.RFC3344 || c.setup.Situation.Leg != code.FAtoHA || !given(c.setup.ForeignHome)
	case mipv4.ErrTimestamp, mipv4.ErrReplay:
		// MUST by §5.7.1, SHOULD by §3.8.2.1 b of RFC 5944.
		a.allow(policy...)
		if !hasCode { // a foreign agent relays it, and what the home agent answers
			a.allow(homePolicy...)
			named = code.HAIdentificationMismatch
		}
		a.allow(named)
		return a
	}
	switch action := reaction.Action(); {
	case action == code.NotConcerned, action == code.Reject && reaction.Advised(), action != code.Reject && reaction.Strength() >= code.Optional:
		a.allowRange(0, 255)
		if c.unauthentic(m) {
			a.forbid(acceptances...)
		}
	case action == code.Ignore, m.Fault.Breaks() == code.Should:
		ordinary()
		if hasCode {
			a.allow(named)
		}
	case action == code.Discard:
		if hasCode && !reaction.FAError() {
			a.allow(named)
		}
	case action == code.Reject:
		a.allow(policy...)
		a.allow(named)
		a.Silence = a.Silence && reaction.Answer() != code.Required
	}
	return a
}

// unauthentic reports whether what is left of the packet has no authenticator of
// the mobile node, nor of a proxy that may be served.
func (c *Campaign) unauthentic(m *mutation) bool {
	switch m.spoil {
	case empty, cutFixed, cutHome, otherType:
		return true
	case cutLone, cutBody:
		return len(m.last) == 0 && c.needs()&lastUnshared != 0
	}
	for _, e := range m.before {
		if e.how == lengthUp || e.how == longLengthUp { // Mobile-Home is part of it
			return true
		}
	}
	if m.home == omitted && m.Fault != rules.ErrProxyUnclear {
		return !slices.ContainsFunc(m.behind, func(e element) bool { return e.kind == ext.KindMNAAAAuth })
	}
	return m.home == badAuthLength || m.fixed == otherMessage
}

// With returns the set with the Codes added.
func (a Allowed) With(codes ...code.Registration) Allowed {
	a.allow(codes...)
	return a
}

// WithoutAcceptance returns the set without the Codes that accept.
func (a Allowed) WithoutAcceptance() Allowed {
	a.forbid(acceptances...)
	return a
}

// Accepts reports whether the set has a Code that accepts.
func (a Allowed) Accepts() bool {
	return slices.ContainsFunc(acceptances, a.Code)
}

// or returns what conforms to a packet with two things wrong: what conforms to
// either, but that an acceptance must conform to both.
func (a Allowed) or(b Allowed) Allowed {
	accepts := a.Accepts() && b.Accepts()
	a.Silence = a.Silence || b.Silence
	for i := range a.codes {
		a.codes[i] |= b.codes[i]
	}
	if !accepts {
		a.forbid(acceptances...)
	}
	return a
}
