package native

import (
	"bytes"
	"encoding"
	"fmt"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// FuzzDecode: of the typed parses none takes an extension of another family, and
// whatever decodes can be written, but for what no text allows to be sent, and then
// reads the same and is written the same again; of dual stack, and where a figure has
// no reserved bits, the octets are the same with reserved and host bits cleared.
func FuzzDecode(f *testing.F) {
	for _, b := range seeds() {
		f.Add(b)
		if off := min(len(b), mipv4.TypeRequest.FixedLength()); off > 0 {
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
				f, ok := err.(*code.Fault)
				if !ok || f.Breaks() != code.Caller && err != dsmip.ErrLinkLocal || len(again) != 0 {
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
			default:
				twice(t, x, v, again)
				if !whole[x.Kind()] {
					continue
				}
			}
			if !bytes.Equal(again, want) {
				t.Errorf("%x written as %x, want %x", x.Bytes(), again, want)
			}
		}
	})
}

// whole are kinds whose figures have no reserved bits and only one form.
var whole = map[ext.Kind]bool{
	ext.KindMobileNodeNAI: true, ext.KindChallenge: true, ext.KindHAIdentity: true, ext.KindAAAHIdentity: true, ext.KindFANAI: true,
	ext.KindMNFAKeyRequest: true, ext.KindMNFAKeyReply: true, ext.KindMNHAKeyRequest: true, ext.KindMNHAKeyReply: true,
	ext.KindFAError: true, ext.KindProxyAuthMethod: true, ext.KindGREKey: true, ext.KindMessageStringHA: true, ext.KindMessageStringFA: true,
	ext.KindIMSI3GPP2: true, ext.KindIMSI3GPP: true, ext.KindEthernetAddress: true, ext.KindEUI64Address: true, ext.KindAccessPointID: true,
	ext.KindServiceSelection: true, ext.KindInterfaceID: true, ext.KindDeviceID: true, ext.KindSubscriberID: true, ext.KindAccessTechnology: true,
	ext.KindFlowBinding: true, ext.KindRouteOptimizationPrefix: true,
}

// twice reads what was written of a value, and writes it again.
func twice(t *testing.T, x ext.Raw, v any, written []byte) {
	l, err := ext.Parse(written, 0)
	if err != nil {
		t.Errorf("%x written as %x: %v", x.Bytes(), written, err)
		return
	}
	y, _ := l.First()
	w, err := dsmip.Decode(y)
	if err != nil || fmt.Sprint(w) != fmt.Sprint(v) {
		t.Errorf("%x: %v written as %x: %v, %v", x.Bytes(), v, written, w, err)
		return
	}
	if again, err := w.(encoding.BinaryAppender).AppendBinary(nil); err != nil || !bytes.Equal(again, written) {
		t.Errorf("%x written as %x and as %x, %v", x.Bytes(), written, again, err)
	}
}

// cut clears the bits of a prefix beyond its length, one by one.
func cut(prefix []byte, n uint8) {
	for bit := int(n); bit < 128; bit++ {
		prefix[bit/8] &^= 0x80 >> (bit % 8)
	}
}
