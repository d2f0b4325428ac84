package fuzz_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// clock is when the packets below are received. NTP counts from 1900, 70 years with 17
// leap days before Unix time (RFC 5944 §5.7.1, RFC 5905 §6).
var clock = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)

func identified(at time.Time) string {
	const since1900 = (70*365 + 17) * 24 * 60 * 60
	var b [8]byte
	binary.BigEndian.PutUint32(b[:], uint32(at.Unix()+since1900))
	binary.BigEndian.PutUint32(b[4:], 0x01020304)
	return hex.EncodeToString(b[:])
}

// made is a Registration Request that is put together from hex digits: the fixed part
// of RFC 5944 §3.3, then what is appended.
type made struct{ msg []byte }

const (
	ownHome  = "c6120005" // 198.18.0.5, of the campaign's prefix
	ownAgent = "c0000201" // 192.0.2.1
	ownCare  = "cb007101" // 203.0.113.1
)

// asking is a request with the flags, the Lifetime, the addresses and the time.
func asking(flags, lifetime, home, agent, care string, at time.Time) made {
	return made{}.with("01" + flags + lifetime + home + agent + care + identified(at))
}

// direct asks the campaign's home agent for 1,800 seconds and a co-located care-of
// address (D), relayed for one of a foreign agent.
func direct() made  { return asking("20", "0708", ownHome, ownAgent, ownCare, clock) }
func relayed() made { return asking("00", "0708", ownHome, ownAgent, ownCare, clock) }

func (m made) with(digits string) made {
	b, err := hex.DecodeString(strings.ReplaceAll(digits, " ", ""))
	if err != nil {
		panic(err)
	}
	return made{append(m.msg[:len(m.msg):len(m.msg)], b...)}
}

// authenticated appends an authentication extension: its head and SPI, and the HMAC of
// all that stands before the Authenticator (RFC 5944 §3.5.1).
func (m made) authenticated(h func() hash.Hash, head, key string) made {
	m = m.with(head)
	mac := hmac.New(h, []byte(key))
	mac.Write(m.msg)
	return made{mac.Sum(m.msg)}
}

// The keys and SPIs are those of the associations of all. Mobile-Home, type 32, and
// Foreign-Home, 34, have a Length of one octet: the SPI and 16 or 32 octets. MN-AAA is
// sub-type 1 of type 36, whose Length has two octets (RFC 4721 §5).
func (m made) home() made { return m.authenticated(md5.New, "20 14 00000100", "sixteen byte key") }
func (m made) foreignHome() made {
	return m.authenticated(sha256.New, "22 24 000007d0", "foreign and home")
}
func (m made) aaa() made { return m.authenticated(md5.New, "24 01 0014 00000bb8", "mobile and aaa") }

func (m made) wrongHome() made { return m.authenticated(md5.New, "20 14 00000100", "another key") }
func (m made) wrongForeignHome() made {
	return m.authenticated(sha256.New, "22 24 000007d0", "another key")
}
func (m made) wrongAAA() made { return m.authenticated(md5.New, "24 01 0014 00000bb8", "another key") }

// judgedPacket is what the texts say of a packet that a campaign has not made.
type judgedPacket struct {
	name   string
	packet made
	class  fuzz.Class
	silent bool // nothing but silence conforms
	// must says that silence does not.
	must      bool
	may, dont []code.Registration
	source    string // is part of the section, "" for a packet with which nothing is wrong
}

func codes(c ...code.Registration) []code.Registration { return c }

var accepting = codes(0, 1, 2)

