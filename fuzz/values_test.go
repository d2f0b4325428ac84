package fuzz_test

import (
	"encoding/binary"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/netip"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	gofuzz "github.com/google/gofuzz"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip/tunnel"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// tunnelTypes are the exported types of package tunnel, which Funcs does not fill.
var tunnelTypes = []reflect.Type{
	reflect.TypeFor[tunnel.Binding](),
	reflect.TypeFor[tunnel.Decapsulated](),
	reflect.TypeFor[tunnel.Encapsulation](),
	reflect.TypeFor[tunnel.GREKey](),
	reflect.TypeFor[tunnel.GREPacket](),
	reflect.TypeFor[tunnel.IPv4Header](),
	reflect.TypeFor[tunnel.IPv4Packet](),
	reflect.TypeFor[tunnel.MinimalPacket](),
	reflect.TypeFor[tunnel.Packet](),
	reflect.TypeFor[tunnel.Path](),
	reflect.TypeFor[tunnel.Scope](),
	reflect.TypeFor[tunnel.Tunnel](),
}

// valueTypes returns every exported type of the packages that read, write and judge but
// for interfaces, by reflection, and fails for one that the sources have and it lacks.
func valueTypes(t *testing.T) (types []reflect.Type) {
	t.Helper()
	have := map[string]bool{}
	add := func(typ reflect.Type) {
		if typ.Kind() != reflect.Interface && typ.PkgPath() != "" && !have[typ.String()] {
			have[typ.String()] = true
			types = append(types, typ)
		}
	}
	for _, f := range fuzz.Funcs() {
		add(reflect.TypeOf(f).In(0).Elem())
	}
	for _, typ := range tunnelTypes {
		add(typ)
	}
	for _, dir := range []string{"code", "ext", "mipv4", "dsmip", "dsmip/rules", "dsmip/tunnel"} {
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
			ast.Inspect(f, func(n ast.Node) bool {
				s, ok := n.(*ast.TypeSpec)
				if !ok || !s.Name.IsExported() {
					return true
				}
				_, isInterface := s.Type.(*ast.InterfaceType)
				if typ := filepath.Base(dir) + "." + s.Name.Name; !isInterface && !have[typ] {
					t.Errorf("%s is not among the values", typ)
				}
				return true
			})
		}
	}
	if len(types) < 170 {
		t.Errorf("only %d types", len(types))
	}
	return types
}

// filler fills any value of valueTypes.
func filler(seed int64) *gofuzz.Fuzzer {
	return gofuzz.NewWithSeed(seed).NilChance(0).NumElements(0, 4).Funcs(fuzz.Funcs()...).Funcs(
		func(a *netip.Addr, c gofuzz.Continue) { *a = netip.AddrFrom4([4]byte{192, 0, 2, byte(c.Uint32())}) },
		func(a *netip.AddrPort, c gofuzz.Continue) {
			*a = netip.AddrPortFrom(netip.AddrFrom4([4]byte{198, 51, 100, byte(c.Uint32())}), uint16(c.Uint32()))
		},
		func(p *netip.Prefix, c gofuzz.Continue) {
			*p = netip.PrefixFrom(netip.AddrFrom16([16]byte{0x20, 1, 0xd, 0xb8, byte(c.Uint32())}), 40)
		},
	)
}

// longest is how long a line of each kind may be: of an extension, of a message or a list,
// and of what a caller keeps.
func longest(typ reflect.Type) int {
	switch typ.PkgPath()[strings.LastIndexByte(typ.PkgPath(), '/')+1:] {
	case "ext":
		return 200
	case "mipv4":
		if _, ok := reflect.Zero(typ).Interface().(mipv4.Message); ok || typ == reflect.TypeFor[mipv4.AgentAdvertisement]() ||
			typ == reflect.TypeFor[mipv4.AgentSolicitation]() || typ == reflect.TypeFor[mipv4.DiscoveryList]() {
			return 4096
		}
		if typ == reflect.TypeFor[mipv4.RouterAddresses]() {
			return 1024
		}
		return 256
	}
	return 1024
}

// TestEveryValuePrints: every exported type has a String with a value as its receiver,
// which is short whatever the value holds.
func TestEveryValuePrints(t *testing.T) {
	for _, typ := range valueTypes(t) {
		if _, ok := reflect.Zero(typ).Interface().(fmt.Stringer); !ok {
			t.Errorf("%v has no String", typ)
			continue
		}
		f := filler(1)
		different := map[string]bool{}
		for i := range 60 {
			v := reflect.New(typ)
			if i > 0 {
				f.Fuzz(v.Interface())
			}
			if i > 30 {
				swell(v.Elem())
			}
			s := v.Elem().Interface().(fmt.Stringer).String()
			if len(s) > longest(typ) {
				t.Errorf("%v prints %d bytes: %.300s", typ, len(s), s)
				break
			}
			if strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) {
				t.Errorf("%v prints a control character: %q", typ, s)
			}
			different[s] = true
		}
		if typ.Kind() == reflect.Struct && typ.NumField() > 0 && len(different) < 2 {
			t.Errorf("%v prints always the same: %v", typ, different)
		}
	}
}

