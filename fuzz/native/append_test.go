package native

import (
	"bytes"
	"encoding"
	"reflect"
	"testing"

	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/fuzz"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// asked returns the request for the prefix of a reply.
func asked(p dsmip.PrefixReply) dsmip.PrefixRequest {
	return dsmip.PrefixRequest{PrefixLength: p.PrefixLength, Prefix: p.Prefix}
}

// FuzzAppendFilled: what gofuzz fills is appended and read back the same, and
// so is a message with all of it.
func FuzzAppendFilled(f *testing.F) {
	for _, b := range seeds() {
		f.Add(b)
	}
	filler := fuzz.NewFiller()
	type values struct {
		Request  mipv4.Request
		Reply    mipv4.Reply
		NAI      ext.MobileNodeNAI
		Ask      ext.Challenge
		Prefixes []dsmip.PrefixRequest
		Granted  []dsmip.PrefixReply
		Mode     dsmip.TunnelingMode
		Home     ext.SecurityContext
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var v values
		filler.Fill(b, &v)

		msg, err := v.Request.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		// Addresses, lifetime and the rest stand in String.
		if again, err := mipv4.ParseRequest(msg); err != nil || again.String() != v.Request.String() || !again.Extensions.Equal(v.Request.Extensions) {
			t.Errorf("%v read back as %v, %v", v.Request, again, err)
		}
		written, err := v.Reply.AppendBinary(nil)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := mipv4.ParseReply(written); err != nil || again.String() != v.Reply.String() || !again.Extensions.Equal(v.Reply.Extensions) {
			t.Errorf("%v read back as %v, %v", v.Reply, again, err)
		}

		all := []encoding.BinaryAppender{v.NAI, v.Ask, v.Mode}
		for _, p := range v.Prefixes {
			all = append(all, p)
		}
		for _, p := range v.Granted {
			all = append(all, p)
		}
		at := len(msg)
		for _, a := range all {
			if msg, err = a.AppendBinary(msg); err != nil {
				t.Fatalf("%#v: %v", a, err)
			}
		}
		signedAt := len(msg)
		if msg, err = v.Home.Sign(msg, ext.KindMobileHomeAuth); err != nil {
			t.Fatal(err)
		}
		l, err := ext.Parse(msg, at)
		if err != nil {
			t.Fatal(err)
		}
		i := 0
		for x, ok := l.First(); ok; x, ok = l.Next(x) {
			if x.Offset() == signedAt {
				a, err := ext.ParseAuth(x)
				if err == nil {
					_, err = v.Home.Verify(a)
				}
				if err != nil || i != len(all) {
					t.Errorf("behind %d of %d extensions: %v", i, len(all), err)
				}
				break
			}
			got, err := dsmip.Decode(x)
			if err != nil {
				t.Fatal(err)
			}
			same := reflect.DeepEqual(got, all[i])
			switch want := all[i].(type) {
			case dsmip.PrefixRequest:
				p, ok := got.(dsmip.PrefixRequest)
				same = ok && p.Same(want)
			case dsmip.PrefixReply:
				p, ok := got.(dsmip.PrefixReply)
				same = ok && p.Code == want.Code && asked(p).Same(asked(want))
			case ext.MobileNodeNAI:
				n, ok := got.(ext.MobileNodeNAI)
				same = ok && bytes.Equal(n.Identifier, want.Identifier)
			}
			if !same {
				t.Errorf("%#v read back as %#v", all[i], got)
			}
			i++
		}
	})
}
