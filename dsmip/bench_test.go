package dsmip_test

import (
	"crypto/md5"
	"net/netip"
	"runtime"
	"strconv"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// The benchmarks work on R, the reference message of 108 bytes, alone (one) and on
// all processors (all). Times mean little on their own: compare them with
// BenchmarkCopy and BenchmarkMD5 of the same run. What the rule book and an agent take
// stands here as well, so that one run has everything.

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

// together returns R in the memory behind a Request to parse it into. Where both lie by
// chance, their addresses may agree modulo 4,096, and many a processor then takes what it
// reads of the one for what it has just written to the other: parsing is a third slower.
func together(b *testing.B) (*mipv4.Request, []byte) {
	var v struct {
		request mipv4.Request
		message [108]byte
	}
	msg, _ := reference(b)
	copy(v.message[:], msg)
	return &v.request, v.message[:]
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
		r, msg := together(b)
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
		r, msg := together(b)
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
		r, msg := together(b)
		msg = msg[:107]
		return func() {
			if r.Parse(msg) == nil {
				b.Error("accepted")
			}
		}
	})
}

// unsigned is what R is made of, up to the authenticator.
func unsigned() (request mipv4.Request, nai ext.MobileNodeNAI, first, second dsmip.PrefixRequest, mode dsmip.TunnelingMode) {
	return mipv4.Request{
			Flags: mipv4.FlagDecapsulation | mipv4.FlagReverseTunnel, Lifetime: 1800,
			HomeAddress:    netip.MustParseAddr("192.0.2.10"),
			HomeAgent:      netip.MustParseAddr("192.0.2.1"),
			CareOfAddress:  netip.MustParseAddr("198.51.100.7"),
			Identification: 0xeeae5a5a3eb7e123,
		},
		ext.MobileNodeNAI{Identifier: []byte("user@example.net")},
		dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8:1:2::/64")),
		dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8:2::/48")),
		dsmip.TunnelingMode{}
}

// BenchmarkAppend writes R up to the authenticator from its five parts.
func BenchmarkAppend(b *testing.B) {
	both(b, func(b *testing.B) func() {
		request, nai, first, second, mode := unsigned()
		buf := make([]byte, 0, 128)
		return func() {
			m, err1 := request.AppendBinary(buf)
			m, err2 := nai.AppendBinary(m)
			m, err3 := first.AppendBinary(m)
			m, err4 := second.AppendBinary(m)
			m, err5 := mode.AppendBinary(m)
			if len(m) != 86 || err1 != nil || err2 != nil || err3 != nil || err4 != nil || err5 != nil {
				b.Error("not written")
			}
		}
	})
}

// BenchmarkAppendCall is BenchmarkAppend in one call.
func BenchmarkAppendCall(b *testing.B) {
	both(b, func(b *testing.B) func() {
		request, nai, first, second, mode := unsigned()
		buf := make([]byte, 0, 128)
		return func() {
			m, err := mipv4.Append(buf, request.AppendBinary, nai.AppendBinary, first.AppendBinary, second.AppendBinary, mode.AppendBinary)
			if len(m) != 86 || err != nil {
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

// BenchmarkCheck judges R by the rules of its leg and of a profile.
func BenchmarkCheck(b *testing.B) {
	both(b, func(b *testing.B) func() {
		msg, _ := reference(b)
		var r mipv4.Request
		if err := r.Parse(msg); err != nil {
			b.Error(err)
		}
		s := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.RFC5454}
		return func() {
			if err := s.CheckRequest(&r); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkAgent is what a home agent does with R: it parses, verifies and checks it,
// and signs a reply that grants its two prefixes.
func BenchmarkAgent(b *testing.B) {
	_, home := reference(b)
	both(b, func(b *testing.B) func() {
		r, msg := together(b)
		buf := make([]byte, 0, 128)
		situation := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.RFC5454}
		agent := mipv4.Answer{Role: code.HomeAgent, Address: netip.MustParseAddr("192.0.2.1"), MaxLifetime: 600}
		return func() {
			if r.Parse(msg) != nil {
				b.Error("not parsed")
			}
			auth, err := r.Extensions.Auth(ext.KindMobileHomeAuth)
			if err != nil {
				b.Error(err)
			}
			protected, err := home.Verify(auth)
			if err != nil {
				b.Error(err)
			}
			if err := situation.CheckRequest(r); err != nil {
				b.Error(err)
			}
			reply, err := agent.Reply(r, code.RegistrationAccepted)
			if err != nil {
				b.Error(err)
			}
			m, err := reply.AppendBinary(buf)
			for x, ok := protected.First(); ok && err == nil; x, ok = protected.Next(x) {
				if x.Kind() != ext.KindIPv6PrefixRequest {
					continue
				}
				var p dsmip.PrefixRequest
				if p, err = dsmip.ParsePrefixRequest(x); err == nil {
					m, err = dsmip.PrefixReply{PrefixLength: p.PrefixLength, Prefix: p.Prefix}.AppendBinary(m)
				}
			}
			if m, err = home.Sign(m, ext.KindMobileHomeAuth); err != nil || len(m) != 20+22+22+22 {
				b.Error("not answered", err)
			}
		}
	})
}

// BenchmarkColdContexts verifies R with each of 100,000 contexts of which garbage
// collections have found every one idle. One operation is a pass over all; what it
// allocates is reported for the whole pass.
func BenchmarkColdContexts(b *testing.B) {
	contexts := make([]ext.SecurityContext, 100_000)
	msg, _ := reference(b)
	for i := range contexts {
		c, err := ext.NewSecurityContext(256, ext.HMACMD5, mobileHomeKey)
		if err != nil {
			b.Fatal(err)
		}
		contexts[i] = c
	}
	l, err := ext.Parse(msg, mipv4.TypeRequest.FixedLength())
	if err != nil {
		b.Fatal(err)
	}
	auth, err := l.Auth(ext.KindMobileHomeAuth)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N { // Loop of Go 1.24 does not end when the timer stops in between
		b.StopTimer()
		runtime.GC()
		runtime.GC()
		b.StartTimer()
		for _, c := range contexts {
			if _, err := c.Verify(auth); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(contexts)), "ns/context")
}

// BenchmarkExtensions parses requests with many extensions, the last of which is as
// long as a message can be.
func BenchmarkExtensions(b *testing.B) {
	msg, _ := reference(b)
	for _, n := range []int{30, 300, 3275} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			long := append([]byte(nil), msg[:24]...)
			for range n {
				long = append(long, msg[42:62]...)
			}
			b.ReportAllocs()
			var r mipv4.Request
			for b.Loop() {
				if r.Parse(long) != nil {
					b.Fatal("refused")
				}
			}
		})
	}
}
