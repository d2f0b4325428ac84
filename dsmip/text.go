package dsmip

// AppendText appends the profile's word (encoding.TextAppender), and nothing for the zero
// Profile. It never fails; what is no profile is not read back.
func (p Profile) AppendText(b []byte) ([]byte, error) {
	if p == 0 {
		return b, nil
	}
	return append(b, p.String()...), nil
}

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (p Profile) MarshalText() ([]byte, error) { return p.AppendText([]byte{}) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrProfile], and p is unchanged with it.
func (p *Profile) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = 0
		return nil
	}
	profile, err := ParseProfile(string(text))
	if err == nil {
		*p = profile
	}
	return err
}

// AppendText appends the words of the match (encoding.TextAppender). It never fails.
func (m Match) AppendText(b []byte) ([]byte, error) { return append(b, m.String()...), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (m Match) MarshalText() ([]byte, error) { return m.AppendText(nil) }

// AppendText appends the word of the result (encoding.TextAppender). It never fails.
func (r Result) AppendText(b []byte) ([]byte, error) { return append(b, r.String()...), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (r Result) MarshalText() ([]byte, error) { return r.AppendText(nil) }

// AppendText appends the words of the tunnel (encoding.TextAppender). It never fails.
func (t Tunnel) AppendText(b []byte) ([]byte, error) { return append(b, t.String()...), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (t Tunnel) MarshalText() ([]byte, error) { return t.AppendText(nil) }

// AppendText appends the words of what is wanted (encoding.TextAppender). It never fails.
func (w Want) AppendText(b []byte) ([]byte, error) { return append(b, w.String()...), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (w Want) MarshalText() ([]byte, error) { return w.AppendText(nil) }
