package fuzz

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// The generators of values. Every one draws from its source in a fixed order, so
// that equal streams give equal values.

// ipv4 returns any unicast IPv4 address but loopback.
func ipv4(s *source) netip.Addr {
	v := uint32(s.uint64() >> 32)
	first := 1 + (v>>24)%222 // 1-126, 128-223
	if first >= 127 {
		first++
	}
	return netip.AddrFrom4([4]byte{byte(first), byte(v >> 16), byte(v >> 8), byte(v)})
}

// ipv6 returns a global IPv6 address, of 2000::/3.
func ipv6(s *source) netip.Addr {
	var a [16]byte
	s.append(a[:0], 16)
	a[0] = 0x20 | a[0]&0x1f
	return netip.AddrFrom16(a)
}

// linkLocal returns an address of fe80::/64.
func linkLocal(s *source) netip.Addr {
	a := [16]byte{0xfe, 0x80}
	s.append(a[8:8], 8)
	return netip.AddrFrom16(a)
}

func identification(s *source) mipv4.Identification { return mipv4.Identification(s.uint64()) }

// lifetime returns mostly ordinary lifetimes, and those with a meaning of their
// own.
func lifetime(s *source) mipv4.Lifetime {
	switch s.n(8) {
	case 0:
		return mipv4.Infinite
	case 1:
		return mipv4.Deregister
	}
	return mipv4.Lifetime(s.between(1, 0xfffe))
}

// registration returns mostly registered codes.
func registration(s *source) code.Registration {
	switch s.n(4) {
	case 0:
		return code.RegistrationAccepted
	case 1:
		return code.Registration(s.n(256))
	case 2:
		return code.Registration(s.between(64, 109))
	}
	return code.Registration(s.between(128, 153))
}

// static returns a static prefix of common lengths, its host bits clear.
func static(s *source) dsmip.PrefixRequest {
	lengths := [8]uint8{48, 56, 60, 64, 64, 64, 96, 128}
	return dsmip.RequestPrefix(netip.PrefixFrom(ipv6(s), int(lengths[s.n(len(lengths))])).Masked())
}

// interfaceIdentifier returns a request for an address with an identifier that is
// not zero.
func interfaceIdentifier(s *source) dsmip.PrefixRequest {
	id := [8]byte{7: 1}
	s.append(id[:0], 7)
	return dsmip.RequestInterfaceIdentifier(id)
}

// prefixRequest returns a prefix request of any form that can be sent.
func prefixRequest(s *source) dsmip.PrefixRequest {
	switch s.n(8) {
	case 0:
		return dsmip.RequestAnyPrefix(uint8(s.between(0, 128)))
	case 1:
		var id [8]byte
		s.append(id[:0], 8)
		return dsmip.RequestInterfaceIdentifier(id)
	case 2:
		return dsmip.RequestLinkLocal(linkLocal(s))
	case 3: // with host bits
		return dsmip.PrefixRequest{PrefixLength: uint8(s.between(0, 128)), Prefix: ipv6(s)}
	}
	return static(s)
}

func prefixCode(s *source) code.IPv6Prefix {
	codes := [8]code.IPv6Prefix{0, 0, 0, 1, 8, 9, 10, 11}
	return codes[s.n(len(codes))]
}

func prefixReply(s *source) dsmip.PrefixReply {
	q := prefixRequest(s)
	return dsmip.PrefixReply{Code: prefixCode(s), PrefixLength: q.PrefixLength, Prefix: q.Prefix}
}

const letters = "abcdefghijklmnopqrstuvwxyz"

// appendLabel appends a lower-case label of 1 to 12 letters.
func appendLabel(b []byte, s *source) []byte {
	v := s.uint64()
	for range 1 + v>>60%12 {
		b = append(b, letters[v%26])
		v /= 26
	}
	return b
}

// appendNAI appends a network access identifier (RFC 4282 §2.1).
func appendNAI(b []byte, s *source) []byte {
	b = append(appendLabel(b, s), '@')
	return append(appendLabel(b, s), ".example"...)
}
