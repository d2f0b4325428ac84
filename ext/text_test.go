package ext_test

import (
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/ext"
)

// TestKindText: the numbers of a kind as its RFC writes them, and back.
func TestKindText(t *testing.T) {
	short, err := ext.Parse([]byte{152, 0}, 0)
	if err != nil {
		t.Fatal(err)
	}
	without, _ := short.First()
	for want, k := range map[string]ext.Kind{
		"0": ext.KindPadding, "32": ext.KindMobileHomeAuth, "36/1": ext.KindMNAAAAuth, "38": ext.KindCVSE, "131": ext.KindMobileNodeNAI,
		"134": ext.KindNVSE, "139/1": ext.KindRequestedHA, "152/3": ext.KindIPv6TunnelingMode, "154/2": ext.KindFlowBinding,
		"5": 5 << 8, "127/7": 127<<8 | 7, "152/0": 152 << 8, "152/255": 152<<8 | 255, "200": 200 << 8, "255/9": 255<<8 | 9, "152/-": without.Kind(),
	} {
		text, err := k.MarshalText()
		if err != nil || string(text) != want {
			t.Errorf("%v is %s, %v, want %s", k, text, err, want)
		}
		if text, err = k.AppendText([]byte("a ")); err != nil || string(text) != "a "+want {
			t.Errorf("%v is appended as %s, %v", k, text, err)
		}
		var again ext.Kind
		if err := again.UnmarshalText([]byte(want)); err != nil || again != k {
			t.Errorf("%s is read as %v, %v", want, again, err)
		}
	}
	k := ext.KindGREKey
	for _, text := range []string{"", "/", "256", "-1", "131/", "131/0", "131/1", "152", "152/", "152/256", "152/-1", "152/1/1", " 131", "36", "36/-", "38/0", "127/-",
		"Mobile Node NAI", "131/-", "5/1", "+131", "0x83"} {
		if err := k.UnmarshalText([]byte(text)); !errors.Is(err, ext.ErrKindText) || k != ext.KindGREKey {
			t.Errorf("%q is read as %v, %v", text, k, err)
		}
	}
	seen := map[ext.Kind]int{}
	text, err := json.Marshal(map[ext.Kind]int{ext.KindMobileNodeNAI: 1, ext.KindIPv6PrefixReply: 2})
	if err != nil || string(text) != `{"131":1,"152/2":2}` || json.Unmarshal(text, &seen) != nil || seen[ext.KindIPv6PrefixReply] != 2 {
		t.Errorf("%s, %v, %v", text, err, seen)
	}
	// Every kind that an extension can have is told from every other.
	kinds := map[string]ext.Kind{}
	for typ := range 256 {
		for s := range 256 {
			for _, b := range [][]byte{{byte(typ), 0}, {byte(typ), byte(s), 0, 0}, {byte(typ), 1, byte(s)}} {
				l, err := ext.Parse(b, 0)
				x, ok := l.First()
				if err != nil || !ok {
					continue
				}
				text, err := x.Kind().MarshalText()
				if before, ok := kinds[string(text)]; ok && before != x.Kind() || err != nil {
					t.Fatalf("%s is %d and %d, %v", text, before, x.Kind(), err)
				}
				kinds[string(text)] = x.Kind()
				var again ext.Kind
				if err := again.UnmarshalText(text); err != nil || again != x.Kind() {
					t.Fatalf("%s of %x is read as %v, %v", text, b, again, err)
				}
			}
		}
	}
	if len(kinds) < 4000 {
		t.Errorf("only %d kinds", len(kinds))
	}
}

// TestAlgorithmText: the words of ParseAlgorithm.
func TestAlgorithmText(t *testing.T) {
	for i, want := range []string{"hmac-md5", "hmac-sha1", "hmac-sha256", "md5-prefix-suffix", "md5-prefix-suffix-2002", "chap"} {
		var again ext.Algorithm = 77
		text, err := ext.Algorithm(i).MarshalText()
		if err != nil || string(text) != want || again.UnmarshalText(text) != nil || again != ext.Algorithm(i) {
			t.Errorf("%d: %s, %v, read as %v", i, text, err, again)
		}
	}
	a := ext.CHAP
	for _, text := range []string{"", "HMAC-MD5", "algorithm 6", "md5"} {
		if err := a.UnmarshalText([]byte(text)); !errors.Is(err, ext.ErrAlgorithm) || a != ext.CHAP {
			t.Errorf("%q is read as %v, %v", text, a, err)
		}
	}
}

