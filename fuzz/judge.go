package fuzz

import (
	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Verdict is what an answer shows of the target.
type Verdict struct {
	// Violation says what does not conform, "" when everything does.
	Violation string
	// Source is the section that was violated.
	Source string
	// Seen is what the target did: "silence", "Code 131 (mobile node failed
	// authentication)".
	Seen string
}

// Answers reports whether a datagram is an answer to the case, well-formed or not:
// a Registration Reply with its home address and the low 32 bits of its
// Identification (RFC 5944 §3.7.1).
func (k *Case) Answers(answer []byte) bool {
	var r mipv4.Reply
	if len(answer) < replyLength || r.Parse(answer[:replyLength]) != nil {
		return false
	}
	return r.Answers(&mipv4.Request{HomeAddress: k.HomeAddress, Identification: k.Identification}) == nil
}

// Judge compares the answer to a case with what conforms; a nil answer is
// silence. It judges whether the target should have answered, with which Code,
// and whether the answer itself is right: well-formed, authenticated, without what
// breaks a MUST of the rule book, with the fields of the request where an acceptance
// is to copy them, and with no prefixes but those that were asked for under an
// authenticator.
func (c *Campaign) Judge(k *Case, answer []byte) Verdict {
	wrong := func(seen, violation, source string) Verdict {
		return Verdict{Violation: violation, Source: source, Seen: seen}
	}
	if answer == nil {
		if k.Allowed.Silence {
			return Verdict{Seen: "silence"}
		}
		return wrong("silence", "does not answer what must be answered", k.demands())
	}
	var reply mipv4.Reply
	if err := reply.Parse(answer); err != nil {
		f := err.(*code.Fault)
		return wrong("a malformed answer", "answers with "+f.Text(), f.Source())
	}
	seen := "Code " + decimal(int(reply.Code)) + " (" + reply.Code.String() + ")"
	if !k.Allowed.Code(reply.Code) {
		return wrong(seen, "answers "+decimal(int(reply.Code))+" where "+k.Allowed.String()+" conforms", k.demands())
	}
	var asked *mipv4.Request
	if r, err := mipv4.ParseRequest(k.Packet); err == nil {
		asked = &r
	}
	situation := c.answering()
	for v := range situation.Reply(&reply, asked) {
		if f := v.Fault; f != nil && f.Breaks() == code.Must && (c.setup.Strict && k.Mutation.Fault == nil || !optionalAnswer(f)) {
			return wrong(seen, "the answer is wrong: "+f.Text(), f.Source())
		}
	}
	if k.Mutation.Fault == mipv4.ErrTimestamp && reply.Code == code.HAIdentificationMismatch && reply.Identification.High() == k.Identification.High() {
		return wrong(seen, "does not say what time it is", "RFC 5944 §5.7.1")
	}
	if violation, source := unlike(&reply, asked); violation != "" {
		return wrong(seen, violation, source)
	}
	if f := c.unverified(&reply, k); f != nil {
		return wrong(seen, "the answer is wrong: "+f.Text(), f.Source())
	}
	if n, got := protected(asked), count(reply.Extensions, ext.KindIPv6PrefixReply); got > n {
		return wrong(seen, "answers "+decimal(got)+" IPv6 Prefix Requests where "+decimal(n)+" are protected by Mobile-Home",
			"RFC 5944 §3.5.1, draft-ietf-mip4-dsmipv4-06 §4.1, §4.3, RFC 5454 §3.1, §3.3")
	}
	return Verdict{Seen: seen}
}

// optionalAnswer reports whether a fault is the absence of what only those return who
// implement the extension that asks for it, and have not ignored that for what is wrong
// with it.
func optionalAnswer(f *code.Fault) bool {
	switch f {
	case rules.ErrNAIMissing, rules.ErrKeyReplyMissing, rules.ErrGatewayMissing, rules.ErrProxyMethodMissing:
		return true
	}
	return false
}

// unlike compares an acceptance with the request; nil is one that cannot be read. The
// high half of the Identification is replay protection's, which rules know nothing of.
func unlike(r *mipv4.Reply, asked *mipv4.Request) (violation, source string) {
	if asked != nil && r.Code.Accepted() && r.Identification != asked.Identification {
		return "accepts and does not copy the whole Identification", "RFC 5944 §5.7.1"
	}
	return "", ""
}

// demands is the section that says what is to be done about the packet.
func (k *Case) demands() string {
	if s := k.Source(); s != "" {
		return s
	}
	return "RFC 5944 §3.8.2.1, §3.8.3"
}

// answering is the situation of the answers: those of the way back.
func (c *Campaign) answering() rules.Situation {
	s := c.setup.Situation
	s.Implements, s.ImplementsVendor = nil, nil
	s.Leg = s.Leg.Reverse()
	return s
}

// unverified returns the fault of the first authenticator of an answer that the
// campaign has the association for and that is not good.
func (c *Campaign) unverified(r *mipv4.Reply, k *Case) *code.Fault {
	for _, kind := range [...]ext.Kind{ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth} {
		association := c.association(kind)
		if !given(association) {
			continue
		}
		a, err := r.Extensions.Auth(kind)
		if err != nil {
			continue // the rules have said whether it must be there
		}
		_, err = association.Verify(a)
		if err == ext.ErrSPI && k.Mutation.Class == Authentication {
			// The agent chooses an association that the node is likely to have
			// (RFC 5944 §3.8.2.1 a).
			continue
		}
		if err != nil {
			return err.(*code.Fault)
		}
	}
	return nil
}

// protected returns how many prefixes a request, nil for one that cannot be read,
// asks for under Mobile-Home or MN-AAA.
func protected(r *mipv4.Request) int {
	if r == nil {
		return 0
	}
	signed, err := r.Authorized()
	if err != nil {
		return 0
	}
	l, err := ext.Parse(signed, requestLength)
	if err != nil {
		return 0
	}
	return count(l, ext.KindIPv6PrefixRequest)
}

func count(l ext.List, k ext.Kind) (n int) {
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if x.Kind() == k {
			n++
		}
	}
	return n
}
