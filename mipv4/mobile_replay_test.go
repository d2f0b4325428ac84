package mipv4_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// reply is what a home agent, or with 64 to 127 a foreign agent, answers.
func reply(c code.Registration, id mipv4.Identification) *mipv4.Reply {
	return &mipv4.Reply{Code: c, Identification: id}
}

// TestMobileTimestamps: 2026-01-01T00:00:00Z is 0xed003780 seconds after 1900. RFC 5944
// §5.7.1: every request exceeds those before; §3.6.2.3: 133 sets the clock.
func TestMobileTimestamps(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	const clock = mipv4.Identification(0xed003780_00000000)
	var node mipv4.MobileTimestamps
	next := func(now time.Time, random uint32, want mipv4.Identification) {
		t.Helper()
		if id := node.Next(now, random); id != want {
			t.Errorf("%v, want %v", id, want)
		}
	}
	learn := func(r *mipv4.Reply, now time.Time, want error) {
		t.Helper()
		before := node
		if err := node.Learn(r, now); err != want {
			t.Errorf("%v, want %v", err, want)
		}
		if want != nil && node != before {
			t.Error("learned from another's reply")
		}
	}
	learn(reply(133, clock), now, mipv4.ErrOtherIdentification) // nothing was sent
	next(now, 0x12345678, clock|0x123)                          // 12 bits of randomness below 2^-20 s
	next(now, 0x12345678, clock|0x124)                          // the clock stands
	next(now.Add(-time.Hour), 0, clock|0x125)                   // the clock is set back
	next(now.Add(time.Second), 0, clock+1<<32)

	// Denied since the clock is an hour, 0xe10 seconds, ahead of the home agent's.
	learn(reply(133, clock-0xe10<<32|1), now, mipv4.ErrOtherIdentification)
	learn(reply(133, clock-0xe10<<32), now, nil)
	next(now.Add(time.Second), 0, clock-0xe10<<32+1<<32)

	// Accepted, then denied as if a minute later: less than what was accepted is
	// not asked for again.
	learn(reply(0, clock-0xe10<<32+1<<32), now.Add(time.Second), nil)
	next(now.Add(2*time.Second), 0, clock-0xe10<<32+2<<32)
	learn(reply(133, clock-0x1000<<32), now.Add(2*time.Second), nil)
	next(now.Add(3*time.Second), 0, clock-0xe10<<32+1<<32+1)

	// Denials that say nothing of the clock: other Codes of the home agent, and a
	// foreign agent's.
	before := node
	for _, c := range []code.Registration{64, 69, 78, 128, 129, 131, 136, 144} {
		learn(reply(c, clock-0xe10<<32+1<<32+1), now, nil)
	}
	learn(reply(129, clock|1), now, nil)
	if node != before {
		t.Errorf("%+v, want %+v", node, before)
	}
	// 136 does when it has the time of another home agent (§3.6.2.3).
	learn(reply(136, clock|1), now.Add(-5*time.Second), nil)
	next(now, 0, clock+5<<32)

	// Retransmission: a new Identification (§3.6.3).
	if id := node.Retransmit(now.Add(time.Second), 0); id != clock+6<<32 {
		t.Error(id)
	}
}

// TestMobileNonces follows RFC 5944 §5.7.2 and §3.6.3.
func TestMobileNonces(t *testing.T) {
	var node mipv4.MobileNonces
	if id, ok := node.Retransmit(); ok {
		t.Error(id)
	}
	if err := node.Learn(reply(0, 0)); err != mipv4.ErrOtherIdentification {
		t.Error(err)
	}
	steps := []struct {
		name   string
		random uint32
		sent   mipv4.Identification
		reply  *mipv4.Reply
		err    error
	}{
		{"first", 0, 0x00000000_00000000, reply(133, 0x11112222_00000000), nil},
		{"with the nonce of the denial", 0x33334444, 0x11112222_33334444, reply(0, 0x55556666_33334444), nil},
		{"with that of the acceptance", 0x33334445, 0x55556666_33334445, reply(129, 0x77778888_33334445), nil},
		{"with that of another denial", 0x33334446, 0x77778888_33334446, reply(1, 0x99990000_33334447), mipv4.ErrOtherIdentification},
		{"the same number from the source of randomness", 0x33334446, 0x77778888_33334447, reply(64, 0xaaaa0000_33334447), nil},
		{"a foreign agent has no nonce", 1, 0x77778888_00000001, nil, nil},
		{"the largest number", 0xffffffff, 0x77778888_ffffffff, nil, nil},
		{"twice", 0xffffffff, 0x77778888_00000000, nil, nil},
	}
	for _, tt := range steps {
		if id := node.Next(tt.random); id != tt.sent {
			t.Errorf("%s: %v, want %v", tt.name, id, tt.sent)
		}
		for range 2 {
			if id, ok := node.Retransmit(); !ok || id != tt.sent {
				t.Errorf("%s: retransmitted as %v, %v", tt.name, id, ok)
			}
		}
		if tt.reply == nil {
			continue
		}
		if err := node.Learn(tt.reply); err != tt.err {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.err)
		}
	}
}

