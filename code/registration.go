package code

// Registration is the Code of a Registration Reply (RFC 5944 §3.4) and of a
// Regional Registration Reply (RFC 4857 §10.3); 64-127 are also the Status of
// an FA Error extension (RFC 4636 §4). Any number survives a round trip.
type Registration uint8

// The registered codes. Where a constant's RFC is not RFC 5944 it is named.
const (
	RegistrationAccepted               Registration = 0
	AcceptedNoSimultaneousBindings     Registration = 1
	ConcurrentRegistration             Registration = 2 // RFC 6521 §10
	FAReasonUnspecified                Registration = 64
	FAAdministrativelyProhibited       Registration = 65
	FAInsufficientResources            Registration = 66
	FAMobileNodeFailedAuthentication   Registration = 67
	FAHomeAgentFailedAuthentication    Registration = 68
	FALifetimeTooLong                  Registration = 69
	FAPoorlyFormedRequest              Registration = 70
	FAPoorlyFormedReply                Registration = 71
	FAEncapsulationUnavailable         Registration = 72
	FAReservedUnavailable              Registration = 73 // Van Jacobson compression in RFC 2002
	FAReverseTunnelUnavailable         Registration = 74 // RFC 3024 §3.4
	FAReverseTunnelMandatory           Registration = 75 // RFC 3024 §3.4
	FAMobileNodeTooDistant             Registration = 76 // RFC 3024 §3.4
	FAInvalidCareOfAddress             Registration = 77
	FARegistrationTimeout              Registration = 78
	FADeliveryStyleNotSupported        Registration = 79 // RFC 3024 §3.4
	FAHomeNetworkUnreachable           Registration = 80
	FAHomeAgentHostUnreachable         Registration = 81
	FAHomeAgentPortUnreachable         Registration = 82
	FAHomeAgentUnreachable             Registration = 88
	FAVendorSpecificReason             Registration = 89  // RFC 4784 §4.9
	FANonzeroHomeAgentRequired         Registration = 90  // RFC 4433 §7
	FANonzeroHomeAddressRequired       Registration = 96  // RFC 2794 §5
	FAMissingNAI                       Registration = 97  // RFC 2794 §5
	FAMissingHomeAgent                 Registration = 98  // RFC 2794 §5
	FAMissingHomeAddress               Registration = 99  // RFC 2794 §5
	FAUnknownVendorFromMobileNode      Registration = 100 // RFC 3115 §2.4
	FAUnknownVendorFromHomeAgent       Registration = 101 // RFC 3115 §2.4
	FAUnknownChallenge                 Registration = 104 // RFC 4721 §10
	FAMissingChallenge                 Registration = 105 // RFC 4721 §10
	FAStaleChallenge                   Registration = 106 // RFC 4721 §10
	FAMissingMobileForeign             Registration = 107 // RFC 3957 §7
	FABadAAAAuthentication             Registration = 108 // RFC 4721 §10
	FAWrongHomeAgentChallenge          Registration = 109 // RFC 4721 §10; an FA Error Status
	ReplayProtectionUnavailable        Registration = 110 // RFC 4857 §9.5; a gateway foreign agent's
	ZeroCareOfAddressNotSupported      Registration = 111 // RFC 4857 §9.5; a gateway foreign agent's
	UnknownGatewayForeignAgent         Registration = 112 // RFC 4857 §10.3
	GatewayForeignAgentUnreachable     Registration = 113 // RFC 4857 §10.3
	GatewayForeignAgentHostUnreachable Registration = 114 // RFC 4857 §10.3
	GatewayForeignAgentPortUnreachable Registration = 115 // RFC 4857 §10.3
	FAInvalidHomeAgentAddress          Registration = 116 // the registry's number; RFC 5944 §3.4 prints 194
	FAExperimental                     Registration = 127 // RFC 4064 §5
	HAReasonUnspecified                Registration = 128
	HAAdministrativelyProhibited       Registration = 129
	HAInsufficientResources            Registration = 130
	HAMobileNodeFailedAuthentication   Registration = 131
	HAForeignAgentFailedAuthentication Registration = 132
	HAIdentificationMismatch           Registration = 133
	HAPoorlyFormedRequest              Registration = 134
	HATooManyBindings                  Registration = 135
	HAUnknownHomeAgentAddress          Registration = 136
	HAReverseTunnelUnavailable         Registration = 137 // RFC 3024 §3.4
	HAReverseTunnelMandatory           Registration = 138 // RFC 3024 §3.4
	HAEncapsulationUnavailable         Registration = 139 // RFC 3024 §3.4
	HAUnknownVendorFromMobileNode      Registration = 140 // RFC 3115 §2.4
	HAUnknownVendorFromForeignAgent    Registration = 141 // RFC 3115 §2.4
	HAUDPEncapsulationUnavailable      Registration = 142 // RFC 3519 §3.5
	HARedirect                         Registration = 143 // RFC 4433 §7
	HABadAAAAuthentication             Registration = 144 // RFC 4721 §10
	HAZeroCareOfAddress                Registration = 145 // RFC 4857 §9.5
	HADynamicGatewayNotSupported       Registration = 146 // RFC 4857 §9.5
	HAMobileNetworkError               Registration = 147 // RFC 5177 §11
	HAMobileNetworkDisallowed          Registration = 148 // RFC 5177 §11
	HAProxyUnsupported                 Registration = 149 // RFC 5563 §12.2
	HAProxyDisallowed                  Registration = 150 // RFC 5563 §12.2
	HAServiceAuthorizationFailed       Registration = 151 // RFC 5446 §6
	HAMultipathNotAllowed              Registration = 152 // RFC 7629 §4.3
	HAInvalidFlowBindingIdentifier     Registration = 153 // RFC 7629 §4.3
	HAExperimental                     Registration = 192 // RFC 4064 §5
	NoHomeRegistration                 Registration = 193 // RFC 4857 §10.3
	InvalidHomeAgentAddress194         Registration = 194 // RFC 5944 §3.4's number for 116; reserved in the registry
	ExpiredHomeNonce                   Registration = 201 // RFC 6521 §10
	ExpiredCareOfNonce                 Registration = 202 // RFC 6521 §10
	ExpiredNonces                      Registration = 203 // RFC 6521 §10
)

