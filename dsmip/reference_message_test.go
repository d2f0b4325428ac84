package dsmip_test

import (
	"testing"

	"github.com/go-mobileip/dsmipv4/ext"
)

// referenceHex is R, the message of the allocation gate and the benchmarks:
// a request with a Mobile Node NAI of 16 bytes, two IPv6 Prefix Requests, IPv6
// Tunneling Mode and Mobile-Home Authentication, 108 bytes. The authenticator
// is set by reference.
const referenceHex = "01 22 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123" +
	"83 10 75736572406578616d706c652e6e6574" +
	"98 12 01 40 20010db8000100020000000000000000" +
	"98 12 01 30 20010db8000200000000000000000000" +
	"98 02 03 00"

var (
	mobileHomeKey = unhex("000102030405060708090a0b0c0d0e0f")
	// referenceMAC is HMAC-MD5 of R up to its SPI, computed with OpenSSL.
	referenceMAC = unhex("486acbe2027399ed0dc698fea73fbc81")
)

func reference(t testing.TB) (msg []byte, c ext.SecurityContext) {
	c, err := ext.NewSecurityContext(256, ext.HMACMD5, mobileHomeKey)
	if err != nil {
		t.Fatal(err)
	}
	msg = append(unhex(referenceHex+"20 14 00000100"), referenceMAC...)
	if len(msg) != 108 {
		t.Fatalf("R has %d bytes", len(msg))
	}
	return msg, c
}
