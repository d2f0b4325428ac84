package tunnel_test

import (
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// RFC 5944 §3.3, RFC 3519 §3.1.4.
func TestNegotiated(t *testing.T) {
	const m, g = mipv4.FlagMinimal, mipv4.FlagGRE
	for _, c := range []struct {
		flags  mipv4.Flags
		field  uint8
		ip, in tunnel.Encapsulation
		err    error
	}{
		{0, 0, tunnel.IPinIP, tunnel.IPinUDP, nil},
		{m, 0, tunnel.Minimal, tunnel.MinimalInUDP, nil},
		{g, 0, tunnel.GRE, tunnel.GREinUDP, nil},
		{m | g, 0, tunnel.GRE, tunnel.GREinUDP, nil},
		{^(m | g), 0, tunnel.IPinIP, tunnel.IPinUDP, nil},
		{g, 4, tunnel.GRE, tunnel.IPinUDP, nil},
		{0, 47, tunnel.IPinIP, tunnel.GREinUDP, nil},
		{g, 55, tunnel.GRE, tunnel.MinimalInUDP, nil},
		{g, 41, tunnel.GRE, 0, tunnel.ErrUDPEncapsulation},
		{0, 1, tunnel.IPinIP, 0, tunnel.ErrUDPEncapsulation},
		{0, 255, tunnel.IPinIP, 0, tunnel.ErrUDPEncapsulation},
	} {
		if e := tunnel.Negotiated(c.flags); e != c.ip {
			t.Errorf("%v: %v, want %v", c.flags, e, c.ip)
		}
		e, err := tunnel.NegotiatedUDP(c.flags, c.field)
		if e != c.in || err != c.err {
			t.Errorf("%v, field %d: %v, %v, want %v, %v", c.flags, c.field, e, err, c.in, c.err)
		}
	}
	// RFC 3519 §4.6.1: SHOULD answer 142.
	r := tunnel.ErrUDPEncapsulation.Reaction(code.HomeAgent)
	if c, _ := r.Code(); c != 142 || r.Answer() != code.Recommended {
		t.Errorf("the home agent's reaction is %v", r)
	}
}

// RFC 4213 §3.5, RFC 2784 §4, RFC 2004 §3, RFC 3519 §3.3, draft §4.8.
func TestProtocol(t *testing.T) {
	for _, c := range []struct {
		e        tunnel.Encapsulation
		udp      bool
		four     uint8
		six      uint8
		err4     error
		err6     error
		asString string
	}{
		{tunnel.IPinIP, false, 4, 41, nil, nil, "IP in IP"},
		{tunnel.GRE, false, 47, 47, nil, nil, "GRE"},
		{tunnel.Minimal, false, 55, 0, nil, tunnel.ErrMinimalIPv6, "minimal encapsulation"},
		{tunnel.IPinUDP, true, 4, 41, nil, nil, "IP in UDP"},
		{tunnel.GREinUDP, true, 47, 47, nil, nil, "GRE in UDP"},
		{tunnel.MinimalInUDP, true, 55, 0, nil, tunnel.ErrMinimalIPv6, "minimal encapsulation in UDP"},
		{0, false, 0, 0, tunnel.ErrNegotiated, tunnel.ErrNegotiated, "encapsulation 0"},
		{7, false, 0, 0, tunnel.ErrNegotiated, tunnel.ErrNegotiated, "encapsulation 7"},
	} {
		four, err4 := c.e.Protocol(4)
		six, err6 := c.e.Protocol(6)
		if four != c.four || six != c.six || err4 != c.err4 || err6 != c.err6 || c.e.UDP() != c.udp || c.e.String() != c.asString {
			t.Errorf("%v: %d %v, %d %v, UDP %v", c.e, four, err4, six, err6, c.e.UDP())
		}
		if _, err := c.e.Protocol(5); err != tunnel.ErrVersion {
			t.Errorf("%v: version 5: %v", c.e, err)
		}
	}
}
