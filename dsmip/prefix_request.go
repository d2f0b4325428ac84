package dsmip

import (
	"net/netip"
	"strconv"

	"github.com/go-mobileip/dsmipv4/ext"
)

// PrefixRequest is the IPv6 Prefix Request extension (type 152, sub-type 1;
// draft-ietf-mip4-dsmipv4-06 §3.1, RFC 5454 §2.1): a mobile node asks its home
// agent to register an IPv6 prefix or address.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |    Sub-Type   | Prefix Length |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                                                               |
//	+                                                               +
//	|                                                               |
//	+                  Mobile IPv6 Network Prefix                   +
//	|                                                               |
//	+                                                               +
//	|                                                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type PrefixRequest struct {
	PrefixLength uint8      // 0 to 128 bits, or LinkLocalLength
	Prefix       netip.Addr // IPv6, as it stands on the wire, host bits included
}

// ParsePrefixRequest reads an IPv6 Prefix Request extension. The error is
// [ext.ErrKind] for another kind, the row's BadLength unless Length is 18, and
// [ErrPrefixLength] for a Prefix Length of 129 to 254. 255 always parses:
// whether the profile knows it is the rule book's question.
func ParsePrefixRequest(x ext.Raw) (PrefixRequest, error) {
	if x.Kind() != ext.KindIPv6PrefixRequest {
		return PrefixRequest{}, ext.ErrKind
	}
	b := x.Body()
	if len(b) != 17 {
		return PrefixRequest{}, x.Check()
	}
	if !known(b[0]) {
		return PrefixRequest{}, ErrPrefixLength
	}
	return PrefixRequest{b[0], netip.AddrFrom16([16]byte(b[1:]))}, nil
}

// AppendBinary appends the extension, the bits beyond the prefix length
// cleared. The error is [ErrPrefix], [ErrPrefixLength] or [ErrLinkLocal], and b
// is returned unchanged with it.
func (p PrefixRequest) AppendBinary(b []byte) ([]byte, error) {
	prefix, f := sendable(p.Prefix, p.PrefixLength)
	if f != nil {
		return b, f
	}
	return prefix.append(append(b, typeDSMIPv4, 18, prefixRequest, p.PrefixLength)), nil
}

// The bytes of the three headers: one type, three sub-types.
const (
	typeDSMIPv4   = byte(ext.KindIPv6PrefixRequest >> 8)
	prefixRequest = byte(ext.KindIPv6PrefixRequest & 0xff)
	prefixReply   = byte(ext.KindIPv6PrefixReply & 0xff)
	tunnelingMode = byte(ext.KindIPv6TunnelingMode & 0xff)
)

// RequestPrefix asks for a prefix that the mobile node knows; a /128 is an
// address. A zero prefix is what RequestAnyPrefix gives, ::id/128 what
// RequestInterfaceIdentifier gives. An invalid prefix gives the zero PrefixRequest,
// which AppendBinary refuses.
func RequestPrefix(p netip.Prefix) PrefixRequest {
	return PrefixRequest{uint8(max(p.Bits(), 0)), p.Addr()}
}

// RequestAnyPrefix asks for a prefix of the home agent's choice: the prefix is
// zero, the length 0 or, as a hint of what is wanted, 1 to 128 (draft-06 §4.6.1;
// RFC 5454 has DHCPv6 instead).
func RequestAnyPrefix(hint uint8) PrefixRequest {
	return PrefixRequest{hint, netip.IPv6Unspecified()}
}

// RequestInterfaceIdentifier asks for an address with the given interface
// identifier under a prefix of the home agent's: ::interface_identifier with Prefix
// Length 128 (draft-06 §4.6.1). An identifier of zero cannot be told from
// RequestAnyPrefix(128).
func RequestInterfaceIdentifier(id [8]byte) PrefixRequest {
	var b [16]byte
	copy(b[8:], id[:])
	return PrefixRequest{128, netip.AddrFrom16(b)}
}

// RequestLinkLocal registers a link-local address for the tunnel, over which
// DHCPv6 then delegates prefixes (RFC 5454 §3.7.1).
func RequestLinkLocal(a netip.Addr) PrefixRequest { return PrefixRequest{LinkLocalLength, a} }

// Want is what a prefix request asks for.
type Want uint8

// What can be asked for.
const (
	WantPrefix              Want = iota // a prefix or address that the mobile node knows
	WantAnyPrefix                       // a zero prefix; the length is 0 or a hint (draft-06 §4.6.1)
	WantInterfaceIdentifier             // ::interface_identifier/128: an address with it (draft-06 §4.6.1)
	WantLinkLocal                       // Prefix Length 255 (RFC 5454 §3.7.1)
)

// String returns "prefix", "any prefix", "interface identifier" or "link-local
// address".
func (w Want) String() string {
	switch w {
	case WantPrefix:
		return "prefix"
	case WantAnyPrefix:
		return "any prefix"
	case WantInterfaceIdentifier:
		return "interface identifier"
	case WantLinkLocal:
		return "link-local address"
	}
	return "want " + strconv.Itoa(int(w))
}

// Wants classifies the request. The bits beyond the prefix length do not count.
// One message cannot tell an interface identifier from an address whose upper
// 64 bits are zero: both are WantInterfaceIdentifier. An unset Prefix, which cannot
// be sent, is WantAnyPrefix.
func (p PrefixRequest) Wants() Want {
	if p.PrefixLength == LinkLocalLength {
		return WantLinkLocal
	}
	if !p.Prefix.IsValid() {
		return WantAnyPrefix
	}
	switch m := masked(p.Prefix, p.PrefixLength); {
	case m == bits{}:
		return WantAnyPrefix
	case p.PrefixLength == 128 && m.high == 0:
		return WantInterfaceIdentifier
	}
	return WantPrefix
}

// NetPrefix returns the prefix with the bits beyond its length cleared, a
// link-local address as a /128; false where there is none: an unset or IPv4
// Prefix, and a Prefix Length of 129 to 254.
func (p PrefixRequest) NetPrefix() (netip.Prefix, bool) { return netPrefix(p.Prefix, p.PrefixLength) }

// Same reports whether both name the same prefix: equal lengths and, bits
// beyond the length ignored, equal prefixes. With LinkLocalLength all 128 bits
// count. An unset prefix is the same as none.
func (p PrefixRequest) Same(o PrefixRequest) bool {
	return same(p.Prefix, p.PrefixLength, o.Prefix, o.PrefixLength)
}

// Equal reports whether both are the same, bits beyond the length included.
func (p PrefixRequest) Equal(o PrefixRequest) bool { return p == o }

// String returns the extension's name and the prefix as it stands on the wire.
func (p PrefixRequest) String() string {
	return ext.KindIPv6PrefixRequest.String() + " " + p.Prefix.String() + "/" + strconv.Itoa(int(p.PrefixLength))
}
