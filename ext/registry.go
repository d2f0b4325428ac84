package ext

import (
	"iter"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
)

// Row is one line of the registry: an extension and its layout.
type Row struct {
	Kind     Kind
	Name     string // as its RFC spells it
	Form     Form   // of the header
	Min, Max int    // legal values of the Length field, both included; 0 for Pad
	Step     int    // legal is every Step-th value from Min on; 1 but for structures that repeat or are optional
	Source   string // the section that has the figure
	// BadLength is the fault of an extension whose Length is none of those.
	// The RFCs name no reaction to it; a denial with "poorly formed Request"
	// is recommended.
	BadLength *code.Fault
	Zones     Zones // where it may stand
	// Misplaced is the fault of an extension that stands elsewhere. It is
	// recommended to ignore the extension; a text names a reaction only for
	// Revocation Support, which stands unprotected then (RFC 3543 §3.2).
	Misplaced *code.Fault
}

// Zones is the set of places in a registration message where an extension may
// stand. A place is one side of the authentication extensions on some of the
// legs (RFC 5944 §3.6.1.3, §3.7.2.2, §3.7.3.2, §3.8.3.3).
type Zones uint16

// The zones. The authentication extensions of types 32, 33, 34 and MN-AAA have
// none: they divide the message.
const (
	Free             Zones = 1 << iota // anywhere
	ForHomeAgent                       // the mobile node's for the home agent, before Mobile-Home
	KeyRequest                         // the mobile node's for the AAA server, before MN-AAA
	ForForeignAgent                    // the mobile node's for the foreign agent, behind Mobile-Home
	ChallengeZone                      // the mobile node's Challenge, behind Mobile-Home and before MN-AAA
	ForeignForHome                     // the foreign agent's for the home agent, before Foreign-Home
	ForMobileNode                      // the home agent's for the mobile node, before Mobile-Home
	HomeForForeign                     // the home agent's for the foreign agent, behind Mobile-Home
	ForeignForMobile                   // the foreign agent's for the mobile node, behind Mobile-Home
)

// ZonesOf returns where an extension of a kind may stand; Free for the kinds
// without a row.
func ZonesOf(k Kind) Zones {
	if k.SubType() < subTypes {
		return zones[k.Type()][k.SubType()]
	}
	return Free
}

// subTypes bounds the sub-types of the registry.
const subTypes = 8

// zones has the Zones of rows by type and sub-type, Free where there is none.
var zones = func() (table [256][subTypes]Zones) {
	for t := range table {
		for s := range subTypes {
			table[t][s] = Free
			if r := lookup(Kind(t)<<8 | Kind(s)); r != nil {
				table[t][s] = r.Zones
			}
		}
	}
	return table
}()

// Registry iterates over all rows in ascending order of Kind. Ranges without a
// row are unassigned, or experimental: 127 and 255 (RFC 4064 §4), whose
// sub-types have no meaning of their own.
func Registry() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for i := range rows {
			if !yield(rows[i]) {
				return
			}
		}
	}
}

// Lookup returns the row of a kind, false when the registry has none.
func Lookup(k Kind) (Row, bool) {
	if r := lookup(k); r != nil {
		return *r, true
	}
	return Row{}, false
}

