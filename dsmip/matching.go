package dsmip

import (
	"encoding/binary"
	"hash/maphash"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// prefixKey is the two fields of a prefix, the bits beyond the length cleared.
type prefixKey struct {
	bits
	length uint8
}

// meant reports whether the two fields mean something to those who speak the
// profile.
func (p Profile) meant(k prefixKey) bool {
	switch p {
	case Draft06:
		return k.length <= 128
	case RFC5454:
		return k.length <= 128 || k.length == LinkLocalLength && k.linkLocal()
	}
	return false
}

// key returns the key of a prefix, false when it means nothing.
func (p Profile) key(a netip.Addr, length uint8) (prefixKey, bool) {
	k, ok := readKey(a, length)
	return k, ok && p.meant(k)
}

// readKey returns the key of a prefix, false for what means nothing under any profile.
func readKey(a netip.Addr, length uint8) (prefixKey, bool) {
	if !a.Is6() || !known(length) {
		return prefixKey{}, false
	}
	return prefixKey{masked(a, length), length}, true
}

// isZero reports whether it is the zero prefix, of any length.
func (k prefixKey) isZero() bool { return k.bits == bits{} && k.length <= 128 }

// isIdentifier reports whether the prefix is ::interface_identifier.
func (k prefixKey) isIdentifier() bool { return k.length == 128 && k.high == 0 && k.low != 0 }

// assigns reports whether a request with the key leaves something to the home agent.
func (p Profile) assigns(k prefixKey) bool { return p == Draft06 && (k.isZero() || k.isIdentifier()) }

// match is Answers for two keys that mean something.
func (p Profile) match(reply, request prefixKey, accepts bool) Match {
	switch {
	case reply == request:
		return MatchPrefix
	case reply.bits == request.bits:
		return MatchField
	case p != Draft06 || !accepts || reply.high == 0:
		return NoMatch
	case request.isZero(), request.isIdentifier() && (reply.length < 128 || reply.low == request.low):
		return MatchAssigned
	}
	return NoMatch
}

// layout is where the extensions of a kind have their prefix.
type layout struct {
	kind   ext.Kind
	size   uint8 // bytes of a body, of which the last sixteen are the prefix field
	length uint8 // where in the body the Prefix Length stands
}

var (
	requestLayout = layout{kind: ext.KindIPv6PrefixRequest, size: 17, length: 0}
	replyLayout   = layout{kind: ext.KindIPv6PrefixReply, size: 19, length: 1}
)

// readable returns the body of an extension of the kind, false when it has no prefix.
func (o layout) readable(x ext.Raw) ([]byte, bool) {
	if x.Kind() != o.kind {
		return nil, false
	}
	b := x.Body()
	return b, len(b) == int(o.size) && known(b[o.length])
}

// entries are the extensions of a kind in a list that have a readable prefix.
type entries struct {
	list ext.List
	layout
	found   bool     // there is one of the kind, readable or not
	offsets []uint16 // by number, in the order of the list
}

// fill notes the entries, for the order as well, and reports whether there is room for all
// of them.
func (e *entries) fill(o *InOrder) bool {
	n, l, of := 0, e.list, e.layout
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		e.found = e.found || x.Kind() == of.kind
		b, ok := of.readable(x)
		switch {
		case !ok:
			continue
		case of == requestLayout:
			o.request(b)
		default:
			o.reply(b)
		}
		if n == len(e.offsets) {
			return false
		}
		e.offsets[n] = uint16(x.Offset())
		n++
	}
	e.offsets = e.offsets[:n]
	return true
}

// bodyOf returns the body of entry i.
func (e *entries) bodyOf(i int) []byte {
	const header = 3 // type, Length, sub-type
	at := int(e.offsets[i]) + header
	return e.list.Message()[at : at+int(e.size)]
}

// keyOf returns the key that a body has.
func (o layout) keyOf(b []byte) prefixKey {
	n := b[o.length]
	return prefixKey{bitsOf(b[o.size-16:]).masked(n), n}
}

// key returns the key of entry i.
func (e *entries) key(i int) prefixKey { return e.keyOf(e.bodyOf(i)) }

const (
	few      = 8
	fewSlots = 2 * few
)

