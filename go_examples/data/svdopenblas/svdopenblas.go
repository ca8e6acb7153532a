// Package svdopenblas decomposes a square matrix into singular values and vectors with the library gonum, which leaves it to
// OpenBLAS's LAPACK.
package svdopenblas

import (
	"gonum.org/v1/gonum/mat"

	"go_examples/data/svd"
	"go_examples/internal/openblas"
)

// Prepare makes the matrix. It panics where the program is built without OpenBLAS.
func Prepare(in svd.Input) *mat.Dense {
	openblas.Require()
	return svd.Prepare(in)
}

// Run returns the first two singular values; the vectors are computed as well.
func Run(a *mat.Dense) [2]float64 { return svd.Run(a) }
