package agent_test

import (
	"bytes"
	"fmt"
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

func TestForeignAgentRefuses(t *testing.T) {
	link := from(homeAddress, foreignAgent)
	far := link
	far.TTL = 64
	untold := link
	untold.TTL = 0
	f := request(0, foreignAgent).AppendBinary
	tunnels := request(mipv4.FlagReverseTunnel, foreignAgent).AppendBinary
	change := func(careOf netip.Addr, how func(*mipv4.Request)) agent.Part {
		r := request(0, careOf)
		how(&r)
		return r.AppendBinary
	}
	fresh, used, unknown := raw(ext.KindChallenge, 1, 2, 3, 4), raw(ext.KindChallenge, 5, 6, 7, 8), raw(ext.KindChallenge, 7, 7, 7, 7)
	nai := ext.MobileNodeNAI{Identifier: []byte("n")}.AppendBinary
	demands := func(v *agent.Receiver) {
		at := v.Situation.Receiver
		at.Challenge, at.Challenges, at.Used = rules.ServiceDemanded, [][]byte{{1, 2, 3, 4}, {5, 6, 7, 8}}, [][]byte{{5, 6, 7, 8}}
	}
	nobody := keys{}
	mobile := keys{mobileForeign: allKeys.mobileForeign}
	for _, tt := range []attempt{
		{"no associations", func(v *agent.Receiver) { v.Associations = nil }, nobody, link, parts(f, signMH), agent.ErrReceiver, "silence"},
		{"no addresses", func(v *agent.Receiver) { v.Situation.Receiver.Addresses = nil }, nobody, link, parts(f, signMH), agent.ErrReceiver, "silence"},
		{"no TTL", nil, nobody, untold, parts(tunnels, signMH), agent.ErrArrival, "silence"},
		{"a leg of another role", nil, nobody, agent.Arrival{From: link.From, To: link.To, Leg: code.FAtoHA}, parts(f, signMH), rules.ErrRequestLeg, "silence"},

		{"from a multicast address", nil, nobody, from(netip.MustParseAddr("224.0.0.1"), foreignAgent), parts(f, signMH), agent.ErrSourceAddress, "silence"},
		{"no authorization", nil, nobody, link, parts(f), rules.ErrNoAuthorization, "silence"},
		{"a Challenge that nothing answers", nil, nobody, link, parts(f, signMH, raw(ext.KindChallenge, 1)), rules.ErrChallengeUnanswered, "silence"},
		{"no Mobile-Foreign", nil, mobile, link, parts(f, signMH), ext.ErrNoMobileForeign, "67 Mo33/301"},
		{"no Mobile-Foreign, from afar, with a wrong care-of address", nil, mobile, far, parts(change(stranger, func(r *mipv4.Request) { r.Flags = mipv4.FlagReverseTunnel }), signMH), ext.ErrNoMobileForeign, "67 Mo33/301"},
		{"two", nil, mobile, link, parts(f, signMH, signMF, signMF), rules.ErrSecondMobileForeign, "67 Mo33/301"},
		{"wrong", nil, mobile, link, parts(f, signMH, forgedMF), ext.ErrMobileForeignInvalid, "67 Mo33/301"},
		{"wrong MN-AAA", nil, allKeys, link, parts(f, signMH, raw(ext.KindChallenge, 1), forgedA, signMF), ext.ErrMNAAAInvalid, "108 Mo33/301"},
		{"wrong MN-AAA without association", nil, keys{aaa: allKeys.aaa}, link, parts(f, signMH, raw(ext.KindChallenge, 1), forgedA), ext.ErrMNAAAInvalid, "108"},
		{"broadcast care-of address", nil, mobile, link, parts(change(netip.MustParseAddr("255.255.255.255"), func(*mipv4.Request) {}), signMH, signMF), rules.ErrBroadcastCareOfAddress, "70 Mo33/301"},
		{"a body that is too short", nil, nobody, link, parts(f, raw(ext.KindIPv6PrefixRequest, 1), signMH), layoutOf(ext.KindIPv6PrefixRequest), "70"},

		{"no challenge", demands, nobody, link, parts(f, nai, signMH, signAAA), rules.ErrChallengeMissing, "105"},
		{"a used challenge", demands, nobody, link, parts(f, nai, signMH, used, signAAA), rules.ErrChallengeStale, "106"},
		{"an unknown challenge", demands, nobody, link, parts(f, nai, signMH, unknown, signAAA), rules.ErrChallengeUnknown, "104"},
		{"a fresh challenge in front", demands, nobody, link, parts(f, nai, fresh, signMH, signAAA), rules.ErrChallengeMissing, "105"},
		{"a used challenge in front", demands, nobody, link, parts(f, nai, used, signMH, signAAA), rules.ErrChallengeMissing, "105"},
		{"an unknown challenge in front, and MN-AAA", demands, nobody, link, parts(f, nai, unknown, signAAA, signMH), rules.ErrChallengeMissing, "105"},
		{"a challenge behind MN-AAA", demands, nobody, link, parts(f, nai, signMH, signAAA, fresh), rules.ErrChallengeUnanswered, "silence"},
		{"a challenge that nobody's authenticator answers", demands, nobody, link, parts(f, nai, signMH, fresh, signMF), rules.ErrChallengeMissing, "105"},
		{"a fresh challenge that is not the first", demands, nobody, link, parts(f, nai, signMH, used, fresh, signAAA), rules.ErrChallengeStale, "106"},

		{"too distant", nil, mobile, far, parts(tunnels, signMH, signMF), rules.ErrTooDistant, "76 Mo33/301"},
		{"another's care-of address", nil, nobody, link, parts(change(stranger, func(*mipv4.Request) {}), signMH), rules.ErrCareOfAddressNotOffered, "77"},
		{"itself the home agent", nil, nobody, link, parts(change(foreignAgent, func(r *mipv4.Request) { r.HomeAgent = netip.MustParseAddr("10.0.0.1") }), signMH), rules.ErrForeignAsHome, "116"},
		{"its care-of address the home agent", nil, nobody, link, parts(change(foreignAgent, func(r *mipv4.Request) { r.HomeAgent = foreignAgent }), signMH), rules.ErrForeignAsHome, "116"},
		{"too long", func(v *agent.Receiver) { v.Situation.Receiver.LongestLifetime = 600 }, nobody, link, parts(f, signMH), rules.ErrLifetimeTooLong, "69"},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, code.ForeignAgent) })
	}
}

