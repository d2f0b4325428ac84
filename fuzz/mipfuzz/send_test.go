package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// attackOf runs mipfuzz send against an agent on loopback.
func attackOf(t *testing.T, h *homeAgent, args ...string) (status int, stdout, stderr string, dir string) {
	t.Helper()
	to, dir := listen(t, h), filepath.Join(t.TempDir(), "findings")
	var out, errs bytes.Buffer
	args = append([]string{"send", "-to", to, "-key", testKey, "-timeout", "600ms", "-rate", "1500", "-count", "330", "-keep", dir}, args...)
	status = run(context.Background(), args, &out, &errs)
	return status, out.String(), errs.String(), dir
}

// described is an agent and the flags that describe it.
type described struct {
	agent homeAgent
	flags []string
}

// agents are the reference home agent on every leg that reaches one, under both
// profiles.
var agents = map[string]described{
	"direct draft06": {homeAgent{situation: rules.Situation{Leg: code.MNtoHA}}, []string{"-leg", "mn-ha"}},
	"direct rfc5454": {homeAgent{situation: rules.Situation{Profile: dsmip.RFC5454, Leg: code.MNtoHA}}, []string{"-leg", "mn-ha", "-profile", "rfc5454"}},
	"direct 3344": {
		homeAgent{situation: rules.Situation{Leg: code.MNtoHA, Edition: rules.RFC3344}},
		[]string{"-leg", "mn-ha", "-edition", "3344"},
	},
	"relayed": {
		homeAgent{situation: rules.Situation{Leg: code.FAtoHA, ForeignHome: rules.None}},
		[]string{"-leg", "fa-ha"},
	},
	"relayed, shared": {
		homeAgent{situation: rules.Situation{Profile: dsmip.RFC5454, Leg: code.FAtoHA, ForeignHome: rules.Shared}},
		[]string{"-leg", "fa-ha", "-profile", "rfc5454", "-fhae", testFHFlag},
	},
}

// otherAgents conform as well, but do not show every defect.
var otherAgents = map[string]described{
	"without RFC 3115, 3519 and 4433": {
		homeAgent{situation: rules.Situation{Leg: code.MNtoHA}, lacks: []ext.Type{38, 139, 144}},
		[]string{"-leg", "mn-ha", "-strict", "-lacks", "144,139/1,38"},
	},
	"with everything": {
		homeAgent{situation: rules.Situation{Leg: code.MNtoHA}},
		[]string{"-leg", "mn-ha", "-strict"},
	},
	"with everything, relayed": {
		homeAgent{situation: rules.Situation{Profile: dsmip.RFC5454, Leg: code.FAtoHA, ForeignHome: rules.Shared}},
		[]string{"-leg", "fa-ha", "-profile", "rfc5454", "-fhae", testFHFlag, "-strict"},
	},
	"without anybody's knowing": {
		homeAgent{situation: rules.Situation{Leg: code.MNtoHA}, lacks: []ext.Type{36, 38, 131, 137, 139, 144}},
		[]string{"-leg", "mn-ha"},
	},
	"one node after the other": {
		homeAgent{situation: rules.Situation{Leg: code.MNtoHA}},
		[]string{"-leg", "mn-ha", "-homes", "198.18.0.0/29"},
	},
}

// TestConformingAgent: a home agent that goes by the rule book yields no finding.
func TestConformingAgent(t *testing.T) {
	all := maps.Clone(agents)
	maps.Copy(all, otherAgents)
	for name, a := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, stdout, stderr, dir := attackOf(t, &a.agent, a.flags...)
			if status != exitClean || stderr != "" {
				t.Errorf("status %d\n%s%s", status, stderr, stdout)
			}
			if _, err := os.Stat(dir); err == nil {
				t.Error("packets were kept without a finding")
			}
		})
	}
}

