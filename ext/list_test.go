package ext_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// unhex reads hex, spaces between the digits left out.
func unhex(s string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		panic(err)
	}
	return b
}

// element is what a walk shows of one extension.
type element struct {
	offset  int
	kind    ext.Kind
	subType int // -1: none
	bytes   string
	body    string
}

func walk(l ext.List) (all []element) {
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		e := element{x.Offset(), x.Kind(), -1, hex.EncodeToString(x.Bytes()), hex.EncodeToString(x.Body())}
		if s, ok := x.SubType(); ok {
			e.subType = int(s)
		}
		if x.Type() != x.Kind().Type() {
			panic("Type and Kind differ")
		}
		all = append(all, e)
	}
	return all
}

// without is the kind of an extension that is too short for its sub-type.
func without(t byte) ext.Kind {
	l, err := ext.Parse([]byte{t, 0}, 0)
	if err != nil {
		panic(err)
	}
	x, _ := l.First()
	return x.Kind()
}

// TestWithoutSubType: a short form of Length 0 is of its type and of no row. Its
// kind is not that of sub-type 0, and it cannot be written.
func TestWithoutSubType(t *testing.T) {
	for n := range 256 {
		if ext.Type(n).Form() != ext.Short {
			continue
		}
		k := without(byte(n))
		if k.Type() != ext.Type(n) || k == ext.Kind(n)<<8 {
			t.Errorf("type %d: kind %#x", n, uint32(k))
		}
		if r, ok := ext.Lookup(k); ok {
			t.Errorf("type %d without sub-type is %+v", n, r)
		}
		for r := range ext.Registry() {
			if r.Kind == k {
				t.Errorf("type %d without sub-type is %v", n, r.Kind)
			}
		}
		if want := fmt.Sprintf("type %d without sub-type", n); k.String() != want {
			t.Errorf("%q, want %q", k, want)
		}
		buf := poisoned(8)
		if b, err := ext.AppendRaw(buf, k, nil); err != ext.ErrBadSubType || !untouched(buf, b) {
			t.Errorf("type %d without sub-type written: %x, %v", n, b, err)
		}
	}
	if without(148) == ext.KindMobileNetworkRequest {
		t.Error("a type 148 of Length 0 is a Mobile Network Request")
	}
}

