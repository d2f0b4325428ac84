package tunnel_test

import (
	"math/rand/v2"
	"net/netip"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
)

// random draws bindings and packets.
type random struct{ *rand.Rand }

func (r random) flip() bool { return r.IntN(2) == 0 }

// binding returns a binding that Check accepts: the home agent's, and the same
// registration as the mobile node or the foreign agent behind a NAT sees it.
func (r random) binding(t *testing.T) (agents, others tunnel.Binding) {
	b := tunnel.Binding{
		Profile: profiles[r.IntN(2)], HomeAgent: agent, HomeAddress: home, CareOfAddress: careOf,
		CoLocated: r.flip(), ReverseTunneling: r.flip(),
		Encapsulation: tunnel.IPinIP + tunnel.Encapsulation(r.IntN(6)), Mode: code.IPv6Prefix(r.IntN(2)),
	}
	b.Implicit = b.Mode == 0 && r.flip()
	if !b.CoLocated && b.ReverseTunneling && r.flip() {
		b.ForeignAgent = foreign
	}
	if b.Encapsulation == tunnel.GRE || b.Encapsulation == tunnel.GREinUDP {
		b.ForwardKey = tunnel.GREKey{Present: r.flip()}
		b.ReverseKey = tunnel.GREKey{Present: r.flip()}
		if b.ForwardKey.Present {
			b.ForwardKey.Identifier = r.Uint32()
		}
		if b.ReverseKey.Present {
			b.ReverseKey.Identifier = r.Uint32()
		}
	}
	for range r.IntN(3) {
		b.Prefixes = append(b.Prefixes, netip.PrefixFrom(r.address(0x2001), 16+r.IntN(113)).Masked())
	}
	if b.Profile == rfc5454 && r.flip() {
		b.Prefixes = append(b.Prefixes, netip.PrefixFrom(linked, 128))
	}
	others = b
	if b.Encapsulation.UDP() {
		b.Effective, others.Effective = nat, netip.AddrPortFrom(careOf, 5001)
	}
	for _, x := range []tunnel.Binding{b, others} {
		if err := x.Check(); err != nil {
			t.Fatalf("%v: %v", x, err)
		}
	}
	return b, others
}

// address returns an address that begins with 16 bits.
func (r random) address(head uint16) netip.Addr {
	a := [16]byte{byte(head >> 8), byte(head)}
	for i := 2; i < len(a); i++ {
		a[i] = byte(r.Uint32())
	}
	return netip.AddrFrom16(a)
}

// node returns an address of the mobile node, often, or of somebody else.
func (r random) node(b *tunnel.Binding) netip.Addr {
	if len(b.Prefixes) == 0 || r.IntN(4) == 0 {
		return []netip.Addr{r.address(0x2001), linked, r.address(0xfe80), netip.IPv6Unspecified(), r.address(0xff0e)}[r.IntN(5)]
	}
	p := b.Prefixes[r.IntN(len(b.Prefixes))]
	a, base := r.address(0).As16(), p.Addr().As16()
	for i := range p.Bits() {
		mask := byte(0x80) >> (i % 8)
		a[i/8] = a[i/8]&^mask | base[i/8]&mask
	}
	return netip.AddrFrom16(a)
}

// peer returns an address of a correspondent, a group or a link.
func (r random) peer() netip.Addr {
	return []netip.Addr{outside, r.address(0x2001), r.address(0xff00 | uint16(r.IntN(256))), r.address(0xfe80)}[r.IntN(4)]
}

