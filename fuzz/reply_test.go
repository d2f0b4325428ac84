package fuzz_test

import (
	"encoding/binary"
	"net/netip"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// received reads a request that a test wrote.
func received(t *testing.T, m made) *mipv4.Request {
	t.Helper()
	r, err := mipv4.ParseRequest(m.msg)
	if err != nil {
		t.Fatal(err)
	}
	return &r
}

// TestReplyTo: what a campaign makes as the reply to a request is that, by the fields of
// RFC 5944 §3.4 and §3.7.3.1, and signed; what the request does not go with is said not
// to be planted.
func TestReplyTo(t *testing.T) {
	for _, leg := range []code.Leg{code.HAtoFA, code.HAtoMN} {
		c := campaign(t, setup(t, leg, dsmip.Draft06))
		asked := received(t, relayed().home())
		mutations := c.Mutations()
		planted := map[fuzz.Class]int{}
		for i := range 2 * uint64(len(mutations)) {
			k, ok := c.ReplyTo(i, asked, clock, nil)
			if *k.Mutation != mutations[i%uint64(len(mutations))] || k.Index != i {
				t.Fatalf("case %d is %s", i, k.Mutation.Name)
			}
			if !ok {
				continue
			}
			planted[k.Mutation.Class]++
			if k.Mutation.Class == fuzz.Structure {
				if _, err := mipv4.ParseReply(k.Packet); err == nil {
					t.Errorf("%v, %s: %x parses", leg, k.Mutation.Name, k.Packet)
				}
				continue
			}
			if len(k.Packet) < 20 || k.Packet[0] != 3 {
				t.Fatalf("%v, %s: %x", leg, k.Mutation.Name, k.Packet)
			}
			if k.Mutation.Class == fuzz.Conforming {
				// It answers, grants no more than 1,800 seconds, and Mobile-Home, the one of
				// two authenticators there may be that the node verifies, is right.
				b := k.Packet
				if home, _ := netip.AddrFromSlice(b[4:8]); home != asked.HomeAddress || binary.BigEndian.Uint32(b[16:]) != 0x01020304 || b[1] <= 2 && binary.BigEndian.Uint16(b[2:]) > 1800 {
					t.Errorf("%v, %s: %x is no answer", leg, k.Mutation.Name, b)
				}
				r, err := mipv4.ParseReply(b)
				if faults := authFaults(r.Extensions, c.Setup()); err != nil || len(faults) > 0 {
					t.Errorf("%v, %s: %v, %v", leg, k.Mutation.Name, err, faults)
				}
			}
		}
		for _, class := range []fuzz.Class{fuzz.Conforming, fuzz.Structure, fuzz.Layout, fuzz.Rule, fuzz.Authentication} {
			if planted[class] == 0 {
				t.Errorf("%v: none of class %v is planted", leg, class)
			}
		}
	}
}

// TestNotPlanted: some faults a reply has only to some requests.
func TestNotPlanted(t *testing.T) {
	c := campaign(t, setup(t, code.HAtoMN, dsmip.Draft06))
	index := func(mutation string) uint64 {
		i := slices.IndexFunc(c.Mutations(), func(m fuzz.Mutation) bool { return m.Name == mutation })
		if i < 0 {
			t.Fatalf("no mutation %s", mutation)
		}
		return uint64(i)
	}
	at := func(flags, lifetime, home, agent string) *mipv4.Request {
		return received(t, asking(flags, lifetime, home, agent, ownCare, clock).home())
	}
	ordinary := at("20", "0708", ownHome, ownAgent)
	for _, x := range []struct {
		mutation string
		asked    *mipv4.Request
		planted  bool
	}{
		// RFC 5944 §3.4: no longer Lifetime than asked for; behind 0xffff, infinity, there
		// is none.
		{"longer-lifetime", ordinary, true},
		{"longer-lifetime", at("20", "ffff", ownHome, ownAgent), false},
		// RFC 3024 §3.4: Code 139 is the answer to a request without T.
		{"tunnel-mandatory-although-set", at("22", "0708", ownHome, ownAgent), true},
		{"tunnel-mandatory-although-set", ordinary, false},
		// RFC 4433 §4.2: who names its agent is not sent to another.
		{"redirect-unasked", ordinary, true},
		{"redirect-unasked", at("20", "0708", ownHome, "00000000"), false},
		// RFC 5944 §3.8.3.2: the home address of the request comes back; 0.0.0.0 is to be
		// assigned.
		{"reply-of-another-home-address", ordinary, true},
		{"reply-of-another-home-address", at("20", "0708", "00000000", ownAgent), false},
		// §3.6.2.1: what cannot be read, or verified, is so whatever was asked for.
		{"unknown-type", ordinary, true},
		{"unknown-type", at("20", "ffff", ownHome, ownAgent), true},
		{"mobile-home-random-authenticator", at("20", "ffff", ownHome, ownAgent), true},
		{"plain", ordinary, true},
	} {
		if k, ok := c.ReplyTo(index(x.mutation), x.asked, clock, nil); ok != x.planted {
			t.Errorf("%s to %v: %v, %x", x.mutation, x.asked, ok, k.Packet)
		}
	}
	// A whole turn later it is the same mutation.
	first, _ := c.ReplyTo(index("plain"), ordinary, clock, nil)
	again, _ := c.ReplyTo(index("plain")+uint64(len(c.Mutations())), ordinary, clock, nil)
	if first.Mutation.Name != again.Mutation.Name || first.Index == again.Index {
		t.Errorf("%v and %v", first, again)
	}
}
