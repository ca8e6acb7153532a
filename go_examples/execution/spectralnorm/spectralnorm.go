// Package spectralnorm finds the largest singular value of an infinite matrix's upper left corner by the power method.
//
// The rule for every tier: an element is computed each time it is needed, never looked up in a stored matrix.
package spectralnorm

import "math"

// Input holds the arguments that the catalog names.
type Input struct {
	N int `json:"n"`
}

// denominator returns the inverse of the element of A in row i and column j.
func denominator(i, j int) float64 {
	return float64((i+j)*(i+j+1)/2 + i + 1)
}

// times sets product to A v.
func times(product, vector []float64) {
	for i := range product {
		total := 0.0
		for j, value := range vector {
			total += value / denominator(i, j)
		}
		product[i] = total
	}
}

// transposedTimes sets product to v A, that is A's transpose times v.
func transposedTimes(product, vector []float64) {
	for j := range product {
		total := 0.0
		for i, value := range vector {
			total += value / denominator(i, j)
		}
		product[j] = total
	}
}

// Run returns the spectral norm of the n by n corner.
func Run(in Input) float64 {
	u := make([]float64, in.N)
	v := make([]float64, in.N)
	between := make([]float64, in.N)
	for i := range u {
		u[i] = 1
	}
	for range 10 {
		times(between, u)
		transposedTimes(v, between)
		times(between, v)
		transposedTimes(u, between)
	}
	var uv, vv float64
	for i := range u {
		uv += u[i] * v[i]
		vv += v[i] * v[i]
	}
	return math.Sqrt(uv / vv)
}
