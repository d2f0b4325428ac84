package rules

import (
	"slices"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// TestPlaces: the rows stand in ascending order, each kind once and in the registry,
// and the texts of their faults begin with the registry's name for it.
func TestPlaces(t *testing.T) {
	if !slices.IsSortedFunc(places[:], func(a, b place) int { return int(a.kind) - int(b.kind) }) {
		t.Error("places is not in ascending order")
	}
	for i := range places {
		p := &places[i]
		if i > 0 && places[i-1].kind == p.kind {
			t.Errorf("%v stands twice", p.kind)
		}
		row, ok := ext.Lookup(p.kind)
		if !ok {
			t.Errorf("%v is not in the registry", p.kind)
			continue
		}
		const requests = forHomeAgent | keyRequest | forForeignAgent | challenge | foreignForHome
		const replies = forMobileNode | homeForForeign | foreignForMobile | returned
		if p.request&^(requests|free) != 0 || p.reply&^(replies|free) != 0 || p.request == 0 && p.reply == 0 {
			t.Errorf("%v: places %b and %b", p.kind, p.request, p.reply)
		}
		// A fault for what can be broken, and none for what cannot.
		anywhere := (p.request == 0 || p.request&free != 0) && (p.reply == 0 || p.reply&free != 0)
		if (p.misplaced == nil) != anywhere || (p.wrong == nil) != (p.request != 0 && p.reply != 0) {
			t.Errorf("%v: misplaced %v, wrong %v", p.kind, p.misplaced, p.wrong)
		}
		wrong := " in a Registration Request"
		if p.reply == 0 {
			wrong = " in a Registration Reply"
		}
		for end, f := range map[string]*code.Fault{" is out of place": p.misplaced, wrong: p.wrong} {
			if f != nil && f.Text() != row.Name+end {
				t.Errorf("%q, want %q", f.Text(), row.Name+end)
			}
			if f != nil && (f.Breaks() != code.Must || f.Source() == "") {
				t.Errorf("%v breaks %v", f, f.Breaks())
			}
		}
	}
}

// TestFirstPlace: the letter of every type is that of its first row, and placeOf finds
// every row and no other.
func TestFirstPlace(t *testing.T) {
	if len(firstPlace) != 256 {
		t.Fatalf("%d types", len(firstPlace))
	}
	for n := range 256 {
		i := slices.IndexFunc(places[:], func(p place) bool { return p.kind.Type() == ext.Type(n) })
		letter := byte('.')
		if i >= 0 {
			letter = byte('A' + i)
		}
		if firstPlace[n] != letter {
			t.Errorf("type %d: %c, want %c", n, firstPlace[n], letter)
		}
		for sub := range 256 {
			k := ext.Kind(n<<8 | sub)
			i := slices.IndexFunc(places[:], func(p place) bool { return p.kind == k })
			want := &anywhere
			if i >= 0 {
				want = &places[i]
			}
			if placeOf(k) != want {
				t.Errorf("%v: place %+v, want %+v", k, placeOf(k), want)
			}
		}
		// A short form without sub-type is of no row's kind.
		if p := placeOf(1<<16 | ext.Kind(n)<<8); p != &anywhere {
			t.Errorf("type %d without sub-type: %+v", n, p)
		}
	}
	if strings.Count(firstPlace, ".") == 256 {
		t.Error("no row")
	}
}
