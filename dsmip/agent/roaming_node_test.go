package agent_test

import (
	"errors"
	"net/netip"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// mobileNode is a mobile node.
type mobileNode struct {
	*endpoint // where it is attached
	receiver  agent.Receiver
	style     agent.Style
	clock     mipv4.MobileTimestamps
	nonces    mipv4.MobileNonces
	skew      time.Duration // of its clock
	sent      int           // datagrams
	foreign   netip.Addr    // its foreign agent, once discovered
	challenge []byte        // the last that it heard of
}

func newMobileNode(p dsmip.Profile, style agent.Style, k keys) *mobileNode {
	return &mobileNode{style: style, receiver: agent.Receiver{
		Role:         code.MobileNode,
		Situation:    rules.Situation{Profile: p},
		Associations: func(kind ext.Kind, r mipv4.Request, from agent.Arrival) ext.Association { return k.of(kind) },
	}}
}

// discover takes an Agent Advertisement.
func (m *mobileNode) discover(advertisement []byte) error {
	a, err := mipv4.ParseAgentAdvertisement(advertisement)
	if err != nil {
		return err
	}
	agent, err := a.MobilityAgent()
	if err != nil {
		return err
	}
	for careOf := range agent.CareOfAddresses.All() {
		m.foreign = careOf
	}
	if x, ok := a.Extensions.Find(mipv4.DiscoveryChallenge); ok {
		c, err := mipv4.ParseAgentChallenge(x)
		if err != nil {
			return err
		}
		m.challenge = c.Value
	}
	return nil
}

// identify returns the Identification of a request or of its retransmission.
func (m *mobileNode) identify(again bool) mipv4.Identification {
	if id, ok := m.nonces.Retransmit(); again && ok {
		return id
	}
	if m.style == agent.ByNonces {
		return m.nonces.Next(random())
	}
	return m.clock.Next(time.Now().Add(m.skew), random())
}

// learn takes what a reply says about the next Identification.
func (m *mobileNode) learn(r *mipv4.Reply) error {
	if m.style == agent.ByNonces {
		return m.nonces.Learn(r)
	}
	return m.clock.Learn(r, time.Now().Add(m.skew))
}

var errUnanswered = errors.New("no answer")

// register sends a request until it is answered.
func (m *mobileNode) register(to netip.Addr, r mipv4.Request, parts ...agent.Part) (agent.Registered, error) {
	for attempt := range 5 {
		r.Identification = m.identify(attempt > 0)
		msg, err := mipv4.Append(nil, append([]agent.Part{r.AppendBinary}, parts...)...)
		if err != nil {
			return agent.Registered{}, err
		}
		m.send(msg, to)
		m.sent++
		asked, err := mipv4.ParseRequest(msg)
		if err != nil {
			return agent.Registered{}, err
		}
		if g, err := m.answer(&asked); err != errUnanswered {
			return g, err
		}
	}
	return agent.Registered{}, errUnanswered
}

// answer waits for the reply to a request.
func (m *mobileNode) answer(asked *mipv4.Request) (agent.Registered, error) {
	for {
		b, from, err := m.receive(100 * time.Millisecond)
		if err != nil {
			return agent.Registered{}, errUnanswered
		}
		from.Leg = legOf(asked)
		g, err := m.receiver.Reply(b, asked, from)
		if g.Authenticated() {
			if err := m.learn(&g.Reply); err != nil {
				return g, err
			}
		}
		if f, ok := err.(*code.Fault); ok && f.Reaction(code.MobileNode).Action() == code.Discard {
			continue
		}
		if x, ok := g.Reply.Extensions.Find(ext.KindChallenge); ok {
			m.challenge = x.Body()
		}
		return g, err
	}
}

// legOf returns the leg on which the answer comes: the mobile node knows where it sent
// the request.
func legOf(asked *mipv4.Request) code.Leg {
	if asked.CareOfAddress == foreignAgent {
		return code.FAtoMN
	}
	return code.HAtoMN
}
