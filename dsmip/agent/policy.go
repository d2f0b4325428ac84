package agent

import (
	"net/netip"
	"slices"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Policy is by what a home agent grants IPv6 prefixes to a mobile node, as far as the
// texts have it (draft-06 §4.3, §4.6.1, RFC 5454 §3.3). A home agent with rules of its own
// goes through [Registration.Prefixes] instead.
type Policy struct {
	Served []netip.Prefix // what the mobile node may ask for
	Held   []netip.Prefix // what other mobile nodes have, which is not granted
	Bound  []netip.Prefix // what this mobile node has registered before
	// Assignable is what a mobile node gets that leaves the choice: the first that
	// nobody has. Under the first with at most 64 bits stands the address of an interface
	// identifier.
	Assignable []netip.Prefix
	// Unique performs Duplicate Address Detection for an address that the mobile node is
	// not bound to, and reports whether nobody has it; it may take its time. Without it
	// nobody knows, and such an address is not granted. RFC 5454 has no such detection.
	Unique func(netip.Addr) bool
	// Most is how many are granted at most with one answer; 0 stands for [DefaultMost].
	Most int

	// Granted gets what is granted appended: what is registered from now on.
	Granted []netip.Prefix
}

// DefaultMost is how many prefixes a [Policy] grants where nothing else is said. No text
// has a limit; a message has room for 3,275.
const DefaultMost = 64

// Grant is Reply with a Code that accepts, and in front of the parts an IPv6 Prefix Reply
// for each distinct prefix that was requested: what is granted, with the Code of
// AcceptingCode, and what is rejected. A deregistration gets none, and a nil Policy grants
// nothing. With a Code that denies, which Reply writes, the error is [ErrReplyCode]. On error
// nothing is granted.
func (g Registration) Grant(b []byte, c code.Registration, p *Policy, parts ...Part) ([]byte, error) {
	if g.accepted && !c.Accepted() {
		return b, ErrReplyCode
	}
	if p == nil {
		p = new(Policy)
	}
	before := len(p.Granted)
	answer, err := g.reply(b, c, func(b []byte) ([]byte, error) {
		if g.Granted() == mipv4.Deregister {
			return b, nil // which ends all (draft-06 §4.7, RFC 5454 §3.8)
		}
		return p.append(&g, b)
	}, parts, nil)
	if err != nil {
		p.Granted = p.Granted[:before]
	}
	return answer, err
}

// roomBehind is what is left of a message for the parts and the authenticators: a reply
// takes more than the request that it answers.
const roomBehind = 1024

// append appends the prefix replies. Those that leave the choice come last, so that they
// are not assigned what is asked for by name.
func (p *Policy) append(g *Registration, b []byte) (_ []byte, err error) {
	mode, spoken := g.AcceptingCode(), g.situation.Profile
	most := p.Most
	if most == 0 {
		most = DefaultMost
	}
	most += len(p.Granted)
	choices := 0 // each of which is looked for in the whole request
	for _, chosen := range [...]bool{false, true} {
		for q, again := range g.Prefixes() {
			if chosen != (spoken == dsmip.Draft06 && leavesChoice(q)) {
				continue
			}
			if len(b) > ext.MaxMessage-roomBehind {
				return b, nil // what is not answered is rejected (draft-06 §4.5, RFC 5454 §3.5)
			}
			answer := q.Answer(code.PrefixAdministrativelyProhibited)
			if len(p.Granted)+choices < most {
				answer = p.decide(g, q, mode)
			}
			if chosen && !answer.Code.Accepted() {
				choices++
			}
			if again && !answer.Code.Accepted() {
				continue // the zero prefix was rejected before, or all that it could get is gone
			}
			if b, err = answer.AppendBinary(b); err != nil {
				return b, err
			}
			if prefix, ok := answer.NetPrefix(); ok && answer.Code.Accepted() {
				p.Granted = append(p.Granted, prefix)
			}
		}
	}
	return b, nil
}

// leavesChoice reports whether a request leaves something to the home agent (draft-06
// §4.6.1).
func leavesChoice(q dsmip.PrefixRequest) bool {
	w := q.Wants()
	return w == dsmip.WantAnyPrefix || w == dsmip.WantInterfaceIdentifier
}

// decide answers one request.
func (p *Policy) decide(g *Registration, q dsmip.PrefixRequest, mode code.IPv6Prefix) dsmip.PrefixReply {
	spoken := g.situation.Profile
	if c, ok := spoken.Judge(q, p.Served, p.Held); !ok {
		return q.Answer(c)
	}
	answer := q.Answer(mode)
	if leavesChoice(q) {
		if answer = p.assign(g, q, mode); !answer.Code.Accepted() {
			return answer
		}
	}
	prefix, _ := answer.NetPrefix()
	if spoken.NeedsDAD(prefix, slices.Contains(p.Bound, prefix)) && (p.Unique == nil || !p.Unique(prefix.Addr())) {
		return q.Answer(code.PrefixDuplicateAddress)
	}
	return answer
}

// assign answers a request that leaves the choice.
func (p *Policy) assign(g *Registration, q dsmip.PrefixRequest, mode code.IPv6Prefix) dsmip.PrefixReply {
	identifier := q.Wants() == dsmip.WantInterfaceIdentifier
	for _, prefix := range p.Assignable {
		if identifier {
			address, ok := q.Under(prefix)
			if !ok {
				continue
			}
			prefix = address
		}
		if answer, err := q.Assign(mode, prefix); err == nil && p.free(g, prefix.Masked()) {
			return answer
		}
	}
	return q.Answer(code.PrefixAdministrativelyProhibited)
}

// free reports whether a prefix can be assigned: no other mobile node has any of it, it was
// not granted yet, and it has no answer of its own, since one prefix is answered once.
func (p *Policy) free(g *Registration, prefix netip.Prefix) bool {
	if slices.ContainsFunc(p.Held, prefix.Overlaps) || slices.Contains(p.Granted, prefix) {
		return false
	}
	for q := range g.Prefixes() {
		if named, ok := q.NetPrefix(); ok && named == prefix {
			return false
		}
	}
	return true
}
