// Package productopenblas multiplies two square matrices with the library gonum, which leaves it to OpenBLAS.
package productopenblas

import (
	"go_examples/data/product"
	"go_examples/internal/openblas"
)

// Prepare makes the factors. It panics where the program is built without OpenBLAS.
func Prepare(in product.Input) product.Factors {
	openblas.Require()
	return product.Prepare(in)
}

// Run returns the product's first element and its last one.
func Run(in product.Factors) [2]float64 { return product.Run(in) }
