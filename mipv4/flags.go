package mipv4

// Flags is the second byte of a Registration Request (RFC 5944 §3.3, RFC 3024
// §3.2). All eight bits survive a round trip.
//
//	+-+-+-+-+-+-+-+-+
//	|S|B|D|M|G|r|T|x|
//	+-+-+-+-+-+-+-+-+
type Flags uint8

// The flags in the order of the wire.
const (
	FlagSimultaneous  Flags = 1 << 7 // S: Simultaneous bindings
	FlagBroadcast     Flags = 1 << 6 // B: Broadcast datagrams
	FlagDecapsulation Flags = 1 << 5 // D: Decapsulation by mobile node, a co-located care-of address
	FlagMinimal       Flags = 1 << 4 // M: Minimal encapsulation
	FlagGRE           Flags = 1 << 3 // G: GRE encapsulation
	FlagReservedR     Flags = 1 << 2 // r: sent as zero; Van Jacobson compression in RFC 2002
	FlagReverseTunnel Flags = 1 << 1 // T: Reverse Tunneling requested
	FlagReservedX     Flags = 1 << 0 // x: sent as zero
)

// Has reports whether all flags of mask are set.
func (f Flags) Has(mask Flags) bool { return f&mask == mask }

// String returns the letters of the flags that are set, in the order of the
// wire: "SBDMGrTx" when all are.
func (f Flags) String() string { return letters(uint32(f)<<24, flagLetters) }

const flagLetters = "SBDMGrTx"
