package agent_test

import (
	"encoding/binary"
	"net/netip"
	"testing"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// The longest messages cost time in proportion to their length, even from who knows a key:
// hundreds of times that of an ordinary one, not millions.
func TestLongestMessages(t *testing.T) {
	d := request(mipv4.FlagDecapsulation, coLocated).AppendBinary
	fill := func(each func(b []byte, i int) []byte) agent.Part {
		return func(b []byte) ([]byte, error) {
			for i := 0; len(b) < 65000; i++ {
				b = each(b, i)
			}
			return b, nil
		}
	}
	identifiers := fill(func(b []byte, i int) []byte {
		b, _ = dsmip.RequestInterfaceIdentifier([8]byte(binary.BigEndian.AppendUint64(nil, uint64(i+1)))).AppendBinary(b)
		return b
	})
	known := fill(func(b []byte, i int) []byte {
		a := netip.MustParseAddr("2001:db8::").As16()
		a[4], a[5] = byte(i>>8), byte(i)
		b, _ = dsmip.RequestPrefix(netip.PrefixFrom(netip.AddrFrom16(a), 48)).AppendBinary(b)
		return b
	})
	pads := fill(func(b []byte, i int) []byte { return append(b, 0) })
	unknown := fill(func(b []byte, i int) []byte { return append(b, 200, 0) })
	misplaced := fill(func(b []byte, i int) []byte { return append(b, 44, 6, 0, 0, 0, 0, 0, 0) })
	names := fill(func(b []byte, i int) []byte { return append(b, 131, 1, 'n') })
	modes := fill(func(b []byte, i int) []byte { return append(b, 152, 2, 3, 0) })
	for _, tt := range []struct {
		name string
		part agent.Part
	}{{"identifiers", identifiers}, {"prefixes", known}, {"padding", pads}, {"unknown", unknown}, {"misplaced", misplaced}, {"names", names}, {"modes", modes}} {
		for _, p := range [][]agent.Part{{d, tt.part, signMH}, {d, signMH, tt.part}, {d, tt.part, forgedMH}, {d, tt.part}} {
			msg := message(t, p...)
			v := receiver(code.HomeAgent, dsmip.Draft06, keys{mobileHome: allKeys.mobileHome})
			start := time.Now()
			g, err := v.Request(msg, from(coLocated, homeAgent))
			n := 0
			for range g.Mobile().All() {
				n++
			}
			g.Mobile().Find(ext.KindGREKey)
			policy := agent.Policy{Served: served, Unique: func(netip.Addr) bool { return false }, Assignable: prefixes("2001:db8:1::/64", "2001:db8:2::/64")}
			if _, failure := g.Grant(nil, 0, &policy); failure != nil && err == nil || len(policy.Granted) > agent.DefaultMost {
				t.Errorf("%s: %v, %d granted", tt.name, failure, len(policy.Granted))
			}
			g.Refuse(nil, err)
			if took := time.Since(start); took > time.Second {
				t.Errorf("%s: %v", tt.name, took)
			} else {
				t.Logf("%s: %d count, %v, %v", tt.name, n, err, took)
			}
		}
	}
}
