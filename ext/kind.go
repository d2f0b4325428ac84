package ext

import "strconv"

// Kind names a row of the registry: the type times 256 plus the sub-type, which
// is 0 for the types that have none. It is the key of Sign and of switch
// statements. An extension of a type with sub-types that is too short to have one
// has a kind of its own, which equals none of the constants.
type Kind uint32

// noSubType marks the kind of a short form of Length 0, which has no sub-type: it
// is the kind of no row, of the sub-type 0 least of all.
const noSubType Kind = 1 << 16

// The kinds of the registry, each with the section that defines it. Where that takes its
// figure from another, Row.Source is the section of the figure.
const (
	KindPadding                     Kind = 0 << 8     // One-byte Padding: RFC 5944 §1.8
	KindMobileHomeAuth              Kind = 32 << 8    // Mobile-Home Authentication: RFC 5944 §3.5.2
	KindMobileForeignAuth           Kind = 33 << 8    // Mobile-Foreign Authentication: RFC 5944 §3.5.3
	KindForeignHomeAuth             Kind = 34 << 8    // Foreign-Home Authentication: RFC 5944 §3.5.4
	KindMNAAAAuth                   Kind = 36<<8 | 1  // Mobile-AAA Authentication: RFC 4721 §5
	KindFAFAAuth                    Kind = 36<<8 | 2  // FA-FA Authentication: RFC 4857 §11
	KindMNGFAAuth                   Kind = 36<<8 | 3  // MN-GFA Authentication: RFC 4857 §11
	KindMNPARAuth                   Kind = 36<<8 | 4  // MN-PAR Authentication: RFC 4988 §8
	KindLegacyCVSE                  Kind = 37 << 8    // Legacy Critical Vendor/Organization Specific: RFC 3025 §2.1
	KindCVSE                        Kind = 38 << 8    // Critical Vendor/Organization Specific: RFC 3115 §2.1
	KindMNFAKeyRequest              Kind = 40<<8 | 1  // MN-FA Key Generation Nonce From AAA Request: RFC 3957 §6.1
	KindMNFAKeyReply                Kind = 41<<8 | 1  // MN-FA Key Generation Nonce From AAA Reply: RFC 3957 §6.2
	KindMNHAKeyRequest              Kind = 42<<8 | 1  // MN-HA Key Generation Nonce From AAA Request: RFC 3957 §6.3
	KindMNHAKeyReply                Kind = 43<<8 | 1  // MN-HA Key Generation Nonce From AAA Reply: RFC 3957 §6.4
	KindUDPTunnelReply              Kind = 44 << 8    // UDP Tunnel Reply: RFC 3519 §3.2
	KindFAError                     Kind = 45 << 8    // FA Error: RFC 4636 §3
	KindGFAAddress                  Kind = 46 << 8    // GFA IP Address: RFC 4857 §9.1
	KindProxyAuthMethod             Kind = 47<<8 | 1  // PMIPv4 Per-Node Authentication Method: RFC 5563 §5.1
	KindGREKey                      Kind = 48 << 8    // GRE Key: RFC 6245 §5
	KindRouteOptimizationReply      Kind = 49<<8 | 1  // Route Optimization Reply: RFC 6521 §5.2
	KindMobileCorrespondentAuth     Kind = 49<<8 | 2  // Mobile-Correspondent Authentication: RFC 6521 §5.3
	KindCareOfAddress               Kind = 49<<8 | 3  // Care-of Address: RFC 6521 §5.4
	KindRouteOptimizationPrefix     Kind = 50<<8 | 1  // Route Optimization Prefix Advertisement: RFC 6521 §5.5
	KindSKIPTraversal               Kind = 129 << 8   // Traversal: RFC 2356 §7.3
	KindEncapsulatingDelivery       Kind = 130 << 8   // Encapsulating Delivery Style: RFC 3024 §3.3
	KindMobileNodeNAI               Kind = 131 << 8   // Mobile Node NAI: RFC 2794 §2
	KindChallenge                   Kind = 132 << 8   // Mobile-Foreign Challenge: RFC 4721 §4
	KindLegacyNVSE                  Kind = 133 << 8   // Legacy Normal Vendor/Organization Specific: RFC 3025 §2.2
	KindNVSE                        Kind = 134 << 8   // Normal Vendor/Organization Specific: RFC 3115 §2.2
	KindHAIdentity                  Kind = 136<<8 | 1 // HA Identity: RFC 3846 §4
	KindAAAHIdentity                Kind = 136<<8 | 2 // AAAH Identity: RFC 3846 §5
	KindFANAI                       Kind = 136<<8 | 3 // FA-NAI: RFC 4857 §8.2
	KindRevocationSupport           Kind = 137 << 8   // Revocation Support: RFC 3543 §3.2
	KindIMSI3GPP2                   Kind = 138<<8 | 1 // 3GPP2 IMSI Link Layer Address and Connection ID: RFC 4881 §9.1
	KindIMSI3GPP                    Kind = 138<<8 | 2 // 3GPP IMSI Link Layer Address: RFC 4881 §9.2
	KindEthernetAddress             Kind = 138<<8 | 3 // Ethernet Link Layer Address: RFC 4881 §9.3
	KindEUI64Address                Kind = 138<<8 | 4 // IEEE 64-Bit Global Identifier (EUI-64) Address: RFC 4881 §9.4
	KindSolicitedIPv4Address        Kind = 138<<8 | 5 // Solicited IPv4 Address: RFC 4881 §9.5
	KindAccessPointID               Kind = 138<<8 | 6 // Access Point Identifier: RFC 4881 §9.6
	KindFAIPv4Address               Kind = 138<<8 | 7 // FA IPv4 Address: RFC 4881 §9.7
	KindRequestedHA                 Kind = 139<<8 | 1 // Requested HA: RFC 4433 §3.4.1
	KindRedirectedHA                Kind = 139<<8 | 2 // Redirected HA: RFC 4433 §3.4.2
	KindHierarchicalFA              Kind = 140 << 8   // Hierarchical Foreign Agent: RFC 4857 §9.2
	KindReplayProtectionStyle       Kind = 141 << 8   // Replay Protection Style: RFC 4857 §9.3
	KindRegionalLifetime            Kind = 142 << 8   // Regional Registration Lifetime: RFC 4857 §9.4
	KindUDPTunnelRequest            Kind = 144 << 8   // UDP Tunnel Request: RFC 3519 §3.1
	KindMessageStringHA             Kind = 145<<8 | 1 // Message String from HA: RFC 4917 §3
	KindMessageStringFA             Kind = 145<<8 | 2 // Message String from FA: RFC 4917 §3
	KindInterfaceID                 Kind = 147<<8 | 1 // PMIPv4 Interface ID: RFC 5563 §5.2
	KindDeviceID                    Kind = 147<<8 | 2 // PMIPv4 Device ID: RFC 5563 §5.3
	KindSubscriberID                Kind = 147<<8 | 3 // PMIPv4 Subscriber ID: RFC 5563 §5.4
	KindAccessTechnology            Kind = 147<<8 | 4 // PMIPv4 Access Technology Type: RFC 5563 §5.5
	KindMobileNetworkRequest        Kind = 148 << 8   // Mobile Network Request: RFC 5177 §4.1
	KindMobileNetworkAckExplicit    Kind = 148<<8 | 1 // Mobile Network Acknowledgement Explicit: RFC 5177 §4.2
	KindMobileNetworkAckImplicit    Kind = 148<<8 | 2 // Mobile Network Acknowledgement Implicit: RFC 5177 §4.2
	KindTrustedNetworks             Kind = 149 << 8   // Trusted Networks Configured: RFC 5265 §3.4
	KindServiceSelection            Kind = 151 << 8   // Service Selection: RFC 5446 §3
	KindIPv6PrefixRequest           Kind = 152<<8 | 1 // IPv6 Prefix Request: draft-ietf-mip4-dsmipv4-06 §3.1, RFC 5454 §2.1
	KindIPv6PrefixReply             Kind = 152<<8 | 2 // IPv6 Prefix Reply: draft-ietf-mip4-dsmipv4-06 §3.2, RFC 5454 §2.2
	KindIPv6TunnelingMode           Kind = 152<<8 | 3 // IPv6 Tunneling Mode: draft-ietf-mip4-dsmipv4-06 §3.3, RFC 5454 §2.3
	KindRouteOptimizationCapability Kind = 153<<8 | 1 // Mobile Router Route Optimization Capability: RFC 6521 §5.1
	KindMultipath                   Kind = 154<<8 | 1 // Multipath: RFC 7629 §4.1
	KindFlowBinding                 Kind = 154<<8 | 2 // Flow-Binding: RFC 7629 §4.2
)

// Type returns the type.
func (k Kind) Type() Type { return Type(k >> 8) }

// SubType returns the sub-type, 0 for the types that have none.
func (k Kind) SubType() uint8 { return uint8(k) }

// String returns the extension's name in its RFC, and the numbers of a kind
// that is not registered: "type 200", "type 152 sub-type 9".
func (k Kind) String() string {
	if r := lookup(k); r != nil {
		return r.Name
	}
	return k.numbers()
}

// numbers returns the type, and the sub-type where the form has one.
func (k Kind) numbers() string {
	s := "type " + strconv.Itoa(int(k.Type()))
	switch k.Type().Form() {
	case Short, Long:
		if k&noSubType != 0 {
			return s + " without sub-type"
		}
		s += " sub-type " + strconv.Itoa(int(k.SubType()))
	}
	return s
}
