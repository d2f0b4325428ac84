package rules

import "github.com/go-mobileip/dsmipv4/code"

// The faults of Agent Advertisements beside those that package mipv4 has. A mobile node
// is who receives them, and the texts hardly name a reaction: to ignore is to go on as if
// the bit, the address or the extension were not there.
var (
	// ErrAdvertisementTTL: an advertisement does not leave its link.
	ErrAdvertisementTTL = code.NewFault("the TTL of an Agent Advertisement is not 1", "RFC 5944 §2.1", code.Must, 0, 0, ignore)
	// ErrAdvertisementDestination: mobile nodes do not know the prefix of the link.
	ErrAdvertisementDestination = code.NewFault("a multicast Agent Advertisement is sent neither to 224.0.0.1 nor to 255.255.255.255", "RFC 5944 §2.1", code.Must, 0, 0, ignore)
	// ErrAdvertisementLifetime: the constants are those of RFC 1256; 0 says that the agent
	// stops.
	ErrAdvertisementLifetime = code.NewFault("the Lifetime of an advertisement exceeds 9000 seconds", "RFC 1256 §4.1, RFC 5944 §2.3", code.Must, 0, 0, ignore)
	// ErrSecondMobilityAgent: the texts speak of one.
	ErrSecondMobilityAgent = code.NewFault("more than one Mobility Agent Advertisement extension", "RFC 5944 §2.1, §2.1.1", code.Unclear, 0, 0, ignore)
	// ErrAdvertisementReserved: a mobile node MUST ignore them, and not discard.
	ErrAdvertisementReserved = code.NewFault("r or a reserved bit of an Agent Advertisement is set", "RFC 5944 §2.1.1, §2.4", code.Must, 0, 0, code.ToIgnore)
	// ErrCareOfAddressWithoutForeign: care-of addresses are a foreign agent's.
	ErrCareOfAddressWithoutForeign = code.NewFault("a care-of address is advertised and the F bit is not set", "RFC 5944 §2.1.1", code.Unclear, 0, 0, ignore)
	// ErrForeignService: RFC 5944 has reverse tunneling and Regional Registration be the
	// foreign agent's; RFC 3024 §3.1 and RFC 4857 §8.1 say agent and domain.
	ErrForeignService = code.NewFault("the T or the I bit is set and the F bit is not", "RFC 5944 §2.1.1, RFC 3024 §3.1, RFC 4857 §8.1", code.Unclear, 0, 0, ignore)
	// ErrAdvertisedCareOfAddress: nobody can be reached there.
	ErrAdvertisedCareOfAddress = code.NewFault("an advertised care-of address is no unicast address", "RFC 5944 §2.1.1", code.Must, 0, 0, ignore)
	// ErrDynamicGateway: 255.255.255.255 stands for a gateway foreign agent that is to be
	// assigned, which is the last care-of address behind the foreign agent's own.
	ErrDynamicGateway = code.NewFault("the advertised care-of address 255.255.255.255 is not that of a gateway foreign agent", "RFC 4857 §4.3, §7, §7.1", code.Must, 0, 0, ignore)
	// ErrRegionalBit: the figure of RFC 4857 has the I bit where RFC 3543 has X; a
	// verified erratum and RFC 5944 have moved it. Only that there is a gateway to be
	// assigned tells what was meant.
	ErrRegionalBit = code.NewFault("a gateway foreign agent is to be assigned, and the bit that is set is X, or I as RFC 4857 draws it", "RFC 4857 §8.1, erratum 2103, RFC 3543 §3.1, RFC 5944 §2.1.1", code.Unclear, 0, 0, 0)
	// ErrRegionalWithoutCareOfAddress: the first is the local foreign agent's.
	ErrRegionalWithoutCareOfAddress = code.NewFault("the I bit is set and there is no care-of address", "RFC 4857 §4.3", code.Must, 0, 0, ignore)
	// ErrRegionalWithoutNAI: by its realm a mobile node tells that it is in another domain.
	ErrRegionalWithoutNAI = code.NewFault("the I bit is set and there is no FA-NAI", "RFC 4857 §4.3, §8.2", code.Should, 0, 0, 0)
	// ErrRevocationNotRequired: a foreign agent that wishes to revoke sets R; one that
	// sets X need not wish to, but have to understand.
	ErrRevocationNotRequired = code.NewFault("a foreign agent sets the X bit and not the R bit", "RFC 3543 §3.1, §4.3.1", code.Unclear, 0, 0, 0)
	// ErrNoRegistrationLifetime: it accepts deregistrations only, and has no B bit where
	// it is a home agent.
	ErrNoRegistrationLifetime = code.NewFault("the Registration Lifetime of an Agent Advertisement is zero", "RFC 5944 §2.1.1", code.Unclear, 0, 0, 0)
	// ErrSequenceRepeated: behind 255 no number can be that of an agent that has booted
	// again.
	ErrSequenceRepeated = code.NewFault("the Sequence Number of an Agent Advertisement is that of the one before", "RFC 5944 §2.3.2", code.Must, 0, 0, 0)
	// ErrPrefixLengthsFirst: it follows the Mobility Agent Advertisement.
	ErrPrefixLengthsFirst = code.NewFault("Prefix-Lengths before the Mobility Agent Advertisement extension", "RFC 5944 §2.1.2", code.Unclear, 0, 0, 0)
	// ErrSecondPrefixLengths: the texts speak of one.
	ErrSecondPrefixLengths = code.NewFault("more than one Prefix-Lengths extension", "RFC 5944 §2.1.2", code.Unclear, 0, 0, ignore)
	// ErrPrefixLengthsMixed: that prefixes differ shows a move only where all have them.
	ErrPrefixLengthsMixed = code.NewFault("some mobility agents of the subnet include Prefix-Lengths and others do not", "RFC 5944 §2.3, §2.4.2.2", code.Must, 0, 0, code.ToIgnore|code.AsShould)
	// ErrSecondPadding: one makes a length even.
	ErrSecondPadding = code.NewFault("more than one One-byte Padding in an Agent Advertisement", "RFC 5944 §2.1.3", code.Should, 0, 0, 0)
	// ErrPaddingNotLast: it is to make the length of the whole even.
	ErrPaddingNotLast = code.NewFault("One-byte Padding is not the last extension of an Agent Advertisement", "RFC 5944 §2.1.3", code.Should, 0, 0, 0)
	// ErrPaddingOdd: it may be included where the length is odd without it.
	ErrPaddingOdd = code.NewFault("One-byte Padding makes the length of an Agent Advertisement odd", "RFC 5944 §2.1.3", code.Unclear, 0, 0, 0)
	// ErrChallengeShort: 32 bits at least.
	ErrChallengeShort = code.NewFault("the Challenge of an Agent Advertisement has less than 4 bytes", "RFC 4721 §2", code.Should, 0, 0, 0)
	// ErrSecondAgentChallenge: no text says which one to answer.
	ErrSecondAgentChallenge = code.NewFault("more than one Challenge in an Agent Advertisement", "RFC 4721 §2", code.Unclear, 0, 0, 0)
	// ErrChallengeWithoutForeign: foreign agents challenge.
	ErrChallengeWithoutForeign = code.NewFault("a Challenge in an Agent Advertisement whose F bit is not set", "RFC 4721 §2", code.Unclear, 0, 0, ignore)
	// ErrFANAIFirst: it follows the extensions that RFC 3344 has; the padding among those
	// should be last.
	ErrFANAIFirst = code.NewFault("FA-NAI before an extension of RFC 3344 in an Agent Advertisement", "RFC 4857 §8.2", code.Must, 0, 0, ignore)
	// ErrExperimentalAdvertised: RFC 4064 has the extension ignored by who does not
	// recognize it, and RFC 5944 the message discarded.
	ErrExperimentalAdvertised = code.NewFault("an experimental non-skippable extension in an Agent Advertisement that the mobile node does not implement", "RFC 4064 §4.2, RFC 5944 §1.8", code.Unclear, 0, 0, code.ToDiscard|code.AsAdvised)
)
