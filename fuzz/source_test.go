package fuzz

import "testing"

// TestSplitMix64 has the first numbers of the seed 0, as Vigna's splitmix64.c
// prints them.
func TestSplitMix64(t *testing.T) {
	var s source
	for _, want := range []uint64{0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f, 0xf88bb8a8724c81ec, 0x1b39896a51a8749b} {
		if got := s.uint64(); got != want {
			t.Fatalf("%#x, want %#x", got, want)
		}
	}
}

func TestSourceRanges(t *testing.T) {
	s := keyed(1, 2)
	seen := map[int]bool{}
	for range 1000 {
		n := s.between(3, 7)
		if n < 3 || n > 7 {
			t.Fatal(n)
		}
		seen[n] = true
	}
	if len(seen) != 5 {
		t.Errorf("%v", seen)
	}
	for n := range 20 {
		if got := len(s.append(nil, n)); got != n {
			t.Errorf("%d bytes, want %d", got, n)
		}
	}
	a, b := keyed(1, 2), keyed(1, 3)
	if a.uint64() == b.uint64() {
		t.Error("two cases have the same stream")
	}
}
