package rules

import "github.com/go-mobileip/dsmipv4/code"

// What a receiver of a Generic Notification MUST reject it by, and MAY say so: the Code
// is that of a Generic Notification Acknowledgment (RFC 6098 §4.2), not of a reply.
const (
	badNotificationMobileHomeHA    = code.ToReject | code.MayAnswer | code.Act(code.NotificationHAMobileNodeFailed)
	badNotificationForeignHomeHA   = code.ToReject | code.MayAnswer | code.Act(code.NotificationHAForeignAgentFailed)
	badNotificationMobileForeignFA = code.ToReject | code.MayAnswer | code.Act(code.NotificationFAMobileNodeFailed)
	badNotificationForeignHomeFA   = code.ToReject | code.MayAnswer | code.Act(code.NotificationFAHomeAgentFailed)
	badNotificationMobileForeignMN = code.ToReject | code.MayAnswer | code.Act(code.NotificationMNForeignAgentFailed)
	badNotificationMobileHomeMN    = code.ToReject | code.MayAnswer | code.Act(code.NotificationMNHomeAgentFailed)
)

// The faults of a caller who asks for the judgement of what is not to be judged.
var (
	// ErrMessage: nil, a pointer to a message, and a type of another package.
	ErrMessage = code.NewFault("not one of the messages of package mipv4, by value", "RFC 5944 §6.1", code.Caller, 0, 0, 0)
	// ErrMessageLeg: the table of legs is at [Situation.CheckMessage].
	ErrMessageLeg = code.NewFault("the message does not travel on this leg", "RFC 3519 §3.3, RFC 3543 §3.3, §3.4, RFC 4857 §6, RFC 4881 §4, RFC 4988 §4.2, RFC 6521 §3.2", code.Caller, 0, 0, 0)
)

// The faults that messages of several texts share. Where a text names a reaction the
// fault has it; elsewhere it is unspecified and recommended.
var (
	// ErrMessageReserved: they are ignored when received.
	ErrMessageReserved = code.NewFault("bits are set that are sent as zero", "RFC 3519 §3.3, RFC 3543 §3.3, §3.4, RFC 4988 §5.1, §5.2, RFC 6098 §4.1, RFC 6521 §5.6-5.9", code.Must,
		code.ToIgnore, code.ToIgnore, code.ToIgnore)
	// ErrMessageReservedUndefined: the figures have the word, and the texts do not
	// explain it.
	ErrMessageReservedUndefined = code.NewFault("reserved bits are set, of which the text says nothing", "RFC 4881 §4.5, §4.6, RFC 6098 §4.2", code.Unclear, ignore, ignore, ignore)
	// ErrMessageSPI: no association may have an SPI of 0-255, so nothing can verify the
	// extension.
	ErrMessageSPI = code.NewFault("an authentication extension with a reserved SPI in a message that is no registration", "RFC 5944 §1.6, RFC 4721 §7", code.Must, discard, discard, discard)
	// ErrSecondAuthentication: the texts speak of one, and forbid no second.
	ErrSecondAuthentication = code.NewFault("more than one authentication extension where the text speaks of one", "RFC 3543 §3.3, §3.4, RFC 4857 §10, RFC 4881 §4.5, §4.6, RFC 4988 §5.1, §5.2, RFC 6098 §4.6.1", code.Unclear, discard, discard, discard)
	// ErrOtherAuthentication: nothing is said of it, and nobody there can verify it.
	ErrOtherAuthentication = code.NewFault("an authentication extension that sender and receiver do not have", "RFC 3543 §3.3, §3.4, RFC 4857 §10, RFC 4881 §4.5, §4.6, RFC 4988 §5.1, §5.2, RFC 6098 §4.1", code.Unclear, ignore, ignore, ignore)
	// ErrBehindAuthentication: the authentication extension is the last.
	ErrBehindAuthentication = code.NewFault("an extension stands behind the last authentication of the leg", "RFC 3543 §3.3, §3.4, RFC 6098 §4.5.2, §4.5.3, §4.6.2, §4.6.3, §4.7.1, §4.7.4", code.Must, ignore, ignore, ignore)
	// ErrUnprotected: the texts give no order, but what stands behind is not covered
	// (RFC 5944 §3.5.1).
	ErrUnprotected = code.NewFault("an extension stands behind the authentication that is to secure the message", "RFC 4857 §10, RFC 4881 §4.5, §4.6, RFC 4988 §5.1, §5.2, RFC 5944 §3.5.1", code.Unclear, ignore, ignore, ignore)
	// ErrRegistrationExtension: the texts define no extensions for the message, and
	// those of the extension have it in registrations.
	ErrRegistrationExtension = code.NewFault("an extension of registration messages in a message that is none", "RFC 3543 §3.3, §3.4, RFC 4881 §4.5, §4.6, RFC 4988 §5.1, §5.2", code.Unclear, ignore, ignore, ignore)
	// ErrVendorInMessage: RFC 3115 §2.3 has it denied with an error code, and no message
	// but a registration, regional ones included, has one for that.
	ErrVendorInMessage = code.NewFault("unknown contents of a Critical Vendor/Organization Specific extension in a message that is no registration", "RFC 3115 §2.3", code.Unclear, discard, discard, discard)
	// ErrMessageStringAuthor: sub-type 1 is the home agent's, 2 the foreign agent's.
	ErrMessageStringAuthor = code.NewFault("a Message String of the other agent's sub-type", "RFC 4917 §5, §6", code.Must, ignore, ignore, ignore)
	// ErrMessageStringUnclear: RFC 4917 §4 lets both agents add it to a revocation, and
	// §5 speaks of the home agent's only; a mobile node, which can notify, has no
	// sub-type.
	ErrMessageStringUnclear = code.NewFault("a Message String of a foreign agent in a revocation, or of a mobile node", "RFC 4917 §4, §5, §6, RFC 6098 §4.1", code.Unclear, ignore, ignore, ignore)
	// ErrMessageStringMessage: it is valid in replies and revocations, to which RFC 6098
	// adds notifications.
	ErrMessageStringMessage = code.NewFault("a Message String in a message that may not have one", "RFC 4917 §4, RFC 6098 §4.1", code.Must, ignore, ignore, ignore)
)

