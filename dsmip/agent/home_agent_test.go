package agent_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// attempt is a request that a home agent receives, and what it does. The answer is
// "silence", or the Code and the types of the reply's extensions, the Identification
// "fresh" when it is another than the request's.
type attempt struct {
	name    string
	v       func(*agent.Receiver) // changes the receiver
	keys    keys
	arrival agent.Arrival
	msg     []agent.Part
	want    error
	answer  string
}

func parts(p ...agent.Part) []agent.Part { return p }

func (a attempt) run(t *testing.T, role code.Role) {
	v := receiver(role, dsmip.Draft06, a.keys)
	if a.v != nil {
		a.v(v)
	}
	msg := message(t, a.msg...)
	whole := slices.Clone(msg)
	g, err := v.Request(msg, a.arrival)
	if err != a.want {
		t.Fatalf("%v, want %v", err, a.want)
	}
	if err == nil {
		return
	}
	for range g.Mobile().All() {
		t.Error("the mobile node says something in a request that is refused")
	}
	for range g.Foreign().All() {
		t.Error("the foreign agent says something in a request that is refused")
	}
	for range g.Prefixes() {
		t.Error("a request that is refused asks for prefixes")
	}
	if _, err := g.Reply(nil, code.RegistrationAccepted); err != agent.ErrRefused {
		t.Errorf("accepts what it refused: %v", err)
	}
	if _, err := g.Relay(nil); err != agent.ErrRefused {
		t.Errorf("relays what it refused: %v", err)
	}
	if got := answerOf(t, g, err, a.keys); got != a.answer {
		t.Errorf("answers %q, want %q", got, a.answer)
	}
	if !slices.Equal(msg, whole) {
		t.Error("changed the datagram")
	}
}

// answerOf describes what is answered to a fault. Every authenticator of it must verify,
// by the keys of the test.
func answerOf(t *testing.T, g agent.Registration, err error, k keys) string {
	t.Helper()
	head := []byte{1, 2, 3}
	b, ok := g.Refuse(head, err)
	if !ok {
		if len(b) != 3 {
			t.Errorf("silence of %x", b)
		}
		return "silence"
	}
	if string(b[:3]) != string(head) {
		t.Errorf("changed what stands in front: %x", b)
	}
	r := parsedReply(t, b[3:])
	if r.HomeAddress != g.Request.HomeAddress || r.Identification.Low() != g.Request.Identification.Low() {
		t.Errorf("answers another: %v", r)
	}
	s := fmt.Sprint(uint8(r.Code))
	for x := range r.Extensions.All() {
		s += fmt.Sprint(" ", x.Type().String()[:2], int(x.Type()))
		if a, err := ext.ParseAuth(x); err == nil {
			if _, c, err := k.of(a.Kind()).Verify(a); err != nil {
				t.Errorf("%v: %v", a, err)
			} else {
				s += fmt.Sprint("/", c.SPI())
			}
		}
	}
	if r.Identification != g.Request.Identification {
		s += " fresh"
	}
	return s
}

