package dsmip_test

import (
	"crypto/md5"
	"net/netip"
	"testing"

	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Every benchmark works on R, the reference message of 108 bytes, and has a
// twin that runs on all processors. Times mean little on their own: compare
// them with BenchmarkCopy and BenchmarkMD5 of the same run.

// both runs the closure that setup returns, alone and in parallel. Each
// goroutine has its own.
func both(b *testing.B, setup func(b *testing.B) func()) {
	b.Run("one", func(b *testing.B) {
		f := setup(b)
		b.ReportAllocs()
		for b.Loop() {
			f()
		}
	})
	b.Run("all", func(b *testing.B) {
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			f := setup(b)
			for pb.Next() {
				f()
			}
		})
	})
}

// BenchmarkCopy is the yardstick of parsing.
func BenchmarkCopy(b *testing.B) {
	both(b, func(b *testing.B) func() {
		msg, _ := reference(b)
		to := make([]byte, len(msg))
		return func() { copy(to, msg) }
	})
}

// BenchmarkMD5 is the yardstick of authentication: three blocks of MD5 are
// what HMAC-MD5 of R takes when the states of the pads are kept.
func BenchmarkMD5(b *testing.B) {
	both(b, func(*testing.B) func() {
		three := make([]byte, 130)
		return func() { sum := md5.Sum(three); three[0] = sum[0] }
	})
}

func BenchmarkParse(b *testing.B) {
	both(b, func(b *testing.B) func() {
		msg, _ := reference(b)
		var r mipv4.Request
		return func() {
			if r.Parse(msg) != nil {
				b.Error("refused")
			}
		}
	})
}

func BenchmarkParseRequest(b *testing.B) {
	both(b, func(b *testing.B) func() {
		msg, _ := reference(b)
		return func() {
			if r, err := mipv4.ParseRequest(msg); err != nil || r.Lifetime != 1800 {
				b.Error("refused")
			}
		}
	})
}

// BenchmarkDecode parses R and every one of its extensions.
func BenchmarkDecode(b *testing.B) {
	both(b, func(b *testing.B) func() {
		msg, _ := reference(b)
		var r mipv4.Request
		return func() {
			if r.Parse(msg) != nil {
				b.Error("refused")
			}
			n := 0
			for x, ok := r.Extensions.First(); ok; x, ok = r.Extensions.Next(x) {
				switch x.Kind() {
				case ext.KindMobileNodeNAI:
					v, err := ext.ParseMobileNodeNAI(x)
					if err == nil {
						n += len(v.Identifier)
					}
				case ext.KindIPv6PrefixRequest:
					v, err := dsmip.ParsePrefixRequest(x)
					if err == nil {
						n += int(v.PrefixLength)
					}
				case ext.KindIPv6TunnelingMode:
					_, err := dsmip.ParseTunnelingMode(x)
					if err == nil {
						n++
					}
				case ext.KindMobileHomeAuth:
					v, err := ext.ParseAuth(x)
					if err == nil {
						n += int(v.SPI())
					}
				}
			}
			if n != 16+64+48+1+256 {
				b.Error("wrong", n)
			}
		}
	})
}

// BenchmarkReject parses R without its last byte.
func BenchmarkReject(b *testing.B) {
	both(b, func(b *testing.B) func() {
		msg, _ := reference(b)
		msg = msg[:107]
		var r mipv4.Request
		return func() {
			if r.Parse(msg) == nil {
				b.Error("accepted")
			}
		}
	})
}

// BenchmarkAppend writes R up to the authenticator from its parts.
func BenchmarkAppend(b *testing.B) {
	both(b, func(b *testing.B) func() {
		request := mipv4.Request{
			Flags: mipv4.FlagDecapsulation | mipv4.FlagReverseTunnel, Lifetime: 1800,
			HomeAddress:    netip.MustParseAddr("192.0.2.10"),
			HomeAgent:      netip.MustParseAddr("192.0.2.1"),
			CareOfAddress:  netip.MustParseAddr("198.51.100.7"),
			Identification: 0xeeae5a5a3eb7e123,
		}
		nai := ext.MobileNodeNAI{Identifier: []byte("user@example.net")}
		first := dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8:1:2::/64"))
		second := dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8:2::/48"))
		buf := make([]byte, 0, 128)
		return func() {
			m, err1 := request.AppendBinary(buf)
			m, err2 := nai.AppendBinary(m)
			m, err3 := first.AppendBinary(m)
			m, err4 := second.AppendBinary(m)
			m, err5 := dsmip.TunnelingMode{}.AppendBinary(m)
			if len(m) != 86 || err1 != nil || err2 != nil || err3 != nil || err4 != nil || err5 != nil {
				b.Error("not written")
			}
		}
	})
}

// BenchmarkAppendParsed writes back R as it was parsed.
func BenchmarkAppendParsed(b *testing.B) {
	both(b, func(b *testing.B) func() {
		msg, _ := reference(b)
		var r mipv4.Request
		if err := r.Parse(msg); err != nil {
			b.Error(err)
		}
		buf := make([]byte, 0, 128)
		return func() {
			if m, err := r.AppendBinary(buf); len(m) != 108 || err != nil {
				b.Error("not written")
			}
		}
	})
}

func BenchmarkSign(b *testing.B) {
	_, c := reference(b)
	both(b, func(b *testing.B) func() {
		msg, _ := reference(b)
		return func() {
			if m, err := c.Sign(msg[:86], ext.KindMobileHomeAuth); len(m) != 108 || err != nil {
				b.Error("not signed")
			}
		}
	})
}

func BenchmarkVerify(b *testing.B) {
	_, c := reference(b)
	both(b, func(b *testing.B) func() {
		msg, _ := reference(b)
		l, err := ext.Parse(msg, mipv4.TypeRequest.FixedLength())
		if err != nil {
			b.Error(err)
		}
		return func() {
			a, err := l.Auth(ext.KindMobileHomeAuth)
			if err != nil {
				b.Error(err)
			}
			if _, err := c.Verify(a); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkWalk3000 parses 64 KiB of prefix requests.
func BenchmarkWalk3000(b *testing.B) {
	msg, _ := reference(b)
	long := append(make([]byte, 0, 65535), msg[:24]...)
	for len(long)+20 <= cap(long) {
		long = append(long, msg[42:62]...)
	}
	both(b, func(b *testing.B) func() {
		var r mipv4.Request
		return func() {
			if r.Parse(long) != nil {
				b.Error("refused")
			}
		}
	})
}
