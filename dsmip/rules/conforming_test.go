package rules_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
)

// A writer makes messages that conform: what a mobile node, a proxy, a foreign agent, a
// gateway foreign agent and a home agent may send, with every extension that may stand
// there, in bodies that their figures allow. It writes bytes, and knows nothing of the
// rule book.
type writer struct {
	*rand.Rand
	kinds map[ext.Kind]int // how often each was written, by requests and replies
}

func (w *writer) yes(n int) bool { return w.IntN(n) == 0 }

// bytes returns n random bytes.
func (w *writer) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(w.Uint32())
	}
	return b
}

// text returns UTF-8 of 1 to 12 characters.
func (w *writer) text() []byte {
	runes := []rune("abz09.-@éß語")
	s := make([]rune, 1+w.IntN(12))
	for i := range s {
		s[i] = runes[w.IntN(len(runes))]
	}
	return []byte(string(s))
}

// nai returns user@realm.
func (w *writer) nai() []byte { return fmt.Appendf(nil, "user%d@example.net", w.IntN(1000)) }

// address returns a unicast address of a public network.
func (w *writer) address() []byte { return []byte{203, 0, 113, byte(1 + w.IntN(254))} }

// ipv6 returns the sixteen bytes of a prefix of a length, the other bits zero: one of
// 2001:db8::/32.
func (w *writer) ipv6(length int) []byte {
	b := append([]byte{0x20, 0x01, 0x0d, 0xb8}, w.bytes(12)...)
	for i := length; i < 128; i++ {
		b[i/8] &^= 0x80 >> (i % 8)
	}
	return b
}

// tlv, short and long write the three forms of RFC 5944 §1.9-1.11.
func tlv(t byte, body ...byte) []byte { return append([]byte{t, byte(len(body))}, body...) }

func short(t, sub byte, body ...byte) []byte {
	return append([]byte{t, byte(len(body) + 1), sub}, body...)
}

func long(t, sub byte, body ...byte) []byte {
	return append([]byte{t, sub, byte(len(body) >> 8), byte(len(body))}, body...)
}

// part is what stands between two authenticators: extensions whose order does not
// matter, but that a NAI precedes a Service Selection.
type part [][]byte

func (p *part) add(x []byte) { *p = append(*p, x) }

// free adds what may stand anywhere.
func (w *writer) free(p *part) {
	for range w.IntN(3) {
		switch w.IntN(8) {
		case 0:
			p.add([]byte{0})
		case 1: // RFC 3115 §2.1: reserved, Length, vendor, type, value
			p.add(long(38, 0, append([]byte{0, 0, byte(w.IntN(64)), 9, 0, 1}, w.bytes(w.IntN(5))...)...))
		case 2: // RFC 3115 §2.2
			p.add(tlv(134, append([]byte{0, 0, 0, 0, byte(w.IntN(64)), 9, 0, 1}, w.bytes(w.IntN(5))...)...))
		case 3: // unknown
			p.add(tlv([]byte{155, 200, 254}[w.IntN(3)], w.bytes(w.IntN(4))...))
		case 4: // RFC 4064 §4
			p.add(long(127, byte(w.IntN(256)), w.bytes(w.IntN(4))...))
		case 5:
			p.add(short(255, byte(w.IntN(256)), w.bytes(w.IntN(4))...))
		case 6: // RFC 4881 §9
			p.add(short(138, 3, w.bytes(6)...))
		}
	}
}

// write appends a part in a random order.
func (w *writer) write(msg []byte, p part) []byte {
	w.Shuffle(len(p), func(i, j int) { p[i], p[j] = p[j], p[i] })
	nai, service := -1, -1
	for i, x := range p {
		switch x[0] {
		case 131:
			nai = i
		case 151:
			service = i
		}
	}
	if service >= 0 && service < nai { // RFC 5446 §3
		p[nai], p[service] = p[service], p[nai]
	}
	for _, x := range p {
		msg = append(msg, x...)
	}
	return msg
}

// auth writes an authenticator of type 32, 33, 34 (RFC 5944 §3.5.2) or, by its
// sub-type, 36 (RFC 4721 §5).
func (w *writer) auth(t, sub byte) []byte {
	body := binary.BigEndian.AppendUint32(nil, 256+w.Uint32N(1<<20))
	body = append(body, w.bytes([]int{16, 16, 20, 32}[w.IntN(4)])...)
	if t == 36 {
		return long(36, sub, body...)
	}
	return tlv(t, body...)
}

