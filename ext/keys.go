package ext

import (
	"bytes"
	"encoding/binary"

	"github.com/go-mobileip/dsmipv4/code"
)

// MNFAKeyRequest is the MN-FA Key Generation Nonce From AAA Request extension (type 40,
// sub-type 1; RFC 3957 §6.1): the mobile node asks for a key to share with the foreign
// agent. The Subtype Data is empty.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Subtype    |            Length             |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                       Mobile Node SPI                         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|           MN-FA Key Generation Nonce Request Subtype Data ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type MNFAKeyRequest struct {
	MobileNodeSPI uint32 // of the association that the key is for; above 255
}

// MNHAKeyRequest is the MN-HA Key Generation Nonce From AAA Request extension (type 42,
// sub-type 1; RFC 3957 §6.3): the mobile node asks for a key to share with the home
// agent. The Subtype Data is empty.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Subtype    |            Length             |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                       Mobile Node SPI                         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|            MN-HA Key Generation Nonce Request Subtype Data ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type MNHAKeyRequest struct {
	MobileNodeSPI uint32 // of the association that the key is for; above 255
}

// leastNonce is the size in bytes of the shortest Key Generation Nonce, 128 bits.
const leastNonce = 16

// ErrKeyNonce says that a Key Generation Nonce cannot be sent.
var ErrKeyNonce = code.NewFault("a Key Generation Nonce has at least 128 bits", "RFC 3957 §6.2, §6.4", code.Caller, 0, 0, 0)

// ParseMNFAKeyRequest reads an MN-FA Key Generation Nonce From AAA Request extension.
// The error is [ErrKind] for another kind and the row's BadLength unless Length is 4.
func ParseMNFAKeyRequest(x Raw) (MNFAKeyRequest, error) {
	b, err := x.bodyOf(KindMNFAKeyRequest)
	if err != nil {
		return MNFAKeyRequest{}, err
	}
	return MNFAKeyRequest{binary.BigEndian.Uint32(b)}, nil
}

// AppendBinary appends the extension. The error is [ErrReservedSPI], and b is returned
// unchanged with it.
func (k MNFAKeyRequest) AppendBinary(b []byte) ([]byte, error) {
	if k.MobileNodeSPI <= 255 {
		return b, ErrReservedSPI
	}
	return binary.BigEndian.AppendUint32(append(b, 40, 1, 0, 4), k.MobileNodeSPI), nil
}

// String returns the name and the SPI.
func (k MNFAKeyRequest) String() string {
	return KindMNFAKeyRequest.String() + " SPI " + number(k.MobileNodeSPI)
}

// ParseMNHAKeyRequest reads an MN-HA Key Generation Nonce From AAA Request extension.
// The error is [ErrKind] for another kind and the row's BadLength unless Length is 4.
func ParseMNHAKeyRequest(x Raw) (MNHAKeyRequest, error) {
	b, err := x.bodyOf(KindMNHAKeyRequest)
	if err != nil {
		return MNHAKeyRequest{}, err
	}
	return MNHAKeyRequest{binary.BigEndian.Uint32(b)}, nil
}

// AppendBinary appends the extension. The error is [ErrReservedSPI], and b is returned
// unchanged with it.
func (k MNHAKeyRequest) AppendBinary(b []byte) ([]byte, error) {
	if k.MobileNodeSPI <= 255 {
		return b, ErrReservedSPI
	}
	return binary.BigEndian.AppendUint32(append(b, 42, 1, 0, 4), k.MobileNodeSPI), nil
}

// String returns the name and the SPI.
func (k MNHAKeyRequest) String() string {
	return KindMNHAKeyRequest.String() + " SPI " + number(k.MobileNodeSPI)
}

// MNFAKeyReply is the MN-FA Key Generation Nonce From AAA Reply extension (type 41,
// sub-type 1; RFC 3957 §6.2): from its nonce, and a key shared with the AAA server, the
// mobile node makes the key that it shares with the foreign agent.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Subtype    |            Length             |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|             MN-FA Key Generation Nonce Reply Subtype Data ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// with, for this sub-type,
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                            Lifetime                           |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                            AAA SPI                            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                             FA SPI                            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|      Algorithm Identifier     |      Key Generation Nonce ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type MNFAKeyReply struct {
	Lifetime  uint32            // seconds for which the key is valid
	AAASPI    uint32            `json:"aaaSPI"`              // says how the key is made
	FASPI     uint32            `json:"faSPI"`               // of the association that the key is for; above 255
	Algorithm code.KeyAlgorithm `json:"algorithmIdentifier"` // of that association
	// Nonce has at least 16 bytes. One that was parsed aliases the message.
	Nonce []byte `json:"keyGenerationNonce"`
}

// ParseMNFAKeyReply reads an MN-FA Key Generation Nonce From AAA Reply extension. The
// error is [ErrKind] for another kind and the row's BadLength for a Length below 30, a
// nonce of less than 128 bits.
func ParseMNFAKeyReply(x Raw) (MNFAKeyReply, error) {
	b, err := x.bodyOf(KindMNFAKeyReply)
	if err != nil {
		return MNFAKeyReply{}, err
	}
	u := binary.BigEndian
	return MNFAKeyReply{u.Uint32(b), u.Uint32(b[4:]), u.Uint32(b[8:]), code.KeyAlgorithm(u.Uint16(b[12:])), b[14:]}, nil
}

