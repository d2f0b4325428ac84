package native

import (
	"bytes"
	"encoding"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
)

// FuzzDecode: of the typed parses none takes an extension of another family, and
// whatever decodes can be written, but for what no text allows to be sent, and
// is then the same with reserved and host bits cleared.
func FuzzDecode(f *testing.F) {
	for _, b := range seeds() {
		f.Add(b)
		if off := min(len(b), mipv4.RequestLength); off > 0 {
			f.Add(b[off:])
		}
	}
	families := []struct {
		has   func(ext.Kind) bool
		parse func(ext.Raw) (any, error)
	}{
		{
			func(k ext.Kind) bool { return k == ext.KindMobileNodeNAI },
			func(x ext.Raw) (any, error) { return ext.ParseMobileNodeNAI(x) },
		},
		{
			func(k ext.Kind) bool { return k == ext.KindChallenge },
			func(x ext.Raw) (any, error) { return ext.ParseChallenge(x) },
		},
		{
			func(k ext.Kind) bool { return k == ext.KindIPv6PrefixRequest },
			func(x ext.Raw) (any, error) { return dsmip.ParsePrefixRequest(x) },
		},
		{
			func(k ext.Kind) bool { return k == ext.KindIPv6PrefixReply },
			func(x ext.Raw) (any, error) { return dsmip.ParsePrefixReply(x) },
		},
		{
			func(k ext.Kind) bool { return k == ext.KindIPv6TunnelingMode },
			func(x ext.Raw) (any, error) { return dsmip.ParseTunnelingMode(x) },
		},
		{
			func(k ext.Kind) bool {
				return 32<<8 <= k && k <= 34<<8 && k.SubType() == 0 || 36<<8|1 <= k && k <= 36<<8|4
			},
			func(x ext.Raw) (any, error) { return ext.ParseAuth(x) },
		},
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		l, err := ext.Parse(b, 0)
		if err != nil {
			return
		}
		for x, ok := l.First(); ok; x, ok = l.Next(x) {
			for i, family := range families {
				_, err := family.parse(x)
				if (err == ext.ErrKind) == family.has(x.Kind()) {
					t.Errorf("family %d, %x: %v", i, x.Bytes(), err)
				}
			}
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