// exchange is a request with what its reply goes by.
type exchange struct {
	situation rules.Situation // of the request
	request   []byte

	d, t, deregisters              bool
	lifetime                       uint16
	home, agent, careOf, ident     []byte
	dynamic                        bool
	requested                      []byte // the address of the Requested HA
	nai, service, method, greKey   []byte // the extensions, nil when they are not there
	serviceByForeign               bool
	gateway                        []byte // GFA IP Address
	challenge                      []byte
	udpByMobile, udpByForeign      bool
	force                          bool // F of the UDP Tunnel Request
	revocation, revocationByMobile bool
	keyForeign, keyHome            bool
	optimize, prefixes             bool // 153, and its R
	networks                       [][]byte
	ipv6                           [][]byte // the 17 bytes of each request
	mode                           bool
	identity                       bool
	style, regional                bool
	devices                        [][]byte
	flow                           []byte
	toGateway                      bool
	proxied                        bool
}

const infinity = 0xffff

// request writes a request on a leg.
func (w *writer) request(leg code.Leg) exchange {
	e := exchange{situation: rules.Situation{Leg: leg, Profile: dsmip.Draft06 + dsmip.Profile(w.IntN(2)), Edition: rules.Edition(w.IntN(2)),
		MobileForeign: rules.Knowledge(w.IntN(3)), ForeignHome: rules.Knowledge(w.IntN(3)), Proxies: rules.Knowledge(w.IntN(3)),
		RegistrationRequired: w.yes(3)}}
	s := &e.situation
	e.lifetime = []uint16{1, 1800, 65534, infinity, 0}[w.IntN(5)]
	e.deregisters = e.lifetime == 0
	e.home, e.agent, e.ident = []byte{192, 0, 2, 10}, []byte{192, 0, 2, 1}, w.bytes(8)
	e.careOf = []byte{198, 51, 100, 7}
	e.t = w.yes(2)
	e.proxied = leg == code.FAtoHA && s.Proxies != rules.None && w.yes(4)
	// Directly a mobile node has a co-located care-of address, unless it is at home and
	// deregisters (RFC 5944 §3.6.1.2). A proxy never sets D (RFC 5563 §7).
	switch {
	case e.proxied:
	case leg == code.MNtoHA && e.deregisters && w.yes(2):
		e.careOf = e.home
	case leg == code.MNtoHA:
		e.d = true
	default:
		e.d = w.yes(3)
	}
	private := e.d && w.yes(4)
	if private {
		e.careOf = []byte{10, 0, 0, 7}
	}
	var front, behind, added part
	if w.yes(2) || e.proxied {
		e.nai = tlv(131, w.nai()...)
		front.add(e.nai)
		if w.yes(3) {
			e.home = []byte{0, 0, 0, 0}
		}
	}
	// RFC 4433 §5.1; §3.3 there suggests a home address.
	if e.nai != nil && !e.deregisters && w.yes(3) {
		e.dynamic = true
		e.agent = [][]byte{{0, 0, 0, 0}, {255, 255, 255, 255}}[w.IntN(2)]
		requested := w.address()
		switch {
		case w.yes(2):
			front.add(short(139, 1, requested...))
			e.requested = requested
		case leg == code.MNtoHA || w.yes(2):
			front.add(long(139, 1, requested...)) // the figure
			e.requested = requested
		}
	}
	if e.proxied {
		w.proxy(&e, &front)
	} else {
		w.mobile(&e, &front, private)
	}
	w.free(&front)

	onlyAAA := !e.proxied && w.yes(8) // RFC 3012, RFC 3957 §3
	hasAAA := onlyAAA || !e.proxied && w.yes(3)
	hasM := !onlyAAA && !e.proxied
	// The challenge, for a foreign agent (RFC 4721 §3.1).
	if leg != code.MNtoHA && w.yes(3) && !e.proxied {
		e.challenge = tlv(132, w.bytes(4+w.IntN(8))...)
	}
	keys := func(p *part) { // RFC 3957 §6.1, §6.3: before MN-AAA
		if hasAAA && w.yes(5) {
			e.keyForeign = true
			p.add(long(40, 1, binary.BigEndian.AppendUint32(nil, 300)...))
		}
		if hasAAA && w.yes(5) {
			e.keyHome = true
			p.add(long(42, 1, binary.BigEndian.AppendUint32(nil, 301)...))
		}
	}
	keys(&front)
	flags := byte(0)
	for _, f := range []byte{0x80, 0x40, 0x10, 0x08} { // S B M G
		if w.yes(4) && !(f == 0x10 && e.mode) { // RFC 5454 §3.3.2: not minimal encapsulation
			flags |= f
		}
	}
	if e.d {
		flags |= 0x20
	}
	if e.t {
		flags |= 0x02
	}
	// With the answer to dynamic assignment of a gateway (RFC 4857 §7.1-7.3).
	gatewayAssigned := false
	if !e.d && !e.deregisters && leg != code.MNtoHA && !e.proxied && w.yes(6) {
		gatewayAssigned = true
		e.careOf = []byte{0, 0, 0, 0}
	}

	msg := binary.BigEndian.AppendUint16([]byte{1, flags}, e.lifetime)
	msg = append(append(append(append(msg, e.home...), e.agent...), e.careOf...), e.ident...)
	msg = w.write(msg, front)
	if hasM {
		msg = append(msg, w.auth(32, 0)...)
		if s.Edition == rules.RFC5944 && w.yes(10) { // RFC 5944 §3.8.2.1 a
			msg = append(msg, w.auth(32, 0)...)
		}
	}
	if hasAAA {
		// Between the two stands what is for AAA servers, and the challenge.
		var between part
		keys(&between)
		w.free(&between)
		if !onlyAAA {
			if leg != code.MNtoHA && e.t && w.yes(6) {
				between.add(tlv(130))
			}
			msg = w.write(msg, between)
		}
		if e.challenge != nil {
			msg = append(msg, e.challenge...)
		}
		msg = append(msg, w.auth(36, 1)...)
	}
	shareMF := s.MobileForeign == rules.Shared || s.MobileForeign == rules.Unknown && w.yes(2)
	switch leg {
	case code.MNtoHA:
		w.free(&behind)
		msg = w.write(msg, behind)
	case code.MNtoFA:
		if e.challenge != nil && !hasAAA {
			if shareMF {
				behind.add(e.challenge)
			} else {
				e.challenge = nil // nobody could answer it
			}
		}
		if e.t && w.yes(3) { // RFC 3024 §3.3
			behind.add(tlv(130))
		}
		if shareMF && w.yes(4) { // with the gateway: RFC 4857 §9.3
			e.style = true
			behind.add(tlv(141, append([]byte{0, byte(w.IntN(2))}, w.bytes(8)...)...))
		}
		if shareMF && e.d && w.yes(4) { // RFC 4857 §5.1, §9.2
			e.regional = true
			behind.add(tlv(140, append([]byte{0, 0}, e.careOf...)...))
		}
		w.free(&behind)
		msg = w.write(msg, behind)
		if shareMF {
			msg = append(msg, w.auth(33, 0)...)
			var last part
			w.free(&last)
			msg = w.write(msg, last)
		}
	case code.FAtoHA:
		if e.challenge != nil && !hasAAA { // RFC 4721 §3.2: it may be kept
			added.add(e.challenge)
		}
		msg = w.foreign(&e, msg, added, gatewayAssigned)
	}
	e.request = msg
	return e
}

