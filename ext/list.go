package ext

import (
	"bytes"
	"iter"

	"github.com/go-mobileip/dsmipv4/code"
)

// MaxMessage is the size in bytes of the longest message that this library reads
// and writes, so that an offset has 16 bits. Over IPv4 a UDP payload has at most
// 65,507 bytes, and no host need receive more than 548 (RFC 1122 §3.3.2).
const MaxMessage = 65535

// List is a message's extension list, walked once and found well-formed. It is
// a view: it aliases the message, whose fixed part it remembers, and is valid
// until the message changes. The zero List is empty.
type List struct {
	msg []byte // the whole message
	off int    // where the extensions start
}

// Parse walks the extensions of msg, which start at offset off, behind the
// fixed part. Every List goes back to one that was made here. It refuses what
// cannot be walked: a message of more than 65,535 bytes ([ErrTooLong]), an
// offset outside of it ([ErrStart]), an unknown non-skippable type
// ([ErrUnknownType]), a Length that runs past the end ([ErrOverrun],
// [ErrLongOverrun]), a header that the end cuts ([ErrLoneByte],
// [ErrHeaderCut]). [Locate] tells where.
func Parse(msg []byte, off int) (List, error) {
	if len(msg) > MaxMessage || uint(off) > uint(len(msg)) {
		_, err := Locate(msg, off)
		return List{}, err
	}
	// A Length of one byte is added without a look at what it covers: one that
	// runs past the end ends the loop, and is found behind it. What has two forms,
	// and a type that the end cuts from its Length, extent sees to.
	end := uint(len(msg))
	i, last := uint(off), uint(off)
	for i < end {
		last = i
		t := Type(msg[i])
		switch f := t.Form(); {
		case (f == TLV || f == Short) && t != dynamicHA && i+1 < end:
			i += 2 + uint(msg[i+1])
		case f == Pad:
			i++
		default:
			n := extent(msg[i:])
			if n == 0 {
				return List{}, cause(msg[i:])
			}
			i += uint(n)
		}
	}
	if i > end {
		return List{}, cause(msg[last:])
	}
	return List{msg, off}, nil
}

// Locate returns where the walk of Parse stops and why; len(msg) and nil when
// the list is well-formed. Of a message that is too long it is at 65,535, of one
// that ends before off at len(msg).
func Locate(msg []byte, off int) (int, error) {
	if len(msg) > MaxMessage {
		return MaxMessage, ErrTooLong
	}
	if uint(off) > uint(len(msg)) {
		return len(msg), ErrStart
	}
	for i := off; i < len(msg); {
		n := extent(msg[i:])
		if n == 0 {
			return i, cause(msg[i:])
		}
		i += n
	}
	return len(msg), nil
}

// extent returns how many bytes the extension at the head of b, which is not
// empty, takes on the wire; 0 when it does not fit.
func extent(b []byte) int {
	n := 1
	switch Type(b[0]).Form() {
	case TLV, Short:
		if len(b) < 2 {
			return 0
		}
		n = 2 + int(b[1])
		if dynamicHAFigure(b) {
			n = dynamicHALength
		}
	case Pad:
	case Long, Vendor:
		if len(b) < 4 {
			return 0
		}
		n = 4 + int(b[2])<<8 + int(b[3])
	default:
		return 0
	}
	if n > len(b) {
		return 0
	}
	return n
}

// cause says why extent gave 0 for b.
func cause(b []byte) *code.Fault {
	f := Type(b[0]).Form()
	switch {
	case f == Unwalkable:
		return ErrUnknownType
	case len(b) == 1:
		return ErrLoneByte
	case dynamicHAFigure(b):
		return ErrLongOverrun
	case f == TLV, f == Short:
		return ErrOverrun
	case len(b) < 4:
		return ErrHeaderCut
	}
	return ErrLongOverrun
}

// dynamicHA is the type that is read in two forms.
const dynamicHA = Type(KindRequestedHA >> 8)

// dynamicHALength is the size of a type 139 in the long form, as a whole.
const dynamicHALength = 8

// dynamicHAFigure reports whether an extension begins as RFC 4433 §3.4 draws
// type 139: Sub-Type 1 or 2 and a two-byte Length of 4. All else is the short
// form of its erratum 898, in which Sub-Type 0 would stand at the third byte.
func dynamicHAFigure(b []byte) bool {
	return Type(b[0]) == dynamicHA && len(b) >= 4 && (b[1] == 1 || b[1] == 2) && b[2] == 0 && b[3] == 4
}

