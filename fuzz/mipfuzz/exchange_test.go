package main

import (
	"context"
	"net"
	"net/netip"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// socket is a UDP socket on loopback.
func socket(t *testing.T) *net.UDPConn {
	t.Helper()
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// TestOutlived: an answer shows that the target has outlived what was sent before
// what it answers, however late it is heard, and nothing of what was sent later.
func TestOutlived(t *testing.T) {
	target := socket(t)
	conn, err := net.DialUDP("udp4", nil, target.LocalAddr().(*net.UDPAddr))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	key, err := association("256", "hmac-md5", testKey)
	if err != nil {
		t.Fatal(err)
	}
	c, err := fuzz.New(fuzz.Setup{MobileHome: key, Situation: rules.Situation{Leg: code.MNtoHA, Profile: dsmip.Draft06}})
	if err != nil {
		t.Fatal(err)
	}
	e := newExchange(conn, 10*time.Second)
	go e.receive()
	var sent []*waiter
	var last time.Time
	for n := range uint64(5) {
		w, err := e.send(func(now time.Time) *fuzz.Case {
			if !now.After(last) {
				t.Errorf("datagram %d is stamped %v, the one before %v", n+1, now, last)
			}
			last = now
			k := c.Probe(n, now, nil)
			return &k
		})
		if err != nil {
			t.Fatal(err)
		}
		sent = append(sent, w)
	}
	// The target has all five, and answers the third.
	buf := make([]byte, 1<<16)
	for n := range sent {
		size, from, err := target.ReadFromUDPAddrPort(buf)
		if err != nil {
			t.Fatal(err)
		}
		r, err := mipv4.ParseRequest(buf[:size])
		if err != nil {
			t.Fatal(err)
		}
		if n != 2 {
			continue
		}
		p, err := mipv4.Answer{Role: code.HomeAgent}.Reply(&r, code.RegistrationAccepted)
		if err != nil {
			t.Fatal(err)
		}
		b, err := p.AppendBinary(nil)
		if err == nil {
			_, err = target.WriteToUDPAddrPort(b, from)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if answer, err := e.await(context.Background(), sent[2]); answer == nil || err != nil {
		t.Fatal(answer, err)
	}
	for i, w := range sent {
		if got := e.outlived(w.number); got != (i < 2) {
			t.Errorf("datagram %d: %v", i+1, got)
		}
	}
}

// TestUseAddresses: the home agent is the target, a foreign agent has the care-of
// address; what was given stays.
func TestUseAddresses(t *testing.T) {
	target := socket(t)
	conn, err := net.DialUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 2)}, target.LocalAddr().(*net.UDPAddr))
	if err != nil {
		t.Skip("no second loopback address here: ", err)
	}
	defer conn.Close()
	own, its, given := netip.MustParseAddr("127.0.0.2"), netip.MustParseAddr("127.0.0.1"), netip.MustParseAddr("10.0.0.1")
	for leg, want := range map[code.Leg][2]netip.Addr{
		code.MNtoHA: {its, own}, code.FAtoHA: {its, own}, code.MNtoFA: {{}, its},
	} {
		s := fuzz.Setup{Situation: rules.Situation{Leg: leg}}
		useAddresses(&s, conn)
		if s.HomeAgent != want[0] || s.CareOfAddress != want[1] {
			t.Errorf("%v: home agent %v, care-of %v", leg, s.HomeAgent, s.CareOfAddress)
		}
		s.HomeAgent, s.CareOfAddress = given, given
		if useAddresses(&s, conn); s.HomeAgent != given || s.CareOfAddress != given {
			t.Errorf("%v: given, home agent %v, care-of %v", leg, s.HomeAgent, s.CareOfAddress)
		}
	}
}
