// Package product100 multiplies two square matrices of a hundred rows with the library gonum, whose innermost loop is assembly.
package product100

import "go_examples/internal/dense"

// Input holds the arguments that the catalog names.
type Input = dense.Input

// Prepare makes the factors.
func Prepare(in Input) dense.Factors { return in.Factors() }

// Run returns the product's first element and its last one.
func Run(in dense.Factors) [2]float64 { return dense.Product(in) }
