package rules

import (
	"encoding/binary"
	"hash/maphash"

	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// prefixSets has the prefixes of a reply that have gone by, and those of the
// request.
type prefixSets struct {
	replies, requests prefixSet
	// judged says that the prefixes of the replies must be among those of the
	// requests: all of these are known, and none leaves the choice to the home
	// agent.
	judged bool
}

// prefixSet is the set of the prefixes that extensions of a list name. Up to eight
// are compared one by one; more, which large is for, are found by hash, so that
// nobody makes it quadratic.
type prefixSet struct {
	list ext.List
	// lengths says that another length makes another prefix. A reply answers the
	// request with its prefix field (RFC 5454 §3.3), whatever the length; two replies
	// with one field and different lengths name different prefixes.
	lengths bool
	small   [8]prefixKey
	n       int // of small
	// large has, by hash, where in the message the extensions stand, and 0 for a free
	// slot. A message has room for 3,275 prefix requests, so that it is never full.
	large *[4096]uint16
	seed  maphash.Seed // of large
}

// prefixKey is what makes two prefixes the same: the bits that count, and, where it
// matters, the length.
type prefixKey struct {
	high, low uint64
	length    uint8
}

// key returns the key of a prefix.
func (t *prefixSet) key(p dsmip.PrefixRequest) prefixKey {
	m, _ := p.NetPrefix()
	b := m.Addr().As16()
	k := prefixKey{high: binary.BigEndian.Uint64(b[:]), low: binary.BigEndian.Uint64(b[8:])}
	if t.lengths {
		k.length = p.PrefixLength
	}
	return k
}

// prefixOf returns the prefix of an IPv6 Prefix Request or Reply.
func prefixOf(x ext.Raw) (dsmip.PrefixRequest, bool) {
	if x.Kind() == ext.KindIPv6PrefixReply {
		p, err := dsmip.ParsePrefixReply(x)
		return dsmip.PrefixRequest{PrefixLength: p.PrefixLength, Prefix: p.Prefix}, err == nil
	}
	p, err := dsmip.ParsePrefixRequest(x)
	return p, err == nil
}

// has reports whether the set has the key.
func (t *prefixSet) has(k prefixKey) bool {
	if t.large != nil {
		return *t.slot(k) != 0
	}
	for _, have := range t.small[:t.n] {
		if have == k {
			return true
		}
	}
	return false
}

// add adds the key of the extension at an offset, and reports whether it is new.
func (t *prefixSet) add(k prefixKey, offset int) bool {
	if t.has(k) {
		return false
	}
	if t.large != nil {
		*t.slot(k) = uint16(offset)
	} else if t.n < len(t.small) { // more, if the bytes changed since they were counted
		t.small[t.n] = k
		t.n++
	}
	return true
}

// slot returns where the key stands in large, or where it would.
func (t *prefixSet) slot(k prefixKey) *uint16 {
	var b [17]byte
	binary.BigEndian.PutUint64(b[:], k.high)
	binary.BigEndian.PutUint64(b[8:], k.low)
	b[16] = k.length
	size := uint64(len(t.large))
	for i := maphash.Bytes(t.seed, b[:]) % size; ; i = (i + 1) % size {
		at := &t.large[i]
		if *at == 0 {
			return at
		}
		x, _ := t.list.At(int(*at))
		if p, ok := prefixOf(x); ok && t.key(p) == k {
			return at
		}
	}
}

// newPrefixSets returns the sets of a reply and of the request that it answers,
// which may be nil.
func newPrefixSets(r *mipv4.Reply, asked *mipv4.Request) prefixSets {
	var sets prefixSets
	sets.replies.list, sets.replies.lengths = r.Extensions, true
	if asked != nil {
		sets.requests.list = asked.Extensions
	}
	return sets
}

// few reports whether the prefixes are compared one by one.
func (s *prefixSets) few(replies int) bool {
	n, l := 0, s.requests.list
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if x.Kind() == ext.KindIPv6PrefixRequest {
			n++
		}
	}
	return max(n, replies) <= len(s.requests.small)
}

// tables are for the sets of more than a few prefixes.
type tables struct{ replies, requests [4096]uint16 }

// in returns the sets with their prefixes in tables.
func (s prefixSets) in(t *tables) prefixSets {
	// The seed keeps an attacker from choosing prefixes that collide.
	seed := maphash.MakeSeed()
	s.replies.large, s.replies.seed = &t.replies, seed
	s.requests.large, s.requests.seed = &t.requests, seed
	return s
}

// start empties the sets, but for the prefixes of the request.
func (s *prefixSets) start(p dsmip.Profile) {
	s.replies.empty()
	s.requests.empty()
	l := s.requests.list
	s.judged = l.Message() != nil
	for x, ok := l.First(); ok && s.judged; x, ok = l.Next(x) {
		q, err := dsmip.ParsePrefixRequest(x)
		if err != nil {
			continue // another kind, or one that nobody can answer
		}
		s.requests.add(s.requests.key(q), x.Offset())
		chosen := q.Wants() == dsmip.WantAnyPrefix || q.Wants() == dsmip.WantInterfaceIdentifier
		s.judged = p == dsmip.RFC5454 || !chosen
	}
}

func (t *prefixSet) empty() {
	t.n = 0
	if t.large != nil {
		*t.large = [4096]uint16{}
	}
}
