package main

import (
	"encoding/hex"
	"encoding/json"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// lastObject is the JSON that mipdump prints of the last packet.
func lastObject(t *testing.T, in string, args ...string) (map[string]any, int) {
	t.Helper()
	out, status := dump(t, in+"\n", append(args, "-json")...)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	var got map[string]any
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &got); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	return got, status
}

// TestTunnelData: what is inside of MIP Tunnel Data, in a line, where it is a packet of
// IPv4 or IPv6.
func TestTunnelData(t *testing.T) {
	const (
		ipv4 = "45000014000000000000" // up to the TTL
		ends = "0000" + "c0000201" + "c6336401"
	)
	for _, tt := range []struct {
		name, in string
		inner    map[string]any
	}{
		{"IPv4", "04040000" + ipv4[:16] + "4011" + ends, map[string]any{"protocol": 17., "source": "192.0.2.1", "destination": "198.51.100.1"}},
		{"IPv4 cut", "04040000" + ipv4[:16] + "4011" + ends[:18], nil},
		{"IPv6 in a header of IPv4", "04040000" + "6" + ipv4[1:16] + "4011" + ends, nil},
		{"IPv6", "04290000" + "6000000000003a40" + "20010db8000100000000000000000001" + "20010db8000200000000000000000002",
			map[string]any{"protocol": 58., "source": "2001:db8:1::1", "destination": "2001:db8:2::2"}},
		{"IPv6 cut", "04290000" + "6000000000003a40" + "20010db8000100000000000000000001" + "20010db80002000000000000000000", nil},
		{"GRE", "042f0000" + "00000800" + ipv4[:16] + "4011" + ends, nil},
		{"empty", "04040000", nil},
	} {
		got, status := lastObject(t, tt.in)
		inner, _ := got["inner"].(map[string]any)
		if diff := cmp.Diff(tt.inner, inner); diff != "" || status != exitParsed || got["message"] != "tunnelData" || got["extensions"] != nil {
			t.Errorf("%s: status %d, %v, -want +got:\n%s", tt.name, status, got, diff)
		}
	}
	tree, status := dump(t, "04040001"+ipv4[:16]+"4011"+ends+"\n")
	want := `line 1: MIP Tunnel Data
  Next Header      4, IP header
  Reserved         1
  Payload          45000014000000004011` + ends + `
  Inner            protocol 17, source 192.0.2.1, destination 198.51.100.1

`
	if tree != want || status != exitParsed {
		t.Errorf("status %d, got\n%swant\n%s", status, tree, want)
	}
}

// revocation is a Registration Revocation of 10.0.0.1 with the A flag.
const revocation = "07008000" + "0a000001" + "0a000002" + "0a000003" + "12345678"