// at returns the extension at offset off. The list was walked when it was
// made, but its bytes are the caller's to change between calls, so the bounds hold
// for any. Nearly all that is on the wire is TLV or Short with a Sub-Type.
func (l List) at(off int) (Raw, bool) {
	if off < l.off || off >= len(l.msg)-1 {
		return l.other(off)
	}
	t, end := Type(l.msg[off]), off+2+int(l.msg[off+1])
	if end > len(l.msg) {
		return l.other(off)
	}
	m := meta(t)<<8 | meta(off)<<offsetShift | meta(l.off)<<startShift
	switch f := t.Form(); {
	case f == TLV:
		m |= 2 << headerShift
	case f == Short && end > off+2 && t != dynamicHA:
		m |= 3<<headerShift | subTypeFlag | meta(l.msg[off+2])
	default:
		return l.other(off)
	}
	return Raw{l.msg[:end:end], m}, true
}

// other is at for any form.
func (l List) other(off int) (Raw, bool) {
	if off < l.off || off >= len(l.msg) {
		return Raw{}, false
	}
	b := l.msg[off:]
	n := extent(b)
	if n == 0 {
		return Raw{}, false
	}
	m := meta(b[0])<<8 | meta(off)<<offsetShift | meta(l.off)<<startShift | headerMeta(b)
	return Raw{l.msg[: off+n : off+n], m}, true
}

// headerMeta is the header, and the sub-type, of the extension at the head of b,
// which fits.
func headerMeta(b []byte) meta {
	switch f := Type(b[0]).Form(); {
	case f == Pad:
		return 1 << headerShift
	case f == TLV:
		return 2 << headerShift
	case f == Vendor:
		return 4 << headerShift
	case f == Long, dynamicHAFigure(b):
		return meta(b[1]) | 4<<headerShift | subTypeFlag
	case b[1] == 0:
		return meta(noSubType) | 2<<headerShift
	}
	return meta(b[2]) | 3<<headerShift | subTypeFlag
}

// First returns the first extension, false when the list is empty.
func (l List) First() (Raw, bool) { return l.at(l.off) }

// Next returns the extension that follows x, false behind the last. x must be
// of this list. Nothing escapes: a datagram on the caller's stack stays there.
func (l List) Next(x Raw) (next Raw, ok bool) {
	if len(x.msg) < len(l.msg) {
		next, ok = l.at(len(x.msg))
	}
	return
}

// At returns the extension that starts at an offset, as [Raw.Offset] gave it; false
// outside of the list.
func (l List) At(offset int) (Raw, bool) { return l.at(offset) }

// All iterates over the extensions in the order of the wire. It moves a
// datagram that lives on the caller's stack to the heap, which First and Next
// do not.
func (l List) All() iter.Seq[Raw] {
	return func(yield func(Raw) bool) {
		for x, ok := l.First(); ok && yield(x); x, ok = l.Next(x) {
		}
	}
}

// Auth returns the first authentication extension of the given kind: a later
// one is what an attacker could have appended. The error is [ErrKind] when the
// kind is no authentication extension, the fault of its absence
// ([ErrNoMobileHome] and its siblings), or the layout fault of ParseAuth.
func (l List) Auth(k Kind) (Auth, error) {
	if !isAuth(k) {
		return Auth{}, ErrKind
	}
	x, ok := l.Find(k)
	if !ok {
		return Auth{}, absent(k)
	}
	return ParseAuth(x)
}

// Message returns the whole message that the list was parsed from, the fixed
// part included, capped so that append cannot overrun; nil for the zero List.
func (l List) Message() []byte { return l.msg[:len(l.msg):len(l.msg)] }

// Bytes returns the extensions as they stand on the wire, capped so that
// append cannot overrun.
func (l List) Bytes() []byte { return l.msg[l.off:len(l.msg):len(l.msg)] }

// Size returns how many bytes the extensions take.
func (l List) Size() int { return len(l.msg) - l.off }

// Equal reports whether both lists hold the same bytes.
func (l List) Equal(o List) bool { return bytes.Equal(l.Bytes(), o.Bytes()) }

// String returns how many extensions there are and how many bytes they take, not what
// they hold.
func (l List) String() string {
	n := 0
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		n++
	}
	return counted(n, "extension") + ", " + counted(l.Size(), "byte")
}

// GoString returns what String does, for the verb %#v.
func (l List) GoString() string { return "ext.List(" + l.String() + ")" }
