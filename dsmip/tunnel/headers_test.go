package tunnel_test

import (
	"bytes"
	"net/netip"
	"testing"

	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
)

// The checksums of the vectors in this file were computed by another program.

var ipv6 = unhex(ipv6Hex)

// ipv4Hex is the home address's tunnel around ipv6Hex.
const ipv4Hex = "4500003c12340000 4029e459 c0000201 c000020a" + ipv6Hex

func TestGRE(t *testing.T) {
	for _, c := range []struct {
		what string
		hex  string
		want tunnel.GREPacket
	}{
		{"IPv6", "0000 86dd" + ipv6Hex, tunnel.GREPacket{ProtocolType: 0x86dd, Payload: ipv6}},
		{"IPv4", "0000 0800" + ipv4Hex, tunnel.GREPacket{ProtocolType: 0x800, Payload: unhex(ipv4Hex)}},
		{"key", "2000 86dd 0000002a" + ipv6Hex,
			tunnel.GREPacket{ProtocolType: 0x86dd, Key: tunnel.GREKey{Identifier: 42, Present: true}, Payload: ipv6}},
		{"key 0", "2000 86dd 00000000" + ipv6Hex,
			tunnel.GREPacket{ProtocolType: 0x86dd, Key: tunnel.GREKey{Present: true}, Payload: ipv6}},
		{"sequence number", "1000 86dd 00000007" + ipv6Hex,
			tunnel.GREPacket{ProtocolType: 0x86dd, SequenceNumberPresent: true, SequenceNumber: 7, Payload: ipv6}},
		{"checksum", "8000 86dd 0268 0000" + ipv6Hex,
			tunnel.GREPacket{ProtocolType: 0x86dd, ChecksumPresent: true, Payload: ipv6}},
		{"all", "b000 86dd ce5a 0000 01020304 00000007" + ipv6Hex,
			tunnel.GREPacket{ProtocolType: 0x86dd, ChecksumPresent: true, SequenceNumberPresent: true, SequenceNumber: 7,
				Key: tunnel.GREKey{Identifier: 0x01020304, Present: true}, Payload: ipv6}},
		{"checksum of an odd length", "8000 86dd 5766 0000 6000000000013b40" + ipv6Hex[17:] + "ab",
			tunnel.GREPacket{ProtocolType: 0x86dd, ChecksumPresent: true, Payload: unhex("6000000000013b40" + ipv6Hex[17:] + "ab")}},
	} {
		b := unhex(c.hex)
		g, err := tunnel.ParseGRE(b)
		if err != nil || !g.Equal(c.want) {
			t.Errorf("%s: %v, %v, want %v", c.what, g, err, c.want)
		}
		poison := bytes.Repeat([]byte{0xa5}, 256)
		if out, err := c.want.AppendBinary(poison[:3]); err != nil || !bytes.Equal(out[3:], b) || !bytes.Equal(out[:3], poison[:3]) {
			t.Errorf("%s: %x, %v, want %x", c.what, out, err, b)
		}
	}
	// Bits 6 to 12 are ignored.
	if g, err := tunnel.ParseGRE(unhex("03f8 86dd" + ipv6Hex)); err != nil || g.ProtocolType != 0x86dd {
		t.Errorf("reserved bits: %v, %v", g, err)
	}
	for _, c := range []struct {
		what, hex string
		want      error
	}{
		{"nothing", "", tunnel.ErrGRECut},
		{"three bytes", "000086", tunnel.ErrGRECut},
		{"checksum cut", "800086dd000000", tunnel.ErrGRECut},
		{"key cut", "200086dd000000", tunnel.ErrGRECut},
		{"all cut", "b00086dd0000000001020304000000", tunnel.ErrGRECut},
		{"bit 1, routing", "4000 86dd" + ipv6Hex, tunnel.ErrGREReserved},
		{"bit 4, strict source route", "0800 86dd" + ipv6Hex, tunnel.ErrGREReserved},
		{"bit 5, recursion control", "0400 86dd" + ipv6Hex, tunnel.ErrGREReserved},
		{"version 1", "0001 86dd" + ipv6Hex, tunnel.ErrGREVersion},
		{"version 4", "0004 86dd" + ipv6Hex, tunnel.ErrGREVersion},
		{"checksum", "8000 86dd 0269 0000" + ipv6Hex, tunnel.ErrGREChecksum},
		{"PPP", "0000 880b" + ipv6Hex, tunnel.ErrProtocolType},
		{"IPv4 said, IPv6 there", "0000 0800" + ipv6Hex, tunnel.ErrVersion},
		{"IPv6 said, IPv4 there", "0000 86dd" + ipv4Hex, tunnel.ErrVersion},
		{"no payload", "0000 86dd", tunnel.ErrIPv6Cut},
		{"no payload, IPv4", "0000 0800", tunnel.ErrIPv4Cut},
		{"payload cut", "0000 86dd" + ipv6Hex[:len(ipv6Hex)-2], tunnel.ErrIPv6Cut},
	} {
		if g, err := tunnel.ParseGRE(unhex(c.hex)); err != c.want || g.Payload != nil {
			t.Errorf("%s: %v, %v, want %v", c.what, g, err, c.want)
		}
	}
	for _, c := range []struct {
		g    tunnel.GREPacket
		want error
	}{
		{tunnel.GREPacket{Payload: ipv6}, tunnel.ErrProtocolType},
		{tunnel.GREPacket{ProtocolType: 0x800, Payload: ipv6}, tunnel.ErrVersion},
		{tunnel.GREPacket{ProtocolType: 0x86dd, Payload: ipv6[:39]}, tunnel.ErrIPv6Cut},
	} {
		if b, err := c.g.AppendBinary([]byte{1}); err != c.want || !bytes.Equal(b, []byte{1}) {
			t.Errorf("%v: %x, %v, want %v", c.g, b, err, c.want)
		}
	}
}

