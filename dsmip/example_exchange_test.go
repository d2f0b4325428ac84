package dsmip_test

import (
	"fmt"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// A registration of three prefixes, one of them of the home agent's choice: what the home
// agent decides, and what the mobile node makes of the answer.
func ExampleProfile_Outcomes() {
	const spoken = dsmip.Draft06
	association, err := ext.NewSecurityContext(256, ext.HMACMD5, []byte("sixteen byte key"))
	if err != nil {
		panic(err)
	}
	// The mobile node asks.
	msg, err := mipv4.Request{
		Flags: mipv4.FlagDecapsulation, Lifetime: 1800, Identification: 0xeeae5a5a3eb7e123,
		HomeAddress:   netip.MustParseAddr("192.0.2.10"),
		HomeAgent:     netip.MustParseAddr("192.0.2.1"),
		CareOfAddress: netip.MustParseAddr("198.51.100.7"),
	}.AppendBinary(nil)
	for _, p := range []dsmip.PrefixRequest{
		dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8:1::/48")),
		dsmip.RequestPrefix(netip.MustParsePrefix("2001:db9::/48")),
		dsmip.RequestAnyPrefix(64),
	} {
		if err == nil {
			msg, err = p.AppendBinary(msg)
		}
	}
	if err == nil {
		msg, err = dsmip.TunnelingMode{}.AppendBinary(msg)
	}
	if err == nil {
		msg, err = association.Sign(msg, ext.KindMobileHomeAuth)
	}
	if err != nil {
		panic(err)
	}
	asked, err := mipv4.ParseRequest(msg)
	if err != nil {
		panic(err)
	}

	// The home agent answers every prefix, by what was verified.
	verify := func(l ext.List) ext.List {
		a, err := l.Auth(ext.KindMobileHomeAuth)
		if err != nil {
			panic(err)
		}
		protected, err := association.Verify(a)
		if err != nil {
			panic(err)
		}
		return protected
	}
	served := []netip.Prefix{netip.MustParsePrefix("2001:db8::/32")}
	verified := verify(asked.Extensions)
	accepted := spoken.AcceptingCode(&asked, verified, ext.List{})
	fixed, err := mipv4.Answer{Role: code.HomeAgent}.Reply(&asked, code.RegistrationAccepted)
	if err == nil {
		msg, err = fixed.AppendBinary(nil)
	}
	for p, again := range spoken.Requests(verified) {
		var answer dsmip.PrefixReply
		if c, ok := spoken.Judge(p, served, nil); !ok {
			answer = p.Answer(c)
		} else if p.Wants() == dsmip.WantPrefix {
			answer = p.Answer(accepted)
		} else if answer, ok = assign(p, accepted); !ok && again {
			continue
		}
		if err == nil {
			msg, err = answer.AppendBinary(msg)
		}
	}
	if err == nil {
		msg, err = association.Sign(msg, ext.KindMobileHomeAuth)
	}
	if err != nil {
		panic(err)
	}

	// The mobile node learns what came of each.
	reply, err := mipv4.ParseReply(msg)
	if err != nil {
		panic(err)
	}
	for o := range spoken.Outcomes(&asked, &reply, verify(reply.Extensions)) {
		fmt.Println(o)
	}
	// Output:
	// prefix 2001:db8:1::/48 registered as 2001:db8:1::/48, tunnel: care-of address
	// prefix 2001:db9::/48 rejected, Code 10
	// any prefix ::/64 registered as 2001:db8:ffff:1::/64, tunnel: care-of address
}

// assign is a home agent with one prefix to give.
func assign(p dsmip.PrefixRequest, c code.IPv6Prefix) (dsmip.PrefixReply, bool) {
	answer, err := p.Assign(c, netip.MustParsePrefix("2001:db8:ffff:1::/64"))
	if err != nil {
		return p.Answer(code.PrefixReasonUnspecified), false
	}
	return answer, true
}

// How a reply matches, under the draft and under RFC 5454.
func ExamplePrefixReply_Answers() {
	reply := dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8:1::/48")).Answer(code.PrefixAcceptedHomeAddress)
	for _, asked := range []dsmip.PrefixRequest{
		dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8:1::/48")),
		dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8:1::/64")),
		dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8:2::/48")),
		dsmip.RequestAnyPrefix(48),
		dsmip.RequestInterfaceIdentifier([8]byte{7: 1}),
	} {
		fmt.Printf("%v, %v\n", reply.Answers(asked, dsmip.Draft06), reply.Answers(asked, dsmip.RFC5454))
	}
	// Output:
	// prefix, prefix
	// prefix field, prefix field
	// none, none
	// assigned, none
	// assigned, none
}

// Replies seen one by one: who asked for them, and what is wrong with them.
func ExampleProfile_Matches() {
	msg := []byte("\x01\x20\x07\x08\xc0\x00\x02\x0a\xc0\x00\x02\x01\xc6\x33\x64\x07\xee\xae\x5a\x5a\x3e\xb7\xe1\x23" +
		"\x98\x12\x01\x40\x20\x01\x0d\xb8\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	asked, _ := mipv4.ParseRequest(msg)
	replies, _ := ext.Parse([]byte("\x98\x14\x02\x00\x30\x00\x20\x01\x0d\xb8\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"+
		"\x98\x14\x02\x01\x30\x00\x20\x01\x0d\xb8\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"), 0)
	for m := range dsmip.RFC5454.Matches(&asked, replies) {
		fmt.Println(m)
		fmt.Println(m.Err)
	}
	// Output:
	// 2001:db8:1::/48 Code 0, match: prefix field
	// the IPv6 Prefix Reply has the prefix field of a request and another Prefix Length (draft-ietf-mip4-dsmipv4-06 §4.3, RFC 5454 §3.3)
	// 2001:db8:2::/48 Code 1, match: none
	// <nil>
}

// Which requests a home agent answers.
func ExampleProfile_Requests() {
	var msg []byte
	for _, p := range []dsmip.PrefixRequest{
		dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8:1::/48")),
		dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8:1::/48")),
		dsmip.RequestAnyPrefix(64),
		dsmip.RequestAnyPrefix(64),
	} {
		msg, _ = p.AppendBinary(msg)
	}
	verified, _ := ext.Parse(msg, 0)
	for p, again := range dsmip.Draft06.Requests(verified) {
		fmt.Println(p.Wants(), p.PrefixLength, again)
	}
	// Output:
	// prefix 48 false
	// any prefix 64 false
	// any prefix 64 true
}

func ExampleProfile_Judge() {
	served := []netip.Prefix{netip.MustParsePrefix("2001:db8::/32")}
	others := []netip.Prefix{netip.MustParsePrefix("2001:db8:2::/48")}
	for _, s := range []string{"2001:db8:1::/48", "2001:db9::/48", "2001:db8:2:1::/64", "2001:db8:2::1/128"} {
		c, ok := dsmip.Draft06.Judge(dsmip.RequestPrefix(netip.MustParsePrefix(s)), served, others)
		if ok {
			fmt.Println(s)
		} else {
			fmt.Println(s, c)
		}
	}
	// Output:
	// 2001:db8:1::/48
	// 2001:db9::/48 registration rejected, not home subnet
	// 2001:db8:2:1::/64 registration rejected, administratively prohibited
	// 2001:db8:2::1/128 registration rejected, Duplicate Address Detection failed
}

func ExampleProfile_NeedsDAD() {
	address, prefix := netip.MustParsePrefix("2001:db8::1/128"), netip.MustParsePrefix("2001:db8::/64")
	fmt.Println(dsmip.Draft06.NeedsDAD(address, false), dsmip.Draft06.NeedsDAD(address, true), dsmip.Draft06.NeedsDAD(prefix, false), dsmip.RFC5454.NeedsDAD(address, false))
	// Output: true false false false
}

// An address with the identifier that was asked for, or the prefix to make one under.
func ExamplePrefixRequest_Assign() {
	asked := dsmip.RequestInterfaceIdentifier([8]byte{2, 0, 0, 0xff, 0xfe, 0, 0, 1})
	prefix := netip.MustParsePrefix("2001:db8:1:2::/64")
	address, _ := asked.Under(prefix)
	for _, p := range []netip.Prefix{prefix, address, netip.MustParsePrefix("2001:db8::1/128")} {
		reply, err := asked.Assign(code.PrefixAcceptedHomeAddress, p)
		fmt.Println(reply.Prefix, reply.PrefixLength, err)
	}
	// Output:
	// 2001:db8:1:2:: 64 <nil>
	// 2001:db8:1:2:200:ff:fe00:1 128 <nil>
	// invalid IP 0 neither PREFIX:: nor PREFIX::interface_identifier with a Code that accepts (draft-ietf-mip4-dsmipv4-06 §4.6.1)
}

// Code 1 means another tunnel for each care-of address, and in each text.
func ExampleProfile_Tunnel() {
	prefix := dsmip.RequestPrefix(netip.MustParsePrefix("2001:db8::/48"))
	for _, flags := range []mipv4.Flags{mipv4.FlagDecapsulation, 0} {
		asked := &mipv4.Request{Flags: flags}
		fmt.Println(dsmip.Draft06.Tunnel(asked, prefix, code.PrefixAcceptedCareOfAddress), "|",
			dsmip.RFC5454.Tunnel(asked, prefix, code.PrefixAcceptedCareOfAddress))
	}
	// Output:
	// care-of address | care-of address
	// native | home address
}

// A re-registration lists one prefix less and one more.
func ExampleDropped() {
	before := []netip.Prefix{netip.MustParsePrefix("2001:db8:1::/48"), netip.MustParsePrefix("2001:db8:2::/48")}
	after := []netip.Prefix{netip.MustParsePrefix("2001:db8:2::/48"), netip.MustParsePrefix("2001:db8:3::/48")}
	for p := range dsmip.Dropped(before, after) {
		fmt.Println(p)
	}
	// Output: 2001:db8:1::/48
}