// TestWalk has one list for each header form, drawn by RFC 5944 §1.8-1.11,
// RFC 3115 §2.1, RFC 4433 §3.4 and its erratum 898.
func TestWalk(t *testing.T) {
	tests := []struct {
		name, list string
		want       []element
	}{
		{"empty", "", nil},
		{"padding", "00 00", []element{{4, 0, -1, "00", ""}, {5, 0, -1, "00", ""}}},
		{"TLV", "83 02 6162", []element{{4, 131 << 8, -1, "83026162", "6162"}}},
		{"TLV without value", "82 00", []element{{4, 130 << 8, -1, "8200", ""}}},
		{"short", "98 02 03 00", []element{{4, 152<<8 | 3, 3, "98020300", "00"}}},
		{"short, sub-type alone", "98 01 07", []element{{4, 152<<8 | 7, 7, "980107", ""}}},
		{"short of Length 0", "98 00", []element{{4, without(152), -1, "9800", ""}}},
		{"short of Length 0, sub-type 0 registered", "94 00 94 01 00", []element{{4, without(148), -1, "9400", ""}, {6, ext.KindMobileNetworkRequest, 0, "940100", ""}}},
		{"long", "24 01 0004 00000100", []element{{4, 36<<8 | 1, 1, "2401000400000100", "00000100"}}},
		{"long without body", "7f 09 0000", []element{{4, 127<<8 | 9, 9, "7f090000", ""}}},
		{"vendor, reserved byte set", "26 ff 0006 00000009 0001", []element{{4, 38 << 8, -1, "26ff0006000000090001", "000000090001"}}},
		{"legacy vendor", "25 00 0000", []element{{4, 37 << 8, -1, "25000000", ""}}},
		{"unknown skippable", "c8 01 07 ff 02 0102", []element{{4, 200 << 8, -1, "c80107", "07"}, {7, 255<<8 | 1, 1, "ff020102", "02"}}},
		{"139 as RFC 4433 draws it", "8b 01 0004 c0000201 00", []element{{4, 139<<8 | 1, 1, "8b010004c0000201", "c0000201"}, {12, 0, -1, "00", ""}}},
		{"139 as RFC 4433 draws it, redirected", "8b 02 0004 c0000201 8200", []element{{4, 139<<8 | 2, 2, "8b020004c0000201", "c0000201"}, {12, 130 << 8, -1, "8200", ""}}},
		{"139 in the short form", "8b 05 02 c0000201", []element{{4, 139<<8 | 2, 2, "8b0502c0000201", "c0000201"}}},
		{"139 in the short form, requested", "8b 05 01 c0000201 8200", []element{{4, 139<<8 | 1, 1, "8b0501c0000201", "c0000201"}, {11, 130 << 8, -1, "8200", ""}}},
		{"139 in both forms", "8b 05 01 c0000201 8b 01 0004 c0000202", []element{
			{4, 139<<8 | 1, 1, "8b0501c0000201", "c0000201"}, {11, 139<<8 | 1, 1, "8b010004c0000202", "c0000202"}}},
		{"139 of sub-type 3, as the long form would be", "8b 03 0004 aa 8200", []element{{4, 139 << 8, 0, "8b030004aa", "04aa"}, {9, 130 << 8, -1, "8200", ""}}},
		{"139 whose third byte is a sub-type", "8b 01 01 00 00", []element{{4, 139<<8 | 1, 1, "8b0101", ""}, {7, 0, -1, "00", ""}, {8, 0, -1, "00", ""}}},
		{"139 of another sub-type", "8b 03 09 0102", []element{{4, 139<<8 | 9, 9, "8b03090102", "0102"}}},
		{"139 that only looks long", "8b 01 00", []element{{4, 139 << 8, 0, "8b0100", ""}}},
		{"139 of Length 0", "8b 00", []element{{4, without(139), -1, "8b00", ""}}},
		{"154", "9a 01 0004 01020380", []element{{4, 154<<8 | 1, 1, "9a01000401020380", "01020380"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			msg := append([]byte("head"), unhex(tt.list)...)
			l, err := ext.Parse(msg, 4)
			if err != nil {
				t.Fatal(err)
			}
			if got := walk(l); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
			var all []element
			for x := range l.All() {
				all = append(all, element{offset: x.Offset(), kind: x.Kind()})
			}
			if len(all) != len(tt.want) {
				t.Errorf("All gives %v", all)
			}
			// A *code.Fault that is nil would not be a nil error.
			if at, err := ext.Locate(msg, 4); at != len(msg) || err != nil {
				t.Errorf("Locate: %d, %v", at, err)
			}
			for i, e := range tt.want {
				at := 4
				if i > 0 {
					at = tt.want[i-1].offset + len(tt.want[i-1].bytes)/2
				}
				if e.offset != at {
					t.Errorf("the table has element %d at %d", i, e.offset)
				}
			}
			var again []byte
			for x := range l.All() {
				if again, err = x.AppendBinary(again); err != nil {
					t.Error(err)
				}
			}
			if !bytes.Equal(again, msg[4:]) {
				t.Errorf("appended again: %x, want %x", again, msg[4:])
			}
			if !bytes.Equal(l.Bytes(), msg[4:]) || l.Size() != len(msg)-4 || !bytes.Equal(l.Message(), msg) {
				t.Errorf("Bytes %x, Size %d, Message %x", l.Bytes(), l.Size(), l.Message())
			}
		})
	}
}

func TestRefuse(t *testing.T) {
	tests := []struct {
		name, list string
		at         int
		fault      *code.Fault
	}{
		{"lone byte", "83", 4, ext.ErrLoneByte},
		{"lone byte behind another", "8200 98", 6, ext.ErrLoneByte},
		{"lone byte of a long form", "24", 4, ext.ErrLoneByte},
		{"lone 139", "8b", 4, ext.ErrLoneByte},
		{"TLV overrun by 1", "83 02 61", 4, ext.ErrOverrun},
		{"short overrun", "98 12 01", 4, ext.ErrOverrun},
		{"unknown skippable overrun", "00 ff ff ffff", 5, ext.ErrOverrun},
		{"139 overrun in the short form", "8b 05 01 c00002", 4, ext.ErrOverrun},
		{"139 overrun in the long form", "8b 01 0004 c00002", 4, ext.ErrLongOverrun},
		{"139 overrun in the long form, header alone", "8200 8b 02 0004", 6, ext.ErrLongOverrun},
		{"139 overrun by 1 in the short form", "8b 05 02 c00002", 4, ext.ErrOverrun},
		{"139 without the second byte of the long Length", "8b 02 00", 4, ext.ErrOverrun},
		{"long header cut after the sub-type", "24 01", 4, ext.ErrHeaderCut},
		{"long header cut in the Length", "24 01 00", 4, ext.ErrHeaderCut},
		{"vendor header cut", "26 00 00", 4, ext.ErrHeaderCut},
		{"long overrun", "24 01 0001", 4, ext.ErrLongOverrun},
		{"long overrun, high byte", "24 01 0100 00", 4, ext.ErrLongOverrun},
		{"vendor overrun", "26 00 0006 0000", 4, ext.ErrLongOverrun},
		{"unknown", "01 00", 4, ext.ErrUnknownType},
		{"unknown and alone", "8200 7e", 6, ext.ErrUnknownType},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			msg := append([]byte("head"), unhex(tt.list)...)
			l, err := ext.Parse(msg, 4)
			if err != tt.fault || l.Size() != 0 {
				t.Errorf("%v, %d bytes, want %v", err, l.Size(), tt.fault)
			}
			if at, f := ext.Locate(msg, 4); at != tt.at || f != tt.fault {
				t.Errorf("Locate: %d, %v, want %d, %v", at, f, tt.at, tt.fault)
			}
		})
	}
}

