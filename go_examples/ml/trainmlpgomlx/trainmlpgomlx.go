// Package trainmlpgomlx trains a multilayer perceptron by gradient descent with the library GoMLX and its backend in Go.
package trainmlpgomlx

import (
	"slices"

	"github.com/gomlx/gomlx/backends/simplego"
	"github.com/gomlx/gomlx/pkg/core/graph"
	"github.com/gomlx/gomlx/pkg/core/tensors"
	"github.com/gomlx/gomlx/pkg/ml/context"
	"github.com/gomlx/gomlx/pkg/ml/layers"
	"github.com/gomlx/gomlx/pkg/ml/layers/activations"
	"github.com/gomlx/gomlx/pkg/ml/train"
	"github.com/gomlx/gomlx/pkg/ml/train/losses"
	"github.com/gomlx/gomlx/pkg/ml/train/optimizers"

	"go_examples/internal/training"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Examples int `json:"examples"`
	Epochs   int `json:"epochs"`
}

// Task is a trainer, the batches of an epoch and the layers that training begins with.
type Task struct {
	Trainer        *train.Trainer
	Inputs, Labels [][]*tensors.Tensor
	Layers         []training.Layer
	Epochs         int
}

// Prepare makes the task.
func Prepare(in Input) Task {
	backend, err := simplego.New("")
	if err != nil {
		panic(err)
	}
	task := Task{Layers: training.Layers(), Epochs: in.Epochs}
	examples := training.Draw(in.Examples)
	for rows := range slices.Chunk(examples.Rows, training.Batch*training.Inputs) {
		task.Inputs = append(task.Inputs, []*tensors.Tensor{tensors.FromFlatDataAndDimensions(rows, training.Batch, training.Inputs)})
	}
	for labels := range slices.Chunk(examples.Labels, training.Batch) {
		task.Labels = append(task.Labels, []*tensors.Tensor{tensors.FromFlatDataAndDimensions(labels, training.Batch, 1)})
	}
	model := func(ctx *context.Context, _ any, inputs []*graph.Node) []*graph.Node {
		outputs := inputs[0]
		for i, layer := range task.Layers {
			if i > 0 {
				outputs = activations.Relu(outputs)
			}
			outputs = layers.DenseWithBias(ctx.Inf("%d", i), outputs, layer.Out)
		}
		return []*graph.Node{outputs}
	}
	descent := optimizers.StochasticGradientDescent().WithLearningRate(training.Rate).WithDecay(false).Done()
	// The layers take the variables that each run sets, in place of making their own.
	ctx := context.New().Checked(false)
	task.Trainer = train.NewTrainer(backend, ctx, model, losses.SparseCategoricalCrossEntropyLogits, descent, nil, nil)
	return task
}

// Run trains for some epochs and returns the loss of the last step and the sum of the squares of all weights, rounded.
func Run(in Task) [2]float64 {
	for i, layer := range in.Layers {
		in.set(i, "weights", tensors.FromFlatDataAndDimensions(layer.Weights, layer.In, layer.Out))
		in.set(i, "biases", tensors.FromFlatDataAndDimensions(layer.Biases, layer.Out))
	}
	var loss float32
	for range in.Epochs {
		for i := range in.Inputs {
			metrics, err := in.Trainer.TrainStep(nil, in.Inputs[i], in.Labels[i])
			if err != nil {
				panic(err)
			}
			loss = tensors.ToScalar[float32](metrics[0])
		}
	}
	trained := make([]training.Layer, len(in.Layers))
	for i := range trained {
		trained[i] = training.Layer{Weights: in.get(i, "weights"), Biases: in.get(i, "biases")}
	}
	return training.Answer(float64(loss), trained)
}

// set gives a variable of a layer a value, and makes the variable the first time.
func (t Task) set(layer int, name string, value *tensors.Tensor) {
	ctx := t.Trainer.Context().Inf("%d", layer).In("dense")
	variable := ctx.GetVariable(name)
	if variable == nil {
		ctx.VariableWithValue(name, value)
	} else if err := variable.SetValue(value); err != nil {
		panic(err)
	}
}

func (t Task) get(layer int, name string) []float32 {
	value, err := t.Trainer.Context().Inf("%d", layer).In("dense").GetVariable(name).Value()
	if err != nil {
		panic(err)
	}
	return tensors.MustCopyFlatData[float32](value)
}
