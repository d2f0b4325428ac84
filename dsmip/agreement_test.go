package dsmip_test

import (
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// registered is what one side believes: the prefixes, and how each travels.
type registered map[netip.Prefix]dsmip.Tunnel

func (r registered) list() []netip.Prefix {
	list := make([]netip.Prefix, 0, len(r))
	for p := range r {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b netip.Prefix) int { return strings.Compare(a.String(), b.String()) })
	return list
}

// policy is what a home agent of the test does where the texts leave it a choice.
type policy struct {
	random  *rand.Rand
	served  []netip.Prefix
	held    []netip.Prefix
	ignores bool // IPv6 Tunneling Mode (draft-06 §4.3.2, RFC 5454 §3.3.2)
	silent  int  // of ten rejections, those that are not sent
	shuffle bool // the order of the answers
	next    uint16
}

// answer registers what the request asks for, by the functions of the home agent's
// side, and returns the extensions of the reply.
func (h *policy) answer(t *testing.T, p dsmip.Profile, r *mipv4.Request, mobile, foreign ext.List) (registered, []byte) {
	has := registered{}
	var replies [][]byte
	reply := func(a dsmip.PrefixReply) {
		b, err := a.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		replies = append(replies, b)
	}
	accepting := p.AcceptingCode(r, mobile, foreign)
	if h.ignores {
		accepting = code.PrefixAcceptedHomeAddress
	}
	for q, again := range p.Requests(mobile) {
		c, ok := p.Judge(q, h.served, h.held)
		var a dsmip.PrefixReply
		switch w := q.Wants(); {
		case !ok:
			a = q.Answer(c)
		case p == dsmip.Draft06 && (w == dsmip.WantAnyPrefix || w == dsmip.WantInterfaceIdentifier):
			a = h.assign(t, p, q, accepting)
		case h.random.IntN(6) == 0:
			a = q.Answer(code.PrefixAdministrativelyProhibited)
		default:
			a = q.Answer(accepting)
		}
		prefix, _ := a.NetPrefix()
		if p.NeedsDAD(prefix, false) && a.Code.Accepted() && h.random.IntN(5) == 0 {
			if p != dsmip.Draft06 {
				t.Fatalf("Duplicate Address Detection of %v under %v", prefix, p)
			}
			a = q.Answer(code.PrefixDuplicateAddress)
		}
		if a.Code.Accepted() {
			has[prefix] = p.Tunnel(r, q, a.Code)
		} else if again || h.random.IntN(10) < h.silent {
			continue
		}
		reply(a)
	}
	if h.shuffle {
		h.random.Shuffle(len(replies), func(i, j int) { replies[i], replies[j] = replies[j], replies[i] })
	}
	return has, slices.Concat(replies...)
}

// assign gives out what nobody has, in any of the forms of draft-06 §4.6.1.
func (h *policy) assign(t *testing.T, p dsmip.Profile, q dsmip.PrefixRequest, c code.IPv6Prefix) dsmip.PrefixReply {
	h.next++
	pool := netip.PrefixFrom(netip.AddrFrom16([16]byte{0x20, 1, 0x0d, 0xb8, 0xff, 0, byte(h.next >> 8), byte(h.next)}), 64)
	prefix := pool
	if address, ok := q.Under(pool); ok && h.random.IntN(2) == 0 {
		prefix = address
	} else if !ok && h.random.IntN(4) == 0 {
		prefix = netip.PrefixFrom(pool.Addr(), 128-h.random.IntN(65))
	} else if !ok && h.random.IntN(3) != 0 && q.PrefixLength >= 64 {
		prefix = netip.PrefixFrom(pool.Addr(), int(q.PrefixLength))
	}
	if _, ok := p.Judge(dsmip.RequestPrefix(prefix), h.served, h.held); !ok || h.random.IntN(6) == 0 {
		return q.Answer(code.PrefixReasonUnspecified)
	}
	a, err := q.Assign(c, prefix)
	if err != nil {
		t.Fatal(q, prefix, err)
	}
	return a
}

