// Package product500all multiplies two square matrices of five hundred rows, on all CPUs, with the library gonum, whose
// innermost loop is assembly.
package product500all

import "go_examples/internal/dense"

// Input holds the arguments that the catalog names.
type Input = dense.Input

// Prepare makes the factors.
func Prepare(in Input) dense.Factors { return in.Factors() }

// Run returns the product's first element and its last one.
func Run(in dense.Factors) [2]float64 { return dense.Product(in) }
