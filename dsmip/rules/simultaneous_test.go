package rules_test

import (
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestSimultaneousBindings: an acceptance has Code 0 when the home agent supports them, and
// Code 1 when it does not (RFC 5944 §3.8.2.2, §3.8.3.2); of others nothing is said.
func TestSimultaneousBindings(t *testing.T) {
	for _, tt := range []struct {
		code      code.Registration
		supported rules.Knowledge
		want      bool // mistaken
	}{
		{0, rules.Unknown, false}, {0, rules.Served, false}, {0, rules.None, true},
		{1, rules.Unknown, false}, {1, rules.Served, true}, {1, rules.None, false},
		{2, rules.Served, false}, {2, rules.None, false},
		{135, rules.Served, false}, {135, rules.None, false},
	} {
		r, err := mipv4.ParseReply(unhex("03 00 0708 c000020a c0000201 eeae5a5a3eb7e123" + macM))
		if err != nil {
			t.Fatal(err)
		}
		r.Code = tt.code
		for leg := code.HAtoFA; leg <= code.FAtoMN; leg++ {
			s := rules.Situation{Leg: leg, Profile: dsmip.RFC5454, SimultaneousBindings: tt.supported}
			mistaken := false
			for v := range s.Reply(&r, nil) {
				mistaken = mistaken || v.Fault == rules.ErrSimultaneousBindings && v.Offset == 1
			}
			if mistaken != tt.want {
				t.Errorf("Code %d, bindings %v, %v: mistaken %v", tt.code, tt.supported, leg, mistaken)
			}
			if err := s.CheckReply(&r, nil); err != nil {
				t.Errorf("Code %d, bindings %v, %v: %v", tt.code, tt.supported, leg, err)
			}
		}
	}
	s := rules.Situation{Leg: code.HAtoMN, Profile: dsmip.RFC5454, SimultaneousBindings: 3}
	if err := s.CheckReply(&mipv4.Reply{}, nil); err != rules.ErrKnowledge {
		t.Errorf("%v", err)
	}
}
