package tunnel_test

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

func TestFromRequest(t *testing.T) {
	r := mipv4.Request{
		Flags:       mipv4.FlagDecapsulation | mipv4.FlagGRE | mipv4.FlagReverseTunnel,
		HomeAddress: home, HomeAgent: agent, CareOfAddress: careOf,
	}
	b := tunnel.FromRequest(dsmip.Draft06, &r)
	want := coLocated(dsmip.Draft06, tunnel.GRE, 0)
	want.Prefixes = nil
	if !b.Equal(want) {
		t.Errorf("%v, want %v", b, want)
	}
	r.Flags = mipv4.FlagSimultaneous
	b = tunnel.FromRequest(dsmip.RFC5454, &r)
	if b.CoLocated || b.ReverseTunneling || b.Encapsulation != tunnel.IPinIP || b.Profile != dsmip.RFC5454 {
		t.Errorf("%v", b)
	}
	over, err := b.OverUDP(nat, mipv4.FlagMinimal, 0)
	if err != nil || over.Encapsulation != tunnel.MinimalInUDP || over.Effective != nat || over.Check() != nil {
		t.Errorf("%v, %v", over, err)
	}
	if over, err = b.OverUDP(nat, 0, 41); err != tunnel.ErrUDPEncapsulation || !over.Equal(b) {
		t.Errorf("%v, %v", over, err)
	}
}