// TestDefectsAreFound: each seeded defect is found, by the mutation that is made
// for it, on every leg.
func TestDefectsAreFound(t *testing.T) {
	for name, d := range map[string]struct {
		seed  func(*homeAgent)
		found []string // mutations of which one must have a finding
		flags []string
	}{
		"skips order":                {func(h *homeAgent) { h.skipsOrder = true }, []string{"foreign-home-on-the-wrong-leg", "two-foreign-home", "two-mobile-home-3344", "foreign-home-without-association"}, nil},
		"accepts bad authenticators": {func(h *homeAgent) { h.trustsAnybody = true }, []string{"mobile-home-random-authenticator"}, nil},
		"forgets replay":             {func(h *homeAgent) { h.forgetsReplay = true }, []string{"identification-repeated"}, nil},
		"signs wrong":                {func(h *homeAgent) { h.signsWrong = true }, nil, []string{"-blind"}},
		"answers what it must not":   {func(h *homeAgent) { h.answersMalformed = true }, []string{"unknown-type"}, nil},
		"grants what is unprotected": {func(h *homeAgent) { h.grantsUnasked = true }, []string{"misplaced-behind-ipv6-prefix-request"}, nil},
		"does not answer":            {func(h *homeAgent) { h.mute = true }, []string{"requested-ha-multicast"}, []string{"-strict"}},
	} {
		for leg, a := range agents {
			t.Run(name+", "+leg, func(t *testing.T) {
				t.Parallel()
				agent := a.agent
				d.seed(&agent)
				args := a.flags
				args = append(args[:len(args):len(args)], d.flags...)
				status, stdout, stderr, dir := attackOf(t, &agent, args...)
				ok := d.found == nil && strings.Contains(stdout, "\ncase ")
				for _, m := range d.found {
					ok = ok || strings.Contains(stdout, ", "+m+", ")
				}
				if status != exitFindings || !ok {
					t.Errorf("status %d\n%s%s", status, stderr, stdout)
				}
				if kept, err := os.ReadDir(dir); err != nil || len(kept) == 0 {
					t.Errorf("packets kept: %d, %v", len(kept), err)
				}
				if strings.Contains(stdout, testKey) || strings.Contains(stdout, testFHKey) || !strings.Contains(stdout, "-key KEY") {
					t.Error("the command of a finding has a key, or no place for it")
				}
			})
		}
	}
}

// TestCrash: an agent that dies of a length is found dead, and the packet that
// killed it is among the last cases, as it was sent.
func TestCrash(t *testing.T) {
	status, stdout, stderr, dir := attackOf(t, &homeAgent{situation: rules.Situation{Leg: code.MNtoHA}, crashesOn: 17}, "-count", "20000", "-json")
	if status != exitFindings {
		t.Fatalf("status %d\n%s%s", status, stderr, stdout)
	}
	var crash finding
	var end summary
	for line := range strings.Lines(stdout) {
		var f finding
		if err := json.Unmarshal([]byte(line), &f); err != nil {
			t.Fatal(err)
		}
		switch f.Type {
		case "crash":
			crash = f
		case "summary":
			if err := json.Unmarshal([]byte(line), &end); err != nil {
				t.Fatal(err)
			}
		}
	}
	if len(crash.LastCases) == 0 || !end.Crashed || end.Cases >= 20000 {
		t.Fatalf("%+v\n%+v", crash, end)
	}
	h := homeAgent{crashesOn: 17}
	killers := 0
	kept, err := filepath.Glob(filepath.Join(dir, "*.bin"))
	if err != nil || len(kept) < len(crash.LastCases) {
		t.Errorf("%d kept of %d, %v", len(kept), len(crash.LastCases), err)
	}
	for _, name := range kept {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if h.chokes(b) {
			killers++
		}
	}
	if killers == 0 {
		t.Errorf("none of the last cases %v is the one", crash.LastCases)
	}
	if b, err := hex.DecodeString(crash.Packet); err != nil || len(b) == 0 && crash.Mutation != "empty" {
		t.Errorf("packet %q", crash.Packet)
	}
}

// numberOf returns the number of the first case of a mutation.
func numberOf(t *testing.T, name string) string {
	t.Helper()
	key, err := association("256", "hmac-md5", testKey)
	if err != nil {
		t.Fatal(err)
	}
	o := newOptions("send", 0, nil)
	o.setup.MobileHome = key
	o.setup.Situation.MobileForeign, o.setup.Situation.ForeignHome = rules.None, rules.None
	c, err := fuzz.New(o.setup)
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range c.Mutations() {
		if m.Name == name {
			return strconv.Itoa(i)
		}
	}
	t.Fatalf("no mutation %s", name)
	return ""
}

// TestLastBreath: a target that dies of the only case is found dead, whether it
// answered or not, and one that dies of the request in front of it.
func TestLastBreath(t *testing.T) {
	for name, c := range map[string]struct {
		agent    homeAgent
		mutation string
	}{
		"silent":   {homeAgent{lives: 1}, "plain"},
		"answers":  {homeAgent{lives: 1, answersLast: true}, "plain"},
		"in front": {homeAgent{lives: 1}, "identification-repeated"},
	} {
		c.agent.situation.Leg = code.MNtoHA
		n := numberOf(t, c.mutation)
		status, stdout, stderr, dir := attackOf(t, &c.agent, "-from", n, "-count", "1")
		kept, err := filepath.Glob(filepath.Join(dir, "*.bin"))
		if status != exitFindings || !strings.Contains(stdout, "\ncrash: ") || !strings.Contains(stdout, "["+n+"]") || err != nil || len(kept) != 1 {
			t.Errorf("%s: status %d, kept %v, %v\n%s%s", name, status, kept, err, stderr, stdout)
		}
	}
}

