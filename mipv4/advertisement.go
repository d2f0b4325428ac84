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

// AgentAdvertisement is an ICMP Router Advertisement (RFC 1256 §3), which is an
// Agent Advertisement when it carries a Mobility Agent Advertisement extension (RFC
// 5944 §2.1); see MobilityAgent.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |     Code      |           Checksum            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|   Num Addrs   |Addr Entry Size|           Lifetime            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                       Router Address[1]                       |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                      Preference Level[1]                      |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                               .                               |
//	|                               .                               |
type AgentAdvertisement struct {
	Code code.AgentAdvertisement `json:"code"`
	// Lifetime is how long the advertisement is valid, in seconds. It has no
	// relation to the lifetime of registrations.
	Lifetime        uint16          `json:"lifetime"`
	RouterAddresses RouterAddresses `json:"routerAddresses"` // a view of the parsed message; may be empty
	Extensions      DiscoveryList   `json:"extensions"`      // a view of the parsed message
}

// What is refused of an advertisement, and what cannot be sent.
var (
	// ErrAdvertisementCut: an Agent Advertisement has at least 8 bytes.
	ErrAdvertisementCut = code.NewFault("Agent Advertisement shorter than its fixed part of 8 bytes", "RFC 1256 §5.2", code.Must,
		0, 0, code.ToDiscard)
	// ErrAdvertisementCode: RFC 1256 has the Code 0, to which RFC 5944 adds 16.
	ErrAdvertisementCode = code.NewFault("the Code of an Agent Advertisement is neither 0 nor 16", "RFC 1256 §5.2, RFC 5944 §2.1", code.Must,
		0, 0, code.ToDiscard)
	// ErrAddrEntrySize: an entry has an address and a preference level at least.
	ErrAddrEntrySize = code.NewFault("Addr Entry Size is less than 2", "RFC 1256 §5.2", code.Must,
		0, 0, code.ToDiscard)
	// ErrRouterAddressesCut: Num Addrs entries of Addr Entry Size words run past
	// the end.
	ErrRouterAddressesCut = code.NewFault("the router addresses run past the end of the message", "RFC 1256 §5.2", code.Must,
		0, 0, code.ToDiscard)
	// ErrRouterAddress: the address is not IPv4.
	ErrRouterAddress = code.NewFault("a Router Address is not an IPv4 address", "RFC 1256 §3", code.Caller, 0, 0, 0)
	// ErrNumAddrs: Num Addrs has one byte.
	ErrNumAddrs = code.NewFault("more than 255 router addresses", "RFC 1256 §3", code.Caller, 0, 0, 0)
	// ErrNoMobilityAgent: without that extension it is a Router Advertisement that
	// no mobility agent sent.
	ErrNoMobilityAgent = code.NewFault("no Mobility Agent Advertisement extension: a Router Advertisement", "RFC 5944 §2.4", code.Caller, 0, 0, 0)
)

// wordSize is the size in bytes of what Addr Entry Size counts.
const wordSize = 4

// standardEntry is the Addr Entry Size of RFC 1256: an address and a preference
// level.
const standardEntry = 2

// RouterAddress is one entry of an advertisement.
type RouterAddress struct {
	Address netip.Addr `json:"address"` // IPv4
	// PreferenceLevel is higher for a better default router; NoDefaultRouter when
	// the address is not to be used as one.
	PreferenceLevel int32 `json:"preferenceLevel"`
}

// Equal reports whether both are the same.
func (a RouterAddress) Equal(o RouterAddress) bool { return a == o }

// String returns the address with its preference level: "192.0.2.1 (0)".
func (a RouterAddress) String() string {
	return a.Address.String() + " (" + strconv.Itoa(int(a.PreferenceLevel)) + ")"
}

// NoDefaultRouter is the preference level, 0x80000000, of an address that must not
// be used as that of a default router (RFC 1256 §3).
const NoDefaultRouter int32 = -1 << 31

// RouterAddresses is the list of an advertisement's router addresses. A parsed one
// is a view of the message; make one with [NewRouterAddresses]. The zero
// RouterAddresses is empty.
type RouterAddresses struct {
	entries []byte
	words   uint8 // of an entry; 0 stands for 2
}

