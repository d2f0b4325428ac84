package fuzz

import "github.com/go-mobileip/dsmipv4/code"

// Rank says how grave it is what a target does, the gravest first.
type Rank uint8

// The ranks.
const (
	Crash       Rank = iota // the target dies, hangs, or reports an error of its memory
	Disclosure              // it sends octets that nobody gave it to send
	Unauthentic             // it accepts what nothing authenticates, what verifies in part, or what was replayed
	Forbidden               // it accepts what must be refused
	Unsigned                // its answer lacks or spoils an authenticator
	Answer                  // its answer is malformed, has wrong fields, or answers what is no message
	Code                    // it answers with a Code that does not conform, or where it must not answer
	Silence                 // it does not answer what must be answered
)

var rankNames = [...]string{"crash", "disclosure", "unauthentic", "forbidden", "unsigned", "answer", "code", "silence"}

// String returns the rank in lower case.
func (r Rank) String() string {
	if int(r) < len(rankNames) {
		return rankNames[r]
	}
	return "rank " + decimal(int(r))
}

// ErrRank says that a word is not that of a rank.
var ErrRank = code.NewFault("not a rank: want crash, disclosure, unauthentic, forbidden, unsigned, answer, code or silence", "RFC 5944 §3.8", code.Caller, 0, 0, 0)

// ParseRank returns the rank of a word that String gives. The error is [ErrRank].
func ParseRank(s string) (Rank, error) {
	for i, name := range rankNames {
		if name == s {
			return Rank(i), nil
		}
	}
	return 0, ErrRank
}

// Violation is one thing that a target does and that does not conform.
type Violation struct {
	Rank Rank
	// Text says what it is, without what differs from case to case.
	Text string
	// Source is the section that it violates.
	Source string
	// Fault is what the rule book says is wrong with the answer; nil where the violation
	// is another.
	Fault *code.Fault
	// Should is true where the section asks for it with SHOULD only.
	Should bool
}