func TestCheck(t *testing.T) {
	var zero tunnel.Binding
	wantErr(t, "zero", zero.Check(), dsmip.ErrProfile)
	for _, p := range profiles {
		for _, c := range []struct {
			what   string
			change func(*tunnel.Binding)
			want   error
		}{
			{"right", func(*tunnel.Binding) {}, nil},
			{"profile", func(b *tunnel.Binding) { b.Profile = 3 }, dsmip.ErrProfile},
			{"no home agent", func(b *tunnel.Binding) { b.HomeAgent = netip.Addr{} }, tunnel.ErrAddresses},
			{"broadcast home agent", func(b *tunnel.Binding) { b.HomeAgent = addr("255.255.255.255") }, tunnel.ErrAddresses},
			{"no home address", func(b *tunnel.Binding) { b.HomeAddress = addr("0.0.0.0") }, tunnel.ErrAddresses},
			{"IPv6 care-of address", func(b *tunnel.Binding) { b.CareOfAddress = inside }, tunnel.ErrAddresses},
			{"IPv4-mapped", func(b *tunnel.Binding) { b.CareOfAddress = addr("::ffff:198.51.100.7") }, tunnel.ErrAddresses},
			{"multicast", func(b *tunnel.Binding) { b.CareOfAddress = addr("224.0.0.1") }, tunnel.ErrAddresses},
			{"at home", func(b *tunnel.Binding) { b.CareOfAddress = home }, tunnel.ErrAddresses},
			{"home is agent", func(b *tunnel.Binding) { b.HomeAddress = agent }, tunnel.ErrAddresses},
			{"no encapsulation", func(b *tunnel.Binding) { b.Encapsulation = 0 }, tunnel.ErrNegotiated},
			{"no such encapsulation", func(b *tunnel.Binding) { b.Encapsulation = 7 }, tunnel.ErrNegotiated},
			{"UDP without address", func(b *tunnel.Binding) { b.Encapsulation = tunnel.IPinUDP }, tunnel.ErrNegotiated},
			{"address without UDP", func(b *tunnel.Binding) { b.Effective = nat }, tunnel.ErrNegotiated},
			{"IPv6 address without UDP", func(b *tunnel.Binding) { b.Effective = netip.MustParseAddrPort("[2001:db8::1]:434") }, tunnel.ErrNegotiated},
			{"UDP", func(b *tunnel.Binding) { b.Encapsulation, b.Effective = tunnel.IPinUDP, nat }, nil},
			{"half bound", func(b *tunnel.Binding) {
				b.Encapsulation, b.Effective = tunnel.IPinUDP, netip.AddrPortFrom(nat.Addr(), 0)
			}, nil},
			{"key without GRE", func(b *tunnel.Binding) { b.ForwardKey.Present = true }, tunnel.ErrNegotiated},
			{"key with GRE", func(b *tunnel.Binding) { b.Encapsulation, b.ReverseKey.Present = tunnel.GRE, true }, nil},
			{"mode 2", func(b *tunnel.Binding) { b.Mode = 2 }, tunnel.ErrMode},
			{"rejected", func(b *tunnel.Binding) { b.Mode = 8 }, tunnel.ErrMode},
			{"implicit", func(b *tunnel.Binding) { b.Implicit = true }, tunnel.ErrMode},
			{"implicit, mode 0", func(b *tunnel.Binding) { b.Implicit, b.Mode = true, 0 }, nil},
			{"delivery, co-located", func(b *tunnel.Binding) { b.ForeignAgent = foreign }, tunnel.ErrDelivery},
			{"delivery", func(b *tunnel.Binding) { b.ForeignAgent, b.CoLocated = foreign, false }, nil},
			{"delivery without T", func(b *tunnel.Binding) {
				b.ForeignAgent, b.CoLocated, b.ReverseTunneling = foreign, false, false
			}, tunnel.ErrDelivery},
			{"delivery to IPv6", func(b *tunnel.Binding) { b.ForeignAgent, b.CoLocated = inside, false }, tunnel.ErrDelivery},
		} {
			b := coLocated(p, tunnel.IPinIP, 1)
			c.change(&b)
			wantErr(t, c.what, b.Check(), c.want)
			if c.want != nil {
				// Nothing is decided for what is no binding.
				_, err := b.Forward(to(inside), true)
				wantErr(t, c.what+": Forward", err, c.want)
				_, err = b.Send(from(inside))
				wantErr(t, c.what+": Send", err, c.want)
				_, err = b.Relay(tunnel.Path{}, from(inside))
				wantErr(t, c.what+": Relay", err, c.want)
				_, err = b.Deliver(one(down), to(inside))
				wantErr(t, c.what+": Deliver", err, c.want)
				_, err = b.Keepalive(nat, home, agent)
				wantErr(t, c.what+": Keepalive", err, c.want)
				wantErr(t, c.what+": Admit", b.Admit(one(up), from(inside)), c.want)
				wantErr(t, c.what+": Receive", b.Receive(one(down), to(inside)), c.want)
			}
		}
		for prefix, ok := range map[string]bool{
			"2001:db8:1::/48":      true,
			"2001:db8:1::5/128":    true,
			"::/0":                 false, // covers multicast
			"::/64":                false, // covers what no interface has (RFC 4291 §2.5.2, §2.5.3)
			"::/128":               false, // the unspecified address
			"::1/128":              false, // the loopback address
			"2001:db8:1::5/48":     false, // host bits
			"ff00::/8":             false,
			"ff3e::/16":            false,
			"fe80::/64":            false,
			"fe80::/128":           p == dsmip.RFC5454,
			"fe80::c000:20a/128":   p == dsmip.RFC5454,
			"192.0.2.0/24":         false,
			"::ffff:192.0.2.0/120": false,
		} {
			b := coLocated(p, tunnel.IPinIP, 1)
			if x, err := netip.ParsePrefix(prefix); err == nil {
				b.Prefixes = append(b.Prefixes, x)
			} else {
				b.Prefixes = append(b.Prefixes, netip.PrefixFrom(addr("::ffff:192.0.2.0"), 120))
			}
			if err := b.Check(); (err == nil) != ok || err != nil && err != tunnel.ErrPrefixes {
				t.Errorf("%v %s: %v", p, prefix, err)
			}
		}
		b := coLocated(p, tunnel.IPinIP, 1)
		b.Prefixes = []netip.Prefix{{}}
		wantErr(t, "zero prefix", b.Check(), tunnel.ErrPrefixes)
	}
}

func TestKeepalive(t *testing.T) {
	half := coLocated(dsmip.RFC5454, tunnel.IPinUDP, 1)
	half.Effective = netip.AddrPortFrom(nat.Addr(), 0)
	_, err := half.Forward(to(inside), false)
	wantErr(t, "forward while half bound", err, tunnel.ErrHalfBound)
	_, err = half.Forward(to(outside), false)
	wantErr(t, "what is not to be forwarded anyway", err, tunnel.ErrNotRegistered)
	// RFC 3519 §4.3: the source port of a half-bound tunnel can change.
	wantErr(t, "admit while half bound", half.Admit(one(udp(tunnel.IPinUDP, "203.0.113.77:9999", "192.0.2.1:434")), from(inside)), nil)
	for _, c := range []struct {
		what   string
		b      tunnel.Binding
		from   string
		source netip.Addr
		to     netip.Addr
		want   error
	}{
		{"right", half, "203.0.113.77:5000", home, agent, nil},
		{"another address", half, "203.0.113.78:5000", home, agent, tunnel.ErrKeepalive},
		{"no port", half, "203.0.113.77:0", home, agent, tunnel.ErrKeepalive},
		{"not from the home address", half, "203.0.113.77:5000", careOf, agent, tunnel.ErrKeepalive},
		{"not to the home agent", half, "203.0.113.77:5000", home, careOf, tunnel.ErrKeepalive},
		{"bound", coLocated(dsmip.RFC5454, tunnel.IPinUDP, 1), "203.0.113.77:5000", home, agent, tunnel.ErrKeepalive},
		{"no UDP", coLocated(dsmip.RFC5454, tunnel.IPinIP, 1), "203.0.113.77:5000", home, agent, tunnel.ErrKeepalive},
	} {
		b, err := c.b.Keepalive(netip.MustParseAddrPort(c.from), c.source, c.to)
		wantErr(t, c.what, err, c.want)
		if want := c.b; err == nil {
			want.Effective = netip.MustParseAddrPort(c.from)
			if !b.Equal(want) {
				t.Errorf("%s: %v", c.what, b)
			}
		} else if !b.Equal(c.b) {
			t.Errorf("%s: changed to %v", c.what, b)
		}
	}
}

