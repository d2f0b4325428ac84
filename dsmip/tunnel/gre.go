package tunnel

import (
	"encoding/binary"
	"strconv"
)

// GREKey is the Key of a GRE header (RFC 2890 §2.1), when there is one. Mobile IP
// assigns it by the Key Identifier of the GRE Key extension (RFC 6245 §5).
type GREKey struct {
	Identifier uint32
	Present    bool
}

// The Protocol Types of GRE that carry packets of a mobile node: EtherTypes.
const (
	ProtocolTypeIPv4 = 0x0800 // RFC 2784 §3
	ProtocolTypeIPv6 = 0x86dd // IANA's for IPv6: draft-ietf-mip4-dsmipv4-06 §4.3.2, RFC 5454 §3.3.2
)

// GREPacket is a GRE header and its payload packet (RFC 2784 §2, RFC 2890 §2).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|C| |K|S| Reserved0       | Ver |         Protocol Type         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|      Checksum (optional)      |       Reserved1 (Optional)    |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                         Key (optional)                        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                 Sequence Number (Optional)                    |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type GREPacket struct {
	ChecksumPresent       bool // C
	SequenceNumberPresent bool // S
	ProtocolType          uint16
	Key                   GREKey // K, and the field
	SequenceNumber        uint32 // 0 unless SequenceNumberPresent
	Payload               []byte // an IP packet of the version that ProtocolType names
}

// The first two bytes of a GRE header.
const (
	greChecksum = 1 << 15
	greKey      = 1 << 13
	greSequence = 1 << 12
	// Bits 1, 4 and 5 of what RFC 2784 §2.3 has a receiver refuse; RFC 2890 §2 took
	// bits 2 and 3 out.
	greReserved = 1<<14 | 1<<11 | 1<<10
	greVersion  = 7
)

// ParseGRE reads a GRE packet, which is what follows an outer IPv4 header of
// Protocol 47, or a Tunnel Data header. The Payload aliases b to its end. A
// checksum that is present is verified; Reserved1 and the bits 6 to 12 are
// ignored. The error is [ErrGRECut], [ErrGREReserved], [ErrGREVersion],
// [ErrGREChecksum], [ErrProtocolType], [ErrVersion] when the payload is a packet of
// another version, or what [ParsePacket] says of the payload.
func ParseGRE(b []byte) (GREPacket, error) {
	g, err := parseGRE(b)
	if err != nil {
		return GREPacket{}, err
	}
	if _, _, err := parsePacket(g.Payload, g.version()); err != nil {
		return GREPacket{}, err
	}
	return g, nil
}

// parseGRE reads the header only.
func parseGRE(b []byte) (GREPacket, error) {
	if len(b) < 4 {
		return GREPacket{}, ErrGRECut
	}
	flags := binary.BigEndian.Uint16(b)
	g := GREPacket{
		ChecksumPresent:       flags&greChecksum != 0,
		SequenceNumberPresent: flags&greSequence != 0,
		ProtocolType:          binary.BigEndian.Uint16(b[2:]),
		Key:                   GREKey{Present: flags&greKey != 0},
	}
	n := g.headerLength()
	switch {
	case flags&greReserved != 0:
		return GREPacket{}, ErrGREReserved
	case flags&greVersion != 0:
		return GREPacket{}, ErrGREVersion
	case len(b) < n:
		return GREPacket{}, ErrGRECut
	case g.ChecksumPresent && checksum(sum(0, b)) != 0:
		return GREPacket{}, ErrGREChecksum
	case g.version() == 0:
		return GREPacket{}, ErrProtocolType
	}
	at := 4
	if g.ChecksumPresent {
		at += 4
	}
	if g.Key.Present {
		g.Key.Identifier = binary.BigEndian.Uint32(b[at:])
		at += 4
	}
	if g.SequenceNumberPresent {
		g.SequenceNumber = binary.BigEndian.Uint32(b[at:])
	}
	g.Payload = b[n:len(b):len(b)]
	return g, nil
}

// version is the IP version that the Protocol Type names, 0 for none.
func (g GREPacket) version() int {
	switch g.ProtocolType {
	case ProtocolTypeIPv4:
		return 4
	case ProtocolTypeIPv6:
		return 6
	}
	return 0
}

// headerLength is the length of the header in bytes.
func (g GREPacket) headerLength() int {
	n := 4
	for _, present := range [...]bool{g.ChecksumPresent, g.Key.Present, g.SequenceNumberPresent} {
		if present {
			n += 4
		}
	}
	return n
}

// AppendBinary appends the header and the payload, the reserved bits zero, the
// checksum computed when it is to be present. Fields that are not present are not
// written. The error is [ErrProtocolType], [ErrVersion] or what [ParsePacket] says
// of the payload, and b is returned unchanged with it.
func (g GREPacket) AppendBinary(b []byte) ([]byte, error) {
	if g.version() == 0 {
		return b, ErrProtocolType
	}
	if _, _, err := parsePacket(g.Payload, g.version()); err != nil {
		return b, err
	}
	start := len(b)
	b = append(g.append(b), g.Payload...)
	if g.ChecksumPresent {
		binary.BigEndian.PutUint16(b[start+4:], checksum(sum(0, b[start:])))
	}
	return b, nil
}

// append appends the header, its checksum zero.
func (g GREPacket) append(b []byte) []byte {
	var flags uint16
	if g.ChecksumPresent {
		flags |= greChecksum
	}
	if g.Key.Present {
		flags |= greKey
	}
	if g.SequenceNumberPresent {
		flags |= greSequence
	}
	b = binary.BigEndian.AppendUint16(b, flags)
	b = binary.BigEndian.AppendUint16(b, g.ProtocolType)
	if g.ChecksumPresent {
		b = append(b, 0, 0, 0, 0)
	}
	if g.Key.Present {
		b = binary.BigEndian.AppendUint32(b, g.Key.Identifier)
	}
	if g.SequenceNumberPresent {
		b = binary.BigEndian.AppendUint32(b, g.SequenceNumber)
	}
	return b
}

// Equal reports whether two packets are the same, byte by byte of their payloads.
func (g GREPacket) Equal(o GREPacket) bool {
	return g.ChecksumPresent == o.ChecksumPresent && g.SequenceNumberPresent == o.SequenceNumberPresent &&
		g.ProtocolType == o.ProtocolType && g.Key == o.Key && g.SequenceNumber == o.SequenceNumber &&
		string(g.Payload) == string(o.Payload)
}

// String returns "GRE IPv6 key 0x0000002a, 60 bytes".
func (g GREPacket) String() string {
	s := "GRE protocol type " + strconv.Itoa(int(g.ProtocolType))
	if v := g.version(); v != 0 {
		s = "GRE IPv" + strconv.Itoa(v)
	}
	if g.Key.Present {
		s += " " + g.Key.String()
	}
	if g.SequenceNumberPresent {
		s += " sequence " + strconv.FormatUint(uint64(g.SequenceNumber), 10)
	}
	if g.ChecksumPresent {
		s += " checksum"
	}
	return s + ", " + strconv.Itoa(len(g.Payload)) + " bytes"
}
