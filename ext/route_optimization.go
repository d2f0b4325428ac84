package ext

import (
	"bytes"
	"encoding/binary"
	"iter"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
)

// What does not fit the figures of RFC 6521, and what cannot be sent.
var (
	// ErrSolicitedHoA: the Optional Mobile Router HoA stands there if and only if the S
	// flag is set.
	ErrSolicitedHoA = code.NewFault("the S flag and the Optional Mobile Router HoA do not go together", "RFC 6521 §5.1", code.Must, poorRequestHA, poorRequestFA, poorReplyMN)
	// ErrPrefixStructures: the information structures of a Route Optimization Prefix
	// Advertisement are not those of the figure. One is cut; the first is no mobile
	// router; a delta has no prefix before it; PLen is above 32.
	ErrPrefixStructures = code.NewFault("the information structures of a Route Optimization Prefix Advertisement are malformed", "RFC 6521 §5.5, §4.2.1", code.Must, poorRequestHA, poorRequestFA, poorReplyMN)
	// ErrSolicitRouter: S without the address of a mobile router, or one without S.
	ErrSolicitRouter = code.NewFault("the S flag asks for a mobile router by its IPv4 address, and nothing else does", "RFC 6521 §5.1", code.Caller, 0, 0, 0)
	// ErrRouteOptimizationCode: the figure has 5 bits for the Code.
	ErrRouteOptimizationCode = code.NewFault("the Code of a Route Optimization Reply is above 31", "RFC 6521 §5.2", code.Caller, 0, 0, 0)
	// ErrCareOfAddresses: the list is empty, has more than 63 addresses, or is no list of
	// IPv4 addresses.
	ErrCareOfAddresses = code.NewFault("a Care-of Address extension has 1 to 63 IPv4 addresses", "RFC 6521 §5.4", code.Caller, 0, 0, 0)
	// ErrAdvertisedRouter: a mobile router's home address is not IPv4.
	ErrAdvertisedRouter = code.NewFault("the Mobile Router HoA is not an IPv4 address", "RFC 6521 §5.5", code.Caller, 0, 0, 0)
	// ErrAdvertisedPrefix: the prefix is not IPv4, or stands before any mobile router.
	ErrAdvertisedPrefix = code.NewFault("the prefix to advertise is not an IPv4 prefix of a mobile router", "RFC 6521 §5.5", code.Caller, 0, 0, 0)
	// ErrRealm: the realm is no sequence of labels that a zero ends.
	ErrRealm = code.NewFault("the realm is not encoded as labels with a zero at the end", "RFC 6521 §4.2.1, §5.5", code.Caller, 0, 0, 0)
	// ErrNoStructures: an advertisement cannot be sent without a mobile router, nor with
	// structures that would not be read.
	ErrNoStructures = code.NewFault("a Route Optimization Prefix Advertisement has well-formed structures, of which the first is a mobile router", "RFC 6521 §5.5", code.Caller, 0, 0, 0)
)

// RouteOptimizationCapability is the Mobile Router Route Optimization Capability
// extension (type 153, sub-type 1; RFC 6521 §5.1): what a mobile router tells its home
// agent, and wants to know, about the routers of its domain.
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |    Subtype    |A|R|S|O| Rsvd  |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	~                 Optional Mobile Router HoA                    ~
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type RouteOptimizationCapability struct {
	Advertise    bool `json:"a"` // A: the home agent may advertise the sender's networks
	Request      bool `json:"r"` // R: the home agent may answer with networks of the domain
	Solicit      bool `json:"s"` // S: the prefixes of HomeAddress are asked for
	OutboundOnly bool `json:"o"` // O: the sender can open connections, but not accept any
	// HomeAddress is the home address of the mobile router that is asked for, IPv4; the
	// zero Addr unless Solicit.
	HomeAddress netip.Addr `json:"optionalMobileRouterHoA"`
}

