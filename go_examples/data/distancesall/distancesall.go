// Package distancesall computes the distance of each point of a plane from its middle: a goroutine for each CPU has a part of the
// points. They are started within the measured time, as nobody keeps goroutines for later.
package distancesall

import (
	"go_examples/data/distances"
	"go_examples/internal/parts"
)

// Input holds the arguments that the catalog names.
type Input = distances.Input

// Prepare makes the points.
func Prepare(in Input) distances.Points { return distances.Prepare(in) }

// Run returns the sum of every step-th distance.
func Run(in distances.Points) float64 {
	computed := make([]float64, len(in.X))
	parts.Do(len(computed), func(first, end int) {
		distances.Compute(computed[first:end], in.X[first:end], in.Y[first:end])
	})
	return distances.Sum(computed, in.Step)
}
