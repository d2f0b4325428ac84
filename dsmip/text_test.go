package dsmip_test

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/netip"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
)

// TestProfileText: the words of ParseProfile, and none.
func TestProfileText(t *testing.T) {
	for want, p := range map[string]dsmip.Profile{"": 0, "draft06": dsmip.Draft06, "rfc5454": dsmip.RFC5454} {
		again := dsmip.Profile(9)
		text, err := p.MarshalText()
		if err != nil || string(text) != want || again.UnmarshalText(text) != nil || again != p {
			t.Errorf("%v: %s, %v, read as %v", p, text, err, again)
		}
	}
	p := dsmip.RFC5454
	for _, text := range []string{"RFC5454", "draft-06", "profile 3", "1", " "} {
		if err := p.UnmarshalText([]byte(text)); !errors.Is(err, dsmip.ErrProfile) || p != dsmip.RFC5454 {
			t.Errorf("%q is read as %v, %v", text, p, err)
		}
	}
	if text, err := dsmip.Profile(3).MarshalText(); err != nil || string(text) != "profile 3" {
		t.Errorf("%s, %v", text, err)
	}
}

// TestOutcomeAsJSON: what came of a prefix, in words.
func TestOutcomeAsJSON(t *testing.T) {
	prefix := netip.MustParsePrefix("2001:db8:1::/48")
	o := dsmip.Outcome{
		Asked:  dsmip.RequestPrefix(prefix),
		Match:  dsmip.MatchPrefix,
		Reply:  dsmip.PrefixReply{Code: code.PrefixAcceptedCareOfAddress, PrefixLength: 48, Prefix: prefix.Addr()},
		Result: dsmip.Registered,
		Prefix: prefix,
		Tunnel: dsmip.TunnelCareOfAddress,
		Err:    dsmip.ErrTunnelUnasked,
	}
	const object = `{"Asked":{"PrefixLength":48,"Prefix":"2001:db8:1::"},"Match":"prefix","Reply":{"Code":1,"PrefixLength":48,"Prefix":"2001:db8:1::"},` +
		`"Result":"registered","Prefix":"2001:db8:1::/48","Tunnel":"care-of address","Err":"IPv6 Prefix Reply Code 1 although no IPv6 Tunneling Mode was sent ` +
		`(draft-ietf-mip4-dsmipv4-06 §4.3.2, §4.5, RFC 5454 §3.3.2, §3.5)"}`
	if text, err := json.Marshal(o); err != nil || string(text) != object {
		t.Errorf("%s, %v, want\n%s", text, err, object)
	}
	var out strings.Builder
	slog.New(slog.NewJSONHandler(&out, nil)).Info("got", "outcome", o, "wants", o.Asked.Wants())
	if !strings.Contains(out.String(), `"outcome":`+object+`,"wants":"prefix"`) {
		t.Error(&out)
	}
	buf := make([]byte, 0, 64)
	if n := testing.AllocsPerRun(1000, func() {
		b, _ := o.Match.AppendText(buf)
		b, _ = o.Result.AppendText(b)
		b, _ = o.Tunnel.AppendText(b)
		b, _ = o.Asked.Wants().AppendText(b)
		if b, _ = dsmip.Draft06.AppendText(b); string(b) != "prefixregisteredcare-of addressprefixdraft06" {
			t.Fail()
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
