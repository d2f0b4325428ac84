package dsmip

import (
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// InOrder finds out whether a reply is an ordinary answer to the prefix requests of a
// message, for who walks both anyway: it is handed the extensions of the request in their
// order, then those of the reply. The zero InOrder but for the Profile has seen nothing.
type InOrder struct {
	Profile         Profile
	other, careOf   bool // it is no ordinary answer; it has Code 1
	asked, answered uint8
	keys            [few]prefixKey // of what is asked
}

// Request takes an IPv6 Prefix Request; other extensions do not matter.
func (o *InOrder) Request(x ext.Raw) {
	if b, ok := requestLayout.readable(x); ok {
		o.request(b)
	}
}

func (o *InOrder) request(b []byte) {
	k := requestLayout.keyOf(b)
	if o.asked == few || !o.Profile.meant(k) || k.isZero() || k.isIdentifier() {
		o.other = true
		return
	}
	for _, asked := range o.keys[:o.asked] {
		if k == asked {
			o.other = true
		}
	}
	o.keys[o.asked] = k
	o.asked++
}

// Reply takes an IPv6 Prefix Reply; other extensions do not matter.
func (o *InOrder) Reply(x ext.Raw) {
	if b, ok := replyLayout.readable(x); ok {
		o.reply(b)
	}
}

func (o *InOrder) reply(b []byte) {
	if o.answered == o.asked || o.keys[o.answered] != replyLayout.keyOf(b) {
		o.other = true
		return
	}
	o.careOf = o.careOf || code.IPv6Prefix(b[0]) == code.PrefixAcceptedCareOfAddress
	o.answered++
}

// Ordinary reports whether the answer is an ordinary one: it names every prefix that asked
// requests, none twice and all in their order, and nothing is wrong with it, as
// [Profile.Matches] would show reply by reply. An answer to more than eight prefixes is
// none, nor is one to a request for a zero prefix or for ::interface_identifier, nor any
// while asked is nil. To a request without prefixes it is the answer without any.
func (o *InOrder) Ordinary(asked *mipv4.Request) bool {
	return asked != nil && !o.other && o.answered == o.asked && !(o.careOf && o.Profile.tunnelUnasked(asked))
}

// Equal reports whether both keep the same of what they have seen.
func (o InOrder) Equal(other InOrder) bool { return o == other }

// String returns how many prefixes are answered: "1 of 2 prefixes in order", or "no
// ordinary answer".
func (o InOrder) String() string {
	if o.other {
		return "no ordinary answer"
	}
	return strconv.Itoa(int(o.answered)) + " of " + strconv.Itoa(int(o.asked)) + " prefixes in order"
}
