package main

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"sync/atomic"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// attack is what is done to one target.
type attack struct {
	o        *options
	setup    fuzz.Setup
	campaign *fuzz.Campaign // of requests
	replies  *fuzz.Campaign // whose cases are sent; nil where those are requests
	engine   *engine
	book     *book
	process  *process // nil when somebody else starts the target
	pcap     *pcap    // nil for none
	behind   *behind  // nil where the target is no foreign agent
	learned  learned

	blind          bool // nothing is taken from silence
	probes         bool // the plain request is answered
	registersFirst bool
	maxDeaths      int
	deadly         map[string]int // how often a mutation killed the target
	asked          atomic.Uint64  // requests of its own, to tell them apart
	blames         []blame
	relived        *blame        // how the target died when it was last sent again what it dies of
	over           string        // why the campaign ended before its end
	stalls         int           // silence that nothing was found to bring about
	homesUsed      uint64        // by the minimizer
	alsoSaid       []string      // while something else was looked into
	searched       time.Duration // for what the target complains of
}

// usual is what a plain request has that is accepted.
type usual struct {
	set, clear mipv4.Flags
	lifetime   mipv4.Lifetime
	careOf     netip.Addr
	bits       int // of the Identification
}

// ordinaryLifetime is what a plain request asks for.
const ordinaryLifetime mipv4.Lifetime = 1800

// request is what the learner, sweeps and sequences send: a plain request, and what
// differs.
type request struct {
	usual
	home   netip.Addr
	agent  netip.Addr
	ahead  time.Duration // of the time of day
	id     mipv4.Identification
	before [][]byte // extensions in front of Mobile-Home
	behind [][]byte
	aaa    bool // MN-AAA Authentication stands behind Mobile-Home
	bare   bool // without Mobile-Home
}

func (a *attack) usualFlags() mipv4.Flags {
	if a.setup.Situation.Leg == code.MNtoHA {
		return mipv4.FlagDecapsulation
	}
	return 0
}

// compose appends a request, stamped for a moment and signed.
func (a *attack) compose(r *request, now time.Time, b []byte) []byte {
	id := r.id
	if id == 0 {
		id = mipv4.Timestamp(now.Add(r.ahead), a.random())
		if r.bits > 0 && r.bits < 64 {
			id &^= 1<<(64-r.bits) - 1
		}
	}
	agent, careOf := r.agent, r.careOf
	if !agent.IsValid() {
		agent = a.setup.HomeAgent
	}
	if !careOf.IsValid() {
		careOf = a.setup.CareOfAddress
	}
	msg, err := mipv4.Request{
		Flags: (a.usualFlags() | r.set) &^ r.clear, Lifetime: r.lifetime, HomeAddress: r.home, HomeAgent: agent, CareOfAddress: careOf, Identification: id,
	}.AppendBinary(b[len(b):])
	for _, x := range r.before {
		msg = append(msg, x...)
	}
	if !r.bare && err == nil {
		msg, err = a.sign(msg, mobileHome)
	}
	for _, x := range r.behind {
		msg = append(msg, x...)
	}
	if r.aaa && err == nil {
		msg, err = a.sign(msg, mnAAA)
	}
	if err == nil {
		msg, err = a.signLast(msg, r.lifetime)
	}
	if err != nil {
		return b[len(b):] // an association that does not sign was refused by New
	}
	return msg
}

// random returns the low bits of an Identification, others each time.
func (a *attack) random() uint32 { return uint32(a.asked.Add(1) * 2654435761) }

// plain returns the case of a plain request for a home.
func (a *attack) plain(home netip.Addr, now time.Time, buf []byte) fuzz.Case {
	r := request{usual: a.learned.usual, home: home}
	return a.campaign.CaseOf("plain", a.compose(&r, now, buf), now)
}

// probeJob returns the job that finds out whether datagrams are lost.
func (a *attack) probeJob() *job {
	return &job{part: partProbe, name: "probe", next: func(_ *job, _ int, now time.Time, buf []byte) step {
		k := a.plain(a.probeHome(), now, buf)
		k.Mutation.Name = "probe"
		return step{k: k}
	}}
}

// probeHome returns a home address that no case has: there are a few, for probes that
// overtake each other.
func (a *attack) probeHome() netip.Addr { return a.campaign.Home(0) }

// judge is the verdict on an answer to a step.
func (a *attack) judge(s *step, answer []byte) fuzz.Verdict {
	if a.behind != nil && answer != nil {
		if v, ok := a.behind.judgeReply(&s.k, answer); ok {
			return v
		}
	}
	v := a.campaign.Judge(&s.k, answer)
	if !a.learned.accepts && a.learned.denial != noCode && len(answer) > 1 && int(answer[1]) == a.learned.denial {
		// With which it denies plain requests, too.
		v.Violations = slices.DeleteFunc(v.Violations, func(x fuzz.Violation) bool { return x.Rank == fuzz.Code })
	}
	if bits := a.learned.usual.bits; bits > 0 && bits < 64 && s.k.Identification&(1<<(64-bits)-1) != 0 {
		// That it loses these bits has been said.
		v.Violations = slices.DeleteFunc(v.Violations, func(x fuzz.Violation) bool { return misidentified(fuzz.Verdict{Violations: []fuzz.Violation{x}}) })
	}
	if s.check != nil && answer != nil {
		if more := s.check(&s.k, answer); more != nil {
			// Which says better what the Code shows.
			v.Violations = slices.DeleteFunc(v.Violations, func(x fuzz.Violation) bool { return x.Rank == fuzz.Code })
			v.Violations = append(v.Violations, more...)
		}
	}
	return v
}

