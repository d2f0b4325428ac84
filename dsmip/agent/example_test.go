package agent_test

import (
	"fmt"
	"net/netip"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// exampleKey is what mobile node and home agent of the examples share.
func exampleKey() ext.SecurityContext {
	key, err := ext.NewSecurityContext(256, ext.HMACSHA256, []byte("at least sixteen bytes"))
	if err != nil {
		panic(err)
	}
	return key
}

// exampleRequest is a mobile node's request for a prefix, as it is sent.
func exampleRequest(prefix string) []byte {
	msg, err := mipv4.Append(nil,
		mipv4.Request{
			Flags: mipv4.FlagDecapsulation, Lifetime: 3600, HomeAddress: homeAddress, HomeAgent: homeAgent, CareOfAddress: coLocated,
			Identification: mipv4.Timestamp(noon, 0),
		}.AppendBinary,
		dsmip.RequestPrefix(netip.MustParsePrefix(prefix)).AppendBinary,
		dsmip.TunnelingMode{}.AppendBinary,
		exampleKey().Signer(ext.KindMobileHomeAuth),
	)
	if err != nil {
		panic(err)
	}
	return msg
}

// exampleHome is a home agent's receiver.
func exampleHome() agent.Receiver {
	replay := agent.Replay{Style: agent.ByTimestamps}
	return agent.Receiver{
		Role: code.HomeAgent,
		Situation: rules.Situation{Profile: dsmip.Draft06, Receiver: &rules.Receiver{
			Addresses: []netip.Addr{homeAgent}, LongestLifetime: 1800,
		}},
		Associations: func(k ext.Kind, r mipv4.Request, _ agent.Arrival) ext.Association {
			if k == ext.KindMobileHomeAuth && r.HomeAddress == homeAddress {
				return ext.Association{exampleKey()}
			}
			return nil
		},
		Replay: func(mipv4.Request, ext.SecurityContext) *agent.Replay { return &replay },
	}
}

// A home agent receives a request, grants what it can, and hears it again.
func ExampleReceiver_Request() {
	home := exampleHome()
	datagram := exampleRequest("2001:db8:1::/48")
	arrival := agent.Arrival{
		From: netip.AddrPortFrom(coLocated, 434), To: netip.AddrPortFrom(homeAgent, 434), Time: noon.Add(time.Second),
	}
	for range 2 {
		registration, err := home.Request(datagram, arrival)
		if err != nil {
			denial, ok := registration.Refuse(nil, err)
			fmt.Println(err)
			fmt.Println(ok, code.Registration(denial[1]))
			continue
		}
		policy := agent.Policy{Served: []netip.Prefix{netip.MustParsePrefix("2001:db8::/32")}}
		reply, err := registration.Grant(nil, code.AcceptedNoSimultaneousBindings, &policy)
		fmt.Println(policy.Granted, registration.Granted(), len(reply), err)
	}
	// Output:
	// [2001:db8:1::/48] 1800s 80 <nil>
	// the Identification's timestamp does not exceed the greatest accepted (RFC 5944 §5.7.1, §3.8.2.1)
	// true registration Identification mismatch
}

// A mobile node learns what came of its prefix.
func ExampleReceiver_Reply() {
	home := exampleHome()
	sent := exampleRequest("2001:db8:1::/48")
	mobile, agentAt := netip.AddrPortFrom(coLocated, 434), netip.AddrPortFrom(homeAgent, 434)
	registration, err := home.Request(sent, agent.Arrival{From: mobile, To: agentAt, Time: noon})
	if err != nil {
		panic(err)
	}
	policy := agent.Policy{Served: []netip.Prefix{netip.MustParsePrefix("2001:db8::/32")}}
	datagram, err := registration.Grant(nil, code.AcceptedNoSimultaneousBindings, &policy)
	if err != nil {
		panic(err)
	}

	node := agent.Receiver{
		Role:      code.MobileNode,
		Situation: rules.Situation{Profile: dsmip.Draft06},
		Associations: func(k ext.Kind, _ mipv4.Request, _ agent.Arrival) ext.Association {
			if k == ext.KindMobileHomeAuth {
				return ext.Association{exampleKey()}
			}
			return nil
		},
	}
	asked, err := mipv4.ParseRequest(sent)
	if err != nil {
		panic(err)
	}
	registered, err := node.Reply(datagram, &asked, agent.Arrival{From: agentAt, To: mobile})
	if err != nil {
		panic(err) // to be discarded, or, when its reaction is code.Refuse, a rejection
	}
	fmt.Println(registered.Reply.Code, registered.Granted())
	for outcome := range registered.Outcomes() {
		fmt.Println(outcome)
	}
	// Output:
	// registration accepted, but simultaneous mobility bindings unsupported 1800s
	// prefix 2001:db8:1::/48 registered as 2001:db8:1::/48, tunnel: care-of address
}

// A foreign agent relays a request, and protects what it adds.
func ExampleRegistration_Relay() {
	foreign := agent.Receiver{
		Role: code.ForeignAgent,
		Situation: rules.Situation{Profile: dsmip.Draft06, Receiver: &rules.Receiver{
			Addresses: []netip.Addr{foreignAgent}, CareOfAddresses: []netip.Addr{foreignAgent},
		}},
		Associations: func(k ext.Kind, r mipv4.Request, _ agent.Arrival) ext.Association {
			if k == ext.KindForeignHomeAuth && r.HomeAgent == homeAgent {
				return ext.Association{exampleKey()}
			}
			return nil
		},
	}
	datagram, err := mipv4.Append(nil,
		mipv4.Request{Lifetime: 600, HomeAddress: homeAddress, HomeAgent: homeAgent, CareOfAddress: foreignAgent}.AppendBinary,
		exampleKey().Signer(ext.KindMobileHomeAuth),
	)
	if err != nil {
		panic(err)
	}
	registration, err := foreign.Request(datagram, agent.Arrival{
		From: netip.AddrPortFrom(homeAddress, 434), To: netip.AddrPortFrom(foreignAgent, 434), TTL: 255,
	})
	if err != nil {
		panic(err)
	}
	relayed, err := registration.Relay(nil, dsmip.TunnelingMode{}.AppendBinary)
	if err != nil {
		panic(err)
	}
	request, err := mipv4.ParseRequest(relayed)
	if err != nil {
		panic(err)
	}
	for x := range request.Extensions.All() {
		fmt.Println(x.Kind())
	}
	// Output:
	// Mobile-Home Authentication
	// IPv6 Tunneling Mode
	// Foreign-Home Authentication
}

// The leg of a request from behind a NAT is given.
func ExampleLegByTunnelRequest() {
	home := exampleHome()
	datagram, err := mipv4.Append(nil,
		mipv4.Request{
			Flags: mipv4.FlagDecapsulation | mipv4.FlagReverseTunnel, HomeAddress: homeAddress, HomeAgent: homeAgent,
			CareOfAddress: netip.MustParseAddr("10.0.0.7"), Lifetime: 600, Identification: mipv4.Timestamp(noon, 0),
		}.AppendBinary,
		ext.UDPTunnelRequest{}.AppendBinary,
		exampleKey().Signer(ext.KindMobileHomeAuth),
	)
	if err != nil {
		panic(err)
	}
	arrival := agent.Arrival{From: netip.MustParseAddrPort("203.0.113.9:40001"), To: netip.AddrPortFrom(homeAgent, 434), Time: noon}
	registration, err := home.Request(datagram, arrival)
	fmt.Println(err)
	if err == agent.ErrLegUntold {
		arrival.Leg = agent.LegByTunnelRequest(registration.Request)
		registration, err = home.Request(datagram, arrival)
	}
	fmt.Println(registration.Arrival.Leg, err)
	for x := range registration.Mobile().All() {
		fmt.Println(x.Kind())
	}
	// Output:
	// the leg cannot be told from the addresses (RFC 5944 §3.6.1.1, §3.7.2.2, RFC 3519 §4.6, §4.11)
	// mn-ha <nil>
	// UDP Tunnel Request
}
