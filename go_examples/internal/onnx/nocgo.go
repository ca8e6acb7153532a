//go:build !cgo

package onnx

import "go_examples/internal/asked"

// Session stands for one where there is no C compiler, and so no way to call ONNX Runtime.
type Session struct{}

// Open panics.
func Open(string, asked.Batch) Session {
	panic("ONNX Runtime is called through C, and this was built without a C compiler")
}

// Scores returns none.
func (Session) Scores() []float32 { return nil }
