package main

import "strconv"

// appendSummary appends a message as one line for reading: where it is from, what
// it is, the fields of its fixed part, the kinds of its extensions, and how many
// faults it has.
func appendSummary(b []byte, m *message) []byte {
	if m.file != "" {
		b = strconv.AppendInt(append(append(b, m.file...), ':'), int64(m.line), 10)
	}
	switch c := m.columns.String(); {
	case c != "" && m.file != "":
		b = append(append(b, ' '), c...)
	case c != "":
		b = append(b, c...)
	case m.file == "":
		b = strconv.AppendInt(b, int64(m.line), 10)
	}
	b = append(b, ": "...)
	if m.name != "" {
		b = append(b, m.title...)
		for all := m.fields; len(all) > 0; {
			letters, rest := cutFlags(all)
			if len(rest) < len(all) {
				b = append(append(b, " flags "...), letters...)
				all = rest
			} else {
				b = summaryField(b, &all[0])
				all = all[1:]
			}
		}
		for i := range m.extensions {
			separator := ", "
			if i == 0 {
				separator = " ["
			}
			e := &m.extensions[i]
			b = append(append(b, separator...), e.title...)
			if e.verdict != "" {
				b = append(append(b, ' '), e.verdict...)
			}
			if i == maxSummary-1 && len(m.extensions) > maxSummary {
				b = strconv.AppendInt(append(b, " and "...), int64(len(m.extensions)-maxSummary), 10)
				b = append(b, " more"...)
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
		b = strconv.AppendInt(append(b, "not readable at offset "...), int64(r.offset), 10)
		b = append(append(b, ": "...), r.fault.Text()...)
	}
	switch n := len(m.faults); {
	case n == 1:
		b = append(append(b, ", fault: "...), m.faults[0].fault.Text()...)
	case n > 1:
		b = append(strconv.AppendInt(append(b, ", "...), int64(n), 10), " faults: "...)
		b = append(append(b, m.faults[0].fault.Text()...), ", ..."...)
	}
	return append(b, '\n')
}

// summaryField appends a field with its name, but no Identification, and of bytes that
// are many only how many they are.
func summaryField(b []byte, f *field) []byte {
	if f.form == formIdentification {
		return b
	}
	b = append(append(append(b, ' '), f.name...), ' ')
	switch {
	case f.form == formHex && len(f.bytes) > maxSummary:
		return append(strconv.AppendInt(b, int64(len(f.bytes)), 10), " bytes"...)
	case f.form == formList && len(f.list) > maxSummary:
		return append(strconv.AppendInt(b, int64(len(f.list)), 10), " entries"...)
	}
	return appendWords(b, f)
}

// maxSummary is how many extensions, bytes or elements of a list a summary names.
const maxSummary = 16
