package mipv4

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// The faults of a text that is none of what it is to be read as.
var (
	// ErrFlagLetters: a flag has one letter, which stands once at most.
	ErrFlagLetters = code.NewFault("not flags: want some of the letters of the figure, each once", "RFC 5944 §2.1.1, §3.3", code.Caller, 0, 0, 0)
	// ErrLifetimeText: seconds are written with their unit.
	ErrLifetimeText = code.NewFault("not a lifetime: want seconds, as in 1800s, or infinite", "RFC 5944 §3.3", code.Caller, 0, 0, 0)
	// ErrDigits: an Identification, a Cookie or a KeygenToken has 64 bits.
	ErrDigits = code.NewFault("not 16 hexadecimal digits", "RFC 4330 §3, RFC 6521 §5.6-5.9", code.Caller, 0, 0, 0)
)

// AppendText appends the letters of the flags that are set, in the order of the wire
// (encoding.TextAppender). It never fails.
func (f Flags) AppendText(b []byte) ([]byte, error) {
	return appendLetters(b, uint32(f)<<24, flagLetters), nil
}

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (f Flags) MarshalText() ([]byte, error) { return f.AppendText([]byte{}) }

// UnmarshalText reads letters of flags in any order (encoding.TextUnmarshaler); none stand
// for no flag. The error is [ErrFlagLetters], and f is unchanged with it.
func (f *Flags) UnmarshalText(text []byte) error {
	word, err := readLetters(text, flagLetters)
	if err == nil {
		*f = Flags(word >> 24)
	}
	return err
}

// AppendText appends the letters of the flags that are set, in the order of the wire
// (encoding.TextAppender). What is reserved and set follows as a number: "HF+0x1f". It
// never fails.
func (f AgentFlags) AppendText(b []byte) ([]byte, error) {
	b = appendLetters(b, uint32(f)<<16, agentFlagLetters)
	if reserved := f & agentReserved; reserved != 0 {
		b = strconv.AppendUint(append(b, "+0x"...), uint64(reserved), 16)
	}
	return b, nil
}

// agentReserved are the bits without letters.
const agentReserved AgentFlags = 1<<(16-len(agentFlagLetters)) - 1

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (f AgentFlags) MarshalText() ([]byte, error) { return f.AppendText([]byte{}) }

// UnmarshalText reads what AppendText appends, with the letters in any order
// (encoding.TextUnmarshaler); none stand for no flag. The error is [ErrFlagLetters], and f
// is unchanged with it.
func (f *AgentFlags) UnmarshalText(text []byte) error {
	names, number, reserved := bytes.Cut(text, []byte("+0x"))
	word, err := readLetters(names, agentFlagLetters)
	if err != nil {
		return err
	}
	flags := AgentFlags(word >> 16)
	if reserved {
		n, err := strconv.ParseUint(string(number), 16, 16)
		if err != nil || AgentFlags(n)&^agentReserved != 0 {
			return ErrFlagLetters
		}
		flags |= AgentFlags(n)
	}
	*f = flags
	return nil
}

// readLetters is appendLetters backwards.
func readLetters(text []byte, names string) (word uint32, err error) {
	for _, c := range text {
		i := strings.IndexByte(names, c)
		if i < 0 || word<<i>>31 != 0 {
			return 0, ErrFlagLetters
		}
		word |= 1 << (31 - i)
	}
	return word, nil
}

// AppendText appends the 16 hex digits (encoding.TextAppender). It never fails.
func (id Identification) AppendText(b []byte) ([]byte, error) {
	return appendDigits(b, uint64(id)), nil
}

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (id Identification) MarshalText() ([]byte, error) { return id.AppendText(nil) }

// UnmarshalText reads 16 hex digits (encoding.TextUnmarshaler). The error is [ErrDigits],
// and id is unchanged with it.
func (id *Identification) UnmarshalText(text []byte) error {
	n, err := readDigits(text)
	if err == nil {
		*id = Identification(n)
	}
	return err
}

