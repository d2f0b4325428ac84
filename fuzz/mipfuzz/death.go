package main

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// The bounds of what is done about a death.
const (
	// revival is how long a target may take to answer again.
	revival = 5 * time.Second
	// bisection is how long the search for what killed it may take.
	bisection = 6 * time.Second
	// killsPerMutation is after how many deaths a mutation is not used any more.
	killsPerMutation = 2
	// suspectsKept bounds the jobs among which the culprit is sought.
	suspectsKept = 256
)

// deathSlack is how many answers may overtake others.
const deathSlack = 32

// hangs is how a target dies that runs on.
const hangs = "hangs: nothing is heard, although it runs"

// unheard is how a target dies that somebody else has started.
const unheard = "nothing is heard any more"

// stallsAllowed is how often silence that no packet brings about again is put down to a
// machine that had other things to do.
const stallsAllowed = 2

// errDead ends a campaign whose target does not come back.
var errDead = errors.New("the target is dead and does not come back")

// examine finds out whether a target is dead of which nothing is heard, or whose port
// was closed. If so, it finds out what killed it, and goes on when it is alive again.
func (a *attack) examine(ctx context.Context) error {
	e := a.engine
	e.mu.Lock()
	refused := e.refused
	e.refused = false
	e.mu.Unlock()
	if a.blind && !a.ended() {
		return nil
	}
	if !a.ended() && !refused {
		tries := patience - 1
		if len(a.blames) > 0 && a.blames[0].how == hangs {
			tries = patience / 2 // it does so again
		}
		x, err := a.hail(ctx, tries)
		if err != nil || x.answer != nil {
			return err
		}
		refused = x.refused
	}
	if a.process == nil && !e.heardAny() {
		return errUnheard // nobody was there
	}
	return a.mourn(ctx, refused)
}

// hail sends plain requests, for a time that doubles with each, until something is
// heard.
func (a *attack) hail(ctx context.Context, tries int) (exchange, error) {
	a.engine.mu.Lock()
	wait := max(15*time.Millisecond, a.engine.rto())
	a.engine.mu.Unlock()
	return a.ask(ctx, tries, wait, func(now time.Time) fuzz.Case { return a.plain(a.probeHome(), now, nil) })
}

// mourn books a death, brings the target back and finds what killed it.
func (a *attack) mourn(ctx context.Context, refused bool) error {
	e := a.engine
	e.mu.Lock()
	suspects, unfinished := e.suspects(deathSlack)
	e.stats.deaths++
	deaths := e.stats.deaths
	e.mu.Unlock()
	how, said := a.autopsy(refused)
	if len(suspects) > suspectsKept {
		suspects = suspects[len(suspects)-suspectsKept:]
	}
	if !a.revive(ctx) {
		a.bury(how, said, suspects)
		if ctx.Err() != nil {
			return errInterrupted
		}
		return errDead
	}
	culprits, known := a.blamed(how, said, suspects)
	if known != nil {
		a.book.died(deathOf(how, said), a.dyingSection(), known.trigger, known.known, a.evidenceOf(culprits[len(culprits)-1]))
	} else {
		a.relived = nil
		culprits = a.bisect(ctx, suspects, a.kills)
		if len(culprits) == 1 && a.relived != nil {
			// Before it died first it may have said something else, and lived on.
			how, said = a.relived.how, a.relived.said
		}
		if silent := how == hangs || how == unheard; silent && len(culprits) == 0 && a.stalls < stallsAllowed {
			a.stalls++ // the machine may have been busy
			e.count(func(s *stats) { s.deaths-- })
		} else {
			a.convict(ctx, how, said, culprits, suspects)
		}
	}
	guilty := map[*job]bool{}
	for _, j := range culprits {
		guilty[j] = true
		a.deadly[j.name]++
		if known != nil {
			a.deadly[j.name] = killsPerMutation // it says nothing new
		}
	}
	e.mu.Lock()
	for _, j := range unfinished {
		switch {
		case guilty[j]:
		case j.tries < 4 && a.deadly[j.name] < killsPerMutation:
			e.retry = append(e.retry, j)
		default:
			a.book.unjudged(j, "the target died")
			e.stats.unknown++
		}
	}
	e.lastHeard, e.refused = time.Now(), false
	e.mu.Unlock()
	if a.process != nil {
		a.process.complained() // what it said when it died is in the book
	}
	if ctx.Err() != nil {
		return errInterrupted
	}
	if deaths >= a.maxDeaths {
		a.over = fmt.Sprintf("the target died %d times", deaths)
		return errDead
	}
	return nil
}

