package ext

import (
	"bytes"
	"encoding/binary"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
)

// VendorCisco is the SMI Private Enterprise Code under which the Host Configuration
// extensions are numbered, and TypeHostConfiguration their Vendor-NVSE-Type (RFC 4332 §3).
const (
	VendorCisco           = 9
	TypeHostConfiguration = 14
)

// The Sub-Types of RFC 4332 §3.1 to §3.8.
const (
	SubTypeHostConfigurationRequest = 0
	SubTypeHomeNetworkPrefixLength  = 1
	SubTypeDNSServer                = 2
	SubTypeDHCPServer               = 3
	SubTypeDHCPClientID             = 4
	SubTypeDefaultGateway           = 5
	SubTypeDNSSuffix                = 6
	SubTypeConfigurationURL         = 7
)

var (
	// ErrHostConfiguration: the value has another size than its Sub-Type has, or is a
	// prefix length that no IPv4 address has. The extension is a normal one, which is
	// skipped where it is not understood.
	ErrHostConfiguration = code.NewFault("a Host Configuration extension has the wrong size or a prefix length above 32", "RFC 4332 §3", code.Must, ignore, ignore, ignore)
	// ErrHostAddress: the address to send is not IPv4.
	ErrHostAddress = code.NewFault("the address of a Host Configuration extension is not an IPv4 address", "RFC 4332 §3.3, §3.4, §3.6", code.Caller, 0, 0, 0)
	// ErrHostText: the client identifier, suffix or URL to send has another size than it may
	// have.
	ErrHostText = code.NewFault("the client identifier, suffix or URL of a Host Configuration extension is too short or too long", "RFC 4332 §3.5, §3.7, §3.8", code.Caller, 0, 0, 0)
)

// SubType returns the Sub-Type of a Host Configuration extension (NVSE, vendor 9, type 14;
// RFC 4332 §3) and what follows it; false for any other vendor extension.
//
// The figures draw Sub-Type, Selector and Prefix Length with 16 bits each, while "an integer
// from 0 to 255" and the limit of 246 bytes fit one of 8 bits. 16 are written. Both are read:
// with 16 bits the first byte is zero, which it is with 8 for a request alone, and that has
// two bytes and not four. The data alias the message.
func (v VendorExtension) SubType() (subType uint8, data []byte, ok bool) {
	if !v.is(false, VendorCisco, TypeHostConfiguration) || len(v.Value) < 2 {
		return 0, nil, false
	}
	if v.Value[0] != 0 || len(v.Value) == 2 {
		return v.Value[0], v.Value[1:], true
	}
	return v.Value[1], v.Value[2:], true
}

// hostConfiguration returns the data of a Sub-Type, at least min and at most max bytes.
func (v VendorExtension) hostConfiguration(subType uint8, min, max int) ([]byte, error) {
	s, b, ok := v.SubType()
	if !ok || s != subType {
		return nil, ErrVendorKind
	}
	if len(b) < min || len(b) > max {
		return nil, ErrHostConfiguration
	}
	return b, nil
}

// hostNumber returns a number: two bytes behind a Sub-Type of 16 bits, one or two behind
// one of 8.
func (v VendorExtension) hostNumber(subType uint8) (uint16, error) {
	b, err := v.hostConfiguration(subType, 1, 2)
	if err != nil {
		return 0, err
	}
	switch {
	case len(b) == 2:
		return binary.BigEndian.Uint16(b), nil
	case len(v.Value) == 3:
		return 0, ErrHostConfiguration
	}
	return uint16(b[0]), nil
}

// hostAddress returns an address.
func (v VendorExtension) hostAddress(subType uint8) (netip.Addr, error) {
	b, err := v.hostConfiguration(subType, 4, 4)
	if err != nil {
		return netip.Addr{}, err
	}
	return ipv4(b), nil
}

// appendHost appends a Host Configuration extension. The data may lie anywhere.
func appendHost(b []byte, subType uint8, data []byte) ([]byte, error) {
	head := [10]byte{5: VendorCisco, 7: TypeHostConfiguration, 9: subType}
	return appendParts(b, KindNVSE, head[:], data)
}

// appendHostAddress appends a Host Configuration extension that holds an address.
func appendHostAddress(b []byte, subType uint8, a netip.Addr) ([]byte, error) {
	if !a.Is4() {
		return b, ErrHostAddress
	}
	data := a.As4()
	return appendHost(b, subType, data[:])
}

// appendHostText appends a Host Configuration extension that holds a text.
func appendHostText(b []byte, subType uint8, text []byte, min int) ([]byte, error) {
	if len(text) < min || len(text) > maxHostText {
		return b, ErrHostText
	}
	return appendHost(b, subType, text)
}

// maxHostText is how much of a text fits behind a Sub-Type of 16 bits.
const maxHostText = 255 - 8 - 2

// HostConfigurationRequest asks for the host's configuration (RFC 4332 §3.1).
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|           Sub-Type            |           Selector            |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type HostConfigurationRequest struct {
	Selector uint16 // 0 for all that the home agent has
}

