package rules_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
)

// answered has the packets of the review that break a MUST and are answered: an id, or
// what it begins with and a star.
var answered = strings.Fields("M01 M03 M04 M06 M08 M10.* M12 M20 M26 M29 M30 M40 M41 M43 M44 M45 M47 M50.* M60 M62 M64 M66 " +
	"M70 M72 M73 M75 M76 M77 M78 M95 M100 M101 M102 M103 M104 M105 M111 M112 M113 M114 M115 M121 M123 M124 M125 M126 M129 M133 M137 " +
	"X06 X07 X39 D63b D63c D66d K01 K01b K04 K06 K07 K08 K09 K11 K13 K15 K16 K18 K19 K21 K23 K25 K26 K33 K35 K36 K37 K38")

// TestReview judges the packets of a review of the rule book, which lie beside the
// repository when they are there. What conforms meets no fault that breaks a MUST; what is
// listed above does. Of the packets that are to break one, three meet a fault that the
// texts leave unclear: M17, for RFC 3519 §3.3 allows further encapsulations; K31, for
// RFC 5944 §3.8.2.1 also has the broadcast address answered with Code 136; and M80, for
// RFC 4433 §4.1.1 itself shows it.
func TestReview(t *testing.T) {
	file, err := os.ReadFile("../../../shared/golden/review.jsonl")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the packets are not there")
	}
	if err != nil {
		t.Fatal(err)
	}
	var open []string
	seen := map[string]bool{}
	rows := bufio.NewScanner(bytes.NewReader(file))
	rows.Buffer(nil, 1<<20)
	for rows.Scan() {
		var row struct {
			ID, Name, Leg, Profile, Edition, Hex, Asked, Want string
			MobileForeign, ForeignHome, Proxies               string
			RegistrationRequired                              bool
		}
		if err := json.Unmarshal(rows.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		s := rules.Situation{RegistrationRequired: row.RegistrationRequired,
			MobileForeign: knowledgeOf(t, row.MobileForeign), ForeignHome: knowledgeOf(t, row.ForeignHome), Proxies: knowledgeOf(t, row.Proxies)}
		var errs [3]error
		s.Leg, errs[0] = code.ParseLeg(row.Leg)
		s.Profile, errs[1] = dsmip.ParseProfile(row.Profile)
		if row.Edition != "" {
			s.Edition, errs[2] = rules.ParseEdition(row.Edition)
		}
		if err := errors.Join(errs[:]...); err != nil {
			t.Fatalf("%s: %v", row.ID, err)
		}
		m := parse(t, unhex(row.Hex))
		if row.Asked != "" {
			m.asked = parse(t, unhex(row.Asked)).request
		}
		var must, others []string
		for v := range m.verdicts(&s) {
			switch {
			case v.Fault == nil:
			case v.Fault.Breaks() == code.Caller:
				t.Fatalf("%s: %v", row.ID, v.Fault)
			case v.Fault.Breaks() == code.Must:
				must = append(must, v.Fault.Error())
			default:
				others = append(others, v.Fault.Error())
			}
		}
		listed := slices.ContainsFunc(answered, func(id string) bool {
			prefix, star := strings.CutSuffix(id, "*")
			return id == row.ID || star && strings.HasPrefix(row.ID, prefix)
		})
		seen[row.ID] = true
		switch row.Want {
		case "ok":
			if len(must) > 0 {
				t.Errorf("%s, %s: %v", row.ID, row.Name, must)
			}
		case "should", "unclear":
			if len(must) > 0 {
				t.Logf("%s, %s: %s, and breaks a MUST besides: %v", row.ID, row.Name, row.Want, must)
			}
		case "fault":
			switch {
			case listed && len(must) == 0:
				t.Errorf("%s, %s: breaks no MUST, only %v", row.ID, row.Name, others)
			case len(must) == 0:
				open = append(open, row.ID)
			case !listed:
				t.Logf("%s, %s: answered, and not listed", row.ID, row.Name)
			}
		default:
			t.Fatalf("%s: want %q", row.ID, row.Want)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	for _, id := range answered {
		prefix, star := strings.CutSuffix(id, "*")
		found := seen[id]
		for have := range seen {
			found = found || star && strings.HasPrefix(have, prefix)
		}
		if !found {
			t.Errorf("no packet %s", id)
		}
	}
	t.Logf("open: %s", strings.Join(open, " "))
}

func knowledgeOf(t *testing.T, word string) rules.Knowledge {
	switch word {
	case "", "unknown":
		return rules.Unknown
	case "shared", "served":
		return rules.Shared
	case "none":
		return rules.None
	}
	t.Fatalf("knowledge %q", word)
	return 0
}
