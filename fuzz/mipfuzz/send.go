package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/fuzz"
)

// registrationPort is that of Mobile IPv4 registration (RFC 5944 §3).
const registrationPort = "434"

// sending is what the flags of send say.
type sending struct {
	o         *options
	to        string
	lab       bool
	timeout   time.Duration
	rate      float64
	json      bool
	keep      string
	blind     bool
	exec      string
	pcap      string
	ignore    string
	failOn    string
	parts     string
	chosen    []part // by parts
	noLearn   bool
	maxDeaths int
	minimize  bool
	homePort  uint
}

func (s *sending) define() {
	f := s.o.flags
	f.StringVar(&s.to, "to", "", "the target's `address`, with a port unless it is 434")
	f.BoolVar(&s.lab, "lab", false, "attack an address that is not loopback: a laboratory of your own")
	f.DurationVar(&s.timeout, "timeout", time.Second, "how long to wait for an answer at most")
	f.Float64Var(&s.rate, "rate", 0, "datagrams of the parts a second at most; 0 for as many as the target takes")
	f.BoolVar(&s.json, "json", false, "print one JSON object a line")
	f.StringVar(&s.keep, "keep", "", "the `directory` for the packets of findings")
	f.BoolVar(&s.blind, "blind", false, "take nothing from silence, and send although nothing is heard")
	f.StringVar(&s.exec, "exec", "", "the `command` that starts the target, in the foreground, and again when it has died")
	f.StringVar(&s.pcap, "pcap", "", "the `file` to capture all datagrams to")
	f.StringVar(&s.ignore, "ignore", "", "the `groups` that are not reported, with commas between them")
	f.StringVar(&s.failOn, "fail-on", "silence", "the least `rank` with which the exit status is 1")
	f.StringVar(&s.parts, "parts", "", "of sweeps, sequences, havoc and cases, with commas between them; -from and -count count those of the last")
	f.BoolVar(&s.noLearn, "no-learn", false, "do not learn what the target takes")
	f.IntVar(&s.maxDeaths, "max-deaths", 64, "after how many deaths to end")
	f.UintVar(&s.homePort, "home-port", 434, "the `port` of the home agent that is played behind a foreign agent")
	f.BoolVar(&s.minimize, "minimize", true, "look for the smallest packet of each finding")
}

func send(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s := &sending{o: newOptions("send", 1000, code.MNtoHA, stdout)}
	s.define()
	s.o.limitFlags()
	if err := s.o.parse(args, ""); err != nil {
		return err
	}
	a, r, failOn, err := s.prepare(stdout, stderr)
	if err != nil {
		return err
	}
	defer a.close(stderr)
	findings, err := a.attack(ctx, s, r)
	if err != nil && !errors.Is(err, errDead) {
		return err
	}
	return verdictOf(findings, failOn, a.engine.heardAny())
}

// verdictOf is the error that the exit status follows from.
func verdictOf(findings []finding, failOn fuzz.Rank, heard bool) error {
	if !heard {
		return errUnheard
	}
	if slices.ContainsFunc(findings, func(f finding) bool {
		rank, err := fuzz.ParseRank(f.Rank)
		return err == nil && rank <= failOn
	}) {
		return errFindings
	}
	return nil
}

