// Package svd200 decomposes a square matrix of two hundred rows into singular values and vectors with the library gonum, whose
// LAPACK is written in Go.
package svd200

import (
	"gonum.org/v1/gonum/mat"

	"go_examples/internal/dense"
)

// Input holds the arguments that the catalog names.
type Input = dense.Input

// Prepare makes the matrix.
func Prepare(in Input) *mat.Dense { return in.Matrix() }

// Run returns the first two singular values.
func Run(in *mat.Dense) [2]float64 { return dense.Decompose(in) }
