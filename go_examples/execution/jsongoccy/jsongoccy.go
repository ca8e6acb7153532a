// Package jsongoccy handles a document of orders as a web service does: decode, validate, encode. The library go-json, which
// replaces the standard library's package under the same names.
package jsongoccy

import (
	"github.com/goccy/go-json"

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