// swell makes every list and every string of bytes in a value, as far as a caller can, as
// long as a message.
func swell(v reflect.Value) {
	if !v.CanSet() {
		return
	}
	switch v.Kind() {
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			b := make([]byte, ext.MaxMessage)
			for i := range b {
				b[i] = 0x1b // the terminal's escape, and as a byte of hex or of a list as good as any
			}
			v.SetBytes(b)
			return
		}
		long := reflect.MakeSlice(v.Type(), 3000, 3000)
		for i := range 3000 {
			if v.Len() > 0 {
				long.Index(i).Set(v.Index(i % v.Len()))
			}
		}
		v.Set(long)
	case reflect.Struct:
		for i := range v.NumField() {
			swell(v.Field(i))
		}
	case reflect.Pointer:
		if v.Type() != reflect.TypeFor[*code.Fault]() && !v.IsNil() { // faults are shared
			swell(v.Elem())
		}
	}
}

// TestLongestMessagesPrint: a message of 65,535 bytes prints less than 4 KiB, whatever it
// is full of, and so do its list and its extensions.
func TestLongestMessagesPrint(t *testing.T) {
	types := 0
	for n := range 256 {
		fixed := mipv4.MessageType(n).FixedLength()
		if fixed == 0 {
			continue
		}
		types++
		for _, fill := range [][]byte{{0}, {131, 0}, {152, 1, 3}, {200, 255, 254: 0, 256: 0}, {50, 1, 0, 1, 0}} {
			b := make([]byte, fixed, ext.MaxMessage)
			b[0] = byte(n)
			for i := 1; i < fixed; i++ {
				b[i] = 0xff
			}
			for len(b)+len(fill) <= ext.MaxMessage {
				b = append(b, fill...)
			}
			m, err := mipv4.Parse(b)
			if err != nil {
				t.Fatal(n, err)
			}
			if s := m.String(); len(s) >= 4096 || strings.Count(s, "\n") > 0 {
				t.Errorf("type %d of %v prints %d bytes", n, fill[:1], len(s))
			}
			if s := m.List().String(); len(s) > 200 {
				t.Errorf("a list of %v prints %d bytes", fill[:1], len(s))
			}
		}
	}
	if types != 18 {
		t.Errorf("%d types of messages", types)
	}
	advertisement := append(make([]byte, 8, ext.MaxMessage), make([]byte, 255*8)...)
	copy(advertisement, []byte{9, 0, 0, 0, 255, 2, 0xff, 0xff})
	for i := range 255 {
		binary.BigEndian.PutUint64(advertisement[8+8*i:], 0xffffffff_80000000)
	}
	for len(advertisement)+2 <= ext.MaxMessage {
		advertisement = append(advertisement, 134, 0)
	}
	advertisement, err := mipv4.SetChecksum(advertisement)
	if err != nil {
		t.Fatal(err)
	}
	a, err := mipv4.ParseAgentAdvertisement(advertisement)
	if err != nil {
		t.Fatal(err)
	}
	if s := a.String(); len(s) >= 4096 {
		t.Errorf("an advertisement prints %d bytes", len(s))
	}
}

// holdsKey has the types that hold a key, which cmp must not look into.
var holdsKey = map[reflect.Type]bool{
	reflect.TypeFor[ext.SecurityContext](): true,
	reflect.TypeFor[ext.Association]():     true,
}

// TestEveryValueCompares: cmp.Diff compares values of every exported type, by themselves
// and in a struct, and finds the difference between different ones. What holds a key
// goes on to make it panic.
func TestEveryValueCompares(t *testing.T) {
	refused := 0
	for _, typ := range valueTypes(t) {
		if holdsKey[typ] {
			v := reflect.New(typ)
			filler(1).Fuzz(v.Interface())
			if !panics(func() { cmp.Diff(v.Elem().Interface(), v.Elem().Interface()) }) {
				t.Errorf("%v has a key and can be compared", typ)
			}
			refused++
			continue
		}
		f, again := filler(2), filler(2)
		before := reflect.New(typ)
		differences := 0
		for range 60 {
			v, w := reflect.New(typ), reflect.New(typ)
			f.Fuzz(v.Interface())
			again.Fuzz(w.Interface())
			x, y := v.Elem().Interface(), w.Elem().Interface()
			if diff, panicked := difference(x, y); panicked != nil || diff != "" {
				t.Errorf("%v: %v, %s", typ, panicked, diff)
				break
			}
			if diff, panicked := difference(before.Elem().Interface(), x); panicked != nil {
				t.Errorf("%v: %v", typ, panicked)
				break
			} else if diff != "" {
				differences++
			}
			if diff, panicked := difference([]any{v.Interface(), x}, []any{w.Interface(), y}); panicked != nil || diff != "" {
				t.Errorf("%v inside: %v, %s", typ, panicked, diff)
				break
			}
			before = v
		}
		if empty := typ.Kind() == reflect.Struct && typ.NumField() == 0; (differences == 0) != empty {
			t.Errorf("%v: %d differences", typ, differences)
		}
	}
	if refused != len(holdsKey) {
		t.Errorf("%d of %d types that hold a key", refused, len(holdsKey))
	}
}

// difference is cmp.Diff, and what it panics with.
func difference(x, y any) (diff string, panicked any) {
	defer func() { panicked = recover() }()
	return cmp.Diff(x, y), nil
}

func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}
