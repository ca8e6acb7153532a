// Package dense has the benchmarks on linear algebra, at every size, on gonum's matrices. Its twins in Python are
// bench/workloads/data/dense.py and the programs beside it.
package dense

import (
	"gonum.org/v1/gonum/mat"

	"go_examples/internal/uniform"
)

// Input holds the arguments that the catalog names.
type Input struct {
	N int `json:"n"`
}

// Factors are what is multiplied.
type Factors struct {
	A, B *mat.Dense
}

// System is a matrix and the right-hand side.
type System struct {
	A *mat.Dense
	B *mat.VecDense
}

// Factors returns two matrices.
func (in Input) Factors() Factors { return Factors{matrix(in.N, 4), matrix(in.N, 5)} }

// System returns a system of equations whose diagonal outweighs the rest, so that it has one exact solution.
func (in Input) System() System {
	a := matrix(in.N, 6)
	for i := range in.N {
		a.Set(i, i, a.At(i, i)+float64(in.N))
	}
	return System{a, mat.NewVecDense(in.N, uniform.Numbers(in.N, 7))}
}

// Matrix returns a matrix that is decomposed.
func (in Input) Matrix() *mat.Dense { return matrix(in.N, 8) }

// Product returns the product's first element and its last one.
func Product(in Factors) [2]float64 {
	var product mat.Dense
	product.Mul(in.A, in.B)
	rows, columns := product.Dims()
	return [2]float64{product.At(0, 0), product.At(rows-1, columns-1)}
}

// Solve returns the first unknown and the last one.
func Solve(in System) [2]float64 {
	var x mat.VecDense
	if err := x.SolveVec(in.A, in.B); err != nil {
		panic(err)
	}
	return [2]float64{x.AtVec(0), x.AtVec(x.Len() - 1)}
}

// Decompose returns the first two singular values; the vectors are computed as well.
func Decompose(a *mat.Dense) [2]float64 {
	var svd mat.SVD
	if !svd.Factorize(a, mat.SVDFull) {
		panic("the decomposition does not converge")
	}
	values := svd.Values(nil)
	return [2]float64{values[0], values[1]}
}

func matrix(n int, seed uint32) *mat.Dense { return mat.NewDense(n, n, uniform.Numbers(n*n, seed)) }