// rows is the registry, in ascending order of Kind. To add an extension: a
// constant in kind.go, a row here, its type's digit in forms (type.go), its
// family's name in families below when the type is new and has sub-types, and,
// if its body is to be decoded, a file of its own with Parse and AppendBinary
// and a line in Decode.
var rows = [...]Row{
	row(KindPadding, "One-byte Padding", 0, 0, "RFC 5944 §1.8", Free, ""),
	row(KindMobileHomeAuth, "Mobile-Home Authentication", 4, 255, "RFC 5944 §3.5.2", 0, ""),
	row(KindMobileForeignAuth, "Mobile-Foreign Authentication", 4, 255, "RFC 5944 §3.5.3", 0, ""),
	row(KindForeignHomeAuth, "Foreign-Home Authentication", 4, 255, "RFC 5944 §3.5.4", 0, ""),
	row(KindMNAAAAuth, "Mobile-AAA Authentication", 20, 65535, "RFC 4721 §5", 0, ""),
	row(KindFAFAAuth, "FA-FA Authentication", 20, 65535, "RFC 4857 §11", Free, ""),
	row(KindMNGFAAuth, "MN-GFA Authentication", 20, 65535, "RFC 4857 §11", Free, ""),
	row(KindMNPARAuth, "MN-PAR Authentication", 20, 65535, "RFC 4988 §8", Free, ""),
	row(KindLegacyCVSE, "Legacy Critical Vendor/Organization Specific", 6, 65535, "RFC 3025 §2.1", Free, ""),
	row(KindCVSE, "Critical Vendor/Organization Specific", 6, 65535, "RFC 3115 §2.1", Free, ""),
	row(KindMNFAKeyRequest, "MN-FA Key Generation Nonce Request", 4, 4, "RFC 3957 §6.1", KeyRequest, "RFC 3957 §3, §6.1"),
	row(KindMNFAKeyReply, "MN-FA Key Generation Nonce Reply", 30, 65535, "RFC 3957 §6.2", ForMobileNode|HomeForForeign|ForeignForMobile, "RFC 3957 §3, §6.2"),
	row(KindMNHAKeyRequest, "MN-HA Key Generation Nonce Request", 4, 4, "RFC 3957 §6.3", KeyRequest, "RFC 3957 §3, §6.3"),
	row(KindMNHAKeyReply, "MN-HA Key Generation Nonce Reply", 32, 65535, "RFC 3957 §6.4", ForMobileNode, "RFC 3957 §3, §6.4"),
	row(KindUDPTunnelReply, "UDP Tunnel Reply", 6, 6, "RFC 3519 §3.2", ForMobileNode|HomeForForeign, ""),
	row(KindFAError, "FA Error", 2, 2, "RFC 4636 §3", ForeignForMobile, "RFC 4636 §4"),
	row(KindGFAAddress, "GFA IP Address", 6, 6, "RFC 4857 §9.1", ForeignForHome|ForMobileNode, "RFC 4857 §9.1"),
	row(KindProxyAuthMethod, "PMIPv4 Per-Node Authentication Method", 1, 1, "RFC 5563 §5.1", Free, ""),
	row(KindGREKey, "GRE Key", 4, 4, "RFC 6245 §5", ForeignForHome|HomeForForeign, "RFC 6245 §4.1, RFC 5944 §3.8.3.3"),
	row(KindRouteOptimizationReply, "Route Optimization Reply", 2, 2, "RFC 6521 §5.2", Free, ""),
	row(KindMobileCorrespondentAuth, "Mobile-Correspondent Authentication", 6, 255, "RFC 6521 §5.3", Free, ""),
	stepped(4, KindCareOfAddress, "Care-of Address", 6, 255, "RFC 6521 §5.4", Free, ""),
	row(KindRouteOptimizationPrefix, "Route Optimization Prefix Advertisement", 5, 65535, "RFC 6521 §5.5", Free, ""),
	row(KindSKIPTraversal, "SKIP Firewall Traversal", 10, 10, "RFC 2356 §7.3", ForHomeAgent|ForMobileNode, "RFC 2356 §7.3"),
	row(KindEncapsulatingDelivery, "Encapsulating Delivery Style", 0, 0, "RFC 3024 §3.3", ForForeignAgent, "RFC 3024 §3.3"),
	row(KindMobileNodeNAI, "Mobile Node NAI", 0, 255, "RFC 2794 §2", ForHomeAgent|ForMobileNode, "RFC 2794 §2"),
	row(KindChallenge, "Mobile-Foreign Challenge", 0, 255, "RFC 4721 §4", ChallengeZone|HomeForForeign|ForeignForMobile, "RFC 4721 §3.1, §3.3, §3.4"),
	row(KindLegacyNVSE, "Legacy Normal Vendor/Organization Specific", 8, 255, "RFC 3025 §2.2", Free, ""),
	row(KindNVSE, "Normal Vendor/Organization Specific", 8, 255, "RFC 3115 §2.2", Free, ""),
	row(KindHAIdentity, "HA Identity", 1, 255, "RFC 3846 §4", ForHomeAgent|ForeignForHome|ForMobileNode|ForeignForMobile, "RFC 3846 §3.1"),
	row(KindAAAHIdentity, "AAAH Identity", 1, 255, "RFC 3846 §5", ForHomeAgent|ForeignForHome|ForMobileNode|ForeignForMobile, "RFC 3846 §3.1"),
	row(KindFANAI, "FA-NAI", 1, 255, "RFC 4857 §8.2", ForHomeAgent|ForeignForHome|ForMobileNode|ForeignForMobile, "RFC 3846 §3.1, RFC 4857 §8.2"),
	unprotected(badForeignHomeHA, badForeignHomeFA,
		row(KindRevocationSupport, "Revocation Support", 6, 255, "RFC 3543 §3.2", ForHomeAgent|ForeignForHome|ForMobileNode|HomeForForeign, "RFC 3543 §3.2, RFC 5944 §3.7.3.1, §3.8.2.1")),
	row(KindIMSI3GPP2, "3GPP2 IMSI", 1, 255, "RFC 4881 §9.1", Free, ""),
	row(KindIMSI3GPP, "3GPP IMSI", 1, 255, "RFC 4881 §9.2", Free, ""),
	row(KindEthernetAddress, "Ethernet Address", 7, 7, "RFC 4881 §9.3", Free, ""),
	row(KindEUI64Address, "EUI-64 Address", 9, 9, "RFC 4881 §9.4", Free, ""),
	row(KindSolicitedIPv4Address, "Solicited IPv4 Address", 5, 5, "RFC 4881 §9.5", Free, ""),
	row(KindAccessPointID, "Access Point Identifier", 5, 5, "RFC 4881 §9.6", Free, ""),
	row(KindFAIPv4Address, "FA IPv4 Address", 5, 5, "RFC 4881 §9.7", Free, ""),
	row(KindRequestedHA, "Requested HA", 4, 4, "RFC 4433 §3.4.1", ForHomeAgent, "RFC 5944 §3.6.1.3"),
	row(KindRedirectedHA, "Redirected HA", 4, 4, "RFC 4433 §3.4.2", ForMobileNode, "RFC 5944 §3.8.3.3"),
	row(KindHierarchicalFA, "Hierarchical Foreign Agent", 6, 6, "RFC 4857 §9.2", Free, ""),
	stepped(8, KindReplayProtectionStyle, "Replay Protection Style", 2, 10, "RFC 4857 §9.3", Free, ""),
	row(KindRegionalLifetime, "Regional Registration Lifetime", 6, 6, "RFC 4857 §9.4", ForeignForMobile, "RFC 4857 §9.4"),
	row(KindUDPTunnelRequest, "UDP Tunnel Request", 6, 6, "RFC 3519 §3.1", ForHomeAgent|ForeignForHome, "RFC 3519 §4.4, §4.5"),
	row(KindMessageStringHA, "Message String from HA", 2, 255, "RFC 4917 §3", ForMobileNode, "RFC 4917 §5"),
	row(KindMessageStringFA, "Message String from FA", 2, 255, "RFC 4917 §3", ForeignForMobile, "RFC 4917 §5"),
	row(KindInterfaceID, "PMIPv4 Interface ID", 1, 255, "RFC 5563 §5.2", Free, ""),
	row(KindDeviceID, "PMIPv4 Device ID", 2, 255, "RFC 5563 §5.3", Free, ""),
	row(KindSubscriberID, "PMIPv4 Subscriber ID", 2, 255, "RFC 5563 §5.4", Free, ""),
	row(KindAccessTechnology, "PMIPv4 Access Technology Type", 2, 2, "RFC 5563 §5.5", Free, ""),
	row(KindMobileNetworkRequest, "Mobile Network Request", 6, 6, "RFC 5177 §4.1", ForHomeAgent, "RFC 5177 §10"),
	row(KindMobileNetworkAckExplicit, "Mobile Network Acknowledgement Explicit", 8, 8, "RFC 5177 §4.2", ForMobileNode, ""),
	row(KindMobileNetworkAckImplicit, "Mobile Network Acknowledgement Implicit", 8, 8, "RFC 5177 §4.2", ForMobileNode, ""),
	row(KindTrustedNetworks, "Trusted Networks Configured", 2, 2, "RFC 5265 §3.4", ForMobileNode, ""),
	row(KindServiceSelection, "Service Selection", 1, 255, "RFC 5446 §3", ForHomeAgent|ForeignForHome|ForMobileNode|HomeForForeign, "RFC 5446 §3"),
	row(KindIPv6PrefixRequest, "IPv6 Prefix Request", 18, 18, "draft-ietf-mip4-dsmipv4-06 §3.1, RFC 5454 §2.1", ForHomeAgent, "draft-ietf-mip4-dsmipv4-06 §4.1, RFC 5454 §3.1"),
	row(KindIPv6PrefixReply, "IPv6 Prefix Reply", 20, 20, "draft-ietf-mip4-dsmipv4-06 §3.2, RFC 5454 §2.2", ForMobileNode, ""),
	row(KindIPv6TunnelingMode, "IPv6 Tunneling Mode", 2, 2, "draft-ietf-mip4-dsmipv4-06 §3.3, RFC 5454 §2.3", ForHomeAgent|ForeignForHome, "draft-ietf-mip4-dsmipv4-06 §4.1, RFC 5454 §3.1"),
	stepped(4, KindRouteOptimizationCapability, "Mobile Router Route Optimization Capability", 2, 6, "RFC 6521 §5.1", Free, ""),
	row(KindMultipath, "Multipath", 4, 4, "RFC 7629 §4.1", ForHomeAgent, "RFC 7629 §4.1"),
	row(KindFlowBinding, "Flow-Binding", 4, 65535, "RFC 7629 §4.2", ForHomeAgent|ForMobileNode, "RFC 7629 §4.2"),
}

