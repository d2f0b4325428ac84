package ext

import (
	"net/netip"
	"strconv"
	"unicode/utf8"
)

// What the String methods show of a text and of bytes that came from a packet, so
// that a line stays short whatever they hold.
const (
	shownText  = 64  // bytes of a text, before it is quoted
	shownQuote = 130 // bytes of a text, quoted
	shownBytes = 32  // bytes, before they are written as hex
)

// quoted returns a text in quotes, cut to shownText bytes, or to fewer where it is
// mostly escapes. "..." follows what was cut.
func quoted(b []byte) string {
	n := min(len(b), shownText)
	for {
		for i := 1; i < utf8.UTFMax && 0 < n && n < len(b) && !utf8.RuneStart(b[n]); i++ {
			n--
		}
		if s := strconv.Quote(string(b[:n])); len(s) <= shownQuote {
			if n < len(b) {
				s += "..."
			}
			return s
		}
		n /= 2
	}
}

// hexed returns bytes as hex, cut to shownBytes of them.
func hexed(b []byte) string {
	if len(b) > shownBytes {
		return separated(b[:shownBytes], "") + "..."
	}
	return separated(b, "")
}

// separated returns bytes as hex with something between them.
func separated(b []byte, between string) string {
	return string(appendHex(make([]byte, 0, len(b)*(2+len(between))), b, between))
}

// appendHex is separated for a slice.
func appendHex(s, b []byte, between string) []byte {
	const digits = "0123456789abcdef"
	for i, c := range b {
		if i > 0 {
			s = append(s, between...)
		}
		s = append(s, digits[c>>4], digits[c&15])
	}
	return s
}

// word returns a flag's word behind a space where the flag is set.
func word(set bool, s string) string {
	if set {
		return " " + s
	}
	return ""
}

func number[T ~uint8 | ~uint16 | ~uint32](n T) string { return strconv.FormatUint(uint64(n), 10) }

// named returns a code's number with its words, and the number alone where it has
// none.
func named[T interface {
	~uint8 | ~uint16
	String() string
}](c T) string {
	n := number(c)
	if s := c.String(); s != n {
		return n + " (" + s + ")"
	}
	return n
}

// flag returns the bit of a flag that is set, else 0.
func flag(set bool, bit byte) byte {
	if set {
		return bit
	}
	return 0
}

// ipv4 reads an address of four bytes.
func ipv4(b []byte) netip.Addr { return netip.AddrFrom4([4]byte(b)) }
