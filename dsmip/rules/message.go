package rules

import (
	"iter"
	"math/bits"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// CheckMessage is CheckRequest for a message of any type, by value, as [mipv4.Parse]
// returns it. asked is the message that it answers, by value as well; nil when that is not
// known, or when it answers none, and then nothing is compared with it. What it says of a
// registration is what CheckRequest and CheckReply say.
//
// The Leg is that of the datagram, also of one that a foreign agent relays. A gateway
// foreign agent stands where the home agent of a registration does, and its reactions are
// the home agent's. What travels between two foreign agents, or between a mobile router
// and a correspondent router, is on none of the six legs, and the Leg of that is zero:
//
//	MIP Tunnel Data                            mn-ha ha-mn fa-ha ha-fa
//	Registration Revocation                    ha-fa ha-mn fa-ha
//	Revocation Acknowledgment                  fa-ha mn-ha ha-fa
//	Handoff Request and Reply                  zero
//	Regional Registration Request              mn-fa mn-ha fa-ha
//	Regional Registration Reply                ha-fa ha-mn fa-mn
//	Fast Binding Update                        mn-fa, and zero
//	Fast Binding Acknowledgment                fa-mn, and zero
//	Generic Notification, its Acknowledgment   all six
//	return routability, types 24 to 27         zero
//	Experimental                               all six
//
// On another the answer is [ErrMessageLeg], but that a revocation on mn-fa or mn-ha is
// the mobile node's fault. Of an experimental message only its experiment knows
// whether it is right: the answer is [ErrExperimental]. With an asked that is not what a
// message of its type answers it is [ErrAsked].
func (s *Situation) CheckMessage(m, asked mipv4.Message) error {
	switch m := m.(type) {
	case mipv4.Request:
		if asked != nil {
			return ErrAsked
		}
		return s.CheckRequest(&m)
	case mipv4.Reply:
		switch q := asked.(type) {
		case nil:
			return s.CheckReply(&m, nil)
		case mipv4.Request:
			return s.CheckReply(&m, &q)
		}
		return ErrAsked
	}
	var o message
	l, f := o.read(s, m, asked)
	if f != nil {
		return f
	}
	w := newMessageWalk(s, &o, l)
	if f := w.first(l, nil, &o); f != nil {
		return f
	}
	return nil
}

// Message is Request for a message of any type, by value; asked is as in CheckMessage.
func (s *Situation) Message(m, asked mipv4.Message) iter.Seq[Verdict] {
	return func(yield func(Verdict) bool) { s.message(m, asked, yield) }
}

func (s *Situation) message(m, asked mipv4.Message, yield func(Verdict) bool) {
	switch m := m.(type) {
	case mipv4.Request:
		if asked != nil {
			yield(Verdict{Fault: ErrAsked})
			return
		}
		s.request(&m, yield)
		return
	case mipv4.Reply:
		switch q := asked.(type) {
		case nil:
			s.reply(&m, nil, yield)
		case mipv4.Request:
			s.reply(&m, &q, yield)
		default:
			yield(Verdict{Fault: ErrAsked})
		}
		return
	}
	var o message
	l, f := o.read(s, m, asked)
	if f != nil {
		yield(Verdict{Fault: f})
		return
	}
	w := newMessageWalk(s, &o, l)
	w.verdicts(l, nil, &o, yield)
}

// message is what the rules take of a message that is no registration of RFC 5944.
type message struct {
	kind     mipv4.MessageType
	receiver code.Role
	leg      code.Leg
	size     int // in bytes
	grammar
	// author is who wrote what stands before the authentication extension that there
	// must be, as far as there are Message Strings of its.
	author code.Role
	third  bool           // a Handoff to Third
	grants bool           // a target-triggered Handoff Reply that grants
	zero   bool           // a relayed regional request without care-of address
	fixed  [16]fixedFault // no message has more
	faults int            // of the fixed part

	found

	// How far the walk has come.
	needed, hopped int
}

// fixedFault is a fault of the fixed part, and where it is.
type fixedFault struct {
	at int
	f  *code.Fault
}

// grammar is what a text says of the authentication extensions of a message on its leg.
type grammar struct {
	need             ext.Kind    // there is one; 0 where none is needed
	missing          *code.Fault // none of need; nil where something else may protect it
	second           *code.Fault // a second of need
	hop              ext.Kind    // behind it there may be one for this leg only; 0 where there is none
	hopMissing       *code.Fault // none of hop, although there is an association
	hopSecond        *code.Fault // a second of hop
	other            *code.Fault // another authentication extension
	behind           *code.Fault // an extension behind the last
	exposed          *code.Fault // an extension behind need, with no hop behind it
	strict           bool        // behind is said of every extension, also of what may stand anywhere
	needNone, noHops bool        // nobody shares an association for need, or for hop
}

// found is what a first walk over the extensions learns.
type found struct {
	needs, hops       int // how many of need and of hop there are
	lastNeed, lastHop int // where the last stands
	last              int // where the last authentication extension of the two stands
	solicited         int // where the first Solicited IPv4 Address stands
	linkLayer         int // where the last link-layer address stands
	hierarchical      bool
	others            int // extensions that authenticate nothing
}

func (o *message) add(at int, wrong bool, f *code.Fault) {
	if wrong && o.faults < len(o.fixed) {
		o.fixed[o.faults] = fixedFault{at, f}
		o.faults++
	}
}

// legs is a set of legs, a bit for each; bit 0 stands for what is on none of the six.
type legs uint8

const (
	onNone   legs = 1
	onMNtoFA legs = 1 << code.MNtoFA
	onMNtoHA legs = 1 << code.MNtoHA
	onFAtoHA legs = 1 << code.FAtoHA
	onHAtoFA legs = 1 << code.HAtoFA
	onHAtoMN legs = 1 << code.HAtoMN
	onFAtoMN legs = 1 << code.FAtoMN

	towardHome = onMNtoFA | onMNtoHA | onFAtoHA
	fromHome   = onHAtoFA | onHAtoMN | onFAtoMN
	everyLeg   = towardHome | fromHome
)

func (l legs) has(leg code.Leg) bool { return leg <= code.FAtoMN && l>>leg&1 != 0 }

// begin takes the type and the size of a message, which travels on the given legs, with the
// role that receives it where it is on none of the six. The fault is the caller's.
func (o *message) begin(s *Situation, t mipv4.MessageType, size int, on legs, between code.Role) *code.Fault {
	o.kind, o.size, o.leg, o.receiver = t, size, s.Leg, s.Leg.Receiver()
	switch {
	case s.Leg > code.FAtoMN, s.Leg == 0 && !on.has(0):
		return code.ErrLeg
	case !on.has(s.Leg):
		return ErrMessageLeg
	case s.Leg == 0:
		o.receiver = between
	}
	return s.unjudged()
}

// only sets the grammar of a text that has one authentication extension, and no order.
func (o *message) only(k ext.Kind, missing *code.Fault) {
	o.grammar = grammar{need: k, missing: missing, second: ErrSecondAuthentication, other: ErrOtherAuthentication, behind: ErrUnprotected}
}

// read takes what the rules need of a message, and judges its fixed part, by itself and by
// the message that it answers.
func (o *message) read(s *Situation, m, asked mipv4.Message) (ext.List, *code.Fault) {
	l, f := o.fixedPart(s, m)
	if f == nil {
		f = o.answers(m, asked)
	}
	return l, f
}

// fixedPart is read but for the message that is answered.
func (o *message) fixedPart(s *Situation, m mipv4.Message) (ext.List, *code.Fault) {
	switch m := m.(type) {
	case mipv4.TunnelData:
		return ext.List{}, o.tunnelData(s, m)
	case mipv4.Revocation:
		return m.Extensions, o.revocation(s, m)
	case mipv4.RevocationAcknowledgment:
		return m.Extensions, o.acknowledgment(s, m)
	case mipv4.HandoffRequest:
		return m.Extensions, o.handoffRequest(s, m)
	case mipv4.HandoffReply:
		return m.Extensions, o.handoffReply(s, m)
	case mipv4.RegionalRequest:
		return m.Extensions, o.regionalRequest(s, m)
	case mipv4.RegionalReply:
		return m.Extensions, o.regionalReply(s, m)
	case mipv4.FastBindingUpdate:
		return m.Extensions, o.fastBindingUpdate(s, m)
	case mipv4.FastBindingAck:
		return m.Extensions, o.fastBindingAck(s, m)
	case mipv4.Notification:
		return m.Extensions, o.notification(s, m)
	case mipv4.NotificationAck:
		return m.Extensions, o.notificationAck(s, m)
	case mipv4.HomeTestInit:
		return m.Extensions, o.test(s, mipv4.TypeHomeTestInit, m.Reserved, m.Extensions)
	case mipv4.CareOfTestInit:
		return m.Extensions, o.test(s, mipv4.TypeCareOfTestInit, m.Reserved, m.Extensions)
	case mipv4.HomeTest:
		return m.Extensions, o.test(s, mipv4.TypeHomeTest, m.Reserved, m.Extensions)
	case mipv4.CareOfTest:
		return m.Extensions, o.test(s, mipv4.TypeCareOfTest, m.Reserved, m.Extensions)
	case mipv4.Experimental:
		if f := o.begin(s, mipv4.TypeExperimental, 1+len(m.Opaque), everyLeg, 0); f != nil {
			return ext.List{}, f
		}
		o.add(0, true, ErrExperimental)
		return ext.List{}, nil
	}
	return ext.List{}, ErrMessage
}

func (o *message) tunnelData(s *Situation, m mipv4.TunnelData) *code.Fault {
	if f := o.begin(s, mipv4.TypeTunnelData, 4+len(m.Payload), onMNtoHA|onHAtoMN|onFAtoHA|onHAtoFA, 0); f != nil {
		return f
	}
	switch m.NextHeader {
	case mipv4.NextHeaderIPv4, mipv4.NextHeaderIPv6, mipv4.NextHeaderGRE, mipv4.NextHeaderMinimal:
	default:
		o.add(1, true, ErrNextHeader)
	}
	o.add(2, m.Reserved != 0, ErrMessageReserved)
	return nil
}

// revocationGrammar is that of both messages of RFC 3543.
func (o *message) revocationGrammar(s *Situation, foreignHome, mobileHome *code.Fault) {
	o.grammar = grammar{second: ErrSecondAuthentication, other: ErrOtherAuthentication, behind: ErrBehindAuthentication}
	switch o.leg {
	case code.MNtoHA, code.HAtoMN:
		o.need, o.missing = ext.KindMobileHomeAuth, mobileHome
	case code.FAtoHA, code.HAtoFA:
		o.need, o.missing, o.needNone = ext.KindForeignHomeAuth, foreignHome, s.ForeignHome == None
		if s.Secured == Unknown && s.ForeignHome != Shared {
			o.missing = ErrRevocationProtection
		}
	}
	if s.Secured == Served {
		o.missing = nil
	}
}

func (o *message) revocation(s *Situation, m mipv4.Revocation) *code.Fault {
	if f := o.begin(s, mipv4.TypeRevocation, len(m.Extensions.Message()), onHAtoFA|onHAtoMN|onFAtoHA|onMNtoFA|onMNtoHA, 0); f != nil {
		return f
	}
	o.revocationGrammar(s, ErrRevocationForeignHome, ErrRevocationMobileHome)
	o.author = o.leg.Sender()
	o.add(0, o.author == code.MobileNode, ErrRevocationFromMobile)
	o.add(firstSet(m.Reserved), m.Reserved != 0, ErrMessageReserved)
	o.add(2, o.author != code.MobileNode && m.Agent != (o.author == code.HomeAgent), ErrRevocationDirection)
	o.add(2, o.leg == code.HAtoMN && !m.Inform, ErrRevocationInformBit)
	o.add(2, (o.leg == code.HAtoFA || o.leg == code.FAtoHA) && m.Inform && s.Inform == None, ErrRevocationInformUnagreed)
	o.add(4, !unicast(m.HomeAddress), ErrRevocationAddress)
	if zero := m.HomeDomainAddress.IsUnspecified(); zero && o.leg == code.HAtoFA {
		o.add(8, true, ErrHomeDomainZero)
	} else {
		o.add(8, !unicast(m.HomeDomainAddress), ErrRevocationAddress)
	}
	o.add(12, !unicast(m.ForeignDomainAddress), ErrRevocationAddress)
	return nil
}

func (o *message) acknowledgment(s *Situation, m mipv4.RevocationAcknowledgment) *code.Fault {
	if f := o.begin(s, mipv4.TypeRevocationAcknowledgment, len(m.Extensions.Message()), onFAtoHA|onMNtoHA|onHAtoFA, 0); f != nil {
		return f
	}
	o.revocationGrammar(s, ErrAcknowledgmentForeignHome, ErrAcknowledgmentMobileHome)
	o.add(firstSet(m.Reserved), m.Reserved != 0, ErrMessageReserved)
	o.add(4, !unicast(m.HomeAddress), ErrRevocationAddress)
	return nil
}

// handoff judges what both messages of RFC 4881 have in common: the flags, and the
// addresses where the old foreign agent tells them.
func (o *message) handoff(h mipv4.HandoffRequest, told bool) {
	o.only(ext.KindFAFAAuth, ErrHandoffAuthentication)
	o.third = h.Source && h.Target
	o.add(1, h.Renewal && (h.Source || h.Target), ErrHandoffRenewal)
	o.add(1, !h.Renewal && !h.Source && !h.Target, ErrHandoffKind)
	o.add(1, o.third && (h.Minimal || h.GRE || h.ReverseTunnel), ErrHandoffTunnel)
	o.add(1, !o.third && h.Minimal && h.GRE, ErrHandoffEncapsulation)
	o.add(firstSet(h.Reserved), h.Reserved != 0, ErrMessageReservedUndefined)
	o.add(4+firstSet(uint32(h.Reserved2)), h.Reserved == 0 && h.Reserved2 != 0, ErrMessageReservedUndefined)
	o.add(8, told && !h.Renewal && !unicast(h.MNHomeAddress), ErrHandoffAddress)
	o.add(12, told && !h.Renewal && unicast(h.MNHomeAddress) && !unicast(h.HAAddress), ErrHandoffAddress)
}

func (o *message) handoffRequest(s *Situation, m mipv4.HandoffRequest) *code.Fault {
	if f := o.begin(s, mipv4.TypeHandoffRequest, len(m.Extensions.Message()), onNone, code.ForeignAgent); f != nil {
		return f
	}
	o.handoff(m, m.Source)
	return nil
}

func (o *message) handoffReply(s *Situation, m mipv4.HandoffReply) *code.Fault {
	if f := o.begin(s, mipv4.TypeHandoffReply, len(m.Extensions.Message()), onNone, code.ForeignAgent); f != nil {
		return f
	}
	o.handoff(mipv4.HandoffRequest{
		Source: m.Source, Target: m.Target, Renewal: m.Renewal,
		Minimal: m.Minimal, GRE: m.GRE, ReverseTunnel: m.ReverseTunnel,
		Reserved: m.Reserved, Reserved2: m.Reserved2,
		MNHomeAddress: m.MNHomeAddress, HAAddress: m.HAAddress,
	}, m.Target && m.Code.Accepted())
	o.add(3, m.Code > code.HandoffGenericFailure, ErrHandoffCode)
	o.add(handoffLifetimeAt, !m.Code.Accepted() && m.Lifetime != 0, ErrHandoffLifetime)
	o.grants = m.Code.Accepted() && kindOfHandoff(m.Source, m.Target, m.Renewal) == handoffByTarget
	o.add(handoffLifetimeAt, o.grants && !m.ReverseTunnel && m.Lifetime != 0, ErrHandoffOneWay)
	return nil
}

// regional sets the grammar of both messages of RFC 4857.
func (o *message) regional(s *Situation) {
	o.only(ext.KindMNGFAAuth, ErrRegionalAuthentication)
	o.other = nil
	switch o.leg {
	case code.MNtoFA, code.FAtoMN:
		o.hop, o.hopSecond, o.noHops = ext.KindMobileForeignAuth, ErrSecondMobileForeign, s.MobileForeign == None
		if s.MobileForeign == Shared {
			o.hopMissing = ErrRegionalMobileForeign
		}
	case code.FAtoHA:
		o.hop, o.hopSecond = ext.KindFAFAAuth, ErrSecondAuthentication
	}
}

func (o *message) regionalRequest(s *Situation, m mipv4.RegionalRequest) *code.Fault {
	if f := o.begin(s, mipv4.TypeRegionalRequest, len(m.Extensions.Message()), towardHome, 0); f != nil {
		return f
	}
	o.regional(s)
	o.add(flagsAt, m.Flags&(mipv4.FlagReservedR|mipv4.FlagReservedX) != 0, ErrReservedFlags)
	o.add(homeAddressAt, aboveUnicast(m.HomeAddress), ErrRequestHomeAddress)
	o.add(homeAgentAt, !unicast(m.GFAIPAddress), ErrRegionalRequestGateway)
	o.add(careOfAddressAt, aboveUnicast(m.CareOfAddress) && !allOnes(m.CareOfAddress), ErrMulticastCareOfAddress)
	o.zero = o.leg == code.FAtoHA && m.CareOfAddress.IsUnspecified()
	return nil
}

func (o *message) regionalReply(s *Situation, m mipv4.RegionalReply) *code.Fault {
	if f := o.begin(s, mipv4.TypeRegionalReply, len(m.Extensions.Message()), fromHome, 0); f != nil {
		return f
	}
	o.regional(s)
	gatewayless := code.UnknownGatewayForeignAgent <= m.Code && m.Code <= code.GatewayForeignAgentPortUnreachable
	o.add(codeAt, o.leg != code.FAtoMN && gatewayless, ErrRegionalCode)
	o.add(homeAddressAt, m.Code.Accepted() && !unicast(m.HomeAddress), ErrReplyHomeAddress)
	// A foreign agent that denies by itself copies what it was sent.
	if o.leg == code.FAtoMN && m.Code.Origin() == code.ByForeignAgent {
		o.missing = ErrRegionalDenial
		return nil
	}
	o.add(replyHomeAgentAt, !unicast(m.GFAIPAddress), ErrRegionalReplyGateway)
	return nil
}

func (o *message) fastBindingUpdate(s *Situation, m mipv4.FastBindingUpdate) *code.Fault {
	if f := o.begin(s, mipv4.TypeFastBindingUpdate, len(m.Extensions.Message()), onMNtoFA|onNone, code.ForeignAgent); f != nil {
		return f
	}
	const sent = mipv4.FlagDecapsulation | mipv4.FlagMinimal | mipv4.FlagGRE | mipv4.FlagReverseTunnel
	const longest = 10 // seconds
	o.only(ext.KindMNPARAuth, ErrFastAuthentication)
	o.add(flagsAt, m.Flags&^sent != 0, ErrMessageReserved)
	o.add(lifetimeAt, m.Flags&^sent == 0 && m.Reserved != 0, ErrMessageReserved)
	o.add(lifetimeAt, m.Lifetime > longest, ErrFastBindingTooLong)
	o.add(homeAddressAt, !unicast(m.HomeAddress), ErrFastAddress)
	o.add(homeAgentAt, !unicast(m.HomeAgent), ErrFastAddress)
	o.add(careOfAddressAt, !unicast(m.CareOfAddress), ErrFastAddress)
	o.add(careOfAddressAt, m.CareOfAddress == m.HomeAddress, ErrFastCareOfAddress)
	return nil
}

func (o *message) fastBindingAck(s *Situation, m mipv4.FastBindingAck) *code.Fault {
	if f := o.begin(s, mipv4.TypeFastBindingAck, len(m.Extensions.Message()), onFAtoMN|onNone, code.ForeignAgent); f != nil {
		return f
	}
	o.only(ext.KindMNPARAuth, ErrFastAuthentication)
	switch m.Code {
	case code.FastBindingAccepted, code.FastBindingReasonUnspecified, code.FastBindingProhibited, code.FastBindingInsufficientResources:
	case code.FastBindingNCoASupplied:
		o.add(codeAt, true, ErrFastNewCareOfAddress)
	default:
		o.add(codeAt, true, ErrFastCode)
	}
	o.add(lifetimeAt, m.Reserved != 0, ErrMessageReserved)
	o.add(homeAddressAt, !unicast(m.HomeAddress), ErrFastAddress)
	o.add(replyHomeAgentAt, !unicast(m.HomeAgent), ErrFastAddress)
	return nil
}

// Where the fields of a notification stand (RFC 6098 §4.1, §4.2).
const (
	directionAt                 = 1
	notificationReservedAt      = 2
	notificationCodeAt          = 2
	notificationAckReservedAt   = 3
	notificationHomeAgentAt     = 8
	notificationCareOfAddressAt = 12
)

// notify judges what both messages of RFC 6098 have in common. The faults are those of
// the authentication extensions of types 32, 33 and 34.
func (o *message) notify(s *Situation, d mipv4.Direction, home, agent, careOf netip.Addr, mobileHome, mobileForeign, foreignHome *code.Fault) {
	o.grammar = grammar{other: ErrOtherAuthentication, behind: ErrBehindAuthentication, strict: true}
	named, ok := d.Leg()
	o.author = named.Sender()
	o.add(directionAt, !ok, ErrNotificationDirection)
	o.add(directionAt, ok && !onTheWay(named, o.leg), ErrNotificationLeg)
	o.add(homeAddressAt, !unicast(home), ErrNotificationAddress)
	o.add(notificationHomeAgentAt, !unicast(agent), ErrNotificationAddress)
	o.add(notificationCareOfAddressAt, !unicast(careOf), ErrNotificationAddress)
	switch named {
	case code.MNtoFA, code.FAtoMN:
		o.need, o.missing, o.second, o.needNone = ext.KindMobileForeignAuth, mobileForeign, mobileForeign, s.MobileForeign == None
		return
	case code.FAtoHA, code.HAtoFA:
		o.need, o.missing, o.second, o.needNone = ext.KindForeignHomeAuth, foreignHome, foreignHome, s.ForeignHome == None
		return
	case 0:
		return
	}
	o.need, o.missing, o.second = ext.KindMobileHomeAuth, mobileHome, mobileHome
	switch o.leg {
	case code.MNtoFA, code.FAtoMN:
		o.hop, o.hopSecond, o.noHops = ext.KindMobileForeignAuth, ErrSecondAuthentication, s.MobileForeign == None
		if o.leg == code.MNtoFA {
			o.hopSecond = ErrNotificationRelayed
			if s.MobileForeign == Shared {
				o.hopMissing = ErrNotificationRelayedWithout
			}
		}
	case code.FAtoHA, code.HAtoFA:
		o.hop, o.hopSecond, o.noHops = ext.KindForeignHomeAuth, ErrSecondAuthentication, s.ForeignHome == None
		if o.leg == code.FAtoHA {
			o.hopSecond = foreignHome
			if s.ForeignHome == Shared {
				o.hopMissing = ErrNotificationRelayedForeignHome
			}
		}
	}
	o.exposed = ErrNotificationUnprotected
	if o.leg == code.FAtoMN && o.kind == mipv4.TypeNotification && s.MobileForeign == Shared {
		o.exposed = ErrNotificationRelayedMobileForeign
	}
}

// firstSet returns which of the four bytes of a word has the first bit of those that are
// set.
func firstSet(word uint32) int { return bits.LeadingZeros32(word) / 8 }

// onTheWay reports whether a leg is on the way of a notification: it is the leg that the
// direction names, or one of the two to or from the foreign agent that relays between
// mobile node and home agent.
func onTheWay(named, leg code.Leg) bool {
	switch named {
	case code.MNtoHA:
		return towardHome.has(leg)
	case code.HAtoMN:
		return fromHome.has(leg)
	}
	return named == leg
}

func (o *message) notification(s *Situation, m mipv4.Notification) *code.Fault {
	if f := o.begin(s, mipv4.TypeNotification, len(m.Extensions.Message()), everyLeg, 0); f != nil {
		return f
	}
	o.notify(s, m.Direction, m.HomeAddress, m.HomeAgentAddress, m.CareOfAddress, ErrNotificationMobileHome, ErrNotificationMobileForeign, ErrNotificationForeignHome)
	o.add(notificationReservedAt, m.Reserved != 0, ErrMessageReserved)
	return nil
}

func (o *message) notificationAck(s *Situation, m mipv4.NotificationAck) *code.Fault {
	if f := o.begin(s, mipv4.TypeNotificationAck, len(m.Extensions.Message()), everyLeg, 0); f != nil {
		return f
	}
	o.notify(s, m.Direction, m.HomeAddress, m.HomeAgentAddress, m.CareOfAddress, ErrNotificationAckMobileHome, ErrNotificationAckMobileForeign, ErrNotificationAckForeignHome)
	least, most := code.NotificationFAReasonUnspecified, code.NotificationFAExperimental
	switch o.author {
	case code.HomeAgent:
		least, most = code.NotificationHAReasonUnspecified, code.NotificationHAExperimental
	case code.MobileNode:
		least, most = code.NotificationMNReasonUnspecified, code.NotificationMNExperimental
	}
	o.add(notificationCodeAt, o.author != 0 && !m.Code.Accepted() && (m.Code < least || m.Code > most), ErrNotificationCode)
	o.add(notificationAckReservedAt, m.Reserved != 0, ErrMessageReservedUndefined)
	return nil
}

// test judges a message of the return routability procedure, which nothing
// authenticates.
func (o *message) test(s *Situation, t mipv4.MessageType, reserved uint8, l ext.List) *code.Fault {
	if f := o.begin(s, t, len(l.Message()), onNone, code.MobileNode); f != nil {
		return f
	}
	o.add(1, reserved != 0, ErrMessageReserved)
	return nil
}

func newMessageWalk(s *Situation, o *message, l ext.List) walk {
	w := walk{s: s, judging: o.receiver, size: o.size}
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if s.Implements != nil && s.skips(x) && strays(x) {
			w.survey.astray = x.Offset()
			break
		}
		switch k := x.Kind(); {
		case k == o.need && k != 0:
			if authentic(x) && !o.needNone {
				o.needs++
				o.lastNeed, o.last = x.Offset(), x.Offset()
			}
		case k == o.hop && k != 0:
			if authentic(x) && !o.noHops {
				o.hops++
				o.lastHop, o.last = x.Offset(), x.Offset()
			}
		case authenticates(k):
		default:
			o.others++
			if layout(x) == nil {
				o.see(x, k)
			}
		}
	}
	return w
}