// NewRouterAddresses makes a list of up to 255 entries of the standard size. The
// error is [ErrRouterAddress] or [ErrNumAddrs].
func NewRouterAddresses(addresses ...RouterAddress) (RouterAddresses, error) {
	if len(addresses) > 255 {
		return RouterAddresses{}, ErrNumAddrs
	}
	b := make([]byte, standardEntry*wordSize*len(addresses))
	for i, a := range addresses {
		if !a.Address.Is4() {
			return RouterAddresses{}, ErrRouterAddress
		}
		p := b[i*standardEntry*wordSize:]
		putAddress(p, a.Address)
		binary.BigEndian.PutUint32(p[wordSize:], uint32(a.PreferenceLevel))
	}
	return RouterAddresses{entries: b}, nil
}

// AddrEntrySize returns the size of an entry in words of 32 bits: 2, or more where
// a parsed message has more. What stands behind the first two is not understood,
// but kept.
func (r RouterAddresses) AddrEntrySize() int {
	if r.words == 0 {
		return standardEntry
	}
	return int(r.words)
}

// Len returns how many addresses there are: Num Addrs.
func (r RouterAddresses) Len() int { return len(r.entries) / (wordSize * r.AddrEntrySize()) }

// At returns the address at index i, which must be at least 0 and less than Len.
func (r RouterAddresses) At(i int) RouterAddress {
	p := r.entries[i*wordSize*r.AddrEntrySize():]
	return RouterAddress{address(p[:4]), int32(binary.BigEndian.Uint32(p[4:]))}
}

// All iterates over the addresses in the order of the wire.
func (r RouterAddresses) All() iter.Seq[RouterAddress] {
	return func(yield func(RouterAddress) bool) {
		for i := 0; i < r.Len() && yield(r.At(i)); i++ {
		}
	}
}

// Equal reports whether both lists hold the same entries.
func (r RouterAddresses) Equal(o RouterAddresses) bool {
	return r.AddrEntrySize() == o.AddrEntrySize() && bytes.Equal(r.entries, o.entries)
}

// maxAddresses is how many addresses String names.
const maxAddresses = 16

// String returns the first 16 addresses with their preference levels, "192.0.2.1
// (0)", and how many more there are.
func (r RouterAddresses) String() string {
	return listed(r.All(), maxAddresses, RouterAddress.String)
}

// MarshalJSON returns an array of the addresses with their preference levels
// (json.Marshaler of encoding/json).
func (r RouterAddresses) MarshalJSON() ([]byte, error) {
	b := []byte{'['}
	for i := range r.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		a := r.At(i)
		b = append(a.Address.AppendTo(append(b, `{"address":"`...)), `","preferenceLevel":`...)
		b = append(strconv.AppendInt(b, int64(a.PreferenceLevel), 10), '}')
	}
	return append(b, ']'), nil
}

// splitAdvertisement checks an advertisement and returns where its check stops.
func splitAdvertisement(b []byte) (DiscoveryList, int, error) {
	if at, err := checkDiscovery(b, ICMPAgentAdvertisement, ErrAdvertisementCut); err != nil {
		return DiscoveryList{}, at, err
	}
	start := discoveryLength + int(b[4])*int(b[5])*wordSize
	switch {
	case !sendableCode(code.AgentAdvertisement(b[1])):
		return DiscoveryList{}, 1, ErrAdvertisementCode
	case b[5] < standardEntry:
		return DiscoveryList{}, 5, ErrAddrEntrySize
	case start > len(b):
		return DiscoveryList{}, discoveryLength, ErrRouterAddressesCut
	}
	return walkDiscovery(b, start)
}

func sendableCode(c code.AgentAdvertisement) bool {
	return c == code.HandlesCommonTraffic || c == code.DoesNotRouteCommonTraffic
}

// Parse reads a message, the ICMP type first, into a. What is inside aliases b and
// is valid until b changes. The error is [ErrICMPType], [ErrAdvertisementCut],
// [ext.ErrTooLong], [ErrChecksum], [ErrAdvertisementCode], [ErrAddrEntrySize],
// [ErrRouterAddressesCut], or, where the extensions cannot be walked,
// [ext.ErrUnknownType], [ext.ErrLoneByte] or [ext.ErrOverrun]; then a is untouched.
// An Addr Entry Size of less than 2 is refused without addresses as well.
func (a *AgentAdvertisement) Parse(b []byte) error {
	l, _, err := splitAdvertisement(b)
	if err != nil {
		return err
	}
	*a = AgentAdvertisement{
		Code:            code.AgentAdvertisement(b[1]),
		Lifetime:        binary.BigEndian.Uint16(b[6:]),
		RouterAddresses: RouterAddresses{b[discoveryLength:l.off:l.off], b[5]},
		Extensions:      l,
	}
	return nil
}

// ParseAgentAdvertisement is Parse into a new AgentAdvertisement.
func ParseAgentAdvertisement(b []byte) (a AgentAdvertisement, err error) {
	err = a.Parse(b)
	return a, err
}

