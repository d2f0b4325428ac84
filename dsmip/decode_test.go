package dsmip_test

import (
	"fmt"
	"testing"

	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
)

// decoded are the kinds that Decode gives a type, and the shortest body of each.
var decoded = map[ext.Kind]struct{ typeName, hex string }{
	ext.KindMobileHomeAuth:    {"ext.Auth", "2004 00000100"},
	ext.KindMobileForeignAuth: {"ext.Auth", "2104 00000100"},
	ext.KindForeignHomeAuth:   {"ext.Auth", "2204 00000100"},
	ext.KindMNAAAAuth:         {"ext.Auth", "24010014 00000100 00000000000000000000000000000000"},
	ext.KindFAFAAuth:          {"ext.Auth", "24020014 00000100 00000000000000000000000000000000"},
	ext.KindMNGFAAuth:         {"ext.Auth", "24030014 00000100 00000000000000000000000000000000"},
	ext.KindMNPARAuth:         {"ext.Auth", "24040014 00000100 00000000000000000000000000000000"},
	ext.KindMobileNodeNAI:     {"ext.MobileNodeNAI", "8300"},
	ext.KindChallenge:         {"ext.Challenge", "8400"},
	ext.KindIPv6PrefixRequest: {"dsmip.PrefixRequest", "981201 40 20010db8000100020000000000000000"},
	ext.KindIPv6PrefixReply:   {"dsmip.PrefixReply", "981402 00 40 00 20010db8000100020000000000000000"},
	ext.KindIPv6TunnelingMode: {"dsmip.TunnelingMode", "980203 00"},
}

func TestDecode(t *testing.T) {
	for k, d := range decoded {
		x := only(t, d.hex)
		v, err := dsmip.Decode(x)
		if x.Kind() != k || err != nil || fmt.Sprintf("%T", v) != d.typeName {
			t.Errorf("%v: %T, %v, want %s", k, v, err, d.typeName)
		}
		if a, ok := v.(ext.Auth); ok && (a.Kind() != k || a.SPI() != 256) {
			t.Errorf("%v: %v, SPI %d", k, a.Kind(), a.SPI())
		}
	}
	if v, err := dsmip.Decode(only(t, "83 03 614062")); err != nil || string(v.(ext.MobileNodeNAI).Identifier) != "a@b" {
		t.Errorf("a NAI: %v, %v", v, err)
	}
	if v, err := dsmip.Decode(only(t, "84 02 dead")); err != nil || string(v.(ext.Challenge).Value) != "\xde\xad" {
		t.Errorf("a Challenge: %v, %v", v, err)
	}
	// What has no row is right, and what has no sub-type is not.
	for _, s := range []string{"00", "c800", "c80101", "980107", "980109", "8b0501c0000201", "8b010004c0000201"} {
		if v, err := dsmip.Decode(only(t, s)); v != nil || err != nil {
			t.Errorf("%s: %v, %v", s, v, err)
		}
	}
	for _, s := range []string{"9800", "9400", "2c00", "8b00", "ff00"} {
		if v, err := dsmip.Decode(only(t, s)); v != nil || err != ext.ErrNoSubType {
			t.Errorf("%s: %v, %v", s, v, err)
		}
	}
}

// TestDecodeRows: Decode refuses the Lengths that a row does not have, of every
// kind, and gives nothing with an error. That the rows are right is shown in
// package ext.
func TestDecodeRows(t *testing.T) {
	for r := range ext.Registry() {
		sub := 0
		if r.Form == ext.Short {
			sub = 1
		}
		for n := range 300 {
			if r.Form == ext.Pad || n < sub || r.Form != ext.Long && r.Form != ext.Vendor && n > 255 {
				continue
			}
			b, err := ext.AppendRaw(nil, r.Kind, make([]byte, n-sub))
			if err != nil {
				t.Fatal(err)
			}
			l, err := ext.Parse(b, 0)
			if err != nil {
				t.Fatal(err)
			}
			x, _ := l.First()
			v, err := dsmip.Decode(x)
			if legal := n >= r.Min && n <= r.Max && (n-r.Min)%r.Step == 0; legal {
				if _, typed := decoded[r.Kind]; err != nil || typed != (v != nil) {
					t.Errorf("%s, Length %d: %v, %v", r.Name, n, v, err)
				}
			} else if v != nil || err != r.BadLength {
				t.Errorf("%s, Length %d: %v, %v, want %v", r.Name, n, v, err, r.BadLength)
			}
		}
	}
}
