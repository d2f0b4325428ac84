package main

import (
	"net/netip"

	"github.com/go-mobileip/dsmipv4/ext"
)

// filter says which messages are printed; the zero filter prints all.
type filter struct {
	nai  string
	home netip.Addr
}

func (f *filter) setHome(word string) (err error) {
	f.home, err = netip.ParseAddr(word)
	return err
}

// wants reports whether a message is to be printed: its Home Address is the one that
// is wanted, and its Mobile Node NAI. A reply without a NAI has that of its request.
func (f *filter) wants(m *message) bool {
	if f.home.IsValid() {
		home := m.field("homeAddress")
		if home == nil {
			home = m.field("mnHomeAddress") // of a handoff
		}
		if home == nil || home.addr != f.home {
			return false
		}
	}
	if f.nai == "" {
		return true
	}
	named := false
	for _, e := range m.extensions {
		if e.kind == ext.KindMobileNodeNAI {
			if string(e.body) == f.nai {
				return true
			}
			named = true
		}
	}
	return !named && m.askedNAI == f.nai
}
