package dsmip

import "strconv"

// Profile is the text that is spoken.
type Profile uint8

// The profiles.
const (
	Draft06 Profile = iota // draft-ietf-mip4-dsmipv4-06
	RFC5454                // RFC 5454
)

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
