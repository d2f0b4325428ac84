package main

import (
	"errors"
	"strings"
	"unicode"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// message is what is printed of a packet: what could be read of it, and, where
// that is not all, why.
type message struct {
	file    string // "" of the only input
	line    int
	columns columns

	title      string // the name of its type, "" when nothing could be read
	name       string // in camelCase
	number     uint8
	fields     []field // of the fixed part, in the order of the wire
	extensible bool    // extensions may follow
	extensions []extension
	faults     []fault
	answered   bool      // a reply whose request has gone by
	outcomes   []outcome // what came of its prefixes
	refused    *refusal
	askedNAI   string // the Mobile Node NAI of the request that a reply answers

	room []field // that the fields of extensions are in
}

// extension is one extension of a message.
type extension struct {
	names
	kind       ext.Kind // 0 in an advertisement
	number     uint8
	subType    uint8
	hasSubType bool
	offset     int
	size       int
	body       []byte
	fields     []field
	verdict    string // on an authenticator, "" when there are no keys
	key        int    // the number of the key that verified, 0 for none
}

// names are those of a kind of extension.
type names struct {
	title string // as its RFC has it, or its number
	name  string // in camelCase
}

// fault is what is wrong at one place of a message.
type fault struct {
	offset int
	fault  *code.Fault
}

// refusal is why a packet could not be read, or not to its end.
type refusal struct {
	offset  int
	fault   *code.Fault
	stopped int // the type of the message or extension that reading stopped at, or -1
}

// roles are those that a fault names reactions of.
var (
	roles     = [...]code.Role{code.HomeAgent, code.ForeignAgent, code.MobileNode}
	roleKeys  = [...]string{"homeAgent", "foreignAgent", "mobileNode"}
	roleNames = [...]string{"home agent", "foreign agent", "mobile node"}
)

// maxVerified bounds how many authenticators of one message are verified: each
// covers all that stands before it, and a packet may be made of nothing else.
// The rules allow four.
const maxVerified = 16

// unknown is the name of an extension without a row, and the verdict on an
// authenticator that no key fits.
const unknown = "unknown"

// read turns a packet into what is printed of it.
func (d *dumper) read(p packet) *message {
	m := &d.message
	*m = message{file: d.file, line: p.line, columns: p.columns, fields: m.fields[:0], extensions: m.extensions[:0], faults: m.faults[:0], outcomes: m.outcomes[:0], room: m.room[:0]}
	switch {
	case p.fault != nil:
		m.refused = &refusal{len(p.bytes), p.fault, -1}
	case d.icmp:
		d.discovery(m, p.bytes)
	default:
		d.control(m, p.bytes)
	}
	return m
}

// control adds a message of UDP port 434.
func (d *dumper) control(m *message, b []byte) {
	if offset, err := mipv4.Locate(b); err != nil {
		m.refused = &refusal{offset, faultOf(err), -1}
		fixed := 0
		if len(b) > 0 {
			fixed = mipv4.MessageType(b[0]).FixedLength()
		}
		if offset < len(b) && err != error(ext.ErrTooLong) {
			m.refused.stopped = int(b[offset])
		}
		// What stands in front of the place can be read all the same.
		if fixed == 0 || offset < fixed {
			return
		}
		b = b[:offset]
	}
	v, err := mipv4.Parse(b)
	if err != nil {
		return
	}
	m.number, m.title = uint8(v.MessageType()), v.MessageType().String()
	m.name = d.name(strings.TrimPrefix(m.title, "MIP ")) // which all of them are
	m.fields = d.plans.append(m.fields, v)
	switch v := v.(type) {
	case mipv4.Request:
		d.request(m, &v)
	case mipv4.Reply:
		d.reply(m, &v)
	case mipv4.Experimental:
	case mipv4.TunnelData:
		m.inner(v)
		d.judgeOther(m, v, nil)
	default:
		if v, ok := v.(mipv4.RegionalReply); ok {
			m.denial(v.Code)
		}
		d.list(m, v.List(), !d.judges(m))
		if m.refused == nil {
			d.asked.remember(v)
		}
		d.judgeOther(m, v, d.asked.of(v))
	}
}

// request adds what is behind the fixed part of a Registration Request.
func (d *dumper) request(m *message, r *mipv4.Request) {
	d.list(m, r.Extensions, !d.judges(m))
	if m.refused == nil {
		d.asked.remember(*r)
		d.judgeRequest(m, r)
	}
}

// reply adds what is behind the fixed part of a Registration Reply.
func (d *dumper) reply(m *message, r *mipv4.Reply) {
	asked := d.asked.request(r)
	if asked != nil {
		m.askedNAI = naiOf(asked.Extensions)
	}
	m.denial(r.Code)
	if ahead, ok := clockDifference(r, asked); ok {
		m.fields = append(m.fields, field{name: "clockDifference", form: formDifference, number: uint64(ahead)})
	}
	protected := d.list(m, r.Extensions, !d.judges(m))
	if m.refused == nil {
		d.judgeReply(m, r, asked)
		d.outcomes(m, r, asked, protected)
	}
}

// denial sees to it that the Lifetime of a denial is not called that of a registration.
// It means nothing, but that with Code 69 it is the longest that the foreign agent grants
// (RFC 5944 §3.4, §3.7.2.3, RFC 4857 §10.2).
func (m *message) denial(c code.Registration) {
	if !c.Accepted() {
		m.field("lifetime").form = formSeconds
	}
}

// judges reports whether the rules of a hop say what is wrong with a message, its layout
// included.
func (d *dumper) judges(m *message) bool { return d.judge.Leg != 0 && m.refused == nil }

// clockDifference returns by how many seconds the clock of a home agent is ahead of
// the mobile node's, when a reply denies for that: its high half is the home agent's
// time of day (RFC 5944 §5.7.1), and its low half the request's.
func clockDifference(r *mipv4.Reply, asked *mipv4.Request) (int64, bool) {
	if r.Code != code.HAIdentificationMismatch || asked == nil {
		return 0, false
	}
	return int64(int32(r.Identification.High() - asked.Identification.High())), true
}

// field returns the field of the fixed part with a name, nil when there is none.
func (m *message) field(name string) *field {
	for i := range m.fields {
		if m.fields[i].name == name {
			return &m.fields[i]
		}
	}
	return nil
}

// list adds the extensions and, where nothing else says them, their layout faults. It
// returns what the first Mobile-Home Authentication protects: with keys, when one of them
// verifies it, and without keys in any case.
func (d *dumper) list(m *message, l ext.List, layout bool) (protected ext.List) {
	m.extensible = true
	verified, seen := 0, false
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		e := m.extend()
		e.names, e.kind, e.number = d.kind(x.Kind()), x.Kind(), uint8(x.Type())
		e.offset, e.size, e.body = x.Offset(), len(x.Bytes()), x.Body()
		e.subType, e.hasSubType = x.SubType()
		v, err := dsmip.Decode(x)
		if err != nil && layout {
			m.faults = append(m.faults, fault{x.Offset(), faultOf(err)})
		}
		e.fields = d.fields(m, v)
		a, ok := v.(ext.Auth)
		if !ok {
			continue
		}
		if len(d.keys) > 0 {
			e.verdict = unknown
			if verified < maxVerified {
				e.verdict, e.key = judge(a, d.keys)
				verified++
			}
		}
		if a.Kind() == ext.KindMobileHomeAuth && !seen {
			if seen = true; e.verdict == valid || len(d.keys) == 0 {
				protected = a.Protected()
			}
		}
	}
	return protected
}

