package mipv4_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"log/slog"
	"net/netip"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// text is what the small values of this package have.
type text interface {
	encoding.TextAppender
	encoding.TextMarshaler
}

// TestSmallValuesAsText: each value, its text, and what it is in JSON.
func TestSmallValuesAsText(t *testing.T) {
	for _, tt := range []struct {
		value      text
		text, json string
		read       func(s string) (any, error)
	}{
		{mipv4.Flags(0), "", `""`, read[mipv4.Flags]},
		{mipv4.FlagDecapsulation | mipv4.FlagReverseTunnel, "DT", `"DT"`, read[mipv4.Flags]},
		{mipv4.Flags(0xff), "SBDMGrTx", `"SBDMGrTx"`, read[mipv4.Flags]},
		{mipv4.AgentFlags(0), "", `""`, read[mipv4.AgentFlags]},
		{mipv4.AgentHome | mipv4.AgentForeign, "HF", `"HF"`, read[mipv4.AgentFlags]},
		{mipv4.AgentFlags(0xffe0), "RBHFMGrTUXI", `"RBHFMGrTUXI"`, read[mipv4.AgentFlags]},
		{mipv4.AgentFlags(0x2003), "H+0x3", `"H+0x3"`, read[mipv4.AgentFlags]},
		{mipv4.AgentFlags(0x001f), "+0x1f", `"+0x1f"`, read[mipv4.AgentFlags]},
		{mipv4.Identification(0), "0000000000000000", `"0000000000000000"`, read[mipv4.Identification]},
		{mipv4.Identification(0xed00377e000005a5), "ed00377e000005a5", `"ed00377e000005a5"`, read[mipv4.Identification]},
		{mipv4.Cookie{1, 2, 3, 4, 5, 6, 7, 0xff}, "01020304050607ff", `"01020304050607ff"`, read[mipv4.Cookie]},
		{mipv4.KeygenToken{0xfe, 2, 3, 4, 5, 6, 7, 8}, "fe02030405060708", `"fe02030405060708"`, read[mipv4.KeygenToken]},
		{mipv4.Deregister, "0s", "0", read[mipv4.Lifetime]},
		{mipv4.Lifetime(1800), "1800s", "1800", read[mipv4.Lifetime]},
		{mipv4.Lifetime(65534), "65534s", "65534", read[mipv4.Lifetime]},
		{mipv4.Infinite, "infinite", "65535", read[mipv4.Lifetime]},
		{mipv4.DiscoveryPadding, "0", `"0"`, read[mipv4.DiscoveryKind]},
		{mipv4.DiscoveryMobilityAgent, "16", `"16"`, read[mipv4.DiscoveryKind]},
		{mipv4.DiscoveryFANAI, "136/3", `"136/3"`, read[mipv4.DiscoveryKind]},
		{mipv4.DiscoveryKind(140 << 8), "140/0", `"140/0"`, read[mipv4.DiscoveryKind]},
		{mipv4.DiscoveryKind(140<<8 | 1<<16), "140/-", `"140/-"`, read[mipv4.DiscoveryKind]},
		{mipv4.DiscoveryKind(200 << 8), "200", `"200"`, read[mipv4.DiscoveryKind]},
	} {
		b, err := tt.value.MarshalText()
		if err != nil || string(b) != tt.text || b == nil {
			t.Errorf("%v is %q, %v, want %q", tt.value, b, err, tt.text)
		}
		if b, err = tt.value.AppendText([]byte("a")); err != nil || string(b) != "a"+tt.text {
			t.Errorf("%v is appended as %q, %v", tt.value, b, err)
		}
		if v, err := tt.read(tt.text); err != nil || v != any(tt.value) {
			t.Errorf("%q is read as %v, %v", tt.text, v, err)
		}
		if b, err = json.Marshal(tt.value); err != nil || string(b) != tt.json {
			t.Errorf("%v is %s in JSON, %v, want %s", tt.value, b, err, tt.json)
		}
		if v, err := tt.read("json " + tt.json); err != nil || v != any(tt.value) {
			t.Errorf("%s is read from JSON as %v, %v", tt.json, v, err)
		}
		buf := make([]byte, 0, 64)
		if n := allocations(func() { sink.n = len(appended(tt.value, buf)) }); n != 0 {
			t.Errorf("%v: %v allocations in a thousand calls", tt.value, n)
		}
	}
	for n := range 1 << 16 {
		f := mipv4.AgentFlags(n)
		var again mipv4.AgentFlags
		if b, err := f.MarshalText(); err != nil || again.UnmarshalText(b) != nil || again != f {
			t.Fatalf("%04x is %s, %v, read as %04x", n, b, err, uint16(again))
		}
	}
}

