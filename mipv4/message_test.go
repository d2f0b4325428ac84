package mipv4_test

import (
	"bytes"
	"encoding"
	"encoding/hex"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

var (
	_ encoding.BinaryAppender    = mipv4.Request{}
	_ encoding.BinaryMarshaler   = mipv4.Request{}
	_ encoding.BinaryUnmarshaler = (*mipv4.Request)(nil)
	_ encoding.BinaryAppender    = mipv4.Reply{}
	_ encoding.BinaryMarshaler   = mipv4.Reply{}
	_ encoding.BinaryUnmarshaler = (*mipv4.Reply)(nil)
)

func unhex(s string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		panic(err)
	}
	return b
}

// A Registration Request and a Registration Reply, every field another value
// (RFC 5944 §3.3, §3.4), with a padding and an unknown skippable extension.
const (
	requestHex = "01 a5 0102 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f" + "00 c801ff"
	replyHex   = "03 85 0102 0a0b0c0d 14151617 28292a2b2c2d2e2f" + "00 c801ff"
)

func TestRequest(t *testing.T) {
	b := unhex(requestHex)
	r, err := mipv4.ParseRequest(b)
	if err != nil {
		t.Fatal(err)
	}
	if r.Flags != mipv4.FlagSimultaneous|mipv4.FlagDecapsulation|mipv4.FlagReservedR|mipv4.FlagReservedX || r.Lifetime != 258 ||
		r.HomeAddress != netip.MustParseAddr("10.11.12.13") || r.HomeAgent != netip.MustParseAddr("20.21.22.23") ||
		r.CareOfAddress != netip.MustParseAddr("30.31.32.33") || r.Identification != 0x28292a2b2c2d2e2f ||
		r.Extensions.Size() != 4 {
		t.Errorf("%+v", r)
	}
	const want = "Registration Request flags SDrx lifetime 258s home 10.11.12.13 agent 20.21.22.23 " +
		"care-of 30.31.32.33 id 28292a2b2c2d2e2f [One-byte Padding, type 200]"
	if r.String() != want {
		t.Errorf("%q, want %q", r, want)
	}
	roundTrip(t, b, r, &mipv4.Request{})
}

func TestReply(t *testing.T) {
	b := unhex(replyHex)
	r, err := mipv4.ParseReply(b)
	if err != nil {
		t.Fatal(err)
	}
	if r.Code != 133 || r.Lifetime != 258 || r.HomeAddress != netip.MustParseAddr("10.11.12.13") ||
		r.HomeAgent != netip.MustParseAddr("20.21.22.23") || r.Identification != 0x28292a2b2c2d2e2f || r.Extensions.Size() != 4 {
		t.Errorf("%+v", r)
	}
	const want = "Registration Reply code 133 lifetime 258s home 10.11.12.13 agent 20.21.22.23 " +
		"id 28292a2b2c2d2e2f [One-byte Padding, type 200]"
	if r.String() != want {
		t.Errorf("%q, want %q", r, want)
	}
	roundTrip(t, b, r, &mipv4.Reply{})
}

// roundTrip: what was parsed from b is written back the same, and what
// UnmarshalBinary read does not alias its input.
func roundTrip(t *testing.T, b []byte, m interface {
	encoding.BinaryAppender
	encoding.BinaryMarshaler
}, u interface {
	encoding.BinaryUnmarshaler
	encoding.BinaryMarshaler
}) {
	t.Helper()
	buf := bytes.Repeat([]byte{0xa5}, 100)
	got, err := m.AppendBinary(buf[:3])
	if err != nil || !bytes.Equal(got[3:], b) || !bytes.Equal(got[:3], []byte{0xa5, 0xa5, 0xa5}) || &got[0] != &buf[0] {
		t.Errorf("appended %x, %v", got, err)
	}
	if bytes.Count(buf[len(got):], []byte{0xa5}) != len(buf)-len(got) {
		t.Error("bytes behind the message were written")
	}
	if got, err = m.MarshalBinary(); err != nil || !bytes.Equal(got, b) {
		t.Errorf("marshaled %x, %v", got, err)
	}
	in := slices.Clone(b)
	if err := u.UnmarshalBinary(in); err != nil {
		t.Fatal(err)
	}
	clear(in)
	if got, err = u.MarshalBinary(); err != nil || !bytes.Equal(got, b) {
		t.Errorf("unmarshaled %x, %v", got, err)
	}
}

