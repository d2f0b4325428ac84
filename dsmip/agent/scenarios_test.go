package agent_test

import (
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// results describes what came of the prefixes.
func results(g *agent.Registered) string {
	var s []string
	for o := range g.Outcomes() {
		s = append(s, o.String())
	}
	return strings.Join(s, "; ")
}

// unidentified returns the fixed part of a request, whose Identification is still to come.
func unidentified(flags mipv4.Flags, careOf netip.Addr, l mipv4.Lifetime) mipv4.Request {
	return mipv4.Request{Flags: flags, Lifetime: l, HomeAddress: homeAddress, HomeAgent: homeAgent, CareOfAddress: careOf}
}

var styles = []agent.Style{agent.ByTimestamps, agent.ByNonces}

// registered registers, once more when the home agent has to synchronise first.
func (m *mobileNode) synchronised(t *testing.T, to netip.Addr, r mipv4.Request, p ...agent.Part) agent.Registered {
	t.Helper()
	for range 2 {
		g, err := m.register(to, r, p...)
		if err != nil {
			t.Fatal(err)
		}
		if g.Reply.Code != code.HAIdentificationMismatch {
			return g
		}
	}
	t.Fatal("out of step")
	return agent.Registered{}
}

// All four forms of prefixes, directly with the home agent; then one less; then none.
func TestRegisterDirectly(t *testing.T) {
	for _, style := range styles {
		t.Run(style.String(), func(t *testing.T) {
			l := newLink(t)
			h := newHomeNode(l, dsmip.Draft06, style, allKeys)
			m := newMobileNode(dsmip.Draft06, style, allKeys)
			m.endpoint = l.join(coLocated)

			known, address := prefix("2001:db8:1::/48"), prefix("2001:db8:0:1::7/128")
			anything := dsmip.RequestAnyPrefix(48).AppendBinary
			identifier := dsmip.RequestInterfaceIdentifier([8]byte{2, 0, 0, 0, 0, 0, 0, 5}).AppendBinary
			elsewhere, mode := prefix("2001:db9::/32"), dsmip.TunnelingMode{}.AppendBinary
			r := unidentified(mipv4.FlagDecapsulation, coLocated, 7200)

			g := m.synchronised(t, homeAgent, r, known, address, anything, identifier, elsewhere, mode, signMH)
			const want = "prefix 2001:db8:1::/48 registered as 2001:db8:1::/48, tunnel: care-of address; " +
				"prefix 2001:db8:0:1::7/128 registered as 2001:db8:0:1::7/128, tunnel: care-of address; " +
				"any prefix ::/48 registered as 2001:db8:f000::/48, tunnel: care-of address; " +
				"interface identifier ::200:0:0:5/128 registered as 2001:db8:0:1:200::5/128, tunnel: care-of address; " +
				"prefix 2001:db9::/32 rejected, Code 10"
			if got := results(&g); got != want {
				t.Errorf("%s", got)
			}
			if g.Reply.Code != code.AcceptedNoSimultaneousBindings || g.Granted() != 3600 {
				t.Errorf("%v", g.Reply)
			}
			bound, b, _, _ := h.state()
			if err := b.Check(); !bound || err != nil || len(b.Prefixes) != 4 || b.Mode != code.PrefixAcceptedCareOfAddress {
				t.Errorf("%v, bound %v: %v", b, bound, err)
			}

			g = m.synchronised(t, homeAgent, r, known, anything, identifier, mode, signMH)
			if _, _, dropped, _ := h.state(); !slices.Equal(dropped, []netip.Prefix{netip.MustParsePrefix("2001:db8:0:1::7/128")}) {
				t.Errorf("dropped %v by %s", dropped, results(&g))
			}

			r.Lifetime = mipv4.Deregister
			g = m.synchronised(t, homeAgent, r, signMH)
			if bound, _, dropped, _ := h.state(); bound || len(dropped) != 3 || !g.Accepted() {
				t.Errorf("bound %v, dropped %v: %v", bound, dropped, g.Reply)
			}
		})
	}
}

// Discovery, a challenge with and without association, and the home agent's prefixes
// through the foreign agent.
func TestRegisterThroughForeignAgent(t *testing.T) {
	signed := []agent.Part{signMH, signMF}
	for _, tt := range []struct {
		name string
		keys keys
		sign func(challenge []byte) []agent.Part
		want string // the outcome
	}{
		{"with association", allKeys, func(c []byte) []agent.Part {
			return []agent.Part{signMH, ext.Challenge{Value: c}.AppendBinary, signMF}
		}, "registered as 2001:db8:1::/48, tunnel: home address"},
		{"without", keys{mobileHome: allKeys.mobileHome, foreignHome: allKeys.foreignHome, aaa: allKeys.aaa}, func(c []byte) []agent.Part {
			return []agent.Part{signMH, ext.Challenge{Value: c}.AppendBinary, signAAA}
		}, "registered as 2001:db8:1::/48, tunnel: home address"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLink(t)
			h := newHomeNode(l, dsmip.Draft06, agent.ByTimestamps, tt.keys)
			f := newForeignNode(l, dsmip.Draft06, tt.keys)
			m := newMobileNode(dsmip.Draft06, agent.ByTimestamps, tt.keys)
			m.endpoint = l.join(homeAddress)

			advertisement, err := f.advertise()
			if err != nil {
				t.Fatal(err)
			}
			if err := m.discover(advertisement); err != nil {
				t.Fatal(err)
			}
			r := unidentified(mipv4.FlagReverseTunnel, m.foreign, 1800)
			ask := []agent.Part{prefix("2001:db8:1::/48")}

			// A challenge that was never given is denied, and the denial brings another.
			g, err := m.register(m.foreign, r, slices.Concat(ask, tt.sign([]byte("invented")))...)
			if err != nil || g.Reply.Code != code.FAUnknownChallenge || g.Authenticated() || results(&g) != "prefix 2001:db8:1::/48 denied" {
				t.Errorf("%v: %v, %s", err, g.Reply, results(&g))
			}
			// Without association one is demanded.
			if len(tt.keys.mobileForeign) == 0 {
				if g, err := m.register(m.foreign, r, slices.Concat(ask, signed[:1])...); err != nil || g.Reply.Code != code.FAMissingChallenge {
					t.Errorf("%v: %v", err, g.Reply)
				}
			}
			used := slices.Clone(m.challenge)
			if g, err = m.register(m.foreign, r, slices.Concat(ask, tt.sign(used))...); err != nil {
				t.Fatal(err)
			}
			if !g.Accepted() || g.Granted() != 1800 || !strings.HasSuffix(results(&g), tt.want) {
				t.Errorf("%v, %s", g.Reply, results(&g))
			}
			if bound, b, _, _ := h.state(); !bound || b.CareOfAddress != foreignAgent || b.CoLocated || !f.has(homeAddress) {
				t.Errorf("bound %v: %v", bound, b)
			}
			// The same challenge again is stale; the reply has brought the next one.
			if g, err = m.register(m.foreign, r, slices.Concat(ask, tt.sign(used))...); err != nil || g.Reply.Code != code.FAStaleChallenge {
				t.Errorf("%v: %v", err, g.Reply)
			}
			r.Lifetime = mipv4.Deregister
			if g, err = m.register(m.foreign, r, slices.Concat(tt.sign(m.challenge))...); err != nil || !g.Accepted() {
				t.Errorf("%v: %v", err, g.Reply)
			}
			if bound, _, _, _ := h.state(); bound || f.has(homeAddress) {
				t.Error("still bound")
			}
		})
	}
}

