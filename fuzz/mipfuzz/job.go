package main

import (
	"time"

	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// part is where a job comes from.
type part string

// The parts of an attack.
const (
	partLearn     part = "learn"
	partCases     part = "cases"
	partSweeps    part = "sweeps"
	partSequences part = "sequences"
	partHavoc     part = "havoc"
	partProbe     part = "probe"
)

// job is what one port is taken for: one packet, or some, each sent when what came
// before has been answered or passed over in silence.
type job struct {
	part  part
	index uint64
	name  string // of the mutation, or of the sweep or sequence
	// trigger says what is wrong with it; "" when that is to be said by the
	// mutation's fault.
	trigger string
	// detail tells jobs of one trigger apart.
	detail string
	// next returns a step, the first is 0, as it is at a moment.
	next func(j *job, step int, now time.Time, buf []byte) step
	// tries is how often it was begun.
	tries int
	// held is the case of a step that was built with an earlier one.
	held fuzz.Case
	// ids are the Identifications that the steps were sent with last.
	ids [maxSteps]mipv4.Identification
}

// maxSteps bounds the packets of a sequence whose Identifications are kept.
const maxSteps = 8

// step is a packet of a job.
type step struct {
	k      fuzz.Case
	needed bool // it must be accepted, or what follows means nothing
	more   bool // another follows
	burst  bool // and does not wait for the answer
	// check judges what only the sequence tells of an answer; nil for nothing.
	check func(k *fuzz.Case, answer []byte) []fuzz.Violation
	// sure is true where silence is not believed at once, although it conforms.
	sure bool
}

// caseJob returns the job of a campaign's case. Of four, one is sent for a home that
// has registered just before.
func (a *attack) caseJob(index uint64) *job {
	j := &job{part: partCases, index: index, next: a.caseStep}
	if a.registersFirst && index%4 == 1 {
		j.next = a.registeredStep
	}
	return j
}

// call names a job once: who hears what is relayed reads the name while a step is made anew.
func (j *job) call(name string) {
	if j.name == "" {
		j.name = name
	}
}

func (a *attack) caseStep(j *job, n int, now time.Time, buf []byte) step {
	if n == 1 {
		return step{k: j.held}
	}
	k := a.campaign.CaseAt(j.index, now, buf)
	j.call(k.Mutation.Name)
	if k.Before == nil {
		return step{k: k}
	}
	j.held = k
	before := a.campaign.CaseOf("before-"+k.Mutation.Name, k.Before, now)
	before.Identification, before.HomeAddress = k.Last, k.HomeAddress
	return step{k: before, needed: true, more: true}
}

// registeredStep is caseStep behind a registration of the same home.
func (a *attack) registeredStep(j *job, n int, now time.Time, buf []byte) step {
	if n > 0 {
		return a.caseStep(j, n-1, now, buf)
	}
	k := a.campaign.CaseAt(j.index, now, buf)
	j.call(k.Mutation.Name)
	if k.HomeAddress.IsUnspecified() {
		j.next = a.caseStep
		return a.caseStep(j, 0, now, buf)
	}
	return step{k: a.plain(k.HomeAddress, now, k.Packet[:0]), needed: true, more: true}
}
