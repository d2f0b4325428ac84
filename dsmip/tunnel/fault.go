package tunnel

import "github.com/go-mobileip/dsmipv4/code"

// The reactions: what a text asks for, and what this library recommends where
// the texts are silent.
const (
	discard       = code.ToDiscard | code.AsAdvised
	shouldDiscard = code.ToDiscard | code.AsShould
	mustDiscard   = code.ToDiscard
)

// What is wrong with a Binding.
var (
	// ErrAddresses: the home agent, the home address and the care-of address are
	// not all unicast IPv4, or the home address is one of the others.
	ErrAddresses = code.NewFault("a binding needs a home agent, a home address of its own and a care-of address, all unicast IPv4",
		"RFC 5944 §3.3", code.Caller, 0, 0, 0)
	// ErrMode: the mode is neither Code 0 nor Code 1, or it is Code 1 in the
	// implicit mode.
	ErrMode = code.NewFault("the tunneling mode is Code 0 or 1, and Code 0 in the implicit mode",
		"draft-ietf-mip4-dsmipv4-06 §2.3, §3.2, RFC 5454 §1.4, §2.2", code.Caller, 0, 0, 0)
	// ErrNegotiated: the encapsulation is none, or does not fit what stands
	// beside it: an effective address goes with UDP, keys go with GRE.
	ErrNegotiated = code.NewFault("the encapsulation is none, or does not fit the effective address or the GRE keys",
		"RFC 3519 §4.6, RFC 6245 §5", code.Caller, 0, 0, 0)
	// ErrDelivery: a foreign agent's address goes with reverse tunneling through
	// that foreign agent.
	ErrDelivery = code.NewFault("the encapsulating delivery style needs reverse tunneling and a foreign agent's care-of address",
		"RFC 3024 §3.3, §5.2", code.Caller, 0, 0, 0)
	// ErrPrefixes: a prefix is not one of IPv6 unicast addresses, has host bits,
	// or covers link-local addresses, the unspecified or the loopback address. RFC
	// 5454 §3.7.1 alone registers one link-local address, all 128 bits of it.
	ErrPrefixes = code.NewFault("a registered prefix is not a prefix of IPv6 unicast addresses that may be routed",
		"draft-ietf-mip4-dsmipv4-06 §4.3.2, RFC 5454 §3.3.2, §3.7.1, RFC 4291 §2.5.2, §2.5.3", code.Caller, 0, 0, 0)
	// ErrUDPEncapsulation: a UDP Tunnel Request asks for an encapsulation that is
	// none of 4, 47 and 55.
	ErrUDPEncapsulation = code.NewFault("the UDP tunnel encapsulation is not 0, 4, 47 or 55", "RFC 3519 §3.1.4, §4.6.1", code.Unclear,
		code.ToReject|code.ShouldAnswer|code.Act(code.HAUDPEncapsulationUnavailable), 0, 0)
)

