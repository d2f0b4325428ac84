package dsmip_test

import (
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// FuzzOutcomes pairs any two messages, and compares the pairs of small ones with those of
// the slow way.
func FuzzOutcomes(f *testing.F) {
	for _, n := range []int{2, 8, 30} {
		request, reply := hostile(f, n, n)
		f.Add(request.Extensions.Message(), reply.Extensions.Message())
	}
	f.Add(sent(f, coLocated, slices.Concat(rawRequest(ask("2001:db8::/48")), mode)).Extensions.Message(),
		received(f, 0, rawReply(answer("1 2001:db8::/56"))).Extensions.Message())
	f.Fuzz(func(t *testing.T, q, r []byte) {
		request, err1 := mipv4.ParseRequest(q)
		reply, err2 := mipv4.ParseReply(r)
		if err1 != nil || err2 != nil {
			return
		}
		var asked []dsmip.PrefixRequest
		var replies []dsmip.PrefixReply
		for x := range request.Extensions.All() {
			if v, err := dsmip.ParsePrefixRequest(x); err == nil {
				asked = append(asked, v)
			}
		}
		for x := range reply.Extensions.All() {
			if v, err := dsmip.ParsePrefixReply(x); err == nil {
				replies = append(replies, v)
			}
		}
		for _, p := range profiles {
			var want []int
			if len(asked) <= 100 && len(replies) <= 100 {
				want = slowly(p, asked, replies)
			}
			i := 0
			for o := range p.Outcomes(&request, &reply, reply.Extensions) {
				if o.Asked != asked[i] || o.Match != noneOr(o, p) || o.Accepted() != o.Prefix.IsValid() || len(o.String()) > 200 {
					t.Fatalf("%v", o)
				}
				if o.Accepted() && (!reply.Code.Accepted() || !o.Reply.Code.Accepted() || reply.Granted(&request) == 0) {
					t.Fatalf("%v of %v", o, reply)
				}
				if want != nil && (want[i] != 0) != o.Answered() || want != nil && want[i] != 0 && replies[want[i]-1] != o.Reply {
					t.Fatalf("%v: %v, want %v", p, o, want[i])
				}
				i++
			}
			if i != len(asked) {
				t.Fatalf("%d outcomes of %d", i, len(asked))
			}
			for v := range p.Matches(&request, reply.Extensions) {
				if v.Repeated && v.Match != dsmip.NoMatch || len(v.String()) > 200 {
					t.Fatalf("%v", v)
				}
			}
			// Every request can be judged and answered, and the answer sent.
			for v := range p.Requests(request.Extensions) {
				c, ok := p.Judge(v, served, held)
				if ok == !c.Accepted() {
					t.Fatalf("%v: %v, %v", v, c, ok)
				}
				if _, err := v.Answer(c).AppendBinary(nil); err != nil {
					t.Fatalf("%v: %v", v, err)
				}
			}
			p.AcceptingCode(&request, request.Extensions, request.Extensions)
		}
		renewed := request.Renew(1, 1)
		for x := range renewed.Extensions.All() {
			if _, err := ext.ParseAuth(x); err != ext.ErrKind {
				t.Fatalf("%v", x.Kind())
			}
		}
	})
}

// noneOr is the match that Answers gives for an outcome's two sides.
func noneOr(o dsmip.Outcome, p dsmip.Profile) dsmip.Match {
	if !o.Answered() {
		return dsmip.NoMatch
	}
	return o.Reply.Answers(o.Asked, p)
}

// BenchmarkOutcomes is to be compared with BenchmarkVerify: two prefixes of the usual
// kind, and as many of the unusual as have room.
func BenchmarkOutcomes(b *testing.B) {
	request := sent(b, coLocated, slices.Concat(rawRequest(ask("2001:db8:1::/48")), rawRequest(ask("2001:db8:2::/48")), mode))
	reply := received(b, 0, slices.Concat(rawReply(answer("1 2001:db8:1::/48")), rawReply(answer("1 2001:db8:2::/48"))))
	run := func(request *mipv4.Request, reply *mipv4.Reply) func(*testing.B) {
		return func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if countAccepted(request, reply) == 0 {
					b.Fatal("nothing accepted")
				}
			}
		}
	}
	b.Run("two", run(request, reply))
	b.Run("2,900", run(hostile(b, 2900, 2900)))
}

func countAccepted(request *mipv4.Request, reply *mipv4.Reply) (n int) {
	for o := range dsmip.Draft06.Outcomes(request, reply, reply.Extensions) {
		if o.Accepted() {
			n++
		}
	}
	return n
}
