package agent_test

import (
	"crypto/rand"
	"encoding/binary"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// homeNode is a home agent of one mobile node: what a program writes that receives by
// this package.
type homeNode struct {
	*endpoint
	receiver agent.Receiver
	profile  dsmip.Profile
	mu       sync.Mutex
	replay   agent.Replay
	binding  tunnel.Binding
	bound    bool
	dropped  []netip.Prefix // by the last registration
	inner    []tunnel.Packet
	acked    chan mipv4.RevocationAcknowledgment
}

// What it serves, and what it assigns.
var (
	served   = []netip.Prefix{netip.MustParsePrefix("2001:db8::/32")}
	homeLink = netip.MustParsePrefix("2001:db8:0:1::/64")
	assigned = netip.MustParsePrefix("2001:db8:f000::/48")
)

func newHomeNode(l *link, p dsmip.Profile, style agent.Style, k keys) *homeNode {
	h := &homeNode{endpoint: l.join(homeAgent), profile: p, replay: agent.Replay{Style: style}, acked: make(chan mipv4.RevocationAcknowledgment, 1)}
	h.receiver = agent.Receiver{
		Role: code.HomeAgent,
		Situation: rules.Situation{Profile: p, Receiver: &rules.Receiver{
			Addresses: []netip.Addr{homeAgent}, LongestLifetime: 3600,
		}},
		Associations: func(kind ext.Kind, r mipv4.Request, from agent.Arrival) ext.Association {
			known := kind == ext.KindForeignHomeAuth && from.From.Addr() == foreignAgent ||
				kind == ext.KindMobileHomeAuth && r.HomeAddress == homeAddress
			if !known {
				return nil
			}
			return k.of(kind)
		},
		Replay: func(mipv4.Request, ext.SecurityContext) *agent.Replay { return &h.replay },
		Nonce:  random,
	}
	h.serve(h.handle)
	return h
}

func random() uint32 {
	var b [4]byte
	rand.Read(b[:])
	return binary.BigEndian.Uint32(b[:])
}

func (h *homeNode) handle(b []byte, from agent.Arrival) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch mipv4.MessageType(b[0]) {
	case mipv4.TypeRequest:
		h.request(b, from)
	case mipv4.TypeTunnelData:
		h.traffic(b, from)
	case mipv4.TypeRevocationAcknowledgment:
		if a, err := mipv4.ParseRevocationAcknowledgment(b); err == nil {
			h.acked <- a
		}
	}
}

// request answers a Registration Request.
func (h *homeNode) request(b []byte, from agent.Arrival) {
	g, err := h.receiver.Request(b, from)
	if err == agent.ErrLegUntold {
		from.Leg = agent.LegByTunnelRequest(g.Request)
		g, err = h.receiver.Request(b, from)
	}
	if err == nil {
		err = h.register(g)
	}
	if denial, ok := g.Refuse(nil, err); ok {
		h.send(denial, g.ReplyHeaders().Destination.Addr())
	}
}

// register decides, answers and binds.
func (h *homeNode) register(g agent.Registration) error {
	binding, reply, err := h.traverse(&g)
	if err != nil {
		return err
	}
	binding.Mode = g.AcceptingCode()
	prefixes := func(b []byte) (_ []byte, err error) {
		for q, again := range g.Prefixes() {
			answer := h.decide(q, again, binding.Mode)
			if p, ok := answer.NetPrefix(); ok && answer.Code.Accepted() {
				binding.Prefixes = append(binding.Prefixes, p)
			}
			if b, err = answer.AppendBinary(b); err != nil {
				return b, err
			}
		}
		return b, nil
	}
	var revocation agent.Part
	if _, ok := g.Foreign().Find(ext.KindRevocationSupport); ok {
		revocation = ext.RevocationSupport{Timestamp: uint32(time.Now().Unix())}.AppendBinary
	}
	answer, err := g.ReplyBoth(nil, code.AcceptedNoSimultaneousBindings, []agent.Part{prefixes, reply}, []agent.Part{revocation})
	if err != nil {
		return err
	}
	before := h.binding.Prefixes
	if g.Request.Deletes(h.binding.CareOfAddress, false) {
		h.binding, h.bound = tunnel.Binding{}, false
	}
	if g.Granted() != mipv4.Deregister {
		h.binding, h.bound = binding, true
	}
	h.dropped = slices.Collect(dsmip.Dropped(before, h.binding.Prefixes))
	h.send(answer, g.ReplyHeaders().Destination.Addr())
	return nil
}

