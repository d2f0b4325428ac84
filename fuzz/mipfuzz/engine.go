package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net"
	"net/netip"
	"slices"
	"sync"
	"syscall"
	"time"

	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// The bounds of the engine.
const (
	maxPorts  = 3072
	fewPorts  = 512 // where no more than a narrow window is used
	narrow    = 128 // datagrams that a receive buffer of the usual size holds
	maxWindow = 2048
	// atOnce is how many datagrams are sent in one go: half of what a receive buffer holds.
	atOnce = narrow / 2
	// spareFiles is how many files a process needs beside its ports, to start the target.
	spareFiles = 64
	minWindow  = 8
	// patience is how often what matters is sent before silence counts.
	patience = 6
	minRTO   = 10 * time.Millisecond // see rto
	// quarantine is how long a port is kept from the next job where there are
	// others, for what comes late.
	quarantine = 2 * time.Second
	probeEvery = 64 // jobs
	logged     = 1024
)

// engine sends jobs and takes their answers: as many at a time as the target keeps up
// with, each from a port of its own.
type engine struct {
	a       *attack
	to      *net.UDPAddr
	timeout time.Duration
	rate    float64 // datagrams a second at most, 0 for what the target takes

	mu        sync.Mutex
	wake      chan struct{}
	free      []*port // oldest first
	waiting   []*port
	ready     []*port // have a step to send
	retry     []*job
	ports     int
	mostPorts int // 0 for what the bounds allow
	stamp     time.Time
	number    uint64
	log       [logged]logEntry // of what was sent last

	window     float64
	shrunk     time.Time
	srtt, rvar time.Duration
	fastest    time.Duration // round trip
	paced      time.Time
	sinceProbe int

	lastHeard time.Time
	asked     time.Time // the first that was sent since then
	outlived  uint64    // the highest number that was answered
	refused   bool
	elsewhere bool  // answers come from another port or address
	failure   error // that ends the campaign
	stats     stats

	watcher *socket // where answers come from elsewhere
	watched time.Time

	localOnce sync.Once
	localAddr netip.Addr
}

// logEntry is a datagram that was sent.
type logEntry struct {
	number uint64
	job    *job
}

// stats counts datagrams and jobs.
type stats struct {
	sent, heard, jobs  uint64
	late, duplicates   uint64
	strays             uint64
	probes, probesLost uint64 // attempts
	resent, unknown    uint64
	silent             uint64 // jobs that nothing was heard of, lawfully
	deaths, restarts   int
	exchanging         time.Duration
}

func newEngine(a *attack, to *net.UDPAddr, timeout time.Duration, rate float64) *engine {
	return &engine{a: a, to: to, timeout: timeout, rate: rate, wake: make(chan struct{}, 1), window: 4 * minWindow, srtt: -1}
}

// rto is how long an answer takes at most, by what was seen so far.
func (e *engine) rto() time.Duration {
	if e.srtt < 0 {
		return min(200*time.Millisecond, e.timeout)
	}
	least := minRTO
	if e.a.learned.misidentifies {
		least = 20 * minRTO // what comes late is taken for another answer
	}
	return min(max(least, 2*e.srtt+4*e.rvar), e.timeout)
}

// observe takes a round-trip time into account, as RFC 6298 does.
func (e *engine) observe(rtt time.Duration) {
	if e.srtt < 0 {
		e.srtt, e.rvar, e.fastest = rtt, rtt/2, rtt
		return
	}
	e.fastest = min(e.fastest, rtt)
	e.rvar += ((e.srtt - rtt).Abs() - e.rvar) / 4
	e.srtt += (rtt - e.srtt) / 8
}

// widest is how many datagrams may be on their way at most: more than a receive buffer
// holds only where the target takes its time over each, and many at once.
func (e *engine) widest() float64 {
	return min(maxWindow, narrow+6*float64(e.fastest.Milliseconds()))
}

