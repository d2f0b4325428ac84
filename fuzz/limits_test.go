package fuzz_test

import (
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestLimits: no packet without a fault goes beyond the limits of its campaign, and
// without them some do.
func TestLimits(t *testing.T) {
	const turns = 4
	kinds := func(r *mipv4.Request, is func(ext.Kind) bool) bool {
		for x := range r.Extensions.All() {
			if is(x.Kind()) {
				return true
			}
		}
		return false
	}
	for name, x := range map[string]struct {
		limits fuzz.Limits
		beyond func(*mipv4.Request) bool
	}{
		"no padding": {fuzz.Limits{NoPadding: true}, func(r *mipv4.Request) bool {
			return kinds(r, func(k ext.Kind) bool { return k == 0 })
		}},
		// Types 128 to 255 are skipped by who does not know them (RFC 5944 §1.8), and
		// 155 to 254 nobody knows.
		"none to skip": {fuzz.Limits{NoSkippable: true}, func(r *mipv4.Request) bool {
			return kinds(r, func(k ext.Kind) bool { return k.Type() >= 155 && k.Type() < 255 })
		}},
		// RFC 3115 §2.2.
		"no normal vendor": {fuzz.Limits{NoNVSE: true}, func(r *mipv4.Request) bool {
			return kinds(r, func(k ext.Kind) bool { return k.Type() == 134 })
		}},
		"sixteen extensions": {fuzz.Limits{Few: true}, func(r *mipv4.Request) bool {
			n := 0
			for range r.Extensions.All() {
				n++
			}
			return n > 16
		}},
		// T and B: bits 1 and 6 of S B D M G r T x (RFC 5944 §3.3).
		"flags":       {fuzz.Limits{Set: 0x02, Clear: 0x40}, func(r *mipv4.Request) bool { return r.Flags&0x42 != 0x02 }},
		"ten minutes": {fuzz.Limits{Lifetime: 600}, func(r *mipv4.Request) bool { return r.Lifetime > 600 }},
		"40 bits of the Identification": {fuzz.Limits{IdentificationBits: 40}, func(r *mipv4.Request) bool {
			return r.Identification&0xffffff != 0
		}},
	} {
		s := setup(t, code.MNtoHA, dsmip.RFC5454)
		free := campaign(t, s)
		s.Limits = x.limits
		kept := campaign(t, s)
		beyond := 0
		for i := range turns * uint64(len(free.Mutations())) {
			k := free.Case(i, nil)
			if r, err := mipv4.ParseRequest(k.Packet); err == nil && k.Mutation.Fault == nil && x.beyond(&r) {
				beyond++
			}
		}
		if beyond == 0 {
			t.Errorf("%s: without the limit nothing goes beyond it", name)
		}
		right := 0
		for i := range turns * uint64(len(kept.Mutations())) {
			k := kept.Case(i, nil)
			if k.Mutation.Fault != nil {
				continue
			}
			right++
			r, err := mipv4.ParseRequest(k.Packet)
			if err != nil || x.beyond(&r) {
				t.Errorf("%s: %s, %v, %v", name, k.Mutation.Name, &r, err)
			}
		}
		if right < 20 {
			t.Errorf("%s: only %d packets without a fault", name, right)
		}
		// The probe is to be accepted by a target with the limits.
		probe := kept.Probe(1, clock, nil)
		if r, err := mipv4.ParseRequest(probe.Packet); err != nil || x.beyond(&r) || !probe.Allowed.Accepts() {
			t.Errorf("%s: the probe is %v, %v", name, &r, err)
		}
	}
}

// TestNoProbe: nobody answers a reply, so on its legs there is nothing to ask whether
// the target still answers.
func TestNoProbe(t *testing.T) {
	for _, leg := range []code.Leg{code.HAtoMN, code.HAtoFA, code.FAtoMN} {
		if k := campaign(t, setup(t, leg, dsmip.Draft06)).Probe(1, clock, nil); k.Packet != nil || !k.Clock.Equal(clock) || k.Source() != "" {
			t.Errorf("%v: %+v", leg, k)
		}
	}
}

// TestLimitsInserted: what is put in front of an authenticator that was not calculated anew is
// nothing that the target fails.
func TestLimitsInserted(t *testing.T) {
	for _, x := range []struct {
		limits fuzz.Limits
		want   func(ext.Type) bool
	}{
		{fuzz.Limits{}, func(k ext.Type) bool { return k == 134 }},
		{fuzz.Limits{NoNVSE: true}, func(k ext.Type) bool { return k > 127 && k != 134 }},
		{fuzz.Limits{NoNVSE: true, NoSkippable: true}, func(k ext.Type) bool { return k == 0 }},
		{fuzz.Limits{NoNVSE: true, NoSkippable: true, NoPadding: true}, nil},
	} {
		s := setup(t, code.MNtoHA, dsmip.RFC5454)
		s.Limits = x.limits
		c := campaign(t, s)
		seen := false
		for i := range uint64(len(c.Mutations())) {
			k := c.Case(i, nil)
			if k.Mutation.Name != "mobile-home-not-re-signed" {
				continue
			}
			seen = true
			r, err := mipv4.ParseRequest(k.Packet)
			if err != nil {
				t.Fatal(err)
			}
			var before ext.Type
			for y := range r.Extensions.All() {
				if y.Type() == 32 {
					break
				}
				before = y.Type()
			}
			if x.want == nil || !x.want(before) {
				t.Errorf("%+v: type %d stands in front of it", x.limits, before)
			}
		}
		if seen != (x.want != nil) {
			t.Errorf("%+v: seen %v", x.limits, seen)
		}
	}
}

// TestLimitsCritical: a critical extension of a vendor that the target does not know is
// a fault (RFC 3115 §2.1, §2.3), and the mutations that are about it are left out with
// it.
func TestLimitsCritical(t *testing.T) {
	s := setup(t, code.MNtoHA, dsmip.RFC5454)
	count := func(s fuzz.Setup) (n int) {
		c := campaign(t, s)
		for i := range uint64(len(c.Mutations())) {
			r, err := mipv4.ParseRequest(c.Case(i, nil).Packet)
			if err != nil {
				continue
			}
			for x := range r.Extensions.All() {
				if x.Kind().Type() == 38 {
					n++
				}
			}
		}
		return n
	}
	without := count(s)
	s.Limits.NoCVSE = true
	if with := count(s); without == 0 || with != 0 {
		t.Errorf("%d with the limit, %d without", with, without)
	}
}