// see takes note of an extension that fits its layout, which some message must have.
func (o *found) see(x ext.Raw, k ext.Kind) {
	switch {
	case k == ext.KindHierarchicalFA:
		o.hierarchical = true
	case k == ext.KindSolicitedIPv4Address:
		if o.solicited == 0 {
			o.solicited = x.Offset()
		}
	case linkLayer(k):
		o.linkLayer = x.Offset()
	}
}

// authenticates reports whether a kind is that of an authentication extension.
func authenticates(k ext.Kind) bool {
	switch k {
	case ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth,
		ext.KindMNAAAAuth, ext.KindFAFAAuth, ext.KindMNGFAAuth, ext.KindMNPARAuth, ext.KindMobileCorrespondentAuth:
		return true
	}
	return false
}

// linkLayer reports whether a kind is that of a link-layer address: one of RFC 4881 §9
// but for the two sub-types that have an IPv4 address.
func linkLayer(k ext.Kind) bool {
	return k.Type() == ext.KindEthernetAddress.Type() && k != ext.KindSolicitedIPv4Address && k != ext.KindFAIPv4Address
}

// wholeMessage judges the fixed part of a message, and what is missing.
func (w *walk) wholeMessage(o *message, yield func(at int, f *code.Fault) bool) bool {
	for _, v := range o.fixed[:o.faults] {
		if !yield(v.at, v.f) {
			return false
		}
	}
	if w.survey.astray != 0 {
		return true // what is missing may stand behind
	}
	ok := true
	is := func(wrong bool, f *code.Fault) {
		if wrong && f != nil && ok {
			ok = yield(w.size, f)
		}
	}
	is(o.need != 0 && o.needs == 0, o.missing)
	is(o.hop != 0 && o.hops == 0, o.hopMissing)
	is(o.third && (o.solicited == 0 || o.linkLayer < o.solicited), ErrHandoffThird)
	is(o.kind == mipv4.TypeHandoffRequest && !o.third && o.linkLayer == 0, ErrHandoffLinkLayer)
	is(o.grants && o.linkLayer == 0, ErrHandoffReplyLinkLayer)
	is(o.zero && !o.hierarchical, ErrRegionalCareOfAddress)
	is(o.kind == mipv4.TypeNotification && o.others == 0, ErrNotificationEmpty)
	return ok
}

