// Package mlpgonum asks a multilayer perceptron with its arithmetic written out: products of matrices by gonum.
package mlpgonum

import (
	"os"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"

	"go_examples/internal/asked"
	"go_examples/internal/perceptron"
)

// Task is the layers, the images of a batch, room for what each layer gives, and in which form to answer.
type Task struct {
	Weights []blas32.General
	Biases  [][]float32
	Values  []blas32.General
	Answer  string
}

// Prepare reads the layers and the batch.
func Prepare(in asked.Input) Task {
	file, err := os.ReadFile(asked.Path(in.Weights))
	if err != nil {
		panic(err)
	}
	layers, err := perceptron.Layers(file)
	if err != nil {
		panic(err)
	}
	images := in.Load().Images
	task := Task{Values: []blas32.General{matrix(in.Batch, images)}, Answer: in.Answer}
	for _, layer := range layers {
		outputs := len(layer.Biases)
		task.Weights = append(task.Weights, matrix(outputs, layer.Weights))
		task.Biases = append(task.Biases, layer.Biases)
		task.Values = append(task.Values, matrix(in.Batch, make([]float32, in.Batch*outputs)))
	}
	return task
}

// Run returns the classes of a batch, or the scores.
func Run(in Task) any {
	for i, weights := range in.Weights {
		inputs, outputs := in.Values[i], in.Values[i+1]
		blas32.Gemm(blas.NoTrans, blas.Trans, 1, inputs, weights, 0, outputs)
		add(outputs.Data, in.Biases[i])
		if i < len(in.Weights)-1 {
			rectify(outputs.Data)
		}
	}
	scores := in.Values[len(in.Weights)]
	return asked.Answer(scores.Data, scores.Rows, in.Answer)
}

// add adds the biases to each row.
func add(rows, biases []float32) {
	for ; len(rows) > 0; rows = rows[len(biases):] {
		for i, bias := range biases {
			rows[i] += bias
		}
	}
}

func rectify(numbers []float32) {
	for i, number := range numbers {
		numbers[i] = max(number, 0)
	}
}

func matrix(rows int, data []float32) blas32.General {
	columns := len(data) / rows
	return blas32.General{Rows: rows, Cols: columns, Stride: columns, Data: data}
}
