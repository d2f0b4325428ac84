package mipv4_test

import (
	"bytes"
	"encoding/hex"
	"io/fs"
	"math/rand/v2"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// seeds are the golden packets, and what is known to be hard.
func seeds(t testing.TB) (all [][]byte) {
	for _, s := range []string{
		"", "01", "03", requestHex, replyHex, requestHex + "8b010004c0000201", requestHex + "8b0501c0000201",
		requestHex + "24010004", requestHex + "2600", requestHex + "9800", requestHex + "7e00",
	} {
		all = append(all, unhex(s))
	}
	err := filepath.WalkDir("../testdata/golden", func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".hex" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var digits strings.Builder
		for line := range strings.Lines(string(text)) {
			row, _, _ := strings.Cut(line, "#")
			digits.WriteString(strings.Join(strings.Fields(row), ""))
		}
		b, err := hex.DecodeString(digits.String())
		all = append(all, b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// FuzzParse: the fast parser and the slow one agree on every datagram, and what
// parses is written back the same.
func FuzzParse(f *testing.F) {
	for _, b := range seeds(f) {
		f.Add(b)
	}
	f.Fuzz(compare)
}

// TestParseAgrees is FuzzParse for mutations of the seeds that are always the
// same.
func TestParseAgrees(t *testing.T) {
	n := 200_000
	if testing.Short() {
		n = 20_000
	}
	all := seeds(t)
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
		b[at] = []byte{0, 1, 2, 3, 4, 32, 36, 38, 127, 128, 139, 152, 154, 255}[random.IntN(14)]
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

	gotAt, fault := mipv4.Locate(in)
	if (fault == nil) != (section == "") || gotAt != at || fault != nil && fault.Source() != section {
		t.Errorf("Locate: %d, %v, want %d, %q", gotAt, fault, at, section)
	}
	var request mipv4.Request
	var reply mipv4.Reply
	requestErr, replyErr := request.Parse(in), reply.Parse(in)
	if (requestErr == nil) != (section == "" && want.request) || (replyErr == nil) != (section == "" && !want.request) {
		t.Errorf("request %v, reply %v, want %q", requestErr, replyErr, section)
	}
	if fault != nil && len(b) > 0 && (b[0] == 1 && requestErr != fault || b[0] == 3 && replyErr != fault) {
		t.Errorf("request %v, reply %v, but Locate %v", requestErr, replyErr, fault)
	}
	if section == "" {
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

// FuzzSign: what is signed verifies, and no longer when a bit is flipped that
// the authenticator covers or that belongs to it.
func FuzzSign(f *testing.F) {
	for i, b := range seeds(f) {
		f.Add(b, byte(i), uint16(i*7), []byte("sixteen byte key"))
	}
	kinds := []ext.Kind{ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth, ext.KindMNAAAAuth}
	f.Fuzz(func(t *testing.T, b []byte, choice byte, flip uint16, key []byte) {
		algorithm := ext.Algorithm(choice % 6)
		kind := kinds[choice/6%4]
		spi := uint32(choice)<<8 | 0x100
		if algorithm == ext.CHAP {
			spi, kind = 2, ext.KindMNAAAAuth
		}
		c, err := ext.NewSecurityContext(spi, algorithm, key)
		if err != nil {
			if len(key) > 0 {
				t.Fatal(err)
			}
			return
		}
		m, _, section := refParse(b)
		if section != "" {
			return
		}
		msg, err := c.Sign(slices.Clone(b), kind)
		if err != nil {
			if err != ext.ErrTooLong && err != ext.ErrChallenge || !bytes.Equal(msg, b) {
				t.Fatal(err)
			}
			return
		}
		fixed := ext.ReplyLength
		if m.request {
			fixed = ext.RequestLength
		}
		last := func() (ext.Auth, bool) {
			l, err := ext.Parse(msg, fixed)
			if err != nil {
				return ext.Auth{}, false
			}
			var found ext.Raw
			for x, ok := l.First(); ok; x, ok = l.Next(x) {
				found = x
			}
			a, err := ext.ParseAuth(found)
			return a, err == nil && a.Offset() == len(b) && a.Kind() == kind
		}
		a, ok := last()
		if !ok {
			t.Fatalf("%x does not end with %v", msg, kind)
		}
		l, err := c.Verify(a)
		if err != nil || !bytes.Equal(l.Message(), b) {
			t.Fatalf("%v, protects %x", err, l.Message())
		}
		bit := int(flip) % (len(msg) * 8)
		msg[bit/8] ^= 1 << (bit % 8)
		a, ok = last()
		if !ok {
			return
		}
		if _, err := c.Verify(a); err == nil {
			t.Errorf("bit %d does not count", bit)
		}
	})
}