// The clock is an hour off; the home agent's denial sets it right.
func TestResynchronise(t *testing.T) {
	for _, skew := range []time.Duration{-time.Hour, time.Hour} {
		l := newLink(t)
		newHomeNode(l, dsmip.Draft06, agent.ByTimestamps, allKeys)
		m := newMobileNode(dsmip.Draft06, agent.ByTimestamps, allKeys)
		m.endpoint, m.skew = l.join(coLocated), skew
		r := unidentified(mipv4.FlagDecapsulation, coLocated, 600)
		g, err := m.register(homeAgent, r, signMH)
		if err != nil || g.Reply.Code != code.HAIdentificationMismatch || !g.Authenticated() {
			t.Fatalf("%v: %v", err, g.Reply)
		}
		if g, err = m.register(homeAgent, r, signMH); err != nil || !g.Accepted() {
			t.Errorf("clock %v off: %v, %v", skew, err, g.Reply)
		}
	}
}

// Requests and replies get lost, under either style: with timestamps a retransmission is
// a new registration, with nonces the same datagram (RFC 5944 §3.6.3).
func TestLostDatagrams(t *testing.T) {
	for _, style := range styles {
		t.Run(style.String(), func(t *testing.T) {
			l := newLink(t)
			newHomeNode(l, dsmip.Draft06, style, allKeys)
			m := newMobileNode(dsmip.Draft06, style, allKeys)
			m.endpoint = l.join(coLocated)
			r := unidentified(mipv4.FlagDecapsulation, coLocated, 600)
			m.synchronised(t, homeAgent, r, signMH)

			m.sent = 0
			l.lose(homeAgent, 1)
			if g, err := m.register(homeAgent, r, signMH); err != nil || !g.Accepted() || m.sent != 2 {
				t.Errorf("a request was lost: %v, %v, %d sent", err, g.Reply, m.sent)
			}
			m.sent = 0
			l.lose(coLocated, 1)
			g, err := m.register(homeAgent, r, signMH)
			if err != nil || m.sent != 2 {
				t.Fatalf("a reply was lost: %v, %d sent", err, m.sent)
			}
			// With nonces the answered one is out of date; its denial has the next nonce.
			if want := style == agent.ByTimestamps; g.Accepted() != want {
				t.Errorf("a reply was lost: %v", g.Reply)
			}
			if g := m.synchronised(t, homeAgent, r, signMH); !g.Accepted() {
				t.Errorf("afterwards: %v", g.Reply)
			}
		})
	}
}