func (p *judgedPacket) check(t *testing.T, c *fuzz.Campaign) {
	t.Helper()
	k := c.CaseOf(p.name, p.packet.msg, clock)
	if k.Mutation.Name != p.name || k.Mutation.Class != p.class {
		t.Errorf("%s: %s, %v, want %v", p.name, k.Mutation.Name, k.Mutation.Class, p.class)
	}
	if source := k.Source(); (source == "") != (p.source == "") || !strings.Contains(source, p.source) {
		t.Errorf("%s: source %q, want %q", p.name, source, p.source)
	}
	if k.Allowed.Silence == p.must {
		t.Errorf("%s: %v, but silence is allowed: %v", p.name, k.Allowed, !p.must)
	}
	if p.silent && k.Allowed.String() != "silence" {
		t.Errorf("%s: %v, but it is to be discarded silently", p.name, k.Allowed)
	}
	for _, n := range p.may {
		if !k.Allowed.Code(n) {
			t.Errorf("%s: %v, but Code %d conforms", p.name, k.Allowed, n)
		}
	}
	for _, n := range p.dont {
		if k.Allowed.Code(n) {
			t.Errorf("%s: %v, but Code %d does not conform", p.name, k.Allowed, n)
		}
	}
	if len(p.packet.msg) >= 24 {
		home, _ := netip.AddrFromSlice(p.packet.msg[4:8])
		if k.HomeAddress != home || uint64(k.Identification) != binary.BigEndian.Uint64(p.packet.msg[16:]) || !k.Clock.Equal(clock) {
			t.Errorf("%s: home %v, Identification %v, clock %v", p.name, k.HomeAddress, k.Identification, k.Clock)
		}
	}
}