// relays is what a foreign agent makes of a request: the types of the extensions that
// it sends on.
func TestForeignAgentRelays(t *testing.T) {
	link := from(homeAddress, foreignAgent)
	f := request(0, foreignAgent)
	change := func(r mipv4.Request, how func(*mipv4.Request)) agent.Part {
		how(&r)
		return r.AppendBinary
	}
	challenge, delivery := raw(ext.KindChallenge, 1, 2, 3, 4), raw(ext.KindEncapsulatingDelivery)
	nai := ext.MobileNodeNAI{Identifier: []byte("n")}.AppendBinary
	edition3344 := func(v *agent.Receiver) { v.Situation.Edition = rules.RFC3344 }
	for _, tt := range []struct {
		name   string
		v      func(*agent.Receiver)
		keys   keys
		msg    []agent.Part
		added  []agent.Part
		mobile []int
		types  string
	}{
		{"without associations", nil, keys{}, parts(f.AppendBinary, nai, signMH), nil, nil, "131 32"},
		{"with its own extension", nil, keys{}, parts(f.AppendBinary, nai, signMH), parts(ext.GREKey{KeyIdentifier: 1}.AppendBinary), nil, "131 32 48"},
		{"Foreign-Home", nil, keys{foreignHome: allKeys.foreignHome}, parts(f.AppendBinary, nai, signMH), parts(dsmip.TunnelingMode{}.AppendBinary), nil, "131 32 152 34"},
		{"Mobile-Foreign is removed", nil, allKeys, parts(change(f, func(r *mipv4.Request) { r.Flags = mipv4.FlagReverseTunnel }), nai, signMH, delivery, signMF), nil, []int{131, 130}, "131 32 34"},
		{"a challenge with MN-AAA stays", nil, allKeys, parts(f.AppendBinary, nai, signMH, challenge, signAAA, signMF), nil, []int{131, 132}, "131 32 132 36 34"},
		{"a challenge without is removed", nil, allKeys, parts(f.AppendBinary, nai, signMH, challenge, signMF), nil, []int{131, 132}, "131 32 34"},
		{"MN-AAA verified here", nil, keys{aaa: allKeys.aaa}, parts(f.AppendBinary, nai, signMH, challenge, signAAA), nil, []int{131, 132}, "131 32 132 36"},
		{"MN-AAA for others to verify", nil, keys{}, parts(f.AppendBinary, nai, signMH, challenge, signAAA), nil, nil, "131 32 132 36"},
		{"a deregistration has no Foreign-Home", nil, allKeys, parts(change(f, func(r *mipv4.Request) { r.Lifetime = 0 }), signMH, signMF), nil, nil, "32"},
		{"nor has a care-of address of another's", nil, allKeys, parts(request(mipv4.FlagDecapsulation, coLocated).AppendBinary, signMH, signMF), nil, nil, "32"},
		{"a deregistration under RFC 3344, which has it", edition3344, allKeys, parts(change(f, func(r *mipv4.Request) { r.Lifetime = 0 }), signMH, signMF), nil, nil, "32 34"},
		{"a care-of address of another's under RFC 3344", edition3344, allKeys, parts(request(mipv4.FlagDecapsulation, coLocated).AppendBinary, signMH, signMF), nil, nil, "32 34"},
		{"DSMIPv4 is relayed as it is", nil, allKeys, parts(f.AppendBinary, prefix("2001:db8:1::/48"), prefix("2001:db8:2::/48"), signMH, signMF), nil, []int{152, 152}, "152 152 32 34"},
		{"a limit that is not exceeded", func(v *agent.Receiver) { v.Situation.Receiver.LongestLifetime = 1800 }, keys{}, parts(f.AppendBinary, signMH), nil, nil, "32"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := receiver(code.ForeignAgent, dsmip.Draft06, tt.keys)
			if tt.v != nil {
				tt.v(v)
			}
			msg := message(t, tt.msg...)
			g, err := v.Request(msg, link)
			if err != nil {
				t.Fatal(err)
			}
			if got := saidBy(g.Mobile()); !slices.Equal(got, tt.mobile) {
				t.Errorf("the mobile node says %v", got)
			}
			if g.Authenticated() != (len(tt.keys.mobileForeign) != 0 || len(tt.keys.aaa) != 0) {
				t.Error("authenticated:", g.Authenticated())
			}
			b, err := g.Relay([]byte{9}, tt.added...)
			if err != nil || b[0] != 9 {
				t.Fatal(err, b)
			}
			b = b[1:]
			signed, err := g.Request.Authorized()
			if err != nil || !bytes.HasPrefix(b, signed) {
				t.Errorf("%v: changed what the mobile node has signed", err)
			}
			r, err := mipv4.ParseRequest(b)
			if err != nil {
				t.Fatal(err)
			}
			types := fmt.Sprint(typesOf(r.Extensions))
			if types[1:len(types)-1] != tt.types {
				t.Errorf("relays %s, want %s", types, tt.types)
			}
			if a, err := r.Extensions.Auth(ext.KindForeignHomeAuth); err == nil {
				if _, err := fh.Verify(a); err != nil {
					t.Error(err)
				}
			}
			// What is relayed the home agent takes, whatever it has as associations.
			home := receiver(code.HomeAgent, dsmip.Draft06, keys{mobileHome: allKeys.mobileHome, foreignHome: tt.keys.foreignHome})
			home.Situation.Edition = v.Situation.Edition
			arrival := from(foreignAgent, homeAgent)
			arrival.Leg = code.FAtoHA
			if _, err := home.Request(b, arrival); err != nil {
				t.Error("the home agent:", err)
			}
		})
	}
}

