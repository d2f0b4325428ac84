package agent

import (
	"hash/maphash"
	"net/netip"
	"slices"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Policy is by what a home agent grants IPv6 prefixes to a mobile node, as far as the
// texts have it (draft-06 §4.3, §4.6.1, RFC 5454 §3.3). A home agent with rules of its own
// goes through [Registration.Prefixes] instead.
type Policy struct {
	Served []netip.Prefix // what the mobile node may ask for
	Held   []netip.Prefix // what other mobile nodes have, which is not granted
	Bound  []netip.Prefix // what this mobile node has registered before
	// Assignable is what a mobile node gets that leaves the choice: the first that
	// nobody has. Under the first with at most 64 bits stands the address of an interface
	// identifier.
	Assignable []netip.Prefix
	// Unique performs Duplicate Address Detection for an address that the mobile node is
	// not bound to, and reports whether nobody has it; it may take its time. Without it
	// nobody knows, and such an address is not granted. RFC 5454 has no such detection.
	Unique func(netip.Addr) bool
	// Most is how many are granted at most with one answer, those counted in that were
	// looked for in vain: because Unique found them taken, or because nothing of
	// Assignable is left. What is asked for beyond that is rejected. 0 stands for
	// [DefaultMost].
	Most int

	// Granted gets what is granted appended: what is registered from now on.
	Granted []netip.Prefix
}

// DefaultMost is how many prefixes a [Policy] grants where nothing else is said. No text
// has a limit; a message has room for 3,275.
const DefaultMost = 64

// Grant is Reply with a Code that accepts, and in front of the parts an IPv6 Prefix Reply
// for each distinct prefix that was requested: what is granted, with the Code of
// AcceptingCode, and what is rejected. Where they are so many that a message has no room
// for all and 1,024 bytes more, the last go unanswered, which rejects them. A
// deregistration gets none, and a nil Policy grants nothing. With a Code that denies,
// which Reply writes, the error is [ErrReplyCode]. On error nothing is granted.
func (g Registration) Grant(b []byte, c code.Registration, p *Policy, parts ...Part) ([]byte, error) {
	if g.accepted && !c.Accepted() {
		return b, ErrReplyCode
	}
	if p == nil {
		p = new(Policy)
	}
	before := len(p.Granted)
	answer, err := g.reply(b, c, func(b []byte) ([]byte, error) {
		if g.Granted() == mipv4.Deregister {
			return b, nil // which ends all (draft-06 §4.7, RFC 5454 §3.8)
		}
		return p.append(&g, b)
	}, parts, nil)
	if err != nil {
		p.Granted = p.Granted[:before]
	}
	return answer, err
}

// roomBehind is what is left of a message for the parts and the authenticators: a reply
// takes more than the request that it answers.
const roomBehind = 1024

// granting is the work on one answer.
type granting struct {
	*Policy
	g      *Registration
	mode   code.IPv6Prefix
	spoken dsmip.Profile
	most   int // of Granted, and of what was looked for in vain
	vain   int
}

// append appends the prefix replies. Those that leave the choice come last, so that they
// are not assigned what is asked for by name.
func (p *Policy) append(g *Registration, b []byte) ([]byte, error) {
	w := granting{Policy: p, g: g, mode: g.AcceptingCode(), spoken: g.situation.Profile, most: p.Most}
	if w.most == 0 {
		w.most = DefaultMost
	}
	w.most += len(p.Granted)
	b, choices, err := w.pass(b, nil)
	if err != nil || !choices {
		return b, err
	}
	return w.choose(b)
}

// choose appends the replies to what leaves the choice.
func (w *granting) choose(b []byte) ([]byte, error) {
	named := namedPrefixes{seed: maphash.MakeSeed()}
	for q := range w.g.Prefixes() {
		if prefix, ok := q.NetPrefix(); ok {
			named.add(prefix)
		}
	}
	b, _, err := w.pass(b, &named)
	return b, err
}

// pass appends the replies to what leaves the choice, with what is asked for by name, or,
// with nil, to all else, and reports whether there is anything that leaves it.
func (w *granting) pass(b []byte, named *namedPrefixes) (_ []byte, choices bool, err error) {
	for q, again := range w.g.Prefixes() {
		choice := w.spoken == dsmip.Draft06 && leavesChoice(q)
		choices = choices || choice
		if choice != (named != nil) {
			continue
		}
		if len(b) > ext.MaxMessage-roomBehind {
			break // what is not answered is rejected (draft-06 §4.5, RFC 5454 §3.5)
		}
		answer := q.Answer(code.PrefixAdministrativelyProhibited)
		if len(w.Granted)+w.vain < w.most {
			answer = w.decide(q, named)
		}
		if again && !answer.Code.Accepted() {
			continue // the zero prefix was rejected before, or all that it could get is gone
		}
		if b, err = answer.AppendBinary(b); err != nil {
			return b, choices, err
		}
		if prefix, ok := answer.NetPrefix(); ok && answer.Code.Accepted() {
			w.Granted = append(w.Granted, prefix)
		}
	}
	return b, choices, nil
}

// leavesChoice reports whether a request leaves something to the home agent (draft-06
// §4.6.1).
func leavesChoice(q dsmip.PrefixRequest) bool {
	w := q.Wants()
	return w == dsmip.WantAnyPrefix || w == dsmip.WantInterfaceIdentifier
}

// decide answers one request, with what is asked for by name if it leaves the choice.
func (w *granting) decide(q dsmip.PrefixRequest, named *namedPrefixes) dsmip.PrefixReply {
	if c, ok := w.spoken.Judge(q, w.Served, w.Held); !ok {
		return q.Answer(c)
	}
	answer := q.Answer(w.mode)
	if named != nil {
		if answer = w.assign(q, named); !answer.Code.Accepted() {
			w.vain++
			return answer
		}
	}
	prefix, _ := answer.NetPrefix()
	switch {
	case !w.spoken.NeedsDAD(prefix, slices.Contains(w.Bound, prefix)):
	case w.Unique == nil:
		return q.Answer(code.PrefixDuplicateAddress)
	case !w.Unique(prefix.Addr()):
		w.vain++
		return q.Answer(code.PrefixDuplicateAddress)
	}
	return answer
}

// assign answers a request that leaves the choice.
func (w *granting) assign(q dsmip.PrefixRequest, named *namedPrefixes) dsmip.PrefixReply {
	identifier := q.Wants() == dsmip.WantInterfaceIdentifier
	for _, prefix := range w.Assignable {
		if identifier {
			address, ok := q.Under(prefix)
			if !ok {
				continue
			}
			prefix = address
		}
		if answer, err := q.Assign(w.mode, prefix); err == nil && w.free(prefix.Masked(), named) {
			return answer
		}
	}
	return q.Answer(code.PrefixAdministrativelyProhibited)
}

// free reports whether a prefix can be assigned: no other mobile node has any of it, it was
// not granted yet, and it has no answer of its own, since one prefix is answered once.
func (w *granting) free(prefix netip.Prefix, named *namedPrefixes) bool {
	return !named.has(prefix) && !slices.Contains(w.Granted, prefix) && !slices.ContainsFunc(w.Held, prefix.Overlaps)
}

// namedPrefixes is the set of the prefixes that a request names, by a hash of 63 bits, whose
// seed keeps an attacker from choosing prefixes that collide.
type namedPrefixes struct {
	seed  maphash.Seed
	table [1 << 13]uint64 // 0 for a free slot; a message has room for 3,275
}

func (n *namedPrefixes) add(p netip.Prefix) {
	slot, key := n.find(p)
	n.table[slot] = key
}

func (n *namedPrefixes) has(p netip.Prefix) bool {
	slot, _ := n.find(p)
	return n.table[slot] != 0
}

// find returns the key of a prefix, and where it stands or would.
func (n *namedPrefixes) find(p netip.Prefix) (slot, key uint64) {
	var b [17]byte
	a := p.Addr().As16()
	copy(b[:], a[:])
	b[16] = byte(p.Bits())
	key = maphash.Bytes(n.seed, b[:]) | 1<<63
	slot = key % uint64(len(n.table))
	for n.table[slot] != key && n.table[slot] != 0 {
		slot = (slot + 1) % uint64(len(n.table))
	}
	return slot, key
}
