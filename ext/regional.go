package ext

import (
	"encoding/binary"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
)

// GFAAddress is the GFA IP Address extension (type 46; RFC 4857 §9.1): the gateway
// foreign agent that was assigned to the mobile node.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |     Length    |           reserved            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                         GFA IP Address                        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type GFAAddress struct {
	Address netip.Addr `json:"gfaIPAddress"` // IPv4
}

// ErrAgentAddress says that the address of a foreign agent is not IPv4.
var ErrAgentAddress = code.NewFault("the foreign agent's address is not an IPv4 address", "RFC 4857 §9.1, §9.2", code.Caller, 0, 0, 0)

// ParseGFAAddress reads a GFA IP Address extension; its reserved field is ignored. The
// error is [ErrKind] for another kind and the row's BadLength unless Length is 6.
func ParseGFAAddress(x Raw) (GFAAddress, error) {
	b, err := x.bodyOf(KindGFAAddress)
	if err != nil {
		return GFAAddress{}, err
	}
	return GFAAddress{ipv4(b[2:])}, nil
}

// AppendBinary appends the extension, its reserved field zero. The error is
// [ErrAgentAddress], and b is returned unchanged with it.
func (g GFAAddress) AppendBinary(b []byte) ([]byte, error) {
	if !g.Address.Is4() {
		return b, ErrAgentAddress
	}
	a := g.Address.As4()
	return append(b, 46, 6, 0, 0, a[0], a[1], a[2], a[3]), nil
}

// Equal reports whether both are the same.
func (g GFAAddress) Equal(o GFAAddress) bool { return g == o }

// String returns the name and the address.
func (g GFAAddress) String() string { return KindGFAAddress.String() + " " + g.Address.String() }

// HierarchicalFA is the Hierarchical Foreign Agent extension (type 140; RFC 4857 §9.2):
// the care-of address under which a gateway foreign agent reaches the mobile node.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |     Length    |           reserved            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                         FA IP Address                         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type HierarchicalFA struct {
	Address netip.Addr `json:"faIPAddress"` // IPv4
}

// ParseHierarchicalFA reads a Hierarchical Foreign Agent extension; its reserved field
// is ignored. The error is [ErrKind] for another kind and the row's BadLength unless
// Length is 6.
func ParseHierarchicalFA(x Raw) (HierarchicalFA, error) {
	b, err := x.bodyOf(KindHierarchicalFA)
	if err != nil {
		return HierarchicalFA{}, err
	}
	return HierarchicalFA{ipv4(b[2:])}, nil
}

// AppendBinary appends the extension, its reserved field zero. The error is
// [ErrAgentAddress], and b is returned unchanged with it.
func (h HierarchicalFA) AppendBinary(b []byte) ([]byte, error) {
	if !h.Address.Is4() {
		return b, ErrAgentAddress
	}
	a := h.Address.As4()
	return append(b, 140, 6, 0, 0, a[0], a[1], a[2], a[3]), nil
}

// Equal reports whether both are the same.
func (h HierarchicalFA) Equal(o HierarchicalFA) bool { return h == o }

// String returns the name and the address.
func (h HierarchicalFA) String() string {
	return KindHierarchicalFA.String() + " " + h.Address.String()
}

// ReplayProtectionStyle is the Replay Protection Style extension (type 141; RFC 4857
// §9.3): the style that the mobile node wants between itself and a gateway foreign
// agent, and with what it begins. In a Registration Reply the gateway foreign agent
// says what the mobile node is to use next.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |     Length    |    Replay Protection Style    |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                                                               |
//	+                   Initial Identification                      +
//	|                                                               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// The text gives a Length of 2, for which the figure has no room: who skips the
// extension by that Length reads the Initial Identification as extensions. 10, the
// Length of the figure, is written; both are read.
type ReplayProtectionStyle struct {
	Style code.ReplayProtectionStyle `json:"replayProtectionStyle"`
	// InitialIdentification is a timestamp or nonce in the format of a message's
	// Identification (RFC 5944 §5.7); 0 where the Length is 2.
	InitialIdentification uint64
}

// ParseReplayProtectionStyle reads a Replay Protection Style extension. The error is
// [ErrKind] for another kind and the row's BadLength unless Length is 10 or 2.
func ParseReplayProtectionStyle(x Raw) (ReplayProtectionStyle, error) {
	b, err := x.bodyOf(KindReplayProtectionStyle)
	if err != nil {
		return ReplayProtectionStyle{}, err
	}
	r := ReplayProtectionStyle{Style: code.ReplayProtectionStyle(binary.BigEndian.Uint16(b))}
	if len(b) == 10 {
		r.InitialIdentification = binary.BigEndian.Uint64(b[2:])
	}
	return r, nil
}

// AppendBinary appends the extension with a Length of 10. It never fails.
func (r ReplayProtectionStyle) AppendBinary(b []byte) ([]byte, error) {
	return binary.BigEndian.AppendUint64(append(b, 141, 10, byte(r.Style>>8), byte(r.Style)), r.InitialIdentification), nil
}

// String returns the name, the style with its words, and the initial identification as
// hex.
func (r ReplayProtectionStyle) String() string {
	var id [8]byte
	binary.BigEndian.PutUint64(id[:], r.InitialIdentification)
	return KindReplayProtectionStyle.String() + " " + named(r.Style) + " id " + hexed(id[:])
}

// RegionalLifetime is the Regional Registration Lifetime extension (type 142; RFC 4857
// §9.4): how long the gateway foreign agent keeps a regional registration.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |     Length    |           reserved            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                Regional Registration Lifetime                 |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type RegionalLifetime struct {
	// Lifetime is in seconds. 0 says that the mobile node is deregistered, 0xffff
	// that the registration never expires, although the field has 32 bits; it has no
	// meaning where the home registration is denied.
	Lifetime uint32 `json:"regionalRegistrationLifetime"`
}

// ParseRegionalLifetime reads a Regional Registration Lifetime extension; its reserved
// field is ignored. The error is [ErrKind] for another kind and the row's BadLength
// unless Length is 6.
func ParseRegionalLifetime(x Raw) (RegionalLifetime, error) {
	b, err := x.bodyOf(KindRegionalLifetime)
	if err != nil {
		return RegionalLifetime{}, err
	}
	return RegionalLifetime{binary.BigEndian.Uint32(b[2:])}, nil
}

// AppendBinary appends the extension, its reserved field zero. It never fails.
func (r RegionalLifetime) AppendBinary(b []byte) ([]byte, error) {
	return binary.BigEndian.AppendUint32(append(b, 142, 6, 0, 0), r.Lifetime), nil
}

// String returns the name and "deregistered", "infinite" or the seconds.
func (r RegionalLifetime) String() string {
	s := number(r.Lifetime) + "s"
	switch r.Lifetime {
	case 0:
		s = "deregistered"
	case 0xffff:
		s = "infinite"
	}
	return KindRegionalLifetime.String() + " " + s
}
