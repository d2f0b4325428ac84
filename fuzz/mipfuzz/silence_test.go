package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestBlindDeath: who takes nothing from silence sees the target that mipfuzz started end.
func TestBlindDeath(t *testing.T) {
	t.Parallel()
	r := attackOf(t, agentSpec{Defects: []string{"dies of an empty datagram"}}, "-blind", "-count", "200")
	if r.status != exitFindings || r.summary.Over != "" || r.findings[0].Rank != "crash" || r.findings[0].Trigger != "an empty datagram" {
		t.Errorf("status %d %+v %s%s", r.status, r.summary.Over, r.stdout[:min(2000, len(r.stdout))], r.stderr)
	}
	if m := r.findings[0].Minimal; m == nil || *m != "" {
		t.Errorf("the minimal packet is not the empty datagram: %+v", r.findings[0])
	}
}

// responder answers datagrams on loopback by a function of each, and counts them.
func responder(t *testing.T, answer func(request []byte) []byte) (address string, asked *atomic.Uint64) {
	t.Helper()
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	asked = new(atomic.Uint64)
	go func() {
		buf := make([]byte, 1<<16)
		for {
			n, from, err := conn.ReadFromUDPAddrPort(buf)
			if err != nil {
				return
			}
			asked.Add(1)
			if a := answer(buf[:n]); a != nil {
				_, _ = conn.WriteToUDPAddrPort(a, from)
			}
		}
	}()
	return conn.LocalAddr().String(), asked
}

// denies answers a request with Code 129, unsigned, and what stands behind.
func denies(request []byte, behind ...byte) []byte {
	if len(request) < requestLength || request[0] != byte(mipv4.TypeRequest) {
		return nil
	}
	b := append([]byte{3, 129, 0, 0}, request[4:12]...)
	return append(append(b, request[16:24]...), behind...)
}

// TestLongAnswer: an answer is judged however long it is, and the start of it kept.
func TestLongAnswer(t *testing.T) {
	t.Parallel()
	behind := bytes.Repeat([]byte{200, 0}, 30000)
	to, _ := responder(t, func(request []byte) []byte { return denies(request, append(behind, 200)...) })
	r := parsed(t, []string{"send", "-to", to, "-key", testKey, "-json", "-no-learn", "-minimize=false", "-count", "20", "-parts", "cases"})
	if !slices.ContainsFunc(r.findings, func(f finding) bool {
		return strings.HasPrefix(f.Violation, malformed) && len(f.Answer) == 2*answerKept
	}) {
		t.Errorf("status %d %s%s", r.status, r.stdout[:min(2000, len(r.stdout))], r.stderr)
	}
}

// TestSlowly: at a low rate a target is not asked after each packet whether it lives, and
// probes are not counted as cases.
func TestSlowly(t *testing.T) {
	t.Parallel()
	patiently(t, func() string {
		to, asked := responder(t, func(request []byte) []byte { return denies(request) })
		r := parsed(t, []string{"send", "-to", to, "-key", testKey, "-json", "-no-learn", "-minimize=false", "-rate", "10", "-count", "12", "-parts", "cases"})
		if n := asked.Load(); r.summary.Jobs != 12 || n > 20 {
			return fmt.Sprintf("%d datagrams, %+v", n, r.summary)
		}
		return ""
	})
}

// TestProbesUncounted: jobs are cases, sweeps and sequences.
func TestProbesUncounted(t *testing.T) {
	t.Parallel()
	const count = 500 // more than are sent between two probes
	to, _ := responder(t, func(request []byte) []byte { return denies(request) })
	r := parsed(t, []string{"send", "-to", to, "-key", testKey, "-json", "-no-learn", "-minimize=false", "-count", fmt.Sprint(count), "-parts", "cases"})
	if r.summary.Jobs != count || r.summary.Exercised["probe"].Conforming+r.summary.Exercised["probe"].Violating == 0 {
		t.Errorf("%d jobs, probes %+v", r.summary.Jobs, r.summary.Exercised["probe"])
	}
}

// TestPassing: a target whose machine is gone does not end the campaign without a report.
func TestPassing(t *testing.T) {
	for err, want := range map[error]bool{syscall.EHOSTUNREACH: true, syscall.ECONNREFUSED: true, syscall.EMSGSIZE: true, syscall.EACCES: false} {
		if got := passing(&net.OpError{Op: "write", Err: os.NewSyscallError("write", err)}); got != want {
			t.Errorf("%v: %v", err, got)
		}
	}
}

// TestRelaysCaptured: the capture has what passes between a foreign agent and the home agent
// that is played behind it.
func TestRelaysCaptured(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "all.pcap")
	attackForeign(t, agentSpec{}, "-count", "40", "-parts", "cases", "-pcap", name)
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	requests, replies := 0, 0
	played := []byte{127, 0, 2} // of attackForeign
	for at := 24; at < len(b); at += 16 + int(binary.LittleEndian.Uint32(b[at+8:])) {
		switch ip := b[at+16:]; {
		case bytes.HasPrefix(ip[16:], played) && ip[28] == 1:
			requests++
		case bytes.HasPrefix(ip[12:], played) && ip[28] == 3:
			replies++
		}
	}
	if requests == 0 || replies == 0 {
		t.Errorf("%d relayed requests, %d replies to them", requests, replies)
	}
}

// TestRelaysAside: what is sent beside the cases, to see whether a foreign agent that answers
// from elsewhere lives, is expected to be relayed, too.
func TestRelaysAside(t *testing.T) {
	t.Parallel()
	patiently(t, func() string {
		r := attackForeign(t, agentSpec{Defects: []string{"relays from another port"}}, "-count", "3000")
		if len(r.findings) != 1 || r.findings[0].Violation != otherPort {
			return fmt.Sprintf("status %d, %d findings %s", r.status, len(r.findings), r.stdout[:min(2000, len(r.stdout))])
		}
		return ""
	})
}