// Why a packet is not tunnelled. Its sender broke nothing by most of these; their
// reactions say what becomes of the packet.
var (
	// ErrIPv6: an address of the packet is not what the question is about: IPv6
	// without zone and not IPv4-mapped.
	ErrIPv6 = code.NewFault("the packet's address is not an IPv6 address without zone", "RFC 4291 §2", code.Caller, 0, 0, 0)
	// ErrNotRegistered: the destination falls under none of the binding's
	// prefixes, or is not the mobile node's home address. A foreign agent SHOULD
	// silently discard such a packet (RFC 5944 §4.2.2).
	ErrNotRegistered = code.NewFault("the destination is not registered for this mobile node",
		"draft-ietf-mip4-dsmipv4-06 §4.3.2, RFC 5454 §3.3.2, RFC 5944 §4.2.2", code.Unclear, discard, shouldDiscard, discard)
	// ErrLinkLocal: packets to the mobile node's link-local address MUST NOT be
	// tunnelled under the draft, but be discarded. [Unreachable] says whether
	// their source hears of it.
	ErrLinkLocal = code.NewFault("a packet to the mobile node's link-local address is not tunneled",
		"draft-ietf-mip4-dsmipv4-06 §4.3.2", code.Unclear, mustDiscard, discard, discard)
	// ErrLinkScope: a packet to a multicast group of link-local scope or smaller
	// MUST NOT be tunnelled under the draft, and SHOULD be silently discarded
	// after local delivery.
	ErrLinkScope = code.NewFault("a multicast packet of link-local scope is not tunneled",
		"draft-ietf-mip4-dsmipv4-06 §4.3.2", code.Unclear, shouldDiscard, 0, discard)
	// ErrSmallScope: a packet to a multicast group of a scope larger than
	// link-local and smaller than global SHOULD NOT be tunnelled under the draft.
	ErrSmallScope = code.NewFault("a multicast packet of a scope below global is not tunneled",
		"draft-ietf-mip4-dsmipv4-06 §4.3.2", code.Unclear, shouldDiscard, 0, 0)
	// ErrNodeScope: a multicast packet of scope 0, or of interface-local scope,
	// travels on no link.
	ErrNodeScope = code.NewFault("a multicast packet of scope 0 or 1 leaves no node", "RFC 4291 §2.7", code.Must, mustDiscard, mustDiscard, mustDiscard)
	// ErrNotSubscribed: the mobile node has not subscribed to the group.
	ErrNotSubscribed = code.NewFault("the mobile node has not subscribed to the multicast group",
		"draft-ietf-mip4-dsmipv4-06 §4.3.2, RFC 5454 §3.3.2", code.Unclear, discard, 0, 0)
	// ErrHalfBound: a mobile node that registered its own care-of address through
	// a foreign agent behind a NAT is reached only after its first keepalive,
	// which [Binding.Keepalive] judges.
	ErrHalfBound = code.NewFault("the UDP tunnel is half bound: no keepalive has come yet", "RFC 3519 §4.6, §4.11", code.Caller, 0, 0, 0)
	// ErrForeignAgent: the foreign agent has no part in the mobile node's IPv6:
	// under RFC 5454 it never has, under the draft only when the registration
	// says that IPv6 goes to its care-of address.
	ErrForeignAgent = code.NewFault("the foreign agent neither receives nor sends IPv6 for this mobile node",
		"draft-ietf-mip4-dsmipv4-06 §4.4, RFC 5454 §3.4", code.Unclear, 0, discard, 0)
	// ErrMulticastDelivery: a mobile node that has its multicast packets tunnelled
	// by the foreign agent MUST use the encapsulating delivery style.
	ErrMulticastDelivery = code.NewFault("a multicast packet for the reverse tunnel needs the encapsulating delivery style", "RFC 3024 §5.3",
		code.Must, 0, discard, 0)
	// ErrOnLink: a packet from or to a link-local address stays on the link
	// between the mobile node and the foreign agent.
	ErrOnLink = code.NewFault("a packet with a link-local address stays on its link", "RFC 4291 §2.5.6", code.Unclear, 0, mustDiscard, 0)
)

