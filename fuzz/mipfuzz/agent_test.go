package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// agentSpec says what an agent of the tests is like.
type agentSpec struct {
	Listen      string
	Leg         string // mn-ha or fa-ha of a home agent, mn-fa of a foreign agent, ha-fa of one with a visitor, ha-mn of a mobile node
	Home        string // the home agent behind a foreign agent
	Profile     string
	ForeignHome bool // shares an association with the foreign agent
	Lacks       []int
	Defects     []string
	Supervised  bool // is started again 50 ms after it has died

	// What conforms.
	MaxLifetime int
	NeedsT      bool
	PickyCareOf bool
	SendsHome   bool // to the home address, what it relays
	Delay       time.Duration
	Loses       int // one datagram in so many
}

// agentLife bounds the life of an agent whose test forgot it.
const agentLife = 3 * time.Minute

func (s *agentSpec) main() {
	time.AfterFunc(agentLife, func() { os.Exit(0) })
	if s.Supervised {
		s.supervise()
		return
	}
	if s.Leg == "ha-mn" {
		newMobileNode(s).register()
		return
	}
	address, err := net.ResolveUDPAddr("udp4", s.Listen)
	if err != nil {
		panic(err)
	}
	conn, err := net.ListenUDP("udp4", address)
	if err != nil {
		panic(err)
	}
	conn.SetReadBuffer(1 << 20)
	switch s.Leg {
	case "ha-fa":
		go visit(conn.LocalAddr().String(), s)
		fallthrough
	case "mn-fa":
		newForeignAgent(s).serve(conn)
		return
	}
	newHomeAgent(s).serve(conn)
}

// supervise starts the agent again whenever it has died.
func (s *agentSpec) supervise() {
	for {
		c := exec.Command(os.Args[0])
		child := *s
		child.Supervised = false
		c.Env = append(os.Environ(), agentEnv+"="+child.String())
		_ = c.Run() // it dies, that is the point
		time.Sleep(50 * time.Millisecond)
	}
}

// homeAgent is the reference home agent: what RFC 5944 §3.8 and the rule book
// have one do, and nothing for performance. Its defects are seeded.
type homeAgent struct {
	spec                    *agentSpec
	situation               rules.Situation
	mobileHome, foreignHome ext.SecurityContext
	address                 netip.Addr
	nodes                   map[netip.Addr]*node
	prefixes                map[netip.Prefix]netip.Addr
	said                    map[string]bool
	assigned                byte
	conn, spare             *net.UDPConn
	to                      netip.AddrPort
}

type node struct {
	timestamps mipv4.Timestamps
	bound      bool
	bindings   int
}

func newHomeAgent(s *agentSpec) *homeAgent {
	must := func(c ext.SecurityContext, err error) ext.SecurityContext {
		if err != nil {
			panic(err)
		}
		return c
	}
	h := &homeAgent{spec: s, address: netip.AddrFrom4([4]byte{127, 0, 0, 1}), nodes: map[netip.Addr]*node{}, prefixes: map[netip.Prefix]netip.Addr{}, said: map[string]bool{}}
	h.mobileHome = must(association("256", "hmac-md5", testKey))
	var err error
	if h.situation.Leg, err = code.ParseLeg(s.Leg); err != nil {
		panic(err)
	}
	if h.situation.Profile, err = dsmip.ParseProfile(s.Profile); err != nil {
		panic(err)
	}
	h.situation.ForeignHome = rules.None
	if s.ForeignHome {
		h.situation.ForeignHome = rules.Shared
		h.foreignHome = must(association("2000", "hmac-sha1", testFHKey))
	}
	h.situation.Implements = func(k ext.Kind) bool { return k.Type() != 127 && !slices.Contains(s.Lacks, int(k.Type())) }
	h.situation.ImplementsVendor = func(vendor uint32, _ uint16) bool { return vendor == 32473 && !slices.Contains(s.Lacks, 38) }
	return h
}

func (h *homeAgent) has(defect string) bool { return slices.Contains(h.spec.Defects, defect) }

