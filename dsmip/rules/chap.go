package rules

import (
	"github.com/go-mobileip/dsmipv4/code"
	"github.com/go-mobileip/dsmipv4/ext"
)

// chapSPI is CHAP_SPI (RFC 4721 §9).
const chapSPI = 2

// directAAA judges the SPI of MN-AAA Authentication that goes to the home agent directly. One
// that is reserved has a fault of its own.
func (w *walk) directAAA(x ext.Raw, v *findings) {
	if a, err := ext.ParseAuth(x); err == nil && w.s.Leg == code.MNtoHA && a.SPI() > 255 {
		v.add(ErrDirectSPI)
	}
}
