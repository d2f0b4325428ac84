package main

import (
	"errors"
	"syscall"

	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

const (
	mobileHome = ext.KindMobileHomeAuth
	mnAAA      = ext.KindMNAAAAuth
)

// sign appends an authentication extension of an association that is given.
func (a *attack) sign(msg []byte, k ext.Kind) ([]byte, error) {
	c, ok := associationOf(&a.setup, k)
	if !ok {
		return msg, nil
	}
	return c.Sign(msg, k)
}

// signLast appends the last authenticator of the leg, where it has one: on
// deregistrations there is no Foreign-Home (RFC 5944 §3.5.4).
func (a *attack) signLast(msg []byte, l mipv4.Lifetime) ([]byte, error) {
	switch a.setup.Situation.Leg {
	case code.MNtoFA:
		return a.sign(msg, ext.KindMobileForeignAuth)
	case code.FAtoHA:
		if l != mipv4.Deregister {
			return a.sign(msg, ext.KindForeignHomeAuth)
		}
	}
	return msg, nil
}

// extension returns an extension in octets.
func extension(k ext.Kind, body ...byte) []byte {
	b, err := ext.AppendRaw(nil, k, body)
	if err != nil {
		return nil // a body that is too long, which no caller has
	}
	return b
}

// isRefused reports whether an error says that the port is closed.
func isRefused(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }
