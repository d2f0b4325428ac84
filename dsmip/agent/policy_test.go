package agent_test

import (
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

func prefixes(s ...string) (p []netip.Prefix) {
	for _, x := range s {
		p = append(p, netip.MustParsePrefix(x))
	}
	return p
}

// granted returns what a mobile node hears of its requests, by real messages.
func grantedBy(t *testing.T, p dsmip.Profile, policy *agent.Policy, flags mipv4.Flags, asked ...agent.Part) []string {
	t.Helper()
	careOf, source := foreignAgent, foreignAgent
	if flags.Has(mipv4.FlagDecapsulation) {
		careOf, source = coLocated, coLocated
	}
	k := keys{mobileHome: allKeys.mobileHome}
	request := parsedRequest(t, append(append(parts(request(flags, careOf).AppendBinary), asked...), signMH)...)
	g, err := receiver(code.HomeAgent, p, k).Request(request.Extensions.Message(), from(source, homeAgent))
	if err != nil {
		t.Fatal(err)
	}
	b, err := g.Grant(nil, code.RegistrationAccepted, policy)
	if err != nil {
		t.Fatal(err)
	}
	r, err := receiver(code.MobileNode, p, k).Reply(b, &request, from(homeAgent, source))
	if source == foreignAgent {
		// Relayed as it is, without Foreign-Home.
		r, err = receiver(code.MobileNode, p, k).Reply(b, &request, from(foreignAgent, homeAddress))
	}
	if err != nil {
		t.Fatal(err)
	}
	var s []string
	var registered []netip.Prefix
	for o := range r.Outcomes() {
		s = append(s, o.String())
		if o.Accepted() && !slices.Contains(registered, o.Prefix) {
			registered = append(registered, o.Prefix)
		}
	}
	slices.SortFunc(registered, byText)
	bound := slices.Clone(policy.Granted)
	slices.SortFunc(bound, byText)
	if !slices.Equal(registered, bound) {
		t.Errorf("the home agent has bound %v, the mobile node %v: %v", bound, registered, s)
	}
	return s
}

func byText(a, b netip.Prefix) int { return strings.Compare(a.String(), b.String()) }

func TestGrant(t *testing.T) {
	unique := func(a netip.Addr) bool { return a != netip.MustParseAddr("2001:db8::bad") }
	mode := dsmip.TunnelingMode{}.AppendBinary
	anything := dsmip.RequestAnyPrefix(0).AppendBinary
	hinted := dsmip.RequestAnyPrefix(56).AppendBinary
	identifier := dsmip.RequestInterfaceIdentifier([8]byte{7: 5}).AppendBinary
	linkLocal := dsmip.RequestLinkLocal(netip.MustParseAddr("fe80::1")).AppendBinary
	for _, tt := range []struct {
		name    string
		profile dsmip.Profile
		policy  agent.Policy
		flags   mipv4.Flags
		asked   []agent.Part
		want    []string
	}{
		{"served", dsmip.Draft06, agent.Policy{Served: served}, mipv4.FlagDecapsulation, parts(prefix("2001:db8:1::/48"), mode),
			[]string{"prefix 2001:db8:1::/48 registered as 2001:db8:1::/48, tunnel: care-of address"}},
		{"served, RFC 5454", dsmip.RFC5454, agent.Policy{Served: served}, mipv4.FlagDecapsulation, parts(prefix("2001:db8:1::/48")),
			[]string{"prefix 2001:db8:1::/48 registered as 2001:db8:1::/48, tunnel: home address"}},
		{"through a foreign agent", dsmip.Draft06, agent.Policy{Served: served}, 0, parts(prefix("2001:db8:1::/48")),
			[]string{"prefix 2001:db8:1::/48 registered as 2001:db8:1::/48, tunnel: home address"}},
		{"not served", dsmip.Draft06, agent.Policy{}, mipv4.FlagDecapsulation, parts(prefix("2001:db8:1::/48")), []string{"prefix 2001:db8:1::/48 rejected, Code 10"}},
		{"another's", dsmip.Draft06, agent.Policy{Served: served, Held: prefixes("2001:db8:1:5::/64")}, mipv4.FlagDecapsulation, parts(prefix("2001:db8:1::/48")), []string{"prefix 2001:db8:1::/48 rejected, Code 9"}},
		{"an address, nobody knows whose", dsmip.Draft06, agent.Policy{Served: served}, mipv4.FlagDecapsulation, parts(prefix("2001:db8::1/128")), []string{"prefix 2001:db8::1/128 rejected, Code 11"}},
		{"an address, detected", dsmip.Draft06, agent.Policy{Served: served, Unique: unique}, mipv4.FlagDecapsulation, parts(prefix("2001:db8::1/128"), prefix("2001:db8::bad/128")),
			[]string{"prefix 2001:db8::1/128 registered as 2001:db8::1/128, tunnel: home address", "prefix 2001:db8::bad/128 rejected, Code 11"}},
		{"an address that is bound", dsmip.Draft06, agent.Policy{Served: served, Bound: prefixes("2001:db8::bad/128")}, mipv4.FlagDecapsulation, parts(prefix("2001:db8::bad/128")),
			[]string{"prefix 2001:db8::bad/128 registered as 2001:db8::bad/128, tunnel: home address"}},
		{"an address, RFC 5454", dsmip.RFC5454, agent.Policy{Served: served}, mipv4.FlagDecapsulation, parts(prefix("2001:db8::1/128")),
			[]string{"prefix 2001:db8::1/128 registered as 2001:db8::1/128, tunnel: home address"}},
		{"any", dsmip.Draft06, agent.Policy{Served: served, Held: prefixes("2001:db8:a::/48"), Assignable: prefixes("2001:db8:a::/48", "2001:db8:b::/48")}, mipv4.FlagDecapsulation, parts(hinted),
			[]string{"any prefix ::/56 registered as 2001:db8:b::/48, tunnel: home address"}},
		{"any, and the same by name", dsmip.Draft06, agent.Policy{Served: served, Assignable: prefixes("2001:db8:a::/48", "2001:db8:b::/48")}, mipv4.FlagDecapsulation, parts(anything, prefix("2001:db8:a::/48")),
			[]string{"any prefix ::/0 registered as 2001:db8:b::/48, tunnel: home address", "prefix 2001:db8:a::/48 registered as 2001:db8:a::/48, tunnel: home address"}},
		{"three, and there are two", dsmip.Draft06, agent.Policy{Served: served, Assignable: prefixes("2001:db8:a::/48", "2001:db8:b::/48")}, mipv4.FlagDecapsulation, parts(anything, anything, anything),
			[]string{"any prefix ::/0 registered as 2001:db8:a::/48, tunnel: home address", "any prefix ::/0 registered as 2001:db8:b::/48, tunnel: home address", "any prefix ::/0 unanswered"}},
		{"two, and there is none", dsmip.Draft06, agent.Policy{Served: served}, mipv4.FlagDecapsulation, parts(anything, anything), []string{"any prefix ::/0 rejected, Code 9", "any prefix ::/0 unanswered"}},
		{"an identifier", dsmip.Draft06, agent.Policy{Served: served, Unique: unique, Assignable: prefixes("2001:db8:a:b:8000::/65", "2001:db8:a::/64")}, mipv4.FlagDecapsulation, parts(identifier),
			[]string{"interface identifier ::5/128 registered as 2001:db8:a::5/128, tunnel: home address"}},
		{"an identifier that another has", dsmip.Draft06, agent.Policy{Served: served, Unique: func(netip.Addr) bool { return false }, Assignable: prefixes("2001:db8:a::/64")}, mipv4.FlagDecapsulation, parts(identifier),
			[]string{"interface identifier ::5/128 rejected, Code 11"}},
		{"any, and what could be assigned was rejected by name", dsmip.Draft06, agent.Policy{Assignable: prefixes("2001:db8:a::/48")}, mipv4.FlagDecapsulation, parts(anything, prefix("2001:db8:a::/48")),
			[]string{"any prefix ::/0 rejected, Code 9", "prefix 2001:db8:a::/48 rejected, Code 10"}},
		{"any, RFC 5454", dsmip.RFC5454, agent.Policy{Served: served, Assignable: prefixes("2001:db8:a::/48")}, mipv4.FlagDecapsulation, parts(anything), []string{"any prefix ::/0 rejected, Code 8"}},
		{"link-local", dsmip.RFC5454, agent.Policy{}, mipv4.FlagDecapsulation, parts(linkLocal, mode), []string{"link-local address fe80::1/128 registered as fe80::1/128, tunnel: home address"}},
		{"no more than one", dsmip.Draft06, agent.Policy{Served: served, Most: 1}, mipv4.FlagDecapsulation, parts(prefix("2001:db8:1::/48"), prefix("2001:db8:2::/48")),
			[]string{"prefix 2001:db8:1::/48 registered as 2001:db8:1::/48, tunnel: home address", "prefix 2001:db8:2::/48 rejected, Code 9"}},
		{"no more than one, and none can be formed", dsmip.Draft06, agent.Policy{Assignable: prefixes("2001:db8:1::/80"), Most: 1}, mipv4.FlagDecapsulation, parts(identifier, anything),
			[]string{"interface identifier ::5/128 rejected, Code 9", "any prefix ::/0 rejected, Code 9"}},
		{"twice", dsmip.Draft06, agent.Policy{Served: served}, mipv4.FlagDecapsulation, parts(prefix("2001:db8:1::/48"), prefix("2001:db8:1::/48")),
			[]string{"prefix 2001:db8:1::/48 registered as 2001:db8:1::/48, tunnel: home address", "prefix 2001:db8:1::/48 registered as 2001:db8:1::/48, tunnel: home address"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := grantedBy(t, tt.profile, &tt.policy, tt.flags, tt.asked...); !slices.Equal(got, tt.want) {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestGrantRefuses(t *testing.T) {
	var g agent.Registration
	p := agent.Policy{Granted: prefixes("2001:db8::/32")}
	if b, err := g.Grant(nil, 0, &p); err != agent.ErrRefused || b != nil || len(p.Granted) != 1 {
		t.Errorf("%v, %v", err, p.Granted)
	}
	g = accepted(t, allKeys, from(coLocated, homeAgent), request(mipv4.FlagDecapsulation, coLocated).AppendBinary, prefix("2001:db8:1::/48"), signMH)
	p = agent.Policy{Served: served}
	if _, err := g.Grant(nil, 0, &p, ext.Challenge{}.AppendBinary); err != ext.ErrChallenge || len(p.Granted) != 0 {
		t.Errorf("%v, %v", err, p.Granted)
	}
	r := request(mipv4.FlagDecapsulation, coLocated)
	r.Lifetime = mipv4.Deregister
	g = accepted(t, allKeys, from(coLocated, homeAgent), r.AppendBinary, prefix("2001:db8:1::/48"), signMH)
	b, err := g.Grant(nil, 0, &p)
	if got := typesOf(parsedReply(t, b).Extensions); err != nil || len(p.Granted) != 0 || !slices.Equal(got, []int{32}) {
		t.Errorf("a deregistration: %v, %v, %v", err, p.Granted, got)
	}
}

// Home agent and mobile node agree through real messages, whatever is asked for and
// whatever the policy.
func TestAgreement(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	some := func(n int) (p []netip.Prefix) {
		for range random.IntN(n) {
			a := netip.MustParseAddr("2001:db8::").As16()
			a[5], a[7] = byte(random.IntN(4)), byte(random.IntN(2))
			p = append(p, netip.PrefixFrom(netip.AddrFrom16(a), 44+random.IntN(24)).Masked())
		}
		return p
	}
	for i := range 3000 {
		profile := []dsmip.Profile{dsmip.Draft06, dsmip.RFC5454}[i%2]
		flags := []mipv4.Flags{mipv4.FlagDecapsulation, 0}[random.IntN(2)]
		var asked []agent.Part
		for _, p := range some(7) {
			asked = append(asked, dsmip.RequestPrefix(p).AppendBinary)
		}
		for range random.IntN(4) {
			asked = append(asked, []agent.Part{
				dsmip.RequestAnyPrefix(uint8(random.IntN(65))).AppendBinary,
				dsmip.RequestInterfaceIdentifier([8]byte{7: byte(1 + random.IntN(3))}).AppendBinary,
				dsmip.RequestLinkLocal(netip.MustParseAddr("fe80::1")).AppendBinary,
				prefix("2001:db8::1/128"),
			}[random.IntN(4)])
		}
		random.Shuffle(len(asked), func(i, j int) { asked[i], asked[j] = asked[j], asked[i] })
		if flags.Has(mipv4.FlagDecapsulation) && random.IntN(2) == 0 {
			asked = append(asked, dsmip.TunnelingMode{}.AppendBinary)
		}
		policy := agent.Policy{Held: some(3), Assignable: some(4), Most: random.IntN(5)}
		if random.IntN(4) > 0 {
			policy.Served = served
		}
		if random.IntN(2) > 0 {
			policy.Unique = func(netip.Addr) bool { return true }
		}
		grantedBy(t, profile, &policy, flags, asked...)
		if t.Failed() {
			t.Fatalf("case %d: %v, %v", i, profile, policy)
		}
	}
}

// Duplicate Address Detection takes its time, and a choice looks at all that can be assigned:
// neither is done more often for one message than there may be prefixes granted.
func TestGrantDoesNotLookForEver(t *testing.T) {
	var assignable []netip.Prefix
	asked := parts(request(mipv4.FlagDecapsulation, coLocated).AppendBinary)
	for i := range 2800 {
		a := netip.MustParseAddr("2001:db8:1::").As16()
		a[14], a[15] = byte((i+1)>>8), byte(i+1)
		p := netip.PrefixFrom(netip.AddrFrom16(a), 128)
		assignable = append(assignable, p)
		asked = append(asked, dsmip.RequestPrefix(p).AppendBinary)
	}
	for i := range 64 {
		asked = append(asked, dsmip.RequestAnyPrefix(uint8(i+1)).AppendBinary)
	}
	asked = append(asked, signMH)
	for _, tt := range []struct {
		name   string
		served []netip.Prefix
		most   int
		want   int
	}{
		{"all are taken", served, 0, agent.DefaultMost},
		{"three at most", served, 3, 3},
		{"none is served, so that there is choice only", nil, 0, 0},
	} {
		runs := 0
		p := agent.Policy{Served: tt.served, Assignable: assignable, Most: tt.most, Unique: func(netip.Addr) bool { runs++; return false }}
		g := accepted(t, keys{mobileHome: allKeys.mobileHome}, from(coLocated, homeAgent), asked...)
		start := time.Now()
		b, err := g.Grant(nil, code.RegistrationAccepted, &p)
		if took := time.Since(start); err != nil || runs != tt.want || len(p.Granted) != 0 || took > time.Second {
			t.Errorf("%s: %d bytes, %v, %d runs, %v granted, %v", tt.name, len(b), err, runs, p.Granted, took)
		}
	}
}
