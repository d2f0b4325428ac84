package rules

import "github.com/go-mobileip/dsmipv4/code"

// The faults of an answer that only the message it answers shows, beside those of replies:
// RFC 4857 §10.2 has regional ones as RFC 5944 has others.

// ErrAsked: what answers nothing is judged without another message, and what answers with
// none or with that one, by value.
var ErrAsked = code.NewFault("not the message that is answered, by value", "RFC 3543 §3.4, RFC 4857 §10.2, RFC 4881 §4.6, RFC 4988 §5.2, RFC 6098 §4.2, RFC 6521 §5.8, §5.9", code.Caller, 0, 0, 0)

// The faults of a Revocation Acknowledgment.
var (
	// ErrRevocationIdentifier: by it and the Home Address the revocation is found again.
	ErrRevocationIdentifier = code.NewFault("the Revocation Identifier of the acknowledgment is not that of the revocation", "RFC 3543 §3.4, §3.5", code.Must, code.ToDiscard, code.ToDiscard, 0)
	// ErrRevocationHomeAddress: as ErrRevocationIdentifier.
	ErrRevocationHomeAddress = code.NewFault("the Home Address of the acknowledgment is not that of the revocation", "RFC 3543 §3.4, §3.5", code.Must, code.ToDiscard, code.ToDiscard, 0)
	// ErrRevocationAcknowledger: the A bit says who sent the revocation, and the other
	// acknowledges it.
	ErrRevocationAcknowledger = code.NewFault("the acknowledgment does not come from whom the revocation was sent to", "RFC 3543 §3.3, §3.4, §3.5", code.Must, code.ToDiscard, code.ToDiscard, 0)
	// ErrAcknowledgmentInform: the I bit answers the I bit.
	ErrAcknowledgmentInform = code.NewFault("the I bit of the acknowledgment is set, and that of the revocation is not", "RFC 3543 §3.4", code.Must, code.ToIgnore, code.ToIgnore, 0)
)

// ErrRegionalOtherGateway: the foreign agent forwards to the gateway that is named, which
// answers.
var ErrRegionalOtherGateway = code.NewFault("the GFA IP Address of the regional reply is not that of the request", "RFC 4857 §6.2, §10.2", code.Must, 0, discard, discard)

// The faults of a Handoff Reply.
var (
	// ErrHandoffIdentification: RFC 4881 has the field as registrations have it, which
	// are matched by its low half.
	ErrHandoffIdentification = code.NewFault("the low 32 bits of the Handoff Reply's Identification are not those of the request", "RFC 4881 §4.5, §4.6, RFC 5944 §5.7", code.Must, 0, discard, 0)
	// ErrHandoffAnswer: source answers source, or a Handoff to Third; target, or a Handoff
	// to Third, answers target; and renewal answers renewal.
	ErrHandoffAnswer = code.NewFault("the H, N and R bits of the Handoff Reply do not answer those of the request", "RFC 4881 §4.1, §4.2, §4.3, §4.6", code.Must, 0, discard, 0)
	// ErrHandoffOther: each message says for itself whose it is, and none says that the
	// reply copies it.
	ErrHandoffOther = code.NewFault("the Handoff Reply names another mobile node, or home agent, than the request", "RFC 4881 §4.1, §4.5, §4.6", code.Unclear, 0, discard, 0)
	// ErrHandoffLonger: the new foreign agent gets what the old one offers, at most.
	ErrHandoffLonger = code.NewFault("the new foreign agent asks for a longer tunnel than the old one offers", "RFC 4881 §4.1, §4.6", code.Must, 0, code.ToIgnore, 0)
	// ErrHandoffRenewedLonger: a shorter one is allowed; of a longer one, or of one that was
	// to end, nothing is said.
	ErrHandoffRenewedLonger = code.NewFault("a tunnel is renewed for longer than was asked for", "RFC 4881 §4.3, §4.6", code.Unclear, 0, 0, 0)
	// ErrHandoffReverseTunnel: ingress filtering, of which no message tells, allows it.
	ErrHandoffReverseTunnel = code.NewFault("the new foreign agent asks for a reverse tunnel that the old one does not offer", "RFC 4881 §4.1", code.Unclear, 0, 0, 0)
	// ErrHandoffHomeTunnel: what goes back to the old foreign agent does not go to the home
	// agent.
	ErrHandoffHomeTunnel = code.NewFault("the B bit of a Handoff Reply, although the request has the T bit", "RFC 4881 §4.6", code.Must, 0, ignore, 0)
)