// inMessage judges an extension of a message that fits its layout.
func (w *walk) inMessage(o *message, x ext.Raw, v *findings) {
	if !v.fits(layout(x)) {
		return
	}
	k := x.Kind()
	is := func(wrong bool, f *code.Fault) {
		if wrong && f != nil {
			v.add(f)
		}
	}
	if authenticates(k) {
		if a, err := ext.ParseAuth(x); err == nil {
			v.spi(a, ErrMessageSPI)
		}
		switch k {
		case o.need:
			o.needed++
			is(o.needNone, unknownAssociation(k))
			is(o.needed > 1, o.second)
			is(o.hopped > 0, o.behind)
		case o.hop:
			o.hopped++
			is(o.noHops, unknownAssociation(k))
			is(o.hopped > 1, o.hopSecond)
		default:
			o.otherAuthentication(k, v)
		}
		return
	}
	row, registered := placeable(k)
	switch at := x.Offset(); {
	case o.last != 0 && at > o.last && (o.hop == 0 || o.hops > 0):
		is(o.strict || registered, o.behind)
	case o.lastNeed != 0 && at > o.lastNeed && o.hops == 0:
		is(true, o.exposed)
	}
	switch o.kind {
	case mipv4.TypeNotification:
		o.inNotification(x, k, v)
	case mipv4.TypeNotificationAck:
		o.messageString(x, k, v)
	case mipv4.TypeRevocation:
		if !o.messageString(x, k, v) {
			is(registered, ErrRegistrationExtension)
		}
	case mipv4.TypeRegionalRequest:
		is(k == ext.KindHierarchicalFA && o.leg == code.FAtoHA && x.Offset() > o.lastNeed && o.lastHop < x.Offset(), ErrHierarchicalFAUnprotected)
		is(row.request == 0, ErrRegionalExtension)
	case mipv4.TypeRegionalReply:
		is(row.reply == 0, ErrRegionalExtension)
	case mipv4.TypeHomeTestInit, mipv4.TypeCareOfTestInit, mipv4.TypeHomeTest, mipv4.TypeCareOfTest:
		v.add(ErrTestExtension)
	case mipv4.TypeHandoffRequest, mipv4.TypeHandoffReply:
		if k.Type() == ext.KindEthernetAddress.Type() {
			return
		}
		fallthrough
	default:
		if isMessageString(k) {
			v.add(ErrMessageStringMessage)
		} else {
			is(registered, ErrRegistrationExtension)
		}
	}
}