func TestMinimal(t *testing.T) {
	for _, c := range []struct {
		what, hex string
		want      tunnel.MinimalPacket
	}{
		{"S clear", "11 00 2cf5 c000020a", tunnel.MinimalPacket{Protocol: 17, OriginalDestination: home}},
		{"S set", "06 80 fb6a c000020a cb007109 0102",
			tunnel.MinimalPacket{Protocol: 6, OriginalDestination: home, OriginalSource: addr("203.0.113.9"), Payload: []byte{1, 2}}},
	} {
		m, err := tunnel.ParseMinimal(unhex(c.hex))
		if err != nil || !m.Equal(c.want) {
			t.Errorf("%s: %v, %v, want %v", c.what, m, err, c.want)
		}
		poison := bytes.Repeat([]byte{0xa5}, 64)
		if b, err := c.want.AppendBinary(poison[:1]); err != nil || !bytes.Equal(b[1:], unhex(c.hex)) {
			t.Errorf("%s: %x, %v", c.what, b, err)
		}
	}
	// The reserved bits are ignored: 0x2cf5 less 0x7f.
	if m, err := tunnel.ParseMinimal(unhex("117f2c76c000020a")); err != nil || m.OriginalDestination != home {
		t.Errorf("reserved bits: %v, %v", m, err)
	}
	for _, c := range []struct {
		hex  string
		want error
	}{
		{"", tunnel.ErrMinimalCut},
		{"11002cf5c00002", tunnel.ErrMinimalCut},
		{"0680fb6ac000020acb0071", tunnel.ErrMinimalCut},
		{"11002cf6c000020a", tunnel.ErrMinimalChecksum},
		{"11002cf5c000020b", tunnel.ErrMinimalChecksum},
		{"1180 2cf5 c000020a 00000000", tunnel.ErrMinimalChecksum},
	} {
		if m, err := tunnel.ParseMinimal(unhex(c.hex)); err != c.want {
			t.Errorf("%s: %v, %v, want %v", c.hex, m, err, c.want)
		}
	}
	for _, m := range []tunnel.MinimalPacket{{}, {OriginalDestination: inside}, {OriginalDestination: home, OriginalSource: inside}} {
		if b, err := m.AppendBinary([]byte{1}); err != tunnel.ErrIPv4Address || !bytes.Equal(b, []byte{1}) {
			t.Errorf("%v: %x, %v", m, b, err)
		}
	}
}

