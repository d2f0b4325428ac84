package native

import (
	"bytes"
	"encoding"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// FuzzParse: what parses can be looked at and is written back the same, into
// whatever the buffer holds; what does not parse leaves the struct as it was and
// says which section was broken and where.
func FuzzParse(f *testing.F) {
	for _, b := range seeds() {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		request, reply := mipv4.Request{Lifetime: 77}, mipv4.Reply{Lifetime: 77}
		for _, m := range []struct {
			err   error
			clean bool
			msg   interface {
				encoding.BinaryAppender
				String() string
			}
			list *ext.List
		}{
			{request.Parse(b), request.Lifetime == 77 && !request.HomeAddress.IsValid(), &request, &request.Extensions},
			{reply.Parse(b), reply.Lifetime == 77 && !reply.HomeAddress.IsValid(), &reply, &reply.Extensions},
		} {
			if m.err != nil {
				fault, ok := m.err.(*code.Fault)
				if !ok || fault.Source() == "" || fault.Text() == "" || !m.clean || m.list.Size() != 0 {
					t.Errorf("%v, untouched %v", m.err, m.clean)
				}
				continue
			}
			_ = m.msg.String()
			poisoned := bytes.Repeat([]byte{0xa5}, len(b)+8)
			again, err := m.msg.AppendBinary(poisoned[:4])
			if err != nil || !bytes.Equal(again[4:], b) || !bytes.Equal(again[:4], poisoned[len(poisoned)-4:]) {
				t.Errorf("written back as %x, %v", again, err)
			}
			at := 0
			for x, ok := m.list.First(); ok; x, ok = m.list.Next(x) {
				if x.Offset() <= at || x.Offset()+len(x.Bytes()) > len(b) || len(x.Body()) >= len(x.Bytes()) || cap(x.Bytes()) != len(x.Bytes()) {
					t.Errorf("%v at %d of %d bytes", x.Kind(), x.Offset(), len(x.Bytes()))
				}
				at = x.Offset()
				_, _, _ = x.Kind().String(), x.Type().String(), x.Check()
			}
			for _, k := range []ext.Kind{ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth, ext.KindMNAAAAuth} {
				if a, err := m.list.Auth(k); err == nil && (a.Offset() > len(b) || !bytes.HasPrefix(b, a.Covered()) || !bytes.HasPrefix(b, a.Protected().Message())) {
					t.Errorf("%v at %d covers %x", k, a.Offset(), a.Covered())
				}
			}
		}
	})
}
