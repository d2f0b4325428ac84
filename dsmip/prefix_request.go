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

// Static asks for a prefix that the mobile node knows; a /128 is an address.
// ::/0 is what Dynamic(0) gives.
func Static(p netip.Prefix) PrefixRequest {
	return PrefixRequest{uint8(max(p.Bits(), 0)), p.Addr()}
}

// Dynamic asks for any prefix: the prefix is zero, the length 0 or, as a hint
// of what is wanted, 1 to 128 (draft-06 §4.6.1; RFC 5454 has DHCPv6 instead).
func Dynamic(hint uint8) PrefixRequest {
	return PrefixRequest{hint, netip.IPv6Unspecified()}
}

// InterfaceIdentifier asks for an address with the given interface identifier
// under a prefix of the home agent's: ::interface_identifier with Prefix Length
// 128 (draft-06 §4.6.1). An identifier of zero cannot be told from
// Dynamic(128).
func InterfaceIdentifier(id [8]byte) PrefixRequest {
	var b [16]byte
	copy(b[8:], id[:])
	return PrefixRequest{128, netip.AddrFrom16(b)}
}

// LinkLocal registers a link-local address for the tunnel, over which DHCPv6
// then delegates prefixes (RFC 5454 §3.7.1).
func LinkLocal(a netip.Addr) PrefixRequest { return PrefixRequest{LinkLocalLength, a} }

// Form is what a prefix request asks for.
type Form uint8

// The forms.
const (
	StaticPrefix       Form = iota // a prefix or address that the mobile node knows
	AnyPrefix                      // a zero prefix; the length is 0 or a hint (draft-06 §4.6.1)
	HomeAddressRequest             // ::interface_identifier/128: an address with it (draft-06 §4.6.1)
	LinkLocalAddress               // Prefix Length 255 (RFC 5454 §3.7.1)
)

// String returns "static prefix", "any prefix", "home address" or "link-local
// address".
func (f Form) String() string {
	switch f {
	case StaticPrefix:
		return "static prefix"
	case AnyPrefix:
		return "any prefix"
	case HomeAddressRequest:
		return "home address"
	case LinkLocalAddress:
		return "link-local address"
	}
	return "form " + strconv.Itoa(int(f))
}

// Form classifies the request. The bits beyond the prefix length do not count.
// One message cannot tell an interface identifier from an address whose upper
// 64 bits are zero: both are HomeAddressRequest.
func (p PrefixRequest) Form() Form {
	if p.PrefixLength == LinkLocalLength {
		return LinkLocalAddress
	}
	if !p.Prefix.IsValid() {
		return AnyPrefix
	}
	switch m := masked(p.Prefix, p.PrefixLength); {
	case m == bits{}:
		return AnyPrefix
	case p.PrefixLength == 128 && m.high == 0:
		return HomeAddressRequest
	}
	return StaticPrefix
}

// Same reports whether both name the same prefix: equal lengths and, bits
// beyond the length ignored, equal prefixes. With LinkLocalLength all 128 bits
// count. An unset prefix is the same as none.
func (p PrefixRequest) Same(o PrefixRequest) bool {
	return same(p.Prefix, p.PrefixLength, o.Prefix, o.PrefixLength)
}
