//go:build !go1.26

package ext_test

// idleAllocations is what contexts may allocate, all together, when garbage
// collections found them idle: the pool's hashes.
const idleAllocations = 16
