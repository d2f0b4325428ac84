package native

import (
	"path/filepath"
	"testing"
)

// TestSeeds: every golden packet is a seed.
func TestSeeds(t *testing.T) {
	files, err := filepath.Glob("../../testdata/golden/*/*.hex")
	if err != nil || len(files) < 283 || len(seeds()) != len(files) {
		t.Errorf("%d seeds of %d golden packets, %v", len(seeds()), len(files), err)
	}
}
