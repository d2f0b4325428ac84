package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The message of registry vector R (D and T, lifetime 1800, 10.0.0.1 at
// 10.0.0.3) without extensions.
const bare = "012207080a0000010a0000020a000003e000000112345678"

const bareJSON = `"message":"registrationRequest","type":1,"flags":"DT","lifetime":1800,` +
	`"homeAddress":"10.0.0.1","homeAgent":"10.0.0.2","careOfAddress":"10.0.0.3",` +
	`"identification":"e000000112345678","extensions":[]}` + "\n"

func TestInput(t *testing.T) {
	colons := strings.TrimSuffix(strings.Join(pairs(bare), ":"), ":")
	refused := func(line, offset, text, source string) string {
		return `{"line":` + line + `,"error":"` + text + `","source":"` + source + `","offset":` + offset + "}\n"
	}
	stopped := func(line, offset, number, text, source string) string {
		return strings.TrimSuffix(refused(line, offset, text, source), "}\n") + `,"stoppedAtType":` + number + "}\n"
	}
	endless := refused("1", "0", "more than 16,777,216 characters on a line", "RFC 5944 §3.1")
	at := func(line string) string { return `{"line":` + line + "," + bareJSON }
	tests := []struct {
		name, in, out string
		status        int
	}{
		{"nothing", "", "", 0},
		{"one a line", bare + "\n" + bare + "\n", at("1") + at("2"), 0},
		{"no newline at the end", bare, at("1"), 0},
		{"carriage returns", bare + "\r\n", at("1"), 0},
		{"empty lines as of packets without payload", "\n\n" + bare + "\n\n", at("3"), 0},
		{"colons", colons + "\n", at("1"), 0},
		{"upper case and spaces", " " + strings.ToUpper(bare[:8]) + " " + bare[8:] + "\n", at("1"), 0},
		{"two payloads of a frame", bare + "," + bare + "\n", at("1") + at("1"), 0},
		{"comment line before packets a line", "# capture\n" + bare + "\n" + bare + "\n", at("2") + at("3"), 0},
		{"annotated", "# text\n\n" + bare[:8] + " # head\n" + bare[8:40] + "\n# between\n" + bare[40:] + " # id\n\n" + bare + "\n", at("3") + at("8"), 0},
		{"not hex", "01zz\n" + bare + "\n", refused("1", "1", "not hexadecimal", "RFC 4648 §8") + at("2"), 1},
		{"odd digits", bare + "0\n", refused("1", "24", "not hexadecimal", "RFC 4648 §8"), 1},
		{"cut", bare[:46] + "\n" + bare + "\n",
			refused("1", "23", "Registration Request shorter than its fixed part of 24 bytes", "RFC 5944 §3.3") + at("2"), 1},
		{"other message", "0500\n", stopped("1", "0", "5", "a message of a type that no RFC defines", "RFC 5944 §6.1"), 1},
		{"overrun", bare + "00" + "8302aa\n",
			`{"line":1,` + strings.Replace(strings.TrimSuffix(bareJSON, "}\n"), "[]", `[{"offset":24,"type":0,"name":"oneBytePadding","size":1,"body":""}]`, 1) +
				`,"error":"the extension's Length runs past the end of the message","source":"RFC 5944 §1.9","offset":25,"stoppedAtType":131}` + "\n", 1},
		{"a comment in a paragraph of packets", bare + "\n" + bare + " # note\n" + bare + "\n", at("1") + at("2") + at("3"), 0},
		{"a comment line in it", bare + "\n# note\n" + bare + " # note\n" + bare + "\n", at("1") + at("3") + at("4"), 0},
		{"annotated behind packets", bare + "\n\n" + bare[:8] + " # head\n" + bare[8:] + "\n", at("1") + at("3"), 0},
		{"two packets and a comment", bare + "," + bare + " # two\n" + bare + "\n", at("1") + at("1") + at("2"), 0},
		{"behind an endless line", strings.Repeat("00", maxLine) + "\n" + bare + " # note\n" + bare + "\n", endless + at("2") + at("3"), 1},
		{"endless comment", "# " + strings.Repeat("x", maxLine) + "\n" + bare + " #" + strings.Repeat("y", maxLine) + "\n", at("2"), 0},
		{"many packets on a line", strings.Repeat(bare+",", 1000) + bare + "\n", strings.Repeat(at("1"), 1001), 0},
		{"endless line of commas", bare + strings.Repeat(",", maxLine) + bare + "\n" + bare + "\n", endless + at("2"), 1},
		{"endless paragraph", "00 # first\n" + strings.Repeat("00\n", maxLine/2) + "\n" + bare + "\n", endless + at("8388611"), 1},
		{"endless line", strings.Repeat("00", maxLine) + "\n" + bare + "\n", endless + at("2"), 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out, errs bytes.Buffer
			status := run([]string{"-json"}, strings.NewReader(tt.in), &out, &errs)
			if status != tt.status || out.String() != tt.out || errs.Len() > 0 {
				t.Errorf("status %d, want %d; stderr %q; got\n%swant\n%s", status, tt.status, &errs, &out, tt.out)
			}
		})
	}
}

