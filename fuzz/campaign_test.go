package fuzz_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

func context(t testing.TB, spi uint32, a ext.Algorithm, key string) ext.SecurityContext {
	t.Helper()
	c, err := ext.NewSecurityContext(spi, a, []byte(key))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// associations are those of the tests: all that there can be.
type associations struct{ home, foreign, foreignHome, aaa ext.SecurityContext }

func all(t testing.TB) associations {
	return associations{
		home:        context(t, 256, ext.HMACMD5, "sixteen byte key"),
		foreign:     context(t, 1000, ext.HMACSHA1, "mobile and foreign"),
		foreignHome: context(t, 2000, ext.HMACSHA256, "foreign and home"),
		aaa:         context(t, 3000, ext.HMACMD5, "mobile and aaa"),
	}
}

// setup is a campaign on a leg with everything that can be shared.
func setup(t testing.TB, leg code.Leg, p dsmip.Profile) fuzz.Setup {
	a := all(t)
	return fuzz.Setup{
		Seed: 5944,
		Situation: rules.Situation{
			Leg:              leg,
			Profile:          p,
			Implements:       func(k ext.Kind) bool { return k.Type() != 127 },
			ImplementsVendor: func(vendor uint32, _ uint16) bool { return vendor != 0xffffff },
		},
		MobileHome:    a.home,
		MobileForeign: a.foreign,
		ForeignHome:   a.foreignHome,
		MobileAAA:     a.aaa,
	}
}

// setups are campaigns on every leg under both profiles, and with fewer
// associations, the older edition, the R flag, and what is known of proxies.
func setups(t testing.TB) map[string]fuzz.Setup {
	m := map[string]fuzz.Setup{}
	for leg := code.MNtoFA; leg <= code.FAtoMN; leg++ {
		for _, p := range []dsmip.Profile{dsmip.Draft06, dsmip.RFC5454} {
			name := fmt.Sprint(leg, " ", p)
			m[name] = setup(t, leg, p)
			few := setup(t, leg, p)
			few.MobileForeign, few.ForeignHome, few.MobileAAA = ext.SecurityContext{}, ext.SecurityContext{}, ext.SecurityContext{}
			few.Situation.MobileForeign, few.Situation.ForeignHome = rules.None, rules.None
			few.Situation.RegistrationRequired = true
			few.Situation.Proxies = rules.Served
			m[name+" few"] = few
			home := few
			home.MobileAAA = m[name].MobileAAA
			m[name+" home"] = home
			few.Situation.MobileForeign, few.Situation.ForeignHome = rules.Unknown, rules.Unknown
			few.Situation.Edition = rules.RFC3344
			few.Situation.Proxies = rules.None
			few.Situation.Implements = func(k ext.Kind) bool { return k.Type() != 127 && k.Type() != 139 }
			m[name+" 3344"] = few
			old := setup(t, leg, p)
			old.Situation.Edition = rules.RFC3344
			old.Situation.Implements = func(k ext.Kind) bool { return k.Type() != 127 && k.Type() != 154 }
			m[name+" all 3344"] = old
		}
	}
	return m
}

func campaign(t testing.TB, s fuzz.Setup) *fuzz.Campaign {
	t.Helper()
	c, err := fuzz.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// parsed is a message of either type.
type parsed struct {
	request mipv4.Request
	reply   mipv4.Reply
	isReply bool
	list    ext.List
}

func parse(b []byte, asReply bool) (p parsed, err error) {
	p.isReply = asReply
	if asReply {
		err = p.reply.Parse(b)
		p.list = p.reply.Extensions
	} else {
		err = p.request.Parse(b)
		p.list = p.request.Extensions
	}
	return p, err
}

// judged are the faults that the rule book finds, layouts included, each once.
func judged(p parsed, s fuzz.Setup, k *fuzz.Case) (all []error) {
	verdicts := s.Situation.Request(&p.request)
	if p.isReply {
		verdicts = s.Situation.Reply(&p.reply, &k.Asked)
	}
	type found struct {
		offset int
		fault  *code.Fault
	}
	told := map[found]bool{}
	for v := range verdicts {
		// What stops the message is told first, and again with its extension.
		if f := (found{v.Offset, v.Fault}); v.Fault != nil && !told[f] {
			told[f] = true
			all = append(all, v.Fault)
		}
	}
	return all
}

// layoutFaults are those of the bodies.
func layoutFaults(l ext.List) (all []error) {
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if _, err := dsmip.Decode(x); err != nil {
			all = append(all, err)
		}
	}
	return all
}

// authFaults verifies the first authentication extension of every association.
func authFaults(l ext.List, s fuzz.Setup) (all []error) {
	for _, a := range []struct {
		kind    ext.Kind
		context ext.SecurityContext
	}{
		{ext.KindMobileHomeAuth, s.MobileHome}, {ext.KindMobileForeignAuth, s.MobileForeign},
		{ext.KindForeignHomeAuth, s.ForeignHome}, {ext.KindMNAAAAuth, s.MobileAAA},
	} {
		auth, err := l.Auth(a.kind)
		if err != nil || a.context.SPI() == 0 {
			continue
		}
		if _, err := a.context.Verify(auth); err != nil {
			all = append(all, err)
		}
	}
	return all
}

// examine finds what is wrong with a packet, and compares it with what was
// planted: that and nothing else.
func examine(k *fuzz.Case, s fuzz.Setup) error {
	onReplyLeg := s.Situation.Leg.Reply()
	p, err := parse(k.Packet, onReplyLeg)
	if k.Mutation.Class == fuzz.Structure {
		if err != error(k.Mutation.Fault) {
			return fmt.Errorf("Parse gives %v", err)
		}
		return nil
	}
	if err != nil {
		return err
	}
	expect := func(c fuzz.Class, what string, got []error) error {
		switch {
		case k.Mutation.Class != c && len(got) > 0:
			return fmt.Errorf("%s finds %v", what, got)
		case k.Mutation.Class == c && (len(got) != 1 || got[0] != error(k.Mutation.Fault)):
			return fmt.Errorf("%s finds %v", what, got)
		}
		return nil
	}
	if err := expect(fuzz.Layout, "the layout check", layoutFaults(p.list)); err != nil {
		return err
	}
	book := fuzz.Rule
	if k.Mutation.Class == fuzz.Layout {
		book = fuzz.Layout
	}
	reserved := k.Mutation.Class == fuzz.Authentication && strings.HasSuffix(k.Mutation.Name, "-reserved-spi")
	if reserved {
		book = fuzz.Authentication // the book finds it, and no context has the SPI
	}
	if err := expect(book, "the rule book", planted(k, judged(p, s, k))); err != nil {
		return err
	}
	if k.Mutation.Class == fuzz.Rule || k.Mutation.Fault == p.badHome() {
		return nil // what is out of place need not be signed
	}
	verified := authFaults(p.list, s)
	if reserved && len(verified) == 1 && verified[0] == ext.ErrSPI {
		verified[0] = k.Mutation.Fault
	}
	if err := expect(fuzz.Authentication, "Verify", verified); err != nil || onReplyLeg {
		return err
	}
	var got []error
	var node mipv4.Timestamps
	if k.Last != 0 {
		if err := node.Commit(k.Last); err != nil {
			return err
		}
	}
	if _, err := node.Judge(k.Identification, k.Clock, 7*time.Second); err != nil {
		got = append(got, err)
	}
	return expect(fuzz.Replay, "Timestamps.Judge", got)
}

// planted returns what the rule book finds, but for what follows from the fault
// that was planted.
func planted(k *fuzz.Case, found []error) []error {
	return slices.DeleteFunc(found, func(err error) bool {
		switch err {
		case error(k.Mutation.Fault):
			return false
		// A Mobile-Home Authentication that does not fit its layout is not there.
		case rules.ErrNoAuthorization, rules.ErrNoAuthorization3344, rules.ErrReplyNoMobileHome:
			return k.Mutation.Name == "mobile-home-without-spi"
		// Directly all that is wrong without the D flag is wrong beside that.
		case rules.ErrDirectWithoutD:
			return true
		// Without an association there is none for what answers the Challenge either.
		case rules.ErrMobileForeignUnknown:
			return k.Mutation.Name == "challenge-without-mn-aaa"
		// The association has the SPI that it has.
		case rules.ErrDirectSPI:
			return true
		}
		return false
	})
}

// badHome is the fault of a Mobile-Home Authentication without SPI.
func (parsed) badHome() *code.Fault {
	r, _ := ext.Lookup(ext.KindMobileHomeAuth)
	return r.BadLength
}

// TestCases: every packet has the fault that was planted, and no other.
func TestCases(t *testing.T) {
	n := uint64(100_000)
	if testing.Short() {
		n = 3_000
	}
	buf := make([]byte, 0, 1<<16)
	for name, s := range setups(t) {
		c := campaign(t, s)
		count := n
		if !strings.Contains(name, "ha draft06") || strings.Contains(name, "3344") {
			count = n / 10
		}
		failed := map[string]bool{}
		for i := range count {
			k := c.Case(i, buf)
			if err := examine(&k, c.Setup()); err != nil && !failed[k.Mutation.Name] {
				failed[k.Mutation.Name] = true
				t.Errorf("%s, case %d, %s, planted %v: %v\n%x", name, i, k.Mutation.Name, k.Mutation.Fault, err, k.Packet[:min(len(k.Packet), 300)])
			}
		}
	}
}

// TestCasePure: a case is a function of campaign and index, whatever was made
// before and whatever is in the buffer.
func TestCasePure(t *testing.T) {
	for name, s := range setups(t) {
		c, again := campaign(t, s), campaign(t, s)
		poisoned := bytes.Repeat([]byte{0xa5}, 1<<17)
		for i := range uint64(400) {
			k := c.Case(i, nil)
			l := again.Case(i, poisoned[:3])
			if !bytes.Equal(k.Packet, l.Packet) || !bytes.Equal(k.Before, l.Before) || k.Allowed != l.Allowed {
				t.Fatalf("%s, case %d: %x and %x", name, i, k.Packet, l.Packet)
			}
			if !bytes.Equal(poisoned[:3], []byte{0xa5, 0xa5, 0xa5}) {
				t.Fatalf("%s, case %d wrote what was in the buffer", name, i)
			}
			for j := range poisoned {
				poisoned[j] = 0xa5
			}
		}
	}
}

// TestPlantsEveryRule looks for faults that a packet can show and no campaign plants:
// those of the rule book, and those that the sources of the packages below declare.
func TestPlantsEveryRule(t *testing.T) {
	planted := map[string]bool{}
	for _, s := range setups(t) {
		for _, m := range campaign(t, s).Mutations() {
			if m.Fault != nil {
				planted[m.Fault.Text()] = true
			}
		}
	}
	n := 0
	look := func(text string) {
		n++
		if why, except := neverPlanted[text]; planted[text] == except {
			t.Errorf("%s: planted %v, although %q", text, planted[text], why)
		}
	}
	// What other messages and advertisements can have wrong no registration has.
	others := slices.Concat(declared(t, "../dsmip/rules/fault_message.go"), declared(t, "../dsmip/rules/fault_message_answer.go"), declared(t, "../dsmip/rules/fault_advertisement.go"))
	for f := range rules.Faults() {
		if f.Breaks() != code.Caller && !slices.Contains(others, f.Text()) {
			look(f.Text())
		}
	}
	for _, file := range []string{
		"../mipv4/fault.go", "../mipv4/exchange.go", "../mipv4/replay.go", "../dsmip/prefix.go", "../dsmip/match.go", "../ext/fault.go",
		"../ext/message_string.go", "../ext/multi_access.go", "../ext/nat.go", "../ext/route_optimization.go", "../ext/service.go", "../ext/vendor.go",
	} {
		for _, text := range declared(t, file) {
			look(text)
		}
	}
	if n < 200 {
		t.Errorf("only %d faults found", n)
	}
}

// declared returns the texts of the faults that a file declares, but for the caller's.
func declared(t *testing.T, file string) (texts []string) {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(f, func(node ast.Node) bool {
		v, ok := node.(*ast.ValueSpec)
		if !ok || len(v.Values) != 1 {
			return true
		}
		call, ok := v.Values[0].(*ast.CallExpr)
		if !ok {
			return true
		}
		text, err := strconv.Unquote(call.Args[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		if call.Args[2].(*ast.SelectorExpr).Sel.Name != "Caller" {
			texts = append(texts, text)
		}
		return true
	})
	return texts
}

// neverPlanted are the texts of the faults that no packet of a campaign can show, with
// the reason.
var neverPlanted = func() map[string]string {
	all := map[string]string{}
	for why, faults := range map[string][]error{
		"campaigns use timestamps": {mipv4.ErrNonce},
		"a campaign of replies knows the fixed part of the request only": {
			rules.ErrPrefixUnasked, dsmip.ErrTunnelUnasked, dsmip.ErrOtherLength, dsmip.ErrNothingAssigned, rules.ErrAssignedHA, rules.ErrNAIMissing,
			rules.ErrChallengeChanged, rules.ErrKeyReplyMissing, rules.ErrTunnelReplyUnasked, rules.ErrTunnelReplyForced, rules.ErrTunnelReplyZone,
			rules.ErrGREKeyUnasked, rules.ErrRevocationUnasked, rules.ErrRevocationInform, rules.ErrServiceUnasked, rules.ErrGatewayMissing,
			rules.ErrProxyMethodMissing, rules.ErrRouteOptimizationUnasked, rules.ErrPrefixesUnasked, rules.ErrImplicitAcknowledgement, rules.ErrNetworkUnasked,
			rules.ErrOtherNAI, rules.ErrChallengeUsed, rules.ErrGREKeyMissing, rules.ErrOtherGateway, rules.ErrRouteOptimizationFlags,
			rules.ErrRouteOptimizationMissing, rules.ErrMobileNetworkAckDeregisters, rules.ErrPrefixUnanswered,
		},
		"only the target knows": {
			rules.ErrNotHomeAgent, rules.ErrForeignAsHome, rules.ErrRequestedHADestination, rules.ErrBroadcastDestination, rules.ErrCareOfAddressNotOffered,
			rules.ErrLifetimeTooLong, rules.ErrEncapsulationUnavailable, rules.ErrReverseTunnelUnavailable, rules.ErrReverseTunnelMandatory, rules.ErrTooDistant,
			rules.ErrDeliveryStyle, rules.ErrUDPTunnelUnavailable, rules.ErrUDPTunnelEncapsulation, rules.ErrChallengeMissing, rules.ErrChallengeUnknown,
			rules.ErrChallengeStale, rules.ErrOfferedWithD, rules.ErrHomeAddressNotServed, rules.ErrHomeAddressRequired, rules.ErrSource,
			rules.ErrChallengeOmitted, rules.ErrTunnelRequestUnadvertised,
		},
		"is of the home agent that a campaign plays, of which it says nothing":   {rules.ErrSimultaneousBindings},
		"is of the association, which the setup has":                             {rules.ErrDirectSPI},
		"is of who takes any message, as ErrNotRequest is of who takes requests": {mipv4.ErrUnknownMessage},
		"is of who relays, as ErrNoAuthorization is of who judges":               {mipv4.ErrNotAuthorized},
		"is of who relays, as ErrBehindLast is of who judges":                    {mipv4.ErrBehindForeign},
		"nothing of the mobile node's follows it, or there is more than one MN-AAA": {
			rules.Misplaced(ext.KindMNFAKeyRequest), rules.Misplaced(ext.KindMNHAKeyRequest),
		},
	} {
		for _, err := range faults {
			all[err.(*code.Fault).Text()] = why
		}
	}
	return all
}()

// TestMutations: on every leg there are 60 that break something, each with a
// name, a section and room for the target to conform.
func TestMutations(t *testing.T) {
	for name, s := range setups(t) {
		names := map[string]bool{}
		for _, m := range campaign(t, s).Mutations() {
			if m.Fault == nil {
				continue
			}
			if names[m.Name] || m.Name == "" || m.Fault.Source() == "" || m.Class == fuzz.Conforming {
				t.Errorf("%s: %+v", name, m)
			}
			names[m.Name] = true
		}
		if len(names) < 60 {
			t.Errorf("%s: %d mutations", name, len(names))
		}
	}
}

// TestManyExtensions: conforming packets have 17 extensions or more within what a
// node must receive, 548 octets, and within an Ethernet frame, 1,472; 60,000 octets
// are rare, and no more than their share of the cases.
func TestManyExtensions(t *testing.T) {
	buf := make([]byte, 0, 1<<16)
	for name, s := range setups(t) {
		c := campaign(t, s)
		mutations := c.Mutations()
		turn := uint64(len(mutations))
		big, huge := 0, 0
		seen := map[string]int{}
		for i := range 100 * turn {
			if !strings.HasPrefix(mutations[i%turn].Name, "many-") {
				continue
			}
			k := c.Case(i, buf)
			seen[k.Mutation.Name]++
			p, err := parse(k.Packet, s.Situation.Leg.Reply())
			if err != nil {
				t.Fatal(err)
			}
			n, size := 0, len(k.Packet)
			for x, ok := p.list.First(); ok; x, ok = p.list.Next(x) {
				n++
			}
			right := false
			switch k.Mutation.Name {
			case "many-extensions-548":
				right = size <= 548
			case "many-extensions-1472":
				right = size > 548 && size <= 1472
			case "many-prefix-requests":
				big++
				if right = size > 548 && size <= 1472; size > 60_000 {
					huge++
					right = true
				}
			}
			if !right || n < 17 {
				t.Errorf("%s, case %d, %s: %d extensions in %d octets", name, i, k.Mutation.Name, n, size)
			}
		}
		want := 0
		if s.Situation.Leg == code.MNtoHA || s.Situation.Leg == code.FAtoHA {
			want = 100
		}
		if big != want || want > 0 && (huge == 0 || huge > 20) || seen["many-extensions-548"] == 0 || seen["many-extensions-1472"] == 0 {
			t.Errorf("%s: %d cases of 60,000 octets among %d: %v", name, huge, big, seen)
		}
	}
}

// TestCaseAllocates nothing when the buffer has room.
func TestCaseAllocates(t *testing.T) {
	buf := make([]byte, 0, 1<<17)
	for name, s := range setups(t) {
		c := campaign(t, s)
		least := 1.0
		for range 5 {
			i := uint64(0)
			least = min(least, testing.AllocsPerRun(1, func() {
				for range 400 {
					c.Case(i, buf)
					i++
				}
			}))
		}
		if least > 0 && !raceEnabled {
			t.Errorf("%s: %v allocations in 400 cases", name, least)
		}
	}
}

// TestEveryCaseDiffers: a home address comes again only when all others have
// been used, and no two packets are the same.
func TestEveryCaseDiffers(t *testing.T) {
	s := setup(t, code.MNtoHA, dsmip.Draft06)
	s.HomeAddresses = netip.MustParsePrefix("10.9.8.0/24")
	c := campaign(t, s)
	if c.HomeAddresses() != 255 {
		t.Fatalf("%d home addresses", c.HomeAddresses())
	}
	seen := map[string]bool{}
	last := map[netip.Addr]uint64{}
	for i := range uint64(2000) {
		k := c.Case(i, nil)
		if len(k.Packet) > mipv4.TypeRequest.FixedLength() && seen[string(k.Packet)] {
			t.Errorf("case %d was there before", i)
		}
		seen[string(k.Packet)] = true
		if k.HomeAddress.IsUnspecified() || k.HomeAddress.As4()[0] >= 224 {
			continue // what is wrong with it
		}
		if before, ok := last[k.HomeAddress]; ok && (i-before)%255 != 0 || !s.HomeAddresses.Contains(k.HomeAddress) {
			t.Errorf("case %d has %v, case %d had it", i, k.HomeAddress, before)
		}
		last[k.HomeAddress] = i
	}
	if _, ok := last[netip.MustParseAddr("10.9.8.0")]; ok || len(last) != 255 {
		t.Errorf("%d home addresses; the first is the probe's", len(last))
	}
}

// TestStable pins the packets: case numbers in a report are worthless when they
// name other packets elsewhere.
func TestStable(t *testing.T) {
	h := sha256.New()
	for _, leg := range []code.Leg{code.MNtoFA, code.MNtoHA, code.FAtoHA, code.HAtoFA, code.HAtoMN, code.FAtoMN} {
		c := campaign(t, setup(t, leg, dsmip.RFC5454))
		for i := range uint64(1000) {
			k := c.Case(i, nil)
			fmt.Fprintf(h, "%s %x %x\n", k.Mutation.Name, k.Before, k.Packet)
		}
	}
	const want = "f979459d0b71aec9b60e9aaa21995f605a10955bf18b2d2cea5546c0cf59e1f2"
	if got := hex.EncodeToString(h.Sum(nil)); got != want {
		t.Errorf("the packets of a seed have changed: digest %s, was %s", got, want)
	}
}

func TestSetupFaults(t *testing.T) {
	good := setup(t, code.MNtoFA, dsmip.Draft06)
	change := func(f func(*fuzz.Setup)) fuzz.Setup {
		s := good
		f(&s)
		return s
	}
	for name, c := range map[string]struct {
		s    fuzz.Setup
		want error
	}{
		"leg":           {change(func(s *fuzz.Setup) { s.Situation.Leg = code.Leg(0) }), fuzz.ErrSetupLeg},
		"no profile":    {change(func(s *fuzz.Setup) { s.Situation.Profile = 0 }), dsmip.ErrProfile},
		"profile":       {change(func(s *fuzz.Setup) { s.Situation.Profile = dsmip.RFC5454 + 1 }), dsmip.ErrProfile},
		"edition":       {change(func(s *fuzz.Setup) { s.Situation.Edition = rules.RFC3344 + 1 }), rules.ErrEdition},
		"proxies":       {change(func(s *fuzz.Setup) { s.Situation.Proxies = rules.None + 1 }), rules.ErrKnowledge},
		"home agent":    {change(func(s *fuzz.Setup) { s.HomeAgent = netip.IPv6Loopback() }), fuzz.ErrSetupAddress},
		"care-of":       {change(func(s *fuzz.Setup) { s.CareOfAddress = netip.IPv6Loopback() }), fuzz.ErrSetupAddress},
		"few homes":     {change(func(s *fuzz.Setup) { s.HomeAddresses = netip.MustParsePrefix("10.0.0.0/30") }), fuzz.ErrSetupAddress},
		"IPv6 homes":    {change(func(s *fuzz.Setup) { s.HomeAddresses = netip.MustParsePrefix("2001:db8::/28") }), fuzz.ErrSetupAddress},
		"dynamic agent": {change(func(s *fuzz.Setup) { s.HomeAgent = netip.IPv4Unspecified() }), fuzz.ErrSetupAddress},
		"broadcast":     {change(func(s *fuzz.Setup) { s.HomeAgent = netip.MustParseAddr("255.255.255.255") }), fuzz.ErrSetupAddress},
		"zero care-of":  {change(func(s *fuzz.Setup) { s.CareOfAddress = netip.IPv4Unspecified() }), fuzz.ErrSetupAddress},
		"nameless":      {change(func(s *fuzz.Setup) { s.HomeAddresses = netip.MustParsePrefix("0.0.0.0/8") }), fuzz.ErrSetupAddress},
		"CHAP":          {change(func(s *fuzz.Setup) { s.MobileHome = context(t, 2, ext.CHAP, "k") }), ext.ErrCHAP},
		"CHAP, foreign": {change(func(s *fuzz.Setup) { s.ForeignHome = context(t, 2, ext.CHAP, "k") }), ext.ErrCHAP},
		"no key":        {change(func(s *fuzz.Setup) { s.MobileHome = ext.SecurityContext{} }), fuzz.ErrSetupMobileHome},
		"reserved SPI":  {change(func(s *fuzz.Setup) { s.MobileHome = context(t, 7, ext.HMACMD5, "k") }), ext.ErrReservedSPI},
		"shared no key": {change(func(s *fuzz.Setup) { s.MobileForeign = ext.SecurityContext{}; s.Situation.MobileForeign = rules.Shared }), fuzz.ErrSetupKnowledge},
	} {
		if _, err := fuzz.New(c.s); err != c.want {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	c := campaign(t, good)
	if s := c.Setup(); !s.HomeAgent.Is4() || !s.CareOfAddress.Is4() || s.Epoch.IsZero() || s.Situation.MobileForeign != rules.Shared || c.Target() != code.ForeignAgent {
		t.Errorf("%+v, target %v", s, c.Target())
	}
}