// TestMessages: a capture of messages of all kinds, with columns. What does not fit its
// layout is listed; a known message type is no error.
func TestMessages(t *testing.T) {
	in := "1795600000.125\t10.0.0.2\t10.0.0.3\t" + revocation + "2203000100" + "\n" +
		"1795600000.250\t10.0.0.3\t10.0.0.2\t" + "0f008000" + "0a000001" + "12345678" + "\n" +
		"1795600000.375\t10.0.0.3\t10.0.0.9\t" + "10a80000" + "012c0000" + "0a000001" + "0a000002" + "e000000112345678" + "\n"
	got, status := dump(t, in, "-json")
	want := `{"line":1,"time":"1795600000.125","source":"10.0.0.2","destination":"10.0.0.3","message":"registrationRevocation","type":7,"a":true,"i":false,` +
		`"homeAddress":"10.0.0.1","homeDomainAddress":"10.0.0.2","foreignDomainAddress":"10.0.0.3","revocationIdentifier":305419896,"extensions":[` +
		`{"offset":20,"type":34,"name":"foreignHomeAuthentication","size":5,"body":"000100"}],"faults":[` +
		`{"offset":20,"fault":"Foreign-Home Authentication: Length is less than 4","source":"RFC 5944 §3.5.4",` + strings.TrimSuffix(poor, ",") + "]}\n" +
		`{"line":2,"time":"1795600000.250","source":"10.0.0.3","destination":"10.0.0.2","message":"revocationAcknowledgment","type":15,"i":true,` +
		`"homeAddress":"10.0.0.1","revocationIdentifier":305419896,"extensions":[]}` + "\n" +
		`{"line":3,"time":"1795600000.375","source":"10.0.0.3","destination":"10.0.0.9","message":"handoffRequest","type":16,` +
		`"h":true,"n":false,"r":true,"m":false,"g":true,"t":false,"b":false,"lifetime":300,"mnHomeAddress":"10.0.0.1","haAddress":"10.0.0.2",` +
		`"identification":"e000000112345678","extensions":[]}` + "\n"
	if got != want || status != exitParsed {
		t.Errorf("status %d, got\n%swant\n%s", status, got, want)
	}
	got, _ = dump(t, in, "-summary")
	want = "1795600000.125 10.0.0.2 > 10.0.0.3: Registration Revocation flags A homeAddress 10.0.0.1 homeDomainAddress 10.0.0.2 foreignDomainAddress 10.0.0.3 " +
		"revocationIdentifier 305419896 [Foreign-Home Authentication], fault: Foreign-Home Authentication: Length is less than 4\n" +
		"1795600000.250 10.0.0.3 > 10.0.0.2: Revocation Acknowledgment flags I homeAddress 10.0.0.1 revocationIdentifier 305419896\n" +
		"1795600000.375 10.0.0.3 > 10.0.0.9: Handoff Request flags HRG lifetime 300s mnHomeAddress 10.0.0.1 haAddress 10.0.0.2\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	for home, lines := range map[string]int{"10.0.0.1": 3, "10.0.0.2": 0} {
		if got, _ := dump(t, in, "-summary", "-home", home); strings.Count(got, "\n") != lines {
			t.Errorf("%s: got\n%s", home, got)
		}
	}
	// Many bytes and many entries are counted in a summary.
	got, _ = dump(t, "ff"+strings.Repeat("00", 17)+"\n", "-summary")
	if got != "1: Experimental opaque 17 bytes\n" {
		t.Errorf("got %s", got)
	}
	// The Lifetime of a denial is not that of a registration.
	for in, want := range map[string]string{
		"13700000" + "0a000001" + "0a000002" + "e000000112345678":       "  Code             112, foreign agent: unknown gateway foreign agent\n  Lifetime         0s\n  Home Address     10.0.0.1\n  GFA IP Address   10.0.0.2\n",
		"13000000" + "0a000001" + "0a000002" + "e000000112345678":       "  Code             0, accepted: registration accepted\n  Lifetime         deregister\n",
		"16001234" + strings.Repeat("0a000001", 3) + "e000000112345678": "  MD               0, sent by the HA to the MN\n  Flags            \n  Reserved         4660\n  Home Address     10.0.0.1\n  Home Agent Address 10.0.0.1\n  Care-of Address  10.0.0.1\n",
	} {
		if got, _ := dump(t, in+"\n"); !strings.Contains(got, want) {
			t.Errorf("got\n%swant\n%s", got, want)
		}
	}
}

// TestMessageKeys: the authenticator of a revocation, which another program computed, is
// verified.
func TestMessageKeys(t *testing.T) {
	file := goldenDir + "/valid/message-revocation.hex"
	for args, want := range map[string]string{
		"spi=768,alg=hmac-md5,hex=14d8e95b7c20f3a641be0d9772cc5ae8":          `"verdict":"valid","key":1}]`,
		"spi=768,alg=hmac-md5,hex=14d8e95b7c20f3a641be0d9772cc5ae9,ext=fhae": `"verdict":"invalid"}]`,
		"spi=768,alg=hmac-md5,hex=14d8e95b7c20f3a641be0d9772cc5ae8,ext=mhae": `"verdict":"unknown"}]`,
	} {
		if got, status := dump(t, "", "-json", "-key", args, file); !strings.Contains(got, want) || status != exitParsed {
			t.Errorf("status %d, no %s in %s", status, want, got)
		}
	}
}

// An Agent Advertisement of 192.0.2.1 with the care-of address 203.0.113.5, and an
// extension that runs past the end. The checksums were summed up by hand.
const (
	advertised = "0900cd8a" + "01020708" + "c0000201" + "00000000" + "100a" + "0001" + "0258" + "1100" + "cb007105"
	overrun    = advertised + "1304"
)

