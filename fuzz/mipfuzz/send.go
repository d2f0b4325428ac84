package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// port is that of Mobile IPv4 registration (RFC 5944 §3).
const port = "434"

// attack is a running campaign.
type attack struct {
	o        *options
	campaign *fuzz.Campaign
	exchange *exchange
	report   *report
	blind    bool
	// impatient is true when home addresses come again within the second in
	// which a foreign agent need deny a node only once (RFC 5944 §3.7.2).
	impatient bool
	probes    atomic.Uint64
	probed    time.Time // when the last was sent; under probing, but for the first
	// probing is held while it is found out whether the target lives: no case is
	// begun then.
	probing sync.Mutex
	stop    context.CancelFunc
}

func send(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	o := newOptions("send", 1000, stdout)
	to := o.flags.String("to", "", "the target's `address`, with a port unless it is 434")
	lab := o.flags.Bool("lab", false, "attack an address that is not loopback: a laboratory of your own")
	timeout := o.flags.Duration("timeout", time.Second, "how long to wait for an answer")
	rate := o.flags.Float64("rate", 100, "cases a second")
	asJSON := o.flags.Bool("json", false, "print one JSON object a line")
	keep := o.flags.String("keep", "mipfuzz-findings", "the `directory` for the packets of findings")
	blind := o.flags.Bool("blind", false, "send although the known-good request is not answered")
	if err := o.parse(args, ""); err != nil {
		return err
	}
	switch {
	case !o.setup.Situation.Leg.Request():
		return errors.New("-leg is mn-ha, mn-fa or fa-ha: replies are answered by nobody")
	case *to == "":
		return errors.New("-to is needed: the target's address")
	case !(*rate >= 1e-6) || *rate > 1e6 || *timeout <= 0:
		return errors.New("-rate is 0.000001 to 1000000, -timeout above 0")
	}
	conn, err := dial(*to, *lab)
	if err != nil {
		return err
	}
	defer conn.Close()
	useAddresses(&o.setup, conn)
	c, err := fuzz.New(o.setup)
	if err != nil {
		return err
	}

	interrupted := ctx
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	a := &attack{
		o:         o,
		campaign:  c,
		exchange:  newExchange(conn, *timeout),
		report:    newReport(o, c, *keep, *asJSON, stdout, stderr),
		blind:     *blind,
		impatient: c.Target() == code.ForeignAgent && float64(c.HomeAddresses()) < *rate,
		stop:      stop,
	}
	go a.exchange.receive()
	if err := a.greet(ctx); err != nil {
		return err
	}
	finished := a.report.progress()
	a.cases(ctx, *rate)
	a.alive(ctx, a.exchange.last()) // the last case may have been the one
	finished()
	return a.report.finish(a.exchange.strays.Load(), interrupted.Err())
}

// dial connects to the target, which must be loopback outside a laboratory.
func dial(to string, lab bool) (*net.UDPConn, error) {
	if _, _, err := net.SplitHostPort(to); err != nil {
		to = net.JoinHostPort(to, port)
	}
	address, err := net.ResolveUDPAddr("udp4", to)
	if err != nil {
		return nil, errors.New("-to has no IPv4 address, or no port, that can be found")
	}
	if !address.IP.IsLoopback() && !lab {
		return nil, fmt.Errorf("%v is not a loopback address: -lab says that it is a laboratory of your own", address.IP)
	}
	return net.DialUDP("udp4", nil, address)
}

// useAddresses takes the addresses that are not given from the connection.
func useAddresses(s *fuzz.Setup, conn *net.UDPConn) {
	take := func(have *netip.Addr, from net.Addr) {
		if a, err := netip.ParseAddrPort(from.String()); err == nil && !have.IsValid() && a.Addr().Is4() {
			*have = a.Addr()
		}
	}
	if s.Situation.Leg.Receiver() == code.HomeAgent {
		take(&s.HomeAgent, conn.RemoteAddr())
		take(&s.CareOfAddress, conn.LocalAddr())
	} else {
		take(&s.CareOfAddress, conn.RemoteAddr())
	}
}

// denials is how far apart the denials of a foreign agent to one node are at least
// (RFC 5944 §3.7.2), and a little more.
const denials = 1100 * time.Millisecond

// probe sends a known-good request, again when it is not answered, and returns
// the last that was sent and the answer. It gives up when nothing at all was heard
// three times: a target that is still answering what came before has not come to
// the request yet.
func (a *attack) probe(ctx context.Context) (c *fuzz.Case, answer []byte, err error) {
	for quiet := 0; quiet < 3; quiet++ {
		before := a.exchange.heard.Load()
		if a.campaign.Target() == code.ForeignAgent && !sleep(ctx, time.Until(a.probed.Add(denials))) {
			return nil, nil, ctx.Err()
		}
		w, err := a.exchange.send(func(now time.Time) *fuzz.Case {
			k := a.campaign.Probe(a.probes.Add(1), now, nil)
			a.probed, c = now, &k
			return c
		})
		if err != nil {
			return nil, nil, err
		}
		if answer, err = a.exchange.await(ctx, w); answer != nil || err != nil {
			return c, answer, err
		}
		if a.exchange.heard.Load() != before {
			quiet = -1
		}
	}
	return c, nil, nil
}