// TestUnknownTypes: of 0-127 these and no others are defined (registry of
// RFC 5944 §6.2 and what was added to it).
func TestUnknownTypes(t *testing.T) {
	known := []int{0, 32, 33, 34, 36, 37, 38, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 127}
	for n := range 256 {
		msg := []byte{byte(n), 0, 0, 0}
		_, err := ext.Parse(msg, 0)
		if unknown := n < 128 && !slices.Contains(known, n); (err == ext.ErrUnknownType) != unknown {
			t.Errorf("type %d: %v", n, err)
		}
		if ext.Type(n).Skippable() != (n >= 128) {
			t.Errorf("type %d: skippable %v", n, ext.Type(n).Skippable())
		}
	}
}

func TestStart(t *testing.T) {
	if l, err := ext.Parse(nil, 0); err != nil || l.Size() != 0 {
		t.Errorf("nothing: %d, %v", l.Size(), err)
	}
	msg := make([]byte, 10)
	for _, off := range []int{-1, 11, math.MaxInt, math.MinInt} {
		if _, err := ext.Parse(msg, off); err != ext.ErrStart {
			t.Errorf("offset %d: %v", off, err)
		}
		if at, f := ext.Locate(msg, off); f != ext.ErrStart || at != 10 {
			t.Errorf("offset %d: %d, %v", off, at, f)
		}
	}
	if l, err := ext.Parse(msg, 10); err != nil || l.Size() != 0 {
		t.Errorf("at the end: %d, %v", l.Size(), err)
	}
	if _, err := ext.Parse(make([]byte, 65536), -1); err != ext.ErrTooLong {
		t.Errorf("too long, from -1: %v", err)
	}
	longest := make([]byte, 65535)
	if l, err := ext.Parse(longest, 24); err != nil || len(walk(l)) != 65535-24 {
		t.Errorf("65,535 bytes: %v", err)
	}
	if at, err := ext.Locate(longest, 24); err != nil || at != 65535 {
		t.Errorf("65,535 bytes: %d, %v", at, err)
	}
	longest[65534] = 131
	if at, err := ext.Locate(longest, 24); err != ext.ErrLoneByte || at != 65534 {
		t.Errorf("65,535 bytes, the last a type: %d, %v", at, err)
	}
	longest[65534] = 0
	if _, err := ext.Parse(append(longest, 0), 24); err != ext.ErrTooLong {
		t.Errorf("65,536 bytes: %v", err)
	}
	if at, f := ext.Locate(append(longest, 0), 24); at != 65535 || f != ext.ErrTooLong {
		t.Errorf("65,536 bytes: %d, %v", at, f)
	}
}

