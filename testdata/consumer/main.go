// Command homeagent is a home agent of Dual-Stack Mobile IPv4 for one mobile node.
package main

import (
	"log"
	"net"
	"net/netip"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

var (
	own, mobile   = netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.10")
	served, bound = []netip.Prefix{netip.MustParsePrefix("2001:db8:1::/48")}, []netip.Prefix{} // it may have, it has
	key, _        = ext.NewSecurityContext(256, ext.HMACSHA256, []byte("at least sixteen bytes"))
	replay        = agent.Replay{Style: agent.ByTimestamps}
	receiver      = agent.Receiver{
		Role:      code.HomeAgent,
		Situation: rules.Situation{Profile: dsmip.Draft06, Receiver: &rules.Receiver{Addresses: []netip.Addr{own}, LongestLifetime: 1800}},
		Associations: func(k ext.Kind, r mipv4.Request, _ agent.Arrival) ext.Association {
			if k != ext.KindMobileHomeAuth || r.HomeAddress != mobile {
				return nil
			}
			return ext.Association{key}
		},
		Replay: func(mipv4.Request, ext.SecurityContext) *agent.Replay { return &replay },
	}
)

// answer returns the answer to a datagram, signed, or false for silence.
func answer(datagram []byte, from agent.Arrival) ([]byte, bool) {
	registration, err := receiver.Request(datagram, from)
	if err != nil {
		return registration.Refuse(nil, err)
	}
	policy := agent.Policy{Served: served, Assignable: served, Bound: bound}
	reply, err := registration.Grant(nil, code.AcceptedNoSimultaneousBindings, &policy)
	if err == nil {
		bound = policy.Granted
	}
	return reply, err == nil
}

func main() {
	conn, err := net.ListenUDP("udp4", net.UDPAddrFromAddrPort(netip.AddrPortFrom(own, 434)))
	for b := make([]byte, 1500); err == nil; {
		n, from, failure := conn.ReadFromUDPAddrPort(b)
		if reply, ok := answer(b[:n], agent.Arrival{From: from, To: netip.AddrPortFrom(own, 434), Time: time.Now()}); ok {
			conn.WriteToUDPAddrPort(reply, from)
		}
		err = failure
	}
	log.Fatal(err)
}
