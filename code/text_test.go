package code_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
)

// numbered is what every code space has.
type numbered interface {
	encoding.TextAppender
	encoding.TextMarshaler
	encoding.TextUnmarshaler
	json.Marshaler
	json.Unmarshaler
}

// spaces makes a code of every space, by the name of its type.
var spaces = map[string]func() numbered{
	"Registration":          func() numbered { return new(code.Registration) },
	"IPv6Prefix":            func() numbered { return new(code.IPv6Prefix) },
	"UDPTunnel":             func() numbered { return new(code.UDPTunnel) },
	"MobileNetwork":         func() numbered { return new(code.MobileNetwork) },
	"RouteOptimization":     func() numbered { return new(code.RouteOptimization) },
	"GenericNotification":   func() numbered { return new(code.GenericNotification) },
	"Handoff":               func() numbered { return new(code.Handoff) },
	"FastBinding":           func() numbered { return new(code.FastBinding) },
	"AgentAdvertisement":    func() numbered { return new(code.AgentAdvertisement) },
	"ReplayMethod":          func() numbered { return new(code.ReplayMethod) },
	"ReplayProtectionStyle": func() numbered { return new(code.ReplayProtectionStyle) },
	"KeyAlgorithm":          func() numbered { return new(code.KeyAlgorithm) },
	"ProxyAuthMethod":       func() numbered { return new(code.ProxyAuthMethod) },
	"DeviceIDType":          func() numbered { return new(code.DeviceIDType) },
	"SubscriberIDType":      func() numbered { return new(code.SubscriberIDType) },
	"AccessTechnology":      func() numbered { return new(code.AccessTechnology) },
	"FlowAction":            func() numbered { return new(code.FlowAction) },
	"TrafficSelectorFormat": func() numbered { return new(code.TrafficSelectorFormat) },
}

// noSpaces are the other types of numbers.
var noSpaces = map[string]bool{"Act": true, "Action": true, "Breaks": true, "Leg": true, "Origin": true, "Role": true, "Strength": true}

// TestCodesAsText: every code of every space, as text, in JSON and as a key of a JSON
// object is its number in decimal digits, and is read back.
func TestCodesAsText(t *testing.T) {
	for _, f := range sources(t)["code"] {
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, s := range g.Specs {
				if typ, ok := s.(*ast.TypeSpec); ok && typ.Name.IsExported() && !noSpaces[typ.Name.Name] && spaces[typ.Name.Name] == nil {
					if number, ok := typ.Type.(*ast.Ident); ok && strings.HasPrefix(number.Name, "uint") {
						t.Errorf("%s is no code space of this test", typ.Name)
					}
				}
			}
		}
	}
	for name, make := range spaces {
		kind := reflect.TypeOf(make()).Elem()
		if kind.Name() != name {
			t.Errorf("%s is %v", name, kind)
		}
		for n := range 1 << kind.Bits() {
			c, again := make(), make()
			reflect.ValueOf(c).Elem().SetUint(uint64(n))
			want := strconv.Itoa(n)
			text, err := c.MarshalText()
			if err != nil || string(text) != want {
				t.Fatalf("%s %d is %q, %v", name, n, text, err)
			}
			if text, err = c.AppendText([]byte("a")); err != nil || string(text) != "a"+want {
				t.Fatalf("%s %d is appended as %q, %v", name, n, text, err)
			}
			if err := again.UnmarshalText(text[1:]); err != nil || !reflect.DeepEqual(again, c) {
				t.Fatalf("%s %s is read as %v, %v", name, want, again, err)
			}
			if n%251 != 0 {
				continue
			}
			if text, err = json.Marshal(reflect.ValueOf(c).Elem().Interface()); err != nil || string(text) != want {
				t.Fatalf("%s %d is %s in JSON, %v", name, n, text, err)
			}
			if again = make(); json.Unmarshal(text, again) != nil || !reflect.DeepEqual(again, c) {
				t.Fatalf("%s %s is read from JSON as %v", name, want, again)
			}
		}
		c := make()
		reflect.ValueOf(c).Elem().SetUint(7)
		over := strconv.Itoa(1 << kind.Bits())
		for _, text := range []string{"", "-1", "+1", " 1", "1 ", "0x1", "1_0", "a", "7.0", over, "99999999999999999999999999", "\xff"} {
			if err := c.UnmarshalText([]byte(text)); !errors.Is(err, code.ErrNumber) || reflect.ValueOf(c).Elem().Uint() != 7 {
				t.Errorf("%s: %q is read as %v, %v", name, text, c, err)
			}
		}
		for _, text := range []string{`"1 "`, `""`, `"a"`, "-1", "1.0", "1e0", "true", "[]", "{}", over} {
			if err := json.Unmarshal([]byte(text), c); !errors.Is(err, code.ErrNumber) || reflect.ValueOf(c).Elem().Uint() != 7 {
				t.Errorf("%s: %s is read from JSON as %v, %v", name, text, c, err)
			}
		}
		if err := json.Unmarshal([]byte("null"), c); err != nil || reflect.ValueOf(c).Elem().Uint() != 7 {
			t.Errorf("%s: null is read as %v, %v", name, c, err)
		}
	}
	denials := map[code.Registration]int{133: 2, 64: 1}
	text, err := json.Marshal(denials)
	if err != nil || string(text) != `{"133":2,"64":1}` {
		t.Errorf("%s, %v", text, err)
	}
	var again map[code.Registration]int
	if err := json.Unmarshal(text, &again); err != nil || !reflect.DeepEqual(again, denials) {
		t.Errorf("%v, %v", again, err)
	}
}

