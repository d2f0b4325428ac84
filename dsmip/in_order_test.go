package dsmip_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// inOrder hands all extensions of an exchange to an InOrder.
func inOrder(p dsmip.Profile, asked *mipv4.Request, reply *mipv4.Reply) *dsmip.InOrder {
	o := &dsmip.InOrder{Profile: p}
	for x := range asked.Extensions.All() {
		o.Request(x)
	}
	for x := range reply.Extensions.All() {
		o.Reply(x)
	}
	return o
}

// TestInOrder: by hand, what an ordinary answer is.
func TestInOrder(t *testing.T) {
	const one, two = "2001:db8:1::/48", "2001:db8:2::/48"
	eight := strings.TrimSuffix(strings.Repeat("2001:db8:N::/48 ", 8), " ")
	number := func(s string) string {
		for i := range 9 {
			s = strings.Replace(s, "N", string(rune('1'+i)), 1)
		}
		return s
	}
	tests := []struct {
		name           string
		flags          mipv4.Flags
		mode           bool
		asked, replies string
		draft, rfc     bool
	}{
		{"nothing", coLocated, false, "", "", true, true},
		{"one", coLocated, false, one, "0 " + one, true, true},
		{"a rejection", coLocated, false, one, "8 " + one, true, true},
		{"two", coLocated, false, one + " " + two, "0 " + one + ", 9 " + two, true, true},
		{"host bits", coLocated, false, "2001:db8:1::5/48", "0 2001:db8:1::6/48", true, true},
		{"another order", coLocated, false, one + " " + two, "0 " + two + ", 0 " + one, false, false},
		{"one too few", coLocated, false, one + " " + two, "0 " + one, false, false},
		{"none", coLocated, false, one, "", false, false},
		{"one too many", coLocated, false, one, "0 " + one + ", 0 " + two, false, false},
		{"unasked", coLocated, false, "", "0 " + one, false, false},
		{"another prefix", coLocated, false, one, "0 " + two, false, false},
		{"another length", coLocated, false, one, "0 2001:db8:1::/56", false, false},
		{"twice the same", coLocated, false, one + " " + one, "0 " + one + ", 0 " + one, false, false},
		{"the same but for host bits", coLocated, false, one + " 2001:db8:1::7/48", "0 " + one + ", 0 2001:db8:1::7/48", false, false},
		{"a zero prefix", coLocated, false, "::/64", "8 ::/64", false, false},
		{"an identifier", coLocated, false, "::5/128", "8 ::5/128", false, false},
		{"a link-local address", coLocated, false, "fe80::1/255", "0 fe80::1/255", false, true},
		{"a length that means nothing", coLocated, false, "2001:db8::1/255", "0 2001:db8::1/255", false, false},
		{"Code 1 with a mode", coLocated, true, one, "1 " + one, true, true},
		{"Code 1 without", coLocated, false, one, "1 " + one, false, false},
		{"Code 1 without, and then Code 0", coLocated, false, one + " " + two, "1 " + one + ", 0 " + two, false, false},
		{"Code 1, of a foreign agent's mode", foreign, false, one, "1 " + one, true, false},
		{"eight", coLocated, false, number(eight), "0 " + strings.ReplaceAll(number(eight), " ", ", 0 "), true, true},
		{"nine", coLocated, false, number(eight + " 2001:db8:N::/48"), "0 " + strings.ReplaceAll(number(eight+" 2001:db8:N::/48"), " ", ", 0 "), false, false},
	}
	for _, tt := range tests {
		var q, r []byte
		for _, s := range strings.Fields(tt.asked) {
			q = append(q, rawRequest(ask(s))...)
		}
		if tt.mode {
			q = append(q, mode...)
		}
		for s := range strings.SplitSeq(tt.replies, ", ") {
			if s != "" {
				r = append(r, rawReply(answer(s))...)
			}
		}
		asked, reply := sent(t, tt.flags, q), received(t, 0, r)
		for i, p := range profiles {
			o := inOrder(p, asked, reply)
			if !o.Equal(*inOrder(p, asked, reply)) || o.Equal(dsmip.InOrder{}) {
				t.Error(tt.name, "Equal")
			}
			if got, want := o.Ordinary(asked), [...]bool{tt.draft, tt.rfc}[i]; got != want {
				t.Errorf("%s, %v: %v", tt.name, p, got)
			}
		}
	}
	asked, none := sent(t, coLocated, append(rawRequest(ask(one)), rawRequest(ask(two))...)), received(t, 0, nil)
	if s := inOrder(dsmip.RFC5454, asked, none).String(); s != "0 of 2 prefixes in order" {
		t.Error(s)
	}
	if s := inOrder(dsmip.RFC5454, sent(t, coLocated, nil), received(t, 0, rawReply(answer("0 "+one)))).String(); s != "no ordinary answer" {
		t.Error(s)
	}
	// What does not parse, and what is another extension, is not there.
	asked = sent(t, coLocated, append([]byte{131, 1, 'a', 152, 2, 1, 48}, rawRequest(ask(one))...))
	reply := received(t, 0, append([]byte{152, 3, 2, 0, 48, 131, 1, 'a'}, rawReply(answer("0 "+one))...))
	if !inOrder(dsmip.RFC5454, asked, reply).Ordinary(asked) {
		t.Error("not ordinary beside what does not parse")
	}
	if inOrder(0, asked, reply).Ordinary(asked) {
		t.Error("ordinary without a profile")
	}
	careOf := received(t, 0, rawReply(answer("1 "+one)))
	if inOrder(dsmip.RFC5454, asked, careOf).Ordinary(nil) {
		t.Error("ordinary without a request")
	}
}

