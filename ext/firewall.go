package ext

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
)

// SKIPTraversal is the Traversal extension (type 129; RFC 2356 §7.3): a firewall, or
// another system, between mobile node and home agent with which access is negotiated.
// A message has one for each of them, in the order in which packets meet them.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |        Reserved               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                 MN to HA Traversal Address                    |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                 HA to MN Traversal Address                    |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type SKIPTraversal struct {
	// MNToHA is what datagrams of the mobile node meet: given in a Registration
	// Request, and typically 0.0.0.0 in a Registration Reply.
	MNToHA netip.Addr `json:"mnToHATraversalAddress"`
	// HAToMN is what datagrams of the home agent meet: given in a Registration Reply,
	// and typically 0.0.0.0 in a Registration Request.
	HAToMN netip.Addr `json:"haToMNTraversalAddress"`
}

// ErrTraversalAddress says that a traversal address is not IPv4; one that is not given
// is 0.0.0.0.
var ErrTraversalAddress = code.NewFault("a traversal address is not an IPv4 address", "RFC 2356 §7.3", code.Caller, 0, 0, 0)

// ParseSKIPTraversal reads a Traversal extension; its reserved field is ignored. The
// error is [ErrKind] for another kind and the row's BadLength unless Length is 10.
func ParseSKIPTraversal(x Raw) (SKIPTraversal, error) {
	b, err := x.bodyOf(KindSKIPTraversal)
	if err != nil {
		return SKIPTraversal{}, err
	}
	return SKIPTraversal{ipv4(b[2:6]), ipv4(b[6:])}, nil
}

// AppendBinary appends the extension, its reserved field zero. The error is
// [ErrTraversalAddress], and b is returned unchanged with it.
func (s SKIPTraversal) AppendBinary(b []byte) ([]byte, error) {
	if !s.MNToHA.Is4() || !s.HAToMN.Is4() {
		return b, ErrTraversalAddress
	}
	up, down := s.MNToHA.As4(), s.HAToMN.As4()
	return append(append(append(b, 129, 10, 0, 0), up[:]...), down[:]...), nil
}

// Equal reports whether both are the same.
func (s SKIPTraversal) Equal(o SKIPTraversal) bool { return s == o }

// String returns the name and both addresses.
func (s SKIPTraversal) String() string {
	return KindSKIPTraversal.String() + " MN to HA " + s.MNToHA.String() + " HA to MN " + s.HAToMN.String()
}
