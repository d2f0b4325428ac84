package agent

import (
	"net/netip"
	"slices"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Receiver is what a node must know to judge what it receives. What is needed and not
// told is a fault; nothing is taken for right because nobody said so.
type Receiver struct {
	Role code.Role // of the node

	// Situation has the profile, the edition, the flag R of the advertisement, and what
	// the node implements. Its Leg and its associations are not looked at: the message
	// and Associations tell them; and proxies are not served.
	//
	// An agent's Situation.Receiver must be there, with its own unicast IPv4 Addresses: a
	// foreign agent's of all its interfaces. The first is the home agent's in the
	// answer to who does not name one. LongestLifetime is also what a home agent grants at
	// most. A foreign agent without CareOfAddresses offers none. Source, Destination and
	// TTL are those of the Arrival.
	Situation rules.Situation

	// Associations returns the security contexts by which an authentication extension of
	// a kind is verified, and the answer signed; none when no association is shared. It
	// is asked for kinds that the role shares:
	//
	//	ext.KindMobileHomeAuth     by the home address, or the NAI; without one a home
	//	                           agent answers nothing, and accepts nothing
	//	ext.KindMNAAAAuth          the same; none to leave it to others
	//	ext.KindMobileForeignAuth  at a foreign agent likewise; at a mobile node by the
	//	                           source address
	//	ext.KindForeignHomeAuth    at a home agent by the source address; at a foreign
	//	                           agent by the Home Agent
	//
	// Where it is asked by the source address and has none it is asked again, of a
	// registration through a foreign agent, with the care-of address as the source. So a
	// foreign agent with an association is known by either, and whoever writes another
	// source address, or stands behind a NAT, is asked for the authenticator. The request is
	// the one that arrived, or that the reply answers. It is not authenticated yet, and its
	// Extensions alias the datagram.
	Associations func(k ext.Kind, r mipv4.Request, from Arrival) ext.Association

	// AssignsHomeAgent says that a home agent takes a mobile node that asks for the
	// assignment of one, by a Home Agent of 0.0.0.0 or 255.255.255.255 (RFC 4433 §5.3).
	AssignsHomeAgent bool

	// Replay returns what a home agent keeps of the mobile node, by the context that
	// verified the request (RFC 5944 §3.8.2.1 b). It is judged by Request, and changed by
	// the methods that write the answer, so that it must stay locked in between, or the
	// answer may be refused with [mipv4.ErrReplay] or [mipv4.ErrNonce].
	Replay func(r mipv4.Request, c ext.SecurityContext) *Replay
	// Tolerance is how far a timestamp may be from the time of arrival; 0 stands for
	// [DefaultTolerance].
	Tolerance time.Duration
	// Nonce returns a random number from a good source (RFC 4086), for nonces. A home agent
	// that has it puts one into denials without authentication, too; see
	// [Registration.Refuse].
	Nonce func() uint32
}

// ready reports whether the receiver can judge a message of a kind, requests or replies.
func (v *Receiver) ready(request bool) error {
	switch {
	case v.Role == code.ForeignAgent,
		v.Role == code.HomeAgent && request,
		v.Role == code.MobileNode && !request:
	default:
		return code.ErrRole
	}
	at := v.Situation.Receiver
	if v.Associations == nil ||
		v.Role != code.MobileNode && (at == nil || len(at.Addresses) == 0) ||
		v.Role == code.HomeAgent && v.Replay == nil {
		return ErrReceiver
	}
	return nil
}

// foreignAssociation returns the association of the foreign agent with the receiver, a home
// agent or a mobile node: that of the source address, or else that of the care-of address
// of a registration through a foreign agent. By the message the two are one (RFC 5944
// §3.5.4, Appendix F), and by the source address alone whoever can write another would
// not be asked for the authenticator.
func (v *Receiver) foreignAssociation(k ext.Kind, r *mipv4.Request, a Arrival) ext.Association {
	found := v.Associations(k, *r, a)
	relayed := !r.Flags.Has(mipv4.FlagDecapsulation) && r.Lifetime != mipv4.Deregister
	if len(found) == 0 && relayed && r.CareOfAddress.IsValid() && r.CareOfAddress != a.From.Addr() {
		a.From = netip.AddrPortFrom(r.CareOfAddress, a.From.Port())
		found = v.Associations(k, *r, a)
	}
	return found
}

// on returns the situation of a message on a leg, without associations yet. What the
// Receiver of it tells is of requests, and stands in at.
func (v *Receiver) on(leg code.Leg) rules.Situation {
	s := v.Situation
	s.Leg, s.Receiver = leg, nil
	s.MobileForeign, s.ForeignHome, s.Proxies = rules.Unknown, rules.Unknown, rules.None
	return s
}

// noCareOfAddresses is none, where nil would not be judged.
var noCareOfAddresses = [0]netip.Addr{}

// at returns what the receiver of a request knows.
func (v *Receiver) at(a *Arrival) rules.Receiver {
	at := *v.Situation.Receiver
	at.Source, at.Destination, at.TTL = a.From.Addr(), a.To.Addr(), a.TTL
	if at.CareOfAddresses == nil {
		at.CareOfAddresses = noCareOfAddresses[:]
	}
	if v.Role == code.HomeAgent {
		at.LongestLifetime = 0 // a home agent grants less
	}
	return at
}

// owns reports whether an address is one of the agent's own.
func (v *Receiver) owns(a netip.Addr) bool {
	return slices.Contains(v.Situation.Receiver.Addresses, a)
}

// offers reports whether an address is a care-of address of the foreign agent's.
func (v *Receiver) offers(a netip.Addr) bool {
	return slices.Contains(v.Situation.Receiver.CareOfAddresses, a)
}

// implements reports whether the node implements a kind of extension.
func (v *Receiver) implements(k ext.Kind) bool {
	return v.Situation.Implements == nil || v.Situation.Implements(k)
}

// knowledge says of an association what the rule book wants to know.
func knowledge(a ext.Association) rules.Knowledge {
	if len(a) != 0 {
		return rules.Shared
	}
	return rules.None
}
