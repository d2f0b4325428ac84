package main

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/go-mobileip/dsmipv4/fuzz"
)

// report collects what a campaign shows. It is safe for concurrent use.
type report struct {
	o              *options
	keep           string
	asJSON         bool
	stdout, stderr io.Writer

	mu       sync.Mutex
	start    time.Time
	rows     []*row // in the order of the campaign
	byName   map[string]*row
	total    row
	findings []finding
	waiting  map[uint64]sentCase // without an answer or another sign of life since
	newest   sentCase
	err      error
}

// row is a line of the table.
type row struct {
	Mutation   string `json:"mutation"`
	Sent       int    `json:"sent"`
	Answered   int    `json:"answered"`
	AsExpected int    `json:"asExpected"`
	Violations int    `json:"violations"`
	// Unjudged are cases whose request in front was not accepted.
	Unjudged int `json:"unjudged,omitempty"`
}

// finding is a case in which the target does not conform, or the crash.
type finding struct {
	Type      string `json:"type"` // "violation" or "crash"
	Case      uint64 `json:"case"`
	Mutation  string `json:"mutation"`
	Source    string `json:"source"`
	Expected  string `json:"expected"`
	Seen      string `json:"seen"`
	Violation string `json:"violation"`
	Packet    string `json:"packet"` // as sent, in hex
	Before    string `json:"before,omitempty"`
	File      string `json:"file,omitempty"`
	Command   string `json:"command"`
	// LastCases are those that a target which crashed has not outlived, in the
	// order of sending, or the last that was sent.
	LastCases []uint64 `json:"lastCases,omitempty"`
}

type sentCase struct {
	index    uint64
	number   uint64 // of the datagram
	mutation string
	packet   []byte
}

func newReport(o *options, c *fuzz.Campaign, keep string, asJSON bool, stdout, stderr io.Writer) *report {
	r := &report{
		o: o, keep: keep, asJSON: asJSON, stdout: stdout, stderr: stderr, start: time.Now(),
		byName: map[string]*row{}, total: row{Mutation: "all"}, waiting: map[uint64]sentCase{},
	}
	for _, m := range c.Mutations() {
		if r.byName[m.Name] == nil {
			r.byName[m.Name] = &row{Mutation: m.Name}
			r.rows = append(r.rows, r.byName[m.Name])
		}
	}
	return r
}

// sent remembers a case that went out as the datagram of a number.
func (r *report) sent(c *fuzz.Case, number uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := sentCase{c.Index, number, c.Mutation.Name, append([]byte{}, c.Packet...)}
	r.waiting[c.Index] = s
	if number > r.newest.number {
		r.newest = s
	}
}

// survived says that the target has lived through a case.
func (r *report) survived(c *fuzz.Case) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.waiting, c.Index)
}

func (r *report) judged(c *fuzz.Case, answered bool, v fuzz.Verdict) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, w := range []*row{r.byName[c.Mutation.Name], &r.total} {
		w.Sent++
		if answered {
			w.Answered++
		}
		if v.Violation == "" {
			w.AsExpected++
		} else {
			w.Violations++
		}
	}
	if v.Violation == "" {
		return
	}
	if c.Before != nil {
		r.save(c.Index, "-before", c.Before)
	}
	r.add(finding{
		Type:      "violation",
		Case:      c.Index,
		Mutation:  c.Mutation.Name,
		Source:    v.Source,
		Expected:  c.Allowed.String(),
		Seen:      v.Seen,
		Violation: v.Violation,
		Packet:    hex.EncodeToString(c.Packet),
		Before:    hex.EncodeToString(c.Before),
		File:      r.save(c.Index, "", c.Packet),
		Command:   r.o.repeat(c.Index, 1),
	})
}

func (r *report) unjudged(c *fuzz.Case) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, w := range []*row{r.byName[c.Mutation.Name], &r.total} {
		w.Sent++
		w.Unjudged++
	}
}

// failed remembers the first error of sending.
func (r *report) failed(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.err = err
	}
}

// crashed reports that the target answers no more. What killed it is one of the
// cases that it has not outlived, or the last if it answered all.
func (r *report) crashed(refused bool, outlived func(number uint64) bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := finding{
		Type:      "crash",
		Source:    "RFC 5944 §3.8.2",
		Expected:  "an answer to the known-good request",
		Seen:      "silence",
		Violation: "no longer answers a known-good request",
	}
	if refused {
		f.Seen = "its port is closed"
	}
	maps.DeleteFunc(r.waiting, func(_ uint64, s sentCase) bool { return outlived(s.number) })
	last := slices.SortedFunc(maps.Values(r.waiting), func(a, b sentCase) int { return cmp.Compare(a.number, b.number) })
	if len(last) == 0 && r.newest.packet != nil {
		last = append(last, r.newest)
	}
	low, high := ^uint64(0), uint64(0) // from the first case on: indexes may wrap
	for i, s := range last {
		low, high = min(low, s.index-r.o.from), max(high, s.index-r.o.from)
		file := r.save(s.index, "", s.packet)
		if i == 0 {
			f.Case, f.Mutation, f.Packet, f.File = s.index, s.mutation, hex.EncodeToString(s.packet), file
		}
		f.LastCases = append(f.LastCases, s.index)
	}
	if len(last) > 0 {
		f.Command = r.o.repeat(r.o.from+low, high-low+1)
	}
	r.add(f)
}

