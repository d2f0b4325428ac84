package mipv4

import (
	"bytes"
	"encoding/binary"
	"iter"
	"net/netip"
	"slices"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// What does not fit its layout in an advertisement or a solicitation, although it
// can be walked. The RFCs name no reaction. Without its Mobility Agent
// Advertisement an advertisement says nothing, so it is discarded; anything else
// is ignored.
var (
	// ErrMobilityAgentLength: Length is 6 and 4 for each care-of address.
	ErrMobilityAgentLength = code.NewFault("the Length of a Mobility Agent Advertisement is not 6 + 4*N", "RFC 5944 §2.1.1", code.Must, 0, 0, discard)
	// ErrPrefixLengthsLength: Length is Num Addrs.
	ErrPrefixLengthsLength = code.NewFault("the Length of Prefix-Lengths is not Num Addrs", "RFC 5944 §2.1.2", code.Must, 0, 0, ignore)
	// ErrPrefixLengthBits: a network prefix of IPv4 has at most 32 bits.
	ErrPrefixLengthBits = code.NewFault("a Prefix Length is more than 32", "RFC 5944 §2.1.2", code.Must, 0, 0, ignore)
	// ErrDiscoveryNVSELength: Reserved, Vendor/Org-ID and Vendor-NVSE-Type take 8.
	ErrDiscoveryNVSELength = code.NewFault("the Length of a Normal Vendor/Organization Specific extension is less than 8", "RFC 3115 §2.2", code.Must, ignore, ignore, ignore)
	// ErrDiscoverySubType: a short form of Length 0 has no room for its Sub-Type.
	ErrDiscoverySubType = code.NewFault("the extension has no Sub-Type", "RFC 3846 §3, RFC 4881 §9", code.Must, ignore, ignore, ignore)
	// ErrLinkLayerLength: the sub-types 3 to 7 have a Length each.
	ErrLinkLayerLength = code.NewFault("the Length of a link-layer or IPv4 address is not that of its sub-type", "RFC 4881 §9.3-9.7", code.Must, ignore, ignore, ignore)
)

// What must not be, or cannot be, sent in an advertisement or a solicitation.
var (
	// ErrNeitherAgent: at least one of the F and H bits must be set.
	ErrNeitherAgent = code.NewFault("neither the F nor the H bit is set", "RFC 5944 §2.1.1", code.Must, 0, 0, ignore)
	// ErrBusyWithoutForeign: B must not be set without F.
	ErrBusyWithoutForeign = code.NewFault("the B bit is set and the F bit is not", "RFC 5944 §2.1.1", code.Must, 0, 0, ignore)
	// ErrRequiredWithoutForeign: R must not be set without F.
	ErrRequiredWithoutForeign = code.NewFault("the R bit is set and the F bit is not", "RFC 5944 §2.1.1", code.Must, 0, 0, ignore)
	// ErrNoCareOfAddress: a foreign agent advertises a care-of address.
	ErrNoCareOfAddress = code.NewFault("the F bit is set and there is no care-of address", "RFC 5944 §2.1.1", code.Must, 0, 0, ignore)
	// ErrManyCareOfAddresses: a Length of one byte has room for 62.
	ErrManyCareOfAddresses = code.NewFault("more than 62 care-of addresses", "RFC 5944 §2.1.1", code.Caller, 0, 0, 0)
	// ErrAgentChallenge: a challenge has 1 to 255 bytes, and should have 4.
	ErrAgentChallenge = code.NewFault("an advertised challenge has 1 to 255 bytes", "RFC 4721 §2", code.Caller, 0, 0, 0)
	// ErrAgentNAI: an NAI in the short form has 1 to 254 bytes.
	ErrAgentNAI = code.NewFault("a NAI Carrying extension of an advertisement has a NAI of 1 to 254 bytes", "RFC 3846 §3", code.Caller, 0, 0, 0)
	// ErrVendorID: the high-order octet is 0.
	ErrVendorID = code.NewFault("the high-order octet of a Vendor/Org-ID is not 0", "RFC 3115 §2.2", code.Caller, 0, 0, 0)
)

const ignore = code.ToIgnore | code.AsAdvised

// AgentFlags are the flags of a Mobility Agent Advertisement. Those of RFC 3344 end
// with T; RFC 3519 §3.4, RFC 3543 §3.1 and RFC 4857 §8.1 added U, X and I, which RFC
// 5944 §2.1.1 has in this order (erratum 2103 of RFC 4857).
//
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|R|B|H|F|M|G|r|T|U|X|I|reserved |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type AgentFlags uint16

// The flags in the order of the wire.
const (
	AgentRegistrationRequired AgentFlags = 1 << 15 // R: registration with a foreign agent is required
	AgentBusy                 AgentFlags = 1 << 14 // B: no registrations from additional mobile nodes
	AgentHome                 AgentFlags = 1 << 13 // H: Home agent
	AgentForeign              AgentFlags = 1 << 12 // F: Foreign agent
	AgentMinimal              AgentFlags = 1 << 11 // M: Minimal encapsulation
	AgentGRE                  AgentFlags = 1 << 10 // G: GRE encapsulation
	AgentReservedR            AgentFlags = 1 << 9  // r: sent as zero, ignored when received
	AgentReverseTunneling     AgentFlags = 1 << 8  // T: reverse tunneling
	AgentUDPTunneling         AgentFlags = 1 << 7  // U: UDP tunneling
	AgentRevocation           AgentFlags = 1 << 6  // X: Registration Revocation
	AgentRegional             AgentFlags = 1 << 5  // I: Regional Registration
)

// sentAgentFlags are the flags that may be sent as one.
const sentAgentFlags = ^(agentReserved | AgentReservedR)

// Has reports whether all flags of mask are set.
func (f AgentFlags) Has(mask AgentFlags) bool { return f&mask == mask }

// String returns the letters of the flags that are set, in the order of the wire:
// "RBHFMGrTUXI" when all are. Reserved bits have none.
func (f AgentFlags) String() string { return letters(uint32(f)<<16, agentFlagLetters) }

const agentFlagLetters = "RBHFMGrTUXI"

// SequenceNumber counts the advertisements of an agent since it was initialized
// (RFC 5944 §2.3.2).
type SequenceNumber uint16

// String returns the number.
func (n SequenceNumber) String() string { return strconv.Itoa(int(n)) }

// Next returns the number of the advertisement that follows: one more, and 256
// behind 0xffff. The first one of all has 0.
func (n SequenceNumber) Next() SequenceNumber {
	if n == 0xffff {
		return 256
	}
	return n + 1
}

// RebootedAfter reports whether an agent whose last advertisement had the number
// last has been initialized since: n is less, and in the range 0 to 255. A mobile
// node that is registered with it should register again (RFC 5944 §2.4.4).
func (n SequenceNumber) RebootedAfter(last SequenceNumber) bool { return n < last && n < 256 }

// RolledOverAfter reports whether n is less than last, the number of the agent's
// last advertisement, because the numbers have passed 0xffff; nothing need be done
// (RFC 5944 §2.4.4).
func (n SequenceNumber) RolledOverAfter(last SequenceNumber) bool { return n < last && n >= 256 }

// MobilityAgentAdvertisement is the Mobility Agent Advertisement extension (type 16,
// RFC 5944 §2.1.1).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |        Sequence Number        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|    Registration Lifetime      |R|B|H|F|M|G|r|T|U|X|I|reserved |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                  zero or more Care-of Addresses               |
//	|                              ...                              |
type MobilityAgentAdvertisement struct {
	SequenceNumber SequenceNumber `json:"sequenceNumber"`
	// RegistrationLifetime is the longest lifetime, in seconds, that the agent
	// accepts in a request; 0xffff is infinite.
	RegistrationLifetime Lifetime        `json:"registrationLifetime"`
	Flags                AgentFlags      `json:"flags"`
	CareOfAddresses      CareOfAddresses `json:"careOfAddresses"` // a view of the parsed message; may be empty
}

// ParseMobilityAgentAdvertisement reads a Mobility Agent Advertisement extension.
// What flags and addresses say together is not looked at, see Check. The error is
// [ext.ErrKind] or [ErrMobilityAgentLength].
func ParseMobilityAgentAdvertisement(x DiscoveryExtension) (MobilityAgentAdvertisement, error) {
	if x.kind != DiscoveryMobilityAgent {
		return MobilityAgentAdvertisement{}, ext.ErrKind
	}
	b := x.Body()
	if len(b) < 6 || (len(b)-6)%4 != 0 {
		return MobilityAgentAdvertisement{}, ErrMobilityAgentLength
	}
	return MobilityAgentAdvertisement{
		SequenceNumber:       SequenceNumber(binary.BigEndian.Uint16(b)),
		RegistrationLifetime: Lifetime(binary.BigEndian.Uint16(b[2:])),
		Flags:                AgentFlags(binary.BigEndian.Uint16(b[4:])),
		CareOfAddresses:      CareOfAddresses{b[6:]},
	}, nil
}

// Check reports whether flags and addresses are what an agent may advertise:
// [ErrNeitherAgent], [ErrBusyWithoutForeign], [ErrRequiredWithoutForeign],
// [ErrNoCareOfAddress].
func (m MobilityAgentAdvertisement) Check() error {
	foreign := m.Flags.Has(AgentForeign)
	switch {
	case !foreign && !m.Flags.Has(AgentHome):
		return ErrNeitherAgent
	case !foreign && m.Flags.Has(AgentBusy):
		return ErrBusyWithoutForeign
	case !foreign && m.Flags.Has(AgentRegistrationRequired):
		return ErrRequiredWithoutForeign
	case foreign && m.CareOfAddresses.Len() == 0:
		return ErrNoCareOfAddress
	}
	return nil
}

// AppendBinary appends the extension, r and the reserved bits cleared. The errors
// are those of Check, and b is returned unchanged with them. The addresses may lie
// anywhere, also in the room behind b that the extension is written to.
func (m MobilityAgentAdvertisement) AppendBinary(b []byte) ([]byte, error) {
	if err := m.Check(); err != nil {
		return b, err
	}
	var body [255]byte // no list has more than 62 addresses
	binary.BigEndian.PutUint16(body[:], uint16(m.SequenceNumber))
	binary.BigEndian.PutUint16(body[2:], uint16(m.RegistrationLifetime))
	binary.BigEndian.PutUint16(body[4:], uint16(m.Flags&sentAgentFlags))
	n := 6 + copy(body[6:], m.CareOfAddresses.b)
	return AppendDiscovery(b, DiscoveryMobilityAgent, body[:n])
}

// Equal reports whether both say the same.
func (m MobilityAgentAdvertisement) Equal(o MobilityAgentAdvertisement) bool {
	return m.SequenceNumber == o.SequenceNumber && m.RegistrationLifetime == o.RegistrationLifetime &&
		m.Flags == o.Flags && m.CareOfAddresses.Equal(o.CareOfAddresses)
}

// String returns one line with all fields.
func (m MobilityAgentAdvertisement) String() string {
	return "Mobility Agent Advertisement flags " + m.Flags.String() +
		" sequence " + strconv.Itoa(int(m.SequenceNumber)) +
		" lifetime " + seconds(m.RegistrationLifetime) +
		" care-of " + m.CareOfAddresses.String()
}

// CareOfAddresses is the list of care-of addresses that a foreign agent
// advertises. A parsed one is a view of the message; make one with
// [NewCareOfAddresses]. The zero CareOfAddresses is empty.
type CareOfAddresses struct{ b []byte }

// NewCareOfAddresses makes a list of up to 62 IPv4 addresses. The error is
// [ErrCareOfAddress] or [ErrManyCareOfAddresses].
func NewCareOfAddresses(addresses ...netip.Addr) (CareOfAddresses, error) {
	if len(addresses) > (255-6)/4 {
		return CareOfAddresses{}, ErrManyCareOfAddresses
	}
	b := make([]byte, 4*len(addresses))
	for i, a := range addresses {
		if !a.Is4() {
			return CareOfAddresses{}, ErrCareOfAddress
		}
		putAddress(b[4*i:], a)
	}
	return CareOfAddresses{b}, nil
}

// Len returns how many addresses there are.
func (c CareOfAddresses) Len() int { return len(c.b) / 4 }

// At returns the address at index i, which must be at least 0 and less than Len.
func (c CareOfAddresses) At(i int) netip.Addr { return address(c.b[4*i:][:4]) }

// All iterates over the addresses in the order of the wire, which is that in which a
// mobile node should try them (RFC 5944 §2.4).
func (c CareOfAddresses) All() iter.Seq[netip.Addr] {
	return func(yield func(netip.Addr) bool) {
		for i := 0; i < c.Len() && yield(c.At(i)); i++ {
		}
	}
}

// Equal reports whether both lists hold the same addresses.
func (c CareOfAddresses) Equal(o CareOfAddresses) bool { return bytes.Equal(c.b, o.b) }

// shownCareOf is how many care-of addresses String names.
const shownCareOf = 8

// String returns the first eight addresses with commas between them, and how many more
// there are.
func (c CareOfAddresses) String() string {
	return listed(c.All(), shownCareOf, netip.Addr.String)
}

// MarshalJSON returns an array of the addresses (json.Marshaler of encoding/json).
func (c CareOfAddresses) MarshalJSON() ([]byte, error) {
	b := []byte{'['}
	for i := range c.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(c.At(i).AppendTo(append(b, '"')), '"')
	}
	return append(b, ']'), nil
}

