package main

import (
	"net/netip"
	"reflect"
	"strconv"
	"strings"

	"github.com/go-mobileip/dsmipv4/ext"
)

// fieldsOf lists the fields of a decoded extension, in the order of its type: by the name
// of the JSON tag, or the Go name with a small letter. A code is followed by its words, a
// prefix by one text that says what its two fields mean.
func fieldsOf(v any) []field {
	switch v := v.(type) {
	case nil:
		return nil
	case ext.Auth:
		return []field{{"spi", uint64(v.SPI()), ""}, {"authenticator", octets(v.Authenticator()), ""}}
	case ext.VendorExtension:
		name := "vendorNVSE"
		if v.Critical {
			name = "vendorCVSE"
		}
		return []field{{"vendorOrgID", uint64(v.Vendor), ""}, {name + "Type", uint64(v.Type), ""}, {name + "Value", octets(v.Value), ""}}
	}
	var all []field
	value := reflect.ValueOf(v)
	for i := range value.NumField() {
		all = appendField(all, keyOf(value.Type().Field(i)), value.Field(i), isText(v))
	}
	if p, ok := v.(interface{ NetPrefix() (netip.Prefix, bool) }); ok {
		if cidr, ok := p.NetPrefix(); ok {
			all = append(all, field{"cidr", cidr, ""})
		}
	}
	return all
}

// appendField appends what is printed of one field: nothing of an address that is not
// there.
func appendField(all []field, key string, value reflect.Value, text bool) []field {
	switch v := value.Interface().(type) {
	case netip.Addr:
		if v.IsValid() {
			all = append(all, field{key, v, ""})
		}
		return all
	case ext.AddressList:
		var list []any
		for a := range v.All() {
			list = append(list, a)
		}
		return append(all, field{key, list, ""})
	case ext.PrefixStructures:
		var list []any
		for s := range v.All() {
			list = append(list, structure(s))
		}
		return append(all, field{key, list, ""})
	case []byte:
		switch {
		case key == "bidList":
			var list []any
			for _, bid := range v {
				list = append(list, uint64(bid))
			}
			return append(all, field{key, list, ""})
		case text:
			return append(all, field{key, string(v), ""})
		}
		return append(all, field{key, octets(v), ""})
	case [6]byte:
		return append(all, field{key, words(colons(v[:])), ""})
	case [8]byte:
		return append(all, field{key, words(colons(v[:])), ""})
	case bool:
		return append(all, field{key, v, ""})
	case uint64: // an Identification
		s := strconv.FormatUint(v, 16)
		return append(all, field{key, words(strings.Repeat("0", 16-len(s)) + s), ""})
	case interface{ String() string }:
		n, s := value.Uint(), v.String()
		return append(all, field{key, n, strconv.FormatUint(n, 10) + ", " + s}, field{key + "Text", words(s), hidden})
	}
	return append(all, field{key, value.Uint(), ""})
}

// structure is one information structure of a Route Optimization Prefix Advertisement.
func structure(s ext.PrefixStructure) []field {
	if s.MobileRouter.IsValid() {
		return []field{{"m", true, ""}, {"info", uint64(s.Info), ""}, {"mobileRouterHoA", s.MobileRouter, ""}}
	}
	return []field{{"d", s.Delta, ""}, {"m", false, ""}, {"plen", uint64(s.Prefix.Bits()), ""}, {"prefix", s.Prefix.Addr(), ""},
		{"cidr", s.Prefix, hidden}, {"realm", octets(s.Realm), ""}}
}

// isText reports whether the bytes that a type holds are a text.
func isText(v any) bool {
	switch v.(type) {
	case ext.MobileNodeNAI, ext.HAIdentity, ext.AAAHIdentity, ext.FANAI, ext.IMSI3GPP2, ext.MessageStringHA, ext.MessageStringFA, ext.ServiceSelection:
		return true
	}
	return false
}

// keyOf is a field's name in the output.
func keyOf(f reflect.StructField) string {
	if tag, ok := f.Tag.Lookup("json"); ok {
		return tag
	}
	return strings.ToLower(f.Name[:1]) + f.Name[1:]
}

// colons is a link-layer address in the usual notation.
func colons(b []byte) string {
	var parts []string
	for _, c := range b {
		parts = append(parts, string("0123456789abcdef"[c>>4])+string("0123456789abcdef"[c&15]))
	}
	return strings.Join(parts, ":")
}
