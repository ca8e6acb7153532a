// Package product multiplies two square matrices with the library gonum, whose innermost loop is assembly. Large ones are divided
// among the CPUs that the process may use.
package product

import (
	"gonum.org/v1/gonum/mat"

	"go_examples/internal/dense"
)

// Input holds the arguments that the catalog names.
type Input struct {
	N int `json:"n"`
}

// Factors are what is multiplied.
type Factors struct {
	A, B *mat.Dense
}

// Prepare makes the factors.
func Prepare(in Input) Factors { return Factors{dense.Matrix(in.N, 4), dense.Matrix(in.N, 5)} }

// Run returns the product's first element and its last one.
func Run(in Factors) [2]float64 {
	var product mat.Dense
	product.Mul(in.A, in.B)
	rows, columns := product.Dims()
	return [2]float64{product.At(0, 0), product.At(rows-1, columns-1)}
}
