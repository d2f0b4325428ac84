package mipv4

import (
	"strconv"

	"github.com/go-mobileip/dsmipv4/ext"
)

// MarshalJSON returns an array of the extensions, each as
// [DiscoveryExtension.MarshalJSON] writes it (json.Marshaler of encoding/json, which the
// JSON handler of log/slog uses as well). None is left out.
func (l DiscoveryList) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, 256+3*l.Size())
	b = append(b, '[')
	for x, ok := l.First(); ok; x, ok = l.Next(x) {
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = x.appendJSON(b)
	}
	return append(b, ']'), nil
}

// MarshalJSON returns an object with the extension's numbers, its name where it has one,
// its size as a whole in bytes and its body in hex digits (json.Marshaler of
// encoding/json), as [ext.Raw.MarshalJSON] does:
//
//	{"offset":16,"type":19,"name":"Prefix-Lengths","size":3,"body":"18"}
func (x DiscoveryExtension) MarshalJSON() ([]byte, error) {
	return x.appendJSON(make([]byte, 0, 128+2*len(x.Bytes()))), nil
}

func (x DiscoveryExtension) appendJSON(b []byte) []byte {
	b = strconv.AppendInt(append(b, `{"offset":`...), int64(x.off), 10)
	b = strconv.AppendUint(append(b, `,"type":`...), uint64(x.kind.Type()), 10)
	if x.kind.Type().form() == ext.Short && x.kind&discoveryNoSubType == 0 {
		b = strconv.AppendUint(append(b, `,"subType":`...), uint64(x.kind.SubType()), 10)
	}
	if name := discoveryName(x.kind); name != "" {
		b = append(append(append(b, `,"name":"`...), name...), '"')
	}
	b = strconv.AppendInt(append(b, `,"size":`...), int64(len(x.Bytes())), 10)
	return append(appendHex(append(b, `,"body":"`...), x.Body()), `"}`...)
}
