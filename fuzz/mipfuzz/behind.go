package main

import (
	"bytes"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// behind is the home agent that is played behind a foreign agent under test: it judges
// what is relayed to it, and answers rightly, or, where the request was right, with
// the replies of a campaign.
type behind struct {
	a       *attack
	own     *attack // of the home agent's, which what is learned does not change
	conn    *net.UDPConn
	replies *fuzz.Campaign

	mu      sync.Mutex
	sent    map[sentKey]sentCase
	order   []sentKey // of sent, oldest first
	replied map[sentKey]repliedCase
	odd     map[sentKey]sentKey // of replies that do not name their request, and of that
	next    uint64
	// For the minimizer: the fault that is sought in replies, and how its requests were
	// relayed.
	sought    string
	relayedAs map[sentKey]fuzz.Verdict
}

// sentCase is a request that may be relayed.
type sentCase struct {
	j *job
	n int
	k fuzz.Case
}

// repliedCase is the reply to a relayed request.
type repliedCase struct {
	k       fuzz.Case
	planted bool
}

// remembered bounds the requests that are expected to be relayed.
const remembered = 8192

// newBehind listens where the home agent is.
func newBehind(a *attack, port uint16) (*behind, error) {
	conn, err := net.ListenUDP("udp4", net.UDPAddrFromAddrPort(netip.AddrPortFrom(a.setup.HomeAgent, port)))
	if err != nil {
		return nil, err
	}
	setup := a.setup
	setup.Situation.Leg = code.HAtoFA
	setup.MobileAAA = ext.SecurityContext{}
	replies, err := fuzz.New(setup)
	if err != nil {
		conn.Close()
		return nil, err
	}
	b := &behind{a: a, own: &attack{setup: a.setup, campaign: a.campaign}, conn: conn, replies: replies, sent: map[sentKey]sentCase{}, replied: map[sentKey]repliedCase{}, odd: map[sentKey]sentKey{}}
	go b.serve()
	return b, nil
}

func keyOfCase(k *fuzz.Case) sentKey {
	p := port{step: step{k: *k}}
	key := p.key()
	key.at = time.Time{}
	return key
}

// expect notes a request that is about to be sent.
func (b *behind) expect(j *job, n int, k *fuzz.Case) {
	if len(k.Packet) < requestLength {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	key := keyOfCase(k)
	kept := *k
	kept.Packet = append([]byte{}, k.Packet...)
	b.sent[key] = sentCase{j, n, kept}
	b.order = append(b.order, key)
	if len(b.order) > remembered {
		delete(b.sent, b.order[0])
		delete(b.replied, b.order[0])
		b.order = b.order[1:]
	}
}

func (b *behind) serve() {
	buf := make([]byte, 1<<16)
	for {
		n, from, err := b.conn.ReadFromUDPAddrPort(buf)
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			continue
		}
		from = netip.AddrPortFrom(from.Addr().Unmap(), from.Port())
		b.a.capture(b.conn.LocalAddr(), from, false, buf[:n], time.Now())
		if answer := b.handle(buf[:n]); answer != nil {
			b.a.capture(b.conn.LocalAddr(), from, true, answer, time.Now())
			_, _ = b.conn.WriteToUDPAddrPort(answer, from) // what is lost is sent again
		}
	}
}

// handle judges what was relayed and returns the reply.
func (b *behind) handle(msg []byte) []byte {
	r, err := mipv4.ParseRequest(msg)
	if err != nil {
		f := err.(*code.Fault)
		b.a.book.note(fuzz.Answer, "relays what is malformed: "+f.Text(), f.Source(), "a relayed request", f.Text(), &evidence{answer: append([]byte{}, msg...)})
		return nil
	}
	home := r.HomeAddress.As4()
	key := sentKey{home: uint32(home[0])<<24 | uint32(home[1])<<16 | uint32(home[2])<<8 | uint32(home[3]), low: r.Identification.Low()}
	b.mu.Lock()
	s, ok := b.sent[key]
	b.mu.Unlock()
	if !ok {
		b.a.book.note(fuzz.Answer, "relays what was not sent", "RFC 5944 §3.7.2.2", "a relayed request", "another home address or Identification", &evidence{answer: append([]byte{}, msg...)})
		return nil
	}
	v := b.judgeRequest(&s, &r, msg)
	if s.j.name == minimalName {
		b.mu.Lock()
		b.relayedAs[key] = v
		b.mu.Unlock()
	} else {
		b.a.book.judged(s.j, s.n, &s.k, append([]byte{}, msg...), 0, v)
	}
	return b.reply(key, &s, &r)
}

// mustRefuse reports whether a foreign agent must discard or deny what has a fault.
func mustRefuse(f *code.Fault) bool {
	if f == nil || f.Breaks() != code.Must {
		return false
	}
	re := f.Reaction(code.ForeignAgent)
	return (re.Action() == code.Discard || re.Action() == code.Reject) && re.Strength() == code.Required
}

// judgeRequest says what is wrong with a relayed request.
func (b *behind) judgeRequest(s *sentCase, r *mipv4.Request, msg []byte) (v fuzz.Verdict) {
	v.Seen = "a relayed request"
	f := s.k.Mutation.Fault
	if mustRefuse(f) {
		rank := fuzz.Forbidden
		if s.k.Mutation.Class >= fuzz.Authentication {
			rank = fuzz.Unauthentic
		}
		v.Violations = append(v.Violations, fuzz.Violation{Rank: rank, Text: "relays what must be refused", Source: f.Source()})
	}
	original, err := mipv4.ParseRequest(s.k.Packet)
	if err != nil {
		return v
	}
	if signed, err := original.Authorized(); err == nil && !bytes.HasPrefix(msg, signed) {
		v.Violations = append(v.Violations, fuzz.Violation{Rank: fuzz.Answer, Text: "changes what the mobile node signed", Source: "RFC 5944 §3.7.2.2"})
	}
	if f != nil {
		return v
	}
	arrived, sent := b.own.setup.Situation, b.own.setup.Situation
	arrived.Leg, arrived.Implements, arrived.ImplementsVendor = code.FAtoHA, nil, nil
	sent.Implements, sent.ImplementsVendor = nil, nil
	before := map[*code.Fault]bool{}
	for x := range sent.Request(&original) {
		before[x.Fault] = true
	}
	// Where the mobile node asks for a proxy's authentication, that is relayed as it is.
	_, before[rules.ErrProxyForeignHome] = original.Extensions.Find(ext.KindProxyAuthMethod)
	// So is the home agent that it requests, which only the home agent compares.
	_, before[rules.ErrRequestedHAOther] = original.Extensions.Find(ext.KindRequestedHA)
	for x := range arrived.Request(r) {
		if x.Fault == nil || x.Fault.Breaks() != code.Must || before[x.Fault] {
			continue
		}
		rank := fuzz.Answer
		if x.Fault == ext.ErrNoForeignHome || x.Fault == rules.ErrMobileForeignLeg || x.Fault == rules.ErrSecondForeignHome {
			rank = fuzz.Unsigned
		}
		v.Violations = append(v.Violations, fuzz.Violation{Rank: rank, Text: "the relayed request is wrong: " + x.Fault.Text(), Source: x.Fault.Source()})
	}
	if a, err := r.Extensions.Auth(ext.KindForeignHomeAuth); err == nil && b.own.setup.ForeignHome.SPI() != 0 {
		if _, err := b.own.setup.ForeignHome.Verify(a); err != nil {
			f := err.(*code.Fault)
			v.Violations = append(v.Violations, fuzz.Violation{Rank: fuzz.Unsigned, Text: "the relayed request is wrong: " + f.Text(), Source: f.Source()})
		}
	}
	return v
}

// reply returns a reply of the campaign to a right request of a case, and otherwise a
// right one.
func (b *behind) reply(key sentKey, s *sentCase, r *mipv4.Request) []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s.j.name == minimalName && b.sought != "" {
		if k, ok := b.plant(r); ok {
			b.replied[key] = repliedCase{k, true}
			return k.Packet
		}
	}
	if s.j.part == partCases && s.k.Mutation.Fault == nil && s.k.Mutation.Name != "plain" {
		i := b.a.o.from + b.next
		b.next++
		if k, ok := b.replies.ReplyTo(i, r, time.Now(), nil); ok {
			b.replied[key] = repliedCase{k, true}
			if named, ok := keyOf(k.Packet); ok && named != key {
				if len(b.odd) >= remembered {
					clear(b.odd) // what they name is long forgotten
				}
				b.odd[named] = key
			}
			return k.Packet
		}
	}
	packet := b.own.reply(r, b.own.rightCode(s, r))
	if packet == nil {
		return nil // to what cannot be answered
	}
	b.replied[key] = repliedCase{fuzz.Case{Packet: packet, Mutation: &fuzz.Mutation{Name: "plain-reply"}}, false}
	return packet
}

