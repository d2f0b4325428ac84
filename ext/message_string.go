package ext

import (
	"bytes"
	"unicode/utf8"

	"github.com/go-mobileip/dsmipv4/code"
)

// MessageStringHA is the Message String extension that comes from the home agent (type
// 145, sub-type 1; RFC 4917 §3): a text for people. It converts to [MessageStringFA]
// and back.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |   Length      |    Sub-Type   |    Text ....
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type MessageStringHA struct {
	// Text is UTF-8, 1 to 254 bytes. One that was parsed aliases the message.
	Text []byte
}

// MessageStringFA is the Message String extension that comes from the foreign agent
// (type 145, sub-type 2; RFC 4917 §3). The layout is that of [MessageStringHA].
type MessageStringFA struct {
	// Text is UTF-8, 1 to 254 bytes. One that was parsed aliases the message.
	Text []byte
}

var (
	// ErrMessageStringText: the text is not UTF-8. It MUST NOT affect the operation of
	// the protocol, so this library recommends to ignore the extension.
	ErrMessageStringText = code.NewFault("the Text of a Message String is not UTF-8", "RFC 4917 §3", code.Must, ignore, ignore, ignore)
	// ErrMessageString: the text is empty, too long, or not UTF-8, and cannot be sent.
	ErrMessageString = code.NewFault("a Message String has 1 to 254 bytes of UTF-8", "RFC 4917 §3", code.Caller, 0, 0, 0)
)

// ParseMessageStringHA reads a Message String from a home agent. The error is [ErrKind]
// for another kind, the row's BadLength for an empty text, and [ErrMessageStringText].
func ParseMessageStringHA(x Raw) (MessageStringHA, error) {
	b, err := messageText(x, KindMessageStringHA)
	return MessageStringHA{b}, err
}

// ParseMessageStringFA reads a Message String from a foreign agent as
// [ParseMessageStringHA] does the other.
func ParseMessageStringFA(x Raw) (MessageStringFA, error) {
	b, err := messageText(x, KindMessageStringFA)
	return MessageStringFA{b}, err
}

func messageText(x Raw, k Kind) ([]byte, error) {
	b, err := x.bodyOf(k)
	if err == nil && !utf8.Valid(b) {
		return nil, ErrMessageStringText
	}
	return b, err
}

// AppendBinary appends the extension. The error is [ErrMessageString], and b is
// returned unchanged with it.
func (m MessageStringHA) AppendBinary(b []byte) ([]byte, error) {
	return appendMessage(b, KindMessageStringHA, m.Text)
}

// AppendBinary appends the extension. The error is [ErrMessageString], and b is
// returned unchanged with it.
func (m MessageStringFA) AppendBinary(b []byte) ([]byte, error) {
	return appendMessage(b, KindMessageStringFA, m.Text)
}

func appendMessage(b []byte, k Kind, text []byte) ([]byte, error) {
	if len(text) == 0 || len(text) > 254 || !utf8.Valid(text) {
		return b, ErrMessageString
	}
	return AppendRaw(b, k, text)
}

// Equal reports whether both are the same.
func (m MessageStringHA) Equal(o MessageStringHA) bool { return bytes.Equal(m.Text, o.Text) }

// Equal reports whether both are the same.
func (m MessageStringFA) Equal(o MessageStringFA) bool { return bytes.Equal(m.Text, o.Text) }

// String returns the name and the beginning of the text.
func (m MessageStringHA) String() string { return KindMessageStringHA.String() + " " + quoted(m.Text) }

// String returns the name and the beginning of the text.
func (m MessageStringFA) String() string { return KindMessageStringFA.String() + " " + quoted(m.Text) }
