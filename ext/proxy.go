package ext

import (
	"bytes"

	"github.com/go-mobileip/dsmipv4/code"
)

// ProxyAuthMethod is the PMIPv4 Per-Node Authentication Method extension (type 47,
// sub-type 1; RFC 5563 §5.1): how proxy mobility agent and home agent authenticate the
// registration where their association is per node.
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Sub-Type    |             Length            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|    Method     |
//	+-+-+-+-+-+-+-+-+
type ProxyAuthMethod struct {
	Method code.ProxyAuthMethod
}

// ParseProxyAuthMethod reads a PMIPv4 Per-Node Authentication Method extension. The
// error is [ErrKind] for another kind and the row's BadLength unless Length is 1.
func ParseProxyAuthMethod(x Raw) (ProxyAuthMethod, error) {
	b, err := x.bodyOf(KindProxyAuthMethod)
	if err != nil {
		return ProxyAuthMethod{}, err
	}
	return ProxyAuthMethod{code.ProxyAuthMethod(b[0])}, nil
}

// AppendBinary appends the extension. It never fails.
func (p ProxyAuthMethod) AppendBinary(b []byte) ([]byte, error) {
	return append(b, 47, 1, 0, 1, byte(p.Method)), nil
}

// String returns the name and the method with its words.
func (p ProxyAuthMethod) String() string { return KindProxyAuthMethod.String() + " " + named(p.Method) }

// InterfaceID is the PMIPv4 Interface ID extension (type 147, sub-type 1; RFC 5563
// §5.2): the interface with which the device is attached.
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      | Sub-Type      | Identifier ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type InterfaceID struct {
	// Identifier has at most 254 bytes. One that was parsed aliases the message.
	Identifier []byte
}

// ParseInterfaceID reads a PMIPv4 Interface ID extension. The error is [ErrKind] for
// another kind.
func ParseInterfaceID(x Raw) (InterfaceID, error) {
	b, err := x.bodyOf(KindInterfaceID)
	return InterfaceID{b}, err
}

// AppendBinary appends the extension. The error is [ErrBodyTooLong], and b is returned
// unchanged with it.
func (i InterfaceID) AppendBinary(b []byte) ([]byte, error) {
	return AppendRaw(b, KindInterfaceID, i.Identifier)
}

// Equal reports whether both are the same.
func (i InterfaceID) Equal(o InterfaceID) bool { return bytes.Equal(i.Identifier, o.Identifier) }

// String returns the name and the beginning of the identifier as hex.
func (i InterfaceID) String() string { return KindInterfaceID.String() + " " + hexed(i.Identifier) }

// DeviceID is the PMIPv4 Device ID extension (type 147, sub-type 2; RFC 5563 §5.3): the
// device that is attached.
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      | Sub-Type      |    ID-Type    |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                           Identifier ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type DeviceID struct {
	IDType code.DeviceIDType `json:"idType"`
	// Identifier has at most 253 bytes. One that was parsed aliases the message.
	Identifier []byte
}

// ParseDeviceID reads a PMIPv4 Device ID extension. The error is [ErrKind] for another
// kind and the row's BadLength for a Length below 2.
func ParseDeviceID(x Raw) (DeviceID, error) {
	b, err := x.bodyOf(KindDeviceID)
	if err != nil {
		return DeviceID{}, err
	}
	return DeviceID{code.DeviceIDType(b[0]), b[1:]}, nil
}

// AppendBinary appends the extension. The error is [ErrBodyTooLong], and b is returned
// unchanged with it.
func (d DeviceID) AppendBinary(b []byte) ([]byte, error) {
	head := [1]byte{byte(d.IDType)}
	return appendParts(b, KindDeviceID, head[:], d.Identifier)
}

// Equal reports whether both are the same.
func (d DeviceID) Equal(o DeviceID) bool {
	return d.IDType == o.IDType && bytes.Equal(d.Identifier, o.Identifier)
}

// String returns the name, the type with its words, and the beginning of the identifier
// as hex.
func (d DeviceID) String() string {
	return KindDeviceID.String() + " " + named(d.IDType) + " " + hexed(d.Identifier)
}

// SubscriberID is the PMIPv4 Subscriber ID extension (type 147, sub-type 3; RFC 5563
// §5.4): the mobile subscription.
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      | Sub-Type      |    ID-Type    |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                           Identifier ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type SubscriberID struct {
	IDType code.SubscriberIDType `json:"idType"`
	// Identifier has at most 253 bytes. One that was parsed aliases the message.
	Identifier []byte
}

// ParseSubscriberID reads a PMIPv4 Subscriber ID extension. The error is [ErrKind] for
// another kind and the row's BadLength for a Length below 2.
func ParseSubscriberID(x Raw) (SubscriberID, error) {
	b, err := x.bodyOf(KindSubscriberID)
	if err != nil {
		return SubscriberID{}, err
	}
	return SubscriberID{code.SubscriberIDType(b[0]), b[1:]}, nil
}

// AppendBinary appends the extension. The error is [ErrBodyTooLong], and b is returned
// unchanged with it.
func (s SubscriberID) AppendBinary(b []byte) ([]byte, error) {
	head := [1]byte{byte(s.IDType)}
	return appendParts(b, KindSubscriberID, head[:], s.Identifier)
}

// Equal reports whether both are the same.
func (s SubscriberID) Equal(o SubscriberID) bool {
	return s.IDType == o.IDType && bytes.Equal(s.Identifier, o.Identifier)
}

// String returns the name, the type with its words, and the beginning of the identifier
// as hex.
func (s SubscriberID) String() string {
	return KindSubscriberID.String() + " " + named(s.IDType) + " " + hexed(s.Identifier)
}

// AccessTechnology is the PMIPv4 Access Technology Type extension (type 147, sub-type
// 4; RFC 5563 §5.5): the radio access through which the device is attached.
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      | Sub-Type      |   Tech-Type   |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type AccessTechnology struct {
	TechType code.AccessTechnology
}

// ParseAccessTechnology reads a PMIPv4 Access Technology Type extension. The error is
// [ErrKind] for another kind and the row's BadLength unless Length is 2.
func ParseAccessTechnology(x Raw) (AccessTechnology, error) {
	b, err := x.bodyOf(KindAccessTechnology)
	if err != nil {
		return AccessTechnology{}, err
	}
	return AccessTechnology{code.AccessTechnology(b[0])}, nil
}

// AppendBinary appends the extension. It never fails.
func (a AccessTechnology) AppendBinary(b []byte) ([]byte, error) {
	return append(b, 147, 2, 4, byte(a.TechType)), nil
}

// String returns the name and the technology with its words.
func (a AccessTechnology) String() string {
	return KindAccessTechnology.String() + " " + named(a.TechType)
}