// families names the types whose sub-types have names of their own, and the
// experimental ones.
var families = [256]string{
	36:  "Generalized Mobile IP Authentication",
	40:  "MN-FA Key Generation Nonce From AAA Request",
	41:  "MN-FA Key Generation Nonce From AAA Reply",
	42:  "MN-HA Key Generation Nonce From AAA Request",
	43:  "MN-HA Key Generation Nonce From AAA Reply",
	47:  "PMIPv4 Non-skippable",
	49:  "Route Optimization",
	50:  "Route Optimization Prefix",
	127: "Experimental Non-skippable",
	136: "NAI Carrying",
	138: "Generalized Link-Layer Address",
	139: "Dynamic HA",
	145: "Message String",
	147: "PMIPv4 Skippable",
	148: "Mobile Network",
	152: "DSMIPv4",
	153: "Route Optimization Capability",
	154: "Multi-Access",
	255: "Experimental Skippable",
}

// firstRow has, for each type, the place in rows of its first row plus one,
// and 0 for a type without any.
var firstRow = func() (first [256]uint8) {
	for i := len(rows) - 1; i >= 0; i-- {
		first[rows[i].Kind.Type()] = uint8(i + 1)
	}
	return first
}()

// lookup returns the row of a kind, nil when there is none.
func lookup(k Kind) *Row {
	i := int(firstRow[k.Type()])
	if i == 0 {
		return nil
	}
	for i--; i < len(rows) && rows[i].Kind.Type() == k.Type(); i++ {
		if rows[i].Kind == k {
			return &rows[i]
		}
	}
	return nil
}