// autopsy says how the target died.
func (a *attack) autopsy(refused bool) (how, said string) {
	switch {
	case a.process != nil && a.process.ended(100*time.Millisecond):
		return a.process.death()
	case refused:
		return "its port is closed", ""
	case a.process != nil:
		_, said = a.process.death()
		return hangs, said
	}
	return unheard, ""
}

// revive brings the target back, or waits until somebody does.
func (a *attack) revive(ctx context.Context) bool {
	if a.process != nil {
		a.process.stop()
		if a.process.start() != nil {
			return false
		}
		a.engine.count(func(s *stats) { s.restarts++ })
	}
	for end := time.Now().Add(revival); time.Now().Before(end) && ctx.Err() == nil; {
		if a.ended() {
			return false
		}
		x, err := a.hail(ctx, 1)
		if err != nil {
			return false
		}
		if x.answer != nil {
			return true
		}
		if !x.refused && a.blind && !a.ended() {
			return true // it runs, and silence says nothing
		}
		if x.refused {
			select {
			case <-time.After(2 * time.Millisecond):
			case <-ctx.Done():
			}
		}
	}
	return false
}

// kills sends jobs one after the other and reports whether the target dies of them;
// if so it is alive again.
func (a *attack) kills(ctx context.Context, jobs []*job) bool {
	if a.playAll(ctx, jobs) {
		a.buried(ctx)
		return true
	}
	return a.dies(ctx)
}

// playAll plays jobs, no more at a time than the target's buffer holds, and reports whether
// its port was closed meanwhile: it may be open again before anybody asks.
func (a *attack) playAll(ctx context.Context, jobs []*job) (refused bool) {
	for i, j := range jobs {
		if a.play(ctx, j); i%minWindow != minWindow-1 {
			continue
		}
		if x, err := a.hail(ctx, 1); err != nil || x.refused {
			return x.refused
		} else if x.answer == nil && a.closed() {
			return true
		}
	}
	return false
}

// closed reports whether the port of a target that answers from elsewhere is closed, of
// which those sockets are not told that hear it.
func (a *attack) closed() bool {
	if !a.engine.answersElsewhere() {
		return false
	}
	conn, err := a.engine.dial(netip.Addr{}, false)
	if err != nil {
		return false
	}
	defer conn.Close()
	now, _ := a.engine.aside()
	k := a.plain(a.probeHome(), now, nil)
	a.leaves(conn, asideJob(&k), 0, &k, now)
	if err := conn.send(k.Packet); err != nil {
		return isRefused(err)
	}
	_ = conn.SetReadDeadline(time.Now().Add(2 * time.Millisecond))
	_, _, err = conn.receive(make([]byte, longestAnswer))
	return isRefused(err)
}

// buried counts a death and brings the target back.
func (a *attack) buried(ctx context.Context) {
	if a.process != nil && a.process.ended(100*time.Millisecond) {
		how, said := a.process.death()
		a.relived = &blame{how: how, said: said}
	}
	a.engine.count(func(s *stats) { s.deaths++ })
	a.revive(ctx)
}

// play sends all packets of a job from a port of its own, and waits for an answer
// where another follows.
func (a *attack) play(ctx context.Context, j *job) {
	conn, err := a.engine.dial(netip.Addr{}, a.engine.answersElsewhere())
	if err != nil {
		return
	}
	defer conn.Close()
	buf := make([]byte, longestAnswer)
	for n := range maxPlayed {
		now, wait := a.engine.aside()
		s := j.next(j, n, now, nil)
		if n < maxSteps {
			j.ids[n] = s.k.Identification
		}
		a.leaves(conn, j, n, &s.k, now)
		_ = conn.send(s.k.Packet) // a closed port is found by who asks next
		if !s.more || ctx.Err() != nil {
			return
		}
		_ = conn.SetReadDeadline(time.Now().Add(wait))
		if got, from, err := conn.receive(buf); err == nil {
			a.capture(conn.LocalAddr(), from, false, buf[:got], time.Now())
		}
	}
}

