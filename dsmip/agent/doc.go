// Package agent puts the steps of RFC 5944 §3.6 to §3.8 in their order for whoever
// receives a registration message. Import it to build a home agent, a foreign agent
// or a mobile node. It is experimental until v1: its names and shapes may change.
//
// There is one way in. A datagram, and where it came from, when and with what TTL, go
// in; out comes what counts, or a fault:
//
//	registration, err := receiver.Request(datagram, arrival)
//	if err != nil {
//		if answer, ok := registration.Refuse(buf[:0], err); ok {
//			send(answer)
//		}
//		return
//	}
//
// What comes out was parsed; travelled on a leg that is known; is authenticated by the
// associations that the caller looked up; is right by the rule book, layouts included;
// and is fresh. Registration.Mobile and Registration.Foreign have what the mobile
// node and the foreign agent said: what an authenticator of theirs protects, without
// what is to be ignored. Registration.Reply writes the answer, signs it as it must be
// signed and notes that the request was used; Registration.Refuse writes the denial that
// the texts ask for. A foreign agent goes on with Registration.Relay. For replies there
// are Receiver.Reply, Registered.Relay, and Registered.Outcomes.
//
// The order is that of RFC 5944 §3.8.2.1 and §3.7.2.1: what is to be discarded silently
// whoever wrote it; Foreign-Home, since an answer to the rest depends on it; Mobile-Home
// and MN-AAA, or Mobile-Foreign; the Identification; then every other rule and the limits
// of the receiver. So a home agent tells nobody anything about a message that he has not
// authenticated, but that his authentication failed. A foreign agent without an association
// with the mobile node cannot tell who asks, and answers everybody.
//
// Where the texts conflict or leave a choice:
//
//   - A leg that the addresses do not tell is the caller's to give: a mobile node with a
//     co-located care-of address, and another source address, is behind a NAT or behind
//     a foreign agent. See [ErrLegUntold] and [LegByTunnelRequest].
//   - Denials that a text only SHOULD or MAY ask for are sent. When the mobile node's
//     authenticator is wrong and the request has no Foreign-Home although an
//     association is shared, RFC 5944 §3.8.2.1 a allows no answer: there is none.
//   - Foreign-Home on a deregistration is not verified, and protects nothing (RFC 5944
//     §3.5.4, §3.8.1), and neither a deregistration that is relayed nor its answer has
//     one. RFC 3344 has them.
//   - Foreign-Home is not demanded, and not added, with a co-located care-of address: a foreign
//     agent MUST NOT append it for what it does not advertise (RFC 5944 §3.5.4, Appendix F),
//     whatever §3.7.2.2 and §3.8.2.1 c demand. The mobile node's own authenticator protects
//     flag D. RFC 3344 demands it of every request.
//   - The association with a foreign agent is found by the source address or by the care-of
//     address, which are to be one (RFC 5944 §3.5.4); Appendix F has it found by what the
//     message says, not the header.
//   - MN-AAA is verified where the receiver has an association for it; where not, it is
//     somebody else's to verify, and what it alone protects does not count.
//   - A proxy that authenticates itself instead of a mobile node (RFC 5563 §5.1) is not
//     served.
//   - A foreign agent that is asked to relay to itself answers 116, the number of the
//     registry and of erratum 3116, where RFC 5944 §3.7.2 prints 194.
//
// The package keeps no state: what has to be remembered is the caller's, and [Replay] says
// what a home agent remembers of a mobile node. There is no input or output, no clock, no
// randomness and no goroutine. Denials a second (RFC 5944 §3.7.2), challenges, timers and
// policy are the caller's.
//
// Every error is a *code.Fault. Refusing and accepting allocate nothing; a datagram in an
// array on the caller's stack moves to the heap. A Receiver is safe for concurrent use
// while nobody changes it, if its functions are; a Registration is one goroutine's.
package agent