// serve answers requests until it dies.
func (h *homeAgent) serve(conn *net.UDPConn) {
	h.conn = conn
	buf := make([]byte, 1<<16)
	for {
		n, from, err := conn.ReadFromUDPAddrPort(buf)
		if err != nil {
			return
		}
		if h.spec.Loses > 0 && rand.IntN(h.spec.Loses) == 0 {
			continue
		}
		h.to = from
		b := buf[:n]
		h.dies(b)
		answer := h.answer(b)
		if answer = h.spoil(b, answer); answer == nil {
			continue
		}
		out := h.outlet(conn, answer)
		send := func(answer []byte) { _, _ = out.WriteToUDPAddrPort(answer, from) }
		if h.spec.Delay > 0 {
			time.AfterFunc(h.spec.Delay, func() { send(answer) })
			continue
		}
		send(answer)
		if h.has("answers twice") {
			answer[len(answer)-1] ^= 1
			send(answer)
		}
		if h.has("sends strays") && rand.IntN(50) == 0 {
			send([]byte("stray"))
		}
	}
}

// outlet is the socket that an answer is sent from.
func (h *homeAgent) outlet(conn *net.UDPConn, answer []byte) *net.UDPConn {
	accepts := accepted(answer)
	switch {
	case h.has("answers from another port"), h.has("denies from another port") && !accepts:
		return h.other(conn, net.IPv4(127, 0, 0, 1))
	case h.has("answers from another address"), h.has("accepts from another address") && accepts:
		return h.other(conn, net.IPv4(127, 0, 4, 1))
	}
	return conn
}

// other is a socket that the agent has beside its own.
func (h *homeAgent) other(conn *net.UDPConn, ip net.IP) *net.UDPConn {
	if h.spare == nil {
		address := &net.UDPAddr{IP: ip}
		if !ip.Equal(net.IPv4(127, 0, 0, 1)) {
			address.Port = conn.LocalAddr().(*net.UDPAddr).Port
		}
		var err error
		if h.spare, err = net.ListenUDP("udp4", address); err != nil {
			panic(err)
		}
	}
	return h.spare
}

// answer returns the reply to a datagram, nil for silence.
func (h *homeAgent) answer(b []byte) []byte {
	var r mipv4.Request
	if err := r.Parse(b); err != nil {
		return h.unreadable(b, err)
	}
	if h.has("sixteen extensions") && len(slices.Collect(r.Extensions.All())) > 16 {
		return h.reply(&r, code.HAPoorlyFormedRequest, 0, ext.List{})
	}
	for x := range r.Extensions.All() {
		_, known := ext.Lookup(x.Kind())
		switch {
		case x.Type() == 0 && h.has("denies paddings"), !known && x.Type().Skippable() && h.has("denies skippables"),
			x.Kind() == ext.KindNVSE && h.has("denies vendors"):
			return h.reply(&r, code.HAPoorlyFormedRequest, 0, ext.List{})
		case x.Type() == 0 && h.has("ignores requests with paddings"):
			return nil
		}
	}
	// What it does not know must not be skipped (RFC 5944 §1.8).
	skipsOrder := h.has("skips the rule book")
	if !skipsOrder {
		for v := range h.situation.Request(&r) {
			if v.Fault == rules.ErrNotImplemented || v.Fault == rules.ErrAstray {
				return nil
			}
		}
	}
	// §3.8.2.1 a: the authenticators.
	protected, refusal, ok := h.authenticated(&r)
	if !ok {
		return refusal
	}
	// b: the Identification.
	n := h.nodes[r.HomeAddress]
	if n == nil {
		n = &node{}
		h.nodes[r.HomeAddress] = n
	}
	id, err := n.timestamps.Judge(r.Identification, time.Now(), 7*time.Second)
	if err != nil && !h.trustsTime(n, &r) {
		if h.has("133 echoes the time") {
			id = r.Identification
		}
		return h.reply(&r, code.HAIdentificationMismatch, id, ext.List{})
	}
	if err != nil {
		id = 0
	}
	// c, d and the rest: the rule book.
	if !skipsOrder {
		if answer, stop := h.ruled(&r, id); stop {
			return answer
		}
	}
	switch {
	case r.HomeAgent != h.address && r.HomeAgent != netip.IPv4Unspecified() && r.HomeAgent != netip.AddrFrom4([4]byte{255, 255, 255, 255}):
		return h.reply(&r, code.HAUnknownHomeAgentAddress, id, ext.List{}) // §3.8.3.2
	case h.spec.NeedsT && !r.Flags.Has(mipv4.FlagReverseTunnel):
		return h.reply(&r, code.HAReverseTunnelMandatory, id, ext.List{})
	case h.spec.PickyCareOf && r.CareOfAddress == h.address:
		return h.reply(&r, code.HAAdministrativelyProhibited, id, ext.List{})
	}
	if q, err := askedFor(&r); err == nil && h.situation.Implements(ext.KindRequestedHA) && q != h.address {
		return h.reply(&r, code.HAUnknownHomeAgentAddress, id, ext.List{})
	}
	_ = n.timestamps.Commit(r.Identification) // fails where a defect let a replay pass
	h.bind(n, &r)
	if h.has("grants unprotected prefixes") {
		protected = r.Extensions
	}
	return h.reply(&r, code.RegistrationAccepted, id, protected)
}