// ParseRouteOptimizationCapability reads a Mobile Router Route Optimization Capability
// extension; its reserved bits are ignored. The error is [ErrKind] for another kind, the
// row's BadLength unless Length is 2 or 6, and [ErrSolicitedHoA].
func ParseRouteOptimizationCapability(x Raw) (RouteOptimizationCapability, error) {
	b, err := x.bodyOf(KindRouteOptimizationCapability)
	if err != nil {
		return RouteOptimizationCapability{}, err
	}
	r := RouteOptimizationCapability{Advertise: b[0]&0x80 != 0, Request: b[0]&0x40 != 0, Solicit: b[0]&0x20 != 0, OutboundOnly: b[0]&0x10 != 0}
	if r.Solicit != (len(b) == 5) {
		return RouteOptimizationCapability{}, ErrSolicitedHoA
	}
	if r.Solicit {
		r.HomeAddress = ipv4(b[1:])
	}
	return r, nil
}

// AppendBinary appends the extension, its reserved bits zero. The error is
// [ErrSolicitRouter], and b is returned unchanged with it.
func (r RouteOptimizationCapability) AppendBinary(b []byte) ([]byte, error) {
	if r.Solicit != r.HomeAddress.Is4() || !r.Solicit && r.HomeAddress.IsValid() {
		return b, ErrSolicitRouter
	}
	flags := flag(r.Advertise, 0x80) | flag(r.Request, 0x40) | flag(r.Solicit, 0x20) | flag(r.OutboundOnly, 0x10)
	if !r.Solicit {
		return append(b, 153, 2, 1, flags), nil
	}
	a := r.HomeAddress.As4()
	return append(b, 153, 6, 1, flags, a[0], a[1], a[2], a[3]), nil
}

// Equal reports whether both are the same.
func (r RouteOptimizationCapability) Equal(o RouteOptimizationCapability) bool { return r == o }

// String returns the name, the letters of the flags that are set, and the address of the
// mobile router that is asked for.
func (r RouteOptimizationCapability) String() string {
	s := KindRouteOptimizationCapability.String() + word(r.Advertise, "A") + word(r.Request, "R") + word(r.Solicit, "S") + word(r.OutboundOnly, "O")
	if r.HomeAddress.IsValid() {
		s += " " + r.HomeAddress.String()
	}
	return s
}

// RouteOptimizationReply is the Route Optimization Reply extension (type 49, sub-type 1;
// RFC 6521 §5.2): the home agent says whether it does route optimization.
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |    Subtype    |O|N|S|   Code  |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type RouteOptimizationReply struct {
	OutboundOnly bool `json:"o"` // O: the O flag of the capability was set
	NATDetected  bool `json:"n"` // N: the home agent detected a NAT in front of the mobile router
	Solicited    bool `json:"s"` // S: the S flag of the capability was set
	Code         code.RouteOptimization
}

// ParseRouteOptimizationReply reads a Route Optimization Reply extension. The error is
// [ErrKind] for another kind and the row's BadLength unless Length is 2.
func ParseRouteOptimizationReply(x Raw) (RouteOptimizationReply, error) {
	b, err := x.bodyOf(KindRouteOptimizationReply)
	if err != nil {
		return RouteOptimizationReply{}, err
	}
	return RouteOptimizationReply{b[0]&0x80 != 0, b[0]&0x40 != 0, b[0]&0x20 != 0, code.RouteOptimization(b[0] & 0x1f)}, nil
}

// AppendBinary appends the extension. The error is [ErrRouteOptimizationCode], and b is
// returned unchanged with it.
func (r RouteOptimizationReply) AppendBinary(b []byte) ([]byte, error) {
	if r.Code > 0x1f {
		return b, ErrRouteOptimizationCode
	}
	return append(b, 49, 2, 1, flag(r.OutboundOnly, 0x80)|flag(r.NATDetected, 0x40)|flag(r.Solicited, 0x20)|byte(r.Code)), nil
}

