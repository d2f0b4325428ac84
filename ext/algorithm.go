package ext

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"hash"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
)

// Algorithm is how a mobility security association computes authenticators.
type Algorithm uint8

// The algorithms. None truncates its output.
const (
	// HMACMD5 is the default of RFC 5944 §5.1 and RFC 4721 §6: 16 bytes.
	HMACMD5 Algorithm = iota
	// HMACSHA1 is RFC 2104 with SHA-1: 20 bytes.
	HMACSHA1
	// HMACSHA256 is RFC 2104 with SHA-256: 32 bytes.
	HMACSHA256
	// MD5PrefixSuffix is keyed MD5 in prefix+suffix mode over what RFC 5944
	// §3.5.1 protects, the SPI included: 16 bytes.
	MD5PrefixSuffix
	// MD5PrefixSuffix2002 is keyed MD5 in prefix+suffix mode over what
	// RFC 2002 §3.5.1 protects, without the SPI: 16 bytes.
	MD5PrefixSuffix2002
	// CHAP is the computation of CHAP_SPI, which takes a challenge (RFC 4721
	// §8): 16 bytes. Its SPI is 2, and its extension of type 36, the only one for
	// which the RFC shows it.
	CHAP
)

var algorithmNames = [...]string{
	HMACMD5:             "hmac-md5",
	HMACSHA1:            "hmac-sha1",
	HMACSHA256:          "hmac-sha256",
	MD5PrefixSuffix:     "md5-prefix-suffix",
	MD5PrefixSuffix2002: "md5-prefix-suffix-2002",
	CHAP:                "chap",
}

// ErrAlgorithm says that an algorithm is unknown, or that this process may not
// use it: MD5 and SHA-1 are forbidden under GODEBUG=fips140=only, and so are
// HMAC keys of less than 14 bytes.
var ErrAlgorithm = code.NewFault("the algorithm is unknown or forbidden in this process", "RFC 5944 §5.1", code.Caller, 0, 0, 0)

// ParseAlgorithm returns the algorithm whose word, as String returns it, is s. The
// error is [ErrAlgorithm].
func ParseAlgorithm(s string) (Algorithm, error) {
	for a, name := range algorithmNames {
		if s == name {
			return Algorithm(a), nil
		}
	}
	return 0, ErrAlgorithm
}

// String returns "hmac-md5", "hmac-sha1", "hmac-sha256", "md5-prefix-suffix",
// "md5-prefix-suffix-2002" or "chap".
func (a Algorithm) String() string {
	if int(a) < len(algorithmNames) {
		return algorithmNames[a]
	}
	return "algorithm " + strconv.Itoa(int(a))
}

// size is the length of the algorithm's authenticators in bytes.
func (a Algorithm) size() int {
	switch a {
	case HMACSHA1:
		return sha1.Size
	case HMACSHA256:
		return sha256.Size
	}
	return md5.Size
}

// maxSize is the length of the longest authenticator.
const maxSize = sha256.Size

// isHMAC reports whether the algorithm is RFC 2104 with some hash.
func (a Algorithm) isHMAC() bool { return a <= HMACSHA256 }

// hash returns the algorithm's hash, without a key.
func (a Algorithm) hash() hash.Hash {
	switch a {
	case HMACSHA1:
		return sha1.New()
	case HMACSHA256:
		return sha256.New()
	}
	return md5.New()
}

// allowed reports whether the process may compute the algorithm with a key: what
// is forbidden panics before the end.
func (a Algorithm) allowed(key []byte) (ok bool) {
	defer func() { _ = recover() }()
	if a.isHMAC() {
		hmac.New(a.hash, key).Sum(nil)
	} else {
		a.hash().Sum(nil)
	}
	return true
}
