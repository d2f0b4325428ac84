package main

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/go-mobileip/dsmipv4/fuzz"
)

// merge joins the JSON of shards: groups of one name become one, counts are added, and
// so are the summaries.
func merge(ctx context.Context, args []string, stdout io.Writer) error {
	f := flag.NewFlagSet("mipfuzz merge", flag.ContinueOnError)
	f.SetOutput(io.Discard)
	text := f.Bool("text", false, "print the report for people instead of JSON")
	if err := f.Parse(args); errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(stdout, "usage: mipfuzz merge [-text] FILE...")
		return err
	} else if err != nil {
		return errors.New("merge knows -text and files")
	}
	if f.NArg() == 0 {
		return errors.New("merge needs the files that send -json wrote")
	}
	m := merger{groups: map[string]*finding{}}
	for _, name := range f.Args() {
		if ctx.Err() != nil {
			return errInterrupted
		}
		if err := m.read(name); err != nil {
			return err
		}
	}
	return m.write(stdout, *text)
}

// merger joins findings and summaries.
type merger struct {
	groups map[string]*finding
	sum    summary
	shards int
	// partial are the files of shards that did not end.
	partial []string
}

// longestLine bounds a line of JSON: a sequence of many packets in hex is long.
const longestLine = 64 << 20

func (m *merger) read(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, longestLine)
	whole := false // the summary comes last
	for n := 1; lines.Scan(); n++ {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		var f finding
		if err := json.Unmarshal(line, &f); err != nil {
			return fmt.Errorf("%s, line %d: %w", name, n, err)
		}
		switch f.Kind {
		case "finding", "remark", "capability":
			m.add(f)
		case "summary":
			var s summary
			if err := json.Unmarshal(line, &s); err != nil {
				return fmt.Errorf("%s, line %d: %w", name, n, err)
			}
			m.addSummary(s)
			whole = s.Over != errInterrupted.Error()
		default:
			return fmt.Errorf("%s, line %d: the kind is none of mipfuzz's", name, n)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if !whole {
		m.partial = append(m.partial, name)
	}
	return nil
}

func (m *merger) add(f finding) {
	key := f.Kind + "|" + f.Group
	have := m.groups[key]
	if have == nil {
		m.groups[key] = &f
		return
	}
	count := have.Count + f.Count
	mutations := slices.Concat(have.Mutations, f.Mutations)
	slices.Sort(mutations)
	if better := cmp.Compare(len(f.smallest()), len(have.smallest())) < 0; better {
		*have = f
	}
	have.Count, have.Mutations = count, slices.Compact(mutations)
}

// smallest is the shortest packet of a finding, in hex.
func (f *finding) smallest() string {
	if f.Minimal != nil {
		return *f.Minimal
	}
	return f.Packet
}

func (m *merger) addSummary(s summary) {
	if m.shards++; m.shards == 1 {
		m.sum = s
		return
	}
	t := &m.sum
	lost := t.LossRate*float64(t.Jobs) + s.LossRate*float64(s.Jobs)
	t.Sent, t.Answered, t.Jobs, t.Silent, t.Unknown = t.Sent+s.Sent, t.Answered+s.Answered, t.Jobs+s.Jobs, t.Silent+s.Silent, t.Unknown+s.Unknown
	t.Lost, t.Late, t.Duplicates, t.Resent, t.Strays = t.Lost+s.Lost, t.Late+s.Late, t.Duplicates+s.Duplicates, t.Resent+s.Resent, t.Strays+s.Strays
	t.Deaths, t.Restarts, t.Rate = t.Deaths+s.Deaths, t.Restarts+s.Restarts, t.Rate+s.Rate
	t.From = min(t.From, s.From)
	if t.Jobs > 0 {
		t.LossRate = lost / float64(t.Jobs)
	}
	t.Over = cmp.Or(t.Over, s.Over)
	if t.Exercised == nil {
		t.Exercised = map[string]verdicts{}
	}
	for name, v := range s.Exercised {
		w := t.Exercised[name]
		w.Conforming, w.Silent, w.Violating, w.Unknown = w.Conforming+v.Conforming, w.Silent+v.Silent, w.Violating+v.Violating, w.Unknown+v.Unknown
		codes := maps.Clone(w.Codes)
		for c, n := range v.Codes {
			if codes == nil {
				codes = map[string]uint64{}
			}
			codes[c] += n
		}
		w.Codes = codes
		t.Exercised[name] = w
	}
	for name, why := range s.Unexercised {
		if t.Unexercised == nil {
			t.Unexercised = map[string]string{}
		}
		t.Unexercised[name] = why
	}
	for name := range t.Exercised {
		delete(t.Unexercised, name)
	}
	for why, n := range s.UnknownWhy {
		if t.UnknownWhy == nil {
			t.UnknownWhy = map[string]uint64{}
		}
		t.UnknownWhy[why] += n
	}
}

// write writes what was joined, in the order that send has.
func (m *merger) write(stdout io.Writer, text bool) error {
	kinds := map[string]int{"finding": 0, "remark": 1, "capability": 2}
	all := slices.SortedFunc(maps.Values(m.groups), func(x, y *finding) int {
		rx, _ := fuzz.ParseRank(x.Rank) // a capability has none
		ry, _ := fuzz.ParseRank(y.Rank)
		return cmp.Or(cmp.Compare(kinds[x.Kind], kinds[y.Kind]), cmp.Compare(rx, ry), -cmp.Compare(x.Count, y.Count), cmp.Compare(x.Group, y.Group))
	})
	var findings, remarks []finding
	var capabilities []capability
	var lines []any
	for _, f := range all {
		lines = append(lines, f)
		switch f.Kind {
		case "finding":
			findings = append(findings, *f)
		case "remark":
			remarks = append(remarks, *f)
		default:
			capabilities = append(capabilities, capability{name: f.Trigger, seen: f.Seen})
		}
	}
	m.sum.Kind, m.sum.Findings = "summary", len(findings)
	var err error
	if text {
		err = writeText(stdout, findings, remarks, capabilities, m.sum)
	} else {
		err = writeJSON(stdout, append(lines, m.sum)...)
	}
	switch {
	case err != nil:
		return err
	case len(m.partial) > 0:
		return fmt.Errorf("not all cases are done, since these shards did not end: %s", strings.Join(m.partial, " "))
	case m.sum.Answered == 0:
		return errUnheard
	case len(findings) > 0:
		return errFindings
	}
	return nil
}
