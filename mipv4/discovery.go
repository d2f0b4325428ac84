package mipv4

import (
	"bytes"
	"encoding/binary"
	"iter"
	"slices"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// The ICMP types of the two messages of agent discovery (RFC 1256 §3, RFC 5944
// §2). Both travel with an IP TTL of 1.
const (
	ICMPAgentAdvertisement = 9
	ICMPAgentSolicitation  = 10
)

// discoveryLength is the size in bytes of what every advertisement and
// solicitation has: ICMP type, Code, Checksum and four bytes more.
const discoveryLength = 8

// DiscoveryType is the first byte of an extension of an ICMP Router Discovery
// message. It is a number space of its own: the same number means something else
// in a message of UDP port 434, whose type is [ext.Type] (RFC 5944 §1.8).
type DiscoveryType uint8

// Skippable reports whether a receiver that does not know the type skips the
// extension (128-255) rather than discarding the message (RFC 5944 §1.8).
func (t DiscoveryType) Skippable() bool { return t >= 128 }

// String returns the name of the type, of its family where sub-types have names
// of their own, and "type N" for one that is not registered.
func (t DiscoveryType) String() string {
	switch t {
	case 136:
		return "NAI Carrying"
	case 140:
		return "Generalized Link Layer and IPv4 Address"
	}
	if name := discoveryName(DiscoveryKind(t) << 8); name != "" {
		return name
	}
	return "type " + strconv.Itoa(int(t))
}

// form is the layout of the type's header. Those of RFC 4988 (20 to 22) and of
// CARD (137 to 139), whose Length counts units of eight octets, are numbered in
// this space but travel in messages of ICMP type 41 only: in an advertisement they
// are unknown like any other.
func (t DiscoveryType) form() ext.Form {
	switch t {
	case 0:
		return ext.Pad
	case 136, 140:
		return ext.Short
	case 16, 19, 24, 127:
		return ext.TLV
	}
	if t.Skippable() {
		return ext.TLV
	}
	return ext.Unwalkable
}

// DiscoveryKind names an extension of an ICMP Router Discovery message: the type
// times 256 plus the sub-type, which is 0 for the types that have none. An
// extension of a type with sub-types that is too short to have one has a kind of
// its own, which equals none of the constants.
type DiscoveryKind uint32

// discoveryNoSubType marks the kind of a short form of Length 0.
const discoveryNoSubType DiscoveryKind = 1 << 16

// The kinds that agent advertisements and solicitations carry.
const (
	DiscoveryPadding               DiscoveryKind = 0 << 8     // One-byte Padding: RFC 5944 §2.1.3
	DiscoveryMobilityAgent         DiscoveryKind = 16 << 8    // Mobility Agent Advertisement: RFC 5944 §2.1.1
	DiscoveryPrefixLengths         DiscoveryKind = 19 << 8    // Prefix-Lengths: RFC 5944 §2.1.2
	DiscoveryChallenge             DiscoveryKind = 24 << 8    // Challenge: RFC 4721 §2
	DiscoveryExperimental          DiscoveryKind = 127 << 8   // Experimental, non-skippable: RFC 4064 §4.2
	DiscoveryNVSE                  DiscoveryKind = 134 << 8   // Normal Vendor/Organization Specific: RFC 3115 §2.2
	DiscoveryHAIdentity            DiscoveryKind = 136<<8 | 1 // HA Identity: RFC 3846 §4
	DiscoveryAAAHIdentity          DiscoveryKind = 136<<8 | 2 // AAAH Identity: RFC 3846 §5
	DiscoveryFANAI                 DiscoveryKind = 136<<8 | 3 // FA-NAI: RFC 4857 §8.2
	DiscoveryIMSI3GPP2             DiscoveryKind = 140<<8 | 1 // 3GPP2 IMSI: RFC 4881 §9.1
	DiscoveryIMSI3GPP              DiscoveryKind = 140<<8 | 2 // 3GPP IMSI: RFC 4881 §9.2
	DiscoveryEthernetAddress       DiscoveryKind = 140<<8 | 3 // Ethernet Address: RFC 4881 §9.3
	DiscoveryEUI64Address          DiscoveryKind = 140<<8 | 4 // EUI-64 Address: RFC 4881 §9.4
	DiscoverySolicitedIPv4Address  DiscoveryKind = 140<<8 | 5 // Solicited IPv4 Address: RFC 4881 §9.5
	DiscoveryAccessPointID         DiscoveryKind = 140<<8 | 6 // Access Point Identifier: RFC 4881 §9.6
	DiscoveryFAIPv4Address         DiscoveryKind = 140<<8 | 7 // FA IPv4 Address: RFC 4881 §9.7
	DiscoverySkippableExperimental DiscoveryKind = 255 << 8   // Experimental, skippable: RFC 4064 §4.4
)

func discoveryName(k DiscoveryKind) string {
	switch k {
	case DiscoveryPadding:
		return "One-byte Padding"
	case DiscoveryMobilityAgent:
		return "Mobility Agent Advertisement"
	case DiscoveryPrefixLengths:
		return "Prefix-Lengths"
	case DiscoveryChallenge:
		return "Challenge"
	case DiscoveryExperimental, DiscoverySkippableExperimental:
		return "Experimental"
	case DiscoveryNVSE:
		return "Normal Vendor/Organization Specific"
	case DiscoveryHAIdentity:
		return "HA Identity"
	case DiscoveryAAAHIdentity:
		return "AAAH Identity"
	case DiscoveryFANAI:
		return "FA-NAI"
	case DiscoveryIMSI3GPP2:
		return "3GPP2 IMSI"
	case DiscoveryIMSI3GPP:
		return "3GPP IMSI"
	case DiscoveryEthernetAddress:
		return "Ethernet Address"
	case DiscoveryEUI64Address:
		return "EUI-64 Address"
	case DiscoverySolicitedIPv4Address:
		return "Solicited IPv4 Address"
	case DiscoveryAccessPointID:
		return "Access Point Identifier"
	case DiscoveryFAIPv4Address:
		return "FA IPv4 Address"
	}
	return ""
}

// Type returns the type.
func (k DiscoveryKind) Type() DiscoveryType { return DiscoveryType(k >> 8) }

// SubType returns the sub-type, 0 for the types that have none.
func (k DiscoveryKind) SubType() uint8 { return uint8(k) }

// String returns the extension's name in its RFC, and the numbers of a kind that
// is not registered: "type 200", "type 140 sub-type 9".
func (k DiscoveryKind) String() string {
	if name := discoveryName(k); name != "" {
		return name
	}
	s := "type " + strconv.Itoa(int(k.Type()))
	switch {
	case k&discoveryNoSubType != 0:
		return s + " without sub-type"
	case k.Type().form() == ext.Short:
		return s + " sub-type " + strconv.Itoa(int(k.SubType()))
	}
	return s
}

// DiscoveryList is the extension list of an advertisement or a solicitation,
// walked once and found well-formed. It is a view: it aliases the message and is
// valid until that changes. The zero DiscoveryList is empty.
type DiscoveryList struct {
	msg []byte // the whole message
	off int    // where the extensions start
}

// walkDiscovery walks the extensions of msg from off on, and returns where the
// walk stops where it does.
func walkDiscovery(msg []byte, off int) (DiscoveryList, int, error) {
	for i := off; i < len(msg); {
		n := discoveryExtent(msg[i:])
		if n == 0 {
			return DiscoveryList{}, i, discoveryCause(msg[i:])
		}
		i += n
	}
	return DiscoveryList{msg, off}, len(msg), nil
}

// discoveryExtent returns how many bytes the extension at the head of b, which is
// not empty, takes; 0 when it does not fit.
func discoveryExtent(b []byte) int {
	switch DiscoveryType(b[0]).form() {
	case ext.Unwalkable:
		return 0
	case ext.Pad:
		return 1
	}
	if len(b) < 2 || len(b) < 2+int(b[1]) {
		return 0
	}
	return 2 + int(b[1])
}

// discoveryCause says why discoveryExtent gave 0 for b.
func discoveryCause(b []byte) *code.Fault {
	switch {
	case DiscoveryType(b[0]).form() == ext.Unwalkable:
		return ext.ErrUnknownType
	case len(b) == 1:
		return ext.ErrLoneByte
	}
	return ext.ErrOverrun
}

// at returns the extension at offset off, whatever has become of the bytes since
// they were walked.
func (l DiscoveryList) at(off int) (DiscoveryExtension, bool) {
	if off < l.off || off >= len(l.msg) {
		return DiscoveryExtension{}, false
	}
	b := l.msg[off:]
	n := discoveryExtent(b)
	if n == 0 {
		return DiscoveryExtension{}, false
	}
	x := DiscoveryExtension{msg: l.msg[: off+n : off+n], off: off, kind: DiscoveryKind(b[0]) << 8, header: min(n, 2)}
	if DiscoveryType(b[0]).form() == ext.Short {
		if n == 2 {
			x.kind |= discoveryNoSubType
		} else {
			x.kind |= DiscoveryKind(b[2])
			x.header = 3
		}
	}
	return x, true
}

// First returns the first extension, false when the list is empty.
func (l DiscoveryList) First() (DiscoveryExtension, bool) { return l.at(l.off) }

// Next returns the extension that follows x, false behind the last. x must be of
// this list.
func (l DiscoveryList) Next(x DiscoveryExtension) (DiscoveryExtension, bool) { return l.at(len(x.msg)) }

// All iterates over the extensions in the order of the wire.
func (l DiscoveryList) All() iter.Seq[DiscoveryExtension] {
	return func(yield func(DiscoveryExtension) bool) {
		for x, ok := l.First(); ok && yield(x); x, ok = l.Next(x) {
		}
	}
}

// Find returns the first extension of a kind, false when there is none.
func (l DiscoveryList) Find(k DiscoveryKind) (DiscoveryExtension, bool) {
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if x.kind == k {
			return x, true
		}
	}
	return DiscoveryExtension{}, false
}

