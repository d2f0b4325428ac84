package main

import (
	"fmt"
	"strings"

	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// describe says in words how a packet differs from a plain request.
func (a *attack) describe(packet []byte) string {
	switch {
	case len(packet) == 0:
		return "an empty datagram"
	case len(packet) < requestLength:
		return "a datagram shorter than a request's fixed part"
	case packet[0] != byte(mipv4.TypeRequest):
		return "a message that is no Registration Request"
	}
	var r mipv4.Request
	if err := r.Parse(packet[:requestLength]); err != nil {
		return "a request that cannot be read"
	}
	var words []string
	say := func(format string, v ...any) {
		w := fmt.Sprintf(format, v...)
		for _, x := range words {
			if x == w {
				return
			}
		}
		words = append(words, w)
	}
	usual := (a.usualFlags() | a.learned.usual.set) &^ a.learned.usual.clear
	if set := r.Flags &^ usual; set != 0 {
		say("the flags %v", set)
	}
	if clear := usual &^ r.Flags; clear != 0 {
		say("no %v flag", clear)
	}
	if r.Lifetime == mipv4.Deregister {
		say("Lifetime 0")
	}
	if r.HomeAddress.IsUnspecified() {
		say("no Home Address")
	}
	if r.HomeAgent != a.setup.HomeAgent {
		say("another Home Agent")
	}
	end, _ := ext.Locate(packet, requestLength)
	list, err := ext.Parse(packet[:end], requestLength)
	signed := false
	if err == nil {
		for x := range list.All() {
			if _, ok := associationOf(&a.setup, x.Kind()); ok {
				signed = true
				if p := partOf(&a.setup, packet, x); p.signs == 0 || p.flip != nil {
					say("a wrong %v", x.Kind())
				}
				continue
			}
			say("%s", kindName(x.Kind()))
		}
	}
	if end < len(packet) {
		say("what cannot be walked as an extension")
	} else if !signed {
		say("no authenticator")
	}
	if len(words) == 0 {
		return "a plain request"
	}
	return "a request with " + strings.Join(words, ", ")
}

// kindName names a kind of extension; all that are unknown have one name.
func kindName(k ext.Kind) string {
	if r, ok := ext.Lookup(k); ok {
		return r.Name
	}
	if k.Type().Skippable() {
		return "an unknown skippable extension"
	}
	return "an unknown extension that is not skippable"
}
