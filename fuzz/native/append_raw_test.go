package native

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
		if !ok || x.Kind() != k || !bytes.Equal(x.Body(), body) || len(x.Bytes()) != l.Size() {
			t.Errorf("%v with %x read back as %v with %x", k, body, x.Kind(), x.Body())
		}
	})
}
