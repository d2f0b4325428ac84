package tunnel_test

import (
	"bytes"
	"net/netip"
	"testing"

	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
)

// seeds are whole datagrams and what stands behind their outer headers.
func seeds(f *testing.F, behind int) {
	for _, c := range datagrams {
		f.Add(unhex(c.hex)[behind:])
	}
	for _, c := range tunnelData {
		f.Add(unhex(c.hex))
	}
	f.Add(unhex("b000 86dd ce5a 0000 01020304 00000007" + ipv6Hex))
	f.Add(unhex("46b80019 00074000 092957ed c0000201 c000020a 94040000 60 ffff"))
}

// FuzzGRE: what is read is written again, but for the bits that are ignored.
func FuzzGRE(f *testing.F) {
	seeds(f, 20)
	f.Fuzz(func(t *testing.T, b []byte) {
		g, err := tunnel.ParseGRE(b)
		if err != nil {
			if g.Payload != nil {
				t.Fatal("a refused packet has a payload")
			}
			return
		}
		out, err := g.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := tunnel.ParseGRE(out); err != nil || !again.Equal(g) || len(out) != len(b) {
			t.Fatalf("%v, %v, was %v", again, err, g)
		}
		// Reserved0 behind bit 5, and Reserved1.
		ignored := b[0]&3 == 0 && b[1]&0xf8 == 0 && (!g.ChecksumPresent || b[6] == 0 && b[7] == 0)
		// A one's complement sum has two zeros.
		if ignored && !bytes.Equal(out, b) && !(g.ChecksumPresent && bytes.Equal(out[6:], b[6:])) {
			t.Fatalf("%x becomes %x", b, out)
		}
		_ = g.String()
	})
}

// FuzzMinimal: what is read is written again, but for the bits that are ignored.
func FuzzMinimal(f *testing.F) {
	seeds(f, 20)
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := tunnel.ParseMinimal(b)
		if err != nil {
			return
		}
		out, err := m.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := tunnel.ParseMinimal(out); err != nil || !again.Equal(m) {
			t.Fatalf("%v, %v, was %v", again, err, m)
		}
		if b[1]&0x7f == 0 && !bytes.Equal(append(out[:2:2], out[4:]...), append(b[:2:2], b[4:]...)) {
			t.Fatalf("%x becomes %x", b, out)
		}
		_ = m.String()
	})
}

// FuzzIPv4: what is read is written again, but for options, fragments and
// padding.
func FuzzIPv4(f *testing.F) {
	seeds(f, 0)
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := tunnel.ParseIPv4(b)
		if err != nil || p.TimeToLive == 0 {
			return
		}
		out, err := p.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := tunnel.ParseIPv4(out); err != nil || !again.Equal(p) {
			t.Fatalf("%v, %v, was %v", again, err, p)
		}
		_ = p.String()
	})
}

// FuzzDecapsulate: what is taken out of tunnels as IPv6 goes into the same tunnels
// again and comes out the same, and is let in only if its source is registered.
func FuzzDecapsulate(f *testing.F) {
	seeds(f, 0)
	f.Fuzz(func(t *testing.T, b []byte) {
		own := coLocated(draft, tunnel.GRE, 1)
		for _, end := range []netip.Addr{home, agent, {}} {
			d, err := tunnel.Decapsulate(b, end)
			if err != nil {
				if d.Bytes != nil {
					t.Fatal("a refused packet has bytes")
				}
				continue
			}
			if len(d.Bytes) > len(b)-20 {
				t.Fatal("the packet is longer than its datagram")
			}
			if own.Admit(d.Path, d.Packet) == nil && !d.Packet.MLD && d.Packet.Source != home && !prefix.Contains(d.Packet.Source) {
				t.Fatalf("%v is let in", d)
			}
			_ = d.String()
			if d.Packet.Source.Is4() {
				continue
			}
			out, err := d.Path.Encapsulate(nil, d.Bytes, ipHeader)
			if err == tunnel.ErrTooLong {
				continue // options and padding left room
			}
			if err != nil {
				t.Fatalf("%v: %v", d, err)
			}
			if again, err := tunnel.Decapsulate(out, end); err != nil || !again.Equal(d) {
				t.Fatalf("%v, %v, was %v", again, err, d)
			}
		}
	})
}
