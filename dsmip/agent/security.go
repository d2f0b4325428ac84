package agent

import (
	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// SecurityException reports whether what was refused with an error of Request or Reply
// SHOULD be logged as a security exception (RFC 5944 §3.6.2.1, §3.7.2.1, §3.7.3.1,
// §3.8.2.1, RFC 3344 §3.8.2.1): an authenticator that is missing, wrong, or more than the
// one that there may be, and an Identification that is not the next. A request without any
// authorization-enabling extension is among them under RFC 3344 only.
func SecurityException(err error) bool {
	switch err {
	case ext.ErrNoMobileHome, ext.ErrMobileHomeInvalid, ext.ErrMobileHomeInvalidRelayed,
		ext.ErrNoMobileForeign, ext.ErrMobileForeignInvalid, rules.ErrSecondMobileForeign,
		ext.ErrNoForeignHome, ext.ErrForeignHomeInvalid, rules.ErrSecondForeignHome,
		rules.ErrForeignHomeUnknown, rules.ErrForeignHomeLeg,
		rules.ErrNoAuthorization3344, rules.ErrTwoAuthorizations3344,
		rules.ErrReplyNoMobileHome, rules.ErrReplySecondMobileHome,
		rules.ErrReservedSPIMobileHome, rules.ErrReservedSPIMobileForeign, rules.ErrReservedSPIForeignHome, rules.ErrReservedSPIMNAAA,
		ext.ErrMNAAAInvalid,
		mipv4.ErrTimestamp, mipv4.ErrReplay, mipv4.ErrNonce:
		return true
	}
	return false
}

// FailedAuthentication reports whether the Code of a reply says that an authentication
// failed, at the foreign agent or the home agent, which a mobile node SHOULD log as a
// security exception as well (RFC 5944 §3.6.2.1): the reply's own authenticators may then
// be wrong, too.
func FailedAuthentication(c code.Registration) bool {
	switch c {
	case code.FAMobileNodeFailedAuthentication, code.FAHomeAgentFailedAuthentication, code.FABadAAAAuthentication,
		code.HAMobileNodeFailedAuthentication, code.HAForeignAgentFailedAuthentication, code.HABadAAAAuthentication:
		return true
	}
	return false
}
