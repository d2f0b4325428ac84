package tunnel

import (
	"encoding/binary"
	"net/netip"
	"strconv"
)

// MinimalPacket is a minimal forwarding header and the IP payload behind it (RFC
// 2004 §3). The IPv4 header of the original datagram stands before it, with
// Protocol 55 and the ends of the tunnel.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|   Protocol    |S|  reserved   |        Header Checksum        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                 Original Destination Address                  |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	:            (if present) Original Source Address               :
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type MinimalPacket struct {
	Protocol            uint8
	OriginalDestination netip.Addr // IPv4
	// OriginalSource is IPv4, or unset when the field is not present: then the
	// source of the IPv4 header is the original one.
	OriginalSource netip.Addr
	Payload        []byte
}

const (
	minimalLength = 8    // without the Original Source Address
	minimalS      = 0x80 // Original Source Address Present
)

// ParseMinimal reads a minimal forwarding header and what follows it. The Payload
// aliases b to its end. The reserved bits are ignored. The error is
// [ErrMinimalCut] or [ErrMinimalChecksum].
func ParseMinimal(b []byte) (MinimalPacket, error) {
	if len(b) < minimalLength {
		return MinimalPacket{}, ErrMinimalCut
	}
	n := minimalLength
	if b[1]&minimalS != 0 {
		n += 4
	}
	if len(b) < n {
		return MinimalPacket{}, ErrMinimalCut
	}
	if checksum(sum(0, b[:n])) != 0 {
		return MinimalPacket{}, ErrMinimalChecksum
	}
	m := MinimalPacket{
		Protocol:            b[0],
		OriginalDestination: netip.AddrFrom4([4]byte(b[4:8])),
		Payload:             b[n:len(b):len(b)],
	}
	if n > minimalLength {
		m.OriginalSource = netip.AddrFrom4([4]byte(b[8:12]))
	}
	return m, nil
}

// AppendBinary appends the header, its reserved bits zero, and the payload. The
// error is [ErrIPv4Address], and b is returned unchanged with it.
func (m MinimalPacket) AppendBinary(b []byte) ([]byte, error) {
	if !m.OriginalDestination.Is4() || m.OriginalSource.IsValid() && !m.OriginalSource.Is4() {
		return b, ErrIPv4Address
	}
	return append(m.append(b), m.Payload...), nil
}

// append appends the header.
func (m MinimalPacket) append(b []byte) []byte {
	var h [minimalLength + 4]byte
	n := minimalLength
	h[0] = m.Protocol
	destination := m.OriginalDestination.As4()
	copy(h[4:], destination[:])
	if m.OriginalSource.IsValid() {
		h[1] = minimalS
		source := m.OriginalSource.As4()
		copy(h[8:], source[:])
		n += 4
	}
	binary.BigEndian.PutUint16(h[2:], checksum(sum(0, h[:n])))
	return append(b, h[:n]...)
}

// Equal reports whether two packets are the same, byte by byte of their payloads.
func (m MinimalPacket) Equal(o MinimalPacket) bool {
	return m.Protocol == o.Protocol && m.OriginalDestination == o.OriginalDestination &&
		m.OriginalSource == o.OriginalSource && string(m.Payload) == string(o.Payload)
}

// String returns "minimal protocol 41 to 192.0.2.10 from 192.0.2.1, 60 bytes", or
// without "from" when the source is not present.
func (m MinimalPacket) String() string {
	s := "minimal protocol " + strconv.Itoa(int(m.Protocol)) + " to " + m.OriginalDestination.String()
	if m.OriginalSource.IsValid() {
		s += " from " + m.OriginalSource.String()
	}
	return s + ", " + strconv.Itoa(len(m.Payload)) + " bytes"
}
