package code_test

import (
	"strconv"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
)

// TestMessageCodes: the words of RFC 6098 §4.2, RFC 4881 §10.3, RFC 4988 §5.2 and
// RFC 5944 §2.1, the bare number for all others, and which of them accept.
func TestMessageCodes(t *testing.T) {
	const (
		unspecified = "reason unspecified"
		prohibited  = "administratively prohibited"
		resources   = "insufficient resources"
		mobile      = "mobile node failed authentication"
		foreign     = "foreign agent failed authentication"
		home        = "home agent failed authentication"
		mismatch    = "notification Identification mismatch"
	)
	notification := map[int]string{
		0:  "notification accepted",
		64: unspecified, 65: prohibited, 66: resources, 67: mobile, 68: home, 69: mismatch, 127: "experimental",
		128: unspecified, 129: prohibited, 130: resources, 131: mobile, 132: foreign, 133: mismatch, 191: "experimental",
		192: unspecified, 193: prohibited, 194: resources, 195: foreign, 196: home, 197: mismatch, 255: "experimental",
	}
	handoff := map[int]string{0: "Successful Handoff", 1: "Generic Handoff Failure"}
	fast := map[int]string{
		0: "FBU Accepted", 1: "FBU Accepted, NCoA supplied", 128: "FBU Not Accepted, reason unspecified",
		129: "Administratively prohibited", 130: "Insufficient resources",
	}
	advertisement := map[int]string{0: "handles common traffic", 16: "does not route common traffic"}
	check := func(what, got string, n int, words map[int]string) {
		want, ok := words[n]
		if !ok {
			want = strconv.Itoa(n)
		}
		if got != want {
			t.Errorf("%s %d: %q, want %q", what, n, got, want)
		}
	}
	for n := range 256 {
		check("notification", code.GenericNotification(n).String(), n, notification)
		check("handoff", code.Handoff(n).String(), n, handoff)
		check("fast binding", code.FastBinding(n).String(), n, fast)
		check("advertisement", code.AgentAdvertisement(n).String(), n, advertisement)
		if code.GenericNotification(n).Accepted() != (n == 0) || code.Handoff(n).Accepted() != (n == 0) || code.FastBinding(n).Accepted() != (n <= 1) {
			t.Errorf("%d: accepted", n)
		}
	}
}
