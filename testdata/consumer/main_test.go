package main

import (
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

var careOf = netip.MustParseAddr("198.51.100.7")

// node is a mobile node that talks to the home agent.
type node struct {
	clock    mipv4.MobileTimestamps
	skew     time.Duration
	receiver agent.Receiver
}

func newNode() *node {
	return &node{receiver: agent.Receiver{Role: code.MobileNode, Situation: rules.Situation{Profile: dsmip.Draft06},
		Associations: func(ext.Kind, mipv4.Request, agent.Arrival) ext.Association { return ext.Association{key} }}}
}

func (m *node) register(t *testing.T, l mipv4.Lifetime, key ext.SecurityContext, parts ...agent.Part) (agent.Registered, error) {
	t.Helper()
	now := time.Now()
	msg, err := mipv4.Append(nil, append([]agent.Part{mipv4.Request{
		Flags: mipv4.FlagDecapsulation, Lifetime: l, HomeAddress: mobile, HomeAgent: own, CareOfAddress: careOf,
		Identification: m.clock.Next(now.Add(m.skew), 1),
	}.AppendBinary}, append(parts, key.Signer(ext.KindMobileHomeAuth))...)...)
	if err != nil {
		t.Fatal(err)
	}
	here, there := netip.AddrPortFrom(careOf, 434), netip.AddrPortFrom(own, 434)
	reply, ok := answer(msg, agent.Arrival{From: here, To: there, Time: now})
	if again, ok := answer(msg, agent.Arrival{From: here, To: there, Time: now}); ok {
		if r, err := mipv4.ParseReply(again); err != nil || r.Code.Accepted() {
			t.Errorf("a replay is answered with %v, %v", r, err)
		}
	}
	if !ok {
		t.Fatal("silence")
	}
	asked, err := mipv4.ParseRequest(msg)
	if err != nil {
		t.Fatal(err)
	}
	g, err := m.receiver.Reply(reply, &asked, agent.Arrival{From: there, To: here, Time: now})
	if g.Authenticated() {
		if err := m.clock.Learn(&g.Reply, now.Add(m.skew)); err != nil {
			t.Error(err)
		}
	}
	return g, err
}

func outcomes(g *agent.Registered) string {
	var s []string
	for o := range g.Outcomes() {
		s = append(s, o.String())
	}
	return strings.Join(s, "; ")
}

func TestHomeAgent(t *testing.T) {
	m := newNode()
	m.skew = time.Hour
	known := dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8:1:2::/64")).AppendBinary
	other := dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8:2::/64")).AppendBinary
	anything := dsmip.RequestAnyPrefix(0).AppendBinary

	g, err := m.register(t, 3600, key, known)
	if err != nil || g.Reply.Code != code.HAIdentificationMismatch || outcomes(&g) != "prefix 2001:db8:1:2::/64 denied" {
		t.Errorf("a wrong clock: %v, %v, %s", err, g.Reply, outcomes(&g))
	}
	g, err = m.register(t, 3600, key, known, other, anything, dsmip.TunnelingMode{}.AppendBinary)
	const want = "prefix 2001:db8:1:2::/64 registered as 2001:db8:1:2::/64, tunnel: care-of address; " +
		"prefix 2001:db8:2::/64 rejected, Code 10; any prefix ::/0 registered as 2001:db8:1::/48, tunnel: care-of address"
	if err != nil || g.Granted() != 1800 || outcomes(&g) != want || len(bound) != 2 {
		t.Errorf("%v: %v, %s", err, g.Reply, outcomes(&g))
	}

	forged, err := ext.NewSecurityContext(256, ext.HMACSHA256, []byte("a guess of sixteen bytes"))
	if err != nil {
		t.Fatal(err)
	}
	if g, err = m.register(t, 3600, forged, known); err != nil || g.Reply.Code != code.HAMobileNodeFailedAuthentication {
		t.Errorf("forged: %v, %v", err, g.Reply)
	}
	short := func(b []byte) ([]byte, error) { return ext.AppendRaw(b, ext.KindIPv6PrefixRequest, []byte{64}) }
	if g, err = m.register(t, 3600, key, short); err != nil || g.Reply.Code != code.HAPoorlyFormedRequest || len(bound) != 2 {
		t.Errorf("malformed: %v, %v", err, g.Reply)
	}
	if g, err = m.register(t, 0, key); err != nil || !g.Accepted() || len(bound) != 0 {
		t.Errorf("deregistration: %v, %v, %v", err, g.Reply, bound)
	}
}

// What a newcomer copies is short.
func TestLines(t *testing.T) {
	b, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(b), "\n"); n > 60 {
		t.Errorf("%d lines", n)
	}
}
