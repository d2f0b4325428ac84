package native

import (
	"bytes"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// FuzzMessage: what parses as a message of port 434 that is no registration does so by
// its own type's parse only, is written back the same, and is judged on every leg, by itself
// and with what it answers; what does not parse says where.
func FuzzMessage(f *testing.F) {
	for i, b := range seeds() {
		f.Add(uint16(i*1021), b)
	}
	type parse func([]byte) (mipv4.Message, error)
	parses := map[mipv4.MessageType]parse{
		4:   func(b []byte) (mipv4.Message, error) { return mipv4.ParseTunnelData(b) },
		7:   func(b []byte) (mipv4.Message, error) { return mipv4.ParseRevocation(b) },
		15:  func(b []byte) (mipv4.Message, error) { return mipv4.ParseRevocationAcknowledgment(b) },
		16:  func(b []byte) (mipv4.Message, error) { return mipv4.ParseHandoffRequest(b) },
		17:  func(b []byte) (mipv4.Message, error) { return mipv4.ParseHandoffReply(b) },
		18:  func(b []byte) (mipv4.Message, error) { return mipv4.ParseRegionalRequest(b) },
		19:  func(b []byte) (mipv4.Message, error) { return mipv4.ParseRegionalReply(b) },
		20:  func(b []byte) (mipv4.Message, error) { return mipv4.ParseFastBindingUpdate(b) },
		21:  func(b []byte) (mipv4.Message, error) { return mipv4.ParseFastBindingAck(b) },
		22:  func(b []byte) (mipv4.Message, error) { return mipv4.ParseNotification(b) },
		23:  func(b []byte) (mipv4.Message, error) { return mipv4.ParseNotificationAck(b) },
		24:  func(b []byte) (mipv4.Message, error) { return mipv4.ParseHomeTestInit(b) },
		25:  func(b []byte) (mipv4.Message, error) { return mipv4.ParseCareOfTestInit(b) },
		26:  func(b []byte) (mipv4.Message, error) { return mipv4.ParseHomeTest(b) },
		27:  func(b []byte) (mipv4.Message, error) { return mipv4.ParseCareOfTest(b) },
		255: func(b []byte) (mipv4.Message, error) { return mipv4.ParseExperimental(b) },
	}
	// The legs that a message travels, 0 for what is on none of the six. A revocation
	// that a mobile node sends is its fault and not the caller's.
	homeward := []code.Leg{code.MNtoFA, code.MNtoHA, code.FAtoHA}
	outward := []code.Leg{code.HAtoFA, code.HAtoMN, code.FAtoMN}
	everywhere := append(homeward[:3:3], outward...)
	legs := map[mipv4.MessageType][]code.Leg{
		4:   {code.MNtoHA, code.HAtoMN, code.FAtoHA, code.HAtoFA},
		7:   {code.HAtoFA, code.HAtoMN, code.FAtoHA, code.MNtoFA, code.MNtoHA},
		15:  {code.FAtoHA, code.MNtoHA, code.HAtoFA},
		16:  {0},
		17:  {0},
		18:  homeward,
		19:  outward,
		20:  {code.MNtoFA, 0},
		21:  {code.FAtoMN, 0},
		22:  everywhere,
		23:  everywhere,
		24:  {0},
		25:  {0},
		26:  {0},
		27:  {0},
		255: everywhere,
	}
	questions := map[mipv4.MessageType]byte{15: 7, 17: 16, 19: 18, 21: 20, 23: 22, 26: 24, 27: 25}
	f.Fuzz(func(t *testing.T, choice uint16, b []byte) {
		m, err := mipv4.Parse(b)
		at, located := mipv4.Locate(b)
		if err != located || at < 0 || at > len(b) || err == nil && at != len(b) {
			t.Errorf("Parse %v, Locate %v at %d of %d", err, located, at, len(b))
		}
		if len(b) == 0 {
			return
		}
		own := mipv4.MessageType(b[0])
		for kind, parse := range parses {
			typed, bad := parse(b)
			switch {
			case kind != own && bad != mipv4.ErrMessageType, kind == own && bad != err:
				t.Errorf("type %d parsed as %v: %v, but Parse says %v", own, kind, bad, err)
			case bad == nil && (typed.MessageType() != kind || typed.String() != m.String()):
				t.Errorf("%v of type %v, want %v", typed, typed.MessageType(), kind)
			}
		}
		if err != nil {
			fault, ok := err.(*code.Fault)
			if !ok || fault.Source() == "" || fault.Text() == "" || fault.Breaks() == code.Caller || m != nil {
				t.Errorf("%v with %v", err, m)
			}
			return
		}
		on, judged := legs[own]
		if !judged {
			return // a registration, which has targets of its own
		}
		if s := m.String(); s == "" || len(s) >= 4096 {
			t.Errorf("a line of %d bytes", len(s))
		}
		poisoned := bytes.Repeat([]byte{0xa5}, len(b)+8)
		again, err := m.AppendBinary(poisoned[:4])
		if err != nil || !bytes.Equal(again[4:], b) || !bytes.Equal(again[:4], poisoned[len(poisoned)-4:]) {
			t.Errorf("%x written back as %x, %v", b, again, err)
		}

		bit := func(n int) bool { return choice>>n&1 != 0 }
		s := rules.Situation{
			Profile:       dsmip.Draft06 + dsmip.Profile(choice&1),
			Edition:       rules.Edition(choice >> 1 & 1),
			MobileForeign: rules.Knowledge(choice >> 2 & 3 % 3),
			ForeignHome:   rules.Knowledge(choice >> 4 & 3 % 3),
			Secured:       rules.Knowledge(choice >> 6 & 3 % 3),
		}
		if bit(8) {
			s.Implements = func(k ext.Kind) bool { return k&1 == 0 }
		}
		if bit(9) {
			s.ImplementsVendor = func(vendor uint32, _ uint16) bool { return vendor&1 == 0 }
		}
		travels := func(leg code.Leg) bool {
			for _, l := range on {
				if l == leg {
					return true
				}
			}
			return false
		}
		// What is answered is the same bytes as another type, if those parse.
		answers := []mipv4.Message{nil}
		if kind, ok := questions[own]; ok {
			if q, err := mipv4.Parse(append([]byte{kind}, b[1:]...)); err == nil {
				answers = append(answers, q)
			}
		}
		for _, asked := range answers {
			for s.Leg = 0; s.Leg <= code.FAtoMN+1; s.Leg++ {
				check := s.CheckMessage(m, asked)
				if !travels(s.Leg) {
					if f, ok := check.(*code.Fault); !ok || f.Breaks() != code.Caller {
						t.Errorf("%v on leg %d: %v", own, s.Leg, check)
					}
					for v := range s.Message(m, asked) {
						if error(v.Fault) != check {
							t.Errorf("%v on leg %d: %v, and %v", own, s.Leg, v.Fault, check)
						}
					}
					continue
				}
				// What concerns the message comes first, then every extension once, in
				// order, up to where the receiver loses its way.
				astray, found := -1, check == nil
				x, more := m.List().First()
				last := -1
				for v := range s.Message(m, asked) {
					if v.Fault != nil {
						if v.Fault.Text() == "" || v.Fault.Source() == "" || v.Fault.Breaks() == code.Caller {
							t.Errorf("%v on leg %v: %v", own, s.Leg, v.Fault)
						}
						found = found || error(v.Fault) == check
					}
					switch {
					case len(v.Extension.Bytes()) == 0:
						if last >= 0 || v.Fault == nil || v.Offset < 0 || v.Offset > len(b) {
							t.Errorf("%v on leg %v: %v at %d, after %d", own, s.Leg, v.Fault, v.Offset, last)
						}
						if v.Fault == rules.ErrAstray {
							astray = v.Offset
						}
					case v.Offset == last:
					default:
						if !more || v.Offset != x.Offset() || v.Extension.Offset() != v.Offset {
							t.Fatalf("%v on leg %v: a verdict at %d, after %d", own, s.Leg, v.Offset, last)
						}
						last = v.Offset
						x, more = m.List().Next(x)
					}
				}
				if more && x.Offset() != astray {
					t.Errorf("%v on leg %v: no verdict on %v at %d", own, s.Leg, x.Kind(), x.Offset())
				}
				if !found {
					t.Errorf("%v on leg %v: Check gives %v, no verdict does", own, s.Leg, check)
				}
			}
		}
	})
}
