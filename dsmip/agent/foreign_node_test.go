package agent_test

import (
	"net/netip"
	"sync"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// foreignNode is a foreign agent: it challenges who shares no association with it, relays,
// and takes revocations.
type foreignNode struct {
	*endpoint
	receiver agent.Receiver
	mu       sync.Mutex
	knows    *rules.Receiver               // with the challenges given and used
	pending  map[uint32]agent.Registration // by the low half of the Identification
	visitors map[netip.Addr]time.Time      // by home address: when it registered
	sequence mipv4.SequenceNumber
	revoked  chan netip.Addr
}

func newForeignNode(l *link, p dsmip.Profile, k keys) *foreignNode {
	f := &foreignNode{endpoint: l.join(foreignAgent), pending: map[uint32]agent.Registration{}, visitors: map[netip.Addr]time.Time{}, revoked: make(chan netip.Addr, 1)}
	f.knows = &rules.Receiver{
		Addresses: []netip.Addr{foreignAgent}, CareOfAddresses: []netip.Addr{foreignAgent}, LongestLifetime: 1800,
		Challenge: rules.ServiceDemanded,
	}
	f.receiver = agent.Receiver{
		Role:      code.ForeignAgent,
		Situation: rules.Situation{Profile: p, Receiver: f.knows},
		Associations: func(kind ext.Kind, r mipv4.Request, from agent.Arrival) ext.Association {
			if kind == ext.KindForeignHomeAuth && r.HomeAgent != homeAgent {
				return nil
			}
			return k.of(kind)
		},
	}
	f.serve(f.handle)
	return f
}

// advertise returns an Agent Advertisement with a new challenge, which reaches the mobile
// node on the link (RFC 5944 §2.1, RFC 4721 §2).
func (f *foreignNode) advertise() ([]byte, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	careOf, err := mipv4.NewCareOfAddresses(foreignAgent)
	if err != nil {
		return nil, err
	}
	msg, err := mipv4.Append(nil, mipv4.AgentAdvertisement{Lifetime: 9}.AppendBinary, mipv4.MobilityAgentAdvertisement{
		SequenceNumber: f.sequence, RegistrationLifetime: f.knows.LongestLifetime,
		Flags: mipv4.AgentForeign | mipv4.AgentReverseTunneling, CareOfAddresses: careOf,
	}.AppendBinary, mipv4.AgentChallenge{Value: f.challenge()}.AppendBinary)
	if err != nil {
		return nil, err
	}
	f.sequence = f.sequence.Next()
	return mipv4.SetChecksum(msg)
}

// challenge returns a new challenge, to be taken once.
func (f *foreignNode) challenge() []byte {
	c := word(random())
	f.knows.Challenges = append(f.knows.Challenges, c)
	return c
}

func (f *foreignNode) handle(b []byte, from agent.Arrival) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch mipv4.MessageType(b[0]) {
	case mipv4.TypeRequest:
		f.request(b, from)
	case mipv4.TypeReply:
		f.reply(b, from)
	case mipv4.TypeRevocation:
		f.revocation(b, from)
	}
}

// request relays a Registration Request, or denies it with a new challenge.
func (f *foreignNode) request(b []byte, from agent.Arrival) {
	g, err := f.receiver.Request(b, from)
	if err != nil {
		if denial, ok := g.Refuse(nil, err, ext.Challenge{Value: f.challenge()}.AppendBinary); ok {
			f.send(denial, g.ReplyHeaders().Destination.Addr())
		}
		return
	}
	relayed, err := g.Relay(nil, ext.RevocationSupport{Timestamp: uint32(time.Now().Unix())}.AppendBinary)
	if err != nil {
		return
	}
	f.pending[g.Request.Identification.Low()] = g.Clone()
	f.send(relayed, g.RelayHeaders().Destination.Addr())
}

// reply relays a Registration Reply, or says that the home agent failed.
func (f *foreignNode) reply(b []byte, from agent.Arrival) {
	r, err := mipv4.ParseReply(b)
	asked, ok := f.pending[r.Identification.Low()]
	if err != nil || !ok || !asked.AnsweredBy(&r) {
		return
	}
	next := ext.Challenge{Value: f.challenge()}.AppendBinary
	g, err := f.receiver.Reply(b, &asked.Request, from)
	if err != nil {
		if denial, ok := g.Refuse(nil, err, next); ok {
			f.send(denial, asked.ReplyHeaders().Destination.Addr())
		}
		return
	}
	relayed, err := g.Relay(nil, next)
	if err != nil {
		return
	}
	delete(f.pending, r.Identification.Low())
	if c, ok := asked.Request.Extensions.Find(ext.KindChallenge); ok {
		f.knows.Used = append(f.knows.Used, c.Body()) // while it was pending it could be repeated
	}
	if g.Accepted() {
		f.visitors[r.HomeAddress] = time.Now()
		if g.Granted() == mipv4.Deregister {
			delete(f.visitors, r.HomeAddress)
		}
	}
	f.send(relayed, asked.ReplyHeaders().Destination.Addr())
}

// revocation ends what the home agent revokes, and acknowledges it (RFC 3543 §4.2.2.2).
func (f *foreignNode) revocation(b []byte, from agent.Arrival) {
	r, err := mipv4.ParseRevocation(b)
	if err != nil {
		return
	}
	a, err := r.Extensions.Auth(ext.KindForeignHomeAuth)
	if err != nil {
		return
	}
	association := f.receiver.Associations(ext.KindForeignHomeAuth, mipv4.Request{HomeAgent: r.HomeDomainAddress}, from)
	since, ok := f.visitors[r.HomeAddress]
	if _, _, err := association.Verify(a); err != nil || !r.Agent || !ok || r.RevocationIdentifier < uint32(since.Unix()) {
		return
	}
	msg, err := mipv4.Append(nil, mipv4.RevocationAcknowledgment{HomeAddress: r.HomeAddress, RevocationIdentifier: r.RevocationIdentifier}.AppendBinary, signFH)
	if err != nil {
		return
	}
	delete(f.visitors, r.HomeAddress)
	f.send(msg, from.From.Addr())
	f.revoked <- r.HomeAddress
}

// has reports whether a mobile node is in the visitor list.
func (f *foreignNode) has(home netip.Addr) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, ok := f.visitors[home]
	return ok
}
