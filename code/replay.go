package code

// ReplayMethod is the Replay Method of an MN-HA Key Generation Nonce Reply extension
// (RFC 3957 §4). 0 and 1 are reserved. Its numbers are not those of
// [ReplayProtectionStyle].
type ReplayMethod uint16

// The methods.
const (
	ReplayMethodTimestamps ReplayMethod = 2
	ReplayMethodNonces     ReplayMethod = 3
)

// String returns the words of the RFC, and the bare number for one that is not
// registered.
func (c ReplayMethod) String() string {
	switch c {
	case ReplayMethodTimestamps:
		return "timestamps"
	case ReplayMethodNonces:
		return "nonces"
	}
	return decimal(uint(c))
}

// ReplayProtectionStyle is the field of that name of the Replay Protection Style
// extension (RFC 4857 §9.3). Its numbers are not those of [ReplayMethod].
type ReplayProtectionStyle uint16

// The styles.
const (
	ReplayProtectionTimestamp ReplayProtectionStyle = 0
	ReplayProtectionNonce     ReplayProtectionStyle = 1
)

// String returns the words of the RFC, and the bare number for one that is not
// registered.
func (c ReplayProtectionStyle) String() string {
	switch c {
	case ReplayProtectionTimestamp:
		return "timestamp"
	case ReplayProtectionNonce:
		return "nonce"
	}
	return decimal(uint(c))
}
