package ext_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// The request of the vectors: D and T, lifetime 1800, 10.0.0.1 at 10.0.0.2 with
// care-of address 10.0.0.3.
const vectorRequest = "012207080a0000010a0000020a000003e000000112345678"

var vectorKey = unhex("000102030405060708090a0b0c0d0e0f")

func context(t testing.TB, spi uint32, a ext.Algorithm, key []byte) ext.SecurityContext {
	t.Helper()
	c, err := ext.NewSecurityContext(spi, a, key)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// first parses a message and returns its first authentication extension of a
// kind.
func first(t testing.TB, msg []byte, k ext.Kind) ext.Auth {
	t.Helper()
	// The messages here are Registration Requests.
	l, err := ext.Parse(msg, 24)
	if err != nil {
		t.Fatal(err)
	}
	a, err := l.Auth(k)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestVectors: the authenticators were computed with Python's hmac and hashlib
// from the formulas of RFC 5944 §3.5.1, RFC 2002 §3.5.1 and RFC 4721 §6, §8.
func TestVectors(t *testing.T) {
	const mhae = vectorRequest + "201400000100804145f2b3696284573badcdb6581487"
	const challenged = mhae + "8404deadbeef"
	aaa := []byte("aaa-secret")
	tests := []struct {
		name      string
		algorithm ext.Algorithm
		spi       uint32
		key       []byte
		msg       string
		kind      ext.Kind
		challenge []byte // of CHAP
		want      string
	}{
		{"HMAC-MD5", ext.HMACMD5, 256, vectorKey, vectorRequest, ext.KindMobileHomeAuth, nil,
			"2014 00000100 804145f2b3696284573badcdb6581487"},
		{"prefix+suffix, SPI covered", ext.MD5PrefixSuffix, 256, vectorKey, vectorRequest, ext.KindMobileHomeAuth, nil,
			"2014 00000100 96287e1e7bba92c097630341c6d2e059"},
		{"prefix+suffix, RFC 2002", ext.MD5PrefixSuffix2002, 256, vectorKey, vectorRequest, ext.KindMobileHomeAuth, nil,
			"2014 00000100 f25459d0d85e9c4fa8c0e628165e1c0f"},
		{"MN-AAA", ext.HMACMD5, 0x200, aaa, challenged, ext.KindMNAAAAuth, nil,
			"24010014 00000200 e3a8b8cb45bbcc3f7dbe6a48a3d4b2f8"},
		{"CHAP_SPI", ext.CHAP, 2, aaa, challenged, ext.KindMNAAAAuth, unhex("deadbeef"),
			"24010014 00000002 f9d4785b44b4fd82ce457b9ecba3b322"},
		{"CHAP_SPI, co-located", ext.CHAP, 2, aaa, mhae, ext.KindMNAAAAuth, []byte{0},
			"24010014 00000002 52ee25954f3246496f231a894ff152f9"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := context(t, tt.spi, tt.algorithm, tt.key)
			msg := unhex(tt.msg)
			sign := c.Sign
			if tt.challenge != nil {
				sign = func(msg []byte, k ext.Kind) ([]byte, error) { return c.SignWithChallenge(msg, k, tt.challenge) }
			}
			signed, err := sign(append(poisoned(200), msg...), tt.kind)
			if want := append(slices.Clone(msg), unhex(tt.want)...); err != nil || !bytes.Equal(signed, want) {
				t.Fatalf("%x, %v, want %x", signed, err, want)
			}
			a := first(t, signed, tt.kind)
			l, err := c.Verify(a)
			if err != nil || !bytes.Equal(l.Message(), msg) {
				t.Errorf("verified: %v, protects %x", err, l.Message())
			}
			if tt.challenge != nil {
				if l, err = c.VerifyWithChallenge(a, tt.challenge); err != nil || !bytes.Equal(l.Message(), msg) {
					t.Errorf("verified with the challenge: %v, protects %x", err, l.Message())
				}
			}
			if a.Kind() != tt.kind || a.SPI() != tt.spi || a.Offset() != len(msg) || len(a.Authenticator()) != 16 ||
				!bytes.Equal(a.Covered(), signed[:len(signed)-16]) {
				t.Errorf("%v, SPI %d, at %d, covers %x", a.Kind(), a.SPI(), a.Offset(), a.Covered())
			}
		})
	}
}

// TestChallengeWindow: CHAP_SPI takes the first octet of the challenge and its
// last 237 (RFC 4721 §8).
func TestChallengeWindow(t *testing.T) {
	key := []byte("secret")
	c := context(t, 2, ext.CHAP, key)
	for _, n := range []int{1, 2, 16, 236, 237, 238, 239, 255} {
		challenge := make([]byte, n)
		for i := range challenge {
			challenge[i] = byte(i + 1)
		}
		msg, err := ext.Challenge{Value: challenge}.AppendBinary(unhex(vectorRequest))
		if err != nil {
			t.Fatal(err)
		}
		inner := md5.Sum(append(slices.Clone(msg), unhex("24010014 00000002")...))
		tail := challenge
		if n > 237 {
			tail = challenge[n-237:]
		}
		input := slices.Concat(challenge[:1], key, inner[:], tail)
		want := md5.Sum(input)
		signed, err := c.SignWithChallenge(slices.Clone(msg), ext.KindMNAAAAuth, challenge)
		if err != nil || !bytes.Equal(signed[len(signed)-16:], want[:]) {
			t.Errorf("%d octets: %x, %v, want %x", n, signed[len(signed)-16:], err, want)
		}
		a := first(t, signed, ext.KindMNAAAAuth)
		if _, err := c.Verify(a); err != nil {
			t.Errorf("%d octets, challenge of the message: %v", n, err)
		}
		if _, err := c.VerifyWithChallenge(a, challenge); err != nil {
			t.Errorf("%d octets: %v", n, err)
		}
		for _, other := range [][]byte{nil, {0}, challenge[:n-1]} {
			if _, err := c.VerifyWithChallenge(a, other); err != ext.ErrMNAAAInvalid {
				t.Errorf("%d octets, verified with %d: %v", n, len(other), err)
			}
		}
	}
}

// TestRFC2202 has the published vectors of HMAC-MD5 and HMAC-SHA-1.
func TestRFC2202(t *testing.T) {
	seq := func(n int) (b []byte) {
		for i := 1; i <= n; i++ {
			b = append(b, byte(i))
		}
		return b
	}
	of := func(c byte, n int) []byte { return bytes.Repeat([]byte{c}, n) }
	tests := []struct {
		key, data []byte
		md5, sha1 string
	}{
		{of(0x0b, 16), []byte("Hi There"), "9294727a3638bb1c13f48ef8158bfc9d", ""},
		{of(0x0b, 20), []byte("Hi There"), "", "b617318655057264e28bc0b6fb378c8ef146be00"},
		{[]byte("Jefe"), []byte("what do ya want for nothing?"), "750c783e6ab0b503eaa86e310a5db738", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
		{of(0xaa, 16), of(0xdd, 50), "56be34521d144c88dbb8c733f0e8b3f6", ""},
		{of(0xaa, 20), of(0xdd, 50), "", "125d7342b9ac11cd91a39af48aa17b4f63f175d3"},
		{seq(25), of(0xcd, 50), "697eaf0aca3a3aea3a75164746ffaa79", "4c9007f4026250c6bc8414f9bf50c86c2d7235da"},
		{of(0x0c, 16), []byte("Test With Truncation"), "56461ef2342edc00f9bab995690efd4c", ""},
		{of(0x0c, 20), []byte("Test With Truncation"), "", "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04"},
		{of(0xaa, 80), []byte("Test Using Larger Than Block-Size Key - Hash Key First"), "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd", "aa4ae5e15272d00e95705637ce8a3b55ed402112"},
		{of(0xaa, 80), []byte("Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data"), "6f630fad67cda0ee1fb1f562db3aa53e", "e8e99d0f45237d786d6bbaa7965c7808bbff1a91"},
	}
	for _, tt := range tests {
		for algorithm, want := range map[ext.Algorithm]string{ext.HMACMD5: tt.md5, ext.HMACSHA1: tt.sha1} {
			if want == "" {
				continue
			}
			if got := ext.Compute(context(t, 256, algorithm, tt.key), tt.data); hex.EncodeToString(got) != want {
				t.Errorf("%v of %q: %x, want %s", algorithm, tt.data, got, want)
			}
		}
	}
	// RFC 4231 §4.2, test case 1.
	if got := ext.Compute(context(t, 256, ext.HMACSHA256, of(0x0b, 20)), []byte("Hi There")); hex.EncodeToString(got) !=
		"b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" {
		t.Errorf("HMAC-SHA-256: %x", got)
	}
}

// TestKeySizes has keys as long as the block of the hashes, which are not hashed, and
// their neighbours, against the standard library's HMAC.
func TestKeySizes(t *testing.T) {
	data := []byte(vectorRequest)
	for algorithm, digest := range map[ext.Algorithm]func() hash.Hash{ext.HMACMD5: md5.New, ext.HMACSHA1: sha1.New, ext.HMACSHA256: sha256.New} {
		for _, n := range []int{1, 63, 64, 65} {
			key := bytes.Repeat([]byte{0xa5}, n)
			want := hmac.New(digest, key)
			want.Write(data)
			if got := ext.Compute(context(t, 256, algorithm, key), data); !bytes.Equal(got, want.Sum(nil)) {
				t.Errorf("%v with a key of %d bytes: %x", algorithm, n, got)
			}
		}
	}
}

// TestCHAPKind: under CHAP only type 36 verifies, also where the authenticator of another
// type is what RFC 4721 §8 computes with the challenge zero of a co-located mobile node.
func TestCHAPKind(t *testing.T) {
	chap := context(t, 2, ext.CHAP, []byte("secret"))
	for head, want := range map[string]*code.Fault{
		"\x24\x01\x00\x14\x00\x00\x00\x02": nil,
		"\x20\x14\x00\x00\x00\x02":         ext.ErrMobileHomeInvalid,
	} {
		covered := "\x01" + head
		inner := md5.Sum([]byte(covered))
		sum := md5.Sum([]byte("\x00secret" + string(inner[:]) + "\x00"))
		l, err := ext.Parse([]byte(covered+string(sum[:])), 1)
		if err != nil {
			t.Fatal(err)
		}
		x, _ := l.First()
		a, err := ext.ParseAuth(x)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := chap.Verify(a); want == nil && err != nil || want != nil && err != want {
			t.Errorf("%v: %v", x.Kind(), err)
		}
	}
}

// TestFlipped: every covered bit and every bit of the authenticator counts, and
// so does its length.
func TestFlipped(t *testing.T) {
	kinds := map[ext.Kind]*code.Fault{
		ext.KindMobileHomeAuth: ext.ErrMobileHomeInvalid, ext.KindMobileForeignAuth: ext.ErrMobileForeignInvalid,
		ext.KindForeignHomeAuth: ext.ErrForeignHomeInvalid, ext.KindMNAAAAuth: ext.ErrMNAAAInvalid,
		ext.KindFAFAAuth: ext.ErrGeneralizedInvalid,
	}
	for kind, fault := range kinds {
		for _, algorithm := range []ext.Algorithm{ext.HMACMD5, ext.HMACSHA1, ext.HMACSHA256, ext.MD5PrefixSuffix, ext.MD5PrefixSuffix2002} {
			c := context(t, 0x1234, algorithm, vectorKey)
			msg, err := c.Sign(unhex(vectorRequest), kind)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.Verify(first(t, msg, kind)); err != nil {
				t.Fatalf("%v, %v: %v", kind, algorithm, err)
			}
			for bit := range len(msg) * 8 {
				if at := bit / 8; at == 0 || at >= 24 && at < len(msg)-len(first(t, msg, kind).Authenticator())-4 {
					continue // the message's type and the extension's own header
				}
				msg[bit/8] ^= 1 << (bit % 8)
				l, err := c.Verify(first(t, msg, kind))
				if err != fault && err != ext.ErrSPI || l.Size() != 0 || len(l.Message()) != 0 {
					t.Errorf("%v, %v, bit %d flipped: %v", kind, algorithm, bit, err)
				}
				msg[bit/8] ^= 1 << (bit % 8)
			}
			if kind.Type() == 36 {
				continue
			}
			for n := range len(msg) - 30 {
				short := slices.Clone(msg[:30+n])
				short[25] = byte(4 + n)
				if _, err := c.Verify(first(t, short, kind)); err != fault {
					t.Errorf("%v, %v, authenticator cut to %d: %v", kind, algorithm, n, err)
				}
			}
			long := append(slices.Clone(msg), 0)
			long[25]++
			if _, err := c.Verify(first(t, long, kind)); err != fault {
				t.Errorf("%v, %v, authenticator lengthened: %v", kind, algorithm, err)
			}
		}
	}
}

// TestProtected: what stands behind the authenticator is not in the list, and
// of two authenticators the first is found.
func TestProtected(t *testing.T) {
	c := context(t, 256, ext.HMACMD5, vectorKey)
	msg, _ := ext.MobileNodeNAI{Identifier: []byte("a@b")}.AppendBinary(unhex(vectorRequest))
	msg, _ = c.Sign(msg, ext.KindMobileHomeAuth)
	end := len(msg)
	msg, _ = ext.AppendRaw(msg, ext.KindServiceSelection, []byte("gold"))
	msg, _ = c.Sign(msg, ext.KindMobileHomeAuth)
	a := first(t, msg, ext.KindMobileHomeAuth)
	l, err := c.Verify(a)
	if err != nil || a.Offset()+len(a.Raw().Bytes()) != end {
		t.Fatalf("%v, at %d", err, a.Offset())
	}
	if got := walk(l); len(got) != 1 || got[0].kind != ext.KindMobileNodeNAI {
		t.Errorf("protected: %v", got)
	}
}

func TestAuthErrors(t *testing.T) {
	l, err := ext.Parse(unhex("aa 2003000100 8200"), 1)
	if err != nil {
		t.Fatal(err)
	}
	absent := map[ext.Kind]*code.Fault{
		ext.KindMobileForeignAuth: ext.ErrNoMobileForeign, ext.KindForeignHomeAuth: ext.ErrNoForeignHome,
		ext.KindMNAAAAuth: ext.ErrNoGeneralized, ext.KindMNGFAAuth: ext.ErrNoGeneralized, ext.KindMobileNodeNAI: ext.ErrKind, 36<<8 | 9: ext.ErrKind,
	}
	for k, want := range absent {
		if _, err := l.Auth(k); err != want {
			t.Errorf("%v: %v, want %v", k, err, want)
		}
	}
	if _, err := (ext.List{}).Auth(ext.KindMobileHomeAuth); err != ext.ErrNoMobileHome {
		t.Errorf("%v", err)
	}
	row, _ := ext.Lookup(ext.KindMobileHomeAuth)
	if _, err := l.Auth(ext.KindMobileHomeAuth); err != row.BadLength {
		t.Errorf("cut SPI: %v", err)
	}
	x, _ := l.First()
	x, _ = l.Next(x)
	if _, err := ext.ParseAuth(x); err != ext.ErrKind {
		t.Errorf("%v as authentication: %v", x.Kind(), err)
	}
}

func TestSignRefuses(t *testing.T) {
	normal := context(t, 256, ext.HMACMD5, vectorKey)
	chap := context(t, 2, ext.CHAP, vectorKey)
	request := vectorRequest
	tests := []struct {
		name    string
		context ext.SecurityContext
		msg     []byte
		kind    ext.Kind
		want    *code.Fault
	}{
		{"zero context", ext.SecurityContext{}, unhex(request), ext.KindMobileHomeAuth, ext.ErrKey},
		{"no authentication", normal, unhex(request), ext.KindMobileNodeNAI, ext.ErrKind},
		{"unassigned sub-type", normal, unhex(request), 36<<8 | 9, ext.ErrKind},
		{"SPI 0", context(t, 0, ext.HMACMD5, vectorKey), unhex(request), ext.KindMobileHomeAuth, ext.ErrReservedSPI},
		{"SPI 255", context(t, 255, ext.HMACMD5, vectorKey), unhex(request), ext.KindMNAAAAuth, ext.ErrReservedSPI},
		{"SPI 2 without CHAP", context(t, 2, ext.HMACMD5, vectorKey), unhex(request), ext.KindMNAAAAuth, ext.ErrReservedSPI},
		{"CHAP without a challenge", chap, unhex(request), ext.KindMNAAAAuth, ext.ErrCHAP},
		{"CHAP, the challenge in the message", chap, unhex(request + "8404deadbeef"), ext.KindMNAAAAuth, ext.ErrCHAP},
		{"CHAP under another SPI", context(t, 256, ext.CHAP, vectorKey), unhex(request), ext.KindMNAAAAuth, ext.ErrCHAP},
		{"CHAP outside type 36", chap, unhex(request), ext.KindMobileHomeAuth, ext.ErrCHAP},
		{"nothing", normal, nil, ext.KindMobileHomeAuth, ext.ErrNoMessage},
		{"nothing, CHAP", chap, nil, ext.KindMNAAAAuth, ext.ErrCHAP},
		// Type 32 takes 2 + 4 bytes and the authenticator, type 36 4 + 4.
		{"too long", normal, make([]byte, 65535-21), ext.KindMobileHomeAuth, ext.ErrTooLong},
		{"too long for type 36", normal, make([]byte, 65535-23), ext.KindFAFAAuth, ext.ErrTooLong},
		{"too long for HMAC-SHA-1", context(t, 256, ext.HMACSHA1, vectorKey), make([]byte, 65535-25), ext.KindForeignHomeAuth, ext.ErrTooLong},
		{"too long for HMAC-SHA-256", context(t, 256, ext.HMACSHA256, vectorKey), make([]byte, 65535-39), ext.KindMNAAAAuth, ext.ErrTooLong},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			buf := append(tt.msg, bytes.Repeat([]byte{0xa5}, 64)...)
			whole := slices.Clone(buf)
			b, err := tt.context.Sign(buf[:len(tt.msg)], tt.kind)
			if err != tt.want || len(b) != len(tt.msg) || !bytes.Equal(buf, whole) {
				t.Errorf("%v, %d bytes, want %v", err, len(b), tt.want)
			}
		})
	}
	for _, tt := range []struct {
		algorithm ext.Algorithm
		kind      ext.Kind
		size      int
	}{
		{ext.HMACMD5, ext.KindMobileHomeAuth, 22}, {ext.HMACMD5, ext.KindMNAAAAuth, 24}, {ext.HMACMD5, ext.KindMNPARAuth, 24},
		{ext.HMACSHA1, ext.KindForeignHomeAuth, 26}, {ext.HMACSHA256, ext.KindMNAAAAuth, 40},
	} {
		c := context(t, 256, tt.algorithm, vectorKey)
		b, err := c.Sign(make([]byte, 65535-tt.size), tt.kind)
		if err != nil || len(b) != 65535 {
			t.Errorf("the longest message with %v: %v, %d bytes", tt.kind, err, len(b))
			continue
		}
		l, err := ext.Parse(b, 65535-tt.size)
		if err != nil {
			t.Fatal(err)
		}
		a, err := l.Auth(tt.kind)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Verify(a); err != nil {
			t.Errorf("the longest message with %v: %v", tt.kind, err)
		}
	}
}

