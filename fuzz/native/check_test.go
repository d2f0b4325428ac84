package native

import (
	"iter"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
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

// verdict is a rules.Verdict that can be compared.
type verdict struct {
	at    int
	whole bool // without an extension
	fault *code.Fault
}

func collect(seq iter.Seq[rules.Verdict]) (all []verdict) {
	for v := range seq {
		all = append(all, verdict{v.Offset, len(v.Extension.Bytes()) == 0, v.Fault})
	}
	return all
}

// once checks that what concerns the message comes first, and then every extension
// of a list in order, right or with its faults, up to where the receiver loses its
// way.
func once(t *testing.T, all []verdict, l ext.List) {
	astray := -1
	for len(all) > 0 && all[0].whole {
		if all[0].fault == nil || all[0].at > len(l.Message()) {
			t.Errorf("%+v of %d bytes", all[0], len(l.Message()))
		}
		if all[0].fault == rules.ErrAstray {
			astray = all[0].at
		}
		all = all[1:]
	}
	for x, ok := l.First(); ok && x.Offset() != astray; x, ok = l.Next(x) {
		if len(all) == 0 || all[0].whole || all[0].at != x.Offset() {
			t.Fatalf("no verdict on %v at %d: %+v", x.Kind(), x.Offset(), all)
		}
		right := all[0].fault == nil
		for all = all[1:]; len(all) > 0 && all[0].at == x.Offset(); all = all[1:] {
			if right || all[0].fault == nil {
				t.Errorf("%v at %d is right and wrong", x.Kind(), x.Offset())
			}
		}
	}
	if len(all) > 0 {
		t.Errorf("verdicts on nothing: %+v", all)
	}
}

// first returns what a check gives of the verdicts: the first that breaks a MUST, or
// stops the message.
func first(all []verdict, receiver code.Role) error {
	for _, v := range all {
		if v.fault != nil && (v.fault.Breaks() <= code.Must || v.fault.Reaction(receiver).Stops()) {
			return v.fault
		}
	}
	return nil
}

// FuzzCheck: judging never fails otherwise than by naming faults, the same ones every
// time, each extension once, first the one that Check returns; who is not told what
// it takes says that and nothing else; and what is to be refused can be.
func FuzzCheck(f *testing.F) {
	for i, b := range seeds() {
		f.Add(uint16(i*1021), b)
	}
	f.Fuzz(func(t *testing.T, choice uint16, b []byte) {
		bit := func(n int) bool { return choice>>n&1 != 0 }
		s := rules.Situation{
			Leg:                  code.Leg(choice % 7),
			Edition:              rules.Edition(choice >> 3 & 1),
			MobileForeign:        rules.Knowledge(choice >> 4 & 3 % 3),
			ForeignHome:          rules.Knowledge(choice >> 6 & 3 % 3),
			RegistrationRequired: bit(8),
			Profile:              dsmip.Draft06 + dsmip.Profile(choice>>11&1),
			Proxies:              rules.Knowledge(choice >> 14 & 3 % 3),
		}
		if bit(9) {
			s.Implements = func(k ext.Kind) bool { return k&1 == 0 }
		}
		if bit(10) {
			s.ImplementsVendor = func(vendor uint32, _ uint16) bool { return vendor&1 == 0 }
		}

		var request mipv4.Request
		var reply mipv4.Reply
		var all, again []verdict
		var check error
		var list ext.List
		isRequest := request.Parse(b) == nil
		switch {
		case isRequest:
			all, again, check = collect(s.Request(&request)), collect(s.Request(&request)), s.CheckRequest(&request)
			list = request.Extensions
		case reply.Parse(b) == nil:
			asked := &mipv4.Request{Identification: reply.Identification ^ 1<<40}
			switch {
			case bit(12):
				asked = nil
			case bit(13):
				asked = every(2, &reply)
			}
			all, again, check = collect(s.Reply(&reply, asked)), collect(s.Reply(&reply, asked)), s.CheckReply(&reply, asked)
			list = reply.Extensions
		default:
			return
		}
		if !slices.Equal(all, again) {
			t.Errorf("%v, then %v", all, again)
		}
		if isRequest && !s.Leg.Request() || !isRequest && !s.Leg.Reply() {
			if len(all) != 1 || check == nil || check != error(all[0].fault) || all[0].fault.Breaks() != code.Caller {
				t.Errorf("on %v: %v, %v", s.Leg, all, check)
			}
			return
		}
		once(t, all, list)
		if want := first(all, s.Leg.Receiver()); check != want {
			t.Errorf("Check gives %v, not %v, of %v", check, want, all)
		}
		for _, v := range all {
			if v.fault == nil {
				continue
			}
			if v.fault.Text() == "" || v.fault.Source() == "" || v.fault.Breaks() == code.Caller {
				t.Errorf("%v", v)
			}
			if !v.whole && v.fault.Reaction(s.Leg.Receiver()).Stops() && !slices.Contains(all, verdict{v.at, true, v.fault}) {
				t.Errorf("%v at %d is not told before the extensions", v.fault, v.at)
			}
			for _, role := range []code.Role{code.HomeAgent, code.ForeignAgent} {
				answer, ok := mipv4.Answer{Role: role}.Refuse(&request, v.fault)
				if c, has := v.fault.Reaction(role).Code(); isRequest && ok && (!has || answer.Code != c || !answer.Identification.MatchesLow(request.Identification)) {
					t.Errorf("%v is refused with %v", v.fault, answer)
				}
			}
		}
	})
}
