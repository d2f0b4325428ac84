package agent

import (
	"iter"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Said is what one node said in a message: the extensions that an authenticator of its
// own protects, and that the receiver has verified. It is a view of the Registration or
// Registered that it comes from.
type Said struct {
	situation *rules.Situation
	request   *mipv4.Request // the one that is judged, or that the reply answers
	reply     *mipv4.Reply   // nil for a request
	list      ext.List
}

// All iterates over the extensions that count, in the order of the wire: those that
// the rule book does not have ignored and that the receiver implements. Authentication
// extensions and padding say nothing and are left out. Ranged over in place it allocates
// nothing.
func (s Said) All() iter.Seq[ext.Raw] {
	return func(yield func(ext.Raw) bool) { s.all(yield) }
}

// Find returns the first extension of a kind that counts, false when there is none.
func (s Said) Find(k ext.Kind) (found ext.Raw, ok bool) {
	if x, there := s.list.Find(k); !there || s.quiet(x) {
		return ext.Raw{}, false
	}
	s.all(func(x ext.Raw) bool {
		if x.Kind() == k {
			found, ok = x, true
		}
		return !ok
	})
	return found, ok
}

// List returns the extensions whether they count or not, for the functions that take
// what Verify gave.
func (s Said) List() ext.List { return s.list }

func (s Said) all(yield func(ext.Raw) bool) {
	first, ok := s.list.First()
	if !ok {
		return
	}
	from, to := first.Offset(), len(s.list.Message())
	var pending ext.Raw // what has no fault so far that it is to be ignored for
	counts := false
	judge := func(v rules.Verdict) bool {
		x := v.Extension
		switch at := x.Offset(); {
		case at < from: // the message as a whole, too
			return true
		case at >= to:
			return false
		case at != pending.Offset():
			if counts && !yield(pending) {
				counts = false
				return false
			}
			pending, counts = x, !s.quiet(x)
		}
		counts = counts && !s.ignores(v.Fault)
		return true
	}
	if s.reply != nil {
		for v := range s.situation.Reply(s.reply, s.request) {
			if !judge(v) {
				break
			}
		}
	} else {
		for v := range s.situation.Request(s.request) {
			if !judge(v) {
				break
			}
		}
	}
	if counts {
		yield(pending)
	}
}

// quiet reports whether an extension says nothing to the receiver.
func (s Said) quiet(x ext.Raw) bool {
	switch x.Kind() {
	case 0, ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth:
		return true
	}
	return x.Type() == ext.KindMNAAAAuth.Type() ||
		s.situation.Implements != nil && !s.situation.Implements(x.Kind())
}

// ignores reports whether a fault has an extension ignored. Of one whose prefix has bits
// beyond its length the bits are, which dsmip does.
func (s Said) ignores(f *code.Fault) bool {
	return f != nil && f != rules.ErrHostBits && f.Reaction(s.situation.Leg.Receiver()).Action() == code.Ignore
}
