package ext_test

import (
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// A Registration Request with a Mobile Node NAI, and the same with a Length that
// lies.
func ExampleParse() {
	msg, _ := hex.DecodeString("012207080a01010ac0000201c6336407eeae5a5a3eb7e123" + "8305612e6e6574")
	list, err := ext.Parse(msg, 24)
	for x, ok := list.First(); ok; x, ok = list.Next(x) {
		fmt.Printf("at %d: %v, body %q\n", x.Offset(), x.Kind(), x.Body())
	}
	fmt.Println(err)

	_, err = ext.Parse(append(msg, 131, 9), 24)
	fmt.Println(err)
	var fault *code.Fault
	if errors.As(err, &fault) {
		fmt.Println(fault.Reaction(code.HomeAgent))
	}
	// Output:
	// at 24: Mobile Node NAI, body "a.net"
	// <nil>
	// the extension's Length runs past the end of the message (RFC 5944 §1.9)
	// unspecified (discard)
}

// What an attacker appends behind an authenticator is not in the list that
// Verify returns.
func ExampleSecurityContext_Verify() {
	home, _ := ext.NewSecurityContext(256, ext.HMACMD5, []byte("1234567812345678"))
	msg, _ := hex.DecodeString("012207080a01010ac0000201c6336407eeae5a5a3eb7e123")
	msg, _ = ext.MobileNodeNAI{Identifier: []byte("user@example.net")}.AppendBinary(msg)
	msg, _ = home.Sign(msg, ext.KindMobileHomeAuth)
	msg, _ = ext.AppendRaw(msg, ext.KindServiceSelection, []byte("gold"))

	list, _ := ext.Parse(msg, 24)
	auth, _ := list.Auth(ext.KindMobileHomeAuth)
	protected, err := home.Verify(auth)
	fmt.Println(len(auth.Covered()), err)
	for x := range protected.All() {
		fmt.Println(x.Kind())
	}
	// Output:
	// 48 <nil>
	// Mobile Node NAI
}
