// Package jsonv2 handles a document of orders as a web service does: decode, validate, encode. The standard library's encoding/json/v2.
package jsonv2

import (
	"encoding/json/v2"

	"go_examples/internal/orders"
)

// Input holds the arguments that the catalog names.
type Input struct {
	Document []byte `json:"document"`
}

// Run returns the encoded document.
func Run(in Input) []byte {
	var document orders.Document
	if err := json.Unmarshal(in.Document, &document); err != nil {
		panic(err)
	}
	if err := document.Validate(); err != nil {
		panic(err)
	}
	encoded, err := json.Marshal(&document)
	if err != nil {
		panic(err)
	}
	return encoded
}
