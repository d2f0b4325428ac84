package ext

import (
	"bytes"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
)

// ErrKindText says that a text names no kind.
var ErrKindText = code.NewFault("not a kind: want TYPE, or TYPE/SUBTYPE for a type that has sub-types", "RFC 5944 §1.8-1.11", code.Caller, 0, 0, 0)

// AppendText appends the numbers of the kind (encoding.TextAppender): "131", with a
// sub-type where the form has one "152/1", and "152/-" where the form has one and the
// extension, too short for it, has not. It never fails.
func (k Kind) AppendText(b []byte) ([]byte, error) {
	b = strconv.AppendUint(b, uint64(k.Type()), 10)
	switch f := k.Type().Form(); {
	case f != Short && f != Long:
	case k&noSubType != 0:
		b = append(b, "/-"...)
	default:
		b = strconv.AppendUint(append(b, '/'), uint64(k.SubType()), 10)
	}
	return b, nil
}

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (k Kind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrKindText], and k is unchanged with it.
func (k *Kind) UnmarshalText(text []byte) error {
	first, second, divided := bytes.Cut(text, []byte{'/'})
	t, err := strconv.ParseUint(string(first), 10, 8)
	f := Type(t).Form()
	if err != nil || divided != (f == Short || f == Long) {
		return ErrKindText
	}
	kind := Kind(t) << 8
	switch {
	case !divided:
	case f == Short && string(second) == "-":
		kind |= noSubType
	default:
		s, err := strconv.ParseUint(string(second), 10, 8)
		if err != nil {
			return ErrKindText
		}
		kind |= Kind(s)
	}
	*k = kind
	return nil
}

// AppendText appends the algorithm's word (encoding.TextAppender). It never fails; what is
// no algorithm is not read back.
func (a Algorithm) AppendText(b []byte) ([]byte, error) { return append(b, a.String()...), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (a Algorithm) MarshalText() ([]byte, error) { return a.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrAlgorithm], and a is unchanged with it.
func (a *Algorithm) UnmarshalText(text []byte) error {
	algorithm, err := ParseAlgorithm(string(text))
	if err == nil {
		*a = algorithm
	}
	return err
}