func appended(v encoding.TextAppender, buf []byte) []byte {
	b, _ := v.AppendText(buf)
	return b
}

// read reads a text, or what follows "json " as JSON, into a T that is not zero, and
// returns T as it was with an error.
func read[T any, P interface {
	*T
	encoding.TextUnmarshaler
}](s string) (any, error) {
	var v T
	if in, ok := strings.CutPrefix(s, "json "); ok {
		err := json.Unmarshal([]byte(in), &v)
		return v, err
	}
	err := P(&v).UnmarshalText([]byte(s))
	return v, err
}

// TestSmallValuesRefuse: texts that are none, after which the value is what it was.
func TestSmallValuesRefuse(t *testing.T) {
	for _, tt := range []struct {
		read  func(string) (any, error)
		want  *code.Fault
		texts []string
	}{
		{read[mipv4.Flags], mipv4.ErrFlagLetters, []string{"d", "DD", "D T", "DU", "32", "SBDMGrTxS", "+0x1", `json "d"`}},
		{read[mipv4.AgentFlags], mipv4.ErrFlagLetters, []string{"h", "HH", "S", "H+0x20", "H+0x", "H+3", "+0x1g", "H+0x1+0x1", "H+0x10000", `json "-"`}},
		{read[mipv4.Identification], mipv4.ErrDigits, []string{"", "ed00377e000005a", "ed00377e000005a5a", "ed00377e000005ag", "0xed00377e000005", "ed00377e_00005a5", "-d00377e000005a5", `json "1"`}},
		{read[mipv4.Cookie], mipv4.ErrDigits, []string{"", "01020304050607f", "01020304050607ffff", "+1020304050607ff"}},
		{read[mipv4.KeygenToken], mipv4.ErrDigits, []string{"", "01020304050607f", "0102030405060 ff"}},
		{read[mipv4.Lifetime], mipv4.ErrLifetimeText, []string{"", "s", "1800", "1800 s", "-1s", "65535s", "65536s", "30m", "Infinite", "deregister", "0x10s",
			"json -1", "json 65536", "json 1.5", `json "1800"`, "json true", `json ""`, "json {}"}},
		{read[mipv4.DiscoveryKind], ext.ErrKindText, []string{"", "16/0", "136", "136/", "136/256", "256", "16/-", "-", "FA-NAI"}},
	} {
		for _, s := range tt.texts {
			if v, err := tt.read(s); !errors.Is(err, tt.want) {
				t.Errorf("%q is read as %v, %v", s, v, err)
			}
		}
	}
	f, g, id, l, k := mipv4.Flags(1), mipv4.AgentFlags(2), mipv4.Identification(3), mipv4.Lifetime(4), mipv4.DiscoveryFANAI
	c, kt := mipv4.Cookie{5}, mipv4.KeygenToken{6}
	for _, u := range []encoding.TextUnmarshaler{&f, &g, &id, &l, &k, &c, &kt} {
		if u.UnmarshalText([]byte("?")) == nil {
			t.Errorf("%T reads ?", u)
		}
	}
	if err := json.Unmarshal([]byte("null"), &l); err != nil {
		t.Error(err)
	}
	if f != 1 || g != 2 || id != 3 || l != 4 || k != mipv4.DiscoveryFANAI || c != (mipv4.Cookie{5}) || kt != (mipv4.KeygenToken{6}) {
		t.Error("a refused text changes the value")
	}
	// The letters may come in any order.
	if v, err := read[mipv4.Flags]("TD"); err != nil || v != mipv4.FlagDecapsulation|mipv4.FlagReverseTunnel {
		t.Errorf("%v, %v", v, err)
	}
}

// A request of 2 extensions, from RFC 5944 §3.3, RFC 2794 §2 and §3.5.2.
const loggedRequest = "01 22 0708 c000020a c0000201 c6336407 ed00377e000005a5 8302 6162 2005 00000100 aa"

