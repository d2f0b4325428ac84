package code

// ProxyAuthMethod is the Method of a PMIPv4 Per-Node Authentication Method extension
// (RFC 5563 §5.1). 0 is reserved.
type ProxyAuthMethod uint8

// The methods.
const (
	ProxyAuthForeignHome ProxyAuthMethod = 1
	ProxyAuthIPsec       ProxyAuthMethod = 2
)

// String returns the words of the RFC, and the bare number for one that is not
// registered.
func (c ProxyAuthMethod) String() string {
	switch c {
	case ProxyAuthForeignHome:
		return "FA-HA Authentication"
	case ProxyAuthIPsec:
		return "IPsec Authentication"
	}
	return decimal(uint(c))
}

// DeviceIDType is the ID-Type of a PMIPv4 Device ID extension (RFC 5563 §5.3). 0 is
// reserved.
type DeviceIDType uint8

// The types of device identifiers.
const (
	DeviceIDMAC  DeviceIDType = 1
	DeviceIDMEID DeviceIDType = 2
	DeviceIDIMEI DeviceIDType = 3
	DeviceIDESN  DeviceIDType = 4
)

// String returns the words of the RFC, and the bare number for one that is not
// registered.
func (c DeviceIDType) String() string {
	switch c {
	case DeviceIDMAC:
		return "Ethernet MAC address"
	case DeviceIDMEID:
		return "Mobile Equipment Identifier (MEID)"
	case DeviceIDIMEI:
		return "International Mobile Equipment Identity (IMEI)"
	case DeviceIDESN:
		return "Electronic Serial Number (ESN)"
	}
	return decimal(uint(c))
}

// SubscriberIDType is the ID-Type of a PMIPv4 Subscriber ID extension (RFC 5563 §5.4).
// 0 is reserved.
type SubscriberIDType uint8

// The type of subscriber identifiers.
const (
	SubscriberIDIMSI SubscriberIDType = 1
)

// String returns the words of the RFC, and the bare number for one that is not
// registered.
func (c SubscriberIDType) String() string {
	switch c {
	case SubscriberIDIMSI:
		return "International Mobile Subscriber Identity (IMSI)"
	}
	return decimal(uint(c))
}

// AccessTechnology is the Tech-Type of a PMIPv4 Access Technology Type extension
// (RFC 5563 §5.5). 0 is reserved. Its numbers are not those of the If-ATT of a
// Multipath extension.
type AccessTechnology uint8

// The access technologies.
const (
	Access8023   AccessTechnology = 1
	Access80211  AccessTechnology = 2
	Access80216e AccessTechnology = 3
	Access80216m AccessTechnology = 4
	AccessLTE    AccessTechnology = 5
	AccessUTRAN  AccessTechnology = 6
	AccessHRPD   AccessTechnology = 7
	AccessUMB    AccessTechnology = 8
)

// String returns the words of the RFC, and the bare number for one that is not
// registered.
func (c AccessTechnology) String() string {
	switch c {
	case Access8023:
		return "802.3"
	case Access80211:
		return "802.11a/b/g"
	case Access80216e:
		return "802.16e"
	case Access80216m:
		return "802.16m"
	case AccessLTE:
		return "3GPP EUTRAN/LTE"
	case AccessUTRAN:
		return "3GPP UTRAN/GERAN"
	case AccessHRPD:
		return "3GPP2 1xRTT/HRPD"
	case AccessUMB:
		return "3GPP2 UMB"
	}
	return decimal(uint(c))
}
