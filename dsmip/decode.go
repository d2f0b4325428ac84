package dsmip

import "github.com/go-mobileip/dsmipv4/ext"

// Decode reads the body of any extension: the type that its kind has, here or in
// package ext, or nil for a kind without a row of the registry. The error is the layout
// fault of the typed Parse, or of [ext.Raw.Check]. It is meant for tools: the result is
// boxed, and all types are linked.
func Decode(x ext.Raw) (any, error) {
	switch x.Kind() {
	case ext.KindPadding:
		return boxed(ext.ParsePadding(x))
	case ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth,
		ext.KindMNAAAAuth, ext.KindFAFAAuth, ext.KindMNGFAAuth, ext.KindMNPARAuth:
		return boxed(ext.ParseAuth(x))
	case ext.KindCVSE, ext.KindNVSE, ext.KindLegacyCVSE, ext.KindLegacyNVSE:
		return boxed(ext.ParseVendorExtension(x))
	case ext.KindMNFAKeyRequest:
		return boxed(ext.ParseMNFAKeyRequest(x))
	case ext.KindMNFAKeyReply:
		return boxed(ext.ParseMNFAKeyReply(x))
	case ext.KindMNHAKeyRequest:
		return boxed(ext.ParseMNHAKeyRequest(x))
	case ext.KindMNHAKeyReply:
		return boxed(ext.ParseMNHAKeyReply(x))
	case ext.KindUDPTunnelReply:
		return boxed(ext.ParseUDPTunnelReply(x))
	case ext.KindFAError:
		return boxed(ext.ParseFAError(x))
	case ext.KindGFAAddress:
		return boxed(ext.ParseGFAAddress(x))
	case ext.KindProxyAuthMethod:
		return boxed(ext.ParseProxyAuthMethod(x))
	case ext.KindGREKey:
		return boxed(ext.ParseGREKey(x))
	case ext.KindRouteOptimizationReply:
		return boxed(ext.ParseRouteOptimizationReply(x))
	case ext.KindMobileCorrespondentAuth:
		return boxed(ext.ParseMobileCorrespondentAuth(x))
	case ext.KindCareOfAddress:
		return boxed(ext.ParseCareOfAddress(x))
	case ext.KindRouteOptimizationPrefix:
		return boxed(ext.ParseRouteOptimizationPrefix(x))
	case ext.KindSKIPTraversal:
		return boxed(ext.ParseSKIPTraversal(x))
	case ext.KindEncapsulatingDelivery:
		return boxed(ext.ParseEncapsulatingDelivery(x))
	case ext.KindMobileNodeNAI:
		return boxed(ext.ParseMobileNodeNAI(x))
	case ext.KindChallenge:
		return boxed(ext.ParseChallenge(x))
	case ext.KindHAIdentity:
		return boxed(ext.ParseHAIdentity(x))
	case ext.KindAAAHIdentity:
		return boxed(ext.ParseAAAHIdentity(x))
	case ext.KindFANAI:
		return boxed(ext.ParseFANAI(x))
	case ext.KindRevocationSupport:
		return boxed(ext.ParseRevocationSupport(x))
	case ext.KindIMSI3GPP2:
		return boxed(ext.ParseIMSI3GPP2(x))
	case ext.KindIMSI3GPP:
		return boxed(ext.ParseIMSI3GPP(x))
	case ext.KindEthernetAddress:
		return boxed(ext.ParseEthernetAddress(x))
	case ext.KindEUI64Address:
		return boxed(ext.ParseEUI64Address(x))
	case ext.KindSolicitedIPv4Address:
		return boxed(ext.ParseSolicitedIPv4Address(x))
	case ext.KindAccessPointID:
		return boxed(ext.ParseAccessPointID(x))
	case ext.KindFAIPv4Address:
		return boxed(ext.ParseFAIPv4Address(x))
	case ext.KindRequestedHA:
		return boxed(ext.ParseRequestedHA(x))
	case ext.KindRedirectedHA:
		return boxed(ext.ParseRedirectedHA(x))
	case ext.KindHierarchicalFA:
		return boxed(ext.ParseHierarchicalFA(x))
	case ext.KindReplayProtectionStyle:
		return boxed(ext.ParseReplayProtectionStyle(x))
	case ext.KindRegionalLifetime:
		return boxed(ext.ParseRegionalLifetime(x))
	case ext.KindUDPTunnelRequest:
		return boxed(ext.ParseUDPTunnelRequest(x))
	case ext.KindMessageStringHA:
		return boxed(ext.ParseMessageStringHA(x))
	case ext.KindMessageStringFA:
		return boxed(ext.ParseMessageStringFA(x))
	case ext.KindInterfaceID:
		return boxed(ext.ParseInterfaceID(x))
	case ext.KindDeviceID:
		return boxed(ext.ParseDeviceID(x))
	case ext.KindSubscriberID:
		return boxed(ext.ParseSubscriberID(x))
	case ext.KindAccessTechnology:
		return boxed(ext.ParseAccessTechnology(x))
	case ext.KindMobileNetworkRequest:
		return boxed(ext.ParseMobileNetworkRequest(x))
	case ext.KindMobileNetworkAckExplicit:
		return boxed(ext.ParseMobileNetworkAckExplicit(x))
	case ext.KindMobileNetworkAckImplicit:
		return boxed(ext.ParseMobileNetworkAckImplicit(x))
	case ext.KindTrustedNetworks:
		return boxed(ext.ParseTrustedNetworks(x))
	case ext.KindServiceSelection:
		return boxed(ext.ParseServiceSelection(x))
	case ext.KindIPv6PrefixRequest:
		return boxed(ParsePrefixRequest(x))
	case ext.KindIPv6PrefixReply:
		return boxed(ParsePrefixReply(x))
	case ext.KindIPv6TunnelingMode:
		return boxed(ParseTunnelingMode(x))
	case ext.KindRouteOptimizationCapability:
		return boxed(ext.ParseRouteOptimizationCapability(x))
	case ext.KindMultipath:
		return boxed(ext.ParseMultipath(x))
	case ext.KindFlowBinding:
		return boxed(ext.ParseFlowBinding(x))
	}
	return nil, x.Check()
}

