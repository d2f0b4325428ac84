package main

import (
	"bytes"
	"context"
	"net/netip"
	"slices"
	"time"

	"github.com/go-mobileip/dsmipv4/fuzz"
)

// The bounds of minimizing one group.
const (
	minimizingTries = 400
	minimizingTime  = time.Second // for a group
	minimizingAll   = 4 * time.Second
	dyingTries      = 40
)

// shrinking looks for the smallest template for which fails is still true. fails is asked at
// most tries times, and not behind the end.
type shrinking struct {
	t     *template // the smallest so far
	tries int
	end   time.Time
	fails func(*template) bool
}

// attempt reports whether a change of the template leaves one that fails, which it is then.
// Nothing is copied in vain: a packet may have tens of thousands of parts.
func (s *shrinking) attempt(change func(c *template)) bool {
	if s.tries <= 0 || time.Now().After(s.end) {
		return false
	}
	s.tries--
	c := s.t.clone()
	if change(c); !s.fails(c) {
		return false
	}
	s.t = c
	return true
}

// shrink returns the smallest template for which fails is still true, by leaving out
// extensions, octets of them, and flags, one at a time. fails is asked at most tries
// times.
func shrink(t *template, tries int, end time.Time, fails func(*template) bool) *template {
	s := &shrinking{t, tries, end, fails}
	if t.raw != nil {
		s.octets()
		return s.t
	}
	s.alone()
	for again := true; again; {
		again = len(s.t.tail) > 0 && s.attempt(func(c *template) { c.tail = nil })
		for len(s.t.tail) > 1 && s.attempt(func(c *template) { c.tail = c.tail[:len(c.tail)-1] }) {
		}
		for i := len(s.t.parts) - 1; i >= 0; i-- {
			again = s.attempt(func(c *template) { c.parts = slices.Delete(c.parts, i, i+1) }) || again
		}
		for i := range s.t.parts {
			again = s.part(i) || again
		}
		for bit := byte(1); bit != 0; bit <<= 1 {
			again = s.t.head[1]&bit != 0 && s.attempt(func(c *template) { c.head[1] &^= bit }) || again
		}
	}
	return s.t
}

// alone tries each extension with nothing beside it but good authenticators: mostly it is
// one that matters.
func (s *shrinking) alone() {
	parts, good := s.t.parts, 0
	for _, p := range parts {
		if p.good() {
			good++
		}
	}
	for i := range parts {
		left := good
		if !parts[i].good() {
			left++
		}
		if left < len(parts)-1 && s.attempt(func(c *template) {
			c.parts = nil
			for j, p := range parts {
				if j == i || p.good() {
					c.parts = append(c.parts, p)
				}
			}
		}) {
			return
		}
	}
}

// part takes octets from the end of an extension: all, half of them, one.
func (s *shrinking) part(i int) (smaller bool) {
	for {
		p := s.t.parts[i]
		if !s.less(p.room(), func(c *template, n int) { c.parts[i] = p.shorter(n) }) {
			return smaller
		}
		smaller = true
	}
}

// octets takes octets from the end of what is no request.
func (s *shrinking) octets() {
	for s.less(len(s.t.raw), func(c *template, n int) { c.raw = c.raw[:len(c.raw)-n] }) {
	}
}

// less tries what has all of its octets taken, half of them, or one.
func (s *shrinking) less(room int, take func(c *template, n int)) bool {
	for _, n := range [...]int{room, room / 2, 1} {
		if 1 <= n && n <= room && s.attempt(func(c *template) { take(c, n) }) {
			return true
		}
	}
	return false
}

// room is how many octets can be taken from an extension.
func (p *templatePart) room() int {
	switch {
	case p.signs != 0 && len(p.grown) == 0:
		return len(p.octets) - p.cut - lengthAt(p.signs) - 4 // down to the SPI
	case p.signs != 0:
		return len(p.grown)
	}
	k := kindOf(p.octets)
	if k == 0 {
		return 0
	}
	return len(p.octets) - headerOf(k)
}

// shorter returns the extension with n octets less.
func (p templatePart) shorter(n int) templatePart {
	switch {
	case p.signs != 0 && len(p.grown) == 0:
		p.cut += n
		return p
	case p.signs != 0:
		p.grown = p.grown[:len(p.grown)-n]
		return p
	}
	p.octets = append([]byte{}, p.octets[:len(p.octets)-n]...)
	writeLength(p.octets, kindOf(p.octets))
	return p
}

// minimizeDeath returns the smallest packet for which kills is true as it is for one.
func (a *attack) minimizeDeath(ctx context.Context, ev *evidence, kills func(context.Context, []*job) bool) []byte {
	t := templateOf(&a.setup, ev.packet, ev.clock)
	t = shrink(t, dyingTries, time.Now().Add(2*minimizingTime), func(c *template) bool {
		return ctx.Err() == nil && kills(ctx, []*job{a.templateJob("minimal", c)})
	})
	a.engine.mu.Lock()
	defer a.engine.mu.Unlock()
	return t.build(&a.setup, a.engine.now(), 0, []byte{})
}

