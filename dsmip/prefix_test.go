package dsmip_test

import (
	"bytes"
	"encoding"
	"encoding/hex"
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
)

func unhex(s string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		panic(err)
	}
	return b
}

// only parses hex as a list of one extension.
func only(t testing.TB, s string) ext.Raw {
	t.Helper()
	l, err := ext.Parse(unhex(s), 0)
	if err != nil {
		t.Fatal(err)
	}
	x, ok := l.First()
	if !ok || l.Size() != len(x.Bytes()) {
		t.Fatalf("%s is not one extension", s)
	}
	return x
}

var addr = netip.MustParseAddr

// The three figures of draft-ietf-mip4-dsmipv4-06 §3.1-3.3 (RFC 5454 §2.1-2.3).
func TestFigures(t *testing.T) {
	tests := []struct {
		hex  string
		want encoding.BinaryAppender
	}{
		{"98 12 01 40 20010db8000100020000000000000000", dsmip.PrefixRequest{PrefixLength: 64, Prefix: addr("2001:db8:1:2::")}},
		{"98 12 01 ff fe8000000000000000000000c000020a", dsmip.PrefixRequest{PrefixLength: 255, Prefix: addr("fe80::c000:20a")}},
		{"98 12 01 00 00000000000000000000000000000000", dsmip.PrefixRequest{PrefixLength: 0, Prefix: addr("::")}},
		{"98 14 02 09 30 00 20010db8000100000000000000000000", dsmip.PrefixReply{Code: 9, PrefixLength: 48, Prefix: addr("2001:db8:1::")}},
		{"98 14 02 00 80 00 20010db8000100000000000000000001", dsmip.PrefixReply{Code: 0, PrefixLength: 128, Prefix: addr("2001:db8:1::1")}},
		{"98 02 03 00", dsmip.TunnelingMode{}},
	}
	for _, tt := range tests {
		buf := bytes.Repeat([]byte{0xa5}, 40)
		b, err := tt.want.AppendBinary(buf[:2])
		if err != nil || !bytes.Equal(b[2:], unhex(tt.hex)) || bytes.Count(buf[len(b):], []byte{0xa5}) != len(buf)-len(b) {
			t.Errorf("%+v: %x, %v, want %s", tt.want, b, err, tt.hex)
		}
		if got, err := dsmip.Decode(only(t, tt.hex)); err != nil || got != any(tt.want) {
			t.Errorf("%s: %+v, %v, want %+v", tt.hex, got, err, tt.want)
		}
	}
}

// TestReserved: reserved bytes and host bits are ignored on receipt, and the
// latter are shown as they came.
func TestReserved(t *testing.T) {
	if v, err := dsmip.ParseTunnelingMode(only(t, "980203ff")); err != nil || v != (dsmip.TunnelingMode{}) {
		t.Errorf("%v, %v", v, err)
	}
	p, err := dsmip.ParsePrefixReply(only(t, "98 14 02 01 40 ff 20010db8000100020000000000000001"))
	if want := (dsmip.PrefixReply{Code: 1, PrefixLength: 64, Prefix: addr("2001:db8:1:2::1")}); err != nil || p != want {
		t.Errorf("%+v, %v, want %+v", p, err, want)
	}
	b, err := p.AppendBinary(nil)
	if want := unhex("98 14 02 01 40 00 20010db8000100020000000000000000"); err != nil || !bytes.Equal(b, want) {
		t.Errorf("written again as %x, %v, want %x", b, err, want)
	}
}

