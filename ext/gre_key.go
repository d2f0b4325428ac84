package ext

import "encoding/binary"

// GREKey is the GRE Key extension (type 48, sub-type 0; RFC 6245 §5): the value that
// its receiver puts into the Key field of the GRE headers that it sends to the sender.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Sub-Type    |            Length             |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                        Key Identifier                         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type GREKey struct {
	// KeyIdentifier is that value. 0 from a foreign agent leaves it to the home agent
	// to assign the keys of both directions (RFC 6245 §4.1).
	KeyIdentifier uint32
}

// ParseGREKey reads a GRE Key extension. The error is [ErrKind] for another kind and
// the row's BadLength unless Length is 4.
func ParseGREKey(x Raw) (GREKey, error) {
	b, err := x.bodyOf(KindGREKey)
	if err != nil {
		return GREKey{}, err
	}
	return GREKey{binary.BigEndian.Uint32(b)}, nil
}

// AppendBinary appends the extension. It never fails.
func (g GREKey) AppendBinary(b []byte) ([]byte, error) {
	return binary.BigEndian.AppendUint32(append(b, 48, 0, 0, 4), g.KeyIdentifier), nil
}

// String returns the name and the key.
func (g GREKey) String() string { return KindGREKey.String() + " " + number(g.KeyIdentifier) }
