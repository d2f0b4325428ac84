package main

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// hop is what messages are judged by; by nothing but their layout while it has no
// leg. The leg names a hop: messages are judged by the direction in which they
// travel.
type hop rules.Situation

func (h *hop) setLeg(word string) (err error) {
	if h.Leg, err = code.ParseLeg(word); err != nil {
		return errors.New(code.ErrLeg.Text())
	}
	return nil
}

func (h *hop) setProfile(word string) (err error) {
	h.Profile, err = dsmip.ParseProfile(word)
	return err
}

func (h *hop) setEdition(word string) (err error) {
	h.Edition, err = rules.ParseEdition(word)
	return err
}

// knowledge returns a function that sets what is known, by its word.
func knowledge(known *rules.Knowledge, shared string) func(string) error {
	return func(word string) error {
		switch word {
		case "unknown":
			*known = rules.Unknown
		case shared:
			*known = rules.Shared
		case "none":
			*known = rules.None
		default:
			return fmt.Errorf("want unknown, %s or none", shared)
		}
		return nil
	}
}

// towards returns the situation of the hop's direction in which requests, or
// replies, travel.
func (h *hop) towards(request bool) rules.Situation {
	s := rules.Situation(*h)
	if s.Leg.Request() != request {
		s.Leg = s.Leg.Reverse()
	}
	return s
}

func (d *dumper) judgeRequest(m *message, r *mipv4.Request) {
	if !d.judges(m) {
		return
	}
	s := d.judge.towards(true)
	for v := range s.Request(r) {
		m.judged(v)
	}
	m.order()
}

func (d *dumper) judgeReply(m *message, r *mipv4.Reply, asked *mipv4.Request) {
	if !d.judges(m) {
		return
	}
	s := d.judge.towards(false)
	for v := range s.Reply(r, asked) {
		m.judged(v)
	}
	m.order()
}

// judgeOther judges a message that is no registration, where its type travels: between two
// foreign agents or routers, or on the hop. Which way it went there its type does not
// always say; then it went the way in which fewer MUSTs are broken.
func (d *dumper) judgeOther(m *message, v mipv4.Message) {
	if !d.judges(m) {
		return
	}
	best, least := rules.Situation(d.judge), -1
	for _, leg := range [...]code.Leg{best.Leg, best.Leg.Reverse(), 0} {
		s := rules.Situation(d.judge)
		s.Leg = leg
		if err := s.CheckMessage(v); err == error(rules.ErrMessageLeg) || err == error(code.ErrLeg) {
			continue
		}
		n := 0
		for v := range s.Message(v) {
			if v.Fault != nil && v.Fault.Breaks() == code.Must {
				n++
			}
		}
		if least < 0 || n < least {
			best, least = s, n
		}
	}
	for v := range best.Message(v) {
		m.judged(v)
	}
	m.order()
}

// judgeAdvertisement judges what an agent advertises. A router that is no mobility agent
// has nothing to be judged.
func (d *dumper) judgeAdvertisement(m *message, a *mipv4.AgentAdvertisement) {
	if !d.judges(m) {
		return
	}
	var s rules.Discovery
	for v := range s.Advertisement(a) {
		if v.Fault != mipv4.ErrNoMobilityAgent {
			m.judged(rules.Verdict{Offset: v.Offset, Fault: v.Fault})
		}
	}
	m.order()
}

// judged adds the fault of a verdict.
func (m *message) judged(v rules.Verdict) {
	if v.Fault != nil {
		m.faults = append(m.faults, fault{v.Offset, v.Fault})
	}
}

// order sorts the faults by their place. What stops a message was told ahead of the
// extension that it is about, and then once more; the second is left out.
func (m *message) order() {
	slices.SortStableFunc(m.faults, func(a, b fault) int { return a.offset - b.offset })
	once, place := m.faults[:0], 0
	for _, f := range m.faults {
		if place < len(once) && once[place].offset != f.offset {
			place = len(once)
		}
		if !slices.Contains(once[place:], f) {
			once = append(once, f)
		}
	}
	m.faults = once
}

// maxAsked bounds how many requests are remembered.
const maxAsked = 1 << 16

// requests remembers the requests that have gone by, the newest of each low half of
// the Identification, by which replies name them (RFC 5944 §5.7).
type requests struct {
	newer, older map[uint32]mipv4.Request
}

func (q *requests) remember(r *mipv4.Request) {
	c, err := mipv4.ParseRequest(bytes.Clone(r.Extensions.Message()))
	if err != nil {
		return
	}
	if q.newer == nil || len(q.newer) == maxAsked/2 {
		q.newer, q.older = make(map[uint32]mipv4.Request), q.newer
	}
	q.newer[r.Identification.Low()] = c
}

// of returns the request that a reply answers, nil when it has not gone by.
func (q *requests) of(r *mipv4.Reply) *mipv4.Request {
	for _, all := range []map[uint32]mipv4.Request{q.newer, q.older} {
		if asked, ok := all[r.Identification.Low()]; ok {
			return &asked
		}
	}
	return nil
}
