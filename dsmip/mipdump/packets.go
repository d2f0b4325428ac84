package main

import (
	"bufio"
	"encoding/hex"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-mobileip/dsmipv4/code"
)

// packet is one packet of the input.
type packet struct {
	line  int // of its first digit, counted from 1
	bytes []byte
	fault *code.Fault // why the text is no packet; bytes holds what was read before
}

var (
	errHex = code.NewFault("not hexadecimal", "RFC 4648 §8", code.Caller, 0, 0, 0)
	// errLine bounds what is kept of a line or paragraph: the digits of the
	// longest UDP payload, separated, are 196,605 characters, and a line may have
	// several.
	errLine = code.NewFault("more than 16,777,216 characters on a line", "RFC 5944 §3.1", code.Caller, 0, 0, 0)
)

const maxLine = 1 << 24

// packets reads packets from hex text.
type packets struct {
	r       *bufio.Reader
	line    int
	inside  bool   // behind the first digits of a paragraph
	pending string // what is left of the line that was read last
}

func newPackets(r io.Reader) *packets { return &packets{r: bufio.NewReaderSize(r, 64<<10)} }

// next returns the next packet, io.EOF behind the last.
func (p *packets) next() (packet, error) {
	for {
		for p.pending != "" {
			var field string
			field, p.pending, _ = strings.Cut(p.pending, ",")
			if strings.TrimSpace(field) != "" {
				return decode(p.line, field), nil
			}
		}
		text, err := p.readLine()
		if err != nil {
			return packet{}, err
		}
		digits, _, comment := strings.Cut(text, "#")
		switch {
		case strings.TrimSpace(digits) == "":
			p.inside = p.inside && comment // an empty line ends a paragraph
		case comment && !p.inside && !strings.Contains(digits, ","):
			first := p.line
			rows, err := p.paragraph(digits)
			if err != nil {
				return packet{}, err
			}
			return decode(first, rows), nil
		case len(digits) > maxLine:
			p.inside = true
			return packet{line: p.line, fault: errLine}, nil
		default:
			p.inside, p.pending = true, digits
		}
	}
}

// paragraph collects the digits of an annotated packet: those of its first row
// and of the rows up to an empty line.
func (p *packets) paragraph(first string) (string, error) {
	var rows strings.Builder
	rows.WriteString(first)
	for {
		text, err := p.readLine()
		if err == io.EOF || err == nil && strings.TrimSpace(text) == "" {
			return rows.String(), nil
		}
		if err != nil {
			return "", err
		}
		digits, _, _ := strings.Cut(text, "#")
		if rows.Len() <= maxLine {
			rows.WriteByte('\n')
			rows.WriteString(digits)
		}
	}
}

// readLine returns the next line without its end, and of one of more than
// maxLine characters no more than that and a buffer's size.
func (p *packets) readLine() (string, error) {
	var line []byte
	for {
		part, err := p.r.ReadSlice('\n')
		if len(line) <= maxLine {
			line = append(line, part...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil && (err != io.EOF || len(line) == 0) {
			return "", err
		}
		p.line++
		return strings.TrimRight(string(line), "\r\n"), nil
	}
}

// decode reads the digits of one packet.
func decode(line int, text string) packet {
	if len(text) > maxLine {
		return packet{line: line, fault: errLine}
	}
	digits := strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\r', '\n', ':':
			return -1
		}
		return r
	}, text)
	b, err := hex.DecodeString(digits)
	if err != nil {
		return packet{line, b, errHex}
	}
	return packet{line: line, bytes: b}
}

// expand replaces directories by the .hex files below them. The error is the last
// of what could not be read.
func expand(names []string) ([]string, error) {
	var files []string
	var failed error
	for _, name := range names {
		dir := name
		if base := filepath.Base(name); base == "..." {
			dir = filepath.Dir(name)
		}
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			files = append(files, name)
			continue
		}
		// Behind a separator a symbolic link is followed.
		err := filepath.WalkDir(dir+string(filepath.Separator), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				failed = err // and on with the others
			case !d.IsDir() && filepath.Ext(path) == ".hex":
				files = append(files, path)
			}
			return nil
		})
		if err != nil {
			failed = err
		}
	}
	return files, failed
}
