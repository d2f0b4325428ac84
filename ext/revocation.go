package ext

import "encoding/binary"

// RevocationSupport is the Revocation Support extension (type 137; RFC 3543 §3.2):
// its sender wants to be told when the registration is revoked.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-
//	|     Type      |     Length    |I|        Reserved            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-
//	|                            Timestamp                         |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-
type RevocationSupport struct {
	Inform bool `json:"i"` // I: the sender supports the I bit of revocation messages
	// Timestamp is the sender's clock. The RFC gives it neither unit nor epoch: it
	// orders registrations and revocations, and tells the offset of two clocks.
	Timestamp uint32
}

// ParseRevocationSupport reads a Revocation Support extension. The reserved bits are
// ignored, and so is what a Length above 6 adds: the RFC keeps it for the future. The
// error is [ErrKind] for another kind and the row's BadLength for a Length below 6.
func ParseRevocationSupport(x Raw) (RevocationSupport, error) {
	b, err := x.bodyOf(KindRevocationSupport)
	if err != nil {
		return RevocationSupport{}, err
	}
	return RevocationSupport{b[0]&0x80 != 0, binary.BigEndian.Uint32(b[2:])}, nil
}

// AppendBinary appends the extension with a Length of 6, its reserved bits zero. It
// never fails.
func (r RevocationSupport) AppendBinary(b []byte) ([]byte, error) {
	return binary.BigEndian.AppendUint32(append(b, 137, 6, flag(r.Inform, 0x80), 0), r.Timestamp), nil
}

// String returns the name, I where it is set, and the timestamp.
func (r RevocationSupport) String() string {
	return KindRevocationSupport.String() + word(r.Inform, "I") + " timestamp " + number(r.Timestamp)
}
