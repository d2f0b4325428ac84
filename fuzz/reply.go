package fuzz

import (
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// ReplyTo returns case i of a campaign on a leg of replies as the reply to a request
// that was received, its packet appended to buf. What the request does not go with is
// not planted: then the second result is false, and the packet is not to be judged by
// its mutation.
func (c *Campaign) ReplyTo(i uint64, asked *mipv4.Request, now time.Time, buf []byte) (Case, bool) {
	b := builder{
		c:      c,
		m:      c.order[i%uint64(len(c.order))],
		random: keyed(c.setup.Seed, i),
		home:   asked.HomeAddress,
		now:    now,
		to:     asked,
	}
	k := b.build(i, buf)
	return k, c.planted(&k, asked)
}

// planted reports whether a reply has the fault of its mutation, and no other without
// one, as the answer to a request.
func (c *Campaign) planted(k *Case, asked *mipv4.Request) bool {
	r, err := mipv4.ParseReply(k.Packet)
	if err != nil {
		return k.Mutation.Class == Structure
	}
	switch k.Mutation.Class {
	case Structure:
		return false
	case Authentication:
		return true
	}
	found := false
	for v := range c.setup.Situation.Reply(&r, asked) {
		switch {
		case v.Fault == nil || v.Fault.Breaks() != code.Must:
		case v.Fault == k.Mutation.Fault:
			found = true
		case k.Mutation.Fault == nil:
			return false
		}
	}
	return found == (k.Mutation.Fault != nil)
}