// TestInOrderAgrees: nothing is wrong with an ordinary answer, and each reply is for the
// request at its place, by the definition that PrefixReply.Answers is.
func TestInOrderAgrees(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 4))
	prefixes := strings.Fields("2001:db8:1::/48 2001:db8:1::1/48 2001:db8:2::/48 2001:db8:2::/56 ::/0 ::/64 ::5/128 fe80::1/255 2001:db8::1/128")
	ordinary := 0
	for range 20_000 {
		var q, r []byte
		var asked []dsmip.PrefixRequest
		var replies []dsmip.PrefixReply
		for range random.IntN(3) {
			p := ask(prefixes[random.IntN(len(prefixes))])
			asked = append(asked, p)
			q = append(q, rawRequest(p)...)
		}
		for i := range random.IntN(3) {
			p := dsmip.PrefixReply{Code: code.IPv6Prefix(random.IntN(3) * 4)}
			of := ask(prefixes[random.IntN(len(prefixes))])
			if i < len(asked) && random.IntN(4) > 0 {
				of = asked[i]
			}
			p.PrefixLength, p.Prefix = of.PrefixLength, of.Prefix
			replies = append(replies, p)
			r = append(r, rawReply(p)...)
		}
		request, reply := sent(t, coLocated, q), received(t, 0, r)
		for _, p := range profiles {
			if !inOrder(p, request, reply).Ordinary(request) {
				continue
			}
			ordinary++
			if len(asked) != len(replies) {
				t.Fatalf("%v: ordinary: %v, %v", p, asked, replies)
			}
			i := 0
			for m := range p.Matches(request, reply.Extensions) {
				if replies[i].Answers(asked[i], p) != dsmip.MatchPrefix || m.Asked != asked[i] || m.Err != nil || m.Repeated {
					t.Fatalf("%v: ordinary: %v, %v: %+v", p, asked, replies, m)
				}
				i++
			}
		}
	}
	if ordinary < 4000 {
		t.Error("hardly any ordinary answer:", ordinary)
	}
}

// TestInOrderStack: neither message is kept.
func TestInOrderStack(t *testing.T) {
	n := testing.AllocsPerRun(100, func() {
		var b [20]byte
		copy(b[:], rawShort)
		l, err := ext.Parse(b[:], 0)
		if err != nil {
			t.Error(err)
		}
		var o dsmip.InOrder
		o.Profile = dsmip.RFC5454
		for x, ok := l.First(); ok; x, ok = l.Next(x) {
			o.Request(x)
			o.Reply(x)
		}
		if o.Ordinary(nil) {
			t.Error("nothing is answered")
		}
	})
	if n != 0 {
		t.Error(n, "allocations")
	}
}

var rawShort = []byte{152, 18, 1, 48, 0x20, 1, 0xd, 0xb8, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
