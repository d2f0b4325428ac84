package agent_test

import (
	"net/netip"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

func TestRequestHeaders(t *testing.T) {
	nameless := request(0, foreignAgent)
	nameless.HomeAddress = anyAddress
	for _, tt := range []struct {
		name string
		r    mipv4.Request
		leg  code.Leg
		to   netip.Addr
		want string // source, destination, TTL
		ttl  uint8
		err  error
	}{
		{"directly", request(mipv4.FlagDecapsulation, coLocated), code.MNtoHA, homeAgent, "198.51.100.7:0 192.0.2.1:434", 0, nil},
		{"directly, to all", request(mipv4.FlagDecapsulation, coLocated), code.MNtoHA, netip.MustParseAddr("192.0.2.255"), "198.51.100.7:0 192.0.2.255:434", 0, nil},
		{"through a foreign agent", request(0, foreignAgent), code.MNtoFA, foreignAgent, "192.0.2.10:0 198.51.100.1:434", 0, nil},
		{"with reverse tunneling", request(mipv4.FlagReverseTunnel, foreignAgent), code.MNtoFA, foreignAgent, "192.0.2.10:0 198.51.100.1:434", 255, nil},
		{"without home address", nameless, code.MNtoFA, foreignAgent, "0.0.0.0:0 198.51.100.1:434", 0, nil},
		{"of unknown address", request(mipv4.FlagReverseTunnel, foreignAgent), code.MNtoFA, netip.Addr{}, "192.0.2.10:0 224.0.0.11:434", 1, nil},
		{"to all mobility agents", request(mipv4.FlagReverseTunnel, foreignAgent), code.MNtoFA, netip.MustParseAddr("224.0.0.11"), "192.0.2.10:0 224.0.0.11:434", 1, nil}, // RFC 5944 §3.6.1.1
		{"to the home agent through a foreign agent", request(0, foreignAgent), code.MNtoFA, homeAgent, "", 0, agent.ErrDestination},
		{"to all through a foreign agent", request(0, foreignAgent), code.MNtoFA, netip.MustParseAddr("255.255.255.255"), "", 0, agent.ErrDestination},
		{"relayed", request(0, foreignAgent), code.FAtoHA, homeAgent, "", 0, code.ErrLeg},
	} {
		h, err := agent.RequestHeaders(&tt.r, tt.leg, tt.to)
		got := ""
		if err == nil {
			got = h.Source.String() + " " + h.Destination.String()
		}
		if err != tt.err || got != tt.want || h.TTL != tt.ttl {
			t.Errorf("%s: %v, %s, TTL %d", tt.name, err, got, h.TTL)
		}
	}
}

func TestReplyHeaders(t *testing.T) {
	nameless := request(0, foreignAgent)
	nameless.HomeAddress = anyAddress
	nai := ext.MobileNodeNAI{Identifier: []byte("n")}.AppendBinary
	broadcast, multicast := netip.MustParseAddr("192.0.2.255"), netip.MustParseAddr("224.0.0.11")
	at := func(source string, to netip.Addr) agent.Arrival {
		return agent.Arrival{From: netip.MustParseAddrPort(source), To: netip.AddrPortFrom(to, 434), TTL: 255, Time: noon}
	}
	for _, tt := range []struct {
		name    string
		role    code.Role
		arrival agent.Arrival
		r       mipv4.Request
		home    netip.Addr
		want    string
	}{
		{"home agent", code.HomeAgent, at("198.51.100.7:1000", homeAgent), request(mipv4.FlagDecapsulation, coLocated), netip.Addr{}, "192.0.2.1:434 198.51.100.7:1000"},
		{"home agent, relayed", code.HomeAgent, at("198.51.100.1:1001", homeAgent), request(0, foreignAgent), netip.Addr{}, "192.0.2.1:434 198.51.100.1:1001"},
		{"home agent, broadcast", code.HomeAgent, at("198.51.100.7:1000", broadcast), request(mipv4.FlagDecapsulation, coLocated), netip.Addr{}, "192.0.2.1:434 198.51.100.7:1000"},
		{"foreign agent", code.ForeignAgent, at("192.0.2.10:1002", foreignAgent), request(0, foreignAgent), netip.Addr{}, "198.51.100.1:434 192.0.2.10:1002"},
		{"foreign agent, multicast", code.ForeignAgent, at("192.0.2.10:1002", multicast), request(0, foreignAgent), netip.Addr{}, "10.0.0.1:434 192.0.2.10:1002"},
		{"foreign agent, no home address", code.ForeignAgent, at("0.0.0.0:1003", foreignAgent), nameless, netip.Addr{}, "198.51.100.1:434 255.255.255.255:1003"},
		{"foreign agent, the home agent assigned one", code.ForeignAgent, at("0.0.0.0:1003", foreignAgent), nameless, homeAddress, "198.51.100.1:434 192.0.2.10:1003"},
	} {
		v := receiver(tt.role, dsmip.Draft06, keys{mobileHome: allKeys.mobileHome})
		g, err := v.Request(message(t, tt.r.AppendBinary, nai, signMH), tt.arrival)
		if err != nil && err != rules.ErrBroadcastDestination {
			t.Errorf("%s: %v", tt.name, err)
		}
		g.HomeAddress = tt.home
		if h := g.ReplyHeaders(); h.Source.String()+" "+h.Destination.String() != tt.want || h.TTL != 0 {
			t.Errorf("%s: %v", tt.name, h)
		}
	}
	var zero agent.Registration
	if h := zero.ReplyHeaders(); h != (agent.Headers{}) {
		t.Errorf("%v", h)
	}
	if h := zero.RelayHeaders(); h != (agent.Headers{}) {
		t.Errorf("%v", h)
	}
}

func TestRelayHeaders(t *testing.T) {
	for _, tt := range []struct {
		r       mipv4.Request
		offered []netip.Addr
		want    string
	}{
		{request(0, foreignAgent), []netip.Addr{stranger, foreignAgent}, "198.51.100.1:0 192.0.2.1:434"},
		{request(mipv4.FlagDecapsulation, coLocated), []netip.Addr{foreignAgent}, "198.51.100.1:0 192.0.2.1:434"},
		{request(mipv4.FlagDecapsulation, coLocated), nil, "10.0.0.1:0 192.0.2.1:434"},
	} {
		v := receiver(code.ForeignAgent, dsmip.Draft06, keys{})
		v.Situation.Receiver.CareOfAddresses = tt.offered
		g, err := v.Request(message(t, tt.r.AppendBinary, signMH), from(homeAddress, foreignAgent))
		if err != nil {
			t.Fatal(err)
		}
		if h := g.RelayHeaders(); h.Source.String()+" "+h.Destination.String() != tt.want {
			t.Errorf("%v", h)
		}
	}
}

// The foreign agent MUST forward a request with a Requested HA to that (RFC 4433 §5.2); who
// does not implement it, to the Home Agent (§10).
func TestRelayHeadersRequestedHA(t *testing.T) {
	nai, requested := ext.MobileNodeNAI{Identifier: []byte("n")}.AppendBinary, ext.RequestedHA{HAAddress: homeAgent}.AppendBinary
	legacy := func(k ext.Kind) bool { return k != ext.KindRequestedHA }
	for _, tt := range []struct {
		name       string
		agent      string
		implements func(ext.Kind) bool
		msg        []agent.Part
		want       string
	}{
		{"requested", "0.0.0.0", nil, parts(requested, signMH), "192.0.2.1:434"},
		{"requested, 255.255.255.255", "255.255.255.255", nil, parts(requested, signMH), "192.0.2.1:434"},
		{"not implemented", "255.255.255.255", legacy, parts(requested, signMH), "255.255.255.255:434"},
		{"none", "0.0.0.0", nil, parts(signMH), "0.0.0.0:434"},
		{"behind Mobile-Home, where it is ignored", "0.0.0.0", nil, parts(signMH, requested), "0.0.0.0:434"},
	} {
		r := request(0, foreignAgent)
		r.HomeAddress, r.HomeAgent = anyAddress, netip.MustParseAddr(tt.agent)
		v := receiver(code.ForeignAgent, dsmip.Draft06, keys{})
		v.Situation.Implements = tt.implements
		g, err := v.Request(message(t, append(parts(r.AppendBinary, nai), tt.msg...)...), from(anyAddress, foreignAgent))
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if h := g.RelayHeaders(); h.Destination.String() != tt.want {
			t.Errorf("%s: %v", tt.name, h)
		}
	}
}

func TestSecurityException(t *testing.T) {
	for err, want := range map[error]bool{
		ext.ErrMobileHomeInvalid: true, ext.ErrMobileHomeInvalidRelayed: true, ext.ErrNoForeignHome: true, rules.ErrSecondForeignHome: true,
		rules.ErrForeignHomeUnknown: true, ext.ErrForeignHomeInvalid: true, ext.ErrMobileForeignInvalid: true, ext.ErrNoMobileForeign: true,
		rules.ErrSecondMobileForeign: true, rules.ErrReplyNoMobileHome: true, rules.ErrReplySecondMobileHome: true,
		mipv4.ErrTimestamp: true, mipv4.ErrReplay: true, mipv4.ErrNonce: true,
		rules.ErrNoAuthorization3344: true, rules.ErrTwoAuthorizations3344: true,
		nil: false, ext.ErrNoAssociation: false, rules.ErrNoAuthorization: false, mipv4.ErrRequestCut: false, agent.ErrLegUntold: false,
	} {
		if agent.SecurityException(err) != want {
			t.Errorf("%v: %v", err, !want)
		}
	}
	failed := 0
	for c := range 256 {
		if agent.FailedAuthentication(code.Registration(c)) {
			failed++
		}
	}
	if failed != 6 || !agent.FailedAuthentication(131) || !agent.FailedAuthentication(67) {
		t.Errorf("%d Codes", failed)
	}
}

func TestTunnelReply(t *testing.T) {
	d, f := request(mipv4.FlagDecapsulation|mipv4.FlagReverseTunnel, coLocated).AppendBinary, request(mipv4.FlagReverseTunnel, foreignAgent).AppendBinary
	natThrough := agent.Arrival{From: netip.AddrPortFrom(natted, 9), To: netip.AddrPortFrom(homeAgent, 434), Time: noon, Leg: code.FAtoHA}
	nat := natThrough
	nat.Leg = code.MNtoHA
	for _, tt := range []struct {
		name    string
		arrival agent.Arrival
		msg     []agent.Part
		want    ext.UDPTunnelReply
		mobile  bool
		ok      bool
	}{
		{"nobody asks", from(coLocated, homeAgent), parts(d, signMH), ext.UDPTunnelReply{}, false, false},
		{"no NAT", from(coLocated, homeAgent), parts(d, ext.UDPTunnelRequest{}.AppendBinary, signMH), ext.UDPTunnelReply{ReplyCode: 64}, true, true},
		{"no NAT, forced", from(coLocated, homeAgent), parts(d, ext.UDPTunnelRequest{Force: true}.AppendBinary, signMH), ext.UDPTunnelReply{Forced: true, KeepaliveInterval: 60}, true, true},
		{"a NAT", nat, parts(d, ext.UDPTunnelRequest{}.AppendBinary, signMH), ext.UDPTunnelReply{KeepaliveInterval: 60}, true, true},
		{"a NAT, through a foreign agent", natThrough, parts(d, ext.UDPTunnelRequest{ThroughForeignAgent: true}.AppendBinary, signMH, signFH), ext.UDPTunnelReply{KeepaliveInterval: 60}, true, true},
		{"the foreign agent's", from(foreignAgent, homeAgent), parts(f, signMH, ext.UDPTunnelRequest{}.AppendBinary, signFH), ext.UDPTunnelReply{ReplyCode: 64}, false, true},
	} {
		g, err := receiver(code.HomeAgent, dsmip.Draft06, allKeys).Request(message(t, tt.msg...), tt.arrival)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if r, mobile, ok := g.TunnelReply(60); r != tt.want || mobile != tt.mobile || ok != tt.ok {
			t.Errorf("%s: %v, %v, %v", tt.name, r, mobile, ok)
		}
	}
	// The mobile node tunnels in UDP when the home agent assents, and only then.
	asked := parsedRequest(t, d, ext.UDPTunnelRequest{}.AppendBinary, signMH)
	fixed := mipv4.Reply{Lifetime: 600, HomeAddress: homeAddress, HomeAgent: homeAgent, Identification: asked.Identification}
	denied := fixed
	denied.Code = 129
	for name, tt := range map[string]struct {
		msg  []agent.Part
		want bool
	}{
		"assents": {parts(fixed.AppendBinary, ext.UDPTunnelReply{}.AppendBinary, signMH), true},
		// Reply Codes from 0 to 63 indicate assent, the others decline (RFC 3519 §3.2.1).
		"assents otherwise":  {parts(fixed.AppendBinary, ext.UDPTunnelReply{ReplyCode: 1}.AppendBinary, signMH), true},
		"assents, the last":  {parts(fixed.AppendBinary, ext.UDPTunnelReply{ReplyCode: 63}.AppendBinary, signMH), true},
		"declines, the last": {parts(fixed.AppendBinary, ext.UDPTunnelReply{ReplyCode: 255}.AppendBinary, signMH), false},
		"declines":           {parts(fixed.AppendBinary, ext.UDPTunnelReply{ReplyCode: 64}.AppendBinary, signMH), false},
		"silent":             {parts(fixed.AppendBinary, signMH), false},
		"unsigned":           {parts(fixed.AppendBinary, signMH, ext.UDPTunnelReply{}.AppendBinary), false},
		"denies":             {parts(denied.AppendBinary, ext.UDPTunnelReply{}.AppendBinary, signMH), false},
	} {
		g, err := receiver(code.MobileNode, dsmip.Draft06, allKeys).Reply(message(t, tt.msg...), &asked, from(homeAgent, coLocated))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, ok := g.TunnelReply(); ok != tt.want {
			t.Errorf("%s: %v", name, ok)
		}
	}
}

func TestAnsweredBy(t *testing.T) {
	nameless := request(0, foreignAgent)
	nameless.HomeAddress = anyAddress
	name := func(s string) agent.Part { return ext.MobileNodeNAI{Identifier: []byte(s)}.AppendBinary }
	g, err := receiver(code.ForeignAgent, dsmip.Draft06, keys{}).Request(message(t, nameless.AppendBinary, name("a"), signMH), from(homeAddress, foreignAgent))
	if err != nil {
		t.Fatal(err)
	}
	fixed := mipv4.Reply{HomeAddress: homeAddress, HomeAgent: homeAgent, Identification: nameless.Identification}
	other := fixed
	other.Identification++
	for _, tt := range []struct {
		msg  []agent.Part
		want bool
	}{
		{parts(fixed.AppendBinary, name("a"), signMH), true},
		{parts(fixed.AppendBinary, signMH), true},
		{parts(fixed.AppendBinary, name("b"), signMH), false},
		{parts(other.AppendBinary, name("a"), signMH), false},
	} {
		r := parsedReply(t, message(t, tt.msg...))
		if g.AnsweredBy(&r) != tt.want {
			t.Errorf("%v: %v", r, !tt.want)
		}
	}
}

func TestLongestLifetime(t *testing.T) {
	asked := parsedRequest(t, request(0, foreignAgent).AppendBinary, signMH)
	for c, want := range map[code.Registration]mipv4.Lifetime{code.FALifetimeTooLong: 600, code.FAInsufficientResources: mipv4.Infinite} {
		msg := message(t, mipv4.Reply{Code: c, Lifetime: 600, HomeAddress: homeAddress, HomeAgent: homeAgent, Identification: asked.Identification}.AppendBinary)
		g, err := receiver(code.MobileNode, dsmip.Draft06, keys{mobileHome: allKeys.mobileHome}).Reply(msg, &asked, from(foreignAgent, homeAddress))
		if err != nil || g.LongestLifetime() != want {
			t.Errorf("%v: %v, %v", c, err, g.LongestLifetime())
		}
	}
}

func TestRepeats(t *testing.T) {
	name := func(s string) agent.Part { return ext.MobileNodeNAI{Identifier: []byte(s)}.AppendBinary }
	change := func(how func(*mipv4.Request)) agent.Part {
		r := request(0, foreignAgent)
		how(&r)
		return r.AppendBinary
	}
	first := parsedRequest(t, request(0, foreignAgent).AppendBinary, name("a"), signMH)
	for _, tt := range []struct {
		what string
		msg  []agent.Part
		want bool
	}{
		{"the same", parts(request(0, foreignAgent).AppendBinary, name("a"), signMH), true},
		{"another Identification and Lifetime", parts(change(func(r *mipv4.Request) { r.Identification++; r.Lifetime-- }), name("a"), signMH), true},
		{"another name", parts(request(0, foreignAgent).AppendBinary, name("b"), signMH), false},
		{"no name", parts(request(0, foreignAgent).AppendBinary, signMH), false},
		{"another flag", parts(change(func(r *mipv4.Request) { r.Flags = mipv4.FlagBroadcast }), name("a"), signMH), false},
		{"another home address", parts(change(func(r *mipv4.Request) { r.HomeAddress = stranger }), name("a"), signMH), false},
		{"another home agent", parts(change(func(r *mipv4.Request) { r.HomeAgent = stranger }), name("a"), signMH), false},
	} {
		g := agent.Registration{Request: parsedRequest(t, tt.msg...)}
		if g.Repeats(&first) != tt.want {
			t.Errorf("%s: %v", tt.what, !tt.want)
		}
	}
}
