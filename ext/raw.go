package ext

import "slices"

// Raw is one extension on the wire: a view that aliases the message, valid
// until that changes. The zero Raw is an empty padding.
type Raw struct {
	msg  []byte // the message up to and including the extension, capped
	meta meta
}

// meta packs what the walk learned of an extension: kind in the low 16 bits,
// then its offset, where its list starts, the size of its header, and whether
// it has a sub-type. Two fields keep Raw in registers.
type meta uint64

const (
	offsetShift = 16
	startShift  = 32
	headerShift = 48

	hasSubType meta = 1 << 56
)

func (x Raw) start() int  { return int(x.meta >> startShift & 0xffff) }
func (x Raw) header() int { return int(x.meta >> headerShift & 0xff) }

// Kind returns the registry row: type and sub-type in one number. The sub-type
// is 0 where SubType says there is none.
func (x Raw) Kind() Kind { return Kind(x.meta) }

// Type returns the type.
func (x Raw) Type() Type { return x.Kind().Type() }

// SubType returns the sub-type, and false where there is none: the form has no
// place for it, or it is the short form with a Length of 0.
func (x Raw) SubType() (uint8, bool) { return x.Kind().SubType(), x.meta&hasSubType != 0 }

// Offset returns where the extension starts, counted from the message's first
// byte.
func (x Raw) Offset() int { return int(x.meta >> offsetShift & 0xffff) }

// Bytes returns the whole extension, capped so that append cannot overrun.
func (x Raw) Bytes() []byte { return x.msg[x.Offset():len(x.msg):len(x.msg)] }

// Body returns what follows the header form: after 2 bytes for TLV, 3 for
// Short, 4 for Long and Vendor. It is capped so that append cannot overrun.
func (x Raw) Body() []byte { return x.msg[x.Offset()+x.header() : len(x.msg) : len(x.msg)] }

// AppendBinary appends the extension's bytes as they were received, reserved
// bits included. It never fails.
func (x Raw) AppendBinary(b []byte) ([]byte, error) { return append(b, x.Bytes()...), nil }

// AppendRaw appends an extension of any walkable kind, registered or not, with
// the header form of its type. body is what follows the header; its layout is
// not looked at. On error b is returned unchanged: [ErrBodyTooLong],
// [ErrBadSubType] when the form has no room for the kind's sub-type,
// [ErrUnknownType] for a non-skippable type whose form nobody knows, and
// [ErrDynamicHA] for a type 139 that would be read otherwise than written. body
// may lie anywhere, also in the room behind b that the extension is written to.
func AppendRaw(b []byte, k Kind, body []byte) ([]byte, error) {
	header, err := appendHeader(make([]byte, 0, 4), k, len(body))
	if err != nil {
		return b, err
	}
	n, whole := len(b), len(header)+len(body)
	b = slices.Grow(b, whole)[:n+whole]
	copy(b[n+len(header):], body) // before the header can overwrite it
	copy(b[n:], header)
	return b, nil
}

// appendHeader appends the header of an extension whose body has n bytes.
func appendHeader(b []byte, k Kind, n int) ([]byte, error) {
	t, s := byte(k>>8), byte(k)
	if Type(t) == dynamicHA && (s != 1 && s != 2 || n != 4) {
		return b, ErrDynamicHA
	}
	f := k.Type().Form()
	if n > f.maxBody() {
		if f == Unwalkable {
			return b, ErrUnknownType
		}
		return b, ErrBodyTooLong
	}
	if s != 0 && f != Short && f != Long && f != Unwalkable {
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
	if _, ok := x.SubType(); !ok && x.header() == 2 && x.Type().Form() != TLV {
		return ErrNoSubType
	}
	r := lookup(x.Kind())
	if r == nil {
		return nil
	}
	// The Length that the row's form would have: a type 139 is also read in
	// the short form.
	n := len(x.Body())
	if r.Form == Short {
		n++
	}
	if n < r.Min || n > r.Max || (n-r.Min)%r.Step != 0 {
		return r.BadLength
	}
	return nil
}
