package agent

import (
	"net/netip"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Arrival is what is known of a datagram besides what is in it.
type Arrival struct {
	// From and To are the addresses and ports of its headers. An IPv4 address that a
	// socket of both families gives as IPv4-mapped IPv6 is taken for the IPv4 address.
	From, To netip.AddrPort
	// TTL is that of its IPv4 header; 0 stands for not told. A foreign agent needs it.
	TTL uint8
	// Time is when it arrived. A home agent needs it for timestamps.
	Time time.Time
	// Leg is where it travelled, if that is known otherwise than by the addresses. It
	// must be given where they do not tell it: behind a NAT.
	Leg code.Leg
}

// unmapped returns the arrival with IPv4 addresses.
func (a Arrival) unmapped() Arrival {
	a.From = netip.AddrPortFrom(a.From.Addr().Unmap(), a.From.Port())
	a.To = netip.AddrPortFrom(a.To.Addr().Unmap(), a.To.Port())
	return a
}

// mayBeSource reports whether a host can have sent from an address: it is of one host, 0.0.0.0
// as long as that has none, and loopback on that host only (RFC 1122 §3.2.1.3).
func mayBeSource(a, to netip.Addr) bool { return isHost(a, to) || a.IsUnspecified() }

// isHost reports whether an address is that of one host, as seen by who has the other.
func isHost(a, by netip.Addr) bool {
	return a.Is4() && !a.IsUnspecified() && a.As4()[0] < 224 && (!a.IsLoopback() || by.IsLoopback())
}

// requestLeg returns the leg of a request: by the source address, which is the care-of
// address of a co-located mobile node and of the relaying foreign agent, and the home
// address, or none, of a mobile node at home, which can but deregister (RFC 5944 §3.6.1.1,
// §3.7.2.2). Foreign-Home is asked for on one leg only, so that a source address which
// anybody can write does not make a relayed request a direct one.
func requestLeg(role code.Role, r *mipv4.Request, a *Arrival) (code.Leg, error) {
	source := a.From.Addr()
	coLocated := r.Flags.Has(mipv4.FlagDecapsulation)
	direct := coLocated || r.Lifetime == mipv4.Deregister || r.CareOfAddress == r.HomeAddress
	switch {
	case a.Leg != 0:
		if !a.Leg.Request() || a.Leg.Receiver() != role {
			return 0, rules.ErrRequestLeg
		}
		return a.Leg, nil
	case role == code.ForeignAgent:
		return code.MNtoFA, nil
	case direct && (source == r.HomeAddress || source.IsUnspecified()):
		return code.MNtoHA, nil
	case coLocated && source == r.CareOfAddress:
		return code.MNtoHA, nil
	case coLocated:
		return 0, ErrLegUntold
	}
	// Without flag D a mobile node registers through a foreign agent, whose care-of
	// address a deregistration need not name (§3.8.2.2).
	return code.FAtoHA, nil
}

// replyLeg returns the leg of a reply. A mobile node knows that a foreign agent's care-of
// address is what it registers, whose reply that agent relays, and otherwise the home
// agent's address, from which a deregistration may be answered as well.
func replyLeg(role code.Role, asked *mipv4.Request, a *Arrival) (code.Leg, error) {
	direct := asked.Flags.Has(mipv4.FlagDecapsulation) || asked.CareOfAddress == asked.HomeAddress
	switch {
	case a.Leg != 0:
		if !a.Leg.Reply() || a.Leg.Receiver() != role {
			return 0, rules.ErrReplyLeg
		}
		return a.Leg, nil
	case role == code.ForeignAgent:
		return code.HAtoFA, nil
	case !a.From.Addr().Is4():
		return 0, ErrArrival
	case a.From.Addr() == asked.HomeAgent && (direct || asked.Lifetime == mipv4.Deregister):
		return code.HAtoMN, nil
	case !direct:
		return code.FAtoMN, nil
	}
	return 0, ErrLegUntold
}

// LegByTunnelRequest returns the leg that the mobile node of a request with a
// co-located care-of address means by its UDP Tunnel Request (RFC 3519 §4.4, §4.11): with
// flag R set it registers through a foreign agent, and with R clear it does not. The zero
// Leg is returned when there is no such extension in front of its Mobile-Home
// Authentication. A home agent that does NAT traversal gives it as [Arrival.Leg] after
// [ErrLegUntold]; that the extension is authentic is seen when the request is then judged.
func LegByTunnelRequest(r mipv4.Request) code.Leg {
	for x, ok := r.Extensions.First(); ok; x, ok = r.Extensions.Next(x) {
		switch x.Kind() {
		case ext.KindMobileHomeAuth, ext.KindMNAAAAuth:
			return 0
		case ext.KindUDPTunnelRequest:
			switch u, err := ext.ParseUDPTunnelRequest(x); {
			case err != nil || !r.Flags.Has(mipv4.FlagDecapsulation):
				return 0
			case u.ThroughForeignAgent:
				return code.FAtoHA
			}
			return code.MNtoHA
		}
	}
	return 0
}
