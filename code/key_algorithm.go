package code

// KeyAlgorithm is the Algorithm Identifier of the Key Generation Nonce Reply
// extensions: an Authentication Algorithm of the IPsec domain of interpretation
// (RFC 3957 §4, RFC 2407 §4.5).
type KeyAlgorithm uint16

// The algorithms of RFC 2407 §4.5.
const (
	KeyAlgorithmHMACMD5 KeyAlgorithm = 1
	KeyAlgorithmHMACSHA KeyAlgorithm = 2
	KeyAlgorithmDESMAC  KeyAlgorithm = 3
	KeyAlgorithmKPDK    KeyAlgorithm = 4
)

// String returns the words of the RFC, and the bare number for one that is not
// registered.
func (c KeyAlgorithm) String() string {
	switch c {
	case KeyAlgorithmHMACMD5:
		return "HMAC-MD5"
	case KeyAlgorithmHMACSHA:
		return "HMAC-SHA"
	case KeyAlgorithmDESMAC:
		return "DES-MAC"
	case KeyAlgorithmKPDK:
		return "KPDK"
	}
	return decimal(uint(c))
}