var registrationNames = [256]string{
	0:   "registration accepted",
	1:   "registration accepted, but simultaneous mobility bindings unsupported",
	2:   "concurrent registration (pre-accept)",
	64:  "reason unspecified",
	65:  "administratively prohibited",
	66:  "insufficient resources",
	67:  "mobile node failed authentication",
	68:  "home agent failed authentication",
	69:  "requested Lifetime too long",
	70:  "poorly formed Request",
	71:  "poorly formed Reply",
	72:  "requested encapsulation unavailable",
	73:  "reserved and unavailable",
	74:  "requested reverse tunnel unavailable",
	75:  "reverse tunnel is mandatory and 'T' bit not set",
	76:  "mobile node too distant",
	77:  "invalid care-of address",
	78:  "registration timeout",
	79:  "delivery style not supported",
	80:  "home network unreachable (ICMP error received)",
	81:  "home agent host unreachable (ICMP error received)",
	82:  "home agent port unreachable (ICMP error received)",
	88:  "home agent unreachable (other ICMP error received)",
	89:  "vendor-specific reason",
	90:  "non-zero home agent address required",
	96:  "non-zero home address required",
	97:  "missing NAI",
	98:  "missing home agent",
	99:  "missing home address",
	100: "unable to interpret CVSE from mobile node",
	101: "unable to interpret CVSE from home agent",
	104: "unknown challenge",
	105: "missing challenge",
	106: "stale challenge",
	107: "missing Mobile-Foreign Authentication",
	108: "bad AAA authentication",
	109: "wrong challenge from home agent",
	110: "replay protection style unavailable",
	111: "zero care-of address not supported",
	112: "unknown gateway foreign agent",
	113: "gateway foreign agent unreachable",
	114: "gateway foreign agent host unreachable",
	115: "gateway foreign agent port unreachable",
	116: "invalid home agent address",
	127: "experimental foreign agent error",
	128: "reason unspecified",
	129: "administratively prohibited",
	130: "insufficient resources",
	131: "mobile node failed authentication",
	132: "foreign agent failed authentication",
	133: "registration Identification mismatch",
	134: "poorly formed Request",
	135: "too many simultaneous mobility bindings",
	136: "unknown home agent address",
	137: "requested reverse tunnel unavailable",
	138: "reverse tunnel is mandatory and 'T' bit not set",
	139: "requested encapsulation unavailable",
	140: "unable to interpret CVSE from mobile node",
	141: "unable to interpret CVSE from foreign agent",
	142: "requested UDP tunnel encapsulation unavailable",
	143: "redirected home agent",
	144: "bad AAA authentication",
	145: "zero care-of address",
	146: "dynamic gateway foreign agent not supported",
	147: "mobile network registration error",
	148: "mobile network registration disallowed",
	149: "proxy registration unsupported",
	150: "proxy registration disallowed",
	151: "service authorization failed",
	152: "multipath not allowed",
	153: "invalid flow binding identifier",
	192: "experimental home agent error",
	193: "no home registration",
	194: "invalid home agent address",
	201: "expired home nonce index",
	202: "expired care-of nonce index",
	203: "expired nonces",
}