// decide answers a request for a prefix.
func (h *homeNode) decide(q dsmip.PrefixRequest, again bool, mode code.IPv6Prefix) dsmip.PrefixReply {
	if c, ok := h.profile.Judge(q, served, nil); !ok {
		return q.Answer(c)
	}
	prefix := assigned
	if under, ok := q.Under(homeLink); ok {
		prefix = under
	}
	if reply, err := q.Assign(mode, prefix); err == nil && !again {
		return reply
	} else if err == nil {
		return q.Answer(code.PrefixAdministrativelyProhibited) // one is enough
	}
	return q.Answer(mode)
}

// traverse returns the binding of a request, in UDP when it came through a NAT, and the
// UDP Tunnel Reply that says so.
func (h *homeNode) traverse(g *agent.Registration) (tunnel.Binding, agent.Part, error) {
	binding := tunnel.FromRequest(h.profile, &g.Request)
	reply, _, ok := g.TunnelReply(110)
	if !ok {
		return binding, nil, nil
	}
	if reply.ReplyCode != code.UDPTunnelAccepted {
		return binding, reply.AppendBinary, nil
	}
	x, _ := g.Mobile().Find(ext.KindUDPTunnelRequest)
	asked, err := ext.ParseUDPTunnelRequest(x)
	if err != nil {
		return binding, nil, err
	}
	binding, err = binding.OverUDP(g.Arrival.From, g.Request.Flags, asked.Encapsulation)
	return binding, reply.AppendBinary, err
}

// traffic takes a packet out of its UDP tunnel, and sends one back.
func (h *homeNode) traffic(b []byte, from agent.Arrival) {
	data, err := mipv4.ParseTunnelData(b)
	if err != nil {
		return
	}
	d, err := tunnel.DecapsulateUDP(from.From, from.To, uint8(data.NextHeader), data.Payload, homeAgent)
	if err != nil || h.binding.Admit(d.Path, d.Packet) != nil {
		return
	}
	h.inner = append(h.inner, d.Packet)
	back := ipv6Packet(d.Packet.Destination, d.Packet.Source)
	path, err := h.binding.Forward(tunnel.Packet{Source: d.Packet.Destination, Destination: d.Packet.Source}, false)
	if err != nil {
		return
	}
	payload, err := path.Encapsulate(nil, back, tunnel.IPv4Header{TimeToLive: 64})
	if err != nil {
		return
	}
	next, err := path.Protocol()
	if err != nil {
		return
	}
	if msg, err := (mipv4.TunnelData{NextHeader: mipv4.NextHeader(next), Payload: payload}).AppendBinary(nil); err == nil {
		h.send(msg, from.From.Addr())
	}
}

// ipv6Packet returns an IPv6 header with nothing behind it.
func ipv6Packet(source, destination netip.Addr) []byte {
	b := make([]byte, 40)
	b[0], b[6], b[7] = 6<<4, 59, 64
	copy(b[8:], source.AsSlice())
	copy(b[24:], destination.AsSlice())
	return b
}

// revoke ends the registration before its time (RFC 3543 §4.2.2.1).
func (h *homeNode) revoke(id uint32) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	msg, err := mipv4.Append(nil, mipv4.Revocation{
		Agent: true, HomeAddress: homeAddress, HomeDomainAddress: homeAgent, ForeignDomainAddress: h.binding.CareOfAddress,
		RevocationIdentifier: id,
	}.AppendBinary, signFH)
	if err != nil {
		return err
	}
	h.send(msg, h.binding.CareOfAddress)
	h.bound, h.binding = false, tunnel.Binding{}
	return nil
}

// state returns what is bound.
func (h *homeNode) state() (bound bool, b tunnel.Binding, dropped []netip.Prefix, inner []tunnel.Packet) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.bound, h.binding, h.dropped, h.inner
}
