package main

import (
	"bytes"
	"context"
	"regexp"
	"slices"
	"strings"
	"time"
)

// The bounds of what is done about complaints.
const (
	// complaintsKept bounds the lines that are told apart.
	complaintsKept = 64
	// complaintSearches bounds how long it is looked for what the target complains of, in
	// all.
	complaintSearches = 12 * time.Second
	// complaintSlack is how many datagrams the target may have answered before its output
	// is read.
	complaintSlack = logged - 64
	// outputSoon is how much later than its answer a target's output is mostly read, and
	// outputLate how much at most.
	outputSoon = 25 * time.Millisecond
	outputLate = 150 * time.Millisecond
	// longestOutputLine bounds what is looked at of a line.
	longestOutputLine = 4 << 10
)

// sanitizing are the words of lines by which sanitizers, and what catches the errors of a
// runtime, say that memory or arithmetic went wrong: a report's last line, where it has
// several.
var sanitizing = [...]string{
	"runtime error: ", "SUMMARY: AddressSanitizer", "SUMMARY: HWAddressSanitizer", "SUMMARY: MemorySanitizer", "SUMMARY: ThreadSanitizer",
	"SUMMARY: LeakSanitizer", "WARNING: DATA RACE", "== Invalid read", "== Invalid write", "== Invalid free", "== Conditional jump or move depends on uninit",
	"== Use of uninit", "== Syscall param",
}

var (
	position  = regexp.MustCompile(`\S+:[0-9]+(:[0-9]+)?: $`)
	processID = regexp.MustCompile(`==[0-9]+== ?`)
)

// livesOn is what is said of a target that complains.
const livesOn = "lives on, and says: "

// complaintOf returns what a line of a target's output complains of, without what differs
// from time to time; "" for nothing.
func complaintOf(line []byte) string {
	for _, w := range sanitizing {
		at := bytes.Index(line, []byte(w))
		if at < 0 {
			continue
		}
		text := string(line)
		if w == sanitizing[0] {
			// Where it is tells one from another, and is said once; the values do not.
			if place := position.Find(line[:at]); place != nil {
				text = string(place) + "runtime error"
			} else {
				text = numbers.ReplaceAllString(string(line[at:]), "N")
			}
		}
		return harmless(strings.TrimSpace(processID.ReplaceAllString(text, "")))
	}
	return ""
}

// complaints are what a target that lives on said is wrong with it.
type complaints struct {
	rest  []byte            // the line that is not whole yet
	known map[string]bool   // in all lives of the target
	fresh []string          // not yet known, each once
	lines map[string]string // the first of each, as it was said
}

// scan takes output of the target.
func (c *complaints) scan(p []byte) {
	for len(p) > 0 {
		at := bytes.IndexByte(p, '\n')
		if at < 0 {
			if room := longestOutputLine - len(c.rest); room > 0 {
				c.rest = append(c.rest, p[:min(room, len(p))]...)
			}
			return
		}
		line := p[:at]
		if len(c.rest) > 0 {
			line = append(c.rest, line...)
		}
		if text := complaintOf(line); text != "" && !c.known[text] && !slices.Contains(c.fresh, text) &&
			len(c.fresh) < complaintsKept && len(c.known) < complaintsKept {
			c.fresh = append(c.fresh, text)
			if c.lines == nil {
				c.lines = map[string]string{}
			}
			if c.lines[text] == "" && len(c.lines) < 2*complaintsKept {
				c.lines[text] = harmless(string(line))
			}
		}
		c.rest, p = c.rest[:0], p[at+1:]
	}
}

// complains reports whether the target has said something that is not known.
func (p *process) complains() bool {
	p.output.mu.Lock()
	defer p.output.mu.Unlock()
	return len(p.output.complaints.fresh) > 0
}

// complained returns what the target has said and is not known, each once.
func (p *process) complained() []string {
	p.output.mu.Lock()
	defer p.output.mu.Unlock()
	c := &p.output.complaints
	all := slices.DeleteFunc(c.fresh, func(text string) bool { return c.known[text] })
	c.fresh = nil
	return all
}

// survived reports whether a line is of what the target is known to live on with.
func (b *bounded) survived(line []byte) bool {
	text := complaintOf(line)
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.complaints.known[text]
}

// heardOf notes that a complaint is known.
func (p *process) heardOf(text string) {
	p.output.mu.Lock()
	defer p.output.mu.Unlock()
	if p.output.complaints.known == nil {
		p.output.complaints.known = map[string]bool{}
	}
	p.output.complaints.known[text] = true
}

// complains reports whether a target that lives has something to say.
func (a *attack) complains() bool { return a.process != nil && a.process.complains() }

// quietens reports whether a target that has answered everything has nothing more to say.
func (a *attack) quietens() bool {
	for end := time.Now().Add(20 * time.Millisecond); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if a.complains() || a.ended() {
			return false
		}
	}
	return true
}

