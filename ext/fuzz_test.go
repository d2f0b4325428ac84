package ext_test

import (
	"bytes"
	"testing"

	"github.com/go-mobileip/dsmipv4/ext"
)

// FuzzAppendRaw: what is appended is read back, and what is refused leaves the
// buffer as it was.
func FuzzAppendRaw(f *testing.F) {
	f.Add(uint16(ext.KindIPv6PrefixRequest), make([]byte, 17), []byte{0})
	f.Add(uint16(ext.KindRequestedHA), make([]byte, 4), []byte{8})
	f.Add(uint16(ext.KindCVSE), make([]byte, 6), []byte{})
	f.Add(uint16(ext.KindMobileNodeNAI), make([]byte, 256), []byte{1})
	f.Add(uint16(1<<8), []byte{}, []byte{2})
	f.Fuzz(func(t *testing.T, kind uint16, body, before []byte) {
		k := ext.Kind(kind)
		b, err := ext.AppendRaw(bytes.Clone(before), k, body)
		if err != nil {
			if !bytes.Equal(b, before) {
				t.Errorf("%v left %x", err, b)
			}
			return
		}
		if len(b) > ext.MaxMessage {
			return
		}
		l, err := ext.Parse(b, len(before))
		if err != nil {
			t.Fatalf("%x: %v", b, err)
		}
		x, ok := l.First()
		if !ok || x.Kind() != k || !bytes.Equal(x.Body(), body) || len(x.Bytes()) != l.Len() {
			t.Errorf("%v with %x read back as %v with %x", k, body, x.Kind(), x.Body())
		}
	})
}

// FuzzWalk: no offset and no change of the bytes after the walk makes a list
// fail otherwise than by ending.
func FuzzWalk(f *testing.F) {
	f.Add([]byte("head\x83\x02ab\x98\x02\x03\x00"), 4, 5, byte(9))
	f.Add([]byte("\x24\x01\x00\x14"), -1, 0, byte(0))
	f.Add([]byte("\x8b\x01\x00\x04\xc0\x00\x02\x01\x8b\x00"), 0, 3, byte(5))
	f.Fuzz(func(t *testing.T, b []byte, off, at int, c byte) {
		l, err := ext.Parse(b, off)
		stop, fault := ext.Locate(b, off)
		if (err == nil) != (fault == nil) || err != nil && err != error(fault) || stop < 0 || stop > len(b) {
			t.Fatalf("Parse %v, Locate %d %v", err, stop, fault)
		}
		x, ok := l.First()
		if at >= 0 && at < len(b) {
			b[at] = c
		}
		for ; ok; x, ok = l.Next(x) {
			if len(x.Bytes()) == 0 {
				t.Fatal("an extension of no bytes")
			}
			_ = x.Body()
			_ = x.Check()
			if a, err := ext.ParseAuth(x); err == nil {
				_, _, _, _ = a.SPI(), a.Covered(), a.Authenticator(), a.Protected().Len()
			}
		}
		for _, k := range []ext.Kind{ext.KindMobileHomeAuth, ext.KindMNAAAAuth} {
			_, _ = l.Auth(k)
		}
	})
}
