package tunnel_test

import (
	"fmt"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// request is a mobile node's with a co-located care-of address.
var request = mipv4.Request{
	Flags:         mipv4.FlagDecapsulation | mipv4.FlagGRE | mipv4.FlagReverseTunnel,
	HomeAddress:   netip.MustParseAddr("192.0.2.10"),
	HomeAgent:     netip.MustParseAddr("192.0.2.1"),
	CareOfAddress: netip.MustParseAddr("198.51.100.7"),
}

// registered is what a home agent keeps of it: the request had an IPv6 Tunneling
// Mode extension and one IPv6 Prefix Request.
func registered(p dsmip.Profile) tunnel.Binding {
	b := tunnel.FromRequest(p, &request)
	b.Mode = b.Answer(true)
	b.Prefixes = []netip.Prefix{netip.MustParsePrefix("2001:db8:1::/48")}
	return b
}

func packet(source, destination string) tunnel.Packet {
	return tunnel.Packet{Source: netip.MustParseAddr(source), Destination: netip.MustParseAddr(destination)}
}

// A home agent sends an IPv6 packet to a mobile node, and lets in what comes back.
func Example() {
	binding := registered(dsmip.Draft06)
	if err := binding.Check(); err != nil {
		panic(err)
	}

	ipv6 := make([]byte, 40) // from the Internet, to 2001:db8:1::5
	ipv6[0], ipv6[6], ipv6[7] = 6<<4, 59, 64
	copy(ipv6[8:], netip.MustParseAddr("2001:db8:ffff::1").AsSlice())
	copy(ipv6[24:], netip.MustParseAddr("2001:db8:1::5").AsSlice())
	p, err := tunnel.ParsePacket(ipv6)
	if err != nil {
		panic(err)
	}
	path, err := binding.Forward(p, false)
	if err != nil {
		panic(err) // to be discarded; tunnel.Unreachable says whether silently
	}
	datagram, err := path.Encapsulate(nil, ipv6, tunnel.IPv4Header{TimeToLive: 64, Identification: 1})
	if err != nil {
		panic(err)
	}
	fmt.Println(path)
	fmt.Printf("%x\n", datagram[:24])

	// The same datagram comes back from a node that is not registered.
	d, err := tunnel.Decapsulate(datagram, binding.HomeAgent)
	if err != nil {
		panic(err)
	}
	err = binding.Admit(d.Path, d.Packet)
	fmt.Println(err)
	fmt.Println("security exception:", tunnel.SecurityException(err))
	// Output:
	// GRE 192.0.2.1 > 198.51.100.7
	// 4500004000010000402f8e52c0000201c6336407000086dd
	// the outer source is not an end of this mobile node's tunnels (draft-ietf-mip4-dsmipv4-06 §4.3.2, §5, RFC 5454 §3.3.2, §4, RFC 3024 §4.3.2, RFC 4213 §3.6)
	// security exception: true
}

func ExampleFromRequest() {
	b := tunnel.FromRequest(dsmip.RFC5454, &request)
	b.Prefixes = []netip.Prefix{netip.MustParsePrefix("2001:db8:1::/48")}
	fmt.Println(b, b.Check())
	// Output:
	// rfc5454 home 192.0.2.10 agent 192.0.2.1 co-located 198.51.100.7 GRE, IPv6 to HoA [2001:db8:1::/48] <nil>
}

// A request came through a NAT, and the UDP Tunnel Reply assents.
func ExampleBinding_OverUDP() {
	b := registered(dsmip.Draft06)
	b, err := b.OverUDP(netip.MustParseAddrPort("203.0.113.77:40001"), request.Flags, 0)
	if err != nil {
		panic(err)
	}
	path, err := b.Forward(packet("2001:db8:ffff::1", "2001:db8:1::5"), false)
	if err != nil {
		panic(err)
	}
	next, err := path.Protocol()
	fmt.Println(path)
	fmt.Println("Next Header of the Tunnel Data:", next, err)
	// Output:
	// IP in UDP 192.0.2.1:434 > 203.0.113.77:40001
	// Next Header of the Tunnel Data: 41 <nil>
}

// A mobile node registered its own care-of address through a foreign agent behind
// a NAT.
func ExampleBinding_Keepalive() {
	b := registered(dsmip.Draft06)
	b, _ = b.OverUDP(netip.MustParseAddrPort("203.0.113.77:0"), request.Flags, 0)
	_, err := b.Forward(packet("2001:db8:ffff::1", "2001:db8:1::5"), false)
	fmt.Println(err)
	b, err = b.Keepalive(netip.MustParseAddrPort("203.0.113.77:5002"), b.HomeAddress, b.HomeAgent)
	fmt.Println(b.Effective, err)
	// Output:
	// the UDP tunnel is half bound: no keepalive has come yet (RFC 3519 §4.6, §4.11)
	// 203.0.113.77:5002 <nil>
}

// The Code of an IPv6 Prefix Reply that accepts.
func ExampleBinding_Answer() {
	b := tunnel.FromRequest(dsmip.RFC5454, &request)
	fmt.Println(b.Answer(true))
	fmt.Println(b.Answer(false))
	b.Encapsulation = tunnel.Minimal // cannot carry IPv6
	fmt.Println(b.Answer(true))
	// Output:
	// registration accepted, IPv6 to be tunneled to CoA
	// registration accepted, IPv6 to be tunneled to HoA
	// registration accepted, IPv6 to be tunneled to HoA
}

func ExampleBinding_Forward() {
	b := registered(dsmip.Draft06)
	for _, destination := range []string{"2001:db8:1::5", "ff0e::1", "ff05::2", "fe80::1"} {
		path, err := b.Forward(packet("2001:db8:ffff::1", destination), true)
		fmt.Println(destination, path, err)
	}
	b.Mode = code.PrefixAcceptedHomeAddress
	fmt.Println(b.Forward(packet("2001:db8:ffff::1", "2001:db8:1::5"), false))
	// Output:
	// 2001:db8:1::5 GRE 192.0.2.1 > 198.51.100.7 <nil>
	// ff0e::1 GRE 192.0.2.1 > 198.51.100.7 <nil>
	// ff05::2 native a multicast packet of a scope below global is not tunneled (draft-ietf-mip4-dsmipv4-06 §4.3.2)
	// fe80::1 native a packet to the mobile node's link-local address is not tunneled (draft-ietf-mip4-dsmipv4-06 §4.3.2)
	// GRE 192.0.2.1 > 198.51.100.7, IP in IP 192.0.2.1 > 192.0.2.10 <nil>
}

func ExampleUnreachable() {
	b := registered(dsmip.Draft06)
	p := packet("2001:db8:ffff::1", "fe80::1")
	_, err := b.Forward(p, false)
	if tunnel.Unreachable(err, p.Source) {
		fmt.Println("ICMPv6 Destination Unreachable, Code", tunnel.AddressUnreachable, "to", p.Source)
	}
	// Output:
	// ICMPv6 Destination Unreachable, Code 3 to 2001:db8:ffff::1
}

func ExampleBinding_Admit() {
	b := registered(dsmip.RFC5454)
	gre := tunnel.Path{Outer: tunnel.Tunnel{
		Encapsulation: tunnel.GRE,
		Source:        netip.AddrPortFrom(b.CareOfAddress, 0),
		Destination:   netip.AddrPortFrom(b.HomeAgent, 0),
	}}
	fmt.Println(b.Admit(gre, packet("2001:db8:1::5", "2001:db8:ffff::1")))
	err := b.Admit(gre, packet("2001:db8:2::5", "2001:db8:ffff::1"))
	fmt.Println(err)
	fmt.Println(tunnel.SecurityException(err), err.(*code.Fault).Reaction(code.HomeAgent))
	// Output:
	// <nil>
	// the inner source falls under no prefix that is registered for this mobile node (RFC 5454 §3.3.2, §4)
	// true SHOULD discard
}

// The mobile node's side, by mode and care-of address.
func ExampleBinding_Send() {
	p := packet("2001:db8:1::5", "2001:db8:ffff::1")
	b := registered(dsmip.Draft06)
	fmt.Println(b.Send(p))
	b.Mode = code.PrefixAcceptedHomeAddress
	fmt.Println(b.Send(p))
	b.CoLocated = false
	fmt.Println(b.Send(p))
	b.Mode = code.PrefixAcceptedCareOfAddress
	fmt.Println(b.Send(p))
	// Output:
	// GRE 198.51.100.7 > 192.0.2.1 <nil>
	// GRE 198.51.100.7 > 192.0.2.1, IP in IP 192.0.2.10 > 192.0.2.1 <nil>
	// IP in IP 192.0.2.10 > 192.0.2.1 <nil>
	// native <nil>
}

func ExampleBinding_Receive() {
	b := registered(dsmip.RFC5454)
	fmt.Println(b.Receive(tunnel.Path{}, packet("2001:db8:ffff::1", "2001:db8:1::5")))
	// Output:
	// the packet is in no tunnel (draft-ietf-mip4-dsmipv4-06 §4.3.2, §4.5, RFC 5454 §3.3.2, §3.5)
}

// A foreign agent that added an IPv6 Tunneling Mode extension.
func ExampleBinding_Relay() {
	b := registered(dsmip.Draft06)
	b.CoLocated = false
	fmt.Println(b.Relay(tunnel.Path{}, packet("2001:db8:1::5", "2001:db8:ffff::1")))
	b.Profile = dsmip.RFC5454
	fmt.Println(b.Relay(tunnel.Path{}, packet("2001:db8:1::5", "2001:db8:ffff::1")))
	// Output:
	// GRE 198.51.100.7 > 192.0.2.1 <nil>
	// native the foreign agent neither receives nor sends IPv6 for this mobile node (draft-ietf-mip4-dsmipv4-06 §4.4, RFC 5454 §3.4)
}

func ExampleBinding_Deliver() {
	b := registered(dsmip.Draft06)
	b.CoLocated = false
	p := packet("2001:db8:ffff::1", "2001:db8:1::5")
	path, _ := b.Forward(p, false)
	fmt.Println(b.Deliver(path, p))
	b.Mode = code.PrefixAcceptedHomeAddress
	path, _ = b.Forward(p, false)
	fmt.Println(b.Deliver(path, p))
	// Output:
	// native <nil>
	// IP in IP 192.0.2.1 > 192.0.2.10 <nil>
}

func ExampleParseGRE() {
	ipv6 := make([]byte, 40)
	ipv6[0] = 6 << 4
	b, err := tunnel.GREPacket{
		ProtocolType: tunnel.ProtocolTypeIPv6,
		Key:          tunnel.GREKey{Identifier: 42, Present: true},
		Payload:      ipv6,
	}.AppendBinary(nil)
	fmt.Printf("%x %v\n", b[:8], err)
	fmt.Println(tunnel.ParseGRE(b))
	// Output:
	// 200086dd0000002a <nil>
	// GRE IPv6 key 0x0000002a, 40 bytes <nil>
}

func ExampleLinkLocal() {
	fmt.Println(tunnel.LinkLocal(netip.MustParseAddr("192.0.2.10")))
	// Output:
	// fe80::c000:20a
}
