package main

import (
	"net"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/fuzz"
)

// socket is a UDP socket that sends to the target. A connected one is told by the system
// that the target's port is closed, and hears nobody but that port; an open one hears
// who answers from another port or address, too.
type socket struct {
	*net.UDPConn
	to   netip.AddrPort
	open bool
}

// dial opens a socket to the target, from an address where it matters.
func (e *engine) dial(from netip.Addr, open bool) (*socket, error) {
	if open && !from.IsValid() {
		from = e.local()
	}
	var local *net.UDPAddr
	if from.IsValid() {
		local = net.UDPAddrFromAddrPort(netip.AddrPortFrom(from, 0))
	}
	to := e.to.AddrPort()
	s := &socket{to: netip.AddrPortFrom(to.Addr().Unmap(), to.Port()), open: open}
	for {
		var err error
		if open {
			s.UDPConn, err = net.ListenUDP("udp4", local)
		} else {
			s.UDPConn, err = net.DialUDP("udp4", local, e.to)
		}
		if err != nil {
			return nil, err
		}
		own, err := netip.ParseAddrPort(s.LocalAddr().String())
		if err != nil || own != s.to {
			return s, nil
		}
		// It is the target's own, which is dead and needs it when it is started again.
		defer s.Close()
	}
}

// local is the address that the system sends to the target from; the zero Addr where it
// has none.
func (e *engine) local() netip.Addr {
	e.localOnce.Do(func() {
		conn, err := net.DialUDP("udp4", nil, e.to)
		if err != nil {
			return // every address will do
		}
		defer conn.Close()
		if a, err := netip.ParseAddrPort(conn.LocalAddr().String()); err == nil {
			e.localAddr = a.Addr()
		}
	})
	return e.localAddr
}

// send sends a datagram to the target.
func (s *socket) send(b []byte) (err error) {
	if s.open {
		_, err = s.WriteToUDPAddrPort(b, s.to)
	} else {
		_, err = s.Write(b)
	}
	return err
}

// receive waits for a datagram and says where it came from.
func (s *socket) receive(buf []byte) (n int, from netip.AddrPort, err error) {
	if s.open {
		n, from, err = s.ReadFromUDPAddrPort(buf)
		return n, netip.AddrPortFrom(from.Addr().Unmap(), from.Port()), err
	}
	n, err = s.Read(buf)
	return n, s.to, err
}

// What is said of answers that do not come from where the request was sent to.
const (
	otherPort    = "answers from another UDP port than the request was sent to"
	otherAddress = "answers from another address than the request was sent to"
)

// misplaced adds to a verdict that the answer came from another address or port than the
// request was sent to. RFC 5944 §3.8.3 has a home agent supply what §3.8.3.1 says, and
// RFC 3344 §3.7.2.3 and RFC 5944 §3.7.2.3 a foreign agent send from port 434; the port of
// a home agent is variable by RFC 3344 §3.4, and a copy by its §3.8.3.1.
func (a *attack) misplaced(v *fuzz.Verdict, from netip.AddrPort) {
	to := a.engine.to.AddrPort()
	foreign := a.setup.Situation.Leg.Receiver() == code.ForeignAgent
	section := "§3.8.3, §3.8.3.1"
	if foreign {
		section = "§3.7.2.3"
	}
	text := otherPort
	switch {
	case from.Addr() != to.Addr().Unmap():
		text = otherAddress
	case from.Port() == to.Port(), foreign && from.Port() == mipv4Port:
		return
	case !foreign && a.setup.Situation.Edition == rules.RFC3344:
		return
	}
	v.Violations = append(v.Violations, fuzz.Violation{Rank: fuzz.Answer, Text: text, Source: "RFC 5944 §3.4, " + section})
}

// mipv4Port is that of Mobile IPv4 registration (RFC 5944 §3).
const mipv4Port = 434
