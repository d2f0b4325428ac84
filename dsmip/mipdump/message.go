package main

import (
	"encoding/hex"
	"encoding/json"
	"net/netip"
	"strings"
	"unicode"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// message is what is printed of a packet: a registration message, or why the
// packet is none. The tags are the JSON keys.
type message struct {
	Line           int                `json:"line"`
	Message        string             `json:"message,omitempty"`
	Type           mipv4.MessageType  `json:"type,omitempty"`
	Flags          *letters           `json:"flags,omitempty"`
	Lifetime       *mipv4.Lifetime    `json:"lifetime,omitempty"`
	HomeAddress    netip.Addr         `json:"homeAddress,omitzero"`
	HomeAgent      netip.Addr         `json:"homeAgent,omitzero"`
	CareOfAddress  netip.Addr         `json:"careOfAddress,omitzero"`
	Identification *hexIdentification `json:"identification,omitempty"`
	Code           *code.Registration `json:"code,omitempty"`
	Extensions     []extension        `json:"extensions,omitzero"`
	Faults         []fault            `json:"faults,omitempty"`

	Error  string `json:"error,omitempty"`
	Source string `json:"source,omitempty"`
	Offset *int   `json:"offset,omitempty"`
}

// letters prints flags as text.
type letters mipv4.Flags

func (l letters) MarshalText() ([]byte, error) { return []byte(mipv4.Flags(l).String()), nil }

// hexIdentification prints an identification as 16 hex digits.
type hexIdentification mipv4.Identification

func (id hexIdentification) MarshalText() ([]byte, error) {
	return []byte(mipv4.Identification(id).String()), nil
}

// extension is one extension of a message.
type extension struct {
	Offset        int      `json:"offset"`
	Type          ext.Type `json:"type"`
	SubType       *uint8   `json:"subType,omitempty"`
	Name          string   `json:"name"`
	Size          int      `json:"size"`
	Body          hexBytes `json:"body"`
	Fields        fields   `json:"fields,omitempty"`
	Authenticator string   `json:"authenticator,omitempty"`

	kind ext.Kind
}

// hexBytes prints bytes as hex.
type hexBytes []byte

func (b hexBytes) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(b)), nil }

// fault is what is wrong at one place of a message.
type fault struct {
	Offset int    `json:"offset"`
	Fault  string `json:"fault"`
	Source string `json:"source"`
	// Reaction is there when the message is judged by the rules of a leg.
	Reaction *reactions `json:"reaction,omitempty"`
}

// fields are the decoded fields of an extension in the order of the wire.
type fields []field

type field struct {
	name  string
	value any
}

func (f fields) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, x := range f {
		if i > 0 {
			b = append(b, ',')
		}
		v, err := json.Marshal(x.value)
		if err != nil {
			return nil, err
		}
		b = append(append(append(append(b, '"'), x.name...), '"', ':'), v...)
	}
	return append(b, '}'), nil
}

// maxVerified bounds how many authenticators of one message are verified: each
// covers all that stands before it, and a packet may be made of nothing else.
// The rules allow four.
const maxVerified = 16

// read turns a packet into what is printed of it.
func read(p packet, keys []key, by rules) message {
	m := message{Line: p.line}
	if p.fault != nil {
		return m.refused(len(p.bytes), p.fault)
	}
	if offset, f := mipv4.Locate(p.bytes); f != nil {
		return m.refused(offset, f)
	}
	m.Type = mipv4.MessageType(p.bytes[0])
	m.Message = camelCase(m.Type.String())
	if m.Type == mipv4.TypeRequest {
		r, err := mipv4.ParseRequest(p.bytes)
		if err != nil {
			return m.refused(0, err.(*code.Fault))
		}
		m.Flags = (*letters)(&r.Flags)
		m.Lifetime = &r.Lifetime
		m.HomeAddress, m.HomeAgent, m.CareOfAddress = r.HomeAddress, r.HomeAgent, r.CareOfAddress
		m.Identification = (*hexIdentification)(&r.Identification)
		m.list(r.Extensions, keys)
		m.add(by.profile.RequestFaults(&r, by.situation))
		return m
	}
	r, err := mipv4.ParseReply(p.bytes)
	if err != nil {
		return m.refused(0, err.(*code.Fault))
	}
	m.Code = &r.Code
	m.Lifetime = &r.Lifetime
	m.HomeAddress, m.HomeAgent = r.HomeAddress, r.HomeAgent
	m.Identification = (*hexIdentification)(&r.Identification)
	m.list(r.Extensions, keys)
	m.add(by.profile.ReplyFaults(&r, nil, by.situation))
	return m
}

// refused is the message of a packet that does not parse.
func (m message) refused(offset int, f *code.Fault) message {
	return message{Line: m.Line, Error: f.Text(), Source: f.Source(), Offset: &offset}
}

// list adds the extensions and their layout faults.
func (m *message) list(l ext.List, keys []key) {
	m.Extensions = []extension{}
	verified := 0
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		e := extension{
			Offset: x.Offset(),
			Type:   x.Type(),
			Name:   name(x.Kind()),
			Size:   len(x.Bytes()),
			Body:   x.Body(),
			kind:   x.Kind(),
		}
		if s, ok := x.SubType(); ok {
			e.SubType = &s
		} else if x.Type().Form() == ext.Short {
			e.Name = unknown // a Length of 0: nothing says which sub-type it is
		}
		v, err := dsmip.Decode(x)
		if err != nil {
			f := err.(*code.Fault)
			m.Faults = append(m.Faults, fault{x.Offset(), f.Text(), f.Source(), nil})
		}
		e.Fields = fieldsOf(v)
		if a, ok := v.(ext.Auth); ok && len(keys) > 0 {
			e.Authenticator = unknown
			if verified < maxVerified {
				e.Authenticator = judge(a, keys)
				verified++
			}
		}
		m.Extensions = append(m.Extensions, e)
	}
}

// fieldsOf lists the fields of a decoded extension.
func fieldsOf(v any) fields {
	switch v := v.(type) {
	case ext.Auth:
		return fields{{"spi", v.SPI()}, {"authenticator", hexBytes(v.Authenticator())}}
	case ext.MobileNodeNAI:
		return fields{{"identifier", string(v.Identifier)}}
	case ext.Challenge:
		return fields{{"value", hexBytes(v.Value)}}
	case dsmip.PrefixRequest:
		return fields{{"prefixLength", v.PrefixLength}, {"prefix", v.Prefix}}
	case dsmip.PrefixReply:
		return fields{{"code", v.Code}, {"prefixLength", v.PrefixLength}, {"prefix", v.Prefix}}
	}
	return nil
}

// name is the kind's name in camelCase, "unknown" for one without a row.
func name(k ext.Kind) string {
	if r, ok := ext.Lookup(k); ok {
		return camelCase(r.Name)
	}
	return unknown
}

// camelCase joins the words of a name: "IPv6 Prefix Request" is
// ipv6PrefixRequest, "Mobile Node NAI" mobileNodeNAI.
func camelCase(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	for i, w := range words {
		if i == 0 {
			words[i] = strings.ToLower(w)
		} else {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, "")
}