// pairs splits hex into bytes.
func pairs(s string) (p []string) {
	for ; s != ""; s = s[2:] {
		p = append(p, s[:2])
	}
	return p
}

// poor is what a body breaks that does not fit its layout, and its reactions.
const poor = `"breaks":"must","reaction":{"homeAgent":"unspecified (reply 134)","foreignAgent":"unspecified (reply 70)","mobileNode":"unspecified (discard)"}},`

// TestLayoutFault: a body that does not fit is listed, and the rest is printed.
func TestLayoutFault(t *testing.T) {
	var out, errs bytes.Buffer
	in := bare + "98020140" + "9400" + "2003000100" + "\n"
	if status := run([]string{"-json"}, strings.NewReader(in), &out, &errs); status != exitParsed {
		t.Errorf("status %d", status)
	}
	want := `"extensions":[` +
		`{"offset":24,"type":152,"subType":1,"name":"ipv6PrefixRequest","size":4,"body":"40"},` +
		`{"offset":28,"type":148,"name":"unknown","size":2,"body":""},` +
		`{"offset":30,"type":32,"name":"mobileHomeAuthentication","size":5,"body":"000100"}],` +
		`"faults":[` +
		`{"offset":24,"fault":"IPv6 Prefix Request: Length is not 18","source":"draft-ietf-mip4-dsmipv4-06 §3.1, RFC 5454 §2.1",` + poor +
		`{"offset":28,"fault":"short-form extension of Length 0 has no Sub-Type","source":"RFC 5944 §1.11",` + poor +
		`{"offset":30,"fault":"Mobile-Home Authentication: Length is less than 4","source":"RFC 5944 §3.5.2","breaks":"must",` +
		`"reaction":{"homeAgent":"unspecified (discard)","foreignAgent":"unspecified (reply 70)","mobileNode":"unspecified (discard)"}}]}` + "\n"
	if _, got, _ := strings.Cut(out.String(), `"e000000112345678",`); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// The registry's vectors: bare with a Mobile-Home authenticator under the key
// 000102..0f.
const (
	signed    = bare + "201400000100804145f2b3696284573badcdb6581487"
	keyWords0 = "spi=256,alg=hmac-md5,hex=000102030405060708090a0b0c0d0e0f"
)

func TestKeys(t *testing.T) {
	wrong := strings.Replace(keyWords0, "0f", "ff", 1)
	tests := []struct {
		keys []string
		want string
	}{
		{nil, ""},
		{[]string{keyWords0}, valid},
		{[]string{keyWords0 + ",ext=mhae"}, valid},
		{[]string{"hex=000102030405060708090a0b0c0d0e0f,spi=0x100"}, valid},
		{[]string{keyWords0 + ",ext=mfae"}, unknown},
		{[]string{"spi=257,alg=hmac-md5,hex=00"}, unknown},
		{[]string{wrong}, invalid},
		{[]string{wrong, keyWords0}, valid},
		{[]string{wrong, keyWords0 + ",ext=fhae"}, invalid},
	}
	for _, tt := range tests {
		var args []string
		for _, k := range tt.keys {
			args = append(args, "-key", k)
		}
		var out, errs bytes.Buffer
		if status := run(append(args, "-json"), strings.NewReader(signed), &out, &errs); status != exitParsed {
			t.Errorf("%v: status %d: %s", tt.keys, status, &errs)
		}
		want := `"verdict":"` + tt.want + `"}]`
		if tt.want == valid {
			want = `"verdict":"valid","key":` + strconv.Itoa(len(tt.keys)) + `}]`
		}
		if tt.want == "" {
			want = `"authenticator":"804145f2b3696284573badcdb6581487"}}]`
		}
		if !strings.Contains(out.String(), want) {
			t.Errorf("%v: no %s in %s", tt.keys, want, &out)
		}
	}
}

func TestUsage(t *testing.T) {
	secret := "5ec4e75ec4e75ec4"
	for _, args := range [][]string{
		{"-unknown"},
		{"-key"},
		{"-key", "spi=256"},
		{"-key", "hex=" + secret},
		{"-key", "spi=256,hex=" + secret + "x"},
		{"-key", "spi=256,hex="},
		{"-key", "spi=x,hex=" + secret},
		{"-key", "spi=4294967296,hex=" + secret},
		{"-key", "spi=256,alg=sha3,hex=" + secret},
		{"-key", "spi=256,ext=mip,hex=" + secret},
		{"-key", "spi=256,spi=256,hex=" + secret},
		{"-key", "spi=256,hex=" + secret + ",key=" + secret},
		{"no-such-file"},
		{"no-such-file", "-key", "spi=256,hex=" + secret + "x"},
		{"-json", "spi=256,hex=" + secret},
		{secret},
		{"256:hmac-md5:" + secret},
		{"-key", "spi=256,hex=00", secret},
		{"---key=spi=256,hex=" + secret},
		{"-keys=spi=256,hex=" + secret},
		{"-profile=spi=256,hex=" + secret},
		{"-profile", "spi=256,hex=" + secret},
		{"-json=spi=256,hex=" + secret},
		{"-leg", "mn-mn"},
		{"-leg", "any"},
		{"-profile", "rfc3344"},
	} {
		var out, errs bytes.Buffer
		if status := run(args, strings.NewReader(""), &out, &errs); status != exitUsage || errs.Len() == 0 || out.Len() > 0 {
			t.Errorf("%q: status %d, stderr %q, stdout %q", args, status, &errs, &out)
		}
		if strings.Contains(errs.String(), secret) {
			t.Errorf("%q: the key is in %q", args, &errs)
		}
	}
}

// TestTree: what is printed for reading, with a NAI that would clear the
// terminal.
func TestTree(t *testing.T) {
	var out, errs bytes.Buffer
	in := bare + "83041b5b324a" + "c80101" + "\n" + "02\n" + "030007080a0000010a000002e000000112345678\n"
	if status := run(nil, strings.NewReader(in), &out, &errs); status != exitRefused {
		t.Errorf("status %d", status)
	}
	want := `line 1: Registration Request
  Flags            DT
  Lifetime         1800s
  Home Address     10.0.0.1
  Home Agent       10.0.0.2
  Care-of Address  10.0.0.3
  Identification   e000000112345678, as a time 2019-02-02 11:39:45.071111 UTC
  at 24: Mobile Node NAI, type 131, 6 bytes
    identifier     "\x1b[2J"
  at 30: type 200, 3 bytes
    body           01

line 2: not readable at offset 0: a message of a type that no RFC defines (RFC 5944 §6.1)

line 3: Registration Reply
  Code             0, accepted: registration accepted
  Lifetime         1800s
  Home Address     10.0.0.1
  Home Agent       10.0.0.2
  Identification   e000000112345678, as a time 2019-02-02 11:39:45.071111 UTC

`
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", &out, want)
	}
}

