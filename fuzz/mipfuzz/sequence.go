package main

import (
	"net/netip"
	"time"

	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// move is a step of a sequence.
type move struct {
	r      func(j *job, homes [2]netip.Addr) request
	replay bool // what is sent was sent before: mipv4.ErrReplay
	needed bool // it must be accepted for what follows
	forged bool // its authenticator is wrong
	burst  bool // the next one does not wait for the answer
	check  func(k *fuzz.Case, answer []byte) []fuzz.Violation
}

// sequences returns what takes several packets: what the target remembers of the
// first decides about the last.
func (a *attack) sequences() (all []*job) {
	add := func(name, trigger string, moves ...move) {
		for range 3 {
			all = append(all, a.sequenceJob(name, trigger, uint64(len(all)), moves))
		}
	}
	u := a.learned.usual
	other := u
	other.careOf = a.elsewhere()
	gone := u
	gone.lifetime = mipv4.Deregister
	plain := func(u usual) func(*job, [2]netip.Addr) request {
		return func(_ *job, homes [2]netip.Addr) request { return request{usual: u, home: homes[0]} }
	}
	again := func(u usual, n int) func(*job, [2]netip.Addr) request {
		return func(j *job, homes [2]netip.Addr) request { return request{usual: u, home: homes[0], id: j.ids[n]} }
	}
	register := move{r: plain(u), needed: true}
	ahead := func(d time.Duration) func(*job, [2]netip.Addr) request {
		return func(_ *job, homes [2]netip.Addr) request { return request{usual: other, home: homes[0], ahead: d} }
	}
	const replayed = "a request that is sent again after "
	add("older-identification", "an Identification older than one that was accepted", register, move{r: ahead(-time.Second), replay: true})
	add("same-identification", replayed+"it was accepted, with another care-of address", register, move{r: again(other, 0), replay: true})
	add("past-from-known-home", "an Identification of the past, from a home that is registered", register, move{r: ahead(-48 * time.Hour), replay: true})
	add("future-from-known-home", "an Identification of the future, from a home that is registered", register, move{r: ahead(48 * time.Hour), replay: true})
	add("replay-after-deregistration", replayed+"the node deregistered", register, move{r: plain(gone), needed: true}, move{r: again(u, 0), replay: true})
	add("replayed-deregistration", "a deregistration that is sent again after the node registered anew",
		register, move{r: plain(gone), needed: true}, register, move{r: again(gone, 1), replay: true})
	add("deregistration-of-nobody", "a deregistration of a home that never registered", move{r: plain(gone)})
	add("forged-identification", "a plain request after a forged one with a later Identification", register, move{r: ahead(time.Second), forged: true},
		move{r: plain(u), check: a.notMismatched})
	var bindings []move
	for i := range 70 {
		v := u
		v.set |= mipv4.FlagSimultaneous
		v.clear &^= mipv4.FlagSimultaneous
		v.careOf = netip.AddrFrom4([4]byte{203, 0, 113, byte(i + 1)})
		bindings = append(bindings, move{r: plain(v), burst: true})
	}
	if !a.setup.Limits.Clear.Has(mipv4.FlagSimultaneous) {
		add("seventy-bindings", "seventy simultaneous bindings of one home", append(bindings, register)...)
	}
	prefix := func(who int, n byte) func(j *job, homes [2]netip.Addr) request {
		return func(j *job, homes [2]netip.Addr) request {
			r := request{usual: u, home: homes[who]}
			if n > 0 {
				r.before = [][]byte{prefixOf(j.index, n)}
			}
			return r
		}
	}
	// D18: prefixes of different nodes do not overlap.
	add("prefix-of-another", "an IPv6 prefix that another node has registered",
		move{r: prefix(0, 1), needed: true}, move{r: prefix(1, 1), check: a.notGranted})
	add("prefix-dropped", "an IPv6 prefix that was dropped and asked for anew",
		move{r: prefix(0, 2), needed: true}, move{r: prefix(0, 0), needed: true}, move{r: prefix(0, 2)})
	return all
}

// elsewhere is a care-of address that differs from the usual one.
func (a *attack) elsewhere() netip.Addr {
	c := a.setup.CareOfAddress.As4()
	c[3] ^= 2
	return netip.AddrFrom4(c)
}

// prefixOf is a request for a prefix that no other sequence asks for.
func prefixOf(index uint64, n byte) []byte {
	body := make([]byte, 17)
	body[0] = 64
	copy(body[1:], []byte{0x20, 1, 0xd, 0xb8, 0x77, byte(index >> 8), byte(index), n})
	return extension(ext.KindIPv6PrefixRequest, body...)
}

func (a *attack) sequenceJob(name, trigger string, index uint64, moves []move) *job {
	n := a.campaign.HomeAddresses() + 1
	homes := [2]netip.Addr{a.campaign.Home(n/2 + 2*index), a.campaign.Home(n/2 + 2*index + 1)}
	return &job{part: partSequences, index: index, name: "sequence-" + name, trigger: trigger, next: func(j *job, i int, now time.Time, buf []byte) step {
		m := &moves[i]
		r := m.r(j, homes)
		b := a.compose(&r, now, buf)
		if m.forged {
			b[len(b)-1] ^= 0x55
		}
		k := a.campaign.CaseOf("sequence-"+name, b, now)
		if m.replay {
			k = a.campaign.Replayed(k)
		}
		return step{k: k, needed: m.needed, more: i+1 < len(moves), burst: m.burst, sure: true, check: m.check}
	}}
}

// notMismatched says that a forged request changed what the target remembers.
func (a *attack) notMismatched(_ *fuzz.Case, answer []byte) []fuzz.Violation {
	if len(answer) < 2 || answer[0] != byte(mipv4.TypeReply) || answer[1] != 133 {
		return nil
	}
	return []fuzz.Violation{{Rank: fuzz.Unauthentic, Text: "remembers the Identification of what is not authenticated", Source: "RFC 5944 §3.8.2.1, §5.7.1"}}
}

// notGranted says that a prefix was granted which another node has.
func (a *attack) notGranted(_ *fuzz.Case, answer []byte) []fuzz.Violation {
	r, err := mipv4.ParseReply(answer)
	if err != nil || !r.Code.Accepted() {
		return nil
	}
	for x := range r.Extensions.All() {
		if p, err := dsmip.ParsePrefixReply(x); err == nil && p.Code.Accepted() {
			return []fuzz.Violation{{Rank: fuzz.Forbidden, Text: "grants a prefix that another node has", Source: "draft-ietf-mip4-dsmipv4-06 §4.3, RFC 5454 §3.3"}}
		}
	}
	return nil
}
