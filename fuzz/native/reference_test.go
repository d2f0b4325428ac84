package native

import (
	"bytes"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// FuzzReference: the fast parser and a slow one, which shares no code with it,
// agree on every datagram.
func FuzzReference(f *testing.F) {
	for _, b := range seeds() {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) { compare(t, b) })
}

// TestReference is FuzzReference for mutations of the seeds that are always the
// same.
func TestReference(t *testing.T) {
	n := 200_000
	if testing.Short() {
		n = 20_000
	}
	all := seeds()
	random := rand.New(rand.NewPCG(5944, 5454))
	for range n {
		b := slices.Clone(all[random.IntN(len(all))])
		for range random.IntN(4) {
			b = mutate(random, b, all)
		}
		compare(t, b)
		if t.Failed() {
			t.Fatalf("on %x", b)
		}
	}
}

func mutate(random *rand.Rand, b []byte, all [][]byte) []byte {
	if len(b) == 0 {
		return []byte{1}
	}
	at := random.IntN(len(b))
	switch random.IntN(6) {
	case 0:
		return b[:at]
	case 1:
		b[at] ^= 1 << random.IntN(8)
	case 2:
		b[at] = []byte{0, 1, 2, 3, 4, 7, 18, 24, 32, 36, 38, 127, 128, 139, 152, 154, 255}[random.IntN(17)]
	case 3:
		b[at] = byte(random.Uint32())
	case 4:
		return append(b, byte(random.Uint32()))
	case 5:
		if other := all[random.IntN(len(all))]; len(other) > 24 {
			return append(b, other[24:]...)
		}
	}
	return b
}