// wire sends a packet through the bytes: it is encapsulated, and decapsulated at
// own after the NAT has put an address for another.
func wire(t *testing.T, p tunnel.Path, packet tunnel.Packet, own netip.Addr, change func(netip.AddrPort) netip.AddrPort) tunnel.Decapsulated {
	t.Helper()
	raw := append([]byte{0x60, 0, 0, 0, 0, 0, 59, 64}, packet.Source.AsSlice()...)
	raw = append(raw, packet.Destination.AsSlice()...)
	if packet.MLD {
		raw[5], raw[6] = 4, 58
		raw = append(raw, 143, 0, 0, 0)
	}
	if p.Native() {
		return tunnel.Decapsulated{Packet: packet, Bytes: raw}
	}
	b, err := p.Encapsulate(nil, raw, ipHeader)
	if err != nil {
		t.Fatalf("%v: %v", p, err)
	}
	var d tunnel.Decapsulated
	if p.Outer.Encapsulation.UDP() {
		n, _ := p.Protocol()
		d, err = tunnel.DecapsulateUDP(change(p.Outer.Source), change(p.Outer.Destination), n, b, own)
	} else {
		d, err = tunnel.Decapsulate(b, own)
	}
	if err != nil || d.Packet != packet || string(d.Bytes) != string(raw) {
		t.Fatalf("%v: %v, %v", p, d, err)
	}
	return d
}

// TestForwardAndAdmit: whatever one side sends, the other lets in, through the
// bytes of the headers, through a foreign agent and through a NAT.
func TestForwardAndAdmit(t *testing.T) {
	r := random{rand.New(rand.NewPCG(5454, 4))}
	n := 200_000
	if testing.Short() {
		n = 20_000
	}
	var sent, refused, back, denied int
	for range n {
		ha, other := r.binding(t)
		outward := func(a netip.AddrPort) netip.AddrPort {
			if a == other.Effective {
				return nat
			}
			return a
		}
		inward := func(a netip.AddrPort) netip.AddrPort {
			if a == nat {
				return other.Effective
			}
			return a
		}

		// From the mobile node to the home agent.
		p := tunnel.Packet{Source: r.node(&ha), Destination: r.peer(), MLD: r.IntN(4) == 0}
		path, err := other.Send(p)
		if err != nil {
			denied++
			// What the mobile node does not send, the home agent would not let in.
			if err == tunnel.ErrInnerSource || err == tunnel.ErrInnerSource5454 || err == tunnel.ErrInvalidSource {
				if got := ha.Admit(one(up), p); got != err {
					t.Fatalf("%v: %v: sending %v, admitting %v", ha, p, err, got)
				}
			} else if err != tunnel.ErrNodeScope {
				t.Fatalf("%v: %v: %v", ha, p, err)
			}
		} else {
			sent++
			if !ha.CoLocated {
				own := foreign
				if !ha.ForeignAgent.IsValid() {
					own = netip.Addr{}
				}
				arrived := path
				if path.Outer.Destination.Addr() == own {
					arrived = wire(t, path, p, agent, outward).Path
				}
				path, err = other.Relay(arrived, p)
				if err == tunnel.ErrOnLink && p.Destination.IsLinkLocalUnicast() && arrived.Outer != up && arrived.Inner == (tunnel.Tunnel{}) {
					continue // It is on its link.
				}
				if err != nil {
					t.Fatalf("%v: %v: relaying from %v: %v", other, p, arrived, err)
				}
			}
			d := wire(t, path, p, agent, outward)
			if err := ha.Admit(d.Path, d.Packet); err != nil {
				t.Fatalf("%v: %v from %v: %v", ha, d.Packet, d.Path, err)
			}
		}

		// From the home agent to the mobile node.
		p = tunnel.Packet{Source: outside, Destination: r.node(&ha)}
		if r.IntN(4) == 0 {
			p = tunnel.Packet{Source: tunnel.LinkLocal(agent), Destination: r.address(0xff02), MLD: true}
		}
		path, err = ha.Forward(p, r.flip())
		if err != nil {
			refused++
			continue
		}
		back++
		if !ha.CoLocated {
			d := wire(t, path, p, home, inward)
			if path, err = other.Deliver(d.Path, p); err != nil {
				t.Fatalf("%v: delivering %v from %v: %v", other, p, d.Path, err)
			}
		}
		d := wire(t, path, p, home, inward)
		if err := other.Receive(d.Path, d.Packet); err != nil {
			t.Fatalf("%v: receiving %v from %v: %v", other, d.Packet, d.Path, err)
		}
	}
	t.Logf("%d sent and %d not, %d forwarded and %d not", sent, denied, back, refused)
	for _, k := range []int{sent, denied, back, refused} {
		if k < n/20 {
			t.Error("hardly anything of one kind")
		}
	}
}

