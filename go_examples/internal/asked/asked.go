// Package asked is what a model is asked: its files, its inputs, and in which form it answers.
package asked

import (
	"encoding/binary"
	"encoding/json/v2"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"go_examples/internal/tables"
)

// Input holds the arguments that the catalog names.
type Input struct {
	// Weights is the file of the weights, for a model that is written as code.
	Weights string `json:"weights"`
	// Graph is the file of the whole model, for a library that runs those of others.
	Graph string `json:"graph"`
	// Inputs is the file of the images or texts, and Batch how many of them the model is asked about at a time.
	Inputs string `json:"inputs"`
	Batch  int    `json:"batch"`
	// Answer is "classes" or "logits".
	Answer string `json:"answer"`
}

// Batch is some images, the pixels of one after those of the other; or some texts, as tokens.
type Batch struct {
	Rows   int
	Images []float32
	Texts  []int64
}

// Path returns the path of a generated file by its name, or the path itself that a command was given.
func Path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return tables.Path(name)
}

// Load reads the inputs of one batch from a file in the format of safetensors. It panics where that is not as expected.
func (in Input) Load() Batch {
	path := Path(in.Inputs)
	content, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	begin := 8 + binary.LittleEndian.Uint64(content)
	var header map[string]struct {
		DType string `json:"dtype"`
		Shape []int  `json:"shape"`
	}
	if err := json.Unmarshal(content[8:begin], &header); err != nil {
		panic(fmt.Errorf("%s: %w", path, err))
	}
	batch := Batch{Rows: in.Batch}
	for _, tensor := range header { // one
		size := in.Batch
		for _, dimension := range tensor.Shape[1:] {
			size *= dimension
		}
		if tensor.DType == "I64" {
			batch.Texts = numbers[int64](content[begin:], size)
		} else {
			batch.Images = numbers[float32](content[begin:], size)
		}
	}
	return batch
}

// Answer returns the class of each input, which has the greatest score; or all scores, which differ between libraries by rounding.
func Answer(scores []float32, rows int, answer string) any {
	if answer == "logits" {
		return scores
	}
	classes := make([]int, 0, rows)
	for row := range slices.Chunk(scores, len(scores)/rows) {
		classes = append(classes, slices.Index(row, slices.Max(row)))
	}
	return classes
}

func numbers[T float32 | int64](data []byte, count int) []T {
	decoded := make([]T, count)
	if _, err := binary.Decode(data, binary.LittleEndian, decoded); err != nil {
		panic(err)
	}
	return decoded
}
