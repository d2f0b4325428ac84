package agent_test

import (
	"bytes"
	"net/netip"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// The statements of draft-ietf-mip4-dsmipv4-06 that the ways in and out answer, in its
// order; those of values and of traffic are in the packages below.
func TestDraftStatements(t *testing.T) {
	profiles := []dsmip.Profile{dsmip.Draft06, dsmip.RFC5454}
	direct, relayed := from(coLocated, homeAgent), from(foreignAgent, homeAgent)
	d, f := request(mipv4.FlagDecapsulation, coLocated).AppendBinary, request(0, foreignAgent).AppendBinary
	one, two, mode := prefix("2001:db8:1::/48"), prefix("2001:db8:2::/48"), dsmip.TunnelingMode{}.AppendBinary
	// heard returns what a home agent hears: how many prefixes are asked for, and the mode.
	heard := func(t *testing.T, p dsmip.Profile, a agent.Arrival, msg ...agent.Part) (n int, c code.IPv6Prefix) {
		t.Helper()
		k := keys{mobileHome: allKeys.mobileHome}
		if a.From.Addr() == foreignAgent {
			k.foreignHome = allKeys.foreignHome
		}
		g, err := receiver(code.HomeAgent, p, k).Request(message(t, msg...), a)
		if err != nil {
			t.Fatal(err)
		}
		for range g.Prefixes() {
			n++
		}
		return n, g.AcceptingCode()
	}
	for _, s := range []struct {
		name string
		run  func(t *testing.T, p dsmip.Profile)
	}{
		{"D02 one or more IPv6 Prefix Requests", func(t *testing.T, p dsmip.Profile) {
			for want, asked := range [][]agent.Part{{}, {one}, {one, two}} {
				if n, _ := heard(t, p, direct, append(append(parts(d), asked...), signMH)...); n != want {
					t.Errorf("%d, want %d", n, want)
				}
			}
		}},
		{"D03 exactly one IPv6 Tunneling Mode, with a co-located care-of address", func(t *testing.T, p dsmip.Profile) {
			for _, tt := range []struct {
				arrival agent.Arrival
				msg     []agent.Part
				want    code.IPv6Prefix
			}{
				{direct, parts(d, one, mode, signMH), code.PrefixAcceptedCareOfAddress},
				{direct, parts(d, one, signMH), code.PrefixAcceptedHomeAddress},
				{relayed, parts(f, one, mode, signMH, signFH), code.PrefixAcceptedHomeAddress},
			} {
				if _, c := heard(t, p, tt.arrival, tt.msg...); c != tt.want {
					t.Errorf("%v, want %v", c, tt.want)
				}
			}
			g, err := receiver(code.HomeAgent, p, allKeys).Request(message(t, d, mode, mode, signMH), direct)
			if said := saidBy(g.Mobile()); err != nil || len(said) != 1 {
				t.Errorf("two of them: %v, %v count", err, said)
			}
		}},
		{"D04 the mobile node's stand before Mobile-Home", func(t *testing.T, p dsmip.Profile) {
			if n, c := heard(t, p, direct, d, signMH, one, mode); n != 0 || c != code.PrefixAcceptedHomeAddress {
				t.Errorf("%d prefixes, %v", n, c)
			}
			if n, c := heard(t, p, relayed, f, signMH, one, signFH); n != 0 || c != code.PrefixAcceptedHomeAddress {
				t.Errorf("%d prefixes of the foreign agent's, %v", n, c)
			}
		}},
		{"D05 the foreign agent's IPv6 Tunneling Mode, with its own care-of address", func(t *testing.T, p dsmip.Profile) {
			want := code.PrefixAcceptedCareOfAddress
			if p == dsmip.RFC5454 {
				want = code.PrefixAcceptedHomeAddress // which has removed it
			}
			if _, c := heard(t, p, relayed, f, one, signMH, mode, signFH); c != want {
				t.Errorf("%v, want %v", c, want)
			}
			g, err := receiver(code.ForeignAgent, p, allKeys).Request(message(t, f, one, signMH, signMF), from(homeAddress, foreignAgent))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := g.Relay(nil, mode, mode); err != rules.ErrSecondTunnelingMode && p == dsmip.Draft06 {
				t.Errorf("relays two: %v", err)
			}
			if _, err := g.Relay(nil, mode); err != nil && p == dsmip.Draft06 {
				t.Errorf("relays one: %v", err)
			}
		}},
		{"D06 ... behind Mobile-Home and before Foreign-Home", func(t *testing.T, p dsmip.Profile) {
			if _, c := heard(t, p, relayed, f, one, signMH, signFH, mode); c != code.PrefixAcceptedHomeAddress {
				t.Errorf("behind Foreign-Home: %v", c)
			}
			g, err := receiver(code.ForeignAgent, p, allKeys).Request(message(t, f, one, signMH, signMF), from(homeAddress, foreignAgent))
			if err != nil {
				t.Fatal(err)
			}
			if p == dsmip.RFC5454 {
				return
			}
			b, err := g.Relay(nil, mode)
			if err != nil {
				t.Fatal(err)
			}
			if r, err := mipv4.ParseRequest(b); err != nil || !slices.Equal(typesOf(r.Extensions), []int{152, 32, 152, 34}) {
				t.Errorf("%v: %v", err, r)
			}
		}},
		{"D08, D11 the home agent answers every prefix request", func(t *testing.T, p dsmip.Profile) {
			g, err := receiver(code.HomeAgent, p, allKeys).Request(message(t, d, one, prefix("2001:db9::/32"), two, signMH), direct)
			if err != nil {
				t.Fatal(err)
			}
			b, err := g.Grant(nil, 0, &agent.Policy{Served: served})
			if got := typesOf(parsedReply(t, b).Extensions); err != nil || !slices.Equal(got, []int{152, 152, 152, 32}) {
				t.Errorf("%v: %v", err, got)
			}
		}},
		{"D10 the home agent operates as a home agent of Mobile IPv4", func(t *testing.T, p dsmip.Profile) {
			g, err := receiver(code.HomeAgent, p, allKeys).Request(message(t, d, signMH), direct)
			if err != nil {
				t.Fatal(err)
			}
			b, err := g.Grant(nil, 0, &agent.Policy{})
			if r := parsedReply(t, b); err != nil || !slices.Equal(typesOf(r.Extensions), []int{32}) || r.Lifetime != 1800 {
				t.Errorf("%v: %v", err, r)
			}
		}},
		{"D12 never two replies for a prefix", func(t *testing.T, p dsmip.Profile) {
			g, err := receiver(code.HomeAgent, p, allKeys).Request(message(t, d, one, one, signMH), direct)
			if err != nil {
				t.Fatal(err)
			}
			reply := dsmip.PrefixReply{PrefixLength: 48, Prefix: netip.MustParseAddr("2001:db8:1::")}.AppendBinary
			if _, err := g.Reply(nil, 0, reply, reply); err != rules.ErrSecondPrefixReply {
				t.Error(err)
			}
		}},
		{"D41 a foreign agent that ignores the extensions relays them unchanged", func(t *testing.T, p dsmip.Profile) {
			v := receiver(code.ForeignAgent, p, keys{})
			v.Situation.Implements = func(k ext.Kind) bool { return k.Type() != ext.KindIPv6PrefixRequest.Type() }
			msg := message(t, request(mipv4.FlagDecapsulation, coLocated).AppendBinary, one, mode, signMH)
			g, err := v.Request(msg, from(coLocated, foreignAgent))
			if err != nil {
				t.Fatal(err)
			}
			if b, err := g.Relay(nil); err != nil || !bytes.Equal(b, msg) {
				t.Errorf("%v: %x", err, b)
			}
		}},
		{"D44 with the R flag, none is added for a co-located mobile node", func(t *testing.T, p dsmip.Profile) {
			v := receiver(code.ForeignAgent, p, keys{})
			v.Situation.RegistrationRequired = true
			g, err := v.Request(message(t, d, one, signMH), from(coLocated, foreignAgent))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := g.Relay(nil, mode); err != rules.ErrTunnelingModeRegistered && p == dsmip.Draft06 {
				t.Error(err)
			}
			// Under RFC 5454 a foreign agent has none to add, and one does not count.
			through := relayed
			through.Leg = code.FAtoHA
			if _, c := heard(t, p, through, d, one, signMH, mode, signFH); c != code.PrefixAcceptedHomeAddress {
				t.Error(c)
			}
		}},
		{"D45, D57 the mobile node's IPv6 Tunneling Mode, exactly one", func(t *testing.T, p dsmip.Profile) {
			// What it wants it says, and the home agent's Code says what it got.
			got := grantedBy(t, p, &agent.Policy{Served: served}, mipv4.FlagDecapsulation, one, mode)
			if !slices.Equal(got, []string{"prefix 2001:db8:1::/48 registered as 2001:db8:1::/48, tunnel: care-of address"}) {
				t.Errorf("%q", got)
			}
		}},
		{"D58 never with a foreign agent's care-of address", func(t *testing.T, p dsmip.Profile) {
			got := grantedBy(t, p, &agent.Policy{Served: served}, 0, one, mode)
			if !slices.Equal(got, []string{"prefix 2001:db8:1::/48 registered as 2001:db8:1::/48, tunnel: home address"}) {
				t.Errorf("%q", got)
			}
		}},
		{"D62 an interface identifier has at most 64 bits", func(t *testing.T, p dsmip.Profile) {
			identifier := dsmip.RequestInterfaceIdentifier([8]byte{1, 2, 3, 4, 5, 6, 7, 8}) // more cannot be said
			got := grantedBy(t, p, &agent.Policy{Served: served, Unique: func(netip.Addr) bool { return true }, Assignable: prefixes("2001:db8:a::/64")},
				mipv4.FlagDecapsulation, identifier.AppendBinary)
			want := "interface identifier ::102:304:506:708/128 registered as 2001:db8:a:0:102:304:506:708/128, tunnel: home address"
			if p == dsmip.RFC5454 {
				want = "interface identifier ::102:304:506:708/128 rejected, Code 9" // which has no identifiers
			}
			if !slices.Equal(got, []string{want}) {
				t.Errorf("%q", got)
			}
		}},
		{"D65 a lifetime of zero removes all", func(t *testing.T, p dsmip.Profile) {
			r := request(mipv4.FlagDecapsulation, coLocated)
			r.Lifetime = mipv4.Deregister
			g, err := receiver(code.HomeAgent, p, allKeys).Request(message(t, r.AppendBinary, one, signMH), direct)
			if err != nil {
				t.Fatal(err)
			}
			policy := agent.Policy{Served: served, Bound: prefixes("2001:db8:1::/48")}
			if _, err := g.Grant(nil, 0, &policy); err != nil || len(policy.Granted) != 0 {
				t.Errorf("%v: %v", err, policy.Granted)
			}
			if dropped := slices.Collect(dsmip.Dropped(policy.Bound, policy.Granted)); !slices.Equal(dropped, policy.Bound) {
				t.Errorf("drops %v", dropped)
			}
		}},
	} {
		t.Run(s.name, func(t *testing.T) {
			for _, p := range profiles {
				t.Run(p.String(), func(t *testing.T) { s.run(t, p) })
			}
		})
	}
}