// String returns the name, the letters of the flags that are set, and the code with its
// words.
func (r RouteOptimizationReply) String() string {
	return KindRouteOptimizationReply.String() + word(r.OutboundOnly, "O") + word(r.NATDetected, "N") + word(r.Solicited, "S") + " " + named(r.Code)
}

// MobileCorrespondentAuth is the Mobile-Correspondent Authentication extension (type 49,
// sub-type 2; RFC 6521 §5.3). It authenticates a mobile router to a correspondent router
// and has nonce indexes in the place of an SPI. No [SecurityContext] signs or verifies
// it: the texts do not say whether Subtype and Reserved are protected.
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |    Subtype    |    Reserved   |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|      Home Nonce Index         |     Care-of Nonce Index       |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                      Authenticator...                         ~
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type MobileCorrespondentAuth struct {
	HomeNonceIndex   uint16 // 0, and ignored, under a pre-shared key
	CareOfNonceIndex uint16 // the same; ignored, too, in a request to remove a binding
	// Authenticator has 16 bytes by default, at most 249. One that was parsed aliases the
	// message, and may be empty.
	Authenticator []byte
}

// ParseMobileCorrespondentAuth reads a Mobile-Correspondent Authentication extension; its
// reserved byte is ignored. The error is [ErrKind] for another kind and the row's
// BadLength for a Length below 6.
func ParseMobileCorrespondentAuth(x Raw) (MobileCorrespondentAuth, error) {
	b, err := x.bodyOf(KindMobileCorrespondentAuth)
	if err != nil {
		return MobileCorrespondentAuth{}, err
	}
	return MobileCorrespondentAuth{binary.BigEndian.Uint16(b[1:]), binary.BigEndian.Uint16(b[3:]), b[5:]}, nil
}

// AppendBinary appends the extension, its reserved byte zero. The error is
// [ErrBodyTooLong], and b is returned unchanged with it.
func (m MobileCorrespondentAuth) AppendBinary(b []byte) ([]byte, error) {
	head := [5]byte{0, byte(m.HomeNonceIndex >> 8), byte(m.HomeNonceIndex), byte(m.CareOfNonceIndex >> 8), byte(m.CareOfNonceIndex)}
	return appendParts(b, KindMobileCorrespondentAuth, head[:], m.Authenticator)
}

// Equal reports whether both are the same.
func (m MobileCorrespondentAuth) Equal(o MobileCorrespondentAuth) bool {
	return m.HomeNonceIndex == o.HomeNonceIndex && m.CareOfNonceIndex == o.CareOfNonceIndex && bytes.Equal(m.Authenticator, o.Authenticator)
}

// String returns the name, the nonce indexes, and the beginning of the authenticator as
// hex.
func (m MobileCorrespondentAuth) String() string {
	return KindMobileCorrespondentAuth.String() + " home nonce " + number(m.HomeNonceIndex) + " care-of nonce " + number(m.CareOfNonceIndex) +
		" authenticator " + hexed(m.Authenticator)
}

// CareOfAddress is the Care-of Address extension (type 49, sub-type 3; RFC 6521 §5.4): a
// correspondent router says to which addresses a tunnel can lead, in the order of
// priority.
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |    Subtype    |   Reserved    |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	   1..n times the following information structure
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                        Care-of Address                        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// The text has Length count the whole packet. That of the short form is read and written:
// 2 and 4 for each address.
type CareOfAddress struct {
	// Addresses are 1 to 63. A list that was parsed aliases the message.
	Addresses AddressList `json:"careOfAddress"`
}

// AddressList is a list of IPv4 addresses as they stand on the wire, four bytes each.
type AddressList []byte

// Len returns how many addresses there are.
func (l AddressList) Len() int { return len(l) / 4 }

// At returns the address at index i; the zero Addr outside of 0 to Len-1.
func (l AddressList) At(i int) netip.Addr {
	if i < 0 || i >= l.Len() {
		return netip.Addr{}
	}
	return ipv4(l[4*i : 4*i+4])
}

