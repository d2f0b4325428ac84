package native

import (
	"bytes"
	"encoding"
	"net/netip"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// FuzzAdvertisement: an advertisement or a solicitation is read only with the checksum
// of RFC 1256 §3, which the target sets because hardly any input has it, and then is
// written back the same and judged; every extension belongs to one typed parse, and what
// that reads, the same again.
func FuzzAdvertisement(f *testing.F) {
	for i, b := range seeds() {
		f.Add(byte(i), b)
	}
	typed := []struct {
		has   func(mipv4.DiscoveryKind) bool
		parse func(mipv4.DiscoveryExtension) (encoding.BinaryAppender, error)
	}{
		{
			func(k mipv4.DiscoveryKind) bool { return k == 16<<8 },
			func(x mipv4.DiscoveryExtension) (encoding.BinaryAppender, error) {
				return mipv4.ParseMobilityAgentAdvertisement(x)
			},
		},
		{
			func(k mipv4.DiscoveryKind) bool { return k == 19<<8 },
			func(x mipv4.DiscoveryExtension) (encoding.BinaryAppender, error) { return mipv4.ParsePrefixLengths(x) },
		},
		{
			func(k mipv4.DiscoveryKind) bool { return k == 24<<8 },
			func(x mipv4.DiscoveryExtension) (encoding.BinaryAppender, error) { return mipv4.ParseAgentChallenge(x) },
		},
		{
			func(k mipv4.DiscoveryKind) bool { return k == 134<<8 },
			func(x mipv4.DiscoveryExtension) (encoding.BinaryAppender, error) {
				return mipv4.ParseAgentVendorExtension(x)
			},
		},
		{
			func(k mipv4.DiscoveryKind) bool { return k.Type() == 136 },
			func(x mipv4.DiscoveryExtension) (encoding.BinaryAppender, error) { return mipv4.ParseAgentNAI(x) },
		},
		{
			func(k mipv4.DiscoveryKind) bool { return k.Type() == 140 },
			func(x mipv4.DiscoveryExtension) (encoding.BinaryAppender, error) {
				return mipv4.ParseAgentLinkLayerAddress(x)
			},
		},
		{
			func(k mipv4.DiscoveryKind) bool { return k == 127<<8 || k == 255<<8 },
			func(x mipv4.DiscoveryExtension) (encoding.BinaryAppender, error) {
				return mipv4.ParseAgentExperimental(x)
			},
		},
	}
	f.Fuzz(func(t *testing.T, choice byte, b []byte) {
		// The one's complement sum of all 16-bit words, with the carry added at once; an
		// odd last byte is the upper half of a word.
		complement := func(b []byte) uint16 {
			sum := uint32(0)
			for i, v := range b {
				word := uint32(v) << 8
				if i%2 == 1 {
					word = uint32(v)
				}
				if sum += word; sum > 0xffff {
					sum -= 0xffff
				}
			}
			return ^uint16(sum)
		}
		for _, right := range []bool{false, true} {
			b := b
			if right && len(b) >= 8 {
				b = bytes.Clone(b) // the engine's must stay as it is
				b[2], b[3] = 0, 0
				sum := complement(b)
				b[2], b[3] = byte(sum>>8), byte(sum)
			}
			at, located := mipv4.LocateDiscovery(b)
			advertisement, refused := mipv4.ParseAgentAdvertisement(b)
			solicitation, unsolicited := mipv4.ParseAgentSolicitation(b)
			if len(b) >= 8 && complement(b) != 0 && (refused == nil || unsolicited == nil) {
				t.Errorf("read with a checksum that is off by %#x", complement(b))
			}
			if right && (refused == mipv4.ErrChecksum || unsolicited == mipv4.ErrChecksum) {
				t.Errorf("%x has the right checksum", b)
			}
			var message interface {
				encoding.BinaryAppender
				String() string
			}
			var list mipv4.DiscoveryList
			isAdvertisement := refused == nil
			switch {
			case isAdvertisement:
				message, list = advertisement, advertisement.Extensions
			case unsolicited == nil:
				message, list = solicitation, solicitation.Extensions
			default:
				if f, ok := located.(*code.Fault); !ok || f.Source() == "" || at < 0 || at > len(b) || located != refused && located != unsolicited && located != mipv4.ErrICMPType {
					t.Errorf("%v and %v, but %v at %d of %d", refused, unsolicited, located, at, len(b))
				}
				continue
			}
			if located != nil || at != len(b) || isAdvertisement && unsolicited != mipv4.ErrICMPType || !isAdvertisement && refused != mipv4.ErrICMPType {
				t.Errorf("%v and %v, but %v at %d of %d", refused, unsolicited, located, at, len(b))
			}
			_ = message.String()
			poisoned := bytes.Repeat([]byte{0xa5}, len(b)+8)
			again, err := message.AppendBinary(poisoned[:4])
			if err != nil || !bytes.Equal(again[4:], b) || !bytes.Equal(again[:4], poisoned[len(poisoned)-4:]) {
				t.Errorf("%x written back as %x, %v", b, again, err)
			}

			end := len(b) - list.Size()
			for x, ok := list.First(); ok; x, ok = list.Next(x) {
				if x.Offset() != end || len(x.Bytes()) == 0 || len(x.Body()) >= len(x.Bytes()) || cap(x.Bytes()) != len(x.Bytes()) {
					t.Fatalf("%v of %d bytes at %d, want %d", x.Kind(), len(x.Bytes()), x.Offset(), end)
				}
				end += len(x.Bytes())
				_, _ = x.String(), x.Kind().Type().String()
				for i, typed := range typed {
					v, err := typed.parse(x)
					if (err == ext.ErrKind) == typed.has(x.Kind()) {
						t.Errorf("typed parse %d, %x: %v", i, x.Bytes(), err)
					}
					if err != nil {
						if f, ok := err.(*code.Fault); !ok || f.Source() == "" {
							t.Errorf("typed parse %d, %x: %v", i, x.Bytes(), err)
						}
						continue
					}
					written, err := v.AppendBinary([]byte{0xa5})
					if err != nil {
						// What can be read, and must not be sent.
						if f, ok := err.(*code.Fault); !ok || f.Source() == "" || !bytes.Equal(written, []byte{0xa5}) {
							t.Errorf("%x: %v left %x", x.Bytes(), err, written)
						}
						continue
					}
					want := bytes.Clone(x.Bytes())
					switch x.Kind() {
					case mipv4.DiscoveryMobilityAgent: // r and the five reserved bits, RFC 5944 §2.1.1
						want[6] &^= 0x02
						want[7] &^= 0x1f
					case mipv4.DiscoveryNVSE: // Reserved, RFC 3115 §2.2
						want[2], want[3] = 0, 0
					}
					if !bytes.Equal(written[1:], want) {
						t.Errorf("%x written as %x, want %x", x.Bytes(), written[1:], want)
					}
				}
			}
			if end != len(b) {
				t.Errorf("the extensions end at %d of %d", end, len(b))
			}
			if !isAdvertisement {
				continue
			}

			previous := mipv4.SequenceNumber(choice) << 8
			d := rules.Discovery{
				Destination:   netip.AddrFrom4([4]byte{224, 0, 0, choice & 1}),
				TTL:           choice >> 1 & 3,
				Previous:      &previous,
				PrefixLengths: rules.Knowledge(choice >> 3 & 3 % 3),
			}
			if choice>>5&1 != 0 {
				d.Implements = func(k mipv4.DiscoveryKind) bool { return k>>8&1 == 0 }
			}
			if choice>>6&1 != 0 {
				d.Previous = nil
			}
			check := d.CheckAdvertisement(&advertisement)
			if _, agent := list.Find(mipv4.DiscoveryMobilityAgent); !agent {
				if check != mipv4.ErrNoMobilityAgent {
					t.Errorf("no mobility agent: %v", check)
				}
				continue
			}
			// What concerns the message comes first, then every extension once, in order.
			found, last := check == nil, -1
			x, more := list.First()
			for v := range d.Advertisement(&advertisement) {
				if v.Fault != nil {
					if v.Fault.Text() == "" || v.Fault.Source() == "" || v.Fault.Breaks() == code.Caller {
						t.Errorf("%v at %d", v.Fault, v.Offset)
					}
					found = found || error(v.Fault) == check
				}
				switch {
				case len(v.Extension.Bytes()) == 0:
					if last >= 0 || v.Fault == nil || v.Offset < 0 || v.Offset > len(b) {
						t.Errorf("%v at %d, after %d", v.Fault, v.Offset, last)
					}
				case v.Offset == last:
				default:
					if !more || v.Offset != x.Offset() || v.Extension.Offset() != v.Offset {
						t.Fatalf("a verdict at %d, after %d", v.Offset, last)
					}
					last = v.Offset
					x, more = list.Next(x)
				}
			}
			if more {
				t.Errorf("no verdict on %v at %d", x.Kind(), x.Offset())
			}
			if !found {
				t.Errorf("Check gives %v, no verdict does", check)
			}
		}
	})
}