// TestAgreement: a home agent and a mobile node, each by the functions of its own side,
// agree on every prefix, on its tunnel, and on what each re-registration drops, whatever
// the home agent's choices are, in which order it answers, and whether its rejections are
// sent.
func TestAgreement(t *testing.T) {
	home, err := ext.NewSecurityContext(256, ext.HMACMD5, []byte("sixteen byte key"))
	if err != nil {
		t.Fatal(err)
	}
	between, err := ext.NewSecurityContext(512, ext.HMACMD5, []byte("foreign home key"))
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(5, 6))
	// wish is a prefix that a mobile node may want.
	wish := func(p dsmip.Profile) dsmip.PrefixRequest {
		static := netip.AddrFrom16([16]byte{0x20, 1, 0x0d, 0xb8, byte(random.IntN(8)), 0, 0, byte(random.IntN(2)), 15: byte(random.IntN(2))})
		switch n := random.IntN(8); {
		case n == 0:
			return dsmip.RequestAnyPrefix([]uint8{0, 48, 64, 64, 128}[random.IntN(5)])
		case n == 1:
			return dsmip.RequestInterfaceIdentifier([8]byte{7: byte(1 + random.IntN(3))})
		case n == 2 && p == dsmip.RFC5454:
			return dsmip.RequestLinkLocal(netip.AddrFrom16([16]byte{0xfe, 0x80, 15: byte(random.IntN(3))}))
		case n == 3:
			return dsmip.RequestPrefix(netip.PrefixFrom(static, 128))
		}
		return dsmip.RequestPrefix(netip.PrefixFrom(static, []int{40, 48, 64}[random.IntN(3)]))
	}
	accepted, dropped := 0, 0
	for n := range 3000 {
		p := profiles[n%2]
		h := &policy{random: random, served: prefixes("2001:db8::/32"), ignores: random.IntN(4) == 0, silent: random.IntN(11), shuffle: random.IntN(2) == 0}
		if random.IntN(2) == 0 {
			h.held = prefixes("2001:db8:300::/40 2001:db8:500::1/128")
		}
		var agents, nodes registered
		var replay mipv4.Timestamps
		var identification mipv4.MobileTimestamps
		now := time.Date(2026, 1, 1, 0, 0, n, 0, time.UTC)
		for range 1 + random.IntN(3) {
			// The mobile node asks, in a message of any size.
			now = now.Add(time.Minute)
			request := mipv4.Request{Lifetime: 1800, HomeAddress: addr4(10), HomeAgent: addr4(1), CareOfAddress: addr4(7), Identification: identification.Next(now, random.Uint32())}
			if random.IntN(8) == 0 {
				request.Lifetime = mipv4.Deregister
			}
			if random.IntN(2) == 0 {
				request.Flags |= mipv4.FlagDecapsulation
			}
			b, err := request.AppendBinary(nil)
			size := 6
			if random.IntN(10) == 0 {
				size = 40
			}
			for range random.IntN(size) {
				if err == nil {
					b, err = wish(p).AppendBinary(b)
				}
			}
			if err == nil && request.Flags.Has(mipv4.FlagDecapsulation) && random.IntN(2) == 0 {
				b, err = dsmip.TunnelingMode{}.AppendBinary(b)
			}
			if err == nil {
				b, err = home.Sign(b, ext.KindMobileHomeAuth)
			}
			if err != nil {
				t.Fatal(err)
			}
			asked, err := mipv4.ParseRequest(b)
			if err != nil {
				t.Fatal(err)
			}
			// The foreign agent adds its Tunneling Mode, and signs.
			if !request.Flags.Has(mipv4.FlagDecapsulation) {
				if p == dsmip.Draft06 && random.IntN(2) == 0 {
					b, err = dsmip.TunnelingMode{}.AppendBinary(b)
				}
				if err == nil {
					b, err = between.Sign(b, ext.KindForeignHomeAuth)
				}
			}
			if err != nil {
				t.Fatal(err)
			}

			// The home agent answers, or denies.
			got, err := mipv4.ParseRequest(b)
			if err != nil {
				t.Fatal(err)
			}
			mobile, foreign := verified(t, got.Extensions, home, ext.KindMobileHomeAuth), ext.List{}
			if !got.Flags.Has(mipv4.FlagDecapsulation) {
				foreign = verified(t, got.Extensions, between, ext.KindForeignHomeAuth)
			}
			id, err := replay.Judge(got.Identification, now, 7*time.Second)
			if err == nil {
				err = replay.Commit(got.Identification)
			}
			if err != nil {
				t.Fatal(err)
			}
			before := agents
			reply := mipv4.Reply{Lifetime: got.Lifetime, HomeAddress: got.HomeAddress, HomeAgent: got.HomeAgent, Identification: id}
			now, extensions := h.answer(t, p, &got, mobile, foreign)
			switch {
			case random.IntN(8) == 0: // and says so in spite of all it has prepared
				reply.Code = code.HAAdministrativelyProhibited
			case got.Deletes(got.CareOfAddress, false):
				agents = nil
			default:
				agents = now
			}
			b, err = reply.AppendBinary(nil)
			b = append(b, extensions...)
			if err == nil {
				b, err = home.Sign(b, ext.KindMobileHomeAuth)
			}
			if err != nil {
				t.Fatal(err)
			}

			// The mobile node reads it.
			answer, err := mipv4.ParseReply(b)
			if err != nil {
				t.Fatal(err)
			}
			protected := verified(t, answer.Extensions, home, ext.KindMobileHomeAuth)
			if err := answer.Answers(&asked); err != nil {
				t.Fatal(err)
			}
			had := nodes
			if answer.Code.Accepted() {
				nodes = registered{}
			}
			count := 0
			for o := range p.Outcomes(&asked, &answer, protected) {
				if o.Err != nil {
					t.Fatalf("%d: %v: %v", n, o, o.Err)
				}
				if o.Accepted() {
					nodes[o.Prefix] = o.Tunnel
					count++
				}
			}
			accepted += len(nodes)
			if answer.Code.Accepted() && count < len(nodes) {
				t.Fatalf("%d outcomes registered, %d prefixes", count, len(nodes))
			}
			for m := range p.Matches(&asked, protected) {
				if m.Match == dsmip.NoMatch || m.Repeated || m.Err != nil {
					t.Fatalf("%d: a reply that answers nothing: %v", n, m)
				}
			}
			if len(agents) != len(nodes) {
				t.Fatalf("%d: %v\nhome agent %v\nmobile node %v", n, p, agents, nodes)
			}
			for prefix, tunnel := range agents {
				if nodes[prefix] != tunnel || tunnel == dsmip.TunnelUnspecified {
					t.Fatalf("%d: %v: %v, home agent %v, mobile node %v", n, p, prefix, tunnel, nodes[prefix])
				}
			}
			ended := slices.Collect(dsmip.Dropped(before.list(), agents.list()))
			if !slices.Equal(ended, slices.Collect(dsmip.Dropped(had.list(), nodes.list()))) {
				t.Fatalf("%d: %v ended for the home agent", n, ended)
			}
			for _, prefix := range ended {
				if _, ok := nodes[prefix]; ok {
					t.Fatalf("%d: %v ended and is there", n, prefix)
				}
			}
			dropped += len(ended)
		}
	}
	if accepted < 3000 || dropped < 1000 {
		t.Errorf("%d accepted, %d dropped: this shows little", accepted, dropped)
	}
}

