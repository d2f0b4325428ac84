package mipv4_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// part appends some bytes.
func part(s string) func([]byte) ([]byte, error) {
	return func(b []byte) ([]byte, error) { return append(b, unhex(s)...), nil }
}

// TestAppend: the parts stand one behind the other, and a signer signs what stands
// before it. The authenticator is HMAC-MD5 of it, computed with Python.
func TestAppend(t *testing.T) {
	const head = "012207080a0000010a0000020a000003e000000112345678"
	const authenticator = "804145f2b3696284573badcdb6581487"
	home, err := ext.NewSecurityContext(256, ext.HMACMD5, unhex("000102030405060708090a0b0c0d0e0f"))
	if err != nil {
		t.Fatal(err)
	}
	aaa, err := ext.NewSecurityContext(2, ext.CHAP, []byte("aaa-secret"))
	if err != nil {
		t.Fatal(err)
	}
	const want = head + "201400000100" + authenticator + "8404deadbeef" + "2401001400000002" + "f9d4785b44b4fd82ce457b9ecba3b322"
	r, err := mipv4.ParseRequest(unhex(head))
	if err != nil {
		t.Fatal(err)
	}
	challenge := ext.Challenge{Value: unhex("deadbeef")}
	buf := bytes.Repeat([]byte{0xa5}, 200)
	msg, err := mipv4.Append(buf[:0], r.AppendBinary, home.Signer(ext.KindMobileHomeAuth), nil, challenge.AppendBinary,
		aaa.SignerWithChallenge(ext.KindMNAAAAuth, challenge.Value))
	if err != nil || !bytes.Equal(msg, unhex(want)) || &msg[0] != &buf[0] {
		t.Errorf("%x, %v, want %s", msg, err, want)
	}
	// The head of a message, as a foreign agent cuts it, is signed as well.
	msg, err = mipv4.Append(unhex(head), home.Signer(ext.KindMobileHomeAuth))
	if err != nil || !bytes.Equal(msg, unhex(head+"201400000100"+authenticator)) {
		t.Errorf("%x, %v", msg, err)
	}
	if b, err := mipv4.Append([]byte{7}); err != nil || !bytes.Equal(b, []byte{7}) {
		t.Errorf("no parts: %x, %v", b, err)
	}
}

// TestAppendPartRefuses: the first error ends it.
func TestAppendPartRefuses(t *testing.T) {
	after := 0
	later := func(b []byte) ([]byte, error) { after++; return b, nil }
	b := []byte{1, 2, 3}
	got, err := mipv4.Append(b, part("82 00"), ext.MobileNodeNAI{}.AppendBinary, later)
	if err != ext.ErrNAI || !bytes.Equal(got, []byte{1, 2, 3}) || after != 0 {
		t.Errorf("%x, %v, %d parts later", got, err, after)
	}
	if got, err = mipv4.Append(nil, mipv4.Reply{}.AppendBinary, later); err != mipv4.ErrHomeAddress || got != nil || after != 0 {
		t.Errorf("%x, %v, %d parts later", got, err, after)
	}
	// The longest message, and one byte more.
	b = slices.Grow(b, 65535)
	if got, err = mipv4.Append(b[:65533], part("82 00"), later); err != nil || len(got) != 65535 || after != 1 {
		t.Errorf("the longest: %d bytes, %v", len(got), err)
	}
	if got, err = mipv4.Append(b[:65533], part("82 00"), part("00"), later); err != ext.ErrTooLong || len(got) != 65533 || after != 1 {
		t.Errorf("too long: %d bytes, %v", len(got), err)
	}
}
