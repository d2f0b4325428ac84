package ext

import (
	"crypto/subtle"
	"encoding/binary"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
)

// SecurityContext is a security context of a mobility security association:
// an SPI with the algorithm and the key that it names (RFC 5944 §1.6). Make one
// with [NewSecurityContext]; it is safe for concurrent use and scales with
// cores, and its copies share what they keep: 300 bytes for an HMAC, and for the
// other algorithms 100 and the key. That is behind a closure and cannot be printed.
// The zero SecurityContext signs and verifies nothing.
//
// A message on the caller's stack stays there. Built with Go 1.26 or later, signing
// and verifying allocate nothing, however long a context was idle. Before, an HMAC
// takes its hash from one pool for all contexts, which has to be filled anew, with six
// allocations or so, when garbage collections have found it idle and when more
// goroutines compute at a time than before.
type SecurityContext struct {
	spi       uint32
	algorithm Algorithm
	open      func() *secrets
}

// chapSPI is the reserved SPI of the CHAP computation (RFC 4721 §9).
const chapSPI = 2

// The faults of making a security context and of signing.
var (
	// ErrKey: an association's key cannot be empty (RFC 5944 §5.1 asks for
	// 128 bits; peers with shorter ones exist and are accepted).
	ErrKey = code.NewFault("the security context has no key", "RFC 5944 §5.1", code.Caller, 0, 0, 0)
	// ErrCHAP: what takes a challenge is the algorithm CHAP. RFC 4721 §8 gives it
	// the SPI 2, and type 36 as its only example; this library has it in no other
	// type.
	ErrCHAP = code.NewFault("CHAP, and nothing else, takes a challenge; it signs type 36 under SPI 2 only", "RFC 4721 §8, §9", code.Caller, 0, 0, 0)
	// ErrReservedSPI: SPI values 0-255 are reserved; of them CHAP_SPI, 2, may
	// sign, with the algorithm CHAP.
	ErrReservedSPI = code.NewFault("SPI values 0-255 are reserved", "RFC 5944 §1.6, RFC 4721 §7, §9", code.Caller, 0, 0, 0)
	// ErrNoMessage: a message to sign has a type byte.
	ErrNoMessage = code.NewFault("no message to sign", "RFC 5944 §3.5.1", code.Caller, 0, 0, 0)
)

// NewSecurityContext makes a security context. It copies the key, which may
// hold any bytes but must not be empty ([ErrKey]). [ErrAlgorithm] is returned for
// an algorithm that is none of those above, and where the process forbids it; a
// context that was made where it was allowed must not be used where it is not. Any
// SPI may be verified with, but see Sign for those that may not sign.
func NewSecurityContext(spi uint32, a Algorithm, key []byte) (SecurityContext, error) {
	switch {
	case int(a) >= len(algorithmNames):
		return SecurityContext{}, ErrAlgorithm
	case len(key) == 0:
		return SecurityContext{}, ErrKey
	}
	if !a.allowed(key) {
		return SecurityContext{}, ErrAlgorithm
	}
	s := newSecrets(a, key)
	return SecurityContext{spi, a, func() *secrets { return s }}, nil
}

// SPI returns the Security Parameter Index.
func (c SecurityContext) SPI() uint32 { return c.spi }

// Algorithm returns the algorithm.
func (c SecurityContext) Algorithm() Algorithm { return c.algorithm }

// String returns SPI and algorithm, never the key.
func (c SecurityContext) String() string {
	return "SPI " + strconv.FormatUint(uint64(c.spi), 10) + ", " + c.algorithm.String()
}

// GoString returns what String does, for the verb %#v.
func (c SecurityContext) GoString() string { return "ext.SecurityContext(" + c.String() + ")" }

// Sign appends to msg an authentication extension of the given kind, which
// covers all of msg and its own type, length and SPI. msg must be a whole
// message from its type byte on. On error msg is returned unchanged:
// [ErrKey] for the zero context, [ErrKind] unless k is an authentication
// extension that [ParseAuth] reads, [ErrReservedSPI] for an SPI of 0-255,
// [ErrNoMessage], [ErrTooLong] when the message would exceed 65,535 bytes, and
// [ErrCHAP] for CHAP, which takes a challenge: see SignWithChallenge.
func (c SecurityContext) Sign(msg []byte, k Kind) ([]byte, error) {
	if c.algorithm == CHAP {
		return msg, ErrCHAP
	}
	return c.sign(msg, k, nil)
}

