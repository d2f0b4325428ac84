package dsmip

import "github.com/go-mobileip/dsmipv4/ext"

// TunnelingMode is the IPv6 Tunneling Mode extension (type 152, sub-type 3;
// draft-ietf-mip4-dsmipv4-06 §3.3, RFC 5454 §2.3): its sender says that IPv6
// traffic can be tunnelled to the mobile node's care-of address.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |    Sub-Type   |    Reserved   |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type TunnelingMode struct{}

// ParseTunnelingMode reads an IPv6 Tunneling Mode extension; its reserved byte
// is ignored. The error is [ext.ErrKind] for another kind and the row's
// BadLength unless Length is 2.
func ParseTunnelingMode(x ext.Raw) (TunnelingMode, error) {
	if x.Kind() != ext.KindIPv6TunnelingMode {
		return TunnelingMode{}, ext.ErrKind
	}
	if len(x.Body()) != 1 {
		return TunnelingMode{}, x.Check()
	}
	return TunnelingMode{}, nil
}

// AppendBinary appends the extension, its reserved byte zero. It never fails.
func (TunnelingMode) AppendBinary(b []byte) ([]byte, error) {
	return append(b, typeDSMIPv4, 2, tunnelingMode, 0), nil
}

// String returns the extension's name.
func (TunnelingMode) String() string { return ext.KindIPv6TunnelingMode.String() }
