// Command memory loads a small perceptron and asks it once, with ONNX Runtime.
package main

import (
	"go_examples/internal/asked"
	"go_examples/internal/report"
	"go_examples/ml/inferonnxruntime"
)

type input struct {
	Weights string `report:"weights"`
	Graph   string `report:"graph"`
	Inputs  string `report:"inputs"`
	Batch   int    `report:"batch"`
	Answer  string `report:"answer"`
}

func main() { report.Main(run) }

// run returns the class of the first image.
func run(in input, mark report.Mark) int {
	task := inferonnxruntime.Prepare(asked.Input(in))
	classes := inferonnxruntime.Run(task).([]int)
	mark("answered")
	return classes[0]
}
