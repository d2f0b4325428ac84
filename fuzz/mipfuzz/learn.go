package main

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// learned is what was found out about a target before anything wrong was sent.
type learned struct {
	usual   usual
	accepts bool // the plain request
	denial  int  // the Code of its denial, noCode for none
	// misidentifies is true where answers do not have the Identification of what they
	// answer, so that only the port says what that is.
	misidentifies bool
	capabilities  []capability
}

// capability is what a target does that is no violation.
type capability struct {
	name, seen string
	packet     []byte
	answer     []byte
	rtt        time.Duration
}

// outcome is what became of a request of the learner.
type outcome struct {
	exchange
	code     int // noCode for silence and what cannot be read
	accepted bool
	verdict  fuzz.Verdict
	died     bool
}

func (o *outcome) words() string {
	if o.answer == nil {
		return "silence"
	}
	return o.verdict.Seen
}

// try sends a request until it is answered.
func (a *attack) try(ctx context.Context, tries int, r request) (o outcome, err error) {
	if !r.home.IsValid() {
		r.home = a.learnerHome()
	}
	a.engine.mu.Lock()
	wait := max(20*time.Millisecond, 2*a.engine.rto())
	a.engine.mu.Unlock()
	o.exchange, err = a.ask(ctx, tries, min(wait, a.engine.timeout), func(now time.Time) fuzz.Case {
		return a.campaign.CaseOf("learn", a.compose(&r, now, nil), now)
	})
	if err != nil {
		return o, err
	}
	o.code = noCode
	if o.answer != nil {
		o.verdict = a.judge(&step{k: o.k}, o.answer)
		a.misplaced(&o.verdict, o.from)
		o.accepted = accepted(o.answer)
		if len(o.answer) > 1 && o.answer[0] == byte(mipv4.TypeReply) {
			o.code = int(o.answer[1])
		}
	}
	o.died = a.ended() || o.answer == nil && o.refused
	return o, nil
}

// learnerHome returns a home of the learner's, another each time.
func (a *attack) learnerHome() netip.Addr {
	n := a.campaign.HomeAddresses() + 1
	return a.campaign.Home(n - 1 - a.asked.Add(1)%min(n/4, 1024))
}

// Fixed extensions of the learner: of an unknown skippable type, and of the vendor of
// examples (RFC 5612) by RFC 3115 §2.1 and §2.2.
const unknownSkippable ext.Kind = 200 << 8

var exampleVendor = binary.BigEndian.AppendUint32(nil, 32473)

func exampleNVSE() []byte {
	return extension(ext.KindNVSE, append(append([]byte{0, 0}, exampleVendor...), 0, 9, 1, 2)...)
}

func exampleCVSE() []byte {
	return extension(ext.KindCVSE, append(append([]byte{}, exampleVendor...), 0, 9, 1, 2)...)
}

// learn finds out what the target takes before anything wrong is sent: which plain
// request it accepts, and what it fails. What it fails against a MUST is a finding of
// its own name, what it lawfully refuses a capability, and neither is used
// afterwards.
func (a *attack) learn(ctx context.Context) error {
	if err := a.learnLast(ctx); err != nil {
		return err
	}
	if err := a.findUsual(ctx); err != nil || !a.probes {
		return err
	}
	lessons := a.lessons()
	outcomes := a.tryAll(ctx, lessons)
	for i, lesson := range lessons {
		if ctx.Err() != nil {
			return errInterrupted
		}
		var o *outcome
		if outcomes != nil {
			o = &outcomes[i]
		}
		if err := a.teach(ctx, lesson, o); err != nil {
			return err
		}
	}
	return a.rebuild()
}

// learnLast finds out whether the target takes what the leg's last authenticator is
// calculated with. An association that it does not share is not used afterwards.
func (a *attack) learnLast(ctx context.Context) error {
	kind, context, knowledge := ext.KindForeignHomeAuth, &a.setup.ForeignHome, &a.setup.Situation.ForeignHome
	switch a.setup.Situation.Leg {
	case code.MNtoFA:
		kind, context, knowledge = ext.KindMobileForeignAuth, &a.setup.MobileForeign, &a.setup.Situation.MobileForeign
	case code.FAtoHA:
	default:
		return nil
	}
	if _, ok := associationOf(&a.setup, kind); !ok {
		return nil
	}
	with, err := a.try(ctx, 2, request{usual: a.learned.usual})
	if err != nil || with.died || with.accepted {
		return err
	}
	shared, name := a.setup, associationName(kind.String(), *context)
	*context, *knowledge = ext.SecurityContext{}, rules.Unknown
	unshared := a.setup
	without, err := a.tryUnder(ctx, unshared, patience/2)
	if err == nil && without.accepted && with.answer == nil {
		with, err = a.tryUnder(ctx, shared, patience) // the first may have been lost
	}
	if err != nil || with.accepted {
		return err
	}
	refused := with.code == int(code.HAForeignAgentFailedAuthentication) || with.code == int(code.FAMobileNodeFailedAuthentication)
	if without.accepted || refused && without.code != noCode && without.code != with.code {
		a.known(name, "is not accepted: "+with.words()+"; are the SPI, the algorithm and the key right?", &with)
		return a.become(unshared)
	}
	return a.become(shared)
}

// tryUnder sends a plain request with the associations of a setup.
func (a *attack) tryUnder(ctx context.Context, s fuzz.Setup, tries int) (outcome, error) {
	if err := a.become(s); err != nil {
		return outcome{}, err
	}
	return a.try(ctx, tries, request{usual: a.learned.usual})
}

// become takes another setup.
func (a *attack) become(s fuzz.Setup) error {
	c, err := fuzz.New(s)
	if err != nil {
		return err
	}
	a.setup, a.campaign = s, c
	return nil
}

// associationName names an authenticator by what it is calculated with, and never the key.
func associationName(name string, c ext.SecurityContext) string {
	return fmt.Sprintf("%s with SPI %d and %v", name, c.SPI(), c.Algorithm())
}

// tryAll sends all lessons at once, which a slow target calls for. It returns nil when
// the target may have died of one: then each is to be sent by itself.
func (a *attack) tryAll(ctx context.Context, lessons []lesson) []outcome {
	outcomes := make([]outcome, len(lessons))
	errs := make([]error, len(lessons))
	var all sync.WaitGroup
	for i := range lessons {
		all.Add(1)
		go func() {
			defer all.Done()
			outcomes[i], errs[i] = a.try(ctx, lessons[i].tries(), lessons[i].r)
		}()
	}
	all.Wait()
	for i := range outcomes {
		if errs[i] != nil || outcomes[i].died {
			a.recover(ctx)
			return nil
		}
	}
	if x, err := a.hail(ctx, patience); err != nil || x.answer == nil {
		a.recover(ctx)
		return nil
	}
	return outcomes
}

// recover brings a target back whose death is looked into later.
func (a *attack) recover(ctx context.Context) {
	a.revive(ctx)
	a.engine.mu.Lock()
	a.engine.refused = false
	a.engine.mu.Unlock()
}

