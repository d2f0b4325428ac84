package rules_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// statementTables are the tables of what the texts say about messages: a line for each
// normative statement, written from the text. A table covers the sections of its text
// that are named here, and those below them. Open is how many of its statements nothing
// answers; a smaller number takes a smaller one here, a greater one is a mistake.
var statementTables = [...]struct {
	source   string // as the faults name the text
	file     string
	sections []string
	open     int
}{
	{"draft-ietf-mip4-dsmipv4-06", "draft-ietf-mip4-dsmipv4-06.tsv", []string{"2", "3", "4", "5"}, 0},
	{"RFC 5454", "rfc5454.tsv", []string{"2", "3", "4", "5"}, 0},
	{"RFC 5944", "rfc5944.tsv", []string{"3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "5.7"}, 0},
	{"RFC 4721", "rfc4721.tsv", []string{"3"}, 0},
	{"RFC 3519", "rfc3519.tsv", []string{"3", "4"}, 0},
}

// statementColumns are those of every table. Class is W for what a codec writes, refuses
// or checks, D for a function of messages, registered state and packet headers, N for
// what takes a network, a clock or a table that outlives the call. Answer has the names
// of what answers the statement, "open" when nothing does yet, and for N "none: " with
// the reason.
const statementColumns = "id\tsection\tgist\tstrength\tclass\tanswer"

// statement is one line of a table.
type statement struct {
	at, id, section string
	answers         []string // none where no message is concerned
}

// TestStatements holds the tables against the code in both directions: what a statement
// names exists, and a fault is named by a statement of each section that its source
// cites.
func TestStatements(t *testing.T) {
	declared := declaredFaults(t)
	names := exportedNames(t)
	for _, d := range declared {
		names[d.name] = true
	}
	tests := testFunctions(t)
	sources := faultSources(t, declared)
	for _, table := range statementTables {
		rows := readStatements(t, table.file)
		named := map[string]bool{} // section and answer
		open := 0
		for _, r := range rows {
			if !covers(table.sections, r.section) {
				t.Errorf("%s: §%s is not among the sections of this table", r.at, r.section)
			}
			if len(r.answers) == 1 && r.answers[0] == "open" {
				open++
				continue
			}
			for _, a := range r.answers {
				named[r.section+" "+a] = true
				if !names[a] && !tests.have(a) {
					t.Errorf("%s: nothing in the sources is %s", r.at, a)
				}
			}
		}
		for _, d := range declared {
			for _, section := range cited(sources[d.name], table.source) {
				if covers(table.sections, section) && !named[section+" "+d.name] {
					t.Errorf("%s: %s cites %s §%s, of which %s has no line that names it", d.at, d.name, table.source, section, table.file)
				}
			}
		}
		t.Logf("%s: %d statements, %d open", table.source, len(rows), open)
		if open != table.open {
			t.Errorf("%s: %d statements are open, want %d", table.file, open, table.open)
		}
	}
}

// TestDraftStatementsAreAll: the statements of the draft have the numbers D01 to D68, in
// whose order they stand.
func TestDraftStatementsAreAll(t *testing.T) {
	next := 1
	for _, r := range readStatements(t, statementTables[0].file) {
		if n, err := strconv.Atoi(strings.TrimPrefix(r.id, "D")); err == nil {
			if n != next {
				t.Errorf("%s: %s comes where D%02d should", r.at, r.id, next)
			}
			next = n + 1
		}
	}
	if next != 69 {
		t.Errorf("%d statements, want 68", next-1)
	}
}

// TestCited: the sections of one text are taken out of a source.
func TestCited(t *testing.T) {
	const source = "RFC 4433 §3.4, erratum 898, RFC 5944 §3.6-3.8, §3.8.2.1-3.8.2.3, RFC 4636 §4"
	for text, want := range map[string]string{
		"RFC 4433": "3.4",
		"RFC 5944": "3.6 3.7 3.8 3.8.2.1 3.8.2.2 3.8.2.3",
		"RFC 4636": "4",
		"RFC 594":  "",
	} {
		if got := strings.Join(cited(source, text), " "); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// readStatements returns the lines of a table, and reports those that are none.
func readStatements(t *testing.T, file string) (rows []statement) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "testdata", "statements", file))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	if lines[0] != statementColumns {
		t.Fatalf("%s begins with %q, want %q", file, lines[0], statementColumns)
	}
	ids := map[string]bool{}
	for i, line := range lines[1:] {
		at := file + ":" + strconv.Itoa(i+2)
		f := strings.Split(line, "\t")
		if len(f) != 6 || slices.Contains(f, "") {
			t.Errorf("%s: %d columns, or an empty one, want 6", at, len(f))
			continue
		}
		id, section, strength, class, answer := f[0], f[1], f[3], f[4], f[5]
		section, ok := strings.CutPrefix(section, "§")
		if !ok || !numbered(section) {
			t.Errorf("%s: %q is no section", at, f[1])
		}
		if ids[id] {
			t.Errorf("%s: a second %s", at, id)
		}
		ids[id] = true
		if !slices.Contains([]string{"MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY"}, strength) {
			t.Errorf("%s: strength %q", at, strength)
		}
		reason, none := strings.CutPrefix(answer, "none: ")
		switch {
		case class != "W" && class != "D" && class != "N":
			t.Errorf("%s: class %q", at, class)
		case none != (class == "N") || none && reason == "":
			t.Errorf("%s: class %s with the answer %q", at, class, answer)
		}
		r := statement{at: at, id: id, section: section}
		if !none {
			r.answers = strings.Split(answer, " ")
		}
		rows = append(rows, r)
	}
	return rows
}

// numbered reports whether a section is numbers with dots between them.
func numbered(section string) bool {
	for _, n := range strings.Split(section, ".") {
		if v, err := strconv.Atoi(n); err != nil || v < 1 || strconv.Itoa(v) != n {
			return false
		}
	}
	return true
}

// covers reports whether a section is one of those given, or below one.
func covers(sections []string, section string) bool {
	return slices.ContainsFunc(sections, func(s string) bool {
		return section == s || strings.HasPrefix(section, s+".")
	})
}

// faultSources returns the source of each declared fault by name.
func faultSources(t *testing.T, declared []declaredFault) map[string]string {
	t.Helper()
	sources := map[string]string{}
	for name, f := range faultValues(t, declared) {
		sources[name] = f.Source()
	}
	// Those that faultVariables lacks are read as they are written.
	for _, file := range librarySources(t) {
		ast.Inspect(file.File, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				return true
			}
			for i, v := range spec.Values {
				if !isNewFault(v) {
					continue
				}
				if lit, ok := v.(*ast.CallExpr).Args[1].(*ast.BasicLit); ok {
					sources[file.Name.Name+"."+spec.Names[i].Name], _ = strconv.Unquote(lit.Value)
				}
			}
			return true
		})
	}
	for _, d := range declared {
		if sources[d.name] == "" {
			t.Errorf("%s: %s has no source that could be read", d.at, d.name)
		}
	}
	return sources
}

