package fuzz_test

import (
	"math/rand"
	"testing"

	gofuzz "github.com/google/gofuzz"

	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/fuzz"
)

// TestOutcomesFilled: what gofuzz fills are prefixes that were matched in more than one
// way, and outcomes of more than two.
func TestOutcomesFilled(t *testing.T) {
	f := gofuzz.New().RandSource(rand.NewSource(1)).Funcs(fuzz.Funcs()...)
	seen := map[dsmip.Match]int{}
	results := map[dsmip.Result]int{}
	for range 3000 {
		var m dsmip.Matched
		var o dsmip.Outcome
		f.Fuzz(&m)
		f.Fuzz(&o)
		seen[m.Match]++
		results[o.Result]++
	}
	if len(seen) < 2 || len(results) < 3 {
		t.Errorf("%v, %v", seen, results)
	}
}
