//go:build unix

package main

import (
	"os"
	"syscall"
	"time"
)

// segfault ends the process as a fault of memory does.
func segfault() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGSEGV)
	time.Sleep(time.Second)
}
