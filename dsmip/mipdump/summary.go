package main

import "fmt"

// appendSummary appends a message as one line for reading: where it is from, what
// it is, the fields of its fixed part, the kinds of its extensions, and how many
// faults it has.
func appendSummary(b []byte, m *message) []byte {
	if c := m.columns.String(); c != "" {
		b = fmt.Appendf(b, "%s: ", c)
	} else {
		b = fmt.Appendf(b, "%d: ", m.line)
	}
	if m.name != "" {
		b = fmt.Appendf(b, "%s", m.number)
		for _, f := range m.fields {
			if f.tree != hidden && f.name != "identification" {
				b = fmt.Appendf(b, " %s %s", f.name, f.words())
			}
		}
		for i := range m.extensions {
			separator := ", "
			if i == 0 {
				separator = " ["
			}
			e := &m.extensions[i]
			b = append(append(b, separator...), e.kind.String()...)
			if e.verdict != "" {
				b = append(append(b, ' '), e.verdict...)
			}
			if i == maxSummary-1 && len(m.extensions) > maxSummary {
				b = fmt.Appendf(b, " and %d more", len(m.extensions)-maxSummary)
				break
			}
		}
		if len(m.extensions) > 0 {
			b = append(b, ']')
		}
	}
	if r := m.refused; r != nil {
		if m.name != "" {
			b = append(b, ", "...)
		}
		b = fmt.Appendf(b, "not readable at offset %d: %s", r.offset, r.fault.Text())
	}
	switch n := len(m.faults); {
	case n == 1:
		b = fmt.Appendf(b, ", fault: %s", m.faults[0].fault.Text())
	case n > 1:
		b = fmt.Appendf(b, ", %d faults: %s, ...", n, m.faults[0].fault.Text())
	}
	return append(b, '\n')
}

// maxSummary is how many extensions a summary names.
const maxSummary = 16
