package rules

import (
	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// answers judges the fixed part of a message by the one that it answers; nil when that is
// not known. The fault is the caller's.
func (o *message) answers(m, asked mipv4.Message) *code.Fault {
	ok := false
	switch m := m.(type) {
	case mipv4.RevocationAcknowledgment:
		var q mipv4.Revocation
		if q, ok = asked.(mipv4.Revocation); ok {
			o.revoked(m, q)
		}
	case mipv4.HandoffReply:
		var q mipv4.HandoffRequest
		if q, ok = asked.(mipv4.HandoffRequest); ok {
			o.handedOff(m, q)
		}
	case mipv4.RegionalReply:
		var q mipv4.RegionalRequest
		if q, ok = asked.(mipv4.RegionalRequest); ok {
			o.registered(m, q)
		}
	case mipv4.FastBindingAck:
		var q mipv4.FastBindingUpdate
		if q, ok = asked.(mipv4.FastBindingUpdate); ok {
			o.fastBound(m, q)
		}
	case mipv4.NotificationAck:
		var q mipv4.Notification
		if q, ok = asked.(mipv4.Notification); ok {
			o.notified(m, q)
		}
	case mipv4.HomeTest:
		var q mipv4.HomeTestInit
		q, ok = asked.(mipv4.HomeTestInit)
		o.add(cookieAt, ok && m.HomeInitCookie != q.HomeInitCookie, ErrTestCookie)
	case mipv4.CareOfTest:
		var q mipv4.CareOfTestInit
		q, ok = asked.(mipv4.CareOfTestInit)
		o.add(cookieAt, ok && m.CareOfInitCookie != q.CareOfInitCookie, ErrTestCookie)
	}
	if !ok && asked != nil {
		return ErrAsked
	}
	return nil
}

// Where the fields of the answers stand that have other places than in a reply (RFC 3543
// §3.4, RFC 4881 §4.6, RFC 6098 §4.2, RFC 6521 §5.8, §5.9).
const (
	acknowledgmentInformAt       = 2
	revocationIdentifierAt       = 8
	handoffFlagsAt               = 1
	handoffLifetimeAt            = 4
	handoffHomeAddressAt         = 8
	handoffHomeAgentAt           = 12
	handoffIdentificationAt      = 16
	notificationIdentificationAt = 16
	cookieAt                     = 4
)

func (o *message) revoked(m mipv4.RevocationAcknowledgment, q mipv4.Revocation) {
	o.add(0, q.Agent == (o.leg.Sender() == code.HomeAgent), ErrRevocationAcknowledger)
	o.add(acknowledgmentInformAt, m.Inform && !q.Inform, ErrAcknowledgmentInform)
	o.add(homeAddressAt, m.HomeAddress != q.HomeAddress, ErrRevocationHomeAddress)
	o.add(revocationIdentifierAt, m.RevocationIdentifier != q.RevocationIdentifier, ErrRevocationIdentifier)
}

// handoffKind is what the H, N and R bits of a handoff message say that it is.
type handoffKind uint8

const (
	handoffUnclear handoffKind = iota
	handoffBySource
	handoffByTarget
	handoffToThird
	handoffRenews
)

func kindOfHandoff(source, target, renewal bool) handoffKind {
	switch {
	case renewal && !source && !target:
		return handoffRenews
	case renewal, !source && !target:
		return handoffUnclear
	case source && target:
		return handoffToThird
	case source:
		return handoffBySource
	}
	return handoffByTarget
}

func (o *message) handedOff(m mipv4.HandoffReply, q mipv4.HandoffRequest) {
	is, was := kindOfHandoff(m.Source, m.Target, m.Renewal), kindOfHandoff(q.Source, q.Target, q.Renewal)
	fits := is == was && was != handoffToThird || is == handoffToThird && was == handoffByTarget || is == handoffBySource && was == handoffToThird
	o.add(handoffFlagsAt, is != handoffUnclear && was != handoffUnclear && !fits, ErrHandoffAnswer)
	accepted := m.Code.Accepted()
	// What was handed to a third is not negotiated here.
	switch {
	case is != was || !accepted:
	case is == handoffBySource:
		o.add(handoffFlagsAt, m.ReverseTunnel && !q.ReverseTunnel, ErrHandoffReverseTunnel)
		o.add(handoffLifetimeAt, m.Lifetime > q.Lifetime, ErrHandoffLonger)
	case is == handoffByTarget:
		o.add(handoffFlagsAt, m.HomeTunnel && q.ReverseTunnel, ErrHandoffHomeTunnel)
	case is == handoffRenews:
		o.add(handoffLifetimeAt, m.Lifetime > q.Lifetime, ErrHandoffRenewedLonger)
	}
	o.add(handoffHomeAddressAt, unicast(m.MNHomeAddress) && unicast(q.MNHomeAddress) && m.MNHomeAddress != q.MNHomeAddress, ErrHandoffOther)
	o.add(handoffHomeAgentAt, unicast(m.HAAddress) && unicast(q.HAAddress) && m.HAAddress != q.HAAddress, ErrHandoffOther)
	o.add(handoffIdentificationAt, !m.Identification.MatchesLow(q.Identification), ErrHandoffIdentification)
}

// registered judges a regional reply as a reply is judged: a gateway foreign agent stands
// where the home agent does.
func (o *message) registered(m mipv4.RegionalReply, q mipv4.RegionalRequest) {
	_, byGateway := m.Extensions.Find(ext.KindMNGFAAuth)
	denial := o.leg == code.FAtoMN && m.Code.Origin() == code.ByForeignAgent && !byGateway
	mandatory := m.Code == code.HAReverseTunnelMandatory || m.Code == code.FAReverseTunnelMandatory
	low := m.Identification.MatchesLow(q.Identification)
	o.add(codeAt, mandatory && q.Flags.Has(mipv4.FlagReverseTunnel), ErrTunnelMandatory)
	o.add(lifetimeAt, m.Code.Accepted() && m.Lifetime > q.Lifetime, ErrLongerLifetime)
	o.add(lifetimeAt, m.Code == code.FALifetimeTooLong && m.Lifetime >= q.Lifetime, ErrDenialTooLong)
	o.add(lifetimeAt, denial && m.Code != code.FALifetimeTooLong && m.Lifetime != q.Lifetime, ErrDenialLifetime)
	o.add(homeAddressAt, !q.HomeAddress.IsUnspecified() && m.HomeAddress != q.HomeAddress, mipv4.ErrOtherHomeAddress)
	o.add(replyHomeAgentAt, m.GFAIPAddress != q.GFAIPAddress, ErrRegionalOtherGateway)
	o.add(replyIdentificationAt, !low, mipv4.ErrOtherIdentification)
	o.add(replyIdentificationAt, denial && low && m.Identification != q.Identification, ErrDenialIdentification)
}

func (o *message) fastBound(m mipv4.FastBindingAck, q mipv4.FastBindingUpdate) {
	low := m.Identification.MatchesLow(q.Identification)
	o.add(lifetimeAt, m.Code.Accepted() && m.Lifetime > q.Lifetime, ErrFastLonger)
	o.add(homeAddressAt, m.HomeAddress != q.HomeAddress, ErrFastOther)
	o.add(replyHomeAgentAt, m.HomeAgent != q.HomeAgent, ErrFastOther)
	o.add(replyIdentificationAt, !low, ErrFastIdentification)
	o.add(replyIdentificationAt, low && m.Identification != q.Identification, ErrFastIdentificationHigh)
}

func (o *message) notified(m mipv4.NotificationAck, q mipv4.Notification) {
	there, ok := q.Direction.Leg()
	back, known := m.Direction.Leg()
	if ok && known {
		relayed := there == code.MNtoHA || there == code.HAtoMN
		returns := back.Receiver() == there.Sender()
		denied := relayed && returns && back.Sender() == code.ForeignAgent && !m.Code.Accepted()
		o.add(directionAt, back != there.Reverse() && !denied, ErrNotificationAnswer)
		o.add(directionAt, denied, ErrNotificationRelayDenied)
		blamed := failed(m.Code)
		o.add(notificationCodeAt, blamed != 0 && blamed != there.Sender() && !(blamed == code.ForeignAgent && relayed), ErrNotificationBlamed)
	}
	o.add(homeAddressAt, m.HomeAddress != q.HomeAddress, ErrNotificationOther)
	o.add(notificationHomeAgentAt, m.HomeAgentAddress != q.HomeAgentAddress, ErrNotificationOther)
	o.add(notificationCareOfAddressAt, m.CareOfAddress != q.CareOfAddress, ErrNotificationOtherCareOf)
	o.add(notificationIdentificationAt, !m.Identification.MatchesLow(q.Identification), ErrNotificationIdentification)
}

// failed returns who failed authentication by a Code, 0 when it says something else.
func failed(c code.GenericNotification) code.Role {
	switch c {
	case code.NotificationFAMobileNodeFailed, code.NotificationHAMobileNodeFailed:
		return code.MobileNode
	case code.NotificationHAForeignAgentFailed, code.NotificationMNForeignAgentFailed:
		return code.ForeignAgent
	case code.NotificationFAHomeAgentFailed, code.NotificationMNHomeAgentFailed:
		return code.HomeAgent
	}
	return 0
}
