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
	Source   string // the section that has the figure, and what else its Lengths rest on
	// BadLength is the fault of an extension whose Length is none of those. The
	// RFCs name no reaction to it. To an agent it recommends a denial with "poorly
	// formed Request", to the mobile node to discard; and to the home agent to
	// discard what is cut of Mobile-Home Authentication, as if there were none.
	BadLength *code.Fault
}

// String returns the row's kind, name, form and Lengths: "152/3 IPv6 Tunneling Mode, short,
// Length 2", "131 Mobile Node NAI, TLV, Length 0 to 255".
func (r Row) String() string {
	text, _ := r.Kind.AppendText(nil)
	s := string(text) + " " + r.Name + ", " + r.Form.String() + ", Length " + strconv.Itoa(r.Min)
	switch {
	case r.Min == r.Max:
		return s
	case r.Step > 1 && r.Min+r.Step == r.Max:
		return s + " or " + strconv.Itoa(r.Max)
	}
	s += " to " + strconv.Itoa(r.Max)
	if r.Step > 1 {
		s += " in steps of " + strconv.Itoa(r.Step)
	}
	return s
}

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

// rows is the registry, in ascending order of Kind. To add an extension:
//
//   - a constant in kind.go, and a row here;
//   - its type's digit in forms (type.go), and its family's name in families below when
//     the type is new and has sub-types;
//   - its type in the file of its RFC: the figure, Parse, AppendBinary, String, and Equal
//     where it holds a slice or an address;
//   - a line in Decode of package dsmip;
//   - a packet in testdata/golden/valid that has it, and one in testdata/golden/malformed
//     for each fault of its Parse.
//
// The tests fail for the step that is left out. Where the texts do not agree on a Length:
// type 141 has the 2 of the text and the 10 of the figure (RFC 4857 §9.3), type 139 the
// short form of erratum 898, type 154 the long form that RFC 5944 §1.10 forbids for its
// number.
var rows = [...]Row{
	row(KindPadding, "One-byte Padding", 0, 0, "RFC 5944 §1.8"),
	row(KindMobileHomeAuth, "Mobile-Home Authentication", 4, 255, "RFC 5944 §3.5.2"),
	row(KindMobileForeignAuth, "Mobile-Foreign Authentication", 4, 255, "RFC 5944 §3.5.3"),
	row(KindForeignHomeAuth, "Foreign-Home Authentication", 4, 255, "RFC 5944 §3.5.4"),
	row(KindMNAAAAuth, "Mobile-AAA Authentication", 20, 65535, "RFC 4721 §5"),
	row(KindFAFAAuth, "FA-FA Authentication", 20, 65535, "RFC 4721 §5"),
	row(KindMNGFAAuth, "MN-GFA Authentication", 20, 65535, "RFC 4721 §5"),
	row(KindMNPARAuth, "MN-PAR Authentication", 20, 65535, "RFC 4721 §5"),
	row(KindLegacyCVSE, "Legacy Critical Vendor/Organization Specific", 6, 65535, "RFC 3025 §2.1"),
	row(KindCVSE, "Critical Vendor/Organization Specific", 6, 65535, "RFC 3115 §2.1, RFC 4784 §9"),
	row(KindMNFAKeyRequest, "MN-FA Key Generation Nonce From AAA Request", 4, 4, "RFC 3957 §6.1"),
	row(KindMNFAKeyReply, "MN-FA Key Generation Nonce From AAA Reply", 30, 65535, "RFC 3957 §6.2"),
	row(KindMNHAKeyRequest, "MN-HA Key Generation Nonce From AAA Request", 4, 4, "RFC 3957 §6.3"),
	row(KindMNHAKeyReply, "MN-HA Key Generation Nonce From AAA Reply", 32, 65535, "RFC 3957 §6.4"),
	row(KindUDPTunnelReply, "UDP Tunnel Reply", 6, 6, "RFC 3519 §3.2"),
	row(KindFAError, "FA Error", 2, 2, "RFC 4636 §3"),
	row(KindGFAAddress, "GFA IP Address", 6, 6, "RFC 4857 §9.1"),
	row(KindProxyAuthMethod, "PMIPv4 Per-Node Authentication Method", 1, 1, "RFC 5563 §5.1"),
	row(KindGREKey, "GRE Key", 4, 4, "RFC 6245 §5"),
	row(KindRouteOptimizationReply, "Route Optimization Reply", 2, 2, "RFC 6521 §5.2"),
	row(KindMobileCorrespondentAuth, "Mobile-Correspondent Authentication", 6, 255, "RFC 6521 §5.3"),
	stepped(4, KindCareOfAddress, "Care-of Address", 6, 255, "RFC 6521 §5.4"),
	row(KindRouteOptimizationPrefix, "Route Optimization Prefix Advertisement", 5, 65535, "RFC 6521 §5.5"),
	row(KindSKIPTraversal, "Traversal", 10, 10, "RFC 2356 §7.3"),
	row(KindEncapsulatingDelivery, "Encapsulating Delivery Style", 0, 0, "RFC 3024 §3.3"),
	row(KindMobileNodeNAI, "Mobile Node NAI", 0, 255, "RFC 2794 §2"),
	row(KindChallenge, "Mobile-Foreign Challenge", 0, 255, "RFC 4721 §4"),
	row(KindLegacyNVSE, "Legacy Normal Vendor/Organization Specific", 8, 255, "RFC 3025 §2.2"),
	row(KindNVSE, "Normal Vendor/Organization Specific", 8, 255, "RFC 3115 §2.2"),
	row(KindHAIdentity, "HA Identity", 1, 255, "RFC 3846 §3"),
	row(KindAAAHIdentity, "AAAH Identity", 1, 255, "RFC 3846 §3"),
	row(KindFANAI, "FA-NAI", 1, 255, "RFC 3846 §3"),
	row(KindRevocationSupport, "Revocation Support", 6, 255, "RFC 3543 §3.2"),
	row(KindIMSI3GPP2, "3GPP2 IMSI Link Layer Address and Connection ID", 1, 255, "RFC 4881 §9.1"),
	row(KindIMSI3GPP, "3GPP IMSI Link Layer Address", 1, 255, "RFC 4881 §9.2"),
	row(KindEthernetAddress, "Ethernet Link Layer Address", 7, 7, "RFC 4881 §9.3"),
	row(KindEUI64Address, "IEEE 64-Bit Global Identifier (EUI-64) Address", 9, 9, "RFC 4881 §9.4"),
	row(KindSolicitedIPv4Address, "Solicited IPv4 Address", 5, 5, "RFC 4881 §9.5"),
	row(KindAccessPointID, "Access Point Identifier", 5, 5, "RFC 4881 §9.6"),
	row(KindFAIPv4Address, "FA IPv4 Address", 5, 5, "RFC 4881 §9.7"),
	row(KindRequestedHA, "Requested HA", 5, 5, "RFC 4433 §3.4, erratum 898"),
	row(KindRedirectedHA, "Redirected HA", 5, 5, "RFC 4433 §3.4, erratum 898"),
	row(KindHierarchicalFA, "Hierarchical Foreign Agent", 6, 6, "RFC 4857 §9.2"),
	stepped(8, KindReplayProtectionStyle, "Replay Protection Style", 2, 10, "RFC 4857 §9.3"),
	row(KindRegionalLifetime, "Regional Registration Lifetime", 6, 6, "RFC 4857 §9.4"),
	row(KindUDPTunnelRequest, "UDP Tunnel Request", 6, 6, "RFC 3519 §3.1"),
	row(KindMessageStringHA, "Message String from HA", 2, 255, "RFC 4917 §3"),
	row(KindMessageStringFA, "Message String from FA", 2, 255, "RFC 4917 §3"),
	row(KindInterfaceID, "PMIPv4 Interface ID", 1, 255, "RFC 5563 §5.2"),
	row(KindDeviceID, "PMIPv4 Device ID", 2, 255, "RFC 5563 §5.3"),
	row(KindSubscriberID, "PMIPv4 Subscriber ID", 2, 255, "RFC 5563 §5.4"),
	row(KindAccessTechnology, "PMIPv4 Access Technology Type", 2, 2, "RFC 5563 §5.5"),
	row(KindMobileNetworkRequest, "Mobile Network Request", 6, 6, "RFC 5177 §4.1"),
	row(KindMobileNetworkAckExplicit, "Mobile Network Acknowledgement Explicit", 8, 8, "RFC 5177 §4.2"),
	row(KindMobileNetworkAckImplicit, "Mobile Network Acknowledgement Implicit", 8, 8, "RFC 5177 §4.2"),
	row(KindTrustedNetworks, "Trusted Networks Configured", 2, 2, "RFC 5265 §3.4"),
	row(KindServiceSelection, "Service Selection", 1, 255, "RFC 5446 §3"),
	row(KindIPv6PrefixRequest, "IPv6 Prefix Request", 18, 18, "draft-ietf-mip4-dsmipv4-06 §3.1, RFC 5454 §2.1"),
	row(KindIPv6PrefixReply, "IPv6 Prefix Reply", 20, 20, "draft-ietf-mip4-dsmipv4-06 §3.2, RFC 5454 §2.2"),
	row(KindIPv6TunnelingMode, "IPv6 Tunneling Mode", 2, 2, "draft-ietf-mip4-dsmipv4-06 §3.3, RFC 5454 §2.3"),
	stepped(4, KindRouteOptimizationCapability, "Mobile Router Route Optimization Capability", 2, 6, "RFC 6521 §5.1"),
	row(KindMultipath, "Multipath", 4, 4, "RFC 7629 §4.1"),
	row(KindFlowBinding, "Flow-Binding", 4, 65535, "RFC 7629 §4.2"),
}