// ErrNextHeader: a registration can agree on IPv4, GRE and minimal encapsulation, and a
// dual-stack node's has IPv6. RFC 3519 §3.3 leaves room for others.
var ErrNextHeader = code.NewFault("the Next Header of MIP Tunnel Data is none of 4, 41, 47 and 55", "RFC 3519 §3.3, draft-ietf-mip4-dsmipv4-06 §4.8, RFC 5454 §3.9", code.Unclear, discard, discard, discard)

// The faults of revocations and their acknowledgments.
var (
	// ErrRevocationFromMobile: a mobile node deregisters.
	ErrRevocationFromMobile = code.NewFault("a mobile node sends a Registration Revocation", "RFC 3543 §4.2.4", code.Must, discard, discard, 0)
	// ErrRevocationDirection: home agents set the A bit and foreign agents clear it, so
	// that a message that is sent back to who sent it can be told.
	ErrRevocationDirection = code.NewFault("the A bit of a revocation is not its sender's", "RFC 3543 §3.3, §3.5, §4.2.2.1, §4.2.3.1", code.Must, code.ToDiscard, code.ToDiscard, code.ToDiscard)
	// ErrRevocationInformBit: the bit is irrelevant there, but should be set.
	ErrRevocationInformBit = code.NewFault("the I bit of a revocation to a mobile node is not set", "RFC 3543 §3.3", code.Should, 0, 0, 0)
	// ErrRevocationInformUnagreed: who does not know the bit does with it what it likes.
	ErrRevocationInformUnagreed = code.NewFault("the I bit of a revocation between agents that have not negotiated it", "RFC 3543 §3.2, §3.3, §4.2.1", code.Must, ignore, ignore, 0)
	// ErrHomeDomainZero: the foreign agent cannot tell mobile nodes with the same private
	// address by it.
	ErrHomeDomainZero = code.NewFault("the Home Domain Address of a revocation to a foreign agent is 0.0.0.0", "RFC 3543 Appendix B", code.Must, 0, code.ToDiscard, 0)
	// ErrRevocationAddress: the addresses identify the binding, which is not found by
	// that of nobody.
	ErrRevocationAddress = code.NewFault("an address of a revocation, or of its acknowledgment, is no unicast address", "RFC 3543 §3.3, §3.4", code.Must, discard, discard, discard)
	// ErrRevocationForeignHome: between agents nothing but Foreign-Home, or another
	// mechanism that both know of, protects it.
	ErrRevocationForeignHome = code.NewFault("a revocation between agents without Foreign-Home Authentication", "RFC 3543 §3.3, §3.5", code.Must, code.ToDiscard, code.ToDiscard, 0)
	// ErrRevocationMobileHome: as ErrRevocationForeignHome, between mobile node and home
	// agent, which share an association always.
	ErrRevocationMobileHome = code.NewFault("a revocation between home agent and mobile node without Mobile-Home Authentication", "RFC 3543 §3.3, §3.5, §6.2", code.Must, code.ToDiscard, 0, code.ToDiscard)
	// ErrAcknowledgmentForeignHome: as ErrRevocationForeignHome; the text names no
	// reaction.
	ErrAcknowledgmentForeignHome = code.NewFault("a revocation acknowledgment between agents without Foreign-Home Authentication", "RFC 3543 §3.4, §3.5", code.Must, discard, discard, 0)
	// ErrAcknowledgmentMobileHome: as ErrRevocationMobileHome; the text names no
	// reaction.
	ErrAcknowledgmentMobileHome = code.NewFault("a mobile node's revocation acknowledgment without Mobile-Home Authentication", "RFC 3543 §3.4, §3.5, §6.2", code.Must, discard, 0, 0)
	// ErrRevocationProtection: IPsec, say, would do instead, and it has not been said
	// whether there is any. What may be unprotected is not acted on.
	ErrRevocationProtection = code.NewFault("a revocation, or its acknowledgment, between agents without an authenticator, and nothing is known of another protection", "RFC 3543 §3.3, §3.4", code.Unclear, discard, discard, 0)
)

