// Package perceptron reads the weights of a multilayer perceptron.
package perceptron

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// Layer is one layer: the weights of each of its outputs, one after the other, and their biases.
type Layer struct {
	Weights []float32
	Biases  []float32
}

// Layers reads the layers from a safetensors file: a layer's tensors are called as its name and .weight or .bias,
// and layers follow one another by name.
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
	read := func(name string) ([]float32, error) {
		tensor, ok := header[name]
		begin, end := tensor.Offsets[0], tensor.Offsets[1]
		if !ok || tensor.Type != "F32" || begin < 0 || begin > end || end > len(data) || (end-begin)%4 != 0 {
			return nil, fmt.Errorf("%s: want numbers of 32 bits within %d bytes, got %+v", name, len(data), tensor)
		}
		return floats(data[begin:end]), nil
	}
	var layers []Layer
	for _, name := range slices.Sorted(maps.Keys(header)) {
		if name, ok := strings.CutSuffix(name, ".weight"); ok {
			weights, err := read(name + ".weight")
			if err != nil {
				return nil, err
			}
			biases, err := read(name + ".bias")
			if err != nil {
				return nil, err
			}
			layers = append(layers, Layer{weights, biases})
		}
	}
	if len(layers) == 0 {
		return nil, fmt.Errorf("want tensors whose names end in .weight, got %d others", len(header))
	}
	return layers, nil
}

func floats(data []byte) []float32 {
	numbers := make([]float32, len(data)/4)
	for i := range numbers {
		numbers[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return numbers
}
