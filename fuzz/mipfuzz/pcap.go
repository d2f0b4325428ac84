package main

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"net/netip"
	"sync"
	"time"
)

// pcap writes datagrams to a capture file of the classic format: a header of 24
// octets, and for each packet one of 16, an IPv4 header, and a UDP header. It is
// safe for concurrent use.
type pcap struct {
	mu  sync.Mutex
	w   *bufio.Writer
	c   io.Closer
	buf []byte
}

// rawIP is the link type of packets that start with their IP header.
const rawIP = 101

func newPcap(w io.WriteCloser) *pcap {
	p := &pcap{w: bufio.NewWriterSize(w, 1<<16), c: w}
	b := binary.LittleEndian.AppendUint32(nil, 0xa1b2c3d4) // times in microseconds
	b = binary.LittleEndian.AppendUint16(b, 2)             // version 2.4
	b = binary.LittleEndian.AppendUint16(b, 4)
	b = binary.LittleEndian.AppendUint32(b, 0)
	b = binary.LittleEndian.AppendUint32(b, 0)
	b = binary.LittleEndian.AppendUint32(b, 1<<16) // the longest packet
	b = binary.LittleEndian.AppendUint32(b, rawIP)
	_, _ = p.w.Write(b) // the writer keeps its error for close
	return p
}

// datagram writes one that was sent to, or came from, a peer.
func (p *pcap) datagram(local net.Addr, peer netip.AddrPort, sent bool, payload []byte, at time.Time) {
	if from, err := netip.ParseAddrPort(local.String()); err == nil {
		p.between(from, peer, sent, payload, at)
	}
}

func (p *pcap) between(from, to netip.AddrPort, sent bool, payload []byte, at time.Time) {
	if !sent {
		from, to = to, from
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	size := 28 + len(payload)
	if size > 0xffff {
		return
	}
	b := binary.LittleEndian.AppendUint32(p.buf[:0], uint32(at.Unix()))
	b = binary.LittleEndian.AppendUint32(b, uint32(at.Nanosecond()/1000))
	b = binary.LittleEndian.AppendUint32(b, uint32(size))
	b = binary.LittleEndian.AppendUint32(b, uint32(size))
	ip := len(b)
	b = append(b, 0x45, 0)
	b = binary.BigEndian.AppendUint16(b, uint16(size))
	b = append(b, 0, 0, 0x40, 0, 64, 17, 0, 0)
	src, dst := from.Addr().Unmap().As4(), to.Addr().Unmap().As4()
	b = append(append(b, src[:]...), dst[:]...)
	binary.BigEndian.PutUint16(b[ip+10:], checksum(b[ip:ip+20]))
	b = binary.BigEndian.AppendUint16(b, from.Port())
	b = binary.BigEndian.AppendUint16(b, to.Port())
	b = binary.BigEndian.AppendUint16(b, uint16(8+len(payload)))
	b = append(b, 0, 0) // without a checksum
	b = append(b, payload...)
	_, _ = p.w.Write(b) // the writer keeps its error for close
	p.buf = b
}

// checksum is that of an IPv4 header.
func checksum(b []byte) uint16 {
	var sum uint32
	for i := 0; i+1 < len(b); i += 2 {
		sum += uint32(binary.BigEndian.Uint16(b[i:]))
	}
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	return ^uint16(sum)
}

func (p *pcap) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.w.Flush(); err != nil {
		p.c.Close()
		return err
	}
	return p.c.Close()
}
