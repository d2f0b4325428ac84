package mipv4

import (
	"strconv"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
)

// MobileTimestamps is what a mobile node keeps for the Identifications of the
// requests to a home agent with which it has agreed on timestamps (RFC 5944
// §5.7.1). The zero MobileTimestamps has sent nothing and takes its clock for
// right. It is a value to be kept, and compared, as any other; it is not shared
// without a lock.
type MobileTimestamps struct {
	sent     Identification // of the most recent request
	floor    Identification // what the next must exceed
	accepted Identification // the greatest that the home agent is known to have accepted
	ahead    uint32         // seconds, modulo 2^32, that the home agent's clock is ahead
	// Which of the three are there.
	hasSent, hasFloor, hasAccepted bool
}

// Next returns the Identification of the next request: the moment now by the home
// agent's clock, as far as it is known, the bits below the microsecond random as
// with [Timestamp]. It is greater than that of every request before, however the
// clock was set in between. But when Learn has seen one rejected for its
// Identification it exceeds, of those sent until then, only the ones whose acceptance
// Learn has seen: when the clock was ahead, the home agent asks for less.
func (t *MobileTimestamps) Next(now time.Time, random uint32) Identification {
	id := Timestamp(now, random) + Identification(t.ahead)<<32
	if t.hasFloor && !id.after(t.floor) {
		id = t.floor + 1
	}
	t.sent, t.floor, t.hasSent, t.hasFloor = id, id, true, true
	return id
}

// Retransmit returns the Identification with which an unanswered request is sent
// again: with timestamps it is a new one, and the request is written and signed
// anew, as [Request.Renew] begins it (RFC 5944 §3.6.3).
func (t *MobileTimestamps) Retransmit(now time.Time, random uint32) Identification {
	return t.Next(now, random)
}

// Learn takes from a reply what it says about the home agent's clock. The reply
// must be verified: its Mobile-Home Authentication extension, by the mobile node's
// association with the home agent. Code 133 sets the clock by the high half of the
// Identification (RFC 5944 §3.6.2.3), 136 does when that is not the request's own,
// and other Codes, a foreign agent's among them, do not. now is when it arrived.
//
// The error is [ErrOtherIdentification] when the low half is not that of the most
// recent request (§3.6.2.1): the reply is to be discarded, and nothing is learned.
func (t *MobileTimestamps) Learn(verified *Reply, now time.Time) error {
	id := verified.Identification
	if !t.hasSent || !id.MatchesLow(t.sent) {
		return ErrOtherIdentification
	}
	switch c := verified.Code; {
	case c == code.HAIdentificationMismatch, c == code.HAUnknownHomeAgentAddress && id.High() != t.sent.High():
		t.ahead = id.High() - Timestamp(now, 0).High()
		t.floor, t.hasFloor = t.accepted, t.hasAccepted
	case c.Accepted():
		t.accepted, t.hasAccepted = t.sent, true
	}
	return nil
}

// Equal reports whether both are the same.
func (t MobileTimestamps) Equal(o MobileTimestamps) bool { return t == o }

// String returns "nothing sent" or "sent" and the last Identification, and how many
// seconds the home agent's clock is ahead.
func (t MobileTimestamps) String() string {
	if !t.hasSent {
		return "nothing sent"
	}
	return "sent " + t.sent.String() + ", clock " + strconv.Itoa(int(int32(t.ahead))) + " s ahead"
}

// MobileNonces is what a mobile node keeps for the Identifications of the requests
// to a home agent with which it has agreed on nonces (RFC 5944 §5.7.2). The zero
// MobileNonces has sent nothing and knows no nonce of the home agent's: the first
// request is denied with Code 133, which brings it. It is a value to be kept, and
// compared, as any other; it is not shared without a lock.
type MobileNonces struct {
	sent    Identification
	nonce   uint32 // the home agent's
	hasSent bool
}

// Next returns the Identification of the next request: the home agent's last nonce
// over the mobile node's own, which is random, or the next number when the last was
// the same.
func (n *MobileNonces) Next(random uint32) Identification {
	if n.hasSent && random == n.sent.Low() {
		random++
	}
	n.sent = Identification(n.nonce)<<32 | Identification(random)
	n.hasSent = true
	return n.sent
}

// Retransmit returns the Identification with which an unanswered request is sent
// again: with nonces it is the same, and so is the whole datagram (RFC 5944
// §3.6.3). False means that no request was sent.
func (n MobileNonces) Retransmit() (Identification, bool) { return n.sent, n.hasSent }

// Learn takes the home agent's next nonce from a reply, whether it accepts or denies.
// The reply must be verified: its Mobile-Home Authentication extension, by the mobile
// node's association with the home agent. A foreign agent's denial has no nonce, and
// none is taken from it.
//
// The error is [ErrOtherIdentification] when the low half is not that of the most
// recent request (§3.6.2.1): the reply is to be discarded, and nothing is learned.
func (n *MobileNonces) Learn(verified *Reply) error {
	if !n.hasSent || !verified.Identification.MatchesLow(n.sent) {
		return ErrOtherIdentification
	}
	switch verified.Code.Origin() {
	case code.Accepted, code.ByHomeAgent:
		n.nonce = verified.Identification.High()
	}
	return nil
}

// Equal reports whether both are the same.
func (n MobileNonces) Equal(o MobileNonces) bool { return n == o }

// String returns "nothing sent" or "sent" and the last Identification, and the home
// agent's nonce.
func (n MobileNonces) String() string {
	if !n.hasSent {
		return "nothing sent"
	}
	return "sent " + n.sent.String() + ", nonce " + (Identification(n.nonce) << 32).String()[:8]
}