// TestCaseOfDirect: what a home agent may do with what a mobile node sends it.
func TestCaseOfDirect(t *testing.T) {
	s := setup(t, code.MNtoHA, dsmip.RFC5454)
	s.Strict = true
	c := campaign(t, s)
	otherAgent := asking("20", "0708", ownHome, "c0000209", ownCare, clock)
	otherHome := asking("20", "0708", "0a010203", ownAgent, ownCare, clock)
	otherCare := asking("20", "0708", ownHome, ownAgent, "cb007109", clock)
	for _, p := range []judgedPacket{
		// RFC 5944 §3.8.2.2: 0 or 1; §3.8.2.3: 128 to 130, 135 and so on. Nothing is
		// wrong with authentication, Identification, form or addresses: 131 to 134 and
		// 136 are not for it.
		{name: "right", packet: direct().home(), may: codes(0, 1, 128, 129, 130, 135), dont: codes(64, 131, 132, 133, 134, 136)},
		// §3.8.2.1 a: MUST reject, MAY with 131.
		{name: "wrong authenticator", packet: direct().wrongHome(), class: fuzz.Authentication, may: codes(131), dont: append(codes(132, 133, 134), accepting...), source: "RFC 5944 §3.6.2.1, §3.8.2.1"},
		// §3.8.2.1 a: MUST silently discard.
		{name: "no authenticator", packet: direct(), class: fuzz.Rule, silent: true, dont: append(codes(131), accepting...), source: "§3.8.2.1"},
		// §1.6: 0 to 255 are reserved, nothing can verify it.
		{name: "reserved SPI", packet: direct().authenticated(md5.New, "20 14 00000007", "sixteen byte key"), class: fuzz.Authentication, may: codes(131), dont: append(codes(133, 134), accepting...), source: "RFC 5944 §1.6"},
		// §3.8.2.1 a: with another association the authenticator is invalid, with none
		// the request is discarded.
		{name: "unknown SPI", packet: direct().authenticated(md5.New, "20 14 00000101", "sixteen byte key"), class: fuzz.Authentication, may: codes(131), dont: append(codes(133, 134), accepting...), source: "RFC 5944 §1.6"},
		// §3.8.2.1 b: MUST reject, SHOULD with 133.
		{name: "two hours old", packet: asking("20", "0708", ownHome, ownAgent, ownCare, clock.Add(-2*time.Hour)).home(), class: fuzz.Replay, may: codes(133), dont: append(codes(131, 132, 134), accepting...), source: "RFC 5944 §5.7.1"},
		{name: "two hours early", packet: asking("20", "0708", ownHome, ownAgent, ownCare, clock.Add(2*time.Hour)).home(), class: fuzz.Replay, may: codes(133), dont: append(codes(131), accepting...), source: "RFC 5944 §5.7.1"},
		// §5.7.1: a default of 7 seconds, and other values conform.
		{name: "five seconds old", packet: asking("20", "0708", ownHome, ownAgent, ownCare, clock.Add(-5*time.Second)).home(), may: codes(0, 1, 133), dont: codes(131, 132, 134)},
		// What an agent finds first it says first: 131 and 133 conform.
		{name: "wrong and old", packet: asking("20", "0708", ownHome, ownAgent, ownCare, clock.Add(-2*time.Hour)).wrongHome(), class: fuzz.Replay, may: codes(131, 133), dont: append(codes(134), accepting...), source: "RFC 5944"},
		// §1.8: types 0 to 127 that are not recognized: MUST be silently discarded.
		{name: "unknown, not skippable", packet: direct().with("3c 02 0000").home(), class: fuzz.Structure, silent: true, dont: append(codes(134), accepting...), source: "RFC 5944 §1.8"},
		// and 128 to 255 are skipped.
		{name: "unknown, skippable", packet: direct().with("c8 02 0000").home(), may: codes(0, 1), dont: codes(131, 134)},
		// §3.3: shorter than the fixed part.
		{name: "cut", packet: made{direct().msg[:20]}, class: fuzz.Structure, dont: accepting, source: "RFC 5944 §3.3"},
		{name: "nothing", packet: made{}, class: fuzz.Structure, dont: accepting, source: "RFC 5944"},
		// §3.8.2.1: all that is indicated is to be carried out.
		{name: "one right, one wrong", packet: direct().home().wrongHome(), class: fuzz.Authentication, may: codes(131), dont: accepting, source: "RFC"},
		{name: "one wrong, one right", packet: direct().wrongHome().home(), class: fuzz.Authentication, may: codes(131), dont: accepting, source: "RFC"},
		// RFC 4721 §3.4: MAY with 144.
		{name: "wrong MN-AAA behind a right Mobile-Home", packet: direct().home().wrongAAA(), class: fuzz.Authentication, may: codes(144), dont: accepting, source: "RFC 4721"},
		{name: "right MN-AAA behind a right Mobile-Home", packet: direct().home().aaa(), may: codes(0, 1), dont: codes(131, 133, 134, 136, 144)},
		// RFC 5944 §3.5.2 allows it alone, RFC 4721 §6 has Mobile-Home before it.
		{name: "right MN-AAA alone", packet: direct().aaa(), class: fuzz.Rule, may: codes(0, 1, 129), source: "RFC 4721 §6"},
		{name: "wrong MN-AAA alone", packet: direct().wrongAAA(), class: fuzz.Authentication, may: codes(144), dont: accepting, source: "RFC 4721"},
		// §3.3: ignored on reception; §3.8.2.3: rejected with 134.
		{name: "reserved flag", packet: asking("24", "0708", ownHome, ownAgent, ownCare, clock).home(), class: fuzz.Rule, may: codes(0, 1, 134), dont: codes(131, 133), source: "RFC 5944 §3.3"},
		// Without the D flag a SHOULD of §3.6.1.2 is broken; it may be served.
		{name: "without D", packet: relayed().home(), class: fuzz.Rule, may: codes(0, 1), source: "RFC 5944 §3.6.1.2"},
		// RFC 3115 §2.3: unknown contents MUST be rejected, with 140.
		{name: "vendor", packet: direct().with("26 00 000a 00ffffff ffff 01020304").home(), class: fuzz.Rule, must: true, may: codes(140), dont: codes(0, 1, 131, 133), source: "RFC 3115 §2.3"},
		// and of another vendor the campaign does not know what the target knows.
		{name: "another vendor", packet: direct().with("26 00 000a 00000009 0001 01020304").home(), may: codes(0, 1, 140), dont: codes(131, 133)},
		// An agent may have several addresses, and serve other homes, of which the
		// campaign knows nothing: §3.8.3.2 has 136 for what is not its.
		{name: "another agent", packet: otherAgent.home(), may: codes(0, 1, 129, 136)},
		{name: "another agent, wrong", packet: otherAgent.wrongHome(), class: fuzz.Authentication, may: codes(131, 136), dont: accepting, source: "§3.8.2.1"},
		{name: "another home", packet: otherHome.home(), may: codes(0, 1, 129, 131)},
		{name: "another home, wrong", packet: otherHome.wrongHome(), class: fuzz.Authentication, may: codes(131), dont: accepting, source: "§3.8.2.1"},
		{name: "another home, no authenticator", packet: otherHome, class: fuzz.Rule, dont: accepting, source: "§3.8.2.1"},
		{name: "another care-of address", packet: otherCare.home(), may: codes(0, 1, 129)},
		{name: "another care-of address, wrong", packet: otherCare.wrongHome(), class: fuzz.Authentication, may: codes(131), dont: accepting, source: "§3.8.2.1"},
		// §1.9 gives an extension its Length, of which there is no second octet: no text
		// says what becomes of the message, but nobody accepts what is not authenticated.
		{name: "lone octet", packet: direct().home().with("c8"), class: fuzz.Structure, may: codes(134), dont: codes(), source: "RFC 5944 §1.9"},
		{name: "wrong, lone octet", packet: direct().wrongHome().with("c8"), class: fuzz.Structure, may: codes(134), dont: accepting, source: "RFC 5944 §1.9"},
		// A Mobile-Home of Length 2 has no SPI.
		{name: "authenticator without SPI", packet: direct().with("20 02 0000"), class: fuzz.Rule, dont: accepting, source: "RFC"},
	} {
		p.check(t, c)
	}
}