// A private care-of address: the registration comes through a NAT, and the traffic goes in
// Tunnel Data, both ways (RFC 3519, draft-06 §4.8).
func TestBehindNAT(t *testing.T) {
	private := netip.MustParseAddr("10.0.0.7")
	l := newLink(t)
	h := newHomeNode(l, dsmip.Draft06, agent.ByTimestamps, allKeys)
	m := newMobileNode(dsmip.Draft06, agent.ByTimestamps, allKeys)
	m.endpoint = l.join(natted)
	r := unidentified(mipv4.FlagDecapsulation|mipv4.FlagReverseTunnel, private, 600)

	// Without a UDP Tunnel Request nobody can tell how it came.
	if g, err := m.register(homeAgent, r, prefix("2001:db8:1::/48"), signMH); err != errUnanswered {
		t.Errorf("%v: %v", err, g.Reply)
	}
	g, err := m.register(homeAgent, r, ext.UDPTunnelRequest{}.AppendBinary, prefix("2001:db8:1::/48"), dsmip.TunnelingMode{}.AppendBinary, signMH)
	if err != nil {
		t.Fatal(err)
	}
	if u, ok := g.TunnelReply(); !ok || u.KeepaliveInterval != 110 {
		t.Fatalf("%v: %v", ok, u)
	}
	mine := tunnel.FromRequest(dsmip.Draft06, g.Asked)
	inside := netip.AddrPortFrom(private, m.conn.LocalAddr().(*net.UDPAddr).AddrPort().Port())
	if mine, err = mine.OverUDP(inside, g.Asked.Flags, 0); err != nil {
		t.Fatal(err)
	}
	for o := range g.Outcomes() {
		mine.Mode = o.Reply.Code
		mine.Prefixes = append(mine.Prefixes, o.Prefix)
	}
	here, there := netip.MustParseAddr("2001:db8:1::7"), netip.MustParseAddr("2001:db8:ffff::1")
	path, err := mine.Send(tunnel.Packet{Source: here, Destination: there})
	if err != nil {
		t.Fatal(err)
	}
	payload, err := path.Encapsulate(nil, ipv6Packet(here, there), tunnel.IPv4Header{TimeToLive: 64})
	if err != nil {
		t.Fatal(err)
	}
	next, err := path.Protocol()
	if err != nil {
		t.Fatal(err)
	}
	m.send(message(t, mipv4.TunnelData{NextHeader: mipv4.NextHeader(next), Payload: payload}.AppendBinary), homeAgent)
	b, from, err := m.receive(time.Second)
	if err != nil {
		t.Fatal(err)
	}
	data, err := mipv4.ParseTunnelData(b)
	if err != nil || data.NextHeader != tunnel.ProtocolIPv6 {
		t.Fatalf("%v: %v", err, data)
	}
	d, err := tunnel.DecapsulateUDP(netip.AddrPortFrom(from.From.Addr(), 434), inside, uint8(data.NextHeader), data.Payload, homeAddress)
	if err != nil {
		t.Fatal(err)
	}
	if err := mine.Receive(d.Path, d.Packet); err != nil || d.Packet.Source != there || d.Packet.Destination != here {
		t.Errorf("%v: %v", err, d)
	}
	if _, _, _, inner := h.state(); len(inner) != 1 || inner[0].Source != here {
		t.Errorf("the home agent got %v", inner)
	}
}

