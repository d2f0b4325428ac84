package fuzz

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// extensionFuncs are those of the extensions with types of their own, beside those of
// dual stack, and of what they contain.
func extensionFuncs() []any {
	return []any{
		adapt(func(s *source) code.AccessTechnology { return code.AccessTechnology(s.n(256)) }),
		adapt(func(s *source) code.DeviceIDType { return code.DeviceIDType(s.n(256)) }),
		adapt(func(s *source) code.FlowAction { return code.FlowAction(s.n(256)) }),
		adapt(func(s *source) code.KeyAlgorithm { return code.KeyAlgorithm(s.n(1 << 16)) }),
		adapt(func(s *source) code.MobileNetwork { return code.MobileNetwork(s.n(256)) }),
		adapt(func(s *source) code.ProxyAuthMethod { return code.ProxyAuthMethod(s.n(256)) }),
		adapt(func(s *source) code.ReplayMethod { return code.ReplayMethod(s.n(1 << 16)) }),
		adapt(func(s *source) code.ReplayProtectionStyle { return code.ReplayProtectionStyle(s.n(1 << 16)) }),
		adapt(func(s *source) code.RouteOptimization { return code.RouteOptimization(s.n(32)) }),
		adapt(func(s *source) code.SubscriberIDType { return code.SubscriberIDType(s.n(256)) }),
		adapt(func(s *source) code.TrafficSelectorFormat { return code.TrafficSelectorFormat(s.between(1, 2)) }),
		adapt(func(s *source) code.UDPTunnel { return code.UDPTunnel(s.n(256)) }),

		read(ext.KindPadding, ext.ParsePadding),
		read(ext.KindNVSE, ext.ParseVendorExtension),
		read(ext.KindMNFAKeyRequest, ext.ParseMNFAKeyRequest),
		read(ext.KindMNFAKeyReply, ext.ParseMNFAKeyReply),
		read(ext.KindMNHAKeyRequest, ext.ParseMNHAKeyRequest),
		read(ext.KindMNHAKeyReply, ext.ParseMNHAKeyReply),
		read(ext.KindUDPTunnelReply, ext.ParseUDPTunnelReply),
		read(ext.KindFAError, ext.ParseFAError),
		read(ext.KindGFAAddress, ext.ParseGFAAddress),
		read(ext.KindProxyAuthMethod, ext.ParseProxyAuthMethod),
		read(ext.KindGREKey, ext.ParseGREKey),
		read(ext.KindRouteOptimizationReply, ext.ParseRouteOptimizationReply),
		read(ext.KindMobileCorrespondentAuth, ext.ParseMobileCorrespondentAuth),
		read(ext.KindCareOfAddress, ext.ParseCareOfAddress),
		adapt(func(s *source) ext.AddressList {
			return value(s, ext.KindCareOfAddress, ext.ParseCareOfAddress).Addresses
		}),
		read(ext.KindRouteOptimizationPrefix, ext.ParseRouteOptimizationPrefix),
		adapt(structures),
		adapt(structure),
		read(ext.KindSKIPTraversal, ext.ParseSKIPTraversal),
		read(ext.KindEncapsulatingDelivery, ext.ParseEncapsulatingDelivery),
		read(ext.KindMobileNodeNAI, ext.ParseMobileNodeNAI),
		read(ext.KindChallenge, ext.ParseChallenge),
		read(ext.KindHAIdentity, ext.ParseHAIdentity),
		read(ext.KindAAAHIdentity, ext.ParseAAAHIdentity),
		read(ext.KindFANAI, ext.ParseFANAI),
		read(ext.KindRevocationSupport, ext.ParseRevocationSupport),
		read(ext.KindIMSI3GPP2, ext.ParseIMSI3GPP2),
		read(ext.KindIMSI3GPP, ext.ParseIMSI3GPP),
		read(ext.KindEthernetAddress, ext.ParseEthernetAddress),
		read(ext.KindEUI64Address, ext.ParseEUI64Address),
		read(ext.KindSolicitedIPv4Address, ext.ParseSolicitedIPv4Address),
		read(ext.KindAccessPointID, ext.ParseAccessPointID),
		read(ext.KindFAIPv4Address, ext.ParseFAIPv4Address),
		read(ext.KindRequestedHA, ext.ParseRequestedHA),
		read(ext.KindRedirectedHA, ext.ParseRedirectedHA),
		read(ext.KindHierarchicalFA, ext.ParseHierarchicalFA),
		read(ext.KindReplayProtectionStyle, ext.ParseReplayProtectionStyle),
		read(ext.KindRegionalLifetime, ext.ParseRegionalLifetime),
		read(ext.KindUDPTunnelRequest, ext.ParseUDPTunnelRequest),
		read(ext.KindMessageStringHA, ext.ParseMessageStringHA),
		read(ext.KindMessageStringFA, ext.ParseMessageStringFA),
		read(ext.KindInterfaceID, ext.ParseInterfaceID),
		read(ext.KindDeviceID, ext.ParseDeviceID),
		read(ext.KindSubscriberID, ext.ParseSubscriberID),
		read(ext.KindAccessTechnology, ext.ParseAccessTechnology),
		read(ext.KindMobileNetworkRequest, ext.ParseMobileNetworkRequest),
		read(ext.KindMobileNetworkAckExplicit, ext.ParseMobileNetworkAckExplicit),
		read(ext.KindMobileNetworkAckImplicit, ext.ParseMobileNetworkAckImplicit),
		read(ext.KindTrustedNetworks, ext.ParseTrustedNetworks),
		read(ext.KindServiceSelection, ext.ParseServiceSelection),
		read(ext.KindRouteOptimizationCapability, ext.ParseRouteOptimizationCapability),
		read(ext.KindMultipath, ext.ParseMultipath),
		read(ext.KindFlowBinding, ext.ParseFlowBinding),

		// What vendor extensions hold.
		adapt(func(s *source) ext.MIPKeyRequest { return ext.MIPKeyRequest{PKOID: byte(s.n(256))} }),
		adapt(func(s *source) ext.MIPKeyData {
			return ext.MIPKeyData{Payload: s.append(nil, s.between(64, 128)), PublicKey: uint32(s.uint64())}
		}),
		adapt(func(s *source) (a ext.AAAAuthenticator) {
			s.append(a.Authenticator[:0], len(a.Authenticator))
			return a
		}),
		adapt(func(*source) ext.PublicKeyInvalid { return ext.PublicKeyInvalid{} }),
		adapt(func(s *source) ext.PPPLinkIndicator { return ext.PPPLinkIndicator{Indicator: uint16(s.n(3))} }),
		adapt(func(s *source) ext.DNSServer3GPP2 {
			return ext.DNSServer3GPP2{Entity: byte(s.n(256)), Primary: ipv4(s), Secondary: ipv4(s)}
		}),
		adapt(func(s *source) ext.HostConfigurationRequest {
			return ext.HostConfigurationRequest{Selector: uint16(s.uint64())}
		}),
		adapt(func(s *source) ext.HomeNetworkPrefixLength {
			return ext.HomeNetworkPrefixLength{PrefixLength: uint16(s.between(0, 32))}
		}),
		adapt(func(s *source) ext.DNSServer {
			d := ext.DNSServer{Primary: ipv4(s), Secondary: ipv4(s)}
			if s.oneIn(2) {
				d.Secondary = netip.IPv4Unspecified()
			}
			return d
		}),
		adapt(func(s *source) ext.DHCPServer { return ext.DHCPServer{Address: ipv4(s)} }),
		adapt(func(s *source) ext.DHCPClientID {
			return ext.DHCPClientID{ClientID: s.append(nil, s.between(2, longest))}
		}),
		adapt(func(s *source) ext.DefaultGateway { return ext.DefaultGateway{Address: ipv4(s)} }),
		adapt(func(s *source) ext.DNSSuffix {
			return ext.DNSSuffix{Suffix: append(appendLabel(nil, s), ".example"...)}
		}),
		adapt(func(s *source) ext.ConfigurationURL {
			return ext.ConfigurationURL{URL: append(appendLabel([]byte("http://"), s), ".example"...)}
		}),
	}
}

// read makes a function for gofuzz of a kind's Parse.
func read[T any](k ext.Kind, parse func(ext.Raw) (T, error)) any {
	return adapt(func(s *source) T { return value(s, k, parse) })
}

// value returns what Parse reads of an extension of the kind.
func value[T any](s *source, k ext.Kind, parse func(ext.Raw) (T, error)) T {
	msg, _ := ext.AppendRaw(nil, k, appendBody(nil, s, rowOf(k)))
	l, _ := ext.Parse(msg, 0)
	x, _ := l.First()
	v, _ := parse(x)
	return v
}

func structures(s *source) ext.PrefixStructures { return appendStructures(nil, s) }

func structure(s *source) (last ext.PrefixStructure) {
	for p := range structures(s).All() {
		last = p
		if s.oneIn(3) {
			break
		}
	}
	return last
}
