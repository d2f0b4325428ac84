package mipv4_test

import (
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestFlags: the bits of RFC 5944 §3.3 from the left.
func TestFlags(t *testing.T) {
	flags := []mipv4.Flags{
		mipv4.FlagSimultaneous, mipv4.FlagBroadcast, mipv4.FlagDecapsulation, mipv4.FlagMinimal,
		mipv4.FlagGRE, mipv4.FlagReservedR, mipv4.FlagReverseTunnel, mipv4.FlagReservedX,
	}
	for i, f := range flags {
		if f != mipv4.Flags(0x80>>i) || f.String() != "SBDMGrTx"[i:i+1] {
			t.Errorf("bit %d is %#x, %v", i, uint8(f), f)
		}
	}
	if s := mipv4.Flags(0xff).String(); s != "SBDMGrTx" {
		t.Errorf("%q", s)
	}
	if s := (mipv4.FlagDecapsulation | mipv4.FlagReverseTunnel).String(); s != "DT" {
		t.Errorf("%q", s)
	}
	if s := mipv4.Flags(0).String(); s != "" {
		t.Errorf("%q", s)
	}
	if f := mipv4.FlagDecapsulation | mipv4.FlagReverseTunnel; !f.Has(mipv4.FlagDecapsulation) || !f.Has(f) ||
		f.Has(mipv4.FlagDecapsulation|mipv4.FlagSimultaneous) || !f.Has(0) {
		t.Error("Has")
	}
}

func TestLifetime(t *testing.T) {
	tests := []struct {
		l      mipv4.Lifetime
		d      time.Duration
		finite bool
		text   string
	}{
		{0, 0, true, "deregister"},
		{1, time.Second, true, "1s"},
		{0xfffe, 65534 * time.Second, true, "65534s"},
		{0xffff, 1<<63 - 1, false, "infinite"},
	}
	for _, tt := range tests {
		d, finite := tt.l.Duration()
		if d != tt.d || finite != tt.finite || tt.l.String() != tt.text {
			t.Errorf("%d: %v, %v, %q", tt.l, d, finite, tt.l)
		}
	}
	for _, cut := range []string{`"`, `"1`, ""} {
		l := mipv4.Lifetime(7)
		if err := l.UnmarshalJSON([]byte(cut)); err != error(mipv4.ErrLifetimeText) || l != 7 {
			t.Errorf("%q: %v, %v", cut, l, err)
		}
	}
	if mipv4.Deregister != 0 || mipv4.Infinite != 0xffff {
		t.Error("the special values of RFC 5944 §3.3")
	}
}

// TestIdentification: the moments of RFC 4330 §3 and of its eras' ends.
func TestIdentification(t *testing.T) {
	tests := []struct {
		text string // RFC 3339
		high uint32
	}{
		{"1968-01-20T03:14:08Z", 0x80000000}, // the highest bit is set from here
		{"1970-01-01T00:00:00Z", 2208988800},
		{"1999-12-31T23:59:59Z", 0xbc17c1ff},
		{"2036-02-07T06:28:15Z", 0xffffffff},
		{"2036-02-07T06:28:16Z", 0},
		{"2104-02-26T09:42:23Z", 0x7fffffff},
	}
	for _, tt := range tests {
		moment, err := time.Parse(time.RFC3339, tt.text)
		if err != nil {
			t.Fatal(err)
		}
		id := mipv4.Timestamp(moment, 0)
		if id.High() != tt.high || id.Low() != 0 {
			t.Errorf("%s: %v, want %08x", tt.text, id, tt.high)
		}
		if got := id.Time(); !got.Equal(moment) {
			t.Errorf("%s comes back as %v", tt.text, got)
		}
	}
	half := time.Date(2026, 1, 2, 3, 4, 5, 5e8, time.UTC)
	if id := mipv4.Timestamp(half, 0xabcdef01); id.Low() != 0x80000abc {
		t.Errorf("half a second and 12 random bits: %08x", id.Low())
	}
	if got := mipv4.Identification(0x0000000080000000).Time(); got.Nanosecond() != 5e8 {
		t.Errorf("half a second: %v", got)
	}
}

// TestTimestampRange: the first and the last moment that come back, to the
// nanosecond, and those next to them. The fraction of the last is (2^20-1)/2^20 s,
// which is 999,999,046 ns and a bit.
func TestTimestampRange(t *testing.T) {
	first := time.Date(1968, 1, 20, 3, 14, 8, 0, time.UTC)
	end := time.Date(2104, 2, 26, 9, 42, 24, 0, time.UTC)
	const era = 1 << 32 * time.Second // 136 years
	tests := []struct {
		name   string
		moment time.Time
		id     mipv4.Identification
		back   time.Time
	}{
		{"first", first, 0x80000000_00000000, first},
		{"last", end.Add(-1), 0x7fffffff_fffff000, end.Add(-954)},
		{"before the first", first.Add(-1), 0x7fffffff_fffff000, first.Add(era - 954)},
		{"the end", end, 0x80000000_00000000, end.Add(-era)},
		{"a nanosecond before era 1", time.Date(2036, 2, 7, 6, 28, 15, 999999999, time.UTC), 0xffffffff_fffff000,
			time.Date(2036, 2, 7, 6, 28, 15, 999999046, time.UTC)},
	}
	for _, tt := range tests {
		id := mipv4.Timestamp(tt.moment, 0)
		if id != tt.id || !id.Time().Equal(tt.back) {
			t.Errorf("%s: %v, comes back as %v, want %v, %v", tt.name, id, id.Time(), tt.id, tt.back)
		}
		if all := mipv4.Timestamp(tt.moment, 0xffffffff); all != tt.id|0xfff {
			t.Errorf("%s with random bits: %v, want %v", tt.name, all, tt.id|0xfff)
		}
	}
	if !first.Add(era).Equal(end) {
		t.Errorf("the range is %v long", end.Sub(first))
	}
	if elsewhere := first.In(time.FixedZone("", 3600)); mipv4.Timestamp(elsewhere, 0) != 0x80000000_00000000 {
		t.Error("the zone counts")
	}
}

// TestIdentificationOrder: timestamps of later microseconds are greater, no
// matter what is random, and come back within a microsecond.
func TestIdentificationOrder(t *testing.T) {
	last := mipv4.Identification(0)
	for us := range 20000 {
		moment := time.Unix(1700000000, 0).Add(time.Duration(us*50) * time.Microsecond)
		random := uint32(0)
		if us%2 == 0 {
			random = 0xffffffff
		}
		id := mipv4.Timestamp(moment, random)
		if id <= last {
			t.Fatalf("%v: %v does not exceed %v", moment, id, last)
		}
		if off := id.Time().Sub(moment).Abs(); off > time.Microsecond {
			t.Fatalf("%v comes back %v off", moment, off)
		}
		last = id
	}
}

func TestIdentificationHalves(t *testing.T) {
	id := mipv4.Identification(0x0123456789abcdef)
	if id.String() != "0123456789abcdef" || id.High() != 0x01234567 || id.Low() != 0x89abcdef {
		t.Errorf("%v, %08x, %08x", id, id.High(), id.Low())
	}
	if !id.MatchesLow(0xffffffff89abcdef) || id.MatchesLow(0x0123456789abcdee) {
		t.Error("MatchesLow")
	}
}
