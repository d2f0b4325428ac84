package ext_test

import (
	"bytes"
	"net/netip"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/ext"
)

// TestPrefixCompression has the example of RFC 6521 §4.1, and realms of that of §4.2.3.
func TestPrefixCompression(t *testing.T) {
	wire := ext.PrefixStructures(slices.Concat(
		unhex("41 c0000221"),
		unhex("1c c0000200"), []byte("\x03foo\x07example\x03com\x00"),
		unhex("9a 09"), []byte("\x03bar\x83\x00"),
		unhex("99 05"), []byte("\x03buz\x80\x81\x03org\x00"),
	))
	want := []ext.PrefixStructure{
		{MobileRouter: address("192.0.2.33"), Info: 1},
		{Prefix: netip.MustParsePrefix("192.0.2.0/28"), Realm: []byte("\x03foo\x07example\x03com\x00")},
		{Delta: true, Prefix: netip.MustParsePrefix("192.0.2.64/26"), Realm: []byte("\x03bar\x83\x00")},
		{Delta: true, Prefix: netip.MustParsePrefix("192.0.2.128/25"), Realm: []byte("\x03buz\x80\x81\x03org\x00")},
	}
	if got := slices.Collect(wire.All()); !slices.EqualFunc(got, want, ext.PrefixStructure.Equal) {
		t.Errorf("%v, want %v", got, want)
	}
	texts := []string{
		"mobile router 192.0.2.33 info 1",
		`prefix 192.0.2.0/28 realm "foo.example.com"`,
		`prefix 192.0.2.64/26 D realm "bar.#3"`,
		`prefix 192.0.2.128/25 D realm "buz.#0.#1.org"`,
	}
	for i, s := range want {
		if s.String() != texts[i] {
			t.Errorf("%q, want %q", s, texts[i])
		}
	}
	if s := wire.String(); s != "192.0.2.33 192.0.2.0/28 192.0.2.64/26 192.0.2.128/25" {
		t.Error(s)
	}
	for range wire.All() {
		break // the iterator stops where it is told to
	}
}

// TestPrefixLengths: how many bytes a prefix takes (RFC 6521 §4.1: /4 and /8 take one, /12
// and /16 two, /20 and /24 three, longer ones four), and what the bits of a delta replace.
func TestPrefixLengths(t *testing.T) {
	for wire, want := range map[string]string{
		"00 00":                              "0.0.0.0/0",
		"04 f0 00":                           "240.0.0.0/4",
		"08 0a 00":                           "10.0.0.0/8",
		"0c 0a f0 00":                        "10.240.0.0/12",
		"10 0a ff 00":                        "10.255.0.0/16",
		"14 0a ff f0 00":                     "10.255.240.0/20",
		"18 0a ff ff 00":                     "10.255.255.0/24",
		"19 0a ff ff 80 00":                  "10.255.255.128/25",
		"20 0a ff ff ff 00":                  "10.255.255.255/32",
		"18 0a ff ff 00 98 05 00":            "10.255.5.0/24",
		"18 0a ff ff 00 90 05 00":            "10.5.0.0/16",
		"18 0a ff ff 00 a0 05 00":            "10.255.255.5/32",
		"18 0a ff ff 00 94 ff 00":            "10.255.240.0/20",
		"18 0a ff ff 00 94 01 00":            "10.240.16.0/20",
		"18 0a ff ff 00 88 0b 00":            "11.0.0.0/8",
		"18 0a ff ff 00 84 0b 00":            "176.0.0.0/4",
		"18 0a ff ff 00 80 ff 00":            "0.0.0.0/0",
		"18 0a ff ff 00 40c0000201 98 06 00": "10.255.6.0/24",
		// Bits beyond the length are not the prefix's.
		"0c 0a ff 00": "10.240.0.0/12",
	} {
		s := ext.PrefixStructures(append(unhex("40 c0000221"), unhex(wire)...))
		all := slices.Collect(s.All())
		b, err := ext.RouteOptimizationPrefix{Structures: s}.AppendBinary(nil)
		if err != nil {
			t.Fatalf("%s: %v", wire, err)
		}
		if _, err := ext.ParseRouteOptimizationPrefix(only(t, b)); err != nil {
			t.Errorf("%s: %v", wire, err)
		}
		if got := all[len(all)-1].Prefix; got != netip.MustParsePrefix(want) {
			t.Errorf("%s: %v, want %s", wire, got, want)
		}
	}
}

