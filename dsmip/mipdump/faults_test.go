package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"iter"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// broken is the expectation of a packet in testdata/golden/faults. The leg of what is on
// none of the six is "none".
type broken struct {
	Leg                        string   `json:"leg"`
	Profile                    string   `json:"profile"`
	Edition                    string   `json:"edition"`
	MobileForeign, ForeignHome string   // "shared" or "none"
	Proxies, Secured, Inform   string   // "served" or "none"
	RegistrationRequired       bool     `json:"registrationRequired"`
	Lacks                      []string `json:"lacks"`     // names of kinds that the receiver does not implement
	NoVendors                  bool     `json:"noVendors"` // it knows no vendor's contents
	Receiver                   *told    `json:"receiver"`  // what only the receiver knows
	Discovery                  *heard   `json:"discovery"` // an Agent Advertisement, which has none of the above
	Asked                      string   `json:"asked"`     // the request's Identification
	Request                    string   `json:"request"`   // or all of it, and all of what another message answers
	Faults                     []struct {
		Offset int    `json:"offset"`
		Fault  string `json:"fault"`
	} `json:"faults"`
}

// told is a [rules.Receiver]: services as their String gives them, challenges in
// hexadecimal, and the home addresses that are served as a list.
type told struct {
	Addresses, CareOfAddresses                                       []netip.Addr
	Source, Destination                                              netip.Addr
	TTL                                                              uint8
	LongestLifetime                                                  mipv4.Lifetime
	ReverseTunnel, MinimalEncapsulation, GREEncapsulation, UDPTunnel string
	EncapsulatingDelivery, Challenge                                 string
	Challenges, Used                                                 []string
	HomeAddressRequired                                              bool
	Serves                                                           []netip.Addr
}

// receiver is what the receiver knows, nil for nothing.
func (r *told) receiver(t *testing.T) *rules.Receiver {
	if r == nil {
		return nil
	}
	service := func(word string) rules.Service {
		for s := rules.ServiceUnknown; s <= rules.ServiceRefused; s++ {
			if word == s.String() || word == "" {
				return s
			}
		}
		t.Fatalf("no service is %q", word)
		return 0
	}
	challenges := func(words []string) (all [][]byte) {
		for _, word := range words {
			c, err := hex.DecodeString(word)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, c)
		}
		return all
	}
	var serves func(netip.Addr) bool
	if r.Serves != nil {
		serves = func(home netip.Addr) bool { return slices.Contains(r.Serves, home) }
	}
	return &rules.Receiver{
		Addresses:             r.Addresses,
		Source:                r.Source,
		Destination:           r.Destination,
		TTL:                   r.TTL,
		CareOfAddresses:       r.CareOfAddresses,
		LongestLifetime:       r.LongestLifetime,
		ReverseTunnel:         service(r.ReverseTunnel),
		MinimalEncapsulation:  service(r.MinimalEncapsulation),
		GREEncapsulation:      service(r.GREEncapsulation),
		UDPTunnel:             service(r.UDPTunnel),
		EncapsulatingDelivery: service(r.EncapsulatingDelivery),
		HomeAddressRequired:   r.HomeAddressRequired,
		Serves:                serves,
		Challenge:             service(r.Challenge),
		Challenges:            challenges(r.Challenges),
		Used:                  challenges(r.Used),
	}
}

// heard is a [rules.Discovery].
type heard struct {
	Destination   netip.Addr
	TTL           uint8
	Previous      *mipv4.SequenceNumber
	PrefixLengths string   // of the other agents: "served" or "none"
	Lacks         []string // names of kinds that the mobile node does not implement
}

// discovery is what the advertisement is judged by.
func (h *heard) discovery(t *testing.T) rules.Discovery {
	d := rules.Discovery{Destination: h.Destination, TTL: h.TTL, Previous: h.Previous, PrefixLengths: known(t, h.PrefixLengths)}
	if h.Lacks != nil {
		names := newDumper()
		d.Implements = func(k mipv4.DiscoveryKind) bool { return !slices.Contains(h.Lacks, names.name(k.String())) }
	}
	return d
}

// known is what an expectation says of an association or a service.
func known(t *testing.T, word string) rules.Knowledge {
	switch word {
	case "":
		return rules.Unknown
	case "shared", "served":
		return rules.Shared
	case "none":
		return rules.None
	}
	t.Fatalf("nothing is known that is %q", word)
	return 0
}

// find is a fault and where it was found.
type find struct {
	offset int
	fault  *code.Fault
}