func TestParseRefuses(t *testing.T) {
	bad := func(k ext.Kind) *code.Fault {
		r, _ := ext.Lookup(k)
		return r.BadLength
	}
	const prefix = "20010db8000100020000000000000000"
	tests := []struct {
		hex  string
		want *code.Fault
	}{
		{"98 11 01 40 " + prefix[2:], bad(ext.KindIPv6PrefixRequest)},
		{"98 13 01 40 " + prefix + "00", bad(ext.KindIPv6PrefixRequest)},
		{"98 01 01", bad(ext.KindIPv6PrefixRequest)},
		{"98 12 01 81 " + prefix, dsmip.ErrPrefixLength},
		{"98 12 01 c8 " + prefix, dsmip.ErrPrefixLength},
		{"98 12 01 fe " + prefix, dsmip.ErrPrefixLength},
		{"98 13 02 00 40 00 " + prefix[2:], bad(ext.KindIPv6PrefixReply)},
		{"98 15 02 00 40 00 " + prefix + "00", bad(ext.KindIPv6PrefixReply)},
		{"98 14 02 00 81 00 " + prefix, dsmip.ErrPrefixLength},
		{"98 14 02 81 fe 00 " + prefix, dsmip.ErrPrefixLength},
		{"98 01 03", bad(ext.KindIPv6TunnelingMode)},
		{"98 03 03 00 00", bad(ext.KindIPv6TunnelingMode)},
		{"98 00", ext.ErrNoSubType},
	}
	for _, tt := range tests {
		if v, err := dsmip.Decode(only(t, tt.hex)); v != nil || err != tt.want {
			t.Errorf("%s: %v, %v, want %v", tt.hex, v, err, tt.want)
		}
	}
	foreign := only(t, "98 01 07")
	if dsmip.ErrPrefixLength.Breaks() != code.Must || dsmip.ErrLinkLocal.Breaks() != code.Must ||
		dsmip.ErrPrefix.Breaks() != code.Caller || dsmip.ErrProfile.Breaks() != code.Caller {
		t.Error("who is to blame")
	}
	if _, err := dsmip.ParsePrefixRequest(foreign); err != ext.ErrKind {
		t.Errorf("%v", err)
	}
	if _, err := dsmip.ParsePrefixReply(foreign); err != ext.ErrKind {
		t.Errorf("%v", err)
	}
	if _, err := dsmip.ParseTunnelingMode(foreign); err != ext.ErrKind {
		t.Errorf("%v", err)
	}
}

// TestEveryLength: 0-128 and 255 can be read and written, and the bits beyond
// the length are written as zero. The expected bytes are cut bit by bit.
func TestEveryLength(t *testing.T) {
	all := "fe" + "bf" + strings.Repeat("ff", 14) // link-local, so that 255 is right, too
	for n := range 256 {
		x := only(t, fmt.Sprintf("98 12 01 %02x %s", n, all))
		p, err := dsmip.ParsePrefixRequest(x)
		legal := n <= 128 || n == 255
		if (err == nil) != legal {
			t.Errorf("length %d: %v", n, err)
			continue
		}
		want := unhex("981201" + fmt.Sprintf("%02x", n) + all)
		for bit := n; bit < 128; bit++ {
			want[4+bit/8] &^= 0x80 >> (bit % 8)
		}
		q := dsmip.PrefixRequest{PrefixLength: uint8(n), Prefix: netip.AddrFrom16([16]byte(unhex(all)))}
		if legal && p != q {
			t.Errorf("length %d: %+v", n, p)
		}
		buf := bytes.Repeat([]byte{0xa5}, 40)
		b, err := q.AppendBinary(buf[:0])
		if !legal {
			if err != dsmip.ErrPrefixLength || len(b) != 0 || bytes.Count(buf, []byte{0xa5}) != 40 {
				t.Errorf("length %d written: %v", n, err)
			}
			continue
		}
		if err != nil || !bytes.Equal(b, want) {
			t.Errorf("length %d: %x, %v, want %x", n, b, err, want)
		}
	}
}

func TestAppendRefuses(t *testing.T) {
	tests := []struct {
		length uint8
		prefix netip.Addr
		want   *code.Fault
	}{
		{64, netip.Addr{}, dsmip.ErrPrefix},
		{24, addr("192.0.2.0"), dsmip.ErrPrefix},
		{64, addr("fe80::1%eth0"), dsmip.ErrPrefix},
		{200, addr("2001:db8::"), dsmip.ErrPrefixLength},
		{129, netip.Addr{}, dsmip.ErrPrefixLength},
		{255, addr("2001:db8::1"), dsmip.ErrLinkLocal},
		{255, addr("fec0::1"), dsmip.ErrLinkLocal},
		{255, addr("::ffff:169.254.1.1"), dsmip.ErrLinkLocal},
		{255, addr("::"), dsmip.ErrLinkLocal},
	}
	for _, tt := range tests {
		for _, x := range []encoding.BinaryAppender{
			dsmip.PrefixRequest{PrefixLength: tt.length, Prefix: tt.prefix},
			dsmip.PrefixReply{PrefixLength: tt.length, Prefix: tt.prefix},
		} {
			buf := bytes.Repeat([]byte{0xa5}, 64)
			if b, err := x.AppendBinary(buf[:7]); err != tt.want || len(b) != 7 || bytes.Count(buf, []byte{0xa5}) != 64 {
				t.Errorf("%+v: %v, want %v", x, err, tt.want)
			}
		}
	}
}

