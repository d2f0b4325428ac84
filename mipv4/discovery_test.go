package mipv4_test

import (
	"bytes"
	"encoding"
	"encoding/json"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Golden messages by the figures of RFC 1256 §3, RFC 5944 §2.1 and those of the
// extensions; the checksums are of an independent program (RFC 1071).
const (
	foreignAgentHex = "09 00 c3d3 02 02 0708 c0000201 00000000 c0000202 80000000" +
		"100e 0102 0708 b1e0 cb007105 cb007109" + // Mobility Agent Advertisement
		"1302 1810" + // Prefix-Lengths
		"1804 deadbeef" + // Challenge
		"8610 0000 00000009 0010 0102030405060708" + // NVSE
		"8809 03 66616e61692e6578" + // FA-NAI
		"8c07 03 001122334455" + // Ethernet Address
		"ff03 010203" + "7f02 0102" + // Experimental
		"c801ff" + "00" // unknown, padding
	homeAgentHex           = "09 10 c6e7 00 02 ffff 1006 0000 ffff 2000"
	reservedHex            = "09 00 b8d8 00 02 0000 1006 ffff 0000 2e1f"
	routerAdvertisementHex = "09 00 2cf3 01 02 0708 c0000201 00000001"
	threeWordsHex          = "09 00 c9d2 02 03 0708 c0000201 00000005 aabbccdd c0000202 ffffffff 11223344" +
		"100a 0100 0708 9000 cb007105"
	solicitationHex    = "0a 00 f5ff 00000000"
	linkLayerHex       = "0a 00 a54a a5a5a5a5 8c05 05 cb007105 8c07 03 001122334455"
	oddSolicitationHex = "0a 00 2efd 00000000 c801ff"
)

var (
	router1 = netip.MustParseAddr("192.0.2.1")
	router2 = netip.MustParseAddr("192.0.2.2")
	careOf1 = netip.MustParseAddr("203.0.113.5")
	careOf2 = netip.MustParseAddr("203.0.113.9")
)

// summed returns the message with the checksum that RFC 1071 §4.1 computes.
func summed(b []byte) []byte {
	b = bytes.Clone(b)
	b[2], b[3] = 0, 0
	sum := 0
	for i, c := range b {
		if i%2 == 0 {
			sum += int(c) << 8
		} else {
			sum += int(c)
		}
	}
	for sum>>16 != 0 {
		sum = sum&0xffff + sum>>16
	}
	b[2], b[3] = byte(^sum>>8), byte(^sum)
	return b
}

// change returns the message with another byte, and the checksum that goes with it.
func change(b []byte, at int, v byte) []byte {
	b = bytes.Clone(b)
	b[at] = v
	return summed(b)
}

func TestAgentAdvertisement(t *testing.T) {
	b := octets(foreignAgentHex)
	a, err := mipv4.ParseAgentAdvertisement(b)
	if err != nil {
		t.Fatal(err)
	}
	want := []mipv4.RouterAddress{{Address: router1}, {Address: router2, PreferenceLevel: mipv4.NoDefaultRouter}}
	if a.Code != code.HandlesCommonTraffic || a.Lifetime != 1800 || a.RouterAddresses.Len() != 2 || a.RouterAddresses.AddrEntrySize() != 2 ||
		!slices.Equal(slices.Collect(a.RouterAddresses.All()), want) {
		t.Errorf("%v", a)
	}
	const text = "Agent Advertisement code 0 lifetime 1800s routers 192.0.2.1 (0), 192.0.2.2 (-2147483648) " +
		"[Mobility Agent Advertisement, Prefix-Lengths, Challenge, Normal Vendor/Organization Specific, FA-NAI, Ethernet Address, " +
		"Experimental, Experimental, type 200, One-byte Padding]"
	if a.String() != text {
		t.Errorf("%q, want %q", a, text)
	}
	one, err := mipv4.NewRouterAddresses(want[:1]...)
	if err != nil {
		t.Fatal(err)
	}
	if s := (mipv4.AgentAdvertisement{Lifetime: 9, RouterAddresses: one}).String(); s != "Router Advertisement code 0 lifetime 9s routers 192.0.2.1 (0) []" {
		t.Errorf("without a Mobility Agent Advertisement: %q", s)
	}
	agent, err := a.MobilityAgent()
	if err != nil || agent.SequenceNumber != 258 || agent.RegistrationLifetime != 1800 || agent.Flags.String() != "RHFTUXI" ||
		!slices.Equal(slices.Collect(agent.CareOfAddresses.All()), []netip.Addr{careOf1, careOf2}) {
		t.Errorf("%v, %v", agent, err)
	}

	// The same from values.
	var routers mipv4.RouterAddresses
	if routers, err = mipv4.NewRouterAddresses(want...); err != nil {
		t.Fatal(err)
	}
	careOf, err := mipv4.NewCareOfAddresses(careOf1, careOf2)
	if err != nil {
		t.Fatal(err)
	}
	parts := []encoding.BinaryAppender{
		mipv4.AgentAdvertisement{Lifetime: 1800, RouterAddresses: routers},
		mipv4.MobilityAgentAdvertisement{SequenceNumber: 258, RegistrationLifetime: 1800, CareOfAddresses: careOf,
			Flags: mipv4.AgentRegistrationRequired | mipv4.AgentHome | mipv4.AgentForeign | mipv4.AgentReverseTunneling |
				mipv4.AgentUDPTunneling | mipv4.AgentRevocation | mipv4.AgentRegional},
		mipv4.PrefixLengths{Lengths: []byte{24, 16}},
		mipv4.AgentChallenge{Value: octets("deadbeef")},
		mipv4.AgentVendorExtension{Vendor: 9, Type: 16, Value: octets("0102030405060708")},
		mipv4.AgentNAI{SubType: 3, NAI: []byte("fanai.ex")},
		mipv4.AgentLinkLayerAddress{SubType: 3, Address: octets("001122334455")},
		mipv4.AgentExperimental{Skippable: true, Opaque: octets("010203")},
		mipv4.AgentExperimental{Opaque: octets("0102")},
	}
	msg := poisoned(400)[:0]
	for _, p := range parts {
		if msg, err = p.AppendBinary(msg); err != nil {
			t.Fatal(err)
		}
	}
	if msg, err = mipv4.AppendDiscovery(msg, 200<<8, []byte{0xff}); err != nil {
		t.Fatal(err)
	}
	if msg, err = mipv4.AppendDiscovery(msg, mipv4.DiscoveryPadding, nil); err != nil {
		t.Fatal(err)
	}
	if msg, err = mipv4.SetChecksum(msg); err != nil || !bytes.Equal(msg, b) {
		t.Errorf("built %x, %v, want %x", msg, err, b)
	}
}

// TestDiscoveryRoundTrip: what parses is written as it was, into a poisoned buffer,
// into a new slice, and from a copy.
func TestDiscoveryRoundTrip(t *testing.T) {
	type message interface {
		encoding.BinaryAppender
		encoding.BinaryMarshaler
	}
	check := func(b []byte, m, other, copied message) {
		for _, m := range []message{m, other, copied} {
			buf := poisoned(200)
			out, err := m.AppendBinary(buf[:5])
			if err != nil || !bytes.Equal(out[5:], b) || !bytes.Equal(out[:5], poisoned(5)) || !bytes.Equal(buf[len(out):], poisoned(200-len(out))) {
				t.Errorf("%x: appended %x, %v", b, out, err)
			}
			if out, err = m.MarshalBinary(); err != nil || !bytes.Equal(out, b) || cap(out) != len(out) {
				t.Errorf("%x: marshaled %x, %v", b, out, err)
			}
		}
		if at, err := mipv4.LocateDiscovery(b); at != len(b) || err != nil {
			t.Errorf("%x: %v at %d", b, err, at)
		}
	}
	for _, s := range []string{foreignAgentHex, homeAgentHex, reservedHex, routerAdvertisementHex, threeWordsHex} {
		b := octets(s)
		source := bytes.Clone(b)
		var a, copied mipv4.AgentAdvertisement
		if err := a.Parse(b); err != nil {
			t.Fatal(err)
		}
		if err := copied.UnmarshalBinary(source); err != nil {
			t.Fatal(err)
		}
		copy(source, poisoned(len(source)))
		again, err := mipv4.ParseAgentAdvertisement(bytes.Clone(b))
		if err != nil || !a.Equal(copied) || !a.Equal(again) {
			t.Errorf("%v, %v, %v, %v", err, a, copied, again)
		}
		check(b, a, again, copied)
	}
	for _, s := range []string{solicitationHex, linkLayerHex, oddSolicitationHex} {
		b := octets(s)
		source := bytes.Clone(b)
		var a, copied mipv4.AgentSolicitation
		if err := a.Parse(b); err != nil {
			t.Fatal(err)
		}
		if err := copied.UnmarshalBinary(source); err != nil {
			t.Fatal(err)
		}
		copy(source, poisoned(len(source)))
		again, err := mipv4.ParseAgentSolicitation(bytes.Clone(b))
		if err != nil || !a.Equal(copied) || !a.Equal(again) {
			t.Errorf("%v, %v, %v, %v", err, a, copied, again)
		}
		check(b, a, again, copied)
	}
	var out []byte
	out, err := mipv4.AgentSolicitation{}.AppendBinary(out)
	if err != nil || !bytes.Equal(out, octets(solicitationHex)) {
		t.Errorf("%x, %v", out, err)
	}
	out, err = mipv4.AgentAdvertisement{Code: code.DoesNotRouteCommonTraffic, Lifetime: 0xffff}.AppendBinary(nil)
	if err == nil {
		out, err = mipv4.MobilityAgentAdvertisement{RegistrationLifetime: mipv4.Infinite, Flags: mipv4.AgentHome}.AppendBinary(out)
	}
	if err == nil {
		out, err = mipv4.SetChecksum(out)
	}
	if err != nil || !bytes.Equal(out, octets(homeAgentHex)) {
		t.Errorf("%x, %v", out, err)
	}
}

// TestDiscoveryEqual: every byte but the checksum makes a difference.
func TestDiscoveryEqual(t *testing.T) {
	b := octets(threeWordsHex)
	a, err := mipv4.ParseAgentAdvertisement(b)
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	for bit := range 8 * len(b) {
		flipped := bytes.Clone(b)
		flipped[bit/8] ^= 0x80 >> (bit % 8)
		flipped = summed(flipped)
		o, err := mipv4.ParseAgentAdvertisement(flipped)
		if bit/8 == 2 || bit/8 == 3 || err != nil {
			continue
		}
		changed++
		if a.Equal(o) {
			t.Errorf("bit %d: equal", bit)
		}
		if out, err := o.AppendBinary(nil); err != nil || !bytes.Equal(out, flipped) {
			t.Errorf("bit %d: %x, %v, want %x", bit, out, err, flipped)
		}
	}
	if changed < 8*(len(b)-12) {
		t.Errorf("only %d bits were changed", changed)
	}
}

// TestDiscoveryCut: every cut is refused, at its place, with the fault of its place
// once the checksum is right.
func TestDiscoveryCut(t *testing.T) {
	whole := octets(foreignAgentHex)
	ends := map[int]bool{24: true, 40: true, 44: true, 50: true, 68: true, 79: true, 88: true, 93: true, 97: true, 100: true}
	last := 24
	for n := range whole {
		b := whole[:n:n]
		if ends[n] {
			last = n
		}
		var want *code.Fault
		at := n
		switch {
		case n < 8:
			want = mipv4.ErrAdvertisementCut
		default:
			// Without its last byte, a padding, the message has the same sum.
			whole := n == len(whole)-1
			if err := new(mipv4.AgentAdvertisement).Parse(b); whole != (err == nil) || !whole && fault(err) != mipv4.ErrChecksum {
				t.Errorf("%d bytes: %v, want %v", n, err, mipv4.ErrChecksum)
			}
			if at, err := mipv4.LocateDiscovery(b); !whole && (fault(err) != mipv4.ErrChecksum || at != 2) {
				t.Errorf("%d bytes: %v at %d", n, err, at)
			}
			b = summed(b)
			switch {
			case n < 24:
				want, at = mipv4.ErrRouterAddressesCut, 8
			case ends[n]:
			case n == last+1:
				want, at = ext.ErrLoneByte, last
			default:
				want, at = ext.ErrOverrun, last
			}
		}
		before := mipv4.AgentAdvertisement{Lifetime: 77}
		a := before
		if err := a.Parse(b); fault(err) != want || want != nil && !a.Equal(before) {
			t.Errorf("%d bytes: %v, want %v", n, err, want)
		}
		if want != nil && (fault(a.UnmarshalBinary(b)) != want || !a.Equal(before)) {
			t.Errorf("%d bytes: touched", n)
		}
		where, err := mipv4.LocateDiscovery(b)
		if n == 0 {
			want = mipv4.ErrICMPType
		}
		if fault(err) != want || where != at {
			t.Errorf("%d bytes: %v at %d, want %v at %d", n, err, where, want, at)
		}
	}
	whole = octets(linkLayerHex)
	for n := range whole {
		b := whole[:n:n]
		want, at := mipv4.ErrSolicitationCut, n
		if n >= 8 {
			b = summed(b)
			switch n {
			case 8, 15:
				want = nil
			case 9, 16:
				want, at = ext.ErrLoneByte, n-1
			default:
				want, at = ext.ErrOverrun, 8
				if n > 16 {
					at = 15
				}
			}
		}
		before := mipv4.AgentSolicitation{Reserved: 77}
		s := before
		if err := s.Parse(b); fault(err) != want || want != nil && !s.Equal(before) {
			t.Errorf("solicitation, %d bytes: %v, want %v", n, err, want)
		}
		if want != nil && (fault(s.UnmarshalBinary(b)) != want || !s.Equal(before)) {
			t.Errorf("solicitation, %d bytes: touched", n)
		}
		if where, err := mipv4.LocateDiscovery(b); n > 0 && (fault(err) != want || where != at) {
			t.Errorf("solicitation, %d bytes: %v at %d, want %v at %d", n, err, where, want, at)
		}
	}
}

func TestDiscoveryRefuses(t *testing.T) {
	advertisement, solicitation := octets(homeAgentHex), octets(solicitationHex)
	long := func(b []byte) []byte { return append(bytes.Clone(b), make([]byte, 65536-len(b))...) }
	tests := []struct {
		name                        string
		b                           []byte
		advertisement, solicitation *code.Fault
		at                          int
		located                     *code.Fault
	}{
		{"advertisement", advertisement, nil, mipv4.ErrICMPType, len(advertisement), nil},
		{"solicitation", solicitation, mipv4.ErrICMPType, nil, 8, nil},
		{"echo", change(solicitation, 0, 8), mipv4.ErrICMPType, mipv4.ErrICMPType, 0, mipv4.ErrICMPType},
		{"code 1", change(advertisement, 1, 1), mipv4.ErrAdvertisementCode, mipv4.ErrICMPType, 1, mipv4.ErrAdvertisementCode},
		{"code 17", change(advertisement, 1, 17), mipv4.ErrAdvertisementCode, mipv4.ErrICMPType, 1, mipv4.ErrAdvertisementCode},
		{"solicitation, code 16", change(solicitation, 1, 16), mipv4.ErrICMPType, mipv4.ErrSolicitationCode, 1, mipv4.ErrSolicitationCode},
		{"entries of one word", change(octets(routerAdvertisementHex), 5, 1), mipv4.ErrAddrEntrySize, mipv4.ErrICMPType, 5, mipv4.ErrAddrEntrySize},
		{"entries of no word", change(advertisement, 5, 0), mipv4.ErrAddrEntrySize, mipv4.ErrICMPType, 5, mipv4.ErrAddrEntrySize},
		{"a router too many", change(octets(routerAdvertisementHex), 4, 2), mipv4.ErrRouterAddressesCut, mipv4.ErrICMPType, 8, mipv4.ErrRouterAddressesCut},
		{"255 routers of 255 words", change(change(advertisement, 4, 255), 5, 255), mipv4.ErrRouterAddressesCut, mipv4.ErrICMPType, 8, mipv4.ErrRouterAddressesCut},
		{"unknown type", summed(append(bytes.Clone(advertisement), 20, 0)), ext.ErrUnknownType, mipv4.ErrICMPType, 16, ext.ErrUnknownType},
		{"a type of control messages", summed(append(bytes.Clone(solicitation), 32, 4, 0, 0, 1, 0)), mipv4.ErrICMPType, ext.ErrUnknownType, 8, ext.ErrUnknownType},
		{"checksum and code", append([]byte{9, 1}, make([]byte, 14)...), mipv4.ErrChecksum, mipv4.ErrICMPType, 2, mipv4.ErrChecksum},
		{"too long", long(advertisement), ext.ErrTooLong, mipv4.ErrICMPType, 65535, ext.ErrTooLong},
		{"solicitation too long", long(solicitation), mipv4.ErrICMPType, ext.ErrTooLong, 65535, ext.ErrTooLong},
	}
	for _, tt := range tests {
		_, err := mipv4.ParseAgentAdvertisement(tt.b)
		if fault(err) != tt.advertisement {
			t.Errorf("%s, as an advertisement: %v, want %v", tt.name, err, tt.advertisement)
		}
		_, err = mipv4.ParseAgentSolicitation(tt.b)
		if fault(err) != tt.solicitation {
			t.Errorf("%s, as a solicitation: %v, want %v", tt.name, err, tt.solicitation)
		}
		if at, err := mipv4.LocateDiscovery(tt.b); fault(err) != tt.located || at != tt.at {
			t.Errorf("%s: %v at %d, want %v at %d", tt.name, err, at, tt.located, tt.at)
		}
	}
	// Every type of 0 to 127 that is not known is refused, every other walked.
	for n := range 256 {
		b := summed(append(bytes.Clone(solicitation), byte(n), 0))
		_, err := mipv4.ParseAgentSolicitation(b)
		known := n >= 128 || slices.Contains([]int{0, 16, 19, 24, 127}, n)
		if known != (err == nil) || mipv4.DiscoveryType(n).Skippable() != (n >= 128) {
			t.Errorf("type %d: %v", n, err)
		}
	}
}

// TestChecksum: any flipped bit is found, odd sizes and a checksum of 0 included,
// for which 0xffff is not taken.
func TestChecksum(t *testing.T) {
	for n := 8; n < 40; n++ {
		b := octets(solicitationHex)
		for i := 8; i < n; i++ {
			b = append(b, 0)
		}
		b[4], b[5], b[n-1] = byte(n), 0xff, 0
		b = summed(b)
		msg := bytes.Clone(b)
		msg[2], msg[3] = 0xa5, 0xa5
		if got, err := mipv4.SetChecksum(msg); err != nil || !bytes.Equal(got, b) || &got[0] != &msg[0] {
			t.Errorf("%d bytes: %x, %v, want %x", n, got, err, b)
		}
		if _, err := mipv4.ParseAgentSolicitation(b); err != nil {
			t.Errorf("%d bytes: %v", n, err)
		}
		for bit := 16; bit < 8*n; bit++ {
			b[bit/8] ^= 0x80 >> (bit % 8)
			if err := new(mipv4.AgentSolicitation).Parse(b); fault(err) != mipv4.ErrChecksum {
				t.Errorf("%d bytes, bit %d: %v", n, bit, err)
			}
			b[bit/8] ^= 0x80 >> (bit % 8)
		}
	}
	zero := octets("0a00 0000 f5ff 0000") // 0a00 + f5ff is ffff
	s, err := mipv4.ParseAgentSolicitation(zero)
	if err != nil || s.Reserved != 0xf5ff0000 {
		t.Errorf("%v, %v", s, err)
	}
	zero[2], zero[3] = 0xff, 0xff
	if _, err := mipv4.ParseAgentSolicitation(zero); fault(err) != mipv4.ErrChecksum {
		t.Errorf("the other zero: %v", err)
	}
	for _, tt := range []struct {
		b    []byte
		want *code.Fault
	}{
		{nil, mipv4.ErrAdvertisementCut},
		{octets("09 00 0000 000000"), mipv4.ErrAdvertisementCut},
		{octets("0a 00 0000 000000"), mipv4.ErrSolicitationCut},
		{octets("08 00 0000 00000000"), mipv4.ErrICMPType},
		{append([]byte{9}, make([]byte, 65535)...), ext.ErrTooLong},
	} {
		before := bytes.Clone(tt.b)
		if got, err := mipv4.SetChecksum(tt.b); fault(err) != tt.want || !bytes.Equal(got, before) {
			t.Errorf("%d bytes: %v, want %v", len(tt.b), err, tt.want)
		}
	}
}

// discovery is the extension of a golden solicitation with the given extensions.
func discovery(t *testing.T, extensions string) mipv4.DiscoveryExtension {
	t.Helper()
	s, err := mipv4.ParseAgentSolicitation(summed(octets(solicitationHex + extensions)))
	if err != nil {
		t.Fatal(err)
	}
	x, _ := s.Extensions.First()
	return x
}

// TestDiscoveryExtensions: the extensions of the golden advertisement, typed, with
// their places.
func TestDiscoveryExtensions(t *testing.T) {
	a, err := mipv4.ParseAgentAdvertisement(octets(foreignAgentHex))
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		offset int
		kind   mipv4.DiscoveryKind
		body   string
		text   string
	}{
		{24, mipv4.DiscoveryMobilityAgent, "01020708b1e0cb007105cb007109", "Mobility Agent Advertisement, 14 bytes"},
		{40, mipv4.DiscoveryPrefixLengths, "1810", "Prefix-Lengths, 2 bytes"},
		{44, mipv4.DiscoveryChallenge, "deadbeef", "Challenge, 4 bytes"},
		{50, mipv4.DiscoveryNVSE, "00000000000900100102030405060708", "Normal Vendor/Organization Specific, 16 bytes"},
		{68, mipv4.DiscoveryFANAI, "66616e61692e6578", "FA-NAI, 8 bytes"},
		{79, mipv4.DiscoveryEthernetAddress, "001122334455", "Ethernet Address, 6 bytes"},
		{88, mipv4.DiscoverySkippableExperimental, "010203", "Experimental, 3 bytes"},
		{93, mipv4.DiscoveryExperimental, "0102", "Experimental, 2 bytes"},
		{97, 200 << 8, "ff", "type 200, 1 bytes"},
		{100, mipv4.DiscoveryPadding, "", "One-byte Padding, 0 bytes"},
	}
	i := 0
	for x := range a.Extensions.All() {
		w := want[i]
		i++
		if x.Offset() != w.offset || x.Kind() != w.kind || !bytes.Equal(x.Body(), octets(w.body)) || x.String() != w.text ||
			cap(x.Body()) != len(x.Body()) || cap(x.Bytes()) != len(x.Bytes()) {
			t.Errorf("%v at %d: %x, want %+v", x, x.Offset(), x.Body(), w)
		}
		if found, ok := a.Extensions.Find(w.kind); !ok || found.Offset() != x.Offset() {
			t.Errorf("%v: found at %d, %v", w.kind, found.Offset(), ok)
		}
		if out, err := x.AppendBinary(poisoned(3)); err != nil || !bytes.Equal(out[3:], x.Bytes()) {
			t.Errorf("%v: %x, %v", x, out, err)
		}
	}
	if i != len(want) {
		t.Errorf("%d extensions", i)
	}
	if _, ok := a.Extensions.Find(mipv4.DiscoveryHAIdentity); ok {
		t.Error("found what is not there")
	}
}

