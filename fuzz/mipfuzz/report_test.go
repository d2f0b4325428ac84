package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// seven are defects of one agent, each to be found beside the others.
var seven = []struct{ defect, rank, want string }{
	{"malformed extension", "answer", "malformed"},
	{"float64", "answer", "64 bits"},
	{"compares the first 12", "unauthentic", "(12-15)"},
	{"133 echoes the time", "answer", "what time it is"},
	{"forgets at deregistration", "unauthentic", "deregistered"},
	{"denies paddings", "code", "a padding"},
	{"dies of a deregistration", "crash", "Lifetime 0"},
}

func withSeven() (s agentSpec) {
	for _, d := range seven {
		s.Defects = append(s.Defects, d.defect)
	}
	return s
}

// groupsOf returns the names of findings.
func groupsOf(r result) (all []string) {
	for _, f := range r.findings {
		all = append(all, f.Group)
	}
	slices.Sort(all)
	return all
}

// TestSeven: one defect does not hide another, the report fits a screen, and what is
// ignored is not told.
func TestSeven(t *testing.T) {
	s := withSeven()
	r := attackOf(t, s, "-count", "2000")
	for _, d := range seven {
		if !slices.ContainsFunc(r.findings, func(f finding) bool {
			return f.Rank == d.rank && (strings.Contains(f.Violation, d.want) || strings.Contains(f.Trigger, d.want))
		}) {
			t.Errorf("%s is not found", d.defect)
		}
	}
	if len(r.findings) > 10 {
		t.Errorf("%d groups: %s", len(r.findings), r.stdout)
	}
	var text bytes.Buffer
	if err := writeText(&text, r.findings[:min(10, len(r.findings))], nil, nil, r.summary); err != nil || strings.Count(text.String(), "\n") > 50 {
		t.Errorf("%d lines, %v", strings.Count(text.String(), "\n"), err)
	}
	if r.findings[0].Rank != "crash" || r.summary.Deaths == 0 || r.summary.Restarts == 0 {
		t.Errorf("%+v", r.findings[0])
	}
	again := attackOf(t, s, "-count", "200", "-ignore", strings.Join(groupsOf(r), ","), "-fail-on", "crash")
	for _, f := range again.findings {
		if slices.Contains(groupsOf(r), f.Group) {
			t.Errorf("%s is not ignored", f.Group)
		}
	}
}

// TestComplaints: what a target reports of itself and lives on with is told apart, and from
// what it dies of.
func TestComplaints(t *testing.T) {
	t.Parallel()
	patiently(t, func() string {
		r := attackOf(t, agentSpec{Defects: []string{"complains of a Length", "complains of a flag", "complains of a deregistration", "dies of an empty datagram"}}, "-count", "500")
		want := map[string]string{
			"agent.c:77:12": "Normal Vendor", "agent.c:90:3": "G", "heap-use-after-free": "Lifetime 0", "exit status 4": "an empty datagram",
		}
		var all strings.Builder
		for _, f := range r.findings {
			fmt.Fprintf(&all, "%s: %s; on %s\n", f.Rank, f.Violation, f.Trigger)
			for said, trigger := range want {
				if f.Rank == "crash" && strings.Contains(f.Violation, said) && strings.Contains(f.Trigger, trigger) {
					delete(want, said)
				}
			}
		}
		if len(want) > 0 || len(r.findings) != 4 {
			return fmt.Sprintf("%d findings, without %v\n%s", len(r.findings), want, all.String())
		}
		return ""
	})
}

// TestElsewhereRespawned: what kills a target that answers from another port, and is started
// again at once by somebody else, is found although no answer tells of a closed port.
func TestElsewhereRespawned(t *testing.T) {
	t.Parallel()
	patiently(t, func() string {
		r := attackOf(t, agentSpec{Supervised: true, Defects: []string{"answers from another port", "dies of a Length"}}, "-count", "2000")
		if len(r.findings) != 2 || r.findings[0].Rank != "crash" || !strings.Contains(r.findings[0].Trigger, "Normal Vendor") || r.findings[1].Violation != otherPort {
			return fmt.Sprintf("status %d, %d findings %s", r.status, len(r.findings), r.stdout[:min(2000, len(r.stdout))])
		}
		return ""
	})
}

