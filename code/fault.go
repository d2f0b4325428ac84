package code

// Breaks says what a fault broke, and so whom to blame for it.
type Breaks uint8

// What can be broken. A packet that conforms never meets a fault that breaks a
// MUST. Where what writes returns the fault of what reads, it says what the packet
// would have broken.
const (
	// Caller: nothing of the sender's is broken. The caller asked for what
	// cannot be: to judge a message without saying on which leg it travelled, to
	// send what the texts forbid to send, to parse one kind as another.
	Caller Breaks = iota
	// Must: the sender broke a MUST. Figures and Lengths are MUSTs.
	Must
	// Should: the sender did not follow a SHOULD.
	Should
	// Unclear: the texts conflict or are silent, or what is right in itself is
	// nothing that this receiver can serve.
	Unclear
)

// String returns "caller", "must", "should" or "unclear".
func (b Breaks) String() string {
	switch b {
	case Caller:
		return "caller"
	case Must:
		return "must"
	case Should:
		return "should"
	case Unclear:
		return "unclear"
	}
	return "breaks " + decimal(uint(b))
}

// Fault is an error of the protocol: one way of being wrong. There is one
// static value for each, so errors.Is compares identities, and returning one
// allocates nothing. Besides its text it has the RFC section that was broken,
// how firmly that section is put, and, for each role, the reactions that the
// texts allow.
//
// Every error of the packages that read, write and judge is a *Fault:
//
//	var fault *code.Fault
//	if errors.As(err, &fault) {
//		reaction := fault.Reaction(code.HomeAgent)
//	}
//
// The variables that hold faults are for comparing. Go cannot keep a program
// from assigning to what they point to; one that does changes the fault for
// everybody.
type Fault struct {
	text, source string
	breaks       Breaks
	ha, fa, mn   Act
}

// NewFault makes a Fault. It is meant for package-level variables only: a
// fault's identity is its address. With constant arguments the compiler lays it
// out as data, and nothing is done when the program starts. The acts are the
// home agent's, the foreign agent's and the mobile node's.
func NewFault(text, source string, b Breaks, ha, fa, mn Act) *Fault {
	return &Fault{text, source, b, ha, fa, mn}
}

// Error returns the text followed by the source in parentheses. It allocates.
func (f *Fault) Error() string { return f.text + " (" + f.source + ")" }

// String returns what Error does of a fault that is a value rather than a pointer.
func (f Fault) String() string { return f.Error() }

// MarshalText returns what Error does (encoding.TextMarshaler), so that encoding/json
// shows a fault in a struct.
func (f Fault) MarshalText() ([]byte, error) { return []byte(f.Error()), nil }

// Equal reports whether both say the same. Those of this module all differ, so it agrees
// with errors.Is.
func (f Fault) Equal(o Fault) bool { return f == o }

// Text says in words what is wrong.
func (f *Fault) Text() string { return f.text }

// Source names the section that was broken: "RFC 5944 §3.5.2".
func (f *Fault) Source() string { return f.source }

// Breaks returns what was broken by whom.
func (f *Fault) Breaks() Breaks { return f.breaks }

// Reaction returns what the given role is to do about it. It is the zero
// Reaction for a role that is not concerned, and for what is no role.
func (f *Fault) Reaction(r Role) Reaction {
	switch r {
	case HomeAgent:
		return Reaction{f.ha}
	case ForeignAgent:
		return Reaction{f.fa}
	case MobileNode:
		return Reaction{f.mn}
	}
	return Reaction{}
}
