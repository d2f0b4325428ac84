package dsmip

import (
	"encoding/binary"
	"hash/maphash"

	"github.com/go-mobileip/dsmipv4/ext"
)

// prefixes is the set of the prefixes that the extensions of a kind name in a
// list. Up to eight are compared one by one; more, which large is for, are found
// by hash, so that nobody makes it quadratic.
type prefixes struct {
	list ext.List
	prefixLayout
	small few
	n     int // of small
	large *many
	seed  maphash.Seed // of large
}

// prefixLayout is where the body of an extension has its prefix, in the last
// sixteen bytes, and whether another length makes another prefix.
type prefixLayout struct {
	kind     ext.Kind
	body     int // its bytes
	lengthAt int // where the Prefix Length stands in them
	lengths  bool
}

var (
	// Prefix Length, prefix. A reply matches by the prefix field (RFC 5454 §3.3).
	requestLayout = prefixLayout{ext.KindIPv6PrefixRequest, 17, 0, false}
	// Code, Prefix Length, Reserved, prefix.
	replyLayout = prefixLayout{ext.KindIPv6PrefixReply, 19, 1, true}
)

// few has the prefixes of an ordinary message.
type few [8]prefixKey

// many has, by hash, where in the message the extensions stand, plus one; 0 marks
// a free slot. A message has room for 3,275 prefix requests, so that the table is
// never full.
type many [4096]uint16

// prefixKey is what makes two prefixes the same.
type prefixKey struct {
	bits
	length uint8
}

// count returns how many extensions of the kind the list has.
func (t *prefixes) count() (n int) {
	for x, ok := t.list.First(); ok; x, ok = t.list.Next(x) {
		if x.Kind() == t.kind {
			n++
		}
	}
	return n
}

// at reads the prefix of an extension as it stands on the wire, false when that is
// of another kind or does not parse.
func (t *prefixes) at(x ext.Raw) (m bits, length uint8, ok bool) {
	b := x.Body()
	if x.Kind() != t.kind || len(b) != t.body || !known(b[t.lengthAt]) {
		return bits{}, 0, false
	}
	return bitsOf(b[t.body-16:]), b[t.lengthAt], true
}

// key returns what makes the prefix another than others in the set.
func (t *prefixes) key(m bits, length uint8) prefixKey {
	m = m.masked(length)
	if !t.lengths {
		length = 0
	}
	return prefixKey{m, length}
}

// has reports whether the set has the key.
func (t *prefixes) has(key prefixKey) bool {
	if t.large != nil {
		return t.large[t.slot(key)] != 0
	}
	for _, k := range t.small[:t.n] {
		if k == key {
			return true
		}
	}
	return false
}

// add adds the key of the extension at an offset, and reports whether it is new.
func (t *prefixes) add(key prefixKey, offset int) bool {
	if t.large != nil {
		i := t.slot(key)
		if t.large[i] != 0 {
			return false
		}
		t.large[i] = uint16(offset + 1)
		return true
	}
	if t.has(key) {
		return false
	}
	if t.n < len(t.small) { // more, if the bytes changed since they were counted
		t.small[t.n] = key
		t.n++
	}
	return true
}

// slot returns where the key stands in large, or where it would.
func (t *prefixes) slot(key prefixKey) uint64 {
	const header = 3 // type, Length, sub-type
	var b [17]byte
	binary.BigEndian.PutUint64(b[:], key.high)
	binary.BigEndian.PutUint64(b[8:], key.low)
	b[16] = key.length
	size := uint64(len(t.large))
	for i := maphash.Bytes(t.seed, b[:]) % size; ; i = (i + 1) % size {
		if t.large[i] == 0 {
			return i
		}
		e := t.list.Message()[t.large[i]-1:][header:]
		if t.key(bitsOf(e[t.body-16:]), e[t.lengthAt]) == key {
			return i
		}
	}
}
