package ext

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
)

// RequestedHA is the Requested HA extension (type 139, sub-type 1; RFC 4433 §3.4.1):
// the mobile node says which home agent it wishes to have.
//
// RFC 4433 §3.4 draws type 139 in the long form:
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Subtype     |           Length              |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                           HA-Address                          |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// Its verified erratum 898 has the short form, since the type is skippable. That is
// what is written; both are read.
type RequestedHA struct {
	HAAddress netip.Addr `json:"haAddress"` // IPv4, unicast
}

// RedirectedHA is the Redirected HA extension (type 139, sub-type 2; RFC 4433 §3.4.2):
// the home agent says with which other home agent the mobile node is to register. The
// layout is that of [RequestedHA].
type RedirectedHA struct {
	HAAddress netip.Addr `json:"haAddress"` // IPv4
}

// ErrHAAddress says that the address is not IPv4 or, to be requested, not unicast.
var ErrHAAddress = code.NewFault("the HA-Address is not a unicast IPv4 address", "RFC 4433 §3.4, §3.4.1", code.Caller, 0, 0, 0)

// ParseRequestedHA reads a Requested HA extension, in either form. An address that is
// not unicast parses. The error is [ErrKind] for another kind and the row's BadLength
// unless the body is an address.
func ParseRequestedHA(x Raw) (RequestedHA, error) {
	b, err := x.bodyOf(KindRequestedHA)
	if err != nil {
		return RequestedHA{}, err
	}
	return RequestedHA{ipv4(b)}, nil
}

// AppendBinary appends the extension in the short form. The error is [ErrHAAddress],
// and b is returned unchanged with it.
func (h RequestedHA) AppendBinary(b []byte) ([]byte, error) {
	if !unicast4(h.HAAddress) {
		return b, ErrHAAddress
	}
	a := h.HAAddress.As4()
	return append(b, 139, 5, 1, a[0], a[1], a[2], a[3]), nil
}

// Equal reports whether both are the same.
func (h RequestedHA) Equal(o RequestedHA) bool { return h == o }

// String returns the name and the address.
func (h RequestedHA) String() string { return KindRequestedHA.String() + " " + h.HAAddress.String() }

// ParseRedirectedHA reads a Redirected HA extension as [ParseRequestedHA] does the
// other.
func ParseRedirectedHA(x Raw) (RedirectedHA, error) {
	b, err := x.bodyOf(KindRedirectedHA)
	if err != nil {
		return RedirectedHA{}, err
	}
	return RedirectedHA{ipv4(b)}, nil
}

// AppendBinary appends the extension in the short form. The error is [ErrHAAddress]
// unless the address is IPv4, and b is returned unchanged with it.
func (h RedirectedHA) AppendBinary(b []byte) ([]byte, error) {
	if !h.HAAddress.Is4() {
		return b, ErrHAAddress
	}
	a := h.HAAddress.As4()
	return append(b, 139, 5, 2, a[0], a[1], a[2], a[3]), nil
}

// Equal reports whether both are the same.
func (h RedirectedHA) Equal(o RedirectedHA) bool { return h == o }

// String returns the name and the address.
func (h RedirectedHA) String() string { return KindRedirectedHA.String() + " " + h.HAAddress.String() }

// unicast4 reports whether an address is IPv4 and neither 0.0.0.0 nor of the classes D
// and E, which end with the broadcast address.
func unicast4(a netip.Addr) bool {
	return a.Is4() && !a.IsUnspecified() && a.As4()[0] < 224
}
