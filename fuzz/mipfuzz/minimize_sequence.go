package main

import (
	"bytes"
	"context"
	"net/netip"
	"slices"
	"time"

	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// replay is a sequence that is sent again, as it was or made smaller.
type replay struct {
	a     *attack
	g     *group
	j     *job
	steps []int                     // of the job, those that are left
	made  []*template               // what is sent instead of a step's packet, by its number; nil for that
	keeps bool                      // no step can be left out: what is judged is what the target remembers
	homes map[netip.Addr]netip.Addr // those of this run, which nothing was sent for; nil for the job's
	sent  [][]byte                  // by the last run
}

// minimizeSequence looks for the smallest sequence that shows what a group says, when the
// last packet alone does not: packets are left out where the verdict does not follow from
// them, and what is left is made smaller.
func (a *attack) minimizeSequence(ctx context.Context, g *group, ev *evidence, j *job, last int) bool {
	r := &replay{a: a, g: g, j: j, made: make([]*template, last+1)}
	for i := range last + 1 {
		r.steps = append(r.steps, i)
	}
	if !r.failsAtLast(ctx) {
		return false
	}
	if !r.keeps {
		r.homes = map[netip.Addr]netip.Addr{}
		if !r.failsAtLast(ctx) {
			r.keeps, r.homes = true, nil
		}
	}
	end := time.Now().Add(minimizingTime)
	late := func() bool { return ctx.Err() != nil || time.Now().After(end) }
	for n := len(r.steps) / 2; n > 0 && !r.keeps; n /= 2 {
		for from := 0; from+n < len(r.steps) && !late(); {
			before := r.steps
			r.steps = slices.Concat(before[:from:from], before[from+n:])
			if !r.fails(ctx) {
				r.steps = before
				from += n
			}
		}
	}
	smaller := r.steps
	if r.keeps {
		// What the target is to remember may be remembered of an earlier run.
		smaller = r.steps[len(r.steps)-1:]
	}
	for _, i := range smaller {
		if late() || len(r.steps) > maxSteps {
			break
		}
		r.made[i] = shrink(r.made[i], minimizingTries, end, func(t *template) bool {
			before := r.made[i]
			r.made[i] = t
			fails := r.fails(ctx)
			r.made[i] = before
			return fails
		})
	}
	if !r.failsAtLast(ctx) {
		return false
	}
	ev.sequence, ev.minimal = r.sent, r.sent[len(r.sent)-1]
	return true
}

// failsAtLast is fails, asked more than once before it is denied.
func (r *replay) failsAtLast(ctx context.Context) bool {
	return atLast(func() bool { return r.fails(ctx) })
}

// fails sends the sequence and reports whether the target does with the last packet what
// the group says.
func (r *replay) fails(ctx context.Context) bool {
	a := r.a
	r.sent = nil
	clear(r.homes)
	for at, n := range r.steps {
		last := at == len(r.steps)-1
		// What is answered twice must not be taken for the answer to what has the same
		// Identification: each packet has a port of its own.
		conn, err := a.engine.dial(netip.Addr{}, a.engine.answersElsewhere())
		if err != nil {
			return false
		}
		s, answer, from, ok := r.step(ctx, conn, n, last)
		conn.Close()
		switch {
		case !ok:
			return false
		case !last && s.needed && !accepted(answer):
			return false
		case last:
			r.keeps = r.keeps || s.check != nil || s.k.Mutation.Class == fuzz.Replay
			v := a.judge(&s, answer)
			if answer != nil {
				a.misplaced(&v, from)
			}
			return r.g.says(&v)
		}
	}
	return false
}

// step sends one packet until it is answered, and returns false where nothing can be said.
func (r *replay) step(ctx context.Context, conn *socket, n int, last bool) (s step, answer []byte, from netip.AddrPort, ok bool) {
	a := r.a
	tries := 2
	if a.engine.lossy() || last && r.g.key.rank == fuzz.Silence {
		tries = patience
	}
	var x exchange
	var sent []fuzz.Case
	var times []time.Time
	buf := make([]byte, longestAnswer)
	for range tries {
		if ctx.Err() != nil {
			return s, nil, from, false
		}
		now, wait := a.engine.aside()
		s = r.build(n, now)
		sent, times = append(sent, s.k), append(times, time.Now())
		a.leaves(conn, r.j, n, &s.k, now)
		if err := conn.send(s.k.Packet); err != nil {
			// The system may tell of an earlier datagram, and has not sent this.
			if err = conn.send(s.k.Packet); err != nil {
				return s, nil, from, false
			}
		}
		if s.burst && s.more && !last {
			r.sent = append(r.sent, s.k.Packet)
			return s, nil, from, true
		}
		if a.hearken(ctx, conn, time.Now().Add(wait), buf, sent, times, &x) {
			s.k = x.k
			break
		}
		if x.refused {
			return s, nil, from, false
		}
	}
	r.sent = append(r.sent, s.k.Packet)
	return s, x.answer, x.from, x.answer != nil || !s.needed && (!last || r.g.key.rank == fuzz.Silence)
}

// build returns a step as it is at a moment: with the Identification that the job gives
// it, and with what is left of its packet.
func (r *replay) build(n int, now time.Time) step {
	a, j := r.a, r.j
	s := j.next(j, n, now, nil)
	if n < maxSteps {
		j.ids[n] = s.k.Identification
	}
	if r.made[n] == nil {
		r.made[n] = templateOf(&a.setup, s.k.Packet, now)
		return s
	}
	t := r.made[n]
	if r.homes != nil && t.raw == nil {
		home := netip.AddrFrom4([4]byte(t.head[4:8]))
		if !r.homes[home].IsValid() {
			r.homes[home] = a.freshHome()
		}
		t = a.rehome(t, r.homes[home])
	}
	k := a.campaign.CaseOf(s.k.Mutation.Name, t.buildWith(&a.setup, s.k.Identification, nil), now)
	if s.k.Mutation.Class == fuzz.Replay {
		k = a.campaign.Replayed(k)
	}
	s.k = k
	return s
}

// rehome returns the template for a home that nothing was sent for, so that what the target
// does follows from the packet alone. A home address that is none of the campaign's is
// what a case is about, and stays.
func (a *attack) rehome(t *template, home netip.Addr) *template {
	if t.raw != nil || !a.setup.HomeAddresses.Contains(netip.AddrFrom4([4]byte(t.head[4:8]))) {
		return t
	}
	t = t.clone()
	octets := home.As4()
	if bytes.Equal(t.head[4:8], t.head[12:16]) {
		copy(t.head[12:], octets[:]) // a care-of address that is the home address
	}
	copy(t.head[4:], octets[:])
	return t
}

// freshHome returns a home of the minimizer's, another each time.
func (a *attack) freshHome() netip.Addr {
	a.homesUsed++
	n := a.campaign.HomeAddresses() + 1
	const learners = 1024
	if n/4 <= learners {
		return a.learnerHome()
	}
	return a.campaign.Home(n - 1 - learners - a.homesUsed%(n/4-learners))
}

// afterwards returns jobs that send a packet to a target which knows its home: behind a
// registration, and behind a registration and a deregistration.
func (a *attack) afterwards(ev *evidence) (all []*job) {
	t := templateOf(&a.setup, ev.packet, ev.clock)
	if t.raw != nil {
		return nil
	}
	gone := a.learned.usual
	gone.lifetime = mipv4.Deregister
	for _, before := range [][]usual{{a.learned.usual}, {a.learned.usual, gone}} {
		all = append(all, &job{part: ev.job.part, index: ev.job.index, name: ev.job.name, next: func(_ *job, n int, now time.Time, buf []byte) step {
			if n < len(before) {
				r := request{usual: before[n], home: netip.AddrFrom4([4]byte(t.head[4:8]))}
				return step{k: a.campaign.CaseOf("plain", a.compose(&r, now, buf), now), needed: true, more: true}
			}
			return step{k: a.campaign.CaseOf(ev.job.name, t.build(&a.setup, now, a.random(), buf), now)}
		}})
	}
	return all
}
