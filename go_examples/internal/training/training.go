// Package training has what the programs that train a multilayer perceptron begin with. Its twin in Python is
// bench/workloads/ml/training.py.
package training

import (
	"math"

	"go_examples/internal/uniform"
)

// Inputs and Classes are the numbers of an example and of the classes; Batch is the examples of a step; Rate is the learning rate.
const (
	Inputs  = 64
	Classes = 10
	Batch   = 64
	Rate    = 0.5
)

// sizes are the neurons of each layer, after its inputs.
var sizes = [...]int{Inputs, 128, 64, Classes}

// Examples are rows of numbers from -1 to below 1, one after another, and the class of each row.
type Examples struct {
	Rows   []float32
	Labels []int32
}

// Layer is a matrix of weights, row by row with a column for each output, and a bias for each output.
type Layer struct {
	In, Out int
	Weights []float32
	Biases  []float32
}

// Draw returns the examples. The class is the place of the largest of the first numbers.
func Draw(count int) Examples {
	drawn := Examples{make([]float32, count*Inputs), make([]int32, count)}
	for i, number := range uniform.Numbers(count*Inputs, 1) {
		drawn.Rows[i] = float32(2*number - 1)
	}
	for i := range drawn.Labels {
		row := drawn.Rows[i*Inputs:][:Classes]
		for class, number := range row {
			if number > row[drawn.Labels[i]] {
				drawn.Labels[i] = int32(class)
			}
		}
	}
	return drawn
}

// Layers returns the layers before training: weights within the reciprocal square root of a layer's inputs, and no biases.
func Layers() []Layer {
	layers := make([]Layer, len(sizes)-1)
	for i := range layers {
		in, out := sizes[i], sizes[i+1]
		layers[i] = Layer{in, out, make([]float32, in*out), make([]float32, out)}
		for j, number := range uniform.Numbers(in*out, uint32(2+i)) {
			layers[i].Weights[j] = float32((2*number - 1) / math.Sqrt(float64(in)))
		}
	}
	return layers
}

// Answer returns the loss of the last step and the sum of the squares of all weights and biases after it, rounded: programs that
// add in another order differ in digits after these.
func Answer(loss float64, layers []Layer) [2]float64 {
	var sum float64
	for _, layer := range layers {
		for _, numbers := range [][]float32{layer.Weights, layer.Biases} {
			for _, number := range numbers {
				sum += float64(number) * float64(number)
			}
		}
	}
	return [2]float64{math.Round(loss*1000) / 1000, math.Round(sum*100) / 100}
}
