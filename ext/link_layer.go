package ext

import (
	"bytes"
	"encoding/binary"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
)

// IMSI3GPP2 is the 3GPP2 IMSI Link Layer Address and Connection ID extension (type 138,
// sub-type 1; RFC 4881 §9.1).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |   Sub-Type    |    IMSI ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type IMSI3GPP2 struct {
	// IMSI is ASCII, <IMSI>:<Connection Id>, at most 254 bytes. One that was parsed
	// aliases the message.
	IMSI []byte `json:"imsi"`
}

// ParseIMSI3GPP2 reads a 3GPP2 IMSI. What the text holds is not looked at. The error is
// [ErrKind] for another kind.
func ParseIMSI3GPP2(x Raw) (IMSI3GPP2, error) {
	b, err := x.bodyOf(KindIMSI3GPP2)
	return IMSI3GPP2{b}, err
}

// AppendBinary appends the extension. The error is [ErrBodyTooLong], and b is returned
// unchanged with it.
func (i IMSI3GPP2) AppendBinary(b []byte) ([]byte, error) { return AppendRaw(b, KindIMSI3GPP2, i.IMSI) }

// Split returns the IMSI and the connection identifier, which stand before and behind
// the colon; where there is none, all of it for the IMSI, and false. Both alias IMSI.
func (i IMSI3GPP2) Split() (imsi, connection []byte, ok bool) { return bytes.Cut(i.IMSI, []byte{':'}) }

// Equal reports whether both are the same.
func (i IMSI3GPP2) Equal(o IMSI3GPP2) bool { return bytes.Equal(i.IMSI, o.IMSI) }

// String returns the name and the beginning of the text.
func (i IMSI3GPP2) String() string { return KindIMSI3GPP2.String() + " " + quoted(i.IMSI) }

// IMSI3GPP is the 3GPP IMSI Link Layer Address extension (type 138, sub-type 2; RFC 4881
// §9.2).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |   Sub-Type    |    IMSI ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type IMSI3GPP struct {
	// IMSI is the number of at most 15 digits, coded as 3GPP TS 23.003 has it, at most
	// 254 bytes. One that was parsed aliases the message.
	IMSI []byte `json:"imsi"`
}

// ParseIMSI3GPP reads a 3GPP IMSI. How the number is coded is not looked at. The error is
// [ErrKind] for another kind.
func ParseIMSI3GPP(x Raw) (IMSI3GPP, error) {
	b, err := x.bodyOf(KindIMSI3GPP)
	return IMSI3GPP{b}, err
}

// AppendBinary appends the extension. The error is [ErrBodyTooLong], and b is returned
// unchanged with it.
func (i IMSI3GPP) AppendBinary(b []byte) ([]byte, error) { return AppendRaw(b, KindIMSI3GPP, i.IMSI) }

// Equal reports whether both are the same.
func (i IMSI3GPP) Equal(o IMSI3GPP) bool { return bytes.Equal(i.IMSI, o.IMSI) }

// String returns the name and the beginning of the IMSI as hex.
func (i IMSI3GPP) String() string { return KindIMSI3GPP.String() + " " + hexed(i.IMSI) }

// EthernetAddress is the Ethernet Link Layer Address extension (type 138, sub-type 3;
// RFC 4881 §9.3).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |   Sub-Type    |    MAC ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type EthernetAddress struct {
	MAC [6]byte `json:"mac"`
}

// ParseEthernetAddress reads an Ethernet address. The error is [ErrKind] for another kind
// and the row's BadLength unless Length is 7.
func ParseEthernetAddress(x Raw) (EthernetAddress, error) {
	b, err := x.bodyOf(KindEthernetAddress)
	if err != nil {
		return EthernetAddress{}, err
	}
	return EthernetAddress{[6]byte(b)}, nil
}

// AppendBinary appends the extension. It never fails.
func (e EthernetAddress) AppendBinary(b []byte) ([]byte, error) {
	return append(append(b, 138, 7, 3), e.MAC[:]...), nil
}

// String returns the name and the address.
func (e EthernetAddress) String() string {
	return KindEthernetAddress.String() + " " + separated(e.MAC[:], ":")
}

// EUI64Address is the IEEE 64-Bit Global Identifier (EUI-64) Address extension (type 138,
// sub-type 4; RFC 4881 §9.4).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |   Sub-Type    |    MAC ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type EUI64Address struct {
	MAC [8]byte `json:"mac"`
}

// ParseEUI64Address reads an EUI-64 address. The error is [ErrKind] for another kind and
// the row's BadLength unless Length is 9.
func ParseEUI64Address(x Raw) (EUI64Address, error) {
	b, err := x.bodyOf(KindEUI64Address)
	if err != nil {
		return EUI64Address{}, err
	}
	return EUI64Address{[8]byte(b)}, nil
}