// The faults of regional registrations. A gateway foreign agent stands where the home
// agent of a registration does: its reactions are the home agent's.
var (
	// ErrRegionalAuthentication: every regional registration message has it.
	ErrRegionalAuthentication = code.NewFault("a regional registration message without MN-GFA Authentication", "RFC 4857 §10", code.Must, discard, discard, discard)
	// ErrRegionalDenial: a foreign agent that denies by itself (RFC 4857 §6.2) has no
	// key to make it with.
	ErrRegionalDenial = code.NewFault("a foreign agent's denial of a regional registration without MN-GFA Authentication", "RFC 4857 §6.2, §10", code.Unclear, 0, 0, 0)
	// ErrRegionalForeignHome: no home agent has a part in it.
	ErrRegionalForeignHome = code.NewFault("Foreign-Home Authentication in a regional registration message", "RFC 4857 §10", code.Must, ignore, ignore, ignore)
	// ErrRegionalMobileForeign: RFC 4857 §10 has it as a MAY, but the foreign agent
	// processes the message by RFC 5944, where it is a MUST.
	ErrRegionalMobileForeign = code.NewFault("a regional registration message without Mobile-Foreign Authentication, for which there is an association", "RFC 4857 §6.2, §10, RFC 5944 §3.6.2.1, §3.7.2.1", code.Unclear, 0, 0, 0)
	// ErrRegionalExtension: a regional request may have what a request may, a regional
	// reply what a reply may.
	ErrRegionalExtension = code.NewFault("a regional request has an extension of replies, or a regional reply one of requests", "RFC 4857 §9.2, §10.1, §10.2", code.Must, ignore, ignore, ignore)
	// ErrRegionalCareOfAddress: the gateway learns the foreign agent's address from the
	// extension.
	ErrRegionalCareOfAddress = code.NewFault("a regional request with the care-of address 0.0.0.0 is relayed without Hierarchical Foreign Agent extension", "RFC 4857 §6", code.Must, discard, 0, 0)
	// ErrRegionalRequestGateway: it is no gateway that the foreign agent knows.
	ErrRegionalRequestGateway = code.NewFault("the GFA IP Address of a regional request is no unicast address", "RFC 4857 §6.2, §10.1", code.Must,
		discard, code.ToReject|code.Act(code.UnknownGatewayForeignAgent), 0)
	// ErrRegionalReplyGateway: a gateway names itself.
	ErrRegionalReplyGateway = code.NewFault("the GFA IP Address of a regional reply is no unicast address", "RFC 4857 §10.2", code.Must, 0, discard, discard)
	// ErrRegionalCode: 112-115 tell that the gateway is not reached.
	ErrRegionalCode = code.NewFault("a gateway foreign agent sends a Code of 112 to 115", "RFC 4857 §10.3", code.Must, 0, refuse, refuse)
)