// TestPatience: a foreign agent that denies each node once a second at most is
// not taken for dead (RFC 5944 §3.7.2).
func TestPatience(t *testing.T) {
	conn := socket(t)
	go func() {
		denied := map[netip.Addr]time.Time{}
		buf := make([]byte, 1<<16)
		for {
			n, from, err := conn.ReadFromUDPAddrPort(buf)
			if err != nil {
				return
			}
			r, err := mipv4.ParseRequest(buf[:n])
			if err != nil || time.Since(denied[r.HomeAddress]) < time.Second {
				continue
			}
			denied[r.HomeAddress] = time.Now()
			p, err := mipv4.Answer{Role: code.ForeignAgent}.Reply(&r, code.FAAdministrativelyProhibited)
			if err != nil {
				continue
			}
			if b, err := p.AppendBinary(nil); err == nil {
				conn.WriteToUDPAddrPort(b, from)
			}
		}
	}()
	var out, errs bytes.Buffer
	status := run(context.Background(), []string{"send", "-to", conn.LocalAddr().String(), "-key", testKey, "-leg", "mn-fa",
		"-rate", "50", "-count", "5", "-timeout", "100ms", "-keep", t.TempDir()}, &out, &errs)
	if status != exitClean || !strings.Contains(errs.String(), "denies a known-good request with Code 65") {
		t.Errorf("status %d\n%s%s", status, &errs, &out)
	}
}

// TestSlowAgent: one that lags behind is not taken for dead.
func TestSlowAgent(t *testing.T) {
	h := &homeAgent{situation: rules.Situation{Leg: code.MNtoHA}, slow: 10 * time.Millisecond}
	status, stdout, stderr, _ := attackOf(t, h, "-rate", "1000", "-count", "150", "-timeout", "100ms")
	if strings.Contains(stdout, "\ncrash: ") || status == exitUsage {
		t.Errorf("status %d\n%s%s", status, stderr, stdout)
	}
}

// TestInterrupt: who stops a campaign is told that it is not complete.
func TestInterrupt(t *testing.T) {
	ctx, stop := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer stop()
	h := &homeAgent{situation: rules.Situation{Leg: code.MNtoHA}}
	to := listen(t, h)
	var out, errs bytes.Buffer
	status := run(ctx, []string{"send", "-to", to, "-key", testKey, "-rate", "20", "-count", "100000", "-json", "-keep", t.TempDir()}, &out, &errs)
	if status != exitUsage || !strings.Contains(errs.String(), "interrupted") || !strings.Contains(out.String(), `"interrupted":true`) {
		t.Errorf("send: status %d\n%s%s", status, &errs, &out)
	}
	out.Reset()
	errs.Reset()
	if status := run(ctx, []string{"emit", "-count", "100000"}, &out, &errs); status != exitUsage || !strings.Contains(errs.String(), "interrupted") {
		t.Errorf("emit: status %d, %s", status, &errs)
	}
}

// TestCommand: a command that repeats says what was said, and wraps as the
// numbers of cases do.
func TestCommand(t *testing.T) {
	o := newOptions("send", 0, nil)
	for _, name := range []string{"lab", "blind"} {
		o.flags.Bool(name, false, "")
	}
	if err := o.parse([]string{"-lab=false", "-blind", "-lacks", "144,139/1", "-edition", "3344", "-proxies", "served", "-key", testKey, "-from", "18446744073709551613"}, ""); err != nil {
		t.Fatal(err)
	}
	c, err := fuzz.New(o.setup)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	r := newReport(o, c, t.TempDir(), false, &out, &out)
	for n := range uint64(6) {
		k := c.Case(o.from+n, nil)
		r.sent(&k, n+1)
	}
	r.crashed(false, func(uint64) bool { return false })
	if s := c.Setup().Situation; s.Edition != rules.RFC3344 || s.Proxies != rules.Served {
		t.Errorf("%v, proxies %v", s.Edition, s.Proxies)
	}
	want := "mipfuzz send -blind=true -edition rfc3344 -key KEY -lab=false -lacks 144,139/1 -proxies served -from 18446744073709551613 -count 6"
	if f := r.findings[0]; f.Command != want || len(f.LastCases) != 6 {
		t.Errorf("%s, want %s", f.Command, want)
	}
	// Nothing that was kept is written over.
	r.save(3, "", []byte("one"))
	again := r.save(3, "", []byte("two"))
	if b, err := os.ReadFile(again); err != nil || string(b) != "two" || !strings.HasSuffix(again, "-2.bin") {
		t.Errorf("%s: %q, %v", again, b, err)
	}
}

