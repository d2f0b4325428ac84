package agent_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// bySource returns associations of which those with the foreign agent are found by its
// address as the source.
func bySource(k keys) func(ext.Kind, mipv4.Request, agent.Arrival) ext.Association {
	return func(kind ext.Kind, r mipv4.Request, from agent.Arrival) ext.Association {
		ofForeignAgent := kind == ext.KindForeignHomeAuth || kind == ext.KindMobileForeignAuth
		if ofForeignAgent && from.From.Addr() != foreignAgent {
			return nil
		}
		return k.of(kind)
	}
}

// What a mobile node registers through a foreign agent with an association needs that
// agent's authenticator, whatever source address and unsigned extension somebody writes
// (RFC 5944 §3.8.2.1 c).
func TestForeignHomeIsAskedOfEverySource(t *testing.T) {
	f := request(0, foreignAgent)
	tunnel := ext.UDPTunnelRequest{}.AppendBinary
	for _, tt := range []struct {
		name   string
		source netip.Addr
		msg    []agent.Part
		want   error
	}{
		{"the foreign agent's", foreignAgent, parts(f.AppendBinary, signMH), ext.ErrNoForeignHome},
		{"the home address", homeAddress, parts(f.AppendBinary, signMH), ext.ErrNoForeignHome},
		{"none", anyAddress, parts(f.AppendBinary, signMH), ext.ErrNoForeignHome},
		{"a stranger's", stranger, parts(f.AppendBinary, signMH), ext.ErrNoForeignHome},
		{"a stranger's, who asks for a UDP tunnel", stranger, parts(f.AppendBinary, signMH, tunnel), ext.ErrNoForeignHome},
		{"the foreign agent's, asking for a UDP tunnel", foreignAgent, parts(f.AppendBinary, signMH, tunnel), ext.ErrNoForeignHome},
		{"a wrong authenticator from a stranger's", stranger, parts(f.AppendBinary, signMH, tunnel, forgedFH), ext.ErrForeignHomeInvalid},
		{"the right one from behind a NAT", natted, parts(f.AppendBinary, signMH, tunnel, signFH), nil},
		{"the right one from the home address", homeAddress, parts(f.AppendBinary, signMH, signFH), rules.ErrSource},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := receiver(code.HomeAgent, dsmip.Draft06, allKeys)
			v.Associations = bySource(allKeys)
			g, err := v.Request(message(t, tt.msg...), from(tt.source, homeAgent))
			if err != tt.want || g.Arrival.Leg != code.FAtoHA {
				t.Errorf("on leg %v: %v, want %v", g.Arrival.Leg, err, tt.want)
			}
		})
	}
	// Of a foreign agent without an association the same is taken (RFC 3519 §4.5).
	v := receiver(code.HomeAgent, dsmip.Draft06, keys{mobileHome: allKeys.mobileHome})
	if _, err := v.Request(message(t, f.AppendBinary, signMH, tunnel), from(natted, homeAgent)); err != nil {
		t.Error(err)
	}
}

// A deregistration has no Foreign-Home (RFC 5944 §3.5.4), so that nobody is asked for it by
// the care-of address: a wrong authenticator is answered, whoever sends it.
func TestForeignHomeIsNotAskedOfDeregistrations(t *testing.T) {
	v := receiver(code.HomeAgent, dsmip.Draft06, allKeys)
	v.Associations = bySource(allKeys)
	r := request(0, foreignAgent)
	r.Lifetime = mipv4.Deregister
	g, err := v.Request(message(t, r.AppendBinary, forgedMH, ext.UDPTunnelRequest{}.AppendBinary), from(natted, homeAgent))
	if err != ext.ErrMobileHomeInvalid {
		t.Fatal(err)
	}
	b, ok := g.Refuse(nil, err)
	if !ok {
		t.Fatal("silence")
	}
	if p := parsedReply(t, b); p.Code != code.HAMobileNodeFailedAuthentication {
		t.Error(p)
	}
}

