package ext

import "strconv"

// MarshalJSON returns an array of the extensions, each as [Raw.MarshalJSON] writes it
// (json.Marshaler of encoding/json, which the JSON handler of log/slog uses as well). None
// is left out: a message of 65,535 bytes, all of them padding, takes 4.6 MB.
func (l List) MarshalJSON() ([]byte, error) {
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

// MarshalJSON returns an object with the extension's numbers, its name where the registry
// has one, its size as a whole in bytes and its body in hex digits (json.Marshaler of
// encoding/json):
//
//	{"offset":24,"type":152,"subType":3,"name":"IPv6 Tunneling Mode","size":4,"body":"00"}
//
// subType is left out where there is none.
func (x Raw) MarshalJSON() ([]byte, error) {
	return x.appendJSON(make([]byte, 0, 128+2*len(x.Bytes()))), nil
}

// MarshalJSON returns what that of the extension does, see [Raw.MarshalJSON].
func (a Auth) MarshalJSON() ([]byte, error) { return a.raw.MarshalJSON() }

func (x Raw) appendJSON(b []byte) []byte {
	b = strconv.AppendInt(append(b, `{"offset":`...), int64(x.Offset()), 10)
	b = strconv.AppendUint(append(b, `,"type":`...), uint64(x.Type()), 10)
	if s, ok := x.SubType(); ok {
		b = strconv.AppendUint(append(b, `,"subType":`...), uint64(s), 10)
	}
	if r := lookup(x.Kind()); r != nil {
		b = append(append(append(b, `,"name":"`...), r.Name...), '"')
	}
	b = strconv.AppendInt(append(b, `,"size":`...), int64(len(x.Bytes())), 10)
	return append(appendHex(append(b, `,"body":"`...), x.Body(), ""), `"}`...)
}