// leaves sees a step of a job that is about to be sent: who hears what is relayed of it
// expects it, and it is captured.
func (a *attack) leaves(conn *socket, j *job, n int, k *fuzz.Case, at time.Time) {
	if a.behind != nil {
		a.behind.expect(j, n, k)
	}
	a.capture(conn.LocalAddr(), conn.to, true, k.Packet, at)
}

// asideJob is the job of a packet that is sent beside those of the window.
func asideJob(k *fuzz.Case) *job { return &job{part: partProbe, name: k.Mutation.Name} }

// capture writes a datagram to the file of -pcap.
func (a *attack) capture(local net.Addr, peer netip.AddrPort, sent bool, b []byte, at time.Time) {
	if a.pcap != nil {
		a.pcap.datagram(local, peer, sent, b, at)
	}
}

// ended reports whether the target that mipfuzz started has ended.
func (a *attack) ended() bool { return a.process != nil && a.process.ended(0) }

// died is closed when the target that mipfuzz started has ended; nil, which never
// is, when there is none.
func (a *attack) died() <-chan struct{} {
	if a.process == nil {
		return nil
	}
	a.process.mu.Lock()
	defer a.process.mu.Unlock()
	return a.process.exited
}

// exchange is what came of one packet that was sent by itself.
type exchange struct {
	k       fuzz.Case
	answer  []byte // nil for silence
	from    netip.AddrPort
	rtt     time.Duration
	refused bool
}

// bothSockets is how many tries of [attack.ask] use a socket of either kind.
const bothSockets = 3

// ask sends packets from ports of their own until one is answered, at most tries times, and
// waits for each a time that doubles. A packet is stamped anew each time.
func (a *attack) ask(ctx context.Context, tries int, wait time.Duration, build func(now time.Time) fuzz.Case) (x exchange, err error) {
	e := a.engine
	var conns [2]*socket
	defer func() {
		for _, c := range conns {
			if c != nil {
				c.Close()
			}
		}
	}()
	buf := make([]byte, longestAnswer)
	var sent []fuzz.Case
	var times []time.Time
	for i := range tries {
		if ctx.Err() != nil {
			return x, errInterrupted
		}
		// Now and then the other kind of socket is tried: who answers from elsewhere is
		// heard by the one, that nobody is there by the other.
		which := 0
		if i%bothSockets == bothSockets-1 {
			which = 1
		}
		now, _ := e.aside()
		x.k = build(now)
		var from netip.Addr
		if home := x.k.HomeAddress; a.behind != nil && home.IsLoopback() {
			from = home // where a foreign agent may send the reply to
		}
		if conns[which] == nil {
			if conns[which], err = e.dial(from, e.answersElsewhere() != (which == 1)); err != nil {
				return x, err
			}
		}
		conn := conns[which]
		sent = append(sent, x.k)
		start := time.Now()
		times = append(times, start)
		a.leaves(conn, asideJob(&x.k), 0, &x.k, start)
		if conn.send(x.k.Packet) != nil {
			if err := conn.send(x.k.Packet); err != nil {
				x.refused = isRefused(err)
			}
		}
		if a.hearken(ctx, conn, start.Add(wait), buf, sent, times, &x) || x.refused {
			return x, nil
		}
		wait = min(2*wait, max(wait, e.timeout))
	}
	return x, nil
}

// hearken waits for an answer to one of some requests, and notes it.
func (a *attack) hearken(ctx context.Context, conn *socket, until time.Time, buf []byte, sent []fuzz.Case, times []time.Time, x *exchange) bool {
	stop := context.AfterFunc(ctx, func() { conn.SetReadDeadline(time.Now()) })
	defer stop()
	_ = conn.SetReadDeadline(until) // an interrupt is seen at the latest then
	for {
		n, from, err := conn.receive(buf)
		if err != nil {
			x.refused = x.refused || isRefused(err)
			return false
		}
		at, mine := len(sent)-1, false
		for i := range sent {
			if sent[i].Answers(buf[:n]) {
				at, mine = i, true
			}
		}
		if from.Addr() != conn.to.Addr() && !mine {
			continue // others may send what they like
		}
		a.capture(conn.LocalAddr(), from, false, buf[:n], time.Now())
		x.answer, x.from, x.refused = append([]byte{}, buf[:n]...), from, false
		x.k, x.rtt = sent[at], time.Since(times[at])
		a.engine.hear(times[at], from != conn.to)
		return true
	}
}

// answersElsewhere reports whether answers come from another port or address than that of
// the target.
func (e *engine) answersElsewhere() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.elsewhere
}

// hear notes that the target lives.
func (e *engine) hear(sent time.Time, elsewhere bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.elsewhere = e.elsewhere || elsewhere
	now := time.Now()
	e.lastHeard = now
	e.stats.heard++
	e.observe(now.Sub(sent))
}
