package rules

import (
	"bytes"
	"net/netip"
	"slices"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Service is what a receiver has of something that can be asked for.
type Service uint8

// The states of a service.
const (
	ServiceUnknown  Service = iota // it is not judged
	ServiceOffered                 // who asks for it gets it
	ServiceDemanded                // who does not ask for it is denied
	ServiceRefused                 // who asks for it is denied
)

// String returns "unknown", "offered", "demanded" or "refused".
func (s Service) String() string {
	switch s {
	case ServiceUnknown:
		return "unknown"
	case ServiceOffered:
		return "offered"
	case ServiceDemanded:
		return "demanded"
	case ServiceRefused:
		return "refused"
	}
	return "service " + strconv.Itoa(int(s))
}

// Receiver is what only the receiver of a request knows of itself and of the datagram.
// What it does not tell is not judged: a list that is nil is not told, and an empty one
// says that there is none. Addresses are of IPv4; one that a socket gives as IPv4-mapped
// IPv6 equals none of a message, and is to be unmapped first (netip.Addr.Unmap).
type Receiver struct {
	// Addresses are its own unicast addresses. A home agent denies what names another
	// as its Home Agent (RFC 5944 §3.8.3.2), or was sent to another; a foreign agent
	// that is no home agent denies what names itself (§3.7.2).
	Addresses []netip.Addr
	// Source and Destination are those of the datagram; one that is not of IPv4 is not
	// told. To a home agent whose Addresses are told, a Destination that is none of them
	// is the broadcast address of its subnet (RFC 5944 §3.8.2.1), but for 224.0.0.11.
	Source, Destination netip.Addr
	// TTL is that of the datagram; 0 stands for not known.
	TTL uint8
	// CareOfAddresses are those that a foreign agent offers (RFC 5944 §3.7.2.1);
	// 255.255.255.255 among them stands for a gateway's to be assigned (RFC 4857 §7.1).
	CareOfAddresses []netip.Addr
	// LongestLifetime is the longest that a foreign agent grants; 0 stands for not known
	// (RFC 5944 §3.7.2.3).
	LongestLifetime mipv4.Lifetime
	// ReverseTunnel, MinimalEncapsulation, GREEncapsulation, UDPTunnel and
	// EncapsulatingDelivery are what it has of tunnels (RFC 3024 §3.4, RFC 5944 §3.7.2.3,
	// RFC 3519 §4.6.1). ReverseTunnel alone can be demanded; of the others
	// ServiceDemanded is as ServiceOffered. A foreign agent that refuses UDPTunnel
	// advertises no U flag (RFC 3519 §4.4).
	ReverseTunnel, MinimalEncapsulation, GREEncapsulation, UDPTunnel, EncapsulatingDelivery Service
	// HomeAddressRequired says that a foreign agent cannot tell nodes apart by their NAI
	// alone (RFC 2794 §3).
	HomeAddressRequired bool
	// Serves reports whether a home agent can support a home address; nil stands for not
	// known (RFC 5944 §3.8.3.2).
	Serves func(home netip.Addr) bool
	// Challenge says whether a foreign agent demands one of who shares no association
	// with it, or at least advertises one, which is Offered; Refused says nothing of it.
	// Challenges has those that it gave and takes, and Used those that were answered
	// before (RFC 4721 §3.2).
	Challenge        Service
	Challenges, Used [][]byte // Used without that of a request which is still pending
}

// The faults that only the receiver of a request can find. The sender broke nothing, or
// could not know.
var (
	// ErrNotHomeAgent: the home agent gives its own address with the denial.
	ErrNotHomeAgent = code.NewFault("the Home Agent is no address of this home agent", "RFC 5944 §3.8.3.2", code.Unclear,
		code.ToReject|code.Act(code.HAUnknownHomeAgentAddress), 0, 0)
	// ErrForeignAsHome: the foreign agent is not the node's home agent, and MUST NOT
	// forward to itself. RFC 5944 prints 194 for the Code 116 (erratum 3116).
	ErrForeignAsHome = code.NewFault("the Home Agent is the foreign agent, which is none", "RFC 5944 §3.7.2, erratum 3116", code.Unclear,
		0, code.ToReject|code.Act(code.FAInvalidHomeAgentAddress), 0)
	// ErrRequestedHADestination: a Requested HA is where the request was sent.
	ErrRequestedHADestination = code.NewFault("the Requested HA is not where the request was sent", "RFC 4433 §5.1.2, §5.3", code.Must,
		code.ToReject|code.Act(code.HAUnknownHomeAgentAddress), 0, 0)
	// ErrBroadcastDestination: what was sent to the subnet is denied with the address to
	// send to. What is not sent to an address of the home agent's is taken for that.
	ErrBroadcastDestination = code.NewFault("the request was not sent to a unicast address", "RFC 5944 §3.8.2.1", code.Unclear,
		code.ToReject|code.ShouldAnswer|code.Act(code.HAUnknownHomeAgentAddress), 0, 0)
	// ErrSource: a mobile node sends from its co-located care-of address, or its home
	// address, or 0.0.0.0; a foreign agent from the care-of address that it offers. A NAT
	// in between shows as another source, which a UDP Tunnel Request is there for: a
	// request that has one is not judged so.
	ErrSource = code.NewFault("the request comes from an address that is not its sender's", "RFC 5944 §3.6.1.1, §3.7.2.2, RFC 3519 §4.6.1", code.Must,
		code.ToReject|code.AdvisedAnswer|code.Act(code.HAAdministrativelyProhibited), ignore, 0)
	// ErrHomeAddressRequired: the foreign agent cannot track the registration.
	ErrHomeAddressRequired = code.NewFault("the foreign agent needs a Home Address, and there is none", "RFC 2794 §3, §5", code.Unclear,
		0, code.ToReject|code.Act(code.FANonzeroHomeAddressRequired), 0)
	// ErrHomeAddressNotServed: the home agent cannot support the home address.
	ErrHomeAddressNotServed = code.NewFault("the home agent does not serve the Home Address", "RFC 5944 §3.8.3.2", code.Unclear,
		code.ToReject|code.Act(code.HAAdministrativelyProhibited), 0, 0)
	// ErrOfferedWithD: the foreign agent's care-of address is no co-located one.
	ErrOfferedWithD = code.NewFault("the D flag, although the foreign agent offers the Care-of Address", "RFC 5944 §3.6.1.2", code.Must, 0, ignore, 0)
	// ErrCareOfAddressNotOffered: without the D flag the care-of address is one of the
	// foreign agent's.
	ErrCareOfAddressNotOffered = code.NewFault("the Care-of Address is none that the foreign agent offers", "RFC 5944 §3.7.2.1", code.Must,
		0, code.ToReject|code.Act(code.FAInvalidCareOfAddress), 0)
	// ErrLifetimeTooLong: the foreign agent says how long it grants.
	ErrLifetimeTooLong = code.NewFault("the Lifetime is longer than the foreign agent grants", "RFC 5944 §3.6.1.2, §3.7.2.3", code.Should,
		0, code.ToReject|code.ShouldAnswer|code.Act(code.FALifetimeTooLong), 0)
	// ErrEncapsulationUnavailable: what is asked for is not to be had.
	ErrEncapsulationUnavailable = code.NewFault("the agent does not have the encapsulation that is asked for", "RFC 3024 §3.4, §4.2.1, RFC 5944 §3.7.2.3", code.Unclear,
		code.ToReject|code.Act(code.HAEncapsulationUnavailable), code.ToReject|code.Act(code.FAEncapsulationUnavailable), 0)
	// ErrReverseTunnelUnavailable: the T flag is refused.
	ErrReverseTunnelUnavailable = code.NewFault("the agent does not have reverse tunnels", "RFC 3024 §3.4", code.Unclear,
		code.ToReject|code.Act(code.HAReverseTunnelUnavailable), code.ToReject|code.Act(code.FAReverseTunnelUnavailable), 0)
	// ErrReverseTunnelMandatory: the T flag is missed.
	ErrReverseTunnelMandatory = code.NewFault("the agent demands a reverse tunnel, and the T flag is not set", "RFC 3024 §3.4", code.Unclear,
		code.ToReject|code.MayAnswer|code.Act(code.HAReverseTunnelMandatory), code.ToReject|code.MayAnswer|code.Act(code.FAReverseTunnelMandatory), 0)
	// ErrTooDistant: who asks for a reverse tunnel is on the link, and sends with a TTL
	// of 255.
	ErrTooDistant = code.NewFault("the T flag, and the TTL is not 255", "RFC 3024 §4.1.1, §4.2.1", code.Must,
		0, code.ToReject|code.Act(code.FAMobileNodeTooDistant), 0)
	// ErrDeliveryStyle: the foreign agent does not implement it.
	ErrDeliveryStyle = code.NewFault("the foreign agent does not have the Encapsulating Delivery Style", "RFC 3024 §3.4, §4.2.1", code.Unclear,
		0, code.ToReject|code.Act(code.FADeliveryStyleNotSupported), 0)
	// ErrUDPTunnelUnavailable: UDP tunnelling that is asked for by force, or that a NAT
	// makes necessary, is administratively prohibited.
	ErrUDPTunnelUnavailable = code.NewFault("a UDP tunnel is needed, and the home agent does not allow it", "RFC 3519 §3.1.1, §4.6.1", code.Unclear,
		code.ToReject|code.ShouldAnswer|code.Act(code.HAAdministrativelyProhibited), 0, 0)
	// ErrUDPTunnelEncapsulation: the encapsulation inside is not to be had.
	ErrUDPTunnelEncapsulation = code.NewFault("the home agent does not have the encapsulation that the UDP Tunnel Request asks for", "RFC 3519 §4.6.1", code.Unclear,
		code.ToReject|code.ShouldAnswer|code.Act(code.HAUDPEncapsulationUnavailable), 0, 0)
	// ErrChallengeMissing: who shares no association with the foreign agent answers its
	// challenge by MN-AAA. One elsewhere than before that, and behind Mobile-Home, is none.
	ErrChallengeMissing = code.NewFault("the foreign agent demands a Challenge, and there is none", "RFC 4721 §3.1, §3.2", code.Must,
		0, code.ToReject|code.Act(code.FAMissingChallenge), 0)
	// ErrChallengeOmitted: who shares an association with the foreign agent SHOULD take the
	// challenge that is advertised.
	ErrChallengeOmitted = code.NewFault("a foreign agent with which the mobile node shares an association advertises a Challenge, and there is none", "RFC 4721 §3.1", code.Should, 0, 0, 0)
	// ErrTunnelRequestUnadvertised: the co-located mobile node has to see the U flag of a
	// foreign agent to send one through it.
	ErrTunnelRequestUnadvertised = code.NewFault("a UDP Tunnel Request through a foreign agent that does not advertise the U flag", "RFC 3519 §4.4", code.Must, 0, ignore, 0)
	// ErrChallengeUnknown: it is none of those that were given.
	ErrChallengeUnknown = code.NewFault("the foreign agent has not given the Challenge", "RFC 4721 §3.1, §3.2", code.Must,
		0, code.ToReject|code.ShouldAnswer|code.Act(code.FAUnknownChallenge), 0)
	// ErrChallengeStale: it was answered before.
	ErrChallengeStale = code.NewFault("the Challenge was used before", "RFC 4721 §3.1, §3.2", code.Must,
		0, code.ToReject|code.ShouldAnswer|code.Act(code.FAStaleChallenge), 0)
)

// nonsense reports whether a service is in none of the states that there are.
func (at *Receiver) nonsense() bool {
	return max(at.ReverseTunnel, at.MinimalEncapsulation, at.GREEncapsulation, at.UDPTunnel, at.EncapsulatingDelivery, at.Challenge) > ServiceRefused
}

// atReceiver judges the fixed part of a request, and what is missing, by what the
// receiver, which there is, knows.
func (w *walk) atReceiver(tell *telling) {
	at, r := w.s.Receiver, w.request
	foreign := w.s.Leg == code.MNtoFA
	coLocated, deregisters := r.Flags.Has(mipv4.FlagDecapsulation), r.Lifetime == mipv4.Deregister
	reverse := r.Flags.Has(mipv4.FlagReverseTunnel)
	own := slices.Contains(at.Addresses, r.HomeAgent)
	tell.when(careOfAddressAt, at.Source.Is4() && !w.survey.tunnel && !w.sends(at.Source), ErrSource)
	tell.when(flagsAt, reverse && at.ReverseTunnel == ServiceRefused, ErrReverseTunnelUnavailable)
	tell.when(flagsAt, !reverse && !deregisters && at.ReverseTunnel == ServiceDemanded, ErrReverseTunnelMandatory)
	// Encapsulation is a matter of who ends the tunnel: the foreign agent, but for a
	// co-located care-of address.
	ends := !(foreign && coLocated)
	minimal, gre := r.Flags.Has(mipv4.FlagMinimal), r.Flags.Has(mipv4.FlagGRE)
	tell.when(flagsAt, ends && !deregisters && (minimal && at.MinimalEncapsulation == ServiceRefused || gre && at.GREEncapsulation == ServiceRefused), ErrEncapsulationUnavailable)
	if foreign {
		tell.when(flagsAt, reverse && at.TTL != 0 && at.TTL != 255 && !at.Destination.IsMulticast() && at.ReverseTunnel != ServiceRefused, ErrTooDistant)
		tell.when(lifetimeAt, at.LongestLifetime != 0 && r.Lifetime > at.LongestLifetime, ErrLifetimeTooLong)
		tell.when(homeAgentAt, own, ErrForeignAsHome)
		tell.when(homeAddressAt, at.HomeAddressRequired && r.HomeAddress.IsUnspecified(), ErrHomeAddressRequired)
		tell.when(flagsAt, coLocated && slices.Contains(at.CareOfAddresses, r.CareOfAddress), ErrOfferedWithD)
		tell.when(careOfAddressAt, at.CareOfAddresses != nil && !coLocated && !deregisters && !at.offers(r.CareOfAddress), ErrCareOfAddressNotOffered)
		tell.when(w.size, at.Challenge == ServiceDemanded && w.s.MobileForeign == None && !w.challenged(), ErrChallengeMissing)
		advertised := at.Challenge == ServiceDemanded || at.Challenge == ServiceOffered
		tell.when(w.size, advertised && w.s.MobileForeign == Shared && w.survey.challenge == 0, ErrChallengeOmitted)
		return
	}
	// Serves gets a copy made of bytes: handed the field, a function that is not known here
	// would move the datagram from the caller's stack to the heap.
	tell.when(homeAddressAt, at.Serves != nil && r.HomeAddress.Is4() && !r.HomeAddress.IsUnspecified() && !at.Serves(netip.AddrFrom4(r.HomeAddress.As4())), ErrHomeAddressNotServed)
	sent := at.Destination.Is4()
	allMobilityAgents := netip.AddrFrom4([4]byte{224, 0, 0, 11})
	tell.when(homeAgentAt, sent && (allOnes(at.Destination) || at.Destination.IsMulticast() && at.Destination != allMobilityAgents || !at.Destination.IsMulticast() && at.Addresses != nil && !slices.Contains(at.Addresses, at.Destination)), ErrBroadcastDestination)
	tell.when(homeAgentAt, at.Addresses != nil && !own && !dynamic(r.HomeAgent), ErrNotHomeAgent)
}

// challenged reports whether a request has a Challenge that counts with who shares no
// association with the foreign agent: one that stands behind Mobile-Home, where there is that,
// and before MN-AAA (RFC 4721 §3.1). Only such a one is compared with those that the foreign
// agent gave.
func (w *walk) challenged() bool {
	if w.survey.challenge == 0 {
		return false
	}
	home := w.survey.home == 0 // or behind it
	l := w.request.Extensions
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		switch x.Kind() {
		case ext.KindMobileHomeAuth:
			home = home || authentic(x)
		case ext.KindMNAAAAuth:
			if home && authentic(x) {
				return false
			}
		case ext.KindChallenge:
			// One that nothing answers is there, and has a fault of its own.
			if at := x.Offset(); home && (at < w.survey.lastAAA || at > w.survey.answer) {
				return true
			}
		}
	}
	return false
}

