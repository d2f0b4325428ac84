package mipv4_test

import (
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestTimestamps: 2026-01-01T00:00:00Z is 3976214400 s after 1900, 0xed003780.
// One second before the end of the era is 0xffffffff, its end 0.
func TestTimestamps(t *testing.T) {
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
		var node mipv4.Timestamps
		if tt.last != 0 {
			if err := node.Commit(tt.last); err != nil {
				t.Fatal(err)
			}
		}
		before := node
		answer, err := node.Judge(tt.received, tt.now, tt.tolerance)
		if node != before {
			t.Errorf("%s: judging changed the state", tt.name)
		}
		if answer != tt.answer || (tt.err == nil) != (err == nil) || tt.err != nil && err != error(tt.err) {
			t.Errorf("%s: %v, %v, want %v, %v", tt.name, answer, err, tt.answer, tt.err)
		}
	}
}

// TestTimestampsCommit: what was judged is accepted once, and in order, whatever was
// accepted in between.
func TestTimestampsCommit(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	const clock = mipv4.Identification(0xed003780_00000000)
	var node mipv4.Timestamps
	for _, id := range []mipv4.Identification{clock + 1, clock + 2} {
		if _, err := node.Judge(id, now, time.Second); err != nil {
			t.Fatal(err)
		}
	}
	if err := node.Commit(clock + 2); err != nil {
		t.Fatal(err)
	}
	after := node
	for _, id := range []mipv4.Identification{clock + 1, clock + 2} {
		if err := node.Commit(id); err != mipv4.ErrReplay || node != after {
			t.Errorf("%v after %v: %v, %+v", id, clock+2, err, node)
		}
		if answer, err := node.Judge(id, now, time.Second); err != mipv4.ErrReplay || answer != clock|id&0xffffffff {
			t.Errorf("%v after %v: %v, %v", id, clock+2, answer, err)
		}
	}
	// The moment of which all 64 bits are zero is one as any other.
	var era mipv4.Timestamps
	if err := era.Commit(0); err != nil || era == (mipv4.Timestamps{}) {
		t.Errorf("%v, %+v", err, era)
	}
	if err := era.Commit(0); err != mipv4.ErrReplay {
		t.Error(err)
	}
}

// TestNonces follows RFC 5944 §5.7.2: every reply has a new nonce, and the next
// request must have it.
func TestNonces(t *testing.T) {
	const first, second, third = 0x11112222, 0x55556666, 0x77778888
	var node mipv4.Nonces
	steps := []struct {
		name     string
		received mipv4.Identification
		next     uint32
		answer   mipv4.Identification
		err      *code.Fault
	}{
		{"no nonce was sent yet", 0x00000000_33334444, first, 0x11112222_33334444, mipv4.ErrNonce},
		{"the one sent last", 0x11112222_33334445, second, 0x55556666_33334445, nil},
		{"replayed", 0x11112222_33334445, third, 0x77778888_33334445, mipv4.ErrNonce},
		{"resynchronized", 0x77778888_33334446, first, 0x11112222_33334446, nil},
		{"no new nonce", 0x11112222_33334447, first, 0x11112222_33334447, mipv4.ErrSameNonce},
		{"no nonce", 0x11112222_33334447, 0, 0x00000000_33334447, mipv4.ErrSameNonce},
		{"the last one still holds", 0x11112222_33334447, second, 0x55556666_33334447, nil},
	}
	for _, tt := range steps {
		before := node
		answer, err := node.Judge(tt.received, tt.next)
		if answer != tt.answer || (tt.err == nil) != (err == nil) || tt.err != nil && err != error(tt.err) || node != before {
			t.Errorf("%s: %v, %v, want %v, %v", tt.name, answer, err, tt.answer, tt.err)
		}
		if again := node.Commit(tt.received, tt.next); again != err {
			t.Errorf("%s: committed: %v, judged: %v", tt.name, again, err)
		}
		if kept := node == before; kept != (tt.err == mipv4.ErrSameNonce) {
			t.Errorf("%s: %+v after %+v", tt.name, node, before)
		}
	}
	// Two copies of a request are judged before one is committed.
	copies := node
	id := mipv4.Identification(second)<<32 | 1
	for range 2 {
		if _, err := copies.Judge(id, first); err != nil {
			t.Fatal(err)
		}
	}
	if err1, err2 := copies.Commit(id, first), copies.Commit(id, third); err1 != nil || err2 != mipv4.ErrNonce {
		t.Errorf("%v, %v", err1, err2)
	}
}

func TestReplayReactions(t *testing.T) {
	for f, want := range map[*code.Fault]string{
		mipv4.ErrTimestamp: "reply 133", mipv4.ErrReplay: "reply 133", // RFC 5944 §5.7.1
		mipv4.ErrNonce:     "SHOULD reply 133", // §3.8.2.1 b
		mipv4.ErrSameNonce: "",
	} {
		if r := f.Reaction(code.HomeAgent); r.String() != want {
			t.Errorf("%v: %v", f, r)
		}
	}
}
