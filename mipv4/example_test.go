package mipv4_test

import (
	"encoding/hex"
	"fmt"

	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// A foreign agent relays a request: it keeps what the mobile node signed, drops
// what was meant for itself, and signs for the home agent.
func ExampleRequest_Authorized() {
	mobileHome, _ := ext.NewSecurityContext(256, ext.HMACMD5, []byte("1234567812345678"))
	mobileForeign, _ := ext.NewSecurityContext(513, ext.HMACMD5, []byte("0123456789abcdef"))
	foreignHome, _ := ext.NewSecurityContext(770, ext.HMACMD5, []byte("foreign-home-key"))

	msg, _ := hex.DecodeString("010207080a01010ac0000201c6336407eeae5a5a3eb7e123")
	msg, _ = mobileHome.Sign(msg, ext.KindMobileHomeAuth)
	msg, _ = ext.AppendRaw(msg, ext.KindEncapsulatingDelivery, nil)
	msg, _ = mobileForeign.Sign(msg, ext.KindMobileForeignAuth)

	request, _ := mipv4.ParseRequest(msg)
	fmt.Println(request)
	relayed, _ := request.Authorized()
	relayed, _ = foreignHome.Sign(relayed, ext.KindForeignHomeAuth)
	request, _ = mipv4.ParseRequest(relayed)
	fmt.Println(request)
	// Output:
	// Registration Request flags T lifetime 1800s home 10.1.1.10 agent 192.0.2.1 care-of 198.51.100.7 id eeae5a5a3eb7e123 [Mobile-Home Authentication, Encapsulating Delivery Style, Mobile-Foreign Authentication]
	// Registration Request flags T lifetime 1800s home 10.1.1.10 agent 192.0.2.1 care-of 198.51.100.7 id eeae5a5a3eb7e123 [Mobile-Home Authentication, Foreign-Home Authentication]
}

func ExampleTypeOf() {
	t, err := mipv4.TypeOf([]byte{3, 0})
	fmt.Println(t, err)
	_, err = mipv4.ParseReply([]byte{3, 0})
	fmt.Println(err)
	// Output:
	// Registration Reply <nil>
	// Registration Reply shorter than its fixed part of 20 bytes (RFC 5944 §3.4)
}
