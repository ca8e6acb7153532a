// Package trainmlp trains a multilayer perceptron by gradient descent: products of matrices of the library gonum, everything else by
// hand.
package trainmlp

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"go_examples/internal/training"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Examples int `json:"examples"`
	Epochs   int `json:"epochs"`
}

// Task is what training begins with.
type Task struct {
	training.Examples
	Epochs int
	Layers []training.Layer
}

// Prepare makes the task.
func Prepare(in Input) Task { return Task{training.Draw(in.Examples), in.Epochs, training.Layers()} }

// layer is a dense layer in training, with room for what a step computes.
type layer struct {
	weights, gradient      blas32.General
	biases, biasesGradient []float32
	outputs, delta         blas32.General
}

// Run trains for some epochs and returns the loss of the last step and the sum of the squares of all weights, rounded.
func Run(in Task) [2]float64 {
	layers := make([]layer, len(in.Layers))
	trained := make([]training.Layer, len(in.Layers))
	for i, initial := range in.Layers {
		trained[i] = initial
		trained[i].Weights, trained[i].Biases = slices.Clone(initial.Weights), slices.Clone(initial.Biases)
		layers[i] = layer{
			matrix(initial.In, initial.Out, trained[i].Weights), zeros(initial.In, initial.Out),
			trained[i].Biases, make([]float32, initial.Out),
			zeros(training.Batch, initial.Out), zeros(training.Batch, initial.Out),
		}
	}
	var loss float64
	for range in.Epochs {
		for first := 0; first < len(in.Labels); first += training.Batch {
			rows := in.Rows[first*training.Inputs:][:training.Batch*training.Inputs]
			loss = step(layers, matrix(training.Batch, training.Inputs, rows), in.Labels[first:][:training.Batch])
		}
	}
	return training.Answer(loss, trained)
}

// step changes the layers by the gradient of one batch and returns its loss before the change.
func step(layers []layer, inputs blas32.General, labels []int32) float64 {
	last := len(layers) - 1
	forward := inputs
	for i := range layers {
		layers[i].forward(forward)
		if i < last {
			rectify(layers[i].outputs.Data)
		}
		forward = layers[i].outputs
	}
	loss := crossEntropy(layers[last].outputs, layers[last].delta, labels)
	for i := last; i >= 0; i-- {
		before := inputs
		if i > 0 {
			before = layers[i-1].outputs
		}
		layers[i].backward(before)
		if i > 0 {
			layers[i].propagate(&layers[i-1])
		}
		layers[i].descend()
	}
	return loss
}

func (l *layer) forward(inputs blas32.General) {
	for row := range l.outputs.Rows {
		copy(l.outputs.Data[row*l.outputs.Stride:], l.biases)
	}
	blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, inputs, l.weights, 1, l.outputs)
}

// backward computes the gradients of weights and biases from the gradient of the outputs.
func (l *layer) backward(inputs blas32.General) {
	blas32.Gemm(blas.Trans, blas.NoTrans, 1, inputs, l.delta, 0, l.gradient)
	clear(l.biasesGradient)
	for row := range l.delta.Rows {
		for i, d := range l.delta.Data[row*l.delta.Stride:][:len(l.biasesGradient)] {
			l.biasesGradient[i] += d
		}
	}
}

// propagate computes the gradient of the outputs of the layer before, where they were not cut off.
func (l *layer) propagate(before *layer) {
	blas32.Gemm(blas.NoTrans, blas.Trans, 1, l.delta, l.weights, 0, before.delta)
	for i, output := range before.outputs.Data {
		if output <= 0 {
			before.delta.Data[i] = 0
		}
	}
}

func (l *layer) descend() {
	for i, g := range l.gradient.Data {
		l.weights.Data[i] -= training.Rate * g
	}
	for i, g := range l.biasesGradient {
		l.biases[i] -= training.Rate * g
	}
}

func rectify(numbers []float32) {
	for i, number := range numbers {
		numbers[i] = max(number, 0)
	}
}

// crossEntropy returns the mean loss of scores, and sets delta to their gradient.
func crossEntropy(scores, delta blas32.General, labels []int32) float64 {
	var loss float64
	for i, label := range labels {
		row, gradient := scores.Data[i*scores.Stride:][:scores.Cols], delta.Data[i*delta.Stride:][:delta.Cols]
		largest := slices.Max(row)
		var sum float32
		for j, score := range row {
			gradient[j] = float32(math.Exp(float64(score - largest)))
			sum += gradient[j]
		}
		loss += math.Log(float64(sum)) - float64(row[label]-largest)
		for j := range gradient {
			gradient[j] /= sum * training.Batch
		}
		gradient[label] -= 1.0 / training.Batch
	}
	return loss / training.Batch
}

func matrix(rows, columns int, data []float32) blas32.General {
	return blas32.General{Rows: rows, Cols: columns, Stride: columns, Data: data}
}

func zeros(rows, columns int) blas32.General {
	return matrix(rows, columns, make([]float32, rows*columns))
}
