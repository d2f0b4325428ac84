package dsmip_test

import (
	"fmt"
	"net/netip"
	"reflect"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
)

// decoded are the types that Decode gives to the kinds, and the shortest extension of each.
var decoded = map[ext.Kind]struct{ typeName, hex string }{
	ext.KindPadding:                     {"ext.Padding", "00"},
	ext.KindMobileHomeAuth:              {"ext.Auth", "2004 00000100"},
	ext.KindMobileForeignAuth:           {"ext.Auth", "2104 00000100"},
	ext.KindForeignHomeAuth:             {"ext.Auth", "2204 00000100"},
	ext.KindMNAAAAuth:                   {"ext.Auth", "24010014 00000100 00000000000000000000000000000000"},
	ext.KindFAFAAuth:                    {"ext.Auth", "24020014 00000100 00000000000000000000000000000000"},
	ext.KindMNGFAAuth:                   {"ext.Auth", "24030014 00000100 00000000000000000000000000000000"},
	ext.KindMNPARAuth:                   {"ext.Auth", "24040014 00000100 00000000000000000000000000000000"},
	ext.KindLegacyCVSE:                  {"ext.VendorExtension", "25000006 00000009 0001"},
	ext.KindCVSE:                        {"ext.VendorExtension", "26000006 00000009 0001"},
	ext.KindMNFAKeyRequest:              {"ext.MNFAKeyRequest", "28010004 00000100"},
	ext.KindMNFAKeyReply:                {"ext.MNFAKeyReply", "2901001e 00000708 00000002 00000100 0001 00000000000000000000000000000000"},
	ext.KindMNHAKeyRequest:              {"ext.MNHAKeyRequest", "2a010004 00000100"},
	ext.KindMNHAKeyReply:                {"ext.MNHAKeyReply", "2b010020 00000708 00000002 00000100 0001 0002 00000000000000000000000000000000"},
	ext.KindUDPTunnelReply:              {"ext.UDPTunnelReply", "2c0600 00 0000 0000"},
	ext.KindFAError:                     {"ext.FAError", "2d0200 40"},
	ext.KindGFAAddress:                  {"ext.GFAAddress", "2e06 0000 cb007105"},
	ext.KindProxyAuthMethod:             {"ext.ProxyAuthMethod", "2f010001 01"},
	ext.KindGREKey:                      {"ext.GREKey", "30000004 00000001"},
	ext.KindRouteOptimizationReply:      {"ext.RouteOptimizationReply", "310201 00"},
	ext.KindMobileCorrespondentAuth:     {"ext.MobileCorrespondentAuth", "310602 00 0000 0000"},
	ext.KindCareOfAddress:               {"ext.CareOfAddress", "310603 00 cb007105"},
	ext.KindRouteOptimizationPrefix:     {"ext.RouteOptimizationPrefix", "32010005 40 c0000221"},
	ext.KindSKIPTraversal:               {"ext.SKIPTraversal", "810a 0000 cb007105 00000000"},
	ext.KindEncapsulatingDelivery:       {"ext.EncapsulatingDelivery", "8200"},
	ext.KindMobileNodeNAI:               {"ext.MobileNodeNAI", "8300"},
	ext.KindChallenge:                   {"ext.Challenge", "8400"},
	ext.KindLegacyNVSE:                  {"ext.VendorExtension", "8508 0000 00000009 0001"},
	ext.KindNVSE:                        {"ext.VendorExtension", "8608 0000 00000009 0001"},
	ext.KindHAIdentity:                  {"ext.HAIdentity", "880101"},
	ext.KindAAAHIdentity:                {"ext.AAAHIdentity", "880102"},
	ext.KindFANAI:                       {"ext.FANAI", "880103"},
	ext.KindRevocationSupport:           {"ext.RevocationSupport", "8906 0000 00000001"},
	ext.KindIMSI3GPP2:                   {"ext.IMSI3GPP2", "8a0101"},
	ext.KindIMSI3GPP:                    {"ext.IMSI3GPP", "8a0102"},
	ext.KindEthernetAddress:             {"ext.EthernetAddress", "8a0703 02005e100001"},
	ext.KindEUI64Address:                {"ext.EUI64Address", "8a0904 02005efffe100001"},
	ext.KindSolicitedIPv4Address:        {"ext.SolicitedIPv4Address", "8a0505 cb007105"},
	ext.KindAccessPointID:               {"ext.AccessPointID", "8a0506 00000001"},
	ext.KindFAIPv4Address:               {"ext.FAIPv4Address", "8a0507 cb007105"},
	ext.KindRequestedHA:                 {"ext.RequestedHA", "8b0501 c0000201"},
	ext.KindRedirectedHA:                {"ext.RedirectedHA", "8b0502 c0000201"},
	ext.KindHierarchicalFA:              {"ext.HierarchicalFA", "8c06 0000 cb007105"},
	ext.KindReplayProtectionStyle:       {"ext.ReplayProtectionStyle", "8d02 0000"},
	ext.KindRegionalLifetime:            {"ext.RegionalLifetime", "8e06 0000 00000708"},
	ext.KindUDPTunnelRequest:            {"ext.UDPTunnelRequest", "900600 00 0000 0000"},
	ext.KindMessageStringHA:             {"ext.MessageStringHA", "910201 21"},
	ext.KindMessageStringFA:             {"ext.MessageStringFA", "910202 21"},
	ext.KindInterfaceID:                 {"ext.InterfaceID", "930101"},
	ext.KindDeviceID:                    {"ext.DeviceID", "930202 01"},
	ext.KindSubscriberID:                {"ext.SubscriberID", "930203 01"},
	ext.KindAccessTechnology:            {"ext.AccessTechnology", "930204 01"},
	ext.KindMobileNetworkRequest:        {"ext.MobileNetworkRequest", "940600 18 c0000200"},
	ext.KindMobileNetworkAckExplicit:    {"ext.MobileNetworkAckExplicit", "940801 00 18 00 c0000200"},
	ext.KindMobileNetworkAckImplicit:    {"ext.MobileNetworkAckImplicit", "940802 00 18 00 c0000200"},
	ext.KindTrustedNetworks:             {"ext.TrustedNetworks", "950200 00"},
	ext.KindServiceSelection:            {"ext.ServiceSelection", "9701 61"},
	ext.KindIPv6PrefixRequest:           {"dsmip.PrefixRequest", "981201 40 20010db8000100020000000000000000"},
	ext.KindIPv6PrefixReply:             {"dsmip.PrefixReply", "981402 00 40 00 20010db8000100020000000000000000"},
	ext.KindIPv6TunnelingMode:           {"dsmip.TunnelingMode", "980203 00"},
	ext.KindRouteOptimizationCapability: {"ext.RouteOptimizationCapability", "990201 00"},
	ext.KindMultipath:                   {"ext.Multipath", "9a010004 00 01 01 00"},
	ext.KindFlowBinding:                 {"ext.FlowBinding", "9a020004 01 01 01 01"},
}

