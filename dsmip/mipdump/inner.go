package main

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/mipv4"
)

// The sizes in bytes of what is read of an inner header.
const (
	ipv4Header = 20
	ipv6Header = 40
)

// inner adds of the packet in a MIP Tunnel Data message, where it is one of IPv4 or
// IPv6, what it carries and its addresses.
func (m *message) inner(t mipv4.TunnelData) {
	b := t.Payload
	switch {
	case t.NextHeader == mipv4.NextHeaderIPv4 && len(b) >= ipv4Header && b[0]>>4 == 4:
		m.fields = append(m.fields, innerField(b[9], b[12:16], b[16:20]))
	case t.NextHeader == mipv4.NextHeaderIPv6 && len(b) >= ipv6Header && b[0]>>4 == 6:
		m.fields = append(m.fields, innerField(b[6], b[8:24], b[24:40]))
	}
}

func innerField(protocol byte, source, destination []byte) field {
	from, _ := netip.AddrFromSlice(source)
	to, _ := netip.AddrFromSlice(destination)
	return field{name: "inner", form: formObject, list: []field{
		{name: "protocol", number: uint64(protocol)},
		{name: "source", form: formAddress, addr: from},
		{name: "destination", form: formAddress, addr: to},
	}}
}
