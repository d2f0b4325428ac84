package code

// RouteOptimization is the Code of a Route Optimization Reply extension (RFC 6521
// §5.2). The figure gives it 5 bits, 0-31, although the text speaks of codes up to 63.
type RouteOptimization uint8

// The codes.
const (
	RouteOptimizationAccepted RouteOptimization = 0
	RouteOptimizationDeclined RouteOptimization = 16
)

// Accepted reports whether route optimization is done: 0-15 (RFC 6521 §5.2).
func (c RouteOptimization) Accepted() bool { return c <= 15 }

// String returns the words of the RFC, and the bare number for one that is not
// registered.
func (c RouteOptimization) String() string {
	switch c {
	case RouteOptimizationAccepted:
		return "will do route optimization"
	case RouteOptimizationDeclined:
		return "route optimization declined; reason unspecified"
	}
	return decimal(uint(c))
}