// TestDecode: every row of the registry has its type, whose values print a short line and
// can be compared.
func TestDecode(t *testing.T) {
	for r := range ext.Registry() {
		d, ok := decoded[r.Kind]
		if !ok {
			t.Errorf("%v has no type", r.Kind)
			continue
		}
		x := only(t, d.hex)
		v, err := dsmip.Decode(x)
		if x.Kind() != r.Kind || err != nil || fmt.Sprintf("%T", v) != d.typeName {
			t.Errorf("%v: %T, %v, want %s", r.Kind, v, err, d.typeName)
			continue
		}
		if a, ok := v.(ext.Auth); ok && (a.Kind() != r.Kind || a.SPI() != 256) {
			t.Errorf("%v: %v, SPI %d", r.Kind, a.Kind(), a.SPI())
		}
		name := strings.TrimPrefix(r.Name, "Legacy ")
		if s := v.(interface{ String() string }).String(); !strings.HasPrefix(s, name) || len(s) > 200 {
			t.Errorf("%v: %q", r.Kind, s)
		}
		demandEqual(t, reflect.TypeOf(v))
	}
	if v, err := dsmip.Decode(only(t, "83 03 614062")); err != nil || string(v.(ext.MobileNodeNAI).Identifier) != "a@b" {
		t.Errorf("a NAI: %v, %v", v, err)
	}
	if v, err := dsmip.Decode(only(t, "84 02 dead")); err != nil || string(v.(ext.Challenge).Value) != "\xde\xad" {
		t.Errorf("a Challenge: %v, %v", v, err)
	}
	// What has no row is right, and what has no sub-type is not.
	for _, s := range []string{"c800", "c80101", "980107", "980109", "8b0503c0000201", "ff0107", "7f010000"} {
		if v, err := dsmip.Decode(only(t, s)); v != nil || err != nil {
			t.Errorf("%s: %v, %v", s, v, err)
		}
	}
	for _, s := range []string{"9800", "9400", "2c00", "8b00", "ff00"} {
		if v, err := dsmip.Decode(only(t, s)); v != nil || err != ext.ErrNoSubType {
			t.Errorf("%s: %v, %v", s, v, err)
		}
	}
}

