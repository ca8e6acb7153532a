// Command startgonum loads a small perceptron, computes with gonum, and prints the class of an image.
package main

import (
	"fmt"
	"os"

	"go_examples/internal/asked"
	"go_examples/ml/mlpgonum"
)

func main() {
	files := asked.Input{
		Weights: os.Getenv("WEIGHTS"), Graph: os.Getenv("GRAPH"), Inputs: os.Getenv("INPUTS"), Batch: 1, Answer: "classes",
	}
	classes := mlpgonum.Run(mlpgonum.Prepare(files)).([]int)
	fmt.Println(classes[0])
}
