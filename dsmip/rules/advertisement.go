package rules

import (
	"iter"
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Discovery is what judging an Agent Advertisement takes besides the message, for the
// mobile node that receives it. What is not told is not judged, so the zero Discovery
// judges what the message shows.
type Discovery struct {
	// Destination and TTL are those of the datagram. A TTL of 0 stands for not known, and
	// so does a Destination that is not of IPv4, an IPv4-mapped one included.
	Destination netip.Addr
	TTL         uint8
	// Previous is the Sequence Number of the same agent's advertisement before this one,
	// while that has not expired; nil when it is not known.
	Previous *mipv4.SequenceNumber
	// PrefixLengths says whether the other agents of the subnet include the
	// Prefix-Lengths extension: Served or None.
	PrefixLengths Knowledge
	// Implements reports whether the mobile node implements a kind of extension; nil
	// stands for all.
	Implements func(mipv4.DiscoveryKind) bool
}

// DiscoveryVerdict is what the rule book says of one extension of an advertisement, or of
// the message as a whole.
type DiscoveryVerdict struct {
	// Offset is where in the message, counted from the ICMP type, the verdict belongs:
	// that of the extension, of a field of the fixed part, or the message's length for
	// what is missing.
	Offset int
	// Extension is the one that is judged. It is the zero DiscoveryExtension, of no bytes,
	// in the verdicts on the message as a whole, all of which come before the first
	// extension.
	Extension mipv4.DiscoveryExtension
	// Fault is nil when the extension is right.
	Fault *code.Fault
}

// CheckAdvertisement returns the first fault that breaks a MUST, that is the caller's, or
// that has a mobile node discard an advertisement; nil when there is none. Those of the
// message as a whole come first, then by offset. A Router Advertisement of another
// router is none to judge: [mipv4.ErrNoMobilityAgent].
func (d *Discovery) CheckAdvertisement(a *mipv4.AgentAdvertisement) error {
	w, f := newDiscoveryWalk(d, a)
	if f != nil {
		return f
	}
	w.whole(func(_ int, g *code.Fault) bool {
		if graveForMobile(g) {
			f = g
		}
		return f == nil
	})
	if f != nil {
		return f
	}
	for x, ok := a.Extensions.First(); ok; x, ok = a.Extensions.Next(x) {
		var v discoveryFindings
		w.judge(x, &v)
		for _, f := range v.all() {
			if graveForMobile(f) {
				return f
			}
		}
	}
	return nil
}

// Advertisement judges an advertisement. What concerns the message as a whole comes
// first, in verdicts without an extension: the fixed part, what is missing, and every
// fault of an extension that has a mobile node discard the message. Then every extension
// follows once, in order: with a nil Fault when it is right, otherwise with its faults,
// each in a verdict of its own. Ranged over in place it allocates nothing.
func (d *Discovery) Advertisement(a *mipv4.AgentAdvertisement) iter.Seq[DiscoveryVerdict] {
	return func(yield func(DiscoveryVerdict) bool) { d.advertisement(a, yield) }
}

func (d *Discovery) advertisement(a *mipv4.AgentAdvertisement, yield func(DiscoveryVerdict) bool) {
	w, f := newDiscoveryWalk(d, a)
	if f != nil {
		yield(DiscoveryVerdict{Fault: f})
		return
	}
	if !w.whole(func(at int, f *code.Fault) bool { return yield(DiscoveryVerdict{Offset: at, Fault: f}) }) {
		return
	}
	for x, ok := a.Extensions.First(); ok; x, ok = a.Extensions.Next(x) {
		var v discoveryFindings
		w.judge(x, &v)
		for _, f := range v.all() {
			if f.Reaction(code.MobileNode).Stops() && !yield(DiscoveryVerdict{Offset: x.Offset(), Fault: f}) {
				return
			}
		}
	}
	w.discoveryProgress = discoveryProgress{}
	for x, ok := a.Extensions.First(); ok; x, ok = a.Extensions.Next(x) {
		var v discoveryFindings
		w.judge(x, &v)
		if v.n == 0 && !yield(DiscoveryVerdict{x.Offset(), x, nil}) {
			return
		}
		for _, f := range v.all() {
			if !yield(DiscoveryVerdict{x.Offset(), x, f}) {
				return
			}
		}
	}
}

// graveForMobile reports whether a mobile node is to act on a fault.
func graveForMobile(f *code.Fault) bool {
	return f.Breaks() <= code.Must || f.Reaction(code.MobileNode).Stops()
}

// discoveryFindings are the faults of one extension of an advertisement.
type discoveryFindings struct {
	faults [12]*code.Fault // no extension can have more
	n      int
}

func (v *discoveryFindings) is(wrong bool, f *code.Fault) {
	if wrong && v.n < len(v.faults) {
		v.faults[v.n] = f
		v.n++
	}
}

// parsed adds the fault for which a typed Parse refuses an extension.
func (v *discoveryFindings) parsed(err error) bool {
	if err != nil {
		v.is(true, err.(*code.Fault))
	}
	return err == nil
}

func (v *discoveryFindings) all() []*code.Fault { return v.faults[:v.n] }

// discoveryWalk judges one advertisement: a survey first, then the message as a whole,
// then one extension after the other.
type discoveryWalk struct {
	d    *Discovery
	a    *mipv4.AgentAdvertisement
	size int
	// What the survey found: the flags of the first Mobility Agent Advertisement, and
	// where the last extension of RFC 3344, and the last of all, stands.
	flags              mipv4.AgentFlags
	base, last         int
	prefixLengths, nai bool
	told               bool // the flags are known
	discoveryProgress
}

// discoveryProgress is how many of a kind have gone by.
type discoveryProgress struct{ agents, prefixes, challenges, paddings int }

func newDiscoveryWalk(d *Discovery, a *mipv4.AgentAdvertisement) (w discoveryWalk, f *code.Fault) {
	if d.PrefixLengths > None {
		return w, ErrKnowledge
	}
	w = discoveryWalk{d: d, a: a}
	start := 8 + a.RouterAddresses.Len()*a.RouterAddresses.AddrEntrySize()*4
	w.size = start + a.Extensions.Size()
	agents := 0
	for x, ok := a.Extensions.First(); ok; x, ok = a.Extensions.Next(x) {
		w.last = x.Offset()
		switch x.Kind() {
		case mipv4.DiscoveryMobilityAgent:
			w.base = x.Offset()
			if m, err := mipv4.ParseMobilityAgentAdvertisement(x); err == nil && agents == 0 {
				w.flags, w.told = m.Flags, true
			}
			agents++
		case mipv4.DiscoveryPrefixLengths:
			w.base, w.prefixLengths = x.Offset(), true
		case mipv4.DiscoveryFANAI:
			w.nai = true
		}
	}
	if agents == 0 {
		return w, mipv4.ErrNoMobilityAgent
	}
	return w, nil
}

// lacks reports whether the mobile node does not implement a kind.
func (w *discoveryWalk) lacks(k mipv4.DiscoveryKind) bool {
	return w.d.Implements != nil && !w.d.Implements(k)
}

// whole judges the fixed part of an advertisement, and what is missing.
func (w *discoveryWalk) whole(yield func(at int, f *code.Fault) bool) bool {
	const codeAt, lifetimeAt = 1, 6 // RFC 1256 §3
	const longest = 9000            // seconds
	allSystems := [4]byte{224, 0, 0, 1}
	a, d := w.a, w.d
	ok := true
	is := func(at int, wrong bool, f *code.Fault) {
		if wrong && ok {
			ok = yield(at, f)
		}
	}
	is(0, d.TTL > 1, ErrAdvertisementTTL)
	is(0, d.Destination.Is4() && d.Destination.IsMulticast() && d.Destination.As4() != allSystems, ErrAdvertisementDestination)
	is(codeAt, a.Code != code.HandlesCommonTraffic && a.Code != code.DoesNotRouteCommonTraffic, mipv4.ErrAdvertisementCode)
	is(lifetimeAt, a.Lifetime > longest, ErrAdvertisementLifetime)
	is(w.size, d.PrefixLengths == Served && !w.prefixLengths, ErrPrefixLengthsMixed)
	is(w.size, w.flags.Has(mipv4.AgentRegional) && !w.nai, ErrRegionalWithoutNAI)
	return ok
}

// judge judges one extension, the next in order.
func (w *discoveryWalk) judge(x mipv4.DiscoveryExtension, v *discoveryFindings) {
	k := x.Kind()
	if w.lacks(k) {
		switch {
		case k == mipv4.DiscoveryExperimental:
			v.is(true, ErrExperimentalAdvertised)
		case !k.Type().Skippable():
			v.is(true, ErrNotImplemented)
		}
		return
	}
	switch k.Type() {
	case mipv4.DiscoveryPadding.Type():
		w.paddings++
		v.is(w.paddings > 1, ErrSecondPadding)
		v.is(x.Offset() < w.last, ErrPaddingNotLast)
		v.is(w.paddings == 1 && x.Offset() == w.last && w.size%2 != 0, ErrPaddingOdd)
	case mipv4.DiscoveryMobilityAgent.Type():
		w.agents++
		v.is(w.agents > 1, ErrSecondMobilityAgent)
		if m, err := mipv4.ParseMobilityAgentAdvertisement(x); v.parsed(err) {
			w.mobilityAgent(m, v)
		}
	case mipv4.DiscoveryPrefixLengths.Type():
		w.prefixes++
		v.is(w.prefixes > 1, ErrSecondPrefixLengths)
		v.is(w.agents == 0, ErrPrefixLengthsFirst)
		v.is(w.d.PrefixLengths == None, ErrPrefixLengthsMixed)
		_, err := mipv4.ParsePrefixLengths(x)
		v.parsed(err)
	case mipv4.DiscoveryChallenge.Type():
		w.challenges++
		v.is(w.challenges > 1, ErrSecondAgentChallenge)
		v.is(w.told && !w.flags.Has(mipv4.AgentForeign), ErrChallengeWithoutForeign)
		v.is(len(x.Body()) < 4, ErrChallengeShort)
	case mipv4.DiscoveryNVSE.Type():
		if n, err := mipv4.ParseAgentVendorExtension(x); v.parsed(err) {
			v.is(n.Vendor > 0xffffff, ext.ErrVendorOctet)
		}
	case mipv4.DiscoveryFANAI.Type():
		v.is(k == mipv4.DiscoveryFANAI && x.Offset() < w.base, ErrFANAIFirst)
		_, err := mipv4.ParseAgentNAI(x)
		v.parsed(err)
	case mipv4.DiscoveryEthernetAddress.Type():
		_, err := mipv4.ParseAgentLinkLayerAddress(x)
		v.parsed(err)
	}
}

// mobilityAgent judges a Mobility Agent Advertisement.
func (w *discoveryWalk) mobilityAgent(m mipv4.MobilityAgentAdvertisement, v *discoveryFindings) {
	const reserved = mipv4.AgentReservedR | 0x1f
	has := m.Flags.Has
	foreign, regional := has(mipv4.AgentForeign), has(mipv4.AgentRegional)
	n := m.CareOfAddresses.Len()
	v.is(!foreign && !has(mipv4.AgentHome), mipv4.ErrNeitherAgent)
	v.is(!foreign && has(mipv4.AgentBusy), mipv4.ErrBusyWithoutForeign)
	v.is(!foreign && has(mipv4.AgentRegistrationRequired), mipv4.ErrRequiredWithoutForeign)
	v.is(foreign && n == 0, mipv4.ErrNoCareOfAddress)
	v.is(!foreign && n > 0, ErrCareOfAddressWithoutForeign)
	v.is(!foreign && (regional || has(mipv4.AgentReverseTunneling)), ErrForeignService)
	v.is(regional && !foreign && n == 0, ErrRegionalWithoutCareOfAddress)
	v.is(foreign && has(mipv4.AgentRevocation) && !has(mipv4.AgentRegistrationRequired), ErrRevocationNotRequired)
	v.is(m.Flags&reserved != 0, ErrAdvertisementReserved)
	v.is(m.RegistrationLifetime == 0, ErrNoRegistrationLifetime)
	v.is(w.agents == 1 && w.d.Previous != nil && m.SequenceNumber == *w.d.Previous && m.SequenceNumber > 255, ErrSequenceRepeated)
	w.careOfAddresses(m, v)
}

// careOfAddresses judges the care-of addresses of a Mobility Agent Advertisement: each
// fault once, wherever it is.
func (w *discoveryWalk) careOfAddresses(m mipv4.MobilityAgentAdvertisement, v *discoveryFindings) {
	n := m.CareOfAddresses.Len()
	nobody, gateway := false, false
	for i := range n {
		switch a := m.CareOfAddresses.At(i); {
		case !allOnes(a):
			nobody = nobody || !unicast(a)
		case i == 0 || i < n-1, !m.Flags.Has(mipv4.AgentRegional) && !m.Flags.Has(mipv4.AgentRevocation):
			gateway = true
		}
	}
	dynamic := n > 1 && allOnes(m.CareOfAddresses.At(n-1))
	v.is(nobody, ErrAdvertisedCareOfAddress)
	v.is(gateway, ErrDynamicGateway)
	v.is(dynamic && !gateway && !m.Flags.Has(mipv4.AgentRegional), ErrRegionalBit)
}
