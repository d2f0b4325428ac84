//go:build unix

package main

import (
	"os"
	"os/exec"
	"syscall"
)

// shell returns the command that runs a line in a process group of its own: a program with
// its arguments, and before it what its environment is to have besides, as NAME=VALUE.
func shell(line string) *exec.Cmd {
	c := exec.Command("/bin/sh", "-c", "exec env "+line)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return c
}

// terminate ends a process group, at once when kill is true.
func terminate(p *os.Process, kill bool) {
	s := syscall.SIGTERM
	if kill {
		s = syscall.SIGKILL
	}
	_ = syscall.Kill(-p.Pid, s) // it may be gone
}

// signalOf returns the name of the signal that ended a process, "" for none.
func signalOf(s *os.ProcessState) string {
	if w, ok := s.Sys().(syscall.WaitStatus); ok && w.Signaled() {
		return w.Signal().String()
	}
	return ""
}