// All iterates over the addresses.
func (l AddressList) All() iter.Seq[netip.Addr] {
	return func(yield func(netip.Addr) bool) {
		for i := 0; i < l.Len() && yield(l.At(i)); i++ {
		}
	}
}

// Append returns the list with further addresses behind it, as the built-in append does.
// The error is [ErrCareOfAddresses] for one that is not IPv4, and the list is returned
// unchanged with it.
func (l AddressList) Append(addresses ...netip.Addr) (AddressList, error) {
	for _, a := range addresses {
		if !a.Is4() {
			return l, ErrCareOfAddresses
		}
	}
	for _, a := range addresses {
		b := a.As4()
		l = append(l, b[:]...)
	}
	return l, nil
}

// Equal reports whether both hold the same addresses.
func (l AddressList) Equal(o AddressList) bool { return bytes.Equal(l, o) }

// String returns the first addresses and how many follow.
func (l AddressList) String() string {
	const shown = 6
	s := ""
	for i := range min(l.Len(), shown) {
		if i > 0 {
			s += " "
		}
		s += l.At(i).String()
	}
	if n := l.Len() - shown; n > 0 {
		s += " and " + number(uint32(n)) + " more"
	}
	return s
}

// ParseCareOfAddress reads a Care-of Address extension; its reserved byte is ignored. The
// error is [ErrKind] for another kind and the row's BadLength unless Length is 2 and 4 for
// each of at least one address.
func ParseCareOfAddress(x Raw) (CareOfAddress, error) {
	b, err := x.bodyOf(KindCareOfAddress)
	if err != nil {
		return CareOfAddress{}, err
	}
	return CareOfAddress{AddressList(b[1:])}, nil
}

// AppendBinary appends the extension, its reserved byte zero. The error is
// [ErrCareOfAddresses], and b is returned unchanged with it.
func (c CareOfAddress) AppendBinary(b []byte) ([]byte, error) {
	if n := len(c.Addresses); n == 0 || n%4 != 0 || n > 4*63 {
		return b, ErrCareOfAddresses
	}
	return appendParts(b, KindCareOfAddress, []byte{0}, c.Addresses)
}

// Equal reports whether both are the same.
func (c CareOfAddress) Equal(o CareOfAddress) bool { return c.Addresses.Equal(o.Addresses) }

// String returns the name and the first addresses.
func (c CareOfAddress) String() string {
	return KindCareOfAddress.String() + " " + c.Addresses.String()
}

// RouteOptimizationPrefix is the Route Optimization Prefix Advertisement extension (type
// 50, sub-type 1; RFC 6521 §5.5): the home agent says which prefixes the mobile routers of
// the domain have.
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Subtype    |             Length            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	 1..n times the following information structure
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|D|M| PLen/Info |  Optional Mobile Router HoA (4 octets)        ~
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	~               |  Optional Prefix (1, 2, 3, or 4 octets)       ~
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	~                   Realm (1..n characters)                     ~
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// The text has Length count the whole packet. That of the long form is read and written.
type RouteOptimizationPrefix struct {
	// Structures are at least one, of which the first is a mobile router. Those that were
	// parsed alias the message.
	Structures PrefixStructures `json:"informationStructures"`
}

// PrefixStructures are the information structures of a Route Optimization Prefix
// Advertisement as they stand on the wire. AppendRouter and AppendPrefix build them.
type PrefixStructures []byte

// PrefixStructure is one information structure: a mobile router, or a prefix that the
// mobile router before it has.
type PrefixStructure struct {
	Delta bool `json:"d"` // D: on the wire stands what differs from the last prefix without D
	// MobileRouter is the home address of a mobile router; the zero Addr of a prefix,
	// whose M flag is not set.
	MobileRouter netip.Addr `json:"mobileRouterHoA"`
	Info         uint8      // of a mobile router: 1 says that it accepts no connections
	Prefix       netip.Prefix
	// Realm is that of the prefix, encoded as RFC 6521 §4.2.1 has it, the zero at its end
	// included. It aliases the structures.
	Realm []byte
}

