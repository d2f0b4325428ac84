package main

import (
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strconv"

	"github.com/go-mobileip/dsmipv4/fuzz"
)

// finding is a line of -json for a group, a remark or a capability.
type finding struct {
	Kind      string       `json:"kind"` // "finding", "remark" or "capability"
	Rank      string       `json:"rank,omitempty"`
	Group     string       `json:"group"`
	Violation string       `json:"violation"`
	Source    string       `json:"source"`
	Seen      string       `json:"seen"`
	Trigger   string       `json:"trigger"`
	Count     uint64       `json:"count"`
	Mutations []string     `json:"mutations"`
	Case      *caseAddress `json:"case,omitempty"`
	Packet    string       `json:"packet"`
	Answer    string       `json:"answer"`
	RTT       float64      `json:"rtt"`
	Minimal   *string      `json:"minimal,omitempty"`
	Reproduce string       `json:"reproduce,omitempty"`
	Note      string       `json:"note,omitempty"`
}

// caseAddress says which case of a campaign a finding is.
type caseAddress struct {
	Seed     uint64   `json:"seed"`
	Part     string   `json:"part"`
	Index    uint64   `json:"index"`
	Sequence []string `json:"sequence,omitempty"`
}

// summary is the last line of -json.
type summary struct {
	Kind        string              `json:"kind"`
	Sent        uint64              `json:"sent"`
	Answered    uint64              `json:"answered"`
	Jobs        uint64              `json:"jobs"`
	Silent      uint64              `json:"silent"`
	Unknown     uint64              `json:"unknown"`
	Lost        uint64              `json:"lost"`
	LossRate    float64             `json:"lossRate"`
	Late        uint64              `json:"late"`
	Duplicates  uint64              `json:"duplicates"`
	Resent      uint64              `json:"resent"`
	Strays      uint64              `json:"strays"`
	Deaths      int                 `json:"deaths"`
	Restarts    int                 `json:"restarts"`
	Rate        float64             `json:"rate"` // jobs a second
	Findings    int                 `json:"findings"`
	Seed        uint64              `json:"seed"`
	Leg         string              `json:"leg"`
	Profile     string              `json:"profile"`
	From        uint64              `json:"from"`
	Exercised   map[string]verdicts `json:"exercised"`
	Unexercised map[string]string   `json:"notExercised"`
	UnknownWhy  map[string]uint64   `json:"unknownWhy,omitempty"`
	Over        string              `json:"endedEarly,omitempty"`
}

// verdicts counts what became of a mutation.
type verdicts struct {
	Conforming uint64            `json:"conforming"`
	Silent     uint64            `json:"silent"`
	Violating  uint64            `json:"violating"`
	Unknown    uint64            `json:"unknown"`
	Codes      map[string]uint64 `json:"codes,omitempty"`
}

// finding returns a group as it is reported.
func (a *attack) finding(g *group) finding {
	f := finding{
		Kind: "finding", Rank: g.key.rank.String(), Group: g.name(), Violation: g.key.violation, Source: g.key.source, Seen: g.seen,
		Trigger: g.trigger(), Count: g.count, Mutations: slices.Sorted(maps.Keys(g.mutations)), Note: g.note,
	}
	if g.key.should {
		f.Kind = "remark"
	}
	if f.Mutations == nil {
		f.Mutations = []string{}
	}
	if len(g.kept) == 0 {
		return f
	}
	ev := g.kept[0]
	f.Packet, f.Answer, f.RTT = hex.EncodeToString(ev.packet), hex.EncodeToString(ev.answer), ev.rtt.Seconds()
	if ev.minimal != nil {
		minimal := hex.EncodeToString(ev.minimal)
		f.Minimal = &minimal
	}
	if ev.job == nil {
		return f
	}
	f.Case = &caseAddress{Seed: a.o.setup.Seed, Part: string(ev.job.part), Index: ev.job.index}
	for _, p := range ev.sequence {
		f.Case.Sequence = append(f.Case.Sequence, hex.EncodeToString(p))
	}
	f.Reproduce = a.o.repeat(string(ev.job.part), ev.job.index, 1)
	return f
}

func (a *attack) capabilityLine(c capability) finding {
	return finding{
		Kind: "capability", Group: "capability-" + c.name, Violation: "", Source: "", Seen: c.seen, Trigger: c.name, Count: 1, Mutations: []string{},
		Packet: hex.EncodeToString(c.packet), Answer: hex.EncodeToString(c.answer), RTT: c.rtt.Seconds(),
	}
}

// summary counts everything.
func (a *attack) summary(findings int) summary {
	e := a.engine
	e.mu.Lock()
	defer e.mu.Unlock()
	s := e.stats
	sum := summary{
		Kind: "summary", Sent: s.sent, Answered: s.heard, Jobs: s.jobs, Silent: s.silent, Unknown: s.unknown, Lost: s.probesLost, LossRate: e.lossRate(),
		Late: s.late, Duplicates: s.duplicates, Resent: s.resent, Strays: s.strays, Deaths: s.deaths, Restarts: s.restarts, Findings: findings,
		Seed: a.o.setup.Seed, Leg: a.o.setup.Situation.Leg.String(), Profile: a.setup.Situation.Profile.String(), From: a.o.from,
		Exercised: map[string]verdicts{}, Unexercised: map[string]string{}, UnknownWhy: a.book.unknown, Over: a.over,
	}
	if t := s.exchanging.Seconds(); t > 0 {
		sum.Rate = float64(s.jobs) / t
	}
	a.book.mu.Lock()
	defer a.book.mu.Unlock()
	for name, t := range a.book.tallies {
		v := verdicts{Conforming: t.conforming, Silent: t.silent, Violating: t.violating, Unknown: t.unknown}
		for c, n := range t.codes {
			if v.Codes == nil {
				v.Codes = map[string]uint64{}
			}
			v.Codes[strconv.Itoa(int(c))] = n
		}
		sum.Exercised[name] = v
	}
	for name, why := range a.notExercised() {
		if _, ok := sum.Exercised[name]; !ok {
			sum.Unexercised[name] = why
		}
	}
	return sum
}

// notExercised says which mutations the campaign would have without what was learned,
// and which were not reached.
func (a *attack) notExercised() map[string]string {
	all := map[string]string{}
	for name, n := range a.deadly {
		if n >= killsPerMutation {
			all[name] = "it kills the target"
		}
	}
	whole := a.o.setup
	whole.Limits = fuzz.Limits{}
	if c, err := fuzz.New(whole); err == nil {
		for _, m := range c.Mutations() {
			all[m.Name] = "the target fails what it goes with"
		}
	}
	cases := a.campaign
	if a.replies != nil {
		cases = a.replies
	}
	for _, m := range cases.Mutations() {
		all[m.Name] = "the campaign ended before"
	}
	return all
}

// writeJSON writes one object a line.
func writeJSON(w io.Writer, lines ...any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, l := range lines {
		if err := e.Encode(l); err != nil {
			return err
		}
	}
	return nil
}
