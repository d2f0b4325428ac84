package ext

import (
	"bytes"
	"encoding/binary"

	"github.com/go-mobileip/dsmipv4/code"
)

// VendorVerizon is the SMI Private Enterprise Code under which Dynamic Mobile IP Key Update
// numbers its critical vendor extensions (RFC 4784 §9).
const VendorVerizon = 12951

// The Vendor-CVSE-Types of RFC 4784 §9.
const (
	TypeMIPKeyRequest    = 1
	TypeMIPKeyData       = 2
	TypeAAAAuthenticator = 3
	TypePublicKeyInvalid = 4
)

var (
	// ErrKeyUpdateSize: the value has another size than its type has.
	ErrKeyUpdateSize = code.NewFault("the value of a Dynamic Mobile IP Key Update extension has the wrong size", "RFC 4784 §9", code.Must, poorRequestHA, poorRequestFA, poorReplyMN)
	// ErrKeyPayload: the payload is empty and cannot be sent.
	ErrKeyPayload = code.NewFault("a MIP_Key_Data without payload", "RFC 4784 §9", code.Caller, 0, 0, 0)
)

// MIPKeyRequest is the MIP_Key_Request of RFC 4784 §9 (CVSE, vendor 12951, type 1): the
// home AAA server asks for new keys.
type MIPKeyRequest struct {
	PKOID uint8 `json:"pkoid"` // Public Key Organization Identifier
}

// MIPKeyData is the MIP_Key_Data of RFC 4784 §9 (CVSE, vendor 12951, type 2): the mobile
// node sends new keys.
type MIPKeyData struct {
	// Payload is encrypted under the RSA public key: 128 bytes for 1024 bits, 64 for 512.
	// One that was parsed aliases the message.
	Payload []byte
	// PublicKey is the Public Key Identifier of 28 bits (PKOID, PKOI, PK_Expansion, ATV)
	// and the DMU Version in the low 4 bits (RFC 4784 §10).
	PublicKey uint32 `json:"publicKeyIdentifier"`
}

// AAAAuthenticator is the AAA_Authenticator of RFC 4784 §9 (CVSE, vendor 12951, type 3).
type AAAAuthenticator struct {
	Authenticator [8]byte
}

// PublicKeyInvalid is the Public Key Invalid of RFC 4784 §9 (CVSE, vendor 12951, type 4):
// the home AAA server says that the public key which the mobile node used is not valid.
type PublicKeyInvalid struct{}

// verizon returns the value of the extension of a type of RFC 4784.
func (v VendorExtension) verizon(t uint16) ([]byte, error) {
	if !v.is(true, VendorVerizon, t) {
		return nil, ErrVendorKind
	}
	return v.Value, nil
}

// appendVerizon appends an extension of a type of RFC 4784.
func appendVerizon(b []byte, t uint16, value []byte) ([]byte, error) {
	return VendorExtension{true, VendorVerizon, t, value}.AppendBinary(b)
}

// ParseMIPKeyRequest reads a MIP_Key_Request. The error is [ErrVendorKind], or
// [ErrKeyUpdateSize] unless the value has one byte.
func ParseMIPKeyRequest(v VendorExtension) (MIPKeyRequest, error) {
	b, err := v.verizon(TypeMIPKeyRequest)
	if err != nil {
		return MIPKeyRequest{}, err
	}
	if len(b) != 1 {
		return MIPKeyRequest{}, ErrKeyUpdateSize
	}
	return MIPKeyRequest{b[0]}, nil
}

// AppendBinary appends the vendor extension. It never fails.
func (m MIPKeyRequest) AppendBinary(b []byte) ([]byte, error) {
	return appendVerizon(b, TypeMIPKeyRequest, []byte{m.PKOID})
}

// String returns the name and the PKOID.
func (m MIPKeyRequest) String() string { return "MIP_Key_Request PKOID " + number(m.PKOID) }

// ParseMIPKeyData reads a MIP_Key_Data. The error is [ErrVendorKind], or
// [ErrKeyUpdateSize] for a value that has no payload in front of the four bytes at its end.
func ParseMIPKeyData(v VendorExtension) (MIPKeyData, error) {
	b, err := v.verizon(TypeMIPKeyData)
	if err != nil {
		return MIPKeyData{}, err
	}
	n := len(b) - 4
	if n < 1 {
		return MIPKeyData{}, ErrKeyUpdateSize
	}
	return MIPKeyData{b[:n:n], binary.BigEndian.Uint32(b[n:])}, nil
}

// AppendBinary appends the vendor extension. The error is [ErrKeyPayload] or
// [ErrBodyTooLong], and b is returned unchanged with it.
func (m MIPKeyData) AppendBinary(b []byte) ([]byte, error) {
	if len(m.Payload) == 0 {
		return b, ErrKeyPayload
	}
	id := m.PublicKey
	return VendorExtension{true, VendorVerizon, TypeMIPKeyData, m.Payload}.append(b, byte(id>>24), byte(id>>16), byte(id>>8), byte(id))
}

// Equal reports whether both are the same.
func (m MIPKeyData) Equal(o MIPKeyData) bool {
	return m.PublicKey == o.PublicKey && bytes.Equal(m.Payload, o.Payload)
}

// String returns the name, the size of the payload, and the identifier as hex.
func (m MIPKeyData) String() string {
	id := binary.BigEndian.AppendUint32(nil, m.PublicKey)
	return "MIP_Key_Data payload of " + number(uint32(len(m.Payload))) + " bytes public key " + hexed(id)
}

// ParseAAAAuthenticator reads an AAA_Authenticator. The error is [ErrVendorKind], or
// [ErrKeyUpdateSize] unless the value has eight bytes.
func ParseAAAAuthenticator(v VendorExtension) (AAAAuthenticator, error) {
	b, err := v.verizon(TypeAAAAuthenticator)
	if err != nil {
		return AAAAuthenticator{}, err
	}
	if len(b) != 8 {
		return AAAAuthenticator{}, ErrKeyUpdateSize
	}
	return AAAAuthenticator{[8]byte(b)}, nil
}

// AppendBinary appends the vendor extension. It never fails.
func (a AAAAuthenticator) AppendBinary(b []byte) ([]byte, error) {
	return appendVerizon(b, TypeAAAAuthenticator, a.Authenticator[:])
}

// String returns the name and the authenticator as hex.
func (a AAAAuthenticator) String() string { return "AAA_Authenticator " + hexed(a.Authenticator[:]) }

// ParsePublicKeyInvalid reads a Public Key Invalid. The error is [ErrVendorKind], or
// [ErrKeyUpdateSize] unless the value is empty.
func ParsePublicKeyInvalid(v VendorExtension) (PublicKeyInvalid, error) {
	b, err := v.verizon(TypePublicKeyInvalid)
	if err == nil && len(b) != 0 {
		err = ErrKeyUpdateSize
	}
	return PublicKeyInvalid{}, err
}

// AppendBinary appends the vendor extension. It never fails.
func (PublicKeyInvalid) AppendBinary(b []byte) ([]byte, error) {
	return appendVerizon(b, TypePublicKeyInvalid, nil)
}

// String returns the name.
func (PublicKeyInvalid) String() string { return "Public Key Invalid" }