// Bytes returns the extensions as they stand on the wire, capped so that append
// cannot overrun.
func (l DiscoveryList) Bytes() []byte { return l.msg[l.off:len(l.msg):len(l.msg)] }

// Size returns how many bytes the extensions take.
func (l DiscoveryList) Size() int { return len(l.msg) - l.off }

// Equal reports whether both lists hold the same bytes.
func (l DiscoveryList) Equal(o DiscoveryList) bool { return bytes.Equal(l.Bytes(), o.Bytes()) }

// String returns the names of the first 32 extensions in brackets, and how many
// more there are.
func (l DiscoveryList) String() string {
	return "[" + listed(l.All(), maxKinds, func(x DiscoveryExtension) string { return x.kind.String() }) + "]"
}

// DiscoveryExtension is one extension of an ICMP Router Discovery message on the
// wire: a view that aliases the message, valid until that changes. Those that
// this package does not know are kept as they are. The zero DiscoveryExtension is
// an empty padding.
type DiscoveryExtension struct {
	msg    []byte // the message up to and including the extension, capped
	off    int
	header int
	kind   DiscoveryKind
}

// Kind returns type and sub-type in one number.
func (x DiscoveryExtension) Kind() DiscoveryKind { return x.kind }

// Offset returns where the extension starts, counted from the ICMP type.
func (x DiscoveryExtension) Offset() int { return x.off }

