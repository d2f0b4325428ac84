package tunnel_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
)

// TestEncapsulationText: the names, and none.
func TestEncapsulationText(t *testing.T) {
	for i, want := range []string{"", "IP in IP", "GRE", "minimal encapsulation", "IP in UDP", "GRE in UDP", "minimal encapsulation in UDP"} {
		again := tunnel.Encapsulation(9)
		text, err := tunnel.Encapsulation(i).MarshalText()
		if err != nil || string(text) != want || again.UnmarshalText(text) != nil || again != tunnel.Encapsulation(i) {
			t.Errorf("%d: %s, %v, read as %v", i, text, err, again)
		}
	}
	e := tunnel.GRE
	for _, text := range []string{"gre", "encapsulation 7", "1", " "} {
		if err := e.UnmarshalText([]byte(text)); !errors.Is(err, tunnel.ErrNegotiated) || e != tunnel.GRE {
			t.Errorf("%q is read as %v, %v", text, e, err)
		}
	}
	buf := make([]byte, 0, 64)
	if n := testing.AllocsPerRun(1000, func() { _, _ = tunnel.MinimalInUDP.AppendText(buf) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestBindingAsJSON: an agent may keep its bindings as JSON.
func TestBindingAsJSON(t *testing.T) {
	for _, b := range []tunnel.Binding{{}, coLocated(draft, tunnel.IPinUDP, 1), visiting(draft, tunnel.GRE, 0)} {
		text, err := json.Marshal(b)
		var again tunnel.Binding
		if err != nil || json.Unmarshal(text, &again) != nil || !reflect.DeepEqual(again, b) {
			t.Errorf("%s, %v, read as %v, want %v", text, err, again, b)
		}
	}
}
