package rules

import (
	"bytes"
	"net/netip"
	"slices"
	"strconv"

	"github.com/go-mobileip/dsmipv4/code"
)

// shownAddresses is how many addresses of a list String names.
const shownAddresses = 4

// String returns what is told, in the order of the fields: the first four addresses of a
// list, and of challenges how many there are.
func (at Receiver) String() string {
	b := []byte("receiver")
	b = appendAddresses(b, at.Addresses)
	if at.Source.IsValid() {
		b = at.Source.AppendTo(append(b, ", datagram from "...))
	}
	if at.Destination.IsValid() {
		b = at.Destination.AppendTo(append(b, ", datagram to "...))
	}
	if at.TTL != 0 {
		b = strconv.AppendUint(append(b, ", TTL "...), uint64(at.TTL), 10)
	}
	if len(at.CareOfAddresses) > 0 {
		b = appendAddresses(append(b, ", care-of"...), at.CareOfAddresses)
	}
	if at.LongestLifetime != 0 {
		b = append(append(b, ", lifetime up to "...), at.LongestLifetime.String()...)
	}
	for _, s := range [...]struct {
		name    string
		service Service
	}{
		{"reverse tunnel", at.ReverseTunnel},
		{"minimal encapsulation", at.MinimalEncapsulation},
		{"GRE encapsulation", at.GREEncapsulation},
		{"UDP tunnel", at.UDPTunnel},
		{"encapsulating delivery", at.EncapsulatingDelivery},
		{"challenge", at.Challenge},
	} {
		if s.service != ServiceUnknown {
			b = append(append(append(append(b, ", "...), s.name...), ' '), s.service.String()...)
		}
	}
	if at.HomeAddressRequired {
		b = append(b, ", home address required"...)
	}
	if at.Serves != nil {
		b = append(b, ", knows its home addresses"...)
	}
	if n := len(at.Challenges); n > 0 {
		b = append(strconv.AppendInt(append(b, ", "...), int64(n), 10), " challenges"...)
	}
	if n := len(at.Used); n > 0 {
		b = append(strconv.AppendInt(append(b, ", "...), int64(n), 10), " used challenges"...)
	}
	return string(b)
}

// appendAddresses appends the first addresses of a list, each behind a space, and how many
// more there are.
func appendAddresses(b []byte, all []netip.Addr) []byte {
	for _, a := range all[:min(len(all), shownAddresses)] {
		b = a.AppendTo(append(b, ' '))
	}
	if more := len(all) - shownAddresses; more > 0 {
		b = append(strconv.AppendInt(append(b, " and "...), int64(more), 10), " more"...)
	}
	return b
}

// Equal reports whether both tell the same, their lists in the same order; a list that is
// nil is one that is not known, and is not the same as an empty one. Functions are the
// same only where there are none.
func (at Receiver) Equal(o Receiver) bool {
	return sameList(at.Addresses, o.Addresses, same) &&
		at.Source == o.Source && at.Destination == o.Destination && at.TTL == o.TTL &&
		sameList(at.CareOfAddresses, o.CareOfAddresses, same) &&
		at.LongestLifetime == o.LongestLifetime && at.ReverseTunnel == o.ReverseTunnel &&
		at.MinimalEncapsulation == o.MinimalEncapsulation && at.GREEncapsulation == o.GREEncapsulation &&
		at.UDPTunnel == o.UDPTunnel && at.EncapsulatingDelivery == o.EncapsulatingDelivery &&
		at.HomeAddressRequired == o.HomeAddressRequired && at.Serves == nil && o.Serves == nil &&
		at.Challenge == o.Challenge && sameList(at.Challenges, o.Challenges, bytes.Equal) && sameList(at.Used, o.Used, bytes.Equal)
}

func same(a, b netip.Addr) bool { return a == b }

func sameList[T any](a, b []T, equal func(T, T) bool) bool {
	return (a == nil) == (b == nil) && slices.EqualFunc(a, b, equal)
}