// What a matching works in. Few of each are the ordinary message; none has room for
// more than 3,275 prefix requests, so that neither table is ever full. The size of a
// table is a power of two.
type (
	smallRoom struct {
		requests, replies, answers, asked, next [few]uint16
		table                                   [fewSlots]uint16
	}
	largeRoom struct {
		requests, replies, answers, asked, next [3280]uint16
		table                                   [4096]uint16
	}
)

// matching pairs the prefix requests of a list with the prefix replies of another.
// All its numbers are those of entries, plus one; 0 is none.
type matching struct {
	profile           Profile
	requests, replies entries
	answers           []uint16 // by request: its reply, or repeats and the number of the request that it repeats
	asked             []uint16 // by reply: its request, or repeats
	next              []uint16 // by request: the next in the table that has the same key
	table             []uint16 // by hash: the first request, or the first reply
	order             InOrder
	again             bool // replies have the key of an earlier one, and the home agent's choice is what it names
	ordinary          bool // the answer is, and every reply is for the request at its place
	open, left        int  // requests without answer that repeat nothing; replies that are free
	seed              maphash.Seed
	looked, unasked   bool // whether it was looked whether the tunnel of Code 1 was unasked, and whether it was
}

// repeats marks an entry that has been there before.
const repeats = 1 << 15

// use is what is made of the pairs: one of the functions is set.
type use struct {
	asked    *mipv4.Request
	reply    *mipv4.Reply
	outcomes func(Outcome) bool
	matches  func(Matched) bool
	requests func(PrefixRequest, bool) bool
}

// pairs makes use of the pairs of two lists. The room is a local variable, and what refers
// to it is set here, so that neither moves to the heap: field by field, since a literal is
// made elsewhere and copied, which would be felt on every message.
func (u *use) pairs(p Profile, requests, replies ext.List) {
	var r smallRoom
	var m matching
	m.profile, m.order.Profile = p, p
	m.requests.list, m.requests.layout = requests, requestLayout
	m.requests.offsets = r.requests[:]
	m.replies.list, m.replies.layout = replies, replyLayout
	m.replies.offsets = r.replies[:]
	if m.requests.fill(&m.order) && m.replies.fill(&m.order) {
		m.answers, m.asked, m.next, m.table = r.answers[:], r.asked[:], r.next[:], r.table[:]
		u.of(&m)
	} else {
		u.manyPairs(p, requests, replies)
	}
}

func (u *use) manyPairs(p Profile, requests, replies ext.List) {
	var r largeRoom
	m := matching{
		profile:  p,
		order:    InOrder{Profile: p},
		requests: entries{list: requests, layout: requestLayout, offsets: r.requests[:]},
		replies:  entries{list: replies, layout: replyLayout, offsets: r.replies[:]},
		answers:  r.answers[:], asked: r.asked[:], next: r.next[:], table: r.table[:],
	}
	m.requests.fill(&m.order)
	m.replies.fill(&m.order)
	u.of(&m)
}

func (u *use) of(m *matching) {
	m.run(u.asked)
	switch {
	case u.matches != nil:
		m.yieldMatches(u.asked, u.matches)
	case u.outcomes != nil:
		m.yieldOutcomes(u.asked, u.reply, u.outcomes)
	case u.requests != nil:
		m.yieldRequests(u.requests)
	}
}

// run pairs. Each reply is used once, and a reply that repeats another's prefix is not
// used; a request that repeats another's is answered with it. But what leaves the choice
// to the home agent, a zero prefix say, asks once more each time, and is answered so.
func (m *matching) run(asked *mipv4.Request) {
	if !m.profile.valid() {
		return
	}
	if m.ordinary = m.order.Ordinary(asked); m.ordinary {
		for i := range m.requests.offsets {
			m.pair(i, i)
		}
		return
	}
	if len(m.table) > fewSlots {
		// The seed keeps an attacker from choosing prefixes that collide.
		m.seed = maphash.MakeSeed()
	}
	m.findRepeatedReplies()
	m.byPrefix()
	for j := range m.replies.offsets {
		// What means nothing is still a request that is rejected.
		if k := m.replies.key(j); m.free(j, k) || m.asked[j] == 0 && !m.reply(j).Code.Accepted() {
			if i := m.pop(k, wholePrefix); i != 0 {
				m.pair(int(i-1), j)
			}
		}
	}
	if m.open > 0 && m.left > 0 {
		m.byField()
	}
	if m.profile == Draft06 && m.open > 0 && m.left > 0 {
		m.assignments()
	}
	if m.again {
		m.surplus()
	}
}

