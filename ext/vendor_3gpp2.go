package ext

import (
	"encoding/binary"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
)

// Vendor3GPP2 is the SMI Private Enterprise Code under which 3GPP2 numbers its vendor
// extensions.
const Vendor3GPP2 = 5535

// The Vendor-NVSE-Types of 3GPP2 that can be read here. No RFC describes them; they are
// for reading what is met in the field, and are not written.
const (
	TypePPPLinkIndicator = 16
	TypeDNSServer3GPP2   = 17
)

// Err3GPP2Size says that the value of a 3GPP2 extension has another size than its type has.
// The extension is a normal one, which is skipped where it is not understood.
var Err3GPP2Size = code.NewFault("the value of a 3GPP2 extension has the wrong size", "RFC 3115 §2.2, §2.3", code.Must, ignore, ignore, ignore)

// PPPLinkIndicator is the PPP Link Indicator of 3GPP2 (NVSE, vendor 5535, type 16).
type PPPLinkIndicator struct {
	Indicator uint16 // 0, 1 and 2 are met
}

// DNSServer3GPP2 is the DNS Server IP Address of 3GPP2 (NVSE, vendor 5535, type 17): an
// entity type, and two addresses with a sub-type and a length in front of each.
type DNSServer3GPP2 struct {
	Entity    uint8      // of the node that gives the addresses
	Primary   netip.Addr `json:"primaryDNSServer"`   // IPv4
	Secondary netip.Addr `json:"secondaryDNSServer"` // IPv4
}

// ParsePPPLinkIndicator reads a PPP Link Indicator. The error is [ErrVendorKind] or
// [Err3GPP2Size].
func ParsePPPLinkIndicator(v VendorExtension) (PPPLinkIndicator, error) {
	if !v.is(false, Vendor3GPP2, TypePPPLinkIndicator) {
		return PPPLinkIndicator{}, ErrVendorKind
	}
	if len(v.Value) != 2 {
		return PPPLinkIndicator{}, Err3GPP2Size
	}
	return PPPLinkIndicator{binary.BigEndian.Uint16(v.Value)}, nil
}

// String returns the name and the number.
func (p PPPLinkIndicator) String() string { return "PPP Link Indicator " + number(p.Indicator) }

// ParseDNSServer3GPP2 reads a DNS Server IP Address; sub-types and lengths inside of it are
// not looked at. The error is [ErrVendorKind] or [Err3GPP2Size].
func ParseDNSServer3GPP2(v VendorExtension) (DNSServer3GPP2, error) {
	if !v.is(false, Vendor3GPP2, TypeDNSServer3GPP2) {
		return DNSServer3GPP2{}, ErrVendorKind
	}
	b := v.Value
	if len(b) != 1+2*6 {
		return DNSServer3GPP2{}, Err3GPP2Size
	}
	return DNSServer3GPP2{b[0], ipv4(b[3:7]), ipv4(b[9:13])}, nil
}

// Equal reports whether both are the same.
func (d DNSServer3GPP2) Equal(o DNSServer3GPP2) bool { return d == o }

// String returns the name, the entity, and both addresses.
func (d DNSServer3GPP2) String() string {
	return "DNS Server IP Address entity " + number(d.Entity) + " " + d.Primary.String() + " " + d.Secondary.String()
}