// The home agent revokes a registration through a foreign agent, which acknowledges
// (RFC 3543 §4.2.2).
func TestRevocation(t *testing.T) {
	l := newLink(t)
	h := newHomeNode(l, dsmip.Draft06, agent.ByTimestamps, allKeys)
	f := newForeignNode(l, dsmip.Draft06, allKeys)
	m := newMobileNode(dsmip.Draft06, agent.ByTimestamps, allKeys)
	m.endpoint = l.join(homeAddress)
	if g, err := m.register(foreignAgent, unidentified(0, foreignAgent, 600), signMH, signMF); err != nil || !g.Accepted() {
		t.Fatalf("%v: %v", err, g.Reply)
	}
	if !f.has(homeAddress) {
		t.Fatal("not registered")
	}
	now := uint32(time.Now().Unix())
	if err := h.revoke(now + 1); err != nil {
		t.Fatal(err)
	}
	select {
	case a := <-h.acked:
		x, err := a.Extensions.Auth(ext.KindForeignHomeAuth)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := allKeys.foreignHome.Verify(x); err != nil || a.HomeAddress != homeAddress || a.RevocationIdentifier != now+1 {
			t.Errorf("%v: %v", err, a)
		}
	case <-time.After(2 * time.Second):
		t.Fatal("not acknowledged")
	}
	if home := <-f.revoked; home != homeAddress || f.has(homeAddress) {
		t.Error("not revoked")
	}
}

// Back home, the mobile node deregisters all of its bindings.
func TestReturnHome(t *testing.T) {
	l := newLink(t)
	h := newHomeNode(l, dsmip.RFC5454, agent.ByTimestamps, allKeys)
	m := newMobileNode(dsmip.RFC5454, agent.ByTimestamps, allKeys)
	m.endpoint = l.join(coLocated)
	linkLocal := dsmip.RequestLinkLocal(tunnel.LinkLocal(homeAddress)).AppendBinary
	g, err := m.register(homeAgent, unidentified(mipv4.FlagDecapsulation, coLocated, 600), prefix("2001:db8:1::/48"), linkLocal, dsmip.TunnelingMode{}.AppendBinary, signMH)
	if err != nil || results(&g) != "prefix 2001:db8:1::/48 registered as 2001:db8:1::/48, tunnel: care-of address; "+
		"link-local address fe80::c000:20a/128 registered as fe80::c000:20a/128, tunnel: home address" {
		t.Fatalf("%v: %s", err, results(&g))
	}
	m.endpoint = l.join(homeAddress)
	if g, err := m.register(homeAgent, unidentified(0, homeAddress, 0), signMH); err != nil || !g.Accepted() {
		t.Errorf("%v: %v", err, g.Reply)
	}
	if bound, _, dropped, _ := h.state(); bound || len(dropped) != 2 {
		t.Errorf("bound %v, dropped %v", bound, dropped)
	}
}