// PrefixLengths is the Prefix-Lengths extension (type 19, RFC 5944 §2.1.2): the
// network prefix of each router address, in the same order. It says nothing of
// care-of addresses.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     | Prefix Length |      ....
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type PrefixLengths struct {
	// Lengths are 0 to 32 bits, one byte for each router address. In a parsed
	// extension they alias the message.
	Lengths []byte `json:"prefixLengths"`
}

// ParsePrefixLengths reads a Prefix-Lengths extension. The error is [ext.ErrKind],
// [ErrPrefixLengthsLength] when there is not one for each router address of the
// advertisement, or [ErrPrefixLengthBits].
func ParsePrefixLengths(x DiscoveryExtension) (PrefixLengths, error) {
	if x.kind != DiscoveryPrefixLengths {
		return PrefixLengths{}, ext.ErrKind
	}
	b := x.Body()
	if x.msg[0] != ICMPAgentAdvertisement || len(b) != int(x.msg[4]) {
		return PrefixLengths{}, ErrPrefixLengthsLength
	}
	if err := prefixBits(b); err != nil {
		return PrefixLengths{}, err
	}
	return PrefixLengths{b}, nil
}

func prefixBits(b []byte) error {
	for _, n := range b {
		if n > 32 {
			return ErrPrefixLengthBits
		}
	}
	return nil
}