// SignWithChallenge is Sign for CHAP under SPI 2, in type 36, and for nothing else
// ([ErrCHAP]). The challenge is the value of the Challenge extension that msg carries, or, of a
// mobile node with a co-located care-of address, whom no foreign agent
// challenges, []byte{0} (RFC 4721 §8). One that is empty or longer than 255 bytes
// is [ErrChallenge]. It must not share memory with what
// append may write behind msg.
func (c SecurityContext) SignWithChallenge(msg []byte, k Kind, challenge []byte) ([]byte, error) {
	if c.algorithm != CHAP {
		return msg, ErrCHAP
	}
	return c.sign(msg, k, challenge)
}

// Signer returns Sign with a kind, as a part of a message for mipv4.Append.
func (c SecurityContext) Signer(k Kind) func(msg []byte) ([]byte, error) {
	return func(msg []byte) ([]byte, error) { return c.Sign(msg, k) }
}

// SignerWithChallenge returns SignWithChallenge with a kind and a challenge, as a
// part of a message for mipv4.Append.
func (c SecurityContext) SignerWithChallenge(k Kind, challenge []byte) func(msg []byte) ([]byte, error) {
	return func(msg []byte) ([]byte, error) { return c.SignWithChallenge(msg, k, challenge) }
}

func (c SecurityContext) sign(msg []byte, k Kind, challenge []byte) ([]byte, error) {
	size := c.algorithm.size()
	switch {
	case c.open == nil:
		return msg, ErrKey
	case !isAuth(k):
		return msg, ErrKind
	case c.algorithm == CHAP && (c.spi != chapSPI || k.Type() != generalized):
		return msg, ErrCHAP
	case c.algorithm != CHAP && c.spi <= 255:
		return msg, ErrReservedSPI
	case c.algorithm == CHAP && !sendableChallenge(challenge):
		return msg, ErrChallenge
	case len(msg) == 0:
		return msg, ErrNoMessage
	case len(msg)+k.Type().Form().header()+4+size > MaxMessage:
		return msg, ErrTooLong
	}
	b, err := appendHeader(msg, k, 4+size)
	if err != nil {
		return msg, err
	}
	b = binary.BigEndian.AppendUint32(b, c.spi)
	var room [maxSize]byte
	return append(b, c.open().compute(c.algorithm, b, challenge, room[:0])...), nil
}

// Verify checks an authentication extension against the context and returns
// the list of extensions that it protects, and only if it verifies; what
// stands behind it in the message is not in that list. The authenticator is
// compared in constant time over the algorithm's full length, so an empty or
// truncated one never verifies.
//
// The error is [ErrKey] for the zero context, [ErrSPI] when the extension names
// another SPI, and otherwise the fault of the kind: [ErrMobileHomeInvalid],
// [ErrMobileForeignInvalid], [ErrForeignHomeInvalid], [ErrMNAAAInvalid] or
// [ErrGeneralizedInvalid]. CHAP takes its challenge from the last Challenge
// extension in front, or, when there is none, the zero octet of a co-located mobile
// node.
func (c SecurityContext) Verify(a Auth) (List, error) {
	if c.algorithm != CHAP {
		return c.verify(a, nil)
	}
	return c.verify(a, a.Protected().challenge())
}

// VerifyWithChallenge is Verify with the challenge given by the caller, for CHAP
// only ([ErrCHAP]).
func (c SecurityContext) VerifyWithChallenge(a Auth, challenge []byte) (List, error) {
	if c.algorithm != CHAP {
		return List{}, ErrCHAP
	}
	return c.verify(a, challenge)
}

