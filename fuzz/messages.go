package fuzz

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// messageFuncs are those of the messages beside Registration Request and Reply, of
// advertisements and solicitations, and of what they contain.
func messageFuncs() []any {
	return []any{
		adapt(func(s *source) code.AgentAdvertisement {
			return [2]code.AgentAdvertisement{code.HandlesCommonTraffic, code.DoesNotRouteCommonTraffic}[s.n(2)]
		}),
		adapt(func(s *source) code.FastBinding { return code.FastBinding(s.n(256)) }),
		adapt(func(s *source) code.GenericNotification { return code.GenericNotification(s.n(256)) }),
		adapt(func(s *source) code.Handoff { return code.Handoff(s.n(256)) }),

		adapt(func(s *source) mipv4.Message { return anyMessage(s) }),
		adapt(tunnelData),
		adapt(func(s *source) mipv4.NextHeader { return tunnelData(s).NextHeader }),
		adapt(revocation),
		adapt(revocationAcknowledgment),
		adapt(handoffRequest),
		adapt(handoffReply),
		adapt(regionalRequest),
		adapt(regionalReply),
		adapt(fastBindingUpdate),
		adapt(fastBindingAck),
		adapt(notification),
		adapt(notificationAck),
		adapt(direction),
		adapt(homeTestInit),
		adapt(careOfTestInit),
		adapt(homeTest),
		adapt(careOfTest),
		adapt(cookie),
		adapt(keygenToken),
		adapt(experimentalMessage),

		adapt(agentAdvertisement),
		adapt(agentSolicitation),
		adapt(routerAddress),
		adapt(func(s *source) mipv4.RouterAddresses { return agentAdvertisement(s).RouterAddresses }),
		adapt(discoveryList),
		adapt(discoveryExtension),
		adapt(func(s *source) mipv4.DiscoveryKind { return discoveryExtension(s).Kind() }),
		adapt(func(s *source) mipv4.DiscoveryType { return discoveryExtension(s).Kind().Type() }),
		adapt(mobilityAgent),
		adapt(careOfAddresses),
		adapt(agentFlags),
		adapt(func(s *source) mipv4.SequenceNumber { return mobilityAgent(s).SequenceNumber }),
		adapt(prefixLengths),
		adapt(agentChallenge),
		adapt(agentVendor),
		adapt(agentNAI),
		adapt(agentLinkLayerAddress),
		adapt(agentExperimental),
	}
}

// extensions returns a list of any kinds, of a message of its own.
func extensions(s *source) ext.List { return request(s).Extensions }

// anyMessage returns a message of any type.
func anyMessage(s *source) mipv4.Message {
	switch s.n(18) {
	case 0:
		return request(s)
	case 1:
		return reply(s)
	case 2:
		return tunnelData(s)
	case 3:
		return revocation(s)
	case 4:
		return revocationAcknowledgment(s)
	case 5:
		return handoffRequest(s)
	case 6:
		return handoffReply(s)
	case 7:
		return regionalRequest(s)
	case 8:
		return regionalReply(s)
	case 9:
		return fastBindingUpdate(s)
	case 10:
		return fastBindingAck(s)
	case 11:
		return notification(s)
	case 12:
		return notificationAck(s)
	case 13:
		return homeTestInit(s)
	case 14:
		return careOfTestInit(s)
	case 15:
		return homeTest(s)
	case 16:
		return careOfTest(s)
	}
	return experimentalMessage(s)
}

func tunnelData(s *source) mipv4.TunnelData {
	headers := [...]mipv4.NextHeader{mipv4.NextHeaderIPv4, mipv4.NextHeaderIPv6, mipv4.NextHeaderGRE, mipv4.NextHeaderMinimal}
	return mipv4.TunnelData{NextHeader: headers[s.n(len(headers))], Payload: s.append(nil, s.n(longest))}
}

func revocation(s *source) mipv4.Revocation {
	return mipv4.Revocation{
		Agent:                s.oneIn(2),
		Inform:               s.oneIn(2),
		HomeAddress:          ipv4(s),
		HomeDomainAddress:    ipv4(s),
		ForeignDomainAddress: ipv4(s),
		RevocationIdentifier: uint32(s.uint64()),
		Extensions:           extensions(s),
	}
}

func revocationAcknowledgment(s *source) mipv4.RevocationAcknowledgment {
	return mipv4.RevocationAcknowledgment{
		Inform:               s.oneIn(2),
		HomeAddress:          ipv4(s),
		RevocationIdentifier: uint32(s.uint64()),
		Extensions:           extensions(s),
	}
}

func handoffRequest(s *source) mipv4.HandoffRequest {
	v := s.uint64()
	return mipv4.HandoffRequest{
		Source:         v&1 != 0,
		Target:         v&1 == 0,
		Minimal:        v&2 != 0,
		GRE:            v&4 != 0,
		ReverseTunnel:  v&8 != 0,
		HomeTunnel:     v&16 != 0,
		Lifetime:       lifetime(s),
		MNHomeAddress:  ipv4(s),
		HAAddress:      ipv4(s),
		Identification: identification(s),
		Extensions:     extensions(s),
	}
}