// TestManyAuthenticators: a datagram of nothing but authentication extensions
// costs no more than a few verifications.
func TestManyAuthenticators(t *testing.T) {
	in := bare + strings.Repeat("201400000100"+strings.Repeat("00", 16), 2900) + "\n"
	var out, errs bytes.Buffer
	run([]string{"-json", "-key", keyWords0}, strings.NewReader(in), &out, &errs)
	if n := strings.Count(out.String(), `"verdict":"invalid"`); n != maxVerified {
		t.Errorf("%d verified", n)
	}
	if n := strings.Count(out.String(), `"verdict":"unknown"`); n != 2900-maxVerified {
		t.Errorf("%d unknown", n)
	}
}

func TestExpand(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"b/2.hex", "a/1.hex", "a/note.txt"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(bare), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := filepath.Join(dir, "a", "1.hex") + " " + filepath.Join(dir, "b", "2.hex")
	for _, arg := range []string{dir, dir + "/..."} {
		if got, err := expand([]string{arg}); err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s: %v, %v", arg, got, err)
		}
	}
}

// TestRules: a UDP Tunnel Request of a mobile node without the D flag and IPv6
// Tunneling Mode behind the authenticator, on the way to the home agent.
func TestRules(t *testing.T) {
	in := "010207080a0000010a0000020a000003e000000112345678" + "9006000000000000" +
		"201400000100804145f2b3696284573badcdb6581487" + "98020300" + "\n"
	var out, errs bytes.Buffer
	if status := run([]string{"-json", "-leg", "mn-ha", "-profile", "rfc5454"}, strings.NewReader(in), &out, &errs); status != exitParsed || errs.Len() > 0 {
		t.Errorf("status %d: %s", status, &errs)
	}
	want := `"faults":[` +
		`{"offset":1,"fault":"a registration with the home agent directly, without the D flag","source":"RFC 5944 §3.6.1.2","breaks":"should","reaction":{}},` +
		`{"offset":24,"fault":"the mobile node's UDP Tunnel Request without the D flag","source":"RFC 3519 §3.1.5, §4.4, §4.6.1","breaks":"must",` +
		`"reaction":{"homeAgent":"SHOULD reply 134","foreignAgent":"unspecified (ignore)"}},` +
		`{"offset":54,"fault":"IPv6 Tunneling Mode is out of place","source":"draft-ietf-mip4-dsmipv4-06 §4.1, RFC 5454 §3.1","breaks":"must",` +
		`"reaction":{"homeAgent":"unspecified (ignore)","foreignAgent":"unspecified (ignore)","mobileNode":"unspecified (ignore)"}}]}` + "\n"
	if _, got, _ := strings.Cut(out.String(), "],"); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	out.Reset()
	run([]string{"-leg", "mn-ha"}, strings.NewReader(in), &out, &errs)
	tree := `  fault at 1: a registration with the home agent directly, without the D flag (RFC 5944 §3.6.1.2), a SHOULD
  fault at 24: the mobile node's UDP Tunnel Request without the D flag (RFC 3519 §3.1.5, §4.4, §4.6.1)
    home agent     SHOULD reply 134
    foreign agent  unspecified (ignore)
`
	if !strings.Contains(out.String(), tree) {
		t.Errorf("no\n%sin\n%s", tree, &out)
	}
	out.Reset()
	run([]string{"-json"}, strings.NewReader(in), &out, &errs)
	if strings.Contains(out.String(), "faults") {
		t.Errorf("judged without a leg: %s", &out)
	}
}

