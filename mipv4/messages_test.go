package mipv4_test

import (
	"bytes"
	"encoding"
	"encoding/hex"
	"net/netip"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// octets reads hex digits with spaces between them.
func octets(s string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		panic(err)
	}
	return b
}

var (
	address1 = netip.MustParseAddr("10.11.12.13")
	address2 = netip.MustParseAddr("20.21.22.23")
	address3 = netip.MustParseAddr("30.31.32.33")
)

const identification = mipv4.Identification(0x28292a2b2c2d2e2f)

// tail is what follows the fixed part in the golden messages: a padding and an
// unknown skippable extension.
const tail = "00 c801ff"

// tailNames is what String says of the tail.
const tailNames = "[One-byte Padding, type 200]"

func tailList(t testing.TB) ext.List {
	l, err := ext.Parse(octets(tail), 0)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// codec is what a pointer to every message has.
type codec interface {
	encoding.BinaryUnmarshaler
	Parse(b []byte) error
}

// messageType is one message type: its figure in bytes, every field another value,
// and what they mean.
type messageType struct {
	name  string
	t     mipv4.MessageType
	fixed string // the fixed part, from the figure
	rest  string // what follows
	want  mipv4.Message
	text  string // String of want
	into  func() codec
	value func(c codec) mipv4.Message
	equal func(a, b mipv4.Message) bool
	cut   *code.Fault // of a message without its last fixed byte, nil where there is none
	other *code.Fault // of a message of another type
}

type valuer[M any] interface {
	mipv4.Message
	Equal(M) bool
}

// row fills in what follows from the type M of a message.
func row[M valuer[M], P interface {
	*M
	codec
}](name string, t mipv4.MessageType, fixed, rest string, want M, text string, cut *code.Fault) messageType {
	return messageType{
		name: name, t: t, fixed: fixed, rest: rest, want: want, text: text, cut: cut, other: mipv4.ErrMessageType,
		into:  func() codec { return P(new(M)) },
		value: func(c codec) mipv4.Message { return *c.(P) },
		equal: func(a, b mipv4.Message) bool { return a.(M).Equal(b.(M)) },
	}
}

func messageTypes(t testing.TB) []messageType {
	l := tailList(t)
	request := row("Request", 1, "01 a5 0102 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", tail, mipv4.Request{
		Flags: 0xa5, Lifetime: 258, HomeAddress: address1, HomeAgent: address2, CareOfAddress: address3,
		Identification: identification, Extensions: l,
	}, "Registration Request flags SDrx lifetime 258s home 10.11.12.13 agent 20.21.22.23 care-of 30.31.32.33 id 28292a2b2c2d2e2f "+tailNames, mipv4.ErrRequestCut)
	request.other = mipv4.ErrNotRequest
	reply := row("Reply", 3, "03 85 0102 0a0b0c0d 14151617 28292a2b2c2d2e2f", tail, mipv4.Reply{
		Code: 133, Lifetime: 258, HomeAddress: address1, HomeAgent: address2,
		Identification: identification, Extensions: l,
	}, "Registration Reply code 133 lifetime 258s home 10.11.12.13 agent 20.21.22.23 id 28292a2b2c2d2e2f "+tailNames, mipv4.ErrReplyCut)
	reply.other = mipv4.ErrNotReply
	return []messageType{
		request,
		reply,
		row("TunnelData", 4, "04 29 0000", "60000000 0000 3b 40", mipv4.TunnelData{
			NextHeader: mipv4.NextHeaderIPv6, Payload: octets("60000000 0000 3b 40"),
		}, "MIP Tunnel Data next header IPv6 header, 8 bytes", mipv4.ErrTunnelDataCut),
		row("TunnelData, reserved bits", 4, "04 04 8001", "45", mipv4.TunnelData{
			NextHeader: mipv4.NextHeaderIPv4, Reserved: 0x8001, Payload: []byte{0x45},
		}, "MIP Tunnel Data next header IP header, 1 bytes", mipv4.ErrTunnelDataCut),
		row("TunnelData, empty", 4, "04 3b 0000", "", mipv4.TunnelData{NextHeader: 59},
			"MIP Tunnel Data next header 59, 0 bytes", mipv4.ErrTunnelDataCut),
		row("Revocation, A", 7, "07 00 8000 0a0b0c0d 14151617 1e1f2021 60616263", tail, mipv4.Revocation{
			Agent: true, HomeAddress: address1, HomeDomainAddress: address2, ForeignDomainAddress: address3,
			RevocationIdentifier: 0x60616263, Extensions: l,
		}, "Registration Revocation flags A home 10.11.12.13 home domain 20.21.22.23 foreign domain 30.31.32.33 id 1616994915 "+tailNames, mipv4.ErrRevocationCut),
		row("Revocation, I", 7, "07 00 4000 0a0b0c0d 14151617 1e1f2021 60616263", "", mipv4.Revocation{
			Inform: true, HomeAddress: address1, HomeDomainAddress: address2, ForeignDomainAddress: address3,
			RevocationIdentifier: 0x60616263,
		}, "Registration Revocation flags I home 10.11.12.13 home domain 20.21.22.23 foreign domain 30.31.32.33 id 1616994915 []", mipv4.ErrRevocationCut),
		row("Revocation, reserved bits", 7, "07 a5 3fff 0a0b0c0d 14151617 1e1f2021 60616263", "", mipv4.Revocation{
			Reserved: 0xa53fff, HomeAddress: address1, HomeDomainAddress: address2, ForeignDomainAddress: address3,
			RevocationIdentifier: 0x60616263,
		}, "Registration Revocation flags  home 10.11.12.13 home domain 20.21.22.23 foreign domain 30.31.32.33 id 1616994915 []", mipv4.ErrRevocationCut),
		row("RevocationAcknowledgment", 15, "0f 00 8000 0a0b0c0d 60616263", tail, mipv4.RevocationAcknowledgment{
			Inform: true, HomeAddress: address1, RevocationIdentifier: 0x60616263, Extensions: l,
		}, "Revocation Acknowledgment flags I home 10.11.12.13 id 1616994915 "+tailNames, mipv4.ErrRevocationAcknowledgmentCut),
		row("RevocationAcknowledgment, reserved bits", 15, "0f a5 7fff 0a0b0c0d 60616263", "", mipv4.RevocationAcknowledgment{
			Reserved: 0xa57fff, HomeAddress: address1, RevocationIdentifier: 0x60616263,
		}, "Revocation Acknowledgment flags  home 10.11.12.13 id 1616994915 []", mipv4.ErrRevocationAcknowledgmentCut),
		row("HandoffRequest", 16, "10 aa 0000 0102 0000 0a0b0c0d 14151617 28292a2b2c2d2e2f", tail, mipv4.HandoffRequest{
			Source: true, Renewal: true, GRE: true, HomeTunnel: true, Lifetime: 258,
			MNHomeAddress: address1, HAAddress: address2, Identification: identification, Extensions: l,
		}, "Handoff Request flags HRGB lifetime 258s home 10.11.12.13 agent 20.21.22.23 id 28292a2b2c2d2e2f "+tailNames, mipv4.ErrHandoffRequestCut),
		row("HandoffRequest, the other bits", 16, "10 55 8001 0000 8001 0a0b0c0d 14151617 28292a2b2c2d2e2f", "", mipv4.HandoffRequest{
			Target: true, Minimal: true, ReverseTunnel: true, Reserved: 0x018001, Reserved2: 0x8001,
			MNHomeAddress: address1, HAAddress: address2, Identification: identification,
		}, "Handoff Request flags NMT lifetime 0s home 10.11.12.13 agent 20.21.22.23 id 28292a2b2c2d2e2f []", mipv4.ErrHandoffRequestCut),
		row("HandoffReply", 17, "11 aa 00 01 0102 0000 0a0b0c0d 14151617 28292a2b2c2d2e2f", tail, mipv4.HandoffReply{
			Source: true, Renewal: true, GRE: true, HomeTunnel: true, Code: code.HandoffGenericFailure, Lifetime: 258,
			MNHomeAddress: address1, HAAddress: address2, Identification: identification, Extensions: l,
		}, "Handoff Reply flags HRGB code 1 lifetime 258s home 10.11.12.13 agent 20.21.22.23 id 28292a2b2c2d2e2f "+tailNames, mipv4.ErrHandoffReplyCut),
		row("HandoffReply, the other bits", 17, "11 55 81 fe ffff 8001 0a0b0c0d 14151617 28292a2b2c2d2e2f", "", mipv4.HandoffReply{
			Target: true, Minimal: true, ReverseTunnel: true, Reserved: 0x018100, Code: 254, Lifetime: mipv4.Infinite, Reserved2: 0x8001,
			MNHomeAddress: address1, HAAddress: address2, Identification: identification,
		}, "Handoff Reply flags NMT code 254 lifetime infinite home 10.11.12.13 agent 20.21.22.23 id 28292a2b2c2d2e2f []", mipv4.ErrHandoffReplyCut),
		row("RegionalRequest", 18, "12 a5 0102 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", tail, mipv4.RegionalRequest{
			Flags: 0xa5, Lifetime: 258, HomeAddress: address1, GFAIPAddress: address2, CareOfAddress: address3,
			Identification: identification, Extensions: l,
		}, "Regional Registration Request flags SDrx lifetime 258s home 10.11.12.13 GFA 20.21.22.23 care-of 30.31.32.33 id 28292a2b2c2d2e2f "+tailNames, mipv4.ErrRegionalRequestCut),
		row("RegionalReply", 19, "13 70 0102 0a0b0c0d 14151617 28292a2b2c2d2e2f", tail, mipv4.RegionalReply{
			Code: code.UnknownGatewayForeignAgent, Lifetime: 258, HomeAddress: address1, GFAIPAddress: address2,
			Identification: identification, Extensions: l,
		}, "Regional Registration Reply code 112 lifetime 258s home 10.11.12.13 GFA 20.21.22.23 id 28292a2b2c2d2e2f "+tailNames, mipv4.ErrRegionalReplyCut),
		row("FastBindingUpdate", 20, "14 3a 0209 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", tail, mipv4.FastBindingUpdate{
			Flags: mipv4.FlagDecapsulation | mipv4.FlagMinimal | mipv4.FlagGRE | mipv4.FlagReverseTunnel, Lifetime: 521,
			HomeAddress: address1, HomeAgent: address2, CareOfAddress: address3, Identification: identification, Extensions: l,
		}, "Fast Binding Update flags DMGT lifetime 521s home 10.11.12.13 agent 20.21.22.23 care-of 30.31.32.33 id 28292a2b2c2d2e2f "+tailNames, mipv4.ErrFastBindingUpdateCut),
		row("FastBindingUpdate, reserved bits", 20, "14 c5 840a 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", "", mipv4.FastBindingUpdate{
			Flags: 0xc5, Reserved: 33, Lifetime: 10,
			HomeAddress: address1, HomeAgent: address2, CareOfAddress: address3, Identification: identification,
		}, "Fast Binding Update flags SBrx lifetime 10s home 10.11.12.13 agent 20.21.22.23 care-of 30.31.32.33 id 28292a2b2c2d2e2f []", mipv4.ErrFastBindingUpdateCut),
		row("FastBindingAck", 21, "15 82 03ff 0a0b0c0d 14151617 28292a2b2c2d2e2f", tail, mipv4.FastBindingAck{
			Code: code.FastBindingInsufficientResources, Lifetime: 1023,
			HomeAddress: address1, HomeAgent: address2, Identification: identification, Extensions: l,
		}, "Fast Binding Ack code 130 lifetime 1023s home 10.11.12.13 agent 20.21.22.23 id 28292a2b2c2d2e2f "+tailNames, mipv4.ErrFastBindingAckCut),
		row("FastBindingAck, reserved bits", 21, "15 01 fc00 0a0b0c0d 14151617 28292a2b2c2d2e2f", "", mipv4.FastBindingAck{
			Code: code.FastBindingNCoASupplied, Reserved: 63,
			HomeAddress: address1, HomeAgent: address2, Identification: identification,
		}, "Fast Binding Ack code 1 lifetime 0s home 10.11.12.13 agent 20.21.22.23 id 28292a2b2c2d2e2f []", mipv4.ErrFastBindingAckCut),
		row("Notification", 22, "16 01 8000 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", tail, mipv4.Notification{
			Direction: mipv4.DirectionHAToFA, Acknowledge: true, HomeAddress: address1, HomeAgentAddress: address2,
			CareOfAddress: address3, Identification: identification, Extensions: l,
		}, "Generic Notification flags A sent by the HA to the FA home 10.11.12.13 agent 20.21.22.23 care-of 30.31.32.33 id 28292a2b2c2d2e2f "+tailNames, mipv4.ErrNotificationCut),
		row("Notification, reserved bits", 22, "16 06 7fff 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", "", mipv4.Notification{
			Direction: 6, Reserved: 0x7fff, HomeAddress: address1, HomeAgentAddress: address2,
			CareOfAddress: address3, Identification: identification,
		}, "Generic Notification flags  6 home 10.11.12.13 agent 20.21.22.23 care-of 30.31.32.33 id 28292a2b2c2d2e2f []", mipv4.ErrNotificationCut),
		row("NotificationAck", 23, "17 05 45 00 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", tail, mipv4.NotificationAck{
			Direction: mipv4.DirectionFAToHA, Code: code.NotificationFAIdentificationMismatch, HomeAddress: address1,
			HomeAgentAddress: address2, CareOfAddress: address3, Identification: identification, Extensions: l,
		}, "Generic Notification Acknowledgment code 69 sent by the FA to the HA home 10.11.12.13 agent 20.21.22.23 care-of 30.31.32.33 id 28292a2b2c2d2e2f "+tailNames, mipv4.ErrNotificationAckCut),
		row("NotificationAck, reserved bits", 23, "17 02 00 a5 0a0b0c0d 14151617 1e1f2021 28292a2b2c2d2e2f", "", mipv4.NotificationAck{
			Direction: mipv4.DirectionMNToHA, Reserved: 0xa5, HomeAddress: address1,
			HomeAgentAddress: address2, CareOfAddress: address3, Identification: identification,
		}, "Generic Notification Acknowledgment code 0 sent by the MN to the HA home 10.11.12.13 agent 20.21.22.23 care-of 30.31.32.33 id 28292a2b2c2d2e2f []", mipv4.ErrNotificationAckCut),
		row("HomeTestInit", 24, "18 00 7071727374757677", tail, mipv4.HomeTestInit{
			HomeInitCookie: mipv4.Cookie(octets("7071727374757677")), Extensions: l,
		}, "Home Test Init cookie 7071727374757677 "+tailNames, mipv4.ErrHomeTestInitCut),
		row("CareOfTestInit", 25, "19 a5 7071727374757677", "", mipv4.CareOfTestInit{
			Reserved: 0xa5, CareOfInitCookie: mipv4.Cookie(octets("7071727374757677")),
		}, "Care-of Test Init cookie 7071727374757677 []", mipv4.ErrCareOfTestInitCut),
		row("HomeTest", 26, "1a 00 0102 7071727374757677 8081828384858687", tail, mipv4.HomeTest{
			NonceIndex: 258, HomeInitCookie: mipv4.Cookie(octets("7071727374757677")),
			HomeKeygenToken: mipv4.KeygenToken(octets("8081828384858687")), Extensions: l,
		}, "Home Test nonce index 258 cookie 7071727374757677 "+tailNames, mipv4.ErrHomeTestCut),
		row("CareOfTest", 27, "1b a5 0102 7071727374757677 8081828384858687", "", mipv4.CareOfTest{
			Reserved: 0xa5, NonceIndex: 258, CareOfInitCookie: mipv4.Cookie(octets("7071727374757677")),
			CareOfKeygenToken: mipv4.KeygenToken(octets("8081828384858687")),
		}, "Care-of Test nonce index 258 cookie 7071727374757677 []", mipv4.ErrCareOfTestCut),
		row("Experimental", 255, "ff", "01020304", mipv4.Experimental{Opaque: []byte{1, 2, 3, 4}}, "Experimental, 4 bytes", nil),
		row("Experimental, empty", 255, "ff", "", mipv4.Experimental{}, "Experimental, 0 bytes", nil),
	}
}

// poisoned is a buffer in which what was not written can be seen.
func poisoned(n int) []byte { return bytes.Repeat([]byte{0xa5}, n) }

func fault(err error) *code.Fault {
	f, _ := err.(*code.Fault)
	return f
}

// TestMessages: both directions of every message type, against its figure.
func TestMessages(t *testing.T) {
	seen := map[mipv4.MessageType]bool{}
	for _, tt := range messageTypes(t) {
		seen[tt.t] = true
		t.Run(tt.name, func(t *testing.T) {
			b := octets(tt.fixed + tt.rest)
			if n := len(octets(tt.fixed)); tt.t.FixedLength() != n || tt.want.MessageType() != tt.t {
				t.Errorf("fixed part of %d bytes, want %d; type %d, want %d", tt.t.FixedLength(), n, tt.want.MessageType(), tt.t)
			}
			c := tt.into()
			if err := c.Parse(b); err != nil {
				t.Fatal(err)
			}
			got := tt.value(c)
			if !tt.equal(got, tt.want) || got.String() != tt.text || tt.want.String() != tt.text {
				t.Errorf("parsed %v, want %s", got, tt.text)
			}
			generic, err := mipv4.Parse(b)
			if err != nil || !tt.equal(generic, tt.want) {
				t.Errorf("Parse: %v, %v", generic, err)
			}
			opaque := tt.t == mipv4.TypeTunnelData || tt.t == mipv4.TypeExperimental
			if l := got.List(); opaque != (l.Message() == nil) || !opaque && !bytes.Equal(l.Bytes(), octets(tt.rest)) {
				t.Errorf("extensions %x", l.Bytes())
			}
			if at, err := mipv4.Locate(b); at != len(b) || err != nil {
				t.Errorf("Locate: %d, %v", at, err)
			}

			for _, m := range []mipv4.Message{got, tt.want, generic} {
				buf := poisoned(200)
				out, err := m.AppendBinary(buf[:5])
				if err != nil || !bytes.Equal(out[:5], poisoned(5)) || !bytes.Equal(out[5:], b) || &out[0] != &buf[0] {
					t.Fatalf("appended %x, %v, want %x", out, err, b)
				}
				if !bytes.Equal(buf[len(out):], poisoned(200-len(out))) {
					t.Errorf("written behind the message: %x", buf)
				}
			}
			out, err := tt.want.(encoding.BinaryMarshaler).MarshalBinary()
			if err != nil || !bytes.Equal(out, b) || cap(out) != len(out) {
				t.Errorf("marshaled %x, %v", out, err)
			}

			source := bytes.Clone(b)
			c = tt.into()
			if err := c.UnmarshalBinary(source); err != nil {
				t.Fatal(err)
			}
			copy(source, poisoned(len(source)))
			if !tt.equal(tt.value(c), tt.want) {
				t.Errorf("unmarshaled %v, which does not outlive its source", tt.value(c))
			}
		})
	}
	for n := range 256 {
		mt := mipv4.MessageType(n)
		if registered := !strings.HasPrefix(mt.String(), "message type "); seen[mt] != registered {
			t.Errorf("%v: a golden message %v, registered %v", mt, seen[mt], registered)
		}
	}
}

// TestMessagesCut: every cut of every message is refused with the fault of its
// place, and nothing is touched.
func TestMessagesCut(t *testing.T) {
	for _, tt := range messageTypes(t) {
		whole := octets(tt.fixed + tt.rest)
		fixed := len(octets(tt.fixed))
		for n := range whole {
			b := whole[:n:n]
			var want *code.Fault
			at := n
			switch {
			case n == 0:
				want = mipv4.ErrEmpty
			case n < fixed:
				want = tt.cut
			case tt.rest == tail && n == fixed+2: // the type of the second extension alone
				want, at = ext.ErrLoneByte, fixed+1
			case tt.rest == tail && n == fixed+3: // its Length says 1
				want, at = ext.ErrOverrun, fixed+1
			}
			c, before := tt.into(), tt.into()
			if err := c.Parse(whole); err != nil {
				t.Fatal(err)
			}
			if err := before.Parse(whole); err != nil {
				t.Fatal(err)
			}
			err := c.Parse(b)
			_, generic := mipv4.Parse(b)
			where, located := mipv4.Locate(b)
			if fault(err) != want || fault(generic) != want || fault(located) != want || where != at {
				t.Errorf("%s, %d bytes: %v, %v, %v at %d, want %v at %d", tt.name, n, err, generic, located, where, want, at)
			}
			if want != nil {
				if fault(c.UnmarshalBinary(b)) != want || !tt.equal(tt.value(c), tt.value(before)) {
					t.Errorf("%s, %d bytes: touched", tt.name, n)
				}
			}
		}
	}
}

// TestMessagesOtherType: no message is taken for one of another type.
func TestMessagesOtherType(t *testing.T) {
	for _, tt := range messageTypes(t) {
		b := octets(tt.fixed + tt.rest)
		for n := range 256 {
			if n == int(b[0]) {
				continue
			}
			other := bytes.Clone(b)
			other[0] = byte(n)
			if err := tt.into().Parse(other); fault(err) != tt.other {
				t.Errorf("%s as type %d: %v, want %v", tt.name, n, err, tt.other)
			}
		}
		if err := tt.into().Parse(nil); fault(err) != mipv4.ErrEmpty {
			t.Errorf("%s: empty: %v", tt.name, err)
		}
	}
	for n := range 256 {
		if mipv4.MessageType(n).FixedLength() > 0 {
			continue
		}
		b := append([]byte{byte(n)}, make([]byte, 40)...)
		m, err := mipv4.Parse(b)
		at, located := mipv4.Locate(b)
		if m != nil || fault(err) != mipv4.ErrUnknownMessage || fault(located) != mipv4.ErrUnknownMessage || at != 0 {
			t.Errorf("type %d: %v, %v, %v at %d", n, m, err, located, at)
		}
	}
	if m, err := mipv4.Parse(nil); m != nil || fault(err) != mipv4.ErrEmpty {
		t.Errorf("empty: %v, %v", m, err)
	}
	if at, err := mipv4.Locate(nil); at != 0 || fault(err) != mipv4.ErrEmpty {
		t.Errorf("empty: %v at %d", err, at)
	}
}

// TestMessagesFaithful: every bit of a fixed part survives, reserved ones included,
// and each makes a difference to Equal.
func TestMessagesFaithful(t *testing.T) {
	for _, tt := range messageTypes(t) {
		b := octets(tt.fixed + tt.rest)
		for bit := 8; bit < 8*len(octets(tt.fixed)); bit++ {
			flipped := bytes.Clone(b)
			flipped[bit/8] ^= 0x80 >> (bit % 8)
			c := tt.into()
			if err := c.Parse(flipped); err != nil {
				t.Fatalf("%s, bit %d: %v", tt.name, bit, err)
			}
			got := tt.value(c)
			out, err := got.AppendBinary(nil)
			if err != nil || !bytes.Equal(out, flipped) {
				t.Errorf("%s, bit %d: %x, %v, want %x", tt.name, bit, out, err, flipped)
			}
			if tt.equal(got, tt.want) {
				t.Errorf("%s, bit %d: equal", tt.name, bit)
			}
		}
		if tt.rest == "" {
			continue
		}
		b[len(b)-1] ^= 1
		c := tt.into()
		if err := c.Parse(b); err != nil || tt.equal(tt.value(c), tt.want) {
			t.Errorf("%s: %v, or equal with other extensions", tt.name, err)
		}
	}
}

// TestMessagesSize: the longest message is read and written, a longer one neither,
// and String stays short.
func TestMessagesSize(t *testing.T) {
	for _, tt := range messageTypes(t) {
		long := append(octets(tt.fixed), make([]byte, ext.MaxMessage-len(octets(tt.fixed)))...)
		m, err := mipv4.Parse(long)
		if err != nil {
			t.Fatal(err)
		}
		out, err := m.AppendBinary(nil)
		if err != nil || !bytes.Equal(out, long) {
			t.Errorf("%s: %d bytes, %v", tt.name, len(out), err)
		}
		if s := m.String(); len(s) >= 4096 {
			t.Errorf("%s: String has %d bytes", tt.name, len(s))
		}
		if n := m.List().Size(); n > 0 && !strings.HasSuffix(m.String(), "One-byte Padding, and "+decimal(n-32)+" more]") {
			t.Errorf("%s: %s", tt.name, m.String())
		}
		long = append(long, 0)
		_, err = mipv4.Parse(long)
		at, located := mipv4.Locate(long)
		if fault(err) != ext.ErrTooLong || fault(located) != ext.ErrTooLong || at != ext.MaxMessage {
			t.Errorf("%s: %v, %v at %d", tt.name, err, located, at)
		}
	}
}

func decimal(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return decimal(n/10) + string(rune('0'+n%10))
}

// TestMessagesAppendRefuses: what cannot be written is refused, and nothing is
// written.
func TestMessagesAppendRefuses(t *testing.T) {
	a := address1
	six, mapped := netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("::ffff:10.11.12.13")
	long := func(fixed int) ext.List {
		l, err := ext.Parse(make([]byte, ext.MaxMessage-fixed+1), 0)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	tests := []struct {
		m    mipv4.Message
		want *code.Fault
	}{
		{mipv4.TunnelData{Payload: make([]byte, ext.MaxMessage-3)}, ext.ErrTooLong},
		{mipv4.Experimental{Opaque: make([]byte, ext.MaxMessage)}, ext.ErrTooLong},
		{mipv4.Revocation{}, mipv4.ErrHomeAddress},
		{mipv4.Revocation{HomeAddress: six, HomeDomainAddress: a, ForeignDomainAddress: a}, mipv4.ErrHomeAddress},
		{mipv4.Revocation{HomeAddress: a, HomeDomainAddress: mapped, ForeignDomainAddress: a}, mipv4.ErrHomeDomainAddress},
		{mipv4.Revocation{HomeAddress: a, HomeDomainAddress: a, ForeignDomainAddress: six}, mipv4.ErrForeignDomainAddress},
		{mipv4.Revocation{HomeAddress: a, HomeDomainAddress: a, ForeignDomainAddress: a, Reserved: 0x8000}, mipv4.ErrReserved},
		{mipv4.Revocation{HomeAddress: a, HomeDomainAddress: a, ForeignDomainAddress: a, Reserved: 0x4000}, mipv4.ErrReserved},
		{mipv4.Revocation{HomeAddress: a, HomeDomainAddress: a, ForeignDomainAddress: a, Reserved: 1 << 24}, mipv4.ErrReserved},
		{mipv4.Revocation{HomeAddress: a, HomeDomainAddress: a, ForeignDomainAddress: a, Extensions: long(20)}, ext.ErrTooLong},
		{mipv4.RevocationAcknowledgment{HomeAddress: mapped}, mipv4.ErrHomeAddress},
		{mipv4.RevocationAcknowledgment{HomeAddress: a, Reserved: 0x8000}, mipv4.ErrReserved},
		{mipv4.RevocationAcknowledgment{HomeAddress: a, Extensions: long(12)}, ext.ErrTooLong},
		{mipv4.HandoffRequest{MNHomeAddress: six, HAAddress: a}, mipv4.ErrHomeAddress},
		{mipv4.HandoffRequest{MNHomeAddress: a, HAAddress: six}, mipv4.ErrHomeAgent},
		{mipv4.HandoffRequest{MNHomeAddress: a, HAAddress: a, Reserved: 1 << 17}, mipv4.ErrReserved},
		{mipv4.HandoffRequest{MNHomeAddress: a, HAAddress: a, Extensions: long(24)}, ext.ErrTooLong},
		{mipv4.HandoffReply{MNHomeAddress: six, HAAddress: a}, mipv4.ErrHomeAddress},
		{mipv4.HandoffReply{MNHomeAddress: a, HAAddress: six}, mipv4.ErrHomeAgent},
		{mipv4.HandoffReply{MNHomeAddress: a, HAAddress: a, Reserved: 1}, mipv4.ErrReserved},
		{mipv4.HandoffReply{MNHomeAddress: a, HAAddress: a, Extensions: long(24)}, ext.ErrTooLong},
		{mipv4.RegionalRequest{HomeAddress: six, GFAIPAddress: a, CareOfAddress: a}, mipv4.ErrHomeAddress},
		{mipv4.RegionalRequest{HomeAddress: a, GFAIPAddress: six, CareOfAddress: a}, mipv4.ErrGFAIPAddress},
		{mipv4.RegionalRequest{HomeAddress: a, GFAIPAddress: a, CareOfAddress: six}, mipv4.ErrCareOfAddress},
		{mipv4.RegionalRequest{HomeAddress: a, GFAIPAddress: a, CareOfAddress: a, Extensions: long(24)}, ext.ErrTooLong},
		{mipv4.RegionalReply{HomeAddress: six, GFAIPAddress: a}, mipv4.ErrHomeAddress},
		{mipv4.RegionalReply{HomeAddress: a, GFAIPAddress: six}, mipv4.ErrGFAIPAddress},
		{mipv4.RegionalReply{HomeAddress: a, GFAIPAddress: a, Extensions: long(20)}, ext.ErrTooLong},
		{mipv4.FastBindingUpdate{HomeAddress: six, HomeAgent: a, CareOfAddress: a}, mipv4.ErrHomeAddress},
		{mipv4.FastBindingUpdate{HomeAddress: a, HomeAgent: six, CareOfAddress: a}, mipv4.ErrHomeAgent},
		{mipv4.FastBindingUpdate{HomeAddress: a, HomeAgent: a, CareOfAddress: six}, mipv4.ErrCareOfAddress},
		{mipv4.FastBindingUpdate{HomeAddress: a, HomeAgent: a, CareOfAddress: a, Lifetime: 1024}, mipv4.ErrFastLifetime},
		{mipv4.FastBindingUpdate{HomeAddress: a, HomeAgent: a, CareOfAddress: a, Reserved: 64}, mipv4.ErrReserved},
		{mipv4.FastBindingUpdate{HomeAddress: a, HomeAgent: a, CareOfAddress: a, Extensions: long(24)}, ext.ErrTooLong},
		{mipv4.FastBindingAck{HomeAddress: six, HomeAgent: a}, mipv4.ErrHomeAddress},
		{mipv4.FastBindingAck{HomeAddress: a, HomeAgent: six}, mipv4.ErrHomeAgent},
		{mipv4.FastBindingAck{HomeAddress: a, HomeAgent: a, Lifetime: mipv4.Infinite}, mipv4.ErrFastLifetime},
		{mipv4.FastBindingAck{HomeAddress: a, HomeAgent: a, Reserved: 64}, mipv4.ErrReserved},
		{mipv4.FastBindingAck{HomeAddress: a, HomeAgent: a, Extensions: long(20)}, ext.ErrTooLong},
		{mipv4.Notification{HomeAddress: six, HomeAgentAddress: a, CareOfAddress: a}, mipv4.ErrHomeAddress},
		{mipv4.Notification{HomeAddress: a, HomeAgentAddress: six, CareOfAddress: a}, mipv4.ErrHomeAgent},
		{mipv4.Notification{HomeAddress: a, HomeAgentAddress: a, CareOfAddress: six}, mipv4.ErrCareOfAddress},
		{mipv4.Notification{HomeAddress: a, HomeAgentAddress: a, CareOfAddress: a, Reserved: 0x8000}, mipv4.ErrReserved},
		{mipv4.Notification{HomeAddress: a, HomeAgentAddress: a, CareOfAddress: a, Extensions: long(24)}, ext.ErrTooLong},
		{mipv4.NotificationAck{HomeAddress: six, HomeAgentAddress: a, CareOfAddress: a}, mipv4.ErrHomeAddress},
		{mipv4.NotificationAck{HomeAddress: a, HomeAgentAddress: six, CareOfAddress: a}, mipv4.ErrHomeAgent},
		{mipv4.NotificationAck{HomeAddress: a, HomeAgentAddress: a, CareOfAddress: six}, mipv4.ErrCareOfAddress},
		{mipv4.NotificationAck{HomeAddress: a, HomeAgentAddress: a, CareOfAddress: a, Extensions: long(24)}, ext.ErrTooLong},
		{mipv4.HomeTestInit{Extensions: long(10)}, ext.ErrTooLong},
		{mipv4.CareOfTestInit{Extensions: long(10)}, ext.ErrTooLong},
		{mipv4.HomeTest{Extensions: long(20)}, ext.ErrTooLong},
		{mipv4.CareOfTest{Extensions: long(20)}, ext.ErrTooLong},
	}
	buf := poisoned(70000)
	for i, tt := range tests {
		b, err := tt.m.AppendBinary(buf[:5])
		if fault(err) != tt.want || len(b) != 5 || bytes.Count(buf, []byte{0xa5}) != len(buf) {
			t.Errorf("%d, %v: %v, %d bytes, want %v", i, tt.m.MessageType(), err, len(b), tt.want)
		}
		if _, err := tt.m.(encoding.BinaryMarshaler).MarshalBinary(); fault(err) != tt.want {
			t.Errorf("%d, %v: marshaled with %v, want %v", i, tt.m.MessageType(), err, tt.want)
		}
	}
}

// TestMessagesOverlap: a message may be written over the bytes that it was parsed
// from.
func TestMessagesOverlap(t *testing.T) {
	for _, tt := range messageTypes(t) {
		want := octets(tt.fixed + tt.rest)
		for at := range 40 {
			for to := range 40 {
				buf := poisoned(120)
				place := buf[at:][:len(want)]
				copy(place, want)
				m, err := mipv4.Parse(place)
				if err != nil {
					t.Fatal(err)
				}
				got, err := m.AppendBinary(buf[:to])
				if err != nil || !bytes.Equal(got[to:], want) {
					t.Fatalf("%s at %d written to %d: %x, %v, want %x", tt.name, at, to, got[to:], err, want)
				}
			}
		}
	}
}

// TestOpaqueIsCapped: appending to what aliases a message does not overrun it.
func TestOpaqueIsCapped(t *testing.T) {
	b := octets("04 04 0000 45 a5")[:5]
	d, err := mipv4.ParseTunnelData(b)
	if err != nil || cap(d.Payload) != 1 || &d.Payload[0] != &b[4] {
		t.Errorf("%v, capacity %d", err, cap(d.Payload))
	}
	b[0] = 0xff
	e, err := mipv4.ParseExperimental(b)
	if err != nil || cap(e.Opaque) != 4 || &e.Opaque[0] != &b[1] {
		t.Errorf("%v, capacity %d", err, cap(e.Opaque))
	}
}

// TestSmallValues: the words of RFC 3519 §3.3 and RFC 6098 §4.1, and the legs.
func TestSmallValues(t *testing.T) {
	for h, want := range map[mipv4.NextHeader]string{
		4: "IP header", 41: "IPv6 header", 47: "GRE Header", 55: "Minimal IP encapsulation header", 5: "5", 255: "255",
	} {
		if h.String() != want {
			t.Errorf("%d: %q", uint8(h), h)
		}
	}
	legs := []code.Leg{code.HAtoMN, code.HAtoFA, code.MNtoHA, code.MNtoFA, code.FAtoMN, code.FAtoHA}
	ends := []string{"HA to the MN", "HA to the FA", "MN to the HA", "MN to the FA", "FA to the MN", "FA to the HA"}
	for n := range 256 {
		d := mipv4.Direction(n)
		leg, ok := d.Leg()
		if n < len(legs) {
			if !ok || leg != legs[n] || d.String() != "sent by the "+ends[n] {
				t.Errorf("%d: %v, %v, %q", n, leg, ok, d)
			}
		} else if ok || leg != 0 || d.String() != decimal(n) {
			t.Errorf("%d: %v, %v, %q", n, leg, ok, d)
		}
	}
	text, err := mipv4.Cookie{1, 2, 3, 4, 5, 6, 7, 0xff}.MarshalText()
	if err != nil || string(text) != "01020304050607ff" {
		t.Errorf("%s, %v", text, err)
	}
	text, err = mipv4.KeygenToken{1, 2, 3, 4, 5, 6, 7, 0xff}.MarshalText()
	if err != nil || string(text) != "01020304050607ff" {
		t.Errorf("%s, %v", text, err)
	}
}
