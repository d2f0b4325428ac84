package main

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/netip"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/go-mobileip/dsmipv4/mipv4"
)

// writeJSON prints a message as one line of JSON.
func writeJSON(w io.Writer, m message) error {
	e := json.NewEncoder(controls{w})
	e.SetEscapeHTML(false)
	return e.Encode(m)
}

// controls escapes what JSON allows in strings and cannot be printed, control
// characters and those that change the direction of writing among them: a packet
// must not speak to the terminal.
type controls struct{ io.Writer }

func (c controls) Write(b []byte) (int, error) {
	escaped := make([]byte, 0, len(b))
	for rest := b; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		switch {
		case r < 0x7f || strconv.IsPrint(r):
			escaped = append(escaped, rest[:n]...)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			escaped = fmt.Appendf(escaped, `\u%04x\u%04x`, high, low)
		default:
			escaped = fmt.Appendf(escaped, `\u%04x`, r)
		}
		rest = rest[n:]
	}
	if _, err := c.Writer.Write(escaped); err != nil {
		return 0, err
	}
	return len(b), nil
}

// writeTree prints a message for reading.
func writeTree(w io.Writer, m message) error {
	p := printer{w: w}
	if m.Error != "" {
		p.printf("line %d: not readable at offset %d: %s (%s)\n\n", m.Line, *m.Offset, m.Error, m.Source)
		return p.err
	}
	p.printf("line %d: %s\n", m.Line, m.Type)
	if m.Code != nil {
		p.printf("  %-16s %d, %s: %s\n", "Code", uint8(*m.Code), m.Code.Origin(), m.Code)
	}
	if m.Flags != nil {
		p.printf("  %-16s %s\n", "Flags", mipv4.Flags(*m.Flags))
	}
	p.printf("  %-16s %s\n", "Lifetime", *m.Lifetime)
	p.printf("  %-16s %s\n", "Home Address", m.HomeAddress)
	p.printf("  %-16s %s\n", "Home Agent", m.HomeAgent)
	if m.CareOfAddress.IsValid() {
		p.printf("  %-16s %s\n", "Care-of Address", m.CareOfAddress)
	}
	id := mipv4.Identification(*m.Identification)
	p.printf("  %-16s %s, as a time %s\n", "Identification", id, id.Time().Format("2006-01-02 15:04:05.000000 UTC"))
	for _, e := range m.Extensions {
		p.printf("  at %d: %s, ", e.Offset, e.kind)
		if e.Name != unknown {
			p.printf("type %d", e.Type)
			if e.SubType != nil {
				p.printf("/%d", *e.SubType)
			}
			p.printf(", ")
		}
		p.printf("%d bytes", e.Size)
		if e.Authenticator != "" {
			p.printf(": %s", e.Authenticator)
		}
		p.printf("\n")
		for _, f := range e.Fields {
			p.printf("    %-14s %s\n", f.name, text(f.value))
		}
		if e.Fields == nil && len(e.Body) > 0 {
			p.printf("    %-14s %s\n", "body", hex.EncodeToString(e.Body))
		}
	}
	for _, f := range m.Faults {
		p.printf("  fault at %d: %s (%s)\n", f.Offset, f.Fault, f.Source)
		if r := f.Reaction; r != nil {
			p.reaction("home agent", r.HomeAgent)
			p.reaction("foreign agent", r.ForeignAgent)
			p.reaction("mobile node", r.MobileNode)
		}
	}
	p.printf("\n")
	return p.err
}

// text prints the value of a field. What a packet says is quoted: it must not
// reach a terminal as it is.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return strconv.Quote(v)
	case hexBytes:
		return hex.EncodeToString(v)
	case netip.Addr:
		return v.String()
	}
	return fmt.Sprintf("%d", v)
}

func (p *printer) reaction(role, words string) {
	if words != "" {
		p.printf("    %-14s %s\n", role, words)
	}
}

// printer prints until the first error.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}