// AppendBinary appends the extension. It never fails.
func (e EUI64Address) AppendBinary(b []byte) ([]byte, error) {
	return append(append(b, 138, 9, 4), e.MAC[:]...), nil
}

// String returns the name and the address.
func (e EUI64Address) String() string {
	return KindEUI64Address.String() + " " + separated(e.MAC[:], ":")
}

// SolicitedIPv4Address is the Solicited IPv4 Address extension (type 138, sub-type 5;
// RFC 4881 §9.5): the foreign agent that is solicited.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |   Sub-Type    |    IPv4 addr ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type SolicitedIPv4Address struct {
	Address netip.Addr `json:"ipv4Address"` // IPv4
}

// ErrLinkLayerIPv4 says that the address of a foreign agent is not IPv4.
var ErrLinkLayerIPv4 = code.NewFault("the foreign agent's address is not an IPv4 address", "RFC 4881 §9.5, §9.7", code.Caller, 0, 0, 0)

// ParseSolicitedIPv4Address reads a Solicited IPv4 Address. The error is [ErrKind] for
// another kind and the row's BadLength unless Length is 5.
func ParseSolicitedIPv4Address(x Raw) (SolicitedIPv4Address, error) {
	b, err := x.bodyOf(KindSolicitedIPv4Address)
	if err != nil {
		return SolicitedIPv4Address{}, err
	}
	return SolicitedIPv4Address{ipv4(b)}, nil
}

// AppendBinary appends the extension. The error is [ErrLinkLayerIPv4], and b is returned
// unchanged with it.
func (s SolicitedIPv4Address) AppendBinary(b []byte) ([]byte, error) {
	if !s.Address.Is4() {
		return b, ErrLinkLayerIPv4
	}
	a := s.Address.As4()
	return append(b, 138, 5, 5, a[0], a[1], a[2], a[3]), nil
}

// Equal reports whether both are the same.
func (s SolicitedIPv4Address) Equal(o SolicitedIPv4Address) bool { return s == o }

// String returns the name and the address.
func (s SolicitedIPv4Address) String() string {
	return KindSolicitedIPv4Address.String() + " " + s.Address.String()
}

// AccessPointID is the Access Point Identifier extension (type 138, sub-type 6; RFC 4881
// §9.6): the access point to which the mobile node will move.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |   Sub-Type    |    AP ID...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type AccessPointID struct {
	APID uint32 `json:"apID"`
}

// ParseAccessPointID reads an Access Point Identifier. The error is [ErrKind] for another
// kind and the row's BadLength unless Length is 5.
func ParseAccessPointID(x Raw) (AccessPointID, error) {
	b, err := x.bodyOf(KindAccessPointID)
	if err != nil {
		return AccessPointID{}, err
	}
	return AccessPointID{binary.BigEndian.Uint32(b)}, nil
}

// AppendBinary appends the extension. It never fails.
func (a AccessPointID) AppendBinary(b []byte) ([]byte, error) {
	return binary.BigEndian.AppendUint32(append(b, 138, 5, 6), a.APID), nil
}

// String returns the name and the identifier.
func (a AccessPointID) String() string { return KindAccessPointID.String() + " " + number(a.APID) }

// FAIPv4Address is the FA IPv4 Address extension (type 138, sub-type 7; RFC 4881 §9.7):
// in a Registration Request, the old foreign agent.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |   Sub-Type    |    IPv4 addr ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type FAIPv4Address struct {
	Address netip.Addr `json:"ipv4Address"` // IPv4
}

// ParseFAIPv4Address reads an FA IPv4 Address. The error is [ErrKind] for another kind
// and the row's BadLength unless Length is 5.
func ParseFAIPv4Address(x Raw) (FAIPv4Address, error) {
	b, err := x.bodyOf(KindFAIPv4Address)
	if err != nil {
		return FAIPv4Address{}, err
	}
	return FAIPv4Address{ipv4(b)}, nil
}

// AppendBinary appends the extension. The error is [ErrLinkLayerIPv4], and b is returned
// unchanged with it.
func (f FAIPv4Address) AppendBinary(b []byte) ([]byte, error) {
	if !f.Address.Is4() {
		return b, ErrLinkLayerIPv4
	}
	a := f.Address.As4()
	return append(b, 138, 5, 7, a[0], a[1], a[2], a[3]), nil
}

// Equal reports whether both are the same.
func (f FAIPv4Address) Equal(o FAIPv4Address) bool { return f == o }

// String returns the name and the address.
func (f FAIPv4Address) String() string { return KindFAIPv4Address.String() + " " + f.Address.String() }
