package main

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// appendTree appends a message for reading.
func appendTree(b []byte, m *message) []byte {
	b = fmt.Appendf(b, "line %d", m.line)
	if c := m.columns.String(); c != "" {
		b = fmt.Appendf(b, ", %s", c)
	}
	if m.name != "" {
		b = fmt.Appendf(b, ": %s\n", m.number)
		for _, f := range m.fields {
			if f.tree != hidden {
				b = fmt.Appendf(b, "  %-16s %s\n", label(f.name), f.words())
			}
		}
		for i := range m.extensions {
			b = treeExtension(b, &m.extensions[i])
		}
	}
	if r := m.refused; r != nil {
		between := ": "
		if m.name != "" {
			between = "  "
		}
		b = fmt.Appendf(b, "%snot readable at offset %d: %s (%s)", between, r.offset, r.fault.Text(), r.fault.Source())
		if t, ok := r.stopped(); ok && r.offset > 0 {
			b = fmt.Appendf(b, ", type %d", t)
		}
		b = append(b, '\n')
	}
	for _, f := range m.faults {
		b = fmt.Appendf(b, "  fault at %d: %s (%s)%s\n", f.offset, f.fault.Text(), f.fault.Source(), strength(f))
		for i, role := range roles {
			if words := f.fault.Reaction(role).String(); words != "" {
				b = fmt.Appendf(b, "    %-14s %s\n", roleNames[i], words)
			}
		}
	}
	return append(b, '\n')
}

// strength says of a fault that breaks no MUST what it breaks.
func strength(f fault) string {
	switch s := f.fault.Breaks().String(); s {
	case "must":
		return ""
	case "should":
		return ", a SHOULD"
	default:
		return ", " + s
	}
}

func treeExtension(b []byte, e *extension) []byte {
	b = fmt.Appendf(b, "  at %d: %s, ", e.offset, e.kind)
	if e.name != unknown {
		b = fmt.Appendf(b, "type %d", e.kind.Type())
		if e.hasSubType {
			b = fmt.Appendf(b, "/%d", e.kind.SubType())
		}
		b = append(b, ", "...)
	}
	b = fmt.Appendf(b, "%d bytes", e.size)
	switch {
	case e.key > 0:
		b = fmt.Appendf(b, ": %s, by key %d", e.verdict, e.key)
	case e.verdict != "":
		b = fmt.Appendf(b, ": %s", e.verdict)
	}
	b = append(b, '\n')
	for _, f := range e.fields {
		if f.tree != hidden {
			b = fmt.Appendf(b, "    %-14s %s\n", f.name, f.words())
		}
	}
	if e.fields == nil && len(e.body) > 0 {
		b = fmt.Appendf(b, "    %-14s %s\n", "body", hex.EncodeToString(e.body))
	}
	return b
}

// label is a field of the fixed part for reading: "homeAddress" is Home Address.
func label(name string) string {
	if name == "careOfAddress" {
		return "Care-of Address"
	}
	var s strings.Builder
	for i, r := range name {
		switch {
		case i == 0:
			s.WriteString(strings.ToUpper(string(r)))
			continue
		case 'A' <= r && r <= 'Z':
			s.WriteByte(' ')
		}
		s.WriteRune(r)
	}
	return s.String()
}

// words is a field's value for reading.
func (f field) words() string {
	if f.tree != "" {
		return f.tree
	}
	return valueWords(f.value)
}

// valueWords is a value for reading. What a packet says is quoted: it must not
// reach a terminal as it is.
func valueWords(v any) string {
	switch v := v.(type) {
	case string:
		return strconv.Quote(v)
	case words:
		return string(v)
	case octets:
		return hex.EncodeToString(v)
	case time.Duration:
		return v.String()
	case []field:
		var all []string
		for _, f := range v {
			if f.tree != hidden {
				all = append(all, f.name+" "+f.words())
			}
		}
		return strings.Join(all, ", ")
	case []any:
		var all []string
		for _, x := range v {
			all = append(all, valueWords(x))
		}
		return strings.Join(all, "; ")
	}
	return fmt.Sprint(v)
}
