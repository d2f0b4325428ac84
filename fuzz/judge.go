package fuzz

import (
	"net/netip"
	"slices"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Verdict is what an answer shows of the target.
type Verdict struct {
	// Seen is what the target did: "silence", "Code 131 (mobile node failed
	// authentication)".
	Seen string
	// Violations is all that does not conform, each once however often the answer has it;
	// nil when everything conforms.
	Violations []Violation
}

func (v *Verdict) add(r Rank, text, source string) {
	v.Violations = append(v.Violations, Violation{Rank: r, Text: text, Source: source})
}

func (v *Verdict) fault(r Rank, f *code.Fault) {
	if slices.ContainsFunc(v.Violations, func(x Violation) bool { return x.Fault == f }) {
		return
	}
	v.Violations = append(v.Violations, Violation{Rank: r, Text: "the answer is wrong: " + f.Text(), Source: f.Source(), Fault: f, Should: f.Breaks() == code.Should})
}

// ErrIdentificationHigh says that an acceptance has the low 32 bits of the request's
// Identification only: with timestamps the home agent copies all 64.
var ErrIdentificationHigh = code.NewFault("accepts and does not copy the whole Identification", "RFC 5944 §5.7.1", code.Must, 0, 0, 0)

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
// breaks the rule book, with the fields of the request where an acceptance
// is to copy them, with no prefixes but those that were asked for under an
// authenticator, and without octets that nobody can explain. It returns all
// that is wrong, the gravest first as far as one follows from the other. The answer
// must be what was received for the case: that it has the home address and the
// Identification is judged, too.
func (c *Campaign) Judge(k *Case, answer []byte) (v Verdict) {
	if answer == nil {
		v.Seen = "silence"
		if !k.Allowed.Silence {
			v.add(Silence, "does not answer what must be answered", k.demands())
		}
		return v
	}
	var asked *mipv4.Request
	if r, err := mipv4.ParseRequest(k.Packet); err == nil {
		asked = &r
	}
	var reply mipv4.Reply
	err := reply.Parse(answer)
	if f := fault(err); f != nil {
		v.Seen = "a malformed answer"
		v.add(Answer, "answers with what is malformed: "+f.Text(), f.Source())
		if len(answer) < replyLength || reply.Parse(answer[:replyLength]) != nil {
			c.unexplained(&v, k, answer)
			return v
		}
	}
	v.Seen = "Code " + decimal(int(reply.Code)) + " (" + reply.Code.String() + ")"
	if !k.Allowed.Code(reply.Code) {
		c.wrongCode(&v, k, reply.Code)
	}
	c.unexplained(&v, k, answer)
	if !k.isRequest() {
		return v // whatever else is wrong with what should not be there
	}
	c.wrongAnswer(&v, k, &reply, asked, err == nil)
	return v
}

// isRequest reports whether a packet has the fixed part of a request.
func (k *Case) isRequest() bool {
	return len(k.Packet) >= requestLength && mipv4.MessageType(k.Packet[0]) == mipv4.TypeRequest
}

// wrongCode adds that an answer's Code does not conform.
func (c *Campaign) wrongCode(v *Verdict, k *Case, got code.Registration) {
	switch {
	case !k.isRequest():
		v.add(Answer, "answers what is no Registration Request", k.demands())
	case !got.Accepted() && k.Allowed.codes == [4]uint64{}:
		v.add(Code, "answers what must be discarded", k.demands())
	case !got.Accepted() && got.Origin() == code.ByForeignAgent && c.Target() == code.HomeAgent:
		// Is said of the answer itself.
	case !got.Accepted():
		v.add(Code, "answers with a Code that does not conform", k.demands())
	case k.Mutation.Class == Replay:
		v.add(Unauthentic, "accepts what is replayed or not fresh", k.demands())
	case k.Mutation.Class == Authentication, !c.Authentic(k.Packet):
		v.add(Unauthentic, "accepts what is not authenticated", k.demands())
	default:
		v.add(Forbidden, "accepts what must be refused", k.demands())
	}
}

// wrongAnswer adds what is wrong with an answer itself; of one that is not whole the
// fixed part is all that can be judged.
func (c *Campaign) wrongAnswer(v *Verdict, k *Case, reply *mipv4.Reply, asked *mipv4.Request, whole bool) {
	situation := c.answering()
	for x := range situation.Reply(reply, asked) {
		f := x.Fault
		if !whole && x.Offset >= replyLength || f == nil {
			continue
		}
		if (f.Breaks() == code.Must || f.Breaks() == code.Should) && !c.excused(f, k, reply, asked) {
			v.fault(rankOfAnswer(f), f)
		}
	}
	if k.Mutation.Fault == mipv4.ErrTimestamp && reply.Code == code.HAIdentificationMismatch && reply.Identification.High() == k.Identification.High() {
		v.add(Answer, "Code 133 does not say what time it is", "RFC 5944 §5.7.1")
	}
	if asked != nil && reply.Code.Accepted() && reply.Identification != asked.Identification && reply.Identification.Low() == asked.Identification.Low() {
		f := ErrIdentificationHigh
		v.Violations = append(v.Violations, Violation{Rank: Answer, Text: f.Text(), Source: f.Source(), Fault: f})
	}
	if !whole {
		return
	}
	if f := c.unverified(reply, k); f != nil {
		v.fault(Unsigned, f)
	}
	if n, ok := protected(asked); ok && count(reply.Extensions, ext.KindIPv6PrefixReply) > n && reply.Code.Accepted() {
		v.add(Unauthentic, "answers more IPv6 Prefix Requests than Mobile-Home protects",
			"RFC 5944 §3.5.1, draft-ietf-mip4-dsmipv4-06 §4.1, §4.3, RFC 5454 §3.1, §3.3")
	}
}

// rankOfAnswer is the rank of what the rule book finds wrong with an answer.
func rankOfAnswer(f *code.Fault) Rank {
	switch f {
	case rules.ErrReplyNoMobileHome, rules.ErrReplySecondMobileHome, rules.ErrReplyOrder, ext.ErrNoMobileForeign, ext.ErrNoForeignHome,
		rules.ErrSecondMobileForeign, rules.ErrSecondForeignHome, rules.ErrReservedSPIMobileHome, rules.ErrReservedSPIMobileForeign, rules.ErrReservedSPIForeignHome:
		return Unsigned
	}
	for _, k := range [...]ext.Kind{ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth} {
		if r, ok := ext.Lookup(k); ok && r.BadLength == f {
			return Unsigned
		}
	}
	return Answer
}

// excused reports whether what the rule book finds wrong with an answer conforms all the
// same, since it is what the request was, or what the target need not have implemented.
func (c *Campaign) excused(f *code.Fault, k *Case, reply *mipv4.Reply, asked *mipv4.Request) bool {
	// What is returned as it came is the request's.
	if f == k.Mutation.Fault || slices.Contains(k.faults, f) {
		return true
	}
	switch f {
	case rules.ErrReplyHomeAddress:
		return asked != nil && reply.HomeAddress == asked.HomeAddress && !reply.HomeAddress.IsUnspecified()
	// Only those answer these extensions who implement them, and have not ignored them for
	// what is wrong with the request.
	case rules.ErrNAIMissing, rules.ErrKeyReplyMissing, rules.ErrGatewayMissing, rules.ErrGREKeyMissing, rules.ErrProxyMethodMissing, rules.ErrAssignedHA:
		return !c.setup.Strict || k.free || k.Mutation.Fault != nil
	}
	return false
}

// unexplained adds that the fixed part of an answer has octets which the datagram
// that it answers, being shorter than a request, did not bring, in the same field or, where
// it is sent back as it came, in the same place: what a target does not know it reads out of
// its memory.
func (c *Campaign) unexplained(v *Verdict, k *Case, answer []byte) {
	if len(k.Packet) >= requestLength {
		return
	}
	for _, field := range [...]struct{ from, to int }{{4, 8}, {8, 12}, {12, 20}} { // of a reply, RFC 5944 §3.4
		if len(answer) < field.to {
			break
		}
		// The same fields of a request, §3.3, as far as they were sent.
		at := [...]int{4: 4, 8: 8, 12: 16}[field.from]
		for i, b := range answer[field.from:field.to] {
			brought := func(at int) bool { return at < len(k.Packet) && k.Packet[at] == b }
			if brought(at+i) || brought(field.from+i) || b == 0 {
				continue
			}
			if field.from == 8 && netip.AddrFrom4([4]byte(answer[8:12])) == c.setup.HomeAgent {
				break
			}
			v.add(Disclosure, "answers a short datagram with octets that were not in it", "RFC 5944 §3.3, §3.4")
			return
		}
	}
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
		if f := fault(err); f != nil {
			return f
		}
	}
	return nil
}

