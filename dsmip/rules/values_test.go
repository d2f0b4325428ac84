package rules_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"net/netip"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestWordsAsText: editions, knowledge and services are their words.
func TestWordsAsText(t *testing.T) {
	for _, tt := range []struct {
		value interface {
			encoding.TextAppender
			encoding.TextMarshaler
		}
		into encoding.TextUnmarshaler
		word string
		want *code.Fault // of what is no such word
	}{
		{rules.RFC5944, new(rules.Edition), "rfc5944", rules.ErrEdition},
		{rules.RFC3344, new(rules.Edition), "rfc3344", rules.ErrEdition},
		{rules.Unknown, new(rules.Knowledge), "unknown", rules.ErrKnowledge},
		{rules.Shared, new(rules.Knowledge), "shared", rules.ErrKnowledge},
		{rules.None, new(rules.Knowledge), "none", rules.ErrKnowledge},
		{rules.ServiceUnknown, new(rules.Service), "unknown", rules.ErrService},
		{rules.ServiceOffered, new(rules.Service), "offered", rules.ErrService},
		{rules.ServiceDemanded, new(rules.Service), "demanded", rules.ErrService},
		{rules.ServiceRefused, new(rules.Service), "refused", rules.ErrService},
	} {
		text, err := tt.value.MarshalText()
		if err != nil || string(text) != tt.word {
			t.Errorf("%v is %s, %v, want %s", tt.value, text, err, tt.word)
		}
		if err := tt.into.UnmarshalText(text); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		for _, wrong := range []string{"", "0", "Unknown", "edition 2", "knowledge 3", "service 4", tt.word + " "} {
			if err := tt.into.UnmarshalText([]byte(wrong)); !errors.Is(err, tt.want) {
				t.Errorf("%T reads %q, %v", tt.into, wrong, err)
			}
		}
		again, err := tt.into.(encoding.TextMarshaler).MarshalText()
		if err != nil || string(again) != tt.word {
			t.Errorf("%s is read as %s, %v", tt.word, again, err)
		}
		buf := make([]byte, 0, 64)
		if n := testing.AllocsPerRun(1000, func() { _, _ = tt.value.AppendText(buf) }); n != 0 {
			t.Errorf("%v: %v allocations", tt.value, n)
		}
	}
	if s := rules.Service(4).String(); s != "service 4" {
		t.Error(s)
	}
}

