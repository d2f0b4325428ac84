package mipv4

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// What is not the reply to a request.
var (
	// ErrOtherIdentification: the home agent copies the low 32 bits of the request;
	// foreign agent and mobile node discard silently what has others.
	ErrOtherIdentification = code.NewFault("the low 32 bits of the reply's Identification are not those of the request", "RFC 5944 §3.6.2.1, §3.7.3.1, §5.7", code.Must, 0, code.ToDiscard, code.ToDiscard)
	// ErrOtherHomeAddress: a home address that the request names is copied into the
	// reply. A foreign agent discards silently what it finds no request for; for the
	// mobile node no text says it, and this library recommends the same.
	ErrOtherHomeAddress = code.NewFault("the reply's Home Address is not that of the request", "RFC 5944 §3.7.2.3, §3.7.3.1, §3.8.3.2", code.Must, 0, code.ToDiscard, discard)
)

// Answers reports whether r is the reply to a request: nil, or why not. The low 32
// bits of the Identifications must be equal, and the Home Addresses must, unless the
// request has 0.0.0.0 and asks for one. The high 32 bits belong to replay protection,
// see [MobileTimestamps] and [MobileNonces]. The error is [ErrOtherIdentification] or
// [ErrOtherHomeAddress]. That r is authentic is another question, to be asked first or
// next.
func (r *Reply) Answers(asked *Request) error {
	switch {
	case !r.Identification.MatchesLow(asked.Identification):
		return ErrOtherIdentification
	case asked.HomeAddress != netip.IPv4Unspecified() && r.HomeAddress != asked.HomeAddress:
		return ErrOtherHomeAddress
	}
	return nil
}

// Granted returns the lifetime that a reply grants to the request that it answers:
// that of the reply, and never more than was asked for (RFC 5944 §3.4). What a denial
// has there is not a lifetime, and nothing is granted: [Deregister]. The time runs from
// when the request was sent (§3.6.2.2).
func (r *Reply) Granted(asked *Request) Lifetime {
	if !r.Code.Accepted() {
		return Deregister
	}
	return min(r.Lifetime, asked.Lifetime)
}

// Renew returns the same registration with another Identification and Lifetime, to
// be written and signed anew; [Deregister] ends it. Of the extensions it keeps those
// in front of the first authentication extension, of which none is left: what stands
// behind is signed with it, or was meant for a foreign agent that may be another by
// now. What is kept is kept as it is, and belongs to its moment where it is a Challenge,
// a key request or the time in Revocation Support: a request with these is better built
// anew. The extensions alias those of r.
func (r *Request) Renew(id Identification, l Lifetime) Request {
	renewed := *r
	renewed.Identification, renewed.Lifetime = id, l
	for x, ok := r.Extensions.First(); ok; x, ok = r.Extensions.Next(x) {
		if !authenticates(x.Kind()) {
			continue
		}
		// A part of what was walked once is walked again without fault.
		msg := r.Extensions.Message()
		start := len(msg) - r.Extensions.Size()
		renewed.Extensions, _ = ext.Parse(msg[:x.Offset():x.Offset()], start)
		break
	}
	return renewed
}

// authenticates reports whether extensions of a kind are authentication extensions,
// those of type 36 whatever their sub-type.
func authenticates(k ext.Kind) bool {
	switch k {
	case ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth, ext.KindMobileCorrespondentAuth:
		return true
	}
	return k.Type() == ext.KindMNAAAAuth.Type()
}

// Retransmits reports whether r repeats an earlier request of the same mobile node:
// Home Address, Care-of Address and Identification are equal. What then is granted does
// not last beyond what was granted before (RFC 5944 §3.8.2.2). With timestamps a
// retransmission has a new Identification and counts as a new registration (§3.6.3).
func (r *Request) Retransmits(earlier *Request) bool {
	return r.Identification == earlier.Identification &&
		r.HomeAddress == earlier.HomeAddress && r.CareOfAddress == earlier.CareOfAddress
}

// Deletes reports whether a home agent that accepts the request deletes the mobile
// node's binding of a care-of address (RFC 5944 §3.8.2.2). A deregistration, with a
// Lifetime of 0, deletes that of its Care-of Address, and all when that is the home
// address. Another request deletes all but its own, unless the S flag is set and the
// home agent supports simultaneous bindings.
//
// For a mobile node that is known by its NAI and left its home address 0.0.0.0, the
// caller fills that in first.
func (r *Request) Deletes(careOf netip.Addr, simultaneous bool) bool {
	if r.Lifetime == Deregister {
		if careOf == r.CareOfAddress {
			return true
		}
		return r.CareOfAddress == r.HomeAddress && r.HomeAddress.Is4() && !r.HomeAddress.IsUnspecified()
	}
	return careOf != r.CareOfAddress && !(simultaneous && r.Flags.Has(FlagSimultaneous))
}
