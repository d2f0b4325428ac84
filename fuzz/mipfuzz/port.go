package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"net"
	"net/netip"
	"sync"
	"syscall"
	"time"

	"github.com/go-mobileip/dsmipv4/mipv4"
)

// port is a UDP socket of its own, so that what arrives there answers the job that it
// was taken for, whatever is in it. All of it belongs to the engine's lock, but for
// the socket.
type port struct {
	e    *engine
	conn *socket

	job      *job
	n        int // which step
	step     step
	attempt  int // of the step
	number   uint64
	sent     time.Time
	expires  time.Time
	waits    bool // for an answer to the step
	answered bool
	last     []byte // the answer
	freed    time.Time
	buf      []byte
	earlier  [128]sentKey // what was sent from here before, to tell late answers
	keys     int
	at       int // in the engine's list of those that wait
}

// sentKey is what an answer has in common with what it answers.
type sentKey struct {
	home uint32
	low  uint32
	at   time.Time
}

// keyOf returns the key of a reply, and false for what is none.
func keyOf(b []byte) (sentKey, bool) {
	if len(b) < mipv4.TypeReply.FixedLength() || b[0] != byte(mipv4.TypeReply) {
		return sentKey{}, false
	}
	return sentKey{home: binary.BigEndian.Uint32(b[4:]), low: binary.BigEndian.Uint32(b[16:])}, true
}

// key returns that of the step's packet.
func (p *port) key() sentKey {
	home := p.step.k.HomeAddress.As4()
	return sentKey{home: binary.BigEndian.Uint32(home[:]), low: p.step.k.Identification.Low(), at: p.sent}
}

// remember keeps the key of what was sent.
func (p *port) remember() {
	p.earlier[p.keys%len(p.earlier)] = p.key()
	p.keys++
}

// late returns what a key was sent with before the step that is current.
func (p *port) late(k sentKey) (sentKey, bool) {
	for i := range p.earlier {
		if e := p.earlier[i]; e.home == k.home && e.low == k.low && !e.at.IsZero() {
			return e, true
		}
	}
	return sentKey{}, false
}

// longestAnswer is room for every datagram of UDP.
const longestAnswer = 64 << 10

// answers is where sockets, of which a campaign opens thousands, have the room for an answer.
var answers = sync.Pool{New: func() any { return new([longestAnswer]byte) }}

// receive reads until the socket is closed.
func (p *port) receive(conn *socket) {
	room := answers.Get().(*[longestAnswer]byte)
	defer answers.Put(room)
	buf := room[:]
	for {
		n, from, err := conn.receive(buf)
		switch {
		case err == nil:
			p.e.arrived(p, buf[:n], from, time.Now())
		case errors.Is(err, net.ErrClosed):
			return
		case errors.Is(err, syscall.ECONNREFUSED):
			p.e.refuse()
		default:
			time.Sleep(time.Millisecond)
		}
	}
}

// reopen gives the port another socket, from an address where it matters.
func (p *port) reopen(from netip.Addr) {
	conn, err := p.e.dial(from, p.e.elsewhere || p.conn.open)
	if err != nil {
		return // the old one does as well
	}
	p.conn.Close()
	p.conn = conn
	go p.receive(conn)
}

// local is the address that the port is bound to where it matters, which is behind a foreign
// agent.
func (p *port) local() netip.Addr {
	if home := p.step.k.HomeAddress; p.e.a.behind != nil && home.IsLoopback() {
		return home
	}
	return netip.Addr{}
}

// again reports whether an answer is the one that was heard already.
func (p *port) again(b []byte) bool { return bytes.Equal(b, p.last) }