func TestForeignAgentDenies(t *testing.T) {
	v := receiver(code.ForeignAgent, dsmip.Draft06, allKeys)
	g, err := v.Request(message(t, request(0, foreignAgent).AppendBinary, signMH, signMF), from(homeAddress, foreignAgent))
	if err != nil {
		t.Fatal(err)
	}
	b, err := g.Reply(nil, code.FAInsufficientResources, raw(ext.KindChallenge, 5))
	if err != nil {
		t.Fatal(err)
	}
	r := parsedReply(t, b)
	if got := typesOf(r.Extensions); r.Code != code.FAInsufficientResources || !slices.Equal(got, []int{132, 33}) {
		t.Errorf("%v, %v", r.Code, got)
	}
	for _, c := range []code.Registration{code.RegistrationAccepted, code.HAPoorlyFormedRequest, 9, 193, 255} {
		if b, err := g.Reply(nil, c); err != agent.ErrReplyCode || b != nil {
			t.Errorf("%d: %v", c, err)
		}
	}
	if _, err := g.Relay(nil, raw(ext.KindFAError, 1)); err == nil {
		t.Error("relays what does not belong in a request")
	}
}

// A denial of a request whose authenticator is wrong is signed with the first context of the
// association, not with the one that failed.
func TestForeignAgentSignsWithTheFirst(t *testing.T) {
	k := allKeys
	k.mobileForeign = ext.Association{newContext(400, "mobile and foreign, first"), mf}
	wrong := newContext(mf.SPI(), "a guess").Signer(ext.KindMobileForeignAuth)
	v := receiver(code.ForeignAgent, dsmip.Draft06, k)
	g, err := v.Request(message(t, request(0, foreignAgent).AppendBinary, signMH, wrong), from(homeAddress, foreignAgent))
	if err != ext.ErrMobileForeignInvalid {
		t.Fatal(err)
	}
	b, ok := g.Refuse(nil, err)
	if !ok {
		t.Fatal("silence")
	}
	r := parsedReply(t, b)
	if a, err := r.Extensions.Auth(ext.KindMobileForeignAuth); err != nil || a.SPI() != 400 {
		t.Errorf("signed with SPI %d, %v", a.SPI(), err)
	}
}

