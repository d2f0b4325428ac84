package code_test

import (
	"errors"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
)

func TestReaction(t *testing.T) {
	tests := []struct {
		r        code.Reaction
		action   code.Action
		strength code.Strength
		code     code.Registration
		answer   code.Strength
		faError  bool
		silent   bool
		words    string
	}{
		{0, code.NotConcerned, code.Must, 0, code.Must, false, true, ""},
		{code.ToDiscard, code.Discard, code.Must, 0, code.Must, false, true, "discard"},
		{code.ToIgnore | code.AsAdvised, code.Ignore, code.Unspecified, 0, code.Must, false, true, "unspecified (ignore)"},
		{code.ToDiscard | code.AsShould, code.Discard, code.Should, 0, code.Must, false, true, "SHOULD discard"},
		{code.ToDiscard | code.AsMay, code.Discard, code.May, 0, code.Must, false, true, "MAY discard"},
		{code.ToRefuse, code.Refuse, code.Must, 0, code.Must, false, true, "treat as rejection"},
		{code.ToReject, code.Reject, code.Must, 0, code.Must, false, false, "reject"},
		{code.ToReject | 140, code.Reject, code.Must, 140, code.Must, false, false, "reply 140"},
		{code.ToReject | code.ShouldAnswer | 134, code.Reject, code.Should, 134, code.Should, false, true, "SHOULD reply 134"},
		{code.ToReject | code.MayAnswer | 144, code.Reject, code.May, 144, code.May, false, true, "MAY reply 144"},
		{code.ToReject | code.AdvisedAnswer | 255, code.Reject, code.Unspecified, 255, code.Unspecified, false, true, "unspecified (reply 255)"},
		{code.ToDiscard | code.ShouldAnswer | 67, code.Discard, code.Must, 67, code.Should, false, true, "discard, SHOULD reply 67"},
		{code.ToDiscard | code.ShouldAnswer | code.AppendFAError | 68, code.Discard, code.Must, 68, code.Should, true, true,
			"discard, SHOULD append FA Error 68"},
		{code.ToIgnore | code.MustAnswer | 134, code.Ignore, code.Must, 134, code.Must, false, true, "ignore or reply 134"},
	}
	for _, tt := range tests {
		c, named := tt.r.Code()
		if tt.r.Action() != tt.action || tt.r.Strength() != tt.strength || c != tt.code || named != (tt.code != 0) ||
			tt.r.Answer() != tt.answer || tt.r.FAError() != tt.faError || tt.r.Silent() != tt.silent || tt.r.String() != tt.words {
			t.Errorf("%s: %q, action %d %v, code %d %v %v, FA Error %v, silent %v", tt.words, tt.r,
				tt.r.Action(), tt.r.Strength(), c, named, tt.r.Answer(), tt.r.FAError(), tt.r.Silent())
		}
		if advised := tt.action != code.NotConcerned && tt.strength == code.Unspecified; tt.r.Advised() != advised {
			t.Errorf("%s: advised %v", tt.words, tt.r.Advised())
		}
	}
}

func TestFault(t *testing.T) {
	f := code.NewFault("text", "RFC 5944 §1.8", code.ToDiscard, code.ToReject|70, code.ToRefuse)
	if f.Error() != "text (RFC 5944 §1.8)" || f.Text() != "text" || f.Source() != "RFC 5944 §1.8" {
		t.Errorf("%q, %q, %q", f, f.Text(), f.Source())
	}
	for role, want := range map[code.Role]code.Reaction{
		code.HomeAgent: code.ToDiscard, code.ForeignAgent: code.ToReject | 70, code.MobileNode: code.ToRefuse, 3: 0,
	} {
		if f.Reaction(role) != want {
			t.Errorf("%v: %v, want %v", role, f.Reaction(role), want)
		}
	}
	twin := code.NewFault("text", "RFC 5944 §1.8", 0, 0, 0)
	if errors.Is(f, twin) || !errors.Is(f, f) {
		t.Error("a fault's identity is not its address")
	}
}

func TestRole(t *testing.T) {
	for r, want := range map[code.Role]string{
		code.HomeAgent: "homeAgent", code.ForeignAgent: "foreignAgent", code.MobileNode: "mobileNode", 200: "role 200",
	} {
		if r.String() != want {
			t.Errorf("%q, want %q", r, want)
		}
	}
}

func TestLeg(t *testing.T) {
	tests := []struct {
		leg            code.Leg
		word           string
		receiver       code.Role
		request, reply bool
	}{
		{code.Leg(0), "any", code.HomeAgent, false, false},
		{code.MNtoFA, "mn-fa", code.ForeignAgent, true, false},
		{code.MNtoHA, "mn-ha", code.HomeAgent, true, false},
		{code.FAtoHA, "fa-ha", code.HomeAgent, true, false},
		{code.HAtoFA, "ha-fa", code.ForeignAgent, false, true},
		{code.HAtoMN, "ha-mn", code.MobileNode, false, true},
		{code.FAtoMN, "fa-mn", code.MobileNode, false, true},
	}
	for _, tt := range tests {
		l, err := code.ParseLeg(tt.word)
		if l != tt.leg || err != nil || l.String() != tt.word || l.Receiver() != tt.receiver ||
			l.Request() != tt.request || l.Reply() != tt.reply {
			t.Errorf("%s: %v, %v, receiver %v, request %v, reply %v", tt.word, l, err, l.Receiver(), l.Request(), l.Reply())
		}
	}
	for _, word := range []string{"", "MN-HA", "mn-mn", "mn-ha "} {
		if _, err := code.ParseLeg(word); err != code.ErrLeg {
			t.Errorf("%q: %v", word, err)
		}
	}
	if s := code.Leg(17).String(); s != "leg 17" {
		t.Errorf("%q", s)
	}
}
