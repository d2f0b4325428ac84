package mipv4_test

import (
	"bytes"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestMessagesAuthenticated: the authenticators of the messages that carry them, by
// an independent HMAC-MD5 over the message, the extensions in front and the
// extension's own header and SPI (RFC 5944 §3.5.1, RFC 4721 §6). Which kind a message
// carries say RFC 3543 §3.3, RFC 4881 §4.5, RFC 4857 §10, RFC 4988 §5.1, RFC 6098
// §4.1 and RFC 4064 §3.
func TestMessagesAuthenticated(t *testing.T) {
	key := octets("000102030405060708090a0b0c0d0e0f")
	context, err := ext.NewSecurityContext(0x10203, ext.HMACMD5, key)
	if err != nil {
		t.Fatal(err)
	}
	wrong := map[ext.Kind]*code.Fault{
		ext.KindMobileHomeAuth: ext.ErrMobileHomeInvalid, ext.KindMobileForeignAuth: ext.ErrMobileForeignInvalid,
		ext.KindForeignHomeAuth: ext.ErrForeignHomeInvalid, ext.KindFAFAAuth: ext.ErrGeneralizedInvalid,
		ext.KindMNGFAAuth: ext.ErrGeneralizedInvalid, ext.KindMNPARAuth: ext.ErrGeneralizedInvalid,
	}
	tests := []struct {
		name   string
		fixed  string
		kind   ext.Kind
		header string // of the authentication extension
		mac    string // over fixed part, tail, header and SPI
	}{
		{"Revocation", "07008000 0a0b0c0d 14151617 1e1f2021 60616263", ext.KindMobileHomeAuth, "2014", "9a21f6d36893ef73c773c229f55cdefc"},
		{"Revocation", "07008000 0a0b0c0d 14151617 1e1f2021 60616263", ext.KindForeignHomeAuth, "2214", "ac3cbdf17460f0eacd50f390dce5c68f"},
		{"RevocationAcknowledgment", "0f008000 0a0b0c0d 60616263", ext.KindMobileHomeAuth, "2014", "28eba0ec3541aea06993135ebaccee2e"},
		{"RevocationAcknowledgment", "0f008000 0a0b0c0d 60616263", ext.KindForeignHomeAuth, "2214", "24f485336b4b5ec2ee151375149a4b10"},
		{"HandoffRequest", "10aa0000 01020000 0a0b0c0d 14151617 28292a2b2c2d2e2f", ext.KindFAFAAuth, "24020014", "6e94da0cadc1fc22be2e10e665c1c18b"},
		{"HandoffReply", "11aa0001 01020000 0a0b0c0d 14151617 28292a2b2c2d2e2f", ext.KindFAFAAuth, "24020014", "bd14e49a657ed823ba76d345085d771b"},
		{"RegionalRequest", "12a50102 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", ext.KindMNGFAAuth, "24030014", "2c639ec84fcac0f6d4faebec3840c3d6"},
		{"RegionalRequest", "12a50102 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", ext.KindMobileForeignAuth, "2114", "dcd3ad9dce4d4fa1e65756af73036143"},
		{"RegionalReply", "13700102 0a0b0c0d 14151617 28292a2b2c2d2e2f", ext.KindMNGFAAuth, "24030014", "f432b8a3de3fa3c657e190067f451971"},
		{"RegionalReply", "13700102 0a0b0c0d 14151617 28292a2b2c2d2e2f", ext.KindMobileForeignAuth, "2114", "b20e9d9d086627782f5d9a000d36f218"},
		{"FastBindingUpdate", "143a0209 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", ext.KindMNPARAuth, "24040014", "37e369a68c76f84357747fa010d712d9"},
		{"FastBindingAck", "158203ff 0a0b0c0d 14151617 28292a2b2c2d2e2f", ext.KindMNPARAuth, "24040014", "c46edd8137b4735735d3f7bc8c11b533"},
		{"Notification", "16018000 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", ext.KindMobileHomeAuth, "2014", "6e6bd668ea56a7267c84f96b5cd72d7c"},
		{"Notification", "16018000 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", ext.KindMobileForeignAuth, "2114", "885c6259b3a6b551d1a32e648aa03066"},
		{"Notification", "16018000 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", ext.KindForeignHomeAuth, "2214", "9dd1f50a6f891f7cb0feed4aca132f9c"},
		{"NotificationAck", "17054500 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", ext.KindMobileHomeAuth, "2014", "e6100f736f3424e718ecdaec3747a51f"},
		{"NotificationAck", "17054500 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", ext.KindMobileForeignAuth, "2114", "ab1738515f2602786eef57c92c31e633"},
		{"NotificationAck", "17054500 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", ext.KindForeignHomeAuth, "2214", "8973066244f1c2efd8fda7a13024ab4d"},
		{"Experimental", "ff", ext.KindMobileHomeAuth, "2014", "f02c135cbb497e74b08315b84227fe63"},
	}
	for _, tt := range tests {
		fixed := octets(tt.fixed)
		parsed, err := mipv4.Parse(append(bytes.Clone(fixed), octets(tail)...))
		if err != nil {
			t.Fatal(err)
		}
		msg, err := parsed.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		msg, err = context.Sign(msg, tt.kind)
		want := octets(tt.fixed + tail + tt.header + "00010203" + tt.mac)
		if err != nil || !bytes.Equal(msg, want) {
			t.Errorf("%s, %v: signed %x, %v, want %x", tt.name, tt.kind, msg, err, want)
			continue
		}
		// The extensions of an experimental message begin where the experiment has
		// them: here behind the type.
		l, err := ext.Parse(want, len(fixed))
		if err != nil {
			t.Fatal(err)
		}
		signed, err := mipv4.Parse(want)
		if err != nil {
			t.Fatal(err)
		}
		if signed.MessageType() != mipv4.TypeExperimental {
			l = signed.List()
		}
		auth, err := l.Auth(tt.kind)
		if err != nil {
			t.Fatal(err)
		}
		protected, err := context.Verify(auth)
		if err != nil || !bytes.Equal(protected.Bytes(), octets(tail)) {
			t.Errorf("%s, %v: %v protects %x", tt.name, tt.kind, err, protected.Bytes())
		}
		for i := range 8 * len(auth.Covered()) {
			if i/8 >= auth.Offset() {
				continue // what the header says decides how it is read
			}
			broken := bytes.Clone(want)
			broken[i/8] ^= 1 << (i % 8)
			l, err := ext.Parse(broken, len(fixed))
			if err != nil {
				continue
			}
			if auth, err := l.Auth(tt.kind); err == nil {
				if _, err := context.Verify(auth); fault(err) != wrong[tt.kind] {
					t.Errorf("%s, %v, bit %d: %v", tt.name, tt.kind, i, err)
				}
			}
		}
	}
}
