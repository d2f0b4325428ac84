package dsmip_test

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// prefixes parses a list.
func prefixes(s string) (list []netip.Prefix) {
	for _, f := range strings.Fields(s) {
		list = append(list, netip.MustParsePrefix(f))
	}
	return list
}

// What the home agent of the tests serves, and what others have of it.
var (
	served = prefixes("2001:db8::/32 2001:dead::/64")
	held   = prefixes("2001:db8:aaaa::/48 2001:db8:bbbb::5/128")
)

// judgement is what Judge says of a request, where the above are served and held.
type judgement struct {
	asked  string
	spoken dsmip.Profile
	code   code.IPv6Prefix
	ok     bool
}

func judged(js ...judgement) func(*testing.T) {
	return func(t *testing.T) {
		for _, j := range js {
			if c, ok := j.spoken.Judge(ask(j.asked), served, held); c != j.code || ok != j.ok {
				t.Errorf("%v under %v: %v, %v, want %v, %v", j.asked, j.spoken, c, ok, j.code, j.ok)
			}
		}
	}
}

// TestJudge is what the statements leave out.
func TestJudge(t *testing.T) {
	judged(
		judgement{"2001:db8:bbbb::5/128", dsmip.Draft06, 11, false},
		judgement{"2001:db8:bbbb::6/128", dsmip.Draft06, 0, true},
		judgement{"2001:db8:bbbb::/64", dsmip.Draft06, 9, false},
		judgement{"2001:dead::1/128", dsmip.Draft06, 0, true},
		judgement{"2001:db8:1::ffff/48", dsmip.RFC5454, 0, true}, // host bits
		judgement{"fe80::1/255", dsmip.Draft06, 8, false},
		judgement{"fe80::1/255", dsmip.RFC5454, 0, true},
		judgement{"2001:db8::1/255", dsmip.RFC5454, 8, false},
		judgement{"2001:db8::/200", dsmip.Draft06, 8, false},
		judgement{"192.0.2.0/24", dsmip.Draft06, 8, false},
		judgement{"::/0", dsmip.RFC5454, 8, false},
		judgement{"2001:db8:1::/48", 0, 8, false},
	)(t)
	if c, ok := dsmip.Draft06.Judge(ask("2001:db8::/48"), nil, nil); ok || c != 10 {
		t.Error(c, ok)
	}
	if !dsmip.Profile(0).NeedsDAD(netip.MustParsePrefix("2001:db8::1/128"), false) {
		t.Error("without a profile an address needs no detection")
	}
}

// requestsGive checks which requests are to be answered, under the draft and under
// RFC 5454.
func requestsGive(asked, draft, rfc string) func(*testing.T) {
	return func(t *testing.T) {
		var b []byte
		for _, s := range strings.Fields(asked) {
			b = append(b, rawRequest(ask(s))...)
		}
		r := sent(t, coLocated, b)
		for p, want := range map[dsmip.Profile]string{dsmip.Draft06: draft, dsmip.RFC5454: rfc, 0: ""} {
			var got []string
			for q, again := range p.Requests(r.Extensions) {
				n, _ := q.NetPrefix()
				s := n.String()
				if again {
					s = "again:" + s
				}
				got = append(got, s)
			}
			if g := strings.Join(got, " "); g != want {
				t.Errorf("%v: %s, want %s", p, g, want)
			}
		}
	}
}

func TestRequests(t *testing.T) {
	requestsGive("", "", "")(t)
	// A link-local address is printed with 128 bits.
	requestsGive("2001:db8::/200 fe80::1/255 fe80::1/255 2001:db8::1/255 fe80::2/128", "fe80::2/128", "fe80::1/128 fe80::2/128")(t)
	many := "::/0 ::/0 ::/0 2001:db8:1::/64 2001:db8:1::/64 2001:db8:1::/64 2001:db8:1::/64 2001:db8:1::/64 2001:db8:1::/64 2001:db8:2::/64"
	requestsGive(many, "::/0 again:::/0 again:::/0 2001:db8:1::/64 2001:db8:2::/64", "::/0 2001:db8:1::/64 2001:db8:2::/64")(t)
}