// TestBothSides: a mobile node whose clock is wrong, and goes wrong again, and a home
// agent with either style agree after at most one denial, when no datagram is lost; and
// the home agent accepts no Identification twice.
func TestBothSides(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	home := time.Date(2036, 2, 7, 6, 0, 0, 0, time.UTC) // the era ends on the way
	var mobile mipv4.MobileTimestamps
	var agent mipv4.Timestamps
	skew := time.Duration(0)
	accepted := map[mipv4.Identification]bool{}
	for i := range 2000 {
		home = home.Add(time.Second + time.Duration(random.Uint32()))
		if random.IntN(10) == 0 {
			skew = time.Duration(random.IntN(7200)-3600) * time.Second
		}
		denied := 0
		for {
			id := mobile.Next(home.Add(skew), random.Uint32())
			answer, err := agent.Judge(id, home, 7*time.Second)
			c := code.RegistrationAccepted
			if err != nil {
				c = code.HAIdentificationMismatch
			} else if err := agent.Commit(id); err != nil || accepted[id] || answer != id {
				t.Fatalf("%d: %v: %v, answered %v", i, id, err, answer)
			}
			accepted[id] = err == nil
			if err := mobile.Learn(reply(c, answer), home.Add(skew)); err != nil {
				t.Fatal(err)
			}
			if err == nil {
				break
			}
			if denied++; denied > 1 {
				t.Fatalf("%d: %v denied again: %v, %+v", i, id, err, mobile)
			}
		}
		if _, err := agent.Judge(mobile.Next(home.Add(skew), 0)-1<<33, home, time.Hour); err != mipv4.ErrReplay {
			t.Fatalf("%d: %v", i, err)
		}
	}

	var nonces mipv4.MobileNonces
	var issued mipv4.Nonces
	for i := range 2000 {
		id := nonces.Next(random.Uint32())
		for copies := 1 + random.IntN(2); copies > 0; copies-- { // the request is retransmitted
			nonce := random.Uint32() | 1
			answer, err := issued.Judge(id, nonce)
			if err == mipv4.ErrSameNonce {
				continue
			}
			if committed := issued.Commit(id, nonce); committed != err {
				t.Fatal(committed, err)
			}
			c := code.RegistrationAccepted
			if err != nil {
				c = code.HAIdentificationMismatch
			}
			if random.IntN(4) == 0 { // the reply is lost
				continue
			}
			if err := nonces.Learn(reply(c, answer)); err != nil {
				t.Fatal(err)
			}
		}
		// Nothing is lost now.
		for denied := 0; ; denied++ {
			id := nonces.Next(random.Uint32())
			nonce := random.Uint32()&^1 + 2
			answer, err := issued.Judge(id, nonce)
			if err == mipv4.ErrSameNonce {
				continue
			}
			if again := issued.Commit(id, nonce); again != err {
				t.Fatal(again)
			}
			c := code.RegistrationAccepted
			if err != nil {
				c = code.HAIdentificationMismatch
			}
			if err := nonces.Learn(reply(c, answer)); err != nil {
				t.Fatal(err)
			}
			if err == nil {
				break
			}
			if denied > 0 {
				t.Fatalf("%d: denied again", i)
			}
		}
	}
}

func TestReplayWords(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var timestamps, noTimestamps mipv4.Timestamps
	var nonces, noNonces mipv4.Nonces
	var mobile, noMobile mipv4.MobileTimestamps
	var mobileNonces, noMobileNonces mipv4.MobileNonces
	first := mobile.Next(now, 0)
	if err := timestamps.Commit(first); err != nil {
		t.Fatal(err)
	}
	if err := nonces.Commit(mobileNonces.Next(0x33334444), 0x11112222); err != mipv4.ErrNonce {
		t.Fatal(err)
	}
	if err := mobile.Learn(reply(133, first-60<<32), now); err != nil {
		t.Fatal(err)
	}
	if err := mobileNonces.Learn(reply(133, 0x11112222_33334444)); err != nil {
		t.Fatal(err)
	}
	for got, want := range map[string]string{
		timestamps.String(): "accepted up to ed00378000000000", noTimestamps.String(): "none accepted",
		nonces.String(): "nonce 11112222", noNonces.String(): "no nonce sent",
		mobile.String(): "sent ed00378000000000, clock -60 s ahead", noMobile.String(): "nothing sent",
		mobileNonces.String(): "sent 0000000033334444, nonce 11112222", noMobileNonces.String(): "nothing sent",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if timestamps.Equal(noTimestamps) || nonces.Equal(noNonces) || mobile.Equal(noMobile) || mobileNonces.Equal(noMobileNonces) ||
		!timestamps.Equal(timestamps) || !nonces.Equal(nonces) || !mobile.Equal(mobile) || !mobileNonces.Equal(mobileNonces) {
		t.Error("what is equal is not, or the other way round")
	}
}