func TestIPv4(t *testing.T) {
	header := tunnel.IPv4Header{TypeOfService: 0xb8, Identification: 7, DontFragment: true, TimeToLive: 9, Protocol: 41, Source: agent, Destination: home}
	want := tunnel.IPv4Packet{IPv4Header: header}
	b := unhex("45b80014 00074000 0929ecf6 c0000201 c000020a")
	if p, err := tunnel.ParseIPv4(b); err != nil || !p.Equal(want) || !p.IPv4Header.Equal(header) {
		t.Errorf("%v, %v, want %v", p, err, want)
	}
	if out, err := want.AppendBinary([]byte{1}); err != nil || !bytes.Equal(out[1:], b) {
		t.Errorf("%x, %v, want %x", out, err, b)
	}
	// A Router Alert option, one byte of payload, and padding behind it.
	want.Payload = []byte{0x60}
	if p, err := tunnel.ParseIPv4(unhex("46b80019 00074000 092957ed c0000201 c000020a 94040000 60 ffff")); err != nil || !p.Equal(want) {
		t.Errorf("%v, %v, want %v", p, err, want)
	}
	for _, c := range []struct {
		what, hex string
		want      error
	}{
		{"nothing", "", tunnel.ErrIPv4Cut},
		{"19 bytes", "45b8001400074000" + "0929ecf6c0000201c00002", tunnel.ErrIPv4Cut},
		{"IHL 4", "44b80014 00074000 0929edf6 c0000201 c000020a", tunnel.ErrIPv4Cut},
		{"IHL runs past the end", "46b80014 00074000 0929ebf6 c0000201 c000020a", tunnel.ErrIPv4Cut},
		{"Total Length runs past the end", "45b80015 00074000 0929ecf5 c0000201 c000020a", tunnel.ErrIPv4Cut},
		{"checksum", "45b80014 00074000 0929ecf7 c0000201 c000020a", tunnel.ErrIPv4Checksum},
		{"more fragments", "45b80014 00072000 09290cf7 c0000201 c000020a", tunnel.ErrFragment},
		{"last fragment", "45b80014 00070001 09292cf6 c0000201 c000020a", tunnel.ErrFragment},
		{"IPv6", ipv6Hex, tunnel.ErrVersion},
	} {
		if p, err := tunnel.ParseIPv4(unhex(c.hex)); err != c.want {
			t.Errorf("%s: %v, %v, want %v", c.what, p, err, c.want)
		}
	}
	long := make([]byte, 65535-20+1)
	for _, c := range []struct {
		change func(*tunnel.IPv4Packet)
		want   error
	}{
		{func(p *tunnel.IPv4Packet) { p.Source = netip.Addr{} }, tunnel.ErrIPv4Address},
		{func(p *tunnel.IPv4Packet) { p.Destination = inside }, tunnel.ErrIPv4Address},
		{func(p *tunnel.IPv4Packet) { p.TimeToLive = 0 }, tunnel.ErrTTL},
		{func(p *tunnel.IPv4Packet) { p.Payload = long }, tunnel.ErrTooLong},
		{func(p *tunnel.IPv4Packet) { p.Payload = long[1:] }, nil},
	} {
		p := tunnel.IPv4Packet{IPv4Header: header}
		c.change(&p)
		if b, err := p.AppendBinary([]byte{1}); err != c.want || err != nil && !bytes.Equal(b, []byte{1}) {
			t.Errorf("%v: %v, want %v", p, err, c.want)
		}
	}
}

func TestParsePacket(t *testing.T) {
	const multicast = "ff020000000000000000000000000016"
	header := func(length, next string) string {
		return "60000000" + length + next + "01 fe800000000000000000000000000001" + multicast
	}
	group := addr("ff02::16")
	for _, c := range []struct {
		what, hex string
		want      tunnel.Packet
		err       error
	}{
		{"IPv6", ipv6Hex, tunnel.Packet{Source: outside, Destination: inside}, nil},
		{"IPv6, padded", ipv6Hex + "0000", tunnel.Packet{Source: outside, Destination: inside}, nil},
		{"IPv4", ipv4Hex, tunnel.Packet{Source: agent, Destination: home}, nil},
		{"MLDv2 report behind a Router Alert", header("0010", "00") + "3a00050200000000" + "8f00000000000000",
			tunnel.Packet{Source: addr("fe80::1"), Destination: group, MLD: true}, nil},
		{"MLD query", header("0010", "00") + "3a00050200000000" + "8200000000000000", tunnel.Packet{Source: addr("fe80::1"), Destination: group, MLD: true}, nil},
		{"MLD report", header("0001", "3a") + "83", tunnel.Packet{Source: addr("fe80::1"), Destination: group, MLD: true}, nil},
		{"MLD done behind destination options", header("0011", "3c") + "3a01000000000000" + "0000000000000000" + "84",
			tunnel.Packet{Source: addr("fe80::1"), Destination: group, MLD: true}, nil},
		{"echo request", header("0001", "3a") + "80", tunnel.Packet{Source: addr("fe80::1"), Destination: group}, nil},
		{"the type is behind the end", header("0000", "3a") + "83", tunnel.Packet{Source: addr("fe80::1"), Destination: group}, nil},
		{"options cut", header("0007", "00") + "3a000502000000" + "83", tunnel.Packet{Source: addr("fe80::1"), Destination: group}, nil},
		{"options run past the end", header("0010", "00") + "3a02050200000000" + "8f00000000000000", tunnel.Packet{Source: addr("fe80::1"), Destination: group}, nil},
		{"UDP", header("0001", "11") + "83", tunnel.Packet{Source: addr("fe80::1"), Destination: group}, nil},
		{"nothing", "", tunnel.Packet{}, tunnel.ErrVersion},
		{"version 5", "50" + ipv6Hex[2:], tunnel.Packet{}, tunnel.ErrVersion},
		{"header cut", ipv6Hex[:len(ipv6Hex)-2], tunnel.Packet{}, tunnel.ErrIPv6Cut},
		{"payload cut", header("0002", "3a") + "83", tunnel.Packet{}, tunnel.ErrIPv6Cut},
		{"IPv4 cut", ipv4Hex[:16], tunnel.Packet{}, tunnel.ErrIPv4Cut},
	} {
		if p, err := tunnel.ParsePacket(unhex(c.hex)); p != c.want || err != c.err {
			t.Errorf("%s: %v, %v, want %v, %v", c.what, p, err, c.want, c.err)
		}
	}
}