func TestSignWithChallengeRefuses(t *testing.T) {
	chap := context(t, 2, ext.CHAP, vectorKey)
	request := unhex(vectorRequest)
	tests := []struct {
		name      string
		context   ext.SecurityContext
		msg       []byte
		kind      ext.Kind
		challenge []byte
		want      *code.Fault
	}{
		{"zero context", ext.SecurityContext{}, request, ext.KindMNAAAAuth, []byte{0}, ext.ErrCHAP},
		{"HMAC-MD5", context(t, 256, ext.HMACMD5, vectorKey), request, ext.KindMNAAAAuth, []byte{1}, ext.ErrCHAP},
		{"SPI 256", context(t, 256, ext.CHAP, vectorKey), request, ext.KindMNAAAAuth, []byte{0}, ext.ErrCHAP},
		{"SPI 3", context(t, 3, ext.CHAP, vectorKey), request, ext.KindMNAAAAuth, []byte{0}, ext.ErrCHAP},
		{"outside type 36", chap, request, ext.KindMobileHomeAuth, []byte{0}, ext.ErrCHAP},
		{"no authentication", chap, request, ext.KindChallenge, []byte{0}, ext.ErrKind},
		{"no challenge", chap, request, ext.KindMNAAAAuth, nil, ext.ErrChallenge},
		{"empty challenge", chap, request, ext.KindMNAAAAuth, []byte{}, ext.ErrChallenge},
		{"long challenge", chap, request, ext.KindMNAAAAuth, make([]byte, 256), ext.ErrChallenge},
		{"nothing", chap, nil, ext.KindMNAAAAuth, []byte{0}, ext.ErrNoMessage},
		{"too long", chap, make([]byte, 65535-23), ext.KindMNAAAAuth, []byte{0}, ext.ErrTooLong},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			buf := append(slices.Clone(tt.msg), bytes.Repeat([]byte{0xa5}, 64)...)
			whole := slices.Clone(buf)
			b, err := tt.context.SignWithChallenge(buf[:len(tt.msg)], tt.kind, tt.challenge)
			if err != tt.want || len(b) != len(tt.msg) || !bytes.Equal(buf, whole) {
				t.Errorf("%v, %d bytes, want %v", err, len(b), tt.want)
			}
		})
	}
	if b, err := chap.SignWithChallenge(make([]byte, 65535-24), ext.KindMNAAAAuth, []byte{0}); err != nil || len(b) != 65535 {
		t.Errorf("the longest message: %v, %d bytes", err, len(b))
	}
	// The message is not read: what is signed need not be one that can be walked.
	if b, err := chap.SignWithChallenge(unhex("04000000"), ext.KindMNAAAAuth, []byte{0}); err != nil || len(b) != 4+24 {
		t.Errorf("Tunnel Data: %v, %d bytes", err, len(b))
	}
}

