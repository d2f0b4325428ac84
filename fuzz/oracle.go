package fuzz

import (
	"encoding/binary"
	"net/netip"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// The clocks of two nodes differ by seconds at most where timestamps protect them
// (RFC 5944 §5.7.1); what is an hour off is off by any clock.
const (
	agreed = 2 * time.Second
	off    = time.Hour
)

// CaseOf returns the case that a packet is which no campaign made: what the target
// may be seen to do with it follows from all that is wrong with the packet by the
// parser, the rule book, the authenticators and the clock. Where several things
// are wrong, what conforms to either conforms. The case has the name and no
// index; it aliases the packet. It is for the legs of requests.
func (c *Campaign) CaseOf(name string, packet []byte, now time.Time) Case {
	k := Case{Packet: packet, HomeAddress: netip.IPv4Unspecified(), Clock: now}
	if len(packet) >= requestLength {
		k.HomeAddress = netip.AddrFrom4([4]byte(packet[4:8]))
		k.Identification = mipv4.Identification(binary.BigEndian.Uint64(packet[16:]))
	}
	o := oracle{c: c, class: Conforming}
	o.allowed = c.allowed(&mutation{})
	o.judge(packet, now)
	o.limited(packet)
	if o.fault != nil && !c.Authentic(packet) {
		o.allowed = o.allowed.WithoutAcceptance()
	}
	k.Mutation = &Mutation{Name: name, Class: o.class, Fault: o.fault}
	k.Allowed, k.faults, k.free = o.allowed, o.faults, true
	if o.fault != nil {
		k.Reaction = o.fault.Reaction(c.Target())
	}
	return k
}

// Replayed returns the case as what it is when its Identification is not later than
// one that the target has accepted.
func (c *Campaign) Replayed(k Case) Case {
	o := oracle{c: c, allowed: k.Allowed, fault: k.Mutation.Fault, class: k.Mutation.Class}
	o.wrong(Replay, mipv4.ErrReplay, nil)
	k.Mutation = &Mutation{Name: k.Mutation.Name, Class: Replay, Fault: mipv4.ErrReplay}
	k.Allowed, k.Reaction = o.allowed, mipv4.ErrReplay.Reaction(c.Target())
	return k
}

// oracle collects what conforms.
type oracle struct {
	c       *Campaign
	allowed Allowed
	fault   *code.Fault // the first, whose section is named
	faults  []*code.Fault
	class   Class
}

// wrong notes that something is wrong; e is the extension, nil for none.
func (o *oracle) wrong(class Class, f *code.Fault, e *element) {
	m := mutation{Mutation: Mutation{Class: class, Fault: f}}
	if e != nil {
		m.before = []element{*e}
	}
	o.faults = append(o.faults, f)
	allowed := o.c.allowed(&m)
	if o.fault == nil {
		o.fault, o.class, o.allowed = f, class, allowed
		return
	}
	if class > o.class && class >= Authentication {
		o.fault, o.class = f, class
	}
	o.allowed = o.allowed.or(allowed)
}

func (o *oracle) judge(packet []byte, now time.Time) {
	c := o.c
	r, err := mipv4.ParseRequest(packet)
	if f := fault(err); f != nil {
		o.wrong(Structure, f, nil)
		return
	}
	situation := c.setup.Situation
	for v := range situation.Request(&r) {
		f := v.Fault
		// A verdict on the message as a whole has the place of an extension as well.
		var e *element
		if x, ok := r.Extensions.At(v.Offset); ok {
			e = &element{kind: x.Kind(), row: rowOf(x.Kind())}
		}
		switch {
		case f == rules.ErrDirectSPI:
			// The association has the SPI that it has.
		case f != nil:
			o.wrong(Rule, f, e)
		case e != nil && (e.kind == ext.KindCVSE || e.kind == ext.KindLegacyCVSE):
			// Whose contents nobody need know (RFC 3115 §2.4).
			o.allowed.allow(code.HAUnknownVendorFromMobileNode, code.HAUnknownVendorFromForeignAgent, code.FAUnknownVendorFromMobileNode)
		}
	}
	o.authenticators(&r)
	o.fresh(r.Identification, now)
	o.addresses(&r)
}

// mostVerified bounds how many authenticators of one message are verified: each covers all
// that stands before it, and a packet may be made of nothing else. The rules allow four.
const mostVerified = 16

// authenticators notes those that are not good.
func (o *oracle) authenticators(r *mipv4.Request) {
	authentic, n := o.c.Authentic(r.Extensions.Message()), 0
	for x := range r.Extensions.All() {
		k := x.Kind()
		if !authorizes(k) {
			continue
		}
		if n++; n > mostVerified {
			break
		}
		association := o.c.association(k)
		a, err := ext.ParseAuth(x)
		if err != nil {
			continue // is a fault of the rule book
		}
		if !given(association) {
			// Who verifies it beside a good Mobile-Home the campaign does not know.
			if k == ext.KindMNAAAAuth && !authentic {
				o.wrong(Authentication, ext.ErrMNAAAInvalid, nil)
			}
			continue
		}
		if _, err := association.Verify(a); err != nil {
			o.wrong(Authentication, fault(err), nil)
			// Only beside a valid Foreign-Home Authentication it MUST be answered (RFC 5944
			// §3.8.2.1 a), which a deregistration does not have.
			o.allowed.Silence = o.allowed.Silence || k == ext.KindMobileHomeAuth && r.Lifetime == mipv4.Deregister
		}
	}
}

// fresh notes an Identification that is far from the time of day. Of one that is
// somewhat off nothing is known.
func (o *oracle) fresh(id mipv4.Identification, now time.Time) {
	d := id.Time().Sub(now).Abs()
	switch {
	case d > off:
		o.wrong(Replay, mipv4.ErrTimestamp, nil)
	case d > agreed:
		o.allowed.allow(code.HAIdentificationMismatch)
	}
}

// limited allows for a target to deny, and to ignore, what goes beyond the limits of
// the campaign: that it does is known.
func (o *oracle) limited(packet []byte) {
	l := &o.c.setup.Limits
	if len(packet) < requestLength || *l == (Limits{}) {
		return
	}
	end, _ := ext.Locate(packet, requestLength)
	list, err := ext.Parse(packet[:end], requestLength)
	beyond, n := err != nil, 0
	for x := range list.All() {
		n++
		k := x.Kind()
		beyond = beyond || k.Type() == 0 && l.NoPadding || k == ext.KindNVSE && l.NoNVSE || k == ext.KindCVSE && l.NoCVSE ||
			k.Type().Skippable() && l.NoSkippable && !authorizes(k)
	}
	flags := mipv4.Flags(packet[1])
	if beyond || n > 16 && l.Few || flags&l.Clear != 0 || !flags.Has(l.Set) || l.Lifetime != 0 && mipv4.Lifetime(binary.BigEndian.Uint16(packet[2:])) > l.Lifetime {
		o.allowed.Silence = true
		accepts := o.allowed.Accepts()
		o.allowed.allowRange(0, 255)
		if !accepts {
			o.allowed.forbid(acceptances...)
		}
	}
}

// addresses allows for what an agent thinks of addresses that are not those of the
// campaign: it may deny them.
func (o *oracle) addresses(r *mipv4.Request) {
	c := o.c
	home := r.HomeAddress.As4()
	n := uint64(binary.BigEndian.Uint32(home[:])) - uint64(c.firstHome)
	if r.HomeAgent != c.setup.HomeAgent || n >= c.homes || r.CareOfAddress != c.setup.CareOfAddress {
		o.allowed.allowRange(64, 255)
		o.allowed.Silence = true
		if r.HomeAgent != c.setup.HomeAgent || n >= c.homes {
			// The agent may serve them, and knows no association with other homes.
			o.allowed.allow(acceptances...)
			if o.class >= Authentication || o.fault != nil && !o.allowed.Accepts() {
				o.allowed.forbid(acceptances...)
			}
		}
	}
}

// Home returns the nth home address of the campaign, modulo how many there are.
func (c *Campaign) Home(n uint64) netip.Addr { return c.home(n % c.homes) }