// answers is a relayed reply on its way to a foreign agent.
func TestForeignAgentReceives(t *testing.T) {
	asked := parsedRequest(t, request(0, foreignAgent).AppendBinary, prefix("2001:db8:1::/48"), signMH, signMF)
	fixed := mipv4.Reply{Lifetime: 1800, HomeAddress: homeAddress, HomeAgent: homeAgent, Identification: asked.Identification}
	change := func(how func(*mipv4.Reply)) agent.Part {
		r := fixed
		how(&r)
		return r.AppendBinary
	}
	prefixReply := dsmip.PrefixReply{PrefixLength: 48, Prefix: netip.MustParseAddr("2001:db8:1::")}.AppendBinary
	back := from(homeAgent, foreignAgent)
	known, unknown := allKeys, keys{mobileForeign: allKeys.mobileForeign}
	for _, tt := range []struct {
		name   string
		keys   keys
		msg    []agent.Part
		want   error
		said   []int
		answer string // what the mobile node gets: the Code and the types
	}{
		{"accepted", known, parts(fixed.AppendBinary, prefixReply, signMH, raw(ext.KindChallenge, 1), signFH), nil, []int{132}, "0 152 32 33"},
		{"accepted by an unknown home agent", unknown, parts(fixed.AppendBinary, prefixReply, signMH, raw(ext.KindChallenge, 1)), nil, nil, "0 152 32 33"},
		{"denied", known, parts(change(func(r *mipv4.Reply) { r.Code = 133 }), signMH, signFH), nil, nil, "133 32 33"},
		{"another Identification", known, parts(change(func(r *mipv4.Reply) { r.Identification++ }), signMH, signFH), mipv4.ErrOtherIdentification, nil, ""},
		{"another node", known, parts(change(func(r *mipv4.Reply) { r.HomeAddress = stranger }), signMH, signFH), mipv4.ErrOtherHomeAddress, nil, ""},
		{"no Foreign-Home", known, parts(fixed.AppendBinary, signMH), ext.ErrNoForeignHome, nil, "0 32 45 33"},
		{"two", known, parts(fixed.AppendBinary, signMH, signFH, signFH), rules.ErrSecondForeignHome, nil, "0 32 45 33"},
		{"two, the first of them wrong", known, parts(fixed.AppendBinary, signMH, forgedFH, signFH), rules.ErrSecondForeignHome, nil, "0 32 45 33"},
		{"wrong", known, parts(fixed.AppendBinary, signMH, forgedFH), ext.ErrForeignHomeInvalid, nil, "0 32 45 33"},
		{"nothing to relay", known, parts(change(func(r *mipv4.Reply) { r.Code = 131 }), forgedFH), ext.ErrForeignHomeInvalid, nil, "68 33"},
		{"not a reply", known, parts(request(0, foreignAgent).AppendBinary, signMH), mipv4.ErrNotReply, nil, ""},
		{"an unknown vendor's", known, parts(fixed.AppendBinary, raw(ext.KindCVSE, 0, 0, 0, 1, 0, 1), signMH, signFH), rules.ErrVendorInReply, nil, "0 38 32 45 33"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := receiver(code.ForeignAgent, dsmip.Draft06, tt.keys)
			v.Situation.ImplementsVendor = func(uint32, uint16) bool { return false }
			g, err := v.Reply(message(t, tt.msg...), &asked, back)
			if err != tt.want {
				t.Fatalf("%v, want %v", err, tt.want)
			}
			if got := saidBy(g.Home()); !slices.Equal(got, tt.said) {
				t.Errorf("the home agent says %v", got)
			}
			var b []byte
			if err == nil {
				if b, err = g.Relay(nil); err != nil {
					t.Fatal(err)
				}
			} else {
				if _, err := g.Relay(nil); err != agent.ErrRefused {
					t.Errorf("relays what it refused: %v", err)
				}
				if g.Accepted() || g.Granted() != 0 {
					t.Error("accepts what it refused")
				}
				for o := range g.Outcomes() {
					if o.Accepted() {
						t.Error("registers what it refused")
					}
				}
				b, _ = g.Refuse(nil, err)
			}
			got := ""
			if len(b) != 0 {
				r := parsedReply(t, b)
				types := fmt.Sprint(typesOf(r.Extensions))
				got = fmt.Sprint(uint8(r.Code), " ", types[1:len(types)-1])
				a, err := r.Extensions.Auth(ext.KindMobileForeignAuth)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := mf.Verify(a); err != nil {
					t.Error(err)
				}
				if x, ok := r.Extensions.Find(ext.KindFAError); ok {
					want, _ := tt.want.(*code.Fault).Reaction(code.ForeignAgent).Code()
					if e, err := ext.ParseFAError(x); err != nil || e.Status != want {
						t.Errorf("%v, %v", e.Status, err)
					}
				}
			}
			if got != tt.answer {
				t.Errorf("the mobile node gets %q, want %q", got, tt.answer)
			}
		})
	}
}

