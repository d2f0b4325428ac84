package tunnel_test

import (
	"bytes"
	"net/netip"
	"testing"

	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
)

// ipHeader is what the vectors of this file have in their IPv4 headers.
var ipHeader = tunnel.IPv4Header{Identification: 0x1234, TimeToLive: 64}

// keyed is a GRE tunnel with the key 42.
func keyed(t tunnel.Tunnel) tunnel.Tunnel {
	t.Key = tunnel.GREKey{Identifier: 42, Present: true}
	return t
}

// Whole datagrams, computed by another program from the figures of RFC 791, RFC
// 2784, RFC 2890, RFC 2004 and RFC 2460.
var datagrams = []struct {
	what string
	own  netip.Addr // where the inner tunnel ends
	path tunnel.Path
	hex  string
}{
	{"home address", home, one(down), ipv4Hex},
	{"IP in IP, care-of address", home, one(ip(tunnel.IPinIP, agent, careOf)),
		"4500003c12340000 40297c29 c0000201 c6336407" + ipv6Hex},
	{"IP in IP, home address", home, two(ip(tunnel.IPinIP, agent, careOf), down),
		"4500005012340000 40047c3a c0000201 c6336407" + ipv4Hex},
	{"GRE, care-of address", home, one(ip(tunnel.GRE, agent, careOf)),
		"4500004012340000 402f7c1f c0000201 c6336407 000086dd" + ipv6Hex},
	{"GRE with key", home, one(keyed(ip(tunnel.GRE, agent, careOf))),
		"4500004412340000 402f7c1b c0000201 c6336407 200086dd0000002a" + ipv6Hex},
	{"GRE, home address", home, two(ip(tunnel.GRE, agent, careOf), down),
		"4500005412340000 402f7c0b c0000201 c6336407 00000800" + ipv4Hex},
	{"minimal, home address", home, two(ip(tunnel.Minimal, agent, careOf), down),
		"4500004412340000 40377c13 c0000201 c6336407 290014f5 c000020a" + ipv6Hex},
	{"minimal, home address, reverse", agent, two(ip(tunnel.Minimal, careOf, agent), up),
		"4500004812340000 40377c0f c6336407 c0000201 29805273 c0000201 c000020a" + ipv6Hex},
}

// In UDP: what stands in the Payload of Tunnel Data, and its Next Header.
var tunnelData = []struct {
	path tunnel.Path
	next uint8
	hex  string
}{
	{one(udp(tunnel.IPinUDP, "192.0.2.1:434", "203.0.113.77:40001")), 41, ipv6Hex},
	{two(udp(tunnel.IPinUDP, "192.0.2.1:434", "203.0.113.77:40001"), down), 4, ipv4Hex},
	{two(keyed(udp(tunnel.GREinUDP, "192.0.2.1:434", "203.0.113.77:40001")), down), 47, "200008000000002a" + ipv4Hex},
	{two(udp(tunnel.MinimalInUDP, "192.0.2.1:434", "203.0.113.77:40001"), down), 55, "290014f5c000020a" + ipv6Hex},
}

func TestEncapsulate(t *testing.T) {
	padded := append(bytes.Clone(ipv6), 0xff, 0xff)
	inner := tunnel.Packet{Source: outside, Destination: inside}
	for _, c := range datagrams {
		want := unhex(c.hex)
		poison := bytes.Repeat([]byte{0xa5}, 512)
		b, err := c.path.Encapsulate(poison[:5], padded, ipHeader)
		if err != nil || !bytes.Equal(b[5:], want) || !bytes.Equal(b[:5], poison[:5]) {
			t.Errorf("%s: %v\n got %x\nwant %x", c.what, err, b, want)
		}
		d, err := tunnel.Decapsulate(append(want, 0xff), c.own)
		if expect := (tunnel.Decapsulated{Path: c.path, Packet: inner, Bytes: ipv6}); err != nil || !d.Equal(expect) {
			t.Errorf("%s: %v, %v, want %v", c.what, d, err, expect)
		}
		if p, err := c.path.Protocol(); err != nil || p != want[9] {
			t.Errorf("%s: protocol %d, %v", c.what, p, err)
		}
	}
	for _, c := range tunnelData {
		want := unhex(c.hex)
		b, err := c.path.Encapsulate(nil, padded, ipHeader)
		if err != nil || !bytes.Equal(b, want) {
			t.Errorf("%v: %v\n got %x\nwant %x", c.path, err, b, want)
		}
		if p, err := c.path.Protocol(); err != nil || p != c.next {
			t.Errorf("%v: next header %d, %v", c.path, p, err)
		}
		d, err := tunnel.DecapsulateUDP(c.path.Outer.Source, c.path.Outer.Destination, c.next, want, home)
		if expect := (tunnel.Decapsulated{Path: c.path, Packet: inner, Bytes: ipv6}); err != nil || !d.Equal(expect) {
			t.Errorf("%v, %v, want %v", d, err, expect)
		}
	}
	// Tunnel Data with IPv6 in it has no IPv4 header of this packet's making.
	if _, err := tunnelData[0].path.Encapsulate(nil, ipv6, tunnel.IPv4Header{}); err != nil {
		t.Error(err)
	}
}