// extend adds an empty extension.
func (m *message) extend() *extension {
	m.extensions = append(m.extensions, extension{})
	return &m.extensions[len(m.extensions)-1]
}

// fields returns the fields of a decoded extension, which lie in the message's room.
func (d *dumper) fields(m *message, v any) []field {
	n := len(m.room)
	m.room = d.plans.append(m.room, v)
	return m.room[n:len(m.room):len(m.room)]
}

// kind returns the names of a kind of extension.
func (d *dumper) kind(k ext.Kind) names {
	n, ok := d.kinds[k]
	if !ok {
		n = names{k.String(), unknown}
		if r, ok := ext.Lookup(k); ok {
			n.name = d.name(r.Name)
		}
		d.kinds[k] = n
	}
	return n
}

// naiOf returns the first Mobile Node NAI, "" when there is none.
func naiOf(l ext.List) string {
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if x.Kind() == ext.KindMobileNodeNAI {
			return string(x.Body())
		}
	}
	return ""
}

// name is a name in camelCase: "IPv6 Prefix Request" is ipv6PrefixRequest, "Mobile
// Node NAI" mobileNodeNAI.
func (d *dumper) name(s string) string {
	if name, ok := d.names[s]; ok {
		return name
	}
	parts := strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for i, w := range parts {
		if i == 0 {
			parts[i] = strings.ToLower(w)
		} else {
			parts[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	name := strings.Join(parts, "")
	d.names[s] = name
	return name
}

// faultOf returns the fault that an error of the library is.
func faultOf(err error) *code.Fault {
	var f *code.Fault
	errors.As(err, &f)
	return f
}
