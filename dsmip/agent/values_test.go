package agent_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/ext"
)

func TestString(t *testing.T) {
	msg := message(t, request(0, foreignAgent).AppendBinary, signMH, signFH)
	g, err := receiver(code.HomeAgent, dsmip.Draft06, allKeys).Request(msg, from(foreignAgent, homeAgent))
	if err != nil {
		t.Fatal(err)
	}
	b, err := g.Reply(nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	r, err := receiver(code.ForeignAgent, dsmip.Draft06, allKeys).Reply(b, &g.Request, from(homeAgent, foreignAgent))
	if err != nil {
		t.Fatal(err)
	}
	stamp := g.Request.Identification.String()
	for _, tt := range []struct {
		value any
		want  string
	}{
		{g.Arrival, "198.51.100.1:434 > 192.0.2.1:434 TTL 255 fa-ha"},
		{from(foreignAgent, homeAgent), "198.51.100.1:434 > 192.0.2.1:434 TTL 255"},
		{g.ReplyHeaders(), "192.0.2.1:434 > 198.51.100.1:434 TTL 0"},
		{agent.Replay{}, "none"},
		{agent.Replay{Style: agent.ByTimestamps}, "timestamps, none accepted"},
		{agent.Replay{Style: agent.ByNonces}, "nonces, no nonce sent"},
		{g.Mobile(), "0 extensions, 0 bytes"},
		{receiver(code.HomeAgent, dsmip.Draft06, allKeys), "homeAgent, draft06, rfc5944"},
		{&agent.Policy{Served: served, Granted: served}, "1 served, 0 held, 0 bound, 1 granted"},
		{g, "198.51.100.1:434 > 192.0.2.1:434 TTL 255 fa-ha, right: Registration Request flags  lifetime 1800s home 192.0.2.10 agent 192.0.2.1 care-of 198.51.100.1 id " + stamp + " [Mobile-Home Authentication, Foreign-Home Authentication]"},
		{r, "192.0.2.1:434 > 198.51.100.1:434 TTL 255 ha-fa, right: Registration Reply code 0 lifetime 1800s home 192.0.2.10 agent 192.0.2.1 id " + stamp + " [Mobile-Home Authentication, Foreign-Home Authentication]"},
	} {
		if got := fmt.Sprint(tt.value); got != tt.want {
			t.Errorf("%T: %q", tt.value, got)
		}
	}
	if s := fmt.Sprint(agent.Registration{}); !strings.Contains(s, "refused") {
		t.Error(s)
	}
}

// No verb prints a key.
func TestNoKeys(t *testing.T) {
	g := accepted(t, allKeys, from(foreignAgent, homeAgent), request(0, foreignAgent).AppendBinary, signMH, signFH)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, v := range []any{g, &g, agent.Registered{}} {
			s := fmt.Sprintf(verb, v)
			for _, key := range secretOf {
				if strings.Contains(s, key) || strings.Contains(s, fmt.Sprintf("%x", key)) {
					t.Errorf("%s of %T prints a key", verb, v)
				}
			}
		}
	}
}

func TestEqual(t *testing.T) {
	a := from(foreignAgent, homeAgent)
	b := a
	b.Time = b.Time.In(time.FixedZone("elsewhere", 3600))
	c := a
	c.Time = c.Time.Add(1)
	d := a
	d.TTL = 1
	if !a.Equal(b) || a.Equal(c) || a.Equal(d) {
		t.Error("Arrival")
	}
	h := agent.Headers{Source: a.From}
	if !h.Equal(h) || h.Equal(agent.Headers{}) {
		t.Error("Headers")
	}
	p := agent.Replay{Style: agent.ByNonces}
	if !p.Equal(p) || p.Equal(agent.Replay{}) {
		t.Error("Replay")
	}
	one := accepted(t, allKeys, a, request(0, foreignAgent).AppendBinary, ext.MobileNodeNAI{Identifier: []byte("n")}.AppendBinary, signMH, signFH)
	two := accepted(t, allKeys, a, request(0, foreignAgent).AppendBinary, signMH, signFH)
	if !one.Mobile().Equal(one.Mobile()) || one.Mobile().Equal(two.Mobile()) {
		t.Error("Said")
	}
}