func TestRefuse(t *testing.T) {
	request, reply := unhex(requestHex), unhex(replyHex)
	tests := []struct {
		name       string
		b          []byte
		req, reply *code.Fault
		at         int
		locate     *code.Fault
	}{
		{"empty", nil, mipv4.ErrEmpty, mipv4.ErrEmpty, 0, mipv4.ErrEmpty},
		{"request, type alone", request[:1], mipv4.ErrRequestCut, mipv4.ErrNotReply, 1, mipv4.ErrRequestCut},
		{"request, last byte missing", request[:23], mipv4.ErrRequestCut, mipv4.ErrNotReply, 23, mipv4.ErrRequestCut},
		{"reply, type alone", reply[:1], mipv4.ErrNotRequest, mipv4.ErrReplyCut, 1, mipv4.ErrReplyCut},
		{"reply, last byte missing", reply[:19], mipv4.ErrNotRequest, mipv4.ErrReplyCut, 19, mipv4.ErrReplyCut},
		{"another message", append([]byte{7}, make([]byte, 10)...), mipv4.ErrNotRequest, mipv4.ErrNotReply, 11, mipv4.ErrRevocationCut},
		{"another message, short", []byte{4}, mipv4.ErrNotRequest, mipv4.ErrNotReply, 1, mipv4.ErrTunnelDataCut},
		{"unassigned", append([]byte{2}, make([]byte, 40)...), mipv4.ErrNotRequest, mipv4.ErrNotReply, 0, mipv4.ErrUnknownMessage},
		{"request, extension overruns", request[:27], ext.ErrOverrun, mipv4.ErrNotReply, 25, ext.ErrOverrun},
		{"request, lone byte", request[:26], ext.ErrLoneByte, mipv4.ErrNotReply, 25, ext.ErrLoneByte},
		{"reply, lone byte", reply[:22], mipv4.ErrNotRequest, ext.ErrLoneByte, 21, ext.ErrLoneByte},
		{"reply, unknown type", append(slices.Clone(reply), 5, 0), mipv4.ErrNotRequest, ext.ErrUnknownType, 24, ext.ErrUnknownType},
		{"request, too long", append(slices.Clone(request), make([]byte, 65536-28)...), ext.ErrTooLong, mipv4.ErrNotReply, 65535, ext.ErrTooLong},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := mipv4.Request{Lifetime: 77, HomeAddress: netip.IPv4Unspecified()}
			r := before
			if err := r.Parse(tt.b); err != tt.req {
				t.Errorf("as a request: %v, want %v", err, tt.req)
			}
			if r.String() != before.String() || r.Extensions.Size() != 0 {
				t.Errorf("the request was touched: %v", r)
			}
			p := mipv4.Reply{Lifetime: 77}
			if err := p.UnmarshalBinary(tt.b); err != tt.reply || p.String() != (mipv4.Reply{Lifetime: 77}).String() {
				t.Errorf("as a reply: %v, %v, want %v", err, p, tt.reply)
			}
			if at, err := mipv4.Locate(tt.b); at != tt.at || err != tt.locate {
				t.Errorf("Locate: %d, %v, want %d, %v", at, err, tt.at, tt.locate)
			}
		})
	}
	longest := append([]byte{4}, make([]byte, 65534)...) // MIP Tunnel Data, which has no extensions
	if at, err := mipv4.Locate(append(longest, 0)); at != 65535 || err != ext.ErrTooLong {
		t.Errorf("MIP Tunnel Data of 65,536 bytes: %d, %v", at, err)
	}
	for _, b := range [][]byte{request, reply, request[:24], reply[:20], longest} {
		// A *code.Fault that is nil would not be a nil error.
		if at, err := mipv4.Locate(b); at != len(b) || err != nil {
			t.Errorf("%x: %d, %v", b[:min(len(b), 40)], at, err)
		}
	}
}

