package rules_test

import (
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
)

// TestUnconcerned: a role that is not concerned by a fault has the zero Reaction, without
// a Code that nobody is to send.
func TestUnconcerned(t *testing.T) {
	for name, f := range faultVariables {
		for _, role := range []code.Role{code.HomeAgent, code.ForeignAgent, code.MobileNode} {
			if r := f.Reaction(role); r.Action() == code.NotConcerned && r != (code.Reaction{}) {
				t.Errorf("%s: %v is not concerned, and has more than that", name, role)
			}
		}
	}
}
