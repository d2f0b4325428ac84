package code_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
)

// TestOrigin judges all 256 codes by ranges written from RFC 5944 §6.4,
// RFC 4857 §9.5 and RFC 6521 §10.
func TestOrigin(t *testing.T) {
	ranges := []struct {
		first, last int
		origin      code.Origin
		name        string
	}{
		{0, 8, code.Accepted, "accepted"},
		{9, 63, code.Unassigned, "unassigned"},
		{64, 109, code.ByForeignAgent, "foreign agent"},
		{110, 111, code.ByGateway, "gateway foreign agent"},
		{112, 127, code.ByForeignAgent, "foreign agent"},
		{128, 192, code.ByHomeAgent, "home agent"},
		{193, 193, code.ByGateway, "gateway foreign agent"},
		{194, 194, code.ByForeignAgent, "foreign agent"}, // RFC 5944 §3.4
		{195, 200, code.ByGateway, "gateway foreign agent"},
		{201, 210, code.ByCorrespondent, "correspondent node"},
		{211, 255, code.Unassigned, "unassigned"},
	}
	next := 0
	for _, r := range ranges {
		if r.first != next {
			t.Fatalf("the ranges have a hole at %d", next)
		}
		for n := r.first; n <= r.last; n++ {
			c := code.Registration(n)
			if c.Origin() != r.origin || c.Origin().String() != r.name {
				t.Errorf("%d: origin %v, want %v", n, c.Origin(), r.name)
			}
			if c.Accepted() != (n <= 8) {
				t.Errorf("%d: accepted %v", n, c.Accepted())
			}
		}
		next = r.last + 1
	}
	if next != 256 {
		t.Fatalf("the ranges end at %d", next)
	}
}

// pinned is a constant, what it is, the number that its RFC and the registry of
// the Mobile IPv4 Numbers give it, and its words.
type pinned struct {
	name   string
	got    int
	number int
	words  string
}

