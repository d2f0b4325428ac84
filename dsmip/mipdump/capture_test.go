package main

import (
	"bytes"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/mipv4"
)

// dump runs mipdump on text and returns what it prints, and its exit status.
func dump(t *testing.T, in string, args ...string) (string, int) {
	t.Helper()
	var out, errs bytes.Buffer
	status := run(args, strings.NewReader(in), &out, &errs)
	if errs.Len() > 0 {
		t.Fatalf("%q: %s", args, &errs)
	}
	return out.String(), status
}

// TestColumns: what tshark prints in front of the payload, by any separator and as
// far as it is there.
func TestColumns(t *testing.T) {
	const all = `"time":"1795600000.125","source":"192.0.2.7","destination":"192.0.2.1",`
	tests := []struct{ in, want string }{
		{"1795600000.125\t192.0.2.7\t192.0.2.1\t" + bare, all},
		{"1795600000.125,192.0.2.7,192.0.2.1," + bare, all},
		{"1795600000.125;192.0.2.7;192.0.2.1;" + bare, all},
		{"1795600000.125 192.0.2.7 192.0.2.1 " + bare, all},
		{"1795600000.125|192.0.2.7|192.0.2.1|" + bare, all},
		{`"1795600000.125"` + "\t" + `"192.0.2.7"` + "\t" + `"192.0.2.1"` + "\t" + `"` + bare + `"`, all},
		{"192.0.2.7\t192.0.2.1\t" + bare, `"source":"192.0.2.7","destination":"192.0.2.1",`},
		{"1795600000.125\t" + bare, `"time":"1795600000.125",`},
		{"1795600000.125\t192.0.2.7,198.51.100.1\t192.0.2.1,198.51.100.2\t" + bare, `"time":"1795600000.125","source":"192.0.2.7","destination":"198.51.100.1",`},
		{bare, ""},
	}
	for _, tt := range tests {
		got, status := dump(t, tt.in+"\n", "-json")
		if want := `{"line":1,` + tt.want + bareJSON; got != want || status != exitParsed {
			t.Errorf("%q: status %d, got\n%swant\n%s", tt.in, status, got, want)
		}
	}
	// A frame without payload, and two payloads of a frame.
	got, _ := dump(t, "1795600000.125\t192.0.2.7\t192.0.2.1\t\n1795600001.5\t192.0.2.7\t192.0.2.1\t"+bare+","+bare+"\n", "-json")
	if n := strings.Count(got, `"line":2,"time":"1795600001.5","source"`); n != 2 || strings.Count(got, "\n") != 2 {
		t.Errorf("got %s", got)
	}
	tree, _ := dump(t, tests[0].in+"\n")
	if want := "line 1, 1795600000.125 192.0.2.7 > 192.0.2.1: Registration Request\n"; !strings.HasPrefix(tree, want) {
		t.Errorf("got %s", tree)
	}
}

// TestOtherInput: a capture file, and the text of tcpdump -x, are answered with what
// to do.
func TestOtherInput(t *testing.T) {
	for _, in := range []string{
		"\xd4\xc3\xb2\xa1\x02\x00\x04\x00", "\xa1\xb2\xc3\xd4\x00\x02\x00\x04", "\x4d\x3c\xb2\xa1", "\xa1\xb2\x3c\x4d", "\x0a\x0d\x0d\x0a\x1c\x00",
		"\t0x0000:  4500 0034 0000 0000 4011 f6c6 c000 0207\n", "        0x0010:  0122 0708\n",
	} {
		var out, errs bytes.Buffer
		status := run([]string{"-json"}, strings.NewReader(in), &out, &errs)
		if status != exitUsage || out.Len() > 0 || !strings.Contains(errs.String(), "tshark -r FILE -Y udp.port==434 -T fields") {
			t.Errorf("%q: status %d, %s%s", in, status, &errs, &out)
		}
	}
}

// A request without extensions from 10.0.0.1, and the reply to it, with an FA Error
// that only a foreign agent appends.
const (
	deniedReply = "038500000a0000010a000002e000006412345678"
	relayed     = "030007080a0000010a000002e000000112345678" + "201400000100" + "000102030405060708090a0b0c0d0e0f" + "2d020044"
)

// TestHop: a leg names a hop. Requests and replies are judged by the direction in
// which they travel, whichever of the two was named.
func TestHop(t *testing.T) {
	const lonely = `"fault":"no authorization-enabling extension"`
	for hop, misplaced := range map[string]bool{"mn-fa": false, "fa-mn": false, "mn-ha": true, "ha-mn": true, "fa-ha": true, "ha-fa": true} {
		got, status := dump(t, bare+"\n"+relayed+"\n", "-json", "-leg", hop)
		if status != exitParsed || strings.Count(got, lonely) != 1 {
			t.Errorf("%s: status %d, %s", hop, status, got)
		}
		if strings.Contains(got, "FA Error is out of place") != misplaced || strings.Contains(got, "does not travel") {
			t.Errorf("%s: %s", hop, got)
		}
	}
}

