package agent_test

import (
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// The way in costs little beside the Verify that it contains: compare Request and
// Verify.

func BenchmarkVerify(b *testing.B) {
	r, err := mipv4.ParseRequest(ordinaryRequest(b))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		a, err := r.Extensions.Auth(ext.KindMobileHomeAuth)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := mh.Verify(a); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRequest(b *testing.B) {
	v := receiver(code.HomeAgent, dsmip.Draft06, keys{mobileHome: ext.Association{mh}})
	msg := ordinaryRequest(b)
	arrival := from(coLocated, homeAgent)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.Request(msg, arrival); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAnswer(b *testing.B) {
	v := receiver(code.HomeAgent, dsmip.Draft06, keys{mobileHome: ext.Association{mh}})
	state := &agent.Replay{Style: agent.ByNonces}
	v.Replay = func(mipv4.Request, ext.SecurityContext) *agent.Replay { return state }
	n := uint32(1)
	v.Nonce = func() uint32 { n++; return n }
	msg := ordinaryRequest(b)
	arrival := from(coLocated, homeAgent)
	var buf [512]byte
	b.ReportAllocs()
	for b.Loop() {
		g, err := v.Request(msg, arrival)
		if err != mipv4.ErrNonce {
			b.Fatal(err)
		}
		if _, ok := g.Refuse(buf[:0], err); !ok {
			b.Fatal("silence")
		}
	}
}

func BenchmarkReply(b *testing.B) {
	asked, err := mipv4.ParseRequest(ordinaryRequest(b))
	if err != nil {
		b.Fatal(err)
	}
	home := receiver(code.HomeAgent, dsmip.Draft06, keys{mobileHome: ext.Association{mh}})
	g, err := home.Request(asked.Extensions.Message(), from(coLocated, homeAgent))
	if err != nil {
		b.Fatal(err)
	}
	msg, err := g.Reply(nil, code.RegistrationAccepted)
	if err != nil {
		b.Fatal(err)
	}
	v := receiver(code.MobileNode, dsmip.Draft06, keys{mobileHome: ext.Association{mh}})
	arrival := from(homeAgent, coLocated)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := v.Reply(msg, &asked, arrival); err != nil {
			b.Fatal(err)
		}
	}
}
