package rules

import (
	"iter"

	"github.com/go-mobileip/dsmipv4/code"
)

// Faults iterates over the faults of the rule book: first the variables of this
// package in the order of their declaration, then, for each kind of extension that has
// them, those that [Misplaced] and [WrongMessage] return. Each comes once. The faults
// of what does not fit its layout, and of authentication that is missing or wrong, are
// those of the packages below.
func Faults() iter.Seq[*code.Fault] {
	return func(yield func(*code.Fault) bool) {
		for _, f := range [...]*code.Fault{
			ErrRequestLeg,
			ErrReplyLeg,
			ErrEdition,
			ErrKnowledge,

			ErrReservedFlags,
			ErrDynamicNAI,
			ErrDynamicRequestedHA,
			ErrDynamicDeregisters,
			ErrNameless,
			ErrZeroCareOfAddress,
			ErrBroadcastCareOfAddress,
			ErrNoAuthorization,
			ErrNoAuthorization3344,
			ErrProxyUnclear,
			ErrProxyForeignHome,
			ErrCorrespondent,
			ErrForeignHomeCoLocated,
			ErrChallengeUnanswered,

			ErrMobileHomeLast,
			ErrOnlyMNAAA,
			ErrSecondMobileHome,
			ErrSecondMNAAA,
			ErrTwoAuthorizations3344,
			ErrBehindLast,
			ErrMobileForeignLeg,
			ErrSecondMobileForeign,
			ErrMobileForeignUnknown,
			ErrForeignHomeLeg,
			ErrSecondForeignHome,
			ErrForeignHomeUnknown,
			ErrForeignHome3344,
			ErrForeignHomeDeregisters,

			ErrSecondChallenge,
			ErrKeyRequestAlone,
			ErrDeliveryWithoutT,
			ErrRevocationNotDirect,
			ErrRevocationWithoutD,
			ErrRevocationUnprotected,
			ErrTunnelRequestMobile,
			ErrTunnelRequestForeign,
			ErrTunnelRequestReserved,
			ErrServiceBeforeNAI,
			ErrSecondService,
			ErrSecondMultipath,
			ErrGREKeyCoLocated,
			ErrRequestedHAUnicast,
			ErrHierarchicalFAUnprotected,
			ErrRegionalUnprotected,
			ErrProxyMethod,
			ErrProxyCoLocated,

			ErrNotImplemented,
			ErrAstray,
			ErrVendorFromMobile,
			ErrVendorFromForeign,
			ErrVendorInReply,

			ErrForeignCodeFromHome,
			ErrProxyCode65,
			ErrReplyNoMobileHome,
			ErrReplySecondMobileHome,
			ErrReplyMNAAA,
			ErrReplyOrder,
			ErrChallengeBehindForeign,
			ErrFAErrorAlone,
			ErrKeyReplyForeign,
			ErrKeyReplyHome,
			ErrRedirectMissing,
			ErrRedirectCode,
			ErrTwoChallenges,
			ErrDynamicForeign,

			ErrSecondTunnelingMode,
			ErrTunnelingModeCareOf,
			ErrTunnelingModeForeign,
			ErrTunnelingModeCoLocated,
			ErrTunnelingModeRegistered,
			ErrLinkLocalLength,
			ErrZeroPrefix,
			ErrInterfaceIdentifier,
			ErrIdentifierLength,
			ErrHostBits,
			ErrSecondPrefixReply,
			ErrPrefixUnasked,
			ErrTunnelEncapsulation,
		} {
			if !yield(f) {
				return
			}
		}
		for i := range places {
			for _, f := range [...]*code.Fault{places[i].misplaced, places[i].wrong} {
				if f != nil && !yield(f) {
					return
				}
			}
		}
	}
}