// situation is what the packet is judged by.
func (want broken) situation(t *testing.T) rules.Situation {
	var by hop
	err := by.setProfile(want.Profile)
	if want.Leg != "none" && err == nil {
		err = by.setLeg(want.Leg)
	}
	if err != nil {
		t.Fatal(err)
	}
	s := rules.Situation(by)
	s.MobileForeign, s.ForeignHome = known(t, want.MobileForeign), known(t, want.ForeignHome)
	s.Proxies, s.Secured, s.Inform = known(t, want.Proxies), known(t, want.Secured), known(t, want.Inform)
	s.RegistrationRequired = want.RegistrationRequired
	s.Receiver = want.Receiver.receiver(t)
	if want.Edition == "3344" {
		s.Edition = rules.RFC3344
	}
	if want.Lacks != nil {
		names := newDumper()
		s.Implements = func(k ext.Kind) bool {
			r, _ := ext.Lookup(k)
			return !slices.Contains(want.Lacks, names.name(r.Name))
		}
	}
	if want.NoVendors {
		s.ImplementsVendor = func(uint32, uint16) bool { return false }
	}
	return s
}

// judgeBroken finds everything that is wrong with a packet that parses, in the order
// of the offsets.
func judgeBroken(t *testing.T, b []byte, want broken) []find {
	var m message
	if want.Discovery != nil {
		a, err := mipv4.ParseAgentAdvertisement(b)
		if err != nil {
			t.Fatal(err)
		}
		d := want.Discovery.discovery(t)
		for v := range d.Advertisement(&a) {
			m.judged(rules.Verdict{Offset: v.Offset, Fault: v.Fault})
		}
	} else {
		for v := range want.verdicts(t, b) {
			m.judged(v)
		}
	}
	m.order()
	var found []find
	for _, f := range m.faults {
		found = append(found, find(f))
	}
	return found
}

// verdicts are those of a message of any type.
func (want broken) verdicts(t *testing.T, b []byte) iter.Seq[rules.Verdict] {
	m, err := mipv4.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	s := want.situation(t)
	switch m := m.(type) {
	case mipv4.Request:
		return s.Request(&m)
	case mipv4.Reply:
		return s.Reply(&m, want.asked(t))
	}
	if want.Request == "" {
		return s.Message(m, nil)
	}
	asked, err := mipv4.Parse(unhex(t, want.Request))
	if err != nil {
		t.Fatal(err)
	}
	return s.Message(m, asked)
}

// asked is the request that a reply answers, nil when it is not told.
func (want broken) asked(t *testing.T) *mipv4.Request {
	if want.Request != "" {
		q, err := mipv4.ParseRequest(unhex(t, want.Request))
		if err != nil {
			t.Fatal(err)
		}
		return &q
	}
	if want.Asked == "" {
		return nil
	}
	id, err := strconv.ParseUint(want.Asked, 16, 64)
	if err != nil {
		t.Fatal(err)
	}
	return &mipv4.Request{Identification: mipv4.Identification(id)}
}

// TestGoldenFaults: every packet of testdata/golden/faults has the faults that
// it is named after, and between them and those of malformed every fault that
// Parse, a typed parse or a check gives is produced.
func TestGoldenFaults(t *testing.T) {
	produced := map[string]bool{}
	goldens(t, "faults", func(t *testing.T, b, raw []byte, _ expectation) {
		var want broken
		in := json.NewDecoder(bytes.NewReader(raw))
		in.DisallowUnknownFields()
		if err := in.Decode(&want); err != nil {
			t.Fatal(err)
		}
		got := judgeBroken(t, b, want)
		same := len(got) == len(want.Faults)
		for i := 0; same && i < len(got); i++ {
			same = got[i].offset == want.Faults[i].Offset && got[i].fault.Text() == want.Faults[i].Fault
		}
		if !same {
			t.Errorf("got %v, want %v", got, want.Faults)
		}
		for _, f := range got {
			produced[f.fault.Error()] = true
		}
	})
	goldens(t, "malformed", func(t *testing.T, b, _ []byte, _ expectation) {
		var request mipv4.Request
		var reply mipv4.Reply
		var revocation mipv4.Revocation
		for _, err := range []error{request.Parse(b), reply.Parse(b), revocation.Parse(b)} {
			if err != nil {
				produced[err.Error()] = true
			}
		}
		if _, f := mipv4.Locate(b); f != nil {
			produced[f.Error()] = true
		}
		for _, l := range []ext.List{request.Extensions, reply.Extensions} {
			for x := range l.All() {
				if _, err := dsmip.Decode(x); err != nil {
					produced[err.Error()] = true
				}
			}
		}
	})
	goldens(t, "icmp-malformed", func(t *testing.T, b, _ []byte, _ expectation) {
		_, err := mipv4.LocateDiscovery(b)
		errs := []error{err}
		advertisement, _ := mipv4.ParseAgentAdvertisement(b)
		solicitation, _ := mipv4.ParseAgentSolicitation(b)
		for _, l := range []mipv4.DiscoveryList{advertisement.Extensions, solicitation.Extensions} {
			for x := range l.All() {
				agent, err := mipv4.ParseMobilityAgentAdvertisement(x)
				if err == nil {
					err = agent.Check()
				}
				_, err2 := mipv4.ParsePrefixLengths(x)
				_, err3 := mipv4.ParseAgentVendorExtension(x)
				_, err4 := mipv4.ParseAgentNAI(x)
				_, err5 := mipv4.ParseAgentLinkLayerAddress(x)
				errs = append(errs, err, err2, err3, err4, err5)
			}
		}
		for _, err := range errs {
			if err != nil {
				produced[err.Error()] = true
			}
		}
	})
	for _, f := range declared(t) {
		if !produced[f] {
			t.Errorf("no golden packet has: %s", f)
		}
	}
}

