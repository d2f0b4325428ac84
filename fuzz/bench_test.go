package fuzz_test

import (
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// BenchmarkCase makes the cases of one turn of a campaign, and BenchmarkSign
// signs their packets again: the yardstick.
func BenchmarkCase(b *testing.B) {
	for leg := code.MNtoFA; leg <= code.FAtoMN; leg++ {
		c := campaign(b, setup(b, leg, dsmip.Draft06))
		buf := make([]byte, 0, 1<<16)
		b.Run(leg.String(), func(b *testing.B) {
			b.ReportAllocs()
			for i := range uint64(b.N) {
				c.Case(i, buf)
			}
		})
	}
}

func BenchmarkSign(b *testing.B) {
	for leg := code.MNtoFA; leg <= code.FAtoMN; leg++ {
		s := setup(b, leg, dsmip.Draft06)
		c := campaign(b, s)
		fixed := mipv4.TypeRequest.FixedLength()
		if leg.Reply() {
			fixed = mipv4.TypeReply.FixedLength()
		}
		// What every signature of a packet covers; of a packet that cannot be
		// walked, or has none, all of it.
		type signature struct {
			kind    ext.Kind
			context ext.SecurityContext
			covered []byte
		}
		var packets [][]signature
		for i := range uint64(len(c.Mutations())) {
			packet := c.Case(i, nil).Packet
			packet = append(packet, make([]byte, 100)...)[:len(packet)]
			var list []signature
			if l, err := ext.Parse(packet, min(fixed, len(packet))); err == nil {
				for x, ok := l.First(); ok; x, ok = l.Next(x) {
					switch x.Kind() {
					case ext.KindMobileHomeAuth:
						list = append(list, signature{x.Kind(), s.MobileHome, packet[:x.Offset()]})
					case ext.KindMobileForeignAuth:
						list = append(list, signature{x.Kind(), s.MobileForeign, packet[:x.Offset()]})
					case ext.KindForeignHomeAuth:
						list = append(list, signature{x.Kind(), s.ForeignHome, packet[:x.Offset()]})
					}
				}
			}
			if list == nil {
				list = append(list, signature{ext.KindMobileHomeAuth, s.MobileHome, append([]byte{1}, packet...)})
			}
			packets = append(packets, list)
		}
		buf := make([]byte, 1<<16)
		b.Run(leg.String(), func(b *testing.B) {
			for i := range b.N {
				for _, x := range packets[i%len(packets)] {
					n := copy(buf, x.covered)
					if _, err := x.context.Sign(buf[:n], x.kind); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
