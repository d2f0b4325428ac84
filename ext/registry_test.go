package ext_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// TestForms compares the forms with lists written from the RFCs' figures, that of
// type 139 from erratum 898 of RFC 4433.
func TestForms(t *testing.T) {
	lists := map[ext.Form][]int{
		ext.Pad:    {0},
		ext.TLV:    {32, 33, 34, 46, 129, 130, 131, 132, 133, 134, 137, 140, 141, 142, 151},
		ext.Short:  {44, 45, 49, 136, 138, 139, 144, 145, 147, 148, 149, 152, 153, 255},
		ext.Long:   {36, 40, 41, 42, 43, 47, 48, 50, 127, 154},
		ext.Vendor: {37, 38},
	}
	for n := range 256 {
		want := ext.Unwalkable
		if n >= 128 {
			want = ext.TLV
		}
		for f, types := range lists {
			if slices.Contains(types, n) {
				want = f
			}
		}
		if got := ext.Type(n).Form(); got != want {
			t.Errorf("type %d: %v, want %v", n, got, want)
		}
	}
}

// TestRegistryLengths has the Length values that the RFCs print, for every row.
func TestRegistryLengths(t *testing.T) {
	lengths := map[ext.Kind][3]int{ // least, greatest, step
		ext.KindMobileHomeAuth: {4, 255, 1}, ext.KindMobileForeignAuth: {4, 255, 1}, ext.KindForeignHomeAuth: {4, 255, 1},
		ext.KindMNAAAAuth: {20, 65535, 1}, ext.KindCVSE: {6, 65535, 1}, ext.KindNVSE: {8, 255, 1},
		ext.KindMNFAKeyRequest: {4, 4, 1}, ext.KindMNFAKeyReply: {30, 65535, 1},
		ext.KindMNHAKeyRequest: {4, 4, 1}, ext.KindMNHAKeyReply: {32, 65535, 1},
		ext.KindUDPTunnelReply: {6, 6, 1}, ext.KindUDPTunnelRequest: {6, 6, 1}, ext.KindFAError: {2, 2, 1},
		ext.KindGFAAddress: {6, 6, 1}, ext.KindGREKey: {4, 4, 1}, ext.KindProxyAuthMethod: {1, 1, 1},
		ext.KindSKIPTraversal: {10, 10, 1}, ext.KindEncapsulatingDelivery: {0, 0, 1},
		ext.KindMobileNodeNAI: {0, 255, 1}, ext.KindChallenge: {0, 255, 1}, ext.KindRevocationSupport: {6, 255, 1},
		ext.KindRequestedHA: {5, 5, 1}, ext.KindRedirectedHA: {5, 5, 1}, ext.KindReplayProtectionStyle: {2, 10, 8},
		ext.KindCareOfAddress: {6, 255, 4}, ext.KindRouteOptimizationCapability: {2, 6, 4},
		ext.KindMobileNetworkRequest: {6, 6, 1}, ext.KindMobileNetworkAckExplicit: {8, 8, 1}, ext.KindMobileNetworkAckImplicit: {8, 8, 1},
		ext.KindTrustedNetworks: {2, 2, 1}, ext.KindServiceSelection: {1, 255, 1},
		ext.KindIPv6PrefixRequest: {18, 18, 1}, ext.KindIPv6PrefixReply: {20, 20, 1}, ext.KindIPv6TunnelingMode: {2, 2, 1},
		ext.KindMultipath: {4, 4, 1}, ext.KindMessageStringHA: {2, 255, 1}, ext.KindMessageStringFA: {2, 255, 1},
		ext.KindPadding: {0, 0, 1}, ext.KindLegacyCVSE: {6, 65535, 1}, ext.KindLegacyNVSE: {8, 255, 1},
		ext.KindFAFAAuth: {20, 65535, 1}, ext.KindMNGFAAuth: {20, 65535, 1}, ext.KindMNPARAuth: {20, 65535, 1},
		ext.KindRouteOptimizationReply: {2, 2, 1},
		// Sub-Type, Reserved and two nonce indices stand before the authenticator.
		ext.KindMobileCorrespondentAuth: {6, 255, 1},
		// The first structure has the mobile router's address.
		ext.KindRouteOptimizationPrefix: {5, 65535, 1},
		ext.KindHAIdentity:              {1, 255, 1}, ext.KindAAAHIdentity: {1, 255, 1}, ext.KindFANAI: {1, 255, 1},
		ext.KindIMSI3GPP2: {1, 255, 1}, ext.KindIMSI3GPP: {1, 255, 1}, ext.KindEthernetAddress: {7, 7, 1}, ext.KindEUI64Address: {9, 9, 1},
		ext.KindSolicitedIPv4Address: {5, 5, 1}, ext.KindAccessPointID: {5, 5, 1}, ext.KindFAIPv4Address: {5, 5, 1},
		ext.KindHierarchicalFA: {6, 6, 1}, ext.KindRegionalLifetime: {6, 6, 1},
		ext.KindInterfaceID: {1, 255, 1}, ext.KindDeviceID: {2, 255, 1}, ext.KindSubscriberID: {2, 255, 1}, ext.KindAccessTechnology: {2, 2, 1},
		// Action, BID Count, one BID, TS Format.
		ext.KindFlowBinding: {4, 65535, 1},
	}
	for r := range ext.Registry() {
		if _, ok := lengths[r.Kind]; !ok {
			t.Errorf("%v is not among the lengths", r.Kind)
		}
	}
	for k, want := range lengths {
		r, ok := ext.Lookup(k)
		if got := [3]int{r.Min, r.Max, r.Step}; !ok || got != want {
			t.Errorf("%v: %v, want %v", k, got, want)
		}
	}
	texts := map[ext.Kind]string{
		ext.KindIPv6PrefixRequest:     "IPv6 Prefix Request: Length is not 18",
		ext.KindMobileHomeAuth:        "Mobile-Home Authentication: Length is less than 4",
		ext.KindReplayProtectionStyle: "Replay Protection Style: Length is not 2 or 10",
		ext.KindCareOfAddress:         "Care-of Address: Length is not 6 plus a multiple of 4",
		ext.KindMNAAAAuth:             "Mobile-AAA Authentication: Length is less than 20",
		ext.KindEncapsulatingDelivery: "Encapsulating Delivery Style: Length is not 0",
	}
	for k, want := range texts {
		if r, _ := ext.Lookup(k); r.BadLength.Text() != want || r.BadLength.Source() != r.Source {
			t.Errorf("%v, want %s", r.BadLength, want)
		}
	}
}