// String returns what is told: "mn-ha, draft06, rfc5944, mobile-foreign shared".
func (s Situation) String() string {
	words := s.Leg.String() + ", " + s.Profile.String() + ", " + s.Edition.String()
	if s.MobileForeign != Unknown {
		words += ", mobile-foreign " + s.MobileForeign.String()
	}
	if s.ForeignHome != Unknown {
		words += ", foreign-home " + s.ForeignHome.String()
	}
	if s.Proxies != Unknown {
		words += ", proxies " + s.Proxies.String()
	}
	if s.Secured != Unknown {
		words += ", secured " + s.Secured.String()
	}
	if s.Inform != Unknown {
		words += ", inform bit " + s.Inform.String()
	}
	if s.SimultaneousBindings != Unknown {
		words += ", simultaneous bindings " + s.SimultaneousBindings.String()
	}
	if s.RegistrationRequired {
		words += ", registration required"
	}
	if s.Implements != nil || s.ImplementsVendor != nil {
		words += ", does not implement all"
	}
	if s.Receiver != nil {
		words += ", " + s.Receiver.String()
	}
	return words
}

// Equal reports whether both tell the same. Functions are the same only where there are
// none.
func (s Situation) Equal(o Situation) bool {
	return s.Leg == o.Leg && s.Profile == o.Profile && s.Edition == o.Edition &&
		s.MobileForeign == o.MobileForeign && s.ForeignHome == o.ForeignHome && s.Proxies == o.Proxies && s.Secured == o.Secured &&
		s.Inform == o.Inform && s.SimultaneousBindings == o.SimultaneousBindings &&
		(s.Receiver == nil) == (o.Receiver == nil) && (s.Receiver == nil || s.Receiver.Equal(*o.Receiver)) &&
		s.RegistrationRequired == o.RegistrationRequired &&
		s.Implements == nil && o.Implements == nil && s.ImplementsVendor == nil && o.ImplementsVendor == nil
}

// String returns the offset, the extension if one is judged, and what is wrong with it:
// "28: Mobile-Home Authentication, type 32, 22 bytes: right".
func (v Verdict) String() string {
	extension := ""
	if len(v.Extension.Bytes()) > 0 {
		extension = v.Extension.String() + ": "
	}
	return judged(v.Offset, extension, v.Fault)
}

// judged is what the verdicts print.
func judged(offset int, extension string, f *code.Fault) string {
	s := strconv.Itoa(offset) + ": " + extension
	if f == nil {
		return s + "right"
	}
	return s + f.Error()
}

// Equal reports whether both say the same of the same.
func (v Verdict) Equal(o Verdict) bool {
	return v.Offset == o.Offset && v.Extension.Equal(o.Extension) && v.Fault == o.Fault
}

// String returns what is told: "datagram to 224.0.0.1 TTL 1, previous 255, prefix lengths
// shared".
func (d Discovery) String() string {
	s := "datagram"
	if d.Destination.IsValid() {
		s += " to " + d.Destination.String()
	}
	if d.TTL != 0 {
		s += " TTL " + strconv.Itoa(int(d.TTL))
	}
	if d.Previous != nil {
		s += ", previous " + d.Previous.String()
	}
	if d.PrefixLengths != Unknown {
		s += ", prefix lengths " + d.PrefixLengths.String()
	}
	if d.Implements != nil {
		s += ", does not implement all"
	}
	return s
}

// Equal reports whether both tell the same. Functions are the same only where there are
// none.
func (d Discovery) Equal(o Discovery) bool {
	return d.Destination == o.Destination && d.TTL == o.TTL &&
		(d.Previous == nil) == (o.Previous == nil) && (d.Previous == nil || *d.Previous == *o.Previous) &&
		d.PrefixLengths == o.PrefixLengths && d.Implements == nil && o.Implements == nil
}

// String returns the offset, the extension if one is judged, and what is wrong with it:
// "16: Prefix-Lengths, 1 bytes: right".
func (v DiscoveryVerdict) String() string {
	extension := ""
	if len(v.Extension.Bytes()) > 0 {
		extension = v.Extension.String() + ": "
	}
	return judged(v.Offset, extension, v.Fault)
}

// Equal reports whether both say the same of the same.
func (v DiscoveryVerdict) Equal(o DiscoveryVerdict) bool {
	return v.Offset == o.Offset && v.Extension.Equal(o.Extension) && v.Fault == o.Fault
}
