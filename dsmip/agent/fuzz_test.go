package agent_test

import (
	"crypto/hmac"
	"crypto/md5"
	"encoding/binary"
	"net/netip"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// secretOf has the keys of the tests by SPI, for who verifies without this library.
var secretOf = map[uint32]string{299: "mobile and home, as it was", 300: "mobile and home", 301: "mobile and foreign", 302: "foreign and home", 303: "mobile and AAA"}

// protectedBy reports whether an authentication extension of one of the types behind an
// offset of the message is valid, and protects what stands there: HMAC-MD5 over the
// message up to and including its SPI (RFC 5944 §3.5.1, RFC 4721 §6).
func protectedBy(l ext.List, offset int, types ...byte) bool {
	msg := l.Message()
	for x := range l.All() {
		for _, t := range types {
			header := 2
			if t == 36 {
				header = 4
			}
			at := x.Offset()
			if at <= offset || msg[at] != t || t == 36 && msg[at+1] != 1 || len(x.Bytes()) != header+4+16 {
				continue
			}
			h := hmac.New(md5.New, []byte(secretOf[binary.BigEndian.Uint32(msg[at+header:])]))
			h.Write(msg[:at+header+4])
			if hmac.Equal(h.Sum(nil), msg[at+header+4:at+header+20]) {
				return true
			}
		}
	}
	return false
}

// fuzzed returns a receiver by the bits of how, and where a datagram comes from.
func fuzzed(how uint16, roles ...code.Role) (*agent.Receiver, agent.Arrival) {
	bit := func(i int) bool { return how>>i&1 != 0 }
	k := allKeys
	for i, a := range []*ext.Association{&k.mobileHome, &k.mobileForeign, &k.foreignHome, &k.aaa} {
		if bit(i) {
			*a = nil
		}
	}
	role := roles[0]
	if bit(4) {
		role = roles[1]
	}
	profile := dsmip.Draft06
	if bit(5) {
		profile = dsmip.RFC5454
	}
	v := receiver(role, profile, k)
	if bit(6) {
		v.Situation.Edition = rules.RFC3344
	}
	if bit(7) {
		v.Replay = func(mipv4.Request, ext.SecurityContext) *agent.Replay {
			return &agent.Replay{Style: agent.ByNonces}
		}
		v.Nonce = func() uint32 { return 1 }
	}
	if bit(8) {
		v.Situation.Implements = func(k ext.Kind) bool { return k%3 != 0 }
	}
	source := []netip.Addr{coLocated, homeAddress, foreignAgent, homeAgent}[how>>9&3]
	to := []netip.Addr{homeAgent, foreignAgent}[how>>11&1]
	a := from(source, to)
	a.Leg = code.Leg(how >> 12 & 7)
	return v, a
}

// signedToo is the bit that has what is fuzzed signed, so that it gets past the
// authenticators.
const signedToo = uint16(1 << 15)

// resigned returns b, signed by the mobile node or the home agent, and what stands behind,
// signed in its turn with Mobile-Foreign or Foreign-Home.
func resigned(b, behind []byte, how uint16, mobileForeign bool) []byte {
	if how&signedToo == 0 {
		return b
	}
	last := signFH
	if mobileForeign {
		last = signMF
	}
	msg, err := signMH(b[:len(b):len(b)])
	if err == nil && len(behind) > 0 {
		if signed, err := last(append(msg, behind...)); err == nil {
			return signed
		}
	}
	return msg
}

func FuzzRequest(f *testing.F) {
	d, r := request(mipv4.FlagDecapsulation, coLocated).AppendBinary, request(0, foreignAgent).AppendBinary
	for _, p := range [][]agent.Part{
		{d, signMH},
		{d, prefix("2001:db8:1::/48"), dsmip.TunnelingMode{}.AppendBinary, signMH, dsmip.TunnelingMode{}.AppendBinary},
		{r, prefix("2001:db8:1::/48"), signMH, raw(ext.KindChallenge, 1), signAAA, ext.GREKey{KeyIdentifier: 1}.AppendBinary, signFH},
		{r, signMH, raw(ext.KindChallenge, 1), signMF},
		{d, signAAA}, {d, forgedMH}, {d, signMH, forgedMH}, {r, signMH, signFH, signFH}, {d},
	} {
		for how := range uint16(4) {
			f.Add(message(f, p...), []byte{}, how<<9)
		}
		f.Add(message(f, p...), []byte{}, uint16(1<<4|1<<9))
	}
	f.Add(message(f, r, prefix("2001:db8:1::/48")), message(f, raw(ext.KindChallenge, 1), raw(200<<8, 1)), signedToo|2<<9)
	f.Add(message(f, d, prefix("2001:db8:1::/48"), raw(200<<8, 1)), []byte{}, signedToo)
	f.Fuzz(func(t *testing.T, b, behind []byte, how uint16) {
		v, arrival := fuzzed(how, code.HomeAgent, code.ForeignAgent)
		b = resigned(b, behind, how, v.Role == code.ForeignAgent)
		g, err := v.Request(b, arrival)
		if err != nil {
			if _, ok := err.(*code.Fault); !ok {
				t.Fatalf("%T", err)
			}
			if _, err := g.Reply(nil, code.RegistrationAccepted); err != agent.ErrRefused {
				t.Fatalf("accepted in spite of %v", err)
			}
			if denial, ok := g.Refuse(nil, err); ok {
				judgeAnswer(t, v, &g, denial)
				if parsedReply(t, denial).Code.Accepted() {
					t.Fatalf("%v is answered with an acceptance", err)
				}
			}
			return
		}
		l := g.Request.Extensions
		if v.Role == code.HomeAgent && !(protectedBy(l, 0, 32) || protectedBy(l, 0, 36)) {
			t.Fatal("accepted without authorization")
		}
		mine := []byte{32, 36}
		if v.Role == code.ForeignAgent {
			mine = []byte{33, 36}
		}
		for x := range g.Mobile().All() {
			if !protectedBy(l, x.Offset(), mine...) {
				t.Fatalf("%v is not protected", x)
			}
		}
		for x := range g.Foreign().All() {
			if !protectedBy(l, x.Offset(), 34) || protectedBy(l, x.Offset(), 32) {
				t.Fatalf("%v is not the foreign agent's", x)
			}
		}
		if v.Role == code.ForeignAgent {
			if relayed, err := g.Relay(nil); err == nil {
				if _, err := mipv4.ParseRequest(relayed); err != nil {
					t.Fatal(err)
				}
			}
			return
		}
		g.HomeAddress = homeAddress
		answer, err := g.Reply(nil, code.RegistrationAccepted, func(b []byte) ([]byte, error) {
			for q := range g.Prefixes() {
				reply, err := q.Answer(code.PrefixReasonUnspecified).AppendBinary(b)
				if err != nil {
					return b, err
				}
				b = reply
			}
			return b, nil
		})
		if err == nil {
			judgeAnswer(t, v, &g, answer)
		}
	})
}

// judgeAnswer fails unless a reply is signed as it must be.
func judgeAnswer(t *testing.T, v *agent.Receiver, g *agent.Registration, b []byte) {
	t.Helper()
	r := parsedReply(t, b)
	if r.Answers(&g.Request) != nil && g.HomeAddress != homeAddress {
		t.Fatalf("does not answer: %v", r)
	}
	shared := func(k ext.Kind) bool { return len(v.Associations(k, g.Request, g.Arrival)) != 0 }
	switch v.Role {
	case code.HomeAgent:
		deregisters := g.Request.Lifetime == mipv4.Deregister && v.Situation.Edition == rules.RFC5944
		if !protectedBy(r.Extensions, 0, 32) || g.Arrival.Leg == code.FAtoHA && shared(ext.KindForeignHomeAuth) && !deregisters && !protectedBy(r.Extensions, 0, 34) {
			t.Fatalf("not signed: %v", r)
		}
	case code.ForeignAgent:
		if shared(ext.KindMobileForeignAuth) && !protectedBy(r.Extensions, 0, 33) {
			t.Fatalf("not signed: %v", r)
		}
	}
}

func FuzzReply(f *testing.F) {
	asked := parsedRequest(f, request(mipv4.FlagDecapsulation, coLocated).AppendBinary, prefix("2001:db8:1::/48"), dsmip.RequestAnyPrefix(0).AppendBinary, signMH)
	fixed := mipv4.Reply{Lifetime: 600, HomeAddress: homeAddress, HomeAgent: homeAgent, Identification: asked.Identification}
	denied := fixed
	denied.Code = code.FAInsufficientResources
	granted := dsmip.PrefixReply{PrefixLength: 48, Prefix: netip.MustParseAddr("2001:db8:1::")}.AppendBinary
	for _, p := range [][]agent.Part{
		{fixed.AppendBinary, granted, signMH, granted}, {fixed.AppendBinary, granted, signMH, raw(ext.KindChallenge, 1), signFH},
		{fixed.AppendBinary, granted, signMH, raw(ext.KindChallenge, 1), signMF}, {denied.AppendBinary, signMF}, {fixed.AppendBinary, forgedMH}, {denied.AppendBinary},
	} {
		for leg := range uint16(7) {
			f.Add(message(f, p...), []byte{}, leg<<12)
			f.Add(message(f, p...), []byte{}, leg<<12|1<<4)
		}
	}
	f.Add(message(f, fixed.AppendBinary, granted), message(f, raw(ext.KindChallenge, 1), raw(200<<8, 1)), signedToo|1<<4)
	f.Add(message(f, fixed.AppendBinary, granted), message(f, raw(ext.KindChallenge, 1)), signedToo|6<<12)
	f.Fuzz(func(t *testing.T, b, behind []byte, how uint16) {
		v, arrival := fuzzed(how, code.MobileNode, code.ForeignAgent)
		b = resigned(b, behind, how, v.Role == code.MobileNode)
		g, err := v.Reply(b, &asked, arrival)
		if err != nil {
			if g.Accepted() || g.Granted() != 0 {
				t.Fatalf("accepted in spite of %v", err)
			}
			for o := range g.Outcomes() {
				if o.Accepted() {
					t.Fatalf("%v in spite of %v", o, err)
				}
			}
			if told, ok := g.Refuse(nil, err); ok {
				r := parsedReply(t, told)
				if len(v.Associations(ext.KindMobileForeignAuth, asked, arrival)) != 0 && !protectedBy(r.Extensions, 0, 33) {
					t.Fatalf("not signed: %v", r)
				}
			}
			return
		}
		l := g.Reply.Extensions
		home := byte(32)
		if v.Role == code.ForeignAgent {
			home = 34
		}
		if v.Role == code.MobileNode && g.Accepted() && !protectedBy(l, 0, 32) {
			t.Fatal("accepted without authorization")
		}
		for x := range g.Home().All() {
			if !protectedBy(l, x.Offset(), home) {
				t.Fatalf("%v is not protected", x)
			}
		}
		for x := range g.Foreign().All() {
			if !protectedBy(l, x.Offset(), 33) {
				t.Fatalf("%v is not protected", x)
			}
		}
		for o := range g.Outcomes() {
			if o.Accepted() && (!g.Accepted() || !protectedBy(l, 0, home)) {
				t.Fatalf("%v is not protected", o)
			}
		}
		if v.Role == code.ForeignAgent {
			if relayed, err := g.Relay(nil); err == nil {
				r := parsedReply(t, relayed)
				if len(v.Associations(ext.KindMobileForeignAuth, asked, arrival)) != 0 && !protectedBy(r.Extensions, 0, 33) {
					t.Fatalf("not signed: %v", r)
				}
			}
		}
	})
}
