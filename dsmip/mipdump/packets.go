package main

import (
	"bufio"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-mobileip/dsmipv4/code"
)

// packet is one packet of the input.
type packet struct {
	line    int // of its first digit, counted from 1
	columns columns
	bytes   []byte
	fault   *code.Fault // why the text is no packet; bytes holds what was read before
}

// columns are what stands in front of a payload, as text: the time of the frame in
// seconds since 1970, and the addresses that it came from and went to.
type columns struct{ time, source, destination string }

// String returns "time source > destination" as far as they are there.
func (c columns) String() string {
	s := c.time
	if c.source != "" {
		s += " " + c.source
	}
	if c.destination != "" {
		s += " > " + c.destination
	}
	return strings.TrimSpace(s)
}

// cutColumns splits a line into the columns in front and the payload. A column holds
// a point, which no hexadecimal payload does; what stands between columns is the
// separator, whichever it is.
func cutColumns(line string) (c columns, payload string) {
	for rest := line; ; {
		rest = strings.TrimLeftFunc(rest, func(r rune) bool {
			return strings.ContainsRune(" \t,;|\"'/", r)
		})
		end := strings.IndexFunc(rest, func(r rune) bool {
			return r != '.' && (r < '0' || '9' < r)
		})
		if end < 0 {
			end = len(rest)
		}
		word := rest[:end]
		switch address, err := netip.ParseAddr(word); {
		case err == nil && address.Is4() && c.source == "":
			c.source = word
		case err == nil && address.Is4() && c.destination == "":
			c.destination = word
		case err == nil && address.Is4(): // of a tunnel inside
		case c == columns{} && strings.Count(word, ".") == 1 && len(word) > 2:
			c.time = word
		default:
			if c == (columns{}) {
				return c, line
			}
			return c, strings.TrimRight(rest, " \t,;|\"'")
		}
		rest, line = rest[end:], rest[end:]
	}
}

var (
	errHex = code.NewFault("not hexadecimal", "RFC 4648 §8", code.Caller, 0, 0, 0)
	// errLine bounds what is kept of a line or paragraph: the digits of the
	// longest UDP payload, separated, are 196,605 characters, and a line may have
	// several.
	errLine = code.NewFault("more than 16,777,216 characters on a line", "RFC 5944 §3.1", code.Caller, 0, 0, 0)
)

const maxLine = 1 << 24

// What is answered to a capture that is not hex of payloads.
const (
	controlCommand   = "\ttshark -r FILE -Y udp.port==434 -T fields -e frame.time_epoch -e ip.src -e ip.dst -e udp.payload | mipdump"
	discoveryCommand = "\ttshark -r FILE --disable-protocol icmp -Y 'ip.proto==1 && (data.data[0]==09 || data.data[0]==0a)' -T fields -e frame.time_epoch -e ip.src -e ip.dst -e data.data | mipdump -icmp"
)

// captureError says how to read a capture file.
func captureError(icmp bool) error {
	if icmp {
		return errors.New("this is a capture file; read it with\n" + discoveryCommand)
	}
	return errors.New("this is a capture file; read it with\n" + controlCommand)
}

var errDump = errors.New("this is the text of tcpdump -x; write a capture file with tcpdump -w FILE instead, and read it with\n" + controlCommand)

// captured reports whether the input begins like a capture file: pcap in either byte
// order and resolution, or pcapng.
func captured(head []byte) bool {
	for _, magic := range []string{"\xd4\xc3\xb2\xa1", "\xa1\xb2\xc3\xd4", "\x4d\x3c\xb2\xa1", "\xa1\xb2\x3c\x4d", "\x0a\x0d\x0d\x0a"} {
		if string(head) == magic {
			return true
		}
	}
	return false
}

// packets reads packets from hex text.
type packets struct {
	r       *bufio.Reader
	line    int
	inside  bool    // behind the first digits of a paragraph
	pending string  // what is left of the line that was read last
	columns columns // of that line
}

func newPackets(r io.Reader) *packets { return &packets{r: bufio.NewReaderSize(r, 64<<10)} }

// next returns the next packet, io.EOF behind the last.
func (p *packets) next() (packet, error) {
	for {
		for p.pending != "" {
			var field string
			field, p.pending, _ = strings.Cut(p.pending, ",")
			if strings.TrimSpace(field) != "" {
				q := decode(p.line, field)
				q.columns = p.columns
				return q, nil
			}
		}
		text, err := p.readLine()
		if err != nil {
			return packet{}, err
		}
		digits, _, comment := strings.Cut(text, "#")
		p.columns = columns{}
		if strings.Contains(digits, ".") {
			p.columns, digits = cutColumns(digits)
		}
		switch {
		case dumped(digits):
			return packet{}, errDump
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

// dumped reports whether a line is one of tcpdump -x: an offset, a colon, digits.
func dumped(line string) bool {
	line = strings.TrimLeft(line, " \t")
	return len(line) > 7 && strings.HasPrefix(line, "0x") && line[6] == ':'
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
	if b, err := hex.DecodeString(text); err == nil {
		return packet{line: line, bytes: b} // nothing stands between the digits
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
		return packet{line: line, bytes: b, fault: errHex}
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
