package rules_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// otherMessages are messages of every type, right and wrong.
var otherMessages = []string{
	referenceHead + mobileHome, "03 00 0708 c000020a c0000201 " + identifier,
	dataIPv4, "04 06 0001",
	byHome + homeString + agentHome, byHome + nai + padding + vendor + critical + unassigned + agentHome + agentHome + homeString,
	acknowledgment + agentHome, acknowledgment + homeString,
	handoffSource + ethernet + agentAgent, handoffThird + ethernet,
	replyTarget + agentAgent, replyThird,
	regionalRequest + mobileGFA + mobileAgent, regionalZero + homeString + agentHome,
	regionalReply + mobileGFA, regionalReply + hierarchical,
	fastUpdate + mobilePAR, fastUpdate,
	fastAck + mobilePAR, fastAck,
	"16 00" + notifyFields + homeString + mobileHome + agentHome, "16 06" + notifyFields + nai + unassigned,
	"17 01" + notifyAckFields + agentHome, "17 02" + notifyAckFields,
	homeTestInit, careOfTestInit, homeTest, careOfTest + nai,
	"ff 0102",
}

// TestMessageZeroAllocations: no message is copied to the heap on any leg, whether it is
// given as it is or as a Message.
func TestMessageZeroAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	for _, hex := range otherMessages {
		m := parseMessage(t, hex)
		for leg := code.Leg(0); leg <= code.FAtoMN; leg++ {
			s := rules.Situation{Leg: leg, Profile: dsmip.RFC5454, ForeignHome: rules.Shared}
			if n := allocations(func() { sink.err = s.CheckMessage(m, nil) }); n != 0 {
				t.Errorf("CheckMessage of %v on %v: %v allocations in 1000 calls", m.MessageType(), leg, n)
			}
			if n := allocations(func() {
				for v := range s.Message(m, nil) {
					sink.n += v.Offset
				}
			}); n != 0 {
				t.Errorf("Message of %v on %v: %v allocations in 1000 calls", m.MessageType(), leg, n)
			}
		}
	}
	for _, answer := range otherMessages {
		m := parseMessage(t, answer)
		for _, asked := range otherMessages {
			q := parseMessage(t, asked)
			s := rules.Situation{Leg: legOf(m), Profile: dsmip.RFC5454, ForeignHome: rules.Shared}
			if s.CheckMessage(m, q) == rules.ErrAsked && asked != otherMessages[0] {
				continue // the caller's mistake is measured once
			}
			if n := allocations(func() { sink.err = s.CheckMessage(m, q) }); n != 0 {
				t.Errorf("CheckMessage of %v for %v: %v allocations in 1000 calls", m.MessageType(), q.MessageType(), n)
			}
			if n := allocations(func() {
				for v := range s.Message(m, q) {
					sink.n += v.Offset
				}
			}); n != 0 {
				t.Errorf("Message of %v for %v: %v allocations in 1000 calls", m.MessageType(), q.MessageType(), n)
			}
		}
	}
	s := rules.Situation{Leg: code.HAtoFA, Profile: dsmip.RFC5454, ForeignHome: rules.Shared}
	datagram := unhex(byHome + homeString + agentHome)
	acknowledgment := unhex(acknowledged + agentHome)
	back := rules.Situation{Leg: code.FAtoHA, Profile: dsmip.RFC5454, ForeignHome: rules.Shared}
	if n := allocations(func() {
		q, err := mipv4.ParseRevocation(datagram)
		if err == nil {
			var a mipv4.RevocationAcknowledgment
			if a, err = mipv4.ParseRevocationAcknowledgment(acknowledgment); err == nil {
				err = back.CheckMessage(a, q)
			}
		}
		sink.err = err
	}); n != 0 || sink.err != nil {
		t.Errorf("parsing and checking an acknowledgment of a revocation: %v allocations in 1000 calls, %v", n, sink.err)
	}
	if n := allocations(func() {
		r, err := mipv4.ParseRevocation(datagram)
		if err == nil {
			err = s.CheckMessage(r, nil)
		}
		sink.err = err
	}); n != 0 || sink.err != nil {
		t.Errorf("parsing and checking a revocation: %v allocations in 1000 calls, %v", n, sink.err)
	}
}

func TestAdvertisementZeroAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	last := mipv4.SequenceNumber(512)
	d := rules.Discovery{
		TTL: 2, Destination: netip.MustParseAddr("224.0.0.11"), Previous: &last, PrefixLengths: rules.Served,
		Implements: func(k mipv4.DiscoveryKind) bool { return k != mipv4.DiscoveryExperimental },
	}
	for _, hex := range []string{rightAdvertisement, wrongAdvertisement, "09000000 00020708"} {
		a := advertisement(t, hex)
		if n := allocations(func() { sink.err = d.CheckAdvertisement(&a) }); n != 0 {
			t.Errorf("CheckAdvertisement of %s: %v allocations in 1000 calls", hex, n)
		}
		if n := allocations(func() {
			for v := range d.Advertisement(&a) {
				sink.n += v.Offset
			}
		}); n != 0 {
			t.Errorf("Advertisement of %s: %v allocations in 1000 calls", hex, n)
		}
	}
}

// TestMessageLinear: sixteen times the extensions take no more than forty times the time.
func TestMessageLinear(t *testing.T) {
	if testing.Short() || raceEnabled {
		t.Skip("measures time")
	}
	grow := func(head, repeat, tail string, n int) string {
		for range n {
			head += repeat
		}
		return head + tail
	}
	least := func(f func()) time.Duration {
		best := time.Hour
		for range 20 {
			start := time.Now()
			f()
			best = min(best, time.Since(start))
		}
		return best
	}
	s := rules.Situation{Leg: code.HAtoFA, Profile: dsmip.RFC5454, ForeignHome: rules.Shared}
	for _, repeat := range []string{padding, homeString, agentHome, unassigned} {
		few, many := parseMessage(t, grow(byHome, repeat, agentHome, 100)), parseMessage(t, grow(byHome, repeat, agentHome, 1600))
		count := func(m mipv4.Message) func() {
			return func() {
				for v := range s.Message(m, nil) {
					sink.n += v.Offset
				}
				sink.err = s.CheckMessage(m, nil)
			}
		}
		if a, b := least(count(few)), least(count(many)); b > 40*a {
			t.Errorf("%s: %v for 100, %v for 1600", repeat, a, b)
		}
	}
	var d rules.Discovery
	for _, repeat := range []string{"00", "1006 0001 0708 2000", "1304 18181818"} {
		few, many := advertisement(t, grow(rightAdvertisement, repeat, "", 100)), advertisement(t, grow(rightAdvertisement, repeat, "", 1600))
		count := func(m mipv4.AgentAdvertisement) func() {
			return func() {
				for v := range d.Advertisement(&m) {
					sink.n += v.Offset
				}
				sink.err = d.CheckAdvertisement(&m)
			}
		}
		if a, b := least(count(few)), least(count(many)); b > 40*a {
			t.Errorf("%s: %v for 100, %v for 1600", repeat, a, b)
		}
	}
}
