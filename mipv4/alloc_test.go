package mipv4_test

import (
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// allocations is the gate: the least of five measurements of a thousand calls each,
// since AllocsPerRun alone rounds down, and since an unrelated allocation now and
// then is not the code's.
func allocations(f func()) float64 {
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

// sink keeps results alive.
var sink struct {
	n   int
	err error
}

// passes parse a message into a variable on the stack, append it, and ask it for
// the rest, each by its own type: a generic function would move the message to the
// heap.
var passes = map[mipv4.MessageType]func(b, out []byte){
	mipv4.TypeRequest: func(b, out []byte) {
		var m mipv4.Request
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeReply: func(b, out []byte) {
		var m mipv4.Reply
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeTunnelData: func(b, out []byte) {
		var m mipv4.TunnelData
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeRevocation: func(b, out []byte) {
		var m mipv4.Revocation
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeRevocationAcknowledgment: func(b, out []byte) {
		var m mipv4.RevocationAcknowledgment
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeHandoffRequest: func(b, out []byte) {
		var m mipv4.HandoffRequest
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeHandoffReply: func(b, out []byte) {
		var m mipv4.HandoffReply
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeRegionalRequest: func(b, out []byte) {
		var m mipv4.RegionalRequest
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeRegionalReply: func(b, out []byte) {
		var m mipv4.RegionalReply
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeFastBindingUpdate: func(b, out []byte) {
		var m mipv4.FastBindingUpdate
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeFastBindingAck: func(b, out []byte) {
		var m mipv4.FastBindingAck
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeNotification: func(b, out []byte) {
		var m mipv4.Notification
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeNotificationAck: func(b, out []byte) {
		var m mipv4.NotificationAck
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeHomeTestInit: func(b, out []byte) {
		var m mipv4.HomeTestInit
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeCareOfTestInit: func(b, out []byte) {
		var m mipv4.CareOfTestInit
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeHomeTest: func(b, out []byte) {
		var m mipv4.HomeTest
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeCareOfTest: func(b, out []byte) {
		var m mipv4.CareOfTest
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
	mipv4.TypeExperimental: func(b, out []byte) {
		var m mipv4.Experimental
		sink.err = m.Parse(b)
		out, sink.err = m.AppendBinary(out)
		pass(m.List(), m.Equal(m), out)
	},
}

func pass(l ext.List, equal bool, out []byte) {
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		sink.n += x.Offset()
	}
	if equal {
		sink.n += len(out)
	}
}

// TestZeroAllocations: every message, whole, cut and refused.
func TestZeroAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	gates := map[string]func(){}
	for _, tt := range messageTypes(t) {
		b, out := octets(tt.fixed+tt.rest), make([]byte, 0, 256)
		f := passes[tt.t]
		if f == nil {
			t.Fatalf("%s has no gate", tt.name)
		}
		gates[tt.name] = func() {
			for n := range len(b) + 1 {
				f(b[:n], out)
				sink.n, sink.err = mipv4.Locate(b[:n])
			}
		}
	}
	unknown := []byte{2, 0}
	gates["unknown type"] = func() {
		sink.n, sink.err = mipv4.Locate(unknown)
		_, sink.err = mipv4.Parse(unknown)
		_, sink.err = mipv4.Parse(nil)
	}
	hostile := append(octets("07 00 8000 0a0b0c0d 14151617 1e1f2021 60616263"), make([]byte, ext.MaxMessage-20)...)
	gates["64 KiB of padding"] = func() {
		r, err := mipv4.ParseRevocation(hostile)
		sink.n, sink.err = r.Extensions.Size(), err
	}
	// Advertisements and solicitations: as they are, cut, and, so that it is not the
	// checksum that refuses them, cut and summed.
	for name, text := range map[string]string{"advertisement": foreignAgentHex, "large entries": threeWordsHex, "solicitation": linkLayerHex} {
		b := octets(text)
		var cuts [][]byte
		for n := range len(b) + 1 {
			cuts = append(cuts, b[:n])
			if n >= 8 {
				cuts = append(cuts, summed(b[:n]))
			}
		}
		out := make([]byte, 0, 256)
		gates[name] = func() {
			for _, b := range cuts {
				sink.n, sink.err = mipv4.LocateDiscovery(b)
				var a mipv4.AgentAdvertisement
				if sink.err = a.Parse(b); sink.err == nil {
					out, sink.err = a.AppendBinary(out[:0])
					for r := range a.RouterAddresses.All() {
						sink.n += int(r.PreferenceLevel)
					}
					decode(a.Extensions, out[len(out):])
					agent, err := a.MobilityAgent()
					sink.n, sink.err = agent.CareOfAddresses.Len(), err
					for c := range agent.CareOfAddresses.All() {
						sink.n += c.BitLen()
					}
				}
				var s mipv4.AgentSolicitation
				if sink.err = s.Parse(b); sink.err == nil {
					out, sink.err = s.AppendBinary(out[:0])
					decode(s.Extensions, out[len(out):])
				}
				if len(out) > 0 {
					out, sink.err = mipv4.SetChecksum(out)
				}
			}
		}
	}
	routers, err := mipv4.NewRouterAddresses(mipv4.RouterAddress{Address: router1})
	if err != nil {
		t.Fatal(err)
	}
	other, err := mipv4.ParseAgentAdvertisement(octets(homeAgentHex))
	if err != nil {
		t.Fatal(err)
	}
	// Three entries of 255 words take more than any of RFC 1256's.
	large, err := mipv4.ParseAgentAdvertisement(summed(slices.Concat(octets("09 00 0000 03 ff 0708"), make([]byte, 3*255*4), octets("1306 000000000000"))))
	if err != nil {
		t.Fatal(err)
	}
	whole := make([]byte, 0, 4096)
	gates["entries of 255 words"] = func() {
		m, err := large.AppendBinary(whole)
		sink.n, sink.err = len(m), err
	}
	room := make([]byte, 0, 256)
	gates["addresses and extensions of two messages"] = func() {
		m, err := mipv4.AgentAdvertisement{RouterAddresses: routers, Extensions: other.Extensions}.AppendBinary(room)
		sink.n, sink.err = len(m), err
		m, err = mipv4.AgentAdvertisement{Code: 1}.AppendBinary(room)
		sink.n, sink.err = len(m), err
	}
	for name, f := range gates {
		if n := allocations(f); n != 0 {
			t.Errorf("%s: %v allocations in 1000 calls", name, n)
		}
	}
}

// decode reads every extension as everything, and writes what it reads to b.
func decode(l mipv4.DiscoveryList, b []byte) {
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if m, err := mipv4.ParseMobilityAgentAdvertisement(x); err == nil {
			b, sink.err = m.AppendBinary(b[:0])
		}
		if p, err := mipv4.ParsePrefixLengths(x); err == nil {
			b, sink.err = p.AppendBinary(b[:0])
		}
		if c, err := mipv4.ParseAgentChallenge(x); err == nil {
			b, sink.err = c.AppendBinary(b[:0])
		}
		if v, err := mipv4.ParseAgentVendorExtension(x); err == nil {
			b, sink.err = v.AppendBinary(b[:0])
		}
		if n, err := mipv4.ParseAgentNAI(x); err == nil {
			b, sink.err = n.AppendBinary(b[:0])
		}
		if a, err := mipv4.ParseAgentLinkLayerAddress(x); err == nil {
			b, sink.err = a.AppendBinary(b[:0])
			v4, _ := a.IPv4()
			sink.n += v4.BitLen()
		}
		if e, err := mipv4.ParseAgentExperimental(x); err == nil {
			b, sink.err = e.AppendBinary(b[:0])
		}
		b, sink.err = x.AppendBinary(b[:0])
	}
}
