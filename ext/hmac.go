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
// assertion is one to a type that it knows; hence one function a hash.
func (s *secrets) hmac(a Algorithm, b, room []byte) []byte {
	switch a {
	case HMACSHA1:
		return resumeSHA1(s.outer, resumeSHA1(s.inner, b, room), room)
	case HMACSHA256:
		return resumeSHA256(s.outer, resumeSHA256(s.inner, b, room), room)
	}
	return resumeMD5(s.outer, resumeMD5(s.inner, b, room), room)
}

// resumeMD5 appends to room the MD5 of what a state has seen and b, which may lie
// there.
func resumeMD5(state, b, room []byte) []byte {
	h := md5.New()
	h.(encoding.BinaryUnmarshaler).UnmarshalBinary(state)
	h.Write(b)
	return h.Sum(room)
}

func resumeSHA1(state, b, room []byte) []byte {
	h := sha1.New()
	h.(encoding.BinaryUnmarshaler).UnmarshalBinary(state)
	h.Write(b)
	return h.Sum(room)
}

func resumeSHA256(state, b, room []byte) []byte {
	h := sha256.New()
	h.(encoding.BinaryUnmarshaler).UnmarshalBinary(state)
	h.Write(b)
	return h.Sum(room)
}