// rightCode is what a home agent says to a relayed request.
func (a *attack) rightCode(s *sentCase, r *mipv4.Request) code.Registration {
	switch {
	case !a.campaign.Authentic(r.Extensions.Message()), s.k.Mutation.Class == fuzz.Authentication:
		return code.HAMobileNodeFailedAuthentication
	case s.k.Mutation.Class == fuzz.Replay:
		return code.HAIdentificationMismatch
	case r.HomeAgent != a.setup.HomeAgent && !r.HomeAgent.IsUnspecified() && r.HomeAgent != netip.AddrFrom4([4]byte{255, 255, 255, 255}):
		return code.HAUnknownHomeAgentAddress
	}
	return code.RegistrationAccepted
}

// reply returns a home agent's reply with a Code.
func (a *attack) reply(r *mipv4.Request, c code.Registration) []byte {
	p, err := (mipv4.Answer{Role: code.HomeAgent, Address: a.setup.HomeAgent, HomeAddress: r.HomeAddress}).Reply(r, c)
	if err != nil {
		return nil
	}
	if p.HomeAddress.IsUnspecified() {
		p.HomeAddress = a.campaign.Home(1)
	}
	msg, err := p.AppendBinary(nil)
	for x := range r.Extensions.All() {
		if x.Kind() == ext.KindMobileNodeNAI && x.Check() == nil && err == nil {
			msg, err = x.AppendBinary(msg) // RFC 2794 §3
			break
		}
	}
	if err == nil {
		msg, err = a.sign(msg, mobileHome)
	}
	if err == nil && r.Lifetime != mipv4.Deregister {
		msg, err = a.sign(msg, ext.KindForeignHomeAuth)
	}
	if err != nil {
		return nil
	}
	return msg
}

