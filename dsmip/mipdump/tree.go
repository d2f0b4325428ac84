package main

import (
	"encoding/hex"
	"strconv"
	"strings"
)

// appendTree appends a message for reading.
func appendTree(b []byte, m *message) []byte {
	if m.file != "" {
		b = append(append(b, m.file...), ": "...)
	}
	b = strconv.AppendInt(append(b, "line "...), int64(m.line), 10)
	if c := m.columns.String(); c != "" {
		b = append(append(b, ", "...), c...)
	}
	if m.name != "" {
		b = append(append(append(b, ": "...), m.title...), '\n')
		for all := m.fields; len(all) > 0; {
			letters, rest := cutFlags(all)
			if len(rest) < len(all) {
				b = append(pad(append(b, "  "...), "Flags", 16), letters...)
				all = rest
			} else {
				b = appendWords(pad(append(b, "  "...), label(all[0].name), 16), &all[0])
				all = all[1:]
			}
			b = append(b, '\n')
		}
		for i := range m.extensions {
			b = treeExtension(b, &m.extensions[i])
		}
	}
	for i := range m.outcomes {
		b = treeOutcome(b, &m.outcomes[i])
	}
	if r := m.refused; r != nil {
		between := ": "
		if m.name != "" {
			between = "  "
		}
		b = append(append(b, between...), "not readable at offset "...)
		b = append(strconv.AppendInt(b, int64(r.offset), 10), ": "...)
		b = append(append(append(b, r.fault.Text()...), " ("...), r.fault.Source()...)
		b = append(b, ')')
		if r.stopped >= 0 && r.offset > 0 {
			b = strconv.AppendInt(append(b, ", type "...), int64(r.stopped), 10)
		}
		b = append(b, '\n')
	}
	for i := range m.faults {
		b = treeFault(b, &m.faults[i])
	}
	return append(b, '\n')
}

func treeFault(b []byte, f *fault) []byte {
	b = strconv.AppendInt(append(b, "  fault at "...), int64(f.offset), 10)
	b = append(append(append(b, ": "...), f.fault.Text()...), " ("...)
	b = append(append(append(b, f.fault.Source()...), ')'), strength(f)...)
	b = append(b, '\n')
	for i, role := range roles {
		if words := f.fault.Reaction(role).String(); words != "" {
			b = append(pad(append(b, "    "...), roleNames[i], 14), words...)
			b = append(b, '\n')
		}
	}
	return b
}

// strength says of a fault that breaks no MUST what it breaks.
func strength(f *fault) string {
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
	b = strconv.AppendInt(append(b, "  at "...), int64(e.offset), 10)
	b = append(append(append(b, ": "...), e.title...), ", "...)
	if e.name != unknown {
		b = strconv.AppendUint(append(b, "type "...), uint64(e.number), 10)
		if e.hasSubType {
			b = strconv.AppendUint(append(b, '/'), uint64(e.subType), 10)
		}
		b = append(b, ", "...)
	}
	b = append(strconv.AppendInt(b, int64(e.size), 10), " bytes"...)
	if e.verdict != "" {
		b = append(append(b, ": "...), e.verdict...)
	}
	if e.key > 0 {
		b = strconv.AppendInt(append(b, ", by key "...), int64(e.key), 10)
	}
	b = append(b, '\n')
	for i := range e.fields {
		b = pad(append(b, "    "...), e.fields[i].name, 14)
		b = append(appendWords(b, &e.fields[i]), '\n')
	}
	if len(e.fields) == 0 && len(e.body) > 0 {
		b = append(hex.AppendEncode(pad(append(b, "    "...), "body", 14), e.body), '\n')
	}
	return b
}

// cutFlags takes the flags off some fields that begin with them, and returns the letters
// of those that are set: of a fixed part they are one line, as in a request.
func cutFlags(all []field) (letters []byte, rest []field) {
	for len(all) > 0 && all[0].form == formBool && len(all[0].name) == 1 {
		if all[0].number != 0 {
			letters = append(letters, all[0].name[0]-'a'+'A')
		}
		all = all[1:]
	}
	return letters, all
}

// pad appends a label and spaces up to a width, and one behind it.
func pad(b []byte, label string, width int) []byte {
	b = append(b, label...)
	for n := len(label); n < width; n++ {
		b = append(b, ' ')
	}
	return append(b, ' ')
}

// label is a field of the fixed part for reading: homeAddress is Home Address, gfaIPAddress
// GFA IP Address.
func label(name string) string {
	switch name {
	case "flags":
		return "Flags"
	case "lifetime":
		return "Lifetime"
	case "homeAddress":
		return "Home Address"
	case "homeAgent":
		return "Home Agent"
	case "careOfAddress":
		return "Care-of Address"
	case "identification":
		return "Identification"
	}
	var words []string
	start := 0
	for i := 1; i <= len(name); i++ {
		if i == len(name) || upper(name[i]) && (!upper(name[i-1]) || i+1 < len(name) && !upper(name[i+1])) {
			words = append(words, name[start:i])
			start = i
		}
	}
	switch w := words[0]; w {
	case "mn", "ha", "gfa", "md":
		words[0] = strings.ToUpper(w)
	default:
		words[0] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Replace(strings.Join(words, " "), "Care Of", "Care-of", 1)
}

func upper(c byte) bool { return 'A' <= c && c <= 'Z' }