// mobile adds what a mobile node says to its home agent.
func (w *writer) mobile(e *exchange, p *part, private bool) {
	s := &e.situation
	draft := s.Profile == dsmip.Draft06
	if w.yes(6) { // RFC 2356 §7.3
		p.add(tlv(129, append(append([]byte{0, 0}, w.address()...), w.address()...)...))
	}
	if w.yes(6) { // RFC 3846 §4, §5
		e.identity = true
		p.add(short(136, byte(1+w.IntN(2)), w.nai()...))
	}
	if e.d && w.yes(5) { // RFC 3543 §3.2
		e.revocation, e.revocationByMobile = true, true
		p.add(tlv(137, append([]byte{0, 0}, w.bytes(4)...)...))
	}
	if e.nai != nil && w.yes(6) || w.yes(9) { // RFC 5446 §3
		e.service = tlv(151, w.text()...)
		p.add(e.service)
	}
	for range w.IntN(3) { // RFC 5177 §4.1, §5: with T; in a deregistration it is ignored
		if e.deregisters || !e.t {
			break
		}
		network := append([]byte{byte(1 + w.IntN(32))}, w.bytes(4)...)
		e.networks = append(e.networks, network)
		p.add(short(148, 0, network...))
	}
	for range w.IntN(4) { // draft-06 §3.1, RFC 5454 §2.1
		length := 32 + w.IntN(97)
		body := append([]byte{byte(length)}, w.ipv6(length)...)
		switch n := w.IntN(8); {
		case n == 0 && draft: // draft-06 §4.6.1: any prefix, with a hint
			body = append([]byte{byte(w.IntN(129))}, make([]byte, 16)...)
		case n == 1 && draft: // draft-06 §4.6.1: an interface identifier
			body = append(append([]byte{128}, make([]byte, 8)...), append([]byte{2}, w.bytes(7)...)...)
		case n == 2 && !draft: // RFC 5454 §3.7.1
			body = append([]byte{255, 0xfe, 0x80, 0, 0, 0, 0, 0, 0}, w.bytes(8)...)
		}
		e.ipv6 = append(e.ipv6, body)
		p.add(short(152, 1, body...))
	}
	if e.d && w.yes(3) { // draft-06 §4.1, RFC 5454 §3.1
		e.mode = true
		p.add(short(152, 3, 0))
	}
	if e.d && w.yes(3) { // RFC 3519 §3.1, §4.4
		e.udpByMobile = true
		body := []byte{0, 0, []byte{0, 4, 47, 55}[w.IntN(4)], 0, 0}
		if w.yes(3) {
			e.force = true
			body[1] |= 0x80
		}
		if s.Leg != code.MNtoHA { // through a foreign agent: R
			body[1] |= 0x40
		}
		if private && !draft && (len(e.ipv6) > 0 || e.mode) { // RFC 5454 §3.9
			body[2] = 0
		}
		p.add(short(144, 0, body...))
	}
	if w.yes(6) { // RFC 6521 §5.1
		e.optimize = true
		if w.yes(2) {
			e.prefixes = true
			p.add(short(153, 1, 0xc0))
		} else {
			p.add(short(153, 1, append([]byte{0xa0}, w.address()...)...))
		}
	}
	if w.yes(6) { // RFC 7629 §4.1: interface, label, binding, flags
		p.add(long(154, 1, byte(1+w.IntN(8)), byte(1+w.IntN(255)), byte(1+w.IntN(254)), 0))
		if w.yes(2) { // §4.2: action, count, bindings, format, selector
			e.flow = long(154, 2, append([]byte{1, 1, 1, 1}, w.bytes(4)...)...)
			p.add(e.flow)
		}
	}
	if w.yes(8) { // RFC 4857 §9.3: without an association with the gateway
		e.style = true
		p.add(tlv(141, append([]byte{0, byte(w.IntN(2))}, w.bytes(8)...)...))
	}
	if e.d && w.yes(8) { // RFC 4857 §9.2
		p.add(tlv(140, append([]byte{0, 0}, e.careOf...)...))
	}
}

