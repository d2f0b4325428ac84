package dsmip_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
)

// goldenPacket is a NAME.json beside the bytes of its NAME.hex, as far as it is about
// extensions.
type goldenPacket struct {
	name       string
	wire       []byte
	Extensions []struct {
		Type       ext.Type       `json:"type"`
		SubType    uint8          `json:"subType"`
		Name       string         `json:"name"`
		Offset     int            `json:"offset"`
		Size       int            `json:"size"`
		AsReceived bool           `json:"asReceived"`
		Fields     map[string]any `json:"fields"`
	} `json:"extensions"`
	Faults []struct {
		Offset int    `json:"offset"`
		Source string `json:"source"`
	} `json:"faults"`
}

// goldenPackets reads the packets of a folder that can be walked.
func goldenPackets(t *testing.T, folder string) []goldenPacket {
	names, _ := filepath.Glob("../testdata/golden/" + folder + "/*.json")
	if len(names) < 40 {
		t.Fatalf("%d packets in %s", len(names), folder)
	}
	var packets []goldenPacket
	for _, name := range names {
		p := goldenPacket{name: strings.TrimSuffix(filepath.Base(name), ".json")}
		b, err := os.ReadFile(name)
		if err == nil {
			err = json.Unmarshal(b, &p)
		}
		text, err2 := os.ReadFile(strings.TrimSuffix(name, ".json") + ".hex")
		if err != nil || err2 != nil {
			t.Fatal(name, err, err2)
		}
		digits := ""
		for line := range strings.Lines(string(text)) {
			row, _, _ := strings.Cut(line, "#")
			digits += strings.Join(strings.Fields(row), "")
		}
		if p.wire, err = hex.DecodeString(digits); err != nil {
			t.Fatal(name, err)
		}
		if len(p.Extensions) > 0 {
			packets = append(packets, p)
		}
	}
	return packets
}

// list walks the extensions of a packet, which start where the first of them is expected.
func (p goldenPacket) list(t *testing.T) ext.List {
	l, err := ext.Parse(p.wire, p.Extensions[0].Offset)
	if err != nil {
		t.Fatalf("%s: %v", p.name, err)
	}
	return l
}

// TestGoldenFields: every extension of the golden packets has the fields that its
// expectation names, and no others; and from these fields alone the extension is written
// into poisoned memory, byte for byte. No row of the registry is left out in either
// direction.
func TestGoldenFields(t *testing.T) {
	read, written := map[ext.Kind]bool{}, map[ext.Kind]bool{}
	for _, p := range goldenPackets(t, "valid") {
		l := p.list(t)
		x, ok := l.First()
		for _, e := range p.Extensions {
			if !ok || x.Offset() != e.Offset || len(x.Bytes()) != e.Size {
				t.Fatalf("%s: no extension of %d bytes at %d", p.name, e.Size, e.Offset)
			}
			v, err := dsmip.Decode(x)
			_, known := ext.Lookup(x.Kind())
			if err != nil || known != (v != nil) {
				t.Errorf("%s at %d: %v, %v", p.name, e.Offset, v, err)
			}
			if v != nil {
				read[x.Kind()] = true
				if got := fieldsOf(v); !reflect.DeepEqual(got, e.Fields) {
					t.Errorf("%s at %d, %T: %v, want %v", p.name, e.Offset, v, got, e.Fields)
				}
			}
			if _, isAuth := v.(ext.Auth); v != nil && !isAuth && !e.AsReceived {
				buf := bytes.Repeat([]byte{0xa5}, e.Size+16)
				b, err := filled(t, v, e.Fields).AppendBinary(buf[:0])
				want := bytes.Clone(x.Bytes())
				switch x.Kind() {
				case ext.KindLegacyCVSE:
					want[0] = 38
				case ext.KindLegacyNVSE:
					want[0] = 134
				case ext.KindMobileNodeNAI, ext.KindChallenge:
					if len(x.Body()) == 0 { // is read, and must not be sent
						want = nil
					}
				}
				if !bytes.Equal(b, want) || (err != nil) != (want == nil) || bytes.Count(buf[len(b):], []byte{0xa5}) != len(buf)-len(b) {
					t.Errorf("%s at %d, %T: written as %x, %v, want %x", p.name, e.Offset, v, b, err, want)
				}
				written[x.Kind()] = err == nil || written[x.Kind()]
			}
			x, ok = l.Next(x)
		}
		if ok {
			t.Errorf("%s: more extensions than expected", p.name)
		}
	}
	for r := range ext.Registry() {
		switch isAuth := r.Kind.Type() == 36 || r.Kind.Type() >= 32 && r.Kind.Type() <= 34; {
		case !read[r.Kind]:
			t.Errorf("%v: no golden packet has it", r.Kind)
		case !written[r.Kind] && !isAuth: // those are signed, not written
			t.Errorf("%v: no golden packet is written with it", r.Kind)
		}
	}
}

