package ext

import (
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
)

// Association is a mobility security association: the security contexts that two
// nodes share (RFC 5944 §1.6). Several may have one SPI while keys change. The first
// is the one to sign with where the message that is answered names none that is
// known: put the one there that the other node is most likely to have (RFC 5944
// §3.8.2.1 a).
type Association []SecurityContext

// ErrNoAssociation: a home agent MUST silently discard the request of a mobile node
// with which it shares no association (RFC 5944 §3.8.2.1 a), and MUST discard one with
// Foreign-Home Authentication of a foreign agent with which it shares none (§3.8.2.1
// d). What nobody can verify, the others discard as well: the mobile node because it
// MUST check (§3.6.2.1).
var ErrNoAssociation = code.NewFault("no mobility security association to verify with", "RFC 5944 §3.8.2.1, §3.6.2.1", code.Unclear,
	code.ToDiscard, discard, code.ToDiscard)

// Verify checks an authentication extension with the contexts that have its SPI, in
// their order, and returns the list of extensions that it protects and the context
// that verified it. The zero SecurityContext counts as none.
//
// The error is [ErrNoAssociation] when there is no context at all, [ErrKind] for the
// zero Auth, and otherwise the fault of the kind as [SecurityContext.Verify] has it,
// for an SPI that no context has as well.
func (a Association) Verify(x Auth) (List, SecurityContext, error) {
	if !isAuth(x.Kind()) {
		return List{}, SecurityContext{}, ErrKind
	}
	empty := true
	for i := range a {
		c := &a[i]
		if c.open == nil {
			continue
		}
		empty = false
		if c.spi != x.SPI() {
			continue
		}
		if l, err := c.Verify(x); err == nil {
			return l, *c, nil
		}
	}
	if empty {
		return List{}, SecurityContext{}, ErrNoAssociation
	}
	return List{}, SecurityContext{}, invalid(x.Kind())
}

// Select returns the context to sign an answer with: of those that may sign, see
// [SecurityContext.Sign], the first that has the SPI, or else the first; false when
// there is none.
func (a Association) Select(spi uint32) (SecurityContext, bool) {
	var first SecurityContext
	for i := range a {
		switch c := &a[i]; {
		case c.open == nil || c.algorithm == CHAP || c.spi <= 255:
		case c.spi == spi:
			return *c, true
		case first.open == nil:
			first = *c
		}
	}
	return first, first.open != nil
}

// shownContexts is how many contexts String shows.
const shownContexts = 4

// String returns how many contexts there are and what the first four show of themselves,
// which is never a key: "2 contexts: SPI 256, hmac-md5; SPI 257, hmac-sha1".
func (a Association) String() string {
	s := counted(len(a), "context")
	for i, c := range a[:min(len(a), shownContexts)] {
		between := "; "
		if i == 0 {
			between = ": "
		}
		s += between + c.String()
	}
	if more := len(a) - shownContexts; more > 0 {
		s += "; and " + strconv.Itoa(more) + " more"
	}
	return s
}