// proxy adds what a proxy says besides (RFC 5563 §5).
func (w *writer) proxy(e *exchange, p *part) {
	e.method = long(47, 1, byte(1+w.IntN(2)))
	p.add(e.method)
	w.devicesOf(e, p)
	if w.yes(3) {
		p.add(short(147, 4, byte(1+w.IntN(8))))
	}
}

func (w *writer) devicesOf(e *exchange, p *part) {
	for sub := range byte(3) {
		if !w.yes(3) {
			continue
		}
		body := w.bytes(6)
		if sub > 0 {
			body[0] = 1 // Ethernet, IMSI
		}
		x := short(147, sub+1, body...)
		e.devices = append(e.devices, x)
		p.add(x)
	}
}

// foreign appends what a foreign agent adds, to the home agent or to a gateway foreign
// agent.
func (w *writer) foreign(e *exchange, msg []byte, added part, gatewayAssigned bool) []byte {
	s := &e.situation
	if gatewayAssigned {
		e.toGateway = w.yes(2)
		if !e.toGateway { // RFC 4857 §7.3: the gateway to the home agent
			e.gateway = tlv(46, append([]byte{0, 0}, w.address()...)...)
			added.add(e.gateway)
		}
	} else if !e.proxied && w.yes(8) {
		e.toGateway = true
	}
	if !e.d && w.yes(3) { // RFC 6245 §4.1
		e.greKey = long(48, 0, w.bytes(4)...)
		added.add(e.greKey)
	}
	if !e.d && w.yes(3) { // RFC 3519 §4.5
		e.udpByForeign = true
		added.add(short(144, 0, 0, 0, 0, 0, 0))
	}
	if !e.revocationByMobile && w.yes(3) { // RFC 3543 §3.2
		e.revocation = true
		added.add(tlv(137, append([]byte{0x80, 0}, w.bytes(4)...)...))
	}
	if e.service == nil && w.yes(4) { // RFC 5446 §3, §4.3
		e.service, e.serviceByForeign = tlv(151, w.text()...), true
		added.add(e.service)
	}
	if w.yes(6) { // RFC 3846 §3.1, RFC 4857 §8.2
		added.add(short(136, 3, w.nai()...))
	}
	if s.Profile == dsmip.Draft06 && !e.d && !e.mode && w.yes(3) { // draft-06 §4.1
		e.mode = true
		added.add(short(152, 3, 0))
	}
	w.free(&added)
	msg = w.write(msg, added)
	if e.toGateway { // RFC 4857 §5.2
		msg = append(msg, tlv(140, append([]byte{0, 0}, w.address()...)...)...)
		msg = append(msg, w.auth(36, 2)...)
	}
	// RFC 5944 §3.5.4, §3.7.2.2, RFC 3344 §3.7.2.2, RFC 5563 §5.1.
	old := s.Edition == rules.RFC3344
	byForeignHome := e.method != nil && e.method[4] == 1
	var sign bool
	switch {
	case byForeignHome:
		if s.ForeignHome == rules.None {
			s.ForeignHome = rules.Unknown
		}
		sign = true
	case s.ForeignHome == rules.None, e.deregisters && !old:
	case e.proxied: // by IPsec
		sign = s.ForeignHome == rules.Unknown && w.yes(2)
	case s.ForeignHome == rules.Shared:
		sign = old || !e.d || w.yes(2) // with D the texts conflict
	default:
		sign = w.yes(2)
	}
	if sign {
		msg = append(msg, w.auth(34, 0)...)
		var last part
		w.free(&last)
		msg = w.write(msg, last)
	}
	return msg
}