// grow makes the window larger for an answer: by one until something was lost, then by
// less the larger it is.
func (e *engine) grow() {
	by := 1.0
	if !e.shrunk.IsZero() {
		by = min(1, 8/e.window)
	}
	e.window = min(e.widest(), e.window+by)
}

// portsAllowed is how many ports are opened at most.
func (e *engine) portsAllowed() int {
	n := fewPorts
	if e.widest() > 2*narrow {
		n = maxPorts
	}
	if e.mostPorts > 0 {
		n = min(n, e.mostPorts)
	}
	return n
}

// spare leaves files to others when the system gives no more to a port.
func (e *engine) spare() {
	if e.mostPorts == 0 {
		e.mostPorts = max(minWindow, e.ports-spareFiles)
	}
	for e.ports > e.mostPorts && len(e.free) > 1 {
		p := e.free[0]
		e.free = e.free[1:]
		p.conn.Close()
		e.ports--
	}
}

// tick is how far apart two Identifications are at least: just above the
// precision of their clocks (mipv4.Timestamp).
const tick = 2 * time.Microsecond

// now returns the time, later than any that was returned before.
func (e *engine) now() time.Time {
	if now, least := time.Now(), e.stamp.Add(tick); now.After(least) {
		e.stamp = now
	} else {
		e.stamp = least
	}
	return e.stamp
}

// take returns a port that no job has, nil when one has to be waited for.
func (e *engine) take(now time.Time) *port {
	if e.a.learned.misidentifies && e.ports >= e.portsAllowed() && (len(e.free) == 0 || now.Sub(e.free[0].freed) < e.rto()) {
		return nil // what comes late could not be told
	}
	if len(e.free) > 0 && (now.Sub(e.free[0].freed) > quarantine || e.ports >= e.portsAllowed()) {
		p := e.free[0]
		e.free = e.free[1:]
		return p
	}
	if e.ports >= e.portsAllowed() {
		return nil
	}
	// Of two ports one hears who answers from elsewhere, and the other is told that
	// the target's is closed.
	conn, err := e.dial(netip.Addr{}, e.elsewhere || e.ports%2 == 1)
	if err != nil {
		if e.spare(); len(e.free) > 0 {
			p := e.free[0]
			e.free = e.free[1:]
			return p
		}
		if e.ports == 0 {
			e.failure = err
		}
		return nil
	}
	_ = conn.SetReadBuffer(1 << 16) // the system's own is good as well
	e.ports++
	p := &port{e: e, conn: conn}
	go p.receive(conn)
	return p
}

// close closes all ports.
func (e *engine) close() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.watcher != nil {
		e.watcher.Close()
	}
	for _, list := range [...][]*port{e.free, e.waiting, e.ready} {
		for _, p := range list {
			p.conn.Close()
		}
	}
}

// begin gives a port a job.
func (e *engine) begin(p *port, j *job) {
	p.job, p.n, p.attempt = j, 0, 0
	j.tries++
	e.transmit(p)
}

