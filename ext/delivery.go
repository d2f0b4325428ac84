package ext

// EncapsulatingDelivery is the Encapsulating Delivery Style extension (type 130; RFC
// 3024 §3.3): the mobile node asks the foreign agent for reverse tunnelling in which it
// encapsulates what it sends to the foreign agent.
//
//	 0                   1
//	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
//	|     Type      |     Length    |
//	+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
type EncapsulatingDelivery struct{}

// ParseEncapsulatingDelivery reads an Encapsulating Delivery Style extension. The error
// is [ErrKind] for another kind and the row's BadLength unless Length is 0.
func ParseEncapsulatingDelivery(x Raw) (EncapsulatingDelivery, error) {
	_, err := x.bodyOf(KindEncapsulatingDelivery)
	return EncapsulatingDelivery{}, err
}

// AppendBinary appends the extension. It never fails.
func (EncapsulatingDelivery) AppendBinary(b []byte) ([]byte, error) {
	return append(b, 130, 0), nil
}

// String returns the extension's name.
func (EncapsulatingDelivery) String() string { return KindEncapsulatingDelivery.String() }
