package dsmip_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// pair splits "2001:db8::/48" as the wire does, 255 included.
func pair(s string) (netip.Addr, uint8) {
	a, n, _ := strings.Cut(s, "/")
	length, err := strconv.ParseUint(n, 10, 8)
	if err != nil {
		panic(err)
	}
	return netip.MustParseAddr(a), uint8(length)
}

// ask is the request for a prefix, host bits as they are.
func ask(s string) dsmip.PrefixRequest {
	a, n := pair(s)
	return dsmip.PrefixRequest{PrefixLength: n, Prefix: a}
}

// answer is "CODE PREFIX/LENGTH".
func answer(s string) dsmip.PrefixReply {
	c, p, _ := strings.Cut(s, " ")
	n, err := strconv.ParseUint(c, 10, 8)
	if err != nil {
		panic(err)
	}
	a, length := pair(p)
	return dsmip.PrefixReply{Code: code.IPv6Prefix(n), PrefixLength: length, Prefix: a}
}

// rawRequest and rawReply are written by the figures, whether or not they may be sent.
func rawRequest(p dsmip.PrefixRequest) []byte {
	a := p.Prefix.As16()
	return append([]byte{152, 18, 1, p.PrefixLength}, a[:]...)
}

func rawReply(p dsmip.PrefixReply) []byte {
	a := p.Prefix.As16()
	return append([]byte{152, 20, 2, byte(p.Code), p.PrefixLength, 0}, a[:]...)
}

// sent is a request with the flags and the extensions; received is a reply to it, and
// its extensions as if they were protected.
func sent(t testing.TB, flags mipv4.Flags, extensions []byte) *mipv4.Request {
	t.Helper()
	b := append([]byte{1, byte(flags), 7, 8, 192, 0, 2, 10, 192, 0, 2, 1, 198, 51, 100, 7, 0xee, 0xae, 0x5a, 0x5a, 0x3e, 0xb7, 0xe1, 0x23}, extensions...)
	r, err := mipv4.ParseRequest(b)
	if err != nil {
		t.Fatal(err)
	}
	return &r
}

func received(t testing.TB, c code.Registration, extensions []byte) *mipv4.Reply {
	t.Helper()
	b := append([]byte{3, byte(c), 7, 8, 192, 0, 2, 10, 192, 0, 2, 1, 0xee, 0xae, 0x5a, 0x5a, 0x3e, 0xb7, 0xe1, 0x23}, extensions...)
	r, err := mipv4.ParseReply(b)
	if err != nil {
		t.Fatal(err)
	}
	return &r
}

const (
	coLocated = mipv4.FlagDecapsulation
	foreign   = mipv4.Flags(0) // a foreign agent's care-of address
)

var (
	mode     = []byte{152, 2, 3, 0} // IPv6 Tunneling Mode
	profiles = []dsmip.Profile{dsmip.Draft06, dsmip.RFC5454}
)

// exchange is one request and its reply, and what comes of each prefix.
type exchange struct {
	name    string
	spoken  dsmip.Profile // 0: the same under both
	flags   mipv4.Flags
	mode    bool // whether the mobile node sends IPv6 Tunneling Mode
	asked   string
	code    code.Registration
	replies string
	want    string
}

// run compares the outcomes, one a line: result, match, prefix, tunnel.
func (x exchange) run(t *testing.T) {
	t.Helper()
	for _, p := range profiles {
		if x.spoken != 0 && x.spoken != p {
			continue
		}
		var b []byte
		for _, s := range strings.Fields(x.asked) {
			b = append(b, rawRequest(ask(s))...)
		}
		if x.mode {
			b = append(b, mode...)
		}
		asked := sent(t, x.flags, b)
		b = nil
		for s := range strings.SplitSeq(x.replies, ", ") {
			if s != "" {
				b = append(b, rawReply(answer(s))...)
			}
		}
		reply := received(t, x.code, b)
		var got []string
		for o := range p.Outcomes(asked, reply, reply.Extensions) {
			s := o.Result.String()
			if o.Answered() {
				s += " " + o.Match.String()
			}
			if o.Accepted() {
				s += " " + o.Prefix.String() + " " + o.Tunnel.String()
			} else if o.Prefix.IsValid() || o.Tunnel != dsmip.TunnelUnspecified {
				t.Errorf("%s, %v: %v has %v, %v", x.name, p, o.Result, o.Prefix, o.Tunnel)
			}
			switch o.Err {
			case nil:
			case dsmip.ErrOtherLength:
				s += " other length"
			case dsmip.ErrNothingAssigned:
				s += " nothing assigned"
			case dsmip.ErrTunnelUnasked:
				s += " unasked"
			default:
				s += " " + o.Err.Error()
			}
			got = append(got, s)
		}
		if g := strings.Join(got, ", "); g != x.want {
			t.Errorf("%s, %v:\n got %s\nwant %s", x.name, p, g, x.want)
		}
	}
}

