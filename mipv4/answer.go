package mipv4

import (
	"errors"
	"net/netip"
	"slices"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// Answer is what an agent brings to the replies that it writes: the fixed part
// that the RFCs prescribe follows from it, the request and the Code. What it
// leaves unset is taken from the request.
type Answer struct {
	Role code.Role // HomeAgent or ForeignAgent; others do not answer
	// Address is the home agent's own unicast address, for the Home Agent field
	// (RFC 5944 §3.8.3.2). A foreign agent copies the request's.
	Address netip.Addr
	// Others are further unicast addresses of the home agent. One that a request names
	// is copied.
	Others []netip.Addr
	// MaxLifetime is the longest that the agent grants; 0 stands for no limit. A
	// foreign agent's Code 69 needs it (RFC 5944 §3.7.2.3): without it the reply
	// repeats what was asked for.
	MaxLifetime Lifetime
	// HomeAddress is what the home agent assigned to a node that asked for an
	// address with 0.0.0.0.
	HomeAddress netip.Addr
	// Identification is what the home agent's replay protection gave for the
	// reply, see [Timestamps] and [Nonces]. A foreign agent copies the request's. 0
	// counts as unset: no nonce is 0.
	Identification Identification
}

// Equal reports whether both bring the same, their other addresses in the same order.
func (a Answer) Equal(o Answer) bool {
	return a.Role == o.Role && a.Address == o.Address && slices.Equal(a.Others, o.Others) &&
		a.MaxLifetime == o.MaxLifetime && a.HomeAddress == o.HomeAddress && a.Identification == o.Identification
}

// String returns what is set: "homeAgent 192.0.2.1 and 2 others, lifetime up to 1800s, home
// 192.0.2.10, id 0000000000000001".
func (a Answer) String() string {
	s := a.Role.String()
	if a.Address.IsValid() {
		s += " " + a.Address.String()
	}
	if len(a.Others) > 0 {
		s += " and " + strconv.Itoa(len(a.Others)) + " others"
	}
	if a.MaxLifetime != 0 {
		s += ", lifetime up to " + a.MaxLifetime.String()
	}
	if a.HomeAddress.IsValid() {
		s += ", home " + a.HomeAddress.String()
	}
	if a.Identification != 0 {
		s += ", id " + a.Identification.String()
	}
	return s
}

// The faults of an answer that must not be given.
var (
	// ErrAnswerAddress: the request names no home agent that could be copied, and the
	// answer has no Address.
	ErrAnswerAddress = code.NewFault("the home agent's address is not known", "RFC 5944 §3.8.3.2", code.Caller, 0, 0, 0)
	// ErrAnswerForeign: only a home agent accepts.
	ErrAnswerForeign = code.NewFault("a foreign agent accepts no registration by itself", "RFC 5944 §3.7", code.Caller, 0, 0, 0)
	// ErrAnswerAccepts: a request that names another home agent is to be denied, with 136
	// say, lest the mobile node be registered with two.
	ErrAnswerAccepts = code.NewFault("a request that does not name this home agent is to be denied", "RFC 5944 §3.8.3.2", code.Caller, 0, 0, 0)
)

// Reply returns the fixed part of the reply with a Code, ready for AppendBinary
// and what follows it. A home agent's (RFC 5944 §3.8.3.2) has its own address: the one
// that the request names, or else Address; no more than its longest Lifetime; and an
// assigned home address when it accepts. A foreign agent's (§3.7.2.3) copies
// everything, and with Code 69 has the longest Lifetime that it accepts. Whether a
// denial has a Code of the role's is not looked at.
//
// The error is [code.ErrRole]; [ErrAnswerForeign] when a foreign agent is to accept;
// [ErrAnswerAddress] when a home agent without Address
// answers what names no unicast Home Agent; and [ErrAnswerAccepts] when one with an
// Address accepts what names another, unless it is to be assigned: 0.0.0.0 or
// 255.255.255.255, with a Mobile Node NAI (RFC 4433 §5.3.1).
func (a Answer) Reply(r *Request, c code.Registration) (Reply, error) {
	p := Reply{
		Code:           c,
		Lifetime:       r.Lifetime,
		HomeAddress:    r.HomeAddress,
		HomeAgent:      r.HomeAgent,
		Identification: r.Identification,
	}
	switch a.Role {
	case code.ForeignAgent:
		if c.Accepted() {
			return Reply{}, ErrAnswerForeign
		}
		if c == code.FALifetimeTooLong && a.MaxLifetime != 0 {
			p.Lifetime = a.MaxLifetime
		}
		return p, nil
	case code.HomeAgent:
	default:
		return Reply{}, code.ErrRole
	}
	if a.MaxLifetime != 0 {
		p.Lifetime = min(p.Lifetime, a.MaxLifetime)
	}
	switch own := r.HomeAgent == a.Address || slices.Contains(a.Others, r.HomeAgent); {
	case own:
	case !a.Address.IsValid() && !namesAgent(r.HomeAgent):
		return Reply{}, ErrAnswerAddress
	case !a.Address.IsValid(): // it is taken for the agent's
	case c.Accepted() && !r.leavesAgent():
		return Reply{}, ErrAnswerAccepts
	default:
		p.HomeAgent = a.Address
	}
	if a.HomeAddress.IsValid() && c.Accepted() && r.HomeAddress == netip.IPv4Unspecified() {
		p.HomeAddress = a.HomeAddress
	}
	if a.Identification != 0 {
		p.Identification = a.Identification
	}
	return p, nil
}

// Refuse returns the fixed part of the reply to a request that has the fault that
// err is or wraps, and false when the role is not to send one: it discards
// silently, ignores what is wrong, or is not concerned, or the Code is the Status of
// an FA Error extension; when there is no fault or no role; and when a home agent
// cannot write one, see [ErrAnswerAddress]. Where the texts have it discard and also
// name a Code that it SHOULD or MAY send, the reply has that.
func (a Answer) Refuse(r *Request, err error) (Reply, bool) {
	f := faultOf(err)
	if f == nil {
		return Reply{}, false
	}
	reaction := f.Reaction(a.Role)
	c, ok := reaction.Code()
	if !ok || reaction.FAError() || reaction.Action() != code.Reject && reaction.Action() != code.Discard {
		return Reply{}, false
	}
	p, err := a.Reply(r, c)
	return p, err == nil
}

// namesAgent reports whether a Home Agent field can be the address of one.
func namesAgent(a netip.Addr) bool { return a.Is4() && a.As4()[0] != 0 && a.As4()[0] < 224 }

// leavesAgent reports whether the request leaves it to others to assign the home agent:
// ALL-ZERO-ONE-ADDR, and a NAI (RFC 4433 §5.1).
func (r *Request) leavesAgent() bool {
	if r.HomeAgent != netip.IPv4Unspecified() && r.HomeAgent != netip.AddrFrom4([4]byte{255, 255, 255, 255}) {
		return false
	}
	for x, ok := r.Extensions.First(); ok; x, ok = r.Extensions.Next(x) {
		if x.Kind() == ext.KindMobileNodeNAI && len(x.Body()) > 0 {
			return true
		}
	}
	return false
}

// faultOf returns the fault that err is or wraps, nil when there is none. What
// the packages of this module return is one, or nil, and for that nothing is
// allocated.
func faultOf(err error) *code.Fault {
	if f, ok := err.(*code.Fault); ok || err == nil {
		return f
	}
	var f *code.Fault
	errors.As(err, &f)
	return f
}

// AppendFAError appends what a foreign agent relays of a home agent's reply that
// it refuses: the part that Authorized returns, unchanged, and an FA Error
// extension with a Status of 64 to 127 (RFC 4636 §4). What else is for the
// mobile node, and Mobile-Foreign Authentication, is appended behind it. The
// error is [ErrNotAuthorized], [ext.ErrFAErrorStatus] or [ext.ErrTooLong], and b is returned
// unchanged.
func (r *Reply) AppendFAError(b []byte, status code.Registration) ([]byte, error) {
	signed, err := r.Authorized()
	if err != nil {
		return b, err
	}
	appended, err := ext.FAError{Status: status}.AppendBinary(append(b, signed...))
	switch {
	case err != nil:
		return b, err
	case len(appended)-len(b) > ext.MaxMessage:
		return b, ext.ErrTooLong
	}
	return appended, nil
}