// AppendText appends the 16 hex digits (encoding.TextAppender). It never fails.
func (c Cookie) AppendText(b []byte) ([]byte, error) { return appendHex(b, c[:]), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (c Cookie) MarshalText() ([]byte, error) { return c.AppendText(nil) }

// UnmarshalText reads 16 hex digits (encoding.TextUnmarshaler). The error is [ErrDigits],
// and c is unchanged with it.
func (c *Cookie) UnmarshalText(text []byte) error {
	n, err := readDigits(text)
	if err == nil {
		binary.BigEndian.PutUint64(c[:], n)
	}
	return err
}

// AppendText appends the 16 hex digits (encoding.TextAppender). It never fails.
func (k KeygenToken) AppendText(b []byte) ([]byte, error) { return appendHex(b, k[:]), nil }

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (k KeygenToken) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads 16 hex digits (encoding.TextUnmarshaler). The error is [ErrDigits],
// and k is unchanged with it.
func (k *KeygenToken) UnmarshalText(text []byte) error {
	n, err := readDigits(text)
	if err == nil {
		binary.BigEndian.PutUint64(k[:], n)
	}
	return err
}

// readDigits is appendDigits backwards.
func readDigits(text []byte) (uint64, error) {
	n, err := strconv.ParseUint(string(text), 16, 64)
	if err != nil || len(text) != 16 {
		return 0, ErrDigits
	}
	return n, nil
}

// AppendText appends "infinite" or the seconds with their unit, "1800s"
// (encoding.TextAppender). 0 is "0s": what it means depends on the message. It never fails.
func (l Lifetime) AppendText(b []byte) ([]byte, error) {
	if l == Infinite {
		return append(b, "infinite"...), nil
	}
	return append(strconv.AppendUint(b, uint64(l), 10), 's'), nil
}

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (l Lifetime) MarshalText() ([]byte, error) { return l.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ErrLifetimeText], and l is unchanged with it.
func (l *Lifetime) UnmarshalText(text []byte) error {
	if string(text) == "infinite" {
		*l = Infinite
		return nil
	}
	digits, unit := bytes.CutSuffix(text, []byte{'s'})
	n, err := strconv.ParseUint(string(digits), 10, 16)
	if err != nil || !unit || Lifetime(n) == Infinite {
		return ErrLifetimeText
	}
	*l = Lifetime(n)
	return nil
}

// MarshalJSON returns the number of seconds, 65535 for Infinite (json.Marshaler of
// encoding/json).
func (l Lifetime) MarshalJSON() ([]byte, error) { return strconv.AppendUint(nil, uint64(l), 10), nil }

// UnmarshalJSON reads the number of seconds, or in quotes what UnmarshalText reads; null
// leaves l as it is (json.Unmarshaler of encoding/json). The error is [ErrLifetimeText], and
// l is unchanged with it.
func (l *Lifetime) UnmarshalJSON(value []byte) error {
	switch n := len(value); {
	case string(value) == "null":
		return nil
	case n > 1 && value[0] == '"':
		return l.UnmarshalText(value[1 : n-1])
	}
	n, err := strconv.ParseUint(string(value), 10, 16)
	if err != nil {
		return ErrLifetimeText
	}
	*l = Lifetime(n)
	return nil
}

// AppendText appends the numbers of the kind (encoding.TextAppender): "16", with a sub-type
// where the form has one "136/3", and "136/-" where the form has one and the extension, too
// short for it, has not. It never fails.
func (k DiscoveryKind) AppendText(b []byte) ([]byte, error) {
	b = strconv.AppendUint(b, uint64(k.Type()), 10)
	switch {
	case k.Type().form() != ext.Short:
	case k&discoveryNoSubType != 0:
		b = append(b, "/-"...)
	default:
		b = strconv.AppendUint(append(b, '/'), uint64(k.SubType()), 10)
	}
	return b, nil
}

// MarshalText returns what AppendText appends (encoding.TextMarshaler).
func (k DiscoveryKind) MarshalText() ([]byte, error) { return k.AppendText(nil) }

// UnmarshalText reads what AppendText appends (encoding.TextUnmarshaler). The error is
// [ext.ErrKindText], and k is unchanged with it.
func (k *DiscoveryKind) UnmarshalText(text []byte) error {
	first, second, divided := bytes.Cut(text, []byte{'/'})
	t, err := strconv.ParseUint(string(first), 10, 8)
	if err != nil || divided != (DiscoveryType(t).form() == ext.Short) {
		return ext.ErrKindText
	}
	kind := DiscoveryKind(t) << 8
	switch {
	case !divided:
	case string(second) == "-":
		kind |= discoveryNoSubType
	default:
		s, err := strconv.ParseUint(string(second), 10, 8)
		if err != nil {
			return ext.ErrKindText
		}
		kind |= DiscoveryKind(s)
	}
	*k = kind
	return nil
}
