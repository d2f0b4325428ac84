package fuzz

import (
	"iter"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// place is where the rule book judges an extension alike: on some legs, before or
// behind Mobile-Home.
type place struct {
	legs       legs
	behind     bool
	set, clear mipv4.Flags // what the verdict takes besides the leg's usual flags
	misplaced  *code.Fault // nil where it may stand
}

// placesOf asks the rule book about every place of an extension. Behind
// Mobile-Home are only those that may stand before it, or that may not stand
// everywhere.
func placesOf(r *ext.Row) (all []place) {
	put := func(p place) {
		for i := range all {
			if o := &all[i]; o.behind == p.behind && o.set == p.set && o.clear == p.clear && o.misplaced == p.misplaced &&
				o.legs&requests != 0 == (p.legs&requests != 0) {
				o.legs |= p.legs
				return
			}
		}
		all = append(all, p)
	}
	anywhere := rules.Misplaced(r.Kind) == nil
	for leg := code.MNtoFA; leg <= code.FAtoMN; leg++ {
		before := placeOn(leg, r, false)
		put(before)
		if behind := placeOn(leg, r, true); behind.misplaced == nil && !anywhere || behind.misplaced != nil && before.misplaced == nil {
			put(behind)
		}
	}
	return all
}

// placeOn asks about one place.
func placeOn(leg code.Leg, r *ext.Row, behind bool) place {
	p := place{legs: 1 << leg, behind: behind}
	usual := usualFlags(leg)
	for _, flags := range [...]mipv4.Flags{usual, usual ^ mipv4.FlagDecapsulation} {
		if p.misplaced = misplaced(leg, r, behind, flags); p.misplaced != nil {
			p.set, p.clear = flags&^usual, usual&^flags
			break
		}
	}
	return p
}

// usualFlags are those that a request has unless a mutation says otherwise, but
// for those that nothing depends on.
func usualFlags(leg code.Leg) mipv4.Flags {
	if leg == code.MNtoHA {
		return mipv4.FlagDecapsulation
	}
	return 0
}

// misplaced returns the fault of an extension in one place of a message that has
// nothing else but Mobile-Home, nil when it may stand there.
func misplaced(leg code.Leg, r *ext.Row, behind bool, flags mipv4.Flags) *code.Fault {
	address, random := netip.AddrFrom4([4]byte{192, 0, 2, 1}), keyed(0, 0)
	var msg []byte
	if leg.Request() {
		msg, _ = mipv4.Request{Flags: flags, Lifetime: 1, HomeAddress: address, HomeAgent: address, CareOfAddress: address}.AppendBinary(msg)
	} else {
		msg, _ = mipv4.Reply{HomeAddress: address, HomeAgent: address}.AppendBinary(msg)
	}
	body := appendBody(nil, &random, r)
	if !behind {
		msg, _ = ext.AppendRaw(msg, r.Kind, body)
	}
	msg, _ = ext.AppendRaw(msg, ext.KindMobileHomeAuth, make([]byte, 20))
	if behind {
		msg, _ = ext.AppendRaw(msg, r.Kind, body)
	}
	s := rules.Situation{Leg: leg, Profile: dsmip.RFC5454}
	var verdicts iter.Seq[rules.Verdict]
	if request, err := mipv4.ParseRequest(msg); err == nil {
		verdicts = s.Request(&request)
	} else if reply, err := mipv4.ParseReply(msg); err == nil {
		verdicts = s.Reply(&reply, nil)
	}
	for v := range verdicts {
		if f := v.Fault; f != nil && (f == fault(rules.Misplaced(r.Kind)) || f == fault(rules.WrongMessage(r.Kind))) {
			return f
		}
	}
	return nil
}

// fault returns the fault that an error is, nil for none.
func fault(err error) *code.Fault {
	f, _ := err.(*code.Fault)
	return f
}

// authorizes reports whether a kind is of the authentication extensions that divide
// a message, and that a campaign signs.
func authorizes(k ext.Kind) bool {
	switch k {
	case ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth, ext.KindMNAAAAuth:
		return true
	}
	return false
}
