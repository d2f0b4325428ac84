// Package ext reads and writes what follows the fixed part of a Mobile IPv4
// control message: the list of extensions, the authentication extensions whose
// position decides what they protect, and the security contexts that sign and
// verify them. Import it to read or write any extension of the registry, and to sign and
// verify.
//
// # Reading
//
// [Parse] walks a message's extensions once and gives a [List], which cannot
// fail afterwards. Its elements are [Raw] views of the message; a typed Parse
// function reads the body of one:
//
//	for x, ok := list.First(); ok; x, ok = list.Next(x) {
//		switch x.Kind() {
//		case ext.KindMobileNodeNAI:
//			nai, err := ext.ParseMobileNodeNAI(x)
//			...
//		}
//	}
//
// Every extension of the registry has a type, with the fields and the words of its RFC;
// kinds that are told apart only by whom they authenticate, or by their vendor, share one. Parse refuses what does not
// fit the figure. What fits it and is still wrong, a length that the text answers with a
// code, say, parses: whether a message is right is asked of the rule book. Reserved bits
// are ignored, but for the third reserved field of a UDP Tunnel Request, which RFC 3519
// §3.1 wants verified as zero; all are written as zero. Where the wire has a number, so has
// the field: seconds are counted as the RFC counts them.
//
// An agent acts on what was verified: [SecurityContext.Verify], and
// [Association.Verify] with all the contexts that two nodes share, return the list of
// extensions that stand before the authentication extension, and that is the list to loop
// over.
//
// # Writing
//
// A message under construction is a []byte. Every extension appends itself
// with AppendBinary, which refuses what must not be sent, and [SecurityContext.Sign]
// appends an authentication extension that covers all that stands before it. What
// cannot be sent returns a fault and the buffer unchanged.
//
// What came from a packet prints in a short line. encoding/json, and with it the JSON
// handler of log/slog, shows the bytes as well; see [List.MarshalJSON].
//
// Every error is a *[code.Fault]. Views alias the message and are valid until
// it changes. Everything is safe for concurrent use.
//
// Nothing is allocated on any path that a packet can reach, but by [List.All] of a
// datagram on the stack, which is for tools, and, before Go 1.26, for the hashes of
// all contexts: see [SecurityContext].
package ext
