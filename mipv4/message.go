package mipv4

import (
	"strings"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// cut says why b is not the head of a message of type t.
func cut(b []byte, t MessageType) *code.Fault {
	switch {
	case len(b) == 0:
		return ErrEmpty
	case t == TypeRequest && MessageType(b[0]) == t:
		return ErrRequestCut
	case t == TypeRequest:
		return ErrNotRequest
	case MessageType(b[0]) == t:
		return ErrReplyCut
	}
	return ErrNotReply
}

// Locate returns where and why the Parse of the message's type refuses b, the
// fixed part included; len(b) and nil when it does not. What is neither a
// Registration Request nor a Registration Reply is [ErrNotRegistration] at 0.
func Locate(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, ErrEmpty
	}
	t := MessageType(b[0])
	if t != TypeRequest && t != TypeReply {
		return 0, ErrNotRegistration
	}
	n := t.FixedLength()
	if len(b) < n {
		return len(b), cut(b, t)
	}
	return ext.Locate(b, n)
}

// kinds lists the names of a list's extensions in brackets.
func kinds(l ext.List) string {
	var s strings.Builder
	s.WriteString(" [")
	separator := ""
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		s.WriteString(separator)
		s.WriteString(x.Kind().String())
		separator = ", "
	}
	s.WriteString("]")
	return s.String()
}