// demandEqual demands Equal of a type that == cannot compare, or that holds an address, so
// that values can be compared by who does not know the type.
func demandEqual(t *testing.T, kind reflect.Type) {
	for i := range kind.NumField() {
		field := kind.Field(i).Type
		if field.Kind() == reflect.Slice || field == reflect.TypeFor[netip.Addr]() || !kind.Field(i).IsExported() {
			if m, ok := kind.MethodByName("Equal"); !ok || m.Type.In(1) != kind {
				t.Errorf("%v has no Equal", kind)
			}
		}
	}
}

// TestDecodeRows: Decode refuses the Lengths that a row does not have, of every
// kind, and gives nothing with an error. That the rows are right is shown in
// package ext.
func TestDecodeRows(t *testing.T) {
	for r := range ext.Registry() {
		sub := 0
		if r.Form == ext.Short {
			sub = 1
		}
		for n := range 300 {
			if r.Form == ext.Pad || n < sub || r.Form != ext.Long && r.Form != ext.Vendor && n > 255 {
				continue
			}
			b, err := ext.AppendRaw(nil, r.Kind, make([]byte, n-sub))
			if err != nil {
				t.Fatal(err)
			}
			l, err := ext.Parse(b, 0)
			if err != nil {
				t.Fatal(err)
			}
			x, _ := l.First()
			v, err := dsmip.Decode(x)
			if legal := n >= r.Min && n <= r.Max && (n-r.Min)%r.Step == 0; !legal {
				if v != nil || err != r.BadLength {
					t.Errorf("%s, Length %d: %v, %v, want %v", r.Name, n, v, err, r.BadLength)
				}
				continue
			}
			// The body is of zeros, which some kinds refuse although its size is right.
			var want error
			switch {
			case r.Kind == ext.KindRouteOptimizationCapability && n == 6:
				want = ext.ErrSolicitedHoA
			case r.Kind == ext.KindRouteOptimizationPrefix:
				want = ext.ErrPrefixStructures
			case r.Kind == ext.KindFlowBinding:
				want = ext.ErrBIDCount
			}
			if err != want || (v == nil) != (want != nil) {
				t.Errorf("%s, Length %d: %v, %v, want %v", r.Name, n, v, err, want)
			}
		}
	}
}

