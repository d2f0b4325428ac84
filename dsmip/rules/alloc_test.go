package rules_test

import (
	"encoding/hex"
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

func unhex(s string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		panic(err)
	}
	return b
}

// The parts of R, the reference message of package dsmip: a request with a Mobile
// Node NAI of 16 bytes, two IPv6 Prefix Requests, IPv6 Tunneling Mode and
// Mobile-Home Authentication, 108 bytes. The authenticator is zero: the rules do
// not verify it.
const (
	referenceHead    = "01 22 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123"
	referenceNAI     = "83 10 75736572406578616d706c652e6e6574"
	referencePrefix1 = "98 12 01 40 20010db8000100020000000000000000"
	referencePrefix2 = "98 12 01 30 20010db8000200000000000000000000"
	referenceMode    = "98 02 03 00"
	referenceHome    = "20 14 00000100 00000000000000000000000000000000"
)

func reference(t testing.TB) []byte {
	msg := unhex(referenceHead + referenceNAI + referencePrefix1 + referencePrefix2 + referenceMode + referenceHome)
	if len(msg) != 108 {
		t.Fatalf("R has %d bytes", len(msg))
	}
	return msg
}

// manyRequests is a request for n different prefixes.
func manyRequests(t testing.TB, n int) []byte {
	msg := unhex("01 20 0708 c000020a c0000201 c6336407 eeae5a5a3eb7e123")
	for i := range n {
		b, err := dsmip.PrefixRequest{PrefixLength: 64, Prefix: netip.MustParseAddr(fmt.Sprintf("2001:db8:0:%x::", i))}.AppendBinary(msg)
		if err != nil {
			t.Fatal(err)
		}
		msg = b
	}
	return append(msg, unhex(referenceHome)...)
}

// manyReplies is a reply with n different prefixes.
func manyReplies(t testing.TB, n int) []byte {
	msg := unhex("03 00 0708 c000020a c0000201 eeae5a5a3eb7e123")
	for i := range n {
		b, err := dsmip.PrefixReply{PrefixLength: 64, Prefix: netip.MustParseAddr(fmt.Sprintf("2001:db8:0:%x::", i))}.AppendBinary(msg)
		if err != nil {
			t.Fatal(err)
		}
		msg = b
	}
	return append(msg, unhex(referenceHome)...)
}

// allocations is the gate: the least of five measurements of a thousand calls
// each, since AllocsPerRun alone rounds down, and since an unrelated allocation
// now and then is not the code's.
func allocations(f func()) float64 {
	least := 1e9
	for range 5 {
		least = min(least, testing.AllocsPerRun(1, func() {
			for range 1000 {
				f()
			}
		}))
	}
	return least
}

// sink keeps results alive.
var sink struct {
	n   int
	err error
}