// findUsual looks for a plain request that the target accepts: as the flags say, then with
// as little changed as will do.
func (a *attack) findUsual(ctx context.Context) error {
	given := a.learned.usual
	var best outcome
	bestUsual := given
	variants := a.variants()
	for i, v := range variants {
		tries := 2
		if i == 0 {
			tries = patience
		}
		if i > 5 && best.answer == nil {
			break // nobody is there
		}
		u := v.apply(given)
		o, err := a.try(ctx, tries, request{usual: u})
		if err != nil {
			return err
		}
		if o.died {
			if err := a.diedLearning(ctx, o, "a plain request"+v.words()); err != nil {
				return err
			}
			continue
		}
		if o.answer == nil {
			continue
		}
		if better(&o, &best) {
			best, bestUsual = o, u
			if i > 0 && o.accepted {
				a.known("plain request", "is accepted"+v.words()+" only", &o)
			}
		}
		if best.accepted {
			break
		}
	}
	if best.accepted && misidentified(best.verdict) && bestUsual.bits == 0 {
		u := bestUsual
		u.bits = 53
		o, err := a.try(ctx, patience, request{usual: u})
		if err != nil {
			return err
		}
		if o.accepted && !misidentified(o.verdict) {
			best, bestUsual = o, u
		}
	}
	a.learned.usual, a.learned.accepts, a.learned.denial = bestUsual, best.accepted, noCode
	if best.answer != nil && !best.accepted {
		a.learned.denial = best.code
	}
	a.learned.misidentifies = misidentified(best.verdict) || best.answer != nil && !best.k.Answers(best.answer)
	if bestUsual.bits != given.bits {
		a.book.note(fuzz.Answer, "does not keep all 64 bits of the Identification", "RFC 5944 §3.4, §5.7",
			fmt.Sprintf("an Identification of more than %d bits, as of a float64", bestUsual.bits), best.verdict.Seen, evidenceOfOutcome(&best, "learn-identification"))
		a.learned.capabilities = slices.DeleteFunc(a.learned.capabilities, func(c capability) bool { return c.name == "plain request" })
	}
	if best.answer != nil && !best.accepted {
		a.known("plain request", "is not accepted: "+best.words()+"; are -key, -spi, -homes and -home-agent right?", &best)
	}
	a.probes = best.answer != nil
	return nil
}

// better reports whether an outcome tells more than another: accepted is better than
// denied, and without violations better than with.
func better(x, than *outcome) bool {
	if than.answer == nil || x.accepted != than.accepted {
		return than.answer == nil || x.accepted
	}
	return misidentified(than.verdict) && !misidentified(x.verdict)
}

// misidentified reports whether an answer has another Identification.
func misidentified(v fuzz.Verdict) bool {
	return slices.ContainsFunc(v.Violations, func(x fuzz.Violation) bool {
		return x.Fault == mipv4.ErrOtherIdentification || x.Fault == fuzz.ErrIdentificationHigh
	})
}

// variant is a way of changing a plain request.
type variant struct {
	careOf     netip.Addr
	lifetime   mipv4.Lifetime
	set, clear mipv4.Flags
	inWords    []string // one for each change
}

func (v *variant) apply(u usual) usual {
	if v.careOf.IsValid() {
		u.careOf = v.careOf
	}
	if v.lifetime > 0 {
		u.lifetime = v.lifetime
	}
	u.set, u.clear = (u.set|v.set)&^v.clear, (u.clear|v.clear)&^v.set
	return u
}

func (v *variant) words() string {
	if len(v.inWords) == 0 {
		return ""
	}
	return " with " + strings.Join(v.inWords, " and ")
}

// otherCareOf is a care-of address that is not the home agent's.
func (a *attack) otherCareOf() netip.Addr {
	other := netip.AddrFrom4([4]byte{203, 0, 113, 1})
	if a.setup.HomeAgent.IsLoopback() {
		other = netip.AddrFrom4([4]byte{127, 0, 0, 2})
	}
	if other == a.setup.HomeAgent || other == a.setup.CareOfAddress {
		other = other.Next()
	}
	return other
}

// variants returns what is tried until the target accepts a plain request, the
// fewest changes first.
func (a *attack) variants() []variant {
	changes := []func(*variant){
		func(v *variant) {
			v.careOf = a.otherCareOf()
			v.inWords = append(v.inWords, "a care-of address that is not "+a.setup.CareOfAddress.String())
		},
		func(v *variant) { v.lifetime = 300; v.inWords = append(v.inWords, "Lifetime 300") },
		func(v *variant) { v.set |= mipv4.FlagReverseTunnel; v.inWords = append(v.inWords, "the T flag") },
		func(v *variant) {
			if a.usualFlags() != 0 {
				v.clear |= mipv4.FlagDecapsulation
				v.inWords = append(v.inWords, "no D flag")
			} else {
				v.set |= mipv4.FlagDecapsulation
				v.inWords = append(v.inWords, "the D flag")
			}
		},
		func(v *variant) { v.set |= mipv4.FlagGRE; v.inWords = append(v.inWords, "the G flag") },
		func(v *variant) { v.set |= mipv4.FlagSimultaneous; v.inWords = append(v.inWords, "the S flag") },
		func(v *variant) { v.set |= mipv4.FlagBroadcast; v.inWords = append(v.inWords, "the B flag") },
		func(v *variant) { v.set |= mipv4.FlagMinimal; v.inWords = append(v.inWords, "the M flag") },
	}
	var all []variant
	for bits := range 1 << len(changes) {
		var v variant
		for i, change := range changes {
			if bits>>i&1 != 0 {
				change(&v)
			}
		}
		if len(v.inWords) <= 3 {
			all = append(all, v)
		}
	}
	slices.SortStableFunc(all, func(x, y variant) int { return cmp.Compare(len(x.inWords), len(y.inWords)) })
	return all
}

