package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func (s *agentSpec) String() string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// scaled is how many cases a test sends: few under -short, all where CI is set.
func scaled(short, usual, ci string) string {
	switch {
	case testing.Short():
		return short
	case os.Getenv("CI") != "":
		return ci
	}
	return usual
}

// freePort returns the address of a UDP port on loopback that nobody has, below those that
// systems give to who asks for any: a target that is dead finds its port free.
func freePort(t testing.TB) string {
	t.Helper()
	const first, last = 20000, 32000
	for range last - first {
		n := first + int(portsTaken.Add(1)+uint32(os.Getpid())*997)%(last-first)
		conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: n})
		if err == nil {
			defer conn.Close()
			return conn.LocalAddr().String()
		}
	}
	t.Fatal("no port is free")
	return ""
}

// portsTaken counts the ports that were given out.
var portsTaken atomic.Uint32

// quoted quotes a word for the shell.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// command is the line for -exec that runs an agent.
func (s *agentSpec) command() string {
	return "env " + agentEnv + "=" + quoted(s.String()) + " " + quoted(os.Args[0])
}

// result is what a run of mipfuzz gave.
type result struct {
	status         int
	findings       []finding
	remarks        []finding
	capabilities   []finding
	summary        summary
	stdout, stderr string
	took           time.Duration
}

// attackOf runs mipfuzz send -json against an agent that it starts itself.
func attackOf(t testing.TB, s agentSpec, args ...string) (r result) {
	t.Helper()
	s.Listen = freePort(t)
	if s.Leg == "" {
		s.Leg = "mn-ha"
	}
	if s.Profile == "" {
		s.Profile = "draft06"
	}
	all := []string{"send", "-to", s.Listen, "-key", testKey, "-json", "-exec", s.command(), "-leg", s.Leg, "-profile", s.Profile}
	if s.ForeignHome {
		all = append(all, "-fhae", testFHFlag)
	}
	return parsed(t, append(all, args...))
}

// parsed runs mipfuzz and reads its JSON.
func parsed(t testing.TB, args []string) (r result) {
	t.Helper()
	var out, errs bytes.Buffer
	started := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	r.status = run(ctx, args, &out, &errs)
	r.took = time.Since(started)
	r.stdout, r.stderr = out.String(), errs.String()
	for line := range strings.Lines(r.stdout) {
		var f finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		switch f.Kind {
		case "finding":
			r.findings = append(r.findings, f)
		case "remark":
			r.remarks = append(r.remarks, f)
		case "capability":
			r.capabilities = append(r.capabilities, f)
		case "summary":
			if err := json.Unmarshal([]byte(line), &r.summary); err != nil {
				t.Fatal(err)
			}
		}
	}
	return r
}

// minimal is the minimal packet of a finding in hex; "" where there is none.
func (f *finding) minimal() string {
	if f.Minimal == nil {
		return ""
	}
	return *f.Minimal
}

// patiently runs what depends on time up to three times: other processes may have had the
// machine meanwhile. A campaign is the same each time, so what is wrong stays wrong. f
// returns what is wrong, or nothing.
func patiently(t *testing.T, f func() string) {
	t.Helper()
	wrong := ""
	for range 3 {
		if wrong = f(); wrong == "" {
			return
		}
		t.Log("once more: ", wrong)
	}
	t.Error(wrong)
}