// TestSituationValues: what is told prints, and what differs in one field differs.
func TestSituationValues(t *testing.T) {
	a, b := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("198.51.100.7")
	full := rules.Receiver{
		Addresses: []netip.Addr{a, a, a, a, b, b}, Source: b, Destination: a, TTL: 255, CareOfAddresses: []netip.Addr{b}, LongestLifetime: 1800,
		ReverseTunnel: rules.ServiceOffered, MinimalEncapsulation: rules.ServiceRefused, GREEncapsulation: rules.ServiceRefused, UDPTunnel: rules.ServiceOffered,
		EncapsulatingDelivery: rules.ServiceRefused, HomeAddressRequired: true, Challenge: rules.ServiceDemanded, Challenges: [][]byte{{1}, {2}}, Used: [][]byte{{3}},
	}
	const words = "receiver 192.0.2.1 192.0.2.1 192.0.2.1 192.0.2.1 and 2 more, datagram from 198.51.100.7, datagram to 192.0.2.1, TTL 255, care-of 198.51.100.7, lifetime up to 1800s, " +
		"reverse tunnel offered, minimal encapsulation refused, GRE encapsulation refused, UDP tunnel offered, encapsulating delivery refused, challenge demanded, " +
		"home address required, 2 challenges, 1 used challenges"
	if s := full.String(); s != words {
		t.Error(s)
	}
	if s := (rules.Receiver{Serves: func(netip.Addr) bool { return true }}).String(); s != "receiver, knows its home addresses" {
		t.Error(s)
	}
	if !full.Equal(full) || !(rules.Receiver{}).Equal(rules.Receiver{}) {
		t.Error("a receiver does not equal itself")
	}
	for i, change := range []func(r *rules.Receiver){
		func(r *rules.Receiver) { r.Addresses = r.Addresses[1:] },
		func(r *rules.Receiver) { r.Addresses = nil },
		func(r *rules.Receiver) { r.Source = a },
		func(r *rules.Receiver) { r.Destination = b },
		func(r *rules.Receiver) { r.TTL = 0 },
		func(r *rules.Receiver) { r.CareOfAddresses = []netip.Addr{a} },
		func(r *rules.Receiver) { r.LongestLifetime = 0 },
		func(r *rules.Receiver) { r.ReverseTunnel = 0 },
		func(r *rules.Receiver) { r.MinimalEncapsulation = 0 },
		func(r *rules.Receiver) { r.GREEncapsulation = 0 },
		func(r *rules.Receiver) { r.UDPTunnel = 0 },
		func(r *rules.Receiver) { r.EncapsulatingDelivery = 0 },
		func(r *rules.Receiver) { r.HomeAddressRequired = false },
		func(r *rules.Receiver) { r.Serves = func(netip.Addr) bool { return true } },
		func(r *rules.Receiver) { r.Challenge = 0 },
		func(r *rules.Receiver) { r.Challenges = [][]byte{{1}, {3}} },
		func(r *rules.Receiver) { r.Used = nil },
	} {
		r := full
		if change(&r); r.Equal(full) || full.Equal(r) {
			t.Errorf("%d: receivers that differ are equal", i)
		}
	}
	if (rules.Receiver{Challenges: [][]byte{}}).Equal(rules.Receiver{}) {
		t.Error("no challenge was given, and nothing is known of challenges")
	}

	s := rules.Situation{
		Leg: code.FAtoHA, Profile: dsmip.Draft06, MobileForeign: rules.Shared, ForeignHome: rules.None, Proxies: rules.Served, Secured: rules.None,
		RegistrationRequired: true, Receiver: &rules.Receiver{TTL: 255},
	}
	if got := s.String(); got != "fa-ha, draft06, rfc5944, mobile-foreign shared, foreign-home none, proxies shared, secured none, registration required, receiver, TTL 255" {
		t.Error(got)
	}
	if got := (rules.Situation{Implements: func(ext.Kind) bool { return false }}).String(); got != "leg 0, profile 0, rfc5944, does not implement all" {
		t.Error(got)
	}
	same := s
	same.Receiver = &rules.Receiver{TTL: 255}
	if !s.Equal(same) || !(rules.Situation{}).Equal(rules.Situation{}) {
		t.Error("a situation does not equal itself")
	}
	for i, change := range []func(s *rules.Situation){
		func(s *rules.Situation) { s.Leg = code.MNtoHA },
		func(s *rules.Situation) { s.Profile = dsmip.RFC5454 },
		func(s *rules.Situation) { s.Edition = rules.RFC3344 },
		func(s *rules.Situation) { s.MobileForeign = 0 },
		func(s *rules.Situation) { s.ForeignHome = 0 },
		func(s *rules.Situation) { s.Proxies = 0 },
		func(s *rules.Situation) { s.Secured = 0 },
		func(s *rules.Situation) { s.Receiver = nil },
		func(s *rules.Situation) { s.Receiver = &rules.Receiver{} },
		func(s *rules.Situation) { s.RegistrationRequired = false },
		func(s *rules.Situation) { s.Implements = func(ext.Kind) bool { return true } },
		func(s *rules.Situation) { s.ImplementsVendor = func(uint32, uint16) bool { return true } },
	} {
		o := s
		if change(&o); s.Equal(o) || o.Equal(s) {
			t.Errorf("%d: situations that differ are equal", i)
		}
	}
}

// TestVerdictValues: a verdict prints, in JSON as well, and compares.
func TestVerdictValues(t *testing.T) {
	l, err := ext.Parse([]byte{131, 2, 'a', 'b', 131, 2, 'a', 'b', 131, 0}, 0)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := l.First()
	second, _ := l.Next(first)
	third, _ := l.Next(second)
	right := rules.Verdict{Offset: 4, Extension: second}
	wrong := rules.Verdict{Offset: 8, Extension: third, Fault: rules.ErrEmptyNAI}
	whole := rules.Verdict{Offset: 2, Fault: rules.ErrNameless}
	for want, v := range map[string]rules.Verdict{
		"4: Mobile Node NAI, type 131, 4 bytes: right":                        right,
		"8: Mobile Node NAI, type 131, 2 bytes: " + rules.ErrEmptyNAI.Error(): wrong,
		"2: " + rules.ErrNameless.Error():                                     whole,
	} {
		if v.String() != want {
			t.Errorf("%s, want %s", v, want)
		}
	}
	text, err := json.Marshal(wrong)
	if want := `{"Offset":8,"Extension":{"offset":8,"type":131,"name":"Mobile Node NAI","size":2,"body":""},"Fault":"` + rules.ErrEmptyNAI.Error() + `"}`; err != nil || string(text) != want {
		t.Errorf("%s, %v, want %s", text, err, want)
	}
	if !right.Equal(rules.Verdict{Offset: 4, Extension: first}) {
		t.Error("the bytes of the extension count, not where it was found")
	}
	for _, other := range []rules.Verdict{{Offset: 5, Extension: second}, {Offset: 4, Extension: third}, {Offset: 4, Extension: second, Fault: rules.ErrEmptyNAI}} {
		if right.Equal(other) {
			t.Errorf("%v equals %v", right, other)
		}
	}
}

