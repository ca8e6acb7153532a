// Package cnngomlx asks a small convolutional network with the library GoMLX and its backend in Go.
package cnngomlx

import (
	"github.com/gomlx/gomlx/pkg/core/graph"
	"github.com/gomlx/gomlx/pkg/core/tensors/images"
	"github.com/gomlx/gomlx/pkg/ml/layers/activations"

	"go_examples/internal/gomlxnet"
)

// Prepare reads the weights and a batch.
func Prepare(in gomlxnet.Input) gomlxnet.Task { return gomlxnet.Prepare(in, model) }

// Run returns the classes of a batch, or the scores.
func Run(in gomlxnet.Task) any { return gomlxnet.Run(in) }

func model(net gomlxnet.Net, inputs *graph.Node) *graph.Node {
	maps := convolution(net, inputs, "conv1.weight", "conv1.bias")
	maps = convolution(net, maps, "conv2.weight", "conv2.bias")
	values := graph.Reshape(maps, maps.Shape().Dimensions[0], -1)
	values = activations.Relu(net.Dense(values, "fc1.weight", "fc1.bias"))
	return net.Dense(values, "fc2.weight", "fc2.bias")
}

// convolution is one of 3 x 3 with ReLU and a pool of 2 x 2.
func convolution(net gomlxnet.Net, inputs *graph.Node, weights, biases string) *graph.Node {
	// The backend in Go has no default for strides.
	maps := graph.Convolve(inputs, net.Weights(weights)).ChannelsAxis(images.ChannelsFirst).PadSame().Strides(1).Done()
	maps = activations.Relu(graph.Add(maps, graph.InsertAxes(net.Weights(biases), 0, -1, -1)))
	return graph.MaxPool(maps).ChannelsAxis(images.ChannelsFirst).Window(2).Done()
}
