package mipv4_test

import (
	"bytes"
	"testing"

	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestAppendOverlap: a message may be written over the bytes that its extensions
// were parsed from, with a fixed part of the same or the other length.
func TestAppendOverlap(t *testing.T) {
	const extensions = "8304 61626364 0000 84 03 010203"
	text := map[string]string{
		"request": "01000708 0a000001 0a000002 0a000003 1122334455667788" + extensions,
		"reply":   "03000708 0a000001 0a000002 1122334455667788" + extensions,
	}
	for name, digits := range text {
		want := unhex(digits)
		for from, other := range text {
			source := unhex(other)
			for at := range 60 {
				for to := range 60 {
					buf := bytes.Repeat([]byte{0xa5}, 160)
					place := buf[at:][:len(source)]
					copy(place, source)
					var q mipv4.Request
					var p mipv4.Reply
					if from == "request" {
						if err := q.Parse(place); err != nil {
							t.Fatal(err)
						}
						p = mipv4.Reply{Lifetime: q.Lifetime, HomeAddress: q.HomeAddress, HomeAgent: q.HomeAgent, Identification: q.Identification, Extensions: q.Extensions}
					} else {
						if err := p.Parse(place); err != nil {
							t.Fatal(err)
						}
						care := p.HomeAgent.Next()
						q = mipv4.Request{Lifetime: p.Lifetime, HomeAddress: p.HomeAddress, HomeAgent: p.HomeAgent, CareOfAddress: care, Identification: p.Identification, Extensions: p.Extensions}
					}
					write := q.AppendBinary
					if name == "reply" {
						write = p.AppendBinary
					}
					got, err := write(buf[:to])
					if err != nil || !bytes.Equal(got[to:], want) {
						t.Fatalf("%s of a %s at %d written to %d: %x, %v, want %x", name, from, at, to, got[to:], err, want)
					}
				}
			}
		}
	}
}
