// Package jsonsonic handles a document of orders as a web service does: decode, validate, encode. The library sonic, which compiles a coder for each type as
// it meets it and uses vector instructions.
package jsonsonic

import (
	"github.com/bytedance/sonic"

	"go_examples/internal/orders"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Document []byte `json:"document"`
}

// Run returns the encoded document.
func Run(in Input) []byte {
	var document orders.Document
	if err := sonic.Unmarshal(in.Document, &document); err != nil {
		panic(err)
	}
	if err := document.Validate(); err != nil {
		panic(err)
	}
	encoded, err := sonic.Marshal(&document)
	if err != nil {
		panic(err)
	}
	return encoded
}