// maxPlayed bounds the packets of a sequence.
const maxPlayed = 256

// dies reports whether the target is dead or dying; if so it is alive again.
func (a *attack) dies(ctx context.Context) bool {
	dead := true
	tries := patience
	if a.engine.lossy() {
		tries = 3 * patience
	}
	for range tries {
		if a.ended() {
			break
		}
		x, err := a.hail(ctx, 1)
		if err != nil {
			return false
		}
		if x.answer != nil {
			dead = a.process != nil && a.process.ended(2*time.Millisecond)
			break
		}
		if x.refused || a.closed() {
			break
		}
		if a.blind {
			dead = a.ended()
			break
		}
	}
	if dead {
		a.buried(ctx)
	}
	return dead
}

// bisect returns the jobs for which kills is true when they are sent again: one, or
// a run of them that takes several; nil when the target does not do it again.
func (a *attack) bisect(ctx context.Context, suspects []*job, kills func(context.Context, []*job) bool) []*job {
	end := time.Now().Add(bisection)
	late := func() bool { return ctx.Err() != nil || time.Now().After(end) }
	if len(suspects) == 0 || !kills(ctx, suspects) && (late() || !kills(ctx, suspects)) {
		return nil
	}
	// The shortest start that kills ends with the culprit.
	low, high := 0, len(suspects) // suspects[:low] does not, suspects[:high] does
	for high-low > 1 && !late() {
		if mid := (low + high) / 2; kills(ctx, suspects[:mid]) {
			high = mid
		} else {
			low = mid
		}
	}
	if high-low > 1 {
		return suspects[:high]
	}
	culprit := suspects[high-1 : high]
	if late() || kills(ctx, culprit) {
		return culprit
	}
	// It takes what came before, too: the shortest end that kills.
	from, to := 0, high-1 // suspects[from:high] kills, suspects[to:high] does not
	for to-from > 1 && !late() {
		if mid := (from + to) / 2; kills(ctx, suspects[mid:high]) {
			from = mid
		} else {
			to = mid
		}
	}
	return suspects[from:high]
}

// dyingSection is where the texts say what the target does with what it receives.
func (a *attack) dyingSection() string {
	if a.setup.Situation.Leg.Receiver() == code.ForeignAgent {
		return "RFC 5944 §3.7.2"
	}
	return "RFC 5944 §3.8.2"
}

// convict books what killed the target.
func (a *attack) convict(ctx context.Context, how, said string, culprits, suspects []*job) {
	violation := deathOf(how, said)
	known := recognizable(how, said)
	if len(culprits) == 0 {
		for _, b := range a.blames {
			if b.how == how && b.said == said {
				// What is known was left out of the packet meanwhile.
				a.book.died(violation, a.dyingSection(), b.trigger, b.known, nil)
				return
			}
		}
		g := a.book.died(violation, a.dyingSection(), "something among the last packets, not found again", known, nil)
		for _, j := range lastOf(suspects, packetsKept) {
			g.keep(a.evidenceOf(j))
		}
		return
	}
	j := culprits[len(culprits)-1]
	ev := a.evidenceOf(j)
	trigger := a.describe(ev.packet)
	if ev.sequence != nil {
		trigger = fmt.Sprintf("%d packets in a row, %s", len(ev.sequence), trigger)
		if j.trigger != "" {
			trigger = fmt.Sprintf("%s: %d packets in a row", j.trigger, len(ev.sequence))
		}
	}
	if len(culprits) > 1 {
		for _, c := range culprits {
			ev.sequence = append(ev.sequence, a.evidenceOf(c).packet)
		}
		trigger = fmt.Sprintf("%d packets in a row, the last %s", len(culprits), trigger)
	} else if a.deadly[j.name] == 0 && ev.sequence == nil {
		ev.minimal = a.minimizeDeath(ctx, ev, a.kills)
		trigger = a.describe(ev.minimal)
		if f := a.featuresOf(ev.minimal); f.any() {
			a.blames = append(a.blames, blame{how, said, trigger, known, f})
		}
		a.avoid(ev.minimal)
	}
	a.book.died(violation, a.dyingSection(), trigger, known, ev)
}