func TestHomeAgentRefuses(t *testing.T) {
	direct, relayed := from(coLocated, homeAgent), from(foreignAgent, homeAgent)
	d, f := request(mipv4.FlagDecapsulation, coLocated).AppendBinary, request(0, foreignAgent).AppendBinary
	change := func(flags mipv4.Flags, careOf netip.Addr, how func(*mipv4.Request)) agent.Part {
		r := request(flags, careOf)
		how(&r)
		return r.AppendBinary
	}
	nobody := keys{}
	mobile := keys{mobileHome: allKeys.mobileHome}
	both := keys{mobileHome: allKeys.mobileHome, foreignHome: allKeys.foreignHome}
	late := agent.Arrival{From: direct.From, To: direct.To, Time: noon.Add(time.Minute)}
	deregisters := change(0, foreignAgent, func(r *mipv4.Request) { r.Lifetime = 0 })
	edition3344 := func(v *agent.Receiver) { v.Situation.Edition = rules.RFC3344 }

	for _, tt := range []attempt{
		// What the caller did not say.
		{"no role", func(v *agent.Receiver) { v.Role = 0 }, mobile, direct, parts(d, signMH), code.ErrRole, "silence"},
		{"a mobile node", func(v *agent.Receiver) { v.Role = code.MobileNode }, mobile, direct, parts(d, signMH), code.ErrRole, "silence"},
		{"no addresses", func(v *agent.Receiver) { v.Situation.Receiver.Addresses = nil }, mobile, direct, parts(d, signMH), agent.ErrReceiver, "silence"},
		{"no associations", func(v *agent.Receiver) { v.Associations = nil }, mobile, direct, parts(d, signMH), agent.ErrReceiver, "silence"},
		{"no replay protection", func(v *agent.Receiver) { v.Replay = nil }, mobile, direct, parts(d, signMH), agent.ErrReceiver, "silence"},
		{"no profile", func(v *agent.Receiver) { v.Situation.Profile = 0 }, mobile, direct, parts(d, signMH), dsmip.ErrProfile, "silence"},
		{"no source", nil, mobile, agent.Arrival{To: direct.To, Time: noon}, parts(d, signMH), agent.ErrArrival, "silence"},
		{"no destination", nil, mobile, agent.Arrival{From: direct.From, Time: noon}, parts(d, signMH), agent.ErrArrival, "silence"},
		{"no time", nil, mobile, agent.Arrival{From: direct.From, To: direct.To}, parts(d, signMH), agent.ErrReplayUntold, "silence"},
		{"no state", func(v *agent.Receiver) {
			v.Replay = func(mipv4.Request, ext.SecurityContext) *agent.Replay { return nil }
		}, mobile, direct, parts(d, signMH), agent.ErrReplayUntold, "silence"},
		{"no style", func(v *agent.Receiver) {
			v.Replay = func(mipv4.Request, ext.SecurityContext) *agent.Replay { return &agent.Replay{} }
		}, mobile, direct, parts(d, signMH), agent.ErrReplayUntold, "silence"},
		{"nonces without randomness", func(v *agent.Receiver) {
			v.Replay = func(mipv4.Request, ext.SecurityContext) *agent.Replay {
				return &agent.Replay{Style: agent.ByNonces}
			}
		}, mobile, direct, parts(d, signMH), agent.ErrReplayUntold, "silence"},
		{"behind a NAT", nil, mobile, from(natted, homeAgent), parts(d, signMH), agent.ErrLegUntold, "silence"},
		{"a leg of another role", nil, mobile, agent.Arrival{From: direct.From, To: direct.To, Time: noon, Leg: code.MNtoFA}, parts(d, signMH), rules.ErrRequestLeg, "silence"},
		{"a leg of replies", nil, mobile, agent.Arrival{From: direct.From, To: direct.To, Time: noon, Leg: code.HAtoMN}, parts(d, signMH), rules.ErrRequestLeg, "silence"},

		// What is discarded whoever wrote it.
		{"from a multicast address", nil, mobile, from(netip.MustParseAddr("224.0.0.1"), homeAgent), parts(d, forgedMH), agent.ErrSourceAddress, "silence"},
		{"from the broadcast address", nil, mobile, from(netip.MustParseAddr("255.255.255.255"), homeAgent), parts(d, forgedMH), agent.ErrSourceAddress, "silence"},
		{"from a reserved address", nil, mobile, from(netip.MustParseAddr("240.0.0.1"), homeAgent), parts(d, forgedMH), agent.ErrSourceAddress, "silence"},
		{"from the loopback address", nil, mobile, from(netip.MustParseAddr("127.0.0.1"), homeAgent), parts(d, forgedMH), agent.ErrSourceAddress, "silence"},
		{"from the loopback address, where that is", nil, mobile, from(netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("127.0.0.2")), parts(d, signMH), agent.ErrLegUntold, "silence"},
		{"not a request", nil, mobile, direct, parts(mipv4.Reply{HomeAddress: homeAddress, HomeAgent: homeAgent}.AppendBinary), mipv4.ErrNotRequest, "silence"},
		{"no authorization", nil, mobile, direct, parts(d), rules.ErrNoAuthorization, "silence"},
		{"no authorization that fits its layout", nil, mobile, direct, parts(d, raw(ext.KindMobileHomeAuth, 0, 0, 1)), rules.ErrNoAuthorization, "silence"},
		{"no authorization, under RFC 3344", edition3344, mobile, direct, parts(d), rules.ErrNoAuthorization3344, "131 Mo32/299"},
		{"two of a kind, and late, under RFC 3344", edition3344, mobile, late, parts(d, signMH, signMH), rules.ErrTwoAuthorizations3344, "131 Mo32/300"}, // §3.8.2.1 a comes before b
		{"a proxy's authentication only", func(v *agent.Receiver) { v.Situation.Proxies = rules.Served }, both, relayed,
			parts(f, raw(ext.KindProxyAuthMethod, 1), signFH), rules.ErrNoAuthorization, "silence"},
		{"Foreign-Home of a stranger", nil, mobile, relayed, parts(f, signMH, signFH), rules.ErrForeignHomeUnknown, "silence"},
		{"Foreign-Home of a stranger, and a wrong authenticator", nil, mobile, relayed, parts(f, forgedMH, signFH), rules.ErrForeignHomeUnknown, "silence"},
		{"Foreign-Home without foreign agent", nil, both, direct, parts(d, signMH, signFH), rules.ErrForeignHomeLeg, "silence"},
		{"not implemented", func(v *agent.Receiver) {
			v.Situation.Implements = func(k ext.Kind) bool { return k != ext.KindMNFAKeyRequest }
		}, mobile, late, parts(d, raw(ext.KindMNFAKeyRequest, 0, 0, 0, 1, 0, 1), signMH), rules.ErrNotImplemented, "silence"},
		{"hidden behind the last authentication", nil, both, relayed, parts(f, signMH, signFH, signMH), rules.ErrBehindLast, "silence"},
		{"too many", nil, mobile, direct, parts(d, signMH, signMH, signMH, signMH, signMH), agent.ErrManyAuthorizations, "silence"},

		// Foreign-Home.
		{"no Foreign-Home", nil, both, relayed, parts(f, signMH), ext.ErrNoForeignHome, "132 Mo32/300 Fo34/302"},
		{"no Foreign-Home, and a malformed extension", nil, both, relayed, parts(f, raw(ext.KindIPv6PrefixRequest, 1), signMH), ext.ErrNoForeignHome, "132 Mo32/300 Fo34/302"},
		{"two", nil, both, relayed, parts(f, signMH, signFH, signFH), rules.ErrSecondForeignHome, "132 Mo32/300 Fo34/302"},
		{"wrong Foreign-Home", nil, both, relayed, parts(f, signMH, forgedFH), ext.ErrForeignHomeInvalid, "132 Mo32/300 Fo34/302"},
		{"both wrong", nil, both, relayed, parts(f, forgedMH, forgedFH), ext.ErrForeignHomeInvalid, "132 Mo32/300 Fo34/302"},
		{"wrong, with the mobile node's Challenge", nil, both, relayed, parts(f, signMH, raw(ext.KindChallenge, 1, 2), forgedFH), ext.ErrForeignHomeInvalid, "132 Mo32/300 Mo132 Fo34/302"},

		// The mobile node's authenticator.
		{"unknown mobile node", nil, nobody, direct, parts(d, signMH), ext.ErrNoAssociation, "silence"},
		{"unknown mobile node of a known foreign agent", nil, keys{foreignHome: allKeys.foreignHome}, relayed, parts(f, signMH, signFH), ext.ErrNoAssociation, "silence"},
		{"wrong", nil, mobile, direct, parts(d, forgedMH), ext.ErrMobileHomeInvalid, "131 Mo32/299"},
		{"wrong beside a valid Foreign-Home", nil, both, relayed, parts(f, forgedMH, signFH), ext.ErrMobileHomeInvalidRelayed, "131 Mo32/299 Fo34/302"},
		{"wrong, through a foreign agent without association", nil, mobile, relayed, parts(f, forgedMH), ext.ErrMobileHomeInvalid, "131 Mo32/299"},
		{"wrong, and a deregistration without the Foreign-Home of a known foreign agent", nil, both, relayed, parts(deregisters, forgedMH), ext.ErrMobileHomeInvalid, "silence"},
		{"an SPI that nobody has", nil, mobile, direct, parts(d, aaa.Signer(ext.KindMobileHomeAuth)), ext.ErrMobileHomeInvalid, "131 Mo32/299"},
		{"the second of two is wrong", nil, mobile, direct, parts(d, signMH, forgedMH), ext.ErrMobileHomeInvalid, "131 Mo32/299"},
		{"wrong MN-AAA", nil, allKeys, direct, parts(d, signMH, forgedA), ext.ErrMNAAAInvalid, "144 Mo32/299"},
		{"MN-AAA alone, which is somebody else's to verify", nil, mobile, direct, parts(d, signAAA), ext.ErrNoAssociation, "silence"},
		{"Mobile-Home without association beside MN-AAA", nil, keys{aaa: allKeys.aaa}, direct, parts(d, signMH, signAAA), ext.ErrNoAssociation, "silence"},
		{"MN-AAA alone, and nothing to sign the answer with", nil, keys{aaa: allKeys.aaa}, direct, parts(d, signAAA), ext.ErrNoAssociation, "silence"},
		{"MN-AAA alone, and nothing but CHAP to sign with", nil, keys{mobileHome: onlyCHAP, aaa: allKeys.aaa}, direct, parts(d, signAAA), ext.ErrNoAssociation, "silence"},
		{"a bit flipped", nil, mobile, direct, parts(d, signMH, func(b []byte) ([]byte, error) { b[3] ^= 1; return b, nil }), ext.ErrMobileHomeInvalid, "131 Mo32/299"},

		// The Identification.
		{"late", nil, mobile, late, parts(d, signMH), mipv4.ErrTimestamp, "133 Mo32/300 fresh"},
		{"late and malformed", nil, mobile, late, parts(d, raw(ext.KindIPv6PrefixRequest, 1), signMH), mipv4.ErrTimestamp, "133 Mo32/300 fresh"},
		{"late and through a foreign agent", nil, both, agent.Arrival{From: relayed.From, To: relayed.To, Time: noon.Add(-time.Minute)}, parts(f, signMH, signFH), mipv4.ErrTimestamp, "133 Mo32/300 Fo34/302 fresh"},
		{"less tolerance", func(v *agent.Receiver) { v.Tolerance = 4 * time.Second }, mobile, agent.Arrival{From: direct.From, To: direct.To, Time: noon.Add(5 * time.Second)},
			parts(d, signMH), mipv4.ErrTimestamp, "133 Mo32/300 fresh"},
		{"no nonce yet", func(v *agent.Receiver) {
			v.Replay = func(mipv4.Request, ext.SecurityContext) *agent.Replay {
				return &agent.Replay{Style: agent.ByNonces}
			}
			v.Nonce = func() uint32 { return 0 } // the worst there is
		}, mobile, direct, parts(d, signMH), mipv4.ErrNonce, "133 Mo32/300 fresh"},

		// Everything else.
		{"behind a NAT, without asking for a UDP tunnel", nil, mobile, agent.Arrival{From: from(natted, homeAgent).From, To: direct.To, Time: noon, Leg: code.MNtoHA}, parts(d, signMH), rules.ErrSource, "129 Mo32/300"},
		{"a body that is too short", nil, mobile, direct, parts(d, raw(ext.KindIPv6PrefixRequest, 1), signMH), layoutOf(ext.KindIPv6PrefixRequest), "134 Mo32/300"},
		{"no care-of address", nil, mobile, from(homeAddress, homeAgent), parts(change(0, anyAddress, func(*mipv4.Request) {}), signMH), rules.ErrZeroCareOfAddress, "145 Mo32/300"},
		{"sent to all", nil, mobile, from(coLocated, netip.MustParseAddr("192.0.2.255")), parts(d, signMH), rules.ErrBroadcastDestination, "136 Mo32/300"},
		{"sent to all, and asks for it", nil, mobile, from(coLocated, netip.MustParseAddr("192.0.2.255")), parts(change(mipv4.FlagDecapsulation, coLocated, func(r *mipv4.Request) {
			r.HomeAgent = netip.MustParseAddr("192.0.2.255")
		}), signMH), rules.ErrBroadcastDestination, "136 Mo32/300"},
		{"another home agent", nil, mobile, direct, parts(change(mipv4.FlagDecapsulation, coLocated, func(r *mipv4.Request) { r.HomeAgent = stranger }), signMH), rules.ErrNotHomeAgent, "136 Mo32/300"},
		{"any home agent", nil, mobile, direct, parts(change(mipv4.FlagDecapsulation, coLocated, func(r *mipv4.Request) { r.HomeAgent = anyAddress }),
			ext.MobileNodeNAI{Identifier: []byte("n")}.AppendBinary, signMH), rules.ErrNotHomeAgent, "136 Mo131 Mo32/300"},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, code.HomeAgent) })
	}
}

