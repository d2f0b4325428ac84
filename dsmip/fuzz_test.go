package dsmip_test

import (
	"bytes"
	"encoding"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
)

// FuzzDecode: whatever decodes can be written, but for what no text allows to
// be sent, and is then the same with reserved and host bits cleared.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		"98 12 01 40 20010db8000100020000000000000001", "98 14 02 01 30 ff 20010db8000100020000000000000001",
		"98 02 03 ff", "98 12 01 ff fe8000000000000000000000c000020a", "98 12 01 ff 20010db8000000000000000000000001",
		"83 03 614062", "84 04 deadbeef", "83 00", "84 00", "98 00", "8b 01 0004 c0000201", "26 00 0006 00000009 0001",
		"20 14 00000100 000102030405060708090a0b0c0d0e0f", "24 01 0014 00000100 000102030405060708090a0b0c0d0e0f",
	} {
		f.Add(unhex(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := ext.Parse(b, 0)
		if err != nil {
			return
		}
		for x, ok := l.First(); ok; x, ok = l.Next(x) {
			v, err := dsmip.Decode(x)
			if err != nil {
				f, ok := err.(*code.Fault)
				if v != nil || !ok || f.Source() == "" {
					t.Errorf("%x: %v, %v", x.Bytes(), v, err)
				}
				continue
			}
			a, ok := v.(encoding.BinaryAppender)
			if !ok {
				continue
			}
			again, err := a.AppendBinary(nil)
			if err != nil {
				if err != ext.ErrNAI && err != ext.ErrChallenge && err != dsmip.ErrLinkLocal || len(again) != 0 {
					t.Errorf("%x: %v", x.Bytes(), err)
				}
				continue
			}
			want := bytes.Clone(x.Bytes())
			switch v := v.(type) {
			case dsmip.PrefixRequest:
				cut(want[4:], v.PrefixLength)
			case dsmip.PrefixReply:
				want[5] = 0
				cut(want[6:], v.PrefixLength)
			case dsmip.TunnelingMode:
				want[3] = 0
			}
			if !bytes.Equal(again, want) {
				t.Errorf("%x written as %x, want %x", x.Bytes(), again, want)
			}
		}
	})
}

// cut clears the bits of a prefix beyond its length, one by one.
func cut(prefix []byte, n uint8) {
	for bit := int(n); bit < 128; bit++ {
		prefix[bit/8] &^= 0x80 >> (bit % 8)
	}
}
