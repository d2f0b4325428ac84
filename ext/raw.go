package ext

import (
	"bytes"
	"slices"
	"strconv"
)

// Raw is one extension on the wire: a view that aliases the message, valid
// until that changes. The zero Raw is an empty padding.
type Raw struct {
	msg  []byte // the message up to and including the extension, capped
	meta meta
}

// meta packs what the walk learned of an extension: its kind in the low 17 bits,
// the size of its header, whether it has a sub-type, its offset, and where its
// list starts. Two fields keep Raw in registers.
type meta uint64

const (
	kindMask         = 1<<headerShift - 1
	headerShift      = 17
	subTypeFlag meta = 1 << 23
	offsetShift      = 24
	startShift       = 40
)

func (x Raw) start() int  { return int(x.meta >> startShift & 0xffff) }
func (x Raw) header() int { return int(x.meta >> headerShift & 7) }

// Kind returns the registry row: type and sub-type in one number. Where SubType
// says that there is none although the form has room for it, the kind is that of
// no row.
func (x Raw) Kind() Kind { return Kind(x.meta & kindMask) }

// Type returns the type.
func (x Raw) Type() Type { return x.Kind().Type() }

// SubType returns the sub-type, and false where there is none: the form has no
// place for it, or it is the short form with a Length of 0.
func (x Raw) SubType() (uint8, bool) { return x.Kind().SubType(), x.meta&subTypeFlag != 0 }

// Offset returns where the extension starts, counted from the message's first
// byte.
func (x Raw) Offset() int { return int(x.meta >> offsetShift & 0xffff) }

// Bytes returns the whole extension, capped so that append cannot overrun.
func (x Raw) Bytes() []byte { return x.msg[x.Offset():len(x.msg):len(x.msg)] }

// Body returns what follows the header: after 1 byte for Pad, 2 for TLV, 3 for
// Short, or 2 where its Length is 0, and 4 for Long, Vendor and a type 139 that
// was received as RFC 4433 §3.4 draws it. It is capped so that append cannot
// overrun.
func (x Raw) Body() []byte { return x.msg[x.Offset()+x.header() : len(x.msg) : len(x.msg)] }

// AppendBinary appends the extension's bytes as they were received, reserved
// bits included. It never fails.
func (x Raw) AppendBinary(b []byte) ([]byte, error) { return append(b, x.Bytes()...), nil }

// Equal reports whether both are the same extension, byte for byte, wherever they stand.
func (x Raw) Equal(o Raw) bool { return bytes.Equal(x.Bytes(), o.Bytes()) }

// String returns the extension's name, its numbers and its size, not what it holds:
// "Mobile Node NAI, type 131, 18 bytes", "type 152 sub-type 9, 5 bytes".
func (x Raw) String() string {
	k := x.Kind()
	s := k.numbers()
	if r := lookup(k); r != nil {
		s = r.Name + ", " + s
	}
	return s + ", " + counted(len(x.Bytes()), "byte")
}

// GoString returns what String does, for the verb %#v.
func (x Raw) GoString() string { return "ext.Raw(" + x.String() + ")" }

// counted returns a number of things.
func counted(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return strconv.Itoa(n) + " " + thing
}

// AppendRaw appends an extension of any walkable kind, registered or not, with
// the header form of its type. body is what follows the header; its layout is
// not looked at. On error b is returned unchanged: [ErrBodyTooLong],
// [ErrBadSubType] when the form has no room for the kind's sub-type or the kind
// is that of an extension without one, [ErrUnknownType] for a non-skippable type
// whose form nobody knows, and [ErrDynamicHA] for a type 139 that could be read
// otherwise than written. body may lie anywhere, also in the room behind b that the
// extension is written to.
func AppendRaw(b []byte, k Kind, body []byte) ([]byte, error) {
	return appendParts(b, k, nil, body)
}

// appendParts appends an extension whose body is head, tail and foot. The tail may lie in
// the room behind b, the others must not.
func appendParts(b []byte, k Kind, head, tail []byte, foot ...byte) ([]byte, error) {
	body := len(head) + len(tail) + len(foot)
	header, err := appendHeader(make([]byte, 0, 4), k, body)
	if err != nil {
		return b, err
	}
	n, front := len(b), len(header)+len(head)
	b = slices.Grow(b, len(header)+body)[:n+len(header)+body]
	copy(b[n+front:], tail) // before the rest can overwrite it
	copy(b[n:], header)
	copy(b[n+len(header):], head)
	copy(b[n+front+len(tail):], foot)
	return b, nil
}

// appendHeader appends the header of an extension whose body has n bytes.
func appendHeader(b []byte, k Kind, n int) ([]byte, error) {
	t, s := byte(k>>8), byte(k)
	// Length 2, sub-type 0, and 4 as the first byte of the body.
	if Type(t) == dynamicHA && s == 0 && n == 1 {
		return b, ErrDynamicHA
	}
	f := k.Type().Form()
	if n > f.maxBody() {
		if f == Unwalkable {
			return b, ErrUnknownType
		}
		return b, ErrBodyTooLong
	}
	if k > 0xffff || s != 0 && f != Short && f != Long && f != Unwalkable {
		return b, ErrBadSubType
	}
	switch f {
	case Pad:
		return append(b, t), nil
	case TLV:
		return append(b, t, byte(n)), nil
	case Short:
		return append(b, t, byte(n+1), s), nil
	case Long, Vendor:
		return append(b, t, s, byte(n>>8), byte(n)), nil
	}
	return b, ErrUnknownType
}

// Check reports whether a known extension's Length fits its row of the
// registry: [ErrNoSubType] where the form has a sub-type and the extension none,
// or the row's BadLength. Other kinds without a row always fit.
func (x Raw) Check() error {
	if x.Kind()&noSubType != 0 {
		return ErrNoSubType
	}
	r := lookup(x.Kind())
	if r == nil {
		return nil
	}
	// The Length that the row's form would have: a type 139 is also read in
	// the long form.
	n := len(x.Body())
	if r.Form == Short {
		n++
	}
	if n < r.Min || n > r.Max || r.Step > 1 && (n-r.Min)%r.Step != 0 {
		return r.BadLength
	}
	return nil
}

// bodyOf returns the body of an extension of kind k whose Length is one of its
// row's, with which every typed Parse begins: [ErrKind] for another kind, else the
// fault of Check.
func (x Raw) bodyOf(k Kind) ([]byte, error) {
	if x.Kind() != k {
		return nil, ErrKind
	}
	if err := x.Check(); err != nil {
		return nil, err
	}
	return x.Body(), nil
}
