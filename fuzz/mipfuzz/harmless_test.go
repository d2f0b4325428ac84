package main

import "testing"

// TestHarmless: what a target says reaches no terminal as it is.
func TestHarmless(t *testing.T) {
	b := &bounded{}
	_, _ = b.Write([]byte("panic: \x1b]0;title\a\xff\u202e\n"))
	if got := tellingLine(b.bytes(), b.survived); got != "panic: ?]N;title???" {
		t.Errorf("%q", got)
	}
	if got := complaintOf([]byte("a.c:3:5: runtime error: x")); got != "a.c:3:5: runtime error" {
		t.Errorf("%q", got)
	}
	if got := complaintOf([]byte("SUMMARY: AddressSanitizer: \x1b[2J")); got != "SUMMARY: AddressSanitizer: ?[2J" {
		t.Errorf("%q", got)
	}
}
