// Package matrixproductgonum multiplies two square matrices with the library gonum, whose innermost loop is assembly.
package matrixproductgonum

import (
	"slices"

	"gonum.org/v1/gonum/mat"

	"go_examples/internal/matrices"
)

// Input holds the arguments that the catalog names.
type Input struct {
	N int `json:"n"`
}

// Prepared holds the two factors.
type Prepared struct {
	A, B *mat.Dense
}

// Prepare makes the factors.
func Prepare(in Input) Prepared {
	return Prepared{
		mat.NewDense(in.N, in.N, slices.Concat(matrices.Left(in.N)...)),
		mat.NewDense(in.N, in.N, slices.Concat(matrices.Right(in.N)...)),
	}
}

// Run returns the product's trace and the sum of its elements.
func Run(in Prepared) [2]float64 {
	var product mat.Dense
	product.Mul(in.A, in.B)
	return [2]float64{mat.Trace(&product), mat.Sum(&product)}
}