// Prefix returns the network prefix of the i-th router address, false where there
// is no such address or no length for it.
func (p PrefixLengths) Prefix(r RouterAddresses, i int) (netip.Prefix, bool) {
	if i < 0 || i >= r.Len() || i >= len(p.Lengths) {
		return netip.Prefix{}, false
	}
	prefix, err := r.At(i).Address.Prefix(int(p.Lengths[i]))
	return prefix, err == nil
}

// AppendBinary appends the extension; that there is one length for each router
// address is the caller's part. The error is [ErrPrefixLengthBits] or, for more
// than 255, [ErrNumAddrs], and b is returned unchanged with it.
func (p PrefixLengths) AppendBinary(b []byte) ([]byte, error) {
	if len(p.Lengths) > 255 {
		return b, ErrNumAddrs
	}
	if err := prefixBits(p.Lengths); err != nil {
		return b, err
	}
	return AppendDiscovery(b, DiscoveryPrefixLengths, p.Lengths)
}

// Equal reports whether both say the same.
func (p PrefixLengths) Equal(o PrefixLengths) bool { return bytes.Equal(p.Lengths, o.Lengths) }

// String returns the first 32 lengths, "Prefix-Lengths 24, 16", and how many more there
// are.
func (p PrefixLengths) String() string {
	return "Prefix-Lengths " + listed(slices.Values(p.Lengths), shownBytes, func(n byte) string { return strconv.Itoa(int(n)) })
}

