package rules

import (
	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
)

// answers is what the request says of the extensions of a reply that there can be many
// of.
type answers struct {
	found    []prefixFound // of each IPv6 Prefix Reply that parses, in their order
	next     int           // of found
	networks networkSet
}

// prefixFound is a set of what can be wrong with a prefix reply, seen from the
// request and from the replies in front of it.
type prefixFound uint8

const (
	prefixRepeated prefixFound = 1 << iota
	prefixUnasked
	prefixTunnelUnasked
	prefixOtherLength
	prefixNothingAssigned
)

// The room for answers: of an ordinary message, and of one that has as many of the
// extensions as there can be.
type (
	fewAnswers struct {
		found    [8]prefixFound
		networks [8]uint64
	}
	manyFound    [ext.MaxMessage / 22]prefixFound
	manyNetworks [1 << 14]uint64 // 128 KiB are the most that one variable has on the stack
)

// enough reports whether there is room for the answers of a walk.
func (fewAnswers) enough(w *walk) bool {
	return max(w.survey.prefixReplies, w.asked.networks) <= len(fewAnswers{}.found)
}

// newAnswers returns the answers of a walk. Unless the request's extensions are known
// nothing is unasked.
func newAnswers(w *walk, l ext.List, found []prefixFound, networks networkSet) (a answers) {
	if w.asked.networks > 0 {
		a.networks = networks
		a.networks.add(w.request.Extensions)
	}
	if w.survey.prefixReplies == 0 {
		return a
	}
	known, matched := w.asked.known, 0
	for m := range w.s.Profile.Matches(w.request, l) {
		if len(found) == cap(found) {
			break // the bytes have changed since they were counted
		}
		var f prefixFound
		switch {
		case m.Repeated:
			f |= prefixRepeated
		case m.Match != dsmip.NoMatch:
			matched++
		case known && !(m.Reply.Code.Accepted() && w.unnamed(m.Reply)):
			f |= prefixUnasked
		}
		if known {
			switch m.Err {
			case dsmip.ErrTunnelUnasked:
				f |= prefixTunnelUnasked
			case dsmip.ErrOtherLength:
				f |= prefixOtherLength
			case dsmip.ErrNothingAssigned:
				f |= prefixNothingAssigned
			}
		}
		found = append(found, f)
	}
	a.found = found
	w.asked.unanswered = known && matched > 0 && w.reply.Code.Accepted() && w.leaves(l, matched)
	return a
}

// unnamed reports whether an IPv6 Prefix Reply names no prefix, of which there is nothing
// to say but that.
func (w *walk) unnamed(r dsmip.PrefixReply) bool {
	return r.PrefixLength == dsmip.LinkLocalLength && !(w.profile5454() && r.Prefix.IsLinkLocalUnicast())
}

// leaves reports whether the prefix replies of a list, of which some match a request, leave
// out a prefix that is asked for rightly. Who asks behind Mobile-Home does not.
func (w *walk) leaves(l ext.List, matched int) bool {
	requests, behind := 0, false
	asked := w.request.Extensions
	for x, ok := asked.First(); ok; x, ok = asked.Next(x) {
		switch x.Kind() {
		case ext.KindMobileHomeAuth:
			behind = true
		case ext.KindIPv6PrefixRequest:
			if requests++; behind {
				return false
			}
		}
	}
	if matched == requests {
		return false
	}
	for o := range w.s.Profile.Outcomes(w.request, w.reply, l) {
		var v findings
		if !o.Answered() {
			w.prefixFields(o.Asked.Prefix, o.Asked.PrefixLength, &v)
			w.assignment(o.Asked, &v)
			if v.n == 0 {
				return true
			}
		}
	}
	return false
}

// take returns what is found of the next prefix reply.
func (p *answers) take() (f prefixFound) {
	if p != nil && p.next < len(p.found) {
		f = p.found[p.next]
		p.next++
	}
	return f
}

// faults adds what is found to the faults of an extension.
func (f prefixFound) faults(v *findings) {
	if f == 0 {
		return
	}
	for _, x := range [...]struct {
		bit   prefixFound
		fault *code.Fault
	}{
		{prefixRepeated, ErrSecondPrefixReply},
		{prefixUnasked, ErrPrefixUnasked},
		{prefixTunnelUnasked, dsmip.ErrTunnelUnasked},
		{prefixOtherLength, dsmip.ErrOtherLength},
		{prefixNothingAssigned, dsmip.ErrNothingAssigned},
	} {
		if f&x.bit != 0 {
			v.add(x.fault)
		}
	}
}
