package mipv4

import "time"

// Identification is the 64-bit number that matches a reply with its request
// and protects against replay (RFC 5944 §5.7). With timestamps it is an NTP
// time: seconds since 1900 in the high 32 bits, the fraction in the low. With
// nonces the high half is the home agent's, the low half the mobile node's.
type Identification uint64

// The seconds between the NTP eras' beginnings and the Unix epoch: era 0
// begins on 1 January 1900, era 1 on 7 February 2036 at 06:28:16 UTC
// (RFC 4330 §3).
const (
	era0 = -2208988800
	era1 = era0 + 1<<32
)

// Timestamp returns the Identification that names a moment, from 20 January
// 1968, 03:14:08 UTC, up to but not including 26 February 2104, 09:42:24 UTC; Time
// gives others back 136 years away. The fraction of the second takes the upper 20
// bits of the low half, just under a microsecond each; the other 12 are the upper
// bits of random, which RFC 5944 §5.7.1 wants from a good source.
func Timestamp(t time.Time, random uint32) Identification {
	seconds := uint32(t.Unix() - era0)
	fraction := uint32(uint64(t.Nanosecond()) << 20 / 1e9)
	return Identification(seconds)<<32 | Identification(fraction<<12|random>>20)
}

// Time returns the moment that a timestamp names. RFC 4330 §3: when the
// highest bit is set the era is that of 1900 and the moment in 1968 to 2036,
// when it is clear the era is that of 2036.
func (id Identification) Time() time.Time {
	seconds := int64(id.High()) + era0
	if id.High()>>31 == 0 {
		seconds = int64(id.High()) + era1
	}
	return time.Unix(seconds, int64(uint64(id.Low())*1e9>>32)).UTC()
}

// High returns the high 32 bits: seconds, or the home agent's nonce.
func (id Identification) High() uint32 { return uint32(id >> 32) }

// Low returns the low 32 bits: the fraction, or the mobile node's own value. A
// reply copies them from its request unchanged.
func (id Identification) Low() uint32 { return uint32(id) }

// MatchesLow reports whether both have the same low 32 bits: whether a reply
// with one answers a request with the other (RFC 5944 §5.7).
func (id Identification) MatchesLow(o Identification) bool { return id.Low() == o.Low() }

// String returns the 16 hex digits.
func (id Identification) String() string {
	var s [16]byte
	return string(appendDigits(s[:0], uint64(id)))
}