// TestPrefixReplyAnswers is the definition of matching, by hand from draft-06 §4.3,
// §4.5, §4.6.1 and RFC 5454 §3.3, §3.5.
func TestPrefixReplyAnswers(t *testing.T) {
	tests := []struct {
		name, asked, reply string
		draft, rfc         dsmip.Match
	}{
		{"the same", "2001:db8:1::/48", "0 2001:db8:1::/48", dsmip.MatchPrefix, dsmip.MatchPrefix},
		{"whatever the Code", "2001:db8:1::/48", "9 2001:db8:1::/48", dsmip.MatchPrefix, dsmip.MatchPrefix},
		{"host bits", "2001:db8:1::5/48", "0 2001:db8:1::6/48", dsmip.MatchPrefix, dsmip.MatchPrefix},
		{"another", "2001:db8:1::/48", "0 2001:db8:2::/48", dsmip.NoMatch, dsmip.NoMatch},
		{"the field, shorter", "2001:db8:1::/64", "0 2001:db8:1::/48", dsmip.MatchField, dsmip.MatchField},
		{"the field, longer", "2001:db8:1::/48", "8 2001:db8:1::/128", dsmip.MatchField, dsmip.MatchField},
		{"the field no more", "2001:db8:1:2::/64", "0 2001:db8:1:2::/48", dsmip.NoMatch, dsmip.NoMatch},
		{"an address", "2001:db8::1/128", "1 2001:db8::1/128", dsmip.MatchPrefix, dsmip.MatchPrefix},
		{"another address", "2001:db8::1/128", "1 2001:db8::2/128", dsmip.NoMatch, dsmip.NoMatch},
		{"assigned", "::/0", "0 2001:db8:1::/48", dsmip.MatchAssigned, dsmip.NoMatch},
		{"assigned, not as hinted", "::/64", "0 2001:db8:1::/48", dsmip.MatchAssigned, dsmip.NoMatch},
		{"assigned an address", "::/64", "0 2001:db8::1/128", dsmip.MatchAssigned, dsmip.NoMatch},
		{"a rejection assigns nothing", "::/64", "8 2001:db8:1::/48", dsmip.NoMatch, dsmip.NoMatch},
		{"a zero prefix rejected", "::/64", "8 ::/64", dsmip.MatchPrefix, dsmip.MatchPrefix},
		{"a zero prefix rejected, no hint", "::/64", "8 ::/0", dsmip.MatchField, dsmip.MatchField},
		{"an identifier is no prefix", "::/128", "0 ::5/128", dsmip.NoMatch, dsmip.NoMatch},
		{"PREFIX::identifier", "::2ff:fe00:1/128", "0 2001:db8::2ff:fe00:1/128", dsmip.MatchAssigned, dsmip.NoMatch},
		{"PREFIX::", "::2ff:fe00:1/128", "0 2001:db8::/64", dsmip.MatchAssigned, dsmip.NoMatch},
		{"PREFIX:: of 96 bits", "::2ff:fe00:1/128", "0 2001:db8::/96", dsmip.MatchAssigned, dsmip.NoMatch},
		{"PREFIX::other", "::2ff:fe00:1/128", "0 2001:db8::2ff:fe00:2/128", dsmip.NoMatch, dsmip.NoMatch},
		{"PREFIX::identifier rejected", "::2ff:fe00:1/128", "8 2001:db8::2ff:fe00:1/128", dsmip.NoMatch, dsmip.NoMatch},
		{"the identifier rejected", "::2ff:fe00:1/128", "8 ::2ff:fe00:1/128", dsmip.MatchPrefix, dsmip.MatchPrefix},
		{"an identifier needs 128", "::2ff:fe00:1/127", "0 2001:db8::/64", dsmip.NoMatch, dsmip.NoMatch},
		{"link-local", "fe80::c000:20a/255", "0 fe80::c000:20a/255", dsmip.NoMatch, dsmip.MatchPrefix},
		{"another link-local", "fe80::c000:20a/255", "0 fe80::c000:20b/255", dsmip.NoMatch, dsmip.NoMatch},
		{"link-local as an address", "fe80::c000:20a/255", "0 fe80::c000:20a/128", dsmip.NoMatch, dsmip.MatchField},
		{"link-local rejected", "fe80::c000:20a/255", "8 fe80::c000:20a/255", dsmip.MatchPrefix, dsmip.MatchPrefix},
		{"another link-local rejected", "fe80::c000:20a/255", "8 fe80::c000:20b/255", dsmip.NoMatch, dsmip.NoMatch},
		{"not link-local", "2001:db8::1/255", "0 2001:db8::1/255", dsmip.NoMatch, dsmip.NoMatch},
		{"not link-local, rejected", "2001:db8::1/255", "8 2001:db8::1/255", dsmip.MatchPrefix, dsmip.MatchPrefix},
		{"no length, rejected", "2001:db8::1/200", "8 2001:db8::1/200", dsmip.NoMatch, dsmip.NoMatch},
		{"no length", "2001:db8::1/200", "0 2001:db8::1/200", dsmip.NoMatch, dsmip.NoMatch},
		{"no length in the reply", "2001:db8::1/128", "0 2001:db8::1/129", dsmip.NoMatch, dsmip.NoMatch},
		{"no length in the request, rejected", "2001:db8::1/200", "8 ::/0", dsmip.NoMatch, dsmip.NoMatch},
		{"no length in the reply, rejected", "::/0", "8 2001:db8::1/200", dsmip.NoMatch, dsmip.NoMatch},
		{"not IPv6", "192.0.2.0/24", "0 192.0.2.0/24", dsmip.NoMatch, dsmip.NoMatch},
	}
	for _, tt := range tests {
		q, r := ask(tt.asked), answer(tt.reply)
		if draft, rfc := r.Answers(q, dsmip.Draft06), r.Answers(q, dsmip.RFC5454); draft != tt.draft || rfc != tt.rfc {
			t.Errorf("%s: %v under the draft, %v under RFC 5454, want %v, %v", tt.name, draft, rfc, tt.draft, tt.rfc)
		}
		if m := r.Answers(q, 0); m != dsmip.NoMatch {
			t.Errorf("%s: %v without a profile", tt.name, m)
		}
	}
	if m := (dsmip.PrefixReply{}).Answers(dsmip.PrefixRequest{}, dsmip.Draft06); m != dsmip.NoMatch {
		t.Error(m)
	}
}