// TestFaultsOfWalk: what the RFCs demand, and what is this library's advice.
func TestFaultsOfWalk(t *testing.T) {
	for _, role := range []code.Role{code.HomeAgent, code.ForeignAgent, code.MobileNode} {
		if r := ext.ErrUnknownType.Reaction(role); r.String() != "discard" {
			t.Errorf("unknown type, %v: %v, want a MUST discard (RFC 5944 §1.8)", role, r)
		}
		if r := ext.ErrOverrun.Reaction(role); r.Action() != code.Discard || !r.Advised() {
			t.Errorf("overrun, %v: %v, the RFCs are silent", role, r)
		}
	}
	sources := map[*code.Fault]string{
		ext.ErrUnknownType: "RFC 5944 §1.8", ext.ErrLoneByte: "RFC 5944 §1.9", ext.ErrOverrun: "RFC 5944 §1.9",
		ext.ErrHeaderCut: "RFC 5944 §1.10", ext.ErrLongOverrun: "RFC 5944 §1.10", ext.ErrNoSubType: "RFC 5944 §1.11",
	}
	for f, want := range sources {
		if f.Source() != want {
			t.Errorf("%v, want %s", f, want)
		}
	}
}

// TestBreaks: what the sender broke, what the caller did, and what no text decides.
// Nobody is to react to what the caller did.
func TestBreaks(t *testing.T) {
	for _, f := range []*code.Fault{
		ext.ErrTooLong, ext.ErrStart, ext.ErrKind, ext.ErrBodyTooLong, ext.ErrBadSubType, ext.ErrDynamicHA, ext.ErrKey, ext.ErrCHAP,
		ext.ErrReservedSPI, ext.ErrNoMessage, ext.ErrAlgorithm, ext.ErrChallenge, ext.ErrNAI,
	} {
		if f.Breaks() != code.Caller {
			t.Errorf("%v breaks %v", f, f.Breaks())
		}
		for _, role := range []code.Role{code.HomeAgent, code.ForeignAgent, code.MobileNode} {
			if r := f.Reaction(role); r != (code.Reaction{}) {
				t.Errorf("%v, %v: %v", f, role, r)
			}
		}
	}
	for _, f := range []*code.Fault{
		ext.ErrLoneByte, ext.ErrHeaderCut, ext.ErrOverrun, ext.ErrLongOverrun, ext.ErrNoSubType,
		ext.ErrNoMobileHome, ext.ErrNoMobileForeign, ext.ErrNoForeignHome, ext.ErrMobileHomeInvalid, ext.ErrMobileForeignInvalid,
		ext.ErrForeignHomeInvalid, ext.ErrMNAAAInvalid, ext.ErrGeneralizedInvalid,
	} {
		if f.Breaks() != code.Must {
			t.Errorf("%v breaks %v", f, f.Breaks())
		}
	}
	// RFC 4721 §3.1 leaves MN-AAA to the mobile node; no text says what an unknown
	// SPI is.
	for _, f := range []*code.Fault{ext.ErrNoGeneralized, ext.ErrSPI} {
		if f.Breaks() != code.Unclear {
			t.Errorf("%v breaks %v", f, f.Breaks())
		}
	}
}

