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
	campaign *fuzz.Campaign
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
	over           string // why the campaign ended before its end
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

// capture writes a datagram to the file of -pcap.
func (a *attack) capture(local net.Addr, sent bool, b []byte, at time.Time) {
	if a.pcap != nil {
		a.pcap.datagram(local, a.engine.to, sent, b, at)
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
	rtt     time.Duration
	refused bool
}

// ask sends packets from a port of their own until one is answered, at most tries times, and
// waits for each a time that doubles. A packet is stamped anew each time.
func (a *attack) ask(ctx context.Context, tries int, wait time.Duration, build func(now time.Time) fuzz.Case) (x exchange, err error) {
	return a.askFrom(ctx, netip.Addr{}, tries, wait, build)
}

func (a *attack) askFrom(ctx context.Context, from netip.Addr, tries int, wait time.Duration, build func(now time.Time) fuzz.Case) (x exchange, err error) {
	conn, err := a.engine.dial(from)
	if err != nil {
		return x, err
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.SetReadDeadline(time.Now()) })
	defer stop()
	buf := make([]byte, longestAnswer)
	var sent []fuzz.Case
	var times []time.Time
	for range tries {
		if ctx.Err() != nil {
			return x, errInterrupted
		}
		a.engine.mu.Lock()
		now := a.engine.now()
		a.engine.stats.sent++
		a.engine.mu.Unlock()
		x.k = build(now)
		sent = append(sent, x.k)
		start := time.Now()
		times = append(times, start)
		if a.behind != nil {
			a.behind.expect(&job{part: partProbe, name: "probe"}, 0, &x.k)
		}
		a.capture(conn.LocalAddr(), true, x.k.Packet, start)
		if _, err := conn.Write(x.k.Packet); err != nil {
			if _, err = conn.Write(x.k.Packet); err != nil {
				x.refused = isRefused(err)
			}
		}
		_ = conn.SetReadDeadline(start.Add(wait)) // an interrupt is seen at the latest then
		for {
			n, err := conn.Read(buf)
			if err != nil {
				if isRefused(err) {
					x.refused = true
					return x, nil
				}
				break
			}
			a.capture(conn.LocalAddr(), false, buf[:n], time.Now())
			x.answer, x.refused = append([]byte{}, buf[:n]...), false
			for i := range sent {
				if sent[i].Answers(x.answer) {
					x.k, start = sent[i], times[i]
				}
			}
			x.rtt = time.Since(start)
			a.engine.hear(start)
			return x, nil
		}
		wait = min(2*wait, max(wait, a.engine.timeout))
	}
	return x, nil
}

// hear notes that the target lives.
func (e *engine) hear(sent time.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := time.Now()
	e.lastHeard = now
	e.stats.heard++
	e.observe(now.Sub(sent))
}
