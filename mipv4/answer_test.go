package mipv4_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

func TestAnswer(t *testing.T) {
	home, agent, own := netip.MustParseAddr("192.0.2.10"), netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("192.0.2.2")
	zero, assigned := netip.IPv4Unspecified(), netip.MustParseAddr("192.0.2.99")
	homeAgent := mipv4.Answer{Role: code.HomeAgent, Address: own, Others: []netip.Addr{home, agent}, MaxLifetime: 1000, HomeAddress: assigned, Identification: 7}
	foreignAgent := mipv4.Answer{Role: code.ForeignAgent, Address: own, MaxLifetime: 1000, HomeAddress: assigned, Identification: 7}
	tests := []struct {
		name     string
		answer   mipv4.Answer
		lifetime mipv4.Lifetime
		home     netip.Addr
		code     code.Registration
		want     mipv4.Reply
	}{
		{"accepted", homeAgent, 600, home, 0, mipv4.Reply{Lifetime: 600, HomeAddress: home, HomeAgent: agent, Identification: 7}},
		{"granted less", homeAgent, 1001, home, 0, mipv4.Reply{Lifetime: 1000, HomeAddress: home, HomeAgent: agent, Identification: 7}},
		{"granted less than forever", homeAgent, mipv4.Infinite, home, 1, mipv4.Reply{Code: 1, Lifetime: 1000, HomeAddress: home, HomeAgent: agent, Identification: 7}},
		{"deregistered", homeAgent, 0, home, 0, mipv4.Reply{HomeAddress: home, HomeAgent: agent, Identification: 7}},
		{"address assigned", homeAgent, 600, zero, 0, mipv4.Reply{Lifetime: 600, HomeAddress: assigned, HomeAgent: agent, Identification: 7}},
		{"denied", homeAgent, 600, zero, 133, mipv4.Reply{Code: 133, Lifetime: 600, HomeAddress: zero, HomeAgent: agent, Identification: 7}},
		{"nothing set", mipv4.Answer{Role: code.HomeAgent}, 600, home, 129, mipv4.Reply{Code: 129, Lifetime: 600, HomeAddress: home, HomeAgent: agent, Identification: 5}},
		{"foreign agent", foreignAgent, 1800, zero, 66, mipv4.Reply{Code: 66, Lifetime: 1800, HomeAddress: zero, HomeAgent: agent, Identification: 5}},
		{"foreign agent, too long, without limit", mipv4.Answer{Role: code.ForeignAgent}, 1800, home, 69, mipv4.Reply{Code: 69, Lifetime: 1800, HomeAddress: home, HomeAgent: agent, Identification: 5}},
		{"foreign agent, too long", foreignAgent, 1800, home, 69, mipv4.Reply{Code: 69, Lifetime: 1000, HomeAddress: home, HomeAgent: agent, Identification: 5}},
	}
	for _, tt := range tests {
		r := &mipv4.Request{Lifetime: tt.lifetime, HomeAddress: tt.home, HomeAgent: agent, CareOfAddress: home, Identification: 5}
		if got, err := tt.answer.Reply(r, tt.code); err != nil || got.String() != tt.want.String() {
			t.Errorf("%s: %v, %v, want %v", tt.name, got, err, tt.want)
		}
	}
	r := &mipv4.Request{Lifetime: 600, HomeAddress: home, HomeAgent: agent, CareOfAddress: home, Identification: 5}
	for _, c := range []code.Registration{0, 1} { // it relays or denies (RFC 5944 §3.7)
		if p, err := foreignAgent.Reply(r, c); err != mipv4.ErrAnswerForeign || p.String() != (mipv4.Reply{}).String() {
			t.Errorf("a foreign agent, code %d: %v, %v", uint8(c), p, err)
		}
	}
	for _, role := range []code.Role{0, code.MobileNode, 4, 255} {
		a := homeAgent
		a.Role = role
		for _, c := range []code.Registration{0, 69, 133} {
			if p, err := a.Reply(r, c); err != code.ErrRole || p.String() != (mipv4.Reply{}).String() {
				t.Errorf("%v, code %d: %v, %v", role, uint8(c), p, err)
			}
		}
	}
}