func handoffReply(s *source) mipv4.HandoffReply {
	v := s.uint64()
	return mipv4.HandoffReply{
		Source:         v&1 != 0,
		Target:         v&1 == 0,
		Minimal:        v&2 != 0,
		GRE:            v&4 != 0,
		ReverseTunnel:  v&8 != 0,
		HomeTunnel:     v&16 != 0,
		Code:           code.Handoff(s.n(2)),
		Lifetime:       lifetime(s),
		MNHomeAddress:  ipv4(s),
		HAAddress:      ipv4(s),
		Identification: identification(s),
		Extensions:     extensions(s),
	}
}

func regionalRequest(s *source) mipv4.RegionalRequest {
	return mipv4.RegionalRequest{
		Flags:          flags(s),
		Lifetime:       lifetime(s),
		HomeAddress:    ipv4(s),
		GFAIPAddress:   ipv4(s),
		CareOfAddress:  ipv4(s),
		Identification: identification(s),
		Extensions:     extensions(s),
	}
}

func regionalReply(s *source) mipv4.RegionalReply {
	return mipv4.RegionalReply{
		Code:           registration(s),
		Lifetime:       lifetime(s),
		HomeAddress:    ipv4(s),
		GFAIPAddress:   ipv4(s),
		Identification: identification(s),
		Extensions:     extensions(s),
	}
}

// fastLifetime returns a Lifetime that a fast binding has room for.
func fastLifetime(s *source) mipv4.Lifetime { return mipv4.Lifetime(s.between(0, 10)) }

func fastBindingUpdate(s *source) mipv4.FastBindingUpdate {
	return mipv4.FastBindingUpdate{
		Flags:          flags(s) &^ (mipv4.FlagSimultaneous | mipv4.FlagBroadcast),
		Lifetime:       fastLifetime(s),
		HomeAddress:    ipv4(s),
		HomeAgent:      ipv4(s),
		CareOfAddress:  ipv4(s),
		Identification: identification(s),
		Extensions:     extensions(s),
	}
}

func fastBindingAck(s *source) mipv4.FastBindingAck {
	codes := [...]code.FastBinding{code.FastBindingAccepted, code.FastBindingNCoASupplied, code.FastBindingReasonUnspecified}
	return mipv4.FastBindingAck{
		Code:           codes[s.n(len(codes))],
		Lifetime:       fastLifetime(s),
		HomeAddress:    ipv4(s),
		HomeAgent:      ipv4(s),
		Identification: identification(s),
		Extensions:     extensions(s),
	}
}

func direction(s *source) mipv4.Direction {
	return mipv4.Direction(s.n(int(mipv4.DirectionFAToHA) + 1))
}

func notification(s *source) mipv4.Notification {
	return mipv4.Notification{
		Direction:        direction(s),
		Acknowledge:      s.oneIn(2),
		HomeAddress:      ipv4(s),
		HomeAgentAddress: ipv4(s),
		CareOfAddress:    ipv4(s),
		Identification:   identification(s),
		Extensions:       extensions(s),
	}
}

func notificationAck(s *source) mipv4.NotificationAck {
	return mipv4.NotificationAck{
		Direction:        direction(s),
		Code:             code.GenericNotification(s.n(256)),
		HomeAddress:      ipv4(s),
		HomeAgentAddress: ipv4(s),
		CareOfAddress:    ipv4(s),
		Identification:   identification(s),
		Extensions:       extensions(s),
	}
}

func cookie(s *source) (c mipv4.Cookie) {
	s.append(c[:0], len(c))
	return c
}

func keygenToken(s *source) (k mipv4.KeygenToken) {
	s.append(k[:0], len(k))
	return k
}

func homeTestInit(s *source) mipv4.HomeTestInit {
	return mipv4.HomeTestInit{HomeInitCookie: cookie(s), Extensions: extensions(s)}
}

func careOfTestInit(s *source) mipv4.CareOfTestInit {
	return mipv4.CareOfTestInit{CareOfInitCookie: cookie(s), Extensions: extensions(s)}
}

func homeTest(s *source) mipv4.HomeTest {
	return mipv4.HomeTest{
		NonceIndex:      uint16(s.uint64()),
		HomeInitCookie:  cookie(s),
		HomeKeygenToken: keygenToken(s),
		Extensions:      extensions(s),
	}
}

func careOfTest(s *source) mipv4.CareOfTest {
	return mipv4.CareOfTest{
		NonceIndex:        uint16(s.uint64()),
		CareOfInitCookie:  cookie(s),
		CareOfKeygenToken: keygenToken(s),
		Extensions:        extensions(s),
	}
}

func experimentalMessage(s *source) mipv4.Experimental {
	return mipv4.Experimental{Opaque: s.append(nil, s.n(longest))}
}

// routerAddress returns an address with a preference, sometimes that of none.
func routerAddress(s *source) mipv4.RouterAddress {
	a := mipv4.RouterAddress{Address: ipv4(s), PreferenceLevel: int32(s.n(1 << 16))}
	if s.oneIn(8) {
		a.PreferenceLevel = mipv4.NoDefaultRouter
	}
	return a
}

