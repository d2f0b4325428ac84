//go:build !unix

package main

import "os"

// segfault ends the process as a fault of memory does.
func segfault() { os.Exit(0xc000_0005 - 1<<32) }
