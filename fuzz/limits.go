package fuzz

import (
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Limits is what the packets of a campaign keep to because the target is known to
// fail, or to refuse lawfully, beyond it: every case would say so again. The zero
// Limits are none. What a mutation is about goes beyond them.
type Limits struct {
	// NoPadding, NoSkippable, NoNVSE and NoCVSE leave out paddings, extensions of
	// unknown skippable types, and those of vendors.
	NoPadding, NoSkippable, NoNVSE, NoCVSE bool
	// Few leaves out the cases with more than sixteen extensions.
	Few bool
	// Set and Clear are the flags that requests have, and have not.
	Set, Clear mipv4.Flags
	// Lifetime is the longest that is asked for, in seconds; 0 for any.
	Lifetime mipv4.Lifetime
	// IdentificationBits is how many leading bits of the Identification are used,
	// 33 to 64, others are zero; 0 for all.
	IdentificationBits int
}

// keeps reports whether an arrangement keeps to the limits.
func (l *Limits) keeps(list []element) bool {
	for _, e := range list {
		switch {
		case e.how == otherKind && (l.NoPadding || l.NoSkippable),
			e.kind == ext.KindNVSE && l.NoNVSE, e.kind == ext.KindCVSE && l.NoCVSE,
			(e.how == fill548 || e.how == fill1472) && (l.Few || l.NoSkippable),
			e.how == many && l.Few:
			return false
		}
	}
	return true
}

// mask returns an Identification that the limits allow.
func (l *Limits) mask(id mipv4.Identification) mipv4.Identification {
	if l.IdentificationBits > 0 && l.IdentificationBits < 64 {
		id &^= 1<<(64-l.IdentificationBits) - 1
	}
	return id
}

// flags returns flags that the limits allow.
func (l *Limits) flags(f mipv4.Flags) mipv4.Flags { return (f | l.Set) &^ l.Clear }

// lifetime returns a lifetime that the limits allow.
func (l *Limits) lifetime(n mipv4.Lifetime) mipv4.Lifetime {
	if l.Lifetime > 0 && n > l.Lifetime {
		return 1 + n%l.Lifetime
	}
	return n
}