// layoutOf returns the fault of an extension that does not fit its row.
func layoutOf(k ext.Kind) error {
	row, _ := ext.Lookup(k)
	return row.BadLength
}

func TestHomeAgentAccepts(t *testing.T) {
	nai := ext.MobileNodeNAI{Identifier: []byte("n")}.AppendBinary
	unknown := raw(200<<8, 7)
	d, f := request(mipv4.FlagDecapsulation, coLocated), request(0, foreignAgent)
	change := func(r mipv4.Request, how func(*mipv4.Request)) agent.Part {
		how(&r)
		return r.AppendBinary
	}
	dereg := func(r *mipv4.Request) { r.Lifetime = 0 }
	for _, tt := range []struct {
		name            string
		v               func(*agent.Receiver)
		keys            keys
		arrival         agent.Arrival
		msg             []agent.Part
		leg             code.Leg
		mobile, foreign []int  // the types of what they say
		answer          string // types of the reply
	}{
		{"directly", nil, keys{mobileHome: allKeys.mobileHome}, from(coLocated, homeAgent), parts(d.AppendBinary, nai, unknown, signMH), code.MNtoHA, []int{131, 200}, nil, "131 32/300"},
		{"by the key as it was", nil, allKeys, from(coLocated, homeAgent), parts(d.AppendBinary, oldHome.Signer(ext.KindMobileHomeAuth)), code.MNtoHA, nil, nil, "32/299"},
		{"behind a NAT, which is said", nil, allKeys, agent.Arrival{From: netip.AddrPortFrom(natted, 9), To: from(natted, homeAgent).To, Time: noon, Leg: code.MNtoHA}, parts(d.AppendBinary, ext.UDPTunnelRequest{}.AppendBinary, signMH), code.MNtoHA, []int{144}, nil, "32/300"},
		{"addresses of a socket of both families", nil, allKeys, agent.Arrival{From: netip.AddrPortFrom(netip.AddrFrom16(coLocated.As16()), 9), To: netip.AddrPortFrom(netip.AddrFrom16(homeAgent.As16()), 434), Time: noon},
			parts(d.AppendBinary, signMH), code.MNtoHA, nil, nil, "32/300"},
		{"from home", nil, allKeys, from(homeAddress, homeAgent), parts(change(request(0, homeAddress), dereg), nai, signMH), code.MNtoHA, []int{131}, nil, "131 32/300"},
		{"from home, which has no address yet", nil, allKeys, from(anyAddress, homeAgent), parts(change(request(0, coLocated), func(r *mipv4.Request) { r.HomeAddress, r.Lifetime = anyAddress, 0 }), nai, signMH),
			code.MNtoHA, []int{131}, nil, "131 32/300"},
		{"through a foreign agent", nil, allKeys, from(foreignAgent, homeAgent), parts(f.AppendBinary, nai, signMH, unknown, signFH), code.FAtoHA, []int{131}, []int{200}, "131 32/300 34/302"},
		{"through a foreign agent without association", nil, keys{mobileHome: allKeys.mobileHome}, from(foreignAgent, homeAgent), parts(f.AppendBinary, nai, signMH, unknown), code.FAtoHA, []int{131}, nil, "131 32/300"},
		{"nothing behind the last authenticator", nil, allKeys, from(foreignAgent, homeAgent), parts(f.AppendBinary, signMH, signFH, unknown), code.FAtoHA, nil, nil, "32/300 34/302"},
		{"challenged", nil, allKeys, from(foreignAgent, homeAgent), parts(f.AppendBinary, nai, signMH, raw(ext.KindChallenge, 9), signAAA, unknown, signFH), code.FAtoHA, []int{131, 132}, []int{200}, "131 32/300 132 34/302"},
		{"challenged, but it does not know challenges", func(v *agent.Receiver) {
			v.Situation.Implements = func(k ext.Kind) bool { return k != ext.KindChallenge }
		}, allKeys, from(foreignAgent, homeAgent), parts(f.AppendBinary, signMH, raw(ext.KindChallenge, 9), signAAA, signFH), code.FAtoHA, nil, nil, "32/300 34/302"},
		{"challenged, and MN-AAA is another's to verify", nil, keys{mobileHome: allKeys.mobileHome, foreignHome: allKeys.foreignHome}, from(foreignAgent, homeAgent),
			parts(f.AppendBinary, nai, signMH, raw(ext.KindChallenge, 9), signAAA, unknown, signFH), code.FAtoHA, []int{131}, []int{200}, "131 32/300 132 34/302"},
		{"MN-AAA alone", nil, allKeys, from(coLocated, homeAgent), parts(d.AppendBinary, nai, signAAA), code.MNtoHA, []int{131}, nil, "131 32/299"},
		{"what is to be ignored", nil, allKeys, from(coLocated, homeAgent), parts(d.AppendBinary, dsmip.TunnelingMode{}.AppendBinary, raw(ext.KindUDPTunnelReply, 0, 0, 0, 0, 0), nai, dsmip.TunnelingMode{}.AppendBinary, raw(0), unknown, signMH),
			code.MNtoHA, []int{152, 131, 200}, nil, "131 32/300"},
		{"what is not implemented", func(v *agent.Receiver) {
			v.Situation.Implements = func(k ext.Kind) bool { return k != ext.KindMobileNodeNAI }
		}, allKeys, from(coLocated, homeAgent), parts(d.AppendBinary, nai, unknown, signMH), code.MNtoHA, []int{200}, nil, "131 32/300"},
		{"deregistration through a foreign agent", nil, allKeys, from(foreignAgent, homeAgent), parts(change(f, dereg), nai, signMH), code.FAtoHA, []int{131}, nil, "131 32/300"},
		{"deregistration with Foreign-Home, which protects nothing", nil, allKeys, from(foreignAgent, homeAgent), parts(change(f, dereg), nai, signMH, unknown, forgedFH), code.FAtoHA, []int{131}, nil, "131 32/300"},
		{"deregistration under RFC 3344", func(v *agent.Receiver) { v.Situation.Edition = rules.RFC3344 }, allKeys, from(foreignAgent, homeAgent), parts(change(f, dereg), nai, signMH, unknown, signFH),
			code.FAtoHA, []int{131}, []int{200}, "131 32/300 34/302"},
		{"another's care-of address deregistered", nil, allKeys, from(stranger, homeAgent), parts(change(f, dereg), signMH), code.FAtoHA, nil, nil, "32/300"},
		{"co-located through a foreign agent", nil, allKeys, agent.Arrival{From: from(foreignAgent, homeAgent).From, To: from(foreignAgent, homeAgent).To, Time: noon, Leg: code.FAtoHA},
			parts(d.AppendBinary, nai, signMH, signFH), code.FAtoHA, []int{131}, nil, "131 32/300 34/302"},
		{"any home agent", func(v *agent.Receiver) { v.AssignsHomeAgent = true }, allKeys, from(coLocated, homeAgent), parts(change(d, func(r *mipv4.Request) { r.HomeAgent = netip.MustParseAddr("255.255.255.255") }),
			nai, raw(ext.KindRequestedHA, 192, 0, 2, 1), signMH), code.MNtoHA, []int{131, 139}, nil, "131 32/300"},
		{"a name behind MN-AAA alone", nil, keys{mobileHome: allKeys.mobileHome, aaa: allKeys.aaa}, from(foreignAgent, homeAgent), parts(f.AppendBinary, signAAA, nai), code.FAtoHA, nil, nil, "32/299"},
		{"a name between MN-AAA and Mobile-Home", nil, keys{mobileHome: allKeys.mobileHome, aaa: allKeys.aaa}, from(foreignAgent, homeAgent), parts(f.AppendBinary, signAAA, nai, signMH), code.FAtoHA, []int{131}, nil, "131 32/300"},
		{"a name of no bytes", nil, allKeys, from(coLocated, homeAgent), parts(d.AppendBinary, raw(ext.KindMobileNodeNAI), signMH), code.MNtoHA, nil, nil, "32/300"},
		{"a name that is not signed", nil, keys{mobileHome: allKeys.mobileHome}, from(foreignAgent, homeAgent), parts(f.AppendBinary, signMH, nai), code.FAtoHA, nil, nil, "32/300"},
		{"what stands behind everything is not answered", nil, allKeys, from(foreignAgent, homeAgent), parts(f.AppendBinary, nai, signMH, raw(ext.KindChallenge, 9), signAAA, signFH, raw(ext.KindChallenge, 8), ext.MobileNodeNAI{Identifier: []byte("evil")}.AppendBinary),
			code.FAtoHA, []int{131, 132}, nil, "131 32/300 132 34/302"},
		{"nor behind Mobile-Home alone", nil, allKeys, from(coLocated, homeAgent), parts(d.AppendBinary, signMH, nai, raw(ext.KindChallenge, 9)), code.MNtoHA, nil, nil, "32/300"},
		{"two challenges", nil, allKeys, from(foreignAgent, homeAgent), parts(f.AppendBinary, nai, signMH, raw(ext.KindChallenge, 9), raw(ext.KindChallenge, 8), signAAA, signFH), code.FAtoHA, []int{131, 132}, nil, "131 32/300 132 34/302"},
		{"two names", nil, allKeys, from(coLocated, homeAgent), parts(d.AppendBinary, nai, ext.MobileNodeNAI{Identifier: []byte("m")}.AppendBinary, signMH), code.MNtoHA, []int{131, 131}, nil, "131 32/300"},
		{"reserved flags", nil, allKeys, from(coLocated, homeAgent), parts(request(mipv4.FlagDecapsulation|mipv4.FlagReservedX, coLocated).AppendBinary, signMH), code.MNtoHA, nil, nil, "32/300"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := receiver(code.HomeAgent, dsmip.Draft06, tt.keys)
			if tt.v != nil {
				tt.v(v)
			}
			g, err := v.Request(message(t, tt.msg...), tt.arrival)
			if err != nil {
				t.Fatal(err)
			}
			if g.Arrival.Leg != tt.leg || !g.Authenticated() {
				t.Errorf("on leg %v, authenticated %v", g.Arrival.Leg, g.Authenticated())
			}
			if mobile, foreign := saidBy(g.Mobile()), saidBy(g.Foreign()); !slices.Equal(mobile, tt.mobile) || !slices.Equal(foreign, tt.foreign) {
				t.Errorf("mobile node %v, foreign agent %v", mobile, foreign)
			}
			for _, s := range []agent.Said{g.Mobile(), g.Foreign()} {
				for x := range s.All() {
					if found, ok := s.Find(x.Kind()); !ok || found.Kind() != x.Kind() {
						t.Errorf("%v is not found", x.Kind())
					}
				}
			}
			if _, ok := g.Mobile().Find(ext.KindMobileHomeAuth); ok {
				t.Error("an authenticator says something")
			}
			g.HomeAddress = homeAddress
			b, err := g.Reply(nil, code.RegistrationAccepted)
			if err != nil {
				t.Fatal(err)
			}
			r := parsedReply(t, b)
			if r.HomeAgent != homeAgent || r.HomeAddress != homeAddress || r.Lifetime != g.Request.Lifetime || r.Identification != g.Request.Identification {
				t.Errorf("%v", r)
			}
			answer := ""
			for x := range r.Extensions.All() {
				if answer != "" {
					answer += " "
				}
				answer += fmt.Sprint(int(x.Type()))
				if a, err := ext.ParseAuth(x); err == nil {
					_, c, err := tt.keys.of(a.Kind()).Verify(a)
					if err != nil {
						t.Errorf("%v: %v", a, err)
					}
					answer += fmt.Sprint("/", c.SPI())
				}
			}
			if answer != tt.answer {
				t.Errorf("answers %q", answer)
			}
			// The same datagram once more is a replay.
			again, err := v.Request(message(t, tt.msg...), tt.arrival)
			if err != mipv4.ErrReplay {
				t.Errorf("again: %v", err)
			}
			if b, ok := again.Refuse(nil, err); !ok || parsedReply(t, b).Code != code.HAIdentificationMismatch {
				t.Errorf("again: %x", b)
			}
			// And what was judged before it was answered cannot be accepted, either.
			if _, err := g.Reply(nil, code.RegistrationAccepted); err != mipv4.ErrReplay {
				t.Errorf("the second of two: %v", err)
			}
			if _, err := g.Reply(nil, code.HAAdministrativelyProhibited); err != nil {
				t.Errorf("a denial: %v", err)
			}
		})
	}
}

// saidBy returns the types of what somebody said.
func saidBy(s agent.Said) (types []int) {
	for x := range s.All() {
		types = append(types, int(x.Type()))
	}
	return types
}
