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
	"dsmip/mipdump": {"code", "ext", "mipv4", "dsmip"},
	"fuzz":          {"code", "ext", "mipv4", "dsmip"},
	"fuzz/mipfuzz":  {"code", "ext", "mipv4", "dsmip", "fuzz"},
	"fuzz/native":   {"code", "ext", "mipv4", "dsmip", "fuzz"},
}

// foreign is what a package may import besides this module and the standard
// library.
var foreign = map[string][]string{"fuzz": {"github.com/google/gofuzz"}}

// codecs are the packages that a packet reaches.
var codecs = []string{"code", "ext", "mipv4", "dsmip"}

// sources parses the files of every package, tests left out.
func sources(t *testing.T) map[string][]*ast.File {
	files := map[string][]*ast.File{}
	err := filepath.WalkDir("..", func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		dir, _ := filepath.Rel("..", filepath.Dir(path))
		files[filepath.ToSlash(dir)] = append(files[filepath.ToSlash(dir)], f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range codecs {
		if len(files[dir]) == 0 {
			t.Fatalf("no sources in %s", dir)
		}
	}
	return files
}

func TestImports(t *testing.T) {
	for dir, files := range sources(t) {
		allowed, known := floors[dir]
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
				case slices.Contains(codecs, dir):
					if slices.Contains([]string{"fmt", "os", "log", "reflect", "unsafe"}, path) {
						t.Errorf("%s imports %s", dir, path)
					}
				}
			}
		}
	}
}

// TestNoState: the codec packages have no init, and nothing is assigned to a
// package variable, or to a part of it, but where it is declared.
func TestNoState(t *testing.T) {
	all := sources(t)
	for _, dir := range codecs {
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
