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
	for _, word := range []string{"", "RFC5454", "rfc3344", "profile 1", "profile 2"} {
		if p, err := dsmip.ParseProfile(word); p != 0 || err != dsmip.ErrProfile {
			t.Errorf("%q: %v, %v", word, p, err)
		}
	}
}

// TestProfile: none is spoken until one is named.
func TestProfile(t *testing.T) {
	var none dsmip.Profile
	if none == dsmip.Draft06 || none == dsmip.RFC5454 {
		t.Error("the zero Profile is a profile")
	}
	for p, want := range map[dsmip.Profile]string{
		0: "profile 0", dsmip.Draft06: "draft06", dsmip.RFC5454: "rfc5454", 3: "profile 3", 255: "profile 255",
	} {
		if p.String() != want {
			t.Errorf("%q, want %q", p, want)
		}
	}
}
