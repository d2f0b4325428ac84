package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

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
	Type           int               `json:"type"`
	Flags          string            `json:"flags"`
	Lifetime       uint16            `json:"lifetime"`
	HomeAddress    netip.Addr        `json:"homeAddress"`
	HomeAgent      netip.Addr        `json:"homeAgent"`
	CareOfAddress  netip.Addr        `json:"careOfAddress"`
	Identification string            `json:"identification"`
	Code           code.Registration `json:"code"`
	Extensions     []struct {
		Type         ext.Type `json:"type"`
		SubType      uint8    `json:"subType"`
		Offset, Size int
		Body         string `json:"body"`
		Verdict      string `json:"verdict"`
		AsReceived   bool   `json:"asReceived"`
		Fields       struct {
			SPI           uint32          `json:"spi"`
			Authenticator string          `json:"authenticator"`
			Identifier    string          `json:"identifier"`
			Value         string          `json:"value"`
			PrefixLength  uint8           `json:"prefixLength"`
			Prefix        netip.Addr      `json:"prefix"`
			Code          code.IPv6Prefix `json:"code"`
		} `json:"fields"`
	} `json:"extensions"`
	Faults []any `json:"faults"`
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
			if err := json.Unmarshal(raw, &want); err != nil {
				t.Fatal(err)
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

func dumpJSON(t *testing.T, b []byte, keys []string) (map[string]any, int) {
	args := []string{"-json"}
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
	check := func(t *testing.T, b, raw []byte, want expectation) {
		if len(b) == 0 {
			// No line of hex says "an empty datagram".
			if _, err := mipv4.TypeOf(b); err != mipv4.ErrEmpty {
				t.Errorf("empty datagram: %v", err)
			}
			return
		}
		got, status := dumpJSON(t, b, want.Keys)
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
		if c, ok := got["code"].(float64); ok {
			said(t, got, "codeText", code.Registration(c).String())
		}
		extensions, _ := got["extensions"].([]any)
		for _, e := range extensions {
			e := e.(map[string]any)
			if e["verdict"] == valid {
				n, _ := e["key"].(float64)
				spi := e["fields"].(map[string]any)["spi"].(float64)
				if n < 1 || int(n) > len(want.Keys) || !strings.Contains(","+want.Keys[int(n)-1]+",", ",spi="+strconv.Itoa(int(spi))+",") {
					t.Errorf("verified by key %v, SPI %v", n, spi)
				}
				delete(e, "key")
			}
		}
		var all map[string]any
		if err := json.Unmarshal(raw, &all); err != nil {
			t.Fatal(err)
		}
		delete(all, "keys")
		for _, e := range all["extensions"].([]any) {
			delete(e.(map[string]any), "asReceived")
		}
		if !reflect.DeepEqual(got, all) {
			t.Errorf("got\n%s\nwant\n%s", indent(got), indent(all))
		}
	}
	t.Run("valid", func(t *testing.T) { goldens(t, "valid", check) })
	t.Run("malformed", func(t *testing.T) { goldens(t, "malformed", check) })
}

// said checks one member, which no expectation has, and takes it out.
func said(t *testing.T, got map[string]any, key, want string) {
	if got[key] != want {
		t.Errorf("%s %v, want %s", key, got[key], want)
	}
	delete(got, key)
}

func indent(v any) string {
	b, _ := json.MarshalIndent(v, "", "  ")
	return string(b)
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

// TestGoldenBuild writes every valid packet from its expectation, with the
// extensions' own types and with Sign, into poisoned memory.
func TestGoldenBuild(t *testing.T) {
	goldens(t, "valid", func(t *testing.T, b, _ []byte, want expectation) {
		buf := bytes.Repeat([]byte{0xa5}, len(b)+64)
		msg, err := build(buf[:0], b, want)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(msg, b) {
			t.Errorf("built\n%x, want\n%x", msg, b)
		}
		if &msg[0] != &buf[0] {
			t.Error("the buffer was not used")
		}
		for i, c := range buf[len(msg):] {
			if c != 0xa5 {
				t.Fatalf("byte %d behind the message was written", i)
			}
		}
	})
}

// build appends the message to b. wire is the packet itself, from which come
// the extensions that no canonical encoder writes.
func build(b, wire []byte, want expectation) ([]byte, error) {
	id, err := strconv.ParseUint(want.Identification, 16, 64)
	if err != nil {
		return b, err
	}
	if want.Type == 1 {
		var flags mipv4.Flags
		for i, letter := range "SBDMGrTx" {
			if strings.ContainsRune(want.Flags, letter) {
				flags |= 0x80 >> i
			}
		}
		b, err = mipv4.Request{
			Flags:          flags,
			Lifetime:       mipv4.Lifetime(want.Lifetime),
			HomeAddress:    want.HomeAddress,
			HomeAgent:      want.HomeAgent,
			CareOfAddress:  want.CareOfAddress,
			Identification: mipv4.Identification(id),
		}.AppendBinary(b)
	} else {
		b, err = mipv4.Reply{
			Code:           want.Code,
			Lifetime:       mipv4.Lifetime(want.Lifetime),
			HomeAddress:    want.HomeAddress,
			HomeAgent:      want.HomeAgent,
			Identification: mipv4.Identification(id),
		}.AppendBinary(b)
	}
	if err != nil {
		return b, err
	}
	keys, err := parseKeys(want.Keys)
	if err != nil {
		return b, err
	}
	for _, e := range want.Extensions {
		body, err := hex.DecodeString(e.Body)
		if err != nil {
			return b, err
		}
		kind := ext.Kind(e.Type)<<8 | ext.Kind(e.SubType)
		f := e.Fields
		switch {
		case e.AsReceived:
			b = append(b, wire[e.Offset:e.Offset+e.Size]...)
		case e.Verdict == valid && (f.SPI > 255 || f.SPI == 2):
			for _, k := range keys {
				if k.context.SPI() == f.SPI && (k.kind == 0 || k.kind == kind) {
					b, err = sign(b, k.context, kind)
					break
				}
			}
		case kind == ext.KindMobileNodeNAI && len(body) > 0:
			b, err = ext.MobileNodeNAI{Identifier: []byte(f.Identifier)}.AppendBinary(b)
		case kind == ext.KindChallenge && len(body) > 0:
			b, err = ext.Challenge{Value: body}.AppendBinary(b)
		case kind == ext.KindIPv6PrefixRequest:
			b, err = dsmip.PrefixRequest{PrefixLength: f.PrefixLength, Prefix: f.Prefix}.AppendBinary(b)
		case kind == ext.KindIPv6PrefixReply:
			b, err = dsmip.PrefixReply{Code: f.Code, PrefixLength: f.PrefixLength, Prefix: f.Prefix}.AppendBinary(b)
		case kind == ext.KindIPv6TunnelingMode:
			b, err = dsmip.TunnelingMode{}.AppendBinary(b)
		default:
			b, err = ext.AppendRaw(b, kind, body)
		}
		if err != nil {
			return b, err
		}
	}
	return b, nil
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
		if err != nil {
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
	if want := map[string]int{valid: 12, invalid: 1}; !reflect.DeepEqual(verdicts, want) {
		t.Errorf("authenticators: %v, want %v", verdicts, want)
	}
}
