package ext_test

import (
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/ext"
)

// TestShown: what String shows of a text and of bytes is cut, between characters, and
// escapes do not make it long.
func TestShown(t *testing.T) {
	a := func(n int) string { return strings.Repeat("a", n) }
	for text, want := range map[string]string{
		a(64):                       `"` + a(64) + `"`,
		a(65):                       `"` + a(64) + `"...`,
		a(63) + "é":                 `"` + a(63) + `"...`,
		a(62) + "é":                 `"` + a(62) + `é"`,
		a(61) + "日本":                `"` + a(61) + `日"...`,
		a(62) + "日":                 `"` + a(62) + `"...`,
		strings.Repeat("\x00", 254): `"` + strings.Repeat(`\x00`, 32) + `"...`,
		"\n\t\"":                    `"\n\t\""`,
		strings.Repeat("\x80", 65):  `"` + strings.Repeat(`\x80`, 27) + `"...`,
	} {
		if got := (ext.HAIdentity{NAI: []byte(text)}).String(); got != "HA Identity "+want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	if got := (ext.InterfaceID{Identifier: []byte(a(32))}).String(); got != "PMIPv4 Interface ID "+strings.Repeat("61", 32) {
		t.Error(got)
	}
	if got := (ext.InterfaceID{Identifier: []byte(a(33))}).String(); got != "PMIPv4 Interface ID "+strings.Repeat("61", 32)+"..." {
		t.Error(got)
	}
}
