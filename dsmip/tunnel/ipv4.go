package tunnel

import (
	"encoding/binary"
	"net/netip"
	"strconv"
)

// IPv4Header is what an encapsulator chooses of an IPv4 header (RFC 791 §3.1, RFC
// 4213 §3.5); it writes no options. It is comparable.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|Version|  IHL  |Type of Service|          Total Length         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|         Identification        |Flags|      Fragment Offset    |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|  Time to Live |    Protocol   |         Header Checksum       |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                       Source Address                          |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                    Destination Address                        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type IPv4Header struct {
	// TypeOfService is best copied from the inner packet's Traffic Class (RFC 5454
	// §3.6).
	TypeOfService uint8
	// Identification is the caller's to make unique unless DontFragment is set.
	Identification uint16
	// DontFragment is the flag DF. It MUST NOT be set with the static tunnel MTU
	// (RFC 4213 §3.2.1).
	DontFragment        bool
	TimeToLive          uint8
	Protocol            uint8
	Source, Destination netip.Addr // IPv4
}

// IPv4Packet is an IPv4 packet: a header and what it carries.
type IPv4Packet struct {
	IPv4Header
	Payload []byte
}

const (
	ipv4HeaderLength = 20
	maxDatagram      = 65535

	flagDF         = 1 << 14
	flagMF         = 1 << 13
	fragmentOffset = flagMF - 1
)

// ParseIPv4 reads an IPv4 packet. The Payload aliases b and ends where the Total
// Length says; options are skipped. The error is [ErrVersion], [ErrIPv4Cut],
// [ErrIPv4Checksum], or [ErrFragment] for a fragment.
func ParseIPv4(b []byte) (IPv4Packet, error) {
	if len(b) > 0 && version(b) != 4 {
		return IPv4Packet{}, ErrVersion
	}
	h, n, err := parseIPv4(b)
	switch {
	case err != nil:
		return IPv4Packet{}, err
	case n.fragment:
		return IPv4Packet{}, ErrFragment
	}
	return IPv4Packet{h, b[n.header:n.total:n.total]}, nil
}

// ipv4Extent is what an IPv4 header says of the packet's extent: two lengths in
// bytes, and whether it is a fragment.
type ipv4Extent struct {
	header, total int
	fragment      bool
}

// parseIPv4 reads the header of a packet whose version is 4.
func parseIPv4(b []byte) (IPv4Header, ipv4Extent, error) {
	if len(b) < ipv4HeaderLength {
		return IPv4Header{}, ipv4Extent{}, ErrIPv4Cut
	}
	offset := binary.BigEndian.Uint16(b[6:])
	n := ipv4Extent{4 * int(b[0]&0xf), int(binary.BigEndian.Uint16(b[2:])), offset&(flagMF|fragmentOffset) != 0}
	if n.header < ipv4HeaderLength || n.total < n.header || n.total > len(b) {
		return IPv4Header{}, ipv4Extent{}, ErrIPv4Cut
	}
	if checksum(sum(0, b[:n.header])) != 0 {
		return IPv4Header{}, ipv4Extent{}, ErrIPv4Checksum
	}
	return IPv4Header{
		TypeOfService:  b[1],
		Identification: binary.BigEndian.Uint16(b[4:]),
		DontFragment:   offset&flagDF != 0,
		TimeToLive:     b[8],
		Protocol:       b[9],
		Source:         netip.AddrFrom4([4]byte(b[12:16])),
		Destination:    netip.AddrFrom4([4]byte(b[16:20])),
	}, n, nil
}

// AppendBinary appends the packet, its header without options. The error is
// [ErrIPv4Address], [ErrTTL] or [ErrTooLong], and b is returned unchanged with
// it.
func (p IPv4Packet) AppendBinary(b []byte) ([]byte, error) {
	if err := p.sendable(len(p.Payload)); err != nil {
		return b, err
	}
	return append(p.append(b, len(p.Payload)), p.Payload...), nil
}

// sendable says why the header cannot be written before n bytes.
func (h IPv4Header) sendable(n int) error {
	switch {
	case !h.Source.Is4(), !h.Destination.Is4():
		return ErrIPv4Address
	case h.TimeToLive == 0:
		return ErrTTL
	case n > maxDatagram-ipv4HeaderLength:
		return ErrTooLong
	}
	return nil
}

// append appends the header before n bytes.
func (h IPv4Header) append(b []byte, n int) []byte {
	var p [ipv4HeaderLength]byte
	p[0] = 4<<4 | ipv4HeaderLength/4
	p[1] = h.TypeOfService
	binary.BigEndian.PutUint16(p[2:], uint16(ipv4HeaderLength+n))
	binary.BigEndian.PutUint16(p[4:], h.Identification)
	if h.DontFragment {
		binary.BigEndian.PutUint16(p[6:], flagDF)
	}
	p[8] = h.TimeToLive
	p[9] = h.Protocol
	source, destination := h.Source.As4(), h.Destination.As4()
	copy(p[12:], source[:])
	copy(p[16:], destination[:])
	binary.BigEndian.PutUint16(p[10:], checksum(sum(0, p[:])))
	return append(b, p[:]...)
}

// Equal reports whether two headers are the same.
func (h IPv4Header) Equal(o IPv4Header) bool { return h == o }

// Equal reports whether two packets are the same, byte by byte of their payloads.
func (p IPv4Packet) Equal(o IPv4Packet) bool {
	return p.IPv4Header == o.IPv4Header && string(p.Payload) == string(o.Payload)
}

// String returns "IPv4 192.0.2.1 > 198.51.100.7 protocol 41 ttl 64".
func (h IPv4Header) String() string {
	return "IPv4 " + h.Source.String() + " > " + h.Destination.String() +
		" protocol " + strconv.Itoa(int(h.Protocol)) + " ttl " + strconv.Itoa(int(h.TimeToLive))
}

// String returns the header's words and the payload's length.
func (p IPv4Packet) String() string {
	return p.IPv4Header.String() + ", " + strconv.Itoa(len(p.Payload)) + " bytes"
}