// TestDiscoveryValues: the same for advertisements.
func TestDiscoveryValues(t *testing.T) {
	last, other := mipv4.SequenceNumber(255), mipv4.SequenceNumber(254)
	full := rules.Discovery{Destination: netip.MustParseAddr("224.0.0.1"), TTL: 1, Previous: &last, PrefixLengths: rules.Served}
	if s := full.String(); s != "datagram to 224.0.0.1 TTL 1, previous 255, prefix lengths shared" {
		t.Error(s)
	}
	if s := (rules.Discovery{Implements: func(mipv4.DiscoveryKind) bool { return true }}).String(); s != "datagram, does not implement all" {
		t.Error(s)
	}
	again := last
	same := full
	if same.Previous = &again; !full.Equal(same) || !(rules.Discovery{}).Equal(rules.Discovery{}) {
		t.Error("what is told does not equal itself")
	}
	for i, change := range []func(d *rules.Discovery){
		func(d *rules.Discovery) { d.Destination = netip.Addr{} },
		func(d *rules.Discovery) { d.TTL = 2 },
		func(d *rules.Discovery) { d.Previous = nil },
		func(d *rules.Discovery) { d.Previous = &other },
		func(d *rules.Discovery) { d.PrefixLengths = rules.None },
		func(d *rules.Discovery) { d.Implements = func(mipv4.DiscoveryKind) bool { return true } },
	} {
		o := full
		if change(&o); full.Equal(o) || o.Equal(full) {
			t.Errorf("%d: what differs is equal", i)
		}
	}
	// An advertisement of two extensions, with its checksum: type 9, no addresses, Prefix-Lengths
	// of none, and type 200.
	msg, err := mipv4.SetChecksum([]byte{9, 0, 0, 0, 0, 2, 0, 0, 19, 0, 200, 1, 0xff})
	if err != nil {
		t.Fatal(err)
	}
	a, err := mipv4.ParseAgentAdvertisement(msg)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := a.Extensions.First()
	second, _ := a.Extensions.Next(first)
	right := rules.DiscoveryVerdict{Offset: 8, Extension: first}
	for want, v := range map[string]rules.DiscoveryVerdict{
		"8: Prefix-Lengths, 0 bytes: right":                           right,
		"10: type 200, 1 bytes: " + mipv4.ErrPrefixLengthBits.Error(): {Offset: 10, Extension: second, Fault: mipv4.ErrPrefixLengthBits},
		"13: " + mipv4.ErrNeitherAgent.Error():                        {Offset: 13, Fault: mipv4.ErrNeitherAgent},
	} {
		if v.String() != want {
			t.Errorf("%s, want %s", v, want)
		}
		if v.Equal(right) != (v.Offset == 8) {
			t.Errorf("%v equals %v", v, right)
		}
	}
	if right.Equal(rules.DiscoveryVerdict{Offset: 8, Extension: second}) || right.Equal(rules.DiscoveryVerdict{Offset: 8, Extension: first, Fault: mipv4.ErrNeitherAgent}) {
		t.Error("verdicts that differ are equal")
	}
}

// TestFaultsDiffer: no two faults say the same, so that those that are equal are one.
func TestFaultsDiffer(t *testing.T) {
	seen := map[code.Fault]string{}
	for name, f := range faultValues(t, declaredFaults(t)) {
		if before, ok := seen[*f]; ok {
			t.Errorf("%s and %s say the same", before, name)
		}
		seen[*f] = name
	}
	if len(seen) < 300 {
		t.Errorf("only %d faults", len(seen))
	}
}