// TestVerifyChallenge: Verify takes the challenge from the message: the last
// Challenge in front of the authenticator, or the zero octet.
func TestVerifyChallenge(t *testing.T) {
	chap := context(t, 2, ext.CHAP, vectorKey)
	sign := func(challenges string, challenge []byte, behind string) ext.Auth {
		msg, err := chap.SignWithChallenge(unhex(vectorRequest+challenges), ext.KindMNAAAAuth, challenge)
		if err != nil {
			t.Fatal(err)
		}
		return first(t, append(msg, unhex(behind)...), ext.KindMNAAAAuth)
	}
	tests := []struct {
		name       string
		challenges string
		challenge  []byte
		behind     string
		want       error
	}{
		{"none, zero octet", "", []byte{0}, "", nil},
		{"none, another octet", "", []byte{1}, "", ext.ErrMNAAAInvalid},
		{"one", "8404deadbeef", unhex("deadbeef"), "", nil},
		{"one, signed with zero", "8404deadbeef", []byte{0}, "", ext.ErrMNAAAInvalid},
		{"two, the last", "8401aa 8401bb", unhex("bb"), "", nil},
		{"two, the first", "8401aa 8401bb", unhex("aa"), "", ext.ErrMNAAAInvalid},
		{"another behind", "8401aa", unhex("aa"), "8401bb", nil},
		{"one behind only", "", []byte{0}, "8401bb", nil},
		{"empty", "8400", []byte{0}, "", ext.ErrMNAAAInvalid},
	}
	for _, tt := range tests {
		if l, err := chap.Verify(sign(tt.challenges, tt.challenge, tt.behind)); err != tt.want || err != nil && l.Size() != 0 {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

func TestVerifyRefuses(t *testing.T) {
	c := context(t, 256, ext.HMACMD5, vectorKey)
	msg, err := c.Sign(unhex(vectorRequest), ext.KindMobileHomeAuth)
	if err != nil {
		t.Fatal(err)
	}
	a := first(t, msg, ext.KindMobileHomeAuth)
	if _, err := (ext.SecurityContext{}).Verify(a); err != ext.ErrKey {
		t.Errorf("zero context: %v", err)
	}
	if _, err := context(t, 257, ext.HMACMD5, vectorKey).Verify(a); err != ext.ErrSPI {
		t.Errorf("another SPI: %v", err)
	}
	if _, err := c.Verify(ext.Auth{}); err != ext.ErrSPI {
		t.Errorf("zero Auth: %v", err)
	}
	zero := context(t, 0, ext.HMACMD5, vectorKey)
	if _, err := zero.Verify(ext.Auth{}); err == nil {
		t.Error("the zero Auth verifies")
	}
	if _, err := c.VerifyWithChallenge(a, []byte{0}); err != ext.ErrCHAP {
		t.Errorf("challenge without CHAP: %v", err)
	}
	chap := context(t, 256, ext.CHAP, vectorKey)
	if _, err := chap.VerifyWithChallenge(a, []byte{0}); err != ext.ErrMobileHomeInvalid {
		t.Errorf("CHAP outside type 36: %v", err)
	}
	// A capture has SPI 1: verifying is no question of the number.
	key := bytes.Repeat([]byte{0x11}, 16)
	reserved := unhex(vectorRequest + "2014 00000001")
	sum := md5.Sum(slices.Concat(key, reserved, key))
	if _, err := context(t, 1, ext.MD5PrefixSuffix, key).Verify(first(t, append(reserved, sum[:]...), ext.KindMobileHomeAuth)); err != nil {
		t.Errorf("SPI 1: %v", err)
	}
}

func TestNewSecurityContext(t *testing.T) {
	if _, err := ext.NewSecurityContext(256, ext.HMACMD5, nil); err != ext.ErrKey {
		t.Errorf("no key: %v", err)
	}
	if _, err := ext.NewSecurityContext(256, ext.CHAP+1, vectorKey); err != ext.ErrAlgorithm {
		t.Errorf("unknown algorithm: %v", err)
	}
	key := slices.Clone(vectorKey)
	c := context(t, 256, ext.HMACMD5, key)
	clear(key)
	msg, err := c.Sign(unhex(vectorRequest), ext.KindMobileHomeAuth)
	if err != nil || hex.EncodeToString(msg[30:]) != "804145f2b3696284573badcdb6581487" {
		t.Errorf("the key was not copied: %x", msg[30:])
	}
	if c.SPI() != 256 || c.Algorithm() != ext.HMACMD5 {
		t.Errorf("SPI %d, %v", c.SPI(), c.Algorithm())
	}
	for _, word := range []string{"hmac-md5", "hmac-sha1", "hmac-sha256", "md5-prefix-suffix", "md5-prefix-suffix-2002", "chap"} {
		if a, err := ext.ParseAlgorithm(word); err != nil || a.String() != word {
			t.Errorf("%s: %v, %v", word, a, err)
		}
	}
	if _, err := ext.ParseAlgorithm("hmac-md6"); err != ext.ErrAlgorithm {
		t.Errorf("%v", err)
	}
}

// TestSecret: no verb, no nesting and no encoding prints the key.
func TestSecret(t *testing.T) {
	key := []byte("KEYKEYKEYKEYKEY!")
	c := context(t, 256, ext.HMACMD5, key)
	forms := []string{string(key), hex.EncodeToString(key), strings.ToUpper(hex.EncodeToString(key)), "75 69 89", "S0VZ"}
	values := []any{c, &c, []ext.SecurityContext{c}, struct{ C ext.SecurityContext }{c}, map[int]*ext.SecurityContext{1: &c}}
	for _, v := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x", "%X", "%q", "%t", "%p", "%08b"} {
			text := fmt.Sprintf(verb, v)
			for _, form := range forms {
				if strings.Contains(text, form) {
					t.Errorf("%s prints %s", verb, text)
				}
			}
		}
		if j, err := json.Marshal(v); err == nil && bytes.Contains(j, []byte("S0VZ")) {
			t.Errorf("JSON: %s", j)
		}
	}
	if got := fmt.Sprint(c); got != "SPI 256, hmac-md5" {
		t.Errorf("%q", got)
	}
	if got := fmt.Sprintf("%#v", c); got != "ext.SecurityContext(SPI 256, hmac-md5)" {
		t.Errorf("%q", got)
	}
}

func TestConcurrent(t *testing.T) {
	for _, algorithm := range []ext.Algorithm{ext.HMACMD5, ext.MD5PrefixSuffix} {
		c := context(t, 256, algorithm, vectorKey)
		want, err := c.Sign(unhex(vectorRequest), ext.KindMobileHomeAuth)
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 8 {
			wg.Add(1)
			go func() {
				defer wg.Done()
				for range 500 {
					msg, err := c.Sign(unhex(vectorRequest), ext.KindMobileHomeAuth)
					if err != nil || !bytes.Equal(msg, want) {
						t.Errorf("%x, %v", msg, err)
						return
					}
					if _, err := c.Verify(first(t, msg, ext.KindMobileHomeAuth)); err != nil {
						t.Error(err)
						return
					}
				}
			}()
		}
		wg.Wait()
	}
}

// TestFirstUse: what a context computes first allocates no more than what it
// computes later.
func TestFirstUse(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector empties pools at random")
	}
	for a := ext.HMACMD5; a < ext.CHAP; a++ {
		const runs = 50
		least := 1.0
		for range 5 { // a garbage collection may empty the pools
			var fresh []ext.SecurityContext
			for range runs + 1 {
				fresh = append(fresh, context(t, 256, a, vectorKey))
			}
			msg, err := fresh[runs].Sign(unhex(vectorRequest), ext.KindMobileHomeAuth)
			if err != nil {
				t.Fatal(err)
			}
			auth := first(t, msg, ext.KindMobileHomeAuth)
			n := 0
			least = min(least, testing.AllocsPerRun(runs-1, func() {
				if _, err := fresh[n].Verify(auth); err != nil {
					t.Fatal(err)
				}
				n++
			}))
		}
		if least != 0 {
			t.Errorf("%v: the first Verify allocates", a)
		}
	}
}