// ParseRouteOptimizationPrefix reads a Route Optimization Prefix Advertisement extension.
// The error is [ErrKind] for another kind, the row's BadLength for a Length below 5, and
// [ErrPrefixStructures]. Whether an index of a compressed realm names a label is not looked
// at.
func ParseRouteOptimizationPrefix(x Raw) (RouteOptimizationPrefix, error) {
	b, err := x.bodyOf(KindRouteOptimizationPrefix)
	if err != nil {
		return RouteOptimizationPrefix{}, err
	}
	if !PrefixStructures(b).wellFormed() {
		return RouteOptimizationPrefix{}, ErrPrefixStructures
	}
	return RouteOptimizationPrefix{b}, nil
}

// AppendBinary appends the extension. The error is [ErrNoStructures] or [ErrBodyTooLong],
// and b is returned unchanged with it.
func (r RouteOptimizationPrefix) AppendBinary(b []byte) ([]byte, error) {
	if len(r.Structures) == 0 || !r.Structures.wellFormed() {
		return b, ErrNoStructures
	}
	return AppendRaw(b, KindRouteOptimizationPrefix, r.Structures)
}

// Equal reports whether both are the same, byte for byte.
func (r RouteOptimizationPrefix) Equal(o RouteOptimizationPrefix) bool {
	return r.Structures.Equal(o.Structures)
}

// String returns the name and the first structures.
func (r RouteOptimizationPrefix) String() string {
	return KindRouteOptimizationPrefix.String() + " " + r.Structures.String()
}

// All iterates over the structures. It ends before one that is malformed, of which there
// is none in what was parsed.
func (s PrefixStructures) All() iter.Seq[PrefixStructure] {
	return func(yield func(PrefixStructure) bool) {
		var master netip.Addr
		for i := 0; i < len(s); {
			p, n, last := s.at(i, master)
			if n == 0 || !yield(p) {
				return
			}
			i, master = i+n, last
		}
	}
}

// Equal reports whether both are the same, byte for byte.
func (s PrefixStructures) Equal(o PrefixStructures) bool { return bytes.Equal(s, o) }

// String returns the addresses and prefixes of the first structures, "..." behind them
// where there are more.
func (s PrefixStructures) String() string {
	const shown = 6
	line, n := "", 0
	for p := range s.All() {
		if n == shown {
			return line + " ..."
		}
		if n > 0 {
			line += " "
		}
		line += p.subject()
		n++
	}
	return line
}

// subject is the address of a mobile router, or the prefix.
func (p PrefixStructure) subject() string {
	if p.MobileRouter.IsValid() {
		return p.MobileRouter.String()
	}
	return p.Prefix.String()
}

// Equal reports whether both are the same.
func (p PrefixStructure) Equal(o PrefixStructure) bool {
	return p.Delta == o.Delta && p.MobileRouter == o.MobileRouter && p.Info == o.Info && p.Prefix == o.Prefix && bytes.Equal(p.Realm, o.Realm)
}

// String returns the mobile router with its Info, or the prefix with D where it is set
// and the beginning of its realm, in which "#3" stands for the label of index 3.
func (p PrefixStructure) String() string {
	if p.MobileRouter.IsValid() {
		return "mobile router " + p.subject() + " info " + number(p.Info)
	}
	var realm []byte
	for i := 0; i < len(p.Realm) && p.Realm[i] != 0 && len(realm) <= shownText; i += labelSize(p.Realm[i]) {
		if i > 0 {
			realm = append(realm, '.')
		}
		if tag := p.Realm[i]; tag >= 0x80 {
			realm = append(append(realm, '#'), number(tag&0x7f)...)
		} else {
			realm = append(realm, p.Realm[i+1:min(i+labelSize(tag), len(p.Realm))]...)
		}
	}
	return "prefix " + p.subject() + word(p.Delta, "D") + " realm " + quoted(realm)
}

