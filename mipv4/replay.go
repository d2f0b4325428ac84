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
	ErrTimestamp = code.NewFault("the Identification's timestamp is too far from the time of day", "RFC 5944 §5.7.1", code.Must, mismatch, 0, 0)
	// ErrReplay: the home agent has accepted this timestamp, or a later one.
	ErrReplay = code.NewFault("the Identification's timestamp does not exceed the greatest accepted", "RFC 5944 §5.7.1", code.Must, mismatch, 0, 0)
	// ErrNonce: the high half is not the nonce that the home agent sent last.
	ErrNonce = code.NewFault("the Identification's nonce is not the one sent last", "RFC 5944 §5.7.2, §3.8.2.1", code.Must, mismatch|code.ShouldAnswer, 0, 0)
)

const mismatch = code.ToReject | code.Act(code.HAIdentificationMismatch)

// JudgeTimestamp judges the Identification of a request under timestamp replay
// protection (RFC 5944 §5.7.1): it must be no further from now than the
// tolerance, of which the RFC recommends more than 3 and proposes 7 seconds,
// and greater than last, the greatest that was accepted from the mobile node; 0
// stands for none. Ask once the authenticator is verified.
//
// It returns the Identification for the reply: the received one when it is
// valid, otherwise its low half under the seconds of now, with [ErrTimestamp] or
// [ErrReplay]. Differences are taken modulo 2^64, so that they survive the end
// of the NTP era in 2036.
func JudgeTimestamp(received, last Identification, now time.Time, tolerance time.Duration) (Identification, error) {
	clock := Timestamp(now, 0)
	answer := clock&^0xffffffff | received&0xffffffff
	off := int64(received - clock)
	if off < 0 {
		off = -off
	}
	if uint64(off) > span(tolerance) {
		return answer, ErrTimestamp
	}
	if last != 0 && int64(received-last) <= 0 {
		return answer, ErrReplay
	}
	return received, nil
}

// span is a duration in units of 2^-32 seconds, 0 for a negative one.
func span(d time.Duration) uint64 {
	if d < 0 {
		return 0
	}
	seconds, rest := uint64(d/time.Second), uint64(d%time.Second)
	return min(seconds, 1<<32-1)<<32 | rest<<32/uint64(time.Second)
}

// JudgeNonce judges the Identification of a request under nonce replay
// protection (RFC 5944 §5.7.2): its high half must be last, the nonce that the
// home agent sent last. Ask once the authenticator is verified.
//
// It returns the Identification for the reply, whether that accepts or denies:
// next, the home agent's fresh nonce, over the received low half. The error is
// [ErrNonce].
func JudgeNonce(received Identification, last, next uint32) (Identification, error) {
	answer := Identification(next)<<32 | received&0xffffffff
	if received.High() != last {
		return answer, ErrNonce
	}
	return answer, nil
}