// TestCaseOfOtherText: what a text forbids that a target need not implement, and no extension
// shows, is for the target to decide, unless it is said to implement everything: RFC 4857
// §7.4 of a care-of address of zero.
func TestCaseOfOtherText(t *testing.T) {
	s := setup(t, code.MNtoHA, dsmip.Draft06)
	packet := asking("20", "0708", ownHome, ownAgent, "00000000", clock).home()
	c := campaign(t, s)
	k := c.CaseOf("", packet.msg, clock)
	if !k.Allowed.Code(0) || !k.Allowed.Code(145) {
		t.Errorf("%v, want 0 and 145 among others", k.Allowed)
	}
	s.Strict = true
	c = campaign(t, s)
	if k = c.CaseOf("", packet.msg, clock); k.Allowed.Code(0) || !k.Allowed.Code(145) {
		t.Errorf("strict: %v, want 145 and not 0", k.Allowed)
	}
}

// TestCaseOfWithoutAAA: who verifies MN-AAA the campaign does not know then. Beside
// a good Mobile-Home it may be accepted; alone it is all that authenticates the request.
func TestCaseOfWithoutAAA(t *testing.T) {
	s := setup(t, code.MNtoHA, dsmip.Draft06)
	s.MobileAAA = ext.SecurityContext{}
	c := campaign(t, s)
	for _, p := range []judgedPacket{
		{name: "beside", packet: direct().home().wrongAAA(), may: codes(0, 1)},
		{name: "alone", packet: direct().wrongAAA(), class: fuzz.Authentication, may: codes(144), dont: accepting, source: "RFC 4721"},
	} {
		p.check(t, c)
	}
}