// TestZeroAllocations judges what is right, what is wrong, and what the caller has
// not said, by the first fault and by all verdicts.
func TestZeroAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	request, err := mipv4.ParseRequest(reference(t))
	if err != nil {
		t.Fatal(err)
	}
	// Two Tunneling Modes, a prefix of 200 bits, one of a wrong Length, a second
	// NAI, and an unknown type behind the authenticator.
	wrong, err := mipv4.ParseRequest(unhex(referenceHead + referenceNAI + referenceMode + referenceMode +
		"9812 01 c8 20010db8000100020000000000000000" + "980301 4020" + referenceNAI + "26000006 00000009 0001" + referenceHome + "c800"))
	if err != nil {
		t.Fatal(err)
	}
	reply, err := mipv4.ParseReply(manyReplies(t, 2))
	if err != nil {
		t.Fatal(err)
	}
	// One of the two prefixes is answered, and the name is another's.
	partly, err := mipv4.ParseReply(unhex("03 00 0708 c000020a c0000201 eeae5a5a3eb7e123 83 10 75736572406578616d706c652e6e6575" +
		"98 14 02 00 30 00 20010db8000200000000000000000000" + referenceHome))
	if err != nil {
		t.Fatal(err)
	}
	never := func(k ext.Kind) bool { return k == ext.KindMobileHomeAuth }
	noVendor := func(uint32, uint16) bool { return false }
	// The situations of the loops are made once: ranging over verdicts, which hand
	// out what the message holds, moves what it ranges with to the heap.
	home := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.RFC5454}
	mobile := rules.Situation{Leg: code.HAtoMN, Profile: dsmip.Draft06}
	untold := []rules.Situation{{}, {Leg: code.MNtoHA}, {Profile: dsmip.RFC5454}, {Leg: code.HAtoMN, Profile: dsmip.RFC5454}}
	var many []rules.Situation
	for _, leg := range []code.Leg{code.MNtoFA, code.MNtoHA, code.FAtoHA} {
		for _, p := range []dsmip.Profile{dsmip.Draft06, dsmip.RFC5454} {
			s := rules.Situation{Leg: leg, Profile: p, MobileForeign: rules.Shared, ForeignHome: rules.Shared, RegistrationRequired: true}
			lacking := s
			lacking.Implements, lacking.ImplementsVendor = never, noVendor
			many = append(many, s, lacking)
		}
	}
	gates := map[string]func(){
		"right": func() {
			s := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.RFC5454}
			if err := s.CheckRequest(&request); err != nil {
				t.Fatal(err)
			}
		},
		"right, all verdicts": func() {
			if n := count(t, &home, &request); n != 5 { // NAI, two prefixes, Tunneling Mode, Mobile-Home
				t.Fatalf("%d verdicts", n)
			}
		},
		"wrong": func() {
			s := rules.Situation{Leg: code.MNtoFA, Profile: dsmip.Draft06, MobileForeign: rules.Shared}
			if err := s.CheckRequest(&request); err != ext.ErrNoMobileForeign {
				t.Fatal(err)
			}
		},
		"wrong, all verdicts": func() {
			for i := range many {
				if all(&many[i], &wrong) == 0 {
					t.Fatal("no verdict")
				}
				sink.err = many[i].CheckRequest(&wrong)
			}
		},
		"not told": func() {
			for i := range untold {
				if err := untold[i].CheckRequest(&request); err == nil {
					t.Fatal("judged without having been told how")
				}
				sink.n += all(&untold[i], &request)
			}
		},
		"reply": func() {
			s := rules.Situation{Leg: code.HAtoMN, Profile: dsmip.Draft06}
			if err := s.CheckReply(&reply, nil); err != nil {
				t.Fatal(err)
			}
			sink.err = s.CheckReply(&reply, &request)
		},
		"reply, all verdicts": func() {
			if n := countReplies(t, &mobile, &reply, nil); n != 3 { // two prefixes, Mobile-Home
				t.Fatalf("%d verdicts", n)
			}
			for v := range mobile.Reply(&reply, &request) {
				sink.n += v.Offset
			}
		},
		"reply, partly answered": func() {
			n, whole := 0, 0
			for v := range mobile.Reply(&partly, &request) {
				switch v.Fault {
				case rules.ErrPrefixUnanswered:
					whole++
				case rules.ErrOtherNAI: // once for the message, once for the extension
					n++
				}
			}
			s := rules.Situation{Leg: code.HAtoMN, Profile: dsmip.Draft06}
			if err := s.CheckReply(&partly, &request); err != rules.ErrOtherNAI || n != 2 || whole != 1 {
				t.Fatal(err, n, whole)
			}
		},
		// A datagram that lives on the stack stays there.
		"stack": func() {
			var b [108]byte
			copy(b[:], "\x01") // the type; the fixed part stands in the Request
			x := b[24:24]
			x = append(x, 152, 2, 3, 0)
			x = append(x, 32, 20, 0, 0, 1, 0)
			l, err := ext.Parse(b[:24+4+22], 24)
			if err != nil {
				t.Fatal(err)
			}
			r := mipv4.Request{
				Flags: mipv4.FlagDecapsulation, Lifetime: 1800, HomeAddress: request.HomeAddress, HomeAgent: request.HomeAgent,
				CareOfAddress: request.CareOfAddress, Identification: request.Identification, Extensions: l,
			}
			s := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.RFC5454}
			if err := s.CheckRequest(&r); err != nil {
				t.Fatal(err)
			}
			sink.n += len(x)
		},
	}
	for name, f := range gates {
		if n := allocations(f); n != 0 {
			t.Errorf("%s: %v allocations in 1000 calls", name, n)
		}
	}
}

// all returns how many verdicts there are on a request.
func all(s *rules.Situation, r *mipv4.Request) (n int) {
	for v := range s.Request(r) {
		sink.n += v.Offset + len(v.Extension.Bytes())
		if v.Fault != nil {
			sink.n += int(v.Fault.Breaks())
		}
		n++
	}
	return n
}

// TestManyAllocateNothing: as many prefixes as a message holds are compared without
// a place to keep them.
func TestManyAllocateNothing(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	asked, err := mipv4.ParseRequest(manyRequests(t, 2900))
	if err != nil {
		t.Fatal(err)
	}
	many, err := mipv4.ParseReply(manyReplies(t, 2900))
	if err != nil {
		t.Fatal(err)
	}
	partly, err := mipv4.ParseReply(manyReplies(t, 2899))
	if err != nil {
		t.Fatal(err)
	}
	home := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.RFC5454}
	mobile := rules.Situation{Leg: code.HAtoMN, Profile: dsmip.Draft06}
	for name, f := range map[string]func(){
		"2,900 prefix requests":                       func() { sink.err = home.CheckRequest(&asked) },
		"2,900 prefix replies":                        func() { sink.err = mobile.CheckReply(&many, nil) },
		"2,900 prefix replies to as many requests":    func() { sink.err = mobile.CheckReply(&many, &asked) },
		"2,899 prefix replies to 2,900 requests":      func() { sink.err = mobile.CheckReply(&partly, &asked) },
		"verdicts on 2,900 requests":                  func() { sink.n, sink.err = count(t, &home, &asked), nil },
		"verdicts on 2,900 replies":                   func() { sink.n, sink.err = countReplies(t, &mobile, &many, nil), nil },
		"verdicts on 2,900 replies to 2,900 requests": func() { sink.n, sink.err = countReplies(t, &mobile, &many, &asked), nil },
	} {
		if n := testing.AllocsPerRun(20, f); n != 0 || sink.err != nil {
			t.Errorf("%s: %v allocations, %v", name, n, sink.err)
		}
	}
}

// count returns how many extensions of a request are right, all of which must be.
func count(t *testing.T, s *rules.Situation, r *mipv4.Request) (n int) {
	for v := range s.Request(r) {
		if v.Fault != nil {
			t.Fatal(v.Fault)
		}
		n++
	}
	return n
}

// countReplies is count for a reply.
func countReplies(t *testing.T, s *rules.Situation, r *mipv4.Reply, asked *mipv4.Request) (n int) {
	for v := range s.Reply(r, asked) {
		if v.Fault != nil {
			t.Fatal(v.Fault)
		}
		n++
	}
	return n
}