func TestWants(t *testing.T) {
	tests := []struct {
		p    dsmip.PrefixRequest
		want dsmip.Want
		name string
	}{
		{dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8::/32")), dsmip.WantPrefix, "prefix"},
		{dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8::1/128")), dsmip.WantPrefix, "prefix"},
		{dsmip.RequestPrefix(netip.MustParsePrefix("0:0:0:1::/64")), dsmip.WantPrefix, "prefix"},
		{dsmip.PrefixRequest{PrefixLength: 128, Prefix: addr("0:0:0:1::1")}, dsmip.WantPrefix, "prefix"},
		{dsmip.PrefixRequest{PrefixLength: 127, Prefix: addr("::2")}, dsmip.WantPrefix, "prefix"},
		{dsmip.RequestAnyPrefix(0), dsmip.WantAnyPrefix, "any prefix"},
		{dsmip.RequestAnyPrefix(64), dsmip.WantAnyPrefix, "any prefix"},
		{dsmip.RequestAnyPrefix(128), dsmip.WantAnyPrefix, "any prefix"},
		{dsmip.RequestPrefix(netip.MustParsePrefix("::/0")), dsmip.WantAnyPrefix, "any prefix"},
		{dsmip.PrefixRequest{PrefixLength: 16, Prefix: addr("0:1::")}, dsmip.WantAnyPrefix, "any prefix"}, // host bits
		{dsmip.PrefixRequest{}, dsmip.WantAnyPrefix, "any prefix"},
		{dsmip.RequestInterfaceIdentifier([8]byte{0, 0, 0, 0, 0, 0, 0, 1}), dsmip.WantInterfaceIdentifier, "interface identifier"},
		{dsmip.RequestInterfaceIdentifier([8]byte{0x80}), dsmip.WantInterfaceIdentifier, "interface identifier"},
		{dsmip.RequestLinkLocal(addr("fe80::1")), dsmip.WantLinkLocal, "link-local address"},
		{dsmip.PrefixRequest{PrefixLength: 255, Prefix: addr("2001:db8::")}, dsmip.WantLinkLocal, "link-local address"},
	}
	for _, tt := range tests {
		if got := tt.p.Wants(); got != tt.want || got.String() != tt.name {
			t.Errorf("%+v: %v, want %v", tt.p, got, tt.name)
		}
	}
	for w, want := range map[dsmip.Want]string{4: "want 4", 255: "want 255"} {
		if w.String() != want {
			t.Errorf("%q, want %q", w, want)
		}
	}
	if p := dsmip.RequestAnyPrefix(56); p.Prefix != addr("::") || p.PrefixLength != 56 {
		t.Errorf("%+v", p)
	}
	if p := dsmip.RequestLinkLocal(addr("fe80::1")); p.Prefix != addr("fe80::1") || p.PrefixLength != 255 {
		t.Errorf("%+v", p)
	}
	if p := dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8:1:2::9/64")); p.Prefix != addr("2001:db8:1:2::9") || p.PrefixLength != 64 {
		t.Errorf("%+v", p)
	}
	if p := dsmip.RequestInterfaceIdentifier([8]byte{1, 2, 3, 4, 5, 6, 7, 8}); p.Prefix != addr("::102:304:506:708") || p.PrefixLength != 128 {
		t.Errorf("%+v", p)
	}
	if p := dsmip.RequestPrefix(netip.Prefix{}); p.PrefixLength != 0 || p.Prefix.IsValid() {
		t.Errorf("%+v", p)
	}
}

func TestSame(t *testing.T) {
	tests := []struct {
		a    string
		n    uint8
		b    string
		m    uint8
		same bool
	}{
		{"2001:db8:1:2::", 64, "2001:db8:1:2::", 64, true},
		{"2001:db8:1:2::", 64, "2001:db8:1:2::1", 64, true},
		{"2001:db8:1:2::", 64, "2001:db8:1:3::", 64, false},
		{"2001:db8:1:2::", 63, "2001:db8:1:3::", 63, true},
		{"2001:db8:1:2::", 64, "2001:db8:1:2::", 63, false},
		{"::1", 0, "ffff::", 0, true},
		{"2001:db8::1", 128, "2001:db8::", 128, false},
		{"fe80::1", 255, "fe80::1", 255, true},
		{"fe80::1", 255, "fe80::2", 255, false},
		{"fe80::1", 255, "fe80::1", 128, false},
	}
	for _, tt := range tests {
		p := dsmip.PrefixRequest{PrefixLength: tt.n, Prefix: addr(tt.a)}
		q := dsmip.PrefixRequest{PrefixLength: tt.m, Prefix: addr(tt.b)}
		r := dsmip.PrefixReply{PrefixLength: tt.m, Prefix: addr(tt.b)}
		if p.Same(q) != tt.same || q.Same(p) != tt.same || (r.Answers(p, dsmip.RFC5454) == dsmip.MatchPrefix) != tt.same {
			t.Errorf("%v/%d and %v/%d: %v, %v, %v", tt.a, tt.n, tt.b, tt.m, p.Same(q), q.Same(p), r.Answers(p, dsmip.RFC5454))
		}
	}
	if (dsmip.PrefixRequest{}).Same(dsmip.PrefixRequest{}) || (dsmip.PrefixRequest{}).Same(dsmip.RequestAnyPrefix(0)) {
		t.Error("an unset prefix is the same as something")
	}
}

// TestNetPrefix: the bits beyond the length are cleared, a link-local address is a
// /128, and what is no prefix has none.
func TestNetPrefix(t *testing.T) {
	tests := []struct {
		prefix netip.Addr
		length uint8
		want   string // none when empty
	}{
		{addr("2001:db8:1:2::"), 64, "2001:db8:1:2::/64"},
		{addr("2001:db8:1:2:3:4:5:6"), 64, "2001:db8:1:2::/64"},
		{addr("2001:db8:1:3::"), 63, "2001:db8:1:2::/63"},
		{addr("2001:db8::1"), 128, "2001:db8::1/128"},
		{addr("2001:db8::1"), 127, "2001:db8::/127"},
		{addr("ffff::"), 1, "8000::/1"},
		{addr("::"), 0, "::/0"},
		{addr("2001:db8::1"), 0, "::/0"},
		{addr("::"), 64, "::/64"},
		{addr("::200:0:0:1"), 128, "::200:0:0:1/128"},
		{addr("fe80::c000:20a"), 255, "fe80::c000:20a/128"},
		{addr("2001:db8::1%eth0"), 64, "2001:db8::/64"},
		{addr("::ffff:192.0.2.1"), 96, "::ffff:0:0/96"},
		{netip.Addr{}, 0, ""},
		{netip.Addr{}, 64, ""},
		{netip.Addr{}, 255, ""},
		{addr("192.0.2.1"), 24, ""},
		{addr("192.0.2.1"), 0, ""},
		{addr("2001:db8::1"), 129, ""},
		{addr("2001:db8::1"), 200, ""},
		{addr("fe80::1"), 254, ""},
	}
	for _, tt := range tests {
		p, ok := dsmip.PrefixRequest{PrefixLength: tt.length, Prefix: tt.prefix}.NetPrefix()
		q, okReply := dsmip.PrefixReply{PrefixLength: tt.length, Prefix: tt.prefix}.NetPrefix()
		if p != q || ok != okReply {
			t.Errorf("%v, %d: a request gives %v, %v, a reply %v, %v", tt.prefix, tt.length, p, ok, q, okReply)
		}
		if tt.want == "" {
			if ok || p != (netip.Prefix{}) {
				t.Errorf("%v, %d: %v", tt.prefix, tt.length, p)
			}
		} else if want := netip.MustParsePrefix(tt.want); !ok || p.Bits() != want.Bits() || p.Addr().As16() != want.Addr().As16() || p.Addr().Zone() != "" {
			t.Errorf("%v, %d: %v, %v, want %v", tt.prefix, tt.length, p, ok, want)
		}
	}
	for n := range 129 {
		ones := netip.AddrFrom16([16]byte(bytes.Repeat([]byte{0xff}, 16)))
		var want [16]byte
		for bit := range n {
			want[bit/8] |= 0x80 >> (bit % 8)
		}
		if p, ok := (dsmip.PrefixRequest{PrefixLength: uint8(n), Prefix: ones}).NetPrefix(); !ok || p != netip.PrefixFrom(netip.AddrFrom16(want), n) {
			t.Errorf("length %d: %v, %v", n, p, ok)
		}
	}
}
