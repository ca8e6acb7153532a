// Package inferonnxruntime asks a model with ONNX Runtime, which reads the whole model from a file and plans it, with one thread.
package inferonnxruntime

import (
	"path/filepath"

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
	batch := in.Load()
	return Task{onnx.Open(asked.Path(in.Graph), batch, shape(in.Graph, batch)), in.Batch, in.Answer}
}

// shape returns the dimensions of one input: an image is a plane of pixels to the convolutional network, and a row of them to the other.
func shape(graph string, batch asked.Batch) []int64 {
	if filepath.Base(graph) == "cnn.onnx" {
		return []int64{1, 28, 28}
	}
	return []int64{int64(max(len(batch.Images), len(batch.Texts)) / batch.Rows)}
}

// Run returns the classes of a batch, or the scores.
func Run(in Task) any {
	scores := in.Session.Scores()
	return asked.Answer(scores, in.Rows, in.Answer)
}
