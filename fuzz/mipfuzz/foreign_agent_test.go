package main

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

const (
	testMFKey  = "6d6f62696c6520616e6420666f726569"
	testMFFlag = "1000:hmac-sha1:" + testMFKey
)

// foreignAgent is the reference foreign agent: RFC 5944 §3.7 and the rule book.
type foreignAgent struct {
	spec                       *agentSpec
	request, reply             rules.Situation
	mobileForeign, foreignHome ext.SecurityContext
	conn, spare                *net.UDPConn
	home                       netip.AddrPort
	pending                    map[sentKey]pendingRequest
}

// pendingRequest is a request that was relayed.
type pendingRequest struct {
	r    mipv4.Request
	from netip.AddrPort
}

func newForeignAgent(s *agentSpec) *foreignAgent {
	must := func(c ext.SecurityContext, err error) ext.SecurityContext {
		if err != nil {
			panic(err)
		}
		return c
	}
	f := &foreignAgent{spec: s, home: netip.MustParseAddrPort(s.Home), pending: map[sentKey]pendingRequest{}}
	profile, err := dsmip.ParseProfile(s.Profile)
	if err != nil {
		panic(err)
	}
	f.request = rules.Situation{Leg: code.MNtoFA, Profile: profile, MobileForeign: rules.Shared, ForeignHome: rules.None}
	f.mobileForeign = must(association("1000", "hmac-sha1", testMFKey))
	if s.ForeignHome {
		f.request.ForeignHome = rules.Shared
		f.foreignHome = must(association("2000", "hmac-sha1", testFHKey))
	}
	f.request.Implements = func(k ext.Kind) bool { return k.Type() != 127 && !slices.Contains(s.Lacks, int(k.Type())) }
	f.request.ImplementsVendor = func(vendor uint32, _ uint16) bool { return vendor == 32473 }
	f.reply = f.request
	f.reply.Leg = code.HAtoFA
	return f
}

func (f *foreignAgent) has(defect string) bool { return slices.Contains(f.spec.Defects, defect) }

func (f *foreignAgent) serve(conn *net.UDPConn) {
	f.conn = conn
	buf := make([]byte, 1<<16)
	for {
		n, from, err := conn.ReadFromUDPAddrPort(buf)
		if err != nil {
			return
		}
		if b := append([]byte{}, buf[:n]...); from == f.home {
			f.fromHome(b)
		} else {
			f.fromMobile(b, from)
		}
	}
}

func (f *foreignAgent) fromMobile(b []byte, from netip.AddrPort) {
	r, err := mipv4.ParseRequest(b)
	if err != nil {
		return
	}
	deny := func(c code.Registration) {
		p, err := (mipv4.Answer{Role: code.ForeignAgent}).Reply(&r, c)
		if err != nil {
			panic(err)
		}
		msg, err := p.AppendBinary(nil)
		if err == nil && !f.has("unsigned denials") {
			msg, err = f.mobileForeign.Sign(msg, ext.KindMobileForeignAuth)
		}
		if err != nil {
			panic(err)
		}
		_, _ = f.conn.WriteToUDPAddrPort(msg, from)
	}
	for v := range f.request.Request(&r) {
		if v.Fault == nil || f.has("skips the rule book") {
			continue
		}
		re := v.Fault.Reaction(code.ForeignAgent)
		if !re.Stops() || re.Advised() {
			continue
		}
		if p, ok := (mipv4.Answer{Role: code.ForeignAgent}).Refuse(&r, v.Fault); ok {
			deny(p.Code)
		}
		return
	}
	if a, err := r.Extensions.Auth(ext.KindMobileForeignAuth); err != nil {
		return
	} else if _, err := f.mobileForeign.Verify(a); err != nil && !f.has("trusts mobile nodes") {
		deny(code.FAMobileNodeFailedAuthentication)
		return
	}
	for x := range r.Extensions.All() {
		if f.has("dies of NVSE") && x.Kind() == ext.KindNVSE {
			os.Exit(9)
		}
	}
	msg, err := r.Authorized()
	if err != nil {
		return
	}
	msg = append([]byte{}, msg...)
	if f.has("leaves Mobile-Foreign") {
		msg = append([]byte{}, b...)
	}
	if f.has("changes requests") {
		msg[2] ^= 1
	}
	if f.spec.ForeignHome && r.Lifetime != mipv4.Deregister && !f.has("forgets Foreign-Home") {
		if msg, err = f.foreignHome.Sign(msg, ext.KindForeignHomeAuth); err != nil {
			panic(err)
		}
	}
	home := r.HomeAddress.As4()
	key := sentKey{home: uint32(home[0])<<24 | uint32(home[1])<<16 | uint32(home[2])<<8 | uint32(home[3]), low: r.Identification.Low()}
	f.pending[key] = pendingRequest{r, from}
	_, _ = f.conn.WriteToUDPAddrPort(msg, f.home)
}