// reply writes a reply to a request on the leg back, and the situation it is judged in.
func (w *writer) reply(e *exchange) (rules.Situation, []byte) {
	s := e.situation
	s.Leg = s.Leg.Reverse()
	switch s.Leg {
	case code.FAtoMN:
		if w.yes(3) {
			return s, w.denial(e, &s)
		}
	case code.HAtoFA:
		if e.toGateway && w.yes(2) {
			return s, w.gatewayDenial(e, &s)
		}
	}
	c := []byte{0, 0, 0, 1, 128, 129, 131, 133, 134, 135, 192}[w.IntN(11)]
	redirected := e.dynamic && w.yes(6)
	if redirected {
		c = 143 // RFC 4433 §5.3
	}
	nai, homeless := e.nai, false
	switch {
	case s.Leg == code.FAtoMN && nai != nil && w.yes(8): // an old foreign agent's: RFC 2794 §3
		c, nai, redirected = 97, nil, false
	case s.Leg == code.FAtoMN && w.yes(8):
		c, homeless, redirected = 98, true, false
	case s.Leg == code.HAtoFA && e.method != nil && w.yes(8): // RFC 5563 §8.1: no extension of it is processed
		c, redirected, e.method, e.proxied = 149, false, nil, false
	}
	accepted := c <= 1
	lifetime := e.lifetime
	if accepted && lifetime > 1 && w.yes(2) {
		lifetime = 1 + uint16(w.IntN(int(lifetime)))
	}
	var front, behind part
	if nai != nil { // RFC 2794 §3
		front.add(nai)
	}
	if redirected {
		if w.yes(2) {
			front.add(short(139, 2, w.address()...))
		} else {
			front.add(long(139, 2, w.address()...))
		}
	}
	w.home(e, &s, &front, accepted)
	w.free(&front)

	msg := w.fixed(e, c, lifetime)
	if homeless {
		clear(msg[8:12])
	}
	msg = w.write(msg, front)
	if !e.proxied {
		msg = append(msg, w.auth(32, 0)...)
	}
	switch s.Leg {
	case code.HAtoMN:
		w.free(&behind)
		return s, w.write(msg, behind)
	case code.HAtoFA:
		return s, w.toForeign(e, &s, msg, accepted)
	}
	return s, w.relayed(e, &s, msg, accepted)
}

// fixed writes the fixed part of a reply (RFC 5944 §3.4, §3.8.3.2).
func (w *writer) fixed(e *exchange, c byte, lifetime uint16) []byte {
	home, agent := e.home, e.agent
	if home[0] == 0 {
		home = []byte{192, 0, 2, 77}
	}
	switch {
	case e.dynamic && e.requested != nil: // RFC 4433 §5.1.1, §5.1.2
		agent = e.requested
	case e.dynamic:
		agent = []byte{192, 0, 2, 1}
	}
	msg := binary.BigEndian.AppendUint16([]byte{3, c}, lifetime)
	msg = append(append(msg, home...), agent...)
	return append(append(msg, w.bytes(4)...), e.ident[4:]...) // the low half is copied
}