// pair makes reply j the answer to request i.
func (m *matching) pair(i, j int) {
	m.answers[i], m.asked[j] = uint16(j+1), uint16(i+1)
	m.open--
	m.left--
}

// free reports whether reply j, whose key is k, is to be paired.
func (m *matching) free(j int, k prefixKey) bool { return m.asked[j] == 0 && m.profile.meant(k) }

// The bits of a Prefix Length that count in a table.
const (
	wholePrefix = 0xff
	fieldOnly   = 0
)

// slot returns where in the table an entry with the key stands, or where it would; of
// the lengths the bits of the mask count.
func (m *matching) slot(e *entries, k prefixKey, lengths uint8) uint64 {
	last := uint64(len(m.table) - 1) // and a mask
	i := uint64(0)                   // few are found as fast one by one
	if last >= fewSlots {
		i = m.hash(k, lengths) & last
	}
	for ; ; i = (i + 1) & last {
		n := m.table[i]
		if n == 0 {
			return i
		}
		if o := e.key(int(n - 1)); o.bits == k.bits && (o.length^k.length)&lengths == 0 {
			return i
		}
	}
}

// hash returns where slot begins to look in a table for many.
func (m *matching) hash(k prefixKey, lengths uint8) uint64 {
	var b [17]byte
	binary.BigEndian.PutUint64(b[:], k.high)
	binary.BigEndian.PutUint64(b[8:], k.low)
	b[16] = k.length & lengths
	return maphash.Bytes(m.seed, b[:])
}

func (m *matching) findRepeatedReplies() {
	clear(m.table)
	for j := range m.replies.offsets {
		k := m.replies.key(j)
		switch s := m.slot(&m.replies, k, wholePrefix); {
		case m.table[s] == 0:
			m.table[s] = uint16(j + 1)
		case m.profile.assigns(k):
			m.again = true
		default:
			m.asked[j] = repeats
			continue
		}
		m.left++
	}
}

// surplus marks the replies that repeat what leaves the choice to the home agent, and for
// which no request is left.
func (m *matching) surplus() {
	clear(m.table)
	for j := range m.replies.offsets {
		s := m.slot(&m.replies, m.replies.key(j), wholePrefix)
		switch {
		case m.table[s] == 0:
			m.table[s] = uint16(j + 1)
		case m.asked[j] == 0:
			m.asked[j] = repeats
		}
	}
}

// byPrefix makes the table that of the first requests of their prefixes, and marks
// those that repeat one, or chains them where each asks once more.
func (m *matching) byPrefix() {
	clear(m.table)
	chained := false
	for i := range m.requests.offsets {
		k := m.requests.key(i)
		s := m.slot(&m.requests, k, wholePrefix)
		switch first := m.table[s]; {
		case first == 0:
			m.table[s] = uint16(i + 1)
			m.open++
		case m.profile.assigns(k):
			m.open++
			chained = true
		default:
			m.answers[i] = repeats | first
		}
	}
	if !chained {
		return
	}
	for i := len(m.requests.offsets) - 1; i >= 0; i-- {
		k := m.requests.key(i)
		if !m.profile.assigns(k) {
			continue
		}
		if first := int(m.table[m.slot(&m.requests, k, wholePrefix)] - 1); first != i {
			m.next[i], m.next[first] = m.next[first], uint16(i+1)
		}
	}
}

// byField pairs requests and replies with the same prefix field, each in their order.
func (m *matching) byField() {
	m.chain(m.profile.meant)
	for j := range m.replies.offsets {
		if k := m.replies.key(j); m.free(j, k) {
			if i := m.pop(k, fieldOnly); i != 0 {
				m.pair(int(i-1), j)
			}
		}
	}
}

