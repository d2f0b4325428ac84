package mipv4

import (
	"encoding/binary"
	"slices"

	"github.com/go-mobileip/dsmipv4/code"
)

// AgentSolicitation is an Agent Solicitation: an ICMP Router Solicitation (RFC 1256
// §3) with an IP TTL of 1 (RFC 5944 §2.2).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |     Code      |           Checksum            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                           Reserved                            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// RFC 4881 §3.3 and §9 let link-layer and IPv4 addresses follow as extensions.
type AgentSolicitation struct {
	Reserved   uint32        `json:"reserved,omitempty"` // sent as zero, ignored when received
	Extensions DiscoveryList `json:"extensions"`         // a view of the parsed message
}

// What is refused of a solicitation.
var (
	// ErrSolicitationCut: an Agent Solicitation has at least 8 bytes.
	ErrSolicitationCut = code.NewFault("Agent Solicitation shorter than its fixed part of 8 bytes", "RFC 1256 §4.2", code.Must,
		code.ToDiscard, code.ToDiscard, 0)
	// ErrSolicitationCode: the Code of an Agent Solicitation is 0.
	ErrSolicitationCode = code.NewFault("the Code of an Agent Solicitation is not 0", "RFC 1256 §4.2", code.Must,
		code.ToDiscard, code.ToDiscard, 0)
)

// splitSolicitation checks a solicitation and returns where its check stops.
func splitSolicitation(b []byte) (DiscoveryList, int, error) {
	if at, err := checkDiscovery(b, ICMPAgentSolicitation, ErrSolicitationCut); err != nil {
		return DiscoveryList{}, at, err
	}
	if b[1] != 0 {
		return DiscoveryList{}, 1, ErrSolicitationCode
	}
	return walkDiscovery(b, discoveryLength)
}

// Parse reads a message, the ICMP type first, into s. Its Extensions alias b and are
// valid until b changes. The error is [ErrICMPType], [ErrSolicitationCut],
// [ext.ErrTooLong], [ErrChecksum], [ErrSolicitationCode], or, where what follows
// cannot be walked as extensions, [ext.ErrUnknownType], [ext.ErrLoneByte] or
// [ext.ErrOverrun]; then s is untouched. RFC 1256 §4.2, which knows no extensions,
// ignores what follows.
func (s *AgentSolicitation) Parse(b []byte) error {
	l, _, err := splitSolicitation(b)
	if err != nil {
		return err
	}
	*s = AgentSolicitation{binary.BigEndian.Uint32(b[4:]), l}
	return nil
}

// ParseAgentSolicitation is Parse into a new AgentSolicitation.
func ParseAgentSolicitation(b []byte) (s AgentSolicitation, err error) {
	err = s.Parse(b)
	return s, err
}

// AppendBinary appends the message with its checksum. Whoever appends further
// extensions calls [SetChecksum] in the end. The extensions may lie anywhere, also in
// the room behind b that the message is written to. It never fails: every list is of
// a message that is short enough.
func (s AgentSolicitation) AppendBinary(b []byte) ([]byte, error) {
	extensions := s.Extensions.Bytes()
	n := len(b)
	b = slices.Grow(b, discoveryLength+len(extensions))[:n+discoveryLength+len(extensions)]
	copy(b[n+discoveryLength:], extensions) // before the fixed part can overwrite them
	p := b[n:]
	p[0], p[1] = ICMPAgentSolicitation, 0
	binary.BigEndian.PutUint32(p[4:], s.Reserved)
	binary.BigEndian.PutUint16(p[2:], checksum(p))
	return b, nil
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// It never fails.
func (s AgentSolicitation) MarshalBinary() ([]byte, error) {
	return s.AppendBinary(make([]byte, 0, discoveryLength+s.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (s *AgentSolicitation) UnmarshalBinary(b []byte) error {
	return unmarshal(s, b, ParseAgentSolicitation)
}

// Equal reports whether both are the same message.
func (s AgentSolicitation) Equal(o AgentSolicitation) bool {
	return s.Reserved == o.Reserved && s.Extensions.Equal(o.Extensions)
}

// String returns one line with the kinds of the extensions.
func (s AgentSolicitation) String() string { return "Agent Solicitation " + s.Extensions.String() }
