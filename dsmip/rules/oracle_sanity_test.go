package rules_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
)

// TestAutomata: each automaton accepts exactly the words of its regular
// expression, over the letters of the expression and one that is none of them.
func TestAutomata(t *testing.T) {
	longest := 6
	if testing.Short() {
		longest = 4
	}
	for _, g := range grammars {
		var letters []byte
		for c := range byte(128) {
			named := c >= 'A' && strings.IndexByte(g.expression.String(), c) >= 0 && c != '[' && c != ']' && c != '^' && c != '|'
			if named {
				letters = append(letters, c)
			}
			for i := range g.next {
				if g.next[i][c] >= 0 && !named {
					t.Errorf("%s: %q in state %d is not in %s", g.source, c, i, g.expression)
				}
			}
		}
		letters = append(letters, 'x')
		word := make([]byte, 0, longest)
		words, accepted := 0, 0
		// walk visits every continuation of word. state is -1 when the automaton
		// has stopped.
		var walk func(state int8)
		walk = func(state int8) {
			words++
			got := state >= 0 && g.end[state]
			if want := g.expression.Match(word); got != want {
				t.Fatalf("%s: %q: automaton %v, expression %v", g.source, word, got, want)
			}
			if got {
				accepted++
			}
			if len(word) == longest {
				return
			}
			for _, c := range letters {
				next := int8(-1)
				if state >= 0 {
					next = g.next[state][c]
				}
				word = append(word, c)
				walk(next)
				word = word[:len(word)-1]
			}
		}
		walk(0)
		if accepted == 0 {
			t.Errorf("%s: no word accepted", g.source)
		}
		t.Logf("%s: %d words, %d accepted", g.source, words, accepted)
	}
}

