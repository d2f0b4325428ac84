package tunnel_test

import (
	"fmt"
	"net/netip"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
)

func TestStrings(t *testing.T) {
	for want, v := range map[string]fmt.Stringer{
		"native":                          tunnel.Path{},
		"no tunnel":                       tunnel.Tunnel{},
		"IP in IP 192.0.2.1 > 192.0.2.10": down,
		"GRE 192.0.2.1 > 198.51.100.7 key 0x0000002a, IP in IP 192.0.2.1 > 192.0.2.10": two(keyed(ip(tunnel.GRE, agent, careOf)), down),
		"minimal encapsulation in UDP 192.0.2.1:434 > 203.0.113.77:40001":              one(udp(tunnel.MinimalInUDP, "192.0.2.1:434", "203.0.113.77:40001")),
		"no key":                           tunnel.GREKey{},
		"key 0x0123cdef":                   tunnel.GREKey{Identifier: 0x0123cdef, Present: true},
		"2001:db8:1::5 > 2001:db8:ffff::1": from(inside),
		"fe80::1 > ff02::16, MLD":          tunnel.Packet{Source: addr("fe80::1"), Destination: addr("ff02::16"), MLD: true},
		"GRE IPv6 key 0x0000002a sequence 7 checksum, 40 bytes": tunnel.GREPacket{ProtocolType: tunnel.ProtocolTypeIPv6, ChecksumPresent: true,
			SequenceNumberPresent: true, SequenceNumber: 7, Key: tunnel.GREKey{Identifier: 42, Present: true}, Payload: ipv6},
		"GRE IPv4, 0 bytes":                                                           tunnel.GREPacket{ProtocolType: tunnel.ProtocolTypeIPv4},
		"GRE protocol type 1, 0 bytes":                                                tunnel.GREPacket{ProtocolType: 1},
		"minimal protocol 41 to 192.0.2.10, 40 bytes":                                 tunnel.MinimalPacket{Protocol: 41, OriginalDestination: home, Payload: ipv6},
		"minimal protocol 6 to 192.0.2.10 from 192.0.2.1, 0 bytes":                    tunnel.MinimalPacket{Protocol: 6, OriginalDestination: home, OriginalSource: agent},
		"IPv4 192.0.2.1 > 192.0.2.10 protocol 41 ttl 64":                              tunnel.IPv4Header{Protocol: 41, TimeToLive: 64, Source: agent, Destination: home},
		"IPv4 invalid IP > invalid IP protocol 0 ttl 0, 1 bytes":                      tunnel.IPv4Packet{Payload: []byte{1}},
		"IP in IP 192.0.2.1 > 192.0.2.10: 2001:db8:ffff::1 > 2001:db8:1::5, 40 bytes": tunnel.Decapsulated{Path: one(down), Packet: to(inside), Bytes: ipv6},
		"interface-local":    tunnel.InterfaceLocalScope,
		"link-local":         tunnel.LinkLocalScope,
		"admin-local":        tunnel.AdminLocalScope,
		"site-local":         tunnel.SiteLocalScope,
		"organization-local": tunnel.OrganizationLocalScope,
		"global":             tunnel.GlobalScope,
		"scope 3":            tunnel.Scope(3),
	} {
		if got := v.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestScopeOf(t *testing.T) {
	for a, want := range map[string]tunnel.Scope{"ff02::1": 2, "ff3e::1": 14, "ff0f::1": 14, "ff00::1": 0, "ff15::1": 5} {
		if s, ok := tunnel.ScopeOf(addr(a)); !ok || s != want {
			t.Errorf("%s: %v, %v", a, s, ok)
		}
	}
	for _, a := range []netip.Addr{{}, inside, addr("224.0.0.1"), addr("::ffff:224.0.0.1")} {
		if s, ok := tunnel.ScopeOf(a); ok {
			t.Errorf("%v: %v", a, s)
		}
	}
}

func TestEqual(t *testing.T) {
	g := tunnel.GREPacket{ProtocolType: 1, Payload: []byte{1}}
	m := tunnel.MinimalPacket{Protocol: 1, Payload: []byte{1}}
	i := tunnel.IPv4Packet{Payload: []byte{1}}
	d := tunnel.Decapsulated{Bytes: []byte{1}}
	g2, m2, i2, d2 := g, m, i, d
	g2.Payload, m2.Payload, i2.Payload, d2.Bytes = []byte{2}, []byte{2}, []byte{2}, []byte{2}
	for what, equal := range map[string][2]bool{
		"GRE":          {g.Equal(g), g.Equal(g2)},
		"minimal":      {m.Equal(m), m.Equal(m2)},
		"IPv4":         {i.Equal(i), i.Equal(i2)},
		"header":       {i.IPv4Header.Equal(i2.IPv4Header), i.IPv4Header.Equal(tunnel.IPv4Header{Protocol: 1})},
		"decapsulated": {d.Equal(d), d.Equal(d2)},
		"tunnel":       {up.Equal(up), up.Equal(down)},
		"path":         {one(up).Equal(one(up)), one(up).Equal(one(down))},
		"packet":       {to(inside).Equal(to(inside)), to(inside).Equal(from(inside))},
	} {
		if !equal[0] || equal[1] {
			t.Errorf("%s: %v", what, equal)
		}
	}
}

// TestReceive has what a mobile node does not let in, beside TestDraftStatements.
func TestReceive(t *testing.T) {
	care := ip(tunnel.IPinIP, agent, careOf)
	own, fa := coLocated(draft, tunnel.IPinIP, 1), visiting(draft, tunnel.IPinIP, 0)
	for _, c := range []struct {
		what string
		b    tunnel.Binding
		path tunnel.Path
		p    tunnel.Packet
		want error
	}{
		{"right", own, one(care), to(inside), nil},
		{"not the home agent", own, one(ip(tunnel.IPinIP, foreign, careOf)), to(inside), tunnel.ErrOuterSource},
		{"not to this node", own, one(ip(tunnel.IPinIP, agent, foreign)), to(inside), tunnel.ErrEndpoint},
		{"to the home address without the care-of address", own, one(down), to(inside), tunnel.ErrEndpoint},
		{"not negotiated", own, one(ip(tunnel.GRE, agent, careOf)), to(inside), tunnel.ErrEncapsulation},
		{"key", own, one(keyed(care)), to(inside), tunnel.ErrKey},
		{"inner tunnel of somebody else", own, two(care, ip(tunnel.IPinIP, foreign, home)), to(inside), tunnel.ErrOuterSource},
		{"two tunnels through a foreign agent", fa, two(down, down), to(inside), tunnel.ErrEncapsulation},
		{"not registered", own, one(care), to(outside), tunnel.ErrNotRegistered},
		{"link-local", own, one(care), to(linked), tunnel.ErrLinkLocal},
		{"link-local group", own, one(care), to(addr("ff02::1")), tunnel.ErrLinkScope},
		{"site-local group", own, one(care), to(addr("ff05::1")), nil},
		{"group of a node", own, one(care), to(addr("ff01::1")), tunnel.ErrNodeScope},
		{"IPv4", own, one(care), tunnel.Packet{Source: agent, Destination: home}, tunnel.ErrIPv6},
		{"from IPv4", own, one(care), tunnel.Packet{Source: agent, Destination: inside}, tunnel.ErrIPv6},
		{"from a group", own, one(care), tunnel.Packet{Source: addr("ff0e::1"), Destination: inside}, tunnel.ErrInvalidSource},
		{"native", own, tunnel.Path{}, to(inside), tunnel.ErrNotTunneled},
	} {
		wantErr(t, c.what, c.b.Receive(c.path, c.p), c.want)
	}
	b := coLocated(draft, tunnel.IPinUDP, 1)
	b.Effective = netip.AddrPortFrom(careOf, 0)
	_, err := b.Send(from(inside))
	wantErr(t, "a mobile node without its port", err, tunnel.ErrNegotiated)
	_, err = own.Send(tunnel.Packet{Source: inside, Destination: addr("ff01::1")})
	wantErr(t, "to a group of no link", err, tunnel.ErrNodeScope)
	_, err = own.Forward(tunnel.Packet{Source: outside, Destination: home}, false)
	wantErr(t, "IPv4", err, tunnel.ErrIPv6)
	_, err = fa.Deliver(one(ip(tunnel.GRE, agent, careOf)), to(inside))
	wantErr(t, "not negotiated", err, tunnel.ErrEncapsulation)
}

// TestAnswerClosed: what is no binding gets no tunnel to the care-of address.
func TestAnswerClosed(t *testing.T) {
	var none tunnel.Binding
	if c := none.Answer(true); c != code.PrefixAcceptedHomeAddress {
		t.Error(c)
	}
}