// home adds what a home agent says to a mobile node or to a proxy.
func (w *writer) home(e *exchange, s *rules.Situation, p *part, accepted bool) {
	draft := s.Profile == dsmip.Draft06
	if w.yes(4) { // RFC 4917 §5
		p.add(short(145, 1, w.text()...))
	}
	if w.yes(8) { // RFC 2356 §7.3: the way to the home agent may be all zero
		p.add(tlv(129, append(make([]byte, 6), w.address()...)...))
	}
	if e.identity && w.yes(2) { // RFC 3846 §4
		p.add(short(136, 1, w.nai()...))
	}
	if w.yes(8) && s.Leg == code.HAtoMN { // RFC 5265 §3.4: of an internal home agent
		p.add(short(149, 0, 0))
	}
	switch {
	case e.gateway != nil: // RFC 4857 §9.1
		p.add(e.gateway)
	case e.careOf[0] == 0 && accepted: // the gateway has asked: §7.3, §7.4
		p.add(tlv(46, append([]byte{0, 0}, w.address()...)...))
	}
	if e.method != nil { // RFC 5563 §5.1
		p.add(e.method)
		for _, x := range e.devices {
			if w.yes(2) {
				p.add(x)
			}
		}
	}
	if !accepted {
		return
	}
	if e.udpByMobile && w.yes(2) { // RFC 3519 §3.2
		body := make([]byte, 5)
		if e.force && w.yes(2) {
			body[1] = 0x80
		}
		p.add(short(44, 0, body...))
	}
	if e.revocationByMobile { // RFC 3543 §4.2.1
		p.add(tlv(137, append([]byte{0, 0}, w.bytes(4)...)...))
	}
	if e.service != nil && !e.serviceByForeign && w.yes(2) { // RFC 5446 §3
		p.add(e.service)
	}
	if e.keyHome && !e.proxied { // RFC 3957 §6.4: Lifetime, two SPIs, algorithm, replay method, nonce
		p.add(long(43, 1, append(append(append(w.bytes(4), 0, 0, 2, 0), 0, 0, 3, 0, 0, 2, 0, 2), w.bytes(16)...)...))
	}
	if e.optimize { // RFC 6521 §5.2
		flags := byte(0)
		if !e.prefixes {
			flags = 0x20 // S
		}
		p.add(short(49, 1, flags))
		if e.prefixes && w.yes(2) { // §5.5: a mobile router, and a prefix of its own with an empty realm
			p.add(long(50, 1, append(append([]byte{0x40}, w.address()...), 0x18, 10, 1, 2, 0)...))
		}
	}
	for _, network := range e.networks { // RFC 5177 §4.2
		p.add(short(148, 1, append([]byte{0, network[0], 0}, network[1:]...)...))
	}
	if len(e.networks) == 0 && w.yes(8) && !e.deregisters && !e.proxied {
		p.add(short(148, 2, append([]byte{0, 24, 0}, w.bytes(4)...)...))
	}
	if e.flow != nil && w.yes(2) { // RFC 7629 §4.2
		p.add(e.flow)
	}
	answered := map[string]bool{}
	for _, asked := range e.ipv6 { // draft-06 §4.3, RFC 5454 §3.3
		length, prefix := asked[0], slices.Clone(asked[1:])
		assigned := draft && (slices.Equal(prefix, make([]byte, 16)) || length == 128 && slices.Equal(prefix[:8], make([]byte, 8)))
		c := byte(0)
		switch {
		case w.yes(4):
			c = []byte{8, 9}[w.IntN(2)]
			if draft && w.yes(2) {
				c = []byte{10, 11}[w.IntN(2)]
			}
		case e.mode && w.yes(2): // the tunnel to the care-of address
			c = 1
		}
		if assigned && c <= 1 { // draft-06 §4.6.1
			if length == 128 && prefix[15] != 0 || !slices.Equal(prefix[8:], make([]byte, 8)) {
				copy(prefix, w.ipv6(64)[:8])
			} else {
				length = byte(48 + w.IntN(17))
				prefix = w.ipv6(int(length))
			}
		}
		key := string(length) + string(prefix)
		// What leaves the choice to the home agent asks once more each time.
		if answered[key] && !assigned || e.deregisters {
			continue
		}
		answered[key] = true
		p.add(short(152, 2, append([]byte{c, length, 0}, prefix...)...))
	}
}