// AgentChallenge is the Challenge extension of an advertisement (type 24, RFC 4721
// §2). The mobile node returns the value in a Mobile-Foreign Challenge extension,
// [ext.Challenge].
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |          Challenge ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type AgentChallenge struct {
	// Value is the challenge, 1 to 255 bytes; there should be at least 4. One
	// that was parsed aliases the message, and may be empty.
	Value []byte `json:"challenge"`
}

// ParseAgentChallenge reads a Challenge extension. The error is [ext.ErrKind].
func ParseAgentChallenge(x DiscoveryExtension) (AgentChallenge, error) {
	if x.kind != DiscoveryChallenge {
		return AgentChallenge{}, ext.ErrKind
	}
	return AgentChallenge{x.Body()}, nil
}

// AppendBinary appends the extension. The error is [ErrAgentChallenge], and b is
// returned unchanged with it.
func (c AgentChallenge) AppendBinary(b []byte) ([]byte, error) {
	if len(c.Value) == 0 || len(c.Value) > 255 {
		return b, ErrAgentChallenge
	}
	return AppendDiscovery(b, DiscoveryChallenge, c.Value)
}

// Equal reports whether both say the same.
func (c AgentChallenge) Equal(o AgentChallenge) bool { return bytes.Equal(c.Value, o.Value) }

