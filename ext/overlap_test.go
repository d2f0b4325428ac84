package ext_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/go-mobileip/dsmipv4/ext"
)

// TestAppendOverlap: a body that lies in the room that the extension is written
// to arrives as it was.
func TestAppendOverlap(t *testing.T) {
	body := []byte("user@example.com")
	for name, c := range map[string]struct {
		header []byte
		append func(b, body []byte) ([]byte, error)
	}{
		"NAI":       {[]byte{131, 16}, func(b, body []byte) ([]byte, error) { return ext.MobileNodeNAI{Identifier: body}.AppendBinary(b) }},
		"challenge": {[]byte{132, 16}, func(b, body []byte) ([]byte, error) { return ext.Challenge{Value: body}.AppendBinary(b) }},
		"short":     {[]byte{136, 17, 1}, func(b, body []byte) ([]byte, error) { return ext.AppendRaw(b, 136<<8|1, body) }},
		"long":      {[]byte{36, 9, 0, 16}, func(b, body []byte) ([]byte, error) { return ext.AppendRaw(b, 36<<8|9, body) }},
	} {
		for shift := range 40 {
			buf := bytes.Repeat([]byte{0xa5}, 80)
			place := buf[4+shift:][:len(body)]
			copy(place, body)
			b, err := c.append(buf[:24], place)
			want := slices.Concat(c.header, body)
			if err != nil || !bytes.Equal(b[24:], want) {
				t.Errorf("%s from %d: %x, %v, want %x", name, 4+shift, b[24:], err, want)
			}
		}
	}
}
