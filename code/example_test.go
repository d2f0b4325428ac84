package code_test

import (
	"fmt"

	"github.com/go-mobileip/dsmipv4/code"
)

func ExampleRegistration_Origin() {
	for _, c := range []code.Registration{0, 67, 133, 110, 77, 250} {
		fmt.Printf("%d %v: %v\n", uint8(c), c.Origin(), c)
	}
	// Output:
	// 0 accepted: registration accepted
	// 67 foreign agent: mobile node failed authentication
	// 133 home agent: registration Identification mismatch
	// 110 gateway foreign agent: replay protection style unavailable
	// 77 foreign agent: invalid care-of address
	// 250 unassigned: 250
}

func ExampleReaction() {
	badMobileForeign := code.ToDiscard | code.ShouldAnswer | code.Reaction(code.FAMobileNodeFailedAuthentication)
	c, _ := badMobileForeign.Code()
	fmt.Println(badMobileForeign)
	fmt.Println(badMobileForeign.Action() == code.Discard, badMobileForeign.Answer(), uint8(c))
	// Output:
	// discard, SHOULD reply 67
	// true SHOULD 67
}