// askedFor returns the home agent that a request for a dynamic one asks for.
func askedFor(r *mipv4.Request) (netip.Addr, error) {
	for x := range r.Extensions.All() {
		if x.Kind() == ext.KindRequestedHA {
			q, err := ext.ParseRequestedHA(x)
			return q.HAAddress, err
		}
	}
	return netip.Addr{}, ext.ErrKind
}

// unreadable is what it does with what cannot be read.
func (h *homeAgent) unreadable(b []byte, err error) []byte {
	fixed := mipv4.TypeRequest.FixedLength()
	var r mipv4.Request
	switch {
	case len(b) >= fixed && (h.has("answers unknown types") && err == ext.ErrUnknownType || h.has("answers what is cut") && err == ext.ErrOverrun):
		_ = r.Parse(b[:fixed])
		return h.reply(&r, code.HAPoorlyFormedRequest, 0, ext.List{})
	case len(b) >= fixed && h.has("skips unknown types") && err == ext.ErrUnknownType:
		// It takes every type for a skippable one.
		c := append([]byte{}, b[:fixed]...)
		for off := fixed; off+2 <= len(b); {
			n := 2 + int(b[off+1])
			if b[off] == 0 {
				n = 1
			}
			if off+n > len(b) {
				return nil
			}
			if b[off] == 32 {
				if a, err := ext.Parse(b[:off], off); err != nil || a.Size() != 0 {
					return nil
				}
				signed, _ := h.mobileHome.Sign(append([]byte{}, b[:off]...), ext.KindMobileHomeAuth)
				if !bytes.Equal(signed[off:], b[off:off+n]) {
					return nil
				}
				_ = r.Parse(c)
				if r.HomeAgent != h.address {
					return nil
				}
				return h.reply(&r, code.RegistrationAccepted, 0, ext.List{})
			}
			off += n
		}
	}
	return nil
}

// authenticated returns what the mobile node protects, or a refusal.
func (h *homeAgent) authenticated(r *mipv4.Request) (protected ext.List, refusal []byte, ok bool) {
	none := ext.List{}
	auth, err := r.Extensions.Auth(ext.KindMobileHomeAuth)
	if err != nil {
		for x := range r.Extensions.All() {
			if x.Kind() == ext.KindMNAAAAuth && h.has("trusts MN-AAA") {
				return none, nil, true
			}
		}
		return none, nil, h.has("trusts what is unsigned")
	}
	foreignGood := false
	if fh, err := r.Extensions.Auth(ext.KindForeignHomeAuth); err == nil {
		_, err = h.foreignHome.Verify(fh)
		foreignGood = err == nil
	}
	seen := 0
	for x := range r.Extensions.All() {
		if x.Kind() != ext.KindMobileHomeAuth {
			continue
		}
		if seen++; seen > 1 && h.has("verifies the first only") {
			break
		}
		a, err := ext.ParseAuth(x)
		if err != nil {
			return none, nil, false
		}
		_, err = h.mobileHome.Verify(a)
		if err != nil && !h.trusts(a, r) {
			if err == ext.ErrSPI && !foreignGood {
				return none, nil, false
			}
			return none, h.reply(r, code.HAMobileNodeFailedAuthentication, 0, none), false
		}
	}
	return auth.Protected(), nil, true
}