// transmit sends the port's step, stamped anew.
func (e *engine) transmit(p *port) {
	if p.answered || p.attempt > 0 || p.n > 0 {
		p.remember()
	}
	now := e.now()
	p.step = p.job.next(p.job, p.n, now, p.buf[:0])
	if k := &p.step.k; cap(k.Packet) > cap(p.buf) {
		p.buf = k.Packet[:0]
	}
	if p.n < maxSteps {
		p.job.ids[p.n] = p.step.k.Identification
	}
	e.pace()
	e.number++
	e.stats.sent++
	if p.attempt > 0 {
		e.stats.resent++
	}
	e.log[e.number%logged] = logEntry{e.number, p.job}
	if !e.asked.After(e.lastHeard) {
		e.asked = time.Now()
	}
	p.number, p.sent, p.waits, p.answered, p.last = e.number, time.Now(), true, false, p.last[:0]
	p.expires = p.sent.Add(min(e.rto()<<p.attempt, max(e.timeout, e.rto())))
	p.at = len(e.waiting)
	e.waiting = append(e.waiting, p)
	if e.a.behind != nil {
		p.rebind(p.step.k.HomeAddress)
	}
	if _, again := p.late(p.key()); again || e.elsewhere && !p.conn.open {
		// What is answered twice would be taken for the answer to what has the same
		// Identification.
		p.reopen(p.local())
	}
	e.a.leaves(p.conn, p.job, p.n, &p.step.k, p.sent)
	err := p.conn.send(p.step.k.Packet)
	if errors.Is(err, syscall.ECONNREFUSED) {
		// The system tells it of an earlier datagram, and has not sent this.
		e.refused = true
		err = p.conn.send(p.step.k.Packet)
	}
	if err != nil && !passing(err) {
		e.failure = fmt.Errorf("cannot send: %w", err)
	}
	if p.step.burst && p.step.more {
		e.settle(p)
		p.answered, p.n = true, p.n+1 // what comes is late
		e.ready = append(e.ready, p)
	}
}

