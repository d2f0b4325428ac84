package dsmip

import (
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
)

// Profile is the text that is spoken.
type Profile uint8

// The profiles. The zero Profile is none.
const (
	Draft06 Profile = 1 + iota // draft-ietf-mip4-dsmipv4-06
	RFC5454                    // RFC 5454
)

// ErrProfile says that a word names no profile, or that a Profile is none.
var ErrProfile = code.NewFault("not a profile: want draft06 or rfc5454", "draft-ietf-mip4-dsmipv4-06 §3, RFC 5454 §2", code.Caller, 0, 0, 0)

// ParseProfile returns the profile that a word as String gives it names. The error
// is [ErrProfile].
func ParseProfile(s string) (Profile, error) {
	for p := Draft06; p <= RFC5454; p++ {
		if s == p.String() {
			return p, nil
		}
	}
	return 0, ErrProfile
}

// valid reports whether it is one of the profiles.
func (p Profile) valid() bool { return p == Draft06 || p == RFC5454 }

// String returns "draft06" or "rfc5454".
func (p Profile) String() string {
	switch p {
	case Draft06:
		return "draft06"
	case RFC5454:
		return "rfc5454"
	}
	return "profile " + strconv.Itoa(int(p))
}
