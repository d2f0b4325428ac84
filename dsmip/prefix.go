package dsmip

import (
	"encoding/binary"
	"math"
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
	ErrPrefixLength = code.NewFault("Prefix Length is 129 to 254", "draft-ietf-mip4-dsmipv4-06 §3.1, §3.2, RFC 5454 §2.1, §2.2", code.Must, ignore, ignore, ignore)
	// ErrPrefix: the prefix to send is not an IPv6 address: it is unset, IPv4,
	// or has a zone, for which the wire has no place.
	ErrPrefix = code.NewFault("the prefix is not an IPv6 address without zone", "draft-ietf-mip4-dsmipv4-06 §3.1, §3.2, RFC 5454 §2.1, §2.2", code.Caller, 0, 0, 0)
	// ErrLinkLocal: Prefix Length 255 announces a link-local address.
	ErrLinkLocal = code.NewFault("Prefix Length 255 without a link-local address", "RFC 5454 §2.1, §2.2, §3.7.1", code.Must, ignore, ignore, ignore)
)

// known reports whether a Prefix Length has a meaning.
func known(n uint8) bool { return n <= 128 || n == LinkLocalLength }

// bits are the 128 bits of a prefix.
type bits struct{ high, low uint64 }

// bitsOf reads the sixteen bytes at the head of b.
func bitsOf(b []byte) bits {
	return bits{binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:])}
}

// masked returns the bits of a prefix, those beyond its length cleared.
func masked(a netip.Addr, n uint8) bits {
	b := a.As16()
	return bitsOf(b[:]).masked(n)
}

// linkLocal reports whether the bits are of fe80::/10.
func (m bits) linkLocal() bool { return m.high>>54 == 0xfe80>>6 }

// masked clears the bits beyond a length (RFC 5454 §2.1, §2.2). A shift by 64 or
// more gives zero, so that a length of 128 or LinkLocalLength keeps them all.
func (m bits) masked(n uint8) bits {
	m.high &^= math.MaxUint64 >> n
	if n <= 64 {
		m.low = 0
	} else {
		m.low &^= math.MaxUint64 >> (n - 64)
	}
	return m
}

// sendable returns the bits of a prefix as they are sent, or why it cannot be.
func sendable(a netip.Addr, n uint8) (bits, *code.Fault) {
	if !known(n) {
		return bits{}, ErrPrefixLength
	}
	if !a.Is6() || a.Zone() != "" {
		return bits{}, ErrPrefix
	}
	m := masked(a, n)
	if n == LinkLocalLength && !m.linkLocal() {
		return bits{}, ErrLinkLocal
	}
	return m, nil
}

// append appends the sixteen bytes.
func (m bits) append(b []byte) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(b, m.high), m.low)
}

// same reports whether two prefixes are equal, bits beyond the length ignored.
func same(a netip.Addr, n uint8, b netip.Addr, m uint8) bool {
	return n == m && a.IsValid() && b.IsValid() && masked(a, n) == masked(b, m)
}

// netPrefix returns the prefix of the two fields of the wire, masked.
func netPrefix(a netip.Addr, n uint8) (netip.Prefix, bool) {
	if !a.Is6() || !known(n) {
		return netip.Prefix{}, false
	}
	m, err := a.Prefix(min(int(n), 128))
	return m, err == nil
}
