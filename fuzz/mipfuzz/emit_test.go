package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func emitted(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if status := run(context.Background(), append([]string{"emit"}, args...), &out, &errs); status != exitClean || errs.Len() > 0 {
		t.Fatalf("status %d, %s", status, errs.String())
	}
	return out.String()
}

// TestEmitShards: ranges of cases, put together, are the campaign.
func TestEmitShards(t *testing.T) {
	for _, leg := range []string{"mn-ha", "mn-fa", "fa-ha", "ha-fa", "ha-mn", "fa-mn"} {
		whole := emitted(t, "-leg", leg, "-seed", "3", "-count", "300")
		parts := emitted(t, "-leg", leg, "-seed", "3", "-count", "123") + emitted(t, "-leg", leg, "-seed", "3", "-from", "123", "-count", "177")
		if whole != parts || strings.Count(whole, "\n") != 300 {
			t.Errorf("%s: %d lines, or other packets", leg, strings.Count(whole, "\n"))
		}
		if other := emitted(t, "-leg", leg, "-seed", "4", "-count", "300"); other == whole {
			t.Errorf("%s: two seeds give the same packets", leg)
		}
	}
}

// TestEmitFormats: the formats hold the same bytes.
func TestEmitFormats(t *testing.T) {
	lines := strings.Split(emitted(t, "-from", "40", "-count", "20"), "\n")
	files, corpus := t.TempDir(), t.TempDir()
	emitted(t, "-from", "40", "-count", "20", "-format", "files", "-out", files)
	emitted(t, "-from", "40", "-count", "20", "-format", "corpus", "-out", filepath.Join(corpus, "new"))
	for i := range 20 {
		want, err := hex.DecodeString(lines[i])
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("1-mn-ha-draft06-%09d", 40+i)
		got, err := os.ReadFile(filepath.Join(files, name+".bin"))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %x, %v", name, got, err)
		}
		entry, err := os.ReadFile(filepath.Join(corpus, "new", name))
		quoted, ok := strings.CutPrefix(strings.TrimSuffix(string(entry), ")\n"), "go test fuzz v1\n[]byte(")
		text, unquoteErr := strconv.Unquote(quoted)
		if err != nil || !ok || unquoteErr != nil || text != string(want) {
			t.Errorf("%s: %q, %v", name, entry, err)
		}
	}
}