func TestRegistry(t *testing.T) {
	last, n := -1, 0
	for r := range ext.Registry() {
		n++
		if int(r.Kind) <= last {
			t.Errorf("%v does not ascend", r.Kind)
		}
		last = int(r.Kind)
		if r.Name == "" || r.Kind.String() != r.Name || r.BadLength == nil ||
			!strings.HasPrefix(r.Source, "RFC ") && !strings.HasPrefix(r.Source, "draft-") || !strings.Contains(r.Source, "§") {
			t.Errorf("row %+v", r)
		}
		homeAgent := "unspecified (reply 134)"
		if r.Kind == ext.KindMobileHomeAuth {
			homeAgent = "unspecified (discard)" // as without any: §3.8.2.1 has it discard silently
		}
		if f := r.BadLength; f.Breaks() != code.Must || f.Source() != r.Source ||
			f.Reaction(code.HomeAgent).String() != homeAgent ||
			f.Reaction(code.ForeignAgent).String() != "unspecified (reply 70)" ||
			f.Reaction(code.MobileNode).String() != "unspecified (discard)" {
			t.Errorf("%v: breaks %v, %v, %v, %v", f, f.Breaks(), f.Reaction(code.HomeAgent), f.Reaction(code.ForeignAgent), f.Reaction(code.MobileNode))
		}
		if r.Form != r.Kind.Type().Form() {
			t.Errorf("%v: form %v", r.Kind, r.Form)
		}
		if sub := r.Kind.SubType(); sub != 0 && r.Form != ext.Short && r.Form != ext.Long {
			t.Errorf("%v has a sub-type", r.Kind)
		}
		if got, ok := ext.Lookup(r.Kind); !ok || got != r {
			t.Errorf("%v: looked up as %+v", r.Kind, got)
		}
	}
	if n < 60 {
		t.Errorf("%d rows", n)
	}
	for range ext.Registry() {
		break
	}
	for _, k := range []ext.Kind{1 << 8, 200 << 8, 152 << 8, 152<<8 | 4, 36 << 8, 255<<8 | 255, 1<<16 | 148<<8, 1<<16 | ext.KindIPv6PrefixRequest} {
		if r, ok := ext.Lookup(k); ok {
			t.Errorf("kind %#x is %+v", uint32(k), r)
		}
	}
}

func TestNames(t *testing.T) {
	for got, want := range map[string]string{
		ext.KindMobileHomeAuth.String():    "Mobile-Home Authentication",
		ext.KindIPv6TunnelingMode.String(): "IPv6 Tunneling Mode",
		ext.Kind(200 << 8).String():        "type 200",
		ext.Kind(152<<8 | 9).String():      "type 152 sub-type 9",
		ext.Kind(1 << 8).String():          "type 1",
		ext.Type(152).String():             "DSMIPv4",
		ext.Type(131).String():             "Mobile Node NAI",
		ext.Type(44).String():              "UDP Tunnel Reply",
		ext.Type(36).String():              "Generalized Mobile IP Authentication",
		ext.Type(40).String():              "Generalized MN-FA Key Generation Nonce Request",
		ext.Type(41).String():              "Generalized MN-FA Key Generation Nonce Reply",
		ext.Type(42).String():              "Generalized MN-HA Key Generation Nonce Request",
		ext.Type(43).String():              "Generalized MN-HA Key Generation Nonce Reply",
		ext.Type(47).String():              "PMIPv4 Non-skippable",
		ext.Type(49).String():              "Route Optimization",
		ext.Type(50).String():              "Route Optimization Prefix",
		ext.Type(51).String():              "type 51",
		ext.Type(127).String():             "Experimental Non-skippable",
		ext.Type(136).String():             "NAI Carrying",
		ext.Type(138).String():             "Generalized Link Layer and IPv4 Address",
		ext.Type(139).String():             "Dynamic HA",
		ext.Type(145).String():             "Message String",
		ext.Type(147).String():             "PMIPv4 Skippable",
		ext.Type(148).String():             "Mobile Network",
		ext.Type(153).String():             "Route Optimization Capability",
		ext.Type(154).String():             "Multi-Access",
		ext.Type(255).String():             "Experimental Skippable",
		ext.Type(99).String():              "type 99",
		ext.Unwalkable.String():            "unwalkable",
		ext.Pad.String():                   "pad",
		ext.TLV.String():                   "TLV",
		ext.Short.String():                 "short",
		ext.Long.String():                  "long",
		ext.Vendor.String():                "vendor",
		ext.Form(9).String():               "form 9",
		ext.Algorithm(77).String():         "algorithm 77",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