// TestKnowledge: what can be told of the hop changes what is found.
func TestKnowledge(t *testing.T) {
	mac := "201400000100" + strings.Repeat("00", 16)
	proxy := "010007080a0000010a0000020a000003e000000112345678" + "2f01000102"
	tests := []struct {
		in, fault string
		args      []string
		found     bool
	}{
		{bare + mac, "no Mobile-Foreign", []string{"-leg", "mn-fa", "-mobile-foreign", "shared"}, true},
		{bare + mac, "no Mobile-Foreign", []string{"-leg", "mn-fa", "-mobile-foreign", "unknown"}, false},
		{strings.Replace(bare, "0122", "0102", 1) + mac, "no Foreign-Home", []string{"-leg", "fa-ha", "-foreign-home", "shared"}, true},
		{strings.Replace(bare, "0122", "0102", 1) + mac, "no Foreign-Home", []string{"-leg", "fa-ha", "-foreign-home", "none"}, false},
		{proxy, "no authorization-enabling", []string{"-leg", "fa-ha", "-proxies", "none"}, true},
		{proxy, "proxy's own", []string{"-leg", "fa-ha", "-proxies", "unknown"}, true},
		{proxy, "authori", []string{"-leg", "fa-ha", "-proxies", "served"}, false},
		{bare + mac + mac, "of a kind", []string{"-leg", "mn-ha", "-edition", "rfc3344"}, true},
		{bare + mac + mac, "of a kind", []string{"-leg", "mn-ha", "-edition", "rfc5944"}, false},
	}
	for _, tt := range tests {
		if got, _ := dump(t, tt.in+"\n", append(tt.args, "-json")...); strings.Contains(got, tt.fault) != tt.found {
			t.Errorf("%q: %s", tt.args, got)
		}
	}
	for _, args := range [][]string{{"-proxies", "shared"}, {"-edition", "rfc2002"}, {"-mobile-foreign", "served"}, {"-foreign-home", ""}, {"-home", "x"}, {"-json", "-summary"}} {
		var out, errs bytes.Buffer
		if status := run(args, strings.NewReader(""), &out, &errs); status != exitUsage || errs.Len() == 0 {
			t.Errorf("%q: status %d", args, status)
		}
	}
}

// TestReplyWithRequest: a reply is judged with the newest request before it that has
// its low half of the Identification, and Code 133 shows how far the clocks are
// apart.
func TestReplyWithRequest(t *testing.T) {
	mac := "201400000100" + strings.Repeat("00", 16)
	prefix := func(s string) string { return "98120140" + s + strings.Repeat("00", 12) }
	reply := "030007080a0000010a000002e000000112345678" + "981402004000" + "20010db8" + strings.Repeat("00", 12) + mac
	first, second := bare+prefix("20010db9")+mac, bare+prefix("20010db8")+mac
	for _, tt := range []struct {
		in    string
		found bool
	}{
		{first + "\n" + reply, true},
		{first + "\n" + second + "\n" + reply, false},
		{second + "\n" + first + "\n" + reply, true},
		{reply + "\n" + first, false},
		{strings.Replace(first, "12345678", "12345679", 1) + "\n" + reply, false},
	} {
		got, _ := dump(t, tt.in+"\n", "-json", "-leg", "mn-ha", "-profile", "rfc5454")
		if strings.Contains(got, "a prefix that was not requested") != tt.found {
			t.Errorf("%s: %s", tt.in, got)
		}
	}
	got, _ := dump(t, bare+"\n"+deniedReply+"\n", "-json")
	if !strings.Contains(got, `"code":133,"codeText":"registration Identification mismatch","lifetime":0,`) || !strings.Contains(got, `"clockDifference":99,`) {
		t.Errorf("got %s", got)
	}
	tree, _ := dump(t, bare+"\n"+deniedReply+"\n")
	if strings.Contains(tree, "deregister") || !strings.Contains(tree, "  Lifetime         0s\n") || !strings.Contains(tree, "1m39s") {
		t.Errorf("a denial: %s", tree)
	}
	if got, _ := dump(t, deniedReply+"\n", "-json"); strings.Contains(got, "clockDifference") {
		t.Errorf("without its request: %s", got)
	}
}

// TestFront: of a packet that cannot be walked, what stands in front is shown.
func TestFront(t *testing.T) {
	in := signed + "83016e" + "05" + "0102\n"
	got, status := dump(t, in, "-json", "-key", keyWords0, "-leg", "mn-ha")
	want := `"name":"mobileNodeNAI","size":3,"body":"6e","fields":{"identifier":"n"}}],` +
		`"error":"unknown extension of a non-skippable type","source":"RFC 5944 §1.8","offset":49,"stoppedAtType":5}` + "\n"
	if status != exitRefused || !strings.HasSuffix(got, want) || !strings.Contains(got, `"verdict":"valid","key":1`) || !strings.Contains(got, `"homeAddress":"10.0.0.1"`) {
		t.Errorf("status %d, got %s", status, got)
	}
	tree, _ := dump(t, in)
	if !strings.Contains(tree, "  Home Address     10.0.0.1\n") ||
		!strings.Contains(tree, "  not readable at offset 49: unknown extension of a non-skippable type (RFC 5944 §1.8), type 5\n") {
		t.Errorf("got %s", tree)
	}
}