// Authentic reports whether a packet has a Mobile-Home or an MN-AAA Authentication
// that is good by the campaign's associations, whatever else is wrong. Of those it has, the
// first sixteen are verified.
func (c *Campaign) Authentic(packet []byte) bool {
	if len(packet) < requestLength {
		return false
	}
	end, _ := ext.Locate(packet, requestLength)
	l, err := ext.Parse(packet[:end], requestLength)
	if err != nil {
		return false
	}
	n := 0
	for x := range l.All() {
		association := c.association(x.Kind())
		if x.Kind() != ext.KindMobileHomeAuth && x.Kind() != ext.KindMNAAAAuth || !given(association) {
			continue
		}
		if n++; n > mostVerified {
			break
		}
		if a, err := ext.ParseAuth(x); err == nil {
			if _, err := association.Verify(a); err == nil {
				return true
			}
		}
	}
	return false
}

// protected returns how many prefixes a request asks for under Mobile-Home or MN-AAA,
// and false for one of which that cannot be said.
func protected(r *mipv4.Request) (int, bool) {
	if r == nil {
		return 0, false
	}
	signed, err := r.Authorized()
	if err != nil {
		return 0, false
	}
	l, err := ext.Parse(signed, requestLength)
	if err != nil {
		return 0, false
	}
	return count(l, ext.KindIPv6PrefixRequest), true
}

func count(l ext.List, k ext.Kind) (n int) {
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if x.Kind() == k {
			n++
		}
	}
	return n
}
