package fuzz_test

import (
	"bytes"
	"encoding"
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
	"github.com/go-mobileip/dsmipv4/dsmip/rules"
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
	for _, dir := range []string{"code", "ext", "mipv4", "dsmip", "dsmip/rules"} {
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
						if typ := filepath.Base(dir) + "." + name.Name; !have[typ] {
							t.Errorf("no function fills %s", typ)
						}
					}
				}
			}
		}
	}
	if n < 150 {
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
	KeyData  ext.MIPKeyData
	Client   ext.DHCPClientID
	Suffix   ext.DNSSuffix
	URL      ext.ConfigurationURL
	Length   ext.HomeNetworkPrefixLength
	Servers  ext.DNSServer
	Realms   ext.RouteOptimizationPrefix
	Outcome  dsmip.Outcome
	Matched  dsmip.Matched
	Messages [4]mipv4.Message
	Hears    mipv4.AgentAdvertisement
	Asks     mipv4.AgentSolicitation
	Found    mipv4.DiscoveryExtension
	Told     rules.Situation
	Verdict  rules.Verdict
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
		v, err := dsmip.Decode(x)
		if a, ok := v.(encoding.BinaryAppender); err == nil && ok {
			_, err = a.AppendBinary(nil)
		}
		if err != nil {
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
	}{e.NAI, e.Ask, e.Prefix, e.Granted, e.Mode, e.KeyData, e.Client, e.Suffix, e.URL, e.Length, e.Servers, e.Realms}
	for _, p := range e.Prefixes {
		appenders = append(appenders, p)
	}
	for _, a := range appenders {
		if b, err := a.AppendBinary(nil); err != nil || len(b) == 0 {
			t.Errorf("%#v: %v", a, err)
		}
	}
	if !e.Outcome.Asked.Prefix.Is6() || !e.Matched.Reply.Prefix.Is6() {
		t.Errorf("outcome %v, %v", e.Outcome, e.Matched)
	}
	for _, m := range e.Messages {
		b, err := m.AppendBinary(nil)
		if again, parseErr := mipv4.Parse(b); err != nil || parseErr != nil || again.String() != m.String() {
			t.Errorf("%v read back as %v, %v, %v", m, again, err, parseErr)
		}
	}
	if _, ok := e.Hears.Extensions.First(); !ok || e.Found.Kind() != mipv4.DiscoveryMobilityAgent && len(e.Found.Bytes()) < 2 {
		t.Errorf("advertisement %v, extension %v", e.Hears, e.Found)
	}
	for _, a := range []interface {
		AppendBinary([]byte) ([]byte, error)
	}{e.Hears, e.Asks} {
		b, err := a.AppendBinary(nil)
		if err == nil {
			_, err = mipv4.LocateDiscovery(b)
		}
		if err != nil {
			t.Errorf("%v: %v", a, err)
		}
	}
	// What was filled is enough to judge by.
	if e.Told.Leg.Request() {
		err = e.Told.CheckRequest(&e.Request)
	} else {
		err = e.Told.CheckReply(&e.Reply, nil)
	}
	if f, ok := err.(*code.Fault); ok && f.Breaks() == code.Caller {
		t.Errorf("%+v: %v", e.Told, err)
	}
	if len(e.Verdict.Extension.Bytes()) == 0 || e.Verdict.Offset != e.Verdict.Extension.Offset() {
		t.Errorf("verdict %+v", e.Verdict)
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

// TestEveryFunc: each function fills its type, and what is written on the wire can be.
func TestEveryFunc(t *testing.T) {
	f := gofuzz.NewWithSeed(2).NilChance(0).Funcs(fuzz.Funcs()...)
	written := 0
	for _, fill := range fuzz.Funcs() {
		typ := reflect.TypeOf(fill).In(0).Elem()
		for range 50 {
			v := reflect.New(typ)
			f.Fuzz(v.Interface())
			a, ok := v.Elem().Interface().(encoding.BinaryAppender)
			if !ok {
				break
			}
			written++
			if b, err := a.AppendBinary([]byte{0xa5}); err != nil || len(b) < 2 || b[0] != 0xa5 {
				t.Errorf("%v: %#v written as %x, %v", typ, a, b, err)
				break
			}
		}
	}
	if written < 80*50 {
		t.Errorf("only %d values were written", written)
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
