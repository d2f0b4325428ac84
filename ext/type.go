package ext

import "strconv"

// Type is the first byte of an extension: a number of the control message
// space (RFC 5944 §1.8, §6.3).
type Type uint8

// Skippable reports whether a receiver that does not know the type skips the
// extension (128-255) rather than discarding the message (RFC 5944 §1.8).
func (t Type) Skippable() bool { return t >= 128 }

// Form returns the type's header form; Unwalkable for the non-skippable types
// that no RFC defines, TLV for the unknown skippable ones (RFC 5944 §1.8).
//
// Two skippable types were drawn in the long form, which RFC 5944 §1.10 keeps
// for non-skippable ones. Type 139 (RFC 4433 §3.4) has been put right by the
// verified erratum 898: it is Short, and written so, and on reading the figure of
// RFC 4433 is recognised as well. Type 154 (RFC 7629 §4) has not: RFC 7629 calls
// it non-skippable, which its number is not, and it is Long here. A receiver that
// does not know either is led astray by the long form: it goes on by the second byte.
func (t Type) Form() Form { return Form(forms[t] - '0') }

// String returns the name of the type, of its family where sub-types have
// names of their own, and "type N" for one that is not registered.
func (t Type) String() string {
	if name := families[t]; name != "" {
		return name
	}
	if r := lookup(Kind(t) << 8); r != nil {
		return r.Name
	}
	return "type " + strconv.Itoa(int(t))
}

// Form is the layout of an extension's header.
type Form uint8

// The forms. The Length of TLV and Short counts from the byte after it, so the
// sub-type of Short is included; that of Long and Vendor counts what follows
// the four-byte header.
const (
	Unwalkable Form = iota // a type nobody knows: where its Length stands cannot be told
	Pad                    // one byte, no Length (RFC 5944 §1.8)
	TLV                    // Type, Length (RFC 5944 §1.9)
	Short                  // Type, Length, Sub-Type (RFC 5944 §1.11)
	Long                   // Type, Sub-Type, two bytes of Length (RFC 5944 §1.10)
	Vendor                 // Type, Reserved, two bytes of Length (RFC 3115 §2.1)
)

// String returns "unwalkable", "pad", "TLV", "short", "long" or "vendor".
func (f Form) String() string {
	switch f {
	case Unwalkable:
		return "unwalkable"
	case Pad:
		return "pad"
	case TLV:
		return "TLV"
	case Short:
		return "short"
	case Long:
		return "long"
	case Vendor:
		return "vendor"
	}
	return "form " + strconv.Itoa(int(f))
}

// header is the size of the form's header, Sub-Type included.
func (f Form) header() int {
	switch f {
	case Pad:
		return 1
	case TLV:
		return 2
	case Short:
		return 3
	case Long, Vendor:
		return 4
	}
	return 0
}

// maxBody is the longest body that the form's Length can express.
func (f Form) maxBody() int {
	switch f {
	case TLV:
		return 255
	case Short:
		return 254
	case Long, Vendor:
		return 65535
	}
	return 0
}

// forms holds the form of every type, one digit each, sixteen types a row. A
// constant string cannot be changed and is indexed by a byte without a bounds
// check. A test compares it with the registry.
const forms = "" +
	"1000000000000000" + // 0
	"0000000000000000" + // 16
	"2220455044443324" + // 32
	"4340000000000000" + // 48
	"0000000000000000" + // 64
	"0000000000000000" + // 80
	"0000000000000000" + // 96
	"0000000000000004" + // 112
	"2222222232332222" + // 128
	"3323332233422222" + // 144
	"2222222222222222" + // 160
	"2222222222222222" + // 176
	"2222222222222222" + // 192
	"2222222222222222" + // 208
	"2222222222222222" + // 224
	"2222222222222223" // 240
