package code_test

import (
	"errors"
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

// A fault is made once, as a package variable, from constants.
var errMobileForeign = code.NewFault("the Mobile-Foreign authenticator is wrong", "RFC 5944 §3.7.2.1", code.Must,
	0, code.ToDiscard|code.ShouldAnswer|code.Act(code.FAMobileNodeFailedAuthentication), code.ToDiscard)

// An error of this module is a fault, also where a caller has wrapped it. It says
// what each role is to do.
func ExampleFault() {
	err := fmt.Errorf("from 192.0.2.10: %w", errMobileForeign)

	var fault *code.Fault
	if !errors.As(err, &fault) {
		return
	}
	reaction := fault.Reaction(code.ForeignAgent)
	c, _ := reaction.Code()
	fmt.Println(fault)
	fmt.Println("breaks a", fault.Breaks(), "of", fault.Source())
	fmt.Println(reaction)
	fmt.Println(reaction.Action() == code.Discard, reaction.Answer(), uint8(c))
	// Output:
	// the Mobile-Foreign authenticator is wrong (RFC 5944 §3.7.2.1)
	// breaks a must of RFC 5944 §3.7.2.1
	// discard, SHOULD reply 67
	// true SHOULD 67
}
