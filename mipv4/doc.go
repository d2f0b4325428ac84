// Package mipv4 reads and writes the registration messages of Mobile IPv4:
// the Registration Request and the Registration Reply (RFC 5944 §3.3, §3.4), a
// fixed part followed by a list of extensions.
//
// Parsing is strict about structure and silent about meaning: what can be
// walked parses, and appending it again gives the same bytes. The byte slices
// inside a parsed message alias the datagram and are valid until it changes.
//
// A message is built by appending. The fixed part comes first, then the
// extensions, and each authentication extension signs what stands before it:
//
//	msg, err := req.AppendBinary(buf[:0])
//	msg, err = ext.MobileNodeNAI{Identifier: nai}.AppendBinary(msg)
//	msg, err = mobileHome.Sign(msg, ext.KindMobileHomeAuth)
//
// A relaying foreign agent cuts what the mobile node or the home agent signed
// with Authorized, appends its own extensions and signs.
//
// Replay protection is kept as values, without clock or randomness of their own: by a
// home agent in [Timestamps] or [Nonces], by a mobile node in [MobileTimestamps] or
// [MobileNonces]. What a reply means for its request say [Reply.Answers] and
// [Reply.Granted].
//
// Every error is a *[code.Fault]. Nothing is allocated on any path that a
// packet can reach. Everything is safe for concurrent use.
package mipv4
