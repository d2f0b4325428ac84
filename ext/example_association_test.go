package ext_test

import (
	"fmt"

	"github.com/go-mobileip/dsmipv4/ext"
)

// While keys change two nodes share several security contexts, and a message says by its
// SPI which one was used.
func ExampleAssociation() {
	old, err := ext.NewSecurityContext(256, ext.HMACMD5, []byte("sixteen byte key"))
	if err != nil {
		panic(err)
	}
	current, err := ext.NewSecurityContext(257, ext.HMACSHA256, []byte("at least sixteen bytes"))
	if err != nil {
		panic(err)
	}
	association := ext.Association{current, old}

	msg, err := old.Sign([]byte{1, 131, 1, 'n'}, ext.KindMobileHomeAuth)
	if err != nil {
		panic(err)
	}
	list, err := ext.Parse(msg, 1) // a message whose fixed part has one byte
	if err != nil {
		panic(err)
	}
	auth, err := list.Auth(ext.KindMobileHomeAuth)
	if err != nil {
		panic(err)
	}
	protected, by, err := association.Verify(auth)
	fmt.Println(by, err)
	if x, ok := protected.Find(ext.KindMobileNodeNAI); ok {
		fmt.Println(x.Kind())
	}
	// Output:
	// SPI 256, hmac-md5 <nil>
	// Mobile Node NAI
}