// String returns the challenge in hex digits, its first 32 bytes.
func (c AgentChallenge) String() string { return "Challenge " + hexed(c.Value) }

// AgentVendorExtension is the Normal Vendor/Organization Specific extension of an
// advertisement or a solicitation (type 134, RFC 3115 §2.2).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |          Reserved             |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                       Vendor/Org-ID                           |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|      Vendor-NVSE-Type         |     Vendor-NVSE-Value ...     |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type AgentVendorExtension struct {
	// Vendor is an SMI enterprise number of up to 24 bits. One that was parsed may have
	// 32: its high-order octet, which should be 0, is read and not judged.
	Vendor uint32 `json:"vendorOrgID"`
	Type   uint16 `json:"vendorNVSEType"`
	// Value has up to 247 bytes. One that was parsed aliases the message.
	Value []byte `json:"vendorNVSEValue"`
}

// ParseAgentVendorExtension reads a Normal Vendor/Organization Specific extension;
// its reserved bytes are ignored. The error is [ext.ErrKind] or
// [ErrDiscoveryNVSELength].
func ParseAgentVendorExtension(x DiscoveryExtension) (AgentVendorExtension, error) {
	if x.kind != DiscoveryNVSE {
		return AgentVendorExtension{}, ext.ErrKind
	}
	b := x.Body()
	if len(b) < 8 {
		return AgentVendorExtension{}, ErrDiscoveryNVSELength
	}
	return AgentVendorExtension{binary.BigEndian.Uint32(b[2:]), binary.BigEndian.Uint16(b[6:]), b[8:]}, nil
}

// AppendBinary appends the extension, its reserved bytes cleared. The error is
// [ErrVendorID] or [ext.ErrBodyTooLong], and b is returned unchanged with it.
func (v AgentVendorExtension) AppendBinary(b []byte) ([]byte, error) {
	var body [255]byte
	switch {
	case v.Vendor > 0xffffff:
		return b, ErrVendorID
	case 8+len(v.Value) > len(body):
		return b, ext.ErrBodyTooLong
	}
	binary.BigEndian.PutUint32(body[2:], v.Vendor)
	binary.BigEndian.PutUint16(body[6:], v.Type)
	n := 8 + copy(body[8:], v.Value)
	return AppendDiscovery(b, DiscoveryNVSE, body[:n])
}

