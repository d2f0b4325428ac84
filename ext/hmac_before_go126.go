//go:build !go1.26

package ext

import (
	"encoding"
	"hash"
	"sync"
)

// hmac appends to room the HMAC of b.
//
// Before Go 1.26 a hash that reads a state is on the heap, and what is handed to
// it escapes. A pool of the process has the hashes, and b passes through a buffer of
// theirs, so that a message on the caller's stack stays there.
func (s *secrets) hmac(a Algorithm, b, room []byte) []byte {
	t := hashers.Get().(*hasher)
	h := t.hashes[a]
	room = append(room, t.resume(h, s.outer, t.resume(h, s.inner, b))...)
	hashers.Put(t)
	return room
}

// hashers are the hashes of all contexts. What one leaves in them the next overwrites.
var hashers = sync.Pool{New: newHasher}

// hasher has the hashes of the three HMACs and what they read and give.
type hasher struct {
	hashes [HMACSHA256 + 1]hash.Hash
	buf    [256]byte
	sum    [maxSize]byte
}

func newHasher() any {
	t := new(hasher)
	for a := range t.hashes {
		t.hashes[a] = Algorithm(a).hash()
	}
	return t
}

// resume returns the hash of what a state has seen and b; it is valid until the
// next.
func (t *hasher) resume(h hash.Hash, state, b []byte) []byte {
	h.(encoding.BinaryUnmarshaler).UnmarshalBinary(state)
	for len(b) > 0 {
		n := copy(t.buf[:], b)
		h.Write(t.buf[:n])
		b = b[n:]
	}
	return h.Sum(t.sum[:0])
}
