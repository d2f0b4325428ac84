package main

import (
	"slices"

	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// blame is what is known to kill the target, and how it then dies: the next time that
// it dies so and such a packet was among the last, no search is made.
type blame struct {
	how, said, trigger string
	known              bool
	features           features
}

// features are what a packet must have in common with the smallest one that killed.
type features struct {
	empty, short, other, deregisters bool // of no request there is nothing else
	kinds                            []ext.Kind
	flags                            mipv4.Flags
}

// featuresOf returns what a packet has beside what is usual.
func (a *attack) featuresOf(packet []byte) (f features) {
	var r mipv4.Request
	switch {
	case len(packet) == 0:
		f.empty = true
		return f
	case len(packet) < requestLength:
		f.short = true
		return f
	case r.Parse(packet[:requestLength]) != nil:
		f.other = true
		return f
	}
	f.deregisters = r.Lifetime == mipv4.Deregister
	f.flags = r.Flags &^ (a.usualFlags() | a.learned.usual.set)
	end, _ := ext.Locate(packet, requestLength)
	list, err := ext.Parse(packet[:end], requestLength)
	if err != nil {
		return f
	}
	for x := range list.All() {
		if _, ok := associationOf(&a.setup, x.Kind()); !ok {
			f.kinds = append(f.kinds, x.Kind())
		}
	}
	return f
}

// any reports whether there is something to recognize a packet by.
func (f *features) any() bool {
	return f.empty || f.short || f.other || f.deregisters || f.flags != 0 || len(f.kinds) > 0
}

// within reports whether another packet has all of it.
func (f *features) within(o *features) bool {
	if f.empty != o.empty || f.short != o.short || f.other != o.other || f.deregisters && !o.deregisters || !o.flags.Has(f.flags) {
		return false
	}
	return !slices.ContainsFunc(f.kinds, func(k ext.Kind) bool { return !slices.Contains(o.kinds, k) })
}

// blamed returns the suspects that have what is known to kill the target in the way
// that it died, and that blame.
func (a *attack) blamed(how, said string, suspects []*job) ([]*job, *blame) {
	for i := range a.blames {
		b := &a.blames[i]
		if b.how != how || b.said != said {
			continue
		}
		var list []*job
		for _, j := range suspects {
			if f := a.featuresOf(a.evidenceOf(j).packet); b.features.within(&f) {
				list = append(list, j)
			}
		}
		if len(list) > 0 {
			return list, b
		}
	}
	return nil, nil
}
