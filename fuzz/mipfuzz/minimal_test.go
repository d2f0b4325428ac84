package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/fuzz"
)

// TestMinimal: of nearly all packets that are reported no extension and no octet of one
// can be left out, or the target does not fail any more. What is left out here is
// taken from the packet by another program than that which minimized it: the octets of
// the extension are found by its Length.
func TestMinimal(t *testing.T) {
	if testing.Short() {
		t.Skip("runs many agents")
	}
	tried, minimal := 0, 0
	for _, d := range seededDefects {
		if d.rank == "crash" || d.rank == "silence" || d.spec.Leg != "" || len(d.flags) > 0 {
			continue
		}
		s := d.spec
		s.Defects = []string{d.defect}
		r := attackOf(t, s, "-count", "1000")
		for _, f := range r.findings {
			if f.Rank != d.rank || f.Minimal == "" {
				continue
			}
			b, err := hex.DecodeString(f.Minimal)
			if err != nil {
				t.Fatal(err)
			}
			tried++
			if smaller := stillFails(t, s, f, b); smaller == nil {
				minimal++
			} else {
				t.Logf("%s, %s: %x fails as %x does", d.defect, f.Violation, smaller, b)
			}
		}
	}
	if tried < 20 || minimal*10 < tried*9 {
		t.Errorf("%d of %d packets are minimal", minimal, tried)
	}
}

// TestMinimalSequence: what takes several packets is reported with all of them and no more,
// each made smaller.
func TestMinimalSequence(t *testing.T) {
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
			patiently(t, func() string {
				r := attackOf(t, agentSpec{Defects: []string{d.defect}}, "-count", "2000")
				if len(r.findings) == 0 || r.findings[0].Rank != d.rank {
					return fmt.Sprintf("status %d, %d findings", r.status, len(r.findings))
				}
				f := r.findings[0]
				if f.Note != "" || len(f.Case.Sequence) != d.n || f.Minimal != f.Case.Sequence[d.n-1] || len(f.Minimal) != 2*d.last {
					return fmt.Sprintf("%s, part %s, %s, minimal %s of %q", f.Violation, f.Case.Part, f.Note, f.Minimal, f.Case.Sequence)
				}
				home := func(packet string) string { return packet[8:16] }
				for _, p := range f.Case.Sequence {
					if same := home(p) == home(f.Minimal); p != f.Minimal && same != (d.rank != "forbidden") {
						return fmt.Sprintf("other homes: %q", f.Case.Sequence)
					}
				}
				return ""
			})
		})
	}
}

// stillFails returns a packet with something left out for which the target still does
// what the finding says, nil for none.
func stillFails(t *testing.T, s agentSpec, f finding, b []byte) []byte {
	t.Helper()
	s.Listen, s.Leg, s.Profile = freePort(t), "mn-ha", "draft06"
	p := &process{line: s.command()}
	if err := p.start(); err != nil {
		t.Fatal(err)
	}
	defer p.stop()
	to, err := net.ResolveUDPAddr("udp4", s.Listen)
	if err != nil {
		t.Fatal(err)
	}
	key, err := association("256", "hmac-md5", testKey)
	if err != nil {
		t.Fatal(err)
	}
	setup := fuzz.Setup{MobileHome: key, HomeAgent: to.AddrPort().Addr().Unmap(), CareOfAddress: to.AddrPort().Addr().Unmap()}
	setup.Situation = rules.Situation{Leg: code.MNtoHA, Profile: dsmip.Draft06, ForeignHome: rules.None, MobileForeign: rules.None}
	c, err := fuzz.New(setup)
	if err != nil {
		t.Fatal(err)
	}
	a := &attack{o: &options{setup: setup}, setup: c.Setup(), campaign: c, book: newBook(), deadly: map[string]int{}}
	a.learned.usual = usual{lifetime: ordinaryLifetime}
	a.engine = newEngine(a, to, time.Second, 0)
	defer a.engine.close()
	ctx := context.Background()
	for range 100 {
		if x, err := a.hail(ctx, 1); err == nil && (x.answer != nil || !x.refused) {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	for _, smaller := range lessens(b) {
		now := time.Now()
		u := templateOf(&a.setup, smaller, madeAt(smaller, now))
		x, err := a.ask(ctx, 1, 30*time.Millisecond, func(now time.Time) fuzz.Case {
			return a.campaign.CaseOf("smaller", u.build(&a.setup, now, a.random(), nil), now)
		})
		if err != nil {
			t.Fatal(err)
		}
		if x.answer == nil {
			continue
		}
		for _, v := range a.campaign.Judge(&x.k, x.answer).Violations {
			if v.Rank.String() == f.Rank && v.Text == f.Violation {
				return smaller
			}
		}
	}
	return nil
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
		if b[at] != 32 {
			all = append(all, append(append([]byte{}, b[:at]...), b[end:]...))
			if b[at] != 0 && b[at] != 38 && b[at] != 36 && b[at+1] > 0 {
				c := append(append([]byte{}, b[:end-1]...), b[end:]...)
				c[at+1]--
				all = append(all, c)
			}
		}
		at = end
	}
	return all
}
