package mipv4_test

import (
	"encoding/hex"
	"fmt"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/mipv4"
)

// A foreign agent advertises: the fixed part, the extensions, and the checksum in
// the end.
func ExampleAgentAdvertisement() {
	routers, _ := mipv4.NewRouterAddresses(mipv4.RouterAddress{Address: netip.MustParseAddr("192.0.2.1")})
	careOf, _ := mipv4.NewCareOfAddresses(netip.MustParseAddr("192.0.2.1"))
	advertisement := mipv4.AgentAdvertisement{Lifetime: 1800, RouterAddresses: routers}
	agent := mipv4.MobilityAgentAdvertisement{
		RegistrationLifetime: 600,
		Flags:                mipv4.AgentForeign | mipv4.AgentReverseTunneling,
		CareOfAddresses:      careOf,
	}

	msg, _ := advertisement.AppendBinary(nil)
	msg, _ = agent.AppendBinary(msg)
	msg, _ = mipv4.PrefixLengths{Lengths: []byte{24}}.AppendBinary(msg)
	msg, err := mipv4.SetChecksum(msg)
	fmt.Printf("%x %v\n", msg, err)
	agent.SequenceNumber = agent.SequenceNumber.Next() // for the next one

	received, _ := mipv4.ParseAgentAdvertisement(msg)
	fmt.Println(received)
	fmt.Println(received.MobilityAgent())
	// Output:
	// 09001c8f01020708c000020100000000100a000002581100c0000201130118 <nil>
	// Agent Advertisement code 0 lifetime 1800s routers 192.0.2.1 (0) [Mobility Agent Advertisement, Prefix-Lengths]
	// Mobility Agent Advertisement flags FT sequence 0 lifetime 600s care-of 192.0.2.1 <nil>
}

// A tool takes whatever comes.
func ExampleParse() {
	for _, digits := range []string{
		"07008000c000020ac6336401cb00710565b8a2f0",
		"0404000045000014",
		"020000",
	} {
		b, _ := hex.DecodeString(digits)
		m, err := mipv4.Parse(b)
		switch m := m.(type) {
		case mipv4.Revocation:
			fmt.Println("revoked:", m.HomeAddress)
		case mipv4.TunnelData:
			fmt.Println("tunnelled:", m.NextHeader)
		default:
			fmt.Println(err)
		}
	}
	// Output:
	// revoked: 192.0.2.10
	// tunnelled: IP header
	// a message of a type that no RFC defines (RFC 5944 §6.1)
}
