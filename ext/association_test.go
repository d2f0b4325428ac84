package ext_test

import (
	"testing"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// signed returns a message of a fixed part of one byte with an extension of type
// 200, and behind it authenticators by the contexts, each of its kind, with an
// extension of type 201 in front of the second.
func signed(t *testing.T, first, second ext.SecurityContext) ext.List {
	t.Helper()
	msg := []byte{1, 200, 1, 'a'}
	msg, err := first.Sign(msg, ext.KindMobileHomeAuth)
	if err != nil {
		t.Fatal(err)
	}
	msg, err = second.Sign(append(msg, 201, 1, 'b'), ext.KindForeignHomeAuth)
	if err != nil {
		t.Fatal(err)
	}
	l, err := ext.Parse(append(msg, 202, 0), 1)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func contextOf(t *testing.T, spi uint32, a ext.Algorithm, key string) ext.SecurityContext {
	t.Helper()
	c, err := ext.NewSecurityContext(spi, a, []byte(key))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func auth(t *testing.T, l ext.List, k ext.Kind) ext.Auth {
	t.Helper()
	a, err := l.Auth(k)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAssociation(t *testing.T) {
	old := contextOf(t, 300, ext.HMACMD5, "the key of last year")
	now := contextOf(t, 300, ext.HMACSHA256, "the key of this year")
	other := contextOf(t, 301, ext.HMACMD5, "the key of last year")
	foreign := contextOf(t, 400, ext.HMACSHA1, "foreign and home agent")
	l := signed(t, now, foreign)
	home, fa := auth(t, l, ext.KindMobileHomeAuth), auth(t, l, ext.KindForeignHomeAuth)
	for _, tt := range []struct {
		name string
		a    ext.Association
		x    ext.Auth
		want error
		with ext.SecurityContext
	}{
		{"alone", ext.Association{now}, home, nil, now},
		{"the second of one SPI", ext.Association{old, now}, home, nil, now},
		{"behind another SPI", ext.Association{other, {}, now}, home, nil, now},
		{"another key of the SPI", ext.Association{old}, home, ext.ErrMobileHomeInvalid, ext.SecurityContext{}},
		{"an SPI that none has", ext.Association{other}, home, ext.ErrMobileHomeInvalid, ext.SecurityContext{}},
		{"an SPI that none has, Foreign-Home", ext.Association{other}, fa, ext.ErrForeignHomeInvalid, ext.SecurityContext{}},
		{"nothing", nil, home, ext.ErrNoAssociation, ext.SecurityContext{}},
		{"nothing but the zero context", ext.Association{{}}, home, ext.ErrNoAssociation, ext.SecurityContext{}},
		{"no authenticator", ext.Association{now}, ext.Auth{}, ext.ErrKind, ext.SecurityContext{}},
		{"nothing and no authenticator", nil, ext.Auth{}, ext.ErrKind, ext.SecurityContext{}},
	} {
		protected, with, err := tt.a.Verify(tt.x)
		if err != tt.want || with.String() != tt.with.String() {
			t.Errorf("%s: %v, %v", tt.name, with, err)
		}
		if want := tt.x.Protected(); err == nil && !protected.Equal(want) || err != nil && protected.Size() != 0 {
			t.Errorf("%s: protects %x", tt.name, protected.Bytes())
		}
	}
}

func TestAssociationSelect(t *testing.T) {
	a, b := contextOf(t, 300, ext.HMACMD5, "a"), contextOf(t, 301, ext.HMACMD5, "b")
	chap, reserved := contextOf(t, 2, ext.CHAP, "c"), contextOf(t, 255, ext.HMACMD5, "d")
	chap302 := contextOf(t, 302, ext.CHAP, "c")
	for _, tt := range []struct {
		name string
		a    ext.Association
		spi  uint32
		want uint32
	}{
		{"by its SPI", ext.Association{a, b}, 301, 301},
		{"the first", ext.Association{a, b}, 302, 300},
		{"the first that may sign", ext.Association{{}, chap, reserved, b, a}, 2, 301},
		{"CHAP, which has no SPI but 2", ext.Association{chap302, b, a}, 302, 301},
		{"none may sign", ext.Association{{}, chap, reserved}, 255, 0},
		{"none", nil, 300, 0},
	} {
		c, ok := tt.a.Select(tt.spi)
		if c.SPI() != tt.want || ok != (tt.want != 0) {
			t.Errorf("%s: %v, %v", tt.name, c, ok)
		}
	}
}

func TestAssociationString(t *testing.T) {
	a, b := contextOf(t, 300, ext.HMACMD5, "a"), contextOf(t, 301, ext.HMACSHA1, "b")
	for want, association := range map[string]ext.Association{
		"0 contexts":                   {},
		"1 context: SPI 300, hmac-md5": {a},
		"4 contexts: SPI 300, hmac-md5; SPI 301, hmac-sha1; SPI 300, hmac-md5; SPI 301, hmac-sha1":             {a, b, a, b},
		"5 contexts: SPI 300, hmac-md5; SPI 301, hmac-sha1; SPI 300, hmac-md5; SPI 301, hmac-sha1; and 1 more": {a, b, a, b, a},
	} {
		if got := association.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAssociationFaults(t *testing.T) {
	for _, tt := range []struct {
		fault *code.Fault
		role  code.Role
		want  string
	}{
		{ext.ErrNoAssociation, code.HomeAgent, "discard"},
		{ext.ErrNoAssociation, code.ForeignAgent, "unspecified (discard)"},
		{ext.ErrNoAssociation, code.MobileNode, "discard"},
		{ext.ErrMobileHomeInvalidRelayed, code.HomeAgent, "reply 131"},
		{ext.ErrMobileHomeInvalidRelayed, code.ForeignAgent, ""},
		{ext.ErrMobileHomeInvalid, code.HomeAgent, "MAY reply 131"},
	} {
		if got := tt.fault.Reaction(tt.role).String(); got != tt.want {
			t.Errorf("%v, %v: %q", tt.fault, tt.role, got)
		}
	}
}

func TestFind(t *testing.T) {
	l, err := ext.Parse([]byte{1, 200, 1, 'a', 131, 1, 'x', 131, 1, 'y', 0}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if x, ok := l.Find(ext.KindMobileNodeNAI); !ok || string(x.Body()) != "x" || x.Offset() != 4 {
		t.Errorf("%v: %x at %d", ok, x.Bytes(), x.Offset())
	}
	if x, ok := l.Find(ext.Kind(0)); !ok || x.Offset() != 10 {
		t.Errorf("%v: %d", ok, x.Offset())
	}
	for _, l := range []ext.List{l, {}} {
		if x, ok := l.Find(ext.KindChallenge); ok || len(x.Bytes()) != 0 {
			t.Errorf("%x", x.Bytes())
		}
	}
}

func TestBetween(t *testing.T) {
	home, foreign := contextOf(t, 300, ext.HMACMD5, "home"), contextOf(t, 400, ext.HMACMD5, "foreign")
	l, another := signed(t, home, foreign), signed(t, home, foreign)
	h, f := auth(t, l, ext.KindMobileHomeAuth), auth(t, l, ext.KindForeignHomeAuth)
	tail, err := ext.Parse(l.Message(), f.Offset())
	if err != nil {
		t.Fatal(err)
	}
	// 24 bytes of Mobile-Home stand behind the four of the fixed part and the first
	// extension.
	const a, b = "\xc8\x01a", "\xc9\x01b"
	whole := a + string(l.Message()[4:26]) + b
	for _, tt := range []struct {
		name     string
		l        ext.List
		from, to ext.Auth
		want     string
	}{
		{"the foreign agent's", l, h, f, b},
		{"the mobile node's", l, ext.Auth{}, h, a},
		{"all that Foreign-Home protects", l, ext.Auth{}, f, whole},
		{"nothing protects it", l, f, ext.Auth{}, ""},
		{"nothing at all", l, ext.Auth{}, ext.Auth{}, ""},
		{"the wrong way round", l, f, h, ""},
		{"one of them", l, h, h, ""},
		{"from another message", l, auth(t, another, ext.KindMobileHomeAuth), f, ""},
		{"to another message", l, h, auth(t, another, ext.KindForeignHomeAuth), ""},
		{"of what is protected already", f.Protected(), h, f, b},
		{"within the first part", h.Protected(), ext.Auth{}, f, a},
		{"behind the first part", h.Protected(), h, f, ""},
		{"of a list that begins with the second", tail, h, f, ""},
		{"of nothing", ext.List{}, h, f, ""},
	} {
		got := tt.l.Between(tt.from, tt.to)
		if string(got.Bytes()) != tt.want {
			t.Errorf("%s: %x", tt.name, got.Bytes())
		}
		if x, ok := got.First(); ok && string(x.Bytes()) != tt.want[:len(x.Bytes())] {
			t.Errorf("%s begins with %x", tt.name, x.Bytes())
		}
	}
}

func TestAssociationAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	home, foreign := contextOf(t, 300, ext.HMACMD5, "home"), contextOf(t, 400, ext.HMACMD5, "foreign")
	l := signed(t, home, foreign)
	h, f := auth(t, l, ext.KindMobileHomeAuth), auth(t, l, ext.KindForeignHomeAuth)
	right, wrong := ext.Association{foreign, home}, ext.Association{foreign}
	for range 5 {
		if n := testing.AllocsPerRun(1000, func() {
			right.Verify(h)
			wrong.Verify(h)
			ext.Association(nil).Verify(h)
			right.Select(301)
			l.Find(ext.KindForeignHomeAuth)
			l.Between(h, f)
		}); n == 0 {
			return
		}
	}
	t.Error("allocates")
}
