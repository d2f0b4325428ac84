package main

import (
	"fmt"
	"strings"
	"testing"
)

// seeded is a defect of an agent and how mipfuzz must name it.
type seeded struct {
	defect string
	rank   string
	want   string // in the violation or the trigger
	spec   agentSpec
	flags  []string
}

// named reports whether the defect is among the findings, by its rank and name, and
// returns all of them as text.
func (d seeded) named(findings []finding) (found bool, text string) {
	var all strings.Builder
	for _, f := range findings {
		found = found || f.Rank == d.rank && (strings.Contains(f.Violation, d.want) || strings.Contains(f.Trigger, d.want))
		fmt.Fprintf(&all, "%s %s: %s [%s] %s; on %s; %d times; minimal %s\n", f.Group, f.Rank, f.Violation, f.Source, f.Seen, f.Trigger, f.Count, f.minimal())
	}
	return found, all.String()
}

// missed says what is wrong with what is found of a target that was served: its defect, in
// few groups, is to be found, and nothing of one that conforms; "" when that is so.
func (d seeded) missed(r result) string {
	found, all := d.named(r.findings)
	if !found && (d.defect != "" || len(r.findings) > 0) || len(r.findings) > mostGroups || r.summary.Answered < 12 {
		return fmt.Sprintf("status %d, %d groups %s, %d requests\n%s", r.status, len(r.findings), r.stderr, r.summary.Answered, all)
	}
	return ""
}

