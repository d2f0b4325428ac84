package dsmip

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
)

// LinkLocalLength is the Prefix Length that says that the prefix field holds a
// link-local address, all of whose 128 bits count (RFC 5454 §2.2, §3.7.1). The
// draft does not know it.
const LinkLocalLength = 255

// The reactions that this library recommends to what cannot mean a prefix: the
// texts are silent, and the extensions are skippable.
const ignore = code.ToIgnore | code.AsAdvised

var (
	// ErrPrefixLength: 129 to 254 is no length of an IPv6 prefix, and no text
	// gives it a meaning.
	ErrPrefixLength = code.NewFault("Prefix Length is 129 to 254", "draft-ietf-mip4-dsmipv4-06 §3.1, §3.2, RFC 5454 §2.2", ignore, ignore, ignore)
	// ErrPrefix: the prefix to send is not an IPv6 address: it is unset, IPv4,
	// or has a zone, for which the wire has no place.
	ErrPrefix = code.NewFault("the prefix is not an IPv6 address without zone", "draft-ietf-mip4-dsmipv4-06 §3.1, §3.2, RFC 5454 §2.1, §2.2", 0, 0, 0)
	// ErrLinkLocal: Prefix Length 255 announces a link-local address.
	ErrLinkLocal = code.NewFault("Prefix Length 255 without a link-local address", "RFC 5454 §2.2, §3.7.1", ignore, ignore, ignore)
)

// checkLength refuses a Prefix Length that has no meaning.
func checkLength(n uint8) error {
	if n > 128 && n != LinkLocalLength {
		return ErrPrefixLength
	}
	return nil
}

// check refuses a prefix that cannot be sent.
func check(a netip.Addr, n uint8) error {
	if err := checkLength(n); err != nil {
		return err
	}
	if !a.Is6() || a.Zone() != "" {
		return ErrPrefix
	}
	// fe80::/10 by its bits: netip unmaps ::ffff:169.254.0.0 first.
	if b := a.As16(); n == LinkLocalLength && (b[0] != 0xfe || b[1]&0xc0 != 0x80) {
		return ErrLinkLocal
	}
	return nil
}

// masked returns the sixteen bytes of a prefix with the bits beyond its length
// cleared (RFC 5454 §2.1, §2.2).
func masked(a netip.Addr, n uint8) [16]byte {
	b := a.As16()
	if n >= 128 {
		return b
	}
	i := int(n / 8)
	b[i] &= 0xff << (8 - n%8)
	clear(b[i+1:])
	return b
}

// same reports whether two prefixes are equal, bits beyond the length ignored.
func same(a netip.Addr, n uint8, b netip.Addr, m uint8) bool {
	return n == m && a.IsValid() && b.IsValid() && masked(a, n) == masked(b, m)
}