// TestAnswerHomeAgent: a home agent copies its own unicast address, names its first in
// every other answer, and accepts nothing that names another (RFC 5944 §3.8.3.2), but
// what leaves the choice and has a NAI (RFC 4433 §5.3.1).
func TestAnswerHomeAgent(t *testing.T) {
	own, second, foreign := netip.MustParseAddr("192.0.2.2"), netip.MustParseAddr("192.0.2.3"), netip.MustParseAddr("192.0.2.4")
	zero, ones, subnet := netip.IPv4Unspecified(), netip.MustParseAddr("255.255.255.255"), netip.MustParseAddr("192.0.2.255")
	unicast, multicast := netip.MustParseAddr("223.255.255.255"), netip.MustParseAddr("224.0.0.0")
	a := mipv4.Answer{Role: code.HomeAgent, Address: own, Others: []netip.Addr{second}}
	nobody := mipv4.Answer{Role: code.HomeAgent}
	nai := []byte{131, 1, 'n'}
	for _, tt := range []struct {
		name       string
		answer     mipv4.Answer
		agent      netip.Addr
		extensions []byte
		code       code.Registration
		want       netip.Addr
		err        error
	}{
		{"itself", a, own, nil, 0, own, nil},
		{"its second address", a, second, nil, 0, second, nil},
		{"its second address, denied", a, second, nil, 129, second, nil},
		{"another, denied", a, foreign, nil, 136, own, nil},
		{"another, accepted", a, foreign, nil, 0, netip.Addr{}, mipv4.ErrAnswerAccepts},
		{"the subnet, accepted", a, subnet, nil, 1, netip.Addr{}, mipv4.ErrAnswerAccepts},
		{"the subnet, denied", a, subnet, nil, 136, own, nil},
		{"to be assigned", a, zero, nai, 0, own, nil},
		{"to be assigned, all ones", a, ones, nai, 0, own, nil},
		{"to be assigned, without NAI", a, ones, nil, 0, netip.Addr{}, mipv4.ErrAnswerAccepts},
		{"to be assigned, with a NAI of no bytes", a, ones, []byte{131, 0}, 0, netip.Addr{}, mipv4.ErrAnswerAccepts},
		{"to be assigned, without NAI, denied", a, ones, nil, 136, own, nil},
		{"without address", nobody, foreign, nil, 0, foreign, nil},
		{"without address, the last of class C", nobody, unicast, nil, 136, unicast, nil},
		{"without address, the first of class D", nobody, multicast, nil, 136, netip.Addr{}, mipv4.ErrAnswerAddress},
		{"without address, to be assigned", nobody, zero, nai, 0, netip.Addr{}, mipv4.ErrAnswerAddress},
		{"without address, all ones, denied", nobody, ones, nil, 136, netip.Addr{}, mipv4.ErrAnswerAddress},
		{"a foreign agent copies", mipv4.Answer{Role: code.ForeignAgent, Address: own}, ones, nil, 70, ones, nil},
	} {
		msg, err := mipv4.Request{HomeAddress: own, HomeAgent: tt.agent, CareOfAddress: own}.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		r, err := mipv4.ParseRequest(append(msg, tt.extensions...))
		if err != nil {
			t.Fatal(err)
		}
		if p, err := tt.answer.Reply(&r, tt.code); err != tt.err || p.HomeAgent != tt.want {
			t.Errorf("%s: %v, %v", tt.name, p.HomeAgent, err)
		}
	}
}

// Faults of the kinds that the rule book has.
var (
	errVendor  = code.NewFault("unknown vendor", "RFC 3115 §2.3", code.Must, 0, code.ToReject|code.Act(code.FAUnknownVendorFromMobileNode), 0)
	errIgnored = code.NewFault("reserved bits", "RFC 5944 §3.3", code.Unclear, code.ToIgnore|code.MustAnswer|code.Act(code.HAPoorlyFormedRequest), 0, code.ToRefuse|134)
	errNoCode  = code.NewFault("denied without a Code", "RFC 5944 §3.4", code.Must, code.ToReject, code.ToReject, code.ToReject|134)
)

