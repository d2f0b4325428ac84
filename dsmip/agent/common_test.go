package agent_test

import (
	"encoding/binary"
	"net/netip"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// The nodes of the tests, by their addresses.
var (
	homeAgent    = netip.MustParseAddr("192.0.2.1")
	homeAddress  = netip.MustParseAddr("192.0.2.10")
	foreignAgent = netip.MustParseAddr("198.51.100.1")
	coLocated    = netip.MustParseAddr("198.51.100.7")
	natted       = netip.MustParseAddr("203.0.113.9")
	stranger     = netip.MustParseAddr("192.0.2.99")
	anyAddress   = netip.IPv4Unspecified()
)

// noon is the time of day in the tests.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// keys are the associations that the nodes of the tests share.
type keys struct {
	mobileHome, mobileForeign, foreignHome, aaa ext.Association
}

func (k keys) of(kind ext.Kind) ext.Association {
	switch kind {
	case ext.KindMobileHomeAuth:
		return k.mobileHome
	case ext.KindMobileForeignAuth:
		return k.mobileForeign
	case ext.KindForeignHomeAuth:
		return k.foreignHome
	case ext.KindMNAAAAuth:
		return k.aaa
	}
	return nil
}

func newContext(spi uint32, key string) ext.SecurityContext {
	c, err := ext.NewSecurityContext(spi, ext.HMACMD5, []byte(key))
	if err != nil {
		panic(err)
	}
	return c
}

// newCHAP returns a context that verifies but may not sign.
func newCHAP(key string) ext.SecurityContext {
	c, err := ext.NewSecurityContext(2, ext.CHAP, []byte(key))
	if err != nil {
		panic(err)
	}
	return c
}

// The security contexts of the tests.
var (
	oldHome = newContext(299, "mobile and home, as it was")
	mh      = newContext(300, "mobile and home")
	mf      = newContext(301, "mobile and foreign")
	fh      = newContext(302, "foreign and home")
	aaa     = newContext(303, "mobile and AAA")
	forged  = newContext(300, "a guess")

	onlyCHAP = ext.Association{newCHAP("one time")}

	allKeys = keys{ext.Association{oldHome, mh}, ext.Association{mf}, ext.Association{fh}, ext.Association{aaa}}
)

// receiver returns one of a role with keys, under a profile.
func receiver(role code.Role, p dsmip.Profile, k keys) *agent.Receiver {
	v := &agent.Receiver{
		Role:         role,
		Situation:    rules.Situation{Profile: p, Receiver: &rules.Receiver{}},
		Associations: func(kind ext.Kind, r mipv4.Request, from agent.Arrival) ext.Association { return k.of(kind) },
	}
	switch role {
	case code.HomeAgent:
		state := &agent.Replay{Style: agent.ByTimestamps}
		v.Situation.Receiver.Addresses = []netip.Addr{homeAgent}
		v.Replay = func(r mipv4.Request, c ext.SecurityContext) *agent.Replay { return state }
	case code.ForeignAgent:
		v.Situation.Receiver.Addresses = []netip.Addr{netip.MustParseAddr("10.0.0.1"), foreignAgent}
		v.Situation.Receiver.CareOfAddresses = []netip.Addr{foreignAgent}
	}
	return v
}

// from returns the arrival of a datagram at noon.
func from(a netip.Addr, to netip.Addr) agent.Arrival {
	return agent.Arrival{From: netip.AddrPortFrom(a, 434), To: netip.AddrPortFrom(to, 434), TTL: 255, Time: noon}
}

// request returns the fixed part of a request at noon.
func request(flags mipv4.Flags, careOf netip.Addr) mipv4.Request {
	return mipv4.Request{Flags: flags, Lifetime: 1800, HomeAddress: homeAddress, HomeAgent: homeAgent, CareOfAddress: careOf,
		Identification: mipv4.Timestamp(noon, 0x12345678)}
}

// message returns a message of parts.
func message(t testing.TB, parts ...agent.Part) []byte {
	t.Helper()
	msg, err := mipv4.Append(nil, parts...)
	if err != nil {
		t.Fatal(err)
	}
	return msg
}

// raw returns a part that is an extension of bytes.
func raw(k ext.Kind, body ...byte) agent.Part {
	return func(b []byte) ([]byte, error) { return ext.AppendRaw(b, k, body) }
}

var (
	signMH   = mh.Signer(ext.KindMobileHomeAuth)
	signMF   = mf.Signer(ext.KindMobileForeignAuth)
	signFH   = fh.Signer(ext.KindForeignHomeAuth)
	signAAA  = aaa.Signer(ext.KindMNAAAAuth)
	forgedMH = forged.Signer(ext.KindMobileHomeAuth)
	forgedMF = forged.Signer(ext.KindMobileForeignAuth)
	forgedFH = forged.Signer(ext.KindForeignHomeAuth)
	forgedA  = forged.Signer(ext.KindMNAAAAuth)
)

// prefix returns the part that asks for a prefix.
func prefix(s string) agent.Part {
	return dsmip.RequestPrefix(netip.MustParsePrefix(s)).AppendBinary
}

func parsedReply(t testing.TB, b []byte) mipv4.Reply {
	t.Helper()
	r, err := mipv4.ParseReply(b)
	if err != nil {
		t.Fatalf("%v: %x", err, b)
	}
	return r
}

// typesOf returns the types of a list's extensions.
func typesOf(l ext.List) (types []int) {
	for x := range l.All() {
		types = append(types, int(x.Type()))
	}
	return types
}

// word returns four bytes.
func word(v uint32) []byte { return binary.BigEndian.AppendUint32(nil, v) }

// The request of the benchmarks and of the gate: a co-located mobile node's, with a
// name, a prefix and IPv6 Tunneling Mode.
func ordinaryRequest(t testing.TB) []byte {
	return message(t, request(mipv4.FlagDecapsulation, coLocated).AppendBinary, ext.MobileNodeNAI{Identifier: []byte("node@example.org")}.AppendBinary,
		prefix("2001:db8:1::/48"), dsmip.TunnelingMode{}.AppendBinary, signMH)
}
