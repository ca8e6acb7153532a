// Package transformergomlx asks a small transformer encoder with the library GoMLX and its backend in Go.
package transformergomlx

import (
	"fmt"
	"math"

	"github.com/gomlx/gomlx/pkg/core/graph"
	"github.com/gomlx/gomlx/pkg/ml/layers/activations"

	"go_examples/internal/gomlxnet"
)

const (
	layers = 2
	heads  = 4
	// epsilon keeps the variance of a normalisation from being 0; it is PyTorch's.
	epsilon = 1e-5
)

// Prepare reads the weights and a batch.
func Prepare(in gomlxnet.Input) gomlxnet.Task { return gomlxnet.Prepare(in, model) }

// Run returns the classes of a batch, or the scores.
func Run(in gomlxnet.Task) any { return gomlxnet.Run(in) }

func model(net gomlxnet.Net, tokens *graph.Node) *graph.Node {
	values := graph.Gather(net.Weights("embedding.weight"), graph.InsertAxes(tokens, -1))
	values = graph.Add(values, graph.InsertAxes(net.Weights("positions.weight"), 0))
	for number := range layers {
		values = layer(net, values, fmt.Sprintf("layers.%d.", number))
	}
	return net.Dense(graph.ReduceMean(values, 1), "head.weight", "head.bias")
}

func layer(net gomlxnet.Net, values *graph.Node, name string) *graph.Node {
	values = normalised(net, graph.Add(values, attention(net, values, name+"self_attn.")), name+"norm1.")
	inner := activations.Gelu(net.Dense(values, name+"linear1.weight", name+"linear1.bias"))
	inner = net.Dense(inner, name+"linear2.weight", name+"linear2.bias")
	return normalised(net, graph.Add(values, inner), name+"norm2.")
}

func attention(net gomlxnet.Net, values *graph.Node, name string) *graph.Node {
	shape := values.Shape().Dimensions
	width := shape[2] / heads
	parts := graph.Split(net.Dense(values, name+"in_proj_weight", name+"in_proj_bias"), -1, 3)
	for i, part := range parts {
		parts[i] = graph.Reshape(part, shape[0], shape[1], heads, width)
	}
	scores := graph.MulScalar(graph.Einsum("bqhd,bkhd->bhqk", parts[0], parts[1]), 1/math.Sqrt(float64(width)))
	joined := graph.Einsum("bhqk,bkhd->bqhd", graph.Softmax(scores, -1), parts[2])
	return net.Dense(graph.Reshape(joined, shape...), name+"out_proj.weight", name+"out_proj.bias")
}

// normalised gives the last axis the mean 0 and the variance 1, and scales and moves it by weights.
func normalised(net gomlxnet.Net, values *graph.Node, name string) *graph.Node {
	centred := graph.Sub(values, graph.ReduceAndKeep(values, graph.ReduceMean, -1))
	variance := graph.ReduceAndKeep(graph.Square(centred), graph.ReduceMean, -1)
	scaled := graph.Mul(centred, graph.Rsqrt(graph.AddScalar(variance, epsilon)))
	gain, offset := net.Weights(name+"weight"), net.Weights(name+"bias")
	return graph.Add(graph.Mul(scaled, graph.ExpandLeftToRank(gain, 3)), graph.ExpandLeftToRank(offset, 3))
}