func TestAppendRefuses(t *testing.T) {
	four := netip.MustParseAddr("192.0.2.1")
	bad := []netip.Addr{{}, netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("::ffff:192.0.2.1")}
	var long ext.List
	{
		r, err := mipv4.ParseReply(append(unhex(replyHex)[:20], make([]byte, 65535-20)...))
		if err != nil {
			t.Fatal(err)
		}
		long = r.Extensions
	}
	check := func(what string, m encoding.BinaryAppender, want *code.Fault) {
		buf := bytes.Repeat([]byte{0xa5}, 70000)
		b, err := m.AppendBinary(buf[:5])
		if err != want || len(b) != 5 || bytes.Count(buf, []byte{0xa5}) != len(buf) {
			t.Errorf("%s: %v, %d bytes, want %v", what, err, len(b), want)
		}
	}
	for _, a := range bad {
		check("request "+a.String(), mipv4.Request{HomeAddress: a, HomeAgent: four, CareOfAddress: four}, mipv4.ErrHomeAddress)
		check("request "+a.String(), mipv4.Request{HomeAddress: four, HomeAgent: a, CareOfAddress: four}, mipv4.ErrHomeAgent)
		check("request "+a.String(), mipv4.Request{HomeAddress: four, HomeAgent: four, CareOfAddress: a}, mipv4.ErrCareOfAddress)
		check("reply "+a.String(), mipv4.Reply{HomeAddress: a, HomeAgent: four}, mipv4.ErrHomeAddress)
		check("reply "+a.String(), mipv4.Reply{HomeAddress: four, HomeAgent: a}, mipv4.ErrHomeAgent)
	}
	check("request", mipv4.Request{HomeAddress: four, HomeAgent: four, CareOfAddress: four, Extensions: long}, ext.ErrTooLong)
	if b, err := (mipv4.Reply{HomeAddress: four, HomeAgent: four, Extensions: long}).AppendBinary(nil); err != nil || len(b) != 65535 {
		t.Errorf("the longest reply: %d bytes, %v", len(b), err)
	}
	if _, err := (mipv4.Request{}).MarshalBinary(); err != mipv4.ErrHomeAddress {
		t.Errorf("zero request: %v", err)
	}
}

// TestLongest: a message has at most 65,535 bytes (RFC 768), read and written.
func TestLongest(t *testing.T) {
	for _, tt := range []struct {
		hex   string
		fixed int
		parse func([]byte) (encoding.BinaryAppender, int, error)
	}{
		{requestHex, 24, func(b []byte) (encoding.BinaryAppender, int, error) {
			r, err := mipv4.ParseRequest(b)
			return r, r.Extensions.Size(), err
		}},
		{replyHex, 20, func(b []byte) (encoding.BinaryAppender, int, error) {
			r, err := mipv4.ParseReply(b)
			return r, r.Extensions.Size(), err
		}},
	} {
		head := unhex(tt.hex)[:tt.fixed]
		longest := append(slices.Clone(head), make([]byte, 65535-tt.fixed)...)
		m, n, err := tt.parse(longest)
		if err != nil || n != 65535-tt.fixed {
			t.Fatalf("%d bytes: %v, %d bytes of extensions", len(longest), err, n)
		}
		if b, err := m.AppendBinary(nil); err != nil || !bytes.Equal(b, longest) {
			t.Errorf("%d bytes written, %v", len(b), err)
		}
		if m, n, err := tt.parse(append(longest, 0)); err != ext.ErrTooLong || n != 0 {
			t.Errorf("65,536 bytes: %v, %v", m, err)
		}
	}
	// A list of the longest reply is too long for a request, whose fixed part has four
	// bytes more; one of four bytes less is not.
	four := netip.MustParseAddr("192.0.2.1")
	for size, want := range map[int]error{65511: nil, 65512: ext.ErrTooLong, 65515: ext.ErrTooLong} {
		p, err := mipv4.ParseReply(append(unhex(replyHex)[:20], make([]byte, size)...))
		if err != nil {
			t.Fatal(err)
		}
		b, err := mipv4.Request{HomeAddress: four, HomeAgent: four, CareOfAddress: four, Extensions: p.Extensions}.AppendBinary(nil)
		if err != want || err == nil && len(b) != 65535 || err != nil && len(b) != 0 {
			t.Errorf("%d bytes of extensions: %d bytes, %v", size, len(b), err)
		}
	}
}

