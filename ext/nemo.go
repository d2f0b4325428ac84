package ext

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
)

// MobileNetworkRequest is the Mobile Network Request extension (type 148, sub-type 0;
// RFC 5177 §4.1): a mobile router asks its home agent to forward a prefix to it. A
// Prefix of 0.0.0.0 asks for one of the home agent's choice, of the length that
// PrefixLength hints at (RFC 6626 §3.1).
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |   Sub-Type    | Prefix Length |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                          Prefix                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type MobileNetworkRequest struct {
	PrefixLength uint8      // bits; the wire has room for more than 32, which Code 1 answers
	Prefix       netip.Addr // IPv4, as it stands on the wire, host bits included
}

// What cannot be sent of a mobile network.
var (
	// ErrMobileNetwork: the prefix is not IPv4; one that is asked for is 0.0.0.0.
	ErrMobileNetwork = code.NewFault("the mobile network prefix is not an IPv4 address", "RFC 5177 §4.1, §4.2", code.Caller, 0, 0, 0)
	// ErrMobileNetworkLength: a prefix longer than IPv4 addresses can be named in an
	// acknowledgement that does not accept it, and nowhere else.
	ErrMobileNetworkLength = code.NewFault("the mobile network prefix is longer than 32 bits", "RFC 5177 §4.1, §4.2", code.Caller, 0, 0, 0)
)

// ParseMobileNetworkRequest reads a Mobile Network Request extension. Every Prefix
// Length parses: to one that is wrong the home agent answers with an acknowledgement
// (RFC 5177 §6.6). The error is [ErrKind] for another kind and the row's BadLength
// unless Length is 6.
func ParseMobileNetworkRequest(x Raw) (MobileNetworkRequest, error) {
	b, err := x.bodyOf(KindMobileNetworkRequest)
	if err != nil {
		return MobileNetworkRequest{}, err
	}
	return MobileNetworkRequest{b[0], ipv4(b[1:])}, nil
}

// AppendBinary appends the extension. The error is [ErrMobileNetwork] or
// [ErrMobileNetworkLength], and b is returned unchanged with it.
func (m MobileNetworkRequest) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case !m.Prefix.Is4():
		return b, ErrMobileNetwork
	case m.PrefixLength > 32:
		return b, ErrMobileNetworkLength
	}
	p := m.Prefix.As4()
	return append(b, 148, 6, 0, m.PrefixLength, p[0], p[1], p[2], p[3]), nil
}

// NetPrefix returns the prefix with the bits beyond its length cleared; false where
// there is none: a Prefix that is not IPv4, and a length above 32.
func (m MobileNetworkRequest) NetPrefix() (netip.Prefix, bool) {
	return netPrefix4(m.Prefix, m.PrefixLength)
}

// Equal reports whether both are the same, host bits included.
func (m MobileNetworkRequest) Equal(o MobileNetworkRequest) bool { return m == o }

// String returns the name and the prefix as it stands on the wire.
func (m MobileNetworkRequest) String() string {
	return KindMobileNetworkRequest.String() + " " + slashed(m.Prefix, m.PrefixLength)
}

// MobileNetworkAckExplicit is the Explicit Mode Acknowledgement of the Mobile Network
// Acknowledgement extension (type 148, sub-type 1; RFC 5177 §4.2): the home agent
// answers a Mobile Network Request. It converts to [MobileNetworkAckImplicit] and
// back.
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |   Sub-Type    |      Code     |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	| Prefix Length |    Reserved   |            Prefix...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	            ...Prefix           |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type MobileNetworkAckExplicit struct {
	Code         code.MobileNetwork
	PrefixLength uint8      // bits; above 32 where a wrong one was asked for
	Prefix       netip.Addr // IPv4, as it stands on the wire, host bits included
}

// MobileNetworkAckImplicit is the Implicit Mode Acknowledgement of the Mobile Network
// Acknowledgement extension (type 148, sub-type 2; RFC 5177 §4.2): the home agent says
// which prefixes it forwards unasked. The layout is that of
// [MobileNetworkAckExplicit].
type MobileNetworkAckImplicit struct {
	Code         code.MobileNetwork
	PrefixLength uint8      // bits
	Prefix       netip.Addr // IPv4, as it stands on the wire, host bits included
}

