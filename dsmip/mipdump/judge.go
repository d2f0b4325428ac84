package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/netip"
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

// judgeOther judges a message that is no registration, with the one that it answers, nil
// for none, where its type travels: between two foreign agents or routers, or on the hop.
// Which way it went there its type does not always say; then it went the way in which fewer
// MUSTs are broken.
func (d *dumper) judgeOther(m *message, v, asked mipv4.Message) {
	if !d.judges(m) {
		return
	}
	best, least := rules.Situation(d.judge), -1
	for _, leg := range [...]code.Leg{best.Leg, best.Leg.Reverse(), 0} {
		s := rules.Situation(d.judge)
		s.Leg = leg
		if err := s.CheckMessage(v, asked); err == error(rules.ErrMessageLeg) || err == error(code.ErrLeg) {
			continue
		}
		n := 0
		for v := range s.Message(v, asked) {
			if v.Fault != nil && v.Fault.Breaks() == code.Must {
				n++
			}
		}
		if least < 0 || n < least {
			best, least = s, n
		}
	}
	for v := range best.Message(v, asked) {
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

// maxAsked bounds how many messages are remembered, and maxAskedOctets how long they are
// together: one has up to 65,507 octets.
const (
	maxAsked       = 1 << 16
	maxAskedOctets = 1 << 26
)

// askedKey is what an answer names a message by: the type, and the low half of the
// Identification (RFC 5944 §5.7, RFC 4857 §10.2, RFC 4881 §4.6, RFC 4988 §5.2, RFC 6098
// §7.1), or the Revocation Identifier and, since many bindings may be revoked at once, the
// Home Address (RFC 3543 §3.5).
type askedKey struct {
	of   mipv4.MessageType
	id   uint32
	home netip.Addr // of a revocation
}

// asked remembers the messages that have gone by and are answered, the newest of each key.
// A test of return routability is named by all that it is compared by, its cookie, and is
// not among them.
type asked struct {
	newer, older map[askedKey]mipv4.Message
	octets       int // of those that have come in as newer
}

func (q *asked) remember(m mipv4.Message) {
	k, ok := keyOf(m)
	if !ok {
		return
	}
	octets := bytes.Clone(m.List().Message())
	c, err := mipv4.Parse(octets)
	if err != nil {
		return
	}
	if q.newer == nil || len(q.newer) == maxAsked/2 || q.octets > maxAskedOctets/2 {
		q.newer, q.older, q.octets = make(map[askedKey]mipv4.Message), q.newer, 0
	}
	q.newer[k] = c
	q.octets += len(octets)
}

// of returns the message that another answers, nil when it has not gone by.
func (q *asked) of(answer mipv4.Message) mipv4.Message {
	k, ok := answers(answer)
	if !ok {
		return nil
	}
	for _, all := range []map[askedKey]mipv4.Message{q.newer, q.older} {
		if m, ok := all[k]; ok {
			return m
		}
	}
	return nil
}

// request returns the request that a reply answers, nil when it has not gone by.
func (q *asked) request(r *mipv4.Reply) *mipv4.Request {
	if m, ok := q.of(*r).(mipv4.Request); ok {
		return &m
	}
	return nil
}

// keyOf returns what an answer names a message by; false for one that none does.
func keyOf(m mipv4.Message) (askedKey, bool) {
	k := askedKey{of: m.MessageType()}
	switch m := m.(type) {
	case mipv4.Request:
		k.id = m.Identification.Low()
	case mipv4.Revocation:
		k.id, k.home = m.RevocationIdentifier, m.HomeAddress
	case mipv4.HandoffRequest:
		k.id = m.Identification.Low()
	case mipv4.RegionalRequest:
		k.id = m.Identification.Low()
	case mipv4.FastBindingUpdate:
		k.id = m.Identification.Low()
	case mipv4.Notification:
		k.id = m.Identification.Low()
	default:
		return askedKey{}, false
	}
	return k, true
}

// answers returns what a message names the one by that it answers; false for one that
// answers none.
func answers(m mipv4.Message) (askedKey, bool) {
	switch m := m.(type) {
	case mipv4.Reply:
		return askedKey{of: mipv4.TypeRequest, id: m.Identification.Low()}, true
	case mipv4.RevocationAcknowledgment:
		return askedKey{mipv4.TypeRevocation, m.RevocationIdentifier, m.HomeAddress}, true
	case mipv4.HandoffReply:
		return askedKey{of: mipv4.TypeHandoffRequest, id: m.Identification.Low()}, true
	case mipv4.RegionalReply:
		return askedKey{of: mipv4.TypeRegionalRequest, id: m.Identification.Low()}, true
	case mipv4.FastBindingAck:
		return askedKey{of: mipv4.TypeFastBindingUpdate, id: m.Identification.Low()}, true
	case mipv4.NotificationAck:
		return askedKey{of: mipv4.TypeNotification, id: m.Identification.Low()}, true
	}
	return askedKey{}, false
}
