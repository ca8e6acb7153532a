// Package trainlinear trains a ridge regression with the library gonum, by Cholesky's decomposition.
package trainlinear

import (
	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"go_examples/internal/uniform"
)

// penalty is that of the squares of the weights.
const penalty = 1

// Input holds the arguments that the catalog names.
type Input struct {
	Rows     int `json:"rows"`
	Features int `json:"features"`
}

// Observations are the features, a row for each observation, and what is to be predicted.
type Observations struct {
	X *mat.Dense
	Y []float64
}

// Prepare draws the observations as bench/workloads/ml/observations.py does.
func Prepare(in Input) Observations {
	x := mat.NewDense(in.Rows, in.Features, uniform.Numbers(in.Rows*in.Features, 1))
	y := uniform.Numbers(in.Rows, 2)
	for i := range y {
		for j, feature := range x.RawRowView(i) {
			y[i] += float64(j%7-3) * feature
		}
	}
	return Observations{x, y}
}

// Run returns the intercept, and the weights of the first feature and the last one. It panics where features depend on each other.
func Run(in Observations) [3]float64 {
	rows, features := in.X.Dims()
	means := make([]float64, features)
	for i := range rows {
		floats.Add(means, in.X.RawRowView(i))
	}
	floats.Scale(1/float64(rows), means)
	mean := stat.Mean(in.Y, nil)

	centred := mat.DenseCopyOf(in.X)
	targets := mat.NewVecDense(rows, nil)
	for i := range rows {
		floats.Sub(centred.RawRowView(i), means)
		targets.SetVec(i, in.Y[i]-mean)
	}
	var gram mat.SymDense
	gram.SymOuterK(1, centred.T())
	for i := range features {
		gram.SetSym(i, i, gram.At(i, i)+penalty)
	}
	var products, weights mat.VecDense
	products.MulVec(centred.T(), targets)
	var decomposition mat.Cholesky
	if !decomposition.Factorize(&gram) {
		panic("the features depend on each other")
	}
	if err := decomposition.SolveVecTo(&weights, &products); err != nil {
		panic(err)
	}
	intercept := mean - floats.Dot(means, weights.RawVector().Data)
	return [3]float64{intercept, weights.AtVec(0), weights.AtVec(features - 1)}
}