// offers reports whether a care-of address is one of the foreign agent's. 0.0.0.0 asks
// for the gateway's where 255.255.255.255 is offered (RFC 4857 §7.1).
func (at *Receiver) offers(careOf netip.Addr) bool {
	return slices.Contains(at.CareOfAddresses, careOf) || careOf.IsUnspecified() && slices.ContainsFunc(at.CareOfAddresses, allOnes)
}

// sends reports whether an address can be where the request was sent from.
func (w *walk) sends(source netip.Addr) bool {
	r := w.request
	coLocated := r.Flags.Has(mipv4.FlagDecapsulation)
	switch w.s.Leg {
	case code.MNtoFA:
		return source == r.HomeAddress || source.IsUnspecified() || coLocated && source == r.CareOfAddress
	case code.FAtoHA:
		// A deregistration may come through another foreign agent (§3.8.2.2).
		return coLocated || source == r.CareOfAddress || r.Lifetime == mipv4.Deregister
	}
	return source == r.CareOfAddress || source == r.HomeAddress || source.IsUnspecified()
}

// body judges an extension of a request by what the receiver knows.
func (at *Receiver) body(w *walk, x ext.Raw, v *findings) {
	foreign := w.s.Leg == code.MNtoFA
	switch x.Kind() {
	case ext.KindEncapsulatingDelivery:
		if foreign && at.EncapsulatingDelivery == ServiceRefused {
			v.add(ErrDeliveryStyle)
		}
	case ext.KindRequestedHA:
		if h, err := ext.ParseRequestedHA(x); err == nil && !foreign && at.Destination.Is4() && h.HAAddress != at.Destination {
			v.add(ErrRequestedHADestination)
		}
	case ext.KindUDPTunnelRequest:
		if foreign && at.UDPTunnel == ServiceRefused && w.request.Flags.Has(mipv4.FlagDecapsulation) {
			v.add(ErrTunnelRequestUnadvertised)
		}
		t, err := ext.ParseUDPTunnelRequest(x)
		if err != nil || foreign {
			return
		}
		behindNAT := at.Source.Is4() && at.Source != w.request.CareOfAddress
		if (t.Force || behindNAT) && at.UDPTunnel == ServiceRefused {
			v.add(ErrUDPTunnelUnavailable)
		}
		if t.Encapsulation == protocolGRE && at.GREEncapsulation == ServiceRefused || t.Encapsulation == protocolMinimal && at.MinimalEncapsulation == ServiceRefused {
			v.add(ErrUDPTunnelEncapsulation)
		}
	case ext.KindChallenge:
		has := func(all [][]byte) bool {
			for _, c := range all {
				if bytes.Equal(c, x.Body()) {
					return true
				}
			}
			return false
		}
		switch {
		case !foreign, w.challenges > 1: // of several the first is answered
		case has(at.Used):
			v.add(ErrChallengeStale)
		case at.Challenges != nil && !has(at.Challenges):
			v.add(ErrChallengeUnknown)
		}
	}
}