// prepare makes the attack that the flags say.
func (s *sending) prepare(stdout, stderr io.Writer) (*attack, *reporting, fuzz.Rank, error) {
	o := s.o
	failOn, err := fuzz.ParseRank(s.failOn)
	switch {
	case err != nil:
		return nil, nil, 0, fmt.Errorf("-fail-on: %w", err)
	case !o.setup.Situation.Leg.Request():
		return nil, nil, 0, errors.New("-leg is mn-ha, mn-fa or fa-ha: replies are answered by nobody; mipfuzz serve sends them")
	case s.to == "":
		return nil, nil, 0, errors.New("-to is needed: the target's address")
	case !(0 <= s.rate && s.rate <= 1e6) || s.timeout <= 0:
		return nil, nil, 0, errors.New("-rate is 0 to 1000000, -timeout above 0")
	case s.homePort < 1 || s.homePort > math.MaxUint16:
		return nil, nil, 0, errors.New("-home-port is 1 to 65535")
	}
	if s.chosen, err = partsOf(s.parts, o.from); err != nil {
		return nil, nil, 0, err
	}
	to, err := resolve(s.to, s.lab)
	if err != nil {
		return nil, nil, 0, fmt.Errorf("-to: %w", err)
	}
	if err := useAddresses(&o.setup, to); err != nil {
		return nil, nil, 0, err
	}
	c, err := fuzz.New(o.setup)
	if err != nil {
		return nil, nil, 0, err
	}
	a := &attack{o: o, setup: c.Setup(), campaign: c, book: newBook(), blind: s.blind, maxDeaths: s.maxDeaths, deadly: map[string]int{}, registersFirst: true}
	a.learned.usual, a.learned.denial = o.usual(), noCode
	a.engine = newEngine(a, to, s.timeout, s.rate)
	if err := a.open(s); err != nil {
		a.close(stderr)
		return nil, nil, 0, err
	}
	return a, s.reporting(stdout, stderr), failOn, nil
}

// reporting is what the flags say about results.
func (s *sending) reporting(stdout, stderr io.Writer) *reporting {
	r := &reporting{json: s.json, keep: s.keep, stdout: stdout, stderr: stderr, ignored: map[string]bool{}}
	for _, g := range strings.Split(s.ignore, ",") {
		r.ignored[g] = true
	}
	return r
}

// open opens what is sent to and written to besides the target, and starts that.
func (a *attack) open(s *sending) error {
	if s.pcap != "" {
		f, err := os.Create(s.pcap)
		if err != nil {
			return err
		}
		a.pcap = newPcap(f)
	}
	if a.campaign.Target() == code.ForeignAgent && !s.blind {
		var err error
		if a.behind, err = newBehind(a, uint16(s.homePort)); err != nil {
			return fmt.Errorf("the home agent behind the foreign agent cannot be played at -home-agent and -home-port (-blind leaves it out): %w", err)
		}
	}
	if s.exec != "" {
		a.process = &process{line: s.exec}
		if err := a.process.start(); err != nil {
			return errors.New("-exec: the command cannot be started")
		}
	}
	return nil
}

// close closes what open opened, and the ports.
func (a *attack) close(stderr io.Writer) {
	a.engine.close()
	if a.behind != nil {
		a.behind.conn.Close()
	}
	if a.process != nil {
		a.process.stop()
	}
	if a.pcap != nil {
		if err := a.pcap.close(); err != nil {
			fmt.Fprintln(stderr, "mipfuzz: the capture is not complete:", err)
		}
	}
}

// attack learns, sends everything, minimizes and reports.
func (a *attack) attack(ctx context.Context, s *sending, r *reporting) ([]finding, error) {
	err := a.exchangeAll(ctx, s, r)
	if err != nil && a.over == "" {
		a.over = err.Error()
	}
	groups := a.book.merged()
	if s.minimize && err == nil && a.engine.heardAny() {
		a.minimize(ctx, groups)
	}
	findings, failed := a.finish(r, groups)
	if failed != nil {
		return findings, failed
	}
	return findings, err
}

func (a *attack) exchangeAll(ctx context.Context, s *sending, r *reporting) error {
	if a.process != nil {
		a.awaitStart(ctx)
	}
	if !s.noLearn {
		if err := a.learn(ctx); err != nil {
			return err
		}
		if !a.probes && !a.blind {
			return nil
		}
	} else {
		a.probes = true
	}
	source := a.source(s.chosen)
	stop := a.progress(r)
	defer stop()
	if a.complains() {
		a.process.complained()
		a.recover(ctx) // it says so again of what comes
	}
	return a.engine.run(ctx, source)
}

// awaitStart waits until the target that was started answers, or has had its time.
func (a *attack) awaitStart(ctx context.Context) {
	for end := time.Now().Add(revival); time.Now().Before(end) && ctx.Err() == nil; {
		if a.ended() {
			return
		}
		// As often as it takes to hear who answers from elsewhere, too.
		x, err := a.ask(ctx, bothSockets, 50*time.Millisecond, func(now time.Time) fuzz.Case { return a.plain(a.probeHome(), now, nil) })
		if err != nil || x.answer != nil {
			return
		}
		if x.refused {
			time.Sleep(5 * time.Millisecond)
		} else if time.Until(end) < revival-time.Second {
			return // it is there, and silent
		}
	}
}

