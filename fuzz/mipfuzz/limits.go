package main

import (
	"errors"
	"strconv"
	"strings"

	"github.com/go-mobileip/dsmipv4/mipv4"
)

// limits are the flags that say by hand what is learned otherwise.
type limits struct {
	flags    string
	lifetime string
	fillers  string
	bits     string
}

// limitFlags defines them.
func (o *options) limitFlags() {
	f, l := o.flags, &o.limits
	f.Func("flags", "the `letters` of flags that every request has, and behind a - of those that none has, as T-MG", func(s string) error {
		l.flags = s
		return o.setFlags(s)
	})
	f.Func("lifetime", "the longest `Lifetime` that is asked for, in seconds; 0 for any", func(s string) error {
		n, err := strconv.ParseUint(s, 10, 16)
		o.limits.lifetime, o.setup.Limits.Lifetime = s, mipv4.Lifetime(n)
		return err
	})
	f.Func("fillers", "of padding, skippable and nvse, with commas between them, those that the target takes; none for none", func(s string) error {
		l.fillers = s
		return o.setFillers(s)
	})
	f.Func("id-bits", "how many `bits` of the Identification are used, 33 to 64", func(s string) error {
		n, err := strconv.Atoi(s)
		if err != nil || n < 33 || n > 64 {
			return errors.New("not 33 to 64")
		}
		l.bits, o.setup.Limits.IdentificationBits = s, n
		return nil
	})
}

func (o *options) setFlags(s string) error {
	set, clear, _ := strings.Cut(s, "-")
	for i, letters := range [...]string{set, clear} {
		for _, c := range letters {
			var bit mipv4.Flags
			if err := bit.UnmarshalText([]byte(string(c))); err != nil {
				return err
			}
			if i == 0 {
				o.setup.Limits.Set |= bit
			} else {
				o.setup.Limits.Clear |= bit
			}
		}
	}
	return nil
}

func (o *options) setFillers(s string) error {
	l := &o.setup.Limits
	l.NoPadding, l.NoSkippable, l.NoNVSE = true, true, true
	if s == "none" {
		return nil
	}
	for _, w := range strings.Split(s, ",") {
		switch w {
		case "padding":
			l.NoPadding = false
		case "skippable":
			l.NoSkippable = false
		case "nvse":
			l.NoNVSE = false
		default:
			return errors.New("not a filler")
		}
	}
	return nil
}

// usual is what the flags say about plain requests.
func (o *options) usual() usual {
	l := &o.setup.Limits
	u := usual{set: l.Set, clear: l.Clear, lifetime: ordinaryLifetime, bits: l.IdentificationBits}
	if l.Lifetime > 0 {
		u.lifetime = min(u.lifetime, l.Lifetime)
	}
	return u
}