// AppendRouter returns the structures with a mobile router behind them, as the built-in
// append does. outboundOnly says that it accepts no connections. The error is
// [ErrAdvertisedRouter] for a home address that is not IPv4, and the structures are
// returned unchanged with it.
func (s PrefixStructures) AppendRouter(home netip.Addr, outboundOnly bool) (PrefixStructures, error) {
	if !home.Is4() {
		return s, ErrAdvertisedRouter
	}
	a := home.As4()
	return append(s, 0x40|flag(outboundOnly, 1), a[0], a[1], a[2], a[3]), nil
}

// AppendPrefix returns the structures with a prefix of the last mobile router behind them,
// its host bits cleared, without delta, as the built-in append does. The realm is encoded
// as RFC 6521 §4.2.1 has it, without the zero at its end; an empty one stands for none. The
// error is [ErrAdvertisedPrefix] or [ErrRealm], and the structures are returned unchanged
// with it.
func (s PrefixStructures) AppendPrefix(p netip.Prefix, realm []byte) (PrefixStructures, error) {
	if !p.Addr().Is4() || !p.IsValid() || len(s) == 0 {
		return s, ErrAdvertisedPrefix
	}
	// A zero among the labels would be taken for the end.
	for i := 0; i < len(realm); i += labelSize(realm[i]) {
		if realm[i] == 0 || i+labelSize(realm[i]) > len(realm) {
			return s, ErrRealm
		}
	}
	a := p.Masked().Addr().As4()
	s = append(s, byte(p.Bits()))
	s = append(s, a[:(p.Bits()+7)/8]...)
	return append(append(s, realm...), 0), nil
}

func (s PrefixStructures) wellFormed() bool {
	var master netip.Addr
	for i, n := 0, 0; i < len(s); i += n {
		if _, n, master = s.at(i, master); n == 0 {
			return false
		}
	}
	return true
}

// at reads the structure at i and returns its size, 0 when it is malformed, and the last
// prefix without delta, of which master is the one before.
func (s PrefixStructures) at(i int, master netip.Addr) (PrefixStructure, int, netip.Addr) {
	p, n := s[i:].first(master)
	switch {
	case p.MobileRouter.IsValid():
	case i == 0:
		return PrefixStructure{}, 0, master
	case !p.Delta:
		master = p.Prefix.Addr()
	}
	return p, n, master
}

// first reads the structure at the head of s, which is not empty, and returns its size;
// 0 when it is malformed.
func (s PrefixStructures) first(master netip.Addr) (PrefixStructure, int) {
	length := s[0] & 0x3f
	if s[0]&0x40 != 0 {
		if len(s) < 5 {
			return PrefixStructure{}, 0
		}
		return PrefixStructure{MobileRouter: ipv4(s[1:5]), Info: length}, 5
	}
	p := PrefixStructure{Delta: s[0]&0x80 != 0}
	end := 1 + (int(length)+7)/8
	if p.Delta {
		end = 2
	}
	if length > 32 || end > len(s) || p.Delta && !master.IsValid() {
		return PrefixStructure{}, 0
	}
	var a [4]byte
	if p.Delta {
		// Eight bits, of which the last is that of the prefix, are not the master's.
		shift := 32 - length
		a = master.As4()
		bits := binary.BigEndian.Uint32(a[:])&^(0xff<<shift) | uint32(s[1])<<shift
		binary.BigEndian.PutUint32(a[:], bits)
	} else {
		copy(a[:], s[1:end])
	}
	p.Prefix = netip.PrefixFrom(netip.AddrFrom4(a), int(length)).Masked()
	realm := end
	for end < len(s) && s[end] != 0 {
		end += labelSize(s[end])
	}
	if end >= len(s) {
		return PrefixStructure{}, 0
	}
	p.Realm = s[realm : end+1 : end+1]
	return p, end + 1
}

// labelSize is the size of a label of a realm, with its tag: an index has one byte.
func labelSize(tag byte) int {
	if tag >= 0x80 {
		return 1
	}
	return 1 + int(tag)
}