// sleep waits, and returns false when it is interrupted.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// greet makes sure, before anything is made of silence, that the target answers
// and accepts what is right.
func (a *attack) greet(ctx context.Context) error {
	if a.blind {
		return nil
	}
	c, answer, err := a.probe(ctx)
	if err != nil {
		return err
	}
	if answer == nil {
		return errors.New("the target does not answer a known-good request; is it there, and a foreign agent's home agent behind it? (-blind sends all the same)")
	}
	if v := a.campaign.Judge(c, answer); v.Violation != "" {
		return fmt.Errorf("the target answers a known-good request with %s: %s (%s); are -spi, -key, -home-agent and -homes right? (-blind sends all the same)",
			v.Seen, v.Violation, v.Source)
	}
	if r, err := mipv4.ParseReply(answer); err == nil && !r.Code.Accepted() {
		fmt.Fprintf(a.report.stderr, "mipfuzz: the target denies a known-good request with Code %d (%v); are -homes and -home-agent its own?\n", r.Code, r.Code)
	}
	return nil
}

// outstanding bounds the cases that wait for their answers at a time.
const outstanding = 4096

// cases sends them all and waits for the answers.
func (a *attack) cases(ctx context.Context, rate float64) {
	slots := make(chan []byte, outstanding)
	for range min(uint64(outstanding), a.o.count) {
		slots <- nil // buffers grow as they are used
	}
	var all sync.WaitGroup
	defer all.Wait()
	start := time.Now()
	for n := range a.o.count {
		due := start.Add(time.Duration(float64(n) / rate * float64(time.Second)))
		if !sleep(ctx, time.Until(due)) {
			return
		}
		if a.exchange.refused.Swap(false) && !a.alive(ctx, a.exchange.last()) {
			return
		}
		select {
		case buf := <-slots:
			a.probing.Lock()
			all.Add(1)
			go func() {
				defer all.Done()
				a.one(ctx, a.o.from+n, &buf)
				slots <- buf
			}()
			a.probing.Unlock()
		case <-ctx.Done():
			return
		}
	}
}

// one sends a case and judges the answer. Where silence is a violation the case
// is sent again, since UDP loses datagrams.
func (a *attack) one(ctx context.Context, i uint64, buf *[]byte) {
	for attempt := 0; ; attempt++ {
		var c fuzz.Case
		answer, ok := a.exchanged(ctx, func(now time.Time) *fuzz.Case {
			c = a.campaign.CaseAt(i, now, (*buf)[:0])
			if cap(c.Packet) > cap(*buf) {
				*buf = c.Packet[:0]
			}
			if c.Before == nil {
				return &c
			}
			return &fuzz.Case{Index: i, Mutation: c.Mutation, Packet: c.Before, HomeAddress: c.HomeAddress, Identification: c.Last}
		})
		if ok && c.Before != nil {
			if r, err := mipv4.ParseReply(answer); err != nil || !r.Code.Accepted() {
				if attempt == 0 {
					continue
				}
				a.report.unjudged(&c)
				return
			}
			answer, ok = a.exchanged(ctx, func(time.Time) *fuzz.Case { return &c })
		}
		if !ok {
			return
		}
		v := a.campaign.Judge(&c, answer)
		if answer == nil && v.Violation != "" {
			if attempt == 0 {
				continue
			}
			if a.impatient {
				v = fuzz.Verdict{Seen: v.Seen}
			}
		}
		a.report.judged(&c, answer != nil, v)
		return
	}
}

// exchanged sends a packet and returns the answer, nil for none, and false when
// the attack is over.
func (a *attack) exchanged(ctx context.Context, at func(now time.Time) *fuzz.Case) ([]byte, bool) {
	w, err := a.exchange.send(at)
	if err != nil {
		a.report.failed(err)
		a.stop()
		return nil, false
	}
	a.report.sent(w.c, w.number)
	answer, err := a.exchange.await(ctx, w)
	if err != nil || answer == nil && !a.alive(ctx, w.number) {
		return nil, false
	}
	a.report.survived(w.c)
	return answer, true
}

// alive reports whether the target has outlived a datagram: it answered something
// sent later, or answers a probe. When it does not, the attack is over.
func (a *attack) alive(ctx context.Context, number uint64) bool {
	if a.blind {
		return true
	}
	a.probing.Lock()
	defer a.probing.Unlock()
	if ctx.Err() != nil {
		return false
	}
	if a.exchange.outlived(number) {
		return true
	}
	_, answer, err := a.probe(ctx)
	if answer != nil {
		return true
	}
	if err == nil && ctx.Err() == nil {
		a.report.crashed(a.exchange.refused.Load(), a.exchange.outlived)
		a.stop()
	}
	return false
}

// onTerminal reports whether somebody watches the writer.
func onTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