// passing reports whether the next datagram may be sent although one was not: the target's
// port is closed or its machine is gone, which is found out by who misses an answer, or this
// one is too long or one too many.
func passing(err error) bool {
	for _, e := range [...]error{syscall.ECONNREFUSED, syscall.EHOSTUNREACH, syscall.EHOSTDOWN, syscall.EMSGSIZE, syscall.ENOBUFS} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

// settle takes the port from those that wait.
func (e *engine) settle(p *port) {
	if !p.waits {
		return
	}
	p.waits = false
	last := len(e.waiting) - 1
	e.waiting[p.at] = e.waiting[last]
	e.waiting[p.at].at = p.at
	e.waiting = e.waiting[:last]
}

// release lets the next job have the port.
func (e *engine) release(p *port, now time.Time) {
	e.settle(p)
	p.freed = now
	p.remember()
	if e.mostPorts > 0 && e.ports > e.mostPorts {
		p.conn.Close()
		e.ports--
		return
	}
	e.free = append(e.free, p)
}

func (e *engine) signal() {
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

// refuse notes that the target's port is closed.
func (e *engine) refuse() {
	e.mu.Lock()
	e.refused = true
	e.mu.Unlock()
	e.signal()
}

// arrived takes a datagram from the target, or from who answers for it.
func (e *engine) arrived(p *port, b []byte, from netip.AddrPort, now time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	defer e.signal()
	key, reply := keyOf(b)
	mine := false
	if p.job != nil {
		current := p.key()
		if current.home == 0 {
			key.home = 0 // was assigned
		}
		mine = reply && key.home == current.home && key.low == current.low
	}
	if from.Addr() != p.conn.to.Addr() && !mine {
		return // others may send what they like
	}
	e.elsewhere = e.elsewhere || from != p.conn.to
	e.stats.heard++
	e.lastHeard = now
	e.a.capture(p.conn.LocalAddr(), from, false, b, now)
	if p.job == nil {
		e.stray(p, b, "sends what answers nothing")
		return
	}
	if h := e.a.behind; !mine && reply && h != nil && h.strange(key, b) {
		return
	}
	if !mine && reply {
		if sent, ok := p.late(key); ok {
			e.stats.late++
			e.observe(now.Sub(sent.at))
			return
		}
	}
	switch {
	case mine && p.step.burst:
		e.stats.late++ // nothing waits for it
		return
	case p.answered && p.again(b):
		e.stats.duplicates++
		return
	case p.answered:
		e.stray(p, b, answersTwice)
		return
	case !mine && !p.waits:
		e.stray(p, b, "sends what answers nothing")
		return
	}
	p.answered, p.last = true, append(p.last[:0], b...)
	rtt := now.Sub(p.sent)
	e.observe(rtt)
	e.outlived = max(e.outlived, p.number)
	e.grow()
	waited := p.waits
	e.settle(p)
	v := e.a.judge(&p.step, b)
	e.a.misplaced(&v, from)
	e.a.book.judged(p.job, p.n, &p.step.k, p.last, rtt, v)
	if !waited {
		return // too late for what follows, but not for the verdict
	}
	if p.job.part == partSequences && slices.ContainsFunc(v.Violations, func(x fuzz.Violation) bool {
		return x.Rank == fuzz.Unauthentic || x.Rank == fuzz.Forbidden
	}) {
		p.step.more = false // what follows would be judged by what should have been
	}
	e.proceed(p, b, now)
}

// proceed goes on behind an answered step.
func (e *engine) proceed(p *port, answer []byte, now time.Time) {
	switch {
	case p.step.more && (!p.step.needed || accepted(answer)):
		p.n, p.attempt = p.n+1, 0
		e.ready = append(e.ready, p)
		return
	case p.step.more:
		e.a.book.unjudged(p.job, "what must be accepted first was denied")
		e.stats.unknown++
	}
	e.done(p, now)
}

// done counts the port's job, unless it is a probe, and lets the next have the port.
func (e *engine) done(p *port, now time.Time) {
	if p.job.part != partProbe {
		e.stats.jobs++
	}
	e.release(p, now)
}

// accepted reports whether a datagram accepts a request.
func accepted(b []byte) bool {
	var r mipv4.Reply
	return len(b) >= mipv4.TypeReply.FixedLength() && r.Parse(b[:mipv4.TypeReply.FixedLength()]) == nil && r.Code.Accepted()
}

// stray books what answers nothing.
func (e *engine) stray(p *port, b []byte, text string) {
	e.stats.strays++
	if e.a.learned.misidentifies {
		return // it is late, and cannot be told from others
	}
	e.a.book.stray(p.job, p.n, &p.step.k, b, text)
}

// expire sees to those that waited long enough.
func (e *engine) expire(now time.Time) {
	for i := 0; i < len(e.waiting); {
		p := e.waiting[i]
		if now.Before(p.expires) {
			i++
			continue
		}
		e.settle(p) // puts another one here
		e.silence(p, now)
	}
}

// silence sees to a step that was not answered.
func (e *engine) silence(p *port, now time.Time) {
	probe := p.job.part == partProbe
	matters := p.step.needed || !p.step.k.Allowed.Silence || probe
	if probe {
		e.stats.probesLost++
	}
	if matters {
		e.shrink(now)
	} else if e.shrunk.IsZero() {
		e.grow() // silence that conforms holds nothing up
	}
	limit := patience
	if !matters {
		limit = 1 + e.doubts(p.step.sure)
	}
	if p.attempt+1 < limit {
		p.attempt++
		if probe {
			e.stats.probes++
		}
		if p.n == 0 || matters {
			e.ready = append(e.ready, p)
			return
		}
	}
	switch {
	case probe:
		// Whether the target lives is found out by who misses it.
	case p.step.needed:
		e.a.book.unjudged(p.job, "what must be accepted first was not answered")
		e.stats.unknown++
	case matters && e.a.blind:
		e.a.book.unjudged(p.job, "nothing is taken from silence")
		e.stats.unknown++
	case matters && !e.lastHeard.After(p.sent.Add(-time.Duration(patience)*e.timeout)):
		e.a.book.unjudged(p.job, "nothing was heard of the target")
		e.stats.unknown++
	default:
		if !matters {
			e.stats.silent++
		}
		e.a.book.judged(p.job, p.n, &p.step.k, nil, 0, e.a.judge(&p.step, nil))
	}
	if p.step.more && !p.step.needed {
		p.n, p.attempt = p.n+1, 0
		e.ready = append(e.ready, p)
		return
	}
	e.done(p, now)
}

// doubts is how often silence that conforms is doubted: where datagrams are lost,
// until one in a thousand is believed wrongly, of a sweep whose every case counts, or
// one in fifty.
func (e *engine) doubts(sure bool) int {
	p := e.lossRate()
	if p == 0 {
		return 0
	}
	want := 0.02
	if sure {
		want = 0.001
	}
	return max(0, min(patience, int(math.Ceil(math.Log(want)/math.Log(p)))-1))
}

// lossRate is the share of probes that were lost.
func (e *engine) lossRate() float64 {
	if e.stats.probes == 0 || e.stats.probesLost == 0 {
		return 0
	}
	return min(0.9, float64(e.stats.probesLost)/float64(e.stats.probes))
}

// heardAny reports whether anything was ever heard of the target.
func (e *engine) heardAny() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.stats.heard > 0
}

// count changes the counters, which the progress line reads meanwhile.
func (e *engine) count(change func(*stats)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	change(&e.stats)
}

// lossy reports whether probes were lost.
func (e *engine) lossy() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.lossRate() > 0.02
}

