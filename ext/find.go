package ext

// Find returns the first extension of a kind, false when the list has none. What
// follows the first, an attacker could have appended.
func (l List) Find(k Kind) (Raw, bool) {
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if x.Kind() == k {
			return x, true
		}
	}
	return Raw{}, false
}

// Between returns the part of the list that to protects and from does not: what
// stands behind the one authentication extension and in front of the other. So what
// a foreign agent has added to a request is what stands between the mobile node's
// authentication and Foreign-Home (RFC 5944 §3.7.2.2).
//
// The zero Auth protects nothing: as from it leaves all that stands in front of to,
// and as to it leaves nothing. Nothing is left, either, when from stands behind to, or
// one of them is of another message.
func (l List) Between(from, to Auth) List {
	start := l.off
	if len(from.raw.msg) != 0 {
		if !l.holds(from) {
			return List{}
		}
		start = max(start, len(from.raw.msg))
	}
	if !l.holds(to) {
		return List{}
	}
	end := min(to.raw.Offset(), len(l.msg))
	if start > end {
		return List{}
	}
	return List{l.msg[:end:end], start}
}

// holds reports whether an authentication extension is of the message of the list.
func (l List) holds(a Auth) bool {
	return len(l.msg) != 0 && len(a.raw.msg) != 0 && &l.msg[0] == &a.raw.msg[0]
}
