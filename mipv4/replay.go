package mipv4

import (
	"time"

	"github.com/go-mobileip/dsmipv4/code"
)

// The faults of an Identification. Once the authenticator is good the home agent
// MUST reject the request and SHOULD answer 133 (RFC 5944 §3.8.2.1 b); with
// timestamps it MUST answer (§5.7.1).
var (
	// ErrTimestamp: sender and home agent disagree about the time of day.
	ErrTimestamp = code.NewFault("the Identification's timestamp is too far from the time of day", "RFC 5944 §5.7.1, §3.8.2.1", code.Must, mismatch, 0, 0)
	// ErrReplay: the home agent has accepted this timestamp, or a later one.
	ErrReplay = code.NewFault("the Identification's timestamp does not exceed the greatest accepted", "RFC 5944 §5.7.1, §3.8.2.1", code.Must, mismatch, 0, 0)
	// ErrNonce: the high half is not the nonce that the home agent sent last.
	ErrNonce = code.NewFault("the Identification's nonce is not the one sent last", "RFC 5944 §5.7.2, §3.8.2.1", code.Must, mismatch|code.ShouldAnswer, 0, 0)
	// ErrSameNonce: what was given as the next nonce is 0 or the last one again,
	// with which a request could be replayed.
	ErrSameNonce = code.NewFault("the next nonce is 0 or the one sent last", "RFC 5944 §5.7.2", code.Caller, 0, 0, 0)
)

const mismatch = code.ToReject | code.Act(code.HAIdentificationMismatch)

// Timestamps is what a home agent keeps of a mobile node whose registrations
// timestamps protect against replay (RFC 5944 §5.7.1): the greatest that it has
// accepted. The zero Timestamps has accepted none. It is a value to be kept, and
// compared, as any other; it is not shared without a lock.
//
// A request is judged once its authenticator is verified, and committed when it is
// accepted:
//
//	id, err := node.Judge(request.Identification, now, 7*time.Second)
//	...
//	err = node.Commit(request.Identification)
type Timestamps struct {
	greatest Identification
	accepted bool
}

// Judge judges the Identification of a request: it must be no further from now
// than the tolerance, of which the RFC recommends more than 3 and proposes 7
// seconds, and greater than all that were accepted. A duplicate of an accepted
// request is thereby a replay.
//
// It returns the Identification for the reply: the received one when it is valid,
// whatever the reply's Code, otherwise its low half under the seconds of now, with
// [ErrTimestamp] or [ErrReplay]. Differences are taken modulo 2^64, so that they
// survive the end of the NTP era in 2036. The state stays as it is.
func (t Timestamps) Judge(received Identification, now time.Time, tolerance time.Duration) (Identification, error) {
	clock := Timestamp(now, 0)
	answer := clock&^0xffffffff | received&0xffffffff
	off := int64(received - clock)
	if off < 0 {
		off = -off
	}
	if uint64(off) > span(tolerance) {
		return answer, ErrTimestamp
	}
	if t.accepted && !received.after(t.greatest) {
		return answer, ErrReplay
	}
	return received, nil
}

// Commit notes that the home agent accepts the request that has the Identification.
// When one as great or greater was accepted since it was judged the error is
// [ErrReplay], the state stays as it is, and the request is not to be accepted.
func (t *Timestamps) Commit(received Identification) error {
	if t.accepted && !received.after(t.greatest) {
		return ErrReplay
	}
	t.greatest, t.accepted = received, true
	return nil
}

// Equal reports whether both are the same.
func (t Timestamps) Equal(o Timestamps) bool { return t == o }

// String returns "none accepted" or "accepted up to" and the Identification.
func (t Timestamps) String() string {
	if !t.accepted {
		return "none accepted"
	}
	return "accepted up to " + t.greatest.String()
}

// after reports whether id is greater than o, modulo 2^64.
func (id Identification) after(o Identification) bool { return int64(id-o) > 0 }

// span is a duration in units of 2^-32 seconds, 0 for a negative one.
func span(d time.Duration) uint64 {
	if d < 0 {
		return 0
	}
	seconds, rest := uint64(d/time.Second), uint64(d%time.Second)
	return min(seconds, 1<<32-1)<<32 | rest<<32/uint64(time.Second)
}

// Nonces is what a home agent keeps of a mobile node whose registrations nonces
// protect against replay (RFC 5944 §5.7.2): the one that it sent last. The zero
// Nonces has sent none, and no request is valid: its denial, with 133, brings the
// first. It is a value to be kept, and compared, as any other; it is not shared
// without a lock.
//
// A request is judged once its authenticator is verified. Every reply has a new
// nonce, whether it accepts or denies, and is committed:
//
//	id, err := node.Judge(request.Identification, random)
//	...
//	err = node.Commit(request.Identification, random)
type Nonces struct {
	last uint32 // 0: none was sent
}

// Judge judges the Identification of a request: its high half must be the nonce
// that was sent last. A retransmission of a request that was answered is thereby
// out of date: its answer was lost, and the denial brings the next nonce.
//
// It returns the Identification for the reply, accepting or denying: next, the home
// agent's fresh nonce, over the received low half. The error is [ErrNonce] for the
// request's fault, and [ErrSameNonce] for a next that is 0 or was sent last. The
// state stays as it is.
func (n Nonces) Judge(received Identification, next uint32) (Identification, error) {
	answer := Identification(next)<<32 | received&0xffffffff
	switch {
	case next == 0 || next == n.last:
		return answer, ErrSameNonce
	case n.last == 0 || received.High() != n.last:
		return answer, ErrNonce
	}
	return answer, nil
}

// Commit notes that the home agent answers the request that has the Identification,
// and that the answer's nonce is next; a denial is committed, too. The errors are
// those of Judge. With [ErrNonce] next is noted, but the request is not to be accepted:
// if Judge found it valid, another was answered since. With [ErrSameNonce] the
// state stays as it is, and nothing is to be sent.
func (n *Nonces) Commit(received Identification, next uint32) error {
	_, err := n.Judge(received, next)
	if err != ErrSameNonce {
		n.last = next
	}
	return err
}

// Equal reports whether both are the same.
func (n Nonces) Equal(o Nonces) bool { return n == o }

// String returns "no nonce sent" or "nonce" and the high half of an Identification.
func (n Nonces) String() string {
	if n.last == 0 {
		return "no nonce sent"
	}
	return "nonce " + (Identification(n.last) << 32).String()[:8]
}