// trusts reports whether a defect takes a wrong authenticator for a good one.
func (h *homeAgent) trusts(a ext.Auth, r *mipv4.Request) bool {
	msg := r.Extensions.Message()
	signed, err := h.mobileHome.Sign(append([]byte{}, msg[:a.Offset()]...), ext.KindMobileHomeAuth)
	if err != nil {
		return false
	}
	good, got := signed[a.Offset()+6:], a.Authenticator()
	n := min(len(good), len(got))
	known := a.SPI() == h.mobileHome.SPI()
	switch {
	case h.has("trusts anybody"):
		return true
	case h.has("trusts known homes"):
		n := h.nodes[r.HomeAddress]
		return n != nil && n.bound
	case h.has("any SPI"):
		return bytes.Equal(good, got)
	case !known:
		return false
	case h.has("compares the first 12"):
		return len(got) == len(good) && bytes.Equal(good[:12], got[:12])
	case h.has("compares the last 12"):
		return len(got) == len(good) && bytes.Equal(good[4:], got[4:])
	case h.has("compares the first 15"):
		return len(got) == len(good) && bytes.Equal(good[:15], got[:15])
	case h.has("longer authenticators"):
		return len(got) >= len(good) && bytes.Equal(good, got[:n])
	case h.has("shorter authenticators"):
		return len(got) > 0 && bytes.Equal(good[:n], got[:n])
	case h.has("empty authenticators"):
		return len(got) == 0
	case h.has("forgets the fixed part"):
		return a.Offset() > 24 // whatever stands there
	}
	return false
}

// trustsTime reports whether a defect takes an Identification that is not fresh.
func (h *homeAgent) trustsTime(n *node, r *mipv4.Request) bool {
	future := r.Identification.Time().After(time.Now())
	switch {
	case h.has("forgets replay"):
		return true
	case h.has("replay from known homes"):
		return n.timestamps != mipv4.Timestamps{}
	case h.has("accepts the future"):
		return future
	case h.has("accepts the past"):
		return !future && n.timestamps == mipv4.Timestamps{}
	}
	return false
}

// ruled applies the rule book.
func (h *homeAgent) ruled(r *mipv4.Request, id mipv4.Identification) (answer []byte, stop bool) {
	for v := range h.situation.Request(r) {
		if v.Fault == nil || !v.Fault.Reaction(code.HomeAgent).Stops() || v.Fault.Reaction(code.HomeAgent).Advised() {
			continue
		}
		if v.Fault == rules.ErrNoAuthorization && (h.has("trusts what is unsigned") || h.has("trusts MN-AAA")) {
			continue
		}
		p, ok := (mipv4.Answer{Role: code.HomeAgent, Address: h.address}).Refuse(r, v.Fault)
		if h.has("mute") && v.Fault.Reaction(code.HomeAgent).Answer() == code.Required {
			return nil, true
		}
		if !ok {
			return nil, true
		}
		return h.reply(r, p.Code, id, ext.List{}), true
	}
	if fh, err := r.Extensions.Auth(ext.KindForeignHomeAuth); err == nil && h.spec.ForeignHome && !h.has("trusts foreign agents") {
		if _, err := h.foreignHome.Verify(fh); err != nil {
			return h.reply(r, code.HAForeignAgentFailedAuthentication, id, ext.List{}), true
		}
	}
	return nil, false
}

func (h *homeAgent) bind(n *node, r *mipv4.Request) {
	if r.Lifetime == mipv4.Deregister {
		n.bound, n.bindings = false, 0
		if h.has("forgets at deregistration") {
			n.timestamps = mipv4.Timestamps{}
		}
		for p, owner := range h.prefixes {
			if owner == r.HomeAddress {
				delete(h.prefixes, p)
			}
		}
		return
	}
	n.bound = true
	if r.Flags.Has(mipv4.FlagSimultaneous) {
		n.bindings++
	} else {
		n.bindings = 1
	}
	if n.bindings > 64 && h.has("dies of bindings") {
		os.Exit(7)
	}
}

