package fuzz_test

import (
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

// caseOf returns the first case with a mutation.
func caseOf(t *testing.T, c *fuzz.Campaign, mutation string) fuzz.Case {
	t.Helper()
	for i, m := range c.Mutations() {
		if m.Name == mutation {
			return c.Case(uint64(i), nil)
		}
	}
	t.Fatalf("no mutation %s", mutation)
	return fuzz.Case{}
}

// answering builds the answer to a request, of which edit may change the fixed
// part and extensions are added.
func answering(t *testing.T, k *fuzz.Case, home ext.SecurityContext, c code.Registration, edit func(*mipv4.Reply), prefixes ...string) []byte {
	t.Helper()
	r := mipv4.Reply{
		Code:           c,
		Lifetime:       1,
		HomeAddress:    k.HomeAddress,
		HomeAgent:      netip.MustParseAddr("192.0.2.1"),
		Identification: k.Identification,
	}
	if edit != nil {
		edit(&r)
	}
	msg, err := r.AppendBinary(nil)
	for _, p := range prefixes {
		if err == nil {
			p := netip.MustParsePrefix(p)
			msg, err = dsmip.PrefixReply{PrefixLength: uint8(p.Bits()), Prefix: p.Addr()}.AppendBinary(msg)
		}
	}
	if err == nil {
		msg, err = home.Sign(msg, ext.KindMobileHomeAuth)
	}
	if err != nil {
		t.Fatal(err)
	}
	return msg
}

// TestJudge: what a conforming home agent may answer is no violation, and what is
// wrong is one, with its section.
func TestJudge(t *testing.T) {
	s := setup(t, code.MNtoHA, dsmip.RFC5454)
	s.Strict = true
	c := campaign(t, s)
	other := context(t, 256, ext.HMACMD5, "another key")
	asked := func(k *fuzz.Case) string {
		r, err := mipv4.ParseRequest(k.Packet)
		if err != nil {
			t.Fatal(err)
		}
		for x, ok := r.Extensions.First(); ok; x, ok = r.Extensions.Next(x) {
			if q, err := dsmip.ParsePrefixRequest(x); err == nil {
				return netip.PrefixFrom(q.Prefix, int(q.PrefixLength)).String()
			}
		}
		t.Fatal("no prefix is asked for")
		return ""
	}
	prefixed := caseOf(t, c, "duplicate-prefix-requests")
	for _, tt := range []struct {
		name, mutation string
		answer         func(k *fuzz.Case) []byte
		source         string // of the violation, "" for none
	}{
		{"accepted", "plain", func(k *fuzz.Case) []byte { return answering(t, k, s.MobileHome, 0, nil) }, ""},
		{"prefix granted", "duplicate-prefix-requests", func(k *fuzz.Case) []byte { return answering(t, k, s.MobileHome, 1, nil, asked(k)) }, ""},
		{"silence", "plain", func(*fuzz.Case) []byte { return nil }, ""},
		{"policy", "plain", func(k *fuzz.Case) []byte { return answering(t, k, s.MobileHome, 129, nil) }, ""},
		{"denied as it should be", "mobile-home-covered-bit-flipped", func(k *fuzz.Case) []byte { return answering(t, k, s.MobileHome, 131, nil) }, ""},
		{"denied as it must be", "requested-ha-multicast", func(k *fuzz.Case) []byte { return answering(t, k, s.MobileHome, 136, nil) }, ""},
		{"denied with a clock", "identification-old", func(k *fuzz.Case) []byte {
			return answering(t, k, s.MobileHome, 133, func(r *mipv4.Reply) { r.Identification ^= 1 << 40 })
		}, ""},

		{"blamed for nothing", "plain", func(k *fuzz.Case) []byte { return answering(t, k, s.MobileHome, 131, nil) }, "RFC 5944 §3.8.2.1, §3.8.3"},
		{"accepted unauthenticated", "mobile-home-covered-bit-flipped", func(k *fuzz.Case) []byte { return answering(t, k, s.MobileHome, 0, nil) }, "RFC 5944 §3.6.2.1, §3.8.2.1"},
		{"accepted with Mobile-Home swallowed", "length-up", func(k *fuzz.Case) []byte { return answering(t, k, s.MobileHome, 0, nil) }, "RFC 5944 §1.9"},
		{"accepted again", "identification-repeated", func(k *fuzz.Case) []byte { return answering(t, k, s.MobileHome, 0, nil) }, "RFC 5944 §5.7.1, §3.8.2.1"},
		{"silent where it must answer", "requested-ha-multicast", func(*fuzz.Case) []byte { return nil }, "RFC 4433 §3.4.1, §5.2, §5.3"},
		{"answered where it must be silent", "unknown-type", func(k *fuzz.Case) []byte { return answering(t, k, s.MobileHome, 134, nil) }, "RFC 5944 §1.8"},
		{"malformed", "plain", func(k *fuzz.Case) []byte { return append(answering(t, k, s.MobileHome, 0, nil), 200) }, "RFC 5944 §1.9"},
		{"wrong Length", "plain", func(k *fuzz.Case) []byte { return append(answering(t, k, s.MobileHome, 0, nil), 152, 3, 2, 0, 0) }, "draft-ietf-mip4-dsmipv4-06 §3.2, RFC 5454 §2.2"},
		{"wrong key", "plain", func(k *fuzz.Case) []byte { return answering(t, k, other, 0, nil) }, "RFC 5944 §3.6.2.1, §3.8.2.1"},
		{"unsigned", "plain", func(k *fuzz.Case) []byte { return answering(t, k, s.MobileHome, 0, nil)[:20] }, "RFC 5944 §3.6.2.1, §3.8.3.3"},
		{"denied and unsigned", "mobile-home-random-authenticator", func(k *fuzz.Case) []byte { return answering(t, k, s.MobileHome, 131, nil)[:20] }, "RFC 5944 §3.6.2.1, §3.8.3.3"},
		{"denied under another SPI", "mobile-home-wrong-spi", func(k *fuzz.Case) []byte {
			return answering(t, k, context(t, 257, ext.HMACMD5, "another key"), 131, nil)
		}, ""},
		{"denied without a clock", "identification-future", func(k *fuzz.Case) []byte { return answering(t, k, s.MobileHome, 133, nil) }, "RFC 5944 §5.7.1"},
		{"longer Lifetime", "deregistration", func(k *fuzz.Case) []byte { return answering(t, k, s.MobileHome, 0, nil) }, "RFC 5944 §3.4, §3.8.3.2"},
		{"another Identification", "plain", func(k *fuzz.Case) []byte {
			return answering(t, k, s.MobileHome, 0, func(r *mipv4.Reply) { r.Identification ^= 1 << 40 })
		}, "RFC 5944 §5.7.1"},
		{"another home agent", "plain", func(k *fuzz.Case) []byte {
			return answering(t, k, s.MobileHome, 0, func(r *mipv4.Reply) { r.HomeAgent = netip.MustParseAddr("8.8.8.8") })
		}, "RFC 5944 §3.7.2.3, §3.8.3.2"},
		{"prefix not asked for", "duplicate-prefix-requests", func(k *fuzz.Case) []byte {
			return answering(t, k, s.MobileHome, 0, nil, "2001:db8:dead::/64")
		}, "draft-ietf-mip4-dsmipv4-06 §4.3, §4.5, RFC 5454 §3.3, §3.5"},
		{"prefix granted twice", "duplicate-prefix-requests", func(k *fuzz.Case) []byte {
			return answering(t, k, s.MobileHome, 0, nil, asked(&prefixed), asked(&prefixed))
		}, "draft-ietf-mip4-dsmipv4-06 §4.3, RFC 5454 §3.3"},
		{"unprotected prefix granted", "misplaced-behind-ipv6-prefix-request", func(k *fuzz.Case) []byte { return answering(t, k, s.MobileHome, 0, nil, asked(k)) },
			"RFC 5944 §3.5.1, draft-ietf-mip4-dsmipv4-06 §4.1, §4.3, RFC 5454 §3.1, §3.3"},
	} {
		k := caseOf(t, c, tt.mutation)
		answer := tt.answer(&k)
		if answer != nil && !k.Answers(answer) {
			t.Errorf("%s: is no answer to the case", tt.name)
		}
		v := c.Judge(&k, answer)
		violated := func(x fuzz.Violation) bool { return x.Source == tt.source && x.Text != "" && !x.Should }
		if tt.source == "" && v.Violations != nil || tt.source != "" && !slices.ContainsFunc(v.Violations, violated) || v.Seen == "" {
			t.Errorf("%s: %+v, want %q", tt.name, v, tt.source)
		}
	}
}

// TestAnswers: an answer has the home address and the low half of the
// Identification.
func TestAnswers(t *testing.T) {
	s := setup(t, code.MNtoHA, dsmip.Draft06)
	c := campaign(t, s)
	k := c.Probe(1, time.Unix(1_800_000_000, 0), nil)
	good := answering(t, &k, s.MobileHome, 0, nil)
	for name, b := range map[string][]byte{
		"empty":             nil,
		"cut":               good[:19],
		"request":           k.Packet,
		"another home":      answering(t, &k, s.MobileHome, 0, func(r *mipv4.Reply) { r.HomeAddress = r.HomeAddress.Next() }),
		"another request's": answering(t, &k, s.MobileHome, 0, func(r *mipv4.Reply) { r.Identification++ }),
	} {
		if k.Answers(b) {
			t.Errorf("%s is an answer", name)
		}
	}
	if !k.Answers(good) || !k.Answers(good[:20]) || !k.Answers(append(good, 200)) {
		t.Error("an answer is none")
	}
}

// TestEditions: what RFC 5944 has a home agent do and RFC 3344 does not is not
// demanded of one that goes by RFC 3344.
func TestEditions(t *testing.T) {
	s := setup(t, code.FAtoHA, dsmip.Draft06)
	newer := caseOf(t, campaign(t, s), "mobile-home-random-authenticator")
	s.Situation.Edition = rules.RFC3344
	older := caseOf(t, campaign(t, s), "mobile-home-random-authenticator")
	if newer.Allowed.Silence || !older.Allowed.Silence {
		t.Errorf("RFC 5944: %v, RFC 3344: %v", newer.Allowed, older.Allowed)
	}
}

// TestOptional: unless the campaign is strict, a target may know nothing of the
// extensions beyond RFC 5944 and DSMIPv4.
func TestOptional(t *testing.T) {
	lenient := setup(t, code.MNtoHA, dsmip.Draft06)
	strict := lenient
	strict.Strict = true
	for _, tt := range []struct {
		mutation        string
		lenient, strict string
	}{
		// Type 144 is skipped.
		{"tunnel-request-with-d", "Code 0-2, 128-130, 134-135, 137-139, 142-143, 145-255 or silence", "Code 128-130, 134-135, 137-139, 142 or silence"},
		{"tunnel-request-without-d", "Code 0-2, 128-130, 134-135, 137-139, 142-143, 145-255 or silence", "Code 128-130, 134-135, 137-139, 142 or silence"},
		// RFC 4857 has a MUST for those that implement it.
		{"zero-care-of-address", "any answer or silence", "Code 128-130, 135, 137-139, 142, 145"},
		// Who assigns no home agents denies it.
		{"dynamic-agent", "Code 0-2, 128-130, 135-139, 142-143, 145-255 or silence", "Code 0-2, 128-130, 135-139, 142-143, 145-255 or silence"},
		// Nobody need receive it.
		{"many-prefix-requests", "any answer or silence", "any answer or silence"},
		// The texts conflict, or leave it to the target.
		{"only-mn-aaa", "any answer or silence", "any answer or silence"},
		{"two-mobile-home", "any answer or silence", "any answer or silence"},
		// Type 139 too, and RFC 4433 has a MUST.
		{"requested-ha-multicast", "Code 0-2, 128-130, 135-139, 142-143, 145-255 or silence", "Code 128-130, 135-139, 142"},
		// Type 38 is not skippable.
		{"vendor-of-mobile-node", "Code 128-130, 135, 137-140, 142 or silence", "Code 128-130, 135, 137-140, 142"},
		// Nobody may lack these.
		{"no-authorization", "silence", "silence"},
		{"unknown-type", "silence", "silence"},
		{"mobile-home-random-authenticator", "Code 128-131, 135, 137-139, 142 or silence", "Code 128-131, 135, 137-139, 142 or silence"},
	} {
		a, b := caseOf(t, campaign(t, lenient), tt.mutation), caseOf(t, campaign(t, strict), tt.mutation)
		if a.Allowed.String() != tt.lenient || b.Allowed.String() != tt.strict {
			t.Errorf("%s: %v, strict %v", tt.mutation, a.Allowed, b.Allowed)
		}
	}
}

// TestNeverAccepted: no home agent accepts what is not authenticated, not fresh,
// no request, or cannot be read.
func TestNeverAccepted(t *testing.T) {
	for _, leg := range []code.Leg{code.MNtoHA, code.FAtoHA} {
		c := campaign(t, setup(t, leg, dsmip.Draft06))
		judged := 0
		for i, m := range c.Mutations() {
			switch m.Class {
			case fuzz.Authentication, fuzz.Replay:
			case fuzz.Structure:
				// Behind Mobile-Home a home agent may be said to be lenient.
				if strings.HasPrefix(m.Name, "trailing") || strings.HasPrefix(m.Name, "truncated") {
					continue
				}
			default:
				switch m.Fault {
				case rules.ErrNoAuthorization, rules.ErrProxyForeignHome, rules.ErrProxyDeregisters:
				case rules.ErrCorrespondent:
					if m.Name != "between-routers" { // Mobile-Home authenticates it
						continue
					}
				default:
					continue
				}
			}
			judged++
			if k := c.Case(uint64(i), nil); k.Allowed.Code(code.RegistrationAccepted) {
				t.Errorf("%v, %s: %v", leg, m.Name, k.Allowed)
			}
		}
		if judged < 15 {
			t.Errorf("%v: only %d judged", leg, judged)
		}
	}
}

// TestNotImplemented: no case is about an extension that the target does not
// implement, but the one that it must discard.
func TestNotImplemented(t *testing.T) {
	s := setup(t, code.FAtoHA, dsmip.Draft06)
	lacking := map[ext.Kind]string{
		ext.KindUDPTunnelRequest: "tunnel-request", ext.KindRequestedHA: "requested-ha", ext.KindCVSE: "vendor-of",
		ext.KindMNAAAAuth: "mn-aaa", ext.KindRevocationSupport: "revocation",
	}
	for _, m := range campaign(t, s).Mutations() {
		for k, name := range lacking {
			if strings.Contains(m.Name, name) {
				delete(lacking, k)
			}
		}
	}
	if len(lacking) > 0 {
		t.Errorf("never planted: %v", lacking)
	}
	s.Situation.Implements = func(k ext.Kind) bool {
		return k != ext.KindUDPTunnelRequest && k != ext.KindRequestedHA && k != ext.KindCVSE && k != ext.KindMNAAAAuth && k != ext.KindRevocationSupport
	}
	missing := false
	for _, m := range campaign(t, s).Mutations() {
		for _, name := range []string{"tunnel-request", "requested-ha", "vendor-of", "mn-aaa", "revocation"} {
			if strings.Contains(m.Name, name) {
				t.Errorf("%s is planted", m.Name)
			}
		}
		missing = missing || m.Fault == rules.ErrNotImplemented
	}
	if !missing {
		t.Error("nothing is to be discarded")
	}
}

// TestJudgeOnce: what an answer has many times is one violation, and the longest answer of
// UDP is judged.
func TestJudgeOnce(t *testing.T) {
	s := setup(t, code.MNtoHA, dsmip.RFC5454)
	c := campaign(t, s)
	k := caseOf(t, c, "plain")
	cut := []byte{152, 3, 2, 0, 0} // an IPv6 Prefix Reply without its prefix
	answer := answering(t, &k, s.MobileHome, 0, nil)
	for len(answer)+len(cut) <= 65507 {
		answer = append(answer, cut...)
	}
	v := c.Judge(&k, answer)
	seen := map[string]int{}
	for _, x := range v.Violations {
		seen[x.Text]++
	}
	for text, n := range seen {
		if n > 1 {
			t.Errorf("%s: %d times", text, n)
		}
	}
	if len(seen) == 0 || len(answer) < 65500 {
		t.Errorf("%d octets, %+v", len(answer), v)
	}
}