// DecodeVendor reads what a vendor extension holds, where the vendor's layout is known:
// the extensions of RFC 4784, of RFC 4332 and of 3GPP2, which have their types in package
// ext. It is nil for all else. The error is the layout fault of the typed Parse. Like
// Decode it is meant for tools.
func DecodeVendor(v ext.VendorExtension) (any, error) {
	switch {
	case v.Critical && v.Vendor == ext.VendorVerizon:
		switch v.Type {
		case ext.TypeMIPKeyRequest:
			return boxed(ext.ParseMIPKeyRequest(v))
		case ext.TypeMIPKeyData:
			return boxed(ext.ParseMIPKeyData(v))
		case ext.TypeAAAAuthenticator:
			return boxed(ext.ParseAAAAuthenticator(v))
		case ext.TypePublicKeyInvalid:
			return boxed(ext.ParsePublicKeyInvalid(v))
		}
	case !v.Critical && v.Vendor == ext.Vendor3GPP2:
		switch v.Type {
		case ext.TypePPPLinkIndicator:
			return boxed(ext.ParsePPPLinkIndicator(v))
		case ext.TypeDNSServer3GPP2:
			return boxed(ext.ParseDNSServer3GPP2(v))
		}
	}
	subType, _, ok := v.SubType()
	if !ok {
		return nil, nil
	}
	switch subType {
	case ext.SubTypeHostConfigurationRequest:
		return boxed(ext.ParseHostConfigurationRequest(v))
	case ext.SubTypeHomeNetworkPrefixLength:
		return boxed(ext.ParseHomeNetworkPrefixLength(v))
	case ext.SubTypeDNSServer:
		return boxed(ext.ParseDNSServer(v))
	case ext.SubTypeDHCPServer:
		return boxed(ext.ParseDHCPServer(v))
	case ext.SubTypeDHCPClientID:
		return boxed(ext.ParseDHCPClientID(v))
	case ext.SubTypeDefaultGateway:
		return boxed(ext.ParseDefaultGateway(v))
	case ext.SubTypeDNSSuffix:
		return boxed(ext.ParseDNSSuffix(v))
	case ext.SubTypeConfigurationURL:
		return boxed(ext.ParseConfigurationURL(v))
	}
	return nil, nil
}

func boxed[T any](v T, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return v, nil
}
