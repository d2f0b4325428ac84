package main

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// book keeps what was seen: what does not conform in groups, and of each mutation
// what became of it. It is safe for concurrent use.
type book struct {
	mu      sync.Mutex
	groups  map[groupKey]*group
	tallies map[string]*tally
	unknown map[string]uint64 // why jobs could not be judged
}

func newBook() *book {
	return &book{groups: map[groupKey]*group{}, tallies: map[string]*tally{}, unknown: map[string]uint64{}}
}

// groupKey is what the members of a group have in common.
type groupKey struct {
	rank      fuzz.Rank
	violation string
	source    string
	code      int    // of the answer, noCode where it plays no part
	trigger   string // a mutation, where that is what matters
	should    bool
}

const noCode = -1

// group is one way of not conforming.
type group struct {
	key       groupKey
	class     fuzz.Class
	count     uint64
	mutations map[string]uint64
	triggers  map[string]uint64          // in words
	details   map[string]map[string]bool // of a trigger
	codes     map[int]uint64
	seen      string
	kept      []*evidence // the smallest packet first
	note      string
}

// packetsKept is how many packets of a group are kept at most, and answerKept how many
// octets of an answer: a target may answer everything with as many as a datagram holds.
const (
	packetsKept = 3
	answerKept  = 2048
)

// beginning is what is kept of an answer.
func beginning(answer []byte) []byte { return slices.Clone(answer[:min(len(answer), answerKept)]) }

// evidence is one member of a group.
type evidence struct {
	job     *job
	n       int // which step
	packet  []byte
	answer  []byte
	rtt     time.Duration
	clock   time.Time
	minimal []byte
	// sequence has all packets of a job that has more than one.
	sequence [][]byte
}

// tally counts what became of a mutation.
type tally struct {
	conforming, silent, violating, unknown uint64
	codes                                  map[code.Registration]uint64
}

func (b *book) tally(name string) *tally {
	t := b.tallies[name]
	if t == nil {
		t = &tally{codes: map[code.Registration]uint64{}}
		b.tallies[name] = t
	}
	return t
}

// unjudged notes a job that could not be judged.
func (b *book) unjudged(j *job, why string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tally(j.name).unknown++
	b.unknown[why]++
}

// judged notes the verdict on an answer, nil for silence.
func (b *book) judged(j *job, n int, k *fuzz.Case, answer []byte, rtt time.Duration, v fuzz.Verdict) {
	b.mu.Lock()
	defer b.mu.Unlock()
	t := b.tally(k.Mutation.Name)
	c := noCode
	if len(answer) > 1 && answer[0] == byte(mipv4.TypeReply) {
		c = int(answer[1])
		t.codes[code.Registration(c)]++
	}
	must := slices.ContainsFunc(v.Violations, func(x fuzz.Violation) bool { return !x.Should })
	switch {
	case must:
		t.violating++
	case answer == nil:
		t.silent++
	default:
		t.conforming++
	}
	if v.Violations == nil {
		return
	}
	e := &evidence{job: j, n: n, packet: slices.Clone(k.Packet), answer: beginning(answer), rtt: rtt, clock: k.Clock}
	for _, x := range v.Violations {
		trigger := ""
		switch x.Rank {
		case fuzz.Unauthentic, fuzz.Forbidden, fuzz.Code, fuzz.Silence:
			if !strings.HasPrefix(x.Text, relaysReply) {
				trigger = triggerKey(j, k)
			}
		}
		g := b.group(groupKey{rank: x.Rank, violation: x.Text, source: x.Source, code: c, trigger: trigger, should: x.Should})
		g.class, g.seen = k.Mutation.Class, v.Seen
		g.codes[c]++
		g.add(e, j, k)
	}
}

// relaysReply starts what is said of a reply, whatever its request was.
const relaysReply = "relays a reply that must be discarded"

// triggerKey tells the triggers of groups apart: the mutation, or the sweep.
func triggerKey(j *job, k *fuzz.Case) string {
	if j.trigger != "" {
		return j.trigger
	}
	return k.Mutation.Name
}

