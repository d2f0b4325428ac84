package native

import (
	"bytes"
	"testing"

	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// FuzzWalk: no offset and no change of the bytes after the walk makes a list
// fail otherwise than by ending.
func FuzzWalk(f *testing.F) {
	for i, b := range seeds() {
		f.Add(b, mipv4.TypeRequest.FixedLength(), i, byte(i))
	}
	f.Add([]byte("head\x83\x02ab\x98\x02\x03\x00"), 4, 5, byte(9))
	f.Add([]byte("\x24\x01\x00\x14"), -1, 0, byte(0))
	f.Add([]byte("\x8b\x01\x00\x04\xc0\x00\x02\x01\x8b\x00"), 0, 3, byte(5))
	f.Fuzz(func(t *testing.T, b []byte, off, at int, c byte) {
		b = bytes.Clone(b) // the engine's must stay as it is
		l, err := ext.Parse(b, off)
		stop, fault := ext.Locate(b, off)
		if (err == nil) != (fault == nil) || err != fault || stop < 0 || stop > len(b) {
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
				_, _, _, _ = a.SPI(), a.Covered(), a.Authenticator(), a.Protected().Size()
			}
		}
		for _, k := range []ext.Kind{ext.KindMobileHomeAuth, ext.KindMNAAAAuth} {
			_, _ = l.Auth(k)
		}
	})
}
