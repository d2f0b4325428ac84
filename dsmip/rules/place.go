package rules

import (
	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// zones is a set of places in a registration message where an extension may
// stand. A place is one side of the authentication extensions on some of the legs
// (RFC 5944 §3.6.1.3, §3.7.2.2, §3.7.3.2, §3.8.3.3).
type zones uint16

const (
	free zones = 1 << iota // anywhere

	// Of requests.
	forHomeAgent    // the mobile node's for the home agent, before Mobile-Home
	keyRequest      // the mobile node's for the AAA server, before MN-AAA
	forForeignAgent // the mobile node's for the foreign agent, behind Mobile-Home
	challenge       // the mobile node's Challenge, behind Mobile-Home and before MN-AAA
	foreignForHome  // the foreign agent's for the home agent, before Foreign-Home

	// Of replies.
	forMobileNode    // the home agent's for the mobile node, before Mobile-Home
	homeForForeign   // the home agent's for the foreign agent, behind Mobile-Home
	foreignForMobile // the foreign agent's for the mobile node, behind Mobile-Home
	returned         // what a home agent returns to a mobile node that should not have sent it
)

// place is where the extensions of a kind may stand: 0 in a message that never
// carries them.
type place struct {
	kind             ext.Kind
	request, reply   zones
	misplaced, wrong *code.Fault // out of place, and in the wrong message
}

// anywhere is the place of the kinds without a row.
var anywhere = place{request: free, reply: free}

// placeOf returns the place of a kind.
func placeOf(k ext.Kind) *place {
	i := uint(firstPlace[k.Type()]) - 'A' // beyond all rows for a dot
	for i < uint(len(places)) && places[i].kind < k {
		i++
	}
	if i < uint(len(places)) && places[i].kind == k {
		return &places[i]
	}
	return &anywhere
}

// Misplaced returns the fault of an extension of kind k that stands where it may
// not in a message that may carry it; nil for a kind that may stand anywhere, and for
// the authentication extensions that divide the message. It is recommended to
// ignore the extension; a text names a reaction only for Revocation Support, which
// stands unprotected then (RFC 3543 §3.2), and for Traversal, which home agent and
// mobile node may ignore wherever it stands (RFC 2356 §7.3).
func Misplaced(k ext.Kind) error {
	if f := placeOf(k).misplaced; f != nil {
		return f
	}
	return nil
}

// WrongMessage returns the fault of an extension of kind k in a request although
// only replies carry it, or in a reply although only requests do; nil for a kind that
// both carry. It is recommended to ignore the extension.
func WrongMessage(k ext.Kind) error {
	if f := placeOf(k).wrong; f != nil {
		return f
	}
	return nil
}

// places has the kinds that may not stand anywhere, in ascending order. The
// authentication extensions of types 32, 33, 34 and MN-AAA are not among them:
// they divide the message. Nor is what no text places: padding, vendor and
// experimental extensions, the other sub-types of 36, and what RFC 4881 has.
var places = [...]place{
	{ext.KindMNFAKeyRequest, keyRequest, 0,
		code.NewFault("MN-FA Key Generation Nonce From AAA Request is out of place", "RFC 3957 §3, §6.1", code.Must, ignore, ignore, ignore),
		code.NewFault("MN-FA Key Generation Nonce From AAA Request in a Registration Reply", "RFC 3957 §6.1", code.Must, ignore, ignore, ignore)},
	{ext.KindMNFAKeyReply, 0, forMobileNode | homeForForeign | foreignForMobile,
		code.NewFault("MN-FA Key Generation Nonce From AAA Reply is out of place", "RFC 3957 §3, §6.2", code.Must, ignore, ignore, ignore),
		code.NewFault("MN-FA Key Generation Nonce From AAA Reply in a Registration Request", "RFC 3957 §6.2", code.Must, ignore, ignore, ignore)},
	{ext.KindMNHAKeyRequest, keyRequest, 0,
		code.NewFault("MN-HA Key Generation Nonce From AAA Request is out of place", "RFC 3957 §3, §6.3", code.Must, ignore, ignore, ignore),
		code.NewFault("MN-HA Key Generation Nonce From AAA Request in a Registration Reply", "RFC 3957 §6.3", code.Must, ignore, ignore, ignore)},
	{ext.KindMNHAKeyReply, 0, forMobileNode,
		code.NewFault("MN-HA Key Generation Nonce From AAA Reply is out of place", "RFC 3957 §3, §6.4", code.Must, ignore, ignore, ignore),
		code.NewFault("MN-HA Key Generation Nonce From AAA Reply in a Registration Request", "RFC 3957 §6.4", code.Must, ignore, ignore, ignore)},
	{ext.KindUDPTunnelReply, 0, forMobileNode | homeForForeign,
		code.NewFault("UDP Tunnel Reply is out of place", "RFC 5944 §3.7.3.2, §3.8.3.3", code.Must, ignore, ignore, ignore),
		code.NewFault("UDP Tunnel Reply in a Registration Request", "RFC 3519 §3.2", code.Must, ignore, ignore, ignore)},
	{ext.KindFAError, 0, foreignForMobile,
		code.NewFault("FA Error is out of place", "RFC 4636 §4, RFC 5944 §3.7.3.2", code.Must, ignore, ignore, ignore),
		code.NewFault("FA Error in a Registration Request", "RFC 4636 §3, §4", code.Must, ignore, ignore, ignore)},
	{ext.KindGFAAddress, foreignForHome, forMobileNode,
		code.NewFault("GFA IP Address is out of place", "RFC 4857 §9.1, RFC 5944 §3.7.2.2", code.Must, ignore, ignore, ignore),
		nil},
	{ext.KindProxyAuthMethod, forHomeAgent | foreignForHome, forMobileNode | homeForForeign,
		code.NewFault("PMIPv4 Per-Node Authentication Method is out of place", "RFC 5563 §5", code.Must, ignore, ignore, ignore),
		nil},
	{ext.KindGREKey, foreignForHome, homeForForeign,
		code.NewFault("GRE Key is out of place", "RFC 6245 §4.1, RFC 5944 §3.7.3.2, §3.8.3.3", code.Must, ignore, ignore, ignore),
		nil},
	{ext.KindRouteOptimizationReply, 0, forMobileNode,
		code.NewFault("Route Optimization Reply is out of place", "RFC 5944 §3.8.3.3", code.Must, ignore, ignore, ignore),
		code.NewFault("Route Optimization Reply in a Registration Request", "RFC 6521 §5.2", code.Must, ignore, ignore, ignore)},
	{ext.KindCareOfAddress, 0, free,
		nil,
		code.NewFault("Care-of Address in a Registration Request", "RFC 6521 §5.4", code.Must, ignore, ignore, ignore)},
	{ext.KindRouteOptimizationPrefix, 0, forMobileNode,
		code.NewFault("Route Optimization Prefix Advertisement is out of place", "RFC 5944 §3.8.3.3", code.Must, ignore, ignore, ignore),
		code.NewFault("Route Optimization Prefix Advertisement in a Registration Request", "RFC 6521 §5.5", code.Must, ignore, ignore, ignore)},
	{ext.KindSKIPTraversal, forHomeAgent, forMobileNode,
		code.NewFault("Traversal is out of place", "RFC 2356 §7.3, RFC 5944 §3.8.3.3", code.Must, mayIgnore, ignore, mayIgnore),
		nil},
	{ext.KindEncapsulatingDelivery, forForeignAgent, 0,
		code.NewFault("Encapsulating Delivery Style is out of place", "RFC 3024 §3.3", code.Must, ignore, ignore, ignore),
		code.NewFault("Encapsulating Delivery Style in a Registration Reply", "RFC 3024 §3.3", code.Must, ignore, ignore, ignore)},
	{ext.KindMobileNodeNAI, forHomeAgent, forMobileNode,
		code.NewFault("Mobile Node NAI is out of place", "RFC 2794 §2, RFC 5944 §3.8.3.3", code.Must, ignore, ignore, ignore),
		nil},
	{ext.KindChallenge, challenge, homeForForeign | foreignForMobile | returned,
		code.NewFault("Mobile-Foreign Challenge is out of place", "RFC 4721 §3.1, §3.2, §3.3, §3.4, RFC 5944 §3.8.3.3", code.Must, ignore, ignore, ignore),
		nil},
	{ext.KindHAIdentity, forHomeAgent | foreignForHome, forMobileNode | foreignForMobile,
		code.NewFault("HA Identity is out of place", "RFC 3846 §3.1", code.Must, ignore, ignore, ignore),
		nil},
	{ext.KindAAAHIdentity, forHomeAgent | foreignForHome, forMobileNode | foreignForMobile,
		code.NewFault("AAAH Identity is out of place", "RFC 3846 §3.1", code.Must, ignore, ignore, ignore),
		nil},
	{ext.KindFANAI, forHomeAgent | foreignForHome, forMobileNode | foreignForMobile,
		code.NewFault("FA-NAI is out of place", "RFC 3846 §3.1, RFC 4857 §8.2", code.Must, ignore, ignore, ignore),
		nil},
	{ext.KindRevocationSupport, forHomeAgent | foreignForHome, forMobileNode | homeForForeign,
		code.NewFault("Revocation Support is out of place", "RFC 3543 §3.2, RFC 5944 §3.7.3.1, §3.7.3.2, §3.8.2.1, §3.8.3.3, RFC 4636 §4", code.Must, badForeignHomeHA, badForeignHomeFA, ignore),
		nil},
	{ext.KindRequestedHA, forHomeAgent, 0,
		code.NewFault("Requested HA is out of place", "RFC 5944 §3.6.1.3", code.Must, ignore, ignore, ignore),
		code.NewFault("Requested HA in a Registration Reply", "RFC 4433 §3.4.1", code.Must, ignore, ignore, ignore)},
	{ext.KindRedirectedHA, 0, forMobileNode,
		code.NewFault("Redirected HA is out of place", "RFC 5944 §3.8.3.3", code.Must, ignore, ignore, ignore),
		code.NewFault("Redirected HA in a Registration Request", "RFC 4433 §3.4.2", code.Must, ignore, ignore, ignore)},
	{ext.KindHierarchicalFA, forHomeAgent | forForeignAgent | foreignForHome, 0,
		code.NewFault("Hierarchical Foreign Agent is out of place", "RFC 4857 §9.2", code.Must, ignore, ignore, ignore),
		code.NewFault("Hierarchical Foreign Agent in a Registration Reply", "RFC 4857 §9.2", code.Must, ignore, ignore, ignore)},
	{ext.KindReplayProtectionStyle, forHomeAgent | forForeignAgent | foreignForHome, forMobileNode | homeForForeign | foreignForMobile,
		code.NewFault("Replay Protection Style is out of place", "RFC 4857 §9.3", code.Must, ignore, ignore, ignore),
		nil},
	{ext.KindRegionalLifetime, 0, homeForForeign | foreignForMobile,
		code.NewFault("Regional Registration Lifetime is out of place", "RFC 4857 §5.3, §9.4", code.Must, ignore, ignore, ignore),
		code.NewFault("Regional Registration Lifetime in a Registration Request", "RFC 4857 §9.4", code.Must, ignore, ignore, ignore)},
	{ext.KindUDPTunnelRequest, forHomeAgent | foreignForHome, 0,
		code.NewFault("UDP Tunnel Request is out of place", "RFC 3519 §4.4, §4.5", code.Must, ignore, ignore, ignore),
		code.NewFault("UDP Tunnel Request in a Registration Reply", "RFC 3519 §3.1", code.Must, ignore, ignore, ignore)},
	{ext.KindMessageStringHA, 0, forMobileNode,
		code.NewFault("Message String from HA is out of place", "RFC 4917 §5", code.Must, ignore, ignore, ignore),
		code.NewFault("Message String from HA in a Registration Request", "RFC 4917 §4", code.Must, ignore, ignore, ignore)},
	{ext.KindMessageStringFA, 0, foreignForMobile,
		code.NewFault("Message String from FA is out of place", "RFC 4917 §5", code.Must, ignore, ignore, ignore),
		code.NewFault("Message String from FA in a Registration Request", "RFC 4917 §4", code.Must, ignore, ignore, ignore)},
	{ext.KindInterfaceID, forHomeAgent | foreignForHome, forMobileNode | homeForForeign,
		code.NewFault("PMIPv4 Interface ID is out of place", "RFC 5563 §5", code.Must, ignore, ignore, ignore),
		nil},
	{ext.KindDeviceID, forHomeAgent | foreignForHome, forMobileNode | homeForForeign,
		code.NewFault("PMIPv4 Device ID is out of place", "RFC 5563 §5", code.Must, ignore, ignore, ignore),
		nil},
	{ext.KindSubscriberID, forHomeAgent | foreignForHome, forMobileNode | homeForForeign,
		code.NewFault("PMIPv4 Subscriber ID is out of place", "RFC 5563 §5", code.Must, ignore, ignore, ignore),
		nil},
	{ext.KindAccessTechnology, forHomeAgent | foreignForHome, 0,
		code.NewFault("PMIPv4 Access Technology Type is out of place", "RFC 5563 §5", code.Must, ignore, ignore, ignore),
		code.NewFault("PMIPv4 Access Technology Type in a Registration Reply", "RFC 5563 §5.5", code.Must, ignore, ignore, ignore)},
	{ext.KindMobileNetworkRequest, forHomeAgent, 0,
		code.NewFault("Mobile Network Request is out of place", "RFC 5177 §10", code.Must, ignore, ignore, ignore),
		code.NewFault("Mobile Network Request in a Registration Reply", "RFC 5177 §4.1", code.Must, ignore, ignore, ignore)},
	{ext.KindMobileNetworkAckExplicit, 0, forMobileNode,
		code.NewFault("Mobile Network Acknowledgement Explicit is out of place", "RFC 5944 §3.8.3.3", code.Must, ignore, ignore, ignore),
		code.NewFault("Mobile Network Acknowledgement Explicit in a Registration Request", "RFC 5177 §4.2", code.Must, ignore, ignore, ignore)},
	{ext.KindMobileNetworkAckImplicit, 0, forMobileNode,
		code.NewFault("Mobile Network Acknowledgement Implicit is out of place", "RFC 5944 §3.8.3.3", code.Must, ignore, ignore, ignore),
		code.NewFault("Mobile Network Acknowledgement Implicit in a Registration Request", "RFC 5177 §4.2", code.Must, ignore, ignore, ignore)},
	{ext.KindTrustedNetworks, 0, forMobileNode,
		code.NewFault("Trusted Networks Configured is out of place", "RFC 5944 §3.8.3.3", code.Must, ignore, ignore, ignore),
		code.NewFault("Trusted Networks Configured in a Registration Request", "RFC 5265 §3.4", code.Must, ignore, ignore, ignore)},
	{ext.KindServiceSelection, forHomeAgent | foreignForHome, forMobileNode | homeForForeign,
		code.NewFault("Service Selection is out of place", "RFC 5446 §3, §4.3", code.Must, ignore, ignore, ignore),
		nil},
	{ext.KindIPv6PrefixRequest, forHomeAgent, 0,
		code.NewFault("IPv6 Prefix Request is out of place", "draft-ietf-mip4-dsmipv4-06 §4.1, RFC 5454 §3.1", code.Must, ignore, ignore, ignore),
		code.NewFault("IPv6 Prefix Request in a Registration Reply", "draft-ietf-mip4-dsmipv4-06 §3.1, RFC 5454 §2.1", code.Must, ignore, ignore, ignore)},
	{ext.KindIPv6PrefixReply, 0, forMobileNode,
		code.NewFault("IPv6 Prefix Reply is out of place", "RFC 5944 §3.8.3.3", code.Must, ignore, ignore, ignore),
		code.NewFault("IPv6 Prefix Reply in a Registration Request", "draft-ietf-mip4-dsmipv4-06 §3.2, RFC 5454 §2.2", code.Must, ignore, ignore, ignore)},
	{ext.KindIPv6TunnelingMode, forHomeAgent | foreignForHome, 0,
		code.NewFault("IPv6 Tunneling Mode is out of place", "draft-ietf-mip4-dsmipv4-06 §4.1, RFC 5454 §3.1", code.Must, ignore, ignore, ignore),
		code.NewFault("IPv6 Tunneling Mode in a Registration Reply", "draft-ietf-mip4-dsmipv4-06 §3.3, RFC 5454 §2.3", code.Must, ignore, ignore, ignore)},
	{ext.KindRouteOptimizationCapability, forHomeAgent, 0,
		code.NewFault("Mobile Router Route Optimization Capability is out of place", "RFC 5944 §3.6.1.3", code.Must, ignore, ignore, ignore),
		code.NewFault("Mobile Router Route Optimization Capability in a Registration Reply", "RFC 6521 §5.1", code.Must, ignore, ignore, ignore)},
	{ext.KindMultipath, forHomeAgent, 0,
		code.NewFault("Multipath is out of place", "RFC 7629 §4.1", code.Must, ignore, ignore, ignore),
		code.NewFault("Multipath in a Registration Reply", "RFC 7629 §4.1", code.Must, ignore, ignore, ignore)},
	{ext.KindFlowBinding, forHomeAgent, forMobileNode,
		code.NewFault("Flow-Binding is out of place", "RFC 7629 §4.2, RFC 5944 §3.8.3.3", code.Must, ignore, ignore, ignore),
		nil},
}

// firstPlace has, for each type, the letter of its first row in places, 'A' being
// the first, and a dot for a type without any. A constant string cannot be changed
// and is indexed by a byte without a bounds check. A test compares it with places.
const firstPlace = "" +
	"................" + // 0
	"................" + // 16
	"........ABCDEFGH" + // 32
	"IJL............." + // 48
	"................" + // 64
	"................" + // 80
	"................" + // 96
	"................" + // 112
	".MNOP...QT.UWXY." + // 128
	"Z[.]ad.efij....." + // 144
	"................" + // 160
	"................" + // 176
	"................" + // 192
	"................" + // 208
	"................" + // 224
	"................" // 240
