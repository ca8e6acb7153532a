// Package solveopenblas solves linear equations with the library gonum, which leaves it to OpenBLAS's LAPACK.
package solveopenblas

import (
	"go_examples/data/solve"
	"go_examples/internal/openblas"
)

// Prepare makes the system. It panics where the program is built without OpenBLAS.
func Prepare(in solve.Input) solve.System {
	openblas.Require()
	return solve.Prepare(in)
}

// Run returns the first unknown and the last one. It panics where the matrix has no inverse.
func Run(in solve.System) [2]float64 { return solve.Run(in) }
