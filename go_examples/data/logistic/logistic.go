// Package logistic computes the logistic function of each number: one loop over a slice that calls math.Exp.
package logistic

import (
	"math"

	"go_examples/internal/uniform"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Count int `json:"count"`
	Step  int `json:"step"`
}

// Prepared holds the numbers, from -4 to below 4.
type Prepared struct {
	X    []float64
	Step int
}

// Prepare makes the numbers.
func Prepare(in Input) Prepared {
	x := uniform.Numbers(in.Count, 3)
	for i := range x {
		x[i] = 8*x[i] - 4
	}
	return Prepared{x, in.Step}
}

// Run returns the sum of every step-th value.
func Run(in Prepared) float64 {
	values := make([]float64, len(in.X))
	for i, number := range in.X {
		values[i] = 1 / (1 + math.Exp(-number))
	}
	sum := 0.0
	for i := 0; i < len(values); i += in.Step {
		sum += values[i]
	}
	return sum
}