func compare(t *testing.T, b []byte) {
	// Poison behind the datagram shows reads and writes past its end.
	room := append(slices.Clone(b), bytes.Repeat([]byte{0x98}, 40)...)
	whole := slices.Clone(room)
	in := room[:len(b)]
	want, at, section := refParse(in)

	gotAt, located := mipv4.Locate(in)
	if fault, _ := located.(*code.Fault); (located == nil) != (section == "") || gotAt != at || located != nil && fault.Source() != section {
		t.Errorf("Locate: %d, %v, want %d, %q", gotAt, located, at, section)
	}
	var request mipv4.Request
	var reply mipv4.Reply
	requestErr, replyErr := request.Parse(in), reply.Parse(in)
	if (requestErr == nil) != (section == "" && b[0] == 1) || (replyErr == nil) != (section == "" && b[0] == 3) {
		t.Errorf("request %v, reply %v, want %q", requestErr, replyErr, section)
	}
	if located != nil && len(b) > 0 && (b[0] == 1 && requestErr != located || b[0] == 3 && replyErr != located) {
		t.Errorf("request %v, reply %v, but Locate %v", requestErr, replyErr, located)
	}
	if any, err := mipv4.Parse(in); (err == nil) != (section == "") || err != nil && err != located {
		t.Errorf("Parse: %v, but Locate %v", err, located)
	} else if err == nil {
		if again, err := any.AppendBinary(nil); err != nil || !bytes.Equal(again, b) || int(any.MessageType()) != int(b[0]) {
			t.Errorf("%v written back as %x, %v", any, again, err)
		}
	}
	if section == "" && (b[0] == 1 || b[0] == 3) {
		var l ext.List
		var again []byte
		var err error
		if want.request {
			l = request.Extensions
			again, err = request.AppendBinary(nil)
			if int(request.Flags) != want.flags || int(request.Lifetime) != want.lifetime ||
				request.HomeAddress != netip.AddrFrom4(want.homeAddress) || request.HomeAgent != netip.AddrFrom4(want.homeAgent) ||
				request.CareOfAddress != netip.AddrFrom4(want.careOfAddress) || uint64(request.Identification) != want.identification {
				t.Errorf("%v, want %+v", request, want)
			}
			relayed, err := request.Authorized()
			if err == nil && !bytes.HasPrefix(in, relayed) {
				t.Errorf("relayed %x", relayed)
			}
		} else {
			l = reply.Extensions
			again, err = reply.AppendBinary(nil)
			if int(reply.Code) != want.code || int(reply.Lifetime) != want.lifetime ||
				reply.HomeAddress != netip.AddrFrom4(want.homeAddress) || reply.HomeAgent != netip.AddrFrom4(want.homeAgent) ||
				uint64(reply.Identification) != want.identification {
				t.Errorf("%v, want %+v", reply, want)
			}
			relayed, err := reply.Authorized()
			if err == nil && !bytes.HasPrefix(in, relayed) {
				t.Errorf("relayed %x", relayed)
			}
		}
		if err != nil || !bytes.Equal(again, b) {
			t.Errorf("written back as %x, %v", again, err)
		}
		i := 0
		for x, ok := l.First(); ok; x, ok = l.Next(x) {
			if i == len(want.extensions) {
				t.Fatal("more extensions than there are")
			}
			e := want.extensions[i]
			i++
			subType, has := x.SubType()
			if !has {
				subType = 0
			}
			wantKind := ext.Kind(e.typ)<<8 | ext.Kind(max(e.subType, 0))
			if e.cut {
				// A kind that equals none that has a sub-type, of the type all the same.
				if x.Kind() == wantKind || x.Kind().Type() != wantKind.Type() || x.Check() != ext.ErrNoSubType {
					t.Errorf("%v at %d has no sub-type: %v", x.Kind(), x.Offset(), x.Check())
				}
				wantKind = x.Kind()
			}
			if x.Offset() != e.offset || len(x.Bytes()) != e.size || x.Kind() != wantKind || has != (e.subType >= 0) ||
				int(subType) != max(e.subType, 0) || !bytes.Equal(x.Body(), e.body) {
				t.Errorf("%v at %d: %x, want %+v", x.Kind(), x.Offset(), x.Bytes(), e)
			}
			a, err := ext.ParseAuth(x)
			if err != nil {
				continue
			}
			if len(a.Covered()) != e.offset+e.size-len(e.body)+4 || !bytes.Equal(a.Authenticator(), e.body[4:]) ||
				uint64(a.SPI()) != number(e.body[:4]) || !bytes.Equal(a.Protected().Message(), in[:e.offset]) {
				t.Errorf("%v covers %d bytes, protects %x", a.Kind(), len(a.Covered()), a.Protected().Message())
			}
		}
		if i != len(want.extensions) {
			t.Errorf("%d extensions, want %d", i, len(want.extensions))
		}
	}
	if !bytes.Equal(room, whole) {
		t.Error("the datagram or what lies behind it was written")
	}
}

// What follows is a slow and obvious parser of registration messages, and of how long
// the others are, written from the figures of RFC 5944 §1.8-1.11, §3.3, §3.4, RFC 3115
// §2.1 and RFC 4433 §3.4 and of the others' RFCs. It shares nothing with the packages
// under test but the bytes.

type refMessage struct {
	request        bool
	flags, code    int
	lifetime       int
	homeAddress    [4]byte
	homeAgent      [4]byte
	careOfAddress  [4]byte
	identification uint64
	extensions     []refExtension
}

type refExtension struct {
	offset, size int
	typ, subType int  // subType is -1 where there is none
	cut          bool // there should be one
	body         []byte
}

// refOthers are the other messages: where their figures end, and those that contain
// no extensions.
var refOthers = map[byte]struct {
	fixed   int
	section string
	opaque  bool
}{
	4:   {4, "RFC 3519 §3.3", true},
	7:   {20, "RFC 3543 §3.3", false},
	15:  {12, "RFC 3543 §3.4", false},
	16:  {24, "RFC 4881 §4.5", false},
	17:  {24, "RFC 4881 §4.6", false},
	18:  {24, "RFC 4857 §10.1", false},
	19:  {20, "RFC 4857 §10.2", false},
	20:  {24, "RFC 4988 §5.1", false},
	21:  {20, "RFC 4988 §5.2", false},
	22:  {24, "RFC 6098 §4.1", false},
	23:  {24, "RFC 6098 §4.2", false},
	24:  {10, "RFC 6521 §5.6", false},
	25:  {10, "RFC 6521 §5.7", false},
	26:  {20, "RFC 6521 §5.8", false},
	27:  {20, "RFC 6521 §5.9", false},
	255: {1, "RFC 4064 §3", true},
}

