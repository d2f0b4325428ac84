package main

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestMinimal: of nearly all packets that are reported no extension and no octet of one
// can be left out, or the target does not fail any more. What is left out here is
// taken from the packet by another program than that which minimized it: the octets of
// the extension are found by its Length. That the packet as it is reported fails is
// seen first.
func TestMinimal(t *testing.T) {
	if testing.Short() {
		t.Skip("runs many agents")
	}
	var tried, minimal atomic.Int32
	t.Run("defects", func(t *testing.T) {
		for _, d := range seededDefects {
			if d.spec.Supervised {
				continue // what it dies of is tried with the one that is started here
			}
			t.Run(d.defect, func(t *testing.T) {
				t.Parallel()
				minimals(t, d, &tried, &minimal)
			})
		}
	})
	t.Logf("%d of %d packets are minimal", minimal.Load(), tried.Load())
	if tried.Load() < 50 || minimal.Load()*10 < tried.Load()*9 {
		t.Errorf("%d of %d packets are minimal", minimal.Load(), tried.Load())
	}
}

// minimals counts the packets that are reported of a defect, and those that are minimal.
func minimals(t *testing.T, d seeded, tried, minimal *atomic.Int32) {
	s := d.spec
	s.Defects = []string{d.defect}
	r := attackOf(t, s, append([]string{"-count", "1000"}, d.flags...)...)
	for _, f := range r.findings {
		if d.defect == "sends strays" {
			continue // which is left to chance
		}
		if f.Rank != d.rank || f.Case == nil || len(f.Case.Sequence) > 0 || f.Violation == answersTwice {
			continue // see TestMinimalSequence; what comes twice is not judged by one answer
		}
		tried.Add(1)
		b, err := hex.DecodeString(f.minimal())
		if err != nil {
			t.Fatalf("%s: %v", f.Violation, err)
		}
		if f.Note != "" && !strings.HasPrefix(f.Violation, livesOn) {
			t.Logf("%s: %s", f.Violation, f.Note)
			continue // it counts as one that could be smaller
		}
		x := newExamined(t, s, slices.Contains(d.flags, "-strict"))
		smaller := lessens(b)
		at := -1
		if atLast(func() bool { return x.fails(f, b) }) {
			at = slices.IndexFunc(smaller, func(c []byte) bool { return x.fails(f, c) })
		} else {
			t.Logf("%s: %x does not fail", f.Violation, b)
			continue
		}
		if at < 0 {
			minimal.Add(1)
		} else {
			t.Logf("%s: %x fails as %x does", f.Violation, smaller[at], b)
		}
	}
}

// TestMinimalSequence: what takes several packets is reported with all of them and no more,
// each made smaller.
func TestMinimalSequence(t *testing.T) {
	t.Parallel()
	for _, d := range []struct {
		defect, rank string
		n            int
		last         int // octets: 24 of the fixed part, 22 of Mobile-Home, 20 of a prefix request of 18, 6 of Mobile-Home without authenticator
	}{
		{"replay from known homes", "unauthentic", 2, 46},
		{"forgets at deregistration", "unauthentic", 3, 46},
		{"shares prefixes", "forbidden", 2, 66},
		{"trusts known homes", "unauthentic", 2, 30},
	} {
		t.Run(d.defect, func(t *testing.T) {
			t.Parallel()
			patiently(t, func() string {
				r := attackOf(t, agentSpec{Defects: []string{d.defect}}, "-count", "2000")
				if len(r.findings) == 0 || r.findings[0].Rank != d.rank {
					return fmt.Sprintf("status %d, %d findings", r.status, len(r.findings))
				}
				f := r.findings[0]
				if f.Note != "" || len(f.Case.Sequence) != d.n || f.minimal() != f.Case.Sequence[d.n-1] || len(f.minimal()) != 2*d.last {
					return fmt.Sprintf("%s, part %s, %s, minimal %s of %q", f.Violation, f.Case.Part, f.Note, f.minimal(), f.Case.Sequence)
				}
				home := func(packet string) string { return packet[8:16] }
				for _, p := range f.Case.Sequence {
					if same := home(p) == home(f.minimal()); p != f.minimal() && same != (d.rank != "forbidden") {
						return fmt.Sprintf("other homes: %q", f.Case.Sequence)
					}
				}
				return ""
			})
		})
	}
}

// examined is an agent that packets are tried with.
type examined struct {
	t *testing.T
	a *attack
}