// TestReproduce: the command of a finding finds it again.
func TestReproduce(t *testing.T) {
	h := &homeAgent{situation: rules.Situation{Leg: code.MNtoHA}, trustsAnybody: true}
	_, stdout, _, _ := attackOf(t, h, "-seed", "77", "-json", "-profile", "rfc5454")
	line, _, _ := strings.Cut(stdout, "\n")
	var f finding
	if err := json.Unmarshal([]byte(line), &f); err != nil || f.Command == "" {
		t.Fatal(err, line)
	}
	dir := t.TempDir()
	args := strings.Fields(strings.ReplaceAll(f.Command, "KEY", testKey))[1:]
	var out, errs bytes.Buffer
	status := run(context.Background(), append(args, "-keep", dir), &out, &errs)
	if status != exitFindings || !strings.Contains(out.String(), ", "+f.Mutation+", ") || !strings.Contains(out.String(), "\n1 cases") {
		t.Errorf("%s\n%s%s", f.Command, errs.String(), out.String())
	}
}

// TestNoTarget: what cannot be attacked is said, with status 2.
func TestNoTarget(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"no command":   {nil, "emit"},
		"no target":    {[]string{"send", "-key", testKey}, "-to"},
		"no key":       {[]string{"send", "-to", "127.0.0.1"}, "-key"},
		"not loopback": {[]string{"send", "-to", "192.0.2.1", "-key", testKey}, "-lab"},
		"reply leg":    {[]string{"send", "-to", "127.0.0.1", "-key", testKey, "-leg", "ha-mn"}, "-leg"},
		"rate":         {[]string{"send", "-to", "127.0.0.1", "-key", testKey, "-rate", "0"}, "-rate"},
		"nobody there": {[]string{"send", "-to", "127.0.0.1:9", "-key", testKey, "-timeout", "50ms"}, "does not answer"},
		"bad key":      {[]string{"send", "-to", "127.0.0.1", "-key", "secret"}, "hexadecimal"},
		"bad mfae":     {[]string{"send", "-to", "127.0.0.1", "-key", testKey, "-mfae", "1"}, "SPI:ALG:HEX"},
		"bad spi":      {[]string{"send", "-to", "127.0.0.1", "-key", testKey, "-spi", "7"}, "reserved"},
		"bad lacks":    {[]string{"emit", "-lacks", "300"}, "is not understood"},
		"dashed":       {[]string{"emit", "-out", "-key=secret"}, "looks like another flag"},
		"dashed to":    {[]string{"send", "-key", testKey, "-to", "-mfae=300:hmac-md5:secret"}, "looks like another flag"},
		"no address":   {[]string{"send", "-key", testKey, "-to", "secret.invalid:x"}, "-to"},
		"slow":         {[]string{"send", "-to", "127.0.0.1", "-key", testKey, "-rate", "1e-10"}, "-rate"},
		"bad edition":  {[]string{"emit", "-edition", "rfc2002"}, "argument 2 is not"},
		"bad proxies":  {[]string{"emit", "-proxies", "shared"}, "argument 2 is not"},
		"bad leg":      {[]string{"emit", "-leg", "nowhere"}, "argument 2 is not"},
		"extra":        {[]string{"emit", "-seed", "4", "secret"}, "argument 3 is no flag"},
		"three dashes": {[]string{"emit", "---key=secret"}, "is not understood"},
		"no flag":      {[]string{"emit", "-keys=secret"}, "is not understood"},
		"key as seed":  {[]string{"emit", "-seed", "secret"}, "is not understood"},
		"bad format":   {[]string{"emit", "-format", "xml"}, "-format"},
		"no directory": {[]string{"emit", "-format", "files"}, "-out"},
	} {
		var out, errs bytes.Buffer
		if status := run(context.Background(), c.args, &out, &errs); status != exitUsage || !strings.Contains(errs.String(), c.want) || out.Len() > 0 {
			t.Errorf("%s: status %d, %s%s", name, status, errs.String(), out.String())
		}
		if strings.Contains(errs.String(), "secret") {
			t.Errorf("%s: a key is printed", name)
		}
	}
}

// TestWrongKey: a target that denies the known-good request is no target.
func TestWrongKey(t *testing.T) {
	status, stdout, stderr, _ := attackOf(t, &homeAgent{situation: rules.Situation{Leg: code.MNtoHA}}, "-key", strings.Repeat("00", 16))
	if status != exitUsage || stdout != "" || !strings.Contains(stderr, "Code 131") {
		t.Errorf("status %d\n%s%s", status, stderr, stdout)
	}
}
