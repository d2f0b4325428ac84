package main

import (
	"net/netip"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestComposeAAA: what is learned with MN-AAA Authentication has one that verifies, behind
// Mobile-Home Authentication, and only where there is an association.
func TestComposeAAA(t *testing.T) {
	home, err := association("256", "hmac-md5", testKey)
	if err != nil {
		t.Fatal(err)
	}
	aaa, err := association("1001", "hmac-md5", testKey)
	if err != nil {
		t.Fatal(err)
	}
	a := attack{setup: fuzz.Setup{
		Situation: rules.Situation{Leg: code.MNtoHA}, MobileHome: home, MobileAAA: aaa,
		HomeAgent: netip.MustParseAddr("192.0.2.1"), CareOfAddress: netip.MustParseAddr("198.51.100.7"),
	}}
	r := request{usual: usual{lifetime: 300}, home: netip.MustParseAddr("192.0.2.10"), aaa: true}
	parsed, err := mipv4.ParseRequest(a.compose(&r, time.Now(), nil))
	if err != nil {
		t.Fatal(err)
	}
	first, err := parsed.Extensions.Auth(ext.KindMobileHomeAuth)
	if err != nil {
		t.Fatal(err)
	}
	last, err := parsed.Extensions.Auth(ext.KindMNAAAAuth)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := aaa.Verify(last); err != nil || last.Offset() < first.Offset() {
		t.Errorf("%v, at %d behind %d", err, last.Offset(), first.Offset())
	}
	a.setup.MobileAAA = ext.SecurityContext{}
	if parsed, err = mipv4.ParseRequest(a.compose(&r, time.Now(), nil)); err != nil {
		t.Fatal(err)
	}
	if _, err := parsed.Extensions.Auth(ext.KindMNAAAAuth); err == nil {
		t.Error("MN-AAA Authentication without an association")
	}
}