// TestFIPS runs itself in a process that forbids MD5.
func TestFIPS(t *testing.T) {
	const inside = "DSMIPV4_TEST_FIPS"
	if os.Getenv(inside) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestFIPS$", "-test.v")
		cmd.Env = append(os.Environ(), "GODEBUG=fips140=only", inside+"=1")
		out, err := cmd.CombinedOutput()
		if err != nil || !bytes.Contains(out, []byte("PASS: TestFIPS")) {
			t.Errorf("%v: %s", err, out)
		}
		return
	}
	for a := ext.HMACMD5; a <= ext.CHAP; a++ {
		_, err := ext.NewSecurityContext(256, a, vectorKey)
		if a == ext.HMACSHA256 {
			if err != nil {
				t.Errorf("%v: %v", a, err)
			}
		} else if err != ext.ErrAlgorithm {
			t.Errorf("%v: %v", a, err)
		}
	}
	if _, err := ext.NewSecurityContext(256, ext.HMACSHA256, vectorKey[:8]); err != ext.ErrAlgorithm {
		t.Errorf("a key of 8 bytes: %v", err)
	}
}

func TestNAIAndChallenge(t *testing.T) {
	long := bytes.Repeat([]byte{0xa5}, 256)
	for _, n := range []int{1, 16, 255} {
		want := append([]byte{131, byte(n)}, long[:n]...)
		if b, err := (ext.MobileNodeNAI{Identifier: long[:n]}).AppendBinary(nil); err != nil || !bytes.Equal(b, want) {
			t.Errorf("NAI of %d: %x, %v", n, b, err)
		}
		want[0] = 132
		if b, err := (ext.Challenge{Value: long[:n]}).AppendBinary(nil); err != nil || !bytes.Equal(b, want) {
			t.Errorf("challenge of %d: %x, %v", n, b, err)
		}
	}
	for _, n := range []int{0, 256} {
		buf := poisoned(300)
		if b, err := (ext.MobileNodeNAI{Identifier: long[:n]}).AppendBinary(buf); err != ext.ErrNAI || !untouched(buf, b) {
			t.Errorf("NAI of %d: %v", n, err)
		}
		if b, err := (ext.Challenge{Value: long[:n]}).AppendBinary(buf); err != ext.ErrChallenge || !untouched(buf, b) {
			t.Errorf("challenge of %d: %v", n, err)
		}
	}
	l, err := ext.Parse(unhex("83026162 8402dead 8300 8400"), 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for x := range l.All() {
		n, err1 := ext.ParseMobileNodeNAI(x)
		c, err2 := ext.ParseChallenge(x)
		if (err1 == nil) != (x.Type() == 131) || (err2 == nil) != (x.Type() == 132) ||
			err1 != nil && err1 != ext.ErrKind || err2 != nil && err2 != ext.ErrKind {
			t.Errorf("%v as NAI: %v, as challenge: %v", x.Kind(), err1, err2)
		}
		got = append(got, fmt.Sprintf("%d %s%s", x.Type(), n.Identifier, c.Value))
	}
	want := []string{"131 ab", "132 \xde\xad", "131 ", "132 "}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
