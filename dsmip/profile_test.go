package dsmip_test

import (
	"testing"

	"github.com/go-mobileip/dsmipv4/dsmip"
)

func TestParseProfile(t *testing.T) {
	for word, want := range map[string]dsmip.Profile{"draft06": dsmip.Draft06, "rfc5454": dsmip.RFC5454} {
		if p, err := dsmip.ParseProfile(word); p != want || err != nil {
			t.Errorf("%s: %v, %v", word, p, err)
		}
	}
	for _, word := range []string{"", "RFC5454", "rfc3344", "profile 2"} {
		if p, err := dsmip.ParseProfile(word); p != 0 || err != dsmip.ErrProfile {
			t.Errorf("%q: %v, %v", word, p, err)
		}
	}
}
