//go:build go1.26

package ext

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding"
)

// hmac appends to room the HMAC of b.
//
// A hash that is made here and used by its own methods only stays on the stack,
// and so does what it reads. The compiler sees that since Go 1.26, where the
// assertion is one to a type that it knows; hence one function a hash. The inner
// sum lies in the room of the outer one, which has read it by then.
func (s *secrets) hmac(a Algorithm, b, room []byte) []byte {
	switch a {
	case HMACSHA1:
		return s.hmacSHA1(b, room)
	case HMACSHA256:
		return s.hmacSHA256(b, room)
	}
	return s.hmacMD5(b, room)
}

func (s *secrets) hmacMD5(b, room []byte) []byte {
	h := md5.New()
	state := h.(encoding.BinaryUnmarshaler)
	state.UnmarshalBinary(s.inner)
	h.Write(b)
	b = h.Sum(room)
	state.UnmarshalBinary(s.outer)
	h.Write(b)
	return h.Sum(room)
}

func (s *secrets) hmacSHA1(b, room []byte) []byte {
	h := sha1.New()
	state := h.(encoding.BinaryUnmarshaler)
	state.UnmarshalBinary(s.inner)
	h.Write(b)
	b = h.Sum(room)
	state.UnmarshalBinary(s.outer)
	h.Write(b)
	return h.Sum(room)
}

func (s *secrets) hmacSHA256(b, room []byte) []byte {
	h := sha256.New()
	state := h.(encoding.BinaryUnmarshaler)
	state.UnmarshalBinary(s.inner)
	h.Write(b)
	b = h.Sum(room)
	state.UnmarshalBinary(s.outer)
	h.Write(b)
	return h.Sum(room)
}
