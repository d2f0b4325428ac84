package main

import (
	"encoding/hex"
	"fmt"
	"net/netip"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// appendJSON appends a message as one line of JSON.
func appendJSON(b []byte, m *message) []byte {
	o := object{b: append(b, '{')}
	o.optional("file", m.file)
	o.number("line", uint64(m.line))
	o.optional("time", m.columns.time)
	o.optional("source", m.columns.source)
	o.optional("destination", m.columns.destination)
	if m.name != "" {
		o.text("message", m.name)
		o.number("type", uint64(m.number))
	}
	for i := range m.fields {
		appendMember(&o, &m.fields[i])
	}
	if m.extensible {
		o.key("extensions")
		o.b = appendArray(o.b, m.extensions, appendExtension)
	}
	if m.answered {
		o.key("outcomes")
		o.b = appendArray(o.b, m.outcomes, appendOutcome)
	}
	if len(m.faults) > 0 {
		o.key("faults")
		o.b = appendArray(o.b, m.faults, appendFault)
	}
	if m.refused != nil {
		o.text("error", m.refused.fault.Text())
		o.text("source", m.refused.fault.Source())
		o.number("offset", uint64(m.refused.offset))
		if m.refused.stopped >= 0 {
			o.number("stoppedAtType", uint64(m.refused.stopped))
		}
	}
	return append(o.b, '}', '\n')
}

// appendArray appends a list as a JSON array, each element by a function.
func appendArray[E any](b []byte, all []E, element func([]byte, *E) []byte) []byte {
	b = append(b, '[')
	for i := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = element(b, &all[i])
	}
	return append(b, ']')
}

func appendExtension(b []byte, e *extension) []byte {
	o := object{b: append(b, '{')}
	o.number("offset", uint64(e.offset))
	o.number("type", uint64(e.number))
	if e.hasSubType {
		o.number("subType", uint64(e.subType))
	}
	o.text("name", e.name)
	o.number("size", uint64(e.size))
	o.key("body")
	o.b = append(hex.AppendEncode(append(o.b, '"'), e.body), '"')
	if len(e.fields) > 0 {
		o.key("fields")
		o.b = appendObject(o.b, e.fields)
	}
	if e.verdict != "" {
		o.text("verdict", e.verdict)
		if e.key > 0 {
			o.number("key", uint64(e.key))
		}
	}
	return append(o.b, '}')
}

func appendFault(b []byte, f *fault) []byte {
	o := object{b: append(b, '{')}
	o.number("offset", uint64(f.offset))
	o.text("fault", f.fault.Text())
	o.text("source", f.fault.Source())
	o.text("breaks", f.fault.Breaks().String())
	o.key("reaction")
	inner := object{b: append(o.b, '{')}
	for i, role := range roles {
		inner.optional(roleKeys[i], f.fault.Reaction(role).String())
	}
	return append(inner.b, '}', '}')
}

// object is a JSON object that is being written.
type object struct{ b []byte }

// key begins a member.
func (o *object) key(name string) {
	if last := o.b[len(o.b)-1]; last != '{' && last != '[' {
		o.b = append(o.b, ',')
	}
	o.b = append(append(append(o.b, '"'), name...), '"', ':')
}

func (o *object) number(name string, n uint64) {
	o.key(name)
	o.b = strconv.AppendUint(o.b, n, 10)
}

func (o *object) text(name, s string) {
	o.key(name)
	o.b = appendString(o.b, s)
}

// optional writes a text unless it is empty.
func (o *object) optional(name, s string) {
	if s != "" {
		o.text(name, s)
	}
}

func (o *object) prefix(name string, p netip.Prefix) {
	o.key(name)
	o.b = append(p.AppendTo(append(o.b, '"')), '"')
}

// appendString appends a JSON string. What JSON allows in one and cannot be
// printed is escaped, control characters and those that change the direction of
// writing among them: a packet must not speak to the terminal.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for len(s) > 0 {
		n := 0
		for n < len(s) && ' ' <= s[n] && s[n] < 0x7f && s[n] != '"' && s[n] != '\\' {
			n++
		}
		b = append(b, s[:n]...)
		if s = s[n:]; s == "" {
			break
		}
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r == '\t':
			b = append(b, '\\', 't')
		case r == utf8.RuneError && size == 1:
			b = append(b, `\ufffd`...)
		case r > 0xffff && !strconv.IsPrint(r):
			high, low := utf16.EncodeRune(r)
			b = fmt.Appendf(b, `\u%04x\u%04x`, high, low)
		case !strconv.IsPrint(r):
			b = fmt.Appendf(b, `\u%04x`, r)
		default:
			b = append(b, s[:size]...)
		}
		s = s[size:]
	}
	return append(b, '"')
}
