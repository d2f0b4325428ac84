package main

import (
	"context"
	"errors"
	"net"
	"slices"
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

	sending sync.Mutex // so that datagrams leave in the order of their numbers and times
	number  uint64     // of the datagram sent last
	stamp   time.Time  // that it was given

	mu       sync.Mutex
	waiting  map[uint32][]*waiter // by the low 32 bits of the Identification
	answered uint64               // the highest number of a datagram that was answered

	heard   atomic.Uint64 // datagrams from the target
	strays  atomic.Uint64 // those that answer nothing, or too late, or again
	refused atomic.Bool   // the target's port was said to be closed
}

type waiter struct {
	c      *fuzz.Case
	number uint64      // of the datagram that it sent
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
			e.refused.Store(true)
			continue
		case err != nil:
			time.Sleep(time.Millisecond)
			continue
		}
		e.heard.Add(1)
		if !e.deliver(append([]byte{}, buf[:n]...)) {
			e.strays.Add(1)
		}
	}
}

// deliver gives an answer to the one who waits for it.
func (e *exchange) deliver(answer []byte) bool {
	// What stands behind the fixed part need not be readable.
	r, err := mipv4.ParseReply(answer[:min(len(answer), mipv4.TypeReply.FixedLength())])
	if err != nil {
		return false
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, w := range e.waiting[r.Identification.Low()] {
		if w.c.Answers(answer) {
			e.answered = max(e.answered, w.number)
			select {
			case w.answer <- answer:
				return true
			default: // has one already
			}
		}
	}
	return false
}

// await returns the answer to what was sent, nil when none came in time.
func (e *exchange) await(ctx context.Context, w *waiter) ([]byte, error) {
	defer e.forget(w)
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

func (e *exchange) forget(w *waiter) {
	e.mu.Lock()
	defer e.mu.Unlock()
	low := w.c.Identification.Low()
	list := slices.DeleteFunc(e.waiting[low], func(other *waiter) bool { return other == w })
	if e.waiting[low] = list; len(list) == 0 {
		delete(e.waiting, low)
	}
}

// tick is how far apart two Identifications are at least: just above the
// precision of their clocks (mipv4.Timestamp).
const tick = 2 * time.Microsecond

// send sends the packet of the case that is made for the time of sending, later
// than that of any before; await must follow. That an earlier datagram found the
// port closed is reported by the system with a later one, which is then not sent.
func (e *exchange) send(at func(now time.Time) *fuzz.Case) (*waiter, error) {
	e.sending.Lock()
	defer e.sending.Unlock()
	e.number++
	if now, least := time.Now(), e.stamp.Add(tick); now.After(least) {
		e.stamp = now
	} else {
		e.stamp = least
	}
	c := at(e.stamp)
	w := &waiter{c, e.number, make(chan []byte, 1)}
	low := c.Identification.Low()
	e.mu.Lock()
	e.waiting[low] = append(e.waiting[low], w)
	e.mu.Unlock()
	_, err := e.conn.Write(c.Packet)
	if errors.Is(err, syscall.ECONNREFUSED) {
		e.refused.Store(true)
		_, err = e.conn.Write(c.Packet)
	}
	if err != nil && !errors.Is(err, syscall.ECONNREFUSED) {
		e.forget(w)
		return nil, err
	}
	return w, nil
}

// outlived reports whether the target answered something that was sent after a
// datagram. That it answered something afterwards would not do: that may have
// been sent, and read, before.
func (e *exchange) outlived(number uint64) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.answered > number
}

// last returns the number of the datagram sent last.
func (e *exchange) last() uint64 {
	e.sending.Lock()
	defer e.sending.Unlock()
	return e.number
}