// TestAdmitsNothingElse lists what a home agent lets in that its mobile node does
// not send: the tunnel of the home address, alone or in the negotiated
// encapsulation (D26), whatever mode was registered, and under RFC 5454 packets
// with a link-local address from the care-of address, whose mode it is (D28).
// Everything else that is let in is what Send sends.
func TestAdmitsNothingElse(t *testing.T) {
	r := random{rand.New(rand.NewPCG(3024, 4))}
	ends := []netip.AddrPort{
		netip.AddrPortFrom(agent, 0), netip.AddrPortFrom(home, 0), netip.AddrPortFrom(careOf, 0), netip.AddrPortFrom(foreign, 0),
		nat, netip.AddrPortFrom(agent, 434), netip.AddrPortFrom(nat.Addr(), 0),
	}
	draw := func(b *tunnel.Binding) tunnel.Tunnel {
		if r.flip() { // from the care-of address, nearly right
			if b.Encapsulation.UDP() {
				e := []tunnel.Encapsulation{b.Encapsulation, tunnel.IPinUDP}[r.IntN(2)]
				return tunnel.Tunnel{Encapsulation: e, Source: nat, Destination: ends[5], Key: []tunnel.GREKey{{}, b.ReverseKey}[r.IntN(2)]}
			}
			return tunnel.Tunnel{Encapsulation: b.Encapsulation, Source: ends[2], Destination: ends[0], Key: b.ReverseKey}
		}
		return tunnel.Tunnel{Encapsulation: tunnel.IPinIP + tunnel.Encapsulation(r.IntN(6)),
			Source: ends[r.IntN(len(ends))], Destination: ends[r.IntN(len(ends))],
			Key: []tunnel.GREKey{{}, {}, b.ReverseKey, b.ForwardKey}[r.IntN(4)]}
	}
	home26, careOf28, same := 0, 0, 0
	for range 400_000 {
		b, _ := r.binding(t)
		path := one(draw(&b))
		if r.IntN(3) == 0 {
			path.Inner = up
		} else if r.IntN(4) == 0 {
			path.Inner = draw(&b)
		}
		p := tunnel.Packet{Source: r.node(&b), Destination: r.peer(), MLD: r.IntN(4) == 0}
		if b.Admit(path, p) != nil {
			continue
		}
		care := b
		care.CoLocated, care.ReverseTunneling, care.ForeignAgent = true, true, netip.Addr{}
		want, err := care.Send(p)
		if err == tunnel.ErrNodeScope {
			continue // Admit looks at sources only.
		}
		if err != nil {
			t.Fatalf("%v: %v from %v is let in, but sending it is %v", b, p, path, err)
		}
		switch {
		case path == want:
			same++
		case path == one(up):
			home26++
		case path.Inner == up && path.Outer.Source.Addr() != home:
			home26++
			care.Mode = 0
			if two, _ := care.Send(p); two != path {
				t.Fatalf("%v: %v from %v is let in, %v is what was negotiated", b, p, path, two)
			}
		case !b.CoLocated && b.Profile == draft && b.Mode == 1 && path.Inner == tunnel.Tunnel{}:
			same++ // a foreign agent's groups of the encapsulating delivery style
		case b.Profile == rfc5454 && (p.Source.IsLinkLocalUnicast() || p.Destination.IsLinkLocalUnicast()):
			careOf28++
			care.Prefixes = []netip.Prefix{prefix}
			p.Source, p.Destination = inside, outside
			if want, _ := care.Send(p); want != path {
				t.Fatalf("%v: %v from %v is let in, %v is what was negotiated", b, p, path, want)
			}
		default:
			t.Fatalf("%v: %v from %v is let in, %v would be sent", b, p, path, want)
		}
	}
	t.Logf("%d as sent, %d by the home address, %d link-local by the care-of address", same, home26, careOf28)
	if same < 200 || home26 < 200 || careOf28 < 20 {
		t.Error("hardly anything was let in")
	}
}
