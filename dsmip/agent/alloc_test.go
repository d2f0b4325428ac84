package agent_test

import (
	"net/netip"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// allocations is the gate: the least of five measurements of a thousand calls each,
// since AllocsPerRun alone rounds down, and since an unrelated allocation now and
// then is not the code's.
func allocations(f func()) float64 {
	least := 1e9
	for range 5 {
		least = min(least, testing.AllocsPerRun(1, func() {
			for range 1000 {
				f()
			}
		}))
	}
	return least
}

// sink keeps results alive.
var sink struct {
	n, granted int
	err        error
}

func TestAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	nai := ext.MobileNodeNAI{Identifier: []byte("n")}.AppendBinary
	mobile := keys{mobileHome: allKeys.mobileHome}
	d, f := request(mipv4.FlagDecapsulation, coLocated).AppendBinary, request(0, foreignAgent).AppendBinary
	reply := mipv4.Reply{Lifetime: 600, HomeAddress: homeAddress, HomeAgent: homeAgent, Identification: request(0, coLocated).Identification}
	granted := dsmip.PrefixReply{PrefixLength: 48, Prefix: netip.MustParseAddr("2001:db8:1::")}
	bad := reply
	bad.Code = 143
	direct, relayed := from(coLocated, homeAgent), from(foreignAgent, homeAgent)
	late := direct
	late.Time = noon.AddDate(1, 0, 0)

	for _, tt := range []struct {
		name    string
		role    code.Role
		keys    keys
		arrival agent.Arrival
		msg     []byte
		want    error
	}{
		{"home agent, directly", code.HomeAgent, mobile, direct, ordinaryRequest(t), nil},
		{"home agent, relayed", code.HomeAgent, allKeys, relayed, message(t, f, nai, prefix("2001:db8:1::/48"), signMH, raw(ext.KindChallenge, 1), signAAA, dsmip.TunnelingMode{}.AppendBinary, signFH), nil},
		{"home agent, wrong", code.HomeAgent, mobile, direct, message(t, d, nai, forgedMH), ext.ErrMobileHomeInvalid},
		{"home agent, wrong Foreign-Home", code.HomeAgent, allKeys, relayed, message(t, f, signMH, forgedFH), ext.ErrForeignHomeInvalid},
		{"home agent, late", code.HomeAgent, mobile, late, ordinaryRequest(t), mipv4.ErrTimestamp},
		{"home agent, malformed", code.HomeAgent, mobile, direct, message(t, d, raw(ext.KindIPv6PrefixRequest, 1), signMH), layoutOf(ext.KindIPv6PrefixRequest)},
		{"home agent, unsigned", code.HomeAgent, mobile, direct, message(t, d), nil},
		{"home agent, of nobody", code.HomeAgent, keys{}, direct, ordinaryRequest(t), ext.ErrNoAssociation},
		{"home agent, not a request", code.HomeAgent, mobile, direct, message(t, reply.AppendBinary), mipv4.ErrNotRequest},
		{"home agent, leg untold", code.HomeAgent, mobile, from(natted, homeAgent), ordinaryRequest(t), agent.ErrLegUntold},
		{"foreign agent", code.ForeignAgent, allKeys, from(homeAddress, foreignAgent), message(t, f, nai, prefix("2001:db8:1::/48"), signMH, raw(ext.KindChallenge, 1), signMF), nil},
		{"foreign agent, wrong", code.ForeignAgent, allKeys, from(homeAddress, foreignAgent), message(t, f, signMH, forgedMF), ext.ErrMobileForeignInvalid},
	} {
		v := receiver(tt.role, dsmip.Draft06, tt.keys)
		var buf [1024]byte
		var room [4]netip.Prefix
		sink.granted = 0
		answer := dsmip.PrefixReply{PrefixLength: 48, Prefix: netip.MustParseAddr("2001:db8:1::")}
		state := &agent.Replay{Style: agent.ByTimestamps}
		v.Replay = func(mipv4.Request, ext.SecurityContext) *agent.Replay { return state }
		if n := allocations(func() {
			*state = agent.Replay{Style: agent.ByTimestamps}
			g, err := v.Request(tt.msg, tt.arrival)
			if err != nil {
				_, _ = g.Refuse(buf[:0], err)
				sink.err = err
				return
			}
			for x := range g.Mobile().All() {
				sink.n += x.Offset()
			}
			for x := range g.Foreign().All() {
				sink.n += x.Offset()
			}
			if x, ok := g.Mobile().Find(ext.KindIPv6TunnelingMode); ok {
				sink.n += x.Offset()
			}
			if tt.role == code.ForeignAgent {
				_, sink.err = g.Relay(buf[:0], dsmip.TunnelingMode{}.AppendBinary)
				_, sink.err = g.Reply(buf[:0], code.FAInsufficientResources)
				return
			}
			policy := agent.Policy{Served: served, Assignable: served, Granted: room[:0]}
			if _, err := g.Grant(buf[:0], code.RegistrationAccepted, &policy); err != nil || len(policy.Granted) != 1 {
				sink.err = err
				return
			}
			*state = agent.Replay{Style: agent.ByTimestamps}
			sink.granted++
			answer.Code = g.AcceptingCode()
			_, sink.err = g.Reply(buf[:0], code.RegistrationAccepted, func(b []byte) ([]byte, error) {
				for range g.Prefixes() {
					var err error
					if b, err = answer.AppendBinary(b); err != nil {
						return b, err
					}
				}
				return b, nil
			}, granted.AppendBinary) // once too many, which is refused
		}); n != 0 {
			t.Errorf("%s: %v allocations", tt.name, n)
		}
		if accepts := tt.role == code.HomeAgent && tt.want == nil && tt.name != "home agent, unsigned"; accepts != (sink.granted > 0) {
			t.Errorf("%s: %d times granted", tt.name, sink.granted)
		}
	}

	// A choice has room of its own.
	v := receiver(code.HomeAgent, dsmip.Draft06, mobile)
	state := &agent.Replay{Style: agent.ByTimestamps}
	v.Replay = func(mipv4.Request, ext.SecurityContext) *agent.Replay { return state }
	g, err := v.Request(message(t, d, dsmip.RequestAnyPrefix(48).AppendBinary, signMH), direct)
	if err != nil {
		t.Fatal(err)
	}
	var buf [1024]byte
	var room [4]netip.Prefix
	if n := allocations(func() {
		*state = agent.Replay{Style: agent.ByTimestamps}
		policy := agent.Policy{Served: served, Assignable: served, Granted: room[:0]}
		if _, err := g.Grant(buf[:0], code.RegistrationAccepted, &policy); err != nil || len(policy.Granted) != 1 {
			sink.err = err
			t.Fatal(err, policy.Granted)
		}
	}); n != 0 {
		t.Errorf("a choice: %v allocations", n)
	}

	dAsked := parsedRequest(t, d, prefix("2001:db8:1::/48"), signMH)
	fAsked := parsedRequest(t, f, prefix("2001:db8:1::/48"), signMH, signMF)
	for _, tt := range []struct {
		name    string
		role    code.Role
		keys    keys
		asked   *mipv4.Request
		arrival agent.Arrival
		msg     []byte
	}{
		{"mobile node, directly", code.MobileNode, allKeys, &dAsked, from(homeAgent, coLocated), message(t, reply.AppendBinary, granted.AppendBinary, signMH)},
		{"mobile node, through a foreign agent", code.MobileNode, allKeys, &fAsked, from(foreignAgent, homeAddress), message(t, reply.AppendBinary, granted.AppendBinary, signMH, raw(ext.KindChallenge, 1), signMF)},
		{"mobile node, wrong", code.MobileNode, allKeys, &dAsked, from(homeAgent, coLocated), message(t, reply.AppendBinary, forgedMH)},
		{"mobile node, a rejection", code.MobileNode, allKeys, &dAsked, from(homeAgent, coLocated), message(t, bad.AppendBinary, signMH)},
		{"foreign agent", code.ForeignAgent, allKeys, &fAsked, from(homeAgent, foreignAgent), message(t, reply.AppendBinary, granted.AppendBinary, signMH, raw(ext.KindChallenge, 1), signFH)},
		{"foreign agent, wrong", code.ForeignAgent, allKeys, &fAsked, from(homeAgent, foreignAgent), message(t, reply.AppendBinary, signMH, forgedFH)},
	} {
		v := receiver(tt.role, dsmip.Draft06, tt.keys)
		var buf [1024]byte
		if n := allocations(func() {
			g, err := v.Reply(tt.msg, tt.asked, tt.arrival)
			for x := range g.Home().All() {
				sink.n += x.Offset()
			}
			for x := range g.Foreign().All() {
				sink.n += x.Offset()
			}
			for o := range g.Outcomes() {
				sink.n += int(o.Result)
			}
			sink.n += int(g.Granted())
			_, sink.err = g.Relay(buf[:0])
			_, _ = g.Refuse(buf[:0], err)
		}); n != 0 {
			t.Errorf("%s: %v allocations", tt.name, n)
		}
	}
}
