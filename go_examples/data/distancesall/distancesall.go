// Package distancesall computes the distance of each point of a plane from its middle: a goroutine for each CPU has a part of the
// points. They are started within the measured time, as nobody keeps goroutines for later.
package distancesall

import (
	"go_examples/internal/points"
	"go_examples/internal/shares"
)

// Input holds the arguments that the catalog names.
type Input = points.Input

// Prepare makes the points.
func Prepare(in Input) points.Points { return points.Prepare(in) }

// Run returns the sum of every step-th distance.
func Run(in points.Points) float64 {
	distances := make([]float64, len(in.X))
	shares.Do(len(distances), func(first, end int) {
		points.Distances(distances[first:end], in.X[first:end], in.Y[first:end])
	})
	return points.Sample(distances, in.Step)
}
