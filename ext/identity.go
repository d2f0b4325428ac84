package ext

import (
	"bytes"

	"github.com/go-mobileip/dsmipv4/code"
)

// HAIdentity is the HA Identity (type 136, sub-type 1; RFC 3846 §4) of the NAI Carrying
// extension: the NAI of the home agent.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |   Sub-Type    |    NAI ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type HAIdentity struct {
	// NAI has the form hostname@realm, 1 to 254 bytes. One that was parsed aliases the
	// message, and may be empty.
	NAI []byte `json:"nai"`
}

// AAAHIdentity is the AAAH Identity (type 136, sub-type 2; RFC 3846 §5): the NAI of the
// home AAA server. The layout is that of [HAIdentity].
type AAAHIdentity struct {
	// NAI has the form hostname@realm, 1 to 254 bytes. One that was parsed aliases the
	// message, and may be empty.
	NAI []byte `json:"nai"`
}

// FANAI is the FA-NAI (type 136, sub-type 3; RFC 4857 §8.2): the NAI of the foreign
// agent, which stands in Agent Advertisements. The layout is that of [HAIdentity].
type FANAI struct {
	// NAI has 1 to 254 bytes. One that was parsed aliases the message, and may be empty.
	NAI []byte `json:"nai"`
}

// ErrCarriedNAI says that the NAI of a NAI Carrying extension is empty or longer than
// 254 bytes and cannot be sent.
var ErrCarriedNAI = code.NewFault("a NAI Carrying extension has a NAI of 1 to 254 bytes", "RFC 3846 §3", code.Caller, 0, 0, 0)

// ParseHAIdentity reads an HA Identity. The error is [ErrKind] for another kind.
func ParseHAIdentity(x Raw) (HAIdentity, error) {
	b, err := x.bodyOf(KindHAIdentity)
	return HAIdentity{b}, err
}

// ParseAAAHIdentity reads an AAAH Identity. The error is [ErrKind] for another kind.
func ParseAAAHIdentity(x Raw) (AAAHIdentity, error) {
	b, err := x.bodyOf(KindAAAHIdentity)
	return AAAHIdentity{b}, err
}

// ParseFANAI reads an FA-NAI. The error is [ErrKind] for another kind.
func ParseFANAI(x Raw) (FANAI, error) {
	b, err := x.bodyOf(KindFANAI)
	return FANAI{b}, err
}

// AppendBinary appends the extension. The error is [ErrCarriedNAI], and b is returned
// unchanged with it.
func (i HAIdentity) AppendBinary(b []byte) ([]byte, error) {
	return appendNAI(b, KindHAIdentity, i.NAI)
}

// AppendBinary appends the extension. The error is [ErrCarriedNAI], and b is returned
// unchanged with it.
func (i AAAHIdentity) AppendBinary(b []byte) ([]byte, error) {
	return appendNAI(b, KindAAAHIdentity, i.NAI)
}

// AppendBinary appends the extension. The error is [ErrCarriedNAI], and b is returned
// unchanged with it.
func (i FANAI) AppendBinary(b []byte) ([]byte, error) { return appendNAI(b, KindFANAI, i.NAI) }

func appendNAI(b []byte, k Kind, nai []byte) ([]byte, error) {
	if len(nai) == 0 || len(nai) > 254 {
		return b, ErrCarriedNAI
	}
	return AppendRaw(b, k, nai)
}

// Equal reports whether both are the same.
func (i HAIdentity) Equal(o HAIdentity) bool { return bytes.Equal(i.NAI, o.NAI) }

// Equal reports whether both are the same.
func (i AAAHIdentity) Equal(o AAAHIdentity) bool { return bytes.Equal(i.NAI, o.NAI) }

// Equal reports whether both are the same.
func (i FANAI) Equal(o FANAI) bool { return bytes.Equal(i.NAI, o.NAI) }

// String returns the name and the beginning of the NAI.
func (i HAIdentity) String() string { return KindHAIdentity.String() + " " + quoted(i.NAI) }

// String returns the name and the beginning of the NAI.
func (i AAAHIdentity) String() string { return KindAAAHIdentity.String() + " " + quoted(i.NAI) }

// String returns the name and the beginning of the NAI.
func (i FANAI) String() string { return KindFANAI.String() + " " + quoted(i.NAI) }
