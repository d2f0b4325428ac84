package rules

// AppendText appends the word of the edition (encoding.TextAppender). It never fails; what
// is no edition is not read back.
func (e Edition) AppendText(b []byte) ([]byte, error) { return append(b, e.String()...), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (e Edition) MarshalText() ([]byte, error) { return e.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrEdition], and e is unchanged with it.
func (e *Edition) UnmarshalText(text []byte) error {
	edition, err := ParseEdition(string(text))
	if err == nil {
		*e = edition
	}
	return err
}

// AppendText appends the word of the knowledge (encoding.TextAppender). It never fails; what
// is no knowledge is not read back.
func (k Knowledge) AppendText(b []byte) ([]byte, error) { return append(b, k.String()...), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (k Knowledge) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrKnowledge], and k is unchanged with it.
func (k *Knowledge) UnmarshalText(text []byte) error {
	for known := Unknown; known <= None; known++ {
		if string(text) == known.String() {
			*k = known
			return nil
		}
	}
	return ErrKnowledge
}

// AppendText appends the word of the service (encoding.TextAppender). It never fails; what
// is no service is not read back.
func (s Service) AppendText(b []byte) ([]byte, error) { return append(b, s.String()...), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (s Service) MarshalText() ([]byte, error) { return s.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrService], and s is unchanged with it.
func (s *Service) UnmarshalText(text []byte) error {
	for service := ServiceUnknown; service <= ServiceRefused; service++ {
		if string(text) == service.String() {
			*s = service
			return nil
		}
	}
	return ErrService
}