// allParts are those of a campaign that is not told which, in their order.
var allParts = []part{partSweeps, partSequences, partHavoc, partCases}

// partsOf reads the words of -parts.
func partsOf(words string, from uint64) ([]part, error) {
	switch {
	case words == "" && from > 0:
		return []part{partHavoc, partCases}, nil // the others are the same in every shard
	case words == "":
		return allParts, nil
	}
	var parts []part
	for _, w := range strings.Split(words, ",") {
		if !slices.Contains(allParts, part(w)) {
			return nil, errors.New("-parts is of sweeps, sequences, havoc and cases")
		}
		parts = append(parts, part(w))
	}
	return parts, nil
}

// source returns what yields the jobs of all parts, one after the other. -from and -count
// are of the last.
func (a *attack) source(parts []part) func() *job {
	var sources []func() *job
	for i, p := range parts {
		from, count := uint64(0), ^uint64(0)
		if i == len(parts)-1 {
			from, count = a.o.from, a.o.count
		}
		sources = append(sources, a.partSource(p, from, count))
	}
	return func() *job {
		for len(sources) > 0 {
			if j := sources[0](); j != nil {
				return j
			}
			sources = sources[1:]
		}
		return nil
	}
}

// partSource yields the jobs of one part.
func (a *attack) partSource(p part, from, count uint64) func() *job {
	switch p {
	case partSweeps:
		return a.listed(a.sweeps(), from, count)
	case partSequences:
		return a.listed(a.sequences(), from, count)
	case partHavoc:
		if count == ^uint64(0) {
			from, count = a.o.from, min(a.o.count/4, havocShare)
		}
		return a.counted(from, count, a.havocJob)
	}
	return a.counted(from, count, a.caseJob)
}

func (a *attack) listed(jobs []*job, from, count uint64) func() *job {
	for i, j := range jobs {
		j.index = uint64(i)
	}
	jobs = jobs[min(from, uint64(len(jobs))):]
	jobs = jobs[:min(count, uint64(len(jobs)))]
	return func() *job {
		for len(jobs) > 0 {
			j := jobs[0]
			jobs = jobs[1:]
			if a.deadly[j.name] < killsPerMutation {
				return j
			}
		}
		return nil
	}
}

func (a *attack) counted(from, count uint64, make func(uint64) *job) func() *job {
	n := uint64(0)
	campaign, mutations := a.campaign, a.campaign.Mutations()
	return func() *job {
		if campaign != a.campaign { // something is avoided since then
			campaign, mutations = a.campaign, a.campaign.Mutations()
		}
		for n < count {
			i := from + n
			n++
			if len(a.deadly) > 0 && a.deadly[mutations[i%uint64(len(mutations))].Name] >= killsPerMutation {
				continue
			}
			if j := make(i); a.deadly[j.name] < killsPerMutation {
				return j
			}
		}
		return nil
	}
}

// resolve finds the target, which must be loopback outside a laboratory.
func resolve(to string, lab bool) (*net.UDPAddr, error) {
	if _, _, err := net.SplitHostPort(to); err != nil {
		to = net.JoinHostPort(to, registrationPort)
	}
	address, err := net.ResolveUDPAddr("udp4", to)
	if err != nil {
		return nil, errors.New("no IPv4 address, or no port, that can be found")
	}
	if !address.IP.IsLoopback() && !lab {
		return nil, fmt.Errorf("%v is not a loopback address: -lab says that it is a laboratory of your own", address.IP)
	}
	return address, nil
}

// useAddresses takes the addresses that are not given from a connection to the
// target.
func useAddresses(s *fuzz.Setup, to *net.UDPAddr) error {
	conn, err := net.DialUDP("udp4", nil, to)
	if err != nil {
		return err
	}
	defer conn.Close()
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
		take(&s.HomeAgent, conn.LocalAddr())
	}
	return nil
}