// shrink makes the window smaller, once a round trip.
func (e *engine) shrink(now time.Time) {
	if now.Sub(e.shrunk) > e.rto() {
		e.window, e.shrunk = max(minWindow, e.window*0.7), now
	}
}

// room is how many datagrams may be sent now: those that wait longer than answers
// take do not count.
func (e *engine) room(now time.Time) int {
	young, usual := 0, max(minRTO, e.srtt+e.srtt/4+4*e.rvar)
	if e.srtt < 0 {
		usual = e.rto()
	}
	for _, p := range e.waiting {
		if now.Sub(p.sent) < usual {
			young++
		}
	}
	n := min(int(e.window)-young, atOnce)
	if e.rate > 0 {
		if e.paced.IsZero() || now.Sub(e.paced) > time.Second {
			e.paced = now.Add(-time.Duration(float64(time.Second) / e.rate))
		}
		n = min(n, int(now.Sub(e.paced).Seconds()*e.rate))
	}
	return n
}

// pace counts a datagram against the rate.
func (e *engine) pace() {
	if e.rate > 0 {
		e.paced = e.paced.Add(time.Duration(float64(time.Second) / e.rate))
	}
}

// run sends the jobs of a source until it has no more and all are answered or
// passed over in silence.
func (e *engine) run(ctx context.Context, source func() *job) error {
	started := time.Now()
	defer func() { e.count(func(s *stats) { s.exchanging += time.Since(started) }) }()
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	exhausted := false
	var scanned time.Time
	e.mu.Lock()
	if e.lastHeard.IsZero() {
		e.lastHeard = started
	}
	if e.fastest > 2*minRTO {
		e.window = max(e.window, narrow, e.widest()/4)
	}
	e.mu.Unlock()
	for {
		if ctx.Err() != nil {
			return errInterrupted
		}
		e.mu.Lock()
		now := time.Now()
		if e.failure != nil {
			err := e.failure
			e.mu.Unlock()
			return err
		}
		if e.suspicious(now) {
			e.mu.Unlock()
			if err := e.a.examine(ctx); err != nil {
				return err
			}
			continue
		}
		if now.Sub(scanned) >= time.Millisecond {
			if e.a.complains() {
				e.mu.Unlock()
				if err := e.a.looksInto(ctx); err != nil {
					return err
				}
				continue
			}
			scanned = now
			e.expire(now)
			e.watch(now)
		}
		for n := e.room(now); n > 0; n-- {
			if len(e.ready) > 0 {
				p := e.ready[0]
				e.ready = e.ready[1:]
				e.transmit(p)
				continue
			}
			j := e.pick(source, &exhausted)
			if j == nil {
				break
			}
			p := e.take(now)
			if p == nil {
				e.retry = append(e.retry, j)
				break
			}
			e.begin(p, j)
		}
		done := exhausted && len(e.retry) == 0 && len(e.waiting) == 0 && len(e.ready) == 0
		e.mu.Unlock()
		if done {
			if e.a.process == nil || exhausted && e.a.quietens() {
				return nil
			}
			continue
		}
		timer.Reset(time.Millisecond)
		select {
		case <-e.wake:
		case <-timer.C:
		case <-ctx.Done():
		case <-e.a.died():
		}
	}
}