// The faults of a Fast Binding Acknowledgment.
var (
	// ErrFastIdentification: by it the update is found again.
	ErrFastIdentification = code.NewFault("the low 32 bits of the Fast Binding Acknowledgment's Identification are not those of the update", "RFC 4988 §5.1, §5.2", code.Must, 0, discard, discard)
	// ErrFastIdentificationHigh: the field is copied, and used as registrations use it, in
	// whose replies the high half is the replier's.
	ErrFastIdentificationHigh = code.NewFault("the high 32 bits of the Fast Binding Acknowledgment's Identification are not those of the update", "RFC 4988 §5.1, §5.2, RFC 5944 §5.7", code.Unclear, 0, 0, 0)
	// ErrFastOther: both messages have the mobile node and its previous router.
	ErrFastOther = code.NewFault("the Fast Binding Acknowledgment names another mobile node, or previous router, than the update", "RFC 4988 §5.1, §5.2", code.Must, 0, discard, discard)
	// ErrFastLonger: the text has no limit but that of the update.
	ErrFastLonger = code.NewFault("a fast binding is granted for longer than was asked for", "RFC 4988 §5.1, §5.2", code.Unclear, 0, ignore, ignore)
)

// The faults of a Generic Notification Acknowledgment.
var (
	// ErrNotificationIdentification: the low half is copied, whatever protects against
	// replay. A mobile node MUST silently discard.
	ErrNotificationIdentification = code.NewFault("the low 32 bits of the notification acknowledgment's Identification are not those of the notification", "RFC 6098 §4.5.4, §7.1", code.Must, discard, discard, code.ToDiscard)
	// ErrNotificationAnswer: it goes back from whom the notification was for to who sent
	// it.
	ErrNotificationAnswer = code.NewFault("the Message Direction of a notification acknowledgment is not that of the way back", "RFC 6098 §4.2, §4.5.2, §4.6.2, §4.7.4", code.Must, discard, discard, discard)
	// ErrNotificationRelayDenied: the text has it relay or discard, and Codes by which it
	// denies.
	ErrNotificationRelayDenied = code.NewFault("the foreign agent denies a notification that it was to relay", "RFC 6098 §4.2, §4.6.1, §4.6.2", code.Unclear, refuse, 0, refuse)
	// ErrNotificationOther: both messages have the mobile node and its home agent.
	ErrNotificationOther = code.NewFault("the notification acknowledgment names another mobile node, or home agent, than the notification", "RFC 6098 §4.1, §4.2", code.Must, discard, discard, discard)
	// ErrNotificationOtherCareOf: it is the mobile node's, which may have moved.
	ErrNotificationOtherCareOf = code.NewFault("the Care-of Address of the notification acknowledgment is not that of the notification", "RFC 6098 §4.1, §4.2", code.Unclear, 0, 0, 0)
	// ErrNotificationBlamed: who fails authentication sent the notification, or relayed it.
	ErrNotificationBlamed = code.NewFault("the Code of a notification acknowledgment says that somebody failed authentication who had no part in the notification", "RFC 6098 §4.2, §4.5.1, §4.6.1, §4.7.3", code.Must, 0, 0, 0)
)

// ErrTestCookie: it binds the two messages together.
var ErrTestCookie = code.NewFault("the cookie of a Home Test, or Care-of Test, is not that of its init", "RFC 6521 §3.2, §5.6-5.9", code.Must, 0, 0, discard)
