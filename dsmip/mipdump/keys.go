package main

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-mobileip/dsmipv4/ext"
)

// keyWords collects the values of -key. They are parsed later: an error of Set
// would be printed together with the value, which is a secret.
type keyWords []string

func (k *keyWords) Set(s string) error { *k = append(*k, s); return nil }
func (k *keyWords) String() string     { return "" }

// key is a security context and the kind of extension that it is good for; 0
// stands for any.
type key struct {
	context ext.SecurityContext
	kind    ext.Kind
}

// extKinds are the words of the part ext.
var extKinds = map[string]ext.Kind{
	"mhae":  ext.KindMobileHomeAuth,
	"mfae":  ext.KindMobileForeignAuth,
	"fhae":  ext.KindForeignHomeAuth,
	"mnaaa": ext.KindMNAAAAuth,
}

func parseKeys(words []string) ([]key, error) {
	var keys []key
	for i, w := range words {
		k, err := parseKey(w)
		if err != nil {
			return nil, fmt.Errorf("-key number %d: %w", i+1, err)
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// parseKey reads one value of -key. Its errors never quote the value. An ASCII key
// is the last part, since it may hold commas.
func parseKey(s string) (key, error) {
	parts := map[string]string{"alg": "hmac-md5"}
	seen := map[string]bool{}
	secret := ""
	for rest := s; rest != ""; {
		part, more, _ := strings.Cut(rest, ",")
		name, value, ok := strings.Cut(part, "=")
		switch name {
		case "spi", "alg", "ext":
		case "hex", "base64":
			ok = ok && secret == ""
			secret = name
		case "ascii":
			ok = ok && secret == ""
			secret = name
			value, more = strings.TrimPrefix(rest, "ascii="), ""
		default:
			ok = false
		}
		if !ok || seen[name] {
			return key{}, errors.New("want spi=N,alg=NAME[,ext=NAME] and the key as hex=, base64= or, at the end, ascii=, each once")
		}
		seen[name], parts[name] = true, value
		rest = more
	}
	if !seen["spi"] || secret == "" {
		return key{}, errors.New("spi and one of hex, base64 and ascii are needed")
	}
	spi, err := strconv.ParseUint(parts["spi"], 0, 32)
	if err != nil {
		return key{}, errors.New("spi is not a number of 32 bits")
	}
	algorithm, err := ext.ParseAlgorithm(parts["alg"])
	if err != nil {
		return key{}, errors.New("alg is not one of hmac-md5, hmac-sha1, hmac-sha256, md5-prefix-suffix, md5-prefix-suffix-2002, chap")
	}
	octets := []byte(parts["ascii"])
	switch secret {
	case "hex":
		octets, err = hex.DecodeString(parts["hex"])
	case "base64":
		octets, err = base64.StdEncoding.DecodeString(parts["base64"])
	}
	if err != nil {
		return key{}, errors.New("the key is not what " + secret + " stands for")
	}
	kind, ok := extKinds[parts["ext"]]
	if seen["ext"] && !ok {
		return key{}, errors.New("ext is not one of mhae, mfae, fhae, mnaaa")
	}
	c, err := ext.NewSecurityContext(uint32(spi), algorithm, octets)
	return key{c, kind}, err
}

// The verdicts on an authenticator, beside unknown: no key has the extension's SPI
// and kind.
const (
	valid   = "valid"
	invalid = "invalid"
)

// judge verifies an authentication extension with every key that fits it, and
// returns the number of the one that verified, counted from 1.
func judge(a ext.Auth, keys []key) (verdict string, number int) {
	verdict = unknown
	for i, k := range keys {
		if k.context.SPI() != a.SPI() || k.kind != 0 && k.kind != a.Kind() {
			continue
		}
		if _, err := k.context.Verify(a); err == nil {
			return valid, i + 1
		}
		verdict = invalid
	}
	return verdict, 0
}