// TestCapped: appending to a view never writes into the message or behind it.
func TestCapped(t *testing.T) {
	msg := unhex("68656164 83026162 2014 00000100 00112233445566778899aabbccddeeff a5a5a5a5a5")
	whole := slices.Clone(msg)
	l, err := ext.Parse(msg[:30], 4)
	if err != nil {
		t.Fatal(err)
	}
	a, err := l.Auth(ext.KindMobileHomeAuth)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := l.First()
	for name, b := range map[string][]byte{
		"Raw.Bytes": first.Bytes(), "Raw.Body": first.Body(), "List.Bytes": l.Bytes(), "List.Message": l.Message(),
		"Auth.Covered": a.Covered(), "Auth.Authenticator": a.Authenticator(), "Protected": a.Protected().Bytes(),
		"Protected.Message": a.Protected().Message(), "last": a.Raw().Bytes(),
	} {
		_ = append(b, 0xee)
		if !bytes.Equal(msg, whole) {
			t.Errorf("%s is not capped", name)
			copy(msg, whole)
		}
	}
}

// TestChanged: a list whose bytes change after the walk, or an element of
// another list, ends the iteration early at worst.
func TestChanged(t *testing.T) {
	msg := unhex("68656164 83026162 8200 24010004 00000100")
	l, err := ext.Parse(msg, 4)
	if err != nil {
		t.Fatal(err)
	}
	x, _ := l.First()
	for n := range 256 {
		for at := 4; at < len(msg); at++ {
			old := msg[at]
			msg[at] = byte(n)
			walk(l)
			l.Auth(ext.KindMNAAAAuth)
			l.Next(x)
			for y, ok := l.First(); ok; y, ok = l.Next(y) {
				l.At(y.Offset() + 1)
			}
			msg[at] = old
		}
	}
	other, err := ext.Parse(make([]byte, 200), 24)
	if err != nil {
		t.Fatal(err)
	}
	y, _ := other.First()
	for range 175 {
		y, _ = other.Next(y)
	}
	if z, ok := l.Next(y); ok {
		t.Errorf("element %v behind the end", z)
	}
	if z, ok := other.Next(x); ok {
		t.Errorf("element %v before the start", z)
	}
}

// TestChangedEnd: whatever the last two bytes become after the walk, what is read
// stays within the message.
func TestChangedEnd(t *testing.T) {
	for _, list := range []string{"8200", "98 01 03", "24 01 0000", "00 00", "8b 02 01 00"} {
		msg := append([]byte("head"), unhex(list)...)
		for first := range 256 {
			for second := range 256 {
				copy(msg[4:], unhex(list))
				l, err := ext.Parse(msg, 4)
				if err != nil {
					t.Fatal(err)
				}
				msg[len(msg)-2], msg[len(msg)-1] = byte(first), byte(second)
				at := 4
				for _, e := range walk(l) {
					if e.offset != at {
						t.Fatalf("%x: an extension at %d, want %d", msg, e.offset, at)
					}
					at += len(e.bytes) / 2
				}
				// What was read ends where the walk of these bytes stops.
				if want, _ := ext.Locate(msg, 4); at != want {
					t.Fatalf("%x: read up to %d, want %d", msg, at, want)
				}
				for off := range len(msg) + 2 {
					l.At(off)
				}
			}
		}
	}
}

// TestFarStart: lists that start far behind the message's first byte, as no fixed part
// does, know where.
func TestFarStart(t *testing.T) {
	home := context(t, 256, ext.HMACMD5, vectorKey)
	for _, off := range []int{1, 255, 256, 32767, 32768, 40000, 65535 - 31} {
		msg := append(make([]byte, off), unhex("8301ff 98020300 0000")...)
		msg, err := home.Sign(msg, ext.KindMobileHomeAuth)
		if err != nil {
			t.Fatal(err)
		}
		l, err := ext.Parse(msg, off)
		if err != nil {
			t.Fatal(err)
		}
		want := []element{
			{off, ext.KindMobileNodeNAI, -1, "8301ff", "ff"}, {off + 3, ext.KindIPv6TunnelingMode, 3, "98020300", "00"},
			{off + 7, 0, -1, "00", ""}, {off + 8, 0, -1, "00", ""},
		}
		if got := walk(l); len(got) != 5 || !slices.Equal(got[:4], want) || got[4].offset != off+9 {
			t.Errorf("from %d: %v", off, got)
		}
		a, err := l.Auth(ext.KindMobileHomeAuth)
		if err != nil {
			t.Fatal(err)
		}
		protected, err := home.Verify(a)
		if err != nil || !slices.Equal(walk(protected), want) || protected.Size() != 9 || !bytes.Equal(protected.Message(), msg[:off+9]) {
			t.Errorf("from %d: %v, %v", off, walk(protected), err)
		}
	}
}