// TestExtensionsAsJSON: every extension of a list is there, with its bytes.
func TestExtensionsAsJSON(t *testing.T) {
	msg := append([]byte("head"), unhex("00 8302 6162 980109 9800 26000006000000090001 c803555555 9802 03 00 8b01 00 04 c0000201 20 05 00000100 aa")...)
	l, err := ext.Parse(msg, 4)
	if err != nil {
		t.Fatal(err)
	}
	const want = `[{"offset":4,"type":0,"name":"One-byte Padding","size":1,"body":""},` +
		`{"offset":5,"type":131,"name":"Mobile Node NAI","size":4,"body":"6162"},` +
		`{"offset":9,"type":152,"subType":9,"size":3,"body":""},` +
		`{"offset":12,"type":152,"size":2,"body":""},` +
		`{"offset":14,"type":38,"name":"Critical Vendor/Organization Specific","size":10,"body":"000000090001"},` +
		`{"offset":24,"type":200,"size":5,"body":"555555"},` +
		`{"offset":29,"type":152,"subType":3,"name":"IPv6 Tunneling Mode","size":4,"body":"00"},` +
		`{"offset":33,"type":139,"subType":1,"name":"Requested HA","size":8,"body":"c0000201"},` +
		`{"offset":41,"type":32,"name":"Mobile-Home Authentication","size":7,"body":"00000100aa"}]`
	if text, err := json.Marshal(l); err != nil || string(text) != want {
		t.Errorf("%s, %v, want\n%s", text, err, want)
	}
	last, _ := l.At(41)
	auth, err := ext.ParseAuth(last)
	if err != nil {
		t.Fatal(err)
	}
	const one = `{"offset":41,"type":32,"name":"Mobile-Home Authentication","size":7,"body":"00000100aa"}`
	if text, err := json.Marshal([]any{last, auth, &auth, ext.List{}}); err != nil || string(text) != "["+one+","+one+","+one+",[]]" {
		t.Errorf("%s, %v", text, err)
	}
	// The names of the registry need no escapes.
	for r := range ext.Registry() {
		if strings.ContainsAny(r.Name, "\"\\<>&") || strings.ContainsFunc(r.Name, func(c rune) bool { return c < ' ' || c > '~' }) {
			t.Errorf("%q", r.Name)
		}
	}
	// The longest list that there is, and the cost that the documentation has.
	longest, err := ext.Parse(make([]byte, ext.MaxMessage), 0)
	if err != nil {
		t.Fatal(err)
	}
	text, err := longest.MarshalJSON()
	var all []struct{ Offset int }
	if err != nil || len(text) < 4.5e6 || len(text) > 4.7e6 || json.Unmarshal(text, &all) != nil || len(all) != ext.MaxMessage || all[65534].Offset != 65534 {
		t.Errorf("%d bytes, %d extensions, %v", len(text), len(all), err)
	}
}

// TestExtensionsLogged: the handlers of log/slog.
func TestExtensionsLogged(t *testing.T) {
	l, err := ext.Parse(unhex("8302 6162"), 0)
	if err != nil {
		t.Fatal(err)
	}
	x, _ := l.First()
	const object = `{"offset":0,"type":131,"name":"Mobile Node NAI","size":4,"body":"6162"}`
	var b strings.Builder
	log := func(h slog.Handler, want string) {
		b.Reset()
		slog.New(h).Info("got", "kind", x.Kind(), "extension", x, "list", l)
		if _, got, _ := strings.Cut(b.String(), "got"); got != want+"\n" {
			t.Errorf("%s, want %s", got, want)
		}
	}
	log(slog.NewTextHandler(&b, nil), ` kind=131 extension="Mobile Node NAI, type 131, 4 bytes" list="1 extension, 4 bytes"`)
	log(slog.NewJSONHandler(&b, nil), `","kind":"131","extension":`+object+`,"list":[`+object+`]}`)
}

// TestRawEqual: bytes count, the place does not.
func TestRawEqual(t *testing.T) {
	l, err := ext.Parse(unhex("8302 6162 8302 6162 8302 6163"), 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []ext.Raw
	for x := range l.All() {
		all = append(all, x)
	}
	if !all[0].Equal(all[1]) || all[0].Equal(all[2]) || all[0].Equal(ext.Raw{}) || !(ext.Raw{}).Equal(ext.Raw{}) {
		t.Error("Equal")
	}
}

// TestRowString has each shape of a row.
func TestRowString(t *testing.T) {
	for k, want := range map[ext.Kind]string{
		ext.KindIPv6TunnelingMode:     "152/3 IPv6 Tunneling Mode, short, Length 2",
		ext.KindMobileNodeNAI:         "131 Mobile Node NAI, TLV, Length 0 to 255",
		ext.KindReplayProtectionStyle: "141 Replay Protection Style, TLV, Length 2 or 10",
		ext.KindCareOfAddress:         "49/3 Care-of Address, short, Length 6 to 255 in steps of 4",
	} {
		r, ok := ext.Lookup(k)
		if !ok || r.String() != want {
			t.Errorf("%v, want %s", r, want)
		}
	}
}

// TestTextAllocations: appending a text costs nothing.
func TestTextAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	buf := make([]byte, 0, 64)
	if n := leastAllocations(func() {
		b, _ := ext.KindIPv6PrefixRequest.AppendText(buf)
		b, _ = ext.HMACSHA256.AppendText(b)
		var k ext.Kind
		if k.UnmarshalText(b[:5]) != nil || k != ext.KindIPv6PrefixRequest {
			t.Fail()
		}
	}); n != 0 {
		t.Errorf("%v allocations in a thousand calls", n)
	}
}

// TestFaultInRow: a row shows its fault in JSON.
func TestFaultInRow(t *testing.T) {
	r, _ := ext.Lookup(ext.KindGREKey)
	text, err := json.Marshal(r)
	var got map[string]any
	if err != nil || json.Unmarshal(text, &got) != nil || got["Kind"] != "48/0" || got["BadLength"] != r.BadLength.Error() {
		t.Errorf("%s, %v", text, err)
	}
}
