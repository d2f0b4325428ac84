package code

// FlowAction is the Action of a Flow-Binding extension (RFC 7629 §4.2).
type FlowAction uint8

// The actions.
const (
	FlowDrop    FlowAction = 0 // drop matching packets
	FlowForward FlowAction = 1 // forward matching packets to the first valid binding of the list
)

// String returns the words of the RFC, and the bare number for one that is not
// registered.
func (c FlowAction) String() string {
	switch c {
	case FlowDrop:
		return "DROP"
	case FlowForward:
		return "FORWARD"
	}
	return decimal(uint(c))
}

// TrafficSelectorFormat is the TS Format of a Flow-Binding extension (RFC 7629 §4.2). 0
// is reserved and MUST NOT be used.
type TrafficSelectorFormat uint8

// The formats.
const (
	TrafficSelectorIPv4 TrafficSelectorFormat = 1 // RFC 6088 §3.1
	TrafficSelectorIPv6 TrafficSelectorFormat = 2 // RFC 6088 §3.2
)

// String returns the words of the RFC, and the bare number for one that is not
// registered.
func (c TrafficSelectorFormat) String() string {
	switch c {
	case TrafficSelectorIPv4:
		return "IPv4 Binary Traffic Selector"
	case TrafficSelectorIPv6:
		return "IPv6 Binary Traffic Selector"
	}
	return decimal(uint(c))
}
