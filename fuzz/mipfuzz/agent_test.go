package main

import (
	"net"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// homeAgent is the reference home agent: what RFC 5944 §3.8 and the rule book
// have one do, and nothing for performance. Its defects are seeded.
type homeAgent struct {
	situation               rules.Situation
	mobileHome, foreignHome ext.SecurityContext
	address                 netip.Addr
	nodes                   map[netip.Addr]*mipv4.Timestamps
	assigned                byte
	lacks                   []ext.Type // what it does not implement

	// The seeded defects.
	skipsOrder       bool          // judges nothing by the rule book
	trustsAnybody    bool          // takes a wrong authenticator for a good one
	crashesOn        int           // a Length of an extension; 0 for none
	lives            int           // how many datagrams it survives; 0 for all
	answersLast      bool          // and answers the one that kills it
	slow             time.Duration // what each answer takes; no defect
	forgetsReplay    bool          // accepts any Identification
	signsWrong       bool          // its own authenticator is wrong
	answersMalformed bool          // what must be discarded silently is answered
	grantsUnasked    bool          // takes what stands behind Mobile-Home for protected
	mute             bool          // does not answer what must be answered
}

// serve answers requests until the connection is closed, or it crashes.
func (h *homeAgent) serve(conn *net.UDPConn) {
	buf := make([]byte, 1<<16)
	read := 0
	for {
		n, from, err := conn.ReadFromUDPAddrPort(buf)
		if err != nil {
			return
		}
		if h.crashesOn != 0 && h.chokes(buf[:n]) {
			conn.Close()
			return
		}
		read++
		time.Sleep(h.slow)
		dies := h.lives > 0 && read > h.lives
		if answer := h.answer(buf[:n]); answer != nil && (!dies || h.answersLast) {
			if _, err := conn.WriteToUDPAddrPort(answer, from); err != nil {
				return
			}
		}
		if dies {
			conn.Close()
			return
		}
	}
}

func (h *homeAgent) chokes(b []byte) bool {
	var r mipv4.Request
	if r.Parse(b) != nil {
		return false
	}
	for x, ok := r.Extensions.First(); ok; x, ok = r.Extensions.Next(x) {
		if x.Kind() == ext.KindServiceSelection && len(x.Body()) == h.crashesOn {
			return true
		}
	}
	return false
}

// answer returns the reply to a datagram, nil for silence.
func (h *homeAgent) answer(b []byte) []byte {
	var r mipv4.Request
	if err := r.Parse(b); err != nil {
		if h.answersMalformed && err == ext.ErrUnknownType {
			r.Parse(b[:mipv4.TypeRequest.FixedLength()])
			return h.reply(&r, code.HAPoorlyFormedRequest, 0, ext.List{})
		}
		return nil
	}
	// What it does not know must not be skipped (RFC 5944 §1.8).
	if !h.skipsOrder {
		for v := range h.situation.Request(&r) {
			if v.Fault == rules.ErrNotImplemented || v.Fault == rules.ErrAstray {
				return nil
			}
		}
	}

	// §3.8.2.1 a: the authenticators.
	auth, err := r.Extensions.Auth(ext.KindMobileHomeAuth)
	if err != nil {
		return nil
	}
	foreignGood := false
	if fh, err := r.Extensions.Auth(ext.KindForeignHomeAuth); err == nil {
		_, err = h.foreignHome.Verify(fh)
		foreignGood = err == nil
	}
	protected, err := h.mobileHome.Verify(auth)
	if err != nil && h.trustsAnybody {
		protected, err = auth.Protected(), nil
	}
	if err != nil {
		if err == ext.ErrSPI && !foreignGood {
			return nil
		}
		return h.reply(&r, code.HAMobileNodeFailedAuthentication, 0, ext.List{})
	}

	// b: the Identification.
	node := h.nodes[r.HomeAddress]
	if node == nil {
		node = &mipv4.Timestamps{}
		h.nodes[r.HomeAddress] = node
	}
	id, err := node.Judge(r.Identification, time.Now(), 7*time.Second)
	if err != nil && !h.forgetsReplay {
		return h.reply(&r, code.HAIdentificationMismatch, id, ext.List{})
	}

	// c, d and the rest: the rule book.
	if !h.skipsOrder {
		for v := range h.situation.Request(&r) {
			if v.Fault == nil || !v.Fault.Reaction(code.HomeAgent).Stops() || v.Fault.Reaction(code.HomeAgent).Advised() {
				continue
			}
			p, ok := (mipv4.Answer{Role: code.HomeAgent}).Refuse(&r, v.Fault)
			if !ok || h.mute && v.Fault.Reaction(code.HomeAgent).Answer() == code.Required {
				return nil
			}
			return h.reply(&r, p.Code, id, ext.List{})
		}
		if fh, err := r.Extensions.Auth(ext.KindForeignHomeAuth); err == nil && h.situation.ForeignHome == rules.Shared {
			if _, err := h.foreignHome.Verify(fh); err != nil {
				return h.reply(&r, code.HAForeignAgentFailedAuthentication, id, ext.List{})
			}
		}
	}
	for x, ok := r.Extensions.First(); ok; x, ok = r.Extensions.Next(x) {
		if x.Check() != nil {
			return h.reply(&r, code.HAPoorlyFormedRequest, id, ext.List{})
		}
	}
	// It assigns no home agents (§3.8.3.2).
	if dynamic := r.HomeAgent.As4(); dynamic == [4]byte{} || dynamic == [4]byte{255, 255, 255, 255} {
		return h.reply(&r, code.HAUnknownHomeAgentAddress, id, ext.List{})
	}
	_ = node.Commit(r.Identification) // fails where a defect let a replay pass
	if h.grantsUnasked {
		protected = r.Extensions
	}
	return h.reply(&r, code.RegistrationAccepted, id, protected)
}

// reply writes a reply that answers every prefix request of a list.
func (h *homeAgent) reply(r *mipv4.Request, c code.Registration, id mipv4.Identification, protected ext.List) []byte {
	a := mipv4.Answer{Role: code.HomeAgent, Address: h.address, MaxLifetime: 3600, Identification: id}
	if r.HomeAddress == netip.IPv4Unspecified() {
		h.assigned++
		a.HomeAddress = netip.AddrFrom4([4]byte{198, 19, 255, h.assigned})
	}
	p, err := a.Reply(r, c)
	if err != nil {
		panic(err)
	}
	msg, err := p.AppendBinary(nil)
	// The NAI in front of Mobile-Home returns, whatever the Code (RFC 2794 §3).
	for x, ok := r.Extensions.First(); ok && err == nil && x.Kind() != ext.KindMobileHomeAuth; x, ok = r.Extensions.Next(x) {
		if n, bad := ext.ParseMobileNodeNAI(x); bad == nil && len(n.Identifier) > 0 {
			msg, err = n.AppendBinary(msg)
			break
		}
	}
	answered := map[dsmip.PrefixRequest]bool{}
	for x, ok := protected.First(); ok && err == nil; x, ok = protected.Next(x) {
		if q, bad := dsmip.ParsePrefixRequest(x); bad == nil && q.PrefixLength <= 128 {
			q.Prefix = netip.PrefixFrom(q.Prefix, int(q.PrefixLength)).Masked().Addr()
			if !answered[q] && len(msg) < 60000 {
				answered[q] = true
				msg, err = dsmip.PrefixReply{PrefixLength: q.PrefixLength, Prefix: q.Prefix}.AppendBinary(msg)
			}
		}
	}
	if err == nil {
		msg, err = h.mobileHome.Sign(msg, ext.KindMobileHomeAuth)
	}
	if h.signsWrong {
		msg[len(msg)-1] ^= 1
	}
	if err == nil && h.situation.ForeignHome == rules.Shared && r.Lifetime != mipv4.Deregister {
		msg, err = h.foreignHome.Sign(msg, ext.KindForeignHomeAuth)
	}
	if err != nil {
		panic(err)
	}
	return msg
}

const (
	testKey    = "31323334353637383132333435363738"
	testFHKey  = "666f726569676e20616e6420686f6d65"
	testFHFlag = "2000:hmac-sha1:" + testFHKey
)

// listen starts a home agent on loopback and returns its address.
func listen(t *testing.T, h *homeAgent) string {
	t.Helper()
	conn := socket(t)
	var err error
	h.mobileHome, err = association("256", "hmac-md5", testKey)
	if err != nil {
		t.Fatal(err)
	}
	if h.situation.Leg == code.FAtoHA && h.situation.ForeignHome == rules.Shared {
		if h.foreignHome, err = association("2000", "hmac-sha1", testFHKey); err != nil {
			t.Fatal(err)
		}
	}
	h.situation.Implements = func(k ext.Kind) bool { return k.Type() != 127 && !slices.Contains(h.lacks, k.Type()) }
	h.situation.ImplementsVendor = func(vendor uint32, _ uint16) bool { return vendor != 0xffffff }
	h.address = netip.AddrFrom4([4]byte{127, 0, 0, 1})
	h.nodes = map[netip.Addr]*mipv4.Timestamps{}
	if h.situation.Profile == 0 {
		h.situation.Profile = dsmip.Draft06
	}
	go h.serve(conn)
	return conn.LocalAddr().String()
}