// agentAdvertisement returns an advertisement of a mobility agent.
func agentAdvertisement(s *source) mipv4.AgentAdvertisement {
	routers := make([]mipv4.RouterAddress, s.n(4))
	for i := range routers {
		routers[i] = routerAddress(s)
	}
	addresses, _ := mipv4.NewRouterAddresses(routers...)
	msg, _ := mipv4.AgentAdvertisement{Lifetime: uint16(s.n(9000)), RouterAddresses: addresses}.AppendBinary(nil)
	msg, _ = mobilityAgent(s).AppendBinary(msg)
	msg, _ = mipv4.PrefixLengths{Lengths: prefixBits(s, len(routers))}.AppendBinary(msg)
	msg, _ = mipv4.SetChecksum(appendDiscovery(msg, s))
	a, _ := mipv4.ParseAgentAdvertisement(msg)
	return a
}

func agentSolicitation(s *source) mipv4.AgentSolicitation {
	msg, _ := mipv4.AgentSolicitation{}.AppendBinary(nil)
	msg, _ = mipv4.SetChecksum(appendDiscovery(msg, s))
	a, _ := mipv4.ParseAgentSolicitation(msg)
	return a
}

// appendDiscovery appends extensions that an advertisement has any number of.
func appendDiscovery(msg []byte, s *source) []byte {
	for range s.n(4) {
		switch s.n(5) {
		case 0:
			msg, _ = agentChallenge(s).AppendBinary(msg)
		case 1:
			msg, _ = agentVendor(s).AppendBinary(msg)
		case 2:
			msg, _ = agentNAI(s).AppendBinary(msg)
		case 3:
			msg, _ = agentLinkLayerAddress(s).AppendBinary(msg)
		case 4:
			msg, _ = agentExperimental(s).AppendBinary(msg)
		}
	}
	return msg
}

func discoveryList(s *source) mipv4.DiscoveryList { return agentAdvertisement(s).Extensions }

func discoveryExtension(s *source) mipv4.DiscoveryExtension {
	l := discoveryList(s)
	x, _ := l.First()
	for range s.n(4) {
		if next, ok := l.Next(x); ok {
			x = next
		}
	}
	return x
}

// agentFlags returns flags that go together.
func agentFlags(s *source) mipv4.AgentFlags {
	f := mipv4.AgentHome
	if s.oneIn(2) {
		f = mipv4.AgentForeign | [3]mipv4.AgentFlags{0, mipv4.AgentBusy, mipv4.AgentRegistrationRequired}[s.n(3)]
	}
	for _, more := range [...]mipv4.AgentFlags{
		mipv4.AgentMinimal, mipv4.AgentGRE, mipv4.AgentReverseTunneling, mipv4.AgentUDPTunneling, mipv4.AgentRevocation, mipv4.AgentRegional,
	} {
		if s.oneIn(2) {
			f |= more
		}
	}
	return f
}

func careOfAddresses(s *source) mipv4.CareOfAddresses {
	addresses := make([]netip.Addr, s.between(1, 3))
	for i := range addresses {
		addresses[i] = ipv4(s)
	}
	l, _ := mipv4.NewCareOfAddresses(addresses...)
	return l
}

func mobilityAgent(s *source) mipv4.MobilityAgentAdvertisement {
	return mipv4.MobilityAgentAdvertisement{
		SequenceNumber:       mipv4.SequenceNumber(s.uint64()),
		RegistrationLifetime: lifetime(s),
		Flags:                agentFlags(s),
		CareOfAddresses:      careOfAddresses(s),
	}
}

// prefixBits returns n lengths of 0 to 32 bits.
func prefixBits(s *source, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(s.between(0, 32))
	}
	return b
}

func prefixLengths(s *source) mipv4.PrefixLengths {
	return mipv4.PrefixLengths{Lengths: prefixBits(s, s.between(1, 4))}
}

func agentChallenge(s *source) mipv4.AgentChallenge {
	return mipv4.AgentChallenge{Value: s.append(nil, s.between(4, 32))}
}

func agentVendor(s *source) mipv4.AgentVendorExtension {
	return mipv4.AgentVendorExtension{Vendor: uint32(s.n(1 << 24)), Type: uint16(s.uint64()), Value: s.append(nil, s.n(longest))}
}

func agentNAI(s *source) mipv4.AgentNAI {
	return mipv4.AgentNAI{SubType: byte(s.between(1, 3)), NAI: appendNAI(nil, s)}
}

func agentLinkLayerAddress(s *source) mipv4.AgentLinkLayerAddress {
	// By sub-type; of an IMSI any length.
	sizes := [...]int{3: 6, 4: 8, 5: 4, 6: 4, 7: 4}
	t := s.between(3, 7)
	return mipv4.AgentLinkLayerAddress{SubType: byte(t), Address: s.append(nil, sizes[t])}
}

func agentExperimental(s *source) mipv4.AgentExperimental {
	return mipv4.AgentExperimental{Skippable: s.oneIn(2), Opaque: s.append(nil, s.n(longest))}
}
