package code

// Fault is an error of the protocol: one way of being wrong. There is one
// static value for each, so errors.Is compares identities, and returning one
// allocates nothing. Besides its text it has the RFC section that was broken
// and, for each role, the reactions that the texts allow.
//
// Every error of this module's codec packages has the dynamic type *Fault:
//
//	if f, ok := err.(*code.Fault); ok {
//		reaction := f.Reaction(code.HomeAgent)
//	}
type Fault struct {
	text, source string
	ha, fa, mn   Reaction
}

// NewFault makes a Fault. It is meant for package-level variables only: a
// fault's identity is its address. The reactions are the home agent's, the
// foreign agent's and the mobile node's.
func NewFault(text, source string, ha, fa, mn Reaction) *Fault {
	return &Fault{text, source, ha, fa, mn}
}

// Error returns the text followed by the source in parentheses. It allocates.
func (f *Fault) Error() string { return f.text + " (" + f.source + ")" }

// Text says in words what is wrong.
func (f *Fault) Text() string { return f.text }

// Source names the section that was broken: "RFC 5944 §3.5.2".
func (f *Fault) Source() string { return f.source }

// Reaction returns what the given role is to do about it.
func (f *Fault) Reaction(r Role) Reaction {
	switch r {
	case HomeAgent:
		return f.ha
	case ForeignAgent:
		return f.fa
	case MobileNode:
		return f.mn
	}
	return 0
}
