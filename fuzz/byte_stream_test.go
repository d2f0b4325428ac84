package fuzz

import "testing"

// TestByteStream: the first two bytes are the highest bits of the first number, and so
// on; when they end the numbers follow from how many were drawn. A seed is a beginning of
// its own, without bytes.
func TestByteStream(t *testing.T) {
	a := byteStream{data: []byte{0x12, 0x34, 0xfe, 0xdc, 0x99}}
	if x, y := a.Uint64(), a.Uint64(); x>>48 != 0x1234 || y>>48 != 0xfedc {
		t.Errorf("%#x, %#x", x, y)
	}
	rest := a.Uint64()
	b := byteStream{data: []byte{0, 0, 0, 0}}
	b.Uint64()
	b.Uint64()
	if got := b.Uint64(); got != rest {
		t.Errorf("%#x follows, and %#x", rest, got)
	}
	b.Seed(7)
	seven := b.Uint64()
	b.Seed(7)
	if again := b.Uint64(); again != seven {
		t.Errorf("seed 7: %#x, then %#x", seven, again)
	}
	if b.Seed(8); b.Uint64() == seven {
		t.Error("seed 8 is as seed 7")
	}
	if b.Seed(7); b.Int63() < 0 || len(b.data) != 0 {
		t.Error("Int63 is negative, or has bytes")
	}
}
