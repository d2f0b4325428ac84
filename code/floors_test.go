package code_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/go-mobileip/dsmipv4"

// floors is the house: what each package may import of this module. fuzz and
// the commands stand on top.
var floors = map[string][]string{
	"code":          {},
	"ext":           {"code"},
	"mipv4":         {"code", "ext"},
	"dsmip":         {"code", "ext", "mipv4"},
	"dsmip/rules":   {"code", "ext", "mipv4", "dsmip"},
	"dsmip/tunnel":  {"code", "ext", "mipv4", "dsmip"},
	"dsmip/agent":   {"code", "ext", "mipv4", "dsmip", "dsmip/rules", "dsmip/tunnel"},
	"dsmip/mipdump": below,
	"fuzz":          below,
}

// below is what a packet reaches, all of it.
var below = []string{"code", "ext", "mipv4", "dsmip", "dsmip/rules", "dsmip/tunnel", "dsmip/agent"}

// floor returns what a package may import of this module. The packages in fuzz
// stand on fuzz.
func floor(dir string) (allowed []string, known bool) {
	if strings.HasPrefix(dir, "fuzz/") {
		return append(slices.Clone(below), "fuzz"), true
	}
	allowed, known = floors[dir]
	return allowed, known
}

// foreign is what a package may import besides this module and the standard
// library.
var foreign = map[string][]string{"fuzz": {"github.com/google/gofuzz"}}

// codecs returns the packages that a packet reaches, those of below that are
// there. The first four are the wire itself.
func codecs(t *testing.T, files map[string][]*ast.File) (dirs []string) {
	for i, dir := range below {
		if _, err := os.Stat(filepath.Join("..", filepath.FromSlash(dir))); err != nil && i >= 4 {
			continue
		}
		if len(files[dir]) == 0 {
			t.Fatalf("no sources in %s", dir)
		}
		dirs = append(dirs, dir)
	}
	return dirs
}

// sources parses the files of every package, tests left out. A directory in
// testdata that has a go.mod is a module of its own, with a house of its own.
func sources(t *testing.T) map[string][]*ast.File {
	files := map[string][]*ast.File{}
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if slices.Contains(strings.Split(filepath.ToSlash(path), "/"), "testdata") {
				if _, err := os.Stat(filepath.Join(path, "go.mod")); err == nil {
					return filepath.SkipDir
				}
			}
			return nil
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		dir, _ := filepath.Rel("..", filepath.Dir(path))
		files[filepath.ToSlash(dir)] = append(files[filepath.ToSlash(dir)], f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestImports(t *testing.T) {
	all := sources(t)
	reached := codecs(t, all)
	for dir, files := range all {
		allowed, known := floor(dir)
		if !known {
			t.Errorf("package %s is on no floor", dir)
		}
		for _, f := range files {
			for _, spec := range f.Imports {
				path, _ := strconv.Unquote(spec.Path.Value)
				first, _, _ := strings.Cut(path, "/")
				switch own, isOwn := strings.CutPrefix(path, module+"/"); {
				case isOwn:
					if !slices.Contains(allowed, own) {
						t.Errorf("%s imports %s: an upward arrow", dir, own)
					}
				case strings.Contains(first, "."):
					if !slices.Contains(foreign[dir], path) {
						t.Errorf("%s imports %s, which is foreign", dir, path)
					}
				case slices.Contains(reached, dir):
					if slices.Contains([]string{"fmt", "os", "log", "reflect", "unsafe"}, path) {
						t.Errorf("%s imports %s", dir, path)
					}
				}
			}
		}
	}
}

// TestTestsImport: the tests of the packages that others import are tests of their users'
// modules as well, whose go.sum would get a line for every foreign module. They import
// this module's packages below the commands, and the standard library.
func TestTestsImport(t *testing.T) {
	tests := 0
	for _, dir := range codecs(t, sources(t)) {
		names, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(dir), "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			tests++
			for _, spec := range f.Imports {
				path, _ := strconv.Unquote(spec.Path.Value)
				first, _, _ := strings.Cut(path, "/")
				own, isOwn := strings.CutPrefix(path, module+"/")
				switch {
				case isOwn && !slices.Contains(below, own):
					t.Errorf("%s imports %s", name, own)
				case !isOwn && strings.Contains(first, "."):
					t.Errorf("%s imports %s, which is foreign", name, path)
				}
			}
		}
	}
	if tests < 50 {
		t.Errorf("only %d files of tests", tests)
	}
}

// TestNoState: the codec packages have no init, and nothing is assigned to a
// package variable, or to a part of it, but where it is declared.
func TestNoState(t *testing.T) {
	all := sources(t)
	for _, dir := range codecs(t, all) {
		variables := map[string]bool{}
		for _, f := range all[dir] {
			for _, d := range f.Decls {
				if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.VAR {
					for _, s := range g.Specs {
						for _, n := range s.(*ast.ValueSpec).Names {
							variables[n.Name] = true
						}
					}
				}
			}
		}
		for _, f := range all[dir] {
			for _, d := range f.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok {
					continue
				}
				if fn.Name.Name == "init" && fn.Recv == nil {
					t.Errorf("%s has an init function", dir)
				}
				ast.Inspect(fn, func(n ast.Node) bool {
					switch n := n.(type) {
					case *ast.AssignStmt:
						for _, left := range n.Lhs {
							if name := root(left); n.Tok != token.DEFINE && variables[name] && !local(fn, name) {
								t.Errorf("%s: %s assigns to %s", dir, fn.Name.Name, name)
							}
						}
					case *ast.IncDecStmt:
						if name := root(n.X); variables[name] && !local(fn, name) {
							t.Errorf("%s: %s changes %s", dir, fn.Name.Name, name)
						}
					}
					return true
				})
			}
		}
	}
}

// root returns the variable that an assigned expression is a part of.
func root(e ast.Expr) string {
	for {
		switch x := e.(type) {
		case *ast.Ident:
			return x.Name
		case *ast.IndexExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.ParenExpr:
			e = x.X
		default:
			return ""
		}
	}
}

// local reports whether a function declares the name itself.
func local(fn *ast.FuncDecl, name string) bool {
	found := false
	ast.Inspect(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				for _, left := range n.Lhs {
					found = found || root(left) == name
				}
			}
		case *ast.Field:
			for _, x := range n.Names {
				found = found || x.Name == name
			}
		case *ast.ValueSpec:
			for _, x := range n.Names {
				found = found || x.Name == name
			}
		}
		return true
	})
	return found
}

func TestTopLevel(t *testing.T) {
	allowed := []string{"code", "ext", "mipv4", "dsmip", "fuzz", "testdata", "go.mod", "go.sum", "LICENSE", "README.md"}
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(allowed, e.Name()) {
			t.Errorf("%s does not belong at the top level", e.Name())
		}
	}
}