// toForeign appends what a home agent, or a gateway in its place, says to a foreign
// agent.
func (w *writer) toForeign(e *exchange, s *rules.Situation, msg []byte, accepted bool) []byte {
	var behind part
	if e.challenge != nil && w.yes(2) { // RFC 4721 §3.4
		behind.add(e.challenge)
	}
	if accepted {
		if e.greKey != nil { // RFC 6245 §4.2
			behind.add(e.greKey)
		}
		if e.udpByForeign && w.yes(2) {
			behind.add(short(44, 0, make([]byte, 5)...))
		}
		if e.revocation && !e.revocationByMobile && w.yes(2) {
			behind.add(tlv(137, append([]byte{0x80, 0}, w.bytes(4)...)...))
		}
		if e.serviceByForeign && w.yes(2) {
			behind.add(e.service)
		}
		if e.keyForeign {
			behind.add(w.keyReply())
		}
	}
	w.free(&behind)
	msg = w.write(msg, behind)
	old := s.Edition == rules.RFC3344
	byForeignHome := e.method != nil && e.method[4] == 1
	sign := false
	switch {
	case byForeignHome:
		sign = true
	case s.ForeignHome == rules.None:
	case e.proxied:
		sign = s.ForeignHome == rules.Unknown && w.yes(2)
	case s.ForeignHome == rules.Shared:
		sign = old || !e.deregisters || w.yes(2)
	default:
		sign = w.yes(2)
	}
	// RFC 4857 §5.3: what a gateway adds for the mobile node, behind all other
	// extensions, is protected by Mobile-Foreign.
	if e.toGateway && accepted && w.yes(2) {
		if e.style && w.yes(2) {
			msg = append(msg, tlv(141, append([]byte{0, 1}, w.bytes(8)...)...)...)
		}
		msg = append(msg, regionalLifetime(msg)...)
		msg = append(msg, w.auth(33, 0)...)
	}
	if sign {
		msg = append(msg, w.auth(34, 0)...)
		var last part
		w.free(&last)
		msg = w.write(msg, last)
	}
	return msg
}

// regionalLifetime is RFC 4857 §9.4: reserved, and no more than the reply's Lifetime.
func regionalLifetime(msg []byte) []byte {
	return tlv(142, binary.BigEndian.AppendUint32([]byte{0, 0}, min(600, uint32(binary.BigEndian.Uint16(msg[2:]))))...)
}

// keyReply is RFC 3957 §6.2: Lifetime, two SPIs, algorithm, nonce.
func (w *writer) keyReply() []byte {
	return long(41, 1, append(append(append(w.bytes(4), 0, 0, 2, 0), 0, 0, 3, 0, 0, 2), w.bytes(16)...)...)
}

// relayed appends what a foreign agent says to a mobile node behind what the home agent
// said.
func (w *writer) relayed(e *exchange, s *rules.Situation, msg []byte, accepted bool) []byte {
	var behind part
	if w.yes(4) { // RFC 4917 §5
		behind.add(short(145, 2, w.text()...))
	}
	if w.yes(4) { // RFC 4636 §4
		behind.add(short(45, 0, []byte{64, 65, 66, 68, 71, 77, 78}[w.IntN(7)]))
	}
	if w.yes(3) { // RFC 4721 §3.3: its next challenge
		behind.add(tlv(132, w.bytes(8)...))
	}
	if w.yes(6) { // RFC 4857 §8.2
		behind.add(short(136, 3, w.nai()...))
	}
	sign := s.MobileForeign == rules.Shared || s.MobileForeign == rules.Unknown && w.yes(2)
	if e.keyForeign && accepted { // RFC 3957 §6.2
		behind.add(w.keyReply())
		sign = true
	}
	w.free(&behind)
	msg = w.write(msg, behind)
	if sign && w.yes(3) && accepted { // RFC 4857 §9.3, §9.4
		if e.style {
			msg = append(msg, tlv(141, append([]byte{0, 1}, w.bytes(8)...)...)...)
		}
		msg = append(msg, regionalLifetime(msg)...)
	}
	if sign {
		msg = append(msg, w.auth(33, 0)...)
		var last part
		w.free(&last)
		msg = w.write(msg, last)
	}
	return msg
}

