package fuzz_test

import (
	"testing"

	"github.com/go-mobileip/dsmipv4/fuzz"
)

// TestAllowed: what is added is in the set and what accepts, 0 and 1 (RFC 5944 §3.4) and
// 2 (RFC 6521 §10), can be taken out; the set itself stays as it is.
func TestAllowed(t *testing.T) {
	var none fuzz.Allowed
	some := none.With(0, 1, 2, 131, 63, 64, 127, 128, 255)
	denied := some.WithoutAcceptance()
	for _, x := range []struct {
		set     fuzz.Allowed
		text    string
		accepts bool
	}{
		{none, "", false},
		{some, "Code 0-2, 63-64, 127-128, 131, 255", true},
		{denied, "Code 63-64, 127-128, 131, 255", false},
		{denied.With(2), "Code 2, 63-64, 127-128, 131, 255", true},
		{fuzz.Allowed{Silence: true}.With(133), "Code 133 or silence", false},
		{fuzz.Allowed{Silence: true}, "silence", false},
	} {
		if x.set.String() != x.text || x.set.Accepts() != x.accepts {
			t.Errorf("%v, accepts: %v; want %s", x.set, x.set.Accepts(), x.text)
		}
	}
}
