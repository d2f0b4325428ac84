package rules

import (
	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// prefixes is what the request says of a reply's IPv6 Prefix Replies: one entry for
// each that parses, in their order.
type prefixes struct {
	found []prefixFound
	next  int // of found
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

// The room for what is found: of an ordinary message, and of one that has as many
// prefix replies as there can be.
type (
	fewPrefixes  [8]prefixFound
	manyPrefixes [ext.MaxMessage / 22]prefixFound
)

// findPrefixes appends to found, within its capacity, what the request, which may be
// nil, says of the prefix replies of r. Unless its extensions are known nothing is
// unasked.
func findPrefixes(found []prefixFound, p dsmip.Profile, r *mipv4.Reply, asked *mipv4.Request) prefixes {
	known := asked != nil && asked.Extensions.Message() != nil
	for m := range p.Matches(asked, r.Extensions) {
		if len(found) == cap(found) {
			break // the bytes have changed since they were counted
		}
		var f prefixFound
		switch {
		case m.Repeated:
			f |= prefixRepeated
		case known && m.Match == dsmip.NoMatch:
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
	return prefixes{found: found}
}

// take returns what is found of the next prefix reply.
func (p *prefixes) take() (f prefixFound) {
	if p != nil && p.next < len(p.found) {
		f = p.found[p.next]
		p.next++
	}
	return f
}

// faults adds what is found to the faults of an extension.
func (f prefixFound) faults(v *findings) {
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
