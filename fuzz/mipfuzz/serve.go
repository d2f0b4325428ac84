package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// server plays a home agent: it judges the requests of a mobile node or a foreign agent,
// answers each with a reply of the campaign, and sees by what comes next what became
// of it.
type server struct {
	a        *attack
	conn     *net.UDPConn
	patience time.Duration
	next     uint64
	end      uint64
	last     mipv4.Identification // of the requests that were judged
	from     netip.AddrPort       // where the last came from
}

// servedReply is a reply whose effect is awaited.
type servedReply struct {
	j       *job
	k       fuzz.Case
	planted bool
	request []byte
	sent    time.Time
}

func serve(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o := newOptions("serve", 200, code.HAtoMN, stdout)
	f := o.flags
	s := &sending{o: o, failOn: "silence"}
	listen := f.String("listen", "", "the `address` to play a home agent at, with a port unless it is 434")
	f.BoolVar(&s.lab, "lab", false, "listen at an address that is not loopback: a laboratory of your own")
	patience := f.Duration("patience", 3*time.Second, "after how long without another request a reply counts as taken")
	wait := f.Duration("wait", 30*time.Second, "how long to wait for a request at most")
	f.BoolVar(&s.json, "json", false, "print one JSON object a line")
	f.StringVar(&s.keep, "keep", "", "the `directory` for the packets of findings")
	f.StringVar(&s.exec, "exec", "", "the `command` that starts the target, in the foreground, and again when a reply was taken or it has died")
	f.StringVar(&s.pcap, "pcap", "", "the `file` to capture all datagrams to")
	f.StringVar(&s.ignore, "ignore", "", "the `groups` that are not reported, with commas between them")
	f.StringVar(&s.failOn, "fail-on", "silence", "the least `rank` with which the exit status is 1")
	if err := o.parse(args, ""); err != nil {
		return err
	}
	failOn, err := fuzz.ParseRank(s.failOn)
	leg := o.setup.Situation.Leg
	switch {
	case err != nil:
		return fmt.Errorf("-fail-on: %w", err)
	case leg != code.HAtoMN && leg != code.HAtoFA:
		return errors.New("-leg is ha-mn or ha-fa: what a home agent sends")
	case *listen == "":
		return errors.New("-listen is needed: where to play a home agent")
	case *patience <= 0 || *wait <= 0:
		return errors.New("-patience and -wait are above 0")
	}
	at, err := resolve(*listen, s.lab)
	if err != nil {
		return fmt.Errorf("-listen: %w", err)
	}
	if !o.setup.HomeAgent.IsValid() {
		o.setup.HomeAgent = at.AddrPort().Addr().Unmap()
	}
	replies, err := fuzz.New(o.setup)
	if err != nil {
		return err
	}
	requests := replies.Setup()
	requests.Situation.Leg = leg.Reverse()
	c, err := fuzz.New(requests)
	if err != nil {
		return err
	}
	conn, err := net.ListenUDP("udp4", at)
	if err != nil {
		return err
	}
	defer conn.Close()
	at = conn.LocalAddr().(*net.UDPAddr)
	a := &attack{o: o, setup: c.Setup(), campaign: c, replies: replies, book: newBook(), deadly: map[string]int{}}
	a.learned.usual, a.learned.denial = usual{lifetime: ordinaryLifetime}, noCode
	a.engine = newEngine(a, at, *patience, 0)
	defer a.close(stderr)
	if err := a.open(s); err != nil {
		return err
	}
	srv := &server{a: a, conn: conn, patience: *patience, next: o.from, end: o.from + o.count}
	r := s.reporting(stdout, stderr)
	stop := a.progress(r)
	started := time.Now()
	err = srv.run(ctx, *wait)
	stop()
	a.engine.stats.exchanging = time.Since(started)
	if err != nil {
		a.over = err.Error()
	}
	findings, failed := a.finish(r, a.book.merged())
	if err = errors.Join(err, failed); err != nil {
		return err
	}
	return verdictOf(findings, failOn, a.engine.heardAny())
}

