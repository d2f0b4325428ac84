package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestKnown: what is told of a hop is judged, and what is not told is not.
func TestKnown(t *testing.T) {
	const (
		// RFC 3543 §3.3: Home Address 192.0.2.10, Home Domain Address 192.0.2.1, Foreign
		// Domain Address 198.51.100.7, Foreign-Home Authentication or nothing.
		revocation = "0700c000c000020ac0000201c633640765b8a2f1"
		foreign    = "2214000004000102030405060708090a0b0c0d0e0f10"
		// RFC 5944 §3.3, §3.4: a request with the S flag and its reply with Code 0, with
		// the same Mobile-Home Authentication.
		request = "01a20708c000020ac0000201c6336407eeae5a5a3eb7e123"
		reply   = "03000708c000020ac0000201eeae5a5a3eb7e123"
		home    = "20140000040000000000000000000000000000000000"
	)
	inform := "the I bit of a revocation between agents that have not negotiated it"
	bare := "a revocation between agents without Foreign-Home Authentication"
	bindings := "the accepting Code does not tell whether the home agent supports simultaneous bindings"
	tests := []struct {
		name  string
		args  []string
		in    string
		fault string
		want  bool
	}{
		{"not told", nil, revocation + foreign, inform, false},
		{"negotiated", []string{"-inform", "served"}, revocation + foreign, inform, false},
		{"not negotiated", []string{"-inform", "none"}, revocation + foreign, inform, true},
		{"no authenticator", []string{"-secured", "none"}, revocation, bare, true},
		{"secured otherwise", []string{"-secured", "served"}, revocation, bare, false},
		{"not told of bindings", []string{"-leg", "mn-ha"}, request + home + "\n" + reply + home, bindings, false},
		{"no simultaneous bindings", []string{"-leg", "mn-ha", "-simultaneous-bindings", "none"}, request + home + "\n" + reply + home, bindings, true},
	}
	for _, tt := range tests {
		args := append([]string{"-leg", "fa-ha", "-profile", "rfc5454", "-json"}, tt.args...)
		var out, errs bytes.Buffer
		if status := run(args, strings.NewReader(tt.in+"\n"), &out, &errs); status != 0 {
			t.Errorf("%s: status %d: %s", tt.name, status, &errs)
		}
		if got := strings.Contains(out.String(), `"fault":"`+tt.fault+`"`); got != tt.want {
			t.Errorf("%s: %v\n%s", tt.name, got, &out)
		}
	}
}