// TestGoldenFaults: of the packets that are malformed, those extensions fail to decode of
// which the expectation says so, with the source that it names, and each fault that a
// body can have in package ext is among them.
func TestGoldenFaults(t *testing.T) {
	seen := map[error]bool{}
	for _, p := range goldenPackets(t, "malformed") {
		sources := map[int]string{}
		for _, f := range p.Faults {
			sources[f.Offset] = f.Source
		}
		l := p.list(t)
		for x, ok := l.First(); ok; x, ok = l.Next(x) {
			v, err := dsmip.Decode(x)
			seen[err] = true
			source, want := sources[x.Offset()]
			if want != (err != nil) || err != nil && (v != nil || err.(*code.Fault).Source() != source) {
				t.Errorf("%s at %d: %v, %v, want a fault of %q", p.name, x.Offset(), v, err, source)
			}
		}
	}
	for _, fault := range []error{
		ext.ErrNoSubType, ext.ErrTunnelRequestReserved, ext.ErrMessageStringText, ext.ErrServiceText, ext.ErrSolicitedHoA,
		ext.ErrPrefixStructures, ext.ErrBIDCount, ext.ErrVendorOctet, dsmip.ErrPrefixLength,
	} {
		if !seen[fault] {
			t.Errorf("no malformed packet for: %v", fault)
		}
	}
}

