// Package dsmip is dual stack on top of Mobile IPv4: the three extensions of
// type 152 by which a mobile node registers IPv6 prefixes with its home agent
// and says that IPv6 can be tunnelled to its care-of address. Import it to read and write
// them, and to decide what a registration comes to.
//
// They come in two texts: draft-ietf-mip4-dsmipv4-06 and RFC 5454, its final
// form. The bytes are the same; what may be said with them differs, and that is
// a [Profile].
//
// What each side decides is a pure function of the messages and of what the caller
// keeps. The mobile node learns with [Profile.Outcomes] what came of each prefix, and
// how its packets travel. The home agent goes through [Profile.Requests], asks
// [Profile.Judge], [Profile.NeedsDAD] and [Profile.AcceptingCode], and answers with
// [PrefixRequest.Answer] or [PrefixRequest.Assign]. [Dropped] is what a re-registration
// ends on both.
//
// Every error is a *[code.Fault]. Nothing is allocated on any path that a
// packet can reach, but by [Decode] and [DecodeVendor], which are for tools. Everything
// but an [InOrder] is safe for concurrent use.
package dsmip
