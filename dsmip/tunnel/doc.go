// Package tunnel is the traffic side of Dual-Stack Mobile IPv4. Import it to
// decide where an IPv6 packet of a mobile node goes, what is let in from a
// tunnel, and to write and read the headers of the tunnels.
//
// A [Binding] is what an agent or a mobile node keeps of a registration. Pure
// functions of it and of a [Packet] decide: [Binding.Forward] and
// [Binding.Admit] at the home agent, [Binding.Send] and [Binding.Receive] at the
// mobile node, [Binding.Deliver] and [Binding.Relay] at a foreign agent.
// They speak of a [Path], the one or two tunnels that a packet travels in;
// [Path.Encapsulate] writes a packet in its tunnels, [Decapsulate] and
// [DecapsulateUDP] read one.
//
// There are two texts, draft-ietf-mip4-dsmipv4-06 §4.3.2, §4.3.3, §4.4, §4.5,
// §4.8 and §5, and RFC 5454 §3.3.2, §3.3.3, §3.5, §3.9 and §4; the binding's
// Profile says which one is spoken. Where they conflict or are silent this
// package decides:
//
//   - The minimal forwarding header (RFC 2004 §3) has no room for IPv6
//     addresses. RFC 5454 forbids it for IPv6; the draft allows it with the
//     Protocol of IPv6, which is what the home address's tunnel within minimal
//     encapsulation looks like. So with minimal encapsulation IPv6 travels in
//     the home address's tunnel, whatever mode was registered.
//   - In UDP (RFC 3519) IPv6 to and from the care-of address stands in Tunnel
//     Data directly, with the Next Header of IPv6, also when GRE or minimal
//     encapsulation was negotiated for the rest: the MUST of draft §4.8 and RFC
//     5454 §3.9 overrules the lower-case "should" of draft §4.3.2.
//   - A multicast packet does not say to a foreign agent which visitor it is for.
//     With a foreign agent's care-of address groups take the home address's
//     tunnel, as RFC 5944 §4.4 has it for IPv4.
//   - RFC 5454 §3.5 lets a mobile node with a foreign agent's care-of address
//     act on Code 1 as on Code 0; its home agent does the same.
//   - The texts accept IPv6 from the home address in one mode and from the care-of
//     address in the other. The home address's tunnel is accepted in both, also
//     when it comes outside a negotiated UDP tunnel, for the draft makes that a MUST
//     and MLD needs it; the care-of address's only in its own mode.
//   - RFC 5454 §3.7.1 lets the mobile node use a link-local address in the tunnel
//     once it is registered, so before that it may not, although §3.6 has
//     both ends configure one.
//   - A request with both flags M and G gets GRE, which can carry IPv6.
//
// Every error is a *[code.Fault]. The package keeps no state, allocates nothing
// but for strings, and does no input or output; everything is safe for concurrent
// use while nobody changes a Binding.
package tunnel
