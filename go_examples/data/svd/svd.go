// Package svd decomposes a square matrix into singular values and vectors with the library gonum, whose LAPACK is written in Go.
package svd

import (
	"gonum.org/v1/gonum/mat"

	"go_examples/internal/dense"
)

// Input holds the arguments that the catalog names.
type Input struct {
	N int `json:"n"`
}

// Prepare makes the matrix.
func Prepare(in Input) *mat.Dense { return dense.Matrix(in.N, 8) }

// Run returns the first two singular values; the vectors are computed as well.
func Run(a *mat.Dense) [2]float64 {
	var svd mat.SVD
	if !svd.Factorize(a, mat.SVDFull) {
		panic("the decomposition does not converge")
	}
	values := svd.Values(nil)
	return [2]float64{values[0], values[1]}
}
