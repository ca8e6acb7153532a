// Command byhand serves a model whose arithmetic is written out: a product with a matrix for each layer, by gonum. It needs neither C nor
// a library beside it.
package main

import (
	"fmt"
	"log"
	"os"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"go_examples/internal/perceptron"
	"go_examples/internal/serving"
	"go_examples/ml/endpoint/internal/classify"
)

func main() {
	file, err := os.ReadFile(os.Getenv("WEIGHTS"))
	if err != nil {
		log.Fatal(err)
	}
	layers, err := perceptron.Layers(file)
	if err != nil {
		log.Fatalf("%s: %v", os.Getenv("WEIGHTS"), err)
	}
	if err := serving.Serve(classify.Routes(model(layers))); err != nil {
		log.Fatal(err)
	}
}

// model returns what computes the scores. Weights are only read, so requests share them.
func model(layers []perceptron.Layer) classify.Model {
	return func(image *[classify.Pixels]float32) (scores [classify.Classes]float32, err error) {
		values := image[:]
		for i, layer := range layers {
			values = apply(layer, values)
			if i < len(layers)-1 {
				rectify(values)
			}
		}
		if len(values) != classify.Classes {
			return scores, fmt.Errorf("the model has %d classes", len(values))
		}
		return [classify.Classes]float32(values), nil
	}
}

// apply returns the outputs of a layer, before any activation.
func apply(layer perceptron.Layer, inputs []float32) []float32 {
	outputs := append([]float32(nil), layer.Biases...)
	weights := blas32.General{Rows: len(outputs), Cols: len(inputs), Stride: len(inputs), Data: layer.Weights}
	blas32.Gemv(blas.NoTrans, 1, weights, blas32.Vector{N: len(inputs), Inc: 1, Data: inputs}, 1, blas32.Vector{N: len(outputs), Inc: 1, Data: outputs})
	return outputs
}

func rectify(values []float32) {
	for i, value := range values {
		values[i] = max(0, value)
	}
}
