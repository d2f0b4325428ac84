// Package fuzz makes Mobile IPv4 packets to attack agents with, and says what a
// conforming agent may do with each. Import it to run campaigns from Go, or to have
// gofuzz or Go's own fuzzing fill the types of this module.
//
// A [Campaign] is a sequence of cases without end. Case i is a function of the
// campaign and of i alone: the same packet on every machine, so that a campaign
// is split by ranges of i and any case is reproduced by its number. A [Case]
// plants one fault, or none, and its Allowed is the set of what a conforming
// target may be seen to do; [Campaign.Judge] compares an answer with it. The
// command mipfuzz emits campaigns and runs them against an agent.
//
// [Funcs] gives the same generators to google/gofuzz, whose package has this
// one's name:
//
//	f := gofuzz.New().Funcs(fuzz.Funcs()...)
//	f.Fuzz(&request)
//
// and [Filler] fills values from the bytes of Go's native fuzzing. The fuzz
// targets of this module itself are in package native.
package fuzz
