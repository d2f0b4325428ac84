package ext

import (
	"bytes"
	"crypto/md5"
	"encoding"
)

// secrets is what the closure of a SecurityContext hides: for HMAC the states of
// the hash behind the two pads, marshalled, which save two of five blocks of a
// message like a registration, and else the key.
type secrets struct {
	inner, outer []byte
	key          []byte
}

// The block of MD5, SHA-1 and SHA-256, and the bytes of the pads (RFC 2104 §2).
const (
	blockSize = 64
	ipad      = 0x36
	opad      = 0x5c
)

// newSecrets derives from a key what the algorithm needs.
func newSecrets(a Algorithm, key []byte) *secrets {
	if !a.isHMAC() {
		return &secrets{key: bytes.Clone(key)}
	}
	if len(key) > blockSize {
		h := a.hash()
		h.Write(key)
		key = h.Sum(nil)
	}
	return &secrets{inner: a.behind(key, ipad), outer: a.behind(key, opad)}
}

// behind returns the state of the algorithm's hash behind the block that the key
// and a pad make.
func (a Algorithm) behind(key []byte, pad byte) []byte {
	block := bytes.Repeat([]byte{pad}, blockSize)
	for i, b := range key {
		block[i] ^= b
	}
	h := a.hash()
	h.Write(block)
	// The hashes of the standard library can all be marshalled, and do not fail.
	state, _ := h.(encoding.BinaryMarshaler).MarshalBinary()
	return state
}

// compute returns the authenticator over covered, which ends with the SPI. It lies
// in the room behind room.
func (s *secrets) compute(a Algorithm, covered, challenge, room []byte) []byte {
	switch a {
	case MD5PrefixSuffix:
		return sumMD5(room, s.key, covered, s.key)
	case MD5PrefixSuffix2002:
		return sumMD5(room, s.key, covered[:max(0, len(covered)-4)], s.key)
	case CHAP:
		// MD5(first octet of the challenge || key || MD5(covered) ||
		// last 237 octets of the challenge), RFC 4721 §8.
		inner := sumMD5(room, covered)
		return sumMD5(room, challenge[:1], s.key, inner, challenge[max(0, len(challenge)-237):])
	}
	return s.hmac(a, covered, room)
}

// sumMD5 appends to room the MD5 of parts one after the other, which may lie there.
func sumMD5(room []byte, parts ...[]byte) []byte {
	h := md5.New()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(room)
}
