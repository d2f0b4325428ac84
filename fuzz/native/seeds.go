// Package native has the fuzz targets of this module, for go test -fuzz,
// OSS-Fuzz and ClusterFuzzLite. The file of each target needs nothing but this
// one, since the builders of the latter compile the target's file without the
// other tests beside it.
package native

import (
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// seeds are the golden packets, where the source is at hand; the engines that
// run a compiled target get them as a seed corpus.
var seeds = sync.OnceValue(func() (all [][]byte) {
	_ = filepath.WalkDir("../../testdata/golden", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".hex" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var digits strings.Builder
		for line := range strings.Lines(string(text)) {
			row, _, _ := strings.Cut(line, "#")
			digits.WriteString(strings.Join(strings.Fields(row), ""))
		}
		b, err := hex.DecodeString(digits.String())
		all = append(all, b)
		return err
	})
	return all
})