// Extensions for lists of Authorized: one letter each.
var letters = map[rune]string{
	'M': "2014 00000100 000102030405060708090a0b0c0d0e0f",
	'A': "24010014 00000200 000102030405060708090a0b0c0d0e0f",
	'F': "2114 00000300 000102030405060708090a0b0c0d0e0f",
	'H': "2214 00000400 000102030405060708090a0b0c0d0e0f",
	'c': "8404 deadbeef",
	'n': "8303 614062",
	'g': "8200",
}

func list(s string) (b []byte) {
	for _, letter := range s {
		b = append(b, unhex(letters[letter])...)
	}
	return b
}

func TestAuthorized(t *testing.T) {
	tests := []struct {
		extensions    string
		request       string // what is relayed of a request
		requestFault  *code.Fault
		reply         string
		replyNotThere bool
	}{
		{"", "", mipv4.ErrNotAuthorized, "", true},
		{"n", "", mipv4.ErrNotAuthorized, "", true},
		{"nF", "", mipv4.ErrNotAuthorized, "", true},
		{"nM", "nM", nil, "nM", false},
		{"nMgF", "nM", nil, "nM", false},
		{"nMcAgF", "nMcA", nil, "nM", false},
		{"nMcF", "nM", nil, "nM", false},
		{"ncA", "ncA", nil, "", true},
		{"MnM", "MnM", nil, "M", false},
		{"MnH", "M", nil, "M", false},
		{"MFA", "", mipv4.ErrBehindForeign, "M", false},
		{"MHM", "", mipv4.ErrBehindForeign, "M", false},
		{"FM", "", mipv4.ErrBehindForeign, "FM", false},
	}
	for _, tt := range tests {
		head := unhex(requestHex)[:24]
		msg := append(slices.Clone(head), list(tt.extensions)...)
		r, err := mipv4.ParseRequest(msg)
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.Authorized()
		if tt.requestFault != nil {
			if err != tt.requestFault || got != nil {
				t.Errorf("request %s: %v, want %v", tt.extensions, err, tt.requestFault)
			}
		} else if want := append(slices.Clone(head), list(tt.request)...); err != nil || !bytes.Equal(got, want) {
			t.Errorf("request %s: %x, %v, want %x", tt.extensions, got, err, want)
		} else if &got[0] != &msg[0] || cap(got) != len(got) {
			t.Errorf("request %s: copied, or not capped", tt.extensions)
		}

		head = unhex(replyHex)[:20]
		p, err := mipv4.ParseReply(append(slices.Clone(head), list(tt.extensions)...))
		if err != nil {
			t.Fatal(err)
		}
		got, err = p.Authorized()
		if tt.replyNotThere {
			if err != mipv4.ErrNotAuthorized || got != nil {
				t.Errorf("reply %s: %v", tt.extensions, err)
			}
		} else if want := append(slices.Clone(head), list(tt.reply)...); err != nil || !bytes.Equal(got, want) || cap(got) != len(got) {
			t.Errorf("reply %s: %x, %v, want %x", tt.extensions, got, err, want)
		}
	}
	if _, err := (&mipv4.Request{}).Authorized(); err != mipv4.ErrNotAuthorized {
		t.Errorf("zero request: %v", err)
	}
}

