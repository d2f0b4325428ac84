package main

import (
	"fmt"
	"iter"
	"net/netip"
	"reflect"
	"strings"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// plans has a plan for each struct of the library that has been printed.
type plans map[reflect.Type]*plan

// plan says how the fields of a struct are printed. A value is copied into room, and
// then read through what points there, which costs no allocation a value.
type plan struct {
	room   reflect.Value
	fields []planned
	cidr   func() (netip.Prefix, bool) // nil of a struct without a prefix
}

// planned is how one field is printed.
type planned struct {
	name  string
	form  form
	empty bool // it is printed when it is zero
	value reflect.Value
	addr  *netip.Addr           // of formAddress
	words fmt.Stringer          // of formWords and the codes
	list  func([]field) []field // of formList, appends the elements
}

// saidBefore are fields that say what the extension's type and sub-type do, or the list
// of extensions.
var saidBefore = map[string]bool{"extensions": true, "subType": true, "skippable": true}

// texts are the structs whose bytes are a text. Other bytes are printed as hex digits.
var texts = map[reflect.Type]bool{
	reflect.TypeFor[ext.MobileNodeNAI]():    true,
	reflect.TypeFor[ext.HAIdentity]():       true,
	reflect.TypeFor[ext.AAAHIdentity]():     true,
	reflect.TypeFor[ext.FANAI]():            true,
	reflect.TypeFor[ext.IMSI3GPP2]():        true,
	reflect.TypeFor[ext.MessageStringHA]():  true,
	reflect.TypeFor[ext.MessageStringFA]():  true,
	reflect.TypeFor[ext.ServiceSelection](): true,
	reflect.TypeFor[mipv4.AgentNAI]():       true,
}

// numbered are fields of bytes each of which is a number of its own.
var numbered = map[string]bool{"bidList": true, "prefixLengths": true}

// registers are the messages whose Lifetime is that of a registration, which 0 ends.
var registers = map[reflect.Type]bool{
	reflect.TypeFor[mipv4.Request]():         true,
	reflect.TypeFor[mipv4.Reply]():           true,
	reflect.TypeFor[mipv4.RegionalRequest](): true,
	reflect.TypeFor[mipv4.RegionalReply]():   true,
}

// append appends the fields of a message or of an extension that was decoded, by the
// names of their JSON tags, or their Go names with a small letter. What is nil has none.
func (p plans) append(all []field, v any) []field {
	switch v := v.(type) {
	case nil:
		return all
	case ext.Auth:
		return append(all,
			field{name: "spi", number: uint64(v.SPI())},
			field{name: "authenticator", form: formHex, bytes: v.Authenticator()})
	case ext.VendorExtension:
		names := [...]string{"vendorNVSEType", "vendorNVSEValue"}
		if v.Critical {
			names = [...]string{"vendorCVSEType", "vendorCVSEValue"}
		}
		return append(all,
			field{name: "vendorOrgID", number: uint64(v.Vendor)},
			field{name: names[0], number: uint64(v.Type)},
			field{name: names[1], form: formHex, bytes: v.Value})
	case ext.PrefixStructure:
		return appendStructure(all, v)
	}
	t := reflect.TypeOf(v)
	q := p[t]
	if q == nil {
		q = p.plan(t)
		p[t] = q
	}
	q.room.Set(reflect.ValueOf(v))
	return q.append(all)
}

// appendStructure appends one information structure of a Route Optimization Prefix
// Advertisement: a mobile router, or a prefix, which has other fields.
func appendStructure(all []field, s ext.PrefixStructure) []field {
	if s.MobileRouter.IsValid() {
		return append(all,
			field{name: "m", form: formBool, number: 1},
			field{name: "info", number: uint64(s.Info)},
			field{name: "mobileRouterHoA", form: formAddress, addr: s.MobileRouter})
	}
	d := field{name: "d", form: formBool}
	if s.Delta {
		d.number = 1
	}
	return append(all, d,
		field{name: "m", form: formBool},
		field{name: "plen", number: uint64(s.Prefix.Bits())},
		field{name: "prefix", form: formAddress, addr: s.Prefix.Addr()},
		cidrOf(s.Prefix),
		field{name: "realm", form: formHex, bytes: s.Realm})
}

// cidrOf is a prefix in one text.
func cidrOf(p netip.Prefix) field {
	return field{name: "cidr", form: formPrefix, addr: p.Addr(), number: uint64(p.Bits())}
}

// plan makes the plan of a struct.
func (p plans) plan(t reflect.Type) *plan {
	q := &plan{room: reflect.New(t).Elem()}
	for i := range t.NumField() {
		f := planned{value: q.room.Field(i), empty: true}
		tag, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if f.name = tag; tag == "" {
			f.name = strings.ToLower(t.Field(i).Name[:1]) + t.Field(i).Name[1:]
		}
		if saidBefore[f.name] {
			continue
		}
		f.empty = options != "omitempty"
		p.choose(&f, t)
		q.fields = append(q.fields, f)
	}
	if x, ok := q.room.Addr().Interface().(interface{ NetPrefix() (netip.Prefix, bool) }); ok {
		q.cidr = x.NetPrefix
	}
	return q
}

// choose completes the plan of a field of struct t by its type.
func (p plans) choose(f *planned, t reflect.Type) {
	at := f.value.Addr().Interface()
	f.words, _ = at.(fmt.Stringer)
	switch v := at.(type) {
	case *netip.Addr:
		f.form, f.addr = formAddress, v
		return
	case *mipv4.Flags, *mipv4.AgentFlags:
		f.form = formWords
		return
	case *mipv4.Identification:
		f.form = formIdentification
		return
	case *mipv4.SequenceNumber:
		f.form = formNumber
		return
	case *uint64:
		f.form = formHex64
		return
	case *mipv4.Lifetime:
		if f.form = formSeconds; registers[t] {
			f.form = formLifetime
		}
		return
	case *code.Registration:
		if f.form = formCode; registers[t] {
			f.form = formRegistrationCode
		}
		return
	case interface{ All() iter.Seq[netip.Addr] }:
		f.form = formList
		f.list = func(all []field) []field {
			for a := range v.All() {
				all = append(all, field{form: formAddress, addr: a})
			}
			return all
		}
		return
	case interface {
		All() iter.Seq[mipv4.RouterAddress]
	}:
		f.form, f.list = formList, objects(p, func() iter.Seq[mipv4.RouterAddress] { return v.All() })
		return
	case interface {
		All() iter.Seq[ext.PrefixStructure]
	}:
		f.form, f.list = formList, objects(p, func() iter.Seq[ext.PrefixStructure] { return v.All() })
		return
	}
	switch kind := f.value.Kind(); {
	case kind == reflect.Bool:
		f.form = formBool
	case f.value.CanUint() && f.words != nil:
		f.form = formCode
	case f.value.CanUint() && strings.HasSuffix(strings.ToLower(f.name), "lifetime"):
		f.form = formSeconds
	case f.value.CanUint():
		f.form = formNumber
	case f.value.CanInt():
		f.form = formSigned
	case kind == reflect.Array && f.name == "mac":
		f.form = formColons
	case kind == reflect.Slice && numbered[f.name]:
		f.form = formList
		f.list = func(all []field) []field {
			for _, n := range f.value.Bytes() {
				all = append(all, field{number: uint64(n)})
			}
			return all
		}
	case kind == reflect.Slice && texts[t]:
		f.form = formText
	default:
		f.form = formHex
	}
}

// objects returns what appends the elements of a list of structs.
func objects[T any](p plans, all func() iter.Seq[T]) func([]field) []field {
	return func(list []field) []field {
		for v := range all() {
			list = append(list, field{form: formObject, list: p.append(nil, v)})
		}
		return list
	}
}

// append appends the fields of what is in the room: no address that is not there, and
// no reserved bits that are zero.
func (q *plan) append(all []field) []field {
	for i := range q.fields {
		f := &q.fields[i]
		if !f.empty && f.value.IsZero() {
			continue
		}
		x := field{name: f.name, form: f.form}
		switch f.form {
		case formAddress:
			if x.addr = *f.addr; !x.addr.IsValid() {
				continue
			}
		case formBool:
			if f.value.Bool() {
				x.number = 1
			}
		case formSigned:
			x.number = uint64(f.value.Int())
		case formWords:
			x.text = f.words.String()
		case formCode, formRegistrationCode:
			x.number, x.text = f.value.Uint(), f.words.String()
		case formText, formHex, formColons:
			x.bytes = f.value.Bytes()
			if f.value.Kind() == reflect.Array {
				x.bytes = append([]byte(nil), x.bytes...) // the room is used again
			}
		case formList:
			x.list = f.list(nil)
		default:
			x.number = f.value.Uint()
		}
		all = append(all, x)
	}
	if q.cidr != nil {
		if cidr, ok := q.cidr(); ok {
			all = append(all, cidrOf(cidr))
		}
	}
	return all
}