// Why what came is not let in. [SecurityException] says which of them are to be
// logged.
var (
	// ErrNotTunneled: the packet came in no tunnel, and should have.
	ErrNotTunneled = code.NewFault("the packet is in no tunnel", "draft-ietf-mip4-dsmipv4-06 §4.3.2, §4.5, RFC 5454 §3.3.2, §3.5",
		code.Unclear, 0, 0, discard)
	// ErrOuterSource: the source of the outer header is neither the care-of
	// address nor the home address, or at the other end not the home agent.
	ErrOuterSource = code.NewFault("the outer source is not an end of this mobile node's tunnels",
		"draft-ietf-mip4-dsmipv4-06 §4.3.2, §5, RFC 5454 §3.3.2, §4, RFC 3024 §4.3.2, RFC 4213 §3.6", code.Must, mustDiscard, mustDiscard, mustDiscard)
	// ErrPort: a UDP port is not that of the tunnel.
	ErrPort = code.NewFault("the UDP ports are not those of the tunnel", "RFC 3519 §4.3", code.Must, mustDiscard, mustDiscard, mustDiscard)
	// ErrEndpoint: a tunnel does not end here.
	ErrEndpoint = code.NewFault("the tunnel does not end at this node", "RFC 4213 §3.6", code.Must, discard, discard, discard)
	// ErrEncapsulation: the packet uses an encapsulation that was not negotiated
	// at registration.
	ErrEncapsulation = code.NewFault("the encapsulation was not negotiated", "RFC 3024 §4.3.2, RFC 3519 §3.3, §4.7", code.Must,
		mustDiscard, mustDiscard, mustDiscard)
	// ErrKey: the GRE key is not the one that was assigned, or there is one where
	// none was, or none where one was.
	ErrKey = code.NewFault("the GRE key is not the one that was assigned", "RFC 6245 §5", code.Must, discard, discard, discard)
	// ErrHomeMode: IPv6 came to or from the care-of address although it is to
	// travel in the home address's tunnel. The texts accept the one in one mode
	// and the other in the other, and do not say what becomes of the rest.
	ErrHomeMode = code.NewFault("IPv6 is outside the home address's tunnel",
		"draft-ietf-mip4-dsmipv4-06 §2.3, §4.3.2, RFC 5454 §1.4, §3.3.2", code.Unclear, discard, discard, discard)
	// ErrMLD: a message of MLD came through the foreign agent, which it has to
	// bypass; under RFC 5454 it came outside the home address's tunnel.
	ErrMLD = code.NewFault("a message of MLD is outside the home address's tunnel", "draft-ietf-mip4-dsmipv4-06 §4.3.3, RFC 5454 §3.3.3",
		code.Must, discard, discard, discard)
	// ErrInnerSource: under the draft, the source of the inner header is no
	// registered address and falls under no registered prefix. The home agent
	// SHOULD check that.
	ErrInnerSource = code.NewFault("the inner source is not registered for this mobile node",
		"draft-ietf-mip4-dsmipv4-06 §4.3.2, §5", code.Should, shouldDiscard, discard, 0)
	// ErrInnerSource5454: the same under RFC 5454, where the home agent MUST check
	// it.
	ErrInnerSource5454 = code.NewFault("the inner source falls under no prefix that is registered for this mobile node",
		"RFC 5454 §3.3.2, §4", code.Must, shouldDiscard, discard, 0)
	// ErrInvalidSource: the inner source is multicast, loopback, IPv4-compatible
	// or IPv4-mapped.
	ErrInvalidSource = code.NewFault("the inner source is no valid IPv6 source", "RFC 4213 §3.6", code.Must, mustDiscard, mustDiscard, mustDiscard)
	// ErrKeepalive: what came is not the keepalive that binds a half-bound tunnel.
	ErrKeepalive = code.NewFault("not the keepalive of this half-bound tunnel", "RFC 3519 §4.6", code.Must, discard, 0, 0)
)