func TestEncapsulateRefuses(t *testing.T) {
	// The longest packets: 65,535 less 20 for each IPv4 header, less 12 in UDP.
	packet := func(n int) []byte {
		b := append(bytes.Clone(ipv6), make([]byte, n-40)...)
		b[4], b[5] = byte((n-40)>>8), byte(n-40)
		return b
	}
	care := ip(tunnel.IPinIP, agent, careOf)
	overUDP := udp(tunnel.IPinUDP, "192.0.2.1:434", "203.0.113.77:40001")
	withKey := care
	withKey.Key.Present = true
	keyedHome := down
	keyedHome.Key.Present = true
	for _, c := range []struct {
		what   string
		path   tunnel.Path
		packet []byte
		header tunnel.IPv4Header
		want   error
	}{
		{"native", tunnel.Path{}, ipv6, ipHeader, tunnel.ErrPath},
		{"inner only", tunnel.Path{Inner: down}, ipv6, ipHeader, tunnel.ErrPath},
		{"no such encapsulation", one(ip(7, agent, careOf)), ipv6, ipHeader, tunnel.ErrPath},
		{"to IPv6", one(ip(tunnel.IPinIP, agent, inside)), ipv6, ipHeader, tunnel.ErrPath},
		{"from nowhere", one(ip(tunnel.IPinIP, netip.Addr{}, careOf)), ipv6, ipHeader, tunnel.ErrPath},
		{"key without GRE", one(withKey), ipv6, ipHeader, tunnel.ErrPath},
		{"inner GRE", two(care, ip(tunnel.GRE, agent, home)), ipv6, ipHeader, tunnel.ErrPath},
		{"inner key", two(care, keyedHome), ipv6, ipHeader, tunnel.ErrPath},
		{"inner to IPv6", two(care, ip(tunnel.IPinIP, agent, inside)), ipv6, ipHeader, tunnel.ErrPath},
		{"minimal alone", one(ip(tunnel.Minimal, agent, careOf)), ipv6, ipHeader, tunnel.ErrMinimalIPv6},
		{"IPv4", one(care), unhex(ipv4Hex), ipHeader, tunnel.ErrVersion},
		{"nothing", one(care), nil, ipHeader, tunnel.ErrIPv6Cut},
		{"cut", one(care), ipv6[:39], ipHeader, tunnel.ErrIPv6Cut},
		{"TTL", one(care), ipv6, tunnel.IPv4Header{}, tunnel.ErrTTL},
		{"TTL in UDP", two(overUDP, down), ipv6, tunnel.IPv4Header{}, tunnel.ErrTTL},
		{"longest", one(care), packet(65515), ipHeader, nil},
		{"too long", one(care), packet(65516), ipHeader, tunnel.ErrTooLong},
		{"longest, two", two(care, down), packet(65495), ipHeader, nil},
		{"too long, two", two(care, down), packet(65496), ipHeader, tunnel.ErrTooLong},
		{"longest in UDP", one(overUDP), packet(65503), ipHeader, nil},
		{"too long in UDP", one(overUDP), packet(65504), ipHeader, tunnel.ErrTooLong},
		{"longest with key", one(keyed(ip(tunnel.GRE, agent, careOf))), packet(65507), ipHeader, nil},
		{"too long with key", one(keyed(ip(tunnel.GRE, agent, careOf))), packet(65508), ipHeader, tunnel.ErrTooLong},
		{"longest minimal", two(ip(tunnel.Minimal, careOf, agent), up), packet(65503), ipHeader, nil},
		{"too long minimal", two(ip(tunnel.Minimal, careOf, agent), up), packet(65504), ipHeader, tunnel.ErrTooLong},
	} {
		b, err := c.path.Encapsulate([]byte{1}, c.packet, c.header)
		if err != c.want || err != nil && !bytes.Equal(b, []byte{1}) {
			t.Errorf("%s: %d bytes, %v, want %v", c.what, len(b), err, c.want)
		}
	}
}