func TestTypeOf(t *testing.T) {
	if _, err := mipv4.TypeOf(nil); err != mipv4.ErrEmpty {
		t.Errorf("%v", err)
	}
	names := map[int]string{
		1: "Registration Request", 3: "Registration Reply", 4: "MIP Tunnel Data", 7: "Registration Revocation",
		15: "Revocation Acknowledgment", 16: "Handoff Request", 17: "Handoff Reply", 18: "Regional Registration Request",
		19: "Regional Registration Reply", 20: "Fast Binding Update", 21: "Fast Binding Ack", 22: "Generic Notification",
		23: "Generic Notification Acknowledgment", 24: "Home Test Init", 25: "Care-of Test Init", 26: "Home Test",
		27: "Care-of Test", 255: "Experimental", 2: "message type 2", 200: "message type 200",
	}
	for n := range 256 {
		got, err := mipv4.TypeOf([]byte{byte(n), 9})
		if err != nil || int(got) != n {
			t.Errorf("%d: %d, %v", n, got, err)
		}
		want, named := names[n]
		if named && got.String() != want || !named && !strings.HasPrefix(got.String(), "message type ") {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

// TestBreaks: what the sender broke, and what the caller asked for, to which
// nobody is to react.
func TestBreaks(t *testing.T) {
	for f, want := range map[*code.Fault]code.Breaks{
		mipv4.ErrEmpty: code.Must, mipv4.ErrRequestCut: code.Must, mipv4.ErrReplyCut: code.Must,
		mipv4.ErrNotAuthorized: code.Unclear, mipv4.ErrBehindForeign: code.Must,
		mipv4.ErrTimestamp: code.Must, mipv4.ErrReplay: code.Must, mipv4.ErrNonce: code.Must,
		mipv4.ErrNotRequest: code.Caller, mipv4.ErrNotReply: code.Caller, mipv4.ErrMessageType: code.Caller, mipv4.ErrUnknownMessage: code.Unclear,
		mipv4.ErrHomeAddress: code.Caller, mipv4.ErrHomeAgent: code.Caller, mipv4.ErrCareOfAddress: code.Caller,
	} {
		if f.Breaks() != want {
			t.Errorf("%v breaks %v, want %v", f, f.Breaks(), want)
		}
	}
	for _, f := range []*code.Fault{mipv4.ErrHomeAddress, mipv4.ErrHomeAgent, mipv4.ErrCareOfAddress} {
		for _, role := range []code.Role{code.HomeAgent, code.ForeignAgent, code.MobileNode} {
			if r := f.Reaction(role); r != (code.Reaction{}) {
				t.Errorf("%v, %v: %v", f, role, r)
			}
		}
	}
}

// TestFixedLength: the figures of the registered messages. What is not registered
// has no fixed part.
func TestFixedLength(t *testing.T) {
	want := map[int]int{
		1: 24, 3: 20, // RFC 5944 §3.3, §3.4
		4: 4,          // RFC 3519 §3.3
		7: 20, 15: 12, // RFC 3543 §3.3, §3.4
		16: 24, 17: 24, // RFC 4881 §4.5, §4.6
		18: 24, 19: 20, // RFC 4857 §10.1, §10.2
		20: 24, 21: 20, // RFC 4988 §5.1, §5.2
		22: 24, 23: 24, // RFC 6098 §4.1, §4.2
		24: 10, 25: 10, 26: 20, 27: 20, // RFC 6521 §5.6-5.9
		255: 1, // RFC 4064 §3
	}
	for n := range 256 {
		if got := mipv4.MessageType(n).FixedLength(); got != want[n] {
			t.Errorf("type %d: %d, want %d", n, got, want[n])
		}
	}
}
