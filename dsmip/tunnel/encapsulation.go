package tunnel

import (
	"strconv"

	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Encapsulation is how an IP packet travels in another: by one of the three
// methods of RFC 5944 §4.1, in IPv4 or in UDP (RFC 3519 §4.1).
type Encapsulation uint8

// The encapsulations. The zero Encapsulation is none.
const (
	IPinIP       Encapsulation = 1 + iota // IP in IP: RFC 2003, and RFC 4213 for IPv6
	GRE                                   // GRE: RFC 2784
	Minimal                               // minimal encapsulation: RFC 2004
	IPinUDP                               // IP in UDP: RFC 3519 §4.2
	GREinUDP                              // GRE in UDP: RFC 3519 §4.2
	MinimalInUDP                          // minimal encapsulation in UDP: RFC 3519 §4.2
)

// The numbers of the IPv4 Protocol field, which are also those of the Next
// Header field of Tunnel Data and of the Encapsulation field of a UDP Tunnel
// Request (RFC 3519 §3.1.4, §3.3), but that the latter does not have 41.
const (
	ProtocolIPv4    = 4  // RFC 2003
	ProtocolIPv6    = 41 // RFC 4213 §3.5
	ProtocolGRE     = 47 // RFC 2784 §4
	ProtocolMinimal = 55 // RFC 2004 §3
)

// Negotiated returns the encapsulation that a request's flags M and G ask for
// (RFC 5944 §3.3). The texts do not say which of the two a request means that
// sets both; this package takes GRE, which can carry IPv6. A GRE Key extension asks
// for GRE as well (RFC 6245 §4.2), which is the caller's to see.
func Negotiated(f mipv4.Flags) Encapsulation {
	switch {
	case f.Has(mipv4.FlagGRE):
		return GRE
	case f.Has(mipv4.FlagMinimal):
		return Minimal
	}
	return IPinIP
}

// NegotiatedUDP returns the encapsulation in UDP that a request's flags and the
// Encapsulation field of its UDP Tunnel Request (type 144) ask for: the field's
// when it is not zero, that of the flags when it is (RFC 3519 §3.1.4). The error
// is [ErrUDPEncapsulation], which a home agent answers with Code 142.
func NegotiatedUDP(f mipv4.Flags, encapsulation uint8) (Encapsulation, error) {
	switch encapsulation {
	case 0:
		return Negotiated(f) + IPinUDP - IPinIP, nil
	case ProtocolIPv4:
		return IPinUDP, nil
	case ProtocolGRE:
		return GREinUDP, nil
	case ProtocolMinimal:
		return MinimalInUDP, nil
	}
	return 0, ErrUDPEncapsulation
}

// UDP reports whether the packets travel in UDP, as Tunnel Data (type 4).
func (e Encapsulation) UDP() bool { return IPinUDP <= e && e <= MinimalInUDP }

// method is the same encapsulation in IPv4.
func (e Encapsulation) method() Encapsulation {
	if e.UDP() {
		return e - IPinUDP + IPinIP
	}
	return e
}

// Protocol returns the number by which a packet is announced that carries
// another of the given IP version, 4 or 6: the Protocol of the outer IPv4 header,
// or in UDP the Next Header of Tunnel Data. It is 41 for IPv6, also in UDP
// (draft-ietf-mip4-dsmipv4-06 §4.8, RFC 5454 §3.9). The error is
// [ErrMinimalIPv6] for IPv6 in minimal encapsulation, [ErrNegotiated] for no
// encapsulation and [ErrVersion] for another version.
func (e Encapsulation) Protocol(version int) (uint8, error) {
	if version != 4 && version != 6 {
		return 0, ErrVersion
	}
	switch e.method() {
	case IPinIP:
		if version == 6 {
			return ProtocolIPv6, nil
		}
		return ProtocolIPv4, nil
	case GRE:
		return ProtocolGRE, nil
	case Minimal:
		if version == 6 {
			return 0, ErrMinimalIPv6
		}
		return ProtocolMinimal, nil
	}
	return 0, ErrNegotiated
}

var encapsulationNames = [...]string{
	IPinIP:       "IP in IP",
	GRE:          "GRE",
	Minimal:      "minimal encapsulation",
	IPinUDP:      "IP in UDP",
	GREinUDP:     "GRE in UDP",
	MinimalInUDP: "minimal encapsulation in UDP",
}

// String returns the encapsulation's name, "IP in IP" say.
func (e Encapsulation) String() string {
	if 0 < e && int(e) < len(encapsulationNames) {
		return encapsulationNames[e]
	}
	return "encapsulation " + strconv.Itoa(int(e))
}