var registrations = []pinned{
	{"RegistrationAccepted", int(code.RegistrationAccepted), 0, "registration accepted"},
	{"AcceptedNoSimultaneousBindings", int(code.AcceptedNoSimultaneousBindings), 1, "registration accepted, but simultaneous mobility bindings unsupported"},
	{"ConcurrentRegistration", int(code.ConcurrentRegistration), 2, "concurrent registration (pre-accept)"},
	{"FAReasonUnspecified", int(code.FAReasonUnspecified), 64, "reason unspecified"},
	{"FAAdministrativelyProhibited", int(code.FAAdministrativelyProhibited), 65, "administratively prohibited"},
	{"FAInsufficientResources", int(code.FAInsufficientResources), 66, "insufficient resources"},
	{"FAMobileNodeFailedAuthentication", int(code.FAMobileNodeFailedAuthentication), 67, "mobile node failed authentication"},
	{"FAHomeAgentFailedAuthentication", int(code.FAHomeAgentFailedAuthentication), 68, "home agent failed authentication"},
	{"FALifetimeTooLong", int(code.FALifetimeTooLong), 69, "requested Lifetime too long"},
	{"FAPoorlyFormedRequest", int(code.FAPoorlyFormedRequest), 70, "poorly formed Request"},
	{"FAPoorlyFormedReply", int(code.FAPoorlyFormedReply), 71, "poorly formed Reply"},
	{"FAEncapsulationUnavailable", int(code.FAEncapsulationUnavailable), 72, "requested encapsulation unavailable"},
	{"FAReservedUnavailable", int(code.FAReservedUnavailable), 73, "reserved and unavailable"},
	{"FAReverseTunnelUnavailable", int(code.FAReverseTunnelUnavailable), 74, "requested reverse tunnel unavailable"},
	{"FAReverseTunnelMandatory", int(code.FAReverseTunnelMandatory), 75, "reverse tunnel is mandatory and 'T' bit not set"},
	{"FAMobileNodeTooDistant", int(code.FAMobileNodeTooDistant), 76, "mobile node too distant"},
	{"FAInvalidCareOfAddress", int(code.FAInvalidCareOfAddress), 77, "invalid care-of address"},
	{"FARegistrationTimeout", int(code.FARegistrationTimeout), 78, "registration timeout"},
	{"FADeliveryStyleNotSupported", int(code.FADeliveryStyleNotSupported), 79, "delivery style not supported"},
	{"FAHomeNetworkUnreachable", int(code.FAHomeNetworkUnreachable), 80, "home network unreachable (ICMP error received)"},
	{"FAHomeAgentHostUnreachable", int(code.FAHomeAgentHostUnreachable), 81, "home agent host unreachable (ICMP error received)"},
	{"FAHomeAgentPortUnreachable", int(code.FAHomeAgentPortUnreachable), 82, "home agent port unreachable (ICMP error received)"},
	{"FAHomeAgentUnreachable", int(code.FAHomeAgentUnreachable), 88, "home agent unreachable (other ICMP error received)"},
	{"FAVendorSpecificReason", int(code.FAVendorSpecificReason), 89, "vendor-specific reason"},
	{"FANonzeroHomeAgentRequired", int(code.FANonzeroHomeAgentRequired), 90, "non-zero home agent address required"},
	{"FANonzeroHomeAddressRequired", int(code.FANonzeroHomeAddressRequired), 96, "non-zero home address required"},
	{"FAMissingNAI", int(code.FAMissingNAI), 97, "missing NAI"},
	{"FAMissingHomeAgent", int(code.FAMissingHomeAgent), 98, "missing home agent"},
	{"FAMissingHomeAddress", int(code.FAMissingHomeAddress), 99, "missing home address"},
	{"FAUnknownVendorFromMobileNode", int(code.FAUnknownVendorFromMobileNode), 100, "unable to interpret CVSE from mobile node"},
	{"FAUnknownVendorFromHomeAgent", int(code.FAUnknownVendorFromHomeAgent), 101, "unable to interpret CVSE from home agent"},
	{"FAUnknownChallenge", int(code.FAUnknownChallenge), 104, "unknown challenge"},
	{"FAMissingChallenge", int(code.FAMissingChallenge), 105, "missing challenge"},
	{"FAStaleChallenge", int(code.FAStaleChallenge), 106, "stale challenge"},
	{"FAMissingMobileForeign", int(code.FAMissingMobileForeign), 107, "missing Mobile-Foreign Authentication"},
	{"FABadAAAAuthentication", int(code.FABadAAAAuthentication), 108, "bad AAA authentication"},
	{"FAWrongHomeAgentChallenge", int(code.FAWrongHomeAgentChallenge), 109, "wrong challenge from home agent"},
	{"ReplayProtectionUnavailable", int(code.ReplayProtectionUnavailable), 110, "replay protection style unavailable"},
	{"ZeroCareOfAddressNotSupported", int(code.ZeroCareOfAddressNotSupported), 111, "zero care-of address not supported"},
	{"UnknownGatewayForeignAgent", int(code.UnknownGatewayForeignAgent), 112, "unknown gateway foreign agent"},
	{"GatewayForeignAgentUnreachable", int(code.GatewayForeignAgentUnreachable), 113, "gateway foreign agent unreachable"},
	{"GatewayForeignAgentHostUnreachable", int(code.GatewayForeignAgentHostUnreachable), 114, "gateway foreign agent host unreachable"},
	{"GatewayForeignAgentPortUnreachable", int(code.GatewayForeignAgentPortUnreachable), 115, "gateway foreign agent port unreachable"},
	{"FAInvalidHomeAgentAddress", int(code.FAInvalidHomeAgentAddress), 116, "invalid home agent address"},
	{"FAExperimental", int(code.FAExperimental), 127, "experimental foreign agent error"},
	{"HAReasonUnspecified", int(code.HAReasonUnspecified), 128, "reason unspecified"},
	{"HAAdministrativelyProhibited", int(code.HAAdministrativelyProhibited), 129, "administratively prohibited"},
	{"HAInsufficientResources", int(code.HAInsufficientResources), 130, "insufficient resources"},
	{"HAMobileNodeFailedAuthentication", int(code.HAMobileNodeFailedAuthentication), 131, "mobile node failed authentication"},
	{"HAForeignAgentFailedAuthentication", int(code.HAForeignAgentFailedAuthentication), 132, "foreign agent failed authentication"},
	{"HAIdentificationMismatch", int(code.HAIdentificationMismatch), 133, "registration Identification mismatch"},
	{"HAPoorlyFormedRequest", int(code.HAPoorlyFormedRequest), 134, "poorly formed Request"},
	{"HATooManyBindings", int(code.HATooManyBindings), 135, "too many simultaneous mobility bindings"},
	{"HAUnknownHomeAgentAddress", int(code.HAUnknownHomeAgentAddress), 136, "unknown home agent address"},
	{"HAReverseTunnelUnavailable", int(code.HAReverseTunnelUnavailable), 137, "requested reverse tunnel unavailable"},
	{"HAReverseTunnelMandatory", int(code.HAReverseTunnelMandatory), 138, "reverse tunnel is mandatory and 'T' bit not set"},
	{"HAEncapsulationUnavailable", int(code.HAEncapsulationUnavailable), 139, "requested encapsulation unavailable"},
	{"HAUnknownVendorFromMobileNode", int(code.HAUnknownVendorFromMobileNode), 140, "unable to interpret CVSE from mobile node"},
	{"HAUnknownVendorFromForeignAgent", int(code.HAUnknownVendorFromForeignAgent), 141, "unable to interpret CVSE from foreign agent"},
	{"HAUDPEncapsulationUnavailable", int(code.HAUDPEncapsulationUnavailable), 142, "requested UDP tunnel encapsulation unavailable"},
	{"HARedirect", int(code.HARedirect), 143, "redirected home agent"},
	{"HABadAAAAuthentication", int(code.HABadAAAAuthentication), 144, "bad AAA authentication"},
	{"HAZeroCareOfAddress", int(code.HAZeroCareOfAddress), 145, "zero care-of address"},
	{"HADynamicGatewayNotSupported", int(code.HADynamicGatewayNotSupported), 146, "dynamic gateway foreign agent not supported"},
	{"HAMobileNetworkError", int(code.HAMobileNetworkError), 147, "mobile network registration error"},
	{"HAMobileNetworkDisallowed", int(code.HAMobileNetworkDisallowed), 148, "mobile network registration disallowed"},
	{"HAProxyUnsupported", int(code.HAProxyUnsupported), 149, "proxy registration unsupported"},
	{"HAProxyDisallowed", int(code.HAProxyDisallowed), 150, "proxy registration disallowed"},
	{"HAServiceAuthorizationFailed", int(code.HAServiceAuthorizationFailed), 151, "service authorization failed"},
	{"HAMultipathNotAllowed", int(code.HAMultipathNotAllowed), 152, "multipath not allowed"},
	{"HAInvalidFlowBindingIdentifier", int(code.HAInvalidFlowBindingIdentifier), 153, "invalid flow binding identifier"},
	{"HAExperimental", int(code.HAExperimental), 192, "experimental home agent error"},
	{"NoHomeRegistration", int(code.NoHomeRegistration), 193, "no home registration"},
	{"InvalidHomeAgentAddress194", int(code.InvalidHomeAgentAddress194), 194, "invalid home agent address"},
	{"ExpiredHomeNonce", int(code.ExpiredHomeNonce), 201, "expired home nonce index"},
	{"ExpiredCareOfNonce", int(code.ExpiredCareOfNonce), 202, "expired care-of nonce index"},
	{"ExpiredNonces", int(code.ExpiredNonces), 203, "expired nonces"},
}