// vendor returns the fault of unknown contents of a vendor extension. Regional
// registrations have the Codes of registrations (RFC 4857 §10.3).
func (o *message) vendor(x ext.Raw) *code.Fault {
	switch {
	case o.kind == mipv4.TypeRegionalReply:
		return ErrVendorInReply
	case o.kind != mipv4.TypeRegionalRequest:
		return ErrVendorInMessage
	case o.leg == code.FAtoHA && o.lastNeed != 0 && x.Offset() > o.lastNeed:
		return ErrVendorFromForeign
	}
	return ErrVendorFromMobile
}

// placeable returns where registrations have a kind, and whether it is the extension of
// some RFC, rather than padding or a vendor's, which may stand anywhere, or unknown.
func placeable(k ext.Kind) (*place, bool) {
	switch k {
	case ext.KindPadding, ext.KindCVSE, ext.KindNVSE, ext.KindLegacyCVSE, ext.KindLegacyNVSE:
		return &anywhere, false
	}
	_, ok := ext.Lookup(k)
	return placeOf(k), ok
}

// unknownAssociation is the fault of an authentication extension for which nobody shares
// an association.
func unknownAssociation(k ext.Kind) *code.Fault {
	if k == ext.KindForeignHomeAuth {
		return ErrForeignHomeUnknown
	}
	return ErrMobileForeignUnknown
}

