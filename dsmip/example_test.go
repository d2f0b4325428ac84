package dsmip_test

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// The example of the README: a mobile node builds and signs a request, its home
// agent parses and verifies it.
func Example() {
	home, err := ext.NewSecurityContext(256, ext.HMACMD5, []byte("sixteen byte key"))
	if err != nil {
		panic(err)
	}

	// The mobile node: its own care-of address, one IPv6 prefix.
	request := mipv4.Request{
		Flags:          mipv4.FlagDecapsulation | mipv4.FlagReverseTunnel,
		Lifetime:       1800,
		HomeAddress:    netip.MustParseAddr("192.0.2.10"),
		HomeAgent:      netip.MustParseAddr("192.0.2.1"),
		CareOfAddress:  netip.MustParseAddr("198.51.100.7"),
		Identification: mipv4.Timestamp(time.Now(), 0x12345678), // the second argument is to be random
	}
	prefix := dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8:1:2::/64"))
	msg, err := mipv4.Append(nil, request.AppendBinary, prefix.AppendBinary,
		dsmip.TunnelingMode{}.AppendBinary, home.Signer(ext.KindMobileHomeAuth))
	if err != nil {
		panic(err)
	}

	// The home agent: what it acts on is what the authenticator protects.
	received, err := mipv4.ParseRequest(msg)
	if err != nil {
		panic(err)
	}
	auth, err := received.Extensions.Auth(ext.KindMobileHomeAuth)
	if err != nil {
		panic(err)
	}
	protected, err := home.Verify(auth)
	if err != nil {
		panic(err)
	}
	for x, ok := protected.First(); ok; x, ok = protected.Next(x) {
		switch x.Kind() {
		case ext.KindIPv6PrefixRequest:
			p, err := dsmip.ParsePrefixRequest(x)
			fmt.Println(p.Wants(), p.Prefix, p.PrefixLength, err)
		case ext.KindIPv6TunnelingMode:
			fmt.Println("tunnel IPv6 to", received.CareOfAddress)
		}
	}
	// Output:
	// prefix 2001:db8:1:2:: 64 <nil>
	// tunnel IPv6 to 198.51.100.7
}

func ExamplePrefixRequest_Wants() {
	for _, p := range []dsmip.PrefixRequest{
		dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8::/48")),
		dsmip.RequestAnyPrefix(64),
		dsmip.RequestInterfaceIdentifier([8]byte{2, 0, 0, 0xff, 0xfe, 0, 0, 1}),
		dsmip.RequestLinkLocal(netip.MustParseAddr("fe80::c000:20a")),
	} {
		b, err := p.AppendBinary(nil)
		fmt.Printf("%v: % x %v\n", p.Wants(), b[:8], err)
	}
	// Output:
	// prefix: 98 12 01 30 20 01 0d b8 <nil>
	// any prefix: 98 12 01 40 00 00 00 00 <nil>
	// interface identifier: 98 12 01 80 00 00 00 00 <nil>
	// link-local address: 98 12 01 ff fe 80 00 00 <nil>
}
