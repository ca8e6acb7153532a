// Package fft computes the discrete Fourier transform of complex numbers with the library gonum, which is FFTPACK in Go.
package fft

import (
	"gonum.org/v1/gonum/dsp/fourier"

	"go_examples/internal/uniform"
)

// Input holds the arguments that the catalog names.
type Input struct {
	N int `json:"n"`
}

// Prepared holds the signal, and the tables for its length, which a program with several signals makes once; NumPy keeps those of the
// last lengths by itself.
type Prepared struct {
	Signal []complex128
	Tables *fourier.CmplxFFT
}

// Prepare makes the signal.
func Prepare(in Input) Prepared {
	signal := make([]complex128, in.N)
	imaginary := uniform.Numbers(in.N, 10)
	for i, real := range uniform.Numbers(in.N, 9) {
		signal[i] = complex(real, imaginary[i])
	}
	return Prepared{signal, fourier.NewCmplxFFT(in.N)}
}

// Run returns the second coefficient and the last one, each as two numbers.
func Run(in Prepared) [4]float64 {
	coefficients := in.Tables.Coefficients(nil, in.Signal)
	second, last := coefficients[1], coefficients[len(coefficients)-1]
	return [4]float64{real(second), imag(second), real(last), imag(last)}
}