func (f *foreignAgent) fromHome(b []byte) {
	r, err := mipv4.ParseReply(b)
	if err != nil {
		if f.has("dies of what is malformed") {
			os.Exit(12)
		}
		return
	}
	key, _ := keyOf(b)
	p, ok := f.pending[key]
	if !ok && f.has("relays any reply") {
		for k, q := range f.pending { // by the home address alone
			if k.home == key.home {
				p, ok = q, true
			}
		}
	}
	if !ok {
		return
	}
	for v := range f.reply.Reply(&r, &p.r) {
		if v.Fault == nil || f.has("relays any reply") && v.Fault == mipv4.ErrOtherIdentification {
			continue
		}
		if re := v.Fault.Reaction(code.ForeignAgent); re.Stops() && !re.Advised() {
			return
		}
	}
	if a, err := r.Extensions.Auth(ext.KindForeignHomeAuth); f.spec.ForeignHome && err == nil {
		if _, err := f.foreignHome.Verify(a); err != nil && !f.has("trusts home agents") {
			return
		}
	}
	msg, err := r.Authorized()
	if err != nil {
		return
	}
	msg = append([]byte{}, msg...)
	if f.has("changes replies") {
		msg[3] ^= 1
	}
	if !f.has("forgets Mobile-Foreign") {
		if msg, err = f.mobileForeign.Sign(msg, ext.KindMobileForeignAuth); err != nil {
			panic(err)
		}
	}
	if f.spec.SendsHome {
		// RFC 5944 §3.7.3.2, §3.7.2.3.
		_, _ = f.conn.WriteToUDPAddrPort(msg, netip.AddrPortFrom(r.HomeAddress, p.from.Port()))
		return
	}
	out := f.conn
	if f.has("relays from another port") {
		if f.spare == nil {
			if f.spare, err = net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)}); err != nil {
				panic(err)
			}
		}
		out = f.spare
	}
	_, _ = out.WriteToUDPAddrPort(msg, p.from)
}

// visit registers through a foreign agent until a reply accepts, whatever else is in it, and
// ends the process: what the foreign agent relays is what the mobile node takes.
func visit(agent string, s *agentSpec) {
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	mobileHome, err := association("256", "hmac-md5", testKey)
	must(err)
	mobileForeign, err := association("1000", "hmac-sha1", testMFKey)
	must(err)
	address, err := net.ResolveUDPAddr("udp4", agent)
	must(err)
	conn, err := net.DialUDP("udp4", nil, address)
	must(err)
	buf := make([]byte, 1<<16)
	for n := uint32(0); ; n++ {
		msg, err := mipv4.Request{
			Lifetime: 1800, HomeAddress: netip.MustParseAddr("198.18.0.9"), HomeAgent: netip.MustParseAddrPort(s.Home).Addr(),
			CareOfAddress: address.AddrPort().Addr().Unmap(), Identification: mipv4.Timestamp(time.Now(), n),
		}.AppendBinary(nil)
		must(err)
		msg, err = mobileHome.Sign(msg, ext.KindMobileHomeAuth)
		must(err)
		msg, err = mobileForeign.Sign(msg, ext.KindMobileForeignAuth)
		must(err)
		_, _ = conn.Write(msg)
		_ = conn.SetReadDeadline(time.Now().Add(25 * time.Millisecond))
		for {
			k, err := conn.Read(buf)
			if err != nil {
				break
			}
			if accepted(buf[:k]) {
				os.Exit(0)
			}
		}
	}
}

// serveForeign plays a home agent for a foreign agent that has a visitor.
func serveForeign(t *testing.T, s agentSpec, args ...string) result {
	t.Helper()
	_, port, _ := strings.Cut(freePort(t), ":")
	s.Leg, s.Profile, s.Listen = "ha-fa", "draft06", "127.0.0.1:0"
	s.Home = fmt.Sprintf("127.0.2.%d:%s", 1+homeAgents.Add(1)%250, port)
	all := []string{"serve", "-leg", "ha-fa", "-listen", s.Home, "-key", testKey, "-json", "-patience", "250ms", "-wait", "2s", "-exec", s.command()}
	if s.ForeignHome {
		all = append(all, "-fhae", testFHFlag)
	}
	return parsed(t, append(all, args...))
}

