package tunnel_test

import (
	"net/netip"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
)

const (
	draft   = dsmip.Draft06
	rfc5454 = dsmip.RFC5454
)

// TestDraftStatements has a subtest for each statement of
// draft-ietf-mip4-dsmipv4-06 that a decision of this package answers, in the
// draft's order. Unless it is said otherwise RFC 5454 says the same.
func TestDraftStatements(t *testing.T) {
	care := ip(tunnel.IPinIP, agent, careOf)
	back := ip(tunnel.IPinIP, careOf, agent)
	forward := func(t *testing.T, what string, b tunnel.Binding, p tunnel.Packet, subscribed bool, want tunnel.Path, fault error) {
		t.Helper()
		got, err := b.Forward(p, subscribed)
		wantPath(t, b.Profile.String()+" "+what, got, err, want, fault)
	}
	send := func(t *testing.T, what string, b tunnel.Binding, p tunnel.Packet, want tunnel.Path, fault error) {
		t.Helper()
		got, err := b.Send(p)
		wantPath(t, b.Profile.String()+" "+what, got, err, want, fault)
	}
	both := func(t *testing.T, f func(*testing.T, dsmip.Profile)) {
		for _, p := range profiles {
			t.Run(p.String(), func(t *testing.T) { f(t, p) })
		}
	}
	innerSource := map[dsmip.Profile]*code.Fault{draft: tunnel.ErrInnerSource, rfc5454: tunnel.ErrInnerSource5454}

	t.Run("D01 §2.3 implicit mode: all IPv6 by the home address's tunnel", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			b := coLocated(p, tunnel.GRE, 0)
			b.Implicit = true
			forward(t, "to a prefix", b, to(inside), false, two(ip(tunnel.GRE, agent, careOf), down), nil)
			send(t, "from a prefix", b, from(inside), two(ip(tunnel.GRE, careOf, agent), up), nil)
			wantErr(t, "from the care-of address", b.Admit(one(ip(tunnel.GRE, careOf, agent)), from(inside)), tunnel.ErrHomeMode)
			if c := b.Answer(true); c != 0 {
				t.Errorf("Code %d", c)
			}
			b.Mode = 1
			wantErr(t, "mode 1", b.Check(), tunnel.ErrMode)
		})
	})
	t.Run("D22 §4.3.2 state: prefixes, lengths, mode", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			b := coLocated(p, tunnel.IPinIP, 1)
			b.Prefixes = []netip.Prefix{netip.MustParsePrefix("2001:db8:1::/49"), netip.MustParsePrefix("2001:db8:2::7/128")}
			wantErr(t, "check", b.Check(), nil)
			for a, want := range map[string]error{
				"2001:db8:1:7fff::1": nil, "2001:db8:1:8000::1": tunnel.ErrNotRegistered,
				"2001:db8:2::7": nil, "2001:db8:2::8": tunnel.ErrNotRegistered,
			} {
				_, err := b.Forward(to(addr(a)), false)
				wantErr(t, a, err, want)
			}
		})
	})
	t.Run("D24 §4.3.2 without Tunneling Mode to the home address, then as IPv4 to the care-of address", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			for _, b := range []tunnel.Binding{coLocated(p, tunnel.IPinIP, 0), visiting(p, tunnel.IPinIP, 0)} {
				if c := b.Answer(false); c != code.PrefixAcceptedHomeAddress {
					t.Errorf("Code %v", c)
				}
				forward(t, "IP in IP", b, to(inside), false, two(care, down), nil)
			}
			// Always RFC 4213 to the home address, no matter what is negotiated.
			for _, e := range []tunnel.Encapsulation{tunnel.GRE, tunnel.Minimal} {
				forward(t, e.String(), visiting(p, e, 0), to(inside), false, two(ip(e, agent, careOf), down), nil)
			}
			for _, e := range []tunnel.Encapsulation{tunnel.IPinUDP, tunnel.GREinUDP, tunnel.MinimalInUDP} {
				forward(t, e.String(), visiting(p, e, 0), to(inside), false, two(udp(e, "192.0.2.1:434", "203.0.113.77:40001"), down), nil)
			}
		})
	})
	t.Run("D25 §4.3.2 the mobile node decapsulates the inner IPv4 packet", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			fa, own := visiting(p, tunnel.IPinIP, 0), coLocated(p, tunnel.IPinIP, 0)
			wantErr(t, "what a foreign agent delivers", fa.Receive(one(down), to(inside)), nil)
			wantErr(t, "what comes to the care-of address", own.Receive(two(care, down), to(inside)), nil)
			// What that looks like: draft §4.3.2, RFC 4213 §3.5.
			d, err := tunnel.Decapsulate(unhex(ipv4Hex), home)
			if err != nil || d.Path != one(down) || d.Packet != to(inside) {
				t.Errorf("%v, %v", d, err)
			}
		})
	})
	t.Run("D26 §4.3.2 accept what the home address tunnels", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			for _, e := range []tunnel.Encapsulation{tunnel.IPinIP, tunnel.GRE, tunnel.Minimal} {
				for mode := range code.IPv6Prefix(2) {
					for _, b := range []tunnel.Binding{coLocated(p, e, mode), visiting(p, e, mode)} {
						wantErr(t, e.String()+" alone", b.Admit(one(up), from(inside)), nil)
						wantErr(t, e.String()+" reverse-tunnelled", b.Admit(two(ip(e, careOf, agent), up), from(inside)), nil)
					}
				}
			}
			wantErr(t, "in UDP", coLocatedAdmit(p, tunnel.IPinUDP, 0, two(udp(tunnel.IPinUDP, "203.0.113.77:40001", "192.0.2.1:434"), up)), nil)
		})
	})
	t.Run("D27 §4.3.2 with Tunneling Mode to the care-of address, as negotiated", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			for _, e := range []tunnel.Encapsulation{tunnel.IPinIP, tunnel.GRE} {
				b := coLocated(p, e, 1)
				if c := b.Answer(true); c != code.PrefixAcceptedCareOfAddress {
					t.Errorf("%v: Code %v", e, c)
				}
				forward(t, e.String(), b, to(inside), false, one(ip(e, agent, careOf)), nil)
			}
			// Minimal encapsulation: RFC 5454 §3.3.2 forbids it, RFC 2004 §3 has no room
			// in both.
			b := coLocated(p, tunnel.Minimal, 1)
			if c := b.Answer(true); c != code.PrefixAcceptedHomeAddress {
				t.Errorf("minimal: Code %v", c)
			}
			forward(t, "minimal", b, to(inside), false, two(ip(tunnel.Minimal, agent, careOf), down), nil)
			// A foreign agent adds Tunneling Mode under the draft only.
			b = visiting(p, tunnel.IPinIP, 1)
			if p == draft {
				forward(t, "foreign agent", b, to(inside), false, one(care), nil)
			} else {
				forward(t, "foreign agent", b, to(inside), false, two(care, down), nil)
			}
			if c := b.Answer(true); (c == 1) != (p == draft) {
				t.Errorf("foreign agent: Code %v", c)
			}
		})
	})
	t.Run("D28 §4.3.2 accept what the care-of address tunnels", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			for _, e := range []tunnel.Encapsulation{tunnel.IPinIP, tunnel.GRE} {
				wantErr(t, e.String(), coLocatedAdmit(p, e, 1, one(ip(e, careOf, agent))), nil)
			}
			wantErr(t, "UDP", coLocatedAdmit(p, tunnel.GREinUDP, 1, one(udp(tunnel.IPinUDP, "203.0.113.77:40001", "192.0.2.1:434"))), nil)
		})
	})
	t.Run("D29 §4.3.2 the home agent may ignore Tunneling Mode", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			b := coLocated(p, tunnel.IPinIP, 0)
			forward(t, "mode 0 though asked", b, to(inside), false, two(care, down), nil)
			wantErr(t, "accepts accordingly", b.Admit(one(up), from(inside)), nil)
			wantErr(t, "and nothing else", b.Admit(one(back), from(inside)), tunnel.ErrHomeMode)
		})
	})
	t.Run("D30 §4.3.2 nothing to the link-local address", func(t *testing.T) {
		forward(t, "any", coLocated(draft, tunnel.IPinIP, 1), to(linked), true, tunnel.Path{}, tunnel.ErrLinkLocal)
		forward(t, "any, home address", visiting(draft, tunnel.IPinIP, 0), to(addr("febf::1")), true, tunnel.Path{}, tunnel.ErrLinkLocal)
		// RFC 5454 §3.7.1: once it is registered, by the home address's tunnel.
		b := coLocated(rfc5454, tunnel.IPinIP, 1)
		forward(t, "not registered", b, to(linked), true, tunnel.Path{}, tunnel.ErrNotRegistered)
		b.Prefixes = append(b.Prefixes, netip.PrefixFrom(linked, 128))
		forward(t, "registered", b, to(linked), true, two(care, down), nil)
		send(t, "registered", b, from(linked), two(back, up), nil)
		send(t, "to the home agent's", b, tunnel.Packet{Source: linked, Destination: tunnel.LinkLocal(agent)}, two(back, up), nil)
		send(t, "to DHCPv6 servers", b, tunnel.Packet{Source: linked, Destination: addr("ff02::1:2")}, two(back, up), nil)
		wantErr(t, "let in", b.Admit(two(back, up), from(linked)), nil)
		wantErr(t, "received", b.Receive(two(care, down), to(linked)), nil)
	})
	t.Run("D31 §4.3.2 ICMPv6 Destination Unreachable, Code 3", func(t *testing.T) {
		b := coLocated(draft, tunnel.IPinIP, 1)
		for source, want := range map[string]bool{
			"2001:db8::1": true, "fe80::1": true, "ff02::1": false, "ff3e::1": false, "::": false, "192.0.2.9": false,
		} {
			p := tunnel.Packet{Source: addr(source), Destination: linked}
			_, err := b.Forward(p, false)
			if got := tunnel.Unreachable(err, p.Source); got != want {
				t.Errorf("from %s: %v", source, got)
			}
		}
		if tunnel.AddressUnreachable != 3 {
			t.Error("Code", tunnel.AddressUnreachable)
		}
		if r := tunnel.ErrLinkLocal.Reaction(code.HomeAgent); r.Action() != code.Discard || r.Strength() != code.Required {
			t.Errorf("MUST be discarded: %v", r)
		}
		// RFC 5454 removed it, and nobody hears of anything else.
		c := coLocated(rfc5454, tunnel.IPinIP, 1)
		_, err := c.Forward(to(linked), false)
		for _, err := range []error{err, nil, tunnel.ErrNotRegistered, tunnel.ErrLinkScope, tunnel.ErrSmallScope, tunnel.ErrNotSubscribed} {
			if tunnel.Unreachable(err, outside) {
				t.Errorf("%v is answered", err)
			}
		}
	})
	t.Run("D32 §4.3.2 the inner source falls under the registered prefixes", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			b := coLocated(p, tunnel.IPinIP, 1)
			for a, want := range map[string]error{
				"2001:db8:1::": nil, "2001:db8:1:ffff:ffff:ffff:ffff:ffff": nil,
				"2001:db8:0:ffff:ffff:ffff:ffff:ffff": innerSource[p], "2001:db8:2::": innerSource[p],
				"fe80::1": innerSource[p], "::": innerSource[p],
				// RFC 4213 §3.6.
				"ff02::1": tunnel.ErrInvalidSource, "::1": tunnel.ErrInvalidSource,
				"::192.0.2.10": tunnel.ErrInvalidSource, "::ffff:192.0.2.10": tunnel.ErrInvalidSource,
			} {
				wantErr(t, a+" from the care-of address", b.Admit(one(back), from(addr(a))), want)
				wantErr(t, a+" from the home address", b.Admit(one(up), from(addr(a))), want)
				wantErr(t, a+" from both", b.Admit(two(back, up), from(addr(a))), want)
			}
		})
	})
	t.Run("D33 §4.3.2 outer source neither care-of nor home address", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			b := coLocated(p, tunnel.IPinIP, 1)
			for _, a := range []netip.Addr{addr("198.51.100.8"), agent, foreign, addr("::ffff:198.51.100.7")} {
				err := b.Admit(one(ip(tunnel.IPinIP, a, agent)), from(inside))
				wantErr(t, a.String(), err, tunnel.ErrOuterSource)
				if r := err.(*code.Fault).Reaction(code.HomeAgent); r.Action() != code.Discard {
					t.Errorf("reaction %v", r)
				}
				wantErr(t, a.String()+" around the home address's tunnel", b.Admit(two(ip(tunnel.IPinIP, a, agent), up), from(inside)), tunnel.ErrOuterSource)
			}
			// Behind a NAT the effective care-of address takes the place of the one
			// in the request (RFC 3519 §4.6).
			u := coLocated(p, tunnel.IPinUDP, 1)
			wantErr(t, "effective", u.Admit(one(udp(tunnel.IPinUDP, "203.0.113.77:40001", "192.0.2.1:434")), from(inside)), nil)
			wantErr(t, "another port", u.Admit(one(udp(tunnel.IPinUDP, "203.0.113.77:40002", "192.0.2.1:434")), from(inside)), tunnel.ErrPort)
			wantErr(t, "not to port 434", u.Admit(one(udp(tunnel.IPinUDP, "203.0.113.77:40001", "192.0.2.1:435")), from(inside)), tunnel.ErrPort)
			wantErr(t, "care-of address", u.Admit(one(udp(tunnel.IPinUDP, "198.51.100.7:40001", "192.0.2.1:434")), from(inside)), tunnel.ErrOuterSource)
		})
	})
	t.Run("D34 §4.3.2 drop an inner source that matches nothing", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			b := coLocated(p, tunnel.IPinIP, 1)
			b.Prefixes = nil
			err := b.Admit(one(back), from(inside))
			wantErr(t, "nothing registered", err, innerSource[p])
			if r := err.(*code.Fault).Reaction(code.HomeAgent); r.Action() != code.Discard || r.Strength() != code.Recommended {
				t.Errorf("SHOULD be dropped: %v", r)
			}
		})
	})
	// The groups, each subscribed to.
	groups := []struct {
		group string
		draft error
		final error
	}{
		{"ff00::1", tunnel.ErrNodeScope, tunnel.ErrNodeScope},
		{"ff01::1", tunnel.ErrNodeScope, tunnel.ErrNodeScope},
		{"ff02::1", tunnel.ErrLinkScope, nil},
		{"ff12::fb", tunnel.ErrLinkScope, nil},
		{"ff03::1", tunnel.ErrSmallScope, nil},
		{"ff04::1", tunnel.ErrSmallScope, nil},
		{"ff05::2", tunnel.ErrSmallScope, nil},
		{"ff08::1", tunnel.ErrSmallScope, nil},
		{"ff3d::1", tunnel.ErrSmallScope, nil},
		{"ff0e::1", nil, nil},
		{"ff3e:30:2001:db8::1", nil, nil},
		{"ff0f::1", nil, nil}, // RFC 4291 §2.7: as the global scope
	}
	scopes := func(t *testing.T, from, to byte) {
		for _, c := range groups {
			a := addr(c.group)
			if s := a.As16()[1] & 15; s < from || s > to {
				continue
			}
			for _, p := range profiles {
				want, path := c.draft, one(care)
				if p == rfc5454 {
					want = c.final
				}
				if want != nil {
					path = tunnel.Path{}
				}
				forward(t, c.group, coLocated(p, tunnel.IPinIP, 1), tunnel.Packet{Source: outside, Destination: a}, true, path, want)
			}
		}
	}
	t.Run("D35 §4.3.2 link-local scope is not tunnelled", func(t *testing.T) { scopes(t, 0, 2) })
	t.Run("D36 §4.3.2 but silently discarded", func(t *testing.T) {
		r := tunnel.ErrLinkScope.Reaction(code.HomeAgent)
		if r.Action() != code.Discard || r.Strength() != code.Recommended || tunnel.Unreachable(tunnel.ErrLinkScope, outside) {
			t.Errorf("%v", r)
		}
	})
	t.Run("D37 §4.3.2 nor are the scopes up to global", func(t *testing.T) {
		scopes(t, 3, 13)
		if r := tunnel.ErrSmallScope.Reaction(code.HomeAgent); r.Strength() != code.Recommended {
			t.Errorf("%v", r)
		}
	})
	t.Run("D38 §4.3.2 subscribed groups of global scope are", func(t *testing.T) {
		scopes(t, 14, 15)
		for _, p := range profiles {
			forward(t, "not subscribed", coLocated(p, tunnel.IPinIP, 1), to(addr("ff0e::1")), false, tunnel.Path{}, tunnel.ErrNotSubscribed)
			// RFC 5944 §4.4: through a foreign agent to the home address.
			forward(t, "foreign agent", visiting(p, tunnel.IPinIP, 1), to(addr("ff0e::1")), true, two(care, down), nil)
			forward(t, "home address", coLocated(p, tunnel.IPinIP, 0), to(addr("ff0e::1")), true, two(care, down), nil)
		}
	})
	t.Run("D39 §4.3.3 MLD bypasses the foreign agent", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			query := tunnel.Packet{Source: tunnel.LinkLocal(agent), Destination: addr("ff02::1"), MLD: true}
			report := tunnel.Packet{Source: linked, Destination: addr("ff02::16"), MLD: true}
			unspecified := tunnel.Packet{Source: netip.IPv6Unspecified(), Destination: addr("ff02::16"), MLD: true}
			fa := visiting(p, tunnel.IPinIP, 1)
			forward(t, "query through a foreign agent", fa, query, false, two(care, down), nil)
			send(t, "report through a foreign agent", fa, report, one(up), nil)
			wantErr(t, "report let in", fa.Admit(two(back, up), report), nil)
			wantErr(t, "without address", fa.Admit(one(up), unspecified), nil)
			wantErr(t, "the foreign agent's", fa.Admit(one(back), report), tunnel.ErrMLD)
			wantErr(t, "query received", fa.Receive(one(down), query), nil)
			own := coLocated(p, tunnel.IPinIP, 1)
			if p == draft {
				forward(t, "query, co-located", own, query, false, one(care), nil)
				send(t, "report, co-located", own, report, one(back), nil)
				wantErr(t, "from the care-of address", own.Admit(one(back), report), nil)
				wantErr(t, "to the care-of address", own.Receive(one(care), query), nil)
			} else {
				// RFC 5454 §3.3.3: always the home address's tunnel.
				forward(t, "query, co-located", own, query, false, two(care, down), nil)
				send(t, "report, co-located", own, report, two(back, up), nil)
				wantErr(t, "from the care-of address", own.Admit(one(back), report), tunnel.ErrMLD)
				wantErr(t, "to the care-of address", own.Receive(one(care), query), tunnel.ErrMLD)
			}
			wantErr(t, "from the home address", own.Admit(two(back, up), report), nil)
			// Only a message of MLD to a group may come from where it likes.
			wantErr(t, "MLD to no group", own.Admit(one(up), tunnel.Packet{Source: linked, Destination: outside, MLD: true}), innerSource[p])
			wantErr(t, "MLD from elsewhere", own.Admit(one(up), tunnel.Packet{Source: outside, Destination: addr("ff02::16"), MLD: true}), innerSource[p])
		})
	})
	t.Run("D40 §4.4 a foreign agent keeps prefixes and mode", func(t *testing.T) {
		// The same value: it says for whose prefixes the foreign agent provides
		// encapsulation and decapsulation, and when it does not.
		b := visiting(draft, tunnel.IPinIP, 1)
		wantErr(t, "check", b.Check(), nil)
		_, err := b.Deliver(one(care), to(inside))
		wantErr(t, "a registered prefix", err, nil)
		_, err = b.Deliver(one(care), to(outside))
		wantErr(t, "another", err, tunnel.ErrNotRegistered)
		b.Mode = code.PrefixAcceptedHomeAddress
		_, err = b.Deliver(one(care), to(inside))
		wantErr(t, "tunnelled to the home address", err, tunnel.ErrForeignAgent)
		_, err = b.Relay(tunnel.Path{}, from(inside))
		wantErr(t, "not reverse-tunnelled", err, tunnel.ErrForeignAgent)
	})
	t.Run("D42 §4.4 a foreign agent decapsulates IPv6", func(t *testing.T) {
		for _, c := range []struct {
			what  string
			b     tunnel.Binding
			path  tunnel.Path
			p     tunnel.Packet
			want  tunnel.Path
			fault error
		}{
			{"IPv6", visiting(draft, tunnel.IPinIP, 1), one(care), to(inside), tunnel.Path{}, nil},
			{"GRE", visiting(draft, tunnel.GRE, 1), one(ip(tunnel.GRE, agent, careOf)), to(inside), tunnel.Path{}, nil},
			{"to nobody here", visiting(draft, tunnel.IPinIP, 1), one(care), to(outside), tunnel.Path{}, tunnel.ErrNotRegistered},
			{"not its registration", visiting(draft, tunnel.IPinIP, 0), one(care), to(inside), tunnel.Path{}, tunnel.ErrForeignAgent},
			{"RFC 5454 §3.4", visiting(rfc5454, tunnel.IPinIP, 1), one(care), to(inside), tunnel.Path{}, tunnel.ErrForeignAgent},
			{"home address", visiting(rfc5454, tunnel.IPinIP, 0), two(care, down), to(inside), one(down), nil},
			{"IPv4", visiting(draft, tunnel.IPinIP, 1), one(care), tunnel.Packet{Source: agent, Destination: home}, tunnel.Path{}, nil},
			{"IPv4 to nobody here", visiting(draft, tunnel.IPinIP, 1), one(care), tunnel.Packet{Source: agent, Destination: foreign}, tunnel.Path{}, tunnel.ErrNotRegistered},
			{"tunnel to nobody here", visiting(draft, tunnel.IPinIP, 1), two(care, ip(tunnel.IPinIP, agent, foreign)), to(inside), tunnel.Path{}, tunnel.ErrNotRegistered},
			{"not from the home agent", visiting(draft, tunnel.IPinIP, 1), one(ip(tunnel.IPinIP, foreign, careOf)), to(inside), tunnel.Path{}, tunnel.ErrOuterSource},
			{"native", visiting(draft, tunnel.IPinIP, 1), tunnel.Path{}, to(inside), tunnel.Path{}, tunnel.ErrNotTunneled},
			{"co-located", coLocated(draft, tunnel.IPinIP, 1), one(care), to(inside), tunnel.Path{}, tunnel.ErrForeignAgent},
			{"IPv4-mapped", visiting(draft, tunnel.IPinIP, 1), one(care), to(addr("::ffff:192.0.2.10")), tunnel.Path{}, tunnel.ErrIPv6},
		} {
			got, err := c.b.Deliver(c.path, c.p)
			wantPath(t, c.what, got, err, c.want, c.fault)
		}
	})
	relays := func(t *testing.T, b tunnel.Binding, cases []relayed) {
		for _, c := range cases {
			got, err := b.Relay(c.path, c.p)
			wantPath(t, c.what, got, err, c.want, c.fault)
		}
	}
	t.Run("D43 §4.4 a foreign agent accepts IPv6 from the mobile node", func(t *testing.T) {
		relays(t, visiting(draft, tunnel.IPinIP, 1), []relayed{
			{"native", tunnel.Path{}, from(inside), one(back), nil},
			{"not the mobile node's", tunnel.Path{}, from(outside), tunnel.Path{}, tunnel.ErrInnerSource},
			{"link-local source", tunnel.Path{}, from(linked), tunnel.Path{}, tunnel.ErrOnLink},
			{"link-local destination", tunnel.Path{}, tunnel.Packet{Source: inside, Destination: addr("fe80::1")}, tunnel.Path{}, tunnel.ErrOnLink},
			{"link-local group", tunnel.Path{}, tunnel.Packet{Source: inside, Destination: addr("ff02::1")}, tunnel.Path{}, tunnel.ErrOnLink},
			{"no group", tunnel.Path{}, tunnel.Packet{Source: inside, Destination: addr("ff01::1")}, tunnel.Path{}, tunnel.ErrNodeScope},
			// RFC 3024 §5.3.
			{"group, direct delivery style", tunnel.Path{}, tunnel.Packet{Source: inside, Destination: addr("ff0e::1")}, tunnel.Path{}, tunnel.ErrMulticastDelivery},
			{"MLD of a group", tunnel.Path{}, tunnel.Packet{Source: inside, Destination: addr("ff0e::1"), MLD: true}, tunnel.Path{}, tunnel.ErrMLD},
			{"IPv4", tunnel.Path{}, tunnel.Packet{Source: home, Destination: addr("203.0.113.9")}, tunnel.Path{}, tunnel.ErrIPv6},
			{"from elsewhere", one(ip(tunnel.IPinIP, foreign, agent)), from(inside), tunnel.Path{}, tunnel.ErrOuterSource},
		})
		relays(t, visiting(draft, tunnel.IPinIP, 0), []relayed{{"not its registration", tunnel.Path{}, from(inside), tunnel.Path{}, tunnel.ErrForeignAgent}})
		relays(t, visiting(rfc5454, tunnel.IPinIP, 1), []relayed{{"RFC 5454 §3.4", tunnel.Path{}, from(inside), tunnel.Path{}, tunnel.ErrForeignAgent}})
		relays(t, coLocated(draft, tunnel.IPinIP, 1), []relayed{{"co-located", tunnel.Path{}, from(inside), tunnel.Path{}, tunnel.ErrForeignAgent}})
	})
	t.Run("D44 §4.4 a foreign agent reverse-tunnels all IPv6", func(t *testing.T) {
		b := visiting(draft, tunnel.GRE, 1)
		b.ReverseTunneling = false
		gre := ip(tunnel.GRE, careOf, agent)
		relays(t, b, []relayed{
			{"T not granted", tunnel.Path{}, from(inside), one(gre), nil},
			{"the home address's tunnel is IPv4", one(up), from(inside), one(up), nil},
		})
		b.ReverseTunneling = true
		relays(t, b, []relayed{{"the home address's tunnel with T", one(up), from(inside), two(gre, up), nil}})
		b.ForeignAgent = foreign
		wrap := ip(tunnel.IPinIP, home, foreign)
		relays(t, b, []relayed{
			{"direct although encapsulating was asked for", one(up), from(inside), one(up), nil},
			{"encapsulating, IPv6", one(wrap), from(inside), one(gre), nil},
			{"encapsulating, group", one(wrap), tunnel.Packet{Source: inside, Destination: addr("ff0e::1")}, one(gre), nil},
			{"encapsulating, home address's tunnel", two(wrap, up), from(inside), two(gre, up), nil},
			{"encapsulating, another tunnel", two(wrap, ip(tunnel.GRE, home, agent)), from(inside), tunnel.Path{}, tunnel.ErrEncapsulation},
			{"a tunnel too much", two(up, up), from(inside), tunnel.Path{}, tunnel.ErrEncapsulation},
		})
	})
	t.Run("D53 §4.5 Code 0: the home address's tunnel", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			fa, own := visiting(p, tunnel.IPinIP, 0), coLocated(p, tunnel.IPinIP, 0)
			send(t, "foreign agent", fa, from(inside), one(up), nil)
			send(t, "co-located", own, from(inside), two(back, up), nil)
			own.ReverseTunneling, fa.ForeignAgent = false, foreign
			send(t, "co-located without T", own, from(inside), one(up), nil)
			send(t, "encapsulating delivery style", fa, from(inside), two(ip(tunnel.IPinIP, home, foreign), up), nil)
			nat := coLocated(p, tunnel.IPinUDP, 0)
			nat.ReverseTunneling = false
			send(t, "behind a NAT", nat, from(inside), two(udp(tunnel.IPinUDP, "203.0.113.77:40001", "192.0.2.1:434"), up), nil)
			wantErr(t, "native", fa.Receive(tunnel.Path{}, to(inside)), tunnel.ErrNotTunneled)
			wantErr(t, "to the care-of address", own.Receive(one(care), to(inside)), tunnel.ErrHomeMode)
		})
	})
	t.Run("D54 D55 §4.5 Code 1, foreign agent: native IPv6", func(t *testing.T) {
		b := visiting(draft, tunnel.IPinIP, 1)
		send(t, "direct delivery style", b, from(inside), tunnel.Path{}, nil)
		wantErr(t, "native", b.Receive(tunnel.Path{}, to(inside)), nil)
		wantErr(t, "native, somebody else's", b.Receive(tunnel.Path{}, to(outside)), tunnel.ErrNotRegistered)
		wantErr(t, "native, a group", b.Receive(tunnel.Path{}, to(addr("ff0e::1"))), tunnel.ErrNotTunneled)
		send(t, "a group, direct delivery style", b, tunnel.Packet{Source: inside, Destination: addr("ff0e::1")}, one(up), nil)
		b.ForeignAgent = foreign
		send(t, "encapsulating delivery style", b, from(inside), one(ip(tunnel.IPinIP, home, foreign)), nil)
		// RFC 5454 §3.5: as Code 0.
		b = visiting(rfc5454, tunnel.IPinIP, 1)
		send(t, "as Code 0", b, from(inside), one(up), nil)
		wantErr(t, "native", b.Receive(tunnel.Path{}, to(inside)), tunnel.ErrNotTunneled)
		wantErr(t, "home address", b.Receive(one(down), to(inside)), nil)
	})
	t.Run("D56 §4.5 Code 1, co-located: the care-of address's tunnel", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			b := coLocated(p, tunnel.GRE, 1)
			send(t, "GRE", b, from(inside), one(ip(tunnel.GRE, careOf, agent)), nil)
			wantErr(t, "GRE", b.Receive(one(ip(tunnel.GRE, agent, careOf)), to(inside)), nil)
			b.ReverseTunneling = false
			send(t, "GRE without T", b, from(inside), one(ip(tunnel.GRE, careOf, agent)), nil)
			send(t, "minimal", coLocated(p, tunnel.Minimal, 1), from(inside), two(ip(tunnel.Minimal, careOf, agent), up), nil)
		})
	})
	t.Run("D66 §4.8 Tunnel Data of Next Header IPv6", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			b := coLocated(p, tunnel.IPinUDP, 1)
			path, err := b.Forward(to(inside), false)
			wantPath(t, "forward", path, err, one(udp(tunnel.IPinUDP, "192.0.2.1:434", "203.0.113.77:40001")), nil)
			if n, err := path.Protocol(); n != 41 || err != nil {
				t.Errorf("next header %d, %v", n, err)
			}
			d, err := tunnel.DecapsulateUDP(nat, netip.AddrPortFrom(agent, 434), 41, unhex(ipv6Hex), agent)
			if err != nil || d.Path != one(udp(tunnel.IPinUDP, "203.0.113.77:40001", "192.0.2.1:434")) {
				t.Errorf("%v, %v", d, err)
			}
			// IPv6 in GRE in UDP is not what the MUST says.
			g := coLocated(p, tunnel.GREinUDP, 1)
			wantErr(t, "GRE in UDP", g.Admit(one(udp(tunnel.GREinUDP, "203.0.113.77:40001", "192.0.2.1:434")), from(inside)), tunnel.ErrEncapsulation)
		})
	})
	t.Run("D67 §5 checks as RFC 3024 has them", func(t *testing.T) {
		both(t, func(t *testing.T, p dsmip.Profile) {
			b := coLocated(p, tunnel.GRE, 1)
			b.ForwardKey, b.ReverseKey = tunnel.GREKey{Identifier: 41, Present: true}, tunnel.GREKey{Identifier: 42, Present: true}
			gre := keyed(ip(tunnel.GRE, careOf, agent))
			for _, c := range []struct {
				what string
				path tunnel.Path
				p    tunnel.Packet
				want error
			}{
				{"negotiated", one(gre), from(inside), nil},
				{"not negotiated", one(back), from(inside), tunnel.ErrEncapsulation},
				{"not negotiated, home address", two(back, up), from(inside), tunnel.ErrEncapsulation},
				{"GRE from the home address", one(ip(tunnel.GRE, home, agent)), from(inside), tunnel.ErrEncapsulation},
				{"three levels", two(up, up), from(inside), tunnel.ErrEncapsulation},
				{"no key", one(ip(tunnel.GRE, careOf, agent)), from(inside), tunnel.ErrKey},
				{"not to the home agent", one(keyed(ip(tunnel.GRE, careOf, foreign))), from(inside), tunnel.ErrEndpoint},
				{"inner tunnel not to the home agent", two(gre, ip(tunnel.IPinIP, home, foreign)), from(inside), tunnel.ErrEndpoint},
				{"inner tunnel of somebody else", two(gre, ip(tunnel.IPinIP, foreign, agent)), from(inside), innerSource[p]},
				{"IPv4 of the home address", one(gre), tunnel.Packet{Source: home, Destination: addr("203.0.113.9")}, nil},
				{"IPv4 of somebody else", one(gre), tunnel.Packet{Source: foreign, Destination: addr("203.0.113.9")}, innerSource[p]},
				{"IPv4 in the home address's tunnel", one(up), tunnel.Packet{Source: home, Destination: addr("203.0.113.9")}, tunnel.ErrEncapsulation},
				{"in no tunnel", tunnel.Path{}, from(inside), tunnel.ErrNotTunneled},
				{"no addresses", one(gre), tunnel.Packet{}, tunnel.ErrIPv6},
				{"to IPv4", one(gre), tunnel.Packet{Source: inside, Destination: home}, tunnel.ErrIPv6},
			} {
				wantErr(t, c.what, b.Admit(c.path, c.p), c.want)
			}
		})
	})
	t.Run("D68 §5 a security exception is logged", func(t *testing.T) {
		logged := []error{tunnel.ErrOuterSource, tunnel.ErrPort, tunnel.ErrEncapsulation, tunnel.ErrKey, tunnel.ErrHomeMode,
			tunnel.ErrInnerSource, tunnel.ErrInnerSource5454, tunnel.ErrInvalidSource}
		for _, err := range logged {
			if !tunnel.SecurityException(err) {
				t.Errorf("%v is not", err)
			}
			if r := err.(*code.Fault).Reaction(code.HomeAgent); r.Action() != code.Discard {
				t.Errorf("%v: %v", err, r)
			}
		}
		for _, err := range []error{nil, tunnel.ErrNotTunneled, tunnel.ErrIPv6, tunnel.ErrMLD, tunnel.ErrEndpoint, tunnel.ErrMode, tunnel.ErrIPv6Cut} {
			if tunnel.SecurityException(err) {
				t.Errorf("%v is", err)
			}
		}
		// SHOULD in the draft, MUST in RFC 5454 §4.
		if tunnel.ErrInnerSource.Breaks() != code.Should || tunnel.ErrInnerSource5454.Breaks() != code.Must {
			t.Error("what an unregistered inner source breaks")
		}
	})
}

// relayed is one row of what a foreign agent relays.
type relayed struct {
	what  string
	path  tunnel.Path
	p     tunnel.Packet
	want  tunnel.Path
	fault error
}

// coLocatedAdmit is what the home agent says of a packet from inside.
func coLocatedAdmit(p dsmip.Profile, e tunnel.Encapsulation, mode code.IPv6Prefix, path tunnel.Path) error {
	b := coLocated(p, e, mode)
	return b.Admit(path, from(inside))
}
