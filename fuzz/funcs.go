package fuzz

import (
	"encoding/binary"
	"math/rand"
	"net/netip"
	"slices"
	"time"

	gofuzz "github.com/google/gofuzz"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Funcs returns functions for google/gofuzz that fill every public type of the
// packages code, ext, mipv4, dsmip and rules. What they give is well-formed: addresses
// are valid and of the right family, lists and views come from messages that
// parse, and messages and extensions can be appended. Whether a message is right
// by the rule book is left to chance. A code.Fault is filled with the text, the
// section and the reactions of one of this module's, a *code.Fault with one of
// them.
func Funcs() []any {
	return slices.Concat(extensionFuncs(), messageFuncs(), []any{
		adapt(act),
		adapt(func(s *source) code.Action { return code.Action(s.n(int(code.Refuse) + 1)) }),
		adapt(func(s *source) code.Breaks { return code.Breaks(s.n(int(code.Unclear) + 1)) }),
		adapt(func(s *source) code.Fault { return *anyFault(s) }),
		adapt(anyFault),
		adapt(prefixCode),
		adapt(leg),
		adapt(func(s *source) code.Origin { return registration(s).Origin() }),
		adapt(func(s *source) code.Reaction { return anyFault(s).Reaction(role(s)) }),
		adapt(registration),
		adapt(role),
		adapt(func(s *source) code.Strength { return anyFault(s).Reaction(role(s)).Strength() }),

		adapt(func(s *source) ext.Algorithm { return context(s).Algorithm() }),
		adapt(func(s *source) (a ext.Association) {
			for range s.between(1, 3) {
				a = append(a, context(s))
			}
			return a
		}),
		adapt(auth),
		adapt(func(s *source) ext.Form { return kind(s).Type().Form() }),
		adapt(kind),
		adapt(func(s *source) ext.List { return request(s).Extensions }),
		adapt(raw),
		adapt(func(s *source) ext.Row { return *rows[s.n(len(rows))] }),
		adapt(context),
		adapt(func(s *source) ext.Type { return kind(s).Type() }),

		adapt(func(s *source) mipv4.Answer {
			return mipv4.Answer{
				Role:           role(s),
				Address:        ipv4(s),
				MaxLifetime:    lifetime(s),
				HomeAddress:    ipv4(s),
				Identification: identification(s),
			}
		}),
		adapt(flags),
		adapt(identification),
		adapt(lifetime),
		adapt(func(s *source) mipv4.MessageType { return mipv4.MessageType(1 + 2*s.n(2)) }),
		adapt(func(s *source) (n mipv4.MobileNonces) {
			n.Next(uint32(s.uint64()))
			return n
		}),
		adapt(func(s *source) (t mipv4.MobileTimestamps) {
			t.Next(moment(s), uint32(s.uint64()))
			return t
		}),
		adapt(func(s *source) (n mipv4.Nonces) {
			_ = n.Commit(0, 1|uint32(s.uint64())) // the first is never what was sent
			return n
		}),
		adapt(reply),
		adapt(request),
		adapt(func(s *source) (t mipv4.Timestamps) {
			_ = t.Commit(identification(s)) // the first is never a replay
			return t
		}),

		adapt(func(s *source) dsmip.Match { return dsmip.Match(s.n(int(dsmip.MatchPrefix) + 1)) }),
		adapt(matched),
		adapt(inOrder),
		adapt(outcome),
		adapt(prefixReply),
		adapt(prefixRequest),
		adapt(profile),
		adapt(func(s *source) dsmip.Result { return dsmip.Result(s.n(int(dsmip.Deregistered) + 1)) }),
		adapt(func(s *source) dsmip.Tunnel { return dsmip.Tunnel(s.n(int(dsmip.TunnelNative) + 1)) }),
		adapt(func(*source) dsmip.TunnelingMode { return dsmip.TunnelingMode{} }),
		adapt(func(s *source) dsmip.Want { return prefixRequest(s).Wants() }),

		adapt(func(s *source) rules.Discovery {
			last := mipv4.SequenceNumber(s.n(1 << 16))
			return rules.Discovery{Destination: netip.AddrFrom4([4]byte{224, 0, 0, 1}), TTL: byte(s.between(1, 2)), Previous: &last, PrefixLengths: knowledge(s)}
		}),
		adapt(func(s *source) (v rules.DiscoveryVerdict) {
			if x, ok := agentAdvertisement(s).Extensions.First(); ok {
				v = rules.DiscoveryVerdict{Offset: x.Offset(), Extension: x}
			}
			if s.oneIn(2) {
				v.Fault = anyFault(s)
			}
			return v
		}),
		adapt(edition),
		adapt(knowledge),
		adapt(receiver),
		adapt(offer),
		adapt(func(s *source) rules.Situation {
			return rules.Situation{
				Leg:                  leg(s),
				Profile:              profile(s),
				Edition:              edition(s),
				MobileForeign:        knowledge(s),
				ForeignHome:          knowledge(s),
				Proxies:              knowledge(s),
				Receiver:             told(s),
				RegistrationRequired: s.oneIn(2),
			}
		}),
		adapt(func(s *source) rules.Verdict {
			x := raw(s)
			v := rules.Verdict{Offset: x.Offset(), Extension: x}
			if s.oneIn(2) {
				v.Fault = anyFault(s)
			}
			return v
		}),
	})
}

// adapt makes a function for gofuzz of a generator.
func adapt[T any](generate func(*source) T) any {
	return func(v *T, c gofuzz.Continue) { *v = generate(&source{from: c.Rand}) }
}

// Filler fills values from bytes, equal values from equal bytes: what steers the
// engines of Go's native fuzzing, OSS-Fuzz and ClusterFuzzLite. Unlike
// gofuzz.NewFromGoFuzz it is set up once. It is not safe for concurrent use.
type Filler struct {
	fuzzer *gofuzz.Fuzzer
	stream *byteStream
}

// NewFiller returns a Filler that has Funcs, and funcs besides.
func NewFiller(funcs ...any) *Filler {
	f := &Filler{stream: &byteStream{}}
	f.fuzzer = gofuzz.New().RandSource(f.stream).NilChance(0).Funcs(Funcs()...).Funcs(funcs...)
	return f
}

// Fill fills what v points to. Any data will do: when it ends the rest follows
// from how much was drawn.
func (f *Filler) Fill(data []byte, v any) {
	*f.stream = byteStream{data: data}
	f.fuzzer.Fuzz(v)
}

// byteStream is a rand.Source64 that reads its numbers from bytes, two for each:
// they are the number's highest bits, which decide between the alternatives of a
// generator.
type byteStream struct {
	data  []byte
	drawn uint64
}

func (b *byteStream) Uint64() uint64 {
	b.drawn++
	low := mix(b.drawn * goldenGamma)
	if len(b.data) < 2 {
		return low
	}
	high := binary.BigEndian.Uint16(b.data)
	b.data = b.data[2:]
	return uint64(high)<<48 | low>>16
}

func (b *byteStream) Int63() int64 { return int64(b.Uint64() >> 1) }

// Seed is there for rand.Source.
func (b *byteStream) Seed(seed int64) { *b = byteStream{drawn: uint64(seed)} }

var _ rand.Source64 = (*byteStream)(nil)

func anyFault(s *source) *code.Fault { return mutations[s.n(len(mutations))].anyFault() }

// act returns an action with a strength, and the Code of an answer with its own.
func act(s *source) code.Act {
	actions := [...]code.Act{0, code.ToIgnore, code.ToDiscard, code.ToReject, code.ToRefuse}
	strengths := [...]code.Act{0, code.AsShould, code.AsMay, code.AsAdvised}
	answers := [...]code.Act{code.MustAnswer, code.ShouldAnswer, code.MayAnswer, code.AdvisedAnswer}
	a := actions[s.n(len(actions))]
	switch a {
	case 0:
		return a
	case code.ToReject:
	default:
		a |= strengths[s.n(len(strengths))]
		if s.oneIn(2) {
			return a
		}
	}
	return a | answers[s.n(len(answers))] | code.Act(s.between(64, 153))
}

func role(s *source) code.Role {
	return code.Role(s.between(int(code.HomeAgent), int(code.MobileNode)))
}

func leg(s *source) code.Leg { return code.Leg(s.between(int(code.MNtoFA), int(code.FAtoMN))) }

func profile(s *source) dsmip.Profile {
	return dsmip.Profile(s.between(int(dsmip.Draft06), int(dsmip.RFC5454)))
}

func edition(s *source) rules.Edition { return rules.Edition(s.n(int(rules.RFC3344) + 1)) }

func knowledge(s *source) rules.Knowledge { return rules.Knowledge(s.n(int(rules.None) + 1)) }

func offer(s *source) rules.Service {
	return rules.Service(s.n(int(rules.ServiceRefused) + 1))
}

// told returns a receiver, sometimes none.
func told(s *source) *rules.Receiver {
	if s.oneIn(2) {
		return nil
	}
	r := receiver(s)
	return &r
}

func receiver(s *source) rules.Receiver {
	return rules.Receiver{
		Addresses:             []netip.Addr{ipv4(s)},
		Source:                ipv4(s),
		Destination:           ipv4(s),
		TTL:                   [3]uint8{0, 1, 255}[s.n(3)],
		CareOfAddresses:       []netip.Addr{ipv4(s)},
		LongestLifetime:       lifetime(s),
		ReverseTunnel:         offer(s),
		MinimalEncapsulation:  offer(s),
		GREEncapsulation:      offer(s),
		UDPTunnel:             offer(s),
		EncapsulatingDelivery: offer(s),
		Challenge:             offer(s),
		Challenges:            [][]byte{s.append(nil, 8), s.append(nil, 8)},
		Used:                  [][]byte{s.append(nil, 8)},
	}
}

func flags(s *source) mipv4.Flags {
	f := mipv4.Flags(s.n(256))
	if !s.oneIn(8) {
		f &^= mipv4.FlagReservedR | mipv4.FlagReservedX
	}
	return f
}

// kind returns a registered kind, sometimes an unknown skippable one.
func kind(s *source) ext.Kind {
	if s.oneIn(16) {
		return unknownSkippable(s)
	}
	return rows[s.n(len(rows))].Kind
}

// unknownSkippable returns a kind that no RFC defines and everybody skips: of
// 155 to 254, which have no form but the simple one.
func unknownSkippable(s *source) ext.Kind { return ext.Kind(s.between(155, 254)) << 8 }

// unwalkable returns a type that no RFC defines and nobody can skip: of 51 to 126.
func unwalkable(s *source) byte { return byte(s.between(51, 126)) }

// context returns a security context that can sign.
func context(s *source) ext.SecurityContext {
	c, err := ext.NewSecurityContext(uint32(s.between(256, 1<<31-1)), ext.Algorithm(s.n(int(ext.MD5PrefixSuffix2002)+1)),
		s.append(nil, s.between(1, 32)))
	if err != nil {
		// An algorithm that the process forbids.
		c, _ = ext.NewSecurityContext(256, ext.HMACSHA256, []byte{1})
	}
	return c
}

// appendExtensions appends a list of any kinds, or signs.
func appendExtensions(msg []byte, s *source) []byte {
	for range s.n(8) {
		k := kind(s)
		switch k {
		case ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth, ext.KindMNAAAAuth:
			msg, _ = context(s).Sign(msg, k)
			continue
		}
		body := s.append(nil, s.n(24))
		if r := rowOf(k); r != nil {
			body = appendBody(nil, s, r)
		}
		msg, _ = ext.AppendRaw(msg, k, body)
	}
	return msg
}

func request(s *source) mipv4.Request {
	msg, _ := mipv4.Request{
		Flags:          flags(s),
		Lifetime:       lifetime(s),
		HomeAddress:    ipv4(s),
		HomeAgent:      ipv4(s),
		CareOfAddress:  ipv4(s),
		Identification: mipv4.Timestamp(moment(s), uint32(s.uint64())),
	}.AppendBinary(nil)
	r, _ := mipv4.ParseRequest(appendExtensions(msg, s))
	return r
}

func reply(s *source) mipv4.Reply {
	msg, _ := mipv4.Reply{
		Code:           registration(s),
		Lifetime:       lifetime(s),
		HomeAddress:    ipv4(s),
		HomeAgent:      ipv4(s),
		Identification: identification(s),
	}.AppendBinary(nil)
	r, _ := mipv4.ParseReply(appendExtensions(msg, s))
	return r
}

// moment returns a second of 1970 to 2038.
func moment(s *source) time.Time { return time.Unix(int64(s.n(1<<31-1)), 0) }

// registered returns a request with one prefix request and a reply that answers
// it, mostly.
func registered(s *source) (mipv4.Request, mipv4.Reply) {
	r, p := request(s), reply(s)
	r.Extensions, p.Extensions = ext.List{}, ext.List{}
	q := prefixRequest(s)
	answer := dsmip.PrefixReply{Code: prefixCode(s), PrefixLength: q.PrefixLength, Prefix: q.Prefix}
	if s.oneIn(4) {
		answer = prefixReply(s)
	}
	msg, _ := r.AppendBinary(nil)
	msg, _ = q.AppendBinary(msg)
	r, _ = mipv4.ParseRequest(msg)
	msg, _ = p.AppendBinary(nil)
	msg, _ = answer.AppendBinary(msg)
	p, _ = mipv4.ParseReply(msg)
	return r, p
}

func matched(s *source) (first dsmip.Matched) {
	r, p := registered(s)
	for m := range profile(s).Matches(&r, p.Extensions) {
		return m
	}
	return first
}

func inOrder(s *source) dsmip.InOrder {
	r, p := registered(s)
	o := dsmip.InOrder{Profile: profile(s)}
	for x := range r.Extensions.All() {
		o.Request(x)
	}
	for x := range p.Extensions.All() {
		o.Reply(x)
	}
	return o
}

func outcome(s *source) (first dsmip.Outcome) {
	r, p := registered(s)
	for o := range profile(s).Outcomes(&r, &p, p.Extensions) {
		return o
	}
	return first
}

func raw(s *source) ext.Raw {
	msg, _ := ext.AppendRaw(make([]byte, 0, 300), ext.KindPadding, nil)
	msg, _ = ext.AppendRaw(appendExtensions(msg, s), ext.KindPadding, nil)
	l, _ := ext.Parse(msg, 0)
	x, ok := l.First()
	for range s.n(8) {
		if y, more := l.Next(x); ok && more {
			x = y
		}
	}
	return x
}

func auth(s *source) ext.Auth {
	kinds := [...]ext.Kind{ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth, ext.KindMNAAAAuth}
	r := request(s)
	k := kinds[s.n(len(kinds))]
	msg, _ := r.MarshalBinary()
	at := len(msg)
	msg, _ = context(s).Sign(msg, k)
	l, _ := ext.Parse(msg, at)
	x, _ := l.First()
	a, _ := ext.ParseAuth(x)
	return a
}
