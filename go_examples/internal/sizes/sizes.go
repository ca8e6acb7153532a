// Command sizes prints the size of Go source files as JSON: path -> logical lines, tokens, branches, and lines of error handling.
//
// What is counted, and by which definition, is said in scripts/publish/facts/sizes.py, which counts Python alike.
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"strings"
)

// Size is what is counted of one file.
type Size struct {
	Lines    int `json:"lines"`
	Tokens   int `json:"tokens"`
	Branches int `json:"branches"`
	Handling int `json:"handling"`
}

func main() {
	sizes := make(map[string]Size)
	for _, path := range os.Args[1:] {
		source, err := os.ReadFile(path)
		if err == nil {
			sizes[path], err = measure(path, source)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(sizes); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// measure counts one file.
func measure(name string, source []byte) (Size, error) {
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.SkipObjectResolution)
	if err != nil {
		return Size{}, err
	}
	counts := &counter{headers: make(map[ast.Node]bool)}
	ast.Walk(visitor{counts, false}, file)
	counts.size.Tokens = tokens(source)
	return counts.size, nil
}

// tokens counts what is written: not comments, nor the semicolons that the scanner puts at the ends of lines.
func tokens(source []byte) int {
	var lexer scanner.Scanner
	files := token.NewFileSet()
	lexer.Init(files.AddFile("", files.Base(), len(source)), source, nil, 0)
	count := 0
	for {
		_, kind, literal := lexer.Scan()
		switch {
		case kind == token.EOF:
			return count
		case kind != token.SEMICOLON || literal == ";":
			count++
		}
	}
}

type counter struct {
	size    Size
	headers map[ast.Node]bool // statements within the head of another, which is one line with it
}

// visitor walks the syntax tree, and knows whether it is within code that handles an error.
type visitor struct {
	*counter
	handling bool
}

func (v visitor) Visit(node ast.Node) ast.Visitor {
	v.countBranches(node)
	switch node := node.(type) {
	case *ast.IfStmt:
		v.head(node.Init)
		failed, checked := v.handling, checksError(node.Cond)
		v.line(failed || checked)
		v.walk(node.Init)
		v.walk(node.Cond)
		visitor{v.counter, failed || (checked && !asksForNone(node.Cond))}.walk(node.Body)
		visitor{v.counter, failed || (checked && asksForNone(node.Cond))}.walk(node.Else)
		return nil
	case *ast.ForStmt:
		v.head(node.Init)
		v.head(node.Post)
		v.line(v.handling)
	case *ast.SwitchStmt:
		v.head(node.Init)
		v.line(v.handling)
	case *ast.TypeSwitchStmt:
		v.head(node.Init)
		v.head(node.Assign)
		v.line(v.handling)
	case *ast.CommClause:
		v.head(node.Comm)
		v.line(v.handling)
	case *ast.ReturnStmt:
		v.line(v.handling || returnsError(node))
	case *ast.ExprStmt:
		if !v.headers[node] {
			v.line(v.handling || calls(node.X, "panic"))
		}
	case *ast.BlockStmt, *ast.EmptyStmt, *ast.LabeledStmt, *ast.DeclStmt:
	case ast.Stmt:
		if !v.headers[node] {
			v.line(v.handling)
		}
	case *ast.FuncDecl, ast.Spec:
		v.line(v.handling)
	case *ast.StructType:
		v.lines(node.Fields)
	case *ast.InterfaceType:
		v.lines(node.Methods)
	}
	return v
}

func (v visitor) countBranches(node ast.Node) {
	switch node := node.(type) {
	case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt:
		v.size.Branches++
	case *ast.CaseClause:
		if node.List != nil {
			v.size.Branches++
		}
	case *ast.CommClause:
		if node.Comm != nil {
			v.size.Branches++
		}
	case *ast.BinaryExpr:
		if node.Op == token.LAND || node.Op == token.LOR {
			v.size.Branches++
		}
	}
}

// walk visits a part of a statement, which may be missing.
func (v visitor) walk(node ast.Node) {
	if node != nil {
		ast.Walk(v, node)
	}
}

func (v visitor) head(statement ast.Stmt) {
	if statement != nil {
		v.headers[statement] = true
	}
}

func (v visitor) line(handling bool) {
	v.size.Lines++
	if handling {
		v.size.Handling++
	}
}

// lines counts a line for each name, or for a type that is embedded: Go's "x, y int" is two fields, as in Python.
func (v visitor) lines(fields *ast.FieldList) {
	for _, field := range fields.List {
		for range max(1, len(field.Names)) {
			v.line(v.handling)
		}
	}
}

// checksError tells whether a condition compares an error with nil, or asks errors.Is, errors.As or errors.AsType.
func checksError(condition ast.Expr) bool {
	found := false
	ast.Inspect(condition, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.BinaryExpr:
			found = found || (isError(node.X) && isNil(node.Y))
		case *ast.CallExpr:
			found = found || calls(node, "errors")
		}
		return !found
	})
	return found
}

// asksForNone tells whether a condition is that there is no error: what follows in else handles it.
func asksForNone(condition ast.Expr) bool {
	comparison, is := condition.(*ast.BinaryExpr)
	return is && comparison.Op == token.EQL
}

// returnsError tells whether the last value that is returned is an error: one with such a name, or a new one.
func returnsError(statement *ast.ReturnStmt) bool {
	if len(statement.Results) == 0 {
		return false
	}
	last := statement.Results[len(statement.Results)-1]
	if call, is := last.(*ast.CallExpr); is {
		function, is := call.Fun.(*ast.SelectorExpr)
		return calls(call, "errors") || (is && function.Sel.Name == "Errorf")
	}
	return isError(last)
}

// isError goes by the name, since types are not known: err, readErr, ErrClosed.
func isError(expression ast.Expr) bool {
	name := ""
	switch expression := expression.(type) {
	case *ast.Ident:
		name = expression.Name
	case *ast.SelectorExpr:
		name = expression.Sel.Name
	}
	return name == "err" || strings.HasSuffix(name, "Err") || strings.HasPrefix(name, "Err")
}

func isNil(expression ast.Expr) bool {
	name, is := expression.(*ast.Ident)
	return is && name.Name == "nil"
}

// calls tells whether an expression is a call of a function, or of any function of a package, by that name.
func calls(expression ast.Expr, name string) bool {
	call, is := expression.(*ast.CallExpr)
	if !is {
		return false
	}
	switch function := call.Fun.(type) {
	case *ast.Ident:
		return function.Name == name
	case *ast.SelectorExpr:
		of, is := function.X.(*ast.Ident)
		return is && of.Name == name
	}
	return false
}
