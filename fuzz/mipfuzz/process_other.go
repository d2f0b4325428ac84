//go:build !unix

package main

import (
	"os"
	"os/exec"
)

// shell returns the command that runs a line.
func shell(line string) *exec.Cmd { return exec.Command("cmd", "/C", line) }

// terminate ends a process.
func terminate(p *os.Process, _ bool) { _ = p.Kill() } // it may be gone

// signalOf returns "": there are no signals.
func signalOf(*os.ProcessState) string { return "" }