// TestOutcomes is what the statements leave out: what several requests and replies do
// to each other, and faulty replies.
func TestOutcomes(t *testing.T) {
	tests := []exchange{
		{name: "nothing asked", flags: coLocated, replies: "0 2001:db8::/48", want: ""},
		{name: "swapped", flags: coLocated, asked: "2001:db8:1::/48 2001:db8:2::/48", replies: "9 2001:db8:2::/48, 0 2001:db8:1::/48",
			want: "registered prefix 2001:db8:1::/48 home address, rejected prefix"},
		{name: "nested", flags: coLocated, asked: "2001:db8::/32 2001:db8::/48", replies: "0 2001:db8::/48",
			want: "unanswered, registered prefix 2001:db8::/48 home address"},
		{name: "by the field, in order", flags: coLocated, asked: "2001:db8::/32 2001:db8::/48", replies: "0 2001:db8::/56, 8 2001:db8::/64",
			want: "registered prefix field 2001:db8::/56 home address other length, rejected prefix field other length"},
		{name: "by the field, after the prefix", flags: coLocated, asked: "2001:db8::/32 2001:db8::/48", replies: "0 2001:db8::/56, 8 2001:db8::/32",
			want: "rejected prefix, registered prefix field 2001:db8::/56 home address other length"},
		{name: "by the field, each once", flags: coLocated, asked: "2001:db8::/32 2001:db8::/48 2001:db8::/50", replies: "0 2001:db8::/56, 8 2001:db8::/57, 0 2001:db8::/58, 0 2001:db8::/59",
			want: "registered prefix field 2001:db8::/56 home address other length, rejected prefix field other length, registered prefix field 2001:db8::/58 home address other length"},
		{name: "a prefix answered twice", flags: coLocated, asked: "2001:db8::/48", replies: "9 2001:db8::/48, 0 2001:db8::/48", want: "rejected prefix"},
		{name: "a prefix asked for twice", flags: coLocated, asked: "2001:db8::/48 2001:db8::/48", replies: "0 2001:db8::/48",
			want: "registered prefix 2001:db8::/48 home address, registered prefix 2001:db8::/48 home address"},
		{name: "nobody asked", flags: coLocated, asked: "2001:db8::/48", replies: "0 2001:db8:1::/48", want: "unanswered"},
		{name: "an unknown Code that accepts", flags: coLocated, asked: "2001:db8::/48", replies: "7 2001:db8::/48",
			want: "registered prefix 2001:db8::/48 unspecified"},
		{name: "an unknown Code that rejects", flags: coLocated, asked: "2001:db8::/48", replies: "12 2001:db8::/48", want: "rejected prefix"},
		{name: "two zero prefixes", spoken: dsmip.Draft06, flags: coLocated, asked: "::/64 ::/64", replies: "0 2001:db8:1::/64, 0 2001:db8:2::/64",
			want: "registered assigned 2001:db8:1::/64 home address, registered assigned 2001:db8:2::/64 home address"},
		{name: "two zero prefixes, one assigned", spoken: dsmip.Draft06, flags: coLocated, asked: "::/64 ::/64", replies: "0 2001:db8:1::/64",
			want: "registered assigned 2001:db8:1::/64 home address, unanswered"},
		{name: "two zero prefixes, one rejected", spoken: dsmip.Draft06, flags: coLocated, asked: "::/64 ::/64", replies: "8 ::/64, 0 2001:db8:1::/64",
			want: "rejected prefix, registered assigned 2001:db8:1::/64 home address"},
		{name: "two zero prefixes, both rejected", spoken: dsmip.Draft06, flags: coLocated, asked: "::/64 ::/64", replies: "8 ::/64, 9 ::/64",
			want: "rejected prefix, rejected prefix"},
		{name: "two zero prefixes rejected, beside one with another hint", spoken: dsmip.Draft06, flags: coLocated, asked: "::/48 ::/64 ::/64", replies: "8 ::/64, 9 ::/64",
			want: "unanswered, rejected prefix, rejected prefix"},
		{name: "two identifiers, both rejected", spoken: dsmip.Draft06, flags: coLocated, asked: "::5/128 ::5/128", replies: "8 ::5/128, 9 ::5/128",
			want: "rejected prefix, rejected prefix"},
		{name: "a zero prefix rejected twice", flags: coLocated, asked: "::/64", replies: "8 ::/64, 9 ::/64", want: "rejected prefix"},
		{name: "a link-local address rejected", flags: coLocated, asked: "fe80::c000:20a/255", replies: "8 fe80::c000:20a/255", want: "rejected prefix"},
		{name: "a link-local address accepted", spoken: dsmip.Draft06, flags: coLocated, asked: "fe80::c000:20a/255", replies: "0 fe80::c000:20a/255", want: "unanswered"},
		{name: "one assignment twice", spoken: dsmip.Draft06, flags: coLocated, asked: "::/64 ::/64", replies: "0 2001:db8:1::/64, 0 2001:db8:1::/64",
			want: "registered assigned 2001:db8:1::/64 home address, unanswered"},
		{name: "by the hint", spoken: dsmip.Draft06, flags: coLocated, asked: "::/48 ::/64", replies: "0 2001:db8:1::/64, 0 2001:db8:2::/48",
			want: "registered assigned 2001:db8:2::/48 home address, registered assigned 2001:db8:1::/64 home address"},
		{name: "beside the hint, in order", spoken: dsmip.Draft06, flags: coLocated, asked: "::/48 ::/0 ::/64", replies: "0 2001:db8:1::/56, 0 2001:db8:2::/60, 0 2001:db8:3::/64",
			want: "registered assigned 2001:db8:1::/56 home address, registered assigned 2001:db8:2::/60 home address, registered assigned 2001:db8:3::/64 home address"},
		{name: "by the identifier", spoken: dsmip.Draft06, flags: coLocated, asked: "::1/128 ::2/128 ::/0", replies: "0 2001:db8:3::/64, 0 2001:db8::2/128, 0 2001:db8::1/128",
			want: "registered assigned 2001:db8::1/128 home address, registered assigned 2001:db8::2/128 home address, registered assigned 2001:db8:3::/64 home address"},
		{name: "an address for a zero prefix first", spoken: dsmip.Draft06, flags: coLocated, asked: "::/0 ::1/128", replies: "0 2001:db8:3::/64, 0 2001:db8::2/128",
			want: "registered assigned 2001:db8::2/128 home address, registered assigned 2001:db8:3::/64 home address"},
		{name: "an address although a prefix was hinted at", spoken: dsmip.Draft06, flags: coLocated, asked: "::/64 ::1/128", replies: "0 2001:db8:3::/64, 0 2001:db8::2/128",
			want: "registered assigned 2001:db8::2/128 home address, registered assigned 2001:db8:3::/64 home address"},
		{name: "the static one first", spoken: dsmip.Draft06, flags: coLocated, asked: "::/48 2001:db8:1::/48", replies: "0 2001:db8:1::/48",
			want: "unanswered, registered prefix 2001:db8:1::/48 home address"},
		{name: "the field before an assignment", spoken: dsmip.Draft06, flags: coLocated, asked: "::/56 2001:db8:1::/48", replies: "0 2001:db8:1::/56",
			want: "unanswered, registered prefix field 2001:db8:1::/56 home address other length"},
		{name: "nothing assigned", flags: coLocated, asked: "::/64", replies: "0 ::/64", want: "rejected prefix nothing assigned"},
		{name: "an identifier accepted as it is", spoken: dsmip.Draft06, flags: coLocated, asked: "::5/128", replies: "0 ::5/128", want: "rejected prefix nothing assigned"},
		{name: "an address with 64 zero bits", spoken: dsmip.RFC5454, flags: coLocated, asked: "::5/128", replies: "0 ::5/128", want: "registered prefix ::5/128 home address"},
		{name: "no assignments", spoken: dsmip.RFC5454, flags: coLocated, asked: "::/64 ::5/128", replies: "0 2001:db8::/64, 0 2001:db8::5/128", want: "unanswered, unanswered"},
		{name: "one answer for another tunnel", flags: coLocated, mode: true, asked: "2001:db8:1::/48 2001:db8:2::/48", replies: "0 2001:db8:1::/48, 1 2001:db8:2::/48",
			want: "registered prefix 2001:db8:1::/48 home address, registered prefix 2001:db8:2::/48 care-of address"},
		{name: "denied, and accepted by a prefix reply", flags: coLocated, asked: "2001:db8:1::/48 2001:db8:2::/48", code: 129, replies: "0 2001:db8:1::/48",
			want: "denied prefix, denied"},
		{name: "as many as 8", flags: coLocated, asked: "2001:db8:1::/48 2001:db8:2::/48 2001:db8:3::/48 2001:db8:4::/48 2001:db8:5::/48 2001:db8:6::/48 2001:db8:7::/48 2001:db8:8::/48",
			replies: "8 2001:db8:8::/48, 8 2001:db8:7::/48, 0 2001:db8:6::/48, 8 2001:db8:5::/48, 8 2001:db8:4::/48, 8 2001:db8:3::/48, 8 2001:db8:2::/48, 8 2001:db8:1::/48",
			want:    "rejected prefix, rejected prefix, rejected prefix, rejected prefix, rejected prefix, registered prefix 2001:db8:6::/48 home address, rejected prefix, rejected prefix"},
	}
	for _, tt := range tests {
		tt.run(t)
	}
}