// looksInto finds out what a target that lives on complains of: the job whose packet is
// sent alone to a target that was started anew, since most say a thing once.
func (a *attack) looksInto(ctx context.Context) error {
	if a.process.ended(250 * time.Millisecond) {
		a.process.complained() // it has died of it, which says the same
		return nil
	}
	e := a.engine
	e.mu.Lock()
	suspects, unfinished := e.suspects(complaintSlack)
	e.mu.Unlock()
	done := map[string]bool{}
	for queue := a.process.complained(); len(queue) > 0; queue = queue[1:] {
		if text := queue[0]; !done[text] {
			done[text] = true
			a.blameFor(ctx, text, suspects)
			a.process.heardOf(text)
			queue, a.alsoSaid = append(queue, a.alsoSaid...), nil
		}
	}
	e.mu.Lock()
	for _, j := range unfinished {
		if j.tries < 4 {
			e.retry = append(e.retry, j)
			continue
		}
		a.book.unjudged(j, "the target was started anew")
		e.stats.unknown++
	}
	e.lastHeard, e.refused = time.Now(), false
	e.mu.Unlock()
	if ctx.Err() != nil {
		return errInterrupted
	}
	return nil
}

// said returns the line of a complaint as it was said.
func (p *process) said(text string) string {
	p.output.mu.Lock()
	defer p.output.mu.Unlock()
	return p.output.complaints.lines[text]
}

// blameFor books a complaint with the packet that it is about.
func (a *attack) blameFor(ctx context.Context, text string, suspects []*job) {
	a.blameOn(ctx, text, suspects).note = a.process.said(text)
}

func (a *attack) blameOn(ctx context.Context, text string, suspects []*job) *group {
	violation := livesOn + text
	if a.searched > complaintSearches {
		g := a.book.died(violation, a.dyingSection(), "something among the last packets", true, nil)
		for _, j := range lastOf(suspects, packetsKept) {
			g.keep(a.evidenceOf(j))
		}
		return g
	}
	started := time.Now()
	defer func() { a.searched += time.Since(started) }()
	says := func(ctx context.Context, jobs []*job) bool { return a.says(ctx, text, jobs, outputSoon) }
	a.revive(ctx)
	plain := &job{part: partLearn, name: "plain", next: func(_ *job, _ int, now time.Time, buf []byte) step {
		return step{k: a.plain(a.probeHome(), now, buf)}
	}}
	if a.says(ctx, text, nil, outputLate) {
		ev := a.evidenceOf(plain)
		ev.minimal = a.minimizeDeath(ctx, ev, says)
		return a.book.died(violation, a.dyingSection(), "a plain request", true, ev)
	}
	culprits := a.culprits(ctx, text, suspects, says)
	if len(culprits) == 0 {
		g := a.book.died(violation, a.dyingSection(), "something among the last packets, not found again", true, nil)
		for _, j := range lastOf(suspects, packetsKept) {
			g.keep(a.evidenceOf(j))
		}
		return g
	}
	ev := a.evidenceOf(culprits[len(culprits)-1])
	trigger := a.describe(ev.packet)
	switch {
	case len(culprits) > 1:
		ev.sequence = nil
		for _, c := range culprits {
			ev.sequence = append(ev.sequence, a.evidenceOf(c).packet)
		}
		trigger = "several packets in a row, the last " + trigger
	case ev.sequence == nil:
		ev.minimal = a.minimizeDeath(ctx, ev, says)
		trigger = a.describe(ev.minimal)
	}
	return a.book.died(violation, a.dyingSection(), trigger, true, ev)
}

// culprits returns the job of which the target says a text, or a run of them that takes
// several; nil when it does not say it again. What it dies of may be among the suspects,
// too.
func (a *attack) culprits(ctx context.Context, text string, suspects []*job, says func(context.Context, []*job) bool) []*job {
	const chunk = 8
	end := time.Now().Add(bisection)
	narrowed := lastOf(suspects, 2*chunk)
	for from := 0; from < len(suspects) && ctx.Err() == nil && time.Now().Before(end); from += chunk {
		for _, j := range suspects[from:min(from+chunk, len(suspects))] {
			a.play(ctx, j)
		}
		died := a.dies(ctx)
		if a.saidNow(text) {
			narrowed = suspects[max(0, from-chunk):min(from+chunk, len(suspects))] // its output may be late
			if !died {
				a.revive(ctx)
			}
			break
		}
	}
	a.saidNow("")
	for _, wait := range [...]time.Duration{outputSoon, outputLate} {
		for _, j := range narrowed {
			if ctx.Err() == nil && a.says(ctx, text, []*job{j}, wait) {
				return []*job{j}
			}
		}
	}
	return a.bisect(ctx, narrowed, says)
}

// saidNow reports whether the target has just said a text; what else it said is looked into
// afterwards.
func (a *attack) saidNow(text string) (said bool) {
	for _, t := range a.process.complained() {
		if t == text {
			said = true
		} else if !slices.Contains(a.alsoSaid, t) {
			a.alsoSaid = append(a.alsoSaid, t)
		}
	}
	return said
}

// says reports whether the target, which has not said so since it was started, says a text
// when jobs are sent to it; if so it is started anew.
func (a *attack) says(ctx context.Context, text string, jobs []*job, wait time.Duration) bool {
	a.playAll(ctx, jobs)
	died := a.dies(ctx) // of something else, and is another one now
	for end := time.Now().Add(wait); ; time.Sleep(time.Millisecond) {
		if a.saidNow(text) {
			if !died {
				a.revive(ctx)
			}
			a.saidNow("")
			return true
		}
		if died || time.Now().After(end) || ctx.Err() != nil {
			return false
		}
	}
}
