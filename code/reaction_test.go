package code_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
)

// faulty is a fault whose every reaction is the act.
func faulty(a code.Act) *code.Fault {
	return code.NewFault("text", "RFC 5944 §1.8", code.Must, a, a, a)
}

func TestReaction(t *testing.T) {
	tests := []struct {
		act      code.Act
		action   code.Action
		strength code.Strength
		code     code.Registration
		answer   code.Strength
		faError  bool
		silent   bool
		stops    bool
		words    string
	}{
		{0, code.NotConcerned, code.Required, 0, code.Required, false, true, false, ""},
		{code.ToDiscard, code.Discard, code.Required, 0, code.Required, false, true, true, "discard"},
		{code.ToIgnore, code.Ignore, code.Required, 0, code.Required, false, true, false, "ignore"},
		{code.ToIgnore | code.AsAdvised, code.Ignore, code.Unspecified, 0, code.Required, false, true, false, "unspecified (ignore)"},
		{code.ToDiscard | code.AsShould, code.Discard, code.Recommended, 0, code.Required, false, true, true, "SHOULD discard"},
		{code.ToDiscard | code.AsMay, code.Discard, code.Optional, 0, code.Required, false, true, true, "MAY discard"},
		{code.ToDiscard | code.AsAdvised, code.Discard, code.Unspecified, 0, code.Required, false, true, true, "unspecified (discard)"},
		{code.ToRefuse, code.Refuse, code.Required, 0, code.Required, false, true, true, "treat as rejection"},
		{code.ToReject, code.Reject, code.Required, 0, code.Required, false, false, true, "reject"},
		{code.ToReject | 140, code.Reject, code.Required, 140, code.Required, false, false, true, "reply 140"},
		{code.ToReject | code.ShouldAnswer | 134, code.Reject, code.Recommended, 134, code.Recommended, false, true, true, "SHOULD reply 134"},
		{code.ToReject | code.MayAnswer | 144, code.Reject, code.Optional, 144, code.Optional, false, true, true, "MAY reply 144"},
		{code.ToReject | code.AdvisedAnswer | 255, code.Reject, code.Unspecified, 255, code.Unspecified, false, true, true, "unspecified (reply 255)"},
		{code.ToDiscard | code.ShouldAnswer | 67, code.Discard, code.Required, 67, code.Recommended, false, true, true, "discard, SHOULD reply 67"},
		{code.ToDiscard | code.ShouldAnswer | code.AppendFAError | 68, code.Discard, code.Required, 68, code.Recommended, true, true, true,
			"discard, SHOULD append FA Error 68"},
		{code.ToIgnore | code.MustAnswer | 134, code.Ignore, code.Required, 134, code.Required, false, true, false, "ignore or reply 134"},
		{code.ToDiscard | code.AsAdvised | code.MayAnswer | code.AppendFAError | 255, code.Discard, code.Unspecified, 255, code.Optional, true, true, true,
			"unspecified (discard), MAY append FA Error 255"},
	}
	for _, tt := range tests {
		r := faulty(tt.act).Reaction(code.HomeAgent)
		c, named := r.Code()
		if r.Action() != tt.action || r.Strength() != tt.strength || c != tt.code || named != (tt.code != 0) ||
			r.Answer() != tt.answer || r.FAError() != tt.faError || r.Silent() != tt.silent || r.Stops() != tt.stops || r.String() != tt.words {
			t.Errorf("%s: %q, action %d %v, code %d %v %v, FA Error %v, silent %v, stops %v", tt.words, r,
				r.Action(), r.Strength(), c, named, r.Answer(), r.FAError(), r.Silent(), r.Stops())
		}
		if advised := tt.action != code.NotConcerned && tt.strength == code.Unspecified; r.Advised() != advised {
			t.Errorf("%s: advised %v", tt.words, r.Advised())
		}
		if (r == code.Reaction{}) != (tt.act == 0) {
			t.Errorf("%s: the zero Reaction is that of who is not concerned, and no other", tt.words)
		}
	}
}

// TestActs: every action with every strength, Code and answer comes back; no
// part of an act spills into another.
func TestActs(t *testing.T) {
	actions := map[code.Action]code.Act{
		code.NotConcerned: 0, code.Ignore: code.ToIgnore, code.Discard: code.ToDiscard, code.Reject: code.ToReject, code.Refuse: code.ToRefuse,
	}
	strengths := map[code.Strength]code.Act{
		code.Required: 0, code.Recommended: code.AsShould, code.Optional: code.AsMay, code.Unspecified: code.AsAdvised,
	}
	answers := map[code.Strength]code.Act{
		code.Required: code.MustAnswer, code.Recommended: code.ShouldAnswer, code.Optional: code.MayAnswer, code.Unspecified: code.AdvisedAnswer,
	}
	for action, a := range actions {
		for strength, b := range strengths {
			for answer, c := range answers {
				for n := range 256 {
					for faError, d := range map[bool]code.Act{false: 0, true: code.AppendFAError} {
						r := faulty(a | b | c | d | code.Act(n)).Reaction(code.ForeignAgent)
						want := strength
						if action == code.Reject {
							want = answer
						}
						got, named := r.Code()
						if r.Action() != action || r.Strength() != want || r.Answer() != answer || r.FAError() != faError || int(got) != n || named != (n != 0) {
							t.Fatalf("%d %v %v %v %d: %d %v %v %v %d", action, want, answer, faError, n, r.Action(), r.Strength(), r.Answer(), r.FAError(), got)
						}
					}
				}
			}
		}
	}
}