func (c SecurityContext) verify(a Auth, challenge []byte) (List, error) {
	switch {
	case c.open == nil:
		return List{}, ErrKey
	case a.SPI() != c.spi:
		return List{}, ErrSPI
	case c.algorithm == CHAP && (!sendableChallenge(challenge) || a.Kind().Type() != generalized):
		return List{}, invalid(a.Kind())
	}
	var room [maxSize]byte
	want := c.open().compute(c.algorithm, a.Covered(), challenge, room[:0])
	if subtle.ConstantTimeCompare(want, a.Authenticator()) != 1 {
		return List{}, invalid(a.Kind())
	}
	return a.Protected(), nil
}

// The faults of verification.
var (
	// ErrSPI: this context is not the one that the SPI selects. An association
	// has several (RFC 5944 §1.6), so try the others; when none of the sender's
	// has the SPI, the authenticator is as good as wrong, and what is to be done
	// about it the other faults of Verify say. No text names a reaction to the SPI
	// itself.
	ErrSPI = code.NewFault("no security context with this SPI", "RFC 5944 §1.6", code.Unclear, discard, discard, discard)
	// ErrMobileHomeInvalid: the home agent rejects. It MAY send 131, with a valid
	// Mobile-Home authenticator of its own, when it shares no association with the
	// foreign agent (RFC 5944 §3.8.2.1 a). RFC 3344: it SHOULD.
	ErrMobileHomeInvalid = code.NewFault("the Mobile-Home authenticator is wrong", "RFC 5944 §3.6.2.1, §3.8.2.1", code.Must,
		code.ToReject|code.MayAnswer|code.Act(code.HAMobileNodeFailedAuthentication), 0, code.ToDiscard)
	// ErrMobileHomeInvalidRelayed: the same beside a Foreign-Home authenticator that
	// is valid. Then the home agent MUST send 131 (RFC 5944 §3.8.2.1 a). Verify, which
	// knows one authenticator only, never returns it.
	ErrMobileHomeInvalidRelayed = code.NewFault("the Mobile-Home authenticator is wrong, and the Foreign-Home authenticator is valid", "RFC 5944 §3.8.2.1", code.Must,
		code.ToReject|code.MustAnswer|code.Act(code.HAMobileNodeFailedAuthentication), 0, 0)
	// ErrMobileForeignInvalid: the foreign agent discards and SHOULD (RFC 5944
	// §3.7.2.1; RFC 4721 §3.2: MAY) send 67.
	ErrMobileForeignInvalid = code.NewFault("the Mobile-Foreign authenticator is wrong", "RFC 5944 §3.6.2.1, §3.7.2.1", code.Must,
		0, badMobileForeignFA, code.ToDiscard)
	// ErrForeignHomeInvalid: the home agent rejects, SHOULD with 132; the
	// foreign agent discards and SHOULD tell the mobile node 68, which RFC 4636
	// §4 puts in an FA Error extension.
	ErrForeignHomeInvalid = code.NewFault("the Foreign-Home authenticator is wrong", "RFC 5944 §3.7.3.1, §3.8.2.1, RFC 4636 §4", code.Must,
		badForeignHomeHA, badForeignHomeFA, 0)
	// ErrMNAAAInvalid: MAY be answered 108 by the foreign agent and 144 by the
	// home agent.
	ErrMNAAAInvalid = code.NewFault("the MN-AAA authenticator is wrong", "RFC 4721 §3.2, §3.4", code.Must,
		badMNAAAHA, badMNAAAFA, 0)
	// ErrGeneralizedInvalid: the other sub-types of type 36.
	ErrGeneralizedInvalid = code.NewFault("the Generalized Mobile IP authenticator is wrong", "RFC 4721 §6, RFC 4857 §11, RFC 4988 §5.1", code.Must, discard, discard, discard)
)

func invalid(k Kind) *code.Fault {
	switch k {
	case KindMobileHomeAuth:
		return ErrMobileHomeInvalid
	case KindMobileForeignAuth:
		return ErrMobileForeignInvalid
	case KindForeignHomeAuth:
		return ErrForeignHomeInvalid
	case KindMNAAAAuth:
		return ErrMNAAAInvalid
	}
	return ErrGeneralizedInvalid
}
