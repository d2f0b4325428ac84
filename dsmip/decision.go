package dsmip

import (
	"iter"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// What a home agent cannot answer so.
var (
	// ErrNotAssignable: only a zero prefix and an interface identifier leave something
	// to the home agent; what else is requested is accepted as it is.
	ErrNotAssignable = code.NewFault("the request does not ask for an assignment", "draft-ietf-mip4-dsmipv4-06 §4.3, §4.6.1", code.Caller, 0, 0, 0)
	// ErrAssignment: what is to be assigned is not an IPv6 prefix with a bit set in its
	// upper 64, not an address with the requested interface identifier, or has a Code
	// that rejects.
	ErrAssignment = code.NewFault("neither PREFIX:: nor PREFIX::interface_identifier with a Code that accepts", "draft-ietf-mip4-dsmipv4-06 §4.6.1", code.Caller, 0, 0, 0)
)

// Requests iterates over the IPv6 Prefix Requests of a list that parse, each distinct
// prefix once and in order: a home agent should answer each (draft-06 §4.2, RFC 5454
// §3.3), and never gives two answers for one prefix (§4.3, §3.3). The list is that which
// Verify gave for the mobile node's authenticator.
//
// Under the draft a zero prefix that is requested again asks for one more, and comes
// again, with true: it is answered by another assignment or not at all, since it was
// rejected by the first rejection.
//
// A request whose Prefix Length means nothing under the profile is not among them: 255
// under the draft, and 255 without a link-local address under RFC 5454, which the rule
// book has ignored. What is no profile has no requests. It takes time linear in the
// message. Ranged over in place it allocates nothing.
func (p Profile) Requests(verified ext.List) iter.Seq2[PrefixRequest, bool] {
	return func(yield func(PrefixRequest, bool) bool) { p.requests(verified, yield) }
}

func (p Profile) requests(verified ext.List, yield func(PrefixRequest, bool) bool) {
	u := use{requests: yield}
	u.pairs(p, verified, ext.List{})
}

func (m *matching) yieldRequests(yield func(PrefixRequest, bool) bool) {
	for i := range m.requests.offsets {
		k := m.requests.key(i)
		if !m.profile.meant(k) {
			continue
		}
		again := m.table[m.slot(&m.requests, k, wholePrefix)] != uint16(i+1)
		if again && !(m.profile == Draft06 && k.isZero()) {
			continue
		}
		if !yield(m.request(i), again) {
			return
		}
	}
}

// Judge reports whether a home agent can register what is requested, and the Code that
// rejects it when not; with true the Code is 0 and says nothing, since
// [Profile.AcceptingCode] has the one to accept with. served is what it serves, its home
// links and the prefixes that it is configured for; held is what other mobile nodes
// have.
//
// What is not under a served prefix is rejected with Code 10 under the draft (§4.3) and
// with 9 under RFC 5454, which leaves it to policy. What overlaps with another's is
// rejected (draft-06 §4.3, RFC 5454 §3.3), for which the texts name no Code: 11 for an
// address under the draft, where it would fail Duplicate Address Detection, and
// otherwise 9. What the profile gives no meaning to is rejected with 8: Prefix Length
// 255 under the draft, a zero prefix under RFC 5454, what is no prefix, and all under
// what is no profile. A link-local address of RFC 5454 §3.7.1 concerns its own tunnel
// only, and can be registered.
//
// A request for an assignment can be met if the home agent finds something: what it
// means to assign is judged in its turn, as [RequestPrefix] of it. It takes time linear
// in served and held.
func (p Profile) Judge(q PrefixRequest, served, held []netip.Prefix) (code.IPv6Prefix, bool) {
	k, ok := p.key(q.Prefix, q.PrefixLength)
	prefix, isPrefix := q.NetPrefix()
	switch {
	case !ok || !isPrefix, p == RFC5454 && k.isZero():
		return code.PrefixReasonUnspecified, false
	case p.assigns(k), k.length == LinkLocalLength:
		return 0, true
	case !within(prefix, served):
		if p == Draft06 {
			return code.PrefixNotHomeSubnet, false
		}
		return code.PrefixAdministrativelyProhibited, false
	}
	for _, h := range held {
		if h.Overlaps(prefix) {
			if p == Draft06 && k.length == 128 {
				return code.PrefixDuplicateAddress, false
			}
			return code.PrefixAdministrativelyProhibited, false
		}
	}
	return 0, true
}

// within reports whether one of the prefixes covers p.
func within(p netip.Prefix, served []netip.Prefix) bool {
	for _, s := range served {
		if s.Bits() <= p.Bits() && s.Contains(p.Addr()) {
			return true
		}
	}
	return false
}

// NeedsDAD reports whether a home agent must perform Duplicate Address Detection before
// it answers: for an address, requested or assigned, that the mobile node has no binding
// for yet (draft-06 §4.3). When that fails, for the address or for an associated
// link-local one, the answer has Code 11, [code.PrefixDuplicateAddress]. RFC 5454 §3.3 has
// only prefixes and no such detection. What is no profile needs what the draft needs.
func (p Profile) NeedsDAD(prefix netip.Prefix, bound bool) bool {
	return p != RFC5454 && prefix.Bits() == 128 && !bound
}

// AcceptingCode returns the Code with which a home agent accepts prefixes: 1 when IPv6
// is to be tunnelled to the care-of address, otherwise 0 (draft-06 §4.3, §4.3.2, RFC 5454
// §3.3, §3.3.2). 1 takes an IPv6 Tunneling Mode: of a co-located mobile node, which sets
// the D flag, in what its authenticator protects; or, under the draft and without the D
// flag, of the foreign agent (§4.1), behind that in what its own authenticator protects.
// The two lists are those that Verify gave; the zero List is for who has not signed. Where
// home agent and foreign agent share no association the draft has the foreign agent's
// unsigned: a home agent that takes it passes the request's Extensions. A Tunneling Mode
// that stands where it may not, or by whom it may not, does not count. Minimal
// encapsulation has no room for IPv6 (RFC 5454 §3.3.2), so that a request that wants it and
// not GRE leaves the home address, also where it may come to be in UDP.
//
// A home agent may always use 0 instead ([code.PrefixAcceptedHomeAddress]; draft-06
// §4.3.2, RFC 5454 §3.3.2).
func (p Profile) AcceptingCode(asked *mipv4.Request, mobile, foreign ext.List) code.IPv6Prefix {
	switch {
	case !p.valid(), asked.Flags.Has(mipv4.FlagMinimal) && !asked.Flags.Has(mipv4.FlagGRE):
	case asked.Flags.Has(mipv4.FlagDecapsulation):
		if _, ok := mobile.Find(ext.KindIPv6TunnelingMode); ok {
			return code.PrefixAcceptedCareOfAddress
		}
	case p == Draft06:
		signed := len(mobile.Message())
		for x, ok := foreign.First(); ok; x, ok = foreign.Next(x) {
			if x.Kind() == ext.KindIPv6TunnelingMode && x.Offset() >= signed && signed != 0 {
				return code.PrefixAcceptedCareOfAddress
			}
		}
	}
	return code.PrefixAcceptedHomeAddress
}

// Answer returns the reply that accepts or rejects the request as it stands: its prefix
// with the Code. A link-local address is not tunnelled to the care-of address (RFC 5454
// §3.7.1): Code 1 becomes 0. What leaves something to the home agent is accepted with
// Assign.
func (p PrefixRequest) Answer(c code.IPv6Prefix) PrefixReply {
	if p.PrefixLength == LinkLocalLength && c == code.PrefixAcceptedCareOfAddress {
		c = code.PrefixAcceptedHomeAddress
	}
	return PrefixReply{c, p.PrefixLength, p.Prefix}
}

// Assign returns the reply that accepts, with the Code, a request that leaves something
// to the home agent (draft-06 §4.6.1). A request for any prefix is assigned any, the
// length hinted at or not. One with an interface identifier is assigned PREFIX::, a
// prefix shorter than 128 bits, or PREFIX::interface_identifier, the address that Under
// makes. The error is [ErrNotAssignable] or [ErrAssignment].
func (p PrefixRequest) Assign(c code.IPv6Prefix, prefix netip.Prefix) (PrefixReply, error) {
	k, ok := Draft06.key(p.Prefix, p.PrefixLength)
	if !ok || !Draft06.assigns(k) {
		return PrefixReply{}, ErrNotAssignable
	}
	prefix = prefix.Masked()
	r := PrefixReply{c, uint8(max(prefix.Bits(), 0)), prefix.Addr()}
	if r.Answers(p, Draft06) != MatchAssigned {
		return PrefixReply{}, ErrAssignment
	}
	return r, nil
}

// Under returns PREFIX::interface_identifier, an address of 128 bits, for a request with
// an interface identifier and a prefix of at most 64 bits (draft-06 §4.6.1); false for
// others.
func (p PrefixRequest) Under(prefix netip.Prefix) (netip.Prefix, bool) {
	k, ok := Draft06.key(p.Prefix, p.PrefixLength)
	if !ok || !k.isIdentifier() || !prefix.Addr().Is6() || !prefix.IsValid() || prefix.Bits() > 64 {
		return netip.Prefix{}, false
	}
	m := masked(prefix.Addr(), uint8(prefix.Bits()))
	m.low = k.low
	return netip.PrefixFrom(netip.AddrFrom16([16]byte(m.append(make([]byte, 0, 16)))), 128), true
}
