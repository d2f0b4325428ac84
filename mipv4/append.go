package mipv4

import "github.com/go-mobileip/dsmipv4/ext"

// Append appends the parts of a message to b, one after the other. A part is what
// appends itself: AppendBinary of a fixed part or an extension, and for an
// authentication extension what [ext.SecurityContext.Signer] returns, which signs all
// that stands before it, b included. So b is empty, or the head of a message, such as
// Authorized returns; nil stands for no part.
//
// The first error ends it, and b is returned unchanged with it, as with
// [ext.ErrTooLong] when the message would exceed 65,535 bytes. Nothing is allocated
// for the parts; but b, when it is an array on the caller's stack, moves to the heap.
func Append(b []byte, parts ...func([]byte) ([]byte, error)) ([]byte, error) {
	msg := b
	for _, part := range parts {
		if part == nil {
			continue
		}
		var err error
		if msg, err = part(msg); err != nil {
			return b, err
		}
		if len(msg) > ext.MaxMessage {
			return b, ext.ErrTooLong
		}
	}
	return msg, nil
}