// pick returns the next job: one that has to be done again, a probe, or the
// source's.
func (e *engine) pick(source func() *job, exhausted *bool) *job {
	for len(e.retry) > 0 {
		j := e.retry[0]
		e.retry = e.retry[1:]
		if e.a.deadly[j.name] < killsPerMutation {
			return j
		}
		e.a.book.unjudged(j, "it kills the target")
		e.stats.unknown++
	}
	if e.a.probes && e.sinceProbe >= probeEvery && !*exhausted {
		e.sinceProbe = 0
		e.stats.probes++
		return e.a.probeJob()
	}
	if *exhausted {
		return nil
	}
	j := source()
	if j == nil {
		*exhausted = true
		return nil
	}
	e.sinceProbe++
	return j
}

// watch sends a plain request from a connected socket now and then where answers come from
// elsewhere, so that only open ones hear them: what it is told of is a closed port.
func (e *engine) watch(now time.Time) {
	every := 5 * time.Millisecond
	if e.rate > 0 {
		every = max(every, time.Duration(4*float64(time.Second)/e.rate)) // a quarter of the rate
	}
	if !e.elsewhere || now.Sub(e.watched) < every {
		return
	}
	e.watched = now
	if e.watcher == nil {
		conn, err := e.dial(netip.Addr{}, false)
		if err != nil {
			return // a death is seen by silence then
		}
		e.watcher = conn
		go func() {
			for buf := make([]byte, longestAnswer); ; {
				switch n, from, err := conn.receive(buf); {
				case err == nil:
					e.a.capture(conn.LocalAddr(), from, false, buf[:n], time.Now())
				case errors.Is(err, net.ErrClosed):
					return
				case isRefused(err):
					e.refuse()
				}
			}
		}()
	}
	k := e.a.plain(e.a.probeHome(), e.now(), nil)
	e.stats.sent++
	e.pace()
	e.a.leaves(e.watcher, asideJob(&k), 0, &k, now)
	e.refused = isRefused(e.watcher.send(k.Packet)) || e.refused
}

// aside counts a packet that is sent beside those of the window, and returns the moment that
// it is made for and how long an answer may take.
func (e *engine) aside() (now time.Time, wait time.Duration) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.stats.sent++
	return e.now(), e.rto()
}

// suspicious reports whether the target may be dead: its port was said to be closed,
// it has ended, or nothing was heard for long although it was asked.
func (e *engine) suspicious(now time.Time) bool {
	if e.refused || e.a.ended() {
		return true
	}
	if e.a.blind || len(e.waiting) == 0 && len(e.ready) == 0 {
		return false
	}
	return e.asked.After(e.lastHeard) && now.Sub(e.asked) > max(3*e.rto(), 60*time.Millisecond)
}

// suspects returns the jobs whose datagrams the target has not been seen to outlive,
// in the order of sending, and takes all jobs from their ports. Answers may have overtaken
// slack others.
func (e *engine) suspects(slack uint64) (list, unfinished []*job) {
	seen := map[*job]bool{}
	from := uint64(1)
	if e.outlived > slack {
		from = e.outlived - slack
	}
	if e.number >= logged {
		from = max(from, e.number-logged+1)
	}
	for n := from; n <= e.number; n++ {
		if l := e.log[n%logged]; l.number == n && !seen[l.job] && l.job.part != partProbe {
			seen[l.job] = true
			list = append(list, l.job)
		}
	}
	now := time.Now()
	for _, ports := range [...]*[]*port{&e.waiting, &e.ready} {
		for _, p := range *ports {
			if p.job.part != partProbe {
				unfinished = append(unfinished, p.job)
			}
			p.waits, p.freed = false, now
			p.remember()
			e.free = append(e.free, p)
		}
		*ports = nil
	}
	return list, unfinished
}
