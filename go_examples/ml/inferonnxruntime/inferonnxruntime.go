// Package inferonnxruntime asks a model with ONNX Runtime, which reads the whole model from a file and plans it, with one thread.
package inferonnxruntime

import (
	"go_examples/internal/asked"
	"go_examples/internal/onnx"
)

// Task is a model with a batch, and in which form it answers.
type Task struct {
	Session onnx.Session
	Rows    int
	Answer  string
}

// Prepare opens the model and reads the batch.
func Prepare(in asked.Input) Task {
	return Task{onnx.Open(asked.Path(in.Graph), in.Load()), in.Batch, in.Answer}
}

// Run returns the classes of a batch, or the scores.
func Run(in Task) any {
	scores := in.Session.Scores()
	return asked.Answer(scores, in.Rows, in.Answer)
}