// TestMessagesAreJudged: messages that are no registrations are judged by a hop, whichever
// way they went on it, or by what is between two foreign agents.
func TestMessagesAreJudged(t *testing.T) {
	const auth = "2214" + "00000100" + "00112233445566778899aabbccddeeff"
	lines := []string{
		revocation + auth, // a home agent's
		"07000000" + "0a000001" + "0a000002" + "0a000003" + "12345678" + auth, // a foreign agent's
		"07008000" + "0a000001" + "00000000" + "0a000003" + "12345678" + auth, // the home agent does not say who it is
		"10a80000" + "012c0000" + "0a000001" + "0a000002" + "e000000112345678",
		"1800" + "0102030405060708" + "83076e40682e6f7267", // a Home Test Init has no extensions
	}
	for i, want := range [][]string{
		nil,
		nil,
		{"the Home Domain Address of a revocation to a foreign agent is 0.0.0.0 (RFC 3543 Appendix B)"},
		{"the R bit of a handoff message beside the H or the N bit (RFC 4881 §4.5, §4.6)",
			"a handoff message without FA-FA Authentication (RFC 4881 §4.5, §4.6, §11)",
			"a Handoff Request without a link-layer address (RFC 4881 §4.5)"},
		{"return routability"},
	} {
		for _, leg := range []string{"fa-ha", "ha-fa"} {
			got, _ := dump(t, lines[i]+"\n", "-leg", leg)
			if len(want) == 0 && strings.Contains(got, "RFC") {
				t.Errorf("line %d, %s:\n%s", i+1, leg, got)
			}
			for _, w := range want {
				if !strings.Contains(got, w) {
					t.Errorf("line %d, %s: no %q:\n%s", i+1, leg, w, got)
				}
			}
		}
	}
	// An agent with T and without F.
	got, _ := dump(t, "09001995"+"01020708"+"c0000201"+"00000000"+"1006"+"0001"+"0258"+"0100"+"\n", "-icmp", "-leg", "mn-fa")
	if want := "the T or the I bit is set and the F bit is not (RFC 5944 §2.1.1, RFC 3024 §3.1, RFC 4857 §8.1)"; strings.Count(got, want) != 1 {
		t.Errorf("not once %q:\n%s", want, got)
	}
}

