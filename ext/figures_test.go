package ext_test

import (
	"bytes"
	"net/netip"
	"reflect"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// typed is what every typed extension can do.
type typed interface {
	AppendBinary([]byte) ([]byte, error)
	String() string
}

// figure is a typed extension beside its bytes, which are written as the RFC draws
// them, and its line of text.
type figure struct {
	wire, text string
	value      typed
	parse      func(ext.Raw) (any, error)
	gate       func(ext.Raw) error // parse without a box around the result
	equal      func(a, b any) bool // the type's own Equal; == where it has none
}

func drawn[T typed](wire string, parse func(ext.Raw) (T, error), v T, text string) figure {
	return figure{
		wire: wire, text: text, value: v,
		parse: func(x ext.Raw) (any, error) { return parse(x) },
		gate:  func(x ext.Raw) error { _, err := parse(x); return err },
		equal: func(a, b any) bool {
			if e, ok := a.(interface{ Equal(T) bool }); ok {
				w, ok := b.(T)
				return ok && e.Equal(w)
			}
			return a == b
		},
	}
}

// vendored is drawn for what a vendor extension holds.
func vendored[T typed](wire string, parse func(ext.VendorExtension) (T, error), v T, text string) figure {
	return drawn(wire, func(x ext.Raw) (T, error) {
		e, err := ext.ParseVendorExtension(x)
		if err != nil {
			var none T
			return none, err
		}
		return parse(e)
	}, v, text)
}

func address(s string) netip.Addr { return netip.MustParseAddr(s) }

// addresses and structures are written by hand, as the figures have them.
var (
	nonce      = []byte("0123456789abcdef")
	addresses  = ext.AddressList{203, 0, 113, 1, 203, 0, 113, 2}
	structures = ext.PrefixStructures(unhex("40 c0000221  1c c0000200 03666f6f00  9a 09 8000"))
)

// figures has a row for every type, written from the figures of the RFCs.
var figures = []figure{
	// RFC 5944 §1.8: a byte.
	drawn("00", ext.ParsePadding, ext.Padding{}, "One-byte Padding"),
	// RFC 3519 §3.1: Type, Length, Sub-Type, Reserved 1; F R Reserved 2, Encapsulation, Reserved 3.
	drawn("90 06 00 00  c0 2f 0000", ext.ParseUDPTunnelRequest, ext.UDPTunnelRequest{Force: true, ThroughForeignAgent: true, Encapsulation: 47}, "UDP Tunnel Request F R encapsulation 47"),
	drawn("90 06 00 00  80 00 0000", ext.ParseUDPTunnelRequest, ext.UDPTunnelRequest{Force: true}, "UDP Tunnel Request F encapsulation 0"),
	drawn("90 06 00 00  40 04 0000", ext.ParseUDPTunnelRequest, ext.UDPTunnelRequest{ThroughForeignAgent: true, Encapsulation: 4}, "UDP Tunnel Request R encapsulation 4"),
	// RFC 3519 §3.2: Type, Length, Sub-Type, Reply Code; F Reserved, Keepalive Interval.
	drawn("2c 06 00 00  8000 006e", ext.ParseUDPTunnelReply, ext.UDPTunnelReply{Forced: true, KeepaliveInterval: 110}, "UDP Tunnel Reply 0 (will do tunnelling) F keepalive 110s"),
	drawn("2c 06 00 40  0000 0102", ext.ParseUDPTunnelReply, ext.UDPTunnelReply{ReplyCode: code.UDPTunnelDeclined, KeepaliveInterval: 258}, "UDP Tunnel Reply 64 (tunnelling declined, reason unspecified) keepalive 258s"),
	// RFC 3543 §3.2: Type, Length, I Reserved; Timestamp.
	drawn("89 06 8000  01020304", ext.ParseRevocationSupport, ext.RevocationSupport{Inform: true, Timestamp: 0x01020304}, "Revocation Support I timestamp 16909060"),
	// RFC 5177 §4.1: Type, Length, Sub-Type, Prefix Length; Prefix.
	drawn("94 06 00 18  c0000281", ext.ParseMobileNetworkRequest, ext.MobileNetworkRequest{24, address("192.0.2.129")}, "Mobile Network Request 192.0.2.129/24"),
	// RFC 5177 §4.2: Type, Length, Sub-Type, Code; Prefix Length, Reserved, Prefix.
	drawn("94 08 01 02  18 00 c0000200", ext.ParseMobileNetworkAckExplicit, ext.MobileNetworkAckExplicit{code.MobileNetworkUnauthorized, 24, address("192.0.2.0")},
		"Mobile Network Acknowledgement Explicit 2 (Mobile Router is not authorized for prefix) 192.0.2.0/24"),
	drawn("94 08 02 00  20 00 c0000200", ext.ParseMobileNetworkAckImplicit, ext.MobileNetworkAckImplicit{0, 32, address("192.0.2.0")},
		"Mobile Network Acknowledgement Implicit 0 (success) 192.0.2.0/32"),
	drawn("94 08 01 01  ff 00 c0000200", ext.ParseMobileNetworkAckExplicit, ext.MobileNetworkAckExplicit{code.MobileNetworkInvalidPrefix, 255, address("192.0.2.0")},
		"Mobile Network Acknowledgement Explicit 1 (invalid prefix) 192.0.2.0/255"),
	// RFC 4636 §3: Type, Length, Sub-Type, Status.
	drawn("2d 02 00 44", ext.ParseFAError, ext.FAError{68}, "FA Error 68 (home agent failed authentication)"),
	// RFC 6245 §5: Type, Sub-Type, Length; Key Identifier.
	drawn("30 00 0004  feedface", ext.ParseGREKey, ext.GREKey{0xfeedface}, "GRE Key 4277009102"),
	// RFC 3024 §3.3: Type, Length.
	drawn("82 00", ext.ParseEncapsulatingDelivery, ext.EncapsulatingDelivery{}, "Encapsulating Delivery Style"),
	// RFC 5265 §3.4: Type, Length, Sub-Type, Reserved.
	drawn("95 02 00 00", ext.ParseTrustedNetworks, ext.TrustedNetworks{}, "Trusted Networks Configured"),
	// RFC 2356 §7.3: Type, Length, Reserved; MN to HA, HA to MN Traversal Address.
	drawn("81 0a 0000  cb0071fe  00000000", ext.ParseSKIPTraversal, ext.SKIPTraversal{address("203.0.113.254"), address("0.0.0.0")},
		"Traversal MN to HA 203.0.113.254 HA to MN 0.0.0.0"),
	// RFC 4433 §3.4, erratum 898: Type, Length, Sub-Type; HA-Address.
	drawn("8b 05 01  c6336402", ext.ParseRequestedHA, ext.RequestedHA{address("198.51.100.2")}, "Requested HA 198.51.100.2"),
	drawn("8b 05 02  c6336403", ext.ParseRedirectedHA, ext.RedirectedHA{address("198.51.100.3")}, "Redirected HA 198.51.100.3"),
	// RFC 4857 §9.1: Type, Length, reserved; GFA IP Address.
	drawn("2e 06 0000  cb007146", ext.ParseGFAAddress, ext.GFAAddress{address("203.0.113.70")}, "GFA IP Address 203.0.113.70"),
	// RFC 4857 §9.2: Type, Length, reserved; FA IP Address.
	drawn("8c 06 0000  cb007105", ext.ParseHierarchicalFA, ext.HierarchicalFA{address("203.0.113.5")}, "Hierarchical Foreign Agent 203.0.113.5"),
	// RFC 4857 §9.3: Type, Length, Replay Protection Style; Initial Identification.
	drawn("8d 0a 0001  a8f1c2d300000001", ext.ParseReplayProtectionStyle, ext.ReplayProtectionStyle{code.ReplayProtectionNonce, 0xa8f1c2d300000001},
		"Replay Protection Style 1 (nonce) id a8f1c2d300000001"),
	// RFC 4857 §9.4: Type, Length, reserved; Regional Registration Lifetime.
	drawn("8e 06 0000  00000708", ext.ParseRegionalLifetime, ext.RegionalLifetime{1800}, "Regional Registration Lifetime 1800s"),
	drawn("8e 06 0000  0000ffff", ext.ParseRegionalLifetime, ext.RegionalLifetime{0xffff}, "Regional Registration Lifetime infinite"),
	drawn("8e 06 0000  00000000", ext.ParseRegionalLifetime, ext.RegionalLifetime{}, "Regional Registration Lifetime deregistered"),
	// RFC 3957 §6.1, §6.3: Type, Subtype, Length; Mobile Node SPI.
	drawn("28 01 0004  00000101", ext.ParseMNFAKeyRequest, ext.MNFAKeyRequest{257}, "MN-FA Key Generation Nonce From AAA Request SPI 257"),
	drawn("2a 01 0004  80000000", ext.ParseMNHAKeyRequest, ext.MNHAKeyRequest{1 << 31}, "MN-HA Key Generation Nonce From AAA Request SPI 2147483648"),
	// RFC 3957 §6.2: Type, Subtype, Length; Lifetime; AAA SPI; FA SPI; Algorithm Identifier, Nonce.
	drawn("29 01 001e  00000708  00000002  00000101  0002 30313233343536373839616263646566", ext.ParseMNFAKeyReply,
		ext.MNFAKeyReply{Lifetime: 1800, AAASPI: 2, FASPI: 257, Algorithm: code.KeyAlgorithmHMACSHA, Nonce: nonce},
		"MN-FA Key Generation Nonce From AAA Reply lifetime 1800s AAA SPI 2 FA SPI 257 algorithm 2 (HMAC-SHA) nonce of 16 bytes"),
	// RFC 3957 §6.4: Type, Subtype, Length; Lifetime; AAA SPI; HA SPI; Algorithm Identifier, Replay Method; Nonce.
	drawn("2b 01 0020  00000708  00000002  00000102  0001 0003  30313233343536373839616263646566", ext.ParseMNHAKeyReply,
		ext.MNHAKeyReply{Lifetime: 1800, AAASPI: 2, HASPI: 258, Algorithm: code.KeyAlgorithmHMACMD5, ReplayMethod: code.ReplayMethodNonces, Nonce: nonce},
		"MN-HA Key Generation Nonce From AAA Reply lifetime 1800s AAA SPI 2 HA SPI 258 algorithm 1 (HMAC-MD5) replay 3 (nonces) nonce of 16 bytes"),
	// RFC 2794 §2: Type, Length, MN-NAI. RFC 4721 §4: Type, Length, Challenge.
	drawn("83 03 406162", ext.ParseMobileNodeNAI, ext.MobileNodeNAI{Identifier: []byte("@ab")}, `Mobile Node NAI "@ab"`),
	drawn("84 04 deadbeef", ext.ParseChallenge, ext.Challenge{Value: unhex("deadbeef")}, "Mobile-Foreign Challenge deadbeef"),
	// RFC 3846 §3: Type, Length, Sub-Type, NAI.
	drawn("88 05 01 68614072", ext.ParseHAIdentity, ext.HAIdentity{NAI: []byte("ha@r")}, `HA Identity "ha@r"`),
	drawn("88 05 02 61614072", ext.ParseAAAHIdentity, ext.AAAHIdentity{NAI: []byte("aa@r")}, `AAAH Identity "aa@r"`),
	drawn("88 05 03 66614072", ext.ParseFANAI, ext.FANAI{NAI: []byte("fa@r")}, `FA-NAI "fa@r"`),
	// RFC 4881 §9.1 to §9.7: Type, Length, Sub-Type, and the address.
	drawn("8a 04 01 313a32", ext.ParseIMSI3GPP2, ext.IMSI3GPP2{IMSI: []byte("1:2")}, `3GPP2 IMSI Link Layer Address and Connection ID "1:2"`),
	drawn("8a 03 02 f0e1", ext.ParseIMSI3GPP, ext.IMSI3GPP{IMSI: unhex("f0e1")}, "3GPP IMSI Link Layer Address f0e1"),
	drawn("8a 07 03 02005e100001", ext.ParseEthernetAddress, ext.EthernetAddress{[6]byte(unhex("02005e100001"))}, "Ethernet Link Layer Address 02:00:5e:10:00:01"),
	drawn("8a 09 04 02005efffe100001", ext.ParseEUI64Address, ext.EUI64Address{[8]byte(unhex("02005efffe100001"))},
		"IEEE 64-Bit Global Identifier (EUI-64) Address 02:00:5e:ff:fe:10:00:01"),
	drawn("8a 05 05 cb007106", ext.ParseSolicitedIPv4Address, ext.SolicitedIPv4Address{address("203.0.113.6")}, "Solicited IPv4 Address 203.0.113.6"),
	drawn("8a 05 06 00000007", ext.ParseAccessPointID, ext.AccessPointID{7}, "Access Point Identifier 7"),
	drawn("8a 05 07 cb007107", ext.ParseFAIPv4Address, ext.FAIPv4Address{address("203.0.113.7")}, "FA IPv4 Address 203.0.113.7"),
	// RFC 5563 §5.1: Type, Sub-Type, Length; Method. §5.2 to §5.5: Type, Length, Sub-Type, then as named.
	drawn("2f 01 0001  02", ext.ParseProxyAuthMethod, ext.ProxyAuthMethod{code.ProxyAuthIPsec}, "PMIPv4 Per-Node Authentication Method 2 (IPsec Authentication)"),
	drawn("93 03 01 abcd", ext.ParseInterfaceID, ext.InterfaceID{Identifier: unhex("abcd")}, "PMIPv4 Interface ID abcd"),
	drawn("93 04 02 02 a000", ext.ParseDeviceID, ext.DeviceID{code.DeviceIDMEID, unhex("a000")}, "PMIPv4 Device ID 2 (Mobile Equipment Identifier (MEID)) a000"),
	drawn("93 04 03 01 3132", ext.ParseSubscriberID, ext.SubscriberID{code.SubscriberIDIMSI, []byte("12")},
		"PMIPv4 Subscriber ID 1 (International Mobile Subscriber Identity (IMSI)) 3132"),
	drawn("93 02 04 05", ext.ParseAccessTechnology, ext.AccessTechnology{code.AccessLTE}, "PMIPv4 Access Technology Type 5 (3GPP EUTRAN/LTE)"),
	// RFC 5446 §3: Type, Length, Identifier. RFC 4917 §3: Type, Length, Sub-Type, Text.
	drawn("97 03 696d73", ext.ParseServiceSelection, ext.ServiceSelection{Identifier: []byte("ims")}, `Service Selection "ims"`),
	drawn("91 04 01 c3a921", ext.ParseMessageStringHA, ext.MessageStringHA{Text: []byte("é!")}, `Message String from HA "é!"`),
	drawn("91 02 02 21", ext.ParseMessageStringFA, ext.MessageStringFA{Text: []byte("!")}, `Message String from FA "!"`),
	// RFC 6521 §5.1: Type, Length, Subtype, A R S O Rsvd; Optional Mobile Router HoA.
	drawn("99 02 01 d0", ext.ParseRouteOptimizationCapability, ext.RouteOptimizationCapability{Advertise: true, Request: true, OutboundOnly: true},
		"Mobile Router Route Optimization Capability A R O"),
	drawn("99 06 01 20  c0000221", ext.ParseRouteOptimizationCapability, ext.RouteOptimizationCapability{Solicit: true, HomeAddress: address("192.0.2.33")},
		"Mobile Router Route Optimization Capability S 192.0.2.33"),
	// RFC 6521 §5.2: Type, Length, Subtype, O N S Code.
	drawn("31 02 01 d0", ext.ParseRouteOptimizationReply, ext.RouteOptimizationReply{OutboundOnly: true, NATDetected: true, Code: code.RouteOptimizationDeclined},
		"Route Optimization Reply O N 16 (route optimization declined; reason unspecified)"),
	drawn("31 02 01 3f", ext.ParseRouteOptimizationReply, ext.RouteOptimizationReply{Solicited: true, Code: 31}, "Route Optimization Reply S 31"),
	// RFC 6521 §5.3: Type, Length, Subtype, Reserved; Home, Care-of Nonce Index; Authenticator.
	drawn("31 08 02 00  0017 0018  a1a2", ext.ParseMobileCorrespondentAuth, ext.MobileCorrespondentAuth{23, 24, unhex("a1a2")},
		"Mobile-Correspondent Authentication home nonce 23 care-of nonce 24 authenticator a1a2"),
	// RFC 6521 §5.4: Type, Length, Subtype, Reserved; Care-of Addresses.
	drawn("31 0a 03 00  cb007101  cb007102", ext.ParseCareOfAddress, ext.CareOfAddress{Addresses: addresses}, "Care-of Address 203.0.113.1 203.0.113.2"),
	// RFC 6521 §5.5: Type, Subtype, Length; structures.
	drawn("32 01 0013  40 c0000221  1c c0000200 03666f6f00  9a 09 8000", ext.ParseRouteOptimizationPrefix, ext.RouteOptimizationPrefix{Structures: structures},
		"Route Optimization Prefix Advertisement 192.0.2.33 192.0.2.0/28 192.0.2.64/26"),
	// RFC 7629 §4.1: Type, Subtype, Length; If-ATT, If-Label, Binding ID, B O Reserved.
	drawn("9a 01 0004  05 ff fe 80", ext.ParseMultipath, ext.Multipath{IfATT: 5, IfLabel: 255, BindingID: 254, BulkReregistration: true},
		"Multipath access technology 5 label 255 BID 254 B"),
	drawn("9a 01 0004  04 01 02 40", ext.ParseMultipath, ext.Multipath{IfATT: 4, IfLabel: 1, BindingID: 2, Overwrite: true},
		"Multipath access technology 4 label 1 BID 2 O"),
	// RFC 7629 §4.2: Type, Subtype, Length; Action, BID Count, BID List; TS Format, Traffic Selector.
	drawn("9a 02 0007  01 02 0201  01 8000", ext.ParseFlowBinding, ext.FlowBinding{code.FlowForward, []byte{2, 1}, code.TrafficSelectorIPv4, unhex("8000")},
		"Flow-Binding 1 (FORWARD) BIDs 0201 format 1 (IPv4 Binary Traffic Selector) selector 8000"),
	drawn("9a 02 0004  00 01 ff  02", ext.ParseFlowBinding, ext.FlowBinding{code.FlowDrop, []byte{255}, code.TrafficSelectorIPv6, nil},
		"Flow-Binding 0 (DROP) BIDs ff format 2 (IPv6 Binary Traffic Selector) selector "),
	// RFC 3115 §2.1: Type, Reserved, Length; Vendor/Org-ID; Vendor-CVSE-Type, Value.
	drawn("26 00 0008  00003297  0005 abcd", ext.ParseVendorExtension, ext.VendorExtension{true, 12951, 5, unhex("abcd")},
		"Critical Vendor/Organization Specific vendor 12951 type 5 value abcd"),
	// RFC 3115 §2.2: Type, Length, Reserved; Vendor/Org-ID; Vendor-NVSE-Type, Value.
	drawn("86 08 0000  00ffffff  ffff", ext.ParseVendorExtension, ext.VendorExtension{false, 0xffffff, 0xffff, nil},
		"Normal Vendor/Organization Specific vendor 16777215 type 65535 value "),
	// RFC 4784 §9, the sizes of which are printed.
	vendored("26 00 0007  00003297  0001 0b", ext.ParseMIPKeyRequest, ext.MIPKeyRequest{11}, "MIP_Key_Request PKOID 11"),
	vendored("26 00 000c  00003297  0002 c1c2 0b010017", ext.ParseMIPKeyData, ext.MIPKeyData{unhex("c1c2"), 0x0b010017}, "MIP_Key_Data payload of 2 bytes public key 0b010017"),
	vendored("26 00 000e  00003297  0003 a1b2c3d4e5f60718", ext.ParseAAAAuthenticator, ext.AAAAuthenticator{[8]byte(unhex("a1b2c3d4e5f60718"))}, "AAA_Authenticator a1b2c3d4e5f60718"),
	vendored("26 00 0006  00003297  0004", ext.ParsePublicKeyInvalid, ext.PublicKeyInvalid{}, "Public Key Invalid"),
	// RFC 4332 §3.1 to §3.8: Sub-Type of 16 bits, and what it has.
	vendored("86 0c 0000  00000009  000e 0000 0102", ext.ParseHostConfigurationRequest, ext.HostConfigurationRequest{0x102}, "Host Configuration Request selector 258"),
	vendored("86 0c 0000  00000009  000e 0001 0018", ext.ParseHomeNetworkPrefixLength, ext.HomeNetworkPrefixLength{24}, "Home Network Prefix Length 24"),
	vendored("86 12 0000  00000009  000e 0002 c0000235 c0000236", ext.ParseDNSServer, ext.DNSServer{address("192.0.2.53"), address("192.0.2.54")}, "DNS Server 192.0.2.53 192.0.2.54"),
	vendored("86 0e 0000  00000009  000e 0003 c0000243", ext.ParseDHCPServer, ext.DHCPServer{address("192.0.2.67")}, "DHCP Server 192.0.2.67"),
	vendored("86 0d 0000  00000009  000e 0004 010203", ext.ParseDHCPClientID, ext.DHCPClientID{ClientID: unhex("010203")}, "DHCP Client ID 010203"),
	vendored("86 0e 0000  00000009  000e 0005 c0000201", ext.ParseDefaultGateway, ext.DefaultGateway{address("192.0.2.1")}, "Default Gateway 192.0.2.1"),
	vendored("86 0d 0000  00000009  000e 0006 612e62", ext.ParseDNSSuffix, ext.DNSSuffix{Suffix: []byte("a.b")}, `DNS Suffix "a.b"`),
	vendored("86 0f 0000  00000009  000e 0007 703a2f2f61", ext.ParseConfigurationURL, ext.ConfigurationURL{URL: []byte("p://a")}, `Configuration URL "p://a"`),
}

// only returns the extension of a list of one.
func only(t testing.TB, b []byte) ext.Raw {
	t.Helper()
	l, err := ext.Parse(b, 0)
	if err != nil {
		t.Fatalf("%x: %v", b, err)
	}
	x, ok := l.First()
	if !ok || len(x.Bytes()) != len(b) {
		t.Fatalf("%x is not one extension", b)
	}
	return x
}

func TestFigures(t *testing.T) {
	for _, f := range figures {
		wire := unhex(f.wire)
		t.Run(f.text, func(t *testing.T) {
			got, err := f.parse(only(t, wire))
			if err != nil || !f.equal(got, f.value) || !f.equal(f.value, got) {
				t.Errorf("parsed %+v, %v, want %+v", got, err, f.value)
			}
			buf := bytes.Repeat([]byte{0xa5}, 96)
			b, err := f.value.AppendBinary(buf[:5])
			if want := append(bytes.Repeat([]byte{0xa5}, 5), wire...); err != nil || !bytes.Equal(b, want) {
				t.Errorf("appended %x, %v, want %x", b, err, want)
			}
			if &b[0] != &buf[0] || bytes.Count(buf[len(b):], []byte{0xa5}) != 96-len(b) {
				t.Errorf("another buffer, or more of it, was written: %x", buf)
			}
			if s := f.value.String(); s != f.text {
				t.Errorf("String %q, want %q", s, f.text)
			}
			if _, err := f.parse(only(t, unhex("c8 00"))); err != ext.ErrKind {
				t.Errorf("another kind: %v", err)
			}
		})
	}
}

// TestFiguresDiffer: Equal tells every value from all others of its type, and from one in
// which a single byte differs.
func TestFiguresDiffer(t *testing.T) {
	for _, f := range figures {
		x := only(t, unhex(f.wire))
		for _, g := range figures {
			if f.wire != g.wire && reflect.TypeOf(f.value) == reflect.TypeOf(g.value) && f.equal(f.value, g.value) {
				t.Errorf("%s equals %s", f.text, g.text)
			}
		}
		for i := len(x.Bytes()) - len(x.Body()); i < len(x.Bytes()); i++ {
			b := unhex(f.wire)
			b[i] ^= 1
			v, err := f.parse(only(t, b))
			if err != nil {
				continue
			}
			// A reserved byte makes no difference; what does is written back.
			again, err := v.(typed).AppendBinary(nil)
			if err == nil && f.equal(v, f.value) != bytes.Equal(again, unhex(f.wire)) {
				t.Errorf("%s: byte %d changed: equal %v, written %x", f.text, i, f.equal(v, f.value), again)
			}
		}
	}
}

// TestEveryKindDrawn: no row of the registry is without a figure above, but for those of
// Auth, of RFC 5454, and the vendor extensions of RFC 3025, which are written as those of
// RFC 3115.
func TestEveryKindDrawn(t *testing.T) {
	seen := map[ext.Kind]bool{ext.KindLegacyCVSE: true, ext.KindLegacyNVSE: true}
	for _, f := range figures {
		seen[only(t, unhex(f.wire)).Kind()] = true
	}
	for r := range ext.Registry() {
		auth := strings.HasSuffix(r.Name, " Authentication") && r.Kind != ext.KindMobileCorrespondentAuth
		if !seen[r.Kind] && !auth && r.Kind.Type() != 152 {
			t.Errorf("%v has no figure", r.Kind)
		}
	}
}

// TestReservedIgnored: bits that are reserved change nothing, and are written as zero.
func TestReservedIgnored(t *testing.T) {
	for wire, plain := range map[string]string{
		"90 06 00 ff  bf 04 0000":               "90 06 00 00  80 04 0000",
		"2c 06 00 00  7fff 0001":                "2c 06 00 00  0000 0001",
		"89 06 7fff  00000001":                  "89 06 0000  00000001",
		"89 09 8000  00000001 abcdef":           "89 06 8000  00000001",
		"94 08 01 00  18 a5 c0000200":           "94 08 01 00  18 00 c0000200",
		"94 08 02 00  18 a5 c0000200":           "94 08 02 00  18 00 c0000200",
		"95 02 00 ff":                           "95 02 00 00",
		"81 0a ffff  cb0071fe 00000000":         "81 0a 0000  cb0071fe 00000000",
		"2e 06 ffff  cb007146":                  "2e 06 0000  cb007146",
		"8c 06 ffff  cb007146":                  "8c 06 0000  cb007146",
		"8e 06 ffff  00000001":                  "8e 06 0000  00000001",
		"8d 02 0001":                            "8d 0a 0001  0000000000000000",
		"99 02 01 8f":                           "99 02 01 80",
		"31 06 02 ff  0017 0018":                "31 06 02 00  0017 0018",
		"31 06 03 ff  cb007101":                 "31 06 03 00  cb007101",
		"9a 01 0004  04 01 02 bf":               "9a 01 0004  04 01 02 80",
		"26 ff 0006  00003297  0005":            "26 00 0006  00003297  0005",
		"86 08 ffff  00003297  0005":            "86 08 0000  00003297  0005",
		"25 00 0007  00003297  0005 61":         "26 00 0007  00003297  0005 61",
		"85 09 0000  00003297  0005 61":         "86 09 0000  00003297  0005 61",
		"8b 01 0004  c6336402":                  "8b 05 01  c6336402",
		"8b 02 0004  c6336402":                  "8b 05 02  c6336402",
		"86 0a 0000  00000009  000e 0007":       "86 0c 0000  00000009  000e 0000 0007",
		"86 0a 0000  00000009  000e 0118":       "86 0c 0000  00000009  000e 0001 0018",
		"86 0d 0000  00000009  000e 05c0000201": "86 0e 0000  00000009  000e 0005 c0000201",
		"86 0b 0000  00000009  000e 066162":     "86 0c 0000  00000009  000e 0006 6162",
	} {
		found := false
		for _, f := range figures {
			v, err := f.parse(only(t, unhex(wire)))
			if err != nil {
				continue
			}
			// Of a vendor extension the figure that reads the vendor's part is asked.
			if _, ok := v.(ext.VendorExtension); ok && strings.Contains(wire, "00000009  000e") {
				continue
			}
			found = true
			if b, err := v.(typed).AppendBinary(nil); err != nil || !bytes.Equal(b, unhex(plain)) {
				t.Errorf("%s written as %x, %v, want %s", wire, b, err, plain)
			}
		}
		if !found {
			t.Errorf("%s: no type reads it", wire)
		}
	}
}
