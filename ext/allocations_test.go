package ext_test

import (
	"testing"

	"github.com/go-mobileip/dsmipv4/ext"
)

// leastAllocations is the gate: the least of five measurements of a thousand calls each.
func leastAllocations(f func()) float64 {
	least := 1e9
	for range 5 {
		least = min(least, testing.AllocsPerRun(1, func() {
			for range 1000 {
				f()
			}
		}))
	}
	return least
}

// TestTypedAllocations: no typed extension allocates, neither where it is read or written
// nor where it is refused.
func TestTypedAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	buf := make([]byte, 0, 256)
	for _, f := range figures {
		x, other := only(t, unhex(f.wire)), only(t, unhex("c8 00"))
		short, err := ext.Parse([]byte{byte(x.Type()), 0, 0, 0}, 0)
		cut, _ := short.First()
		for name, call := range map[string]func(){
			"parse": func() {
				if f.gate(x) != nil {
					t.Fail()
				}
			},
			"another kind": func() {
				if f.gate(other) != ext.ErrKind {
					t.Fail()
				}
			},
			"of no size": func() {
				if err == nil {
					f.gate(cut)
				}
			},
			"append": func() {
				if _, err := f.value.AppendBinary(buf); err != nil {
					t.Fail()
				}
			},
		} {
			if n := leastAllocations(call); n != 0 {
				t.Errorf("%s, %s: %v allocations in a thousand calls", f.text, name, n)
			}
		}
	}
	for name, v := range map[string]typed{
		"an address":   ext.MobileNetworkRequest{},
		"a text":       ext.MessageStringHA{Text: []byte("\xff")},
		"a size":       ext.InterfaceID{Identifier: make([]byte, 300)},
		"structures":   ext.RouteOptimizationPrefix{Structures: structures[5:]},
		"a vendor":     ext.VendorExtension{Vendor: 1 << 24},
		"bindings":     ext.FlowBinding{},
		"a list":       ext.CareOfAddress{},
		"a nonce":      ext.MNHAKeyReply{},
		"host address": ext.DNSServer{},
	} {
		if n := leastAllocations(func() {
			if _, err := v.AppendBinary(buf); err == nil {
				t.Fail()
			}
		}); n != 0 {
			t.Errorf("%s refused: %v allocations in a thousand calls", name, n)
		}
	}
	for name, refused := range map[string]string{
		"structures": "32 01 0009  40 c0000221 18 c00002", "text": "91 02 01 ff", "BIDs": "9a 02 0004  01 02 01 02", "vendor": "26 00 0006  01003297  0001",
	} {
		x := only(t, unhex(refused))
		for _, f := range figures {
			if n := leastAllocations(func() { f.gate(x) }); n != 0 {
				t.Errorf("%s refused by %s: %v allocations in a thousand calls", name, f.text, n)
			}
		}
	}
	count := 0
	if n := leastAllocations(func() {
		for p := range structures.All() {
			count += p.Prefix.Bits() + len(p.Realm)
		}
		for a := range addresses.All() {
			count += a.BitLen()
		}
		for i := range addresses.Len() {
			count += addresses.At(i).BitLen()
		}
	}); n != 0 || count == 0 {
		t.Errorf("iterating: %v allocations in a thousand calls", n)
	}
}
