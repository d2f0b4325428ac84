package fuzz_test

import (
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/fuzz"
)

// TestRank: the ranks have a word each, the gravest first, which is read again.
func TestRank(t *testing.T) {
	words := []string{"crash", "disclosure", "unauthentic", "forbidden", "unsigned", "answer", "code", "silence"}
	for i, want := range words {
		if got := fuzz.Rank(i).String(); got != want {
			t.Errorf("rank %d is %q, want %q", i, got, want)
		}
		if r, err := fuzz.ParseRank(want); err != nil || r != fuzz.Rank(i) {
			t.Errorf("%q is read as %d, %v", want, r, err)
		}
	}
	if fuzz.Crash != 0 || fuzz.Silence != fuzz.Rank(len(words)-1) {
		t.Errorf("the gravest is %d, the least %d", fuzz.Crash, fuzz.Silence)
	}
	if got := fuzz.Rank(200).String(); got != "rank 200" {
		t.Errorf("no rank is %q", got)
	}
	for _, s := range []string{"", "Crash", "crash ", "rank 0", "8"} {
		if r, err := fuzz.ParseRank(s); err != fuzz.ErrRank || r != 0 {
			t.Errorf("%q is read as %v, %v", s, r, err)
		}
	}
	if fuzz.ErrRank.Breaks() != code.Caller {
		t.Errorf("%v breaks %v", fuzz.ErrRank, fuzz.ErrRank.Breaks())
	}
}

// TestClassString: the classes have a word each.
func TestClassString(t *testing.T) {
	for c, want := range map[fuzz.Class]string{
		fuzz.Conforming: "conforming", fuzz.Structure: "structure", fuzz.Layout: "layout", fuzz.Rule: "rule",
		fuzz.Authentication: "authentication", fuzz.Replay: "replay", fuzz.Replay + 1: "class 6",
	} {
		if got := c.String(); got != want {
			t.Errorf("class %d is %q, want %q", c, got, want)
		}
	}
}
