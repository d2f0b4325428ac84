package dsmip_test

import (
	"net/netip"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// allocations is the gate: the least of five measurements of a thousand calls
// each, since AllocsPerRun alone rounds down, and since an unrelated allocation
// now and then is not the code's.
func allocations(f func()) float64 {
	least := 1e9
	for range 5 {
		least = min(least, testing.AllocsPerRun(1, func() {
			for range 1000 {
				f()
			}
		}))
	}
	return least
}

// sink keeps results alive.
var sink struct {
	n   int
	err error
}

// TestZeroAllocations covers every exported function that a packet can reach,
// where it succeeds and where it refuses.
func TestZeroAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	msg, home := reference(t)
	contexts := map[string]ext.SecurityContext{"hmac-md5": home}
	for a := ext.HMACSHA1; a <= ext.MD5PrefixSuffix2002; a++ {
		c, err := ext.NewSecurityContext(256, a, mobileHomeKey)
		if err != nil {
			t.Fatal(err)
		}
		contexts[a.String()] = c
	}
	chap, err := ext.NewSecurityContext(2, ext.CHAP, mobileHomeKey)
	if err != nil {
		t.Fatal(err)
	}
	var reply mipv4.Reply
	replyMsg := append(unhex("03000708 c000020a c0000201 eeae5a5a3eb7e123 9814020040 00 20010db8000100020000000000000000 8404deadbeef"+
		"8302 6140 00 8b010004c0000201 8b0502c0000202 9a010004 01020380 98130200 4000 20010db80001000200000000000000 2014 00000100"), make([]byte, 16)...)
	if err := reply.Parse(replyMsg); err != nil {
		t.Fatal(err)
	}
	out := make([]byte, 0, 2048)
	hostile := make([]byte, 0, 65535)
	hostile = append(hostile, msg[:24]...)
	for len(hostile)+20 <= cap(hostile) {
		hostile = append(hostile, msg[42:62]...)
	}
	// The first extension overruns, so that every head is refused but the fixed
	// part alone.
	refused := append([]byte(nil), msg...)
	refused[25] = 0xff
	decodeAll := func(l ext.List) {
		for x, ok := l.First(); ok; x, ok = l.Next(x) {
			_, err1 := ext.ParseAuth(x)
			_, err2 := ext.ParseMobileNodeNAI(x)
			_, err3 := ext.ParseChallenge(x)
			p, err4 := dsmip.ParsePrefixRequest(x)
			q, err5 := dsmip.ParsePrefixReply(x)
			_, err6 := dsmip.ParseTunnelingMode(x)
			for _, err := range [...]error{err1, err2, err3, err4, err5, err6, x.Check()} {
				if f, ok := err.(*code.Fault); ok && f.Reaction(code.HomeAgent).Stops() {
					sink.n += int(f.Breaks())
				}
			}
			if m, ok := p.NetPrefix(); ok {
				sink.n += m.Bits()
			}
			if m, ok := q.NetPrefix(); ok {
				sink.n += m.Bits()
			}
			if next, ok := l.At(x.Offset()); ok {
				sink.n += next.Offset()
			}
			sink.n += int(p.Wants()) + len(x.Bytes()) + len(x.Body()) + x.Offset()
			if q.Answers(p, dsmip.RFC5454) != dsmip.NoMatch || p.Same(p) {
				sink.n++
			}
			r, _ := ext.Lookup(x.Kind())
			sink.n += r.Min
		}
	}
	must := func(m []byte, err error) []byte {
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	auth := func(l ext.List, k ext.Kind) ext.Auth {
		a, err := l.Auth(k)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	gates := map[string]func(){
		"parse request": func() {
			var r mipv4.Request
			sink.err = r.Parse(msg)
			sink.n += int(r.Lifetime)
		},
		"ParseRequest": func() { r, err := mipv4.ParseRequest(msg); sink.n, sink.err = int(r.Lifetime), err },
		"ParseReply":   func() { r, err := mipv4.ParseReply(replyMsg); sink.n, sink.err = int(r.Lifetime), err },
		"refuse, every length": func() {
			b := msg
			for n := range len(b) {
				var r mipv4.Request
				var p mipv4.Reply
				sink.err = r.Parse(b[:n])
				sink.err = p.Parse(b[:n])
				at, err := mipv4.Locate(b[:n])
				if err != nil {
					sink.n += at
				}
			}
		},
		// What does not parse is not copied.
		"unmarshal refused": func() {
			var r mipv4.Request
			var p mipv4.Reply
			for n := range len(refused) {
				if n == 24 {
					continue // accepted, and copied
				}
				if err := r.UnmarshalBinary(refused[:n]); err == nil {
					t.Fatalf("a request of %d bytes is accepted", n)
				}
				if err := p.UnmarshalBinary(refused[:n]); err == nil {
					t.Fatalf("%d bytes of a request are a reply", n)
				}
			}
			for n := range 20 {
				if err := p.UnmarshalBinary(replyMsg[:n]); err == nil {
					t.Fatalf("a reply of %d bytes is accepted", n)
				}
			}
			if err := p.UnmarshalBinary(replyMsg[:len(replyMsg)-1]); err != ext.ErrOverrun {
				t.Fatal(err)
			}
			if err := r.UnmarshalBinary(hostile[:len(hostile)-1]); err != ext.ErrOverrun {
				t.Fatal(err)
			}
		},
		"answer": func() {
			var r mipv4.Request
			sink.err = r.Parse(msg)
			for _, role := range [...]code.Role{0, code.HomeAgent, code.ForeignAgent, code.MobileNode} {
				a := mipv4.Answer{Role: role, MaxLifetime: 60}
				p, err := a.Reply(&r, code.RegistrationAccepted)
				sink.n, sink.err = int(p.Lifetime), err
				for _, err := range [...]error{nil, ext.ErrMobileHomeInvalid, ext.ErrMobileForeignInvalid, ext.ErrUnknownType, mipv4.ErrTimestamp} {
					if p, ok := a.Refuse(&r, err); ok {
						sink.n += int(p.Code)
					}
				}
			}
			m := must(reply.AppendFAError(out[:0], code.FAHomeAgentFailedAuthentication))
			_, sink.err = reply.AppendFAError(m, code.HAReasonUnspecified)
		},
		// A datagram that lives on the stack stays there; it must not pass
		// through must or auth.
		"stack": func() {
			var b [200]byte
			m, err := home.Sign(b[:copy(b[:], msg[:86])], ext.KindMobileHomeAuth)
			if err != nil {
				t.Fatal(err)
			}
			l, err := ext.Parse(m, mipv4.TypeRequest.FixedLength())
			if err != nil {
				t.Fatal(err)
			}
			decodeAll(l)
			a, err := l.Auth(ext.KindMobileHomeAuth)
			if err != nil {
				t.Fatal(err)
			}
			l, err = home.Verify(a)
			sink.n, sink.err = l.Size(), err
		},
		"stack, ParseRequest": func() {
			var b [200]byte
			m, err := home.Sign(b[:copy(b[:], msg[:86])], ext.KindMobileHomeAuth)
			if err != nil {
				t.Fatal(err)
			}
			r, err := mipv4.ParseRequest(m)
			if err != nil {
				t.Fatal(err)
			}
			a, err := r.Extensions.Auth(ext.KindMobileHomeAuth)
			if err != nil {
				t.Fatal(err)
			}
			l, err := home.Verify(a)
			decodeAll(l)
			signed, err2 := r.Authorized()
			sink.n, sink.err = len(signed), err
			if err2 != nil {
				t.Fatal(err2)
			}
		},
		"stack, ParseReply": func() {
			var b [200]byte
			r, err := mipv4.ParseReply(b[:copy(b[:], replyMsg)])
			if err != nil {
				t.Fatal(err)
			}
			decodeAll(r.Extensions)
			signed, err := r.Authorized()
			sink.n, sink.err = len(signed), err
		},
		"TypeOf": func() { ty, err := mipv4.TypeOf(msg); sink.n, sink.err = int(ty), err; _, sink.err = mipv4.TypeOf(nil) },
		"walk and decode": func() {
			var r mipv4.Request
			sink.err = r.Parse(msg)
			decodeAll(r.Extensions)
			decodeAll(reply.Extensions)
		},
		"List": func() {
			l := reply.Extensions
			_, sink.err = l.Auth(ext.KindMobileHomeAuth)
			_, sink.err = l.Auth(ext.KindMobileForeignAuth)
			_, sink.err = l.Auth(ext.KindPadding)
			sink.n = l.Size() + len(l.Bytes()) + len(l.Message())
			if l.Equal(l) {
				sink.n++
			}
			for x := range l.All() {
				sink.n += x.Offset()
			}
		},
		"Authorized": func() {
			var r mipv4.Request
			sink.err = r.Parse(msg)
			p, err := r.Authorized()
			sink.n, sink.err = len(p), err
			p, err = reply.Authorized()
			sink.n, sink.err = len(p), err
		},
		"append": func() {
			var r mipv4.Request
			sink.err = r.Parse(msg)
			m := must(r.AppendBinary(out[:0]))
			m = must(reply.AppendBinary(m))
			m = must(ext.MobileNodeNAI{Identifier: msg[26:42]}.AppendBinary(m))
			m = must(ext.Challenge{Value: msg[26:42]}.AppendBinary(m))
			m = must(dsmip.RequestPrefix(netip.PrefixFrom(netip.IPv6Unspecified(), 64)).AppendBinary(m))
			m = must(dsmip.RequestInterfaceIdentifier([8]byte{1}).AppendBinary(m))
			m = must(dsmip.PrefixReply{Prefix: netip.IPv6Unspecified()}.AppendBinary(m))
			m = must(dsmip.TunnelingMode{}.AppendBinary(m))
			m = must(ext.AppendRaw(m, ext.KindCVSE, msg[:10]))
			sink.n = len(m)
		},
		"Append": func() {
			r, err := mipv4.ParseRequest(msg)
			if err != nil {
				t.Fatal(err)
			}
			r.Extensions = ext.List{}
			nai := ext.MobileNodeNAI{Identifier: msg[26:42]}
			challenge := ext.Challenge{Value: msg[:40]}
			prefix := dsmip.RequestAnyPrefix(64)
			m := must(mipv4.Append(out[:0], r.AppendBinary, nai.AppendBinary, prefix.AppendBinary, dsmip.TunnelingMode{}.AppendBinary,
				home.Signer(ext.KindMobileHomeAuth), challenge.AppendBinary, chap.SignerWithChallenge(ext.KindMNAAAAuth, challenge.Value)))
			_, sink.err = mipv4.Append(m, ext.MobileNodeNAI{}.AppendBinary, home.Signer(ext.KindMobileForeignAuth))
			_, sink.err = mipv4.Append(m, home.Signer(ext.KindPadding))
			sink.n = len(m)
		},
		"append refused": func() {
			var long [256]byte
			var m []byte
			_, sink.err = mipv4.Request{}.AppendBinary(m)
			_, sink.err = mipv4.Reply{}.AppendBinary(m)
			_, sink.err = ext.MobileNodeNAI{Identifier: long[:]}.AppendBinary(m)
			_, sink.err = ext.Challenge{}.AppendBinary(m)
			_, sink.err = dsmip.PrefixRequest{PrefixLength: 200}.AppendBinary(m)
			_, sink.err = dsmip.PrefixReply{}.AppendBinary(m)
			_, sink.err = ext.AppendRaw(m, 1<<8, nil)
		},
		"identification": func() {
			id := mipv4.Timestamp(time.Unix(1700000000, 0), 1)
			sink.n = int(id.Low()) + id.Time().Nanosecond()
		},
		"CHAP": func() {
			m := append(out[:0], msg...)
			m = must(ext.Challenge{Value: msg[:40]}.AppendBinary(m))
			m = must(chap.SignWithChallenge(m, ext.KindMNAAAAuth, msg[:40]))
			l, err := ext.Parse(m, mipv4.TypeRequest.FixedLength())
			if err != nil {
				t.Fatal(err)
			}
			a := auth(l, ext.KindMNAAAAuth)
			if _, err = chap.Verify(a); err != nil {
				t.Fatal(err)
			}
			_, sink.err = chap.VerifyWithChallenge(a, msg[:39])
			_, sink.err = chap.SignWithChallenge(m, ext.KindMNAAAAuth, nil)
			_, sink.err = chap.Sign(m, ext.KindMNAAAAuth)
		},
		"3,000 extensions": func() {
			var r mipv4.Request
			sink.err = r.Parse(hostile)
			_, sink.err = r.Authorized()
		},
	}
	for name, c := range contexts {
		gates["sign and verify "+name] = func() {
			m := append(out[:0], msg[:86]...)
			m = must(c.Sign(m, ext.KindMobileHomeAuth))
			var r mipv4.Request
			sink.err = r.Parse(m)
			a := auth(r.Extensions, ext.KindMobileHomeAuth)
			l, err := c.Verify(a)
			if err != nil {
				t.Fatal(err)
			}
			sink.n = l.Size() + len(a.Covered()) + len(a.Authenticator()) + int(a.SPI())
			m[2] ^= 1
			if _, err = c.Verify(a); err == nil {
				t.Fatal("verified")
			}
			_, sink.err = c.Sign(nil, ext.KindMobileHomeAuth)
			_, sink.err = c.Sign(m, ext.KindPadding)
		}
	}
	for name, f := range gates {
		if n := allocations(f); n != 0 {
			t.Errorf("%s: %v allocations in 1000 calls", name, n)
		}
	}
}
