package ext_test

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// TestAnyBody: whatever the body holds, a type that reads it prints a short line, can be
// compared, and is written so that it reads as the same, or the caller is told that it must
// not be sent.
func TestAnyBody(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	read, sent := map[reflect.Type]int{}, map[reflect.Type]int{}
	for r := range ext.Registry() {
		for range 3000 {
			body := randomBody(random, r)
			b, err := ext.AppendRaw(nil, r.Kind, body)
			if err != nil {
				continue
			}
			x := only(t, b)
			for _, f := range figures {
				v, err := f.parse(x)
				if err != nil {
					if _, ok := err.(*code.Fault); !ok {
						t.Fatalf("%x: %v is no fault", b, err)
					}
					continue
				}
				read[reflect.TypeOf(v)]++
				if s := v.(typed).String(); len(s) > 200 {
					t.Errorf("String of %d bytes: %s", len(s), s)
				}
				if !f.equal(v, v) {
					t.Errorf("%v does not equal itself", v)
				}
				again, err := v.(typed).AppendBinary(nil)
				if err != nil {
					if err.(*code.Fault).Breaks() != code.Caller {
						t.Errorf("%x: %v", b, err)
					}
					continue
				}
				sent[reflect.TypeOf(v)]++
				w, err := f.parse(only(t, again))
				if err != nil || !f.equal(v, w) {
					t.Errorf("%x written as %x, which reads as %v, %v", b, again, w, err)
				}
			}
		}
	}
	for _, f := range figures {
		if kind := reflect.TypeOf(f.value); read[kind] == 0 || sent[kind] == 0 {
			t.Errorf("%v: %d read, %d sent", kind, read[kind], sent[kind])
		}
	}
}

// randomBody is a body of a legal size, mostly: random bytes, or one of a figure with bytes
// changed.
func randomBody(random *rand.Rand, r ext.Row) []byte {
	var bodies [][]byte
	for _, f := range figures {
		l, _ := ext.Parse(unhex(f.wire), 0)
		if x, _ := l.First(); x.Kind() == r.Kind {
			bodies = append(bodies, x.Body())
		}
	}
	if len(bodies) > 0 && random.IntN(2) == 0 {
		b := bytes.Clone(bodies[random.IntN(len(bodies))])
		for range random.IntN(3) {
			if len(b) > 0 {
				b[random.IntN(len(b))] = byte(random.Uint32())
			}
		}
		return b
	}
	b := make([]byte, random.IntN(min(r.Max, 300)+1))
	for i := range b {
		b[i] = byte(random.Uint32())
	}
	if random.IntN(2) == 0 {
		for i := range b {
			b[i] = 'a' + b[i]%26
		}
	}
	return b
}

// TestViews: what a type holds of the message is the message's bytes, and cannot be
// appended to over what follows.
func TestViews(t *testing.T) {
	for _, f := range figures {
		b := append(unhex(f.wire), 0)
		l, err := ext.Parse(b, 0)
		if err != nil {
			t.Fatal(err)
		}
		x, _ := l.First()
		v, err := f.parse(x)
		if err != nil {
			t.Fatal(err)
		}
		for i := range reflect.ValueOf(v).NumField() {
			field := reflect.ValueOf(v).Field(i)
			if field.Kind() != reflect.Slice || field.Len() == 0 {
				continue
			}
			view := field.Bytes()
			if cap(view) != len(view) {
				t.Errorf("%s: a view of %d bytes has room for %d", f.text, len(view), cap(view))
			}
			view[0] ^= 0xff
			if bytes.Equal(b[:len(b)-1], unhex(f.wire)) {
				t.Errorf("%s: no view of the message", f.text)
			}
			view[0] ^= 0xff
		}
	}
}

// TestOverlap: a body that lies in the room that its extension is written to arrives as it
// was.
func TestOverlap(t *testing.T) {
	for _, f := range figures {
		wire := unhex(f.wire)
		for shift := range 40 {
			buf := bytes.Repeat([]byte{0xa5}, 128)
			value := reflect.New(reflect.TypeOf(f.value)).Elem()
			value.Set(reflect.ValueOf(f.value))
			moved := false
			for i := range value.NumField() {
				if field := value.Field(i); field.Kind() == reflect.Slice && field.Len() > 0 && field.Type() != reflect.TypeFor[[]string]() {
					// The list of BIDs is short and copied first; every other type has one
					// slice.
					place := buf[4+shift:][:field.Len()]
					if moved {
						place = bytes.Clone(field.Bytes())
					}
					copy(place, field.Bytes())
					field.Set(reflect.ValueOf(place).Convert(field.Type()))
					moved = true
				}
			}
			b, err := value.Interface().(typed).AppendBinary(buf[:24])
			if err != nil || !bytes.Equal(b[24:], wire) {
				t.Errorf("%s from %d: %x, %v", f.text, 4+shift, b[24:], err)
			}
			if !moved {
				break
			}
		}
	}
}

// TestAuthValues: authentication extensions compare by their bytes and print a short line.
func TestAuthValues(t *testing.T) {
	parse := func(wire string) ext.Auth { return parseAuth(t, only(t, unhex(wire))) }
	a := parse("20 06 00000100 abcd")
	for wire, equal := range map[string]bool{
		"20 06 00000100 abcd": true, "21 06 00000100 abcd": false, "20 06 00000101 abcd": false, "20 06 00000100 abce": false, "20 05 00000100 ab": false,
	} {
		if b := parse(wire); a.Equal(b) != equal || b.Equal(a) != equal {
			t.Errorf("%v equals %v: %v", a, b, a.Equal(b))
		}
	}
	if !(ext.Auth{}).Equal(ext.Auth{}) || a.Equal(ext.Auth{}) {
		t.Error("the zero Auth")
	}
	if s := a.String(); s != "Mobile-Home Authentication SPI 256 authenticator abcd" {
		t.Error(s)
	}
	long := only(t, append(unhex("24 01 1000  00000002"), make([]byte, 4092)...))
	if s := parseAuth(t, long).String(); s != "Mobile-AAA Authentication SPI 2 authenticator "+strings.Repeat("00", 32)+"..." {
		t.Error(s)
	}
}

func parseAuth(t *testing.T, x ext.Raw) ext.Auth {
	a, err := ext.ParseAuth(x)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
