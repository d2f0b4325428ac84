package mipv4

import (
	"encoding/binary"
	"iter"
	"strconv"
	"strings"
)

// shownBytes is how many bytes that came from a packet String shows, so that a line stays
// short whatever they are.
const shownBytes = 32

// quoted returns the first bytes of a text in quotes. "..." follows what was cut.
func quoted(b []byte) string {
	return strconv.Quote(string(b[:min(len(b), shownBytes)])) + dots(b)
}

// hexed returns the first bytes as hex. "..." follows what was cut.
func hexed(b []byte) string {
	return string(appendHex(nil, b[:min(len(b), shownBytes)])) + dots(b)
}

func dots(b []byte) string {
	if len(b) > shownBytes {
		return "..."
	}
	return ""
}

// appendHex appends bytes as hex digits.
func appendHex(b, raw []byte) []byte {
	const digits = "0123456789abcdef"
	for _, c := range raw {
		b = append(b, digits[c>>4], digits[c&15])
	}
	return b
}

// appendDigits appends the 16 hex digits of a number.
func appendDigits(b []byte, n uint64) []byte {
	var raw [8]byte
	binary.BigEndian.PutUint64(raw[:], n)
	return appendHex(b, raw[:])
}

// listed returns the first entries of a list, up to a number of them, with commas between
// them, and how many more there are.
func listed[T any](all iter.Seq[T], shown int, name func(T) string) string {
	var s strings.Builder
	n := 0
	for entry := range all {
		if n < shown {
			if n > 0 {
				s.WriteString(", ")
			}
			s.WriteString(name(entry))
		}
		n++
	}
	if n > shown {
		s.WriteString(", and " + strconv.Itoa(n-shown) + " more")
	}
	return s.String()
}