// triggerOf says in words what is wrong with a case.
func triggerOf(j *job, k *fuzz.Case) string {
	switch {
	case j != nil && j.trigger != "":
		return j.trigger
	case k.Mutation.Fault != nil:
		return k.Mutation.Fault.Text()
	}
	return "a conforming request (" + k.Mutation.Name + ")"
}

func (b *book) group(key groupKey) *group {
	g := b.groups[key]
	if g == nil {
		g = &group{key: key, mutations: map[string]uint64{}, triggers: map[string]uint64{}, details: map[string]map[string]bool{}, codes: map[int]uint64{}}
		b.groups[key] = g
	}
	return g
}

func (g *group) add(e *evidence, j *job, k *fuzz.Case) {
	g.count++
	g.mutations[k.Mutation.Name]++
	g.triggers[triggerOf(j, k)]++
	if j.detail != "" {
		g.detail(j.trigger, j.detail)
	}
	g.keep(e)
}

func (g *group) detail(trigger, detail string) {
	if g.details[trigger] == nil {
		g.details[trigger] = map[string]bool{}
	}
	g.details[trigger][detail] = true
}

// keep keeps the evidence if it is among the smallest.
func (g *group) keep(e *evidence) {
	i, _ := slices.BinarySearchFunc(g.kept, e, func(a, b *evidence) int { return cmp.Compare(a.size(), b.size()+1) })
	g.kept = slices.Insert(g.kept, min(i, len(g.kept)), e)
	if len(g.kept) > packetsKept {
		g.kept = g.kept[:packetsKept]
	}
}

// size orders evidence: a single packet is smaller than a sequence, and what is minimal
// than what is not known to be.
func (e *evidence) size() int {
	if e.minimal != nil {
		return min(len(e.packet), len(e.minimal))
	}
	return len(e.packet) + 1 + e.n<<16
}

// stray notes a datagram that answers nothing.
func (b *book) stray(j *job, n int, k *fuzz.Case, answer []byte, text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	g := b.group(groupKey{rank: fuzz.Answer, violation: text, source: "RFC 5944 §3.4, §3.8.3.2", code: noCode})
	g.seen = "a stray datagram"
	e := &evidence{job: j, n: n, answer: beginning(answer)}
	if j != nil && k.Mutation != nil {
		e.packet, e.clock = slices.Clone(k.Packet), k.Clock
		g.add(e, j, k)
		return
	}
	g.count++
	g.triggers["nothing that was sent"]++
	g.keep(e)
}

// note adds a finding that has a name of its own.
func (b *book) note(rank fuzz.Rank, violation, source, trigger, seen string, e *evidence) *group {
	b.mu.Lock()
	defer b.mu.Unlock()
	g := b.group(groupKey{rank: rank, violation: violation, source: source, code: noCode, trigger: trigger})
	g.count++
	g.seen = seen
	g.triggers[trigger]++
	if e != nil {
		if e.job != nil {
			g.mutations[e.job.name]++
		}
		g.keep(e)
	}
	return g
}

