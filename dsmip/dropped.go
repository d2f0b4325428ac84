package dsmip

import (
	"hash/maphash"
	"iter"
	"net/netip"
)

// Dropped iterates over the prefixes that a re-registration ends: those of before, what was
// registered, that are not in after, what is registered now (draft-06 §4.7, RFC 5454 §3.8),
// in the order of before. They are compared whole: a longer or shorter one is another; bits
// beyond the length do not count, and are cleared in what is yielded. With an empty after,
// as a deregistration leaves it, that is all. An invalid prefix is none.
//
// What before names twice is yielded twice. It takes time linear in both, but that it goes
// through after once for every 3,072 of before, of which a message has room for 3,275.
// Ranged over in place it allocates nothing.
func Dropped(before, after []netip.Prefix) iter.Seq[netip.Prefix] {
	return func(yield func(netip.Prefix) bool) { dropped(before, after, yield) }
}

func dropped(before, after []netip.Prefix, yield func(netip.Prefix) bool) {
	const few, many = 16, 3072
	for len(before) > 0 {
		n := min(len(before), many)
		part := before[:n]
		before = before[n:]
		if n > few && len(after) > few {
			if !droppedOfMany(part, after, yield) {
				return
			}
			continue
		}
		for _, p := range part {
			if p.IsValid() && !holds(after, p) && !yield(p.Masked()) {
				return
			}
		}
	}
}

// holds reports whether a prefix is in a list, bits beyond the length ignored.
func holds(list []netip.Prefix, p netip.Prefix) bool {
	p = p.Masked()
	for _, q := range list {
		if q.Masked() == p {
			return true
		}
	}
	return false
}

// droppedOfMany finds the prefixes of after in a table of those of before.
func droppedOfMany(before, after []netip.Prefix, yield func(netip.Prefix) bool) bool {
	// The seed keeps an attacker from choosing prefixes that collide.
	seed := maphash.MakeSeed()
	var table [4096]uint16 // by hash: a number in before, plus one
	var first [3072]uint16 // by number in before: the first that is equal
	var kept [3072]bool    // by number in before
	slot := func(p netip.Prefix) uint64 {
		var b [17]byte
		a := p.Addr().As16()
		copy(b[:], a[:])
		b[16] = uint8(p.Bits())
		for i := maphash.Bytes(seed, b[:]) % uint64(len(table)); ; i = (i + 1) % uint64(len(table)) {
			if n := table[i]; n == 0 || before[n-1].Masked() == p {
				return i
			}
		}
	}
	for i, p := range before {
		if !p.IsValid() {
			continue
		}
		s := slot(p.Masked())
		if table[s] == 0 {
			table[s] = uint16(i + 1)
		}
		first[i] = table[s]
	}
	for _, p := range after {
		if p.IsValid() {
			if n := table[slot(p.Masked())]; n != 0 {
				kept[n-1] = true
			}
		}
	}
	for i, p := range before {
		if n := first[i]; n != 0 && !kept[n-1] && !yield(p.Masked()) {
			return false
		}
	}
	return true
}
