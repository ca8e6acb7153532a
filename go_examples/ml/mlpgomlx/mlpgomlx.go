// Package mlpgomlx asks a multilayer perceptron with the library GoMLX and its backend in Go.
package mlpgomlx

import (
	"github.com/gomlx/gomlx/pkg/core/graph"
	"github.com/gomlx/gomlx/pkg/ml/layers/activations"

	"go_examples/internal/gomlxnet"
)

// Prepare reads the weights and a batch.
func Prepare(in gomlxnet.Input) gomlxnet.Task { return gomlxnet.Prepare(in, model) }

// Run returns the classes of a batch, or the scores.
func Run(in gomlxnet.Task) any { return gomlxnet.Run(in) }

func model(net gomlxnet.Net, images *graph.Node) *graph.Node {
	values := graph.Reshape(images, images.Shape().Dimensions[0], -1)
	values = activations.Relu(net.Dense(values, "fc1.weight", "fc1.bias"))
	values = activations.Relu(net.Dense(values, "fc2.weight", "fc2.bias"))
	return net.Dense(values, "fc3.weight", "fc3.bias")
}
