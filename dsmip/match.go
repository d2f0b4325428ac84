package dsmip

import (
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
)

// Match is how a prefix reply answers a prefix request.
type Match uint8

// The ways, from none to the plainest.
const (
	// NoMatch: the reply is not for this request.
	NoMatch Match = iota
	// MatchAssigned: the prefix is what the home agent assigned to a request for a
	// prefix or an address of its choice (draft-06 §4.6.1).
	MatchAssigned
	// MatchField: the prefix field is the request's, and the Prefix Length another.
	// RFC 5454 §3.3 and draft-06 §4.3 match by the field, and say nothing of the
	// length: see [ErrOtherLength].
	MatchField
	// MatchPrefix: both fields are those of the request.
	MatchPrefix
)

// String returns "none", "assigned", "prefix field" or "prefix".
func (m Match) String() string {
	switch m {
	case NoMatch:
		return "none"
	case MatchAssigned:
		return "assigned"
	case MatchField:
		return "prefix field"
	case MatchPrefix:
		return "prefix"
	}
	return "match " + strconv.Itoa(int(m))
}

// The faults of an IPv6 Prefix Reply that its request shows.
var (
	// ErrOtherLength: the texts match the prefix field alone, and do not say what
	// another length with it means. The mobile node may use what the reply names.
	ErrOtherLength = code.NewFault("the IPv6 Prefix Reply has the prefix field of a request and another Prefix Length", "draft-ietf-mip4-dsmipv4-06 §4.3, RFC 5454 §3.3", code.Unclear, 0, 0, 0)
	// ErrNothingAssigned: an acceptance that gives back the zero prefix, or an
	// interface identifier without prefix, has registered nothing that could be used.
	ErrNothingAssigned = code.NewFault("the IPv6 Prefix Reply accepts a request for an assignment and assigns nothing", "draft-ietf-mip4-dsmipv4-06 §4.6.1, RFC 5454 §3.7.1", code.Unclear, 0, 0, ignore)
	// ErrTunnelUnasked: without IPv6 Tunneling Mode the home agent MUST tunnel to the
	// home address. The mobile node nevertheless MUST act as the Code says.
	ErrTunnelUnasked = code.NewFault("IPv6 Prefix Reply Code 1 although no IPv6 Tunneling Mode was sent", "draft-ietf-mip4-dsmipv4-06 §4.3.2, §4.5, RFC 5454 §3.3.2, §3.5", code.Must, 0, 0, 0)
)

// Answers is what it means that a reply matches a request: [Profile.Outcomes] and
// [Profile.Matches] go by it.
//
// The rule is that the prefix fields are equal (draft-06 §4.3, §4.5, RFC 5454 §3.3,
// §3.5), the bits beyond each one's Prefix Length ignored (RFC 5454 §2.2; the draft
// does not speak of them). With equal lengths that is MatchPrefix, with others
// MatchField. Under the draft a reply that accepts also matches, as MatchAssigned, a
// request for a prefix of the home agent's choice, whatever the hint, and a request for
// an address with an interface identifier when it names PREFIX::interface_identifier with
// Prefix Length 128, or a shorter prefix (§4.6.1). What it names must have a bit set in
// the upper 64: an identifier alone is no prefix.
//
// Prefix Length 255 means something under RFC 5454 only, and only with a link-local
// address. Where it means nothing a reply that rejects matches with both fields, which
// the home agent has echoed, as MatchPrefix. What is no prefix otherwise, and under what
// is no profile everything, is NoMatch.
func (r PrefixReply) Answers(q PrefixRequest, spoken Profile) Match {
	reply, ok := readKey(r.Prefix, r.PrefixLength)
	request, ok2 := readKey(q.Prefix, q.PrefixLength)
	switch accepts := r.Code.Accepted(); {
	case !ok || !ok2 || !spoken.valid():
		return NoMatch
	case spoken.meant(reply) && spoken.meant(request):
		return spoken.match(reply, request, accepts)
	case reply == request && !accepts:
		return MatchPrefix
	}
	return NoMatch
}
