package main

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// outcome is what came of one IPv6 Prefix Request.
type outcome struct {
	asked    netip.Prefix
	result   dsmip.Result
	accepted bool
	code     uint8
	prefix   netip.Prefix
	tunnel   dsmip.Tunnel
}

// outcomes adds what came of the prefixes that a request asked for, by what of its reply
// is protected.
func (d *dumper) outcomes(m *message, r *mipv4.Reply, asked *mipv4.Request, protected ext.List) {
	if asked == nil || r.Answers(asked) != nil {
		return
	}
	m.answered = true
	for o := range d.judge.Profile.Outcomes(asked, r, protected) {
		p, _ := o.Asked.NetPrefix()
		m.outcomes = append(m.outcomes, outcome{p, o.Result, o.Accepted(), uint8(o.Reply.Code), o.Prefix, o.Tunnel})
	}
}

// appendOutcome appends an outcome as JSON.
func appendOutcome(b []byte, w *outcome) []byte {
	o := object{b: append(b, '{')}
	o.prefix("asked", w.asked)
	o.key("accepted")
	if !w.accepted {
		return append(o.b, "false}"...)
	}
	o.b = append(o.b, "true"...)
	o.number("code", uint64(w.code))
	o.prefix("prefix", w.prefix)
	o.text("tunnel", tunnelKey(w.tunnel))
	return append(o.b, '}')
}

// tunnelKey is a tunnel in camelCase.
func tunnelKey(t dsmip.Tunnel) string {
	switch t {
	case dsmip.TunnelHomeAddress:
		return "homeAddress"
	case dsmip.TunnelCareOfAddress:
		return "careOfAddress"
	}
	return t.String() // native, or unspecified
}

// treeOutcome appends an outcome for reading.
func treeOutcome(b []byte, w *outcome) []byte {
	b = w.asked.AppendTo(append(b, "  outcome of "...))
	b = append(append(b, ": "...), w.result.String()...)
	if w.accepted {
		b = w.prefix.AppendTo(append(b, " as "...))
		b = append(append(b, ", tunnel: "...), w.tunnel.String()...)
	}
	return append(b, '\n')
}