// TestDiscovery: a capture of agent discovery. With a wrong checksum, or an extension
// that does not fit, what can be read is shown all the same.
func TestDiscovery(t *testing.T) {
	in := "1795600000.125\t192.0.2.1\t224.0.0.1\t" + advertised + "\n" + "1795600001.5\t0.0.0.0\t224.0.0.11\t0a00f5ff00000000\n"
	got, status := dump(t, in, "-icmp")
	want := `line 1, 1795600000.125 192.0.2.1 > 224.0.0.1: Agent Advertisement
  Code             0, handles common traffic
  Checksum         52618
  Num Addrs        1
  Addr Entry Size  2
  Lifetime         1800s
  Router Addresses address 192.0.2.1, preferenceLevel 0
  at 16: Mobility Agent Advertisement, type 16, 12 bytes
    sequenceNumber 1
    registrationLifetime 600s
    flags          FT
    careOfAddresses 203.0.113.5

line 2, 1795600001.5 0.0.0.0 > 224.0.0.11: Agent Solicitation
  Code             0
  Checksum         62975

`
	if got != want || status != exitParsed {
		t.Errorf("status %d, got\n%swant\n%s", status, got, want)
	}
	got, _ = dump(t, in, "-icmp", "-summary")
	want = "1795600000.125 192.0.2.1 > 224.0.0.1: Agent Advertisement code 0, handles common traffic checksum 52618 numAddrs 1 addrEntrySize 2 lifetime 1800s " +
		"routerAddresses address 192.0.2.1, preferenceLevel 0 [Mobility Agent Advertisement]\n" +
		"1795600001.5 0.0.0.0 > 224.0.0.11: Agent Solicitation code 0 checksum 62975\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	const agent = `"extensions":[{"offset":16,"type":16,"name":"mobilityAgentAdvertisement","size":12,"body":"000102581100cb007105","fields":` +
		`{"sequenceNumber":1,"registrationLifetime":600,"flags":"FT","careOfAddresses":["203.0.113.5"]}}]`
	const fixed = `{"line":1,"message":"agentAdvertisement","type":9,"code":0,"codeText":"handles common traffic","checksum":`
	const routers = `,"numAddrs":1,"addrEntrySize":2,"lifetime":1800,"routerAddresses":[{"address":"192.0.2.1","preferenceLevel":0}],`
	right := strings.Replace(overrun, "cd8a", "ba86", 1) // less 0x1304
	for in, want := range map[string]string{
		advertised: fixed + "52618" + routers + agent + "}\n",
		right: fixed + "47750" + routers + agent +
			`,"error":"the extension's Length runs past the end of the message","source":"RFC 5944 §1.9","offset":28,"stoppedAtType":19}` + "\n",
		"0900cd8b" + advertised[8:]: fixed + "52619" + routers + agent +
			`,"error":"the ICMP checksum is wrong","source":"RFC 1256 §4.2, §5.2","offset":2}` + "\n",
		// The checksum is wrong, and something does not fit.
		overrun: fixed + "52618" + routers + agent +
			`,"error":"the ICMP checksum is wrong","source":"RFC 1256 §4.2, §5.2","offset":2}` + "\n",
		"0800f7ff00000000": `{"line":1,"error":"the ICMP message is of another type","source":"RFC 1256 §3","offset":0,"stoppedAtType":8}` + "\n",
		"0900":             `{"line":1,"error":"Agent Advertisement shorter than its fixed part of 8 bytes","source":"RFC 1256 §5.2","offset":2}` + "\n",
		"0900f5fe01010000": `{"line":1,"error":"Addr Entry Size is less than 2","source":"RFC 1256 §5.2","offset":5}` + "\n",
	} {
		got, status := dump(t, in+"\n", "-json", "-icmp")
		if got != want || (status == exitParsed) != (in == advertised) {
			t.Errorf("%s: status %d, got\n%swant\n%s", in, status, got, want)
		}
	}
	var hint strings.Builder
	if status := run([]string{"-icmp"}, strings.NewReader("\xd4\xc3\xb2\xa1"), &hint, &hint); status != exitUsage || !strings.Contains(hint.String(), "data.data | mipdump -icmp") {
		t.Errorf("status %d, %s", status, &hint)
	}
}

