package mipv4_test

import (
	"bytes"
	"encoding"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// goldenFile returns the bytes of an annotated NAME.hex and what the NAME.json beside
// it says of them. Neither was written with this module.
func goldenFile(t *testing.T, name string) ([]byte, map[string]any) {
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var digits []string
	for line := range strings.Lines(string(text)) {
		row, _, _ := strings.Cut(line, "#")
		digits = append(digits, strings.Fields(row)...)
	}
	raw, err := os.ReadFile(strings.TrimSuffix(name, ".hex") + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	return octets(strings.Join(digits, "")), want
}

// fields returns what the JSON of a value has, with bytes as golden files have them.
func fields(t *testing.T, v any) map[string]any {
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"payload", "opaque", "challenge", "vendorNVSEValue", "nai", "lla", "prefixLengths"} {
		if s, ok := got[name].(string); ok || got[name] == nil {
			b, err := base64.StdEncoding.DecodeString(s)
			if err != nil {
				t.Fatal(err)
			}
			switch _, there := got[name]; {
			case !there:
			case name == "nai":
				got[name] = string(b)
			case name == "prefixLengths":
				lengths := []any{}
				for _, n := range b {
					lengths = append(lengths, float64(n))
				}
				got[name] = lengths
			default:
				got[name] = hex.EncodeToString(b)
			}
		}
	}
	delete(got, "extensions")
	return got
}

// TestGoldenMessages: every golden packet of a message type but Request and Reply,
// field by field, in both directions.
func TestGoldenMessages(t *testing.T) {
	files, err := filepath.Glob("../testdata/golden/valid/message-*.hex")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[mipv4.MessageType]bool{mipv4.TypeRequest: true, mipv4.TypeReply: true}
	for _, name := range files {
		b, want := goldenFile(t, name)
		m, err := mipv4.Parse(b)
		if want["message"] == "registrationReply" || want["message"] == "registrationRequest" {
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		seen[m.MessageType()] = true
		out, err := m.AppendBinary(poisoned(3)[:3:3])
		if err != nil || !bytes.Equal(out[3:], b) {
			t.Errorf("%s: written as %x, %v", name, out, err)
		}
		if float64(m.MessageType()) != want["type"] {
			t.Errorf("%s: type %d", name, m.MessageType())
		}
		got := fields(t, m)
		extensions, _ := want["extensions"].([]any)
		for key, value := range got {
			if !reflect.DeepEqual(want[key], value) {
				t.Errorf("%s: %s is %v, want %v", name, key, value, want[key])
			}
		}
		for key := range want {
			switch _, ok := got[key]; key {
			case "keys", "message", "type", "extensions":
			default:
				if !ok {
					t.Errorf("%s: no %s", name, key)
				}
			}
		}
		i := 0
		for x := range m.List().All() {
			if i >= len(extensions) {
				t.Fatalf("%s: %v is too much", name, x.Kind())
			}
			w := extensions[i].(map[string]any)
			i++
			sub, _ := w["subType"].(float64)
			if float64(x.Offset()) != w["offset"] || float64(x.Type()) != w["type"] || float64(x.Kind().SubType()) != sub ||
				hex.EncodeToString(x.Body()) != w["body"] || float64(len(x.Bytes())) != w["size"] {
				t.Errorf("%s: %v at %d, want %v", name, x.Kind(), x.Offset(), w)
			}
			if w["verdict"] == "valid" {
				verifies(t, name, m.List(), x.Kind(), want["keys"].([]any))
			}
		}
		if i != len(extensions) {
			t.Errorf("%s: %d extensions, want %d", name, i, len(extensions))
		}
	}
	for n := range 256 {
		if mt := mipv4.MessageType(n); mt.FixedLength() > 0 && !seen[mt] {
			t.Errorf("%v has no golden packet", mt)
		}
	}
}

// verifies reports the authenticator of kind k that none of the keys verifies. A key
// is "spi=N,alg=hmac-md5,hex=KEY", and more.
func verifies(t *testing.T, name string, l ext.List, k ext.Kind, keys []any) {
	auth, err := l.Auth(k)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range keys {
		secret := ""
		for part := range strings.SplitSeq(key.(string), ",") {
			if digits, ok := strings.CutPrefix(part, "hex="); ok {
				secret = digits
			}
		}
		context, err := ext.NewSecurityContext(auth.SPI(), ext.HMACMD5, octets(secret))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := context.Verify(auth); err == nil {
			return
		}
	}
	t.Errorf("%s: %v does not verify", name, k)
}

// TestGoldenDiscovery: every golden advertisement and solicitation, field by field,
// in both directions.
func TestGoldenDiscovery(t *testing.T) {
	files, err := filepath.Glob("../testdata/golden/icmp/*.hex")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden packets: %v", err)
	}
	typed := map[mipv4.DiscoveryType]bool{}
	for _, name := range files {
		b, want := goldenFile(t, name)
		var m interface {
			encoding.BinaryAppender
		}
		var l mipv4.DiscoveryList
		if want["message"] == "agentAdvertisement" {
			a, err := mipv4.ParseAgentAdvertisement(b)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			m, l = a, a.Extensions
			got := fields(t, a)
			for key, value := range got {
				if !reflect.DeepEqual(want[key], value) {
					t.Errorf("%s: %s is %v, want %v", name, key, value, want[key])
				}
			}
			if float64(a.RouterAddresses.Len()) != want["numAddrs"] || float64(a.RouterAddresses.AddrEntrySize()) != want["addrEntrySize"] || len(got) != 3 {
				t.Errorf("%s: %v, want %v", name, got, want)
			}
		} else {
			s, err := mipv4.ParseAgentSolicitation(b)
			if err != nil || want["message"] != "agentSolicitation" {
				t.Errorf("%s: %v", name, err)
				continue
			}
			m, l = s, s.Extensions
		}
		out, err := m.AppendBinary(poisoned(3)[:3:3])
		if err != nil || !bytes.Equal(out[3:], b) {
			t.Errorf("%s: written as %x, %v", name, out, err)
		}
		if float64(b[0]) != want["type"] || float64(b[1]) != want["code"] || float64(int(out[5])<<8|int(out[6])) != want["checksum"] {
			t.Errorf("%s: %x, want %v", name, b[:4], want)
		}
		extensions := want["extensions"].([]any)
		i := 0
		for x := range l.All() {
			if i >= len(extensions) {
				t.Fatalf("%s: %v is too much", name, x)
			}
			w := extensions[i].(map[string]any)
			i++
			sub, _ := w["subType"].(float64)
			if float64(x.Offset()) != w["offset"] || float64(x.Kind().Type()) != w["type"] || float64(x.Kind().SubType()) != sub ||
				hex.EncodeToString(x.Body()) != w["body"] || float64(len(x.Bytes())) != w["size"] {
				t.Errorf("%s: %v at %d, want %v", name, x, x.Offset(), w)
			}
			wantFields, _ := w["fields"].(map[string]any)
			if wantFields == nil {
				continue
			}
			typed[x.Kind().Type()] = true
			v, err := decoded(x)
			if err != nil {
				t.Errorf("%s: %v: %v", name, x, err)
				continue
			}
			got := fields(t, v)
			delete(got, "subType")
			delete(got, "skippable")
			if !reflect.DeepEqual(got, wantFields) {
				t.Errorf("%s: %v: %v, want %v", name, x, got, wantFields)
			}
			if out, err := v.AppendBinary(nil); err != nil || !bytes.Equal(out, x.Bytes()) {
				t.Errorf("%s: %v: written as %x, %v", name, x, out, err)
			}
		}
		if i != len(extensions) {
			t.Errorf("%s: %d extensions, want %d", name, i, len(extensions))
		}
	}
	for _, n := range []mipv4.DiscoveryType{16, 19, 24, 127, 134, 136, 140, 255} {
		if !typed[n] {
			t.Errorf("%v has no golden packet", n)
		}
	}
}

// decoded reads an extension by its type.
func decoded(x mipv4.DiscoveryExtension) (v encoding.BinaryAppender, err error) {
	switch x.Kind().Type() {
	case 16:
		return mipv4.ParseMobilityAgentAdvertisement(x)
	case 19:
		return mipv4.ParsePrefixLengths(x)
	case 24:
		return mipv4.ParseAgentChallenge(x)
	case 134:
		return mipv4.ParseAgentVendorExtension(x)
	case 136:
		return mipv4.ParseAgentNAI(x)
	case 140:
		return mipv4.ParseAgentLinkLayerAddress(x)
	}
	return mipv4.ParseAgentExperimental(x)
}

// TestGoldenMalformed: the packets that Parse refuses, and the extensions that a
// typed parse or Check does, at their places with their sections.
func TestGoldenMalformed(t *testing.T) {
	for dir, locate := range map[string]func([]byte) (int, error){"malformed/cut-*": mipv4.Locate, "icmp-malformed/*": mipv4.LocateDiscovery} {
		files, err := filepath.Glob("../testdata/golden/" + dir + ".hex")
		if err != nil || len(files) == 0 {
			t.Fatalf("no golden packets in %s: %v", dir, err)
		}
		for _, name := range files {
			b, want := goldenFile(t, name)
			at, err := locate(b)
			if refused, ok := want["refused"].(map[string]any); ok {
				if f := fault(err); f == nil || float64(at) != refused["offset"] || f.Source() != refused["source"] {
					t.Errorf("%s: %v at %d, want %v", name, err, at, refused)
				}
				continue
			}
			broken := want["faults"].([]any)[0].(map[string]any)
			a, err := mipv4.ParseAgentAdvertisement(b)
			l := a.Extensions
			if err != nil {
				s, err := mipv4.ParseAgentSolicitation(b)
				if err != nil {
					t.Errorf("%s: %v", name, err)
				}
				l = s.Extensions
			}
			x, _ := l.First()
			v, err := decoded(x)
			if m, ok := v.(mipv4.MobilityAgentAdvertisement); ok && err == nil {
				err = m.Check()
			}
			if f := fault(err); f == nil || float64(x.Offset()) != broken["offset"] || f.Source() != broken["source"] {
				t.Errorf("%s: %v at %d, want %v", name, err, x.Offset(), broken)
			}
		}
	}
}