// The faults of handoffs between foreign agents.
var (
	// ErrHandoffAuthentication: the association is arranged beforehand.
	ErrHandoffAuthentication = code.NewFault("a handoff message without FA-FA Authentication", "RFC 4881 §4.5, §4.6, §11", code.Must, 0, discard, 0)
	// ErrHandoffRenewal: a renewal is triggered by neither side.
	ErrHandoffRenewal = code.NewFault("the R bit of a handoff message beside the H or the N bit", "RFC 4881 §4.5, §4.6", code.Must, 0, discard, 0)
	// ErrHandoffKind: the bits tell what it is.
	ErrHandoffKind = code.NewFault("none of the H, N and R bits of a handoff message is set", "RFC 4881 §4.5, §4.6, §4.7", code.Unclear, 0, discard, 0)
	// ErrHandoffTunnel: the new foreign agent asks the anchor for its tunnel.
	ErrHandoffTunnel = code.NewFault("a Handoff to Third with a tunnel bit, M, G or T", "RFC 4881 §4.2, §4.7", code.Must, 0, ignore, 0)
	// ErrHandoffEncapsulation: each says which encapsulation will be used.
	ErrHandoffEncapsulation = code.NewFault("both the M and the G bit of a handoff message are set", "RFC 4881 §4.5, §4.6", code.Unclear, 0, 0, 0)
	// ErrHandoffThird: the anchor's address, then the mobile node's.
	ErrHandoffThird = code.NewFault("a Handoff to Third without a Solicited IPv4 Address and a link-layer address behind it", "RFC 4881 §4.7", code.Must, 0, discard, 0)
	// ErrHandoffLinkLayer: nothing else tells which mobile node is meant.
	ErrHandoffLinkLayer = code.NewFault("a Handoff Request without a link-layer address", "RFC 4881 §4.5", code.Must, 0, discard, 0)
	// ErrHandoffAddress: a target-triggered request and a source-triggered reply need
	// not have them, and a renewal neither.
	ErrHandoffAddress = code.NewFault("the old foreign agent's handoff message does not name the mobile node and its home agent", "RFC 4881 §4.1, §4.2, §4.5, §4.6", code.Must, 0, discard, 0)
	// ErrHandoffReplyLinkLayer: a target-triggered reply has it by RFC 4881 §4.1. The new
	// foreign agent has it of its trigger, too.
	ErrHandoffReplyLinkLayer = code.NewFault("a target-triggered Handoff Reply without a link-layer address", "RFC 4881 §4.1, §4.6", code.Must, 0, 0, 0)
	// ErrHandoffOneWay: RFC 4881 §4.1 has the Lifetime zero then, and the old foreign agent
	// not willing; and speaks of unidirectional tunnels.
	ErrHandoffOneWay = code.NewFault("a target-triggered Handoff Reply without the T bit has a Lifetime", "RFC 4881 §4.1, §4.6", code.Unclear, 0, 0, 0)
	// ErrHandoffCode: only 0 is a success.
	ErrHandoffCode = code.NewFault("the Code of a Handoff Reply is neither 0 nor 1", "RFC 4881 §4.6, §10.3", code.Unclear, 0, refuse, 0)
	// ErrHandoffLifetime: it means nothing there.
	ErrHandoffLifetime = code.NewFault("the Lifetime of a failed handoff is not zero", "RFC 4881 §4.6", code.Should, 0, code.ToIgnore, 0)
)