func addr4(n byte) netip.Addr { return netip.AddrFrom4([4]byte{192, 0, 2, n}) }

// verified returns what the context verifies.
func verified(t *testing.T, l ext.List, c ext.SecurityContext, k ext.Kind) ext.List {
	t.Helper()
	a, err := l.Auth(k)
	if err == nil {
		l, err = c.Verify(a)
	}
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestExchangeAllocates: the decisions allocate nothing, in messages small and large.
func TestExchangeAllocates(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	n := 0
	for _, size := range []int{2, 8, 60, 2900} {
		request, reply := hostile(t, size, size)
		signed := request.Extensions
		before, after := served, held
		for range size {
			before = append(before, netip.MustParsePrefix("2001:db8:7::/48"))
			after = append(after, netip.MustParsePrefix("2001:db8:8::/48"))
		}
		f := func() {
			for _, p := range [...]dsmip.Profile{dsmip.Draft06, dsmip.RFC5454, 0} {
				for o := range p.Outcomes(request, reply, reply.Extensions) {
					if o.Accepted() {
						n++
					}
				}
				for m := range p.Matches(request, reply.Extensions) {
					if m.Repeated {
						n++
					}
				}
				c := p.AcceptingCode(request, signed, signed)
				for q, again := range p.Requests(signed) {
					v, ok := p.Judge(q, served, held)
					r, err := q.Assign(c, served[1])
					under, _ := q.Under(served[1])
					if again || ok || err == nil || v == q.Answer(c).Code || p.NeedsDAD(under, again) || r.Answers(q, p) != dsmip.NoMatch {
						n++
					}
					n += int(p.Tunnel(request, q, c))
				}
			}
			for range dsmip.Dropped(before, after) {
				n++
			}
		}
		least := 1e9
		calls := max(1, 1000/size)
		for range 5 {
			least = min(least, testing.AllocsPerRun(1, func() {
				for range calls {
					f()
				}
			}))
		}
		if least != 0 {
			t.Errorf("%d prefixes: %v allocations in %d calls", size, least, calls)
		}
	}
	if n == 0 {
		t.Error("nothing was done")
	}
}

// TestOutcomeWords: what is printed is short and in the words of the texts, and values
// compare.
func TestOutcomeWords(t *testing.T) {
	asked := sent(t, coLocated, slices.Concat(rawRequest(ask("2001:db8:1::/48")), rawRequest(ask("2001:db8:2::/48")), rawRequest(ask("2001:db8:3::/48"))))
	reply := received(t, 0, slices.Concat(rawReply(answer("0 2001:db8:1::/48")), rawReply(answer("9 2001:db8:2::/48")), rawReply(answer("9 2001:db8:2::/48"))))
	var got []string
	var last dsmip.Outcome
	for o := range dsmip.RFC5454.Outcomes(asked, reply, reply.Extensions) {
		got = append(got, o.String())
		if !o.Equal(o) || o.Equal(last) {
			t.Error(o)
		}
		last = o
	}
	for m := range dsmip.RFC5454.Matches(asked, reply.Extensions) {
		got = append(got, m.String())
		if !m.Equal(m) || m.Equal(dsmip.Matched{}) {
			t.Error(m)
		}
	}
	want := []string{
		"prefix 2001:db8:1::/48 registered as 2001:db8:1::/48, tunnel: home address",
		"prefix 2001:db8:2::/48 rejected, Code 9",
		"prefix 2001:db8:3::/48 unanswered",
		"2001:db8:1::/48 Code 0, match: prefix",
		"2001:db8:2::/48 Code 9, match: prefix",
		"2001:db8:2::/48 Code 9, match: none, repeated",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if s := (dsmip.Outcome{}).String() + "|" + (dsmip.Matched{}).String(); s != "any prefix unanswered|reply without prefix Code 0, match: none" {
		t.Error(s)
	}
	for v, want := range map[interface{ String() string }]string{
		dsmip.NoMatch: "none", dsmip.MatchAssigned: "assigned", dsmip.MatchField: "prefix field", dsmip.MatchPrefix: "prefix", dsmip.Match(9): "match 9",
		dsmip.Unanswered: "unanswered", dsmip.Registered: "registered", dsmip.Rejected: "rejected", dsmip.Denied: "denied",
		dsmip.Unsupported: "unsupported", dsmip.Deregistered: "deregistered", dsmip.Result(9): "result 9",
		dsmip.TunnelUnspecified: "unspecified", dsmip.TunnelHomeAddress: "home address", dsmip.TunnelCareOfAddress: "care-of address",
		dsmip.TunnelNative: "native", dsmip.Tunnel(9): "tunnel 9",
	} {
		if v.String() != want {
			t.Errorf("%v, want %v", v, want)
		}
	}
	for f, want := range map[*code.Fault]code.Breaks{
		dsmip.ErrOtherLength: code.Unclear, dsmip.ErrNothingAssigned: code.Unclear, dsmip.ErrTunnelUnasked: code.Must,
		dsmip.ErrNotAssignable: code.Caller, dsmip.ErrAssignment: code.Caller,
	} {
		if f.Breaks() != want {
			t.Errorf("%v: %v", f, f.Breaks())
		}
	}
}
