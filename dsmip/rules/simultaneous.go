package rules

import "github.com/go-mobileip/dsmipv4/code"

// mistakesBindings reports whether the Code of an acceptance is that of a home agent which
// supports simultaneous bindings, and this one does not, or the other way round.
func (w *walk) mistakesBindings() bool {
	switch w.reply.Code {
	case code.RegistrationAccepted:
		return w.s.SimultaneousBindings == None
	case code.AcceptedNoSimultaneousBindings:
		return w.s.SimultaneousBindings == Served
	}
	return false
}