// IPv4 in tunnels, and what is no tunnel of this node.
func TestDecapsulateIPv4(t *testing.T) {
	const inner = "4500001612340000 40116a8f c000020a cb007109 0102"
	packet := tunnel.Packet{Source: home, Destination: addr("203.0.113.9")}
	for _, c := range []struct {
		what, hex string
		own       netip.Addr
		want      tunnel.Decapsulated
	}{
		{"IP in IP", "4500002a12340000 40047c60 c6336407 c0000201" + inner, agent,
			tunnel.Decapsulated{Path: one(ip(tunnel.IPinIP, careOf, agent)), Packet: packet, Bytes: unhex(inner)}},
		{"minimal", "4500002212340000 40377c35 c6336407 c0000201 1180f06a cb007109 c000020a 0102", agent,
			tunnel.Decapsulated{Path: one(ip(tunnel.Minimal, careOf, agent)), Packet: packet, Bytes: []byte{1, 2}}},
		{"the home address's tunnel at a foreign agent", datagrams[2].hex, netip.Addr{},
			tunnel.Decapsulated{Path: one(ip(tunnel.IPinIP, agent, careOf)), Packet: tunnel.Packet{Source: agent, Destination: home}, Bytes: unhex(ipv4Hex)}},
		{"the same in minimal encapsulation", datagrams[6].hex, netip.Addr{},
			tunnel.Decapsulated{Path: one(ip(tunnel.Minimal, agent, careOf)), Packet: tunnel.Packet{Source: agent, Destination: home}, Bytes: ipv6}},
		{"IPv6 in IPv4 to somebody else", datagrams[2].hex, agent,
			tunnel.Decapsulated{Path: one(ip(tunnel.IPinIP, agent, careOf)), Packet: tunnel.Packet{Source: agent, Destination: home}, Bytes: unhex(ipv4Hex)}},
	} {
		if d, err := tunnel.Decapsulate(unhex(c.hex), c.own); err != nil || !d.Equal(c.want) {
			t.Errorf("%s: %v, %v, want %v", c.what, d, err, c.want)
		}
	}
	// A fragment of the mobile node's own is a packet like any other; a fragment of
	// a tunnel is not. 0x6a8f and 0xe459 less the flag MF, 0x2000.
	from, to := netip.AddrPortFrom(careOf, 5), netip.AddrPortFrom(agent, 434)
	fragment := "4500001612342000 40114a8f c000020a cb007109 0102"
	want := tunnel.Decapsulated{Path: one(udp(tunnel.IPinUDP, "198.51.100.7:5", "192.0.2.1:434")), Packet: packet, Bytes: unhex(fragment)}
	if d, err := tunnel.DecapsulateUDP(from, to, 4, unhex(fragment), agent); err != nil || !d.Equal(want) {
		t.Errorf("%v, %v", d, err)
	}
	for _, c := range []struct {
		what string
		next uint8
		hex  string
		want error
	}{
		{"fragment of a tunnel", 4, "4500003c12342000 4029c459 c0000201 c000020a" + ipv6Hex, tunnel.ErrFragment},
		{"IPv6 said, IPv4 there", 41, ipv4Hex, tunnel.ErrVersion},
		{"IPv4 said, IPv6 there", 4, ipv6Hex, tunnel.ErrVersion},
		{"41 in the inner header, IPv4 there", 4, "4500003c12340000 4029e459 c0000201 c000020a" + ipv4Hex[:45] + ipv6Hex[17:], tunnel.ErrVersion},
		{"nothing, 4", 4, "", tunnel.ErrIPv4Cut},
		{"nothing, 41", 41, "", tunnel.ErrIPv6Cut},
		{"nothing, 47", 47, "", tunnel.ErrGRECut},
		{"nothing, 55", 55, "", tunnel.ErrMinimalCut},
		{"no payload of GRE", 47, "000086dd", tunnel.ErrIPv6Cut},
		{"minimal with 41, IPv4 there", 55, "290014f5 c000020a" + ipv4Hex, tunnel.ErrVersion},
		{"GRE of IPv6, IPv4 there", 47, "000086dd" + ipv4Hex, tunnel.ErrVersion},
		{"GRE of IPv4, IPv6 there", 47, "00000800" + ipv6Hex, tunnel.ErrVersion},
		{"UDP", 17, ipv6Hex, tunnel.ErrProtocol},
		{"0", 0, ipv6Hex, tunnel.ErrProtocol},
	} {
		if d, err := tunnel.DecapsulateUDP(from, to, c.next, unhex(c.hex), home); err != c.want {
			t.Errorf("%s: %v, %v, want %v", c.what, d, err, c.want)
		}
	}
	if _, err := tunnel.Decapsulate(unhex(ipv6Hex), home); err != tunnel.ErrVersion {
		t.Error(err)
	}
}

func TestProfilesOfProtocol(t *testing.T) {
	// D66: whatever was negotiated, IPv6 to the care-of address is Next Header 41.
	for _, p := range profiles {
		for _, e := range []tunnel.Encapsulation{tunnel.IPinUDP, tunnel.GREinUDP, tunnel.MinimalInUDP} {
			b := coLocated(p, e, 1)
			path, err := b.Forward(to(inside), false)
			wantPath(t, e.String(), path, err, one(udp(tunnel.IPinUDP, "192.0.2.1:434", "203.0.113.77:40001")), nil)
			if n, err := path.Protocol(); n != 41 || err != nil {
				t.Errorf("%v %v: next header %d, %v", p, e, n, err)
			}
		}
	}
	for _, p := range []tunnel.Path{{}, {Inner: down}} {
		if _, err := p.Protocol(); err != tunnel.ErrPath {
			t.Errorf("%v: %v", p, err)
		}
	}
}