// lesson is one difference from the plain request.
type lesson struct {
	name    string
	r       request
	source  string // of the MUST that has it accepted as the plain one is; "" for what may be refused
	forbids func(*fuzz.Limits)
}

// tries is how often it is sent until silence counts.
func (l *lesson) tries() int {
	if l.source == "" {
		return patience / 2
	}
	return patience
}

func (a *attack) lessons() (all []lesson) {
	u := a.learned.usual
	with := func(name, source string, forbids func(*fuzz.Limits), before ...[]byte) {
		all = append(all, lesson{name: name, source: source, forbids: forbids, r: request{usual: u, before: before}})
	}
	const skip = "RFC 5944 §1.8"
	with("a padding", skip+", §6.3", func(l *fuzz.Limits) { l.NoPadding = true }, extension(ext.KindPadding))
	with("an unknown skippable extension", skip, func(l *fuzz.Limits) { l.NoSkippable = true }, extension(unknownSkippable, 1, 2, 3))
	with("a Normal Vendor/Organization Specific extension", "RFC 5944 §1.8, RFC 3115 §2.2", func(l *fuzz.Limits) { l.NoNVSE = true }, exampleNVSE())
	var many [][]byte
	for range 17 {
		many = append(many, extension(unknownSkippable, 1))
	}
	if !a.setup.Limits.NoSkippable {
		with("more than sixteen extensions", skip, func(l *fuzz.Limits) { l.Few = true }, many...)
	}
	with("a Critical Vendor/Organization Specific extension", "", func(l *fuzz.Limits) { l.NoCVSE = true }, exampleCVSE())
	for bit := mipv4.FlagSimultaneous; bit != 0; bit >>= 1 {
		if bit == mipv4.FlagReservedR || bit == mipv4.FlagReservedX {
			continue // campaigns have a mutation for each
		}
		v := u
		usual := (a.usualFlags() | u.set) &^ u.clear
		if usual.Has(bit) {
			v.set, v.clear = v.set&^bit, v.clear|bit
			all = append(all, lesson{name: "no " + bit.String() + " flag", r: request{usual: v}, forbids: func(l *fuzz.Limits) { l.Set |= bit }})
		} else {
			v.set, v.clear = v.set|bit, v.clear&^bit
			all = append(all, lesson{name: "the " + bit.String() + " flag", r: request{usual: v}, forbids: func(l *fuzz.Limits) { l.Clear |= bit }})
		}
	}
	longer := u
	longer.lifetime = 0xfffe
	all = append(all, lesson{name: "Lifetime 65534", r: request{usual: longer}, forbids: func(l *fuzz.Limits) { l.Lifetime = u.lifetime }})
	other := u
	other.careOf = a.otherCareOf()
	all = append(all, lesson{name: "another care-of address", r: request{usual: other}, forbids: func(*fuzz.Limits) {}})
	if c, ok := associationOf(&a.setup, mnAAA); ok {
		all = append(all, lesson{name: associationName("MN-AAA Authentication", c), r: request{usual: u, aaa: true}, forbids: func(*fuzz.Limits) {}})
	}
	return all
}

