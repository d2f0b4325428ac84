package code_test

import (
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

// TestRegistrationString: the registered numbers of the registry have a text,
// all others print themselves.
func TestRegistrationString(t *testing.T) {
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
	for c, want := range map[code.Registration]string{
		code.HAIdentificationMismatch:  "registration Identification mismatch",
		code.FALifetimeTooLong:         "requested Lifetime too long",
		code.FAInvalidHomeAgentAddress: "invalid home agent address",
	} {
		if c.String() != want {
			t.Errorf("%d: %q, want %q", uint8(c), c, want)
		}
	}
}

// TestNumbers pins the constants that lie where a slip would not be noticed.
func TestNumbers(t *testing.T) {
	for c, want := range map[code.Registration]int{
		code.FAMobileNodeFailedAuthentication: 67, code.FAHomeAgentFailedAuthentication: 68,
		code.FAPoorlyFormedRequest: 70, code.FAInvalidCareOfAddress: 77, code.FADeliveryStyleNotSupported: 79,
		code.FANonzeroHomeAgentRequired: 90, code.FAMissingNAI: 97, code.FAUnknownVendorFromMobileNode: 100,
		code.FAUnknownVendorFromHomeAgent: 101, code.FAUnknownChallenge: 104, code.FABadAAAAuthentication: 108,
		code.FAWrongHomeAgentChallenge: 109, code.HAMobileNodeFailedAuthentication: 131,
		code.HAForeignAgentFailedAuthentication: 132, code.HAPoorlyFormedRequest: 134,
		code.HAUnknownHomeAgentAddress: 136, code.HAUnknownVendorFromMobileNode: 140,
		code.HAUnknownVendorFromForeignAgent: 141, code.HAUDPEncapsulationUnavailable: 142,
		code.HARedirect: 143, code.HABadAAAAuthentication: 144, code.HAServiceAuthorizationFailed: 151,
		code.HAMultipathNotAllowed: 152, code.NoHomeRegistration: 193, code.ExpiredNonces: 203,
	} {
		if int(c) != want {
			t.Errorf("%v is %d, want %d", c, uint8(c), want)
		}
	}
}

func TestIPv6Prefix(t *testing.T) {
	texts := map[int]string{
		0:  "registration accepted, IPv6 to be tunneled to HoA",
		1:  "registration accepted, IPv6 to be tunneled to CoA",
		8:  "registration rejected, reason unspecified",
		9:  "registration rejected, administratively prohibited",
		10: "registration rejected, not home subnet",
		11: "registration rejected, Duplicate Address Detection failed",
	}
	for n := range 256 {
		c := code.IPv6Prefix(n)
		want := texts[n]
		if want == "" {
			want = strconv.Itoa(n)
		}
		if c.String() != want {
			t.Errorf("%d: %q, want %q", n, c, want)
		}
		if c.Accepted() != (n < 8) {
			t.Errorf("%d: accepted %v", n, c.Accepted())
		}
		if c.InRFC5454() != (n == 0 || n == 1 || n == 8 || n == 9) {
			t.Errorf("%d: in RFC 5454 %v", n, c.InRFC5454())
		}
	}
}
