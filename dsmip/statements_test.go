package dsmip_test

import (
	"net/netip"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestDraftStatements goes through the normative statements of
// draft-ietf-mip4-dsmipv4-06 in its order, and under RFC 5454 where that says something
// else. Expected values are read from the texts.
func TestDraftStatements(t *testing.T) {
	exchanges := func(xs ...exchange) func(*testing.T) {
		return func(t *testing.T) {
			for _, x := range xs {
				x.run(t)
			}
		}
	}
	const one = "2001:db8:1::/48"
	granted := exchange{name: "granted", flags: coLocated, asked: one + " 2001:db8:2::/48 2001:db8:3::/64", replies: "0 " + one + ", 8 2001:db8:2::/48",
		want: "registered prefix " + one + " home address, rejected prefix, unanswered"}
	statements := []struct {
		name string
		run  func(*testing.T)
	}{
		{"D07 a rejecting prefix reply has the effect of an absent one", exchanges(
			exchange{name: "rejecting", flags: coLocated, asked: one + " 2001:db8:2::/48", replies: "8 " + one + ", 0 2001:db8:2::/48",
				want: "rejected prefix, registered prefix 2001:db8:2::/48 home address"},
			exchange{name: "absent", flags: coLocated, asked: one + " 2001:db8:2::/48", replies: "0 2001:db8:2::/48",
				want: "unanswered, registered prefix 2001:db8:2::/48 home address"})},
		{"D08 the home agent answers every prefix request", requestsGive("2001:db8:1::/48 2001:db8:2::1/128 2001:db8:3::/64",
			"2001:db8:1::/48 2001:db8:2::1/128 2001:db8:3::/64", "2001:db8:1::/48 2001:db8:2::1/128 2001:db8:3::/64")},
		{"D09 the Code of the registration reply supersedes", exchanges(
			exchange{name: "denied", flags: coLocated, asked: one, code: 129, replies: "0 " + one, want: "denied prefix"},
			exchange{name: "denied by a foreign agent", flags: foreign, asked: one, code: 65, want: "denied"},
			exchange{name: "accepted, one rejected", flags: coLocated, asked: one + " 2001:db8:2::/48", code: 1, replies: "9 " + one + ", 0 2001:db8:2::/48",
				want: "rejected prefix, registered prefix 2001:db8:2::/48 home address"})},
		{"D11 each answer corresponds to a request", func(t *testing.T) {
			for _, s := range []string{one, "2001:db8::1/128", "::/64", "::5/128"} {
				for _, p := range profiles {
					for c := range 256 {
						r := ask(s).Answer(code.IPv6Prefix(c))
						if r.Code != code.IPv6Prefix(c) || r.Answers(ask(s), p) != dsmip.MatchPrefix {
							t.Errorf("%v, Code %d: %v", s, c, r)
						}
					}
				}
			}
		}},
		{"D12 no two answers for one prefix", requestsGive("2001:db8:1::/48 2001:db8:2::/48 2001:db8:1::5/48 2001:db8:1::/49 ::5/128 ::5/128 ::/64 ::/64 ::/56",
			"2001:db8:1::/48 2001:db8:2::/48 2001:db8:1::/49 ::5/128 ::/64 again:::/64 ::/56",
			"2001:db8:1::/48 2001:db8:2::/48 2001:db8:1::/49 ::5/128 ::/64 ::/56")},
		{"D13 the Code of an accepted prefix has the tunnelling mode", acceptingCode},
		{"D14 the prefix of a reply is that of a request", exchanges(
			exchange{name: "matching", flags: coLocated, asked: one, replies: "0 " + one, want: "registered prefix 2001:db8:1::/48 home address"},
			exchange{name: "not matching", flags: coLocated, asked: one, replies: "0 2001:db8:2::/48", want: "unanswered"},
			exchange{name: "the prefix field, and another length", flags: coLocated, asked: one, replies: "0 2001:db8:1::/56",
				want: "registered prefix field 2001:db8:1::/56 home address other length"})},
		{"D15 not on a served prefix: Code 10", judged(
			judgement{one, dsmip.Draft06, 0, true},
			judgement{"2001:db8:ffff::/48", dsmip.Draft06, 0, true},
			judgement{"2001:db9::/48", dsmip.Draft06, 10, false},
			judgement{"2001:db9::1/128", dsmip.Draft06, 10, false},
			judgement{"2001:da0::/28", dsmip.Draft06, 10, false}, // wider than what is served
			judgement{"2001:db9::/48", dsmip.RFC5454, 9, false})},
		{"D16 an address without binding needs Duplicate Address Detection", func(t *testing.T) {
			for _, tt := range []struct {
				prefix     string
				bound      bool
				draft, rfc bool
			}{
				{"2001:db8::1/128", false, true, false},
				{"2001:db8::1/128", true, false, false},
				{"2001:db8::/127", false, false, false},
				{"2001:db8::/64", false, false, false},
				{"2001:db8::/64", true, false, false},
			} {
				p := netip.MustParsePrefix(tt.prefix)
				if draft, rfc := dsmip.Draft06.NeedsDAD(p, tt.bound), dsmip.RFC5454.NeedsDAD(p, tt.bound); draft != tt.draft || rfc != tt.rfc {
					t.Errorf("%v, bound %v: %v, %v", p, tt.bound, draft, rfc)
				}
			}
		}},
		{"D17 Duplicate Address Detection failed: Code 11", exchanges(
			exchange{name: "failed", flags: coLocated, asked: "2001:db8::1/128", replies: "11 2001:db8::1/128", want: "rejected prefix"})},
		{"D18 prefixes of different nodes do not overlap", judged(
			judgement{"2001:db8:aaaa::/48", dsmip.Draft06, 9, false},
			judgement{"2001:db8:aaaa:1::/64", dsmip.Draft06, 9, false},
			judgement{"2001:db8:aaa0::/44", dsmip.Draft06, 9, false},
			judgement{"2001:db8:aaab::/48", dsmip.Draft06, 0, true},
			judgement{"2001:db8:aaaa::1/128", dsmip.Draft06, 11, false},
			judgement{"2001:db8:aaaa::/48", dsmip.RFC5454, 9, false},
			judgement{"2001:db8:aaaa::1/128", dsmip.RFC5454, 9, false},
			judgement{"2001:db8:aaab::/48", dsmip.RFC5454, 0, true})},
		// The link and the routing protocol are the node's. What is said for them is which
		// prefixes they are to look after: what was granted, and nothing else.
		{"D19 proxy neighbour discovery is for the prefixes that are served", exchanges(granted)},
		{"D20 interception is of packets to the prefixes that are served", exchanges(granted)},
		{"D21 the prefixes that are served are the ones to advertise", exchanges(granted)},
		{"D23 the prefixes that are served are the ones to defend", exchanges(granted)},
		{"D46 several prefix requests", exchanges(
			exchange{name: "three", flags: coLocated, asked: one + " 2001:db8:2::/48 2001:db8:3::/48", replies: "0 " + one + ", 9 2001:db8:2::/48, 0 2001:db8:3::/48",
				want: "registered prefix 2001:db8:1::/48 home address, rejected prefix, registered prefix 2001:db8:3::/48 home address"})},
		{"D47 the mobile node acts on the reply", exchanges(
			exchange{name: "none", flags: coLocated, asked: one, want: "unsupported"},
			exchange{name: "one", flags: coLocated, asked: one, replies: "0 " + one, want: "registered prefix 2001:db8:1::/48 home address"})},
		{"D48 no prefix reply: the home agent does not support this", exchanges(
			exchange{name: "accepted", flags: coLocated, asked: one + " 2001:db8:2::/48", want: "unsupported, unsupported"},
			exchange{name: "denied says nothing of support", flags: coLocated, asked: one, code: 133, want: "denied"})},
		{"D49 ... and Mobile IPv4 goes on", func(t *testing.T) {
			asked, reply := sent(t, coLocated, rawRequest(ask(one))), received(t, 0, nil)
			if l := reply.Granted(asked); l != 1800 {
				t.Error(l)
			}
		}},
		{"D50 each reply is matched with one request", exchanges(
			exchange{name: "in another order", flags: coLocated, asked: one + " 2001:db8:2::/48", replies: "0 2001:db8:2::/48, 9 " + one,
				want: "rejected prefix, registered prefix 2001:db8:2::/48 home address"},
			exchange{name: "one assignment is not two", spoken: dsmip.Draft06, flags: coLocated, asked: "::/0 ::/0", replies: "0 " + one,
				want: "registered assigned 2001:db8:1::/48 home address, unanswered"})},
		{"D51 an unmatched request is rejected", exchanges(
			exchange{name: "unmatched", flags: coLocated, asked: one + " 2001:db8:2::/48", replies: "0 " + one, want: "registered prefix 2001:db8:1::/48 home address, unanswered"})},
		{"D52 the Code accepts or rejects", func(t *testing.T) {
			// draft-06 §6, RFC 5454 §5: 0 to 7 accept, the rest rejects.
			for _, p := range profiles {
				asked := sent(t, coLocated, append(rawRequest(ask(one)), mode...))
				for c := range 256 {
					reply := received(t, 0, rawReply(ask(one).Answer(code.IPv6Prefix(c))))
					for o := range p.Outcomes(asked, reply, reply.Extensions) {
						if o.Accepted() != (c <= 7) || o.Prefix.IsValid() != (c <= 7) {
							t.Errorf("%v, Code %d: %v", p, c, o)
						}
					}
				}
			}
		}},
		{"D53 Code 0: the tunnel of the home address", exchanges(
			exchange{name: "co-located", flags: coLocated, mode: true, asked: one, replies: "0 " + one, want: "registered prefix 2001:db8:1::/48 home address"},
			exchange{name: "foreign agent", flags: foreign, asked: one, replies: "0 " + one, want: "registered prefix 2001:db8:1::/48 home address"})},
		{"D54 Code 1 is not without IPv6 Tunneling Mode", exchanges(
			exchange{name: "co-located", flags: coLocated, asked: one, replies: "1 " + one, want: "registered prefix 2001:db8:1::/48 care-of address unasked"},
			exchange{name: "the foreign agent may have sent it", spoken: dsmip.Draft06, flags: foreign, asked: one, replies: "1 " + one,
				want: "registered prefix 2001:db8:1::/48 native"},
			exchange{name: "no foreign agent sends it", spoken: dsmip.RFC5454, flags: foreign, asked: one, replies: "1 " + one,
				want: "registered prefix 2001:db8:1::/48 home address unasked"})},
		{"D55 Code 1 at a foreign agent's care-of address", exchanges(
			exchange{name: "native", spoken: dsmip.Draft06, flags: foreign | mipv4.FlagReverseTunnel, asked: one, replies: "1 " + one,
				want: "registered prefix 2001:db8:1::/48 native"},
			exchange{name: "as Code 0", spoken: dsmip.RFC5454, flags: foreign, mode: true, asked: one, replies: "1 " + one,
				want: "registered prefix 2001:db8:1::/48 home address"})},
		{"D56 Code 1 at a co-located care-of address: its tunnel", exchanges(
			exchange{name: "co-located", flags: coLocated, mode: true, asked: one, replies: "1 " + one, want: "registered prefix 2001:db8:1::/48 care-of address"})},
		{"D59 a zero prefix, its length zero or a hint", func(t *testing.T) {
			for hint := range 129 {
				q := dsmip.RequestAnyPrefix(uint8(hint))
				b, err := q.AppendBinary(nil)
				if err != nil || !slices.Equal(b, append([]byte{152, 18, 1, byte(hint)}, make([]byte, 16)...)) || q.Wants() != dsmip.WantAnyPrefix {
					t.Errorf("%d: %x, %v", hint, b, err)
				}
				if _, ok := dsmip.Draft06.Judge(q, nil, nil); !ok {
					t.Errorf("%d: refused under the draft", hint)
				}
				if c, ok := dsmip.RFC5454.Judge(q, served, nil); ok || c != 8 {
					t.Errorf("%d: %v, %v under RFC 5454", hint, c, ok)
				}
			}
		}},
		{"D60 the home agent assigns a prefix of the length it chooses", func(t *testing.T) {
			for _, prefix := range []string{one, "2001:db8:1:2::/64", "2001:db8::7/128"} {
				r, err := dsmip.RequestAnyPrefix(64).Assign(0, netip.MustParsePrefix(prefix))
				if err != nil || r != answer("0 "+prefix) {
					t.Errorf("%v: %v, %v", prefix, r, err)
				}
			}
			exchange{name: "assigned", spoken: dsmip.Draft06, flags: coLocated, asked: "::/64", replies: "0 " + one, want: "registered assigned 2001:db8:1::/48 home address"}.run(t)
			exchange{name: "not known", spoken: dsmip.RFC5454, flags: coLocated, asked: "::/64", replies: "0 " + one, want: "unanswered"}.run(t)
		}},
		{"D61 ::interface_identifier", func(t *testing.T) {
			q := dsmip.RequestInterfaceIdentifier([8]byte{2, 0, 0, 0xff, 0xfe, 0, 0, 1})
			b, err := q.AppendBinary(nil)
			if want := []byte{152, 18, 1, 128, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0xff, 0xfe, 0, 0, 1}; err != nil || !slices.Equal(b, want) {
				t.Errorf("%x, %v", b, err)
			}
			if _, ok := dsmip.Draft06.Judge(q, nil, nil); !ok {
				t.Error("refused under the draft")
			}
			// Under RFC 5454 it is an address as any other.
			if c, ok := dsmip.RFC5454.Judge(q, served, nil); ok || c != 9 {
				t.Error(c, ok)
			}
		}},
		{"D63 ... with Prefix Length 128", func(t *testing.T) {
			for n := range 128 {
				q := ask("::200:ff:fe00:1/128")
				q.PrefixLength = uint8(n)
				if q.Wants() == dsmip.WantInterfaceIdentifier {
					t.Errorf("%d: %v", n, q.Wants())
				}
				// A length up to 70 leaves nothing of this identifier.
				if _, err := q.Assign(0, netip.MustParsePrefix("2001:db8::/64")); (err == nil) != (n <= 70) {
					t.Errorf("%d: %v", n, err)
				}
			}
		}},
		{"D64 PREFIX:: or PREFIX::interface_identifier", func(t *testing.T) {
			q := ask("::200:ff:fe00:1/128")
			address, ok := q.Under(netip.MustParsePrefix("2001:db8:1:2::/64"))
			if want := netip.MustParsePrefix("2001:db8:1:2:200:ff:fe00:1/128"); !ok || address != want {
				t.Errorf("%v, %v", address, ok)
			}
			for _, s := range []string{"2001:db8:1:2::/64", "2001:db8:1:2:200:ff:fe00:1/128"} {
				if r, err := q.Assign(0, netip.MustParsePrefix(s)); err != nil || r != answer("0 "+s) {
					t.Errorf("%v, %v", r, err)
				}
				exchange{name: s, spoken: dsmip.Draft06, flags: coLocated, asked: "::200:ff:fe00:1/128", replies: "0 " + s, want: "registered assigned " + s + " home address"}.run(t)
			}
			exchange{name: "another identifier", flags: coLocated, asked: "::200:ff:fe00:1/128", replies: "0 2001:db8:1:2:200:ff:fe00:2/128", want: "unanswered"}.run(t)
			exchange{name: "not known", spoken: dsmip.RFC5454, flags: coLocated, asked: "::200:ff:fe00:1/128", replies: "0 2001:db8:1:2::/64", want: "unanswered"}.run(t)
		}},
		{"D65 a re-registration drops what it does not list", func(t *testing.T) {
			before := prefixes("2001:db8:1::/48 2001:db8:2::/48 2001:db8::1/128")
			for _, tt := range []struct{ after, want string }{
				{"2001:db8:1::/48 2001:db8:2::/48 2001:db8::1/128", ""},
				{"2001:db8::1/128 2001:db8:3::/48", "2001:db8:1::/48 2001:db8:2::/48"},
				{"2001:db8:1::/49 2001:db8:2::/48", "2001:db8:1::/48 2001:db8::1/128"},
				{"", "2001:db8:1::/48 2001:db8:2::/48 2001:db8::1/128"}, // lifetime 0
			} {
				if got := slices.Collect(dsmip.Dropped(before, prefixes(tt.after))); !slices.Equal(got, prefixes(tt.want)) {
					t.Errorf("%v: %v", tt.after, got)
				}
			}
			asked := sent(t, coLocated, rawRequest(ask(one)))
			asked.Lifetime = mipv4.Deregister
			reply := received(t, 0, rawReply(answer("0 "+one)))
			for _, p := range profiles {
				for o := range p.Outcomes(asked, reply, reply.Extensions) {
					if o.Result != dsmip.Deregistered || o.Prefix.IsValid() {
						t.Errorf("%v: %v", p, o)
					}
				}
			}
		}},
	}
	for _, s := range statements {
		t.Run(s.name, s.run)
	}
}

// acceptingCode is D03, D05, D24, D27, D29, D44, D57 and D58 as far as the Code tells.
func acceptingCode(t *testing.T) {
	const (
		prefix    = "\x98\x12\x01\x30\x20\x01\x0d\xb8\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
		tunneling = "\x98\x02\x03\x00"
		home      = "\x20\x14\x00\x00\x01\x00" + "0123456789abcdef"
		foreignHA = "\x22\x14\x00\x00\x02\x00" + "0123456789abcdef"
	)
	tests := []struct {
		name       string
		flags      mipv4.Flags
		extensions string
		draft, rfc code.IPv6Prefix
	}{
		{"D24 no IPv6 Tunneling Mode, co-located", coLocated, prefix + home, 0, 0},
		{"D24 no IPv6 Tunneling Mode", foreign, prefix + home + foreignHA, 0, 0},
		{"D27 the mobile node's, co-located", coLocated, prefix + tunneling + home, 1, 1},
		{"D27 the foreign agent's", foreign, prefix + home + tunneling + foreignHA, 1, 0},
		{"D27 the foreign agent's, not signed by it", foreign, prefix + home + tunneling, 0, 0},
		{"D58 the mobile node's at a foreign agent's care-of address", foreign, prefix + tunneling + home + foreignHA, 0, 0},
		{"D44 the foreign agent's for a co-located mobile node", coLocated, prefix + home + tunneling + foreignHA, 0, 0},
		{"D03 the mobile node's, not signed by it", coLocated, prefix + home + tunneling, 0, 0},
		{"minimal encapsulation", coLocated | mipv4.FlagMinimal, prefix + tunneling + home, 0, 0},
		{"minimal encapsulation or GRE", coLocated | mipv4.FlagMinimal | mipv4.FlagGRE, prefix + tunneling + home, 1, 1},
	}
	for _, tt := range tests {
		r := sent(t, tt.flags, []byte(tt.extensions))
		var mobile, foreign ext.List
		if a, err := r.Extensions.Auth(ext.KindMobileHomeAuth); err == nil {
			mobile = a.Protected()
		}
		if a, err := r.Extensions.Auth(ext.KindForeignHomeAuth); err == nil {
			foreign = a.Protected()
		}
		if draft, rfc := dsmip.Draft06.AcceptingCode(r, mobile, foreign), dsmip.RFC5454.AcceptingCode(r, mobile, foreign); draft != tt.draft || rfc != tt.rfc {
			t.Errorf("%s: %d, %d, want %d, %d", tt.name, draft, rfc, tt.draft, tt.rfc)
		}
		if c := dsmip.Profile(0).AcceptingCode(r, mobile, foreign); c != 0 {
			t.Errorf("%s: %d without a profile", tt.name, c)
		}
		// Nobody has signed: nothing counts.
		if c := dsmip.Draft06.AcceptingCode(r, ext.List{}, r.Extensions); tt.flags == 0 && c != 0 {
			t.Errorf("%s: %d of nobody's", tt.name, c)
		}
	}
}