// TestMessageAsJSON: what encoding/json and the handlers of log/slog show of messages.
func TestMessageAsJSON(t *testing.T) {
	request, err := mipv4.ParseRequest(octets(loggedRequest))
	if err != nil {
		t.Fatal(err)
	}
	const extensions = `[{"offset":24,"type":131,"name":"Mobile Node NAI","size":4,"body":"6162"},` +
		`{"offset":28,"type":32,"name":"Mobile-Home Authentication","size":7,"body":"00000100aa"}]`
	const object = `{"flags":"DT","lifetime":1800,"homeAddress":"192.0.2.10","homeAgent":"192.0.2.1","careOfAddress":"198.51.100.7",` +
		`"identification":"ed00377e000005a5","extensions":` + extensions + `}`
	const line = `Registration Request flags DT lifetime 1800s home 192.0.2.10 agent 192.0.2.1 care-of 198.51.100.7 id ed00377e000005a5 ` +
		`[Mobile Node NAI, Mobile-Home Authentication]`
	if b, err := json.Marshal(request); err != nil || string(b) != object {
		t.Errorf("%s, %v, want\n%s", b, err, object)
	}
	var out strings.Builder
	for _, m := range []any{request, &request, mipv4.Message(request)} {
		out.Reset()
		slog.New(slog.NewJSONHandler(&out, nil)).Info("got", "message", m)
		if !strings.Contains(out.String(), `"message":`+object) {
			t.Errorf("%T: %s", m, &out)
		}
		out.Reset()
		slog.New(slog.NewTextHandler(&out, nil)).Info("got", "message", m)
		if !strings.Contains(out.String(), `message="`+line+`"`) {
			t.Errorf("%T: %s", m, &out)
		}
	}
	// Every other message, with the same two extensions behind its fixed part.
	for n := range 256 {
		typ := mipv4.MessageType(n)
		if typ.FixedLength() == 0 {
			continue
		}
		b := make([]byte, typ.FixedLength(), 64)
		b[0] = byte(typ)
		m, err := mipv4.Parse(append(b, octets("8302 6162 2005 00000100 aa")...))
		if err != nil {
			t.Fatal(typ, err)
		}
		out.Reset()
		slog.New(slog.NewJSONHandler(&out, nil)).Info("got", "message", m)
		want := `"body":"6162"`
		if typ == mipv4.TypeTunnelData || typ == mipv4.TypeExperimental {
			want = `"gwJhYiAFAAABAKo="` // the eleven bytes in base64
		}
		if strings.Count(out.String(), want) != 1 || strings.Contains(out.String(), "!ERROR") {
			t.Errorf("%v: %s", typ, &out)
		}
		out.Reset()
		slog.New(slog.NewTextHandler(&out, nil)).Info("got", "message", m)
		want = "[Mobile Node NAI, Mobile-Home Authentication]"
		if typ == mipv4.TypeTunnelData || typ == mipv4.TypeExperimental {
			want = "11 bytes"
		}
		if strings.Count(out.String(), want) != 1 || !strings.Contains(out.String(), typ.String()) {
			t.Errorf("%v: %s", typ, &out)
		}
	}
}