// teach sends what a lesson is about, and what the target makes of it that the
// plain request does not show is a finding or a capability.
func (a *attack) teach(ctx context.Context, l lesson, known *outcome) (err error) {
	var o outcome
	if known != nil {
		o = *known
	} else if o, err = a.try(ctx, l.tries(), l.r); err != nil {
		return err
	}
	if o.died {
		l.forbids(&a.setup.Limits)
		return a.diedLearning(ctx, o, "a plain request with "+l.name)
	}
	if o.answer == nil {
		if a.blind {
			return nil
		}
		// Silence says something only where the target is still there.
		if x, err := a.hail(ctx, patience); err != nil || x.answer == nil {
			if err != nil {
				return err
			}
			l.forbids(&a.setup.Limits)
			return a.diedLearning(ctx, o, "a plain request with "+l.name)
		}
	}
	if o.answer != nil {
		a.book.judged(&job{part: partLearn, name: "learn", trigger: "a request with " + l.name}, 0, &o.k, o.answer, o.rtt, aboutAnswers(o.verdict))
	}
	if !a.learned.accepts || o.accepted {
		return nil
	}
	beside := a.setup.Limits.NoSkippable
	l.forbids(&a.setup.Limits)
	if l.r.aaa {
		a.setup.MobileAAA = ext.SecurityContext{}
	}
	if beside && a.setup.Limits.Few {
		return nil // it is made of what the target fails anyway
	}
	if l.source == "" {
		a.known(l.name, o.words(), &o)
		return nil
	}
	ev := evidenceOfOutcome(&o, "learn")
	if o.answer == nil {
		a.book.note(fuzz.Silence, "does not answer what it must skip", l.source, l.name, o.words(), ev)
	} else {
		a.book.note(fuzz.Code, "denies what it must skip", l.source, l.name, o.words(), ev)
	}
	return nil
}

// aboutAnswers leaves of a verdict what is wrong with the answer itself.
func aboutAnswers(v fuzz.Verdict) fuzz.Verdict {
	v.Violations = slices.DeleteFunc(slices.Clone(v.Violations), func(x fuzz.Violation) bool {
		return x.Rank != fuzz.Disclosure && x.Rank != fuzz.Unsigned && x.Rank != fuzz.Answer
	})
	return v
}

// evidenceOfOutcome keeps what the learner sent, which is as small as can be: what it is
// about, and nothing else.
func evidenceOfOutcome(o *outcome, name string) *evidence {
	return &evidence{job: &job{part: partLearn, name: name}, packet: o.k.Packet, answer: o.answer, rtt: o.rtt, clock: o.k.Clock, minimal: o.k.Packet}
}

// known notes a capability, once.
func (a *attack) known(name, seen string, o *outcome) {
	for i := range a.learned.capabilities {
		if c := &a.learned.capabilities[i]; c.name == name {
			c.seen, c.packet, c.answer, c.rtt = seen, o.k.Packet, o.answer, o.rtt
			return
		}
	}
	a.learned.capabilities = append(a.learned.capabilities, capability{name, seen, o.k.Packet, o.answer, o.rtt})
}

// diedLearning books that the target died of what the learner sent.
func (a *attack) diedLearning(ctx context.Context, o outcome, trigger string) error {
	if a.process == nil && !a.engine.heardAny() {
		return nil // nobody was there
	}
	a.engine.mu.Lock()
	a.engine.stats.deaths++
	a.engine.refused = false
	deaths := a.engine.stats.deaths
	a.engine.mu.Unlock()
	how, said := a.autopsy(o.refused)
	ev := evidenceOfOutcome(&o, "learn")
	alive := a.revive(ctx)
	if alive && a.engine.heardAny() {
		ev.minimal = a.minimizeDeath(ctx, ev, a.kills)
	}
	a.book.died(deathOf(how, said), a.dyingSection(), trigger, recognizable(how, said), ev)
	if !alive || deaths >= a.maxDeaths {
		return errDead
	}
	return nil
}

// rebuild makes the campaign anew with what was learned.
func (a *attack) rebuild() error {
	u, l := a.learned.usual, &a.setup.Limits
	if u.bits > 0 {
		l.IdentificationBits = u.bits
	}
	if u.careOf.IsValid() {
		a.setup.CareOfAddress = u.careOf
	}
	if u.lifetime < ordinaryLifetime && l.Lifetime == 0 {
		l.Lifetime = u.lifetime
	}
	l.Set |= u.set
	l.Clear |= u.clear
	return a.become(a.setup)
}
