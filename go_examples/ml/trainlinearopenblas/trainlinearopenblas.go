// Package trainlinearopenblas trains a ridge regression with the library gonum, which leaves its work to OpenBLAS.
package trainlinearopenblas

import (
	"go_examples/internal/openblas"
	"go_examples/ml/trainlinear"
)

// Prepare draws the observations. It panics where the program is built without OpenBLAS.
func Prepare(in trainlinear.Input) trainlinear.Observations {
	openblas.Require()
	return trainlinear.Prepare(in)
}

// Run returns the intercept, and the weights of the first feature and the last one. It panics where features depend on each other.
func Run(in trainlinear.Observations) [3]float64 { return trainlinear.Run(in) }