// Bytes returns the whole extension, capped so that append cannot overrun.
func (x DiscoveryExtension) Bytes() []byte { return x.msg[x.off:len(x.msg):len(x.msg)] }

// Body returns what follows the header: Type, Length and, in types 136 and 140,
// Sub-Type. It is capped so that append cannot overrun.
func (x DiscoveryExtension) Body() []byte { return x.msg[x.off+x.header : len(x.msg) : len(x.msg)] }

// AppendBinary appends the extension's bytes as they were received, reserved bits
// included. It never fails.
func (x DiscoveryExtension) AppendBinary(b []byte) ([]byte, error) {
	return append(b, x.Bytes()...), nil
}

// Equal reports whether both are the same extension, byte for byte, wherever they stand.
func (x DiscoveryExtension) Equal(o DiscoveryExtension) bool {
	return bytes.Equal(x.Bytes(), o.Bytes())
}

// String returns the kind and the size of the body.
func (x DiscoveryExtension) String() string {
	return x.kind.String() + ", " + strconv.Itoa(len(x.Body())) + " bytes"
}

// AppendDiscovery appends an extension of any kind that can be walked, registered
// or not, whose body may have any layout. On error b is returned unchanged:
// [ext.ErrBodyTooLong], [ext.ErrBadSubType] when the kind has a sub-type that its
// form has no room for, or lacks one that it needs, and [ext.ErrUnknownType] for a
// non-skippable type that this package does not know. body may lie anywhere, also
// in the room behind b that the extension is written to.
func AppendDiscovery(b []byte, k DiscoveryKind, body []byte) ([]byte, error) {
	f := k.Type().form()
	header, longest := 2, 255
	switch f {
	case ext.Unwalkable:
		return b, ext.ErrUnknownType
	case ext.Pad:
		header, longest = 1, 0
	case ext.Short:
		header, longest = 3, 254
	}
	switch {
	case k > 0xffff, k.SubType() != 0 && f != ext.Short:
		return b, ext.ErrBadSubType
	case len(body) > longest:
		return b, ext.ErrBodyTooLong
	}
	n := len(b)
	b = slices.Grow(b, header+len(body))[:n+header+len(body)]
	copy(b[n+header:], body) // before the header can overwrite it
	p := b[n : n+header]
	p[0] = byte(k.Type())
	if header > 1 {
		p[1] = byte(header - 2 + len(body))
	}
	if header > 2 {
		p[2] = k.SubType()
	}
	return b, nil
}

