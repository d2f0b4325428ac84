package tunnel

// AppendText appends the encapsulation's name (encoding.TextAppender), and nothing for the zero
// Encapsulation. It never fails; what is no encapsulation is not read back.
func (e Encapsulation) AppendText(b []byte) ([]byte, error) {
	if e == 0 {
		return b, nil
	}
	return append(b, e.String()...), nil
}

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (e Encapsulation) MarshalText() ([]byte, error) { return e.AppendText([]byte{}) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNegotiated], and e is unchanged with it.
func (e *Encapsulation) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*e = 0
		return nil
	}
	for i, name := range encapsulationNames {
		if i > 0 && string(text) == name {
			*e = Encapsulation(i)
			return nil
		}
	}
	return ErrNegotiated
}
