package fuzz

import (
	"encoding/binary"

	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
)

// longest bounds the bodies that the generators make, where the registry allows
// longer ones.
const longest = 40

// legalLength returns a legal value of a row's Length field.
func legalLength(s *source, r *ext.Row) int {
	top := min(r.Max, max(r.Min, longest))
	return r.Min + r.Step*s.n((top-r.Min)/r.Step+1)
}

// prefixed is how much of a Length field the header takes: the Sub-Type of the
// short form.
func prefixed(f ext.Form) int {
	if f == ext.Short {
		return 1
	}
	return 0
}

// documentation is the enterprise number for examples (RFC 5612).
const documentation = 32473

// appendBody appends a body that fits the figure of a registered kind and that its
// type would write, reserved bits excepted; any is as good as another where the text
// does not restrict it.
func appendBody(b []byte, s *source, r *ext.Row) []byte {
	switch r.Kind {
	case ext.KindMobileNodeNAI, ext.KindServiceSelection, ext.KindHAIdentity, ext.KindAAAHIdentity, ext.KindFANAI:
		return appendNAI(b, s)
	case ext.KindMessageStringHA, ext.KindMessageStringFA:
		return appendLabel(append(appendLabel(b, s), ' '), s)
	case ext.KindChallenge:
		return s.append(b, s.between(4, 32))
	case ext.KindMNFAKeyRequest, ext.KindMNHAKeyRequest:
		return appendSPI(b, s)
	case ext.KindMNFAKeyReply, ext.KindMNHAKeyReply:
		// Lifetime, AAA SPI, FA or HA SPI (RFC 3957 §6.2, §6.4), then what else there
		// is and the nonce.
		b = appendSPI(s.append(b, 8), s)
		return s.append(b, s.between(r.Min-12, longest))
	case ext.KindFAError:
		return append(b, byte(s.between(64, 127)))
	case ext.KindProxyAuthMethod:
		return append(b, 2) // IPsec (RFC 5563 §5.1), which takes no extension
	case ext.KindUDPTunnelRequest:
		// Reserved1, F R Reserved2, Encapsulation, Reserved3 (RFC 3519 §3.1): with R
		// that is right through a foreign agent, too.
		return append(b, 0, byte(s.n(2))<<7|0x40, 0, 0, 0)
	case ext.KindSKIPTraversal:
		// Reserved, the two addresses (RFC 2356 §7.3).
		return appendIPv4(appendIPv4(append(b, 0, 0), s), s)
	case ext.KindGFAAddress:
		return appendIPv4(append(b, 0, 0), s) // reserved, the address (RFC 4857 §9.1)
	case ext.KindDeviceID, ext.KindSubscriberID:
		// ID-Type, Identifier (RFC 5563 §5.3, §5.4).
		return s.append(append(b, byte(s.between(1, 255))), s.n(longest/2))
	case ext.KindAccessTechnology:
		return append(b, byte(s.between(1, 255))) // Tech-Type (RFC 5563 §5.5)
	case ext.KindRequestedHA, ext.KindRedirectedHA:
		return appendIPv4(b, s)
	case ext.KindCVSE, ext.KindLegacyCVSE:
		// Vendor/Org-ID, Vendor-CVSE-Type (RFC 3115 §2.1).
		return s.append(binary.BigEndian.AppendUint32(b, documentation), s.between(2, 18))
	case ext.KindNVSE, ext.KindLegacyNVSE:
		// Reserved, Vendor/Org-ID, Vendor-NVSE-Type (RFC 3115 §2.2).
		return s.append(binary.BigEndian.AppendUint32(append(b, 0, 0), documentation), s.between(2, 18))
	case ext.KindRevocationSupport:
		// I and Reserved, Timestamp (RFC 3543 §3.2).
		return s.append(append(b, 0, 0), 4)
	case ext.KindMobileNetworkRequest:
		// Prefix Length, Prefix (RFC 5177 §4.1), behind the Sub-Type.
		return s.append(append(b, byte(s.between(8, 30))), 4)
	case ext.KindMobileNetworkAckExplicit, ext.KindMobileNetworkAckImplicit:
		// Code, Prefix Length, Reserved, Prefix (RFC 5177 §4.2).
		return s.append(append(b, byte(s.n(5)), byte(s.between(8, 30)), 0), 4)
	case ext.KindRouteOptimizationPrefix:
		return appendStructures(b, s)
	case ext.KindRouteOptimizationCapability:
		// A R S O and reserved bits, and with S an address (RFC 6521 §5.1).
		if s.oneIn(2) {
			return append(b, byte(s.n(2))<<6|byte(s.n(2))<<4)
		}
		return appendIPv4(append(b, 0x20), s)
	case ext.KindMultipath:
		// If-ATT, If-Label, Binding ID, B O and reserved bits (RFC 7629 §4.1).
		return append(b, byte(s.n(256)), byte(s.between(1, 255)), byte(s.between(1, 254)), [3]byte{0, 0x80, 0x40}[s.n(3)])
	case ext.KindFlowBinding:
		// Action, BID Count, the BIDs, TS Format, Traffic Selector (RFC 7629 §4.2):
		// forward.
		n := s.between(1, 8)
		b = append(b, 1, byte(n))
		for range n {
			b = append(b, byte(s.between(1, 254)))
		}
		return s.append(append(b, byte(s.between(1, 2))), s.n(longest/2))
	case ext.KindIPv6PrefixRequest:
		return appendPrefixRequest(b, static(s))
	case ext.KindIPv6PrefixReply:
		return appendPrefixReply(b, s, static(s))
	case ext.KindIPv6TunnelingMode:
		return append(b, 0)
	}
	return s.append(b, legalLength(s, r)-prefixed(r.Form))
}

// appendSPI appends a Security Parameter Index that is not reserved.
func appendSPI(b []byte, s *source) []byte {
	return binary.BigEndian.AppendUint32(b, uint32(s.between(256, 1<<31-1)))
}

func appendIPv4(b []byte, s *source) []byte {
	a := ipv4(s).As4()
	return append(b, a[:]...)
}

// appendStructures appends a mobile router with a prefix in a realm, and sometimes a
// second (RFC 6521 §5.5).
func appendStructures(b []byte, s *source) []byte {
	for range s.between(1, 2) {
		// D M Info: M is set of the router, and none of the prefix, whose length is
		// a multiple of 8 here. A realm is labels with a zero behind (§4.2.1).
		b = appendIPv4(append(b, 0x40|byte(s.n(2))), s)
		n := s.between(1, 3)
		b = s.append(append(b, byte(8*n)), n)
		at := len(b)
		b = appendLabel(append(b, 0), s)
		b[at] = byte(len(b) - at - 1)
		b = append(b, 0)
	}
	return b
}

// appendPrefixRequest appends the body of a prefix request: Prefix Length, prefix.
func appendPrefixRequest(b []byte, q dsmip.PrefixRequest) []byte {
	p := q.Prefix.As16()
	return append(append(b, q.PrefixLength), p[:]...)
}

// appendPrefixReply appends the body of the reply to a prefix request: Code,
// Prefix Length, Reserved, prefix.
func appendPrefixReply(b []byte, s *source, q dsmip.PrefixRequest) []byte {
	p := q.Prefix.As16()
	return append(append(b, byte(prefixCode(s)), q.PrefixLength, 0), p[:]...)
}