// AppendBinary appends the extension. The error is [ErrKeyNonce], [ErrReservedSPI] or
// [ErrBodyTooLong], and b is returned unchanged with it.
func (k MNFAKeyReply) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case len(k.Nonce) < leastNonce:
		return b, ErrKeyNonce
	case k.FASPI <= 255:
		return b, ErrReservedSPI
	}
	var head [14]byte
	binary.BigEndian.PutUint32(head[0:], k.Lifetime)
	binary.BigEndian.PutUint32(head[4:], k.AAASPI)
	binary.BigEndian.PutUint32(head[8:], k.FASPI)
	binary.BigEndian.PutUint16(head[12:], uint16(k.Algorithm))
	return appendParts(b, KindMNFAKeyReply, head[:], k.Nonce)
}

// Equal reports whether both are the same.
func (k MNFAKeyReply) Equal(o MNFAKeyReply) bool {
	return k.Lifetime == o.Lifetime && k.AAASPI == o.AAASPI && k.FASPI == o.FASPI && k.Algorithm == o.Algorithm && bytes.Equal(k.Nonce, o.Nonce)
}

// String returns the name and the fields but the nonce, of which it gives the size.
func (k MNFAKeyReply) String() string {
	return KindMNFAKeyReply.String() + " lifetime " + number(k.Lifetime) + "s AAA SPI " + number(k.AAASPI) + " FA SPI " + number(k.FASPI) +
		" algorithm " + named(k.Algorithm) + " nonce of " + number(uint32(len(k.Nonce))) + " bytes"
}

// MNHAKeyReply is the MN-HA Key Generation Nonce From AAA Reply extension (type 43,
// sub-type 1; RFC 3957 §6.4): from its nonce, and a key shared with the AAA server, the
// mobile node makes the key that it shares with the home agent.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Subtype    |            Length             |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                            Lifetime                           |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|              MN-HA Key Generation Nonce Reply Subtype Data ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// with, for this sub-type,
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                            AAA SPI                            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                             HA SPI                            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Algorithm Identifier      |         Replay Method         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                         Key Generation Nonce ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type MNHAKeyReply struct {
	Lifetime     uint32            // seconds for which the key is valid
	AAASPI       uint32            `json:"aaaSPI"`              // says how the key is made
	HASPI        uint32            `json:"haSPI"`               // of the association that the key is for; above 255
	Algorithm    code.KeyAlgorithm `json:"algorithmIdentifier"` // of that association
	ReplayMethod code.ReplayMethod // of future registrations
	// Nonce has at least 16 bytes. One that was parsed aliases the message.
	Nonce []byte `json:"keyGenerationNonce"`
}

// ParseMNHAKeyReply reads an MN-HA Key Generation Nonce From AAA Reply extension. The
// error is [ErrKind] for another kind and the row's BadLength for a Length below 32, a
// nonce of less than 128 bits.
func ParseMNHAKeyReply(x Raw) (MNHAKeyReply, error) {
	b, err := x.bodyOf(KindMNHAKeyReply)
	if err != nil {
		return MNHAKeyReply{}, err
	}
	u := binary.BigEndian
	return MNHAKeyReply{u.Uint32(b), u.Uint32(b[4:]), u.Uint32(b[8:]), code.KeyAlgorithm(u.Uint16(b[12:])), code.ReplayMethod(u.Uint16(b[14:])), b[16:]}, nil
}

// AppendBinary appends the extension. The error is [ErrKeyNonce], [ErrReservedSPI] or
// [ErrBodyTooLong], and b is returned unchanged with it.
func (k MNHAKeyReply) AppendBinary(b []byte) ([]byte, error) {
	switch {
	case len(k.Nonce) < leastNonce:
		return b, ErrKeyNonce
	case k.HASPI <= 255:
		return b, ErrReservedSPI
	}
	var head [16]byte
	binary.BigEndian.PutUint32(head[0:], k.Lifetime)
	binary.BigEndian.PutUint32(head[4:], k.AAASPI)
	binary.BigEndian.PutUint32(head[8:], k.HASPI)
	binary.BigEndian.PutUint16(head[12:], uint16(k.Algorithm))
	binary.BigEndian.PutUint16(head[14:], uint16(k.ReplayMethod))
	return appendParts(b, KindMNHAKeyReply, head[:], k.Nonce)
}

// Equal reports whether both are the same.
func (k MNHAKeyReply) Equal(o MNHAKeyReply) bool {
	return k.Lifetime == o.Lifetime && k.AAASPI == o.AAASPI && k.HASPI == o.HASPI && k.Algorithm == o.Algorithm &&
		k.ReplayMethod == o.ReplayMethod && bytes.Equal(k.Nonce, o.Nonce)
}

// String returns the name and the fields but the nonce, of which it gives the size.
func (k MNHAKeyReply) String() string {
	return KindMNHAKeyReply.String() + " lifetime " + number(k.Lifetime) + "s AAA SPI " + number(k.AAASPI) + " HA SPI " + number(k.HASPI) +
		" algorithm " + named(k.Algorithm) + " replay " + named(k.ReplayMethod) + " nonce of " + number(uint32(len(k.Nonce))) + " bytes"
}
