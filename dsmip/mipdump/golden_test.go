package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// A golden packet is two files: NAME.hex, annotated as its RFC draws it, and
// NAME.json, what mipdump has to print of it, both written independently of
// this module.
const goldenDir = "../../testdata/golden"

// expectation is a NAME.json.
type expectation struct {
	Keys    []string `json:"keys"`
	Refused *struct {
		Offset int    `json:"offset"`
		Source string `json:"source"`
	} `json:"refused"`
	Extensions []wanted `json:"extensions"`
	Faults     []struct {
		Offset int    `json:"offset"`
		Source string `json:"source"`
	} `json:"faults"`

	all map[string]any // everything
}

// wanted is an extension of an expectation.
type wanted struct {
	Type         uint8 `json:"type"`
	SubType      uint8 `json:"subType"`
	Offset, Size int
	Body         string         `json:"body"`
	Verdict      string         `json:"verdict"`
	AsReceived   bool           `json:"asReceived"`
	Fields       map[string]any `json:"fields"`
}

// goldens calls f for every packet below dir.
func goldens(t *testing.T, dir string, f func(t *testing.T, b []byte, raw []byte, want expectation)) {
	files, err := expand([]string{filepath.Join(goldenDir, dir)})
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden packets in %s: %v", dir, err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".hex"), func(t *testing.T) {
			raw, err := os.ReadFile(strings.TrimSuffix(name, ".hex") + ".json")
			if err != nil {
				t.Fatal(err)
			}
			var want expectation
			for _, v := range []any{&want, &want.all} {
				if err := json.Unmarshal(raw, v); err != nil {
					t.Fatal(err)
				}
			}
			f(t, onlyPacket(t, name), raw, want)
		})
	}
}

