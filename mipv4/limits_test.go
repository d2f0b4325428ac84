package mipv4_test

import (
	"bytes"
	"net/netip"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestOneByteExtensions: an advertisement whose extensions are one padding is written
// back as it was read, with router addresses and without.
func TestOneByteExtensions(t *testing.T) {
	for _, hex := range []string{
		"0900 0000 0102 0708 c0000201 00000000 00", // one address, a padding
		"0900 0000 0002 0708 00",
		"0900 0000 0102 0708 c0000201 80000000",
	} {
		b, err := mipv4.SetChecksum(octets(hex))
		if err != nil {
			t.Fatal(err)
		}
		a, err := mipv4.ParseAgentAdvertisement(b)
		if err != nil {
			t.Fatal(err)
		}
		got, err := a.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, err = mipv4.SetChecksum(got); err != nil || !bytes.Equal(got, b) {
			t.Errorf("%x written as %x, %v", b, got, err)
		}
	}
}

// TestSetChecksumOfOneByte: the ICMP type alone says which message was cut.
func TestSetChecksumOfOneByte(t *testing.T) {
	for b, want := range map[string]*code.Fault{
		"": mipv4.ErrAdvertisementCut, "09": mipv4.ErrAdvertisementCut, "0a": mipv4.ErrSolicitationCut, "63": mipv4.ErrICMPType,
	} {
		if got, err := mipv4.SetChecksum(octets(b)); err != want || !bytes.Equal(got, octets(b)) {
			t.Errorf("%s: %x, %v, want %v", b, got, err, want)
		}
	}
}

// TestOtherMessageOfOneByte: so it does when a message is parsed.
func TestOtherMessageOfOneByte(t *testing.T) {
	for b, want := range map[string]*code.Fault{
		"": mipv4.ErrAdvertisementCut, "09": mipv4.ErrAdvertisementCut, "0a": mipv4.ErrICMPType, "01": mipv4.ErrICMPType,
	} {
		if _, err := mipv4.ParseAgentAdvertisement(octets(b)); err != want {
			t.Errorf("%s as an advertisement: %v, want %v", b, err, want)
		}
	}
	for b, want := range map[string]*code.Fault{
		"": mipv4.ErrSolicitationCut, "0a": mipv4.ErrSolicitationCut, "09": mipv4.ErrICMPType, "01": mipv4.ErrICMPType,
	} {
		if _, err := mipv4.ParseAgentSolicitation(octets(b)); err != want {
			t.Errorf("%s as a solicitation: %v, want %v", b, err, want)
		}
	}
}

// TestManyExtensionsPrint: 32 are named, and the others counted.
func TestManyExtensionsPrint(t *testing.T) {
	for n, want := range map[int]string{31: "", 32: "", 33: ", and 1 more", 40: ", and 8 more"} {
		b, err := mipv4.SetChecksum(append(octets("0900 0000 0002 0708"), make([]byte, n)...))
		if err != nil {
			t.Fatal(err)
		}
		a, err := mipv4.ParseAgentAdvertisement(b)
		if err != nil {
			t.Fatal(err)
		}
		list := "[" + strings.Repeat(", One-byte Padding", min(n, 32))[2:] + want + "]"
		if s := a.Extensions.String(); s != list {
			t.Errorf("%d: %s", n, s)
		}
		p, err := mipv4.ParseReply(append(unhex(replyHex)[:20], make([]byte, n)...))
		if err != nil {
			t.Fatal(err)
		}
		if s := p.String(); !strings.HasSuffix(s, " "+list) {
			t.Errorf("%d: %s", n, s)
		}
	}
}

func TestMobilityAgentEqual(t *testing.T) {
	addresses := func(all ...netip.Addr) mipv4.CareOfAddresses {
		c, err := mipv4.NewCareOfAddresses(all...)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	a := mipv4.MobilityAgentAdvertisement{SequenceNumber: 1, RegistrationLifetime: 2, Flags: mipv4.AgentForeign, CareOfAddresses: addresses(careOf1, careOf2)}
	if !a.Equal(a) {
		t.Error("the same differ")
	}
	for i, change := range []func(*mipv4.MobilityAgentAdvertisement){
		func(m *mipv4.MobilityAgentAdvertisement) { m.SequenceNumber++ },
		func(m *mipv4.MobilityAgentAdvertisement) { m.RegistrationLifetime++ },
		func(m *mipv4.MobilityAgentAdvertisement) { m.Flags |= mipv4.AgentHome },
		func(m *mipv4.MobilityAgentAdvertisement) { m.CareOfAddresses = addresses(careOf2, careOf1) },
	} {
		b := a
		change(&b)
		if a.Equal(b) || b.Equal(a) {
			t.Errorf("change %d is equal", i)
		}
	}
	if s, want := a.CareOfAddresses.String(), careOf1.String()+", "+careOf2.String(); s != want {
		t.Errorf("%s, want %s", s, want)
	}
}

// TestLongChallengePrints: of a long challenge the first 32 bytes are shown.
func TestLongChallengePrints(t *testing.T) {
	for size, want := range map[int]string{
		31: strings.Repeat("00", 31), 32: strings.Repeat("00", 32), 33: strings.Repeat("00", 32) + "...", 70000: strings.Repeat("00", 32) + "...",
	} {
		if s := (mipv4.AgentChallenge{Value: make([]byte, size)}).String(); s != "Challenge "+want {
			t.Errorf("%d bytes: %s", size, s)
		}
	}
}

func TestExperimentalEqual(t *testing.T) {
	a := mipv4.AgentExperimental{Skippable: true, Opaque: []byte{1, 2}}
	for _, b := range []mipv4.AgentExperimental{{Opaque: []byte{1, 2}}, {Skippable: true, Opaque: []byte{1, 3}}, {Skippable: true}, {}} {
		if a.Equal(b) || b.Equal(a) {
			t.Errorf("%v equals %v", a, b)
		}
	}
	if !a.Equal(mipv4.AgentExperimental{Skippable: true, Opaque: []byte{1, 2}}) {
		t.Error("the same differ")
	}
}

// TestTunnelDataRefused: what does not parse is not copied.
func TestTunnelDataRefused(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	refused := append([]byte{5}, make([]byte, 2000)...)
	var d mipv4.TunnelData
	if n := allocations(func() { sink.err = d.UnmarshalBinary(refused) }); n != 0 || sink.err == nil {
		t.Errorf("%v allocations, %v", n, sink.err)
	}
}
