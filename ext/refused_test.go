package ext_test

import (
	"bytes"
	"errors"
	"net/netip"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// TestAppendRefused: what must not be sent, with the fault that says so.
func TestAppendRefused(t *testing.T) {
	long := bytes.Repeat([]byte{'a'}, 65536)
	six, mapped := address("2001:db8::1"), address("::ffff:192.0.2.1")
	none := netip.Addr{}
	four := address("192.0.2.1")
	refused := []struct {
		value typed
		fault error
	}{
		{ext.MobileNetworkRequest{24, six}, ext.ErrMobileNetwork},
		{ext.MobileNetworkRequest{24, mapped}, ext.ErrMobileNetwork},
		{ext.MobileNetworkRequest{24, none}, ext.ErrMobileNetwork},
		{ext.MobileNetworkRequest{33, four}, ext.ErrMobileNetworkLength},
		{ext.MobileNetworkAckExplicit{0, 24, none}, ext.ErrMobileNetwork},
		{ext.MobileNetworkAckExplicit{0, 33, four}, ext.ErrMobileNetworkLength},
		{ext.MobileNetworkAckImplicit{0, 255, four}, ext.ErrMobileNetworkLength},
		{ext.MobileNetworkAckImplicit{1, 24, six}, ext.ErrMobileNetwork},
		{ext.FAError{63}, ext.ErrFAErrorStatus},
		{ext.FAError{128}, ext.ErrFAErrorStatus},
		{ext.SKIPTraversal{none, four}, ext.ErrTraversalAddress},
		{ext.SKIPTraversal{four, six}, ext.ErrTraversalAddress},
		{ext.RequestedHA{none}, ext.ErrHAAddress},
		{ext.RequestedHA{address("0.0.0.0")}, ext.ErrHAAddress},
		{ext.RequestedHA{address("224.0.0.11")}, ext.ErrHAAddress},
		{ext.RequestedHA{address("255.255.255.255")}, ext.ErrHAAddress},
		{ext.RequestedHA{mapped}, ext.ErrHAAddress},
		{ext.RedirectedHA{six}, ext.ErrHAAddress},
		{ext.GFAAddress{none}, ext.ErrAgentAddress},
		{ext.HierarchicalFA{six}, ext.ErrAgentAddress},
		{ext.MNFAKeyRequest{255}, ext.ErrReservedSPI},
		{ext.MNHAKeyRequest{0}, ext.ErrReservedSPI},
		{ext.MNFAKeyReply{FASPI: 256, Nonce: nonce[:15]}, ext.ErrKeyNonce},
		{ext.MNFAKeyReply{FASPI: 255, Nonce: nonce}, ext.ErrReservedSPI},
		{ext.MNFAKeyReply{FASPI: 256, Nonce: long[:65535-13]}, ext.ErrBodyTooLong},
		{ext.MNHAKeyReply{HASPI: 256}, ext.ErrKeyNonce},
		{ext.MNHAKeyReply{HASPI: 255, Nonce: nonce}, ext.ErrReservedSPI},
		{ext.MNHAKeyReply{HASPI: 256, Nonce: long[:65535-15]}, ext.ErrBodyTooLong},
		{ext.HAIdentity{}, ext.ErrCarriedNAI},
		{ext.AAAHIdentity{long[:255]}, ext.ErrCarriedNAI},
		{ext.FANAI{[]byte{}}, ext.ErrCarriedNAI},
		{ext.IMSI3GPP2{long[:255]}, ext.ErrBodyTooLong},
		{ext.IMSI3GPP{long[:255]}, ext.ErrBodyTooLong},
		{ext.SolicitedIPv4Address{six}, ext.ErrLinkLayerIPv4},
		{ext.FAIPv4Address{none}, ext.ErrLinkLayerIPv4},
		{ext.InterfaceID{long[:255]}, ext.ErrBodyTooLong},
		{ext.DeviceID{1, long[:254]}, ext.ErrBodyTooLong},
		{ext.SubscriberID{1, long[:254]}, ext.ErrBodyTooLong},
		{ext.ServiceSelection{}, ext.ErrService},
		{ext.ServiceSelection{long[:256]}, ext.ErrService},
		{ext.ServiceSelection{[]byte("\xff")}, ext.ErrService},
		{ext.MessageStringHA{}, ext.ErrMessageString},
		{ext.MessageStringHA{long[:255]}, ext.ErrMessageString},
		{ext.MessageStringFA{[]byte("\xc3")}, ext.ErrMessageString},
		{ext.RouteOptimizationCapability{Solicit: true}, ext.ErrSolicitRouter},
		{ext.RouteOptimizationCapability{Solicit: true, HomeAddress: six}, ext.ErrSolicitRouter},
		{ext.RouteOptimizationCapability{HomeAddress: four}, ext.ErrSolicitRouter},
		{ext.RouteOptimizationCapability{HomeAddress: six}, ext.ErrSolicitRouter},
		{ext.RouteOptimizationReply{Code: 32}, ext.ErrRouteOptimizationCode},
		{ext.MobileCorrespondentAuth{Authenticator: long[:250]}, ext.ErrBodyTooLong},
		{ext.CareOfAddress{}, ext.ErrCareOfAddresses},
		{ext.CareOfAddress{long[:5]}, ext.ErrCareOfAddresses},
		{ext.CareOfAddress{long[:256]}, ext.ErrCareOfAddresses},
		{ext.RouteOptimizationPrefix{}, ext.ErrNoStructures},
		{ext.RouteOptimizationPrefix{structures[5:]}, ext.ErrNoStructures},
		{ext.RouteOptimizationPrefix{structures[:4]}, ext.ErrNoStructures},
		{ext.RouteOptimizationPrefix{bytes.Repeat(structures[:5], 65536/5+1)}, ext.ErrBodyTooLong},
		{ext.Multipath{IfLabel: 0, BindingID: 1}, ext.ErrMultipath},
		{ext.Multipath{IfLabel: 1, BindingID: 0}, ext.ErrMultipath},
		{ext.Multipath{IfLabel: 1, BindingID: 255}, ext.ErrMultipath},
		{ext.Multipath{0, 1, 1, true, true}, ext.ErrMultipath},
		{ext.FlowBinding{Action: 1, TSFormat: 1}, ext.ErrFlowBinding},
		{ext.FlowBinding{1, long[:9], 1, nil}, ext.ErrFlowBinding},
		{ext.FlowBinding{1, []byte{1}, 0, nil}, ext.ErrFlowBinding},
		{ext.FlowBinding{1, []byte{1, 0}, 1, nil}, ext.ErrFlowBinding},
		{ext.FlowBinding{1, []byte{0}, 1, nil}, ext.ErrFlowBinding},
		{ext.FlowBinding{1, []byte{255, 1}, 1, nil}, ext.ErrFlowBinding},
		{ext.FlowBinding{1, []byte{1, 255}, 1, nil}, ext.ErrFlowBinding},
		{ext.FlowBinding{0, []byte{1, 2}, 1, nil}, ext.ErrFlowBinding},
		{ext.FlowBinding{1, []byte{1}, 1, long[:65535-3]}, ext.ErrBodyTooLong},
		{ext.VendorExtension{true, 1 << 24, 1, nil}, ext.ErrVendor},
		{ext.VendorExtension{false, 9, 1, long[:248]}, ext.ErrBodyTooLong},
		{ext.VendorExtension{true, 9, 1, long[:65530]}, ext.ErrBodyTooLong},
		{ext.MIPKeyData{}, ext.ErrKeyPayload},
		{ext.MIPKeyData{long[:65535-9], 1}, ext.ErrBodyTooLong},
		{ext.HomeNetworkPrefixLength{33}, ext.ErrHomePrefixLength},
		{ext.DNSServer{four, none}, ext.ErrHostAddress},
		{ext.DNSServer{six, four}, ext.ErrHostAddress},
		{ext.DHCPServer{none}, ext.ErrHostAddress},
		{ext.DefaultGateway{six}, ext.ErrHostAddress},
		{ext.DHCPClientID{long[:1]}, ext.ErrHostText},
		{ext.DHCPClientID{long[:246]}, ext.ErrHostText},
		{ext.DNSSuffix{}, ext.ErrHostText},
		{ext.ConfigurationURL{long[:246]}, ext.ErrHostText},
	}
	for _, r := range refused {
		buf := poisoned(70000)
		b, err := r.value.AppendBinary(buf)
		if err != r.fault || !untouched(buf, b) {
			t.Errorf("%T %s: %v, want %v", r.value, r.value, err, r.fault)
		}
		var f *code.Fault
		if !errors.As(r.fault, &f) || f.Breaks() != code.Caller || f.Reaction(code.HomeAgent) != (code.Reaction{}) ||
			f.Reaction(code.ForeignAgent) != (code.Reaction{}) || f.Reaction(code.MobileNode) != (code.Reaction{}) {
			t.Errorf("%v is not the caller's fault alone", r.fault)
		}
	}
}

// TestAppendLongest: the longest that fits, and the shortest, is written and read back.
func TestAppendLongest(t *testing.T) {
	long := bytes.Repeat([]byte{'a'}, 65536)
	for _, v := range []typed{
		ext.HAIdentity{long[:254]}, ext.AAAHIdentity{long[:254]}, ext.FANAI{long[:254]},
		ext.IMSI3GPP2{long[:254]}, ext.IMSI3GPP{long[:254]}, ext.InterfaceID{long[:254]}, ext.InterfaceID{nil},
		ext.DeviceID{1, long[:253]}, ext.SubscriberID{0, long[:253]}, ext.ServiceSelection{long[:255]},
		ext.MessageStringHA{long[:254]}, ext.MessageStringFA{long[:1]}, ext.MobileCorrespondentAuth{1, 2, long[:249]},
		ext.CareOfAddress{long[:252]}, ext.MNFAKeyReply{1, 2, 256, 4, long[:65500-14]}, ext.MNHAKeyReply{1, 2, 256, 4, 5, long[:65500-16]},
		ext.FlowBinding{1, long[:8], 1, long[:65000]}, ext.VendorExtension{false, 1, 2, long[:247]}, ext.VendorExtension{true, 1, 2, long[:65500-6]},
		ext.RouteOptimizationPrefix{bytes.Repeat(structures[:5], 13000)},
		ext.DHCPClientID{long[:2]}, ext.DHCPClientID{long[:245]}, ext.DNSSuffix{long[:1]}, ext.DNSSuffix{long[:245]},
		ext.ConfigurationURL{long[:1]}, ext.ConfigurationURL{long[:245]}, ext.MIPKeyData{long[:1], 7}, ext.MIPKeyData{long[:65500], 7},
	} {
		b, err := v.AppendBinary(nil)
		if err != nil {
			t.Errorf("%T: %v", v, err)
			continue
		}
		x := only(t, b)
		found := false
		for _, f := range figures {
			if got, err := f.parse(x); err == nil && f.equal(got, v) {
				found = true
				break
			}
		}
		if !found {
			t.Errorf("%T of %d bytes was not read back", v, len(b))
		}
	}
}

// TestParseRefused: what does not fit a figure although its Length is legal, with its
// fault. Other lengths are for TestParseLength.
func TestParseRefused(t *testing.T) {
	refused := []struct {
		wire  string
		fault *code.Fault
	}{
		{"90 06 00 00  00 00 0001", ext.ErrTunnelRequestReserved},
		{"90 06 00 00  00 00 8000", ext.ErrTunnelRequestReserved},
		{"91 02 01 ff", ext.ErrMessageStringText},
		{"91 03 02 61c3", ext.ErrMessageStringText},
		{"97 01 80", ext.ErrServiceText},
		{"99 02 01 20", ext.ErrSolicitedHoA},
		{"99 06 01 d0  c0000221", ext.ErrSolicitedHoA},
		{"32 01 0005  18 c00002 00", ext.ErrPrefixStructures},
		{"32 01 0006  40 c0000221 40", ext.ErrPrefixStructures},
		{"32 01 000b  40 c0000221 21 c0000200 00", ext.ErrPrefixStructures},
		{"32 01 0008  40 c0000221 9a 09 00", ext.ErrPrefixStructures},
		{"32 01 0009  40 c0000221 18 c00002", ext.ErrPrefixStructures},
		{"32 01 000b  40 c0000221 18 c00002 02 61", ext.ErrPrefixStructures},
		{"32 01 000a  40 c0000221 18 c00002 80", ext.ErrPrefixStructures},
		{"9a 02 0004  01 00 01 00", ext.ErrBIDCount},
		{"9a 02 000c  01 09 010203040506070809 01", ext.ErrBIDCount},
		{"9a 02 0004  01 02 01 02", ext.ErrBIDCount},
		{"9a 02 0004  01 08 01 02", ext.ErrBIDCount},
		{"26 00 0006  01003297  0001", ext.ErrVendorOctet},
		{"25 00 0006  80003297  0001", ext.ErrVendorOctet},
		{"86 08 0000  ff003297  0001", ext.ErrVendorOctet},
		{"85 08 0000  01003297  0001", ext.ErrVendorOctet},
	}
	for _, r := range refused {
		x := only(t, unhex(r.wire))
		if err := x.Check(); err != nil {
			t.Errorf("%s: its Length is wrong: %v", r.wire, err)
		}
		reads := 0
		for _, f := range figures {
			switch v, err := f.parse(x); err {
			case ext.ErrKind:
			case r.fault:
				reads++
			default:
				t.Errorf("%s: %+v, %v, want %v", r.wire, v, err, r.fault)
			}
		}
		if reads == 0 {
			t.Errorf("%s: no type reads it", r.wire)
		}
		if r.fault.Breaks() != code.Must || !r.fault.Reaction(code.HomeAgent).Advised() && r.fault != ext.ErrTunnelRequestReserved {
			t.Errorf("%v: breaks %v", r.fault, r.fault.Breaks())
		}
	}
}

// TestVendorRefused: what does not fit the layout of a vendor's part.
func TestVendorRefused(t *testing.T) {
	for wire, want := range map[string]error{
		"26 00 0006  00003297  0001":                          ext.ErrKeyUpdateSize,
		"26 00 0008  00003297  0001 0b0c":                     ext.ErrKeyUpdateSize,
		"26 00 000a  00003297  0002 0b010017":                 ext.ErrKeyUpdateSize,
		"26 00 0006  00003297  0002":                          ext.ErrKeyUpdateSize,
		"26 00 000d  00003297  0003 a1b2c3d4e5f607":           ext.ErrKeyUpdateSize,
		"26 00 0007  00003297  0004 00":                       ext.ErrKeyUpdateSize,
		"86 0b 0000  00000009  000e 000000":                   ext.ErrHostConfiguration,
		"86 0d 0000  00000009  000e 0000000000":               ext.ErrHostConfiguration,
		"86 0c 0000  00000009  000e 0001 0021":                ext.ErrHostConfiguration,
		"86 0a 0000  00000009  000e 0121":                     ext.ErrHostConfiguration,
		"86 0e 0000  00000009  000e 0002 c0000235":            ext.ErrHostConfiguration,
		"86 0d 0000  00000009  000e 0003 c00002":              ext.ErrHostConfiguration,
		"86 0f 0000  00000009  000e 0005 c000020100":          ext.ErrHostConfiguration,
		"86 0b 0000  00000009  000e 0004 01":                  ext.ErrHostConfiguration,
		"86 09 0000  0000159f  0010 01":                       ext.Err3GPP2Size,
		"86 14 0000  0000159f  0011 010106c00002350206c00002": ext.Err3GPP2Size,
	} {
		// The Length of what is cut short is written here, since it is no figure's.
		b := unhex(wire)
		if b[0] == 0x86 {
			b[1] = byte(len(b) - 2)
		}
		v, err := ext.ParseVendorExtension(only(t, b))
		if err != nil {
			t.Fatalf("%s: %v", wire, err)
		}
		got := 0
		for _, err := range vendorFaults(v) {
			if err != ext.ErrVendorKind {
				got++
				if err != want {
					t.Errorf("%s: %v, want %v", wire, err, want)
				}
			}
		}
		if got != 1 {
			t.Errorf("%s: %d types read it", wire, got)
		}
	}
	for _, v := range []ext.VendorExtension{
		{}, {true, ext.VendorCisco, ext.TypeHostConfiguration, unhex("00000000")}, {false, ext.VendorCisco, 15, unhex("00000000")},
		{false, ext.VendorCisco, ext.TypeHostConfiguration, unhex("00")}, {false, ext.VendorCisco, ext.TypeHostConfiguration, unhex("0008ab")},
		{false, ext.VendorVerizon, ext.TypeMIPKeyRequest, unhex("0b")}, {true, ext.VendorVerizon, 5, nil}, {true, ext.Vendor3GPP2, ext.TypePPPLinkIndicator, unhex("0001")},
	} {
		for _, err := range vendorFaults(v) {
			if err != ext.ErrVendorKind {
				t.Errorf("%v: %v, want %v", v, err, ext.ErrVendorKind)
			}
		}
	}
}

// TestSubTypeOfVendor: the Sub-Type of a Host Configuration has 8 bits or 16, and what is
// no such extension has none.
func TestSubTypeOfVendor(t *testing.T) {
	for _, tt := range []struct {
		v    ext.VendorExtension
		sub  uint8
		data string
		ok   bool
	}{
		{ext.VendorExtension{false, ext.VendorCisco, ext.TypeHostConfiguration, unhex("0004 0102")}, 4, "0102", true},
		{ext.VendorExtension{false, ext.VendorCisco, ext.TypeHostConfiguration, unhex("04 0102")}, 4, "0102", true},
		{ext.VendorExtension{false, ext.VendorCisco, ext.TypeHostConfiguration, unhex("00 01")}, 0, "01", true},
		{ext.VendorExtension{false, ext.VendorCisco, ext.TypeHostConfiguration, unhex("04")}, 0, "", false},
		{ext.VendorExtension{true, ext.VendorCisco, ext.TypeHostConfiguration, unhex("04 0102")}, 0, "", false},
		{ext.VendorExtension{false, ext.VendorCisco, 15, unhex("04 0102")}, 0, "", false},
		{ext.VendorExtension{}, 0, "", false},
	} {
		if sub, data, ok := tt.v.SubType(); sub != tt.sub || !bytes.Equal(data, unhex(tt.data)) || ok != tt.ok {
			t.Errorf("%v: %d, %x, %v", tt.v, sub, data, ok)
		}
	}
}

// vendorFaults has the result of every Parse of a vendor's part.
func vendorFaults(v ext.VendorExtension) []error {
	var faults []error
	try := func(err error) { faults = append(faults, err) }
	_, err := ext.ParseMIPKeyRequest(v)
	try(err)
	_, err = ext.ParseMIPKeyData(v)
	try(err)
	_, err = ext.ParseAAAAuthenticator(v)
	try(err)
	_, err = ext.ParsePublicKeyInvalid(v)
	try(err)
	_, err = ext.ParseHostConfigurationRequest(v)
	try(err)
	_, err = ext.ParseHomeNetworkPrefixLength(v)
	try(err)
	_, err = ext.ParseDNSServer(v)
	try(err)
	_, err = ext.ParseDHCPServer(v)
	try(err)
	_, err = ext.ParseDHCPClientID(v)
	try(err)
	_, err = ext.ParseDefaultGateway(v)
	try(err)
	_, err = ext.ParseDNSSuffix(v)
	try(err)
	_, err = ext.ParseConfigurationURL(v)
	try(err)
	_, err = ext.ParsePPPLinkIndicator(v)
	try(err)
	_, err = ext.ParseDNSServer3GPP2(v)
	try(err)
	return faults
}

// TestVendor3GPP2 reads what can be read but not written.
func TestVendor3GPP2(t *testing.T) {
	v, _ := ext.ParseVendorExtension(only(t, unhex("86 0a 0000  0000159f  0010 0002")))
	if p, err := ext.ParsePPPLinkIndicator(v); err != nil || p != (ext.PPPLinkIndicator{2}) || p.String() != "PPP Link Indicator 2" {
		t.Errorf("%v, %v", p, err)
	}
	v, _ = ext.ParseVendorExtension(only(t, unhex("86 15 0000  0000159f  0011 02 0106c0000235 0206c0000236")))
	want := ext.DNSServer3GPP2{2, address("192.0.2.53"), address("192.0.2.54")}
	if d, err := ext.ParseDNSServer3GPP2(v); err != nil || !d.Equal(want) || d.String() != "DNS Server IP Address entity 2 192.0.2.53 192.0.2.54" {
		t.Errorf("%v, %v", d, err)
	}
}

// TestParseLength: a Length that is none of the row's is refused with the row's fault by
// the types that read the kind, whatever the body holds.
func TestParseLength(t *testing.T) {
	for r := range ext.Registry() {
		if r.Form == ext.Pad || r.Kind.Type() == 152 {
			continue
		}
		for n := range 80 {
			body := make([]byte, n)
			b, err := ext.AppendRaw(nil, r.Kind, body)
			if err == ext.ErrDynamicHA {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			x := only(t, b)
			for _, f := range figures {
				_, err := f.parse(x)
				if err == ext.ErrKind || err == ext.ErrVendorKind {
					continue
				}
				if check := x.Check(); check != nil && err != check {
					t.Errorf("%v, body of %d: %v, want %v", r.Kind, n, err, check)
				}
			}
		}
	}
}
