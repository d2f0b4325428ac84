package code

// Action is what a role does with a message that broke a rule.
type Action uint8

// The actions.
const (
	NotConcerned Action = iota // the rule is not this role's to enforce
	Ignore                     // go on as if the extension, or the bit, were not there
	Discard                    // drop the whole message; silently unless a Code goes with it
	Reject                     // deny the registration with a Registration Reply
	Refuse                     // take a received reply for a rejection
)

// String returns "not concerned", "ignore", "discard", "reject" or "refuse".
func (a Action) String() string {
	switch a {
	case NotConcerned:
		return "not concerned"
	case Ignore:
		return "ignore"
	case Discard:
		return "discard"
	case Reject:
		return "reject"
	case Refuse:
		return "refuse"
	}
	return "action " + decimal(uint(a))
}

// Strength is how firmly the texts ask for a reaction, in the synonyms of RFC
// 2119.
type Strength uint8

// The strengths, strongest first.
const (
	Required    Strength = iota // MUST
	Recommended                 // SHOULD: doing nothing conforms, too
	Optional                    // MAY: doing nothing conforms, too
	Unspecified                 // the RFCs are silent: this library's recommendation
)

// String returns "MUST", "SHOULD", "MAY" or "unspecified".
func (s Strength) String() string {
	switch s {
	case Required:
		return "MUST"
	case Recommended:
		return "SHOULD"
	case Optional:
		return "MAY"
	}
	return "unspecified"
}

// Act is a reaction as a constant, from which [NewFault] makes one: an action
// with its strength, and the Code of an answer with a strength of its own. A
// foreign agent that MUST discard and SHOULD also answer Code 67 is
//
//	code.ToDiscard | code.ShouldAnswer | code.Act(code.FAMobileNodeFailedAuthentication)
//
// The zero Act says that the role is not concerned. Or one To... constant, at
// most one of the As... modifiers, at most one ...Answer constant and a Code.
// Beside [ToReject] the answer is the action: its strength is that of the
// ...Answer constant, MUST when there is none. What the bits mean is nobody's
// business; ask a [Reaction].
type Act uint32

const (
	actionShift   = 8
	strengthShift = 12
	answerShift   = 16

	ToIgnore  = Act(Ignore) << actionShift  // ignore the extension or bit
	ToDiscard = Act(Discard) << actionShift // discard the message
	ToReject  = Act(Reject) << actionShift  // deny with the Code that is or-ed in
	ToRefuse  = Act(Refuse) << actionShift  // treat the reply as a rejection

	AsShould  = Act(Recommended) << strengthShift // the action is a SHOULD
	AsMay     = Act(Optional) << strengthShift    // the action is a MAY
	AsAdvised = Act(Unspecified) << strengthShift // the RFCs name no action; this library recommends it

	MustAnswer    = Act(Required) << answerShift    // the Code MUST be sent
	ShouldAnswer  = Act(Recommended) << answerShift // the Code SHOULD be sent
	MayAnswer     = Act(Optional) << answerShift    // the Code MAY be sent
	AdvisedAnswer = Act(Unspecified) << answerShift // the RFCs name no Code; this library recommends it

	// AppendFAError says that the Code is the Status of an FA Error extension
	// appended to the relayed reply (RFC 4636 §4), not the Code of a reply.
	AppendFAError Act = 1 << 20
)

// String returns what the String of the [Reaction] made from the act does.
func (a Act) String() string { return Reaction{a}.String() }

// Reaction is the set of reactions that the texts allow one role. The zero
// Reaction means that the role is not concerned. It is comparable.
type Reaction struct{ act Act }

// Action returns what the role does.
func (r Reaction) Action() Action { return Action(r.act >> actionShift & 15) }

// Strength returns how firmly the texts ask for the action. For a Reject it is
// the strength of sending the answer.
func (r Reaction) Strength() Strength {
	if r.Action() == Reject {
		return r.Answer()
	}
	return Strength(r.act >> strengthShift & 3)
}

// Code returns the Code of the answer and whether there is one: with Reject the
// Code of the denial, with Discard and Ignore the Code that may be sent in spite
// of it. Answer tells whether the texts name it or this library recommends it.
// When FAError is true it is the Status of an FA Error extension.
func (r Reaction) Code() (Registration, bool) {
	c := Registration(r.act)
	return c, c != 0
}

// Answer returns how firmly the texts ask for the answer of Code.
func (r Reaction) Answer() Strength { return Strength(r.act >> answerShift & 3) }

// FAError reports whether Code is the Status of an FA Error extension that the
// foreign agent appends to the reply it relays (RFC 4636 §4).
func (r Reaction) FAError() bool { return r.act&AppendFAError != 0 }

// Advised reports whether the RFCs are silent and the action is this library's
// recommendation.
func (r Reaction) Advised() bool { return r.Action() != NotConcerned && r.Strength() == Unspecified }

// Silent reports whether saying nothing conforms: true of every action but a
// Reject whose answer the texts ask for with a MUST.
func (r Reaction) Silent() bool { return r.Action() != Reject || r.Answer() != Required }

// Stops reports whether the message goes no further: it is to be discarded or
// rejected, or, a reply, to be taken for a rejection.
func (r Reaction) Stops() bool { return r.Action() >= Discard }

// Equal reports whether both are the same.
func (r Reaction) Equal(o Reaction) bool { return r == o }

// MarshalText returns what String does (encoding.TextMarshaler).
func (r Reaction) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// String returns the reaction in words, a MUST bare and anything weaker with
// its strength: "discard", "SHOULD reply 134", "discard, SHOULD reply 67",
// "unspecified (ignore)", "discard, SHOULD append FA Error 68". It is empty
// for a role that is not concerned.
func (r Reaction) String() string {
	var s string
	switch r.Action() {
	case Ignore:
		s = r.Strength().qualify("ignore")
	case Discard:
		s = r.Strength().qualify("discard")
	case Refuse:
		s = r.Strength().qualify("treat as rejection")
	case Reject:
	default:
		return ""
	}
	c, ok := r.Code()
	if !ok {
		if r.Action() == Reject {
			return r.Strength().qualify("reject")
		}
		return s
	}
	answer := "reply "
	if r.FAError() {
		answer = "append FA Error "
	}
	answer = r.Answer().qualify(answer + decimal(uint(c)))
	if s == "" {
		return answer
	}
	if r.Action() == Ignore {
		return s + " or " + answer
	}
	return s + ", " + answer
}

func (s Strength) qualify(words string) string {
	switch s {
	case Required:
		return words
	case Unspecified:
		return "unspecified (" + words + ")"
	}
	return s.String() + " " + words
}