// TestKeyForms: the same key three ways, and an ASCII key with a comma in it.
func TestKeyForms(t *testing.T) {
	for _, k := range []string{keyWords0, "spi=256,base64=AAECAwQFBgcICQoLDA0ODw=="} {
		if got, _ := dump(t, signed+"\n", "-json", "-key", k); !strings.Contains(got, `"verdict":"valid","key":1`) {
			t.Errorf("%s: %s", k, got)
		}
	}
	k, err := parseKey("spi=0x100,ext=mhae,ascii=a,b=c")
	if err != nil {
		t.Fatal(err)
	}
	same, err := parseKey("spi=256,hex=612c623d63")
	if err != nil {
		t.Fatal(err)
	}
	msg := unhex(t, bare)
	one, _ := k.context.Sign(msg, k.kind)
	two, _ := same.context.Sign(msg, k.kind)
	if len(one) == 0 || !bytes.Equal(one, two) {
		t.Errorf("%x, %x", one, two)
	}
	for _, s := range []string{"spi=256,hex=00,ascii=x", "spi=256,base64=!", "spi=256,ascii="} {
		if _, err := parseKey(s); err == nil {
			t.Errorf("%s is taken", s)
		}
	}
}

// TestSummary: a line a message.
func TestSummary(t *testing.T) {
	in := "1795600000.125\t10.0.0.3\t10.0.0.2\t" + signed + "\n" + deniedReply + "\n" + "05\n"
	got, status := dump(t, in, "-summary", "-key", keyWords0)
	want := "1795600000.125 10.0.0.3 > 10.0.0.2: Registration Request flags DT lifetime 1800s homeAddress 10.0.0.1 homeAgent 10.0.0.2 careOfAddress 10.0.0.3 [Mobile-Home Authentication valid]\n" +
		"2: Registration Reply code 133, home agent: registration Identification mismatch lifetime 0s homeAddress 10.0.0.1 homeAgent 10.0.0.2 clockDifference 1m39s\n"
	if rest, ok := strings.CutPrefix(got, want); !ok || status != exitRefused || !strings.HasPrefix(rest, "3: not readable at offset 0") {
		t.Errorf("status %d, got\n%swant\n%s", status, got, want)
	}
}

// TestFilter: only the messages of one mobile node, the replies without NAI by their
// requests.
func TestFilter(t *testing.T) {
	named := bare + "830161"
	other := strings.Replace(bare, "0a000001", "0a000009", 1) + "830162"
	reply := "030007080a0000010a000002e000000112345678"
	in := named + "\n" + other + "\n" + reply + "\n"
	for _, tt := range []struct {
		args []string
		want string
	}{
		{nil, "123"}, {[]string{"-nai", "a"}, "1"}, {[]string{"-nai", "b"}, "23"}, {[]string{"-nai", "c"}, ""},
		{[]string{"-home", "10.0.0.1"}, "13"}, {[]string{"-home", "10.0.0.9"}, "2"}, {[]string{"-home", "10.0.0.9", "-nai", "a"}, ""},
	} {
		got, _ := dump(t, in, append(tt.args, "-json")...)
		lines := ""
		for line := range strings.Lines(got) {
			lines += line[len(`{"line":`):][:1]
		}
		if lines != tt.want {
			t.Errorf("%q: %s, want %s", tt.args, lines, tt.want)
		}
	}
}

// TestCaptureFile: the hint names no file, which may be a key in the wrong place.
func TestCaptureFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x.pcap")
	if err := os.WriteFile(name, []byte("\xd4\xc3\xb2\xa1"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	if status := run([]string{name}, nil, &out, &errs); status != exitUsage || !strings.Contains(errs.String(), "capture file") {
		t.Errorf("status %d, %s", status, &errs)
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// full is a writer that has no room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

// TestFull: what cannot be written is told, also where empty lines follow the last packet.
func TestFull(t *testing.T) {
	for _, in := range []string{bare, bare + "\n", bare + "\n\n\n", bare + " # text\n\n\n"} {
		var errs bytes.Buffer
		if status := run(nil, strings.NewReader(in), full{}, &errs); status != exitUsage || strings.Count(errs.String(), "no room") != 1 {
			t.Errorf("%q: status %d %s", in, status, errs.String())
		}
	}
}

// TestAskedOctets: requests that are remembered are bounded by their size, too.
func TestAskedOctets(t *testing.T) {
	var q asked
	long, err := mipv4.ParseRequest(append(unhex(t, bare), bytes.Repeat([]byte{0}, 65000)...))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 * maxAskedOctets / 65000 {
		long.Identification = mipv4.Identification(i)
		q.remember(long)
	}
	if n := len(q.newer) + len(q.older); n*65000 > maxAskedOctets+4*65000 || n < 500 {
		t.Errorf("%d are remembered", n)
	}
	if q.request(&mipv4.Reply{Identification: long.Identification}) == nil {
		t.Error("the newest is not remembered")
	}
}
