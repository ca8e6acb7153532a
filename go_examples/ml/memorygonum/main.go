// Command memorygonum loads a small perceptron and asks it once, with gonum.
package main

import (
	"go_examples/internal/asked"
	"go_examples/internal/report"
	"go_examples/ml/mlpgonum"
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
	task := mlpgonum.Prepare(asked.Input(in))
	classes := mlpgonum.Run(task).([]int)
	mark("answered")
	return classes[0]
}