// What cannot be read. The texts name a reaction for some of it; a packet that
// cannot be read cannot be forwarded either.
var (
	// ErrIPv4Cut: an IPv4 header is cut, or its lengths do not fit the packet.
	ErrIPv4Cut = code.NewFault("an IPv4 header is cut, or its lengths do not fit the packet", "RFC 791 §3.1", code.Must, discard, discard, discard)
	// ErrIPv4Checksum: the header checksum of an IPv4 header is wrong.
	ErrIPv4Checksum = code.NewFault("the IPv4 header checksum is wrong", "RFC 791 §3.1", code.Must, discard, discard, discard)
	// ErrFragment: the packet is a fragment. Reassembly comes first.
	ErrFragment = code.NewFault("a fragment is to be reassembled before it is decapsulated", "RFC 4213 §3.6", code.Caller, 0, 0, 0)
	// ErrIPv6Cut: an IPv6 header is cut, or its Payload Length runs past the end.
	ErrIPv6Cut = code.NewFault("an IPv6 header is cut, or its Payload Length runs past the end", "RFC 2460 §3", code.Must, discard, discard, discard)
	// ErrVersion: the version of the inner packet does not fit the protocol that
	// announces it, or that of a packet is not the one that it is read as.
	ErrVersion = code.NewFault("the version of the inner packet does not fit its protocol", "RFC 4213 §3.5, RFC 2784 §3, RFC 3519 §3.3",
		code.Must, discard, discard, discard)
	// ErrProtocol: the protocol is none that carries a packet of a mobile node.
	ErrProtocol = code.NewFault("the protocol is not 4, 41, 47 or 55", "RFC 3519 §3.3, RFC 4213 §3.5", code.Must, discard, discard, discard)
	// ErrGRECut: a GRE header is cut.
	ErrGRECut = code.NewFault("a GRE header is cut", "RFC 2784 §2.1, RFC 2890 §2", code.Must, discard, discard, discard)
	// ErrGREReserved: one of the bits 1, 4 and 5 is set. RFC 2890 gave the bits 2
	// and 3 a meaning again.
	ErrGREReserved = code.NewFault("a reserved bit of the GRE header is set that a receiver must not ignore", "RFC 2784 §2.3, RFC 2890 §2",
		code.Must, mustDiscard, mustDiscard, mustDiscard)
	// ErrGREVersion: the version of the GRE header is not 0.
	ErrGREVersion = code.NewFault("the GRE version is not 0", "RFC 2784 §2.3.1", code.Must, discard, discard, discard)
	// ErrGREChecksum: the checksum of a GRE packet is wrong.
	ErrGREChecksum = code.NewFault("the GRE checksum is wrong", "RFC 2784 §2.5", code.Must, discard, discard, discard)
	// ErrProtocolType: the GRE Protocol Type is neither IPv4 nor IPv6.
	ErrProtocolType = code.NewFault("the GRE Protocol Type is neither IPv4 nor IPv6", "RFC 2784 §2.4", code.Unclear,
		discard, discard, discard)
	// ErrMinimalCut: a minimal forwarding header is cut.
	ErrMinimalCut = code.NewFault("a minimal forwarding header is cut", "RFC 2004 §3", code.Must, discard, discard, discard)
	// ErrMinimalChecksum: the checksum of a minimal forwarding header is wrong.
	ErrMinimalChecksum = code.NewFault("the checksum of the minimal forwarding header is wrong", "RFC 2004 §3", code.Must, discard, discard, discard)
)

// What cannot be written.
var (
	// ErrMinimalIPv6: a minimal forwarding header has no room for the addresses
	// of an IPv6 header.
	ErrMinimalIPv6 = code.NewFault("minimal encapsulation cannot carry IPv6", "RFC 2004 §3, RFC 5454 §3.3.2", code.Caller, 0, 0, 0)
	// ErrPath: a Path is none that a packet can travel: its inner tunnel is not
	// IPv6 in IPv4, an end is not IPv4, or a key goes with what is not GRE.
	ErrPath = code.NewFault("the path has no such tunnel", "draft-ietf-mip4-dsmipv4-06 §4.3.2, RFC 5454 §3.3.2", code.Caller, 0, 0, 0)
	// ErrTooLong: the IPv4 datagram would be longer than 65,535 bytes.
	ErrTooLong = code.NewFault("an IPv4 datagram has at most 65,535 bytes", "RFC 791 §3.1", code.Caller, 0, 0, 0)
	// ErrTTL: a Time to Live of zero cannot be sent.
	ErrTTL = code.NewFault("a Time to Live of 0 cannot be sent", "RFC 791 §3.1", code.Caller, 0, 0, 0)
	// ErrIPv4Address: an address of a header to write is not IPv4.
	ErrIPv4Address = code.NewFault("the address is not an IPv4 address", "RFC 791 §3.1", code.Caller, 0, 0, 0)
)

// SecurityException reports whether what was not let in is to be logged as a
// security exception (draft §5, RFC 5454 §4; RFC 3024 §4.3.2): an outer source, an
// encapsulation or an inner source that the registration does not cover. The
// error is one that [Binding.Admit] gave. Everything else that Admit refuses is
// discarded without a word.
func SecurityException(err error) bool {
	switch err {
	case ErrOuterSource, ErrPort, ErrEncapsulation, ErrKey, ErrHomeMode, ErrInnerSource, ErrInnerSource5454, ErrInvalidSource:
		return true
	}
	return false
}
