package mipv4_test

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// A home agent protects itself against replays. Both requests are authentic; the
// second is a copy of the first.
func ExampleTimestamps() {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var node mipv4.Timestamps // kept with the mobile node's association
	request := mipv4.Request{Identification: mipv4.Timestamp(now.Add(-2*time.Second), 0x5a5a5a5a)}
	for range 2 {
		id, err := node.Judge(request.Identification, now, 7*time.Second)
		if err == nil {
			err = node.Commit(request.Identification) // once the registration is accepted
		}
		fmt.Println(id, err)
	}
	// Output:
	// ed00377e000005a5 <nil>
	// ed003780000005a5 the Identification's timestamp does not exceed the greatest accepted (RFC 5944 §5.7.1, §3.8.2.1)
}

// A home agent and a mobile node find each other's nonces: the first request is
// denied, and the denial brings what the second needs.
func ExampleNonces() {
	var agent mipv4.Nonces
	var node mipv4.MobileNonces
	random := []uint32{0x11111111, 0x22222222, 0x33333333, 0x44444444}
	for i := range 2 {
		asked := node.Next(random[2*i])
		id, err := agent.Judge(asked, random[2*i+1])
		reply := mipv4.Reply{Code: code.RegistrationAccepted, Identification: id}
		if err != nil {
			reply.Code = code.HAIdentificationMismatch
		}
		err = agent.Commit(asked, random[2*i+1]) // every reply has a new nonce
		fmt.Println(asked, reply.Code, id, err == nil)
		if err := node.Learn(&reply); err != nil { // once the reply is verified
			fmt.Println(err)
		}
	}
	// Output:
	// 0000000011111111 registration Identification mismatch 2222222211111111 false
	// 2222222233333333 registration accepted 4444444433333333 true
}

// A mobile node whose clock is a day behind learns the home agent's.
func ExampleMobileTimestamps() {
	here := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	there := here.Add(24 * time.Hour)
	var agent mipv4.Timestamps
	var node mipv4.MobileTimestamps
	for range 2 {
		asked := node.Next(here, 0x5a5a5a5a)
		id, err := agent.Judge(asked, there, 7*time.Second)
		reply := mipv4.Reply{Code: code.RegistrationAccepted, Identification: id}
		if err != nil {
			reply.Code = code.HAIdentificationMismatch
		}
		fmt.Println(asked.Time().Format(time.DateTime), reply.Code)
		if err := node.Learn(&reply, here); err != nil { // once the reply is verified
			fmt.Println(err)
		}
	}
	// Output:
	// 2026-01-01 00:00:00 registration Identification mismatch
	// 2026-01-02 00:00:00 registration accepted
}

// Retransmission: with nonces the datagram is sent again as it is, with timestamps it
// has a new Identification, and has to be signed again.
func ExampleMobileTimestamps_Retransmit() {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var timestamps mipv4.MobileTimestamps
	var nonces mipv4.MobileNonces
	fmt.Println(timestamps.Next(now, 0x5a5a5a5a), timestamps.Retransmit(now.Add(time.Second), 0x77777777))
	first := nonces.Next(0x5a5a5a5a)
	again, _ := nonces.Retransmit()
	fmt.Println(first, again)
	// Output:
	// ed003780000005a5 ed00378100000777
	// 000000005a5a5a5a 000000005a5a5a5a
}

// A mobile node keeps its registration alive: the same prefixes, its own
// authenticator anew.
func ExampleRequest_Renew() {
	request, err := mipv4.ParseRequest([]byte("\x01\x22\x07\x08\xc0\x00\x02\x0a\xc0\x00\x02\x01\xc6\x33\x64\x07\xee\xae\x5a\x5a\x3e\xb7\xe1\x23" +
		"\x98\x12\x01\x40\x20\x01\x0d\xb8\x00\x01\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00" +
		"\x20\x06\x00\x00\x01\x00\x01\x02"))
	fmt.Println(request, err)
	renewed := request.Renew(request.Identification+1<<32, 600)
	fmt.Println(renewed) // to be written, and signed
	// Output:
	// Registration Request flags DT lifetime 1800s home 192.0.2.10 agent 192.0.2.1 care-of 198.51.100.7 id eeae5a5a3eb7e123 [IPv6 Prefix Request, Mobile-Home Authentication] <nil>
	// Registration Request flags DT lifetime 600s home 192.0.2.10 agent 192.0.2.1 care-of 198.51.100.7 id eeae5a5b3eb7e123 [IPv6 Prefix Request]
}

func ExampleReply_Answers() {
	asked := mipv4.Request{Lifetime: 1800, HomeAddress: netip.MustParseAddr("192.0.2.10"), Identification: 0x1111111133333333}
	reply := mipv4.Reply{Lifetime: 3600, HomeAddress: netip.MustParseAddr("192.0.2.10"), Identification: 0x2222222233333333}
	fmt.Println(reply.Answers(&asked), reply.Granted(&asked))
	reply.HomeAddress = netip.MustParseAddr("192.0.2.11")
	fmt.Println(reply.Answers(&asked))
	// Output:
	// <nil> 1800s
	// the reply's Home Address is not that of the request (RFC 5944 §3.7.2.3, §3.7.3.1, §3.8.3.2)
}

// Which bindings a home agent deletes when it accepts a request.
func ExampleRequest_Deletes() {
	home, first, second := netip.MustParseAddr("192.0.2.10"), netip.MustParseAddr("198.51.100.7"), netip.MustParseAddr("203.0.113.9")
	for _, careOf := range []netip.Addr{home, first} {
		r := mipv4.Request{Lifetime: mipv4.Deregister, HomeAddress: home, CareOfAddress: careOf}
		fmt.Println(r.Deletes(first, true), r.Deletes(second, true))
	}
	// Output:
	// true true
	// true false
}