// denial is a foreign agent's own (RFC 5944 §3.7.2.3): all is copied.
func (w *writer) denial(e *exchange, s *rules.Situation) []byte {
	codes := []byte{64, 65, 66, 67, 69, 70, 72, 74, 75, 77, 78, 79, 80, 88, 90, 96, 104, 105, 106, 107, 108, 116, 127}
	msg := binary.BigEndian.AppendUint16([]byte{3, codes[w.IntN(len(codes))]}, e.lifetime)
	switch {
	case msg[1] == 69 && e.deregisters, msg[1] == 75 && e.t, msg[1] == 74 && !e.t:
		msg[1] = 64 // what is said is not so
	case msg[1] == 69: // its maximum
		binary.BigEndian.PutUint16(msg[2:], e.lifetime/2)
	}
	msg = append(append(append(msg, e.home...), e.agent...), e.ident...)
	var p part
	if e.nai != nil {
		p.add(e.nai)
	}
	if w.yes(3) {
		p.add(short(145, 2, w.text()...))
	}
	if w.yes(3) {
		p.add(tlv(132, w.bytes(8)...))
	}
	w.free(&p)
	msg = w.write(msg, p)
	if s.MobileForeign == rules.Shared || s.MobileForeign == rules.Unknown && w.yes(2) {
		msg = append(msg, w.auth(33, 0)...)
	}
	return msg
}

// gatewayDenial is a gateway foreign agent's (RFC 4857 §9.5).
func (w *writer) gatewayDenial(e *exchange, s *rules.Situation) []byte {
	msg := binary.BigEndian.AppendUint16([]byte{3, []byte{110, 111}[w.IntN(2)]}, e.lifetime)
	msg = append(append(append(msg, e.home...), e.agent...), e.ident...)
	var p part
	if e.nai != nil {
		p.add(e.nai)
	}
	w.free(&p)
	msg = w.write(msg, p)
	if s.ForeignHome == rules.Shared {
		msg = append(msg, w.auth(34, 0)...)
	}
	return msg
}

// TestConforming: 20,000 messages that conform, on every leg, under both profiles and
// both editions, with every association and service known or not, meet no fault that
// breaks a MUST; and requests alone and replies with and without their requests are
// judged as the loop promises.
func TestConforming(t *testing.T) {
	n := 20000
	if testing.Short() {
		n = 4000
	}
	w := writer{Rand: rand.New(rand.NewPCG(7, 8)), kinds: map[ext.Kind]int{}}
	legs, faults := map[code.Leg]int{}, map[*code.Fault]int{}
	judge := func(s rules.Situation, msg []byte, m message) {
		contract(t, &s, m)
		for x := range m.extensions().All() {
			w.kinds[x.Kind()]++
		}
		for v := range m.verdicts(&s) {
			if v.Fault == nil {
				continue
			}
			faults[v.Fault]++
			if b := v.Fault.Breaks(); b == code.Must || b == code.Caller {
				t.Fatalf("%+v\n%x\nasked %+v\nat %d: %v", s, msg, m.asked, v.Offset, v.Fault)
			}
		}
		legs[s.Leg]++
	}
	for i := 0; i < n; i += 2 {
		e := w.request([]code.Leg{code.MNtoFA, code.MNtoHA, code.FAtoHA}[i/2%3])
		request := parse(t, e.request)
		judge(e.situation, e.request, request)
		s, msg := w.reply(&e)
		reply := parse(t, msg)
		if w.yes(2) {
			reply.asked = request.request
		}
		judge(s, msg, reply)
	}
	for leg := code.MNtoFA; leg <= code.FAtoMN; leg++ {
		if legs[leg] < n/12 {
			t.Errorf("%v: %d messages", leg, legs[leg])
		}
	}
	// Every kind is written that a conforming request or reply may have.
	for r := range ext.Registry() {
		switch r.Kind {
		case ext.KindLegacyCVSE, ext.KindLegacyNVSE, ext.KindMNGFAAuth, ext.KindMNPARAuth, // other messages, or obsolete
			ext.KindMobileCorrespondentAuth, ext.KindCareOfAddress, // on none of the legs
			ext.KindIMSI3GPP2, ext.KindIMSI3GPP, ext.KindEUI64Address, ext.KindSolicitedIPv4Address, ext.KindAccessPointID, ext.KindFAIPv4Address:
			continue // one of type 138 is enough
		}
		if r.Kind == ext.KindPadding || w.kinds[r.Kind] > 0 {
			continue
		}
		if _, ok := ext.Lookup(r.Kind); ok && r.Form != ext.Unwalkable {
			t.Errorf("%v was never written", r.Kind)
		}
	}
	for f, times := range faults {
		t.Logf("%d times %v: %v", times, f.Breaks(), f)
	}
}
