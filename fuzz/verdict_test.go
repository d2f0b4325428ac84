package fuzz_test

import (
	"crypto/md5"
	"slices"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// reply is a Registration Reply of RFC 5944 §3.4 from hex digits: Type, Code, Lifetime,
// Home Address, Home Agent, Identification.
func reply(number, lifetime, home, agent, identification string) made {
	return made{}.with("03" + number + lifetime + home + agent + identification)
}

// TestVerdicts: every kind of violation has its rank.
func TestVerdicts(t *testing.T) {
	s := setup(t, code.MNtoHA, dsmip.RFC5454)
	s.Strict = true
	c := campaign(t, s)
	now := identified(clock)
	of := func(packet made) fuzz.Case { return c.CaseOf("made", packet.msg, clock) }
	right := of(direct().home())
	accepted := reply("00", "0708", ownHome, ownAgent, now)
	deny := func(number string) made { return reply(number, "0708", ownHome, ownAgent, now).home() }
	for _, x := range []struct {
		name   string
		k      fuzz.Case
		answer made
		rank   fuzz.Rank
		right  bool // nothing is wrong
	}{
		{"right", right, accepted.home(), 0, true},
		// RFC 5944 §3.4: a reply has 20 octets before its extensions, and Type 3.
		{"cut", right, made{accepted.msg[:19]}, fuzz.Answer, false},
		{"a request", right, direct().home(), fuzz.Answer, false},
		// §1.9.
		{"a lone octet behind", right, accepted.home().with("c8"), fuzz.Answer, false},
		// §3.8.3.3: Mobile-Home MUST be there, and is covered (§3.5.1).
		{"unsigned", right, accepted, fuzz.Unsigned, false},
		{"signed with another key", right, accepted.wrongHome(), fuzz.Unsigned, false},
		{"signed twice", right, accepted.home().home(), fuzz.Unsigned, false},
		{"an authenticator without SPI", right, accepted.with("20 02 0000"), fuzz.Unsigned, false},
		// §1.6.
		{"a reserved SPI", right, accepted.authenticated(md5.New, "20 14 00000007", "sixteen byte key"), fuzz.Unsigned, false},
		// §3.4: 64 to 127 are the foreign agent's.
		{"a foreign agent's Code", right, deny("46"), fuzz.Answer, false},
		{"blamed", right, deny("83"), fuzz.Code, false},
		// §3.8.2.1 a.
		{"unauthenticated and denied", of(direct()), deny("83"), fuzz.Code, false},
		{"unauthenticated and accepted", of(direct()), accepted.home(), fuzz.Unauthentic, false},
		{"wrong and accepted", of(direct().wrongHome()), accepted.home(), fuzz.Unauthentic, false},
		// RFC 3115 §2.3.
		{"unknown vendor and accepted", of(direct().with("26 00 000a 00ffffff ffff 01020304").home()), accepted.home(), fuzz.Forbidden, false},
		{"unknown vendor and silent", of(direct().with("26 00 000a 00ffffff ffff 01020304").home()), made{}, fuzz.Silence, false},
		// RFC 5944 §1.8.
		{"not skippable and accepted", of(direct().with("3c 02 0000").home()), accepted.home(), fuzz.Unauthentic, false},
		// A datagram of another type is no Registration Request, whatever is said to it.
		{"a reply is answered", of(reply("00", "0708", ownHome, ownAgent, now).home()), accepted.home(), fuzz.Answer, false},
		// Of 23 octets the last of the Identification is not the target's to know.
		{"a short request is answered", of(made{direct().msg[:23]}), deny("86"), fuzz.Disclosure, false},
		// §3.8.3.2: the Lifetime is no longer than asked for, and the home agent names
		// itself.
		{"longer", right, reply("00", "0709", ownHome, ownAgent, now).home(), fuzz.Answer, false},
		{"another agent", right, reply("00", "0708", ownHome, "c0000202", now).home(), fuzz.Answer, false},
	} {
		answer := x.answer.msg
		v := c.Judge(&x.k, answer)
		found := slices.ContainsFunc(v.Violations, func(y fuzz.Violation) bool { return y.Rank == x.rank && y.Text != "" && y.Source != "" })
		if x.right != (v.Violations == nil) || !x.right && !found || v.Seen == "" {
			t.Errorf("%s: %+v, want %v", x.name, v, x.rank)
		}
	}
}

// TestDisclosure: what answers a datagram that is shorter than a request has the octets
// that were in it, at the places of RFC 5944 §3.3 and §3.4, the agent's own address, and
// zeros; others are out of the target's memory.
func TestDisclosure(t *testing.T) {
	c := campaign(t, setup(t, code.MNtoHA, dsmip.Draft06))
	whole := direct().msg
	for name, x := range map[string]struct {
		sent      int
		answer    made
		disclosed bool
	}{
		"nothing sent, zeros":           {0, reply("86", "0000", "00000000", "00000000", "0000000000000000"), false},
		"nothing sent, own address":     {0, reply("86", "0000", "00000000", ownAgent, "0000000000000000"), false},
		"nothing sent, home address":    {0, reply("86", "0000", ownHome, "00000000", "0000000000000000"), true},
		"nothing sent, an agent":        {0, reply("86", "0000", "00000000", "c0000202", "0000000000000000"), true},
		"nothing sent, Identification":  {0, reply("86", "0000", "00000000", "00000000", "0000000000000001"), true},
		"home address sent":             {8, reply("86", "0000", ownHome, "00000000", "0000000000000000"), false},
		"half a home address sent":      {6, reply("86", "0000", "c6120000", "00000000", "0000000000000000"), false},
		"half of it, all comes back":    {6, reply("86", "0000", ownHome, "00000000", "0000000000000000"), true},
		"another comes back":            {8, reply("86", "0000", "c6120006", "00000000", "0000000000000000"), true},
		"20 octets sent, high half":     {20, reply("86", "0000", ownHome, ownAgent, identified(clock)[:8]+"00000000"), false},
		"20 octets sent, all of it":     {20, reply("86", "0000", ownHome, ownAgent, identified(clock)), true},
		"23 octets sent, and no answer": {23, made{[]byte{0x5a}}, false},
		"sent back as it came":          {23, made{whole[:23]}, false},
		"answered with a head":          {0, made{reply("86", "0000", ownHome, ownAgent, identified(clock)).msg[:8]}, true},
		"answered with a zero head":     {0, made{reply("86", "0000", "00000000", ownAgent, identified(clock)).msg[:12]}, false},
		"a whole request, answered":     {24, reply("86", "0000", "c6120006", "c0000202", identified(clock)).home(), false},
	} {
		k := c.CaseOf(name, whole[:x.sent], clock)
		v := c.Judge(&k, x.answer.msg)
		if got := slices.ContainsFunc(v.Violations, func(y fuzz.Violation) bool { return y.Rank == fuzz.Disclosure }); got != x.disclosed {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

// TestOptionalAnswers: who is known to implement an extension and does not answer it
// violates what it says of the answer; who may not know it does not.
func TestOptionalAnswers(t *testing.T) {
	// RFC 2794 §3: the reply has the Mobile Node NAI of the request.
	for _, strict := range []bool{false, true} {
		s := setup(t, code.MNtoHA, dsmip.RFC5454)
		s.Strict = strict
		c := campaign(t, s)
		seen := 0
		for i := range 4 * uint64(len(c.Mutations())) {
			k := c.Case(i, nil)
			r, err := mipv4.ParseRequest(k.Packet)
			if err != nil || k.Mutation.Fault != nil || k.HomeAddress.IsUnspecified() || !has(r.Extensions, ext.KindMobileNodeNAI) {
				continue
			}
			seen++
			missing := func(v fuzz.Violation) bool { return v.Source == rules.ErrNAIMissing.Source() && v.Rank == fuzz.Answer }
			if v := c.Judge(&k, answering(t, &k, s.MobileHome, 0, nil)); slices.ContainsFunc(v.Violations, missing) != strict {
				t.Errorf("strict %v, %s: %+v", strict, k.Mutation.Name, v)
			}
		}
		if seen == 0 {
			t.Error("no request has a NAI")
		}
	}
}

// TestExcusedAnswers: what an answer has of the request, and what the target may have
// ignored, is not held against it, however much it implements.
func TestExcusedAnswers(t *testing.T) {
	s := setup(t, code.MNtoHA, dsmip.RFC5454)
	s.Strict = true
	c := campaign(t, s)
	now := identified(clock)
	of := func(packet made) fuzz.Case { return c.CaseOf("made", packet.msg, clock) }
	homed := func(home string) fuzz.Case {
		return of(asking("20", "0708", home, ownAgent, ownCare, clock).home())
	}
	accepted := func(home string) made { return reply("00", "0708", home, ownAgent, now) }
	// Type 131 is the Mobile Node NAI (RFC 2794 §3).
	const nai, empty = "83 05 61406263 64", "83 00"
	own := func(mutation, more string) (fuzz.Case, made) {
		k := caseOf(t, c, mutation)
		k.Packet = slices.Clone(k.Packet)
		msg := answering(t, &k, s.MobileHome, 129, nil)[:20]
		return k, made{msg}.with(more).home()
	}
	emptyOwn, emptyBack := own("empty-nai", empty)
	late, lateBack := own("service-before-nai", "")
	for _, x := range []struct {
		name   string
		k      fuzz.Case
		answer made
		fault  *code.Fault
		wrong  bool
	}{
		// RFC 5944 §3.8.3.2: a multicast home address, 224.0.0.1, can be registered by nobody.
		{"multicast, copied", homed("e0000001"), accepted("e0000001").home(), rules.ErrReplyHomeAddress, false},
		{"multicast, made up", homed(ownHome), accepted("e0000001").home(), rules.ErrReplyHomeAddress, true},
		{"none, copied", homed("00000000"), accepted("00000000").home(), rules.ErrReplyHomeAddress, true},
		{"empty NAI, copied", of(direct().with(empty).home()), accepted(ownHome).with(empty).home(), rules.ErrEmptyNAI, false},
		{"empty NAI beside another fault, copied", of(asking("20", "0708", "e0000001", ownAgent, ownCare, clock).with(empty).home()), accepted("e0000001").with(empty).home(), rules.ErrEmptyNAI, false},
		{"empty NAI, made up", of(direct().home()), accepted(ownHome).with(empty).home(), rules.ErrEmptyNAI, true},
		{"empty NAI of a case, copied", emptyOwn, emptyBack, rules.ErrEmptyNAI, false},
		{"no NAI, of a packet made by no recipe", of(direct().with(nai).home()), accepted(ownHome).home(), rules.ErrNAIMissing, false},
		{"no NAI, of a wrong request", late, lateBack, rules.ErrNAIMissing, false},
	} {
		v := c.Judge(&x.k, x.answer.msg)
		found := slices.ContainsFunc(v.Violations, func(y fuzz.Violation) bool { return strings.HasSuffix(y.Text, x.fault.Text()) })
		if found != x.wrong || v.Seen == "" {
			t.Errorf("%s: %+v", x.name, v)
		}
	}
}

// TestProxyAnswers: who serves proxies, and implements all, says how it authenticates one
// unless it does so by Mobile-Home (RFC 5563 §5.1); of others no request that is right asks
// it.
func TestProxyAnswers(t *testing.T) {
	for _, x := range []struct {
		proxies rules.Knowledge
		strict  bool
	}{{rules.Unknown, true}, {rules.Served, true}, {rules.None, true}, {rules.Served, false}} {
		s := setup(t, code.FAtoHA, dsmip.Draft06)
		s.Strict, s.Situation.Proxies = x.strict, x.proxies
		c := campaign(t, s)
		seen := 0
		for i := range 4 * uint64(len(c.Mutations())) {
			k := c.Case(i, nil)
			r, err := mipv4.ParseRequest(k.Packet)
			if err != nil || k.Mutation.Fault != nil || k.HomeAddress.IsUnspecified() || !has(r.Extensions, ext.KindProxyAuthMethod) {
				continue
			}
			seen++
			missing := func(v fuzz.Violation) bool {
				return strings.HasSuffix(v.Text, rules.ErrProxyMethodMissing.Text())
			}
			answer := answering(t, &k, s.MobileHome, 0, nil)
			for n, want := range map[int]bool{mipv4.TypeReply.FixedLength(): x.strict, len(answer): false} {
				if v := c.Judge(&k, answer[:n]); slices.ContainsFunc(v.Violations, missing) != want {
					t.Errorf("%+v, %s, %d bytes: %+v", x, k.Mutation.Name, n, v)
				}
			}
		}
		if (seen > 0) != (x.proxies == rules.Served) {
			t.Errorf("%v: %d requests have the method", x.proxies, seen)
		}
	}
}

func has(l ext.List, k ext.Kind) bool {
	for x := range l.All() {
		if x.Kind() == k {
			return true
		}
	}
	return false
}

// TestUnprotectedPrefixes: a prefix that is asked for behind Mobile-Home nobody has
// authenticated (RFC 5944 §3.5.1); of a request without any authenticator, or that cannot
// be read, nothing is said of prefixes.
func TestUnprotectedPrefixes(t *testing.T) {
	s := setup(t, code.MNtoHA, dsmip.RFC5454)
	c := campaign(t, s)
	// Type 152, Length 18, Sub-Type 1, Prefix Length 64, 2001:db8:1:2::/64 (draft-ietf-
	// mip4-dsmipv4-06 §3.1), and the answer to it, Sub-Type 2 with a Code (§3.2).
	const prefix = "20010db8000100020000000000000000"
	request, granted := "98 12 01 40"+prefix, "98 13 02 00 40"+prefix
	for name, x := range map[string]struct {
		packet made
		answer made
		more   bool
	}{
		"protected":           {direct().with(request).home(), reply("00", "0708", ownHome, ownAgent, identified(clock)).with(granted).home(), false},
		"unprotected":         {direct().home().with(request), reply("00", "0708", ownHome, ownAgent, identified(clock)).with(granted).home(), true},
		"unprotected, denied": {direct().home().with(request), reply("81", "0708", ownHome, ownAgent, identified(clock)).with(granted).home(), false},
		"no authenticator":    {direct().with(request), reply("00", "0708", ownHome, ownAgent, identified(clock)).with(granted).home(), false},
		"cannot be read":      {direct().with("3c 02 0000").with(request).home(), reply("00", "0708", ownHome, ownAgent, identified(clock)).with(granted).home(), false},
	} {
		k := c.CaseOf(name, x.packet.msg, clock)
		v := c.Judge(&k, x.answer.msg)
		more := func(y fuzz.Violation) bool {
			return y.Rank == fuzz.Unauthentic && strings.Contains(y.Text, "IPv6 Prefix")
		}
		if slices.ContainsFunc(v.Violations, more) != x.more {
			t.Errorf("%s: %+v", name, v)
		}
	}
}