func TestAssign(t *testing.T) {
	v4, none := netip.MustParsePrefix("192.0.2.0/24"), netip.Prefix{}
	some := netip.MustParsePrefix("2001:db8:1:2::1/64")
	for _, tt := range []struct {
		name   string
		asked  string
		code   code.IPv6Prefix
		prefix netip.Prefix
		want   string
		err    error
	}{
		{"host bits", "::/0", 1, some, "1 2001:db8:1:2::/64", nil},
		{"the identifier", "::5/128", 0, netip.MustParsePrefix("2001:db8::5/128"), "0 2001:db8::5/128", nil},
		{"another identifier", "::5/128", 0, netip.MustParsePrefix("2001:db8::6/128"), "", dsmip.ErrAssignment},
		{"a Code that rejects", "::/0", 8, some, "", dsmip.ErrAssignment},
		{"nothing", "::/0", 0, none, "", dsmip.ErrAssignment},
		{"IPv4", "::/0", 0, v4, "", dsmip.ErrAssignment},
		{"a zero prefix", "::/0", 0, netip.MustParsePrefix("::/64"), "", dsmip.ErrAssignment},
		{"an identifier alone", "::/0", 0, netip.MustParsePrefix("::5/128"), "", dsmip.ErrAssignment},
		{"a prefix that is known", "2001:db8:1::/48", 0, some, "", dsmip.ErrNotAssignable},
		{"a link-local address", "fe80::1/255", 0, some, "", dsmip.ErrNotAssignable},
		{"no length", "::/200", 0, some, "", dsmip.ErrNotAssignable},
	} {
		r, err := ask(tt.asked).Assign(tt.code, tt.prefix)
		if err != tt.err || err == nil && r != answer(tt.want) || err != nil && r != (dsmip.PrefixReply{}) {
			t.Errorf("%s: %v, %v", tt.name, r, err)
		}
	}
	if _, err := (dsmip.PrefixRequest{}).Assign(0, some); err != dsmip.ErrNotAssignable {
		t.Error(err)
	}
	for _, tt := range []struct {
		asked  string
		prefix netip.Prefix
		want   string
	}{
		{"::5/128", netip.MustParsePrefix("2001:db8:1:2::9/64"), "2001:db8:1:2::5/128"},
		{"::5/128", netip.MustParsePrefix("2001:db8:1::/48"), "2001:db8:1::5/128"},
		{"::5/128", netip.MustParsePrefix("2001:db8::/65"), ""},
		{"::5/128", v4, ""},
		{"::5/128", none, ""},
		{"::/128", some, ""},
		{"2001:db8::5/128", some, ""},
		{"::5/255", some, ""},
	} {
		p, ok := ask(tt.asked).Under(tt.prefix)
		if ok != (tt.want != "") || ok && p != netip.MustParsePrefix(tt.want) {
			t.Errorf("%v under %v: %v, %v", tt.asked, tt.prefix, p, ok)
		}
	}
}

// TestLinkLocal: RFC 5454 §3.7.1: a link-local address is in the tunnel of the home
// address, whatever the mode of the other prefixes.
func TestLinkLocal(t *testing.T) {
	q := ask("fe80::c000:20a/255")
	if r := q.Answer(1); r != answer("0 fe80::c000:20a/255") {
		t.Error(r)
	}
	if r := q.Answer(8); r != answer("8 fe80::c000:20a/255") {
		t.Error(r)
	}
	exchange{name: "Code 0", spoken: dsmip.RFC5454, flags: coLocated, mode: true, asked: "fe80::c000:20a/255", replies: "0 fe80::c000:20a/255",
		want: "registered prefix fe80::c000:20a/128 home address"}.run(t)
	exchange{name: "Code 1", spoken: dsmip.RFC5454, flags: coLocated, mode: true, asked: "fe80::c000:20a/255", replies: "1 fe80::c000:20a/255",
		want: "registered prefix fe80::c000:20a/128 home address"}.run(t)
	exchange{name: "unknown", spoken: dsmip.Draft06, flags: coLocated, asked: "fe80::c000:20a/255", replies: "0 fe80::c000:20a/255", want: "unanswered"}.run(t)
}

