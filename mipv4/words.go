package mipv4

import "strconv"

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
	const digits = "0123456789abcdef"
	for shift := 60; shift >= 0; shift -= 4 {
		b = append(b, digits[n>>shift&15])
	}
	return b
}
