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
	Replay                      // the Identification is not fresh: mipv4.Timestamps
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

	// also is another fault that the packet may be said to have as well: what
	// conforms to either conforms.
	also *code.Fault
	// may has Codes that conform besides what everybody may answer.
	may []code.Registration
	// big says that nobody need receive the packet, which is longer than the 548
	// octets of RFC 1122 §3.3.2: whatever comes of it conforms. It comes once a turn.
	big bool
}

// element is an extension of an arrangement.
type element struct {
	kind ext.Kind
	how  how
	row  *ext.Row // nil for the kinds that have none
	body []byte   // with literal
}

// how says what is unusual about an extension.
type how uint8

const (
	usual            how = iota
	otherKind            // no kind of its own: an unknown skippable one, or a padding
	unknownType          // a type of 0-127 that no RFC defines
	badLength            // a Length that its row does not allow
	noSubType            // a short form of Length 0
	lengthUp             // Length runs past the end
	lengthDown           // Length ends in the body, of which the rest is no extension
	longLengthUp         // the two-byte Length runs past the end
	invalidLength        // Prefix Length 129-254
	linkLocalLength      // Prefix Length 255, a link-local address
	globalLinkLocal      // Prefix Length 255, a global address
	hostBits             // bits beyond the prefix length
	zeroPrefix           // any prefix
	identifier           // an interface identifier, of Prefix Length 128
	identifierLength     // an interface identifier, of Prefix Length 0-64
	samePrefix           // the prefix of the extension before
	multicast            // an address of 224.0.0.0/4
	literal              // the body is given
	unknownVendor        // contents that the target does not implement
	missingKind          // a non-skippable kind that the target does not implement
	strayKind            // a skippable kind that the target does not implement, in the long form
	unsigned             // an authentication extension of an association that the campaign has not
	many                 // as many of the kind as 1,472 octets hold, or 3,000
	fill548              // 17 extensions or more in 548 octets
	fill1472             // 17 extensions or more in 1,472 octets
	shuffled             // any legal extensions in front
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
	usualFixed            fixed = iota
	otherMessage                // a reply instead of a request, and the other way round
	dynamicAgent                // the home agent and the home address are to be assigned
	dynamicWithHome             // the home agent is, the home address is there
	dynamicDeregistration       // the same with Lifetime 0
	nameless                    // no home address
	deregistration              // Lifetime 0
	privateCareOf               // a care-of address of RFC 1918
	homeCareOf                  // the home address is the care-of address
	zeroCareOf                  // the care-of address 0.0.0.0
	broadcastCareOf             // the care-of address 255.255.255.255
	multicastCareOf             // a care-of address of 224.0.0.0 or above
	multicastHome               // a home address of 224.0.0.0 or above
	multicastAgent              // a home agent of 224.0.0.0 or above
	foreignCode                 // a foreign agent's Code
	prohibitedCode              // Code 65
	gatewayCode                 // a gateway foreign agent's Code
	unassignedCode              // a Code of 9-63
	redirectCode                // Code 143, and the home agent was to be assigned
	redirectNamed               // Code 143, and the request names the home agent
	deniedCode                  // Code 129
	networkCode                 // Code 147
	copiedAgent                 // Code 136 with the request's Home Agent
	otherAgent                  // Code 0 with another Home Agent
	noAgent                     // a denial with the Home Agent 0.0.0.0
	noHome                      // Code 0 with the Home Address 0.0.0.0
	mandatoryTunnel             // Code 138, and the T flag was set
	longerLifetime              // Code 0 with more than was asked for
	longDenial                  // Code 69 with as much as was asked for
	otherLifetime               // a foreign agent's Code with another Lifetime
	otherNonce                  // a foreign agent's Code with another high half of the Identification
	plainCode                   // Code 0
	unasked                     // the Identification answers no request
	otherHome                   // the Home Address is not that of the request
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
// those that follow from the registry and the rule book.
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

// lit returns an arrangement of one extension with a given body.
func lit(k ext.Kind, body ...byte) []element {
	return []element{{kind: k, how: literal, row: rowOf(k), body: body}}
}

// odd returns an arrangement of one unusual extension.
func odd(k ext.Kind, h how) []element { return []element{{kind: k, how: h, row: rowOf(k)}} }

func conforming() (all []mutation) {
	add := func(name string, legs legs, need need, m mutation) {
		m.Mutation = Mutation{Name: name}
		m.legs, m.need = legs, need
		all = append(all, m)
	}
	const prefixRequest, mode, method = ext.KindIPv6PrefixRequest, ext.KindIPv6TunnelingMode, ext.KindProxyAuthMethod
	const d = mipv4.FlagDecapsulation
	add("none", anyLeg, 0, mutation{before: odd(0, shuffled)})
	add("plain", anyLeg, 0, mutation{})
	add("duplicate-prefix-requests", requests, 0, mutation{before: append(of(prefixRequest), odd(prefixRequest, samePrefix)...)})
	add("many-extensions-548", anyLeg, 0, mutation{before: odd(0, fill548)})
	add("many-extensions-1472", anyLeg, 0, mutation{before: odd(0, fill1472)})
	add("many-prefix-requests", direct|relayed, 0, mutation{big: true, before: odd(prefixRequest, many)})
	add("tunneling-mode", requests, 0, mutation{set: d, clear: mipv4.FlagMinimal, before: of(mode, prefixRequest)})
	add("tunneling-mode-foreign-draft", relayed, speaksDraft, mutation{clear: d, behind: of(mode)})
	add("any-prefix", requests, speaksDraft, mutation{before: odd(prefixRequest, zeroPrefix)})
	add("interface-identifier", requests, speaksDraft, mutation{before: odd(prefixRequest, identifier)})
	add("link-local", requests, speaksRFC5454, mutation{before: odd(prefixRequest, linkLocalLength)})
	add("host-bits-draft", requests, speaksDraft, mutation{before: odd(prefixRequest, hostBits)})
	add("mn-aaa", requests, hasAAA, mutation{behind: of(ext.KindMNAAAAuth)})
	// Who knows only RFC 3344 wants Mobile-Home, whose AAA server may not know the node.
	add("only-mn-aaa-3344", requests, hasAAA|by3344, mutation{home: omitted, behind: of(ext.KindMNAAAAuth), may: []code.Registration{
		code.HAMobileNodeFailedAuthentication, code.HABadAAAAuthentication, code.FABadAAAAuthentication,
	}})
	add("challenge", toFA, lastShared, mutation{behind: of(ext.KindChallenge)})
	// Who assigns no home agents denies it (RFC 5944 §3.8.3.2).
	add("dynamic-agent", requests, 0, mutation{fixed: dynamicWithHome, before: of(ext.KindMobileNodeNAI, ext.KindRequestedHA), may: []code.Registration{
		code.HAUnknownHomeAgentAddress,
	}})
	// Proxies are served, but not every one.
	add("proxy-registration", relayed, servesProxies, mutation{clear: d, home: omitted, before: of(method), may: []code.Registration{
		code.HAMobileNodeFailedAuthentication, code.HAForeignAgentFailedAuthentication,
	}})
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
	const prefixRequest, prefixReply, mode, method = ext.KindIPv6PrefixRequest, ext.KindIPv6PrefixReply, ext.KindIPv6TunnelingMode, ext.KindProxyAuthMethod
	const home, foreign, foreignHome, aaa = ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth, ext.KindMNAAAAuth
	const d, t, minimal = mipv4.FlagDecapsulation, mipv4.FlagReverseTunnel, mipv4.FlagMinimal

	// Structure.
	add("empty", Structure, mipv4.ErrEmpty, anyLeg, 0, mutation{spoil: empty})
	add("truncated-request", Structure, mipv4.ErrRequestCut, requests, 0, mutation{spoil: cutFixed})
	add("truncated-reply", Structure, mipv4.ErrReplyCut, replies, 0, mutation{spoil: cutFixed})
	add("not-a-request", Structure, mipv4.ErrNotRequest, requests, 0, mutation{spoil: otherType})
	add("not-a-reply", Structure, mipv4.ErrNotReply, replies, 0, mutation{spoil: otherType})
	add("reply-on-a-request-leg", Structure, mipv4.ErrNotRequest, requests, 0, mutation{fixed: otherMessage})
	add("request-on-a-reply-leg", Structure, mipv4.ErrNotReply, replies, 0, mutation{fixed: otherMessage})
	add("truncated-to-lone-byte", Structure, ext.ErrLoneByte, anyLeg, 0, mutation{spoil: cutLone})
	add("truncated-body", Structure, ext.ErrOverrun, anyLeg, 0, mutation{spoil: cutBody})
	add("truncated-long-header", Structure, ext.ErrHeaderCut, anyLeg, 0, mutation{last: of(ext.KindCVSE), spoil: cutHeader})
	add("truncated-long-body", Structure, ext.ErrLongOverrun, anyLeg, 0, mutation{last: of(ext.KindCVSE), spoil: cutLongBody})
	add("trailing-lone-byte", Structure, ext.ErrLoneByte, anyLeg, 0, mutation{spoil: loneByte})
	add("trailing-overrun", Structure, ext.ErrOverrun, anyLeg, 0, mutation{spoil: shortOverrun})
	add("trailing-long-overrun", Structure, ext.ErrLongOverrun, anyLeg, 0, mutation{spoil: longOverrun})
	add("trailing-header", Structure, ext.ErrHeaderCut, anyLeg, 0, mutation{spoil: partHeader})
	add("length-up", Structure, ext.ErrOverrun, anyLeg, 0, mutation{before: odd(ext.KindNVSE, lengthUp)})
	add("length-down", Structure, ext.ErrUnknownType, anyLeg, 0, mutation{before: odd(ext.KindNVSE, lengthDown), also: ext.ErrOverrun})
	add("overlong-long-form", Structure, ext.ErrLongOverrun, anyLeg, 0, mutation{before: odd(ext.KindCVSE, longLengthUp)})
	add("unknown-type", Structure, ext.ErrUnknownType, anyLeg, 0, mutation{before: odd(0, unknownType)})
	add("unknown-type-last", Structure, ext.ErrUnknownType, anyLeg, 0, mutation{last: odd(0, unknownType)})

	// Layout. An authenticator that does not fit its layout is not there.
	add("zero-length-short-form", Layout, ext.ErrNoSubType, anyLeg, 0, mutation{before: odd(ext.KindHAIdentity, noSubType)})
	add("dsmipv4-without-sub-type", Layout, ext.ErrNoSubType, anyLeg, 0, mutation{before: odd(prefixRequest, noSubType)})
	add("request-prefix-length-129-254", Layout, dsmip.ErrPrefixLength, requests, 0, mutation{before: odd(prefixRequest, invalidLength)})
	add("reply-prefix-length-129-254", Layout, dsmip.ErrPrefixLength, replies, 0, mutation{before: odd(prefixReply, invalidLength)})
	add("mobile-home-without-spi", Layout, badLengthOf(home), anyLeg, 0, mutation{home: badAuthLength})
	add("mobile-home-behind-one-without-spi", Layout, badLengthOf(home), anyLeg, 0, mutation{before: odd(home, badLength)})

	add("normal-vendor-octet", Layout, ext.ErrVendorOctet, anyLeg, 0, mutation{before: lit(ext.KindNVSE, 0, 0, 1, 0, 0, 9, 0, 1)})
	add("critical-vendor-octet", Layout, ext.ErrVendorOctet, anyLeg, 0, mutation{before: lit(ext.KindCVSE, 1, 0, 0, 9, 0, 1)})
	add("service-not-utf-8", Layout, ext.ErrServiceText, anyLeg, 0, mutation{before: lit(ext.KindServiceSelection, 'a', 0xff)})
	add("message-not-utf-8", Layout, ext.ErrMessageStringText, replies, 0, mutation{before: lit(ext.KindMessageStringHA, 'a', 0xff)})
	add("flow-without-bids", Layout, ext.ErrBIDCount, anyLeg, 0, mutation{before: lit(ext.KindFlowBinding, 1, 0, 1, 0)})
	add("flow-of-nine-bids", Layout, ext.ErrBIDCount, anyLeg, 0, mutation{before: lit(ext.KindFlowBinding, 1, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1)})
	add("capability-without-address", Layout, ext.ErrSolicitedHoA, requests, 0, mutation{before: lit(ext.KindRouteOptimizationCapability, 0x20)})
	add("prefix-without-router", Layout, ext.ErrPrefixStructures, replies, 0, mutation{before: lit(ext.KindRouteOptimizationPrefix, 24, 10, 1, 2, 0)})

	// The rules of requests: the fixed part.
	add("reserved-flag", Rule, rules.ErrReservedFlags, requests, 0, mutation{set: mipv4.FlagReservedR})
	add("reserved-flag-x", Rule, rules.ErrReservedFlags, requests, 0, mutation{set: mipv4.FlagReservedX})
	add("dynamic-agent-without-nai", Rule, rules.ErrDynamicNAI, direct, 0, mutation{fixed: dynamicAgent, before: of(ext.KindRequestedHA)})
	add("dynamic-agent-without-nai", Rule, rules.ErrDynamicNAI, toFA|relayed, 0, mutation{fixed: dynamicWithHome})
	add("dynamic-agent-without-requested-ha", Rule, rules.ErrDynamicRequestedHA, direct, 0, mutation{fixed: dynamicAgent, before: of(ext.KindMobileNodeNAI)})
	for _, x := range []struct {
		name       string
		fault      *code.Fault
		set, clear mipv4.Flags
	}{
		{"dynamic-agent-deregisters", rules.ErrDynamicDeregisters, d, 0},
		{"dynamic-agent-deregisters-without-d", rules.ErrDynamicForeign, 0, d},
	} {
		m := mutation{fixed: dynamicDeregistration, set: x.set, clear: x.clear, before: of(ext.KindMobileNodeNAI, ext.KindRequestedHA)}
		add(x.name, Rule, x.fault, direct|toFA, 0, m)
		m.before = of(ext.KindMobileNodeNAI)
		add(x.name, Rule, x.fault, relayed, by3344, m)
		m.end = omitted
		add(x.name, Rule, x.fault, relayed, by5944, m)
	}
	add("nameless", Rule, rules.ErrNameless, requests, 0, mutation{fixed: nameless})
	add("zero-care-of-address", Rule, rules.ErrZeroCareOfAddress, direct|relayed, 0, mutation{fixed: zeroCareOf})
	add("broadcast-care-of-address", Rule, rules.ErrBroadcastCareOfAddress, requests, 0, mutation{fixed: broadcastCareOf})
	add("multicast-care-of-address", Rule, rules.ErrMulticastCareOfAddress, requests, 0, mutation{fixed: multicastCareOf})

	add("direct-without-d", Rule, rules.ErrDirectWithoutD, direct, 0, mutation{clear: d})
	add("home-agent-multicast", Rule, rules.ErrRequestHomeAgent, requests, 0, mutation{fixed: multicastAgent})
	add("home-address-multicast", Rule, rules.ErrRequestHomeAddress, requests, 0, mutation{fixed: multicastHome})
	add("home-care-of-address", Rule, rules.ErrHomeCareOf, requests, 0, mutation{clear: d, fixed: homeCareOf})
	add("home-address-with-d", Rule, rules.ErrHomeWithD, requests, 0, mutation{set: d, fixed: homeCareOf})

	// Who authorizes them.
	add("no-authorization", Rule, rules.ErrNoAuthorization, requests, by5944, mutation{home: omitted})
	add("no-authorization-3344", Rule, rules.ErrNoAuthorization3344, requests, by3344, mutation{home: omitted})
	add("truncated-before-authorization", Rule, rules.ErrNoAuthorization, requests, by5944|lastUnshared, mutation{spoil: cutHome})
	add("proxy-unclear", Rule, rules.ErrProxyUnclear, relayed|backToFA, proxiesUnknown, mutation{clear: d, home: omitted, before: of(method)})
	add("proxy-without-foreign-home", Rule, rules.ErrProxyForeignHome, relayed, judgesProxies, mutation{clear: d, home: omitted, end: omitted, before: lit(method, 1)})
	add("proxy-deregisters", Rule, rules.ErrProxyDeregisters, relayed, judgesProxies|by5944, mutation{clear: d, fixed: deregistration, home: omitted, end: omitted, before: lit(method, 1)})
	add("proxy-deregisters-3344", Rule, rules.ErrProxyForeignHome, relayed, judgesProxies|by3344, mutation{clear: d, fixed: deregistration, home: omitted, end: omitted, before: lit(method, 1)})
	add("proxy-without-foreign-home", Rule, rules.ErrProxyForeignHome, backToFA, judgesProxies|lastUnshared, mutation{before: lit(method, 1)})
	add("proxy-code-65", Rule, rules.ErrProxyCode65, backToFA, judgesProxies, mutation{fixed: prohibitedCode, before: of(method)})
	add("proxy-method-reserved", Rule, rules.ErrProxyMethod, anyLeg, judgesProxies, mutation{clear: d, before: lit(method, 0)})
	add("proxy-method-reserved-behind", Rule, rules.ErrProxyMethod, relayed|backToFA, judgesProxies, mutation{clear: d, behind: lit(method, 0)})
	add("proxy-with-d", Rule, rules.ErrProxyCoLocated, requests, judgesProxies, mutation{set: d, before: of(method)})
	add("between-routers", Rule, rules.ErrCorrespondent, anyLeg, 0, mutation{home: omitted, before: of(ext.KindMobileCorrespondentAuth)})
	add("between-routers-beside-mobile-home", Rule, rules.ErrCorrespondent, requests, 0, mutation{before: of(ext.KindMobileCorrespondentAuth)})
	add("mn-aaa-before-mobile-home", Rule, rules.ErrMobileHomeLast, requests, hasAAA, mutation{before: of(aaa)})
	add("only-mn-aaa", Rule, rules.ErrOnlyMNAAA, requests, hasAAA|by5944, mutation{home: omitted, behind: of(aaa)})
	add("two-mobile-home", Rule, rules.ErrSecondMobileHome, requests, by5944, mutation{behind: of(home)})
	add("two-mobile-home-3344", Rule, rules.ErrTwoAuthorizations3344, requests, by3344, mutation{behind: of(home)})
	add("two-mn-aaa", Rule, rules.ErrSecondMNAAA, requests, hasAAA|by5944, mutation{behind: of(aaa, aaa)})
	add("two-mn-aaa-3344", Rule, rules.ErrTwoAuthorizations3344, requests, hasAAA|by3344, mutation{behind: of(aaa, aaa)})
	add("mobile-home-last", Rule, rules.ErrBehindLast, toFA|relayed, lastShared|by5944, mutation{last: of(home)})
	add("mobile-home-last-3344", Rule, rules.ErrTwoAuthorizations3344, toFA|relayed, lastShared|by3344, mutation{last: of(home)})
	add("mn-aaa-last", Rule, rules.ErrBehindLast, toFA|relayed, lastShared|hasAAA, mutation{last: of(aaa)})
	add("mobile-foreign-past-the-foreign-agent", Rule, rules.ErrMobileForeignLeg, direct|relayed, 0, mutation{behind: odd(foreign, unsigned)})
	add("two-mobile-foreign", Rule, rules.ErrSecondMobileForeign, toFA, lastShared, mutation{last: of(foreign)})
	add("mobile-foreign-missing", Rule, ext.ErrNoMobileForeign, toFA, lastShared, mutation{end: omitted})
	add("mobile-foreign-without-association", Rule, rules.ErrMobileForeignUnknown, toFA, lastNone, mutation{last: odd(foreign, unsigned)})
	add("foreign-home-on-the-wrong-leg", Rule, rules.ErrForeignHomeLeg, direct|toFA, by5944, mutation{behind: odd(foreignHome, unsigned)})
	add("foreign-home-on-the-wrong-leg-3344", Rule, rules.ErrForeignHome3344, direct|toFA, by3344, mutation{behind: odd(foreignHome, unsigned)})
	add("two-foreign-home", Rule, rules.ErrSecondForeignHome, relayed, lastShared, mutation{last: of(foreignHome)})
	add("foreign-home-missing", Rule, ext.ErrNoForeignHome, relayed, lastShared, mutation{clear: d, end: omitted})
	add("foreign-home-missing-co-located", Rule, rules.ErrForeignHomeCoLocated, relayed, lastShared|by5944, mutation{set: d, end: omitted})
	add("foreign-home-missing-co-located-3344", Rule, ext.ErrNoForeignHome, relayed, lastShared|by3344, mutation{set: d, end: omitted})
	add("foreign-home-without-association", Rule, rules.ErrForeignHomeUnknown, relayed, lastNone|by5944, mutation{last: odd(foreignHome, unsigned)})
	add("foreign-home-without-association-3344", Rule, rules.ErrForeignHome3344, relayed, lastNone|by3344, mutation{last: odd(foreignHome, unsigned)})
	add("foreign-home-deregisters", Rule, rules.ErrForeignHomeDeregisters, relayed, lastShared|by5944, mutation{fixed: deregistration})

	// What other extensions go with.
	add("challenge-nameless", Rule, rules.ErrChallengeNameless, toFA, lastUnshared|hasAAA, mutation{behind: of(ext.KindChallenge, aaa)})
	add("challenge-unanswered", Rule, rules.ErrChallengeUnanswered, toFA, lastUnshared, mutation{behind: of(ext.KindChallenge)})
	add("challenge-without-mn-aaa", Rule, rules.ErrChallengeWithoutMNAAA, toFA, lastNone, mutation{behind: of(ext.KindChallenge), last: odd(foreign, unsigned)})
	add("two-challenges", Rule, rules.ErrSecondChallenge, toFA, lastShared, mutation{behind: of(ext.KindChallenge, ext.KindChallenge)})
	add("mn-fa-key-request-alone", Rule, rules.ErrKeyRequestAlone, requests, 0, mutation{before: of(ext.KindMNFAKeyRequest)})
	add("mn-ha-key-request-alone", Rule, rules.ErrKeyRequestAlone, requests, 0, mutation{before: of(ext.KindMNHAKeyRequest)})
	for _, x := range []struct {
		name string
		kind ext.Kind
	}{{"mn-fa-key-request-reserved-spi", ext.KindMNFAKeyRequest}, {"mn-ha-key-request-reserved-spi", ext.KindMNHAKeyRequest}} {
		add(x.name, Rule, rules.ErrReservedSPIKeyRequest, requests, hasAAA, mutation{before: lit(x.kind, 0, 0, 0, 255), behind: of(aaa)})
	}
	add("traversal-unset", Rule, rules.ErrTraversalUnset, requests, 0, mutation{before: lit(ext.KindSKIPTraversal, 0, 0, 0, 0, 0, 0, 192, 0, 2, 77)})
	add("traversal-reply-unset", Rule, rules.ErrTraversalReplyUnset, replies, 0, mutation{before: lit(ext.KindSKIPTraversal, 0, 0, 192, 0, 2, 77, 0, 0, 0, 0)})
	add("gfa-address-multicast", Rule, rules.ErrGatewayAddress, relayed, 0, mutation{behind: lit(ext.KindGFAAddress, 0, 0, 224, 0, 0, 1)})
	add("device-id-reserved", Rule, rules.ErrProxyIDType, requests, judgesProxies, mutation{before: lit(ext.KindDeviceID, 0, 1)})
	add("subscriber-id-reserved", Rule, rules.ErrProxyIDType, requests, judgesProxies, mutation{before: lit(ext.KindSubscriberID, 0, 1)})
	add("access-technology-reserved", Rule, rules.ErrProxyIDType, requests, judgesProxies, mutation{before: lit(ext.KindAccessTechnology, 0)})
	add("delivery-style-without-t", Rule, rules.ErrDeliveryWithoutT, toFA, 0, mutation{clear: t, behind: of(ext.KindEncapsulatingDelivery)})
	add("revocation-without-d", Rule, rules.ErrRevocationNotDirect, toFA|relayed, 0, mutation{clear: d, before: of(ext.KindRevocationSupport)})
	add("revocation-behind-without-d", Rule, rules.ErrRevocationNotDirect, toFA, 0, mutation{clear: d, behind: of(ext.KindRevocationSupport)})
	add("revocation-without-d", Rule, rules.ErrRevocationWithoutD, direct, 0, mutation{clear: d, before: of(ext.KindRevocationSupport)})
	add("revocation-between", Rule, rules.ErrRevocationBetween, relayed, lastShared|hasAAA, mutation{behind: of(ext.KindRevocationSupport, aaa)})
	add("revocation-unprotected", Rule, rules.ErrRevocationUnprotected, direct|toFA, 0, mutation{set: d, behind: of(ext.KindRevocationSupport)})
	add("tunnel-request-without-d", Rule, rules.ErrTunnelRequestMobile, requests, 0, mutation{set: t, clear: d, before: of(ext.KindUDPTunnelRequest)})
	add("tunnel-request-with-d", Rule, rules.ErrTunnelRequestForeign, direct|relayed, 0, mutation{set: d | t, behind: of(ext.KindUDPTunnelRequest)})
	add("tunnel-request-reserved", Layout, ext.ErrTunnelRequestReserved, requests, 0, mutation{set: d | t, before: lit(ext.KindUDPTunnelRequest, 0, 0x40, 0, 0, 1)})
	add("tunnel-request-without-r", Rule, rules.ErrTunnelRequestWithoutR, toFA|relayed, 0, mutation{set: d | t, before: lit(ext.KindUDPTunnelRequest, 0, 0, 0, 0, 0)})
	add("tunnel-request-without-t", Rule, rules.ErrTunnelRequestWithoutT, requests, 0, mutation{set: d, clear: t, before: of(ext.KindUDPTunnelRequest)})
	add("foreign-tunnel-request-without-t", Rule, rules.ErrTunnelRequestWithoutT, relayed, 0, mutation{clear: d | t, behind: of(ext.KindUDPTunnelRequest)})
	add("tunnel-request-encapsulation", Rule, rules.ErrTunnelRequestEncapsulation, requests, 0, mutation{set: d | t, before: lit(ext.KindUDPTunnelRequest, 0, 0x40, 50, 0, 0)})
	add("service-before-nai", Rule, rules.ErrServiceBeforeNAI, requests, 0, mutation{before: of(ext.KindServiceSelection, ext.KindMobileNodeNAI)})
	add("two-services", Rule, rules.ErrSecondService, requests, 0, mutation{before: of(ext.KindServiceSelection, ext.KindServiceSelection)})
	add("two-multipath", Rule, rules.ErrSecondMultipath, requests, 0, mutation{before: of(ext.KindMultipath, ext.KindMultipath)})
	add("gre-key-with-d", Rule, rules.ErrGREKeyCoLocated, relayed, 0, mutation{set: d, behind: of(ext.KindGREKey)})
	add("requested-ha-other", Rule, rules.ErrRequestedHAOther, direct|relayed, 0, mutation{before: of(ext.KindRequestedHA)})
	add("requested-ha-multicast", Rule, rules.ErrRequestedHAUnicast, requests, 0, mutation{before: odd(ext.KindRequestedHA, multicast)})
	add("hierarchical-fa-unprotected", Rule, rules.ErrHierarchicalFAUnprotected, relayed, 0, mutation{behind: of(ext.KindHierarchicalFA)})
	add("hierarchical-fa-unprotected", Rule, rules.ErrRegionalUnprotected, toFA, lastUnshared, mutation{behind: of(ext.KindHierarchicalFA)})
	add("replay-style-unprotected", Rule, rules.ErrRegionalUnprotected, toFA, lastUnshared, mutation{behind: of(ext.KindReplayProtectionStyle)})

	add("empty-nai", Rule, rules.ErrEmptyNAI, anyLeg, 0, mutation{before: lit(ext.KindMobileNodeNAI)})
	add("mobile-network-without-t", Rule, rules.ErrMobileNetworkWithoutT, requests, 0, mutation{clear: t, before: of(ext.KindMobileNetworkRequest)})
	add("mobile-network-length", Rule, rules.ErrMobileNetworkLength, requests, 0, mutation{set: t, before: lit(ext.KindMobileNetworkRequest, 33, 10, 0, 0, 0)})
	add("mobile-network-deregisters", Rule, rules.ErrMobileNetworkDeregisters, direct|toFA, 0, mutation{set: t, fixed: deregistration, before: of(ext.KindMobileNetworkRequest)})
	add("mobile-network-deregisters", Rule, rules.ErrMobileNetworkDeregisters, relayed, by3344, mutation{set: t, fixed: deregistration, before: of(ext.KindMobileNetworkRequest)})
	add("mobile-network-deregisters", Rule, rules.ErrMobileNetworkDeregisters, relayed, by5944, mutation{set: t, fixed: deregistration, before: of(ext.KindMobileNetworkRequest), end: omitted})
	add("multipath-label-0", Rule, rules.ErrInterfaceLabel, requests, 0, mutation{before: lit(ext.KindMultipath, 4, 0, 5, 0)})
	add("multipath-binding-0", Rule, rules.ErrBindingID, requests, 0, mutation{before: lit(ext.KindMultipath, 4, 1, 0, 0)})
	add("multipath-binding-255", Rule, rules.ErrBindingID, requests, 0, mutation{before: lit(ext.KindMultipath, 4, 1, 255, 0)})
	add("multipath-flags", Rule, rules.ErrMultipathFlags, requests, 0, mutation{before: lit(ext.KindMultipath, 4, 1, 5, 0xc0)})
	add("multipath-overwrite-deregisters", Rule, rules.ErrOverwriteDeregisters, direct|toFA, 0, mutation{fixed: deregistration, before: lit(ext.KindMultipath, 4, 1, 5, 0x40)})
	add("multipath-overwrite-deregisters", Rule, rules.ErrOverwriteDeregisters, relayed, by3344, mutation{fixed: deregistration, before: lit(ext.KindMultipath, 4, 1, 5, 0x40)})
	add("multipath-overwrite-deregisters", Rule, rules.ErrOverwriteDeregisters, relayed, by5944, mutation{fixed: deregistration, before: lit(ext.KindMultipath, 4, 1, 5, 0x40), end: omitted})
	add("flow-binding-0", Rule, rules.ErrBindingID, anyLeg, 0, mutation{before: lit(ext.KindFlowBinding, 1, 2, 7, 0, 1)})
	add("flow-drops-two", Rule, rules.ErrFlowDrop, anyLeg, 0, mutation{before: lit(ext.KindFlowBinding, 0, 2, 7, 8, 1)})
	add("flow-selector-0", Rule, rules.ErrSelectorFormat, anyLeg, 0, mutation{before: lit(ext.KindFlowBinding, 1, 1, 7, 0)})

	// What the target does not implement.
	add("not-implemented", Rule, rules.ErrNotImplemented, anyLeg, lacksKind, mutation{before: odd(0, missingKind)})
	add("astray", Rule, rules.ErrAstray, anyLeg, lacksForm, mutation{before: odd(0, strayKind)})
	add("vendor-of-mobile-node", Rule, rules.ErrVendorFromMobile, direct|relayed, lacksVendor, mutation{before: odd(ext.KindCVSE, unknownVendor)})
	// What stands before Mobile-Home a foreign agent may leave to the home agent.
	add("vendor-of-mobile-node", Rule, rules.ErrVendorFromMobile, toFA, lacksVendor, mutation{behind: odd(ext.KindCVSE, unknownVendor)})
	add("vendor-of-foreign-agent", Rule, rules.ErrVendorFromForeign, relayed, lacksVendor, mutation{behind: odd(ext.KindCVSE, unknownVendor)})
	add("vendor-in-a-reply", Rule, rules.ErrVendorInReply, replies, lacksVendor, mutation{before: odd(ext.KindCVSE, unknownVendor)})

	// The rules of replies.
	add("foreign-code-from-home", Rule, rules.ErrForeignCodeFromHome, backToFA|backToMN, 0, mutation{fixed: foreignCode})
	add("gateway-code-from-home", Rule, rules.ErrForeignCodeFromHome, backToMN, 0, mutation{fixed: gatewayCode})
	add("reply-without-mobile-home", Rule, rules.ErrReplyNoMobileHome, replies, 0, mutation{fixed: plainCode, home: omitted})
	add("unassigned-code-without-mobile-home", Rule, rules.ErrReplyNoMobileHome, backToFA|backToMN, 0, mutation{fixed: unassignedCode, home: omitted})
	add("reply-with-two-mobile-home", Rule, rules.ErrReplySecondMobileHome, replies, 0, mutation{behind: of(home)})
	add("reply-with-mn-aaa", Rule, rules.ErrReplyMNAAA, replies, 0, mutation{behind: odd(aaa, unsigned)})
	add("reply-mobile-home-last", Rule, rules.ErrReplyOrder, backToFA|fromFA, lastShared, mutation{last: of(home)})
	add("reply-mobile-foreign-from-home", Rule, rules.ErrMobileForeignLeg, backToFA|backToMN, 0, mutation{behind: odd(foreign, unsigned)})
	add("reply-with-two-mobile-foreign", Rule, rules.ErrSecondMobileForeign, fromFA, lastShared, mutation{last: of(foreign)})
	add("reply-mobile-foreign-missing", Rule, ext.ErrNoMobileForeign, fromFA, lastShared, mutation{end: omitted})
	add("reply-mobile-foreign-without-association", Rule, rules.ErrMobileForeignUnknown, fromFA, lastNone, mutation{last: odd(foreign, unsigned)})
	add("reply-foreign-home-on-the-wrong-leg", Rule, rules.ErrForeignHomeLeg, fromFA|backToMN, 0, mutation{behind: odd(foreignHome, unsigned)})
	add("reply-with-two-foreign-home", Rule, rules.ErrSecondForeignHome, backToFA, lastShared, mutation{last: of(foreignHome)})
	add("reply-foreign-home-missing", Rule, ext.ErrNoForeignHome, backToFA, lastShared, mutation{end: omitted})
	add("reply-foreign-home-without-association", Rule, rules.ErrReplyForeignHomeUnknown, backToFA, lastNone, mutation{last: odd(foreignHome, unsigned)})
	add("reply-with-two-challenges", Rule, rules.ErrSecondChallenge, backToFA, 0, mutation{behind: of(ext.KindChallenge, ext.KindChallenge)})
	add("reply-with-two-challenges", Rule, rules.ErrTwoChallenges, fromFA, 0, mutation{behind: of(ext.KindChallenge, ext.KindChallenge)})
	add("reply-challenge-last", Rule, rules.ErrChallengeBehindForeign, fromFA, lastShared, mutation{last: of(ext.KindChallenge)})
	add("fa-error-alone", Rule, rules.ErrFAErrorAlone, fromFA, 0, mutation{fixed: foreignCode, home: omitted, behind: of(ext.KindFAError)})
	add("key-reply-without-mobile-foreign", Rule, rules.ErrKeyReplyForeign, fromFA|backToMN, lastUnshared, mutation{before: of(ext.KindMNFAKeyReply)})
	add("key-reply-last", Rule, fault(rules.Misplaced(ext.KindMNFAKeyReply)), backToFA|fromFA, lastShared, mutation{last: of(ext.KindMNFAKeyReply)})
	// Elsewhere a reply without Mobile-Home is wrong whatever is in it.
	add("key-reply-without-mobile-home", Rule, rules.ErrKeyReplyHome, fromFA, 0, mutation{fixed: unassignedCode, home: omitted, before: of(ext.KindMNHAKeyReply)})
	add("key-reply-without-mobile-home", Rule, rules.ErrKeyReplyHome, backToFA, 0, mutation{fixed: gatewayCode, home: omitted, before: of(ext.KindMNHAKeyReply)})
	add("redirect-missing", Rule, rules.ErrRedirectMissing, replies, 0, mutation{fixed: redirectCode})
	add("redirect-without-code", Rule, rules.ErrRedirectCode, replies, 0, mutation{fixed: plainCode, before: of(ext.KindRedirectedHA)})
	add("reply-unasked", Rule, mipv4.ErrOtherIdentification, replies, 0, mutation{fixed: unasked})
	add("reply-of-another-home-address", Rule, mipv4.ErrOtherHomeAddress, replies, 0, mutation{fixed: otherHome})

	add("reply-of-another-home-agent", Rule, rules.ErrOtherHomeAgent, replies, 0, mutation{fixed: otherAgent})
	add("unknown-home-agent-copied", Rule, rules.ErrUnknownHomeAgentCopied, replies, 0, mutation{fixed: copiedAgent})
	add("redirect-unasked", Rule, rules.ErrRedirectUnasked, replies, 0, mutation{fixed: redirectNamed, before: of(ext.KindRedirectedHA)})
	add("redirect-to-multicast", Rule, rules.ErrRedirectedHAUnicast, replies, 0, mutation{fixed: redirectCode, before: odd(ext.KindRedirectedHA, multicast)})
	add("tunnel-mandatory-although-set", Rule, rules.ErrTunnelMandatory, replies, 0, mutation{fixed: mandatoryTunnel})
	add("longer-lifetime", Rule, rules.ErrLongerLifetime, replies, 0, mutation{fixed: longerLifetime})
	add("denial-too-long", Rule, rules.ErrDenialTooLong, fromFA, 0, mutation{fixed: longDenial, home: omitted})
	add("denial-of-another-lifetime", Rule, rules.ErrDenialLifetime, fromFA, 0, mutation{fixed: otherLifetime, home: omitted})
	add("denial-of-another-identification", Rule, rules.ErrDenialIdentification, fromFA, 0, mutation{fixed: otherNonce, home: omitted})
	add("acceptance-without-home-address", Rule, rules.ErrReplyHomeAddress, replies, 0, mutation{fixed: noHome})
	add("reply-without-home-agent", Rule, rules.ErrReplyHomeAgent, replies, 0, mutation{fixed: noAgent})
	add("fa-error-status", Rule, rules.ErrStatus, fromFA, 0, mutation{fixed: plainCode, behind: lit(ext.KindFAError, 63)})
	add("regional-lifetime-unprotected", Rule, rules.ErrRegionalLifetimeUnprotected, fromFA, lastUnshared, mutation{fixed: plainCode, behind: lit(ext.KindRegionalLifetime, 0, 0, 0, 0, 0, 0)})
	add("regional-lifetime", Rule, rules.ErrRegionalLifetime, fromFA, lastShared, mutation{fixed: plainCode, behind: lit(ext.KindRegionalLifetime, 0, 0, 0, 1, 0, 0)})
	add("regional-lifetime", Rule, rules.ErrRegionalLifetime, backToFA, 0, mutation{fixed: plainCode, behind: lit(ext.KindRegionalLifetime, 0, 0, 0, 1, 0, 0)})
	add("mobile-network-ack-length", Rule, rules.ErrMobileNetworkAckLength, replies, 0, mutation{fixed: plainCode, before: lit(ext.KindMobileNetworkAckExplicit, 0, 33, 0, 10, 0, 0, 0)})
	add("mobile-network-ack-missing", Rule, rules.ErrMobileNetworkAckMissing, replies, 0, mutation{fixed: networkCode})
	add("mobile-network-code", Rule, rules.ErrMobileNetworkCode, replies, 0, mutation{fixed: networkCode, before: lit(ext.KindMobileNetworkAckExplicit, 0, 24, 0, 10, 0, 0, 0)})
	add("mobile-network-all-failed", Rule, rules.ErrMobileNetworkAllFailed, replies, 0, mutation{fixed: plainCode, before: lit(ext.KindMobileNetworkAckExplicit, 1, 24, 0, 10, 0, 0, 0)})

	// The rules of dual stack.
	add("two-tunneling-modes", Rule, rules.ErrSecondTunnelingMode, requests, 0, mutation{set: d, clear: minimal, before: of(mode, mode)})
	add("tunneling-mode-without-d", Rule, rules.ErrTunnelingModeCareOf, requests, 0, mutation{clear: d | minimal, before: of(mode)})
	add("tunneling-mode-foreign", Rule, rules.ErrTunnelingModeForeign, relayed, speaksRFC5454, mutation{behind: of(mode)})
	add("tunneling-mode-co-located", Rule, rules.ErrTunnelingModeCoLocated, relayed, speaksDraft|registersNot, mutation{set: d, behind: of(mode)})
	add("tunneling-mode-registered", Rule, rules.ErrTunnelingModeRegistered, relayed, speaksDraft|registers, mutation{set: d, behind: of(mode)})
	add("request-prefix-length-255-draft", Rule, rules.ErrLinkLocalLength, requests, speaksDraft, mutation{before: odd(prefixRequest, linkLocalLength)})
	add("reply-prefix-length-255-draft", Rule, rules.ErrLinkLocalLength, replies, speaksDraft, mutation{before: odd(prefixReply, linkLocalLength)})
	add("request-prefix-length-255-global", Rule, dsmip.ErrLinkLocal, requests, speaksRFC5454, mutation{before: odd(prefixRequest, globalLinkLocal)})
	add("reply-prefix-length-255-global", Rule, dsmip.ErrLinkLocal, replies, speaksRFC5454, mutation{before: odd(prefixReply, globalLinkLocal)})
	add("zero-prefix", Rule, rules.ErrZeroPrefix, requests, speaksRFC5454, mutation{before: odd(prefixRequest, zeroPrefix)})
	add("interface-identifier-5454", Rule, rules.ErrInterfaceIdentifier, requests, speaksRFC5454, mutation{before: odd(prefixRequest, identifier)})
	add("interface-identifier-length", Rule, rules.ErrIdentifierLength, requests, speaksDraft, mutation{before: odd(prefixRequest, identifierLength)})
	add("request-host-bits", Rule, rules.ErrHostBits, requests, speaksRFC5454, mutation{before: odd(prefixRequest, hostBits)})
	add("reply-host-bits", Rule, rules.ErrHostBits, replies, speaksRFC5454, mutation{before: odd(prefixReply, hostBits)})
	add("two-prefix-replies", Rule, rules.ErrSecondPrefixReply, replies, 0, mutation{before: append(of(prefixReply), odd(prefixReply, samePrefix)...)})
	add("private-encapsulation", Rule, rules.ErrTunnelEncapsulation, requests, speaksRFC5454, mutation{
		set: d | t, clear: minimal, fixed: privateCareOf, before: append(lit(ext.KindUDPTunnelRequest, 0, 0x40, 47, 0, 0), of(mode)...),
	})
	add("minimal-encapsulation", Rule, rules.ErrMinimalEncapsulation, requests, speaksRFC5454, mutation{set: d | minimal, clear: mipv4.FlagGRE, before: of(mode)})

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
		fault := func(invalid, reserved *code.Fault) *code.Fault {
			switch a.home {
			case wrongSPI:
				return ext.ErrSPI
			case reservedSPI:
				return reserved
			}
			return invalid
		}
		add("mobile-home-"+a.name, Authentication, fault(ext.ErrMobileHomeInvalid, rules.ErrReservedSPIMobileHome), anyLeg, 0, mutation{home: a.home})
		add("mobile-foreign-"+a.name, Authentication, fault(ext.ErrMobileForeignInvalid, rules.ErrReservedSPIMobileForeign), toFA|fromFA, lastShared, mutation{behind: of(ext.KindNVSE), end: a.last})
		add("foreign-home-"+a.name, Authentication, fault(ext.ErrForeignHomeInvalid, rules.ErrReservedSPIForeignHome), relayed|backToFA, lastShared, mutation{behind: of(ext.KindNVSE), end: a.last})
	}

	reserved := append([]byte{0, 0, 0, 7}, make([]byte, 16)...)
	add("mn-aaa-reserved-spi", Rule, rules.ErrReservedSPIMNAAA, requests, 0, mutation{behind: lit(aaa, reserved...)})

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
// does not allow, and in every place and message where it must not stand.
func byRow() (all []mutation) {
	for _, r := range rows {
		if authorizes(r.Kind) || r.Form == ext.Pad {
			continue // have mutations by hand, or nothing that could be wrong
		}
		add := func(prefix string, c Class, f *code.Fault, l legs, m mutation) {
			put := func(l legs, need need) {
				if l != 0 {
					m.Mutation = Mutation{Name: prefix + kebab(r.Name), Class: c, Fault: f}
					m.legs, m.need = l, need
					all = append(all, m)
				}
			}
			// Mobile-Foreign must follow, or something else is wrong as well.
			switch r.Kind {
			case ext.KindChallenge:
				put(l&toFA, lastShared)
				l &^= toFA
			case ext.KindMNFAKeyReply:
				put(l&fromFA, lastShared)
				l &^= fromFA | backToMN
			}
			put(l, 0)
		}
		for _, family := range placesOf(r) {
			recipe := mutation{set: family.set, clear: family.clear}
			if r.Kind == ext.KindMobileNetworkAckExplicit || r.Kind == ext.KindMobileNetworkAckImplicit {
				recipe.fixed = deniedCode // or one that accepts must stand there
			}
			switch {
			case family.misplaced == nil && !oddLengths(r):
			case family.misplaced == nil && family.behind:
				recipe.behind = odd(r.Kind, badLength)
				add("length-behind-of-", Layout, r.BadLength, family.legs, recipe)
			case family.misplaced == nil:
				recipe.before = odd(r.Kind, badLength)
				add("length-of-", Layout, r.BadLength, family.legs, recipe)
			case family.behind:
				recipe.behind = of(r.Kind)
				add("misplaced-behind-", Rule, family.misplaced, family.legs, recipe)
			case family.misplaced == fault(rules.WrongMessage(r.Kind)) && family.legs&requests != 0:
				recipe.before = of(r.Kind)
				add("in-a-request-", Rule, family.misplaced, family.legs, recipe)
			case family.misplaced == fault(rules.WrongMessage(r.Kind)):
				recipe.before = of(r.Kind)
				add("in-a-reply-", Rule, family.misplaced, family.legs, recipe)
			default:
				recipe.before = of(r.Kind)
				add("misplaced-before-", Rule, family.misplaced, family.legs, recipe)
			}
		}
	}
	return all
}

// oddLengths reports whether an extension can have a Length that its row does
// not allow and be walked all the same.
func oddLengths(r *ext.Row) bool {
	if r.Kind == ext.KindLegacyNVSE {
		return false // its number is unassigned again, and the rule book asks for no figure
	}
	switch r.Form {
	case ext.Long, ext.Vendor:
		return r.Min > 0 || r.Max < 65535
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
