package dsmip

import (
	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Ordinary reports whether a list has the IPv6 Prefix Replies of an ordinary answer to
// asked: they name every prefix that is requested, none twice and all in their order, and
// nothing is wrong with any, as [Profile.Matches] would show one by one. It looks at eight
// prefixes at most, so that an answer to more is none, nor is one in which the home agent
// assigns.
func (p Profile) Ordinary(asked *mipv4.Request, replies ext.List) bool {
	if asked == nil || !p.valid() {
		return false
	}
	var keys [few]prefixKey
	n := 0
	requests := asked.Extensions
	for x, ok := requests.First(); ok; x, ok = requests.Next(x) {
		b, ok := requestLayout.readable(x)
		if !ok {
			continue
		}
		k := requestLayout.keyOf(b)
		if n == len(keys) || !p.meant(k) || k.isZero() || k.isIdentifier() {
			return false
		}
		for _, other := range keys[:n] {
			if k == other {
				return false
			}
		}
		keys[n] = k
		n++
	}
	answered := 0
	for x, ok := replies.First(); ok; x, ok = replies.Next(x) {
		b, ok := replyLayout.readable(x)
		if !ok {
			continue
		}
		if answered == n || replyLayout.keyOf(b) != keys[answered] {
			return false
		}
		if code.IPv6Prefix(b[0]) == code.PrefixAcceptedCareOfAddress && p.tunnelUnasked(asked) {
			return false
		}
		answered++
	}
	return answered == n
}
