package gomlxnet

import (
	"encoding/binary"
	"encoding/json/v2"
	"fmt"
	"os"

	"github.com/gomlx/gomlx/pkg/core/tensors"
)

// stored is a tensor of a file in the format of safetensors.
type stored struct {
	DType   string    `json:"dtype"`
	Shape   []int     `json:"shape"`
	Offsets [2]uint64 `json:"data_offsets"`
	data    []byte
}

// read returns the tensors of a file: the length of its header, the header, and the numbers.
func read(path string) map[string]stored {
	content, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	header, data := content[8:], content[8+binary.LittleEndian.Uint64(content):]
	var tensors map[string]stored
	if err := json.Unmarshal(header[:len(header)-len(data)], &tensors); err != nil {
		panic(fmt.Errorf("%s: %w", path, err))
	}
	for name, tensor := range tensors {
		tensor.data = data[tensor.Offsets[0]:tensor.Offsets[1]]
		tensors[name] = tensor
	}
	return tensors
}

// tensor returns the first rows of a tensor.
func (s stored) tensor(rows int) *tensors.Tensor {
	data := s.data[:len(s.data)/s.Shape[0]*rows]
	shape := append([]int{rows}, s.Shape[1:]...)
	switch s.DType {
	case "F32":
		return tensors.FromFlatDataAndDimensions(numbers[float32](data), shape...)
	case "I64":
		return tensors.FromFlatDataAndDimensions(numbers[int64](data), shape...)
	}
	panic("tensors are F32 or I64, not " + s.DType)
}

func numbers[T float32 | int64](data []byte) []T {
	var zero T
	decoded := make([]T, len(data)/binary.Size(zero))
	if _, err := binary.Decode(data, binary.LittleEndian, decoded); err != nil {
		panic(err)
	}
	return decoded
}