// TestTunnel is draft-06 §4.5 and RFC 5454 §3.5, all of it.
func TestTunnel(t *testing.T) {
	const unspecified, home, careOf, native = dsmip.TunnelUnspecified, dsmip.TunnelHomeAddress, dsmip.TunnelCareOfAddress, dsmip.TunnelNative
	for _, tt := range []struct {
		spoken dsmip.Profile
		flags  mipv4.Flags
		want   [3]dsmip.Tunnel // by Code
	}{
		{dsmip.Draft06, coLocated, [3]dsmip.Tunnel{home, careOf, unspecified}},
		{dsmip.Draft06, foreign, [3]dsmip.Tunnel{home, native, unspecified}},
		{dsmip.RFC5454, coLocated, [3]dsmip.Tunnel{home, careOf, unspecified}},
		{dsmip.RFC5454, foreign, [3]dsmip.Tunnel{home, home, unspecified}},
		{0, coLocated, [3]dsmip.Tunnel{unspecified, unspecified, unspecified}},
	} {
		for c := range 256 {
			if got, want := tt.spoken.Tunnel(&mipv4.Request{Flags: tt.flags}, ask("2001:db8::/48"), code.IPv6Prefix(c)), tt.want[min(c, 2)]; got != want {
				t.Errorf("%v, %v, Code %d: %v, want %v", tt.spoken, tt.flags, c, got, want)
			}
		}
	}
}

func TestDropped(t *testing.T) {
	// Invalid ones are none, and host bits do not count.
	before := append(prefixes("2001:db8:1::5/48 2001:db8:2::/48 2001:db8:2::/48 192.0.2.0/24"), netip.Prefix{})
	var got []string
	for p := range dsmip.Dropped(before, append(prefixes("2001:db8:1::6/48"), netip.Prefix{})) {
		got = append(got, p.String())
	}
	if s := strings.Join(got, " "); s != "2001:db8:2::/48 2001:db8:2::/48 192.0.2.0/24" {
		t.Error(s)
	}
	for range dsmip.Dropped(nil, before) {
		t.Error("something of nothing")
	}
	if one := prefixes("2001:db8:1::/48"); !slices.Equal(slices.Collect(dsmip.Dropped(one, nil)), one) {
		t.Error("the only one is not dropped")
	}
	// The same in the table, over more than one part of it.
	number := func(i int) netip.Prefix {
		return netip.PrefixFrom(netip.AddrFrom16([16]byte{0x20, 1, byte(i >> 8), byte(i), 15: 1}), 64)
	}
	for _, n := range []int{15, 16, 17, 40, 41, 3072, 3073, 7000} {
		var before, after []netip.Prefix
		for i := range n {
			before = append(before, number(i))
			if i%3 != 0 {
				after = append(after, number(n-1-i).Masked())
			}
		}
		before, after = append(before, netip.Prefix{}, number(0)), append(after, netip.Prefix{}, number(60000))
		want, have := map[netip.Prefix]bool{}, map[netip.Prefix]int{}
		for _, p := range after {
			have[p] = 1
		}
		for _, p := range before {
			if p.IsValid() && have[p.Masked()] == 0 {
				want[p.Masked()] = true
			}
		}
		found := 0
		last := -1
		for p := range dsmip.Dropped(before, after) {
			b := p.Addr().As16()
			i := int(b[2])<<8 | int(b[3])
			if !want[p] || i <= last && i != 0 {
				t.Fatalf("%d: %v", n, p)
			}
			if i != 0 {
				last = i
				found++
			}
		}
		delete(want, number(0).Masked())
		if found != len(want) {
			t.Errorf("%d: %d dropped, want %d", n, found, len(want))
		}
		for range dsmip.Dropped(before, after) {
			break
		}
	}
}
