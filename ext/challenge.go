package ext

import (
	"bytes"

	"github.com/go-mobileip/dsmipv4/code"
)

// Challenge is the Mobile-Foreign Challenge extension (type 132, RFC 4721 §4).
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |         Challenge...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type Challenge struct {
	// Value is the challenge, 1 to 255 bytes; RFC 4721 §2 recommends at least
	// four. One that was parsed aliases the message, and may be empty.
	Value []byte
}

// ErrChallenge says that a challenge is empty or longer than 255 bytes: it can
// neither be sent nor enter the CHAP computation, which begins with its first
// octet.
var ErrChallenge = code.NewFault("a challenge has 1 to 255 bytes", "RFC 4721 §4, §8", code.Caller, 0, 0, 0)

// ParseChallenge reads a Mobile-Foreign Challenge extension. The error is [ErrKind].
func ParseChallenge(x Raw) (Challenge, error) {
	if x.Kind() != KindChallenge {
		return Challenge{}, ErrKind
	}
	return Challenge{x.Body()}, nil
}

// AppendBinary appends the extension. The error is [ErrChallenge], and b is
// returned unchanged with it.
func (c Challenge) AppendBinary(b []byte) ([]byte, error) {
	if !sendableChallenge(c.Value) {
		return b, ErrChallenge
	}
	return AppendRaw(b, KindChallenge, c.Value)
}

// Equal reports whether both are the same.
func (c Challenge) Equal(o Challenge) bool { return bytes.Equal(c.Value, o.Value) }

// String returns the name and the beginning of the challenge as hex.
func (c Challenge) String() string { return KindChallenge.String() + " " + hexed(c.Value) }

func sendableChallenge(b []byte) bool { return 0 < len(b) && len(b) <= 255 }

// zeroChallenge is what a mobile node with a co-located care-of address uses,
// whom no foreign agent challenges (RFC 4721 §8): "Challenge value 0", of which
// no text gives the length. One octet is the literal reading.
var zeroChallenge = []byte{0}

// challenge returns the value of the list's last Challenge extension, or the
// zero challenge when there is none.
func (l List) challenge() []byte {
	value, found := []byte(nil), false
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if x.Kind() == KindChallenge {
			value, found = x.Body(), true
		}
	}
	if !found {
		return zeroChallenge
	}
	return value
}