// row makes a Row whose every Length from min to max is legal.
// order is the section that says where it stands, empty for the general rule.
func row(k Kind, name string, min, max int, source string, zones Zones, order string) Row {
	return stepped(1, k, name, min, max, source, zones, order)
}

// unprotected returns the row with what its RFC has the agents do when no
// authenticator covers the extension.
func unprotected(homeAgent, foreignAgent code.Reaction, r Row) Row {
	r.Misplaced = code.NewFault(r.Misplaced.Text(), r.Misplaced.Source(), homeAgent, foreignAgent, ignore)
	return r
}

// stepped makes a Row whose every step-th Length from min to max is legal.
func stepped(step int, k Kind, name string, min, max int, source string, zones Zones, order string) Row {
	what := " is not " + strconv.Itoa(min)
	switch {
	case step > 1 && min+step == max:
		what += " or " + strconv.Itoa(max)
	case step > 1:
		what += " plus a multiple of " + strconv.Itoa(step)
	case max >= 255:
		what = " is less than " + strconv.Itoa(min)
	case min != max:
		what += " to " + strconv.Itoa(max)
	}
	if order == "" {
		order = "RFC 5944 §3.6.1.3, §3.8.3.3"
	}
	return Row{
		Kind:      k,
		Name:      name,
		Form:      k.Type().Form(),
		Min:       min,
		Max:       max,
		Step:      step,
		Source:    source,
		BadLength: code.NewFault(name+": Length"+what, source, poorRequestHA, poorRequestFA, poorReplyMN),
		Zones:     zones,
		Misplaced: code.NewFault(name+" is out of place", order, ignore, ignore, ignore),
	}
}