// AppendBinary appends the message with its checksum: what Parse read is written
// back unchanged. It is the first step of building an advertisement, whose
// extensions are appended to its result; the last is [SetChecksum]:
//
//	msg, err := advertisement.AppendBinary(buf[:0])
//	msg, err = agent.AppendBinary(msg)
//	msg, err = mipv4.SetChecksum(msg)
//
// The extensions and the addresses may lie anywhere, also in the room behind b that
// the message is written to; addresses with larger entries than RFC 1256's are copied
// to the heap where they and the extensions are of different messages. On error b
// is returned unchanged: [ErrAdvertisementCode], [ext.ErrTooLong].
func (a AgentAdvertisement) AppendBinary(b []byte) ([]byte, error) {
	entries, extensions := a.RouterAddresses.entries, a.Extensions.Bytes()
	size := discoveryLength + len(entries) + len(extensions)
	switch {
	case !sendableCode(a.Code):
		return b, ErrAdvertisementCode
	case size > ext.MaxMessage:
		return b, ext.ErrTooLong
	}
	n := len(b)
	b = slices.Grow(b, size)[:n+size]
	p := b[n:]
	// Both may lie where the message is written, and neither copy may overwrite
	// what the other has yet to read.
	switch {
	case len(extensions) == 0:
		copy(p[discoveryLength:], entries)
	case len(entries) == 0:
		copy(p[discoveryLength:], extensions)
	case a.asReceived():
		copy(p[discoveryLength:], a.Extensions.msg[discoveryLength:])
	default:
		var room [255 * standardEntry * wordSize]byte
		copied := append(room[:0], entries...)
		copy(p[discoveryLength+len(entries):], extensions)
		copy(p[discoveryLength:], copied)
	}
	p[0], p[1] = ICMPAgentAdvertisement, byte(a.Code)
	p[4], p[5] = byte(a.RouterAddresses.Len()), byte(a.RouterAddresses.AddrEntrySize())
	binary.BigEndian.PutUint16(p[6:], a.Lifetime)
	binary.BigEndian.PutUint16(p[2:], checksum(p))
	return b, nil
}

// asReceived reports whether the addresses and the extensions, of which there are
// some, stand one behind the other in the same message.
func (a AgentAdvertisement) asReceived() bool {
	l := a.Extensions
	return l.off == discoveryLength+len(a.RouterAddresses.entries) && &l.msg[discoveryLength] == &a.RouterAddresses.entries[0]
}

// MarshalBinary returns the message in a new slice (encoding.BinaryMarshaler).
// The errors are those of AppendBinary.
func (a AgentAdvertisement) MarshalBinary() ([]byte, error) {
	return a.AppendBinary(make([]byte, 0, discoveryLength+len(a.RouterAddresses.entries)+a.Extensions.Size()))
}

// UnmarshalBinary parses a copy of b (encoding.BinaryUnmarshaler), which is made
// only of what parses. The errors are those of Parse.
func (a *AgentAdvertisement) UnmarshalBinary(b []byte) error {
	return unmarshal(a, b, ParseAgentAdvertisement)
}

// MobilityAgent returns what makes the message an Agent Advertisement: the first
// Mobility Agent Advertisement extension. The error is [ErrNoMobilityAgent] when
// there is none, or that of [ParseMobilityAgentAdvertisement].
func (a AgentAdvertisement) MobilityAgent() (MobilityAgentAdvertisement, error) {
	x, ok := a.Extensions.Find(DiscoveryMobilityAgent)
	if !ok {
		return MobilityAgentAdvertisement{}, ErrNoMobilityAgent
	}
	return ParseMobilityAgentAdvertisement(x)
}

// Equal reports whether both are the same message.
func (a AgentAdvertisement) Equal(o AgentAdvertisement) bool {
	return a.Code == o.Code && a.Lifetime == o.Lifetime && a.RouterAddresses.Equal(o.RouterAddresses) &&
		a.Extensions.Equal(o.Extensions)
}

// String returns one line with the fixed part, the addresses and the kinds of the
// extensions.
func (a AgentAdvertisement) String() string {
	name := "Agent Advertisement"
	if _, ok := a.Extensions.Find(DiscoveryMobilityAgent); !ok {
		name = "Router Advertisement"
	}
	return name + " code " + strconv.Itoa(int(a.Code)) +
		" lifetime " + strconv.Itoa(int(a.Lifetime)) + "s" +
		" routers " + a.RouterAddresses.String() +
		" " + a.Extensions.String()
}