// Equal reports whether both say the same.
func (v AgentVendorExtension) Equal(o AgentVendorExtension) bool {
	return v.Vendor == o.Vendor && v.Type == o.Type && bytes.Equal(v.Value, o.Value)
}

// String returns vendor, type and the size of the value.
func (v AgentVendorExtension) String() string {
	return "Normal Vendor/Organization Specific vendor " + strconv.FormatUint(uint64(v.Vendor), 10) +
		" type " + strconv.Itoa(int(v.Type)) + ", " + strconv.Itoa(len(v.Value)) + " bytes"
}

// AgentNAI is the NAI Carrying extension of an advertisement (type 136, RFC 3846 §3):
// by its sub-type the identity of the foreign agent (3, RFC 4857 §8.2), of the home
// agent (1) or of the home AAA server (2).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |   Sub-Type    |    NAI ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type AgentNAI struct {
	SubType uint8 `json:"subType"`
	// NAI has 1 to 254 bytes. One that was parsed aliases the message, and may be
	// empty.
	NAI []byte `json:"nai"`
}

// ParseAgentNAI reads a NAI Carrying extension of any sub-type. The error is
// [ext.ErrKind] or [ErrDiscoverySubType].
func ParseAgentNAI(x DiscoveryExtension) (AgentNAI, error) {
	if x.kind.Type() != DiscoveryFANAI.Type() {
		return AgentNAI{}, ext.ErrKind
	}
	if x.kind&discoveryNoSubType != 0 {
		return AgentNAI{}, ErrDiscoverySubType
	}
	return AgentNAI{x.kind.SubType(), x.Body()}, nil
}

func (n AgentNAI) kind() DiscoveryKind { return DiscoveryFANAI&^0xff | DiscoveryKind(n.SubType) }

// AppendBinary appends the extension. The error is [ErrAgentNAI], and b is returned
// unchanged with it.
func (n AgentNAI) AppendBinary(b []byte) ([]byte, error) {
	if len(n.NAI) == 0 || len(n.NAI) > 254 {
		return b, ErrAgentNAI
	}
	return AppendDiscovery(b, n.kind(), n.NAI)
}

// Equal reports whether both say the same.
func (n AgentNAI) Equal(o AgentNAI) bool { return n.SubType == o.SubType && bytes.Equal(n.NAI, o.NAI) }

// String returns the kind and the NAI in quotes, its first 32 bytes.
func (n AgentNAI) String() string {
	return n.kind().String() + " " + quoted(n.NAI)
}

// AgentLinkLayerAddress is the Generalized Link Layer and IPv4 Address extension of
// an advertisement or a solicitation (type 140, RFC 4881 §9). The RFC's figures of
// the sub-types print the sub-type for the type.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |   Sub-Type    |    LLA ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type AgentLinkLayerAddress struct {
	SubType uint8 `json:"subType"`
	// Address is 6 bytes in sub-type 3 (Ethernet), 8 in 4 (EUI-64), 4 in 5, 6 and
	// 7 (IPv4 addresses and an access point), and up to 254 in others. One that
	// was parsed aliases the message.
	Address []byte `json:"lla"`
}

// ParseAgentLinkLayerAddress reads a Generalized Link Layer and IPv4 Address
// extension of any sub-type. The error is [ext.ErrKind], [ErrDiscoverySubType] or
// [ErrLinkLayerLength].
func ParseAgentLinkLayerAddress(x DiscoveryExtension) (AgentLinkLayerAddress, error) {
	if x.kind.Type() != DiscoveryEthernetAddress.Type() {
		return AgentLinkLayerAddress{}, ext.ErrKind
	}
	if x.kind&discoveryNoSubType != 0 {
		return AgentLinkLayerAddress{}, ErrDiscoverySubType
	}
	a := AgentLinkLayerAddress{x.kind.SubType(), x.Body()}
	if !a.fits() {
		return AgentLinkLayerAddress{}, ErrLinkLayerLength
	}
	return a, nil
}

