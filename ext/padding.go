package ext

// Padding is the One-byte Padding extension (type 0; RFC 5944 §1.8): a single byte
// of zero, without Length, which means nothing.
//
//	 0
//	 0 1 2 3 4 5 6 7
//	+-+-+-+-+-+-+-+-+
//	|     Type      |
//	+-+-+-+-+-+-+-+-+
type Padding struct{}

// ParsePadding reads a One-byte Padding extension. The error is [ErrKind] for
// another kind.
func ParsePadding(x Raw) (Padding, error) {
	_, err := x.bodyOf(KindPadding)
	return Padding{}, err
}

// AppendBinary appends the byte. It never fails.
func (Padding) AppendBinary(b []byte) ([]byte, error) { return append(b, 0), nil }

// String returns the extension's name.
func (Padding) String() string { return KindPadding.String() }