// merged returns the groups as they are reported, the gravest first: those that one
// cause has are one.
func (b *book) merged() []*group {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := slices.Collect(maps.Values(b.groups))
	// Of an answer that is wrong in itself the Code is told where it is the only one.
	all = mergeBy(all, 1, func(g *group) (groupKey, bool) {
		k := g.key
		k.code = noCode
		return k, g.aboutAnswer()
	})
	// That it cannot be read is one thing, wherever the reading ends.
	all = mergeBy(all, 1, func(g *group) (groupKey, bool) {
		k := g.key
		k.violation, k.source, k.code = malformed, "", noCode
		return k, strings.HasPrefix(g.key.violation, malformed)
	})
	if b.oblivious() {
		// It answers whatever it gets, and every case says so in its own way.
		all = mergeBy(all, 1, func(g *group) (groupKey, bool) {
			k := groupKey{rank: g.key.rank, source: "RFC 5944 §3.8.2", code: noCode, violation: readsNothing}
			if k.rank == fuzz.Forbidden {
				k.rank = fuzz.Unauthentic
			}
			return k, !g.key.should && (k.rank == fuzz.Unauthentic || k.rank == fuzz.Answer || k.rank == fuzz.Code)
		})
	}
	// How an authenticator is wrong is told by the triggers.
	all = mergeBy(all, 1, func(g *group) (groupKey, bool) {
		k := g.key
		k.trigger = ""
		return k, k.rank == fuzz.Unauthentic && g.class == fuzz.Authentication
	})
	// What several mutations of one fault show is one thing.
	all = mergeBy(all, 1, func(g *group) (groupKey, bool) {
		k := g.key
		k.trigger = ""
		if len(g.triggers) == 1 {
			for t := range g.triggers {
				k.trigger = t
			}
		}
		return k, !g.aboutAnswer() && k.rank != fuzz.Crash
	})
	// What many faults of one class show is one thing, too.
	all = mergeBy(all, 3, func(g *group) (groupKey, bool) {
		k := g.key
		k.source, k.trigger = "", g.class.String()
		return k, !g.aboutAnswer() && k.rank != fuzz.Crash
	})
	all = mergeBy(all, 3, func(g *group) (groupKey, bool) {
		k := g.key
		k.source, k.trigger, k.code = "", g.class.String(), noCode
		return k, !g.aboutAnswer() && k.rank != fuzz.Crash
	})
	all = mergeBy(all, 3, func(g *group) (groupKey, bool) {
		k := g.key
		k.source, k.trigger, k.code = "", "", noCode
		return k, !g.aboutAnswer()
	})
	all = absorb(all)
	slices.SortFunc(all, func(x, y *group) int {
		return cmp.Or(cmp.Compare(x.key.rank, y.key.rank), -cmp.Compare(x.count, y.count), cmp.Compare(x.key.violation, y.key.violation),
			cmp.Compare(x.key.trigger, y.key.trigger), cmp.Compare(x.key.code, y.key.code))
	})
	return all
}

// absorb leaves out what is seen in a few answers only because most cannot be read, or
// come twice and are taken for those to what was sent next.
func absorb(all []*group) []*group {
	for _, text := range [...]string{malformed, answersTwice} {
		at := slices.IndexFunc(all, func(g *group) bool { return strings.HasPrefix(g.key.violation, text) })
		if at < 0 {
			continue
		}
		big := all[at]
		all = slices.DeleteFunc(all, func(g *group) bool {
			return g != big && g.aboutAnswer() && g.key.rank != fuzz.Disclosure && g.count*20 < big.count && readable(g)
		})
	}
	return all
}

// What is said of several answers, and of all that are wrong in one way.
const (
	answersTwice = "answers one request twice"
	malformed    = "answers with what is malformed"
	readsNothing = "answers whatever it receives, without reading it"
)

// says reports whether a verdict is what the group says.
func (g *group) says(v *fuzz.Verdict) bool {
	return slices.ContainsFunc(v.Violations, func(x fuzz.Violation) bool {
		switch g.key.violation {
		case malformed:
			return strings.HasPrefix(x.Text, malformed)
		case readsNothing:
			return x.Rank == fuzz.Unauthentic || x.Rank == fuzz.Answer || x.Rank == fuzz.Code
		}
		return x.Rank == g.key.rank && x.Text == g.key.violation
	})
}

// readable reports whether the answers of a group can be read.
func readable(g *group) bool {
	if len(g.kept) == 0 {
		return false
	}
	_, err := mipv4.ParseReply(g.kept[0].answer)
	return err == nil
}

// oblivious reports whether the target accepted nearly all messages that are no
// requests.
func (b *book) oblivious() bool {
	t := b.tallies["sweep-message-type"]
	return t != nil && t.violating > 200 && t.codes[code.RegistrationAccepted] > 9*(t.violating+t.conforming+t.silent)/10
}

// aboutAnswer reports whether the answer itself is wrong, whatever it answers.
func (g *group) aboutAnswer() bool {
	return g.key.rank == fuzz.Disclosure || g.key.rank == fuzz.Unsigned || g.key.rank == fuzz.Answer
}