// ParseHostConfigurationRequest reads a Host Configuration Request. The error is
// [ErrVendorKind] or [ErrHostConfiguration].
func ParseHostConfigurationRequest(v VendorExtension) (HostConfigurationRequest, error) {
	n, err := v.hostNumber(SubTypeHostConfigurationRequest)
	return HostConfigurationRequest{n}, err
}

// AppendBinary appends the vendor extension. It never fails.
func (h HostConfigurationRequest) AppendBinary(b []byte) ([]byte, error) {
	return appendHost(b, SubTypeHostConfigurationRequest, []byte{byte(h.Selector >> 8), byte(h.Selector)})
}

// String returns the name and the selector.
func (h HostConfigurationRequest) String() string {
	return "Host Configuration Request selector " + number(h.Selector)
}

// HomeNetworkPrefixLength is how many bits the prefix of the home network has (RFC 4332
// §3.2).
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|           Sub-Type            |        Prefix Length          |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type HomeNetworkPrefixLength struct {
	PrefixLength uint16
}

// ParseHomeNetworkPrefixLength reads a Home Network Prefix Length. The error is
// [ErrVendorKind], or [ErrHostConfiguration], also for a length above 32.
func ParseHomeNetworkPrefixLength(v VendorExtension) (HomeNetworkPrefixLength, error) {
	n, err := v.hostNumber(SubTypeHomeNetworkPrefixLength)
	if err == nil && n > 32 {
		return HomeNetworkPrefixLength{}, ErrHostConfiguration
	}
	return HomeNetworkPrefixLength{n}, err
}

// ErrHomePrefixLength says that a prefix length cannot be sent.
var ErrHomePrefixLength = code.NewFault("the home network's prefix is longer than 32 bits", "RFC 4332 §3.2", code.Caller, 0, 0, 0)

// AppendBinary appends the vendor extension. The error is [ErrHomePrefixLength], and b is
// returned unchanged with it.
func (h HomeNetworkPrefixLength) AppendBinary(b []byte) ([]byte, error) {
	if h.PrefixLength > 32 {
		return b, ErrHomePrefixLength
	}
	return appendHost(b, SubTypeHomeNetworkPrefixLength, []byte{0, byte(h.PrefixLength)})
}

// String returns the name and the length.
func (h HomeNetworkPrefixLength) String() string {
	return "Home Network Prefix Length " + number(h.PrefixLength)
}

// DNSServer is the addresses of the DNS servers (RFC 4332 §3.3).
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|           Sub-Type            |        Primary DNS Server
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	            . . .               |        Secondary DNS Server
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	            . . .               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type DNSServer struct {
	Primary   netip.Addr `json:"primaryDNSServer"`   // IPv4
	Secondary netip.Addr `json:"secondaryDNSServer"` // IPv4; 0.0.0.0 for none
}

// ParseDNSServer reads a DNS Server. The error is [ErrVendorKind] or [ErrHostConfiguration].
func ParseDNSServer(v VendorExtension) (DNSServer, error) {
	b, err := v.hostConfiguration(SubTypeDNSServer, 8, 8)
	if err != nil {
		return DNSServer{}, err
	}
	return DNSServer{ipv4(b[:4]), ipv4(b[4:])}, nil
}

// AppendBinary appends the vendor extension. The error is [ErrHostAddress], and b is returned
// unchanged with it.
func (d DNSServer) AppendBinary(b []byte) ([]byte, error) {
	if !d.Primary.Is4() || !d.Secondary.Is4() {
		return b, ErrHostAddress
	}
	one, two := d.Primary.As4(), d.Secondary.As4()
	return appendHost(b, SubTypeDNSServer, []byte{one[0], one[1], one[2], one[3], two[0], two[1], two[2], two[3]})
}

// Equal reports whether both are the same.
func (d DNSServer) Equal(o DNSServer) bool { return d == o }

// String returns the name and both addresses.
func (d DNSServer) String() string {
	return "DNS Server " + d.Primary.String() + " " + d.Secondary.String()
}

// DHCPServer is the address of the DHCP server (RFC 4332 §3.4).
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|           Sub-Type            |          DHCP Server
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	            . . .               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type DHCPServer struct {
	Address netip.Addr `json:"dhcpServer"` // IPv4
}

// ParseDHCPServer reads a DHCP Server. The error is [ErrVendorKind] or
// [ErrHostConfiguration].
func ParseDHCPServer(v VendorExtension) (DHCPServer, error) {
	a, err := v.hostAddress(SubTypeDHCPServer)
	return DHCPServer{a}, err
}

// AppendBinary appends the vendor extension. The error is [ErrHostAddress], and b is returned
// unchanged with it.
func (d DHCPServer) AppendBinary(b []byte) ([]byte, error) {
	return appendHostAddress(b, SubTypeDHCPServer, d.Address)
}

// Equal reports whether both are the same.
func (d DHCPServer) Equal(o DHCPServer) bool { return d == o }

// String returns the name and the address.
func (d DHCPServer) String() string { return "DHCP Server " + d.Address.String() }

