package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// reporting is what becomes of the results.
type reporting struct {
	json           bool
	keep           string // the directory for packets
	ignored        map[string]bool
	stdout, stderr io.Writer
}

// finish writes the report and keeps the packets. It returns the findings that are not
// ignored.
func (a *attack) finish(r *reporting, groups []*group) ([]finding, error) {
	var findings, remarks []finding
	for _, g := range groups {
		f := a.finding(g)
		if r.ignored[f.Group] {
			continue
		}
		if g.key.should {
			remarks = append(remarks, f)
			continue
		}
		findings = append(findings, f)
		if err := a.keep(r, &f, g); err != nil {
			fmt.Fprintln(r.stderr, "mipfuzz:", err)
		}
	}
	sum := a.summary(len(findings))
	if r.json {
		var lines []any
		for _, f := range findings {
			lines = append(lines, f)
		}
		for _, f := range remarks {
			lines = append(lines, f)
		}
		for _, c := range a.learned.capabilities {
			lines = append(lines, a.capabilityLine(c))
		}
		return findings, writeJSON(r.stdout, append(lines, sum)...)
	}
	return findings, writeText(r.stdout, findings, remarks, a.learned.capabilities, sum)
}

// keep writes the packets of a group to files, at most three and the minimal one.
func (a *attack) keep(r *reporting, f *finding, g *group) error {
	if r.keep == "" {
		return nil
	}
	if err := os.MkdirAll(r.keep, 0o755); err != nil {
		return err
	}
	for i, ev := range g.kept {
		for suffix, b := range map[string][]byte{"": ev.packet, "-minimal": ev.minimal, "-answer": ev.answer} {
			if b == nil {
				continue
			}
			if err := os.WriteFile(filepath.Join(r.keep, fmt.Sprintf("%s-%d%s.bin", f.Group, i, suffix)), b, 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeText writes a report that fits a screen for ten groups: three lines, or four, and the
// command for each.
func writeText(w io.Writer, findings, remarks []finding, capabilities []capability, s summary) error {
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%-11s %s [%s] %d times\n", f.Rank, short(f.Violation, 100), f.Source, f.Count)
		fmt.Fprintf(&b, "    %s; on %s\n", short(f.Seen, 60), short(f.Trigger, 120))
		if f.Note != "" {
			fmt.Fprintf(&b, "    %s\n", short(f.Note, 160))
		}
		fmt.Fprintf(&b, "    %s %s -> %s\n", f.Group, short(f.smallest(), 80), short(f.Answer, 44))
		if f.Reproduce != "" {
			fmt.Fprintf(&b, "    %s\n", f.Reproduce)
		}
	}
	for _, f := range remarks {
		fmt.Fprintf(&b, "remark      %s [%s] %d times, %s\n", short(f.Violation, 90), f.Source, f.Count, f.Group)
	}
	for _, c := range capabilities {
		fmt.Fprintf(&b, "capability  %s: %s\n", c.name, short(c.seen, 100))
	}
	fmt.Fprintf(&b, "%d jobs, %.0f a second: %d datagrams sent, %d heard, %d jobs lawfully silent, %d unknown\n", s.Jobs, s.Rate, s.Sent, s.Answered, s.Silent, s.Unknown)
	fmt.Fprintf(&b, "lost: %.1f %% of the probes; late %d, strays %d, deaths %d, restarts %d\n", 100*s.LossRate, s.Late, s.Strays, s.Deaths, s.Restarts)
	why := map[string]int{}
	for _, w := range s.Unexercised {
		why[w]++
	}
	fmt.Fprintf(&b, "%d mutations exercised", len(s.Exercised))
	for _, k := range slices.Sorted(maps.Keys(why)) {
		fmt.Fprintf(&b, "; %d not, since %s", why[k], k)
	}
	b.WriteByte('\n')
	if s.Over != "" {
		fmt.Fprintf(&b, "ended early: %s\n", s.Over)
	}
	if len(findings) == 0 {
		b.WriteString("no finding\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// short cuts a text.
func short(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n-2], "") + ".."
}
