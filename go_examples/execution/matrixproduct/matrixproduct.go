// Package matrixproduct multiplies two square matrices, held as slices of rows, with loops.
//
// A row of the product is the sum of the second matrix's rows, each times an element of the first: all memory is read and
// written in its order. Go's compiler makes no vector instructions of it.
package matrixproduct

import "go_examples/internal/matrices"

// Input holds the arguments that the catalog names.
type Input struct {
	N int `json:"n"`
}

// Prepared holds the two factors.
type Prepared struct {
	A, B [][]float64
}

// Prepare makes the factors.
func Prepare(in Input) Prepared {
	return Prepared{matrices.Left(in.N), matrices.Right(in.N)}
}

func multiply(a, b [][]float64) [][]float64 {
	product := make([][]float64, len(a))
	for i, row := range a {
		sum := make([]float64, len(b[0]))
		for k, factor := range row {
			// The same length as sum's: so the compiler leaves out the check of each index.
			other := b[k][:len(sum)]
			for j := range sum {
				sum[j] += factor * other[j]
			}
		}
		product[i] = sum
	}
	return product
}

// Run returns the product's trace and the sum of its elements.
func Run(in Prepared) [2]float64 {
	var trace, total float64
	for i, row := range multiply(in.A, in.B) {
		trace += row[i]
		for _, element := range row {
			total += element
		}
	}
	return [2]float64{trace, total}
}
