// Package perceptron reads the weights of a multilayer perceptron.
package perceptron

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"slices"
)

// Layer is one layer: the weights of each of its outputs, one after the other, and their biases.
type Layer struct {
	Weights []float32
	Biases  []float32
}

// Layers reads the layers from a safetensors file: the tensors come in pairs, weights before biases, by their place.
//
// Source: https://github.com/huggingface/safetensors#format
func Layers(file []byte) ([]Layer, error) {
	if len(file) < 8 {
		return nil, fmt.Errorf("want the length of a header, got %d bytes", len(file))
	}
	size, rest := binary.LittleEndian.Uint64(file), file[8:]
	if size > uint64(len(rest)) {
		return nil, fmt.Errorf("want a header of %d bytes, got %d", size, len(rest))
	}
	type tensor struct {
		Type    string `json:"dtype"`
		Shape   []int  `json:"shape"`
		Offsets [2]int `json:"data_offsets"`
	}
	var header map[string]tensor
	if err := json.Unmarshal(rest[:size], &header); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	delete(header, "__metadata__")
	data := rest[size:]
	var tensors []tensor
	for name, tensor := range header {
		begin, end := tensor.Offsets[0], tensor.Offsets[1]
		if tensor.Type != "F32" || begin < 0 || begin > end || end > len(data) || (end-begin)%4 != 0 {
			return nil, fmt.Errorf("%s: want numbers of 32 bits within %d bytes, got %s from %d to %d", name, len(data), tensor.Type, begin, end)
		}
		tensors = append(tensors, tensor)
	}
	slices.SortFunc(tensors, func(a, b tensor) int { return a.Offsets[0] - b.Offsets[0] })
	if len(tensors)%2 != 0 {
		return nil, fmt.Errorf("want weights and biases, got %d tensors", len(tensors))
	}
	var layers []Layer
	for pair := range slices.Chunk(tensors, 2) {
		layers = append(layers, Layer{floats(data, pair[0].Offsets), floats(data, pair[1].Offsets)})
	}
	return layers, nil
}

func floats(data []byte, offsets [2]int) []float32 {
	numbers := make([]float32, 0, (offsets[1]-offsets[0])/4)
	for at := offsets[0]; at < offsets[1]; at += 4 {
		numbers = append(numbers, math.Float32frombits(binary.LittleEndian.Uint32(data[at:])))
	}
	return numbers
}
