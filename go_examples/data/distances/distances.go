// Package distances computes the distance of each point of a plane from its middle: one loop over two slices.
package distances

import (
	"math"

	"go_examples/internal/uniform"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Points int `json:"points"`
	Step   int `json:"step"`
}

// Points are as many coordinates each way, and the step of the sample.
type Points struct {
	X, Y []float64
	Step int
}

// Prepare makes the points.
func Prepare(in Input) Points {
	return Points{uniform.Numbers(in.Points, 1), uniform.Numbers(in.Points, 2), in.Step}
}

// Run returns the sum of every step-th distance.
func Run(in Points) float64 {
	distances := make([]float64, len(in.X))
	Compute(distances, in.X, in.Y)
	return Sum(distances, in.Step)
}

// Compute writes the distance of each point to out. Each product is converted to float64, which forbids the compiler to fuse it
// with the addition: that would round differently on processors that can.
func Compute(out, x, y []float64) {
	x, y = x[:len(out)], y[:len(out)] // no index needs a check below
	for i := range out {
		dx, dy := x[i]-0.5, y[i]-0.5
		out[i] = math.Sqrt(float64(dx*dx) + float64(dy*dy))
	}
}

// Sum returns the sum of every step-th number.
func Sum(numbers []float64, step int) float64 {
	sum := 0.0
	for i := 0; i < len(numbers); i += step {
		sum += numbers[i]
	}
	return sum
}
