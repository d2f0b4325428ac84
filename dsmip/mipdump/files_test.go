package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSeveralFiles: of several files each packet says which it is of, of one file it does
// not, and a name cannot reach a terminal but as text.
func TestSeveralFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	plain := write("plain.hex", "# none\n"+bare+"\n")
	columns := write("columns.hex", "1.5 10.0.0.3 10.0.0.2 "+bare+"\n")
	dump := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if status := run(args, strings.NewReader(bare+"\n"), &out, &errs); status != 0 {
			t.Fatalf("status %d: %s", status, &errs)
		}
		return out.String()
	}
	const registration = ": Registration Request flags DT lifetime 1800s homeAddress 10.0.0.1 homeAgent 10.0.0.2 careOfAddress 10.0.0.3\n"
	if got, want := dump("-summary", plain, columns, "-"), plain+":2"+registration+columns+":1 1.5 10.0.0.3 > 10.0.0.2"+registration+"-:1"+registration; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got, want := dump("-summary", dir), columns+":1 1.5 10.0.0.3 > 10.0.0.2"+registration+plain+":2"+registration; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got, want := dump("-summary", columns), "1.5 10.0.0.3 > 10.0.0.2"+registration; got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got, want := dump("-json", plain, plain), `{"file":"`+plain+`","line":2,`+bareJSON; got != want+want {
		t.Errorf("got\n%swant twice\n%s", got, want)
	}
	if got, want := dump(plain, columns), plain+": line 2: Registration Request\n"; !strings.HasPrefix(got, want) {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := printable("a\x1b[2J.hex"); got != `"a\x1b[2J.hex"` {
		t.Error(got)
	}
}