func TestRefuseWithReply(t *testing.T) {
	r := &mipv4.Request{Lifetime: 9, HomeAddress: netip.MustParseAddr("192.0.2.10"), HomeAgent: netip.MustParseAddr("192.0.2.1"), Identification: 5}
	badLength, _ := ext.Lookup(ext.KindUDPTunnelRequest)
	for _, tt := range []struct {
		fault *code.Fault
		role  code.Role
		code  code.Registration
		reply bool
	}{
		{badLength.BadLength, code.HomeAgent, 134, true},
		{badLength.BadLength, code.ForeignAgent, 70, true},
		{mipv4.ErrTimestamp, code.HomeAgent, 133, true},
		{ext.ErrMobileForeignInvalid, code.ForeignAgent, 67, true}, // discard, SHOULD answer
		{errVendor, code.ForeignAgent, 100, true},
		{errVendor, code.HomeAgent, 0, false},                    // not concerned
		{ext.ErrNoMobileHome, code.HomeAgent, 0, false},          // silent
		{errIgnored, code.HomeAgent, 0, false},                   // ignored
		{ext.ErrNoMobileForeign, code.HomeAgent, 0, false},       // not concerned
		{ext.ErrForeignHomeInvalid, code.ForeignAgent, 0, false}, // an FA Error, on a reply
		{errNoCode, code.HomeAgent, 0, false},
		{ext.ErrUnknownType, code.HomeAgent, 0, false},
		// Those who send no replies.
		{badLength.BadLength, 0, 0, false},
		{errNoCode, code.MobileNode, 0, false},
		{errIgnored, code.MobileNode, 0, false},
		{badLength.BadLength, 200, 0, false},
	} {
		for how, err := range map[string]error{
			"bare": tt.fault, "wrapped": fmt.Errorf("from 192.0.2.10: %w", tt.fault), "joined": errors.Join(errors.New("first"), tt.fault),
		} {
			p, ok := mipv4.Answer{Role: tt.role}.Refuse(r, err)
			if ok != tt.reply || p.Code != tt.code || ok && (p.Identification != 5 || p.HomeAddress != r.HomeAddress || p.HomeAgent != r.HomeAgent || p.Lifetime != 9) {
				t.Errorf("%v %s, %v: %v, %v", tt.fault, how, tt.role, p, ok)
			}
			if !ok && p.String() != (mipv4.Reply{}).String() {
				t.Errorf("%v %s, %v: %v with false", tt.fault, how, tt.role, p)
			}
		}
	}
	var none *code.Fault
	for _, err := range []error{nil, none, errors.New("foreign"), fmt.Errorf("wrapped: %w", io.EOF), fmt.Errorf("wrapped: %w", none)} {
		if p, ok := (mipv4.Answer{Role: code.HomeAgent}).Refuse(r, err); ok || p.Code != 0 {
			t.Errorf("%v: %v", err, p)
		}
	}
}

func TestAppendFAError(t *testing.T) {
	head := unhex(replyHex)[:20]
	p, err := mipv4.ParseReply(append(slices.Clone(head), list("nMcH")...))
	if err != nil {
		t.Fatal(err)
	}
	want := append(append(slices.Clone(head), list("nM")...), unhex("2d 02 00 44")...)
	if b, err := p.AppendFAError([]byte{9}, 68); err != nil || !bytes.Equal(b, append([]byte{9}, want...)) {
		t.Errorf("%x, %v, want %x", b, err, want)
	}
	for _, status := range []code.Registration{0, 63, 128} {
		if b, err := p.AppendFAError([]byte{9}, status); err != ext.ErrFAErrorStatus || len(b) != 1 {
			t.Errorf("status %d: %v", status, err)
		}
	}
	// The longest that leaves room for the FA Error, and one byte more.
	for _, room := range []int{4, 3} {
		mobileHome := unhex("201400000100 00000000000000000000000000000000")
		long := append(append(slices.Clone(head), make([]byte, 65535-room-len(head)-len(mobileHome))...), mobileHome...)
		p, err := mipv4.ParseReply(long)
		if err != nil {
			t.Fatal(err)
		}
		b, err := p.AppendFAError([]byte{9}, 68)
		if room == 4 && (err != nil || len(b) != 1+65535) || room == 3 && (err != ext.ErrTooLong || len(b) != 1) {
			t.Errorf("room for %d: %d bytes, %v", room, len(b), err)
		}
	}
	p, err = mipv4.ParseReply(append(slices.Clone(head), list("nH")...))
	if err != nil {
		t.Fatal(err)
	}
	if b, err := p.AppendFAError(nil, 68); err != mipv4.ErrNotAuthorized || len(b) != 0 {
		t.Errorf("nothing signed: %v", err)
	}
}
