package ext

import (
	"encoding/binary"

	"github.com/go-mobileip/dsmipv4/code"
)

// UDPTunnelRequest is the UDP Tunnel Request extension (type 144; RFC 3519 §3.1):
// its sender can tunnel in UDP, and asks the home agent to do so where a NAT stands
// between them.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |    Sub-Type   |   Reserved 1  |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|F|R| Reserved 2| Encapsulation |          Reserved 3           |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type UDPTunnelRequest struct {
	Force               bool `json:"f"` // F: tunnel whether or not a NAT is detected
	ThroughForeignAgent bool `json:"r"` // R: a co-located care-of address is registered through a foreign agent that requires it
	// Encapsulation is the IP protocol number of what is tunnelled: 4 IP, 47 GRE,
	// 55 minimal encapsulation; 0 leaves it to the M and G flags of the Registration
	// Request.
	Encapsulation uint8
}

// ErrTunnelRequestReserved says that Reserved 3 of a UDP Tunnel Request is not zero:
// RFC 3519 §3.1 and §3.1.3 have the extension handled as not understood and skipped,
// §4.6.1 has the home agent answer 134. Both conform.
var ErrTunnelRequestReserved = code.NewFault("the third reserved field of the UDP Tunnel Request is not zero", "RFC 3519 §3.1, §4.6.1", code.Must,
	code.ToIgnore|code.ShouldAnswer|code.Act(code.HAPoorlyFormedRequest), code.ToIgnore, 0)

// ParseUDPTunnelRequest reads a UDP Tunnel Request extension; Reserved 1 and 2 are
// ignored. The error is [ErrKind] for another kind, the row's BadLength unless Length
// is 6, and [ErrTunnelRequestReserved].
func ParseUDPTunnelRequest(x Raw) (UDPTunnelRequest, error) {
	b, err := x.bodyOf(KindUDPTunnelRequest)
	if err != nil {
		return UDPTunnelRequest{}, err
	}
	if b[3]|b[4] != 0 {
		return UDPTunnelRequest{}, ErrTunnelRequestReserved
	}
	return UDPTunnelRequest{b[1]&0x80 != 0, b[1]&0x40 != 0, b[2]}, nil
}

// AppendBinary appends the extension, its reserved fields zero. It never fails.
func (u UDPTunnelRequest) AppendBinary(b []byte) ([]byte, error) {
	flags := flag(u.Force, 0x80) | flag(u.ThroughForeignAgent, 0x40)
	return append(b, 144, 6, 0, 0, flags, u.Encapsulation, 0, 0), nil
}

// String returns the name, the letters of the flags that are set, and the
// encapsulation.
func (u UDPTunnelRequest) String() string {
	return KindUDPTunnelRequest.String() + word(u.Force, "F") + word(u.ThroughForeignAgent, "R") + " encapsulation " + number(u.Encapsulation)
}

// UDPTunnelReply is the UDP Tunnel Reply extension (type 44; RFC 3519 §3.2): the home
// agent says whether it tunnels in UDP for the binding.
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Length     |    Sub-Type   |  Reply Code   |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|F|        Reserved             |     Keepalive Interval        |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type UDPTunnelReply struct {
	ReplyCode         code.UDPTunnel
	Forced            bool   `json:"f"` // F: tunnelling is forced, since the request had its F flag set
	KeepaliveInterval uint16 // seconds without traffic after which the mobile node sends a keepalive; 0 for its default
}

// ParseUDPTunnelReply reads a UDP Tunnel Reply extension; its reserved bits are
// ignored. The error is [ErrKind] for another kind and the row's BadLength unless
// Length is 6.
func ParseUDPTunnelReply(x Raw) (UDPTunnelReply, error) {
	b, err := x.bodyOf(KindUDPTunnelReply)
	if err != nil {
		return UDPTunnelReply{}, err
	}
	return UDPTunnelReply{code.UDPTunnel(b[0]), b[1]&0x80 != 0, binary.BigEndian.Uint16(b[3:])}, nil
}

// AppendBinary appends the extension, its reserved bits zero. It never fails.
func (u UDPTunnelReply) AppendBinary(b []byte) ([]byte, error) {
	return append(b, 44, 6, 0, byte(u.ReplyCode), flag(u.Forced, 0x80), 0, byte(u.KeepaliveInterval>>8), byte(u.KeepaliveInterval)), nil
}

// String returns the name, the reply code with its words, F where it is set, and the
// keepalive interval.
func (u UDPTunnelReply) String() string {
	return KindUDPTunnelReply.String() + " " + named(u.ReplyCode) + word(u.Forced, "F") + " keepalive " + number(u.KeepaliveInterval) + "s"
}
