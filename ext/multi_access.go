package ext

import (
	"bytes"

	"github.com/go-mobileip/dsmipv4/code"
)

// What does not fit the figures of RFC 7629, and what cannot be sent.
var (
	// ErrBIDCount: the BID Count is not what it may be, or leaves no room for the TS
	// Format behind the list.
	ErrBIDCount = code.NewFault("the BID Count of a Flow-Binding is not 1 to 8, or its list runs past the end", "RFC 7629 §4.2", code.Must, poorRequestHA, poorRequestFA, poorReplyMN)
	// ErrMultipath: a label or a Binding ID is outside of what is permitted, or both flags
	// are set.
	ErrMultipath = code.NewFault("a Multipath has an If-Label of 1-255, a Binding ID of 1-254 and not both flags", "RFC 7629 §4.1", code.Caller, 0, 0, 0)
	// ErrFlowBinding: the list has not 1 to 8 BIDs, or more than one to drop by; a BID to
	// forward to is 0 or 255; the TS Format is 0.
	ErrFlowBinding = code.NewFault("a Flow-Binding forwards to 1-8 BIDs of 1-254, drops with a single one, and has a TS Format", "RFC 7629 §4.2", code.Caller, 0, 0, 0)
)

// Multipath is the Multipath extension (type 154, sub-type 1; RFC 7629 §4.1): the mobile
// node registers one care-of address of many.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Subtype    |           Length              |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|    If-ATT     |   If-Label    |   Binding ID  |B|O|  Reserved |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// RFC 7629 draws type 154 in the long form and calls it non-skippable, which its number is
// not: see [Type.Form].
type Multipath struct {
	IfATT              uint8 `json:"ifATT"`     // Access Technology Type of the interface (RFC 5213 §8.5)
	IfLabel            uint8 `json:"ifLabel"`   // of the interface, 1-255
	BindingID          uint8 `json:"bindingID"` // 1-254
	BulkReregistration bool  `json:"b"`         // B: the lifetimes of all bindings are renewed
	Overwrite          bool  `json:"o"`         // O: the new binding replaces all others
}

// ParseMultipath reads a Multipath extension; its reserved bits are ignored, and every
// label and Binding ID parses. The error is [ErrKind] for another kind and the row's
// BadLength unless Length is 4.
func ParseMultipath(x Raw) (Multipath, error) {
	b, err := x.bodyOf(KindMultipath)
	if err != nil {
		return Multipath{}, err
	}
	return Multipath{b[0], b[1], b[2], b[3]&0x80 != 0, b[3]&0x40 != 0}, nil
}

// AppendBinary appends the extension, its reserved bits zero. The error is [ErrMultipath],
// and b is returned unchanged with it.
func (m Multipath) AppendBinary(b []byte) ([]byte, error) {
	if m.IfLabel == 0 || m.BindingID == 0 || m.BindingID == 255 || m.BulkReregistration && m.Overwrite {
		return b, ErrMultipath
	}
	return append(b, 154, 1, 0, 4, m.IfATT, m.IfLabel, m.BindingID, flag(m.BulkReregistration, 0x80)|flag(m.Overwrite, 0x40)), nil
}

// String returns the name, the fields, and the letters of the flags that are set.
func (m Multipath) String() string {
	return KindMultipath.String() + " access technology " + number(m.IfATT) + " label " + number(m.IfLabel) + " BID " + number(m.BindingID) +
		word(m.BulkReregistration, "B") + word(m.Overwrite, "O")
}

// FlowBinding is the Flow-Binding extension (type 154, sub-type 2; RFC 7629 §4.2): what is
// to be done with the IP flows that match.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Subtype    |           Length              |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|    Action     |  BID Count    |        ...   BID List   ...   ~
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|   TS Format   |             Traffic Selector                  ~
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type FlowBinding struct {
	Action code.FlowAction
	// BIDs are 1 to 8 Binding IDs of one byte each, in the order of preference. To drop
	// there is a single one, which means nothing and may be 255. A list that was parsed
	// aliases the message.
	BIDs     []byte                     `json:"bidList"`
	TSFormat code.TrafficSelectorFormat `json:"tsFormat"`
	// TrafficSelector is in the format that TSFormat names (RFC 6088 §3). One that was
	// parsed aliases the message, and may be empty.
	TrafficSelector []byte
}

// ParseFlowBinding reads a Flow-Binding extension. Every BID and TS Format parses. The error
// is [ErrKind] for another kind, the row's BadLength for a Length below 4, and
// [ErrBIDCount].
func ParseFlowBinding(x Raw) (FlowBinding, error) {
	b, err := x.bodyOf(KindFlowBinding)
	if err != nil {
		return FlowBinding{}, err
	}
	end := 2 + int(b[1])
	if b[1] < 1 || b[1] > 8 || end >= len(b) {
		return FlowBinding{}, ErrBIDCount
	}
	return FlowBinding{code.FlowAction(b[0]), b[2:end:end], code.TrafficSelectorFormat(b[end]), b[end+1:]}, nil
}

// AppendBinary appends the extension. The error is [ErrFlowBinding] or [ErrBodyTooLong],
// and b is returned unchanged with it.
func (f FlowBinding) AppendBinary(b []byte) ([]byte, error) {
	n := len(f.BIDs)
	if n < 1 || n > 8 || f.TSFormat == 0 || f.Action == code.FlowDrop && n > 1 {
		return b, ErrFlowBinding
	}
	if f.Action != code.FlowDrop && (bytes.IndexByte(f.BIDs, 0) >= 0 || bytes.IndexByte(f.BIDs, 255) >= 0) {
		return b, ErrFlowBinding
	}
	head := [11]byte{byte(f.Action), byte(n)}
	copy(head[2:], f.BIDs)
	head[2+n] = byte(f.TSFormat)
	return appendParts(b, KindFlowBinding, head[:3+n], f.TrafficSelector)
}

// Equal reports whether both are the same.
func (f FlowBinding) Equal(o FlowBinding) bool {
	return f.Action == o.Action && f.TSFormat == o.TSFormat && bytes.Equal(f.BIDs, o.BIDs) && bytes.Equal(f.TrafficSelector, o.TrafficSelector)
}

// String returns the name, the action and the format with their words, the BIDs as hex, and
// the beginning of the selector as hex.
func (f FlowBinding) String() string {
	return KindFlowBinding.String() + " " + named(f.Action) + " BIDs " + hexed(f.BIDs[:min(len(f.BIDs), 8)]) + " format " + named(f.TSFormat) +
		" selector " + hexed(f.TrafficSelector)
}