// TestDecodeVendor: the vendor parts of the golden packets, and none of the others.
func TestDecodeVendor(t *testing.T) {
	texts := map[string]string{
		"vendor-key-update": "MIP_Key_Request PKOID 11; MIP_Key_Data payload of 64 bytes public key 0b010017; AAA_Authenticator a1b2c3d4e5f60718; Public Key Invalid; ",
		"vendor-host-configuration": "Host Configuration Request selector 0; Home Network Prefix Length 24; DNS Server 192.0.2.53 192.0.2.54; DHCP Server 192.0.2.67; " +
			`DHCP Client ID 01020000000001; Default Gateway 192.0.2.1; DNS Suffix "example.net"; Configuration URL "http://example.net/c"; `,
		"vendor-3gpp2": "PPP Link Indicator 1; DNS Server IP Address entity 1 192.0.2.53 192.0.2.54; ",
	}
	for _, p := range goldenPackets(t, "valid") {
		want, ok := texts[p.name]
		if !ok {
			continue
		}
		delete(texts, p.name)
		got := ""
		l := p.list(t)
		for x, ok := l.First(); ok; x, ok = l.Next(x) {
			v, err := ext.ParseVendorExtension(x)
			if err != nil {
				continue
			}
			part, err := dsmip.DecodeVendor(v)
			if err != nil {
				t.Errorf("%s: %v: %v", p.name, v, err)
			}
			got += part.(interface{ String() string }).String() + "; "
		}
		if got != want {
			t.Errorf("%s: %s, want %s", p.name, got, want)
		}
	}
	if len(texts) > 0 {
		t.Errorf("no packets for %v", texts)
	}
	for _, v := range []ext.VendorExtension{
		{},
		{Critical: true, Vendor: ext.VendorVerizon, Type: 5},
		{Vendor: ext.VendorVerizon, Type: ext.TypeMIPKeyRequest, Value: []byte{0, 11}},
		{Critical: true, Vendor: 1, Type: ext.TypeMIPKeyRequest, Value: []byte{0, 11}},
		{Vendor: ext.Vendor3GPP2, Type: 18, Value: []byte{0, 1}},
		{Vendor: ext.VendorCisco, Type: 13, Value: []byte{0, 1}},
		{Vendor: ext.VendorCisco, Type: ext.TypeHostConfiguration, Value: []byte{0, 8, 0}},
	} {
		if part, err := dsmip.DecodeVendor(v); part != nil || err != nil {
			t.Errorf("%v: %v, %v", v, part, err)
		}
	}
	if part, err := dsmip.DecodeVendor(ext.VendorExtension{Critical: true, Vendor: ext.VendorVerizon, Type: 1}); part != nil || err != ext.ErrKeyUpdateSize {
		t.Errorf("%v, %v", part, err)
	}
}

// TestPrefixValues: the extensions of the draft compare, host bits included, and print a
// short line.
func TestPrefixValues(t *testing.T) {
	a, b := netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("2001:db8::2")
	request := dsmip.PrefixRequest{PrefixLength: 64, Prefix: a}
	if !request.Equal(dsmip.PrefixRequest{PrefixLength: 64, Prefix: a}) || request.Equal(dsmip.PrefixRequest{PrefixLength: 64, Prefix: b}) ||
		request.Equal(dsmip.PrefixRequest{PrefixLength: 63, Prefix: a}) {
		t.Error("Equal of requests")
	}
	reply := dsmip.PrefixReply{Code: 8, PrefixLength: 64, Prefix: a}
	if !reply.Equal(dsmip.PrefixReply{Code: 8, PrefixLength: 64, Prefix: a}) || reply.Equal(dsmip.PrefixReply{Code: 9, PrefixLength: 64, Prefix: a}) ||
		reply.Equal(dsmip.PrefixReply{Code: 8, PrefixLength: 64, Prefix: b}) || reply.Equal(dsmip.PrefixReply{Code: 8, PrefixLength: 63, Prefix: a}) {
		t.Error("Equal of replies")
	}
	for got, want := range map[string]string{
		request.String(): "IPv6 Prefix Request 2001:db8::1/64",
		reply.String():   "IPv6 Prefix Reply 8 (registration rejected, reason unspecified) 2001:db8::1/64",
		(dsmip.PrefixReply{Code: 200, PrefixLength: 255, Prefix: a}).String(): "IPv6 Prefix Reply 200 2001:db8::1/255",
		dsmip.TunnelingMode{}.String():                                        "IPv6 Tunneling Mode",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