// otherAuthentication judges an authentication extension that the message neither needs
// nor has for the leg.
func (o *message) otherAuthentication(k ext.Kind, v *findings) {
	switch o.kind {
	case mipv4.TypeRegionalRequest, mipv4.TypeRegionalReply:
		switch k {
		case ext.KindForeignHomeAuth:
			v.add(ErrRegionalForeignHome)
		case ext.KindMobileForeignAuth:
			v.add(ErrOtherAuthentication)
		}
		return
	case mipv4.TypeNotification:
		if k != ext.KindMobileHomeAuth && k != ext.KindMobileForeignAuth && k != ext.KindForeignHomeAuth {
			v.add(ErrNotificationExtension)
			return
		}
	case mipv4.TypeHomeTestInit, mipv4.TypeCareOfTestInit, mipv4.TypeHomeTest, mipv4.TypeCareOfTest:
		v.add(ErrTestExtension)
		return
	}
	if o.need != 0 {
		v.add(o.other)
	}
}

// inNotification judges an extension of a Generic Notification by what is permitted
// there.
func (o *message) inNotification(x ext.Raw, k ext.Kind, v *findings) {
	switch {
	case o.messageString(x, k, v):
	case unassigned(k):
		v.add(ErrNotificationUnknown)
	default:
		v.add(ErrNotificationExtension)
	}
}