// run answers requests until all cases are done, or no request comes any more.
func (s *server) run(ctx context.Context, wait time.Duration) error {
	stop := context.AfterFunc(ctx, func() { s.conn.SetReadDeadline(time.Now()) })
	defer stop()
	buf := make([]byte, 1<<16)
	var pending *servedReply
	until := time.Now().Add(wait)
	idle := 0 // lives of the target that ended since it asked last
	for s.next < s.end || pending != nil {
		deadline := until
		if pending != nil {
			deadline = pending.sent.Add(s.patience)
		}
		if d := time.Now().Add(50 * time.Millisecond); s.a.process != nil && d.Before(deadline) {
			deadline = d // to see its end
		}
		_ = s.conn.SetReadDeadline(deadline)
		n, from, err := s.conn.ReadFromUDPAddrPort(buf)
		if ctx.Err() != nil {
			return errInterrupted
		}
		now := time.Now()
		if s.a.complains() {
			for _, text := range s.a.process.complained() {
				s.a.process.heardOf(text)
				s.blame(livesOn+text, true, pending)
			}
		}
		if err != nil {
			switch {
			case s.a.ended():
				idle++
				s.died(pending)
			case pending != nil && now.After(pending.sent.Add(s.patience)):
				s.settled(pending, true)
			case now.After(until):
				return nil
			default:
				continue
			}
			pending, until = nil, now.Add(wait)
			switch {
			case s.next >= s.end:
				return nil
			case idle >= idleLives:
				s.a.over = "the target ends before it asks anything"
				return nil
			case s.a.process != nil: // who has what it wanted asks no more
				if err := s.restart(); err != nil {
					s.a.over = "the target cannot be started again"
					return nil
				}
			}
			continue
		}
		idle = 0
		s.a.engine.count(func(c *stats) { c.heard++ })
		s.capture(from, false, buf[:n], now)
		request := append([]byte{}, buf[:n]...)
		r, ok := s.judge(request, now)
		if !ok {
			continue
		}
		switch {
		case pending == nil:
		case now.Sub(pending.sent) < s.patience/10:
			s.a.book.unjudged(pending.j, "the request may have crossed the reply")
			s.a.engine.count(func(c *stats) { c.unknown++ })
		default:
			s.settled(pending, false)
		}
		if s.next >= s.end {
			return nil
		}
		s.from = from
		pending = s.reply(&r, request, from, now)
		until = now.Add(wait)
	}
	return nil
}

// idleLives is after how many lives of the target that ended since it asked last serve ends.
const idleLives = 3

func (s *server) restart() error {
	s.a.process.stop()
	s.a.engine.count(func(c *stats) { c.restarts++ })
	return s.a.process.start()
}

func (s *server) capture(peer netip.AddrPort, sent bool, b []byte, at time.Time) {
	if p := s.a.pcap; p != nil {
		p.between(s.a.engine.to.AddrPort(), peer, sent, b, at)
	}
}

// judge judges a request, and returns it when it can be answered.
func (s *server) judge(b []byte, now time.Time) (mipv4.Request, bool) {
	j := &job{part: partCases, index: s.next, name: "request"}
	k := s.a.campaign.CaseOf("request", b, now)
	wrong := func(rank fuzz.Rank, text string, f *code.Fault) {
		if f.Breaks() == code.Must || f.Breaks() == code.Should {
			g := fuzz.Verdict{Seen: "a request", Violations: []fuzz.Violation{{Rank: rank, Text: text + f.Text(), Source: f.Source(), Should: f.Breaks() == code.Should}}}
			s.a.book.judged(j, 0, &k, b, 0, g)
		}
	}
	r, err := mipv4.ParseRequest(b)
	if err != nil {
		wrong(fuzz.Answer, "sends what is malformed: ", err.(*code.Fault))
		return r, false
	}
	situation := s.a.setup.Situation
	situation.Implements, situation.ImplementsVendor = nil, nil
	seen := map[*code.Fault]bool{}
	for v := range situation.Request(&r) {
		if v.Fault == nil || seen[v.Fault] {
			continue
		}
		seen[v.Fault] = true
		rank := fuzz.Answer
		if strings.Contains(v.Fault.Text(), "uthenti") || strings.Contains(v.Fault.Text(), "authoriz") {
			rank = fuzz.Unsigned
		}
		wrong(rank, "the request is wrong: ", v.Fault)
	}
	for _, kind := range [...]ext.Kind{ext.KindMobileHomeAuth, ext.KindForeignHomeAuth} {
		association, ok := associationOf(&s.a.setup, kind)
		if a, err := r.Extensions.Auth(kind); ok && err == nil {
			if _, err := association.Verify(a); err != nil {
				wrong(fuzz.Unsigned, "the request is wrong: ", err.(*code.Fault))
			}
		}
	}
	if r.Identification == s.last {
		s.a.book.judged(j, 0, &k, b, 0, fuzz.Verdict{Seen: "a request", Violations: []fuzz.Violation{{
			Rank: fuzz.Answer, Text: "sends an Identification again", Source: "RFC 5944 §3.6.3, §5.7",
		}}})
	}
	s.last = r.Identification
	return r, true
}

