package mipv4

import (
	"strconv"
	"time"
)

// Lifetime is how long a registration lasts, in seconds (RFC 5944 §3.3, §3.4).
type Lifetime uint16

const (
	// Deregister asks for, or confirms, the end of the registration.
	Deregister Lifetime = 0
	// Infinite never expires.
	Infinite Lifetime = 0xffff
)

// Duration returns the lifetime as a time.Duration, and false, with the
// longest Duration there is, for Infinite.
func (l Lifetime) Duration() (time.Duration, bool) {
	if l == Infinite {
		return 1<<63 - 1, false
	}
	return time.Duration(l) * time.Second, true
}

// String returns "deregister", "infinite" or the seconds: "1800s".
func (l Lifetime) String() string {
	switch l {
	case Deregister:
		return "deregister"
	case Infinite:
		return "infinite"
	}
	return strconv.Itoa(int(l)) + "s"
}

// seconds returns what String does of a Lifetime in which 0 deregisters nothing.
func seconds(l Lifetime) string {
	if l == 0 {
		return "0s"
	}
	return l.String()
}