// reply writes a reply that answers every prefix request of a list.
func (h *homeAgent) reply(r *mipv4.Request, c code.Registration, id mipv4.Identification, protected ext.List) []byte {
	a := mipv4.Answer{Role: code.HomeAgent, Address: h.address, MaxLifetime: 3600, Identification: id}
	if h.spec.MaxLifetime > 0 {
		a.MaxLifetime = mipv4.Lifetime(h.spec.MaxLifetime)
	}
	if r.HomeAddress == netip.IPv4Unspecified() {
		h.assigned++
		a.HomeAddress = netip.AddrFrom4([4]byte{198, 19, 255, h.assigned})
	}
	p, err := a.Reply(r, c)
	if err != nil {
		panic(err)
	}
	h.spoilFixed(&p, r)
	msg, err := p.AppendBinary(nil)
	for x := range r.Extensions.All() {
		if x.Kind() == ext.KindMobileNodeNAI && h.situation.Implements(x.Kind()) && x.Check() == nil {
			msg, err = x.AppendBinary(msg) // RFC 2794 §3
			break
		}
	}
	if p.Code.Accepted() {
		msg = h.prefixReplies(r, msg, protected)
	}
	denies := !p.Code.Accepted()
	if h.has("malformed extension") {
		msg = append(msg, 200, 4, 1, 2)
	}
	if err == nil && !h.has("unsigned") && !(denies && h.has("unsigned denials")) {
		msg, err = h.mobileHome.Sign(msg, ext.KindMobileHomeAuth)
	}
	if h.has("signs wrong") || denies && h.has("signs denials wrong") {
		msg[len(msg)-1] ^= 1
	}
	if h.has("signs twice") {
		msg, err = h.mobileHome.Sign(msg, ext.KindMobileHomeAuth)
	}
	if err == nil && h.spec.ForeignHome && r.Lifetime != mipv4.Deregister && !h.has("forgets Foreign-Home") {
		msg, err = h.foreignHome.Sign(msg, ext.KindForeignHomeAuth)
	}
	if err != nil {
		panic(err)
	}
	return msg
}

func (h *homeAgent) prefixReplies(r *mipv4.Request, msg []byte, protected ext.List) []byte {
	profile := h.situation.Profile
	answered := map[dsmip.PrefixRequest]bool{}
	mode := false
	for x := range protected.All() {
		mode = mode || x.Kind() == ext.KindIPv6TunnelingMode
	}
	for x := range protected.All() {
		q, bad := dsmip.ParsePrefixRequest(x)
		if bad != nil || q.PrefixLength > 128 {
			continue
		}
		prefix := netip.PrefixFrom(q.Prefix, int(q.PrefixLength)).Masked()
		q.Prefix = prefix.Addr()
		if answered[q] && !h.has("answers a prefix twice") || len(msg) > 1300 {
			continue
		}
		answered[q] = true
		granted := code.PrefixAcceptedHomeAddress
		if owner, ok := h.prefixes[prefix]; ok && owner != r.HomeAddress && !h.has("shares prefixes") {
			granted = code.PrefixAdministrativelyProhibited
		} else {
			h.prefixes[prefix] = r.HomeAddress
		}
		if h.has("Code 1 for all prefixes") && granted == code.PrefixAcceptedHomeAddress && !mode {
			granted = code.PrefixAcceptedCareOfAddress
		}
		if h.has("another prefix") {
			q.Prefix = netip.MustParseAddr("2001:db8:dead::")
		}
		msg, _ = dsmip.PrefixReply{Code: granted, PrefixLength: q.PrefixLength, Prefix: q.Prefix}.AppendBinary(msg)
	}
	_ = profile
	return msg
}

// spoilFixed has the defects of the fixed part.
func (h *homeAgent) spoilFixed(p *mipv4.Reply, r *mipv4.Request) {
	switch {
	case h.has("float64"):
		p.Identification = mipv4.Identification(uint64(float64(uint64(p.Identification))))
	case h.has("longer lifetime") && p.Code.Accepted():
		p.Lifetime = r.Lifetime + 1
	case h.has("no home agent"):
		p.HomeAgent = netip.IPv4Unspecified()
	case h.has("another home address") && p.Code.Accepted():
		p.HomeAddress = p.HomeAddress.Next()
	case h.has("another Identification"):
		p.Identification ^= 1
	case h.has("foreign Codes") && !p.Code.Accepted():
		p.Code = code.FAPoorlyFormedRequest
	case h.has("everything is 129") && p.Code == code.HAMobileNodeFailedAuthentication:
		p.Code = code.HAIdentificationMismatch
	case h.has("reserved Code") && p.Code.Accepted() && r.Lifetime == mipv4.Deregister:
		p.Lifetime = 60
	}
}

// spoil has the defects of the whole answer.
func (h *homeAgent) spoil(b, answer []byte) []byte {
	switch {
	case h.has("24 octets") && answer != nil:
		out := make([]byte, 24)
		copy(out, answer[:12])
		copy(out[16:], answer[12:20])
		return out
	case h.has("answers without parsing"):
		out := make([]byte, 20)
		out[0] = 3
		copy(out[2:4], []byte{7, 8})
		if len(b) >= 24 {
			copy(out[4:12], b[4:12])
			copy(out[12:], b[16:24])
		}
		return out
	case h.has("answers replies") && len(b) >= 20 && b[0] == 3:
		out := append([]byte{}, b[:20]...)
		return out
	case h.has("uninitialised memory") && len(b) < 24:
		out := make([]byte, 20)
		out[0], out[1] = 3, 134
		copy(out[4:], b)
		binary.BigEndian.PutUint64(out[12:], math.Float64bits(3.14159))
		out[8] = 0x7f
		out[9] = 0xfe
		return out
	case h.has("trailing octets") && answer != nil:
		return append(answer, 150)
	}
	return answer
}

// dies has the defects that kill.
func (h *homeAgent) dies(b []byte) {
	var r mipv4.Request
	readable := r.Parse(b) == nil
	unbound := readable && r.Lifetime == mipv4.Deregister && (h.nodes[r.HomeAddress] == nil || !h.nodes[r.HomeAddress].bound)
	length := -1
	if readable {
		for x := range r.Extensions.All() {
			if x.Kind() == ext.KindNVSE {
				length = max(length, len(x.Body()))
			}
			if x.Type() == 0 && h.has("dies of paddings") {
				os.Exit(3)
			}
			if x.Type() == 38 && h.has("dies of CVSE") {
				os.Exit(3)
			}
		}
	}
	h.complains(unbound, length, readable && r.Flags.Has(mipv4.FlagGRE))
	switch {
	case h.has("dies of an empty datagram") && len(b) == 0:
		os.Exit(4)
	case h.has("dies of short datagrams") && len(b) > 0 && len(b) < 24:
		_ = b[24]
	case h.has("dies of a deregistration") && unbound:
		var p *node
		p.bound = true
	case h.has("dies of a Length") && length > 15:
		os.Exit(5)
	case h.has("hangs of a Length") && length > 15:
		select {}
	case h.has("dies of a flag") && readable && r.Flags.Has(mipv4.FlagGRE):
		segfault()
	case h.has("dies of a cut Length") && len(b) > 24 && !readable && r.Parse(b) == ext.ErrOverrun:
		panic("runtime error: slice bounds out of range")
	}
}

// complains says, as sanitizers do that let a program go on, each thing once.
func (h *homeAgent) complains(unbound bool, length int, flag bool) {
	say := func(name, text string) {
		if h.has(name) && !h.said[name] {
			h.said[name] = true
			fmt.Fprint(os.Stderr, text)
		}
	}
	if length > 15 {
		say("complains of a Length", "agent.c:77:12: runtime error: load of value "+strconv.Itoa(rand.IntN(200))+", which is not a valid value for type 'bool'\n")
	}
	if unbound {
		say("complains of a deregistration", "==4711==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010\nREAD of size 4\n"+
			"SUMMARY: AddressSanitizer: heap-use-after-free binding.c:30:9 in unbind\n")
	}
	if flag {
		say("complains of a flag", "agent.c:90:3: runtime error: shift exponent 40 is too large for 32-bit type 'int'\n")
	}
	say("complains of everything", "agent.c:5:1: runtime error: signed integer overflow: 2147483647 + 1 cannot be represented in type 'int'\n")
}

const (
	testKey    = "31323334353637383132333435363738"
	testFHKey  = "666f726569676e20616e6420686f6d65"
	testFHFlag = "2000:hmac-sha1:" + testFHKey
)
