// Package code says what an answer says: the Code values of Mobile IPv4
// replies and who sent them, the roles and legs of the protocol, and [Fault],
// an error that knows which RFC section was broken and how each role must
// react. Import it to act on an error of this module, or to name a Code.
//
// The package imports nothing and keeps no state; everything in it is safe for
// concurrent use.
package code
