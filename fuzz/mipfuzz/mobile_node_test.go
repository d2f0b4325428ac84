package main

import (
	"fmt"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// mobileNode is the reference mobile node: it registers until a reply that it may
// take accepts, RFC 5944 §3.6 and the rule book, and then ends.
type mobileNode struct {
	spec       *agentSpec
	reply      rules.Situation
	mobileHome ext.SecurityContext
	conn       *net.UDPConn
}

func newMobileNode(s *agentSpec) *mobileNode {
	key, err := association("256", "hmac-md5", testKey)
	if err != nil {
		panic(err)
	}
	profile, err := dsmip.ParseProfile(s.Profile)
	if err != nil {
		panic(err)
	}
	address, err := net.ResolveUDPAddr("udp4", s.Home)
	if err != nil {
		panic(err)
	}
	conn, err := net.DialUDP("udp4", nil, address)
	if err != nil {
		panic(err)
	}
	return &mobileNode{s, rules.Situation{Leg: code.HAtoMN, Profile: profile}, key, conn}
}

func (m *mobileNode) has(defect string) bool { return slices.Contains(m.spec.Defects, defect) }

// register sends requests until one is accepted.
func (m *mobileNode) register() {
	home := netip.MustParseAddr("198.18.0.7")
	agent := netip.MustParseAddrPort(m.spec.Home).Addr()
	buf := make([]byte, 1<<16)
	fixed := mipv4.Timestamp(time.Now(), 0)
	for n := uint32(0); ; n++ {
		id := mipv4.Timestamp(time.Now(), n)
		if m.has("repeats the Identification") {
			id = fixed
		}
		r := mipv4.Request{Flags: mipv4.FlagDecapsulation, Lifetime: 1800, HomeAddress: home, HomeAgent: agent, CareOfAddress: netip.MustParseAddr("127.0.0.2"), Identification: id}
		msg, err := r.AppendBinary(nil)
		if err == nil && !m.has("unsigned") {
			msg, err = m.mobileHome.Sign(msg, ext.KindMobileHomeAuth)
		}
		if err != nil {
			panic(err)
		}
		sent, err := mipv4.ParseRequest(msg)
		if err != nil {
			panic(err)
		}
		_, _ = m.conn.Write(msg)
		_ = m.conn.SetReadDeadline(time.Now().Add(60 * time.Millisecond))
		for {
			k, err := m.conn.Read(buf)
			if err != nil {
				break
			}
			if m.takes(buf[:k], &sent) {
				os.Exit(0)
			}
		}
	}
}

// takes reports whether a reply accepts the request and is to be believed.
func (m *mobileNode) takes(b []byte, sent *mipv4.Request) bool {
	r, err := mipv4.ParseReply(b)
	if err != nil {
		if m.has("dies of what is malformed") {
			os.Exit(11)
		}
		return false
	}
	if !r.Code.Accepted() {
		return false
	}
	if m.has("takes anything") {
		return true
	}
	if r.Answers(sent) != nil && !m.has("takes any Identification") {
		return false
	}
	for v := range m.reply.Reply(&r, sent) {
		switch {
		case v.Fault == nil, m.has("takes any Identification") && v.Fault == mipv4.ErrOtherIdentification,
			m.has("takes what is unsigned") && v.Fault == rules.ErrReplyNoMobileHome:
			continue
		}
		if re := v.Fault.Reaction(code.MobileNode); re.Stops() {
			return false
		}
	}
	a, err := r.Extensions.Auth(ext.KindMobileHomeAuth)
	if err != nil {
		return m.has("takes what is unsigned")
	}
	_, err = m.mobileHome.Verify(a)
	return err == nil || m.has("takes any authenticator")
}

// serveMobile plays a home agent for a mobile node.
func serveMobile(t *testing.T, s agentSpec, args ...string) result {
	t.Helper()
	s.Leg, s.Home, s.Profile = "ha-mn", fmt.Sprintf("127.0.3.%d:", 1+homeAgents.Add(1)%250), "draft06"
	_, port, _ := strings.Cut(freePort(t), ":")
	s.Home += port
	return parsed(t, append([]string{"serve", "-listen", s.Home, "-key", testKey, "-json", "-patience", "250ms", "-wait", "2s", "-exec", s.command()}, args...))
}

// TestMobileNode: a mobile node that conforms yields no finding, and what others do
// wrong is found.
func TestMobileNode(t *testing.T) {
	t.Parallel()
	for _, d := range []seeded{
		{},
		{defect: "takes anything", rank: "unauthentic", want: "takes a reply that must be discarded"},
		{defect: "takes any Identification", rank: "unauthentic", want: "takes a reply that must be discarded"},
		{defect: "takes any authenticator", rank: "unauthentic", want: "takes a reply that must be discarded"},
		{defect: "takes what is unsigned", rank: "unauthentic", want: "takes a reply that must be discarded"},
		{defect: "unsigned", rank: "unsigned", want: "the request is wrong"},
		{defect: "repeats the Identification", rank: "answer", want: "Identification again"},
		{defect: "dies of what is malformed", rank: "crash", want: "exit status 11"},
	} {
		if testing.Short() && d.defect != "" && d.defect != "dies of what is malformed" {
			continue
		}
		t.Run(d.defect, func(t *testing.T) {
			t.Parallel()
			s := agentSpec{}
			if d.defect != "" {
				s.Defects = []string{d.defect}
			}
			patiently(t, func() string {
				r := serveMobile(t, s, "-count", scaled("40", "120", "400"))
				return d.missed(r)
			})
		})
	}
}