// What is refused of the messages of agent discovery. RFC 1256 §4.2 and §5.2 have
// routers and hosts silently discard them.
var (
	// ErrICMPType: the message is of another type, or, where either is welcome,
	// neither an advertisement nor a solicitation.
	ErrICMPType = code.NewFault("the ICMP message is of another type", "RFC 1256 §3", code.Caller, 0, 0, 0)
	// ErrChecksum: the checksum is not the complement of the sum of the message.
	ErrChecksum = code.NewFault("the ICMP checksum is wrong", "RFC 1256 §4.2, §5.2", code.Must,
		code.ToDiscard, code.ToDiscard, code.ToDiscard)
)

// LocateDiscovery is [Locate] for ICMP messages: it returns where and why the
// Parse of [AgentAdvertisement] or [AgentSolicitation] refuses b, len(b) and nil
// when it does not. Another ICMP type, and no message at all, is [ErrICMPType] at 0.
func LocateDiscovery(b []byte) (int, error) {
	if len(b) > 0 {
		switch b[0] {
		case ICMPAgentAdvertisement:
			_, at, err := splitAdvertisement(b)
			return at, err
		case ICMPAgentSolicitation:
			_, at, err := splitSolicitation(b)
			return at, err
		}
	}
	return 0, ErrICMPType
}

// checkDiscovery checks what both messages begin with: size, type and checksum.
func checkDiscovery(b []byte, icmp byte, short *code.Fault) (int, error) {
	switch {
	case len(b) > 0 && b[0] != icmp:
		return 0, ErrICMPType
	case len(b) < discoveryLength:
		return len(b), short
	case len(b) > ext.MaxMessage:
		return ext.MaxMessage, ext.ErrTooLong
	case binary.BigEndian.Uint16(b[2:]) != checksum(b):
		return 2, ErrChecksum
	}
	return 0, nil
}

// checksum returns the checksum that belongs into bytes 2 and 3 of an ICMP message:
// the one's complement of the one's complement sum of its 16-bit words, the
// checksum taken as zero and an odd last byte as the upper half of a word (RFC 1256
// §3, RFC 792). It can be 0; the other zero of one's complement, 0xffff, is no
// result of it.
func checksum(b []byte) uint16 {
	sum := uint64(binary.BigEndian.Uint16(b))
	for b = b[4:]; len(b) >= 4; b = b[4:] {
		sum += uint64(binary.BigEndian.Uint32(b))
	}
	if len(b) >= 2 {
		sum += uint64(binary.BigEndian.Uint16(b))
		b = b[2:]
	}
	if len(b) == 1 {
		sum += uint64(b[0]) << 8
	}
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	return ^uint16(sum)
}

// SetChecksum writes the checksum into a whole advertisement or solicitation, from
// its ICMP type on: the last step of building one, behind the extensions. It
// returns msg. The error is [ErrICMPType], [ErrAdvertisementCut],
// [ErrSolicitationCut] or [ext.ErrTooLong], and msg is unchanged with it.
func SetChecksum(msg []byte) ([]byte, error) {
	short := ErrAdvertisementCut
	if len(msg) > 0 {
		switch msg[0] {
		case ICMPAgentAdvertisement:
		case ICMPAgentSolicitation:
			short = ErrSolicitationCut
		default:
			return msg, ErrICMPType
		}
	}
	switch {
	case len(msg) < discoveryLength:
		return msg, short
	case len(msg) > ext.MaxMessage:
		return msg, ext.ErrTooLong
	}
	binary.BigEndian.PutUint16(msg[2:], checksum(msg))
	return msg, nil
}
