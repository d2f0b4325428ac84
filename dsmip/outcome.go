package dsmip

import (
	"iter"
	"net/netip"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Result is what came of a requested prefix. The zero Result is Unanswered.
type Result uint8

// The results. A prefix is registered with Registered only.
const (
	// Unanswered: no prefix reply matches, though others stand in the reply: it is
	// taken as rejected (draft-06 §4.5, RFC 5454 §3.5). Without a registration reply, and
	// without a profile, everything is.
	Unanswered Result = iota
	// Registered: its prefix reply accepts.
	Registered
	// Rejected: its prefix reply rejects, or accepts without naming a prefix.
	Rejected
	// Denied: the Code of the registration reply rejects all, whatever the prefix
	// replies say (draft-06 §4.2, RFC 5454 §3.2).
	Denied
	// Unsupported: the registration is accepted without any prefix reply, so the home
	// agent does not support the extensions, and the mobile node goes on without
	// (draft-06 §4.5, RFC 5454 §3.5).
	Unsupported
	// Deregistered: no lifetime was asked for, or none is granted, which ends all
	// bindings (draft-06 §4.7, RFC 5454 §3.8).
	Deregistered
)

// String returns "unanswered", "registered", "rejected", "denied", "unsupported" or
// "deregistered".
func (r Result) String() string {
	switch r {
	case Unanswered:
		return "unanswered"
	case Registered:
		return "registered"
	case Rejected:
		return "rejected"
	case Denied:
		return "denied"
	case Unsupported:
		return "unsupported"
	case Deregistered:
		return "deregistered"
	}
	return "result " + strconv.Itoa(int(r))
}

// Tunnel is how the IPv6 packets of a registered prefix travel between mobile node and
// home agent.
type Tunnel uint8

// The tunnels.
const (
	// TunnelUnspecified: nothing is registered, or the Code is one of the accepting
	// ones that no text defines, 2 to 7.
	TunnelUnspecified Tunnel = iota
	// TunnelHomeAddress: the tunnel between the home agent and the mobile node's IPv4
	// home address, inside that to the care-of address.
	TunnelHomeAddress
	// TunnelCareOfAddress: the tunnel between the home agent and the co-located care-of
	// address.
	TunnelCareOfAddress
	// TunnelNative: the foreign agent is the end of the home agent's tunnel, and on its
	// link the packets have no tunnel header; with reverse tunnelling the mobile node
	// sends them in either delivery style of RFC 3024 (draft-06 §4.5).
	TunnelNative
)

// String returns "unspecified", "home address", "care-of address" or "native".
func (t Tunnel) String() string {
	switch t {
	case TunnelUnspecified:
		return "unspecified"
	case TunnelHomeAddress:
		return "home address"
	case TunnelCareOfAddress:
		return "care-of address"
	case TunnelNative:
		return "native"
	}
	return "tunnel " + strconv.Itoa(int(t))
}

// Tunnel returns what the Code of a prefix reply means for a registration that asked
// with the D flag, co-located, or without, at a foreign agent's care-of address
// (draft-06 §4.5, RFC 5454 §3.5). Code 0 is the tunnel of the home address. Code 1 is
// that of a co-located care-of address; at a foreign agent's the draft has the packets
// native on the link, and RFC 5454 acts as for Code 0. A link-local address of RFC 5454
// §3.7.1 is always in the tunnel of the home address. Other Codes, and what is no
// profile, are TunnelUnspecified. The encapsulation is not looked at: with minimal
// encapsulation, but in UDP, IPv6 takes the tunnel of the home address whatever the Code,
// as package tunnel has it.
func (p Profile) Tunnel(asked *mipv4.Request, q PrefixRequest, c code.IPv6Prefix) Tunnel {
	coLocated := asked.Flags.Has(mipv4.FlagDecapsulation)
	switch {
	case !p.valid() || c > code.PrefixAcceptedCareOfAddress:
		return TunnelUnspecified
	case c == code.PrefixAcceptedHomeAddress, q.PrefixLength == LinkLocalLength:
		return TunnelHomeAddress
	case coLocated:
		return TunnelCareOfAddress
	case p == Draft06:
		return TunnelNative
	}
	return TunnelHomeAddress
}

// Outcome is what came of one IPv6 Prefix Request. It is comparable.
type Outcome struct {
	Asked  PrefixRequest
	Match  Match       // how Reply matches; NoMatch when none does
	Reply  PrefixReply // the zero PrefixReply when none matches
	Result Result
	// Prefix is what was registered, as the reply names it: a prefix, or an address
	// with 128 bits. It is the zero Prefix unless Result is Registered, as Tunnel is
	// TunnelUnspecified.
	Prefix netip.Prefix
	Tunnel Tunnel
	// Err is what is wrong with the reply, seen from the request: [ErrOtherLength],
	// [ErrNothingAssigned], [ErrTunnelUnasked], or [ErrProfile] when there is no
	// profile; nil otherwise. Result has taken it into account.
	Err error
}

// Answered reports whether a prefix reply matches.
func (o Outcome) Answered() bool { return o.Match != NoMatch }

// Accepted reports whether the prefix is registered.
func (o Outcome) Accepted() bool { return o.Result == Registered }

// Equal reports whether both are the same.
func (o Outcome) Equal(other Outcome) bool { return o == other }

// String returns one line: what was asked for and what came of it.
func (o Outcome) String() string {
	s := o.Asked.Wants().String() + " "
	if p, ok := o.Asked.NetPrefix(); ok {
		s += p.String() + " "
	}
	s += o.Result.String()
	switch {
	case o.Accepted():
		s += " as " + o.Prefix.String() + ", tunnel: " + o.Tunnel.String()
	case o.Answered():
		s += ", Code " + strconv.Itoa(int(o.Reply.Code))
	}
	return s
}

// Outcomes iterates over what came of the IPv6 Prefix Requests of a request, in their
// order, by the reply that answers it and the list of extensions that is protected: that
// which Verify gave for the reply's Mobile-Home Authentication extension. What stands in
// reply.Extensions besides does not count. asked is the request as it was sent, its
// Extensions included, and reply answers it ([mipv4.Reply.Answers]); without one or the
// other nothing is registered. A prefix request or reply that does not parse is as if it
// were not there, except that an unreadable reply shows support.
//
// Each reply is used once: for the request that names its prefix, or its prefix field, or
// else, under the draft, for one that left the choice to the home agent: by its interface
// identifier, by the length hinted at, or as both stand in order, such that all are used
// if they can be. A reply that names a prefix a second time is not used. A prefix that is
// requested twice is one prefix, and one reply answers both; a zero prefix requested twice,
// or an interface identifier, asks for two, and is answered by two.
//
// It takes time linear in both messages. Ranged over in place it allocates nothing.
func (p Profile) Outcomes(asked *mipv4.Request, reply *mipv4.Reply, protected ext.List) iter.Seq[Outcome] {
	return func(yield func(Outcome) bool) { p.outcomes(asked, reply, protected, yield) }
}

func (p Profile) outcomes(asked *mipv4.Request, reply *mipv4.Reply, protected ext.List, yield func(Outcome) bool) {
	if asked == nil {
		return
	}
	u := use{asked: asked, reply: reply, outcomes: yield}
	u.pairs(p, asked.Extensions, protected)
}

// end returns what comes of every prefix, whatever the prefix replies say; it is Registered
// when it is they that say it.
func (m *matching) end(asked *mipv4.Request, reply *mipv4.Reply) Result {
	switch {
	case !m.profile.valid(), reply == nil:
		return Unanswered
	case !reply.Code.Accepted():
		return Denied
	case reply.Granted(asked) == mipv4.Deregister:
		return Deregistered
	case !m.replies.found:
		return Unsupported
	}
	return Registered
}

func (m *matching) yieldOutcomes(asked *mipv4.Request, reply *mipv4.Reply, yield func(Outcome) bool) {
	end := m.end(asked, reply)
	for i := range m.requests.offsets {
		o := Outcome{Asked: m.request(i), Result: end}
		j := m.answerTo(i)
		if j == 0 {
			if end == Registered {
				o.Result = Unanswered
			}
			if !m.profile.valid() {
				o.Err = ErrProfile
			}
		} else {
			o.Reply = m.reply(int(j - 1))
			o.Match, o.Err = m.judge(i, int(j-1), o.Reply.Code, asked)
			switch {
			case end != Registered:
			case !o.Reply.Code.Accepted() || o.Err == ErrNothingAssigned:
				o.Result = Rejected
			default:
				o.Prefix, _ = o.Reply.NetPrefix()
				o.Tunnel = m.profile.Tunnel(asked, o.Asked, o.Reply.Code)
			}
		}
		if !yield(o) {
			return
		}
	}
}

// judge returns how reply j, whose Code is c, matches request i, and what is wrong with
// it.
func (m *matching) judge(i, j int, c code.IPv6Prefix, asked *mipv4.Request) (Match, error) {
	if m.ordinary {
		return MatchPrefix, nil
	}
	request, accepts := m.requests.key(i), c.Accepted()
	match := m.profile.match(m.replies.key(j), request, accepts)
	switch {
	case accepts && match != MatchAssigned && (request.isZero() || m.profile.assigns(request)):
		return match, ErrNothingAssigned
	case c == code.PrefixAcceptedCareOfAddress && m.tunnelUnasked(asked):
		return match, ErrTunnelUnasked
	case match == MatchField:
		return match, ErrOtherLength
	}
	return match, nil
}

// tunnelUnasked reports whether Code 1 cannot be right since no IPv6 Tunneling Mode was
// sent. Under the draft a foreign agent may have added it, unseen by the mobile node,
// for its own care-of address.
func (p Profile) tunnelUnasked(asked *mipv4.Request) bool {
	if p != RFC5454 && !asked.Flags.Has(mipv4.FlagDecapsulation) {
		return false
	}
	_, mode := asked.Extensions.Find(ext.KindIPv6TunnelingMode)
	return !mode
}

// tunnelUnasked is that of the profile, for which it looks once.
func (m *matching) tunnelUnasked(asked *mipv4.Request) bool {
	if !m.looked {
		m.unasked, m.looked = m.profile.tunnelUnasked(asked), true
	}
	return m.unasked
}

// Matched is an IPv6 Prefix Reply and the request that it answers.
type Matched struct {
	Offset   int // of the reply's extension in its message
	Reply    PrefixReply
	Match    Match         // NoMatch: nobody asked for it
	Asked    PrefixRequest // the zero PrefixRequest with NoMatch
	Repeated bool          // an earlier reply names the same prefix, and no request is left for this one; then there is NoMatch
	// Err is what is wrong with the reply, seen from the request, as in [Outcome].
	Err error
}

// Equal reports whether both are the same.
func (m Matched) Equal(other Matched) bool { return m == other }

// String returns one line: the reply's prefix and how it matches.
func (m Matched) String() string {
	s := "reply without prefix"
	if p, ok := m.Reply.NetPrefix(); ok {
		s = p.String()
	}
	s += " Code " + strconv.Itoa(int(m.Reply.Code)) + ", match: " + m.Match.String()
	if m.Repeated {
		s += ", repeated"
	}
	return s
}

// Matches iterates over the IPv6 Prefix Replies of a list that parse, in their order, with
// the requests that they answer: the same pairs as [Profile.Outcomes] has, seen from the
// other side, whatever the Code of the registration reply. When asked is nil nobody asked.
// It takes time linear in both messages. Ranged over in place it allocates nothing.
func (p Profile) Matches(asked *mipv4.Request, replies ext.List) iter.Seq[Matched] {
	return func(yield func(Matched) bool) { p.matches(asked, replies, yield) }
}

func (p Profile) matches(asked *mipv4.Request, replies ext.List, yield func(Matched) bool) {
	if asked == nil {
		asked = &mipv4.Request{}
	}
	u := use{asked: asked, matches: yield}
	u.pairs(p, asked.Extensions, replies)
}

func (m *matching) yieldMatches(asked *mipv4.Request, yield func(Matched) bool) {
	for j := range m.replies.offsets {
		v := Matched{Offset: int(m.replies.offsets[j]), Reply: m.reply(j)}
		switch i := m.asked[j]; {
		case i == repeats:
			v.Repeated = true
		case i != 0:
			v.Asked = m.request(int(i - 1))
			v.Match, v.Err = m.judge(int(i-1), j, v.Reply.Code, asked)
		case !m.profile.valid():
			v.Err = ErrProfile
		}
		if !yield(v) {
			return
		}
	}
}
