package main

import (
	"encoding/hex"
	"net/netip"
	"strconv"
	"time"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// field is one field of a message or of an extension, or one element of a list.
type field struct {
	name   string // in camelCase, "" of an element
	form   form
	number uint64
	text   string // words of this program
	bytes  []byte // of the packet
	addr   netip.Addr
	list   []field
}

// form says what a field holds and how it is printed.
type form uint8

const (
	formNumber           form = iota // number
	formSigned                       // number, an int64
	formBool                         // number, 0 or 1
	formWords                        // text
	formText                         // bytes, a text that the packet holds
	formHex                          // bytes
	formColons                       // bytes, a link-layer address
	formAddress                      // addr
	formPrefix                       // addr, and number bits of it
	formIdentification               // number, of 16 hex digits
	formHex64                        // the same, where it may not be a time
	formLifetime                     // number seconds of a registration
	formSeconds                      // number seconds
	formDifference                   // number seconds, an int64
	formCode                         // number, and text for what it means
	formRegistrationCode             // the same, of a registration
	formList                         // list, of elements
	formObject                       // list, of fields
)

// appendMember appends a field as a member of a JSON object; of a code a second member
// with its words.
func appendMember(o *object, f *field) {
	o.key(f.name)
	o.b = appendValue(o.b, f)
	if f.form == formCode || f.form == formRegistrationCode {
		o.b = append(append(append(o.b, `,"`...), f.name...), `Text":`...)
		o.b = appendString(o.b, f.text)
	}
}

// appendValue appends the value of a field as JSON.
func appendValue(b []byte, f *field) []byte {
	switch f.form {
	case formNumber, formLifetime, formSeconds, formCode, formRegistrationCode:
		return strconv.AppendUint(b, f.number, 10)
	case formSigned, formDifference:
		return strconv.AppendInt(b, int64(f.number), 10)
	case formBool:
		return strconv.AppendBool(b, f.number != 0)
	case formWords:
		return appendString(b, f.text)
	case formText:
		return appendString(b, string(f.bytes))
	case formList:
		return appendArray(b, f.list, appendValue)
	case formObject:
		return appendObject(b, f.list)
	}
	return append(appendBare(append(b, '"'), f), '"')
}

// appendObject appends fields as a JSON object.
func appendObject(b []byte, all []field) []byte {
	o := object{b: append(b, '{')}
	for i := range all {
		appendMember(&o, &all[i])
	}
	return append(o.b, '}')
}

// appendBare appends a value that is written alike in JSON and for reading.
func appendBare(b []byte, f *field) []byte {
	switch f.form {
	case formHex:
		return hex.AppendEncode(b, f.bytes)
	case formColons:
		for i, c := range f.bytes {
			if i > 0 {
				b = append(b, ':')
			}
			b = hex.AppendEncode(b, []byte{c})
		}
		return b
	case formAddress:
		return f.addr.AppendTo(b)
	case formPrefix:
		return netip.PrefixFrom(f.addr, int(f.number)).AppendTo(b)
	}
	return appendHex64(b, f.number)
}

// appendHex64 appends the 16 hex digits of an Identification.
func appendHex64(b []byte, n uint64) []byte {
	const digits = "0123456789abcdef"
	for shift := 60; shift >= 0; shift -= 4 {
		b = append(b, digits[n>>shift&15])
	}
	return b
}

// appendWords appends the value of a field for reading. What a packet says is quoted:
// it must not reach a terminal as it is.
func appendWords(b []byte, f *field) []byte {
	switch f.form {
	case formNumber:
		return strconv.AppendUint(b, f.number, 10)
	case formSigned:
		return strconv.AppendInt(b, int64(f.number), 10)
	case formBool:
		return strconv.AppendBool(b, f.number != 0)
	case formWords:
		return append(b, f.text...)
	case formText:
		return strconv.AppendQuote(b, string(f.bytes))
	case formIdentification:
		b = append(appendHex64(b, f.number), ", as a time "...)
		return mipv4.Identification(f.number).Time().AppendFormat(b, "2006-01-02 15:04:05.000000 UTC")
	case formLifetime:
		return append(b, mipv4.Lifetime(f.number).String()...)
	case formSeconds:
		return append(strconv.AppendUint(b, f.number, 10), 's')
	case formDifference:
		return append(b, (time.Duration(int64(f.number)) * time.Second).String()...)
	case formCode:
		return append(append(strconv.AppendUint(b, f.number, 10), ", "...), f.text...)
	case formRegistrationCode:
		b = append(strconv.AppendUint(b, f.number, 10), ", "...)
		b = append(append(b, code.Registration(f.number).Origin().String()...), ": "...)
		return append(b, f.text...)
	case formList:
		for i := range f.list {
			if i > 0 {
				b = append(b, "; "...)
			}
			b = appendWords(b, &f.list[i])
		}
		return b
	case formObject:
		for i := range f.list {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = append(append(b, f.list[i].name...), ' ')
			b = appendWords(b, &f.list[i])
		}
		return b
	}
	return appendBare(b, f)
}
