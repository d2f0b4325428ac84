package main

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// exchange sends packets to the target and hands the answers to those who wait
// for them. It is safe for concurrent use.
type exchange struct {
	conn    *net.UDPConn
	timeout time.Duration

	mu      sync.Mutex
	waiting map[uint32][]*waiter // by the low 32 bits of the Identification
	strays  atomic.Uint64        // datagrams that answer nothing, or answer again
	heard   atomic.Int64         // when the target was last heard, in nanoseconds
	refused atomic.Int64         // when its port was last said to be closed
}

type waiter struct {
	c      *fuzz.Case
	answer chan []byte // buffered
}

func newExchange(conn *net.UDPConn, timeout time.Duration) *exchange {
	return &exchange{conn: conn, timeout: timeout, waiting: map[uint32][]*waiter{}}
}

// receive reads until the connection is closed.
func (e *exchange) receive() {
	buf := make([]byte, 1<<16)
	for {
		n, err := e.conn.Read(buf)
		switch {
		case errors.Is(err, net.ErrClosed):
			return
		case errors.Is(err, syscall.ECONNREFUSED):
			e.refused.Store(time.Now().UnixNano())
			continue
		case err != nil:
			time.Sleep(time.Millisecond)
			continue
		}
		e.heard.Store(time.Now().UnixNano())
		if !e.deliver(append([]byte{}, buf[:n]...)) {
			e.strays.Add(1)
		}
	}
}

// deliver gives an answer to the one who waits for it.
func (e *exchange) deliver(answer []byte) bool {
	if len(answer) < 20 {
		return false
	}
	// The last four bytes of the fixed part (RFC 5944 §3.4).
	low := mipv4.Identification(uint32(answer[16])<<24 | uint32(answer[17])<<16 | uint32(answer[18])<<8 | uint32(answer[19]))
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, w := range e.waiting[low.Low()] {
		if w.c.Answers(answer) {
			select {
			case w.answer <- answer:
				return true
			default: // has one already
			}
		}
	}
	return false
}

// ask sends the packet of a case and returns the answer, nil when none came in
// time.
func (e *exchange) ask(ctx context.Context, c *fuzz.Case) ([]byte, error) {
	w := &waiter{c, make(chan []byte, 1)}
	low := c.Identification.Low()
	e.mu.Lock()
	e.waiting[low] = append(e.waiting[low], w)
	e.mu.Unlock()
	defer func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		list := e.waiting[low]
		for i := range list {
			if list[i] == w {
				list = append(list[:i:i], list[i+1:]...)
				break
			}
		}
		if e.waiting[low] = list; len(list) == 0 {
			delete(e.waiting, low)
		}
	}()
	if err := e.write(c.Packet); err != nil {
		return nil, err
	}
	timer := time.NewTimer(e.timeout)
	defer timer.Stop()
	select {
	case answer := <-w.answer:
		return answer, nil
	case <-timer.C:
		return nil, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// write sends a datagram. That an earlier one found the port closed is reported
// by the system with a later one, which is then not sent.
func (e *exchange) write(b []byte) error {
	_, err := e.conn.Write(b)
	if errors.Is(err, syscall.ECONNREFUSED) {
		e.refused.Store(time.Now().UnixNano())
		_, err = e.conn.Write(b)
	}
	if errors.Is(err, syscall.ECONNREFUSED) {
		return nil
	}
	return err
}
