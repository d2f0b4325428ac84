package main

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// tempers are agents that conform, each in its own way.
var tempers = map[string]agentSpec{
	"plain":    {},
	"picky":    {MaxLifetime: 300, NeedsT: true, PickyCareOf: true, Lacks: []int{38, 139, 144}},
	"slow":     {Delay: 400 * time.Millisecond},
	"lossy":    {Loses: 10},
	"minimal":  {Lacks: []int{36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 131, 132, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154, 155}},
	"complete": {},
}

// TestSourcePort: by RFC 3344 §3.4 the source port of a reply is variable, so that a home
// agent conforms which answers from another, and what it answers is heard.
func TestSourcePort(t *testing.T) {
	t.Parallel()
	r := attackOf(t, agentSpec{Defects: []string{"answers from another port"}}, "-edition", "rfc3344", "-count", "300", "-parts", "cases")
	for _, f := range r.findings {
		if strings.Contains(f.Violation, "port") || f.Rank == "silence" {
			t.Errorf("%s: %s", f.Rank, f.Violation)
		}
	}
	if r.summary.Answered < 150 || r.summary.Unknown > 0 {
		t.Errorf("status %d, %d answered, %d unknown", r.status, r.summary.Answered, r.summary.Unknown)
	}
}

// TestUnshared: an association that the target does not share is told, and nothing is made of
// it; what else the target does is judged all the same.
func TestUnshared(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		leg    string
		flags  []string
		name   string
		defect string
	}{
		{"fa-ha", []string{"-fhae", testFHFlag}, "Foreign-Home Authentication with SPI 2000 and hmac-sha1", ""},
		{"mn-ha", []string{"-mnaaa", "1001:hmac-md5:00112233445566778899aabbccddeeff"}, "MN-AAA Authentication with SPI 1001 and hmac-md5", ""},
		{"fa-ha", []string{"-fhae", testFHFlag}, "Foreign-Home Authentication with SPI 2000 and hmac-sha1", "signs denials wrong"},
	} {
		t.Run(strings.TrimSpace(c.leg+" "+c.defect), func(t *testing.T) {
			t.Parallel()
			s := agentSpec{Leg: c.leg, Lacks: []int{36}}
			if c.defect != "" {
				s.Defects = []string{c.defect}
			}
			r := attackOf(t, s, append([]string{"-count", "500"}, c.flags...)...)
			told := false
			for _, f := range r.capabilities {
				told = told || f.Trigger == c.name
			}
			if !told || len(r.findings) > 0 != (c.defect != "") {
				t.Errorf("%s: told %v, %d findings, status %d", c.name, told, len(r.findings), r.status)
				for _, f := range append(r.findings, r.capabilities...) {
					t.Logf("%s %s: %s; on %s, %s", f.Kind, f.Rank, f.Violation, f.Trigger, f.Seen)
				}
			}
		})
	}
}

// TestConforming: agents that conform yield no finding.
func TestConforming(t *testing.T) {
	t.Parallel()
	for name, s := range tempers {
		for leg, spec := range map[string]agentSpec{
			"mn-ha draft06":        {Leg: "mn-ha", Profile: "draft06"},
			"mn-ha rfc5454":        {Leg: "mn-ha", Profile: "rfc5454"},
			"fa-ha draft06":        {Leg: "fa-ha", Profile: "draft06"},
			"fa-ha rfc5454 shared": {Leg: "fa-ha", Profile: "rfc5454", ForeignHome: true},
		} {
			t.Run(name+" "+leg, func(t *testing.T) {
				t.Parallel()
				s := s
				s.Leg, s.Profile, s.ForeignHome = spec.Leg, spec.Profile, spec.ForeignHome
				args := []string{"-count", scaled("300", "2000", "20000")}
				if name == "slow" {
					if testing.Short() && leg != "mn-ha draft06" {
						t.Skip("takes its time")
					}
					args = []string{"-count", scaled("100", "1000", "5000")}
					if testing.Short() {
						args = append(args, "-parts", "cases")
					}
				}
				if name == "complete" {
					args = append(args, "-strict")
				}
				patiently(t, func() string {
					r := attackOf(t, s, args...)
					var all strings.Builder
					for _, f := range r.findings {
						fmt.Fprintf(&all, "%s: %s [%s] %s; on %s, %v, %d times\npacket %s\nanswer %s\n", f.Rank, f.Violation, f.Source, f.Seen, f.Trigger, f.Mutations, f.Count, f.Packet, f.Answer)
					}
					t.Logf("took %v: %+v", r.took, r.summary.Rate)
					if r.status != exitClean || r.summary.Answered == 0 {
						return fmt.Sprintf("status %d %s\n%s", r.status, r.stderr, all.String())
					}
					return ""
				})
			})
		}
	}
}