// unassigned reports whether no RFC says if a kind is permitted in a Generic
// Notification: a skippable type that is not registered, or a Message String of another
// sub-type.
func unassigned(k ext.Kind) bool {
	if _, ok := ext.Lookup(k); ok {
		return false
	}
	t := k.Type()
	return t.Skippable() && t.Form() == ext.TLV || t == ext.KindMessageStringHA.Type()
}

func isMessageString(k ext.Kind) bool {
	return k == ext.KindMessageStringHA || k == ext.KindMessageStringFA
}

// messageString judges a Message String by who wrote it, and reports whether the
// extension is one. What stands behind Mobile-Home Authentication on a leg of the foreign
// agent is the foreign agent's where that sends.
func (o *message) messageString(x ext.Raw, k ext.Kind, v *findings) bool {
	if !isMessageString(k) {
		return false
	}
	author := o.author
	if o.hop != 0 && o.lastNeed != 0 && x.Offset() > o.lastNeed {
		author = o.leg.Sender()
	}
	homes := k == ext.KindMessageStringHA
	switch author {
	case code.HomeAgent:
		if !homes {
			v.add(ErrMessageStringAuthor)
		}
	case code.ForeignAgent:
		switch {
		case homes:
			v.add(ErrMessageStringAuthor)
		case o.kind == mipv4.TypeRevocation:
			v.add(ErrMessageStringUnclear)
		}
	case code.MobileNode:
		v.add(ErrMessageStringUnclear)
	}
	return true
}