// TestServeForeignAgent: a foreign agent that conforms yields no finding to the home agent
// that mipfuzz plays, and what others do wrong is found.
func TestServeForeignAgent(t *testing.T) {
	t.Parallel()
	for _, d := range []seeded{
		{},
		{spec: agentSpec{ForeignHome: true}},
		{defect: "relays any reply", rank: "unauthentic", want: "takes a reply that must be discarded"},
		{defect: "trusts home agents", rank: "unauthentic", want: "takes a reply that must be discarded", spec: agentSpec{ForeignHome: true}},
		{defect: "forgets Foreign-Home", rank: "unsigned", want: "Foreign-Home", spec: agentSpec{ForeignHome: true}},
		{defect: "leaves Mobile-Foreign", rank: "unsigned", want: "Mobile-Foreign"},
		{defect: "dies of what is malformed", rank: "crash", want: "exit status 12"},
	} {
		if testing.Short() && d.defect != "" && d.defect != "trusts home agents" {
			continue
		}
		t.Run(strings.TrimSpace(fmt.Sprint(d.defect, " ", d.spec.ForeignHome)), func(t *testing.T) {
			t.Parallel()
			s := d.spec
			if d.defect != "" {
				s.Defects = []string{d.defect}
			}
			patiently(t, func() string {
				r := serveForeign(t, s, "-count", scaled("120", "120", "400"))
				return d.missed(r)
			})
		})
	}
}

// homeAgents counts the home agents that were played, each at an address of its own.
var homeAgents atomic.Uint32

// attackForeign runs mipfuzz against a foreign agent and plays the home agent.
func attackForeign(t *testing.T, s agentSpec, args ...string) result {
	t.Helper()
	s.Leg = "mn-fa"
	_, port, _ := strings.Cut(freePort(t), ":")
	home := fmt.Sprintf("127.0.2.%d", 1+homeAgents.Add(1)%250)
	s.Home = home + ":" + port
	return attackOf(t, s, append([]string{"-mfae", testMFFlag, "-home-agent", home, "-home-port", port, "-homes", "127.64.0.0/16"}, args...)...)
}

// TestForeignAgent: one that conforms yields no finding, and is seen to relay.
func TestForeignAgent(t *testing.T) {
	t.Parallel()
	for _, s := range []agentSpec{{}, {SendsHome: true}, {Profile: "rfc5454", ForeignHome: true}} {
		r := attackForeign(t, s, "-count", "1500")
		for _, f := range r.findings {
			t.Errorf("%s: %s [%s] %s; on %s, %v, %d times\npacket %s\nanswer %s", f.Rank, f.Violation, f.Source, f.Seen, f.Trigger, f.Mutations, f.Count, f.Packet, f.Answer)
		}
		if r.status != exitClean || r.summary.Answered < 300 {
			t.Errorf("status %d %s %+v", r.status, r.stderr, r.summary)
		}
	}
}

// TestForeignDefects: what a foreign agent does wrong is found.
func TestForeignDefects(t *testing.T) {
	t.Parallel()
	for _, d := range []seeded{
		{defect: "trusts mobile nodes", rank: "unauthentic", want: "relays what must be refused"},
		{defect: "skips the rule book", rank: "forbidden", want: "relays what must be refused"},
		{defect: "leaves Mobile-Foreign", rank: "unsigned", want: "Mobile-Foreign"},
		{defect: "changes requests", rank: "answer", want: "changes what the mobile node signed"},
		{defect: "forgets Foreign-Home", rank: "unsigned", want: "Foreign-Home", spec: agentSpec{ForeignHome: true}},
		{defect: "trusts home agents", rank: "unauthentic", want: "relays a reply that must be discarded", spec: agentSpec{ForeignHome: true}},
		// The replies of a campaign answer conforming requests only, and take more of them.
		{defect: "relays any reply", rank: "unauthentic", want: "relays a reply that must be discarded", flags: []string{"-count", "5000"}},
		{defect: "changes replies", rank: "answer", want: "changes what the home agent signed"},
		{defect: "relays from another port", rank: "answer", want: "another UDP port"},
		{defect: "forgets Mobile-Foreign", rank: "unsigned", want: "Mobile-Foreign"},
		{defect: "unsigned denials", rank: "unsigned", want: "Mobile-Foreign"},
		{defect: "dies of NVSE", rank: "crash", want: "Normal Vendor"},
	} {
		if testing.Short() && d.defect != "trusts mobile nodes" && d.defect != "relays any reply" {
			continue
		}
		t.Run(d.defect, func(t *testing.T) {
			t.Parallel()
			s := d.spec
			s.Defects = []string{d.defect}
			patiently(t, func() string {
				r := attackForeign(t, s, append([]string{"-count", "3000"}, d.flags...)...)
				found, all := d.named(r.findings)
				if !found || len(r.findings) > mostGroups {
					return fmt.Sprintf("status %d, %d groups %s\n%s", r.status, len(r.findings), r.stderr, all)
				}
				return ""
			})
		})
	}
}
