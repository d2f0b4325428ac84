package agent

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Headers is what the IP and UDP headers of a datagram are to have.
type Headers struct {
	Source, Destination netip.AddrPort
	TTL                 uint8 // of IPv4; 0 stands for any
}

// port is that of Mobile IPv4.
const port = 434

func allMobilityAgents() netip.Addr { return netip.AddrFrom4([4]byte{224, 0, 0, 11}) }

func limitedBroadcast() netip.Addr { return netip.AddrFrom4([4]byte{255, 255, 255, 255}) }

// ErrDestination: through a foreign agent a mobile node sends to the foreign agent.
var ErrDestination = code.NewFault("a request through a foreign agent is not sent to the Home Agent or to a broadcast address", "RFC 5944 §3.6.1.1", code.Caller, 0, 0, 0)

// RequestHeaders returns the headers of a request that a mobile node sends along a leg to
// an agent's address (RFC 5944 §3.6.1.1, RFC 3024 §4.1.1): from its co-located care-of
// address, its home address, or 0.0.0.0 as long as it has none. An agent whose address is
// not known, the zero Addr or 224.0.0.11, is sent to at 224.0.0.11, by its link-layer
// address, with a TTL of 1, also where reverse tunneling would have 255. The source port,
// of the mobile node's choice, is left at 0. The error is [code.ErrLeg] or
// [ErrDestination].
func RequestHeaders(r *mipv4.Request, leg code.Leg, to netip.Addr) (Headers, error) {
	if leg != code.MNtoFA && leg != code.MNtoHA {
		return Headers{}, code.ErrLeg
	}
	h := Headers{Source: netip.AddrPortFrom(r.HomeAddress, 0)}
	if r.Flags.Has(mipv4.FlagDecapsulation) {
		h.Source = netip.AddrPortFrom(r.CareOfAddress, 0)
	}
	switch {
	case !to.IsValid(), to == allMobilityAgents():
		to, h.TTL = allMobilityAgents(), 1
	case leg == code.MNtoFA && (to == r.HomeAgent || to == limitedBroadcast()):
		return Headers{}, ErrDestination
	case leg == code.MNtoFA && r.Flags.Has(mipv4.FlagReverseTunnel):
		h.TTL = 255
	}
	h.Destination = netip.AddrPortFrom(to, port)
	return h, nil
}

// ReplyHeaders returns the headers of the reply to the request, whoever wrote it (RFC 5944
// §3.8.3.1, §3.7.2.3): the addresses and ports of the request, exchanged. Where that
// was not sent to a unicast address of the agent's the first of its own is the source. A
// foreign agent sends to the home address, HomeAddress if the request has none, and to
// 255.255.255.255 when there is neither, or when that is not the address of one host, so that
// an answer reaches nobody beyond the link.
func (g *Registration) ReplyHeaders() Headers {
	if g.receiver == nil {
		return Headers{}
	}
	h := Headers{Source: g.Arrival.To, Destination: g.Arrival.From}
	own := g.receiver.Situation.Receiver.Addresses
	if !g.receiver.owns(h.Source.Addr()) {
		h.Source = netip.AddrPortFrom(own[0], h.Source.Port())
	}
	if g.receiver.Role == code.ForeignAgent {
		to := g.Request.HomeAddress
		if to.IsUnspecified() {
			to = g.HomeAddress
		}
		if !isHost(to, g.Arrival.To.Addr()) {
			to = limitedBroadcast()
		}
		h.Destination = netip.AddrPortFrom(to, h.Destination.Port())
	}
	return h
}

// RelayHeaders returns the headers of a request that a foreign agent relays (RFC 5944
// §3.7.2.2): from the care-of address that it offers, or, where the request names none of
// those, the first that it offers, or the first of its Addresses when it offers none; to
// the Requested HA, when the mobile node has that for its home agent and the foreign agent
// implements it (RFC 4433 §5.2), and otherwise to the Home Agent. Where that asks for the
// assignment of one, by 0.0.0.0 or 255.255.255.255, the destination is the caller's to
// set. The source port, of the foreign agent's choice, is left at 0. Of a Registration
// that no Receiver has made they are the zero Headers, as ReplyHeaders' are.
func (g *Registration) RelayHeaders() Headers {
	if g.receiver == nil {
		return Headers{}
	}
	source := g.Request.CareOfAddress
	if offered := g.receiver.Situation.Receiver.CareOfAddresses; !g.receiver.offers(source) {
		source = g.receiver.Situation.Receiver.Addresses[0]
		if len(offered) != 0 {
			source = offered[0]
		}
	}
	to := g.Request.HomeAgent
	if x, ok := g.Request.Extensions.Find(ext.KindRequestedHA); ok && x.Offset() < g.homeAt && g.receiver.implements(x.Kind()) {
		if r, err := ext.ParseRequestedHA(x); err == nil {
			to = r.HAAddress
		}
	}
	return Headers{Source: netip.AddrPortFrom(source, 0), Destination: netip.AddrPortFrom(to, port)}
}