// TestOutcomes: what came of the prefixes that a request asks for, by the profile, the
// care-of address and the keys.
func TestOutcomes(t *testing.T) {
	const (
		co    = "0122" // D and T
		at    = "0102" // at a foreign agent's
		body  = "07080a0000010a0000020a000003e000000112345678"
		reply = "03%07080a0000010a000002e000000112345678"
		mode  = "98020300"
		auth  = "201400000100" + "00000000000000000000000000000000"
	)
	one, two := "20010db8000000010000000000000000", "20010db8000000020000000000000000"
	asked, second := "98120140"+one, "98120140"+two
	answer := func(c, prefix string) string { return "981402" + c + "4000" + prefix }
	accepted := strings.Replace(reply, "%", "00", 1)
	granted := func(prefix string, c float64, tunnel string) map[string]any {
		return map[string]any{"asked": prefix, "accepted": true, "code": c, "prefix": prefix, "tunnel": tunnel}
	}
	rejected := func(prefix string) map[string]any { return map[string]any{"asked": prefix, "accepted": false} }
	const p1, p2 = "2001:db8:0:1::/64", "2001:db8:0:2::/64"
	for _, tt := range []struct {
		name           string
		request, reply string
		args           []string
		want           any
	}{
		{"home address", co + body + asked, accepted + answer("00", one) + auth, nil, []any{granted(p1, 0, "homeAddress")}},
		{"care-of address", co + body + asked + mode, accepted + answer("01", one) + auth, nil, []any{granted(p1, 1, "careOfAddress")}},
		{"foreign agent", at + body + asked + mode, accepted + answer("01", one) + auth, nil, []any{granted(p1, 1, "native")}},
		{"foreign agent, RFC 5454", at + body + asked + mode, accepted + answer("01", one) + auth, []string{"-profile", "rfc5454"}, []any{granted(p1, 1, "homeAddress")}},
		{"a Code without a tunnel", co + body + asked, accepted + answer("02", one) + auth, nil, []any{granted(p1, 2, "unspecified")}},
		{"in their order", co + body + asked + second, accepted + answer("08", two) + answer("00", one) + auth, nil, []any{granted(p1, 0, "homeAddress"), rejected(p2)}},
		{"denied", co + body + asked, strings.Replace(reply, "%", "80", 1) + answer("00", one) + auth, nil, []any{rejected(p1)}},
		{"behind the authenticator", co + body + asked, accepted + auth + answer("00", one), nil, []any{rejected(p1)}},
		{"without authenticator", co + body + asked, accepted + answer("00", one), nil, []any{rejected(p1)}},
		{"wrong key", co + body + asked, accepted + answer("00", one) + auth, []string{"-key", keyWords0}, []any{rejected(p1)}},
		{"no key of its SPI", co + body + asked, accepted + answer("00", one) + auth, []string{"-key", "spi=257,hex=00"}, []any{rejected(p1)}},
		{"nothing asked", co + body, accepted + answer("00", one) + auth, nil, []any{}},
		{"of another home address", strings.Replace(co+body, "0a000001", "0a000009", 1) + asked, accepted + answer("00", one) + auth, nil, nil},
		{"not seen", strings.Replace(co+body, "12345678", "12345679", 1) + asked, accepted + answer("00", one) + auth, nil, nil},
	} {
		got, status := lastObject(t, tt.request+"\n"+tt.reply, tt.args...)
		if diff := cmp.Diff(tt.want, got["outcomes"]); diff != "" || status != exitParsed {
			t.Errorf("%s: status %d, -want +got:\n%s", tt.name, status, diff)
		}
	}
	// With the right key.
	k, err := parseKey(keyWords0)
	if err != nil {
		t.Fatal(err)
	}
	msg, err := k.context.Sign(unhex(t, accepted+answer("00", one)), ext.KindMobileHomeAuth)
	if err != nil {
		t.Fatal(err)
	}
	signedReply := hex.EncodeToString(msg)
	got, _ := lastObject(t, co+body+asked+"\n"+signedReply, "-key", keyWords0)
	if diff := cmp.Diff(any([]any{granted(p1, 0, "homeAddress")}), got["outcomes"]); diff != "" {
		t.Errorf("with the key, -want +got:\n%s", diff)
	}
	tree, _ := dump(t, co+body+asked+second+"\n"+signedReply+"\n")
	want := "  outcome of 2001:db8:0:1::/64: registered as 2001:db8:0:1::/64, tunnel: home address\n" +
		"  outcome of 2001:db8:0:2::/64: unanswered\n\n"
	if !strings.HasSuffix(tree, want) {
		t.Errorf("no\n%sin\n%s", want, tree)
	}
}

