package main

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// message is what is printed of a packet: what could be read of it, and, where
// that is not all, why.
type message struct {
	line    int
	columns columns

	name       string // in camelCase, "" when nothing could be read
	number     mipv4.MessageType
	fields     []field // of the fixed part, in the order of the wire
	extensible bool    // extensions may follow
	extensions []extension
	faults     []fault
	refused    *refusal
	askedNAI   string // the Mobile Node NAI of the request that a reply answers
}

// field is one field of a message or of an extension.
type field struct {
	name  string // in camelCase
	value any    // see appendValue
	tree  string // the value for reading, where it is another; hidden for none
}

// hidden is the tree of a field that another one says for reading.
const hidden = "\x00"

// words is text of this program, string is text that a packet holds, and octets are
// bytes that a packet holds.
type (
	words  string
	octets []byte
)

// extension is one extension of a message.
type extension struct {
	kind       ext.Kind
	name       string
	offset     int
	size       int
	hasSubType bool
	body       octets
	fields     []field
	verdict    string // on an authenticator, "" when there are no keys
	key        int    // the number of the key that verified, 0 for none
}

// fault is what is wrong at one place of a message.
type fault struct {
	offset int
	fault  *code.Fault
}

// refusal is why a packet could not be read, or not to its end.
type refusal struct {
	offset int
	fault  *code.Fault
	packet []byte
}

// stopped returns the type of the message or extension that reading stopped at, if
// there is one.
func (r *refusal) stopped() (byte, bool) {
	if r.offset < len(r.packet) {
		return r.packet[r.offset], true
	}
	return 0, false
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
	*m = message{line: p.line, columns: p.columns, fields: m.fields[:0], extensions: m.extensions[:0], faults: m.faults[:0]}
	if p.fault != nil {
		m.refused = &refusal{len(p.bytes), p.fault, nil}
		return m
	}
	whole := p.bytes
	if offset, err := mipv4.Locate(whole); err != nil {
		m.refused = &refusal{offset, faultOf(err), whole}
		// What stands in front of the place can be read all the same.
		if len(whole) == 0 || offset < max(1, mipv4.MessageType(whole[0]).FixedLength()) {
			return m
		}
		whole = whole[:offset]
	}
	m.number = mipv4.MessageType(whole[0])
	m.name = d.name(m.number.String())
	switch m.number {
	case mipv4.TypeRequest:
		if r, err := mipv4.ParseRequest(whole); err == nil {
			d.request(m, &r)
		}
	case mipv4.TypeReply:
		if r, err := mipv4.ParseReply(whole); err == nil {
			d.reply(m, &r)
		}
	}
	return m
}

// request adds a Registration Request.
func (d *dumper) request(m *message, r *mipv4.Request) {
	m.add("flags", words(r.Flags.String()))
	m.fields = append(m.fields, field{"lifetime", uint64(r.Lifetime), r.Lifetime.String()})
	m.add("homeAddress", r.HomeAddress)
	m.add("homeAgent", r.HomeAgent)
	m.add("careOfAddress", r.CareOfAddress)
	m.identification(r.Identification)
	d.list(m, r.Extensions)
	if m.refused == nil {
		d.asked.remember(r)
		d.judgeRequest(m, r)
	}
}

// reply adds a Registration Reply.
func (d *dumper) reply(m *message, r *mipv4.Reply) {
	asked := d.asked.of(r)
	if asked != nil {
		m.askedNAI = naiOf(asked.Extensions)
	}
	m.fields = append(m.fields, field{"code", uint64(r.Code), strconv.Itoa(int(r.Code)) + ", " + r.Code.Origin().String() + ": " + r.Code.String()})
	m.fields = append(m.fields, field{"codeText", words(r.Code.String()), hidden})
	m.fields = append(m.fields, field{"lifetime", uint64(r.Lifetime), replyLifetime(r)})
	m.add("homeAddress", r.HomeAddress)
	m.add("homeAgent", r.HomeAgent)
	m.identification(r.Identification)
	if ahead, ok := clockDifference(r, asked); ok {
		m.add("clockDifference", ahead)
	}
	d.list(m, r.Extensions)
	if m.refused == nil {
		d.judgeReply(m, r, asked)
	}
}

// replyLifetime is a reply's Lifetime for reading. A denial's means nothing, but
// that with Code 69 it is the longest that the foreign agent grants (RFC 5944 §3.4,
// §3.7.2.3).
func replyLifetime(r *mipv4.Reply) string {
	if !r.Code.Accepted() {
		return strconv.Itoa(int(r.Lifetime)) + "s"
	}
	return r.Lifetime.String()
}

// clockDifference returns how far the clock of a home agent is ahead of the mobile
// node's, when a reply denies for that: its high half is the home agent's time of
// day (RFC 5944 §5.7.1), and its low half the request's.
func clockDifference(r *mipv4.Reply, asked *mipv4.Request) (time.Duration, bool) {
	if r.Code != code.HAIdentificationMismatch || asked == nil {
		return 0, false
	}
	return time.Duration(int32(r.Identification.High()-asked.Identification.High())) * time.Second, true
}

func (m *message) add(name string, value any) {
	m.fields = append(m.fields, field{name, value, ""})
}

// identification adds an Identification, for reading as the time that it may be.
func (m *message) identification(id mipv4.Identification) {
	s := id.String()
	m.fields = append(m.fields, field{"identification", words(s), s + ", as a time " + id.Time().Format("2006-01-02 15:04:05.000000 UTC")})
}

// list adds the extensions and, without a leg to judge by, their layout faults.
func (d *dumper) list(m *message, l ext.List) {
	m.extensible = true
	verified := 0
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		e := extension{kind: x.Kind(), name: unknown, offset: x.Offset(), size: len(x.Bytes()), body: x.Body()}
		_, e.hasSubType = x.SubType()
		if r, ok := ext.Lookup(x.Kind()); ok {
			e.name = d.name(r.Name)
		}
		v, err := dsmip.Decode(x)
		if err != nil && (d.judge.Leg == 0 || m.refused != nil) {
			m.faults = append(m.faults, fault{x.Offset(), faultOf(err)})
		}
		e.fields = fieldsOf(v)
		if a, ok := v.(ext.Auth); ok && len(d.keys) > 0 {
			e.verdict = unknown
			if verified < maxVerified {
				e.verdict, e.key = judge(a, d.keys)
				verified++
			}
		}
		m.extensions = append(m.extensions, e)
	}
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