// deathOf says what death is seen by.
func deathOf(how, said string) string {
	return "dies: " + signature(how, said)
}

// signature is how the target died, and what it last said.
func signature(how, said string) string {
	if said != "" {
		return how + ": " + said
	}
	return how
}

// recognizable reports whether a death's signature tells one cause from another.
func recognizable(how, said string) bool { return said != "" || strings.HasPrefix(how, "signal") }

func lastOf(jobs []*job, n int) []*job {
	if len(jobs) > n {
		return jobs[len(jobs)-n:]
	}
	return jobs
}

// bury books the death of a target that does not come back.
func (a *attack) bury(how, said string, suspects []*job) {
	violation := "dies and does not come back: " + signature(how, said)
	names := map[string]bool{}
	var words []string
	for _, j := range lastOf(suspects, 8) {
		if j.name != "" && !names[j.name] {
			names[j.name] = true
			words = append(words, j.name)
		}
	}
	trigger := "nothing but plain requests"
	if len(words) > 0 {
		trigger = "one of the last packets: " + firstOf(words, 8)
	}
	g := a.book.died(violation, a.dyingSection(), trigger, true, nil)
	for _, j := range lastOf(suspects, packetsKept) {
		g.keep(a.evidenceOf(j))
		g.mutations[j.name]++
	}
}

// died notes a death; known says that its signature tells one cause from another,
// otherwise what triggers it does.
func (b *book) died(violation, source, trigger string, known bool, e *evidence) *group {
	b.mu.Lock()
	defer b.mu.Unlock()
	key := groupKey{rank: fuzz.Crash, violation: violation, source: source, code: noCode}
	if !known {
		key.trigger = trigger
	}
	g := b.group(key)
	g.count++
	g.seen = violation
	g.triggers[trigger]++
	if e != nil {
		g.mutations[e.job.name]++
		g.keep(e)
	}
	return g
}

// evidenceOf builds a job's packets once more, for keeping.
func (a *attack) evidenceOf(j *job) *evidence {
	a.engine.mu.Lock()
	defer a.engine.mu.Unlock()
	ev := &evidence{job: j}
	for n := range maxPlayed {
		now := a.engine.now()
		s := j.next(j, n, now, nil)
		if n < maxSteps {
			j.ids[n] = s.k.Identification
		}
		ev.n, ev.packet, ev.clock = n, s.k.Packet, s.k.Clock
		if s.more || n > 0 {
			ev.sequence = append(ev.sequence, s.k.Packet)
		}
		if !s.more {
			break
		}
	}
	return ev
}

// avoid leaves out of what follows what kills the target and is not what a case is
// about: a filler or a flag.
func (a *attack) avoid(packet []byte) {
	var r mipv4.Request
	if r.Parse(packet) != nil {
		return
	}
	a.engine.mu.Lock()
	defer a.engine.mu.Unlock()
	l := a.setup.Limits
	usual := (a.usualFlags() | a.learned.usual.set) &^ a.learned.usual.clear
	others := 0
	for x := range r.Extensions.All() {
		switch k := x.Kind(); {
		case k.Type() == 0:
			l.NoPadding = true
		case k == ext.KindNVSE:
			l.NoNVSE = true
		case k == ext.KindCVSE:
			l.NoCVSE = true
		default:
			if _, known := ext.Lookup(k); !known && k.Type().Skippable() {
				l.NoSkippable = true
			} else if _, ok := associationOf(&a.setup, k); !ok {
				others++
			}
		}
	}
	if others > 0 {
		return // the fillers beside them may be innocent
	}
	if l == a.setup.Limits {
		l.Clear |= r.Flags &^ usual &^ (mipv4.FlagReservedR | mipv4.FlagReservedX)
	}
	if l == a.setup.Limits {
		return
	}
	setup := a.setup
	setup.Limits = l
	if c, err := fuzz.New(setup); err == nil {
		a.setup, a.campaign = setup, c
	}
}