// TestDocumented: every key of the JSON of the golden packets stands in the command's
// documentation, where its message or its type has it, and an extension's keys are all
// that are documented for its type.
func TestDocumented(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "main.go", nil, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(file.Doc.Text(), "# JSON\n")
	text, _, _ = strings.Cut(text, "# Exit status")
	prose := strings.FieldsFunc(text, func(r rune) bool { return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9') })
	// The rows of the three tables, by what they begin with.
	rows, tables := map[string][]string{}, -1
	var heads []string
	for line := range strings.Lines(text) {
		switch {
		case !strings.HasPrefix(line, "\t"):
			heads = nil
		case line[1] != ' ' && heads == nil:
			tables++
			fallthrough
		case line[1] != ' ':
			head, _, _ := strings.Cut(line[1:], "  ")
			heads = strings.Fields(head)
			line = "\t" + line[1+len(head):]
			fallthrough
		default:
			for _, h := range heads {
				key := strconv.Itoa(tables) + " " + h
				rows[key] = append(rows[key], strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" \t\n,;:()", r) })...)
			}
		}
	}
	// members lists the keys of a value that are not among some.
	var missing func(v any, known []string) []string
	missing = func(v any, known []string) (all []string) {
		switch v := v.(type) {
		case map[string]any:
			for key, x := range v {
				if !slices.Contains(known, key) {
					all = append(all, key)
				}
				all = append(all, missing(x, known)...)
			}
		case []any:
			for _, x := range v {
				all = append(all, missing(x, known)...)
			}
		}
		return all
	}
	seen := map[string][]string{}
	check := func(t *testing.T, b []byte, want expectation, args ...string) {
		got, _ := dumpJSON(t, b, want.Keys, args...)
		message, _ := got["message"].(string)
		table := "1 "
		if args != nil {
			table = "2 "
		}
		for _, e := range asList(got["extensions"]) {
			e := e.(map[string]any)
			fields, ok := e["fields"].(map[string]any)
			delete(e, "fields")
			if more := missing(e, prose); more != nil {
				t.Errorf("of an extension %v are not documented", more)
			}
			if !ok {
				continue
			}
			key := table + strconv.Itoa(int(e["type"].(float64)))
			if _, ok := rows[key]; !ok {
				sub, _ := e["subType"].(float64)
				key += "/" + strconv.Itoa(int(sub))
			}
			if more := missing(fields, rows[key]); more != nil {
				t.Errorf("of type %s %v are not documented", key, more)
			}
			for name := range fields {
				seen[key] = append(seen[key], name)
			}
		}
		general := []string{"line", "message", "type", "extensions", "outcomes", "faults"}
		for key, x := range got {
			if slices.Contains(general, key) {
				x = nil
			} else if !slices.Contains(rows["0 "+message], key) {
				t.Errorf("%s of %s is not documented", key, message)
			}
			if more := missing(x, rows["0 "+message]); more != nil {
				t.Errorf("of %s %v are not documented", message, more)
			}
		}
	}
	goldens(t, "valid", func(t *testing.T, b, _ []byte, want expectation) { check(t, b, want) })
	goldens(t, "icmp", func(t *testing.T, b, _ []byte, want expectation) { check(t, b, want, "-icmp") })
	if tables != 2 {
		t.Fatalf("%d tables", tables+1)
	}
	for key, names := range rows {
		if key[0] == '0' {
			continue
		}
		for _, name := range names {
			switch name {
			case "an", "array", "of", "objects", "or", "m", "info", "mobileRouterHoA", "d", "plen", "realm", "prefix", "cidr":
			default:
				if !slices.Contains(seen[key], name) {
					t.Errorf("no golden packet has %s of type %s", name, key)
				}
			}
		}
	}
}

func asList(v any) []any {
	l, _ := v.([]any)
	return l
}

// TestAnyPacket: whatever is changed in a packet, it is printed in all three ways, as JSON
// that can be read, and nothing panics.
func TestAnyPacket(t *testing.T) {
	rounds := 40
	if testing.Short() {
		rounds = 4
	}
	for _, dir := range []string{"valid", "malformed", "faults", "icmp", "icmp-malformed"} {
		random := rand.New(rand.NewPCG(5, uint64(len(dir))))
		var in strings.Builder
		packets := 0
		goldens(t, dir, func(_ *testing.T, b, _ []byte, _ expectation) {
			for range rounds {
				c := slices.Clone(b)
				for range 1 + random.IntN(3) {
					if len(c) > 0 {
						c[random.IntN(len(c))] = byte(random.Uint32())
					}
				}
				if random.IntN(4) == 0 {
					c = c[:random.IntN(len(c)+1)]
				}
				if strings.HasPrefix(dir, "icmp") && random.IntN(8) > 0 {
					_, _ = mipv4.SetChecksum(c)
				}
				if len(c) > 0 {
					packets++
				}
				in.WriteString(hex.EncodeToString(c) + "\n")
			}
		})
		args := []string{"-key", keyWords0, "-leg", "mn-ha"}
		if strings.HasPrefix(dir, "icmp") {
			args = []string{"-icmp"}
		}
		got, _ := dump(t, in.String(), append(args, "-json")...)
		lines := 0
		for line := range strings.Lines(got) {
			if lines++; !json.Valid([]byte(line)) {
				t.Errorf("not JSON: %s", line)
			}
		}
		if lines != packets {
			t.Errorf("%s: %d lines of %d packets", dir, lines, packets)
		}
		if got, _ := dump(t, in.String(), append(args, "-summary")...); strings.Count(got, "\n") != packets {
			t.Errorf("%s: %d lines of a summary of %d packets", dir, strings.Count(got, "\n"), packets)
		}
		if got, _ := dump(t, in.String(), args...); strings.Count(got, "\n\n") != packets {
			t.Errorf("%s: %d trees of %d packets", dir, strings.Count(got, "\n\n"), packets)
		}
	}
}

