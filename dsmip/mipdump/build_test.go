package main

import (
	"bytes"
	"encoding"
	"encoding/hex"
	"net/netip"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestGoldenBuild writes every valid packet from its expectation, with the types of
// messages and extensions and with Sign, into poisoned memory.
func TestGoldenBuild(t *testing.T) {
	goldens(t, "valid", func(t *testing.T, b, _ []byte, want expectation) {
		m, err := mipv4.Parse(b)
		if err != nil {
			t.Fatal(err)
		}
		keys, err := parseKeys(want.Keys)
		if err != nil {
			t.Fatal(err)
		}
		builtGolden(t, b, m, want, func(out []byte, e wanted) ([]byte, error) {
			return buildExtension(t, out, b, e, keys)
		})
	})
	goldens(t, "icmp", func(t *testing.T, b, _ []byte, want expectation) {
		var m any
		m, err := mipv4.ParseAgentSolicitation(b)
		if want.all["message"] == "agentAdvertisement" {
			m, err = mipv4.ParseAgentAdvertisement(b)
		}
		if err != nil {
			t.Fatal(err)
		}
		if size, ok := want.all["addrEntrySize"].(float64); ok && size != 2 {
			return // the library writes the entries of RFC 1256
		}
		builtGolden(t, b, m, want, func(out []byte, e wanted) ([]byte, error) {
			out, err := buildDiscovery(t, out, b, e)
			if err != nil {
				return out, err
			}
			return mipv4.SetChecksum(out)
		})
	})
}

// builtGolden compares a message that is written from its expectation with b. Of m only
// the type counts.
func builtGolden(t *testing.T, b []byte, m any, want expectation, extension func([]byte, wanted) ([]byte, error)) {
	buf := bytes.Repeat([]byte{0xa5}, len(b)+64)
	msg, err := filled(t, m, want.all).AppendBinary(buf[:0])
	for _, e := range want.Extensions {
		if err == nil {
			msg, err = extension(msg, e)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(msg, b) {
		t.Errorf("built\n%x, want\n%x", msg, b)
	}
	if &msg[0] != &buf[0] {
		t.Error("the buffer was not used")
	}
	for i, c := range buf[len(msg):] {
		if c != 0xa5 {
			t.Fatalf("byte %d behind the message was written", i)
		}
	}
}

// buildExtension appends an extension. wire is the packet itself, from which come the
// extensions that no canonical encoder writes.
func buildExtension(t *testing.T, b, wire []byte, e wanted, keys []key) ([]byte, error) {
	kind := ext.Kind(e.Type)<<8 | ext.Kind(e.SubType)
	spi, _ := e.Fields["spi"].(float64)
	switch {
	case e.AsReceived:
		return append(b, wire[e.Offset:e.Offset+e.Size]...), nil
	case e.Verdict == valid && (spi > 255 || spi == 2):
		for _, k := range keys {
			if k.context.SPI() == uint32(spi) && (k.kind == 0 || k.kind == kind) {
				return sign(b, k.context, kind)
			}
		}
	}
	l, err := ext.Parse(wire, e.Offset)
	if err != nil {
		return b, err
	}
	x, _ := l.First()
	v, err := dsmip.Decode(x)
	if err != nil {
		return b, err
	}
	_, isAuth := v.(ext.Auth)
	legacy := kind == ext.KindLegacyCVSE || kind == ext.KindLegacyNVSE // which are read only
	if v == nil || isAuth || legacy || len(e.Body) == 0 {
		body, err := hex.DecodeString(e.Body)
		if err != nil {
			return b, err
		}
		return ext.AppendRaw(b, kind, body)
	}
	return filled(t, v, e.Fields).AppendBinary(b)
}

// buildDiscovery appends an extension of an advertisement or a solicitation.
func buildDiscovery(t *testing.T, b, wire []byte, e wanted) ([]byte, error) {
	if e.Fields == nil {
		body, err := hex.DecodeString(e.Body)
		if err != nil {
			return b, err
		}
		return mipv4.AppendDiscovery(b, mipv4.DiscoveryKind(e.Type)<<8|mipv4.DiscoveryKind(e.SubType), body)
	}
	l := mipv4.DiscoveryList{}
	if a, err := mipv4.ParseAgentAdvertisement(wire); err == nil {
		l = a.Extensions
	} else if s, err := mipv4.ParseAgentSolicitation(wire); err == nil {
		l = s.Extensions
	}
	for x := range l.All() {
		if x.Offset() == e.Offset {
			v, err := decodeDiscovery(x)
			if err != nil {
				return b, err
			}
			e.Fields["subType"] = float64(e.SubType)
			e.Fields["skippable"] = e.Type == 255
			return filled(t, v, e.Fields).AppendBinary(b)
		}
	}
	t.Fatalf("nothing at %d", e.Offset)
	return b, nil
}

// filled is a value of v's type whose fields are those of an expectation, by the names
// of its JSON tags.
func filled(t *testing.T, v any, fields map[string]any) encoding.BinaryAppender {
	value := reflect.New(reflect.TypeOf(v)).Elem()
	for i := range value.NumField() {
		f := value.Type().Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" {
			name = strings.ToLower(f.Name[:1]) + f.Name[1:]
		}
		if vendor, ok := v.(ext.VendorExtension); ok {
			figure := map[bool]string{false: "vendorNVSE", true: "vendorCVSE"}[vendor.Critical]
			switch name {
			case "critical":
				value.Field(i).SetBool(vendor.Critical)
			case "vendorType", "vendorValue":
				name = figure + strings.TrimPrefix(name, "vendor")
			}
		}
		if want, ok := fields[name]; ok && name != "extensions" {
			fill(t, value.Field(i), want, texts[value.Type()])
		}
	}
	return value.Interface().(encoding.BinaryAppender)
}

// fill sets a field from what JSON has for it.
func fill(t *testing.T, field reflect.Value, want any, text bool) {
	switch w := want.(type) {
	case bool:
		field.SetBool(w)
	case float64:
		if field.CanInt() {
			field.SetInt(int64(w))
		} else {
			field.SetUint(uint64(w))
		}
	case []any:
		field.Set(reflect.ValueOf(listOf(t, field.Interface(), w)))
	case string:
		switch field.Interface().(type) {
		case netip.Addr:
			field.Set(reflect.ValueOf(netip.MustParseAddr(w)))
			return
		case mipv4.Flags:
			for _, letter := range w {
				field.SetUint(field.Uint() | 0x80>>strings.IndexRune("SBDMGrTx", letter))
			}
			return
		case mipv4.AgentFlags:
			for _, letter := range w {
				field.SetUint(field.Uint() | 0x8000>>strings.IndexRune("RBHFMGrTUXI", letter))
			}
			return
		case mipv4.Identification, uint64:
			n, err := strconv.ParseUint(w, 16, 64)
			if err != nil {
				t.Fatal(err)
			}
			field.SetUint(n)
			return
		}
		b := []byte(w)
		if !text {
			var err error
			if b, err = hex.DecodeString(strings.ReplaceAll(w, ":", "")); err != nil {
				t.Fatal(err)
			}
		}
		if field.Kind() == reflect.Array {
			reflect.Copy(field, reflect.ValueOf(b).Convert(reflect.SliceOf(field.Type().Elem())))
		} else {
			field.SetBytes(b)
		}
	default:
		t.Fatalf("%T in an expectation", want)
	}
}

// listOf is a list of the type of v.
func listOf(t *testing.T, v any, list []any) any {
	var err error
	switch l := v.(type) {
	case []byte:
		for _, n := range list {
			l = append(l, byte(n.(float64)))
		}
		return l
	case ext.AddressList:
		for _, a := range list {
			if l, err = l.Append(netip.MustParseAddr(a.(string))); err != nil {
				t.Fatal(err)
			}
		}
		return l
	case mipv4.CareOfAddresses:
		var all []netip.Addr
		for _, a := range list {
			all = append(all, netip.MustParseAddr(a.(string)))
		}
		l, err = mipv4.NewCareOfAddresses(all...)
		if err != nil {
			t.Fatal(err)
		}
		return l
	case mipv4.RouterAddresses:
		var all []mipv4.RouterAddress
		for _, a := range list {
			a := a.(map[string]any)
			all = append(all, mipv4.RouterAddress{Address: netip.MustParseAddr(a["address"].(string)), PreferenceLevel: int32(a["preferenceLevel"].(float64))})
		}
		l, err = mipv4.NewRouterAddresses(all...)
		if err != nil {
			t.Fatal(err)
		}
		return l
	case ext.PrefixStructures:
		for _, e := range list {
			s := e.(map[string]any)
			switch {
			case s["m"] == true:
				l, err = l.AppendRouter(netip.MustParseAddr(s["mobileRouterHoA"].(string)), s["info"] == 1.)
			case s["d"] == true:
				// A delta is not written by the library: the byte that RFC 6521 §4.1
				// describes is the eight bits that end with the prefix.
				p := netip.MustParsePrefix(s["cidr"].(string))
				a := p.Addr().As4()
				bits := uint32(a[0])<<24 | uint32(a[1])<<16 | uint32(a[2])<<8 | uint32(a[3])
				l = append(l, 0x80|byte(p.Bits()), byte(bits>>(32-p.Bits())))
				l = append(l, unhex(t, s["realm"].(string))...)
			default:
				l, err = l.AppendPrefix(netip.MustParsePrefix(s["cidr"].(string)), bytes.TrimSuffix(unhex(t, s["realm"].(string)), []byte{0}))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		return l
	}
	t.Fatalf("a list of %T", v)
	return nil
}
