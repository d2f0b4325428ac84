//go:build race

package mipv4_test

const raceEnabled = true
