package tunnel

import (
	"net/netip"
	"strconv"
)

// Scope is the scope of an IPv6 multicast address (RFC 4291 §2.7).
type Scope uint8

// The scopes that the decisions tell apart.
const (
	InterfaceLocalScope    Scope = 0x1
	LinkLocalScope         Scope = 0x2
	AdminLocalScope        Scope = 0x4
	SiteLocalScope         Scope = 0x5
	OrganizationLocalScope Scope = 0x8
	GlobalScope            Scope = 0xe
)

// ScopeOf returns the scope of an IPv6 multicast address, and whether the address
// is one. The reserved scope F is treated as the global one, as RFC 4291 §2.7 says.
func ScopeOf(group netip.Addr) (Scope, bool) {
	if !is6(group) || !group.IsMulticast() {
		return 0, false
	}
	b := group.As16()
	return min(Scope(b[1]&0xf), GlobalScope), true
}

// String returns "link-local", "organization-local" and so on, and "scope" with
// the number for a scope without a name.
func (s Scope) String() string {
	switch s {
	case InterfaceLocalScope:
		return "interface-local"
	case LinkLocalScope:
		return "link-local"
	case AdminLocalScope:
		return "admin-local"
	case SiteLocalScope:
		return "site-local"
	case OrganizationLocalScope:
		return "organization-local"
	case GlobalScope:
		return "global"
	}
	return "scope " + strconv.Itoa(int(s))
}

// group says why a packet to a multicast group is not tunnelled to the mobile node
// (draft-ietf-mip4-dsmipv4-06 §4.3.2, RFC 5454 §3.3.2); nil when it is.
func (b *Binding) group(destination netip.Addr, subscribed bool) error {
	s, _ := ScopeOf(destination)
	switch {
	case s <= InterfaceLocalScope:
		return ErrNodeScope
	case b.draft() && s == LinkLocalScope:
		return ErrLinkScope
	case !subscribed:
		return ErrNotSubscribed
	case b.draft() && s < GlobalScope:
		return ErrSmallScope
	}
	return nil
}
