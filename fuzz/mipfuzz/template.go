package main

import (
	"bytes"
	"encoding/binary"
	"time"

	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// requestLength is the length of a request's fixed part (RFC 5944 §3.3).
var requestLength = mipv4.TypeRequest.FixedLength()

// template is a packet that can be sent again: with another Identification, signed
// anew where it was signed, and with what was wrong with an authenticator wrong in
// the same way.
type template struct {
	head  []byte // the first 16 octets
	ahead time.Duration
	parts []templatePart
	tail  []byte // octets behind the last extension that can be walked
	raw   []byte // instead of all that, of what has no Identification
}

// templatePart is an extension as it is, or an authenticator with what is wrong
// with it.
type templatePart struct {
	octets []byte   // all of them, cut ones as well
	signs  ext.Kind // 0 for octets
	flip   []byte   // is added to what was signed, from the first octet of the extension
	cut    int      // octets are cut off
	grown  []byte   // octets are added
}

// templateOf takes a packet apart that was made for a moment.
func templateOf(s *fuzz.Setup, packet []byte, made time.Time) *template {
	packet = append([]byte{}, packet...)
	if len(packet) < requestLength || packet[0] != byte(mipv4.TypeRequest) {
		return &template{raw: packet}
	}
	id := mipv4.Identification(binary.BigEndian.Uint64(packet[16:]))
	t := &template{head: packet[:16], ahead: id.Time().Sub(made)}
	end, _ := ext.Locate(packet, requestLength)
	list, err := ext.Parse(packet[:end], requestLength)
	if err != nil {
		t.tail = packet[requestLength:]
		return t
	}
	for x := range list.All() {
		t.parts = append(t.parts, partOf(s, packet, x))
	}
	t.tail = packet[end:]
	return t
}

func partOf(s *fuzz.Setup, packet []byte, x ext.Raw) templatePart {
	p := templatePart{octets: x.Bytes()}
	association, ok := associationOf(s, x.Kind())
	if !ok {
		return p
	}
	a, err := ext.ParseAuth(x)
	if err != nil {
		return p
	}
	signed, err := association.Sign(append([]byte{}, packet[:x.Offset()]...), x.Kind())
	if err != nil {
		return p
	}
	good := signed[x.Offset():]
	if a.SPI() != association.SPI() && !bytes.HasSuffix(good, a.Authenticator()) {
		return p
	}
	p.signs = x.Kind()
	if string(good) == string(p.octets) {
		return p
	}
	n := min(len(good), len(p.octets))
	p.flip = make([]byte, n)
	for i := lengthAt(x.Kind()); i < n; i++ { // the Length is written when the rest is known
		p.flip[i] = good[i] ^ p.octets[i]
	}
	if len(p.octets) < len(good) {
		p.cut = len(good) - len(p.octets)
		p.octets = good // of which these are cut
	} else {
		p.grown = p.octets[len(good):]
	}
	return p
}

// lengthAt is how many octets of an authentication extension stand before its SPI.
func lengthAt(k ext.Kind) int {
	if k.Type().Form() == ext.Long {
		return 4
	}
	return 2
}

// associationOf returns what an authentication extension is signed with.
func associationOf(s *fuzz.Setup, k ext.Kind) (ext.SecurityContext, bool) {
	var c ext.SecurityContext
	switch k {
	case ext.KindMobileHomeAuth:
		c = s.MobileHome
	case ext.KindMobileForeignAuth:
		c = s.MobileForeign
	case ext.KindForeignHomeAuth:
		c = s.ForeignHome
	case ext.KindMNAAAAuth:
		c = s.MobileAAA
	}
	return c, c.SPI() != 0
}

// build appends the packet as it is at a moment.
func (t *template) build(s *fuzz.Setup, now time.Time, random uint32, b []byte) []byte {
	if t.raw != nil {
		return append(b, t.raw...)
	}
	id := mipv4.Timestamp(now.Add(t.ahead), random)
	if n := s.Limits.IdentificationBits; n > 0 && n < 64 {
		id &^= 1<<(64-n) - 1
	}
	return t.buildWith(s, id, b)
}

// buildWith appends the packet with an Identification.
func (t *template) buildWith(s *fuzz.Setup, id mipv4.Identification, b []byte) []byte {
	if t.raw != nil {
		return append(b, t.raw...)
	}
	start := len(b)
	b = append(b, t.head...)
	b = binary.BigEndian.AppendUint64(b, uint64(id))
	for i := range t.parts {
		b = t.parts[i].append(s, b, start)
	}
	return append(b, t.tail...)
}

func (p *templatePart) append(s *fuzz.Setup, b []byte, start int) []byte {
	if p.signs == 0 {
		return append(b, p.octets...)
	}
	association, _ := associationOf(s, p.signs)
	// The authenticator covers the message from its start.
	msg, err := association.Sign(b[start:len(b):len(b)], p.signs)
	if err != nil {
		return append(b, p.octets...)
	}
	at := len(b)
	b = append(b, msg[len(b)-start:]...)
	for i, f := range p.flip {
		if at+i < len(b) {
			b[at+i] ^= f
		}
	}
	b = append(b[:max(at+lengthAt(p.signs), len(b)-p.cut)], p.grown...)
	writeLength(b[at:], p.signs)
	return b
}

// writeLength writes the Length of the extension that b is.
func writeLength(b []byte, k ext.Kind) {
	switch k.Type().Form() {
	case ext.Long, ext.Vendor:
		binary.BigEndian.PutUint16(b[2:], uint16(len(b)-4))
	default:
		b[1] = byte(len(b) - 2)
	}
}

// clone returns a copy whose parts can be changed.
func (t *template) clone() *template {
	c := *t
	c.head = append([]byte{}, t.head...)
	c.parts = append([]templatePart{}, t.parts...)
	return &c
}

// good reports whether the part is an authenticator with nothing wrong.
func (p *templatePart) good() bool { return p.signs != 0 && p.flip == nil }

// kindOf returns the kind of an extension in octets, 0 for a padding and what cannot
// be walked.
func kindOf(octets []byte) ext.Kind {
	list, err := ext.Parse(octets, 0)
	if err != nil {
		return 0
	}
	x, ok := list.First()
	if !ok {
		return 0
	}
	return x.Kind()
}

// headerOf is how many octets of an extension stand before its body.
func headerOf(k ext.Kind) int {
	switch k.Type().Form() {
	case ext.Short:
		return 3
	case ext.Long, ext.Vendor:
		return 4
	}
	return 2
}
