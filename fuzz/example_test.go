package fuzz_test

import (
	"fmt"

	gofuzz "github.com/google/gofuzz"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// A campaign against a home agent, and what a conforming one may do.
func Example() {
	home, err := ext.NewSecurityContext(256, ext.HMACMD5, []byte("sixteen byte key"))
	if err != nil {
		panic(err)
	}
	campaign, err := fuzz.New(fuzz.Setup{
		Seed:       1,
		Situation:  rules.Situation{Leg: code.MNtoHA, Profile: dsmip.RFC5454},
		MobileHome: home,
	})
	if err != nil {
		panic(err)
	}
	buf := make([]byte, 0, 1<<16)
	for _, i := range []uint64{19, 47, 94, 107} {
		k := campaign.Case(i, buf) // any i, in any order: always the same packet
		fmt.Printf("%d %s, %s: %v\n", i, k.Mutation.Name, k.Source(), k.Allowed)
	}
	// Output:
	// 19 unknown-type-last, RFC 5944 §1.8: silence
	// 47 home-care-of-address, RFC 5944 §3.6.1.2: any answer or silence
	// 94 two-tunneling-modes, draft-ietf-mip4-dsmipv4-06 §4.1, §4.5, RFC 5454 §3.1: any answer or silence
	// 107 mobile-home-truncated-authenticator, RFC 5944 §3.6.2.1, §3.8.2.1: Code 128-131, 135, 137-139, 142 or silence
}

// Gofuzz fills any message once it has Funcs.
func ExampleFuncs() {
	f := gofuzz.NewWithSeed(1).Funcs(fuzz.Funcs()...)
	var r mipv4.Request
	f.Fuzz(&r)
	msg, err := r.AppendBinary(nil)
	if err == nil {
		_, err = mipv4.ParseRequest(msg)
	}
	fmt.Println(r.HomeAddress.Is4(), err)
	// Output: true <nil>
}
