package ext_test

import (
	"bytes"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// poisoned returns an empty slice with n bytes of capacity, all 0xa5.
func poisoned(n int) []byte { return bytes.Repeat([]byte{0xa5}, n)[:0] }

// untouched reports whether an appending function that failed left its buffer
// as it was.
func untouched(before, after []byte) bool {
	return len(after) == len(before) && cap(after) == cap(before) &&
		bytes.Count(after[:cap(after)], []byte{0xa5}) == cap(before)
}

func TestAppendRaw(t *testing.T) {
	long := bytes.Repeat([]byte{1}, 65536)
	tests := []struct {
		name string
		kind ext.Kind
		body []byte
		want string // of the header
		err  *code.Fault
	}{
		{"padding", ext.KindPadding, nil, "00", nil},
		{"padding with a body", ext.KindPadding, long[:1], "", ext.ErrBodyTooLong},
		{"beyond the types", 1 << 16, nil, "", ext.ErrBadSubType},
		{"TLV", ext.KindMobileNodeNAI, long[:3], "83 03", nil},
		{"TLV, unknown", 200 << 8, nil, "c8 00", nil},
		{"TLV, longest", ext.KindMobileNodeNAI, long[:255], "83 ff", nil},
		{"TLV, too long", ext.KindMobileNodeNAI, long[:256], "", ext.ErrBodyTooLong},
		{"TLV with a sub-type", ext.KindMobileNodeNAI | 1, nil, "", ext.ErrBadSubType},
		{"short", ext.KindIPv6TunnelingMode, long[:1], "98 02 03", nil},
		{"short, unknown sub-type", 152<<8 | 9, nil, "98 01 09", nil},
		{"short, longest", 255<<8 | 1, long[:254], "ff ff 01", nil},
		{"short, too long", 255<<8 | 1, long[:255], "", ext.ErrBodyTooLong},
		{"long", ext.KindGREKey, long[:4], "30 00 0004", nil},
		{"long, longest", 127 << 8, long[:65535], "7f 00 ffff", nil},
		{"long, too long", 127 << 8, long, "", ext.ErrBodyTooLong},
		{"vendor", ext.KindCVSE, long[:258], "26 00 0102", nil},
		{"vendor with a sub-type", ext.KindCVSE | 1, nil, "", ext.ErrBadSubType},
		{"dynamic HA", ext.KindRequestedHA, long[:4], "8b 05 01", nil},
		{"dynamic HA, redirected", ext.KindRedirectedHA, long[:4], "8b 05 02", nil},
		{"dynamic HA, short body", ext.KindRedirectedHA, long[:3], "8b 04 02", nil},
		{"dynamic HA without body", ext.KindRequestedHA, nil, "8b 01 01", nil},
		{"dynamic HA, other sub-type", 139<<8 | 3, long[:4], "8b 05 03", nil},
		{"dynamic HA, sub-type 0", 139 << 8, long[:4], "8b 05 00", nil},
		{"dynamic HA, sub-type 0 without body", 139 << 8, nil, "8b 01 00", nil},
		{"dynamic HA, sub-type 0 with one byte", 139 << 8, []byte{4}, "", ext.ErrDynamicHA},
		{"dynamic HA, longest", ext.KindRequestedHA, long[:254], "8b ff 01", nil},
		{"dynamic HA, too long", ext.KindRequestedHA, long[:255], "", ext.ErrBodyTooLong},
		{"154", ext.KindMultipath, long[:4], "9a 01 0004", nil},
		{"unknown non-skippable", 1 << 8, nil, "", ext.ErrUnknownType},
		{"unknown non-skippable with a body", 126<<8 | 5, long[:9], "", ext.ErrUnknownType},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			buf := poisoned(70000)
			b, err := ext.AppendRaw(buf, tt.kind, tt.body)
			if tt.err != nil {
				if err != tt.err || !untouched(buf, b) {
					t.Errorf("%v, want %v; %d bytes", err, tt.err, len(b))
				}
				return
			}
			if want := append(unhex(tt.want), tt.body...); err != nil || !bytes.Equal(b, want) {
				t.Errorf("%x, %v, want %x", b[:min(len(b), 8)], err, want[:min(len(want), 8)])
			}
			if len(b) > ext.MaxMessage {
				return
			}
			l, err := ext.Parse(b, 0)
			if err != nil {
				t.Fatal(err)
			}
			x, _ := l.First()
			if x.Kind() != tt.kind || !bytes.Equal(x.Body(), tt.body) {
				t.Errorf("read back as %v, %d bytes", x.Kind(), len(x.Body()))
			}
			if again, err := x.AppendBinary(nil); err != nil || !bytes.Equal(again, b) {
				t.Errorf("appended again: %v", err)
			}
		})
	}
}