// TestDiscoveryTyped: each typed extension against its figure, and what is refused of
// it and by it.
func TestDiscoveryTyped(t *testing.T) {
	four, five := octets("cb007105"), octets("cb00710500")
	addresses := func(n int) mipv4.CareOfAddresses {
		c, err := mipv4.NewCareOfAddresses(slices.Repeat([]netip.Addr{careOf1}, n)...)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	tests := []struct {
		m    encoding.BinaryAppender
		hex  string // what is written
		text string
		want *code.Fault // why nothing is written
	}{
		{mipv4.MobilityAgentAdvertisement{Flags: 0xffff, SequenceNumber: 1, RegistrationLifetime: 2, CareOfAddresses: addresses(1)},
			"100a 0001 0002 fde0 cb007105", "Mobility Agent Advertisement flags RBHFMGrTUXI sequence 1 lifetime 2s care-of 203.0.113.5", nil},
		{mipv4.MobilityAgentAdvertisement{Flags: mipv4.AgentForeign, CareOfAddresses: addresses(62)},
			"10fe 0000 0000 1000" + strings.Repeat("cb007105", 62), "", nil},
		{mipv4.MobilityAgentAdvertisement{Flags: mipv4.AgentHome}, "1006 0000 0000 2000",
			"Mobility Agent Advertisement flags H sequence 0 lifetime 0s care-of ", nil},
		{mipv4.MobilityAgentAdvertisement{CareOfAddresses: addresses(1)}, "", "", mipv4.ErrNeitherAgent},
		{mipv4.MobilityAgentAdvertisement{Flags: mipv4.AgentHome | mipv4.AgentBusy}, "", "", mipv4.ErrBusyWithoutForeign},
		{mipv4.MobilityAgentAdvertisement{Flags: mipv4.AgentHome | mipv4.AgentRegistrationRequired}, "", "", mipv4.ErrRequiredWithoutForeign},
		{mipv4.MobilityAgentAdvertisement{Flags: mipv4.AgentForeign}, "", "", mipv4.ErrNoCareOfAddress},
		{mipv4.PrefixLengths{}, "1300", "Prefix-Lengths ", nil},
		{mipv4.PrefixLengths{Lengths: []byte{0, 32}}, "1302 0020", "Prefix-Lengths 0, 32", nil},
		{mipv4.PrefixLengths{Lengths: []byte{0, 33}}, "", "", mipv4.ErrPrefixLengthBits},
		{mipv4.PrefixLengths{Lengths: make([]byte, 256)}, "", "", mipv4.ErrNumAddrs},
		{mipv4.AgentChallenge{Value: four}, "1804 cb007105", "Challenge cb007105", nil},
		{mipv4.AgentChallenge{Value: make([]byte, 255)}, "18ff" + strings.Repeat("00", 255), "", nil},
		{mipv4.AgentChallenge{}, "", "", mipv4.ErrAgentChallenge},
		{mipv4.AgentChallenge{Value: make([]byte, 256)}, "", "", mipv4.ErrAgentChallenge},
		{mipv4.AgentVendorExtension{Vendor: 0xabcdef, Type: 0x0102}, "8608 0000 00abcdef 0102",
			"Normal Vendor/Organization Specific vendor 11259375 type 258, 0 bytes", nil},
		{mipv4.AgentVendorExtension{Value: make([]byte, 247)}, "86ff" + strings.Repeat("00", 255), "", nil},
		{mipv4.AgentVendorExtension{Value: make([]byte, 248)}, "", "", ext.ErrBodyTooLong},
		{mipv4.AgentVendorExtension{Vendor: 1 << 24}, "", "", mipv4.ErrVendorID},
		{mipv4.AgentNAI{SubType: 1, NAI: []byte("ha@x")}, "8805 01 68614078", `HA Identity "ha@x"`, nil},
		{mipv4.AgentNAI{SubType: 2, NAI: []byte("\x1b")}, "8802 02 1b", `AAAH Identity "\x1b"`, nil},
		{mipv4.AgentNAI{SubType: 9, NAI: []byte("x")}, "8802 09 78", `type 136 sub-type 9 "x"`, nil},
		{mipv4.AgentNAI{SubType: 3}, "", "", mipv4.ErrAgentNAI},
		{mipv4.AgentNAI{SubType: 3, NAI: make([]byte, 255)}, "", "", mipv4.ErrAgentNAI},
		{mipv4.AgentLinkLayerAddress{SubType: 1, Address: []byte("1:2")}, "8c04 01 313a32", "3GPP2 IMSI 313a32", nil},
		{mipv4.AgentLinkLayerAddress{SubType: 2, Address: []byte("1")}, "8c02 02 31", "3GPP IMSI 31", nil},
		{mipv4.AgentLinkLayerAddress{SubType: 4, Address: make([]byte, 8)}, "8c09 04 0000000000000000", "EUI-64 Address 0000000000000000", nil},
		{mipv4.AgentLinkLayerAddress{SubType: 5, Address: four}, "8c05 05 cb007105", "Solicited IPv4 Address 203.0.113.5", nil},
		{mipv4.AgentLinkLayerAddress{SubType: 6, Address: four}, "8c05 06 cb007105", "Access Point Identifier cb007105", nil},
		{mipv4.AgentLinkLayerAddress{SubType: 7, Address: four}, "8c05 07 cb007105", "FA IPv4 Address 203.0.113.5", nil},
		{mipv4.AgentLinkLayerAddress{SubType: 8}, "8c01 08", "type 140 sub-type 8 ", nil},
		{mipv4.AgentLinkLayerAddress{SubType: 3, Address: five}, "", "", mipv4.ErrLinkLayerLength},
		{mipv4.AgentLinkLayerAddress{SubType: 4, Address: five}, "", "", mipv4.ErrLinkLayerLength},
		{mipv4.AgentLinkLayerAddress{SubType: 5, Address: five}, "", "", mipv4.ErrLinkLayerLength},
		{mipv4.AgentLinkLayerAddress{SubType: 6, Address: five}, "", "", mipv4.ErrLinkLayerLength},
		{mipv4.AgentLinkLayerAddress{SubType: 7}, "", "", mipv4.ErrLinkLayerLength},
		{mipv4.AgentLinkLayerAddress{SubType: 1, Address: make([]byte, 255)}, "", "", ext.ErrBodyTooLong},
		{mipv4.AgentExperimental{}, "7f00", "Experimental type 127, 0 bytes", nil},
		{mipv4.AgentExperimental{Skippable: true}, "ff00", "Experimental type 255, 0 bytes", nil},
		{mipv4.AgentExperimental{Skippable: true, Opaque: make([]byte, 256)}, "", "", ext.ErrBodyTooLong},
	}
	for i, tt := range tests {
		buf := poisoned(400)
		b, err := tt.m.AppendBinary(buf[:5])
		if fault(err) != tt.want {
			t.Errorf("%d: %v, want %v", i, err, tt.want)
		}
		if want := append(poisoned(5), octets(tt.hex)...); !bytes.Equal(b, want) || !bytes.Equal(buf[len(b):], poisoned(400-len(b))) {
			t.Errorf("%d: %x, want %x", i, b, want)
		}
		if s := tt.m.(interface{ String() string }).String(); tt.text != "" && s != tt.text || len(s) >= 4096 {
			t.Errorf("%d: %q, want %q", i, s, tt.text)
		}
		if tt.want != nil {
			continue
		}
		// And back; what is reserved was written as zero.
		a, err := mipv4.ParseAgentAdvertisement(summed(append(octets("09 00 0000 00 02 0000"), b[5:]...)))
		if p, ok := tt.m.(mipv4.PrefixLengths); ok && len(p.Lengths) > 0 {
			a, err = mipv4.ParseAgentAdvertisement(summed(append(octets("09 00 0000 02 02 0000 c0000201 00000000 c0000202 00000000"), b[5:]...)))
		}
		if err != nil {
			t.Fatal(err)
		}
		x, _ := a.Extensions.First()
		equal := false
		switch m := tt.m.(type) {
		case mipv4.MobilityAgentAdvertisement:
			var got mipv4.MobilityAgentAdvertisement
			got, err = mipv4.ParseMobilityAgentAdvertisement(x)
			m.Flags &= 0xfde0
			equal = got.Equal(m)
		case mipv4.PrefixLengths:
			var got mipv4.PrefixLengths
			got, err = mipv4.ParsePrefixLengths(x)
			equal = bytes.Equal(got.Lengths, m.Lengths)
		case mipv4.AgentChallenge:
			var got mipv4.AgentChallenge
			got, err = mipv4.ParseAgentChallenge(x)
			equal = bytes.Equal(got.Value, m.Value)
		case mipv4.AgentVendorExtension:
			var got mipv4.AgentVendorExtension
			got, err = mipv4.ParseAgentVendorExtension(x)
			equal = got.Equal(m)
		case mipv4.AgentNAI:
			var got mipv4.AgentNAI
			got, err = mipv4.ParseAgentNAI(x)
			equal = got.Equal(m)
		case mipv4.AgentLinkLayerAddress:
			var got mipv4.AgentLinkLayerAddress
			got, err = mipv4.ParseAgentLinkLayerAddress(x)
			equal = got.Equal(m)
			v4, ok := got.IPv4()
			if ok != (m.SubType == 5 || m.SubType == 7) || ok && v4 != careOf1 {
				t.Errorf("%d: %v, %v", i, v4, ok)
			}
		case mipv4.AgentExperimental:
			var got mipv4.AgentExperimental
			got, err = mipv4.ParseAgentExperimental(x)
			equal = got.Equal(m)
		}
		if err != nil || !equal {
			t.Errorf("%d: %v, read back another value", i, err)
		}
	}
}

// TestDiscoveryTypedRefuses: bodies that do not fit, and kinds that are others.
func TestDiscoveryTypedRefuses(t *testing.T) {
	parse := map[string]func(mipv4.DiscoveryExtension) error{
		"agent":        func(x mipv4.DiscoveryExtension) error { _, err := mipv4.ParseMobilityAgentAdvertisement(x); return err },
		"prefixes":     func(x mipv4.DiscoveryExtension) error { _, err := mipv4.ParsePrefixLengths(x); return err },
		"challenge":    func(x mipv4.DiscoveryExtension) error { _, err := mipv4.ParseAgentChallenge(x); return err },
		"vendor":       func(x mipv4.DiscoveryExtension) error { _, err := mipv4.ParseAgentVendorExtension(x); return err },
		"nai":          func(x mipv4.DiscoveryExtension) error { _, err := mipv4.ParseAgentNAI(x); return err },
		"link":         func(x mipv4.DiscoveryExtension) error { _, err := mipv4.ParseAgentLinkLayerAddress(x); return err },
		"experimental": func(x mipv4.DiscoveryExtension) error { _, err := mipv4.ParseAgentExperimental(x); return err },
	}
	tests := []struct {
		hex, parser string // whose extension it is
		want        *code.Fault
	}{
		{"10050000000000", "agent", mipv4.ErrMobilityAgentLength},
		{"1000", "agent", mipv4.ErrMobilityAgentLength},
		{"1007 00000000000000", "agent", mipv4.ErrMobilityAgentLength},
		{"1009 000000000000000000", "agent", mipv4.ErrMobilityAgentLength},
		{"1006 000000000000", "agent", nil},
		{"1300", "prefixes", mipv4.ErrPrefixLengthsLength}, // a solicitation has no router addresses
		{"1800", "challenge", nil},
		{"8607 00000000000000", "vendor", mipv4.ErrDiscoveryNVSELength},
		{"8600", "vendor", mipv4.ErrDiscoveryNVSELength},
		{"8608 ffff 00000009 0001", "vendor", nil},
		{"8800", "nai", mipv4.ErrDiscoverySubType},
		{"8801 03", "nai", nil},
		{"8c00", "link", mipv4.ErrDiscoverySubType},
		{"8c06 03 0011223344", "link", mipv4.ErrLinkLayerLength},
		{"8c01 04", "link", mipv4.ErrLinkLayerLength},
		{"8c04 05 cb0071", "link", mipv4.ErrLinkLayerLength},
		{"8c06 06 cb00710500", "link", mipv4.ErrLinkLayerLength},
		{"8c01 07", "link", mipv4.ErrLinkLayerLength},
		{"7f00", "experimental", nil},
		{"ff00", "experimental", nil},
		{"c800", "", nil},
		{"00", "", nil},
	}
	for _, tt := range tests {
		x := discovery(t, tt.hex)
		for name, p := range parse {
			want := tt.want
			if name != tt.parser {
				want = ext.ErrKind
			}
			if err := p(x); fault(err) != want {
				t.Errorf("%s as %s: %v, want %v", tt.hex, name, err, want)
			}
			if err := p(mipv4.DiscoveryExtension{}); fault(err) != ext.ErrKind {
				t.Errorf("zero as %s: %v", name, err)
			}
		}
	}
	for hex, want := range map[string]string{
		"8c00": "type 140 without sub-type", "8801 07": "type 136 sub-type 7", "c800": "type 200", "8801 01": "HA Identity",
	} {
		if got := discovery(t, hex).Kind(); got.String() != want {
			t.Errorf("%s: %q, want %q", hex, got, want)
		}
	}
	routers := octets("09 00 0000 01 02 0000 c0000201 00000000")
	for hex, want := range map[string]*code.Fault{
		"1300": mipv4.ErrPrefixLengthsLength, "1302 1818": mipv4.ErrPrefixLengthsLength,
		"1301 21": mipv4.ErrPrefixLengthBits, "1301 20": nil,
	} {
		a, err := mipv4.ParseAgentAdvertisement(summed(append(bytes.Clone(routers), octets(hex)...)))
		if err != nil {
			t.Fatal(err)
		}
		x, _ := a.Extensions.First()
		if _, err := mipv4.ParsePrefixLengths(x); fault(err) != want {
			t.Errorf("%s: %v, want %v", hex, err, want)
		}
		if _, err := a.MobilityAgent(); fault(err) != mipv4.ErrNoMobilityAgent {
			t.Errorf("a Router Advertisement: %v", err)
		}
	}
}

// TestAppendDiscovery: raw extensions of every type, and what is refused.
func TestAppendDiscovery(t *testing.T) {
	for n := range 256 {
		k := mipv4.DiscoveryKind(n << 8)
		b, err := mipv4.AppendDiscovery(poisoned(2), k, nil)
		switch {
		case n == 0:
			if err != nil || !bytes.Equal(b[2:], []byte{0}) {
				t.Errorf("padding: %x, %v", b, err)
			}
		case n == 136 || n == 140:
			if err != nil || !bytes.Equal(b[2:], []byte{byte(n), 1, 0}) {
				t.Errorf("type %d: %x, %v", n, b, err)
			}
			_, err = mipv4.AppendDiscovery(nil, k, make([]byte, 255))
			if fault(err) != ext.ErrBodyTooLong {
				t.Errorf("type %d: %v", n, err)
			}
			continue
		case n < 128 && n != 16 && n != 19 && n != 24 && n != 127:
			if fault(err) != ext.ErrUnknownType || len(b) != 2 {
				t.Errorf("type %d: %x, %v", n, b, err)
			}
			continue
		default:
			if err != nil || !bytes.Equal(b[2:], []byte{byte(n), 0}) {
				t.Errorf("type %d: %x, %v", n, b, err)
			}
		}
		if b, err := mipv4.AppendDiscovery(poisoned(2), k|1, nil); fault(err) != ext.ErrBadSubType || len(b) != 2 {
			t.Errorf("type %d, sub-type 1: %v", n, err)
		}
		if b, err := mipv4.AppendDiscovery(poisoned(2), k, make([]byte, 256)); fault(err) != ext.ErrBodyTooLong || len(b) != 2 {
			t.Errorf("type %d, 256 bytes: %v", n, err)
		}
	}
	if _, err := mipv4.AppendDiscovery(nil, discovery(t, "8800").Kind(), nil); fault(err) != ext.ErrBadSubType {
		t.Errorf("no sub-type: %v", err)
	}
	// A body in the room that the extension is written to.
	for at := range 20 {
		buf := poisoned(60)
		copy(buf[at:], "hello")
		b, err := mipv4.AppendDiscovery(buf[:4], mipv4.DiscoveryFANAI, buf[at:at+5])
		if at >= 4 && (err != nil || !bytes.Equal(b[4:], octets("8806 03 68656c6c6f"))) {
			t.Errorf("from %d: %x, %v", at, b, err)
		}
	}
}

// TestRouterAddresses: what cannot be made, and lists of another message.
func TestRouterAddresses(t *testing.T) {
	r := mipv4.RouterAddress{Address: router1, PreferenceLevel: -7}
	all, err := mipv4.NewRouterAddresses(slices.Repeat([]mipv4.RouterAddress{r}, 255)...)
	if err != nil || all.Len() != 255 || all.At(254) != r {
		t.Errorf("%d, %v", all.Len(), err)
	}
	if s := (mipv4.AgentAdvertisement{RouterAddresses: all}).String(); !strings.HasSuffix(s, "192.0.2.1 (-7), and 239 more []") || len(s) >= 4096 {
		t.Errorf("%s", s)
	}
	if _, err := mipv4.NewRouterAddresses(slices.Repeat([]mipv4.RouterAddress{r}, 256)...); fault(err) != mipv4.ErrNumAddrs {
		t.Errorf("%v", err)
	}
	if _, err := mipv4.NewRouterAddresses(mipv4.RouterAddress{Address: netip.MustParseAddr("::ffff:192.0.2.1")}); fault(err) != mipv4.ErrRouterAddress {
		t.Errorf("%v", err)
	}
	if _, err := mipv4.NewCareOfAddresses(netip.Addr{}); fault(err) != mipv4.ErrCareOfAddress {
		t.Errorf("%v", err)
	}
	if _, err := mipv4.NewCareOfAddresses(slices.Repeat([]netip.Addr{careOf1}, 63)...); fault(err) != mipv4.ErrManyCareOfAddresses {
		t.Errorf("%v", err)
	}
	a, err := mipv4.ParseAgentAdvertisement(octets(threeWordsHex))
	if err != nil || a.RouterAddresses.AddrEntrySize() != 3 || a.RouterAddresses.Len() != 2 ||
		a.RouterAddresses.At(0) != (mipv4.RouterAddress{Address: router1, PreferenceLevel: 5}) ||
		a.RouterAddresses.At(1) != (mipv4.RouterAddress{Address: router2, PreferenceLevel: -1}) {
		t.Errorf("%v, %v", err, a)
	}
	prefixes := mipv4.PrefixLengths{Lengths: []byte{24, 33, 8}}
	for i, want := range map[int]string{-1: "", 0: "192.0.2.0/24", 1: "", 2: ""} {
		p, ok := prefixes.Prefix(a.RouterAddresses, i)
		if ok != (want != "") || ok && p.String() != want {
			t.Errorf("%d: %v, %v", i, p, ok)
		}
	}
	long := mipv4.AgentAdvertisement{RouterAddresses: all}
	s, err := mipv4.ParseAgentSolicitation(summed(append(octets(solicitationHex), make([]byte, ext.MaxMessage-8)...)))
	if err != nil {
		t.Fatal(err)
	}
	if out, err := s.AppendBinary(nil); err != nil || len(out) != ext.MaxMessage {
		t.Errorf("the longest solicitation: %d bytes, %v", len(out), err)
	}
	if text := s.String(); len(text) >= 4096 || !strings.HasSuffix(text, ", and 65495 more]") {
		t.Errorf("%s", text)
	}
	long.Extensions = s.Extensions
	if b, err := long.AppendBinary(poisoned(3)); fault(err) != ext.ErrTooLong || len(b) != 3 {
		t.Errorf("too long: %v", err)
	}
	if b, err := (mipv4.AgentAdvertisement{Code: 1}).AppendBinary(poisoned(3)); fault(err) != mipv4.ErrAdvertisementCode || len(b) != 3 {
		t.Errorf("code 1: %v", err)
	}
	if text, err := json.Marshal(a); err != nil || string(text) != `{"code":0,"lifetime":1800,"routerAddresses":[{"address":"192.0.2.1","preferenceLevel":5},`+
		`{"address":"192.0.2.2","preferenceLevel":-1}],"extensions":[{"offset":32,"type":16,"name":"Mobility Agent Advertisement","size":12,"body":"010007089000cb007105"}]}` {
		t.Errorf("%s, %v", text, err)
	}
	agent, err := a.MobilityAgent()
	if err != nil {
		t.Fatal(err)
	}
	if text, err := json.Marshal(agent); err != nil || string(text) != `{"sequenceNumber":256,"registrationLifetime":1800,"flags":"RF","careOfAddresses":["203.0.113.5"]}` {
		t.Errorf("%s, %v", text, err)
	}
}

// TestDiscoveryOverlap: a message may be written over the bytes that it was parsed
// from, and with the addresses of another that lie there as well.
func TestDiscoveryOverlap(t *testing.T) {
	for _, text := range []string{foreignAgentHex, threeWordsHex, routerAdvertisementHex, homeAgentHex} {
		want := octets(text)
		for at := range 60 {
			for to := range 60 {
				buf := poisoned(300)
				place := buf[at:][:len(want)]
				copy(place, want)
				a, err := mipv4.ParseAgentAdvertisement(place)
				if err != nil {
					t.Fatal(err)
				}
				got, err := a.AppendBinary(buf[:to])
				if err != nil || !bytes.Equal(got[to:], want) {
					t.Fatalf("at %d written to %d: %x, %v, want %x", at, to, got[to:], err, want)
				}
			}
		}
	}
	first, second := octets(threeWordsHex), octets(foreignAgentHex)
	for at := range 60 {
		buf := poisoned(400)
		place := buf[at:][:len(first)+len(second)]
		copy(place[copy(place, first):], second)
		a, err := mipv4.ParseAgentAdvertisement(place[:len(first):len(first)])
		if err != nil {
			t.Fatal(err)
		}
		b, err := mipv4.ParseAgentAdvertisement(place[len(first):])
		if err != nil {
			t.Fatal(err)
		}
		a.Extensions = b.Extensions
		got, err := a.AppendBinary(buf[:20])
		want := summed(slices.Concat(first[:32], second[24:]))
		if err != nil || !bytes.Equal(got[20:], want) {
			t.Fatalf("at %d: %x, %v, want %x", at, got[20:], err, want)
		}
	}
	// Another address and another Sequence Number in the same places: where they stand
	// does not make them those of one message.
	second = change(change(first, 11, 9), 34, 7)
	a, err := mipv4.ParseAgentAdvertisement(first)
	if err != nil {
		t.Fatal(err)
	}
	b, err := mipv4.ParseAgentAdvertisement(second)
	if err != nil {
		t.Fatal(err)
	}
	a.Extensions = b.Extensions
	if got, err := a.AppendBinary(nil); err != nil || !bytes.Equal(got, change(first, 34, 7)) {
		t.Fatalf("of the same layout: %x, %v", got, err)
	}
}

// TestSequenceNumber: RFC 5944 §2.3.2 and §2.4.4.
func TestSequenceNumber(t *testing.T) {
	for n := range 0x10000 {
		want := n + 1
		if n == 0xffff {
			want = 256
		}
		if got := mipv4.SequenceNumber(n).Next(); int(got) != want {
			t.Fatalf("%d is followed by %d, want %d", n, got, want)
		}
	}
	tests := []struct {
		last, n            mipv4.SequenceNumber
		rebooted, rollover bool
	}{
		{0, 0, false, false}, {0, 1, false, false}, {5, 5, false, false}, {5, 4, true, false}, {1, 0, true, false},
		{0xffff, 255, true, false}, {0xffff, 256, false, true}, {256, 255, true, false}, {257, 256, false, true},
		{255, 254, true, false}, {255, 256, false, false}, {300, 299, false, true}, {256, 256, false, false},
	}
	for _, tt := range tests {
		if tt.n.RebootedAfter(tt.last) != tt.rebooted || tt.n.RolledOverAfter(tt.last) != tt.rollover {
			t.Errorf("%d after %d", tt.n, tt.last)
		}
	}
}

// TestAgentFlags: the bits of RFC 5944 §2.1.1 from the left.
func TestAgentFlags(t *testing.T) {
	flags := []mipv4.AgentFlags{mipv4.AgentRegistrationRequired, mipv4.AgentBusy, mipv4.AgentHome, mipv4.AgentForeign, mipv4.AgentMinimal,
		mipv4.AgentGRE, mipv4.AgentReservedR, mipv4.AgentReverseTunneling, mipv4.AgentUDPTunneling, mipv4.AgentRevocation, mipv4.AgentRegional}
	const letters = "RBHFMGrTUXI"
	for i, f := range flags {
		if f != 0x8000>>i || f.String() != letters[i:i+1] {
			t.Errorf("bit %d is %#x, %v", i, uint16(f), f)
		}
	}
	if s := mipv4.AgentFlags(0x1f).String(); s != "" {
		t.Errorf("%q", s)
	}
	if f := mipv4.AgentHome | mipv4.AgentForeign; !f.Has(mipv4.AgentHome) || f.Has(mipv4.AgentHome|mipv4.AgentBusy) || !f.Has(0) {
		t.Error("Has")
	}
}

// TestDiscoveryNames: the registered names of the number space.
func TestDiscoveryNames(t *testing.T) {
	names := map[mipv4.DiscoveryType]string{0: "One-byte Padding", 16: "Mobility Agent Advertisement", 19: "Prefix-Lengths", 24: "Challenge",
		127: "Experimental", 134: "Normal Vendor/Organization Specific", 136: "NAI Carrying",
		140: "Generalized Link Layer and IPv4 Address", 255: "Experimental"}
	for n := range 256 {
		want, ok := names[mipv4.DiscoveryType(n)]
		if !ok {
			want = "type " + decimal(n)
		}
		if got := mipv4.DiscoveryType(n).String(); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	for k, want := range map[mipv4.DiscoveryKind]string{
		mipv4.DiscoveryIMSI3GPP2: "3GPP2 IMSI", mipv4.DiscoveryIMSI3GPP: "3GPP IMSI", mipv4.DiscoveryEthernetAddress: "Ethernet Address",
		mipv4.DiscoveryEUI64Address: "EUI-64 Address", mipv4.DiscoverySolicitedIPv4Address: "Solicited IPv4 Address",
		mipv4.DiscoveryAccessPointID: "Access Point Identifier", mipv4.DiscoveryFAIPv4Address: "FA IPv4 Address",
		mipv4.DiscoveryHAIdentity: "HA Identity", mipv4.DiscoveryAAAHIdentity: "AAAH Identity", mipv4.DiscoveryFANAI: "FA-NAI",
	} {
		if k.String() != want || k.SubType() == 0 || k.Type() != mipv4.DiscoveryType(k>>8) {
			t.Errorf("%d: %q, want %q", k, k, want)
		}
	}
	s, err := mipv4.ParseAgentSolicitation(octets(linkLayerHex))
	if err != nil || s.String() != "Agent Solicitation [Solicited IPv4 Address, Ethernet Address]" {
		t.Errorf("%v, %v", s, err)
	}
}

// TestDiscoveryChanged: a list whose bytes change after it was walked is read within
// its bounds.
func TestDiscoveryChanged(t *testing.T) {
	whole := octets(foreignAgentHex)
	for at := 24; at < len(whole); at++ {
		for _, v := range []byte{0, 1, 20, 136, 140, 255} {
			b := bytes.Clone(whole)
			a, err := mipv4.ParseAgentAdvertisement(b)
			if err != nil {
				t.Fatal(err)
			}
			b[at] = v
			end := 24
			for x := range a.Extensions.All() {
				if x.Offset() != end || len(x.Bytes()) < 1+len(x.Body()) {
					t.Fatalf("byte %d is %d: %v at %d", at, v, x, x.Offset())
				}
				end += len(x.Bytes())
			}
			if end > len(b) {
				t.Fatalf("byte %d is %d: read up to %d", at, v, end)
			}
		}
	}
}