// TestDiscoveryAsJSON: the same for advertisements and solicitations.
func TestDiscoveryAsJSON(t *testing.T) {
	a, err := mipv4.ParseAgentAdvertisement(summed(octets("09 10 0000 01 02 0708 c0000201 00000005 1006 0001 0708 2000 1301 18 8803 03 6162 8800 c801ff 00")))
	if err != nil {
		t.Fatal(err)
	}
	const extensions = `[{"offset":16,"type":16,"name":"Mobility Agent Advertisement","size":8,"body":"000107082000"},` +
		`{"offset":24,"type":19,"name":"Prefix-Lengths","size":3,"body":"18"},` +
		`{"offset":27,"type":136,"subType":3,"name":"FA-NAI","size":5,"body":"6162"},` +
		`{"offset":32,"type":136,"size":2,"body":""},` +
		`{"offset":34,"type":200,"size":3,"body":"ff"},` +
		`{"offset":37,"type":0,"name":"One-byte Padding","size":1,"body":""}]`
	const object = `{"code":16,"lifetime":1800,"routerAddresses":[{"address":"192.0.2.1","preferenceLevel":5}],"extensions":` + extensions + `}`
	if b, err := json.Marshal(a); err != nil || string(b) != object {
		t.Errorf("%s, %v, want\n%s", b, err, object)
	}
	x, _ := a.Extensions.First()
	if b, err := json.Marshal([]any{x, mipv4.DiscoveryList{}}); err != nil ||
		string(b) != `[{"offset":16,"type":16,"name":"Mobility Agent Advertisement","size":8,"body":"000107082000"},[]]` {
		t.Errorf("%s, %v", b, err)
	}
	var out strings.Builder
	slog.New(slog.NewJSONHandler(&out, nil)).Info("got", "message", a)
	slog.New(slog.NewTextHandler(&out, nil)).Info("got", "message", a)
	for _, want := range []string{`"message":` + object, `message="Agent Advertisement code 16 lifetime 1800s routers 192.0.2.1 (5) [Mobility Agent Advertisement, ` +
		`Prefix-Lengths, FA-NAI, type 136 without sub-type, type 200, One-byte Padding]"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s, want %s", &out, want)
		}
	}
	s, err := mipv4.ParseAgentSolicitation(summed(octets("0a 00 0000 00000000 8c07 03 020304050607")))
	if err != nil {
		t.Fatal(err)
	}
	if b, err := json.Marshal(s); err != nil || string(b) != `{"extensions":[{"offset":8,"type":140,"subType":3,"name":"Ethernet Address","size":9,"body":"020304050607"}]}` {
		t.Errorf("%s, %v", b, err)
	}
	all := a.Extensions
	first, _ := all.First()
	second, _ := all.Next(first)
	if !first.Equal(x) || first.Equal(second) {
		t.Error("Equal")
	}
}

// TestWordsOfValues: the words of what has no bytes of its own, and that what came from a
// packet prints a short line whatever it holds.
func TestWordsOfValues(t *testing.T) {
	router := mipv4.RouterAddress{Address: netip.MustParseAddr("192.0.2.1"), PreferenceLevel: mipv4.NoDefaultRouter}
	if s := router.String(); s != "192.0.2.1 (-2147483648)" || !router.Equal(router) || router.Equal(mipv4.RouterAddress{}) {
		t.Error(s)
	}
	if s := mipv4.SequenceNumber(65535).String(); s != "65535" {
		t.Error(s)
	}
	other := netip.MustParseAddr("192.0.2.2")
	answer := mipv4.Answer{Role: code.HomeAgent, Address: router.Address, Others: []netip.Addr{other, other}, MaxLifetime: 1800, HomeAddress: other, Identification: 1}
	if s := answer.String(); s != "homeAgent 192.0.2.1 and 2 others, lifetime up to 1800s, home 192.0.2.2, id 0000000000000001" {
		t.Error(s)
	}
	if s := (mipv4.Answer{Role: code.ForeignAgent}).String(); s != "foreignAgent" {
		t.Error(s)
	}
	for i, change := range []func(a *mipv4.Answer){
		func(a *mipv4.Answer) { a.Role = 0 },
		func(a *mipv4.Answer) { a.Address = other },
		func(a *mipv4.Answer) { a.Others = a.Others[:1] },
		func(a *mipv4.Answer) { a.MaxLifetime++ },
		func(a *mipv4.Answer) { a.HomeAddress = netip.Addr{} },
		func(a *mipv4.Answer) { a.Identification = 0 },
	} {
		changed := answer
		if change(&changed); changed.Equal(answer) || !changed.Equal(changed) {
			t.Errorf("%d: Equal", i)
		}
	}
	bytes := make([]byte, 255)
	for i := range bytes {
		bytes[i] = 0xff
	}
	if s := (mipv4.AgentNAI{SubType: 3, NAI: []byte("fa@" + strings.Repeat("example.", 10) + "net")}).String(); s != `FA-NAI "fa@example.example.example.examp"...` {
		t.Error(s)
	}
	if s := (mipv4.AgentChallenge{Value: bytes}).String(); s != "Challenge "+strings.Repeat("ff", 32)+"..." {
		t.Error(s)
	}
	if s := (mipv4.PrefixLengths{Lengths: bytes}).String(); s != "Prefix-Lengths "+strings.Repeat("255, ", 32)+"and 223 more" {
		t.Error(s)
	}
	var many []netip.Addr
	for range 62 {
		many = append(many, netip.MustParseAddr("255.255.255.255"))
	}
	list, err := mipv4.NewCareOfAddresses(many...)
	if s := list.String(); err != nil || s != strings.Repeat("255.255.255.255, ", 8)+"and 54 more" {
		t.Errorf("%s, %v", s, err)
	}
	if (mipv4.PrefixLengths{Lengths: bytes}).Equal(mipv4.PrefixLengths{}) || (mipv4.AgentChallenge{Value: bytes}).Equal(mipv4.AgentChallenge{}) {
		t.Error("Equal")
	}
}
