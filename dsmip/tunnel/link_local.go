package tunnel

import "net/netip"

// LinkLocal returns the IPv6 link-local address of a tunnel's end that is formed
// from its IPv4 address: FE80::/64 and the address (RFC 4213 §3.7). RFC 5454 §3.6
// has both ends configure one, and §3.7.1 has the mobile node register its own
// before it may use it. The zero Addr is returned for what is not IPv4.
//
//	+-------+-------+-------+-------+-------+-------+------+------+
//	|  FE      80      00      00      00      00      00     00  |
//	+-------+-------+-------+-------+-------+-------+------+------+
//	|  00      00      00      00   |        IPv4 Address         |
//	+-------+-------+-------+-------+-------+-------+------+------+
func LinkLocal(ipv4 netip.Addr) netip.Addr {
	if !ipv4.Is4() {
		return netip.Addr{}
	}
	a := ipv4.As4()
	return netip.AddrFrom16([16]byte{0: 0xfe, 1: 0x80, 12: a[0], 13: a[1], 14: a[2], 15: a[3]})
}
