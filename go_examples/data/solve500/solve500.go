// Package solve500 solves five hundred linear equations with the library gonum, whose LAPACK is written in Go.
package solve500

import "go_examples/internal/dense"

// Input holds the arguments that the catalog names.
type Input = dense.Input

// Prepare makes the system.
func Prepare(in Input) dense.System { return in.System() }

// Run returns the first unknown and the last one.
func Run(in dense.System) [2]float64 { return dense.Solve(in) }