// TestCaseOfRelayed: what a home agent may do with what a foreign agent relays, with
// which it shares an association.
func TestCaseOfRelayed(t *testing.T) {
	s := setup(t, code.FAtoHA, dsmip.Draft06)
	s.Strict = true
	c := campaign(t, s)
	for _, p := range []judgedPacket{
		{name: "right", packet: relayed().home().foreignHome(), may: codes(0, 1, 129), dont: codes(131, 132, 133, 134, 136)},
		// RFC 5944 §3.8.2.1 a: with a valid Foreign-Home it MUST be answered, with 131.
		{name: "wrong mobile node", packet: relayed().wrongHome().foreignHome(), class: fuzz.Authentication, must: true, may: codes(131), dont: append(codes(132, 133), accepting...), source: "RFC 5944 §3.6.2.1, §3.8.2.1"},
		// §3.8.2.1 c: MUST reject, SHOULD with 132.
		{name: "wrong foreign agent", packet: relayed().home().wrongForeignHome(), class: fuzz.Authentication, may: codes(132), dont: append(codes(131, 133), accepting...), source: "§3.8.2.1"},
		{name: "no foreign agent", packet: relayed().home(), class: fuzz.Rule, may: codes(132), dont: append(codes(131, 133), accepting...), source: "§3.8.2.1"},
		{name: "foreign agent twice", packet: relayed().home().foreignHome().foreignHome(), class: fuzz.Rule, may: codes(132), dont: append(codes(131, 133), accepting...), source: "§3.8.2.1"},
		// Without a valid Foreign-Home no MUST has it answered.
		{name: "both wrong", packet: relayed().wrongHome().wrongForeignHome(), class: fuzz.Authentication, may: codes(131, 132), dont: append(codes(133), accepting...), source: "§3.8.2.1"},
		// §3.8.2.1 a comes before c, and an agent may look at the foreign agent first.
		{name: "wrong mobile node, no foreign agent", packet: relayed().wrongHome(), class: fuzz.Authentication, may: codes(131, 132), dont: accepting, source: "RFC 5944"},
	} {
		p.check(t, c)
	}
}

// TestCaseOfForeign: what a foreign agent may do with what a mobile node sends it: relay
// it, and pass on what the home agent says, or deny it (RFC 5944 §3.7.2).
func TestCaseOfForeign(t *testing.T) {
	s := setup(t, code.MNtoFA, dsmip.Draft06)
	s.Strict = true
	s.MobileForeign, s.MobileAAA = ext.SecurityContext{}, ext.SecurityContext{}
	c := campaign(t, s)
	for _, p := range []judgedPacket{
		{name: "right", packet: relayed().home(), may: codes(0, 1, 64, 65, 66, 129), dont: codes(67, 70, 131, 133)},
		// §3.7.2.1: MUST NOT be accepted without what authorizes it; it is not relayed.
		{name: "no authenticator", packet: relayed(), class: fuzz.Rule, dont: accepting, source: "RFC 5944"},
		// What the home agent makes of it is passed on.
		{name: "wrong", packet: relayed().wrongHome(), class: fuzz.Authentication, may: codes(131), dont: accepting, source: "RFC 5944 §3.6.2.1, §3.8.2.1"},
		// §3.7.2.3: 70; §3.3: ignored.
		{name: "reserved flag", packet: asking("04", "0708", ownHome, ownAgent, ownCare, clock).home(), class: fuzz.Rule, may: codes(0, 1, 70), dont: codes(67), source: "RFC 5944 §3.3"},
		{name: "unknown, not skippable", packet: relayed().with("3c 02 0000").home(), class: fuzz.Structure, silent: true, dont: accepting, source: "RFC 5944 §1.8"},
	} {
		p.check(t, c)
	}
}

// TestCaseOfAliases: the case is of the packet itself, has no Before, and the reaction
// that its fault has for the target.
func TestCaseOfAliases(t *testing.T) {
	c := campaign(t, setup(t, code.MNtoHA, dsmip.Draft06))
	packet := direct().wrongHome().msg
	k := c.CaseOf("x", packet, clock)
	if &k.Packet[0] != &packet[0] || len(k.Packet) != len(packet) || k.Before != nil || k.Index != 0 || k.Last != 0 {
		t.Errorf("%+v", k)
	}
	if n, has := k.Reaction.Code(); !has || n != 131 || k.Reaction.Action() != code.Reject || k.Reaction.Answer() != code.Optional {
		t.Errorf("reaction %v", k.Reaction)
	}
	if k := c.CaseOf("cut", packet[:23], clock); k.HomeAddress != netip.IPv4Unspecified() || k.Identification != 0 {
		t.Errorf("cut: %v, %v", k.HomeAddress, k.Identification)
	}
}

