package rules_test

import (
	"strconv"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Times mean little on their own: compare them with BenchmarkCheck, BenchmarkCopy and
// BenchmarkVerify of package dsmip, which work on the same message.

// BenchmarkVerdicts judges R by the rules of its leg and of a profile, with a verdict on
// every extension, alone and on all processors.
func BenchmarkVerdicts(b *testing.B) {
	both(b, func(b *testing.B) func() {
		r, err := mipv4.ParseRequest(reference(b))
		if err != nil {
			b.Error(err)
		}
		s := rules.Situation{Leg: code.MNtoHA, Profile: dsmip.RFC5454}
		return func() {
			n := 0
			for v := range s.Request(&r) {
				if v.Fault != nil {
					b.Error(v.Fault)
				}
				n++
			}
			if n != 5 {
				b.Error("wrong", n)
			}
		}
	})
}

// BenchmarkCheckMany judges replies of 290 and of ten times as many prefixes,
// all different.
func BenchmarkCheckMany(b *testing.B) {
	for _, n := range []int{290, 2900} {
		msg := manyReplies(b, n)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			r, err := mipv4.ParseReply(msg)
			if err != nil {
				b.Error(err)
			}
			s := rules.Situation{Leg: code.HAtoMN, Profile: dsmip.Draft06}
			b.ReportAllocs()
			for b.Loop() {
				if err := s.CheckReply(&r, nil); err != nil {
					b.Error(err)
				}
			}
		})
	}
}

// both runs the closure that setup returns, alone and in parallel. Each
// goroutine has its own.
func both(b *testing.B, setup func(b *testing.B) func()) {
	b.Run("one", func(b *testing.B) {
		f := setup(b)
		b.ReportAllocs()
		for b.Loop() {
			f()
		}
	})
	b.Run("all", func(b *testing.B) {
		b.ReportAllocs()
		b.RunParallel(func(pb *testing.PB) {
			f := setup(b)
			for pb.Next() {
				f()
			}
		})
	})
}
