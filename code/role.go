package code

// Role is a party of the Mobile IPv4 protocol (RFC 5944 §1.5).
type Role uint8

// The three roles. The zero Role is none.
const (
	HomeAgent Role = 1 + iota
	ForeignAgent
	MobileNode
)

// ErrRole says that a caller named no role, or none of the three.
var ErrRole = NewFault("no such role", "RFC 5944 §1.5", Caller, 0, 0, 0)

// String returns "homeAgent", "foreignAgent" or "mobileNode", and "role" with
// the number for anything else.
func (r Role) String() string {
	switch r {
	case HomeAgent:
		return "homeAgent"
	case ForeignAgent:
		return "foreignAgent"
	case MobileNode:
		return "mobileNode"
	}
	return "role " + decimal(uint(r))
}

// Leg is one hop of a registration: who sends and who receives. The grammar of
// a message's extension list depends on it (RFC 5944 §3.6.1.3, §3.7.2.2,
// §3.7.3.2, §3.8.3.3).
type Leg uint8

// The six legs. The zero Leg is none.
const (
	MNtoFA Leg = 1 + iota
	MNtoHA
	FAtoHA
	HAtoFA
	HAtoMN
	FAtoMN
)

var legNames = [...]string{
	MNtoFA: "mn-fa",
	MNtoHA: "mn-ha",
	FAtoHA: "fa-ha",
	HAtoFA: "ha-fa",
	HAtoMN: "ha-mn",
	FAtoMN: "fa-mn",
}

// ErrLeg says that a word names no leg.
var ErrLeg = NewFault("not a leg: want mn-fa, mn-ha, fa-ha, ha-fa, ha-mn or fa-mn",
	"RFC 5944 §1.7", Caller, 0, 0, 0)

// ParseLeg returns the leg whose word, as String returns it, is s: "mn-ha", for
// instance. The error is [ErrLeg].
func ParseLeg(s string) (Leg, error) {
	for l := MNtoFA; l <= FAtoMN; l++ {
		if s == legNames[l] {
			return l, nil
		}
	}
	return 0, ErrLeg
}

// Receiver is the role at the receiving end, none for what is no leg.
func (l Leg) Receiver() Role {
	switch l {
	case MNtoFA, HAtoFA:
		return ForeignAgent
	case MNtoHA, FAtoHA:
		return HomeAgent
	case HAtoMN, FAtoMN:
		return MobileNode
	}
	return 0
}

// Sender is the role at the sending end, none for what is no leg.
func (l Leg) Sender() Role { return l.Reverse().Receiver() }

// Reverse is the leg of the same hop in the other direction, on which an answer
// returns. What is no leg has none.
func (l Leg) Reverse() Leg {
	switch l {
	case MNtoFA:
		return FAtoMN
	case MNtoHA:
		return HAtoMN
	case FAtoHA:
		return HAtoFA
	case HAtoFA:
		return FAtoHA
	case HAtoMN:
		return MNtoHA
	case FAtoMN:
		return MNtoFA
	}
	return 0
}

// Request reports whether Registration Requests travel on the leg.
func (l Leg) Request() bool { return MNtoFA <= l && l <= FAtoHA }

// Reply reports whether Registration Replies travel on the leg.
func (l Leg) Reply() bool { return HAtoFA <= l && l <= FAtoMN }

// String returns the leg's word, sender first: "mn-fa", "mn-ha", "fa-ha",
// "ha-fa", "ha-mn", "fa-mn".
func (l Leg) String() string {
	if 0 < l && int(l) < len(legNames) {
		return legNames[l]
	}
	return "leg " + decimal(uint(l))
}
