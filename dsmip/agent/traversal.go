package agent

import (
	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// TunnelReply returns a home agent's answer to the UDP Tunnel Request of the mobile node,
// or else of the foreign agent (RFC 3519 §4.6), with a keepalive interval in seconds, of
// which 0 leaves it to the receiver (§3.2): it assents when the source address shows a
// NAT, when flag F forces it, or when flag R leaves it to the first keepalive, and
// otherwise declines. False means that nobody asks, and then nothing is to be answered.
// The mobile node's answer is a part for the mobile node, the foreign agent's, with mobile
// false, one for the foreign agent. Whether the home agent permits UDP tunnels is a matter
// of its Situation.Receiver.
func (g *Registration) TunnelReply(keepalive uint16) (reply ext.UDPTunnelReply, mobile, ok bool) {
	mobile = true
	x, ok := g.Mobile().Find(ext.KindUDPTunnelRequest)
	if !ok {
		mobile = false
		x, ok = g.Foreign().Find(ext.KindUDPTunnelRequest)
	}
	asked, err := ext.ParseUDPTunnelRequest(x)
	if !ok || err != nil {
		return ext.UDPTunnelReply{}, false, false
	}
	if asked.Force || asked.ThroughForeignAgent || g.Arrival.From.Addr() != g.Request.CareOfAddress {
		return ext.UDPTunnelReply{ReplyCode: code.UDPTunnelAccepted, Forced: asked.Force, KeepaliveInterval: keepalive}, mobile, true
	}
	return ext.UDPTunnelReply{ReplyCode: code.UDPTunnelDeclined}, mobile, true
}

// TunnelReply returns the home agent's UDP Tunnel Reply to the receiver, which asked for
// it. False means that the receiver does not tunnel in UDP: there is none, so that the home
// agent does not know it, or it declines, by a Reply Code from 64 on (RFC 3519 §3.1.1,
// §3.2.1, §4.4).
func (g *Registered) TunnelReply() (ext.UDPTunnelReply, bool) {
	x, ok := g.Home().Find(ext.KindUDPTunnelReply)
	if !ok || !g.Accepted() {
		return ext.UDPTunnelReply{}, false
	}
	reply, err := ext.ParseUDPTunnelReply(x)
	return reply, err == nil && reply.ReplyCode.Accepted()
}
