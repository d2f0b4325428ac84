package rules_test

import (
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestMultipathOverwrites: the O flag replaces the other bindings by a new one, which a
// deregistration does not have (RFC 7629 §4.1); the B flag deregisters all of them (§5.1).
func TestMultipathOverwrites(t *testing.T) {
	for _, tt := range []struct {
		name, lifetime, flags string
		want                  error
	}{
		{"neither", "0708", "00", nil},
		{"O", "0708", "40", nil},
		{"B", "0708", "80", nil},
		{"neither, deregistered", "0000", "00", nil},
		{"B, deregistered", "0000", "80", nil},
		{"O, deregistered", "0000", "40", rules.ErrOverwriteDeregisters},
		{"B and O", "0708", "c0", rules.ErrMultipathFlags},
	} {
		r, err := mipv4.ParseRequest(unhex("01 20" + tt.lifetime + "c000020a c0000201 c6336407 eeae5a5a3eb7e123 9a 01 0004 040102" + tt.flags + macM))
		if err != nil {
			t.Fatal(err)
		}
		for _, leg := range []code.Leg{code.MNtoHA, code.MNtoFA, code.FAtoHA} {
			s := rules.Situation{Leg: leg, Profile: dsmip.RFC5454}
			if err := s.CheckRequest(&r); err != tt.want {
				t.Errorf("%s on %v: %v, want %v", tt.name, leg, err, tt.want)
			}
		}
	}
}
