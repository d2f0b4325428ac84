package code_test

import (
	"fmt"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
)

// TestSpaces: the words of every number of the small code spaces, from the tables of their
// RFCs; all others are bare numbers.
func TestSpaces(t *testing.T) {
	spaces := map[string]struct {
		numbers int
		text    func(n int) string
		words   map[int]string
	}{
		"UDPTunnel, RFC 3519 §3.2.1": {256, func(n int) string { return code.UDPTunnel(n).String() }, map[int]string{
			0: "will do tunnelling", 64: "tunnelling declined, reason unspecified",
		}},
		"MobileNetwork, RFC 5177 §4.2, RFC 6626 §5": {256, func(n int) string { return code.MobileNetwork(n).String() }, map[int]string{
			0: "success", 1: "invalid prefix", 2: "Mobile Router is not authorized for prefix", 3: "forwarding setup failed",
			4: "Home Agent cannot assign a mobile network prefix",
		}},
		"RouteOptimization, RFC 6521 §5.2": {256, func(n int) string { return code.RouteOptimization(n).String() }, map[int]string{
			0: "will do route optimization", 16: "route optimization declined; reason unspecified",
		}},
		"ReplayMethod, RFC 3957 §4": {65536, func(n int) string { return code.ReplayMethod(n).String() }, map[int]string{
			2: "timestamps", 3: "nonces",
		}},
		"ReplayProtectionStyle, RFC 4857 §9.3": {65536, func(n int) string { return code.ReplayProtectionStyle(n).String() }, map[int]string{
			0: "timestamp", 1: "nonce",
		}},
		"KeyAlgorithm, RFC 2407 §4.5": {65536, func(n int) string { return code.KeyAlgorithm(n).String() }, map[int]string{
			1: "HMAC-MD5", 2: "HMAC-SHA", 3: "DES-MAC", 4: "KPDK",
		}},
		"ProxyAuthMethod, RFC 5563 §5.1": {256, func(n int) string { return code.ProxyAuthMethod(n).String() }, map[int]string{
			1: "FA-HA Authentication", 2: "IPsec Authentication",
		}},
		"DeviceIDType, RFC 5563 §5.3": {256, func(n int) string { return code.DeviceIDType(n).String() }, map[int]string{
			1: "Ethernet MAC address", 2: "Mobile Equipment Identifier (MEID)", 3: "International Mobile Equipment Identity (IMEI)", 4: "Electronic Serial Number (ESN)",
		}},
		"SubscriberIDType, RFC 5563 §5.4": {256, func(n int) string { return code.SubscriberIDType(n).String() }, map[int]string{
			1: "International Mobile Subscriber Identity (IMSI)",
		}},
		"AccessTechnology, RFC 5563 §5.5": {256, func(n int) string { return code.AccessTechnology(n).String() }, map[int]string{
			1: "802.3", 2: "802.11a/b/g", 3: "802.16e", 4: "802.16m", 5: "3GPP EUTRAN/LTE", 6: "3GPP UTRAN/GERAN", 7: "3GPP2 1xRTT/HRPD", 8: "3GPP2 UMB",
		}},
		"FlowAction, RFC 7629 §4.2": {256, func(n int) string { return code.FlowAction(n).String() }, map[int]string{
			0: "DROP", 1: "FORWARD",
		}},
		"TrafficSelectorFormat, RFC 7629 §4.2": {256, func(n int) string { return code.TrafficSelectorFormat(n).String() }, map[int]string{
			1: "IPv4 Binary Traffic Selector", 2: "IPv6 Binary Traffic Selector",
		}},
	}
	for name, s := range spaces {
		for n := range s.numbers {
			want, ok := s.words[n]
			if !ok {
				want = fmt.Sprint(n)
			}
			if got := s.text(n); got != want {
				t.Errorf("%s: %d is %q, want %q", name, n, got, want)
			}
		}
	}
}

// TestSpacesAccepted: which numbers assent.
func TestSpacesAccepted(t *testing.T) {
	for n := range 256 {
		if got := code.UDPTunnel(n).Accepted(); got != (n < 64) {
			t.Errorf("UDP tunnel %d: %v", n, got)
		}
		if got := code.RouteOptimization(n).Accepted(); got != (n < 16) {
			t.Errorf("route optimization %d: %v", n, got)
		}
		if got := code.MobileNetwork(n).Accepted(); got != (n == 0) {
			t.Errorf("mobile network %d: %v", n, got)
		}
	}
}
