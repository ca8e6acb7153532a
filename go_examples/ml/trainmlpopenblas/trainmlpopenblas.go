// Package trainmlpopenblas trains a multilayer perceptron with the library gonum, which leaves products of matrices to OpenBLAS.
package trainmlpopenblas

import (
	"go_examples/internal/openblas/single"
	"go_examples/ml/trainmlp"
)

// Prepare makes the task. It panics where the program is built without OpenBLAS.
func Prepare(in trainmlp.Input) trainmlp.Task {
	single.Require()
	return trainmlp.Prepare(in)
}

// Run trains for some epochs and returns the loss of the last step and the sum of the squares of all weights, rounded.
func Run(in trainmlp.Task) [2]float64 { return trainmlp.Run(in) }
