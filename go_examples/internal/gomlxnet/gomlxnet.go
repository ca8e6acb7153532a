// Package gomlxnet is what the models have in common that the library GoMLX computes with its backend in Go: their weights, as PyTorch
// names and stores them, a row for each output; the layers that read them; and what a model is asked.
package gomlxnet

import (
	"slices"

	"github.com/gomlx/gomlx/backends/simplego"
	"github.com/gomlx/gomlx/pkg/core/graph"
	"github.com/gomlx/gomlx/pkg/core/tensors"
	"github.com/gomlx/gomlx/pkg/ml/context"

	"go_examples/internal/tables"
)

// Input holds the arguments that the catalog names.
type Input struct {
	// Weights is the file of the weights, and Inputs that of the images or texts.
	Weights string `json:"weights"`
	Inputs  string `json:"inputs"`
	// Graph is the file of the whole model, for libraries that run those of others.
	Graph string `json:"graph"`
	// Batch is how many inputs the model is asked about at a time.
	Batch int `json:"batch"`
	// Answer is "classes" or "logits".
	Answer string `json:"answer"`
}

// Model computes the scores of a batch from its inputs.
type Model func(net Net, inputs *graph.Node) *graph.Node

// Net has the weights of a model in the graph that is being built.
type Net struct {
	ctx *context.Context
	g   *graph.Graph
}

// Task is a model and a batch.
type Task struct {
	exec   *context.Exec
	batch  *tensors.Tensor
	answer string
}

// Prepare reads weights and inputs. The graph is compiled when it is run first.
func Prepare(in Input, model Model) Task {
	backend, err := simplego.New("")
	if err != nil {
		panic(err)
	}
	ctx := context.New()
	for name, tensor := range read(tables.Path(in.Weights)) {
		ctx.VariableWithValue(name, tensor.tensor(tensor.Shape[0]))
	}
	exec := context.MustNewExec(backend, ctx.Reuse(), func(ctx *context.Context, inputs *graph.Node) *graph.Node {
		return model(Net{ctx, inputs.Graph()}, inputs)
	})
	var batch *tensors.Tensor
	for _, inputs := range read(tables.Path(in.Inputs)) { // one
		batch = inputs.tensor(in.Batch)
	}
	return Task{exec, batch, in.Answer}
}

// Run returns the class of each input, which has the greatest score; or all scores, which differ between libraries by rounding.
func Run(in Task) any {
	outputs := in.exec.MustExec1(in.batch)
	scores := tensors.MustCopyFlatData[float32](outputs)
	if in.answer == "logits" {
		return scores
	}
	var classes []int
	for row := range slices.Chunk(scores, outputs.Shape().Dimensions[1]) {
		classes = append(classes, slices.Index(row, slices.Max(row)))
	}
	return classes
}

// Weights returns a tensor by its name.
func (n Net) Weights(name string) *graph.Node { return n.ctx.GetVariable(name).ValueGraph(n.g) }

// Dense multiplies the last axis of rows, or of sequences of rows, with weights, and adds biases.
func (n Net) Dense(inputs *graph.Node, weights, biases string) *graph.Node {
	equation := "bi,oi->bo"
	if inputs.Rank() == 3 {
		equation = "bti,oi->bto"
	}
	products := graph.Einsum(equation, inputs, n.Weights(weights))
	return graph.Add(products, graph.ExpandLeftToRank(n.Weights(biases), inputs.Rank()))
}