// DHCPClientID is the identifier under which DHCP servers know the host (RFC 4332 §3.5).
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|           Sub-Type            |          Client ID . . .
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type DHCPClientID struct {
	// ClientID has 2 to 245 bytes: 255, the RFC's limit, do not fit into the extension.
	// One that was parsed aliases the message, and has 246 at most.
	ClientID []byte `json:"clientID"`
}

// ParseDHCPClientID reads a DHCP Client ID. The error is [ErrVendorKind] or
// [ErrHostConfiguration].
func ParseDHCPClientID(v VendorExtension) (DHCPClientID, error) {
	b, err := v.hostConfiguration(SubTypeDHCPClientID, 2, 255)
	return DHCPClientID{b}, err
}

// AppendBinary appends the vendor extension. The error is [ErrHostText], and b is returned
// unchanged with it.
func (d DHCPClientID) AppendBinary(b []byte) ([]byte, error) {
	return appendHostText(b, SubTypeDHCPClientID, d.ClientID, 2)
}

// Equal reports whether both are the same.
func (d DHCPClientID) Equal(o DHCPClientID) bool { return bytes.Equal(d.ClientID, o.ClientID) }

// String returns the name and the beginning of the identifier as hex.
func (d DHCPClientID) String() string { return "DHCP Client ID " + hexed(d.ClientID) }

// DefaultGateway is the host's default gateway on the home network (RFC 4332 §3.6).
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|           Sub-Type            |          Default Gateway
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	            . . .               |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type DefaultGateway struct {
	Address netip.Addr `json:"defaultGateway"` // IPv4
}

// ParseDefaultGateway reads a Default Gateway. The error is [ErrVendorKind] or
// [ErrHostConfiguration].
func ParseDefaultGateway(v VendorExtension) (DefaultGateway, error) {
	a, err := v.hostAddress(SubTypeDefaultGateway)
	return DefaultGateway{a}, err
}

// AppendBinary appends the vendor extension. The error is [ErrHostAddress], and b is returned
// unchanged with it.
func (d DefaultGateway) AppendBinary(b []byte) ([]byte, error) {
	return appendHostAddress(b, SubTypeDefaultGateway, d.Address)
}

// Equal reports whether both are the same.
func (d DefaultGateway) Equal(o DefaultGateway) bool { return d == o }

// String returns the name and the address.
func (d DefaultGateway) String() string { return "Default Gateway " + d.Address.String() }

// DNSSuffix is what completes the host's name (RFC 4332 §3.7).
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|           Sub-Type            |         DNS Suffix . . .
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type DNSSuffix struct {
	// Suffix has 1 to 245 bytes: 246, the RFC's limit, do not fit behind a Sub-Type of 16
	// bits. One that was parsed aliases the message, and has 246 at most.
	Suffix []byte `json:"dnsSuffix"`
}

// ParseDNSSuffix reads a DNS Suffix. The error is [ErrVendorKind] or [ErrHostConfiguration].
func ParseDNSSuffix(v VendorExtension) (DNSSuffix, error) {
	b, err := v.hostConfiguration(SubTypeDNSSuffix, 1, 246)
	return DNSSuffix{b}, err
}

// AppendBinary appends the vendor extension. The error is [ErrHostText], and b is returned
// unchanged with it.
func (d DNSSuffix) AppendBinary(b []byte) ([]byte, error) {
	return appendHostText(b, SubTypeDNSSuffix, d.Suffix, 1)
}

// Equal reports whether both are the same.
func (d DNSSuffix) Equal(o DNSSuffix) bool { return bytes.Equal(d.Suffix, o.Suffix) }

// String returns the name and the beginning of the suffix.
func (d DNSSuffix) String() string { return "DNS Suffix " + quoted(d.Suffix) }

// ConfigurationURL is where further parameters are to be had (RFC 4332 §3.8).
//
//	 0               1               2               3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|           Sub-Type            |         URL String . . .
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type ConfigurationURL struct {
	// URL has 1 to 245 bytes: 246, the RFC's limit, do not fit behind a Sub-Type of 16
	// bits, and an empty one would be read as a request. One that was parsed aliases the
	// message, and has 246 at most.
	URL []byte `json:"urlString"`
}

// ParseConfigurationURL reads a Configuration URL. The error is [ErrVendorKind] or
// [ErrHostConfiguration].
func ParseConfigurationURL(v VendorExtension) (ConfigurationURL, error) {
	b, err := v.hostConfiguration(SubTypeConfigurationURL, 0, 246)
	return ConfigurationURL{b}, err
}

// AppendBinary appends the vendor extension. The error is [ErrHostText], and b is returned
// unchanged with it.
func (c ConfigurationURL) AppendBinary(b []byte) ([]byte, error) {
	return appendHostText(b, SubTypeConfigurationURL, c.URL, 1)
}

// Equal reports whether both are the same.
func (c ConfigurationURL) Equal(o ConfigurationURL) bool { return bytes.Equal(c.URL, o.URL) }

// String returns the name and the beginning of the URL.
func (c ConfigurationURL) String() string { return "Configuration URL " + quoted(c.URL) }