// TestCheck: every row's legal Lengths fit, and the next ones do not. The
// numbers come from the rows; that the rows are right is shown by
// TestRegistryLengths and by the golden packets.
func TestCheck(t *testing.T) {
	for r := range ext.Registry() {
		if r.Form == ext.Pad {
			continue
		}
		sub := 0
		if r.Form == ext.Short {
			sub = 1
		}
		for _, n := range []int{r.Min - 1, r.Min, r.Min + 1, r.Min + r.Step, r.Max, r.Max + 1} {
			if n < sub || n > 600 || r.Form != ext.Long && r.Form != ext.Vendor && n > 255 {
				continue
			}
			var b []byte
			switch r.Form {
			case ext.TLV:
				b = []byte{byte(r.Kind.Type()), byte(n)}
			case ext.Short:
				b = []byte{byte(r.Kind.Type()), byte(n), r.Kind.SubType()}
			default:
				b = []byte{byte(r.Kind.Type()), r.Kind.SubType(), byte(n >> 8), byte(n)}
			}
			b = append(b, make([]byte, n-sub)...)
			l, err := ext.Parse(b, 0)
			if err != nil {
				t.Fatalf("%s, Length %d: %v", r.Name, n, err)
			}
			x, _ := l.First()
			legal := n >= r.Min && n <= r.Max && (n-r.Min)%r.Step == 0
			if err := x.Check(); (err == nil) != legal || err != nil && err != r.BadLength {
				t.Errorf("%s, Length %d: %v", r.Name, n, err)
			}
		}
	}
	for _, s := range []string{"9800", "9400", "2c00", "8b00", "ff00"} {
		l, err := ext.Parse(unhex(s), 0)
		if err != nil {
			t.Fatal(err)
		}
		x, _ := l.First()
		if err := x.Check(); err != ext.ErrNoSubType {
			t.Errorf("%s: %v", s, err)
		}
	}
	// No row, or a Dynamic HA in either form.
	for _, s := range []string{"00", "c800", "c80101", "980109", "8b0501c0000201", "8b0502c0000201", "8b010004c0000201", "8b020004c0000201", "8b0100"} {
		l, err := ext.Parse(unhex(s), 0)
		if err != nil {
			t.Fatal(err)
		}
		x, _ := l.First()
		if err := x.Check(); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
}

// TestDynamicHA: type 139 is written in the short form of erratum 898 of RFC 4433,
// read in the long form of the RFC's figure as well, and appended again as it came.
func TestDynamicHA(t *testing.T) {
	address := unhex("c0000201")
	for k, forms := range map[ext.Kind]struct{ short, figure string }{
		ext.KindRequestedHA:  {"8b 05 01 c0000201", "8b 01 0004 c0000201"},
		ext.KindRedirectedHA: {"8b 05 02 c0000201", "8b 02 0004 c0000201"},
	} {
		if b, err := ext.AppendRaw(nil, k, address); err != nil || !bytes.Equal(b, unhex(forms.short)) {
			t.Errorf("%v is written as %x, %v, want %s", k, b, err, forms.short)
		}
		for _, s := range []string{forms.short, forms.figure} {
			l, err := ext.Parse(unhex(s), 0)
			if err != nil {
				t.Fatal(err)
			}
			x, _ := l.First()
			sub, ok := x.SubType()
			if x.Kind() != k || !ok || sub != k.SubType() || !bytes.Equal(x.Body(), address) || x.Check() != nil {
				t.Errorf("%s: %v, body %x, %v", s, x.Kind(), x.Body(), x.Check())
			}
			if b, err := x.AppendBinary(nil); err != nil || !bytes.Equal(b, unhex(s)) {
				t.Errorf("%s: appended again as %x, %v", s, b, err)
			}
			if _, more := l.Next(x); more {
				t.Errorf("%s is more than one extension", s)
			}
		}
	}
	if f := ext.Type(139).Form(); f != ext.Short {
		t.Errorf("type 139 is %v", f)
	}
	row, _ := ext.Lookup(ext.KindRequestedHA)
	if row.Min != 5 || row.Max != 5 || row.Form != ext.Short {
		t.Errorf("%+v", row)
	}
	// Another length, or another sub-type, is no figure: the byte behind the type
	// is the Length.
	for s, want := range map[string]error{
		"8b0401c00002": row.BadLength, "8b0601c000020100": row.BadLength, "8b0101": row.BadLength,
	} {
		l, err := ext.Parse(unhex(s), 0)
		if err != nil {
			t.Fatal(err)
		}
		x, _ := l.First()
		if err := x.Check(); err != want || x.Kind() != ext.KindRequestedHA {
			t.Errorf("%s: %v, %v, want %v", s, x.Kind(), err, want)
		}
	}
}
