package native

import (
	"iter"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// every returns a request for every nth prefix of a reply.
func every(n int, p *mipv4.Reply) *mipv4.Request {
	msg, err := mipv4.Request{
		HomeAddress:    p.HomeAddress,
		HomeAgent:      p.HomeAgent,
		CareOfAddress:  p.HomeAgent,
		Identification: p.Identification,
	}.AppendBinary(nil)
	i := 0
	for x, ok := p.Extensions.First(); ok && err == nil; x, ok = p.Extensions.Next(x) {
		if r, bad := dsmip.ParsePrefixReply(x); bad == nil {
			q := dsmip.PrefixRequest{PrefixLength: r.PrefixLength, Prefix: r.Prefix}
			if i++; i%n == 0 && (q.PrefixLength != dsmip.LinkLocalLength || q.Prefix.IsLinkLocalUnicast()) {
				msg, err = q.AppendBinary(msg)
			}
		}
	}
	var request mipv4.Request
	if err == nil {
		err = request.Parse(msg)
	}
	if err != nil {
		panic(err)
	}
	return &request
}

// FuzzCheck: judging never fails otherwise than by naming faults, in order, the
// same ones every time, first the one that Check returns; and what is to be
// refused can be.
func FuzzCheck(f *testing.F) {
	for i, b := range seeds() {
		f.Add(uint16(i*1021), b)
	}
	type found struct {
		at    int
		fault *code.Fault
	}
	collect := func(seq iter.Seq2[int, *code.Fault]) (all []found) {
		for at, f := range seq {
			all = append(all, found{at, f})
		}
		return all
	}
	f.Fuzz(func(t *testing.T, choice uint16, b []byte) {
		bit := func(n int) bool { return choice>>n&1 != 0 }
		s := mipv4.Situation{
			Leg:                  code.Leg(choice % 7),
			Edition:              mipv4.Edition(choice >> 3 & 1),
			MobileForeign:        mipv4.Knowledge(choice >> 4 & 3 % 3),
			ForeignHome:          mipv4.Knowledge(choice >> 6 & 3 % 3),
			RegistrationRequired: bit(8),
		}
		if bit(9) {
			s.Implements = func(k ext.Kind) bool { return k&1 == 0 }
		}
		if bit(10) {
			s.ImplementsVendor = func(vendor uint32, _ uint16) bool { return vendor&1 == 0 }
		}
		profile := dsmip.Profile(choice >> 11 & 1)

		var request mipv4.Request
		var reply mipv4.Reply
		var own, all, again []found
		var first, firstOwn error
		fixed := mipv4.RequestLength
		switch {
		case request.Parse(b) == nil:
			own, all, again = collect(s.RequestFaults(&request)), collect(profile.RequestFaults(&request, s)), collect(profile.RequestFaults(&request, s))
			first, firstOwn = profile.CheckRequest(&request, s), s.CheckRequest(&request)
		case reply.Parse(b) == nil:
			fixed = mipv4.ReplyLength
			asked := &mipv4.Request{Identification: reply.Identification ^ 1<<40}
			switch {
			case bit(12):
				asked = nil
			case bit(13):
				asked = every(2, &reply)
			}
			own, all, again = collect(s.ReplyFaults(&reply, asked)), collect(profile.ReplyFaults(&reply, asked, s)), collect(profile.ReplyFaults(&reply, asked, s))
			first, firstOwn = profile.CheckReply(&reply, asked, s), s.CheckReply(&reply, asked)
		default:
			return
		}
		if !slices.Equal(all, again) {
			t.Errorf("%v, then %v", all, again)
		}
		if len(own) > len(all) || !slices.Equal(own, all[:len(own)]) {
			t.Errorf("%v does not start with %v", all, own)
		}
		for _, c := range []struct {
			err  error
			list []found
		}{{first, all}, {firstOwn, own}} {
			if (c.err == nil) != (len(c.list) == 0) || c.err != nil && c.err != error(c.list[0].fault) {
				t.Errorf("Check gives %v of %v", c.err, c.list)
			}
		}
		for _, list := range [][]found{own, all[len(own):]} {
			at := 0
			for _, x := range list {
				if x.at < at || x.at > len(b) {
					t.Errorf("%v at %d of %d", x.fault, x.at, len(b))
				}
				at = x.at
			}
		}
		for _, x := range all {
			if x.fault.Text() == "" || x.fault.Source() == "" {
				t.Errorf("%v", x)
			}
			for _, role := range []code.Role{code.HomeAgent, code.ForeignAgent} {
				answer, ok := mipv4.Answer{Role: role}.Refuse(&request, x.fault)
				if c, has := x.fault.Reaction(role).Code(); fixed == mipv4.RequestLength && ok && (!has || answer.Code != c || !answer.Identification.MatchesLow(request.Identification)) {
					t.Errorf("%v is refused with %v", x.fault, answer)
				}
			}
		}
	})
}
