// Package dense makes the dense matrices of the benchmarks on linear algebra: numbers from 0 to below 1. Its twin in Python is
// bench/workloads/data/dense.py.
package dense

import (
	"gonum.org/v1/gonum/mat"

	"go_examples/internal/uniform"
)

// Matrix returns a square matrix.
func Matrix(n int, seed uint32) *mat.Dense { return mat.NewDense(n, n, uniform.Numbers(n*n, seed)) }

// Dominant returns a square matrix whose diagonal outweighs the rest, so that a system of equations with it has one exact solution.
func Dominant(n int, seed uint32) *mat.Dense {
	a := Matrix(n, seed)
	for i := range n {
		a.Set(i, i, a.At(i, i)+float64(n))
	}
	return a
}
