package native

import (
	"bytes"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// FuzzSign: what is signed verifies, and no longer when a bit is flipped that
// the authenticator covers or that belongs to it.
func FuzzSign(f *testing.F) {
	for i, b := range seeds() {
		f.Add(byte(i), uint16(i*7), b)
	}
	kinds := []ext.Kind{ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth, ext.KindMNAAAAuth}
	f.Fuzz(func(t *testing.T, choice byte, flip uint16, b []byte) {
		algorithm := ext.Algorithm(choice % 6)
		kind := kinds[choice/6%4]
		spi := uint32(choice)<<8 | 0x100
		if algorithm == ext.CHAP {
			spi, kind = 2, ext.KindMNAAAAuth
		}
		key := append([]byte{choice}, b[:min(len(b), int(flip)%100)]...)
		c, err := ext.NewSecurityContext(spi, algorithm, key)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := mipv4.Locate(b); err != nil {
			return
		}
		switch mipv4.MessageType(b[0]) {
		case mipv4.TypeTunnelData, mipv4.TypeExperimental:
			return // have no extensions
		}
		fixed := mipv4.MessageType(b[0]).FixedLength()
		msg, err := c.Sign(slices.Clone(b), kind)
		if _, other := c.SignWithChallenge(slices.Clone(b), kind, []byte{1}); (err == ext.ErrCHAP) == (other == ext.ErrCHAP) {
			t.Errorf("%v signs with %v, with a challenge with %v", algorithm, err, other)
		}
		if algorithm == ext.CHAP {
			// Of the last Challenge, or of a mobile node that has none.
			challenge := []byte{0}
			l, err := ext.Parse(b, fixed)
			if err != nil {
				t.Fatal(err)
			}
			for x, ok := l.First(); ok; x, ok = l.Next(x) {
				if x.Kind() == ext.KindChallenge {
					challenge = x.Body()
				}
			}
			msg, err = c.SignWithChallenge(slices.Clone(b), kind, challenge)
			if err != nil {
				if err != ext.ErrTooLong && err != ext.ErrChallenge || !bytes.Equal(msg, b) {
					t.Fatal(err)
				}
				return
			}
		} else if err != nil {
			if err != ext.ErrTooLong || !bytes.Equal(msg, b) {
				t.Fatal(err)
			}
			return
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