// cited returns the sections of a text that the source of a fault cites: those behind
// its name, up to that of another text. A range is all that it spans.
func cited(source, text string) (sections []string) {
	of := ""
	for _, part := range strings.Split(source, ", ") {
		name, section, ok := strings.Cut(part, "§")
		if name != "" {
			of = strings.TrimSuffix(name, " ")
		}
		if of != text || !ok {
			continue
		}
		from, to, ranges := strings.Cut(section, "-")
		sections = append(sections, from)
		if ranges {
			parent, first := lastNumber(from)
			_, last := lastNumber(to)
			for n := first + 1; n <= last; n++ {
				sections = append(sections, parent+strconv.Itoa(n))
			}
		}
	}
	return sections
}

// lastNumber returns the last number of a section, and what stands before it.
func lastNumber(section string) (parent string, n int) {
	i := strings.LastIndexByte(section, '.') + 1
	n, _ = strconv.Atoi(section[i:])
	return section[:i], n
}

// exportedNames returns what the libraries export: package.Name, and package.Type.Method.
func exportedNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, file := range librarySources(t) {
		pkg := file.Name.Name + "."
		add := func(prefix string, ids ...*ast.Ident) {
			for _, id := range ids {
				if id.IsExported() {
					names[pkg+prefix+id.Name] = true
				}
			}
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				add(receiver(d), d.Name)
			case *ast.GenDecl:
				for _, s := range d.Specs {
					switch s := s.(type) {
					case *ast.TypeSpec:
						add("", s.Name)
					case *ast.ValueSpec:
						add("", s.Names...)
					}
				}
			}
		}
	}
	return names
}

// receiver returns the type of a method with a dot behind it, nothing for a function.
func receiver(d *ast.FuncDecl) string {
	if d.Recv == nil {
		return ""
	}
	e := d.Recv.List[0].Type
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	if id, ok := e.(*ast.Ident); ok {
		return id.Name + "."
	}
	return "?."
}

// testsByName are the tests of the module by directory and name, as in
// dsmip/tunnel.TestDraftStatements, with the strings that stand in each.
type testsByName map[string][]string

// have reports whether there is a test, or with a slash behind its name, a subtest. One
// that answers several statements begins with the numbers of all of them.
func (tests testsByName) have(name string) bool {
	dir, base := "", name
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		dir, base = name[:i+1], name[i+1:]
	}
	test, sub, isSub := strings.Cut(base, "/")
	texts, ok := tests[dir+test]
	return ok && (!isSub || slices.ContainsFunc(texts, func(text string) bool {
		for _, word := range strings.Fields(text) {
			if word == sub {
				return true
			}
			if strings.ToUpper(word) != word {
				break
			}
		}
		return false
	}))
}

// testFunctions finds the tests of the module.
func testFunctions(t *testing.T) testsByName {
	t.Helper()
	tests := testsByName{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == "testdata" || path != root && strings.HasPrefix(d.Name(), ".") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		for _, decl := range f.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv != nil || !strings.HasPrefix(fn.Name.Name, "Test") {
				continue
			}
			texts := []string{}
			ast.Inspect(fn, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if s, err := strconv.Unquote(lit.Value); err == nil {
						texts = append(texts, s)
					}
				}
				return true
			})
			tests[filepath.ToSlash(dir)+"."+fn.Name.Name] = texts
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return tests
}