// TestPrints: what prints an extension or a list shows no more of the message than its
// numbers and sizes.
func TestPrints(t *testing.T) {
	msg := append([]byte("head"), unhex("00 8302 6162 980109 9800 c8ff"+strings.Repeat("55", 255))...)
	l, err := ext.Parse(msg, 4)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"One-byte Padding, type 0, 1 byte", "Mobile Node NAI, type 131, 4 bytes", "type 152 sub-type 9, 3 bytes",
		"type 152 without sub-type, 2 bytes", "type 200, 257 bytes",
	}
	var got []string
	for x := range l.All() {
		got = append(got, fmt.Sprint(x))
		if s := fmt.Sprintf("%#v", x); s != "ext.Raw("+x.String()+")" {
			t.Errorf("%s", s)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if s := fmt.Sprintf("%v, %+v, %#v", l, l, ext.List{}); s != "5 extensions, 267 bytes, 5 extensions, 267 bytes, ext.List(0 extensions, 0 bytes)" {
		t.Error(s)
	}
	one, err := ext.Parse([]byte{0}, 0)
	if err != nil || one.String() != "1 extension, 1 byte" {
		t.Errorf("%v, %v", one, err)
	}
}

func TestZeroValues(t *testing.T) {
	var l ext.List
	if _, ok := l.First(); ok || l.Size() != 0 || len(l.Bytes()) != 0 || len(l.Message()) != 0 {
		t.Error("the zero List is not empty")
	}
	var x ext.Raw
	if x.Kind() != ext.KindPadding || x.Offset() != 0 || len(x.Bytes()) != 0 || len(x.Body()) != 0 {
		t.Error("the zero Raw is no empty padding")
	}
	if _, ok := l.Next(x); ok {
		t.Error("the zero List has an element")
	}
	var a ext.Auth
	if a.SPI() != 0 || len(a.Authenticator()) != 0 || len(a.Covered()) != 0 || a.Protected().Size() != 0 || a.Offset() != 0 {
		t.Error("the zero Auth has contents")
	}
}

func TestEqual(t *testing.T) {
	parse := func(s string, off int) ext.List {
		l, err := ext.Parse(unhex(s), off)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	if !parse("aa 8200", 1).Equal(parse("bbbb 8200", 2)) {
		t.Error("equal extensions behind other heads differ")
	}
	if parse("aa 8200", 1).Equal(parse("aa 8200 00", 1)) || parse("aa 00", 1).Equal(ext.List{}) {
		t.Error("different lists are equal")
	}
}

func TestAllStops(t *testing.T) {
	l, err := ext.Parse(make([]byte, 9), 4)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for range l.All() {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("%d elements before the break", n)
	}
}

// TestAt: At finds an extension where Offset says it is, and nothing outside of the
// list.
func TestAt(t *testing.T) {
	l, err := ext.Parse([]byte{9, 9, 130, 0, 0, 131, 1, 'x'}, 2)
	if err != nil {
		t.Fatal(err)
	}
	for x := range l.All() {
		if y, ok := l.At(x.Offset()); !ok || y.Kind() != x.Kind() || !bytes.Equal(y.Bytes(), x.Bytes()) {
			t.Errorf("at %d: %v, %v", x.Offset(), y.Kind(), ok)
		}
	}
	for _, offset := range []int{-1, 0, 1, 8, 9, math.MaxInt, math.MinInt} {
		if _, ok := l.At(offset); ok {
			t.Errorf("at %d: an extension", offset)
		}
	}
}