func newExamined(t *testing.T, s agentSpec, strict bool) *examined {
	t.Helper()
	s.Listen, s.Profile = freePort(t), "draft06"
	setup := fuzz.Setup{Strict: strict}
	setup.Situation = rules.Situation{Leg: code.MNtoHA, Profile: dsmip.Draft06, ForeignHome: rules.None, MobileForeign: rules.None}
	o := newOptions("test", 0, code.MNtoHA, nil)
	setup.Situation.Implements, setup.Situation.ImplementsVendor = o.setup.Situation.Implements, o.setup.Situation.ImplementsVendor
	must := func(c ext.SecurityContext, err error) ext.SecurityContext {
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	setup.MobileHome = must(association("256", "hmac-md5", testKey))
	if s.Leg == "" {
		s.Leg = "mn-ha"
	} else {
		setup.Situation.Leg, setup.Situation.ForeignHome = code.FAtoHA, rules.Shared
		setup.ForeignHome = must(association("2000", "hmac-sha1", testFHKey))
	}
	p := &process{line: s.command()}
	if err := p.start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.stop)
	to, err := net.ResolveUDPAddr("udp4", s.Listen)
	if err != nil {
		t.Fatal(err)
	}
	setup.HomeAgent, setup.CareOfAddress = to.AddrPort().Addr().Unmap(), to.AddrPort().Addr().Unmap()
	c, err := fuzz.New(setup)
	if err != nil {
		t.Fatal(err)
	}
	a := &attack{o: &options{setup: setup}, setup: c.Setup(), campaign: c, book: newBook(), deadly: map[string]int{}, process: p}
	a.learned.usual, a.learned.accepts = usual{lifetime: ordinaryLifetime}, true
	a.engine = newEngine(a, to, time.Second, 0)
	a.engine.elsewhere = true // to hear who answers from there
	t.Cleanup(a.engine.close)
	for range 100 {
		if x, err := a.hail(context.Background(), 1); err == nil && (x.answer != nil || !x.refused) {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	return &examined{t, a}
}

// fails reports whether the agent does with a packet what a finding says.
func (x *examined) fails(f finding, b []byte) bool {
	x.t.Helper()
	ctx, now := context.Background(), time.Now()
	u := templateOf(&x.a.setup, b, madeAt(b, now))
	if f.Rank == "crash" {
		jobs := []*job{x.a.templateJob("smaller", u)}
		if text, ok := strings.CutPrefix(f.Violation, livesOn); ok {
			x.a.revive(ctx)
			return x.a.says(ctx, text, jobs, outputLate)
		}
		return x.a.kills(ctx, jobs)
	}
	e, err := x.a.ask(ctx, 3, 30*time.Millisecond, func(now time.Time) fuzz.Case {
		return x.a.campaign.CaseOf("smaller", x.a.rehome(u, x.a.freshHome()).build(&x.a.setup, now, x.a.random(), nil), now)
	})
	switch {
	case err != nil:
		x.t.Fatal(err)
	case e.answer == nil && f.Rank != "silence":
		return false
	case strings.Contains(f.Violation, "what it must skip"):
		return e.k.Mutation.Fault == nil && !accepted(e.answer)
	case strings.Contains(f.Violation, "all 64 bits"):
		return accepted(e.answer) && e.k.Identification != mipv4.Identification(binary.BigEndian.Uint64(e.answer[12:]))
	case f.Violation == readsNothing:
		return true
	}
	v := x.a.campaign.Judge(&e.k, e.answer)
	if e.answer != nil {
		x.a.misplaced(&v, e.from)
	}
	return slices.ContainsFunc(v.Violations, func(y fuzz.Violation) bool {
		return y.Rank.String() == f.Rank && (y.Text == f.Violation || f.Violation == malformed && strings.HasPrefix(y.Text, malformed))
	})
}

// madeAt is the moment that a packet was made for, where its Identification says so.
func madeAt(b []byte, now time.Time) time.Time {
	if len(b) < requestLength {
		return now
	}
	u := templateOf(&fuzz.Setup{}, b, now)
	if u.ahead.Abs() < time.Hour {
		return now.Add(u.ahead)
	}
	return now
}

// lessens returns the packet without each of its extensions, and with each an octet
// shorter.
func lessens(b []byte) (all [][]byte) {
	const fixed = 24
	for at := fixed; at < len(b); {
		end := at + 1
		if b[at] != 0 {
			if at+1 >= len(b) {
				break
			}
			end = at + 2 + int(b[at+1])
			if b[at] == 38 || b[at] == 36 { // two octets of Length, RFC 3115 §2.1 and RFC 5944 §1.10
				if at+4 > len(b) {
					break
				}
				end = at + 4 + int(b[at+2])<<8 + int(b[at+3])
			}
		}
		if end > len(b) {
			break
		}
		all = append(all, append(append([]byte{}, b[:at]...), b[end:]...))
		if b[at] != 0 && b[at] != 38 && b[at] != 36 && b[at+1] > 0 {
			c := append(append([]byte{}, b[:end-1]...), b[end:]...)
			c[at+1]--
			all = append(all, c)
		}
		at = end
	}
	return all
}

// TestShrinkSpent: where no tries are left nothing is copied any more, however many parts a
// packet has.
func TestShrinkSpent(t *testing.T) {
	whole := &template{head: make([]byte, 16), parts: make([]templatePart, 30000)}
	for i := range whole.parts {
		whole.parts[i].octets = []byte{0}
	}
	end := time.Now().Add(time.Minute)
	n := testing.AllocsPerRun(1, func() {
		if shrink(whole, 3, end, func(*template) bool { return false }) != whole {
			t.Error("what does not fail is taken")
		}
	})
	if n > 1000 {
		t.Errorf("%v allocations", n)
	}
}