// chain makes the table that of the requests of a sort that are without answer, by
// their prefix fields, those with the same field in their order.
func (m *matching) chain(of func(prefixKey) bool) {
	clear(m.table)
	for i := len(m.requests.offsets) - 1; i >= 0; i-- {
		k := m.requests.key(i)
		if m.answers[i] != 0 || !of(k) {
			continue
		}
		s := m.slot(&m.requests, k, fieldOnly)
		m.next[i] = m.table[s]
		m.table[s] = uint16(i + 1)
	}
}

// pop returns the first request of the chain with the prefix field, and with the bits of
// the Prefix Length that count, that is still without answer.
func (m *matching) pop(k prefixKey, lengths uint8) uint16 {
	s := m.slot(&m.requests, k, lengths)
	i := m.table[s]
	if i != 0 && m.answers[i-1] != 0 {
		// The slot keeps an entry with its key, so that others are found behind it.
		i = m.next[i-1]
	}
	if i != 0 {
		m.table[s] = i
	}
	return i
}

// assignments pairs the requests for an assignment with what is left of the replies
// that accept (draft-06 §4.6.1): first the interface identifiers, then the lengths that
// were hinted at, then the rest in its order. When the replies can all be paired they
// are: an address that has none of the identifiers can only be for a zero prefix, so as
// many of these are kept for them.
func (m *matching) assignments() {
	m.chain(prefixKey.isIdentifier)
	zeros := 0
	for i := range m.requests.offsets {
		if m.answers[i] == 0 && m.requests.key(i).isZero() {
			zeros++
		}
	}
	for j := range m.replies.offsets {
		k := m.replies.key(j)
		if m.assigned(j, k) && k.length == 128 {
			if i := m.pop(prefixKey{bits{0, k.low}, 128}, fieldOnly); i != 0 {
				m.pair(int(i-1), j)
			} else {
				zeros--
			}
		}
	}
	m.hinted(zeros)
	m.rest(func(k prefixKey) bool { return k.length == 128 }, prefixKey.isZero)
	m.rest(func(k prefixKey) bool { return k.length < 128 }, func(k prefixKey) bool { return m.profile.assigns(k) })
}

// assigned reports whether reply j can be an assignment.
func (m *matching) assigned(j int, k prefixKey) bool {
	return k.high != 0 && m.free(j, k) && m.reply(j).Code.Accepted()
}

// hinted pairs zero prefixes with replies of the length that they hint at, as long as
// some can be spared.
func (m *matching) hinted(spare int) {
	var first [129]uint16
	for i := len(m.requests.offsets) - 1; i >= 0; i-- {
		if k := m.requests.key(i); m.answers[i] == 0 && k.isZero() {
			m.next[i] = first[k.length]
			first[k.length] = uint16(i + 1)
		}
	}
	for j := range m.replies.offsets {
		k := m.replies.key(j)
		if !m.assigned(j, k) || first[k.length] == 0 {
			continue
		}
		if k.length < 128 {
			if spare <= 0 {
				continue
			}
			spare--
		}
		i := first[k.length] - 1
		first[k.length] = m.next[i]
		m.pair(int(i), j)
	}
}

// rest pairs the requests and the replies of two sorts in their order.
func (m *matching) rest(replies, requests func(prefixKey) bool) {
	i := 0
	for j := range m.replies.offsets {
		k := m.replies.key(j)
		if !m.assigned(j, k) || !replies(k) {
			continue
		}
		for ; i < len(m.requests.offsets); i++ {
			if m.answers[i] == 0 && requests(m.requests.key(i)) {
				break
			}
		}
		if i == len(m.requests.offsets) {
			return
		}
		m.pair(i, j)
	}
}

// answerTo returns the number of the reply to request i, 0 for none.
func (m *matching) answerTo(i int) uint16 {
	a := m.answers[i]
	if a&repeats != 0 {
		a = m.answers[a&^repeats-1]
	}
	return a
}

// request and reply return the entries as they are parsed.
func (m *matching) request(i int) PrefixRequest {
	b := m.requests.bodyOf(i)
	return PrefixRequest{b[0], netip.AddrFrom16([16]byte(b[1:]))}
}

func (m *matching) reply(j int) PrefixReply {
	b := m.replies.bodyOf(j)
	return PrefixReply{code.IPv6Prefix(b[0]), b[1], netip.AddrFrom16([16]byte(b[3:]))}
}
