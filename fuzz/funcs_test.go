package fuzz_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"net/netip"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	gofuzz "github.com/google/gofuzz"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestFuncsCoverEveryType reads the sources for exported types that gofuzz would
// have to fill without help.
func TestFuncsCoverEveryType(t *testing.T) {
	have := map[string]bool{}
	for _, f := range fuzz.Funcs() {
		have[reflect.TypeOf(f).In(0).Elem().String()] = true
	}
	n := 0
	for _, dir := range []string{"code", "ext", "mipv4", "dsmip"} {
		files, err := filepath.Glob("../" + dir + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal(dir, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range f.Decls {
				g, ok := d.(*ast.GenDecl)
				if !ok || g.Tok != token.TYPE {
					continue
				}
				for _, s := range g.Specs {
					if name := s.(*ast.TypeSpec).Name; name.IsExported() {
						n++
						if !have[dir+"."+name.Name] {
							t.Errorf("no function fills %s.%s", dir, name.Name)
						}
					}
				}
			}
		}
	}
	if n < 30 {
		t.Errorf("only %d types found", n)
	}
}

// everything has a field of every kind of value that matters.
type everything struct {
	Request  mipv4.Request
	Reply    mipv4.Reply
	Answer   mipv4.Answer
	List     ext.List
	Raw      ext.Raw
	Auth     ext.Auth
	Context  ext.SecurityContext
	NAI      ext.MobileNodeNAI
	Ask      ext.Challenge
	Prefix   dsmip.PrefixRequest
	Granted  dsmip.PrefixReply
	Mode     dsmip.TunnelingMode
	Fault    *code.Fault
	Kind     ext.Kind
	Prefixes []dsmip.PrefixRequest
	Flags    mipv4.Flags
}

func (e *everything) check(t *testing.T) {
	for _, a := range []netip.Addr{
		e.Request.HomeAddress, e.Request.HomeAgent, e.Request.CareOfAddress, e.Reply.HomeAddress, e.Reply.HomeAgent,
		e.Answer.Address, e.Answer.HomeAddress,
	} {
		if !a.Is4() {
			t.Errorf("address %v", a)
		}
	}
	msg, err := e.Request.MarshalBinary()
	if again, parseErr := mipv4.ParseRequest(msg); err != nil || parseErr != nil || !again.Extensions.Equal(e.Request.Extensions) {
		t.Errorf("request: %v, %v", err, parseErr)
	}
	msg, err = e.Reply.MarshalBinary()
	if again, parseErr := mipv4.ParseReply(msg); err != nil || parseErr != nil || !again.Extensions.Equal(e.Reply.Extensions) {
		t.Errorf("reply: %v, %v", err, parseErr)
	}
	for x, ok := e.Request.Extensions.First(); ok; x, ok = e.Request.Extensions.Next(x) {
		if err := x.Check(); err != nil {
			t.Errorf("%x: %v", x.Bytes(), err)
		}
	}
	if len(e.Raw.Bytes()) == 0 || e.Auth.SPI() < 256 || len(e.Auth.Authenticator()) < 16 || e.Context.SPI() < 256 {
		t.Errorf("raw %x, auth of SPI %d with %x, context %v", e.Raw.Bytes(), e.Auth.SPI(), e.Auth.Authenticator(), e.Context)
	}
	if _, err := e.Context.Sign(msg, ext.KindMobileHomeAuth); err != nil {
		t.Errorf("%v cannot sign: %v", e.Context, err)
	}
	appenders := []interface {
		AppendBinary([]byte) ([]byte, error)
	}{e.NAI, e.Ask, e.Prefix, e.Granted, e.Mode}
	for _, p := range e.Prefixes {
		appenders = append(appenders, p)
	}
	for _, a := range appenders {
		if b, err := a.AppendBinary(nil); err != nil || len(b) == 0 {
			t.Errorf("%#v: %v", a, err)
		}
	}
	if e.Fault == nil || e.Fault.Source() == "" {
		t.Errorf("fault %v", e.Fault)
	}
}

func TestFuncsFill(t *testing.T) {
	f := gofuzz.NewWithSeed(1).NilChance(0).Funcs(fuzz.Funcs()...)
	different := map[string]bool{}
	for range 500 {
		var e everything
		f.Fuzz(&e)
		e.check(t)
		different[e.Request.String()] = true
	}
	if len(different) < 490 {
		t.Errorf("only %d different requests of 500", len(different))
	}
}

// TestFiller: equal bytes give equal values, others others, and the first bytes
// count.
func TestFiller(t *testing.T) {
	f := fuzz.NewFiller()
	steer := bytes.Repeat([]byte{0x37, 0x11, 0xe0, 0x5a, 0x90}, 100)
	fill := func(b []byte) string {
		var e everything
		f.Fill(b, &e)
		e.check(t)
		return e.Request.String()
	}
	first := fill(steer)
	if fill(nil) == first || fill(steer) != first || fuzz.NewFiller() == f {
		t.Error("a value does not follow from the bytes")
	}
	changed := 0
	for i := range 20 {
		other := bytes.Clone(steer)
		other[i] ^= 0xff
		if fill(other) != first {
			changed++
		}
	}
	if changed < 10 {
		t.Errorf("of the first 20 bytes %d count", changed)
	}
}
