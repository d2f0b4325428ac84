package rules

import "github.com/go-mobileip/dsmipv4/code"

// The faults of what the extensions of one message hold.
var (
	// ErrReservedSPIMobileHome: no association may have an SPI of 0-255, so nothing can
	// verify the extension: it is as one that does not verify.
	ErrReservedSPIMobileHome = code.NewFault("Mobile-Home Authentication with a reserved SPI", "RFC 5944 §1.6, §3.6.2.1, §3.8.2.1, RFC 4721 §7", code.Must,
		code.ToReject|code.MayAnswer|code.Act(code.HAMobileNodeFailedAuthentication), 0, code.ToDiscard)
	// ErrReservedSPIMobileForeign: as ErrReservedSPIMobileHome.
	ErrReservedSPIMobileForeign = code.NewFault("Mobile-Foreign Authentication with a reserved SPI", "RFC 5944 §1.6, §3.6.2.1, §3.7.2.1, RFC 4721 §7", code.Must, 0, badMobileForeignFA, code.ToDiscard)
	// ErrReservedSPIForeignHome: as ErrReservedSPIMobileHome.
	ErrReservedSPIForeignHome = code.NewFault("Foreign-Home Authentication with a reserved SPI", "RFC 5944 §1.6, §3.7.3.1, §3.8.2.1, RFC 4721 §7, RFC 4636 §4", code.Must, badForeignHomeHA, badForeignHomeFA, 0)
	// ErrReservedSPIMNAAA: as ErrReservedSPIMobileHome; CHAP_SPI, 2, is the one that is
	// assigned.
	ErrReservedSPIMNAAA = code.NewFault("Mobile-AAA Authentication with a reserved SPI other than CHAP_SPI", "RFC 4721 §3.2, §3.4, §7", code.Must,
		code.ToReject|code.MayAnswer|code.Act(code.HABadAAAAuthentication), code.ToReject|code.MayAnswer|code.Act(code.FABadAAAAuthentication), 0)

	// ErrReservedSPIKeyRequest: the mobile node assigns the SPI to the association that it asks
	// for.
	ErrReservedSPIKeyRequest = code.NewFault("a key generation nonce is requested for a reserved SPI", "RFC 5944 §1.6, RFC 3957 §6.1, §6.3", code.Must, ignore, ignore, 0)

	// ErrDirectSPI: RFC 4721 §3.1 says that the mobile node uses CHAP_SPI then. §8 has that for
	// servers that do not tell associations by their SPI, and §9 lets its value be configured.
	ErrDirectSPI = code.NewFault("Mobile-AAA Authentication of another SPI than CHAP_SPI in a registration with the home agent directly", "RFC 4721 §3.1, §8, §9", code.Unclear, 0, 0, 0)

	// ErrDirectWithoutD: without a foreign agent the care-of address is co-located, unless it
	// is the gateway's that the request is sent to.
	ErrDirectWithoutD = code.NewFault("a registration with the home agent directly, without the D flag", "RFC 5944 §3.6.1.2", code.Should, 0, 0, 0)
	// ErrHomeWithD: the home address is no co-located care-of address.
	ErrHomeWithD = code.NewFault("the D flag, although the Care-of Address is the Home Address", "RFC 5944 §3.6.1.2", code.Must, ignore, ignore, 0)
	// ErrHomeCareOf: the home address as care-of address deregisters all of them; what it
	// means to register it, no text says.
	ErrHomeCareOf = code.NewFault("the Care-of Address is the Home Address, and the Lifetime is not 0", "RFC 5944 §3.6.1.2", code.Unclear, 0, 0, 0)
	// ErrRequestHomeAddress: it is one node's.
	ErrRequestHomeAddress = code.NewFault("the Home Address is a multicast or broadcast address", "RFC 5944 §3.3, §3.6.1.2", code.Must,
		code.ToReject|code.AdvisedAnswer|code.Act(code.HAPoorlyFormedRequest), code.ToReject|code.AdvisedAnswer|code.Act(code.FAPoorlyFormedRequest), 0)
	// ErrRequestHomeAgent: no home agent has such an address, and 0.0.0.0 and 255.255.255.255
	// are what asks for one to be assigned. The home agent MUST reject what does not name it;
	// a foreign agent has nobody to relay to.
	ErrRequestHomeAgent = code.NewFault("the Home Agent is no unicast address, and none that asks for one to be assigned", "RFC 5944 §3.6.1.2, §3.8.3.2, RFC 4433 §5.3.1", code.Must,
		code.ToReject|code.Act(code.HAUnknownHomeAgentAddress), code.ToReject|code.AdvisedAnswer|code.Act(code.FAPoorlyFormedRequest), 0)
	// ErrChallengeNameless: who verifies MN-AAA finds the node by its NAI.
	ErrChallengeNameless = code.NewFault("a Challenge is answered by Mobile-AAA Authentication, but there is no Mobile Node NAI", "RFC 4721 §3.1", code.Should, 0, 0, 0)
	// ErrEmptyNAI: no bytes are no NAI, and name nobody.
	ErrEmptyNAI = code.NewFault("a Mobile Node NAI of no bytes", "RFC 2794 §2", code.Must, ignore, ignore, ignore)
	// ErrRequestedHAOther: it matches the destination of the request, which a unicast
	// Home Agent names.
	ErrRequestedHAOther = code.NewFault("the Requested HA is not the Home Agent", "RFC 4433 §5.1.2, §5.3", code.Must,
		code.ToReject|code.Act(code.HAUnknownHomeAgentAddress), 0, 0)

	// ErrTunnelRequestWithoutR: through a foreign agent a mobile node either must not ask
	// for a UDP tunnel, or must say by the R flag that it does not detect a NAT.
	ErrTunnelRequestWithoutR = code.NewFault("the mobile node's UDP Tunnel Request without its R flag, through a foreign agent", "RFC 3519 §3.1.2, §4.4", code.Must, ignore, ignore, 0)
	// ErrTunnelRequestWithoutT: so that the registration is not accepted and then of no
	// use.
	ErrTunnelRequestWithoutT = code.NewFault("a UDP Tunnel Request without the T flag", "RFC 3519 §3.1.5", code.Should, 0, 0, 0)
	// ErrTunnelRequestEncapsulation: 0 leaves the choice to the flags; 4, 47 and 55 are
	// the protocols that RFC 3519 has tunnels carry, and others are left to others.
	ErrTunnelRequestEncapsulation = code.NewFault("the UDP Tunnel Request asks for an encapsulation other than 4, 47 and 55", "RFC 3519 §3.1.4, §3.3, §4.6.1", code.Unclear,
		code.ToReject|code.ShouldAnswer|code.Act(code.HAUDPEncapsulationUnavailable), 0, 0)

	// ErrMobileNetworkLength: the home agent answers the one prefix with Code 1, not the
	// registration. RFC 6626 §3.1 has length 0 with prefix 0 ask for one.
	ErrMobileNetworkLength = code.NewFault("the prefix length of a Mobile Network Request is 0 or above 32", "RFC 5177 §6.6, RFC 6626 §3.1", code.Must, ignore, 0, 0)
	// ErrMobileNetworkWithoutT: without reverse tunnels the mobile network's packets are
	// filtered where the mobile router visits.
	ErrMobileNetworkWithoutT = code.NewFault("Mobile Network Request without the T flag", "RFC 5177 §5", code.Should, 0, 0, 0)
	// ErrMobileNetworkDeregisters: all goes with the registration.
	ErrMobileNetworkDeregisters = code.NewFault("Mobile Network Request in a deregistration", "RFC 5177 §5, §6.7", code.Must, code.ToIgnore, 0, 0)
	// ErrMobileNetworkAckLength: such a prefix is answered with Code 1.
	ErrMobileNetworkAckLength = code.NewFault("a prefix length of 0 or above 32 is acknowledged as registered", "RFC 5177 §6.6", code.Must, 0, 0, ignore)
	// ErrMobileNetworkAckMissing: Code 147 speaks of prefixes.
	ErrMobileNetworkAckMissing = code.NewFault("Code 147 without Mobile Network Acknowledgement", "RFC 5177 §4.2, §6.6", code.Must, 0, 0, 0)
	// ErrMobileNetworkCode: one that is registered is enough for Code 0.
	ErrMobileNetworkCode = code.NewFault("Code 147 although a mobile network prefix is registered", "RFC 5177 §6.3, §6.6", code.Must, 0, 0, 0)
	// ErrMobileNetworkAllFailed: Code 0 says that at least one was registered.
	ErrMobileNetworkAllFailed = code.NewFault("the registration is accepted although no mobile network prefix was", "RFC 5177 §6.6", code.Must, 0, 0, 0)

	// ErrTraversalUnset: it is what the extension of a request is for. A home agent may ignore
	// it, whatever it holds.
	ErrTraversalUnset = code.NewFault("the MN to HA Traversal Address of a request is 0.0.0.0", "RFC 2356 §7.3", code.Must, mayIgnore, ignore, 0)
	// ErrTraversalReplyUnset: so it is for that of a reply and the mobile node.
	ErrTraversalReplyUnset = code.NewFault("the HA to MN Traversal Address of a reply is 0.0.0.0", "RFC 2356 §7.3", code.Must, 0, ignore, mayIgnore)
	// ErrGatewayAddress: it is registered as care-of address where that of the request is
	// 0.0.0.0, and nobody else is reached by it.
	ErrGatewayAddress = code.NewFault("the GFA IP Address is no unicast address", "RFC 4857 §7.4, §9.1", code.Must,
		code.ToReject|code.AdvisedAnswer|code.Act(code.HAPoorlyFormedRequest), ignore, 0)
	// ErrProxyIDType: 0 is reserved.
	ErrProxyIDType = code.NewFault("the ID-Type of a PMIPv4 Device ID or Subscriber ID, or the Tech-Type of an Access Technology Type, is 0", "RFC 5563 §5.3-5.5", code.Must, ignore, ignore, 0)

	// ErrInterfaceLabel: 0 is reserved.
	ErrInterfaceLabel = code.NewFault("the If-Label of a Multipath extension is 0", "RFC 7629 §4.1", code.Must, ignore, ignore, 0)
	// ErrBindingID: 0 and 255 are reserved.
	ErrBindingID = code.NewFault("a Binding ID is 0 or 255", "RFC 7629 §4.1, §4.2", code.Must, ignore, ignore, ignore)
	// ErrMultipathFlags: what renews all bindings cannot replace them.
	ErrMultipathFlags = code.NewFault("the B and the O flag of a Multipath extension are both set", "RFC 7629 §4.1", code.Must, ignore, ignore, 0)
	// ErrOverwriteDeregisters: there is no new binding to replace the others.
	ErrOverwriteDeregisters = code.NewFault("the O flag of a Multipath extension in a deregistration", "RFC 7629 §4.1", code.Must, ignore, ignore, 0)
	// ErrFlowDrop: what is dropped has one Binding ID, which means nothing.
	ErrFlowDrop = code.NewFault("a Flow-Binding that drops has more than one Binding ID", "RFC 7629 §4.2", code.Must, ignore, ignore, ignore)
	// ErrSelectorFormat: 0 is reserved.
	ErrSelectorFormat = code.NewFault("the TS Format of a Flow-Binding is 0", "RFC 7629 §4.2", code.Must, ignore, ignore, ignore)

	// ErrMinimalEncapsulation: its header has no room for IPv6 addresses.
	ErrMinimalEncapsulation = code.NewFault("minimal encapsulation is asked for beside IPv6 Tunneling Mode", "RFC 5454 §3.3.2", code.Must, ignore, 0, 0)

	// ErrSimultaneousBindings: Code 0 is of a home agent that supports them, Code 1 of one
	// that does not. Which it is, is not in the message.
	ErrSimultaneousBindings = code.NewFault("the accepting Code does not tell whether the home agent supports simultaneous bindings", "RFC 5944 §3.8.2.2, §3.8.3.2", code.Should, 0, 0, 0)
	// ErrReplyHomeAddress: an acceptance names the home address that is registered. A
	// foreign agent denies what lacks it.
	ErrReplyHomeAddress = code.NewFault("an acceptance without a Home Address", "RFC 5944 §3.8.1, §3.8.3.2, RFC 2794 §3", code.Must,
		0, code.ToReject|code.ShouldAnswer|code.Act(code.FAMissingHomeAddress), discard)
	// ErrReplyHomeAgent: a home agent names itself.
	ErrReplyHomeAgent = code.NewFault("the Home Agent of a home agent's reply is no unicast address", "RFC 5944 §3.8.3.2, RFC 2794 §3, RFC 4433 §5.3", code.Must,
		0, code.ToReject|code.ShouldAnswer|code.Act(code.FAMissingHomeAgent), discard)
	// ErrRedirectedHAUnicast: nobody can be asked there.
	ErrRedirectedHAUnicast = code.NewFault("the Redirected HA is no unicast address", "RFC 4433 §3.4.2", code.Must, 0, 0, ignore)
	// ErrStatus: FA Error has the foreign agent's codes.
	ErrStatus = code.NewFault("the Status of an FA Error is not 64 to 127", "RFC 4636 §3, §4", code.Must, 0, 0, code.ToRefuse)
	// ErrRegionalLifetimeUnprotected: the gateway adds it behind what the home agent signed.
	ErrRegionalLifetimeUnprotected = code.NewFault("Regional Registration Lifetime that no Mobile-Foreign Authentication protects", "RFC 4857 §5.3, §9.4", code.Must, 0, 0, ignore)
	// ErrRegionalLifetime: a regional registration ends with that at the home agent.
	ErrRegionalLifetime = code.NewFault("the Regional Registration Lifetime exceeds the Lifetime", "RFC 4857 §9.4", code.Must, 0, 0, ignore)
)