// TestReplayed: what is right but not later than what was accepted is rejected, SHOULD
// with 133 (RFC 5944 §5.7.1, §3.8.2.1 b); what else is wrong with it may be said instead.
func TestReplayed(t *testing.T) {
	s := setup(t, code.MNtoHA, dsmip.RFC5454)
	s.Strict = true
	c := campaign(t, s)
	for name, x := range map[string]struct {
		packet    made
		may, dont []code.Registration
	}{
		"right": {direct().home(), codes(133), append(codes(131, 132, 134), accepting...)},
		"wrong": {direct().wrongHome(), codes(131, 133), append(codes(132, 134), accepting...)},
	} {
		k := c.Replayed(c.CaseOf(name, x.packet.msg, clock))
		if k.Mutation.Name != name || k.Mutation.Class != fuzz.Replay || !strings.Contains(k.Source(), "RFC 5944 §5.7.1") || !k.Allowed.Silence || k.Allowed.Accepts() {
			t.Errorf("%s: %+v, %v", name, k.Mutation, k.Allowed)
		}
		for n := range code.Registration(255) {
			if slices.Contains(x.may, n) && !k.Allowed.Code(n) || slices.Contains(x.dont, n) && k.Allowed.Code(n) {
				t.Errorf("%s: %v has %d wrong", name, k.Allowed, n)
			}
		}
		if n, has := k.Reaction.Code(); !has || n != 133 {
			t.Errorf("%s: reaction %v", name, k.Reaction)
		}
		v := c.Judge(&k, answering(t, &k, s.MobileHome, 0, nil))
		if !slices.ContainsFunc(v.Violations, func(x fuzz.Violation) bool { return x.Rank == fuzz.Unauthentic }) {
			t.Errorf("%s: accepted again: %+v", name, v)
		}
	}
}

// TestCaseOfLimits: what goes beyond the limits of a campaign the target is known to
// refuse or to ignore, and then it may; what is wrong is not accepted for it.
func TestCaseOfLimits(t *testing.T) {
	vendor := "26 00 000a 00000009 0001 01020304" // RFC 3115 §2.1
	normal := "86 08 0000 00000009 0001"          // §2.2
	skippable, padding := "c8 02 0000", "00"
	for name, x := range map[string]struct {
		limits     fuzz.Limits
		flags      string
		lifetime   string
		extensions string
		beyond     bool
	}{
		"no limits":            {fuzz.Limits{}, "20", "0708", strings.Repeat(padding, 20), false},
		"padding":              {fuzz.Limits{NoPadding: true}, "20", "0708", padding, true},
		"no padding":           {fuzz.Limits{NoPadding: true}, "20", "0708", skippable, false},
		"skippable":            {fuzz.Limits{NoSkippable: true}, "20", "0708", skippable, true},
		"nothing to skip":      {fuzz.Limits{NoSkippable: true}, "20", "0708", padding, false},
		"normal vendor":        {fuzz.Limits{NoNVSE: true}, "20", "0708", normal, true},
		"critical vendor":      {fuzz.Limits{NoCVSE: true}, "20", "0708", vendor, true},
		"many":                 {fuzz.Limits{Few: true}, "20", "0708", strings.Repeat(padding, 16), true},
		"as many as there may": {fuzz.Limits{Few: true}, "20", "0708", strings.Repeat(padding, 15), false},
		"a flag too much":      {fuzz.Limits{Clear: mipv4.FlagReverseTunnel}, "22", "0708", "", true},
		"a flag too few":       {fuzz.Limits{Set: mipv4.FlagReverseTunnel}, "20", "0708", "", true},
		"the flags":            {fuzz.Limits{Set: mipv4.FlagReverseTunnel, Clear: mipv4.FlagBroadcast}, "22", "0708", "", false},
		"long":                 {fuzz.Limits{Lifetime: 1799}, "20", "0708", "", true},
		"not long":             {fuzz.Limits{Lifetime: 1800}, "20", "0708", "", false},
	} {
		s := setup(t, code.MNtoHA, dsmip.Draft06)
		s.Limits, s.Strict = x.limits, true
		c := campaign(t, s)
		m := asking(x.flags, x.lifetime, ownHome, ownAgent, ownCare, clock).with(x.extensions)
		right, wrong := c.CaseOf(name, m.home().msg, clock), c.CaseOf(name, m.wrongHome().msg, clock)
		// 134 says that a request is poorly formed, which none of them is.
		if !right.Allowed.Accepts() || right.Allowed.Code(134) != x.beyond || !right.Allowed.Silence {
			t.Errorf("%s: %v", name, right.Allowed)
		}
		if wrong.Allowed.Accepts() || wrong.Allowed.Code(134) != x.beyond || !wrong.Allowed.Code(131) {
			t.Errorf("%s, wrong: %v", name, wrong.Allowed)
		}
		if short := c.CaseOf(name, m.msg[:23], clock); short.Allowed.Accepts() {
			t.Errorf("%s, cut: %v", name, short.Allowed)
		}
	}
}