func parsedRequest(t testing.TB, p ...agent.Part) mipv4.Request {
	t.Helper()
	r, err := mipv4.ParseRequest(message(t, p...))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestForeignAgentRegistersNothingUnverified(t *testing.T) {
	asked := parsedRequest(t, request(0, foreignAgent).AppendBinary, prefix("2001:db8:1::/48"), signMH)
	reply := message(t, mipv4.Reply{Lifetime: 600, HomeAddress: homeAddress, HomeAgent: homeAgent, Identification: asked.Identification}.AppendBinary,
		dsmip.PrefixReply{PrefixLength: 48, Prefix: netip.MustParseAddr("2001:db8:1::")}.AppendBinary, signMH)
	signed := message(t, func(b []byte) ([]byte, error) { return append(b, reply...), nil }, signFH)
	for _, tt := range []struct {
		keys keys
		msg  []byte
		want dsmip.Result
	}{
		{keys{}, reply, dsmip.Unsupported},
		{allKeys, signed, dsmip.Registered},
	} {
		v := receiver(code.ForeignAgent, dsmip.Draft06, tt.keys)
		g, err := v.Reply(tt.msg, &asked, from(homeAgent, foreignAgent))
		if err != nil {
			t.Fatal(err)
		}
		if !g.Accepted() || g.Granted() != 600 || g.Authenticated() != (tt.want == dsmip.Registered) {
			t.Errorf("accepted %v, %v, authenticated %v", g.Accepted(), g.Granted(), g.Authenticated())
		}
		for o := range g.Outcomes() {
			if o.Result != tt.want {
				t.Errorf("%v", o)
			}
		}
	}
}
