package rules_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// String returns the offset and the fault, and whether the message as a whole has it.
func (a at) String() string {
	if a.whole {
		return fmt.Sprintf("%d, whole: %v", a.offset, a.fault)
	}
	return fmt.Sprintf("%d: %v", a.offset, a.fault)
}

// stopping is a fault that stops the message: told of the message as a whole, and of the
// extension.
func stopping(offset int, f *code.Fault) []at { return []at{{offset, true, f}, each(offset, f)} }

// noting is a fault of an extension that stops nothing.
func noting(offset int, f *code.Fault) []at { return []at{each(offset, f)} }

// fixedPart is a fault of a field of the fixed part, or of what is missing.
func fixedPart(offset int, f *code.Fault) []at { return []at{{offset, true, f}} }

// compare judges a reply by the request that it answers, and compares the faults of all
// verdicts, and that of the check, with what is wanted.
func compare(t *testing.T, s rules.Situation, request, reply string, want []at) {
	t.Helper()
	q, err := mipv4.ParseRequest(unhex(request))
	if err != nil {
		t.Fatal(err)
	}
	expect(t, s, reply, &q, want)
}

// expect compares the faults of all verdicts on a message, and that of the check, with what
// is wanted. Unless the situation has a profile it is RFC 5454.
func expect(t *testing.T, s rules.Situation, msg string, asked *mipv4.Request, want []at) {
	t.Helper()
	if s.Profile == 0 {
		s.Profile = dsmip.RFC5454
	}
	got, first := faults(t, &s, unhex(msg), asked)
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	i := slices.IndexFunc(want, func(a at) bool { return serious(a.fault, s.Leg.Receiver()) })
	if i < 0 && first != nil || i >= 0 && first != error(want[i].fault) {
		t.Errorf("the check gives %v", first)
	}
}
