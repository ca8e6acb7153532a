// Package distances computes the distance of each point of a plane from its middle: one loop over two slices.
package distances

import "go_examples/internal/points"

// Input holds the arguments that the catalog names.
type Input = points.Input

// Prepare makes the points.
func Prepare(in Input) points.Points { return points.Prepare(in) }

// Run returns the sum of every step-th distance.
func Run(in points.Points) float64 {
	distances := make([]float64, len(in.X))
	points.Distances(distances, in.X, in.Y)
	return points.Sample(distances, in.Step)
}