// TestComplaintOf: a line is told from others by where the error is, not by its values.
func TestComplaintOf(t *testing.T) {
	for line, want := range map[string]string{
		"a.c:3:5: runtime error: shift exponent 33 is too large":                              "a.c:3:5: runtime error",
		"==123==ERROR: AddressSanitizer: heap-buffer-overflow on address":                     "", // the summary follows
		"SUMMARY: AddressSanitizer: heap-buffer-overflow a.c:10:2 in parse":                   "SUMMARY: AddressSanitizer: heap-buffer-overflow a.c:10:2 in parse",
		"==77== Invalid read of size 4":                                                       "Invalid read of size 4",
		"2026/01/02 03:04:05 recovered: runtime error: index out of range [24] with length 3": "runtime error: index out of range [N] with length N",
		"error: no route": "",
	} {
		if got := complaintOf([]byte(line)); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

// TestLossyGroups: a target that loses a tenth of what arrives has the groups of one
// that loses nothing, at any rate.
func TestLossyGroups(t *testing.T) {
	if testing.Short() {
		t.Skip("takes its time")
	}
	s := agentSpec{Defects: []string{"compares the first 12", "133 echoes the time", "denies paddings", "signs denials wrong"}}
	want := groupsOf(attackOf(t, s, "-count", "2000"))
	s.Loses = 10
	for _, rate := range []string{"0", "3000"} {
		if diff := cmp.Diff(want, groupsOf(attackOf(t, s, "-count", "2000", "-rate", rate))); diff != "" {
			t.Errorf("rate %s: %s", rate, diff)
		}
	}
}

// TestMerge: the shards of a campaign have together what the whole has.
func TestMerge(t *testing.T) {
	t.Parallel()
	s := agentSpec{Defects: []string{"unsigned denials"}}
	dir := t.TempDir()
	var files []string
	var jobs uint64
	for _, from := range []string{"0", "500"} {
		r := attackOf(t, s, "-from", from, "-count", "500")
		name := filepath.Join(dir, from+".json")
		if err := os.WriteFile(name, []byte(r.stdout), 0o644); err != nil {
			t.Fatal(err)
		}
		files, jobs = append(files, name), jobs+r.summary.Jobs
	}
	r := parsed(t, append([]string{"merge"}, files...))
	if r.status != exitFindings || len(r.findings) != 1 || r.findings[0].Rank != "unsigned" || r.summary.Jobs != jobs || r.summary.Findings != 1 {
		t.Errorf("status %d, %d jobs, want %d\n%s", r.status, r.summary.Jobs, jobs, r.stdout)
	}
}

// TestMergePartial: shards that did not end are named, and what the others found is told.
func TestMergePartial(t *testing.T) {
	const found = `{"kind":"finding","rank":"code","group":"code-1","count":1,"mutations":[]}` + "\n"
	const whole = `{"kind":"summary","sent":2,"answered":1}` + "\n"
	const stopped = `{"kind":"summary","sent":2,"answered":1,"endedEarly":"interrupted, not all cases are done"}` + "\n"
	dir := t.TempDir()
	for name, c := range map[string]struct {
		files  []string
		status int
		named  string
	}{
		"whole":   {[]string{found + whole, whole}, exitFindings, ""},
		"clean":   {[]string{whole}, exitClean, ""},
		"unheard": {[]string{found + `{"kind":"summary","sent":2}`}, exitUnheard, ""},
		"empty":   {[]string{found + whole, ""}, exitUsage, "empty-1"},
		"cut":     {[]string{found, whole}, exitUsage, "cut-0"},
		"stopped": {[]string{whole, found + stopped}, exitUsage, "stopped-1"},
	} {
		args := []string{"merge"}
		for i, text := range c.files {
			file := filepath.Join(dir, fmt.Sprintf("%s-%d", name, i))
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			args = append(args, file)
		}
		r := parsed(t, args)
		wants := strings.Contains(strings.Join(c.files, ""), found)
		if r.status != c.status || !strings.Contains(r.stderr, c.named) || len(r.findings) == 1 != wants || r.summary.Kind != "summary" {
			t.Errorf("%s: status %d %s%s", name, r.status, r.stdout, r.stderr)
		}
	}
}

// TestReproduce: the command of a finding finds it again.
func TestReproduce(t *testing.T) {
	t.Parallel()
	s := agentSpec{Defects: []string{"forgets at deregistration"}, Leg: "mn-ha", Profile: "rfc5454"}
	r := attackOf(t, s, "-count", "10", "-seed", "77")
	if len(r.findings) == 0 {
		t.Fatal(r.stdout)
	}
	s.Listen = freePort(t)
	again := repeated(t, r.findings[0], "-to", s)
	if again.status != exitFindings || again.findings[0].Group != r.findings[0].Group || again.findings[0].Case.Index != r.findings[0].Case.Index {
		t.Errorf("%s\n%s%s", r.findings[0].Reproduce, again.stdout, again.stderr)
	}
}

// repeated runs the command of a finding against the agent, which listens where s says.
func repeated(t *testing.T, f finding, at string, s agentSpec) result {
	t.Helper()
	words := strings.Fields(strings.ReplaceAll(f.Reproduce, "KEY", testKey))[1:]
	for i, w := range words {
		switch w {
		case "COMMAND":
			words[i] = s.command()
		case at:
			words[i+1] = s.Listen
		}
	}
	return parsed(t, append(words, "-json"))
}

// TestReproduceServed: so does that of what is found by replies, which are not fewer than
// was said.
func TestReproduceServed(t *testing.T) {
	t.Parallel()
	patiently(t, func() string {
		s := agentSpec{Defects: []string{"dies of what is malformed"}}
		r := serveMobile(t, s, "-count", "40")
		if len(r.findings) == 0 || r.summary.Leg != "ha-mn" || slices.Contains(slices.Collect(maps.Values(r.summary.Unexercised)), "the target fails what it goes with") {
			return r.stdout + r.stderr
		}
		_, port, _ := strings.Cut(freePort(t), ":")
		s.Leg, s.Profile, s.Home = "ha-mn", "draft06", fmt.Sprintf("127.0.3.%d:%s", 1+homeAgents.Add(1)%250, port)
		s.Listen = s.Home
		again := repeated(t, r.findings[0], "-listen", s)
		if again.status != exitFindings || again.findings[0].Violation != r.findings[0].Violation || again.summary.Jobs != 1 {
			return r.findings[0].Reproduce + again.stdout + again.stderr
		}
		return ""
	})
}

// TestPcap: the capture has requests and answers, in the figures of the file format and of
// RFC 791 and RFC 768.
func TestPcap(t *testing.T) {
	name := filepath.Join(t.TempDir(), "all.pcap")
	attackOf(t, agentSpec{}, "-count", "20", "-parts", "cases", "-pcap", name)
	b, err := os.ReadFile(name)
	if err != nil || len(b) < 24 || binary.LittleEndian.Uint32(b) != 0xa1b2c3d4 || binary.LittleEndian.Uint32(b[20:]) != 101 {
		t.Fatalf("%x, %v", b[:min(24, len(b))], err)
	}
	requests, replies := 0, 0
	for at := 24; at < len(b); {
		n := int(binary.LittleEndian.Uint32(b[at+8:]))
		ip := b[at+16 : at+16+n]
		var sum uint32
		for i := 0; i < 20; i += 2 {
			sum += uint32(ip[i])<<8 | uint32(ip[i+1])
		}
		if sum>>16+sum&0xffff != 0xffff || ip[0] != 0x45 || ip[9] != 17 || int(ip[2])<<8|int(ip[3]) != n || int(ip[24])<<8|int(ip[25]) != n-20 {
			t.Fatalf("packet %x", ip)
		}
		if n > 28 {
			switch ip[28] {
			case 1:
				requests++
			case 3:
				replies++
			}
		}
		at += 16 + n
	}
	if requests < 15 || replies < 10 {
		t.Errorf("%d requests, %d replies", requests, replies)
	}
}

// TestKeep: packets are kept as files.
func TestKeep(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kept")
	r := attackOf(t, agentSpec{Defects: []string{"signs wrong"}}, "-count", "100", "-keep", dir)
	files, err := filepath.Glob(filepath.Join(dir, r.findings[0].Group+"*.bin"))
	if err != nil || len(files) < 3 || len(files) > 3*packetsKept {
		t.Errorf("%v, %v", files, err)
	}
}

// TestInterrupt: who stops a campaign gets its report, and is told that it is not
// complete.
func TestInterrupt(t *testing.T) {
	s := agentSpec{Listen: freePort(t), Leg: "mn-ha", Profile: "draft06"}
	ctx, cancel := context.WithTimeout(context.Background(), 700*time.Millisecond)
	defer cancel()
	var out, errs bytes.Buffer
	status := run(ctx, []string{"send", "-to", s.Listen, "-key", testKey, "-exec", s.command(), "-json", "-rate", "500", "-count", "100000"}, &out, &errs)
	if status != exitUsage || !strings.Contains(errs.String(), "interrupted") || !strings.Contains(out.String(), `"kind":"summary"`) {
		t.Errorf("status %d %s%s", status, out.String(), errs.String())
	}
}