// families names the types whose sub-types have names of their own, and the
// experimental ones.
var families = [256]string{
	36:  "Generalized Mobile IP Authentication",
	40:  "Generalized MN-FA Key Generation Nonce Request",
	41:  "Generalized MN-FA Key Generation Nonce Reply",
	42:  "Generalized MN-HA Key Generation Nonce Request",
	43:  "Generalized MN-HA Key Generation Nonce Reply",
	47:  "PMIPv4 Non-skippable",
	49:  "Route Optimization",
	50:  "Route Optimization Prefix",
	127: "Experimental Non-skippable",
	136: "NAI Carrying",
	138: "Generalized Link Layer and IPv4 Address",
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
	for i := uint(firstRow[k.Type()]) - 1; i < uint(len(rows)) && rows[i].Kind <= k; i++ {
		if rows[i].Kind == k {
			return &rows[i]
		}
	}
	return nil
}

// row makes a Row whose every Length from min to max is legal.
func row(k Kind, name string, min, max int, source string) Row {
	return stepped(1, k, name, min, max, source)
}

// stepped makes a Row whose every step-th Length from min to max is legal.
func stepped(step int, k Kind, name string, min, max int, source string) Row {
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
	homeAgent := poorRequestHA
	if k == KindMobileHomeAuth {
		homeAgent = discard // as if there were none (RFC 5944 §3.8.2.1)
	}
	return Row{
		Kind:      k,
		Name:      name,
		Form:      k.Type().Form(),
		Min:       min,
		Max:       max,
		Step:      step,
		Source:    source,
		BadLength: code.NewFault(name+": Length"+what, source, code.Must, homeAgent, poorRequestFA, poorReplyMN),
	}
}