func (r *report) add(f finding) {
	r.findings = append(r.findings, f)
	if r.asJSON {
		r.write(f)
	}
}

func (r *report) write(v any) {
	if err := json.NewEncoder(r.stdout).Encode(v); err != nil && r.err == nil {
		r.err = err
	}
}

// save writes a packet to the directory of findings, never over another, and
// returns the file's name.
func (r *report) save(index uint64, suffix string, packet []byte) string {
	name, err := r.create(index, suffix, packet)
	if err != nil && r.err == nil {
		r.err = err
	}
	return name
}

func (r *report) create(index uint64, suffix string, packet []byte) (string, error) {
	if err := os.MkdirAll(r.keep, 0o755); err != nil {
		return "", err
	}
	for n := 1; ; n++ {
		name := r.o.fileName(index) + suffix
		if n > 1 {
			name += "-" + strconv.Itoa(n)
		}
		name = filepath.Join(r.keep, name+".bin")
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = f.Write(packet)
		return name, errors.Join(err, f.Close())
	}
}

// progress shows on a terminal how the campaign goes, until the function that it
// returns is called.
func (r *report) progress() func() {
	if !onTerminal(r.stderr) {
		return func() {}
	}
	done, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		tick := time.NewTicker(250 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				r.mu.Lock()
				n, found := r.total.Sent, len(r.findings)
				r.mu.Unlock()
				fmt.Fprintf(r.stderr, "\r\x1b[K%d of %d cases, %.0f/s, %d findings", n, r.o.count, float64(n)/time.Since(r.start).Seconds(), found)
			case <-done:
				fmt.Fprint(r.stderr, "\r\x1b[K")
				return
			}
		}
	}()
	return func() {
		close(done)
		<-gone
	}
}

// summary is the last line of -json.
type summary struct {
	Type       string `json:"type"`
	Cases      int    `json:"cases"`
	Answered   int    `json:"answered"`
	AsExpected int    `json:"asExpected"`
	Violations int    `json:"violations"`
	Unjudged   int    `json:"unjudged"`
	Crashed    bool   `json:"crashed"`
	// Interrupted campaigns have cases that were not sent.
	Interrupted bool    `json:"interrupted"`
	Strays      uint64  `json:"strays"`
	Seconds     float64 `json:"seconds"`
	Mutations   []*row  `json:"mutations"`
}

// finish prints the table and the findings. interrupted says that the campaign
// was, by its user.
func (r *report) finish(strays uint64, interrupted error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := summary{
		"summary", r.total.Sent, r.total.Answered, r.total.AsExpected, r.total.Violations, r.total.Unjudged,
		len(r.findings) > r.total.Violations, interrupted != nil, strays, time.Since(r.start).Seconds(), r.rows,
	}
	if r.asJSON {
		r.write(s)
	} else {
		r.print(s)
	}
	err := r.err
	if interrupted != nil {
		err = errors.Join(err, errInterrupted)
	}
	switch {
	case len(r.findings) == 0:
		return err
	case err == nil:
		return errFindings
	}
	return errors.Join(errFindings, err)
}

func (r *report) print(s summary) {
	t := tabwriter.NewWriter(r.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "mutation\tsent\tanswered\tas expected\tviolations")
	for _, w := range append(r.rows[:len(r.rows):len(r.rows)], &r.total) {
		if w.Sent == 0 {
			continue
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\n", w.Mutation, w.Sent, w.Answered, w.AsExpected, w.Violations)
	}
	if err := t.Flush(); err != nil && r.err == nil {
		r.err = err
	}
	fmt.Fprintf(r.stdout, "\n%d cases in %.1f s", s.Cases, s.Seconds)
	if s.Unjudged > 0 {
		fmt.Fprintf(r.stdout, "; %d not judged, because the request in front of them was not accepted", s.Unjudged)
	}
	if s.Strays > 0 {
		fmt.Fprintf(r.stdout, "; %d datagrams answered nothing, or too late", s.Strays)
	}
	fmt.Fprintln(r.stdout)
	for _, f := range r.findings {
		if f.Type == "crash" {
			fmt.Fprintf(r.stdout, "crash: the target %s (%s), %s; last cases sent %v, packets in %s: %s\n", f.Violation, f.Source, f.Seen, f.LastCases, r.keep, f.Command)
			continue
		}
		fmt.Fprintf(r.stdout, "case %d, %s, %s: expected %s, seen %s; %s: %s\n", f.Case, f.Mutation, f.Source, f.Expected, f.Seen, f.Violation, f.Command)
	}
}