// seededDefects are of the kinds that real agents have.
var seededDefects = []seeded{
	{defect: "float64", rank: "answer", want: "64 bits of the Identification"},
	{defect: "24 octets", rank: "answer", want: "Identification"},
	{defect: "answers without parsing", rank: "answer", want: "without reading it"},
	{defect: "uninitialised memory", rank: "disclosure", want: "short datagram"},
	{defect: "compares the first 12", rank: "unauthentic", want: "(12-15)"},
	{defect: "compares the last 12", rank: "unauthentic", want: "(0-3)"},
	{defect: "compares the first 15", rank: "unauthentic", want: "(15)"},
	{defect: "longer authenticators", rank: "unauthentic", want: "longer authenticator"},
	{defect: "shorter authenticators", rank: "unauthentic", want: "shorter authenticator"},
	{defect: "empty authenticators", rank: "unauthentic", want: "empty authenticator"},
	{defect: "verifies the first only", rank: "unauthentic", want: "second Mobile-Home"},
	{defect: "any SPI", rank: "unauthentic", want: "another SPI"},
	{defect: "trusts anybody", rank: "unauthentic", want: "authenticator"},
	{defect: "trusts what is unsigned", rank: "unauthentic", want: "nothing authenticates"},
	{defect: "trusts MN-AAA", rank: "unauthentic", want: "MN-AAA"},
	{defect: "replay from known homes", rank: "unauthentic", want: "registered"},
	{defect: "trusts known homes", rank: "unauthentic", want: "authentic"},
	{defect: "forgets replay", rank: "unauthentic", want: "Identification"},
	{defect: "accepts the future", rank: "unauthentic", want: "future"},
	{defect: "accepts the past", rank: "unauthentic", want: "past"},
	{defect: "forgets at deregistration", rank: "unauthentic", want: "deregistered"},
	{defect: "133 echoes the time", rank: "answer", want: "what time it is"},
	{defect: "denies skippables", rank: "code", want: "an unknown skippable extension"},
	{defect: "denies paddings", rank: "code", want: "a padding"},
	{defect: "denies vendors", rank: "code", want: "a Normal Vendor"},
	{defect: "ignores requests with paddings", rank: "silence", want: "a padding"},
	{defect: "sixteen extensions", rank: "code", want: "more than sixteen extensions"},
	{defect: "skips unknown types", rank: "forbidden", want: "unknown"},
	{defect: "answers unknown types", rank: "code", want: "discarded"},
	{defect: "unsigned", rank: "unsigned", want: "without Mobile-Home"},
	{defect: "unsigned denials", rank: "unsigned", want: "without Mobile-Home"},
	{defect: "signs wrong", rank: "unsigned", want: "authenticator is wrong"},
	{defect: "signs denials wrong", rank: "unsigned", want: "authenticator is wrong"},
	{defect: "signs twice", rank: "unsigned", want: "more than one Mobile-Home"},
	{defect: "forgets Foreign-Home", rank: "unsigned", want: "Foreign-Home", spec: agentSpec{Leg: "fa-ha", ForeignHome: true}},
	{defect: "trusts foreign agents", rank: "unauthentic", want: "Foreign-Home", spec: agentSpec{Leg: "fa-ha", ForeignHome: true}},
	{defect: "grants unprotected prefixes", rank: "unauthentic", want: "Mobile-Home protects"},
	{defect: "Code 1 for all prefixes", rank: "answer", want: "Tunneling Mode"},
	{defect: "answers a prefix twice", rank: "answer", want: "more than one IPv6 Prefix Reply"},
	{defect: "another prefix", rank: "answer", want: "refix"},
	{defect: "shares prefixes", rank: "forbidden", want: "another node"},
	{defect: "longer lifetime", rank: "answer", want: "Lifetime"},
	{defect: "no home agent", rank: "answer", want: "Home Agent"},
	{defect: "another home address", rank: "answer", want: "Home Address"},
	{defect: "another Identification", rank: "answer", want: "Identification"},
	{defect: "malformed extension", rank: "answer", want: "malformed"},
	{defect: "trailing octets", rank: "answer", want: "malformed"},
	{defect: "foreign Codes", rank: "answer", want: "foreign agent's"},
	{defect: "everything is 129", rank: "code", want: "authenticator"},
	{defect: "answers twice", rank: "answer", want: "twice"},
	{defect: "sends strays", rank: "answer", want: "twice"},
	{defect: "answers from another port", rank: "answer", want: "another UDP port"},
	{defect: "denies from another port", rank: "answer", want: "another UDP port"},
	{defect: "answers from another address", rank: "answer", want: "another address"},
	{defect: "accepts from another address", rank: "answer", want: "another address"},
	{defect: "answers replies", rank: "answer", want: "no Registration Request"},
	{defect: "mute", rank: "silence", want: "does not answer", flags: []string{"-strict"}, spec: agentSpec{}},
	{defect: "skips the rule book", rank: "forbidden", want: "accepts", flags: []string{"-strict"}},
	{defect: "complains of a Length", rank: "crash", want: "agent.c:77:12: runtime error"},
	{defect: "complains of a Length", rank: "crash", want: "Normal Vendor"},
	{defect: "complains of a deregistration", rank: "crash", want: "heap-use-after-free binding.c:30:9 in unbind"},
	{defect: "complains of a deregistration", rank: "crash", want: "Lifetime 0"},
	{defect: "complains of everything", rank: "crash", want: "a plain request"},
	{defect: "dies of a Length", rank: "crash", want: "exit status 5"},
	{defect: "dies of an empty datagram", rank: "crash", want: "an empty datagram"},
	{defect: "dies of short datagrams", rank: "crash", want: "index out of range"},
	{defect: "dies of a deregistration", rank: "crash", want: "Lifetime 0"},
	{defect: "dies of bindings", rank: "crash", want: "in a row"},
	{defect: "dies of a flag", rank: "crash", want: "the G flag"},
	{defect: "dies of a cut Length", rank: "crash", want: "slice bounds"},
	{defect: "dies of paddings", rank: "crash", want: "padding"},
	{defect: "dies of CVSE", rank: "crash", want: "Critical Vendor"},
	{defect: "hangs of a Length", rank: "crash", want: "hangs"},
	{defect: "dies of an empty datagram", rank: "crash", want: "an empty datagram", spec: agentSpec{Supervised: true}},
	{defect: "dies of a Length", rank: "crash", want: "Normal Vendor", spec: agentSpec{Supervised: true}},
	{defect: "dies of a deregistration", rank: "crash", want: "Lifetime 0", spec: agentSpec{Supervised: true}},
}

// mostGroups is in how many groups a defect may show.
const mostGroups = 3

// TestDefects: each seeded defect is found under its rank and name, and in few groups.
func TestDefects(t *testing.T) {
	t.Parallel()
	for i, d := range seededDefects {
		if testing.Short() && i%4 != 0 {
			continue
		}
		name := d.defect
		if d.spec.Supervised {
			name += ", respawned"
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := d.spec
			s.Defects = []string{d.defect}
			patiently(t, func() string {
				r := attackOf(t, s, append([]string{"-count", "5000"}, d.flags...)...)
				found, all := d.named(r.findings)
				switch {
				case !found || r.status != exitFindings:
					return fmt.Sprintf("not found, status %d %s\n%s", r.status, r.stderr, all)
				case len(r.findings) > mostGroups:
					return fmt.Sprintf("%d groups\n%s", len(r.findings), all)
				case r.took.Seconds() > 10 && !testing.Short():
					return fmt.Sprintf("took %v, %d deaths\n%s", r.took, r.summary.Deaths, all)
				}
				return ""
			})
		})
	}
}
