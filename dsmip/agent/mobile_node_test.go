package agent_test

import (
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

func TestMobileNodeReceives(t *testing.T) {
	direct, relayed := from(homeAgent, coLocated), from(foreignAgent, homeAddress)
	dRequest := parsedRequest(t, request(mipv4.FlagDecapsulation, coLocated).AppendBinary, prefix("2001:db8:1::/48"), signMH)
	fRequest := parsedRequest(t, request(0, foreignAgent).AppendBinary, prefix("2001:db8:1::/48"), signMH)
	atHome := parsedRequest(t, func(b []byte) ([]byte, error) {
		r := request(0, homeAddress)
		r.Lifetime = 0
		return r.AppendBinary(b)
	}, signMH)
	fixed := mipv4.Reply{Lifetime: 600, HomeAddress: homeAddress, HomeAgent: homeAgent, Identification: dRequest.Identification}
	coded := func(c code.Registration) agent.Part {
		r := fixed
		r.Code = c
		return r.AppendBinary
	}
	ok := dsmip.PrefixReply{PrefixLength: 48, Prefix: netip.MustParseAddr("2001:db8:1::")}.AppendBinary
	challenge := ext.Challenge{Value: []byte("next")}.AppendBinary
	home := keys{mobileHome: allKeys.mobileHome}
	elsewhere := from(natted, coLocated)
	told := elsewhere
	told.Leg = code.HAtoMN
	wrongLeg := direct
	wrongLeg.Leg = code.HAtoFA

	for _, tt := range []struct {
		name          string
		keys          keys
		asked         *mipv4.Request
		arrival       agent.Arrival
		msg           []agent.Part
		want          error
		authenticated bool
		home, foreign []int
		result        dsmip.Result
	}{
		{"accepted", home, &dRequest, direct, parts(fixed.AppendBinary, ok, signMH), nil, true, []int{152}, nil, dsmip.Registered},
		{"accepted, and something hidden behind", home, &dRequest, direct, parts(fixed.AppendBinary, signMH, ok), nil, true, nil, nil, dsmip.Unsupported},
		{"accepted through a foreign agent", home, &fRequest, relayed, parts(fixed.AppendBinary, ok, signMH, challenge), nil, true, []int{152}, nil, dsmip.Registered},
		{"accepted through one with association", allKeys, &fRequest, relayed, parts(fixed.AppendBinary, ok, signMH, challenge, signMF), nil, true, []int{152}, []int{132}, dsmip.Registered},
		{"denied", home, &dRequest, direct, parts(coded(133), ok, signMH), nil, true, []int{152}, nil, dsmip.Denied},
		{"denied by the foreign agent", home, &fRequest, relayed, parts(coded(65), challenge), nil, false, nil, nil, dsmip.Denied},
		{"denied by one with association", allKeys, &fRequest, relayed, parts(coded(65), challenge, signMF), nil, false, nil, []int{132}, dsmip.Denied},
		{"a Code that an old foreign agent overwrote", home, &fRequest, relayed, parts(coded(65), ok, forgedMH), nil, false, nil, nil, dsmip.Denied},
		{"a gateway's denial", home, &fRequest, relayed, parts(coded(193)), nil, false, nil, nil, dsmip.Denied},
		{"from a NAT, and the leg is told", home, &dRequest, told, parts(fixed.AppendBinary, ok, signMH), nil, true, []int{152}, nil, dsmip.Registered},
		{"a deregistration at home", home, &atHome, from(homeAgent, homeAddress), parts(func(b []byte) ([]byte, error) {
			r := fixed
			r.Lifetime = 0
			return r.AppendBinary(b)
		}, signMH), nil, true, nil, nil, 0},

		{"from a multicast address", home, &dRequest, from(netip.MustParseAddr("224.0.0.1"), coLocated), parts(fixed.AppendBinary, signMH), agent.ErrSourceAddress, false, nil, nil, dsmip.Unanswered},
		{"from a NAT", home, &dRequest, elsewhere, parts(fixed.AppendBinary, signMH), agent.ErrLegUntold, false, nil, nil, dsmip.Unanswered},
		{"at home, from elsewhere", home, &atHome, elsewhere, parts(fixed.AppendBinary, signMH), agent.ErrLegUntold, false, nil, nil, 0},
		{"no source", home, &dRequest, agent.Arrival{}, parts(fixed.AppendBinary, signMH), agent.ErrArrival, false, nil, nil, dsmip.Unanswered},
		{"a leg of another role", home, &dRequest, wrongLeg, parts(fixed.AppendBinary, signMH), rules.ErrReplyLeg, false, nil, nil, dsmip.Unanswered},
		{"no request", home, nil, direct, parts(fixed.AppendBinary, signMH), agent.ErrAsked, false, nil, nil, 0},
		{"another Identification", home, &dRequest, direct, parts(func(b []byte) ([]byte, error) {
			r := fixed
			r.Identification ^= 1
			return r.AppendBinary(b)
		}, signMH), mipv4.ErrOtherIdentification, false, nil, nil, dsmip.Unanswered},
		{"no Mobile-Home", home, &dRequest, direct, parts(fixed.AppendBinary, ok), rules.ErrReplyNoMobileHome, false, nil, nil, dsmip.Unanswered},
		{"no Mobile-Home, relayed", home, &fRequest, relayed, parts(fixed.AppendBinary, ok), rules.ErrReplyNoMobileHome, false, nil, nil, dsmip.Unanswered},
		{"two", home, &dRequest, direct, parts(fixed.AppendBinary, ok, signMH, signMH), rules.ErrReplySecondMobileHome, false, nil, nil, dsmip.Unanswered},
		{"wrong", home, &dRequest, direct, parts(fixed.AppendBinary, ok, forgedMH), ext.ErrMobileHomeInvalid, false, nil, nil, dsmip.Unanswered},
		{"no association", keys{}, &dRequest, direct, parts(fixed.AppendBinary, ok, signMH), ext.ErrNoAssociation, false, nil, nil, dsmip.Unanswered},
		{"no Mobile-Foreign", allKeys, &fRequest, relayed, parts(fixed.AppendBinary, ok, signMH), ext.ErrNoMobileForeign, false, nil, nil, dsmip.Unanswered},
		{"a denial without Mobile-Foreign", allKeys, &fRequest, relayed, parts(coded(65)), ext.ErrNoMobileForeign, false, nil, nil, dsmip.Unanswered},
		{"wrong Mobile-Foreign", allKeys, &fRequest, relayed, parts(fixed.AppendBinary, ok, signMH, forgedMF), ext.ErrMobileForeignInvalid, false, nil, nil, dsmip.Unanswered},
		{"a foreign agent's Code from the home agent", home, &dRequest, direct, parts(coded(65), ok, signMH), rules.ErrForeignCodeFromHome, true, nil, nil, dsmip.Unanswered},
		{"a redirection that was not asked for", home, &dRequest, direct, parts(coded(143), signMH), rules.ErrRedirectUnasked, true, nil, nil, dsmip.Unanswered},
		{"a redirection, forged", home, &dRequest, direct, parts(coded(143), forgedMH), ext.ErrMobileHomeInvalid, false, nil, nil, dsmip.Unanswered},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := receiver(code.MobileNode, dsmip.Draft06, tt.keys)
			g, err := v.Reply(message(t, tt.msg...), tt.asked, tt.arrival)
			if err != tt.want {
				t.Fatalf("%v, want %v", err, tt.want)
			}
			if g.Authenticated() != tt.authenticated {
				t.Errorf("authenticated: %v", g.Authenticated())
			}
			if h, f := saidBy(g.Home()), saidBy(g.Foreign()); !slices.Equal(h, tt.home) || !slices.Equal(f, tt.foreign) {
				t.Errorf("home agent %v, foreign agent %v", h, f)
			}
			n := 0
			for o := range g.Outcomes() {
				if n++; o.Result != tt.result {
					t.Errorf("%v", o)
				}
			}
			if want := tt.asked != nil && tt.asked != &atHome; (n == 1) != want && tt.want != agent.ErrAsked && tt.want != code.ErrRole {
				t.Errorf("%d outcomes", n)
			}
			accepted := err == nil && g.Reply.Code == 0
			if g.Accepted() != accepted || (g.Granted() != 0) != (accepted && tt.asked != &atHome) {
				t.Errorf("accepted %v, granted %v", g.Accepted(), g.Granted())
			}
			if b, ok := g.Refuse(nil, err); ok || b != nil {
				t.Errorf("a mobile node answers a reply with %x", b)
			}
			if _, err := g.Relay(nil); err != agent.ErrRefused && err != code.ErrRole {
				t.Errorf("a mobile node relays: %v", err)
			}
		})
	}
}

