// Command start loads a small perceptron, computes with ONNX Runtime, and prints the class of an image.
package main

import (
	"fmt"
	"os"

	"go_examples/internal/asked"
	"go_examples/ml/inferonnxruntime"
)

func main() {
	files := asked.Input{
		Weights: os.Getenv("WEIGHTS"), Graph: os.Getenv("GRAPH"), Inputs: os.Getenv("INPUTS"), Batch: 1, Answer: "classes",
	}
	classes := inferonnxruntime.Run(inferonnxruntime.Prepare(files)).([]int)
	fmt.Println(classes[0])
}