// TestBuildStructures writes an advertisement, and refuses what cannot be in one.
func TestBuildStructures(t *testing.T) {
	var s ext.PrefixStructures
	var err error
	step := func(next ext.PrefixStructures, e error) {
		s, err = next, e
		if err != nil {
			t.Fatal(err)
		}
	}
	step(s.AppendRouter(address("192.0.2.33"), true))
	step(s.AppendPrefix(netip.MustParsePrefix("192.0.2.129/25"), nil))
	step(s.AppendPrefix(netip.MustParsePrefix("10.0.0.0/8"), []byte("\x01a\x80")))
	step(s.AppendRouter(address("192.0.2.34"), false))
	want := unhex("41 c0000221  19 c0000280 00  08 0a 0161 80 00  40 c0000222")
	if !bytes.Equal(s, want) {
		t.Errorf("%x, want %x", s, want)
	}
	for name, try := range map[string]func() (ext.PrefixStructures, error){
		"no router": func() (ext.PrefixStructures, error) {
			return ext.PrefixStructures(nil).AppendPrefix(netip.MustParsePrefix("10.0.0.0/8"), nil)
		},
		"IPv6 prefix": func() (ext.PrefixStructures, error) {
			return s.AppendPrefix(netip.MustParsePrefix("2001:db8::/32"), nil)
		},
		"no prefix": func() (ext.PrefixStructures, error) { return s.AppendPrefix(netip.Prefix{}, nil) },
		"invalid prefix": func() (ext.PrefixStructures, error) {
			return s.AppendPrefix(netip.PrefixFrom(address("10.0.0.0"), 33), nil)
		},
	} {
		if got, err := try(); err != ext.ErrAdvertisedPrefix || name != "no router" && len(got) != len(s) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, realm := range []string{"\x00", "\x01a\x00", "\x02a", "\x7f"} {
		if got, err := s.AppendPrefix(netip.MustParsePrefix("10.0.0.0/8"), []byte(realm)); err != ext.ErrRealm || len(got) != len(s) {
			t.Errorf("realm %q: %v", realm, err)
		}
	}
	if got, err := s.AppendRouter(address("::1"), false); err != ext.ErrAdvertisedRouter || len(got) != len(s) {
		t.Error(err)
	}
}

func TestAddressList(t *testing.T) {
	l, err := ext.AddressList(nil).Append(address("203.0.113.1"), address("203.0.113.2"))
	if err != nil || !l.Equal(addresses) || l.Len() != 2 || l.At(1) != address("203.0.113.2") {
		t.Errorf("%v, %v", l, err)
	}
	if l.At(-1).IsValid() || l.At(2).IsValid() {
		t.Error("an address outside of the list")
	}
	if got := slices.Collect(l.All()); !slices.Equal(got, []netip.Addr{address("203.0.113.1"), address("203.0.113.2")}) {
		t.Errorf("%v", got)
	}
	for range l.All() {
		break
	}
	if got, err := l.Append(address("203.0.113.3"), address("::1")); err != ext.ErrCareOfAddresses || !got.Equal(l) {
		t.Errorf("%v, %v", got, err)
	}
	if s := ext.AddressList(bytes.Repeat([]byte{1}, 4*9)).String(); s != "1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 1.1.1.1 and 3 more" {
		t.Error(s)
	}
	if imsi, connection, ok := (ext.IMSI3GPP2{IMSI: []byte("001:2")}).Split(); string(imsi) != "001" || string(connection) != "2" || !ok {
		t.Error(imsi, connection, ok)
	}
	if _, _, ok := (ext.IMSI3GPP2{IMSI: []byte("001")}).Split(); ok {
		t.Error("a connection without colon")
	}
}

// TestNetPrefix of mobile networks: what the two fields mean.
func TestNetPrefix(t *testing.T) {
	for _, tt := range []struct {
		length uint8
		prefix netip.Addr
		want   string
	}{
		{24, address("192.0.2.129"), "192.0.2.0/24"},
		{0, address("0.0.0.0"), "0.0.0.0/0"},
		{32, address("192.0.2.1"), "192.0.2.1/32"},
		{33, address("192.0.2.1"), ""},
		{24, address("2001:db8::"), ""},
		{24, netip.Addr{}, ""},
	} {
		one, ok1 := ext.MobileNetworkRequest{tt.length, tt.prefix}.NetPrefix()
		two, ok2 := ext.MobileNetworkAckExplicit{0, tt.length, tt.prefix}.NetPrefix()
		three, ok3 := ext.MobileNetworkAckImplicit{0, tt.length, tt.prefix}.NetPrefix()
		var want netip.Prefix
		if tt.want != "" {
			want = netip.MustParsePrefix(tt.want)
		}
		if one != want || two != want || three != want || ok1 != want.IsValid() || ok2 != ok1 || ok3 != ok1 {
			t.Errorf("%v/%d: %v %v %v, want %q", tt.prefix, tt.length, one, two, three, tt.want)
		}
	}
}
