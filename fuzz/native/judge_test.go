package native

import (
	"bytes"
	"sync"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// campaigns are two for each leg, one a profile, and made once: libFuzzer calls FuzzJudge for
// every input.
var campaigns = sync.OnceValue(func() (all []*fuzz.Campaign) {
	home, err := ext.NewSecurityContext(256, ext.HMACMD5, []byte("sixteen byte key"))
	if err != nil {
		panic(err)
	}
	for leg := code.MNtoFA; leg <= code.FAtoMN; leg++ {
		for _, p := range []dsmip.Profile{dsmip.Draft06, dsmip.RFC5454} {
			c, err := fuzz.New(fuzz.Setup{Situation: rules.Situation{Leg: leg, Profile: p}, MobileHome: home})
			if err != nil {
				panic(err)
			}
			all = append(all, c)
		}
	}
	return all
})

// FuzzJudge: whatever a target answers can be judged, and a violation has a
// section.
func FuzzJudge(f *testing.F) {
	campaigns := campaigns()
	for i, b := range seeds() {
		f.Add(uint16(i), byte(i), b)
	}
	f.Fuzz(func(t *testing.T, index uint16, campaign byte, answer []byte) {
		c := campaigns[int(campaign)%len(campaigns)]
		k := c.Case(uint64(index), nil)
		if len(answer) >= mipv4.TypeReply.FixedLength() {
			// So that it is the answer to this case. The engine's bytes stay as they
			// are.
			answer = bytes.Clone(answer)
			home := k.HomeAddress.As4()
			copy(answer[4:8], home[:])
			for i := range 4 {
				answer[16+i] = byte(k.Identification >> (24 - 8*i))
			}
			if answer[0] == byte(mipv4.TypeReply) && !k.Answers(answer) {
				t.Errorf("%x is no answer", answer)
			}
		}
		for _, a := range [][]byte{nil, answer} {
			v := c.Judge(&k, a)
			for _, x := range v.Violations {
				if x.Text == "" || x.Source == "" {
					t.Errorf("%+v", x)
				}
			}
			if v.Seen == "" {
				t.Errorf("%+v", v)
			}
		}
	})
}