// onlyPacket returns the bytes of an annotated file. It reads them its own way.
func onlyPacket(t *testing.T, name string) []byte {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var digits []string
	for line := range strings.Lines(string(text)) {
		row, _, _ := strings.Cut(line, "#")
		digits = append(digits, strings.Fields(row)...)
	}
	b, err := hex.DecodeString(strings.Join(digits, ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func dumpJSON(t *testing.T, b []byte, keys []string, args ...string) (map[string]any, int) {
	args = append(args, "-json")
	for _, k := range keys {
		args = append(args, "-key", k)
	}
	var out, errs bytes.Buffer
	in := hex.EncodeToString(b)
	status := run(args, strings.NewReader(in+"\n"), &out, &errs)
	if errs.Len() > 0 {
		t.Fatalf("stderr: %s", &errs)
	}
	var got map[string]any
	if out.Len() > 0 {
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatalf("%v in %s", err, &out)
		}
	}
	return got, status
}

// TestGoldenDump compares what mipdump prints with every expectation.
func TestGoldenDump(t *testing.T) {
	check := func(args ...string) func(t *testing.T, b, raw []byte, want expectation) {
		return func(t *testing.T, b, _ []byte, want expectation) { compareGolden(t, b, want, args...) }
	}
	t.Run("valid", func(t *testing.T) { goldens(t, "valid", check()) })
	t.Run("malformed", func(t *testing.T) { goldens(t, "malformed", check()) })
	t.Run("icmp", func(t *testing.T) { goldens(t, "icmp", check("-icmp")) })
	t.Run("icmp-malformed", func(t *testing.T) { goldens(t, "icmp-malformed", check("-icmp")) })
}

func compareGolden(t *testing.T, b []byte, want expectation, args ...string) {
	if len(b) == 0 {
		// No line of hex says "an empty datagram".
		if _, err := mipv4.TypeOf(b); err != mipv4.ErrEmpty {
			t.Errorf("empty datagram: %v", err)
		}
		return
	}
	got, status := dumpJSON(t, b, want.Keys, args...)
	if want.Refused != nil {
		if status != exitRefused || got["offset"] != float64(want.Refused.Offset) || got["source"] != want.Refused.Source {
			t.Errorf("status %d, %v, want refusal %+v", status, got, *want.Refused)
		}
		return
	}
	if status != exitParsed {
		t.Fatalf("status %d: %v", status, got)
	}
	delete(got, "line")
	// The words and reactions of faults have a table of their own.
	if faults, ok := got["faults"].([]any); ok {
		for _, f := range faults {
			f := f.(map[string]any)
			for _, key := range []string{"fault", "breaks", "reaction"} {
				if _, ok := f[key]; !ok {
					t.Errorf("no %s in %v", key, f)
				}
				delete(f, key)
			}
		}
	}
	if want.all["extensions"] == nil && want.Faults != nil {
		// Of an advertisement that breaks a rule only the faults are told.
		if diff := cmp.Diff(want.all["faults"], got["faults"]); diff != "" {
			t.Errorf("faults, -want +got:\n%s", diff)
		}
		return
	}
	words(t, got)
	extensions, _ := got["extensions"].([]any)
	for _, e := range extensions {
		e := e.(map[string]any)
		if e["verdict"] == valid {
			n, _ := e["key"].(float64)
			spi := e["fields"].(map[string]any)["spi"].(float64)
			if n < 1 || int(n) > len(want.Keys) || !strings.Contains(","+want.Keys[int(n)-1]+",", ",spi="+strconv.FormatInt(int64(spi), 10)+",") {
				t.Errorf("verified by key %v, SPI %v", n, spi)
			}
			delete(e, "key")
		}
	}
	delete(want.all, "keys")
	all, _ := want.all["extensions"].([]any)
	for _, e := range all {
		delete(e.(map[string]any), "asReceived")
	}
	if diff := cmp.Diff(want.all, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// words checks what a fixed part has beside the fields of its figure, which are all that
// an expectation has, and takes it out: the words of codes, and what is inside of Tunnel
// Data.
func words(t *testing.T, got map[string]any) {
	text := map[string]string{
		"handoffReply 1": "Generic Handoff Failure", "fastBindingAck 0": "FBU Accepted",
		"genericNotificationAcknowledgment 69": "notification Identification mismatch",
		"regionalRegistrationReply 112":        "unknown gateway foreign agent",
		"agentAdvertisement 0":                 "handles common traffic", "agentAdvertisement 16": "does not route common traffic",
	}
	message, _ := got["message"].(string)
	if c, ok := got["code"].(float64); ok && message != "agentSolicitation" {
		want, ok := text[message+" "+strconv.Itoa(int(c))]
		if message == "registrationReply" {
			want, ok = code.Registration(c).String(), true
		}
		if got["codeText"] != want || !ok {
			t.Errorf("%s %v is %v, want %q", message, c, got["codeText"], want)
		}
		delete(got, "codeText")
	}
	if md, ok := got["md"].(float64); ok {
		if want := [...]string{0: "sent by the HA to the MN", 5: "sent by the FA to the HA"}[int(md)]; got["mdText"] != want {
			t.Errorf("md %v is %v, want %s", md, got["mdText"], want)
		}
		delete(got, "mdText")
	}
	if message == "tunnelData" {
		if got["nextHeaderText"] != "IPv6 header" {
			t.Errorf("next header %v is %v", got["nextHeader"], got["nextHeaderText"])
		}
		inner := map[string]any{"protocol": 59., "source": "2001:db8:1::1", "destination": "2001:db8:2::2"}
		if diff := cmp.Diff(any(inner), got["inner"]); diff != "" {
			t.Errorf("inner, -want +got:\n%s", diff)
		}
		delete(got, "nextHeaderText")
		delete(got, "inner")
	}
}

// TestGoldenFile reads the annotated files themselves, as a user would.
func TestGoldenFile(t *testing.T) {
	files, err := expand([]string{goldenDir + "/valid/..."})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 40 {
		t.Errorf("%d golden packets, want at least 40", len(files))
	}
	var out, errs bytes.Buffer
	if status := run(append([]string{"-json"}, files...), nil, &out, &errs); status != exitParsed || errs.Len() > 0 {
		t.Errorf("status %d, stderr %q", status, &errs)
	}
	if n := bytes.Count(out.Bytes(), []byte("\n")); n != len(files) {
		t.Errorf("%d packets in %d files", n, len(files))
	}
}

// sign signs, with CHAP under the last Challenge of the message, or the zero octet
// (RFC 4721 §8).
func sign(b []byte, c ext.SecurityContext, k ext.Kind) ([]byte, error) {
	if c.Algorithm() != ext.CHAP {
		return c.Sign(b, k)
	}
	challenge := []byte{0}
	l, err := ext.Parse(b, mipv4.MessageType(b[0]).FixedLength())
	for x := range l.All() {
		if x.Kind() == ext.KindChallenge {
			challenge = x.Body()
		}
	}
	if err != nil {
		return b, err
	}
	return c.SignWithChallenge(b, k, bytes.Clone(challenge))
}

// TestSharedGolden runs the packets of an independent encoder, where they are.
func TestSharedGolden(t *testing.T) {
	dir := "../../../shared/golden"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no shared packets beside the repository")
	}
	lines(t, dir+"/valid.jsonl", func(t *testing.T, p sharedPacket, b []byte) {
		compareShared(t, p, b)
	})
	lines(t, dir+"/ambiguous.jsonl", func(t *testing.T, p sharedPacket, b []byte) {
		// Parsing or refusing is open; if it parses, the walk is not.
		if p.Extensions != nil {
			compareShared(t, p, b)
		} else if _, status := dumpJSON(t, b, nil); status == exitUsage {
			t.Errorf("status %d", status)
		}
	})
	lines(t, dir+"/invalid.jsonl", func(t *testing.T, p sharedPacket, b []byte) {
		got, status := dumpJSON(t, b, nil)
		switch p.Class {
		case "malformed":
			if status == exitParsed && got["faults"] == nil {
				t.Errorf("%s: nothing wrong in %v", p.Reason, got)
			}
		case "rule":
			if status != exitParsed {
				t.Errorf("%s: %v", p.Reason, got)
			}
			compareShared(t, p, b)
		default:
			t.Errorf("class %q", p.Class)
		}
	})
}

// sharedPacket is a line of the independent encoder's files.
type sharedPacket struct {
	Name   string
	Hex    string
	Class  string
	Reason string
	Fields struct {
		Type           int
		Flags          uint8
		Lifetime       int
		HomeAddress    string `json:"home_address"`
		HomeAgent      string `json:"home_agent"`
		CareOfAddress  string `json:"care_of_address"`
		Identification string
		Code           int
	}
	Extensions []struct {
		Type          int
		Subtype       *int
		Offset        int
		HeaderLen     int `json:"header_len"`
		Length        *int
		Total         int
		Value         string
		SPI           *uint32
		Key           string
		Alg           string
		Authenticator string
		AuthCovers    int `json:"auth_covers"`
		Decoded       struct {
			Prefix       string
			PrefixLength int `json:"prefix_length"`
			Code         int
			NAI          string
			Challenge    string
		}
	}
}

func lines(t *testing.T, name string, f func(*testing.T, sharedPacket, []byte)) {
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	s := bufio.NewScanner(file)
	s.Buffer(nil, 1<<20)
	n := 0
	for ; s.Scan(); n++ {
		var p sharedPacket
		if err := json.Unmarshal(s.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		b, err := hex.DecodeString(p.Hex)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(p.Name, func(t *testing.T) { f(t, p, b) })
	}
	if s.Err() != nil || n == 0 {
		t.Fatalf("%s: %d lines, %v", name, n, s.Err())
	}
}

func compareShared(t *testing.T, p sharedPacket, b []byte) {
	var l ext.List
	var again []byte
	if b[0] == 1 {
		r, err := mipv4.ParseRequest(b)
		if err != nil {
			t.Fatal(err)
		}
		if p.Fields.Type != 0 && (uint8(r.Flags) != p.Fields.Flags || int(r.Lifetime) != p.Fields.Lifetime ||
			r.HomeAddress.String() != p.Fields.HomeAddress || r.HomeAgent.String() != p.Fields.HomeAgent ||
			r.CareOfAddress.String() != p.Fields.CareOfAddress || r.Identification.String() != p.Fields.Identification) {
			t.Errorf("%v, want %+v", r, p.Fields)
		}
		l = r.Extensions
		again, _ = r.AppendBinary(nil)
	} else {
		r, err := mipv4.ParseReply(b)
		if err != nil {
			t.Fatal(err)
		}
		if p.Fields.Type != 0 && (int(r.Code) != p.Fields.Code || int(r.Lifetime) != p.Fields.Lifetime ||
			r.HomeAddress.String() != p.Fields.HomeAddress || r.HomeAgent.String() != p.Fields.HomeAgent ||
			r.Identification.String() != p.Fields.Identification) {
			t.Errorf("%v, want %+v", r, p.Fields)
		}
		l = r.Extensions
		again, _ = r.AppendBinary(nil)
	}
	if !bytes.Equal(again, b) {
		t.Errorf("appended again\n%x, want\n%x", again, b)
	}
	x, ok := l.First()
	for _, e := range p.Extensions {
		if !ok {
			t.Fatalf("list ends before %+v", e)
		}
		value := len(x.Bytes()) - len(e.Value)/2
		if int(x.Type()) != e.Type || x.Offset() != e.Offset || len(x.Bytes()) != e.Total ||
			hex.EncodeToString(x.Bytes()[value:]) != e.Value {
			t.Errorf("%v at %d, %d bytes, want %+v", x.Kind(), x.Offset(), len(x.Bytes()), e)
		}
		if s, ok := x.SubType(); ok && e.Subtype != nil && int(s) != *e.Subtype {
			t.Errorf("sub-type %d, want %d", s, *e.Subtype)
		}
		v, err := dsmip.Decode(x)
		if err != nil && err != error(ext.ErrTunnelRequestReserved) { // which the encoder calls valid
			t.Errorf("at %d: %v", x.Offset(), err)
		}
		d := e.Decoded
		switch v := v.(type) {
		case ext.Auth:
			if v.SPI() != *e.SPI || hex.EncodeToString(v.Authenticator()) != e.Authenticator {
				t.Errorf("SPI %d, authenticator %x, want %+v", v.SPI(), v.Authenticator(), e)
			}
			if e.AuthCovers != 0 && len(v.Covered()) != e.AuthCovers {
				t.Errorf("%d bytes covered, want %d", len(v.Covered()), e.AuthCovers)
			}
			verifyShared(t, v, e.Key, e.Alg)
		case ext.MobileNodeNAI:
			if string(v.Identifier) != d.NAI {
				t.Errorf("NAI %q, want %q", v.Identifier, d.NAI)
			}
		case ext.Challenge:
			if hex.EncodeToString(v.Value) != d.Challenge {
				t.Errorf("challenge %x, want %s", v.Value, d.Challenge)
			}
		case dsmip.PrefixRequest:
			if v.Prefix != netip.MustParseAddr(d.Prefix) || int(v.PrefixLength) != d.PrefixLength {
				t.Errorf("%v, want %+v", v, d)
			}
		case dsmip.PrefixReply:
			if v.Prefix != netip.MustParseAddr(d.Prefix) || int(v.PrefixLength) != d.PrefixLength || int(v.Code) != d.Code {
				t.Errorf("%v, want %+v", v, d)
			}
		}
		x, ok = l.Next(x)
	}
	if ok {
		t.Errorf("more extensions: %v at %d", x.Kind(), x.Offset())
	}
}

func verifyShared(t *testing.T, a ext.Auth, key, alg string) {
	if key == "" {
		return
	}
	k, err := hex.DecodeString(key)
	if err != nil {
		t.Fatal(err)
	}
	algorithm, err := ext.ParseAlgorithm(strings.TrimPrefix(alg, "keyed-"))
	if err != nil {
		t.Fatalf("algorithm %q", alg)
	}
	c, err := ext.NewSecurityContext(a.SPI(), algorithm, k)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Verify(a)
	if truncated := len(a.Authenticator()) < 16; (err == nil) == truncated {
		t.Errorf("%v: %v", a.Kind(), err)
	}
}

// TestSharedCaptures runs what real implementations sent, where it is: every
// packet is read, and the authenticators verify but for the one that was
// signed with another key.
func TestSharedCaptures(t *testing.T) {
	dir := "../../../shared/captures"
	files, _ := filepath.Glob(dir + "/*.hex")
	if len(files) == 0 {
		t.Skip("no captures beside the repository")
	}
	keys := []string{
		"spi=256,alg=hmac-md5,hex=31323334353637383132333435363738",
		"spi=1,alg=md5-prefix-suffix,hex=11111111111111111111111111111111",
	}
	verdicts := map[string]int{}
	for _, name := range files {
		var out, errs bytes.Buffer
		args := []string{"-json", "-key", keys[0], "-key", keys[1], name}
		if status := run(args, nil, &out, &errs); status != exitParsed {
			t.Errorf("%s: status %d, %s", name, status, &errs)
		}
		for line := range strings.Lines(out.String()) {
			var m struct {
				Extensions []struct{ Verdict string }
				Faults     []any
			}
			if err := json.Unmarshal([]byte(line), &m); err != nil {
				t.Fatal(err)
			}
			if m.Faults != nil {
				t.Errorf("%s: %s", name, line)
			}
			for _, e := range m.Extensions {
				verdicts[e.Verdict]++
			}
		}
	}
	delete(verdicts, "") // the paddings
	if diff := cmp.Diff(map[string]int{valid: 12, invalid: 1}, verdicts); diff != "" {
		t.Errorf("authenticators, -want +got:\n%s", diff)
	}
}
