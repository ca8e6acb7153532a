// Package solve solves linear equations with the library gonum, whose LAPACK is written in Go.
package solve

import (
	"gonum.org/v1/gonum/mat"

	"go_examples/internal/dense"
	"go_examples/internal/uniform"
)

// Input holds the arguments that the catalog names.
type Input struct {
	N int `json:"n"`
}

// System is a matrix and the right-hand side.
type System struct {
	A *mat.Dense
	B *mat.VecDense
}

// Prepare makes the system.
func Prepare(in Input) System {
	return System{dense.Dominant(in.N, 6), mat.NewVecDense(in.N, uniform.Numbers(in.N, 7))}
}

// Run returns the first unknown and the last one. It panics where the matrix has no inverse.
func Run(in System) [2]float64 {
	var x mat.VecDense
	if err := x.SolveVec(in.A, in.B); err != nil {
		panic(err)
	}
	return [2]float64{x.AtVec(0), x.AtVec(x.Len() - 1)}
}
