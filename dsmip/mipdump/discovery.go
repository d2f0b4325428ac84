package main

import (
	"bytes"
	"encoding/binary"
	"strings"

	"github.com/go-mobileip/dsmipv4/mipv4"
)

// discovery adds an ICMP message of agent discovery.
func (d *dumper) discovery(m *message, b []byte) {
	whole := b
	if offset, err := mipv4.LocateDiscovery(b); err != nil {
		m.refused = &refusal{offset, faultOf(err), -1}
		if offset == 0 && len(b) > 0 {
			m.refused.stopped = int(b[0])
		}
		if b = readable(b, m.refused); b == nil {
			return
		}
	}
	m.number, m.extensible = b[0], true
	word := func(name string, at int) {
		m.fields = append(m.fields, field{name: name, number: uint64(binary.BigEndian.Uint16(whole[at:]))})
	}
	octet := func(name string, at int) {
		m.fields = append(m.fields, field{name: name, number: uint64(whole[at])})
	}
	var l mipv4.DiscoveryList
	if a, err := mipv4.ParseAgentAdvertisement(b); err == nil {
		m.title, m.name = "Agent Advertisement", "agentAdvertisement"
		own := d.plans.append(nil, a)
		m.fields = append(m.fields, own[0]) // its code
		word("checksum", 2)
		octet("numAddrs", 4)
		octet("addrEntrySize", 5)
		m.fields = append(m.fields, own[1:]...)
		l = a.Extensions
		defer d.judgeAdvertisement(m, &a)
	} else if s, err := mipv4.ParseAgentSolicitation(b); err == nil {
		m.title, m.name = "Agent Solicitation", "agentSolicitation"
		octet("code", 1)
		word("checksum", 2)
		m.fields = d.plans.append(m.fields, s)
		l = s.Extensions
	}
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		d.extendDiscovery(m, x)
	}
}

// discoveryHead is the size in bytes of what both messages begin with.
const discoveryHead = 8

// readable returns what can be read of a refused message, with a checksum that is
// right: all of it, if nothing else is wrong, or what stands in front of the extension
// that was refused. It is nil when not even the fixed part can be read.
func readable(b []byte, why *refusal) []byte {
	b = bytes.Clone(b)
	for {
		if _, err := mipv4.SetChecksum(b); err != nil {
			return nil
		}
		at, err := mipv4.LocateDiscovery(b)
		switch {
		case err == nil:
			return b
		case err == error(mipv4.ErrRouterAddressesCut) || at < discoveryHead || at == len(b):
			return nil
		}
		if at == why.offset {
			why.stopped = int(b[at])
		}
		b = b[:at]
	}
}

// extendDiscovery adds an extension of an advertisement or a solicitation.
func (d *dumper) extendDiscovery(m *message, x mipv4.DiscoveryExtension) {
	e := m.extend()
	k := x.Kind()
	e.number, e.offset, e.size, e.body = uint8(k.Type()), x.Offset(), len(x.Bytes()), x.Body()
	e.subType, e.hasSubType = k.SubType(), len(x.Bytes())-len(x.Body()) == 3
	if e.names = (names{k.String(), unknown}); !strings.HasPrefix(e.title, "type ") {
		e.name = d.name(e.title)
	}
	v, err := decodeDiscovery(x)
	if err != nil {
		m.faults = append(m.faults, fault{x.Offset(), faultOf(err)})
	}
	e.fields = d.fields(m, v)
}

// decodeDiscovery reads the body of an extension, nil where its kind has no type. What
// must not be sent in a Mobility Agent Advertisement is an error too, beside what was
// read.
func decodeDiscovery(x mipv4.DiscoveryExtension) (any, error) {
	switch k := x.Kind(); k.Type() {
	case mipv4.DiscoveryMobilityAgent.Type():
		a, err := mipv4.ParseMobilityAgentAdvertisement(x)
		if err != nil {
			return nil, err
		}
		return a, a.Check()
	case mipv4.DiscoveryPrefixLengths.Type():
		return boxed(mipv4.ParsePrefixLengths(x))
	case mipv4.DiscoveryChallenge.Type():
		return boxed(mipv4.ParseAgentChallenge(x))
	case mipv4.DiscoveryNVSE.Type():
		return boxed(mipv4.ParseAgentVendorExtension(x))
	case mipv4.DiscoveryFANAI.Type():
		return boxed(mipv4.ParseAgentNAI(x))
	case mipv4.DiscoveryEthernetAddress.Type():
		return boxed(mipv4.ParseAgentLinkLayerAddress(x))
	case mipv4.DiscoveryExperimental.Type(), mipv4.DiscoverySkippableExperimental.Type():
		return boxed(mipv4.ParseAgentExperimental(x))
	}
	return nil, nil
}

func boxed[T any](v T, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return v, nil
}
