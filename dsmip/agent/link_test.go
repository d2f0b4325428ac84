package agent_test

import (
	"net"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/dsmip/agent"
)

// link is the network of the three agents: sockets on the loopback address, each of
// which stands for an address of the Internet.
type link struct {
	t         *testing.T
	mu        sync.Mutex
	ports     map[netip.Addr]uint16
	addresses map[uint16]netip.Addr
	lost      map[netip.Addr]int // how many of the next datagrams to an address are lost
	serving   sync.WaitGroup
}

func newLink(t *testing.T) *link {
	l := &link{t: t, ports: map[netip.Addr]uint16{}, addresses: map[uint16]netip.Addr{}, lost: map[netip.Addr]int{}}
	t.Cleanup(l.serving.Wait) // behind the closing of the sockets
	return l
}

// endpoint is a socket of a node.
type endpoint struct {
	*link
	conn    *net.UDPConn
	address netip.Addr // what others see
}

// join opens a socket that stands for an address.
func (l *link) join(a netip.Addr) *endpoint {
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		l.t.Fatal(err)
	}
	l.t.Cleanup(func() { conn.Close() })
	l.mu.Lock()
	defer l.mu.Unlock()
	port := conn.LocalAddr().(*net.UDPAddr).AddrPort().Port()
	l.ports[a], l.addresses[port] = port, a
	return &endpoint{l, conn, a}
}

// lose makes the next datagrams to an address get lost.
func (l *link) lose(to netip.Addr, n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lost[to] = n
}

// send sends a datagram to whoever has the address.
func (e *endpoint) send(b []byte, to netip.Addr) {
	e.mu.Lock()
	port, lost := e.ports[to], e.lost[to]
	if lost > 0 {
		e.lost[to]--
	}
	e.mu.Unlock()
	if lost == 0 && port != 0 {
		e.conn.WriteToUDPAddrPort(b, netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), port))
	}
}

// receive waits for a datagram, for as long as it takes when wait is 0.
func (e *endpoint) receive(wait time.Duration) ([]byte, agent.Arrival, error) {
	var deadline time.Time
	if wait != 0 {
		deadline = time.Now().Add(wait)
	}
	if err := e.conn.SetReadDeadline(deadline); err != nil {
		return nil, agent.Arrival{}, err
	}
	b := make([]byte, 1500)
	n, from, err := e.conn.ReadFromUDPAddrPort(b)
	e.mu.Lock()
	defer e.mu.Unlock()
	return b[:n], agent.Arrival{
		From: netip.AddrPortFrom(e.addresses[from.Port()], from.Port()),
		To:   netip.AddrPortFrom(e.address, 434),
		TTL:  255, Time: time.Now(),
	}, err
}

// serve hands every datagram over until the socket is closed.
func (e *endpoint) serve(handle func([]byte, agent.Arrival)) {
	e.serving.Add(1)
	go func() {
		defer e.serving.Done()
		for {
			b, from, err := e.receive(0)
			if err != nil {
				return
			}
			if len(b) > 0 {
				handle(b, from)
			}
		}
	}()
}
