package agent_test

import (
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/agent"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestReplayIsOfTheFirstContext: replay protection is that of the first of the mobile node's
// security contexts by which the request verifies.
func TestReplayIsOfTheFirstContext(t *testing.T) {
	r := request(mipv4.FlagDecapsulation, coLocated)
	for _, tt := range []struct {
		name string
		msg  []agent.Part
		spi  uint32
	}{
		{"Mobile-Home", parts(r.AppendBinary, signMH), 300},
		{"Mobile-Home and MN-AAA", parts(r.AppendBinary, signMH, signAAA), 300},
		{"MN-AAA", parts(r.AppendBinary, signAAA), 303},
	} {
		v := receiver(code.HomeAgent, dsmip.Draft06, allKeys)
		var spis []uint32
		v.Replay = func(_ mipv4.Request, c ext.SecurityContext) *agent.Replay {
			spis = append(spis, c.SPI())
			return &agent.Replay{Style: agent.ByTimestamps}
		}
		if _, err := v.Request(message(t, tt.msg...), from(coLocated, homeAgent)); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if len(spis) != 1 || spis[0] != tt.spi {
			t.Errorf("%s: replay protection is asked of %v, want %d", tt.name, spis, tt.spi)
		}
	}
}

// TestRefuseJudgesEveryPart: no denial goes out with a part that may not be in it, be it the
// only one.
func TestRefuseJudgesEveryPart(t *testing.T) {
	r := request(mipv4.FlagDecapsulation, coLocated)
	v := receiver(code.HomeAgent, dsmip.Draft06, allKeys)
	g, err := v.Request(message(t, r.AppendBinary, forgedMH), from(coLocated, homeAgent))
	if err != ext.ErrMobileHomeInvalid {
		t.Fatal(err)
	}
	text := ext.MessageStringHA{Text: []byte("no")}.AppendBinary
	key := ext.GREKey{KeyIdentifier: 7}.AppendBinary // which no mobile node gets
	for _, tt := range []struct {
		name  string
		parts []agent.Part
		want  bool
	}{
		{"none", nil, true},
		{"a string", parts(text), true},
		{"a key", parts(key), false},
		{"a string and a key", parts(text, key), false},
	} {
		if _, ok := g.Refuse(nil, err, tt.parts...); ok != tt.want {
			t.Errorf("%s: answered %v", tt.name, ok)
		}
	}
}

// TestForeignAgentTellsOnlyOfWhatStops: a foreign agent tells the mobile node of a fault of the
// home agent's reply by which it stops and that has a Code, and tells it whole or not at all.
func TestForeignAgentTellsOnlyOfWhatStops(t *testing.T) {
	asked := parsedRequest(t, request(0, foreignAgent).AppendBinary, signMH, signMF)
	reply := mipv4.Reply{Lifetime: 1800, HomeAddress: homeAddress, HomeAgent: homeAgent, Identification: asked.Identification}
	v := receiver(code.ForeignAgent, dsmip.Draft06, allKeys)
	g, err := v.Reply(message(t, reply.AppendBinary, signMH), &asked, from(homeAgent, foreignAgent))
	if err != ext.ErrNoForeignHome {
		t.Fatal(err)
	}
	fails := func(b []byte) ([]byte, error) { return b, ext.ErrKey }
	for _, tt := range []struct {
		name  string
		fault error
		parts []agent.Part
		want  bool
	}{
		{"what stops, with a Code", ext.ErrNoForeignHome, nil, true},
		{"what is ignored, with a Code", rules.ErrReservedFlags, nil, false},
		{"what stops, without a Code", mipv4.ErrOtherIdentification, nil, false},
		{"a part that fails", ext.ErrNoForeignHome, parts(fails), false},
	} {
		if b, ok := g.Refuse([]byte{7}, tt.fault, tt.parts...); ok != tt.want || (len(b) > 1) != tt.want || b[0] != 7 {
			t.Errorf("%s: tells %v, %x", tt.name, ok, b)
		}
	}
}