// kindsOf reads "131 152/1 M A": types, with the sub-type behind a slash, the
// letters of the authenticators and of the Challenge, and for 47/1 by IPsec "47ipsec".
func kindsOf(t *testing.T, s string) []ext.Kind {
	var kinds []ext.Kind
	for _, word := range strings.Fields(s) {
		switch word {
		case "M":
			kinds = append(kinds, ext.KindMobileHomeAuth)
		case "A":
			kinds = append(kinds, ext.KindMNAAAAuth)
		case "F":
			kinds = append(kinds, ext.KindMobileForeignAuth)
		case "H":
			kinds = append(kinds, ext.KindForeignHomeAuth)
		case "c":
			kinds = append(kinds, ext.KindChallenge)
		case "47ipsec":
			kinds = append(kinds, kindProxyByIPsec)
		default:
			number, sub, _ := strings.Cut(word, "/")
			n, err := strconv.ParseUint(number, 10, 8)
			if err != nil {
				t.Fatal(err)
			}
			k := ext.Kind(n << 8)
			if sub != "" {
				n, err := strconv.ParseUint(sub, 10, 8)
				if err != nil {
					t.Fatal(err)
				}
				k |= ext.Kind(n)
			}
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// given reads the words of a fixed part and a situation: D, T, L0 (Lifetime 0),
// HA0 (dynamic Home Agent), HoA0, CoA0, CoA1 (255.255.255.255), r (reserved flag);
// rfc5454 (without it draft-06) and rfc3344 for the texts; F+ and F-, H+ and H- for an
// association that exists and one that does not, P+ and P- for proxies that are served
// and not; R (registration required); a bare number is the Code of a reply.
func given(t *testing.T, leg, words string) (h header, s oracleSituation) {
	l, err := code.ParseLeg(leg)
	if err != nil {
		t.Fatal(err)
	}
	s.leg, s.profile = l, dsmip.Draft06
	h.request = l.Request()
	for _, word := range strings.Fields(words) {
		switch word {
		case "D":
			h.D = true
		case "T":
			h.T = true
		case "L0":
			h.lifetimeZero = true
		case "HA0":
			h.homeAgentDynamic = true
		case "HoA0":
			h.homeAddressZero = true
		case "CoA0":
			h.careOfZero = true
		case "CoA1":
			h.careOfOnes = true
		case "P+":
			s.proxies = shared
		case "P-":
			s.proxies = none
		case "r":
			h.reservedFlags = true
		case "R":
			s.registrationRequired = true
		case "rfc5454":
			s.profile = dsmip.RFC5454
		case "rfc3344":
			s.edition3344 = true
		case "F+":
			s.mobileForeign = shared
		case "F-":
			s.mobileForeign = none
		case "H+":
			s.foreignHome = shared
		case "H-":
			s.foreignHome = none
		default:
			n, err := strconv.ParseUint(word, 10, 8)
			if err != nil {
				t.Fatal(err)
			}
			h.code = uint8(n)
		}
	}
	return h, s
}

const (
	right = true
	wrong = false
)

// TestOracle judges messages that the texts describe.
func TestOracle(t *testing.T) {
	for _, c := range []struct {
		leg, given, kinds string
		legal             bool
		source            string
	}{
		// A mobile node that registers directly, and one at home that deregisters.
		{"mn-ha", "D", "M", right, "RFC 5944 §3.6.1.3 a, c: all that every request has"},
		{"mn-ha", "L0", "131 M", right, "RFC 5944 §3.6.1.2: deregistration at home"},
		{"mn-ha", "D", "", wrong, "RFC 5944 §3.5.2: M in every request"},
		{"mn-ha", "L0", "131", wrong, "RFC 5944 §3.5.2: M in a deregistration too"},
		{"mn-ha", "D", "131 144 152/1 152/1 152/3 M", right, "draft-06 §4.1, RFC 3519 §4.4"},
		{"mn-ha", "D rfc5454", "131 152/1 152/3 M", right, "RFC 5454 §3.1"},
		{"mn-ha", "D", "131 M 152/1", wrong, "draft-06 §4.1: before M"},
		{"mn-ha", "D", "152/1 M 152/3", wrong, "draft-06 §4.1: before M"},
		{"mn-ha", "D", "M 131", wrong, "RFC 2794 §2: 131 before M"},
		{"mn-ha", "D", "131 M A", right, "RFC 4721 §3.1: A on a direct request"},
		{"mn-ha", "D", "131 A M", wrong, "RFC 4721 §6: M prior to A"},
		{"mn-ha", "D", "131 A", right, "RFC 3012, RFC 3957 §3 against RFC 4721 §6: nobody is accused"},
		{"mn-ha", "D", "131 M A M", right, "RFC 5944 §3.8.2.1 a, RFC 4721 §6: M before A"},
		{"mn-ha", "D", "131 42/1 A", right, "RFC 3957 §3: no key for M yet"},
		{"mn-ha", "D", "131 M c A", wrong, "RFC 4721 §3.1: MUST NOT include the Challenge"},
		{"mn-ha", "D rfc3344", "131 M A", right, "RFC 4721 §6, on RFC 3344"},
		{"mn-ha", "D rfc3344", "131 A", right, "RFC 3012"},
		{"mn-ha", "D rfc3344", "M M", wrong, "RFC 3344 §3.8.2.1 a: exactly one authorization-enabling extension"},
		{"mn-ha", "D rfc3344", "M A A", wrong, "RFC 3344 §3.8.2.1 a"},
		{"mn-ha", "D rfc3344", "131 M", right, "RFC 3344 §3.8.2.1 a"},
		{"mn-ha", "D", "M M", right, "RFC 5944 §3.5.2, §3.8.2.1 a: at least one, all checked"},
		{"mn-ha", "D", "M A A", right, "RFC 5944 §3.8.2.1 a"},
		{"mn-ha", "D", "131 M F", wrong, "RFC 5944 §3.6.1.3 e: only to a foreign agent"},
		{"mn-ha", "D", "131 M H", wrong, "RFC 5944 §3.8.2.1 d"},
		{"mn-ha", "D rfc3344", "131 M H", right, "RFC 3344 §3.5.4: silent"},
		{"mn-ha", "D T", "M 130", wrong, "RFC 3024 §3.3: for the foreign agent only"},
		{"mn-ha", "D", "42/1 M A", right, "RFC 3957 §6.3: before A"},
		{"mn-ha", "D", "M 42/1 A", right, "RFC 3957 §6.3: before A"},
		{"mn-ha", "D", "42/1 M", wrong, "RFC 3957 §3: A must be there"},
		{"mn-ha", "D", "M A 42/1", wrong, "RFC 3957 §6.3: before A"},
		{"mn-ha", "D", "137 M", right, "RFC 3543 §3.2: a direct co-located mobile node"},
		{"mn-ha", "", "137 M", right, "RFC 3543 §3.2, RFC 5944 §3.6.1.2: D is a SHOULD"},
		{"mn-ha", "D", "M 137", wrong, "RFC 3543 §3.2: protected"},
		{"mn-ha", "", "144 M", wrong, "RFC 3519 §3.1: D MUST be set"},
		{"mn-ha", "D", "148 148 M", right, "RFC 5177 §4.1, §10"},
		{"mn-ha", "D", "M 148", wrong, "RFC 5177 §10: before M"},
		{"mn-ha", "D L0", "148 M", wrong, "RFC 5177 §5: without any"},
		{"mn-ha", "D", "129 129 M", right, "RFC 2356 §7.3: one for each traversal point"},
		{"mn-ha", "D", "154/1 154/2 154/2 M", right, "RFC 7629 §4.1, §4.2"},
		{"mn-ha", "D", "154/1 154/1 M", wrong, "RFC 7629 §4.1: at most one"},
		{"mn-ha", "D", "131 151 M", right, "RFC 5446 §3"},
		{"mn-ha", "D", "151 M", right, "RFC 5446 §3: behind 131 if that is present"},
		{"mn-ha", "D", "151 131 M", wrong, "RFC 5446 §3: after 131"},
		{"mn-ha", "D", "131 151 151 M", wrong, "RFC 5446 §3: at most one"},
		{"mn-ha", "D", "152/3 152/3 M", wrong, "draft-06 §4.1: exactly one"},
		{"mn-ha", "", "152/3 M", right, "draft-06 §4.5, RFC 5944 §3.6.1.2: D is a SHOULD"},
		{"mn-ha", "D HA0 HoA0", "131 139/1 M", right, "RFC 4433 §5.1.2"},
		{"mn-ha", "D HA0 HoA0", "131 M", wrong, "RFC 4433 §5.1.2: 139/1 included"},
		{"mn-ha", "D HA0", "131 139/1 M", right, "RFC 4433 §3.3: a home address may be suggested"},
		{"mn-ha", "D HA0", "139/1 M", wrong, "RFC 4433 §5.1: NAI"},
		{"mn-ha", "D HA0 L0", "131 139/1 M", wrong, "RFC 4433 §5.1.2: a deregistration names the home agent"},
		{"mn-ha", "D HoA0", "131 M", right, "RFC 2794 §2"},
		{"mn-ha", "D HoA0", "M", right, "RFC 2794 §2, RFC 5944 §3.6: forbidden nowhere"},
		{"mn-ha", "D CoA0", "M", wrong, "RFC 4857 §7.4"},
		{"mn-ha", "D CoA1", "M", wrong, "RFC 4857 §5.2"},
		{"mn-ha", "D", "140 141 M", right, "RFC 4857 §9.2, §9.3: before M"},
		{"mn-ha", "D", "M 141", wrong, "RFC 4857 §9.3: before M"},
		{"mn-ha", "D", "153/1 M", right, "RFC 6521 §5.1"},
		{"mn-ha", "D", "M 153/1", wrong, "RFC 5944 §3.6.1.3"},
		{"mn-ha", "D", "148 144 49/2", right, "RFC 6521 §3.3.3: on none of the legs"},
		{"mn-ha", "D", "49/3 M", wrong, "RFC 6521 §5.4: a reply's"},
		{"mn-ha", "D", "50/1 M", wrong, "RFC 6521 §5.5: a reply's"},
		{"mn-ha", "D r", "M", wrong, "RFC 5944 §3.8.2.3"},
		{"mn-ha", "D", "0 38 M 134 200 0", right, "RFC 3115 §3, RFC 5944 §1.8, §6.3"},
		{"mn-ha", "D", "44 M", wrong, "RFC 3519 §3.2: a reply's"},
		{"mn-ha", "D", "152/2 M", wrong, "draft-06 §3.2: a reply's"},

		// A mobile node that registers through a foreign agent.
		{"mn-fa", "", "131 M F", right, "RFC 5944 §3.6.1.3"},
		{"mn-fa", "", "131 F M", wrong, "RFC 5944 §3.6.1.3: F last"},
		{"mn-fa", "", "M F F", wrong, "RFC 5944 §3.7.2.1: more than one F"},
		{"mn-fa", "", "131 M c A", right, "RFC 4721 §3.1"},
		{"mn-fa", "", "131 M c F", right, "RFC 4721 §3.1"},
		{"mn-fa", "", "131 M c A F", right, "RFC 4721 §3.1"},
		{"mn-fa", "", "131 M A c F", wrong, "RFC 4721 §3.1: c before A"},
		{"mn-fa", "", "131 M c F A", wrong, "RFC 4721 §3.1: A before F"},
		{"mn-fa", "", "131 M c", wrong, "RFC 4721 §3.2: F or A behind c"},
		{"mn-fa", "", "131 c M A", wrong, "RFC 4721 §3.1: c behind M"},
		{"mn-fa", "", "131 M c c A", right, "RFC 4721 §3.1: silent about two"},
		{"mn-fa", "", "131 M c A c", wrong, "RFC 4721 §3.1: c before A"},
		{"mn-fa", "T", "M 130 F", right, "RFC 3024 §3.3"},
		{"mn-fa", "T", "M c A 130", right, "RFC 5944 §3.6.1.3 d"},
		{"mn-fa", "T", "M 130 c A", right, "RFC 3024 §3.3: between M and F"},
		{"mn-fa", "", "M 130 F", wrong, "RFC 3024 §3.3: T"},
		{"mn-fa", "T", "130 M F", wrong, "RFC 3024 §3.3: behind M"},
		{"mn-fa", "T", "M F 130", wrong, "RFC 3024 §3.3: before F"},
		{"mn-fa", "", "131 40/1 42/1 M c A", right, "RFC 3957 §3"},
		{"mn-fa", "", "137 M", wrong, "RFC 3543 §4.2.1"},
		{"mn-fa", "D", "137 M", right, "RFC 3543 §3.2: says nothing of it"},
		{"mn-fa", "", "M 137", wrong, "RFC 3543 §3.2: the foreign agent's on the other leg"},
		{"mn-fa", "", "M 48", wrong, "RFC 6245 §4.1: the foreign agent's"},
		{"mn-fa", "", "M H", wrong, "RFC 5944 §3.5.4"},
		{"mn-fa", "F+", "M", wrong, "RFC 5944 §3.7.2.1: F with an association"},
		{"mn-fa", "F+ L0", "M", wrong, "RFC 5944 §3.6.1.3: in a deregistration too"},
		{"mn-fa", "F-", "M F", right, "RFC 5944 §3.5.3: silent about F without association"},
		{"mn-fa", "H+", "M", right, "RFC 5944 §3.7.2.2: H only on the other leg"},
		{"mn-fa", "HA0 HoA0", "131 M", right, "RFC 4433 §5.1.1: 139/1 is a hint"},
		{"mn-fa", "HA0", "131 M", right, "RFC 4433 §3.3"},
		{"mn-fa", "HA0 HoA0", "M", wrong, "RFC 4433 §5.1: NAI"},
		{"mn-fa", "D HA0 HoA0 L0", "131 M", wrong, "RFC 4433 §5.1.2"},
		{"mn-fa", "HA0 HoA0 L0", "131 M", right, "RFC 4433 §4.1.1, §5.1.1"},
		{"mn-fa", "CoA0", "131 M", right, "RFC 4857 §7.1"},
		{"mn-fa", "CoA1", "131 M", wrong, "RFC 4857 §5.2: MUST 70"},
		{"mn-fa", "", "131 40/1 c A F", right, "RFC 3957 §3, RFC 4721 §3.1: A alone"},
		{"mn-fa", "", "131 A c F", wrong, "RFC 4721 §3.1: c before A"},
		{"mn-fa", "D", "140 M", right, "RFC 4857 §9.2: before M"},
		{"mn-fa", "D", "M 140 141 F", right, "RFC 4857 §9.2, §9.3: before F, behind M"},
		{"mn-fa", "D", "M 140", wrong, "RFC 4857 §9.2: protected"},
		{"mn-fa", "", "M 141 A", wrong, "RFC 4857 §9.3: before F, or before M"},
		{"mn-fa", "", "M F 141", wrong, "RFC 4857 §9.3: before F"},
		{"mn-fa", "", "M 137", wrong, "RFC 3543 §4.2.1: MUST silently discard"},

		// A foreign agent that relays a request.
		{"fa-ha", "", "131 M H", right, "RFC 5944 §3.7.2.2"},
		{"fa-ha", "", "131 M F", wrong, "RFC 5944 §3.7.2.2: F removed"},
		{"fa-ha", "", "131 M c A 48 H", right, "RFC 4721 §3.2, RFC 6245 §4.1"},
		{"fa-ha", "", "131 M c H", right, "RFC 4721 §3.2: c may be kept"},
		{"fa-ha", "", "131 M H c", wrong, "RFC 4721 §3.2: c before H"},
		{"fa-ha", "T", "M 130 A H", right, "RFC 5944 §3.7.2.2: nothing before A removed"},
		{"fa-ha", "T", "M A 130 H", wrong, "RFC 3024 §3.3: consumed"},
		{"fa-ha", "T", "M 130 H", wrong, "RFC 3024 §3.3: consumed"},
		{"fa-ha", "", "M 48 A", wrong, "RFC 6245 §4.1: behind A"},
		{"fa-ha", "D", "M 48", right, "RFC 6245 §4.1: silent about D"},
		{"fa-ha", "L0", "M 48", right, "RFC 6245 §4.1: deregistrations too"},
		{"fa-ha", "", "131 M 137 H", right, "RFC 3543 App. A.1"},
		{"fa-ha", "", "131 M H 137", wrong, "RFC 3543 §3.2: under H"},
		{"fa-ha", "", "131 M 144 H", right, "RFC 3519 §4.5"},
		{"fa-ha", "D", "131 M 144 H", wrong, "RFC 3519 §4.6.1: behind M with D"},
		{"fa-ha", "D", "131 144 M H", right, "RFC 3519 §4.4"},
		{"fa-ha", "", "131 M 151 H", right, "RFC 5446 §4.3"},
		{"fa-ha", "", "131 151 M 151 H", wrong, "RFC 5446 §4.3: the mobile node sent one"},
		{"fa-ha", "", "152/1 M 152/3 H", right, "draft-06 §4.1"},
		{"fa-ha", "", "152/1 M 152/3", right, "draft-06 §4.1: H only when there is an association"},
		{"fa-ha", "", "152/1 M H 152/3", wrong, "draft-06 §4.1: before H"},
		{"fa-ha", "rfc5454", "152/1 M 152/3 H", right, "RFC 5454 §3.1, §3.4: silent about the foreign agent's"},
		{"fa-ha", "D R", "152/1 M 152/3 H", wrong, "draft-06 §4.4"},
		{"fa-ha", "D", "152/1 152/3 M H", right, "draft-06 §4.1"},
		{"fa-ha", "", "M 46 H", right, "RFC 4857 §9.1"},
		{"fa-ha", "CoA0", "M 46 H", right, "RFC 4857 §7.3"},
		{"fa-ha", "CoA0", "M H", wrong, "RFC 4857 §7.4"},
		{"fa-ha", "CoA0", "M 140 36/2", right, "RFC 4857 §5.2, §7.2: to the gateway"},
		{"fa-ha", "", "M 140 36/2", right, "RFC 4857 §5.2"},
		{"fa-ha", "", "M 140", wrong, "RFC 4857 §5.2: MUST be protected by 36/2"},
		{"fa-ha", "", "M 36/2 140", wrong, "RFC 4857 §9.2: protected"},
		{"fa-ha", "D", "M 140 A H", right, "RFC 4857 §9.2: the mobile node's, under A; the home agent ignores it"},
		{"fa-ha", "D", "140 M H", right, "RFC 4857 §9.2: the home agent ignores it"},
		{"fa-ha", "", "M 141 F 140 36/2", right, "RFC 4857 §5.3, §9.3: the gateway's F, against RFC 5944 §3.7.2.2"},
		{"fa-ha", "", "M 48 M", wrong, "RFC 5944 §3.7.2.2: nothing changed up to an authorization-enabling extension"},
		{"fa-ha", "", "M A 48 A", wrong, "RFC 6245 §4.1: behind A"},
		{"fa-ha", "P+", "131 47/1 147/2 48 144 H", right, "RFC 5563 §5.1, §8"},
		{"fa-ha", "", "131 47/1 H", right, "RFC 5563 §5.1: whether proxies are served is not known"},
		{"fa-ha", "P-", "131 47/1 H", wrong, "RFC 5944 §3.5.2"},
		{"fa-ha", "P+", "131 47/1", wrong, "RFC 5563 §5.1: FA-HA Authentication"},
		{"fa-ha", "P+", "131 47/1 M", wrong, "RFC 5563 §5.1: FA-HA Authentication"},
		{"fa-ha", "P+ H+", "131 47ipsec", right, "RFC 5563 §5.1: IPsec"},
		{"fa-ha", "P+", "131 H", wrong, "RFC 5563 §5.1: 47 MUST be included"},
		{"fa-ha", "P+ D", "131 47/1 H", wrong, "RFC 5563 §7: D is zero"},
		{"fa-ha", "P+ L0", "131 47/1 H", right, "RFC 5563 §5.1: so is a deregistration"},
		{"fa-ha", "P+ L0", "131 47/1 M H", right, "RFC 5563 §5.1 against RFC 5944 §3.5.4"},
		{"fa-ha", "P+ L0", "131 47ipsec H", wrong, "RFC 5944 §3.5.4"},
		{"fa-ha", "P+", "131 M 47/1 H", right, "RFC 5563 §5: before the authentication extension"},
		{"fa-ha", "P+", "131 M H 47/1", wrong, "RFC 5563 §5"},
		{"fa-ha", "P+", "131 M H 147/3", wrong, "RFC 5563 §5"},
		{"fa-ha", "H+ D", "M", right, "RFC 5944 §3.5.4 against §3.8.2.1 c"},
		{"fa-ha", "H+ D", "M H", right, "RFC 5944 §3.8.2.1 c against §3.5.4"},
		{"fa-ha", "H+ D rfc3344", "M", wrong, "RFC 3344 §3.7.2.2"},
		{"fa-ha", "H- rfc3344", "M H", right, "RFC 3344 §3.5.4: silent"},
		{"fa-ha", "", "137 M H", wrong, "RFC 3543 §3.2: of a mobile node that is not co-located"},
		{"fa-ha", "L0", "M H", wrong, "RFC 5944 §3.5.4"},
		{"fa-ha", "L0 rfc3344", "M H", right, "RFC 3344 §3.7.2.2"},
		{"fa-ha", "H+", "M", wrong, "RFC 5944 §3.8.2.1 c"},
		{"fa-ha", "H+ L0", "M", right, "RFC 5944 §3.7.2.2"},
		{"fa-ha", "H+ L0 rfc3344", "M", wrong, "RFC 3344 §3.7.2.2"},
		{"fa-ha", "H-", "M H", wrong, "RFC 5944 §3.8.2.1 d"},
		{"fa-ha", "", "M H H", wrong, "RFC 5944 §3.8.2.1 c: more than one"},

		// A home agent that answers the mobile node.
		{"ha-mn", "0", "131 44 145/1 152/2 152/2 M", right, "RFC 5944 §3.8.3.3 b"},
		{"ha-mn", "133", "131 M", right, "RFC 5944 §3.8.3.3"},
		{"ha-mn", "0", "131", wrong, "RFC 5944 §3.6.2.1 b: no M"},
		{"ha-mn", "0", "M M", wrong, "RFC 5944 §3.6.2.1 b: more than one M"},
		{"ha-mn", "0", "M 152/2", wrong, "RFC 5944 §3.8.3.3 b"},
		{"ha-mn", "0", "M A", wrong, "RFC 4721 §6: MUST NOT include A"},
		{"ha-mn", "0", "M H", wrong, "RFC 5944 §3.5.4: no foreign agent"},
		{"ha-mn", "0", "M c", right, "RFC 4721 §3.4: MUST include the Challenge that it received"},
		{"ha-mn", "0", "c M", wrong, "RFC 4721 §3.4: behind M"},
		{"ha-mn", "0", "137 M", right, "RFC 3543 §4.2.1"},
		{"ha-mn", "0", "43/1 M", right, "RFC 3957 §6.4"},
		{"ha-mn", "0", "M 43/1", wrong, "RFC 3957 §6.4: before M"},
		{"ha-mn", "0", "41/1 M", wrong, "RFC 3957 §3: a subsequent F"},
		{"ha-mn", "0", "152/1 M", wrong, "draft-06 §3.1: a request's"},
		{"ha-mn", "143", "131 139/2 M", right, "RFC 4433 §3.4.2"},
		{"ha-mn", "143", "131 M", wrong, "RFC 4433 §3.4.2: 139/2 included"},
		{"ha-mn", "0", "139/2 M", right, "RFC 4433 §3.4.2: without 143 nothing is said"},
		{"ha-mn", "67", "M", wrong, "RFC 5944 §3.4: denied by the foreign agent"},
		{"ha-mn", "9", "", wrong, "RFC 5944 §3.8.3.3: M in every reply of a home agent"},
		{"ha-mn", "255", "131", wrong, "RFC 5944 §3.8.3.3"},
		{"ha-mn", "194", "131", wrong, "RFC 5944 §3.8.3.3"},
		{"ha-mn", "194", "131 M", right, "RFC 5944 erratum 3116: 194 is reserved"},
		{"ha-mn", "110", "M", wrong, "RFC 4857 §9.5: a gateway's, which is no home agent"},
		{"ha-mn", "2", "49/3 49/2", right, "RFC 6521 §3.3.3: on none of the legs"},
		{"ha-mn", "0", "49/1 50/1 M", right, "RFC 6521 §5.2, §5.5"},
		{"ha-mn", "0", "M 49/1", wrong, "RFC 5944 §3.8.3.3"},
		{"ha-mn", "0", "153/1 M", wrong, "RFC 6521 §5.1: a request's"},
		{"ha-mn", "0", "140 M", wrong, "RFC 4857 §9.2: a request's"},
		{"ha-mn", "0", "142 M", wrong, "RFC 4857 §9.4: the gateway's"},

		// A home agent that answers through a foreign agent.
		{"ha-fa", "0", "131 152/2 M c 137 48 44 H", right, "RFC 5944 §3.8.3.3, RFC 4721 §3.4"},
		{"ha-fa", "0", "131 137 M c", right, "RFC 3543 §3.2, RFC 4721 §3.4"},
		{"ha-fa", "0", "48 M", wrong, "RFC 5944 §3.8.3.3 d: behind M"},
		{"ha-fa", "0", "c M H", wrong, "RFC 4721 §3.4: behind M"},
		{"ha-fa", "0", "M c c H", right, "RFC 4721 §3.4: silent about two"},
		{"ha-fa", "0", "M H 48", wrong, "RFC 5944 §3.8.3.3 e: H last"},
		{"ha-fa", "0", "M 152/2 H", wrong, "RFC 5944 §3.8.3.3 b"},
		{"ha-fa", "0", "M F", wrong, "RFC 5944 §3.8.3.3"},
		{"ha-fa", "0", "M 145/2", wrong, "RFC 4917 §5: the foreign agent's"},
		{"ha-fa", "0", "M 45", wrong, "RFC 4636 §4: the foreign agent's"},
		{"ha-fa", "0", "43/1 M 41/1 H", right, "RFC 3957 §3: F is the foreign agent's to add"},
		{"ha-fa", "0 H+", "M", wrong, "RFC 5944 §3.7.3.1"},
		{"ha-fa", "0 H+ L0", "M", right, "RFC 5944 §3.5.4, §3.7.1"},
		{"ha-fa", "0 L0", "M H", right, "RFC 5944 §3.8.1"},
		{"ha-fa", "0 H-", "M H", right, "RFC 5944 §3.5.4, §3.8.2.1 d is about requests"},
		{"ha-fa", "110", "", right, "RFC 4857 §9.5: a gateway denies"},
		{"ha-fa", "111", "131 H", right, "RFC 4857 §9.5"},
		{"ha-fa", "193", "", right, "RFC 4857 §10.3, RFC 5944 §6.4"},
		{"ha-fa", "194", "", wrong, "RFC 5944 §3.8.3.3, erratum 3116"},
		{"ha-fa", "201", "", wrong, "RFC 5944 §3.8.3.3"},
		{"ha-fa", "70", "M H", wrong, "RFC 5944 §3.4: denied by the foreign agent"},
		{"ha-fa", "0", "131 M 141 142 F", right, "RFC 4857 §5.3, §9.3, §9.4: the gateway's, for the mobile node"},
		{"ha-fa", "0", "131 M F 142", wrong, "RFC 4857 §9.4: before F"},
		{"ha-fa", "0", "46 M", right, "RFC 4857 §9.1"},
		{"ha-fa", "0", "M 46", wrong, "RFC 4857 §9.1: before M"},
		{"ha-fa", "0 P+", "131 47/1 48 H", right, "RFC 5563 §5.1"},
		{"ha-fa", "0 P+", "131 47ipsec", right, "RFC 5563 §5.1"},
		{"ha-fa", "0", "131 47/1 H", right, "RFC 5563 §5.1: whether there are proxies is not known"},
		{"ha-fa", "0 P-", "131 47/1 H", wrong, "RFC 5944 §3.8.3.3"},
		{"ha-fa", "0 P+", "131 H", wrong, "RFC 5563 §5.1: 47 MUST be included"},
		{"ha-fa", "0 P+", "131 47/1", wrong, "RFC 5563 §5.1: FA-HA Authentication"},
		{"ha-fa", "65 P+", "131 47/1 H", right, "RFC 5563 §8.1 against RFC 5944 §3.4"},
		{"ha-fa", "65 P-", "131 47/1 M H", wrong, "RFC 5944 §3.4"},
		{"ha-fa", "66 P+", "131 47/1 H", wrong, "RFC 5944 §3.4"},
		{"ha-fa", "0 P+", "131 147/4 M H", wrong, "RFC 5563 §5.5: not in the reply"},

		// A foreign agent that relays a reply, or denies.
		{"fa-mn", "0", "131 152/2 M c F", right, "RFC 5944 §3.7.3.2, RFC 4721 §3.3"},
		{"fa-mn", "0", "131 M 45 145/2 F", right, "RFC 4636 §4, RFC 4917 §5"},
		{"fa-mn", "0", "131 M F 145/2", wrong, "RFC 4917 §5: before F"},
		{"fa-mn", "0", "131 145/2 M", wrong, "RFC 4917 §5: behind M"},
		{"fa-mn", "0", "M 145/1", wrong, "RFC 4917 §5: before M"},
		{"fa-mn", "0", "M H", wrong, "RFC 5944 §3.7.3.2: H removed"},
		{"fa-mn", "0", "M 48 F", wrong, "RFC 6245 §4.2: for the foreign agent"},
		{"fa-mn", "0", "M 151 F", wrong, "RFC 5446 §4.3: removed"},
		{"fa-mn", "0", "F", wrong, "RFC 5944 §3.6.2.1 b: no M"},
		{"fa-mn", "0", "M c c F", wrong, "RFC 4721 §3.3: the new one replaces the old"},
		{"fa-mn", "0", "M 41/1 F", right, "RFC 3957 §6.2"},
		{"fa-mn", "0 F-", "M 41/1 F", right, "RFC 3957 §3: with the new key"},
		{"fa-mn", "0", "M 41/1", wrong, "RFC 3957 §3: a subsequent F"},
		{"fa-mn", "0", "M 141 142 F", right, "RFC 4857 §9.3, §9.4"},
		{"fa-mn", "0", "M 142", wrong, "RFC 4857 §5.3: protected by F"},
		{"fa-mn", "110", "142", wrong, "RFC 4857 §5.3: protected by F"},
		{"ha-fa", "0", "M 142", right, "RFC 4857 §5.3: the foreign agent may sign for it"},
		{"fa-mn", "0", "M F 142", wrong, "RFC 4857 §9.4: before F"},
		{"fa-mn", "110", "142 F", right, "RFC 4857 §9.5: the gateway's denial"},
		{"fa-mn", "9", "131", right, "RFC 5944 §3.6.2.1 b: neither accepted nor denied by the home agent"},
		{"fa-mn", "0 P+", "131 47/1 F", wrong, "RFC 5944 §3.6.2.1 b: no mobile node knows a proxy's association"},
		{"fa-mn", "70", "", right, "RFC 5944 §3.7.2.3"},
		{"fa-mn", "106", "131 c F", right, "RFC 4721 §3.3"},
		{"fa-mn", "65", "145/2", right, "RFC 4917 §5"},
		{"fa-mn", "65", "F c", right, "RFC 4721 §3.3: c before F is a SHOULD"},
		{"fa-mn", "0", "M F c", right, "RFC 4721 §3.3: c before F is a SHOULD"},
		{"fa-mn", "0", "M c F c", wrong, "RFC 4721 §3.3: the new one replaces the old"},
		{"fa-mn", "65", "152/2 F", wrong, "draft-06 §4.3: the home agent's"},
		{"fa-mn", "65", "45 F", right, "RFC 4636 §4: silent about a foreign agent's own denial"},
		{"fa-mn", "97", "152/2 M c F", right, "RFC 2794 §3: Code changed by the foreign agent"},
		{"fa-mn", "97", "M M", wrong, "RFC 5944 §3.6.2.1 b"},
		{"fa-mn", "67 F+", "", wrong, "RFC 5944 §3.6.2.1 a"},
		{"fa-mn", "0 F-", "M F", right, "RFC 5944 §3.5.3: silent about F without association"},
	} {
		h, s := given(t, c.leg, c.given)
		if got, why := oracle(h, s, kindsOf(t, c.kinds)); got != c.legal {
			t.Errorf("%s [%s] %s: legal %v (%s), want %v: %s", c.leg, c.given, c.kinds, got, why, c.legal, c.source)
		}
	}
}

// TestKindLists: the lists have no kind twice, stay short enough for sequences
// of seven, and show every letter.
func TestKindLists(t *testing.T) {
	for _, c := range []struct {
		name        string
		kinds, more []ext.Kind
		letters     string
		letter      func(ext.Kind, side) byte
	}{
		{"requests", requestKinds, moreRequestKinds, "MAFHcfhkga", func(k ext.Kind, s side) byte { return requestLetter(k, code.FAtoHA, s) }},
		{"replies", replyKinds, moreReplyKinds, "MAFHfmnqc", func(k ext.Kind, s side) byte {
			switch s {
			case behind:
				return replyLetter(k, code.HAtoFA, s, false)
			case undivided:
				return replyLetter(k, code.FAtoMN, s, false)
			}
			return replyLetter(k, code.HAtoMN, s, false)
		}},
	} {
		if n := len(c.kinds); n < 12 || n > 13 {
			t.Errorf("%s: %d kinds", c.name, n)
		}
		all := slices.Concat(c.kinds, c.more)
		slices.Sort(all)
		if n := len(all); len(slices.Compact(all)) != n {
			t.Errorf("%s: a kind stands twice in the lists", c.name)
		}
		seen := ""
		for _, k := range c.kinds {
			for _, s := range []side{before, behind, undivided} {
				seen += string(rune(c.letter(k, s)))
			}
		}
		for _, letter := range c.letters {
			if !strings.ContainsRune(seen, letter) {
				t.Errorf("%s: no kind for %c", c.name, letter)
			}
		}
	}
}
