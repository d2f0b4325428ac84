package agent

import "strconv"

// String returns source, destination and TTL, and the leg where it is known.
func (a Arrival) String() string {
	s := a.From.String() + " > " + a.To.String() + " TTL " + strconv.Itoa(int(a.TTL))
	if a.Leg.Receiver() != 0 {
		s += " " + a.Leg.String()
	}
	return s
}

// Equal reports whether both are the same, with the same moment in whichever time zone.
func (a Arrival) Equal(o Arrival) bool {
	same := a.Time.Equal(o.Time)
	a.Time = o.Time
	return same && a == o
}

// String returns source, destination and TTL.
func (h Headers) String() string {
	return h.Source.String() + " > " + h.Destination.String() + " TTL " + strconv.Itoa(int(h.TTL))
}

// Equal reports whether both are the same.
func (h Headers) Equal(o Headers) bool { return h == o }

// String returns the style and what is kept of it.
func (p Replay) String() string {
	switch p.Style {
	case ByTimestamps:
		return p.Style.String() + ", " + p.Timestamps.String()
	case ByNonces:
		return p.Style.String() + ", " + p.Nonces.String()
	}
	return p.Style.String()
}

// Equal reports whether both are the same.
func (p Replay) Equal(o Replay) bool { return p == o }

// String returns how many extensions there are and how many bytes they take, those that
// do not count included.
func (s Said) String() string { return s.list.String() }

// Equal reports whether both hold the same bytes.
func (s Said) Equal(o Said) bool { return s.list.Equal(o.list) }

// String returns the role, the profile and the edition.
func (v *Receiver) String() string {
	return v.Role.String() + ", " + v.Situation.Profile.String() + ", " + v.Situation.Edition.String()
}

// String returns how many prefixes are served, held, bound and granted.
func (p *Policy) String() string {
	n := strconv.Itoa
	return n(len(p.Served)) + " served, " + n(len(p.Held)) + " held, " + n(len(p.Bound)) + " bound, " + n(len(p.Granted)) + " granted"
}

// String returns the arrival, whether the request is accepted, and its fixed part and the
// kinds of its extensions. No key is printed.
func (g Registration) String() string {
	return g.Arrival.String() + ", " + verdict(g.accepted) + ": " + g.Request.String()
}

// GoString returns what String does, for the verb %#v.
func (g Registration) GoString() string { return "agent.Registration(" + g.String() + ")" }

// String returns the arrival, whether the reply is accepted as such, and its fixed part and
// the kinds of its extensions. No key is printed.
func (g Registered) String() string {
	return g.Arrival.String() + ", " + verdict(g.accepted) + ": " + g.Reply.String()
}

// GoString returns what String does, for the verb %#v.
func (g Registered) GoString() string { return "agent.Registered(" + g.String() + ")" }

func verdict(accepted bool) string {
	if accepted {
		return "right"
	}
	return "refused"
}