var prefixes = []pinned{
	{"PrefixAcceptedHomeAddress", int(code.PrefixAcceptedHomeAddress), 0, "registration accepted, IPv6 to be tunneled to HoA"},
	{"PrefixAcceptedCareOfAddress", int(code.PrefixAcceptedCareOfAddress), 1, "registration accepted, IPv6 to be tunneled to CoA"},
	{"PrefixReasonUnspecified", int(code.PrefixReasonUnspecified), 8, "registration rejected, reason unspecified"},
	{"PrefixAdministrativelyProhibited", int(code.PrefixAdministrativelyProhibited), 9, "registration rejected, administratively prohibited"},
	{"PrefixNotHomeSubnet", int(code.PrefixNotHomeSubnet), 10, "registration rejected, not home subnet"},
	{"PrefixDuplicateAddress", int(code.PrefixDuplicateAddress), 11, "registration rejected, Duplicate Address Detection failed"},
}

// TestNumbers pins every constant: its number and its words. What is in no table
// has none and prints its number.
func TestNumbers(t *testing.T) {
	for _, space := range []struct {
		file, typeName string
		rows           []pinned
		text           func(int) string
	}{
		{"registration.go", "Registration", registrations, func(n int) string { return code.Registration(n).String() }},
		{"ipv6_prefix.go", "IPv6Prefix", prefixes, func(n int) string { return code.IPv6Prefix(n).String() }},
	} {
		words := map[int]string{}
		var names []string
		for _, r := range space.rows {
			if r.got != r.number {
				t.Errorf("%s is %d, want %d", r.name, r.got, r.number)
			}
			if words[r.number] != "" {
				t.Errorf("%d stands in the table twice", r.number)
			}
			words[r.number] = r.words
			names = append(names, r.name)
		}
		for n := range 256 {
			want := words[n]
			if want == "" {
				want = strconv.Itoa(n)
			}
			if got := space.text(n); got != want {
				t.Errorf("%s %d: %q, want %q", space.typeName, n, got, want)
			}
		}
		if declared := constants(t, space.file, space.typeName); !slices.Equal(declared, names) {
			t.Errorf("%s declares %v, pinned are %v", space.file, declared, names)
		}
	}
}

// constants returns the names of the constants of a type that a file declares.
func constants(t *testing.T, file, typeName string) (names []string) {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST {
			continue
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			if id, ok := v.Type.(*ast.Ident); ok && id.Name == typeName {
				for _, n := range v.Names {
					names = append(names, n.Name)
				}
			}
		}
	}
	return names
}

// TestRegistered: the numbers of the registry have words, all others have none.
func TestRegistered(t *testing.T) {
	registered := map[int]bool{}
	for _, r := range [][2]int{{0, 2}, {64, 82}, {88, 90}, {96, 101}, {104, 116}, {127, 153}, {192, 194}, {201, 203}} {
		for n := r[0]; n <= r[1]; n++ {
			registered[n] = true
		}
	}
	for n := range 256 {
		s := code.Registration(n).String()
		if number := strconv.Itoa(n); (s == number) == registered[n] || s == "" {
			t.Errorf("%d: %q, registered %v", n, s, registered[n])
		}
	}
}

func TestIPv6Prefix(t *testing.T) {
	for n := range 256 {
		c := code.IPv6Prefix(n)
		if c.Accepted() != (n < 8) {
			t.Errorf("%d: accepted %v", n, c.Accepted())
		}
		if c.InRFC5454() != (n == 0 || n == 1 || n == 8 || n == 9) {
			t.Errorf("%d: in RFC 5454 %v", n, c.InRFC5454())
		}
	}
}
