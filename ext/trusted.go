package ext

// TrustedNetworks is the Trusted Networks Configured extension (type 149, sub-type 0;
// RFC 5265 §3.4): the internal home agent says that the request came from an address of
// a network that is configured as trusted.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |    Sub-Type   |   Reserved    |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type TrustedNetworks struct{}

// ParseTrustedNetworks reads a Trusted Networks Configured extension; its reserved byte
// is ignored. The error is [ErrKind] for another kind and the row's BadLength unless
// Length is 2.
func ParseTrustedNetworks(x Raw) (TrustedNetworks, error) {
	_, err := x.bodyOf(KindTrustedNetworks)
	return TrustedNetworks{}, err
}

// AppendBinary appends the extension, its reserved byte zero. It never fails.
func (TrustedNetworks) AppendBinary(b []byte) ([]byte, error) {
	return append(b, 149, 2, 0, 0), nil
}

// String returns the extension's name.
func (TrustedNetworks) String() string { return KindTrustedNetworks.String() }