// fieldsOf is a decoded extension in the form of an expectation: the name of each field is
// that of its JSON tag, or the Go name with a small letter.
func fieldsOf(v any) map[string]any {
	switch v := v.(type) {
	case ext.Auth:
		return map[string]any{"spi": float64(v.SPI()), "authenticator": hex.EncodeToString(v.Authenticator())}
	case ext.VendorExtension: // of which there are two figures
		name := vendorName(v.Critical)
		return map[string]any{"vendorOrgID": float64(v.Vendor), name + "Type": float64(v.Type), name + "Value": hex.EncodeToString(v.Value)}
	}
	fields := map[string]any{}
	value := reflect.ValueOf(v)
	for i := range value.NumField() {
		key, field := keyOf(value.Type().Field(i)), value.Field(i)
		switch f := field.Interface().(type) {
		case bool:
			fields[key] = f
		case uint64:
			fields[key] = hex.EncodeToString([]byte{byte(f >> 56), byte(f >> 48), byte(f >> 40), byte(f >> 32), byte(f >> 24), byte(f >> 16), byte(f >> 8), byte(f)})
		case interface{ String() string }:
			switch f := f.(type) {
			case netip.Addr:
				if f.IsValid() {
					fields[key] = f.String()
				}
			case ext.AddressList:
				var list []any
				for a := range f.All() {
					list = append(list, a.String())
				}
				fields[key] = list
			case ext.PrefixStructures:
				var list []any
				for s := range f.All() {
					list = append(list, structure(s))
				}
				fields[key] = list
			default:
				fields[key] = float64(field.Uint())
				fields[key+"Text"] = f.String()
			}
		case []byte:
			switch {
			case key == "bidList":
				var list []any
				for _, bid := range f {
					list = append(list, float64(bid))
				}
				fields[key] = list
			case isText(v):
				fields[key] = string(f)
			default:
				fields[key] = hex.EncodeToString(f)
			}
		case [6]byte:
			fields[key] = colons(f[:])
		case [8]byte:
			fields[key] = colons(f[:])
		default:
			fields[key] = float64(field.Uint())
		}
	}
	if p, ok := v.(interface{ NetPrefix() (netip.Prefix, bool) }); ok {
		if cidr, ok := p.NetPrefix(); ok {
			fields["cidr"] = cidr.String()
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return fields
}

// vendorName is how the fields of a vendor extension begin.
func vendorName(critical bool) string {
	if critical {
		return "vendorCVSE"
	}
	return "vendorNVSE"
}

// isText reports whether the bytes of a type are a text.
func isText(v any) bool {
	switch v.(type) {
	case ext.MobileNodeNAI, ext.HAIdentity, ext.AAAHIdentity, ext.FANAI, ext.IMSI3GPP2, ext.MessageStringHA, ext.MessageStringFA, ext.ServiceSelection:
		return true
	}
	return false
}

func structure(s ext.PrefixStructure) any {
	if s.MobileRouter.IsValid() {
		return map[string]any{"m": true, "info": float64(s.Info), "mobileRouterHoA": s.MobileRouter.String()}
	}
	return map[string]any{"d": s.Delta, "m": false, "plen": float64(s.Prefix.Bits()), "prefix": s.Prefix.Addr().String(),
		"cidr": s.Prefix.String(), "realm": hex.EncodeToString(s.Realm)}
}

func colons(b []byte) string {
	var parts []string
	for i := range b {
		parts = append(parts, hex.EncodeToString(b[i:i+1]))
	}
	return strings.Join(parts, ":")
}

func keyOf(f reflect.StructField) string {
	if tag, ok := f.Tag.Lookup("json"); ok {
		return tag
	}
	r := []rune(f.Name)
	r[0] = unicode.ToLower(r[0])
	return string(r)
}

// filled is a value of v's type whose fields are those of an expectation.
func filled(t *testing.T, v any, fields map[string]any) interface {
	AppendBinary([]byte) ([]byte, error)
} {
	if vendor, ok := v.(ext.VendorExtension); ok {
		name := vendorName(vendor.Critical)
		b, err := hex.DecodeString(fields[name+"Value"].(string))
		if err != nil {
			t.Fatal(err)
		}
		return ext.VendorExtension{Critical: vendor.Critical, Vendor: uint32(fields["vendorOrgID"].(float64)), Type: uint16(fields[name+"Type"].(float64)), Value: b}
	}
	value := reflect.New(reflect.TypeOf(v)).Elem()
	for i := range value.NumField() {
		key, field := keyOf(value.Type().Field(i)), value.Field(i)
		want, ok := fields[key]
		if !ok {
			continue // an address that is not there
		}
		switch w := want.(type) {
		case bool:
			field.SetBool(w)
		case float64:
			field.SetUint(uint64(w))
		case string:
			switch field.Interface().(type) {
			case netip.Addr:
				field.Set(reflect.ValueOf(netip.MustParseAddr(w)))
			case uint64:
				n, err := strconv.ParseUint(w, 16, 64)
				if err != nil {
					t.Fatal(err)
				}
				field.SetUint(n)
			default:
				b := []byte(w)
				if !isText(v) {
					var err error
					if b, err = hex.DecodeString(strings.ReplaceAll(w, ":", "")); err != nil {
						t.Fatal(err)
					}
				}
				if field.Kind() == reflect.Array {
					reflect.Copy(field, reflect.ValueOf(b))
				} else {
					field.SetBytes(b)
				}
			}
		case []any:
			field.Set(reflect.ValueOf(listOf(t, field.Interface(), w)))
		default:
			t.Fatalf("%s is %T", key, want)
		}
	}
	return value.Interface().(interface {
		AppendBinary([]byte) ([]byte, error)
	})
}

// listOf is a list of the type of v.
func listOf(t *testing.T, v any, list []any) any {
	switch l := v.(type) {
	case ext.AddressList:
		l = nil
		for _, a := range list {
			var err error
			if l, err = l.Append(netip.MustParseAddr(a.(string))); err != nil {
				t.Fatal(err)
			}
		}
		return l
	case ext.PrefixStructures:
		l = nil
		for _, e := range list {
			s := e.(map[string]any)
			var err error
			switch {
			case s["m"] == true:
				l, err = l.AppendRouter(netip.MustParseAddr(s["mobileRouterHoA"].(string)), s["info"] == 1.0)
			case s["d"] == true:
				// A delta is not written by the library: the byte that RFC 6521 §4.1
				// describes is the eight bits that end with the prefix.
				p := netip.MustParsePrefix(s["cidr"].(string))
				a := p.Addr().As4()
				bits := uint32(a[0])<<24 | uint32(a[1])<<16 | uint32(a[2])<<8 | uint32(a[3])
				realm, _ := hex.DecodeString(s["realm"].(string))
				l = append(append(l, 0x80|byte(p.Bits()), byte(bits>>(32-p.Bits()))), realm...)
			default:
				realm, _ := hex.DecodeString(s["realm"].(string))
				l, err = l.AppendPrefix(netip.MustParsePrefix(s["cidr"].(string)), realm[:len(realm)-1])
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		return l
	}
	var bids []byte
	for _, n := range list {
		bids = append(bids, byte(n.(float64)))
	}
	return bids
}