// mergeBy merges the groups that get the same key where there are more than few of
// them.
func mergeBy(all []*group, few int, by func(*group) (groupKey, bool)) (left []*group) {
	slices.SortFunc(all, func(x, y *group) int { return cmp.Compare(fmt.Sprint(x.key), fmt.Sprint(y.key)) })
	alike := map[groupKey][]*group{}
	for _, g := range all {
		if k, ok := by(g); ok {
			alike[k] = append(alike[k], g)
		}
	}
	done := map[groupKey]bool{}
	for _, g := range all {
		k, ok := by(g)
		same := alike[k]
		switch {
		case !ok, len(same) <= few && few > 1:
			left = append(left, g)
		case !done[k]:
			done[k] = true
			if len(same) == 1 {
				left = append(left, g)
				continue
			}
			left = append(left, join(k, same))
		}
	}
	return left
}

// join makes one group of several.
func join(k groupKey, groups []*group) *group {
	sources := map[string]bool{}
	g := &group{key: k, class: groups[0].class, mutations: map[string]uint64{}, triggers: map[string]uint64{}, details: map[string]map[string]bool{}, codes: map[int]uint64{}}
	for _, x := range groups {
		g.count += x.count
		g.seen = x.seen
		if x.note != "" {
			g.note = x.note
		}
		sources[x.key.source] = true
		for m, n := range x.mutations {
			g.mutations[m] += n
		}
		for m, n := range x.triggers {
			g.triggers[m] += n
		}
		for c, n := range x.codes {
			g.codes[c] += n
		}
		for t, all := range x.details {
			for d := range all {
				g.detail(t, d)
			}
		}
		for _, e := range x.kept {
			g.keep(e)
		}
	}
	if g.key.source == "" {
		g.key.source = firstOf(slices.Sorted(maps.Keys(sources)), 3)
	}
	if len(g.codes) > 1 {
		var words []string
		for _, c := range slices.Sorted(maps.Keys(g.codes)) {
			if c != noCode {
				words = append(words, fmt.Sprint(c))
			}
		}
		g.seen = "Codes " + firstOf(words, 8)
	}
	return g
}

// firstOf joins the first words of a list, and says how many more there are.
func firstOf(words []string, n int) string {
	if len(words) > n {
		return strings.Join(words[:n], "; ") + fmt.Sprintf("; and %d more", len(words)-n)
	}
	return strings.Join(words, "; ")
}

// trigger says what makes the target do it.
func (g *group) trigger() string {
	if g.aboutAnswer() {
		if len(g.triggers) > 3 {
			return fmt.Sprintf("any of %d kinds of requests", len(g.triggers))
		}
	}
	words := slices.SortedFunc(maps.Keys(g.triggers), func(x, y string) int {
		return cmp.Or(-cmp.Compare(g.triggers[x], g.triggers[y]), cmp.Compare(x, y))
	})
	for i, w := range words {
		if d := g.details[w]; len(d) > 0 {
			words[i] += " (" + ranges(slices.Collect(maps.Keys(d))) + ")"
		}
	}
	return firstOf(words, 12)
}

// ranges returns the numbers in a list, those that follow each other as a range, and
// what is no number behind.
func ranges(details []string) string {
	var numbers []int
	var words []string
	for _, d := range details {
		if n, err := strconv.Atoi(d); err == nil {
			numbers = append(numbers, n)
		} else {
			words = append(words, d)
		}
	}
	slices.Sort(numbers)
	slices.Sort(words)
	var all []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		if r := strconv.Itoa(numbers[i]); j > i {
			all = append(all, r+"-"+strconv.Itoa(numbers[j]))
		} else {
			all = append(all, r)
		}
		i = j + 1
	}
	return firstOf(append(all, words...), 8)
}

// name is that of the group: the same in every campaign that sees the same of it, its one
// trigger and Code or several.
func (g *group) name() string {
	h := fnv.New32a()
	k := g.key
	trigger := k.trigger
	if trigger == "" && len(g.triggers) == 1 {
		for t := range g.triggers {
			trigger = t
		}
	}
	fmt.Fprint(h, k.rank, "|", k.violation, "|", k.code, "|", trigger)
	return fmt.Sprintf("%v-%08x", k.rank, h.Sum32())
}