// strange judges a reply that names no request, but was sent by the home agent, and
// reports whether it is one.
func (b *behind) strange(key sentKey, answer []byte) bool {
	b.mu.Lock()
	request, ok := b.odd[key]
	s, known := b.sent[request]
	b.mu.Unlock()
	if !ok || !known {
		return false
	}
	if v, ok := b.judgeReply(&s.k, answer); ok {
		b.a.book.judged(s.j, s.n, &s.k, answer, 0, v)
	}
	return true
}

// judgeReply judges what a foreign agent sends to the mobile node where the home agent
// behind it has replied; false where it has not, or rightly.
func (b *behind) judgeReply(k *fuzz.Case, answer []byte) (v fuzz.Verdict, ok bool) {
	b.mu.Lock()
	c, replied := b.replied[keyOfCase(k)]
	b.mu.Unlock()
	if !replied || len(answer) < mipv4.TypeReply.FixedLength() {
		return v, false
	}
	var whole mipv4.Reply
	signed := c.k.Packet
	if whole.Parse(c.k.Packet) == nil {
		if s, err := whole.Authorized(); err == nil {
			signed = s
		}
	}
	same := bytes.HasPrefix(answer, signed)
	if !c.planted {
		switch {
		case same:
			// What it says is the home agent's, which is right.
			v = b.a.campaign.Judge(k, answer)
			v.Violations = slices.DeleteFunc(v.Violations, func(x fuzz.Violation) bool {
				return x.Rank != fuzz.Unsigned && x.Rank != fuzz.Answer && x.Rank != fuzz.Disclosure || strings.HasPrefix(x.Text, "Code 133")
			})
			return v, true
		case answer[1] == c.k.Packet[1]:
			v.Seen = "a relayed reply"
			v.Violations = append(v.Violations, fuzz.Violation{Rank: fuzz.Answer, Text: "changes what the home agent signed", Source: "RFC 5944 §3.7.3.2"})
			return v, true
		}
		return v, false // it denies by itself
	}
	v.Seen = "a relayed reply"
	if f := c.k.Mutation.Fault; mustRefuse(f) && f.Reaction(code.ForeignAgent).Action() == code.Discard && accepted(answer) && (same || accepted(c.k.Packet)) {
		rank := fuzz.Forbidden
		if c.k.Mutation.Class >= fuzz.Authentication || f == mipv4.ErrOtherIdentification || f == mipv4.ErrOtherHomeAddress {
			rank = fuzz.Unauthentic
		}
		v.Violations = append(v.Violations, fuzz.Violation{Rank: rank, Text: relaysReply + ": " + f.Text(), Source: f.Source()})
	}
	return v, true
}

// rebind gives a port a socket of a home address.
func (p *port) rebind(home netip.Addr) {
	if local, err := netip.ParseAddrPort(p.conn.LocalAddr().String()); err == nil && local.Addr() == home || !home.IsLoopback() {
		return
	}
	p.reopen(home)
}

// seek has the next replies to packets of the minimizer be such as what a group says is
// about, where it is about a reply.
func (b *behind) seek(violation string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sought, _ = strings.CutPrefix(violation, relaysReply+": ")
	if b.sought == violation {
		b.sought = ""
	}
	b.relayedAs = map[sentKey]fuzz.Verdict{}
}

// plant returns the first reply of the campaign that has what is sought and accepts.
func (b *behind) plant(r *mipv4.Request) (fuzz.Case, bool) {
	for i := range uint64(16 * len(b.replies.Mutations())) {
		k, ok := b.replies.ReplyTo(i, r, time.Now(), nil)
		if f := k.Mutation.Fault; ok && f != nil && f.Text() == b.sought && accepted(k.Packet) {
			return k, true
		}
	}
	return fuzz.Case{}, false
}

// verdictOf is the verdict on how a request was relayed.
func (b *behind) verdictOf(k *fuzz.Case) fuzz.Verdict {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.relayedAs[keyOfCase(k)]
}