// The faults of fast bindings.
var (
	// ErrFastAuthentication: mobile node and previous access router share a key.
	ErrFastAuthentication = code.NewFault("a fast binding message without MN-PAR Authentication", "RFC 4988 §5.1, §5.2, §7", code.Must, 0, discard, discard)
	// ErrFastBindingTooLong: nothing keeps the router from granting less.
	ErrFastBindingTooLong = code.NewFault("the Lifetime of a Fast Binding Update exceeds 10 seconds", "RFC 4988 §5.1", code.Must, 0, ignore, 0)
	// ErrFastAddress: the mobile node's address, and those of the two routers.
	ErrFastAddress = code.NewFault("an address of a fast binding message is no unicast address", "RFC 4988 §5.1, §5.2", code.Must, 0, discard, discard)
	// ErrFastCareOfAddress: it is the new access router's, even when the mobile node has
	// a new care-of address.
	ErrFastCareOfAddress = code.NewFault("the Care-of Address of a Fast Binding Update is the mobile node's", "RFC 4988 §5.1", code.Must, 0, discard, 0)
	// ErrFastCode: only 0 and 1 accept.
	ErrFastCode = code.NewFault("the Code of a Fast Binding Acknowledgment is none that is defined", "RFC 4988 §5.2", code.Unclear, 0, refuse, refuse)
	// ErrFastNewCareOfAddress: the New IPv4 Address Option has its number, 21, and its
	// layout in router discovery only, and cannot be walked here.
	ErrFastNewCareOfAddress = code.NewFault("Code 1 of a Fast Binding Acknowledgment without a New IPv4 Address Option", "RFC 4988 §5.2, §6.2, §8", code.Unclear, 0, 0, 0)
)

