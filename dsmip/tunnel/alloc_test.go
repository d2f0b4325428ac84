package tunnel_test

import (
	"net/netip"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// allocations is the gate: the least of five measurements of a thousand calls
// each.
func allocations(f func()) float64 {
	least := 1e9
	for range 5 {
		least = min(least, testing.AllocsPerRun(1, func() {
			for range 1000 {
				f()
			}
		}))
	}
	return least
}

// sink keeps results alive.
var sink struct {
	n    int
	err  error
	path tunnel.Path
	b    tunnel.Binding
}

// TestZeroAllocations covers every function but String, where it succeeds and
// where it refuses.
func TestZeroAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	own, fa := coLocated(draft, tunnel.GRE, 1), visiting(draft, tunnel.IPinIP, 1)
	half := coLocated(rfc5454, tunnel.IPinUDP, 1)
	half.Effective = netip.AddrPortFrom(nat.Addr(), 0)
	var none tunnel.Binding
	packets := []tunnel.Packet{to(inside), to(outside), to(linked), to(addr("ff0e::1")), to(home), from(inside), from(linked),
		{Source: linked, Destination: addr("ff02::16"), MLD: true}}
	paths := []tunnel.Path{{}, one(up), one(down), two(ip(tunnel.GRE, careOf, agent), up), one(ip(tunnel.GRE, careOf, agent)),
		two(ip(tunnel.IPinIP, agent, careOf), down), one(ip(tunnel.IPinIP, agent, careOf)), one(udp(tunnel.IPinUDP, "203.0.113.77:1", "192.0.2.1:434"))}
	var bytes [][]byte
	for _, c := range datagrams {
		bytes = append(bytes, unhex(c.hex))
	}
	gre := unhex("b000 86dd ce5a 0000 01020304 00000007" + ipv6Hex)
	minimal := unhex("290014f5c000020a" + ipv6Hex)
	request := mipv4.Request{Flags: mipv4.FlagGRE, HomeAddress: home, HomeAgent: agent, CareOfAddress: careOf}
	buf := make([]byte, 0, 2048)
	for name, f := range map[string]func(){
		"decisions": func() {
			for _, b := range [...]*tunnel.Binding{&own, &fa, &half, &none} {
				sink.err = b.Check()
				sink.n += int(b.Answer(true))
				for _, p := range packets {
					sink.path, sink.err = b.Forward(p, true)
					if tunnel.Unreachable(sink.err, p.Source) || tunnel.SecurityException(sink.err) {
						sink.n++
					}
					sink.path, sink.err = b.Send(p)
					for _, path := range paths {
						sink.err = b.Admit(path, p)
						sink.err = b.Receive(path, p)
						sink.path, sink.err = b.Deliver(path, p)
						sink.path, sink.err = b.Relay(path, p)
					}
				}
			}
		},
		"reaction": func() {
			if f, ok := own.Admit(one(down), packets[0]).(*code.Fault); ok {
				sink.n += int(f.Reaction(code.HomeAgent).Action())
			}
		},
		"bindings": func() {
			sink.b = tunnel.FromRequest(draft, &request)
			sink.b, sink.err = sink.b.OverUDP(nat, request.Flags, 0)
			sink.b, sink.err = sink.b.OverUDP(nat, request.Flags, 9)
			sink.b, sink.err = half.Keepalive(nat, home, agent)
			sink.b, sink.err = half.Keepalive(nat, home, home)
			if own.Equal(fa) || tunnel.LinkLocal(home) == linked {
				sink.n++
			}
		},
		"encapsulate": func() {
			for _, c := range datagrams {
				var b []byte
				b, sink.err = c.path.Encapsulate(buf, ipv6, ipHeader)
				sink.n += len(b)
				_, sink.err = c.path.Encapsulate(buf, ipv6[:39], ipHeader)
			}
			_, sink.err = tunnel.Path{}.Encapsulate(buf, ipv6, ipHeader)
		},
		"decapsulate": func() {
			for _, b := range bytes {
				for n := range len(b) + 1 {
					d, err := tunnel.Decapsulate(b[:n], home)
					sink.path, sink.err = d.Path, err
				}
			}
			d, err := tunnel.DecapsulateUDP(nat, nat, 55, minimal, home)
			sink.path, sink.err = d.Path, err
		},
		"headers": func() {
			for n := range len(gre) + 1 {
				g, err := tunnel.ParseGRE(gre[:n])
				sink.n, sink.err = len(g.Payload), err
				b, err := g.AppendBinary(buf)
				sink.n, sink.err = len(b), err
			}
			for n := range len(minimal) + 1 {
				m, err := tunnel.ParseMinimal(minimal[:n])
				sink.n, sink.err = len(m.Payload), err
				b, err := m.AppendBinary(buf)
				sink.n, sink.err = len(b), err
			}
			p, err := tunnel.ParseIPv4(bytes[0])
			sink.err = err
			b, err := p.AppendBinary(buf)
			sink.n, sink.err = len(b), err
			_, sink.err = tunnel.ParsePacket(bytes[0])
			_, sink.err = tunnel.ParsePacket(ipv6)
		},
	} {
		if n := allocations(f); n != 0 {
			t.Errorf("%s: %v allocations in 1000 calls", name, n)
		}
	}
}

func BenchmarkForward(b *testing.B) {
	own, p := coLocated(draft, tunnel.IPinIP, 0), to(inside)
	for b.Loop() {
		sink.path, sink.err = own.Forward(p, false)
	}
}

func BenchmarkAdmit(b *testing.B) {
	own, p, path := coLocated(draft, tunnel.IPinIP, 0), from(inside), two(ip(tunnel.IPinIP, careOf, agent), up)
	for b.Loop() {
		sink.err = own.Admit(path, p)
	}
}

func BenchmarkDecapsulate(b *testing.B) {
	raw := unhex(datagrams[5].hex)
	for b.Loop() {
		d, err := tunnel.Decapsulate(raw, home)
		sink.path, sink.err = d.Path, err
	}
}

func BenchmarkEncapsulate(b *testing.B) {
	buf := make([]byte, 0, 256)
	for b.Loop() {
		_, sink.err = datagrams[5].path.Encapsulate(buf, ipv6, ipHeader)
	}
}
