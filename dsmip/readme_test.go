package dsmip_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-mobileip/dsmipv4/dsmip"
	"github.com/go-mobileip/dsmipv4/ext"
	"github.com/go-mobileip/dsmipv4/mipv4"
)

// TestReadme: the Go code of the README stands, line for line, in a file that is compiled
// and tested; its commands run in the checks; and its tables are the registries.
func TestReadme(t *testing.T) {
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	// Examples stand one tab deeper than the README's lines.
	squeeze := func(code string) (s string) {
		for line := range strings.Lines(code) {
			s += strings.TrimSpace(line) + "\n"
		}
		return s
	}
	readme := read("README.md")
	var compiled string
	for _, name := range []string{"testdata/consumer/main.go", "dsmip/example_test.go", "dsmip/rules/example_test.go", "code/example_test.go", "fuzz/example_test.go"} {
		compiled += squeeze(read(name))
	}
	blocks := strings.Split(readme, "```")
	for i := 1; i < len(blocks); i += 2 {
		code, ok := strings.CutPrefix(blocks[i], "go\n")
		if !ok {
			t.Errorf("a block of something else than Go: %.40q", blocks[i])
		} else if !strings.Contains(compiled, squeeze(code)) {
			t.Errorf("not compiled anywhere:\n%s", code)
		}
	}
	checks := read(".ci/run")
	commands := 0
	for line := range strings.Lines(readme) {
		command, ok := strings.CutPrefix(line, "    go run ")
		if !ok {
			command, ok = strings.CutPrefix(line, "    go test ")
		}
		if !ok {
			continue
		}
		commands++
		// What is run there was built before.
		command = strings.TrimPrefix(strings.TrimRight(command, " |\\\n"), "./fuzz/mipfuzz send")
		if !strings.Contains(checks, command) {
			t.Errorf("the checks do not run %q", command)
		}
	}
	if len(blocks) < 9 || commands < 5 {
		t.Errorf("%d blocks and %d commands were found", len(blocks)/2, commands)
	}

	messages := 0
	for n := range 256 {
		// A message of zeros behind its type, of the size of its fixed part, is one of each.
		k := mipv4.MessageType(n)
		b := make([]byte, max(k.FixedLength(), 1))
		b[0] = byte(n)
		m, err := mipv4.Parse(b)
		if err != nil {
			continue
		}
		messages++
		if row := fmt.Sprintf("| %d | %v | `%s` | RFC ", n, k, strings.TrimPrefix(fmt.Sprintf("%T", m), "mipv4.")); !strings.Contains(readme, row) {
			t.Errorf("no row %s", row)
		}
	}

	if messages != 18 {
		t.Errorf("%d types of messages", messages)
	}

	types := map[ext.Kind]string{}
	for _, p := range goldenPackets(t, "valid") {
		for x := range p.list(t).All() {
			if v, err := dsmip.Decode(x); err == nil && v != nil {
				types[x.Kind()] = fmt.Sprintf("%T", v)
			}
		}
	}
	for r := range ext.Registry() {
		number := fmt.Sprint(uint8(r.Kind.Type()))
		if r.Form == ext.Short || r.Form == ext.Long {
			number += fmt.Sprintf("/%d", r.Kind.SubType())
		}
		source := strings.ReplaceAll(r.Source, "draft-ietf-mip4-dsmipv4-06", "draft")
		if row := fmt.Sprintf("| %s | %s | `%s` | %s |\n", number, r.Name, types[r.Kind], source); !strings.Contains(readme, row) {
			t.Errorf("no row %s", row)
		}
	}
}
