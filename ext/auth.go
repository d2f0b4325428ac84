package ext

import (
	"bytes"
	"encoding/binary"

	"github.com/go-mobileip/dsmipv4/code"
)

// Auth is an authentication extension: Mobile-Home (32), Mobile-Foreign (33),
// Foreign-Home (34) or Generalized (36/1 MN-AAA, 36/2 to 36/4). It
// protects what stands before it in the message. It is a view that aliases the
// message.
//
// Types 32, 33 and 34 (RFC 5944 §3.5.2-3.5.4):
//
//	 0                   1                   2                   3
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |     Length    |         SPI  ....
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	       ... SPI (cont.)          |       Authenticator ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//
// Type 36 (RFC 4721 §5):
//
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |    Subtype    |            Length             |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                              SPI                              |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|                           Authenticator ...
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type Auth struct {
	raw Raw
}

// generalized is the type of the authentication extensions that have the long form.
const generalized = Type(KindMNAAAAuth >> 8)

// isAuth reports whether a kind is one that Auth reads.
func isAuth(k Kind) bool {
	switch k {
	case KindMobileHomeAuth, KindMobileForeignAuth, KindForeignHomeAuth,
		KindMNAAAAuth, KindFAFAAuth, KindMNGFAAuth, KindMNPARAuth:
		return true
	}
	return false
}

// What RFC 5944 demands when an authentication extension is missing is what it
// demands when it is wrong.
const (
	badMobileForeignFA = code.ToDiscard | code.ShouldAnswer | code.Act(code.FAMobileNodeFailedAuthentication)
	badForeignHomeHA   = code.ToReject | code.ShouldAnswer | code.Act(code.HAForeignAgentFailedAuthentication)
	badForeignHomeFA   = code.ToDiscard | code.ShouldAnswer | code.AppendFAError | code.Act(code.FAHomeAgentFailedAuthentication)
	badMNAAAHA         = code.ToReject | code.MayAnswer | code.Act(code.HABadAAAAuthentication)
	badMNAAAFA         = code.ToReject | code.MayAnswer | code.Act(code.FABadAAAAuthentication)
)

// The faults of an authentication extension that is not there although it was
// asked for. For what the RFCs demand of a Registration Request or Reply see
// the rule book, package dsmip/rules.
var (
	// ErrNoMobileHome: a home agent silently discards a request without any
	// authorization-enabling extension (RFC 5944 §3.8.2.1 a; RFC 3344: SHOULD
	// answer 131), a mobile node a home agent's reply without one
	// (§3.6.2.1 b).
	ErrNoMobileHome = code.NewFault("no Mobile-Home Authentication extension", "RFC 5944 §3.5.2, §3.6.2.1, §3.8.2.1", code.Must, code.ToDiscard, 0, code.ToDiscard)
	// ErrNoMobileForeign: with a mobility security association the foreign
	// agent discards and SHOULD answer 67 (RFC 5944 §3.7.2.1), the mobile node
	// discards (§3.6.2.1 a).
	ErrNoMobileForeign = code.NewFault("no Mobile-Foreign Authentication extension", "RFC 5944 §3.6.1.3, §3.6.2.1, §3.7.2.1", code.Must,
		0, badMobileForeignFA, code.ToDiscard)
	// ErrNoForeignHome: with a mobility security association the home agent
	// rejects, SHOULD with 132 (RFC 5944 §3.8.2.1 c), the foreign agent
	// discards and SHOULD tell the mobile node 68 (§3.7.3.1, RFC 4636 §4).
	ErrNoForeignHome = code.NewFault("no Foreign-Home Authentication extension", "RFC 5944 §3.7.2.2, §3.7.3.1, §3.8.2.1, §3.8.3.3, RFC 3344 §3.7.2.2, §3.8.2.1, RFC 4636 §4", code.Must,
		badForeignHomeHA, badForeignHomeFA, 0)
	// ErrNoGeneralized: RFC 4721 demands MN-AAA only of a mobile node that
	// answers a challenge without an association with the foreign agent, which
	// discards a request that has neither (§3.2). 108 and 144 are for one that is
	// wrong.
	ErrNoGeneralized = code.NewFault("no Generalized Mobile IP Authentication extension", "RFC 4721 §3.1, §6", code.Unclear,
		discard, discard, 0)
)

func absent(k Kind) *code.Fault {
	switch k {
	case KindMobileHomeAuth:
		return ErrNoMobileHome
	case KindMobileForeignAuth:
		return ErrNoMobileForeign
	case KindForeignHomeAuth:
		return ErrNoForeignHome
	}
	return ErrNoGeneralized
}

// ParseAuth reads an authentication extension of type 32, 33, 34 or of a
// registered sub-type of 36. The error is [ErrKind], or the BadLength of its
// row: an extension shorter than its SPI, and in type 36 an authenticator of
// less than 16 bytes, since RFC 4721 §5 demands a Length of at least 20. In
// types 32 to 34 the authenticator may be empty; it never verifies.
func ParseAuth(x Raw) (Auth, error) {
	least := 4
	switch x.Kind() {
	case KindMobileHomeAuth, KindMobileForeignAuth, KindForeignHomeAuth:
	case KindMNAAAAuth, KindFAFAAuth, KindMNGFAAuth, KindMNPARAuth:
		least = 20
	default:
		return Auth{}, ErrKind
	}
	if len(x.Body()) < least {
		return Auth{}, x.Check()
	}
	return Auth{x}, nil
}

// Raw returns the extension that was parsed.
func (a Auth) Raw() Raw { return a.raw }

// Kind returns the kind of the extension: whom it authenticates to whom.
func (a Auth) Kind() Kind { return a.raw.Kind() }

// Offset returns where the extension starts, counted from the message's first
// byte.
func (a Auth) Offset() int { return a.raw.Offset() }

// SPI returns the Security Parameter Index; 0 for the zero Auth.
func (a Auth) SPI() uint32 {
	if b := a.raw.Body(); len(b) >= 4 {
		return binary.BigEndian.Uint32(b)
	}
	return 0
}

// Authenticator returns what follows the SPI. It may be empty.
func (a Auth) Authenticator() []byte {
	b := a.raw.Body()
	return b[min(4, len(b)):]
}

// Covered returns the bytes that the authenticator protects: the message from
// its first byte through this extension's SPI (RFC 5944 §3.5.1, RFC 4721 §6).
// In an association by RFC 2002 §3.5.1 the last four, the SPI, are left out.
func (a Auth) Covered() []byte {
	n := len(a.raw.msg) - len(a.Authenticator())
	return a.raw.msg[:n:n]
}

// Protected returns the list of extensions that stand before this one, whether
// or not it verifies.
func (a Auth) Protected() List {
	n := a.raw.Offset()
	return List{a.raw.msg[:n:n], a.raw.start()}
}

// Equal reports whether both are the same extension, byte for byte. What they protect is
// not compared.
func (a Auth) Equal(o Auth) bool { return bytes.Equal(a.raw.Bytes(), o.raw.Bytes()) }

// String returns the name, the SPI, and the beginning of the authenticator as hex.
func (a Auth) String() string {
	return a.Kind().String() + " SPI " + number(a.SPI()) + " authenticator " + hexed(a.Authenticator())
}