// elsewhere are the faults of neither Parse nor a typed parse nor a check, and
// the two that no packet can show, with where they are tested.
var elsewhere = map[string]string{
	"message longer than 65,535 bytes":                                                                    "ext, TestStart: no datagram is",
	"the extension list starts outside the message":                                                       "ext, TestStart: an argument, no packet",
	"no Mobile-Home Authentication extension":                                                             "ext, TestAuthErrors",
	"no Generalized Mobile IP Authentication extension":                                                   "ext, TestAuthErrors",
	"not a profile: want draft06 or rfc5454":                                                              "dsmip, TestParseProfile: an argument, no packet",
	"no mobility security association to verify with":                                                     "ext, TestAssociation: what the receiver shares, no packet",
	"the Mobile-Home authenticator is wrong, and the Foreign-Home authenticator is valid":                 "dsmip/agent, TestHomeAgentRefuses",
	"no security context with this SPI":                                                                   "ext, TestVerifyRefuses",
	"the Mobile-Home authenticator is wrong":                                                              "ext, TestFlipped",
	"the Mobile-Foreign authenticator is wrong":                                                           "ext, TestFlipped",
	"the Foreign-Home authenticator is wrong":                                                             "ext, TestFlipped",
	"the MN-AAA authenticator is wrong":                                                                   "ext, TestFlipped",
	"the Generalized Mobile IP authenticator is wrong":                                                    "ext, TestFlipped",
	"nothing authorizes the message: no Mobile-Home or MN-AAA Authentication extension":                   "mipv4, TestAuthorized",
	"an authorization-enabling extension stands behind the Mobile-Foreign or Foreign-Home Authentication": "mipv4, TestAuthorized",
	"the Identification's timestamp is too far from the time of day":                                      "mipv4, TestTimestampValid",
	"the Identification's timestamp does not exceed the greatest accepted":                                "mipv4, TestTimestampValid",
	"the value of a 3GPP2 extension has the wrong size":                                                   "ext, TestVendorRefused: what a vendor extension holds is no part of Decode",
	"a Host Configuration extension has the wrong size or a prefix length above 32":                       "ext, TestVendorRefused",
	"the value of a Dynamic Mobile IP Key Update extension has the wrong size":                            "ext, TestVendorRefused",
	"the Identification's nonce is not the one sent last":                                                 "mipv4, TestNonceValid",
}

// declared reads from the sources of the codec packages every fault that has a
// reaction: those without are of appending and of keys, not of packets.
func declared(t *testing.T) (all []string) {
	for _, dir := range []string{"ext", "mipv4", "dsmip", "dsmip/rules"} {
		files, _ := filepath.Glob("../../" + dir + "/*.go")
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, source, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) != 6 {
					return true
				}
				fun, ok := call.Fun.(*ast.SelectorExpr)
				text, literal := call.Args[0].(*ast.BasicLit)
				if !ok || fun.Sel.Name != "NewFault" || !literal {
					return true
				}
				silent := true
				for _, a := range call.Args[3:] {
					zero, ok := a.(*ast.BasicLit)
					silent = silent && ok && zero.Value == "0"
				}
				what, _ := strconv.Unquote(text.Value)
				where, _ := strconv.Unquote(call.Args[1].(*ast.BasicLit).Value)
				if _, ok := elsewhere[what]; !ok && !silent {
					all = append(all, what+" ("+where+")")
				}
				return true
			})
		}
	}
	if len(all) < 60 {
		t.Errorf("only %d faults were found in the sources", len(all))
	}
	for r := range ext.Registry() {
		least := 0 // a short form of Length 0 has another fault
		if r.Form == ext.Short {
			least = 1
		}
		if r.Form != ext.Pad && (r.Min > least || r.Max < 255) {
			all = append(all, r.BadLength.Error())
		}
	}
	return all
}
