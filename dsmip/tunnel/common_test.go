package tunnel_test

import (
	"encoding/hex"
	"net/netip"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
)

// The nodes of the tests.
var (
	agent    = netip.MustParseAddr("192.0.2.1")
	home     = netip.MustParseAddr("192.0.2.10")
	careOf   = netip.MustParseAddr("198.51.100.7")
	foreign  = netip.MustParseAddr("198.51.100.1") // where a mobile node reaches its foreign agent
	nat      = netip.MustParseAddrPort("203.0.113.77:40001")
	inside   = netip.MustParseAddr("2001:db8:1::5") // of the mobile node
	outside  = netip.MustParseAddr("2001:db8:ffff::1")
	linked   = tunnel.LinkLocal(home)
	prefix   = netip.MustParsePrefix("2001:db8:1::/48")
	profiles = []dsmip.Profile{dsmip.Draft06, dsmip.RFC5454}
)

// coLocated is a binding with a co-located care-of address and reverse tunneling.
func coLocated(p dsmip.Profile, e tunnel.Encapsulation, mode code.IPv6Prefix) tunnel.Binding {
	b := tunnel.Binding{
		Profile: p, HomeAgent: agent, HomeAddress: home, CareOfAddress: careOf, CoLocated: true,
		Encapsulation: e, ReverseTunneling: true, Mode: mode, Prefixes: []netip.Prefix{prefix},
	}
	if e.UDP() {
		b.Effective = nat
	}
	return b
}

// visiting is a binding with a foreign agent's care-of address.
func visiting(p dsmip.Profile, e tunnel.Encapsulation, mode code.IPv6Prefix) tunnel.Binding {
	b := coLocated(p, e, mode)
	b.CoLocated = false
	return b
}

// to and from are packets to and from the mobile node.
func to(a netip.Addr) tunnel.Packet   { return tunnel.Packet{Source: outside, Destination: a} }
func from(a netip.Addr) tunnel.Packet { return tunnel.Packet{Source: a, Destination: outside} }

func addr(s string) netip.Addr { return netip.MustParseAddr(s) }

// ip is a tunnel in IPv4, udp one in UDP.
func ip(e tunnel.Encapsulation, source, destination netip.Addr) tunnel.Tunnel {
	return tunnel.Tunnel{Encapsulation: e, Source: netip.AddrPortFrom(source, 0), Destination: netip.AddrPortFrom(destination, 0)}
}

func udp(e tunnel.Encapsulation, source, destination string) tunnel.Tunnel {
	return tunnel.Tunnel{Encapsulation: e, Source: netip.MustParseAddrPort(source), Destination: netip.MustParseAddrPort(destination)}
}

func one(t tunnel.Tunnel) tunnel.Path        { return tunnel.Path{Outer: t} }
func two(outer, t tunnel.Tunnel) tunnel.Path { return tunnel.Path{Outer: outer, Inner: t} }

// The home address's tunnel in both directions.
var (
	down = ip(tunnel.IPinIP, agent, home)
	up   = ip(tunnel.IPinIP, home, agent)
)

func unhex(s string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		panic(err)
	}
	return b
}

// wantPath compares a decision with the one that the text asks for.
func wantPath(t *testing.T, what string, got tunnel.Path, err error, want tunnel.Path, fault error) {
	t.Helper()
	if got != want || err != fault {
		t.Errorf("%s:\n got %v, %v\nwant %v, %v", what, got, err, want, fault)
	}
}

func wantErr(t *testing.T, what string, got, want error) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// The packet of the vectors: an IPv6 header without payload (next header 59, none),
// from outside to inside.
const ipv6Hex = "6000000000003b40 20010db8ffff00000000000000000001 20010db8000100000000000000000005"