// ParseMobileNetworkAckExplicit reads an Explicit Mode Acknowledgement; its reserved
// byte is ignored, and every Prefix Length parses. The error is [ErrKind] for another
// kind and the row's BadLength unless Length is 8.
func ParseMobileNetworkAckExplicit(x Raw) (MobileNetworkAckExplicit, error) {
	return parseMobileNetworkAck(x, KindMobileNetworkAckExplicit)
}

// ParseMobileNetworkAckImplicit reads an Implicit Mode Acknowledgement as
// [ParseMobileNetworkAckExplicit] does the other.
func ParseMobileNetworkAckImplicit(x Raw) (MobileNetworkAckImplicit, error) {
	m, err := parseMobileNetworkAck(x, KindMobileNetworkAckImplicit)
	return MobileNetworkAckImplicit(m), err
}

func parseMobileNetworkAck(x Raw, k Kind) (MobileNetworkAckExplicit, error) {
	b, err := x.bodyOf(k)
	if err != nil {
		return MobileNetworkAckExplicit{}, err
	}
	return MobileNetworkAckExplicit{code.MobileNetwork(b[0]), b[1], ipv4(b[3:])}, nil
}

// AppendBinary appends the extension, its reserved byte zero. The error is
// [ErrMobileNetwork] or, where the Code is success, [ErrMobileNetworkLength], and b is
// returned unchanged with it.
func (m MobileNetworkAckExplicit) AppendBinary(b []byte) ([]byte, error) {
	return m.append(b, KindMobileNetworkAckExplicit)
}

// AppendBinary appends the extension as that of [MobileNetworkAckExplicit] does.
func (m MobileNetworkAckImplicit) AppendBinary(b []byte) ([]byte, error) {
	return MobileNetworkAckExplicit(m).append(b, KindMobileNetworkAckImplicit)
}

func (m MobileNetworkAckExplicit) append(b []byte, k Kind) ([]byte, error) {
	switch {
	case !m.Prefix.Is4():
		return b, ErrMobileNetwork
	case m.PrefixLength > 32 && m.Code.Accepted():
		return b, ErrMobileNetworkLength
	}
	p := m.Prefix.As4()
	return append(b, 148, 8, k.SubType(), byte(m.Code), m.PrefixLength, 0, p[0], p[1], p[2], p[3]), nil
}

// NetPrefix returns the prefix as [MobileNetworkRequest.NetPrefix] does.
func (m MobileNetworkAckExplicit) NetPrefix() (netip.Prefix, bool) {
	return netPrefix4(m.Prefix, m.PrefixLength)
}

// NetPrefix returns the prefix as [MobileNetworkRequest.NetPrefix] does.
func (m MobileNetworkAckImplicit) NetPrefix() (netip.Prefix, bool) {
	return netPrefix4(m.Prefix, m.PrefixLength)
}

// Equal reports whether both are the same, host bits included.
func (m MobileNetworkAckExplicit) Equal(o MobileNetworkAckExplicit) bool { return m == o }

// Equal reports whether both are the same, host bits included.
func (m MobileNetworkAckImplicit) Equal(o MobileNetworkAckImplicit) bool { return m == o }

// String returns the name, the code with its words, and the prefix as it stands on
// the wire.
func (m MobileNetworkAckExplicit) String() string {
	return KindMobileNetworkAckExplicit.String() + " " + named(m.Code) + " " + slashed(m.Prefix, m.PrefixLength)
}

// String returns the name, the code with its words, and the prefix as it stands on
// the wire.
func (m MobileNetworkAckImplicit) String() string {
	return KindMobileNetworkAckImplicit.String() + " " + named(m.Code) + " " + slashed(m.Prefix, m.PrefixLength)
}

// netPrefix4 returns the IPv4 prefix of the two fields of the wire, masked.
func netPrefix4(a netip.Addr, n uint8) (netip.Prefix, bool) {
	if !a.Is4() {
		return netip.Prefix{}, false
	}
	p, err := a.Prefix(int(n))
	return p, err == nil
}

// slashed returns the two fields of a prefix in the usual notation.
func slashed(a netip.Addr, n uint8) string { return a.String() + "/" + number(n) }
