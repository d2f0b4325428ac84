// Package mipv4 reads and writes the messages of Mobile IPv4: those of UDP port
// 434, from the Registration Request and the Registration Reply (RFC 5944 §3.3,
// §3.4) to the experimental message (RFC 4064 §3), and the two ICMP messages of
// agent discovery, [AgentAdvertisement] and [AgentSolicitation] (RFC 5944 §2). Import it
// for the fixed parts, for what is copied into a reply or relayed, and for replay state.
//
// Parsing is strict about structure and silent about meaning: what can be
// walked parses, and appending it again gives the same bytes. Reserved bits are kept
// for that in fields of their own, named Reserved, or in the flags that they stand
// among; leave them at zero in what is sent. The byte slices inside a parsed message
// alias the datagram and are valid until it changes.
//
// Whoever waits for one type parses that, which allocates nothing; [Parse] takes any
// message of port 434, for tools.
//
// A message is built by appending. The fixed part comes first, then the
// extensions, and each authentication extension signs what stands before it:
//
//	msg, err := mipv4.Append(buf[:0], req.AppendBinary, nai.AppendBinary,
//		mobileHome.Signer(ext.KindMobileHomeAuth))
//
// An advertisement is built in the same way, with [SetChecksum] for a signature. Its
// extensions are of another number space and so of other types than those of package
// ext: [DiscoveryKind] numbers them, [DiscoveryList] iterates over them.
//
// A relaying foreign agent cuts what the mobile node or the home agent signed
// with Authorized, appends its own extensions and signs.
//
// Replay protection is kept as values, without clock or randomness of their own: by a
// home agent in [Timestamps] or [Nonces], by a mobile node in [MobileTimestamps] or
// [MobileNonces]. What a reply means for its request say [Reply.Answers] and
// [Reply.Granted].
//
// Messages print in one line, which names their extensions, 32 at most. encoding/json, and
// with it the JSON handler of log/slog, shows all of a message: the fields of the figure,
// flags as their letters, the Identification in hex digits, codes and seconds as numbers,
// and each extension as an object; see [ext.Raw.MarshalJSON]. The bytes are the message:
// JSON is for reading and is not parsed back.
//
// Every error is a *[code.Fault]. Nothing is allocated on any path that a
// packet can reach, but by [Parse] and UnmarshalBinary. Everything is safe for concurrent use.
package mipv4
