package fuzz

import (
	"net/netip"
	"strconv"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Setup says what a campaign is to be. What it leaves unset has a default.
type Setup struct {
	Seed uint64
	// Situation has the leg that the packets travel, and so the target, which is
	// the leg's receiver; the profile and the edition by which the target is judged;
	// whether it serves proxies; and what it does not implement, which no case is
	// about but those that must be discarded. Leg and Profile must be given.
	// MobileForeign and ForeignHome become Shared where the associations below are
	// given, and must not be Shared where they are not.
	Situation rules.Situation
	// Strict says that the target implements every registered extension but what
	// the Situation says it does not. Otherwise what a target does that does not
	// know an extension conforms as well, but for those of RFC 5944 and DSMIPv4.
	Strict bool
	// Limits is what the packets keep to.
	Limits Limits
	// Epoch is the time of case 0; every case is a millisecond later. The
	// default is the first second of 2026.
	Epoch time.Time
	// HomeAddresses is the prefix of the mobile nodes' home addresses, IPv4 with
	// room for 8 to 2^24 of them, which the cases use in turn but for the first,
	// left to [Campaign.Probe]. The default is 198.18.0.0/15, the range of
	// RFC 2544 for benchmarks.
	HomeAddresses netip.Prefix
	// HomeAgent and CareOfAddress are IPv4 unicast, by default 192.0.2.1 and
	// 203.0.113.1.
	HomeAgent, CareOfAddress netip.Addr
	// MobileHome is the association of the mobile nodes with the home agent, one
	// for all of them; it must be given. The others may be.
	MobileHome, MobileForeign, ForeignHome, MobileAAA ext.SecurityContext
}

// Campaign is a sequence of cases. It is immutable and safe for concurrent use.
type Campaign struct {
	setup     Setup
	order     []*scheduled
	lacking   ext.Kind // what the target does not implement and must discard for, 0 for nothing
	stray     ext.Kind // what leads the target astray, which does not implement it, 0 for nothing
	firstHome uint32
	homes     uint64
}

// scheduled is a mutation that plants its fault in this campaign.
type scheduled struct {
	*mutation
	reaction code.Reaction
	allowed  Allowed
}

// The faults of a Setup.
var (
	// ErrSetupLeg: the leg must be known, for everything depends on it.
	ErrSetupLeg = code.NewFault("the campaign has no leg", "RFC 5944 §3.6-3.8", code.Caller, 0, 0, 0)
	// ErrSetupAddress: the messages have room for IPv4 addresses, and others than
	// unicast ones would break rules of their own.
	ErrSetupAddress = code.NewFault("the campaign's addresses are not IPv4 unicast, or its home addresses not 8 to 2^24", "RFC 5944 §3.3", code.Caller, 0, 0, 0)
	// ErrSetupMobileHome: every registration has this association.
	ErrSetupMobileHome = code.NewFault("the campaign has no mobility security association of mobile node and home agent", "RFC 5944 §3.5.2", code.Caller, 0, 0, 0)
	// ErrSetupKnowledge: what is shared has a key.
	ErrSetupKnowledge = code.NewFault("an association is said to be shared, but not given", "RFC 5944 §3.5.3, §3.5.4", code.Caller, 0, 0, 0)
)

// The vendor contents that no target implements: the enterprise number with all
// its 24 bits set (RFC 3115 §2.1) is assigned to nobody.
const (
	nobody     = 0xffffff
	nobodyType = 0xffff
)

// New returns the campaign of a Setup. The error is one of the ErrSetup faults,
// [dsmip.ErrProfile], [rules.ErrEdition] or [rules.ErrKnowledge] where the
// Situation has none of those, or that of signing with an association that cannot
// sign.
func New(s Setup) (*Campaign, error) {
	set := func(have *netip.Addr, deflt string) {
		if !have.IsValid() {
			*have = netip.MustParseAddr(deflt)
		}
	}
	set(&s.HomeAgent, "192.0.2.1")
	set(&s.CareOfAddress, "203.0.113.1")
	if !s.HomeAddresses.IsValid() {
		s.HomeAddresses = netip.MustParsePrefix("198.18.0.0/15")
	}
	if s.Epoch.IsZero() {
		s.Epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	homes := s.HomeAddresses
	switch {
	case !s.Situation.Leg.Request() && !s.Situation.Leg.Reply():
		return nil, ErrSetupLeg
	case s.Situation.Profile != dsmip.Draft06 && s.Situation.Profile != dsmip.RFC5454:
		return nil, dsmip.ErrProfile
	case s.Situation.Edition > rules.RFC3344:
		return nil, rules.ErrEdition
	case max(s.Situation.MobileForeign, s.Situation.ForeignHome, s.Situation.Proxies) > rules.None:
		return nil, rules.ErrKnowledge
	case !unicast(s.HomeAgent), !unicast(s.CareOfAddress), !unicast(homes.Addr()), homes.Bits() < 8, homes.Bits() > 29:
		return nil, ErrSetupAddress
	case !given(s.MobileHome):
		return nil, ErrSetupMobileHome
	}
	c := &Campaign{setup: s}
	for _, k := range []ext.Kind{ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth, ext.KindMNAAAAuth} {
		if a := c.association(k); given(a) {
			if _, err := a.Sign([]byte{byte(mipv4.TypeRequest), 23: 0}, k); err != nil {
				return nil, err
			}
		}
	}
	for _, a := range []struct {
		context ext.SecurityContext
		known   *rules.Knowledge
	}{{s.MobileForeign, &c.setup.Situation.MobileForeign}, {s.ForeignHome, &c.setup.Situation.ForeignHome}} {
		switch {
		case given(a.context):
			*a.known = rules.Shared
		case *a.known == rules.Shared:
			return nil, ErrSetupKnowledge
		}
	}
	first := homes.Masked().Addr().As4()
	c.firstHome = uint32(first[0])<<24 | uint32(first[1])<<16 | uint32(first[2])<<8 | uint32(first[3])
	c.homes = 1 << (32 - homes.Bits())
	if implements := s.Situation.Implements; implements != nil {
		for _, r := range rows {
			if !r.Kind.Type().Skippable() && !authorizes(r.Kind) && r.Form != ext.Pad && !implements(r.Kind) {
				c.lacking = r.Kind
			}
		}
		if !implements(experimental) {
			c.lacking = experimental
		}
		// Behind the two octets by which others are skipped, and as many as the
		// sub-type says, stands 4, a type that nobody knows.
		switch {
		case !implements(ext.KindMultipath):
			c.stray = ext.KindMultipath
		case !implements(ext.KindRequestedHA):
			c.stray = ext.KindRequestedHA // as RFC 4433 §3.4 draws it
		}
	}
	c.schedule()
	return c, nil
}

// experimental is a kind of the non-skippable experimental type (RFC 4064 §4).
const experimental ext.Kind = 127<<8 | 1

// unicast reports whether an address is an IPv4 one that a node may have;
// loopback is for agents under test.
func unicast(a netip.Addr) bool { return a.Is4() && 1 <= a.As4()[0] && a.As4()[0] < 224 }

// given reports whether there is a context: SPI 0 is reserved.
func given(c ext.SecurityContext) bool { return c.SPI() != 0 }

// oneConforming is how many mutations go by between two conforming packets.
const oneConforming = 7

// schedule puts the mutations that apply in the order of the cases. Every run of
// as many cases as there are has each of them, a big one once.
func (c *Campaign) schedule() {
	have := c.needs()
	var sound, big, broken []*scheduled
	for i := range mutations {
		m := &mutations[i]
		if m.legs>>c.setup.Situation.Leg&1 == 0 || m.need&^have != 0 || !c.knows(m) {
			continue
		}
		s := &scheduled{mutation: m, allowed: c.allowed(m)}
		switch {
		case m.big:
			big = append(big, s)
			continue
		case m.Fault == nil:
			sound = append(sound, s)
			continue
		}
		s.reaction = m.Fault.Reaction(c.Target())
		broken = append(broken, s)
	}
	for i, s := range broken {
		if i%oneConforming == 0 {
			c.order = append(c.order, sound[i/oneConforming%len(sound)])
		}
		c.order = append(c.order, s)
	}
	if n := (len(broken) + oneConforming - 1) / oneConforming; n < len(sound) {
		c.order = append(c.order, sound[n:]...)
	}
	c.order = append(c.order, big...)
}

// knows reports whether the target implements the extensions that a mutation is
// about, and the limits leave it in: to others the packet is another case.
func (c *Campaign) knows(m *mutation) bool {
	implements := c.setup.Situation.Implements
	if l := &c.setup.Limits; (m.home == insertedCovered || m.end == insertedCovered) && l.NoNVSE && l.NoSkippable && l.NoPadding {
		return false
	}
	for _, list := range [...][]element{m.before, m.behind, m.last} {
		if !c.setup.Limits.keeps(list) {
			return false
		}
		for _, e := range list {
			if e.row != nil && implements != nil && !implements(e.kind) {
				return false
			}
		}
	}
	return true
}

// needs returns what holds for this campaign.
func (c *Campaign) needs() (have need) {
	is := func(yes bool, n need) {
		if yes {
			have |= n
		}
	}
	s := &c.setup.Situation
	is(s.Profile == dsmip.Draft06, speaksDraft)
	is(s.Profile == dsmip.RFC5454, speaksRFC5454)
	is(s.Edition == rules.RFC5944, by5944)
	is(s.Edition == rules.RFC3344, by3344)
	_, last := c.last()
	is(last == rules.Shared, lastShared)
	is(last != rules.Shared, lastUnshared)
	is(last == rules.None, lastNone)
	is(given(c.setup.MobileAAA), hasAAA)
	is(s.RegistrationRequired, registers)
	is(!s.RegistrationRequired, registersNot)
	is(c.lacking != 0, lacksKind)
	is(c.stray != 0, lacksForm)
	is(s.Proxies != rules.None, judgesProxies)
	is(s.Proxies == rules.Served, servesProxies)
	is(s.Proxies == rules.Unknown, proxiesUnknown)
	is(s.ImplementsVendor != nil && !s.ImplementsVendor(nobody, nobodyType), lacksVendor)
	return have
}

// last returns the kind of the leg's last authentication and what is known of its
// association, Unknown where there is none.
func (c *Campaign) last() (ext.Kind, rules.Knowledge) {
	switch s := &c.setup.Situation; s.Leg {
	case code.MNtoFA, code.FAtoMN:
		return ext.KindMobileForeignAuth, s.MobileForeign
	case code.FAtoHA, code.HAtoFA:
		return ext.KindForeignHomeAuth, s.ForeignHome
	}
	return 0, rules.Unknown
}

// Setup returns the setup with its defaults filled in.
func (c *Campaign) Setup() Setup { return c.setup }

// Target returns the role that the packets are for.
func (c *Campaign) Target() code.Role { return c.setup.Situation.Leg.Receiver() }

// Mutations returns those of the campaign, in the order of its first cases; a
// conforming one may be there more than once. Case i has the mutation i modulo
// their number.
func (c *Campaign) Mutations() []Mutation {
	all := make([]Mutation, len(c.order))
	for i, s := range c.order {
		all[i] = s.Mutation
	}
	return all
}

// Case is one packet of a campaign.
type Case struct {
	Index    uint64
	Mutation *Mutation
	// Packet is the UDP payload, signed but where the mutation is about that.
	Packet []byte
	// Before is nil, or a request that the target must have accepted for the
	// packet to be wrong: its Identification is Last.
	Before []byte
	// Reaction is what the texts have the target do about the fault, and Allowed
	// all that a conforming target may be seen to do.
	Reaction code.Reaction
	Allowed  Allowed
	// HomeAddress and Identification are those of an answer, unless the home
	// address is to be assigned and HomeAddress 0.0.0.0.
	HomeAddress    netip.Addr
	Identification mipv4.Identification
	// Asked is the request that a reply answers, but for its extensions.
	Asked mipv4.Request
	// Last is the greatest Identification that the target has accepted from the
	// node, 0 for none, and Clock the time that the packet is made for.
	Last  mipv4.Identification
	Clock time.Time

	free   bool          // made by nobody's recipe
	faults []*code.Fault // all that such a packet has
}

// Source returns the section that the packet breaks, "" for a conforming one.
func (k *Case) Source() string {
	if k.Mutation.Fault == nil {
		return ""
	}
	return k.Mutation.Fault.Source()
}

// Case returns case i, its packet appended to buf: a function of the campaign
// and i alone. Nothing is allocated when buf has room for it, 64 KiB for any.
func (c *Campaign) Case(i uint64, buf []byte) Case {
	return c.CaseAt(i, c.setup.Epoch.Add(time.Duration(i%(1<<40))*time.Millisecond), buf)
}

// CaseAt returns case i as it is at a moment: what differs is the
// Identification, and so the authenticators. It is for sending, since agents
// reject an old clock with Code 133.
func (c *Campaign) CaseAt(i uint64, now time.Time, buf []byte) Case {
	b := builder{
		c:      c,
		m:      c.order[i%uint64(len(c.order))],
		random: keyed(c.setup.Seed, i),
		home:   c.home(1 + i%(c.homes-1)),
		now:    now,
	}
	k := b.build(i, buf)
	if c.setup.Limits != (Limits{}) {
		// What a mutation is about may be what the target is known to fail: who knows no
		// skippable type may deny those of registered extensions, too.
		o := oracle{c: c, allowed: k.Allowed}
		o.limited(k.Packet)
		k.Allowed = o.allowed
	}
	return k
}

// Probe returns a request that every conforming target of the campaign accepts
// or relays, with the first home address, for finding out whether it still
// answers. n tells probes of the same moment apart. On the legs of replies there
// is none: the packet is nil.
func (c *Campaign) Probe(n uint64, now time.Time, buf []byte) Case {
	if !c.setup.Situation.Leg.Request() {
		return Case{Mutation: &probe.Mutation, Clock: now}
	}
	b := builder{
		c:      c,
		m:      &scheduled{mutation: &probe},
		random: keyed(^c.setup.Seed, n),
		home:   c.home(0),
		now:    now,
	}
	b.m.allowed = c.allowed(b.m.mutation)
	return b.build(n, buf)
}

var probe = mutation{Mutation: Mutation{Name: "probe"}, legs: requests}

// home returns the nth home address.
func (c *Campaign) home(n uint64) netip.Addr {
	v := c.firstHome + uint32(n)
	return netip.AddrFrom4([4]byte{byte(v >> 24), byte(v >> 16), byte(v >> 8), byte(v)})
}

// HomeAddresses returns how many cases go by until a home address is used again.
func (c *Campaign) HomeAddresses() uint64 { return c.homes - 1 }

func decimal(n int) string { return strconv.Itoa(n) }
