package dsmip

import (
	"net/netip"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// PrefixReply is the IPv6 Prefix Reply extension (type 152, sub-type 2;
// draft-ietf-mip4-dsmipv4-06 §3.2, RFC 5454 §2.2): the home agent answers one
// IPv6 Prefix Request.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |    Sub-Type   |     Code      |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	| Prefix Length |    Reserved   |                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               +
//	|                                                               |
//	+                                                               +
//	|                  Mobile IPv6 Network Prefix                   |
//	+                                                               +
//	|                                                               |
//	+                               +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type PrefixReply struct {
	Code         code.IPv6Prefix
	PrefixLength uint8      // 0 to 128 bits, or LinkLocalLength
	Prefix       netip.Addr // IPv6, as it stands on the wire, host bits included
}

// ParsePrefixReply reads an IPv6 Prefix Reply extension; its reserved byte is
// ignored. The error is [ext.ErrKind] for another kind, the row's BadLength
// unless Length is 20, and [ErrPrefixLength] for a Prefix Length of 129 to 254.
func ParsePrefixReply(x ext.Raw) (PrefixReply, error) {
	if x.Kind() != ext.KindIPv6PrefixReply {
		return PrefixReply{}, ext.ErrKind
	}
	b := x.Body()
	if len(b) != 19 {
		return PrefixReply{}, x.Check()
	}
	if !known(b[1]) {
		return PrefixReply{}, ErrPrefixLength
	}
	return PrefixReply{code.IPv6Prefix(b[0]), b[1], netip.AddrFrom16([16]byte(b[3:]))}, nil
}

// AppendBinary appends the extension, the bits beyond the prefix length and the
// reserved byte cleared. The error is [ErrPrefix], [ErrPrefixLength] or
// [ErrLinkLocal], and b is returned unchanged with it.
func (p PrefixReply) AppendBinary(b []byte) ([]byte, error) {
	prefix, f := sendable(p.Prefix, p.PrefixLength)
	if f != nil {
		return b, f
	}
	return prefix.append(append(b, typeDSMIPv4, 20, prefixReply, byte(p.Code), p.PrefixLength, 0)), nil
}

// NetPrefix returns the prefix as [PrefixRequest.NetPrefix] does.
func (p PrefixReply) NetPrefix() (netip.Prefix, bool) { return netPrefix(p.Prefix, p.PrefixLength) }

// Equal reports whether both are the same, bits beyond the length included.
func (p PrefixReply) Equal(o PrefixReply) bool { return p == o }

// String returns the extension's name, the code with its words, and the prefix as it
// stands on the wire.
func (p PrefixReply) String() string {
	s := ext.KindIPv6PrefixReply.String() + " " + strconv.Itoa(int(p.Code))
	if words := p.Code.String(); words != strconv.Itoa(int(p.Code)) {
		s += " (" + words + ")"
	}
	return s + " " + p.Prefix.String() + "/" + strconv.Itoa(int(p.PrefixLength))
}
