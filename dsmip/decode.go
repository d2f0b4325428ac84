package dsmip

import "github.com/go-mobileip/dsmipv4/ext"

// Decode is [ext.Decode] with the extensions of type 152 added: a
// [PrefixRequest], [PrefixReply] or [TunnelingMode]. It is meant for tools: the
// result is boxed.
func Decode(x ext.Raw) (any, error) {
	var v any
	var err error
	switch x.Kind() {
	case ext.KindIPv6PrefixRequest:
		v, err = ParsePrefixRequest(x)
	case ext.KindIPv6PrefixReply:
		v, err = ParsePrefixReply(x)
	case ext.KindIPv6TunnelingMode:
		v, err = ParseTunnelingMode(x)
	default:
		return ext.Decode(x)
	}
	if err != nil {
		return nil, err
	}
	return v, nil
}