// A prefix with bits beyond its length is requested without them (RFC 5454 §2.1).
func TestHostBitsLeaveTheRequest(t *testing.T) {
	bits := raw(ext.KindIPv6PrefixRequest, 32, 0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
	for _, p := range []dsmip.Profile{dsmip.Draft06, dsmip.RFC5454} {
		msg := message(t, request(mipv4.FlagDecapsulation, coLocated).AppendBinary, bits, signMH)
		g, err := receiver(code.HomeAgent, p, allKeys).Request(msg, from(coLocated, homeAgent))
		if err != nil {
			t.Errorf("%v: %v", p, err)
		}
		if _, ok := g.Mobile().Find(ext.KindIPv6PrefixRequest); !ok {
			t.Errorf("%v: not found", p)
		}
	}
}

// Through a foreign agent without association nobody but that agent is taken for the
// sender: a source address makes no request a direct one.
func TestSourceMakesNoDirectRequest(t *testing.T) {
	for _, source := range []netip.Addr{homeAddress, anyAddress} {
		for _, home := range []netip.Addr{homeAddress, anyAddress} {
			v := receiver(code.HomeAgent, dsmip.Draft06, keys{mobileHome: allKeys.mobileHome})
			r := request(0, foreignAgent)
			r.HomeAddress = home
			g, err := v.Request(message(t, r.AppendBinary, ext.MobileNodeNAI{Identifier: []byte("n")}.AppendBinary, signMH), from(source, homeAgent))
			if err != rules.ErrSource || g.Arrival.Leg != code.FAtoHA {
				t.Errorf("%v from %v: %v, %v", home, source, g.Arrival.Leg, err)
			}
		}
	}
}

// Mobile-Foreign is asked of every source as well (RFC 5944 §3.6.2.1 a).
func TestMobileForeignIsAskedOfEverySource(t *testing.T) {
	asked := parsedRequest(t, request(0, foreignAgent).AppendBinary, signMH, signMF)
	fixed := mipv4.Reply{Lifetime: 600, HomeAddress: homeAddress, HomeAgent: homeAgent, Identification: asked.Identification}
	for _, associations := range []func(ext.Kind, mipv4.Request, agent.Arrival) ext.Association{
		bySource(allKeys),
		func(kind ext.Kind, _ mipv4.Request, _ agent.Arrival) ext.Association { return allKeys.of(kind) },
	} {
		v := receiver(code.MobileNode, dsmip.Draft06, allKeys)
		v.Associations = associations
		for _, source := range []netip.Addr{foreignAgent, homeAgent, stranger} {
			g, err := v.Reply(message(t, fixed.AppendBinary, signMH), &asked, from(source, homeAddress))
			if err != ext.ErrNoMobileForeign || g.Arrival.Leg != code.FAtoMN || g.Accepted() {
				t.Errorf("from %v: %v on leg %v", source, err, g.Arrival.Leg)
			}
			if _, err := v.Reply(message(t, fixed.AppendBinary, signMH, signMF), &asked, from(source, homeAddress)); err != nil {
				t.Errorf("signed, from %v: %v", source, err)
			}
		}
	}
	// A deregistration may be answered by the home agent itself.
	r := request(0, foreignAgent)
	r.Lifetime = mipv4.Deregister
	asked = parsedRequest(t, r.AppendBinary, signMH)
	fixed.Lifetime = mipv4.Deregister
	v := receiver(code.MobileNode, dsmip.Draft06, allKeys)
	if g, err := v.Reply(message(t, fixed.AppendBinary, signMH), &asked, from(homeAgent, homeAddress)); err != nil || g.Arrival.Leg != code.HAtoMN {
		t.Errorf("%v on leg %v", err, g.Arrival.Leg)
	}
}

// Of one request that came twice and was judged twice one is accepted, and the nonce stays
// the one that was sent (RFC 5944 §5.7.2).
func TestDuplicateKeepsTheNonce(t *testing.T) {
	state := &agent.Replay{Style: agent.ByNonces}
	if err := state.Nonces.Commit(0, 7); err != mipv4.ErrNonce {
		t.Fatal(err)
	}
	v := receiver(code.HomeAgent, dsmip.Draft06, allKeys)
	v.Replay = func(mipv4.Request, ext.SecurityContext) *agent.Replay { return state }
	next := uint32(1000)
	v.Nonce = func() uint32 { next++; return next }
	r := request(mipv4.FlagDecapsulation, coLocated)
	r.Identification = 7<<32 | 5
	msg := message(t, r.AppendBinary, signMH)
	first, err := v.Request(msg, from(coLocated, homeAgent))
	if err != nil {
		t.Fatal(err)
	}
	second, err := v.Request(msg, from(coLocated, homeAgent))
	if err != nil {
		t.Fatal(err)
	}
	b, err := first.Reply(nil, code.RegistrationAccepted)
	if err != nil || parsedReply(t, b).Identification != 1001<<32|5 {
		t.Fatalf("%x, %v", b, err)
	}
	sent := *state
	if b, err := second.Reply(nil, code.RegistrationAccepted); err != mipv4.ErrNonce || b != nil || *state != sent {
		t.Errorf("the second: %x, %v, %v", b, err, state)
	}
	b, ok := second.Refuse(nil, mipv4.ErrNonce)
	if !ok || parsedReply(t, b).Code != code.HAIdentificationMismatch || parsedReply(t, b).Identification != 1002<<32|5 || *state == sent {
		t.Errorf("its denial: %x, %v, %v", b, ok, state)
	}
}

// A Code that denies grants nothing, and without a Policy nothing is granted.
func TestGrantDoesNotDeny(t *testing.T) {
	g, err := receiver(code.HomeAgent, dsmip.Draft06, allKeys).Request(ordinaryRequest(t), from(coLocated, homeAgent))
	if err != nil {
		t.Fatal(err)
	}
	p := agent.Policy{Served: served}
	if b, err := g.Grant(nil, code.HAAdministrativelyProhibited, &p); err != agent.ErrReplyCode || b != nil || len(p.Granted) != 0 {
		t.Errorf("%x, %v, %v", b, err, p.Granted)
	}
	b, err := g.Grant(nil, code.RegistrationAccepted, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := parsedReply(t, b)
	for x := range r.Extensions.All() {
		if q, err := dsmip.ParsePrefixReply(x); err == nil && q.Code.Accepted() {
			t.Errorf("grants %v", q)
		}
	}
}

// A denial with the nonce that another denial has sent since is not sent: every nonce is
// used once (RFC 5944 §5.7.2).
func TestDenialsShareNoNonce(t *testing.T) {
	state := &agent.Replay{Style: agent.ByNonces}
	if err := state.Nonces.Commit(0, 7); err != mipv4.ErrNonce {
		t.Fatal(err)
	}
	v := receiver(code.HomeAgent, dsmip.Draft06, allKeys)
	v.Replay = func(mipv4.Request, ext.SecurityContext) *agent.Replay { return state }
	v.Nonce = func() uint32 { return 99 }
	r := request(mipv4.FlagDecapsulation, coLocated)
	r.Identification = 6<<32 | 5
	msg := message(t, r.AppendBinary, signMH)
	first, one := v.Request(msg, from(coLocated, homeAgent))
	second, two := v.Request(msg, from(coLocated, homeAgent))
	if one != mipv4.ErrNonce || two != mipv4.ErrNonce {
		t.Fatal(one, two)
	}
	if _, ok := first.Refuse(nil, one); !ok {
		t.Error("silence")
	}
	sent := *state
	if b, ok := second.Refuse(nil, two); ok || b != nil || *state != sent {
		t.Errorf("%x, %v", b, state)
	}
}

// What a stranger writes in the place of the nonce is not signed (RFC 5944 §5.7.2), and his
// request moves no state.
func TestDenialBeforeAuthenticationHasItsOwnNonce(t *testing.T) {
	for _, tt := range []struct {
		name string
		msg  []agent.Part
		leg  code.Leg
		want code.Registration
	}{
		{"131", parts(raw(ext.KindMobileHomeAuth, 0, 0, 1, 44)), code.MNtoHA, code.HAMobileNodeFailedAuthentication},
		{"132", parts(raw(ext.KindMobileHomeAuth, 0, 0, 1, 44), forgedFH), code.FAtoHA, code.HAForeignAgentFailedAuthentication},
		{"144", parts(signMH, forgedA), code.MNtoHA, code.HABadAAAAuthentication},
	} {
		v := receiver(code.HomeAgent, dsmip.Draft06, allKeys)
		state := &agent.Replay{Style: agent.ByNonces}
		v.Replay = func(mipv4.Request, ext.SecurityContext) *agent.Replay { return state }
		random := uint32(99)
		v.Nonce = func() uint32 { return random }
		r := request(mipv4.FlagDecapsulation, coLocated)
		r.Identification = 0xdeadbeef_00000005
		arrival := from(coLocated, homeAgent)
		arrival.Leg = tt.leg
		g, err := v.Request(message(t, append(parts(r.AppendBinary), tt.msg...)...), arrival)
		b, ok := g.Refuse(nil, err)
		if !ok {
			t.Errorf("%s: silence, %v", tt.name, err)
			continue
		}
		if p := parsedReply(t, b); p.Code != tt.want || p.Identification != 99<<32|5 || *state != (agent.Replay{Style: agent.ByNonces}) {
			t.Errorf("%s: %v, %v", tt.name, p, state)
		}
		random = 0 // which is no nonce
		b, _ = g.Refuse(nil, err)
		if p := parsedReply(t, b); p.Identification != 1<<32|5 {
			t.Errorf("%s: %v", tt.name, p)
		}
	}
}

// What a foreign agent accepts it can relay: what the mobile node or the home agent has
// signed is not its to judge (RFC 5944 §3.7.2.2, §3.7.3.2).
func TestForeignAgentRelaysWhatItAccepts(t *testing.T) {
	f := request(0, foreignAgent).AppendBinary
	unasked := dsmip.PrefixReply{PrefixLength: 64, Prefix: netip.MustParseAddr("2001:db8:1:2::")}
	for _, tt := range []struct {
		name string
		msg  []agent.Part
	}{
		{"MN-AAA before Mobile-Home", parts(f, signAAA, signMH)},
		{"a prefix reply in a request", parts(f, unasked.AppendBinary, signMH)},
		{"a text that is not UTF-8", parts(f, raw(ext.KindMessageStringHA, 0xff), signMH)},
	} {
		v := receiver(code.ForeignAgent, dsmip.Draft06, keys{})
		g, err := v.Request(message(t, tt.msg...), from(homeAddress, foreignAgent))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		b, err := g.Relay(nil)
		if signed, _ := g.Request.Authorized(); err != nil || string(b) != string(signed) {
			t.Errorf("%s: relays %x, %v", tt.name, b, err)
		}
		// What it adds is judged all the same.
		if b, err := g.Relay(nil, raw(ext.KindFAError, 1)); err == nil {
			t.Errorf("%s: relays %x", tt.name, b)
		}
	}
	asked := parsedRequest(t, f, signMH)
	fixed := mipv4.Reply{Lifetime: 1800, HomeAddress: homeAddress, HomeAgent: homeAgent, Identification: asked.Identification}
	longer, redirects := fixed, fixed
	longer.Lifetime++
	redirects.Code = code.HARedirect
	for _, tt := range []struct {
		name string
		msg  []agent.Part
	}{
		{"a prefix that was not requested", parts(fixed.AppendBinary, unasked.AppendBinary, signMH)},
		{"a text that is not UTF-8", parts(fixed.AppendBinary, raw(ext.KindMessageStringHA, 0xff), signMH)},
		{"a longer Lifetime", parts(longer.AppendBinary, signMH)},
		{"what is missing", parts(redirects.AppendBinary, signMH)},
	} {
		v := receiver(code.ForeignAgent, dsmip.Draft06, keys{})
		g, err := v.Reply(message(t, tt.msg...), &asked, from(homeAgent, foreignAgent))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		b, err := g.Relay(nil)
		if signed, _ := g.Reply.Authorized(); err != nil || string(b) != string(signed) {
			t.Errorf("%s: relays %x, %v", tt.name, b, err)
		}
		if b, err := g.Relay(nil, dsmip.TunnelingMode{}.AppendBinary); err == nil {
			t.Errorf("%s: relays %x", tt.name, b)
		}
		// A key for the foreign agent to share needs Mobile-Foreign, which nobody adds here.
		if b, err := g.Relay(nil, raw(ext.KindMNFAKeyReply, make([]byte, 40)...)); err == nil {
			t.Errorf("%s: relays %x", tt.name, b)
		}
	}
}

// And what it cannot relay it does not accept.
func TestForeignAgentAcceptsWhatItRelays(t *testing.T) {
	f := request(0, foreignAgent).AppendBinary
	v := receiver(code.ForeignAgent, dsmip.Draft06, keys{})
	g, err := v.Request(message(t, f, signFH, signMH), from(homeAddress, foreignAgent))
	if _, ok := g.Refuse(nil, err); err != mipv4.ErrBehindForeign || ok {
		t.Errorf("%v, answered %v", err, ok)
	}
	asked := parsedRequest(t, f, signMH)
	fixed := mipv4.Reply{Lifetime: 600, HomeAddress: homeAddress, HomeAgent: homeAgent, Identification: asked.Identification}
	p, err := v.Reply(message(t, fixed.AppendBinary), &asked, from(homeAgent, foreignAgent))
	if err != mipv4.ErrNotAuthorized || p.Accepted() {
		t.Errorf("%v, accepted %v", err, p.Accepted())
	}
	// A gateway's denial has no home agent's authenticator.
	fixed.Code = 193
	p, err = v.Reply(message(t, fixed.AppendBinary), &asked, from(homeAgent, foreignAgent))
	if err != nil {
		t.Fatal(err)
	}
	if b, err := p.Relay(nil); err != nil || parsedReply(t, b).Code != 193 {
		t.Errorf("%x, %v", b, err)
	}
}

// A foreign agent that says 69 with a Lifetime of zero makes nobody deregister.
func TestLongestLifetimeIsNotZero(t *testing.T) {
	asked := parsedRequest(t, request(0, foreignAgent).AppendBinary, signMH)
	v := receiver(code.MobileNode, dsmip.Draft06, keys{mobileHome: allKeys.mobileHome})
	for said, want := range map[mipv4.Lifetime]mipv4.Lifetime{0: mipv4.Infinite, 60: 60} {
		p := mipv4.Reply{Code: code.FALifetimeTooLong, Lifetime: said, HomeAddress: homeAddress, HomeAgent: homeAgent, Identification: asked.Identification}
		g, err := v.Reply(message(t, p.AppendBinary), &asked, from(foreignAgent, homeAddress))
		if err != nil || g.LongestLifetime() != want {
			t.Errorf("%v: %v, %v", said, g.LongestLifetime(), err)
		}
	}
}

// A foreign agent's answer goes to one host, or no further than the link, whatever the Home
// Address says.
func TestForeignAgentAnswersOneHost(t *testing.T) {
	v := receiver(code.ForeignAgent, dsmip.Draft06, keys{})
	for home, want := range map[string]string{
		"192.0.2.10": "192.0.2.10", "0.0.0.0": "255.255.255.255", "224.0.0.1": "255.255.255.255",
		"240.0.0.1": "255.255.255.255", "255.255.255.255": "255.255.255.255", "127.0.0.1": "255.255.255.255",
	} {
		r := request(0, stranger)
		r.HomeAddress = netip.MustParseAddr(home)
		g, err := v.Request(message(t, r.AppendBinary, ext.MobileNodeNAI{Identifier: []byte("n")}.AppendBinary, signMH), from(homeAddress, foreignAgent))
		if _, ok := g.Refuse(nil, err); !ok || g.ReplyHeaders().Destination != netip.AddrPortFrom(netip.MustParseAddr(want), 434) {
			t.Errorf("%s: %v to %v", home, err, g.ReplyHeaders())
		}
	}
}

// Where an MN-AAA stands behind Mobile-Home, what is between them is the mobile node's, but
// no place to ask for prefixes (draft-06 §4.1).
func TestPrefixesStandBeforeMobileHome(t *testing.T) {
	one, mode := prefix("2001:db8:1::/48"), dsmip.TunnelingMode{}.AppendBinary
	d := request(mipv4.FlagDecapsulation, coLocated).AppendBinary
	for _, tt := range []struct {
		name string
		msg  []agent.Part
		n    int
		mode code.IPv6Prefix
	}{
		{"before", parts(d, one, mode, signMH, signAAA), 1, code.PrefixAcceptedCareOfAddress},
		{"between", parts(d, signMH, one, mode, signAAA), 0, code.PrefixAcceptedHomeAddress},
		{"one of each", parts(d, one, signMH, prefix("2001:db8:2::/48"), mode, signAAA), 1, code.PrefixAcceptedHomeAddress},
		{"before MN-AAA alone", parts(d, one, mode, signAAA), 1, code.PrefixAcceptedCareOfAddress},
	} {
		g := accepted(t, allKeys, from(coLocated, homeAgent), tt.msg...)
		n := 0
		for range g.Prefixes() {
			n++
		}
		p := agent.Policy{Served: served}
		if _, err := g.Grant(nil, code.RegistrationAccepted, &p); err != nil || n != tt.n || len(p.Granted) != tt.n || g.AcceptingCode() != tt.mode {
			t.Errorf("%s: %v, %d prefixes, granted %v, Code %v", tt.name, err, n, p.Granted, g.AcceptingCode())
		}
	}
}

// A foreign agent that has no key to sign with relays nothing unsigned.
func TestRelayIsNotUnsigned(t *testing.T) {
	v := receiver(code.ForeignAgent, dsmip.Draft06, keys{foreignHome: onlyCHAP})
	g, err := v.Request(message(t, request(0, foreignAgent).AppendBinary, signMH), from(homeAddress, foreignAgent))
	if err != nil {
		t.Fatal(err)
	}
	if b, err := g.Relay(nil); err != agent.ErrUnsigned || b != nil {
		t.Errorf("%x, %v", b, err)
	}
}

// No fault, or none that says anything, is answered with silence.
func TestRefuseNothing(t *testing.T) {
	var none *code.Fault
	f := request(0, foreignAgent).AppendBinary
	asked := parsedRequest(t, f, signMH)
	v := receiver(code.ForeignAgent, dsmip.Draft06, keys{})
	g, err := v.Request(message(t, f, signMH), from(homeAddress, foreignAgent))
	if err != nil {
		t.Fatal(err)
	}
	p := mipv4.Reply{Lifetime: 600, HomeAddress: homeAddress, HomeAgent: homeAgent, Identification: asked.Identification}
	r, err := v.Reply(message(t, p.AppendBinary, signMH), &asked, from(homeAgent, foreignAgent))
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{nil, none} {
		if b, ok := g.Refuse(nil, err); ok || b != nil {
			t.Errorf("a request: %x", b)
		}
		if b, ok := r.Refuse(nil, err); ok || b != nil {
			t.Errorf("a reply: %x", b)
		}
	}
}

// How many authenticators are verified is the home agent's to limit: a foreign agent relays
// what is well-formed (RFC 5944 §3.7.2.2).
func TestManyAuthorizationsAreTheHomeAgents(t *testing.T) {
	msg := message(t, request(0, foreignAgent).AppendBinary, signMH, signMH, signMH, signMH, signAAA)
	g, err := receiver(code.ForeignAgent, dsmip.Draft06, keys{}).Request(msg, from(homeAddress, foreignAgent))
	if err != nil {
		t.Fatal(err)
	}
	b, err := g.Relay(nil)
	if err != nil || string(b) != string(msg) {
		t.Errorf("%x, %v", b, err)
	}
	if _, err := receiver(code.HomeAgent, dsmip.Draft06, keys{mobileHome: allKeys.mobileHome}).Request(b, from(foreignAgent, homeAgent)); err != agent.ErrManyAuthorizations {
		t.Error(err)
	}
}

// A Challenge is looked for once, in however large a window and however many there are.
func TestOneChallengeIsCompared(t *testing.T) {
	v := receiver(code.ForeignAgent, dsmip.Draft06, keys{})
	at := v.Situation.Receiver
	at.Challenge = rules.ServiceDemanded
	for i := range 1 << 16 {
		at.Challenges = append(at.Challenges, word(uint32(i)))
	}
	msg := message(t, request(0, foreignAgent).AppendBinary, ext.MobileNodeNAI{Identifier: []byte("n")}.AppendBinary, signMH, func(b []byte) ([]byte, error) {
		for i := uint32(1 << 16); len(b) < 65000; i-- {
			b, _ = ext.Challenge{Value: word(i - 1)}.AppendBinary(b)
		}
		return b, nil
	}, signAAA)
	least := time.Hour // of a few tries, since others may want the processor
	for range 5 {
		start := time.Now()
		if _, err := v.Request(msg, from(homeAddress, foreignAgent)); err != nil {
			t.Error(err)
		}
		if least = min(least, time.Since(start)); least < time.Second {
			return
		}
	}
	t.Error(least)
}

// What was not parsed is judged as far as it goes.
func TestServesAsksOfAddresses(t *testing.T) {
	s := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.Draft06, Receiver: &rules.Receiver{Serves: func(netip.Addr) bool { return false }}}
	for _, home := range []netip.Addr{{}, netip.MustParseAddr("2001:db8::1")} {
		r := mipv4.Request{HomeAddress: home}
		if err := s.CheckRequest(&r); err == rules.ErrHomeAddressNotServed || err == nil {
			t.Errorf("%v: %v", home, err)
		}
		if err := s.CheckMessage(r, nil); err == rules.ErrHomeAddressNotServed || err == nil {
			t.Errorf("%v: %v", home, err)
		}
	}
}