// TestOutcomesWithout: what is not there, or not readable, registers nothing.
func TestOutcomesWithout(t *testing.T) {
	asked := sent(t, coLocated, rawRequest(ask("2001:db8::/48")))
	good := received(t, 0, rawReply(answer("0 2001:db8::/48")))
	results := func(p dsmip.Profile, q *mipv4.Request, r *mipv4.Reply, l ext.List) string {
		s := ""
		for o := range p.Outcomes(q, r, l) {
			s += o.Result.String() + " "
			if (o.Err == dsmip.ErrProfile) != (p == 0) {
				t.Errorf("%v: %v", p, o.Err)
			}
		}
		return strings.TrimSpace(s)
	}
	none := received(t, 0, nil)
	short := received(t, 0, []byte{152, 3, 2, 0, 48})
	unknown := received(t, 0, rawReply(answer("0 2001:db8::/200")))
	ended := *good
	ended.Lifetime = 0
	ending := *asked
	ending.Lifetime = mipv4.Deregister
	tests := []struct {
		name string
		p    dsmip.Profile
		q    *mipv4.Request
		r    *mipv4.Reply
		l    ext.List
		want string
	}{
		{"all", dsmip.RFC5454, asked, good, good.Extensions, "registered"},
		{"no profile", 0, asked, good, good.Extensions, "unanswered"},
		{"no request", dsmip.RFC5454, nil, good, good.Extensions, ""},
		{"no reply", dsmip.RFC5454, asked, nil, good.Extensions, "unanswered"},
		{"nothing protected", dsmip.RFC5454, asked, good, ext.List{}, "unsupported"},
		{"no prefix reply", dsmip.RFC5454, asked, none, none.Extensions, "unsupported"},
		{"a cut prefix reply", dsmip.RFC5454, asked, short, short.Extensions, "unanswered"},
		{"a prefix reply with no length", dsmip.RFC5454, asked, unknown, unknown.Extensions, "unanswered"},
		{"lifetime 0 granted", dsmip.RFC5454, asked, &ended, good.Extensions, "deregistered"},
		{"lifetime 0 asked for", dsmip.RFC5454, &ending, good, good.Extensions, "deregistered"},
		{"an unreadable request", dsmip.RFC5454, sent(t, coLocated, append([]byte{152, 2, 1, 48}, rawRequest(ask("2001:db8::/200"))...)), good, good.Extensions, ""},
	}
	for _, tt := range tests {
		if got := results(tt.p, tt.q, tt.r, tt.l); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	for range dsmip.RFC5454.Matches(nil, ext.List{}) {
		t.Error("a match of nothing")
	}
	for m := range dsmip.Profile(0).Matches(asked, good.Extensions) {
		if m.Match != dsmip.NoMatch || m.Err != dsmip.ErrProfile {
			t.Errorf("%+v", m)
		}
	}
	for m := range dsmip.RFC5454.Matches(nil, good.Extensions) {
		if m.Match != dsmip.NoMatch || m.Err != nil || m.Repeated || m.Offset != 20 {
			t.Errorf("%+v", m)
		}
	}
}

// namedBefore reports whether an earlier reply has the prefix of reply j.
func namedBefore(replies []dsmip.PrefixReply, j int) bool {
	named := func(r dsmip.PrefixReply) dsmip.PrefixRequest {
		return dsmip.PrefixRequest{PrefixLength: r.PrefixLength, Prefix: r.Prefix}
	}
	return slices.ContainsFunc(replies[:j], func(r dsmip.PrefixReply) bool { return named(r).Same(named(replies[j])) })
}

// slowly pairs as the doc comment of Outcomes says, everything with everything.
func slowly(p dsmip.Profile, asked []dsmip.PrefixRequest, replies []dsmip.PrefixReply) []int {
	answers := make([]int, len(asked)) // 1 + number of the reply
	used := make([]bool, len(replies))
	repeated := make([]int, len(asked)) // 1 + number of the request
	dynamic := func(q dsmip.PrefixRequest) bool {
		w := q.Wants()
		return p == dsmip.Draft06 && (w == dsmip.WantAnyPrefix || w == dsmip.WantInterfaceIdentifier)
	}
	for i, q := range asked {
		for k := range i {
			if q.Same(asked[k]) && !dynamic(q) && repeated[i] == 0 {
				repeated[i] = k + 1
			}
		}
	}
	for j, r := range replies {
		used[j] = namedBefore(replies, j) && !dynamic(dsmip.PrefixRequest{PrefixLength: r.PrefixLength, Prefix: r.Prefix})
	}
	pass := func(suits func(dsmip.PrefixRequest, dsmip.PrefixReply) bool) {
		for j, r := range replies {
			for i, q := range asked {
				if !used[j] && answers[i] == 0 && repeated[i] == 0 && suits(q, r) {
					answers[i], used[j] = j+1, true
				}
			}
		}
	}
	is := func(m dsmip.Match) func(dsmip.PrefixRequest, dsmip.PrefixReply) bool {
		return func(q dsmip.PrefixRequest, r dsmip.PrefixReply) bool { return r.Answers(q, p) == m }
	}
	assigned := is(dsmip.MatchAssigned)
	zero := func(q dsmip.PrefixRequest) bool { return q.Wants() == dsmip.WantAnyPrefix }
	pass(is(dsmip.MatchPrefix))
	pass(is(dsmip.MatchField))
	pass(func(q dsmip.PrefixRequest, r dsmip.PrefixReply) bool {
		return assigned(q, r) && !zero(q) && r.PrefixLength == 128
	})
	spare := 0
	for i, q := range asked {
		if answers[i] == 0 && zero(q) {
			spare++
		}
	}
	for j, r := range replies {
		if !used[j] && r.PrefixLength == 128 && assigned(dsmip.RequestAnyPrefix(0), r) {
			spare--
		}
	}
	pass(func(q dsmip.PrefixRequest, r dsmip.PrefixReply) bool {
		ok := assigned(q, r) && zero(q) && q.PrefixLength == r.PrefixLength
		if ok && r.PrefixLength < 128 {
			ok = spare > 0
			spare--
		}
		return ok
	})
	pass(func(q dsmip.PrefixRequest, r dsmip.PrefixReply) bool {
		return assigned(q, r) && zero(q) && r.PrefixLength == 128
	})
	pass(assigned)
	for i := range asked {
		if repeated[i] != 0 {
			answers[i] = answers[repeated[i]-1]
		}
	}
	return answers
}

// TestMatching compares the pairs with those of the slow way, in messages small and
// large, and what is seen from the requests with what is seen from the replies.
func TestMatching(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	lengths := []uint8{0, 48, 56, 64, 64, 64, 96, 127, 128, 128, 128, 255}
	prefix := func() (netip.Addr, uint8) {
		var a [16]byte
		switch random.IntN(5) {
		case 0: // zero
		case 1: // an identifier
			a[15] = byte(random.IntN(3))
		case 2: // a link-local address
			a[0], a[1], a[15] = 0xfe, 0x80, byte(random.IntN(3))
		default:
			a[0], a[1], a[5], a[15] = 0x20, 0x01, byte(random.IntN(6)), byte(random.IntN(3))
		}
		return netip.AddrFrom16(a), lengths[random.IntN(len(lengths))]
	}
	for n := range 6000 {
		size := 8
		if n%3 == 0 {
			size = 40
		}
		var asked []dsmip.PrefixRequest
		var replies []dsmip.PrefixReply
		var q, r []byte
		for range random.IntN(size + 1) {
			a, length := prefix()
			asked = append(asked, dsmip.PrefixRequest{PrefixLength: length, Prefix: a})
			q = append(q, rawRequest(asked[len(asked)-1])...)
		}
		for range random.IntN(size + 1) {
			a, length := prefix()
			replies = append(replies, dsmip.PrefixReply{Code: code.IPv6Prefix(random.IntN(2) * 8), PrefixLength: length, Prefix: a})
			r = append(r, rawReply(replies[len(replies)-1])...)
		}
		request, reply := sent(t, coLocated, q), received(t, 0, r)
		for _, p := range profiles {
			want := slowly(p, asked, replies)
			i := 0
			owner := map[int]int{}
			for o := range p.Outcomes(request, reply, reply.Extensions) {
				if o.Asked != asked[i] {
					t.Fatalf("%d: %v, want %v", i, o.Asked, asked[i])
				}
				if want[i] == 0 {
					if o.Answered() || o.Accepted() {
						t.Fatalf("%v: %v in\n%v\n%v", p, o, asked, replies)
					}
				} else if answer := replies[want[i]-1]; o.Reply != answer || o.Match != answer.Answers(o.Asked, p) || o.Match == dsmip.NoMatch {
					t.Fatalf("%v: %v: %v, want %v in\n%v\n%v", p, o, o.Reply, answer, asked, replies)
				} else if _, ok := owner[want[i]-1]; !ok {
					owner[want[i]-1] = i
				}
				i++
			}
			if i != len(asked) {
				t.Fatalf("%d outcomes of %d", i, len(asked))
			}
			j := 0
			for m := range p.Matches(request, reply.Extensions) {
				i, ok := owner[j]
				if m.Reply != replies[j] || m.Offset != 20+22*j || ok != (m.Match != dsmip.NoMatch) || ok && m.Asked != asked[i] || m.Repeated != (!ok && namedBefore(replies, j)) {
					t.Fatalf("%v: %+v, want %v in\n%v\n%v", p, m, ok, asked, replies)
				}
				j++
			}
			if j != len(replies) {
				t.Fatalf("%d matches of %d", j, len(replies))
			}
		}
	}
}

// TestOutcomesStop: a loop that ends early ends the iteration.
func TestOutcomesStop(t *testing.T) {
	for _, n := range []int{3, 30} {
		request, reply := hostile(t, n, n)
		k := 0
		for range dsmip.Draft06.Outcomes(request, reply, reply.Extensions) {
			k++
			break
		}
		for range dsmip.Draft06.Matches(request, reply.Extensions) {
			k++
			break
		}
		for range dsmip.Draft06.Requests(request.Extensions) {
			k++
			break
		}
		if k != 3 {
			t.Error(k)
		}
	}
}

// hostile is an exchange that would be slow if anything were compared with everything:
// fields with many lengths, zero prefixes, identifiers, repetitions, and answers in the
// opposite order.
func hostile(t testing.TB, requests, replies int) (*mipv4.Request, *mipv4.Reply) {
	var q, r []byte
	for i := range requests {
		switch i % 5 {
		case 0:
			q = append(q, rawRequest(ask(fmt.Sprintf("2001:db8:%x::/%d", i/300, 48+i%80)))...)
		case 1:
			q = append(q, rawRequest(ask(fmt.Sprintf("::/%d", i%129)))...)
		case 2:
			q = append(q, rawRequest(ask(fmt.Sprintf("::%x/128", i%700+1)))...)
		case 3:
			q = append(q, rawRequest(ask("2001:db8::/64"))...)
		case 4:
			q = append(q, rawRequest(ask(fmt.Sprintf("2001:db8:ffff:%x::/64", i)))...)
		}
	}
	for i := replies - 1; i >= 0; i-- {
		switch i % 4 {
		case 0:
			r = append(r, rawReply(answer(fmt.Sprintf("0 2001:db8:%x::/%d", i/300, 49+i%79)))...)
		case 1:
			r = append(r, rawReply(answer(fmt.Sprintf("0 2001:db8:eeee:%x::/%d", i, 64+i%65)))...)
		case 2:
			r = append(r, rawReply(answer(fmt.Sprintf("0 2001:db8:dddd:%x::%x/128", i/700, i%700+1)))...)
		case 3:
			r = append(r, rawReply(answer(fmt.Sprintf("0 2001:db8:ffff:%x::/64", i)))...)
		}
	}
	return sent(t, coLocated, q), received(t, 0, r)
}

// TestOutcomesLinear: ten times as many prefixes take no more than about ten times as
// long. Quadratic work would take a hundred times.
func TestOutcomesLinear(t *testing.T) {
	if testing.Short() && raceEnabled {
		t.Skip("times under the race detector mean nothing")
	}
	cost := func(n int) time.Duration {
		request, reply := hostile(t, n, n*29/30)
		before, after := make([]netip.Prefix, n), make([]netip.Prefix, n)
		for i := range n {
			before[i] = netip.PrefixFrom(netip.AddrFrom16([16]byte{0x20, 1, 2: byte(i >> 8), 3: byte(i)}), 64)
			after[n-1-i] = netip.PrefixFrom(netip.AddrFrom16([16]byte{0x20, 1, 2: byte(i >> 8), 3: byte(i), 4: 1}), 64)
		}
		least := time.Hour
		for range 7 {
			start := time.Now()
			for range 3000 / n {
				k := 0
				for range dsmip.Draft06.Outcomes(request, reply, reply.Extensions) {
					k++
				}
				for range dsmip.Draft06.Matches(request, reply.Extensions) {
					k++
				}
				for range dsmip.Draft06.Requests(request.Extensions) {
					k++
				}
				for range dsmip.Dropped(before, after) {
					k++
				}
				if k < 3*n {
					t.Fatal(k)
				}
			}
			least = min(least, time.Since(start))
		}
		return least
	}
	small, large := cost(300), cost(3000)
	t.Log(small, large)
	if large > 4*small {
		t.Errorf("3,000 prefixes at once take %v, 300 ten times %v", large, small)
	}
}

// A prefix that is requested twice is one: of two replies that name it, in the place of
// both, the second repeats the first.
func TestMatchesRepeatedInPlace(t *testing.T) {
	request := sent(t, coLocated, slices.Concat(rawRequest(ask("2001:db8::/48")), rawRequest(ask("2001:db8::/48"))))
	reply := received(t, 0, slices.Concat(rawReply(answer("0 2001:db8::/48")), rawReply(answer("8 2001:db8::/48"))))
	for _, p := range profiles {
		var matches []dsmip.Match
		var repeated []bool
		for v := range p.Matches(request, reply.Extensions) {
			matches, repeated = append(matches, v.Match), append(repeated, v.Repeated)
		}
		if !slices.Equal(matches, []dsmip.Match{dsmip.MatchPrefix, dsmip.NoMatch}) || !slices.Equal(repeated, []bool{false, true}) {
			t.Errorf("%v: %v, %v", p, matches, repeated)
		}
		for o := range p.Outcomes(request, reply, reply.Extensions) {
			if !o.Accepted() {
				t.Errorf("%v: %v", p, o)
			}
		}
	}
}