// TestHome: the home addresses are those of the prefix, in order, and then again.
func TestHome(t *testing.T) {
	s := setup(t, code.MNtoHA, dsmip.Draft06)
	s.HomeAddresses = netip.MustParsePrefix("10.9.8.248/29")
	c := campaign(t, s)
	for n, want := range map[uint64]string{0: "10.9.8.248", 1: "10.9.8.249", 7: "10.9.8.255", 8: "10.9.8.248", 1<<40 + 3: "10.9.8.251"} {
		if got := c.Home(n); got != netip.MustParseAddr(want) {
			t.Errorf("%d: %v, want %s", n, got, want)
		}
	}
	if n := c.HomeAddresses(); n != 7 {
		t.Errorf("%d home addresses, and the first is the probe's", n)
	}
}

// TestAuthentic: one authenticator that is good is enough, whatever else is wrong; none
// that another key made, that others verify, or that is not there.
func TestAuthentic(t *testing.T) {
	all := campaign(t, setup(t, code.MNtoHA, dsmip.Draft06))
	few := setup(t, code.MNtoHA, dsmip.Draft06)
	few.MobileAAA = ext.SecurityContext{}
	for name, x := range map[string]struct {
		packet    made
		want, few bool
	}{
		"right":                  {direct().home(), true, true},
		"MN-AAA":                 {direct().aaa(), true, false},
		"wrong, then MN-AAA":     {direct().wrongHome().aaa(), true, false},
		"old":                    {asking("20", "0708", ownHome, ownAgent, ownCare, clock.Add(-9000*time.Hour)).home(), true, true},
		"lone octet behind":      {direct().home().with("c8"), true, true},
		"unknown behind":         {direct().home().with("3c 02 0000"), true, true},
		"unknown before":         {direct().with("3c 02 0000").home(), false, false},
		"wrong":                  {direct().wrongHome(), false, false},
		"none":                   {direct(), false, false},
		"Foreign-Home":           {relayed().foreignHome(), false, false},
		"without SPI":            {direct().with("20 02 0000"), false, false},
		"cut":                    {made{direct().home().msg[:23]}, false, false},
		"nothing":                {made{}, false, false},
		"a bit of it is flipped": {made{slices.Concat(direct().msg[:2], []byte{0x07, 0x09}, direct().home().msg[4:])}, false, false},
	} {
		if got, f := all.Authentic(x.packet.msg), campaign(t, few).Authentic(x.packet.msg); got != x.want || f != x.few {
			t.Errorf("%s: %v, with Mobile-Home only %v", name, got, f)
		}
	}
	if all.Authentic(slices.Repeat([]byte{1}, ext.MaxMessage+1)) {
		t.Error("what is too long for UDP is authentic")
	}
}