func TestReplyRoles(t *testing.T) {
	for _, role := range []code.Role{0, code.HomeAgent, 9} {
		v := receiver(role, dsmip.Draft06, allKeys)
		if _, err := v.Reply(nil, nil, agent.Arrival{}); err != code.ErrRole {
			t.Errorf("%v: %v", role, err)
		}
	}
	v := receiver(code.MobileNode, dsmip.Draft06, allKeys)
	v.Associations = nil
	if _, err := v.Reply(nil, nil, agent.Arrival{}); err != agent.ErrReceiver {
		t.Error(err)
	}
}

func TestLegByTunnelRequest(t *testing.T) {
	direct, through := ext.UDPTunnelRequest{}.AppendBinary, ext.UDPTunnelRequest{ThroughForeignAgent: true}.AppendBinary
	d, f := request(mipv4.FlagDecapsulation, coLocated).AppendBinary, request(0, foreignAgent).AppendBinary
	for _, tt := range []struct {
		name string
		msg  []agent.Part
		want code.Leg
	}{
		{"direct", parts(d, direct, signMH), code.MNtoHA},
		{"through a foreign agent", parts(d, through, signMH), code.FAtoHA},
		{"not said", parts(d, signMH), 0},
		{"not the mobile node's", parts(d, signMH, direct), 0},
		{"not co-located", parts(f, direct, signMH), 0},
		{"not readable", parts(d, raw(ext.KindUDPTunnelRequest, 0), signMH), 0},
		{"nothing", parts(d), 0},
	} {
		if got := agent.LegByTunnelRequest(parsedRequest(t, tt.msg...)); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