// The faults of Generic Notifications and their acknowledgments.
var (
	// ErrNotificationDirection: six directions are defined.
	ErrNotificationDirection = code.NewFault("the Message Direction of a notification is none of 0 to 5", "RFC 6098 §4.1, §4.2", code.Unclear, discard, discard, discard)
	// ErrNotificationLeg: it goes from the sender that it names to the receiver that it
	// names, directly or relayed by the foreign agent.
	ErrNotificationLeg = code.NewFault("the Message Direction of a notification is not that of its way", "RFC 6098 §4.1, §4.5.1, §4.6.1, §4.7.3", code.Must, discard, discard, discard)
	// ErrNotificationMobileHome: a foreign agent relays all the same.
	ErrNotificationMobileHome = code.NewFault("not exactly one Mobile-Home Authentication in a notification between mobile node and home agent", "RFC 6098 §4.1, §4.5.1, §4.7.3", code.Must,
		badNotificationMobileHomeHA, ignore, badNotificationMobileHomeMN)
	// ErrNotificationMobileForeign: what is not the foreign agent's to relay.
	ErrNotificationMobileForeign = code.NewFault("not exactly one Mobile-Foreign Authentication in a notification between mobile node and foreign agent", "RFC 6098 §4.1, §4.5.1, §4.6.1", code.Must,
		0, badNotificationMobileForeignFA, badNotificationMobileForeignMN)
	// ErrNotificationForeignHome: of what a foreign agent relays to the home agent there
	// is none or one.
	ErrNotificationForeignHome = code.NewFault("not exactly one Foreign-Home Authentication in a notification between foreign agent and home agent", "RFC 6098 §4.1, §4.6.1, §4.7.3", code.Must,
		badNotificationForeignHomeHA, badNotificationForeignHomeFA, 0)
	// ErrNotificationAckMobileHome: as ErrNotificationMobileHome.
	ErrNotificationAckMobileHome = code.NewFault("not exactly one Mobile-Home Authentication in a notification acknowledgment between mobile node and home agent", "RFC 6098 §4.2, §4.5.4, §4.7.2", code.Must,
		code.ToDiscard, ignore, code.ToDiscard)
	// ErrNotificationAckMobileForeign: as ErrNotificationMobileForeign.
	ErrNotificationAckMobileForeign = code.NewFault("not exactly one Mobile-Foreign Authentication in a notification acknowledgment between mobile node and foreign agent", "RFC 6098 §4.2, §4.5.4, §4.6.4", code.Must,
		0, code.ToDiscard, code.ToDiscard)
	// ErrNotificationAckForeignHome: as ErrNotificationForeignHome.
	ErrNotificationAckForeignHome = code.NewFault("not exactly one Foreign-Home Authentication in a notification acknowledgment between foreign agent and home agent", "RFC 6098 §4.2, §4.6.4, §4.7.2", code.Must,
		code.ToDiscard, code.ToDiscard, 0)
	// ErrNotificationRelayed: the foreign agent does not relay it.
	ErrNotificationRelayed = code.NewFault("more than one Mobile-Foreign Authentication in a notification, or its acknowledgment, that the foreign agent is to relay", "RFC 6098 §4.6.1, §4.6.4", code.Must, 0, code.ToDiscard, 0)
	// ErrNotificationRelayedWithout: it is OPTIONAL (§4.1) and checked if it is present,
	// and the same sentences have the message discarded where none is found.
	ErrNotificationRelayedWithout = code.NewFault("no Mobile-Foreign Authentication in a notification, or its acknowledgment, that the foreign agent is to relay", "RFC 6098 §4.1, §4.2, §4.6.1, §4.6.4", code.Unclear, 0, code.ToDiscard, 0)
	// ErrNotificationRelayedForeignHome: the foreign agent MUST append it, and the home
	// agent checks one that is present.
	ErrNotificationRelayedForeignHome = code.NewFault("the foreign agent relays a notification, or its acknowledgment, without Foreign-Home Authentication", "RFC 6098 §4.6.1, §4.6.2, §4.6.4", code.Must, ignore, 0, 0)
	// ErrNotificationRelayedMobileForeign: what the foreign agent adds it protects, since it
	// can.
	ErrNotificationRelayedMobileForeign = code.NewFault("the foreign agent adds to a notification that it relays, without Mobile-Foreign Authentication, for which there is an association", "RFC 6098 §4.6.1", code.Must, 0, 0, ignore)
	// ErrNotificationUnprotected: behind Mobile-Home Authentication it is the foreign
	// agent's or for it, and nothing protects it.
	ErrNotificationUnprotected = code.NewFault("an extension of a relayed notification that no authentication protects", "RFC 6098 §7.2", code.Should,
		code.ToIgnore|code.AsShould, code.ToIgnore|code.AsShould, code.ToIgnore|code.AsShould)
	// ErrNotificationExtension: beside the Message String and the authentication
	// extensions of types 32, 33 and 34 there is none.
	ErrNotificationExtension = code.NewFault("an extension that is not permitted in a Generic Notification", "RFC 6098 §4.5.1, §4.6.1, §4.7.3, §6", code.Must, code.ToDiscard, code.ToDiscard, code.ToDiscard)
	// ErrNotificationUnknown: a later RFC may permit it, and RFC 6098 §5.2 leaves it to
	// be skipped by who does not know it.
	ErrNotificationUnknown = code.NewFault("an extension in a Generic Notification that no RFC defines", "RFC 6098 §4.5.1, §5.2, §6", code.Unclear, ignore, ignore, ignore)
	// ErrNotificationEmpty: one or more extensions follow the fixed part, beside those
	// that authenticate.
	ErrNotificationEmpty = code.NewFault("a Generic Notification has no extension that notifies of anything", "RFC 6098 §4.1", code.Unclear, 0, 0, 0)
	// ErrNotificationCode: each sender has a range.
	ErrNotificationCode = code.NewFault("the Code of a notification acknowledgment is not in its sender's range", "RFC 6098 §4.2, §6", code.Must, refuse, refuse, refuse)
	// ErrNotificationAddress: the mobile node, its home agent and its care-of address.
	ErrNotificationAddress = code.NewFault("an address of a notification is no unicast address", "RFC 6098 §4.1, §4.2", code.Must, discard, discard, discard)
)

var (
	// ErrTestExtension: the figures of return routability end with the fixed part.
	ErrTestExtension = code.NewFault("an extension in a message of the return routability procedure", "RFC 6521 §5.6-5.9", code.Unclear, ignore, ignore, ignore)
	// ErrExperimental: whether it is authenticated, as it must be, only the experiment
	// can tell. Who does not understand it discards it.
	ErrExperimental = code.NewFault("an experimental message, which only its experiment can judge", "RFC 4064 §3, §6, §9", code.Unclear, code.ToDiscard, code.ToDiscard, code.ToDiscard)
)
