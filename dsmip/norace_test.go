//go:build !race

package dsmip_test

const raceEnabled = false
