package main

import (
	"time"

	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
)

// havocShare bounds the havoc of a campaign by its number of cases.
const havocShare = 20000

// havocJob returns a job that sends a case of the campaign with some octets of its
// extensions changed, added and left out at random, and signed all the same: for
// faults of memory, and of what trusts an authenticator to have checked the rest.
func (a *attack) havocJob(index uint64) *job {
	return &job{part: partHavoc, index: index, name: "havoc", trigger: "random octets below a valid authenticator", next: a.havocStep}
}

func (a *attack) havocStep(j *job, _ int, now time.Time, buf []byte) step {
	// Conforming cases come every eighth: any other is as good to start from.
	k := a.campaign.CaseAt(j.index, now, buf)
	t := templateOf(&a.setup, k.Packet, now)
	random := a.o.setup.Seed*0x9e3779b97f4a7c15 ^ (j.index+1)*0xbf58476d1ce4e5b9
	draw := func(n int) int {
		random ^= random << 13
		random ^= random >> 7
		random ^= random << 17
		return int(random % uint64(n))
	}
	if t.raw == nil {
		t.ahead = 0
		t.havoc(&a.setup, draw)
	}
	packet := t.build(&a.setup, now, a.random(), k.Packet[:0])
	return step{k: a.campaign.CaseOf("havoc", packet, now)}
}

// havoc spoils extensions that are not signed, and mends those that are.
func (t *template) havoc(s *fuzz.Setup, draw func(n int) int) {
	var loose []int
	signed := false
	for i := range t.parts {
		p := &t.parts[i]
		if p.signs != 0 {
			p.flip, p.cut, p.grown = nil, 0, nil
			signed = signed || p.signs == mobileHome
			continue
		}
		loose = append(loose, i)
	}
	t.tail = nil
	if !signed {
		t.parts = append(t.parts, templatePart{signs: mobileHome})
		if _, ok := associationOf(s, ext.KindForeignHomeAuth); ok {
			// A signature of the leg's last would have to move behind it.
			for i := len(t.parts) - 1; i > 0 && t.parts[i-1].signs != 0; i-- {
				t.parts[i-1], t.parts[i] = t.parts[i], t.parts[i-1]
			}
		}
	}
	if len(loose) == 0 {
		x := extension(unknownSkippable, byte(draw(256)), byte(draw(256)), byte(draw(256)))
		t.parts = append([]templatePart{{octets: x}}, t.parts...)
		loose = []int{0}
	}
	for range 1 + draw(4) {
		p := &t.parts[loose[draw(len(loose))]]
		b := append([]byte{}, p.octets...)
		at := 0
		if len(b) > 0 {
			at = draw(len(b))
		}
		switch n := draw(6); {
		case len(b) == 0 || n == 0:
			b = append(b, byte(draw(256)))
		case n == 1:
			b[at] = byte(draw(256))
		case n == 2:
			b[at] ^= 1 << draw(8)
		case n == 3:
			b[at] = [...]byte{0, 0xff, 0x7f, 0x80, 1, 0xfe}[draw(6)]
		case n == 4:
			b = append(b[:at], b[at+1:]...)
		default:
			b = append(b[:at:at], append([]byte{byte(draw(256))}, b[at:]...)...)
		}
		p.octets = b
	}
}
