package code

// A code is written as text, in JSON and in the keys of JSON objects by its number, in
// decimal digits: the words of the RFCs, which String returns, do not tell 64 from 128.
// In JSON it is a number, not a string. A role and a leg are their words, and the empty
// text is none, the zero value.

// ErrNumber says that a text is not a number of its code space.
var ErrNumber = NewFault("not a number of the code space: want decimal digits", "RFC 5944 §6.4", Caller, 0, 0, 0)

// appendDecimal appends the digits of a number. strconv would do the same; the handful
// of digits does not pay for the import.
func appendDecimal(b []byte, n uint) []byte {
	if n >= 10 {
		b = appendDecimal(b, n/10)
	}
	return append(b, byte('0'+n%10))
}

// decimal formats a number that has no name.
func decimal(n uint) string { return string(appendDecimal(nil, n)) }

// readDecimal sets c to the number that a text has in decimal digits.
func readDecimal[T ~uint8 | ~uint16](c *T, text []byte) error {
	n, longest := uint(0), uint(^T(0))
	for _, d := range text {
		if d < '0' || d > '9' || n > longest {
			return ErrNumber
		}
		n = 10*n + uint(d-'0')
	}
	if len(text) == 0 || n > longest {
		return ErrNumber
	}
	*c = T(n)
	return nil
}

// readJSON is readDecimal for a value of JSON, in which null changes nothing, and for the
// key of an object, which encoding/json hands over in its quotes.
func readJSON[T ~uint8 | ~uint16](c *T, value []byte) error {
	if string(value) == "null" {
		return nil
	}
	if n := len(value); n > 1 && value[0] == '"' && value[n-1] == '"' {
		value = value[1 : n-1]
	}
	return readDecimal(c, value)
}

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c Registration) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, uint(c)), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c Registration) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *Registration) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c Registration) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *Registration) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c IPv6Prefix) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, uint(c)), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c IPv6Prefix) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *IPv6Prefix) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c IPv6Prefix) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *IPv6Prefix) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c UDPTunnel) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, uint(c)), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c UDPTunnel) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *UDPTunnel) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c UDPTunnel) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *UDPTunnel) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c MobileNetwork) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, uint(c)), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c MobileNetwork) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *MobileNetwork) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c MobileNetwork) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *MobileNetwork) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c RouteOptimization) AppendText(b []byte) ([]byte, error) {
	return appendDecimal(b, uint(c)), nil
}

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c RouteOptimization) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *RouteOptimization) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c RouteOptimization) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *RouteOptimization) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c GenericNotification) AppendText(b []byte) ([]byte, error) {
	return appendDecimal(b, uint(c)), nil
}

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c GenericNotification) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *GenericNotification) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c GenericNotification) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *GenericNotification) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c Handoff) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, uint(c)), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c Handoff) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *Handoff) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c Handoff) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *Handoff) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c FastBinding) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, uint(c)), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c FastBinding) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *FastBinding) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c FastBinding) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *FastBinding) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c AgentAdvertisement) AppendText(b []byte) ([]byte, error) {
	return appendDecimal(b, uint(c)), nil
}

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c AgentAdvertisement) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *AgentAdvertisement) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c AgentAdvertisement) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *AgentAdvertisement) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c ReplayMethod) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, uint(c)), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c ReplayMethod) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *ReplayMethod) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c ReplayMethod) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *ReplayMethod) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c ReplayProtectionStyle) AppendText(b []byte) ([]byte, error) {
	return appendDecimal(b, uint(c)), nil
}

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c ReplayProtectionStyle) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *ReplayProtectionStyle) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c ReplayProtectionStyle) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *ReplayProtectionStyle) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c KeyAlgorithm) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, uint(c)), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c KeyAlgorithm) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *KeyAlgorithm) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c KeyAlgorithm) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *KeyAlgorithm) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c ProxyAuthMethod) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, uint(c)), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c ProxyAuthMethod) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *ProxyAuthMethod) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c ProxyAuthMethod) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *ProxyAuthMethod) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c DeviceIDType) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, uint(c)), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c DeviceIDType) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *DeviceIDType) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c DeviceIDType) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *DeviceIDType) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c SubscriberIDType) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, uint(c)), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c SubscriberIDType) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *SubscriberIDType) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c SubscriberIDType) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *SubscriberIDType) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c AccessTechnology) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, uint(c)), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c AccessTechnology) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *AccessTechnology) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c AccessTechnology) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *AccessTechnology) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c FlowAction) AppendText(b []byte) ([]byte, error) { return appendDecimal(b, uint(c)), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c FlowAction) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *FlowAction) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c FlowAction) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *FlowAction) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the number in decimal digits (encoding.TextAppender). It never fails.
func (c TrafficSelectorFormat) AppendText(b []byte) ([]byte, error) {
	return appendDecimal(b, uint(c)), nil
}

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c TrafficSelectorFormat) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrNumber], and c is unchanged with it.
func (c *TrafficSelectorFormat) UnmarshalText(text []byte) error { return readDecimal(c, text) }

// MarshalJSON returns the number (json.Marshaler of encoding/json).
func (c TrafficSelectorFormat) MarshalJSON() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalJSON reads a number, also in quotes; null leaves c as it is (json.Unmarshaler of
// encoding/json). The error is [ErrNumber], and c is unchanged with it.
func (c *TrafficSelectorFormat) UnmarshalJSON(value []byte) error { return readJSON(c, value) }

// AppendText appends the role's word (encoding.TextAppender), and nothing for the zero
// Role. It never fails; what is no role is not read back.
func (r Role) AppendText(b []byte) ([]byte, error) {
	if r == 0 {
		return b, nil
	}
	return append(b, r.String()...), nil
}

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (r Role) MarshalText() ([]byte, error) { return r.AppendText([]byte{}) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrRole], and r is unchanged with it.
func (r *Role) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = 0
		return nil
	}
	for role := HomeAgent; role <= MobileNode; role++ {
		if string(text) == role.String() {
			*r = role
			return nil
		}
	}
	return ErrRole
}

// AppendText appends the leg's word (encoding.TextAppender), and nothing for the zero Leg.
// It never fails; what is no leg is not read back.
func (l Leg) AppendText(b []byte) ([]byte, error) {
	if l == 0 {
		return b, nil
	}
	return append(b, l.String()...), nil
}

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (l Leg) MarshalText() ([]byte, error) { return l.AppendText([]byte{}) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrLeg], and l is unchanged with it.
func (l *Leg) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*l = 0
		return nil
	}
	leg, err := ParseLeg(string(text))
	if err == nil {
		*l = leg
	}
	return err
}