func TestStrength(t *testing.T) {
	for s, want := range map[code.Strength]string{
		code.Required: "MUST", code.Recommended: "SHOULD", code.Optional: "MAY", code.Unspecified: "unspecified",
	} {
		if s.String() != want {
			t.Errorf("%q, want %q", s, want)
		}
	}
	if code.Required != 0 || code.Required > code.Recommended || code.Recommended > code.Optional || code.Optional > code.Unspecified {
		t.Error("the strengths do not stand strongest first")
	}
}

func TestBreaks(t *testing.T) {
	for b, want := range map[code.Breaks]string{
		code.Caller: "caller", code.Must: "must", code.Should: "should", code.Unclear: "unclear", 9: "breaks 9", 255: "breaks 255",
	} {
		if b.String() != want {
			t.Errorf("%q, want %q", b, want)
		}
		if got := code.NewFault("text", "RFC 5944 §1.8", b, 0, 0, 0).Breaks(); got != b {
			t.Errorf("%v became %v", b, got)
		}
	}
	if code.Caller != 0 {
		t.Error("the zero Breaks blames a sender")
	}
}

func TestFault(t *testing.T) {
	f := code.NewFault("text", "RFC 5944 §1.8", code.Should, code.ToDiscard, code.ToReject|70, code.ToRefuse)
	if f.Error() != "text (RFC 5944 §1.8)" || f.Text() != "text" || f.Source() != "RFC 5944 §1.8" || f.Breaks() != code.Should {
		t.Errorf("%q, %q, %q, %v", f, f.Text(), f.Source(), f.Breaks())
	}
	for role, want := range map[code.Role]string{
		code.HomeAgent: "discard", code.ForeignAgent: "reply 70", code.MobileNode: "treat as rejection",
	} {
		if r := f.Reaction(role); r.String() != want {
			t.Errorf("%v: %v, want %v", role, r, want)
		}
	}
	for _, none := range []code.Role{0, 4, 255} {
		if r := f.Reaction(none); r != (code.Reaction{}) {
			t.Errorf("%v: %v", none, r)
		}
	}
	// Reactions compare by what they say, whoever's they are.
	if twin := faulty(code.ToDiscard); twin.Reaction(code.MobileNode) != f.Reaction(code.HomeAgent) || twin.Reaction(code.ForeignAgent) == f.Reaction(code.ForeignAgent) {
		t.Error("equal reactions differ, or different ones are equal")
	}
	twin := code.NewFault("text", "RFC 5944 §1.8", code.Should, code.ToDiscard, code.ToReject|70, code.ToRefuse)
	if errors.Is(f, twin) || !errors.Is(f, f) {
		t.Error("a fault's identity is not its address")
	}
	var got *code.Fault
	if !errors.As(fmt.Errorf("wrapped: %w", f), &got) || got != f {
		t.Errorf("%v is not found in what wraps it", f)
	}
}

func TestRole(t *testing.T) {
	for r, want := range map[code.Role]string{
		0: "role 0", code.HomeAgent: "homeAgent", code.ForeignAgent: "foreignAgent", code.MobileNode: "mobileNode", 4: "role 4", 200: "role 200",
	} {
		if r.String() != want {
			t.Errorf("%q, want %q", r, want)
		}
	}
	if code.ErrRole.Breaks() != code.Caller || code.ErrRole.Source() != "RFC 5944 §1.5" {
		t.Errorf("%v breaks %v", code.ErrRole, code.ErrRole.Breaks())
	}
}

func TestLeg(t *testing.T) {
	tests := []struct {
		leg              code.Leg
		word             string
		sender, receiver code.Role
		reverse          code.Leg
		request, reply   bool
	}{
		{code.MNtoFA, "mn-fa", code.MobileNode, code.ForeignAgent, code.FAtoMN, true, false},
		{code.MNtoHA, "mn-ha", code.MobileNode, code.HomeAgent, code.HAtoMN, true, false},
		{code.FAtoHA, "fa-ha", code.ForeignAgent, code.HomeAgent, code.HAtoFA, true, false},
		{code.HAtoFA, "ha-fa", code.HomeAgent, code.ForeignAgent, code.FAtoHA, false, true},
		{code.HAtoMN, "ha-mn", code.HomeAgent, code.MobileNode, code.MNtoHA, false, true},
		{code.FAtoMN, "fa-mn", code.ForeignAgent, code.MobileNode, code.MNtoFA, false, true},
	}
	for _, tt := range tests {
		l, err := code.ParseLeg(tt.word)
		if l != tt.leg || err != nil || l.String() != tt.word || l.Sender() != tt.sender || l.Receiver() != tt.receiver ||
			l.Reverse() != tt.reverse || l.Request() != tt.request || l.Reply() != tt.reply {
			t.Errorf("%s: %v, %v, sender %v, receiver %v, reverse %v, request %v, reply %v", tt.word, l, err,
				l.Sender(), l.Receiver(), l.Reverse(), l.Request(), l.Reply())
		}
	}
	for l, want := range map[code.Leg]string{0: "leg 0", 7: "leg 7", 17: "leg 17", 255: "leg 255"} {
		if l.String() != want || l.Sender() != 0 || l.Receiver() != 0 || l.Reverse() != 0 || l.Request() || l.Reply() {
			t.Errorf("%q: sender %v, receiver %v, reverse %v, request %v, reply %v", l, l.Sender(), l.Receiver(), l.Reverse(), l.Request(), l.Reply())
		}
	}
	for _, word := range []string{"", "any", "MN-HA", "mn-mn", "mn-ha ", "leg 0"} {
		if l, err := code.ParseLeg(word); l != 0 || err != code.ErrLeg {
			t.Errorf("%q: %v, %v", word, l, err)
		}
	}
}
