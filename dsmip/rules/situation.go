package rules

import (
	"encoding/binary"
	"hash/maphash"
	"iter"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Edition is the text that a message is judged by where the editions of
// Mobile IPv4 differ.
type Edition uint8

// The editions. The zero Edition is that in force.
const (
	RFC5944 Edition = iota
	RFC3344
)

// String returns "rfc5944" or "rfc3344".
func (e Edition) String() string {
	switch e {
	case RFC5944:
		return "rfc5944"
	case RFC3344:
		return "rfc3344"
	}
	return "edition " + strconv.Itoa(int(e))
}

// ParseEdition returns the edition that a word as String gives it names. The error
// is [ErrEdition].
func ParseEdition(s string) (Edition, error) {
	for e := RFC5944; e <= RFC3344; e++ {
		if s == e.String() {
			return e, nil
		}
	}
	return 0, ErrEdition
}

// Knowledge is what is known of a mobility security association, or of a service.
type Knowledge uint8

// The states of knowledge.
const (
	Unknown Knowledge = iota // whether there is one is not judged
	Shared                   // both ends share an association
	None                     // they share none; the service is not offered

	// Served is Shared, said of a service.
	Served = Shared
)

// String returns "unknown", "shared" or "none".
func (k Knowledge) String() string {
	switch k {
	case Unknown:
		return "unknown"
	case Shared:
		return "shared"
	case None:
		return "none"
	}
	return "knowledge " + strconv.Itoa(int(k))
}

// Situation is what judging a message takes besides the message. Leg and Profile
// must be given; what else is not told is not judged.
type Situation struct {
	Leg     code.Leg // of the message
	Profile dsmip.Profile
	Edition Edition
	// MobileForeign and ForeignHome are the associations between mobile node
	// and foreign agent, and between foreign agent and home agent.
	MobileForeign, ForeignHome Knowledge
	// Proxies says whether the home agent serves proxies that authenticate
	// themselves instead of the mobile node (RFC 5563 §5.1, §8): Served or None.
	// While it is Unknown, a registration that only such a proxy may send is
	// reported as unclear.
	Proxies Knowledge
	// Secured says whether another mechanism at least as secure, IPsec say, protects what
	// two agents, or home agent and mobile node, send each other, so that a revocation
	// needs no authenticator (RFC 3543 §3.3): Served or None.
	Secured Knowledge
	// Inform says whether the two agents have negotiated the I bit of revocations in their
	// Revocation Support extensions (RFC 3543 §4.2.1): Served or None.
	Inform Knowledge
	// SimultaneousBindings says whether the home agent supports them, which the Code of its
	// acceptances tells (RFC 5944 §3.8.2.2, §3.8.3.2): Served or None.
	SimultaneousBindings Knowledge
	// Receiver is what only the receiver of a request knows; nil for nothing.
	Receiver *Receiver
	// RegistrationRequired is the R flag of the foreign agent's advertisement.
	RegistrationRequired bool
	// Implements reports whether the receiver implements a kind of extension;
	// nil stands for all. One that it does not implement is unknown to it:
	// skipped by the Length at its second byte, or a fault when its type is not
	// skippable (RFC 5944 §1.8).
	Implements func(ext.Kind) bool
	// ImplementsVendor is the same for what a Critical Vendor/Organization
	// Specific extension, type 38, contains (RFC 3115 §2.3): the vendor's SMI
	// number and its type. nil stands for all.
	ImplementsVendor func(vendor uint32, vendorType uint16) bool
}

// Verdict is what the rule book says of one extension, or of the message as a
// whole.
type Verdict struct {
	// Offset is where in the message the verdict belongs: that of the extension,
	// of a field of the fixed part, or the message's length for what is missing.
	Offset int
	// Extension is the one that is judged. It is the zero Raw in the verdicts on
	// the message as a whole, all of which come before the first extension.
	Extension ext.Raw
	// Fault is nil when the extension is right.
	Fault *code.Fault
}

// CheckRequest returns the first fault that breaks a MUST, that is the caller's, or
// that has the leg's receiver discard or reject a request; nil when there is none.
// The order is that of [Situation.Request]: what has the receiver discard the request
// silently by a MUST, then what concerns the message as a whole, then what else stops the
// message, then the others. So a request that must not be answered never comes with the
// Code of another fault.
func (s *Situation) CheckRequest(r *mipv4.Request) error {
	if f := s.untold(s.Leg.Request(), ErrRequestLeg); f != nil {
		return f
	}
	w := walk{s: s, judging: s.Leg.Receiver(), request: r, size: len(r.Extensions.Message())}
	w.survey.walk(s, r.Extensions)
	if f := w.first(r.Extensions, nil, nil); f != nil {
		return f
	}
	return nil
}

// Request judges a request on its way along the leg. What concerns the message as a
// whole comes first, in verdicts without an extension: the fixed part, what is
// missing, and every fault of an extension that has the receiver discard or reject
// the message. So a loop that acts as it goes acts on nothing of such a message. Of these
// the first are those that have the receiver discard the message by a MUST and say nothing,
// wherever they stand: a loop that answers the first fault answers nothing that is to be
// discarded silently. Then every extension follows once, in order: with a nil Fault when it
// is right, otherwise with its faults, each in a verdict of its own.
//
// Ranged over in place it allocates nothing, but it moves a datagram that lives on
// the caller's stack to the heap, which CheckRequest does not; handed on, it is
// itself on the heap.
func (s *Situation) Request(r *mipv4.Request) iter.Seq[Verdict] {
	return func(yield func(Verdict) bool) { s.request(r, yield) }
}

func (s *Situation) request(r *mipv4.Request, yield func(Verdict) bool) {
	if f := s.untold(s.Leg.Request(), ErrRequestLeg); f != nil {
		yield(Verdict{Fault: f})
		return
	}
	w := walk{s: s, judging: s.Leg.Receiver(), request: r, size: len(r.Extensions.Message())}
	w.survey.walk(s, r.Extensions)
	w.verdicts(r.Extensions, nil, nil, yield)
}

// CheckReply is CheckRequest for a reply. asked is the request that it answers; nil
// when that is not known, and then nothing is compared with it. Of one that was not
// parsed, only what is set is compared.
func (s *Situation) CheckReply(r *mipv4.Reply, asked *mipv4.Request) error {
	if f := s.untold(s.Leg.Reply(), ErrReplyLeg); f != nil {
		return f
	}
	var w walk // set field by field: a literal would be made elsewhere and copied
	w.s, w.judging, w.request, w.reply, w.size = s, s.Leg.Receiver(), asked, r, len(r.Extensions.Message())
	var order dsmip.InOrder
	order.Profile = s.Profile
	w.survey.order = &order
	w.readReply()
	var f *code.Fault
	if !w.answering() {
		f = w.first(r.Extensions, nil, nil)
	} else if few := (fewAnswers{}); few.enough(&w) {
		p := newAnswers(&w, r.Extensions, few.found[:0], networkSet{few: few.networks[:]})
		f = w.first(r.Extensions, &p, nil)
	} else {
		f = w.firstOfMany(r.Extensions)
	}
	if f != nil {
		return f
	}
	return nil
}

func (w *walk) firstOfMany(l ext.List) *code.Fault {
	var found manyFound
	var networks manyNetworks
	// The seed keeps an attacker from choosing prefixes that collide.
	p := newAnswers(w, l, found[:0], networkSet{many: networks[:], seed: maphash.MakeSeed()})
	return w.first(l, &p, nil)
}

// Reply is Request for a reply; asked is as in CheckReply.
func (s *Situation) Reply(r *mipv4.Reply, asked *mipv4.Request) iter.Seq[Verdict] {
	return func(yield func(Verdict) bool) { s.reply(r, asked, yield) }
}

func (s *Situation) reply(r *mipv4.Reply, asked *mipv4.Request, yield func(Verdict) bool) {
	if f := s.untold(s.Leg.Reply(), ErrReplyLeg); f != nil {
		yield(Verdict{Fault: f})
		return
	}
	var w walk // set field by field: a literal would be made elsewhere and copied
	w.s, w.judging, w.request, w.reply, w.size = s, s.Leg.Receiver(), asked, r, len(r.Extensions.Message())
	var order dsmip.InOrder
	order.Profile = s.Profile
	w.survey.order = &order
	w.readReply()
	if !w.answering() {
		w.verdicts(r.Extensions, nil, nil, yield)
	} else if few := (fewAnswers{}); few.enough(&w) {
		p := newAnswers(&w, r.Extensions, few.found[:0], networkSet{few: few.networks[:]})
		w.verdicts(r.Extensions, &p, nil, yield)
	} else {
		w.verdictsOfMany(r.Extensions, yield)
	}
}

func (w *walk) verdictsOfMany(l ext.List, yield func(Verdict) bool) {
	var found manyFound
	var networks manyNetworks
	p := newAnswers(w, l, found[:0], networkSet{many: networks[:], seed: maphash.MakeSeed()})
	w.verdicts(l, &p, nil, yield)
}

// untold returns the fault of a caller who did not say by what to judge. way says
// whether the message travels on the leg, and wrong is the fault when it does not.
func (s *Situation) untold(way bool, wrong *code.Fault) *code.Fault {
	switch {
	case way:
		return s.unjudged()
	case s.Leg.Receiver() == 0:
		return code.ErrLeg
	}
	return wrong
}

// unjudged is untold but for the leg.
func (s *Situation) unjudged() *code.Fault {
	switch {
	case s.Profile != dsmip.Draft06 && s.Profile != dsmip.RFC5454:
		return dsmip.ErrProfile
	case s.Edition > RFC3344:
		return ErrEdition
	case max(s.MobileForeign, s.ForeignHome, s.Proxies, s.Secured, s.Inform, s.SimultaneousBindings) > None:
		return ErrKnowledge
	case s.Receiver != nil && s.Receiver.nonsense():
		return ErrService
	}
	return nil
}

// lacks reports whether there is anything that the receiver does not implement.
func (s *Situation) lacks() bool { return s.Implements != nil || s.ImplementsVendor != nil }

// skips reports whether the receiver skips an extension that it does not know.
func (s *Situation) skips(x ext.Raw) bool {
	return s.Implements != nil && x.Type().Skippable() && !s.Implements(x.Kind())
}

// refuses returns the fault of an extension that the receiver neither knows nor may
// skip, nil for others. vendor is that of unknown vendor contents.
func (s *Situation) refuses(x ext.Raw, vendor *code.Fault) *code.Fault {
	if s.Implements != nil && !x.Type().Skippable() && !s.Implements(x.Kind()) {
		return ErrNotImplemented
	}
	// Vendor/Org-ID, Vendor-CVSE-Type (RFC 3115 §2.1).
	if b := x.Body(); s.ImplementsVendor != nil && x.Kind() == ext.KindCVSE && len(b) >= 6 &&
		!s.ImplementsVendor(binary.BigEndian.Uint32(b), binary.BigEndian.Uint16(b[4:])) {
		return vendor
	}
	return nil
}