func (a AgentLinkLayerAddress) kind() DiscoveryKind {
	return DiscoveryEthernetAddress&^0xff | DiscoveryKind(a.SubType)
}

// fits reports whether the address has the size of its sub-type.
func (a AgentLinkLayerAddress) fits() bool {
	switch a.kind() {
	case DiscoveryEthernetAddress:
		return len(a.Address) == 6
	case DiscoveryEUI64Address:
		return len(a.Address) == 8
	case DiscoverySolicitedIPv4Address, DiscoveryAccessPointID, DiscoveryFAIPv4Address:
		return len(a.Address) == 4
	}
	return true
}

// IPv4 returns the address of the sub-types that have an IPv4 address, 5 and 7, and
// false for others.
func (a AgentLinkLayerAddress) IPv4() (netip.Addr, bool) {
	switch a.kind() {
	case DiscoverySolicitedIPv4Address, DiscoveryFAIPv4Address:
		if len(a.Address) == 4 {
			return address(a.Address), true
		}
	}
	return netip.Addr{}, false
}

// AppendBinary appends the extension. The error is [ErrLinkLayerLength] or
// [ext.ErrBodyTooLong], and b is returned unchanged with it.
func (a AgentLinkLayerAddress) AppendBinary(b []byte) ([]byte, error) {
	if !a.fits() {
		return b, ErrLinkLayerLength
	}
	return AppendDiscovery(b, a.kind(), a.Address)
}

// Equal reports whether both say the same.
func (a AgentLinkLayerAddress) Equal(o AgentLinkLayerAddress) bool {
	return a.SubType == o.SubType && bytes.Equal(a.Address, o.Address)
}

// String returns the kind and the address, as such where it is IPv4 and otherwise in
// hex digits, its first 32 bytes.
func (a AgentLinkLayerAddress) String() string {
	if v4, ok := a.IPv4(); ok {
		return a.kind().String() + " " + v4.String()
	}
	return a.kind().String() + " " + hexed(a.Address)
}

// AgentExperimental is an experimental extension of an advertisement or a
// solicitation, type 127 or 255 (RFC 4064 §4.2, §4.4). Unlike those of control
// messages neither has a sub-type. RFC 4064 §4.2 has a receiver that does not
// recognize type 127 ignore it, RFC 5944 §1.8 discard the message; here it can be
// walked.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |           Opaque . . .
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type AgentExperimental struct {
	Skippable bool `json:"skippable"` // type 255 rather than 127
	// Opaque has up to 255 bytes. One that was parsed aliases the message.
	Opaque []byte `json:"opaque"`
}

// ParseAgentExperimental reads an experimental extension. The error is
// [ext.ErrKind].
func ParseAgentExperimental(x DiscoveryExtension) (AgentExperimental, error) {
	if x.kind != DiscoveryExperimental && x.kind != DiscoverySkippableExperimental {
		return AgentExperimental{}, ext.ErrKind
	}
	return AgentExperimental{x.kind == DiscoverySkippableExperimental, x.Body()}, nil
}

// AppendBinary appends the extension. The error is [ext.ErrBodyTooLong], and b is
// returned unchanged with it.
func (e AgentExperimental) AppendBinary(b []byte) ([]byte, error) {
	k := DiscoveryExperimental
	if e.Skippable {
		k = DiscoverySkippableExperimental
	}
	return AppendDiscovery(b, k, e.Opaque)
}

// Equal reports whether both say the same.
func (e AgentExperimental) Equal(o AgentExperimental) bool {
	return e.Skippable == o.Skippable && bytes.Equal(e.Opaque, o.Opaque)
}

// String returns the type and the size of what is opaque.
func (e AgentExperimental) String() string {
	t := DiscoveryExperimental.Type()
	if e.Skippable {
		t = DiscoverySkippableExperimental.Type()
	}
	return "Experimental type " + strconv.Itoa(int(t)) + ", " + strconv.Itoa(len(e.Opaque)) + " bytes"
}