func number(b []byte) (n uint64) {
	for _, c := range b {
		n = n*256 + uint64(c)
	}
	return n
}

// refParse returns the message, or where and at which section of which RFC it
// fails.
func refParse(b []byte) (m refMessage, at int, section string) {
	if len(b) > 65535 {
		return m, 65535, "RFC 5944 §3.1"
	}
	var fixed int
	switch {
	case len(b) == 0:
		return m, 0, "RFC 5944 §3.1"
	case b[0] == 1:
		if len(b) < 24 {
			return m, len(b), "RFC 5944 §3.3"
		}
		m.request = true
		m.flags = int(b[1])
		m.lifetime = int(number(b[2:4]))
		copy(m.homeAddress[:], b[4:8])
		copy(m.homeAgent[:], b[8:12])
		copy(m.careOfAddress[:], b[12:16])
		m.identification = number(b[16:24])
		fixed = 24
	case b[0] == 3:
		if len(b) < 20 {
			return m, len(b), "RFC 5944 §3.4"
		}
		m.code = int(b[1])
		m.lifetime = int(number(b[2:4]))
		copy(m.homeAddress[:], b[4:8])
		copy(m.homeAgent[:], b[8:12])
		m.identification = number(b[12:20])
		fixed = 20
	default:
		kind, ok := refOthers[b[0]]
		switch {
		case !ok:
			return m, 0, "RFC 5944 §6.1"
		case len(b) < kind.fixed:
			return m, len(b), kind.section
		case kind.opaque:
			return m, len(b), ""
		}
		fixed = kind.fixed
	}
	for at := fixed; at < len(b); {
		e, section := refExtend(b[at:])
		if section != "" {
			return m, at, section
		}
		e.offset = at
		at += e.size
		m.extensions = append(m.extensions, e)
	}
	return m, len(b), ""
}

// refExtend reads the extension at the head of b.
func refExtend(b []byte) (e refExtension, section string) {
	e.typ, e.subType = int(b[0]), -1
	short, long, vendor := false, false, false
	switch e.typ {
	case 0:
		e.size = 1
		return e, ""
	case 32, 33, 34, 46:
	case 44, 45, 49, 136, 138, 144, 145, 147, 148, 149, 152, 153, 255:
		short = true
	case 36, 40, 41, 42, 43, 47, 48, 50, 127, 154:
		long = true
	case 37, 38:
		vendor = true
	case 139:
		// Skippable, so its Length is at offset 1, unless it is the figure of
		// RFC 4433, which has it at offset 2.
		if len(b) >= 4 && (b[1] == 1 || b[1] == 2) && number(b[2:4]) == 4 {
			long = true
		} else {
			short = true
		}
	default:
		if e.typ < 128 {
			return e, "RFC 5944 §1.8"
		}
	}
	if len(b) == 1 {
		return e, "RFC 5944 §1.9"
	}
	if long || vendor {
		if len(b) < 4 {
			return e, "RFC 5944 §1.10"
		}
		e.size = 4 + int(number(b[2:4]))
		if e.size > len(b) {
			return e, "RFC 5944 §1.10"
		}
		if long {
			e.subType = int(b[1])
		}
		e.body = b[4:e.size]
		return e, ""
	}
	e.size = 2 + int(b[1])
	if e.size > len(b) {
		return e, "RFC 5944 §1.9"
	}
	e.body = b[2:e.size]
	e.cut = short && len(e.body) == 0
	if short && len(e.body) > 0 {
		e.subType = int(e.body[0])
		e.body = e.body[1:]
	}
	return e, ""
}
