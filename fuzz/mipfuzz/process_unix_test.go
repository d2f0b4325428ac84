//go:build unix

package main

import (
	"testing"
	"time"
)

// TestEnvironment: the command of -exec may begin with what its environment has besides.
func TestEnvironment(t *testing.T) {
	p := &process{line: "STATUS=7 sh -c 'exit $STATUS'"}
	if err := p.start(); err != nil {
		t.Fatal(err)
	}
	if !p.ended(10 * time.Second) {
		t.Fatal("it runs on")
	}
	if how, said := p.death(); how != "exit status 7" || said != "" {
		t.Errorf("%s: %s", how, said)
	}
}