// TestControlsInJSON: what JSON leaves as it is does not reach a terminal either.
func TestControlsInJSON(t *testing.T) {
	var out, errs bytes.Buffer
	in := bare + "830c" + "7f" + "c29b" + "c3a4" + "e280ae" + "f3a08081" + "\n"
	if status := run([]string{"-json"}, strings.NewReader(in), &out, &errs); status != exitParsed {
		t.Errorf("status %d", status)
	}
	if !strings.Contains(out.String(), `"identifier":"\u007f\u009bä\u202e\udb40\udc01"`) {
		t.Errorf("got %q", &out)
	}
}

// TestFlagsAnywhere: flags may stand behind file names, and -- ends them.
func TestFlagsAnywhere(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range []string{"one.hex", "-json"} {
		if err := os.WriteFile(name, []byte(bare+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for args, want := range map[string]int{"one.hex -json": 1, "one.hex -json ./-json": 2, "-json -- one.hex -json": 2, "-json . one.hex": 2} {
		var out, errs bytes.Buffer
		status := run(strings.Fields(args), strings.NewReader(""), &out, &errs)
		if status != exitParsed || strings.Count(out.String(), bareJSON) != want || errs.Len() > 0 {
			t.Errorf("%s: status %d, %s%s", args, status, &errs, &out)
		}
	}
	var out, errs bytes.Buffer
	if status := run([]string{"-h"}, strings.NewReader(""), &out, &errs); status != exitParsed || errs.Len() > 0 || !strings.Contains(out.String(), "-profile") {
		t.Errorf("-h: status %d, %s%s", status, &errs, &out)
	}
}

// TestDirectories: a directory stands for its files, also behind a symbolic link.
func TestDirectories(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "a", "b")
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(deep, "x.hex"), []byte(bare+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join(dir, "a"), link); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	for _, name := range []string{dir, link, link + "/", link + "/...", deep} {
		var out, errs bytes.Buffer
		if status := run([]string{"-json", name}, strings.NewReader(""), &out, &errs); status != exitParsed || strings.Count(out.String(), bareJSON) != 1 {
			t.Errorf("%s: status %d, %s%s", name, status, &errs, &out)
		}
	}
}
