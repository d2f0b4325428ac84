package fuzz

import (
	"crypto/sha256"
	"encoding/binary"
	"net/netip"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// builder makes one packet. It lives on the stack.
type builder struct {
	c      *Campaign
	m      *scheduled
	random source
	home   netip.Addr
	now    time.Time
	to     *mipv4.Request // what a reply answers, nil for a request that there is not

	msg      []byte
	reply    bool // is a reply
	flags    mipv4.Flags
	last     int // where the last extension starts
	behindAt int // where what stands behind Mobile-Home starts
	prefix   dsmip.PrefixRequest
	scratch  [80]byte
}

// The sizes of the fixed parts.
var requestLength, replyLength = mipv4.TypeRequest.FixedLength(), mipv4.TypeReply.FixedLength()

// How many prefix requests there are in a message full of them, each of 20 octets:
// what a datagram of 1,472 holds beside fillers and authenticators, and once in
// seldom times 60,000 octets, which UDP can carry, but which take long to sign.
const (
	someRequests = 64
	manyRequests = 3000
	seldom       = 16
)

func (b *builder) build(i uint64, buf []byte) Case {
	m := b.m
	k := Case{Index: i, Mutation: &m.Mutation, Reaction: m.reaction, Allowed: m.allowed, Clock: b.now}
	b.reply = b.c.setup.Situation.Leg.Reply() != (m.fixed == otherMessage)
	b.flags = b.anyFlags()

	at := b.now
	switch m.fixed {
	// Farther off than any association tolerates.
	case oldIdentification:
		at = at.Add(-time.Duration(b.random.between(1, 30*24)) * time.Hour)
	case futureIdentification:
		at = at.Add(time.Duration(b.random.between(1, 30*24)) * time.Hour)
	case earlierIdentification:
		at = at.Add(-time.Duration(b.random.between(1, 2000)) * time.Millisecond)
	}
	id := b.c.setup.Limits.mask(mipv4.Timestamp(at, uint32(b.random.uint64())))
	if b.to != nil {
		id = b.to.Identification
	}
	careOf := b.c.setup.CareOfAddress

	b.msg = buf[len(buf):]
	switch m.fixed {
	case repeatedIdentification, earlierIdentification:
		k.Last = id
		if m.fixed == earlierIdentification {
			k.Last = b.c.setup.Limits.mask(mipv4.Timestamp(b.now, uint32(b.random.uint64())))
		}
		b.request(k.Last, careOf)
		b.sign(ext.KindMobileHomeAuth, signed)
		b.end(signed)
		k.Before = b.msg
		b.msg = b.msg[len(b.msg):]
		// With the same care-of address it would be a duplicate, whose Lifetime
		// may be granted again (RFC 5944 §3.8.2.2).
		other := careOf.As4()
		other[3] ^= 1
		careOf = netip.AddrFrom4(other)
	case privateCareOf:
		careOf = netip.AddrFrom4([4]byte{10, byte(b.random.n(256)), byte(b.random.n(256)), byte(b.random.between(1, 254))})
	case homeCareOf:
		careOf = b.home
	case zeroCareOf:
		careOf = netip.IPv4Unspecified()
	case broadcastCareOf:
		careOf = netip.AddrFrom4([4]byte{255, 255, 255, 255})
	case multicastCareOf:
		careOf = netip.AddrFrom4([4]byte{byte(b.random.between(224, 254)), byte(b.random.n(256)), byte(b.random.n(256)), byte(b.random.n(256))})
	case multicastHome:
		a := b.home.As4()
		a[0] |= 224
		b.home = netip.AddrFrom4(a)
	}

	if b.reply {
		k.Asked, id = b.replyFixed(id)
	} else {
		b.request(id, careOf)
	}
	b.extensions()
	b.spoil()

	k.Packet = b.msg
	k.HomeAddress, k.Identification = b.home, id
	switch m.fixed {
	case dynamicAgent, nameless:
		k.HomeAddress = netip.IPv4Unspecified()
	}
	if !b.reply && len(b.msg) >= requestLength {
		// As it stands there: a bit may have been flipped.
		k.Identification = mipv4.Identification(binary.BigEndian.Uint64(b.msg[16:]))
	}
	return k
}

// anyFlags returns the flags of a request.
func (b *builder) anyFlags() mipv4.Flags {
	f := usualFlags(b.c.setup.Situation.Leg)
	v := b.random.uint64()
	if v&1 != 0 {
		f |= mipv4.FlagReverseTunnel
	}
	switch v >> 1 & 15 {
	case 0:
		f |= mipv4.FlagSimultaneous
	case 1:
		f |= mipv4.FlagBroadcast
	case 2:
		f |= mipv4.FlagMinimal
	case 3:
		f |= mipv4.FlagGRE
	}
	return (b.c.setup.Limits.flags(f) | b.m.set) &^ b.m.clear
}

func (b *builder) request(id mipv4.Identification, careOf netip.Addr) {
	agent, home := b.c.setup.HomeAgent, b.home
	switch b.m.fixed {
	case dynamicAgent, dynamicWithHome, dynamicDeregistration:
		agent = netip.IPv4Unspecified()
		if b.random.oneIn(2) {
			agent = netip.AddrFrom4([4]byte{255, 255, 255, 255})
		}
	case multicastAgent:
		agent = netip.AddrFrom4([4]byte{byte(b.random.between(224, 254)), byte(b.random.n(256)), byte(b.random.n(256)), byte(b.random.n(256))})
	}
	switch b.m.fixed {
	case dynamicAgent, nameless:
		home = netip.IPv4Unspecified()
	}
	granted := b.c.setup.Limits.lifetime(mipv4.Lifetime(b.random.between(1, 0xffff)))
	if b.m.fixed == deregistration || b.m.fixed == dynamicDeregistration {
		granted = mipv4.Deregister
	}
	b.msg, _ = mipv4.Request{
		Flags:          b.flags,
		Lifetime:       granted,
		HomeAddress:    home,
		HomeAgent:      agent,
		CareOfAddress:  careOf,
		Identification: id,
	}.AppendBinary(b.msg)
}

// replyFixed appends the fixed part of a reply. It returns the request that it
// answers, and its own Identification.
func (b *builder) replyFixed(id mipv4.Identification) (mipv4.Request, mipv4.Identification) {
	s, agent := &b.random, b.c.setup.HomeAgent
	asked := mipv4.Request{
		Lifetime:       mipv4.Lifetime(s.between(2, 0xfffe)),
		HomeAddress:    b.home,
		HomeAgent:      agent,
		CareOfAddress:  b.c.setup.CareOfAddress,
		Identification: id,
	}
	if b.to != nil {
		asked = *b.to
		asked.Extensions = ext.List{}
	}
	r := mipv4.Reply{Lifetime: asked.Lifetime, HomeAddress: b.home, HomeAgent: agent, Identification: id}
	switch b.m.fixed {
	case plainCode:
	case foreignCode, otherLifetime, otherNonce:
		// Code 69 wants a Lifetime of its own.
		if r.Code = code.Registration(s.between(64, 82)); r.Code == code.FALifetimeTooLong {
			r.Code++
		}
	case longDenial:
		r.Code = code.FALifetimeTooLong
	case prohibitedCode:
		r.Code = code.FAAdministrativelyProhibited
	case gatewayCode:
		r.Code = [2]code.Registration{code.ReplayProtectionUnavailable, code.ZeroCareOfAddressNotSupported}[s.n(2)]
	case unassignedCode:
		r.Code = code.Registration(s.between(9, 63))
	case redirectCode, redirectNamed:
		r.Code = code.HARedirect
	case deniedCode, noAgent:
		r.Code = code.HAAdministrativelyProhibited
	case networkCode:
		r.Code = code.HAMobileNetworkError
	case copiedAgent:
		r.Code = code.HAUnknownHomeAgentAddress
	case mandatoryTunnel:
		r.Code, asked.Flags = code.HAReverseTunnelMandatory, mipv4.FlagReverseTunnel
	case otherAgent, noHome, longerLifetime:
	default:
		if s.oneIn(3) {
			// With Code 136 comes another home agent.
			if r.Code = code.Registration(s.between(128, 142)); r.Code == code.HAUnknownHomeAgentAddress {
				r.Code++
			}
		}
	}
	switch b.m.fixed {
	case redirectCode:
		asked.HomeAgent = netip.IPv4Unspecified()
	case otherAgent:
		r.HomeAgent = b.neighbour(agent)
	case noAgent:
		r.HomeAgent = netip.IPv4Unspecified()
	case otherHome:
		r.HomeAddress = b.neighbour(b.home)
	case noHome:
		r.HomeAddress, asked.HomeAddress = netip.IPv4Unspecified(), netip.IPv4Unspecified()
	case longerLifetime:
		r.Lifetime++
	case otherLifetime:
		r.Lifetime--
	case otherNonce:
		r.Identification ^= mipv4.Identification(1) << s.between(32, 63)
	case unasked:
		r.Identification ^= mipv4.Identification(s.between(1, 1<<31-1))
	}
	b.msg, _ = r.AppendBinary(b.msg)
	return asked, r.Identification
}

// neighbour returns another address of the same /8.
func (b *builder) neighbour(a netip.Addr) netip.Addr {
	other := a.As4()
	other[b.random.between(1, 3)] ^= 1 << b.random.n(8)
	return netip.AddrFrom4(other)
}

func (b *builder) extensions() {
	m := b.m
	for range b.random.n(3) {
		b.filler()
	}
	for i := range m.before {
		b.element(&m.before[i])
	}
	if m.home != omitted {
		b.sign(ext.KindMobileHomeAuth, m.home)
	}
	b.behindAt = len(b.msg)
	for i := range m.behind {
		b.element(&m.behind[i])
	}
	b.end(m.end)
	for i := range m.last {
		b.element(&m.last[i])
	}
}

// filler appends an extension that may stand anywhere and changes nothing.
func (b *builder) filler() {
	l := &b.c.setup.Limits
	switch n := b.random.n(3); {
	case n == 0 && !l.NoPadding:
		b.add(ext.KindPadding, nil)
	case n == 1 && !l.NoNVSE:
		b.usual(nvse)
	case n == 2 && !l.NoSkippable:
		b.add(unknownSkippable(&b.random), b.random.append(b.scratch[:0], b.random.n(longest)))
	}
}

var nvse, cvse = rowOf(ext.KindNVSE), rowOf(ext.KindCVSE)

// add appends an extension.
func (b *builder) add(k ext.Kind, body []byte) {
	b.last = len(b.msg)
	b.msg, _ = ext.AppendRaw(b.msg, k, body)
}

// usual appends a registered extension with an ordinary body.
func (b *builder) usual(r *ext.Row) {
	b.add(r.Kind, appendBody(b.scratch[:0], &b.random, r))
}

func (b *builder) element(e *element) {
	s := &b.random
	switch e.how {
	case usual:
		switch {
		case authorizes(e.kind):
			b.sign(e.kind, signed)
		case e.kind == ext.KindIPv6PrefixRequest, e.kind == ext.KindIPv6PrefixReply:
			b.prefix = static(s)
			b.prefixed(e.kind)
		default:
			b.usual(e.row)
		}
	case otherKind:
		if s.oneIn(4) {
			b.add(ext.KindPadding, nil)
		} else {
			b.add(unknownSkippable(s), s.append(b.scratch[:0], s.n(longest)))
		}
	case unknownType:
		n := s.n(longest)
		b.rawTLV(unwalkable(s), n, n)
	case badLength:
		b.badLength(e.row)
	case noSubType:
		b.rawTLV(byte(e.kind.Type()), 0, 0)
	case lengthUp:
		b.rawTLV(byte(e.kind.Type()), s.between(248, 255), s.between(8, 24))
	case lengthDown:
		b.rawTLV(byte(e.kind.Type()), 8, 8)
		b.msg = append(b.msg, unwalkable(s))
		b.msg = s.append(b.msg, s.n(8))
	case longLengthUp:
		b.last = len(b.msg)
		b.msg = s.append(append(b.msg, byte(e.kind.Type()), 0, 0xff, 0xff), s.between(6, 24))
	case invalidLength:
		b.prefix = dsmip.PrefixRequest{PrefixLength: byte(s.between(129, 254)), Prefix: ipv6(s)}
		b.prefixed(e.kind)
	case linkLocalLength:
		b.prefix = dsmip.RequestLinkLocal(linkLocal(s))
		b.prefixed(e.kind)
		b.accept(e.kind)
	case globalLinkLocal:
		b.prefix = dsmip.PrefixRequest{PrefixLength: dsmip.LinkLocalLength, Prefix: ipv6(s)}
		b.prefixed(e.kind)
		b.accept(e.kind)
	case hostBits:
		// The last bit is set, and beyond the length.
		a := ipv6(s).As16()
		a[15] |= 1
		b.prefix = dsmip.PrefixRequest{PrefixLength: byte(s.between(3, 127)), Prefix: netip.AddrFrom16(a)}
		b.prefixed(e.kind)
	case zeroPrefix:
		b.prefix = dsmip.RequestAnyPrefix(byte(s.between(0, 128)))
		b.prefixed(e.kind)
	case identifier:
		b.prefix = interfaceIdentifier(s)
		b.prefixed(e.kind)
	case identifierLength:
		b.prefix = interfaceIdentifier(s)
		b.prefix.PrefixLength = byte(s.between(0, 64))
		b.prefixed(e.kind)
	case samePrefix:
		b.prefixed(e.kind)
	case multicast:
		b.add(e.kind, append(b.scratch[:0], byte(s.between(224, 239)), 0, 0, byte(s.n(256))))
	case literal:
		b.add(e.kind, e.body)
	case unknownVendor:
		body := binary.BigEndian.AppendUint32(b.scratch[:0], nobody)
		body = binary.BigEndian.AppendUint16(body, nobodyType)
		b.add(e.kind, s.append(body, s.n(16)))
	case missingKind:
		body := s.append(b.scratch[:0], 8)
		if r := rowOf(b.c.lacking); r != nil {
			body = appendBody(b.scratch[:0], s, r)
		}
		b.add(b.c.lacking, body)
	case strayKind:
		b.last = len(b.msg)
		b.msg = append(b.msg, byte(b.c.stray.Type()), b.c.stray.SubType(), 0, 4)
		b.msg = s.append(b.msg, 4)
	case unsigned:
		body := binary.BigEndian.AppendUint32(b.scratch[:0], uint32(s.between(256, 1<<31-1)))
		b.add(e.kind, s.append(body, 16))
	case many:
		// All of them /64.
		body := b.scratch[:17]
		clear(body)
		body[0] = 64
		n := s.between(someRequests/2, someRequests)
		if s.oneIn(seldom) {
			n = manyRequests
		}
		for range n {
			binary.BigEndian.PutUint64(body[1:], s.uint64()>>3|1<<61)
			b.add(e.kind, body)
		}
	case fill548:
		b.fill(548, 0)
	case fill1472:
		b.fill(1472, longest-10) // more than 548
	case shuffled:
		b.shuffle()
	}
}

// rawTLV appends a header of the simple form that says length, and n bytes.
func (b *builder) rawTLV(typ byte, length, n int) {
	b.last = len(b.msg)
	b.msg = b.random.append(append(b.msg, typ, byte(length)), n)
}

// prefixed appends a prefix request or reply with b.prefix as it is, right or
// not.
func (b *builder) prefixed(k ext.Kind) {
	if k == ext.KindIPv6PrefixReply {
		b.add(k, appendPrefixReply(b.scratch[:0], &b.random, b.prefix))
	} else {
		b.add(k, appendPrefixRequest(b.scratch[:0], b.prefix))
	}
}

// accept makes the last extension one that accepts, if it is a prefix reply: what is
// refused may be echoed, whatever it means.
func (b *builder) accept(k ext.Kind) {
	if k == ext.KindIPv6PrefixReply {
		b.msg[b.last+3] &= 1 // Code 0 or 1
	}
}

// badLength appends an extension whose Length its row does not allow, but that
// is walked all the same.
func (b *builder) badLength(r *ext.Row) {
	least, top := 0, 255
	switch r.Form {
	case ext.Short:
		least = 1
	case ext.Long, ext.Vendor:
		top = 65535
	}
	n := 0
	switch s := &b.random; {
	case r.Step > 1 && s.oneIn(2):
		n = r.Min + 1 + s.n(r.Step-1)
	case r.Min > least && (r.Max >= top || s.oneIn(2)):
		n = s.between(least, r.Min-1)
	default:
		n = s.between(r.Max+1, min(top, r.Max+16))
	}
	b.last = len(b.msg)
	k := r.Kind
	switch r.Form {
	case ext.Short:
		b.msg = append(b.msg, byte(k.Type()), byte(n), k.SubType())
		n--
	case ext.Long, ext.Vendor:
		b.msg = append(b.msg, byte(k.Type()), k.SubType(), byte(n>>8), byte(n))
	default:
		b.msg = append(b.msg, byte(k.Type()), byte(n))
	}
	b.msg = b.random.append(b.msg, n)
}

// shuffle appends what may stand in front of Mobile-Home.
func (b *builder) shuffle() {
	s := &b.random
	if s.oneIn(2) {
		b.usual(nai)
	}
	tunneled, moded, served := false, false, false
	for range s.n(6) {
		switch k := s.n(8); {
		case k == 0 && b.flags.Has(mipv4.FlagDecapsulation|mipv4.FlagReverseTunnel) && !b.reply && !tunneled:
			tunneled = true
			b.usual(tunnelRequest)
		case k <= 1 && b.flags.Has(mipv4.FlagDecapsulation) && !b.flags.Has(mipv4.FlagMinimal) && !b.reply && !moded:
			moded = true
			b.usual(tunnelingMode)
		case k == 2 && !b.reply && !served:
			served = true
			b.usual(service)
		case k <= 5:
			b.prefix = static(s)
			if b.reply {
				b.prefixed(ext.KindIPv6PrefixReply)
			} else {
				b.prefixed(ext.KindIPv6PrefixRequest)
			}
		default:
			b.filler()
		}
	}
}

var (
	nai           = rowOf(ext.KindMobileNodeNAI)
	tunnelRequest = rowOf(ext.KindUDPTunnelRequest)
	tunnelingMode = rowOf(ext.KindIPv6TunnelingMode)
	service       = rowOf(ext.KindServiceSelection)
)

// fill appends 17 to 25 extensions with bodies of least octets or more, so that the
// packet has no more than limit together with its authenticators.
func (b *builder) fill(limit, least int) {
	s := &b.random
	limit -= 2 * (2 + 4 + sha256.Size) // Mobile-Home and the leg's last
	for left := s.between(17, 25); left > 0; left-- {
		// What the others need at least, and the header, is not there for this one.
		room := min(limit-len(b.msg)-(left-1)*(2+least)-2, longest)
		if least == 0 && room >= 18 && !b.reply && s.oneIn(4) {
			b.prefix = static(s)
			b.prefixed(ext.KindIPv6PrefixRequest)
			continue
		}
		b.add(unknownSkippable(s), s.append(b.scratch[:0], s.between(least, max(room, least))))
	}
}

// end appends the leg's last authentication extension, where its association is
// shared.
func (b *builder) end(how signing) {
	if how == omitted {
		return
	}
	if k, known := b.c.last(); known == rules.Shared {
		b.sign(k, how)
	}
}

// association returns the security context that a kind is signed with.
func (c *Campaign) association(k ext.Kind) ext.SecurityContext {
	switch k {
	case ext.KindMobileForeignAuth:
		return c.setup.MobileForeign
	case ext.KindForeignHomeAuth:
		return c.setup.ForeignHome
	case ext.KindMNAAAAuth:
		return c.setup.MobileAAA
	}
	return c.setup.MobileHome
}

// sign appends an authentication extension and then does what how says.
func (b *builder) sign(k ext.Kind, how signing) {
	s := &b.random
	at := len(b.msg)
	if how == badAuthLength {
		n := s.n(4)
		b.rawTLV(byte(k.Type()), n, n)
		return
	}
	b.last = at
	b.msg, _ = b.c.association(k).Sign(b.msg, k)
	// What follows is for types 32 to 34: Type, Length, SPI, Authenticator.
	authenticator := at + 6
	switch how {
	case flippedCovered:
		b.msg[b.covered(k)] ^= 1 << s.n(8)
	case flippedAuthentic:
		b.msg[s.between(authenticator, len(b.msg)-1)] ^= 1 << s.n(8)
	case randomAuthentic:
		n := len(b.msg) - authenticator
		b.msg = s.append(b.msg[:authenticator], n)
	case emptyAuthentic:
		b.msg = b.msg[:authenticator]
	case cutAuthentic:
		b.msg = b.msg[:s.between(authenticator+1, len(b.msg)-1)]
	case grownAuthentic:
		b.msg = s.append(b.msg, s.between(1, 16))
	case wrongSPI:
		was := binary.BigEndian.Uint32(b.msg[at+2:])
		is := uint32(s.between(256, 1<<31-1))
		if is == was {
			is++
		}
		binary.BigEndian.PutUint32(b.msg[at+2:], is)
	case reservedSPI:
		binary.BigEndian.PutUint32(b.msg[at+2:], uint32(s.n(256)))
	case insertedCovered:
		var whole [80]byte
		n := copy(whole[:], b.msg[at:])
		b.msg = b.msg[:at]
		switch l := &b.c.setup.Limits; {
		case !l.NoNVSE:
			b.usual(nvse)
		case !l.NoSkippable:
			b.add(unknownSkippable(s), s.append(b.scratch[:0], 4))
		default:
			b.add(ext.KindPadding, nil)
		}
		b.last = len(b.msg)
		b.msg = append(b.msg, whole[:n]...)
		at = b.last
	}
	if how != signed {
		b.msg[at+1] = byte(len(b.msg) - at - 2)
	}
}

// covered returns the place of a byte that the authenticator covers and that
// leaves the message right whatever is in it: of Mobile-Home's one of the care-of
// address or of the Identification, in a reply of its high half; of the others', which must not be Mobile-Home's too, the Vendor-NVSE-Type in
// front of them.
func (b *builder) covered(k ext.Kind) int {
	if k != ext.KindMobileHomeAuth {
		return b.behindAt + 8 + b.random.n(2)
	}
	if b.reply {
		return b.random.between(12, 15)
	}
	return [...]int{15, 20, 21, 22, 23}[b.random.n(5)]
}

// spoil does to the finished packet what the mutation says.
func (b *builder) spoil() {
	s := &b.random
	fixedLength := requestLength
	if b.reply {
		fixedLength = replyLength
	}
	switch b.m.spoil {
	case empty:
		b.msg = b.msg[:0]
	case cutFixed:
		b.msg = b.msg[:s.between(1, fixedLength-1)]
	case otherType:
		was := b.msg[0]
		for b.msg[0] == was {
			b.msg[0] = byte(s.n(256))
		}
	case cutLone:
		b.msg = b.msg[:b.last+1]
	case cutBody:
		b.msg = b.msg[:s.between(b.last+2, len(b.msg)-1)]
	case cutHeader:
		b.msg = b.msg[:b.last+s.between(2, 3)]
	case cutLongBody:
		b.msg = b.msg[:s.between(b.last+4, len(b.msg)-1)]
	case cutHome:
		if l, err := ext.Parse(b.msg, fixedLength); err == nil {
			if a, err := l.Auth(ext.KindMobileHomeAuth); err == nil {
				b.msg = b.msg[:a.Offset()]
			}
		}
	case loneByte:
		b.msg = append(b.msg, byte(s.between(128, 254)))
	case shortOverrun:
		length := s.between(1, 255)
		b.rawTLV(byte(unknownSkippable(s).Type()), length, s.n(length))
	case longOverrun:
		length := s.between(1, 65535)
		b.msg = append(b.msg, byte(cvse.Kind.Type()), 0, byte(length>>8), byte(length))
		b.msg = s.append(b.msg, s.n(min(length, longest)))
	case partHeader:
		b.msg = append(b.msg, byte(cvse.Kind.Type()))
		b.msg = s.append(b.msg, s.between(1, 2))
	}
}
