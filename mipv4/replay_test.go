package mipv4_test

import (
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestJudgeTimestamp: 2026-01-01T00:00:00Z is 3976214400 s after 1900, 0xed003780.
// One second before the end of the era is 0xffffffff, its end 0.
func TestJudgeTimestamp(t *testing.T) {
	in2026 := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	eraEnd := time.Date(2036, 2, 7, 6, 28, 16, 0, time.UTC)
	const (
		clock     = mipv4.Identification(0xed003780_00000000)
		tolerance = 7 * time.Second
	)
	tests := []struct {
		name           string
		received, last mipv4.Identification
		now            time.Time
		tolerance      time.Duration
		answer         mipv4.Identification
		err            *code.Fault
	}{
		{"exact, the first", clock, 0, in2026, tolerance, clock, nil},
		{"fraction kept", clock | 0x12345678, 0, in2026, tolerance, clock | 0x12345678, nil},
		{"7 s late", clock - 7<<32, 0, in2026, tolerance, clock - 7<<32, nil},
		{"7 s early", clock + 7<<32, 0, in2026, tolerance, clock + 7<<32, nil},
		{"a little more late", clock - 7<<32 - 1, 0, in2026, tolerance, clock | 0xffffffff, mipv4.ErrTimestamp},
		{"a little more early", clock + 7<<32 + 1, 0, in2026, tolerance, clock | 1, mipv4.ErrTimestamp},
		{"half a second", clock + 1<<31, 0, in2026, time.Second / 2, clock + 1<<31, nil},
		{"more than half a second", clock + 1<<31 + 1, 0, in2026, time.Second / 2, clock | 0x80000001, mipv4.ErrTimestamp},
		{"no tolerance", clock + 1, 0, in2026, -time.Hour, clock | 1, mipv4.ErrTimestamp},
		{"any tolerance", clock ^ 1<<63, 0, in2026, 1<<63 - 1, clock ^ 1<<63, nil},
		{"68 years off", clock ^ 1<<63, 0, in2026, tolerance, clock, mipv4.ErrTimestamp},
		{"greater than the last", clock + 1, clock, in2026, tolerance, clock + 1, nil},
		{"repeated", clock + 5, clock + 5, in2026, tolerance, clock | 5, mipv4.ErrReplay},
		{"older than the last", clock + 5, clock + 6, in2026, tolerance, clock | 5, mipv4.ErrReplay},
		{"old clock and old timestamp", clock - 9<<32, clock, in2026, tolerance, clock, mipv4.ErrTimestamp},
		{"before the era's end, after it here", 0xffffffff_80000000, 0xffffffff_00000000, eraEnd, tolerance, 0xffffffff_80000000, nil},
		{"after the era's end, before it here", 0x00000001_00000000, 0xffffffff_ffffffff, eraEnd.Add(-time.Second), tolerance, 0x00000001_00000000, nil},
		{"replayed across the era's end", 0xffffffff_80000000, 0x00000001_00000000, eraEnd, tolerance, 0x00000000_80000000, mipv4.ErrReplay},
		{"late across the era's end", 0xfffffff8_00000007, 0, eraEnd, tolerance, 7, mipv4.ErrTimestamp},
	}
	for _, tt := range tests {
		answer, err := mipv4.JudgeTimestamp(tt.received, tt.last, tt.now, tt.tolerance)
		if answer != tt.answer || (tt.err == nil) != (err == nil) || tt.err != nil && err != error(tt.err) {
			t.Errorf("%s: %v, %v, want %v, %v", tt.name, answer, err, tt.answer, tt.err)
		}
	}
}

func TestJudgeNonce(t *testing.T) {
	answer, err := mipv4.JudgeNonce(0x11112222_33334444, 0x11112222, 0x55556666)
	if answer != 0x55556666_33334444 || err != nil {
		t.Errorf("%v, %v", answer, err)
	}
	answer, err = mipv4.JudgeNonce(0x11112222_33334444, 0x11112223, 0x55556666)
	if answer != 0x55556666_33334444 || err != mipv4.ErrNonce {
		t.Errorf("another nonce: %v, %v", answer, err)
	}
	for f, want := range map[*code.Fault]string{
		mipv4.ErrTimestamp: "reply 133", mipv4.ErrReplay: "reply 133", // RFC 5944 §5.7.1
		mipv4.ErrNonce: "SHOULD reply 133", // §3.8.2.1 b
	} {
		if r := f.Reaction(code.HomeAgent); r.String() != want {
			t.Errorf("%v: %v", f, r)
		}
	}
}