// reply sends the next reply of the campaign that goes with a request.
func (s *server) reply(r *mipv4.Request, request []byte, to netip.AddrPort, now time.Time) *servedReply {
	p := &servedReply{request: request, sent: now}
	for range 64 { // others do not go with it
		index := s.next
		p.k, p.planted = s.a.replies.ReplyTo(index, r, now, nil)
		// What a denial was taken for is not seen, since another request follows both
		// ways: another case of the mutation may accept.
		for round := uint64(1); round <= 16 && p.planted && s.tells(&p.k) && !accepted(p.k.Packet); round++ {
			i := s.next + round*uint64(len(s.a.replies.Mutations()))
			if k, planted := s.a.replies.ReplyTo(i, r, now, nil); planted && accepted(k.Packet) {
				p.k, index = k, i
			}
		}
		p.j = &job{part: partCases, index: index, name: p.k.Mutation.Name}
		s.next++
		if p.planted || s.next >= s.end {
			break
		}
	}
	if !p.planted {
		p.k = fuzz.Case{Packet: s.a.reply(r, code.RegistrationAccepted), Mutation: &fuzz.Mutation{Name: "plain-reply"}, Clock: now}
		p.j.name = "plain-reply"
	}
	s.a.engine.count(func(c *stats) {
		c.sent++
		c.jobs++
	})
	s.capture(to, true, p.k.Packet, now)
	_, _ = s.conn.WriteToUDPAddrPort(p.k.Packet, to) // who does not get it asks again
	p.sent = time.Now()
	return p
}

// tells reports whether a reply must not be taken.
func (s *server) tells(k *fuzz.Case) bool {
	f, role := k.Mutation.Fault, s.a.replies.Target()
	return f != nil && f.Breaks() == code.Must && f.Reaction(role).Action() == code.Discard && f.Reaction(role).Strength() == code.Required
}

// settled judges what became of a reply: it was taken when no other request has
// come.
func (s *server) settled(p *servedReply, taken bool) {
	v := fuzz.Verdict{Seen: "the request is sent again"}
	if taken {
		v.Seen = "the reply is taken"
	}
	k := p.k
	k.Packet = p.request
	role := s.a.replies.Target()
	f := p.k.Mutation.Fault
	accepts := accepted(p.k.Packet)
	switch {
	case f == nil && accepts && !taken && role == code.MobileNode:
		v.Violations = []fuzz.Violation{{Rank: fuzz.Silence, Text: "does not take a reply that is right", Source: "RFC 5944 §3.6.2"}}
	case taken && accepts && s.tells(&p.k):
		rank := fuzz.Forbidden
		if p.k.Mutation.Class == fuzz.Authentication || !s.a.authenticReply(p.k.Packet) || f == mipv4.ErrOtherIdentification || f == mipv4.ErrOtherHomeAddress {
			rank = fuzz.Unauthentic
		}
		v.Violations = []fuzz.Violation{{Rank: rank, Text: "takes a reply that must be discarded", Source: f.Source()}}
	}
	s.a.book.judged(p.j, 0, &k, p.k.Packet, time.Since(p.sent), v)
}

// authenticReply reports whether a reply's Mobile-Home Authentication is good.
func (a *attack) authenticReply(b []byte) bool {
	r, err := mipv4.ParseReply(b)
	if err != nil {
		return false
	}
	auth, err := r.Extensions.Auth(mobileHome)
	if err != nil {
		return false
	}
	_, err = a.setup.MobileHome.Verify(auth)
	return err == nil
}

// died books that the target died of a reply.
func (s *server) died(p *servedReply) {
	how, said := s.a.process.death()
	if how == "exit status 0" {
		if p != nil {
			s.settled(p, true)
		}
		return // it has what it wanted
	}
	s.a.engine.count(func(c *stats) { c.deaths++ })
	s.blame(deathOf(how, said), recognizable(how, said), p)
}

// blame books what the target did of a reply.
func (s *server) blame(violation string, known bool, p *servedReply) {
	trigger, ev := "nothing that was sent", (*evidence)(nil)
	if p != nil {
		trigger = "a reply with nothing wrong (" + p.k.Mutation.Name + ")"
		if f := p.k.Mutation.Fault; f != nil {
			trigger = "a reply: " + f.Text()
		}
		ev = &evidence{job: p.j, packet: p.k.Packet, answer: p.request, clock: p.sent}
	}
	section := "RFC 5944 §3.6.2"
	if s.a.replies.Target() == code.ForeignAgent {
		section = "RFC 5944 §3.7.3"
	}
	s.a.book.died(violation, section, trigger, known, ev)
}
