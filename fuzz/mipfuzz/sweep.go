package main

// havocShare bounds the havoc of a campaign by its number of cases.
const havocShare = 20000

func (a *attack) sweeps() []*job { return nil }

func (a *attack) sequences() []*job { return nil }

func (a *attack) havocJob(index uint64) *job { return a.caseJob(index) }