// String returns the code's meaning in the words of its RFC, or, where that has
// only a symbolic name, in words that say it; the bare number for one that is not
// registered.
func (c Registration) String() string {
	if s := registrationNames[c]; s != "" {
		return s
	}
	return decimal(uint(c))
}

// Accepted reports whether the code is a success: 0-8 (RFC 5944 §6.4).
func (c Registration) Accepted() bool { return c <= 8 }

// Origin is who a code comes from: Accepted for a success, otherwise the node
// that denied. A mobile node must know it because a home agent's reply has to
// carry a Mobile-Home Authentication extension and a foreign agent's cannot
// (RFC 5944 §3.6.2.1).
type Origin uint8

// The origins.
const (
	Unassigned      Origin = iota // 9-63 and 211-255: no guideline
	Accepted                      // 0-8
	ByForeignAgent                // 64-127 but 110 and 111; 194
	ByHomeAgent                   // 128-192
	ByGateway                     // a gateway foreign agent: 110, 111 and 193-200 but 194
	ByCorrespondent               // a correspondent node: 201-210
)

// String returns the constant's words: "accepted", "foreign agent", "home
// agent", "gateway foreign agent", "correspondent node" or "unassigned".
func (o Origin) String() string {
	switch o {
	case Accepted:
		return "accepted"
	case ByForeignAgent:
		return "foreign agent"
	case ByHomeAgent:
		return "home agent"
	case ByGateway:
		return "gateway foreign agent"
	case ByCorrespondent:
		return "correspondent node"
	}
	return "unassigned"
}

// Origin classifies the code by the ranges of RFC 5944 §6.4, RFC 4857 §9.5 and
// RFC 6521 §10, whether or not the number is registered. 194 lies in the range of
// gateway foreign agents, but RFC 5944 §3.4 lists it with the foreign agent's.
func (c Registration) Origin() Origin {
	switch {
	case c <= 8:
		return Accepted
	case c < 64:
		return Unassigned
	case c == ReplayProtectionUnavailable, c == ZeroCareOfAddressNotSupported:
		return ByGateway
	case c < 128, c == InvalidHomeAgentAddress194:
		return ByForeignAgent
	case c <= 192:
		return ByHomeAgent
	case c <= 200:
		return ByGateway
	case c <= 210:
		return ByCorrespondent
	}
	return Unassigned
}
