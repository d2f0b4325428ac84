package dsmip

import "github.com/go-mobileip/dsmipv4/ext"

// Decode reads the body of any extension: the type that its kind has, here or in
// package ext, or nil where it has none. The error is the layout fault of the typed
// Parse, or of [ext.Raw.Check], by which every kind of the registry is judged. It is
// meant for tools: the result is boxed, and all types are linked.
func Decode(x ext.Raw) (any, error) {
	switch x.Kind() {
	case ext.KindMobileHomeAuth, ext.KindMobileForeignAuth, ext.KindForeignHomeAuth,
		ext.KindMNAAAAuth, ext.KindFAFAAuth, ext.KindMNGFAAuth, ext.KindMNPARAuth:
		return boxed(ext.ParseAuth(x))
	case ext.KindMobileNodeNAI:
		return boxed(ext.ParseMobileNodeNAI(x))
	case ext.KindChallenge:
		return boxed(ext.ParseChallenge(x))
	case ext.KindIPv6PrefixRequest:
		return boxed(ParsePrefixRequest(x))
	case ext.KindIPv6PrefixReply:
		return boxed(ParsePrefixReply(x))
	case ext.KindIPv6TunnelingMode:
		return boxed(ParseTunnelingMode(x))
	}
	return nil, x.Check()
}

func boxed[T any](v T, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return v, nil
}
