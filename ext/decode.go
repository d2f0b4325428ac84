package ext

// Decode reads the body of any extension: an [Auth], [MobileNodeNAI] or
// [Challenge], or nil where the kind has no type of its own here. The error is
// the layout fault of the typed Parse, or of [Raw.Check], by which every kind
// of the registry is judged. It is meant for tools: the result is boxed.
func Decode(x Raw) (any, error) {
	if isAuth(x.Kind()) {
		a, err := ParseAuth(x)
		if err != nil {
			return nil, err
		}
		return a, nil
	}
	if err := x.Check(); err != nil {
		return nil, err
	}
	switch x.Kind() {
	case KindMobileNodeNAI:
		n, err := ParseMobileNodeNAI(x)
		return n, err
	case KindChallenge:
		c, err := ParseChallenge(x)
		return c, err
	}
	return nil, nil
}
