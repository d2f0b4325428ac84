package main

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
)

// TestUsage: what cannot be done is said, with status 2 and without a key.
func TestUsage(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"no command":   {nil, "emit"},
		"no target":    {[]string{"send", "-key", testKey}, "-to"},
		"no key":       {[]string{"send", "-to", "127.0.0.1"}, "-key"},
		"not loopback": {[]string{"send", "-to", "192.0.2.1", "-key", testKey}, "-lab"},
		"reply leg":    {[]string{"send", "-to", "127.0.0.1", "-key", testKey, "-leg", "ha-mn"}, "-leg"},
		"rate":         {[]string{"send", "-to", "127.0.0.1", "-key", testKey, "-rate", "-1"}, "-"},
		"rank":         {[]string{"send", "-to", "127.0.0.1", "-key", testKey, "-fail-on", "secret"}, "-fail-on"},
		"no rate":      {[]string{"send", "-to", "127.0.0.1", "-key", testKey, "-rate", "nan"}, "-rate"},
		"parts":        {[]string{"send", "-to", "127.0.0.1:9", "-key", testKey, "-parts", "secret"}, "-parts"},
		"home port":    {[]string{"send", "-to", "127.0.0.1", "-key", testKey, "-home-port", "65970"}, "-home-port"},
		"bad flags":    {[]string{"send", "-key", testKey, "-flags", "Q"}, "is not understood"},
		"bad fillers":  {[]string{"send", "-key", testKey, "-fillers", "secret"}, "is not understood"},
		"bad bits":     {[]string{"send", "-key", testKey, "-id-bits", "20"}, "is not understood"},
		"bad key":      {[]string{"send", "-to", "127.0.0.1", "-key", "secret"}, "hexadecimal"},
		"bad mfae":     {[]string{"send", "-to", "127.0.0.1", "-key", testKey, "-mfae", "1"}, "SPI:ALG:HEX"},
		"bad spi":      {[]string{"send", "-to", "127.0.0.1", "-key", testKey, "-spi", "7"}, "reserved"},
		"bad lacks":    {[]string{"emit", "-lacks", "300"}, "is not understood"},
		"dashed":       {[]string{"emit", "-out", "-key=secret"}, "looks like another flag"},
		"dashed to":    {[]string{"send", "-key", testKey, "-to", "-mfae=300:hmac-md5:secret"}, "looks like another flag"},
		"no address":   {[]string{"send", "-key", testKey, "-to", "secret.invalid:x"}, "-to"},
		"bad edition":  {[]string{"emit", "-edition", "rfc2002"}, "argument 2 is not"},
		"bad proxies":  {[]string{"emit", "-proxies", "shared"}, "argument 2 is not"},
		"bad leg":      {[]string{"emit", "-leg", "nowhere"}, "argument 2 is not"},
		"extra":        {[]string{"emit", "-seed", "4", "secret"}, "argument 3 is no flag"},
		"three dashes": {[]string{"emit", "---key=secret"}, "is not understood"},
		"no flag":      {[]string{"emit", "-keys=secret"}, "is not understood"},
		"key as seed":  {[]string{"emit", "-seed", "secret"}, "is not understood"},
		"bad format":   {[]string{"emit", "-format", "xml"}, "-format"},
		"no directory": {[]string{"emit", "-format", "files"}, "-out"},
		"no files":     {[]string{"merge"}, "files"},
		"no file":      {[]string{"merge", "/nonexistent"}, "nonexistent"},
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

// TestUnheard: a port that nobody listens on is told from a target that conforms, and from
// one that died.
func TestUnheard(t *testing.T) {
	for _, flags := range [][]string{{}, {"-no-learn"}, {"-blind", "-count", "20", "-parts", "cases"}} {
		r := parsed(t, append([]string{"send", "-to", freePort(t), "-key", testKey, "-json", "-timeout", "50ms"}, flags...))
		if r.status != exitUnheard || len(r.findings) != 0 || r.summary.Kind != "summary" || r.summary.Deaths != 0 {
			t.Errorf("%v: status %d %s%s", flags, r.status, r.stdout, r.stderr)
		}
	}
}

// TestServeIdle: a target that ends before it asks anything is not started for ever.
func TestServeIdle(t *testing.T) {
	r := parsed(t, []string{"serve", "-listen", freePort(t), "-key", testKey, "-json", "-exec", quoted(os.Args[0]) + " -test.nosuch"})
	if r.status != exitUnheard || len(r.findings) != 1 || r.findings[0].Rank != "crash" || r.summary.Deaths != idleLives || r.summary.Over == "" {
		t.Errorf("status %d %s%s", r.status, r.stdout, r.stderr)
	}
}

// TestWrongKey: that the plain request is denied is said, and nothing is made of it.
func TestWrongKey(t *testing.T) {
	r := attackOf(t, agentSpec{}, "-key", strings.Repeat("00", 16), "-count", "50", "-parts", "cases")
	told := false
	for _, c := range r.capabilities {
		told = told || strings.Contains(c.Seen, "-key")
	}
	if !told {
		t.Errorf("status %d %s", r.status, r.stdout)
	}
}

// TestSecrets: no key is in any output, nor the command of -exec, which may have one.
func TestSecrets(t *testing.T) {
	r := attackOf(t, agentSpec{Leg: "fa-ha", ForeignHome: true, Defects: []string{"signs wrong"}}, "-count", "300")
	if r.status != exitFindings || strings.Contains(r.stdout+r.stderr, testKey) || strings.Contains(r.stdout, testFHKey) || strings.Contains(r.stdout, agentEnv) {
		t.Errorf("status %d, or a key in the output", r.status)
	}
	if !strings.Contains(r.findings[0].Reproduce, "-key KEY") || !strings.Contains(r.findings[0].Reproduce, "-exec COMMAND") {
		t.Error(r.findings[0].Reproduce)
	}
}