// faultsOfLast are the texts of the faults of the last packet.
func faultsOfLast(t *testing.T, in string, args ...string) (texts []string) {
	t.Helper()
	got, _ := lastObject(t, in, args...)
	all, _ := got["faults"].([]any)
	for _, f := range all {
		texts = append(texts, f.(map[string]any)["fault"].(string))
	}
	return texts
}

// TestAnswersWithTheirMessages: an answer is judged with the newest message before it that it
// names, of its kind.
func TestAnswersWithTheirMessages(t *testing.T) {
	const (
		authenticator = "00000100" + "000102030405060708090a0b0c0d0e0f"
		agents        = "2214" + authenticator
		gateway       = "24030014" + authenticator
		between       = "24020014" + authenticator
		router        = "24040014" + authenticator
		link          = "8a0703020000000001"
		id            = "ec00000012345678"
		stranger      = "ec00000012345679"

		informs         = "0700c000" + "0a000001" + "0a000002" + "0a000003" + "12345678" + agents
		silent          = "07008000" + "0a000001" + "0a000002" + "0a000003" + "12345678" + agents
		silentToOther   = "07008000" + "0a000004" + "0a000002" + "0a000003" + "12345678" + agents
		silentBefore    = "07008000" + "0a000001" + "0a000002" + "0a000003" + "12345677" + agents
		informed        = "0f008000" + "0a000001" + "12345678" + agents
		handoff         = "10840000" + "07080000" + "0a000001" + "0a000002" + id + link + between
		handedOff       = "11840000" + "07090000" + "00000000" + "00000000" + id + between
		handedOffBefore = "11840000" + "07090000" + "00000000" + "00000000" + stranger + between
		regional        = "12020708" + "0a000001" + "0a000005" + "0a000003" + id + gateway
		registered      = "13000709" + "0a000001" + "0a000005" + id + gateway
		fast            = "1420000a" + "0a000001" + "0a000003" + "0a000006" + id + router
		fastBound       = "1500000a" + "0a000007" + "0a000003" + id + router
		notifies        = "16018000" + "0a000001" + "0a000002" + "0a000003" + id + "9103016869" + agents
		notified        = "17050000" + "0a000007" + "0a000002" + "0a000003" + id + agents
	)
	unasked := "the I bit of the acknowledgment is set, and that of the revocation is not"
	longer := "the new foreign agent asks for a longer tunnel than the old one offers"
	for _, tt := range []struct {
		name, leg string
		packets   []string
		want      []string
	}{
		{"a revocation", "fa-ha", []string{silent, informed}, []string{unasked}},
		{"a revocation that informs", "fa-ha", []string{informs, informed}, nil},
		{"the newest revocation", "fa-ha", []string{informs, silent, informed}, []string{unasked}},
		{"not the older revocation", "fa-ha", []string{silent, informs, informed}, nil},
		{"one of another mobile node", "fa-ha", []string{informs, silentToOther, informed}, nil},
		{"one of another time", "fa-ha", []string{silentBefore, informed}, nil},
		{"none", "fa-ha", []string{informed}, nil},
		{"a later one", "fa-ha", []string{informed, silent}, nil},
		{"without a leg", "", []string{silent, informed}, nil},
		{"a handoff", "fa-ha", []string{handoff, handedOff}, []string{longer}},
		{"a handoff of another Identification", "fa-ha", []string{handoff, handedOffBefore}, nil},
		{"a handoff beside others", "fa-ha", []string{handoff, regional, notifies, fast, handedOff}, []string{longer}},
		{"a regional request", "fa-ha", []string{regional, registered}, []string{"a longer Lifetime is granted than was asked for"}},
		{"a fast binding", "mn-fa", []string{fast, fastBound}, []string{"the Fast Binding Acknowledgment names another mobile node, or previous router, than the update"}},
		{"a notification", "fa-ha", []string{notifies, notified}, []string{"the notification acknowledgment names another mobile node, or home agent, than the notification"}},
		{"a notification that is cut", "fa-ha", []string{notifies[:60], notified}, nil},
	} {
		args := []string{"-profile", "rfc5454", "-foreign-home", "shared"}
		if tt.leg != "" {
			args = append(args, "-leg", tt.leg)
		}
		got := faultsOfLast(t, strings.Join(tt.packets, "\n"), args...)
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
