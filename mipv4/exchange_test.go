package mipv4_test

import (
	"bytes"
	"encoding/hex"
	"net/netip"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

var (
	nodeHome  = netip.MustParseAddr("192.0.2.10")
	nodeAgent = netip.MustParseAddr("192.0.2.1")
	careOf    = netip.MustParseAddr("198.51.100.7")
	otherCare = netip.MustParseAddr("203.0.113.9")
	zero      = netip.IPv4Unspecified()
)

// TestAnswers: RFC 5944 §3.6.2.1, §3.7.3.1 (Identification), §3.8.3.2 (Home Address).
func TestAnswers(t *testing.T) {
	asked := &mipv4.Request{HomeAddress: nodeHome, HomeAgent: nodeAgent, CareOfAddress: careOf, Identification: 0x11112222_33334444}
	unknown := &mipv4.Request{HomeAddress: zero, HomeAgent: nodeAgent, CareOfAddress: careOf, Identification: 0x11112222_33334444}
	tests := []struct {
		name  string
		asked *mipv4.Request
		home  netip.Addr
		id    mipv4.Identification
		want  error
	}{
		{"copied", asked, nodeHome, 0x11112222_33334444, nil},
		{"another high half: replay protection", asked, nodeHome, 0x99998888_33334444, nil},
		{"another low half", asked, nodeHome, 0x11112222_33334445, mipv4.ErrOtherIdentification},
		{"another home address", asked, nodeAgent, 0x11112222_33334444, mipv4.ErrOtherHomeAddress},
		{"no home address", asked, zero, 0x11112222_33334444, mipv4.ErrOtherHomeAddress},
		{"both", asked, zero, 0, mipv4.ErrOtherIdentification},
		{"a home address was asked for", unknown, nodeHome, 0x11112222_33334444, nil},
		{"and is denied", unknown, zero, 0x11112222_33334444, nil},
		{"an unset request is not answered", &mipv4.Request{}, nodeHome, 0, mipv4.ErrOtherHomeAddress},
	}
	for _, tt := range tests {
		for _, c := range []code.Registration{0, 1, 64, 133} {
			r := &mipv4.Reply{Code: c, HomeAddress: tt.home, HomeAgent: nodeAgent, Identification: tt.id}
			if err := r.Answers(tt.asked); err != tt.want {
				t.Errorf("%s, Code %d: %v, want %v", tt.name, c, err, tt.want)
			}
		}
	}
	for _, tt := range []struct {
		f      *code.Fault
		ha, fa string
		mn     string
	}{
		{mipv4.ErrOtherIdentification, "", "discard", "discard"},
		{mipv4.ErrOtherHomeAddress, "", "discard", "unspecified (discard)"},
	} {
		ha, fa, mn := tt.f.Reaction(code.HomeAgent).String(), tt.f.Reaction(code.ForeignAgent).String(), tt.f.Reaction(code.MobileNode).String()
		if tt.f.Breaks() != code.Must || ha != tt.ha || fa != tt.fa || mn != tt.mn {
			t.Errorf("%v: %q, %q, %q", tt.f, ha, fa, mn)
		}
	}
}

// TestGranted: RFC 5944 §3.4: never more than was asked for; a denial grants nothing.
func TestGranted(t *testing.T) {
	tests := []struct {
		c          code.Registration
		got, asked mipv4.Lifetime
		want       mipv4.Lifetime
	}{
		{0, 1800, 1800, 1800},
		{0, 600, 1800, 600},
		{1, 3600, 1800, 1800},
		{0, mipv4.Infinite, 1800, 1800},
		{0, 1800, mipv4.Infinite, 1800},
		{0, mipv4.Infinite, mipv4.Infinite, mipv4.Infinite},
		{0, 0, 1800, 0},
		{0, 1800, 0, 0},
		{69, 600, 1800, 0},
		{129, 1800, 1800, 0},
		{9, 1800, 1800, 0}, // 9 to 63 are nobody's
	}
	for _, tt := range tests {
		r := &mipv4.Reply{Code: tt.c, Lifetime: tt.got}
		if got := r.Granted(&mipv4.Request{Lifetime: tt.asked}); got != tt.want {
			t.Errorf("Code %d, %v for %v: %v, want %v", tt.c, tt.got, tt.asked, got, tt.want)
		}
	}
}

func TestRetransmits(t *testing.T) {
	first := mipv4.Request{Lifetime: 1800, HomeAddress: nodeHome, HomeAgent: nodeAgent, CareOfAddress: careOf, Identification: 7}
	change := func(f func(*mipv4.Request)) *mipv4.Request { r := first; f(&r); return &r }
	for name, tt := range map[string]struct {
		r    *mipv4.Request
		want bool
	}{
		"a copy":                   {change(func(*mipv4.Request) {}), true},
		"longer":                   {change(func(r *mipv4.Request) { r.Lifetime = 3600 }), true},
		"another Identification":   {change(func(r *mipv4.Request) { r.Identification += 1 << 32 }), false},
		"another home address":     {change(func(r *mipv4.Request) { r.HomeAddress = nodeAgent }), false},
		"another care-of address":  {change(func(r *mipv4.Request) { r.CareOfAddress = otherCare }), false},
		"a new one for timestamps": {change(func(r *mipv4.Request) { *r = r.Renew(8, 1800) }), false},
	} {
		if got := tt.r.Retransmits(&first); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestDeletes: the three cases of RFC 5944 §3.8.2.2, and §3.6.1.2 for what a mobile
// node asks for.
func TestDeletes(t *testing.T) {
	const s = mipv4.FlagSimultaneous
	tests := []struct {
		name         string
		flags        mipv4.Flags
		lifetime     mipv4.Lifetime
		home, careOf netip.Addr
		simultaneous bool
		own, other   bool // whether the bindings of careOf and otherCare go
	}{
		{"all care-of addresses", 0, 0, nodeHome, nodeHome, false, true, true},
		{"all, S set", s, 0, nodeHome, nodeHome, true, true, true},
		{"one", 0, 0, nodeHome, careOf, true, true, false},
		{"one, S set", s, 0, nodeHome, careOf, true, true, false},
		{"one, not simultaneous", 0, 0, nodeHome, careOf, false, true, false},
		{"another, replacing", 0, 1800, nodeHome, careOf, true, false, true},
		{"another, beside it", s, 1800, nodeHome, careOf, true, false, false},
		{"another, S not supported", s, 1800, nodeHome, careOf, false, false, true},
		{"the home address is not known", 0, 0, zero, zero, false, false, false},
		{"no addresses", 0, 0, netip.Addr{}, netip.Addr{}, false, false, false},
	}
	for _, tt := range tests {
		r := &mipv4.Request{Flags: tt.flags, Lifetime: tt.lifetime, HomeAddress: tt.home, CareOfAddress: tt.careOf}
		if own, other := r.Deletes(careOf, tt.simultaneous), r.Deletes(otherCare, tt.simultaneous); own != tt.own || other != tt.other {
			t.Errorf("%s: %v, %v", tt.name, own, other)
		}
	}
}

// TestRenew: what stands in front of the first authentication extension is kept, byte
// for byte, and no authentication extension is.
func TestRenew(t *testing.T) {
	const fixed = "01220708c000020ac0000201c6336407eeae5a5a3eb7e123"
	const nai, prefix, padding = "8303614062", "9812014020010db8000100020000000000000000", "00"
	const home, foreign = "2006000001000102", "2106000002010304"
	const aaa = "24010014000000020102030405060708090a0b0c0d0e0f10"
	const challenge, agent = "8404deadbeef", "2206000003020506"
	tests := []struct{ name, extensions, kept string }{
		{"nothing", "", ""},
		{"no authenticator", nai + prefix, nai + prefix},
		{"Mobile-Home", nai + prefix + padding + home, nai + prefix + padding},
		{"behind Mobile-Home", nai + home + challenge + aaa + foreign + agent, nai},
		{"MN-AAA first", nai + challenge + aaa + foreign, nai + challenge},
		{"Foreign-Home only", prefix + agent, prefix},
		{"an authenticator without SPI", nai + "2000" + prefix, nai},
		{"an unknown generalized one", nai + "2409000400000002" + prefix, nai},
		{"Mobile-Correspondent", nai + "3107020000000201020304"[:18] + prefix, nai},
		{"first", home, ""},
	}
	for _, tt := range tests {
		msg, err := hex.DecodeString(fixed + tt.extensions)
		if err != nil {
			t.Fatal(tt.name, err)
		}
		r, err := mipv4.ParseRequest(msg)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		got, err := r.Renew(0x0102030405060708, 600).AppendBinary(nil)
		want, _ := hex.DecodeString("01220258c000020ac0000201c6336407" + "0102030405060708" + tt.kept)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %x, %v, want %x", tt.name, got, err, want)
		}
		if again, _ := r.AppendBinary(nil); !bytes.Equal(again, msg) {
			t.Errorf("%s: the request itself changed", tt.name)
		}
		renewed := r.Renew(1, 1)
		if _, err := renewed.Authorized(); err != mipv4.ErrNotAuthorized {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	// A request that was never parsed has no extensions.
	r := mipv4.Request{Lifetime: 1800, HomeAddress: nodeHome}
	if got := r.Renew(5, 0); got.Lifetime != mipv4.Deregister || got.Identification != 5 || got.Extensions.Size() != 0 || got.HomeAddress != nodeHome {
		t.Errorf("%v", got)
	}
}

// TestExchangeAllocates: judging, committing, matching and renewing allocate nothing.
func TestExchangeAllocates(t *testing.T) {
	msg, _ := hex.DecodeString("01220708c000020ac0000201c6336407eeae5a5a3eb7e1238303614062" + "2006000001000102")
	request, err := mipv4.ParseRequest(msg)
	if err != nil {
		t.Fatal(err)
	}
	answer := mipv4.Reply{HomeAddress: nodeHome, Identification: request.Identification, Lifetime: 600}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var timestamps mipv4.Timestamps
	var nonces mipv4.Nonces
	var mobile mipv4.MobileTimestamps
	var mobileNonces mipv4.MobileNonces
	n := 0
	f := func() {
		id := mobile.Next(now, 1)
		_, err1 := timestamps.Judge(id, now, time.Second)
		err2 := timestamps.Commit(id)
		err3 := timestamps.Commit(id)
		_, err4 := nonces.Judge(id, 5)
		err5 := nonces.Commit(mobileNonces.Next(1), 5)
		r := request.Renew(id, 600)
		err6 := r.Extensions.Equal(request.Extensions)
		for _, err := range [...]error{err1, err2, err3, err4, err5, answer.Answers(&request), answer.Answers(&r), mobile.Learn(&answer, now), mobileNonces.Learn(&answer)} {
			if err != nil {
				n++
			}
		}
		if err6 || r.Retransmits(&request) || r.Deletes(careOf, true) {
			n++
		}
		n += int(answer.Granted(&r))
	}
	least := 1e9
	for range 5 {
		least = min(least, testing.AllocsPerRun(1, func() {
			for range 1000 {
				f()
			}
		}))
	}
	if least != 0 || n == 0 {
		t.Errorf("%v allocations in 1000 calls", least)
	}
}
