package agent_test

import (
	"errors"
	"net/netip"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// accepted returns a registration that a home agent takes.
func accepted(t *testing.T, k keys, arrival agent.Arrival, p ...agent.Part) agent.Registration {
	t.Helper()
	g, err := receiver(code.HomeAgent, dsmip.Draft06, k).Request(message(t, p...), arrival)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// What cannot be signed, or may not be sent, is not written.
func TestReplyRefusesToWrite(t *testing.T) {
	d := request(mipv4.FlagDecapsulation, coLocated)
	nameless := d
	nameless.HomeAddress = anyAddress
	one := dsmip.PrefixReply{PrefixLength: 48, Prefix: netip.MustParseAddr("2001:db8:1::")}
	other := dsmip.PrefixReply{PrefixLength: 48, Prefix: netip.MustParseAddr("2001:db8:2::")}
	toCareOf := one
	toCareOf.Code = code.PrefixAcceptedCareOfAddress
	failure := errors.New("a failing part")
	direct, relayed := from(coLocated, homeAgent), from(foreignAgent, homeAgent)
	nai := ext.MobileNodeNAI{Identifier: []byte("n")}.AppendBinary
	for _, tt := range []struct {
		name    string
		keys    keys
		arrival agent.Arrival
		msg     []agent.Part
		code    code.Registration
		parts   []agent.Part
		want    error
	}{
		{"a foreign agent's Code", allKeys, direct, parts(d.AppendBinary, signMH), code.FAInsufficientResources, nil, agent.ErrReplyCode},
		{"nobody's Code", allKeys, direct, parts(d.AppendBinary, signMH), 200, nil, agent.ErrReplyCode},
		{"no home address", allKeys, direct, parts(nameless.AppendBinary, nai, signMH), 0, nil, rules.ErrReplyHomeAddress},
		{"a prefix twice", allKeys, direct, parts(d.AppendBinary, prefix("2001:db8:1::/48"), signMH), 0, parts(one.AppendBinary, one.AppendBinary), rules.ErrSecondPrefixReply},
		{"a prefix that was not requested", allKeys, direct, parts(d.AppendBinary, prefix("2001:db8:1::/48"), signMH), 0, parts(other.AppendBinary), rules.ErrPrefixUnasked},
		{"a tunnel that was not requested", allKeys, direct, parts(d.AppendBinary, prefix("2001:db8:1::/48"), signMH), 0, parts(toCareOf.AppendBinary), dsmip.ErrTunnelUnasked},
		{"a request's extension", allKeys, direct, parts(d.AppendBinary, signMH), 0, parts(dsmip.TunnelingMode{}.AppendBinary), rules.WrongMessage(ext.KindIPv6TunnelingMode)},
		{"a part that fails", allKeys, direct, parts(d.AppendBinary, signMH), 0, parts(func(b []byte) ([]byte, error) { return b, failure }), failure},
		{"a part that cannot be sent", allKeys, direct, parts(d.AppendBinary, signMH), 0, parts(ext.Challenge{}.AppendBinary), ext.ErrChallenge},
		{"relayed, an authenticator by hand", allKeys, relayed, parts(request(0, foreignAgent).AppendBinary, signMH, signFH), 0, parts(signMH), rules.ErrReplySecondMobileHome},
	} {
		t.Run(tt.name, func(t *testing.T) {
			g := accepted(t, tt.keys, tt.arrival, tt.msg...)
			head := []byte("head")
			b, err := g.Reply(head, tt.code, tt.parts...)
			if err != tt.want || string(b) != "head" {
				t.Errorf("%v: %q", err, b)
			}
			// Nothing was noted: the request can still be answered.
			g.HomeAddress = homeAddress
			if _, err := g.Reply(nil, code.RegistrationAccepted); err != nil {
				t.Error("afterwards:", err)
			}
		})
	}
}

func TestZeroRegistration(t *testing.T) {
	var g agent.Registration
	if _, err := g.Reply(nil, 0); err != agent.ErrRefused {
		t.Error(err)
	}
	if _, err := g.Relay(nil); err != agent.ErrRefused {
		t.Error(err)
	}
	if _, ok := g.Refuse(nil, ext.ErrMobileHomeInvalid); ok {
		t.Error("answers")
	}
	if g.AcceptingCode() != 0 || g.Authenticated() || g.Mobile().List().Size() != 0 {
		t.Error("says something")
	}
	var r agent.Registered
	if _, err := r.Relay(nil); err != agent.ErrRefused {
		t.Error(err)
	}
	if _, ok := r.Refuse(nil, ext.ErrForeignHomeInvalid); ok {
		t.Error("answers")
	}
	if r.Accepted() || r.Granted() != 0 || r.Authenticated() {
		t.Error("accepts")
	}
	for range r.Outcomes() {
		t.Error("an outcome of nothing")
	}
}

func TestReplyBoth(t *testing.T) {
	g := accepted(t, allKeys, from(foreignAgent, homeAgent), request(0, foreignAgent).AppendBinary, signMH, ext.GREKey{KeyIdentifier: 5}.AppendBinary, signFH)
	g.MaxLifetime = 60
	b, err := g.ReplyBoth(nil, code.AcceptedNoSimultaneousBindings,
		parts(ext.MobileNodeNAI{Identifier: []byte("n")}.AppendBinary), parts(ext.GREKey{KeyIdentifier: 6}.AppendBinary))
	if err != nil {
		t.Fatal(err)
	}
	r := parsedReply(t, b)
	if got := typesOf(r.Extensions); !slices.Equal(got, []int{131, 32, 48, 34}) || r.Lifetime != 60 || r.Lifetime != g.Granted() || r.Code != 1 {
		t.Errorf("%v: %v", r, got)
	}
}

// A fault of the caller's policy is answered as any other.
func TestRefuseByPolicy(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want code.Registration
		ok   bool
	}{
		{tunnel.ErrUDPEncapsulation, code.HAUDPEncapsulationUnavailable, true},
		{ext.ErrNoAssociation, 0, false},
		{rules.ErrTunnelingModeForeign, 0, false}, // to be ignored
		{errors.New("anything"), 0, false},
		{nil, 0, false},
	} {
		g := accepted(t, allKeys, from(coLocated, homeAgent), request(mipv4.FlagDecapsulation, coLocated).AppendBinary, signMH)
		b, ok := g.Refuse(nil, tt.err)
		if ok != tt.ok {
			t.Errorf("%v: %v", tt.err, ok)
		} else if ok && parsedReply(t, b).Code != tt.want {
			t.Errorf("%v: %v", tt.err, parsedReply(t, b))
		}
	}
}

// Every reply has a nonce of its own, whether it accepts or denies (RFC 5944 §5.7.2), and
// none is used twice.
func TestNonces(t *testing.T) {
	v := receiver(code.HomeAgent, dsmip.Draft06, allKeys)
	state := &agent.Replay{Style: agent.ByNonces}
	v.Replay = func(mipv4.Request, ext.SecurityContext) *agent.Replay { return state }
	v.Nonce = func() uint32 { return 77 } // no good source: still no nonce comes twice in a row
	var mobile mipv4.MobileNonces
	last := uint32(0)
	for i, want := range []error{mipv4.ErrNonce, nil, nil, nil} {
		r := request(mipv4.FlagDecapsulation, coLocated)
		r.Identification = mobile.Next(uint32(i))
		msg := message(t, r.AppendBinary, signMH)
		g, err := v.Request(msg, from(coLocated, homeAgent))
		if err != want {
			t.Fatalf("request %d: %v", i, err)
		}
		var b []byte
		switch {
		case err != nil:
			b, _ = g.Refuse(nil, err)
		case i == 2:
			b, err = g.Reply(nil, code.HAInsufficientResources)
		default:
			b, err = g.Reply(nil, code.RegistrationAccepted)
		}
		if err != nil && err != mipv4.ErrNonce {
			t.Fatal(err)
		}
		reply := parsedReply(t, b)
		if reply.Identification.High() == last || reply.Identification.High() == 0 {
			t.Errorf("request %d: nonce %x again", i, last)
		}
		last = reply.Identification.High()
		if err := mobile.Learn(&reply); err != nil {
			t.Fatal(err)
		}
		// The same once more is out of date, and its denial brings another nonce.
		again := *state
		if i > 0 {
			g, err := v.Request(msg, from(coLocated, homeAgent))
			if err != mipv4.ErrNonce {
				t.Errorf("request %d again: %v", i, err)
			}
			if b, ok := g.Refuse(nil, err); !ok || parsedReply(t, b).Identification.High() == last {
				t.Errorf("request %d again: %x", i, b)
			}
		}
		*state = again
	}
	if s := agent.Style(3).String() + agent.Style(0).String() + agent.ByNonces.String() + agent.ByTimestamps.String(); s != "style 3nonenoncestimestamps" {
		t.Error(s)
	}
}

func TestClone(t *testing.T) {
	msg := message(t, request(0, foreignAgent).AppendBinary, prefix("2001:db8:1::/48"), signMH, signFH)
	g, err := receiver(code.HomeAgent, dsmip.Draft06, allKeys).Request(msg, from(foreignAgent, homeAgent))
	if err != nil {
		t.Fatal(err)
	}
	c := g.Clone()
	clear(msg)
	n := 0
	for q := range c.Prefixes() {
		if p, _ := q.NetPrefix(); p != netip.MustParsePrefix("2001:db8:1::/48") {
			t.Errorf("%v", p)
		}
		n++
	}
	if got := saidBy(c.Mobile()); n != 1 || !slices.Equal(got, []int{152}) {
		t.Errorf("%d prefixes, %v", n, got)
	}
	if b, err := c.Reply(nil, 0); err != nil || len(b) == 0 {
		t.Error(err)
	}
	if z := (&agent.Registration{}).Clone(); z.Request.Extensions.Size() != 0 {
		t.Error("the zero Registration has a message")
	}
}