// TestJudgeMade: the answer to a packet that no campaign made is judged as one to a case.
// What the request has wrong and an answer returns as it came is not the target's fault.
func TestJudgeMade(t *testing.T) {
	s := setup(t, code.MNtoHA, dsmip.RFC5454)
	s.Strict = true
	c := campaign(t, s)
	right := c.CaseOf("right", direct().home().msg, clock)
	wrong := c.CaseOf("wrong", direct().wrongHome().msg, clock)
	none := c.CaseOf("none", direct().msg, clock)
	// RFC 2794 §2: a Mobile Node NAI of Length 0 is no NAI, and RFC 2794 §3 has the
	// reply carry the NAI of the request.
	nameless := c.CaseOf("nameless", direct().with("83 00").home().msg, clock)
	for name, x := range map[string]struct {
		k      *fuzz.Case
		answer []byte
		rank   fuzz.Rank // of a violation, Crash for none
	}{
		"accepted":                  {&right, answering(t, &right, s.MobileHome, 0, nil), fuzz.Crash},
		"silent":                    {&right, nil, fuzz.Crash},
		"denied":                    {&wrong, answering(t, &wrong, s.MobileHome, 131, nil), fuzz.Crash},
		"wrong, accepted":           {&wrong, answering(t, &wrong, s.MobileHome, 0, nil), fuzz.Unauthentic},
		"unauthenticated, accepted": {&none, answering(t, &none, s.MobileHome, 0, nil), fuzz.Unauthentic},
		"unauthenticated, denied":   {&none, answering(t, &none, s.MobileHome, 131, nil), fuzz.Code},
		"blamed":                    {&right, answering(t, &right, s.MobileHome, 133, nil), fuzz.Code},
	} {
		v := c.Judge(x.k, x.answer)
		found := slices.ContainsFunc(v.Violations, func(y fuzz.Violation) bool { return y.Rank == x.rank && y.Source != "" })
		if x.rank == fuzz.Crash && v.Violations != nil || x.rank != fuzz.Crash && !found {
			t.Errorf("%s: %+v", name, v)
		}
	}
	r := mipv4.Reply{Lifetime: 1800, HomeAddress: nameless.HomeAddress, HomeAgent: netip.MustParseAddr("192.0.2.1"), Identification: nameless.Identification}
	msg, err := r.AppendBinary(nil)
	if err == nil {
		msg, err = s.MobileHome.Sign(append(msg, 0x83, 0), ext.KindMobileHomeAuth)
	}
	if v := c.Judge(&nameless, msg); err != nil || v.Violations != nil || nameless.Source() != rules.ErrEmptyNAI.Source() {
		t.Errorf("returned as it came: %+v, %v, %v", v, nameless.Source(), err)
	}
	if v := c.Judge(&right, msg); v.Violations == nil {
		t.Error("a NAI of no octets is made up, and that is right")
	}
}

// TestManyAuthenticators: of a packet made of authenticators the first sixteen are verified.
func TestManyAuthenticators(t *testing.T) {
	s := setup(t, code.MNtoHA, dsmip.RFC5454)
	c := campaign(t, s)
	k := caseOf(t, c, "plain")
	forged := append([]byte{32, 20, 0, 0, 1, 0}, make([]byte, 16)...) // SPI 256, and no digest
	for n, want := range map[int]bool{0: true, 15: true, 16: false, 2900: false} {
		packet, err := s.MobileHome.Sign(append(k.Packet[:24:24], bytes.Repeat(forged, n)...), ext.KindMobileHomeAuth)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Authentic(packet); got != want {
			t.Errorf("behind %d forged ones: %v", n, got)
		}
		if free := c.CaseOf("forged", packet, k.Clock); n > 0 && (free.Mutation.Class != fuzz.Authentication || free.Allowed.Accepts() && !want) {
			t.Errorf("behind %d forged ones: %v, %v", n, free.Mutation.Class, free.Allowed)
		}
	}
}
