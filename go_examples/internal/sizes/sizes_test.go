package main

import "testing"

func TestMeasure(t *testing.T) {
	for _, test := range []struct {
		name, source string
		want         Size
	}{
		{"comments and the package clause are no lines", "// Package a is empty.\npackage a // so\n", Size{0, 2, 0, 0}},
		{"each import is a line", "package a\nimport (\n\"fmt\"\n\"os\"\n)\n", Size{2, 7, 0, 0}},
		{"a function is a line, and so is each of its statements", "package a\nfunc f() int {\nx := 1\nreturn x\n}\n", Size{3, 14, 0, 0}},
		{"the fields of a struct are lines", "package a\ntype p struct {\nx int\ny int\n}\n", Size{3, 11, 0, 0}},
		{"fields that share a type are lines each", "package a\ntype p struct {\nx, y, z int\n}\n", Size{4, 13, 0, 0}},
		{"what is embedded is a line", "package a\ntype p struct {\nq\n}\n", Size{2, 8, 0, 0}},
		{"the head of a loop is one line and one branch", "package a\nfunc f() {\nfor i := 0; i < 3; i++ {\n}\n}\n", Size{2, 21, 1, 0}},
		{"a condition's parts are branches", "package a\nfunc f(x, y bool) {\nif x && y {\n}\n}\n", Size{2, 18, 2, 0}},
		{
			"a checked error is handled in its check and its body",
			"package a\nfunc f() error {\nif err := g(); err != nil {\nlog()\nreturn err\n}\nreturn nil\n}\n",
			Size{5, 28, 1, 3},
		},
		{
			"without an error the rest handles none, and else does",
			"package a\nfunc f() {\nif err == nil {\ng()\n} else {\nh()\n}\n}\n",
			Size{4, 23, 1, 2},
		},
		{"a new error that is returned is handling", "package a\nfunc f() error {\nreturn errors.New(\"a\")\n}\n", Size{2, 16, 0, 1}},
		{"default is no branch", "package a\nfunc f() {\nswitch x {\ncase 1:\ndefault:\n}\n}\n", Size{4, 17, 1, 0}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := measure("a.go", []byte(test.source))
			if err != nil {
				t.Fatal(err)
			}
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func TestASourceThatIsNotGoIsAnError(t *testing.T) {
	if _, err := measure("a.go", []byte("def f(): pass")); err == nil {
		t.Error("no error")
	}
}