// minimalName is that of packets that are sent to make a finding's smaller.
const minimalName = "minimal"

// templateJob returns the job that sends a template.
func (a *attack) templateJob(name string, t *template) *job {
	return &job{part: partSweeps, name: name, next: func(_ *job, _ int, now time.Time, buf []byte) step {
		return step{k: a.campaign.CaseOf(name, t.build(&a.setup, now, a.random(), buf), now)}
	}}
}

// minimize looks for a smaller packet for each group that has none yet.
func (a *attack) minimize(ctx context.Context, groups []*group) {
	end := time.Now().Add(minimizingAll)
	for _, g := range groups {
		if ctx.Err() != nil || len(g.kept) == 0 || time.Now().After(end) {
			continue
		}
		ev := g.kept[0]
		if ev.minimal != nil || ev.job == nil || ev.packet == nil || g.key.rank == fuzz.Crash {
			continue
		}
		t := templateOf(&a.setup, ev.packet, ev.clock)
		if a.behind != nil {
			a.behind.seek(g.key.violation)
		}
		fails := func(c *template) bool { return a.violates(ctx, g, c) }
		if !atLast(func() bool { return fails(t) }) {
			a.minimizeFollowing(ctx, g, ev)
			continue
		}
		t = shrink(t, minimizingTries, time.Now().Add(minimizingTime), fails)
		a.engine.mu.Lock()
		ev.minimal = t.build(&a.setup, a.engine.now(), 0, []byte{})
		a.engine.mu.Unlock()
	}
}

// atLast asks up to four times before it believes that something is not seen again.
func atLast(seen func() bool) bool {
	for range 4 {
		if seen() {
			return true
		}
	}
	return false
}

// minimizeFollowing looks for the smallest sequence for a group whose packet alone does not
// show it.
func (a *attack) minimizeFollowing(ctx context.Context, g *group, ev *evidence) {
	if ev.n > 0 {
		if !a.minimizeSequence(ctx, g, ev, ev.job, ev.n) {
			g.note = "was not seen again"
			ev.sequence = a.evidenceOf(ev.job).sequence
		}
		return
	}
	for before, j := range a.afterwards(ev) {
		if a.minimizeSequence(ctx, g, ev, j, before+1) {
			return
		}
	}
	g.note = "was not seen again"
}

// answersAgain reports whether the target answers a packet, and then once more, otherwise.
// Every packet has a socket of its own, which no late answer to another reaches.
func (a *attack) answersAgain(ctx context.Context, wait time.Duration, build func(time.Time) fuzz.Case) bool {
	conn, err := a.engine.dial(netip.Addr{}, a.engine.answersElsewhere())
	if err != nil {
		return false
	}
	defer conn.Close()
	now, _ := a.engine.aside()
	k := build(now)
	a.leaves(conn, asideJob(&k), 0, &k, now)
	buf, x := make([]byte, longestAnswer), exchange{}
	sent, times := []fuzz.Case{k}, []time.Time{time.Now()}
	if conn.send(k.Packet) != nil || !a.hearken(ctx, conn, time.Now().Add(wait), buf, sent, times, &x) {
		return false
	}
	first := x.answer
	return a.hearken(ctx, conn, time.Now().Add(wait), buf, sent, times, &x) && !bytes.Equal(first, x.answer)
}

// violates reports whether the target does with a packet what the group says.
func (a *attack) violates(ctx context.Context, g *group, t *template) bool {
	tries := 1
	if a.engine.lossy() || g.key.rank == fuzz.Silence {
		tries = patience
	}
	a.engine.mu.Lock()
	wait := max(2*minRTO, a.engine.rto()) // what is late is taken for silence
	a.engine.mu.Unlock()
	build := func(now time.Time) fuzz.Case {
		return a.campaign.CaseOf(minimalName, a.rehome(t, a.freshHome()).build(&a.setup, now, a.random(), nil), now)
	}
	if g.key.violation == answersTwice {
		for range tries {
			if a.answersAgain(ctx, wait, build) {
				return true
			}
		}
		return false
	}
	x, err := a.ask(ctx, tries, wait, build)
	if err != nil {
		return false
	}
	if x.answer == nil && (x.refused || g.key.rank != fuzz.Silence && a.behind == nil) {
		return false
	}
	verdict := a.judge(&step{k: x.k}, x.answer)
	if x.answer != nil {
		a.misplaced(&verdict, x.from)
	}
	if a.behind != nil {
		verdict.Violations = append(verdict.Violations, a.behind.verdictOf(&x.k).Violations...)
	}
	return g.says(&verdict)
}
