package rules_test

import (
	"encoding/hex"
	"fmt"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// A foreign agent's request lacks the Foreign-Home Authentication for which both agents
// share an association: the home agent rejects it with Code 132.
func ExampleSituation_Request() {
	msg, err := hex.DecodeString("01000708c000020ac0000201c6336407eeae5a5a3eb7e123" + // as RFC 5944 §3.3 has it
		"20140000010000112233445566778899aabbccddeeff")
	if err != nil {
		panic(err)
	}
	request, err := mipv4.ParseRequest(msg)
	if err != nil {
		panic(err)
	}

	situation := rules.Situation{Leg: code.FAtoHA, Profile: dsmip.RFC5454, ForeignHome: rules.Shared}
	for v := range situation.Request(&request) {
		if v.Fault == nil {
			fmt.Println(v.Offset, v.Extension.Kind(), "is right")
		} else if reaction := v.Fault.Reaction(situation.Leg.Receiver()); reaction.Stops() {
			fmt.Println(v.Offset, v.Fault, "-", reaction)
		}
	}
	// Output:
	// 46 no Foreign-Home Authentication extension (RFC 5944 §3.7.2.2, §3.7.3.1, §3.8.2.1, §3.8.3.3, RFC 3344 §3.7.2.2, §3.8.2.1, RFC 4636 §4) - SHOULD reply 132
	// 24 Mobile-Home Authentication is right
}

// What no message carries is told to the rule book, and then judged.
func ExampleReceiver() {
	msg, err := hex.DecodeString("0120ffffc000020ac0000201c6336407eeae5a5a3eb7e123" + "20140000010000112233445566778899aabbccddeeff")
	if err != nil {
		panic(err)
	}
	request, err := mipv4.ParseRequest(msg)
	if err != nil {
		panic(err)
	}
	foreign := rules.Situation{Leg: code.MNtoFA, Profile: dsmip.RFC5454, Receiver: &rules.Receiver{LongestLifetime: 1800}}
	fmt.Println(foreign.CheckRequest(&request))
	// Output: the Lifetime is longer than the foreign agent grants (RFC 5944 §3.6.1.2, §3.7.2.3)
}

// An answer is judged with the message that it answers: here the foreign agent says that it
// informed the mobile node, although the home agent had asked for silence.
func ExampleSituation_Message() {
	parse := func(digits string) mipv4.Message {
		b, err := hex.DecodeString(digits)
		if err != nil {
			panic(err)
		}
		m, err := mipv4.Parse(b)
		if err != nil {
			panic(err)
		}
		return m
	}
	const foreignHome = "221400000100112233445566778899aabbccddeeff00"
	revocation := parse("07008000" + "c000020a" + "c0000201" + "c6336407" + "65b8a2f1" + foreignHome) // RFC 3543 §3.3
	acknowledgment := parse("0f008000" + "c000020a" + "65b8a2f1" + foreignHome)                       // RFC 3543 §3.4

	situation := rules.Situation{Leg: code.FAtoHA, Profile: dsmip.RFC5454, ForeignHome: rules.Shared}
	for v := range situation.Message(acknowledgment, revocation) {
		if v.Fault == nil {
			fmt.Println(v.Offset, v.Extension.Kind(), "is right")
		} else {
			fmt.Println(v.Offset, v.Fault, "-", v.Fault.Reaction(situation.Leg.Receiver()))
		}
	}
	// Output:
	// 2 the I bit of the acknowledgment is set, and that of the revocation is not (RFC 3543 §3.4) - ignore
	// 12 Foreign-Home Authentication is right
}
