package fuzz

import (
	"strings"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// Class says what a mutation breaks, and so who finds it.
type Class uint8

// The classes.
const (
	Conforming     Class = iota // nothing
	Structure                   // the message cannot be walked: Parse
	Layout                      // a body does not fit its layout: the rule book, Raw.Check and the typed parses
	Rule                        // a message that fits its layouts is not right: the rule book
	Authentication              // an authenticator is not good: Verify
	Replay                      // the Identification is not fresh: JudgeTimestamp
)

// String returns the class in lower case.
func (c Class) String() string {
	if int(c) < len(classNames) {
		return classNames[c]
	}
	return "class " + decimal(int(c))
}

var classNames = [...]string{"conforming", "structure", "layout", "rule", "authentication", "replay"}

// Mutation is one way of making a packet, named after what it plants.
type Mutation struct {
	Name  string
	Class Class
	// Fault is what it plants, nil where nothing is wrong.
	Fault *code.Fault
}

// mutation is a Mutation with its recipe. The recipe is data, because a builder
// handed to a function value would move to the heap.
type mutation struct {
	Mutation
	legs legs
	need need

	set, clear mipv4.Flags
	fixed      fixed
	// before, behind and last are added in front of Mobile-Home, behind it, and
	// behind the last authentication extension.
	before, behind, last []element
	home, end            signing // of Mobile-Home, and of the leg's last
	spoil                spoil

	// may has Codes that conform besides what everybody may answer.
	may []code.Registration
	// other says that the rule is of a text that a target need not implement,
	// and broken by the fixed part, so that no extension shows it.
	other bool
}

// element is an extension of an arrangement.
type element struct {
	kind ext.Kind
	how  how
	row  *ext.Row // nil for the kinds that have none
}

// how says what is unusual about an extension.
type how uint8

const (
	usual           how = iota
	otherKind           // no kind of its own: an unknown skippable one, or a padding
	unknownType         // a type of 0-127 that no RFC defines
	badLength           // a Length that its row does not allow
	noSubType           // a short form of Length 0
	lengthUp            // Length runs past the end
	lengthDown          // Length ends in the body, of which the rest is no extension
	longLengthUp        // the two-byte Length runs past the end
	invalidLength       // Prefix Length 129-254
	linkLocalLength     // Prefix Length 255, a link-local address
	globalLinkLocal     // Prefix Length 255, a global address
	hostBits            // bits beyond the prefix length
	zeroPrefix          // any prefix
	identifier          // an interface identifier, of Prefix Length 128
	identifierLength    // an interface identifier, of Prefix Length 0-64
	samePrefix          // the prefix of the extension before
	reservedSet         // the third reserved field of a UDP Tunnel Request
	encapsulating       // the Encapsulation of a UDP Tunnel Request is GRE
	multicast           // a Requested HA of 224.0.0.0/4
	unknownVendor       // contents that the target does not implement
	missingKind         // a non-skippable kind that the target does not implement
	strayKind           // a skippable kind that the target does not implement, in the long form
	zeroMethod          // the reserved PMIPv4 authentication method
	hostMethod          // the PMIPv4 authentication method FA-HA Authentication
	unsigned            // an authentication extension of an association that the campaign has not
	many                // as many of the kind as 1,472 octets hold, or 3,000
	fill548             // 17 extensions or more in 548 octets
	fill1472            // 17 extensions or more in 1,472 octets
	shuffled            // any legal extensions in front
)

// signing says what is unusual about an authentication extension.
type signing uint8

const (
	signed           signing = iota
	omitted                  // there is none
	flippedCovered           // a covered bit was flipped behind the signer's back
	flippedAuthentic         // a bit of the authenticator was flipped
	randomAuthentic          // the authenticator is random
	cutAuthentic             // the authenticator is shorter
	emptyAuthentic           // the authenticator is empty
	grownAuthentic           // the authenticator is longer
	wrongSPI                 // of no association
	reservedSPI              // 0-255
	insertedCovered          // an extension was put in front of it afterwards
	badAuthLength            // Length has no room for an SPI
)

// fixed says what is unusual about the fixed part.
type fixed uint8

const (
	usualFixed      fixed = iota
	otherMessage          // a reply instead of a request, and the other way round
	dynamicAgent          // the home agent and the home address are to be assigned
	dynamicWithHome       // the home agent is, the home address is there
	dynamicDeregistration // the same with Lifetime 0
	nameless              // no home address
	deregistration        // Lifetime 0
	privateCareOf         // a care-of address of RFC 1918
	zeroCareOf            // the care-of address 0.0.0.0
	broadcastCareOf       // the care-of address 255.255.255.255
	foreignCode           // a foreign agent's Code
	prohibitedCode        // Code 65
	gatewayCode           // a gateway foreign agent's Code
	unassignedCode        // a Code of 9-63
	redirectCode          // Code 143
	plainCode             // Code 0
	unasked               // the Identification answers no request
	oldIdentification
	futureIdentification
	repeatedIdentification
	earlierIdentification // than the last accepted
)

// spoil is what is done to a finished packet.
type spoil uint8

const (
	unspoilt     spoil = iota
	empty              // nothing is left
	cutFixed           // in the fixed part
	otherType          // the type of another message
	cutLone            // one byte behind the last extension's start
	cutBody            // in the last extension
	cutHeader          // in the four-byte header of the last extension
	cutLongBody        // behind the four-byte header of the last extension
	cutHome            // in front of Mobile-Home
	loneByte           // one byte more
	shortOverrun       // a header more whose Length runs past the end
	longOverrun        // a header of the long form more whose Length runs past the end
	partHeader         // part of a header of the long form more
)

// legs is a set of legs, a bit each.
type legs uint8

const (
	toFA     legs = 1 << code.MNtoFA
	direct   legs = 1 << code.MNtoHA
	relayed  legs = 1 << code.FAtoHA
	backToFA legs = 1 << code.HAtoFA
	backToMN legs = 1 << code.HAtoMN
	fromFA   legs = 1 << code.FAtoMN
	requests      = toFA | direct | relayed
	replies       = backToFA | backToMN | fromFA
	anyLeg        = requests | replies
)

// need is what must hold for a mutation to plant its fault.
type need uint16

const (
	speaksDraft need = 1 << iota
	speaksRFC5454
	by5944
	by3344
	lastShared   // the leg's last authentication: Mobile-Foreign or Foreign-Home
	lastUnshared // is not there
	lastNone     // is known not to be there
	hasAAA
	registers // the foreign agent's R flag
	registersNot
	lacksKind
	lacksVendor
	lacksForm // of a kind that has the long form although it is skippable
	judgesProxies
	servesProxies
	proxiesUnknown
)

// mutations is the table: the conforming packets, the mutations by hand and
// those that follow from the registry.
var mutations = append(append(conforming(), byHand()...), byRow()...)

// rows are those of the registry.
var rows = func() (all []*ext.Row) {
	for r := range ext.Registry() {
		all = append(all, &r)
	}
	return all
}()

// rowOf returns the row of a kind, nil when it has none.
func rowOf(k ext.Kind) *ext.Row {
	for _, r := range rows {
		if r.Kind == k {
			return r
		}
	}
	return nil
}

// of returns an arrangement of usual extensions.
func of(kinds ...ext.Kind) (list []element) {
	for _, k := range kinds {
		list = append(list, element{kind: k, row: rowOf(k)})
	}
	return list
}

// odd returns an arrangement of one unusual extension.
func odd(k ext.Kind, h how) []element { return []element{{kind: k, how: h, row: rowOf(k)}} }

func conforming() (all []mutation) {
	add := func(name string, legs legs, need need, m mutation) {
		m.Mutation = Mutation{Name: name}
		m.legs, m.need = legs, need
		all = append(all, m)
	}
	add("none", anyLeg, 0, mutation{before: odd(0, shuffled)})
	add("plain", anyLeg, 0, mutation{})
	add("duplicate-prefix-requests", requests, 0, mutation{before: append(of(ext.KindIPv6PrefixRequest), odd(ext.KindIPv6PrefixRequest, samePrefix)...)})
	add("many-prefix-requests", direct|relayed, 0, mutation{before: odd(ext.KindIPv6PrefixRequest, many)})
	add("tunneling-mode", requests, 0, mutation{set: mipv4.FlagDecapsulation, before: of(ext.KindIPv6TunnelingMode, ext.KindIPv6PrefixRequest)})
	add("tunneling-mode-foreign-draft", relayed, speaksDraft, mutation{clear: mipv4.FlagDecapsulation, behind: of(ext.KindIPv6TunnelingMode)})
	add("any-prefix", requests, speaksDraft, mutation{before: odd(ext.KindIPv6PrefixRequest, zeroPrefix)})
	add("link-local", requests, speaksRFC5454, mutation{before: odd(ext.KindIPv6PrefixRequest, linkLocalLength)})
	add("host-bits-draft", requests, speaksDraft, mutation{before: odd(ext.KindIPv6PrefixRequest, hostBits)})
	add("mn-aaa", requests, hasAAA|by5944, mutation{behind: of(ext.KindMNAAAAuth)})
	add("challenge", toFA, lastShared, mutation{behind: of(ext.KindChallenge)})
	add("deregistration", direct|toFA, 0, mutation{fixed: deregistration})
	add("deregistration-relayed", relayed, by5944, mutation{fixed: deregistration, end: omitted})
	add("deregistration-relayed-3344", relayed, by3344, mutation{fixed: deregistration})
	add("unknown-skippable", anyLeg, 0, mutation{before: odd(0, otherKind)})
	return all
}

// byHand has the mutations with recipes of their own.
func byHand() (all []mutation) {
	add := func(name string, c Class, f *code.Fault, legs legs, need need, m mutation) {
		m.Mutation = Mutation{Name: name, Class: c, Fault: f}
		m.legs, m.need = legs, need
		all = append(all, m)
	}
	const prefixRequest, prefixReply, mode = ext.KindIPv6PrefixRequest, ext.KindIPv6PrefixReply, ext.KindIPv6TunnelingMode
	const home, foreign, foreignHome, aaa = ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth, ext.KindMNAAAAuth
	const d, t = mipv4.FlagDecapsulation, mipv4.FlagReverseTunnel

	// Structure.
	add("empty", Structure, mipv4.ErrEmpty, anyLeg, 0, mutation{spoil: empty})
	add("truncated-request", Structure, mipv4.ErrRequestCut, requests, 0, mutation{spoil: cutFixed})
	add("truncated-reply", Structure, mipv4.ErrReplyCut, replies, 0, mutation{spoil: cutFixed})
	add("not-a-request", Structure, mipv4.ErrNotRequest, requests, 0, mutation{spoil: otherType})
	add("not-a-reply", Structure, mipv4.ErrNotReply, replies, 0, mutation{spoil: otherType})
	add("truncated-to-lone-byte", Structure, ext.ErrLoneByte, anyLeg, 0, mutation{spoil: cutLone})
	add("truncated-body", Structure, ext.ErrOverrun, anyLeg, 0, mutation{spoil: cutBody})
	add("truncated-long-header", Structure, ext.ErrHeaderCut, anyLeg, 0, mutation{last: of(ext.KindCVSE), spoil: cutHeader})
	add("truncated-long-body", Structure, ext.ErrLongOverrun, anyLeg, 0, mutation{last: of(ext.KindCVSE), spoil: cutLongBody})
	add("trailing-lone-byte", Structure, ext.ErrLoneByte, anyLeg, 0, mutation{spoil: loneByte})
	add("trailing-overrun", Structure, ext.ErrOverrun, anyLeg, 0, mutation{spoil: shortOverrun})
	add("trailing-long-overrun", Structure, ext.ErrLongOverrun, anyLeg, 0, mutation{spoil: longOverrun})
	add("trailing-header", Structure, ext.ErrHeaderCut, anyLeg, 0, mutation{spoil: partHeader})
	add("length-up", Structure, ext.ErrOverrun, anyLeg, 0, mutation{before: odd(ext.KindNVSE, lengthUp)})
	add("length-down", Structure, ext.ErrUnknownType, anyLeg, 0, mutation{before: odd(ext.KindNVSE, lengthDown)})
	add("overlong-long-form", Structure, ext.ErrLongOverrun, anyLeg, 0, mutation{before: odd(ext.KindCVSE, longLengthUp)})
	add("unknown-type", Structure, ext.ErrUnknownType, anyLeg, 0, mutation{before: odd(0, unknownType)})
	add("unknown-type-last", Structure, ext.ErrUnknownType, anyLeg, 0, mutation{last: odd(0, unknownType)})

	// Layout.
	add("zero-length-short-form", Layout, ext.ErrNoSubType, anyLeg, 0, mutation{before: odd(ext.KindHAIdentity, noSubType)})
	add("dsmipv4-without-sub-type", Layout, ext.ErrNoSubType, anyLeg, 0, mutation{before: odd(prefixRequest, noSubType)})
	add("request-prefix-length-129-254", Layout, dsmip.ErrPrefixLength, requests, 0, mutation{before: odd(prefixRequest, invalidLength)})
	add("reply-prefix-length-129-254", Layout, dsmip.ErrPrefixLength, replies, 0, mutation{before: odd(prefixReply, invalidLength)})
	add("mobile-home-without-spi", Layout, badLengthOf(home), anyLeg, 0, mutation{home: badAuthLength})

	// The rules of requests.
	add("request-on-a-reply-leg", Rule, mipv4.ErrRequestLeg, replies, 0, mutation{fixed: otherMessage})
	add("reserved-flag", Rule, mipv4.ErrReservedFlags, requests, 0, mutation{set: mipv4.FlagReservedR})
	add("reserved-flag-x", Rule, mipv4.ErrReservedFlags, requests, 0, mutation{set: mipv4.FlagReservedX})
	add("dynamic-agent-with-home-address", Rule, mipv4.ErrDynamicHomeAddress, requests, 0, mutation{fixed: dynamicWithHome, before: of(ext.KindMobileNodeNAI, ext.KindRequestedHA)})
	add("dynamic-agent-without-nai", Rule, mipv4.ErrDynamicNAI, requests, 0, mutation{fixed: dynamicAgent, before: of(ext.KindRequestedHA)})
	add("dynamic-agent-without-requested-ha", Rule, mipv4.ErrDynamicRequestedHA, direct, 0, mutation{fixed: dynamicAgent, before: of(ext.KindMobileNodeNAI)})
	add("nameless", Rule, mipv4.ErrNameless, requests, 0, mutation{fixed: nameless})
	add("no-authorization", Rule, mipv4.ErrNoAuthorization, requests, by5944, mutation{home: omitted})
	add("no-authorization-3344", Rule, mipv4.ErrNoAuthorization3344, requests, by3344, mutation{home: omitted})
	add("truncated-before-authorization", Rule, mipv4.ErrNoAuthorization, requests, by5944|lastUnshared, mutation{spoil: cutHome})
	add("only-mn-aaa", Rule, mipv4.ErrOnlyMNAAA, requests, hasAAA, mutation{home: omitted, behind: of(aaa)})
	add("two-mobile-home", Rule, mipv4.ErrSecondMobileHome, requests, by5944, mutation{behind: of(home)})
	add("two-mobile-home-3344", Rule, mipv4.ErrTwoAuthorizations3344, requests, by3344, mutation{behind: of(home)})
	add("two-mn-aaa", Rule, mipv4.ErrSecondMNAAA, requests, hasAAA|by5944, mutation{behind: of(aaa, aaa)})
	add("two-authorizations-3344", Rule, mipv4.ErrTwoAuthorizations3344, requests, hasAAA|by3344, mutation{behind: of(aaa)})
	add("mobile-home-last", Rule, mipv4.ErrBehindLast, toFA|relayed, lastShared|by5944, mutation{last: of(home)})
	add("mobile-foreign-past-the-foreign-agent", Rule, mipv4.ErrMobileForeignLeg, direct|relayed, 0, mutation{behind: odd(foreign, unsigned)})
	add("two-mobile-foreign", Rule, mipv4.ErrSecondMobileForeign, toFA, lastShared, mutation{last: of(foreign)})
	add("mobile-foreign-missing", Rule, ext.ErrNoMobileForeign, toFA, lastShared, mutation{end: omitted})
	add("mobile-foreign-without-association", Rule, mipv4.ErrMobileForeignUnknown, toFA, lastNone, mutation{last: odd(foreign, unsigned)})
	add("foreign-home-on-the-wrong-leg", Rule, mipv4.ErrForeignHomeLeg, direct|toFA, by5944, mutation{behind: odd(foreignHome, unsigned)})
	add("foreign-home-on-the-wrong-leg-3344", Rule, mipv4.ErrForeignHome3344, direct|toFA, by3344, mutation{behind: odd(foreignHome, unsigned)})
	add("two-foreign-home", Rule, mipv4.ErrSecondForeignHome, relayed, lastShared, mutation{last: of(foreignHome)})
	add("foreign-home-missing", Rule, ext.ErrNoForeignHome, relayed, lastShared, mutation{end: omitted})
	add("foreign-home-without-association", Rule, mipv4.ErrForeignHomeUnknown, relayed, lastNone|by5944, mutation{last: odd(foreignHome, unsigned)})
	add("foreign-home-without-association-3344", Rule, mipv4.ErrForeignHome3344, relayed, lastNone|by3344, mutation{last: odd(foreignHome, unsigned)})
	add("foreign-home-deregisters", Rule, mipv4.ErrForeignHomeDeregisters, relayed, lastShared|by5944, mutation{fixed: deregistration})
	add("challenge-unanswered", Rule, mipv4.ErrChallengeUnanswered, toFA, lastUnshared, mutation{behind: of(ext.KindChallenge)})
	add("two-challenges", Rule, mipv4.ErrSecondChallenge, toFA, lastShared, mutation{behind: of(ext.KindChallenge, ext.KindChallenge)})
	add("mn-fa-key-request-alone", Rule, mipv4.ErrKeyRequestAlone, requests, 0, mutation{before: of(ext.KindMNFAKeyRequest)})
	add("mn-ha-key-request-alone", Rule, mipv4.ErrKeyRequestAlone, requests, 0, mutation{before: of(ext.KindMNHAKeyRequest)})
	add("delivery-style-without-t", Rule, mipv4.ErrDeliveryWithoutT, toFA, 0, mutation{clear: t, behind: of(ext.KindEncapsulatingDelivery)})
	add("revocation-without-d", Rule, mipv4.ErrRevocationNotDirect, requests, 0, mutation{clear: d, before: of(ext.KindRevocationSupport)})
	add("tunnel-request-without-d", Rule, mipv4.ErrTunnelRequestMobile, requests, 0, mutation{clear: d, before: of(ext.KindUDPTunnelRequest)})
	add("tunnel-request-with-d", Rule, mipv4.ErrTunnelRequestForeign, relayed, 0, mutation{set: d, behind: of(ext.KindUDPTunnelRequest)})
	add("tunnel-request-reserved", Rule, mipv4.ErrTunnelRequestReserved, requests, 0, mutation{set: d, before: odd(ext.KindUDPTunnelRequest, reservedSet)})
	add("service-before-nai", Rule, mipv4.ErrServiceBeforeNAI, requests, 0, mutation{before: of(ext.KindServiceSelection, ext.KindMobileNodeNAI)})
	add("two-services", Rule, mipv4.ErrSecondService, requests, 0, mutation{before: of(ext.KindServiceSelection, ext.KindServiceSelection)})
	add("two-multipath", Rule, mipv4.ErrSecondMultipath, requests, 0, mutation{before: of(ext.KindMultipath, ext.KindMultipath)})
	add("gre-key-with-d", Rule, mipv4.ErrGREKeyCoLocated, relayed, 0, mutation{set: d, behind: of(ext.KindGREKey)})
	add("requested-ha-multicast", Rule, mipv4.ErrRequestedHAUnicast, requests, 0, mutation{before: odd(ext.KindRequestedHA, multicast)})

	// What the target does not implement.
	add("not-implemented", Rule, mipv4.ErrNotImplemented, anyLeg, lacksKind, mutation{before: odd(0, missingKind)})
	add("vendor-of-mobile-node", Rule, mipv4.ErrVendorFromMobile, direct|relayed, lacksVendor, mutation{before: odd(ext.KindCVSE, unknownVendor)})
	// What stands before Mobile-Home a foreign agent may leave to the home agent.
	add("vendor-of-mobile-node", Rule, mipv4.ErrVendorFromMobile, toFA, lacksVendor, mutation{behind: odd(ext.KindCVSE, unknownVendor)})
	add("vendor-of-foreign-agent", Rule, mipv4.ErrVendorFromForeign, relayed, lacksVendor, mutation{behind: odd(ext.KindCVSE, unknownVendor)})
	add("vendor-in-a-reply", Rule, mipv4.ErrVendorInReply, replies, lacksVendor, mutation{before: odd(ext.KindCVSE, unknownVendor)})

	// The rules of replies.
	add("reply-on-a-request-leg", Rule, mipv4.ErrReplyLeg, requests, 0, mutation{fixed: otherMessage})
	add("foreign-code-from-home", Rule, mipv4.ErrForeignCodeFromHome, backToFA|backToMN, 0, mutation{fixed: foreignCode})
	add("reply-without-mobile-home", Rule, mipv4.ErrReplyNoMobileHome, replies, 0, mutation{fixed: plainCode, home: omitted})
	add("reply-with-two-mobile-home", Rule, mipv4.ErrReplySecondMobileHome, replies, 0, mutation{behind: of(home)})
	add("reply-with-mn-aaa", Rule, mipv4.ErrReplyMNAAA, replies, 0, mutation{behind: odd(aaa, unsigned)})
	add("reply-mobile-home-last", Rule, mipv4.ErrReplyOrder, backToFA|fromFA, lastShared, mutation{last: of(home)})
	add("reply-mobile-foreign-from-home", Rule, mipv4.ErrMobileForeignLeg, backToFA|backToMN, 0, mutation{behind: odd(foreign, unsigned)})
	add("reply-with-two-mobile-foreign", Rule, mipv4.ErrSecondMobileForeign, fromFA, lastShared, mutation{last: of(foreign)})
	add("reply-mobile-foreign-missing", Rule, ext.ErrNoMobileForeign, fromFA, lastShared, mutation{end: omitted})
	add("reply-mobile-foreign-without-association", Rule, mipv4.ErrMobileForeignUnknown, fromFA, lastNone, mutation{last: odd(foreign, unsigned)})
	add("reply-foreign-home-on-the-wrong-leg", Rule, mipv4.ErrForeignHomeLeg, fromFA|backToMN, 0, mutation{behind: odd(foreignHome, unsigned)})
	add("reply-with-two-foreign-home", Rule, mipv4.ErrSecondForeignHome, backToFA, lastShared, mutation{last: of(foreignHome)})
	add("reply-foreign-home-missing", Rule, ext.ErrNoForeignHome, backToFA, lastShared, mutation{end: omitted})
	add("reply-foreign-home-without-association", Rule, mipv4.ErrForeignHomeUnknown, backToFA, lastNone, mutation{last: odd(foreignHome, unsigned)})
	add("reply-with-two-challenges", Rule, mipv4.ErrSecondChallenge, backToFA|fromFA, 0, mutation{behind: of(ext.KindChallenge, ext.KindChallenge)})
	add("fa-error-alone", Rule, mipv4.ErrFAErrorAlone, fromFA, 0, mutation{fixed: foreignCode, home: omitted, behind: of(ext.KindFAError)})
	add("key-reply-without-mobile-foreign", Rule, mipv4.ErrKeyReplyForeign, fromFA|backToMN, lastUnshared, mutation{before: of(ext.KindMNFAKeyReply)})
	add("key-reply-without-mobile-home", Rule, mipv4.ErrKeyReplyHome, replies, 0, mutation{fixed: unassignedCode, home: omitted, before: of(ext.KindMNHAKeyReply)})
	add("redirect-missing", Rule, mipv4.ErrRedirectMissing, replies, 0, mutation{fixed: redirectCode})
	add("redirect-without-code", Rule, mipv4.ErrRedirectCode, replies, 0, mutation{fixed: plainCode, before: of(ext.KindRedirectedHA)})
	add("reply-unasked", Rule, mipv4.ErrReplyUnasked, replies, 0, mutation{fixed: unasked})

	// The rules of dual stack.
	add("two-tunneling-modes", Rule, dsmip.ErrSecondTunnelingMode, requests, 0, mutation{set: d, before: of(mode, mode)})
	add("tunneling-mode-without-d", Rule, dsmip.ErrTunnelingModeCareOf, requests, 0, mutation{clear: d, before: of(mode)})
	add("tunneling-mode-foreign", Rule, dsmip.ErrTunnelingModeForeign, relayed, speaksRFC5454, mutation{behind: of(mode)})
	add("tunneling-mode-co-located", Rule, dsmip.ErrTunnelingModeCoLocated, relayed, speaksDraft|registersNot, mutation{set: d, behind: of(mode)})
	add("tunneling-mode-registered", Rule, dsmip.ErrTunnelingModeRegistered, relayed, speaksDraft|registers, mutation{set: d, behind: of(mode)})
	add("request-prefix-length-255-draft", Rule, dsmip.ErrLinkLocalLength, requests, speaksDraft, mutation{before: odd(prefixRequest, linkLocalLength)})
	add("reply-prefix-length-255-draft", Rule, dsmip.ErrLinkLocalLength, replies, speaksDraft, mutation{before: odd(prefixReply, linkLocalLength)})
	add("request-prefix-length-255-global", Rule, dsmip.ErrLinkLocal, requests, speaksRFC5454, mutation{before: odd(prefixRequest, globalLinkLocal)})
	add("reply-prefix-length-255-global", Rule, dsmip.ErrLinkLocal, replies, speaksRFC5454, mutation{before: odd(prefixReply, globalLinkLocal)})
	add("zero-prefix", Rule, dsmip.ErrZeroPrefix, requests, speaksRFC5454, mutation{before: odd(prefixRequest, zeroPrefix)})
	add("request-host-bits", Rule, dsmip.ErrHostBits, requests, speaksRFC5454, mutation{before: odd(prefixRequest, hostBits)})
	add("reply-host-bits", Rule, dsmip.ErrHostBits, replies, speaksRFC5454, mutation{before: odd(prefixReply, hostBits)})
	add("two-prefix-replies", Rule, dsmip.ErrSecondPrefixReply, replies, 0, mutation{before: append(of(prefixReply), odd(prefixReply, samePrefix)...)})
	add("private-encapsulation", Rule, dsmip.ErrTunnelEncapsulation, requests, speaksRFC5454, mutation{set: d, fixed: privateCareOf, before: append(odd(ext.KindUDPTunnelRequest, encapsulating), of(mode)...)})

	// Authentication.
	for _, a := range []struct {
		name       string
		home, last signing
	}{
		{"covered-bit-flipped", flippedCovered, flippedCovered},
		{"authenticator-bit-flipped", flippedAuthentic, flippedAuthentic},
		{"random-authenticator", randomAuthentic, randomAuthentic},
		{"truncated-authenticator", cutAuthentic, cutAuthentic},
		{"empty-authenticator", emptyAuthentic, emptyAuthentic},
		{"extended-authenticator", grownAuthentic, grownAuthentic},
		{"not-re-signed", insertedCovered, insertedCovered},
		{"wrong-spi", wrongSPI, wrongSPI},
		{"reserved-spi", reservedSPI, reservedSPI},
	} {
		fault := func(invalid *code.Fault) *code.Fault {
			if a.home == wrongSPI || a.home == reservedSPI {
				return ext.ErrSPI
			}
			return invalid
		}
		add("mobile-home-"+a.name, Authentication, fault(ext.ErrMobileHomeInvalid), anyLeg, 0, mutation{home: a.home})
		add("mobile-foreign-"+a.name, Authentication, fault(ext.ErrMobileForeignInvalid), toFA|fromFA, lastShared, mutation{behind: of(ext.KindNVSE), end: a.last})
		add("foreign-home-"+a.name, Authentication, fault(ext.ErrForeignHomeInvalid), relayed|backToFA, lastShared, mutation{behind: of(ext.KindNVSE), end: a.last})
	}

	// Replay.
	add("identification-old", Replay, mipv4.ErrTimestamp, direct|relayed, 0, mutation{fixed: oldIdentification})
	add("identification-future", Replay, mipv4.ErrTimestamp, direct|relayed, 0, mutation{fixed: futureIdentification})
	add("identification-repeated", Replay, mipv4.ErrReplay, direct|relayed, 0, mutation{fixed: repeatedIdentification})
	add("identification-earlier", Replay, mipv4.ErrReplay, direct|relayed, 0, mutation{fixed: earlierIdentification})
	return all
}

// badLengthOf returns the fault of a row's Length.
func badLengthOf(k ext.Kind) *code.Fault {
	r, _ := ext.Lookup(k)
	return r.BadLength
}

// byRow has two families: every registered extension with a Length that its row
// does not allow, and in every place where it must not stand.
func byRow() (all []mutation) {
	const (
		inRequest = ext.ForHomeAgent | ext.KeyRequest
		free      = ext.Free
	)
	for _, r := range rows {
		put := func(name string, c Class, f *code.Fault, legs legs, need need, m mutation) {
			if legs != 0 {
				m.Mutation = Mutation{Name: name, Class: c, Fault: f}
				m.legs, m.need = legs, need
				all = append(all, m)
			}
		}
		add := func(prefix string, c Class, f *code.Fault, legs legs, m mutation) {
			name, general := prefix+kebab(r.Name), legs
			// Mobile-Foreign must follow, or something else is wrong as well.
			switch r.Kind {
			case ext.KindChallenge:
				put(name, c, f, legs&toFA, lastShared, m)
				general = legs &^ toFA
			case ext.KindMNFAKeyReply:
				put(name, c, f, legs&fromFA, lastShared, m)
				general = legs &^ (fromFA | backToMN)
			}
			put(name, c, f, general, 0, m)
		}
		in := func(z ext.Zones, l legs) legs {
			if r.Zones&z != 0 {
				return l
			}
			return 0
		}
		out := func(z ext.Zones, l legs) legs { return l &^ in(z, l) }

		// A key request needs MN-AAA behind it, and authentication extensions
		// have mutations by hand.
		authentication := r.Zones == 0
		if oddLengths(r) && !authentication && r.Zones != ext.KeyRequest {
			bad := odd(r.Kind, badLength)
			before := in(free, anyLeg) | in(ext.ForHomeAgent, requests) | in(ext.ForMobileNode, replies)
			add("length-of-", Layout, r.BadLength, before, mutation{set: mipv4.FlagDecapsulation, before: bad})
			behind := in(ext.ForForeignAgent, toFA) | in(ext.ForeignForHome, relayed) | in(ext.HomeForForeign, backToFA) | in(ext.ForeignForMobile, fromFA)
			if r.Kind == ext.KindIPv6TunnelingMode {
				put("length-behind-of-"+kebab(r.Name), Layout, r.BadLength, behind, speaksDraft, mutation{clear: mipv4.FlagDecapsulation, behind: bad})
			} else {
				add("length-behind-of-", Layout, r.BadLength, behind, mutation{set: mipv4.FlagReverseTunnel, clear: mipv4.FlagDecapsulation, behind: bad})
			}
		}
		if r.Zones&free != 0 || authentication {
			continue
		}
		before := out(inRequest, requests) | out(ext.ForMobileNode, replies)
		add("misplaced-before-", Rule, r.Misplaced, before, mutation{before: of(r.Kind)})
		behind := in(ext.ForHomeAgent, direct|out(ext.ForForeignAgent|ext.ChallengeZone, toFA)|out(ext.ForeignForHome, relayed)) |
			in(ext.ForMobileNode, backToMN|out(ext.HomeForForeign, backToFA)|out(ext.ForeignForMobile, fromFA))
		add("misplaced-behind-", Rule, r.Misplaced, behind, mutation{behind: of(r.Kind)})
	}
	return all
}

// oddLengths reports whether an extension can have a Length that its row does
// not allow and be walked all the same. Type 139 cannot: only with its figure's
// Length it is of the long form.
func oddLengths(r *ext.Row) bool {
	switch r.Form {
	case ext.Pad:
		return false
	case ext.Long, ext.Vendor:
		return r.Kind.Type() != ext.KindRequestedHA.Type() && (r.Min > 0 || r.Max < 65535)
	}
	return r.Min > prefixed(r.Form) || r.Max < 255
}

// anyFault returns the fault, another where nothing is wrong.
func (m *mutation) anyFault() *code.Fault {
	if m.Fault != nil {
		return m.Fault
	}
	return ext.ErrUnknownType
}

// kebab turns a name into a word.
func kebab(name string) string {
	return strings.Trim(strings.Map(func(c rune) rune {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			return c
		case 'A' <= c && c <= 'Z':
			return c + 'a' - 'A'
		}
		return '-'
	}, name), "-")
}