// TestWordsAsText: roles and legs are their words, the zero value is the empty text.
func TestWordsAsText(t *testing.T) {
	type told struct {
		Role code.Role
		Leg  code.Leg
	}
	for want, v := range map[string]told{
		`{"Role":"","Leg":""}`:                  {},
		`{"Role":"homeAgent","Leg":"mn-ha"}`:    {code.HomeAgent, code.MNtoHA},
		`{"Role":"foreignAgent","Leg":"mn-fa"}`: {code.ForeignAgent, code.MNtoFA},
		`{"Role":"mobileNode","Leg":"fa-mn"}`:   {code.MobileNode, code.FAtoMN},
		`{"Role":"mobileNode","Leg":"fa-ha"}`:   {code.MobileNode, code.FAtoHA},
		`{"Role":"mobileNode","Leg":"ha-fa"}`:   {code.MobileNode, code.HAtoFA},
		`{"Role":"mobileNode","Leg":"ha-mn"}`:   {code.MobileNode, code.HAtoMN},
		`{"Role":"role 4","Leg":"leg 7"}`:       {4, 7},
		`{"Role":"role 255","Leg":"leg 255"}`:   {255, 255},
	} {
		text, err := json.Marshal(v)
		if err != nil || string(text) != want {
			t.Errorf("%s, %v, want %s", text, err, want)
		}
		again := told{2, 2}
		err = json.Unmarshal([]byte(want), &again)
		if wrong := v.Role > code.MobileNode; wrong && !errors.Is(err, code.ErrRole) || !wrong && (err != nil || again != v) {
			t.Errorf("%s is read as %v, %v", want, again, err)
		}
	}
	l, r := code.HAtoMN, code.HomeAgent
	for _, text := range []string{"MN-HA", "mn-ha ", "leg 1", "0", "homeagent", "role 1"} {
		if err := l.UnmarshalText([]byte(text)); !errors.Is(err, code.ErrLeg) || l != code.HAtoMN {
			t.Errorf("leg %q: %v, %v", text, l, err)
		}
		if err := r.UnmarshalText([]byte(text)); !errors.Is(err, code.ErrRole) || r != code.HomeAgent {
			t.Errorf("role %q: %v, %v", text, r, err)
		}
	}
}

// TestFaultValues: a fault and its reactions as values.
func TestFaultValues(t *testing.T) {
	f := code.NewFault("text", "RFC 5944 §1.8", code.Must, code.ToDiscard, 0, code.ToReject|70)
	other := code.NewFault("text", "RFC 5944 §1.8", code.Should, code.ToDiscard, 0, code.ToReject|70)
	if !f.Equal(*f) || f.Equal(*other) {
		t.Error("Equal")
	}
	const words = "text (RFC 5944 §1.8)"
	if got := fmt.Sprintf("%v, %v", f, *f); got != words+", "+words {
		t.Error(got)
	}
	text, err := json.Marshal(struct {
		Fault, None *code.Fault
		Err         error
		Value       code.Fault
		Reaction    code.Reaction
	}{f, nil, f, *f, f.Reaction(code.MobileNode)})
	if want := `{"Fault":"` + words + `","None":null,"Err":"` + words + `","Value":"` + words + `","Reaction":"reply 70"}`; err != nil || string(text) != want {
		t.Errorf("%s, %v", text, err)
	}
	if r := f.Reaction(code.MobileNode); !r.Equal(other.Reaction(code.MobileNode)) || r.Equal(f.Reaction(code.HomeAgent)) {
		t.Error("Equal of reactions")
	}
	for a, want := range map[code.Act]string{0: "", code.ToDiscard: "discard", code.ToReject | code.ShouldAnswer | 134: "SHOULD reply 134"} {
		if a.String() != want {
			t.Errorf("%q, want %q", a, want)
		}
	}
	for i, want := range []string{"not concerned", "ignore", "discard", "reject", "refuse", "action 5"} {
		if a := code.Action(i); a.String() != want {
			t.Errorf("%q, want %q", a, want)
		}
	}
}

// TestTextAllocations: appending a text costs nothing, nor does reading a number.
func TestTextAllocations(t *testing.T) {
	buf := make([]byte, 0, 64)
	var c code.Registration
	var k code.KeyAlgorithm
	n := testing.AllocsPerRun(1000, func() {
		b, _ := code.HAPoorlyFormedRequest.AppendText(buf)
		b, _ = code.KeyAlgorithm(65535).AppendText(b)
		b, _ = code.HomeAgent.AppendText(b)
		b, _ = code.FAtoMN.AppendText(b)
		if c.UnmarshalText(b[:3]) != nil || c != 134 || k.UnmarshalText(b[3:8]) != nil || k != 65535 || c.UnmarshalText(b) == nil {
			t.Fail()
		}
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}