func TestLinkLocal(t *testing.T) {
	// RFC 4213 §3.7.
	if a := tunnel.LinkLocal(home); a != addr("fe80::c000:20a") {
		t.Error(a)
	}
	for _, a := range []netip.Addr{{}, inside, addr("::ffff:192.0.2.10")} {
		if tunnel.LinkLocal(a).IsValid() {
			t.Errorf("%v has one", a)
		}
	}
}

func TestBindingEqualAndString(t *testing.T) {
	b := coLocated(dsmip.Draft06, tunnel.GREinUDP, 1)
	for i, change := range []func(*tunnel.Binding){
		func(b *tunnel.Binding) { b.Profile = dsmip.RFC5454 },
		func(b *tunnel.Binding) { b.HomeAgent = careOf },
		func(b *tunnel.Binding) { b.HomeAddress = careOf },
		func(b *tunnel.Binding) { b.CareOfAddress = foreign },
		func(b *tunnel.Binding) { b.CoLocated = false },
		func(b *tunnel.Binding) { b.Encapsulation = tunnel.IPinUDP },
		func(b *tunnel.Binding) { b.Effective = netip.AddrPortFrom(careOf, 1) },
		func(b *tunnel.Binding) { b.ForwardKey.Present = true },
		func(b *tunnel.Binding) { b.ReverseKey.Identifier = 1 },
		func(b *tunnel.Binding) { b.ReverseTunneling = false },
		func(b *tunnel.Binding) { b.ForeignAgent = foreign },
		func(b *tunnel.Binding) { b.Mode = 0 },
		func(b *tunnel.Binding) { b.Implicit = true },
		func(b *tunnel.Binding) { b.Prefixes = nil },
	} {
		c := b
		change(&c)
		if b.Equal(c) || c.Equal(b) || !c.Equal(c) {
			t.Errorf("change %d is not seen", i)
		}
	}
	for want, b := range map[string]tunnel.Binding{
		"draft06 home 192.0.2.10 agent 192.0.2.1 co-located 198.51.100.7 IP in IP, IPv6 to CoA [2001:db8:1::/48]":                                          coLocated(dsmip.Draft06, tunnel.IPinIP, 1),
		"rfc5454 home 192.0.2.10 agent 192.0.2.1 foreign agent 198.51.100.7 behind 203.0.113.77:40001 IP in UDP, IPv6 to HoA [2001:db8:1::/48]":            visiting(dsmip.RFC5454, tunnel.IPinUDP, 0),
		"draft06 home 192.0.2.10 agent 192.0.2.1 co-located 198.51.100.7 GRE, mode registration rejected, administratively prohibited [2001:db8:1::/48]":   coLocated(dsmip.Draft06, tunnel.GRE, 9),
		"profile 0 home invalid IP agent invalid IP foreign agent invalid IP encapsulation 0, implicit mode [" + strings.Repeat("::/0 ", 8) + "...]":       {Implicit: true, Prefixes: prefixes(100)},
		"profile 0 home invalid IP agent invalid IP foreign agent invalid IP encapsulation 0, implicit mode [" + strings.Repeat("::/0 ", 7) + "::/0" + "]": {Implicit: true, Prefixes: prefixes(8)},
	} {
		if got := b.String(); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}

func prefixes(n int) []netip.Prefix {
	p := make([]netip.Prefix, n)
	for i := range p {
		p[i] = netip.PrefixFrom(netip.IPv6Unspecified(), 0)
	}
	return p
}
